package inspect

import (
	"bytes"
	"encoding/binary"
	"maps"
	"path/filepath"
	"slices"
	"testing"
)

func TestALibraryWithoutCodeIsKnownByItsStartFiles(t *testing.T) {
	const frame = "\xf3\x0f\x1e\xfa\xe9\x77\xff\xff\xff" // frame_dummy, which jumps to register_tm_clones
	empty := fixture(t, filepath.Join("../scripts/native", "start_files.so"))
	is := func(data []byte) bool { return slices.Contains(embeddedNames(Identify("x.so", data)), StartFiles) }
	at := bytes.Index(empty, []byte(frame))
	if !is(empty) || at < 0 {
		t.Fatal("the start files are not known")
	}
	array := bytes.Index(empty, []byte{0x08, 0, 0, 0, 0, 0, 0, 0, byte(at), byte(at >> 8), 0, 0, 0, 0, 0, 0}) // of R_X86_64_RELATIVE
	if array < 0 {
		t.Fatal("no constructor")
	}
	for what, change := range map[string]func([]byte){
		"another instruction":       func(d []byte) { d[at+3] = 0xfb },
		"a call":                    func(d []byte) { d[at+4] = 0xe8 },
		"code behind the functions": func(d []byte) { copy(d[at+9:], "\xff\xd0") },
		"another constructor":       func(d []byte) { d[array+8], d[array+9] = 0, 0x18 },
	} {
		changed := bytes.Clone(empty)
		if change(changed); is(changed) {
			t.Errorf("%s is not seen", what)
		}
	}
}

func TestAFileOfDataAlone(t *testing.T) {
	data := fixture(t, filepath.Join("../scripts/native", "data_alone.so"))
	is := func(data []byte) bool { return slices.Contains(embeddedNames(Identify("x.so", data)), DataAlone) }
	if !is(data) {
		t.Fatal("it is not known")
	}
	for i := range int(data[56]) { // the program headers, of 56 bytes behind the first 64
		if h := data[64+56*i:]; h[0] == ptLoad {
			h[4] |= 1
			if is(data) {
				t.Errorf("segment %d may be run", i)
			}
			h[4] &^= 1
		}
	}
	calls := slices.Clone(data) // with another's code in place of its table of hashes
	at := bytes.LastIndex(calls, binary.LittleEndian.AppendUint64(nil, dtGNUHash))
	for _, tag := range []uint64{dtInit, dtFini, dtInitArray, dtFiniArray} {
		if binary.LittleEndian.PutUint64(calls[at:], tag); is(calls) {
			t.Errorf("tag %d has the loader call something", tag)
		}
	}
	const symbols, dynamic = 0x190, 0x208 // which begin with a symbol that is none, and with DT_FLAGS and DT_FLAGS_1
	relocation := map[int]byte{symbols + 8: 37, dynamic: dtRela, dynamic + 8: symbols & 0xff, dynamic + 9: symbols >> 8,
		dynamic + 16: dtRelaSize, dynamic + 17: 0, dynamic + 18: 0, dynamic + 19: 0, dynamic + 24: 24}
	other := maps.Clone(relocation)
	other[symbols+8] = 8
	for what, test := range map[string]struct {
		changes map[int]byte
		alone   bool
	}{
		"a symbol with a resolver":                  {map[int]byte{symbols + 24 + 4: 1<<4 | symbolResolver}, false},
		"a symbol with a resolver that has no name": {map[int]byte{symbols + 24: 0, symbols + 24 + 4: symbolResolver}, false},
		"a relocation with a resolver":              {relocation, false},
		"a relocation by the address of the file":   {other, true},
	} {
		changed := slices.Clone(data)
		for at, b := range test.changes {
			changed[at] = b
		}
		if is(changed) != test.alone {
			t.Errorf("with %s it is data alone: %v", what, !test.alone)
		}
	}
	if data[56] = 0; is(data) {
		t.Error("there is no segment")
	}
}
