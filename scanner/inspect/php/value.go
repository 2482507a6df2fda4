package php

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A value is what an expression of PHP is known to come to.
type value struct {
	s     string // of a string
	n     int64  // of an integer; 1 of true; the bits of a float
	array *array // never changed once it is in a value, if it is not owned
	guess *guess // what an unknown value may be

	// literal is 1 more than where the string stands byte for byte in the script;
	// 0 where it does not.
	literal  uint32
	kind     valueKind
	marks    marks
	computed bool // it does not stand in the script as it is
	wrapped  bool // it is a name that is put together and not hidden; see wraps
	dir      bool // it is the directory of the script, or a file in it
	decoded  bool // it came out of a decoder such as base64_decode
	own      bool // it is the text of the script itself, which is no news
	gmp      bool // it is an object of GMP, as its digits
}

// A guess is what is known of a value that is not.
type guess struct {
	choices []value // constants that it may be
	closure *closure
	object  *object
	place   *reference // that an element or a property stands for
	prefix  string     // with which it begins
	suffix  string     // and ends
	from    string     // what of another file it is; see script.Link
	built   bool       // it is only a part of that, or made of it
}

type valueKind uint8

const (
	unknownKind valueKind = iota
	nullKind
	boolKind
	intKind
	floatKind
	stringKind
	arrayKind
)

// An array is an array of PHP, in the order of its elements.
type array struct {
	values []value
	keys   []arrayKey       // of the values; nil where they are 0, 1, 2 and so on
	index  map[arrayKey]int // of the keys, once there are many and one is looked for
	next   int64            // the key of the next element without one
	owned  bool             // one variable of a computed function has it, and may change it
	// globals says that it is $GLOBALS: what it lacks may be set in another file.
	globals bool
	// partial says that any of the elements may be missing, and the others before them.
	partial bool
	// open says that it may have more elements, of which the marks say where they come from.
	open  bool
	more  marks
	place int // at which current is
}

type arrayKey struct {
	s string
	n int64
}

func stringValue(s string) value { return value{kind: stringKind, s: s, computed: true} }

func integerValue(n int64) value { return value{kind: intKind, n: n, computed: true} }

func boolValue(b bool) value {
	v := value{kind: boolKind, computed: true}
	if b {
		v.n = 1
	}
	return v
}

// float is the value of a float.
func (v value) float() float64 { return math.Float64frombits(uint64(v.n)) }

func (v value) known() bool { return v.kind != unknownKind }

// scalar tells whether the value can stand in the view as a constant.
func (v value) scalar() bool { return v.kind != unknownKind && v.kind != arrayKind }

// text is the value as a string, as PHP converts it.
func (v value) text() (string, bool) {
	switch v.kind {
	case stringKind:
		return v.s, true
	case intKind:
		return strconv.FormatInt(v.n, 10), true
	case floatKind:
		if f := v.float(); f == math.Trunc(f) && math.Abs(f) < 1e15 {
			return strconv.FormatFloat(f, 'f', 0, 64), true
		}
		return strconv.FormatFloat(v.float(), 'G', 17, 64), true
	case boolKind:
		if v.n != 0 {
			return "1", true
		}
		return "", true
	case nullKind:
		return "", true
	}
	return "", false
}

// number is the value as an integer, as PHP converts it.
func (v value) number() (int64, bool) {
	switch v.kind {
	case intKind, boolKind:
		return v.n, true
	case nullKind:
		return 0, true
	case floatKind:
		if f := v.float(); math.Abs(f) < 1<<62 {
			return int64(f), true
		}
		return 0, false
	case stringKind:
		return leadingInteger(v.s), true
	}
	return 0, false
}

// leadingInteger is the number that a string begins with.
func leadingInteger(s string) int64 {
	s = strings.TrimLeft(s, " \t\n\r\v\f")
	end := 0
	for end < len(s) && (isDigit(s[end]) || end == 0 && (s[end] == '-' || s[end] == '+')) {
		end++
	}
	n, _ := strconv.ParseInt(s[:end], 10, 64)
	return n
}

// truth is the value as a boolean.
func (v value) truth() (value, known bool) {
	switch v.kind {
	case unknownKind:
		is := v.guess != nil && (v.guess.object != nil || v.guess.closure != nil)
		return is, is
	case stringKind:
		return v.s != "" && v.s != "0", true
	case floatKind:
		return v.float() != 0, true
	case arrayKind:
		return len(v.array.values) > 0, true
	}
	return v.n != 0, true
}

// numberOf reads a literal number.
func numberOf(text string) value {
	const short = 9 // digits that are read without more ado
	if len(text) <= short && (text[0] != '0' || len(text) == 1) {
		n := int64(0)
		for i := 0; i < len(text) && n >= 0; i++ {
			if !isDigit(text[i]) {
				n = -1
				break
			}
			n = n*10 + int64(text[i]-'0')
		}
		if n >= 0 {
			return value{kind: intKind, n: n}
		}
	}
	text = strings.ReplaceAll(text, "_", "")
	lower := strings.ToLower(text)
	base := 10
	digits := lower
	switch {
	case strings.HasPrefix(lower, "0x"):
		base, digits = 16, lower[2:]
	case strings.HasPrefix(lower, "0b"):
		base, digits = 2, lower[2:]
	case strings.HasPrefix(lower, "0o"):
		base, digits = 8, lower[2:]
	case len(lower) > 1 && lower[0] == '0' && !strings.ContainsAny(lower, ".e"):
		base, digits = 8, lower[1:]
	}
	if n, err := strconv.ParseInt(digits, base, 64); err == nil {
		return value{kind: intKind, n: n}
	}
	if f, err := strconv.ParseFloat(lower, 64); err == nil && base == 10 {
		return value{kind: floatKind, n: int64(math.Float64bits(f))}
	}
	return value{}
}

func newArray(capacity int) *array {
	return &array{values: make([]value, 0, capacity)}
}

func (a *array) value() value { return value{kind: arrayKind, array: a, computed: true} }

// keyOf is the key that a value is as an offset of an array.
func keyOf(v value) (arrayKey, bool) {
	switch v.kind {
	case stringKind:
		if v.s != "" && v.s[0] <= '9' {
			if n, err := strconv.ParseInt(v.s, 10, 64); err == nil && strconv.FormatInt(n, 10) == v.s {
				return arrayKey{n: n}, true
			}
		}
		return arrayKey{s: "s" + v.s}, true
	case nullKind:
		return arrayKey{s: "s"}, true
	}
	n, ok := v.number()
	return arrayKey{n: n}, ok && v.kind != arrayKind
}

func (k arrayKey) value() value {
	if k.s != "" {
		return stringValue(k.s[1:])
	}
	return integerValue(k.n)
}

// key is the key of a value.
func (a *array) key(i int) arrayKey {
	if a.isList() {
		return arrayKey{n: int64(i)}
	}
	return a.keys[i]
}

// isList tells whether the keys are 0, 1, 2 and so on.
func (a *array) isList() bool { return a.keys == nil }

// find returns the place of a key, -1 for none.
func (a *array) find(k arrayKey) int {
	if a.isList() {
		if k.s == "" && k.n >= 0 && k.n < int64(len(a.values)) {
			return int(k.n)
		}
		return -1
	}
	if k.s == "" && k.n >= a.next && k.n < math.MaxInt64 {
		return -1
	}
	const few = 8
	if len(a.keys) <= few {
		return slices.Index(a.keys, k)
	}
	if a.index == nil {
		a.index = make(map[arrayKey]int, len(a.keys))
		for i, k := range a.keys {
			a.index[k] = i
		}
	}
	if i, ok := a.index[k]; ok {
		return i
	}
	return -1
}

func (a *array) append(v value) { a.set(arrayKey{n: a.next}, v) }

func (a *array) set(k arrayKey, v value) {
	if i := a.find(k); i >= 0 {
		a.values[i] = v
		return
	}
	if a.isList() && (k.s != "" || k.n != int64(len(a.values))) {
		a.keys = make([]arrayKey, 0, cap(a.values)+1)
		for i := range a.values {
			a.keys = append(a.keys, arrayKey{n: int64(i)})
		}
	}
	if !a.isList() {
		a.keys = append(a.keys, k)
	}
	if a.index != nil {
		a.index[k] = len(a.values)
	}
	if k.s == "" && k.n >= a.next && k.n < math.MaxInt64 {
		a.next = k.n + 1
	}
	a.values = append(a.values, v)
}

// clone returns a copy that may be changed.
func (a *array) clone() *array {
	return &array{keys: slices.Clone(a.keys), values: slices.Clone(a.values), index: maps.Clone(a.index), next: a.next, partial: a.partial, open: a.open, more: a.more, place: a.place}
}

// element is v[key].
func (v value) element(key value) value { return v.held(key).there() }

// held is v[key], which may stand for a place.
func (v value) held(key value) value {
	switch v.kind {
	case unknownKind:
		if p := v.prefix(); key.kind == intKind && key.n >= 0 && key.n < int64(len(p)) {
			return stringValue(p[key.n : key.n+1])
		}
		return marked(v.marks.elementOf(key))
	case arrayKind:
		k, ok := keyOf(key)
		if !ok {
			return v.array.any()
		}
		i := v.array.find(k)
		if v.array.partial && k.s == "" && (i < 0 || k.n < int64(len(v.array.values))) { // a number beyond that is no place
			return v.array.any()
		}
		if i >= 0 {
			return v.array.values[i]
		}
		return marked(v.array.more.elementOf(key))
	case stringKind:
		if n, ok := key.number(); ok {
			if n < 0 {
				n += int64(len(v.s))
			}
			if n >= 0 && n < int64(len(v.s)) {
				return stringValue(v.s[n : n+1])
			}
		}
		if !key.known() {
			return marked(fromCodes)
		}
	}
	return value{}
}

// addListed notes that the elements may be, besides, those of the list of all functions.
func (a *array) addListed(m marks) {
	if m &= fromList; m != 0 {
		a.open, a.more = true, a.more|m
	}
}

// any is one of the elements, of which no more is known than that.
func (a *array) any() value {
	m := a.more.elementOf(value{}) & fromList
	if len(a.values) == 0 || len(a.values) > maxChoices {
		return marked(m)
	}
	v := value{}
	for _, e := range a.values {
		if e.kind != stringKind && a.partial {
			m |= e.marks
		} else if e.kind != stringKind {
			return marked(m)
		}
		v = either(v, e)
	}
	v.marks |= m
	return v
}

// isKind tells whether a value is of a type, where that is known.
func isKind(kind string, v value) (is, known bool) {
	if v.object() != nil || v.closure() != nil {
		return kind == "object", true
	}
	return v.kind == map[string]valueKind{"array": arrayKind, "string": stringKind, "int": intKind, "null": nullKind, "bool": boolKind}[kind], v.known()
}

// valuesWithin are the elements of an array.
func valuesWithin(v value) []value {
	if v.kind != arrayKind {
		return nil
	}
	return v.array.values
}
