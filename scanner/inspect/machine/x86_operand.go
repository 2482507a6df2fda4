package machine

import "golang.org/x/arch/x86/x86asm"

// An operand is what an instruction reads or writes.
type operand struct {
	kind   kind
	size   uint8  // bytes
	number uint8  // of the register; of memory, of that which has its base
	index  uint8  // of memory: the register, as number is, that is added scale times
	scale  uint8  // 0 without an index
	thread bool   // of memory: it is the thread's
	narrow bool   // of memory: the address has 32 bits
	value  uint64 // a constant; of memory, what is added to it
}

type kind uint8

const (
	none    kind = iota
	general      // a register, or the low part of one
	high         // AH, CH, DH or BH
	xmm          // a register of 16 bytes
	special      // any other register, which is neither read nor written
	memory
	constant
	relative // a constant that is added to the address of the next instruction
)

// Numbers for the base of an address that no general register has.
const (
	noBase  = 16
	ripBase = 17
)

// compact is what is followed of a decoded instruction.
func compact(inst *x86asm.Inst) instruction {
	in := instruction{op: inst.Op, length: uint8(inst.Len), size: uint8(inst.DataSize / 8)}
	for i := range in.args {
		in.args[i] = operandOf(inst, inst.Args[i])
	}
	for _, prefix := range inst.Prefix {
		if prefix&0xff == 0xf3 && prefix != 0 {
			in.repeated = true
		}
	}
	return in
}

func operandOf(inst *x86asm.Inst, a x86asm.Arg) operand {
	o := operand{size: uint8(inst.DataSize / 8)}
	switch a := a.(type) {
	case x86asm.Reg:
		return registers[a]
	case x86asm.Imm:
		o.kind, o.value = constant, uint64(a)
	case x86asm.Rel:
		o.kind, o.value = relative, uint64(int64(a))
	case x86asm.Mem:
		o.kind, o.size = memory, uint8(max(min(inst.MemBytes, 16), 1))
		o.value = uint64(a.Disp)
		if o.value>>32 == 0 { // the decoder leaves 32 bits without their sign
			o.value = extend(o.value, 4)
		}
		o.number = noBase
		if base := &registers[a.Base]; a.Base == x86asm.RIP {
			o.number = ripBase
		} else if base.kind == general {
			o.number = base.number
		}
		if index := &registers[a.Index]; index.kind == general {
			o.index, o.scale = index.number, a.Scale
		}
		o.thread = a.Segment == x86asm.FS || a.Segment == x86asm.GS
		o.narrow = inst.AddrSize == 32
	}
	return o
}

// registers are the operands that registers are.
var registers = func() (all [1 << 8]operand) {
	for r := range all {
		all[r] = registerOf(x86asm.Reg(r))
	}
	return all
}()

func registerOf(r x86asm.Reg) operand {
	in := func(first, last x86asm.Reg) bool { return r >= first && r <= last }
	switch {
	case in(x86asm.AL, x86asm.BL):
		return operand{kind: general, size: 1, number: uint8(r - x86asm.AL)}
	case in(x86asm.AH, x86asm.BH):
		return operand{kind: high, size: 1, number: uint8(r - x86asm.AH)}
	case in(x86asm.SPB, x86asm.R15B):
		return operand{kind: general, size: 1, number: uint8(r-x86asm.SPB) + 4}
	case in(x86asm.AX, x86asm.R15W):
		return operand{kind: general, size: 2, number: uint8(r - x86asm.AX)}
	case in(x86asm.EAX, x86asm.R15L):
		return operand{kind: general, size: 4, number: uint8(r - x86asm.EAX)}
	case in(x86asm.RAX, x86asm.R15):
		return operand{kind: general, size: 8, number: uint8(r - x86asm.RAX)}
	case in(x86asm.X0, x86asm.X15):
		return operand{kind: xmm, size: 16, number: uint8(r - x86asm.X0)}
	}
	return operand{kind: special, size: 8}
}

func (c *x86) address(m *operand) uint64 {
	at := m.value
	switch m.number {
	case ripBase:
		at += c.pc + uint64(c.in.length)
	case noBase:
	default:
		at += c.r[m.number]
	}
	if m.scale > 0 {
		at += c.r[m.index] * uint64(m.scale)
	}
	if m.thread {
		at += threadBase
	}
	if m.narrow {
		at = uint64(uint32(at))
	}
	return at
}

// get reads an operand; of 16 bytes the low half.
func (c *x86) get(a *operand) uint64 {
	switch a.kind {
	case general:
		return c.r[a.number] & mask(int(a.size))
	case memory:
		return c.machine.read(c.address(a), min(int(a.size), 8))
	case constant:
		return a.value
	case high:
		return c.r[a.number] >> 8 & 0xff
	case xmm:
		return c.v[a.number][0]
	}
	return 0
}

func (c *x86) set(a *operand, value uint64) {
	switch a.kind {
	case general:
		c.setGeneral(int(a.number), int(a.size), value)
	case memory:
		c.machine.write(c.address(a), value, min(int(a.size), 8))
	case high:
		c.r[a.number] = c.r[a.number]&^0xff00 | value&0xff<<8
	case xmm:
		c.v[a.number][0] = value
	}
}

// setGeneral writes to a general register, or the low size bytes of it. Of four the upper
// half is cleared.
func (c *x86) setGeneral(number, size int, value uint64) {
	if size >= 4 {
		c.r[number] = value & mask(size)
	} else {
		c.r[number] = c.r[number]&^mask(size) | value&mask(size)
	}
}
