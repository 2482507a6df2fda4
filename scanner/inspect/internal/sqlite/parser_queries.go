package sqlite

import (
	"strings"
)

func (p *parser) with() (all []commonTable) {
	p.want("WITH")
	p.take("RECURSIVE")
	for !p.failed {
		c := commonTable{name: lower(p.identifier())}
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

// atQuery tells whether a query follows.
func (p *parser) atQuery() bool {
	t := p.peek()
	return t.is("SELECT") || t.is("VALUES") || t.is("WITH")
}

func (p *parser) query() *query {
	defer func() { p.depth-- }()
	q := &query{}
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

func (p *parser) orders() (all []orderTerm) {
	for !p.failed {
		o := orderTerm{expr: p.expression(0)}
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

func (p *parser) core() (c selectCore) {
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

func (p *parser) resultColumn() (c resultColumn) {
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
func (p *parser) alias() string {
	if p.take("AS") {
		return p.identifier()
	}
	if t := p.peek(); t.kind == 'q' || t.kind == 's' || t.kind == 'i' && !keywords[strings.ToUpper(t.text)] && !afterSource[strings.ToUpper(t.text)] {
		return p.identifier()
	}
	return ""
}

// afterSource are words that may follow a source or a column, and are names elsewhere.
var afterSource = map[string]bool{"CROSS": true, "INNER": true, "LEFT": true, "NATURAL": true, "RIGHT": true, "FULL": true, "OUTER": true, "INDEXED": true, "WINDOW": true, "ASC": true, "DESC": true, "END": true, "OFFSET": true, "NULLS": true, "LIKE": true, "GLOB": true, "REGEXP": true, "MATCH": true}

func (p *parser) sources(c *selectCore) {
	c.from = append(c.from, p.source())
	for !p.failed {
		left, fixed := false, false
		switch {
		case p.take(","), p.take("JOIN"), p.take("INNER", "JOIN"):
		case p.take("CROSS", "JOIN"):
			fixed = true
		case p.take("LEFT", "JOIN"), p.take("LEFT", "OUTER", "JOIN"):
			left = true
		default:
			return
		}
		s := p.source()
		s.left, s.fixed = left, fixed
		if p.take("ON") {
			s.on = p.expression(0)
		} else if p.take("USING") {
			s.using = p.listIn()
		}
		c.from = append(c.from, s)
	}
}

func (p *parser) source() (s source) {
	if p.take("(") {
		if !p.atQuery() {
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
