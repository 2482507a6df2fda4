package php

import (
	"slices"
	"strings"
)

// iterated are the elements that foreach goes over: those of an array, of a
// collection, or of an iterator that the script declares; nil for none.
func (r *reader) iterated(v value) *array {
	const deep = 8
	for range deep {
		o := v.object()
		if o == nil {
			break
		}
		if o.elements != nil {
			return r.accepted(o)
		}
		if text := o.properties["whole"].s; o.class == fileObject && text != "" && r.budget.Take(len(text)) {
			lines := listOf(r.budget, strings.SplitAfter(text, "\n"))
			return lines.array
		}
		d, of := r.survey.method(o.class, "getiterator")
		if d == nil {
			return r.walked(o)
		}
		v = r.runMethod(d, of, o, nil)
	}
	return elementsOf(v)
}

// accepted are the elements of a collection, as the methods say that the script gives
// to its class.
func (r *reader) accepted(o *object) *array {
	all := o.elements
	if o.class == "splstack" && r.budget.Take(elementCost*len(all.values)) {
		all = all.clone()
		slices.Reverse(all.values)
	}
	if r.survey.classNamed(o.class) == nil {
		return all
	}
	has := func(name string) bool { d, _ := r.survey.method(o.class, name); return d != nil }
	filters, changes := has("accept"), has("current")
	if !filters && !changes {
		return all
	}
	defer func() { o.elements = all }()
	const most = 1 << 10
	out := newArray(0)
	for i, v := range all.values[:min(len(all.values), most)] {
		if !r.budget.Take(elementCost * (2 + len(all.values))) {
			break
		}
		o.elements = sliced(all, i, len(all.values), true).array
		if filters {
			if truth, known := r.callMethod(o, "accept", nil, 0).truth(); known && !truth {
				continue
			}
		}
		if changes {
			v = r.callMethod(o, "current", nil, 0)
		}
		out.set(all.key(i), v)
	}
	return out
}

// walked are the elements of an Iterator of the script, nil where it is none.
func (r *reader) walked(o *object) *array {
	if d, _ := r.survey.method(o.class, "current"); d == nil {
		return nil
	}
	call := func(name string) value { return r.callMethod(o, name, nil, 0) }
	call("rewind")
	out := newArray(0)
	const most = 1 << 10
	for range most {
		if goesOn, known := call("valid").truth(); !goesOn || !known || !r.budget.Take(elementCost) {
			break
		}
		v := call("current")
		if k, ok := keyOf(call("key")); ok {
			out.set(k, v)
		} else {
			out.append(v)
		}
		call("next")
	}
	return out
}

// fiber is a method of a Fiber, which is run as a generator is.
func (r *reader) fiber(o *object, name string, args []argument, open int) value {
	switch name {
	case "start":
		if len(o.args) == 0 {
			return value{}
		}
		v := r.invokeValue(o.args[0], args, open)
		o.properties["run"] = v
		if of := v.object(); of != nil && of.elements != nil && len(of.elements.values) > 0 {
			return of.elements.values[0]
		}
	case "resume":
		if of := o.properties["run"].object(); of != nil && of.send != nil && len(args) > 0 {
			return of.send(args[0].value)
		}
	}
	return value{}
}
