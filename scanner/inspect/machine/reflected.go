package machine

import "strings"

// What the runtime of Objective-C tells code of names: of its own classes, and of the methods,
// properties, variables and protocols of these.

// Of what is constant of a class (objc-runtime-new.h), beside its name and methods.
const constantProtocols, constantVariables, constantProperties = 40, 48, 64

const classImport = "OBJC_CLASS_$_"

// className is the name of a class, of the file or imported.
func (m *machine) className(class uint64) (string, bool) {
	if m.classes[class] {
		return m.text(m.peek(m.constants(class)+constantName, 8)), true
	}
	return strings.CutPrefix(m.importName(class), classImport)
}

// classOf is the class of an object, or a class itself, which is what it calls its class;
// 0 where that is not known.
func (m *machine) classOf(object uint64) uint64 {
	for _, class := range []uint64{object, m.peek(object, 8)} {
		if _, is := m.className(class); is {
			return class
		}
	}
	return 0
}

// listed gives a list of its own, and writes how long it is.
func (m *machine) listed(all []uint64, size uint64) uint64 {
	m.steps -= len(all)
	list := m.result("")
	for i, entry := range all {
		m.write(list+8*uint64(i), entry, 8)
	}
	m.write(size, uint64(len(all)), 4)
	return list
}

// entriesOf are where the entries of a list lie that is constant of a class.
func (m *machine) entriesOf(class, place uint64) (all []uint64) {
	list := m.peek(m.constants(class)+place, 8)
	for i := range min(m.peek(list+4, 4), maxList) {
		all = append(all, list+listHead+i*m.peek(list, 4))
	}
	return all
}

// reflected does what a function of the runtime or a message would that tells of names, if
// it is one that is known.
func (m *machine) reflected(name string, a [6]uint64) (result uint64, known bool) {
	told := func(class uint64) (uint64, bool) {
		text, ok := m.className(class)
		if !ok {
			return 0, false
		}
		return m.newText(text), true
	}
	switch name {
	case "class_getName", "NSStringFromClass", "description":
		return told(a[0])
	case "object_getClassName", "className":
		return told(m.classOf(a[0]))
	case "class", "objc_opt_class", "object_getClass", "classForCoder":
		class := m.classOf(a[0])
		return class, class != 0
	case "objc_opt_self":
		return a[0], true
	case "superclass", "class_getSuperclass":
		class := m.peek(m.classOf(a[0])+superClass, 8)
		return class, class != 0
	case "objc_getClass", "objc_lookUpClass", "objc_getRequiredClass", "NSClassFromString":
		class := m.classNamed[m.unicode(a[0])]
		return class, class != 0
	case "sel_getName", "NSStringFromSelector":
		return m.characters(a[0]), true
	case "class_copyMethodList":
		var all []uint64
		left := maxList
		for selector, code := range m.methodsAt(m.peek(m.constants(a[0])+constantMethods, 8), &left) {
			method := m.result("")
			m.write(method, selector, 8)
			m.write(method+16, code, 8)
			all = append(all, method)
		}
		return m.listed(all, a[1]), true
	case "class_copyPropertyList":
		return m.listed(m.entriesOf(a[0], constantProperties), a[1]), true
	case "class_copyIvarList":
		return m.listed(m.entriesOf(a[0], constantVariables), a[1]), true
	case "class_copyProtocolList":
		list := m.peek(m.constants(a[0])+constantProtocols, 8)
		return m.listed(m.several(list+8, m.peek(list, 8)), a[1]), true
	case "method_getName", "property_getName":
		return m.peek(a[0], 8), true
	case "property_getAttributes", "ivar_getName", "protocol_getName", "NSStringFromProtocol":
		return m.peek(a[0]+8, 8), true
	case "method_getImplementation", "ivar_getTypeEncoding":
		return m.peek(a[0]+16, 8), true
	}
	return 0, false
}
