package php

import (
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
		return either(then, otherwise)
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
	m := first.marks.partOf()
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
		text, known := next.text()
		if known && run.count > 0 && len(run.sum)+len(text) <= script.MaxConstant && (r.shown || r.room(len(run.sum)+len(text))) && r.budget.Take(len(text)) {
			run.add(next, text)
			if r.out != nil {
				r.out.Truncate(before)
			}
			continue
		}
		r.write(run, before, op)
		run = constantRun{value: next, from: nextFrom, mark: nextMark}
		if known && run.start(next) {
			run.count = 1
		}
	}
	if r.out != nil {
		r.write(run, r.out.Size(), r.at)
	}
	if run.from != from || run.count == 0 {
		return marked(m)
	}
	if run.count > 1 {
		run.value.s = string(run.sum)
	}
	return run.value
}

func (run *constantRun) start(v value) bool {
	text, known := v.text()
	run.value = v
	run.sum = append(run.sum[:0], text...)
	return known
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

// binary computes an operation.
func (r *reader) binary(op token, a, b value) value {
	switch op.kind {
	case '=':
		return b
	case coalesceToken:
		if a.known() && a.kind != nullKind {
			return a
		}
		if a.kind == nullKind {
			return b
		}
		return either(a, b)
	}
	if !a.known() || !b.known() {
		if op.kind == '^' {
			return marked(fromDecoder | a.marks.partOf() | b.marks.partOf())
		}
		return value{}
	}
	switch op.kind {
	case andAndToken, orOrToken:
		x, _ := a.truth()
		y, _ := b.truth()
		if op.kind == andAndToken {
			return boolValue(x && y)
		}
		return boolValue(x || y)
	case identicalToken, equalToken, notIdenticalToken, notEqualToken, '<', '>', lessEqualToken, greaterEqualToken:
		return compare(op.kind, a, b)
	case '^', '&', '|':
		if a.kind == stringKind && b.kind == stringKind {
			return r.bitwise(op.kind, a.s, b.s)
		}
	}
	if op.kind == '+' && a.kind == arrayKind && b.kind == arrayKind {
		return foldArrayUnion(r.budget, []value{a, b})
	}
	if a.kind == floatKind || b.kind == floatKind || a.kind == arrayKind || b.kind == arrayKind {
		return value{}
	}
	x, ok1 := a.number()
	y, ok2 := b.number()
	if !ok1 || !ok2 {
		return value{}
	}
	return arithmetic(op.kind, x, y)
}

func arithmetic(op tokenKind, x, y int64) value {
	const most = 1 << 31 // beyond it PHP may go over to floats
	if max(x, -x) > most || max(y, -y) > most {
		switch op {
		case '+', '-', '*', shiftLeftToken:
			return value{}
		}
	}
	switch op {
	case '+':
		return integerValue(x + y)
	case '-':
		return integerValue(x - y)
	case '*':
		return integerValue(x * y)
	case '/':
		if y != 0 && x%y == 0 {
			return integerValue(x / y)
		}
	case '%':
		if y != 0 {
			return integerValue(x % y)
		}
	case '&':
		return integerValue(x & y)
	case '|':
		return integerValue(x | y)
	case '^':
		return integerValue(x ^ y)
	case shiftLeftToken:
		if y >= 0 && y < 32 {
			return integerValue(x << y)
		}
	case shiftRightToken:
		if y >= 0 && y < 64 {
			return integerValue(x >> y)
		}
	}
	return value{}
}

// bitwise is ^, & or | of two strings.
func (r *reader) bitwise(op tokenKind, a, b string) value {
	if len(a) < len(b) {
		a, b = b, a
	}
	if !r.budget.Take(len(a)) {
		return value{}
	}
	out := []byte(b)
	for i := range out {
		switch op {
		case '^':
			out[i] ^= a[i]
		case '&':
			out[i] &= a[i]
		default:
			out[i] |= a[i]
		}
	}
	if op == '|' {
		out = append(out, a[len(b):]...)
	}
	v := stringValue(string(out))
	v.decoded = true
	return v
}

// compare compares numbers, or strings for equality.
func compare(op tokenKind, a, b value) value {
	if a.kind == stringKind && b.kind == stringKind {
		switch op {
		case identicalToken, equalToken:
			return boolValue(a.s == b.s)
		case notIdenticalToken, notEqualToken:
			return boolValue(a.s != b.s)
		}
		return value{}
	}
	if a.kind != intKind || b.kind != intKind {
		return value{}
	}
	switch op {
	case '<':
		return boolValue(a.n < b.n)
	case '>':
		return boolValue(a.n > b.n)
	case lessEqualToken:
		return boolValue(a.n <= b.n)
	case greaterEqualToken:
		return boolValue(a.n >= b.n)
	case equalToken, identicalToken:
		return boolValue(a.n == b.n)
	}
	return boolValue(a.n != b.n)
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
				v = incrementedValue(t.kind, v)
				r.assign(r.src[name.start:name.end], v)
				return v
			}
			v = r.increment(t.kind, r.src[name.start:name.end])
		}
		return v
	case castToken:
		r.take()
		v := r.expression(precUnary)
		if r.trace != nil && v.object() != nil {
			if v.object().elements != nil {
				return v.object().elements.value()
			}
			v = r.textOf(v)
		}
		if cast := r.cast(lower(strings.Trim(r.text(from), "( \t)")), v); cast.known() {
			r.fold(mark, from, cast)
			return cast
		} else if cast.object() != nil {
			return cast
		}
		return marked(v.marks)
	}
	return r.operand()
}

// increment is ++ or -- of a variable.
func (r *reader) increment(op tokenKind, name string) value {
	v := r.variable(name)
	if b := r.block(); r.local == nil {
		if bound, ok := r.flow[variable{b.scope, name}]; !ok || bound.loop != b.loop || r.loose {
			v = marked(v.marks) // it may have been counted before
		}
	}
	out := incrementedValue(op, v)
	r.assign(name, out)
	return out
}

// incrementedValue is what ++ or -- makes of a value.
func incrementedValue(op tokenKind, v value) value {
	n := int64(1)
	if op == decrementToken {
		n = -1
	}
	switch {
	case v.kind == intKind && v.n < 1<<62 && v.n > -1<<62:
		return integerValue(v.n + n)
	case v.kind == stringKind && op == incrementToken:
		if isDigit((v.s + "x")[0]) {
			return value{}
		}
		if s, ok := incremented(v.s); ok {
			return stringValue(s)
		}
	}
	return value{}
}

func (r *reader) prefixed(op tokenKind, v value, mark, from int) value {
	out := value{}
	switch op {
	case '!':
		if truth, known := v.truth(); known {
			out = boolValue(!truth)
		}
		return out // stands as it is
	case '-', '+':
		if v.kind == intKind && v.n > -1<<62 && v.n < 1<<62 {
			out = v
			if op == '-' {
				out.n = -v.n
			}
		}
		return out // so do numbers
	case '~':
		switch {
		case v.kind == intKind:
			out = integerValue(^v.n)
		case v.kind == stringKind && r.budget.Take(len(v.s)):
			out = stringValue(mapBytes(v.s, func(c byte) byte { return ^c }))
			out.decoded = true
		}
	}
	r.fold(mark, from, out)
	return out
}

func (r *reader) cast(to string, v value) value {
	switch to {
	case "string", "binary":
		if s, ok := v.text(); ok {
			if v.kind == stringKind {
				return v
			}
			return stringValue(s)
		}
	case "int", "integer":
		if v.kind == intKind {
			return v
		}
		if n, ok := v.number(); ok && v.kind != arrayKind {
			return integerValue(n)
		}
	case "bool", "boolean":
		if truth, known := v.truth(); known {
			return boolValue(truth)
		}
	case "object":
		if v.kind == arrayKind && r.trace != nil {
			o := &object{class: "stdclass", properties: map[string]value{}}
			for i, e := range v.array.values {
				if s, ok := v.array.key(i).value().text(); ok {
					o.properties["$"+s] = e
				}
			}
			return objectValue(o)
		}
	case "array":
		if v.kind == arrayKind {
			return v
		}
	}
	return value{}
}
