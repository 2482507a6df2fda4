package match

import "strings"

// A condition is what can be told of a rule's condition from the externals
// alone. Whatever else stands in it may be true or false.
type condition interface {
	// holds tells whether the condition is true, false or open, given the values
	// that are known: of externals, by name.
	holds(known Variables) truth
	// compared adds the texts that an external is compared with, of those
	// externals that are keys.
	compared(with map[string]map[string]bool)
}

// A truth is true, false or open.
type truth int8

const (
	no truth = iota - 1
	open
	yes
)

type (
	anything struct{}            // what depends on more than externals
	negation struct{ condition } // not a
	either   []condition         // a or b
	both     []condition         // a and b
	relation struct {            // external == "text", external contains "text"
		external, text string
		contains       bool
	}
)

func (anything) holds(Variables) truth         { return open }
func (n negation) holds(known Variables) truth { return -n.condition.holds(known) }

func (e either) holds(known Variables) truth {
	all := no
	for _, c := range e {
		all = max(all, c.holds(known))
	}
	return all
}

func (b both) holds(known Variables) truth {
	all := yes
	for _, c := range b {
		all = min(all, c.holds(known))
	}
	return all
}

func (r relation) holds(known Variables) truth {
	value, ok := known[r.external].(string)
	switch {
	case !ok, value == unnamed && r.contains:
		return open
	case r.contains && strings.Contains(value, r.text), !r.contains && value == r.text:
		return yes
	}
	return no
}

// parseCondition reads the tokens of a condition. named are the conditions of
// rules that it may refer to. The tokens need not be valid.
func parseCondition(tokens []token, named map[string]condition) condition {
	p := &conditionParser{tokens: tokens, named: named}
	c := p.either(0)
	if p.at < len(tokens) {
		return anything{} // not understood to its end
	}
	return c
}

type conditionParser struct {
	tokens []token
	named  map[string]condition
	at     int
}

// maxConditionDepth bounds how deep parentheses and negations nest.
const maxConditionDepth = 100

func (p *conditionParser) word(text string) bool {
	return p.at < len(p.tokens) && p.tokens[p.at].kind == tokenWord && p.tokens[p.at].text == text
}

func (p *conditionParser) mark(text string) bool {
	return p.at < len(p.tokens) && p.tokens[p.at].kind == tokenMark && p.tokens[p.at].text == text
}

func (p *conditionParser) either(depth int) condition {
	all := either{p.both(depth)}
	for p.word("or") {
		p.at++
		all = append(all, p.both(depth))
	}
	return all
}

func (p *conditionParser) both(depth int) condition {
	all := both{p.term(depth)}
	for p.word("and") {
		p.at++
		all = append(all, p.term(depth))
	}
	return all
}

func (p *conditionParser) term(depth int) condition {
	if depth < maxConditionDepth {
		if p.word("not") {
			p.at++
			return negation{p.term(depth + 1)}
		}
		if p.mark("(") {
			begin := p.at
			p.at++
			inner := p.either(depth + 1)
			if p.mark(")") {
				p.at++
				if p.ends() {
					return inner
				}
			}
			p.at = begin // a number, a range
		}
	}
	begin := p.at
	for nested := 0; p.at < len(p.tokens) && (nested > 0 || !p.ends()); p.at++ {
		switch {
		case p.mark("("):
			nested++
		case p.mark(")"):
			nested--
		}
	}
	return p.relation(p.tokens[begin:p.at])
}

// ends tells whether a term can end here.
func (p *conditionParser) ends() bool {
	return p.at >= len(p.tokens) || p.word("and") || p.word("or") || p.mark(")")
}

// relation reads a term without and, or and not.
func (p *conditionParser) relation(t []token) condition {
	text := func(i int) bool { return t[i].kind == tokenString && !strings.Contains(t[i].text, `\`) }
	switch {
	case len(t) == 1 && t[0].kind == tokenWord && p.named[t[0].text] != nil:
		return p.named[t[0].text]
	case len(t) == 3 && t[0].kind == tokenWord && t[1].text == "contains" && text(2):
		return relation{t[0].text, t[2].text, true}
	case len(t) == 4 && t[0].kind == tokenWord && t[1].text == "=" && t[2].text == "=" && text(3):
		return relation{t[0].text, t[3].text, false}
	case len(t) == 4 && t[0].kind == tokenWord && t[1].text == "!" && t[2].text == "=" && text(3):
		return negation{relation{t[0].text, t[3].text, false}}
	}
	return anything{}
}

func (anything) compared(map[string]map[string]bool) {}

func (e either) compared(with map[string]map[string]bool) {
	for _, c := range e {
		c.compared(with)
	}
}

func (b both) compared(with map[string]map[string]bool) { either(b).compared(with) }

func (r relation) compared(with map[string]map[string]bool) {
	if with[r.external] != nil {
		with[r.external][r.text] = true
	}
}
