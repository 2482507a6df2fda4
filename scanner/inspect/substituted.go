package inspect

import "bytes"

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
		n := len(r.data) - len(p.plain) + 1
		if n <= 0 {
			continue
		}
		first, again := r.data[p.a:p.a+n], r.data[p.b:p.b+n]
		for i, b := range first {
			if other := r.data[i+p.y]; b != again[i] || other != r.data[i+p.z] || other == b || len(c.facts.Embedded) == maxEmbedded {
				continue
			}
			if found := r.data[i : i+len(p.plain)]; p.fits(found) && !r.plain(found, p.plain) {
				c.noteKeyed(SubstitutedName, r.offset(i, len(p.plain)))
			}
		}
	}
}

// fits reports whether bytes repeat where the letters of the name do, and nowhere
// else.
func (p pattern) fits(found []byte) bool {
	var last [256]int // where a byte stood last, from 1
	for i, b := range found {
		if last[b]-1 != p.before[i] {
			return false
		}
		last[b] = i + 1
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
