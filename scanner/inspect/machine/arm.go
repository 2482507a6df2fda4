package machine

import "math/bits"

// An arm is a processor of 64 bits: Arm's Architecture Reference Manual, C4.1.
type arm struct {
	*machine
	r          [32]uint64 // the last is the stack's, where it is not zero
	v          [32][2]uint64
	n, z, c, o bool
}

const (
	linkRegister = 30
	stackPointer = 31

	svcMask, svc = 0xffe0001f, 0xd4000001
)

func (a *arm) start(entry uint64, arguments [6]uint64) {
	a.r = [32]uint64{}
	copy(a.r[:], arguments[:])
	a.r[linkRegister], a.r[stackPointer], a.pc = home, stackTop-0x1_0000, entry
}

func (a *arm) arguments() (all [6]uint64) {
	copy(all[:], a.r[:])
	return all
}

func (a *arm) argument(n, named int) uint64 {
	switch {
	case a.image.Apple && n >= named:
		return a.peek(a.r[stackPointer]+8*uint64(n-named), 8)
	case n < 8:
		return a.r[n]
	}
	return a.peek(a.r[stackPointer]+8*uint64(n-8), 8)
}

func (a *arm) caller() uint64 { return a.r[linkRegister] }

func (a *arm) leave(result uint64) { a.r[0], a.pc = result, a.r[linkRegister] }

func (a *arm) stack() uint64 { return a.r[stackPointer] }

func (a *arm) keep(at *turn) {
	at.registers, at.flags = a.r, [5]bool{a.n, a.z, a.c, a.o}
}

func (a *arm) resume(at *turn) {
	a.r = at.registers
	a.n, a.z, a.c, a.o = at.flags[0], at.flags[1], at.flags[2], at.flags[3]
}

// get reads a register, of which the last is zero.
func (a *arm) get(n uint32, wide bool) uint64 {
	switch {
	case n == 31:
		return 0
	case wide:
		return a.r[n]
	}
	return a.r[n] & (1<<32 - 1)
}

func (a *arm) set(n uint32, value uint64, wide bool) {
	if !wide {
		value &= 1<<32 - 1
	}
	if n != 31 {
		a.r[n] = value
	}
}

// signed is a field of bits as a signed number.
func signed(op uint32, at, width uint) int64 {
	return int64(int32(op<<(32-at-width)) >> (32 - width))
}

func (a *arm) step() bool {
	op := uint32(a.peek(a.pc, 4))
	if op == 0 { // nothing stands there
		return false
	}
	if a.watch.Unpacked != nil && !a.forced && !a.isCode(a.pc) {
		a.watch.Unpacked(a.pc)
	}
	next := a.pc + 4
	wide := op>>31 == 1
	switch {
	case op>>26&0x1f == 0b00101: // B, BL
		if wide {
			a.r[linkRegister] = next
		}
		next = a.pc + uint64(4*signed(op, 0, 26))
	case op>>24 == 0x54: // B.cond
		next = a.branch(a, a.holds(op&15), a.pc+uint64(4*signed(op, 5, 19)), next)
	case op>>25&0x3f == 0b011010: // CBZ, CBNZ
		next = a.branch(a, (a.get(op&31, wide) == 0) == (op>>24&1 == 0), a.pc+uint64(4*signed(op, 5, 19)), next)
	case op>>25&0x3f == 0b011011: // TBZ, TBNZ
		bit := op>>31<<5 | op>>19&31
		next = a.branch(a, a.get(op&31, true)>>bit&1 == uint64(op>>24&1), a.pc+uint64(4*signed(op, 5, 14)), next)
	case op>>25 == 0b1101011: // BR, BLR, RET, with or without a signed pointer
		to := a.get(op>>5&31, true)
		if op>>21&3 == 2 && op>>5&31 == 31 { // RETAA
			to = a.r[linkRegister]
		}
		switch op >> 21 & 3 {
		case 1:
			a.r[linkRegister] = next
		case 2:
			a.turns.returned(a.r[stackPointer])
		}
		next = to
	case op&svcMask == svc: // SVC
		if a.watch.System != nil {
			number := a.r[8]
			if a.image.Apple {
				number = a.r[16]
			}
			a.watch.System(a.pc, number, a.given(a.arguments(), a))
			a.steps -= callSteps
		}
		a.r[0], a.c = 0, false
		if a.generous {
			a.r[0] = 3
		}
	case op>>24 == 0xd4, op>>16 == 0: // BRK, HLT, UDF
		a.turns.end(a, next)
		return false
	case op>>24 == 0xd5: // hints and system registers
		if op>>20&3 == 3 && op>>21&1 == 1 {
			a.set(op&31, threadBase, true) // MRS, mostly of the thread's data
		}
	case op>>26&7 == 0b100:
		a.immediate(op, wide)
	case op>>25&7 == 0b101:
		a.registers(op, wide)
	case op>>25&0b101 == 0b100:
		a.memory(op)
	case op>>25&7 == 0b111:
		a.vector(op)
	}
	a.pc = next
	return true
}

func (a *arm) holds(condition uint32) bool {
	var is bool
	switch condition >> 1 {
	case 0:
		is = a.z
	case 1:
		is = a.c
	case 2:
		is = a.n
	case 3:
		is = a.o
	case 4:
		is = a.c && !a.z
	case 5:
		is = a.n == a.o
	case 6:
		is = a.n == a.o && !a.z
	case 7:
		return true
	}
	return is != (condition&1 == 1)
}

// sum adds, and sets the flags if it is to.
func (a *arm) sum(x, y, carry uint64, wide, flags bool) uint64 {
	n, over := bits.Add64(x, y, carry)
	top := 63
	if !wide {
		x, y = x&(1<<32-1), y&(1<<32-1)
		n = x + y + carry
		over, top = n>>32, 31
		n &= 1<<32 - 1
	}
	if flags {
		a.n, a.z, a.c, a.o = n>>top&1 == 1, n == 0, over == 1, (x^n)&(y^n)>>top&1 == 1
	}
	return n
}

func (a *arm) addOrSub(x, y uint64, op uint32, wide bool) uint64 {
	if op>>30&1 == 1 {
		return a.sum(x, ^y, 1, wide, op>>29&1 == 1)
	}
	return a.sum(x, y, 0, wide, op>>29&1 == 1)
}

func (a *arm) logicFlags(n uint64, wide bool) {
	top := 31
	if wide {
		top = 63
	}
	a.n, a.z, a.c, a.o = n>>top&1 == 1, n == 0, false, false
}

// immediate follows what computes with a constant.
func (a *arm) immediate(op uint32, wide bool) {
	to, from := op&31, op>>5&31
	switch op >> 23 & 7 {
	case 0, 1: // ADR, ADRP
		distance := signed(op, 5, 19)<<2 | int64(op>>29&3)
		if wide {
			a.set(to, a.pc&^0xfff+uint64(distance<<12), true)
		} else {
			a.set(to, a.pc+uint64(distance), true)
			a.points(a.get(to, true))
		}
	case 2, 3: // ADD, SUB
		y := uint64(op >> 10 & 0xfff)
		if op>>22&1 == 1 {
			y <<= 12
		}
		x := a.r[from]
		if !wide {
			x &= 1<<32 - 1
		}
		n := a.addOrSub(x, y, op, wide)
		if op>>29&1 == 1 {
			a.set(to, n, wide)
		} else {
			a.r[to] = n // which may be the stack pointer
			a.points(n)
		}
	case 4: // AND, ORR, EOR, ANDS
		y := bitmask(op>>22&1, op>>10&63, op>>16&63)
		if !wide {
			y &= 1<<32 - 1
		}
		n := logic(op>>29&3, a.get(from, wide), y)
		if op>>29&3 == 3 {
			a.logicFlags(n, wide)
			a.set(to, n, wide)
		} else {
			a.r[to] = n
		}
	case 5: // MOVN, MOVZ, MOVK
		shift := op >> 21 & 3 * 16
		constant := uint64(op>>5&0xffff) << shift
		switch op >> 29 & 3 {
		case 0:
			a.set(to, ^constant, wide)
		case 2:
			a.set(to, constant, wide)
		case 3:
			a.set(to, a.get(to, wide)&^(0xffff<<shift)|constant, wide)
		}
	case 6: // SBFM, BFM, UBFM
		a.bitfield(op, wide)
	case 7: // EXTR
		x, y, by := a.get(from, wide), a.get(op>>16&31, wide), uint(op>>10&63)
		width := uint(32)
		if wide {
			width = 64
		}
		if by %= width; by == 0 {
			a.set(to, y, wide)
		} else {
			a.set(to, y>>by|x<<(width-by), wide)
		}
	}
}

func logic(kind uint32, x, y uint64) uint64 {
	switch kind {
	case 1:
		return x | y
	case 2:
		return x ^ y
	}
	return x & y
}

// bitmask is the constant of a logical instruction: DecodeBitMasks of the manual.
func bitmask(n, s, r uint32) uint64 {
	length := bits.Len32(n<<6|^s&63) - 1
	if length < 1 {
		return 0
	}
	size := uint(1) << length
	ones, turn := uint(s)&(size-1)+1, uint(r)&(size-1)
	var element uint64 = 1<<ones - 1
	if ones == 64 {
		element = ^uint64(0)
	}
	if turn > 0 {
		element = element>>turn | element<<(size-turn)
		if size < 64 {
			element &= 1<<size - 1
		}
	}
	for ; size < 64; size *= 2 {
		element |= element << size
	}
	return element
}

func (a *arm) bitfield(op uint32, wide bool) {
	to, x := op&31, a.get(op>>5&31, wide)
	r, s, width := uint(op>>16&63), uint(op>>10&63), uint(32)
	if wide {
		width = 64
	}
	r, s = r%width, s%width
	var field, mask uint64
	if s >= r {
		mask = 1<<(s-r+1) - 1
		if s-r == 63 {
			mask = ^uint64(0)
		}
		field = x >> r & mask
	} else {
		mask = (1<<(s+1) - 1) << (width - r)
		field = x << (width - r) & mask
	}
	switch op >> 29 & 3 {
	case 0: // signed: all above the field are its highest bit
		top := s
		if s < r {
			top = s + width - r
		} else {
			top = s - r
		}
		field = uint64(int64(field<<(63-top)) >> (63 - top))
	case 1:
		field |= a.get(to, wide) &^ mask
	}
	a.set(to, field, wide)
}

// shifted is a register under one of the four shifts.
func shifted(x uint64, kind, by uint32, wide bool) uint64 {
	if !wide {
		x, by = x&(1<<32-1), by&31
		switch kind {
		case 0:
			return x << by & (1<<32 - 1)
		case 1:
			return x >> by
		case 2:
			return uint64(uint32(int32(x) >> by))
		}
		return uint64(bits.RotateLeft32(uint32(x), -int(by)))
	}
	switch by &= 63; kind {
	case 0:
		return x << by
	case 1:
		return x >> by
	case 2:
		return uint64(int64(x) >> by)
	}
	return bits.RotateLeft64(x, -int(by))
}

// extended is the low part of a register as a number of 64 bits.
func extended(x uint64, kind, shift uint32) uint64 {
	size := 1 << (kind & 3)
	if kind&4 != 0 {
		return extend(x, size) << shift
	}
	return x & mask(size) << shift
}

// registers follows what computes with registers alone.
func (a *arm) registers(op uint32, wide bool) {
	to, from, other := op&31, op>>5&31, op>>16&31
	x, y := a.get(from, wide), a.get(other, wide)
	switch {
	case op>>24&0x1f == 0b01010: // AND, ORR, EOR, ANDS, and with all bits turned
		y = shifted(y, op>>22&3, op>>10&63, wide)
		if op>>21&1 == 1 {
			y = ^y
		}
		n := logic(op>>29&3, x, y)
		if !wide {
			n &= 1<<32 - 1
		}
		if op>>29&3 == 3 {
			a.logicFlags(n, wide)
		}
		a.set(to, n, wide)
	case op>>24&0x1f == 0b01011 && op>>21&1 == 0: // ADD, SUB
		a.set(to, a.addOrSub(x, shifted(y, op>>22&3, op>>10&63, wide), op, wide), wide)
	case op>>24&0x1f == 0b01011: // the same of a part
		x = a.r[from]
		n := a.addOrSub(x, extended(a.get(other, true), op>>13&7, op>>10&7), op, wide)
		if op>>29&1 == 1 {
			a.set(to, n, wide)
		} else {
			a.r[to] = n
		}
	case op>>21&0xff == 0b11010000: // ADC, SBC
		if op>>30&1 == 1 {
			y = ^y
		}
		a.set(to, a.sum(x, y, one(a.c), wide, op>>29&1 == 1), wide)
	case op>>21&0xff == 0b11010010: // CCMP, CCMN
		if op>>11&1 == 1 {
			y = uint64(other)
		}
		if a.holds(op >> 12 & 15) {
			a.addOrSub(x, y, op, wide)
		} else {
			a.n, a.z, a.c, a.o = op>>3&1 == 1, op>>2&1 == 1, op>>1&1 == 1, op&1 == 1
		}
	case op>>21&0xff == 0b11010100: // CSEL, CSINC, CSINV, CSNEG
		if a.holds(op >> 12 & 15) {
			y = x
		} else {
			if op>>30&1 == 1 {
				y = ^y
			}
			if op>>10&1 == 1 {
				y++
			}
		}
		a.set(to, y, wide)
	case op>>21&0xff == 0b11010110 && op>>30&1 == 1:
		a.set(to, turnedAround(op>>10&63, x, wide), wide)
	case op>>21&0xff == 0b11010110: // of two registers
		switch op >> 10 & 63 {
		case 2: // UDIV
			if y != 0 {
				a.set(to, x/y, wide)
			} else {
				a.set(to, 0, wide)
			}
		case 3: // SDIV
			size := 4
			if wide {
				size = 8
			}
			if s := int64(extend(y, size)); s != 0 && s != -1 {
				a.set(to, uint64(int64(extend(x, size))/s), wide)
			} else {
				a.set(to, x*uint64(s), wide)
			}
		case 8, 9, 10, 11:
			a.set(to, shifted(x, op>>10&3, uint32(y), wide), wide)
		}
	case op>>24&0x1f == 0b11011:
		a.multiply(op, x, y, wide)
	}
}

func turnedAround(kind uint32, x uint64, wide bool) uint64 {
	switch kind {
	case 0: // RBIT
		if !wide {
			return uint64(bits.Reverse32(uint32(x)))
		}
		return bits.Reverse64(x)
	case 1: // REV16
		return x&0x00ff00ff00ff00ff<<8 | x>>8&0x00ff00ff00ff00ff
	case 2: // REV of 32 bits
		n := bits.ReverseBytes64(x)
		return bits.RotateLeft64(n, 32)
	case 3:
		return bits.ReverseBytes64(x)
	case 4: // CLZ
		if !wide {
			return uint64(bits.LeadingZeros32(uint32(x)))
		}
		return uint64(bits.LeadingZeros64(x))
	}
	return x
}

func (a *arm) multiply(op uint32, x, y uint64, wide bool) {
	to, z := op&31, a.get(op>>10&31, wide)
	var n uint64
	switch op >> 21 & 7 {
	case 0:
		n = x * y
	case 1: // SMADDL
		n = extend(x, 4) * extend(y, 4)
	case 5: // UMADDL
		n = x & mask(4) * (y & mask(4))
	case 2, 6: // SMULH, UMULH
		high, _ := bits.Mul64(x, y)
		if op>>21&7 == 2 {
			high -= uint64(int64(x)>>63)&y + uint64(int64(y)>>63)&x
		}
		a.set(to, high, true)
		return
	}
	if op>>15&1 == 1 {
		n = -n
	}
	a.set(to, z+n, wide)
}
