package inspect

import "slices"

// A mark says of a name which of its letters have another lowest bit than the next but
// one: all bits of the word are set for such. The last letter but two comes first.
type mark []uint64

func markOf(name []byte) (m mark) {
	for i := len(name) - 3; i >= 0; i-- {
		m = append(m, -uint64(name[i]&1^name[i+2]&1))
	}
	return m
}

var (
	endMark   = markOf(keyedEnd)
	nameMarks = marksOf(keyedNames[1:]) // the first would add nothing: it ends with another
)

// marksOf are the marks of names, each once, without that of keyedEnd.
func marksOf(names [][]byte) (all []mark) {
	for _, name := range names {
		m := markOf(name)[len(endMark):]
		if !slices.ContainsFunc(all, func(other mark) bool { return slices.Equal(m, other) }) {
			all = append(all, m)
		}
	}
	return all
}

// turns tells of each byte whether it has another lowest bit than the next but one.
func turns(room bitset, data []byte) bitset {
	set := lowest(room, data)
	for word := range len(set) - 1 {
		set[word] ^= set.beside(word, 2)
	}
	return set
}

// endsIn are the places at which keyedEnd may stand, in room if they fit there, by the
// turns of a text: as the end of one of keyedNames, under a cipher that turns the lowest
// bits of no letter, of all, or of every other one. That is what xor does, and adding, with
// keys that are all the same or grow evenly, and a product with an odd number.
func endsIn(room, turns bitset) bitset {
	ends := slices.Grow(room[:0], len(turns))
	for word := range len(turns) - 1 {
		var not, may uint64
		for i, want := range endMark {
			not |= turns.beside(word, len(endMark)-1-i) ^ want
		}
		for _, m := range nameMarks {
			not := not
			for i := 0; i < len(m) && not != ^uint64(0); i++ {
				not |= turns.beside(word, -1-i) ^ m[i]
			}
			may |= ^not
		}
		ends = append(ends, may)
	}
	return append(ends, 0)
}
