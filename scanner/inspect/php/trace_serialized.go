package php

import (
	"slices"

	"plugvet/scanner/inspect/script"
)

// What a script serializes, and what it makes of that again. serialized.go has the format.

// serializedClass is the class of the object that stands for what serialize made of
// something in which there are objects.
const serializedClass = "serialized text"

// tooManyObjects is said where objects are not made because there are too many.
const tooManyObjects = "too many objects are made to follow all of them"

// serialized is serialize.
func (r *reader) serialized(v value) value {
	if text := foldSerialize(r.budget, []value{v}); text.known() {
		return text
	}
	return objectValue(&object{class: serializedClass, properties: map[string]value{}, args: []value{r.duplicate(v, nil)}})
}

// duplicate is a value with objects of its own, which are told so; see restorer.wake. It
// is not known where they are too many.
func (r *reader) duplicate(v value, tell func(*object)) value {
	d := &duplicator{r: r, tell: tell, objects: map[*object]value{}, arrays: map[*array]value{}}
	again := d.copied(v, 0)
	if d.failed {
		r.trace.limit = tooManyObjects
		return value{}
	}
	return again
}

// A duplicator copies what may hold itself. What is one object stays one.
type duplicator struct {
	r       *reader
	tell    func(*object)     // nil, or what is told of the copies, the inner ones first
	objects map[*object]value // by what they are copies of
	arrays  map[*array]value
	failed  bool
}

func (d *duplicator) copied(v value, depth int) value {
	const (
		most     = 1_000 // objects of one copy, and within one another
		mostEver = 4_096 // of all copies, and arrays
	)
	r, o := d.r, v.object()
	switch {
	case d.failed || v.kind != arrayKind && (o == nil || o.single || len(v.oneOf()) > 0):
		return v
	case depth > most:
		d.failed = true
		return v
	case v.kind == arrayKind:
		if again, had := d.arrays[v.array]; had {
			return again
		}
		r.trace.copies++
		if d.failed = r.trace.copies > mostEver || !r.budget.Take(2*elementCost*(1+len(v.array.values))); d.failed {
			return v
		}
		d.arrays[v.array] = v // as long as it is copied
		again := rebuilt(v.array, func(k arrayKey, e value) (arrayKey, value, bool) {
			return k, d.copied(e.there(), depth+1), true
		})
		d.arrays[v.array] = again
		return again
	}
	if again, had := d.objects[o]; had {
		return again
	}
	r.trace.copies++
	if d.failed = len(d.objects) >= most || r.trace.copies > mostEver || !r.budget.Take(2*elementCost*(2+len(o.properties))); d.failed {
		return v
	}
	again := *o
	r.trace.made++
	again.number = r.trace.made
	again.properties = make(map[string]value, len(o.properties))
	d.objects[o] = objectValue(&again)
	for n, p := range o.properties {
		again.properties[n] = d.copied(p.there(), depth+1)
	}
	again.order = slices.Clone(o.order)
	if d.tell != nil && !d.failed {
		d.tell(&again)
	}
	return d.objects[o]
}

// unserialized is unserialize with the objects of classes that the script declares. Of
// others it loads the classes, or calls what a setting says.
func (r *reader) unserialized(v value, open int) value {
	restorer := &restorer{r: r, open: open}
	if o := v.object(); o != nil && o.class == serializedClass {
		v = r.duplicate(o.args[0], func(o *object) {
			given := newArray(0)
			for _, n := range o.names() {
				given.set(arrayKey{s: "s" + n[1:]}, o.properties[n])
			}
			if d, of := r.survey.method(o.class, "__serialize"); d != nil {
				if state := r.runMethod(d, of, o, nil); state.kind == arrayKind {
					given = state.array
				}
			}
			restorer.wake = append(restorer.wake, revival{o, given})
		})
		restorer.end()
		return v
	}
	if len(v.oneOf()) > 0 {
		return r.each(v, func(one value) value { return r.unserialized(one, open) })
	}
	text, ok := v.text()
	if !ok && r.trace.settings["unserialize_callback_func"].known() && len(r.trace.included) > 0 { // a file beside the script may hold it
		r.trace.open |= script.OpenToFiles | script.Assembles
	}
	if !ok || !r.budget.Take(len(text)) {
		return marked(v.marks.partOf())
	}
	v, _, _ = (&unserializer{b: r.budget, of: restorer}).next(text, 0)
	restorer.end()
	return v
}

// A restorer makes the objects of a serialized text in a trace.
type restorer struct {
	r    *reader
	open int       // the parenthesis of the call that reads it
	made int       // objects, or tries to make them
	wake []revival // what is done when all has been read
}

// A revival is an object with what the text says of it.
type revival struct {
	*object
	state *array
}

func (m *restorer) object(class string) *object {
	const (
		most     = 1_000 // objects of one text
		mostEver = 4_096 // of all texts
	)
	r := m.r
	m.made++
	if r.trace.revived++; m.made > most || r.trace.revived > mostEver {
		r.trace.limit = tooManyObjects
		return nil
	}
	name := lower(class)
	if r.survey.classNamed(name) == nil && builtinNamed(name) == nil {
		if r.askFor(class, 0); r.survey.classNamed(name) == nil {
			loader := r.trace.settings["unserialize_callback_func"]
			r.saw(m.open, loader)
			r.invokeValue(loader, []argument{{value: stringValue(class)}}, m.open)
		}
	}
	if r.survey.classNamed(name) == nil && name != "stdclass" && !collections[name] && !r.isException(name) {
		return nil
	}
	r.trace.made++
	o := &object{class: name, number: r.trace.made, properties: map[string]value{}}
	r.setDefaults(o)
	return o
}

func (m *restorer) fill(o *object, state *array) {
	m.wake = append(m.wake, revival{o, state})
	if d, _ := m.r.survey.method(o.class, "__unserialize"); d != nil {
		return
	}
	if collections[m.r.builtinClass(o.class)] {
		m.r.fillCollection(o, state)
		return
	}
	properties := withoutClasses(state)
	for i, v := range properties.values {
		if k, ok := properties.key(i).value().text(); ok {
			o.set("$"+k, v)
		}
	}
}

func (m *restorer) read(o *object, text string) {
	m.r.remember(o)
	m.r.callMethod(o, "unserialize", []argument{{value: stringValue(text)}}, m.open)
}

func (m *restorer) enumCase(class, name string) value {
	v, _ := m.r.enumCase(class, name)
	return v
}

// fillCollection gives one of PHP's collections its elements.
func (r *reader) fillCollection(o *object, state *array) {
	at := func(i int64) value { return state.value().element(integerValue(i)) }
	switch r.builtinClass(o.class) {
	case "splfixedarray":
		o.args = []value{state.value()}
		r.collect(o)
	case objectStorage:
		r.collect(o)
		pairs := valuesWithin(at(0))
		for i := 0; i+1 < len(pairs); i += 2 {
			r.attach(o, pairs[i], pairs[i+1])
		}
	default: // flags, elements, properties
		o.args = []value{at(1)}
		r.collect(o)
		o.properties["setiteratormode"] = at(0)
	}
}

// end calls what the objects do when they are made of text, the inner ones first, and
// keeps them for what they do at their end.
func (m *restorer) end() {
	r := m.r
	for _, o := range m.wake {
		r.remember(o.object)
		if d, of := r.survey.method(o.class, "__unserialize"); d != nil {
			r.runMethod(d, of, o.object, []argument{{value: o.state.value()}})
		} else if d, of := r.survey.method(o.class, "__wakeup"); d != nil {
			r.runMethod(d, of, o.object, nil)
		}
	}
}
