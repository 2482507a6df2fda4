package match

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

func TestDeclarationsAreReadFromTheSource(t *testing.T) {
	source := []byte(`import "pe"
/* rule comment { condition: imports contains "x" } */
private rule base { condition: classes contains " A " } // rule no { condition: true }
rule one : tag {
  meta: description = "rule fake { condition: imports contains \" y \" }"
  strings:
    $a = { 4D 5A [2-4] (01 | 02) } // }
    $b = /}\/"{ contains "z"/ nocase
  condition:
    base and filesize / 2 > 1 and imports contains " socket " and
    filename contains " no " and /* " */ imports
      contains "nw_"
}
rule two { condition: one }`)
	want := map[string]declaration{
		"base": {line: 3, private: true, references: []reference{{"classes", " A "}}},
		"one":  {line: 4, references: []reference{{"classes", " A "}, {"imports", " socket "}, {"imports", "nw_"}}},
		"two":  {line: 14, references: []reference{{"classes", " A "}, {"imports", " socket "}, {"imports", "nw_"}}},
	}
	got := declarations(source)
	for name, d := range got {
		text := string(source[d.start:d.end])
		if !strings.HasPrefix(strings.TrimPrefix(text, "private "), "rule "+name) || !strings.HasSuffix(text, "}") {
			t.Errorf("rule %s is %q", name, text)
		}
		d.start, d.end, d.condition = 0, 0, nil
		got[name] = d
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func FuzzLexerCoversTheSource(f *testing.F) {
	for _, seed := range []string{"", "rule a { condition: true }", "/*", "//", "\"", "\"\\", "/re\\/x/ \"a\\\"b\"", "a / b // c\n/* d */ e", "\x00\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		lex := newLexer(source)
		position, line := 0, 1
		for token := lex.next(); token.kind != tokenEnd; token = lex.next() {
			if token.start < position || token.end <= token.start || token.end > len(source) {
				t.Fatalf("token %+v after %d of %d", token, position, len(source))
			}
			line += bytes.Count(source[position:token.start], []byte("\n"))
			if token.line != line {
				t.Fatalf("token %+v stands on line %d", token, line)
			}
			line += bytes.Count(source[token.start:token.end], []byte("\n"))
			position = token.end
		}
		declarations(source)
	})
}
