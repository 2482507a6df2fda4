package javascript

import (
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
	codes   []codeText
	threads []string // and those that are threads of their own
	// outer are the names that the script around this one gives values.
	outer map[string]value
	// unsolved are the places where something is loaded, evaluated or started that
	// is no constant; computed are the arguments there that a machine found.
	unsolved []uint32
	hinted   []uint32 // see hints
	handsOn  bool     // the script hands on require, for functions that only others call

	redefined answer // see redefines
	answers   hintAnswers
	openness  script.Openness
	asks      []string // see script.View
	behind    uint32   // the first token behind the script's own
	linker    *linker  // of the files that it is read with, or nil
	computed  map[uint32]value
	env       *environment // of the function that is being evaluated; nil outside
	// outside is how many steps may still be spent on what no function's call
	// needs. They are apart, so that no function can take them.
	outside int
	// expressions are the regular expressions that were compiled, nil those that
	// cannot be.
	expressions map[string]expression
	// site is where the outermost call that is being evaluated begins and ends.
	site [2]uint32
}

// A codeText is a script that the tokens [start, end) evaluate.
type codeText struct {
	open       uint32 // of the call's arguments, if it has any,
	at         uint32 // and the token of the one that is the script
	text       string
	start, end uint32
	given      map[string]value // what its names mean
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

func newEnvironment(outer *environment) *environment {
	made := new(struct { // with room for most, in one piece of memory
		environment
		names  [4]uint32
		values [4]value
	})
	made.environment = environment{outer, made.names[:0], made.values[:0]}
	return &made.environment
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
