package php

import (
	"cmp"
	"math"
	"plugvet/scanner/inspect/script"
	"slices"
	"strconv"
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

// ordered compares two values as <=> does: texts that are numbers are compared as such.
func ordered(a, b value) (int, bool) {
	x, isNumber := numeric(a)
	y, isOther := numeric(b)
	switch {
	case isNumber && isOther:
		if x.kind == intKind && y.kind == intKind {
			return cmp.Compare(x.n, y.n), true
		}
		f, _ := asFloat(x)
		g, _ := asFloat(y)
		return cmp.Compare(f, g), true
	case a.kind == stringKind && (b.kind == stringKind || isOther), b.kind == stringKind && isNumber:
		s, ok1 := a.text()
		t, ok2 := b.text()
		return strings.Compare(s, t), ok1 && ok2
	case a.kind == boolKind && b.kind == boolKind:
		return cmp.Compare(a.n, b.n), true
	case a.kind == arrayKind && b.kind == arrayKind && len(a.array.values) != len(b.array.values):
		return cmp.Compare(len(a.array.values), len(b.array.values)), true
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

// numeric is a number, or that which a text is as a whole.
func numeric(v value) (value, bool) {
	const longest = 64
	switch {
	case v.kind == intKind || v.kind == floatKind:
		return v, !v.gmp
	case v.kind != stringKind || len(v.s) > longest:
		return value{}, false
	}
	s := strings.Trim(v.s, " \t\n\r\v\f")
	if s == "" || strings.Trim(s, "0123456789+-.eE") != "" {
		return value{}, false
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return integerValue(n), true
	}
	f, err := strconv.ParseFloat(s, 64)
	return floatValue(f), err == nil
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

// inOrderOf is a comparison of a function of the script, of which true says that the first
// is greater.
func inOrderOf(call func(x, y value) value) func(x, y value) (int, bool) {
	return func(x, y value) (int, bool) {
		v := call(x, y)
		if v.kind == boolKind && v.n == 0 {
			less, _ := call(y, x).truth()
			return -int(boolValue(less).n), true
		}
		n, ok := v.number()
		return int(n), ok
	}
}

// multisort is array_multisort of lists, each with its direction and flags behind it: the
// order is that of the first, and of the next where that has the same.
func (r *reader) multisort(args []argument) {
	type column struct {
		values []value
		down   bool
		by     func(x, y value) (int, bool)
	}
	var columns []column
	for _, a := range args {
		n, isNumber := a.value.number()
		switch {
		case a.value.kind == arrayKind:
			columns = append(columns, column{values: a.value.array.values, by: ordered})
		case !isNumber || len(columns) == 0:
			return
		case n == sortAscending || n == sortDescending:
			columns[len(columns)-1].down = n == sortDescending
		default:
			if by := orderOf("", n); by != nil {
				columns[len(columns)-1].by = by
			}
		}
	}
	if len(columns) == 0 {
		return
	}
	order, ok := make([]int, len(columns[0].values)), true
	const costly = 16 // comparisons that each element may take
	if !r.budget.Take(costly*elementCost*len(order)*len(columns)) || slices.ContainsFunc(columns, func(c column) bool { return len(c.values) != len(order) }) {
		return
	}
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int {
		for _, c := range columns {
			n, known := c.by(c.values[i], c.values[k])
			ok = ok && known
			if c.down {
				n = -n
			}
			if n != 0 {
				return n
			}
		}
		return 0
	})
	for _, a := range args {
		if a.variable == "" || a.value.kind != arrayKind || !ok {
			continue
		}
		out := newArray(len(order))
		for _, i := range order {
			if k := a.value.array.key(i); k.s != "" {
				out.set(k, a.value.array.values[i])
			} else {
				out.append(a.value.array.values[i])
			}
		}
		r.assign(a.variable, out.value())
	}
}

const (
	sortDescending = 3 // SORT_DESC
	sortAscending  = 4 // SORT_ASC
)
