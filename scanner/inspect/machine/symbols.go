package machine

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
)

// What code is told of the symbols of its file, by the addresses that these have: their
// names are texts that stand nowhere for it to read.

// Of Dl_info (dlfcn.h).
const infoFile, infoBase, infoName, infoAddr = 0, 8, 16, 24

// Of a stack.
const (
	maxFrames = 64
	maxStack  = 1 << 12 // words that are looked at
)

// symbols are those of a file, by their addresses, once its code has asked for one.
type symbols struct {
	all  []Symbol // in the order of where they begin
	ends []uint64 // where the last of those up to each ends
	read bool
}

// ownSymbol finds the symbol of the file at an address: of those that lie there, one that begins last.
func (m *machine) ownSymbol(at uint64) (Symbol, bool) {
	s := m.symbols
	if !s.read {
		if s.read = true; m.image.Symbols != nil {
			s.all = m.image.Symbols()
		}
		slices.SortStableFunc(s.all, func(a, b Symbol) int { return cmp.Compare(a.From, b.From) })
		end := uint64(0)
		for _, symbol := range s.all {
			end = max(end, symbol.To)
			s.ends = append(s.ends, end)
		}
	}
	behind := sort.Search(len(s.all), func(i int) bool { return s.all[i].From > at })
	for i := behind - 1; i >= 0 && at < s.ends[i]; i-- {
		if m.steps--; at < s.all[i].To {
			return s.all[i], true
		}
	}
	return Symbol{}, false
}

// symbolAt is the symbol at an address, of the file or of what it imports.
func (m *machine) symbolAt(at uint64) (Symbol, bool) {
	if name := m.importName(at); name != "" {
		return Symbol{Span{From: (at-importBase)&^(1<<importBits-1) + importBase + importHalf}, name}, true
	}
	return m.ownSymbol(at)
}

// importName is the name of the import at an address, empty where there is none.
func (m *machine) importName(at uint64) string {
	if i := (at - importBase) >> importBits; at >= importBase && i < uint64(len(m.imports)) {
		return m.imports[i].name
	}
	return ""
}

// symbolic does what a function would that tells of symbols, if it is one that is known.
func (m *machine) symbolic(name string, a [6]uint64, p processor) (result uint64, known bool) {
	switch name {
	case "dladdr", "dladdr1":
		m.write(a[1]+infoFile, m.result(""), 8) // a path that nobody knows here
		m.write(a[1]+infoBase, m.result("link_map"), 8)
		if name == "dladdr1" {
			m.write(a[2], m.result("link_map"), 8)
		}
		var text uint64
		s, ok := m.symbolAt(a[0])
		if ok {
			text = m.newText(s.Name)
		}
		m.write(a[1]+infoName, text, 8)
		m.write(a[1]+infoAddr, s.From, 8)
		return 1, true
	case "backtrace": // where the functions that are followed return to
		frames := []uint64{p.caller()}
		from := p.stack() &^ 7 // which code may set to anything
		for at := from; at < stackTop && at-from < 8*maxStack && uint64(len(frames)) < min(a[1]&mask(4), maxFrames); at += 8 {
			m.steps--
			if to := m.peek(at, 8); to >= m.head && m.isCode(to) && to != frames[0] {
				frames = append(frames, to)
			}
		}
		for i, to := range frames {
			m.write(a[0]+8*uint64(i), to, 8)
		}
		return uint64(len(frames)), true
	case "backtrace_symbols":
		list := m.result(name)
		for i, at := range m.several(a[0], a[1]&mask(4)) {
			s, _ := m.symbolAt(at)
			text := fmt.Sprintf("%s(%s+%#x) [%#x]", "plugin.so", s.Name, at-s.From, at)
			if m.image.Apple {
				text = fmt.Sprintf("%-4d%-35s %#016x %s + %d", i, "plugin.so", at, s.Name, at-s.From)
			}
			m.write(list+8*uint64(i), m.newText(text), 8)
		}
		return list, true
	case "__cxa_demangle", "cxa_demangle":
		mangled := m.text(a[0])
		text, ok := demangled(mangled, m.image.Apple)
		m.steps -= len(mangled) + len(text)
		if !ok {
			return 0, false
		}
		m.write(a[3], 0, 4)
		if a[1] == 0 {
			return m.newText(text), true
		}
		m.put(a[1], append([]byte(text), 0))
		return a[1], true
	}
	return 0, false
}
