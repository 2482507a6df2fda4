package sqlite

import (
	"slices"
	"strconv"
	"strings"
)

// core is one SELECT or VALUES, and what each row is sorted by.
func (x *run) core(c *selectCore, order []orderTerm, several bool, outer *scope) (out *Rows, keys [][]Value) {
	out = &Rows{}
	sorts := len(order) > 0
	if several {
		order, sorts = nil, len(order) > 0
	}
	if c.values != nil {
		for i, list := range c.values {
			var row []Value
			for k, n := range list {
				if row = append(row, x.eval(n, outer)); i == 0 {
					out.Columns, out.affinities = append(out.Columns, "column"+strconv.Itoa(k+1)), append(out.affinities, noAffinity)
				}
			}
			x.failed = x.failed || len(row) != len(out.Columns)
			out.All = append(out.All, row)
			keys = append(keys, x.keysOf(order, out, row))
		}
		return out, keys
	}
	sc := &scope{outer: outer, best: -1}
	tuples := x.joined(c, sc, out, sorts)
	columns := x.expanded(c.columns, sc)
	sc.columns = columns
	for _, column := range columns {
		name := column.alias
		if name == "" {
			name = column.text
			if at, i := x.find(column.expr, sc); column.expr.op == "column" && at != nil {
				name = column.expr.name
				if i < len(at.of.Columns) {
					name = at.of.Columns[i]
				}
			}
		}
		out.Columns, out.affinities = append(out.Columns, name), append(out.affinities, x.affinity(column.expr, sc))
	}
	sc.grouped = len(c.group) > 0 || slices.ContainsFunc(columns, func(column resultColumn) bool { return x.aggregates(column.expr) }) || x.aggregates(c.having) ||
		slices.ContainsFunc(order, func(o orderTerm) bool { return x.aggregates(o.expr) })
	x.order(c, order, sc, out)
	out.sorted = out.sorted && len(tuples) > 1
	sc.partial, sc.unordered = out.Partial, out.unordered
	seen := map[string]int{}
	emit := func() {
		row := make([]Value, len(columns))
		for i, column := range columns {
			if column.expr.op == "select" {
				row[i], out.affinities[i] = x.selected(column.expr, sc)
				continue
			}
			row[i] = x.result(column.expr, sc)
		}
		if !x.spend(len(row)) {
			return
		}
		by := x.sortedBy(order, out, row, sc)
		if c.distinct {
			key := x.key(row)
			if at, is := seen[key]; is { // which of them is kept depends on where SQLite begins
				for i, v := range by {
					if !x.failed && x.compare(v, keys[at][i]) != 0 {
						keys[at][i] = Value{}
					}
				}
				out.unordered = out.unordered || out.sorted
				return
			}
			seen[key] = len(out.All)
		}
		out.All = append(out.All, row)
		keys = append(keys, by)
	}
	if sc.grouped {
		x.inGroups(c, tuples, sc, out, emit)
		return out, keys
	}
	for _, tuple := range tuples {
		if x.failed {
			break
		}
		sc.at(tuple)
		emit()
	}
	return out, keys
}

// sortedBy is what a row of one SELECT is sorted by.
func (x *run) sortedBy(order []orderTerm, out *Rows, row []Value, sc *scope) (keys []Value) {
	for _, o := range order {
		if o.expr.op == "literal" && o.expr.value.Kind == Integer {
			keys = append(keys, x.keysOf([]orderTerm{o}, out, row)...)
			continue
		}
		if o.expr.op == "column" && o.expr.table == "" {
			at := slices.IndexFunc(sc.columns, func(column resultColumn) bool { return strings.EqualFold(column.alias, o.expr.name) })
			if at >= 0 {
				keys = append(keys, row[at])
				continue
			}
		}
		keys = append(keys, x.result(o.expr, sc))
	}
	return keys
}

// result is what a row or a group has for an expression.
func (x *run) result(n *node, sc *scope) Value {
	if sc.grouped && !x.aggregates(n) {
		return x.ofGroup(n, sc)
	}
	return x.eval(n, sc)
}

// joined are the rows of all sources of a SELECT together that its conditions leave.
func (x *run) joined(c *selectCore, sc *scope, out *Rows, sorts bool) (tuples [][][]Value) {
	const most = 64 // sources (sqlite.org/limits.html)
	x.failed = x.failed || len(c.from) > most
	for i := range c.from {
		s := &c.from[i]
		of := pairs()
		if s.args == nil || i == 0 {
			of = x.source(s, sc)
		}
		out.unordered = out.unordered || of.unordered || of.sorted && (sorts || len(c.from) > 1)
		out.sorted = out.sorted || of.sorted
		out.Partial = out.Partial || of.Partial
		sc.sources = append(sc.sources, bound{alias: s.alias, of: of, using: s.using})
	}
	sc.columns = c.columns
	keeps := func(condition *node) bool {
		if condition == nil {
			return true
		}
		v := x.eval(condition, sc)
		truth, known := v.truth()
		if !known && v.Kind != Null {
			out.Partial = true
			return true
		}
		return truth
	}
	var join func(i int)
	join = func(i int) {
		if !x.spend(1 + len(sc.sources)) {
			return
		}
		if i == len(sc.sources) {
			if keeps(c.where) {
				tuple := make([][]Value, len(sc.sources))
				for k, s := range sc.sources {
					tuple[k] = s.row
				}
				tuples = append(tuples, tuple)
			}
			return
		}
		s := &c.from[i]
		if s.args != nil && i > 0 {
			sc.sources[i].of = x.source(s, sc)
		}
		matched := 0
		for _, row := range sc.sources[i].of.All {
			sc.sources[i].row = row
			if x.failed {
				return
			}
			if keeps(s.on) && x.alike(s.using, sc, i) {
				matched++
				join(i + 1)
			}
		}
		equates := len(s.using) > 0 || x.equates(s.on) || x.equates(c.where)
		out.unordered = out.unordered || i > 0 && s.args == nil && matched > 1 && equates
		if s.left && matched == 0 {
			sc.sources[i].row = nil
			join(i + 1)
		}
	}
	join(0)
	return tuples
}

// alike tells whether a row has the columns of USING like those before it.
func (x *run) alike(using []string, sc *scope, at int) bool {
	for _, name := range using {
		before, own := scope{sources: sc.sources[:at]}, scope{sources: sc.sources[at : at+1]}
		n := &node{op: "column", name: lower(name)}
		a, b := x.eval(n, &before), x.eval(n, &own)
		if a.Kind == Unknown || b.Kind == Unknown {
			x.failed = true
		}
		if a.Kind == Null || compare(a, b) != 0 {
			return false
		}
	}
	return true
}

// expanded are the columns of a result, with those that * stands for.
func (x *run) expanded(columns []resultColumn, sc *scope) (all []resultColumn) {
	const most = 2000 // columns (sqlite.org/limits.html)
	add := func(column resultColumn) bool {
		if len(all) >= most || !x.spend(1) {
			x.failed = true
			return false
		}
		all = append(all, column)
		return true
	}
	for _, column := range columns {
		if column.expr != nil {
			if !add(column) {
				return nil
			}
			continue
		}
		found := false
		for i, s := range sc.sources {
			if column.table != "" && column.table != s.alias {
				continue
			}
			found = true
			for k, name := range s.of.Columns {
				shared := column.table == "" && slices.ContainsFunc(s.using, func(other string) bool { return strings.EqualFold(name, other) })
				if shared { // it stands with the first source that has it
					continue
				}
				if !add(resultColumn{alias: name, expr: &node{op: "place", args: []*node{{value: Value{Int: int64(i)}}, {value: Value{Int: int64(k)}}}}}) {
					return nil
				}
			}
		}
		x.failed = x.failed || !found
	}
	return all
}
