package javascript

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// A stream is one that a script writes to or reads from: the input of a program, a
// file, a decompressor, or one whose data it hears itself.
type stream struct {
	words   []string           // of the program whose input it is
	file    value              // that it writes
	unpacks script.Compression // what it does to its data
	packed  bool
	write   value // the function that it hands its data to
	content string
	texts   bool  // its data are texts
	read    bool  // by a reader
	out     value // of a web transform: what its controller is given
	owner   value // an instance of a class of the script's own that it is
}

// maxStreams bounds the streams of one script.
const maxStreams = 64

// streamObject is what a value says of itself that is a stream; at is its number.
const streamObject = "Stream"

func (m *machine) newStream(s stream) value {
	if len(m.streams) >= maxStreams {
		return value{}
	}
	m.streams = append(m.streams, &s)
	v := newDictionary()
	v.more, v.at = streamObject, uint32(len(m.streams))
	return v
}

func (m *machine) streamOf(v value) *stream {
	if v.kind != dictionary || v.more != streamObject || v.at == 0 || int(v.at) > len(m.streams) {
		return nil
	}
	return m.streams[v.at-1]
}

// streamFor is the stream that a function of a module makes.
func (m *machine) streamFor(name string, args []argument) value {
	first := argumentOr(args, 0)
	switch name {
	case "zlib.createGunzip":
		return m.newStream(stream{packed: true, unpacks: script.Gzip})
	case "zlib.createUnzip":
		return m.newStream(stream{packed: true, unpacks: script.GzipOrZlib})
	case "zlib.createInflate":
		return m.newStream(stream{packed: true, unpacks: script.Zlib})
	case "zlib.createInflateRaw":
		return m.newStream(stream{packed: true, unpacks: script.Deflate})
	case "fs.createWriteStream":
		return m.newStream(stream{file: first})
	case "stream.PassThrough", "stream.Transform", "stream.Duplex", "stream.Writable":
		write, _ := itemOf(first, "write")
		if transform, ok := itemOf(first, "transform"); ok {
			write = transform
		}
		return m.newStream(stream{write: write})
	case "stream.Readable.from":
		s := stream{}
		items, ok := m.iterate(first)
		if first.kind == text || first.kind == buffer {
			items, ok = []value{first}, true
		}
		for _, item := range items {
			part, known := item.string()
			if ok = ok && known && len(s.content)+len(part) <= maxDroppedSize; ok {
				s.content += part
			}
		}
		if !ok || !m.step(len(s.content)/16) {
			return value{}
		}
		s.texts = first.kind == array && len(items) > 0 && items[0].kind == text
		m.emit("data", event{args: asArguments([]value{s.chunk()})})
		return m.newStream(s)
	case "ReadableStream", "stream/web.ReadableStream":
		v := m.newStream(stream{})
		for _, method := range []string{"start", "pull"} {
			if f, ok := itemOf(first, method); ok && v.kind == dictionary {
				m.callFunctionOf(f, first, asArguments([]value{v}))
			}
		}
		return v
	case "TransformStream", "stream/web.TransformStream":
		transform, _ := itemOf(first, "transform")
		return m.newStream(stream{write: transform, out: m.newStream(stream{})})
	case "TextDecoderStream", "TextEncoderStream", "stream/web.TextDecoderStream":
		return m.newStream(stream{texts: name != "TextEncoderStream"})
	case "DecompressionStream", "stream/web.DecompressionStream":
		if how, ok := map[string]script.Compression{"gzip": script.Gzip, "deflate": script.Zlib, "deflate-raw": script.Deflate}[first.str]; ok {
			return m.newStream(stream{packed: true, unpacks: how})
		}
	}
	return value{}
}

// chunk is what a stream gives at once.
func (s *stream) chunk() value {
	if s.texts {
		return value{kind: text, str: strings.ToValidUTF8(s.content, "\ufffd"), decoded: true}
	}
	return value{kind: buffer, str: s.content, decoded: true}
}

// streamMethod evaluates what a stream has.
func (m *machine) streamMethod(v value, name string, args []argument, start, end uint32) value {
	s, first := m.streamOf(v), argumentOr(args, 0)
	if s == nil {
		return value{}
	}
	switch name {
	case "write", "push", "enqueue":
		s.texts = s.texts || name == "enqueue" && first.kind == text
		m.flow(s, first)
	case "read":
		done := s.read || s.content == ""
		s.read = true
		return objectOf("value", s.chunk(), "done", booleanValue(done))
	case "tee":
		return arrayValue([]value{v, v})
	case "pipeThrough", "pipeTo":
		to := m.streamOf(first)
		if to == nil || m.depth >= maxCalls {
			return value{}
		}
		m.depth++
		m.flow(to, s.chunk())
		m.endStream(to, nil, start, end)
		m.depth--
		if to.out.kind == dictionary {
			return to.out
		}
		return first
	case "end":
		m.flow(s, first)
		m.endStream(s, args, start, end)
	case "pipe":
		if to := m.streamOf(first); to != nil && m.depth < maxCalls {
			m.depth++
			m.flow(to, value{kind: buffer, str: s.content})
			m.endStream(to, nil, start, end)
			m.depth--
		}
		return first
	}
	return v
}

// flow gives a stream some data.
func (m *machine) flow(s *stream, data value) {
	part, ok := data.string()
	if data.kind != text && data.kind != buffer || !ok || len(s.content)+len(part) > maxDroppedSize || !m.step(8+len(part)/16) {
		return
	}
	if data.kind == buffer {
		part = data.str
	}
	s.content += part
	switch {
	case s.write.kind == closure && s.out.kind == dictionary:
		m.apply(s.write, value{}, asArguments([]value{data, s.out}))
	case s.write.kind == closure:
		m.apply(s.write, value{}, asArguments([]value{{kind: buffer, str: part}, textValue("buffer"), {}}))
	case !s.packed:
		m.emit("data", event{args: asArguments([]value{{kind: buffer, str: part}})})
	}
}

// endStream does what is to be done with all that was written to a stream.
func (m *machine) endStream(s *stream, args []argument, start, end uint32) {
	switch {
	case s.packed:
		if out, ok := script.Unpack(s.unpacks, s.content, m.Budget); ok {
			s.content, s.packed = out, false
			m.emit("data", event{args: asArguments([]value{{kind: buffer, str: out, decoded: true}})})
		}
	case s.file.kind == text:
		m.keepFile(s.file, textValue(s.content), false)
	case len(s.words) > 0:
		m.runs(m.fed(s.words, nil, s.content, start, end), false, start, end)
	}
	for _, name := range []string{"end", "finish", "close"} {
		m.emit(name, event{})
	}
	for _, a := range args {
		if a.kind == closure {
			m.apply(a.value, value{}, nil)
		}
	}
}

// unpacked evaluates the functions of zlib that hand on to a callback, or by
// util.promisify to a promise.
func (m *machine) unpacked(name string, args []argument, start, end uint32) (value, bool) {
	function, ok := strings.CutPrefix(name, "zlib.")
	if !ok || len(args) == 0 || !moduleFunctions[name+"Sync"] {
		return value{}, false
	}
	by := args[len(args)-1].value
	out := m.moduleFunction("zlib."+function+"Sync", args[:1], start, end, true)
	if out.kind == unknown {
		out.decoded = true
	}
	if by.kind < closure { // a function that makes a promise of it
		return out, true
	}
	m.invokeAt(by, value{}, asArguments([]value{{kind: null}, out}), start, 0, end)
	return value{kind: undefined}, true
}
