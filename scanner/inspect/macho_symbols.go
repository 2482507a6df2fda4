package inspect

import (
	"bytes"
	"slices"

	"plugvet/scanner/inspect/machine"
)

// Fields of n_type in mach-o/nlist.h.
const (
	nStab      = 0xe0
	nTypeMask  = 0x0e
	nExternal  = 0x01
	nUndefined = 0x00
	nIndirect  = 0x0a
	nSection   = 0x0e
	nPrebound  = 0x0c
)

// symtab reads the external symbols of an LC_SYMTAB: what other libraries must
// provide and what this file does.
func (m *machFile) symtab(cmd window) {
	symbols, count := uint64(cmd.u32(8)), uint64(cmd.u32(12))
	step := uint64(12)
	if m.wide {
		step = 16
	}
	names := m.part(cmd, 16, "the string table")
	table, whole := m.at(symbols, count*step)
	if !whole {
		m.problem(int64(symbols), "the symbol table claims %d symbols and goes beyond the end", count)
	}
	if !m.spend(table.len()) {
		return
	}
	m.symbols = func() []machine.Symbol { return m.told(table, names, step) }
	for at := uint64(0); at+step <= table.size() && m.work >= 0; at += step {
		kind := table.data[at+4]
		if kind&nStab != 0 || kind&nExternal == 0 {
			continue
		}
		name, value := names.text(uint64(table.u32(at))), table.word(at+8, m.wide)
		switch kind & nTypeMask {
		case nUndefined, nPrebound:
			// In an object file a value makes it a common symbol, which is its own.
			if !m.object || value == 0 {
				m.importName(name)
			}
		case nIndirect: // the value is where the name of the other symbol is
			m.importName(names.text(value))
			m.add(m.exports, plainName(name))
		default:
			m.add(m.exports, plainName(name))
		}
	}
}

// told are the symbols that dyld tells code of: the file's own, of which each reaches to the
// next, or to the end of its segment.
func (m *machFile) told(table, names window, step uint64) (all []machine.Symbol) {
	for at := uint64(0); at+step <= table.size() && len(all) < maxChained; at += step {
		if kind := table.data[at+4]; kind&nStab == 0 && kind&nTypeMask == nSection {
			from, name := table.word(at+8, m.wide), bytes.TrimPrefix(names.text(uint64(table.u32(at))), []byte("_"))
			to := from + 1
			for _, s := range m.segments {
				if from >= s.addr && from-s.addr < s.size {
					to = s.addr + s.size
				}
			}
			all = append(all, machine.Symbol{Span: machine.Span{From: from, To: to}, Name: string(name)})
		}
	}
	return all
}

// importName adds an undefined symbol, and the Objective-C class where it is one.
func (m *machFile) importName(name []byte) {
	plain := plainName(name)
	m.add(m.imports, plain)
	for _, prefix := range []string{"OBJC_CLASS_$_", ".objc_class_name_"} {
		if class, ok := bytes.CutPrefix(plain, []byte(prefix)); ok {
			m.add(m.classes, class)
		}
	}
}

// variants are the suffixes by which libSystem tells apart versions of one
// function (sys/cdefs.h): connect$UNIX2003, select$DARWIN_EXTSN$NOCANCEL.
var variants = []string{"UNIX2003", "DARWIN_EXTSN", "NOCANCEL", "INODE64", "1050"}

// plainName removes exactly one underscore, as the C compiler puts before a
// name, and the suffixes of variants.
func plainName(name []byte) []byte {
	name = bytes.TrimPrefix(name, []byte("_"))
	for {
		at := bytes.LastIndexByte(name, '$')
		if at <= 0 || !slices.Contains(variants, string(name[at+1:])) {
			return name
		}
		name = name[:at]
	}
}
