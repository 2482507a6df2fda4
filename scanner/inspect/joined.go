package inspect

import "slices"

// Names in pieces that lie side by side: strings of which each is part of a name, or
// letters that are stored as wider numbers. Without the zeros between them they are the
// name. What has them evenly, as wide characters do, is for the rules.

// joined calls found with where each name begins that is in pieces in data, as it is or
// each byte under one key: the places of as many bytes as the command has.
func (c *collector) joined(data []byte, found func(places []int)) {
	c.reading = slices.Grow(c.reading[:0], len(data))
	text, n := c.reading[:len(data)], 0
	for _, b := range data {
		if text[n] = b; b != 0 {
			n++
		}
	}
	inner, r := c.within(), reading{data: text[:n], step: 1}
	inner.affine(r, inner.endsIn(r))
	inner.keyedBy(r, 1)
	for _, name := range inner.facts.Embedded {
		first := int(name.Offset)
		found(withoutZeros(data, first, first+len(scriptCommand)))
	}
}

// withoutZeros are the places in data of those bytes that are not zero, of them from one on
// up to an end.
func withoutZeros(data []byte, from, end int) (places []int) {
	n := 0
	for i := 0; i < len(data) && n < end; i++ {
		if data[i] == 0 {
			continue
		}
		if n >= from {
			places = append(places, i)
		}
		n++
	}
	return places
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
	c.joined(data, func(places []int) {
		if !evenly(places) && len(c.facts.Embedded) < maxEmbedded {
			c.noteKeyed(PiecesName, int64(places[0]))
		}
	})
}
