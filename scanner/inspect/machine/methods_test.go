package machine

import "testing"

// Lists of methods that are as long as a number can say, and classes above themselves, end.
func TestListsOfMethodsEnd(t *testing.T) {
	const at, code = 0x2000, 0x1000
	m := testMachine()
	m.codes = []Span{{code, code + 16}}
	list, class, name := m.result(""), m.result(""), m.give("run")
	m.write(list, 24, 4)
	m.write(list+4, 1<<32-1, 4)
	for i := range uint64(100) {
		m.write(list+listHead+largeEntry*i, name, 8)
		m.write(list+listHead+largeEntry*i+16, code, 8)
	}
	m.write(class, class, 8)
	m.write(class+superClass, class, 8)
	m.write(class+classData, class+64, 8)
	m.write(class+64+constantMethods, list, 8)
	m.write(at, class, 8)
	m.image.Classes = []Span{{at, at + 8}, {^uint64(0) - 7, 8}, {0, 1 << 40}}
	m.image.Categories = m.image.Classes
	m.learn()
	if len(m.methods) != 2 || m.ownMethod(class, "run") != code || m.ownMethod(class, "other") != 0 || m.ownMethod(0, "run") != 0 {
		t.Errorf("%v", m.methods)
	}
}
