package shell

import (
	"slices"
	"strings"
	"testing"
)

func TestEnvTakesATextApart(t *testing.T) {
	variables := map[string]string{"A": "x y", "B": "z", "E": ""}
	for text, want := range map[string][]string{
		`a  b` + "\tc\n":          {"a", "b", "c"},
		`${A}${B} ${A}`:           {"x yz", "x y"},
		`"${B} b"'${B} b'`:        {"z b${B} b"},
		`$B`:                      {"$B"},
		`a\_b "a\_b" '\_'`:        {"a", "b", "a b", `\_`},
		`\$\#\"\'\\ '\'' "\t"`:    {`$#"'\`, "'", "\t"},
		`a#b #c`:                  {"a#b"},
		`a b\c d`:                 {"a", "b"},
		`"" a${E}b`:               {"", "ab"},
		`${UNKNOWN}a`:             {unknown + "a"},
		`a ${B`:                   nil,
		``:                        nil,
		strings.Repeat("a ", 9e3): slices.Repeat([]string{"a"}, maxWords),
	} {
		if got := newState(variables).split(text); !slices.Equal(got, want) {
			t.Errorf("%.40q: %.80q, not %.80q", text, got, want)
		}
	}
	if got := strings.Join(newState(map[string]string{"A": strings.Repeat("a", MaxLine)}).split(strings.Repeat("${A}", 999)), " "); len(got) > 2*MaxLine {
		t.Errorf("%d bytes", len(got))
	}
}

func TestEnvRunsWhatItTookApart(t *testing.T) {
	for line, want := range map[string]string{
		`env -S "go '\${B}' \${B}" x`:       "go ${B} z x",
		`env -i -S'go x'`:                   "go x",
		`env -vS "A=1 go" x`:                "go x",
		`env --split-string="go x"`:         "go x",
		`env --split-string "-S \"go x\""`:  "go x",
		`env A=1 go -S "no x"`:              "go -S no x",
		`env -S`:                            "",
		`env -S "env -S 'env -S go\\_x'" y`: "go x y",
	} {
		commands := Commands(line, nil, map[string]string{"B": "z"})
		if got := strings.Join(commands[len(commands)-1], " "); got != want && (want != "" || len(commands) > 1) {
			t.Errorf("%s: %q, not %q", line, got, want)
		}
	}
}
