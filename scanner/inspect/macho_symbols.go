package inspect

import (
	"bytes"
	"slices"
)

// Fields of n_type in mach-o/nlist.h.
const (
	nStab     = 0xe0
	nTypeMask = 0x0e
	nExternal = 0x01
	nIndirect = 0x0a
	nPrebound = 0x0c
)

// symtab calls each for the external symbols of an LC_SYMTAB.
func (m *machFile) symtab(cmd window, each func(kind uint8, value uint64, name []byte, names window)) {
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
	if !m.spend(len(table.data)) {
		return
	}
	for at := uint64(0); at+step <= table.size(); at += step {
		kind := table.data[at+4]
		if kind&nStab == 0 && kind&nExternal != 0 {
			each(kind, table.word(at+8, m.wide), names.text(uint64(table.u32(at))), names)
		}
	}
}

// undefined takes a symbol that another library must provide. A value makes an
// undefined symbol of an object file a common one, which is its own.
func (m *machFile) undefined(kind uint8, value uint64, name []byte, names window) {
	switch kind & nTypeMask {
	case 0, nPrebound:
		if !m.object || value == 0 {
			m.importName(name)
		}
	case nIndirect:
		m.importName(names.text(value))
	}
}

func (m *machFile) export(kind uint8, _ uint64, name []byte, _ window) {
	if kind&nTypeMask != 0 && kind&nTypeMask != nPrebound {
		m.add(m.exports, plainName(name))
	}
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
