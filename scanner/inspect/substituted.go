package inspect

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// What takes the place of each letter is not known where any table does it. Which
// letters are the same is: a name in which many are repeated is known by that alone.

// patternNames are those that repeat six letters or more: with three, code has one in
// every file.
var patternNames = patternsOf(
	append([]byte("/usr/bin/"), scriptCommand...), anchor("tell app~lication"), anchor("executeAnd~ReturnError:"),
)

// A pattern is a name, and of each of its letters where it stood before: -1 for
// nowhere.
type pattern struct {
	plain  []byte
	before []int
	// a and b are two places with the same letter, and so are y and z; they tell
	// most places that hold no such name.
	a, b, y, z int
}

func patternsOf(names ...[]byte) []pattern {
	patterns := make([]pattern, len(names))
	for i, name := range names {
		p := pattern{plain: name}
		for at, letter := range name {
			before := bytes.LastIndexByte(name[:at], letter)
			p.before = append(p.before, before)
			switch {
			case before < 0:
			case p.b == 0:
				p.a, p.b = before, at
			case p.z == 0 && letter != name[p.b]:
				p.y, p.z = before, at
			}
		}
		patterns[i] = p
	}
	return patterns
}

// substituted looks for names in which every letter was replaced by another byte,
// the same for the same letter.
func (c *collector) substituted(r reading) {
	for _, p := range patternNames {
		for i := p.next(r.data, 0); i >= 0 && len(c.facts.Embedded) < maxEmbedded; i = p.next(r.data, i+1) {
			if found := r.data[i : i+len(p.plain)]; p.fits(found) && !r.plain(found, p.plain) {
				c.noteKeyed(SubstitutedName, r.offset(i, len(p.plain)))
			}
		}
	}
}

// next is the next place where the name may begin, or -1: where a is b, y is z, and
// the two are not the same. Eight places are looked at together, since that is most
// of the work.
func (p pattern) next(data []byte, i int) int {
	n := len(data) - len(p.plain) + 1
	if i >= n {
		return -1
	}
	a, b, y, z := data[p.a:p.a+n], data[p.b:p.b+n], data[p.y:p.y+n], data[p.z:p.z+n]
	for ; i+8 <= n; i += 8 {
		word := binary.LittleEndian.Uint64
		first, other := word(a[i:]), word(y[i:])
		if may := zeroBytes(first^word(b[i:])|other^word(z[i:])) &^ zeroBytes(first^other); may != 0 {
			return i + bits.TrailingZeros64(may)/8
		}
	}
	for ; i < n; i++ {
		if a[i] == b[i] && y[i] == z[i] && a[i] != y[i] {
			return i
		}
	}
	return -1
}

// zeroBytes has the highest bit of each byte of the word set that is 0, and no other.
func zeroBytes(word uint64) uint64 {
	const low = 0x7f7f7f7f7f7f7f7f
	return ^(word&low + low | word | low)
}

// fits reports whether bytes repeat where the letters of the name do, and nowhere
// else.
func (p pattern) fits(found []byte) bool {
	for i, before := range p.before {
		if before >= 0 && found[i] != found[before] {
			return false
		}
	}
	for i, before := range p.before {
		if bytes.LastIndexByte(found[:i], found[i]) != before {
			return false
		}
	}
	return true
}

// plain reports whether the bytes are the name itself, in a way that the rules find,
// or differ from it as capitals do.
func (r reading) plain(found, name []byte) bool {
	key := found[0] ^ name[0]
	same := func(change func(to, x, y []byte)) bool {
		keys := make([]byte, len(name))
		change(keys, found, name)
		return sameLetters(keys) || r.raw && bytes.Count(keys, []byte{key}) == len(keys)
	}
	return same(xor) || same(minus)
}
