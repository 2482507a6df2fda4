package inspect

import (
	"bytes"
	"testing"
)

// shiftedBy returns text with added more in every byte.
func shiftedBy(text []byte, added byte) []byte {
	out := bytes.Clone(text)
	for i := range out {
		out[i] += added
	}
	return out
}

func TestNamesAreFoundWhateverWasAddedToThem(t *testing.T) {
	code := fixture(t, "linux-x86_64/nginx_clean.so")
	for _, name := range shiftedNames {
		for added := range 256 {
			data := append(bytes.Clone(code), shiftedBy(name, byte(added))...)
			plain := added == 0 || added == letterCase || added == 256-letterCase
			found := Identify("a.so", data).Embedded
			switch {
			case plain && len(found) != 0:
				t.Errorf("%s with %d added: found %v, want nothing", name, added, found)
			case !plain && (len(found) != 1 || found[0] != Embedded{ShiftedName, int64(len(code))}):
				t.Errorf("%s with %d added: found %v, want it once at %d", name, added, found, len(code))
			}
		}
	}
}

func TestShiftedNamesAreFoundOnceWhereverTheyLie(t *testing.T) {
	code := fixture(t, "linux-x86_64/nginx_clean.so")
	hidden := shiftedBy(scriptCommand, 3)
	for at := shiftedStep - 20; at < shiftedStep+20; at++ {
		data := append(append(bytes.Clone(code), make([]byte, at-len(code))...), hidden...)
		found := Identify("a.so", append(data, make([]byte, 100)...)).Embedded
		if len(found) != 1 || found[0].Offset != int64(at) {
			t.Errorf("at %d: found %v, want it once", at, found)
		}
	}
	cut := append(bytes.Clone(code), hidden[:len(hidden)-1]...)
	if found := Identify("a.so", cut).Embedded; len(found) != 0 {
		t.Errorf("a name without its end: found %v, want nothing", found)
	}
}
