package scanner

import (
	"slices"
	"testing"
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
