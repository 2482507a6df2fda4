package javascript

import (
	"math"
	"slices"

	"plugvet/scanner/inspect/script"
)

// Threads and processes that a script starts with files of its plugin, or with its own
// text, run in the machine of that script, as if it loaded them. What they send to one
// another goes through channels, which have numbers: that of a thread or process is its
// own, 0 is one that is not known and leads anywhere.

const (
	maxStarts   = 8 // of one file
	maxTexts    = 4 // that are started
	maxMessages = 1 << 10
	broadcasts  = 1 // the number of all BroadcastChannels, whatever their names
)

// channelOf is the number of the channel of which a value is an end.
func (m *machine) channelOf(end value) int {
	if base, ok := itemOf(end, baseKey); ok {
		end = base
	}
	switch {
	case end.kind == dictionary && end.more == streamObject:
		return m.streamOf(end).channel
	case end.kind == dictionary:
		return int(end.at)
	case ownEnd(end):
		return m.thread
	case end.kind == module && end.more == "Worker":
		return max(0, int(end.num)-supposed)
	}
	return 0
}

// ownEnd tells whether a value is by what a thread or process talks to the one that
// started it.
func ownEnd(v value) bool {
	if v.kind == module {
		return v.str == "worker_threads" && v.more == "parentPort" || v.str == "cluster" && v.more == "worker"
	}
	return v.kind == globalName && v.str == "process"
}

// othersEnd tells whether a value is by what a script talks to a thread or process that
// it has started.
func (m *machine) othersEnd(v value) bool {
	s := m.streamOf(v)
	return s != nil && len(s.words) > 0 || v.kind == module && v.more == "Worker"
}

// hears tells whether a message reaches a listener.
func (l *listener) hears(e event) bool {
	return !l.over && (l.channel == 0 || e.channel == 0 || l.channel == e.channel) && (e.by.kind == unknown || !same(l.on, e.by))
}

// post sends a message: it waits until who runs is done, and somebody listens.
func (m *machine) post(by, v value) {
	if m.sent++; m.sent <= maxMessages && len(m.posted) < maxLater {
		m.posted = append(m.posted, event{args: []argument{{value: v}}, message: true, by: by, channel: m.channelOf(by)})
		m.afterwards(m.deliver)
	}
}

// deliver hands on the messages that somebody listens to.
func (m *machine) deliver() {
	for m.step(1 + len(m.posted)/8) {
		next := slices.IndexFunc(m.posted, func(e event) bool {
			return slices.ContainsFunc(m.listeners["message"], func(l *listener) bool { return l.hears(e) })
		})
		if next < 0 {
			return
		}
		e := m.posted[next]
		m.posted = slices.Delete(m.posted, next, next+1)
		m.emit("message", e)
		m.thrown = false
	}
}

// taken is what receiveMessageOnPort gives.
func (m *machine) taken(by value) value {
	port := &listener{on: by, channel: m.channelOf(by)}
	next := slices.IndexFunc(m.posted, port.hears)
	switch {
	case next >= 0:
		e := m.posted[next]
		m.posted = slices.Delete(m.posted, next, next+1)
		return objectOf("message", e.args[0].value)
	case m.sent > 0:
		return value{kind: undefined}
	}
	return m.fromOther(by).args[0].value
}

// fromOther is a message of which another file says what is in it.
func (m *machine) fromOther(on value) event {
	v := value{num: givenByCaller | givenByFile}
	switch {
	case ownEnd(on):
		v.num = givenByCaller
	case m.othersEnd(on):
		v.num = givenByFile
	}
	if len(m.unsolved) > 0 { // which may show only once several were heard
		m.leans(v, true)
	}
	return event{args: []argument{{value: v}}, message: true}
}

// awaits sees to it that who waits for a message gets what was sent before, or else what
// only others know.
func (m *machine) awaits(l *listener) {
	m.afterwards(m.deliver)
	m.after(math.Inf(1), func() {
		if !l.heard {
			l.call(m.fromOther(l.on))
		}
	})
}

// starts runs what a thread or a process is started with: a file of the plugin, or a
// text. It returns the number of the channel to it.
func (m *machine) starts(name string, args []argument, start, end uint32) (channel int) {
	source, given := argumentOr(args, 0), args[min(1, len(args)):]
	if source.kind != text || end <= start {
		return 0
	}
	words, options := value{}, argumentOr(given, 0)
	if name == "child_process.fork" {
		if options.kind == array {
			words, options = options, argumentOr(given, 1)
		}
	} else {
		words, _ = itemOf(options, "argv")
	}
	env, hasEnv := itemOf(options, "env")
	n, ok := m.siblingOf(source.str, start)
	isText, _ := itemOf(options, "eval")
	if is, _ := isText.truthy(); is || isData(source.str) {
		n, ok = m.startedText(source.str)
	} else if m.linker == nil {
		m.ownScript(args, start, end)
		if words.kind == array && len(*words.items) > 0 || hasEnv {
			m.openness |= script.OpenToFiles // that file has what it is given, or gives it
		}
	}
	if data, given := itemOf(options, "workerData"); given && (ok || m.linker == nil) {
		m.change("worker_threads.workerData", data)
	}
	if !ok || n == 0 {
		return 0
	}
	if words.kind == array {
		m.change("process.argv", arrayValue(append([]value{textValue(nodeProgram), source}, *words.items...)))
	}
	if env.kind == dictionary && env.self == nil {
		for i, name := range *env.keys {
			m.change("process.env."+name, (*env.items)[i])
		}
	}
	file := m.linker.files[n]
	if file.starts == maxStarts {
		return 0
	}
	file.starts++
	channel = m.newChannel()
	before := m.thread
	m.thread = channel
	m.runFile(file)
	m.thread = before
	return channel
}

// endOf is an end of a channel.
func endOf(channel int) value {
	v := newDictionary()
	v.at = uint32(channel)
	return v
}

// newChannel is the number of another channel.
func (m *machine) newChannel() int {
	m.channels++
	return broadcasts + m.channels
}

// startedText is the number of the file that a text is read as, once it is; see
// readThreads.
func (m *machine) startedText(text string) (int, bool) {
	if isData(text) {
		text = dataScript(text)
	}
	if m.linker != nil {
		for n, other := range m.linker.texts {
			if string(other) == text && m.linker.files[n+1] != nil {
				return n + 1, true
			}
		}
	}
	if len(m.threads) < maxTexts && len(text) <= maxInlinedScript {
		m.threads = append(m.threads, text)
	}
	return 0, false
}

// readThreads reads the script once more, together with the texts that it starts as
// threads.
func (r *reader) readThreads(b assembly) {
	with := script.Siblings{}
	if b.siblings != nil {
		with = *b.siblings
	}
	for _, text := range r.threads {
		with.Files = append(slices.Clip(with.Files), script.Sibling{Name: "thread.js", Data: []byte(text)})
	}
	src, places := bundled(b.src[:b.size:b.size], &with)
	if len(src) > 4*maxInlinedScript || !r.Take(len(src)) {
		return
	}
	both := assembly{src: src, size: b.size, siblings: &with, places: places, rounds: maxInlined, threaded: true}
	r.scripts = append(r.scripts, readAssembly(both, r.Budget, r.nested, r.outer).Uses...)
}
