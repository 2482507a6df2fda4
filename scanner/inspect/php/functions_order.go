package php

import (
	"cmp"
	"math"
	"plugvet/scanner/inspect/script"
	"slices"
	"strings"
)

const ofPlace = math.MaxInt

// foldFirst is the element, or its key, at a place of an array: what reset, end and
// the like return. At ofPlace it is where current is.
func foldFirst(key bool, at int) foldFunction {
	return func(_ *script.Budget, a []value) value {
		if len(a) != 1 || a[0].kind != arrayKind {
			return value{}
		}
		in, i := a[0].array, at
		if at == ofPlace {
			i = in.place
		}
		if in.partial && key {
			return relisted(in, func(k arrayKey, _ value) value { return k.value() }).array.any()
		} else if in.partial {
			return in.any()
		}
		if i < 0 {
			i += len(in.values)
		}
		switch {
		case at == ofPlace && i >= len(in.values) && key:
			return value{kind: nullKind}
		case at == ofPlace && i >= len(in.values):
			return boolValue(false)
		case i < 0 || i >= len(in.values):
			return value{}
		case key:
			return in.key(i).value()
		}
		return in.values[i]
	}
}

func foldExtreme(sign int) foldFunction {
	return func(b *script.Budget, a []value) value {
		if len(a) == 1 && a[0].kind == arrayKind {
			a = a[0].array.values
		}
		if len(a) == 0 || !b.Take(len(a)) {
			return value{}
		}
		best := a[0]
		for _, v := range a[1:] {
			c, ok := ordered(v, best)
			if !ok {
				return value{}
			}
			if c*sign > 0 {
				best = v
			}
		}
		return best
	}
}

// ordered compares two strings or two integers.
func ordered(a, b value) (int, bool) {
	switch {
	case a.kind == stringKind && b.kind == stringKind:
		return strings.Compare(a.s, b.s), true
	case a.kind == intKind && b.kind == intKind:
		return cmp.Compare(a.n, b.n), true
	case a.kind == arrayKind && b.kind == arrayKind && len(a.array.values) == len(b.array.values):
		for i := range a.array.values[:min(len(a.array.values), maxChoices)] {
			if c, ok := ordered(a.array.values[i], b.array.values[i]); c != 0 || !ok {
				return c, ok
			}
		}
		return 0, true
	}
	return 0, false
}

// sortings are the functions that put an array in another order: by its values or
// its keys, downwards, with its keys.
var sortings = map[string]struct{ keys, down, keep bool }{
	"sort": {}, "rsort": {down: true}, "asort": {keep: true}, "arsort": {down: true, keep: true}, "natsort": {keep: true}, "natcasesort": {keep: true},
	"ksort": {keys: true, keep: true}, "krsort": {keys: true, down: true, keep: true},
	"usort": {}, "uasort": {keep: true}, "uksort": {keys: true, keep: true},
}

// sorted is an array after sort and the like. The order is that of a function, if
// there is one.
func sorted(b *script.Budget, name string, in *array, by func(x, y value) (int, bool)) value {
	how := sortings[name]
	if by == nil {
		by = ordered
	}
	const costly = 16 // comparisons that each element may take
	if !b.Take(costly * elementCost * len(in.values)) {
		return value{}
	}
	order := make([]int, len(in.values))
	for i := range order {
		order[i] = i
	}
	ok := true
	slices.SortStableFunc(order, func(i, k int) int {
		x, y := in.values[i], in.values[k]
		if how.keys {
			x, y = in.key(i).value(), in.key(k).value()
		}
		if how.down {
			x, y = y, x
		}
		c, known := by(x, y)
		ok = ok && known
		return c
	})
	if !ok {
		return value{}
	}
	out := newArray(len(order))
	for _, i := range order {
		if how.keep {
			out.set(in.key(i), in.values[i])
		} else {
			out.append(in.values[i])
		}
	}
	return out.value()
}

// multisort is array_multisort of an order and of the lists that follow it.
func (r *reader) multisort(args []argument) {
	if len(args) == 0 || args[0].value.kind != arrayKind {
		return
	}
	order := sorted(r.budget, "asort", args[0].value.array, nil)
	if order.kind != arrayKind {
		return
	}
	for _, a := range args {
		if a.variable == "" || a.value.kind != arrayKind || len(a.value.array.values) != len(order.array.values) {
			continue
		}
		out := newArray(len(order.array.values))
		for i := range order.array.values {
			out.append(a.value.element(order.array.key(i).value()))
		}
		r.assign(a.variable, out.value())
	}
}
