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
	if at, ok := to.in.refs[to.name]; ok {
		to = reference{at.in, at.name, slices.Concat(at.path, to.path)}
	}
	const deepest = 32
	if to.in == r && name == to.name || to.in.local == nil || len(to.path) > deepest {
		return
	}
	if r.refs == nil {
		r.refs = map[string]reference{}
	}
	r.refs[name] = to
}

// read is what stands at the place.
func (to reference) read() value {
	v := to.in.local[to.name]
	for _, key := range to.path {
		if isMissing(v, key) || v.kind == nullKind {
			return value{kind: nullKind}
		}
		v = v.element(key)
	}
	return v
}

// setPlace puts a value there.
func (r *reader) setPlace(to reference, v value) {
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

// placeAt reads the place that stands at a token: a variable, or an element of one.
func (r *reader) placeAt(at int) (to reference, ok bool) {
	if r.tokens[at].kind != variableToken || isSuperglobal(r.text(at)) {
		return to, false
	}
	to = reference{in: r, name: r.text(at)}
	for r.at = at + 1; r.tokens[r.at].kind == '['; {
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
	case ';', ')', ',', closeTagToken:
		return to, true
	}
	return to, false
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
		if of, refers := r.refs[to.name]; refers {
			to = reference{of.in, of.name, slices.Concat(of.path, to.path)}
		}
		r.trace.place = &to
	}
	r.at = at
}
