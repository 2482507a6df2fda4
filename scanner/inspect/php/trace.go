package php

// Some control flow is there to hide: goto through numbered states, or a switch in
// a loop, in which a name grows. The evaluator goes through it as PHP would, and
// notes what is called and what is run. What it cannot compute it takes for
// unknown and goes on, so it sets no variable of the script.

// A trace is what was called, or run as code, at the tokens of a script.
type trace struct {
	fuel   int // statements that it may still take
	unsure bool
	seen   map[int][]value
}

const traceFuel = 20_000 // statements of one trace

// saw notes a value at a token of a reader that traces.
func (r *reader) saw(at int, v value) {
	if r.trace == nil || v.kind != stringKind || len(r.trace.seen[at]) >= maxChoices {
		return
	}
	for _, other := range r.trace.seen[at] {
		if other.s == v.s {
			return
		}
	}
	if r.trace.seen == nil {
		r.trace.seen = map[int][]value{}
	}
	r.trace.seen[at] = append(r.trace.seen[at], v)
}

// unsure says that a computation came to something that is not known. Only a
// trace goes on.
func (r *reader) unsure() {
	if r.trace == nil {
		r.failed = true
		return
	}
	r.trace.unsure = true
}

// traced adds what a trace has seen to what is known of the script.
func (r *reader) traced(t *trace) {
	for at, values := range t.seen {
		if r.traces == nil {
			r.traces = map[int][]value{}
		}
		r.traces[at] = append(r.traces[at], values...)
	}
}

// traceGotos traces a script with goto from its beginning.
func (r *reader) traceGotos() {
	m := r.quiet()
	m.trace = &trace{fuel: traceFuel}
	m.blocks = []openBlock{{open: -1}}
	m.local = map[string]value{}
	m.runFrom(0, -1, r.length)
	r.traced(m.trace)
}

// isLabel tells whether a label for goto stands at a token.
func (p *source) isLabel(at int) bool {
	if at < 0 || p.tokens[at].kind != nameToken || p.tokens[at].word != wordNone || p.tokens[at+1].kind != ':' {
		return false
	}
	if at == 0 {
		return true
	}
	switch p.tokens[at-1].kind {
	case ';', '{', '}', ':', openTagToken, closeTagToken, htmlToken:
		return true
	}
	return false
}

// label finds the label of a goto in a block, 0 for none.
func (r *reader) label(name string, open, end int) int {
	if r.survey.labels == nil {
		r.survey.labels = map[string][]int{}
		for at := range r.length {
			if r.isLabel(at) {
				r.survey.labels[r.text(at)] = append(r.survey.labels[r.text(at)], at)
			}
		}
	}
	for _, at := range r.survey.labels[name] {
		if open < at && at < end {
			return at + 2
		}
	}
	return 0
}

// computeSwitch computes switch, whose cases are compared as == does.
func (r *reader) computeSwitch() outcome {
	at := r.at
	open := r.parenthesis()
	if r.failed {
		return wentOn
	}
	after := r.pastStatement(at, 0)
	r.at = open + 1
	subject := r.expression(precLowest)
	body := int(r.match[open]) + 1
	if r.at != body-1 || r.tokens[body].kind != '{' || r.match[body] < 0 || !subject.known() {
		r.failed = true
		return wentOn
	}
	end, start := int(r.match[body]), 0
	for k := body + 1; k < end && !r.failed && r.step(); k++ {
		if m := int(r.match[k]); m > k {
			k = m
			continue
		}
		switch r.tokens[k].word {
		case wordDefault:
			if start == 0 {
				start = k
			}
		case wordCase:
			r.at = k + 1
			same := compare(equalToken, subject, r.expression(precLowest))
			if !same.known() {
				r.failed = true
			}
			if same.n != 0 {
				start = k
				k = end
			}
		}
	}
	outcome := wentOn
	if start > 0 && !r.failed {
		outcome = r.runFrom(start, body, end)
	}
	r.at = after
	if outcome == brokeOut || outcome == continued {
		return wentOn
	}
	return outcome
}
