package php

import "cmp"

// What a script sets its variables, and the elements of their arrays, to.

// assign notes the value that a variable gets at the place.
func (r *reader) assign(name string, v value) {
	if r.trace != nil && isSuperglobal(name) && r != r.trace.globals {
		r.trace.globals.assign(name, v)
		return
	}
	if r.trace != nil && name == "$GLOBALS" && v.kind == arrayKind {
		for i, element := range v.array.values {
			if k := v.array.key(i); k.s != "" {
				r.assign("$"+k.s[1:], element)
			}
		}
		return
	}
	if of, ok := r.refs[name]; ok {
		r.setPlace(of, v)
		return
	}
	if r.local != nil {
		before := r.local[name]
		if r.local[name] = v; r.trace != nil && v.object() == nil {
			r.letGo(before)
		}
		return
	}
	if r.out == nil {
		return // the value of an expression alone
	}
	if r.inFor {
		v = value{}
	}
	b := binding{value: v, depth: len(r.blocks) - 1, serial: r.block().serial, loop: r.block().loop}
	if r.loose {
		b.depth, b.serial = 0, -1
	}
	r.flow[variable{r.block().scope, name}] = b
	switch b := r.block(); {
	case b.body == classBlock:
		r.gives("property "+name[1:], v)
	case b.scope == 0 && v.kind == stringKind && wantedNames[v.s]:
		r.gives("variable "+name[1:], v)
	}
}

// extend is .= and the like: what a variable has after it.
func (r *reader) extend(op token, name string, v value) value {
	old := r.variable(name)
	m := old.marks.partOf() | v.marks.partOf()
	if r.local == nil {
		b, ok := r.flow[variable{r.block().scope, name}]
		if !ok || b.loop != r.block().loop || r.loose {
			old = value{} // it may have been extended before
		}
	}
	var out value
	if r.trace != nil {
		out = r.combined(op, r.variable(name), v)
		r.assign(name, out)
		return out
	}
	if op.kind == dotAssignToken {
		a, ok1 := old.text()
		b, ok2 := v.text()
		if ok1 && ok2 && r.budget.Take(len(a)+len(b)) {
			out = stringValue(a + b)
			out.decoded = old.decoded || v.decoded
		} else if !ok2 {
			out = beginning(cmp.Or(a, old.prefix()), 0)
		}
	} else if text := r.src[op.start:op.end]; text != "??=" {
		if kind, ok := assignedOperators[text]; ok {
			out = r.binary(token{kind: kind}, old, v)
		}
	}
	if !out.known() {
		out.marks = m
	}
	r.assign(name, out)
	return out
}

var assignedOperators = map[string]tokenKind{
	"+=": '+', "-=": '-', "*=": '*', "/=": '/', "%=": '%', "^=": '^', "|=": '|', "&=": '&', "<<=": shiftLeftToken, ">>=": shiftRightToken,
}

// right reads what is assigned: it is not shown, whatever is done with the result.
func (r *reader) right() value {
	shown, keep := r.shown, r.keep
	r.shown, r.keep = false, false
	v := r.expression(precAssign)
	r.shown, r.keep = shown, keep
	return v
}

// elementAssignment reads $x[] = value and $x[key] = value.
func (r *reader) elementAssignment(name string) (value, bool) {
	open := r.at + 1
	end := int(r.match[open])
	if end < 0 || r.tokens[end+1].kind != '=' || r.tokens[end+2].kind == '&' || r.trace != nil && (name == "$GLOBALS" || r.variable(name).object() != nil) {
		return value{}, false
	}
	r.take()
	r.take()
	empty := r.at == end
	key := value{}
	if !empty {
		key = r.right()
		r.until(end)
	}
	if r.at != end {
		return value{}, true
	}
	r.take()
	r.take()
	v := r.right()
	r.setElement(name, key, empty, v)
	return v, true
}

// setElement is $x[key] = value, or $x[] = value where the key is empty.
func (r *reader) setElement(name string, key value, empty bool, v value) {
	old := r.variable(name)
	if r.trace != nil && !old.known() && (old.marks != 0 && !v.known() || old.mayBeText()) { // a text that is decoded where it stands
		r.assign(name, marked(old.marks|v.marks.partOf()))
		return
	}
	if old.kind == nullKind || r.local != nil && !old.known() {
		old = newArray(0).value()
	}
	k, ok := keyOf(key)
	ok = ok || empty
	if r.local == nil {
		b, bound := r.flow[variable{r.block().scope, name}]
		ok = ok && bound && b.loop == r.block().loop && !r.loose
	}
	if old.kind == stringKind && ok && !empty {
		r.assign(name, withOffset(old, key, v))
		return
	}
	if old.kind != arrayKind || !ok {
		if r.trace != nil && old.kind == arrayKind {
			if strewn := r.strewn(old.array, v); strewn.known() {
				r.assign(name, strewn)
				return
			}
			if m := v.marks & fromList; m != 0 && r.budget.Take(elementCost*len(old.array.values)) {
				out := old.array.clone()
				out.addListed(m)
				r.assign(name, out.value())
				return
			}
			if len(old.array.values) > 0 {
				return // one of the elements changes, the others are as they were
			}
		}
		r.assign(name, marked(v.marks.partOf()|v.marks&fromFile))
		return
	}
	array := old.array
	if !array.owned {
		if !r.budget.Take(16 * len(array.values)) {
			r.assign(name, value{})
			return
		}
		array = array.clone()
	} else if !r.budget.Take(64) {
		r.assign(name, value{})
		return
	}
	if i := array.find(k); r.trace != nil && !empty && i >= 0 && array.values[i].isThere() {
		r.setPlace(*array.values[i].guess.place, v)
	} else if empty {
		array.append(v)
		array.addListed(v.marks) // as many as there are in the list
	} else {
		array.set(k, v)
	}
	array.owned = r.local != nil
	r.assign(name, array.value())
}

// destructure sets the variables of [$a, $b] = and list($a, $b) =, whose closing
// bracket stands at a token.
func (r *reader) destructure(end int, from value) {
	open := int(r.match[end])
	switch {
	case open < 0:
		return
	case r.tokens[end].kind == ')' && (open == 0 || r.tokens[open-1].word != wordList):
		return
	case r.tokens[end].kind != ')' && r.tokens[end].kind != ']':
		return
	case r.tokens[end].kind == ']' && r.isElement(open):
		return
	}
	after := r.at
	for k, i := open+1, int64(0); k < end && r.step(); i++ {
		next := k
		for ; next < end && r.tokens[next].kind != ','; next++ {
			if m := int(r.match[next]); m > next {
				next = m
			}
		}
		key := integerValue(i)
		if r.tokens[k+1].kind == doubleArrowToken {
			if key = (value{}); r.tokens[k].kind == stringToken {
				text := r.text(k)
				key = stringValue(text[1 : len(text)-1])
			}
			k += 2
		}
		if r.trace != nil && r.tokens[k].kind == '&' && r.tokens[end+1].kind == '=' && r.tokens[end+2].kind == variableToken && key.known() {
			r.refer(r.text(k+1), reference{r, r.text(end + 2), []value{key}})
			k = next + 1
			continue
		}
		name := r.text(k)
		switch v := r.elementOf(from, key); {
		case r.tokens[k].kind == '[' && int(r.match[k]) == next-1 && r.enter():
			r.destructure(next-1, v)
			r.depth--
		case r.tokens[k].word == wordList && int(r.match[k+1]) == next-1 && r.enter():
			r.destructure(next-1, v)
			r.depth--
		case r.trace != nil && k < next && (r.tokens[k].kind == variableToken || r.tokens[k].kind == nameToken):
			r.assignTo(k, v)
		case r.tokens[k].kind != variableToken:
		case k+1 == next:
			r.assign(name, v)
		case r.tokens[k+1].kind == '[' && int(r.match[k+1]) == next-1 && r.local != nil:
			r.at = k + 2
			index := r.expression(precLowest)
			r.setElement(name, index, k+2 == next-1, v)
		default:
			r.assign(name, value{})
		}
		k = next + 1
	}
	r.at = after
}
