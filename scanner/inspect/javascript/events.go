package javascript

import (
	"slices"
	"strings"
)

// The events of all objects are one here, told apart by their names: a script that
// hides something in them sends it to itself.

// An event that was emitted.
type event struct {
	args []argument
	// message says that it was posted: those who listen get it as the data of an event.
	message bool
	by      value // who posted it, and does not hear it
	channel int   // see channelOf
}

// A listener is called with each event of a name.
type listener struct {
	on      value // of what it waits for the event; not known of some
	call    func(event)
	channel int  // of messages, see channelOf
	thread  int  // the channel of the thread that it belongs to
	heard   bool // it was called
	over    bool // it waited for one message, which has come
}

// A hearing is how far the listeners of an event are: how many calls of them are not
// over, and how often the event was emitted while that was so.
type hearing struct{ depth, echoes int }

// maxEchoes bounds the echoes: a text may be sent letter by letter, each in answer to the
// one before. Events of other objects have the same names, and echo without end.
const maxEchoes = 256

// maxLater bounds the functions that are called when the script has run.
const maxLater = 256

// afterwards calls a function when the statements of the script have run.
func (m *machine) afterwards(f func()) { m.after(0, f) }

// after is afterwards for a timer: those that wait longer come later.
func (m *machine) after(wait float64, f func()) {
	if m.done {
		f()
		return
	}
	if len(m.later) < maxLater {
		m.later = append(m.later, timer{m.clock + max(0, wait), m.thread, f})
	}
}

// A timer is a function that is to be called at a time, in milliseconds.
type timer struct {
	at     float64
	thread int // that it belongs to
	call   func()
}

// finish calls what was to be called afterwards.
func (m *machine) finish() {
	for n := 0; n < maxLater && len(m.later) > 0 && m.steps > 0; n++ {
		first := 0
		for i, t := range m.later {
			if t.at < m.later[first].at {
				first = i
			}
		}
		next := m.later[first]
		m.later = slices.Delete(m.later, first, first+1)
		m.thrown, m.clock, m.thread = false, next.at, next.thread
		next.call()
	}
	m.later, m.done, m.thrown, m.thread = nil, true, false, 0
}

// heard keeps the functions that wait for an event by its name, and calls them
// when one is emitted. It tells whether a function is kept that is called then.
func (m *machine) heard(on value, name string, args []argument) bool {
	first := argumentOr(args, 0)
	switch name {
	case "on", "once", "addListener", "prependListener", "addEventListener":
		if f := argumentOr(args, 1); first.kind == text && f.kind >= closure {
			m.listen(on, first.str, f, name == "addEventListener", name == "once")
			return f.kind == closure
		}
	case "emit":
		if first.kind == text {
			m.emit(first.str, event{args: args[1:]})
		}
	case "dispatchEvent":
		if name := m.get(first, textValue("type")); name.kind == text {
			m.emit(name.str, event{args: args[:1]})
		}
	case "postMessage":
		m.post(on, first)
	case "send":
		if m.othersEnd(on) && on.kind == dictionary {
			m.post(on, first)
		}
	}
	return false
}

// listen has a function called with each event of a name, as a method of what it
// listens to.
func (m *machine) listen(on value, name string, f value, whole, once bool) {
	if m.listeners == nil {
		m.listeners = map[string][]*listener{}
	}
	if len(m.listeners[name]) >= maxAlternatives {
		return
	}
	l := &listener{on: on, channel: m.channelOf(on), thread: m.thread}
	l.call = func(e event) {
		args := e.args
		l.heard, l.over = true, once && e.message
		switch {
		case e.message && whole:
			args = []argument{{value: objectOf("data", argumentOr(args, 0))}}
		case e.message && on.kind == module && on.str == "cluster" && on.more == "": // behind the worker that sent it
			args = append([]argument{{}}, args...)
		}
		m.invokeAt(f, on, args, m.place[0], 0, m.place[1])
	}
	m.listeners[name] = append(m.listeners[name], l)
	if m.heardBy == nil {
		m.heardBy = map[string][]value{}
	}
	m.heardBy[name] = append(m.heardBy[name], f)
	if name == "message" {
		m.awaits(l)
	} else if was, ok := m.emitted[name]; ok { // the order of other files and of later is not known
		l.call(was)
	} else if f.kind == closure && f.fn != nil {
		m.afterwards(func() {
			if !f.fn.ran { // the end of a stream, of the process
				m.run(f, on, nil)
			}
		})
	}
}

func (m *machine) emit(name string, e event) {
	if m.emitted == nil {
		m.emitted = map[string]event{}
	}
	if len(m.emitted) < maxItems/1024 && !e.message {
		m.emitted[name] = e
	}
	if !m.step(8) || m.depth >= maxCalls {
		return
	}
	if m.echoing == nil {
		m.echoing = map[string]*hearing{}
	}
	h := m.echoing[name]
	if h == nil {
		h = &hearing{}
		m.echoing[name] = h
	}
	if h.depth > 0 {
		if h.echoes++; h.echoes > maxEchoes {
			return
		}
	}
	m.depth++
	h.depth++
	for _, l := range m.listeners[name] {
		if !e.message || l.hears(e) {
			before := m.thread
			m.thread = l.thread
			l.call(e)
			m.thread = before
		}
	}
	h.depth--
	m.depth--
}

// once is what events.once gives: a promise of the arguments of the next event.
func (m *machine) once(on value, name string) value {
	p := &promise{}
	l := &listener{on: on, channel: m.channelOf(on), thread: m.thread}
	l.call = func(e event) {
		l.heard, l.over = true, e.message
		items := make([]value, len(e.args))
		for i, a := range e.args {
			items[i] = a.value
		}
		m.settle(p, arrayValue(items), false)
	}
	if was, ok := m.emitted[name]; ok {
		l.call(was)
		return p.outcome()
	}
	if m.listeners == nil {
		m.listeners = map[string][]*listener{}
	}
	m.listeners[name] = append(m.listeners[name], l)
	if name == "message" {
		m.awaits(l)
	}
	return p.outcome()
}

// assignedListener hears the events that a property such as onmessage is a
// listener of.
func (m *machine) assignedListener(on value, name string, f value) {
	if event, ok := strings.CutPrefix(name, "on"); ok && event != "" && f.kind == closure {
		m.listen(on, event, f, true, false)
	}
}

// newEvent evaluates "new Event" and its like.
func (m *machine) newEvent(args []argument) value {
	v := newDictionary()
	if about := argumentOr(args, 1); about.kind == dictionary {
		*v.keys, *v.items = append(*v.keys, *about.keys...), append(*v.items, *about.items...)
	}
	*v.keys, *v.items = append(*v.keys, "type"), append(*v.items, argumentOr(args, 0))
	return v
}

// newController evaluates "new AbortController()".
func (m *machine) newController() value {
	signal, v := newDictionary(), newDictionary()
	*v.keys, *v.items = append(*v.keys, "signal", "abort"), append(*v.items, signal, value{kind: method, str: "abort", self: &signal})
	return v
}
