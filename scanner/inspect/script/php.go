package script

import "slices"

// readPHP reads a file of PHP, with whatever stands outside of its tags. Whether
// <? opens is for the server's settings to say. Where it makes a difference, the
// file is read both ways, and the view is that of the one and then of the other.
func readPHP(src []byte) *View {
	budget := &phpBudget{
		bytes: max(maxGrowthFloor, maxGrowth*len(src)),
		steps: 1<<20 + 2*len(src),
	}
	text := string(src)
	p := parsePHP(src, text, phpOutside, false)
	r := newPHPReader(p, budget, 0)
	r.file()
	if p.short {
		r.out.computed("\n", len(src), len(src))
		both := newPHPReader(parsePHP(src, text, phpOutside, true), budget, 0)
		both.out, both.uses, both.problem = r.out, r.uses, r.problem
		both.file()
		r = both
	}
	slices.SortStableFunc(r.uses, func(a, b Use) int { return a.Start - b.Start })
	return &View{Text: r.out.text, Uses: slices.Compact(r.uses), Problem: r.problem, origins: r.out.origins}
}

// A phpScript is a script as tokens without blanks and comments, with the bracket
// that belongs to each.
type phpScript struct {
	src    string
	tokens []phpToken // then some of kind phpEnd, so that one may look ahead
	match  []int32    // the other bracket of a pair, -1 for none
	length int        // of the tokens without those at the end
	short  bool       // somewhere stands <? that opens by a setting only

	problem string
	steps   int // that looking back and ahead may still take
}

const phpAhead = 8 // tokens

// parsePHP cuts a script, given as bytes and as text, into tokens, beginning
// outside of the tags or in code.
func parsePHP(data []byte, src string, state phpState, short bool) *phpScript {
	l := newPHPLexer(data, state, short)
	p := &phpScript{src: src, tokens: make([]phpToken, 0, len(src)/5+phpAhead), steps: 4 * len(src)}
	for {
		t := l.next()
		if t.kind == phpSpace {
			continue
		}
		if t.kind == phpComment {
			if src[t.start] == '/' && src[t.start+1] == '*' && !(t.end-t.start > 3 && src[t.end-2:t.end] == "*/") {
				p.problem = "a comment has no end"
			}
			continue
		}
		if t.kind == phpEnd {
			break
		}
		p.tokens = append(p.tokens, t)
	}
	p.short = l.sawShort
	if l.unended || l.state != phpCode && l.state != phpOutside && l.state != phpProperty {
		p.problem = "a string has no end"
	}
	p.length = len(p.tokens)
	end := phpToken{start: uint32(len(src)), end: uint32(len(src))}
	for range phpAhead {
		p.tokens = append(p.tokens, end)
	}
	p.pair()
	return p
}

// pair finds the brackets that belong together.
func (p *phpScript) pair() {
	p.match = make([]int32, len(p.tokens))
	var open []int32
	for i, t := range p.tokens {
		p.match[i] = -1
		partner := phpEnd
		switch t.kind {
		case '(', '[', '{', phpCurly, phpDollarCurly, phpAttribute, phpQuote, phpTick, phpHeredoc:
			open = append(open, int32(i))
		case ')':
			partner = '('
		case ']':
			partner = '['
		case '}':
			partner = '{'
		case phpQuoteEnd:
			partner = phpQuote
		case phpTickEnd:
			partner = phpTick
		case phpHeredocEnd:
			partner = phpHeredoc
		}
		if partner == phpEnd {
			continue
		}
		n := len(open)
		// A brace, or the end of a string, ends what is still open within.
		for strong := partner != '(' && partner != '['; strong && n > 0 && !p.pairs(int(open[n-1]), partner); {
			n--
		}
		if n == 0 || !p.pairs(int(open[n-1]), partner) {
			p.fault("brackets do not match")
			continue
		}
		if n < len(open) {
			p.fault("brackets do not match")
		}
		p.match[i], p.match[open[n-1]] = open[n-1], int32(i)
		open = open[:n-1]
	}
	if len(open) > 0 {
		p.fault("a bracket or a string has no end")
	}
}

func (p *phpScript) fault(problem string) {
	if p.problem == "" {
		p.problem = problem
	}
}

// pairs tells whether a token is the partner that a closing one wants.
func (p *phpScript) pairs(i int, partner phpKind) bool {
	switch k := p.tokens[i].kind; partner {
	case '[':
		return k == '[' || k == phpAttribute
	case '{':
		return k == '{' || k == phpCurly || k == phpDollarCurly
	default:
		return k == partner
	}
}

func (p *phpScript) text(i int) string {
	t := p.tokens[i]
	return p.src[t.start:t.end]
}

// step counts a look back or ahead, and says whether there may be more.
func (p *phpScript) step() bool {
	p.steps--
	return p.steps > 0
}
