package machine

import (
	"math/bits"

	"golang.org/x/arch/x86/x86asm"
)

// integer follows an instruction that computes in general registers and memory. It
// reports whether it knows it.
func (c *x86) integer(in *instruction, a, b *operand) bool {
	size := int(a.size)
	switch in.op {
	case x86asm.MOV, x86asm.MOVZX, x86asm.MOVNTI:
		c.set(a, c.get(b))
	case x86asm.MOVSX, x86asm.MOVSXD:
		c.set(a, extend(c.get(b), min(int(b.size), 8)))
	case x86asm.LEA:
		if b.kind == memory {
			m := *b
			m.thread = false
			at := c.address(&m)
			c.set(a, at)
			if m.number == ripBase {
				c.points(at)
			}
		}
	case x86asm.ADD:
		c.set(a, c.add(c.get(a), c.get(b), 0, size))
	case x86asm.ADC:
		c.set(a, c.add(c.get(a), c.get(b), one(c.cf), size))
	case x86asm.SUB:
		c.set(a, c.sub(c.get(a), c.get(b), 0, size))
	case x86asm.SBB:
		c.set(a, c.sub(c.get(a), c.get(b), one(c.cf), size))
	case x86asm.CMP:
		c.sub(c.get(a), c.get(b), 0, size)
	case x86asm.AND:
		c.set(a, c.logic(c.get(a)&c.get(b), size))
	case x86asm.OR:
		c.set(a, c.logic(c.get(a)|c.get(b), size))
	case x86asm.XOR:
		c.set(a, c.logic(c.get(a)^c.get(b), size))
	case x86asm.TEST:
		c.logic(c.get(a)&c.get(b), size)
	case x86asm.NOT:
		c.set(a, ^c.get(a))
	case x86asm.NEG:
		c.set(a, c.sub(0, c.get(a), 0, size))
	case x86asm.INC, x86asm.DEC:
		carry, n := c.cf, c.get(a)
		if in.op == x86asm.INC {
			n = c.add(n, 1, 0, size)
		} else {
			n = c.sub(n, 1, 0, size)
		}
		c.set(a, n)
		c.cf = carry
	case x86asm.SHL, x86asm.SHR, x86asm.SAR, x86asm.ROL, x86asm.ROR:
		c.shift(in.op, a, c.get(b), size)
	case x86asm.SHLD, x86asm.SHRD:
		n := uint(c.get(&in.args[2])) & uint(8*size-1)
		x, y := c.get(a), c.get(b)
		if n == 0 {
			break
		}
		if in.op == x86asm.SHLD {
			x = x<<n | y>>(uint(8*size)-n)
		} else {
			x = x>>n | y<<(uint(8*size)-n)
		}
		c.flags(x, size)
		c.set(a, x)
	case x86asm.IMUL, x86asm.MUL:
		c.multiply(in, size)
	case x86asm.DIV, x86asm.IDIV:
		c.divide(in.op == x86asm.IDIV, c.get(a), size)
	case x86asm.CBW:
		c.setGeneral(rax, 2, extend(c.r[rax], 1))
	case x86asm.CWDE:
		c.setGeneral(rax, 4, extend(c.r[rax], 2))
	case x86asm.CDQE:
		c.r[rax] = extend(c.r[rax], 4)
	case x86asm.CDQ:
		c.setGeneral(rdx, 4, uint64(int64(int32(c.r[rax]))>>63))
	case x86asm.CQO:
		c.r[rdx] = uint64(int64(c.r[rax]) >> 63)
	case x86asm.XCHG:
		x, y := c.get(a), c.get(b)
		c.set(a, y)
		c.set(b, x)
	case x86asm.XADD:
		x, y := c.get(a), c.get(b)
		c.set(b, x)
		c.set(a, c.add(x, y, 0, size))
	case x86asm.CMPXCHG:
		x := c.get(a)
		if c.sub(c.r[rax]&mask(size), x, 0, size); c.zf {
			c.set(a, c.get(b))
		} else {
			c.r[rax] = x
		}
	case x86asm.BSWAP:
		n := bits.ReverseBytes64(c.get(a))
		if size == 4 {
			n >>= 32
		}
		c.set(a, n)
	case x86asm.BT:
		c.cf = c.get(a)>>(c.get(b)&uint64(8*size-1))&1 == 1
	case x86asm.BSF, x86asm.TZCNT:
		if n := c.get(b); n != 0 {
			c.set(a, uint64(bits.TrailingZeros64(n)))
		}
		c.zf = c.get(b) == 0
	case x86asm.BSR:
		if n := c.get(b); n != 0 {
			c.set(a, uint64(63-bits.LeadingZeros64(n)))
		}
		c.zf = c.get(b) == 0
	case x86asm.PUSH:
		c.push(extend(c.get(a), min(size, 8)))
	case x86asm.POP:
		c.set(a, c.pop())
	case x86asm.LEAVE:
		c.r[rsp] = c.r[rbp]
		c.r[rbp] = c.pop()
	case x86asm.MOVSB, x86asm.MOVSW, x86asm.MOVSQ, x86asm.STOSB, x86asm.STOSW, x86asm.STOSD, x86asm.STOSQ, x86asm.LODSB:
		c.text8(in)
	case x86asm.MOVSD:
		c.text8(in)
	case x86asm.NOP, x86asm.CLD, x86asm.PAUSE, x86asm.MFENCE, x86asm.LFENCE:
	default:
		return false
	}
	return true
}

func one(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func (c *x86) shift(op x86asm.Op, a *operand, by uint64, size int) {
	width := uint(8 * size)
	n := uint(by) & 31
	if size == 8 {
		n = uint(by) & 63
	}
	x := c.get(a)
	if n == 0 {
		return
	}
	switch op {
	case x86asm.SHL:
		c.cf = n <= width && x>>(width-n)&1 == 1
		x <<= n
	case x86asm.SHR:
		c.cf = x>>(n-1)&1 == 1
		x >>= n
	case x86asm.SAR:
		s := int64(extend(x, size))
		c.cf = s>>(n-1)&1 == 1
		x = uint64(s >> n)
	case x86asm.ROL, x86asm.ROR:
		n %= width
		if op == x86asm.ROR {
			n = (width - n) % width
		}
		x = x<<n | x>>(width-n)
		c.cf = x&1 == 1
		c.set(a, x)
		return
	}
	c.flags(x, size)
	c.set(a, x)
}

func (c *x86) multiply(in *instruction, size int) {
	switch {
	case in.args[2].kind != none:
		c.set(&in.args[0], extend(c.get(&in.args[1]), size)*c.get(&in.args[2]))
	case in.args[1].kind != none:
		c.set(&in.args[0], c.get(&in.args[0])*c.get(&in.args[1]))
	case size == 1:
		c.setGeneral(rax, 2, c.r[rax]&0xff*c.get(&in.args[0]))
	default:
		x, y := c.r[rax]&mask(size), c.get(&in.args[0])
		high, low := bits.Mul64(x, y)
		if in.op == x86asm.IMUL && size == 8 {
			high -= uint64(int64(x)>>63)&y + uint64(int64(y)>>63)&x
		}
		if in.op == x86asm.IMUL && size < 8 {
			low = extend(x, size) * extend(y, size)
		}
		if size < 8 {
			high = low >> (8 * size)
		}
		c.setGeneral(rax, size, low)
		c.setGeneral(rdx, size, high)
	}
}

func (c *x86) divide(signed bool, by uint64, size int) {
	if by == 0 || size == 1 {
		if by != 0 {
			x := c.r[rax] & 0xffff
			c.setGeneral(rax, 2, x/by&0xff|x%by<<8)
		}
		return
	}
	high, low := c.r[rdx]&mask(size), c.r[rax]&mask(size)
	var quotient, rest uint64
	switch {
	case size < 8 && signed:
		x, y := int64(extend(high<<(8*size)|low, 2*size)), int64(extend(by, size))
		quotient, rest = uint64(x/y), uint64(x%y)
	case size < 8:
		x := high<<(8*size) | low
		quotient, rest = x/by, x%by
	case signed:
		x, y := int64(low), int64(by)
		if y == -1 {
			quotient = uint64(-x)
		} else {
			quotient, rest = uint64(x/y), uint64(x%y)
		}
	case high < by:
		quotient, rest = bits.Div64(high, low, by)
	}
	c.setGeneral(rax, size, quotient)
	c.setGeneral(rdx, size, rest)
}

// text8 follows the instructions for runs of bytes and words.
func (c *x86) text8(in *instruction) {
	size := 1
	switch in.op {
	case x86asm.MOVSW, x86asm.STOSW:
		size = 2
	case x86asm.MOVSD, x86asm.STOSD:
		size = 4
	case x86asm.MOVSQ, x86asm.STOSQ:
		size = 8
	}
	count := uint64(1)
	if in.repeated {
		count = min(c.r[rcx], maxCopy)
	}
	for range count {
		switch in.op {
		case x86asm.STOSB, x86asm.STOSW, x86asm.STOSD, x86asm.STOSQ:
			c.machine.write(c.r[rdi], c.r[rax], size)
			c.r[rdi] += uint64(size)
		case x86asm.LODSB:
			c.setGeneral(rax, 1, c.machine.read(c.r[rsi], 1))
			c.r[rsi]++
		default:
			c.machine.write(c.r[rdi], c.machine.read(c.r[rsi], size), size)
			c.r[rdi] += uint64(size)
			c.r[rsi] += uint64(size)
		}
	}
	if in.repeated {
		c.r[rcx] = 0
		c.steps -= int(count / 2)
	}
}
