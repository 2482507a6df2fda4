package javascript

// An instance of a class that extends one of the language's own, or a stream of
// node's, is an object that keeps what it is made of under a key: class Words extends
// Array.
const baseKey = "\x00base"

// newBase makes what an instance of a class is made of.
func (m *machine) newBase(class, this value, args []argument) {
	if this.kind != dictionary {
		return
	}
	base := value{}
	switch class.kind {
	case globalName:
		if class.str == "Object" || class.str == "Proxy" || class.str == "Promise" || !pure(class.str) && class.str != "Function" {
			return
		}
		base = m.make(class, args, m.place[0], 0, max(m.place[0]+1, m.place[1]))
	case module:
		base = m.streamFor(class.str+"."+class.more, args)
		if s := m.streamOf(base); s != nil {
			s.owner = this
		}
	}
	switch base.kind {
	case unknown, undefined, globalName, module:
		return
	case dictionary:
		if base.more != streamObject && base.more != "URL" && base.more != "Date" {
			return
		}
	}
	define(this, baseKey, base)
}

// fromBase is a property that an instance has of what it is made of, or of the object
// that it was written to have as its prototype.
func (m *machine) fromBase(v, key value, name string) (value, bool) {
	if base, ok := itemOf(v, baseKey); ok && name != "constructor" && name != "__proto__" && m.step(4) {
		if got := m.get(base, key); got.kind != unknown && got.kind != undefined {
			if got.kind == method && base.kind == array && givesList(name) {
				return value{kind: method, str: "derived", self: ptr(v), more: name}, true
			}
			return got, true
		}
	}
	if parent, ok := itemOf(v, "__proto__"); ok && parent.kind == dictionary && m.step(4) && m.depth < maxCalls {
		m.depth++
		defer func() { m.depth-- }()
		if got := m.get(parent, key); got.kind != undefined {
			return got, true
		}
	}
	return value{}, false
}

// inherited is what a class has from the one above it.
func (m *machine) inherited(class, parent, key value, name string) value {
	switch name {
	case "name", "prototype", "caller", "arguments", "toString", "length":
		return value{}
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
