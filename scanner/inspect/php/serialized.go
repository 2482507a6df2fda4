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
	v, _, ok := (&unserializer{b: b}).next(s, 0)
	if !ok {
		return value{}
	}
	return v
}

// An unserializer reads what serialize writes.
type unserializer struct {
	b     *script.Budget
	slots []value     // what was read, in the order in which it begins: r:2; is the second
	of    objectMaker // nil where objects are arrays of their properties
}

// An objectMaker makes the objects that are serialized.
type objectMaker interface {
	// object is one of a class before its properties are read; nil where it is to be an
	// array of them.
	object(class string) *object
	// fill gives it what the text says of it, if it does not see to that itself.
	fill(o *object, state *array)
	// read has it read a text.
	read(o *object, text string)
	enumCase(class, name string) value
}

// next reads one value.
func (u *unserializer) next(s string, depth int) (v value, rest string, ok bool) {
	if depth > script.MaxNesting || !u.b.Take(elementCost) || len(s) < 2 {
		return value{}, "", false
	}
	if s[0] == 'R' { // another name of a value, and no value of its own
		return u.slot(s)
	}
	at := len(u.slots)
	u.slots = append(u.slots, value{})
	switch s[0] {
	case 'r':
		v, rest, ok = u.slot(s)
	case 'a':
		n, after, counted := count(s[1:])
		if counted {
			var all *array
			all, rest, ok = u.elements(after, n, depth)
			v = all.value()
		}
	case 'O', 'C', 'E':
		v, rest, ok = u.object(s, at, depth)
	default:
		v, rest, ok = serializedScalar(s)
	}
	u.slots[at] = v
	return v, rest, ok
}

// slot reads which of the values before is meant.
func (u *unserializer) slot(s string) (v value, rest string, ok bool) {
	head, rest, ok := strings.Cut(s[2:], ";")
	n, err := strconv.Atoi(head)
	if !ok || err != nil || n < 1 || n > len(u.slots) {
		return value{}, "", false
	}
	return u.slots[n-1], rest, true
}

// count reads a number between colons, of as much as may follow.
func count(s string) (n int, rest string, ok bool) {
	s, begins := strings.CutPrefix(s, ":")
	head, rest, ends := strings.Cut(s, ":")
	n, err := strconv.Atoi(head)
	return n, rest, begins && ends && err == nil && n >= 0 && n <= len(rest)
}

// elements reads keys and values in braces.
func (u *unserializer) elements(s string, n, depth int) (all *array, rest string, ok bool) {
	all = newArray(0)
	rest, ok = strings.CutPrefix(s, "{")
	for i := 0; i < n && ok; i++ {
		var k, v value
		if k, rest, ok = serializedScalar(rest); ok {
			if v, rest, ok = u.next(rest, depth+1); ok {
				key, _ := keyOf(k)
				all.set(key, v)
			}
		}
	}
	return all, strings.TrimPrefix(rest, "}"), ok
}

// object reads an object with its properties, with a text that its class reads itself, or
// a case of an enumeration. It is the value of a slot.
func (u *unserializer) object(s string, slot, depth int) (v value, rest string, ok bool) {
	n, rest, ok := count(s[1:])
	if !ok || n+3 > len(rest) || rest[0] != '"' || rest[n+1] != '"' {
		return value{}, "", false
	}
	class := rest[1 : n+1]
	rest = rest[n+2:]
	if s[0] == 'E' {
		if class, name, is := strings.Cut(class, ":"); is && u.of != nil {
			v = u.of.enumCase(lower(class), name)
		}
		return v, strings.TrimPrefix(rest, ";"), true
	}
	if n, rest, ok = count(rest); !ok {
		return value{}, "", false
	}
	var o *object
	if u.of != nil {
		if o = u.of.object(class); o != nil {
			v = objectValue(o)
			u.slots[slot] = v
		}
	}
	if s[0] == 'C' {
		if n+2 > len(rest) || rest[0] != '{' || rest[n+1] != '}' {
			return value{}, "", false
		}
		if o != nil {
			u.of.read(o, rest[1:n+1])
		}
		return v, rest[n+2:], true
	}
	of, rest, ok := u.elements(rest, n, depth)
	if o == nil {
		return withoutClasses(of).value(), rest, ok
	}
	u.of.fill(o, of)
	return v, rest, ok
}

// withoutClasses are the properties of an object by their names: those that are private
// or protected stand behind their class or a star.
func withoutClasses(properties *array) *array {
	return rebuilt(properties, func(k arrayKey, v value) (arrayKey, value, bool) {
		if k.s != "" {
			k.s = "s" + k.s[1+strings.LastIndexByte(k.s[1:], 0)+1:]
		}
		return k, v, true
	}).array
}

// serializedScalar reads a value that is neither an array nor an object.
func serializedScalar(s string) (v value, rest string, ok bool) {
	if len(s) < 2 {
		return value{}, "", false
	}
	switch s[0] {
	case 'N':
		return value{kind: nullKind}, strings.TrimPrefix(s[1:], ";"), true
	case 's', 'S':
		n, rest, ok := count(s[1:])
		switch {
		case !ok || n+2 > len(rest):
		case s[0] == 'S':
			text, rest, ok := escapedText(rest, n)
			return stringValue(text), strings.TrimPrefix(rest, ";"), ok
		case rest[0] == '"' && rest[n+1] == '"':
			return stringValue(rest[1 : n+1]), strings.TrimPrefix(rest[n+2:], ";"), true
		}
		return value{}, "", false
	}
	head, rest, ok := strings.Cut(s[2:], ";")
	if s[0] == 'd' {
		f, err := strconv.ParseFloat(head, 64)
		return floatValue(f), rest, ok && err == nil
	}
	n, err := strconv.ParseInt(head, 10, 64)
	ok = ok && err == nil
	switch s[0] {
	case 'i':
		return integerValue(n), rest, ok
	case 'b':
		return boolValue(n != 0), rest, ok
	}
	return value{}, "", false
}

// escapedText reads a text of n bytes between quotes, of which some are a backslash and
// two hexadecimal digits.
func escapedText(s string, n int) (text, rest string, ok bool) {
	s, ok = strings.CutPrefix(s, `"`)
	b := make([]byte, 0, n)
	for ; ok && len(b) < n; s = s[1:] {
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

// foldSerialize is serialize of what is no object.
func foldSerialize(b *script.Budget, a []value) value {
	if len(a) != 1 {
		return value{}
	}
	text, ok := appendSerialized(nil, b, a[0], 0)
	if !ok {
		return value{}
	}
	return stringValue(string(text))
}

func appendSerialized(out []byte, b *script.Budget, v value, depth int) ([]byte, bool) {
	if depth > script.MaxNesting || !b.Take(elementCost+len(v.s)) {
		return nil, false
	}
	switch v.kind {
	case nullKind:
		return append(out, "N;"...), true
	case boolKind:
		return fmt.Appendf(out, "b:%d;", v.n), true
	case intKind:
		return fmt.Appendf(out, "i:%d;", v.n), true
	case floatKind:
		const least, most = 1e-4, 1e15 // which are written without an exponent
		if f := math.Abs(v.float()); f != 0 && (f < least || f >= most) {
			return nil, false
		}
		return append(strconv.AppendFloat(append(out, "d:"...), v.float(), 'f', -1, 64), ';'), true
	case stringKind:
		return fmt.Appendf(out, `s:%d:"%s";`, len(v.s), v.s), true
	case arrayKind:
		if v.array.partial || v.array.open {
			return nil, false
		}
		out = fmt.Appendf(out, "a:%d:{", len(v.array.values))
		for i, e := range v.array.values {
			ok := false
			if out, ok = appendSerialized(out, b, v.array.key(i).value(), depth+1); !ok {
				return nil, false
			}
			if out, ok = appendSerialized(out, b, e.there(), depth+1); !ok {
				return nil, false
			}
		}
		return append(out, '}'), true
	}
	return nil, false
}
