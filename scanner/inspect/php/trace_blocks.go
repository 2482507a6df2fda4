package php

import "slices"

// blocksOfWords gives the blocks that begin with a colon and end with a word, as in
// "foreach (...): ... endforeach;", the brackets that a trace goes by.
func (p *source) blocksOfWords() {
	ends := func(t token) bool { return t.word == wordEndBlock }
	if !slices.ContainsFunc(p.tokens[:p.length], ends) {
		return
	}
	p.tokens, p.match = slices.Clone(p.tokens), slices.Clone(p.match)
	var open []int
	closes := func(at int) {
		if n := len(open); n > 0 {
			p.match[open[n-1]], open = int32(at), open[:n-1]
		}
	}
	for at := range p.length {
		colon := 0
		switch t := p.tokens[at]; t.word {
		case wordEndBlock:
			closes(at)
		case wordElse:
			colon = at + 1
		case wordIf, wordElseIf, wordFor, wordForeach, wordWhile, wordSwitch:
			if p.tokens[at+1].kind == '(' && p.match[at+1] > 0 {
				colon = int(p.match[at+1]) + 1
			}
		}
		if colon == 0 || p.tokens[colon].kind != ':' {
			continue
		}
		if w := p.tokens[at].word; w == wordElse || w == wordElseIf {
			closes(at - 1)
		}
		open = append(open, colon)
	}
	for at := range p.length {
		if p.tokens[at].kind == ':' && p.match[at] > 0 {
			p.tokens[at].kind = '{'
		}
	}
}
