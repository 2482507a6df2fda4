package inspect

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
)

// elfOf is an ELF file of a fixture, to be broken.
func elfOf(t testing.TB, data []byte) *elfFile {
	t.Helper()
	e := &elfFile{window: window{data, binary.LittleEndian}, wide: data[4] == 2}
	if data[5] == 2 {
		e.order = binary.BigEndian
	}
	return e
}

// withEmptyDynsym makes the section header say that .dynsym holds one symbol.
func withEmptyDynsym(t testing.TB, data []byte) []byte {
	e := elfOf(t, data)
	table, step := e.word(e.field(32, 40), e.wide), uint64(e.u16(e.field(46, 58)))
	for i := range uint64(e.u16(e.field(48, 60))) {
		if at := table + i*step; e.u32(at+4) == shtDynsym {
			size := data[at+e.field(20, 32):][:e.field(4, 8)]
			clear(size)
			return data
		}
	}
	t.Fatal("no .dynsym")
	return nil
}

// withoutDynamic turns PT_DYNAMIC into PT_NULL.
func withoutDynamic(t testing.TB, data []byte) []byte {
	e := elfOf(t, data)
	table, step := e.word(e.field(28, 32), e.wide), uint64(e.u16(e.field(42, 54)))
	for i := range uint64(e.u16(e.field(44, 56))) {
		if at := table + i*step; e.u32(at) == ptDynamic {
			clear(data[at : at+4])
			return data
		}
	}
	t.Fatal("no PT_DYNAMIC")
	return nil
}

// withoutCommand turns the load commands of a kind into LC_NOTE.
func withoutCommand(t testing.TB, data []byte, kind uint32) []byte {
	order := binary.LittleEndian
	found := false
	for at, n := 32, order.Uint32(data[16:]); n > 0; n-- {
		if order.Uint32(data[at:])&^lcRequired == kind {
			order.PutUint32(data[at:], 0x31)
			found = true
		}
		at += int(order.Uint32(data[at+4:]))
	}
	if !found {
		t.Fatalf("no load command %#x", kind)
	}
	return data
}

// machO builds a little 64-bit Mach-O bundle: load commands, then body. A
// command's offsets count from the start of the body.
func machO(body []byte, commands ...[]uint32) []byte {
	var cmds []byte
	size := 32
	for _, c := range commands {
		size += 4 * len(c)
	}
	for _, c := range commands {
		for i, field := range c {
			if i >= 2 && i%2 == 0 {
				field += uint32(size)
			}
			cmds = binary.LittleEndian.AppendUint32(cmds, field)
		}
	}
	var head []byte
	for _, field := range []uint32{machMagic64, cpuArm64, 0, 8, uint32(len(commands)), uint32(len(cmds)), 0, 0} {
		head = binary.LittleEndian.AppendUint32(head, field)
	}
	return slices.Concat(head, cmds, body)
}

func TestAPrefixOfANativeFileHasAProblem(t *testing.T) {
	for _, name := range []string{
		"macos-arm64/nginx_socket.so", "macos-x86_64/node_clean.node", "macos-universal/node_clean.node",
		"linux-x86_64/nginx_socket.so", "linux-other/nginx_socket_powerpc.so",
	} {
		data := fixture(t, name)
		for size := 8; size < len(data); size += 1 + len(data)/150 {
			f := Identify(name, data[:size])
			if !f.Kind.Native() || len(f.Problems) == 0 {
				t.Fatalf("the first %d of %d bytes of %s are %s without a problem", size, len(data), name, f.Kind)
			}
		}
	}
}

func TestABrokenSliceCostsOnlyItself(t *testing.T) {
	f := Identify("", fixture(t, "nasty/universal_broken_slice.so"))
	if len(f.Problems) == 0 || slices.ContainsFunc(f.Problems, func(p Problem) bool { return p.Slice != "arm64" || p.Offset < 1<<14 }) {
		t.Errorf("problems are %v; want some of arm64, at offsets of the whole file", f.Problems)
	}
	if !slices.Contains(f.Imports, "ngx_palloc") || !slices.Equal(f.Slices, []Slice{{"x86_64", "dylib"}, {"arm64", "dylib"}}) {
		t.Errorf("imports %q of slices %v; want those of the good slice", f.Imports, f.Slices)
	}
}

func TestAThousandSlicesAreAProblem(t *testing.T) {
	f := Identify("a.so", fixture(t, "nasty/universal_thousand_slices.so"))
	if f.Kind != MachO || len(f.Problems) == 0 || !strings.Contains(f.Problems[0].Text, "claims 1000 slices") {
		t.Errorf("%s, %v", f.Kind, f.Problems)
	}
}

func TestASliceUnderTheVersionOfAClassFileIsFound(t *testing.T) {
	thin := fixture(t, "macos-x86_64/nginx_socket.so")
	data := binary.BigEndian.AppendUint32(nil, fatMagic)
	data = binary.BigEndian.AppendUint32(data, 61) // Java 17
	for i := range uint32(61) {
		cpu := uint32(0x00050700) // constant pool count and a tag, were it a class file
		if i == 1 {
			cpu = cpuWide | 7
		}
		for _, field := range []uint32{cpu, 3, 4096 * i * i, uint32(len(thin)), 12} {
			data = binary.BigEndian.AppendUint32(data, field)
		}
	}
	data = slices.Concat(data, make([]byte, 4096-len(data)), thin)
	if f := Identify("A.class", data); f.Kind != MachO || !slices.Contains(f.Imports, "connect") {
		t.Errorf("%s, imports %q", f.Kind, f.Imports)
	}
}

func TestHostileTablesBecomeProblems(t *testing.T) {
	const many = 0x0fffffff
	trieCircle := []byte{0, 1, 'a', 0, 0}
	// Every node but the last begins one byte after the one before and has 255 children.
	trieLayers := bytes.Repeat([]byte{0, 255, 1, 1}, 4<<10)
	for _, c := range []struct {
		about string
		data  []byte
		want  string // in the text of a problem
	}{
		{"more symbols than bytes", machO(make([]byte, 64), []uint32{lcSymtab, 24, 0, many, 0, 64}), "symbol table claims"},
		{"string table out of the file", machO(make([]byte, 64), []uint32{lcSymtab, 24, 0, 1, many, many}), "string table goes beyond"},
		{"trie in a circle", machO(trieCircle, []uint32{lcExportsTrie, 16, 0, uint32(len(trieCircle))}), "circle"},
		{"trie out of itself", machO([]byte{0, 1, 'a', 0, 99}, []uint32{lcExportsTrie, 16, 0, 5}), "beyond its end"},
		{"trie of layers", machO(trieLayers, []uint32{lcExportsTrie, 16, 0, uint32(len(trieLayers))}), "trie"},
		{"chained imports out of bounds", machO(words(0, 0, 28, 28, many, 1, 0), []uint32{lcChainedFixups, 16, 0, 28}), "claim 268435455 imports"},
		{"compressed names", machO(words(0, 0, 28, 28, 0, 1, 1), []uint32{lcChainedFixups, 16, 0, 28}), "compressed"},
		{"unknown import format", machO(words(0, 0, 28, 28, 1, 9, 0), []uint32{lcChainedFixups, 16, 0, 28}), "unknown import format 9"},
		{"unknown bind opcode", machO([]byte{0xf0}, []uint32{lcDyldInfo, 48, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}), "unknown opcode"},
		{"signature without magic", machO(make([]byte, 64), []uint32{lcCodeSignature, 16, 0, 64}), "signature is broken"},
		{"signature with a huge index", machO(signed(magicSuperBlob, 64, many), []uint32{lcCodeSignature, 16, 0, 64}), "signature is broken"},
		{"load command of no size", machO(nil, []uint32{lcSymtab, 0}), "impossible size"},
		{"segment command too short", machO(nil, []uint32{lcSegment64, 8}), "too short"},
		{"the same table a thousand times", machO(bytes.Repeat([]byte{0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1<<16),
			slices.Repeat([][]uint32{{lcSymtab, 24, 0, 1 << 16, 0, 1 << 20}}, 1000)...), "over and over"},
		{"universal without slices", []byte("\xca\xfe\xba\xbe\x00\x00\x00\x00"), "no slice"},
		{"slice out of the file", binary.BigEndian.AppendUint32([]byte("\xca\xfe\xba\xbe\x00\x00\x00\x01\x01\x00\x00\x07\x00\x00\x00\x03\x00\x00\xff\xff\x00\x00\xff\xff"), 0), "beyond the end"},
		{"ELF of four bytes", []byte("\x7fELF"), "truncated"},
		{"ELF of no class", append([]byte("\x7fELF\x09\x09"), make([]byte, 60)...), "impossible class"},
	} {
		f := Identify("", c.data)
		if !slices.ContainsFunc(f.Problems, func(p Problem) bool { return strings.Contains(p.Text, c.want) }) {
			t.Errorf("%s: problems are %v; want one with %q", c.about, f.Problems, c.want)
		}
	}
}

// words are 32-bit little-endian numbers.
func words(values ...uint32) (data []byte) {
	for _, v := range values {
		data = binary.LittleEndian.AppendUint32(data, v)
	}
	return data
}

// signed is the head of a signature, big endian, filled up to 64 bytes.
func signed(values ...uint32) (data []byte) {
	for _, v := range values {
		data = binary.BigEndian.AppendUint32(data, v)
	}
	return append(data, make([]byte, 64-len(data))...)
}

// A function handed on under another name could be imported from this very
// file, without its own name among the imports.
func TestAReexportIsAnImport(t *testing.T) {
	root := []byte{0, 1, '_', 'f', 0, 6}
	terminal := append([]byte{0x08, 1}, "_socket\x00"...)
	trie := slices.Concat(root, []byte{byte(len(terminal))}, terminal, []byte{0})
	f := Identify("", machO(trie, []uint32{lcExportsTrie, 16, 0, uint32(len(trie))}))
	if !slices.Equal(f.Exports, []string{"f"}) || !slices.Equal(f.Imports, []string{"socket"}) {
		t.Errorf("exports %q, imports %q; want f and socket", f.Exports, f.Imports)
	}
}

// An own definition takes the place of a weak bind, but not of one that names a library.
func TestOnlyAWeakBindCanMeanAnOwnSymbol(t *testing.T) {
	trie := append([]byte{0, 1}, "_socket\x00\x0a\x01\x00\x00"...)
	for ordinal, want := range map[byte][]string{bindOrdinal | 1: {"socket"}, bindSpecial | 0xe: {"socket"}, bindSpecial | 0xd: nil, bindOrdinal: nil} {
		binds := slices.Concat([]byte{ordinal, bindSymbol}, []byte("_socket\x00"), []byte{bindDo, bindDone})
		body := slices.Concat(trie, make([]byte, 64-len(trie)), binds)
		f := Identify("", machO(body,
			[]uint32{lcExportsTrie, 16, 0, uint32(len(trie))},
			[]uint32{lcDyldInfo, 48, 0, 0, 64, uint32(len(binds)), 0, 0, 0, 0, 0, 0}))
		if !slices.Equal(f.Imports, want) || !slices.Equal(f.Exports, []string{"socket"}) {
			t.Errorf("ordinal %#x: imports %q, want %q; exports %q; %v", ordinal, f.Imports, want, f.Exports, f.Problems)
		}
	}
}

func TestNamesArePrintableAndShort(t *testing.T) {
	long := strings.Repeat("x", 3*maxName)
	binds := slices.Concat([]byte{bindSymbol}, []byte("_a\n\x1b[31m\xff\x00"), []byte{bindDo, bindSymbol}, []byte("_"+long+"\x00"), []byte{bindDo, bindDone})
	f := Identify("", machO(binds, []uint32{lcDyldInfo, 48, 0, 0, 0, uint32(len(binds)), 0, 0, 0, 0, 0, 0}))
	if want := []string{"a??[31m?", long[:maxName-1]}; !slices.Equal(f.Imports, want) {
		t.Errorf("imports are %q, want %q", f.Imports, want)
	}
}

func TestTooManyNamesAreAProblem(t *testing.T) {
	var binds []byte
	for i := range maxNames + 5 {
		binds = append(fmt.Appendf(append(binds, bindSymbol), "_%x\x00", i), bindDo)
	}
	f := Identify("", machO(binds, []uint32{lcDyldInfo, 48, 0, 0, 0, uint32(len(binds)), 0, 0, 0, 0, 0, 0}))
	if len(f.Imports) != maxNames || len(f.Problems) != 1 {
		t.Errorf("%d imports, problems %v", len(f.Imports), f.Problems)
	}
}

// The worst that a file can ask for takes time in proportion to its size.
func TestTimeIsBounded(t *testing.T) {
	const size = 4 << 20
	for about, data := range map[string][]byte{
		"trie":    machO(bytes.Repeat([]byte{0, 255, 1, 1, 1}, size/5), []uint32{lcExportsTrie, 16, 0, size}),
		"names":   machO(bytes.Repeat([]byte{1, 1, 1, 1}, size/4), slices.Repeat([][]uint32{{lcSymtab, 24, 0, size / 16, 0, size}}, 100)...),
		"strings": machO(bytes.Repeat([]byte("a"), size), []uint32{lcSymtab, 24, 0, size / 16, 0, size}),
		"binds":   machO(bytes.Repeat([]byte{bindDo}, size), []uint32{lcDyldInfo, 48, 0, 0, 0, size, 0, size, 0, size, 0, size}),
	} {
		start := cputime.Used()
		Identify("", data)
		if took := cputime.Used() - start; took > 5*time.Second {
			t.Errorf("%s: %d bytes took %v", about, len(data), took)
		}
	}
}
