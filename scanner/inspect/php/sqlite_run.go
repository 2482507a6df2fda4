package php

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A sqlDatabase is what a connection to SQLite holds.
type sqlDatabase struct {
	tables map[string]*sqlTable
	views  map[string]sqlCommon
	lost   bool // something was done to it that is not understood
	last   int64
}

type sqlTable struct {
	defined []sqlDefinition
	uniques [][]int // the columns that no two rows have alike
	checks  []*sqlNode
	rowid   int          // the column that is the rowid; -1 for none
	rows    [][]sqlValue // each with the rowid behind its columns
}

// sqlRows are what a query answers, or what it reads.
type sqlRows struct {
	columns    []string
	affinities []sqlAffinity
	rows       [][]sqlValue
	partial    bool // any of them may be missing
	unordered  bool // they may come in another order
	keyed      bool // it is a table that SQLite may look into by a key
	hidden     bool // each has the rowid behind its columns
}

// A sqlRun is one run of a statement. It fails at what is not understood.
type sqlRun struct {
	budget     *script.Budget
	db         *sqlDatabase
	parameters map[string]sqlValue
	// call calls a function that the script has registered, aggregate one that it has
	// registered for many rows; ok is false where there is none of the name.
	call        func(name string, args []sqlValue) (v sqlValue, ok bool)
	aggregate   func(name string, rows [][]sqlValue) (v sqlValue, ok bool)
	isAggregate func(name string) bool
	common      *sqlNamed
	work, depth int
	failed      bool
}

// sqlNamed are the queries that have a name where another one stands, the nearest first.
type sqlNamed struct {
	sqlCommon
	rows  *sqlRows // where it is computed
	outer *sqlNamed
	// within is what has a name where the query itself stands.
	within *sqlNamed
}

// A sqlScope is where names of columns mean something.
type sqlScope struct {
	sources   []sqlBound
	columns   []sqlColumn // whose aliases are names, too
	outer     *sqlScope
	groups    [][][]sqlValue // the rows of a group, each of all sources
	grouped   bool
	partial   bool
	unordered bool
	best      int // the row of the group from which columns are taken, -1 for none
	alias     int // how many aliases were looked into
}

type sqlBound struct {
	alias string
	of    *sqlRows
	row   []sqlValue // nil for one without a match
}

func newSQLDatabase() *sqlDatabase {
	return &sqlDatabase{tables: map[string]*sqlTable{}, views: map[string]sqlCommon{}}
}

// spend counts work, and says whether there may be more.
func (x *sqlRun) spend(n int) bool {
	const most = 1 << 18
	if x.work += n; x.work > most || !x.budget.Step() {
		x.failed = true
	}
	return !x.failed
}

func (x *sqlRun) fail() sqlValue {
	x.failed = true
	return sqlValue{}
}

// text is a string that was made.
func (x *sqlRun) text(s string) sqlValue {
	const perStep = 16 // bytes
	if len(s) > script.MaxConstant/8 || !x.spend(len(s)/perStep) || !x.budget.Take(len(s)) {
		return x.fail()
	}
	return sqlValue{kind: sqlText, s: s}
}

// run runs a statement. Only of a query there are rows.
func (x *sqlRun) run(s sqlStatement) *sqlRows {
	switch s.verb {
	case "SELECT":
		return x.query(s.query, nil)
	case "CREATE":
		x.create(s)
	case "INSERT":
		x.insert(s)
	case "UPDATE":
		x.update(s)
	case "DELETE":
		x.remove(s)
	case "DROP":
		_, table := x.db.tables[s.name]
		_, view := x.db.views[s.name]
		x.failed = s.target != "INDEX" && s.target != "TABLE" && s.target != "VIEW" || s.target == "TABLE" && view || s.target == "VIEW" && table ||
			s.target != "INDEX" && !table && !view && !s.exists
		if s.target != "INDEX" && !x.failed {
			delete(x.db.tables, s.name)
			delete(x.db.views, s.name)
		}
	}
	return nil
}

func (x *sqlRun) create(s sqlStatement) {
	table := x.db.tables[s.name]
	_, view := x.db.views[s.name]
	if s.target == "INDEX" {
		if table == nil {
			x.failed = true
			return
		}
		changed := *table
		changed.uniques = slices.Clip(changed.uniques)
		for _, names := range s.uniques {
			changed.uniques = append(changed.uniques, x.places(table, names))
		}
		x.db.tables[s.name] = &changed
		return
	}
	if table != nil || view {
		x.failed = !s.exists
		return
	}
	if s.target == "VIEW" {
		x.db.views[s.name] = sqlCommon{s.name, s.columns, s.query}
		return
	}
	t := &sqlTable{defined: s.defined, checks: s.checks, rowid: -1}
	if s.query != nil {
		got := x.query(s.query, nil)
		if x.failed || got.partial {
			x.failed = true
			return
		}
		for i, name := range got.columns {
			t.defined = append(t.defined, sqlDefinition{name: name, affinity: got.affinities[i]})
		}
		for i, row := range got.rows {
			t.rows = append(t.rows, append(slices.Clone(row), sqlValue{kind: sqlInteger, n: int64(i + 1)}))
		}
	}
	for i, d := range t.defined {
		if s.rowid != "" && d.name == s.rowid {
			t.rowid = i
		}
	}
	for _, names := range s.uniques {
		t.uniques = append(t.uniques, x.places(t, names))
	}
	const most = 1 << 8 // tables
	if len(x.db.tables) >= most {
		x.failed = true
		return
	}
	x.db.tables[s.name] = t
}

// places are the places of columns by their names.
func (x *sqlRun) places(t *sqlTable, names []string) (all []int) {
	for _, name := range names {
		at := slices.IndexFunc(t.defined, func(d sqlDefinition) bool { return strings.EqualFold(d.name, name) })
		if at < 0 {
			x.failed = true
		}
		all = append(all, at)
	}
	return all
}

func (x *sqlRun) insert(s sqlStatement) {
	t := x.db.tables[s.name]
	if t == nil {
		x.failed = true
		return
	}
	columns := x.places(t, s.columns)
	if s.columns == nil {
		for i, d := range t.defined {
			if d.generated == nil {
				columns = append(columns, i)
			}
		}
	}
	got := x.query(s.query, nil)
	if x.failed || got.partial {
		x.failed = true
		return
	}
	changed := *t
	changed.rows = slices.Clip(changed.rows)
	for _, given := range got.rows {
		if len(given) != len(columns) {
			x.failed = true
			return
		}
		row := make([]sqlValue, len(t.defined)+1)
		for i, d := range t.defined {
			if row[i] = (sqlValue{kind: sqlNull}); d.standard != nil {
				row[i] = x.eval(d.standard, nil)
			}
		}
		for i, v := range given {
			row[columns[i]] = v
		}
		if x.put(&changed, row, s.conflict); x.failed {
			return
		}
	}
	x.db.tables[s.name] = &changed
}

// put adds a row to a table that may be changed.
func (x *sqlRun) put(t *sqlTable, row []sqlValue, conflict string) {
	id := int64(1)
	for _, other := range t.rows {
		id = max(id, other[len(t.defined)].n+1)
	}
	if !x.spend(len(row) + len(t.rows)/8) {
		return
	}
	if t.rowid >= 0 && row[t.rowid].kind != sqlNull {
		v := t.defined[t.rowid].affinity.of(row[t.rowid])
		if v.kind != sqlInteger {
			x.failed = true
			return
		}
		id = v.n
	}
	row[len(t.defined)] = sqlValue{kind: sqlInteger, n: id}
	if t.rowid >= 0 {
		row[t.rowid] = row[len(t.defined)]
	}
	if !x.complete(t, row) {
		x.failed = x.failed || conflict != "IGNORE"
		return
	}
	for i := 0; i < len(t.rows) && x.spend(1+len(t.uniques)); i++ {
		if !x.sameKey(t, t.rows[i], row) {
			continue
		}
		switch conflict {
		case "IGNORE":
			return
		case "REPLACE":
			t.rows = slices.Delete(slices.Clone(t.rows), i, i+1)
			i--
		default:
			x.failed = true
			return
		}
	}
	x.db.last = id
	at := len(t.rows) // rows stand in the order of the rowid
	for at > 0 && t.rows[at-1][len(t.defined)].n > id {
		at--
	}
	t.rows = slices.Insert(t.rows, at, row)
}

// complete makes the values of a row those of its columns, and says whether they may be
// there.
func (x *sqlRun) complete(t *sqlTable, row []sqlValue) bool {
	sc := x.rowScope(t)
	sc.sources[0].row = row
	for range 2 { // a column that is computed may be of another
		for i, d := range t.defined {
			if d.generated != nil {
				row[i] = x.eval(d.generated, sc)
			}
			row[i] = d.affinity.of(row[i])
			if d.notNull && row[i].kind == sqlNull {
				return false
			}
		}
	}
	for _, check := range t.checks {
		truth, known := x.eval(check, sc).truth()
		if !known && x.eval(check, sc).kind != sqlNull {
			x.failed = true
		}
		if known && !truth {
			return false
		}
	}
	return !x.failed
}

func (x *sqlRun) sameKey(t *sqlTable, a, b []sqlValue) bool {
	if a[len(t.defined)].n == b[len(t.defined)].n {
		return true
	}
	return slices.ContainsFunc(t.uniques, func(columns []int) bool {
		for _, i := range columns {
			if i < 0 || a[i].kind == sqlUnknown || b[i].kind == sqlUnknown {
				x.failed = true
				return false
			}
			if a[i].kind == sqlNull || sqlCompare(a[i], b[i]) != 0 {
				return false
			}
		}
		return true
	})
}

// rowScope is a scope with one table.
func (x *sqlRun) rowScope(t *sqlTable) *sqlScope {
	return &sqlScope{sources: []sqlBound{{of: t.all()}}}
}

// all are the rows of a table.
func (t *sqlTable) all() *sqlRows {
	out := &sqlRows{rows: t.rows, hidden: true, keyed: len(t.uniques) > 0}
	for _, d := range t.defined {
		out.columns, out.affinities = append(out.columns, d.name), append(out.affinities, d.affinity)
	}
	return out
}

func (x *sqlRun) update(s sqlStatement) {
	t := x.db.tables[s.name]
	if t == nil {
		x.failed = true
		return
	}
	sc := x.rowScope(t)
	sc.sources[0].alias = s.name
	var columns []int
	for _, set := range s.set {
		columns = append(columns, x.places(t, []string{set.column})...)
	}
	changed := *t
	changed.rows = slices.Clone(t.rows)
	for i, row := range t.rows {
		if sc.sources[0].row = row; !x.holds(s.where, sc) {
			continue
		}
		next := slices.Clone(row)
		for k, set := range s.set {
			next[columns[k]] = x.eval(set.value, sc)
		}
		if t.rowid >= 0 && sqlCompare(next[t.rowid], row[t.rowid]) != 0 { // which would be elsewhere
			x.failed = true
		}
		if !x.spend(len(row)) || !x.complete(t, next) {
			x.failed = true
			return
		}
		for k, other := range changed.rows {
			if len(t.uniques) > 0 && k != i && x.spend(1) && x.sameKey(t, other, next) {
				x.failed = true
			}
		}
		if x.failed {
			return
		}
		changed.rows[i] = next
	}
	if !x.failed {
		x.db.tables[s.name] = &changed
	}
}

// holds tells whether a condition holds that must be known.
func (x *sqlRun) holds(where *sqlNode, sc *sqlScope) bool {
	if where == nil {
		return !x.failed
	}
	v := x.eval(where, sc)
	truth, known := v.truth()
	if !known && v.kind != sqlNull {
		x.failed = true
	}
	return truth && !x.failed
}

func (x *sqlRun) remove(s sqlStatement) {
	t := x.db.tables[s.name]
	if t == nil {
		x.failed = true
		return
	}
	sc := x.rowScope(t)
	sc.sources[0].alias = s.name
	changed := *t
	changed.rows = nil
	for _, row := range t.rows {
		if sc.sources[0].row = row; !x.holds(s.where, sc) {
			changed.rows = append(changed.rows, row)
		}
		if !x.spend(1) {
			return
		}
	}
	x.db.tables[s.name] = &changed
}

// query is what a query answers; outer is where it stands.
func (x *sqlRun) query(q *sqlQuery, outer *sqlScope) *sqlRows {
	none := &sqlRows{}
	if x.depth++; x.depth > script.MaxNesting/2 || !x.spend(1) {
		x.failed = true
		x.depth--
		return none
	}
	named := x.common
	defer func() { x.depth--; x.common = named }()
	for _, c := range q.with {
		if recursive := refersTo(c.query, c.name); recursive {
			x.recursive(c)
		} else {
			x.common = &sqlNamed{sqlCommon: c, outer: x.common, within: x.common}
		}
	}
	if x.failed {
		return none
	}
	out, keys := x.core(&q.cores[0], q.order, len(q.cores) > 1, outer)
	for i, join := range q.joins {
		more, _ := x.core(&q.cores[i+1], nil, true, outer)
		if x.failed || len(more.columns) != len(out.columns) {
			x.failed = true
			return none
		}
		out = x.combined(join, out, more)
	}
	if len(q.joins) > 0 {
		keys = nil
		for _, row := range out.rows {
			keys = append(keys, x.keysOf(q.order, out, row))
		}
	}
	if x.failed {
		return none
	}
	if len(q.order) > 0 {
		x.sort(out, keys, q.order)
	}
	x.limit(q, out, outer)
	if x.failed {
		return none
	}
	return out
}

// keysOf are what a row is sorted by that several queries give: names and numbers of
// columns.
func (x *sqlRun) keysOf(order []sqlOrder, of *sqlRows, row []sqlValue) (keys []sqlValue) {
	for _, o := range order {
		at := -1
		switch {
		case o.expr.op == "literal" && o.expr.value.kind == sqlInteger:
			at = int(o.expr.value.n) - 1
		case o.expr.op == "column" && o.expr.table == "":
			at = slices.IndexFunc(of.columns, func(name string) bool { return strings.EqualFold(name, o.expr.name) })
		}
		if at < 0 || at >= len(row) || !x.spend(1) {
			x.failed = true
			return nil
		}
		keys = append(keys, row[at])
	}
	return keys
}

func (x *sqlRun) sort(out *sqlRows, keys [][]sqlValue, order []sqlOrder) {
	places := make([]int, len(out.rows))
	for i := range places {
		places[i] = i
	}
	total := true
	slices.SortStableFunc(places, func(a, b int) int {
		x.spend(1)
		for i, o := range order {
			v, w := keys[a][i], keys[b][i]
			if v.kind == sqlUnknown || w.kind == sqlUnknown {
				out.partial = true
				return 0
			}
			c := sqlCompare(v, w)
			if o.descending {
				c = -c
			}
			if o.said && (v.kind == sqlNull) != (w.kind == sqlNull) {
				if c = 1; (v.kind == sqlNull) == o.nullsFirst {
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
	rows := make([][]sqlValue, len(out.rows))
	for i, at := range places {
		rows[i] = out.rows[at]
	}
	out.rows, out.unordered = rows, out.unordered && !total
}

// limit leaves what LIMIT and OFFSET say.
func (x *sqlRun) limit(q *sqlQuery, out *sqlRows, outer *sqlScope) {
	number := func(n *sqlNode, negative int) int {
		v := sqlNumeric.of(x.eval(n, outer))
		switch {
		case v.kind != sqlInteger:
			x.failed = true
		case v.n >= 0:
			return int(min(v.n, int64(len(out.rows))))
		}
		return negative
	}
	if q.limit == nil || out.partial {
		return
	}
	from := 0
	if q.offset != nil {
		from = number(q.offset, 0)
	}
	most := number(q.limit, len(out.rows))
	out.rows = out.rows[from:min(from+most, len(out.rows))]
}

// combined is UNION and the like.
func (x *sqlRun) combined(join string, a, b *sqlRows) *sqlRows {
	out := &sqlRows{columns: a.columns, affinities: a.affinities, partial: a.partial || b.partial, unordered: a.unordered || b.unordered}
	if join == "union all" {
		out.rows = append(slices.Clip(a.rows), b.rows...)
		x.spend(len(out.rows))
		return out
	}
	if out.partial && join != "union" {
		x.failed = true
	}
	keys := map[string]bool{}
	for _, row := range b.rows {
		keys[x.key(row)] = true
	}
	seen := map[string]bool{}
	add := func(rows [][]sqlValue, which func(key string) bool) {
		for _, row := range rows {
			if key := x.key(row); !seen[key] && which(key) {
				seen[key] = true
				out.rows = append(out.rows, row)
			}
		}
	}
	switch join {
	case "union":
		add(append(slices.Clip(a.rows), b.rows...), func(string) bool { return true })
	case "intersect":
		add(a.rows, func(key string) bool { return keys[key] })
	case "except":
		add(a.rows, func(key string) bool { return !keys[key] })
	}
	slices.SortStableFunc(out.rows, func(v, w []sqlValue) int { // as SQLite keeps them
		x.spend(1)
		return slices.CompareFunc(v, w, sqlCompare)
	})
	out.unordered = false
	return out
}

// key is a text that rows share which are alike.
func (x *sqlRun) key(row []sqlValue) string {
	var b strings.Builder
	for _, v := range row {
		if v.kind == sqlUnknown || !x.spend(1+len(v.s)/16) {
			x.failed = true
			return ""
		}
		if v.kind == sqlReal && v.f == float64(int64(v.f)) {
			v = sqlValue{kind: sqlInteger, n: int64(v.f)}
		}
		s := v.String()
		b.WriteString(strconv.Itoa(int(v.kind)) + ":" + strconv.Itoa(len(s)) + ":" + s)
	}
	return b.String()
}

// refersTo tells whether a query reads from a table of a name by itself.
func refersTo(q *sqlQuery, name string) bool {
	return slices.ContainsFunc(q.cores, func(c sqlCore) bool { return coreRefersTo(&c, name) })
}

func coreRefersTo(c *sqlCore, name string) bool {
	return slices.ContainsFunc(c.from, func(s sqlSource) bool {
		return s.query == nil && s.args == nil && s.name == name || s.query != nil && refersTo(s.query, name)
	})
}

// recursive computes a query that reads what it gives (sqlite.org/lang_with.html, 3).
func (x *sqlRun) recursive(c sqlCommon) {
	q := c.query
	self := &sqlNamed{sqlCommon: c, outer: x.common, rows: &sqlRows{}}
	outer := x.common
	out := &sqlRows{}
	most := -1
	if q.limit != nil {
		if v := x.eval(q.limit, nil); v.kind == sqlInteger {
			most = int(v.n)
		}
	}
	if len(q.order) > 0 || q.offset != nil || len(q.with) > 0 || q.limit != nil && most < 0 {
		x.failed = true
	}
	once := slices.Contains(q.joins, "union")
	seen := map[string]bool{}
	full := func() bool { return most >= 0 && len(out.rows) >= most }
	add := func(got *sqlRows) {
		if x.failed || got.partial || len(got.columns) != len(out.columns) {
			x.failed = true
			return
		}
		for _, row := range got.rows {
			if once {
				key := x.key(row)
				if seen[key] {
					continue
				}
				seen[key] = true
			}
			if !full() && x.spend(1) {
				out.rows = append(out.rows, row)
			}
		}
	}
	var steps []*sqlCore
	for i := range q.cores {
		core := &q.cores[i]
		if coreRefersTo(core, c.name) {
			steps = append(steps, core)
			continue
		}
		got, _ := x.core(core, nil, true, nil)
		if out.columns == nil {
			out.columns, out.affinities = x.renamed(got, c.columns).columns, got.affinities
		}
		if i > 0 && q.joins[i-1] != "union" && q.joins[i-1] != "union all" || len(steps) > 0 {
			x.failed = true
		}
		add(got)
	}
	x.common = self
	for i := 0; i < len(out.rows) && !x.failed && !full(); i++ {
		self.rows = &sqlRows{columns: out.columns, affinities: out.affinities, rows: out.rows[i : i+1]}
		for _, core := range steps {
			got, _ := x.core(core, nil, true, nil)
			add(got)
		}
	}
	out.partial = false
	x.common = &sqlNamed{sqlCommon: c, outer: outer, rows: out}
}

// renamed are rows whose columns have other names.
func (x *sqlRun) renamed(of *sqlRows, columns []string) *sqlRows {
	if len(columns) == 0 || x.failed {
		return of
	}
	if len(columns) != len(of.columns) {
		x.failed = true
		return of
	}
	out := *of
	out.columns = columns
	return &out
}

// source are the rows of what a query reads.
func (x *sqlRun) source(s *sqlSource, sc *sqlScope) *sqlRows {
	switch {
	case x.failed:
		return &sqlRows{}
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
	return &sqlRows{}
}

// core is one SELECT or VALUES, and what each row is sorted by.
func (x *sqlRun) core(c *sqlCore, order []sqlOrder, several bool, outer *sqlScope) (out *sqlRows, keys [][]sqlValue) {
	out = &sqlRows{}
	if several {
		order = nil
	}
	if c.values != nil {
		for i, list := range c.values {
			var row []sqlValue
			for k, n := range list {
				if row = append(row, x.eval(n, outer)); i == 0 {
					out.columns, out.affinities = append(out.columns, "column"+strconv.Itoa(k+1)), append(out.affinities, sqlNone)
				}
			}
			x.failed = x.failed || len(row) != len(out.columns)
			out.rows = append(out.rows, row)
			keys = append(keys, x.keysOf(order, out, row))
		}
		return out, keys
	}
	sc := &sqlScope{outer: outer, best: -1}
	tuples := x.joined(c, sc, out)
	columns := x.expanded(c.columns, sc)
	sc.columns = columns
	for _, column := range columns {
		name := column.alias
		if name == "" {
			name = column.text
			if at, i := sc.find(column.expr); column.expr.op == "column" && at != nil {
				name = column.expr.name
				if i < len(at.of.columns) {
					name = at.of.columns[i]
				}
			}
		}
		out.columns, out.affinities = append(out.columns, name), append(out.affinities, sc.affinity(column.expr))
	}
	sc.partial, sc.unordered = out.partial, out.unordered
	isAggregate := func(n *sqlNode) bool { return x.aggregates(n) }
	sc.grouped = len(c.group) > 0 || slices.ContainsFunc(columns, func(column sqlColumn) bool { return isAggregate(column.expr) }) || c.having != nil && isAggregate(c.having) ||
		slices.ContainsFunc(order, func(o sqlOrder) bool { return isAggregate(o.expr) })
	seen := map[string]bool{}
	emit := func() {
		row := make([]sqlValue, len(columns))
		for i, column := range columns {
			row[i] = x.result(column.expr, sc)
		}
		if !x.spend(len(row)) {
			return
		}
		if c.distinct {
			key := x.key(row)
			if seen[key] {
				return
			}
			seen[key] = true
		}
		out.rows = append(out.rows, row)
		keys = append(keys, x.sortedBy(order, out, row, sc))
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

// at has the columns of a scope those of a row of every source.
func (sc *sqlScope) at(tuple [][]sqlValue) {
	for i := range sc.sources {
		sc.sources[i].row = tuple[i]
	}
}

// sortedBy is what a row of one SELECT is sorted by.
func (x *sqlRun) sortedBy(order []sqlOrder, out *sqlRows, row []sqlValue, sc *sqlScope) (keys []sqlValue) {
	for _, o := range order {
		if o.expr.op == "literal" && o.expr.value.kind == sqlInteger {
			keys = append(keys, x.keysOf([]sqlOrder{o}, out, row)...)
			continue
		}
		if o.expr.op == "column" && o.expr.table == "" {
			at := slices.IndexFunc(sc.columns, func(column sqlColumn) bool { return strings.EqualFold(column.alias, o.expr.name) })
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
func (x *sqlRun) result(n *sqlNode, sc *sqlScope) sqlValue {
	if sc.grouped && !x.aggregates(n) {
		return x.ofGroup(n, sc)
	}
	return x.eval(n, sc)
}

// joined are the rows of all sources of a SELECT together that its conditions leave.
func (x *sqlRun) joined(c *sqlCore, sc *sqlScope, out *sqlRows) (tuples [][][]sqlValue) {
	for i := range c.from {
		s := &c.from[i]
		of := &sqlRows{}
		if s.args == nil || i == 0 {
			of = x.source(s, sc)
		} else {
			of.columns, of.affinities = []string{"key", "value"}, []sqlAffinity{sqlNone, sqlNone}
		}
		// SQLite may go over the sources in another order, where that is faster.
		out.unordered = out.unordered || of.unordered || i > 0 && sc.sources[i-1].of.keyed
		out.partial = out.partial || of.partial
		sc.sources = append(sc.sources, sqlBound{alias: s.alias, of: of})
	}
	sc.columns = c.columns
	keeps := func(condition *sqlNode) bool {
		if condition == nil {
			return true
		}
		v := x.eval(condition, sc)
		truth, known := v.truth()
		if !known && v.kind != sqlNull {
			out.partial = true
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
				tuple := make([][]sqlValue, len(sc.sources))
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
		matched := false
		for _, row := range sc.sources[i].of.rows {
			sc.sources[i].row = row
			if x.failed {
				return
			}
			if keeps(s.on) && x.alike(s.using, sc, i) {
				matched = true
				join(i + 1)
			}
		}
		if s.left && !matched {
			sc.sources[i].row = nil
			join(i + 1)
		}
	}
	join(0)
	return tuples
}

// alike tells whether a row has the columns of USING like those before it.
func (x *sqlRun) alike(using []string, sc *sqlScope, at int) bool {
	for _, name := range using {
		before, own := sqlScope{sources: sc.sources[:at]}, sqlScope{sources: sc.sources[at : at+1]}
		n := &sqlNode{op: "column", name: lower(name)}
		a, b := x.eval(n, &before), x.eval(n, &own)
		if a.kind == sqlUnknown || b.kind == sqlUnknown {
			x.failed = true
		}
		if a.kind == sqlNull || sqlCompare(a, b) != 0 {
			return false
		}
	}
	return true
}

// expanded are the columns of a result, with those that * stands for.
func (x *sqlRun) expanded(columns []sqlColumn, sc *sqlScope) (all []sqlColumn) {
	for _, column := range columns {
		if column.expr != nil {
			all = append(all, column)
			continue
		}
		found := false
		for i, s := range sc.sources {
			if column.table != "" && column.table != s.alias {
				continue
			}
			found = true
			for k, name := range s.of.columns {
				all = append(all, sqlColumn{alias: name, expr: &sqlNode{op: "place", args: []*sqlNode{{value: sqlValue{n: int64(i)}}, {value: sqlValue{n: int64(k)}}}}})
			}
		}
		x.failed = x.failed || !found
	}
	x.spend(len(all))
	return all
}

// inGroups emits a row for each group.
func (x *sqlRun) inGroups(c *sqlCore, tuples [][][]sqlValue, sc *sqlScope, out *sqlRows, emit func()) {
	type group struct {
		keys   []sqlValue
		tuples [][][]sqlValue
	}
	var groups []*group
	byKey := map[string]*group{}
	for _, tuple := range tuples {
		sc.at(tuple)
		sc.grouped = false
		var keys []sqlValue
		for _, n := range c.group {
			if n.op == "literal" && n.value.kind == sqlInteger && n.value.n >= 1 && n.value.n <= int64(len(sc.columns)) {
				n = sc.columns[n.value.n-1].expr
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
	slices.SortStableFunc(groups, func(a, b *group) int { return slices.CompareFunc(a.keys, b.keys, sqlCompare) })
	for _, g := range groups {
		sc.groups = g.tuples
		sc.best = x.bestOf(sc)
		if c.having != nil {
			v := x.eval(c.having, sc)
			truth, known := v.truth()
			if !known && v.kind != sqlNull {
				out.partial, truth = true, true
			}
			if !truth {
				continue
			}
		}
		emit()
	}
	out.unordered = false
}

// bestOf is the row of a group that has the least or the greatest value, where one
// aggregate asks for that; other columns are of it.
func (x *sqlRun) bestOf(sc *sqlScope) int {
	best, found := -1, 0
	for _, column := range sc.columns {
		n := column.expr
		if n.op != "call" || len(n.args) != 1 || n.name != "min" && n.name != "max" {
			continue
		}
		found++
		var most sqlValue
		for i, tuple := range sc.groups {
			v := x.within(n.args[0], sc, tuple)
			if v.kind == sqlUnknown {
				return -1
			}
			c := sqlCompare(v, most)
			if v.kind != sqlNull && (best < 0 || n.name == "max" && c > 0 || n.name == "min" && c < 0) {
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
func (x *sqlRun) within(n *sqlNode, sc *sqlScope, tuple [][]sqlValue) sqlValue {
	one := *sc
	one.sources, one.grouped = slices.Clone(sc.sources), false
	one.at(tuple)
	x.spend(len(one.sources))
	return x.eval(n, &one)
}

// find is where a column stands, nil for nowhere.
func (sc *sqlScope) find(n *sqlNode) (*sqlBound, int) {
	if sc == nil || n == nil {
		return nil, 0
	}
	if n.op == "place" {
		return &sc.sources[n.args[0].value.n], int(n.args[1].value.n)
	}
	for i := range sc.sources {
		s := &sc.sources[i]
		if n.table != "" && n.table != s.alias {
			continue
		}
		for k, name := range s.of.columns {
			if strings.EqualFold(name, n.name) {
				return s, k
			}
		}
	}
	if n.name == "rowid" || n.name == "_rowid_" || n.name == "oid" {
		for i := range sc.sources {
			if s := &sc.sources[i]; s.of.hidden && (n.table == "" || n.table == s.alias) {
				return s, len(s.of.columns)
			}
		}
	}
	return nil, 0
}

// affinity is that of an expression.
func (sc *sqlScope) affinity(n *sqlNode) sqlAffinity {
	switch n.op {
	case "cast":
		return affinityOf(n.name)
	case "column", "place":
		for ; sc != nil; sc = sc.outer {
			if s, i := sc.find(n); s != nil {
				if i >= len(s.of.affinities) {
					return sqlInt
				}
				return s.of.affinities[i]
			}
		}
	case "select":
		return sqlNone
	}
	return sqlNone
}

// column is the value of a column.
func (x *sqlRun) column(n *sqlNode, sc *sqlScope) sqlValue {
	for at := sc; at != nil; at = at.outer {
		if s, i := at.find(n); s != nil {
			if !at.grouped {
				return s.value(i)
			}
			return x.ofGroup(n, at)
		}
		if n.table != "" || n.op == "place" {
			continue
		}
		for _, column := range at.columns {
			if column.expr != nil && strings.EqualFold(column.alias, n.name) && column.expr != n {
				const deep = 16
				if at.alias++; at.alias > deep {
					at.alias--
					return x.fail()
				}
				v := x.eval(column.expr, at)
				at.alias--
				return v
			}
		}
	}
	if n.value.kind == sqlText {
		return n.value
	}
	return x.fail()
}

func (s *sqlBound) value(i int) sqlValue {
	if s.row == nil {
		return sqlValue{kind: sqlNull}
	}
	if i >= len(s.row) {
		return sqlValue{}
	}
	return s.row[i]
}

// ofGroup is an expression outside of an aggregate. It is not known where the rows of
// the group do not agree, and none of them is the one that it is taken from.
func (x *sqlRun) ofGroup(n *sqlNode, sc *sqlScope) sqlValue {
	if len(sc.groups) == 0 {
		none := make([][]sqlValue, len(sc.sources))
		return x.within(n, sc, none)
	}
	if sc.best >= 0 {
		return x.within(n, sc, sc.groups[sc.best])
	}
	first := x.within(n, sc, sc.groups[0])
	for _, tuple := range sc.groups[1:] {
		v := x.within(n, sc, tuple)
		if v.kind != first.kind || sqlCompare(v, first) != 0 {
			return sqlValue{}
		}
	}
	return first
}

// sqlCompare puts values in the order of SQLite. An unknown one stands before all.
func sqlCompare(a, b sqlValue) int {
	number := func(v sqlValue) bool { return v.kind == sqlInteger || v.kind == sqlReal }
	switch {
	case number(a) && number(b):
		if a.kind == sqlInteger && b.kind == sqlInteger {
			return cmp.Compare(a.n, b.n)
		}
		return cmp.Compare(a.float(), b.float())
	case a.kind != b.kind:
		return cmp.Compare(a.kind, b.kind)
	}
	return strings.Compare(a.s, b.s)
}
