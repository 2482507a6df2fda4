package sqlite

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Kind is the type of a value, in the terms of SQLite a storage class.
type Kind uint8

// The kinds, in the order in which SQLite sorts them (sqlite.org/datatype3.html, 4.1).
const (
	Unknown Kind = iota
	Null
	Integer
	Real
	Text
	Blob
)

// A Value is one of the values of SQLite, or unknown.
type Value struct {
	Kind   Kind
	Text   string  // of a Text or a Blob
	Int    int64   // of an Integer
	Float  float64 // of a Real
	Origin Origin  // of an Unknown
}

// An Origin says where an unknown value comes from, in terms of who gave it.
type Origin uint

// compare puts values in the order of SQLite. An unknown one stands before all.
func compare(a, b Value) int {
	number := func(v Value) bool { return v.Kind == Integer || v.Kind == Real }
	switch {
	case number(a) && number(b):
		if a.Kind == Integer && b.Kind == Integer {
			return cmp.Compare(a.Int, b.Int)
		}
		return cmp.Compare(a.float(), b.float())
	case a.Kind != b.Kind:
		return cmp.Compare(a.Kind, b.Kind)
	}
	return strings.Compare(a.Text, b.Text)
}

// An affinity is the type that a column prefers (sqlite.org/datatype3.html, 3).
type affinity uint8

const (
	noAffinity affinity = iota
	textAffinity
	numericAffinity
	integerAffinity
	realAffinity
)

// affinityOf is that of a column by the name of its type.
func affinityOf(name string) affinity {
	name = strings.ToUpper(name)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(name, part) })
	}
	switch {
	case has("INT"):
		return integerAffinity
	case has("CHAR", "CLOB", "TEXT"):
		return textAffinity
	case name == "" || has("BLOB"):
		return noAffinity
	case has("REAL", "FLOA", "DOUB"):
		return realAffinity
	}
	return numericAffinity
}

// of is a value as a column of the affinity keeps it.
func (a affinity) of(v Value) Value {
	switch {
	case a == textAffinity && (v.Kind == Integer || v.Kind == Real):
		return Value{Kind: Text, Text: v.String()}
	case a < numericAffinity:
		return v
	case v.Kind == Text:
		if n := numberIn(v.Text); n.Kind != Null {
			v = n
		}
	}
	switch {
	case a == realAffinity && v.Kind == Integer:
		return Value{Kind: Real, Float: float64(v.Int)}
	case a != realAffinity && v.Kind == Real && v.Float == math.Trunc(v.Float) && math.Abs(v.Float) < 1<<51:
		return whole(int64(v.Float))
	}
	return v
}

// numberIn is the number that a text is as a whole; NULL where it is none.
func numberIn(s string) Value {
	s = strings.Trim(s, " \t\n\r\f\v")
	if n := leadingNumber(s); numberEnd(s, signEnd(s)) == len(s) && len(s) > signEnd(s) && !strings.ContainsAny(s, "xX") && strings.ContainsAny(s, "0123456789") {
		return n
	}
	return null
}

// signEnd is the length of the sign that a number begins with.
func signEnd(s string) int {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return 1
	}
	return 0
}

// leadingNumber is the number that a text begins with.
func leadingNumber(s string) Value {
	s = strings.TrimLeft(s, " \t\n\r\f\v")
	end := signEnd(s)
	if !strings.HasPrefix(s[end:], "0x") && !strings.HasPrefix(s[end:], "0X") {
		end = numberEnd(s, end)
	} else {
		end++
	}
	if n, err := strconv.ParseInt(s[:end], 10, 64); err == nil {
		return whole(n)
	}
	f, err := strconv.ParseFloat(s[:end], 64)
	switch {
	case math.IsInf(f, 0):
		return Value{}
	case err != nil:
		return whole(0)
	}
	return Value{Kind: Real, Float: f}
}

// number is a value as arithmetic takes it.
func (v Value) number() Value {
	if v.Kind == Text || v.Kind == Blob {
		return leadingNumber(v.Text)
	}
	return v
}

func (v Value) float() float64 {
	if v.Kind == Real {
		return v.Float
	}
	return float64(v.Int)
}

// integer is a value as CAST makes an integer of it.
func (v Value) integer() int64 {
	if v.Kind == Text || v.Kind == Blob {
		return leadingInteger(v.Text)
	}
	if v.Kind != Real {
		return v.Int
	}
	switch {
	case v.Float >= math.MaxInt64:
		return math.MaxInt64
	case v.Float <= math.MinInt64:
		return math.MinInt64
	}
	return int64(v.Float)
}

// String is a value as a text.
func (v Value) String() string {
	switch v.Kind {
	case Integer:
		return strconv.FormatInt(v.Int, 10)
	case Real:
		s := strconv.FormatFloat(v.Float, 'g', 15, 64)
		mantissa, exponent, large := strings.Cut(s, "e")
		if large || math.Abs(v.Float) >= 1e15 {
			mantissa, exponent, _ = strings.Cut(strconv.FormatFloat(v.Float, 'e', 14, 64), "e")
			mantissa, exponent = strings.TrimRight(strings.TrimRight(mantissa, "0"), "."), "e"+exponent
		}
		if !strings.Contains(mantissa, ".") {
			mantissa += ".0"
		}
		return mantissa + exponent
	}
	return v.Text
}

// truth is a value as a condition; known is false for NULL, too.
func (v Value) truth() (is, known bool) {
	n := v.number()
	return n.Kind == Integer && n.Int != 0 || n.Kind == Real && n.Float != 0, n.Kind != Unknown && n.Kind != Null
}

// blobOf is a text as a blob, where it is known.
func blobOf(v Value) Value {
	if v.Kind == Text {
		v.Kind = Blob
	}
	return v
}

// null is NULL.
var null = Value{Kind: Null}

func whole[N int | int64](n N) Value { return Value{Kind: Integer, Int: int64(n)} }

func boolean(b bool) Value {
	if b {
		return whole(1)
	}
	return whole(0)
}
