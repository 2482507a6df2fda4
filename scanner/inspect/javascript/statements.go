package javascript

import (
	"slices"

	"github.com/tdewolff/parse/v2/js"
)

// statements compiles those of [i, end). One that is not understood is left out.
func (m *machine) statements(i, end uint32) statement {
	var hoisted, all []statement
	for i < end {
		function := m.kind(i) == js.FunctionToken || m.kind(i) == js.AsyncToken && m.kind(i+1) == js.FunctionToken
		s, after := m.tolerant(i, end)
		if after <= i {
			after = i + 1
		}
		i = after
		if s == nil {
			continue
		}
		if function {
			hoisted = append(hoisted, s)
		} else {
			all = append(all, s)
		}
	}
	all = append(hoisted, all...)
	return func(f *frame) completion {
		for _, s := range all {
			if how := s(f); how != normal {
				return how
			}
		}
		return normal
	}
}

func (m *machine) tolerant(i, end uint32) (s statement, after uint32) {
	compiling := m.compiling
	defer func() {
		if r := recover(); r != nil {
			m.compiling = compiling
			s, after = nil, m.endOfStatement(i, end)
		}
	}()
	if m.tokens[i].flags&types != 0 {
		return nil, i + 1
	}
	s, after = m.statementAt(i)
	if after > end {
		refuse()
	}
	return s, after
}

func (m *machine) endOfStatement(i, end uint32) uint32 {
	for ; i < end; i++ {
		k := m.kind(i)
		if opens(k) && m.tokens[i].ref > i {
			i = m.tokens[i].ref
			if k == js.OpenBraceToken && m.tokens[i+1].flags&afterLine != 0 {
				return i + 1
			}
			continue
		}
		if k == js.SemicolonToken || k == js.CloseBraceToken {
			return i + 1
		}
		if m.tokens[i+1].flags&afterLine != 0 && startsStatement(m.kind(i+1)) && !m.operandMayFollow(int(i)) {
			return i + 1
		}
	}
	return end
}

// ended returns the token after the end of a statement.
func (m *machine) ended(i uint32) uint32 {
	switch k := m.kind(i); {
	case k == js.SemicolonToken:
		return i + 1
	case k == js.CloseBraceToken, k == js.ErrorToken, m.tokens[i].flags&afterLine != 0:
		return i
	}
	refuse()
	return i
}

// evaluate runs an expression, and says whether something was thrown in it.
func (m *machine) evaluate(e expr, f *frame) (value, completion) {
	v := e(f)
	switch {
	case m.thrown:
		return v, throws
	case m.steps <= 0:
		return v, exhausted
	}
	return v, normal
}

func (m *machine) parenthesized(i uint32) (expr, uint32) {
	close := m.tokens[i].ref
	if m.kind(i) != js.OpenParenToken || close == 0 {
		refuse()
	}
	e, end := m.comma(i + 1)
	if end != close {
		refuse()
	}
	return e, close + 1
}

func (m *machine) statementAt(i uint32) (statement, uint32) {
	if m.compiling++; m.compiling > maxCompiled {
		refuse()
	}
	defer func() { m.compiling-- }()
	switch k := m.kind(i); k {
	case js.SemicolonToken:
		return nothing, i + 1
	case js.OpenBraceToken:
		if ref := m.tokens[i].ref; ref > 0 {
			return m.statements(i+1, ref), ref + 1
		}
		refuse()
	case js.ReturnToken, js.ThrowToken:
		return m.leave(i)
	case js.VarToken, js.LetToken, js.ConstToken:
		s, end := m.declarationAt(i)
		return s, m.ended(end)
	case js.AsyncToken, js.FunctionToken:
		at := i
		if k == js.AsyncToken {
			at++
		}
		name := at + 1
		if m.kind(name) == js.MulToken {
			name++
		}
		if m.kind(at) == js.FunctionToken && m.name(name) {
			v, end, ok := m.functionAt(at)
			if !ok {
				refuse()
			}
			n, ref := m.closureNode(v.at, at, end, name > at+1), m.tokens[name].ref
			return func(f *frame) completion { m.define(f, ref, n.eval(f)); return normal }, end
		}
	case js.ClassToken:
		if m.name(i + 1) {
			n, end := m.classAt(i)
			ref := m.tokens[i+1].ref
			return func(f *frame) completion { m.define(f, ref, n.eval(f)); return normal }, end
		}
	case js.IfToken:
		return m.ifAt(i)
	case js.ForToken:
		return m.forAt(i)
	case js.WhileToken:
		own := m.takeLabel()
		condition, body := m.parenthesized(i + 1)
		s, end := m.statementAt(body)
		m.own = own
		return m.looped(nil, condition, nil, s, m.localsOf(i, end)), end
	case js.DoToken:
		own := m.takeLabel()
		s, at := m.statementAt(i + 1)
		condition, end := m.parenthesized(m.expect(at, js.WhileToken))
		m.own = own
		again := m.looped(nil, condition, nil, s, nil)
		if m.kind(end) == js.SemicolonToken {
			end++
		}
		return func(f *frame) completion {
			if how, on := m.turn(s(f), own); !on {
				return how
			}
			return again(f)
		}, end
	case js.WithToken:
		object, body := m.parenthesized(i + 1)
		s, end := m.statementAt(body)
		return func(f *frame) completion { return s(m.within(object(f), f, body, end)) }, end
	case js.SwitchToken:
		return m.switchAt(i)
	case js.TryToken:
		return m.tryAt(i)
	case js.BreakToken, js.ContinueToken:
		end, label := i+1, ""
		if m.name(end) && m.tokens[end].flags&afterLine == 0 {
			label = m.nameAt(end)
			end++
		}
		how := breaks
		if k == js.ContinueToken {
			how = continues
		}
		return func(*frame) completion { m.label = label; return how }, m.ended(end)
	case js.ExportToken:
		at := i + 1
		if m.kind(at) == js.DefaultToken {
			if at++; m.declaredName(at) == 0 {
				n, end := m.assignment(at)
				return func(f *frame) completion {
					v, how := m.evaluate(n.eval, f)
					m.define(f, defaultName, v)
					return how
				}, m.ended(end)
			}
		}
		if k := m.kind(at); k != js.OpenBraceToken && k != js.MulToken {
			return m.statementAt(at)
		}
		refuse()
	case js.ImportToken:
		if next := m.kind(i + 1); next != js.OpenParenToken && next != js.DotToken {
			refuse()
		}
	}
	if m.name(i) && m.kind(i+1) == js.ColonToken {
		label := m.nameAt(i)
		switch m.kind(i + 2) {
		case js.ForToken, js.WhileToken, js.DoToken:
			m.own = label
		}
		s, end := m.statementAt(i + 2)
		m.own = ""
		return func(f *frame) completion {
			how := s(f)
			if how == breaks && m.label == label {
				m.label, how = "", normal
			}
			return how
		}, end
	}
	e, end := m.comma(i)
	return func(f *frame) completion { _, how := m.evaluate(e, f); return how }, m.ended(end)
}

// within returns a frame in which the properties of an object are variables.
func (m *machine) within(object value, f *frame, from, to uint32) *frame {
	inner := &frame{outer: f, this: f.this, args: f.args, fn: f.fn}
	if object.kind != dictionary {
		return inner
	}
	if object.self != nil { // a Proxy is asked for each name in the statement
		for i := from; i < to && m.step(1); i++ {
			t := m.tokens[i]
			if !js.IsIdentifier(t.kind()) || t.ref == 0 {
				continue
			}
			name := textValue(m.nameAt(i))
			if has, ok := m.binaryOf(js.InToken, name, object).truthy(); ok && has {
				m.define(inner, t.ref, m.get(object, name))
			}
		}
		return inner
	}
	for k, name := range *object.keys {
		number := m.names.find(name)
		if number == 0 || !m.step(1+len(m.declarations)/8) {
			continue
		}
		m.define(inner, number|global, (*object.items)[k])
		for d := range m.declarations {
			if m.declarations[d].name == number {
				m.define(inner, uint32(d), (*object.items)[k])
			}
		}
	}
	return inner
}

func nothing(*frame) completion { return normal }

func (m *machine) leave(i uint32) (statement, uint32) {
	how := returns
	if m.kind(i) == js.ThrowToken {
		how = throws
	}
	if k := m.kind(i + 1); k == js.SemicolonToken || k == js.CloseBraceToken || k == js.ErrorToken {
		return func(*frame) completion { m.result = value{kind: undefined}; return returns }, m.ended(i + 1)
	}
	e, end := m.comma(i + 1)
	return func(f *frame) completion {
		v, done := m.evaluate(e, f)
		if done != normal {
			return done
		}
		if m.result = v; how == throws {
			m.thrown, m.exception = true, v
		}
		return how
	}, m.ended(end)
}

func (m *machine) declarationAt(i uint32) (statement, uint32) {
	var all []statement
	hoisted := m.kind(i) == js.VarToken
	at := i + 1
	for {
		bind := m.target(at)
		if ref := m.tokens[at].ref; m.name(at) && hoisted {
			bind = func(f *frame, v value) { m.define(f, ref, v) }
		}
		after := at + 1
		if !m.name(at) {
			after = m.tokens[at].ref + 1
		}
		if m.kind(after) == js.ColonToken {
			after = m.typeEnd(after + 1)
		}
		if m.kind(after) == js.EqToken {
			n, end := m.assignment(after + 1)
			all = append(all, func(f *frame) completion {
				v, how := m.evaluate(n.eval, f)
				bind(f, v)
				return how
			})
			after = end
		} else if !hoisted {
			all = append(all, func(f *frame) completion { bind(f, value{kind: undefined}); return normal })
		} else if ref := m.tokens[at].ref; m.name(at) {
			all = append(all, func(f *frame) completion {
				if f.own(ref) == nil {
					bind(f, value{kind: undefined})
				}
				return normal
			})
		}
		if m.kind(after) != js.CommaToken {
			return func(f *frame) completion {
				for _, s := range all {
					if how := s(f); how != normal {
						return how
					}
				}
				return normal
			}, after
		}
		at = after + 1
	}
}

func (m *machine) ifAt(i uint32) (statement, uint32) {
	condition, at := m.parenthesized(i + 1)
	then, end := m.statementAt(at)
	var otherwise statement = nothing
	var changed []place
	if m.kind(end) == js.ElseToken {
		before := end
		otherwise, end = m.statementAt(end + 1)
		changed = m.changedByMany([][2]uint32{{at, before}, {before, end}})
	}
	return func(f *frame) completion {
		v, how := m.evaluate(condition, f)
		if how != normal {
			return how
		}
		truth, ok := v.truthy()
		switch {
		case !ok:
			return m.oneOf([]statement{then, otherwise}, changed, f)
		case truth:
			return then(f)
		}
		return otherwise(f)
	}, end
}

func (m *machine) switchAt(i uint32) (statement, uint32) {
	on, open := m.parenthesized(i + 1)
	close := m.tokens[open].ref
	if m.kind(open) != js.OpenBraceToken || close == 0 {
		refuse()
	}
	type clause struct {
		match expr // nil for default
		body  statement
	}
	var all []clause
	var ways []statement
	var ranges [][2]uint32
	for at := open + 1; at < close; {
		c := clause{}
		if m.kind(at) == js.CaseToken {
			c.match, at = m.comma(at + 1)
		} else {
			at = m.expect(at, js.DefaultToken)
		}
		at = m.expect(at, js.ColonToken)
		end := at
		for end < close && m.kind(end) != js.CaseToken && !(m.kind(end) == js.DefaultToken && m.kind(end+1) == js.ColonToken) {
			if opens(m.kind(end)) && m.tokens[end].ref > end {
				end = m.tokens[end].ref
			}
			end++
		}
		c.body = m.statements(at, end)
		all, ways, ranges = append(all, c), append(ways, c.body), append(ranges, [2]uint32{at, end})
		at = end
	}
	changed := m.changedByMany(ranges)
	if m.fallThrough(ranges) {
		changed = nil
	}
	return func(f *frame) completion {
		v, how := m.evaluate(on, f)
		if how != normal {
			return how
		}
		at := -1
		for k, c := range all {
			if c.match == nil {
				continue
			}
			same, ok := m.binaryOf(js.EqEqEqToken, v, c.match(f)).truthy()
			if !ok { // any of them
				return m.oneOf(ways, changed, f)
			}
			if same {
				at = k
				break
			}
		}
		for k, c := range all {
			if at < 0 && c.match == nil {
				at = k
			}
		}
		for ; at >= 0 && at < len(all); at++ {
			switch how := all[at].body(f); {
			case how == breaks && m.label == "":
				return normal
			case how != normal:
				return how
			}
		}
		return normal
	}, close + 1
}

func (m *machine) tryAt(i uint32) (statement, uint32) {
	body, at := m.statementAt(m.expect(i, js.TryToken))
	end := at
	var handler, last statement
	var assigned []place // but not by the handler
	bind := func(*frame, value) {}
	if m.kind(at) == js.CatchToken {
		at++
		if close := m.tokens[at].ref; m.kind(at) == js.OpenParenToken && close > 0 {
			bind = m.target(at + 1)
			at = close + 1
		}
		from := at
		handler, at = m.statementAt(at)
		assigned = m.placesIn(i, end, m.assigned)
		if len(assigned) > 0 {
			others := m.placesIn(from, at, m.assigned)
			assigned = slices.DeleteFunc(assigned, func(p place) bool { return slices.Contains(others, p) })
		}
	}
	if m.kind(at) == js.FinallyToken {
		last, at = m.statementAt(at + 1)
	}
	seen := false
	return func(f *frame) completion {
		risks, supposed := m.risks, false
		before := valuesAt(assigned, f)
		how := body(f)
		if how == normal && m.risks > risks {
			mayBeAsBefore(assigned, before, f)
		}
		if how == throws && handler != nil {
			m.thrown = false
			bind(f, m.exception)
			how = handler(f)
		} else if how == normal && handler != nil && (!seen || m.risks > risks) { // something unknown may have been thrown
			seen, supposed = true, true
			bind(f, value{})
			if m.uncertain(handler, f, unlikely) == exhausted {
				return exhausted
			}
		} else if how == returns && handler != nil && m.risks > risks {
			bind(f, value{})
			if m.insteadOf(m.result, handler, f) == exhausted {
				return exhausted
			}
		}
		if last != nil && how != exhausted {
			thrown := m.thrown
			m.thrown = false
			switch ended := last(f); {
			case ended == throws && supposed: // again what was only supposed to be thrown
			case ended != normal:
				return ended
			}
			m.thrown = thrown
		}
		return how
	}, at
}
