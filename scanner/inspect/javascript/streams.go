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
	last    value // the function that it calls at the end
	changes bool  // what it gives is what that function hands on
	self    value
	content string
	lost    value   // where that comes from which it was given and is not known
	parts   []value // of content, where it was given in several
	texts   bool    // its data are texts
	read    bool    // by a reader
	out     value   // of a web transform: what its controller is given
	owner   value   // an instance of a class of the script's own that it is
	pulls   bool    // it gives what it is asked for, in time,
	pull    value   // by this function
	over    bool    // and there is no more
	taken   int     // of its parts, one by one
	channel int     // to the program, where it is a file of the plugin that node runs
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
	s.self = v
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
	case "zlib.createBrotliDecompress":
		return m.newStream(stream{packed: true, unpacks: script.Brotli})
	case "fs.createWriteStream":
		return m.newStream(stream{file: first})
	case "stream.PassThrough", "stream.Transform", "stream.Duplex", "stream.Writable":
		write, _ := itemOf(first, "write")
		transform, changes := itemOf(first, "transform")
		last, _ := itemOf(first, "flush")
		if changes {
			write = transform
		} else {
			last, _ = itemOf(first, "final")
		}
		objects := false
		for _, option := range []string{"objectMode", "readableObjectMode"} {
			on, _ := itemOf(first, option)
			truth, _ := on.truthy()
			objects = objects || truth
		}
		return m.newStream(stream{write: write, changes: changes, last: last, texts: objects})
	case "stream.Readable":
		read, _ := itemOf(first, "read")
		v := m.newStream(stream{pulls: true, pull: read})
		if s := m.streamOf(v); s != nil {
			mode, _ := itemOf(first, "objectMode")
			objects, _ := mode.truthy()
			s.texts = objects || itemText(first, "encoding") != ""
			m.afterwards(func() { m.flowOut(s) })
		}
		return v
	case "stream.Readable.from":
		s := stream{}
		items, ok := m.iterate(first)
		if first.kind == text || first.kind == buffer {
			items, ok = []value{first}, true
		}
		for _, item := range items {
			if isObject(item) {
				s.texts = true
				continue
			}
			part, known := item.string()
			if ok = ok && known && len(s.content)+len(part) <= maxDroppedSize; ok {
				s.content += part
			}
		}
		if !ok || !m.step(len(s.content)/16) {
			return value{}
		}
		s.texts = s.texts || first.kind == array && len(items) > 0 && items[0].kind == text
		if s.parts = []value{s.chunk()}; first.kind != text && first.kind != buffer {
			s.parts = items
		}
		for _, part := range s.parts[:min(len(s.parts), maxSupposed)] {
			m.emit("data", event{args: asArguments([]value{part})})
		}
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
func (s *stream) chunk() value { return s.chunkOf(s.content) }

func (s *stream) chunkOf(content string) value {
	if s.texts {
		return value{kind: text, str: strings.ToValidUTF8(content, "\ufffd"), decoded: true}
	}
	return value{kind: buffer, str: content, decoded: true}
}

// gives adds to what a stream gives, which it does in the parts that it got.
func (s *stream) gives(part string) {
	s.content += part
	if s.packed { // it gives something else
		return
	}
	if s.parts = append(s.parts, s.chunkOf(part)); len(s.parts) == maxSupposed {
		s.parts = []value{s.chunk()}
	}
}

// streamMethod evaluates what a stream has.
func (m *machine) streamMethod(v value, name string, args []argument, start, end uint32) value {
	s, first := m.streamOf(v), argumentOr(args, 0)
	if s == nil {
		return value{}
	}
	switch name {
	case "push":
		s.over = s.over || first.kind == null
		m.handOn(s, first)
	case "setEncoding":
		s.texts = true
	case "write", "enqueue":
		s.texts = s.texts || name == "enqueue" && first.kind == text
		m.flow(s, first)
	case "read":
		if m.pullAll(s); s.pulls {
			if s.taken >= len(s.parts) {
				return value{kind: null}
			}
			s.taken++
			return s.parts[s.taken-1]
		}
		done := s.read || s.content == ""
		s.read = true
		return objectOf("value", s.chunk(), "done", booleanValue(done))
	case "tee":
		return arrayValue([]value{v, v})
	case "pipeThrough", "pipeTo":
		to := m.streamOf(streamIn(first))
		if to == nil || m.depth >= maxCalls {
			return value{}
		}
		m.depth++
		m.flowFrom(to, v)
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
		if to := m.streamOf(streamIn(first)); to != nil && m.depth < maxCalls {
			m.depth++
			m.flowFrom(to, v)
			m.endStream(to, nil, start, end)
			m.depth--
		}
		return first
	}
	return v
}

// pullAll asks a stream for all that it gives.
func (m *machine) pullAll(s *stream) {
	const most = 256
	pull := s.method(s.pull, "_read")
	for n := 0; n < most && s.pulls && !s.over && pull.kind == closure; n++ {
		size := len(s.content) + len(s.parts)
		m.apply(pull, s.this(), []argument{{value: numberValue(1 << 14)}})
		s.over = s.over || len(s.content)+len(s.parts) == size
	}
}

// flowOut hands on what a stream gives to those who listen.
func (m *machine) flowOut(s *stream) {
	m.pullAll(s)
	if len(s.parts) == 0 {
		return
	}
	m.emit("readable", event{})
	for _, part := range s.parts[:min(len(s.parts), maxSupposed)] {
		m.emit("data", event{args: asArguments([]value{part})})
	}
	m.endStream(s, nil, m.place[0], m.place[1])
}

// flowFrom gives a stream what another or a list has, and tells whether that is known.
func (m *machine) flowFrom(to *stream, from value) bool {
	items, ok := m.iterate(from)
	for _, item := range items[:min(len(items), maxSupposed)] {
		m.flow(to, item)
	}
	return ok
}

// isObject tells whether a value is one that streams in object mode alone pass on.
func isObject(v value) bool { return v.kind == dictionary || v.kind == array || v.kind == number }

// flow gives a stream some data.
func (m *machine) flow(s *stream, data value) {
	if isObject(data) && s.texts && m.step(8) {
		write := s.method(s.write, "_transform", "_write")
		if !s.changes && len(s.parts) < maxSupposed {
			s.parts = append(s.parts, data)
		}
		if write.kind == closure {
			m.apply(write, s.this(), asArguments([]value{data, textValue("buffer"), s.callback()}))
		}
		return
	}
	part, ok := data.string()
	if data.kind == unknown {
		s.lost = joined(s.lost, data)
	}
	if data.kind != text && data.kind != buffer || !ok || len(s.content)+len(part) > maxDroppedSize || !m.step(8+len(part)/16) {
		return
	}
	if data.kind == buffer {
		part = data.str
	}
	write := s.method(s.write, "_transform", "_write")
	if !s.changes {
		s.gives(part)
	}
	in := value{kind: buffer, str: part}
	if s.texts && data.kind == text {
		in = data
	}
	switch {
	case write.kind == closure && s.out.kind == dictionary:
		m.apply(write, value{}, asArguments([]value{data, s.out}))
	case write.kind == closure:
		m.apply(write, s.this(), asArguments([]value{in, textValue("buffer"), s.callback()}))
	case !s.packed:
		m.emit("data", event{args: asArguments([]value{{kind: buffer, str: part}})})
	}
}

// method is a function that a stream was given, or that its class has.
func (s *stream) method(given value, names ...string) value {
	for _, name := range names {
		if own, ok := itemOf(s.owner, name); ok && own.kind == closure {
			s.changes = s.changes || name == "_transform"
			return own
		}
	}
	return given
}

// this is the object that a stream is for the script.
func (s *stream) this() value {
	if s.owner.kind == dictionary {
		return s.owner
	}
	return s.self
}

// callback is what a function of a stream calls when it is done with some data.
func (s *stream) callback() value { return value{kind: method, str: "pushed", self: ptr(s.self)} }

// handOn hands on what a stream has made of its data.
func (m *machine) handOn(s *stream, data value) {
	if isObject(data) && s.texts && len(s.parts) < maxSupposed && m.step(8) {
		if s.parts = append(s.parts, data); !s.pulls {
			m.emit("data", event{args: asArguments([]value{data})})
		}
		return
	}
	part, ok := data.string()
	if data.kind != text && data.kind != buffer || !ok || len(s.content)+len(part) > maxDroppedSize || !m.step(8+len(part)/16) {
		return
	}
	if data.kind == buffer {
		part = data.str
	}
	if s.gives(part); s.pulls {
		return
	}
	m.emit("data", event{args: asArguments([]value{s.chunkOf(part)})})
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
	if last := s.method(s.last, "_flush", "_final"); last.kind == closure {
		m.apply(last, s.this(), asArguments([]value{s.callback()}))
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

// consumed is all that a stream gives, as a function of stream/consumers asks for it.
func (m *machine) consumed(how string, from value) (value, bool) {
	items, ok := m.iterate(from)
	whole := ""
	for _, item := range items {
		part, known := m.body(item)
		if ok = ok && known && len(whole)+len(part) <= maxDroppedSize; !ok {
			break
		}
		whole += part
	}
	if !ok || !m.step(8+len(whole)/16) {
		return value{}, false
	}
	switch how {
	case "text":
		return value{kind: text, str: strings.ToValidUTF8(whole, "\ufffd"), decoded: true}, true
	case "json":
		v := parseJSON(whole)
		return v, v.kind != unknown
	case "buffer", "arrayBuffer":
		return value{kind: buffer, str: whole, decoded: true}, true
	}
	return value{}, false
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
