package sqlite

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// A parser parses statements.
type parser struct {
	src        string
	tokens     []token
	at         int
	depth      int
	parameters int            // how many there were
	numbers    map[string]int // of those with a name
	failed     bool
}

// parse are the statements of a text; ok is false where one is not understood,
// and those before it are what there is.
func parse(src string) (all []statement, ok bool) {
	tokens, ok := tokenize(src)
	if !ok {
		return nil, false
	}
	p := &parser{src: src, tokens: tokens}
	for {
		for p.take(";") {
		}
		if p.peek().kind == 0 {
			return all, true
		}
		p.parameters, p.numbers = 0, map[string]int{}
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

func (p *parser) peek() token { return p.peekAt(0) }

func (p *parser) peekAt(n int) token {
	if p.failed || p.at+n >= len(p.tokens) {
		return token{start: len(p.src), end: len(p.src)}
	}
	return p.tokens[p.at+n]
}

// take goes past words, if they are what follows.
func (p *parser) take(words ...string) bool {
	for i, word := range words {
		if !p.peekAt(i).is(word) {
			return false
		}
	}
	p.at += len(words)
	return true
}

// want goes past words that must follow.
func (p *parser) want(words ...string) {
	if !p.take(words...) {
		p.failed = true
	}
}

// identifier is a name, in lower case where it is one of a table or a column that is
// looked for.
func (p *parser) identifier() string {
	t := p.peek()
	if t.kind != 'i' && t.kind != 'q' && t.kind != 's' || t.kind == 'i' && keywords[strings.ToUpper(t.text)] {
		p.failed = true
		return ""
	}
	p.at++
	return t.text
}

// tableName is a name behind which that of the database itself may be left out.
func (p *parser) tableName() string {
	name := p.identifier()
	if p.take(".") {
		if schema := lower(name); schema != "main" && schema != "temp" {
			p.failed = true
		}
		name = p.identifier()
	}
	return lower(name)
}

// keywords are words that are no names.
var keywords = func() map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq("SELECT FROM WHERE GROUP ORDER HAVING LIMIT UNION EXCEPT INTERSECT JOIN ON USING AND OR NOT IN IS ISNULL NOTNULL AS CASE WHEN THEN ELSE " +
		"VALUES SET INTO TABLE CREATE INSERT DELETE UPDATE DROP DISTINCT NULL EXISTS BETWEEN DEFAULT UNIQUE PRIMARY CHECK CONSTRAINT REFERENCES FOREIGN COLLATE ESCAPE RETURNING") {
		all[word] = true
	}
	return all
}()

// listIn are names in parentheses.
func (p *parser) listIn() (names []string) {
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

// identifierOrWord is the next word, whatever it is.
func (p *parser) identifierOrWord() string {
	t := p.peek()
	p.at++
	return t.text
}

func (p *parser) parenthesized() *node {
	p.want("(")
	e := p.expression(0)
	p.want(")")
	return e
}

// typeName is the name of a type, up to one of the words that may follow it.
func (p *parser) typeName(before ...string) string {
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

// deeper counts that something stands within something else.
func (p *parser) deeper() bool {
	if p.depth++; p.depth > script.MaxNesting {
		p.failed = true
	}
	return !p.failed
}
