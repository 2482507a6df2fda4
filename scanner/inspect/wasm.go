package inspect

import "encoding/binary"

// Facts of the format are from the WebAssembly core specification, section 5,
// and for components from Binary.md of the component model.
const (
	wasmHeader      = 8 // magic and version, before the first section
	wasmLayerCore   = 0
	wasmLayerModel  = 1  // the component model's
	maxWasmNesting  = 16 // modules in components in components
	coreImports     = 2
	coreExports     = 7
	modelModule     = 1
	modelComponent  = 4
	modelImports    = 10
	wasmFunction    = 0
	wasmTable       = 1
	wasmMemory      = 2
	wasmGlobal      = 3
	wasmTag         = 4
	limitsMaximum   = 1
	limitsPageSize  = 8
	refNull, refSet = 0x63, 0x64 // a reference to a type that follows
)

// wasm reads what a module asks of whoever runs it, as "module.name", and what
// it offers. For a component those are interfaces ("wasi:sockets/tcp@0.2.0"),
// and those of the modules within it.
func (c *collector) wasm(data []byte) {
	c.facts.Slices = append(c.facts.Slices, Slice{Arch: "wasm"})
	c.guard("the module", func() { c.wasmBinary(data, 0, 0) })
}

// wasmBinary reads the module or component that data is; base is where it
// begins in the file.
func (c *collector) wasmBinary(data []byte, base int64, depth int) {
	w := window{data, binary.LittleEndian}
	if w.u32(0) != 0x6d736100 || !w.has(0, wasmHeader) {
		c.problem(base, "a module is truncated within its header, or is none")
		return
	}
	layer := w.u16(6)
	if layer > wasmLayerModel {
		c.problem(base+6, "a module is of the unknown layer %d", layer)
		return
	}
	if depth > maxWasmNesting {
		c.problem(base, "modules lie within each other more than %d deep; the inner ones were not read", maxWasmNesting)
		return
	}
	if !c.spend(len(data)) {
		return
	}
	sections := cursor{data: data, pos: wasmHeader}
	for !sections.done() {
		at := base + int64(sections.pos)
		id, size := sections.byte(), sections.uleb()
		start := base + int64(sections.pos)
		part, whole := w.at(uint64(sections.pos), size)
		sections.pos += part.len()
		s := &wasmSection{collector: c, cursor: cursor{data: part.data}, at: start}
		if !whole {
			c.problem(at, "section %d goes beyond the end; the module is truncated or its header lies", id)
		}
		switch {
		case layer == wasmLayerCore && id == coreImports:
			s.entries("imports", func() bool {
				name := append(append(s.name(), '.'), s.name()...)
				return s.coreType() && s.take(c.imports, name)
			})
		case layer == wasmLayerCore && id == coreExports:
			s.entries("exports", func() bool {
				name := s.name()
				s.byte()
				s.uleb()
				return s.take(c.exports, name)
			})
		case layer == wasmLayerModel && id == modelImports:
			s.entries("imports", func() bool {
				kind, name := s.byte(), s.name()
				if kind == 2 { // a version apart
					s.name()
				}
				return kind <= 2 && s.modelType() && s.take(c.imports, name)
			})
		case layer == wasmLayerModel && (id == modelModule || id == modelComponent):
			c.wasmBinary(part.data, start, depth+1)
		}
	}
}

// A wasmSection is the content of one section while it is read.
type wasmSection struct {
	*collector
	cursor
	at int64 // where it begins in the file
}

// entries reads a counted list. read says whether an entry parses; what comes
// after one that does not cannot be found.
func (s *wasmSection) entries(what string, read func() bool) {
	count := s.uleb()
	for i := range count {
		at := s.at + int64(s.pos)
		if s.done() {
			s.problem(at, "the section of %s claims %d of them and ends after %d", what, count, i)
			return
		}
		if !read() {
			s.problem(at, "number %d of the %s does not read as one", i, what)
			return
		}
	}
	if !s.done() {
		s.problem(s.at+int64(s.pos), "the section of %s holds more than the %d that it claims", what, count)
	}
}

// take adds the name of an entry that lies within the section, and reports
// whether it does.
func (s *wasmSection) take(list names, name []byte) bool {
	if s.pos > len(s.data) {
		return false
	}
	s.add(list, name)
	return true
}

// name reads a counted name. One that goes beyond the end puts the cursor
// there too, which take notices. At most maxName bytes are returned.
func (s *wasmSection) name() []byte {
	size := s.uleb()
	rest := s.data[min(s.pos, len(s.data)):]
	if size > uint64(len(rest)) {
		s.pos = len(s.data) + 1
		return nil
	}
	s.pos += int(size)
	return append([]byte(nil), rest[:min(size, maxName)]...)
}

// coreType passes the type of an import of a core module.
func (s *wasmSection) coreType() bool {
	switch s.byte() {
	case wasmFunction:
		s.uleb()
	case wasmTable:
		s.valueType()
		s.limits()
	case wasmMemory:
		s.limits()
	case wasmGlobal:
		s.valueType()
		s.byte()
	case wasmTag:
		s.byte()
		s.uleb()
	default:
		return false
	}
	return true
}

func (s *wasmSection) valueType() {
	if kind := s.byte(); kind == refNull || kind == refSet {
		s.uleb() // a signed number, of the same length
	}
}

func (s *wasmSection) limits() {
	flags := s.byte()
	s.uleb()
	if flags&limitsMaximum != 0 {
		s.uleb()
	}
	if flags&limitsPageSize != 0 {
		s.uleb()
	}
}

// modelType passes the type of an import of a component.
func (s *wasmSection) modelType() bool {
	switch s.byte() {
	case 0: // a core module
		s.byte()
		s.uleb()
	case 1, 4, 5: // a function, component or instance
		s.uleb()
	case 2: // a value: of a type, or equal to another
		s.byte()
		s.uleb()
	case 3: // a type: equal to another, or any resource
		if s.byte() == 0 {
			s.uleb()
		}
	default:
		return false
	}
	return true
}
