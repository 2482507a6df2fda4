package shell

import (
	"strings"
	"testing"
)

func TestMakefileRunsWhatItsRecipesComeTo(t *testing.T) {
	for text, want := range map[string]bool{
		"all:\n\tosascript -e beep\n": true,
		"KIND := apple\nTOOL := $(subst apple,osa,$(KIND))$(lastword manu type script)\nx:\n\t@$(TOOL)": true,
		"A = osa\nB = ${A}script\nx: ; -$(B) -e beep":                                                   true,
		"x:\n\tt=osa; $${t}script":                                          true,
		"x:\n\t$(foreach l,o s a,)$(join osa,script)":                       true,
		"f = $(1)$(2)\nx:\n\t$(call f,osa,script) -e beep":                  true,
		"A := $(shell echo tpircsaso | rev)\nx:\n\t$A\n\t$(A)":              true,
		"T := $(shell osascript -e beep)":                                   true,
		"A != echo osascript\nx:\n\t$(A)":                                   true,
		"define r\nosa\\\nscript\nendef\nS = a.osascript\nx:\n\t$(S:a.%=%)": true,
		"$(eval T := $(patsubst x%,osa%,xscript))\nx:\n\t$(T)":              true,
		"T = osascript\nx:\n\techo $(T)":                                    false,
		"# osascript\nx: osascript\n":                                       false,
		"x:\n\t$(OSASCRIPT) -e beep":                                        false,
	} {
		if got := Runs(Makefile(text), "osascript"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzMakefile(f *testing.F) {
	f.Add("A = $(A)$(A)\nx: $(foreach a,$(A),$(call A,$(shell echo $$a)))\n\t$(if $(A),${A:a=b})")
	f.Fuzz(func(t *testing.T, text string) {
		for _, words := range Makefile(text) {
			if size := len(strings.Join(words, " ")); len(words) == 0 || size > 64*MaxLine {
				t.Errorf("a command of %d words and %d bytes", len(words), size)
			}
		}
	})
}
