package wasm

// A Value is a number or a reference, by its bits. Those of one that is not known are 0.
type Value struct {
	Bits    uint64
	Unknown bool
}

// An Outcome is how a call ended.
type Outcome uint8

// How calls end.
const (
	Done    Outcome = iota
	Trapped         // as it would for anyone
	Lost            // it needs what is not known, or more than it is given
)

// Limits of what a store follows.
const (
	maxStack      = 1 << 16
	maxDepth      = 512     // calls within calls
	maxReferences = 1 << 16 // values that are referred to
	choiceSteps   = 256     // that it takes to go a way of which it is not known whether it is gone
	callSteps     = 8
	copiedStep    = 16 // bytes that are copied for a step
)

// A Store is what instances share that know one another.
type Store struct {
	Steps   int // instructions that may still be followed
	Choices int // ways that were gone where it is not known which is

	stack      []Value
	base       int // below which the function that is followed takes nothing from the stack
	depth      int
	outcome    Outcome
	references []any
}

// A Function is one of an instance, or one that somebody else gives.
type Function struct {
	Signature
	// Host is called where the function is not one of a module. It is false where
	// nothing goes on behind the call.
	Host      func(args []Value) ([]Value, bool)
	instance  *Instance
	body      []byte
	code      *code
	reference uint64
}

// An Instance is a module with what its functions work on.
type Instance struct {
	module    *Module
	functions []*Function
	tables    []*Table
	memories  []*Memory
	globals   []*Global
	elements  []segment // that were not dropped,
	data      []segment // as these
}

// Refer is a reference to a function or to anything else.
func (s *Store) Refer(to any) Value {
	f, ok := to.(*Function)
	if ok && f.reference != 0 {
		return Value{Bits: f.reference}
	}
	if len(s.references) == maxReferences {
		return Value{Unknown: true}
	}
	s.references = append(s.references, to)
	n := uint64(len(s.references))
	if ok {
		f.reference = n
	}
	return Value{Bits: n}
}

// Referred is what a reference refers to; nil if to nothing.
func (s *Store) Referred(v Value) any {
	if v.Unknown || v.Bits == 0 || v.Bits > uint64(len(s.references)) {
		return nil
	}
	return s.references[v.Bits-1]
}

// Instantiate makes an instance of a module with what resolve gives for its imports: a
// *Function, *Table, *Memory or *Global. There is none where that is not what is asked
// for. What is lost or trapped is the function that is called first.
func (s *Store) Instantiate(m *Module, resolve func(Import) any) (*Instance, Outcome) {
	i := &Instance{module: m, elements: append([]segment(nil), m.elements...), data: append([]segment(nil), m.data...)}
	ok := true
	for _, from := range m.Imports {
		switch to := resolve(from).(type) {
		case *Function:
			i.functions = append(i.functions, to)
			ok = ok && from.Kind == FunctionKind
		case *Table:
			i.tables = append(i.tables, to)
			ok = ok && from.Kind == TableKind
		case *Memory:
			i.memories = append(i.memories, to)
			ok = ok && from.Kind == MemoryKind
		case *Global:
			i.globals = append(i.globals, to)
			ok = ok && from.Kind == GlobalKind
		default:
			ok = false
		}
	}
	for n, t := range m.functions {
		i.functions = append(i.functions, &Function{Signature: m.types[t], instance: i, body: m.bodies[n]})
	}
	for _, e := range m.tables {
		t, made := NewTable(e.first, e.most)
		i.tables = append(i.tables, t)
		s.Steps -= int(min(e.first, maxTable) / copiedStep)
		ok = ok && made
	}
	for _, e := range m.memories {
		memory, made := NewMemory(e.first, e.most)
		i.memories = append(i.memories, memory)
		ok = ok && made
	}
	s.Steps -= len(m.functions) + len(m.Imports)
	for _, e := range m.Exports {
		ok = ok && i.Exported(e) != nil
	}
	if !ok || s.Steps <= 0 {
		return nil, Lost
	}
	for _, g := range m.globals {
		i.globals = append(i.globals, &Global{g.of, s.evaluate(i, g.first)})
	}
	before := s.outcome
	s.outcome = Done
	defer func() { s.outcome = before }()
	for n, e := range i.elements {
		if e.active {
			s.initialise(i, uint64(n), uint64(e.into), s.evaluate(i, e.at), Value{}, Value{Bits: uint64(e.len())})
		}
	}
	for n, d := range i.data {
		if d.active {
			s.fill(i, uint64(n), uint64(d.into), s.evaluate(i, d.at), Value{}, Value{Bits: uint64(len(d.bytes))})
		}
	}
	if s.outcome != Done {
		return nil, s.outcome
	}
	if m.start >= 0 {
		if m.start >= len(i.functions) {
			return nil, Lost
		}
		_, outcome := s.Call(i.functions[m.start], nil)
		return i, outcome
	}
	return i, Done
}

// Exported is what an export stands for, or nil.
func (i *Instance) Exported(e Export) any {
	n := int(e.index)
	switch {
	case e.Kind == FunctionKind && n < len(i.functions):
		return i.functions[n]
	case e.Kind == TableKind && n < len(i.tables):
		return i.tables[n]
	case e.Kind == MemoryKind && n < len(i.memories):
		return i.memories[n]
	case e.Kind == GlobalKind && n < len(i.module.globals)+len(i.globals):
		if n < len(i.globals) {
			return i.globals[n]
		}
		return &Global{}
	}
	return nil
}

// evaluate is what an expression of a module comes to.
func (s *Store) evaluate(i *Instance, expression []byte) Value {
	f := &Function{Signature: Signature{Results: []Type{I64}}, instance: i}
	s.Steps -= len(expression) / 8
	f.code = i.module.compile(expression, false)
	got, outcome := s.Call(f, nil)
	if outcome != Done || len(got) != 1 {
		return Value{Unknown: true}
	}
	return got[0]
}

// Call calls a function.
func (s *Store) Call(f *Function, args []Value) ([]Value, Outcome) {
	base, outcome, height := s.base, s.outcome, len(s.stack)
	s.base, s.outcome = height, Done
	for n := range f.Parameters {
		v := Value{}
		if n < len(args) {
			v = args[n]
		}
		s.stack = append(s.stack, v)
	}
	s.call(f)
	ended := s.outcome
	var results []Value
	if ended == Done {
		results = append(results, s.stack[min(height, len(s.stack)):]...)
	}
	s.stack = s.stack[:min(height, len(s.stack))]
	s.base, s.outcome = base, outcome
	return results, ended
}

// end says how what is followed ends, if it has not ended yet.
func (s *Store) end(how Outcome) {
	if s.outcome == Done {
		s.outcome = how
	}
}

func (s *Store) push(v Value) { s.stack = append(s.stack, v) }

func (s *Store) pushBits(bits uint64) { s.stack = append(s.stack, Value{Bits: bits}) }

func (s *Store) pop() Value {
	n := len(s.stack) - 1
	if n < s.base {
		s.end(Lost)
		return Value{}
	}
	v := s.stack[n]
	s.stack = s.stack[:n]
	return v
}

// call calls a function with what lies on the stack, where it leaves the results.
func (s *Store) call(f *Function) {
	from := len(s.stack) - len(f.Parameters)
	if from < s.base || s.depth >= maxDepth || s.Steps <= 0 {
		s.end(Lost)
		return
	}
	s.Steps -= callSteps + (len(f.Parameters)+len(f.Results))/8
	if f.instance == nil {
		args := append([]Value(nil), s.stack[from:]...)
		s.stack = s.stack[:from]
		var results []Value
		ok := f.Host != nil
		if ok {
			s.depth++
			results, ok = f.Host(args)
			s.depth--
		}
		if !ok {
			s.end(Lost)
			return
		}
		for n := range f.Results {
			v := Value{Unknown: true}
			if n < len(results) {
				v = results[n]
			}
			s.push(v)
		}
		return
	}
	if f.code == nil {
		s.Steps -= len(f.body) / 8
		f.code = f.instance.module.compile(f.body, true)
	}
	if f.code.lost || len(s.stack)+f.code.locals > maxStack {
		s.end(Lost)
		return
	}
	s.Steps -= f.code.locals / 8
	for range f.code.locals {
		s.push(Value{})
	}
	base := s.base
	s.base = len(s.stack)
	s.depth++
	s.follow(f, from)
	s.depth--
	if n := len(f.Results); s.outcome == Done {
		if len(s.stack)-n < s.base {
			s.end(Lost)
		} else {
			s.stack = append(s.stack[:from], s.stack[len(s.stack)-n:]...)
		}
	}
	s.base = base
}

// choose takes one of n ways where it is not known which is gone: each time the next one.
func (s *Store) choose(c *code, at, n int) int {
	if c.chosen == nil {
		c.chosen = map[int]int{}
	}
	way := c.chosen[at] % n
	c.chosen[at]++
	s.Choices++
	s.Steps -= choiceSteps
	return way
}
