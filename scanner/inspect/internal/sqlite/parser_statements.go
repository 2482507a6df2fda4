package sqlite

import (
	"slices"
	"strings"
)

func (p *parser) statement() (s statement) {
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
			s.set = append(s.set, assignment{column, p.expression(0)})
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
	case "PRAGMA":
		p.at++
		p.pragma(&s)
	case "BEGIN", "COMMIT", "END", "ANALYZE", "VACUUM", "SAVEPOINT", "RELEASE", "REINDEX":
		for p.peek().kind != 0 && !p.peek().is(";") {
			p.at++
		}
	default:
		p.failed = true
	}
	return s
}

func (p *parser) create(s *statement) {
	temporary := p.take("TEMP") || p.take("TEMPORARY")
	unique := !temporary && p.take("UNIQUE")
	s.target = strings.ToUpper(p.identifierOrWord())
	s.exists = p.take("IF", "NOT", "EXISTS")
	switch s.target {
	case "INDEX":
		p.identifier()
		p.want("ON")
		s.name = p.tableName()
		before := p.at
		columns := p.listIn()
		for _, t := range p.tokens[min(before, p.at):p.at] {
			p.failed = p.failed || t.is("DESC") // which turns the order of groups
		}
		if p.take("WHERE") { // which has the index looked into, like its columns
			columns = append(columns, columnsIn(p.expression(0))...)
			p.failed = p.failed || unique
		}
		s.indexes = append(s.indexes, indexDef{columns, unique})
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
		for !p.failed && p.peek().kind == 'i' {
			strict := p.take("STRICT")
			if s.strict = s.strict || strict; !strict {
				p.want("WITHOUT", "ROWID")
				s.clustered = true
			}
			p.take(",")
		}
		p.keys(s)
	default:
		p.failed = true
	}
}

func (p *parser) tableConstraint(s *statement) bool {
	if p.take("CONSTRAINT") {
		p.identifier()
	}
	switch {
	case p.take("PRIMARY", "KEY"):
		s.primary = p.listIn()
		p.conflictClause()
	case p.take("UNIQUE"):
		s.indexes = append(s.indexes, indexDef{p.listIn(), true})
		p.conflictClause()
	case p.take("CHECK"):
		s.checks = append(s.checks, p.parenthesized())
	case p.take("FOREIGN", "KEY"):
		p.listIn()
		p.want("REFERENCES")
		p.references(s)
	default:
		return false
	}
	return true
}

// columnsIn are the names of the columns in an expression.
func columnsIn(n *node) (names []string) {
	if n == nil {
		return nil
	}
	if n.op == "column" {
		names = append(names, n.name)
	}
	for _, arg := range n.args {
		names = append(names, columnsIn(arg)...)
	}
	return names
}

// conflictClause refuses what a constraint may say of conflicts.
func (p *parser) conflictClause() {
	if p.peek().is("ON") && p.peekAt(1).is("CONFLICT") {
		p.failed = true
	}
}

// keys makes of a table's primary key what it is: the rowid, or one more index
// (sqlite.org/lang_createtable.html, 5).
func (p *parser) keys(s *statement) {
	isKey := func(d columnDef) bool {
		return slices.ContainsFunc(s.primary, func(name string) bool { return strings.EqualFold(name, d.name) })
	}
	for i := range s.defined {
		d := &s.defined[i]
		d.notNull = d.notNull || s.clustered && isKey(*d)
		if s.strict && d.kind == "ANY" {
			d.affinity = noAffinity
		}
	}
	at := slices.IndexFunc(s.defined, isKey)
	switch {
	case at >= 0 && len(s.primary) == 1 && s.defined[at].kind == "INTEGER" && !s.descending && !s.clustered:
		s.rowid = s.defined[at].name
	case s.counts || s.clustered && s.primary == nil:
		p.failed = true
	case s.primary != nil:
		s.indexes = append(s.indexes, indexDef{s.primary, true})
	}
}

// references are what a foreign key refers to.
func (p *parser) references(s *statement) {
	s.refers = true
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

// definition is a column of a table.
func (p *parser) definition(s *statement) {
	d := columnDef{name: p.identifier()}
	kind := p.typeName("CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS")
	d.affinity, d.kind = affinityOf(kind), strings.ToUpper(kind)
	for !p.failed {
		if p.take("CONSTRAINT") {
			p.identifier()
		}
		switch {
		case p.take("PRIMARY", "KEY"):
			descending := p.take("DESC")
			p.take("ASC")
			p.conflictClause()
			s.counts = p.take("AUTOINCREMENT")
			s.primary, s.descending = []string{d.name}, descending
		case p.take("NOT", "NULL"):
			d.notNull = true
			p.conflictClause()
		case p.take("NULL"):
		case p.take("UNIQUE"):
			s.indexes = append(s.indexes, indexDef{[]string{d.name}, true})
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
			p.references(s)
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

func (p *parser) insert(s *statement, word string) {
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
		s.columns, s.query = []string{}, &query{cores: []selectCore{{values: [][]*node{{}}}}}
		return
	}
	s.query = p.query()
	if p.take("ON", "CONFLICT") {
		s.conflict = "NOTHING"
		if p.peek().is("(") {
			s.target = strings.Join(p.listIn(), ",")
		}
		p.want("DO", "NOTHING")
	}
}
