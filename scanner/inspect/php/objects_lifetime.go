package php

// How long objects live: what they do at their end is done by nobody who calls it.

// remember keeps an object for what its methods are asked for later.
func (r *reader) remember(o *object) {
	const few, most = 64, 1 << 10
	n := len(r.trace.objects)
	if n < few || n < most && r.destructor(o) {
		r.trace.objects = append(r.trace.objects, o)
	}
}

func (r *reader) destructor(o *object) bool {
	d, _ := r.survey.method(o.class, "__destruct")
	return d != nil
}

// letGo ends an object that a name or a statement had and has no more. Another one may have
// it still, so that it ends once more with the script.
func (r *reader) letGo(v value) {
	if o := v.object(); o != nil && !o.ended {
		r.end(o)
	}
}

// end runs what an object does at its end.
func (r *reader) end(o *object) {
	if d, of := r.survey.method(o.class, "__destruct"); d != nil {
		r.runMethod(d, of, o, nil)
	}
}

// runDestructors runs what objects do at their end, which is that of the script at the latest.
func (m *reader) runDestructors() {
	for i := 0; i < len(m.trace.objects) && m.trace.fuel >= 0; i++ {
		if o := m.trace.objects[i]; !o.ended {
			o.ended = true
			m.end(o)
			m.failed = false
		}
	}
}

// unset takes away the variables and the properties between the parentheses behind a token.
func (r *reader) unset(at int) {
	end := int(r.match[at+1])
	for k := at + 2; k < end; k++ {
		ends := func(n int) bool { return r.tokens[k+n].kind == ',' || k+n == end }
		name := r.text(k)
		switch {
		case r.tokens[k].kind != variableToken:
		case ends(1):
			before, referred := r.local[name], r.refs[name]
			delete(r.local, name)
			delete(r.refs, name)
			if referred.in == nil {
				r.letGo(before)
			}
		case r.tokens[k+1].kind == arrowToken && ends(3):
			if o := r.variable(name).object(); o != nil {
				o.unset(r.text(k + 2))
			}
		}
		for ; k < end && r.tokens[k].kind != ','; k++ {
			k = max(k, int(r.match[k]))
		}
	}
}

// unset takes a property away, which is as if the class had not declared it.
func (o *object) unset(name string) {
	if o.gone == nil {
		o.gone = map[string]bool{}
	}
	delete(o.properties, "$"+name)
	o.gone[name] = true
}
