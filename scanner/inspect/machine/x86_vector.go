package machine

import (
	"encoding/binary"
	"math"

	"golang.org/x/arch/x86/x86asm"
)

// wide reads an operand of 16 bytes.
func (c *x86) wide(a *operand) (v [2]uint64) {
	switch {
	case a.kind == xmm:
		return c.v[a.number]
	case a.kind == memory && a.size == 16:
		at := c.address(a)
		return [2]uint64{c.machine.read(at, 8), c.machine.read(at+8, 8)}
	case a.kind == general || a.kind == high || a.kind == memory:
		v[0] = c.get(a)
	}
	return v
}

func (c *x86) setWide(a *operand, v [2]uint64) {
	switch {
	case a.kind == xmm:
		c.v[a.number] = v
	case a.kind == memory && a.size == 16:
		at := c.address(a)
		c.machine.write(at, v[0], 8)
		c.machine.write(at+8, v[1], 8)
	default:
		c.set(a, v[0])
	}
}

// lanes applies f to each part of so many bytes.
func lanes(x, y [2]uint64, size int, f func(x, y uint64) uint64) (out [2]uint64) {
	for half := range 2 {
		for at := 0; at < 64; at += 8 * size {
			n := f(x[half]>>at&mask(size), y[half]>>at&mask(size)) & mask(size)
			out[half] |= n << at
		}
	}
	return out
}

func isWide(a *operand) bool {
	return a.kind == xmm
}

// vector follows an instruction of SSE that moves or mixes whole numbers.
func (c *x86) vector(in *instruction, a, b *operand) {
	x, y := c.wide(a), c.wide(b)
	switch in.op {
	case x86asm.MOVUPS, x86asm.MOVAPS, x86asm.MOVDQA, x86asm.MOVDQU, x86asm.MOVUPD, x86asm.MOVAPD, x86asm.LDDQU, x86asm.MOVNTDQ, x86asm.MOVNTPS:
		c.setWide(a, y)
	case x86asm.MOVD:
		y[0] &= mask(int(min(b.size, max(in.size, 4))))
		c.setWide(a, [2]uint64{y[0], 0})
	case x86asm.MOVQ:
		c.setWide(a, [2]uint64{y[0], 0})
	case x86asm.MOVSS, x86asm.MOVSD_XMM:
		size := 8
		if in.op == x86asm.MOVSS {
			size = 4
		}
		switch {
		case isWide(a) && isWide(b):
			c.setWide(a, [2]uint64{x[0]&^mask(size) | y[0]&mask(size), x[1]})
		case isWide(a):
			c.setWide(a, [2]uint64{y[0] & mask(size), 0})
		default:
			c.setWide(a, y)
		}
	case x86asm.MOVHPS, x86asm.MOVHPD, x86asm.MOVLHPS:
		if isWide(a) {
			c.setWide(a, [2]uint64{x[0], y[0]})
		} else {
			c.setWide(a, [2]uint64{y[1], 0})
		}
	case x86asm.MOVLPS, x86asm.MOVLPD:
		if isWide(a) {
			c.setWide(a, [2]uint64{y[0], x[1]})
		} else {
			c.setWide(a, y)
		}
	case x86asm.PXOR, x86asm.XORPS, x86asm.XORPD:
		c.setWide(a, [2]uint64{x[0] ^ y[0], x[1] ^ y[1]})
	case x86asm.POR, x86asm.ORPS, x86asm.ORPD:
		c.setWide(a, [2]uint64{x[0] | y[0], x[1] | y[1]})
	case x86asm.PAND, x86asm.ANDPS, x86asm.ANDPD:
		c.setWide(a, [2]uint64{x[0] & y[0], x[1] & y[1]})
	case x86asm.PANDN, x86asm.ANDNPS, x86asm.ANDNPD:
		c.setWide(a, [2]uint64{^x[0] & y[0], ^x[1] & y[1]})
	case x86asm.PADDB, x86asm.PADDW, x86asm.PADDD, x86asm.PADDQ:
		c.setWide(a, lanes(x, y, 1<<step(in.op, x86asm.PADDB, x86asm.PADDW, x86asm.PADDD, x86asm.PADDQ), func(x, y uint64) uint64 { return x + y }))
	case x86asm.PSUBB, x86asm.PSUBW, x86asm.PSUBD, x86asm.PSUBQ:
		c.setWide(a, lanes(x, y, 1<<step(in.op, x86asm.PSUBB, x86asm.PSUBW, x86asm.PSUBD, x86asm.PSUBQ), func(x, y uint64) uint64 { return x - y }))
	case x86asm.PMULLW, x86asm.PMULLD:
		size := 2
		if in.op == x86asm.PMULLD {
			size = 4
		}
		c.setWide(a, lanes(x, y, size, func(x, y uint64) uint64 { return x * y }))
	case x86asm.PCMPEQB, x86asm.PCMPEQW, x86asm.PCMPEQD:
		c.setWide(a, lanes(x, y, 1<<step(in.op, x86asm.PCMPEQB, x86asm.PCMPEQW, x86asm.PCMPEQD), func(x, y uint64) uint64 {
			if x == y {
				return math.MaxUint64
			}
			return 0
		}))
	case x86asm.PSLLW, x86asm.PSLLD, x86asm.PSLLQ:
		by := c.amount(b)
		c.setWide(a, lanes(x, x, 2<<step(in.op, x86asm.PSLLW, x86asm.PSLLD, x86asm.PSLLQ), func(x, _ uint64) uint64 { return x << by }))
	case x86asm.PSRLW, x86asm.PSRLD, x86asm.PSRLQ:
		by := c.amount(b)
		c.setWide(a, lanes(x, x, 2<<step(in.op, x86asm.PSRLW, x86asm.PSRLD, x86asm.PSRLQ), func(x, _ uint64) uint64 { return x >> by }))
	case x86asm.CVTTSD2SI:
		c.set(a, uint64(int64(whole(math.Float64frombits(y[0])))))
	case x86asm.CVTTSS2SI:
		c.set(a, uint64(int64(whole(float64(math.Float32frombits(uint32(y[0])))))))
	default:
		c.shuffle(in, a, x, y)
	}
}

// whole is the number without its fraction, and zero where that is not in an int64.
func whole(f float64) float64 {
	if f != f || f > 1<<62 || f < -1<<62 {
		return 0
	}
	return math.Trunc(f)
}

func step(op x86asm.Op, ops ...x86asm.Op) int {
	for i, o := range ops {
		if o == op {
			return i
		}
	}
	return 0
}

func (c *x86) amount(b *operand) uint64 {
	if isWide(b) {
		return c.wide(b)[0]
	}
	return c.get(b) & 0xff
}

// shuffle follows those that move bytes between places.
func (c *x86) shuffle(in *instruction, a *operand, x, y [2]uint64) {
	from, other := bytesOf(x), bytesOf(y)
	var out [16]byte
	interleave := func(size, first int) {
		for i := range 16 / size {
			source := from
			if i&1 == 1 {
				source = other
			}
			copy(out[i*size:(i+1)*size], source[first+i/2*size:])
		}
	}
	order := int(in.args[2].value) // 0 where there is none
	switch in.op {
	case x86asm.PUNPCKLBW:
		interleave(1, 0)
	case x86asm.PUNPCKLWD:
		interleave(2, 0)
	case x86asm.PUNPCKLDQ, x86asm.UNPCKLPS:
		interleave(4, 0)
	case x86asm.PUNPCKLQDQ, x86asm.UNPCKLPD:
		interleave(8, 0)
	case x86asm.PUNPCKHBW:
		interleave(1, 8)
	case x86asm.PUNPCKHWD:
		interleave(2, 8)
	case x86asm.PUNPCKHDQ:
		interleave(4, 8)
	case x86asm.PUNPCKHQDQ:
		interleave(8, 8)
	case x86asm.PSHUFD:
		for i := range 4 {
			copy(out[4*i:4*i+4], other[order>>(2*i)&3*4:])
		}
	case x86asm.PSHUFLW:
		out = other
		for i := range 4 {
			copy(out[2*i:2*i+2], other[order>>(2*i)&3*2:])
		}
	case x86asm.PSHUFB:
		for i, n := range other {
			if n < 0x80 {
				out[i] = from[n&15]
			}
		}
	case x86asm.SHUFPS:
		for i := range 4 {
			source := from
			if i > 1 {
				source = other
			}
			copy(out[4*i:4*i+4], source[order>>(2*i)&3*4:])
		}
	case x86asm.PACKUSWB:
		for i := range 8 {
			out[i], out[8+i] = saturated(from[2*i:]), saturated(other[2*i:])
		}
	case x86asm.PSRLDQ:
		if n := int(c.get(&in.args[1]) & 0xff); n < 16 {
			copy(out[:], from[n:])
		}
	case x86asm.PSLLDQ:
		if n := int(c.get(&in.args[1]) & 0xff); n < 16 {
			copy(out[n:], from[:])
		}
	case x86asm.PMOVMSKB:
		var n uint64
		for i, b := range other {
			n |= uint64(b>>7) << i
		}
		c.set(a, n)
		return
	default:
		return
	}
	c.setWide(a, [2]uint64{binary.LittleEndian.Uint64(out[:]), binary.LittleEndian.Uint64(out[8:])})
}

func bytesOf(v [2]uint64) (b [16]byte) {
	binary.LittleEndian.PutUint64(b[:], v[0])
	binary.LittleEndian.PutUint64(b[8:], v[1])
	return b
}

func saturated(b []byte) byte {
	return byte(max(min(int16(binary.LittleEndian.Uint16(b)), 255), 0))
}
