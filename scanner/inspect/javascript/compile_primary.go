package javascript

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

func (m *machine) primaryAt(i uint32) (node, uint32) {
	t := &m.tokens[i]
	k := t.kind()
	switch k {
	case js.StringToken:
		v := m.stringAt(i)
		v.at = i
		return node{eval: constantly(v)}, i + 1
	case js.TemplateToken:
		s, changed := m.partAt(i, false)
		return node{eval: constantly(value{kind: text, str: s, plain: !changed, at: i})}, i + 1
	case js.TemplateStartToken:
		return m.templateAt(i)
	case js.RegExpToken:
		v, end, _ := m.primary(i)
		return node{eval: func(*frame) value {
			v.items = &[]value{numberValue(0)} // where it goes on
			return v
		}}, end
	case js.TrueToken, js.FalseToken:
		return node{eval: constantly(booleanValue(k == js.TrueToken))}, i + 1
	case js.NullToken:
		return node{eval: constantly(value{kind: null})}, i + 1
	case js.ThisToken:
		return node{eval: func(f *frame) value { return f.this }}, i + 1
	case js.SuperToken:
		return node{eval: constantly(value{})}, i + 1
	case js.OpenBracketToken:
		return m.arrayAt(i)
	case js.OpenBraceToken:
		return m.objectAt(i)
	case js.ClassToken:
		return m.classAt(i)
	case js.FunctionToken:
		return m.functionNode(i)
	case js.AsyncToken:
		if next := m.kind(i + 1); next == js.FunctionToken || m.kind(i+2) == js.ArrowToken ||
			next == js.OpenParenToken && m.kind(m.tokens[i+1].ref+1) == js.ArrowToken {
			return m.primaryAt(i + 1)
		}
	case js.OpenParenToken:
		close := t.ref
		if close == 0 {
			refuse()
		}
		if m.kind(close+1) == js.ArrowToken {
			return m.functionNode(i)
		}
		if m.compiling++; m.compiling > maxCompiled {
			refuse()
		}
		inner, end := m.grouped(i + 1)
		m.compiling--
		if end != close {
			refuse()
		}
		return inner, close + 1
	case js.ImportToken:
		v, end, ok := m.primary(i)
		if !ok {
			refuse()
		}
		return node{eval: constantly(v)}, end
	}
	if js.IsNumeric(k) {
		n, ok := m.numberAt(i)
		if !ok {
			refuse()
		}
		return fixed(n), i + 1
	}
	if k == js.PrivateIdentifierToken && m.kind(i+1) == js.InToken {
		return node{eval: constantly(textValue(m.propertyNameAt(i)))}, i + 1
	}
	if !js.IsIdentifier(k) {
		refuse()
	}
	if m.kind(i+1) == js.ArrowToken {
		return m.functionNode(i)
	}
	return node{variable: t.ref, eval: m.variableAt(i)}, i + 1
}

// variableAt compiles the reading of a name.
func (m *machine) variableAt(i uint32) expr {
	ref := m.tokens[i].ref
	if ref == 0 {
		return constantly(value{})
	}
	if ref&global != 0 {
		switch m.text(i) {
		case "arguments":
			return m.argumentsOf
		}
		v := m.globalAt(i)
		name := m.text(i)
		shared := v.kind == globalName && ownShared(v.str)
		return func(f *frame) value {
			if cell := f.lookup(ref); cell != nil {
				return m.current(*cell)
			}
			if len(m.changed) > 0 {
				if got, ok := m.changed[name]; ok {
					return m.got(got, v)
				}
			}
			if shared {
				m.asksForShared(v)
			}
			return v
		}
	}
	return func(f *frame) value {
		m.steps--
		if cell := f.lookup(ref); cell != nil {
			v := m.current(*cell)
			if v.kind == unknown && m.loaders[m.declarations[ref].name] {
				return value{kind: globalName, str: "require", plain: true}
			}
			if v.kind == undefined {
				return m.unset(ref)
			}
			return v
		}
		d := &m.declarations[ref]
		if d.kind == imported || d.source > 0 && m.declarations[d.source].kind == imported {
			return m.importedName(ref)
		}
		if m.loaders[d.name] {
			return value{kind: globalName, str: "require", plain: true}
		}
		if d.kind == parameter {
			return value{}
		}
		return m.unset(ref)
	}
}

// unset is a variable that nothing has a value given yet: one that functions set which
// nobody has called, other files may have given one when they call others.
func (m *machine) unset(ref uint32) value {
	if d := &m.declarations[ref]; m.done && d.kind != parameter && d.writes > 0 && d.init > 2 && m.tokens[d.init-2].flags&binding == 0 {
		return value{num: givenByCaller}
	}
	return value{kind: undefined}
}

// importedName is what an import declares, by the evaluator.
func (m *machine) importedName(ref uint32) value {
	if v, ok := m.importedSibling(ref); ok {
		return v
	}
	env := m.env
	m.env = nil
	v := m.evaluator.variable(ref)
	m.env = env
	if v.kind == module || v.kind == globalName {
		if changed, ok := m.changed[strings.TrimSuffix(propertyName(v, ""), ".")]; ok {
			return changed
		}
	}
	return v
}

func (m *machine) templateAt(i uint32) (node, uint32) {
	var parts []string
	var holes []expr
	at := i
	for {
		s, _ := m.partAt(at, false)
		parts = append(parts, s)
		if m.kind(at) == js.TemplateEndToken {
			break
		}
		hole, next := m.comma(at + 1)
		if next != m.tokens[at].ref {
			refuse()
		}
		holes = append(holes, hole)
		at = next
	}
	return node{eval: func(f *frame) value {
		values := make([]value, len(holes))
		var choices []choice
		for k, hole := range holes {
			if values[k] = hole(f); values[k].kind != array {
				choices = m.choose(choices, &values[k])
			}
		}
		got := m.filled(parts, values)
		if len(choices) == 0 {
			return got
		}
		var results []value
		eachChoice(choices, func() { results = append(results, m.filled(parts, values)) })
		if got.kind != unknown {
			return orAnother(got, results)
		}
		return anyValue(append(results, got))
	}}, at + 1
}

// filled is a template with values in its holes.
func (m *machine) filled(parts []string, holes []value) value {
	var b strings.Builder
	known, from := true, value{}
	for k, s := range parts {
		b.WriteString(s)
		if k < len(holes) {
			from = joined(from, holes[k])
			h, ok := m.textOf(holes[k])
			if !ok {
				h = textWithHoles(holes[k])
			}
			if known = known && ok; b.Len()+len(h) < 1<<20 {
				b.WriteString(h)
			} else {
				known = false
			}
		}
	}
	switch {
	case !m.step(b.Len() / 16):
		return from
	case !known:
		return m.withHoles(from, b.String())
	}
	return textValue(b.String())
}

func (m *machine) arrayAt(i uint32) (node, uint32) {
	all, after := m.elementsAt(i)
	return node{pattern: i, eval: func(f *frame) value {
		if !m.step(8 + 4*len(all)) {
			return value{}
		}
		lists, supposed := [][]value{make([]value, 0, len(all))}, false // one for each that a spread value may be
		for _, o := range all {
			v := o.eval(f)
			if !o.spread {
				for i := range lists {
					lists[i] = append(lists[i], v)
				}
				continue
			}
			items, ok := m.iterate(v)
			several := [][]value{items}
			if !ok || mayBeAnother(v) {
				several, supposed = append(several[:0], m.supposedItems(v)...), supposed || !ok
			}
			if len(several)*len(lists) > maxAlternatives {
				several = several[:1]
			}
			var longer [][]value
			for _, list := range lists {
				for _, more := range several {
					if len(list)+len(more) > maxItems || !m.step(4*len(more)) {
						return origin(v)
					}
					longer = append(longer, append(list[:len(list):len(list)], more...))
				}
			}
			if lists = longer; len(lists) == 0 {
				return origin(v)
			}
		}
		also := make([]value, len(lists))
		for i, list := range lists {
			also[i] = arrayValue(list)
		}
		switch {
		case supposed:
			return value{also: &also}
		case len(also) > 1:
			one := also[0]
			one.also = &also
			return one
		}
		return also[0]
	}}, after
}

// keyAt compiles the name of a property in an object or a class.
func (m *machine) keyAt(i uint32) (expr, uint32) {
	switch k := m.kind(i); {
	case k == js.OpenBracketToken:
		e, close := m.comma(i + 1)
		if close != m.tokens[i].ref {
			refuse()
		}
		return e, close + 1
	case k == js.StringToken:
		return constantly(m.stringAt(i)), i + 1
	case js.IsIdentifierName(k) || k == js.PrivateIdentifierToken:
		return constantly(value{kind: text, str: m.propertyNameAt(i), plain: true}), i + 1
	case js.IsNumeric(k):
		n, _ := numberLiteral(m.text(i))
		return constantly(textValue(numberText(n))), i + 1
	}
	refuse()
	return nil, i
}

// propertyNameAt is the name of a property at a token. That of a private one is none that
// is listed.
func (m *machine) propertyNameAt(i uint32) string {
	if m.kind(i) == js.PrivateIdentifierToken {
		return "\x00" + m.nameAt(i)
	}
	return m.nameAt(i)
}

// modifiers are those that TypeScript has before the name of a member.
var modifiers = map[string]bool{"public": true, "protected": true, "private": true, "readonly": true, "override": true, "declare": true, "abstract": true, "accessor": true}

// prefixesAt tells what stands before the name of a method or of a field.
func (m *machine) prefixesAt(i uint32) (at uint32, static, getter, setter, generator bool) {
	for {
		next := m.kind(i + 1)
		alone := next == js.OpenParenToken || next == js.ColonToken || next == js.CommaToken || next == js.CloseBraceToken ||
			next == js.EqToken || next == js.SemicolonToken
		switch k := m.kind(i); {
		case k == js.MulToken:
			generator = true
		case alone:
			return i, static, getter, setter, generator
		case m.text(i) == "static":
			static = true
		case m.text(i) == "async":
		case m.text(i) == "get":
			getter = true
		case m.text(i) == "set":
			setter = true
		case modifiers[m.text(i)] && js.IsIdentifierName(next):
		default:
			return i, static, getter, setter, generator
		}
		i++
	}
}

func (m *machine) objectAt(i uint32) (node, uint32) {
	close := m.tokens[i].ref
	if close == 0 {
		refuse()
	}
	var all []func(f *frame, o value)
	names := map[string]bool{} // of its properties so far; nil once some are not known
	methods := false
	var prototype expr
	at := i + 1
	for at < close {
		if m.kind(at) == js.EllipsisToken {
			names = nil
			var n node
			n, at = m.assignment(at + 1)
			all = append(all, func(f *frame, o value) {
				v := n.eval(f)
				ok := m.lay(o, v)
				if from := origin(v); !ok && ofPackage(from) {
					define(o, anyKey, from)
				}
			})
		} else {
			name, _, getter, setter, generator := m.prefixesAt(at)
			key, next := m.keyAt(name)
			put := m.put
			if m.kind(name) == js.OpenBracketToken {
				names = nil
			} else if k, ok := keyName(key(nil)); ok && names != nil {
				if !names[k] && !strings.HasPrefix(k, "on") { // which may listen
					put = m.add
				}
				names[k] = true
			}
			switch m.kind(next) {
			case js.ColonToken:
				var n node
				methods = methods || m.kind(next+1) == js.FunctionToken
				n, at = m.assignment(next + 1)
				if m.kind(name) != js.OpenBracketToken && strings.Trim(m.text(name), `'"`) == prototypeName {
					prototype = n.eval
					break
				}
				all = append(all, func(f *frame, o value) { k := key(f); put(o, k, n.eval(f)) })
			case js.OpenParenToken:
				var n node
				n, at = m.methodAtToken(next, generator)
				methods = true
				all = append(all, func(f *frame, o value) { m.putMember(o, key(f), n.eval(f), getter, setter) })
			default:
				read := m.variableAt(name)
				at = next
				if m.kind(at) == js.EqToken { // a pattern's default
					_, at = m.assignment(at + 1)
				}
				all = append(all, func(f *frame, o value) { m.put(o, key(f), read(f)) })
			}
		}
		if at < close {
			at = m.expect(at, js.CommaToken)
		}
	}
	if at != close {
		refuse()
	}
	return node{pattern: i, eval: func(f *frame) value {
		o := newDictionary()
		if !m.step(16) {
			return value{}
		}
		for _, add := range all {
			add(f, o)
		}
		if prototype != nil {
			m.inherit(o, prototype(f))
		}
		if names[hookDone] && names["source"] {
			m.hooked(o, i, close+1)
		}
		if methods {
			m.bodied(i, o)
		}
		return o
	}}, close + 1
}

// ownName is the declaration of the name that the function at a token has for
// itself alone; 0 if there is none.
func (m *machine) ownName(i uint32) uint32 {
	if m.ownNames == nil {
		m.ownNames = map[uint32]uint32{}
		for number, d := range m.declarations {
			if d.kind == function {
				m.ownNames[d.init] = uint32(number)
			}
		}
	}
	return m.ownNames[i]
}

// functionNode compiles a function expression; its code is compiled when it runs.
func (m *machine) functionNode(i uint32) (node, uint32) {
	generator := m.kind(i) == js.FunctionToken && m.kind(i+1) == js.MulToken
	name := uint32(0)
	if m.kind(i) == js.FunctionToken {
		at := i + 1
		if generator {
			at++
		}
		if m.name(at) {
			name = m.ownName(i)
		}
	}
	v, end, ok := m.functionAt(i)
	if !ok {
		refuse()
	}
	n := m.closureNode(v.at, i, end, generator)
	if name == 0 {
		return n, end
	}
	inner := n.eval
	return node{eval: func(f *frame) value {
		own := &frame{outer: f, this: f.this, args: f.args, fn: f.fn}
		v := inner(own)
		m.define(own, name, v)
		return v
	}}, end
}

func (m *machine) methodAtToken(open uint32, generator bool) (node, uint32) {
	v, end, ok := m.functionAt(open)
	if !ok {
		refuse()
	}
	return m.closureNode(v.at, open-1, end, generator), end
}

func (m *machine) closureNode(at, start, end uint32, generator bool) node {
	return node{eval: func(f *frame) value {
		if !m.step(16) {
			return value{}
		}
		fn := m.functionCode(at)
		fn.generator, fn.start, fn.end, fn.made = generator, start, end, f
		fn.async = m.kind(start-1) == js.AsyncToken || m.kind(start) == js.AsyncToken || generator && m.kind(start-2) == js.AsyncToken
		made := &callable{routine: fn, outer: f, properties: newDictionary()}
		m.bear(made)
		return value{kind: closure, at: at, fn: made}
	}}
}

// tagged compiles a template that a function is called with.
func (m *machine) tagged(n node, start, i uint32) (node, uint32) {
	var parts, raw []value
	var holes []expr
	at := i
	for {
		s, _ := m.partAt(at, false)
		r, _ := m.partAt(at, true)
		parts, raw = append(parts, textValue(s)), append(raw, textValue(r))
		if k := m.kind(at); k == js.TemplateToken || k == js.TemplateEndToken {
			break
		}
		hole, next := m.comma(at + 1)
		if next != m.tokens[at].ref {
			refuse()
		}
		holes = append(holes, hole)
		at = next
	}
	end := at + 1
	return node{eval: func(f *frame) value {
		if !m.step(listSteps + 4*len(parts)) {
			return value{}
		}
		var this value
		v := value{}
		if n.object != nil {
			this = n.object(f)
			v = m.get(this, n.key(f))
		} else {
			v = n.eval(f)
		}
		list, rawList := arrayValue(append([]value{}, parts...)), arrayValue(raw)
		about := newDictionary()
		*about.keys, *about.items = append(*about.keys, "raw"), append(*about.items, rawList)
		list.self = &about
		args := []argument{{value: list}}
		for _, hole := range holes {
			args = append(args, argument{value: hole(f)})
		}
		if v.kind == globalName && v.str == "String.raw" {
			s := ""
			for k, r := range raw {
				s += r.str
				if k < len(holes) {
					h, ok := args[k+1].string()
					if !ok || !m.step(len(s)/64) {
						return value{}
					}
					s += h
				}
			}
			return textValue(s)
		}
		if isShellTag(v) {
			m.startsTagged(v, parts, args[1:], start, i, end)
			return value{}
		}
		return m.invokeAt(v, this, args, start, 0, end)
	}}, end
}
