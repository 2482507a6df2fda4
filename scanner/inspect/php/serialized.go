package php

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A serialization is the argument of a call of unserialize.
type serialization struct{ scope, at int }

// restored are the strings that unserialize may give to a property.
func (r *reader) restored(member string) []value {
	s := r.survey
	if s.restored == nil && len(s.serialized) > 0 {
		s.restored = map[string][]value{}
		calls := s.serialized
		s.serialized = nil // what depends on itself is unknown
		for _, c := range calls {
			if v := r.evaluate(c.scope, c.at); v.kind == stringKind && r.budget.Take(len(v.s)) {
				properties(v.s, s.restored)
			}
		}
	}
	return s.restored[member]
}

// properties collects the strings within serialized objects and arrays, by the key
// that is before each: O:1:"A":1:{s:1:"f";s:4:"exec";}. It reads names that are
// private or protected without what says so.
func properties(text string, into map[string][]value) {
	const most = 256
	key, count := "", 0
	for at := 0; at < len(text); at++ {
		if text[at] != 's' || at+2 >= len(text) || text[at+1] != ':' {
			continue
		}
		digits, _, ok := strings.Cut(text[at+2:min(len(text), at+14)], ":")
		n, err := strconv.Atoi(digits)
		from := at + 2 + len(digits) + 2 // behind :"
		if !ok || err != nil || n < 0 || n > script.MaxConstant || from+n+1 >= len(text) || text[from-1] != '"' || text[from+n] != '"' {
			continue
		}
		s := text[from : from+n]
		at = from + n
		if key == "" {
			key = s[strings.LastIndexByte(s, 0)+1:]
			if !isName(key) || !strings.HasPrefix(text[at:], `";s:`) {
				key = "" // or its value is no string
			}
			continue
		}
		if len(into[key]) < maxChoices && count < most {
			into[key] = append(into[key], stringValue(s))
			count++
		}
		key = ""
	}
}

// member is what a property of $this may be.
func (r *reader) member(name string) value {
	v := r.fact(r.survey.members["$"+name])
	restored := r.restored(name)
	if len(restored) == 0 {
		return v
	}
	return either(v, value{guess: &guess{choices: restored}})
}

// foldUnserialize is unserialize of scalars and arrays, and of objects as if they
// were arrays.
func foldUnserialize(b *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	s, ok := a[0].text()
	if !ok || !b.Take(len(s)) {
		return value{}
	}
	v, _, ok := unserialized(b, s, 0, func(_ string, properties *array) value { return properties.value() })
	if !ok {
		return value{}
	}
	return v
}

// unserialized reads one value. What an object is is for instance to say.
func unserialized(b *script.Budget, s string, depth int, instance func(class string, properties *array) value) (v value, rest string, ok bool) {
	if depth > script.MaxNesting || !b.Take(elementCost) || len(s) < 2 {
		return value{}, "", false
	}
	kind, class := s[0], ""
	if kind == 'N' {
		return value{kind: nullKind}, strings.TrimPrefix(s[1:], ";"), true
	}
	until := ";"
	if strings.IndexByte("sSaOE", kind) >= 0 {
		until = ":"
	}
	head, rest, ok := strings.Cut(s[2:], until)
	n, err := strconv.ParseInt(head, 10, 64)
	switch {
	case !ok:
		return value{}, "", false
	case kind == 'd':
		f, err := strconv.ParseFloat(head, 64)
		return value{kind: floatKind, n: int64(math.Float64bits(f)), computed: true}, rest, err == nil
	case err != nil || kind != 'i' && (n < 0 || n > int64(len(rest))):
		return value{}, "", false
	}
	switch kind {
	case 'i':
		return integerValue(n), rest, true
	case 'b':
		return boolValue(n != 0), rest, true
	case 's':
		if int(n)+3 > len(rest) || rest[0] != '"' || rest[n+1] != '"' {
			return value{}, "", false
		}
		return stringValue(rest[1 : n+1]), strings.TrimPrefix(rest[n+2:], ";"), true
	case 'S':
		text, rest, ok := escapedText(rest, n)
		return stringValue(text), strings.TrimPrefix(rest, ";"), ok
	case 'O':
		name, after, found := strings.Cut(rest, `":`)
		class = strings.TrimPrefix(name, `"`)
		head, rest, ok = strings.Cut(after, ":")
		if n, err = strconv.ParseInt(head, 10, 64); !found || !ok || err != nil || n < 0 || n > int64(len(rest)) {
			return value{}, "", false
		}
	case 'a':
	default:
		return value{}, "", false
	}
	rest, ok = strings.CutPrefix(rest, "{")
	out := newArray(0)
	for i := int64(0); i < n && ok; i++ {
		var k, v value
		if k, rest, ok = unserialized(b, rest, depth+1, instance); ok {
			if v, rest, ok = unserialized(b, rest, depth+1, instance); ok {
				if k.kind == stringKind {
					k.s = k.s[strings.LastIndexByte(k.s, 0)+1:] // without the class of what is private
				}
				key, _ := keyOf(k)
				out.set(key, v)
			}
		}
	}
	rest = strings.TrimPrefix(rest, "}")
	if kind == 'O' && ok {
		return instance(class, out), rest, true
	}
	return out.value(), rest, ok
}

// escapedText reads a text of n bytes between quotes, of which some are a backslash and
// two hexadecimal digits.
func escapedText(s string, n int64) (text, rest string, ok bool) {
	s, ok = strings.CutPrefix(s, `"`)
	b := make([]byte, 0, n)
	for ; ok && int64(len(b)) < n; s = s[1:] {
		switch {
		case s == "":
			return "", "", false
		case s[0] != '\\':
			b = append(b, s[0])
			continue
		case len(s) < 3:
			return "", "", false
		}
		c, err := strconv.ParseUint(s[1:3], 16, 8)
		if err != nil {
			return "", "", false
		}
		b, s = append(b, byte(c)), s[2:]
	}
	rest, closed := strings.CutPrefix(s, `"`)
	return string(b), rest, ok && closed
}

// foldSerialize knows strings, which is where a name is taken from.
func foldSerialize(b *script.Budget, a []value) value {
	if len(a) != 1 || a[0].kind != stringKind || !b.Take(len(a[0].s)) {
		return value{}
	}
	return stringValue(fmt.Sprintf(`s:%d:"%s";`, len(a[0].s), a[0].s))
}
