package script

import (
	"bytes"
	"compress/zlib"
	"testing"
)

func TestWhatIsUnpackedInVainIsPaidFor(t *testing.T) {
	var bomb bytes.Buffer
	w := zlib.NewWriter(&bomb)
	if _, err := w.Write(make([]byte, MaxConstant+1)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	limit := NewBudget(0, 0)
	tries := 0
	for ; limit.bytes > 0 && tries < 100; tries++ {
		if _, ok := Unpack(Zlib, bomb.String(), limit); ok {
			t.Fatal("more came out than one constant may be")
		}
	}
	if tries == 100 {
		t.Errorf("%d bytes are left after %d bombs", limit.bytes, tries)
	}
}

// One that evaluates itself, with several scripts at each depth, has no end otherwise.
func TestScriptsWithinAScriptAreCounted(t *testing.T) {
	limit := NewBudget(35, 4)
	scripts := 0
	for limit.Nest(1, 35) {
		if scripts++; scripts > 10_000 {
			t.Fatal("no end of scripts")
		}
	}
	if limit.Limit() != "too many scripts stand within it" {
		t.Errorf("limit %q", limit.Limit())
	}
	if limit.Nest(MaxScripts, 35); limit.Limit() != TooDeep {
		t.Errorf("limit %q of one that is too deep as well", limit.Limit())
	}
}
