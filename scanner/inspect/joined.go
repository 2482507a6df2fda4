package inspect

import "bytes"

// Names in pieces that lie side by side: strings of which each is part of a name, or
// letters that are stored as wider numbers. Without the zeros between them they are the
// name. What has them evenly, as wide characters do, is for the rules.

// A joined is data without its zeros.
type joined struct{ data, text []byte }

func join(data []byte) joined {
	j := joined{data, make([]byte, len(data)-bytes.Count(data, []byte{0}))}
	next := 0
	for _, b := range data {
		if b != 0 {
			j.text[next] = b
			next++
		}
	}
	return j
}

// at are the places in the data of the bytes of the text from one on, up to an end.
func (j joined) at(from, end int) (places []int) {
	next := 0
	for i, b := range j.data {
		if b == 0 {
			continue
		}
		if next == end {
			break
		}
		if next >= from {
			places = append(places, i)
		}
		next++
	}
	return places
}

// names calls found with where each name begins that is in pieces there, as it is or
// each byte under one key: the places in the data of as many bytes as the command has.
func (j joined) names(found func(places []int)) {
	c := newCollector(new(Facts), len(j.text))
	r := reading{data: j.text, step: 1}
	c.affine(r, c.endsIn(r))
	c.keyedBy(r, 1)
	for _, name := range c.facts.Embedded {
		first := int(name.Offset)
		found(j.at(first, first+len(scriptCommand)))
	}
}

// evenly reports whether places are all as far from the one before.
func evenly(places []int) bool {
	for i := 2; i < len(places); i++ {
		if places[i]-places[i-1] != places[1]-places[0] {
			return false
		}
	}
	return true
}

// pieces looks for names in pieces.
func (c *collector) pieces(data []byte) {
	join(data).names(func(places []int) {
		if !evenly(places) && len(c.facts.Embedded) < maxEmbedded {
			c.noteKeyed(PiecesName, int64(places[0]))
		}
	})
}
