package php

import (
	"slices"
	"strconv"
	"strings"
)

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
				r.refer(r.text(r.at), reference{in: r.trace.globals, name: r.text(r.at)})
			}
		}
	case wordStatic:
		if r.tokens[at+1].kind != variableToken {
			return wentOn, false
		}
		r.staticVariables()
		return wentOn, true
	case wordThrow:
		r.at++
		r.trace.thrown = r.expression(precLowest)
		r.at = r.pastStatement(at, 0)
		return threw, true
	case wordTry:
		return r.computeTry(), true
	case wordUnset:
		if r.tokens[at+1].kind == '(' && r.match[at+1] > 0 {
			r.unset(at)
		}
	case wordNamespace:
		if next := r.tokens[at+1]; next.kind == nameToken {
			r.names = inNamespace(r.text(at + 1))
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
		if s, ok := r.textOf(r.expression(precLowest)).text(); ok {
			r.print(s)
		}
		if r.tokens[r.at].kind != ',' || r.at == at {
			return
		}
		r.at++
	}
}

// print puts a text into the buffer of ob_start, if there is one.
func (r *reader) print(s string) {
	if r.trace != nil && r.trace.buffer != nil && r.budget.Take(len(s)) {
		r.trace.buffer = append(r.trace.buffer, s...)
	}
}

// staticVariables sets the variables of "static $a = 1, $b;", which keep their
// values from call to call.
func (r *reader) staticVariables() {
	if r.trace.kept == nil {
		r.trace.kept = &reader{local: map[string]value{}}
	}
	kept := r.trace.kept
	for r.at++; r.tokens[r.at].kind == variableToken && !r.failed; r.at++ {
		name, place := r.text(r.at), strconv.Itoa(r.at)+" "+strconv.Itoa(r.home.within)
		v := value{kind: nullKind}
		if r.tokens[r.at+1].kind == '=' {
			v = r.valueAt(r.at + 2)
		} else {
			r.at++
		}
		if _, set := kept.local[place]; !set {
			kept.local[place] = v
		}
		r.refer(name, reference{in: kept, name: place})
		if r.tokens[r.at].kind != ',' {
			break
		}
	}
	if r.tokens[r.at].kind == ';' {
		r.at++
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
	open, end, after := r.head()
	if r.failed {
		return wentOn
	}
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
	var changes *array // where the elements are set in the loop
	if r.tokens[valueAt].kind == '&' {
		valueAt++
		if over.kind == arrayKind && r.tokens[open+1].kind == variableToken && r.tokens[valueAt].kind == variableToken && r.budget.Take(elementCost*len(over.array.values)) {
			changes = over.array.clone()
		}
	}
	once := func(k, v value) bool {
		if keyAt > 0 {
			r.assignTo(keyAt, k)
		}
		r.assignTo(valueAt, v)
		goesOn := r.loop(end+1, &ended)
		if key, ok := keyOf(k); ok && changes != nil {
			now := r.variable(r.text(valueAt))
			if i := changes.find(key); i >= 0 && changes.values[i].isThere() {
				r.setPlace(*changes.values[i].guess.place, now)
			} else {
				changes.set(key, now)
			}
		}
		return goesOn
	}
	if in := r.iterated(over); in != nil {
		for i, v := range in.values {
			if r.tires(in) {
				break
			}
			if once(in.key(i).value(), v.there()) {
				continue
			}
			if !in.partial || r.failed || ended == threw || i >= maxChoices {
				break
			}
			if ended == returnedValue { // where the element is there
				r.maybe = append(r.maybe, r.returned)
			}
			ended = wentOn
		}
		if m := in.more & fromList; m != 0 && ended == wentOn && !r.failed {
			once(marked(m), marked(m))
		}
	} else if o := over.object(); o != nil && len(o.nodes) > 0 {
		nodes := o.over()
		for i := range nodes {
			if !once(stringValue(nodes[i].name), nodeValue(o.class, nodes[i:i+1])) {
				break
			}
		}
	} else if o := over.object(); o != nil && strings.HasSuffix(o.class, "fileobject") {
		text := o.properties["text"]
		if m := text.marks.elementOf(value{}); !text.known() && m != 0 && once(marked(m), marked(m)) {
			once(marked(m), marked(m)) // the first one is often a head
		}
		lines := slices.Collect(strings.Lines(text.s))
		for i, line := range lines[:min(len(lines), 1<<10)] {
			if !once(integerValue(int64(i)), stringValue(line)) {
				break
			}
		}
	} else if o := over.object(); o != nil {
		for _, p := range o.names() {
			if !once(stringValue(p[1:]), o.properties[p]) {
				break
			}
		}
	} else {
		m := over.marks.elementOf(value{})
		once(marked(m), marked(m))
	}
	if changes != nil {
		r.assignTo(open+1, changes.value())
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
	if r.source.labels == nil {
		r.source.labels = map[string][]int{}
		for at := range r.length {
			if r.isLabel(at) {
				r.source.labels[r.text(at)] = append(r.source.labels[r.text(at)], at)
			}
		}
	}
	for _, at := range r.source.labels[name] {
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
	of := subject.object()
	if !subject.known() && (of == nil || !of.single) {
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
			same := r.binary(token{kind: equalToken}, subject, r.expression(precLowest))
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
