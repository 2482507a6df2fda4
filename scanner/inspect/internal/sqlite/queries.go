package sqlite

import (
	"slices"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A namedQuery is a query that has a name where another one stands, the nearest first.
type namedQuery struct {
	commonTable
	rows  *Rows // where it is computed
	outer *namedQuery
	// within is what has a name where the query itself stands.
	within *namedQuery
}

// query is what a query answers; outer is where it stands.
func (x *run) query(q *query, outer *scope) *Rows {
	none := &Rows{}
	if x.depth++; x.depth > script.MaxNesting/2 || !x.spend(1) {
		x.failed = true
		x.depth--
		return none
	}
	named := x.common
	defer func() { x.depth--; x.common = named }()
	for _, c := range q.with {
		if refersTo(c.query, c.name) {
			x.recursive(c)
		} else {
			x.common = &namedQuery{commonTable: c, outer: x.common, within: x.common}
		}
	}
	if x.failed {
		return none
	}
	out, keys := x.core(&q.cores[0], q.order, len(q.cores) > 1, outer)
	for i, join := range q.joins {
		more, _ := x.core(&q.cores[i+1], q.order, true, outer)
		if x.failed || len(more.Columns) != len(out.Columns) {
			x.failed = true
			return none
		}
		out = x.combined(join, out, more)
	}
	if len(q.joins) > 0 {
		keys = nil
		for _, row := range out.All {
			keys = append(keys, x.keysOf(q.order, out, row))
		}
	}
	if x.failed {
		return none
	}
	if len(q.order) > 0 {
		x.sort(out, keys, q.order)
	}
	out.unordered = out.unordered && x.differ(out.All)
	x.limit(q, out, outer)
	if x.failed {
		return none
	}
	out.sorted = (out.sorted || len(q.order) > 0) && q.limit == nil
	return out
}

// keysOf are what a row is sorted by that several queries give: names and numbers of
// columns.
func (x *run) keysOf(order []orderTerm, of *Rows, row []Value) (keys []Value) {
	for _, o := range order {
		at := -1
		switch {
		case o.expr.op == "literal" && o.expr.value.Kind == Integer:
			at = int(o.expr.value.Int) - 1
		case o.expr.op == "column" && o.expr.table == "":
			at = slices.IndexFunc(of.Columns, func(name string) bool { return strings.EqualFold(name, o.expr.name) })
		}
		if at < 0 || at >= len(row) || !x.spend(1) {
			x.failed = true
			return nil
		}
		keys = append(keys, row[at])
	}
	return keys
}

func (x *run) sort(out *Rows, keys [][]Value, order []orderTerm) {
	places := make([]int, len(out.All))
	for i := range places {
		places[i] = i
	}
	total := true
	slices.SortStableFunc(places, func(a, b int) int {
		x.spend(1)
		for i, o := range order {
			v, w := keys[a][i], keys[b][i]
			if v.Kind == Unknown || w.Kind == Unknown {
				out.Partial = true
				return 0
			}
			c := x.compare(v, w)
			if o.descending {
				c = -c
			}
			if o.said && (v.Kind == Null) != (w.Kind == Null) {
				if c = 1; (v.Kind == Null) == o.nullsFirst {
					c = -1
				}
			}
			if c != 0 {
				return c
			}
		}
		total = false
		return 0
	})
	rows := make([][]Value, len(out.All))
	for i, at := range places {
		rows[i] = out.All[at]
	}
	out.All, out.unordered, out.indexed = rows, out.unordered && !total, out.indexed && !total
}

// limit leaves what LIMIT and OFFSET say.
func (x *run) limit(q *query, out *Rows, outer *scope) {
	number := func(n *node, negative int) int {
		v := numericAffinity.of(x.eval(n, outer))
		switch {
		case v.Kind != Integer:
			x.failed = true
		case v.Int >= 0:
			return int(min(v.Int, int64(len(out.All))))
		}
		return negative
	}
	if q.limit == nil || out.Partial {
		return
	}
	from := 0
	if q.offset != nil {
		from = number(q.offset, 0)
	}
	most := number(q.limit, len(out.All))
	if kept := min(most, len(out.All)-from); out.unordered && 0 < kept && kept < len(out.All) { // any of them
		out.Partial = true
		return
	}
	out.All = out.All[from:min(from+most, len(out.All))]
}

// combined is UNION and the like.
func (x *run) combined(join string, a, b *Rows) *Rows {
	out := &Rows{Columns: a.Columns, affinities: a.affinities, Partial: a.Partial || b.Partial, unordered: a.unordered || b.unordered, sorted: a.sorted || b.sorted, indexed: a.indexed || b.indexed}
	if join == "union all" {
		out.All = append(slices.Clip(a.All), b.All...)
		x.spend(len(out.All))
		return out
	}
	if out.Partial && join != "union" {
		x.failed = true
	}
	keys := map[string]bool{}
	for _, row := range b.All {
		keys[x.key(row)] = true
	}
	seen := map[string]bool{}
	add := func(rows [][]Value, which func(key string) bool) {
		for _, row := range rows {
			if key := x.key(row); !seen[key] && which(key) {
				seen[key] = true
				out.All = append(out.All, row)
			}
		}
	}
	switch join {
	case "union":
		add(append(slices.Clip(a.All), b.All...), func(string) bool { return true })
	case "intersect":
		add(a.All, func(key string) bool { return keys[key] })
	case "except":
		add(a.All, func(key string) bool { return !keys[key] })
	}
	slices.SortStableFunc(out.All, func(v, w []Value) int { // as SQLite keeps them
		x.spend(1)
		return slices.CompareFunc(v, w, x.compare)
	})
	out.unordered, out.indexed = false, false
	return out
}

// key is a text that rows share which are alike.
func (x *run) key(row []Value) string {
	var b strings.Builder
	for _, v := range row {
		if v.Kind == Unknown || !x.spend(1+len(v.Text)/16) {
			x.failed = true
			return ""
		}
		if v.Kind == Real && v.Float == float64(int64(v.Float)) {
			v = whole(int64(v.Float))
		}
		s := v.String()
		b.WriteString(strconv.Itoa(int(v.Kind)) + ":" + strconv.Itoa(len(s)) + ":" + s)
	}
	return b.String()
}

// refersTo tells whether a query reads from a table of a name by itself.
func refersTo(q *query, name string) bool {
	return slices.ContainsFunc(q.cores, func(c selectCore) bool { return coreRefersTo(&c, name) })
}

// coreRefersTo is refersTo for one SELECT.
func coreRefersTo(c *selectCore, name string) bool {
	return slices.ContainsFunc(c.from, func(s source) bool {
		return s.query == nil && s.args == nil && s.name == name || s.query != nil && refersTo(s.query, name)
	})
}

// recursive computes a query that reads what it gives (sqlite.org/lang_with.html, 3).
func (x *run) recursive(c commonTable) {
	q := c.query
	self := &namedQuery{commonTable: c, outer: x.common, rows: &Rows{}}
	outer := x.common
	out := &Rows{}
	most := -1
	if q.limit != nil {
		if v := x.eval(q.limit, nil); v.Kind == Integer {
			most = int(v.Int)
		}
	}
	if len(q.order) > 0 || q.offset != nil || len(q.with) > 0 || q.limit != nil && most < 0 {
		x.failed = true
	}
	once := slices.Contains(q.joins, "union")
	seen := map[string]bool{}
	full := func() bool { return most >= 0 && len(out.All) >= most }
	add := func(got *Rows) {
		if x.failed || got.Partial || len(got.Columns) != len(out.Columns) {
			x.failed = true
			return
		}
		for _, row := range got.All {
			if once {
				key := x.key(row)
				if seen[key] {
					continue
				}
				seen[key] = true
			}
			if !full() && x.spend(1) {
				out.All = append(out.All, row)
			}
		}
	}
	var steps []*selectCore
	for i := range q.cores {
		core := &q.cores[i]
		if coreRefersTo(core, c.name) {
			steps = append(steps, core)
			continue
		}
		got, _ := x.core(core, nil, true, nil)
		out.unordered = out.unordered || got.unordered
		if out.Columns == nil {
			out.Columns, out.affinities = x.renamed(got, c.columns).Columns, got.affinities
		}
		if i > 0 && q.joins[i-1] != "union" && q.joins[i-1] != "union all" || len(steps) > 0 {
			x.failed = true
		}
		add(got)
	}
	x.common = self
	for i := 0; i < len(out.All) && !x.failed && !full(); i++ {
		self.rows = &Rows{Columns: out.Columns, affinities: out.affinities, All: out.All[i : i+1]}
		for _, core := range steps {
			got, _ := x.core(core, nil, true, nil)
			out.unordered = out.unordered || got.unordered
			add(got)
		}
	}
	x.common = &namedQuery{commonTable: c, outer: outer, rows: out}
}

// renamed are rows whose columns have other names.
func (x *run) renamed(of *Rows, columns []string) *Rows {
	if len(columns) == 0 || x.failed {
		return of
	}
	if len(columns) != len(of.Columns) {
		x.failed = true
		return of
	}
	out := *of
	out.Columns = columns
	return &out
}

// source are the rows of what a query reads.
func (x *run) source(s *source, sc *scope) *Rows {
	switch {
	case x.failed:
		return &Rows{}
	case s.query != nil:
		return x.query(s.query, sc.outer)
	case s.args != nil:
		return x.tableOf(s, sc)
	}
	for named := x.common; named != nil; named = named.outer {
		if named.name != s.name {
			continue
		}
		if named.rows != nil {
			return named.rows
		}
		now := x.common
		x.common = named.within
		named.rows = x.renamed(x.query(named.query, nil), named.columns)
		x.common = now
		return named.rows
	}
	if t := x.db.tables[s.name]; t != nil {
		return t.all()
	}
	if view, ok := x.db.views[s.name]; ok {
		now := x.common
		x.common = nil
		out := x.renamed(x.query(view.query, nil), view.columns)
		x.common = now
		return out
	}
	x.failed = true
	return &Rows{}
}
