package javascript

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// functionCode returns the function whose parameters begin at a token.
func (m *machine) functionCode(at uint32) *routine {
	fn := m.code[at]
	if fn == nil {
		fn = &routine{at: at}
		m.code[at] = fn
	}
	return fn
}

// prepare compiles a function.
func (m *machine) prepare(fn *routine) {
	if fn.body != nil || fn.expression != nil {
		return
	}
	compiling, generator := m.compiling, m.generator
	m.compiling, m.generator = 0, fn.generator
	defer func() {
		m.compiling, m.generator = compiling, generator
		if recover() != nil {
			fn.body = func(*frame) completion { return normal }
		}
	}()
	body := fn.at + 2
	if m.kind(fn.at) == js.OpenParenToken {
		close := m.tokens[fn.at].ref
		fn.parameters = m.parametersAt(fn.at+1, close)
		body = close + 1
		if m.kind(body) == js.ColonToken {
			body = m.typeEnd(body + 1)
		}
		if m.kind(body) == js.ArrowToken {
			fn.arrow = true
			body++
		}
	} else {
		fn.arrow = true
		fn.parameters = []func(*frame, []argument){m.parameterAt(fn.at, 0)}
	}
	if m.kind(body) == js.OpenBraceToken && m.tokens[body].ref > 0 {
		fn.body = m.statements(body+1, m.tokens[body].ref)
		return
	}
	n, _ := m.assignment(body)
	fn.expression = n.eval
}

// aliases are the parameters of a function that are one with its arguments: those of one
// that is not strict, where each is but a name.
func (m *machine) aliases(open uint32) []uint32 {
	names, close := []uint32{}, m.tokens[open].ref
	if strict := "use strict"; strings.Trim(m.text(1), "'\"") == strict || strings.Trim(m.text(close+2), "'\"") == strict {
		return names
	}
	for i := open + 1; i < close; i += 2 {
		if !m.name(i) || m.kind(i+1) != js.CommaToken && i+1 != close {
			return names[:0]
		}
		names = append(names, m.tokens[i].ref)
	}
	return names
}

// returnsThis tells whether the function whose parameters begin at a token does nothing but
// return this, which is the global object where a script that is not strict calls it alone.
func (e *evaluator) returnsThis(open uint32) bool {
	body := open + 2
	if e.kind(open+1) != js.CloseParenToken || e.kind(body) != js.OpenBraceToken || e.kind(body+1) != js.ReturnToken || e.kind(body+2) != js.ThisToken {
		return false
	}
	ofFunction := e.kind(open-1) == js.FunctionToken || e.kind(open-2) == js.FunctionToken
	return ofFunction && (e.kind(body+3) == js.CloseBraceToken || e.kind(body+4) == js.CloseBraceToken) && strings.Trim(e.text(1), "'\"") != "use strict"
}

func (m *machine) parametersAt(i, close uint32) (all []func(*frame, []argument)) {
	for n := 0; i < close; i, n = m.next(i, close)+1, n+1 {
		if m.kind(i) == js.EllipsisToken {
			bind, from := m.target(i+1), n
			return append(all, func(f *frame, args []argument) {
				rest := []value{}
				for k := from; k < len(args); k++ {
					rest = append(rest, args[k].value)
				}
				bind(f, arrayValue(rest))
			})
		}
		all = append(all, m.parameterAt(i, n))
	}
	return all
}

func (m *machine) parameterAt(i uint32, n int) func(*frame, []argument) {
	bind := m.binding(i)
	return func(f *frame, args []argument) {
		v := value{kind: undefined}
		if n < len(args) {
			v = args[n].value
		} else if args == nil {
			v = value{num: givenByCaller} // called from outside
		}
		bind(f, v)
	}
}

// binding compiles a target with its default.
func (m *machine) binding(i uint32) func(f *frame, v value) {
	bind, at := m.placeAt(i)
	if m.kind(at) == js.ColonToken {
		at = m.typeEnd(at + 1)
	}
	if m.kind(at) != js.EqToken {
		return bind
	}
	n, _ := m.assignment(at + 1)
	return func(f *frame, v value) {
		switch {
		case v.kind == undefined:
			v = n.eval(f)
		case v.kind == unknown && v.also == nil && v.fn == nil && v.more == "" && !v.decoded,
			v.kind == globalName && fromOutside(v.str): // it may be missing
			if other := n.eval(f); other.kind != unknown {
				v = anyValue([]value{{}, other})
			}
		}
		bind(f, v)
	}
}

// target compiles what a name or a pattern at a token does with a value.
func (m *machine) target(i uint32) func(f *frame, v value) {
	close := m.tokens[i].ref
	switch k := m.kind(i); {
	case js.IsIdentifier(k):
		ref := m.tokens[i].ref
		if m.tokens[i].flags&binding != 0 {
			return func(f *frame, v value) { m.define(f, ref, v) }
		}
		return func(f *frame, v value) { m.assignTo(f, ref, v) }
	case k == js.OpenBracketToken && close > 0:
		var parts []func(f *frame, v value)
		for at, n := i+1, 0; at < close; at, n = m.next(at, close)+1, n+1 {
			index := n
			if m.kind(at) == js.CommaToken {
				continue // a hole
			}
			if m.kind(at) == js.EllipsisToken {
				bind := m.target(at + 1)
				parts = append(parts, func(f *frame, v value) {
					items, ok := m.iterate(v)
					if !ok {
						var rests []value
						for _, items := range m.supposedItems(v) {
							rests = append(rests, arrayValue(append([]value{}, items[min(index, len(items)):]...)))
						}
						bind(f, anyValueFrom(origin(v), rests))
						return
					}
					if index > len(items) {
						bind(f, origin(v))
						return
					}
					bind(f, arrayValue(append([]value{}, items[index:]...)))
				})
				continue
			}
			bind := m.binding(at)
			parts = append(parts, func(f *frame, v value) { bind(f, m.get(v, numberValue(float64(index)))) })
		}
		return func(f *frame, v value) {
			if v.kind == iterator || v.kind == dictionary || v.kind == collection {
				if items, ok := m.iterate(v); ok {
					v = arrayValue(items)
				}
			}
			for _, p := range parts {
				p(f, v)
			}
		}
	case k == js.OpenBraceToken && close > 0:
		var parts []func(f *frame, v value)
		var keys []expr
		for at := i + 1; at < close; at = m.next(at, close) + 1 {
			if m.kind(at) == js.EllipsisToken {
				bind, taken := m.target(at+1), keys
				parts = append(parts, func(f *frame, v value) { bind(f, m.rest(f, v, taken)) })
				continue
			}
			key, after := m.keyAt(at)
			keys = append(keys, key)
			name := at
			if m.kind(after) == js.ColonToken {
				name = after + 1
			}
			bind := m.binding(name)
			parts = append(parts, func(f *frame, v value) { bind(f, m.get(v, key(f))) })
		}
		return func(f *frame, v value) {
			for _, p := range parts {
				p(f, v)
			}
		}
	}
	refuse()
	return nil
}

// rest is an object without those keys that a pattern has taken.
func (m *machine) rest(f *frame, v value, taken []expr) value {
	keys, items, ok := m.entriesOf(v)
	if !ok {
		return origin(v)
	}
	gone := map[string]bool{}
	for _, key := range taken {
		if name, ok := keyName(key(f)); ok {
			gone[name] = true
		}
	}
	out := newDictionary()
	for i, key := range keys {
		if !gone[key] {
			*out.keys, *out.items = append(*out.keys, key), append(*out.items, items[i])
		}
	}
	for _, key := range m.symbolsOf(v) {
		if name, _ := keyName(key); !gone[name] {
			m.add(out, key, m.get(v, key))
		}
	}
	return out
}

// placeAt compiles what a name, a pattern or a property at a token does with a value,
// and returns the token behind it.
func (m *machine) placeAt(i uint32) (bind func(f *frame, v value), end uint32) {
	switch k := m.kind(i); {
	case k == js.OpenBraceToken || k == js.OpenBracketToken:
		return m.target(i), m.tokens[i].ref + 1
	case js.IsIdentifier(k) && m.kind(i+1) != js.DotToken && m.kind(i+1) != js.OpenBracketToken:
		return m.target(i), i + 1
	}
	n, end := m.postfixed(i)
	if n.object == nil {
		refuse()
	}
	return func(f *frame, v value) { m.putInto(f, n, n.object(f), n.key(f), v) }, end
}
