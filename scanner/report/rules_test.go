package report

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"plugvet/scanner/match"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func every(match.Rule) bool { return true }

func ruleList(t *testing.T, sources ...match.Source) *RuleList {
	t.Helper()
	rules, err := match.Compile(sources)
	if err != nil {
		t.Fatal(err)
	}
	return NewRuleList(rules, []string{"test"}, every)
}

// One rule of ours and one public rule, neither of which will ever change.
func twoRules(t *testing.T) *RuleList {
	return ruleList(t,
		match.Source{Name: "ours.yar", Namespace: "ours", Text: []byte(`
rule one {
  meta:
    capability = "exec" severity = "low" confidence = "high" attack = "T1059.004" hosts = "nginx php"
    description = "starts <programs> & more"
    why = "It matters." benign = "Others do it too." advice = "Look at it."
  condition: true
}`)},
		match.Source{Name: "public/p.yar", Namespace: "p.yar", Text: []byte(`rule two : webshell APT {
  meta:
    author = "J. Doe" description = "finds x" reference = "urn:x" score = 85 capability = "flight" hash1 = "00"
  condition: true
}`)})
}

func TestTheJSONFormOfRulesIsStable(t *testing.T) {
	list := twoRules(t)
	list.Set.Digest = "sha256:…" // covers the externals too, which may grow
	var got bytes.Buffer
	if err := WriteJSON(&got, list); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("scripts that read the list break; got\n%s", got.String())
	}
}

func TestRulesFollowTheirSchema(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(RulesSchema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("rules.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("rules.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	builtin, err := match.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []*RuleList{ruleList(t, builtin...), twoRules(t), ruleList(t)} {
		var out bytes.Buffer
		if err := WriteJSON(&out, list); err != nil {
			t.Fatal(err)
		}
		instance, err := jsonschema.UnmarshalJSON(&out)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(instance); err != nil {
			t.Error(err)
		}
		for _, rule := range instance.(map[string]any)["rules"].([]any) {
			rule.(map[string]any)["surprise"] = true
			if schema.Validate(instance) == nil {
				t.Fatal("the schema lets unknown keys through")
			}
			break
		}
	}
}

func TestARuleIsToldInFull(t *testing.T) {
	for _, columns := range []int{0, 10, 60, 200} {
		var out bytes.Buffer
		if err := WriteRulesText(&out, twoRules(t), Options{Verbose: true, Columns: columns}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			"one\n  capability  exec\n  severity    low, high confidence\n  hosts       nginx php\n  ATT&CK      T1059.004\n  seen        starts",
			"  why         It matters.\n  benign      Others do it too.\n  what to do  Look at it.\n  source      ours.yar:2\n\ntwo\n",
			"  score       85\n  author      J. Doe\n  reference   urn:x\n  tags        webshell APT\n  source      public/p.yar:1\n",
		} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%d columns: %q is not in\n%s", columns, want, out.String())
			}
		}
	}
}

func TestTextIsWrappedAtBlanks(t *testing.T) {
	const words = "ein süßes   wort und einunaussprechlichlangeswort am ende"
	for width := range 60 {
		lines := wrap(words, width)
		for _, line := range lines {
			if utf8.RuneCountInString(line) > width && strings.Contains(line, " ") {
				t.Errorf("%d columns: %q is too long", width, line)
			}
		}
		if got := strings.Join(lines, " "); got != strings.Join(strings.Fields(words), " ") {
			t.Errorf("%d columns: got %q", width, got)
		}
	}
	if got := wrap("", 10); len(got) != 1 {
		t.Errorf("nothing is %q", got)
	}
}

func TestRulesOfOthersAreHarmlessToATerminal(t *testing.T) {
	list := ruleList(t, match.Source{Name: "x.yar", Text: []byte(`rule r { meta: description = "a\x1b[2J\nb" author = "\x1b[2J" condition: true }`)})
	for _, verbose := range []bool{false, true} {
		var out bytes.Buffer
		if err := WriteRulesText(&out, list, Options{Verbose: verbose}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "\x1b") || !strings.Contains(out.String(), `a\x1b[2J\x0ab`) {
			t.Errorf("verbose %t: %q", verbose, out.String())
		}
	}
}
