package sqlite

import (
	"math"
	"slices"
	"strings"
)

// A table is one with its rows, which are never changed: a statement puts another in its
// place.
type table struct {
	tableDef
	indexed [][]int   // the columns of its indexes
	uniques [][]int   // of those, the columns that no two rows have alike
	rowid   int       // the column that is the rowid; -1 for none
	last    int64     // the greatest rowid that there was, of AUTOINCREMENT
	rows    [][]Value // each with the rowid behind its columns
}

// change runs a statement that is no query.
func (x *run) change(s statement) {
	switch s.verb {
	case "CREATE":
		x.create(s)
	case "INSERT":
		x.insert(s)
	case "UPDATE":
		x.update(s)
	case "DELETE":
		x.remove(s)
	case "DROP":
		_, isTable := x.db.tables[s.name]
		_, isView := x.db.views[s.name]
		x.failed = s.target != "INDEX" && s.target != "TABLE" && s.target != "VIEW" || s.target == "TABLE" && isView || s.target == "VIEW" && isTable ||
			s.target != "INDEX" && !isTable && !isView && !s.exists
		if s.target != "INDEX" && !x.failed {
			delete(x.db.tables, s.name)
			delete(x.db.views, s.name)
		}
	}
}

func (x *run) create(s statement) {
	old := x.db.tables[s.name]
	_, view := x.db.views[s.name]
	if s.target == "INDEX" {
		if old == nil {
			x.failed = true
			return
		}
		changed := *old
		x.index(&changed, s.indexes)
		x.db.tables[s.name] = &changed
		return
	}
	if old != nil || view {
		x.failed = !s.exists
		return
	}
	if s.target == "VIEW" {
		x.db.views[s.name] = commonTable{s.name, s.columns, s.query}
		return
	}
	t := &table{tableDef: s.tableDef, rowid: -1}
	if s.query != nil {
		got := x.query(s.query, nil)
		if x.failed || got.Partial || got.unordered {
			x.failed = true
			return
		}
		for i, name := range got.Columns {
			t.defined = append(t.defined, columnDef{name: name, affinity: got.affinities[i]})
		}
		for i, row := range got.All {
			t.rows = append(t.rows, append(slices.Clone(row), whole(i+1)))
		}
	}
	for i, d := range t.defined {
		if s.rowid != "" && d.name == s.rowid {
			t.rowid = i
		}
	}
	x.index(t, s.indexes)
	x.db.refers = x.db.refers || s.refers
	x.failed = x.failed || x.db.refers && x.db.enforced
	const most = 1 << 8 // tables
	if len(x.db.tables) >= most {
		x.failed = true
		return
	}
	x.db.tables[s.name] = t
}

// index adds indexes to a table that may be changed.
func (x *run) index(t *table, all []indexDef) {
	t.indexed, t.uniques = slices.Clip(t.indexed), slices.Clip(t.uniques)
	for _, d := range all {
		places := x.places(t, d.columns)
		if t.indexed = append(t.indexed, places); d.unique {
			t.uniques = append(t.uniques, places)
		}
	}
}

// table is the one of a name, without which a statement fails.
func (x *run) table(name string) *table {
	t := x.db.tables[name]
	x.failed = x.failed || t == nil
	return t
}

// places are the places of columns by their names.
func (x *run) places(t *table, names []string) (all []int) {
	for _, name := range names {
		at := slices.IndexFunc(t.defined, func(d columnDef) bool { return strings.EqualFold(d.name, name) })
		if at < 0 {
			x.failed = true
		}
		all = append(all, at)
	}
	return all
}

func (x *run) insert(s statement) {
	t := x.table(s.name)
	if t == nil {
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
	if x.failed || got.Partial || got.unordered { // in the order of which they get their rowids
		x.failed = true
		return
	}
	changed := *t
	changed.rows = slices.Clip(changed.rows)
	for _, given := range got.All {
		if len(given) != len(columns) {
			x.failed = true
			return
		}
		row := make([]Value, len(t.defined)+1)
		for i, d := range t.defined {
			if row[i] = null; d.standard != nil {
				row[i] = x.eval(d.standard, nil)
			}
		}
		for i, v := range slices.Backward(given) { // of a column that is named twice, the first one
			row[columns[i]] = v
		}
		if x.put(&changed, row, s); x.failed {
			return
		}
	}
	x.db.tables[s.name] = &changed
}

// put adds a row to a table that may be changed.
func (x *run) put(t *table, row []Value, s statement) {
	greatest := t.last
	if n := len(t.rows); n > 0 && (!t.counts || greatest < t.rows[n-1][len(t.defined)].Int) {
		greatest = t.rows[n-1][len(t.defined)].Int
	}
	if !x.spend(len(row) + len(t.rows)/8) {
		return
	}
	id := greatest + 1
	if t.rowid >= 0 && row[t.rowid].Kind != Null {
		v := t.defined[t.rowid].affinity.of(row[t.rowid])
		if v.Kind != Integer {
			x.failed = true
			return
		}
		id = v.Int
	}
	if id == math.MaxInt64 || id <= greatest && greatest == math.MaxInt64 { // behind which there is none
		x.failed = true
		return
	}
	row[len(t.defined)] = whole(id)
	if t.rowid >= 0 {
		row[t.rowid] = row[len(t.defined)]
	}
	if !x.complete(t, row) {
		x.failed = x.failed || s.conflict != "IGNORE"
		return
	}
	for i := 0; i < len(t.rows) && x.spend(1+len(t.uniques)); i++ {
		if !x.sameKey(t, t.rows[i], row) {
			continue
		}
		switch s.conflict {
		case "IGNORE":
			return
		case "NOTHING": // of that key alone that it names
			x.failed = s.target != "" && len(t.uniques) > 1 || t.rowid >= 0 && len(t.uniques) > 0
			return
		case "REPLACE":
			t.rows = slices.Delete(slices.Clone(t.rows), i, i+1)
			i--
		default:
			x.failed = true
			return
		}
	}
	if !t.clustered {
		x.db.Last = id
	}
	if t.counts {
		t.last = max(t.last, id)
	}
	at := len(t.rows) // rows stand in the order of the rowid
	for at > 0 && t.rows[at-1][len(t.defined)].Int > id {
		at--
	}
	t.rows = slices.Insert(t.rows, at, row)
}

// complete makes the values of a row those of its columns, and says whether they may be
// there.
func (x *run) complete(t *table, row []Value) bool {
	sc := x.rowScope(t)
	sc.sources[0].row = row
	for range 2 { // a column that is computed may be of another
		for i, d := range t.defined {
			if d.generated != nil {
				row[i] = x.eval(d.generated, sc)
			}
			if row[i] = d.affinity.of(row[i]); t.strict && !d.takes(row[i]) {
				x.failed = true
			}
			if d.notNull && row[i].Kind == Null {
				return false
			}
		}
	}
	for _, check := range t.checks {
		v := x.eval(check, sc)
		truth, known := v.truth()
		if !known && v.Kind != Null {
			x.failed = true
		}
		if known && !truth {
			return false
		}
	}
	return !x.failed
}

// sameKey tells whether a table cannot have both of two rows.
func (x *run) sameKey(t *table, a, b []Value) bool {
	if a[len(t.defined)].Int == b[len(t.defined)].Int {
		return true
	}
	return slices.ContainsFunc(t.uniques, func(columns []int) bool {
		for _, i := range columns {
			if i < 0 || a[i].Kind == Unknown || b[i].Kind == Unknown {
				x.failed = true
				return false
			}
			if a[i].Kind == Null || x.compare(a[i], b[i]) != 0 {
				return false
			}
		}
		return true
	})
}

// rowScope is a scope with one table.
func (x *run) rowScope(t *table) *scope {
	return &scope{sources: []bound{{of: t.all()}}}
}

// all are the rows of a table.
func (t *table) all() *Rows {
	out := &Rows{All: t.rows, hidden: !t.clustered, of: t}
	for _, d := range t.defined {
		out.Columns, out.affinities = append(out.Columns, d.name), append(out.affinities, d.affinity)
	}
	return out
}

func (x *run) update(s statement) {
	t := x.table(s.name)
	if t == nil {
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
			next[columns[k]] = x.whileChanging(s.name, &changed, set.value, sc)
		}
		if t.rowid >= 0 && compare(next[t.rowid], row[t.rowid]) != 0 { // which would be elsewhere
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

// whileChanging is what a row of a table is set to. A query may see rows that are changed
// already, if it is computed for each of them; what is known does not depend on that.
func (x *run) whileChanging(name string, changed *table, n *node, sc *scope) Value {
	v := x.eval(n, sc)
	if !x.asks(n) {
		return v
	}
	before := x.db.tables[name]
	x.db.tables[name] = changed
	w := x.eval(n, sc)
	x.db.tables[name] = before
	if w.Kind != v.Kind || x.compare(v, w) != 0 {
		return Value{}
	}
	return v
}

// asks tells whether an expression has a query.
func (x *run) asks(n *node) bool {
	return n != nil && x.spend(1) && (n.query != nil || slices.ContainsFunc(n.args, x.asks))
}

// holds tells whether a condition holds that must be known.
func (x *run) holds(where *node, sc *scope) bool {
	if where == nil {
		return !x.failed
	}
	v := x.eval(where, sc)
	truth, known := v.truth()
	if !known && v.Kind != Null {
		x.failed = true
	}
	return truth && !x.failed
}

func (x *run) remove(s statement) {
	t := x.table(s.name)
	if t == nil {
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

// takes tells whether a column of a strict table takes a value.
func (d columnDef) takes(v Value) bool {
	kind := map[string]Kind{"INT": Integer, "INTEGER": Integer, "REAL": Real, "TEXT": Text, "BLOB": Blob}[d.kind]
	return v.Kind == Null || v.Kind == kind || d.kind == "ANY"
}
