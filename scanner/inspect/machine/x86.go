package machine

import (
	"math"
	"math/bits"

	"golang.org/x/arch/x86/x86asm"
)

// An x86 is a processor for 64 bits: Intel's manual, volume 2.
type x86 struct {
	*machine
	r                      [16]uint64
	v                      [16][2]uint64 // xmm
	cf, zf, sf, of, parity bool
	made                   instruction // the last that was not
	in                     *instruction
}

// An instruction is one that was decoded: what is followed of x86asm.Inst, in a third of
// its size.
type instruction struct {
	op       x86asm.Op
	args     [3]operand
	length   uint8 // bytes
	size     uint8 // of what it works on, in bytes
	repeated bool
}

const (
	rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi = 0, 1, 2, 3, 4, 5, 6, 7
)

func (c *x86) start(entry uint64, a [6]uint64) {
	c.r, c.pc = [16]uint64{}, entry
	c.r[rsp] = stackTop - 0x1_0008
	c.machine.write(c.r[rsp], home, 8)
	for i, register := range x86Arguments {
		c.r[register] = a[i]
	}
}

// x86Arguments take the first arguments of a call: System V ABI for x86-64, 3.2.3.
var x86Arguments = [...]int{rdi, rsi, rdx, rcx, 8, 9}

// linuxCalls32 is the interrupt for system calls of 32 bits, of which Linux takes them in a
// process of 64 bits too: arch/x86/entry of its source.
const linuxCalls32 = 0x80

func (c *x86) arguments() (a [6]uint64) {
	for i, register := range x86Arguments {
		a[i] = c.r[register]
	}
	return a
}

func (c *x86) argument(n, named int) uint64 {
	if n < len(x86Arguments) {
		return c.r[x86Arguments[n]]
	}
	return c.machine.peek(c.r[rsp]+8*uint64(1+n-len(x86Arguments)), 8)
}

func (c *x86) caller() uint64 { return c.machine.read(c.r[rsp], 8) }

func (c *x86) leave(result uint64) {
	c.r[rax] = result
	c.pc = c.pop()
}

func (c *x86) stack() uint64 { return c.r[rsp] }

func (c *x86) keep(at *turn) {
	copy(at.registers[:], c.r[:])
	at.flags = [5]bool{c.cf, c.zf, c.sf, c.of, c.parity}
}

func (c *x86) resume(at *turn) {
	copy(c.r[:], at.registers[:])
	c.cf, c.zf, c.sf, c.of, c.parity = at.flags[0], at.flags[1], at.flags[2], at.flags[3], at.flags[4]
}

func (c *x86) push(value uint64) {
	c.r[rsp] -= 8
	c.machine.write(c.r[rsp], value, 8)
}

func (c *x86) pop() uint64 {
	value := c.machine.read(c.r[rsp], 8)
	c.r[rsp] += 8
	return value
}

const (
	longestX86 = 15
	maxDecoded = 1<<16 - 1
	together   = 256
)

// instructions are those of a file that were decoded.
type instructions struct {
	all   []*[together]instruction
	count int
}

func (l *instructions) at(n uint16) *instruction { return &l.all[n/together][n%together] }

// add returns one more than the place of an instruction, or 0 where there is no room.
func (l *instructions) add(in *instruction) uint16 {
	if l.count == maxDecoded {
		return 0
	}
	if l.count == len(l.all)*together {
		l.all = append(l.all, new([together]instruction))
	}
	l.all[l.count/together][l.count%together] = *in
	l.count++
	return uint16(l.count)
}

func (c *x86) fetch() *instruction {
	p := c.page(c.pc >> pageBits)
	if p == nil || c.pc < c.head {
		return nil
	}
	cached := p.code != nil && !p.own
	if cached {
		if n := p.code.x86[c.pc&(pageSize-1)]; n > 0 {
			return c.room.decoded.at(n - 1)
		}
	}
	var code [longestX86]byte
	if n := copy(code[:], p.bytes[c.pc&(pageSize-1):]); n < len(code) {
		if next := c.page(c.pc>>pageBits + 1); next != nil {
			copy(code[n:], next.bytes[:])
		}
	}
	if code[0] == 0 && code[1] == 0 { // nothing stands there
		return nil
	}
	c.made = instruction{}
	in := &c.made
	if code[0] == 0xf3 && code[1] == 0x0f && code[2] == 0x1e && code[3] == 0xfa {
		in.length, in.op = 4, x86asm.NOP // the end of a branch, for a processor that checks them
	} else {
		inst, err := x86asm.Decode(code[:], 64)
		if err != nil {
			return nil
		}
		*in = compact(&inst)
	}
	if c.watch.Unpacked != nil && !c.forced && !c.isCode(c.pc) {
		c.watch.Unpacked(c.pc)
	}
	if cached {
		p.code.x86[c.pc&(pageSize-1)] = c.room.decoded.add(in)
	}
	return in
}

func mask(size int) uint64 {
	if size >= 8 {
		return math.MaxUint64
	}
	return 1<<(8*size) - 1
}

func extend(n uint64, size int) uint64 {
	shift := 64 - 8*size
	return uint64(int64(n<<shift) >> shift)
}

// result sets the flags that every sum and mask sets.
func (c *x86) flags(n uint64, size int) {
	n &= mask(size)
	c.zf, c.sf, c.parity = n == 0, n>>(8*size-1)&1 == 1, bits.OnesCount8(uint8(n))&1 == 0
}

func (c *x86) add(x, y, carry uint64, size int) uint64 {
	x, y = x&mask(size), y&mask(size)
	n, over := bits.Add64(x, y, carry)
	if size < 8 {
		over = n >> (8 * size) & 1
	}
	c.flags(n, size)
	c.cf, c.of = over == 1, (x^n)&(y^n)>>(8*size-1)&1 == 1
	return n
}

func (c *x86) sub(x, y, borrow uint64, size int) uint64 {
	x, y = x&mask(size), y&mask(size)
	n, under := bits.Sub64(x, y, borrow)
	c.flags(n, size)
	c.cf, c.of = under == 1, (x^y)&(x^n)>>(8*size-1)&1 == 1
	return n
}

func (c *x86) logic(n uint64, size int) uint64 {
	c.flags(n, size)
	c.cf, c.of = false, false
	return n
}

// holds tells whether a condition holds, of the sixteen in their order in opcodes.
func (c *x86) holds(condition int) bool {
	var is bool
	switch condition >> 1 {
	case 0:
		is = c.of
	case 1:
		is = c.cf
	case 2:
		is = c.zf
	case 3:
		is = c.cf || c.zf
	case 4:
		is = c.sf
	case 5:
		is = c.parity
	case 6:
		is = c.sf != c.of
	case 7:
		is = c.zf || c.sf != c.of
	}
	return is != (condition&1 == 1)
}

// x86Conditions have, for an instruction with a condition, one more than the condition
// and its kind.
var x86Conditions = conditions()

func conditions() (all [1 << 10]int) {
	for i, ops := range [16][3]x86asm.Op{
		{x86asm.JO, x86asm.SETO, x86asm.CMOVO}, {x86asm.JNO, x86asm.SETNO, x86asm.CMOVNO},
		{x86asm.JB, x86asm.SETB, x86asm.CMOVB}, {x86asm.JAE, x86asm.SETAE, x86asm.CMOVAE},
		{x86asm.JE, x86asm.SETE, x86asm.CMOVE}, {x86asm.JNE, x86asm.SETNE, x86asm.CMOVNE},
		{x86asm.JBE, x86asm.SETBE, x86asm.CMOVBE}, {x86asm.JA, x86asm.SETA, x86asm.CMOVA},
		{x86asm.JS, x86asm.SETS, x86asm.CMOVS}, {x86asm.JNS, x86asm.SETNS, x86asm.CMOVNS},
		{x86asm.JP, x86asm.SETP, x86asm.CMOVP}, {x86asm.JNP, x86asm.SETNP, x86asm.CMOVNP},
		{x86asm.JL, x86asm.SETL, x86asm.CMOVL}, {x86asm.JGE, x86asm.SETGE, x86asm.CMOVGE},
		{x86asm.JLE, x86asm.SETLE, x86asm.CMOVLE}, {x86asm.JG, x86asm.SETG, x86asm.CMOVG},
	} {
		for kind, op := range ops {
			all[op] = 1 + i + kind<<4
		}
	}
	return all
}

func (c *x86) target(a *operand) uint64 {
	if a.kind == relative {
		return c.pc + uint64(c.in.length) + a.value
	}
	return c.get(a)
}

func (c *x86) step() bool {
	in := c.fetch()
	if in == nil {
		return false
	}
	c.in = in
	next := c.pc + uint64(in.length)
	a, b := &in.args[0], &in.args[1]
	if condition := x86Conditions[in.op&(1<<10-1)] - 1; condition >= 0 {
		holds := c.holds(condition & 15)
		switch condition >> 4 {
		case 0:
			next = c.branch(c, holds, c.target(a), next)
		case 1:
			var n uint64
			if holds {
				n = 1
			}
			c.set(a, n)
		case 2:
			n := c.get(a)
			if holds {
				n = c.get(b)
			}
			c.set(a, n) // it clears the upper half in any case
		}
		c.pc = next
		return true
	}
	switch in.op {
	case x86asm.CALL:
		to := c.target(a)
		c.push(next)
		next = to
	case x86asm.JMP:
		next = c.target(a)
	case x86asm.RET:
		next = c.pop()
		c.turns.returned(c.r[rsp])
	case x86asm.JRCXZ:
		next = c.branch(c, c.r[rcx] == 0, c.target(a), next)
	case x86asm.LOOP:
		c.r[rcx]--
		next = c.branch(c, c.r[rcx] != 0, c.target(a), next)
	case x86asm.SYSCALL:
		if c.watch.System != nil {
			arguments := c.arguments()
			arguments[3] = c.r[10]
			number := c.r[rax]
			if c.image.Apple {
				number &^= 2 << 24
			}
			c.watch.System(c.pc, number, c.given(arguments, c))
			c.steps -= callSteps
		}
		c.r[rax] = 0
		if c.generous {
			c.r[rax] = 3
		}
	case x86asm.INT:
		if byte(a.value) != linuxCalls32 || c.image.Apple {
			c.turns.end(c, next)
			return false
		}
		if c.watch.System32 != nil {
			c.watch.System32(c.pc, c.r[rax]&(1<<32-1))
			c.steps -= callSteps
		}
		c.r[rax] = 0
	case x86asm.HLT, x86asm.UD2, x86asm.UD1, x86asm.UD0, x86asm.ICEBP:
		c.turns.end(c, next)
		return false
	default:
		if !c.integer(in, a, b) {
			c.vector(in, a, b)
		}
	}
	c.pc = next
	return true
}
