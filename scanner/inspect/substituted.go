package inspect

import (
	"bytes"
	"slices"
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
	alike  []likeness // what most places that hold no such name lack comes first
}

// A likeness says whether a letter is the same as the next, or the next but one: all bits
// of is are set if so.
type likeness struct {
	at, further int
	is          uint64
}

func patternsOf(names ...[]byte) []pattern {
	patterns := make([]pattern, len(names))
	for i, name := range names {
		p := pattern{plain: name}
		for at, letter := range name {
			p.before = append(p.before, bytes.LastIndexByte(name[:at], letter))
		}
		for _, same := range []bool{true, false} {
			for further := 1; further <= 2; further++ {
				for at := range len(name) - further {
					if name[at] == name[at+further] == same {
						l := likeness{at: at, further: further}
						if same {
							l.is = ^uint64(0)
						}
						p.alike = append(p.alike, l)
					}
				}
			}
		}
		patterns[i] = p
	}
	return patterns
}

// substituted looks for names in which every letter was replaced by another byte,
// the same for the same letter.
func (c *collector) substituted(r reading) {
	c.alike[0], c.alike[1] = alike(c.alike[0], r.data, 1), alike(c.alike[1], r.data, 2)
	for _, p := range patternNames {
		c.begins = p.begins(c.begins, c.alike)
		for i := range c.begins.places {
			if i+len(p.plain) > len(r.data) || len(c.facts.Embedded) == maxEmbedded {
				break
			}
			if found := r.data[i : i+len(p.plain)]; p.fits(found) && !r.plain(found, p.plain) {
				c.noteKeyed(SubstitutedName, r.offset(i, len(p.plain)))
			}
		}
	}
}

// begins are the places at which the name may begin, in room if they fit there, by which
// bytes are the same as the next and as the next but one.
func (p pattern) begins(room bitset, alike [2]bitset) bitset {
	begins := slices.Grow(room[:0], len(alike[0]))
	for word := range len(alike[0]) - 1 {
		var not uint64
		for _, l := range p.alike {
			if not |= alike[l.further-1].beside(word, l.at) ^ l.is; not == ^uint64(0) {
				break
			}
		}
		begins = append(begins, ^not)
	}
	return append(begins, 0)
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
