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

// A builder writes a text and remembers where each piece comes from. Pieces
// that continue one another in both are one.
type builder struct {
	text    []byte
	origins origins
}

// copied appends text that stands for source[start:start+len(text)] byte by byte.
func (b *builder) copied(text []byte, start int) {
	b.add(text, start, start+len(text), 1, 1)
}

// computed appends text that comes from source[start:end] as a whole.
func (b *builder) computed(text string, start, end int) {
	b.add([]byte(text), start, end, 0, 0)
}

func (b *builder) add(text []byte, start, end int, out, in uint8) {
	if len(text) == 0 {
		return
	}
	at := len(b.text)
	b.text = append(b.text, text...)
	if n := len(b.origins); n > 0 {
		last := &b.origins[n-1]
		if last.out == out && last.in == in && out > 0 && int(last.end) == start &&
			(at-int(last.at))*int(in) == (start-int(last.start))*int(out) {
			last.end = uint32(end)
			return
		}
		if out == 0 && last.out == 0 && int(last.start) == start && int(last.end) == end {
			return
		}
	}
	b.origins = append(b.origins, origin{uint32(at), uint32(start), uint32(end), out, in})
}
