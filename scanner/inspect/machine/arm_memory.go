package machine

// memory follows loads and stores, of general and of vector registers.
func (a *arm) memory(op uint32) {
	switch op >> 27 & 7 {
	case 0b101:
		a.pair(op)
		return
	case 0b011: // LDR of a constant beside the code
		if op>>24&3 != 0 {
			return
		}
		size := 4 << (op >> 30 & 3)
		if op>>26&1 == 1 {
			a.loadVector(op&31, a.pc+uint64(4*signed(op, 5, 19)), size)
			return
		}
		at := a.pc + uint64(4*signed(op, 5, 19))
		switch op >> 30 {
		case 0, 1:
			a.set(op&31, a.read(at, size), true)
		case 2:
			a.set(op&31, extend(a.read(at, 4), 4), true)
		}
		return
	case 0b001: // exclusive, which is alone here
		if op>>23&1 == 0 && op>>22&1 == 0 && op>>21&1 == 0 {
			a.set(op>>16&31, 0, false) // it succeeded
		}
		a.plain(op, a.r[op>>5&31], op>>22&1)
		return
	case 0b111:
	default:
		return
	}
	base := op >> 5 & 31
	at := a.r[base]
	scale := op >> 30
	if op>>26&1 == 1 && op>>23&1 == 1 {
		scale = 4
	}
	switch {
	case op>>24&1 == 1: // a constant, in units of the size
		at += uint64(op>>10&0xfff) << scale
	case op>>21&1 == 0: // a constant, before or after which the base changes
		distance := uint64(signed(op, 12, 9))
		switch op >> 10 & 3 {
		case 0, 2:
			at += distance
		case 1:
			a.r[base] = at + distance
		case 3:
			at += distance
			a.r[base] = at
		}
	case op>>10&3 == 2: // a register
		shift := uint32(0)
		if op>>12&1 == 1 {
			shift = scale
		}
		at += extended(a.get(op>>16&31, true), op>>13&7, shift)
	default: // atomic: what was there, and what is given
		before := a.read(at, 1<<scale)
		given, n := a.get(op>>16&31, true), before
		switch op >> 12 & 15 {
		case 0:
			n += given
		case 1:
			n &^= given
		case 2:
			n ^= given
		case 3:
			n |= given
		case 8:
			n = given
		}
		a.write(at, n, 1<<scale)
		a.set(op&31, before, true)
		return
	}
	if op>>26&1 == 1 {
		if op>>22&1 == 1 {
			a.loadVector(op&31, at, 1<<scale)
		} else {
			a.storeVector(op&31, at, 1<<scale)
		}
		return
	}
	a.plain(op, at, op>>22&3)
}

// plain loads or stores a general register, of the size that an instruction has.
func (a *arm) plain(op uint32, at uint64, kind uint32) {
	size := 1 << (op >> 30)
	switch kind {
	case 0:
		a.write(at, a.get(op&31, true), size)
	case 1:
		a.set(op&31, a.read(at, size), true)
	case 2:
		if size < 8 { // else a prefetch
			a.set(op&31, extend(a.read(at, size), size), true)
		}
	case 3:
		a.set(op&31, extend(a.read(at, size), size), false)
	}
}

func (a *arm) pair(op uint32) {
	base, vector := op>>5&31, op>>26&1 == 1
	size := 4 << (op >> 31)
	if vector {
		size = 4 << (op >> 30)
	}
	at, distance := a.r[base], uint64(signed(op, 15, 7)*int64(size))
	switch op >> 23 & 3 {
	case 0, 2:
		at += distance
	case 1:
		a.r[base] = at + distance
	case 3:
		at += distance
		a.r[base] = at
	}
	for i, register := range []uint32{op & 31, op >> 10 & 31} {
		at, load := at+uint64(i*size), op>>22&1 == 1
		switch {
		case vector && load:
			a.loadVector(register, at, size)
		case vector:
			a.storeVector(register, at, size)
		case load && op>>30 == 1: // LDPSW
			a.set(register, extend(a.read(at, 4), 4), true)
		case load:
			a.set(register, a.read(at, size), true)
		default:
			a.write(at, a.get(register, true), size)
		}
	}
}

func (a *arm) loadVector(n uint32, at uint64, size int) {
	a.v[n] = [2]uint64{a.read(at, min(size, 8)), 0}
	if size > 8 {
		a.v[n][1] = a.read(at+8, 8)
	}
}

func (a *arm) storeVector(n uint32, at uint64, size int) {
	a.write(at, a.v[n][0], min(size, 8))
	if size > 8 {
		a.write(at+8, a.v[n][1], 8)
	}
}

// vector follows the instructions for vectors that mix whole numbers or move them.
func (a *arm) vector(op uint32) {
	to, x, y := op&31, a.v[op>>5&31], a.v[op>>16&31]
	full := op>>30&1 == 1
	put := func(v [2]uint64) {
		if !full {
			v[1] = 0
		}
		a.v[to] = v
	}
	size := 1 << (op >> 22 & 3)
	switch {
	case op&0x9f20fc00 == 0x0e201c00: // AND, BIC, ORR, ORN, EOR, BSL, BIT, BIF
		d := a.v[to]
		for i := range 2 {
			switch op>>29&1<<2 | op>>22&3 {
			case 0:
				d[i] = x[i] & y[i]
			case 1:
				d[i] = x[i] &^ y[i]
			case 2:
				d[i] = x[i] | y[i]
			case 3:
				d[i] = x[i] | ^y[i]
			case 4:
				d[i] = x[i] ^ y[i]
			case 5:
				d[i] = d[i]&x[i] | y[i]&^d[i]
			case 6:
				d[i] = x[i]&y[i] | d[i]&^y[i]
			case 7:
				d[i] = x[i]&^y[i] | d[i]&y[i]
			}
		}
		put(d)
	case op&0x9f20fc00 == 0x0e208400: // ADD, SUB
		if op>>29&1 == 1 {
			put(lanes(x, y, size, func(x, y uint64) uint64 { return x - y }))
		} else {
			put(lanes(x, y, size, func(x, y uint64) uint64 { return x + y }))
		}
	case op&0xbf20fc00 == 0x0e209c00: // MUL
		put(lanes(x, y, size, func(x, y uint64) uint64 { return x * y }))
	case op&0x9ff80400 == 0x0f000400: // a constant: MOVI, MVNI, ORR, BIC
		a.constant(op, put)
	case op&0xbfe0fc00 == 0x0e000c00: // DUP of a general register
		value := a.get(op>>5&31, true)
		put(spread(value, laneSize(op)))
	case op&0xbfe0fc00 == 0x0e000400: // DUP of an element
		put(spread(element(x, op), laneSize(op)))
	case op&0xffe0fc00 == 0x4e001c00: // INS of a general register
		a.insert(op, a.get(op>>5&31, true))
	case op&0xbfe0fc00 == 0x0e003c00 || op&0xbfe0fc00 == 0x0e002c00: // UMOV, SMOV
		a.set(to, element(x, op), true)
	case op&0xffe08400 == 0x6e000400: // INS of an element
		size := laneSize(op)
		shift := uint(op>>11&15) * 8 &^ uint(8*size-1)
		a.insert(op, x[shift/64&1]>>(shift%64)&mask(size))
	case op&0x7f3ffc00 == 0x1e260000 || op&0x7f3ffc00 == 0x1e260000|1<<31: // FMOV to a general register
		a.set(to, x[0], op>>31 == 1)
	case op&0x7f3ffc00 == 0x1e270000: // and from one
		a.v[to] = [2]uint64{a.get(op>>5&31, op>>31 == 1), 0}
	case op&0xff3ffc00 == 0x1e204000: // FMOV between two
		a.v[to] = [2]uint64{x[0], 0}
	case op&0xbf80fc00 == 0x2f000400 && op>>19&15 != 0: // USHR
		size := laneOf(op >> 19 & 15)
		by := uint(16*size) - uint(op>>16&127)
		put(lanes(x, x, size, func(x, _ uint64) uint64 { return x >> by }))
	case op&0xbf80fc00 == 0x0f005400 && op>>19&15 != 0: // SHL
		size := laneOf(op >> 19 & 15)
		by := uint(op>>16&127) - uint(8*size)
		put(lanes(x, x, size, func(x, _ uint64) uint64 { return x << by }))
	}
}

func laneOf(high uint32) int {
	size := 8
	for high&8 == 0 {
		high, size = high<<1, size/2
	}
	return size
}

// laneSize is the size of an element, in bytes, as the lowest bit that is set tells.
func laneSize(op uint32) int {
	for size := 1; size < 8; size *= 2 {
		if op>>16&uint32(size) != 0 {
			return size
		}
	}
	return 8
}

func element(v [2]uint64, op uint32) uint64 {
	size := laneSize(op)
	shift := uint(op>>17&15) / uint(size) * uint(8*size)
	return v[shift/64&1] >> (shift % 64) & mask(size)
}

func (a *arm) insert(op uint32, value uint64) {
	size := laneSize(op)
	shift := uint(op>>17&15) / uint(size) * uint(8*size)
	half := &a.v[op&31][shift/64&1]
	*half = *half&^(mask(size)<<(shift%64)) | value&mask(size)<<(shift%64)
}

func spread(value uint64, size int) [2]uint64 {
	value &= mask(size)
	for ; size < 8; size *= 2 {
		value |= value << (8 * size)
	}
	return [2]uint64{value, value}
}

// constant follows AdvSIMD modified immediate.
func (a *arm) constant(op uint32, put func([2]uint64)) {
	value, mode, turn := uint64(op>>16&7<<5|op>>5&31), op>>12&15, op>>29&1 == 1
	var v [2]uint64
	switch {
	case mode < 8:
		v = spread(value<<(8*(mode>>1)), 4)
	case mode < 12:
		v = spread(value<<(8*(mode>>1&1)), 2)
	case mode == 14 && turn:
		var n uint64
		for i := range 8 {
			if value>>i&1 == 1 {
				n |= 0xff << (8 * i)
			}
		}
		v, turn = [2]uint64{n, n}, false
	case mode == 14:
		v = spread(value, 1)
	default:
		return
	}
	d := a.v[op&31]
	if mode < 12 && mode&1 == 1 { // ORR, BIC
		for i := range 2 {
			if turn {
				v[i] = d[i] &^ v[i]
			} else {
				v[i] |= d[i]
			}
		}
		turn = false
	}
	if turn {
		v[0], v[1] = ^v[0], ^v[1]
	}
	put(v)
}
