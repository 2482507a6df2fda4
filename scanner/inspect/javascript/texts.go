package javascript

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"plugvet/scanner/inspect/script"
)

// textMethod evaluates the methods of a text.
func (e *evaluator) textMethod(s, name string, args []argument, start, end uint32) value {
	switch name {
	case "toString", "valueOf", "normalize", "trim", "trimStart", "trimEnd", "toLowerCase", "toUpperCase",
		"toLocaleLowerCase", "toLocaleUpperCase", "trimLeft", "trimRight", "toWellFormed":
		if !e.Take(len(s)) {
			return value{}
		}
		if name == "normalize" {
			return normalized(s, args)
		}
		return textValue(changedCase(s, name))
	case "concat":
		for _, a := range args {
			t, ok := e.textOf(a.value)
			if !ok || !e.Take(len(s)+len(t)) {
				return value{}
			}
			s += t
		}
		return textValue(s)
	case "slice":
		from, to, ok := bounds(args, length(s))
		if !ok || !e.Take(len(s)) {
			return value{}
		}
		return textValue(cut(s, from, to))
	case "substring", "substr":
		size := length(s)
		from, ok1 := integer(args, 0, 0)
		to, ok2 := integer(args, 1, size)
		if !ok1 || !ok2 || !e.Take(len(s)) {
			return value{}
		}
		if name == "substr" {
			if from < 0 {
				from = max(0, size+from)
			}
			from = min(from, size)
			to = max(from, min(size, from+to))
		}
		from, to = min(max(from, 0), size), min(max(to, 0), size)
		return textValue(cut(s, min(from, to), max(from, to)))
	case "charAt", "at", "charCodeAt", "codePointAt":
		n, ok := integer(args, 0, 0)
		if !ascii(s) && !e.Take(2*len(s)) {
			return value{}
		}
		if name == "at" && n < 0 {
			n += length(s)
		}
		c, found := unit(s, n)
		switch {
		case !ok:
			return value{}
		case name == "charCodeAt" || name == "codePointAt":
			if !found {
				return numberValue(math.NaN())
			}
			if low, ok := unit(s, n+1); ok && name == "codePointAt" && utf16.IsSurrogate(rune(c)) {
				return numberValue(float64(utf16.DecodeRune(rune(c), rune(low))))
			}
			return numberValue(float64(c))
		case !found:
			return textValue("")
		}
		return textValue(string(utf16.Decode([]uint16{c})))
	case "indexOf", "includes", "startsWith", "endsWith", "lastIndexOf":
		t, ok := words(args, 0, "undefined")
		if !ok || !e.Take(len(s)/16) {
			return value{}
		}
		return find(s, t, name, args)
	case "split":
		return e.split(s, args)
	case "repeat":
		n, ok := integer(args, 0, 0)
		if !ok || n < 0 || n > script.MaxConstant || !e.Take(n*len(s)) {
			return value{}
		}
		return textValue(strings.Repeat(s, n))
	case "padStart", "padEnd":
		n, ok1 := integer(args, 0, 0)
		fill, ok2 := words(args, 1, " ")
		n -= length(s)
		if !ok1 || !ok2 || n > script.MaxConstant || n > 0 && !e.Take(n+len(fill)+len(s)) {
			return value{}
		}
		if n <= 0 || fill == "" {
			return textValue(s)
		}
		fill = strings.Repeat(fill, n/length(fill)+1)
		fill = cut(fill, 0, n)
		if name == "padEnd" {
			return textValue(s + fill)
		}
		return textValue(fill + s)
	case "replace", "replaceAll":
		return e.replace(s, name == "replaceAll", args, start, end)
	case "match", "matchAll", "search":
		return e.matches(s, name, args)
	case "localeCompare":
		if t, ok := words(args, 0, "undefined"); ok {
			numeric, _ := itemOf(argumentOr(args, 2), "numeric")
			return numberValue(float64(collate(s, t, numeric.num != 0)))
		}
	case "isWellFormed":
		return booleanValue(true)
	}
	return marked(s, name, args)
}

// rawText evaluates String.raw of an object.
func (e *evaluator) rawText(args []argument) value {
	raw := e.member(argumentOr(args, 0), "raw")
	if e.machine != nil {
		raw = e.machine.get(argumentOr(args, 0), textValue("raw"))
	}
	parts, ok := e.arrayLike(raw)
	if !ok {
		return value{}
	}
	out := ""
	for i, part := range parts {
		s, ok := e.textOf(part)
		if ok && i+1 < len(parts) && i+1 < len(args) {
			hole, known := e.textOf(args[i+1].value)
			s, ok = s+hole, known
		}
		if out += s; !ok || !e.Take(len(out)) {
			return value{}
		}
	}
	return textValue(out)
}

func normalized(s string, args []argument) value {
	form, ok := words(args, 0, "NFC")
	if by, known := map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}[form]; ok && known {
		return textValue(by.String(s))
	}
	return value{}
}

func changedCase(s, method string) string {
	switch method {
	case "trim":
		return strings.TrimSpace(s)
	case "trimStart", "trimLeft":
		return strings.TrimLeft(s, " \t\r\n\v\f\ufeff\u00a0")
	case "trimEnd", "trimRight":
		return strings.TrimRight(s, " \t\r\n\v\f\ufeff\u00a0")
	case "toLowerCase", "toLocaleLowerCase":
		return strings.ToLower(s)
	case "toUpperCase", "toLocaleUpperCase":
		return strings.ToUpper(s)
	}
	return s
}

// find evaluates the methods that look for a text in another, of which the second
// argument may say where.
func find(s, t, method string, args []argument) value {
	size, before := length(s), 0
	at, ok := integer(args, 1, size)
	if at = max(0, min(at, size)); !ok {
		return value{}
	}
	switch {
	case len(args) < 2 || args[1].kind == undefined:
	case method == "endsWith":
		s = cut(s, 0, at)
	case method == "lastIndexOf":
		s = cut(s, 0, min(size, at+length(t)))
	default:
		before, s = at, cut(s, at, size)
	}
	switch method {
	case "includes":
		return booleanValue(strings.Contains(s, t))
	case "startsWith":
		return booleanValue(strings.HasPrefix(s, t))
	case "endsWith":
		return booleanValue(strings.HasSuffix(s, t))
	}
	i := strings.Index(s, t)
	if method == "lastIndexOf" {
		i = strings.LastIndex(s, t)
	}
	if i < 0 {
		return numberValue(-1)
	}
	return numberValue(float64(before + length(s[:i])))
}

func (e *evaluator) split(s string, args []argument) value {
	if len(args) == 0 || !e.Take(len(s)) {
		return value{}
	}
	var parts []string
	switch separator := args[0]; separator.kind {
	case text:
		if separator.str == "" {
			if len(s) > maxItems {
				return value{}
			}
			parts = strings.Split(s, "")
		} else {
			parts = strings.SplitN(s, separator.str, maxItems)
		}
	case regularExpression:
		r := e.compiled(separator.value)
		if r == nil || !e.Take(len(s)) {
			return value{}
		}
		items := splitBy(r, s)
		if most, ok := integer(args, 1, len(items)); ok && most >= 0 && most < len(items) {
			items = items[:most]
		}
		return arrayValue(items)
	default:
		return value{}
	}
	if most, ok := integer(args, 1, len(parts)); ok && most >= 0 && most < len(parts) {
		parts = parts[:most]
	}
	items := make([]value, len(parts))
	for i, part := range parts {
		items[i] = textValue(part)
	}
	return arrayValue(items)
}

// namedGroups is the object of the groups that have names, if any has.
func namedGroups(groups []argument, names []string) value {
	out := value{}
	for g, name := range names {
		if name != "" && g < len(groups) {
			if out.kind == unknown {
				out = newDictionary()
			}
			*out.keys, *out.items = append(*out.keys, name), append(*out.items, groups[g].value)
		}
	}
	return out
}

// replace evaluates replace and replaceAll, with a text or a function.
func (e *evaluator) replace(s string, all bool, args []argument, start, end uint32) value {
	if len(args) != 2 || args[0].kind != text && args[0].kind != regularExpression {
		return value{}
	}
	most := 1
	var r expression
	if args[0].kind == regularExpression {
		r = e.compiled(args[0].value)
		all = strings.Contains(args[0].more, "g")
	} else {
		r, _ = regexp.Compile(regexp.QuoteMeta(args[0].str))
	}
	if r == nil || !e.Take(len(s)) {
		return value{}
	}
	if all {
		most = maxItems
	}
	by := args[1]
	outs, lost := make([][]byte, 1), 0 // what it may come to, and how many parts of it are not known
	last := 0
	for _, m := range r.FindAllStringSubmatchIndex(s, most) {
		before := s[last:m[0]]
		last = m[1]
		var parts []string
		switch by.kind {
		case text:
			parts = []string{expand(by.str, s, m, r.SubexpNames())}
		case closure, globalName, module, method:
			for _, one := range alternatives(e.invoke(by.value, replacing(s, m, r.SubexpNames()), start, end)) {
				if t, ok := e.textOf(one); ok {
					parts = append(parts, t)
				}
			}
		default:
			return value{}
		}
		if len(parts) == 0 { // the function is still called for the others
			if lost++; e.machine == nil || lost > maxSupposed {
				return value{}
			}
		}
		outs = followed(outs, before, parts)
		for _, out := range outs {
			if !e.Step() || !e.Take(len(out)&0xff) || len(out) > script.MaxConstant {
				return value{}
			}
		}
	}
	if lost > 0 || !e.Take(len(outs)*(len(outs[0])+len(s)-last)) {
		return value{}
	}
	texts := make([]value, len(outs))
	for i, out := range outs {
		texts[i] = textValue(string(append(out, s[last:]...)))
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return anyValue(texts)
}

// followed are texts with one of several parts behind each of them: each with each where
// they are few, and else the first, the second and so on with its own.
func followed(outs [][]byte, before string, parts []string) [][]byte {
	for i := range outs {
		outs[i] = append(outs[i], before...)
	}
	if len(parts) == 0 {
		return outs
	}
	if len(parts) == 1 || len(outs)*len(parts) > maxAlternatives {
		for i := range outs {
			outs[i] = append(outs[i], parts[i%len(parts)]...)
		}
		return outs
	}
	var all [][]byte
	for _, out := range outs {
		for _, part := range parts {
			all = append(all, append(slices.Clip(out), part...))
		}
	}
	return all
}

// replacing are the arguments of a function that says what a match is replaced with.
func replacing(s string, m []int, names []string) []argument {
	var groups []argument
	for g := 0; g+1 < len(m); g += 2 {
		group := value{kind: undefined}
		if m[g] >= 0 {
			group = textValue(s[m[g]:m[g+1]])
		}
		groups = append(groups, argument{value: group})
	}
	groups = append(groups, argument{value: numberValue(float64(length(s[:m[0]])))}, argument{value: textValue(s)})
	if named := namedGroups(groups, names); named.kind == dictionary {
		groups = append(groups, argument{value: named})
	}
	return groups
}
