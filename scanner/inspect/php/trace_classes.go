package php

import "strings"

// tracedColons reads what stands behind the double colon of a class, or of one of several,
// and what sets it.
func (r *reader) tracedColons(classes value) (value, func(value)) {
	static, several := r.tracedStatic(), len(classes.oneOf()) > 0
	var places []func(value)
	v := r.each(classes, func(of value) value {
		class := ""
		if o := of.object(); o != nil {
			class = o.class
		} else if of.kind == stringKind && isName(of.s) {
			class = strings.TrimPrefix(lower(of.s), `\`)
		}
		got, place := static(class)
		switch {
		case place == nil, several && class == "":
		case several: // perhaps it is set, perhaps another one
			places = append(places, func(to value) { place(r.joined(to, got)) })
		default:
			places = append(places, place)
		}
		return got
	})
	if len(places) == 0 {
		return v, nil
	}
	return v, func(to value) {
		for _, place := range places {
			place(to)
		}
	}
}

// An ofClass is what stands behind the double colon of a class, and what sets it; nil where
// nothing can.
type ofClass func(class string) (value, func(value))

// tracedStatic reads ::name, ::$name and the call of a static method, once for all the
// classes that may stand before it.
func (r *reader) tracedStatic() ofClass {
	nothing := func(string) (value, func(value)) { return value{}, nil }
	r.at++
	at := r.at
	t := r.tokens[at]
	var name value
	switch t.kind {
	case nameToken, varNameToken:
		r.at++
		name = value{kind: stringKind, s: r.text(at)}
		if r.tokens[r.at].kind != '(' || r.match[r.at] < 0 {
			return func(class string) (value, func(value)) {
				return r.lateBound(class, at, "constant", r.classConstantAt(class, at)), nil
			}
		}
	case variableToken:
		r.at++
		if r.tokens[r.at].kind != '(' {
			return func(class string) (value, func(value)) {
				v, set := r.staticPlace(class, r.text(at))
				return r.lateBound(class, at, "property", v), set
			}
		}
		name = r.variable(r.text(at))
	case '{':
		name = r.braces()
	case '$': // A::$$name
		name = r.computedName()
		switch {
		case r.tokens[r.at].kind == '(':
			name = r.each(name, r.variableNamed)
		case name.kind == stringKind:
			return func(class string) (value, func(value)) { return r.staticPlace(class, "$"+name.s) }
		default:
			return func(class string) (value, func(value)) {
				return r.each(name, func(name value) value {
					if name.kind != stringKind {
						return value{}
					}
					return r.staticProperty(class, "$"+name.s)
				}), nil
			}
		}
	default:
		return nothing
	}
	open := r.at
	if r.tokens[open].kind != '(' || r.match[open] < 0 {
		return nothing
	}
	if r.tokens[open+1].kind == ellipsisToken && int(r.match[open]) == open+2 && name.kind == stringKind {
		r.at = open + 3
		return func(class string) (value, func(value)) {
			return value{kind: stringKind, s: class + "::" + name.s}, nil
		}
	}
	args := r.tracedArguments()
	return func(class string) (value, func(value)) {
		if class == "" {
			return value{}, nil
		}
		return r.each(name, func(name value) value {
			if name.kind != stringKind {
				return value{}
			}
			if (t.kind != nameToken || r.tokens[at-2].kind != nameToken) && r.survey.classNamed(class) == nil {
				r.saw(open, stringValue(class+"::"+name.s))
			}
			v := r.tracedMethod(class, name.s, args, open)
			if t.kind == nameToken || t.kind == varNameToken {
				v = r.lateBound(class, at, "method", v)
			}
			return v
		}), nil
	}
}

// classConstantAt is the constant of a class, or its case, whose name stands at a token.
func (r *reader) classConstantAt(class string, at int) value {
	name := r.text(at)
	if r.tokens[at].word == wordClass {
		return r.spelledAt(at-2, class)
	}
	if v, ok := r.enumCase(class, name); ok {
		return v
	}
	v := known(r.fact(r.survey.classConstant(class, name)), class+"::"+name)
	if !v.known() && v.guess == nil {
		v = r.constantOfPHP(r.builtinClass(class), name)
	}
	if !v.known() && v.guess == nil {
		v = elsewhere("constant", name, v.marks)
	}
	return v
}

// className is the name of a class as its declaration has it.
func (r *reader) className(class string) value {
	if c := r.survey.classNamed(class); c != nil && c.name != "" {
		return value{kind: stringKind, s: c.name}
	}
	if b := builtinNamed(class); b != nil {
		return value{kind: stringKind, s: b.name}
	}
	if class == "" {
		return value{}
	}
	return value{kind: stringKind, s: class}
}

// parentName is the name of the class that one extends; false for none.
func (r *reader) parentName(class string) value {
	parent := ""
	if c := r.survey.classNamed(class); c != nil {
		if c.extends {
			parent = c.parents[0]
		}
	} else if b := builtinNamed(class); b != nil {
		parent = lower(b.parent)
	}
	if parent == "" {
		return boolValue(false)
	}
	return r.className(parent)
}

// spelledAt is the name of a class as it is written at a token, or as its declaration has
// it.
func (r *reader) spelledAt(at int, class string) value {
	if at >= 0 && r.tokens[at].kind == nameToken && r.survey.classNamed(class) == nil {
		written := strings.TrimPrefix(r.text(at), `\`)
		for _, name := range []string{written, r.names.spelled + written} {
			if lower(name) == class {
				return value{kind: stringKind, s: name}
			}
		}
	}
	return r.className(class)
}

// staticOwner is where a static property is kept: with the class that declares it.
func (r *reader) staticOwner(class, name string) string {
	owner := class
	r.survey.ancestors(class, func(c *classInfo, of string) bool {
		for _, p := range c.properties {
			if p.name == name {
				owner = c.key()
				return false
			}
		}
		return true
	})
	return owner + "::" + name
}

// staticPlace is a static property, and what sets it.
func (r *reader) staticPlace(class, name string) (value, func(value)) {
	return r.staticProperty(class, name), func(v value) { r.setPlace(placeAmong(r.trace.statics, r.staticOwner(class, name)), v) }
}

func (r *reader) staticProperty(class, name string) value {
	key := r.staticOwner(class, name)
	if v, ok := r.trace.statics[key]; ok {
		return v.there()
	}
	v := elsewhere("property", name, 0)
	r.survey.ancestors(class, func(c *classInfo, of string) bool {
		for _, p := range c.properties {
			if p.name == name && p.value > 0 {
				v = r.propertyDefault(c, of, p)
				return false
			}
		}
		return true
	})
	r.trace.statics[key] = v
	return v
}

// tracedNew reads new with its class and arguments.
func (r *reader) tracedNew() value {
	from := r.at
	r.at++
	for r.tokens[r.at].kind == attributeToken && r.match[r.at] > 0 {
		r.at = int(r.match[r.at]) + 1
	}
	class := ""
	var of value
	switch t := r.tokens[r.at]; {
	case t.word == wordClass, t.word == wordModifier && r.tokens[r.at+1].word == wordClass:
		if t.word == wordModifier {
			r.at++
		}
		class = anonymous(r.at)
		r.at++
	case t.kind == nameToken && r.tokens[r.at+1].kind == colonsToken && r.tokens[r.at+2].kind == variableToken: // new self::$class
		of = r.staticProperty(r.class(r.text(r.at)), r.text(r.at+2))
		r.at += 3
		r.sawClass(from, of)
	case t.kind == nameToken:
		class = r.class(r.text(r.at))
		if lower(r.text(r.at)) == "static" && r.called != "" {
			class = r.called
		}
		r.at++
	case t.kind == '(':
		of = r.group(false)
		r.sawClass(from, of)
	case t.kind == variableToken || t.kind == '$':
		var v value
		if t.kind == '$' {
			v, _ = r.variableVariable()
		} else {
			v = r.variable(r.text(r.at))
			r.at++
		}
		for at := -1; at != r.at; {
			at = r.at
			switch k := r.tokens[at].kind; {
			case k == '[' && r.match[at] > 0:
				r.at++
				v = r.elementOf(v, r.expression(precLowest))
				r.at = int(r.match[at]) + 1
			case (k == arrowToken || k == colonsToken) && r.tokens[at+2].kind != '(' || k == arrowToken && r.tokens[at+1].kind == varNameToken:
				name := r.text(at + 1)
				if o := v.object(); o != nil && k == arrowToken {
					v = r.property(o, name)
				} else {
					v = value{}
				}
				r.at += 2
			}
		}
		r.sawClass(from, v)
		of = v
	default:
		return value{}
	}
	var args []argument
	if r.tokens[r.at].kind == '(' && r.match[r.at] > 0 {
		args = r.tracedArguments()
	}
	if strings.HasPrefix(class, anonymousPrefix) {
		// its body follows
		k := r.at
		for ; k < r.length && r.tokens[k].kind != '{' && r.tokens[k].kind != ';'; k++ {
		}
		if r.tokens[k].kind == '{' && r.match[k] > 0 {
			r.at = int(r.match[k]) + 1
		}
	}
	if class != "" {
		return r.instanceFor(class, args, from)
	}
	return r.each(of, func(one value) value {
		if class := r.classFrom(one); class != "" {
			return r.instanceFor(class, args, from)
		}
		return value{}
	})
}

// sawClass notes the class, by its name, of which something new is made at a token.
func (r *reader) sawClass(at int, v value) {
	if r.home.sibling == 0 {
		r.saw(at, v)
		return
	}
	for _, one := range append(v.oneOf(), v) {
		if class := classOf(one); class != "" && !isDeclared(r, class+"::__construct") && !r.byItself(at, one) {
			r.linkedCall(linkedCall{code: "new " + strings.TrimSpace(one.s) + "();"})
		}
	}
	r.sawLinkedMarks(v)
}

// instanceFor is a new object for which new stands at a token.
func (r *reader) instanceFor(class string, args []argument, from int) value {
	if of, ok := r.trace.aliases[class]; ok {
		class = of
		r.sawClass(from, stringValue(class))
	}
	if own, _ := r.survey.method(class, "__construct"); own == nil {
		args = r.inPlaces(r.builtinClass(class)+"::__construct", args)
	}
	for _, at := range callbackArguments[class+"::__construct"] {
		if at < len(args) {
			r.saw(args[at].from, args[at].value)
			r.runsOther(args[at].value, args[at].from, false)
		}
	}
	if class == "gmp" {
		return foldCall(r.budget, "gmp_init", valuesOf(args))
	}
	r.sawOpen(class, "__construct", args, from+1)
	if len(args) > 1 && strings.HasPrefix(r.builtinClass(class), "simplexml") {
		r.loadsOthers(documentText(args[0].value), args[1].value, from+1)
	}
	return r.instance(class, args)
}

func (r *reader) classFrom(v value) string {
	if o := v.object(); o != nil {
		return o.class
	}
	return classOf(v)
}

// sawConstruction notes what the constructor of one of PHP's classes is given that
// calls it.
func (r *reader) sawConstruction(class string, args []argument, open int) {
	for _, at := range callbackArguments[class+"::__construct"] {
		if at < len(args) {
			r.saw(open, args[at].value)
		}
	}
	r.sawOpen(class, "__construct", args, open)
}

// constantNamed is a constant by its name: of the script, of a class, a case.
func (r *reader) constantNamed(name string) value {
	if v, ok := r.trace.constants[name]; ok {
		return v
	}
	if class, constant, ok := strings.Cut(name, "::"); ok {
		if class = strings.TrimPrefix(lower(class), `\`); class == "self" || class == "static" {
			class = r.class(class)
		}
		if v, ok := r.enumCase(class, constant); ok {
			return v
		}
		return known(r.fact(r.survey.classConstant(class, constant)), class+"::"+constant)
	}
	return known(r.fact(r.survey.constants[name]), name)
}
