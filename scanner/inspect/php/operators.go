package php

import (
	"cmp"
	"math"
)

// binary computes an operation.
func (r *reader) binary(op token, a, b value) value {
	switch op.kind {
	case '=':
		return b
	case coalesceToken:
		if a.known() && a.kind != nullKind {
			return a
		}
		if a.kind == nullKind {
			return b
		}
		if r.trace != nil && a.marks == 0 && len(a.oneOf()) == 0 {
			if a.object() != nil || a.closure() != nil {
				return a
			}
			return b // nothing says that it is set
		}
		return r.bothOf(a, b)
	}
	if op.kind == '+' && r.trace != nil && (a.kind == arrayKind || b.kind == arrayKind) && a.known() != b.known() {
		return r.laid([]value{a, b}, true, false)
	}
	if same, known := sameCase(a, b); known {
		switch op.kind {
		case identicalToken, equalToken:
			return boolValue(same)
		case notIdenticalToken, notEqualToken:
			return boolValue(!same)
		}
	}
	if !a.known() || !b.known() {
		if op.kind == '^' {
			r.decodesHere()
			return marked(fromDecoder | a.marks.partOf() | b.marks.partOf() | (a.marks|b.marks)&fromFile)
		}
		return r.severalSums(op.kind, a, b)
	}
	if a.gmp || b.gmp {
		if v := r.bigBinary(op.kind, a, b); v.known() {
			return v
		}
	}
	switch op.kind {
	case andAndToken, orOrToken:
		x, _ := a.truth()
		y, _ := b.truth()
		if op.kind == andAndToken {
			return boolValue(x && y)
		}
		return boolValue(x || y)
	case identicalToken, equalToken, notIdenticalToken, notEqualToken, '<', '>', lessEqualToken, greaterEqualToken:
		return compare(op.kind, a, b)
	case '^', '&', '|':
		if op.kind == '^' {
			r.assembles()
		}
		if a.kind == stringKind && b.kind == stringKind {
			return r.bitwise(op.kind, a.s, b.s)
		}
	}
	if op.kind == '+' && a.kind == arrayKind && b.kind == arrayKind {
		return foldArrayUnion(r.budget, []value{a, b})
	}
	if op.kind == spaceshipToken {
		if c, ok := ordered(a, b); ok {
			return integerValue(int64(c))
		}
		return value{}
	}
	if a.kind == arrayKind || b.kind == arrayKind {
		return value{}
	}
	if a.kind == floatKind || b.kind == floatKind {
		return floating(op.kind, a, b)
	}
	x, ok1 := a.number()
	y, ok2 := b.number()
	if !ok1 || !ok2 {
		return value{}
	}
	return arithmetic(op.kind, x, y)
}

// severalSums is an operation with numbers that are one of several.
func (r *reader) severalSums(op tokenKind, a, b value) value {
	x, y := perhapsOne(a), perhapsOne(b)
	if r.trace == nil || len(x)*len(y) > maxChoices || !r.budget.Take(elementCost*len(x)*len(y)) {
		return value{}
	}
	var sums []value
	for _, one := range x {
		for _, other := range y {
			if one.kind != intKind || other.kind != intKind {
				return value{}
			}
			if v := arithmetic(op, one.n, other.n); v.kind == intKind {
				sums = append(sums, v)
			}
		}
	}
	return value{}.among(sums)
}

func arithmetic(op tokenKind, x, y int64) value {
	// What is too large for an integer is a float.
	switch op {
	case '+':
		if sum := x + y; (sum > x) == (y > 0) {
			return integerValue(sum)
		}
		return floatValue(float64(x) + float64(y))
	case '-':
		if difference := x - y; (difference < x) == (y > 0) {
			return integerValue(difference)
		}
		return floatValue(float64(x) - float64(y))
	case '*':
		if product := x * y; x == 0 || product/x == y && !(x == -1 && y == math.MinInt64) {
			return integerValue(product)
		}
		return floatValue(float64(x) * float64(y))
	case '/':
		if y != 0 && x%y == 0 {
			return integerValue(x / y)
		}
		if y != 0 {
			return floatValue(float64(x) / float64(y))
		}
	case powerToken:
		if p := math.Pow(float64(x), float64(y)); p == math.Trunc(p) && math.Abs(p) < 1<<52 {
			return integerValue(int64(p))
		}
	case '%':
		if y != 0 {
			return integerValue(x % y)
		}
	case '&':
		return integerValue(x & y)
	case '|':
		return integerValue(x | y)
	case '^':
		return integerValue(x ^ y)
	case shiftLeftToken:
		if y >= 0 {
			return integerValue(x << min(y, 64))
		}
	case shiftRightToken:
		if y >= 0 {
			return integerValue(x >> min(y, 64))
		}
	}
	return value{}
}

// bitwise is ^, & or | of two strings.
func (r *reader) bitwise(op tokenKind, a, b string) value {
	if len(a) < len(b) {
		a, b = b, a
	}
	if !r.budget.Take(len(a)) {
		return value{}
	}
	out := []byte(b)
	for i := range out {
		switch op {
		case '^':
			out[i] ^= a[i]
		case '&':
			out[i] &= a[i]
		default:
			out[i] |= a[i]
		}
	}
	if op == '|' {
		out = append(out, a[len(b):]...)
	}
	v := stringValue(string(out))
	v.decoded = true
	return v
}

// compare compares numbers, or strings for equality.
func compare(op tokenKind, a, b value) value {
	if a.kind == stringKind && b.kind == stringKind {
		switch op {
		case identicalToken, equalToken:
			return boolValue(a.s == b.s)
		case notIdenticalToken, notEqualToken:
			return boolValue(a.s != b.s)
		}
		c, _ := ordered(a, b)
		a, b = integerValue(int64(c)), integerValue(0)
	}
	if x, ok := asFloat(a); ok && (a.kind == floatKind || b.kind == floatKind) {
		if y, ok := asFloat(b); ok {
			if c := cmp.Compare(x, y); op != identicalToken && op != notIdenticalToken {
				a, b = integerValue(int64(c)), integerValue(0)
			}
		}
	}
	if op != identicalToken && op != notIdenticalToken && a.kind != b.kind {
		if c, ok := ordered(a, b); ok {
			a, b = integerValue(int64(c)), integerValue(0)
		}
	}
	switch same := a.kind == b.kind; {
	case (op == identicalToken || op == notIdenticalToken) && !same:
		return boolValue(op == notIdenticalToken)
	case (op == identicalToken || op == notIdenticalToken) && a.kind == nullKind:
		return boolValue(op == identicalToken)
	}
	if k := a.kind; k != intKind && k != boolKind && k != nullKind || a.kind != b.kind {
		return value{}
	}
	switch op {
	case '<':
		return boolValue(a.n < b.n)
	case '>':
		return boolValue(a.n > b.n)
	case lessEqualToken:
		return boolValue(a.n <= b.n)
	case greaterEqualToken:
		return boolValue(a.n >= b.n)
	case equalToken, identicalToken:
		return boolValue(a.n == b.n)
	}
	return boolValue(a.n != b.n)
}

// increment is ++ or -- of a variable.
func (r *reader) increment(op tokenKind, name string) value {
	v := r.variable(name)
	if b := r.block(); r.local == nil {
		if bound, ok := r.flow[variable{b.scope, name}]; !ok || bound.loop != b.loop || r.loose {
			v = marked(v.marks) // it may have been counted before
		}
	}
	out := r.incrementedValue(op, v)
	r.assign(name, out)
	return out
}

// incrementedValue is what ++ or -- makes of a value.
func (r *reader) incrementedValue(op tokenKind, v value) value {
	n := int64(1)
	if op == decrementToken {
		n = -1
	}
	switch {
	case v.gmp:
		return r.bigBinary('+', v, integerValue(n))
	case v.kind == intKind && v.n < 1<<62 && v.n > -1<<62:
		return integerValue(v.n + n)
	case v.kind == stringKind && op == incrementToken:
		if isDigit((v.s + "x")[0]) {
			return value{}
		}
		if s, ok := incremented(v.s); ok {
			return stringValue(s)
		}
	}
	return value{}
}

func (r *reader) prefixed(op tokenKind, v value, mark, from int) value {
	out := value{}
	switch op {
	case '!':
		if truth, known := v.truth(); known {
			out = boolValue(!truth)
		}
		return out // stands as it is
	case '-', '+':
		if v.gmp && op == '-' {
			return r.bigBinary('-', integerValue(0), v)
		}
		of, isNumber := numeric(v)
		switch {
		case isNumber && of.kind == floatKind:
			if out = of; op == '-' {
				out = floatValue(-of.float())
			}
		case isNumber && of.n > -1<<62 && of.n < 1<<62:
			if out = of; op == '-' {
				out.n = -of.n
			}
		}
		return out // so do numbers
	case '~':
		switch {
		case v.gmp:
			return foldCall(r.budget, "gmp_com", []value{v})
		case v.kind == intKind:
			out = integerValue(^v.n)
		case v.kind == stringKind && r.budget.Take(len(v.s)):
			out = stringValue(mapBytes(v.s, func(c byte) byte { return ^c }))
			out.decoded = true
		}
	}
	r.fold(mark, from, out)
	return out
}

func (r *reader) cast(to string, v value) value {
	switch to {
	case "string", "binary":
		if s, ok := v.text(); ok {
			if v.kind == stringKind {
				return v
			}
			return stringValue(s)
		}
	case "int", "integer":
		if v.kind == intKind {
			return v
		}
		if n, ok := v.number(); ok && v.kind != arrayKind {
			return integerValue(n)
		}
	case "bool", "boolean":
		if truth, known := v.truth(); known {
			return boolValue(truth)
		}
	case "object":
		if v.kind == arrayKind && r.trace != nil {
			o := &object{class: "stdclass", properties: map[string]value{}}
			for i, e := range v.array.values {
				if s, ok := v.array.key(i).value().text(); ok {
					o.set("$"+s, e)
				}
			}
			return objectValue(o)
		}
	case "array":
		if v.kind == arrayKind {
			return v
		}
		if o := v.object(); o != nil {
			if o.class == simpleXML && len(o.nodes) > 0 {
				return plainElements(r.budget, o)
			}
			out := newArray(len(o.properties))
			for _, p := range o.names() {
				k, _ := keyOf(stringValue(p[1:]))
				out.set(k, o.properties[p])
			}
			return out.value()
		}
		if v.known() {
			out := newArray(1)
			if v.kind != nullKind {
				out.append(v)
			}
			return out.value()
		}
	}
	return marked(v.marks & (fromFile | fromInput))
}
