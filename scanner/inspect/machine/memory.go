package machine

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sync"

	"plugvet/scanner/inspect/script"
)

// The memory of a pass: the file as it is loaded, page by page, which is copied where it is
// written to.

type page struct {
	bytes     *[pageSize]byte
	code      *code // nil where there is none
	own       bool  // it was written to, and its bytes are those of this pass alone
	fresh     bool  // and since Written was last told
	low, high int   // what was, then
}

// A room is memory that is used again: for the next pass, and for the next file.
type room struct {
	pages   store[[pageSize]byte]
	codes   store[code]
	decoded instructions
	told    []byte // what Written is shown
	results []uint32
	known   map[uint64]bool
}

var rooms = sync.Pool{New: func() any { return &room{known: map[uint64]bool{}} }}

// A store hands out memory that holds anything.
type store[T any] struct {
	all   []*T
	taken int // the first ones
}

func (s *store[T]) take() *T {
	if s.taken == len(s.all) {
		s.all = append(s.all, new(T))
	}
	s.taken++
	return s.all[s.taken-1]
}

// A remembered is a page that was asked for of late, or that there is none.
type remembered struct {
	number uint64
	page   *page
	valid  bool
}

// code is what is known of the instructions on a page, by where they begin.
type code struct {
	x86  [pageSize]uint16 // one more than the place in the list of those that were decoded
	ways [pageSize]byte   // of branches: 1 not taken, 2 taken, and 4 and 8 if so in a pass before
	seen [pageSize]byte   // one more than the pass that was here last
}

// again is the memory as the loader left it.
func (m *machine) again(forced bool) *machine {
	pages := make([]page, 0, len(m.pages))
	next := &machine{image: m.image, room: m.room, pages: make(map[uint64]*page, len(m.pages)), imports: m.imports, byName: m.byName,
		methods: m.methods, classes: m.classes, classNamed: m.classNamed, budget: m.budget, symbols: m.symbols,
		codes: m.codes, head: m.head, queue: slices.Clone(m.queue), known: m.room.known, told: map[uint64]int{}, results: m.room.results[:0], patterns: m.patterns}
	clear(next.known)
	for number, p := range m.pages {
		if p.code != nil && forced {
			for i, way := range p.code.ways {
				p.code.ways[i] = way | way<<2
			}
		}
		pages = append(pages, page{bytes: p.bytes, code: p.code})
		next.pages[number] = &pages[len(pages)-1]
	}
	return next
}

// fill lays the file into memory as its loader does.
func (m *machine) fill() {
	m.head, m.patterns, m.symbols, m.budget = headSize, &patterns{}, &symbols{}, script.NewBudget(0, 0)
	m.budget.Waste(script.MaxConstant)
	if m.image.Head > 0 {
		m.head = min(headSize, m.image.Head)
	}
	for _, s := range m.image.Segments {
		if s.Addr > fileLimit || uint64(len(s.Data)) > fileLimit {
			continue
		}
		if s.Code && len(s.Data) > 0 {
			m.codes = append(m.codes, Span{s.Addr, s.Addr + uint64(len(s.Data))})
		}
		for at, data := s.Addr, s.Data; len(data) > 0; {
			p := m.pages[at>>pageBits]
			if p == nil {
				p = new(page)
				m.pages[at>>pageBits] = p
			}
			if s.Code && p.code == nil {
				p.code = m.room.codes.take()
				*p.code = code{}
			}
			if p.bytes == nil && at&(pageSize-1) == 0 && len(data) >= pageSize {
				p.bytes = (*[pageSize]byte)(data)
				at, data = at+pageSize, data[pageSize:]
				continue
			}
			m.copied(p)
			n := copy(p.bytes[at&(pageSize-1):], data)
			at, data = at+uint64(n), data[n:]
		}
	}
	m.importAt("link_map", false) // which dlinfo gives
	m.importAt(LibraryTable, false)
	for _, p := range m.image.Pointers {
		value := p.Value
		if p.Import != "" {
			value = m.importAt(p.Import, p.Function)
			m.transformAt(value, p.Import)
		}
		if page := m.pages[p.Addr>>pageBits]; page != nil && p.Addr&(pageSize-1) <= pageSize-8 {
			m.copied(page)
			binary.LittleEndian.PutUint64(page.bytes[p.Addr&(pageSize-1):], value)
		}
		if m.isCode(value) {
			m.queue = append(m.queue, value)
		}
	}
	entries := append([]uint64(nil), m.image.Entries...)
	for _, s := range m.image.Segments {
		for off := -s.Addr & 7; !s.Code && off+8 <= uint64(len(s.Data)); off += 8 {
			if value := binary.LittleEndian.Uint64(s.Data[off:]); m.isCode(value) {
				entries = append(entries, value)
			}
		}
	}
	m.queue = append(entries, m.queue...)
	m.learn()
}

// copied makes the bytes of a page its own.
func (m *machine) copied(p *page) {
	if p.own {
		return
	}
	own := m.room.pages.take()
	if p.bytes != nil {
		*own = *p.bytes
	} else {
		clear(own[:])
	}
	p.bytes, p.own = own, true
}

// importAt is the address of the code of an import.
func (m *machine) importAt(name string, function bool) uint64 {
	at, ok := m.byName[name]
	if !ok {
		at = importBase + uint64(len(m.imports))<<importBits + importHalf
		m.imports = append(m.imports, importOf(name))
		m.byName[name] = at
	}
	if function {
		m.imports[(at-importBase)>>importBits].function = true
	}
	return at
}

func (m *machine) isCode(at uint64) bool {
	if at >= m.code.From && at < m.code.To {
		return true
	}
	for _, s := range m.codes {
		if at >= s.From && at < s.To {
			m.code = s
			return true
		}
	}
	return false
}

// made reports whether there is code at an address that the plugin has written.
func (m *machine) made(at uint64) bool {
	for _, s := range m.runnable {
		if at >= s.From && at < s.To {
			p := m.page(at >> pageBits)
			return p != nil && p.own
		}
	}
	return false
}

// protect lets memory be run, if the protection says so: bit 2 on Linux and macOS.
func (m *machine) protect(at, size, protection uint64) {
	if protection&4 != 0 && len(m.runnable) < 64 {
		m.runnable = append(m.runnable, Span{at &^ (pageSize - 1), at + min(size, 1<<resultBits)})
	}
}

// slot is where a page is remembered. What calls return begins pages that are 1 <<
// (resultBits - pageBits) apart.
func (m *machine) slot(number uint64) *remembered {
	return &m.last[(number^number>>(resultBits-pageBits))%uint64(len(m.last))]
}

func (m *machine) page(number uint64) *page {
	slot := m.slot(number)
	if !slot.valid || slot.number != number {
		slot.number, slot.page, slot.valid = number, m.pages[number], true
	}
	return slot.page
}

// read returns size bytes at an address as a number.
func (m *machine) read(at uint64, size int) uint64 {
	if at >= m.head && m.page(at>>pageBits) == nil {
		if size >= 2 || m.table > 0 && at&^(1<<resultBits-1) == m.table { // else bytes are read of texts
			m.inside(at)
		}
		m.reads(at)
	}
	return m.peek(at, size)
}

// peek is a read that nobody is told of.
func (m *machine) peek(at uint64, size int) uint64 {
	var n uint64
	if at < m.head {
		return 0
	}
	if p, off := m.page(at>>pageBits), at&(pageSize-1); p != nil && off <= pageSize-8 {
		return binary.LittleEndian.Uint64(p.bytes[off:]) & mask(size)
	}
	for i := range uint64(size) {
		if p := m.page((at + i) >> pageBits); p != nil {
			n |= uint64(p.bytes[(at+i)&(pageSize-1)]) << (8 * i)
		}
	}
	return n
}

// load reads n bytes at an address.
func (m *machine) load(at, n uint64) []byte {
	data := make([]byte, n)
	for i := uint64(0); i < n; {
		p, off := m.page((at+i)>>pageBits), (at+i)&(pageSize-1)
		size := min(n-i, pageSize-off)
		if p != nil {
			copy(data[i:i+size], p.bytes[off:])
		}
		i += size
	}
	clear(data[:min(n, max(at, m.head)-at)])
	return data
}

// put writes data to an address.
func (m *machine) put(at uint64, data []byte) {
	for len(data) > 0 {
		off := at & (pageSize - 1)
		n := min(len(data), int(pageSize-off))
		if p := m.writable(at, n); p != nil {
			copy(p.bytes[off:], data[:n])
		}
		at, data = at+uint64(n), data[n:]
	}
}

// write stores the low bytes of a number at an address.
func (m *machine) write(at uint64, value uint64, size int) {
	off := at & (pageSize - 1)
	if off > pageSize-8 {
		for i := range uint64(size) {
			m.writeByte(at+i, byte(value>>(8*i)))
		}
		return
	}
	p := m.writable(at, size)
	if p == nil {
		return
	}
	word := p.bytes[off : off+8]
	before := binary.LittleEndian.Uint64(word)
	if size < 8 && (before^value)&mask(size) != 0 {
		m.news = m.steps
	}
	binary.LittleEndian.PutUint64(word, before&^mask(size)|value&mask(size))
}

func (m *machine) writeByte(at uint64, b byte) {
	if p := m.writable(at, 1); p != nil {
		p.bytes[at&(pageSize-1)] = b
	}
}

// writable is the page of an address, of which size bytes will be written, or nil where
// there is no more room.
func (m *machine) writable(at uint64, size int) *page {
	number, off := at>>pageBits, int(at&(pageSize-1))
	p := m.page(number)
	if p == nil || !p.own {
		if m.owned >= maxPages || number == 0 {
			return nil
		}
		if p == nil {
			p = new(page)
			m.pages[number] = p
			m.slot(number).valid = false
		}
		m.copied(p)
		m.owned++
	}
	if !p.fresh {
		p.fresh, p.low, p.high = true, off, off
		m.written = append(m.written, number)
	}
	p.low, p.high = min(p.low, off), max(p.high, off+size)
	return p
}

// text reads up to a zero byte; what is no text is empty.
func (m *machine) text(at uint64) string {
	b := m.bytes(at)
	for _, c := range b {
		if c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return ""
		}
	}
	return string(b)
}

// bytes reads up to a zero byte.
func (m *machine) bytes(at uint64) []byte { return m.bytesUpTo(at, maxText) }

func (m *machine) bytesUpTo(at uint64, most int) (b []byte) {
	for len(b) < most {
		p := m.page(at >> pageBits)
		if p == nil || at < m.head {
			break
		}
		rest := p.bytes[at&(pageSize-1):]
		end := bytes.IndexByte(rest, 0)
		if end >= 0 {
			rest = rest[:end]
		}
		b = append(b, rest[:min(len(rest), most-len(b))]...)
		if end >= 0 {
			break
		}
		at += uint64(len(rest))
	}
	return b
}
