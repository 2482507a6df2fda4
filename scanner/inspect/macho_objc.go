package inspect

import (
	"bytes"
	"slices"
)

// objc reads selectors: the strings of __objc_methname, where compilers put
// them, and whatever __objc_selrefs points to, which is where the runtime looks.
func (m *machFile) objc() {
	for _, s := range m.methname {
		section, _ := m.at(s.off, s.size)
		if !m.spend(section.len()) {
			return
		}
		for name := range bytes.SplitSeq(section.data, []byte{0}) {
			m.add(m.selectors, name[:min(len(name), maxName)])
		}
	}
	step := uint64(4)
	if m.wide {
		step = 8
	}
	for _, s := range m.selrefs {
		section, _ := m.at(s.off, s.size)
		if !m.spend(section.len()) {
			return
		}
		for at := uint64(0); at+step <= section.size(); at += step {
			if off, ok := m.target(section.word(at, m.wide)); ok {
				m.add(m.selectors, m.text(off))
			}
		}
	}
}

// target turns a pointer of a data section into an offset in the file. With
// chained fixups the low bits hold an address or the distance from the header,
// and the rest the way to the next pointer.
func (m *machFile) target(pointer uint64) (uint64, bool) {
	if pointer == 0 {
		return 0, false
	}
	candidates := []uint64{pointer}
	if m.chained {
		const low36, low32 = 1<<36 - 1, 1<<32 - 1
		var base uint64
		if i := slices.IndexFunc(m.segments, func(s machSegment) bool { return s.off == 0 && s.size > 0 }); i >= 0 {
			base = m.segments[i].addr
		}
		candidates = []uint64{pointer & low36, base + pointer&low36, pointer & low32, base + pointer&low32}
	}
	for _, addr := range candidates {
		for _, s := range m.segments {
			// The first page holds the header, never a selector.
			if addr >= s.addr && addr-s.addr < s.size && s.off+addr-s.addr >= 32 {
				return s.off + addr - s.addr, true
			}
		}
	}
	return 0, false
}
