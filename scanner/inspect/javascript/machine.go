package javascript

import (
	"bytes"

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
	steps     int  // that are left
	cut       bool // something had a part of them that was not enough
	code      map[uint32]*routine
	depth     int // of calls
	doubts    int // conditions around what runs that are unknown
	asking    int // see maxAsking
	compiling int // depth of the expression that is being compiled
	generator bool
	thrown    bool
	exception value        // of a throw
	risks     int          // how often something was called or asked that may throw, as far as is known
	result    value        // of a return
	noted     map[use]bool // uses, since it comes to the same place again and again
	label     string       // of a break or continue that is under way
	own       string       // label of the loop that is being compiled
	doubt     doubt        // whether what runs may not be run at all
	side      uint32       // which side of which condition that is, 0 for none,
	sides     uint32       // of so many
	// listeners are called with the events of a name; emitted are the last ones.
	listeners  map[string][]*listener
	emitted    map[string]event
	echoing    map[string]*hearing
	heardBy    map[string][]value // the functions that are its listeners
	later      []timer            // see afterwards
	clock      float64            // of those
	done       bool               // the statements of the script have run,
	late       bool               // and there were too many of them
	coroutines []*coroutine
	active     *coroutine // that runs
	// changed are the properties of globals and of modules that the script gives
	// other values, by their whole names.
	changed  map[string]value
	named    map[*[]value]value // see about
	extended bool               // a prototype is among them
	dropped  map[string]string  // files that the script wrote, by their paths
	obscure  map[string]value   // the origins of those that are not known
	streams  []*stream
	starting [][]string        // what the program runs that was started last
	ownNames map[uint32]uint32 // see ownName
	loading  bool              // a loader of the script's own is under way
	// matched are the groups of the last match of a regular expression.
	matched  []value
	calls    []*callable           // that are under way, the innermost last
	place    [2]uint32             // tokens of the call that was begun last
	home     [2]uint32             // and of the last that stands in the script itself
	loops    int                   // with variables of their own, that are under way,
	born     []*callable           // and what they have made
	overlays map[*[]value]*overlay // by the lists that lie over memory
	overlaid int                   // what is in these
	carriers
	moduleArguments []value          // of the function that a module is
	globalsAsked    int              // what others may have given, that it asks for
	hooks           []value          // of the loader, that the script has registered: what loads files,
	resolvers       []value          // and what resolves names
	renamed         value            // names of modules and what they stand for, a dictionary
	bodies          map[uint32]value // what objects with methods and classes came to, see receivers.go
	prepared        int              // stacks of errors, see maxPrepared
	symbols         []value          // that Symbol has made
	assembled       *webAssembly
}

// Limits of a machine.
const (
	maxMachineScript = 2 << 20   // bytes of a script that is run
	plainSteps       = 64 << 10  // of a script without a sign of a disguise
	visitSteps       = 8 << 10   // of what was not come to before there were none left
	disguisedSteps   = 1 << 20   // of one with such a sign, of which honest bundles have some too,
	linkedSteps      = 256 << 10 // of one that is read with others, and
	maxMachineSteps  = 32 << 20  // of one that is small or has more of them
	smallScript      = 64 << 10  // bytes
	freeDoubts       = 2         // unknown conditions within one another that cost nothing,
	maxDoubtCost     = 5         // and how often each further one doubles a step
	share            = 4         // part of the steps left that what may not matter may take,
	leastShare       = 256 << 10 // where there are more than so many
	methodSteps      = 2         // to call a method of the language,
	namedSteps       = 4         // a function of it or of a module,
	unknownSteps     = 32        // and to find where that comes from which they give, and is not computed,
	memberSteps      = 2         // to look for a member of a module, a global or what is unknown,
	listSteps        = 8         // to make a list,
	classSteps       = 32        // a class,
	entrySteps       = 2         // to ask for an entry of an object,
	heirSteps        = 16        // to copy one of its prototype,
	loopKeySteps     = 16        // to list a key that a loop goes through,
	symbolSteps      = 16        // to make a symbol, which is kept,
	eitherSteps      = 8         // a value that is one or the other,
	metSteps         = 16        // to note what is used, and more the more there is of that,
	doubtSteps       = 24        // and to keep what a variable was
	maxCalls         = 60        // within calls
	maxDoubtful      = 2         // calls of a function within itself that may not be made at all
	maxCompiled      = 250       // expressions within expressions
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
	async      bool
	names      []uint32 // of the parameters that are one with arguments; nil until they are asked for
	ran        bool
	visited    bool   // though nobody called it
	called     int    // by what is not known
	active     int    // calls of it that are under way
	made       *frame // where it was made last
}

// A callable is a function with the variables that it was made among.
type callable struct {
	*routine
	outer      *frame
	properties value // a dictionary
	methods    []func(f *frame)
	fields     []func(f *frame)
	parent     *value     // of a class: what it extends,
	hidden     int        // and how many of the properties are methods, which come first
	args       []argument // of its last call
	// coroutine is what an iterator goes on with, promise what a value is to be.
	coroutine *coroutine
	promise   *promise
	native    any // what of WebAssembly a value is
}

// A frame has the variables of one call.
type frame struct {
	outer     *frame
	cells     []cell
	table     map[uint32]int // places in cells, where there are many
	this      value
	args      []argument
	list      *value     // arguments, once the function has said that
	coroutine *coroutine // of which this is the frame
	// maybe says that the call may have returned before, with one of these values.
	maybe   bool
	results []value
	class   *callable // of which the functions made here are methods
	fn      *callable // of which this is a call
}

// A cell has the value of a variable.
type cell struct {
	number uint32
	side   uint32 // of a condition, on which it was declared; see doubtful
	value  *value
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

// solve runs the script and leaves what it learns to the evaluator: what calls
// give, and what becomes of arguments.
func (e *evaluator) solve(src []byte) {
	steps, disguised := plainSteps, disguised(src)
	small := len(src) <= smallScript
	switch {
	case !disguised || !small && len(e.unsolved) == 0: // hints alone
	case len(e.unsolved) > 0 && (small || obfuscated(src)), small && (bytes.Contains(src, []byte(obfuscatedName)) || hexadecimal(src) || turnsList(src)):
		steps = maxMachineSteps
	default:
		steps = disguisedSteps
	}
	if e.linker != nil {
		steps = max(steps, linkedSteps)
	}
	m := &machine{evaluator: e, steps: steps, code: map[uint32]*routine{}, noted: map[use]bool{}}
	env, depth := e.env, e.depth
	e.env, e.machine, e.depth = &environment{}, m, 0
	e.results = map[uint32]value{}
	e.computed = map[uint32]value{}
	// A module is a function with these arguments (nodejs.org/api/modules.html).
	exports := newDictionary()
	f := &frame{this: exports, args: []argument{{value: exports}, {value: value{kind: globalName, str: "require", plain: true}},
		{value: value{kind: globalName, str: "module", plain: true}}, {value: e.globalNamed("__filename")}, {value: textValue(dirname)}}}
	for _, a := range f.args {
		m.moduleArguments = append(m.moduleArguments, a.value)
	}
	if given, ok := e.outer["arguments"]; ok && given.kind == array { // it is a function of another script
		f.args = asArguments(*given.items)
	}
	if number := e.names.find("exports"); number > 0 {
		m.define(f, number|global, exports)
		m.change("module.exports", exports)
	}
	defer m.abandon()
	if e.linker != nil {
		e.linker.files[0].frame, e.linker.files[0].begun = f, true
	}
	m.loadShared()
	statements := m.statements(1, e.behind)
	outcome := m.asynchronous(f, func(f *frame) (value, bool) { return m.completed(statements(f), f) })
	if p := promiseOf(outcome); p != nil && p.rejected {
		m.emit("uncaughtException", event{args: asArguments([]value{p.v})})
	}
	m.finish()
	m.wraps(max(1, m.place[0]), max(2, m.place[1]))
	spent := m.steps <= 0
	m.late, m.steps = spent, max(m.steps, visitSteps)
	m.visitInstances(f)
	// A function that nobody called, with a question in it, is run by itself.
	for _, q := range append(e.unsolved, e.hinted...) {
		if m.steps <= 0 {
			break
		}
		m.visit(q, f)
	}
	if e.linker != nil {
		m.visitUses(f)
		m.callHooks(f)
	} else {
		m.asksForLoaded()
		m.mayBeTold()
	}
	m.callInstances()
	spent = spent || m.steps <= 0 || m.cut
	if len(src) <= smallScript && e.linker == nil {
		m.exportsGive(f)
	}
	if len(src) <= smallScript && (e.startsPrograms() || e.handsOn || e.loadsAddon()) {
		m.steps = min(m.steps, plainSteps)
		m.visitAll(f)
	}
	m.interact()
	m.throughEnvironment()
	e.env, e.machine, e.depth = env, nil, depth
	if e.Spent = ""; spent && disguised && len(e.unsolved) > 0 { // hints alone are no sign that there is something
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
	e.dropWritten()
}

// disguised looks for what a script must have that makes its names from numbers
// or from text that nobody can read. Many honest scripts have it too, so it only
// decides how much work a script is worth.
func disguised(src []byte) bool {
	for _, sign := range []string{
		"fromCharCode", "fromCodePoint", "charCodeAt", "codePointAt", "atob", "base64", "'hex'", `"hex"`,
		obfuscatedName, "unescape", "decodeURI", "TextDecoder", "Uint8Array", "Decipher", "inflate", "gunzip", "brotli", "rot13",
	} {
		if bytes.Contains(src, []byte(sign)) {
			return true
		}
	}
	const many = 20
	return bytes.Count(src, []byte(`\x`)) > many || bytes.Count(src, []byte(`\u`)) > many
}

// obfuscatedName begins the names that the best known obfuscator gives.
const obfuscatedName = "_0x"

// obfuscated tells whether a script looks like the work of an obfuscator: by the
// names that such programs give, or by escapes all over the script.
func obfuscated(src []byte) bool {
	const sparse = 1 << 10 // bytes for each escape
	return bytes.Contains(src, []byte(obfuscatedName)) || bytes.Count(src, []byte(`\x`)) > len(src)/sparse
}

// hexadecimal tells whether a script is full of numbers that nobody writes so, as those
// of obfuscators are that give other names.
func hexadecimal(src []byte) bool {
	const dense = 40 // bytes for each
	return bytes.Count(src, []byte("(0x"))+bytes.Count(src, []byte("-0x"))+bytes.Count(src, []byte("*0x"))+bytes.Count(src, []byte("+0x")) > len(src)/dense
}

// turnsList tells whether a script puts the first item of a list at its end: as obfuscators
// have their tables turned, also where another program has written their numbers anew.
func turnsList(src []byte) bool {
	const between = len(`'](_0x123456['`)
	for at := 0; ; at++ {
		n := bytes.Index(src[at:], []byte("shift"))
		if n < 0 {
			return false
		}
		if at += n; bytes.Contains(src[max(0, at-between-len("push")):at], []byte("push")) {
			return true
		}
	}
}

// visit runs the functions around a token that have not run.
func (m *machine) visit(at uint32, global *frame) {
	for i, left := at, 2000; i > 0 && left > 0; i, left = i-1, left-1 {
		switch k := m.kind(i); {
		case closes(k):
			if ref := m.tokens[i].ref; ref > 0 && ref < i {
				i = ref
			}
			continue
		case k == js.OpenBraceToken && m.tokens[i].flags&(object|class) == 0 && m.tokens[i].ref > at:
		case k == js.ArrowToken && m.kind(i+1) != js.OpenBraceToken && m.until(i+1, js.CommaToken) >= at:
			i++ // an arrow function without braces: what stands before this token is looked at
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
		if open != js.ArrowToken && m.ofStatement(from) {
			continue
		}
		fn := m.functionCode(from)
		if !fn.ran && fn.made == nil && m.depth < maxCalls && len(m.src) <= smallScript { // its variables, and what calls it, are around it
			m.depth++
			m.visit(from, global)
			m.depth--
		}
		if !fn.ran && !m.visitMethod(fn, global) {
			outer := global
			if fn.made != nil {
				outer = fn.made
			}
			m.run(value{kind: closure, at: fn.at, fn: &callable{routine: fn, outer: outer, properties: newDictionary()}}, value{num: givenByCaller}, nil)
		}
		return
	}
	if m.late {
		m.runAround(at, global)
	}
}

// runAround runs the statements of the script itself that stand around a token.
func (m *machine) runAround(at uint32, global *frame) {
	const few, most = 8, 2000 // statements on each side, and tokens
	from, to := at, at
	var ends []uint32 // of statements before, the nearest first
	for left := most; from > 1 && left > 0 && len(ends) <= few; from, left = from-1, left-1 {
		switch t := m.tokens[from-1]; {
		case t.ref > 0 && t.ref < from-1 && closes(t.kind()):
			from = t.ref + 1
		case opens(t.kind()) && t.ref > at:
			ends, to = nil, t.ref
		case t.kind() == js.SemicolonToken:
			ends = append(ends, from)
		}
	}
	if n := len(ends); n > few {
		from = ends[n-1]
	}
	for n, left := 0, most; to < m.behind && n <= few && left > 0; to, left = to+1, left-1 {
		switch t := m.tokens[to]; {
		case opens(t.kind()) && t.ref > to:
			to = t.ref
		case t.kind() == js.SemicolonToken:
			n++
		}
	}
	if to = min(to, m.behind); from < to && m.step(int(to-from)) { // each question has them compiled anew
		m.statements(from, to)(global)
	}
}

// visitAll runs the functions that nobody called, the first ones of many.
func (m *machine) visitAll(global *frame) {
	const most = 64
	left := most
	for i := uint32(1); i < m.behind && left > 0 && m.steps > 0; i++ {
		if k := m.kind(i); k == js.ArrowToken || k == js.OpenBraceToken && m.kind(i-1) == js.CloseParenToken {
			m.visit(i+1, global)
			left--
		}
	}
}

// step spends some of the machine's steps. Where both sides of a condition are
// run, and of one within it, they multiply and mostly tell nothing new: the deeper
// in doubt, the dearer.
func (m *machine) step(n int) bool {
	m.steps -= n << min(max(m.doubts-freeDoubts, 0), maxDoubtCost)
	return m.steps > 0
}

// sparing runs what may not matter with a part of the steps: where it goes on for long
// there are some left for what follows, and that it was left is kept.
func (m *machine) sparing(run func()) {
	spared := max(0, m.steps-max(m.steps/share, leastShare))
	m.steps -= spared
	run()
	m.cut = m.cut || m.steps <= 0
	m.steps += spared
}

func (f *frame) lookup(number uint32) *value {
	for ; f != nil; f = f.outer {
		if c := f.own(number); c != nil {
			return c.value
		}
	}
	return nil
}

// own returns the variable of this frame. Where there are many, a table finds it.
func (f *frame) own(number uint32) *cell {
	if f.table != nil {
		if i, ok := f.table[number]; ok {
			return &f.cells[i]
		}
		return nil
	}
	for i := range f.cells {
		if f.cells[i].number == number {
			return &f.cells[i]
		}
	}
	return nil
}

// define declares a variable of a frame.
func (m *machine) define(f *frame, number uint32, v value) {
	if known := f.own(number); known != nil {
		*known.value, known.side = v, m.side
		return
	}
	f.cells = append(f.cells, cell{number, m.side, ptr(v)})
	const many = 16
	if last := len(f.cells) - 1; f.table != nil {
		f.table[number] = last
	} else if last == many {
		f.table = map[uint32]int{}
		for i, c := range f.cells {
			f.table[c.number] = i
		}
	}
}

// assignTo gives a variable a value where it is declared, or else here.
func (m *machine) assignTo(f *frame, number uint32, v value) {
	if number == 0 {
		return
	}
	last := f
	for ; f != nil; last, f = f, f.outer {
		c := f.own(number)
		if c == nil {
			continue
		}
		if m.doubt == certain || c.side == m.side { // where it is declared, this is done as well
			*c.value = v
		} else if m.step(doubtSteps) {
			*c.value = m.doubt.joined(*c.value, v)
		}
		return
	}
	m.define(last, number, v)
}

// run calls a function of the script.
func (m *machine) run(v, this value, args []argument) value {
	c := v.fn
	if m.depth >= maxCalls || !m.step(4+argumentSteps(args)) || m.thrown {
		return value{}
	}
	if m.doubt != certain && c.active >= maxDoubtful {
		return value{} // each call would make two more
	}
	m.depth++
	c.active++
	calls := m.calls
	m.calls = append(calls, c)
	defer func() { m.depth--; c.active--; m.calls = calls }()
	c.ran = true
	m.prepare(c.routine)
	if missing(this) && m.returnsThis(c.at) {
		return value{kind: globalName, plain: true}
	}
	f := &frame{outer: c.outer, this: this, args: args, fn: c}
	c.args = args
	if c.arrow {
		if c.outer != nil {
			f.this, f.args, f.fn = c.outer.this, c.outer.args, c.outer.fn
		}
	}
	if c.routine.body == nil && c.routine.expression == nil {
		return value{kind: undefined}
	}
	for _, p := range c.parameters {
		p(f, args)
	}
	switch {
	case c.routine.generator && c.body != nil:
		return m.generate(f, c.body)
	case c.routine.async && c.expression != nil:
		return m.asynchronous(f, func(f *frame) (value, bool) { v := c.expression(f); return v, m.thrown })
	case c.routine.async:
		return m.asynchronous(f, func(f *frame) (value, bool) { return m.completed(c.body(f), f) })
	case c.expression != nil:
		return c.expression(f)
	}
	got, failed := m.completed(c.body(f), f)
	if failed {
		return value{}
	}
	return got
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
