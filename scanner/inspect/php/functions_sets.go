package php

// setFunctions are the functions that take from an array the elements that are in others,
// or leave those alone: by their keys, their values or both, compared by functions that
// are given, the one for values first.
var setFunctions = map[string]struct{ both, keys, values, byKey, byValue bool }{
	"array_diff_assoc": {keys: true, values: true}, "array_intersect_assoc": {both: true, keys: true, values: true},
	"array_diff_ukey": {keys: true, byKey: true}, "array_intersect_ukey": {both: true, keys: true, byKey: true},
	"array_diff_uassoc": {keys: true, values: true, byKey: true}, "array_intersect_uassoc": {both: true, keys: true, values: true, byKey: true},
	"array_udiff": {values: true, byValue: true}, "array_uintersect": {both: true, values: true, byValue: true},
	"array_udiff_assoc": {keys: true, values: true, byValue: true}, "array_uintersect_assoc": {both: true, keys: true, values: true, byValue: true},
	"array_udiff_uassoc":      {keys: true, values: true, byKey: true, byValue: true},
	"array_uintersect_uassoc": {both: true, keys: true, values: true, byKey: true, byValue: true},
}

// setOperation is one of them; unknown where an array or what a function says is not
// known.
func (r *reader) setOperation(name string, args []value, call func(f value, given ...value) value) value {
	of := setFunctions[name]
	var byKey, byValue value
	last := func(f *value) {
		if n := len(args); n > 0 {
			*f, args = args[n-1], args[:n-1]
		}
	}
	if of.byKey {
		last(&byKey)
	}
	if of.byValue {
		last(&byValue)
	}
	size := 1
	for _, v := range args {
		if v.kind != arrayKind || v.array.partial || v.array.open {
			return value{}
		}
		size *= 1 + len(v.array.values)
	}
	if len(args) < 2 || !r.budget.Take(elementCost*size) {
		return value{}
	}
	known := true
	same := func(by bool, f, x, y value) bool {
		if !by {
			s, ok1 := x.text()
			t, ok2 := y.text()
			known = known && ok1 && ok2
			return s == t
		}
		n, ok := call(f, x, y).number()
		known = known && ok
		return n == 0
	}
	in := func(k arrayKey, v value, other *array) bool {
		for i, o := range other.values {
			if known && (!of.keys || same(of.byKey, byKey, k.value(), other.key(i).value())) && (!of.values || same(of.byValue, byValue, v, o)) {
				return true
			}
		}
		return false
	}
	out := rebuilt(args[0].array, func(k arrayKey, v value) (arrayKey, value, bool) {
		count := 0
		for _, other := range args[1:] {
			if in(k, v, other.array) {
				count++
			}
		}
		return k, v, of.both && count == len(args)-1 || !of.both && count == 0
	})
	if !known {
		return value{}
	}
	return out
}
