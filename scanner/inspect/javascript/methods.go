package javascript

import (
	"math"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"

	"plugvet/scanner/inspect/script"
)

// callMethod evaluates the call of a method of a constant.
func (e *evaluator) callMethod(m value, args []argument, start, end uint32) value {
	self := m.self
	switch m.str {
	case "call", "apply", "bind":
		return e.applied(m, args, start, end)
	case "bound":
		return e.invoke(*self, append(asArguments(*m.items), args...), start, end)
	case "then": // a promise stands for what it comes to
		if (self.kind == module || e.machine != nil) && len(args) > 0 {
			got := e.invoke(args[0].value, asArguments([]value{*self}), start, end)
			if e.machine == nil {
				return value{}
			}
			return got
		}
	case "catch":
		if self.kind == module || e.machine != nil {
			return *self
		}
	case "finally":
		if e.machine != nil && len(args) > 0 {
			e.invoke(args[0].value, nil, start, end)
		}
		if self.kind == module || e.machine != nil {
			return *self
		}
	case "settle": // what the function in new Promise is given
		if len(args) > 0 && self.kind == unknown {
			*self = args[0].value
		}
		return value{kind: undefined}
	case "code":
		for i, name := range *m.items {
			e.givenName(m.at, name.str, argumentOr(args, i))
		}
		return value{}
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
				if s, ok := bytesToText(args[0].str, strings.ToLower(self.self.str)); ok {
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
	switch self.kind {
	case collection:
		return e.collectionMethod(*self, m.str, args, start, end)
	case iterator:
		return e.iteratorMethod(*self, m.str, args, start, end)
	case dictionary:
		return e.dictionaryMethod(*self, m.str, args)
	}
	adds := self.kind == array && (m.str == "push" || m.str == "unshift")
	for _, a := range args {
		if a.kind == unknown && !(adds && e.machine != nil) {
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
		got = e.regularExpressionMethod(*self, m.str, args)
	case bigInteger:
		if n, base := bigOf(*self), 10; n != nil && m.str == "toString" {
			if b, ok := integer(args, 0, 10); ok && b >= 2 && b <= 36 {
				base = b
			}
			got = textValue(n.Text(base))
		}
	case symbol:
		if m.str == "toString" {
			got = textValue("Symbol(" + self.str + ")")
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
		if len(args) < 2 {
			return rebound(*m.self, argumentOr(args, 0))
		}
		bound := make([]value, len(args)-1)
		for i, a := range args[1:] {
			bound[i] = a.value
		}
		return value{kind: method, str: "bound", self: ptr(rebound(*m.self, args[0].value)), items: &bound}
	}
	if len(args) == 0 {
		return e.invoke(*m.self, nil, start, end)
	}
	this, rest := args[0].value, args[1:]
	if m.str == "apply" {
		items, _ := e.iterate(argumentOr(rest, 0))
		rest = asArguments(items)
	}
	f := rebound(*m.self, this)
	if e.machine != nil && f.kind == closure {
		return e.machine.apply(f, this, rest)
	}
	return e.invoke(f, rest, start, end)
}

// rebound gives a method another thing to be called on.
func rebound(f, this value) value {
	switch f.kind {
	case method:
		switch f.str {
		case "bound", "return", "settle", "TextDecoder", "TextEncoder":
			return f
		}
		if this.kind == undefined || this.kind == null {
			return f
		}
		f.self = &this
	case globalName:
		if _, name, ok := strings.Cut(f.str, ".prototype."); ok {
			return value{kind: method, str: name, self: &this}
		}
	}
	return f
}

func asArguments(items []value) []argument {
	args := make([]argument, len(items))
	for i, item := range items {
		args[i] = argument{value: item}
	}
	return args
}

func ptr(v value) *value { return &v }

// dictionaryMethod evaluates the methods that all objects have, and those of a
// date and of an address.
func (e *evaluator) dictionaryMethod(self value, name string, args []argument) value {
	if self.more == "Date" {
		return dateMethod(self.num, name)
	}
	switch name {
	case "hasOwnProperty", "propertyIsEnumerable":
		if key, ok := keyName(argumentOr(args, 0)); ok {
			_, found := itemOf(self, key)
			return booleanValue(found)
		}
	case "toString", "toJSON", "toLocaleString":
		if s, ok := self.string(); ok {
			return textValue(s)
		}
	case "valueOf":
		return self
	}
	return value{}
}

// dateMethod evaluates the methods of a date in milliseconds, where they do not
// depend on the place.
func dateMethod(milliseconds float64, name string) value {
	if math.Abs(milliseconds) > 8.64e15 {
		return value{}
	}
	t := time.UnixMilli(int64(milliseconds)).UTC()
	number := func(n int) value { return numberValue(float64(n)) }
	switch name {
	case "toISOString", "toJSON":
		return textValue(t.Format("2006-01-02T15:04:05.000Z"))
	case "toUTCString", "toGMTString":
		return textValue(t.Format("Mon, 02 Jan 2006 15:04:05 GMT"))
	case "getTime", "valueOf":
		return numberValue(milliseconds)
	case "getUTCFullYear":
		return number(t.Year())
	case "getUTCMonth":
		return number(int(t.Month()) - 1)
	case "getUTCDate":
		return number(t.Day())
	case "getUTCDay":
		return number(int(t.Weekday()))
	case "getUTCHours":
		return number(t.Hour())
	}
	return value{}
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
		"toLocaleLowerCase", "toLocaleUpperCase", "trimLeft", "trimRight", "toWellFormed":
		if !e.Take(len(s)) {
			return value{}
		}
		return textValue(changedCase(s, name))
	case "concat":
		for _, a := range args {
			t, ok := a.string()
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
		if !ok || len(args) != 1 {
			return value{}
		}
		return find(s, t, name)
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
		if !ok1 || !ok2 || fill == "" || n > script.MaxConstant || n > 0 && !e.Take(n+len(fill)+len(s)) {
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
	case "match", "matchAll", "search":
		return e.matches(s, name, args)
	case "localeCompare":
		if t, ok := words(args, 0, "undefined"); ok {
			return numberValue(float64(strings.Compare(s, t)))
		}
	case "isWellFormed":
		return booleanValue(true)
	}
	return marked(s, name, args)
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
		r := translate(separator.str, separator.more)
		if r == nil {
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
	if r == nil || !e.Take(len(s)) {
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
		if !e.Step() || !e.Take(len(out)&0xff) || len(out) > script.MaxConstant {
			return value{}
		}
	}
	out = append(out, s[last:]...)
	if !e.Take(len(out)) {
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
