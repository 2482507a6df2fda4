package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// A reader goes over the tokens of a script once, writes the view and notes
// what is called. It reads expressions by the precedence of their operators, but
// knows no grammar of statements: between two expressions, any token may stand.
//
// A reader without an out is one that only computes a value (see evaluate).
type reader struct {
	*source
	survey *survey
	budget *script.Budget
	level  int // of scripts within scripts

	out    *script.Builder
	copied int // up to where the script is in the view
	uses   []script.Use
	links  []script.Link

	linker   *linker // nil where the script is read alone
	openness script.Openness
	asks     map[string]bool // what it uses and does not declare

	at    int // the next token
	depth int // of expressions

	names     names
	blocks    []openBlock
	serial    int
	loopAhead bool // the next block is a loop's
	loose     bool // in a statement that depends on a condition, without braces
	flow      map[variable]binding
	local     map[string]value // the variables of a function that is computed

	shown      bool                     // constants are for people
	neverShown bool                     // what is echoed goes to a function of the script
	keep       bool                     // variables stand as they are
	inFor      bool                     // in the parentheses of for, where variables change
	dir        bool                     // __DIR__ is "."
	calls      int                      // functions that are computed within one another
	failed     bool                     // the computation cannot go on
	returned   value                    // by the function that is computed
	after      map[int]map[string]value // what loops come to, by the token behind them
	trace      *trace                   // of a computation that goes on where something is unknown
	home       *code                    // that is traced
	jump       string                   // the label that it goes to
	this       *object                  // of the method that is traced
	called     string                   // its class
	running    *declaration             // the function that is traced
	caller     *reader                  // that has called it
	passedIn   []argument               // what that was called with
	refs       map[string]reference     // variables that are others
	maybe      []value                  // what a function may return besides
	yielded    *array                   // by a generator
	sent       []value                  // to it, one for each yield
	environ    map[string]string        // of putenv
	suspended  bool                     // it waits for the next
	target     func(value)              // sets the static property that was just read
	// argumentPlace sets the place that stands as an argument of a call, from argumentAt on.
	argumentPlace func(value)
	argumentAt    int
	store         *value          // what is to be set where the next operand is
	once          int             // times that a loop went on without knowing whether to
	anyName       marks           // of the variables that were set by names which are not known
	leaves        bool            // a loop may have been left
	traceMarks    map[int]marks   // of what traces saw called
	traces        map[int][]value // what traces saw at a token
	firsts        map[int]value   // the first argument of a closure, by the parenthesis of its parameters
}

// An openBlock is a pair of braces around the place.
type openBlock struct {
	open   int // its token
	serial int
	loop   int // the serial of the innermost loop
	block
}

type variable struct {
	scope int
	name  string
}

// A binding is the last value that a variable got.
type binding struct {
	value         value
	depth, serial int // of the block in which it got it
	loop          int
}

// newReader returns a reader at the beginning of a script.
func newReader(p *source, budget *script.Budget, level int) *reader {
	return &reader{
		source: p, survey: newSurvey(p), budget: budget, level: level, out: script.NewBuilder(len(p.src) + len(p.src)/8),
		blocks: []openBlock{{open: -1}}, flow: map[variable]binding{},
	}
}

// file reads everything.
func (r *reader) file() {
	traces := r.survey.jumps || r.survey.dynamic || r.linker != nil
	if traces {
		r.traceAll()
	}
	for r.at < r.length {
		r.statement(r.length)
	}
	if !traces && r.survey.chooses && r.openness&script.Assembles != 0 { // which file gets what it puts together?
		r.traceAll()
	}
	r.gap()
	r.writeLinked()
}

func (r *reader) block() *openBlock { return &r.blocks[len(r.blocks)-1] }

// take goes over a token and copies it into the view.
func (r *reader) take() {
	i := r.at
	t := r.tokens[i]
	r.at++
	if r.out == nil {
		if !r.budget.Step() {
			r.failed = true
		}
		return
	}
	r.at--
	r.gap()
	r.at++
	switch t.kind {
	case htmlToken:
		r.out.Computed(" ", int(t.start), int(t.end))
	default:
		r.out.CopiedText(r.src[t.start:t.end], int(t.start))
	}
	r.copied = int(t.end)
	switch t.kind {
	case ';', closeTagToken:
		r.loose = false
	case '{':
		if r.match[i] < 0 {
			return
		}
		b, special := r.survey.block(i)
		outer := *r.block()
		if !special {
			b = outer.block
			b.body = plainBlock
		}
		r.serial++
		open := openBlock{i, r.serial, outer.loop, b}
		if r.loopAhead {
			open.loop = r.serial
			r.loopAhead = false
		}
		r.blocks = append(r.blocks, open)
		r.loose = false
	case '}':
		if len(r.blocks) > 1 && int(r.match[i]) == r.block().open {
			r.blocks = r.blocks[:len(r.blocks)-1]
		}
		r.loose = false
	}
}

// gap writes what stands before the next token: comments become blanks.
func (r *reader) gap() {
	if r.out == nil {
		return
	}
	s, at := r.src, r.copied
	end := int(r.tokens[r.at].start)
	r.copied = max(at, end)
	for at < end {
		from := at
		for at < end && isSpace(s[at]) {
			at++
		}
		if at > from {
			r.out.CopiedText(s[from:at], from)
			continue
		}
		if s[at] == '/' && at+1 < end && s[at+1] == '*' {
			if i := strings.Index(s[at+2:end], "*/"); i >= 0 {
				at += i + 4
			} else {
				at = end
			}
		} else if i := strings.IndexAny(s[at:end], "\r\n"); i >= 0 {
			at += i
		} else {
			at = end
		}
		blank := " "
		if strings.IndexByte(s[from:at], '\n') >= 0 {
			blank = "\n"
		}
		r.out.Computed(blank, from, at)
	}
}

// mark returns where the view is, with all that stands before the next token.
func (r *reader) mark() int {
	if r.out == nil {
		return 0
	}
	r.gap()
	return r.out.Size()
}

// viewSize is how much of the view is written.
func (r *reader) viewSize() int {
	if r.out == nil {
		return 0
	}
	return r.out.Size()
}

// fold replaces the view from a mark on, which stands for the tokens from one on,
// by a constant.
func (r *reader) fold(mark, from int, v value) {
	if r.out == nil || !v.scalar() || v.own || r.at == from {
		return
	}
	if !r.shown && (!r.room(len(v.s)) || !r.budget.Take(len(v.s))) {
		r.limited("more is computed than the limit allows")
		return
	}
	r.out.Truncate(mark)
	r.constant(v, int(r.tokens[from].start), int(r.tokens[r.at-1].end))
}

// room tells whether the view may grow by the constants that are computed. Text
// that a few variables double is as dear to match as text that is there.
func (r *reader) room(n int) bool {
	const floor, growth = 2 << 20, 8
	return r.out == nil || r.out.Size()+n <= floor+growth*len(r.src)
}

// constant writes a value that comes from a range of the script.
func (r *reader) constant(v value, start, end int) {
	switch v.kind {
	case nullKind:
		r.out.Computed("null", start, end)
		return
	case boolKind:
		text := "false"
		if v.n != 0 {
			text = "true"
		}
		r.out.Computed(text, start, end)
		return
	case intKind, floatKind:
		s, _ := v.text()
		r.out.Computed(s, start, end)
		return
	}
	if v.computed && (wantedNames[lower(v.s)] || networkSchemes[lower(strings.TrimSuffix(v.s, "://"))]) {
		r.assembles()
	}
	if r.shown {
		r.out.Computed(`""`, start, end)
		return
	}
	if v.decoded && looksLikePHP(v.s) && r.nest(v, !strings.Contains(v.s, "<?"), start, end) {
		return
	}
	r.out.Computed(script.Quote(v.s), start, end)
}

// literal writes a string that stands in the script, piece by piece.
func (r *reader) literal(q quoting, from, to int) {
	q.pieces(r.src, from, to, func(value string, from, to int, copied bool) bool {
		if !copied {
			r.out.Computed(script.Escape(value), from, to)
			return true
		}
		run := 0
		for i := 0; i < len(value); i++ {
			if e := script.EscapeByte(value[i]); e != "" {
				r.out.CopiedText(value[run:i], from+run)
				r.out.Computed(e, from+i, from+i+1)
				run = i + 1
			}
		}
		r.out.CopiedText(value[run:], from+run)
		return true
	})
}

// limited notes a limit that left something as it stands.
func (r *reader) limited(limit string) { r.budget.Spent = limit }

// nest writes a constant as the script that it is. It returns false where it may
// not: there are too many within one another, or they come to too much.
func (r *reader) nest(v value, code bool, start, end int) bool {
	if !r.budget.Nest(r.level+1, len(v.s)) {
		return false
	}
	state := outsideState
	if code {
		state = codeState
	}
	inner := newReader(tokenize([]byte(v.s), v.s, state, true), r.budget, r.level+1)
	inner.file()
	if inner.problem != "" {
		r.fault("a script within: " + strings.TrimPrefix(inner.problem, "a script within: "))
	}
	place := func(from, to int) (int, int) {
		if v.literal > 0 {
			return int(v.literal) - 1 + from, int(v.literal) - 1 + to
		}
		return start, end
	}
	if v.literal > 0 {
		r.out.Paste(inner.out, int(v.literal)-1)
	} else {
		r.out.Computed(inner.out.String(), start, end)
	}
	for _, u := range inner.uses {
		u.Start, u.End = place(u.Start, u.End)
		u.Hidden = u.Hidden || v.computed
		r.uses = append(r.uses, u)
	}
	return true
}

// looksLikePHP tells a decoded script from other decoded text.
func looksLikePHP(s string) bool {
	const shortest = 8
	if len(s) < shortest {
		return false
	}
	if strings.Contains(s, "<?php") || strings.Contains(s, "<?=") {
		return true
	}
	if strings.IndexByte(s, '(') < 0 || strings.IndexByte(s, ';') < 0 {
		return false
	}
	s = strings.ToLower(s)
	for _, word := range []string{"$_", "eval", "exec", "system", "passthru", "assert", "popen", "proc_open", "base64_decode", "gzinflate", "include", "require", "function", "curl_", "fsockopen", "socket", "echo"} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}
