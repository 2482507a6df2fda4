package match_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
	"plugvet/scanner/match"
)

const repository = "../.."

// builtin compiles our own rules.
func builtin(t testing.TB) *match.Rules {
	t.Helper()
	sources, err := match.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := match.Compile(sources)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func ownFixtures(t testing.TB) *match.Fixtures {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, "signatures", "fixtures.toml"))
	if err != nil {
		t.Fatal(err)
	}
	fixtures, err := match.ParseFixtures(text)
	if err != nil {
		t.Fatal(err)
	}
	return fixtures
}

func TestEveryBuiltinRuleMatchesWhatItMustAndNothingElse(t *testing.T) {
	fixtures := ownFixtures(t)
	fsys := os.DirFS(filepath.Join(repository, "signatures", fixtures.Root))
	rules := builtin(t)
	for name, views := range map[string]match.ViewsOf{
		"every script decoded": inspect.Views,
		"plain ones left undecoded": func(name string, data []byte) (*inspect.Facts, *script.View) {
			if view := inspect.Plain(inspect.Identify(name, data).Kind, data, rules.Modules()); view != nil {
				return inspect.Identify(name, data), view
			}
			return inspect.Views(name, data)
		},
	} {
		results, err := match.CheckFixtures(rules, fixtures, fsys, views)
		if err != nil {
			t.Fatal(err)
		}
		if len(results) < 40 {
			t.Errorf("%s: %d rules were checked", name, len(results))
		}
		for _, r := range results {
			for _, fault := range r.Faults {
				t.Errorf("%s: %s: %s", name, r.Rule, fault)
			}
		}
	}
}

// A script that loads a module which a rule asks for is read.
func TestModulesThatRulesAskForAreNotPlain(t *testing.T) {
	modules := builtin(t).Modules()
	for _, known := range []string{"net", "execa", "run-applescript", "@jxa/run"} {
		if !modules[known] {
			t.Errorf("the rules are said not to ask for %s", known)
		}
	}
	for name := range modules {
		if view := inspect.Plain(inspect.JavaScript, []byte(`require("`+name+`")`), modules); view != nil {
			t.Errorf("a script that loads %s is taken for plain", name)
		}
	}
}

func TestFixtureFaultsAreReported(t *testing.T) {
	rules := compile(t, `rule a { strings: $a = "yes" condition: $a }`)
	fsys := fstest.MapFS{"yes": {Data: []byte("yes")}, "no": {Data: []byte("no")}}
	tests := []struct {
		name     string
		fixtures match.Fixtures
		fault    string // "" means that the rule is fine
	}{
		{"both sorts hold", entry("a", []string{"yes"}, []string{"no"}), ""},
		{"no entry", match.Fixtures{}, "no fixture that it must match"},
		{"only matching files", entry("a", []string{"yes"}, nil), "no fixture that it must not match"},
		{"only other files", entry("a", nil, []string{"no"}), "no fixture that it must match"},
		{"must match and does not", entry("a", []string{"no"}, []string{"no"}), "does not match no"},
		{"must not match and does", entry("a", []string{"yes"}, []string{"yes"}), "matches yes, and must not"},
		{"pattern without a file", entry("a", []string{"yes", "gone*"}, []string{"no"}), "no file is named gone*"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			results, err := match.CheckFixtures(rules, &test.fixtures, fsys, inspect.Views)
			if err != nil || len(results) != 1 {
				t.Fatalf("results %v, error %v", results, err)
			}
			got := results[0]
			if got.OK() != (test.fault == "") || test.fault != "" && !slices.Contains(got.Faults, test.fault) {
				t.Errorf("faults %q, want %q", got.Faults, test.fault)
			}
		})
	}
}

func TestFixturesForAnUnknownRuleAreAnError(t *testing.T) {
	rules := compile(t, `rule a { condition: true }`)
	fixtures := entry("b", []string{"x"}, nil)
	_, err := match.CheckFixtures(rules, &fixtures, fstest.MapFS{}, inspect.Views)
	if err == nil || !strings.Contains(err.Error(), `rule "b"`) {
		t.Errorf("error %v", err)
	}
}

func TestUnknownKeysInFixturesAreErrors(t *testing.T) {
	_, err := match.ParseFixtures([]byte("[[rule]]\nname = \"a\"\nmatches = [\"x\"]\n"))
	if err == nil || !strings.Contains(err.Error(), "matches") {
		t.Errorf("error %v", err)
	}
}

func entry(rule string, must, not []string) match.Fixtures {
	return match.Fixtures{Rule: []match.Fixture{{Name: rule, Match: must, NoMatch: not}}}
}

func compile(t testing.TB, text string) *match.Rules {
	t.Helper()
	rules, err := match.Compile([]match.Source{{Name: "test.yar", Text: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return rules
}
