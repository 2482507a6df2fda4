package match

import (
	"bytes"
	"reflect"
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
		"base": {3, []reference{{"classes", " A "}}},
		"one":  {4, []reference{{"classes", " A "}, {"imports", " socket "}, {"imports", "nw_"}}},
		"two":  {14, []reference{{"classes", " A "}, {"imports", " socket "}, {"imports", "nw_"}}},
	}
	if got := declarations(source); !reflect.DeepEqual(got, want) {
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
