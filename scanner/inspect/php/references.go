package php

import "slices"

// A reference is a variable that is another one, or an element of it.
type reference struct {
	in   *reader
	name string
	path []value // the keys that lead to the element
}

// refer makes a variable another name of a place.
func (r *reader) refer(name string, to reference) {
	to = to.origin()
	const deepest = 32
	if to.in == r && name == to.name || to.in.local == nil || len(to.path) > deepest {
		return
	}
	if r.refs == nil {
		r.refs = map[string]reference{}
	}
	r.refs[name] = to
}

// origin is the place that is meant where the variable is another name itself.
func (to reference) origin() reference {
	of, refers := to.in.refs[to.name]
	if !refers {
		return to
	}
	return reference{of.in, of.name, slices.Concat(of.path, to.path)}
}

// read is what stands at the place.
func (to reference) read() value { return to.readFrom(0) }

// readFrom is read of a place to which others have led; they may lead in a circle.
func (to reference) readFrom(depth int) value {
	v := to.in.local[to.name].thereFrom(depth)
	for _, key := range to.path {
		if isMissing(v, key) || v.kind == nullKind {
			return value{kind: nullKind}
		}
		v = v.held(key).thereFrom(depth)
	}
	return v
}

// setPlace puts a value there.
func (r *reader) setPlace(to reference, v value) {
	if now := to.in.local[to.name]; now.isThere() && !v.isThere() {
		of := *now.guess.place
		to = reference{of.in, of.name, slices.Concat(of.path, to.path)}
	}
	to.in.local[to.name] = r.placed(to.in.local[to.name], to.path, v)
}

// placed is an array with an element set that keys lead to.
func (r *reader) placed(in value, path []value, element value) value {
	if len(path) == 0 {
		return element
	}
	k, ok := keyOf(path[0])
	out := newArray(0)
	if in.kind == arrayKind {
		ok = ok && r.budget.Take(elementCost/2*len(in.array.values))
		out = in.array
	}
	if !ok || !r.budget.Take(elementCost) {
		return in
	}
	out = out.clone()
	out.set(k, r.placed(in.element(path[0]), path[1:], element))
	return out.value()
}

// refersTo is what an element or a property is that is another name of a place.
func (r *reader) refersTo(to reference) value {
	to = to.origin()
	r.trace.linked = true
	return value{guess: &guess{place: &to}}
}

// there is what stands at the place for which a value stands, or the value itself.
func (v value) there() value { return v.thereFrom(0) }

func (v value) thereFrom(depth int) value {
	const deepest = 8
	switch {
	case !v.isThere():
		return v
	case depth >= deepest:
		return value{}
	}
	return v.guess.place.readFrom(depth + 1)
}

// isThere tells whether a value stands for a place.
func (v value) isThere() bool { return !v.known() && v.guess != nil && v.guess.place != nil }

// allThere is an array of what stands at the places for which its elements stand.
func (r *reader) allThere(v value) value {
	if !slices.ContainsFunc(valuesWithin(v), value.isThere) || !r.budget.Take(elementCost*len(v.array.values)) {
		return v
	}
	return relisted(v.array, func(_ arrayKey, v value) value { return v.there() })
}

// placeAmong is the place of a variable, a property or a static property among others.
func placeAmong(all map[string]value, name string) reference {
	return reference{in: &reader{local: all}, name: name}
}

// placeAt reads the place that stands at a token: a variable, a static property, an
// element or a property of one.
func (r *reader) placeAt(at int) (to reference, ok bool) {
	switch t := r.tokens[at]; {
	case t.kind == nameToken && r.tokens[at+1].kind == colonsToken && r.tokens[at+2].kind == variableToken && r.tokens[at+3].kind != '(':
		class, name := r.class(r.text(at)), r.text(at+2)
		r.staticProperty(class, name)
		to = placeAmong(r.trace.statics, r.staticOwner(class, name))
		at += 2
	case t.kind != variableToken || isSuperglobal(r.text(at)):
		return to, false
	default:
		to = reference{in: r, name: r.text(at)}
	}
	for r.at = at + 1; r.tokens[r.at].kind == '[' || r.tokens[r.at].kind == arrowToken; {
		if r.tokens[r.at].kind == arrowToken {
			v := to.read()
			if len(to.path) == 0 && to.in == r {
				v = r.variable(to.name)
			}
			o, k := v.object(), r.tokens[r.at+1].kind
			if o == nil || k != varNameToken && k != nameToken || r.tokens[r.at+2].kind == '(' {
				return to, false
			}
			to = placeAmong(o.properties, "$"+r.text(r.at+1))
			r.at += 2
			continue
		}
		end := int(r.match[r.at])
		if end <= r.at+1 {
			return to, false
		}
		r.at++
		key := r.expression(precLowest)
		if !key.known() || r.at != end {
			return to, false
		}
		to.path = append(to.path, key)
		r.at++
	}
	switch r.tokens[r.at].kind {
	case ';', ')', ',', ']', closeTagToken:
		return to, true
	}
	return to, false
}

// placeOf is the place that an argument is.
func (r *reader) placeOf(a argument) (to reference, ok bool) {
	switch {
	case a.value.isThere():
		to, ok = *a.value.guess.place, true
	case a.variable != "":
		to, ok = reference{in: r, name: a.variable}, r.local != nil
	case a.set != nil:
		at := r.at
		to, ok = r.placeAt(a.from)
		r.at = at
	}
	if ok {
		to = to.origin()
	}
	return to, ok
}

// assignReference reads what stands behind "$name = &".
func (r *reader) assignReference(name string) value {
	at := r.at
	to, ok := r.placeAt(at)
	if !ok {
		r.at, r.trace.place = at, nil
		v := r.expression(precAssign)
		if r.trace.place == nil {
			delete(r.refs, name)
			r.assign(name, v)
			return v
		}
		to = *r.trace.place
	}
	r.refer(name, to)
	return r.variable(name)
}

// returnPlace notes the place that a function returns by reference.
func (r *reader) returnPlace() {
	if d := r.running; d == nil || d.params < 2 || r.tokens[d.params-2].kind != '&' {
		return
	}
	at := r.at
	if to, ok := r.placeAt(at); ok {
		to = to.origin()
		r.trace.place = &to
	}
	r.at = at
}
