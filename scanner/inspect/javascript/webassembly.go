package javascript

import (
	"math"
	"math/big"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/wasm"
)

// Modules of WebAssembly that a script makes instances of are followed as the script is,
// by package wasm: their functions are called where the script calls them, their imports
// are functions of the script, and their memory is one that lies under its lists.

// Limits on what of WebAssembly is followed for one script.
const (
	maxInstances     = 8
	maxSharedMemory  = 8
	maxModuleCall    = 1 << 20 // instructions of one call,
	maxInstructions  = 8 << 20 // and of all,
	instructionsStep = 4       // of which a step of the machine pays for so many
	maxAskedExports  = 16      // functions that nobody calls
	callModuleSteps  = 32
)

// A webAssembly is what a machine knows of it.
type webAssembly struct {
	store     wasm.Store
	left      int // instructions
	depth     int // of calls into a module
	choices   int // of the store, when the outermost of them began
	instances []*instance
	memories  map[*value]*sharedMemory // by what lies under the script's lists
}

// An instance is one that the script has made, with what it gave as imports.
type instance struct {
	exports []*wasm.Function
	imports []value // functions
	asks    bool    // for functions, of which it has called
	called  bool    // one
}

// A sharedMemory is one of WebAssembly that the script has seen.
type sharedMemory struct {
	*wasm.Memory
	bytes   *value // of an ArrayBuffer
	seen    string // what they were when the two were the same last
	changes int
}

func (m *machine) webAssembly() *webAssembly {
	if m.assembled == nil {
		m.assembled = &webAssembly{left: maxInstructions, memories: map[*value]*sharedMemory{}}
	}
	return m.assembled
}

// ofWebAssembly evaluates the functions and the classes of WebAssembly. It is false where it
// is not known what they give.
func (m *machine) ofWebAssembly(name string, args []argument) (value, bool) {
	first, second := argumentOr(args, 0), argumentOr(args, 1)
	size := func(key string, absent float64) uint64 {
		n, ok := itemOf(first, key)
		if !ok || n.kind == undefined {
			return uint64(absent)
		}
		return uint64(max(0, min(n.num, math.MaxUint32)))
	}
	switch name {
	case "WebAssembly.Module", "WebAssembly.compile":
		module, ok := m.moduleOf(first)
		return moduleObject(module), ok
	case "WebAssembly.Instance":
		module, ok := native(first).(*wasm.Module)
		if !ok {
			return value{}, false
		}
		return m.instantiate(module, second)
	case "WebAssembly.instantiate":
		if module, ok := native(first).(*wasm.Module); ok {
			return m.instantiate(module, second)
		}
		module, ok := m.moduleOf(first)
		if !ok {
			return value{}, false
		}
		made, ok := m.instantiate(module, second)
		return objectOf("module", moduleObject(module), "instance", made), ok
	case "WebAssembly.validate":
		_, ok := m.moduleOf(first)
		return booleanValue(true), ok
	case "WebAssembly.Memory":
		if memory, ok := wasm.NewMemory(size("initial", 0), size("maximum", math.MaxUint32)); ok && first.kind == dictionary {
			return m.exportedValue(memory), true
		}
	case "WebAssembly.Table":
		if table, ok := wasm.NewTable(size("initial", 0), size("maximum", math.MaxUint32)); ok && m.step(1+table.Len()/16) {
			return m.exportedValue(table), true
		}
	case "WebAssembly.Global":
		of, ok := map[string]wasm.Type{"i32": wasm.I32, "i64": wasm.I64, "f32": wasm.F32, "f64": wasm.F64, "externref": wasm.ExternRef}[itemText(first, "value")]
		if ok {
			return m.exportedValue(&wasm.Global{Type: of, Value: m.toModule(second, of)}), true
		}
	case "WebAssembly.Module.exports", "WebAssembly.Module.imports", "WebAssembly.Module.customSections":
		module, ok := native(first).(*wasm.Module)
		if !ok || !m.step(8+len(module.Exports)+len(module.Imports)+len(module.Customs)) {
			return value{}, false
		}
		list := []value{}
		kinds := [...]string{"function", "table", "memory", "global"}
		switch name {
		case "WebAssembly.Module.exports":
			for _, e := range module.Exports {
				list = append(list, objectOf("name", textValue(e.Name), "kind", textValue(kinds[e.Kind&3])))
			}
		case "WebAssembly.Module.imports":
			for _, i := range module.Imports {
				list = append(list, objectOf("module", textValue(i.Module), "name", textValue(i.Name), "kind", textValue(kinds[i.Kind&3])))
			}
		default:
			for _, c := range module.Customs {
				if c.Name == second.str {
					list = append(list, value{kind: buffer, str: string(c.Content), more: arrayBuffer})
				}
			}
		}
		return arrayValue(list), true
	}
	return value{}, false
}

// moduleOf reads a module from bytes.
func (m *machine) moduleOf(v value) (*wasm.Module, bool) {
	if v = m.current(v); v.kind == array && v.num > 0 {
		v = wideBytes(*v.items, int(v.num), v.more)
	}
	if v.kind != buffer || !m.step(8+len(v.str)/16) {
		return nil, false
	}
	return wasm.Read([]byte(v.str))
}

func moduleObject(module *wasm.Module) value {
	v := newDictionary()
	v.more, v.fn = "WebAssembly.Module", &callable{routine: &routine{}, native: module}
	return v
}

// native is what of WebAssembly a value is.
func native(v value) any {
	if v.fn == nil {
		return nil
	}
	return v.fn.native
}

// instantiate makes an instance.
func (m *machine) instantiate(module *wasm.Module, imports value) (value, bool) {
	w := m.webAssembly()
	if len(w.instances) == maxInstances || m.depth >= maxCalls {
		return value{}, false
	}
	var made *wasm.Instance
	var outcome wasm.Outcome
	own := &instance{imports: functionsIn(imports, 0)}
	m.inModule(func() {
		made, outcome = w.store.Instantiate(module, func(i wasm.Import) any {
			of := m.get(m.get(imports, textValue(i.Module)), textValue(i.Name))
			switch to := native(of).(type) {
			case nil:
			case *wasm.Module:
			default:
				return to
			}
			switch i.Kind {
			case wasm.FunctionKind:
				own.asks = true
				return &wasm.Function{Signature: i.Signature, Host: func(args []wasm.Value) ([]wasm.Value, bool) {
					own.called = true
					return m.calledBack(of, i.Signature, args)
				}}
			case wasm.GlobalKind:
				return &wasm.Global{Type: i.Type, Value: m.toModule(of, i.Type)}
			}
			return nil
		})
	})
	if made == nil {
		return value{}, false
	}
	exports := newDictionary()
	for _, e := range module.Exports {
		of := made.Exported(e)
		if f, ok := of.(*wasm.Function); ok {
			own.exports = append(own.exports, f)
		}
		m.put(exports, textValue(e.Name), m.exportedValue(of))
	}
	w.instances = append(w.instances, own)
	v := objectOf("exports", exports)
	v.more = "WebAssembly.Instance"
	if outcome == wasm.Trapped && !m.thrown {
		m.trap()
	}
	return v, true
}

func (m *machine) trap() {
	m.thrown, m.exception = true, m.errorOf("RuntimeError", []argument{{value: textValue("unreachable")}})
}

// exportedValue is what a script sees of a part of an instance.
func (m *machine) exportedValue(of any) value {
	fn := &callable{routine: &routine{}, native: of}
	method := func(name string) value { return value{kind: method, str: name, self: &value{}, fn: fn} }
	getter := func(name string) value {
		v := method(name)
		v.more = "get"
		return v
	}
	v := newDictionary()
	switch of.(type) {
	case *wasm.Function:
		return method("call")
	case *wasm.Memory:
		v = objectOf("buffer", getter("buffer"), "grow", method("grow"))
		v.more = "WebAssembly.Memory"
	case *wasm.Table:
		v = objectOf("length", getter("length"), "get", method("get"), "set", method("set"), "grow", method("grow"))
		v.more = "WebAssembly.Table"
	case *wasm.Global:
		v = objectOf("value", getter("value"), setterKey+"value", method("set"), "valueOf", method("value"))
		v.more = "WebAssembly.Global"
	}
	v.fn = fn
	return v
}

// ofModule calls a method of a part of an instance.
func (m *machine) ofModule(f value, args []argument) value {
	first, second := argumentOr(args, 0), argumentOr(args, 1)
	n, known := first.number()
	switch of := native(f).(type) {
	case *wasm.Function:
		return m.callModule(of, args)
	case *wasm.Memory:
		if f.str == "buffer" {
			return m.bufferOf(of)
		}
		if known && n >= 0 && n < math.MaxUint32 {
			return numberValue(float64(of.Grow(uint64(n))))
		}
	case *wasm.Table:
		switch {
		case f.str == "length":
			return numberValue(float64(of.Len()))
		case !known || n < 0 || n > maxItems:
		case f.str == "get":
			if entry, ok := of.Get(int(n)); ok {
				return m.fromModule(entry, wasm.FuncRef)
			}
		case f.str == "set":
			of.Set(int(n), m.toModule(second, wasm.FuncRef))
			return value{kind: undefined}
		case m.step(1 + int(n)/16):
			return numberValue(float64(of.Grow(uint64(n), m.toModule(second, wasm.FuncRef))))
		}
	case *wasm.Global:
		if f.str == "value" {
			return m.fromModule(of.Value, of.Type)
		}
		of.Value = m.toModule(first, of.Type)
		return value{kind: undefined}
	}
	return value{decoded: true}
}

// inModule does what follows instructions, which the machine's steps pay for.
func (m *machine) inModule(do func()) {
	w := m.webAssembly()
	m.toMemories()
	if w.depth > 0 {
		w.depth++
		do()
		w.depth--
		return
	}
	most := max(0, min(w.left, maxModuleCall, m.steps*instructionsStep))
	w.store.Steps, w.choices = most, w.store.Choices
	w.depth++
	do()
	w.depth--
	spent := most - w.store.Steps
	w.left -= spent
	m.step(1 + spent/instructionsStep)
}

// callModule calls a function of a module. Where it goes ways of which it is not known
// whether they are gone, it is called once more for the others, and what it gives may be
// something else.
func (m *machine) callModule(f *wasm.Function, args []argument) value {
	w := m.webAssembly()
	if !m.step(callModuleSteps) || m.depth >= maxCalls || m.thrown || w.left <= 0 {
		return value{decoded: true}
	}
	m.depth++
	defer func() { m.depth-- }()
	var all []value
	for range 2 {
		before := w.store.Choices
		var got []wasm.Value
		var outcome wasm.Outcome
		m.inModule(func() {
			given := make([]wasm.Value, len(f.Parameters))
			for i, t := range f.Parameters {
				given[i] = m.toModule(argumentOr(args, i), t)
			}
			got, outcome = w.store.Call(f, given)
		})
		certainly := w.store.Choices == before
		switch {
		case outcome == wasm.Done:
			all = append(all, m.resultsOf(f, got))
		case outcome == wasm.Trapped && certainly && !m.thrown:
			m.trap()
			return value{}
		}
		if certainly && len(all) == 1 {
			return all[0]
		}
		if certainly || m.thrown {
			break
		}
	}
	return anyValueFrom(value{decoded: true}, append([]value{{decoded: true}}, all...))
}

func (m *machine) resultsOf(f *wasm.Function, got []wasm.Value) value {
	items := make([]value, len(got))
	for i, v := range got {
		items[i] = m.fromModule(v, f.Results[i])
	}
	switch len(items) {
	case 0:
		return value{kind: undefined}
	case 1:
		return items[0]
	}
	return arrayValue(items)
}

// calledBack calls a function that a module was given as an import.
func (m *machine) calledBack(f value, of wasm.Signature, args []wasm.Value) ([]wasm.Value, bool) {
	w := m.webAssembly()
	if m.thrown || m.steps <= 0 {
		return nil, false
	}
	if f.kind < closure { // nothing is known of it
		return nil, true
	}
	items := make([]value, len(args))
	for i, v := range args {
		items[i] = m.fromModule(v, of.Parameters[i])
	}
	var got value
	call := func() { got = m.invokeAt(f, value{kind: undefined}, asArguments(items), m.place[0], 0, m.place[1]) }
	if w.store.Choices > w.choices {
		m.doubtful(possible, call)
	} else {
		call()
	}
	m.toMemories()
	results := []value{got}
	if got.kind == array && len(of.Results) > 1 {
		results = *got.items
	}
	var out []wasm.Value
	for i, t := range of.Results {
		v := value{}
		if i < len(results) {
			v = results[i]
		}
		out = append(out, m.toModule(v, t))
	}
	return out, !m.thrown
}

// toModule is a value as a module gets it.
func (m *machine) toModule(v value, t wasm.Type) wasm.Value {
	lost := wasm.Value{Unknown: true}
	if v.kind == unknown {
		return lost
	}
	switch t {
	case wasm.I64:
		if n := bigOf(v); n != nil {
			return wasm.Value{Bits: new(big.Int).And(n, new(big.Int).SetUint64(math.MaxUint64)).Uint64()}
		}
		return lost
	case wasm.FuncRef, wasm.ExternRef:
		if f, ok := native(v).(*wasm.Function); ok && t == wasm.FuncRef {
			return m.webAssembly().store.Refer(f)
		}
		switch {
		case v.kind == null:
			return wasm.Value{}
		case t == wasm.FuncRef:
			return lost
		}
		return m.webAssembly().store.Refer(v)
	}
	n, ok := v.number()
	switch {
	case !ok:
		return lost
	case t == wasm.I32:
		return wasm.Value{Bits: uint64(uint32(toInt32(n)))}
	case t == wasm.F32:
		return wasm.Value{Bits: uint64(math.Float32bits(float32(n)))}
	case t == wasm.F64:
		return wasm.Value{Bits: math.Float64bits(n)}
	}
	return lost
}

// fromModule is what a script gets of a module.
func (m *machine) fromModule(v wasm.Value, t wasm.Type) value {
	if v.Unknown {
		return value{decoded: true}
	}
	switch t {
	case wasm.I32:
		return numberValue(float64(int32(v.Bits)))
	case wasm.I64:
		return bigValue(big.NewInt(int64(v.Bits)))
	case wasm.F32:
		return numberValue(float64(math.Float32frombits(uint32(v.Bits))))
	case wasm.F64:
		return numberValue(math.Float64frombits(v.Bits))
	}
	switch to := m.webAssembly().store.Referred(v).(type) {
	case value:
		return to
	case *wasm.Function:
		return m.exportedValue(to)
	}
	return value{kind: null}
}

// bufferOf is the ArrayBuffer of a memory.
func (m *machine) bufferOf(memory *wasm.Memory) value {
	w := m.webAssembly()
	var shown *sharedMemory
	for _, s := range w.memories {
		if s.Memory == memory {
			shown = s
		}
	}
	if shown == nil {
		if len(w.memories) == maxSharedMemory {
			return value{decoded: true}
		}
		shown = &sharedMemory{Memory: memory, bytes: &value{kind: buffer}, changes: -1}
		w.memories[shown.bytes] = shown
	}
	m.show(shown.bytes)
	return value{kind: buffer, str: shown.bytes.str, self: shown.bytes, more: arrayBuffer, decoded: true}
}

// show has the script see what a module has written to the memory under a list.
func (m *machine) show(bytes *value) {
	if s := m.assembled.memories[bytes]; s != nil && s.changes != s.Changes && m.step(1+s.Shown()/64) {
		bytes.str = s.Contents()
		s.seen, s.changes = bytes.str, s.Changes
	}
}

// toMemories has modules see what the script has written to their memories.
func (m *machine) toMemories() {
	for _, s := range m.webAssembly().memories {
		if s.bytes.str != s.seen && m.step(1+len(s.bytes.str)/64) {
			s.Set(s.bytes.str)
			s.seen, s.changes = s.bytes.str, s.Changes
		}
	}
}

// unknownBytes tells whether some of a buffer are not known.
func (m *machine) unknownBytes(of value, from, n int) bool {
	if m.assembled == nil {
		return false
	}
	s := m.assembled.memories[of.self]
	return s != nil && n < len(s.bytes.str) && !s.Known(uint64(int(of.num)+from), uint64(n))
}

// visitInstances runs the functions that nobody called and that make instances: others
// of the script may need what those give.
func (m *machine) visitInstances(f *frame) {
	number := m.names.find("WebAssembly")
	if number == 0 {
		return
	}
	left := maxInstances
	for i := uint32(1); i < m.behind && left > 0; i++ {
		if m.tokens[i].ref == number|global {
			m.visit(i, f)
			left--
		}
	}
}

// callInstances calls the functions of instances that have not called back by then, which
// other files may do, and at last those that they would call.
func (m *machine) callInstances() {
	if m.assembled == nil {
		return
	}
	for _, i := range m.assembled.instances {
		if !i.asks || i.called || len(i.imports) == 0 {
			continue
		}
		m.openness |= script.OpenToCallers
		for n := 0; n < min(len(i.exports), maxAskedExports) && !i.called; n++ {
			m.callModule(i.exports[n], asArguments(make([]value, len(i.exports[n].Parameters))))
			m.thrown = false
		}
		for _, f := range i.imports {
			if !f.fn.ran {
				m.run(f, value{}, asArguments([]value{{decoded: true}, {decoded: true}}))
				m.thrown = false
			}
		}
	}
}

// callsBack calls the functions that a module is given of which nothing is known: what
// they get comes out of it, and of a file if that does.
func (m *machine) callsBack(args []argument) {
	for _, f := range functionsIn(argumentOr(args, 1), 0) {
		if ofPackage(origin(args[0].value)) {
			m.openness |= script.OpenToFiles
		}
		m.run(f, value{}, asArguments([]value{{decoded: true}, {decoded: true}}))
	}
}

// functionsIn are the functions of the script among imports.
func functionsIn(v value, depth int) (all []value) {
	if v.kind != dictionary || depth > 2 || v.self != nil {
		return nil
	}
	for _, item := range *v.items {
		if item.kind == closure && item.fn != nil {
			all = append(all, item)
		} else {
			all = append(all, functionsIn(item, depth+1)...)
		}
	}
	return all
}
