package inspect

import (
	"debug/elf"
	"debug/macho"
	"encoding/binary"
	"path/filepath"
	"strings"
	"testing"

	"plugvet/scanner/inspect/machine"
)

// Names by addresses are those that packages of Go read.
func TestCodeIsToldTheSymbolsOfItsFile(t *testing.T) {
	for _, name := range []string{"followed.so", "followed.dylib"} {
		path, want := filepath.Join(fixtures, "../scripts/native", name), map[uint64]string{}
		data := fixture(t, filepath.Join("../scripts/native", name))
		var image *machine.Image
		if strings.HasSuffix(name, ".so") {
			f, err := elf.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			all, err := f.DynamicSymbols()
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range all {
				if s.Section != elf.SHN_UNDEF {
					want[s.Value] = s.Name
				}
			}
			e := &elfFile{collector: newCollector(new(Facts), 0), window: window{data, binary.LittleEndian}, wide: true}
			e.segments()
			image = e.image()
		} else {
			f, err := macho.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			for _, s := range f.Symtab.Syms {
				if s.Sect > 0 && s.Type&nStab == 0 {
					want[s.Value] = strings.TrimPrefix(s.Name, "_")
				}
			}
			c := newCollector(new(Facts), 0)
			m := &machFile{collector: c, window: window{data, binary.LittleEndian}, wide: true}
			for _, l := range f.Loads {
				if s, ok := l.(*macho.Segment); ok {
					m.segments = append(m.segments, machSegment{addr: s.Addr, off: s.Offset, size: s.Filesz})
				} else if raw := l.Raw(); binary.LittleEndian.Uint32(raw) == lcSymtab {
					m.symtab(window{raw, binary.LittleEndian})
				}
			}
			image = m.image()
		}
		got := map[uint64]string{}
		for _, s := range image.Symbols() {
			if got[s.From] = s.Name; s.To <= s.From {
				t.Errorf("%s: %s ends before it begins", name, s.Name)
			}
		}
		for at, symbol := range want {
			if got[at] != symbol {
				t.Errorf("%s: at %#x lies %q, not %q", name, at, got[at], symbol)
			}
		}
		if len(want) == 0 || len(got) != len(want) {
			t.Errorf("%s: %d symbols, not %d", name, len(got), len(want))
		}
	}
}

// A name that the file has itself is bound to that, and one of others is not.
func TestAFileIsBoundToItself(t *testing.T) {
	c := newCollector(new(Facts), 0)
	c.exports["_ZTS3osa"] = struct{}{}
	m := &machFile{collector: c, pointers: []machine.Pointer{{Addr: 0x10, Import: "_ZTS3osa"}, {Addr: 0x18, Import: "system"}},
		symbols: func() []machine.Symbol {
			return []machine.Symbol{{Span: machine.Span{From: 0x40}, Name: "_ZTS3osa"}, {Span: machine.Span{From: 0x50}, Name: "system"}}
		}}
	m.bindOwn()
	if own, other := m.pointers[0], m.pointers[1]; own.Value != 0x40 || own.Import != "" || other.Import != "system" {
		t.Errorf("%+v", m.pointers)
	}
}
