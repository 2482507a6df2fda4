package php

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A phpValue is what an expression of PHP is known to come to.
type phpValue struct {
	kind  phpType
	s     string    // of a string
	n     int64     // of an integer; 1 of true
	f     float64   // of a float
	array *phpArray // never changed once it is in a value

	computed bool // it does not stand in the script as it is
	dir      bool // it is the directory of the script, or a file in it
	decoded  bool // it came out of a decoder such as base64_decode
	// literal is 1 more than where the string stands byte for byte in the script;
	// 0 where it does not.
	literal uint32
}

type phpType uint8

const (
	phpUnknown phpType = iota
	phpNull
	phpBool
	phpInt
	phpFloat
	phpStr
	phpArr
)

// A phpArray is an array in the order of its elements.
type phpArray struct {
	values []phpValue
	keys   []phpKey       // of the values; nil where they are 0, 1, 2 and so on
	index  map[phpKey]int // of the keys
	next   int64          // the key of the next element without one
}

type phpKey struct {
	s string
	n int64
}

func stringValue(s string) phpValue { return phpValue{kind: phpStr, s: s, computed: true} }

func integerValue(n int64) phpValue { return phpValue{kind: phpInt, n: n, computed: true} }

func boolValue(b bool) phpValue {
	v := phpValue{kind: phpBool, computed: true}
	if b {
		v.n = 1
	}
	return v
}

func (v phpValue) known() bool { return v.kind != phpUnknown }

// scalar tells whether the value can stand in the view as a constant.
func (v phpValue) scalar() bool { return v.kind != phpUnknown && v.kind != phpArr }

// text is the value as a string, as PHP converts it.
func (v phpValue) text() (string, bool) {
	switch v.kind {
	case phpStr:
		return v.s, true
	case phpInt:
		return strconv.FormatInt(v.n, 10), true
	case phpFloat:
		if v.f == math.Trunc(v.f) && math.Abs(v.f) < 1e15 {
			return strconv.FormatFloat(v.f, 'f', 0, 64), true
		}
		return strconv.FormatFloat(v.f, 'G', 17, 64), true
	case phpBool:
		if v.n != 0 {
			return "1", true
		}
		return "", true
	case phpNull:
		return "", true
	}
	return "", false
}

// number is the value as an integer, as PHP converts it.
func (v phpValue) number() (int64, bool) {
	switch v.kind {
	case phpInt, phpBool:
		return v.n, true
	case phpNull:
		return 0, true
	case phpFloat:
		if math.Abs(v.f) < 1<<62 {
			return int64(v.f), true
		}
		return 0, false
	case phpStr:
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
func (v phpValue) truth() (value, known bool) {
	switch v.kind {
	case phpUnknown:
		return false, false
	case phpStr:
		return v.s != "" && v.s != "0", true
	case phpFloat:
		return v.f != 0, true
	case phpArr:
		return len(v.array.values) > 0, true
	}
	return v.n != 0, true
}

// phpNumber reads a literal number.
func phpNumberOf(text string) phpValue {
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
		return phpValue{kind: phpInt, n: n}
	}
	if f, err := strconv.ParseFloat(lower, 64); err == nil && base == 10 {
		return phpValue{kind: phpFloat, f: f}
	}
	return phpValue{}
}

func newPHPArray(capacity int) *phpArray {
	return &phpArray{values: make([]phpValue, 0, capacity)}
}

func (a *phpArray) value() phpValue { return phpValue{kind: phpArr, array: a, computed: true} }

// keyOf is the key that a value is as an offset of an array.
func keyOf(v phpValue) (phpKey, bool) {
	switch v.kind {
	case phpStr:
		if n, err := strconv.ParseInt(v.s, 10, 64); err == nil && strconv.FormatInt(n, 10) == v.s {
			return phpKey{n: n}, true
		}
		return phpKey{s: "s" + v.s}, true
	case phpNull:
		return phpKey{s: "s"}, true
	}
	n, ok := v.number()
	return phpKey{n: n}, ok && v.kind != phpArr
}

func (k phpKey) value() phpValue {
	if k.s != "" {
		return stringValue(k.s[1:])
	}
	return integerValue(k.n)
}

// key is the key of a value.
func (a *phpArray) key(i int) phpKey {
	if a.isList() {
		return phpKey{n: int64(i)}
	}
	return a.keys[i]
}

// isList tells whether the keys are 0, 1, 2 and so on.
func (a *phpArray) isList() bool { return a.index == nil }

func (a *phpArray) find(k phpKey) int {
	if a.isList() {
		if k.s == "" && k.n >= 0 && k.n < int64(len(a.values)) {
			return int(k.n)
		}
		return -1
	}
	if i, ok := a.index[k]; ok {
		return i
	}
	return -1
}

func (a *phpArray) append(v phpValue) { a.set(phpKey{n: a.next}, v) }

func (a *phpArray) set(k phpKey, v phpValue) {
	if i := a.find(k); i >= 0 {
		a.values[i] = v
		return
	}
	if a.isList() && (k.s != "" || k.n != int64(len(a.values))) {
		a.index = make(map[phpKey]int, len(a.values)+1)
		for i := range a.values {
			a.index[phpKey{n: int64(i)}] = i
			a.keys = append(a.keys, phpKey{n: int64(i)})
		}
	}
	if a.index != nil {
		a.index[k] = len(a.values)
		a.keys = append(a.keys, k)
	}
	if k.s == "" && k.n >= a.next && k.n < math.MaxInt64 {
		a.next = k.n + 1
	}
	a.values = append(a.values, v)
}

// clone returns a copy that may be changed.
func (a *phpArray) clone() *phpArray {
	b := &phpArray{keys: slices.Clone(a.keys), values: slices.Clone(a.values), next: a.next}
	b.index = maps.Clone(a.index)
	return b
}

// element is v[key].
func (v phpValue) element(key phpValue) phpValue {
	switch v.kind {
	case phpArr:
		k, ok := keyOf(key)
		if !ok {
			return phpValue{}
		}
		if i := v.array.find(k); i >= 0 {
			return v.array.values[i]
		}
	case phpStr:
		if n, ok := key.number(); ok {
			if n < 0 {
				n += int64(len(v.s))
			}
			if n >= 0 && n < int64(len(v.s)) {
				return stringValue(v.s[n : n+1])
			}
		}
	}
	return phpValue{}
}
