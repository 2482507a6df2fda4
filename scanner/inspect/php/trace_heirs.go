package php

import (
	"cmp"
	"maps"
	"slices"
)

// A class may leave to those that extend it what its methods are about: constants, properties
// and methods of theirs. Where they are known, what they inherit is run as theirs. Where
// another file may declare them, that is what the script is open to.

const heirFuel = 500 // statements of what is inherited, for which nothing asks

// An heir is a class that has inherited a method.
type heir struct {
	class string
	*declaration
}

// orOfHeir is what an object has by a name, or what it has if its class is another one that
// extends this one.
func (r *reader) orOfHeir(o *object, kind, name string, v value) value {
	const few = 32
	switch {
	case !o.extended || v.object() != nil || v.closure() != nil:
		return v
	case v.kind == arrayKind && len(v.array.values) > few:
		return v
	case v.kind == arrayKind && len(v.array.values) > 0 && r.budget.Take(elementCost*len(v.array.values)):
		return rebuilt(v.array, func(k arrayKey, e value) (arrayKey, value, bool) {
			if e.kind == stringKind {
				e = either(e, elsewhere(kind, name, e.marks))
			}
			return k, e, true
		})
	}
	return either(v, elsewhere(kind, name, v.marks))
}

// lateBound is what stands behind the double colon of a class, by a name at a token, or what
// a class has there that extends it.
func (r *reader) lateBound(class string, at int, kind string, v value) value {
	c := r.survey.classNamed(class)
	if r.this == nil || c == nil || class != r.this.class {
		return v
	}
	if t := r.tokens[at-2]; t.kind == nameToken && t.word != wordStatic && !c.trait { // self, or its name
		return v
	}
	return r.orOfHeir(r.this, kind, r.text(at), v)
}

// isPrivate tells whether what has its name at a token belongs to its class alone.
func (p *source) isPrivate(at int) bool { return p.isMarked(at, "private") }

// isMarked tells whether one of some modifiers stands before a name at a token.
func (p *source) isMarked(at int, modifiers ...string) bool {
	const most = 8 // tokens before the name
	for k := at - 1; k >= max(0, at-most); k-- {
		switch t := p.tokens[k]; {
		case t.kind == ';', t.kind == '{', t.kind == '}':
			return false
		case t.word == wordModifier && slices.Contains(modifiers, lower(p.text(k))):
			return true
		}
	}
	return false
}

// mayBeExtended tells a class that another one may extend of which nothing is known.
func (r *reader) mayBeExtended(class string) bool {
	c := r.survey.classNamed(class)
	if c == nil || len(c.cases) > 0 || r.survey.extended(class) {
		return false
	}
	p := cmp.Or(c.home, r.trace.globals.home)
	for k := c.at - 1; k >= 0 && p.tokens[k].word == wordModifier; k-- {
		if lower(p.text(k)) == "final" {
			return false
		}
	}
	return true
}

// runHeirs runs what classes inherit, where they have something of their own and it was not
// run as theirs.
func (m *reader) runHeirs() {
	left := m.trace.fuel
	if left < 0 { // which says that the trace has ended too soon
		return
	}
	m.trace.fuel = min(left, heirFuel)
	given := m.trace.fuel
	names := 1 << 16 // of methods that may be looked at: what has run, or has no body, takes no statements
	for _, class := range slices.Sorted(maps.Keys(m.survey.classes)) {
		if m.trace.fuel < 0 {
			break
		}
		c := m.survey.classes[class]
		if c.trait || len(c.parents) == 0 || len(c.constants)+len(c.properties)+len(c.methods) == 0 {
			continue
		}
		inherited, ok := m.survey.inherited(class, &names)
		if !ok {
			break
		}
		var this *object
		for _, name := range inherited {
			d, of := m.survey.method(class, name)
			if m.trace.fuel < 0 {
				break
			}
			if d.body == 0 || m.trace.heirs[heir{class, d}] {
				continue
			}
			if this == nil {
				if this = m.madeOf(class); this == nil {
					break
				}
			}
			m.runMethod(d, of, this, fromCallers)
			m.failed = false
		}
	}
	m.trace.fuel = left - given + max(m.trace.fuel, 0)
}

// ranFor notes that a class has run a method.
func (t *trace) ranFor(h heir) {
	const most = 1 << 12
	if t.heirs == nil {
		t.heirs = map[heir]bool{}
	}
	if len(t.heirs) < most {
		t.heirs[h] = true
	}
}

// madeOf is an object of a class: one that there is, or a new one; nil for too many.
func (m *reader) madeOf(class string) *object {
	for _, o := range m.trace.objects {
		if o.class == class {
			return o
		}
	}
	return m.instance(class, fromCallers).object()
}

// inherited are the methods that a class has from its parents and traits; false where more
// names stand there than are left to look at.
func (s *survey) inherited(class string, left *int) (names []string, ok bool) {
	own := s.classes[class]
	s.ancestors(class, func(c *classInfo, _ string) bool {
		if c == own {
			return true
		}
		if *left -= len(c.methods); *left < 0 {
			return false
		}
		for name := range c.methods {
			if own.methods[name] == nil && name != "__construct" {
				names = append(names, name)
			}
		}
		return true
	})
	slices.Sort(names)
	return slices.Compact(names), *left >= 0
}
