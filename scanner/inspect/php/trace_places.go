package php

import "strings"

// tracedSuffixes reads what is applied to an operand in a trace, and what is
// assigned to the place that it is.
func (r *reader) tracedSuffixes(from int, v value) value {
	set, store := r.target, r.store
	r.target, r.store = nil, nil
	if r.tokens[from].kind == variableToken && r.at == from+1 {
		name := r.text(from)
		set = func(v value) { r.assign(name, v) }
	}
	for !r.failed {
		at := r.at
		switch t := r.tokens[at]; t.kind {
		case '[', '{':
			if r.match[at] < 0 || t.kind == '{' && !r.isOffset(at) {
				return v
			}
			r.at++
			parent, parentSet := v, set
			if r.at == int(r.match[at]) {
				r.at++
				set = func(v value) { r.setWithin(parent, parentSet, nil, v) }
				v = value{}
				continue
			}
			key := r.expression(precLowest)
			r.at = int(r.match[at]) + 1
			set = func(v value) { r.setWithin(parent, parentSet, &key, v) }
			v = r.elementOf(v, key)
		case '(':
			if r.match[at] < 0 {
				return v
			}
			first := r.at+1 < len(r.tokens) && r.tokens[at+1].kind == ellipsisToken && int(r.match[at]) == at+2
			if first { // the function itself
				r.at = int(r.match[at]) + 1
				continue
			}
			args := r.tracedArguments()
			r.saw(at, v)
			v, set = r.invokeValue(v, args, at), nil
		case arrowToken, nullArrowToken:
			v, set = r.tracedMember(v)
		case colonsToken:
			class := ""
			if o := v.object(); o != nil {
				class = o.class
			} else if v.kind == stringKind && isName(v.s) {
				class = strings.TrimPrefix(lower(v.s), `\`)
			}
			v, set = r.tracedStatic(class)
		case incrementToken, decrementToken:
			r.at++
			if set != nil {
				set(incrementedValue(t.kind, v))
			}
			return v
		default:
			switch {
			case store != nil && at > from:
				if set != nil {
					set(*store)
				}
			case isAssignment(t.kind) && set != nil:
				r.at++
				if r.tokens[r.at].kind == '&' {
					r.at++
				}
				right := r.expression(precAssign)
				v = r.combined(t, v, right)
				set(v)
			}
			return v
		}
		if r.at == at {
			return value{}
		}
	}
	return v
}

// combined is what an assignment operator makes of a place and a value.
func (r *reader) combined(op token, old, v value) value {
	text := r.src[op.start:op.end]
	switch text {
	case "=":
		return v
	case "??=":
		if old.known() && old.kind != nullKind || old.object() != nil || old.closure() != nil {
			return old
		}
		return joined(v, old)
	case ".=":
		a, ok1 := r.textOf(old).text()
		b, ok2 := r.textOf(v).text()
		if !ok1 || !ok2 || !r.budget.Take(len(a)+len(b)) {
			return marked(old.marks.partOf() | v.marks.partOf())
		}
		out := stringValue(a + b)
		out.decoded = old.decoded || v.decoded
		return out
	}
	if kind, ok := assignedOperators[text]; ok {
		return r.binary(token{kind: kind}, old, v)
	}
	return value{}
}

// elementOf is v[key], also of an object.
func (r *reader) elementOf(v, key value) value {
	o := v.object()
	switch {
	case o == nil:
		element := v.element(key)
		if isMissing(v, key) {
			element = value{kind: nullKind}
		}
		return element
	case o.elements != nil:
		return o.elements.value().element(key)
	}
	if d, of := r.survey.method(o.class, "offsetget"); d != nil {
		return r.runMethod(d, of, o, []argument{{value: key}})
	}
	return value{}
}

// isMissing tells whether something known has no element of a known key.
func isMissing(v, key value) bool {
	k, ok := keyOf(key)
	switch {
	case !ok || !key.known():
		return false
	case v.kind == arrayKind:
		return v.array.find(k) < 0
	case v.kind == stringKind && key.kind == intKind:
		return k.n >= int64(len(v.s)) || k.n < -int64(len(v.s))
	}
	return false
}

// setWithin is v[key] = element, or v[] = element; set is the place of v.
func (r *reader) setWithin(v value, set func(value), key *value, element value) {
	if o := v.object(); o != nil {
		switch k, ok := keyOrNext(o.elements, key); {
		case o.elements == nil:
			if d, of := r.survey.method(o.class, "offsetset"); d != nil && key != nil {
				r.runMethod(d, of, o, []argument{{value: *key}, {value: element}})
			}
		case ok && r.budget.Take(elementCost):
			o.elements.set(k, element)
		}
		return
	}
	if set == nil {
		return
	}
	if v.kind == stringKind && key != nil {
		set(withOffset(v, *key, element))
		return
	}
	in := newArray(0)
	if v.kind == arrayKind {
		if !r.budget.Take(elementCost / 2 * len(v.array.values)) {
			return
		}
		in = v.array.clone()
	}
	k, ok := keyOrNext(in, key)
	if !ok {
		return // one of the elements changes, the others are as they were
	}
	in.set(k, element)
	set(in.value())
}

func keyOrNext(in *array, key *value) (arrayKey, bool) {
	switch {
	case in == nil:
		return arrayKey{}, false
	case key == nil:
		return arrayKey{n: in.next}, true
	}
	return keyOf(*key)
}

// withOffset is a string after $s[n] = 'c'.
func withOffset(v, key, c value) value {
	n, ok := key.number()
	text, known := c.text()
	if n < 0 {
		n += int64(len(v.s))
	}
	const longest = 1 << 16
	if !ok || !known || text == "" || n < 0 || n > longest || len(v.s) > longest {
		return marked(c.marks.partOf())
	}
	b := []byte(v.s)
	for int64(len(b)) <= n {
		b = append(b, ' ')
	}
	b[n] = text[0]
	return stringValue(string(b))
}

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
		name = r.variableVariable()
	default:
		return value{}, nil
	}
	o := v.object()
	if open := r.at; r.tokens[open].kind == '(' && r.match[open] > 0 {
		args := r.tracedArguments()
		if name.kind != stringKind {
			if name.closure() != nil || name.kind == arrayKind {
				return r.invokeValue(name, args, open), nil
			}
			return value{}, nil
		}
		if c := v.closure(); c != nil {
			switch lower(name.s) {
			case "call":
				if len(args) > 0 {
					bound := *c
					bound.this = args[0].value.object()
					return r.runClosure(&bound, args[1:]), nil
				}
			case "bindto":
				if len(args) > 0 {
					bound := *c
					bound.this = args[0].value.object()
					return value{guess: &guess{closure: &bound}}, nil
				}
			case "__invoke":
				return r.runClosure(c, args), nil
			}
			return value{}, nil
		}
		switch {
		case o != nil:
			return r.callMethod(o, name.s, args, open), nil
		case v.kind == stringKind && lower(name.s) == "__invoke":
			r.saw(open, v)
			return r.invokeValue(v, args, open), nil
		}
		return r.callUnknown(name.s, args), nil
	}
	switch {
	case name.kind != stringKind:
		return value{}, nil
	case o != nil:
		return r.property(o, name.s), func(v value) { r.setProperty(o, name.s, v) }
	case v.kind == arrayKind: // an object of json_decode, or a cast
		return v.element(name), func(element value) {
			if k, ok := keyOf(name); ok && r.budget.Take(elementCost) {
				v.array.set(k, element)
			}
		}
	}
	return marked(v.marks.elementOf(value{})), nil
}

// setProperty is ->name = v.
func (r *reader) setProperty(o *object, name string, v value) {
	if _, set := o.properties["$"+name]; !set {
		if d, of := r.survey.method(o.class, "__set"); d != nil && r.running != d {
			r.runMethod(d, of, o, []argument{{value: stringValue(name)}, {value: v}})
			return
		}
	}
	o.properties["$"+name] = v
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

// tracedStatic reads ::name, ::$name and the call of a static method.
func (r *reader) tracedStatic(class string) (value, func(value)) {
	r.at++
	at := r.at
	t := r.tokens[at]
	var name value
	switch t.kind {
	case nameToken, varNameToken:
		r.at++
		name = value{kind: stringKind, s: r.text(at)}
		if r.tokens[r.at].kind != '(' || r.match[r.at] < 0 {
			if t.word == wordClass {
				return r.className(class), nil
			}
			if v, ok := r.enumCase(class, name.s); ok {
				return v, nil
			}
			return r.fact(r.survey.classConstant(class, name.s)), nil
		}
	case variableToken:
		r.at++
		if r.tokens[r.at].kind != '(' {
			key := r.text(at)
			return r.staticProperty(class, key), func(v value) { r.trace.statics[r.staticOwner(class, key)] = v }
		}
		name = r.variable(r.text(at))
	case '{':
		name = r.braces()
	default:
		return value{}, nil
	}
	open := r.at
	if r.tokens[open].kind != '(' || r.match[open] < 0 {
		return value{}, nil
	}
	if r.tokens[open+1].kind == ellipsisToken && int(r.match[open]) == open+2 && name.kind == stringKind {
		r.at = open + 3
		return value{kind: stringKind, s: class + "::" + name.s}, nil
	}
	args := r.tracedArguments()
	if name.kind != stringKind || class == "" {
		return value{}, nil
	}
	return r.tracedCall(class+"::"+lower(name.s), args, open), nil
}

// className is the name of a class as its declaration has it.
func (r *reader) className(class string) value {
	if c := r.survey.classNamed(class); c != nil && c.name != "" {
		return value{kind: stringKind, s: c.name}
	}
	if class == "" {
		return value{}
	}
	return value{kind: stringKind, s: class}
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

func (r *reader) staticProperty(class, name string) value {
	key := r.staticOwner(class, name)
	if v, ok := r.trace.statics[key]; ok {
		return v
	}
	v := value{}
	r.survey.ancestors(class, func(c *classInfo, of string) bool {
		for _, p := range c.properties {
			if p.name == name && p.value > 0 {
				v = r.inClass(of).valueAt(p.value)
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
	switch t := r.tokens[r.at]; {
	case t.word == wordClass, t.word == wordModifier && r.tokens[r.at+1].word == wordClass:
		if t.word == wordModifier {
			r.at++
		}
		class = anonymous(r.at)
		r.at++
	case t.kind == nameToken:
		class = r.class(r.text(r.at))
		if lower(r.text(r.at)) == "static" && r.called != "" {
			class = r.called
		}
		r.at++
	case t.kind == '(':
		v := r.group(false)
		r.saw(from, v)
		class = r.classFrom(v)
	case t.kind == variableToken || t.kind == '$':
		var v value
		if t.kind == '$' {
			v = r.variableVariable()
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
		r.saw(from, v)
		class = r.classFrom(v)
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
	if class == "" {
		return value{}
	}
	for _, at := range callbackArguments[class+"::__construct"] {
		if at < len(args) {
			r.saw(args[at].from, args[at].value)
		}
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
}

// tracedWord is what clone, throw and yield come to.
func (r *reader) tracedWord(w word, v value) value {
	switch w {
	case wordClone:
		if o := v.object(); o != nil {
			copied := *o
			copied.properties = make(map[string]value, len(o.properties))
			for n, v := range o.properties {
				copied.properties[n] = v
			}
			return objectValue(&copied)
		}
		return v
	case wordThrow:
		r.trace.thrown = v
	case wordYield:
		if r.yielded == nil {
			r.yielded = newArray(0)
		}
		if !r.budget.Take(elementCost) {
			return value{}
		}
		if r.tokens[r.at].kind == doubleArrowToken {
			r.at++
			if k, ok := keyOf(v); ok {
				r.yielded.set(k, r.expression(precAssign))
				return value{}
			}
			v = r.expression(precAssign)
		}
		r.yielded.append(v)
	}
	return value{}
}

// magic is __CLASS__ and the like.
func (r *reader) magic(name string) value {
	b := r.block()
	function := ""
	if r.running == nil && b.class == "" && name != "__namespace__" {
		return stringValue("")
	}
	if d := r.running; d != nil && r.tokens[d.params-1].kind != '&' {
		function = r.text(d.params - 1)
	}
	class := ""
	if c := r.survey.classNamed(b.class); c != nil {
		class = c.name
	}
	switch {
	case name == "__class__" && class != "":
		return stringValue(class)
	case name == "__function__" && function != "":
		return stringValue(function)
	case name == "__method__" && class != "" && function != "":
		return stringValue(class + "::" + function)
	case name == "__namespace__":
		return stringValue(strings.TrimSuffix(r.names.namespace, `\`))
	}
	return value{}
}

// tracedIsset reads the parentheses of isset, empty and unset.
func (r *reader) tracedIsset(w word) value {
	open := r.at
	r.at++
	v := r.expression(precLowest)
	one := r.at == int(r.match[open])
	r.at = int(r.match[open]) + 1
	truth, known := v.truth()
	switch {
	case !one || !known || w == wordUnset:
		return value{}
	case w == wordEmpty:
		return boolValue(!truth)
	}
	return boolValue(v.kind != nullKind)
}
