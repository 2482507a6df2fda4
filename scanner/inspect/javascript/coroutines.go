package javascript

import "iter"

// A coroutine is a call of a generator or of an asynchronous function, which stops
// at a yield or an await and goes on when it is asked to.
type coroutine struct {
	// resume runs it up to where it stops next; done says that it has ended.
	resume func() (v value, done bool)
	stop   func()
	yield  func(value) bool
	sent   value // what the yield or await gives, where it goes on
	result value // of the return, once it is done
	failed bool  // an exception is what it ended with
	done   bool
	begun  bool
}

// abandoned is what a coroutine panics with that nobody will resume.
type abandoned struct{}

// maxCoroutines bounds the calls that are stopped somewhere at once.
const maxCoroutines = 256

// begin makes a coroutine of a function's body. It runs when it is resumed first.
func (m *machine) begin(f *frame, body func(f *frame) (value, bool)) *coroutine {
	if len(m.coroutines) >= maxCoroutines {
		return nil
	}
	c := &coroutine{}
	f.coroutine = c
	next, stop := iter.Pull(func(yield func(value) bool) {
		defer func() {
			if r := recover(); r != nil {
				if _, ok := r.(abandoned); !ok {
					panic(r)
				}
			}
		}()
		c.yield = yield
		c.result, c.failed = body(f)
	})
	c.stop = stop
	thread := m.thread
	c.resume = func() (value, bool) {
		if c.done {
			return value{kind: undefined}, true
		}
		depth, doubt, doubts, side, result := m.depth, m.doubt, m.doubts, m.side, m.result
		active, before := m.active, m.thread
		m.active, m.thread, c.begun = c, thread, true
		v, more := next()
		m.active, m.thread = active, before
		m.depth, m.doubt, m.doubts, m.side, m.result = depth, doubt, doubts, side, result
		c.done = !more
		return v, c.done
	}
	m.coroutines = append(m.coroutines, c)
	return c
}

// abandon ends the coroutines that are stopped somewhere.
func (m *machine) abandon() {
	for _, c := range m.coroutines {
		c.stop()
	}
	m.coroutines = nil
}

// pause stops the coroutine that a frame belongs to, with a value for the one who
// resumed it, and returns what that one sends.
func (m *machine) pause(f *frame, v value) value {
	for f != nil && f.coroutine == nil {
		f = f.outer
	}
	if f == nil || f.coroutine != m.active {
		return value{}
	}
	c := f.coroutine
	c.sent = value{kind: undefined}
	if !c.yield(v) {
		panic(abandoned{})
	}
	return c.sent
}

// generate is what the call of a generator gives.
func (m *machine) generate(f *frame, body statement) value {
	c := m.begin(f, func(f *frame) (value, bool) { return m.completed(body(f), f) })
	if c == nil {
		return value{}
	}
	return value{kind: iterator, items: &[]value{}, fn: &callable{routine: &routine{}, coroutine: c}}
}

// completed is the value of a body that ended, and whether an exception ended it.
func (m *machine) completed(how completion, f *frame) (value, bool) {
	switch {
	case how == exhausted:
		return value{}, false
	case how == throws:
		return m.exception, true
	case f.maybe:
		if how == returns {
			f.results = append(f.results, m.result)
		}
		return anyValue(f.results), false
	case how == returns:
		return m.result, false
	}
	return value{kind: undefined}, false
}

// coroutineOf is the call that an iterator goes on with, if it is that of a
// generator.
func coroutineOf(v value) *coroutine {
	if v.kind != iterator || v.fn == nil {
		return nil
	}
	return v.fn.coroutine
}

// generatorMethod evaluates what the iterator of a generator has.
func (m *machine) generatorMethod(c *coroutine, name string, args []argument) (got value, ok bool) {
	v, done := value{kind: undefined}, true
	switch name {
	case "next":
		c.sent = argumentOr(args, 0)
		if v, done = m.resumed(c, argumentOr(args, 0)); done {
			v = c.result
			c.result = value{kind: undefined}
		}
	case "return":
		c.done = true
		v = argumentOr(args, 0)
	case "throw":
		c.done = c.done || !c.begun
		m.thrown, m.exception = true, argumentOr(args, 0)
		if !c.done {
			if v, done = m.resumed(c, value{}); done && !c.failed {
				v = c.result
			}
		}
	default:
		return value{}, false
	}
	got = newDictionary()
	*got.keys, *got.items = append(*got.keys, "value", "done"), append(*got.items, v, booleanValue(done))
	return got, true
}

// resumed goes on with a coroutine, whose yield or await gives a value then.
func (m *machine) resumed(c *coroutine, sent value) (value, bool) {
	if c.done || m.depth >= maxCalls || !m.step(16) {
		return value{}, true
	}
	m.depth++
	defer func() { m.depth-- }()
	c.sent = sent
	// The pause that waits sets what it is sent to undefined before it stops.
	v, done := c.resume()
	if done && c.failed {
		m.thrown, m.exception = true, c.result
	}
	return v, done
}

// drained are the items that a generator still gives.
func (m *machine) drained(c *coroutine, most int) ([]value, bool) {
	var items []value
	for len(items) < most {
		v, done := m.resumed(c, value{kind: undefined})
		if done {
			return items, true
		}
		items = append(items, v)
	}
	return items, false
}

// delegate is yield*: it hands on what another iterator gives, and is what that
// one returns.
func (m *machine) delegate(f *frame, v value) value {
	if c := coroutineOf(v); c != nil {
		sent := value{kind: undefined}
		for {
			item, done := m.resumed(c, sent)
			if done {
				return c.result
			}
			sent = m.pause(f, item)
		}
	}
	items, ok := m.iterate(v)
	if !ok {
		return value{}
	}
	for _, item := range items {
		m.pause(f, item)
	}
	return value{kind: undefined}
}
