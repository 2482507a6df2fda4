package php

import "strings"

// tracedMember reads ->name, and the call of a method.
func (r *reader) tracedMember(v value) (value, func(value)) {
	r.at++
	var name value
	switch t := r.tokens[r.at]; t.kind {
	case varNameToken, nameToken:
		name = value{kind: stringKind, s: r.text(r.at)}
		r.at++
	case variableToken:
		name = r.variable(r.text(r.at))
		r.at++
	case '{':
		name = r.braces()
	case '$':
		name, _ = r.variableVariable()
	default:
		return value{}, nil
	}
	o := v.object()
	if open := r.at; r.tokens[open].kind == '(' && r.match[open] > 0 {
		if r.tokens[open+1].kind == ellipsisToken && int(r.match[open]) == open+2 && o != nil && name.kind == stringKind {
			r.at = open + 3 // the method itself
			return pairOf(v, name), nil
		}
		args := r.tracedArguments()
		return r.eachObject(v, func(of value) value {
			return r.each(name, func(name value) value { return r.callMember(of, name, args, open) })
		}), nil
	}
	got := r.eachObject(v, func(of value) value {
		return r.each(name, func(name value) value { return r.memberOf(of, name) })
	})
	switch {
	case name.kind != stringKind:
	case o != nil:
		return got, func(v value) { r.setProperty(o, name.s, v) }
	case v.kind == arrayKind: // an object of json_decode, or a cast
		return got, func(element value) {
			if k, ok := keyOf(name); ok && r.budget.Take(elementCost) {
				v.array.set(k, element)
			}
		}
	}
	return got, nil
}

// memberOf is ->name.
func (r *reader) memberOf(v, name value) value {
	switch o := v.object(); {
	case name.kind != stringKind:
		return value{}
	case v.kind == nullKind:
		return v
	case o != nil:
		return r.property(o, name.s)
	case v.kind == arrayKind:
		return v.element(name)
	}
	member := marked(v.marks.elementOf(value{}))
	if v.from() != "" {
		member.guess = v.guess
	}
	return member
}

// callMember calls ->name.
func (r *reader) callMember(v, name value, args []argument, open int) value {
	o := v.object()
	if o == nil || r.survey.classNamed(o.class) == nil {
		for _, i := range callbackMethods[lower(name.s)] {
			if a, ok := argumentAt(args, i); ok {
				r.saw(a.from, a.value)
				r.runsOther(a.value, a.from, false)
			}
		}
		if i, ok := writingMethods[lower(name.s)]; ok && i < len(args) {
			r.writes(args[i].value, args[i].from)
			if i > 0 {
				r.putFile(args[0].value, args[i].value, false)
			}
		}
	}
	if name.kind != stringKind {
		if name.closure() != nil || name.kind == arrayKind {
			return r.invokeValue(name, args, open)
		}
		return value{}
	}
	if c := v.closure(); c != nil {
		switch lower(name.s) {
		case "call":
			if len(args) > 0 {
				bound := *c
				bound.boundTo(args[0].value.object())
				return r.runClosure(&bound, args[1:])
			}
		case "bindto":
			if len(args) > 0 {
				return boundClosure(c, args)
			}
		case "__invoke":
			return r.runClosure(c, args)
		}
		return value{}
	}
	switch {
	case o != nil:
		return r.callMethod(o, name.s, args, open)
	case v.kind == stringKind && lower(name.s) == "__invoke":
		r.saw(open, v)
		return r.invokeValue(v, args, open)
	}
	if isInvoking(name.s) {
		r.saw(open, v)
	}
	if v.marks&fromList != 0 && givesFunction[lower(name.s)] {
		return marked(fromList)
	}
	return r.callUnknown(name.s, args)
}

// givesFunction are the methods by which what reflects a function gives it, or its name.
var givesFunction = map[string]bool{"getclosure": true, "getname": true, "getshortname": true, "__tostring": true}

// pairOf is [object, method].
func pairOf(o, method value) value {
	pair := newArray(2)
	pair.append(o)
	pair.append(method)
	return pair.value()
}

// boundClosure is a closure with the object that it is given, and its class or the
// class that is given besides.
func boundClosure(c *closure, args []argument) value {
	bound := *c
	bound.boundTo(args[0].value.object())
	if len(args) > 1 && args[1].value.kind == stringKind {
		bound.called = ""
		bound.class.class = strings.TrimPrefix(lower(args[1].value.s), `\`)
	}
	return value{guess: &guess{closure: &bound}}
}

// boundTo gives a closure an object and its class.
func (c *closure) boundTo(o *object) {
	if c.this = o; o != nil {
		c.class.class, c.called = o.class, ""
	}
}

// setProperty is ->name = v.
func (r *reader) setProperty(o *object, name string, v value) {
	if now := o.properties["$"+name]; now.isThere() && !v.isThere() {
		r.setPlace(*now.guess.place, v)
		return
	}
	if len(o.nodes) > 0 && setDocumentProperty(o, name, v) {
		return
	}
	if _, set := o.properties["$"+name]; !set || r.hides(o, name) {
		if d, of := r.overload(o, name, "__set"); d != nil {
			r.runMethod(d, of, o, []argument{{value: stringValue(name)}, {value: v}})
			return
		}
	}
	o.set("$"+name, v)
}

// callUnknown calls a method of an object that is not known, if there is but one of
// its name in the script.
func (r *reader) callUnknown(name string, args []argument) value {
	d := r.survey.onlyMethods[lower(name)]
	if d == nil || d.class == "" {
		return value{}
	}
	return r.runMethod(d.declaration, d.class, &object{class: d.class, properties: map[string]value{}}, args)
}
