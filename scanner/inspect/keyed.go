package inspect

import (
	"bytes"
	"cmp"
	"crypto/subtle"
	"encoding/binary"
	"math/bits"
	"slices"
)

const (
	keyedStep   = 64 << 10 // bytes of the file as it stands that are looked at together
	longestKey  = 4        // in bytes; longer ones leave too little of a name to know it by
	longestName = 32
	keyedProof  = 7 // bytes of a name that must fit a key beyond those that give it
)

// letterCase is what lies between a capital letter and a small one, as a sum
// and under xor.
const letterCase = 'a' - 'A'

// keyedNames are looked for under a key that is not known. They end alike, so
// that one search for each length of key finds where any of them may be.
var (
	keyedNames = [][]byte{
		append([]byte("/usr/bin/"), scriptCommand...), scriptCommand,
		anchor("NSApple~Script"), anchor("OSA~Script"), anchor("do shell~ script"),
	}
	keyedEnd = []byte("cript")
)

// keyed looks for names that a cipher hides, in each of the ways in which they may
// stand in the file.
func (c *collector) keyed(data []byte) {
	for start := 0; start < len(data); start += keyedStep {
		part := data[start:min(start+keyedStep+longestName, len(data))]
		c.ciphers(reading{data: part, start: start, step: 1, raw: true})
	}
	if len(data) <= exoticLimit && c.reaches() {
		c.readings(data)
		c.alphabets(data)
		c.pads(data)
		c.tableNames(data)
		c.stored(data)
		c.pieces(data)
		c.encoded(data)
	}
	slices.SortStableFunc(c.facts.Embedded, func(a, b Embedded) int { return cmp.Compare(a.Offset, b.Offset) })
}

// ciphers looks for names under xor with a short key that repeats, with the bits
// of each byte turned; under a key that grows; and for those to each byte of which
// one function was applied. What the rules find is left to them: one key for all
// bytes of a file as it is.
func (c *collector) ciphers(r reading) {
	ends := c.endsIn(r)
	c.affine(r, ends)
	c.keyedBy(r, 1)
	for period := 2; period <= longestKey && r.raw; period++ {
		c.keyedBy(r, period)
	}
	if !r.mixed {
		c.rolled(r, ends)
		c.generated(r, ends)
		c.substituted(r)
	}
}

// endsIn are the places at which a name may end in keyedEnd under a cipher; they stay until
// the next are asked for.
func (c *collector) endsIn(r reading) bitset {
	c.turns = turns(c.turns, r.data)
	c.ends = endsIn(c.ends, c.turns)
	return c.ends
}

// keyedBy looks for names under xor with a key of so many bytes. Bytes as far apart
// as the key is long then differ as those of the name do, whatever the key is.
func (c *collector) keyedBy(r reading, period int) {
	data := r.data
	apart := func(to, part []byte) []byte {
		n := max(len(part)-period, 0)
		xor(to[:n], part[min(period, len(part)):], part[:n])
		return to[:n]
	}
	turns := 1
	if period == 1 {
		turns = 8
	}
	end := apart(make([]byte, len(keyedEnd)), keyedEnd)
	want, have := make([]byte, longestName), make([]byte, longestName)
	c.apart = slices.Grow(c.apart[:0], len(data))
	part := apart(c.apart[:len(data)], data)
	for turn := range turns {
		end := turned(end, turn)
		for at := 0; len(c.facts.Embedded) < maxEmbedded; at++ {
			next := bytes.Index(part[at:], end)
			if next < 0 {
				break
			}
			at += next
			stop := at + len(keyedEnd)
			for _, name := range keyedNames {
				plain := turned(name, turn)
				first := stop - len(plain)
				if first < 0 || len(plain)-period < keyedProof {
					continue
				}
				found := data[first:stop]
				want, have := want[:len(plain)], have[:len(plain)]
				if !bytes.Equal(apart(want, plain), apart(have, found)) {
					continue
				}
				xor(have[:period], found[:period], plain[:period])
				if clear := turn == 0 && sameLetters(have[:period]); r.raw && (clear || turn == 0 && period == 1) {
					continue // for the rules
				} else if clear && r.step != 1 {
					continue // backwards or in wide characters, likewise
				}
				c.noteKeyed(KeyedName, r.offset(first, len(plain)))
				break
			}
		}
	}
}

// turned returns text with the bits of each byte turned to the left.
func turned(text []byte, by int) []byte {
	if by == 0 {
		return text
	}
	out := make([]byte, len(text))
	for i, b := range text {
		out[i] = bits.RotateLeft8(b, by)
	}
	return out
}

// affine looks for names each byte of which was multiplied by one odd number, and
// another added: by one number alone where that is 1. From c to r it is 15 in the
// names, which has an inverse, so two bytes give the factor.
func (c *collector) affine(r reading, ends bitset) {
	const inverse = 239 // 15 × 239 = 1, modulo 256
	data, end := r.data, keyedEnd
	for i := range ends.places {
		if i+len(end) > len(data) || len(c.facts.Embedded) == maxEmbedded {
			break
		}
		x0, x1 := data[i], data[i+1]
		factor := (x1 - x0) * inverse
		if data[i+2]-x1 != factor*(end[2]-end[1]) || factor&1 == 0 ||
			data[i+3]-x1 != factor*(end[3]-end[1]) || data[i+4]-x1 != factor*(end[4]-end[1]) {
			continue
		}
		added := x0 - factor*end[0]
		if factor == 1 && sameLetters([]byte{added}) && (r.raw || r.step != 1) {
			continue // for the rules
		}
		for _, plain := range keyedNames {
			first, ok := i+len(end)-len(plain), true
			for j := 0; j < len(plain) && ok && first >= 0; j++ {
				ok = data[first+j] == factor*plain[j]+added
			}
			if ok && first >= 0 {
				c.noteKeyed(ShiftedName, r.offset(first, len(plain)))
				break
			}
		}
	}
}

// noteKeyed leaves out what is a part of what a simpler key has explained.
func (c *collector) noteKeyed(note string, at int64) {
	known := func(e Embedded) bool { return max(e.Offset, at)-min(e.Offset, at) < longestName }
	if !slices.ContainsFunc(c.facts.Embedded, known) {
		c.facts.Embedded = append(c.facts.Embedded, Embedded{note, at})
	}
}

// sameLetters reports whether a key leaves text as it is, or changes no more
// than the case of letters.
func sameLetters(key []byte) bool {
	for _, b := range key {
		if b != 0 && b != letterCase && b != 256-letterCase {
			return false
		}
	}
	return true
}

func minus(to, x, y []byte) {
	word := binary.LittleEndian.Uint64
	for ; len(to) >= 8; to, x, y = to[8:], x[8:], y[8:] {
		binary.LittleEndian.PutUint64(to, bytesMinus(word(x), word(y)))
	}
	for i := range to {
		to[i] = x[i] - y[i]
	}
}

func xor(to, x, y []byte) { subtle.XORBytes(to, x, y) }
