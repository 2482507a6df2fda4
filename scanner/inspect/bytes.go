package inspect

import (
	"bytes"
	"encoding/binary"
	"math"
)

// A window is a stretch of a file that can be asked for any offset: what lies
// outside reads as zero or as empty. Offsets from the file are untrusted
// 64-bit numbers; no arithmetic on them happens before they are compared.
type window struct {
	data  []byte
	order binary.ByteOrder
}

func (w window) size() uint64 { return uint64(len(w.data)) }
func (w window) len() int     { return len(w.data) }

// has reports whether n bytes lie at off.
func (w window) has(off, n uint64) bool { return off <= w.size() && n <= w.size()-off }

func (w window) u8(off uint64) uint8 {
	if !w.has(off, 1) {
		return 0
	}
	return w.data[off]
}

func (w window) u16(off uint64) uint16 {
	if !w.has(off, 2) {
		return 0
	}
	return w.order.Uint16(w.data[off:])
}

func (w window) u32(off uint64) uint32 {
	if !w.has(off, 4) {
		return 0
	}
	return w.order.Uint32(w.data[off:])
}

func (w window) u64(off uint64) uint64 {
	if !w.has(off, 8) {
		return 0
	}
	return w.order.Uint64(w.data[off:])
}

// word reads an address-sized number: 8 bytes, or 4 where wide is false.
func (w window) word(off uint64, wide bool) uint64 {
	if wide {
		return w.u64(off)
	}
	return uint64(w.u32(off))
}

// at returns what there is of n bytes at off; whole is false where some are missing.
func (w window) at(off, n uint64) (part window, whole bool) {
	if off > w.size() {
		return window{nil, w.order}, n == 0
	}
	whole = n <= w.size()-off
	return window{w.data[off : off+min(n, w.size()-off)], w.order}, whole
}

// from returns everything from off on.
func (w window) from(off uint64) window {
	rest, _ := w.at(off, math.MaxUint64)
	return rest
}

// text returns the bytes at off up to a zero byte, or up to maxName of them.
func (w window) text(off uint64) []byte {
	rest := w.from(off).data
	rest = rest[:min(len(rest), maxName)]
	if end := bytes.IndexByte(rest, 0); end >= 0 {
		return rest[:end]
	}
	return rest
}

// A cursor reads a stream of bytes; beyond its end it reads zeros and is done.
type cursor struct {
	data []byte
	pos  int
}

func (c *cursor) done() bool { return c.pos >= len(c.data) }

func (c *cursor) byte() byte {
	if c.done() {
		return 0
	}
	c.pos++
	return c.data[c.pos-1]
}

// uleb reads an unsigned LEB128; bits beyond the 64th are dropped.
func (c *cursor) uleb() uint64 {
	var value uint64
	for shift := 0; !c.done(); shift += 7 {
		b := c.byte()
		if shift < 64 {
			value |= uint64(b&0x7f) << shift
		}
		if b&0x80 == 0 {
			break
		}
	}
	return value
}

// text reads up to a zero byte and passes it. At most maxName bytes are returned.
func (c *cursor) text() []byte {
	rest := c.data[min(c.pos, len(c.data)):]
	end := bytes.IndexByte(rest, 0)
	if end < 0 {
		end = len(rest)
	}
	c.pos += end + 1
	return rest[:min(end, maxName)]
}
