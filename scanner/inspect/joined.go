package inspect

// Names in pieces that lie side by side: strings of which each is part of a name, or
// letters that are stored as wider numbers. Without the zeros between them they are the
// name. What has them evenly, as wide characters do, is for the rules.

// A joined is data without its zeros.
type joined struct {
	text []byte
	at   []int // where in the data each byte of it was
}

func join(data []byte) joined {
	var j joined
	for i, b := range data {
		if b != 0 {
			j.text, j.at = append(j.text, b), append(j.at, i)
		}
	}
	return j
}

// names calls found with where each name begins that is in pieces there, as it is or
// each byte under one key: the places in the data of as many bytes as the command has.
func (j joined) names(found func(places []int)) {
	c := newCollector(new(Facts), len(j.text))
	r := reading{data: j.text, step: 1}
	c.affine(r)
	c.keyedBy(r, 1)
	for _, name := range c.facts.Embedded {
		first := int(name.Offset)
		found(j.at[first:min(first+len(scriptCommand), len(j.at))])
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
