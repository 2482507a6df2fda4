package machine

import (
	"bytes"
	"slices"
	"strings"
)

// What C++ asks of libstdc++: strings, streams that write to strings, and the trees of maps
// and sets. Layouts are those of GCC's headers since version 5.

const (
	maxHeight = 64 // of a tree, whose branches are not balanced here

	// Of a stream, where its buffer keeps the beginning, the place and the end of what is
	// written.
	outBegin, outPlace, outEnd = 40, 48, 56
	streamSize                 = 112 // of a stream of strings, its base class apart

	// Of a node of a tree.
	nodeColour, nodeParent, nodeLeft, nodeRight = 0, 8, 16, 24
	black                                       = 1
	listPrevious                                = 8 // of a node of a list, after the next
)

// cplusplus does what a function of libstdc++ would, if it is one that is known.
func (m *machine) cplusplus(name string, a [6]uint64) (result uint64, known bool) {
	if name == "__cxa_guard_acquire" {
		return 1 - m.peek(a[0], 1)&1, true
	}
	if name == "__cxa_guard_release" {
		m.writeByte(a[0], 1)
		return 0, true
	}
	mangled, ok := strings.CutPrefix(name, "_Z")
	if !ok {
		return 0, false
	}
	if member, ok := strings.CutPrefix(strings.TrimPrefix(strings.TrimPrefix(mangled, "NK"), "N"), stringClass); ok {
		return m.stringMember(member, a), true
	}
	switch {
	case strings.HasPrefix(mangled, "N2v86String11NewFromUtf8"), strings.HasPrefix(mangled, "N2v86String14NewFromOneByte"):
		return a[1], true // whose address stands for it
	case strings.HasPrefix(mangled, "St29_Rb_tree_insert_and_rebalance"):
		m.insertNode(a[0]&1 != 0, a[1], a[2], a[3])
		return 0, true
	case strings.HasPrefix(mangled, "St18_Rb_tree_increment"):
		return m.nextNode(a[0], nodeRight, nodeLeft), true
	case strings.HasPrefix(mangled, "St18_Rb_tree_decrement"):
		if m.peek(a[0]+nodeColour, 4) != black { // the head, from which it goes to the last
			return m.peek(a[0]+nodeRight, 8), true
		}
		return m.nextNode(a[0], nodeLeft, nodeRight), true
	case strings.HasPrefix(mangled, "NSt8__detail15_List_node_base7_M_hook"): // before another
		before := m.peek(a[1]+listPrevious, 8)
		m.write(a[0], a[1], 8)
		m.write(a[0]+listPrevious, before, 8)
		m.write(before, a[0], 8)
		m.write(a[1]+listPrevious, a[0], 8)
		return 0, true
	}
	return m.stream(mangled, a)
}

// insertNode hangs a node below another, without balancing the tree.
func (m *machine) insertNode(left bool, node, parent, head uint64) {
	m.write(node+nodeColour, black, 8)
	m.write(node+nodeParent, parent, 8)
	m.write(node+nodeLeft, 0, 8)
	m.write(node+nodeRight, 0, 8)
	side := uint64(nodeRight)
	if left {
		side = nodeLeft
	}
	first := m.peek(head+nodeLeft, 8)
	m.write(parent+side, node, 8)
	switch {
	case parent == head:
		for _, to := range []uint64{nodeParent, nodeLeft, nodeRight} {
			m.write(head+to, node, 8)
		}
	case left && parent == first, !left && parent == m.peek(head+nodeRight, 8):
		m.write(head+side, node, 8)
	}
}

// nextNode is the neighbour of a node in the order of the tree, on the side that onward is.
func (m *machine) nextNode(node, onward, back uint64) uint64 {
	if next := m.peek(node+onward, 8); next != 0 {
		for range maxHeight {
			further := m.peek(next+back, 8)
			if further == 0 {
				break
			}
			next = further
		}
		return next
	}
	for range maxHeight {
		parent := m.peek(node+nodeParent, 8)
		if m.peek(parent+onward, 8) != node {
			return parent
		}
		node = parent
	}
	return node
}

// stream does what members of streams would.
func (m *machine) stream(mangled string, a [6]uint64) (result uint64, known bool) {
	written := func(stream uint64) []byte {
		begin := m.peek(stream+outBegin, 8)
		return m.load(begin, min(m.peek(stream+outPlace, 8)-begin, maxText))
	}
	switch {
	case strings.HasPrefix(mangled, "St16__ostream_insertIc"), strings.HasPrefix(mangled, "NSo5writeEPKcl"):
		m.writeStream(a[0], m.load(a[1], min(a[2], maxText)))
	case strings.HasPrefix(mangled, "StlsIcSt11char_traitsIcESaIcEERSt13basic_ostreamIT_T0_ES7_RKNSt7__cxx1112basic_string"):
		m.writeStream(a[0], m.load(m.peek(a[1], 8), min(m.peek(a[1]+8, 8), maxText)))
	case strings.HasPrefix(mangled, "StlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_PKc"):
		m.writeStream(a[0], m.bytes(a[1]))
	case strings.HasPrefix(mangled, "StlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_c"), strings.HasPrefix(mangled, "NSo3putEc"):
		m.writeStream(a[0], []byte{byte(a[1])})
	case strings.HasPrefix(mangled, "NSt7__cxx1119basic_ostringstreamIc") && strings.HasSuffix(mangled, "C1Ev"):
		m.put(a[0], make([]byte, streamSize))
	case strings.HasPrefix(mangled, "NSt7__cxx1118basic_stringstreamIc") && strings.HasSuffix(mangled, "C1Ev"):
		m.put(a[0], make([]byte, streamSize+16))
	case strings.HasPrefix(mangled, "NKSt7__cxx1119basic_ostringstreamIc") && strings.HasSuffix(mangled, "3strEv"):
		m.assignString(a[0], written(a[1]))
	case strings.HasPrefix(mangled, "NKSt7__cxx1118basic_stringstreamIc") && strings.HasSuffix(mangled, "3strEv"):
		m.assignString(a[0], written(a[1]+16)) // after the part that reads
	case strings.HasPrefix(mangled, "NKSt7__cxx1115basic_stringbufIc") && strings.HasSuffix(mangled, "3strEv"):
		m.assignString(a[0], written(a[1]-8))
	default:
		return 0, false
	}
	return a[0], true
}

// writeStream writes to a stream that is no import, as std::cout is.
func (m *machine) writeStream(stream uint64, text []byte) {
	if stream >= importBase && stream < resultBase {
		return
	}
	place := m.peek(stream+outPlace, 8)
	if place == 0 {
		place = m.result("")
		m.write(stream+outBegin, place, 8)
	}
	m.put(place, append(text, 0))
	place += uint64(len(text))
	m.write(stream+outPlace, place, 8)
	m.write(stream+outEnd, place, 8)
}

// stringClass begins the names of members of C++'s strings in libstdc++, after _ZN or, of
// those that change nothing, _ZNK. They are a pointer, a length, and room for 16 bytes.
const stringClass = "St7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE"

// stringMember does what a member would. Names without parameters are those of GCC without
// optimisation, which calls what else is written in place.
func (m *machine) stringMember(member string, a [6]uint64) uint64 {
	text := func(at uint64) []byte { return m.load(m.peek(at, 8), min(m.peek(at+8, 8), maxText)) }
	given := func(at, size uint64) []byte { return m.load(at, min(size, maxText)) }
	set := func(parts ...[]byte) uint64 { return m.assignString(a[0], bytes.Join(parts, nil)) }
	// replaced has a part replaced that begins at one place and is so long.
	replaced := func(at, size uint64, with []byte) uint64 {
		b := text(a[0])
		at = min(at, uint64(len(b)))
		end := min(at+min(size, maxText), uint64(len(b)))
		return set(b[:at], with, b[end:])
	}
	is := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(member, name) })
	}
	switch {
	case is("9_M_appendEPKcm", "6appendEPKcm"):
		return set(text(a[0]), given(a[1], a[2]))
	case is("6appendEPKc", "pLEPKc"):
		return set(text(a[0]), m.bytes(a[1]))
	case is("6appendERKS4_", "pLERKS4_"):
		return set(text(a[0]), text(a[1]))
	case is("9push_backEc", "pLEc"):
		return set(text(a[0]), []byte{byte(a[1])})
	case is("9_M_assignERKS4_", "6assignERKS4_", "6assignEOS4_", "aSERKS4_", "aSEOS4_", "C1EOS4_", "C2EOS4_") || member == "C1ERKS4_" || member == "C2ERKS4_":
		return set(text(a[1]))
	case is("C1ERKS4_m", "C2ERKS4_m"):
		b := text(a[1])
		b = b[min(a[2], uint64(len(b))):]
		return set(b[:min(a[3], uint64(len(b)))])
	case is("C1EPKcRK", "C2EPKcRK", "6assignEPKc", "aSEPKc"):
		return set(m.bytes(a[1]))
	case is("C1EPKcm", "C2EPKcm"):
		return set(given(a[1], a[2]))
	case is("C1Emc", "C2Emc"):
		return set(bytes.Repeat([]byte{byte(a[2])}, int(min(a[1], maxText))))
	case member == "C1Ev", member == "C2Ev":
		m.write(a[0], a[0]+16, 8)
		m.write(a[0]+8, 0, 8)
		m.writeByte(a[0]+16, 0)
	case is("9_M_create"):
		return m.result("")
	case is("9_M_mutate", "7reserve"):
		return set(text(a[0]))
	case is("10_M_replaceEmmPKcm", "7replaceEmmPKcm"):
		return replaced(a[1], a[2], given(a[3], a[4]))
	case is("7replaceEmmRKS4_"):
		return replaced(a[1], a[2], text(a[3]))
	case is("6insertEmRKS4_"):
		return replaced(a[1], 0, text(a[2]))
	case is("6insertEmPKc"):
		return replaced(a[1], 0, m.bytes(a[2]))
	case is("5eraseEmm"):
		return replaced(a[1], a[2], nil)
	case is("6substrEmm"):
		b := text(a[1])
		b = b[min(a[2], uint64(len(b))):]
		return set(b[:min(a[3], uint64(len(b)))])
	case is("7compareERKS4_"):
		return uint64(int64(bytes.Compare(text(a[0]), text(a[1]))))
	case is("7compareEPKc"):
		return uint64(int64(bytes.Compare(text(a[0]), m.bytes(a[1]))))
	case is("5c_strEv", "4dataEv", "5beginEv", "7_M_dataEv"):
		return m.peek(a[0], 8)
	case is("3endEv"):
		return m.peek(a[0], 8) + m.peek(a[0]+8, 8)
	case is("4sizeEv", "6lengthEv"):
		return m.peek(a[0]+8, 8)
	case is("ixEm", "2atEm"):
		return m.peek(a[0], 8) + a[1]
	case is("7_M_dataEPc", "12_Alloc_hiderC1EPc", "12_Alloc_hiderC2EPc"):
		m.write(a[0], a[1], 8)
	case is("13_M_local_dataEv"):
		return a[0] + 16
	case is("11_M_capacityEm"):
		m.write(a[0]+16, a[1], 8)
	case is("13_M_set_lengthEm"):
		m.write(a[0]+8, a[1], 8)
		m.writeByte(m.peek(a[0], 8)+a[1], 0)
	case is("13_S_copy_charsEPc"):
		m.put(a[0], given(a[1], a[2]-a[1]))
	}
	return a[0]
}

func (m *machine) assignString(at uint64, text []byte) uint64 {
	to := m.result("")
	m.put(to, append(text, 0))
	m.write(at, to, 8)
	m.write(at+8, uint64(len(text)), 8)
	return at
}
