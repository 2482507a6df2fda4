package sqlite

import (
	"slices"
)

// inGroups emits a row for each group.
func (x *run) inGroups(c *selectCore, tuples [][][]Value, sc *scope, out *Rows, emit func()) {
	type group struct {
		keys   []Value
		tuples [][][]Value
	}
	var groups []*group
	byKey := map[string]*group{}
	for _, tuple := range tuples {
		sc.at(tuple)
		sc.grouped = false
		var keys []Value
		for _, n := range c.group {
			if n.op == "literal" && n.value.Kind == Integer && n.value.Int >= 1 && n.value.Int <= int64(len(sc.columns)) {
				n = sc.columns[n.value.Int-1].expr
			}
			keys = append(keys, x.eval(n, sc))
		}
		sc.grouped = true
		key := x.key(keys)
		g := byKey[key]
		if x.failed {
			return
		}
		if g == nil {
			g = &group{keys: keys}
			byKey[key], groups = g, append(groups, g)
		}
		g.tuples = append(g.tuples, tuple)
	}
	if len(c.group) == 0 && len(groups) == 0 {
		groups = append(groups, &group{})
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return slices.CompareFunc(a.keys, b.keys, x.compare) })
	for _, g := range groups {
		sc.groups = g.tuples
		sc.best = x.bestOf(sc)
		if c.having != nil {
			v := x.eval(c.having, sc)
			truth, known := v.truth()
			if !known && v.Kind != Null {
				out.Partial, truth = true, true
			}
			if !truth {
				continue
			}
		}
		emit()
	}
	out.unordered, out.indexed = false, false // by what they are grouped by
}

// bestOf is the row of a group that has the least or the greatest value, where one
// aggregate asks for that; other columns are of it.
func (x *run) bestOf(sc *scope) int {
	best, found := -1, 0
	for _, column := range sc.columns {
		n := column.expr
		if n.op != "call" || len(n.args) != 1 || n.name != "min" && n.name != "max" {
			continue
		}
		found++
		var most Value
		for i, tuple := range sc.groups {
			v := x.within(n.args[0], sc, tuple)
			if v.Kind == Unknown {
				return -1
			}
			c := x.compare(v, most)
			if sc.unordered && best >= 0 && c == 0 { // either may be taken
				best, found = -1, found+1
				break
			}
			if v.Kind != Null && (best < 0 || n.name == "max" && c > 0 || n.name == "min" && c < 0) {
				best, most = i, v
			}
		}
	}
	if found != 1 {
		return -1
	}
	return best
}

// within is an expression for one row of a group.
func (x *run) within(n *node, sc *scope, tuple [][]Value) Value {
	one := *sc
	one.sources, one.grouped = slices.Clone(sc.sources), false
	one.at(tuple)
	x.spend(len(one.sources))
	return x.eval(n, &one)
}

// ofGroup is an expression outside of an aggregate. It is not known where the rows of
// the group do not agree, and none of them is the one that it is taken from.
func (x *run) ofGroup(n *node, sc *scope) Value {
	if len(sc.groups) == 0 {
		none := make([][]Value, len(sc.sources))
		return x.within(n, sc, none)
	}
	if sc.best >= 0 {
		return x.within(n, sc, sc.groups[sc.best])
	}
	first := x.within(n, sc, sc.groups[0])
	for _, tuple := range sc.groups[1:] {
		v := x.within(n, sc, tuple)
		if v.Kind != first.Kind || compare(v, first) != 0 {
			return Value{}
		}
	}
	return first
}
