package locate

import (
	"slices"
	"strings"
	"testing"
)

func TestReplacingStopsAtTheLimit(t *testing.T) {
	calls := 0
	got := replaceBounded(shellVariable, strings.Repeat("$A", maxExpanded), func(string) string {
		calls++
		return strings.Repeat("x", maxExpanded)
	})
	if len(got) != maxExpanded || calls > 2 {
		t.Errorf("%d bytes after %d values, want %d after 2", len(got), calls, maxExpanded)
	}
}

func TestSplitWordsAsAShell(t *testing.T) {
	cases := map[string][]string{
		`a  b`:                    {"a", "b"},
		`--x='a b' --y="c \"d\""`: {"--x=a b", `--y=c "d"`},
		`a\ b "\x" '\x'`:          {"a b", `\x`, `\x`},
		`'' ""`:                   {"", ""},
		`"open`:                   {"open"},
		`\`:                       {`\`},
		``:                        nil,
	}
	for text, want := range cases {
		if got := splitWords(text); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestAssignmentsOfAShellFragment(t *testing.T) {
	got := readAssignments("f", []byte("A=1 # x\nexport B=\"$A ${A}\"\r\nif x; then\n  C='$A'\nfi\nD=$NOPE\nE=\n# F=1\n"))
	want := []variable{
		{"A", "1", Reference{"f", 1}}, {"B", "1 1", Reference{"f", 2}}, {"C", "$A", Reference{"f", 4}},
		{"D", "", Reference{"f", 6}}, {"E", "", Reference{"f", 7}},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
