package scanner

import (
	"slices"
	"testing"

	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
)

func TestAnExcerptSaysEachTextOnce(t *testing.T) {
	for _, c := range []struct{ texts, want []string }{
		{[]string{"/usr/bin/osascript", "osascript", "posix_spawn"}, []string{"/usr/bin/osascript", "posix_spawn"}},
		{[]string{"osascript", "posix_spawn", "/usr/bin/osascript"}, []string{"/usr/bin/osascript", "posix_spawn"}},
		{[]string{"exec", "spawn", "execa, spawn"}, []string{"execa, spawn"}},
		{[]string{"a", "a", "b"}, []string{"a", "b"}},
		{[]string{"1", "2", "3", "4", "5", "6", "7", "66"}, []string{"1", "2", "3", "4", "5", "66"}},
	} {
		var shown []string
		for _, text := range c.texts {
			shown = quote(shown, text)
		}
		if !slices.Equal(shown, c.want) {
			t.Errorf("of %q are shown %q, want %q", c.texts, shown, c.want)
		}
	}
}

// What stands before a word may be the end of the line before; the word has its own.
func TestFindingsHaveTheLineOfTheirWord(t *testing.T) {
	p := scanPackage(t, map[string]string{"package.json": packageJSON(""), "go.sh": "#!/bin/sh\necho\n\nosascript -e beep\n"})
	for _, f := range p.Findings {
		if f.Capability == "applescript" && f.Line != 4 {
			t.Errorf("%s: line %d, want 4", f.Rule, f.Line)
		}
	}
	if len(p.Findings) == 0 {
		t.Error("nothing found")
	}
}

// In a program the byte of an end of line is a byte of what matched.
func TestOnlyLinesAreLed(t *testing.T) {
	for kind, want := range map[inspect.Kind]int64{inspect.ELF: 0, inspect.JavaScript: 1} {
		file := &inspect.File{Data: []byte("\nosascript"), Facts: &inspect.Facts{Kind: kind}}
		m := match.Match{Rule: &match.Rule{}, Hits: []match.Hit{{Name: "$a", Text: "osascript"}}}
		if got := (&collector{opts: &Options{}}).finding("a", "", file, m).Offset; got != want {
			t.Errorf("%v: offset %d, want %d", kind, got, want)
		}
	}
}
