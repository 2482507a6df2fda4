package php

import (
	"cmp"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// The precedences of PHP 8's operators, from "or" to "**".
const (
	precLowest  = 1
	precAssign  = 5
	precTernary = 6
	precDot     = 15
	precUnary   = 19
)

// precedence is that of the operator at the next token, 0 for none.
func (r *reader) precedence() (prec int, right bool) {
	t := r.tokens[r.at]
	switch t.kind {
	case nameToken:
		switch t.word {
		case wordOr:
			return 1, false
		case wordXor:
			return 2, false
		case wordAnd:
			return 3, false
		case wordInstanceof:
			return 20, false
		}
	case '=', dotAssignToken, otherAssignToken:
		return precAssign, true
	case '?':
		return precTernary, false
	case coalesceToken:
		return 7, true
	case orOrToken:
		return 8, false
	case andAndToken:
		return 9, false
	case '|':
		return 10, false
	case '^':
		return 11, false
	case '&':
		return 12, false
	case equalToken, notEqualToken, identicalToken, notIdenticalToken, spaceshipToken:
		return 13, false
	case '<', '>', lessEqualToken, greaterEqualToken:
		return 14, false
	case '.':
		return precDot, false
	case shiftLeftToken, shiftRightToken:
		return 16, false
	case '+', '-':
		return 17, false
	case '*', '/', '%':
		return 18, false
	case powerToken:
		return 21, true
	}
	return 0, false
}

// enter begins an expression within another; where there are too many it says
// no, and the tokens are left to whoever reads the outermost one.
func (r *reader) enter() bool {
	if r.depth >= script.MaxNesting {
		r.limited("an expression is nested too deep")
		return false
	}
	r.depth++
	return true
}

// expression reads operators of a precedence or higher, and what they are applied
// to. It takes no token where no expression begins.
func (r *reader) expression(least int) value {
	if r.failed || !r.enter() {
		return value{}
	}
	defer func() { r.depth-- }()
	from, mark := r.at, r.mark()
	left := r.unary()
	if r.at == from {
		return value{}
	}
	for !r.failed {
		prec, right := r.precedence()
		if prec == 0 || prec < least {
			return left
		}
		op := r.at
		switch r.tokens[op].kind {
		case '.':
			left = r.concatenation(from, mark, left)
			continue
		case '?':
			left = r.ternary(left)
		default:
			r.take()
			if r.tokens[r.at].kind == '&' && prec == precAssign {
				r.take()
			}
			next := prec + 1
			if right {
				next = prec
			}
			after := r.at
			operand := r.expression(next)
			if r.at == after && prec != precAssign {
				return value{}
			}
			if r.tokens[op].kind == '=' {
				r.destructure(op-1, operand)
			}
			left = r.binary(r.tokens[op], left, operand)
			if prec == precAssign {
				continue
			}
		}
		r.fold(mark, from, left)
	}
	return left
}

// ternary reads ?: or ? and :, and returns what is chosen if that is constant.
func (r *reader) ternary(condition value) value {
	r.take()
	then := condition
	if r.tokens[r.at].kind != ':' {
		then = r.expression(precAssign)
	}
	if r.tokens[r.at].kind != ':' {
		return value{}
	}
	r.take()
	otherwise := r.expression(precTernary + 1)
	truth, known := condition.truth()
	switch {
	case !known:
		return r.bothOf(then, otherwise)
	case truth:
		return then
	}
	return otherwise
}

// A constantRun is a number of constants that stand next to one another in a chain.
type constantRun struct {
	value      value
	from, mark int // where it begins, in tokens and in the view
	count      int
	sum        []byte
}

// concatenation reads a chain of dots. Constants that stand next to one another
// become one, in time that is linear in what they come to.
func (r *reader) concatenation(from, mark int, first value) value {
	if r.trace != nil {
		first = r.textOf(first)
	}
	run := constantRun{value: first, from: from, mark: mark}
	if run.start(first) {
		run.count = 1
	}
	m, prefix := first.marks.partOf(), first.prefix()
	ofFile := first.marks & fromFile // that nothing but a file gives
	choices, other := first.oneOf(), first.from()
	wrapped := false
	tail := "" // with which ends what is not known before the last run
	for r.tokens[r.at].kind == '.' && !r.failed {
		op, before := r.at, 0
		if r.out != nil {
			before = r.out.Size()
		}
		r.take()
		nextFrom, nextMark := r.at, r.mark()
		next := r.expression(precDot + 1)
		if r.trace != nil {
			next = r.textOf(next)
		}
		m |= next.marks.partOf()
		ofFile &= next.marks
		other = cmp.Or(other, next.from())
		if r.trace != nil {
			if run.from == from && run.count > 0 {
				if choices = nil; len(next.oneOf()) > 0 || !next.known() && bringsOthers(string(run.sum)) {
					choices = []value{wholeOr(run.count, first, run.sum)}
				}
			}
			wrapped = run.count == 1 && run.from == from && r.wraps(first, next, false)
			choices, prefix = r.crossedWith(choices, next, prefix)
		}
		text, known := next.text()
		if known && r.goesOn(run, text) {
			run.add(next, text)
			if r.out != nil {
				r.out.Truncate(before)
			}
			continue
		}
		if run.from == from && run.count > 0 {
			prefix = string(run.sum) + next.prefix()
		}
		r.write(run, before, op)
		if tail = ""; run.count == 0 {
			tail = run.value.suffix()
		}
		run = constantRun{value: next, from: nextFrom, mark: nextMark}
		if known && run.start(next) {
			run.count = 1
		}
	}
	if r.out != nil {
		r.write(run, r.out.Size(), r.at)
	}
	if run.from != from || run.count == 0 {
		suffix := run.value.suffix()
		if run.count > 0 {
			suffix = tail + string(run.sum)
		}
		return between(prefix, suffix, m|ofFile).among(choices).alsoFrom(other)
	}
	if run.count > 1 {
		run.value.s = string(run.sum)
		run.value.wrapped = wrapped
	}
	return run.value
}

// wholeOr is the text of so many values: the first itself where it is the only one, which
// tells whether it stands in the script.
func wholeOr(count int, first value, text []byte) value {
	if count == 1 && first.kind == stringKind {
		return first
	}
	return stringValue(string(text))
}

// crossed are the constants that a text may be with one more value: each that it may
// be up to there with each that the value may be.
func (r *reader) crossed(before []value, next value) []value {
	const longest = 4 << 10 // a name, a command, a little code
	ends := perhapsOne(next)
	if len(ends) == 0 && slices.ContainsFunc(before, func(v value) bool { return bringsOthers(v.s) }) { // see holed
		ends = []value{stringValue(next.withoutHole())}
	}
	if len(before)*len(ends) > maxChoices {
		return nil
	}
	var out []value
	for _, a := range before {
		for _, b := range ends {
			text, ok := b.text()
			if !ok || len(a.s)+len(text) > longest || !r.budget.Take(len(a.s)+len(text)) {
				return nil
			}
			one := stringValue(a.s + text)
			one.wrapped = len(before) == 1 && r.wraps(a, b, len(ends) > 1)
			out = append(out, one)
		}
	}
	return out
}

// perhapsOne are the constants that a value may be, or the one that it is.
func perhapsOne(v value) []value {
	if v.known() {
		return []value{v}
	}
	return v.oneOf()
}

// crossedWith is crossed, and what the text begins with: where nothing is left to choose from,
// that is the one text that it was perhaps up to there.
func (r *reader) crossedWith(before []value, next value, prefix string) ([]value, string) {
	choices := r.crossed(before, next)
	if len(before) == 1 && choices == nil && prefix == "" {
		prefix = before[0].s + next.prefix()
	}
	return choices, prefix
}

func (run *constantRun) start(v value) bool {
	text, known := v.text()
	run.value = v
	run.sum = append(run.sum[:0], text...)
	return known
}

// goesOn tells whether a run may go on with a text.
func (r *reader) goesOn(run constantRun, text string) bool {
	n := len(run.sum) + len(text)
	return run.count > 0 && n <= script.MaxConstant && (r.shown || r.room(n)) && r.budget.Take(len(text))
}

func (run *constantRun) add(v value, text string) {
	// "__DIR__ . '/x'" says where a file is, and hides nothing.
	dir := run.value.dir && !v.computed
	run.value = value{kind: stringKind, computed: !dir, dir: dir, decoded: run.value.decoded || v.decoded}
	run.sum = append(run.sum, text...)
	run.count++
}

// write puts a run in its place in the view, up to where an operator stood; what
// was written since follows it.
func (r *reader) write(run constantRun, until, op int) {
	if run.count < 2 || r.out == nil {
		return
	}
	rest := r.out.Cut(until)
	r.out.Truncate(run.mark)
	run.value.s = string(run.sum)
	r.constant(run.value, int(r.tokens[run.from].start), int(r.tokens[op-1].end))
	r.out.Paste(rest, 0)
}

// unary reads what stands before an operand, and the operand.
func (r *reader) unary() value {
	from, mark := r.at, r.mark()
	t := r.tokens[from]
	switch t.kind {
	case '@', '&', ellipsisToken:
		r.take()
		return r.expression(precUnary)
	case '!', '-', '+', '~':
		r.take()
		after := r.at
		least := precUnary + 1
		v := r.expression(least)
		if r.at == after {
			return value{}
		}
		return r.prefixed(t.kind, v, mark, from)
	case incrementToken, decrementToken:
		r.take()
		name := r.tokens[r.at]
		v := r.expression(precUnary + 1)
		if name.kind == variableToken {
			if r.trace != nil {
				v = r.incrementedValue(t.kind, v)
				r.assign(r.src[name.start:name.end], v)
				return v
			}
			v = r.increment(t.kind, r.src[name.start:name.end])
		}
		return v
	case castToken:
		r.take()
		v := r.expression(precUnary)
		to := lower(strings.Trim(r.text(from), "( \t)"))
		if r.trace != nil && v.object() != nil && to != "object" {
			if v.object().elements != nil {
				return v.object().elements.value()
			}
			if to != "array" {
				v = r.textOf(v)
			}
		}
		if cast := r.cast(to, v); cast.known() {
			r.fold(mark, from, cast)
			return cast
		} else if cast.object() != nil {
			return cast
		} else if isText := to == "string" || to == "binary"; isText && v.object() == nil && v.closure() == nil {
			return v // what is known of it stays so
		}
		return marked(v.marks)
	}
	return r.operand()
}
