package inspect

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

var (
	coreHeader  = []byte("\x00asm\x01\x00\x00\x00")
	modelHeader = []byte("\x00asm\x0d\x00\x01\x00")
)

// wasmName is a counted name.
func wasmName(name string) []byte {
	return append(binary.AppendUvarint(nil, uint64(len(name))), name...)
}

// wasmSectionOf is a section of a list of entries; its claim is their number
// and extra.
func wasmSectionOf(id byte, extra int, entries ...[]byte) []byte {
	body := binary.AppendUvarint(nil, uint64(len(entries)+extra))
	body = append(body, bytes.Join(entries, nil)...)
	return slices.Concat([]byte{id}, binary.AppendUvarint(nil, uint64(len(body))), body)
}

// wasmImport is an import of a core module with its type.
func wasmImport(module, name string, kind ...byte) []byte {
	return slices.Concat(wasmName(module), wasmName(name), kind)
}

// wasmSamples are a module with imports of every type, and components that hold it.
func wasmSamples() map[string][]byte {
	core := slices.Concat(coreHeader,
		wasmSectionOf(coreImports, 0,
			wasmImport("env", "memory", wasmMemory, 7, 0x80, 0x80, 0x04, 0xff, 0xff, 0x7f), // shared, of 64 bits
			wasmImport("env", "page", wasmMemory, 8, 1, 0),
			wasmImport("env", "table", wasmTable, 0x63, 0x70, 1, 0, 9),
			wasmImport("env", "plain table", wasmTable, 0x70, 0, 0),
			wasmImport("env", "global", wasmGlobal, 0x7f, 1),
			wasmImport("env", "tag", wasmTag, 0, 3),
			wasmImport("wasi_snapshot_preview1", "sock_accept", wasmFunction, 0x80, 0x01)),
		wasmSectionOf(coreExports, 0, slices.Concat(wasmName("_start"), []byte{0, 5})))
	model := slices.Concat(modelHeader,
		slices.Concat([]byte{modelModule}, binary.AppendUvarint(nil, uint64(len(core))), core),
		wasmSectionOf(modelImports, 0,
			slices.Concat([]byte{0}, wasmName("wasi:sockets/tcp@0.2.0"), []byte{5, 1}),
			slices.Concat([]byte{1}, wasmName("resource"), []byte{3, 1}),
			slices.Concat([]byte{2}, wasmName("wasi:http/types"), wasmName("@0.2.1"), []byte{3, 0, 4}),
			slices.Concat([]byte{0}, wasmName("module"), []byte{0, 0x11, 2}),
			slices.Concat([]byte{0}, wasmName("value"), []byte{2, 1, 0x73})))
	return map[string][]byte{
		"module":                   core,
		"component":                model,
		"component in a component": slices.Concat(modelHeader, []byte{modelComponent}, binary.AppendUvarint(nil, uint64(len(core))), core),
	}
}

func TestImportsOfWebAssembly(t *testing.T) {
	inCore := []string{"env.global", "env.memory", "env.page", "env.plain?table", "env.table", "env.tag", "wasi_snapshot_preview1.sock_accept"}
	inModel := append([]string{"module", "resource", "value", "wasi:http/types", "wasi:sockets/tcp@0.2.0"}, inCore...)
	slices.Sort(inModel)
	for about, data := range wasmSamples() {
		want := inCore
		if about == "component" {
			want = inModel
		}
		f := Identify("", data)
		if f.Kind != Wasm || !slices.Equal(f.Imports, want) || !slices.Equal(f.Exports, []string{"_start"}) || len(f.Problems) > 0 {
			t.Errorf("%s: %s imports %q, want %q; exports %q; %v", about, f.Kind, f.Imports, want, f.Exports, f.Problems)
		}
	}
}

func TestBrokenWebAssemblyHasAProblem(t *testing.T) {
	first := wasmImport("a", "b", wasmFunction, 0)
	nested := coreHeader
	for range 2 * maxWasmNesting {
		nested = slices.Concat(modelHeader, []byte{modelComponent}, binary.AppendUvarint(nil, uint64(len(nested))), nested)
	}
	huge := append([]byte{coreImports}, binary.AppendUvarint(nil, 1<<40)...)
	for _, c := range []struct {
		about string
		data  []byte
		want  string // in the text of a problem
	}{
		{"magic alone", []byte("\x00asm"), "truncated within its header"},
		{"layer of the future", []byte("\x00asm\x01\x00\x02\x00"), "unknown layer 2"},
		{"section beyond the end", slices.Concat(coreHeader, wasmSectionOf(coreImports, 0, first)[:6]), "goes beyond the end"},
		{"section of a terabyte", slices.Concat(coreHeader, huge, []byte{1}, first), "goes beyond the end"},
		{"more imports than there are", slices.Concat(coreHeader, wasmSectionOf(coreImports, 9, first)), "ends after 1"},
		{"fewer imports than there are", slices.Concat(coreHeader, wasmSectionOf(coreImports, -1, first, first)), "holds more than the 1"},
		{"name beyond the end", slices.Concat(coreHeader, wasmSectionOf(coreImports, 0, first, []byte{99, 'x'})), "number 1 of the imports"},
		{"unknown type", slices.Concat(coreHeader, wasmSectionOf(coreImports, 1, first, wasmImport("c", "d", 77))), "number 1 of the imports"},
		{"nested too deep", nested, "more than 16 deep"},
	} {
		f := Identify("", c.data)
		if !slices.ContainsFunc(f.Problems, func(p Problem) bool { return strings.Contains(p.Text, c.want) }) {
			t.Errorf("%s: problems are %v; want one with %q", c.about, f.Problems, c.want)
		}
		if bytes.Contains(c.data, first) && !slices.Equal(f.Imports, []string{"a.b"}) && c.about != "section beyond the end" {
			t.Errorf("%s: imports %q, want the one that is whole", c.about, f.Imports)
		}
	}
}
