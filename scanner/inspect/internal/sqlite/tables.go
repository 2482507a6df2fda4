package sqlite

import (
	"slices"
	"strings"
)

// A table is one with its rows, which are never changed: a statement puts another in its
// place.
type table struct {
	defined []columnDef
	uniques [][]int // the columns that no two rows have alike
	checks  []*node
	rowid   int       // the column that is the rowid; -1 for none
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
		changed.uniques = slices.Clip(changed.uniques)
		for _, names := range s.uniques {
			changed.uniques = append(changed.uniques, x.places(old, names))
		}
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
	t := &table{defined: s.defined, checks: s.checks, rowid: -1}
	if s.query != nil {
		got := x.query(s.query, nil)
		if x.failed || got.Partial {
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
	if x.failed || got.Partial {
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
func (x *run) put(t *table, row []Value, conflict string) {
	id := int64(1)
	for _, other := range t.rows {
		id = max(id, other[len(t.defined)].Int+1)
	}
	if !x.spend(len(row) + len(t.rows)/8) {
		return
	}
	if t.rowid >= 0 && row[t.rowid].Kind != Null {
		v := t.defined[t.rowid].affinity.of(row[t.rowid])
		if v.Kind != Integer {
			x.failed = true
			return
		}
		id = v.Int
	}
	row[len(t.defined)] = whole(id)
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
	x.db.Last = id
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
			row[i] = d.affinity.of(row[i])
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
			if a[i].Kind == Null || compare(a[i], b[i]) != 0 {
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
	out := &Rows{All: t.rows, hidden: true, keyed: len(t.uniques) > 0}
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
			next[columns[k]] = x.eval(set.value, sc)
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
