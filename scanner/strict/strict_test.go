package strict

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

type base struct {
	Shared string `toml:"shared"`
}

type entry struct {
	Host     string            `toml:"host"`
	Tree     string            `toml:"tree"`
	Files    int               `toml:"files"`
	Pinned   bool              `toml:"pinned"`
	Binaries map[string]string `toml:"binaries"`
	Approval *approval         `toml:"approval"`
	Any      any               `toml:"any"`
}

type approval struct {
	By string `toml:"by"`
	At day    `toml:"at"`
}

type document struct {
	base
	Format  int            `toml:"format"`
	Plugins []entry        `toml:"plugin"`
	Limits  map[string]int `toml:"limits"`
	Secret  string         `toml:"-"`
}

// day shows that errors of a type that decodes itself get a place too.
type day struct{ time.Time }

func (d *day) UnmarshalTOML(v any) error {
	t, ok := v.(time.Time)
	if !ok {
		return fmt.Errorf("expected a date")
	}
	d.Time = t
	return nil
}

func TestErrorsNameFileLineAndColumn(t *testing.T) {
	two := "format = 1\n[[plugin]]\nhost = \"a\"\nfiles = 1\n\n[[plugin]]\nhost = \"b\"\n"
	tests := []struct{ name, in, want string }{
		{"unknown key at the top", "format = 1\nfoo = 2\n", "m.toml:2:1: unknown key \"foo\"\nhint: known keys here: format, limits, plugin, shared"},
		{"a near miss", "fromat = 1\n", "m.toml:1:1: unknown key \"fromat\"\nhint: did you mean \"format\"?"},
		{"another case is another key", "Format = 1\n", "m.toml:1:1: unknown key \"Format\"\nhint: did you mean \"format\"?"},
		{"in the second of two entries", two + "  tere = \"x\"\n", "m.toml:8:3: unknown key \"tere\"\nhint: did you mean \"tree\"?"},
		{"same name known elsewhere", two + "format = 1\n", "m.toml:8:1: unknown key \"format\""},
		{"the first of several", "a = 1\nb = 2\n", "m.toml:1:1: unknown key \"a\""},
		{"an unknown table", "[foo]\nx = 1\n", "m.toml:1:1: unknown key \"foo\""},
		{"an unknown array of tables", "[[foo]]\n", "m.toml:1:1: unknown key \"foo\""},
		{"in an inline table", "plugin = [{host = \"ä\", tree = \"b\", foo = 1}]\n", "m.toml:1:36: unknown key \"foo\""},
		{"a dotted key", "[[plugin]]\napproval.by = \"a\"\napproval.byy = \"a\"\n", "m.toml:3:1: unknown key \"byy\"\nhint: did you mean \"by\"?"},
		{"not inside a multi-line string", "shared = \"\"\"\nfoo = 1\n\"\"\"\nfoo = 1\n", "m.toml:4:1: unknown key \"foo\""},
		{"not inside a comment", "# foo = 1\nfoo = 1\n", "m.toml:2:1: unknown key \"foo\""},
		{"a quoted key with an escape", "\"f\\u006fo\" = 1\n", "m.toml:1:1: unknown key \"foo\""},
		{"a field that is not for the file", "secret = \"x\"\n", "m.toml:1:1: unknown key \"secret\""},
		{"a syntax error", "format = 1\nx = = 2\n", "m.toml:2:5: "},
		{"a syntax error after an unknown key", "foo = 1\nformat 2\n", "m.toml:2:8: "},
		{"a key twice", "format = 1\nformat = 2\n", "m.toml:2:"},
		{"a table twice", "[limits]\n[limits]\n", "m.toml:2:"},
		{"a string for a number", two + "files = \"x\"\n", "m.toml:8:1: wrong type: expected integer, found string"},
		{"a number for a string", "[[plugin]]\nhost = 1\n[[plugin]]\nhost = \"x\"\n", "m.toml:2:1: wrong type: expected string, found integer"},
		{"a number for a table", "[[plugin]]\n\napproval = 1\n", "m.toml:3:1: wrong type: expected table, found integer"},
		{"a number for a map", "limits = 1\n", "m.toml:1:1: wrong type: expected table"},
		{"an array for a map", "limits = [{a = 1}]\n", "m.toml:1:1: wrong type: expected table"},
		{"tables for a map", "[[limits]]\na = 1\n", "m.toml:1:1: wrong type: expected table"},
		{"a word for a yes or no", "[[plugin]]\npinned = \"yes\"\n", "m.toml:2:1: wrong type: expected boolean, found string"},
		{"a table for an array", "[plugin]\nhost = \"x\"\n", "m.toml:1:1: wrong type: expected array, found table"},
		{"a type that decodes itself", two + "[plugin.approval]\nby = \"a\"\nat = 5\n", "m.toml:10:1: expected a date"},
		{"a value deep in a map", "[limits]\na = 1\nb = \"x\"\n", "m.toml:3:1: wrong type: expected integer, found string"},
		{"no utf-8", "shared = \"\xff\"\n", "m.toml:1:"},
		{"a byte order mark counts for nothing", "\xef\xbb\xbffoo = 1\n", "m.toml:1:1: unknown key \"foo\""},
		{"a mark of utf-16", "\xfe\xffformat = 1\n", "m.toml:1:1: not understood: expected a key"},
		{"deep arrays, even below an unknown key", "foo = " + strings.Repeat("[", 1_000_000), "m.toml:1:72: nested too deeply"},
		{"deep keys", strings.Repeat("a.", 1_000_000) + "a = 1", "m.toml:1:130: nested too deeply"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := Decode("m.toml", []byte(test.in), new(document))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, expected an *Error", err)
			}
			if !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got  %s\nwant %s", err, test.want)
			}
		})
	}
}

func TestDecodesWhatItKnows(t *testing.T) {
	in := "\xef\xbb\xbfshared = '''it''s'''\nformat = 0x1\n[limits]\n\"a b\" = 1\nc.d = 2\n"
	var got document
	err := Decode("m.toml", []byte(strings.Replace(in, "c.d", "cd", 1)), &got)
	if err != nil {
		t.Fatal(err)
	}
	want := document{base: base{"it''s"}, Format: 1, Limits: map[string]int{"a b": 1, "cd": 2}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestAtFindsTheKeyOrTheTableAroundIt(t *testing.T) {
	data := []byte("format = 1\n[[plugin]]\nhost = \"a\"\n[plugin.binaries]\n\"x.so\" = \"1\"\n[[plugin]]\n  host = \"b\"\nany = [1, {k = 2}]\n")
	tests := []struct {
		path []any
		want string
	}{
		{[]any{"plugin", 0, "host"}, "m:3:1: bad"},
		{[]any{"plugin", 1, "host"}, "m:7:3: bad"},
		{[]any{"plugin", 0, "binaries", "x.so"}, "m:5:1: bad"},
		{[]any{"plugin", 0, "binaries", "y.so"}, "m:4:1: bad"},
		{[]any{"plugin", 1, "approval", "by"}, "m:6:1: bad"},
		{[]any{"plugin", 1, "any", 1, "k"}, "m:8:12: bad"},
		{[]any{"sequence"}, "m: bad"},
	}
	for _, test := range tests {
		if got := At("m", data, "bad", test.path...).Error(); got != test.want {
			t.Errorf("%v: got %s, want %s", test.path, got, test.want)
		}
	}
}

func TestAFileBeyondTheLimitIsRefused(t *testing.T) {
	err := Decode("m.toml", bytes.Repeat([]byte("\n"), MaxSize+1), new(document))
	if err == nil || !strings.Contains(err.Error(), "file too large") {
		t.Errorf("got %v", err)
	}
}

func TestALargeFileIsLocatedQuickly(t *testing.T) {
	var b bytes.Buffer
	for i := range 10_000 {
		fmt.Fprintf(&b, "[[plugin]]\nhost = \"h%d\"\nfiles = 1\n[plugin.binaries]\n\"a\" = \"b\"\n", i)
	}
	for _, last := range []string{"foo = 1\n", "b = 1\n"} {
		start := time.Now()
		err := Decode("m.toml", append(b.Bytes(), last...), new(document))
		if err == nil || !strings.HasPrefix(err.Error(), "m.toml:50001:1: ") {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%q took %v", last, took)
		}
	}
}

// FuzzKeys holds the second walk to the parser: of every file that the parser
// accepts both see the same keys in the same order, so none escapes the check.
func FuzzKeys(f *testing.F) {
	for _, seed := range []string{
		"", "a = 1", "a.b.\"c d\".'e' = [1, 2, {x = 1, y.z = \"}\"}]\n", "[a]\n[a.b]\n[[c]]\n[[c.d]]\n[c.d.e]\nf=1\n[[c.d]]\n",
		"a = \"\"\"x\n\\\"\"\"\"\"\nb = '''y''\n'''''\n", "d = 1979-05-27 07:32:00 # c\n", "a = [ # c ]\n [1], [ ], ]\n",
		"a = { b = 1, # x\n c = 2, }\n", "\"\\\"\\u00e9\" = 1\n", "a = \"\\\\\"\nb=''\n", "a = -inf\n\r\nb = +1e5\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, mark := range []string{"\xef\xbb\xbf", "\xfe\xff", "\xff\xfe"} {
			if bytes.HasPrefix(data, []byte(mark)) {
				return // the parser passes over these; Decode takes the first and refuses the others
			}
		}
		var seen [][]string
		end := walk(data, func(k key) bool {
			if k.start < k.statement || k.start >= len(data) {
				t.Fatalf("key %v at %d in statement %d of %d bytes", k.path, k.start, k.statement, len(data))
			}
			var path []string
			for _, part := range k.path {
				if name, ok := part.(string); ok {
					path = append(path, name)
				}
			}
			seen = append(seen, path)
			return true
		})
		if errors.Is(end.err, errTooDeep) {
			return
		}
		var all map[string]any
		meta, err := toml.Decode(string(data), &all)
		if err != nil {
			return
		}
		if end.err != nil {
			t.Fatalf("stopped at %d: %v, but the parser accepts it", end.pos, end.err)
		}
		want := meta.Keys()
		if len(want) != len(seen) {
			t.Fatalf("walked %q, the parser has %q", seen, want)
		}
		for i := range want {
			// The parser forgets the middle of a dotted key: a.b.c = 1 is "c" there, under its table.
			if seen[i][len(seen[i])-1] != want[i][len(want[i])-1] {
				t.Fatalf("key %d: walked %q, the parser has %q", i, seen[i], want[i])
			}
		}
	})
}

// FuzzDecode: any input gives an *Error or a document, and an Error has a line
// that exists.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("format = 1\n[[plugin]]\nhost = \"a\"\n[plugin.approval]\nby = \"x\"\nat = 2026-01-01\n"))
	f.Add([]byte("plugin = [{files = \"x\"}]\n"))
	f.Add([]byte("a = \"\n"))
	f.Add([]byte("\x10")) // an error at offset -1
	f.Fuzz(func(t *testing.T, data []byte) {
		err := Decode("f", data, new(document))
		if err == nil {
			return
		}
		e, ok := err.(*Error)
		if !ok {
			t.Fatalf("%T: %v", err, err)
		}
		if lines := bytes.Count(data, []byte("\n")) + 1; e.Line > lines || e.Text == "" {
			t.Fatalf("line %d of %d: %q", e.Line, lines, e.Text)
		}
	})
}
