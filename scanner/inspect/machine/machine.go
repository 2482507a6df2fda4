// Package machine follows the instructions of a plugin as a reader with a pencil does:
// it has registers and a memory of its own, in which numbers are computed and moved, and
// notes what is asked of the system. Nothing of the plugin is run, no call leaves this
// package, and whatever a call would return is made up.
//
// That shows what no search of a file does: a name that the plugin decodes, whatever the
// cipher; the number of a system call; a function that is reached without its name.
//
// Instructions that are not known change nothing, memory that was never written reads as
// zero, and all work is bounded, so that no input makes it panic, loop or grow.
package machine

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

const (
	passes      = 4
	entrySteps  = 50_000    // instructions of one function and what it calls
	allSteps    = 120_000   // of one pass over the file
	loadSteps   = 1_000_000 // of the constructors, beside that
	pageSteps   = 200       // that a page which was written to counts for
	callSteps   = 20        // that a call which is not followed counts for
	maxPages    = 2048      // of memory that is written to
	maxEntries  = 4096
	patience    = 1000 // instructions of a function without anything new
	scanned     = 12   // reads in a row of the code of an import that are one too many
	looks       = 32   // at the code of an import that are one too many
	maxResults  = 1 << 15
	maxLookUps  = 1 << 10 // names that are looked up
	beside      = 64      // bytes beside what was written that are looked at with it
	maxText     = 512
	maxSource   = 16 << 10 // of a script
	maxSegments = 32       // a real file has about five
	maxLoaded   = 1 << 20  // bytes of them

	// Where many files have their header, and what points to nothing points to: at most.
	headSize = 1 << 10

	pageBits = 12
	pageSize = 1 << pageBits

	// Where what is made up lies. No file may claim these addresses.
	importBase = 0x6000_0000_0000 // code of imports, each in the middle of 1 << importBits
	importBits = 24
	importHalf = 1 << (importBits - 1)
	resultBase = 0x7000_0000_0000 // what calls return, each 1 << resultBits
	resultBits = 24
	threadBase = 0x7a00_0000_0000
	stackTop   = 0x7b00_0000_0000
	home       = 0x7c00_0000_0000 // where a function that is followed returns to
	fileLimit  = 0x5000_0000_0000
)

// A machine is the memory of one pass and what both processors have in common.
type machine struct {
	image   *Image
	watch   *Watch
	room    *room
	head    uint64 // up to which nothing is read
	pages   map[uint64]*page
	owned   int      // how many pages were written to
	written []uint64 // those that were since Written was last told
	last    [64]remembered

	imports  []imported
	byName   map[string]uint64
	lists    map[uint64][]uint64 // of Foundation
	results  []uint32            // of each result at resultBase, one more than the number of its import, or 0
	generous bool                // imports return something, not zero
	forced   bool                // branches go where none went before
	pass     byte

	codes    []Span // the segments of code
	code     Span   // the one that was asked for last
	runnable []Span // memory that was made executable

	steps       int // left for all
	news        int // what was left when something new was seen last
	pc          uint64
	queue       []uint64
	known       map[uint64]bool
	calls       map[uint64][6]uint64   // by function, what the library calls it back with
	cut         uint64                 // what strtok has left
	sets        map[uint64][2]string   // what iconv_open was asked to convert from and to, by what it returned
	transforms  map[uint64]transform   // that ICU has opened, by what it returned
	budget      *script.Budget         // of what transforms make, for all passes
	narrow      map[uint64]uint64      // by strings of UTF-16 that a compiler made, where they are in UTF-8
	symbols     *symbols               // of the file, for all passes
	expressions map[uint64]*expression // by where they are kept
	patterns    *patterns
	streams     map[uint64]*stream // that are written to
	closed      []uint64           // those that were closed, which make room for others
	nested      int                // how many expressions of formulas, and messages of theirs, are being computed
	methods     map[method]uint64  // of the file's own classes, where their code lies
	classes     map[uint64]bool    // which those are
	classNamed  map[string]uint64  // and by their names
	enters      uint64             // where a message goes on, if not after it
	chance      chance
	told        map[uint64]int // by import, how often it was looked at
	looked      uint64         // where, last

	table   uint64 // the made-up table of names of a library, once somebody asked for one
	turns   turns
	scanned uint64 // where the code of an import was read last
	inRow   int    // how often in a row
	place   uint64 // of which the name was asked for last
	places  int    // how many side by side
}

// A processor follows one instruction, and says whether to go on.
type processor interface {
	step() bool
	start(entry uint64, arguments [6]uint64)
	arguments() [6]uint64
	// argument is argument n of a call; on the processors of Apple those that have no
	// name of their own, from the number named on, lie on the stack alone.
	argument(n, named int) uint64
	// caller is where the call that is followed last returns to.
	caller() uint64
	// leave ends a call that was not followed, with its result.
	leave(result uint64)
	// stack is the address up to which the stack is in use.
	stack() uint64
	// keep notes the general registers and the flags, and resume has them so again.
	keep(at *turn)
	resume(at *turn)
}

// Follow follows every function of an image that it finds: once as if all calls returned
// zero, once as if each returned something of its own, and then as if what no branch went
// for before were so, behind which there may be more branches. It reports whether it did:
// what is laid out in so many or such large segments that it would take long is left alone.
func Follow(image *Image, watch *Watch) bool {
	size := 0
	for i, s := range image.Segments {
		if size += len(s.Data); i == maxSegments || size > maxLoaded {
			return false
		}
	}
	room := rooms.Get().(*room)
	defer rooms.Put(room)
	room.pages.taken, room.codes.taken, room.decoded.count = 0, 0, 0
	first := &machine{image: image, room: room, pages: map[uint64]*page{}, byName: map[string]uint64{}}
	first.fill()
	loaded := room.pages.taken
	for pass := range passes {
		if pass == 2 && !image.systemCalls() && (watch.Force == nil || !watch.Force()) {
			break
		}
		steps := allSteps
		if pass >= 2 {
			steps /= 2
		}
		room.pages.taken = loaded
		m := first.again(pass >= 2)
		m.watch, m.generous, m.forced, m.steps = watch, pass > 0, pass >= 2, steps
		m.pass = byte(pass)
		if image.Arch == ARM64 {
			m.run(&arm{machine: m})
		} else {
			m.run(&x86{machine: m})
		}
		room.results, first.imports = m.results, m.imports
	}
	return true
}

func (m *machine) run(p processor) {
	constructors, loading := map[uint64]bool{}, loadSteps
	var first []uint64
	for _, s := range m.image.Constructors {
		for i := range min((s.To-s.From)/8, maxEntries) { // the addresses may run over
			if to := m.peek(s.From+8*i, 8); m.isCode(to) && len(constructors) < maxEntries {
				constructors[to] = true
				first = append(first, to)
			}
		}
	}
	m.queue = append(first, m.queue...)
	for n := 0; n < len(m.queue) && n < maxEntries && m.steps > 0; n++ {
		entry := m.queue[n]
		if m.known[entry] {
			continue
		}
		m.known[entry] = true
		var arguments [6]uint64
		for first, i := m.result(""), 0; i < len(arguments); i++ {
			arguments[i] = first + uint64(i)<<(resultBits-3)
		}
		if called, ok := m.calls[entry]; ok {
			arguments = called
		}
		p.start(entry, arguments)
		m.turns.begin()
		before, calls, loads := m.steps, len(m.results), constructors[entry] && !m.forced
		stop := before - min(entrySteps, before)
		if loads {
			stop = before - loading
		}
		m.news = m.steps
		for m.steps > stop {
			if m.pc == home {
				m.turns.all = m.turns.all[:0]
			}
			if (m.pc == home || !loads && m.news-m.steps >= patience) && !(m.turns.known && m.back(p)) {
				break
			}
			m.steps--
			if p := m.page(m.pc >> pageBits); p != nil && p.code != nil {
				if seen := &p.code.seen[m.pc&(pageSize-1)]; *seen != m.pass+1 {
					*seen, m.news = m.pass+1, m.steps
				}
			}
			if !m.isCode(m.pc) && !m.made(m.pc) {
				m.outside(p)
			} else if !p.step() && !m.turns.ended {
				break
			}
			if m.turns.ended && !m.back(p) {
				break
			}
		}
		if loads { // which is no cost of the others
			spent := before - m.steps
			if m.steps <= stop && spent >= loadSteps/2 && len(m.results) == calls && m.watch.Stalls != nil {
				m.watch.Stalls(entry)
			}
			m.steps, loading = before, loading-spent
		}
		m.tellWritten(entry)
	}
}

// tellWritten shows what was written to since it did so last, neighbours as one.
func (m *machine) tellWritten(function uint64) {
	for _, number := range m.written {
		p := m.pages[number]
		p.fresh = false
		m.steps -= pageSteps
		if m.watch.Written == nil {
			continue
		}
		data := p.bytes[max(p.low-beside, 0):min(p.high+beside, pageSize)]
		if next := m.pages[number+1]; p.high+beside > pageSize && next != nil && next.own {
			m.room.told = append(append(m.room.told[:0], data...), next.bytes[:beside]...)
			data = m.room.told
		}
		m.watch.Written(function, data)
	}
	m.written = m.written[:0]
}

// result makes an address for what a call returned.
func (m *machine) result(name string) uint64 {
	if len(m.results) == maxResults {
		return resultBase + (maxResults-1)<<resultBits
	}
	var number uint32
	if at, ok := m.byName[name]; ok {
		number = 1 + uint32((at-importBase)>>importBits)
	}
	m.results = append(m.results, number)
	return resultBase + uint64(len(m.results)-1)<<resultBits
}

// outside takes a call that leaves the file.
func (m *machine) outside(p processor) {
	at, from, arguments := m.pc, p.caller(), p.arguments()
	for _, a := range arguments { // what calls back
		m.points(a)
	}
	var result uint64
	var ends bool
	if i := (at - importBase) >> importBits; at < resultBase && i < uint64(len(m.imports)) {
		called := &m.imports[i]
		if at&(1<<importBits-1) != importHalf {
			if m.watch.Distance != nil && !m.forced && !m.turns.astray && called.hasCode(at, m.image.Arch) {
				m.watch.Distance(from, called.name)
			}
		} else if m.watch.Call != nil {
			m.watch.Call(from, called.name, m.given(arguments, p), !m.forced)
		}
		result = m.library(called, arguments, p)
		m.steps -= callSteps
		ends = called.ends
		if m.enters != 0 {
			m.pc, m.enters = m.enters, 0
			return
		}
	} else if m.generous {
		result = m.result("")
	}
	p.leave(result)
	if ends {
		m.turns.end(p, m.pc)
	}
}

// hasCode tells whether a function of whose import only the address is known may have an
// instruction there, to be jumped to. The tables that C++ keeps of a class have none; and
// a count that goes up or down by one or two, in what is taken for an object's memory,
// leads to none: compilers begin functions with at least four bytes that are skipped whole.
func (i *imported) hasCode(at uint64, arch Arch) bool {
	beyond := int64(at&(1<<importBits-1)) - importHalf
	if arch == ARM64 && beyond%4 != 0 || tableOfClass(i.name) {
		return false
	}
	return beyond >= 4 || beyond <= -4
}

// tableOfClass tells a table from what is code under names that begin the same, such as
// thunks (Itanium C++ ABI, 5.1.4).
func tableOfClass(name string) bool {
	return len(name) > 4 && name[:3] == "_ZT" && strings.IndexByte("VTIS", name[3]) >= 0
}

// branch says where a conditional branch goes, of which holds says what the numbers say.
func (m *machine) branch(p processor, holds bool, to, next uint64) uint64 {
	if holds = m.goes(holds); holds {
		to, next = next, to
	}
	return m.turns.takes(p, m.pc, next, to)
}

// goes says whether a branch is taken.
func (m *machine) goes(holds bool) bool {
	way := byte(1)
	if holds {
		way = 2
	}
	p := m.page(m.pc >> pageBits)
	if p == nil || p.code == nil {
		return holds
	}
	gone := &p.code.ways[m.pc&(pageSize-1)]
	if other := 3 - way; m.forced && *gone&other == 0 && *gone>>2 != 0 {
		way, holds = other, !holds
	}
	*gone |= way
	return holds
}

// points notes a function of which the address is taken: somebody may call it.
func (m *machine) points(at uint64) {
	if m.isCode(at) && !m.known[at] && len(m.queue) < maxEntries {
		m.queue = append(m.queue, at)
	}
}

// inside notes a read at an address of what is made up. Of code, only who looks
// for the beginning of its library, page by page, means it: others take a function for a
// structure that they were not given here.
func (m *machine) inside(at uint64) {
	if m.watch.Inside == nil || m.forced || at < importBase || at >= threadBase {
		return
	}
	name, code := "", false
	if at < resultBase {
		if i := (at - importBase) >> importBits; i < uint64(len(m.imports)) {
			name, code = m.imports[i].name, m.imports[i].function
		}
		if first := at&(1<<importBits-1) == importHalf; code && (first || at&(pageSize-1) != 0) {
			return
		}
	} else if i := (at - resultBase) >> resultBits; i < uint64(len(m.results)) && m.results[i] > 0 {
		name = m.imports[m.results[i]-1].name
	}
	if key := at &^ (1<<importBits - 1); name != "" && at != m.looked {
		m.looked = at
		if m.told[key]++; !code && m.told[key] == 1 || code && m.told[key] == looks {
			m.watch.Inside(m.pc, name, code)
		}
	}
}

// reads notes a read of the code of an import, one instruction or byte after the other.
func (m *machine) reads(at uint64) {
	i, off := (at-importBase)>>importBits, at&(1<<importBits-1)
	if at < importBase || i >= uint64(len(m.imports)) || !m.imports[i].function && !m.image.Apple || off < importHalf {
		return
	}
	if distance := at - m.scanned; distance == 0 || distance > 4 {
		m.inRow = 0
	}
	m.scanned = at
	if m.inRow++; m.inRow == scanned && m.watch.Inside != nil && !m.forced {
		m.watch.Inside(m.pc, m.imports[i].name, true)
	}
}

// given looks at what the arguments of a call point to.
func (m *machine) given(arguments [6]uint64, call processor) (all [6]Argument) {
	for i, a := range arguments {
		p := m.page(a >> pageBits)
		all[i] = Argument{a, p != nil && p.own, m, i, call}
	}
	return all
}
