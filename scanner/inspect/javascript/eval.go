package javascript

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// Precedences of operators, by ECMA-262's grammar.
const (
	precedenceAssign = iota + 1
	precedenceNullish
	precedenceOr
	precedenceAnd
	precedenceBitOr
	precedenceBitXor
	precedenceBitAnd
	precedenceEquals
	precedenceCompare
	precedenceShift
	precedenceAdd
	precedenceMultiply
	precedencePower
	precedenceUnary
)

// An evaluator computes constant expressions from the tokens themselves. Where
// an expression is no constant it gives up at once: the reader goes on to its
// parts.
type evaluator struct {
	*scoper
	*script.Budget
	uses   []use
	nested int             // how many scripts deep this one stands in others
	roles  map[uint32]role // of the arguments behind an open parenthesis
	depth  int
	// loaders are the numbers of the names that functions have which load modules.
	loaders map[uint32]bool
	globals map[uint32]value // by the number of the name
	results map[uint32]value // of calls of functions, by the open parenthesis
	// failures counts, by its first token, how often a function's call came to
	// nothing.
	failures map[uint32]uint8
	// machine runs the script, while it does.
	machine *machine
	// given are the values of names in texts of code, by the parenthesis that the
	// text stands behind.
	given map[uint32]map[string]value
	// codes are scripts that are evaluated and stand nowhere as one argument.
	codes []codeText
	// outer are the names that the script around this one gives values.
	outer map[string]value
	// unsolved are the places where something is loaded, evaluated or started that
	// is no constant; computed are the arguments there that a machine found.
	unsolved []uint32
	hinted   []uint32 // see hints
	computed map[uint32]value
	env      *environment // of the function that is being evaluated; nil outside
	// outside is how many steps may still be spent on what no function's call
	// needs. They are apart, so that no function can take them.
	outside int
	// site is where the outermost call that is being evaluated begins and ends.
	site [2]uint32
}

// A codeText is a script that the tokens [start, end) evaluate.
type codeText struct {
	text       string
	start, end uint32
}

// Step spends one step and tells whether it was there.
func (e *evaluator) Step() bool {
	if e.machine != nil {
		return e.machine.step(1)
	}
	if e.env != nil {
		return e.Budget.Step()
	}
	if e.outside <= 0 {
		e.Spent = "too many steps to compute its constants"
		return false
	}
	e.outside--
	return true
}

// reserve is how many steps are there for the constant at every token, however
// many the others took: enough for a load or a call with a plain name.
const reserve = 64

// An environment holds the variables of a call that is being evaluated.
type environment struct {
	outer  *environment
	names  []uint32 // declarations
	values []value
}

// An evaluation is how far the value of a declaration is known.
type evaluation struct {
	stage uint8 // 0: not tried
	value *value
}

const (
	underway = iota + 1
	known
	hopeless
)

// continues tells whether a token goes on with the operand before it.
func (e *evaluator) continues(i uint32) bool {
	switch e.kind(i) {
	case js.DotToken, js.OptChainToken, js.OpenBracketToken, js.OpenParenToken, js.TemplateToken, js.TemplateStartToken,
		js.ArrowToken:
		return true
	case js.IncrToken, js.DecrToken:
		return e.tokens[i].flags&afterLine == 0
	}
	return false
}

// expression evaluates as much as is constant of the expression at a token, with
// operators of at least a precedence, and returns the token after it.
func (e *evaluator) expression(i uint32, least int) (value, uint32, bool) {
	if e.depth++; e.depth > script.MaxNesting {
		e.depth--
		e.Spent = "a constant is nested too deeply"
		return value{}, i, false
	}
	left, end, ok := e.operand(i)
	if ok {
		left, end, ok = e.binary(left, end, least)
	}
	e.depth--
	return left, end, ok
}

// binary goes on after an operand for as long as the operands are constant.
func (e *evaluator) binary(left value, end uint32, least int) (value, uint32, bool) {
	for {
		operator := e.kind(end)
		level := precedence(operator)
		if level == 0 || level < least {
			break
		}
		if !e.Step() {
			break
		}
		if operator == js.OrToken || operator == js.AndToken || operator == js.NullishToken {
			truth, ok := left.truthy()
			if left.kind == globalName && globalLoaders[left.str] {
				truth, ok = true, true // Node.js has it, or the other side does the same
			}
			if operator == js.NullishToken {
				truth = left.kind != undefined && left.kind != null
			}
			if !ok {
				break
			}
			if truth != (operator == js.AndToken) { // the right side does not count
				after, ok := e.skipOperand(end+1, level)
				if !ok {
					break
				}
				end = after
				continue
			}
		}
		inner := level + 1
		if operator == js.ExpToken {
			inner = level
		}
		right, after, ok := e.expression(end+1, inner)
		if !ok || !e.complete(after, inner) {
			break
		}
		if operator == js.OrToken || operator == js.AndToken || operator == js.NullishToken {
			left, end = right, after
			continue
		}
		sum, ok := e.operate(operator, left, right)
		if !ok {
			break
		}
		left, end = sum, after
	}
	if least <= precedenceAssign && e.kind(end) == js.QuestionToken {
		if v, after, ok := e.conditional(left, end); ok {
			return v, after, true
		}
	}
	return left, end, true
}

// complete tells whether an operand, with operators of at least a precedence,
// ends before a token.
func (e *evaluator) complete(i uint32, least int) bool {
	level := precedence(e.kind(i))
	return !e.continues(i) && (level == 0 || level < least)
}

// conditional chooses between the sides of a conditional expression.
func (e *evaluator) conditional(condition value, question uint32) (value, uint32, bool) {
	truth, ok := condition.truthy()
	if !ok {
		return value{}, 0, false
	}
	colon := e.until(question+1, js.ColonToken)
	if e.kind(colon) != js.ColonToken {
		return value{}, 0, false
	}
	end := e.until(colon+1, js.CommaToken)
	at, stop := question+1, colon
	if !truth {
		at, stop = colon+1, end
	}
	v, after, ok := e.expression(at, precedenceAssign)
	return v, end, ok && after == stop
}

// until returns the token of a kind that ends the expression at a token, or
// another that ends it.
func (e *evaluator) until(i uint32, k js.TokenType) uint32 {
	questions := 0
	for {
		switch kind := e.kind(i); kind {
		case js.OpenParenToken, js.OpenBracketToken, js.OpenBraceToken, js.TemplateStartToken, js.TemplateMiddleToken:
			if e.tokens[i].ref <= i {
				return uint32(len(e.tokens) - 1)
			}
			i = e.tokens[i].ref
			if e.kind(i) == js.TemplateMiddleToken {
				continue
			}
		case js.QuestionToken:
			questions++
		case js.ColonToken:
			if questions == 0 {
				return i
			}
			questions--
		case js.CommaToken, js.SemicolonToken, js.CloseParenToken, js.CloseBracketToken, js.CloseBraceToken,
			js.TemplateEndToken:
			return i
		default:
			if int(i) >= len(e.tokens)-1 {
				return uint32(len(e.tokens) - 1)
			}
			if e.tokens[i].flags&afterLine != 0 && k != js.ColonToken && startsStatement(kind) && !e.operandMayFollow(int(i)-1) {
				return i
			}
		}
		if !e.Step() {
			return uint32(len(e.tokens) - 1)
		}
		i++
	}
}

// skipOperand returns the token after the right side of an operator.
func (e *evaluator) skipOperand(i uint32, level int) (uint32, bool) {
	end := e.until(i, js.CommaToken)
	for at := i; at < end; at++ {
		if ref := e.tokens[at].ref; opens(e.kind(at)) && ref > at {
			at = ref
			continue
		}
		if k := e.kind(at); k == js.QuestionToken || at > i && precedence(k) > 0 && precedence(k) <= level && !e.operandMayFollow(int(at)-1) {
			return at, true
		}
		if !e.Step() {
			return 0, false
		}
	}
	return end, true
}

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
	switch t.kind {
	case js.StringToken:
		return e.stringAt(i), i + 1, true
	case js.TemplateToken, js.TemplateStartToken:
		return e.template(i, false)
	case js.RegExpToken:
		source := e.text(i)
		slash := strings.LastIndexByte(source, '/')
		return value{kind: regularExpression, str: source[1:slash], more: source[slash+1:]}, i + 1, true
	case js.TrueToken, js.FalseToken:
		return booleanValue(t.kind == js.TrueToken), i + 1, true
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
			return value{kind: globalName, str: "import.meta"}, i + 3, true
		}
		return value{}, i, false
	}
	if js.IsNumeric(t.kind) {
		n, ok := e.numberAt(i)
		return n, i + 1, ok
	}
	if !js.IsIdentifier(t.kind) {
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
		case e.loaders[e.declarations[t.ref].name]:
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
	d.state = evaluation{known, &v}
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
