package php

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// tracedSuffixes reads what is applied to an operand in a trace, and what is
// assigned to the place that it is.
func (r *reader) tracedSuffixes(from int, v value) value {
	set, store := r.target, r.store
	r.target, r.store = nil, nil
	var now func() value // what is there when it is set: what it is set to may change it
	if r.tokens[from].kind == variableToken && r.at == from+1 {
		if k := r.tokens[r.at].kind; store != nil || k != ',' && k != ')' && r.isPlace() {
			name := r.text(from)
			set = func(v value) { r.assign(name, v) }
			now = func() value { return r.variable(name) }
		}
	}
	for !r.failed {
		at := r.at
		switch t := r.tokens[at]; t.kind {
		case '[', '{':
			if r.match[at] < 0 || t.kind == '{' && !r.isOffset(at) {
				return v
			}
			r.at++
			parent, parentSet, parentNow := v, set, now
			array := func() value {
				if parentNow != nil {
					if v := parentNow(); v.kind == arrayKind {
						return v
					}
				}
				return parent
			}
			if r.at == int(r.match[at]) {
				r.at++
				set = func(v value) { r.setWithin(array(), parentSet, nil, v) }
				v, now = value{}, nil
				continue
			}
			key := r.expression(precLowest)
			r.at = int(r.match[at]) + 1
			if set, now = nil, nil; store != nil || r.isPlace() {
				set = func(v value) { r.setWithin(array(), parentSet, &key, v) }
				now = func() value { return array().element(key) }
			}
			v = r.elementOf(v, key)
		case '(':
			if r.match[at] < 0 {
				return v
			}
			first := r.at+1 < len(r.tokens) && r.tokens[at+1].kind == ellipsisToken && int(r.match[at]) == at+2
			if first { // the function itself
				r.at = int(r.match[at]) + 1
				continue
			}
			args := r.tracedArguments()
			if r.home.sibling > 0 {
				r.sawLinked(at, v, args...)
			} else {
				r.saw(at, v)
			}
			r.runsOther(v, at, false)
			v, set, now = r.invokeValue(v, args, at), nil, nil
		case arrowToken, nullArrowToken:
			o := v.object()
			v, set = r.tracedMember(v)
			if now = nil; o != nil && set != nil && r.at == at+2 {
				name := "$" + r.text(at+1)
				now = func() value { return o.properties[name] }
			}
		case colonsToken:
			v, set = r.tracedColons(v)
			now = nil
		case incrementToken, decrementToken:
			r.at++
			if set != nil {
				set(r.incrementedValue(t.kind, v))
			}
			return v
		default:
			switch {
			case store != nil && at > from:
				if set != nil {
					set(*store)
				}
			case isAssignment(t.kind) && set != nil:
				r.at++
				if r.tokens[r.at].kind == '&' {
					r.at++
					at := r.at
					if to, ok := r.placeAt(at); ok {
						set(r.refersTo(to))
						return to.read()
					}
					r.at = at
				}
				right := r.expression(precAssign)
				v = r.combined(t, v, right)
				set(v)
			case (t.kind == ',' || t.kind == ')') && at > from+1:
				r.argumentPlace, r.argumentAt = set, from
			}
			return v
		}
		if r.at == at {
			return value{}
		}
	}
	return v
}

// isPlace tells whether what ends before the next token may be set: by what stands
// there, or as the place of an element or a property.
func (r *reader) isPlace() bool {
	switch k := r.tokens[r.at].kind; k {
	case '[', '{', arrowToken, nullArrowToken, incrementToken, decrementToken, ',', ')':
		return true
	default:
		return isAssignment(k)
	}
}

// combined is what an assignment operator makes of a place and a value.
func (r *reader) combined(op token, old, v value) value {
	text := r.src[op.start:op.end]
	switch text {
	case "=":
		return v
	case "??=":
		if old.known() && old.kind != nullKind || old.object() != nil || old.closure() != nil {
			return old
		}
		if old.kind == nullKind {
			return v
		}
		return r.joined(v, old)
	case ".=":
		var sum pieces
		for _, part := range []value{r.textOf(old), r.textOf(v)} {
			if text, _ := part.text(); !r.budget.Take(len(text)) {
				return beginning(old.prefix(), old.marks.partOf()|v.marks.partOf())
			}
			sum.put(part)
		}
		out := sum.value()
		if !out.known() {
			out = out.among(r.crossed(perhapsOne(r.textOf(old)), r.textOf(v))).alsoFrom(cmp.Or(old.from(), v.from()))
		}
		out.decoded = old.decoded || v.decoded
		return out
	}
	if kind, ok := assignedOperators[text]; ok {
		return r.binary(token{kind: kind}, old, v)
	}
	return value{}
}

// elementOf is v[key], also of an object.
func (r *reader) elementOf(v, key value) value {
	o := v.object()
	if o != nil && len(v.oneOf()) > 0 {
		return r.each(v, func(one value) value { return r.elementOf(one, key) })
	}
	switch {
	case o == nil:
		element := v.element(key)
		if v.kind == arrayKind && !key.known() && len(v.array.values) > 0 && v.array.values[0].kind != stringKind {
			element = v.array.values[0]
			for _, other := range v.array.values[1:min(len(v.array.values), maxChoices)] {
				element = r.joined(element, other)
			}
		}
		if from := v.from(); from != "" {
			element.guess = v.guess
		}
		switch missing := isMissing(v, key); {
		case missing && v.kind == arrayKind && v.array.globals && key.kind == stringKind:
			return r.trace.globals.localVariable("$" + key.s)
		case missing:
			element = value{kind: nullKind}
		}
		return element
	case o.class == objectStorage:
		return o.properties[offset(key).s]
	case o.elements != nil:
		return o.elements.value().element(offset(key))
	case len(o.nodes) > 0:
		return documentElement(o, key)
	}
	if d, of := r.survey.method(o.class, "offsetget"); d != nil {
		return r.runMethod(d, of, o, []argument{{value: key}})
	}
	return value{}
}

// isMissing tells whether something known has no element of a known key.
func isMissing(v, key value) bool {
	k, ok := keyOf(key)
	switch {
	case !ok || !key.known():
		return false
	case v.kind == arrayKind:
		return v.array.find(k) < 0 && !v.array.partial && !v.array.open
	case v.kind == stringKind && key.kind == intKind:
		return k.n >= int64(len(v.s)) || k.n < -int64(len(v.s))
	}
	return false
}

// setWithin is v[key] = element, or v[] = element; set is the place of v.
func (r *reader) setWithin(v value, set func(value), key *value, element value) {
	if o := v.object(); o != nil {
		if o.class == objectStorage && key != nil {
			r.attach(o, *key, element)
			return
		}
		if key != nil && o.elements != nil {
			of := offset(*key)
			key = &of
		}
		switch k, ok := keyOrNext(o.elements, key); {
		case o.elements == nil:
			if d, of := r.survey.method(o.class, "offsetset"); d != nil && key != nil {
				r.runMethod(d, of, o, []argument{{value: *key}, {value: element}})
			}
		case ok && r.budget.Take(elementCost):
			o.elements.set(k, element)
		case !ok:
			o.elements.addListed(element.marks)
		}
		return
	}
	if set == nil {
		return
	}
	if v.kind == stringKind && key != nil {
		set(withOffset(v, *key, element))
		return
	}
	if v.mayBeText() { // a letter of it is set
		set(marked(v.marks | element.marks.partOf()))
		return
	}
	in := newArray(0)
	if v.kind == arrayKind {
		if !r.budget.Take(elementCost / 2 * len(v.array.values)) {
			return
		}
		in = v.array.clone()
	}
	k, ok := keyOrNext(in, key)
	more := element.marks.elementOf(value{})
	if element.kind == arrayKind && len(element.array.values) <= maxChoices { // $a[][] = 'c'
		more |= element.array.more
		for _, e := range element.array.values {
			more |= e.marks.elementOf(value{})
		}
	}
	if !ok { // one of the elements changes, the others are as they were
		if strewn := r.strewn(in, element); strewn.known() {
			in = strewn.array
		} else if more == 0 {
			return
		}
		in.open, in.more = in.open || more != 0, in.more|more
		set(in.value())
		return
	}
	if i := in.find(k); i >= 0 && in.values[i].isThere() && !element.isThere() {
		r.setPlace(*in.values[i].guess.place, element)
		return
	}
	in.set(k, element)
	set(in.value())
}

func keyOrNext(in *array, key *value) (arrayKey, bool) {
	switch {
	case in == nil:
		return arrayKey{}, false
	case key == nil:
		return arrayKey{n: in.next}, true
	}
	return keyOf(*key)
}

// withOffset is a string after $s[n] = 'c'.
func withOffset(v, key, c value) value {
	n, ok := key.number()
	text, known := c.text()
	if n < 0 {
		n += int64(len(v.s))
	}
	const longest = 1 << 16
	if !ok || !known || text == "" || n < 0 || n > longest || len(v.s) > longest {
		return marked(c.marks.partOf())
	}
	b := []byte(v.s)
	for int64(len(b)) <= n {
		b = append(b, ' ')
	}
	b[n] = text[0]
	return stringValue(string(b))
}

// tracedWord is what clone, throw and yield come to.
func (r *reader) tracedWord(w word, v value) value {
	switch w {
	case wordClone:
		if o := v.object(); o != nil {
			copied := *o
			copied.properties = make(map[string]value, len(o.properties))
			for n, v := range o.properties {
				copied.properties[n] = v
			}
			copied.order = slices.Clip(o.order)
			copied.random = goingOn(o.random)
			copied.gone, copied.ended = maps.Clone(o.gone), false
			r.remember(&copied)
			if d, of := r.survey.method(o.class, "__clone"); d != nil {
				r.runMethod(d, of, &copied, nil)
			}
			return objectValue(&copied)
		}
		return v
	case wordThrow:
		r.trace.thrown = v
	case wordYield:
		if r.yielded == nil {
			r.yielded = newArray(0)
		}
		if !r.budget.Take(elementCost) {
			return value{}
		}
		if r.tokens[r.at].kind == doubleArrowToken {
			r.at++
			if k, ok := keyOf(v); ok && len(r.sent) == 0 {
				r.yielded.set(k, r.expression(precAssign))
				return value{}
			}
			listed := v.marks & fromList
			v = r.expression(precAssign)
			if listed |= v.marks & fromList; listed != 0 && len(r.sent) == 0 {
				r.yielded.addListed(listed)
				return value{}
			}
		}
		const few, most = 32, 512 // many where much is left, for it may have no end
		r.yielded.append(v)
		n := len(r.yielded.values) - 1
		if n >= most || n >= few && r.trace.fuel < traceFuel/2 {
			r.leaves = true
		}
		switch {
		case n < len(r.sent):
			return r.sent[n]
		case len(r.sent) > 0:
			r.suspended = true
		}
	}
	return value{}
}

// magic is __CLASS__ and the like.
func (r *reader) magic(name string) value {
	b := r.block()
	function := ""
	if r.running == nil && b.class == "" && name != "__namespace__" {
		return stringValue("")
	}
	if d := r.running; d != nil && r.tokens[d.params-1].kind != '&' {
		function = r.text(d.params - 1)
	}
	class := ""
	if c := r.survey.classNamed(b.class); c != nil {
		class = c.name
	}
	if b.class == "" && function != "" {
		function = r.names.spelled + function
	}
	switch {
	case name == "__class__" && class != "":
		return stringValue(class)
	case name == "__function__" && function != "":
		return stringValue(function)
	case name == "__method__" && class != "" && function != "":
		return stringValue(class + "::" + function)
	case name == "__method__" && b.class == "" && function != "":
		return stringValue(function)
	case name == "__namespace__":
		return stringValue(strings.TrimSuffix(r.names.spelled, `\`))
	}
	return value{}
}

// tracedIsset reads the parentheses of isset, empty and unset.
func (r *reader) tracedIsset(w word) value {
	open := r.at
	r.at++
	v := r.expression(precLowest)
	one := r.at == int(r.match[open])
	r.at = int(r.match[open]) + 1
	truth, known := v.truth()
	switch {
	case !one || !known || w == wordUnset:
		return value{}
	case w == wordEmpty:
		return boolValue(!truth)
	}
	return boolValue(v.kind != nullKind)
}
