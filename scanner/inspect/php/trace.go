package php

import (
	"cmp"
	"maps"
	"slices"

	"plugvet/scanner/inspect/internal/sqlite"
	"plugvet/scanner/inspect/script"
)

// Some code is there to hide: a name that goes through parameters, properties and
// methods before it is called, goto through numbered states, a switch in a loop in
// which a name grows. A trace goes through a script as PHP would, and notes what is
// called and what is run. What it cannot compute it takes for unknown and goes on:
// of a condition that is not known it takes both branches. So it sets no variable
// of the script, and what it notes is only said of calls whose name is computed.

// A trace is what was called, or run as code, at the tokens of a script.
type trace struct {
	fuel   int // statements that it may still take
	half   int // of those that it might take at first
	unsure bool
	seen   map[int][]value
	marks  map[int]marks // of what is called and not known
	looked map[int]bool  // the tokens of the script at which a value was noted, known or not
	rounds int           // of all loops

	statics   map[string]value // "class::$name", "class::case" and the static variables of functions
	constants map[string]value // of define
	defined   []string         // their names, in the order of the script
	visited   map[*declaration]bool
	heirs     map[heir]bool // that have run what they inherit
	objects   []*object
	closures  []*closure
	made      int    // objects, which are numbered so
	instances int    // of them that new made, or was to make
	revived   int    // that a text made, and
	copies    int    // that are copies, and arrays with them
	limit     string // what was not followed to the end; empty for nothing
	buffer    []byte // of ob_start
	printer   value  // that gets what is in the buffer
	handler   value  // of errors
	lastError value  // its text
	warned    int    // how often it was called for what PHP warns of
	ofParser  saxHandlers
	entities  value // what libxml calls for what a document declares to lie elsewhere
	thrown    value
	globals   *reader // of the file
	kept      *reader // whose variables are those that functions keep

	evaluated int // pieces of code

	place     *reference                  // that a function returned
	linked    bool                        // an element or a property is another name of a place
	autoload  []value                     // what is asked for classes that are not there
	asked     map[string]bool             // for which it was
	wrappers  map[string]string           // classes by the scheme that they open
	filters   map[string]string           // classes by the filter that they are
	bucket    *object                     // with what goes through one of them,
	filtering bool                        // while one runs
	passedOn  string                      // what it hands on
	links     []script.Link               // what of other files is run
	settings  map[string]value            // of ini_set and putenv, by name
	files     map[string]string           // that the script has written, by name
	databases map[string]*sqlite.Database // by the names of their files
	signals   map[int64]value             // what is called at signals
	sheet     map[string]string           // the variables of a style sheet
	hooks     []*hook                     // in the order in which the host calls them
	aliases   map[string]string           // of class_alias, of PHP's own classes
	shared    *array                      // what is kept in shared memory and caches
	random    *mersenne                   // that mt_srand has seeded
	untaken   value                       // what strtok has left of a text
	programs  []*program                  // that it starts and that read what it writes
	unread    map[string]marks            // of what it has written and is not known, by the name of the file

	fiber *fiberRun // that runs

	linker   *linker // the files that the script is read together with; nil for none
	byHost   bool    // it runs what the host calls of other files, and not the script
	here     int     // the statement of the script that is run, or from which others are
	open     script.Openness
	included []string // by names that are put together
}

const (
	traceFuel  = 5_000    // statements of one trace, and calls
	plainFuel  = 400      // of a script without a sign that it builds names
	hostFuel   = 500      // of what the host calls of files that a script is read with,
	maxHosted  = 32 << 10 // where they are small: bytes of all
	traceSteps = 1        // tokens that it may evaluate for each byte, over the floor
)

// newTrace returns a reader that traces from the beginning of a script.
func (r *reader) newTrace() *reader {
	m := r.quiet()
	own := *r.source
	own.steps = 4*len(own.src) + 1<<20
	own.blocksOfWords()
	survey := *r.survey
	m.source, m.survey, m.home = &own, &survey, &code{source: &own, survey: &survey}
	m.budget = script.NewBudget((len(r.src)+r.linker.size())/4, traceSteps)
	m.trace = &trace{statics: map[string]value{}, constants: map[string]value{}}
	m.trace.refuel(traceFuel)
	m.blocks = []openBlock{{open: -1}}
	m.local = map[string]value{}
	m.trace.globals = m
	for _, f := range m.survey.constants { // what other code asks for, too
		f.home = m.home
	}
	if r.linker != nil {
		m.enlink(r.linker)
	}
	return m
}

func (t *trace) refuel(statements int) { t.fuel, t.half = statements, statements/2 }

// traceAll traces a script from its beginning, and then the functions that nothing
// has called, with arguments that are not known.
func (r *reader) traceAll() {
	m := r.newTrace()
	if r.linker == nil && !r.survey.buildsNames() {
		m.trace.refuel(plainFuel)
	}
	ended := m.runFrom(0, -1, r.length)
	m.failed = false
	if ended == threw {
		m.invokeValue(m.trace.handler, []argument{{value: m.trace.thrown}}, 0)
		m.failed = false
	}
	m.runHooks()
	m.runDestructors() // before others give the objects what is not known
	short := m.trace.fuel < 0
	m.runEntries(r.survey.entries())
	m.runDestructors() // of the objects that those have made
	short = short || m.trace.fuel < 0 && m.trace.rounds > m.trace.half/2
	m.runHeirs()                                         // who have their own
	if r.linker != nil && r.linker.size() <= maxHosted { // what the host calls of the other files, with what they have got by now
		m.trace.byHost = true
		m.trace.refuel(min(m.trace.fuel, hostFuel))
		m.runEntries(m.survey.entries())
	}
	for i := 0; i < len(m.trace.closures) && m.trace.fuel >= 0; i++ {
		if c := m.trace.closures[i]; !c.ran {
			m.runClosure(c, fromCallers)
		}
	}
	m.runPrograms()
	r.traced(m.trace)
	if short && r.leavesCalls(m.trace) {
		r.limited(tooManyStatements)
	}
	if m.trace.limit != "" {
		r.limited(m.trace.limit)
	}
	if r.level == 0 {
		for _, l := range m.trace.links {
			r.link(l)
		}
		r.openness |= m.trace.open
		for _, name := range m.trace.included {
			r.ask(name)
		}
	}
	r.survey.forget()
}

// tooManyStatements is told of a script that spends its trace on what it does when it
// is loaded, or in its loops. Functions of which the arguments are not known spend it in
// much ordinary code.
const tooManyStatements = "too many statements to follow to a call of what has no name there"

// leavesCalls tells whether a trace has not come to a call, or an eval, of what has no
// name where it stands.
func (r *reader) leavesCalls(t *trace) bool {
	for i, token := range r.tokens[:r.length] {
		if token.kind != '(' || i == 0 || !r.isDynamic(i) {
			continue
		}
		switch before := r.tokens[i-1]; {
		case before.word == wordEval:
			if !t.looked[i+1] {
				return true
			}
		case before.kind != nameToken && before.kind != varNameToken:
			if !t.looked[i] {
				return true
			}
		}
	}
	return false
}

// runEntries runs those of functions and methods that nothing has called.
func (m *reader) runEntries(entries []entry) {
	for _, e := range entries {
		if m.trace.fuel < 0 {
			break
		}
		if m.trace.visited[e.declaration] {
			continue
		}
		if e.class == "" {
			m.runFunction(e.declaration, fromCallers)
			continue
		}
		var this *object
		for _, o := range m.trace.objects {
			if e.name == "__construct" { // which has made them, or never will
				break
			}
			if d, _ := m.survey.method(o.class, e.name); d == e.declaration {
				this = o
				m.runMethod(d, e.class, o, fromCallers)
			}
		}
		if this == nil {
			m.runMethod(e.declaration, e.class, m.constructed(&object{class: e.class, extended: m.mayBeExtended(e.class)}, fromCallers).object(), fromCallers)
		}
	}
}

// fromCallers are the arguments of a function that only other files call.
var fromCallers = []argument{{value: value{guess: &guess{from: ofCallers}}, spread: true}}

// An entry is a function or a method that the host may call.
type entry struct {
	class, name string
	*declaration
}

// entries are the functions and methods of a script, in their order.
func (s *survey) entries() (all []entry) {
	for name, d := range s.functions {
		all = append(all, entry{"", name, d})
	}
	for class, c := range s.classes {
		for name, d := range c.methods {
			all = append(all, entry{class, name, d})
		}
	}
	slices.SortFunc(all, func(a, b entry) int {
		return cmp.Or(a.file()-b.file(), a.params-b.params)
	})
	return all
}

// file is the number of the file that declares an entry; see code.sibling.
func (e entry) file() int {
	if e.home == nil {
		return 0
	}
	return e.home.sibling
}

// forget drops what a trace has computed of the script's facts: it may have run out
// of what it may spend.
func (s *survey) forget() {
	again := func(f *fact) { f.looked, f.values = false, nil }
	for i := range s.scopes {
		for _, f := range s.scopes[i].facts {
			again(f)
		}
	}
	for _, facts := range []map[string]*fact{s.constants, s.members} {
		for _, f := range facts {
			again(f)
		}
	}
	for _, d := range s.functions {
		d.failures = 0
	}
}

// saw notes a value at a token of a reader that traces.
func (r *reader) saw(at int, v value) {
	if r.trace == nil {
		return
	}
	if r.home.sibling > 0 {
		r.sawLinked(at, v)
		return
	}
	at = r.noted(at)
	if r.trace.looked == nil {
		r.trace.looked = map[int]bool{}
	}
	r.trace.looked[at] = true
	says := func(choice value) bool { return choice.s != "" } // where text is added, it is empty at first
	m := v.marks
	if slices.ContainsFunc(v.oneOf(), says) {
		m &= fromInput | fromList // which may say something else
	}
	if !v.known() && m != 0 {
		if r.trace.marks == nil {
			r.trace.marks = map[int]marks{}
		}
		r.trace.marks[at] |= m
	}
	for _, one := range append(v.oneOf(), v) {
		r.sawOne(at, one)
	}
}

func (r *reader) sawOne(at int, v value) {
	if v.kind == arrayKind {
		name := r.callable(v)
		if name == "" {
			return
		}
		v = value{kind: stringKind, s: name, computed: v.computed}
	}
	if v.kind != stringKind || len(r.trace.seen[at]) >= maxChoices {
		return
	}
	for i, other := range r.trace.seen[at] {
		if other.s == v.s {
			r.trace.seen[at][i].wrapped = other.wrapped && v.wrapped
			return
		}
	}
	if r.trace.seen == nil {
		r.trace.seen = map[int][]value{}
	}
	r.trace.seen[at] = append(r.trace.seen[at], v)
}

// unsure says that a computation came to something that is not known. Only a
// trace goes on.
func (r *reader) unsure() {
	if r.trace == nil {
		r.failed = true
		return
	}
	r.trace.unsure = true
}

// traced adds what a trace has seen to what is known of the script.
func (r *reader) traced(t *trace) {
	for at, values := range t.seen {
		if r.traces == nil {
			r.traces = map[int][]value{}
		}
		for _, v := range pickedOf(values) {
			i := slices.IndexFunc(r.traces[at], func(other value) bool { return other.s == v.s })
			if i < 0 {
				r.traces[at] = append(r.traces[at], v)
			} else {
				r.traces[at][i].wrapped = r.traces[at][i].wrapped && v.wrapped
			}
		}
	}
	if len(t.marks) > 0 {
		if r.traceMarks == nil {
			r.traceMarks = map[int]marks{}
		}
		for at, m := range t.marks {
			r.traceMarks[at] |= m
		}
	}
}

// besides are what traces saw where it is something else than what a value is known to be,
// which a reference may have changed, and that value; none where it is the same.
func besides(v value, seen []value) []value {
	same := func(one value) bool { return v.known() && one.s == v.s }
	switch {
	case !v.known():
		return seen
	case len(seen) == 0 || len(seen) == 1 && same(seen[0]):
		return nil
	case slices.ContainsFunc(seen, same):
		return seen
	}
	return append(slices.Clip(seen), v)
}

// revealed notes the calls that traces saw at a token.
func (r *reader) revealed(at, from int) {
	for _, v := range r.traces[at] {
		r.use(script.Call, r.callable(v), from, v.hides())
	}
}

// revealedTexts writes what a trace saw a method give the functions that it calls by
// itself, such as commands.
func (r *reader) revealedTexts(open int) {
	for _, v := range r.traces[open] {
		if end := r.tokens[r.match[open]]; r.out != nil && !wantedNames[r.callable(v)] {
			r.constant(v, int(end.start), int(end.end))
		}
	}
}

// revealedCallbacks notes what a trace saw a function call that is given it; a
// parenthesis stands before its arguments.
func (r *reader) revealedCallbacks(name string, open, from int) {
	const most = 1 << 10 // tokens
	places := callbackArguments[name]
	end := min(int(r.match[open]), open+most)
	for k, n := open+1, 0; len(places) > 0 && k < end; k++ {
		if r.tokens[k-1].kind == ',' || k == open+1 {
			if slices.Contains(places, n) {
				r.revealed(k, from)
			}
			n++
		}
		if m := int(r.match[k]); m > k {
			k = m
		}
	}
}

// revealedOpening notes that a trace saw an address opened by what is called at a token.
func (r *reader) revealedOpening(at, from int) {
	for _, v := range r.traces[at] {
		if v.s == urlOpened {
			r.use(script.Call, urlOpened, from, v.computed)
		}
	}
}

// joined is a value that is one of two, without losing what is known of either.
func (r *reader) joined(a, b value) value {
	switch {
	case a.kind == b.kind && a.s == b.s && a.n == b.n && a.array == b.array && a.guess == b.guess:
		a.marks |= b.marks
		a.wrapped = a.wrapped && b.wrapped
		return a
	case a.object() != nil || a.closure() != nil:
		return a.whichever(true).or(b)
	case b.object() != nil || b.closure() != nil:
		return b.whichever(true).or(a)
	case a.kind == arrayKind && b.kind == arrayKind && len(a.array.values) > 0 && len(b.array.values) > 0:
		out := r.eitherArray(a.array, b.array)
		out.marks |= a.marks | b.marks
		return out
	case a.kind == arrayKind && (len(a.array.values) > 0 || b.marks == 0):
		return a
	case b.kind == arrayKind && (len(b.array.values) > 0 || a.marks == 0):
		return b
	}
	return either(a, b)
}

// branches runs the branches of a condition that is not known, one after another,
// each from the same variables; one alone may not be taken. It returns how they end
// if all end alike.
func (r *reader) branches(run ...func() outcome) outcome {
	r.unsure()
	before := maps.Clone(r.local)
	random, drawn := r.trace.random, r.trace.random.count()
	var after []map[string]value
	ended := wentOn
	for i, branch := range run {
		if i > 0 {
			after = append(after, r.local)
			if r.local = before; i < len(run)-1 {
				r.local = maps.Clone(before)
			}
		}
		o := branch()
		r.leaves = r.leaves || o == brokeOut
		if o == returnedValue {
			r.maybe = append(r.maybe, r.returned)
		}
		if (i == 0 || o == ended) && len(run) > 1 {
			ended = o
		} else {
			ended = wentOn
		}
		if !r.budget.Take(elementCost * len(r.local)) {
			r.trace.fuel = -1
		}
	}
	if r.trace.random == random && random.count() != drawn { // perhaps
		r.trace.random = nil
	}
	if len(run) == 1 {
		after = append(after, r.local)
		r.local = before
	}
	for _, branch := range after {
		for name, v := range branch {
			if now, ok := r.local[name]; ok {
				v = r.joined(v, now)
			}
			r.local[name] = v
		}
	}
	if ended == jumped || ended == threw {
		ended = wentOn
	}
	return ended
}
