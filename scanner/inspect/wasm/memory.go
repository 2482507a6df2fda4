package wasm

// A Memory is one of an instance, or of several. Its bytes are kept as far as they were
// touched; those behind are zero.
type Memory struct {
	bytes   []byte
	pages   uint64
	most    uint64
	unknown map[uint32]uint64 // a bit for each byte of 64 that is not known
	// Changes counts how often it was written to or grown.
	Changes int
}

// NewMemory is a memory of so many pages, and so many at most.
func NewMemory(pages, most uint64) (*Memory, bool) {
	if pages > maxPages || pages > most {
		return nil, false
	}
	return &Memory{pages: pages, most: min(most, maxPages)}, true
}

// Size is how many bytes it has.
func (m *Memory) Size() uint64 { return m.pages * pageSize }

// Grow adds pages, and gives how many there were, or -1.
func (m *Memory) Grow(pages uint64) int32 {
	if pages > m.most-m.pages {
		return -1
	}
	was := m.pages
	m.pages += pages
	m.Changes++
	return int32(was)
}

// Shown is how many of its bytes Contents gives: the first ones of a large one.
func (m *Memory) Shown() int { return int(min(m.Size(), maxMemory)) }

// Contents are its bytes. Those that are not known are zero.
func (m *Memory) Contents() string {
	out := make([]byte, m.Shown())
	copy(out, m.bytes)
	return string(out)
}

// Set writes all that Contents gives, after it was changed. What is not known stays so
// where it was not written to.
func (m *Memory) Set(contents string) {
	if len(contents) > maxMemory || uint64(len(contents)) > m.Size() {
		return
	}
	m.bytes = append(m.bytes[:0], contents...)
	for word, bits := range m.unknown {
		for i := range uint32(64) {
			if at := int(word<<6 | i); at < len(contents) && contents[at] != 0 {
				bits &^= 1 << i
			}
		}
		m.unknown[word] = bits
	}
	m.Changes++
}

// Known tells whether all of some bytes are known.
func (m *Memory) Known(from, n uint64) bool {
	if from > maxMemory || n > maxMemory-from {
		return false
	}
	if len(m.unknown) == 0 {
		return true
	}
	for at := from; at < from+n; at = at&^63 + 64 {
		if m.unknown[uint32(at>>6)]&wordBits(at, from+n) != 0 {
			return false
		}
	}
	return true
}

// wordBits are the bits of the bytes [from, to) among the 64 that the first one lies in.
func wordBits(from, to uint64) uint64 {
	bits := ^uint64(0) << (from & 63)
	if last := to - from&^63; last < 64 {
		bits &= 1<<last - 1
	}
	return bits
}

// within tells whether bytes are the memory's, and whether they are kept.
func (m *Memory) within(from, n uint64) (within, kept bool) {
	size := m.Size()
	return n <= size && from <= size-n, from <= maxMemory && n <= maxMemory-from
}

// reach makes the bytes up to an end ones that are kept, and gives the steps that it takes.
func (m *Memory) reach(end uint64) int {
	n := uint64(len(m.bytes))
	if end <= n {
		return 0
	}
	more := min((end+0xfff)&^0xfff, m.Size(), maxMemory) - n
	m.bytes = append(m.bytes, make([]byte, more)...)
	return int(more / copiedStep)
}

// load reads a number of n bytes, the lowest first.
func (m *Memory) load(from, n uint64) (out uint64, known bool) {
	for i := n; i > 0; i-- {
		out <<= 8
		if at := from + i - 1; at < uint64(len(m.bytes)) {
			out |= uint64(m.bytes[at])
		}
	}
	return out, m.Known(from, n)
}

// store writes a number to bytes that are kept.
func (m *Memory) store(from, n, what uint64, known bool) {
	for i := range n {
		m.bytes[from+i] = byte(what >> (8 * i))
	}
	m.mark(from, n, known)
	m.Changes++
}

// mark says of bytes whether they are known.
func (m *Memory) mark(from, n uint64, known bool) {
	if known && len(m.unknown) == 0 {
		return
	}
	if m.unknown == nil {
		m.unknown = map[uint32]uint64{}
	}
	for at := from; at < from+n; at = at&^63 + 64 {
		bits := wordBits(at, from+n)
		switch word := uint32(at >> 6); {
		case !known:
			m.unknown[word] |= bits
		case m.unknown[word]&^bits == 0:
			delete(m.unknown, word)
		default:
			m.unknown[word] &^= bits
		}
	}
}

// copied writes bytes of another memory, or its own. All of them are kept.
func (m *Memory) copied(to uint64, of *Memory, from, n uint64) {
	known := of.Known(from, n)
	copy(m.bytes[to:to+n], of.bytes[from:from+n])
	m.mark(to, n, known)
	m.Changes++
}

// A Table holds references, of which 0 is null.
type Table struct {
	entries []uint64
	most    uint64
}

// NewTable is a table of so many entries.
func NewTable(entries, most uint64) (*Table, bool) {
	if entries > maxTable || entries > most {
		return nil, false
	}
	return &Table{make([]uint64, entries), min(most, maxTable)}, true
}

// Len is how many entries it has.
func (t *Table) Len() int { return len(t.entries) }

// Get is an entry.
func (t *Table) Get(n int) (Value, bool) {
	if n < 0 || n >= len(t.entries) {
		return Value{}, false
	}
	return Value{Bits: t.entries[n]}, true
}

// Set gives an entry a value.
func (t *Table) Set(n int, v Value) bool {
	if n < 0 || n >= len(t.entries) {
		return false
	}
	t.entries[n] = v.Bits
	return true
}

// Grow adds entries, and gives how many there were, or -1.
func (t *Table) Grow(n uint64, v Value) int32 {
	if n > t.most-uint64(len(t.entries)) {
		return -1
	}
	was := len(t.entries)
	for range n {
		t.entries = append(t.entries, v.Bits)
	}
	return int32(was)
}

// A Global is a variable of an instance, or of several.
type Global struct {
	Type  Type
	Value Value
}
