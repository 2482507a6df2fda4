package machine

// Streams that code writes texts to: the input of a program, a file, memory. What has been
// written to one so far is a text of the code's as any other.

const maxStreams = 1 << 10 // as many as Linux lets a process have open

// A stream is what is known of one that is written to.
type stream struct {
	command  string // of the program whose input it is
	at, size uint64 // of what was written
	length   uint64 // where its size is kept, if anywhere
	isClosed bool
}

// streamed does what a function for streams would, if it is one that is known.
func (m *machine) streamed(name string, a [6]uint64, p processor) (result uint64, known bool) {
	switch name {
	case "popen", "_IO_popen":
		return m.opened(stream{command: m.text(a[0])}, m.text(a[1]))
	case "fopen", "fopen64", "fdopen":
		return m.opened(stream{}, m.text(a[1]))
	case "tmpfile", "tmpfile64":
		return m.opened(stream{}, "w")
	case "fmemopen":
		return m.opened(stream{at: a[0]}, m.text(a[2]))
	case "open_memstream":
		to, ok := m.opened(stream{length: a[1]}, "w")
		m.write(a[0], to, 8)
		return to, ok
	case "fputs", "fputs_unlocked":
		return 1, m.writes(a[1], m.bytes(a[0]))
	case "fputc", "putc", "_IO_putc", "fputc_unlocked", "putc_unlocked":
		return a[0], m.writes(a[1], []byte{byte(a[0])})
	case "fwrite", "fwrite_unlocked":
		return a[2], m.writes(a[3], m.load(a[0], m.amount(a[0], min(min(a[1], maxSource)*min(a[2], maxSource), maxSource))))
	case "fprintf":
		if m.streams[a[0]] == nil {
			return 0, false
		}
		format, first, text := a[1], 2, m.result("")
		if m.text(format) == "" { // with the flags of a check
			format, first = a[2], 3
		}
		n := m.format(text, maxText, format, first, p)
		return n, m.writes(a[0], m.bytes(text))
	case "fflush", "fclose", "pclose":
		s := m.streams[a[0]]
		if s != nil && s.command != "" && s.size > 0 && m.watch.Fed != nil {
			m.watch.Fed(p.caller(), s.command, string(m.load(s.at, s.size)))
		}
		if s != nil && name != "fflush" && !s.isClosed { // where another branch was taken it may still be open
			s.isClosed = true
			m.closed = append(m.closed, a[0])
		}
		return 0, s != nil
	}
	return 0, false
}

// opened makes a stream, unless it is one to read from or nothing can be opened in this pass.
func (m *machine) opened(s stream, mode string) (handle uint64, known bool) {
	if !m.generous || mode == "" || mode[0] == 'r' {
		return 0, false
	}
	if len(m.streams) == maxStreams {
		if len(m.closed) == 0 {
			return 0, false
		}
		delete(m.streams, m.closed[0])
		m.closed = m.closed[1:]
	}
	if m.streams == nil {
		m.streams = map[uint64]*stream{}
	}
	handle = m.result("")
	if s.at == 0 {
		s.at = handle
	}
	m.streams[handle] = &s
	return handle, true
}

// writes adds a text to a stream.
func (m *machine) writes(to uint64, text []byte) bool {
	s := m.streams[to]
	if s == nil {
		return false
	}
	text = text[:min(uint64(len(text)), maxSource-s.size)]
	m.steps -= len(text) / 16
	m.put(s.at+s.size, append(text[:len(text):len(text)], 0))
	if s.size += uint64(len(text)); s.length != 0 {
		m.write(s.length, s.size, 8)
	}
	if len(text) > 0 {
		m.news = m.steps
	}
	return true
}
