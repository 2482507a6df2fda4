package php

// runLoop computes a loop whose keyword stands at a token. It notes what the
// variables come to, and until then takes those that the loop changes for unknown.
func (r *reader) runLoop(at int) {
	m := r.quiet()
	m.blocks = []openBlock{{open: -1, block: r.block().block}}
	m.local = map[string]value{}
	end := r.pastStatement(at, 0)
	var changed []string
	empty := true // nothing in it has a value
	for k := at + 1; k < end && r.step(); k++ {
		if w := r.tokens[k].word; w == wordEval && m.trace == nil {
			m.traceLoop()
		}
		if r.tokens[k].kind != variableToken {
			continue
		}
		empty = false
		if r.tokens[k+1].kind == '(' && m.trace == nil {
			m.traceLoop()
		}
		name := r.text(k)
		if _, seen := m.local[name]; !seen {
			m.local[name] = r.variable(name)
		}
		if r.changes(k) {
			changed = append(changed, name)
		}
	}
	if empty && m.trace == nil {
		return
	}
	m.at = at
	m.budget = r.budget.Half() // one that never ends leaves something to the others
	ended := m.compute()
	r.budget.Rejoin(m.budget)
	if m.trace != nil && r.trace == nil {
		r.traced(m.trace)
		m.failed = m.failed || m.trace.unsure
	}
	if ended == wentOn && !m.failed {
		if r.after == nil {
			r.after = map[int]map[string]value{}
		}
		r.after[end] = m.local
	}
	for _, name := range changed {
		r.assign(name, value{})
	}
}

// traceLoop makes a computation a trace.
func (r *reader) traceLoop() {
	survey := *r.survey
	r.survey, r.home = &survey, &code{source: r.source, survey: &survey}
	r.trace = &trace{statics: map[string]value{}, constants: map[string]value{}, globals: r}
	r.trace.refuel(traceFuel)
}

// changes tells whether a variable that stands at a token is written there.
func (r *reader) changes(at int) bool {
	next := at + 1
	if r.tokens[next].kind == '[' && r.match[next] > 0 {
		next = int(r.match[next]) + 1
	}
	before := r.tokens[at-1].kind
	switch k := r.tokens[next].kind; {
	case isAssignment(k), k == incrementToken, k == decrementToken, before == incrementToken, before == decrementToken:
		return true
	}
	return false
}

// settle sets the variables of a computed loop that ends before the next token.
func (r *reader) settle() {
	values, ok := r.after[r.at]
	if !ok {
		return
	}
	delete(r.after, r.at)
	for name, v := range values {
		r.assign(name, v)
	}
}

// head returns the parentheses of the loop that begins here, and where what follows
// the loop does.
func (r *reader) head() (open, end, after int) {
	at := r.at
	if open = r.parenthesis(); r.failed {
		return open, open, at
	}
	return open, int(r.match[open]), r.pastStatement(at, 0)
}

// loop computes the body of a loop once, and says whether the loop goes on.
func (r *reader) loop(body int, outcome *outcome) bool {
	r.at = body
	if r.trace != nil {
		r.trace.rounds++
	}
	switch o := r.compute(); o {
	case brokeOut:
		return false
	case returnedValue, jumped, threw:
		*outcome = o
		return false
	}
	if r.leaves {
		r.leaves = false
		return false
	}
	return !r.failed
}

func (r *reader) computeWhile() (outcome outcome) {
	open, end, after := r.head()
	if r.failed {
		return wentOn
	}
	outer := r.once
	for r.once = 0; !r.failed && r.condition(open+1, end) && r.loop(end+1, &outcome); {
	}
	r.once = outer
	r.at = after
	return outcome
}

// computeDo computes do { } while ();
func (r *reader) computeDo() (outcome outcome) {
	body := r.at + 1
	after := r.pastStatement(body, 0)
	if r.tokens[after].word != wordWhile || r.tokens[after+1].kind != '(' || r.match[after+1] < 0 {
		r.failed = true
		return wentOn
	}
	end := int(r.match[after+1])
	outer := r.once
	for r.once = 1; r.loop(body, &outcome) && r.condition(after+2, end); {
	}
	r.once = outer
	r.at = end + 1
	return outcome
}

func (r *reader) computeFor() (outcome outcome) {
	open, end, after := r.head()
	if r.failed {
		return wentOn
	}
	r.at = open + 1
	r.several(';')
	condition, again := r.at, false
	for !r.failed {
		r.at = condition
		truth, known := r.expression(precLowest).truth()
		if !known && r.trace != nil && condition != r.at {
			truth, known = !again, true
			again = true
		}
		if r.tokens[r.at].kind == ';' && r.at == condition {
			truth, known = true, true // for (;;)
		}
		if !known || r.tokens[r.at].kind != ';' {
			r.failed = true
		}
		if !truth || r.failed {
			break
		}
		step := r.at + 1
		if !r.loop(end+1, &outcome) {
			break
		}
		r.at = step
		r.several(')')
	}
	r.at = after
	return outcome
}

// several computes expressions with commas between them, up to a token that it
// takes.
func (r *reader) several(until tokenKind) {
	for !r.failed && r.tokens[r.at].kind != until {
		at := r.at
		r.expression(precLowest)
		if r.tokens[r.at].kind == ',' {
			r.at++
		}
		if r.at == at {
			r.failed = true
		}
	}
	r.at++
}

func (r *reader) computeForeach() (outcome outcome) {
	if r.trace != nil {
		return r.traceForeach()
	}
	open, end, after := r.head()
	if r.failed {
		return wentOn
	}
	r.at = open + 1
	list := r.expression(precLowest)
	k := r.at + 1
	key, value := "", ""
	if r.tokens[k+1].kind == doubleArrowToken && r.tokens[k].kind == variableToken {
		key = r.text(k)
		k += 2
	}
	if r.tokens[r.at].word != wordAs || list.kind != arrayKind || r.tokens[k].kind != variableToken || k+1 != end {
		r.failed = true
		return wentOn
	}
	value = r.text(k)
	for i, v := range list.array.values {
		r.local[value] = v
		if key != "" {
			r.local[key] = list.array.key(i).value()
		}
		if !r.loop(end+1, &outcome) {
			break
		}
	}
	r.at = after
	return outcome
}
