// Package php reads PHP to its decoded view and to what it loads and calls; see
// package script for both.
//
// The lexer is our own. Of what the module proxy serves, VKCOM/php-parser v0.8.2
// comes closest. It was measured in November 2026 on 37,342 files (242 MB) of 436
// Debian packages: phpmyadmin, wordpress, mediawiki, roundcube, cacti, icingaweb2,
// symfony, horde and the like. It knows PHP up to 8.1, so types in parentheses,
// typed constants, property hooks, private(set), new A()->b() and |> are errors to
// it, and behind an error there is no tree. It refused 26 of the files, read 1.6 MB
// a second on a busy machine and allocated 51 bytes for each of a script. This
// lexer, with the reader on top of it, read 5 MB a second beside the same load and
// allocates 23 bytes for each; the tokens are those of token_get_all of PHP 8.2 in
// every file, and in 25,000 that were made up or damaged (hosts_test.go).
//
// # How it is laid out
//
// In the order in which a script goes through it:
//
//   - lexer.go, lexer_strings.go, token.go, text.go: its tokens. survey.go,
//     declarations.go, names.go: what it declares, and which name means what
//   - read.go, reader.go, statement.go: the reader, which goes over the tokens once,
//     writes the view and notes what is called
//   - expr.go, operand.go, named.go, calls.go, callbacks.go, strings.go: expressions.
//     value.go says what they come to; variables.go and assignments.go where that is
//     kept; operators.go, functions.go and functions_*.go what PHP does with constants
//   - signs.go: whether the script shows that it hides something. Only then is it traced:
//     trace.go and trace_*.go go through it as PHP would, with objects (objects.go and
//     objects_*.go), references, closures, documents and what else a name may travel by.
//     trace_heirs.go: what classes leave to those that extend them.
//     marks.go, partial.go and listed.go: what is known of a value that is not known. classes.go,
//     parameters.go: the classes of PHP's own, and the parameters of its functions
//   - links.go, siblings.go, directories.go, ownfile.go: the other files of the plugin,
//     and the text of this one
//   - addresses.go, wrappers.go, shells.go: what is opened, which clients of the network
//     only wrap PHP's own, and which commands are run
//   - objects_sqlite.go: databases of SQLite that a script fills and asks; package sqlite answers
//     their SQL
//   - transliteration.go: what ICU makes of letters
//   - random.go, trace_random.go: the numbers that PHP's generators draw for a seed
package php

import (
	"slices"
	"strings"
	"sync"
	"unsafe"

	"plugvet/scanner/inspect/script"
)

// Read returns the decoded view of a file of PHP, with whatever stands outside
// of its tags, whether UTF-16 or bytes. It keeps no reference to src and does not
// change it.
func Read(src []byte) *script.View { return ReadWith(src, nil) }

// ReadWith is Read for a script that includes other files of its plugin, or uses what
// they declare; see siblings.go.
func ReadWith(src []byte, siblings *script.Siblings) *script.View {
	return script.Read(src, func(text []byte) *script.View { return readFile(text, siblings) })
}

// readFile reads a file in UTF-8, or in an encoding like it. Whether <? opens is
// for the server's settings to say. Where it makes a difference, the file is read
// both ways, and the view is that of the one and then of the other.
func readFile(src []byte, siblings *script.Siblings) *script.View {
	const steps = 2 // tokens that may be evaluated for each byte
	budget := script.NewBudget(len(src), steps)
	// A copy of a large script is as much again as it takes in memory. Nobody changes
	// src while it is read, and nothing that is returned keeps a part of it.
	text := unsafe.String(unsafe.SliceData(src), len(src))
	room := buffers.Get().(*buffer)
	p := tokenizeInto(room, src, text, outsideState, false)
	defer p.release(room)
	r := newReader(p, budget, 0)
	r.linker = link(siblings)
	r.file()
	if p.short {
		r.out.Computed("\n", len(src), len(src))
		both := newReader(tokenize(src, text, outsideState, true), budget, 0)
		both.out, both.uses, both.links, both.problem, both.linker = r.out, r.uses, r.links, r.problem, r.linker
		both.file()
		r = both
	}
	slices.SortStableFunc(r.uses, func(a, b script.Use) int { return a.Start - b.Start })
	own(r.uses)
	v := r.out.View(slices.Compact(r.uses), r.problem)
	v.Limit, v.Links, v.Open = budget.Limit(), r.links, r.openness
	if slices.ContainsFunc(r.links, func(l script.Link) bool { return l.Gives != "" }) {
		v.Open |= script.Assembles
	}
	v.Declares, v.Asks = r.declared(), r.asked()
	return v
}

// own gives uses names that are no part of the script.
func own(uses []script.Use) {
	names := map[string]string{}
	for i, u := range uses {
		name, seen := names[u.Name]
		if !seen {
			name = strings.Clone(u.Name)
			names[name] = name
		}
		uses[i].Name = name
	}
}

// A source is a script as tokens without blanks and comments, with the bracket
// that belongs to each.
type source struct {
	src    string
	tokens []token // then some of kind endToken, so that one may look ahead
	match  []int32 // the other bracket of a pair, -1 for none
	length int     // of the tokens without those at the end
	halt   int     // where the data begin that follow __halt_compiler; 0 for none
	short  bool    // somewhere stands <? that opens by a setting only

	labels map[string][]int // where goto goes; see reader.label
	spaces []namespace      // if there are several, once they were looked for; see namespaces
	looked bool             // they were

	yields    bool // it has generators
	functions int  // how often function and class stand there: about how many scopes there are

	problem string
	steps   int // that looking back and ahead may still take
}

const lookAhead = 8 // tokens

// tokenize cuts a script, given as bytes and as text, into tokens, beginning
// outside of the tags or in code.
func tokenize(data []byte, src string, state lexerState, short bool) *source {
	return tokenizeInto(&buffer{}, data, src, state, short)
}

// A buffer has room for the tokens of one script after another.
type buffer struct {
	tokens []token
	match  []int32
}

var buffers = sync.Pool{New: func() any { return &buffer{} }}

// release gives the room of a script's tokens to the next one. Large ones are let
// go, since the next is seldom as large.
func (p *source) release(room *buffer) {
	const most = 1 << 17 // tokens
	if cap(p.tokens) > most {
		p.tokens, p.match = nil, nil
	}
	room.tokens, room.match = p.tokens[:0], p.match[:0]
	buffers.Put(room)
}

func tokenizeInto(room *buffer, data []byte, src string, state lexerState, short bool) *source {
	l := newLexer(data, state, short)
	p := &source{src: src, tokens: room.tokens, match: room.match, steps: 4 * len(src)}
	if n := len(data)/5 + lookAhead; n > cap(p.tokens) {
		p.tokens = make([]token, 0, countTokens(data, state, short)+lookAhead)
	}
	for {
		t := l.next()
		if t.kind == spaceToken {
			continue
		}
		if t.kind == commentToken {
			if src[t.start] == '/' && src[t.start+1] == '*' && !(t.end-t.start > 3 && src[t.end-2:t.end] == "*/") {
				p.problem = "a comment has no end"
			}
			continue
		}
		if t.kind == endToken {
			break
		}
		if l.halt == 1 && t.kind == htmlToken && l.at == len(src) {
			p.halt = int(t.start)
		}
		switch t.word {
		case wordFunction, wordClass:
			p.functions++
		case wordYield:
			p.yields = true
		}
		p.yields = p.yields || t.kind == yieldFromToken
		p.tokens = append(p.tokens, t)
	}
	p.short = l.sawShort
	if l.unended || l.state != codeState && l.state != outsideState && l.state != propertyState {
		p.problem = "a string has no end"
	}
	p.length = len(p.tokens)
	end := token{start: uint32(len(src)), end: uint32(len(src))}
	for range lookAhead {
		p.tokens = append(p.tokens, end)
	}
	p.pair()
	return p
}

// countTokens says how many tokens there are room for: about as many as a script
// usually has, or just as many as it has where it is large. To read it twice then
// costs less than to move them.
func countTokens(data []byte, state lexerState, short bool) (n int) {
	const large = 1 << 20
	if len(data) < large {
		return len(data) / 5
	}
	for l := newLexer(data, state, short); ; {
		switch l.next().kind {
		case endToken:
			return n
		case spaceToken, commentToken:
		default:
			n++
		}
	}
}

// pair finds the brackets that belong together.
func (p *source) pair() {
	p.match = slices.Grow(p.match, len(p.tokens))[:len(p.tokens)]
	var open []int32
	for i, t := range p.tokens {
		p.match[i] = -1
		partner := endToken
		switch t.kind {
		case '(', '[', '{', curlyToken, dollarCurlyToken, attributeToken, quoteToken, tickToken, heredocToken:
			open = append(open, int32(i))
		case ')':
			partner = '('
		case ']':
			partner = '['
		case '}':
			partner = '{'
		case quoteEndToken:
			partner = quoteToken
		case tickEndToken:
			partner = tickToken
		case heredocEndToken:
			partner = heredocToken
		}
		if partner == endToken {
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

func (p *source) fault(problem string) {
	if p.problem == "" {
		p.problem = problem
	}
}

// pairs tells whether a token is the partner that a closing one wants.
func (p *source) pairs(i int, partner tokenKind) bool {
	switch k := p.tokens[i].kind; partner {
	case '[':
		return k == '[' || k == attributeToken
	case '{':
		return k == '{' || k == curlyToken || k == dollarCurlyToken
	default:
		return k == partner
	}
}

func (p *source) text(i int) string {
	t := p.tokens[i]
	return p.src[t.start:t.end]
}

// step counts a look back or ahead, and says whether there may be more.
func (p *source) step() bool {
	p.steps--
	return p.steps > 0
}
