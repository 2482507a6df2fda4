package javascript

import (
	"slices"
	"strings"
)

// An instance of a class that extends one of the language's own, or a stream of
// node's, is an object that keeps what it is made of under a key: class Words extends
// Array.
const baseKey = "\x00base"

// newBase makes what an instance of a class is made of, in a call of these tokens.
func (m *machine) newBase(class, this value, args []argument, start, open, end uint32) {
	if this.kind != dictionary {
		return
	}
	if end <= start { // of a class that something else makes
		start, open, end = m.place[0], 0, max(m.place[0]+1, m.place[1])
	}
	base := value{}
	switch class.kind {
	case globalName:
		if class.str == "Object" || class.str == "Proxy" || !pure(class.str) && !impureBases[class.str] {
			return
		}
		if base = m.make(class, args, start, open, end); class.str == "Boolean" {
			truth, _ := argumentOr(args, 0).truthy()
			base = booleanValue(truth)
		}
	case module:
		if hasMethods(class) {
			define(this, baseKey, m.make(class, args, start, open, end))
			return
		}
		base = m.streamFor(class.str+"."+class.more, args)
		if s := m.streamOf(base); s != nil {
			s.owner = this
		}
	}
	switch base.kind {
	case unknown:
		if promiseOf(base) == nil {
			return
		}
	case undefined, globalName, module:
		return
	case dictionary:
		if base.more != streamObject && base.more != "URL" && base.more != "Date" {
			return
		}
	}
	define(this, baseKey, base)
}

// impureBases are classes that reach out of the script, or take a script, and are extended.
var impureBases = map[string]bool{"Function": true, "Worker": true, "URL": true, "WebSocket": true, "EventSource": true, "XMLHttpRequest": true}

// hasMethods tells whether a value is a class of Node.js of whose instances it is listed
// what they have, or is an instance of such a class.
func hasMethods(class value) bool {
	return class.kind == module && (class.str == "module" && (class.more == "" || class.more == "Module") || len(builtins()[class.str+"."+class.more+".prototype"]) > 0)
}

// classOf is the class of Node.js that an instance or a prototype belongs to.
func classOf(v value) (value, bool) {
	if class, ok := instanceOf(v); ok {
		return class, true
	}
	of, ok := strings.CutSuffix(v.more, ".prototype")
	v.more = of
	return v, ok && hasMethods(v)
}

// methodsOf are the names of what instances of a class of Node.js have of it and of those
// above it.
func methodsOf(class value) (names []string) {
	for name, ok := class.str+"."+class.more, true; ok && len(names) < maxItems/16; name, ok = parents[name] {
		names = append(names, builtins()[name+".prototype"]...)
	}
	return names
}

// fromInstance is a property that an instance of a class of Node.js has by the class or
// one above it.
func (m *machine) fromInstance(v, key value, name string) value {
	class := v
	if v.kind == globalName {
		if !hasBuiltin("module.prototype", name) && !hasBuiltin("module.instance", name) {
			return value{}
		}
		return m.get(v, key)
	}
	for n := 0; n < len(parents); n++ {
		if hasBuiltin(class.str+"."+class.more+".prototype", name) {
			v.str, v.more = class.str, class.more
			return m.get(v, key)
		}
		parent, ok := parents[class.str+"."+class.more]
		if !ok {
			break
		}
		class.str, class.more, _ = strings.Cut(parent, ".")
	}
	return value{}
}

// fromBase is a property that an instance has of what it is made of, or of the object
// that it was written to have as its prototype.
func (m *machine) fromBase(v, key value, name string) (value, bool) {
	if base, ok := itemOf(v, baseKey); ok && name != "constructor" && name != "__proto__" && m.step(4) {
		got := value{}
		if base.kind == module || base.kind == globalName {
			got = m.fromInstance(base, key, name)
		} else {
			got = m.get(base, key)
		}
		if got.kind != unknown && got.kind != undefined {
			if got.kind == method && base.kind == array && givesList(name) {
				return value{kind: method, str: "derived", self: ptr(v), more: name}, true
			}
			return got, true
		}
	}
	return m.fromAbove(v, key, name)
}

// fromAbove is a property that an object has of its prototype or of what is above that. What
// an object of the script had when it became one was copied, see inherit.
func (m *machine) fromAbove(v, key value, name string) (value, bool) {
	if _, ok := itemOf(v, classKey); name == prototypeName || ok && name == "constructor" {
		return value{}, false // of what lies between, which is known
	}
	above, ok := m.above(v)
	for n := 0; ok && n < maxCalls && m.step(4); n++ {
		switch {
		case above.kind == dictionary && above.self == nil:
			if got, ok := itemOf(above, name); ok {
				return m.got(got, v), true
			}
			above, ok = m.above(above)
			continue
		case above.kind == globalName || above.kind == module:
			if !m.lists(above, name) {
				return value{}, false
			}
			return rebound(m.get(above, key), v), true
		case above.kind == unknown || m.depth >= maxCalls:
			return origin(above), origin(above).more != ""
		}
		m.depth++
		got := m.get(above, key) // of a Proxy, or a function
		m.depth--
		return got, got.kind != undefined && got.kind != unknown
	}
	return value{}, false
}

// above is the prototype that an object was given, or a prototype of its class was.
func (m *machine) above(v value) (value, bool) {
	if above, ok := itemOf(v, aboveKey); ok {
		return above, true
	}
	class, _ := itemOf(v, classKey)
	for n := 0; n < maxCalls && class.kind == closure && class.fn != nil; n++ {
		if p, ok := itemOf(class.fn.properties, "prototype"); ok {
			if p.kind == globalName || p.kind == module {
				return p, true
			}
			if above, ok := itemOf(p, aboveKey); ok {
				return above, true
			}
		}
		if class.fn.parent == nil {
			break
		}
		class = *class.fn.parent
	}
	return value{}, false
}

// lists tells whether an object of Node.js has a property, as far as is known of it.
func (m *machine) lists(v value, name string) bool {
	if v.kind == globalName && v.str == "" {
		return ofPlatform(name)
	}
	all := listedAs(v)
	return len(builtins()[all]) == 0 || hasBuiltin(all, name) || hasBuiltin(all+" hidden", name)
}

// inherited is what a class has from the one above it.
func (m *machine) inherited(class, parent, key value, name string) value {
	switch name {
	case "name", "prototype", "caller", "arguments", "toString", "length":
		return value{}
	case "call", "apply", "bind": // of the function that is asked, unless the parent has its own
		if parent.kind != closure || parent.fn == nil {
			return value{}
		}
		got, _ := itemOf(parent.fn.properties, name)
		return got
	}
	if parent.kind == globalName && parent.str == "Array" && (name == "from" || name == "of") {
		return value{kind: method, str: "derived", self: ptr(class), more: name}
	}
	return m.get(parent, key)
}

// givesList tells whether a method of lists gives another list, which is of the same
// class.
func givesList(method string) bool {
	switch method {
	case "map", "filter", "slice", "concat", "splice", "flat", "flatMap":
		return true
	}
	return false
}

// derived calls a method of lists, or Array.from, of a class that extends Array.
func (m *machine) derived(of value, name string, args []argument, start, end uint32) value {
	class, list := of, value{}
	if of.kind == closure {
		list = m.invoke(value{kind: globalName, str: "Array." + name}, args, start, end)
	} else {
		class, _ = itemOf(of, classKey)
		base, _ := itemOf(of, baseKey)
		list = m.callMethod(value{kind: method, str: name, self: &base}, args, start, end)
	}
	if list.kind != array || !m.step(16) {
		return list
	}
	this := newDictionary()
	define(this, classKey, class)
	m.addFields(class, this, 0)
	define(this, baseKey, list)
	return this
}

// setPrototype gives an object another as its prototype, or has a function extend another.
func (m *machine) setPrototype(v, of value) {
	switch {
	case v.kind == dictionary && v.self == nil:
		m.inherit(v, of)
	case (v.kind == array || v.kind == regularExpression) && v.items != nil && of.kind == dictionary:
		if about, ok := m.toBeNamed(v); ok {
			m.inherit(about, of)
		}
	case v.kind == closure && v.fn != nil && v.fn.parent == nil && (of.kind == globalName || of.kind == module):
		v.fn.parent = ptr(of)
	case v.kind == closure && v.fn != nil && v.fn.parent == nil && of.kind == closure && of.fn != nil:
		for above := of.fn; above != v.fn; above = above.parent.fn {
			if above.parent == nil || above.parent.kind != closure || above.parent.fn == nil {
				v.fn.parent = ptr(of)
				return
			}
			if !m.step(1) {
				return
			}
		}
	}
}

// inherit gives an object what it does not have itself of another, which is its prototype
// from then on. Getters and setters stay such: they are asked of the heir.
func (m *machine) inherit(v, from value) {
	if from.kind > text && m.step(listSteps) {
		define(v, aboveKey, from)
	}
	if class, ok := instanceOf(from); ok {
		from = class
	}
	if hasMethods(from) {
		define(v, baseKey, from)
		return
	}
	if from.kind == closure && from.fn != nil {
		from = from.fn.properties
	}
	if from.kind == globalName || from.kind == module { // which may have more than is listed
		return
	}
	if from.kind != dictionary || from.self != nil {
		keys, items, _ := m.entriesOf(from)
		for i, key := range keys {
			if !m.step(1 + len(*v.keys)/8) {
				return
			}
			if _, own := itemOf(v, key); !own {
				m.put(v, textValue(key), items[i])
			}
		}
		return
	}
	if !m.step(heirSteps * (len(*from.keys) + len(*v.keys))) {
		return
	}
	own := make(map[string]bool, len(*v.keys))
	for _, key := range *v.keys {
		own[key] = true
	}
	*v.keys, *v.items = slices.Grow(*v.keys, len(*from.keys)), slices.Grow(*v.items, len(*from.keys))
	for i, key := range *from.keys {
		shown := !strings.HasPrefix(key, "\x00") || strings.HasPrefix(key, symbolKey) || strings.HasPrefix(key, setterKey)
		if shown && !own[key] {
			*v.keys, *v.items = append(*v.keys, key), append(*v.items, (*from.items)[i])
		}
	}
}
