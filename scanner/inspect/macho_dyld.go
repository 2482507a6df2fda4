package inspect

import "bytes"

// Opcodes of LC_DYLD_INFO, high four bits.
const (
	bindDone          = 0x00
	bindOrdinal       = 0x10
	bindOrdinalULEB   = 0x20
	bindSpecial       = 0x30
	bindSymbol        = 0x40
	bindType          = 0x50
	bindAddend        = 0x60
	bindSegment       = 0x70
	bindAddAddr       = 0x80
	bindDo            = 0x90
	bindDoAddAddr     = 0xa0
	bindDoAddAddrImm  = 0xb0
	bindDoTimes       = 0xc0
	bindThreaded      = 0xd0
	ordinalSelf       = 0
	ordinalWeakLookup = -3
	maxRepeated       = 1 << 10 // binds of one name in a row of which it matters where they are
)

// binds runs a table of bind opcodes for the names that it binds. In the lazy
// table each entry ends in "done", in the others the table does. Repetitions
// are not unrolled, so the time is linear in the size.
func (m *machFile) binds(table window, lazy bool) {
	if !m.spend(table.len()) {
		return
	}
	c := cursor{data: table.data}
	var name []byte
	ordinal := 0
	var segment int
	var offset uint64
	bind := func() {
		m.bound(name, ordinal)
		m.place(segment, offset, name, lazy)
		offset += 8
	}
	for !c.done() {
		op := c.byte()
		imm := op & 0x0f
		switch op & 0xf0 {
		case bindDone:
			if !lazy {
				return
			}
		case bindOrdinal:
			ordinal = int(imm)
		case bindOrdinalULEB:
			ordinal = int(c.uleb())
		case bindSpecial:
			if ordinal = 0; imm != 0 {
				ordinal = int(imm) - 16
			}
		case bindSymbol:
			name = c.text()
		case bindType:
		case bindAddend:
			c.uleb()
		case bindSegment:
			segment, offset = int(imm), c.uleb()
		case bindAddAddr:
			offset += c.uleb()
		case bindDo:
			bind()
		case bindDoAddAddrImm:
			bind()
			offset += 8 * uint64(imm)
		case bindDoAddAddr:
			bind()
			offset += c.uleb()
		case bindDoTimes:
			times, skip := c.uleb(), c.uleb()
			for range max(min(times, maxRepeated), 1) - 1 {
				m.place(segment, offset, name, lazy)
				offset += 8 + skip
			}
			bind()
			offset += skip
		case bindThreaded:
			if imm == 0 { // the size of a table; 1 applies it
				c.uleb()
			}
		default:
			m.problem(-1, "a bind table has the unknown opcode %#x", op)
			return
		}
	}
}

// bound takes a symbol that dyld binds. One that is looked for in the file
// itself, or merged with those of other files (C++), is an import only where
// the file does not define it.
func (m *machFile) bound(name []byte, ordinal int) {
	if ordinal == ordinalSelf || ordinal == ordinalWeakLookup {
		if _, own := m.exports[string(plainName(name))]; own {
			return
		}
	}
	m.importName(name)
}

// chainedImports reads the import table of LC_DYLD_CHAINED_FIXUPS.
func (m *machFile) chainedImports(fixups window) {
	if fixups.len() == 0 {
		return
	}
	imports, symbols := uint64(fixups.u32(8)), uint64(fixups.u32(12))
	count, format := uint64(fixups.u32(16)), fixups.u32(20)
	if fixups.u32(24) != 0 {
		m.problem(-1, "the names of the chained fixups are compressed and were not read")
		return
	}
	sizes := map[uint32]uint64{1: 4, 2: 8, 3: 16} // DYLD_CHAINED_IMPORT, _ADDEND, _ADDEND64
	step, known := sizes[format]
	if !known && count > 0 {
		m.problem(-1, "the chained fixups have the unknown import format %d", format)
		return
	}
	table, whole := fixups.at(imports, count*step)
	if !whole {
		m.problem(-1, "the chained fixups claim %d imports and go beyond their end", count)
	}
	if !m.spend(table.len()) {
		return
	}
	names := fixups.from(symbols)
	var all []string
	follows := m.follows(m.len())
	if follows {
		defer func() { m.chains(fixups, all) }()
	}
	bound := func(name []byte, ordinal int) {
		m.bound(name, ordinal)
		if follows {
			all = append(all, string(plainName(name)))
		}
	}
	for at := uint64(0); at+step <= table.size() && step > 0; at += step {
		if format == 3 {
			raw := table.u64(at)
			bound(names.text(raw>>32), int(int16(raw)))
		} else {
			raw := table.u32(at)
			bound(names.text(uint64(raw>>9)), int(int8(raw)))
		}
	}
}

// trie reads the names of an export trie. Each node is visited once, and all
// of them together may not read more than the trie holds, so that nodes laid
// over each other end.
func (m *machFile) trie(table window) {
	if table.len() == 0 || !m.spend(table.len()) {
		return
	}
	type node struct {
		at     uint64
		prefix []byte
	}
	seen := make([]uint64, table.size()/64+1)
	left := table.len() + 16
	for pending := []node{{0, nil}}; len(pending) > 0; {
		n := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if n.at >= table.size() {
			m.problem(-1, "the export trie points beyond its end")
			return
		}
		if seen[n.at/64]&(1<<(n.at%64)) != 0 {
			m.problem(-1, "the export trie runs in a circle")
			return
		}
		seen[n.at/64] |= 1 << (n.at % 64)

		c := cursor{data: table.data, pos: int(n.at)}
		if terminal := c.uleb(); terminal > 0 {
			m.add(m.exports, plainName(n.prefix))
			info, _ := table.at(uint64(c.pos), terminal)
			m.reexport(cursor{data: info.data})
			c.pos += info.len()
		}
		for range c.byte() {
			label := c.text()
			child := node{c.uleb(), nil}
			child.prefix = append(bytes.Clone(n.prefix), label...)
			child.prefix = child.prefix[:min(len(child.prefix), maxName)]
			if !m.spend(len(child.prefix)) {
				return
			}
			if pending = append(pending, child); len(pending) > 4*maxNames {
				m.problem(-1, "the export trie has too many branches; reading stopped")
				return
			}
		}
		if left -= c.pos - int(n.at); left < 0 {
			m.problem(-1, "the export trie has nodes that lie over each other")
			return
		}
	}
}

// reexport takes what a terminal hands on from another library: calling it
// under the new name calls that, so it is an import.
func (m *machFile) reexport(terminal cursor) {
	const flagReexport = 0x08
	if terminal.uleb()&flagReexport == 0 {
		return
	}
	terminal.uleb() // ordinal
	if name := terminal.text(); len(name) > 0 {
		m.importName(name)
	}
}
