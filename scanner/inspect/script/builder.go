package script

// A Builder writes a text and remembers where each piece comes from. Pieces
// that continue one another in both are one.
type Builder struct {
	text    []byte
	origins origins
}

// NewBuilder returns a builder with room for so many bytes.
func NewBuilder(room int) *Builder { return &Builder{text: make([]byte, 0, room)} }

// View returns what was written, as the view of a script with these uses and this
// problem.
func (b *Builder) View(uses []Use, problem string) *View {
	return &View{Text: b.text, Uses: uses, Problem: problem, origins: b.origins}
}

// Size is how much is written, in bytes.
func (b *Builder) Size() int { return len(b.text) }

// String is what is written.
func (b *Builder) String() string { return string(b.text) }

// Copied appends text that stands for source[start:start+len(text)] byte by byte.
func (b *Builder) Copied(text []byte, start int) {
	b.add(text, start, start+len(text), 1, 1)
}

// CopiedText is Copied for a string.
func (b *Builder) CopiedText(text string, start int) {
	add(b, text, start, start+len(text), 1, 1)
}

// Computed appends text that comes from source[start:end] as a whole.
func (b *Builder) Computed(text string, start, end int) {
	add(b, text, start, end, 0, 0)
}

func (b *Builder) add(text []byte, start, end int, out, in uint8) { add(b, text, start, end, out, in) }

func add[T []byte | string](b *Builder, text T, start, end int, out, in uint8) {
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

// Truncate takes back all that was written from a place on.
func (b *Builder) Truncate(at int) {
	if at >= len(b.text) {
		return
	}
	b.text = b.text[:at]
	n := len(b.origins)
	for n > 0 && int(b.origins[n-1].at) >= at {
		n--
	}
	b.origins = b.origins[:n]
	if n > 0 && b.origins[n-1].out > 0 {
		last := &b.origins[n-1]
		last.end = last.start + uint32((at-int(last.at))/int(last.out)*int(last.in))
	}
}

// Cut takes off what was written from a place on, to be pasted elsewhere.
func (b *Builder) Cut(at int) *Builder {
	rest := &Builder{}
	if at >= len(b.text) {
		return rest
	}
	first := len(b.origins) - 1
	for first > 0 && int(b.origins[first].at) > at {
		first--
	}
	for i, o := range b.origins[first:] {
		to := len(b.text)
		if first+i+1 < len(b.origins) {
			to = int(b.origins[first+i+1].at)
		}
		if from := int(o.at); from < at {
			if o.out > 0 {
				o.start += uint32((at - from) / int(o.out) * int(o.in))
			}
			o.at = uint32(at)
		}
		rest.add(b.text[o.at:to], int(o.start), int(o.end), o.out, o.in)
	}
	b.Truncate(at)
	return rest
}

// Paste appends what another builder wrote, of a source that begins at from in
// this one's.
func (b *Builder) Paste(rest *Builder, from int) {
	for i, o := range rest.origins {
		to := len(rest.text)
		if i+1 < len(rest.origins) {
			to = int(rest.origins[i+1].at)
		}
		b.add(rest.text[o.at:to], int(o.start)+from, int(o.end)+from, o.out, o.in)
	}
}
