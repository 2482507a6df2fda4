// Package sqlite answers SQL as SQLite does (sqlite.org/lang.html). A plugin may keep a name
// or a command in a database of its own, often one in memory, and have a query put it
// together; this package follows what the database holds and what it answers. Nothing is
// given to SQLite, and no file is read: tables start empty, and only statements fill them.
//
// It knows the part of the language in which that is done. A value that cannot be told is
// [Unknown], rows that may be missing or stand elsewhere make an answer partial, and a statement that is not
// understood has no answer. After one that may have changed something, the database is lost,
// and no more is said of it. Everything is bounded by the budget of a [Session], and what
// one statement does besides by a limit of its own.
//
// # How it is laid out
//
//   - lexer.go: tokens. tree.go, parser.go, parser_*.go: what they are parsed to
//   - tables.go: statements that change tables; pragmas.go: settings. orders.go: which
//     order of rows is certain
//   - queries.go: queries with all their parts. select.go: one SELECT; groups.go: its
//     groups; scopes.go: which column a name means
//   - expressions.go, operators.go: expressions. functions.go, format.go, json.go: functions
//     of one row; aggregates.go: of many
//   - values.go, text.go: values with their types, and texts
package sqlite

import (
	"maps"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A Database is what a connection to SQLite holds.
type Database struct {
	// Lost says that something was done to it that is not understood. Then nothing that
	// it is asked is answered.
	Lost bool
	// Last is the rowid of the row that was inserted last.
	Last int64

	tables   map[string]*table
	views    map[string]commonTable
	refers   bool // tables refer to others
	enforced bool // and that changes them, too: PRAGMA foreign_keys
}

// NewDatabase returns a database without tables.
func NewDatabase() *Database {
	return &Database{tables: map[string]*table{}, views: map[string]commonTable{}}
}

// Hold has a database hold what another one does.
func (db *Database) Hold(other *Database) {
	last := db.Last
	*db = *other
	db.Last, db.tables, db.views = last, maps.Clone(other.tables), maps.Clone(other.views)
}

// Rows are what a query answers.
type Rows struct {
	Columns []string
	All     [][]Value
	Partial bool // any of them may be missing, or stand elsewhere

	affinities []affinity
	unordered  bool   // they may come in another order
	sorted     bool   // by an ORDER BY that SQLite leaves out where it sorts or joins them
	hidden     bool   // each has the rowid behind its columns
	of         *table // whose rows they are
	indexed    bool   // of a query over tables with indexes, which SQLite may make one with that around it
}

// A Session is what statements run with. All functions may be nil.
type Session struct {
	Budget *script.Budget
	// Parameters are by their names without the sign before them, or by their numbers,
	// from 1.
	Parameters map[string]Value
	// Call calls a function that was registered; ok is false where none has the name.
	Call func(name string, args []Value) (v Value, ok bool)
	// IsAggregate tells whether a function was registered for many rows, and Aggregate
	// calls it with the arguments for each.
	IsAggregate func(name string) bool
	Aggregate   func(name string, rows [][]Value) Value
}

// Run runs the first statement of a text, or all where it may have several. It returns
// what the last one answers, no rows where it is no query, and nil where that is not known.
func (db *Database) Run(sql string, several bool, with Session) *Rows {
	const perByte = 8 // of a text that is parsed
	if !with.Budget.Take(perByte * len(sql)) {
		db.Lost = true
		return nil
	}
	all, ok := parse(sql)
	if !several && len(all) > 1 {
		all, ok = all[:1], true
	}
	rows := &Rows{}
	for _, s := range all {
		if db.Lost {
			return nil
		}
		x := &run{Session: with, db: db}
		got := x.statement(s)
		if x.failed {
			db.Lost = s.verb != "SELECT"
			return nil
		}
		rows = got
	}
	if !ok {
		db.Lost = db.Lost || len(all) > 0 || !onlyReads(sql)
		return nil
	}
	return rows
}

// onlyReads tells a statement that is not understood and changes nothing.
func onlyReads(sql string) bool {
	sql = strings.ToUpper(strings.TrimSpace(sql))
	return !strings.Contains(sql, ";") && (strings.HasPrefix(sql, "SELECT") || strings.HasPrefix(sql, "EXPLAIN"))
}

// A run is one run of a statement. It fails at what is not understood.
type run struct {
	Session
	db          *Database
	common      *namedQuery
	work, depth int
	failed      bool
}

// spend counts work, and says whether there may be more.
func (x *run) spend(n int) bool {
	const most, perStep = 1 << 18, 16
	x.work += n
	for left := n; left >= 0 && !x.failed; left -= perStep {
		x.failed = x.work > most || !x.Budget.Step()
	}
	return !x.failed
}

// reads counts that so many bytes are gone over.
func (x *run) reads(bytes int) bool {
	const perStep = 64
	return bytes < perStep || x.spend(bytes/perStep)
}

// compare is compare of values of any length.
func (x *run) compare(a, b Value) int {
	x.reads(min(len(a.Text), len(b.Text)))
	return compare(a, b)
}

// makes counts that so many bytes are put together, before they are.
func (x *run) makes(bytes int) bool {
	const perStep = 16
	if bytes > script.MaxConstant/8 || !x.spend(bytes/perStep) || !x.Budget.Take(bytes) {
		x.failed = true
	}
	return !x.failed
}

func (x *run) fail() Value {
	x.failed = true
	return Value{}
}

// text is a string that was made.
func (x *run) text(s string) Value {
	if !x.makes(len(s)) {
		return Value{}
	}
	return Value{Kind: Text, Text: s}
}

// strung are texts one after another.
func (x *run) strung(parts []string) Value {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	if !x.makes(size) {
		return Value{}
	}
	return Value{Kind: Text, Text: strings.Join(parts, "")}
}

// statement runs one. Only a query has rows; nil is what is not known.
func (x *run) statement(s statement) *Rows {
	if s.verb == "SELECT" {
		out := x.query(s.query, nil)
		out.Partial = out.Partial || out.unordered
		return out
	}
	if s.verb == "PRAGMA" {
		x.pragma(s)
		return nil
	}
	x.change(s)
	return &Rows{}
}
