package javascript

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// operand evaluates an operand: prefix operators, then a primary expression and
// what follows it.
func (e *evaluator) operand(i uint32) (value, uint32, bool) {
	if !e.Step() {
		return value{}, i, false
	}
	k := e.kind(i)
	switch k {
	case js.IncrToken, js.DecrToken:
		return e.increment(i)
	case js.NotToken, js.SubToken, js.AddToken, js.BitNotToken, js.TypeofToken, js.VoidToken, js.AwaitToken:
		if e.depth++; e.depth > script.MaxNesting {
			e.depth--
			e.Spent = "a constant is nested too deeply"
			return value{}, i, false
		}
		v, end, ok := e.operand(i + 1)
		e.depth--
		if !ok || e.continues(end) {
			return value{}, i, false
		}
		if k == js.TypeofToken && e.machine == nil && v.kind == globalName && globalLoaders[v.str] && e.kind(end) == js.LtToken {
			return textValue("function"), end, true // esbuild's helper: typeof require<"u"?require:
		}
		v, ok = prefixed(k, v)
		return v, end, ok
	}
	return e.chain(i)
}

// chain evaluates a primary expression and the properties, elements and calls
// behind it, as far as they are constant.
func (e *evaluator) chain(i uint32) (value, uint32, bool) {
	if e.env == nil && e.tokens[i].flags&failed != 0 {
		return value{}, i, false
	}
	was := e.Spent
	v, end, ok := e.primary(i)
	if !ok {
		return e.fail(i, was)
	}
	for {
		next, after, ok := e.postfix(v, i, end)
		if !ok {
			break
		}
		if next.kind == unknown {
			if v.kind == text {
				break // a method of a constant
			}
			return e.fail(i, was)
		}
		v, end = next, after
	}
	return v, end, true
}

// fail remembers that no constant begins at a token, unless only a limit said so.
func (e *evaluator) fail(i uint32, was string) (value, uint32, bool) {
	if e.env == nil && e.Spent == was {
		e.tokens[i].flags |= failed
	}
	return value{}, i, false
}

// postfix evaluates one property, element or call of a value. It returns false
// where none follows, and an unknown value where that is not constant.
func (e *evaluator) postfix(v value, start, i uint32) (value, uint32, bool) {
	if !e.Step() {
		return value{}, i, false
	}
	k := e.kind(i)
	if k == js.OptChainToken {
		if next := e.kind(i + 1); next == js.OpenParenToken || next == js.OpenBracketToken {
			i, k = i+1, next
		} else {
			k = js.DotToken
		}
	}
	switch k {
	case js.DotToken:
		if !js.IsIdentifierName(e.kind(i + 1)) {
			return value{}, i, true
		}
		if e.assignedAt(i + 2) {
			return value{}, i, true
		}
		return e.member(v, e.nameAt(i+1)), i + 2, true
	case js.OpenBracketToken:
		close := e.tokens[i].ref
		if close == 0 {
			return value{}, i, true
		}
		key, end, ok := e.expression(i+1, precedenceAssign)
		if !ok || end != close {
			return value{}, i, true
		}
		if e.assignedAt(close + 1) {
			got, after := e.assignElement(v, key, close+1)
			return got, after, true
		}
		return e.element(v, key), close + 1, true
	case js.OpenParenToken:
		close := e.tokens[i].ref
		if close == 0 {
			return value{}, i, true
		}
		return e.call(v, start, i), close + 1, true
	case js.TemplateToken, js.TemplateStartToken:
		if v.kind == globalName && v.str == "String.raw" {
			s, end, ok := e.template(i, true)
			if ok {
				return s, end, true
			}
		}
		if isShellTag(v) {
			return value{}, e.tagStarts(v, start, i), true
		}
		return value{}, i, true
	case js.LtToken: // arguments that are types, in TypeScript
		if v.kind == module || v.kind == globalName {
			if end := e.typeEnd(i + 1); e.kind(end) == js.OpenParenToken && e.tokens[end].ref > 0 && (e.kind(end-1) == js.GtToken || e.kind(end-1) == js.GtGtToken) {
				return e.call(v, start, end), e.tokens[end].ref + 1, true
			}
		}
	case js.NotToken: // TypeScript's "is there"
		if next := e.kind(i + 1); next == js.DotToken || next == js.OpenParenToken {
			return v, i + 1, true
		}
	}
	return value{}, i, false
}

func (e *evaluator) assignedAt(i uint32) bool { return assigns(e.kind(i)) }

// nameAt returns the name that a token is, escapes decoded.
func (e *evaluator) nameAt(i uint32) string {
	name := e.text(i)
	if strings.IndexByte(name, '\\') >= 0 {
		return decodeName([]byte(name))
	}
	return name
}

// primary evaluates an expression without operators.
func (e *evaluator) primary(i uint32) (value, uint32, bool) {
	t := &e.tokens[i]
	switch t.kind() {
	case js.StringToken:
		return e.stringAt(i), i + 1, true
	case js.TemplateToken, js.TemplateStartToken:
		return e.template(i, false)
	case js.RegExpToken:
		source := e.text(i)
		slash := strings.LastIndexByte(source, '/')
		return value{kind: regularExpression, str: source[1:slash], more: source[slash+1:]}, i + 1, true
	case js.TrueToken, js.FalseToken:
		return booleanValue(t.kind() == js.TrueToken), i + 1, true
	case js.NullToken:
		return value{kind: null}, i + 1, true
	case js.OpenBracketToken:
		return e.array(i)
	case js.OpenBraceToken:
		return e.dictionary(i)
	case js.OpenParenToken:
		return e.group(i)
	case js.FunctionToken:
		return e.functionAt(i)
	case js.AsyncToken:
		if k := e.kind(i + 1); k == js.FunctionToken || k == js.OpenParenToken && e.tokens[i+1].ref > 0 && e.kind(e.tokens[i+1].ref+1) == js.ArrowToken {
			return e.primary(i + 1)
		}
	case js.NewToken:
		return e.construct(i)
	case js.ImportToken:
		if e.kind(i+1) == js.OpenParenToken {
			return value{kind: globalName, str: "import", plain: true}, i + 1, true
		}
		if e.kind(i+1) == js.DotToken {
			meta := value{kind: globalName, str: "import.meta"}
			if e.linker != nil {
				meta.num = float64(e.linker.fileAt(i))
			}
			return meta, i + 3, true
		}
		return value{}, i, false
	}
	if js.IsNumeric(t.kind()) {
		n, ok := e.numberAt(i)
		return n, i + 1, ok
	}
	if !js.IsIdentifier(t.kind()) {
		return value{}, i, false
	}
	if e.kind(i+1) == js.ArrowToken {
		return e.functionAt(i)
	}
	if k := e.kind(i + 1); assigns(k) || e.env != nil && (k == js.IncrToken || k == js.DecrToken) {
		if e.env != nil {
			return e.assign(i)
		}
		return value{}, i, false
	}
	if t.ref == 0 {
		return value{}, i, false
	}
	if t.ref&global != 0 {
		if t.flags&binding != 0 {
			return value{}, i, false // the name of a method, behind what looks like an operator
		}
		v := e.globalAt(i)
		return v, i + 1, v.kind != unknown
	}
	v := e.variable(t.ref)
	if v.kind == unknown || v.kind == module {
		switch {
		case v.kind == module && e.kind(i+1) == js.DotToken: // var _require = require('./kit'), run = _require.run
		case e.loaders[e.declarations[t.ref].name] && v.more != makesLoader:
			v = value{kind: globalName, str: "require", plain: true}
		case v.kind == unknown && e.kind(i+1) == js.OpenParenToken && e.tokens[i+1].ref > 0:
			v = e.wrapped(i + 1)
			return v, e.tokens[i+1].ref + 1, v.kind != unknown
		}
	}
	return v, i + 1, v.kind != unknown
}

// variable returns the value of a declaration.
func (e *evaluator) variable(number uint32) value {
	for env := e.env; env != nil; env = env.outer {
		for i, n := range env.names {
			if n == number {
				return env.values[i]
			}
		}
	}
	d := &e.declarations[number]
	switch d.state.stage {
	case known:
		return *d.state.value
	case underway, hopeless:
		return value{}
	}
	d.state.stage = underway
	env := e.env
	e.env = nil
	v := e.initial(number)
	e.env = env
	d = &e.declarations[number]
	if v.kind == unknown {
		d.state.stage = hopeless
		return v
	}
	d.state = evaluation{known, ptr(v)}
	return v
}

// initial evaluates the only value that a declaration is given.
func (e *evaluator) initial(number uint32) value {
	d := e.declarations[number]
	if d.writes != 1 || d.kind == parameter || d.kind == classDeclaration {
		return value{}
	}
	if d.source > 0 {
		from := e.variable(uint32(d.source))
		switch {
		case from.kind == unknown:
			return from
		case d.element >= 0:
			return e.element(from, numberValue(float64(d.element)))
		case d.key == 0:
			return from
		case e.kind(d.key) == js.StringToken:
			return e.member(from, e.stringAt(d.key).str)
		case e.kind(d.key-1) == js.OpenBracketToken:
			key, _, ok := e.expression(d.key, precedenceAssign)
			if s, text := key.string(); ok && text {
				return e.member(from, s)
			}
			return value{}
		}
		return e.member(from, e.nameAt(d.key))
	}
	if d.init == 0 {
		return value{}
	}
	if d.kind == function { // a parenthesis behind it is another statement
		f, _, _ := e.functionAt(d.init)
		return f
	}
	if d.kind == imported {
		return e.load(e.stringAt(d.init))
	}
	v, end, ok := e.expression(d.init, precedenceAssign)
	if !ok || !e.complete(end, precedenceAssign) || e.kind(end) == js.QuestionToken {
		return value{}
	}
	if d.changed && (v.kind == dictionary || v.kind == array) {
		return value{}
	}
	return v
}
