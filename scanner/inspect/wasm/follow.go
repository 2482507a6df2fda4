package wasm

// A label is a block that is open.
type label struct {
	next   int // where a branch to it goes on
	height int // of the stack
	arity  int // how many values a branch takes along
	loop   bool
}

// follow follows the instructions of a function, of which the variables lie on the stack
// from a place on.
func (s *Store) follow(f *Function, variables int) {
	c, i := f.code, f.instance
	labels := make([]label, 1, 16)
	labels[0] = label{len(c.instructions), len(s.stack), len(f.Results), false}
	for pc := 0; pc < len(c.instructions) && s.outcome == Done; {
		if s.Steps--; s.Steps <= 0 || len(s.stack) > maxStack {
			s.end(Lost)
			return
		}
		in := &c.instructions[pc]
		pc++
		switch op := in.op; {
		case op >= opFirstNumeric && op <= opLastNumeric || op >= prefixed && op <= opLastTruncation:
			s.compute(op)
		case op == opLocalGet || op == opLocalSet || op == opLocalTee:
			at := variables + int(in.a)
			if at >= labels[0].height {
				s.end(Lost)
				return
			}
			if op == opLocalGet {
				s.push(s.stack[at])
				continue
			}
			v := s.pop()
			s.stack[at] = v
			if op == opLocalTee {
				s.push(v)
			}
		case op == opI32 || op == opI64 || op == opF32 || op == opF64:
			s.pushBits(in.b)
		case op >= opFirstLoad && op < opFirstStore:
			s.load(i, op, in.a, in.b)
		case op >= opFirstStore && op < opMemorySize:
			s.store(i, op, in.a, in.b)
		case op == opBlock || op == opLoop || op == opIf:
			end := int(in.b >> 16)
			l := label{next: end + 1, arity: int(in.b & 0xff)}
			if op == opLoop {
				l = label{next: pc, arity: int(in.b >> 8 & 0xff), loop: true}
			}
			skips := false
			if op == opIf {
				switch v := s.pop(); {
				case v.Unknown:
					skips = s.choose(c, pc, 2) == 1
				default:
					skips = uint32(v.Bits) == 0
				}
			}
			l.height = len(s.stack) - int(in.b>>8&0xff)
			if l.height < s.base || len(labels) > maxDepth {
				s.end(Lost)
				return
			}
			labels = append(labels, l)
			if skips {
				pc = int(in.a)
			}
		case op == opElse:
			pc = int(in.a)
		case op == opEnd:
			labels = labels[:len(labels)-1]
			if len(labels) == 0 {
				return
			}
		case op == opBranch:
			pc, labels = s.branch(labels, in.a)
		case op == opBranchIf:
			v := s.pop()
			if v.Unknown && s.choose(c, pc, 2) == 1 || !v.Unknown && uint32(v.Bits) != 0 {
				pc, labels = s.branch(labels, in.a)
			}
		case op == opBranchTable:
			n, v := int(in.b), s.pop()
			way := min(int(uint32(v.Bits)), n-1)
			if v.Unknown {
				way = s.choose(c, pc, n)
			}
			pc, labels = s.branch(labels, c.targets[int(in.a)+way])
		case op == opReturn:
			return
		case op == opCall || op == opReturnCall:
			if int64(in.a) >= int64(len(i.functions)) {
				s.end(Lost)
				return
			}
			if s.call(i.functions[in.a]); op == opReturnCall {
				return
			}
		case op == opCallIndirect || op == opReturnCallIndirect:
			if called := s.indirect(i, in); called != nil {
				s.call(called)
			}
			if op == opReturnCallIndirect {
				return
			}
		case op == opDrop:
			s.pop()
		case op == opSelect:
			which, second, first := s.pop(), s.pop(), s.pop()
			switch {
			case which.Unknown && first != second:
				first = Value{Unknown: true}
			case uint32(which.Bits) == 0:
				first = second
			}
			s.push(first)
		case op == opGlobalGet || op == opGlobalSet:
			if int64(in.a) >= int64(len(i.globals)) {
				s.end(Lost)
				return
			}
			if g := i.globals[in.a]; op == opGlobalGet {
				s.push(g.Value)
			} else {
				g.Value = s.pop()
			}
		case op == opUnreachable:
			s.end(Trapped)
		case op == opNop:
		default:
			s.rare(i, in)
		}
	}
}

// branch goes to a block that is open around, and gives where that goes on.
func (s *Store) branch(labels []label, n uint32) (int, []label) {
	if int64(n) >= int64(len(labels)) {
		s.end(Lost)
		return 0, labels
	}
	at := len(labels) - 1 - int(n)
	l := labels[at]
	if from := len(s.stack) - l.arity; from < l.height {
		s.end(Lost)
	} else {
		s.stack = append(s.stack[:l.height], s.stack[from:]...)
	}
	if l.loop {
		at++
	}
	return l.next, labels[:at]
}

// indirect is the function that a table has where the stack says.
func (s *Store) indirect(i *Instance, in *instruction) *Function {
	v := s.pop()
	if v.Unknown || in.b >= uint64(len(i.tables)) || int64(in.a) >= int64(len(i.module.types)) {
		s.end(Lost)
		return nil
	}
	entry, ok := i.tables[in.b].Get(int(uint32(v.Bits)))
	f, isFunction := s.Referred(entry).(*Function)
	if !ok || !isFunction || !f.Signature.equal(i.module.types[in.a]) {
		s.end(Trapped)
		return nil
	}
	return f
}

// The bytes that loads and stores move, from the first on, and the bits that a load gives
// where what it reads has a sign.
var (
	loadBytes  = [...]uint8{4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4}
	loadSigned = [...]uint8{0, 0, 0, 0, 32, 0, 32, 0, 64, 0, 64, 0, 64, 0}
	storeBytes = [...]uint8{4, 8, 4, 8, 1, 2, 1, 2, 4}
)

func (s *Store) load(i *Instance, op uint16, memory uint32, offset uint64) {
	at := s.pop()
	if int64(memory) >= int64(len(i.memories)) {
		s.end(Lost)
		return
	}
	m, n := i.memories[memory], uint64(loadBytes[op-opFirstLoad])
	from := uint64(uint32(at.Bits)) + offset
	within, kept := m.within(from, n)
	switch {
	case at.Unknown || within && !kept:
		s.push(Value{Unknown: true})
		return
	case !within:
		s.end(Trapped)
		return
	}
	got, known := m.load(from, n)
	if !known {
		s.push(Value{Unknown: true})
		return
	}
	if bits := loadSigned[op-opFirstLoad]; bits != 0 {
		got = uint64(int64(got<<(64-8*n)) >> (64 - 8*n))
		if bits == 32 {
			got = uint64(uint32(got))
		}
	}
	s.pushBits(got)
}

func (s *Store) store(i *Instance, op uint16, memory uint32, offset uint64) {
	what, at := s.pop(), s.pop()
	if int64(memory) >= int64(len(i.memories)) || at.Unknown {
		s.end(Lost)
		return
	}
	m, n := i.memories[memory], uint64(storeBytes[op-opFirstStore])
	from := uint64(uint32(at.Bits)) + offset
	switch within, kept := m.within(from, n); {
	case !within:
		s.end(Trapped)
	case !kept:
		s.end(Lost)
	default:
		s.Steps -= m.reach(from + n)
		m.store(from, n, what.Bits, !what.Unknown)
	}
}

// rare follows the instructions on memories and tables as a whole, and on references.
func (s *Store) rare(i *Instance, in *instruction) {
	a, b := uint64(in.a), in.b
	switch in.op {
	case opMemorySize, opMemoryGrow:
		if a >= uint64(len(i.memories)) {
			s.end(Lost)
			return
		}
		m := i.memories[a]
		if in.op == opMemorySize {
			s.pushBits(m.pages)
			return
		}
		if n := s.pop(); n.Unknown {
			s.push(Value{Unknown: true})
		} else {
			s.pushBits(uint64(uint32(m.Grow(uint64(uint32(n.Bits))))))
		}
	case opMemoryInit:
		n, from, to := s.pop(), s.pop(), s.pop()
		s.fill(i, a, b, to, from, n)
	case opDataDrop:
		if a < uint64(len(i.data)) {
			i.data[a].bytes = nil
		}
	case opMemoryCopy, opMemoryFill:
		n, from, to := s.pop(), s.pop(), s.pop()
		if in.op == opMemoryFill {
			b = a
		}
		if a >= uint64(len(i.memories)) || b >= uint64(len(i.memories)) || n.Unknown || to.Unknown || from.Unknown && in.op == opMemoryCopy {
			s.end(Lost)
			return
		}
		into, of := i.memories[a], i.memories[b]
		size, start, source := uint64(uint32(n.Bits)), uint64(uint32(to.Bits)), uint64(uint32(from.Bits))
		if in.op == opMemoryFill {
			source = start
		}
		within, kept := into.within(start, size)
		readable, known := of.within(source, size)
		switch s.Steps -= int(size / copiedStep); {
		case !within || !readable:
			s.end(Trapped)
		case !kept || !known || s.Steps <= 0:
			s.end(Lost)
		case in.op == opMemoryCopy:
			s.Steps -= into.reach(start+size) + of.reach(source+size)
			into.copied(start, of, source, size)
		default:
			s.Steps -= into.reach(start + size)
			for n := range size {
				into.bytes[start+n] = byte(from.Bits)
			}
			into.mark(start, size, !from.Unknown)
			into.Changes++
		}
	case opRefNull:
		s.pushBits(0)
	case opRefIsNull:
		v := s.pop()
		if !v.Unknown {
			v.Bits = truth(v.Bits == 0)
		}
		s.push(v)
	case opRefFunc:
		if a >= uint64(len(i.functions)) {
			s.end(Lost)
			return
		}
		s.push(s.Refer(i.functions[a]))
	case opTableInit:
		n, from, to := s.pop(), s.pop(), s.pop()
		s.initialise(i, a, b, to, from, n)
	case opElemDrop:
		if a < uint64(len(i.elements)) {
			i.elements[a].items, i.elements[a].list = nil, nil
		}
	default:
		s.onTable(i, in)
	}
}

// onTable follows the instructions on entries of tables.
func (s *Store) onTable(i *Instance, in *instruction) {
	if int64(in.a) >= int64(len(i.tables)) || in.op == opTableCopy && in.b >= uint64(len(i.tables)) {
		s.end(Lost)
		return
	}
	t, ok := i.tables[in.a], true
	switch in.op {
	case opTableGet:
		at, v := s.pop(), Value{Unknown: true}
		if !at.Unknown {
			v, ok = t.Get(int(uint32(at.Bits)))
		}
		s.push(v)
	case opTableSet:
		v, at := s.pop(), s.pop()
		if v.Unknown || at.Unknown {
			s.end(Lost)
			return
		}
		ok = t.Set(int(uint32(at.Bits)), v)
	case opTableLen:
		s.pushBits(uint64(t.Len()))
	case opTableGrow:
		n, v := s.pop(), s.pop()
		if n.Unknown || v.Unknown {
			s.end(Lost)
			return
		}
		s.Steps -= min(int(uint32(n.Bits)), maxTable) / copiedStep
		s.pushBits(uint64(uint32(t.Grow(uint64(uint32(n.Bits)), v))))
	case opTableFill, opTableCopy:
		n, v, to := s.pop(), s.pop(), s.pop()
		size, at, from := uint64(uint32(n.Bits)), uint64(uint32(to.Bits)), uint64(uint32(v.Bits))
		if n.Unknown || v.Unknown || to.Unknown {
			s.end(Lost)
			return
		}
		if ok = at+size <= uint64(t.Len()); !ok {
			break
		}
		s.Steps -= int(size / copiedStep)
		if in.op == opTableFill {
			for n := range size {
				t.entries[at+n] = v.Bits
			}
			break
		}
		of := i.tables[in.b]
		if ok = from+size <= uint64(of.Len()); ok {
			copy(t.entries[at:at+size], of.entries[from:from+size])
		}
	default:
		s.end(Lost)
	}
	if !ok {
		s.end(Trapped)
	}
}

// fill writes a segment of data to a memory, which traps where one of them is too short.
func (s *Store) fill(i *Instance, segment, memory uint64, to, from, n Value) {
	if segment >= uint64(len(i.data)) || memory >= uint64(len(i.memories)) || to.Unknown || from.Unknown || n.Unknown {
		s.end(Lost)
		return
	}
	m, data := i.memories[memory], i.data[segment].bytes
	size, start, at := uint64(uint32(n.Bits)), uint64(uint32(to.Bits)), uint64(uint32(from.Bits))
	within, kept := m.within(start, size)
	if !within || at+size > uint64(len(data)) {
		s.end(Trapped)
		return
	}
	if s.Steps -= int(size / copiedStep); !kept || s.Steps <= 0 {
		s.end(Lost)
		return
	}
	s.Steps -= m.reach(start + size)
	copy(m.bytes[start:], data[at:at+size])
	m.mark(start, size, true)
	m.Changes++
}

func (e segment) len() int { return len(e.items) + len(e.list) }

// initialise is fill for a segment of elements and a table.
func (s *Store) initialise(i *Instance, segment, table uint64, to, from, n Value) {
	if segment >= uint64(len(i.elements)) || table >= uint64(len(i.tables)) || to.Unknown || from.Unknown || n.Unknown {
		s.end(Lost)
		return
	}
	t, e := i.tables[table], i.elements[segment]
	size, start, at := uint64(uint32(n.Bits)), uint64(uint32(to.Bits)), uint64(uint32(from.Bits))
	if start+size > uint64(t.Len()) || at+size > uint64(e.len()) {
		s.end(Trapped)
		return
	}
	for n := range size {
		if s.Steps--; s.Steps <= 0 {
			s.end(Lost)
			return
		}
		v := Value{}
		if len(e.list) > 0 {
			if f := e.list[at+n]; int64(f) < int64(len(i.functions)) {
				v = s.Refer(i.functions[f])
			}
		} else {
			v = s.evaluate(i, e.items[at+n])
		}
		t.entries[start+n] = v.Bits
	}
}

func truth(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// compute takes one or two numbers from the stack and leaves what they come to.
func (s *Store) compute(op uint16) {
	y := s.pop()
	x := y
	if takesTwo(op) {
		x = s.pop()
	}
	if x.Unknown || y.Unknown {
		s.push(Value{Unknown: true})
		return
	}
	z, ok := numeric(op, x.Bits, y.Bits)
	if !ok {
		s.end(Trapped)
	}
	s.pushBits(z)
}
