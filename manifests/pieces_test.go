package manifests

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"plugvet/scanner/strict"
)

// asAWhole decodes data in one piece; nil where it does not decode.
func asAWhole(data []byte) *Manifest {
	m := new(Manifest)
	if strict.Decode("m.toml", data, m) != nil {
		return nil
	}
	return m
}

func TestAManifestInPiecesIsTheManifest(t *testing.T) {
	var text strings.Builder
	text.WriteString("format = 1\nid = \"x\"\nsequence = 1\n")
	for i := range 40 {
		fmt.Fprintf(&text, "\n[[plugin]]\nhost = \"node\"\nname = \"p%d\"\npath = \"p\"\ntree = \"h1:\"\nfiles = %d\ncapabilities = []\n[plugin.approval]\nby = \"a\"\n", i, i)
	}
	text.WriteString("\n[[revoked]]\nname = \"bad\"\nreason = \"r\"\n")
	data := []byte(text.String())
	whole := asAWhole(data)
	for n := 2; n < 50; n++ {
		m := inPieces("m.toml", data, n)
		if m == nil || !reflect.DeepEqual(m, whole) {
			t.Fatalf("%d pieces give %+v", n, m)
		}
	}
	if got := len(cut(data, 8)); got != 8 {
		t.Errorf("it was cut into %d pieces, expected 8", got)
	}
}

// What follows decodes in pieces, and as a whole it does not, or otherwise.
func TestWhatCutsWouldChangeIsNotCut(t *testing.T) {
	const entry = "\n[[plugin]]\nname = \"a\"\n"
	for name, text := range map[string]string{
		"a string of several lines":       "id = \"\"\"" + entry + entry + "\"\"\"\n" + entry + entry,
		"a literal of several lines":      "id = '''" + entry + entry + "'''\n" + entry + entry,
		"a list that is there already":    "plugin = [{name = \"" + strings.Repeat("a", 100) + "\"}]\n" + entry + entry,
		"revocations on both sides":       "revoked = [{name = \"a\"}]\n" + entry + entry + "\n[[revoked]]\nname = \"b\"\n",
		"a list of revocations, empty":    "revoked = []\n" + entry + entry + "\n[[revoked]]\nname = \"b\"\n",
		"revocations between":             entry + "[[revoked]]\nname = \"a\"\n" + entry + entry + "[[revoked]]\nname = \"b\"\n" + entry,
		"a fault":                         entry + entry + "nonsense = 1\n" + entry,
		"a list that begins and ends not": entry + "capabilities = [\n" + entry + "]\n" + entry,
	} {
		for n := 2; n < 5; n++ {
			if m := inPieces("m.toml", []byte(text), n); m != nil && !reflect.DeepEqual(m, asAWhole([]byte(text))) {
				t.Errorf("%s: %d pieces give %+v", name, n, m)
			}
		}
	}
}

func FuzzPieces(f *testing.F) {
	entry := []byte("\n[[plugin]]\nhost = \"node\"\nname = \"a\"\n[plugin.approval]\nby = \"a\"\n")
	f.Add([]byte("format = 1\n"), bytes.Repeat(entry, 3), 3)
	f.Add([]byte("plugin = [{}]\n"), entry, 2)
	f.Add([]byte("x = '''"), entry, 2)
	f.Add(entry, []byte("\n[[revoked]]\nname = \"a\"\n"), 2)
	f.Fuzz(func(t *testing.T, a, b []byte, n int) {
		data := bytes.Join([][]byte{a, b, a, b}, entry)
		if m := inPieces("m.toml", data, n%8); m != nil && !reflect.DeepEqual(m, asAWhole(data)) {
			t.Errorf("%q in pieces is %+v, as a whole %+v", data, m, asAWhole(data))
		}
	})
}
