package php

import (
	"cmp"
	"maps"
)

// What a script evaluates may declare what the code around it calls, or return what
// that calls. So a trace goes through such code too, in its place: with the variables
// that are there, and with the functions and the classes of both. What is called in
// it is noted at the token that runs it.

// A code is a script, or a piece of code that one runs while it is traced.
type code struct {
	*source
	survey  *survey
	names   *names // of a whole file; nil of a piece of one
	within  int    // 1 more than the token of the script that runs it; 0 for the script
	sibling int    // the number of the file that the code is, or is a piece of; 0 for the script
}

// goInto makes a reader one of the code in which something is declared; nil is the
// script itself.
func (r *reader) goInto(home *code) {
	home = cmp.Or(home, r.trace.globals.home)
	if home.names != nil && home != r.home {
		r.names = *home.names
	}
	r.home, r.source, r.survey = home, home.source, home.survey
}

// noted is the token of the script at which is noted what happens at a token.
func (r *reader) noted(at int) int {
	if r.home.within > 0 {
		return r.home.within - 1
	}
	return at
}

// runCode runs a text as code, for what stands at a token, and returns what it
// returns.
func (r *reader) runCode(text string, state lexerState, at int) value {
	const most, longest = 16, 1 << 16 // pieces of code, bytes of one
	if r.trace.fuel < 0 || r.calls >= maxCalls || r.trace.evaluated >= most || len(text) > longest || !r.budget.Take(8*len(text)) {
		return value{}
	}
	if r.trace.evaluated++; r.trace.evaluated == 1 {
		r.trace.globals.survey.ownMaps()
	}
	s := tokenize([]byte(text), text, state, true)
	s.steps = 4 * len(text)
	s.blocksOfWords()
	home := &code{source: s, survey: newSurvey(s), within: r.noted(at) + 1, sibling: r.home.sibling}
	home.declare(r.trace.globals.survey)
	return r.runIn(home)
}

// runIn runs a code from its beginning, with the variables that are there, and returns
// what it returns.
func (r *reader) runIn(home *code) value {
	m := r.quiet()
	m.names, m.trace, m.home, m.source, m.survey = names{}, r.trace, home, home.source, home.survey
	m.local, m.refs, m.this, m.called, m.passedIn = r.local, r.refs, r.this, r.called, r.passedIn
	m.blocks = []openBlock{{open: -1, block: block{class: r.block().class, parent: r.block().parent}}}
	ended := m.runFrom(0, -1, home.length)
	r.local, r.refs = m.local, m.refs
	if ended == returnedValue {
		return m.returned
	}
	return value{}
}

// ownMaps copies what others read the script by, before more is declared.
func (s *survey) ownMaps() {
	s.functions, s.classes, s.constants = maps.Clone(s.functions), maps.Clone(s.classes), maps.Clone(s.constants)
	s.shortNames, s.onlyMethods = maps.Clone(s.shortNames), maps.Clone(s.onlyMethods)
}

// declare adds what the code declares to what the script does, for both.
func (c *code) declare(to *survey) {
	s := c.survey
	for name, d := range s.functions {
		if to.functions[name] == nil {
			d.home, to.functions[name] = c, d
		}
	}
	for name, of := range s.classes {
		if to.classes[name] == nil {
			of.home, to.classes[name] = c, of
			for _, d := range of.methods {
				d.home = c
			}
		}
	}
	for name, f := range s.constants {
		if to.constants[name] == nil {
			f.home, to.constants[name] = c, f
		}
	}
	for short, name := range s.shortNames {
		if to.shortNames[short] == "" {
			to.shortNames[short] = name
		}
	}
	s.functions, s.classes, s.constants = to.functions, to.classes, to.constants
	s.shortNames, s.onlyMethods = to.shortNames, to.onlyMethods
}
