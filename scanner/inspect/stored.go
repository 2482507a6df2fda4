package inspect

import (
	"encoding/binary"
	"slices"
)

// Strings that stand nowhere, because instructions put them together: constants
// that are stored beside one another, in any order. No instruction is followed or
// run; each is taken for what it looks like, wherever it begins.

const (
	storeGap  = 256     // bytes of code from one store of a string to the next
	storeSpan = 1 << 10 // stores of such a string, at most
)

// stored looks for names in what instructions of x86_64 and arm64 store.
func (c *collector) stored(data []byte) {
	var s stores
	s.x86(data)
	s.arm(data)
	if len(s.text) == 0 {
		return
	}
	note := func(at int) {
		i, _ := slices.BinarySearchFunc(s.pieces, at+1, func(p piece, at int) int { return p.at - at })
		if len(c.facts.Embedded) < maxEmbedded {
			c.noteKeyed(StoredName, s.pieces[i-1].code)
		}
	}
	found := c.within()
	found.ciphers(reading{data: s.text, step: 1})
	for _, name := range found.facts.Embedded {
		note(int(name.Offset))
	}
	// Letters as numbers, such as a function for formats is given.
	c.joined(s.text, func(places []int) { note(places[0]) })
}

// stores are the strings that were put together so far, each followed by zeros.
type stores struct {
	text   []byte
	pieces []piece
	groups map[uint32]*storeGroup // by the registers that the address is made of
}

// A piece is where a string begins in the text, and in the file the code of it.
type piece struct {
	at   int
	code int64
}

// A storeGroup is what is stored at constant distances from one address.
type storeGroup struct {
	first, last int // where the code of it is, from its first store to its last
	stores      []store
}

type store struct {
	at    int64 // the distance
	value uint64
	size  int
}

// add notes that the code at an offset stores the low bytes of value.
func (s *stores) add(base uint32, code int, at int64, value uint64, size int) {
	if s.groups == nil {
		s.groups = map[uint32]*storeGroup{}
	}
	g := s.groups[base]
	if g == nil {
		g = &storeGroup{first: code}
		s.groups[base] = g
	}
	again := slices.ContainsFunc(g.stores, func(o store) bool { return o.at == at })
	if code-g.last > storeGap || again || len(g.stores) == storeSpan {
		s.flush(g)
		g.first = code
	}
	g.last = code
	g.stores = append(g.stores, store{at, value, size})
}

// flush adds what a group makes to the text.
func (s *stores) flush(g *storeGroup) {
	defer func() { g.stores = g.stores[:0] }()
	if len(g.stores) < 2 {
		return
	}
	slices.SortFunc(g.stores, func(a, b store) int {
		switch {
		case a.at < b.at:
			return -1
		case a.at > b.at:
			return 1
		}
		return 0
	})
	var end int64 // of the last one, from its beginning
	begin := len(s.text)
	for i, o := range g.stores {
		if i > 0 {
			if gap := o.at - end; gap > 0 {
				s.text = append(s.text, make([]byte, min(gap, 8))...)
			} else { // a word over the end of another
				s.text = s.text[:max(begin, len(s.text)+int(max(gap, -8)))]
			}
		}
		var bytes [8]byte
		binary.LittleEndian.PutUint64(bytes[:], o.value)
		s.text = append(s.text, bytes[:o.size]...)
		end = o.at + int64(o.size)
	}
	s.text = append(s.text, make([]byte, longestName)...)
	s.pieces = append(s.pieces, piece{begin, int64(g.first)})
}

func (s *stores) flushAll() {
	for _, base := range sortedKeys(s.groups) {
		s.flush(s.groups[base])
	}
	clear(s.groups)
}

func sortedKeys(groups map[uint32]*storeGroup) []uint32 {
	keys := make([]uint32, 0, len(groups))
	for key := range groups {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// x86Arguments are rdi, rsi, rdx, rcx, r8 and r9, which take the first arguments of a
// call: System V ABI for x86-64, 3.2.3.
var x86Arguments = [...]byte{7, 6, 2, 1, 8, 9}

// x86 reads mov of a constant into memory or a register, mov of such a register
// into memory, push of a constant, and what a call is given: Intel's manual, volume 2,
// 2.1 and the pages of CALL, MOV and PUSH.
func (s *stores) x86(code []byte) {
	const ripRelative, pushed = 1 << 16, 1 << 17
	w := window{code, binary.LittleEndian}
	var registers [16]uint64
	var depth int64
	var set uint16 // registers that got a constant since the last call
	for i := 0; i < len(code); {
		at := uint64(i)
		short := code[i] == 0x66
		if short {
			at++
		}
		var rex byte
		if b := w.u8(at); b&0xf0 == 0x40 {
			rex = b
			at++
		}
		op := w.u8(at)
		at++
		size := 4
		switch {
		case rex&8 != 0:
			size = 8
		case short:
			size = 2
		}
		next := i + 1
		switch {
		case op&0xf8 == 0xb8: // mov register, constant
			value := uint64(w.u32(at))
			length := 4
			if size == 8 {
				value, length = w.u64(at), 8
			} else if size == 2 {
				value, length = uint64(w.u16(at)), 2
			}
			registers[op&7|rex&1<<3] = value
			set |= 1 << (op&7 | rex&1<<3)
			next = int(at)
			if w.has(at, uint64(length)) && value > 0xff {
				next += length
			}
		case op&0xf8 == 0xb0:
			registers[op&7|rex&1<<3] = uint64(w.u8(at))
			next = int(at)
		case op == 0x6a: // push constant of a byte
			depth -= 8
			s.add(pushed, i, depth, uint64(int64(int8(w.u8(at)))), 8)
			next = int(at) + 1
		case op == 0xe8: // call: behind what is in registers lies what was pushed
			if g := s.groups[pushed]; g != nil && len(g.stores) > 0 {
				for n, register := range x86Arguments {
					if set&(1<<register) != 0 {
						s.add(pushed, i, depth-int64(8*(len(x86Arguments)-n)), registers[register], 8)
					}
				}
				s.flush(g)
			}
			set = 0
		case op == 0x68: // push constant: the stack grows down
			depth -= 8
			s.add(pushed, i, depth, uint64(int64(int32(w.u32(at)))), 8)
			next = int(at) + 4
		case op == 0xc6 || op == 0xc7 || op == 0x88 || op == 0x89:
			base, distance, length, ok := operand(w.from(at), rex)
			if !ok {
				break
			}
			reg := w.u8(at)>>3&7 | rex&4<<1
			at += uint64(length)
			if op == 0xc6 || op == 0x88 {
				size = 1
			}
			value := registers[reg]
			if op == 0xc6 || op == 0xc7 {
				if reg&7 != 0 {
					break
				}
				switch constant := min(size, 4); constant {
				case 1:
					value = uint64(w.u8(at))
				case 2:
					value = uint64(w.u16(at))
				default:
					value = uint64(int64(int32(w.u32(at))))
				}
				at += uint64(min(size, 4))
			}
			if base == ripRelative {
				distance += int64(at)
			}
			s.add(base, i, distance, value, size)
			next = int(at)
		}
		i = max(next, i+1)
	}
	s.flushAll()
}

// operand reads a memory operand: the registers of it as one number, the distance
// from them, and how many bytes it takes. ok is false for a register.
func operand(w window, rex byte) (base uint32, distance int64, length int, ok bool) {
	modrm := w.u8(0)
	mod, rm := modrm>>6, modrm&7
	if mod == 3 {
		return 0, 0, 0, false
	}
	length, base = 1, uint32(rm|rex&1<<3)
	wide := mod == 2
	if rm == 4 {
		sib := w.u8(1)
		length, base = 2, uint32(sib)<<8|uint32(rex&3)|1<<7
		wide = wide || mod == 0 && sib&7 == 5
	} else if mod == 0 && rm == 5 {
		base, wide = 1<<16, true
	}
	switch {
	case wide:
		distance = int64(int32(w.u32(uint64(length))))
		length += 4
	case mod == 1:
		distance = int64(int8(w.u8(uint64(length))))
		length++
	}
	return base, distance, length, true
}

// arm reads movz, movn and movk, the stores of a register at a constant distance, and
// what a call is given, in the first eight registers and then on the stack: Arm's
// manual, C4.1, and its procedure call standard, 6.8.
func (s *stores) arm(code []byte) {
	const stack, arguments = 31, 8
	var registers [32]uint64 // the last is always zero
	var set uint32           // those that got a constant since the last call
	for i := 0; i+4 <= len(code); i += 4 {
		op := binary.LittleEndian.Uint32(code[i:])
		to, base := op&31, op>>5&31
		if op>>23&0x3f == 0x25 && op>>29&3 != 1 && to != 31 { // move wide
			constant, shift := uint64(op>>5&0xffff), op>>21&3*16
			switch op >> 29 & 3 {
			case 0:
				registers[to] = ^(constant << shift)
			case 2:
				registers[to] = constant << shift
				set |= 1 << to
			case 3:
				registers[to] = registers[to]&^(0xffff<<shift) | constant<<shift
			}
			continue
		}
		size := 1 << (op >> 30)
		switch {
		case op>>26 == 0x25: // BL
			for n := range arguments {
				if set&(1<<n) != 0 && s.groups[stack] != nil {
					s.add(stack, i, int64(8*(n-arguments)), registers[n], 8)
				}
			}
			set = 0
		case op&0x3fc00000 == 0x39000000: // STR, unsigned offset
			s.add(base, i, int64(op>>10&0xfff)*int64(size), registers[to], size)
		case op&0x3fe00c00 == 0x38000000: // STUR
			s.add(base, i, int64(int32(op<<11)>>23), registers[to], size)
		case op&0x7fc00000 == 0x29000000: // STP
			size = 4 << (op >> 31)
			distance := int64(int32(op<<10)>>25) * int64(size)
			s.add(base, i, distance, registers[to], size)
			s.add(base, i, distance+int64(size), registers[op>>10&31], size)
		}
	}
	s.flushAll()
}
