package sqlite

import (
	"slices"

	"plugvet/scanner/inspect/script"
)

// SQLite goes over the rows of a table in the order of the rowid, or of an index, where it
// may use one; and over the sources of a join in the order that it takes for the fastest
// (sqlite.org/optoverview.html). Here is said of which queries the order is certain
// without an ORDER BY.

// order finds out whether the rows of a SELECT may come in another order.
func (x *run) order(c *selectCore, order []orderTerm, sc *scope, out *Rows) {
	m := mentions{columns: map[place]bool{}, within: map[string]bool{}}
	for _, column := range sc.columns {
		x.mentioned(column.expr, sc, &m)
	}
	looks := len(c.group) > 0 || c.distinct || len(order) > 0 || sc.grouped
	for _, n := range append(conditions(c), c.group...) {
		looks = looks || n != nil
		x.mentioned(n, sc, &m)
	}
	for _, o := range order {
		x.mentioned(o.expr, sc, &m)
	}
	many, moved := 0, false
	for i := range sc.sources {
		s := &sc.sources[i]
		out.indexed = out.indexed || s.of.indexed || s.of.of != nil && (s.of.of.clustered || len(s.of.of.indexed) > 0)
		if len(s.of.All) < 2 && (c.from[i].args == nil || i == 0) {
			continue
		}
		many++
		from := c.from[i]
		kept := from.fixed || from.left && c.where == nil || i == 1 && slices.ContainsFunc(from.args, x.namesColumn)
		moved = moved || i > 0 && !kept
		out.unordered = out.unordered || s.of.indexed || s.of.of != nil && s.mayBeLookedInto(m, looks)
	}
	out.unordered = out.unordered || moved && many > 1
}

// conditions are those of a SELECT.
func conditions(c *selectCore) (all []*node) {
	for _, s := range c.from {
		all = append(all, s.on)
	}
	return append(all, c.where, c.having)
}

// mentions are what a SELECT names.
type mentions struct {
	columns map[place]bool
	within  map[string]bool // by a query within it, which may mean others
	inside  int             // queries
	or      bool            // with OR, of which each side may use an index of its own
}

// A place is where a column stands, as find says.
type place struct {
	of     *bound
	column int
}

func (x *run) mentioned(n *node, sc *scope, m *mentions) {
	if n == nil || !x.spend(1) {
		return
	}
	switch n.op {
	case "column", "place":
		if s, k := x.find(n, sc); s != nil && (m.inside == 0 || n.table != "") {
			m.columns[place{s, k}] = true
		} else {
			m.within[n.name] = true
		}
	case "OR":
		m.or = true
	}
	for _, arg := range n.args {
		if n.op != "place" {
			x.mentioned(arg, sc, m)
		}
	}
	if n.query != nil {
		x.mentionedWithin(n.query, sc, m)
	}
}

func (x *run) mentionedWithin(q *query, outer *scope, m *mentions) {
	if m.inside > script.MaxNesting || !x.spend(1) {
		x.failed = true
		return
	}
	m.inside++
	defer func() { m.inside-- }()
	for i := range q.cores {
		c := &q.cores[i]
		sc := outer
		if sc != nil && slices.ContainsFunc(c.from, sc.shares) {
			sc = nil
		}
		all := append(conditions(c), c.group...)
		for _, column := range c.columns {
			all = append(all, column.expr)
		}
		for _, s := range c.from {
			all = append(all, s.args...)
			if s.query != nil {
				x.mentionedWithin(s.query, sc, m)
			}
		}
		for _, n := range all {
			x.mentioned(n, sc, m)
		}
	}
	for _, o := range q.order {
		x.mentioned(o.expr, nil, m)
	}
}

// shares tells whether a source has the name of one of a scope, and stands before it.
func (sc *scope) shares(s source) bool {
	return slices.ContainsFunc(sc.sources, func(of bound) bool { return of.alias == s.alias })
}

// mayBeLookedInto tells whether SQLite may use an index of a table: one of a column that a
// condition is about, or one that has all columns that are asked for.
func (s *bound) mayBeLookedInto(m mentions, looks bool) bool {
	t := s.of.of
	if t.clustered {
		return true
	}
	names := func(i int) bool { return m.columns[place{s, i}] }
	may := func(i int) bool { return names(i) || i >= 0 && m.within[lower(t.defined[i].name)] }
	if m.or && (names(len(t.defined)) || m.within["rowid"] || m.within["oid"] || m.within["_rowid_"] || may(t.rowid)) {
		return true
	}
	for _, index := range t.indexed {
		covers := true
		for i := range t.defined {
			covers = covers && (!names(i) || i == t.rowid || slices.Contains(index, i))
		}
		if covers || looks && slices.ContainsFunc(index, may) {
			return true
		}
	}
	return false
}

// equates tells whether a condition has an equation, for which SQLite may make an index of a
// table that is joined.
func (x *run) equates(n *node) bool {
	return n != nil && x.spend(1) && (n.op == "=" || n.op == "IS" || slices.ContainsFunc(n.args, x.equates))
}

// namesColumn tells whether an expression depends on a row.
func (x *run) namesColumn(n *node) bool {
	return n != nil && x.spend(1) && (n.op == "column" || slices.ContainsFunc(n.args, x.namesColumn))
}

// differ tells whether it matters in which order rows stand.
func (x *run) differ(rows [][]Value) bool {
	for _, row := range rows[min(1, len(rows)):] {
		for i, v := range row {
			if w := rows[0][i]; v.Kind == Unknown || v.Kind != w.Kind || x.compare(v, w) != 0 {
				return true
			}
		}
		if !x.spend(1) {
			return true
		}
	}
	return false
}
