package javascript

import (
	"math"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// get returns a property or an element.
func (m *machine) get(v, key value) value {
	if key.kind == dictionary {
		key = m.keyOf(key)
	}
	// Only of these, since lists of letters are asked so all the time.
	if key.also != nil && key.kind != unknown && (v.kind == module || v.kind == globalName) {
		var all []value
		for _, one := range *key.also {
			one.also = nil
			all = append(all, m.get(v, one))
		}
		return anyValue(all)
	}
	if !m.seeks(v, key) {
		return value{}
	}
	if v.kind == unknown || v.kind == globalName || v.kind == module {
		m.step(memberSteps)
	}
	if v.kind == globalName && v.str == "RegExp" && len(m.matched) > 0 && key.kind == text {
		switch name := key.str; {
		case len(name) == 2 && name[0] == '$' && name[1] >= '1' && name[1] <= '9':
			if g := int(name[1] - '0'); g < len(m.matched) {
				return m.matched[g]
			}
			return textValue("")
		case name == "$&" || name == "lastMatch":
			return m.matched[0]
		}
	}
	if len(m.changed) > 0 {
		if got, ok := m.changedProperty(v, key); ok {
			return got
		}
	}
	if ownFile(key) { // what another file exports
		key = origin(key)
	}
	if v.kind == globalName && v.str == "" && key.kind == symbol && key.str == dispatcher {
		return value{kind: module, str: "undici", num: supposed}
	}
	if v.kind == unknown && v.more == loadedModule && key.kind == unknown {
		return value{more: loadedMember}
	}
	if key.kind == unknown || key.kind == globalName && (v.kind == array || v.kind == dictionary && v.self == nil) {
		return m.anyItem(v, key)
	}
	switch v.kind {
	case unknown, undefined, null:
		m.risks++
		if v.kind != unknown && v.also == nil && m.doubt == unlikely { // what was not thrown was not caught: a handler ends here at the latest
			m.thrown, m.exception = true, value{}
			return value{}
		}
		if v.also != nil {
			var all []value
			for _, one := range *v.also {
				all = append(all, m.get(one, key))
			}
			return others(all, origin(v), mayBeOther(v))
		}
		if name := key.str; promiseOf(v) != nil && key.kind == text && (name == "then" || name == "catch" || name == "finally") {
			return value{kind: method, str: name, self: ptr(v)}
		}
		if _, partly := holed(v); partly && key.kind == text && key.str != "length" && ownMembers()[text][key.str] {
			return value{kind: method, str: key.str, self: ptr(v)}
		}
		return origin(v)
	case closure:
		if v.fn == nil {
			return value{}
		}
		name, _ := keyName(key)
		if got, ok := itemOf(v.fn.properties, name); ok {
			return m.got(got, v)
		}
		if v.fn.parent != nil && name == "__proto__" {
			return *v.fn.parent
		}
		if v.fn.parent != nil && m.depth < maxCalls && m.step(4) {
			m.depth++
			got := m.inherited(v, *v.fn.parent, key, name)
			m.depth--
			if got.kind != unknown && got.kind != undefined {
				return m.got(got, v)
			}
		}
		switch name {
		case "name":
			return textValue(m.nameOf(v))
		case "length":
			if n, ok := m.arity(v.fn.at); ok {
				return numberValue(n)
			}
		case "caller":
			return m.outermost()
		case "arguments":
			return m.argumentsOf(&frame{args: v.fn.args, fn: v.fn})
		case "toString":
			return value{kind: method, str: name, self: &value{kind: text, str: m.source(v)}}
		case "prototype":
			p := objectOf(prototypeKey, v)
			for _, method := range v.fn.methods {
				method(&frame{outer: v.fn.outer, this: p})
			}
			m.put(v.fn.properties, key, p)
			return p
		}
	case dictionary:
		name, _ := keyName(key)
		if v.self != nil { // a Proxy
			target, _ := itemOf(v, proxyTarget)
			if get, ok := itemOf(*v.self, "get"); ok && get.kind == closure && get.fn != nil {
				return m.run(get, *v.self, asArguments([]value{target, key, v}))
			}
			return m.get(target, key)
		}
		if got, ok := itemOf(v, name); ok {
			return m.got(got, v)
		}
		if got, ok := m.fromBase(v, key, name); ok {
			return got
		}
		switch name {
		case "constructor":
			if class, ok := itemOf(v, prototypeKey); ok {
				return class
			}
			if class, ok := itemOf(v, classKey); ok {
				return class
			}
			if class, ok := itemOf(v, errorKey); ok {
				return value{kind: globalName, str: class.str}
			}
			if s := m.streamOf(v); s != nil && s.words != nil { // of a program that was started
				return socketClass
			}
			return m.member(v, name)
		case prototypeName:
			if above, ok := itemOf(v, aboveKey); ok {
				return above
			}
			if class, ok := itemOf(v, classKey); ok {
				return m.get(class, textValue("prototype"))
			}
			return m.member(v, name)
		case "name", "stack":
			if class, ok := itemOf(v, errorKey); ok {
				if name == "name" {
					return class
				}
				return m.stack(v)
			}
		case "then", "catch", "finally", "hasOwnProperty", "toString", "toJSON", "valueOf", "propertyIsEnumerable":
			return value{kind: method, str: name, self: ptr(v)}
		}
		if v.more == streamObject {
			switch name {
			case "stdin", "stdout", "stderr", "stdio", "readable", "writable":
				return v
			}
		}
		if v.more == "Date" || v.more == dateFormat || v.more == streamObject || v.more == cipherObject {
			return value{kind: method, str: name, self: ptr(v)}
		}
		if any, ok := itemOf(v, anyKey); ok {
			return any
		}
		return value{kind: undefined}
	}
	if m.linker != nil && ownFile(v) && v.at > 0 && v.more == "" && key.kind == text && key.str != "then" {
		return m.exported(int(v.at)-1, key.str)
	}
	if name := key.str; key.kind == text && (name == "then" || name == "catch" || name == "finally") {
		return value{kind: method, str: name, self: ptr(v)}
	}
	if len(m.named) > 0 && (v.kind == array || v.kind == regularExpression) {
		if about, ok := m.about(v); ok {
			name, _ := keyName(key)
			if item, ok := itemOf(about, name); ok {
				return m.got(item, v)
			}
		}
	}
	if key.kind == symbol && key.str == "Symbol.asyncIterator" && (v.kind == array || v.kind == text || v.kind == collection) {
		return value{kind: undefined} // helpers of compilers ask for it first
	}
	got := m.got(m.element(v, key), v)
	if v.kind == globalName && (v.str == "" || v.str == "process" || v.str == "process.env") && ownShared(got.str) {
		m.asksForShared(got)
	}
	return got
}

// dispatcher is the name of the symbol under which the global object has what fetch sends
// requests by.
const dispatcher = "undici.globalDispatcher.1"

// prototypeKey is the key under which the prototype of a class has that.
const prototypeKey = "\x00prototype"

// aboveKey is the prototype that an object was given, prototypeName what a script calls it.
const (
	aboveKey      = "\x00above"
	prototypeName = "__proto__"
)

// proxyTarget is the key under which a Proxy keeps what it stands before.
const proxyTarget = "\x00target"

// maxAsking is how often any item is asked for while getters say what the items are.
const maxAsking = 3

// anyItem is what an element may be whose key is not known.
func (m *machine) anyItem(v, key value) value {
	if v.kind != unknown && (ofPackage(origin(key)) || v.kind == module && givenBy(key)&givenByFile != 0) { // a file says which: a function's constructor, maybe
		m.openness |= script.OpenToFiles
	}
	if key.also != nil {
		var all []value
		for _, one := range *key.also {
			all = append(all, m.get(v, one))
		}
		if mayBeOther(key) && v.kind == dictionary {
			all = append(all, m.anyItem(v, value{}))
		}
		return anyValue(all)
	}
	var items []value
	switch v.kind {
	case unknown:
		return origin(v)
	case array:
		items = *v.items
	case dictionary:
		// Getters that each ask for any item of their object ask one another without end.
		if m.asking >= maxAsking || !m.step(len(*v.keys)) {
			return value{}
		}
		m.asking++
		_, items, _ = m.entriesOf(v)
		m.asking--
	case globalName, module:
		if from := origin(v); ofPackage(from) {
			return from
		}
		return value{decoded: key.decoded}
	}
	return oneOf(items)
}

// oneOf is one of the entries of a table, whichever that is. Of instances nothing is
// told, since each leads to others.
func oneOf(items []value) value {
	if len(items) == 0 || len(items) > maxAlternatives {
		return value{}
	}
	for _, item := range items {
		switch item.kind {
		case text, closure, array, globalName, module:
		case dictionary:
			if _, instance := itemOf(item, classKey); instance || item.more != "" || item.self != nil {
				return value{}
			}
		default:
			return value{}
		}
	}
	return anyValue(append([]value{{}}, items...))
}

// source is the text of a function.
func (m *machine) source(v value) string {
	if v.fn == nil || v.fn.end <= v.fn.start || !m.step(8) {
		return ""
	}
	return string(m.src[m.tokens[v.fn.start].start:m.tokens[v.fn.end-1].end])
}

// got calls the getter that a property is.
func (m *machine) got(v, this value) value {
	switch {
	case v.more != "get":
	case v.kind == closure:
		return m.run(v, this, nil)
	case native(v) != nil:
		return m.ofModule(v, nil)
	}
	return v
}

// arity is how many parameters of the function at a token have no default.
func (m *machine) arity(at uint32) (float64, bool) {
	if m.kind(at) == js.ClassToken { // without a constructor
		return 0, true
	}
	if m.kind(at) != js.OpenParenToken {
		return 1, m.name(at)
	}
	n, close := 0.0, m.tokens[at].ref
	for i := at + 1; i < close; i = m.next(i, close) + 1 {
		after := i + 1
		if ref := m.tokens[i].ref; opens(m.kind(i)) && ref > i {
			after = ref + 1
		}
		if m.kind(i) == js.EllipsisToken || m.kind(after) == js.EqToken {
			break
		}
		n++
	}
	return n, close > 0
}

// removed takes a property from an object, of which the class's own shows then.
func (m *machine) removed(v, key value) {
	name, ok := keyName(key)
	if !ok || v.kind != dictionary || v.self != nil || m.doubt != certain {
		return
	}
	at := slices.Index(*v.keys, name)
	if at < 0 || !m.step(1+len(*v.keys)/8) {
		return
	}
	*v.keys, *v.items = slices.Delete(slices.Clone(*v.keys), at, at+1), slices.Delete(slices.Clone(*v.items), at, at+1)
	if class, ok := itemOf(v, classKey); ok {
		if shown, ok := itemOf(m.get(class, textValue("prototype")), name); ok {
			define(v, name, shown)
		}
	}
}

// keyOf is the key that an object is turned into.
func (m *machine) keyOf(key value) value {
	if s, ok := m.textOf(key); ok {
		return textValue(s)
	}
	return value{}
}

// longKey is how many bytes of a key are compared in about one step.
const longKey = 128

// seeks pays for the search of a long key among those of a value.
func (m *machine) seeks(v, key value) bool {
	n := len(key.str) / longKey
	if n == 0 || key.kind == symbol && key.more != "" {
		return true
	}
	if v.kind == closure && v.fn != nil {
		v = v.fn.properties
	}
	if v.keys != nil {
		n *= 1 + len(*v.keys)
	}
	return m.step(n)
}

func itemOf(v value, name string) (value, bool) {
	if v.keys == nil {
		return value{}, false
	}
	for i := len(*v.keys) - 1; i >= 0; i-- {
		if (*v.keys)[i] == name {
			return (*v.items)[i], true
		}
	}
	return value{}, false
}

// define gives an object a property, past its setter.
func define(v value, name string, item value) {
	for i := range *v.keys {
		if (*v.keys)[i] == name {
			(*v.items)[i] = item
			return
		}
	}
	*v.keys, *v.items = append(*v.keys, name), append(*v.items, item)
}

// add gives an object a property that it does not have yet. To look for it would cost
// the square of the length of large tables, such as a bundler's of its modules.
func (m *machine) add(v, key, item value) value {
	if name, ok := keyName(key); ok && len(*v.keys) < maxItems/16 && m.step(1) {
		*v.keys, *v.items = append(*v.keys, name), append(*v.items, item)
	}
	return v
}

// put gives a property or an element a value. It returns the whole, where that is
// another one then.
func (m *machine) put(v, key, item value) value {
	if key.kind == dictionary {
		key = m.keyOf(key)
	}
	if !m.seeks(v, key) {
		return v
	}
	if key.kind == unknown {
		m.putAnywhere(v, item)
		return value{}
	}
	if v.kind != dictionary && key.kind == text {
		m.assignedListener(v, key.str, item)
	}
	switch v.kind {
	case unknown: // one of several
		if v.also != nil && m.step(1) {
			for _, one := range *v.also {
				m.put(one, key, item)
			}
		}
	case globalName, module:
		if name, ok := keyName(key); ok {
			m.change(propertyName(v, name), item)
		}
	case closure:
		if v.fn != nil {
			if key.str == prototypeName {
				m.setPrototype(v, item)
			}
			m.put(v.fn.properties, key, item)
		}
	case dictionary:
		name, ok := keyName(key)
		if ok && strings.HasPrefix(name, "on") {
			m.assignedListener(v, name, item)
		}
		if !ok || !m.step(1+len(*v.keys)/8) {
			return v
		}
		if base, ok := itemOf(v, baseKey); ok && (base.kind == array || base.kind == buffer) && (key.kind == number || name == "length") {
			define(v, baseKey, m.put(base, key, item))
			return v
		}
		if v.self != nil { // a Proxy
			target, _ := itemOf(v, proxyTarget)
			if set, ok := itemOf(*v.self, "set"); ok && set.kind == closure && set.fn != nil {
				m.run(set, *v.self, asArguments([]value{target, key, item}))
			} else {
				m.put(target, key, item)
			}
			return v
		}
		if set, ok := itemOf(v, setterKey+name); ok && (set.kind == closure && set.fn != nil || native(set) != nil) && m.depth < maxCalls {
			m.invokeAt(set, v, []argument{{value: item}}, 0, 0, 0)
			return v
		}
		for i := range *v.keys {
			if (*v.keys)[i] == name {
				(*v.items)[i] = item
				return v
			}
		}
		if name == prototypeName {
			m.inherit(v, item)
			return v
		}
		if len(*v.keys) < maxItems/16 && m.step(8) {
			*v.keys = append(*v.keys, name)
			*v.items = append(*v.items, item)
		}
	case array:
		n, ok := key.number()
		if key.kind == text && key.str == "length" {
			n, ok = item.number()
			if i := int(n); ok && i >= 0 && i <= len(*v.items) {
				*v.items = (*v.items)[:i]
			}
			return v
		}
		if ok && v.num > 0 && v.more != "" {
			m.putElement(v, int(n), item)
			return v
		}
		i := int(n)
		if !ok || float64(i) != n || i < 0 {
			m.putNamed(v, key, item)
			return v
		}
		if i < maxItems && m.step(1+8*max(0, i+1-len(*v.items))) {
			for len(*v.items) <= i {
				*v.items = append(*v.items, value{kind: undefined})
			}
			(*v.items)[i] = item
			m.alias(v, i, item)
		}
	case regularExpression:
		if n, ok := item.number(); ok && key.str == "lastIndex" && n >= 0 && n <= script.MaxConstant {
			if place := lastIndex(v); place != nil {
				*place = numberValue(math.Trunc(n))
			}
		}
		if key.str != "lastIndex" && v.items != nil {
			m.putNamed(v, key, item)
		}
	case buffer:
		v = m.current(v)
		n, ok := key.number()
		b, ok2 := item.number()
		if i := int(n); ok && ok2 && i >= 0 && i < len(v.str) && m.step(1+len(v.str)/64) {
			out := []byte(v.str)
			out[i] = byte(toInt32(b))
			keep(v, string(out))
			v.str = string(out)
		}
	}
	return v
}

// A list with properties of its own name is kept for good, and there are few.
const (
	namedListSteps = 256
	maxNamedLists  = 1 << 12
)

// putNamed gives a list a property that is none of its elements, or a regular expression one.
func (m *machine) putNamed(v, key, item value) {
	if about, ok := m.toBeNamed(v); ok {
		m.put(about, key, item)
	}
}

// toBeNamed is about, for what has had no such properties too.
func (m *machine) toBeNamed(v value) (value, bool) {
	about, ok := m.about(v)
	if !ok {
		if !m.step(namedListSteps) || len(m.named) == maxNamedLists {
			return value{}, false
		}
		if m.named == nil {
			m.named = map[*[]value]value{}
		}
		about = newDictionary()
		m.named[v.items] = about
	}
	return about, true
}

// about is the object of the properties of a list that are none of its elements, and of those
// that a regular expression has of the script.
func (m *machine) about(v value) (value, bool) {
	if v.self != nil {
		return *v.self, true
	}
	about, ok := m.named[v.items]
	return about, ok
}

// inList tells whether a list has an element, or a property of another name. What is
// undefined in it may be a hole as well.
func (m *machine) inList(key, list value) value {
	name, ok := keyName(key)
	if !ok || key.kind == symbol {
		return value{}
	}
	if about, ok := m.about(list); ok {
		if _, ok := itemOf(about, name); ok {
			return booleanValue(true)
		}
	}
	n := textNumber(name)
	switch i := int(n); {
	case numberText(n) != name || float64(i) != n:
		return booleanValue(name == "length" || ownMembers()[array][name])
	case i < 0 || i >= len(*list.items):
		return booleanValue(false)
	case (*list.items)[i].kind != undefined:
		return booleanValue(true)
	default:
		return value{}
	}
}

// anyKey is the key under which an object keeps what it was given under one that is
// not known, where that says where it comes from.
const anyKey = "\x00any"

func (m *machine) putAnywhere(v, item value) {
	from := origin(item)
	if v.kind == dictionary && v.self == nil && (from.decoded || from.more != "" || item.kind == dictionary) {
		define(v, anyKey, item)
	}
}
