package php

import (
	"maps"
	"slices"

	"plugvet/scanner/inspect/script"
)

// Some code is there to hide: a name that goes through parameters, properties and
// methods before it is called, goto through numbered states, a switch in a loop in
// which a name grows. A trace goes through a script as PHP would, and notes what is
// called and what is run. What it cannot compute it takes for unknown and goes on:
// of a condition that is not known it takes both branches. So it sets no variable
// of the script, and what it notes is only said of calls whose name is computed.

// A trace is what was called, or run as code, at the tokens of a script.
type trace struct {
	fuel   int // statements that it may still take
	unsure bool
	seen   map[int][]value
	marks  map[int]marks // of what is called and not known

	statics   map[string]value // "class::$name", "class::case" and the static variables of functions
	constants map[string]value // of define
	visited   map[*declaration]bool
	objects   []*object
	made      int    // objects
	buffer    []byte // of ob_start
	handler   value  // of errors
	thrown    value
	globals   *reader // of the file
}

const (
	traceFuel  = 5_000 // statements of one trace, and calls
	plainFuel  = 400   // of a script without a sign that it builds names
	traceSteps = 1     // tokens that it may evaluate for each byte, over the floor
)

// newTrace returns a reader that traces from the beginning of a script.
func (r *reader) newTrace() *reader {
	m := r.quiet()
	own := *r.source
	own.steps = 4*len(own.src) + 1<<20
	m.source = &own
	m.budget = script.NewBudget(len(r.src)/4, traceSteps)
	m.trace = &trace{fuel: traceFuel, statics: map[string]value{}, constants: map[string]value{}}
	m.blocks = []openBlock{{open: -1}}
	m.local = map[string]value{}
	m.trace.globals = m
	return m
}

// traceAll traces a script from its beginning, and then the functions that nothing
// has called, with arguments that are not known.
func (r *reader) traceAll() {
	m := r.newTrace()
	if !r.survey.buildsNames() {
		m.trace.fuel = plainFuel
	}
	m.runFrom(0, -1, r.length)
	m.failed = false
	for _, e := range r.survey.entries() {
		if m.trace.fuel < 0 {
			break
		}
		if m.trace.visited[e.declaration] {
			continue
		}
		if e.class == "" {
			m.runFunction(e.declaration, nil)
			continue
		}
		var this *object
		for _, o := range m.trace.objects {
			if d, _ := r.survey.method(o.class, e.name); d == e.declaration {
				this = o
				m.runMethod(d, e.class, o, nil)
			}
		}
		if this == nil {
			m.runMethod(e.declaration, e.class, m.instance(e.class, nil).object(), nil)
		}
	}
	r.traced(m.trace)
	r.survey.forget()
}

// An entry is a function or a method that the host may call.
type entry struct {
	class, name string
	*declaration
}

// entries are the functions and methods of a script, in their order.
func (s *survey) entries() (all []entry) {
	for name, d := range s.functions {
		all = append(all, entry{"", name, d})
	}
	for class, c := range s.classes {
		for name, d := range c.methods {
			all = append(all, entry{class, name, d})
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return a.params - b.params })
	return all
}

// forget drops what a trace has computed of the script's facts: it may have run out
// of what it may spend.
func (s *survey) forget() {
	again := func(f *fact) { f.looked, f.values = false, nil }
	for i := range s.scopes {
		for _, f := range s.scopes[i].facts {
			again(f)
		}
	}
	for _, facts := range []map[string]*fact{s.constants, s.members} {
		for _, f := range facts {
			again(f)
		}
	}
	for _, d := range s.functions {
		d.failures = 0
	}
}

// saw notes a value at a token of a reader that traces.
func (r *reader) saw(at int, v value) {
	if r.trace == nil {
		return
	}
	if !v.known() && v.marks != 0 && len(v.oneOf()) == 0 {
		if r.trace.marks == nil {
			r.trace.marks = map[int]marks{}
		}
		r.trace.marks[at] |= v.marks
	}
	for _, one := range append(v.oneOf(), v) {
		r.sawOne(at, one)
	}
}

func (r *reader) sawOne(at int, v value) {
	name := v.s
	if v.kind == arrayKind {
		if name = r.callable(v); name == "" {
			return
		}
		v = value{kind: stringKind, s: name, computed: v.computed}
	}
	if v.kind != stringKind || len(r.trace.seen[at]) >= maxChoices {
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
		for _, v := range values {
			if !slices.ContainsFunc(r.traces[at], func(other value) bool { return other.s == v.s }) {
				r.traces[at] = append(r.traces[at], v)
			}
		}
	}
	if len(t.marks) > 0 {
		if r.traceMarks == nil {
			r.traceMarks = map[int]marks{}
		}
		for at, m := range t.marks {
			r.traceMarks[at] |= m
		}
	}
}

// revealed notes the calls that traces saw at a token.
func (r *reader) revealed(at, from int) {
	for _, v := range r.traces[at] {
		r.use(script.Call, r.callable(v), from, v.computed)
	}
}

// joined is a value that is one of two, without losing what is known of either.
func joined(a, b value) value {
	switch {
	case a.kind == b.kind && a.s == b.s && a.n == b.n && a.array == b.array && a.guess == b.guess:
		return a
	case a.object() != nil || a.closure() != nil:
		return a
	case b.object() != nil || b.closure() != nil:
		return b
	case a.kind == arrayKind:
		return a
	case b.kind == arrayKind:
		return b
	}
	return either(a, b)
}

// branches runs the branches of a condition that is not known, one after another,
// each from the same variables. It returns how they end if all end alike.
func (r *reader) branches(run ...func() outcome) outcome {
	r.unsure()
	before := maps.Clone(r.local)
	var after []map[string]value
	ended := wentOn
	for i, branch := range run {
		if i > 0 {
			after = append(after, maps.Clone(r.local))
			clear(r.local)
			maps.Copy(r.local, before)
		}
		o := branch()
		r.leaves = r.leaves || o == brokeOut
		if o == returnedValue {
			r.maybe = append(r.maybe, r.returned)
		}
		if i == 0 || o == ended {
			ended = o
		} else {
			ended = wentOn
		}
		if !r.budget.Take(elementCost * len(r.local)) {
			r.trace.fuel = -1
		}
	}
	for _, branch := range after {
		for name, v := range branch {
			if now, ok := r.local[name]; ok {
				v = joined(v, now)
			}
			r.local[name] = v
		}
	}
	if ended == jumped || ended == threw {
		ended = wentOn
	}
	return ended
}

// traceStatement computes the statements that only a trace goes through; done is
// false for all others.
func (r *reader) traceStatement(at int) (end outcome, done bool) {
	t := r.tokens[at]
	if t.kind == openEchoToken {
		r.at++
		r.printed()
		return wentOn, true
	}
	switch t.word {
	case wordEcho:
		r.at++
		r.printed()
	case wordGlobal:
		for r.at++; r.tokens[r.at].kind == variableToken; r.at += 2 {
			if r.trace.globals != nil && r.trace.globals != r {
				r.refer(r.text(r.at), r.trace.globals, r.text(r.at))
			}
		}
	case wordStatic:
		if r.tokens[at+1].kind != variableToken {
			return wentOn, false
		}
		r.staticVariables()
	case wordThrow:
		r.at++
		r.trace.thrown = r.expression(precLowest)
		r.at = r.pastStatement(at, 0)
		return threw, true
	case wordTry:
		return r.computeTry(), true
	case wordUnset:
		if r.tokens[at+2].kind == variableToken && r.tokens[at+3].kind == ')' {
			delete(r.local, r.text(at+2))
		}
	case wordNamespace:
		if next := r.tokens[at+1]; next.kind == nameToken {
			r.names = names{namespace: lower(r.text(at+1)) + `\`}
			r.at += 2
			return wentOn, true
		} else if next.kind == '{' {
			r.names = names{}
			r.at++
			return wentOn, true
		}
		return wentOn, false
	case wordUse:
		r.names.use(r.source, at)
	case wordFunction, wordFn:
		if r.tokens[at+1].kind == '(' || r.tokens[at+1].kind == '&' && r.tokens[at+2].kind == '(' {
			return wentOn, false
		}
	case wordClass, wordInterface, wordTrait, wordConst, wordDeclare, wordModifier:
	case wordEnum:
		if r.tokens[at+1].kind != nameToken {
			return wentOn, false
		}
	default:
		return wentOn, false
	}
	r.at = r.pastStatement(at, 0)
	return wentOn, true
}

// printed computes what echo prints.
func (r *reader) printed() {
	for !r.failed {
		at := r.at
		s, ok := r.textOf(r.expression(precLowest)).text()
		if ok && r.trace.buffer != nil && r.budget.Take(len(s)) {
			r.trace.buffer = append(r.trace.buffer, s...)
		}
		if r.tokens[r.at].kind != ',' || r.at == at {
			return
		}
		r.at++
	}
}

// staticVariables sets the variables of "static $a = 1, $b;", which keep their
// values from call to call.
func (r *reader) staticVariables() {
	for r.at++; r.tokens[r.at].kind == variableToken && !r.failed; r.at++ {
		name := r.text(r.at)
		v := value{kind: nullKind}
		if r.tokens[r.at+1].kind == '=' {
			v = r.valueAt(r.at + 2)
		} else {
			r.at++
		}
		r.local[name] = v
		if r.tokens[r.at].kind != ',' {
			return
		}
	}
}

// computeTry computes a block, the first of its catches where something was
// thrown, and what is done finally.
func (r *reader) computeTry() outcome {
	after := func(k int) int { return max(int(r.match[k]), k) + 1 }
	body := r.at + 1
	if r.tokens[body].kind != '{' || r.match[body] < 0 {
		r.failed = true
		return wentOn
	}
	ended := r.runBlock(body)
	at := after(body)
	caught := false
	for r.tokens[at].word == wordCatch && r.tokens[at+1].kind == '(' && r.match[at+1] > 0 {
		open := at + 1
		block := after(open)
		if r.tokens[block].kind != '{' || r.match[block] < 0 {
			break
		}
		if !caught {
			for k := open; k < block; k++ {
				if r.tokens[k].kind == variableToken {
					r.local[r.text(k)] = r.trace.thrown
				}
			}
			caught = ended == threw
			if o := r.runBlock(block); caught {
				ended = o
			}
		}
		at = after(block)
	}
	if r.tokens[at].word == wordFinally && r.tokens[at+1].kind == '{' && r.match[at+1] > 0 {
		if o := r.runBlock(at + 1); o != wentOn {
			ended = o
		}
		at = after(at + 1)
	}
	r.at = at
	return ended
}

// traceForeach computes foreach over what is known and, once, over what is not.
func (r *reader) traceForeach() (ended outcome) {
	at := r.at
	open := r.parenthesis()
	if r.failed {
		return wentOn
	}
	end := int(r.match[open])
	after := r.pastStatement(at, 0)
	r.at = open + 1
	over := r.expression(precLowest)
	if r.tokens[r.at].word != wordAs {
		r.failed = true
		return wentOn
	}
	keyAt, valueAt := 0, r.at+1
	for k := valueAt; k < end; k++ {
		if m := int(r.match[k]); m > k {
			k = m
		} else if r.tokens[k].kind == doubleArrowToken {
			keyAt, valueAt = valueAt, k+1
		}
	}
	if r.tokens[valueAt].kind == '&' {
		valueAt++
	}
	once := func(k, v value) bool {
		if keyAt > 0 {
			r.assignTo(keyAt, k)
		}
		r.assignTo(valueAt, v)
		return r.loop(end+1, &ended)
	}
	if in := elementsOf(over); in != nil {
		for i, v := range in.values {
			if !once(in.key(i).value(), v) {
				break
			}
		}
	} else if o := over.object(); o != nil {
		for _, p := range slices.Sorted(maps.Keys(o.properties)) {
			if !once(stringValue(p[1:]), o.properties[p]) {
				break
			}
		}
	} else {
		m := over.marks.elementOf(value{})
		once(marked(m), marked(m))
	}
	r.at = after
	return ended
}

// assignTo sets what stands at a token: a variable, an element, a property, a list.
func (r *reader) assignTo(at int, v value) {
	switch {
	case r.tokens[at].kind == '[' && r.match[at] > 0:
		r.destructure(int(r.match[at]), v)
	case r.tokens[at].word == wordList && r.tokens[at+1].kind == '(' && r.match[at+1] > 0:
		r.destructure(int(r.match[at+1]), v)
	case r.tokens[at].kind == variableToken && !r.hasSuffix(at+1):
		r.assign(r.text(at), v)
	default:
		r.at = at
		r.store = &v
		r.operand()
		r.store = nil
	}
}

func (r *reader) hasSuffix(at int) bool {
	switch r.tokens[at].kind {
	case '[', arrowToken, nullArrowToken, colonsToken:
		return true
	}
	return false
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
	if r.at != body-1 || r.tokens[body].kind != '{' || r.match[body] < 0 || !subject.known() && r.trace == nil {
		r.failed = true
		return wentOn
	}
	if !subject.known() {
		return r.anyCase(body, after)
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

// anyCase runs every case of a switch whose subject is not known.
func (r *reader) anyCase(body, after int) outcome {
	end := int(r.match[body])
	var cases []func() outcome
	const most = 64
	for k := body + 1; k < end && r.step() && len(cases) < most; k++ {
		if m := int(r.match[k]); m > k {
			k = m
		} else if w := r.tokens[k].word; w == wordCase || w == wordDefault {
			at := k
			cases = append(cases, func() outcome {
				o := r.runFrom(at, body, end)
				if o == brokeOut || o == continued {
					return wentOn
				}
				return o
			})
		}
	}
	ended := r.branches(cases...)
	r.at = after
	return ended
}
