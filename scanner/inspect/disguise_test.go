package inspect

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// put writes an address-sized number.
func (e *elfFile) put(at, value uint64) {
	if e.wide {
		e.order.PutUint64(e.data[at:], value)
	} else {
		e.order.PutUint32(e.data[at:], uint32(value))
	}
}

// tableOf calls change with the offset of each line of the program header
// table, or of the section header table.
func (e *elfFile) tableOf(sections bool, change func(at uint64)) {
	table, each, count := e.field(28, 32), e.field(42, 54), e.field(44, 56)
	if sections {
		table, each, count = e.field(32, 40), e.field(46, 58), e.field(48, 60)
	}
	for i := range uint64(e.u16(count)) {
		change(e.word(table, e.wide) + i*uint64(e.u16(each)))
	}
}

// dynamicOf calls change with the offset of the value of each dynamic entry of a tag.
func (e *elfFile) dynamicOf(tag uint64, change func(at uint64)) {
	e.tableOf(false, func(at uint64) {
		if e.u32(at) != ptDynamic {
			return
		}
		step := e.field(4, 8)
		for entry := e.word(at+step, e.wide); e.word(entry, e.wide) != 0; entry += 2 * step {
			if e.word(entry, e.wide) == tag {
				change(entry + step)
			}
		}
	})
}

// Each of these files still loads and binds what it bound.
func TestLyingHeadersOfELFHideNoImport(t *testing.T) {
	const needed, strSize, symEntry, gone = dtNeeded, 10, 11, 0x6ffffff0
	for _, c := range []struct {
		about   string
		change  func(e *elfFile)
		problem string // that the lie must become, or empty
	}{
		{"no section headers", func(e *elfFile) { e.put(e.field(32, 40), 0) }, ""},
		{"section headers beyond the end", func(e *elfFile) { e.put(e.field(32, 40), e.size()+4096) }, "section header table is not where"},
		{"section headers of no size", func(e *elfFile) { e.order.PutUint16(e.data[e.field(46, 58):], 1) }, "section header table is not where"},
		{"more sections than bytes", func(e *elfFile) { e.order.PutUint16(e.data[e.field(48, 60):], 0xfffe) }, "claims 65534 sections"},
		{"section headers in the middle of the code", func(e *elfFile) { e.put(e.field(32, 40), 1024) }, ""},
		{"sections of one byte", func(e *elfFile) {
			e.tableOf(true, func(at uint64) { e.put(at+e.field(20, 32), 1) })
		}, ""},
		{"sections that begin elsewhere", func(e *elfFile) {
			e.tableOf(true, func(at uint64) { e.put(at+e.field(16, 24), 64) })
		}, ""},
		{"sections without their strings", func(e *elfFile) {
			e.tableOf(true, func(at uint64) { e.order.PutUint32(e.data[at+e.field(24, 40):], 0) })
		}, ""},
		{"sections of another kind", func(e *elfFile) {
			e.tableOf(true, func(at uint64) { e.order.PutUint32(e.data[at+4:], 1) })
		}, ""},
		{"a string table of one byte", func(e *elfFile) {
			e.dynamicOf(strSize, func(at uint64) { e.put(at, 1) })
			e.put(e.field(32, 40), 0)
		}, ""},
		{"symbols of another size", func(e *elfFile) {
			e.dynamicOf(symEntry, func(at uint64) { e.put(at, 1) })
			e.put(e.field(32, 40), 0)
		}, ""},
		{"no needed library", func(e *elfFile) {
			e.dynamicOf(needed, func(at uint64) { e.put(at-e.field(4, 8), gone) })
			e.put(e.field(32, 40), 0)
		}, ""},
		{"an empty hash table", func(e *elfFile) {
			for _, tag := range []uint64{dtHash, dtGNUHash} {
				e.dynamicOf(tag, func(at uint64) {
					if off, ok := e.offset(e.word(at, e.wide)); ok {
						clear(e.data[off : off+16])
					}
				})
			}
			e.put(e.field(32, 40), 0)
		}, ""},
		// The loader maps whole pages, whatever the last byte of a segment is.
		{"tables behind the end of their segment", func(e *elfFile) {
			e.tableOf(false, func(at uint64) {
				if size := e.word(at+e.field(16, 32), e.wide); e.u32(at) == ptLoad && size%page > 1 {
					e.put(at+e.field(16, 32), size-size%page+1)
					e.put(at+e.field(20, 40), size-size%page+1)
				}
			})
			e.put(e.field(32, 40), 0)
		}, ""},
		{"a dynamic table that begins with a hundred thousand words of no meaning", func(e *elfFile) {
			const many, addr = 100_000, 0x7000000
			var table []byte
			e.tableOf(false, func(at uint64) {
				if e.u32(at) == ptDynamic {
					start, size := e.word(at+e.field(4, 8), e.wide), e.word(at+e.field(16, 32), e.wide)
					table = slices.Clone(e.data[start : start+size])
				}
			})
			e.data = append(e.data, make([]byte, -e.len()&(page-1))...)
			start, step := e.size(), e.field(4, 8)
			e.data = append(e.data, make([]byte, many*2*step)...)
			for at := start; at < e.size(); at += 2 * step {
				e.put(at, gone)
			}
			e.data = append(e.data, table...)
			e.tableOf(false, func(at uint64) {
				kind := e.u32(at)
				if kind != ptDynamic && kind != 0x6474e551 { // PT_GNU_STACK
					return
				}
				if kind != ptDynamic {
					e.order.PutUint32(e.data[at:], ptLoad)
				}
				e.put(at+e.field(4, 8), start)
				e.put(at+e.field(8, 16), addr)
				e.put(at+e.field(16, 32), e.size()-start)
				e.put(at+e.field(20, 40), e.size()-start)
			})
			e.put(e.field(32, 40), 0)
		}, ""},
	} {
		for _, name := range []string{
			"linux-x86_64/nginx_socket.so", "linux-x86_64/php_socket.so", "linux-x86_64/nginx_osascript_exec.so",
			"linux-other/nginx_socket_x86.so", "linux-other/nginx_socket_powerpc.so", "linux-other/nginx_socket_s390x.so",
		} {
			want := Identify("", fixture(t, name))
			e := elfOf(t, fixture(t, name))
			e.collector = newCollector(new(Facts), e.len())
			e.segments() // for e.offset
			c.change(e)
			got := Identify("", e.data)
			for _, imported := range want.Imports {
				if !slices.Contains(got.Imports, imported) {
					t.Errorf("%s with %s imports %q, without %q; %v", name, c.about, got.Imports, imported, got.Problems)
					break
				}
			}
			if c.problem != "" && !hasProblem(got, c.problem) {
				t.Errorf("%s with %s has the problems %v; want %q", name, c.about, got.Problems, c.problem)
			}
		}
	}
}

func hasProblem(f *Facts, text string) bool {
	return slices.ContainsFunc(f.Problems, func(p Problem) bool { return strings.Contains(p.Text, text) })
}

// Imports that only the section headers show are there to mislead.
func TestImportsThatTheLoaderDoesNotSeeAreAProblem(t *testing.T) {
	data := fixture(t, "linux-x86_64/nginx_socket.so")
	e := elfOf(t, data)
	symbol, names := e.size(), e.size()+2*24
	e.data = slices.Concat(data, make([]byte, 2*24), []byte("\x00innocent\x00"))
	e.order.PutUint32(e.data[symbol+24:], 1)
	e.data[symbol+24+4] = 1 << 4 // global
	e.tableOf(true, func(at uint64) {
		switch e.u32(at + 4) {
		case shtDynsym:
			e.put(at+24, symbol)
			e.put(at+32, 2*24)
		case 3: // SHT_STRTAB
			e.put(at+24, names)
			e.put(at+32, 10)
		}
	})
	got := Identify("", e.data)
	if !slices.Contains(got.Imports, "innocent") || !slices.Contains(got.Imports, "connect") || !hasProblem(got, "show 1 imports that the dynamic linker does not see") {
		t.Errorf("imports %q, problems %v", got.Imports, got.Problems)
	}
}

// change calls f with each load command of a kind.
func change(t *testing.T, data []byte, kind uint32, f func(command []byte)) []byte {
	t.Helper()
	order, found := binary.LittleEndian, false
	for at, n := uint32(32), order.Uint32(data[16:]); n > 0; n-- {
		size := order.Uint32(data[at+4:])
		if order.Uint32(data[at:])&^lcRequired == kind {
			f(data[at : at+size])
			found = true
		}
		at += size
	}
	if !found {
		t.Skipf("no load command %#x", kind)
	}
	return data
}

// dyld binds by dyld info or chained fixups; nlist is for tools.
func TestLyingSymbolTablesOfMachOHideNoImport(t *testing.T) {
	order := binary.LittleEndian
	for _, c := range []struct {
		about  string
		kind   uint32
		change func(data, command []byte)
	}{
		{"no symbol", lcSymtab, func(_, command []byte) { order.PutUint32(command[12:], 0) }},
		{"a symbol table of nothing but debug entries", lcSymtab, func(data, command []byte) {
			for i := range order.Uint32(command[12:]) {
				data[order.Uint32(command[8:])+16*i+4] |= nStab
			}
		}},
		{"a string table of one byte", lcSymtab, func(_, command []byte) { order.PutUint32(command[20:], 1) }},
		{"a string table beyond the end", lcSymtab, func(_, command []byte) { order.PutUint32(command[16:], 1<<30) }},
		{"names that are other names", lcSymtab, func(data, command []byte) {
			for i := range order.Uint32(command[12:]) {
				order.PutUint32(data[order.Uint32(command[8:])+16*i:], 2)
			}
		}},
	} {
		for _, name := range []string{
			"macos-arm64/nginx_socket.so", "macos-x86_64/nginx_applescript.so", "macos-x86_64/php_socket.so", // dyld info
			"macos-arm64/php_socket.so", "macos-arm64/node_applescript.node", // chained fixups
		} {
			t.Run(name+" with "+c.about, func(t *testing.T) {
				want := Identify("", fixture(t, name))
				data := fixture(t, name)
				got := Identify("", change(t, data, c.kind, func(command []byte) { c.change(data, command) }))
				for _, imported := range want.Imports {
					if imported != "dyld_stub_binder" && !slices.Contains(got.Imports, imported) {
						t.Errorf("imports %q, without %q", got.Imports, imported)
					}
				}
				if !slices.Equal(got.Classes, want.Classes) {
					t.Errorf("classes %q, want %q", got.Classes, want.Classes)
				}
			})
		}
	}
}

// An old system or a tool sees one slice where a newer one loads the other.
func TestASliceThatTheUniversalHeaderDoesNotCountIsRead(t *testing.T) {
	data := fixture(t, "macos-universal/nginx_applescript.so")
	binary.BigEndian.PutUint32(data[4:], 1)
	f := Identify("", data)
	if len(f.Slices) != 2 || !slices.Contains(f.Classes, "NSAppleScript") || !hasProblem(f, "a slice more than it counts") {
		t.Errorf("slices %v, classes %q, problems %v", f.Slices, f.Classes, f.Problems)
	}
}
