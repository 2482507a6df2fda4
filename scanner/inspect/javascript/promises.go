package javascript

import (
	"math"
	"slices"
)

// A promise is one that has not come to anything yet, or that was rejected. One
// that was fulfilled is the value that it came to.
type promise struct {
	settled, rejected bool
	v                 value
	waiting           []func()
}

// maxWaiting bounds what waits for one promise.
const maxWaiting = 64

func promiseValue(p *promise) value {
	return value{fn: &callable{routine: &routine{}, promise: p}}
}

func promiseOf(v value) *promise {
	if v.kind != unknown || v.fn == nil {
		return nil
	}
	return v.fn.promise
}

// settle gives a promise what it comes to.
func (m *machine) settle(p *promise, v value, rejected bool) {
	if p.settled {
		return
	}
	if rejected && m.doubts > 0 && !m.done { // it may as well be fulfilled, which says more
		m.after(math.Inf(1), func() { m.settle(p, v, true) })
		return
	}
	if of := promiseOf(v); of != nil && !rejected {
		m.await(of, func() { m.settle(p, of.v, of.rejected) })
		return
	}
	if then := m.thenOf(v); then.kind == closure && !rejected && m.step(16) {
		m.apply(then, v, asArguments([]value{settler(p, false), settler(p, true)}))
		return
	}
	p.settled, p.rejected, p.v = true, rejected, v
	for len(p.waiting) > 0 {
		next := p.waiting[0]
		p.waiting = p.waiting[1:]
		next()
	}
}

// thenOf is the method then of an object that is no promise of the language's.
func (m *machine) thenOf(v value) value {
	if v.kind != dictionary {
		return value{}
	}
	then, _ := itemOf(v, "then")
	return m.got(then, v)
}

// settles tells whether a frame is of a call of the function that new Promise is given.
func (f *frame) settles() bool {
	return f != nil && slices.ContainsFunc(f.cells, func(c cell) bool { return c.value.kind == method && c.value.str == "settle" })
}

// settler is the function that settles a promise.
func settler(p *promise, rejects bool) value {
	name := "settle"
	if rejects {
		name = "reject"
	}
	return value{kind: method, str: name, self: &value{}, fn: &callable{routine: &routine{}, promise: p}}
}

// await calls a function once a promise is settled.
func (m *machine) await(p *promise, then func()) {
	switch {
	case p.settled:
		then()
	case len(p.waiting) < maxWaiting:
		p.waiting = append(p.waiting, then)
	}
}

// outcome is the value for what a promise came to, or the promise: what is undefined
// has no method then.
func (p *promise) outcome() value {
	if p.settled && !p.rejected && p.v.kind != undefined && p.v.kind != null {
		return p.v
	}
	return promiseValue(p)
}

// newPromise evaluates "new Promise(...)".
func (m *machine) newPromise(executor value) value {
	p := &promise{}
	m.apply(executor, value{}, asArguments([]value{settler(p, false), settler(p, true)}))
	if m.thrown {
		m.thrown = false
		m.settle(p, m.exception, true)
	}
	return p.outcome()
}

// awaited is what an await gives. Where that is not known yet, the function stops
// and goes on later.
func (m *machine) awaited(f *frame, v value) value {
	if then := m.thenOf(v); then.kind == closure {
		p := &promise{}
		m.settle(p, v, false)
		v = p.outcome()
	}
	p := promiseOf(v)
	if p == nil {
		return v
	}
	if !p.settled {
		m.pause(f, promiseValue(p))
	}
	switch {
	case !p.settled:
		return value{}
	case p.rejected:
		m.thrown, m.exception = true, p.v
		return value{}
	}
	return p.v
}

// asynchronous calls an asynchronous function: it runs up to the first await of
// what is not known yet, and on when it is.
func (m *machine) asynchronous(f *frame, body func(f *frame) (value, bool)) value {
	c := m.begin(f, body)
	if c == nil {
		v, _ := body(f)
		return v
	}
	p := &promise{}
	m.proceed(c, p)
	return p.outcome()
}

func (m *machine) proceed(c *coroutine, p *promise) {
	if m.depth >= maxCalls || !m.step(8) {
		return
	}
	m.depth++
	v, done := c.resume()
	m.depth--
	switch on := promiseOf(v); {
	case done:
		if c.failed {
			m.thrown = false
		}
		m.settle(p, c.result, c.failed)
	case on != nil:
		m.await(on, func() { m.proceed(c, p) })
	}
}

// promiseMethod evaluates then, catch and finally. What is settled is handed on at
// once.
func (m *machine) promiseMethod(v value, name string, args []argument, start, end uint32) value {
	first, second := argumentOr(args, 0), argumentOr(args, 1)
	p := promiseOf(v)
	if p == nil {
		p = &promise{settled: true, v: v}
	}
	next := &promise{}
	m.await(p, func() {
		f := first
		switch {
		case name == "finally":
			m.apply(first, value{}, nil)
			f = value{}
		case name == "catch" && !p.rejected, name == "then" && p.rejected && second.kind <= null:
			f = value{}
		case name == "then" && p.rejected:
			f = second
		}
		if f.kind <= null {
			m.settle(next, p.v, p.rejected)
			return
		}
		thrown := m.thrown
		m.thrown = false
		got := m.invokeAt(f, value{kind: undefined}, asArguments([]value{p.v}), start, 0, end)
		if m.thrown {
			m.settle(next, m.exception, true)
		} else {
			m.settle(next, got, false)
		}
		m.thrown = thrown
	})
	return next.outcome()
}

// promiseFunction evaluates the functions of Promise.
func (m *machine) promiseFunction(name string, args []argument) (value, bool) {
	first := argumentOr(args, 0)
	switch name {
	case "Promise.resolve":
		p := &promise{}
		m.settle(p, first, false)
		return p.outcome(), true
	case "Promise.reject":
		if len(m.listeners["unhandledRejection"]) > 0 {
			m.emit("unhandledRejection", event{args: asArguments([]value{first})})
		}
		return promiseValue(&promise{settled: true, rejected: true, v: first}), true
	case "Promise.withResolvers":
		p := &promise{}
		v := newDictionary()
		*v.keys = append(*v.keys, "promise", "resolve", "reject")
		*v.items = append(*v.items, promiseValue(p), settler(p, false), settler(p, true))
		return v, true
	case "Promise.all", "Promise.allSettled", "Promise.race", "Promise.any":
	default:
		return value{}, false
	}
	items, ok := m.iterate(first)
	if !ok {
		return first, true
	}
	whole := &promise{}
	got := make([]value, len(items))
	left := len(items)
	var rejected []value
	for i, item := range items {
		p := &promise{}
		m.await(p, func() {
			switch {
			case name == "Promise.race", name == "Promise.any" && !p.rejected, name == "Promise.all" && p.rejected:
				m.settle(whole, p.v, p.rejected)
			case name == "Promise.allSettled":
				got[i] = newDictionary()
				status, key := "fulfilled", "value"
				if p.rejected {
					status, key = "rejected", "reason"
				}
				*got[i].keys, *got[i].items = append(*got[i].keys, "status", key), append(*got[i].items, textValue(status), p.v)
			default:
				got[i] = p.v
			}
			if p.rejected {
				rejected = append(rejected, p.v)
			}
			if left--; left == 0 && name == "Promise.any" {
				m.settle(whole, m.errorOf("AggregateError", asArguments([]value{arrayValue(rejected)})), true)
			}
			if left == 0 && name != "Promise.race" && name != "Promise.any" {
				m.settle(whole, arrayValue(got), false)
			}
		})
		m.settle(p, item, false)
	}
	if left == 0 && len(items) == 0 {
		m.settle(whole, arrayValue(got), false)
	}
	return whole.outcome(), true
}
