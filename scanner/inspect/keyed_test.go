package inspect

import (
	"bytes"
	"testing"
)

// plus returns text with added more in every byte.
func plus(text []byte, added byte) []byte {
	out := bytes.Clone(text)
	for i := range out {
		out[i] += added
	}
	return out
}

// under returns text under xor with a key that repeats.
func under(text []byte, key string) []byte {
	out := bytes.Clone(text)
	for i := range out {
		out[i] ^= key[i%len(key)]
	}
	return out
}

func TestNamesAreFoundWhateverWasAddedToThem(t *testing.T) {
	code := fixture(t, "../scripts/native/lookalike.so")
	for _, name := range keyedNames {
		for added := range 256 {
			data := append(bytes.Clone(code), plus(name, byte(added))...)
			plain := added == 0 || added == letterCase || added == 256-letterCase
			found := Identify("a.so", data).Embedded
			switch {
			case plain && len(found) != 0:
				t.Errorf("%s with %d added: found %v, want nothing", name, added, found)
			case !plain && (len(found) == 0 || found[0] != Embedded{ShiftedName, int64(len(code))}): // some sums are xors too
				t.Errorf("%s with %d added: found %v, want it at %d", name, added, found, len(code))
			}
		}
	}
}

func TestNamesAreFoundUnderAKeyThatRepeats(t *testing.T) {
	code := fixture(t, "../scripts/native/lookalike.so")
	for _, key := range []string{"\x12\xf3", "\x5a\x00", "\x10\xfe\x33", "\xde\xad\xbe\xef", "\x00\x00\x00\x01"} {
		for _, name := range keyedNames {
			if len(name)-len(key) < keyedProof {
				continue
			}
			found := Identify("a.so", append(bytes.Clone(code), under(name, key)...)).Embedded
			if len(found) != 1 || found[0] != (Embedded{KeyedName, int64(len(code))}) {
				t.Errorf("%s under %q: found %v, want it once at %d", name, key, found, len(code))
			}
		}
	}
	for _, key := range []string{"\x00\x00", "\x20\x00", "\x20\x20\x00\x20"} {
		if found := Identify("a.so", append(bytes.Clone(code), under(keyedNames[0], key)...)).Embedded; len(found) != 0 {
			t.Errorf("a change of case by %q: found %v, want nothing", key, found)
		}
	}
}

func TestKeyedNamesAreFoundOnceWhereverTheyLie(t *testing.T) {
	code := fixture(t, "../scripts/native/lookalike.so")
	for _, hidden := range [][]byte{plus(keyedNames[0], 3), under(keyedNames[0], "\xde\xad\xbe\xef")} {
		for at := keyedStep - 30; at < keyedStep+30; at++ {
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
}

func TestNamesAreFoundUnderAKeyThatGrowsOrApart(t *testing.T) {
	code := fixture(t, "../scripts/native/lookalike.so")
	for _, name := range keyedNames {
		for _, step := range []int{1, -1, 2, -2, 4, 8, -8} {
			for _, grows := range []byte{0, 1, 7, 0xff} {
				for _, sum := range []bool{false, true} {
					if grows == 0 && step == 1 {
						continue // for the rules
					}
					width := max(step, -step)
					hidden := make([]byte, len(name)*width)
					for i, b := range name {
						at, key := i*width, 0x51+byte(i)*grows
						if step < 0 {
							at = len(hidden) - width - at
						}
						if sum {
							hidden[at] = b + key
						} else {
							hidden[at] = b ^ key
						}
					}
					found := Identify("a.so", append(bytes.Clone(code), hidden...)).Embedded
					if len(found) == 0 || found[0].Offset != int64(len(code)) {
						t.Errorf("%s, step %d, key grows by %d, sum %v: found %v", name, step, grows, sum, found)
					}
				}
			}
		}
	}
	wide := bytes.Join(bytes.Split(keyedNames[0], nil), []byte{0})
	if found := Identify("a.so", append(bytes.Clone(code), wide...)).Embedded; len(found) != 0 {
		t.Errorf("wide characters in clear: found %v, want nothing", found)
	}
}
