package script

import (
	"encoding/json"
	"math"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
)

// callMethod evaluates the call of a method of a constant.
func (e *evaluator) callMethod(m value, args []argument, start, end uint32) value {
	self := m.self
	switch m.str {
	case "call", "apply", "bind":
		return e.applied(m, args, start, end)
	case "then":
		if self.kind == module && len(args) > 0 {
			e.invoke(args[0].value, asArguments([]value{*self}), start, end)
			return value{}
		}
	case "catch", "finally":
		if self.kind == module {
			return *self
		}
	case "return": // of a function that new Function made
		if self == nil {
			return value{}
		}
		return *self
	case "TextDecoder":
		if len(args) == 0 {
			return m
		}
	case "decode":
		if self.kind == method && self.str == "TextDecoder" && len(args) > 0 {
			if args[0].kind == buffer {
				if s, ok := bytesToText(args[0].str, self.self.str); ok {
					return value{kind: text, str: s, decoded: args[0].decoded}
				}
			}
			return value{}
		}
	case "encode":
		if self.kind == method && self.str == "TextEncoder" && len(args) > 0 && args[0].kind == text {
			return value{kind: buffer, str: args[0].str}
		}
	}
	for _, a := range args {
		if a.kind == unknown {
			return value{}
		}
	}
	var got value
	switch self.kind {
	case text:
		got = e.textMethod(self.str, m.str, args, start, end)
	case array:
		got = e.arrayMethod(self.items, m.str, args, start, end)
	case buffer:
		got = e.bufferMethod(self.str, m.str, args)
	case number:
		got = numberMethod(self.num, m.str, args)
	case boolean, closure:
		if s, ok := self.string(); ok && m.str == "toString" {
			got = textValue(s)
		}
	case regularExpression:
		if m.str == "test" && len(args) == 1 {
			if r := translate(self.str, self.more); r != nil && args[0].kind == text {
				got = booleanValue(r.MatchString(args[0].str))
			}
		}
	}
	if self.decoded && (got.kind == text || got.kind == buffer) {
		got.decoded = true
	}
	return got
}

// applied evaluates call, apply and bind of a function.
func (e *evaluator) applied(m value, args []argument, start, end uint32) value {
	if m.str == "bind" {
		if len(args) > 1 {
			return value{}
		}
		return *m.self
	}
	if len(args) == 0 {
		return value{}
	}
	if m.str == "call" {
		return e.invoke(*m.self, args[1:], start, end)
	}
	if len(args) < 2 {
		return e.invoke(*m.self, nil, start, end)
	}
	items, _ := iterate(args[1].value)
	return e.invoke(*m.self, asArguments(items), start, end)
}

func asArguments(items []value) []argument {
	args := make([]argument, len(items))
	for i, item := range items {
		args[i] = argument{value: item}
	}
	return args
}

// integer returns the n-th argument as an integer, or what it is if it is absent.
func integer(args []argument, n, absent int) (int, bool) {
	if n >= len(args) || args[n].kind == undefined {
		return absent, true
	}
	f, ok := args[n].number()
	if !ok {
		return 0, false
	}
	if math.IsNaN(f) {
		return 0, true
	}
	return int(max(-1<<30, min(1<<30, math.Trunc(f)))), true
}

func words(args []argument, n int, absent string) (string, bool) {
	if n >= len(args) || args[n].kind == undefined {
		return absent, true
	}
	return args[n].string()
}

// bounds are those of slice: from the end where they are negative.
func bounds(args []argument, size int) (from, to int, ok bool) {
	from, ok1 := integer(args, 0, 0)
	to, ok2 := integer(args, 1, size)
	if from < 0 {
		from = max(0, size+from)
	}
	if to < 0 {
		to = max(0, size+to)
	}
	from, to = min(from, size), min(to, size)
	return from, max(from, to), ok1 && ok2
}

func (e *evaluator) textMethod(s, name string, args []argument, start, end uint32) value {
	switch name {
	case "toString", "valueOf", "normalize", "trim", "trimStart", "trimEnd", "toLowerCase", "toUpperCase",
		"toLocaleLowerCase", "toLocaleUpperCase":
		if !e.take(len(s)) {
			return value{}
		}
		return textValue(changedCase(s, name))
	case "concat":
		for _, a := range args {
			t, ok := a.string()
			if !ok || !e.take(len(s)+len(t)) {
				return value{}
			}
			s += t
		}
		return textValue(s)
	case "slice":
		from, to, ok := bounds(args, length(s))
		if !ok || !e.take(len(s)) {
			return value{}
		}
		return textValue(cut(s, from, to))
	case "substring", "substr":
		size := length(s)
		from, ok1 := integer(args, 0, 0)
		to, ok2 := integer(args, 1, size)
		if !ok1 || !ok2 || !e.take(len(s)) {
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
		if !ascii(s) && !e.take(2*len(s)) {
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
			return numberValue(float64(c))
		case !found:
			return textValue("")
		}
		return textValue(string(utf16.Decode([]uint16{c})))
	case "indexOf", "includes", "startsWith", "endsWith", "lastIndexOf":
		t, ok := words(args, 0, "undefined")
		if !ok || len(args) != 1 {
			return value{}
		}
		return find(s, t, name)
	case "split":
		return e.split(s, args)
	case "repeat":
		n, ok := integer(args, 0, 0)
		if !ok || n < 0 || n > maxConstant || !e.take(n*len(s)) {
			return value{}
		}
		return textValue(strings.Repeat(s, n))
	case "padStart", "padEnd":
		n, ok1 := integer(args, 0, 0)
		fill, ok2 := words(args, 1, " ")
		n -= length(s)
		if !ok1 || !ok2 || fill == "" || n > maxConstant || n > 0 && !e.take(n+len(fill)+len(s)) {
			return value{}
		}
		if n <= 0 {
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
	case "match":
		if len(args) == 1 && args[0].kind == regularExpression {
			if r := translate(args[0].str, args[0].more); r != nil && strings.Contains(args[0].more, "g") && e.take(len(s)) {
				items := []value{}
				for _, part := range r.FindAllString(s, maxItems) {
					items = append(items, textValue(part))
				}
				return arrayValue(items)
			}
		}
	}
	return value{}
}

func changedCase(s, method string) string {
	switch method {
	case "trim":
		return strings.TrimSpace(s)
	case "trimStart":
		return strings.TrimLeft(s, " \t\r\n\v\f\ufeff\u00a0")
	case "trimEnd":
		return strings.TrimRight(s, " \t\r\n\v\f\ufeff\u00a0")
	case "toLowerCase", "toLocaleLowerCase":
		return strings.ToLower(s)
	case "toUpperCase", "toLocaleUpperCase":
		return strings.ToUpper(s)
	}
	return s
}

func find(s, t, method string) value {
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
	if i > 0 {
		i = length(s[:i])
	}
	return numberValue(float64(i))
}

func (e *evaluator) split(s string, args []argument) value {
	if len(args) == 0 || !e.take(len(s)) {
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
		r := translate(separator.str, separator.more)
		if r == nil || r.NumSubexp() > 0 {
			return value{}
		}
		parts = r.Split(s, maxItems)
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

// replace evaluates replace and replaceAll, with a text or a function.
func (e *evaluator) replace(s string, all bool, args []argument, start, end uint32) value {
	if len(args) != 2 || args[0].kind != text && args[0].kind != regularExpression {
		return value{}
	}
	most := 1
	var r *regexp.Regexp
	if args[0].kind == regularExpression {
		r = translate(args[0].str, args[0].more)
		all = strings.Contains(args[0].more, "g")
	} else {
		r, _ = regexp.Compile(regexp.QuoteMeta(args[0].str))
	}
	if r == nil || !e.take(len(s)) {
		return value{}
	}
	if all {
		most = maxItems
	}
	by := args[1]
	var out []byte
	last := 0
	for _, m := range r.FindAllStringSubmatchIndex(s, most) {
		out = append(out, s[last:m[0]]...)
		last = m[1]
		switch by.kind {
		case text:
			out = append(out, expand(by.str, s, m)...)
		case closure, globalName:
			var groups []argument
			for g := 0; g+1 < len(m); g += 2 {
				group := value{kind: undefined}
				if m[g] >= 0 {
					group = textValue(s[m[g]:m[g+1]])
				}
				groups = append(groups, argument{value: group})
			}
			t, ok := e.invoke(by.value, groups, start, end).string()
			if !ok {
				return value{}
			}
			out = append(out, t...)
		default:
			return value{}
		}
		if !e.step() || !e.take(len(out)&0xff) || len(out) > maxConstant {
			return value{}
		}
	}
	out = append(out, s[last:]...)
	if !e.take(len(out)) {
		return value{}
	}
	return textValue(string(out))
}

// expand writes a replacement, in which $1 and $& stand for what was found.
func expand(by, s string, m []int) string {
	if strings.IndexByte(by, '$') < 0 {
		return by
	}
	var b strings.Builder
	for i := 0; i < len(by); i++ {
		if by[i] == '$' && i+1 < len(by) {
			switch c := by[i+1]; {
			case c == '$':
				b.WriteByte('$')
				i++
				continue
			case c == '&':
				b.WriteString(s[m[0]:m[1]])
				i++
				continue
			case c >= '1' && c <= '9' && int(c-'0')*2+1 < len(m):
				if g := int(c-'0') * 2; m[g] >= 0 {
					b.WriteString(s[m[g]:m[g+1]])
				}
				i++
				continue
			}
		}
		b.WriteByte(by[i])
	}
	return b.String()
}

// translate returns a regular expression of JavaScript in Go's dialect, which
// has no look-around, no back reference and no exponential time; nil if it
// cannot be.
func translate(source, flags string) *regexp.Regexp {
	const most = 1 << 10 // bytes
	if len(source) > most || strings.Contains(flags, "y") || strings.Contains(source, "{1000") {
		return nil
	}
	source = strings.ReplaceAll(source, `\/`, `/`)
	source = strings.ReplaceAll(source, `[^]`, `[\s\S]`)
	for i := 0; i+5 < len(source); i++ { // \u0041
		if source[i] == '\\' {
			if source[i+1] == 'u' {
				if n, ok := hexValue(source[i+2 : i+6]); ok {
					source = source[:i] + `\x{` + strconv.FormatInt(int64(n), 16) + `}` + source[i+6:]
				}
			}
			i++
		}
	}
	mode := ""
	for _, flag := range "ims" {
		if strings.ContainsRune(flags, flag) {
			mode += string(flag)
		}
	}
	if mode != "" {
		source = "(?" + mode + ")" + source
	}
	r, err := regexp.Compile(source)
	if err != nil {
		return nil
	}
	return r
}

func (e *evaluator) arrayMethod(self *[]value, name string, args []argument, start, end uint32) value {
	items := *self
	if !e.take(len(items)) {
		return value{}
	}
	switch name {
	case "join":
		separator, ok := words(args, 0, ",")
		size := 0
		parts := make([]string, len(items))
		decoded := false
		for i, item := range items {
			if item.kind == undefined || item.kind == null {
				continue
			}
			s, ok := item.string()
			if size += len(s) + len(separator); !ok || size > maxConstant {
				return value{}
			}
			parts[i] = s
			decoded = decoded || item.decoded
		}
		if !ok || !e.take(size) {
			return value{}
		}
		return value{kind: text, str: strings.Join(parts, separator), decoded: decoded}
	case "toString":
		if s, ok := (value{kind: array, items: self}).string(); ok && e.take(len(s)) {
			return textValue(s)
		}
	case "reverse", "toReversed":
		out := make([]value, len(items))
		for i, item := range items {
			out[len(items)-1-i] = item
		}
		if name == "reverse" && e.env != nil {
			copy(items, out)
			return value{kind: array, items: self}
		}
		return arrayValue(out)
	case "concat":
		out := append([]value{}, items...)
		for _, a := range args {
			if a.kind == array {
				out = append(out, *a.items...)
			} else {
				out = append(out, a.value)
			}
			if len(out) > maxItems {
				return value{}
			}
		}
		return arrayValue(out)
	case "slice":
		from, to, ok := bounds(args, len(items))
		if !ok {
			return value{}
		}
		return arrayValue(append([]value{}, items[from:to]...))
	case "at":
		n, ok := integer(args, 0, 0)
		if n < 0 {
			n += len(items)
		}
		if ok && n >= 0 && n < len(items) {
			return items[n]
		}
	case "pop", "shift":
		if len(items) == 0 {
			return value{kind: undefined}
		}
		got := items[0]
		rest := items[1:]
		if name == "pop" {
			got, rest = items[len(items)-1], items[:len(items)-1]
		}
		if e.env != nil {
			*self = rest
		}
		return got
	case "push", "unshift":
		if e.env == nil || len(items)+len(args) > maxItems {
			return value{}
		}
		for _, a := range args {
			if name == "push" {
				*self = append(*self, a.value)
			} else {
				*self = append([]value{a.value}, *self...)
			}
		}
		return numberValue(float64(len(*self)))
	case "indexOf", "includes":
		if len(args) != 1 {
			return value{}
		}
		at := -1
		for i, item := range items {
			if same, ok := equal(item, args[0].value); ok && same {
				at = i
				break
			}
		}
		if name == "includes" {
			return booleanValue(at >= 0)
		}
		return numberValue(float64(at))
	case "flat":
		out := []value{}
		for _, item := range items {
			if item.kind == array {
				out = append(out, *item.items...)
			} else {
				out = append(out, item)
			}
		}
		if len(out) <= maxItems {
			return arrayValue(out)
		}
	case "sort":
		if len(args) > 0 {
			return value{}
		}
		out := append([]value{}, items...)
		sort.SliceStable(out, func(a, b int) bool {
			x, _ := out[a].string()
			y, _ := out[b].string()
			return x < y
		})
		return arrayValue(out)
	case "map", "filter", "forEach", "flatMap", "find", "reduce", "reduceRight":
		return e.visit(items, name, args, start, end)
	}
	return value{}
}

// visit evaluates the methods that call a function for each item.
func (e *evaluator) visit(items []value, name string, args []argument, start, end uint32) value {
	if len(args) == 0 {
		return value{}
	}
	f := args[0].value
	if name == "reduce" || name == "reduceRight" {
		return e.reduce(items, name == "reduceRight", f, args[1:], start, end)
	}
	out := []value{}
	for i, item := range items {
		got := e.invoke(f, asArguments([]value{item, numberValue(float64(i)), arrayValue(items)}), start, end)
		if got.kind == unknown {
			if name == "forEach" {
				continue
			}
			return value{}
		}
		switch name {
		case "map":
			out = append(out, got)
		case "flatMap":
			if got.kind == array {
				out = append(out, *got.items...)
			} else {
				out = append(out, got)
			}
		case "filter", "find":
			truth, ok := got.truthy()
			if !ok {
				return value{}
			}
			if truth {
				if name == "find" {
					return item
				}
				out = append(out, item)
			}
		}
		if !e.step() || len(out) > maxItems {
			return value{}
		}
	}
	if name == "forEach" || name == "find" {
		return value{kind: undefined}
	}
	return arrayValue(out)
}

func (e *evaluator) reduce(items []value, right bool, f value, first []argument, start, end uint32) value {
	if right {
		out := make([]value, len(items))
		for i, item := range items {
			out[len(items)-1-i] = item
		}
		items = out
	}
	index := 0
	var sum value
	if len(first) > 0 {
		sum = first[0].value
	} else if len(items) > 0 {
		sum, index = items[0], 1
	}
	for ; index < len(items); index++ {
		n := index
		if right {
			n = len(items) - 1 - index
		}
		sum = e.invoke(f, asArguments([]value{sum, items[index], numberValue(float64(n))}), start, end)
		if sum.kind == unknown || !e.step() {
			return value{}
		}
	}
	return sum
}

func (e *evaluator) bufferMethod(b, name string, args []argument) value {
	switch name {
	case "toString":
		encoding, ok := words(args, 0, "utf8")
		if !ok || !e.take(2*len(b)) {
			return value{}
		}
		s, ok := bytesToText(b, encoding)
		if !ok {
			return value{}
		}
		return value{kind: text, str: s}
	case "map", "reduce", "filter", "join", "forEach":
		items, ok := iterate(value{kind: buffer, str: b})
		if !ok || !e.take(len(b)) {
			return value{}
		}
		got := e.arrayMethod(&items, name, args, 0, 0)
		if got.kind == array && name != "forEach" {
			return bytesOf(*got.items)
		}
		return got
	case "reverse":
		out := []byte(b)
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
		return value{kind: buffer, str: string(out)}
	case "slice", "subarray":
		from, to, ok := bounds(args, len(b))
		if ok {
			return value{kind: buffer, str: b[from:to]}
		}
	}
	return value{}
}

func bytesOf(items []value) value {
	out := make([]byte, len(items))
	for i, item := range items {
		n, ok := item.number()
		if !ok {
			return value{}
		}
		out[i] = byte(toInt32(n))
	}
	return value{kind: buffer, str: string(out)}
}

func numberMethod(n float64, name string, args []argument) value {
	if name != "toString" {
		return value{}
	}
	base, ok := integer(args, 0, 10)
	if !ok || base < 2 || base > 36 || base != 10 && (n != math.Trunc(n) || math.Abs(n) > 1<<53) {
		return value{}
	}
	if base == 10 {
		return textValue(numberText(n))
	}
	return textValue(strconv.FormatInt(int64(n), base))
}

// jsonValue is the value of parsed JSON.
func jsonValue(v any) value {
	switch v := v.(type) {
	case nil:
		return value{kind: null}
	case bool:
		return booleanValue(v)
	case float64:
		return numberValue(v)
	case string:
		return textValue(v)
	case []any:
		items := make([]value, len(v))
		for i, item := range v {
			items[i] = jsonValue(item)
		}
		return arrayValue(items)
	case map[string]any:
		keys, items := make([]string, 0, len(v)), make([]value, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			items = append(items, jsonValue(v[key]))
		}
		return value{kind: dictionary, keys: &keys, items: &items}
	}
	return value{}
}

func parseJSON(s string) value {
	var v any
	if len(s) > 1<<20 || json.Unmarshal([]byte(s), &v) != nil {
		return value{}
	}
	return jsonValue(v)
}
