package inspect

import (
	"slices"

	"plugvet/scanner/inspect/machine"
)

// Pointer formats of mach-o/fixup-chains.h.
const (
	chainArm64e       = 1
	chain64           = 2
	chain64Offset     = 6
	chainUserland     = 9
	chainUserland24   = 12
	chainNone         = 0xffff
	chainMulti        = 0x8000
	maxChained        = 1 << 16 // pointers of one file
	maxFunctionStarts = 1 << 14
)

// image is the slice as dyld maps it, or nil where that is not to be told.
func (m *machFile) image() *machine.Image {
	cpu := m.u32(4)
	if cpu != cpuArm64 && cpu != cpuWide|7 || m.object || m.order.String() != "LittleEndian" {
		return nil
	}
	image := &machine.Image{Apple: true, Pointers: m.pointers, Constructors: m.inits, Classes: m.ownClasses, Categories: m.categories, Symbols: m.symbols}
	if cpu == cpuArm64 {
		image.Arch = machine.ARM64
	}
	var base uint64
	for _, s := range m.segments {
		part, _ := m.at(s.off, s.size)
		if s.off == 0 && s.size > 0 {
			base = s.addr
		}
		image.Segments = append(image.Segments, machine.Segment{Addr: s.addr, Off: s.off, Data: part.data, Code: s.code})
	}
	for _, start := range m.starts {
		image.Entries = append(image.Entries, base+start)
	}
	m.bindOwn()
	return image
}

// bindOwn has what the file asks for by a name and has itself be its own, as dyld does unless
// a library that was there before has it too: so functions and constants are bound that
// compilers of C++ may leave in several files.
func (m *machFile) bindOwn() {
	var own map[string]uint64
	for i, p := range m.pointers {
		if _, is := m.exports[p.Import]; !is || p.Import == "" || m.symbols == nil {
			continue
		}
		if own == nil {
			own = map[string]uint64{}
			for _, s := range m.symbols() {
				own[string(plainName([]byte("_"+s.Name)))] = s.From
			}
		}
		if at := own[p.Import]; at != 0 {
			m.pointers[i].Value, m.pointers[i].Import, m.pointers[i].Function = at, "", false
		}
	}
}

// functionStarts reads LC_FUNCTION_STARTS: where each function begins, from the end of
// the header or the one before.
func (m *machFile) functionStarts(table window) {
	if !m.spend(table.len()) {
		return
	}
	c := cursor{data: table.data}
	var at uint64
	for !c.done() && len(m.starts) < maxFunctionStarts {
		distance := c.uleb()
		if distance == 0 {
			return
		}
		at += distance
		m.starts = append(m.starts, at)
	}
}

// place notes where dyld puts the address of an import.
func (m *machFile) place(segment int, offset uint64, name []byte, function bool) {
	if segment < len(m.segments) && len(m.pointers) < maxChained && m.follows(m.len()) {
		m.pointers = append(m.pointers, machine.Pointer{Addr: m.segments[segment].addr + offset, Import: string(plainName(name)), Function: function})
	}
}

// chains follows the chains of fixups: each pointer says what is to stand there, and how
// far the next one is.
func (m *machFile) chains(fixups window, imports []string) {
	starts := fixups.from(uint64(fixups.u32(4)))
	var base uint64
	if i := slices.IndexFunc(m.segments, func(s machSegment) bool { return s.off == 0 && s.size > 0 }); i >= 0 {
		base = m.segments[i].addr
	}
	for i := range min(uint64(starts.u32(0)), maxSegments) {
		at := uint64(starts.u32(4 + 4*i))
		if at == 0 || i >= uint64(len(m.segments)) {
			continue
		}
		info, segment := starts.from(at), m.segments[i]
		size, format := uint64(info.u16(4)), info.u16(6)
		pages := min(uint64(info.u16(20)), info.size()/2)
		if !m.spend(int(2 * pages)) {
			return
		}
		for n := range pages {
			first := info.u16(22 + 2*n)
			if first == chainNone || first&chainMulti != 0 {
				continue
			}
			m.chain(segment, base, n*size+uint64(first), format, imports)
		}
	}
}

func (m *machFile) chain(segment machSegment, base, at uint64, format uint16, imports []string) {
	for at+8 <= segment.size && len(m.pointers) < maxChained {
		raw := m.u64(segment.off + at)
		p := machine.Pointer{Addr: segment.addr + at}
		var bind bool
		var next, ordinal uint64
		switch format {
		case chain64, chain64Offset:
			bind, next, ordinal = raw>>63 == 1, raw>>51&0xfff*4, raw&0xffffff
			p.Value = raw & (1<<36 - 1)
			if format == chain64Offset {
				p.Value += base
			}
		case chainArm64e, chainUserland, chainUserland24:
			bind, next, ordinal = raw>>62&1 == 1, raw>>51&0x7ff*8, raw&0xffff
			if format == chainUserland24 {
				ordinal = raw & 0xffffff
			}
			p.Value = raw & (1<<43 - 1)
			if raw>>63 == 1 {
				p.Value = raw & (1<<32 - 1)
			}
			if format != chainArm64e || raw>>63 == 1 {
				p.Value += base
			}
		default:
			return
		}
		if bind && ordinal < uint64(len(imports)) {
			p.Import = imports[ordinal]
		}
		m.pointers = append(m.pointers, p)
		if next == 0 {
			return
		}
		at += next
	}
}
