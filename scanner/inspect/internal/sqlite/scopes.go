package sqlite

import "strings"

// A scope is where names of columns mean something.
type scope struct {
	sources   []bound
	columns   []resultColumn // whose aliases are names, too
	outer     *scope
	groups    [][][]Value // the rows of a group, each of all sources
	grouped   bool
	partial   bool
	unordered bool
	best      int // the row of the group from which columns are taken, -1 for none
	alias     int // how many aliases were looked into
}

// A bound is a source of rows with the one that it stands at.
type bound struct {
	alias string
	of    *Rows
	row   []Value  // nil for one without a match
	using []string // columns that those before it have, too
}

// at has the columns of a scope those of a row of every source.
func (sc *scope) at(tuple [][]Value) {
	for i := range sc.sources {
		sc.sources[i].row = tuple[i]
	}
}

// find is where a column stands, or nil.
func (x *run) find(n *node, sc *scope) (*bound, int) {
	if sc == nil || n == nil {
		return nil, 0
	}
	if n.op == "place" {
		return &sc.sources[n.args[0].value.Int], int(n.args[1].value.Int)
	}
	for i := range sc.sources {
		s := &sc.sources[i]
		if n.table != "" && n.table != s.alias {
			continue
		}
		const perStep = 8 // names
		if !x.spend(len(s.of.Columns) / perStep) {
			return nil, 0
		}
		for k, name := range s.of.Columns {
			if strings.EqualFold(name, n.name) {
				return s, k
			}
		}
	}
	if n.name == "rowid" || n.name == "_rowid_" || n.name == "oid" {
		for i := range sc.sources {
			if s := &sc.sources[i]; s.of.hidden && (n.table == "" || n.table == s.alias) {
				return s, len(s.of.Columns)
			}
		}
	}
	return nil, 0
}

// affinity is that of an expression.
func (x *run) affinity(n *node, sc *scope) affinity {
	switch n.op {
	case "cast":
		return affinityOf(n.name)
	case "column", "place":
		for ; sc != nil; sc = sc.outer {
			if s, i := x.find(n, sc); s != nil {
				if i >= len(s.of.affinities) {
					return integerAffinity
				}
				return s.of.affinities[i]
			}
		}
	}
	return noAffinity
}

// column is the value of a column.
func (x *run) column(n *node, sc *scope) Value {
	for at := sc; at != nil; at = at.outer {
		if s, i := x.find(n, at); s != nil {
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
	if n.value.Kind == Text {
		return n.value
	}
	return x.fail()
}

func (s *bound) value(i int) Value {
	if s.row == nil {
		return null
	}
	if i >= len(s.row) {
		return Value{}
	}
	return s.row[i]
}
