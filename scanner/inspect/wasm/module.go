// Package wasm follows functions of WebAssembly as a reader with a pencil does, for what
// they give: a letter, a name in their memory, what they ask of those whom they call. It
// reads modules, and computes with numbers, bytes and tables of its own. Nothing of a
// module is run by the processor, and no call leaves this package but to the functions
// that it is given as imports, which stand for those of whoever follows it.
//
// Known are the core specification's instructions without vectors, exceptions and
// references to objects; a function with one of those is lost where it is called. What is
// not known stays so: in values, in the bytes of a memory, and where it decides, one way
// is gone and at the next time another. All work is bounded, so that no input makes it
// panic, loop or grow.
package wasm

import "math"

// Limits of a module and of what it makes.
const (
	maxModule  = 1 << 20  // bytes of one,
	maxEntries = 1 << 16  // of its lists together, and of those of one function,
	maxTables  = 8        // and tables and memories
	maxLocals  = 1 << 12  // variables of one function
	maxMemory  = 4 << 20  // bytes of a memory that are kept; what lies behind is not known
	pageSize   = 64 << 10 // that a memory grows by
	maxPages   = 1 << 16  // of one, as the specification has it
	maxTable   = 1 << 16  // entries
)

// A Type is that of a value.
type Type byte

// The types of values. Others are those of vectors and of references to objects.
const (
	I32       Type = 0x7f
	I64       Type = 0x7e
	F32       Type = 0x7d
	F64       Type = 0x7c
	vector    Type = 0x7b
	FuncRef   Type = 0x70
	ExternRef Type = 0x6f
)

// A Kind says what is imported or exported.
type Kind byte

// The kinds of imports and exports.
const (
	FunctionKind Kind = iota
	TableKind
	MemoryKind
	GlobalKind
)

// A Signature is the type of a function.
type Signature struct{ Parameters, Results []Type }

func (s Signature) equal(t Signature) bool {
	return string(bytesOf(s.Parameters)) == string(bytesOf(t.Parameters)) && string(bytesOf(s.Results)) == string(bytesOf(t.Results))
}

func bytesOf(types []Type) []byte {
	out := make([]byte, len(types))
	for i, t := range types {
		out[i] = byte(t)
	}
	return out
}

// An Import is what a module asks of whoever makes an instance of it.
type Import struct {
	Module, Name string
	Kind         Kind
	Signature    Signature // of a function
	Type         Type      // of a global
}

// An Export is what an instance offers.
type Export struct {
	Name  string
	Kind  Kind
	index uint32
}

// A Custom section holds anything.
type Custom struct {
	Name    string
	Content []byte
}

// A Module is one that was read. It refers to the bytes that it was read from.
type Module struct {
	Imports []Import
	Exports []Export
	Customs []Custom

	types     []Signature
	functions []uint32 // the types of its own
	tables    []extent
	memories  []extent
	globals   []globalType // its own
	elements  []segment
	data      []segment
	bodies    [][]byte
	start     int // the function that is called first; -1 if there is none
}

// An extent is the size of a table or a memory, at first and at most.
type extent struct {
	first, most uint64
}

type globalType struct {
	of    Type
	first []byte // the expression that it begins with
}

// A segment is put into a memory or a table.
type segment struct {
	active bool
	into   uint32
	at     []byte   // an expression
	bytes  []byte   // of data
	items  [][]byte // of elements: expressions, or
	list   []uint32 // functions
}

// Read reads a module. It is false where that is none, or one of what is not known.
func Read(data []byte) (*Module, bool) {
	if len(data) < 8 || len(data) > maxModule || string(data[:8]) != "\x00asm\x01\x00\x00\x00" {
		return nil, false
	}
	m := &Module{start: -1}
	r := &reader{data: data, pos: 8}
	for r.pos < len(data) && !r.bad {
		id := r.byte()
		content := r.bytes()
		section := &reader{data: content, entries: r.entries, bad: r.bad}
		m.section(id, section)
		r.entries = section.entries
		r.bad = section.bad || id != 0 && section.pos != len(content)
	}
	return m, !r.bad && len(m.functions) == len(m.bodies) && len(m.tables) <= maxTables && len(m.memories) <= maxTables
}

func (m *Module) section(id byte, r *reader) {
	switch id {
	case 0:
		name := r.name()
		if !r.bad {
			m.Customs = append(m.Customs, Custom{name, r.data[r.pos:]})
		}
	case 1:
		r.list(func() {
			r.bad = r.bad || r.byte() != 0x60
			m.types = append(m.types, Signature{r.types(), r.types()})
		})
	case 2:
		r.list(func() {
			i := Import{Module: r.name(), Name: r.name(), Kind: Kind(r.byte())}
			switch i.Kind {
			case FunctionKind:
				i.Signature = m.signature(r.index(), r)
			case TableKind:
				r.table()
			case MemoryKind:
				r.extent()
			case GlobalKind:
				i.Type = r.global().of
			default:
				r.bad = true
			}
			m.Imports = append(m.Imports, i)
		})
	case 3:
		r.list(func() {
			t := r.index()
			m.signature(t, r)
			m.functions = append(m.functions, t)
		})
	case 4:
		r.list(func() { m.tables = append(m.tables, r.table()) })
	case 5:
		r.list(func() { m.memories = append(m.memories, r.extent()) })
	case 6:
		r.list(func() {
			g := r.global()
			g.first = r.expression()
			m.globals = append(m.globals, g)
		})
	case 7:
		r.list(func() { m.Exports = append(m.Exports, Export{r.name(), Kind(r.byte()), r.index()}) })
	case 8:
		m.start = int(r.index())
	case 9:
		r.list(func() { m.elements = append(m.elements, r.element()) })
	case 10:
		r.list(func() { m.bodies = append(m.bodies, r.bytes()) })
	case 11:
		r.list(func() {
			s := segment{}
			switch how := r.index(); how {
			case 0, 2:
				if s.active = true; how == 2 {
					s.into = r.index()
				}
				s.at = r.expression()
			case 1:
			default:
				r.bad = true
			}
			s.bytes = r.bytes()
			m.data = append(m.data, s)
		})
	case 12: // the number of data segments
		r.index()
	default:
		r.bad = true // tags
	}
}

func (m *Module) signature(t uint32, r *reader) Signature {
	if int64(t) >= int64(len(m.types)) {
		r.bad = true
		return Signature{}
	}
	return m.types[t]
}

// A reader goes over bytes. Once it is bad, all that it reads is zero.
type reader struct {
	data    []byte
	pos     int
	entries int // of lists, so far
	bad     bool
}

func (r *reader) byte() byte {
	if r.bad || r.pos >= len(r.data) {
		r.bad = true
		return 0
	}
	r.pos++
	return r.data[r.pos-1]
}

// unsigned reads a number of at most so many bits.
func (r *reader) unsigned(bits int) (n uint64) {
	for shift := 0; shift < bits; shift += 7 {
		b := r.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			if bits < 64 && n>>bits != 0 {
				r.bad = true
			}
			return n
		}
	}
	r.bad = true
	return 0
}

// signed is unsigned for numbers with a sign.
func (r *reader) signed(bits int) (n int64) {
	for shift := 0; shift < bits; shift += 7 {
		b := r.byte()
		n |= int64(b&0x7f) << shift
		if b < 0x80 {
			if shift+7 < 64 {
				n = n << (57 - shift) >> (57 - shift)
			}
			return n
		}
	}
	r.bad = true
	return 0
}

func (r *reader) index() uint32 { return uint32(r.unsigned(32)) }

// bytes reads counted bytes.
func (r *reader) bytes() []byte {
	n := r.unsigned(32)
	if r.bad || n > uint64(len(r.data)-r.pos) {
		r.bad = true
		return nil
	}
	r.pos += int(n)
	return r.data[r.pos-int(n) : r.pos]
}

func (r *reader) name() string { return string(r.bytes()) }

// list reads a counted list.
func (r *reader) list(read func()) {
	for n := r.unsigned(32); n > 0 && !r.bad; n-- {
		if r.entries++; r.entries > maxEntries {
			r.bad = true
			return
		}
		read()
	}
}

func (r *reader) types() (all []Type) {
	r.list(func() { all = append(all, r.valueType()) })
	return all
}

func (r *reader) valueType() Type {
	t := Type(r.byte())
	switch t {
	case I32, I64, F32, F64, vector, FuncRef, ExternRef:
	default:
		r.bad = true
	}
	return t
}

func (r *reader) extent() extent {
	flags := r.byte()
	r.bad = r.bad || flags > 7
	bits := 32
	if flags&4 != 0 {
		bits = 64
	}
	e := extent{first: r.unsigned(bits), most: math.MaxUint32}
	if flags&1 != 0 {
		e.most = r.unsigned(bits)
	}
	r.bad = r.bad || bits == 64 // whose addresses have more bits
	return e
}

func (r *reader) table() extent {
	r.valueType()
	return r.extent()
}

func (r *reader) global() (g globalType) {
	g.of = r.valueType()
	r.byte() // whether it is mutable
	return g
}

// expression passes one, with its end.
func (r *reader) expression() []byte {
	start := r.pos
	for !r.bad {
		switch op := r.byte(); op {
		case 0x0b:
			return r.data[start:r.pos]
		case 0x23, 0xd2: // global.get, ref.func
			r.index()
		case 0x41:
			r.signed(32)
		case 0x42:
			r.signed(64)
		case 0x43:
			r.skip(4)
		case 0x44:
			r.skip(8)
		case 0xd0: // ref.null
			r.signed(33)
		case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e: // add, sub, mul
		default:
			r.bad = true
		}
	}
	return nil
}

func (r *reader) skip(n int) {
	if n > len(r.data)-r.pos {
		r.bad = true
		return
	}
	r.pos += n
}

func (r *reader) element() (s segment) {
	how := r.index()
	r.bad = r.bad || how > 7
	s.active = how&1 == 0
	if s.active {
		if how&2 != 0 {
			s.into = r.index()
		}
		s.at = r.expression()
	}
	expressions := how&4 != 0
	if how&3 != 0 { // what they are is said
		if expressions {
			r.valueType()
		} else {
			r.byte()
		}
	}
	if expressions {
		r.list(func() { s.items = append(s.items, r.expression()) })
	} else {
		r.list(func() { s.list = append(s.list, r.index()) })
	}
	return s
}
