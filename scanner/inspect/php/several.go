package php

// Of a value may be no more known than that it is one of several objects, closures or
// names: what a condition chooses, or an element of which the key is not known. Each of
// them is gone into, and what comes of it is one of what comes of all.

// each is what comes of what a value may be.
func (r *reader) each(v value, of func(one value) value) value {
	several := v.oneOf()
	if len(several) == 0 || r.trace == nil {
		return of(v)
	}
	out := of(v.alone())
	for _, one := range several {
		if r.trace.fuel--; r.trace.fuel < 0 {
			break
		}
		out = r.joined(out, of(one))
	}
	return out
}

// eachObject is each of what may be an object or a closure.
func (r *reader) eachObject(v value, of func(one value) value) value {
	if v.object() == nil && v.closure() == nil {
		return of(v)
	}
	return r.each(v, of)
}

// alone is a value without what it may be instead.
func (v value) alone() value {
	g := *v.guess
	g.choices = nil
	v.guess = &g
	return v
}

// or is an object or a closure that may be another one instead, or what has a name.
func (v value) or(other value) value {
	const most = 4
	if other.known() && other.kind != stringKind || v.guess == other.guess {
		return v
	}
	g := *v.guess
	g.choices = g.choices[:len(g.choices):len(g.choices)]
	for _, one := range append([]value{other}, other.oneOf()...) {
		if len(g.choices) == most {
			break
		}
		switch {
		case one.object() != nil || one.closure() != nil:
			if !v.mayBe(one) {
				g.choices = append(g.choices, one.alone())
			}
		case one.kind == stringKind && one.s != "" && v.closure() != nil:
			g.choices = append(g.choices, one)
		}
	}
	v.guess = &g
	return v
}

// mayBe tells whether an object or a closure is one of those that a value may be.
func (v value) mayBe(other value) bool {
	for _, one := range append([]value{v}, v.oneOf()...) {
		if o := one.object(); o != nil && o == other.object() {
			return true
		}
		if c := one.closure(); c != nil && other.closure() != nil && c.body == other.closure().body && c.home == other.closure().home {
			return true
		}
	}
	return false
}

// strewn is an array of which an element is set that may be something to call, under a
// key that is not known: it is another one, or takes the place of any. It is not known
// where the element is nothing of the kind.
func (r *reader) strewn(in *array, element value) value {
	callable := element.kind == stringKind || element.mayBeText() || element.object() != nil || element.closure() != nil
	if !callable || len(in.values) >= maxChoices || !r.budget.Take(elementCost*len(in.values)) {
		return value{}
	}
	out := in.clone()
	for i, v := range out.values {
		if v.kind != arrayKind {
			out.values[i] = r.joined(v, element)
		}
	}
	out.append(element)
	out.partial = true
	return out.value()
}
