package match_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"plugvet/scanner/match"
)

func TestBuiltinRulesAreComplete(t *testing.T) {
	rules := builtin(t)
	if len(rules.Warnings) > 0 {
		t.Errorf("warnings: %q", rules.Warnings)
	}
	covered := map[string]bool{}
	said := map[string]string{}
	for _, r := range rules.List() {
		language, _, _ := strings.Cut(r.Name, "_")
		covered[language+" "+r.Capability] = true
		if !r.OurMetadata || len(r.Hosts) == 0 || r.Line == 0 || !strings.HasPrefix(r.Source, "builtin:") {
			t.Errorf("rule %s is incomplete: %+v", r.Name, r)
		}
		for _, text := range []string{r.Description, r.Why, r.Benign, r.Advice} {
			if other, twice := said[text]; twice {
				t.Errorf("rules %s and %s say the same: %s", other, r.Name, text)
			}
			said[text] = r.Name
			first, _ := utf8.DecodeRuneInString(text)
			if clause := text == r.Description; unicode.IsLower(first) != clause || strings.HasSuffix(text, ".") == clause {
				t.Errorf("rule %s: the description is a clause, the rest are sentences: %s", r.Name, text)
			}
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

// Every host's plugins may be linked with the libraries of another: a module of nginx with
// libuv or PHP's engine. What is less for one host has a rule of its own there.
func TestNativeRulesAreForEveryHost(t *testing.T) {
	excepted := map[string]string{
		"native_dynload_search_path": "addons bring libraries along, in packages of their own",
		"native_exec_open":           "packages open pages in the browser of who runs them",
		"native_obfuscation_globals": "only Node.js has them",
	}
	hosts := map[string][]string{}
	for _, r := range builtin(t).List() {
		name := strings.TrimSuffix(r.Name, "_node")
		hosts[name] = append(hosts[name], r.Hosts...)
	}
	for name, all := range hosts {
		if why := excepted[name]; strings.HasPrefix(name, "native_") && (len(all) != 4) != (why != "") {
			t.Errorf("%s is for %v; exception: %q", name, all, why)
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

const complete = `capability = "exec" severity = "low" confidence = "high" attack = "T1059" description = "d" why = "w" benign = "b" advice = "a"`

func TestMetadataAreChecked(t *testing.T) {
	without := func(key string) string { return regexp.MustCompile(key+` = "[^"]*"`).ReplaceAllString(complete, "") }
	tests := []struct{ name, meta, want string }{
		{"complete", complete, ""},
		{"unknown capability", strings.Replace(complete, "exec", "fly", 1), `capability "fly"`},
		{"no capability", without("capability"), `capability ""`},
		{"unknown severity", strings.Replace(complete, "low", "huge", 1), `severity "huge"`},
		{"no confidence", without("confidence"), `confidence ""`},
		{"no technique", without("attack"), `attack ""`},
		{"no such technique", strings.Replace(complete, "T1059", "T1059.2", 1), `attack "T1059.2"`},
		{"no description", without("description"), "no description"},
		{"no why", without("why"), "no why"},
		{"no benign", without("benign"), "no benign"},
		{"no advice", without("advice"), "no advice"},
		{"a capability and nothing else", `capability = "exec"`, `severity ""`},
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
