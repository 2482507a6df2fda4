package php

import (
	"slices"

	"plugvet/scanner/inspect/script"
)

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

// overlaid is an array of which the elements may be replaced by those of something that
// is not known; of several arrays that are merged, by their names alone.
func (r *reader) overlaid(in *array, by value, names bool) value {
	if !r.budget.Take(elementCost * len(in.values)) {
		return value{}
	}
	out := in.clone()
	for i, v := range out.values {
		if names && out.key(i).s == "" {
			continue
		}
		if choices := merged(v, value{}); len(choices) > 0 {
			out.values[i] = marked(v.marks | by.marks.elementOf(value{})).among(choices)
			if by.from() == ofCallers {
				out.values[i].guess.from = ofOthers
			}
		}
	}
	out.open, out.more = true, out.more|by.marks
	return out.value()
}

// perhaps is one of several arrays, or another one, which comes from what the marks say.
func perhaps(b *script.Budget, m marks, several ...*array) value {
	out := newArray(0)
	out.open, out.more = true, m
	for _, in := range several {
		if !b.Take(elementCost * len(in.values)) {
			return value{}
		}
		for i, v := range in.values {
			k := in.key(i)
			before := value{}
			if at := out.find(k); at >= 0 {
				before = out.values[at]
			}
			switch {
			case v.kind == arrayKind && len(v.array.values) > 0:
				out.set(k, perhaps(b, m, v.array))
			case v.kind == stringKind:
				out.set(k, marked(m|before.marks|v.marks).among(merged(before, v)))
			default:
				out.set(k, v)
			}
		}
	}
	return out.value()
}

// laid lays arrays over one another, of which some are not known: the last that has a
// name gives the element, or with union the first.
func (r *reader) laid(values []value, union, names bool) value {
	if union {
		values = slices.Clone(values)
		slices.Reverse(values)
	}
	out, some := newArray(0), false
	for _, v := range values {
		in := elementsOf(v)
		switch {
		case in == nil:
			under := r.overlaid(out, v, names)
			if under.kind != arrayKind {
				return value{}
			}
			out = under.array
			continue
		case !r.budget.Take(elementCost * len(in.values)):
			return value{}
		}
		some = some || len(in.values) > 0
		for i, e := range in.values {
			if k := in.key(i); names {
				out.put(k, e)
			} else {
				out.set(k, e)
			}
		}
		out.open, out.more, out.partial = out.open || in.open, out.more|in.more, out.partial || in.partial
	}
	if !some {
		return value{}
	}
	return out.value()
}

// layers are the functions that lay arrays over one another, two of them of WordPress.
var layers = map[string]struct{ union, names bool }{
	"array_merge": {names: true}, "array_merge_recursive": {names: true}, "array_replace": {}, "array_replace_recursive": {},
	"wp_parse_args": {union: true}, "shortcode_atts": {},
}

// bothOf is what is one of two, one of which may be an array that something else takes
// the place of.
func (r *reader) bothOf(a, b value) value {
	switch {
	case r.trace == nil:
	case a.kind == arrayKind && !b.known() && b.object() == nil && len(a.array.values) > 0:
		return r.overlaid(a.array, b, false)
	case b.kind == arrayKind && !a.known() && a.object() == nil && len(b.array.values) > 0:
		return r.overlaid(b.array, a, false)
	case a.object() != nil || a.closure() != nil || b.object() != nil || b.closure() != nil || a.kind == arrayKind && b.kind == arrayKind:
		return r.joined(a, b)
	}
	return either(a, b)
}

// eitherArray is an array that is one of two: an element that both have is one of theirs.
func (r *reader) eitherArray(a, b *array) value {
	if !r.budget.Take(elementCost * (len(a.values) + len(b.values))) {
		return value{}
	}
	out := a.clone()
	for i, v := range b.values {
		k := b.key(i)
		if at := out.find(k); at >= 0 {
			out.values[at] = r.joined(out.values[at], v)
		} else {
			out.set(k, v)
		}
	}
	out.open, out.more, out.partial = a.open || b.open, a.more|b.more, a.partial || b.partial
	return out.value()
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
