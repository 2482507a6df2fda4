package php

// variable is the value of a variable at the place, if it is known.
func (r *phpReader) variable(name string) phpValue {
	if r.local != nil {
		return r.local[name]
	}
	scope := r.block().scope
	if b, ok := r.flow[phpVar{scope, name}]; ok && b.depth < len(r.blocks) && r.blocks[b.depth].serial == b.serial {
		return b.value
	}
	return r.fact(r.variableFact(scope, name))
}

// variableFact is what the survey says of a variable.
func (r *phpReader) variableFact(scope int, name string) *phpFact {
	for range r.survey.scopes {
		f := r.survey.scopes[scope].facts[name]
		switch {
		case f == nil:
			return nil
		case f.global:
			if len(f.writes) > 0 || f.other || scope == 0 {
				return nil
			}
			scope = 0
		case f.outer:
			if len(f.writes) > 0 || f.other {
				return nil
			}
			scope = r.survey.scopes[scope].outer
		default:
			return f
		}
	}
	return nil
}

// fact is the one value that something has, if all its writes agree.
func (r *phpReader) fact(f *phpFact) phpValue {
	if f == nil || f.other {
		return phpValue{}
	}
	values := r.values(f)
	if len(values) == 0 || len(values) < len(f.writes) {
		return phpValue{}
	}
	for _, v := range values[1:] {
		if v.kind != values[0].kind || v.s != values[0].s || v.n != values[0].n || v.kind == phpArr || v.kind == phpFloat {
			return phpValue{}
		}
	}
	return values[0]
}

// values are the constants that something is set to.
func (r *phpReader) values(f *phpFact) []phpValue {
	if f.looked {
		return f.values
	}
	f.looked = true // what depends on itself is unknown
	for _, at := range f.writes {
		if v := r.evaluate(f.scope, at); v.known() {
			f.values = append(f.values, v)
		}
	}
	return f.values
}

// candidates are the values that a variable may have, where there are several.
func (r *phpReader) candidates(name string) []phpValue {
	if r.local != nil {
		return nil
	}
	if f := r.variableFact(r.block().scope, name); f != nil {
		return r.values(f)
	}
	return nil
}

// evaluate computes the expression at a token, as it stands in a function.
func (r *phpReader) evaluate(scope, at int) phpValue {
	if r.calls >= maxCalls || !r.mayBeConstant(at) {
		return phpValue{}
	}
	e := r.quiet()
	e.at = at
	e.blocks = []phpOpenBlock{{open: -1, phpBlock: phpBlock{scope: scope}}}
	v := e.expression(precAssign)
	if e.failed {
		return phpValue{}
	}
	return v
}

// maxCalls is how many computations may wait for one another.
const maxCalls = 16

// quiet is a reader of the same script that only computes.
func (r *phpReader) quiet() *phpReader {
	return &phpReader{phpScript: r.phpScript, survey: r.survey, budget: r.budget, level: r.level, names: r.names, calls: r.calls + 1, depth: r.depth}
}

// mayBeConstant tells from its first token whether an expression is worth
// computing.
func (r *phpReader) mayBeConstant(at int) bool {
	t := r.tokens[at]
	switch t.kind {
	case phpString, phpQuote, phpHeredoc, phpNumber, '[', '(', phpCast, '~', '-', '@', '!', phpVariable, '$':
		return true
	case phpName:
		switch t.word {
		case wordNew, wordFunction, wordFn, wordInclude, wordClone, wordMatch, wordIsset, wordEmpty, wordYield, wordThrow:
			return false
		case wordArray:
			return true
		}
		if r.tokens[at+1].kind == '(' {
			name := r.function(r.text(at))
			return isFoldable(name) || name == "array_map" || name == "dirname" || r.survey.functions[name] != nil
		}
		return true
	}
	return false
}

// assign notes the value that a variable gets at the place.
func (r *phpReader) assign(name string, v phpValue) {
	if r.local != nil {
		r.local[name] = v
		return
	}
	if r.out == nil {
		return // the value of an expression alone
	}
	if r.inFor {
		v = phpValue{}
	}
	b := phpBinding{value: v, depth: len(r.blocks) - 1, serial: r.block().serial, loop: r.block().loop}
	if r.loose {
		b.depth, b.serial = 0, -1
	}
	r.flow[phpVar{r.block().scope, name}] = b
}

// extend is .= and the like: what a variable has after it.
func (r *phpReader) extend(op phpToken, name string, v phpValue) phpValue {
	old := r.variable(name)
	if r.local == nil {
		b, ok := r.flow[phpVar{r.block().scope, name}]
		if !ok || b.loop != r.block().loop || r.loose {
			old = phpValue{} // it may have been extended before
		}
	}
	var out phpValue
	if op.kind == phpDotAssign {
		a, ok1 := old.text()
		b, ok2 := v.text()
		if ok1 && ok2 && r.budget.Take(len(a)+len(b)) {
			out = stringValue(a + b)
			out.decoded = old.decoded || v.decoded
		}
	} else if text := r.src[op.start:op.end]; text != "??=" {
		if kind, ok := assignedOperators[text]; ok {
			out = r.binary(phpToken{kind: kind}, old, v)
		}
	}
	r.assign(name, out)
	return out
}

var assignedOperators = map[string]phpKind{
	"+=": '+', "-=": '-', "*=": '*', "/=": '/', "%=": '%', "^=": '^', "|=": '|', "&=": '&', "<<=": phpShiftLeft, ">>=": phpShiftRight,
}

// variableOperand reads a variable and what is assigned to it. It returns true
// where no more belongs to the operand.
func (r *phpReader) variableOperand() (v phpValue, done bool) {
	at, mark := r.at, r.mark()
	name := r.text(at)
	op := r.tokens[at+1]
	switch op.kind {
	case '=':
		r.take()
		r.take()
		if r.tokens[r.at].kind == '&' {
			r.take()
			r.expression(precAssign)
			r.assign(name, phpValue{})
			return phpValue{}, true
		}
		v = r.right()
		r.assign(name, v)
		return v, true
	case phpDotAssign, phpOtherAssign:
		r.take()
		r.take()
		return r.extend(op, name, r.right()), true
	case '[':
		if v, done := r.elementAssignment(name); done {
			return v, true
		}
	}
	r.take()
	v = r.variable(name)
	if name == "$GLOBALS" && op.kind == '[' && r.tokens[at+2].kind == phpString && r.tokens[at+3].kind == ']' && !isAssignment(r.tokens[at+4].kind) {
		key := r.text(at + 2)
		if v = r.fact(r.variableFact(0, "$"+key[1:len(key)-1])); v.known() {
			for range 3 {
				r.take()
			}
		}
	}
	if v.kind == phpStr && !r.keep && op.kind != phpIncrement && op.kind != phpDecrement {
		r.fold(mark, at, v)
	}
	return v, false
}

// right reads what is assigned: it is not shown, whatever is done with the result.
func (r *phpReader) right() phpValue {
	shown, keep := r.shown, r.keep
	r.shown, r.keep = false, false
	v := r.expression(precAssign)
	r.shown, r.keep = shown, keep
	return v
}

// elementAssignment reads $x[] = value and $x[key] = value.
func (r *phpReader) elementAssignment(name string) (phpValue, bool) {
	open := r.at + 1
	end := int(r.match[open])
	if end < 0 || r.tokens[end+1].kind != '=' || r.tokens[end+2].kind == '&' {
		return phpValue{}, false
	}
	r.take()
	r.take()
	empty := r.at == end
	key := phpValue{}
	if !empty {
		key = r.right()
		r.until(end)
	}
	if r.at != end {
		return phpValue{}, true
	}
	r.take()
	r.take()
	v := r.right()
	old := r.variable(name)
	if old.kind == phpNull || r.local != nil && !old.known() {
		old = newPHPArray(0).value()
	}
	k, ok := keyOf(key)
	if r.local == nil {
		b, bound := r.flow[phpVar{r.block().scope, name}]
		ok = ok && bound && b.loop == r.block().loop && !r.loose || empty && bound && b.loop == r.block().loop && !r.loose
	} else {
		ok = ok || empty
	}
	if old.kind != phpArr || !ok || !r.budget.Take(16*len(old.array.values)) {
		r.assign(name, phpValue{})
		return v, true
	}
	array := old.array.clone()
	if empty {
		array.append(v)
	} else {
		array.set(k, v)
	}
	r.assign(name, array.value())
	return v, true
}

// variableVariable reads $$x and ${expression}.
func (r *phpReader) variableVariable() phpValue {
	at, mark := r.at, r.mark()
	r.take()
	var name phpValue
	switch r.tokens[r.at].kind {
	case '{':
		name = r.braces()
	case phpVariable:
		name = r.variable(r.text(r.at))
		r.take()
	case '$':
		if r.enter() {
			name = r.variableVariable()
			r.depth--
		}
	}
	if isAssignment(r.tokens[r.at].kind) {
		op := r.tokens[r.at]
		r.take()
		v := r.right()
		if name.kind == phpStr {
			if op.kind == '=' {
				r.assign("$"+name.s, v)
			} else {
				v = r.extend(op, "$"+name.s, v)
			}
		}
		return v
	}
	v := r.variableNamed(name)
	if v.kind == phpStr {
		r.fold(mark, at, v)
	}
	return v
}

// variableNamed is the value of the variable whose name is computed.
func (r *phpReader) variableNamed(name phpValue) phpValue {
	if name.kind != phpStr {
		return phpValue{}
	}
	v := r.variable("$" + name.s)
	v.computed = v.known()
	return v
}
