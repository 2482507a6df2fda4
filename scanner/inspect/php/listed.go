package php

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// A script may pick one of all functions by what is said of its name, such as a sum, and
// not by the name. So the list of all functions has those that somebody may want to call
// without saying so, and some that nobody wants. What is called is picked where none of
// these are called there.

// unwanted are functions that no script picks, of which each has something that another
// has not.
var unwanted = []string{"array_walk_recursive", "ctype_xdigit", "levenshtein", "sinh", "similar_text", "utf8_encode"}

// allFunctions is an array of functions, which may have any others.
var allFunctions = sync.OnceValue(func() *array {
	all := newArray(0)
	for _, name := range append(slices.Clone(unwanted), slices.Sorted(maps.Keys(wantedNames))...) {
		all.append(stringValue(name))
	}
	all.open, all.more, all.partial = true, fromList, true
	return all
})

// listedFunctions is what get_defined_functions returns, or get_extension_funcs.
func listedFunctions(name string) value {
	internal := allFunctions().clone().value()
	if name == "get_extension_funcs" {
		return internal
	}
	all := newArray(1)
	all.set(arrayKey{s: "sinternal"}, internal)
	all.open, all.more = true, fromList
	return all.value()
}

// alsoListed is what a function makes of an array: of one that may have any function, an
// array that may too.
func (r *reader) alsoListed(v, of value) value {
	if v.kind != arrayKind || of.kind != arrayKind || of.array.more&fromList == 0 || !r.budget.Take(elementCost*len(v.array.values)) {
		return v
	}
	out := v.array.clone()
	out.addListed(of.array.more)
	return out.value()
}

// tires tells whether loops are to go no further through an array one by one: it may have
// any function, and half of what a trace may take is gone. What is left goes to the rest of
// the script.
func (r *reader) tires(in *array) bool {
	return in.more&fromList != 0 && r.trace.fuel < r.trace.half
}

// forCallback is what a function that is given an array calls another for: one element that
// is not known, where it tires.
func (r *reader) forCallback(v value) value {
	if v.kind != arrayKind || !r.tires(v.array) {
		return v
	}
	one := newArray(1)
	one.append(marked(v.array.more & fromList))
	one.more, one.partial = v.array.more, true
	return one.value()
}

// pickedOf are values that were seen called at a place, without those that are called there
// only because all functions are.
func pickedOf(seen []value) []value {
	named := func(names func(string) bool) func(v value) bool {
		return func(v value) bool { return names(strings.TrimSuffix(lower(v.s), "::__construct")) }
	}
	isUnwanted := named(func(name string) bool { return slices.Contains(unwanted, name) })
	if !slices.ContainsFunc(seen, isUnwanted) {
		return seen
	}
	return slices.DeleteFunc(slices.Clone(seen), named(func(name string) bool { return slices.Contains(unwanted, name) || wantedNames[name] }))
}
