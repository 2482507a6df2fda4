package script

import "sort"

// Origins map a text to the text that it was made from, as a sorted list of
// pieces. The empty list is the identity.
type origins []origin

// An origin says that the piece of the text from at on, up to the next origin,
// comes from [start, end) of the source. A piece is either a copy, in which out
// bytes of the text stand for each in bytes of the source, or, where out is 0,
// a whole that was computed from a whole.
type origin struct {
	at, start, end uint32
	out, in        uint8
}

// span returns the range of the source that [from, to) of the text comes from.
func (o origins) span(from, to int) (start, end int) {
	if len(o) == 0 {
		return from, to
	}
	start, end = o.bounds(from)
	if to > from {
		_, last := o.bounds(to - 1)
		end = max(end, last)
	}
	return start, max(start, end)
}

// bounds returns the range that one byte of the text comes from.
func (o origins) bounds(at int) (start, end int) {
	i := sort.Search(len(o), func(i int) bool { return int(o[i].at) > at }) - 1
	if i < 0 {
		return 0, 0
	}
	p := o[i]
	if p.out == 0 {
		return int(p.start), int(p.end)
	}
	start = int(p.start) + (at-int(p.at))/int(p.out)*int(p.in)
	start = min(start, int(p.end))
	return start, min(start+int(p.in), int(p.end))
}
