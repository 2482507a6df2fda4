package php

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// The SQL of SQLite, as far as a script may keep a name in it (sqlite.org/lang.html). What
// is not known here fails, and then nothing is said of what the database answers.

type sqlKind uint8

// In the order in which SQLite sorts them (sqlite.org/datatype3.html, 4.1).
const (
	sqlUnknown sqlKind = iota
	sqlNull
	sqlInteger
	sqlReal
	sqlText
	sqlBlob
)

// A sqlValue is one of the values of SQLite, or unknown.
type sqlValue struct {
	kind sqlKind
	s    string
	n    int64
	f    float64
	of   marks // where an unknown one comes from
}

// A sqlNode is an expression: an operator, or what it is otherwise.
type sqlNode struct {
	op     string // literal, column, parameter, call, select, exists, case, cast, or an operator
	name   string // of a column, a function, a parameter, a type
	table  string
	value  sqlValue
	args   []*sqlNode
	query  *sqlQuery
	unique bool // a call of an aggregate says DISTINCT
	star   bool // count(*)
	not    bool
}

type sqlQuery struct {
	with   []sqlCommon
	cores  []sqlCore
	joins  []string // of the cores: union, union all, intersect, except
	order  []sqlOrder
	limit  *sqlNode
	offset *sqlNode
}

// A sqlCommon is a query with a name, of WITH, or a view.
type sqlCommon struct {
	name    string
	columns []string
	query   *sqlQuery
}

type sqlCore struct {
	distinct bool
	values   [][]*sqlNode
	columns  []sqlColumn
	from     []sqlSource
	where    *sqlNode
	group    []*sqlNode
	having   *sqlNode
}

type sqlColumn struct {
	expr  *sqlNode // nil for *
	alias string
	table string // of table.*
	text  string
}

type sqlSource struct {
	name, alias string
	query       *sqlQuery
	args        []*sqlNode // of a function that gives a table
	on          *sqlNode
	using       []string
	left        bool
}

type sqlOrder struct {
	expr             *sqlNode
	descending       bool
	nullsFirst, said bool // where nulls stand, if it is said
}

// A sqlDefinition is a column of CREATE TABLE.
type sqlDefinition struct {
	name      string
	affinity  sqlAffinity
	standard  *sqlNode
	generated *sqlNode
	notNull   bool
}

// A sqlStatement is one statement, by the word that it begins with.
type sqlStatement struct {
	verb     string
	name     string
	target   string // view, table
	exists   bool   // IF EXISTS, IF NOT EXISTS
	conflict string // REPLACE, IGNORE
	columns  []string
	defined  []sqlDefinition
	uniques  [][]string
	checks   []*sqlNode
	rowid    string // the column that is the rowid
	query    *sqlQuery
	set      []sqlAssignment
	where    *sqlNode
}

type sqlAssignment struct {
	column string
	value  *sqlNode
}

type sqlToken struct {
	kind       byte // i: a word, q: a quoted name, s: a string, n: a number, b: a blob, p: a parameter, o: an operator, 0: the end
	text       string
	start, end int
}

// is tells whether a token is a word, or an operator.
func (t sqlToken) is(word string) bool {
	return (t.kind == 'i' || t.kind == 'o') && strings.EqualFold(t.text, word)
}

// sqlTokens cuts SQL into tokens; ok is false where it has what is none.
func sqlTokens(src string) (all []sqlToken, ok bool) {
	for at := 0; at < len(src); {
		start := at
		emit := func(kind byte, end int, text string) {
			all = append(all, sqlToken{kind, text, start, end})
			at = end
		}
		c := src[at]
		switch {
		case strings.IndexByte(" \t\n\r\f", c) >= 0:
			at++
		case strings.HasPrefix(src[at:], "--"):
			if n := strings.IndexByte(src[at:], '\n'); n >= 0 {
				at += n
			} else {
				at = len(src)
			}
		case strings.HasPrefix(src[at:], "/*"):
			if n := strings.Index(src[at+2:], "*/"); n >= 0 {
				at += n + 4
			} else {
				at = len(src)
			}
		case c == '\'' || c == '"' || c == '`' || c == '[':
			text, end := sqlQuoted(src, at)
			if end < 0 {
				return nil, false
			}
			kind := byte('q')
			if c == '\'' {
				kind = 's'
			}
			emit(kind, end, text)
		case (c == 'x' || c == 'X') && at+1 < len(src) && src[at+1] == '\'':
			text, end := sqlQuoted(src, at+1)
			bytes, err := hex.DecodeString(text)
			if end < 0 || err != nil {
				return nil, false
			}
			emit('b', end, string(bytes))
		case isDigit(c) || c == '.' && at+1 < len(src) && isDigit(src[at+1]):
			end := sqlNumberEnd(src, at)
			if end < len(src) && isLabelStart(src[end]) {
				return nil, false
			}
			emit('n', end, src[at:end])
		case isLabelStart(c):
			end := at
			for end < len(src) && (isLabelStart(src[end]) || isDigit(src[end]) || src[end] == '$') {
				end++
			}
			emit('i', end, src[at:end])
		case c == '?' || c == ':' || c == '@' || c == '$':
			end := at + 1
			for end < len(src) && (isLabelStart(src[end]) && c != '?' || isDigit(src[end])) {
				end++
			}
			emit('p', end, src[at:end])
		default:
			n := 1
			for _, op := range []string{"->>", "||", "->", "<=", ">=", "<>", "!=", "==", "<<", ">>"} {
				if strings.HasPrefix(src[at:], op) {
					n = len(op)
					break
				}
			}
			if n == 1 && strings.IndexByte("+-*/%&|~<>=(),.;", c) < 0 {
				return nil, false
			}
			emit('o', at+n, src[at:at+n])
		}
	}
	return all, true
}

// sqlQuoted is what stands in quotes, and where it ends; -1 where it does not.
func sqlQuoted(src string, at int) (string, int) {
	quote := src[at]
	if quote == '[' {
		n := strings.IndexByte(src[at:], ']')
		if n < 0 {
			return "", -1
		}
		return src[at+1 : at+n], at + n + 1
	}
	for end := at + 1; end < len(src); end++ {
		if src[end] != quote {
			continue
		}
		if end+1 < len(src) && src[end+1] == quote {
			end++
			continue
		}
		return strings.ReplaceAll(src[at+1:end], string([]byte{quote, quote}), string([]byte{quote})), end + 1
	}
	return "", -1
}

func sqlNumberEnd(src string, at int) int {
	digits := func() {
		for at < len(src) && isDigit(src[at]) {
			at++
		}
	}
	if strings.HasPrefix(src[at:], "0x") || strings.HasPrefix(src[at:], "0X") {
		for at += 2; at < len(src) && strings.IndexByte("0123456789abcdefABCDEF", src[at]) >= 0; at++ {
		}
		return at
	}
	digits()
	if at < len(src) && src[at] == '.' {
		at++
		digits()
	}
	if at < len(src) && src[at]|0x20 == 'e' {
		exponent := at
		if at++; at < len(src) && (src[at] == '+' || src[at] == '-') {
			at++
		}
		if at == len(src) || !isDigit(src[at]) {
			return exponent
		}
		digits()
	}
	return at
}

// A sqlParser parses statements.
type sqlParser struct {
	src        string
	tokens     []sqlToken
	at         int
	depth      int
	parameters []string // the names of those that there were
	failed     bool
}

// sqlStatements are the statements of a text; ok is false where one is not understood,
// and those before it are what there is.
func sqlStatements(src string) (all []sqlStatement, ok bool) {
	tokens, ok := sqlTokens(src)
	if !ok {
		return nil, false
	}
	p := &sqlParser{src: src, tokens: tokens}
	for {
		for p.take(";") {
		}
		if p.peek().kind == 0 {
			return all, true
		}
		p.parameters = nil
		s := p.statement()
		if p.peek().kind != 0 && !p.peek().is(";") {
			p.failed = true
		}
		if p.failed {
			return all, false
		}
		all = append(all, s)
	}
}

func (p *sqlParser) peek() sqlToken { return p.peekAt(0) }

func (p *sqlParser) peekAt(n int) sqlToken {
	if p.failed || p.at+n >= len(p.tokens) {
		return sqlToken{start: len(p.src), end: len(p.src)}
	}
	return p.tokens[p.at+n]
}

// take goes past words, if they are what follows.
func (p *sqlParser) take(words ...string) bool {
	for i, word := range words {
		if !p.peekAt(i).is(word) {
			return false
		}
	}
	p.at += len(words)
	return true
}

func (p *sqlParser) want(words ...string) {
	if !p.take(words...) {
		p.failed = true
	}
}

// identifier is a name, in lower case where it is one of a table or a column that is
// looked for.
func (p *sqlParser) identifier() string {
	t := p.peek()
	if t.kind != 'i' && t.kind != 'q' && t.kind != 's' || t.kind == 'i' && sqlKeywords[strings.ToUpper(t.text)] {
		p.failed = true
		return ""
	}
	p.at++
	return t.text
}

// tableName is a name behind which that of the database itself may be left out.
func (p *sqlParser) tableName() string {
	name := p.identifier()
	if p.take(".") {
		if schema := lower(name); schema != "main" && schema != "temp" {
			p.failed = true
		}
		name = p.identifier()
	}
	return lower(name)
}

// sqlKeywords are words that are no names.
var sqlKeywords = func() map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq("SELECT FROM WHERE GROUP ORDER HAVING LIMIT UNION EXCEPT INTERSECT JOIN ON USING AND OR NOT IN IS ISNULL NOTNULL AS CASE WHEN THEN ELSE " +
		"VALUES SET INTO TABLE CREATE INSERT DELETE UPDATE DROP DISTINCT NULL EXISTS BETWEEN DEFAULT UNIQUE PRIMARY CHECK CONSTRAINT REFERENCES FOREIGN COLLATE ESCAPE RETURNING") {
		all[word] = true
	}
	return all
}()

// listIn are names in parentheses.
func (p *sqlParser) listIn() (names []string) {
	p.want("(")
	for !p.failed {
		names = append(names, p.identifier())
		for p.take("ASC") || p.take("DESC") {
		}
		if !p.take(",") {
			break
		}
	}
	p.want(")")
	return names
}

func (p *sqlParser) statement() (s sqlStatement) {
	word := strings.ToUpper(p.peek().text)
	if p.peek().kind != 'i' {
		p.failed = true
		return s
	}
	s.verb = word
	switch word {
	case "SELECT", "VALUES":
		s.verb, s.query = "SELECT", p.query()
	case "WITH":
		with := p.with()
		if !p.deeper() {
			return s
		}
		s = p.statement()
		p.depth--
		if s.query == nil || s.verb != "SELECT" && s.verb != "INSERT" && s.verb != "REPLACE" {
			p.failed = true
			return s
		}
		s.query.with = append(with, s.query.with...)
	case "CREATE":
		p.at++
		p.create(&s)
	case "INSERT", "REPLACE":
		p.at++
		p.insert(&s, word)
	case "UPDATE":
		p.at++
		if p.take("OR") {
			p.failed = true
		}
		s.name = p.tableName()
		p.want("SET")
		for !p.failed {
			column := lower(p.identifier())
			p.want("=")
			s.set = append(s.set, sqlAssignment{column, p.expression(0)})
			if !p.take(",") {
				break
			}
		}
		if p.take("WHERE") {
			s.where = p.expression(0)
		}
	case "DELETE":
		p.at++
		p.want("FROM")
		s.name = p.tableName()
		if p.take("WHERE") {
			s.where = p.expression(0)
		}
	case "DROP":
		p.at++
		s.target = strings.ToUpper(p.identifierOrWord())
		s.exists = p.take("IF", "EXISTS")
		s.name = p.tableName()
	case "PRAGMA", "BEGIN", "COMMIT", "END", "ANALYZE", "VACUUM", "SAVEPOINT", "RELEASE", "REINDEX":
		for p.peek().kind != 0 && !p.peek().is(";") {
			p.at++
		}
	default:
		p.failed = true
	}
	return s
}

// identifierOrWord is the next word, whatever it is.
func (p *sqlParser) identifierOrWord() string {
	t := p.peek()
	p.at++
	return t.text
}

func (p *sqlParser) create(s *sqlStatement) {
	temporary := p.take("TEMP") || p.take("TEMPORARY")
	unique := !temporary && p.take("UNIQUE")
	s.target = strings.ToUpper(p.identifierOrWord())
	s.exists = p.take("IF", "NOT", "EXISTS")
	switch s.target {
	case "INDEX":
		p.identifier()
		p.want("ON")
		s.name = p.tableName()
		columns := p.listIn()
		if unique {
			s.uniques = append(s.uniques, columns)
		}
	case "VIEW":
		s.name = p.tableName()
		if p.peek().is("(") {
			s.columns = p.listIn()
		}
		p.want("AS")
		s.query = p.query()
	case "TABLE":
		s.name = p.tableName()
		if p.take("AS") {
			s.query = p.query()
			return
		}
		p.want("(")
		for !p.failed {
			if !p.tableConstraint(s) {
				p.definition(s)
			}
			if !p.take(",") {
				break
			}
		}
		p.want(")")
		for p.take("STRICT") || p.take("WITHOUT", "ROWID") || p.take(",") {
		}
	default:
		p.failed = true
	}
}

func (p *sqlParser) tableConstraint(s *sqlStatement) bool {
	if p.take("CONSTRAINT") {
		p.identifier()
	}
	switch {
	case p.take("PRIMARY", "KEY"), p.take("UNIQUE"):
		s.uniques = append(s.uniques, p.listIn())
		p.conflictClause()
	case p.take("CHECK"):
		s.checks = append(s.checks, p.parenthesized())
	case p.take("FOREIGN", "KEY"):
		p.listIn()
		p.want("REFERENCES")
		p.references()
	default:
		return false
	}
	return true
}

func (p *sqlParser) conflictClause() {
	if p.peek().is("ON") && p.peekAt(1).is("CONFLICT") {
		p.failed = true
	}
}

func (p *sqlParser) references() {
	p.tableName()
	if p.peek().is("(") {
		p.listIn()
	}
	for p.take("ON", "DELETE") || p.take("ON", "UPDATE") {
		if !(p.take("SET", "NULL") || p.take("SET", "DEFAULT") || p.take("CASCADE") || p.take("RESTRICT") || p.take("NO", "ACTION")) {
			p.failed = true
		}
	}
}

func (p *sqlParser) parenthesized() *sqlNode {
	p.want("(")
	e := p.expression(0)
	p.want(")")
	return e
}

// definition is a column of a table.
func (p *sqlParser) definition(s *sqlStatement) {
	d := sqlDefinition{name: p.identifier()}
	kind := p.typeName("CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS")
	d.affinity = affinityOf(kind)
	for !p.failed {
		if p.take("CONSTRAINT") {
			p.identifier()
		}
		switch {
		case p.take("PRIMARY", "KEY"):
			descending := p.take("DESC")
			p.take("ASC")
			p.conflictClause()
			p.take("AUTOINCREMENT")
			if strings.EqualFold(kind, "INTEGER") && !descending {
				s.rowid = d.name
			}
			s.uniques = append(s.uniques, []string{d.name})
		case p.take("NOT", "NULL"):
			d.notNull = true
			p.conflictClause()
		case p.take("NULL"):
		case p.take("UNIQUE"):
			s.uniques = append(s.uniques, []string{d.name})
			p.conflictClause()
		case p.take("CHECK"):
			s.checks = append(s.checks, p.parenthesized())
		case p.take("DEFAULT"):
			if p.peek().is("(") {
				d.standard = p.parenthesized()
			} else {
				d.standard = p.unary()
			}
		case p.take("REFERENCES"):
			p.references()
		case p.take("GENERATED", "ALWAYS", "AS"), p.take("AS"):
			d.generated = p.parenthesized()
			_ = p.take("STORED") || p.take("VIRTUAL")
		case p.take("COLLATE", "BINARY"):
		default:
			s.defined = append(s.defined, d)
			return
		}
	}
}

// typeName is the name of a type, up to one of the words that may follow it.
func (p *sqlParser) typeName(before ...string) string {
	var words []string
	for !p.failed {
		t := p.peek()
		if t.kind != 'i' && t.kind != 'q' {
			break
		}
		for _, word := range before {
			if t.is(word) {
				return strings.Join(words, " ")
			}
		}
		words = append(words, t.text)
		p.at++
	}
	if p.take("(") {
		for !p.failed && !p.take(")") {
			if t := p.peek(); t.kind != 'n' && !t.is(",") && !t.is("-") && !t.is("+") {
				p.failed = true
			}
			p.at++
		}
	}
	return strings.Join(words, " ")
}

func (p *sqlParser) insert(s *sqlStatement, word string) {
	s.verb = "INSERT"
	if word == "REPLACE" {
		s.conflict = word
	} else if p.take("OR") {
		if s.conflict = strings.ToUpper(p.identifierOrWord()); s.conflict != "REPLACE" && s.conflict != "IGNORE" {
			s.conflict = ""
		}
	}
	p.want("INTO")
	s.name = p.tableName()
	if p.peek().is("(") {
		s.columns = p.listIn()
	}
	if p.take("DEFAULT", "VALUES") {
		s.columns, s.query = []string{}, &sqlQuery{cores: []sqlCore{{values: [][]*sqlNode{{}}}}}
		return
	}
	s.query = p.query()
	if p.take("ON", "CONFLICT") {
		if p.peek().is("(") {
			p.listIn()
		}
		if p.take("DO", "NOTHING") {
			s.conflict = "IGNORE"
		} else {
			p.failed = true
		}
	}
}

func (p *sqlParser) with() (all []sqlCommon) {
	p.want("WITH")
	p.take("RECURSIVE")
	for !p.failed {
		c := sqlCommon{name: lower(p.identifier())}
		if p.peek().is("(") {
			c.columns = p.listIn()
		}
		p.want("AS")
		p.take("NOT")
		p.take("MATERIALIZED")
		p.want("(")
		c.query = p.query()
		p.want(")")
		all = append(all, c)
		if !p.take(",") {
			break
		}
	}
	return all
}

// deeper counts that something stands within something else.
func (p *sqlParser) deeper() bool {
	if p.depth++; p.depth > script.MaxNesting {
		p.failed = true
	}
	return !p.failed
}

func (p *sqlParser) query() *sqlQuery {
	defer func() { p.depth-- }()
	q := &sqlQuery{}
	if !p.deeper() {
		return q
	}
	if p.peek().is("WITH") {
		q.with = p.with()
	}
	for !p.failed {
		q.cores = append(q.cores, p.core())
		switch {
		case p.take("UNION", "ALL"):
			q.joins = append(q.joins, "union all")
		case p.take("UNION"), p.take("INTERSECT"), p.take("EXCEPT"):
			q.joins = append(q.joins, lower(p.tokens[p.at-1].text))
		default:
			if p.take("ORDER", "BY") {
				q.order = p.orders()
			}
			if p.take("LIMIT") {
				q.limit = p.expression(0)
				if p.take("OFFSET") {
					q.offset = p.expression(0)
				} else if p.take(",") {
					q.offset, q.limit = q.limit, p.expression(0)
				}
			}
			return q
		}
	}
	return q
}

func (p *sqlParser) orders() (all []sqlOrder) {
	for !p.failed {
		o := sqlOrder{expr: p.expression(0)}
		o.descending = p.take("DESC")
		p.take("ASC")
		if p.take("NULLS", "FIRST") {
			o.said, o.nullsFirst = true, true
		} else if p.take("NULLS", "LAST") {
			o.said = true
		}
		all = append(all, o)
		if !p.take(",") {
			break
		}
	}
	return all
}

func (p *sqlParser) core() (c sqlCore) {
	if p.take("VALUES") {
		for !p.failed {
			p.want("(")
			c.values = append(c.values, p.list())
			p.want(")")
			if !p.take(",") {
				break
			}
		}
		return c
	}
	p.want("SELECT")
	c.distinct = p.take("DISTINCT")
	p.take("ALL")
	for !p.failed {
		c.columns = append(c.columns, p.resultColumn())
		if !p.take(",") {
			break
		}
	}
	if p.take("FROM") {
		p.sources(&c)
	}
	if p.take("WHERE") {
		c.where = p.expression(0)
	}
	if p.take("GROUP", "BY") {
		c.group = p.list()
	}
	if p.take("HAVING") {
		c.having = p.expression(0)
	}
	return c
}

func (p *sqlParser) resultColumn() (c sqlColumn) {
	if p.take("*") {
		return c
	}
	if p.peekAt(1).is(".") && p.peekAt(2).is("*") {
		c.table = lower(p.identifier())
		p.at += 2
		return c
	}
	start := p.peek().start
	c.expr = p.expression(0)
	if p.failed {
		return c
	}
	c.text = p.src[start:p.tokens[p.at-1].end]
	c.alias = p.alias()
	return c
}

// alias is a name with or without AS; empty for none.
func (p *sqlParser) alias() string {
	if p.take("AS") {
		return p.identifier()
	}
	if t := p.peek(); t.kind == 'q' || t.kind == 's' || t.kind == 'i' && !sqlKeywords[strings.ToUpper(t.text)] && !sqlAfterSource[strings.ToUpper(t.text)] {
		return p.identifier()
	}
	return ""
}

// sqlAfterSource are words that may follow a source or a column, and are names elsewhere.
var sqlAfterSource = map[string]bool{"CROSS": true, "INNER": true, "LEFT": true, "NATURAL": true, "RIGHT": true, "FULL": true, "OUTER": true, "INDEXED": true, "WINDOW": true, "ASC": true, "DESC": true, "END": true, "OFFSET": true, "NULLS": true, "LIKE": true, "GLOB": true, "REGEXP": true, "MATCH": true}

func (p *sqlParser) sources(c *sqlCore) {
	c.from = append(c.from, p.source())
	for !p.failed {
		left := false
		switch {
		case p.take(","), p.take("JOIN"), p.take("CROSS", "JOIN"), p.take("INNER", "JOIN"):
		case p.take("LEFT", "JOIN"), p.take("LEFT", "OUTER", "JOIN"):
			left = true
		default:
			return
		}
		s := p.source()
		s.left = left
		if p.take("ON") {
			s.on = p.expression(0)
		} else if p.take("USING") {
			s.using = p.listIn()
		}
		c.from = append(c.from, s)
	}
}

func (p *sqlParser) source() (s sqlSource) {
	if p.take("(") {
		if t := p.peek(); !t.is("SELECT") && !t.is("VALUES") && !t.is("WITH") {
			p.failed = true // a join in parentheses
			return s
		}
		s.query = p.query()
		p.want(")")
	} else if s.name = p.tableName(); p.take("(") {
		s.args = p.list()
		p.want(")")
	}
	s.alias = lower(p.alias())
	if s.alias == "" {
		s.alias = s.name
	}
	return s
}

// list are expressions with commas between them; none before a closing parenthesis.
func (p *sqlParser) list() (all []*sqlNode) {
	for !p.failed && !p.peek().is(")") {
		all = append(all, p.expression(0))
		if !p.take(",") {
			break
		}
	}
	return all
}

// sqlPrecedence is how strong the operators bind (sqlite.org/lang_expr.html).
var sqlPrecedence = map[string]int{
	"OR": 1, "AND": 2, "NOT": 3,
	"=": 4, "==": 4, "<>": 4, "!=": 4, "IS": 4, "IN": 4, "LIKE": 4, "GLOB": 4, "BETWEEN": 4, "ISNULL": 4, "NOTNULL": 4,
	"<": 5, "<=": 5, ">": 5, ">=": 5, "&": 7, "|": 7, "<<": 7, ">>": 7, "+": 8, "-": 8, "*": 9, "/": 9, "%": 9, "||": 10, "->": 10, "->>": 10,
}

// expression is one of operators that bind stronger than some.
func (p *sqlParser) expression(above int) *sqlNode {
	defer func() { p.depth-- }()
	if !p.deeper() {
		return &sqlNode{}
	}
	var left *sqlNode
	if p.peek().is("NOT") && !p.peekAt(1).is("EXISTS") {
		p.at++
		left = &sqlNode{op: "NOT", args: []*sqlNode{p.expression(sqlPrecedence["NOT"] - 1)}}
	} else {
		left = p.unary()
	}
	for n := 0; !p.failed; n++ {
		t := p.peek()
		if t.kind != 'o' && t.kind != 'i' {
			break
		}
		op, not := strings.ToUpper(t.text), false
		if op == "NOT" {
			not, op = true, strings.ToUpper(p.peekAt(1).text)
			if op == "NULL" {
				op = "NOTNULL"
			} else if op != "IN" && op != "LIKE" && op != "GLOB" && op != "BETWEEN" {
				break
			}
		}
		strength := sqlPrecedence[op]
		if strength == 0 || op == "NOT" || strength <= above {
			break
		}
		if n > script.MaxNesting { // it is as deep as it is long
			p.failed = true
		}
		p.at++
		if not {
			p.at++
		}
		left = p.behind(left, op, not, strength)
	}
	return left
}

// behind is what an operator makes of what stands before it and what follows.
func (p *sqlParser) behind(left *sqlNode, op string, not bool, strength int) *sqlNode {
	switch op {
	case "ISNULL", "NOTNULL":
		return &sqlNode{op: "IS", not: op == "NOTNULL", args: []*sqlNode{left, {op: "literal", value: sqlValue{kind: sqlNull}}}}
	case "IS":
		not = p.take("NOT")
		if p.take("DISTINCT", "FROM") {
			not = !not
		}
		return &sqlNode{op: op, not: not, args: []*sqlNode{left, p.expression(strength)}}
	case "BETWEEN":
		low := p.expression(strength)
		p.want("AND")
		return &sqlNode{op: op, not: not, args: []*sqlNode{left, low, p.expression(strength)}}
	case "IN":
		n := &sqlNode{op: op, not: not, args: []*sqlNode{left}}
		if !p.take("(") {
			n.query = &sqlQuery{cores: []sqlCore{{columns: []sqlColumn{{}}, from: []sqlSource{{name: p.tableName()}}}}}
			return n
		}
		if t := p.peek(); t.is("SELECT") || t.is("VALUES") || t.is("WITH") {
			n.query = p.query()
		} else {
			n.args = append(n.args, p.list()...)
		}
		p.want(")")
		return n
	case "LIKE", "GLOB":
		n := &sqlNode{op: op, not: not, args: []*sqlNode{left, p.expression(strength)}}
		if p.take("ESCAPE") {
			n.args = append(n.args, p.expression(strength))
		}
		return n
	case "==":
		op = "="
	case "!=":
		op = "<>"
	}
	return &sqlNode{op: op, args: []*sqlNode{left, p.expression(strength)}}
}

func (p *sqlParser) unary() *sqlNode {
	defer func() { p.depth-- }()
	if !p.deeper() {
		return &sqlNode{}
	}
	for _, op := range []string{"-", "+", "~"} {
		if p.take(op) {
			return &sqlNode{op: "unary " + op, args: []*sqlNode{p.unary()}}
		}
	}
	n := p.operand()
	for !p.failed && p.take("COLLATE") {
		if !p.take("BINARY") {
			p.failed = true
		}
	}
	return n
}

func (p *sqlParser) operand() *sqlNode {
	t := p.peek()
	literal := func(v sqlValue) *sqlNode {
		p.at++
		return &sqlNode{op: "literal", value: v}
	}
	switch t.kind {
	case 's':
		return literal(sqlValue{kind: sqlText, s: t.text})
	case 'b':
		return literal(sqlValue{kind: sqlBlob, s: t.text})
	case 'n':
		if n, err := strconv.ParseInt(t.text, 0, 64); err == nil && (t.text[0] != '0' || len(t.text) == 1 || t.text[1]|0x20 == 'x') {
			return literal(sqlValue{kind: sqlInteger, n: n})
		}
		if n, err := strconv.ParseInt(t.text, 10, 64); err == nil {
			return literal(sqlValue{kind: sqlInteger, n: n})
		}
		if f, err := strconv.ParseFloat(t.text, 64); err == nil && !strings.ContainsAny(t.text, "xX") {
			return literal(sqlValue{kind: sqlReal, f: f})
		}
	case 'p':
		return p.parameter(t)
	case 'q':
		return p.named()
	case 'i':
		switch strings.ToUpper(t.text) {
		case "NULL":
			return literal(sqlValue{kind: sqlNull})
		case "TRUE":
			return literal(sqlValue{kind: sqlInteger, n: 1})
		case "FALSE":
			return literal(sqlValue{kind: sqlInteger})
		case "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP":
			return literal(sqlValue{})
		case "CASE":
			return p.cases()
		case "CAST":
			p.at++
			p.want("(")
			n := &sqlNode{op: "cast", args: []*sqlNode{p.expression(0)}}
			p.want("AS")
			n.name = p.typeName()
			p.want(")")
			return n
		case "NOT", "EXISTS":
			not := p.take("NOT")
			p.want("EXISTS")
			p.want("(")
			n := &sqlNode{op: "exists", not: not, query: p.query()}
			p.want(")")
			return n
		}
		return p.named()
	case 'o':
		if !p.take("(") {
			break
		}
		if t := p.peek(); t.is("SELECT") || t.is("VALUES") || t.is("WITH") {
			n := &sqlNode{op: "select", query: p.query()}
			p.want(")")
			return n
		}
		n := p.expression(0)
		p.want(")") // no row of several values
		return n
	}
	p.failed = true
	return &sqlNode{}
}

// parameter is ?, ?NNN, or :name. Its number stands where a column has its table.
func (p *sqlParser) parameter(t sqlToken) *sqlNode {
	p.at++
	name := t.text[1:]
	n := slices.Index(p.parameters, name) + 1
	if t.text[0] == '?' {
		if n, _ = strconv.Atoi(name); n > 1<<10 || name != "" && n < 1 {
			p.failed = true
			return &sqlNode{}
		}
		name = ""
	}
	for n == 0 || n > len(p.parameters) {
		p.parameters = append(p.parameters, name)
		if n == 0 {
			n = len(p.parameters)
		}
	}
	return &sqlNode{op: "parameter", name: name, table: strconv.Itoa(n)}
}

// named is a column or a call.
func (p *sqlParser) named() *sqlNode {
	quoted := p.peek().kind == 'q' && p.src[p.peek().start] == '"'
	name := p.identifier()
	if p.take(".") {
		return &sqlNode{op: "column", table: lower(name), name: lower(p.identifier())}
	}
	if !p.take("(") {
		n := &sqlNode{op: "column", name: lower(name)}
		if quoted { // a string, where there is no such column
			n.value = sqlValue{kind: sqlText, s: name}
		}
		return n
	}
	n := &sqlNode{op: "call", name: lower(name)}
	if n.star = p.take("*"); !n.star {
		n.unique = p.take("DISTINCT")
		n.args = p.list()
	}
	p.want(")")
	if t := p.peek(); t.is("OVER") || t.is("FILTER") {
		p.failed = true
	}
	return n
}

func (p *sqlParser) cases() *sqlNode {
	p.want("CASE")
	n := &sqlNode{op: "case", args: []*sqlNode{nil}}
	if !p.peek().is("WHEN") {
		n.args[0] = p.expression(0)
	}
	for !p.failed && p.take("WHEN") {
		when := p.expression(0)
		p.want("THEN")
		n.args = append(n.args, when, p.expression(0))
	}
	if p.take("ELSE") {
		n.args = append(n.args, p.expression(0))
	}
	p.want("END")
	return n
}
