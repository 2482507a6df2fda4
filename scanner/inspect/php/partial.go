package php

import "slices"

// A script may choose what to call of several names by what is not known here: which
// functions the settings disable, which exist, chance. What it has then is an array
// of which any element may be missing, and the first of which may be any.

// leftOver are the functions that take elements away from an array, whichever they
// are told to by the arguments behind the first.
var leftOver = map[string]bool{
	"array_diff": true, "array_diff_key": true, "array_diff_assoc": true, "array_udiff": true, "array_diff_ukey": true,
	"array_intersect": true, "array_intersect_key": true, "array_intersect_assoc": true, "array_uintersect": true, "array_intersect_ukey": true,
	"array_filter": true, "preg_grep": true,
}

// remaining is what a function leaves of an array that is told to by something that
// is not known, or picks of it by chance.
func (r *reader) remaining(name string, args []argument) value {
	at := 0
	if name == "preg_grep" {
		at = 1
	}
	if !leftOver[name] || len(args) < 2 {
		return value{}
	}
	known := func(a argument) bool { return a.value.known() }
	if !slices.ContainsFunc(args, func(a argument) bool { return !known(a) }) {
		return value{}
	}
	return r.partial(args[at].value)
}

// partial is an array of which any element may be missing.
func (r *reader) partial(v value) value {
	if v.kind != arrayKind || !r.budget.Take(elementCost*len(v.array.values)) {
		return value{}
	}
	some := v.array.clone()
	some.partial = true
	return some.value()
}
