package sqlite

import (
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// list are expressions with commas between them; none before a closing parenthesis.
func (p *parser) list() (all []*node) {
	for !p.failed && !p.peek().is(")") {
		all = append(all, p.expression(0))
		if !p.take(",") {
			break
		}
	}
	return all
}

// precedence is how strong the operators bind (sqlite.org/lang_expr.html).
var precedence = map[string]int{
	"OR": 1, "AND": 2, "NOT": 3,
	"=": 4, "==": 4, "<>": 4, "!=": 4, "IS": 4, "IN": 4, "LIKE": 4, "GLOB": 4, "BETWEEN": 4, "ISNULL": 4, "NOTNULL": 4,
	"<": 5, "<=": 5, ">": 5, ">=": 5, "&": 7, "|": 7, "<<": 7, ">>": 7, "+": 8, "-": 8, "*": 9, "/": 9, "%": 9, "||": 10, "->": 10, "->>": 10,
}

// expression is one of operators that bind stronger than some.
func (p *parser) expression(above int) *node {
	defer func() { p.depth-- }()
	if !p.deeper() {
		return &node{}
	}
	var left *node
	if p.peek().is("NOT") && !p.peekAt(1).is("EXISTS") {
		p.at++
		left = &node{op: "NOT", args: []*node{p.expression(precedence["NOT"] - 1)}}
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
		strength := precedence[op]
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
func (p *parser) behind(left *node, op string, not bool, strength int) *node {
	switch op {
	case "ISNULL", "NOTNULL":
		return &node{op: "IS", not: op == "NOTNULL", args: []*node{left, {op: "literal", value: null}}}
	case "IS":
		not = p.take("NOT")
		if p.take("DISTINCT", "FROM") {
			not = !not
		}
		right := p.expression(strength)
		if right.name == "truth" {
			op = "IS truth"
		}
		return &node{op: op, not: not, args: []*node{left, right}}
	case "BETWEEN":
		low := p.expression(strength)
		p.want("AND")
		return &node{op: op, not: not, args: []*node{left, low, p.expression(strength)}}
	case "IN":
		n := &node{op: op, not: not, args: []*node{left}}
		if !p.take("(") {
			n.query = &query{cores: []selectCore{{columns: []resultColumn{{}}, from: []source{{name: p.tableName()}}}}}
			return n
		}
		if p.atQuery() {
			n.query = p.query()
		} else {
			n.args = append(n.args, p.list()...)
		}
		p.want(")")
		return n
	case "LIKE", "GLOB":
		n := &node{op: op, not: not, args: []*node{left, p.expression(strength)}}
		if p.take("ESCAPE") {
			n.args = append(n.args, p.expression(strength))
		}
		return n
	case "==":
		op = "="
	case "!=":
		op = "<>"
	}
	return &node{op: op, args: []*node{left, p.expression(strength)}}
}

func (p *parser) unary() *node {
	defer func() { p.depth-- }()
	if !p.deeper() {
		return &node{}
	}
	for _, op := range []string{"-", "+", "~"} {
		if p.take(op) {
			return &node{op: "unary " + op, args: []*node{p.unary()}}
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

func (p *parser) operand() *node {
	t := p.peek()
	literal := func(v Value) *node {
		p.at++
		return &node{op: "literal", value: v}
	}
	switch t.kind {
	case 's':
		return literal(Value{Kind: Text, Text: t.text})
	case 'b':
		return literal(Value{Kind: Blob, Text: t.text})
	case 'n':
		if digits, hex := strings.CutPrefix(lower(t.text), "0x"); hex {
			if n, err := strconv.ParseInt(digits, 16, 64); err == nil {
				return literal(whole(n))
			}
		} else if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
			return literal(whole(n))
		} else if f, err := strconv.ParseFloat(digits, 64); err == nil {
			return literal(Value{Kind: Real, Float: f})
		}
	case 'p':
		return p.parameter(t)
	case 'q':
		return p.named()
	case 'i':
		switch strings.ToUpper(t.text) {
		case "NULL":
			return literal(null)
		case "TRUE", "FALSE":
			n := literal(boolean(t.is("TRUE")))
			n.name = "truth"
			return n
		case "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP":
			return literal(Value{})
		case "CASE":
			return p.cases()
		case "CAST":
			p.at++
			p.want("(")
			n := &node{op: "cast", args: []*node{p.expression(0)}}
			p.want("AS")
			n.name = p.typeName()
			p.want(")")
			return n
		case "NOT", "EXISTS":
			not := p.take("NOT")
			p.want("EXISTS")
			p.want("(")
			n := &node{op: "exists", not: not, query: p.query()}
			p.want(")")
			return n
		}
		return p.named()
	case 'o':
		if !p.take("(") {
			break
		}
		if p.atQuery() {
			n := &node{op: "select", query: p.query()}
			p.want(")")
			return n
		}
		n := p.expression(0)
		p.want(")") // no row of several values
		return n
	}
	p.failed = true
	return &node{}
}

// parameter is ?, ?NNN, or :name.
func (p *parser) parameter(t token) *node {
	p.at++
	const most = 32766 // sqlite.org/limits.html
	name := t.text[1:]
	n := p.parameters + 1
	if t.text[0] == '?' {
		if name != "" {
			n, _ = strconv.Atoi(name)
		}
		name = ""
	} else if of := p.numbers[t.text]; of > 0 {
		n = of
	} else {
		p.numbers[t.text] = n
	}
	if n < 1 || n > most {
		p.failed = true
		return &node{}
	}
	p.parameters = max(p.parameters, n)
	return &node{op: "parameter", name: name, table: strconv.Itoa(n)}
}

// named is a column or a call.
func (p *parser) named() *node {
	quoted := p.peek().kind == 'q' && p.src[p.peek().start] == '"'
	name := p.identifier()
	if p.take(".") {
		return &node{op: "column", table: lower(name), name: lower(p.identifier())}
	}
	if !p.take("(") {
		n := &node{op: "column", name: lower(name)}
		if quoted { // a string, where there is no such column
			n.value = Value{Kind: Text, Text: name}
		}
		return n
	}
	n := &node{op: "call", name: lower(name)}
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

// cases is CASE.
func (p *parser) cases() *node {
	p.want("CASE")
	n := &node{op: "case", args: []*node{nil}}
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
