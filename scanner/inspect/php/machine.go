package php

import "plugvet/scanner/inspect/script"

// An outcome is how a statement ended that was computed.
type outcome uint8

const (
	wentOn outcome = iota
	brokeOut
	continued
	returnedValue
	jumped // to a label
	threw
)

const maxFailures = 4 // of a function, after which it is not computed again

// run computes a function that the script declares.
func (r *reader) run(name string, args []value) value {
	d := r.survey.functions[name]
	if d == nil || d.body == 0 || d.failures >= maxFailures || r.calls >= maxCalls {
		return value{}
	}
	for _, a := range args {
		if !a.known() {
			return value{}
		}
	}
	m := r.quiet()
	m.blocks = []openBlock{{open: -1}}
	m.local = map[string]value{}
	m.bind(d.params, args)
	if m.runBlock(d.body) != returnedValue || m.failed || !m.returned.known() {
		d.failures++
		return value{}
	}
	v := m.returned
	v.computed = true
	return v
}

// bind sets the parameters of a function.
func (r *reader) bind(open int, args []value) {
	end := int(r.match[open])
	n := 0
	for k := open + 1; k < end && !r.failed; k++ {
		if r.tokens[k].kind == '&' || r.tokens[k].kind == ellipsisToken {
			r.failed = true
		}
		if r.tokens[k].kind != variableToken {
			continue
		}
		name := r.text(k)
		switch {
		case n < len(args):
			r.local[name] = args[n]
		case r.tokens[k+1].kind == '=':
			r.at = k + 2
			r.local[name] = r.expression(precAssign)
		default:
			r.failed = true
		}
		n++
		// A default value may hold variables of no concern.
		for k++; k < end && r.tokens[k].kind != ','; k++ {
			if m := int(r.match[k]); m > k {
				k = m
			}
		}
	}
}

// runBlock computes the statements of a block.
func (r *reader) runBlock(open int) outcome {
	end := int(r.match[open])
	if end < 0 {
		r.failed = true
	}
	return r.runFrom(open+1, open, end)
}

// runFrom computes the statements from a token on to the end of a block.
func (r *reader) runFrom(at, open, end int) outcome {
	r.at = at
	for r.at < end && !r.failed {
		outcome := r.compute()
		if outcome == jumped {
			if to := r.label(r.jump, open, end); to > 0 {
				r.at = to
				continue
			}
		}
		if outcome != wentOn {
			return outcome
		}
	}
	r.at = end + 1
	return wentOn
}

// compute computes the statement at the next token, and goes behind it. What it
// cannot compute makes it fail.
func (r *reader) compute() outcome {
	if r.trace != nil {
		if r.trace.fuel--; r.trace.fuel < 0 {
			r.failed = true
		}
	}
	if r.suspended || r.waits() {
		return returnedValue
	}
	if r.failed || !r.budget.Step() || !r.enter() {
		r.failed = true
		return wentOn
	}
	at := r.at
	if r.trace != nil {
		defer r.recover(at)
		if r.home.sibling == 0 {
			r.trace.here = r.noted(at)
		}
	}
	defer func() { r.depth-- }()
	t := r.tokens[at]
	if t.kind == '{' {
		return r.runBlock(at)
	}
	switch t.kind {
	case htmlToken:
		r.print(r.text(at))
		fallthrough
	case ';', '}', openTagToken, closeTagToken:
		r.at++
		return wentOn
	}
	if r.isLabel(at) {
		r.at += 2
		return wentOn
	}
	if r.trace != nil {
		if outcome, done := r.traceStatement(at); done {
			return outcome
		}
	}
	switch t.word {
	case wordSwitch:
		return r.computeSwitch()
	case wordCase, wordDefault: // of the switch around
		r.at++
		if t.word == wordCase {
			r.expression(precLowest)
		}
		if k := r.tokens[r.at].kind; k != ':' && k != ';' {
			r.failed = true
		}
		r.at++
		return wentOn
	case wordGoto:
		r.jump = r.text(at + 1)
		return jumped
	case wordDo:
		return r.computeDo()
	case wordIf:
		return r.computeIf()
	case wordFor:
		return r.computeFor()
	case wordWhile:
		return r.computeWhile()
	case wordForeach:
		return r.computeForeach()
	case wordReturn:
		r.at++
		r.returned = value{}
		if r.trace != nil {
			r.returnPlace()
		}
		if r.tokens[r.at].kind != ';' {
			r.returned = r.expression(precLowest)
		}
		return returnedValue
	case wordBreak, wordContinue:
		if r.tokens[at+1].kind != ';' && r.trace == nil {
			r.failed = true
		}
		r.at = r.pastStatement(at, 0)
		if t.word == wordBreak {
			return brokeOut
		}
		return continued
	case wordStatic:
		if next := r.tokens[at+1]; next.kind == variableToken || r.trace == nil {
			r.unsure()
			r.at = r.pastStatement(at, 0)
			return wentOn
		}
	case wordEcho, wordGlobal, wordTry, wordThrow, wordUnset, wordFunction, wordClass, wordUse, wordNamespace, wordConst, wordDeclare, wordModifier:
		r.unsure()
		r.at = r.pastStatement(at, 0)
		return wentOn
	}
	v := r.expression(precLowest)
	if !v.known() {
		r.unsure()
	}
	if k := r.tokens[r.at].kind; r.at == at || k != ';' && k != closeTagToken {
		r.failed = true
	}
	if r.trace != nil && r.tokens[at].word == wordNew { // which nobody keeps
		r.letGo(v)
	}
	r.at++
	return wentOn
}

// parenthesis is the token of the parenthesis behind the next one.
func (r *reader) parenthesis() int {
	open := r.at + 1
	if r.tokens[open].kind != '(' || r.match[open] < 0 || r.tokens[r.match[open]+1].kind == ':' {
		r.failed = true
		return 0
	}
	return open
}

// condition computes what stands at a token up to another, and says whether it
// holds.
func (r *reader) condition(at, end int) bool {
	r.at = at
	truth, known := r.expression(precLowest).truth()
	if !known && r.trace != nil && r.at == end {
		r.unsure()
		r.once++ // the body is computed once
		return r.once == 1
	}
	if !known || r.at != end {
		r.failed = true
	}
	return truth && known
}

// recover goes on behind a statement that a trace could not compute.
func (r *reader) recover(at int) {
	if r.failed && r.trace.fuel >= 0 {
		r.failed = false
		r.unsure()
		r.at = max(r.pastStatement(at, 0), at+1)
	}
}

func (r *reader) computeIf() outcome {
	at := r.at
	open := r.parenthesis()
	if r.failed {
		return wentOn
	}
	r.at = open + 1
	holds, known := r.expression(precLowest).truth()
	if r.at != int(r.match[open]) {
		r.failed = true
	}
	then := int(r.match[open]) + 1
	after := r.pastStatement(at, 0)
	otherwise := r.pastStatement(then, 0)
	first := func() outcome {
		r.at = then
		return r.compute()
	}
	second := func() outcome {
		switch r.tokens[otherwise].word {
		case wordElseIf:
			r.at = otherwise
			return r.computeIf()
		case wordElse:
			r.at = otherwise + 1
			return r.compute()
		}
		return wentOn
	}
	outcome := wentOn
	switch {
	case r.failed:
	case !known && r.trace == nil:
		r.failed = true
	case !known && r.tokens[otherwise].word != wordElse && r.tokens[otherwise].word != wordElseIf:
		outcome = r.branches(first)
	case !known:
		outcome = r.branches(first, second)
	case holds:
		outcome = first()
	default:
		outcome = second()
	}
	r.at = after
	return outcome
}

// pastStatement returns the token behind the statement at one.
func (r *reader) pastStatement(at, depth int) int {
	for ; r.step() && at < r.length; at++ {
		t := r.tokens[at]
		switch {
		case t.kind == '{' && r.match[at] > 0:
			return int(r.match[at]) + 1
		case t.kind == ';':
			return at + 1
		case t.word == wordDo && depth < script.MaxNesting:
			return r.pastStatement(r.pastStatement(at+1, depth+1), depth+1)
		case t.word == wordIf || t.word == wordElseIf || t.word == wordFor || t.word == wordWhile || t.word == wordForeach:
			if r.tokens[at+1].kind != '(' || r.match[at+1] < 0 || depth >= script.MaxNesting {
				return r.length
			}
			next := r.pastStatement(int(r.match[at+1])+1, depth+1)
			for (t.word == wordIf || t.word == wordElseIf) && (r.tokens[next].word == wordElse || r.tokens[next].word == wordElseIf) && r.step() {
				if r.tokens[next].word == wordElse {
					next++
					next = r.pastStatement(next, depth+1)
					break
				}
				next = r.pastStatement(int(max(r.match[next+1], int32(next)))+1, depth+1)
			}
			return next
		case r.match[at] > int32(at):
			at = int(r.match[at])
		}
	}
	return r.length
}
