package javascript

import (
	"github.com/tdewolff/parse/v2/js"
)

// takeLabel returns the label of the loop that is being compiled, which is not
// that of those in it.
func (m *machine) takeLabel() string {
	own := m.own
	m.own = ""
	return own
}

// turn tells how a loop goes on after a turn that ended somehow: whether it does,
// and if not, how the loop ends.
func (m *machine) turn(how completion, own string) (ends completion, on bool) {
	mine := m.label == "" || m.label == own
	switch {
	case how == normal:
		return normal, true
	case how == breaks && mine:
		m.label = ""
		return normal, false
	case how == continues && mine:
		m.label = ""
		return normal, true
	}
	return how, false
}

// looped compiles a loop; each part but the body may be nil.
func (m *machine) looped(first statement, condition, update expr, body statement, locals []uint32) statement {
	own := m.takeLabel()
	return func(f *frame) completion {
		turns := m.enter(f, locals)
		defer turns.leave()
		if first != nil {
			if how := first(f); how != normal {
				return how
			}
		}
		for {
			if !m.step(2) {
				return exhausted
			}
			if condition != nil {
				v, how := m.evaluate(condition, f)
				if how != normal {
					return how
				}
				truth, ok := v.truthy()
				if !ok {
					return m.uncertain(body, f, possible)
				}
				if !truth {
					return normal
				}
			}
			how, on := m.turn(body(f), own)
			turns.renew()
			if !on {
				return how
			}
			if update != nil {
				if _, how := m.evaluate(update, f); how != normal {
					return how
				}
			}
		}
	}
}

func (m *machine) forAt(i uint32) (statement, uint32) {
	own := m.takeLabel()
	open := i + 1
	waits := m.kind(open) == js.AwaitToken
	if waits {
		open++
	}
	close := m.tokens[open].ref
	if m.kind(open) != js.OpenParenToken || close == 0 {
		refuse()
	}
	at := open + 1
	k := m.kind(at)
	declares := k == js.VarToken || k == js.LetToken || k == js.ConstToken
	name := at
	if declares {
		name++
	}
	after := name + 1
	if n := m.kind(name); n == js.OpenBraceToken || n == js.OpenBracketToken {
		after = m.tokens[name].ref + 1
	}
	if next := m.kind(after); next == js.OfToken || next == js.InToken {
		list, end := m.comma(after + 1)
		if end != close {
			refuse()
		}
		bind := m.target(name)
		if waits {
			plain := bind
			bind = func(f *frame, v value) { plain(f, m.awaited(f, v)) }
		}
		body, stop := m.statementAt(close + 1)
		m.own = own
		return m.each(bind, list, body, next == js.OfToken, m.localsOf(open, stop)), stop
	}
	var first statement
	if m.kind(at) != js.SemicolonToken {
		if declares {
			first, at = m.declarationAt(at)
		} else {
			var e expr
			e, at = m.comma(at)
			first = func(f *frame) completion { _, how := m.evaluate(e, f); return how }
		}
	}
	at = m.expect(at, js.SemicolonToken)
	var condition, update expr
	if m.kind(at) != js.SemicolonToken {
		condition, at = m.comma(at)
	}
	at = m.expect(at, js.SemicolonToken)
	if at != close {
		update, at = m.comma(at)
	}
	if at != close {
		refuse()
	}
	body, end := m.statementAt(close + 1)
	m.own = own
	return m.looped(first, condition, update, body, m.localsOf(open, end)), end
}

func (m *machine) each(bind func(*frame, value), list expr, body statement, of bool, locals []uint32) statement {
	own := m.takeLabel()
	return func(f *frame) completion {
		turns := m.enter(f, locals)
		defer turns.leave()
		v, how := m.evaluate(list, f)
		if how != normal {
			return how
		}
		if c := coroutineOf(v); c != nil && of {
			for {
				item, done := m.resumed(c, value{kind: undefined})
				if done {
					return normal
				}
				bind(f, m.awaited(f, item))
				how, on := m.turn(body(f), own)
				turns.renew()
				if !on {
					return how
				}
			}
		}
		items, ok := m.iterate(v)
		if !of && (v.kind == dictionary || v.kind == closure || v.kind == globalName && (v.str == "process.env" || v.str == "")) {
			var keys []string
			items = nil
			keys, ok = m.keysOf(v)
			if above, inherits := m.above(v); inherits && (above.kind == globalName || above.kind == module) && v.kind == dictionary {
				others, _ := m.keysOf(above)
				keys = append(keys, others...)
			}
			if !m.step(loopKeySteps * len(keys)) {
				return exhausted
			}
			for _, key := range keys {
				items = append(items, textValue(key))
			}
		} else if class, is := classOf(v); !of && is && m.step(16) {
			items, ok = *texts(methodsOf(class)).items, true
		} else if !of && ok {
			items = append([]value{}, items...)
			for k := range items {
				items[k] = textValue(numberText(float64(k)))
			}
			if about, ok := m.named[v.items]; ok && v.kind == array {
				names, _, _ := m.entriesOf(about)
				items = append(items, *texts(names).items...)
			}
		}
		if !ok && v.also != nil {
			return m.eachOf(*v.also, bind, body, f)
		}
		if !ok {
			bind(f, origin(v))
			return m.uncertain(body, f, possible)
		}
		for _, item := range items {
			if !m.step(2) {
				return exhausted
			}
			bind(f, item)
			how, on := m.turn(body(f), own)
			turns.renew()
			if !on {
				return how
			}
		}
		return normal
	}
}

// eachOf runs the body of a loop with the items of each of the lists that may be
// gone through.
func (m *machine) eachOf(lists []value, bind func(*frame, value), body statement, f *frame) completion {
	for _, list := range lists {
		items, _ := m.iterate(list)
		for _, item := range items {
			if !m.step(2) {
				return exhausted
			}
			bind(f, item)
			if how := m.uncertain(body, f, possible); how != normal {
				return how
			}
		}
	}
	return normal
}
