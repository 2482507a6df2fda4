package inspect

import (
	"bytes"
	"cmp"
	"crypto/subtle"
	"slices"
)

const (
	keyedStep   = 64 << 10 // bytes that are looked at together
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

// keyed looks for names to every byte of which the same number was added, and
// for names under xor with a short key that repeats (one of a single byte is
// left to the rules). Bytes as far apart as the key is long then differ as
// those of the name itself do, whatever the key is.
func (c *collector) keyed(data []byte) {
	c.keyedBy(data, 1, minus, ShiftedName)
	for period := 2; period <= longestKey; period++ {
		c.keyedBy(data, period, xor, KeyedName)
	}
	c.rolled(data)
	slices.SortStableFunc(c.facts.Embedded, func(a, b Embedded) int { return cmp.Compare(a.Offset, b.Offset) })
}

func (c *collector) keyedBy(data []byte, period int, difference func(to, x, y []byte), note string) {
	apart := func(to, part []byte) []byte {
		n := max(len(part)-period, 0)
		difference(to[:n], part[min(period, len(part)):], part[:n])
		return to[:n]
	}
	buffer := make([]byte, min(len(data), keyedStep+len(keyedEnd)))
	end := apart(make([]byte, len(keyedEnd)), keyedEnd)
	want, have := make([]byte, longestName), make([]byte, longestName)
	for start := 0; start < len(data); start += keyedStep {
		part := apart(buffer, data[start:min(start+keyedStep+len(keyedEnd)-1, len(data))])
		for at := 0; len(c.facts.Embedded) < maxEmbedded; at++ {
			next := bytes.Index(part[at:], end)
			if next < 0 {
				break
			}
			at += next
			stop := start + at + len(keyedEnd)
			for _, plain := range keyedNames {
				first := stop - len(plain)
				if first < 0 || len(plain)-period < keyedProof {
					continue
				}
				found := data[first:stop]
				want, have := want[:len(plain)], have[:len(plain)]
				if !bytes.Equal(apart(want, plain), apart(have, found)) {
					continue
				}
				if difference(have[:period], found[:period], plain[:period]); !sameLetters(have[:period]) {
					c.noteKeyed(note, int64(first))
					break
				}
			}
		}
	}
}

// noteKeyed leaves out what a shorter key has explained.
func (c *collector) noteKeyed(note string, at int64) {
	if !slices.ContainsFunc(c.facts.Embedded, func(e Embedded) bool { return e.Offset == at }) {
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
	for i := range to {
		to[i] = x[i] - y[i]
	}
}

func xor(to, x, y []byte) { subtle.XORBytes(to, x, y) }
