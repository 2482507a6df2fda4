package machine

import (
	"strings"
	"testing"
)

func TestTheRuntimeTellsNames(t *testing.T) {
	const code = 0x1000
	m := testMachine()
	m.image.Apple, m.codes = true, []Span{{code, code + 16}}
	own, super, constant, methods, properties, variables, protocols := m.result(""), m.importAt(classImport+"NSOperation", false), m.result(""), m.result(""), m.result(""), m.result(""), m.result("")
	put := func(at uint64, words ...uint64) {
		for i, word := range words {
			m.write(at+8*uint64(i), word, 8)
		}
	}
	list := m.result("")
	put(list, own)
	put(own+superClass, super)
	put(own+classData, constant|2)
	put(constant+constantName, m.give("Osa"), methods, protocols, variables, 0, properties)
	put(methods, largeEntry|2<<32, m.give("open:"), 0, code, m.give("scan"), 0, code)
	put(properties, 16|1<<32, m.give("script"), m.give("Ti"))
	put(variables, 32|1<<32, 0, m.give("_place"), m.give("i"))
	protocol := m.result("")
	put(protocol, 0, m.give("Carrier"))
	put(protocols, 1, protocol)
	m.image.Classes = []Span{{list, list + 8}}
	m.learn()
	object, size := m.sends(own, "new"), m.result("")
	first := func(list uint64) uint64 { return m.peek(list, 8) }
	for _, c := range []struct {
		what, want string
		at         uint64
	}{
		{"class_getName", "Osa", m.apple("class_getName", own)},
		{"NSStringFromClass", "Osa", m.apple("NSStringFromClass", m.sends(object, "class"))},
		{"by name", "Osa", m.apple("class_getName", m.apple("objc_getClass", m.give("Osa")))},
		{"className", "Osa", m.sends(object, "className")},
		{"object_getClassName", "Osa", m.apple("object_getClassName", object)},
		{"superclass", "NSOperation", m.sends(m.sends(object, "superclass"), "description")},
		{"selector", "scan", m.apple("NSStringFromSelector", m.give("scan"))},
		{"method", "scan", m.apple("sel_getName", m.apple("method_getName", m.peek(m.apple("class_copyMethodList", own, size)+8, 8)))},
		{"property", "script", m.apple("property_getName", first(m.apple("class_copyPropertyList", own, size)))},
		{"attributes", "Ti", m.apple("property_getAttributes", first(m.apple("class_copyPropertyList", own, size)))},
		{"variable", "_place", m.apple("ivar_getName", first(m.apple("class_copyIvarList", own, size)))},
		{"protocol", "Carrier", m.apple("protocol_getName", first(m.apple("class_copyProtocolList", own, size)))},
	} {
		if got := m.text(c.at); got != c.want {
			t.Errorf("%s: %q", c.what, got)
		}
	}
	if m.apple("class_copyMethodList", own, size); m.peek(size, 4) != 2 {
		t.Error("how many methods there are")
	}
	if _, known := m.reflected("class", [6]uint64{m.give(strings.Repeat("x", 9))}); known {
		t.Error("a text has a class")
	}
	put(properties, 16|1<<63)
	if m.apple("class_copyPropertyList", own, size); m.peek(size, 4) != maxList {
		t.Error("a list of properties has no end")
	}
}
