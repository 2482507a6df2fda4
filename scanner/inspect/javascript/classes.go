package javascript

import (
	"github.com/tdewolff/parse/v2/js"
)

// classAt compiles a class: its constructor with what is static as properties.
func (m *machine) classAt(i uint32) (node, uint32) {
	open := i + 1
	var parent expr
	for n := 0; m.kind(open) != js.OpenBraceToken || m.tokens[open].flags&class == 0; n++ {
		if n > 64 {
			refuse()
		}
		if m.kind(open) == js.ExtendsToken && m.extendsValue(open+1) {
			super, end := m.postfixed(open + 1)
			if m.kind(end) == js.OpenBraceToken {
				parent, open = super.eval, end
				continue
			}
		}
		if opens(m.kind(open)) && m.tokens[open].ref > open {
			open = m.tokens[open].ref
		}
		open++
	}
	close := m.tokens[open].ref
	if close == 0 {
		refuse()
	}
	var constructor *node
	var own, statics, methods, fields []func(f *frame, c value) // own are the static methods
	name := uint32(0)
	if m.name(i + 1) {
		number := m.names.find(m.nameAt(i + 1))
		if name = m.tokens[i+1].ref; int(name) >= len(m.declarations) || m.declarations[name].name != number {
			name = number | global // of an expression: no scope declares it
		}
	}
	for at := open + 1; at < close; {
		if m.kind(at) == js.SemicolonToken {
			at++
			continue
		}
		if m.text(at) == "static" && m.kind(at+1) == js.OpenBraceToken {
			body := m.statements(at+2, m.tokens[at+1].ref)
			statics = append(statics, func(f *frame, c value) { body(&frame{outer: f, this: c}) })
			at = m.tokens[at+1].ref + 1
			continue
		}
		nameAt, static, getter, setter, generator := m.prefixesAt(at)
		key, next := m.keyAt(nameAt)
		var n node
		method := m.kind(next) == js.OpenParenToken
		if method {
			n, at = m.methodAtToken(next, generator)
			if m.text(nameAt) == "constructor" && !static {
				constructor = &n
				continue
			}
		} else {
			n = node{eval: constantly(value{kind: undefined})}
			if m.kind(next) == js.ColonToken {
				next = m.typeEnd(next + 1)
			}
			if at = next; m.kind(next) == js.EqToken {
				n, at = m.assignment(next + 1)
			}
			at = m.ended(at)
		}
		add := func(f *frame, c value) {
			m.putMember(c, key(f), n.eval(&frame{outer: f, this: c}), getter, setter)
		}
		switch {
		case static && method:
			own = append(own, add)
		case static:
			statics = append(statics, add)
		case method:
			methods = append(methods, add)
		default:
			fields = append(fields, add)
		}
	}
	return node{eval: func(f *frame) value {
		scope := &frame{outer: f, this: f.this}
		c := &callable{routine: &routine{at: i, start: i, end: close + 1, ran: true}, outer: scope, properties: newDictionary()}
		scope.class = c
		if parent != nil {
			c.parent = ptr(parent(f))
		}
		m.step(classSteps)
		if constructor != nil {
			if v := constructor.eval(scope); v.fn != nil {
				c.routine = v.fn.routine
			}
		}
		v := value{kind: closure, at: i, fn: c}
		if name > 0 {
			m.define(scope, name, v)
		}
		each := func(adds []func(f *frame, c value)) (all []func(f *frame)) {
			for _, add := range adds {
				all = append(all, func(f *frame) { add(&frame{outer: scope, this: f.this}, f.this) })
			}
			return all
		}
		c.methods, c.fields = each(methods), each(fields)
		for _, add := range own {
			add(scope, v)
		}
		c.hidden = len(*c.properties.keys)
		for _, add := range statics {
			add(scope, v)
		}
		m.bodied(open, v)
		return v
	}}, close + 1
}

// extendsValue tells whether what a class extends is a value at a token that can be
// followed, without the types of TypeScript.
func (m *machine) extendsValue(i uint32) bool {
	if !m.name(i) {
		return m.kind(i) == js.OpenParenToken
	}
	switch m.kind(i + 1) {
	case js.OpenBraceToken, js.DotToken, js.OpenParenToken, js.OpenBracketToken:
		return true
	}
	return false
}

// putMember adds a method, an accessor or a field to an object.
func (m *machine) putMember(object, key, v value, getter, setter bool) {
	if setter {
		if name, ok := keyName(key); ok {
			key = textValue(setterKey + name)
		}
	}
	if getter {
		v.more = "get"
	}
	if name, ok := keyName(key); ok && object.kind == dictionary { // whether it has a setter or not
		if _, set := itemOf(object, setterKey+name); set {
			define(object, name, v)
			return
		}
	}
	m.put(object, key, v)
}

// addFields gives an instance what its class and those above it define.
func (m *machine) addFields(class, this value, depth int) {
	if class.kind != closure || class.fn == nil || depth > maxCalls || !m.step(4) {
		return
	}
	if class.fn.parent != nil {
		m.addFields(*class.fn.parent, this, depth+1)
	}
	for _, method := range class.fn.methods {
		method(&frame{outer: class.fn.outer, this: this})
	}
	if p, ok := itemOf(class.fn.properties, "prototype"); ok && p.kind == dictionary {
		for i, key := range *p.keys {
			if key != prototypeKey && key != aboveKey {
				m.put(this, textValue(key), (*p.items)[i])
			}
		}
	}
	for _, field := range class.fn.fields {
		field(&frame{outer: class.fn.outer, this: this})
	}
}

// initialise runs the constructor of a class, or that of the one above it, in a call of
// these tokens.
func (m *machine) initialise(class, this value, args []argument, start, open, end uint32) value {
	if class.kind == globalName && builtinError(class.str) && this.kind == dictionary {
		made := m.errorOf(class.str, args) // once: the steps may not last for the next one's stack
		for i, key := range *made.keys {
			m.put(this, textValue(key), (*made.items)[i])
		}
		return value{}
	}
	if class.kind == globalName || class.kind == module {
		m.newBase(class, this, args, start, open, end)
		return value{}
	}
	for n := 0; n < maxCalls && class.kind == closure && class.fn != nil; n++ {
		if m.kind(class.fn.at) != js.ClassToken {
			return m.run(class, this, args)
		}
		if class.fn.parent == nil {
			break
		}
		if class = *class.fn.parent; class.kind == globalName || class.kind == module {
			return m.initialise(class, this, args, start, open, end)
		}
	}
	return value{}
}

// isInstance tells whether a value is an instance of a class.
func (m *machine) isInstance(v, class value) (is, ok bool) {
	if class.kind == closure && class.fn != nil {
		if test := m.get(class, value{kind: symbol, str: "Symbol.hasInstance"}); test.kind == closure {
			return m.callFunctionOf(test, class, []argument{{value: v}}).truthy()
		}
		own, _ := itemOf(v, classKey)
		for n := 0; n < maxCalls && own.kind == closure && own.fn != nil; n++ {
			if own.fn == class.fn {
				return true, true
			}
			if own.fn.parent == nil {
				break
			}
			own = *own.fn.parent
		}
		return false, v.kind != unknown
	}
	if class.kind != globalName || v.kind == unknown || v.kind >= globalName {
		return false, false
	}
	if base, ok := itemOf(v, baseKey); ok {
		v = base
	}
	if name, ok := itemOf(v, errorKey); ok {
		return class.str == name.str || class.str == "Error" || class.str == "Object", true
	}
	switch class.str {
	case "Array":
		return v.kind == array, true
	case "Function":
		return v.kind == closure, true
	case "RegExp":
		return v.kind == regularExpression, true
	case "Map", "Set":
		return v.kind == collection && v.str == class.str, true
	}
	return false, v.kind <= text
}

// parentOf is the class above the one whose method a frame belongs to.
func parentOf(f *frame) value {
	for ; f != nil; f = f.outer {
		if f.class != nil {
			if f.class.parent == nil {
				return value{}
			}
			return *f.class.parent
		}
	}
	return value{}
}

// superAt compiles super(...) and super.name, with the call behind it.
func (m *machine) superAt(i uint32) (node, uint32) {
	if m.kind(i+1) == js.OpenParenToken {
		args, end := m.argumentsAt(i + 1)
		return node{eval: func(f *frame) value {
			m.initialise(parentOf(f), f.this, args(f), i, i+1, end)
			return f.this
		}}, end
	}
	if m.kind(i+1) != js.DotToken && m.kind(i+1) != js.OpenBracketToken {
		return node{eval: constantly(value{})}, i + 1
	}
	property, at := m.propertyAt(node{eval: constantly(value{})}, i+1, false)
	inherited := func(f *frame) value {
		class, key := parentOf(f), property.key(f)
		name, ok := keyName(key)
		if !ok {
			return value{}
		}
		if class.kind != closure || class.fn == nil {
			if got, ok := m.fromBase(f.this, key, name); ok || class.kind != module {
				return got
			}
			return m.get(class, key) // in a static method
		}
		if v, ok := itemOf(class.fn.properties, name); ok {
			return m.got(v, f.this)
		}
		parent := newDictionary()
		m.addFields(class, parent, 0)
		if v, ok := itemOf(parent, name); ok {
			return m.got(v, f.this)
		}
		got, _ := m.fromBase(f.this, key, name) // of a class of Node.js above those
		return got
	}
	if m.kind(at) != js.OpenParenToken {
		return node{eval: inherited}, at
	}
	args, end := m.argumentsAt(at)
	return node{eval: func(f *frame) value { return m.invokeAt(inherited(f), f.this, args(f), i, 0, end) }}, end
}

// nameOf is the name of a function: its own, or that of what it is given to.
func (m *machine) nameOf(v value) string {
	at := v.fn.start
	if m.kind(v.at) == js.ClassToken {
		at = v.at
	}
	if m.kind(at) == js.AsyncToken {
		at++
	}
	if k := m.kind(at); k == js.FunctionToken || k == js.ClassToken {
		at++
		if m.kind(at) == js.MulToken {
			at++
		}
		if m.name(at) {
			return m.nameAt(at)
		}
		at = v.fn.start
	}
	if at < 2 {
		return ""
	}
	switch m.kind(at - 1) {
	case js.EqToken, js.ColonToken:
		if js.IsIdentifierName(m.kind(at - 2)) {
			return m.nameAt(at - 2)
		}
		if m.kind(at-2) == js.StringToken {
			return m.stringAt(at - 2).str
		}
	}
	if js.IsIdentifierName(m.kind(at)) && m.kind(at+1) == js.OpenParenToken { // a method
		return m.nameAt(at)
	}
	return ""
}
