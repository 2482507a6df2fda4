package php

import (
	"maps"
	"slices"
	"strings"
)

// variable is the value of a variable at the place, if it is known.
func (r *reader) variable(name string) value {
	if r.local != nil {
		return r.localVariable(name)
	}
	scope := r.block().scope
	b, bound := r.flow[variable{scope, name}]
	if bound && b.depth < len(r.blocks) && r.blocks[b.depth].serial == b.serial {
		return b.value
	}
	v := r.fact(r.variableFact(scope, name))
	if !v.known() {
		v.marks |= b.value.marks | superglobal(name) // what it may have got
	}
	return v
}

// localVariable is the value of a variable of a function that is computed.
func (r *reader) localVariable(name string) value {
	if of, ok := r.refs[name]; ok {
		return of.read()
	}
	if r.trace != nil && isSuperglobal(name) && r != r.trace.globals {
		return r.trace.globals.localVariable(name)
	}
	v, ok := r.local[name]
	if ok || r.trace == nil {
		return v
	}
	switch name {
	case "$this":
		if r.this != nil {
			return objectValue(r.this)
		}
	case "$GLOBALS":
		all := r.trace.globals.local
		out := newArray(len(all))
		out.globals = true
		if r.budget.Take(elementCost * len(all)) {
			for _, n := range slices.Sorted(maps.Keys(all)) {
				out.set(arrayKey{s: "s" + n[1:]}, all[n])
			}
		}
		return out.value()
	}
	r.warn(stringValue("Undefined variable " + name))
	m := superglobal(name) | r.anyName
	if m == 0 && r == r.trace.globals {
		return elsewhere("variable", name[1:], 0)
	}
	return marked(m)
}

// variableFact is what the survey says of a variable.
func (r *reader) variableFact(scope int, name string) *fact {
	for range r.survey.scopes {
		f := r.survey.scopes[scope].find(name)
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
func (r *reader) fact(f *fact) value {
	if f == nil || f.other {
		return value{}
	}
	values := r.values(f)
	if len(values) == 0 || len(values) < len(f.writes) {
		return value{}
	}
	for _, v := range values[1:] {
		if v.kind != values[0].kind || v.s != values[0].s || v.n != values[0].n || v.kind == arrayKind || v.kind == floatKind {
			return value{}
		}
	}
	return values[0]
}

// values are the constants that something is set to.
func (r *reader) values(f *fact) []value {
	if f.looked {
		return f.values
	}
	f.looked = true // what depends on itself is unknown
	if r.trace != nil && f.home != nil && f.home != r.home {
		in := r.quiet()
		in.trace = r.trace
		in.goInto(f.home)
		r = in
	}
	for _, at := range f.writes {
		v := value{}
		if class := r.survey.scopes[f.scope].class; r.trace != nil && class != "" { // A::Case->value
			v = r.inClass(class).valueAt(at)
		}
		if !v.known() && v.object() == nil {
			v = r.evaluate(f.scope, at)
		}
		if v.known() || v.object() != nil {
			f.values = append(f.values, v)
		}
	}
	return f.values
}

// candidates are the values that a variable may have, where there are several.
func (r *reader) candidates(name string) []value {
	if r.local != nil {
		return nil
	}
	if f := r.variableFact(r.block().scope, name); f != nil {
		return r.values(f)
	}
	return nil
}

// evaluate computes the expression at a token, as it stands in a function.
func (r *reader) evaluate(scope, at int) value {
	if r.calls >= maxCalls || !r.mayBeConstant(at) {
		return value{}
	}
	e := r.quiet()
	e.at = at
	class := r.survey.scopes[scope].class
	e.blocks = []openBlock{{open: -1, block: block{scope: scope, class: class, parent: r.survey.parent(class)}}}
	v := e.expression(precAssign)
	if e.failed {
		return value{}
	}
	return v
}

// maxCalls is how many computations may wait for one another.
const maxCalls = 16

// quiet is a reader of the same script that only computes.
func (r *reader) quiet() *reader {
	return &reader{source: r.source, survey: r.survey, budget: r.budget, level: r.level, names: r.names, home: r.home, calls: r.calls + 1, depth: r.depth}
}

// mayBeConstant tells from its first token whether an expression is worth
// computing.
func (r *reader) mayBeConstant(at int) bool {
	t := r.tokens[at]
	switch t.kind {
	case stringToken, quoteToken, heredocToken, numberToken, '[', '(', castToken, '~', '-', '@', '!', variableToken, '$':
		return true
	case nameToken:
		switch t.word {
		case wordNew, wordInclude, wordClone, wordIsset, wordEmpty, wordYield, wordThrow:
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

// variableOperand reads a variable and what is assigned to it. It returns true
// where no more belongs to the operand.
func (r *reader) variableOperand() (v value, done bool) {
	at, mark := r.at, r.mark()
	name := r.text(at)
	op := r.tokens[at+1]
	switch op.kind {
	case '=':
		r.take()
		r.take()
		if r.tokens[r.at].kind == '&' {
			r.take()
			if r.trace != nil {
				return r.assignReference(name), true
			}
			r.expression(precAssign)
			r.assign(name, value{})
			return value{}, true
		}
		v = r.right()
		r.assign(name, v)
		return v, true
	case dotAssignToken, otherAssignToken:
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
	if v.kind == arrayKind && op.kind != '[' && v.array.owned {
		v.array.owned = false // from here on, others have it too
	}
	if name == "$GLOBALS" && op.kind == '[' && r.tokens[at+2].kind == stringToken && r.tokens[at+3].kind == ']' && !isAssignment(r.tokens[at+4].kind) {
		key := r.text(at + 2)
		if of := r.fact(r.variableFact(0, "$"+key[1:len(key)-1])); of.known() {
			v = of
			for range 3 {
				r.take()
			}
		}
	}
	if v.kind == stringKind && !r.keep && op.kind != incrementToken && op.kind != decrementToken {
		r.fold(mark, at, v)
	}
	return v, false
}

// variableVariable reads $$x and ${expression}, and what is assigned to it.
func (r *reader) variableVariable() (v, name value) {
	at, mark := r.at, r.mark()
	name = r.computedName()
	if isAssignment(r.tokens[r.at].kind) {
		op := r.tokens[r.at]
		r.take()
		v := r.right()
		switch {
		case name.kind != stringKind:
			r.setsAny(name.marks & v.marks)
		case op.kind == '=':
			r.assign("$"+name.s, v)
		default:
			v = r.extend(op, "$"+name.s, v)
		}
		return v, value{}
	}
	v = r.each(name, r.variableNamed)
	if v.kind == stringKind {
		r.fold(mark, at, v)
	}
	return v, name
}

// computedName reads what says the name of a variable, $x of $$x, from the first dollar on.
func (r *reader) computedName() (name value) {
	r.take()
	switch r.tokens[r.at].kind {
	case '{':
		name = r.braces()
	case variableToken:
		name = r.variable(r.text(r.at))
		r.take()
	case '$':
		if r.enter() {
			name, _ = r.variableVariable()
			r.depth--
		}
	}
	return name
}

// setsAny notes that variables are set of which not even the names are known, as by
// extract($_POST).
func (r *reader) setsAny(m marks) { r.anyName |= m & (fromInput | fromList) }

// variableNamed is the value of the variable whose name is computed.
func (r *reader) variableNamed(name value) value {
	if name.kind != stringKind {
		return value{}
	}
	v := r.variable("$" + name.s)
	v.computed = v.known()
	return v
}

// isSuperglobal tells the variables that are the same in every function.
func isSuperglobal(name string) bool {
	return strings.HasPrefix(name, "$_") && superglobals[name] || name == "$GLOBALS"
}

var superglobals = map[string]bool{
	"$_GET": true, "$_POST": true, "$_COOKIE": true, "$_REQUEST": true, "$_SERVER": true, "$_FILES": true, "$_ENV": true, "$_SESSION": true,
}
