package php

import "slices"

// iterated are the elements that foreach goes over: those of an array, of a
// collection, or of an iterator that the script declares; nil for none.
func (r *reader) iterated(v value) *array {
	const deep = 8
	if v.object() != nil && len(v.oneOf()) > 0 {
		return elementsOf(r.each(v, func(one value) value {
			if all := r.iterated(one); all != nil {
				return all.value()
			}
			return value{}
		}))
	}
	for range deep {
		o := v.object()
		if o == nil {
			break
		}
		if o.elements != nil {
			return r.accepted(o)
		}
		if o.class == fileObject && o.properties["whole"].s != "" {
			return r.linesOf(o)
		}
		if o.cursor != nil {
			return r.rowsLeft(o.cursor)
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
	if o.properties["setextractflags"].n > 1 && r.budget.Take(elementCost*len(all.values)) {
		all = all.clone()
		for i := range all.values {
			all.values[i] = o.extracted(i)
		}
	}
	if o.lastFirst(r.builtinClass(o.class)) && r.budget.Take(elementCost*len(all.values)) {
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

// A fiberRun is a run of a Fiber: where it was suspended, and what it got there. Only in
// the first one is nothing known of that, and it goes on to the end.
type fiberRun struct {
	given     []argument
	again     bool
	sent      []value
	suspended []value
	waits     bool // for more than was sent
}

// fiber is a method of a Fiber. What goes on with it runs it again from its beginning.
func (r *reader) fiber(o *object, name string, args []argument, open int) value {
	f := o.fiber
	if name == "isstarted" || name != "start" && f == nil || len(o.args) == 0 {
		return boolValue(f != nil)
	}
	run := func() value {
		outer := r.trace.fiber
		r.trace.fiber = f
		v := r.invokeValue(o.args[0], f.given, open)
		r.trace.fiber = outer
		if !f.waits {
			o.properties["return"] = v
		}
		return f.at(len(f.sent))
	}
	switch name {
	case "start":
		f = &fiberRun{given: args}
		o.fiber = f
		return run()
	case "resume", "throw":
		const most = 64
		if len(f.sent) >= most {
			return value{}
		}
		v := value{kind: nullKind}
		if len(args) > 0 {
			v = args[0].value
		}
		if name == "throw" {
			r.trace.thrown, v = v, value{}
		}
		f.again, f.waits, f.sent, f.suspended = true, false, append(f.sent, v), nil
		return run()
	case "getreturn":
		return o.properties["return"]
	case "isterminated":
		return boolValue(len(f.suspended) <= len(f.sent))
	case "issuspended":
		return boolValue(len(f.suspended) > len(f.sent))
	}
	return value{}
}

// suspend is Fiber::suspend, at which a run waits that was given no more.
func (r *reader) suspend(v value) value {
	f := r.trace.fiber
	if f == nil || !r.budget.Take(elementCost) {
		return value{}
	}
	n := len(f.suspended)
	f.suspended = append(f.suspended, v)
	switch {
	case n < len(f.sent):
		return f.sent[n]
	case f.again:
		f.waits = true
	}
	return value{}
}

// at is what a run was suspended with for a time.
func (f *fiberRun) at(n int) value {
	last := len(f.suspended) - 1
	switch {
	case n <= last:
		return f.suspended[n]
	case last >= 0 && f.suspended[last].marks&fromList != 0: // and so on through the list
		return f.suspended[last]
	}
	return value{kind: nullKind}
}

// waits tells whether what is run is a Fiber that has come to where it is suspended.
func (r *reader) waits() bool { return r.trace != nil && r.trace.fiber != nil && r.trace.fiber.waits }
