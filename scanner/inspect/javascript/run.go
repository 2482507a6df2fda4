package javascript

import (
	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// callFunction evaluates the call of a function of the script, as far as its
// statements need nothing but constants. The call's expression is the tokens
// [start, end).
func (e *evaluator) callFunction(f value, args []argument, start, end uint32) value {
	if f.fn != nil {
		if e.machine == nil {
			return value{}
		}
		return e.machine.run(f, value{}, args)
	}
	if e.depth++; e.depth > script.MaxNesting {
		e.depth--
		e.Spent = "a constant is nested too deeply"
		return value{}
	}
	if e.env == nil && e.machine == nil {
		// What an obfuscator turns its table by may take all steps in vain. The machine does
		// it then, and what comes out may be a script that is still to be read.
		whole := e.Budget
		e.Budget = whole.Half()
		defer func() { whole.Rejoin(e.Budget); e.Budget = whole }()
	}
	env := newEnvironment(f.env)
	was, site := e.env, e.site
	if e.site[1] == 0 {
		e.site = [2]uint32{start, end}
	}
	e.env = env
	defer func() { e.depth--; e.env, e.site = was, site }()
	body, ok := e.bind(f.at, args)
	if !ok {
		return value{}
	}
	if e.kind(body) == js.OpenBraceToken {
		r := run{evaluator: e}
		switch r.block(body+1, e.tokens[body].ref) {
		case returned:
			return r.result
		case finished:
			return value{kind: undefined}
		}
		return value{}
	}
	v, after, ok := e.expression(body, precedenceAssign)
	if !ok || !e.complete(after, precedenceAssign) || e.kind(after) == js.QuestionToken {
		return value{}
	}
	return v
}

// promising tells whether a call is worth evaluating: something is known of its
// arguments, if it has any, and the function was no disappointment too often.
func (e *evaluator) promising(f value, args []argument) bool {
	if e.failures[f.at] >= maxFailures {
		return false
	}
	for _, a := range args {
		if a.kind != unknown {
			return true
		}
	}
	return len(args) == 0
}

// maxFailures is how often a function is evaluated in vain.
const maxFailures = 32

func (e *evaluator) disappoint(f value) {
	if e.failures == nil {
		e.failures = map[uint32]uint8{}
	}
	if f.env == nil && e.env == nil {
		e.failures[f.at]++
	}
}

// bind gives the parameters of the function at a token their values, and returns
// where its body begins.
func (e *evaluator) bind(at uint32, args []argument) (body uint32, ok bool) {
	if e.kind(at) != js.OpenParenToken {
		e.set(e.tokens[at].ref, argumentOr(args, 0))
		return at + 2, true
	}
	close := e.tokens[at].ref
	n := 0
	for i := at + 1; i < close; i = e.next(i, close) + 1 {
		if e.kind(i) == js.EllipsisToken && js.IsIdentifier(e.kind(i+1)) {
			rest := []value{}
			for ; n < len(args); n++ {
				rest = append(rest, args[n].value)
			}
			e.set(e.tokens[i+1].ref, arrayValue(rest))
			continue
		}
		if !js.IsIdentifier(e.kind(i)) {
			return 0, false
		}
		v := argumentOr(args, n)
		if v.kind == undefined && e.kind(i+1) == js.EqToken {
			v, _, _ = e.expression(i+2, precedenceAssign)
		}
		e.set(e.tokens[i].ref, v)
		n++
	}
	body = close + 1
	if e.kind(body) == js.ArrowToken {
		body++
	} else {
		body = e.body(body)
	}
	return body, body > 0
}

// argumentOr is an argument, undefined where there are not as many, or none at all.
func argumentOr(args []argument, n int) value {
	if n >= 0 && n < len(args) {
		return args[n].value
	}
	return value{kind: undefined}
}

// A run goes through the statements of a function.
type run struct {
	*evaluator
	result value
}

// An outcome is how a statement ended.
type outcome uint8

const (
	lost outcome = iota // it needs what is not constant
	finished
	returned
	broke
	continued
)

// block runs the statements of [i, end).
func (r *run) block(i, end uint32) outcome {
	for i < end {
		how, after := r.statement(i)
		if how != finished {
			return how
		}
		if after <= i {
			return lost
		}
		i = after
	}
	return finished
}

// statement runs one statement and returns the token after it.
func (r *run) statement(i uint32) (outcome, uint32) {
	if !r.Step() {
		return lost, i
	}
	if r.depth++; r.depth > script.MaxNesting {
		r.depth--
		return lost, i
	}
	defer func() { r.depth-- }()
	switch r.kind(i) {
	case js.SemicolonToken:
		return finished, i + 1
	case js.StringToken: // "use strict"
		if k := r.kind(i + 1); k == js.SemicolonToken {
			return finished, i + 2
		}
	case js.OpenBraceToken:
		return r.block(i+1, r.tokens[i].ref), r.tokens[i].ref + 1
	case js.ReturnToken:
		if k := r.kind(i + 1); k == js.SemicolonToken || k == js.CloseBraceToken {
			r.result = value{kind: undefined}
			return returned, i + 1
		}
		v, end, ok := r.sequence(i + 1)
		if !ok {
			return lost, i
		}
		r.result = v
		return returned, end
	case js.VarToken, js.LetToken, js.ConstToken:
		return r.variables(i + 1)
	case js.FunctionToken:
		if r.name(i + 1) {
			f, end, ok := r.functionAt(i)
			if !ok {
				return lost, i
			}
			r.set(r.tokens[i+1].ref, f)
			return finished, end
		}
	case js.IfToken:
		return r.choice(i)
	case js.ForToken:
		return r.loop(i)
	case js.WhileToken:
		open := i + 1
		close := r.tokens[open].ref
		if r.kind(open) != js.OpenParenToken || close == 0 {
			return lost, i
		}
		return r.repeat(open+1, 0, close+1)
	case js.TryToken:
		return r.attempt(i)
	case js.BreakToken, js.ContinueToken:
		if r.name(i+1) && r.tokens[i+1].flags&afterLine == 0 {
			return lost, i
		}
		if r.kind(i) == js.BreakToken {
			return broke, i + 1
		}
		return continued, i + 1
	}
	_, end, ok := r.sequence(i)
	if !ok {
		return lost, i
	}
	return finished, end
}

// sequence evaluates an expression with commas up to the end of its statement.
func (r *run) sequence(i uint32) (value, uint32, bool) {
	for {
		v, end, ok := r.expression(i, precedenceAssign)
		if !ok {
			return v, i, false
		}
		switch k := r.kind(end); {
		case k == js.CommaToken:
			i = end + 1
		case k == js.SemicolonToken:
			return v, end + 1, true
		case k == js.CloseBraceToken, k == js.CloseParenToken, r.tokens[end].flags&afterLine != 0 && startsStatement(k):
			return v, end, true
		default:
			return v, i, false
		}
	}
}

// variables runs a variable declaration.
func (r *run) variables(i uint32) (outcome, uint32) {
	for {
		if !r.name(i) {
			return lost, i
		}
		v, end := value{kind: undefined}, i+1
		if r.kind(end) == js.EqToken {
			var ok bool
			if v, end, ok = r.expression(end+1, precedenceAssign); !ok {
				return lost, i
			}
		}
		r.set(r.tokens[i].ref, v)
		switch k := r.kind(end); {
		case k == js.CommaToken:
			i = end + 1
		case k == js.SemicolonToken:
			return finished, end + 1
		case k == js.CloseBraceToken, r.tokens[end].flags&afterLine != 0 && startsStatement(k):
			return finished, end
		default:
			return lost, i
		}
	}
}

// skip returns the token after the statement at a token.
func (r *run) skip(i uint32) uint32 {
	for {
		switch r.kind(i) {
		case js.OpenBraceToken:
			if r.tokens[i].ref > 0 {
				return r.tokens[i].ref + 1
			}
		case js.IfToken, js.ForToken, js.WhileToken:
			open := i + 1
			if r.kind(open) != js.OpenParenToken || r.tokens[open].ref == 0 {
				return i
			}
			after := r.skip(r.tokens[open].ref + 1)
			if r.kind(i) == js.IfToken && r.kind(after) == js.ElseToken {
				i = after + 1
				continue
			}
			return after
		}
		for {
			i = r.until(i, js.CommaToken)
			if k := r.kind(i); k != js.CommaToken && k != js.ColonToken {
				break
			}
			i++
		}
		if r.kind(i) == js.SemicolonToken {
			i++
		}
		return i
	}
}

// condition evaluates what stands in parentheses.
func (r *run) condition(i, close uint32) (truth, ok bool) {
	v, end, ok := r.expression(i, precedenceAssign)
	if !ok || end != close {
		return false, false
	}
	return v.truthy()
}

func (r *run) choice(i uint32) (outcome, uint32) {
	close := r.tokens[i+1].ref
	if r.kind(i+1) != js.OpenParenToken || close == 0 {
		return lost, i
	}
	truth, ok := r.condition(i+2, close)
	if !ok {
		return lost, i
	}
	then := close + 1
	otherwise := r.skip(then)
	end := otherwise
	if r.kind(otherwise) == js.ElseToken {
		end = r.skip(otherwise + 1)
	}
	how := finished
	switch {
	case truth:
		how, _ = r.statement(then)
	case end > otherwise:
		how, _ = r.statement(otherwise + 1)
	}
	return how, end
}

// loop runs a for statement.
func (r *run) loop(i uint32) (outcome, uint32) {
	open := i + 1
	close := r.tokens[open].ref
	if r.kind(open) != js.OpenParenToken || close == 0 {
		return lost, i
	}
	at := open + 1
	if k := r.kind(at); k == js.VarToken || k == js.LetToken || k == js.ConstToken {
		if next := r.kind(at + 2); next == js.OfToken || next == js.InToken {
			return r.each(at+1, at+3, close, next == js.OfToken)
		}
	}
	how := finished
	if r.kind(at) == js.SemicolonToken {
		at++
	} else {
		how, at = r.statement(at)
	}
	if how != finished || r.kind(at-1) != js.SemicolonToken {
		return lost, i
	}
	condition := at
	at = r.until(at, js.SemicolonToken)
	for r.kind(at) == js.CommaToken {
		at = r.until(at+1, js.SemicolonToken)
	}
	if r.kind(at) != js.SemicolonToken {
		return lost, i
	}
	if condition == at {
		condition = 0
	}
	update := at + 1
	if update == close {
		update = 0
	}
	return r.repeat(condition, update, close+1)
}

// repeat runs a statement for as long as a condition holds, with an update after
// each turn; each may be 0, for none.
func (r *run) repeat(condition, update, body uint32) (outcome, uint32) {
	end := r.skip(body)
	for {
		if condition > 0 {
			v, after, ok := r.expression(condition, precedenceAssign)
			truth, ok2 := v.truthy()
			if k := r.kind(after); !ok || !ok2 || k != js.SemicolonToken && k != js.CloseParenToken {
				return lost, end
			}
			if !truth {
				return finished, end
			}
		}
		switch how, _ := r.statement(body); how {
		case lost, returned:
			return how, end
		case broke:
			return finished, end
		}
		if update > 0 {
			if _, _, ok := r.sequence(update); !ok {
				return lost, end
			}
		}
		if !r.Step() {
			return lost, end
		}
	}
}

// each runs "for (name of list)", or over the indices for "in".
func (r *run) each(name, list, close uint32, of bool) (outcome, uint32) {
	end := r.skip(close + 1)
	v, after, ok := r.expression(list, precedenceAssign)
	items, ok2 := r.iterate(v)
	if !ok || !ok2 || after != close {
		return lost, end
	}
	for i, item := range items {
		if !of {
			item = textValue(numberText(float64(i)))
		}
		r.set(r.tokens[name].ref, item)
		switch how, _ := r.statement(close + 1); how {
		case lost, returned:
			return how, end
		case broke:
			return finished, end
		}
	}
	return finished, end
}

// attempt runs a try statement: what is lost in it is taken for an error.
func (r *run) attempt(i uint32) (outcome, uint32) {
	block := i + 1
	if r.kind(block) != js.OpenBraceToken || r.tokens[block].ref == 0 {
		return lost, i
	}
	after := r.tokens[block].ref + 1
	if r.kind(after) != js.CatchToken {
		return lost, i
	}
	handler := after + 1
	if r.kind(handler) == js.OpenParenToken && r.tokens[handler].ref > 0 {
		handler = r.tokens[handler].ref + 1
	}
	if r.kind(handler) != js.OpenBraceToken || r.tokens[handler].ref == 0 {
		return lost, i
	}
	end := r.tokens[handler].ref + 1
	how, _ := r.statement(block)
	if how == lost {
		how, _ = r.statement(handler)
	}
	return how, end
}
