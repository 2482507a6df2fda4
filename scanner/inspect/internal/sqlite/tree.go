package sqlite

// What statements are parsed to, by the terms of SQLite's grammar.

// A node is an expression: an operator, or what it is otherwise.
type node struct {
	op     string // literal, column, parameter, call, select, exists, case, cast, or an operator
	name   string // of a column, a function, a parameter, a type; of TRUE and FALSE it is truth
	table  string // of a column; the number of a parameter
	value  Value
	args   []*node
	query  *query
	unique bool // a call of an aggregate says DISTINCT
	star   bool // count(*)
	not    bool
}

// A query is a SELECT with all its parts.
type query struct {
	with   []commonTable
	cores  []selectCore
	joins  []string // of the cores: union, union all, intersect, except
	order  []orderTerm
	limit  *node
	offset *node
}

// A commonTable is a query with a name, of WITH, or a view.
type commonTable struct {
	name    string
	columns []string
	query   *query
}

// A selectCore is one SELECT, or VALUES.
type selectCore struct {
	distinct bool
	values   [][]*node
	columns  []resultColumn
	from     []source
	where    *node
	group    []*node
	having   *node
}

// A resultColumn is one of what a SELECT gives.
type resultColumn struct {
	expr  *node // nil for *
	alias string
	table string // of table.*
	text  string
}

// A source is what follows FROM or JOIN.
type source struct {
	name, alias string
	query       *query
	args        []*node // of a function that gives a table
	on          *node
	using       []string
	left, fixed bool // LEFT JOIN; CROSS JOIN, of which the order is kept
}

// An orderTerm is one of ORDER BY.
type orderTerm struct {
	expr             *node
	descending       bool
	nullsFirst, said bool // where nulls stand, if it is said
}

// A columnDef is a column of CREATE TABLE.
type columnDef struct {
	name      string
	kind      string // the name of its type
	affinity  affinity
	standard  *node
	generated *node
	notNull   bool
}

// A statement is one statement, by the word that it begins with.
type statement struct {
	verb     string
	name     string
	target   string // view, table; the value of PRAGMA; the columns of ON CONFLICT
	exists   bool   // IF EXISTS, IF NOT EXISTS
	conflict string // REPLACE, IGNORE; NOTHING of ON CONFLICT
	columns  []string
	tableDef
	query *query
	set   []assignment
	where *node
}

// A tableDef is what CREATE TABLE says of a table.
type tableDef struct {
	defined    []columnDef
	primary    []string
	descending bool // PRIMARY KEY DESC
	counts     bool // AUTOINCREMENT
	indexes    []indexDef
	checks     []*node
	rowid      string // the column that is the rowid
	strict     bool
	clustered  bool // WITHOUT ROWID
	refers     bool // to other tables, by a foreign key
}

// An indexDef is an index, or a key, which has one.
type indexDef struct {
	columns []string
	unique  bool
}

// An assignment is one of SET.
type assignment struct {
	column string
	value  *node
}
