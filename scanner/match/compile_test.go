package match_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/match"
)

func TestBuiltinRulesAreComplete(t *testing.T) {
	rules := builtin(t)
	if len(rules.Warnings) > 0 {
		t.Errorf("warnings: %q", rules.Warnings)
	}
	covered := map[string]bool{}
	for _, r := range rules.List() {
		language, _, _ := strings.Cut(r.Name, "_")
		covered[language+" "+r.Capability] = true
		if !r.OurMetadata || r.Attack == "" || len(r.Hosts) == 0 || r.Line == 0 || !strings.HasPrefix(r.Source, "builtin:") {
			t.Errorf("rule %s is incomplete: %+v", r.Name, r)
		}
		for _, host := range r.Hosts {
			if !slices.Contains([]string{"nginx", "php", "node", "httpd"}, host) {
				t.Errorf("rule %s names host %q", r.Name, host)
			}
		}
	}
	for _, capability := range match.Capabilities {
		for _, language := range []string{"native", "javascript", "php"} {
			switch {
			case language == "native" && capability == "install-hook":
			case capability == "obfuscation" && language != "native":
				language = "script"
				fallthrough
			default:
				if !covered[language+" "+capability] {
					t.Errorf("no rule for %s in %s", capability, language)
				}
			}
		}
	}
}

func TestTheProgramHoldsNoAnchorReadable(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, anchor := range []string{"NSApple" + "Script", "osa" + "script", "OSADo" + "Script", "Fasd" + "UAS"} {
			if !strings.HasSuffix(name, "_test.go") && bytes.Contains(text, []byte(anchor)) {
				t.Errorf("%s holds %s in the clear", name, anchor)
			}
		}
	}
}

func TestBrokenSourcesAreAllNamedWithTheirLines(t *testing.T) {
	_, err := match.Compile([]match.Source{
		{Name: "good.yar", Text: []byte("rule a { condition: true }")},
		{Name: "first.yar", Text: []byte("rule b {\n  condition:\n    nonsense\n}")},
		{Name: "second.yar", Text: []byte("import \"nomodule\"\n")},
		{Name: "third.yar", Text: []byte("rule c { strings: $a = \"x\" condition: true }")},
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"first.yar:3: undefined identifier \"nonsense\"", "second.yar:1: ", "third.yar:1: unreferenced string \"$a\""} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in:\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "good.yar") {
		t.Errorf("good.yar is blamed:\n%v", err)
	}
	var sourceError *match.SourceError
	if !errors.As(err, &sourceError) || sourceError.Line == 0 {
		t.Errorf("%T is no *SourceError", err)
	}
}

func TestMetadataAreChecked(t *testing.T) {
	tests := []struct{ name, meta, want string }{
		{"complete", `capability = "exec" severity = "low" confidence = "high" description = "d"`, ""},
		{"unknown capability", `capability = "fly" severity = "low" confidence = "high" description = "d"`, `capability "fly"`},
		{"unknown severity", `capability = "exec" severity = "huge" confidence = "high" description = "d"`, `severity "huge"`},
		{"no confidence", `capability = "exec" severity = "low" description = "d"`, `confidence ""`},
		{"no description", `capability = "exec" severity = "low" confidence = "high"`, "no description"},
		{"public rule", `author = "x" severity = "huge"`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := match.Compile([]match.Source{{Name: "x.yar", Text: []byte("\nrule a { meta: " + test.meta + " condition: true }")}})
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "x.yar:2: ")):
				t.Errorf("error %v, want x.yar:2: … %s", err, test.want)
			}
		})
	}
}

func TestPublicRulesGetCapabilityRuleAndMediumSeverity(t *testing.T) {
	source := match.Source{Name: "p.yar", Namespace: "p", Text: []byte(`
rule public : tag1 tag2 {
  meta: author = "A. Author" description = "finds x" score = 75
  condition: filename == "x" and extension == ".exe" and filepath contains "/tmp/" and filetype == "EXE" and owner == "root"
}`)}
	rules, err := match.Compile([]match.Source{source})
	if err != nil {
		t.Fatal(err)
	}
	r := rules.List()[0]
	if r.Capability != "rule" || r.Severity != "medium" || r.OurMetadata || r.Author != "A. Author" ||
		r.Score != "75" || r.Description != "finds x" || !slices.Equal(r.Tags, []string{"tag1", "tag2"}) {
		t.Errorf("%+v", r)
	}
}

func TestDigestIsOfTheContent(t *testing.T) {
	a := match.Source{Name: "/here/a.yar", Namespace: "a.yar", Text: []byte("rule a { condition: true }")}
	b := match.Source{Name: "/here/b.yar", Namespace: "b.yar", Text: []byte("rule b { condition: true }")}
	elsewhere := a
	elsewhere.Name = "/there/a.yar"
	changed := a
	changed.Text = []byte("rule a { condition: false }")
	digest := func(sources ...match.Source) string {
		rules, err := match.Compile(sources)
		if err != nil {
			t.Fatal(err)
		}
		return rules.Digest()
	}
	want := digest(a, b)
	if got := digest(b, elsewhere); got != want {
		t.Errorf("order or place change the digest: %s, %s", got, want)
	}
	if digest(changed, b) == want || digest(a) == want {
		t.Error("another content has the same digest")
	}
	if !strings.HasPrefix(want, "sha256:") || len(want) != len("sha256:")+64 {
		t.Errorf("digest %q", want)
	}
}
