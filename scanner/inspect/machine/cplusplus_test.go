package machine

import (
	"slices"
	"strings"
	"testing"
)

func testMachine() *machine {
	first := &machine{image: &Image{}, room: new(room), pages: map[uint64]*page{}, byName: map[string]uint64{}}
	first.fill()
	m := first.again(false)
	m.watch, m.steps = &Watch{}, allSteps
	return m
}

// call calls a function of libstdc++, the name of which may leave the class of strings out.
func (m *machine) call(t *testing.T, name string, arguments ...uint64) uint64 {
	t.Helper()
	var a [6]uint64
	copy(a[:], arguments)
	result, known := m.cplusplus(strings.Replace(name, "STRING", stringClass, 1), a)
	if !known {
		t.Errorf("%s is not known", name)
	}
	return result
}

func (m *machine) give(text string) uint64 {
	at := m.result("")
	m.put(at, append([]byte(text), 0))
	return at
}

func (m *machine) giveString(text string) uint64 { return m.assignString(m.result(""), []byte(text)) }

func TestMembersOfStringsDoWhatTheyDo(t *testing.T) {
	for name, want := range map[string]string{
		"6appendEPKc": "socket/on", "pLEPKc": "socket/on", "9_M_appendEPKcm": "socket/o", "6appendERKS4_": "socket/on", "pLERKS4_": "socket/on",
		"9_M_assignERKS4_": "/on", "aSEOS4_": "/on", "C1ERKS4_": "/on", "C1ERKS4_mm": "o", "C1EPKcRKS3_": "/on", "C1Ev": "",
		"10_M_replaceEmmPKcm": "s/on", "7replaceEmmRKS4_": "s/onet", "6insertEmRKS4_": "so/oncket", "6insertEmPKc": "so/oncket", "5eraseEmm": "s",
		"9push_backEc": "socketA", "C1EmcRKS3_": "AA",
	} {
		m := testMachine()
		s, text, other := m.giveString("socket"), m.give("/on"), m.giveString("/on")
		arguments := map[string][]uint64{
			"6appendEPKc": {s, text}, "pLEPKc": {s, text}, "9_M_appendEPKcm": {s, text, 2}, "C1EPKcRKS3_": {s, text}, "C1ERKS4_mm": {s, other, 1, 1},
			"10_M_replaceEmmPKcm": {s, 1, 9, text, 3}, "7replaceEmmRKS4_": {s, 1, 3, other}, "6insertEmRKS4_": {s, 2, other}, "6insertEmPKc": {s, 2, text},
			"5eraseEmm": {s, 1, ^uint64(0)}, "9push_backEc": {s, 'A'}, "C1EmcRKS3_": {s, 2, 'A'},
		}[name]
		if arguments == nil {
			arguments = []uint64{s, other}
		}
		m.call(t, "_ZNSTRING"+name, arguments...)
		if got := m.text(m.call(t, "_ZNKSTRING5c_strEv", s)); got != want || m.call(t, "_ZNKSTRING4sizeEv", s) != uint64(len(want)) {
			t.Errorf("%s: %q", name, got)
		}
	}
	m := testMachine()
	s, part := m.giveString("socket"), m.result("")
	m.call(t, "_ZNKSTRING6substrEmm", part, s, 3, ^uint64(0))
	if got := m.text(m.call(t, "_ZNSTRING5beginEv", part)); got != "ket" {
		t.Errorf("substr: %q", got)
	}
	if m.call(t, "_ZNKSTRING7compareERKS4_", s, part) == 0 || m.call(t, "_ZNKSTRING7compareEPKc", part, m.give("ket")) != 0 {
		t.Error("compare")
	}
	if end := m.call(t, "_ZNSTRING3endEv", part); m.peek(end-1, 1) != 't' {
		t.Error("end")
	}
}

func TestStreamsKeepWhatIsWritten(t *testing.T) {
	const insert, insertString = "_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_", "_ZStlsIcSt11char_traitsIcESaIcEERSt13basic_ostreamIT_T0_ES7_RKNSt7__cxx1112basic_stringIS4_S5_T1_EE"
	for class, out := range map[string]uint64{"19basic_ostringstream": 0, "18basic_stringstream": 16} {
		m := testMachine()
		stream, to := m.result(""), m.result("")
		m.put(stream, []byte(strings.Repeat("x", 128))) // what lay there before
		m.call(t, "_ZNSt7__cxx11"+class+"IcSt11char_traitsIcESaIcEEC1Ev", stream)
		at := m.call(t, insert+"PKc", stream+out, m.give("so"))
		at = m.call(t, insert+"c", at, 'c')
		at = m.call(t, insertString, at, m.giveString("k"))
		at = m.call(t, "_ZSt16__ostream_insertIcSt11char_traitsIcEERSt13basic_ostreamIT_T0_ES6_PKS3_l", at, m.give("etx"), 2)
		m.call(t, "_ZNKSt7__cxx11"+class+"IcSt11char_traitsIcESaIcEE3strEv", to, stream)
		if got := m.text(m.peek(to, 8)); at != stream+out || got != "socket" {
			t.Errorf("%s: %q", class, got)
		}
	}
	m := testMachine()
	m.call(t, "_ZNSo3putEc", importBase+importHalf, 'x') // std::cout
	if m.peek(importBase+importHalf+outPlace, 8) != 0 {
		t.Error("an import is taken for a buffer")
	}
}

func TestTreesKeepTheirOrder(t *testing.T) {
	const insert = "_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_"
	m := testMachine()
	head := m.result("")
	m.write(head+nodeLeft, head, 8)
	m.write(head+nodeRight, head, 8)
	var nodes [4]uint64
	for i := range nodes {
		nodes[i] = m.result("")
	}
	for _, n := range []struct{ left, node, parent uint64 }{{1, 1, 4}, {1, 0, 1}, {0, 3, 1}, {1, 2, 3}} {
		parent := head
		if n.parent < 4 {
			parent = nodes[n.parent]
		}
		m.call(t, insert, n.left, nodes[n.node], parent, head)
	}
	var up, down []uint64
	for at := m.peek(head+nodeLeft, 8); at != head && len(up) < 9; at = m.call(t, "_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base", at) {
		up = append(up, at)
	}
	for at := m.call(t, "_ZSt18_Rb_tree_decrementPSt18_Rb_tree_node_base", head); len(down) < 4; at = m.call(t, "_ZSt18_Rb_tree_decrementPKSt18_Rb_tree_node_base", at) {
		down = append(down, at)
	}
	slices.Reverse(down)
	if !slices.Equal(up, nodes[:]) || !slices.Equal(down, nodes[:]) {
		t.Errorf("up %x, down %x, of %x", up, down, nodes)
	}
	// A tree that runs in a circle ends.
	m.write(nodes[0]+nodeLeft, nodes[0], 8)
	m.write(nodes[0]+nodeRight, nodes[0], 8)
	m.nextNode(nodes[0], nodeLeft, nodeRight)
	m.nextNode(0, nodeLeft, nodeRight)
}

func TestListsAndGuards(t *testing.T) {
	m := testMachine()
	head, a, b := m.result(""), m.result(""), m.result("")
	m.write(head, head, 8)
	m.write(head+listPrevious, head, 8)
	for _, node := range []uint64{a, b} {
		m.call(t, "_ZNSt8__detail15_List_node_base7_M_hookEPS0_", node, head)
	}
	if m.peek(head, 8) != a || m.peek(a, 8) != b || m.peek(b, 8) != head || m.peek(head+listPrevious, 8) != b {
		t.Error("the list is out of order")
	}
	if guard := m.result(""); m.call(t, "__cxa_guard_acquire", guard) != 1 {
		t.Error("what was not made yet is not made")
	} else if m.call(t, "__cxa_guard_release", guard); m.call(t, "__cxa_guard_acquire", guard) != 0 {
		t.Error("it is made twice")
	}
}
