package inspect

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
)

// A name under a long key, or under one as long as itself: the key is in the file
// too, or it could not be read. Two places of the file then give the name.

const padLimit = 128 << 10 // bytes of a file in which such pairs are looked for

// padNames are pieces of eight bytes, at the beginning and the end of names: a long
// key may end in the middle.
var padNames = [][]byte{
	scriptCommand[:8], scriptCommand[1:], anchor("n/osa~scr"),
	anchor("NSAp~pleS"), anchor("pleSc~ript")[:8], anchor("OSAS~crip"), anchor("do sh~ell"),
}

// paddings give the key under which eight bytes of a name became what was found, all
// of them at once.
var paddings = []func(found, plain uint64) uint64{
	func(found, plain uint64) uint64 { return found ^ plain },
	func(found, plain uint64) uint64 { return bytesMinus(found, plain) },
	func(found, plain uint64) uint64 { return bytesMinus(plain, found) },
}

// bytesMinus subtracts each byte of y from that of x, without a borrow between them.
func bytesMinus(x, y uint64) uint64 {
	const high = 0x8080808080808080
	return ((x | high) - (y &^ high)) ^ ((x ^ ^y) & high)
}

// pads looks for pieces of names of which one part of the file is the key and
// another what became of them.
func (c *collector) pads(data []byte) {
	const size = 8
	if len(data) < size || len(data) > padLimit {
		return
	}
	pieces := newSieve(len(data))
	c.begins = slices.Grow(c.begins[:0], len(data)/64+1)[:len(data)/64+1]
	clear(c.begins)
	for i := 0; i+size <= len(data); i++ {
		if n := binary.LittleEndian.Uint64(data[i:]); !plainBytes(n) {
			pieces.add(n)
			c.begins[i/64] |= 1 << (i % 64)
		}
	}
	for _, name := range padNames {
		plain := binary.LittleEndian.Uint64(name)
		for _, padding := range paddings {
			for i := range c.begins.places {
				if len(c.facts.Embedded) == maxEmbedded {
					return
				}
				key := padding(binary.LittleEndian.Uint64(data[i:]), plain)
				if !pieces.has(key) || plainBytes(key) || key == plain {
					continue
				}
				if bytes.Contains(data, binary.LittleEndian.AppendUint64(nil, key)) {
					c.noteKeyed(PadName, int64(i))
				}
			}
		}
	}
}

// plainBytes reports whether most of eight bytes are one: then they are no key, and
// every file has such runs.
func plainBytes(n uint64) bool {
	for i := range 5 {
		if bits.OnesCount64(zeroBytes(n^n>>(8*i)&0xff*0x0101010101010101)) >= 4 {
			return true
		}
	}
	return false
}

// A sieve tells of most numbers that were not added that they were not.
type sieve struct {
	bits  []uint64
	shift int
}

func newSieve(n int) sieve {
	size := 12 // of the bits, as a power of two
	for 1<<size < 32*n {
		size++
	}
	return sieve{make([]uint64, 1<<(size-6)), 64 - size}
}

// places are two, of which the first differs in numbers that are alike.
func (s sieve) places(n uint64) (a, b uint64) {
	return n * 0x9e3779b97f4a7c15 >> s.shift, (n ^ n>>29) * 0xbf58476d1ce4e5b9 >> s.shift
}

func (s sieve) add(n uint64) {
	a, b := s.places(n)
	s.bits[a/64] |= 1 << (a % 64)
	s.bits[b/64] |= 1 << (b % 64)
}

func (s sieve) has(n uint64) bool {
	a, b := s.places(n)
	return s.bits[a/64]>>(a%64)&1 == 1 && s.bits[b/64]>>(b%64)&1 == 1
}
