package report

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/match"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sites are scanned with the manifest beside them, if there is one.
func scanSite(t *testing.T, name, manifest string) *scanner.Report {
	t.Helper()
	sources, err := match.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := match.Compile(sources)
	if err != nil {
		t.Fatal(err)
	}
	opts := scanner.Options{
		Version: "test", Roots: []string{filepath.Join("../../testdata/sites", name)},
		Rules: rules, RuleSources: []string{"builtin"}, Now: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
	}
	if manifest != "" {
		path := filepath.Join("../../testdata/sites", manifest)
		m, data, err := manifests.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		opts.Approved = &scanner.Approvals{
			Path: manifest, SHA256: manifests.Digest(data), Manifest: m,
			Sums: func() (*manifests.Sums, error) { return manifests.ReadSums(path) },
		}
	}
	r, err := scanner.Scan(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("report.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestJSONFollowsItsSchema(t *testing.T) {
	schema := compileSchema(t)
	for _, c := range []struct{ site, manifest string }{
		{"homebrew", "approved.toml"}, {"homebrew", ""}, {"debian", "approved.toml"}, {"docker", ""}, {"pnpm", ""}, {"openresty", ""}, {"absent", ""},
	} {
		var out bytes.Buffer
		if err := Write(&out, "json", scanSite(t, c.site, c.manifest), Options{}); err != nil {
			t.Fatal(err)
		}
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(instance); err != nil {
			t.Errorf("%s: %v", c.site, err)
		}
		// The schema allows nothing that is not there: a new key needs a word in it.
		instance.(map[string]any)["surprise"] = true
		if schema.Validate(instance) == nil {
			t.Errorf("%s: the schema lets unknown keys through", c.site)
		}
	}
}

func TestAnUntrustedManifestFollowsTheSchema(t *testing.T) {
	r := scanSite(t, "homebrew", "")
	r.Manifest = &scanner.Manifest{Path: "m.toml", SHA256: manifests.Digest(nil), Signers: []string{}, Untrusted: "it is not signed"}
	r.Summary.Verdict, r.Summary.Exit = "untrusted", scanner.ExitTrust
	var out bytes.Buffer
	if err := Write(&out, "json", r, Options{}); err != nil {
		t.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := compileSchema(t).Validate(instance); err != nil {
		t.Error(err)
	}
}

func TestStoriesFollowTheSchema(t *testing.T) {
	r := scanSite(t, "homebrew", "approved.toml")
	f := scanner.Finding{
		Rule: "r", Capability: "applescript", Severity: scanner.Critical, Offset: -1, View: "raw",
		Noted: true, BothNew: true, Why: []scanner.Why{{Path: "a.js", Line: 3, Text: "loads b.js"}},
	}
	r.Plugins[0].Findings = append(r.Plugins[0].Findings, f)
	var out bytes.Buffer
	if err := Write(&out, "json", r, Options{}); err != nil {
		t.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := compileSchema(t).Validate(instance); err != nil {
		t.Error(err)
	}
}

func TestTextPutsWhatIsNewTogetherBeforeEverything(t *testing.T) {
	high := scanner.Finding{
		Rule: "new", Capability: "exec", Severity: scanner.High, BothNew: true,
		Why: []scanner.Why{{Path: "a.js", Line: 1, Text: "exec: x (new)"}, {Path: "b.js", Line: 2, Text: "socket: y (told)"}},
	}
	told := scanner.Finding{Rule: "told", Capability: "socket", Severity: scanner.High, Path: "b.js", Line: 2}
	critical := scanner.Finding{Rule: "bad", Capability: "applescript", Severity: scanner.Critical}
	r := &scanner.Report{Plugins: []scanner.Plugin{
		{Host: "nginx", Name: "a", Severity: scanner.Critical, Findings: []scanner.Finding{critical}},
		{Host: "node", Name: "b", Severity: scanner.Critical, Undeclared: []string{"dynload", "exec", "socket"}, Findings: []scanner.Finding{critical, told, high}},
		{Host: "node", Name: "c", Severity: scanner.Info, Findings: []scanner.Finding{{Capability: "applescript", Severity: scanner.Info, Noted: true, Path: "test/c.js", Line: 4}}},
	}}
	var out bytes.Buffer
	if err := Write(&out, "text", r, Options{}); err != nil {
		t.Fatal(err)
	}
	rest := out.String()
	for _, want := range []string{
		"CRITICAL node/b", "both new    exec, socket: gained", "exec (new)", "why: a.js:1 exec: x (new)", "why: b.js:2 socket: y (told)",
		"applescript (bad)", "CRITICAL nginx/a", "noted     node/c: applescript in test/c.js:4",
	} {
		_, after, ok := strings.Cut(rest, want)
		if !ok {
			t.Fatalf("%q is not there, or too early:\n%s", want, out.String())
		}
		rest = after
	}
	if strings.Contains(out.String(), "socket (told)") {
		t.Errorf("a part is told twice:\n%s", out.String())
	}
}

func TestJSONSurvivesBeingReadBack(t *testing.T) {
	var first, second bytes.Buffer
	if err := Write(&first, "json", scanSite(t, "homebrew", "approved.toml"), Options{}); err != nil {
		t.Fatal(err)
	}
	r, err := ReadJSON(bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := Write(&second, "json", r, Options{}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("a report differs from itself after being read back")
	}
	if _, err := ReadJSON(strings.NewReader(first.String() + "{}")); err == nil {
		t.Error("something behind the report was overlooked")
	}
}

func TestAForgedReportIsNotRead(t *testing.T) {
	text, err := os.ReadFile("testdata/report.json")
	if err != nil {
		t.Fatal(err)
	}
	forged := map[string]string{"no parts": `{"schema":"plugvet.report/1"}`}
	for name, change := range map[string][2]string{
		"violations":       {`"violations": 7`, `"violations": 0`},
		"negative count":   {`"violations": 7`, `"violations": -7`},
		"verdict":          {"\"verdict\": \"incomplete\",\n    \"violations\": 7", "\"verdict\": \"pass\",\n    \"violations\": 7"},
		"exit":             {`"exit": 3`, `"exit": 0`},
		"severities":       {`"critical": 2`, `"critical": 1`},
		"unknown severity": {`"severity": "critical"`, `"severity": "grave"`},
		"key twice":        {`"summary": {`, `"summary": {"exit": 0,`},
		"key in capitals":  {`"violations": 7`, `"Violations": 7`},
	} {
		if forged[name] = strings.Replace(string(text), change[0], change[1], 1); forged[name] == string(text) {
			t.Fatalf("%s: nothing was changed", name)
		}
	}
	for name, text := range forged {
		if _, err := ReadJSON(strings.NewReader(text)); err == nil {
			t.Errorf("%s: the report is believed", name)
		} else if strings.ContainsAny(err.Error(), "\n") {
			t.Errorf("%s: %q is more than one line", name, err)
		}
	}
}

func TestTextPutsTheWorstFirst(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "text", scanSite(t, "homebrew", "approved.toml"), Options{}); err != nil {
		t.Fatal(err)
	}
	last := scanner.Critical
	seen := 0
	for line := range strings.Lines(out.String()) {
		word, _, _ := strings.Cut(line, " ")
		s, err := scanner.ParseSeverity(strings.ToLower(word))
		if err != nil || word != strings.ToUpper(word) {
			continue
		}
		if s.Compare(last) > 0 {
			t.Errorf("%s after %s", s, last)
		}
		last = s
		seen++
	}
	if seen < 3 {
		t.Errorf("only %d plugins in\n%s", seen, out.String())
	}
}

func TestUnwritableOutputIsAnError(t *testing.T) {
	r := scanSite(t, "homebrew", "approved.toml")
	for _, format := range Formats() {
		if err := Write(brokenWriter{}, format, r, Options{Verbose: true}); err == nil {
			t.Errorf("%s: the last write's error is lost", format)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, context.DeadlineExceeded }

func FuzzReadJSON(f *testing.F) {
	seed, err := os.ReadFile("testdata/report.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte(`{"schema":"plugvet.report/1"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadJSON(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, format := range Formats() {
			var out bytes.Buffer
			if err := Write(&out, format, r, Options{}); err != nil {
				t.Errorf("%s: %v", format, err)
			}
		}
		if _, err := json.Marshal(r); err != nil {
			t.Error(err)
		}
	})
}

func TestAdviceIsSafeToPaste(t *testing.T) {
	p := &scanner.Plugin{Host: "node", Name: "x'; rm -rf ~; '", Verdict: scanner.Unapproved, Severity: scanner.High}
	got := advise(p, "a.toml")
	if want := `--manifest 'a.toml' --plugin 'node/x'\''; rm -rf ~; '\'''`; !strings.HasSuffix(got, want) {
		t.Errorf("got %s", got)
	}
}

func TestAdviceLeadsToWhatTheWorstRuleSays(t *testing.T) {
	p := &scanner.Plugin{Host: "node", Name: "x", Severity: scanner.High, Findings: []scanner.Finding{
		{Rule: "mild", Capability: "socket", Attack: "T1095", Severity: scanner.Medium},
		{Rule: "severe", Capability: "exec", Attack: "T1059", Severity: scanner.High},
		{Rule: "theirs", Capability: "rule", Severity: scanner.Low}}}
	if got := advise(p, ""); !strings.Contains(got, "plugvet rules list severe ") {
		t.Errorf("got %s", got)
	}
	p.Findings = []scanner.Finding{{Rule: "unknown-location", Severity: scanner.High}} // no rule
	if got := advise(p, ""); got == "" || strings.Contains(got, "rules list") {
		t.Errorf("got %s", got)
	}
}

func TestTextIsHarmlessToATerminal(t *testing.T) {
	r := &scanner.Report{Plugins: []scanner.Plugin{{Host: "node", Name: "a", Severity: scanner.High,
		Findings: []scanner.Finding{{Rule: "r", Severity: scanner.High, Description: "version 9\n\x1b[2JPASS: all is well"}}}}}
	for _, color := range []bool{false, true} {
		var out bytes.Buffer
		if err := Write(&out, "text", r, Options{Color: color}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "\x1b[2J") || strings.Contains(out.String(), "\n\x1b[2JPASS") || !strings.Contains(out.String(), `9\x0a`) {
			t.Errorf("colour %t: %q", color, out.String())
		}
	}
}

func TestAnApprovalWithAllThatItMaySayFollowsTheSchema(t *testing.T) {
	r := scanSite(t, "homebrew", "approved.toml")
	at := manifests.NewTime(time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC))
	filled := 0
	for i := range r.Plugins {
		p := &r.Plugins[i]
		if p.Approval == nil {
			continue
		}
		filled++
		p.Approval.Impact, p.Approval.Tested, p.Approval.Rollback = "shop", "CI 1", p.Tree
		p.Approval.RequestedBy, p.Approval.Emergency = "bob@example.com", true
		p.Approval.From = &manifests.Origin{ID: "ci", Sequence: 2, SHA256: manifests.Digest(nil), Signers: []string{"ci"}, By: "ci", At: at}
		p.Source = &manifests.Source{Kind: "dpkg", Package: "x", Version: "1", Grade: manifests.Weak, Note: "every MD5 holds"}
	}
	if filled == 0 {
		t.Fatal("the site has no approval")
	}
	var out bytes.Buffer
	if err := WriteJSON(&out, r); err != nil {
		t.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := compileSchema(t).Validate(instance); err != nil {
		t.Error(err)
	}
	again, err := ReadJSON(&out)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range r.Plugins {
		if !reflect.DeepEqual(again.Plugins[i].Approval, p.Approval) || !reflect.DeepEqual(again.Plugins[i].Source, p.Source) {
			t.Errorf("%+v was read back as %+v", p.Approval, again.Plugins[i].Approval)
		}
	}
}

func TestTextGivesAPipelineNothingToObey(t *testing.T) {
	for text, want := range map[string]string{
		"  ::error::x\n":          "  :\\x3aerror::x\n",
		"a ##[stop-commands]t":    "a #\\x23[stop-commands]t",
		"##vso[task.prependpath]": "#\\x23vso[task.prependpath]",
		"###[group]":              "##\\x23[group]",
		"std::string, # x [y] ##": "std::string, # x [y] ##",
	} {
		if got := string(WithoutCommands([]byte(text))); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
