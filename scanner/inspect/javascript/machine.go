package javascript

import (
	"bytes"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// A machine runs a script for what it comes to, where the constants that its text
// shows do not say what it loads or evaluates: strings that statements put
// together, lists that are turned, decoders of obfuscators. It runs nothing but
// the language itself. What comes from outside is unknown and stays so, and where
// a condition is unknown both sides are run.
//
// Its steps pay for memory too: what is made costs more of them the larger it is.
// Functions are compiled to closures when they are first called.
type machine struct {
	*evaluator
	steps     int // that are left
	code      map[uint32]*routine
	depth     int // of calls
	doubts    int // conditions around what runs that are unknown
	compiling int // depth of the expression that is being compiled
	generator bool
	thrown    bool
	exception value        // of a throw
	result    value        // of a return
	noted     map[use]bool // uses, since it comes to the same place again and again
}

// Limits of a machine.
const (
	maxMachineScript = 2 << 20  // bytes of a script that is run
	plainSteps       = 64 << 10 // of a script without a sign of a disguise
	maxMachineSteps  = 32 << 20 // of one with such a sign:
	machineSteps     = 4 << 20  // these and some for each byte
	machineByteSteps = 1024
	freeDoubts       = 2   // unknown conditions within one another that cost nothing,
	maxDoubtCost     = 5   // and how often each further one doubles a step
	maxCalls         = 60  // within calls
	maxCompiled      = 250 // expressions within expressions
	maxOperands      = 4000
)

// A routine is a function that is compiled.
type routine struct {
	at         uint32 // its parameters
	start, end uint32 // of its text
	parameters []func(f *frame, args []argument)
	body       statement
	expression expr // the body of an arrow function, if it has no braces
	arrow      bool
	generator  bool
	ran        bool
	made       *frame // where it was made last
}

// A callable is a function with the variables that it was made among.
type callable struct {
	*routine
	outer      *frame
	properties value // a dictionary
	fields     []func(f *frame)
}

// A frame has the variables of one call.
type frame struct {
	outer  *frame
	names  []uint32
	cells  []*value
	table  map[uint32]*value // the same, where there are many
	this   value
	args   []argument
	yields []value
	// maybe says that the call may have returned before, with another value.
	maybe bool
}

type (
	expr      func(f *frame) value
	statement func(f *frame) completion
)

// A completion is how a statement ended.
type completion uint8

const (
	normal completion = iota
	breaks
	continues
	returns
	throws
	exhausted // there are no steps left
)

func newDictionary() value {
	return value{kind: dictionary, keys: &[]string{}, items: &[]value{}}
}

// solve runs the script and leaves what it learns to the evaluator: what calls
// give, and what becomes of arguments.
func (e *evaluator) solve(src []byte) {
	steps, disguised := plainSteps, disguised(src)
	if disguised {
		steps = min(maxMachineSteps, machineSteps+machineByteSteps*len(src))
	}
	m := &machine{evaluator: e, steps: steps, code: map[uint32]*routine{}, noted: map[use]bool{}}
	env, depth := e.env, e.depth
	e.env, e.machine, e.depth = &environment{}, m, 0
	e.results = map[uint32]value{}
	e.computed = map[uint32]value{}
	last := uint32(len(e.tokens) - 1)
	f := &frame{this: newDictionary()}
	m.statements(1, last)(f)
	// A function that nobody called, with a question in it, is run by itself.
	for _, q := range e.unsolved {
		if m.steps <= 0 {
			break
		}
		m.visit(q, f)
	}
	e.env, e.machine, e.depth = env, nil, depth
	if e.Spent = ""; m.steps <= 0 && disguised {
		e.Spent = "too many steps to compute its constants"
	}
	for open, v := range e.results {
		if v.kind != text {
			delete(e.results, open)
		}
	}
	for at, v := range e.computed {
		if v.kind != text {
			delete(e.computed, at)
		}
	}
}

// disguised looks for what a script must have that makes its names from numbers
// or from text that nobody can read. Many honest scripts have it too, so it only
// decides how much work a script is worth.
func disguised(src []byte) bool {
	for _, sign := range []string{
		"fromCharCode", "fromCodePoint", "charCodeAt", "codePointAt", "atob", "base64", "'hex'", `"hex"`,
		"_0x", "unescape", "decodeURI", "TextDecoder", "Uint8Array", "Decipher", "inflate", "gunzip", "brotli", "rot13",
	} {
		if bytes.Contains(src, []byte(sign)) {
			return true
		}
	}
	const many = 20
	return bytes.Count(src, []byte(`\x`)) > many || bytes.Count(src, []byte(`\u`)) > many
}

// visit runs the functions around a token that have not run.
func (m *machine) visit(at uint32, global *frame) {
	for i, left := at, 2000; i > 0 && left > 0; i, left = i-1, left-1 {
		switch k := m.kind(i); {
		case k == js.CloseBraceToken || k == js.CloseParenToken || k == js.CloseBracketToken:
			if ref := m.tokens[i].ref; ref > 0 && ref < i {
				i = ref
			}
			continue
		case k == js.OpenBraceToken && m.tokens[i].flags&(object|class) == 0 && m.tokens[i].ref > at:
		default:
			continue
		}
		open := m.kind(i - 1)
		from := i - 1
		if open == js.ArrowToken {
			from--
		}
		if m.kind(from) == js.CloseParenToken && m.tokens[from].ref > 0 {
			from = m.tokens[from].ref
		} else if open != js.ArrowToken {
			continue
		}
		if open != js.ArrowToken {
			switch m.kind(from - 1) {
			case js.IfToken, js.ForToken, js.WhileToken, js.SwitchToken, js.WithToken, js.CatchToken:
				continue
			}
		}
		fn := m.functionCode(from)
		if !fn.ran {
			outer := global
			if fn.made != nil {
				outer = fn.made
			}
			m.run(value{kind: closure, at: fn.at, fn: &callable{routine: fn, outer: outer, properties: newDictionary()}}, value{}, nil)
		}
		return
	}
}

// step spends some of the machine's steps. Where both sides of a condition are
// run, and of one within it, they multiply and mostly tell nothing new: the deeper
// in doubt, the dearer.
func (m *machine) step(n int) bool {
	m.steps -= n << min(max(m.doubts-freeDoubts, 0), maxDoubtCost)
	return m.steps > 0
}

func (f *frame) lookup(number uint32) *value {
	for ; f != nil; f = f.outer {
		if cell := f.own(number); cell != nil {
			return cell
		}
	}
	return nil
}

// own returns the variable of this frame. Where there are many, a table finds it.
func (f *frame) own(number uint32) *value {
	if f.table != nil {
		return f.table[number]
	}
	for i, n := range f.names {
		if n == number {
			return f.cells[i]
		}
	}
	return nil
}

func (f *frame) define(number uint32, v value) {
	if cell := f.own(number); cell != nil {
		*cell = v
		return
	}
	f.names = append(f.names, number)
	f.cells = append(f.cells, &v)
	const many = 16
	if len(f.names) == many {
		f.table = map[uint32]*value{}
		for i, n := range f.names {
			f.table[n] = f.cells[i]
		}
	} else if f.table != nil {
		f.table[number] = &v
	}
}

// assignTo gives a variable a value where it is declared, or else here.
func (m *machine) assignTo(f *frame, number uint32, v value) {
	if number == 0 {
		return
	}
	if cell := f.lookup(number); cell != nil {
		*cell = v
		return
	}
	for f.outer != nil {
		f = f.outer
	}
	f.define(number, v)
}

// run calls a function of the script.
func (m *machine) run(v, this value, args []argument) value {
	c := v.fn
	if m.depth >= maxCalls || !m.step(4) || m.thrown {
		return value{}
	}
	m.depth++
	defer func() { m.depth-- }()
	c.ran = true
	m.prepare(c.routine)
	f := &frame{outer: c.outer, this: this, args: args}
	if c.arrow {
		if c.outer != nil {
			f.this, f.args = c.outer.this, c.outer.args
		}
	}
	for _, field := range c.fields {
		field(f)
	}
	if c.routine.body == nil && c.routine.expression == nil {
		return value{kind: undefined}
	}
	for _, p := range c.parameters {
		p(f, args)
	}
	if c.expression != nil {
		return c.expression(f)
	}
	how := c.body(f)
	if c.routine.generator {
		return arrayValue(f.yields)
	}
	switch {
	case how == exhausted, f.maybe:
		return value{}
	case how == returns:
		return m.result
	case how == throws:
		return value{}
	}
	return value{kind: undefined}
}

// learn notes what stands at a token; what is not always the same is nothing.
func learn(known map[uint32]value, at uint32, v value) {
	if was, ok := known[at]; ok && (was.kind != text || v.kind != text || was.str != v.str) {
		v = value{}
	}
	if v.kind != text {
		v = value{}
	}
	known[at] = v
}

// invokeAt calls a value, with the tokens of the call.
func (m *machine) invokeAt(v, this value, args []argument, start, open, end uint32) value {
	if m.thrown || !m.step(2) {
		return value{}
	}
	var got value
	switch v.kind {
	case closure:
		if v.fn == nil {
			return value{}
		}
		got = m.run(v, this, args)
		if open > 0 {
			learn(m.results, open, got)
		}
		return got
	case globalName, module:
		name := v.str
		if v.kind == module {
			name += "." + v.more
		}
		if v.kind == module || !pure(name) || name == "require" || name == "Function" {
			m.learnArguments(open, args)
			m.roleOf(v, name, open)
			if (name == "eval" || name == "import") && len(args) == 1 && args[0].kind == text {
				args[0].plain = false
			}
		}
		switch name {
		case "Promise.resolve", "Object.freeze", "Object.seal":
			if len(args) > 0 {
				return args[0].value
			}
		case "Object.defineProperty":
			if len(args) == 3 {
				if get := m.get(args[2].value, textValue("value")); get.kind != undefined {
					m.put(args[0].value, args[1].value, get)
				}
				return args[0].value
			}
		case "Object.getPrototypeOf":
			if len(args) == 1 && args[0].kind == closure {
				return args[0].value
			}
		}
		if builtinError(name) {
			return m.errorOf(args)
		}
		m.suspect(name, args, start, end)
		got = m.invoke(v, args, start, end)
		m.callBack(args)
		if got.kind == unknown {
			return outcomeOf(name, v, args)
		}
		return got
	case method:
		got = m.callMethod(v, args, start, end)
		if got.kind == unknown {
			m.callBack(args)
			if v.self != nil && v.self.kind == unknown {
				return origin(*v.self)
			}
			return value{}
		} else if v.self != nil && v.self.kind == closure && open > 0 {
			learn(m.results, open, got)
		}
		return got
	}
	m.callBack(args)
	return origin(v)
}

func (m *machine) errorOf(args []argument) value {
	v := newDictionary()
	if len(args) > 0 {
		m.put(v, textValue("message"), args[0].value)
	}
	return v
}

// callBack runs the functions that something unknown is given, once each.
func (m *machine) callBack(args []argument) {
	for _, a := range args {
		if a.kind == closure && a.fn != nil && !a.fn.ran {
			m.run(a.value, value{}, nil)
		}
	}
}

// roleOf notes what becomes of the arguments of a call.
func (m *machine) roleOf(v value, name string, open uint32) {
	if open == 0 {
		return
	}
	switch {
	case v.kind == module:
		m.moduleRole(name, open)
	case name == "module._compile" || name == "eval" || name == "setTimeout" || name == "setInterval":
		m.setRole(open, codeRole)
	case name == "Function":
		m.setRole(open, lastCodeRole)
	}
}

// learnArguments notes the texts that a call is given.
func (m *machine) learnArguments(open uint32, args []argument) {
	if open == 0 {
		return
	}
	for n, a := range args {
		if a.at == 0 || n > 0 && args[n-1].at == a.at || m.kind(a.at) == js.EllipsisToken {
			continue
		}
		if a.kind == text && strings.Contains(a.str, dirname) {
			continue // the evaluator knows it too
		}
		if k := m.kind(a.at + 1); m.kind(a.at) == js.StringToken && (k == js.CommaToken || k == js.CloseParenToken) {
			continue // as it stands
		}
		learn(m.computed, a.at, a.value)
	}
}
