package strict

import (
	"reflect"
	"testing"
)

func listOf(data []byte) (l list) {
	walk(data, func(k key) bool {
		if k.head {
			l.add(k)
		}
		return true
	})
	return l
}

func TestALongListIsParsedInPieces(t *testing.T) {
	head := "format = 1\nshared = \"a\"\n[limits]\na = 1\n"
	three := "[[plugin]]\nhost = \"a\"\n[plugin.approval]\nby = \"x\"\n[[plugin]]\nhost = \"\"\"\n[[plugin]]\n\"\"\"\n[[plugin]] # the third\nbinaries = {a = \"b\"}\n"
	for _, in := range []string{
		three,
		head + three,
		"format = 1\n" + three + "[limits]\na = 1\n",
		"\n# [[plugin]]\n" + three,
	} {
		for _, size := range []int{0, 1, 60, pieceSize} {
			var whole, pieces document
			if err := parse([]byte(in), &whole); err != nil {
				t.Fatal(err)
			}
			if !parseInPieces([]byte(in), listOf([]byte(in)), size, &pieces) {
				t.Errorf("%q is not parsed in pieces of %d", in, size)
			} else if !reflect.DeepEqual(pieces, whole) {
				t.Errorf("%q in pieces of %d:\ngot  %+v\nwant %+v", in, size, pieces, whole)
			}
		}
	}
}

func TestWhatPiecesMayNotAccept(t *testing.T) {
	two := "[[plugin]]\nhost = \"a\"\n[[plugin]]\nhost = \"b\"\n"
	for _, in := range []string{
		"",
		"[limits]\na = 1\n",
		"[[plugin]]\nhost = \"a\"\n", // one alone
		"plugin = []\n" + two,
		"[plugin]\n" + two,
		two + "[limits]\na = 1\n" + two, // it comes back
		two + "[[plugin]]\nhost = 1\n",
		two + "[[plugin]]\nhost = \"a\"\nhost = \"b\"\n",
		two + "[plugin.approval]\n[plugin.approval]\n",
		two + "[plugin]\n",
		two + "[limits]\n[limits]\n",
		"[limits]\n" + two + "[limits]\n",
		"[[unknown]]\n[[unknown]]\n",
		"[[plugin]]\n[[plugin]][limits]\n", // two on one line
		"[[plugin]]\n[[plugin]] [[plugin]]\n",
	} {
		got := document{Format: 7}
		if parseInPieces([]byte(in), listOf([]byte(in)), 0, &got) {
			t.Errorf("%q was parsed in pieces: %+v", in, got)
		} else if !reflect.DeepEqual(got, document{Format: 7}) {
			t.Errorf("%q was not parsed in pieces, and left %+v", in, got)
		}
	}
}

// FuzzPieces: what is parsed in pieces is what the parser makes of the whole.
func FuzzPieces(f *testing.F) {
	for _, seed := range []string{
		"format = 1\n[[plugin]]\nhost = \"a\"\n[plugin.approval]\nby = \"x\"\n[[plugin]]\n[[plugin]]\n[limits]\na = 1\n",
		"[[plugin]]\n[[plugin]]\n[plugin]\n", "[[plugin]]\nany = [{a = 1}]\n[[plugin.any]]\n[[plugin]]\n[[plugin.any]]\nb = 1\n",
		"[[plugin]]\n[[\"plugin\"]]\n[['plugin']]\n[\"plugin\".approval]\n", "[[plugin]]\nplugin.host = 1\n[[plugin]]\n",
	} {
		f.Add([]byte(seed), 0)
	}
	f.Fuzz(func(t *testing.T, data []byte, size int) {
		var whole, pieces document
		var unknown bool
		known := fieldsOf{}
		end := walk(data, func(k key) bool {
			text, _ := known.check(reflect.TypeFor[document](), k)
			unknown = unknown || text != ""
			return true
		})
		if unknown || end.err != nil {
			return // Decode does not ask for pieces
		}
		if !parseInPieces(data, listOf(data), size, &pieces) {
			return
		}
		if err := parse(data, &whole); err != nil {
			t.Fatalf("%q: in pieces %+v, as a whole %v", data, pieces, err)
		}
		if !reflect.DeepEqual(pieces, whole) {
			t.Fatalf("%q: in pieces %+v, as a whole %+v", data, pieces, whole)
		}
	})
}
