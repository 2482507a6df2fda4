package report

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write the golden files anew")

// example is a report with everything in it: every verdict, what is declared,
// ignored, skipped and not readable, and a sweep.
func example(t *testing.T) *scanner.Report {
	t.Helper()
	f, err := os.Open("testdata/report.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := ReadJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func written(t *testing.T, format string, r *scanner.Report, opts Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, format, r, opts); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The formats as they look. Run go test ./scanner/report -update after a change
// that is meant, and read the difference.
func TestFormatsLookAsTheyDid(t *testing.T) {
	for _, format := range Formats() {
		golden := filepath.Join("testdata", "golden", format)
		got := written(t, format, example(t), Options{})
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Errorf("%v (go test ./scanner/report -update writes it)", err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s differs from %s:\n%s", format, golden, got)
		}
	}
}

func TestEveryFormatTellsOfAnEmergencyApproval(t *testing.T) {
	for _, format := range Formats() {
		r := &scanner.Report{
			Run: scanner.Run{FailOn: scanner.Info}, Manifest: &scanner.Manifest{ID: "fleet"}, Summary: scanner.Summary{Verdict: "pass"},
			Plugins: []scanner.Plugin{{Host: "php", Name: "ok", Tree: "h1:", Verdict: scanner.Approved, Severity: scanner.None, VerdictSeverity: scanner.None, Approval: inEmergency()}},
		}
		with := string(written(t, format, r, Options{}))
		if !strings.Contains(strings.ToLower(with), "emergency") || !strings.Contains(with, "carol@example.com") && format == "csv" {
			t.Errorf("%s: %s", format, with)
		}
		if format == "junit" && strings.Contains(with, "<failure") || format == "github" && strings.Contains(with, "::error") {
			t.Errorf("%s fails for it where the gate does not: %s", format, with)
		}
		if format == "html" && !strings.Contains(textOf(byID(t, parsePage(t, r), "decisions")), "awaits review") {
			t.Error("the page does not ask for a decision")
		}
	}
}

func TestFormatsLeaveTheReportAsItIs(t *testing.T) {
	for _, format := range Formats() {
		r, untouched := hostile("a\nb"), hostile("a\nb")
		written(t, format, r, Options{})
		if !reflect.DeepEqual(r, untouched) {
			t.Errorf("%s changes the report", format)
		}
	}
}

func readSchema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join("testdata", "schemas", name))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// reports are those that every format is held against its schema with.
func reports(t *testing.T) map[string]*scanner.Report {
	return map[string]*scanner.Report{
		"example": example(t), "homebrew": scanSite(t, "homebrew", "approved.toml"), "debian": scanSite(t, "debian", ""),
		"absent": scanSite(t, "absent", ""), "hostile": hostile("\x1b]0;<![CDATA[\u202e\"'%0A::error::\xff"), "empty": {},
	}
}

func TestSARIFFollowsItsSchema(t *testing.T) {
	schema := readSchema(t, "sarif-2.1.0.schema.json")
	for name, r := range reports(t) {
		log, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, "sarif", r, Options{})))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(log); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestJUnitFollowsJenkinsSchema(t *testing.T) {
	for name, r := range reports(t) {
		lint := exec.Command("xmllint", "--noout", "--nonet", "--schema", "testdata/schemas/jenkins-junit.xsd", "-")
		lint.Stdin = bytes.NewReader(written(t, "junit", r, Options{}))
		if out, err := lint.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

func TestGitLabFollowsItsSchema(t *testing.T) {
	schema := readSchema(t, "gitlab-codequality.schema.json")
	for name, r := range reports(t) {
		list, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, "gitlab", r, Options{})))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(list); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		seen := map[any]bool{}
		for _, entry := range list.([]any) {
			print := entry.(map[string]any)["fingerprint"]
			if seen[print] {
				t.Errorf("%s: fingerprint %s stands there twice", name, print)
			}
			seen[print] = true
		}
	}
}

func TestOCSFFollowsItsSchema(t *testing.T) {
	schema := readSchema(t, "ocsf-findings.schema.json")
	classes := map[string]int{}
	for name, r := range reports(t) {
		for line := range bytes.Lines(written(t, "ocsf", r, Options{})) {
			event, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(event); err != nil {
				t.Errorf("%s: %v\n%s", name, err, line)
			}
			classes[event.(map[string]any)["class_name"].(string)]++
		}
	}
	if classes["Compliance Finding"] == 0 || classes["Detection Finding"] == 0 {
		t.Errorf("only %v", classes)
	}
}

// sarifOf is the one run of the SARIF form of a report.
func sarifOf(t *testing.T, r *scanner.Report, opts Options) *sarif.Run {
	t.Helper()
	log, err := sarif.FromBytes(written(t, "sarif", r, opts))
	if err != nil {
		t.Fatal(err)
	}
	return log.Runs[0]
}

func TestSARIFSuppressesWhatSomebodyAnswersFor(t *testing.T) {
	reasons := map[string]string{}
	for _, result := range sarifOf(t, example(t), Options{}).Results {
		for _, s := range result.Suppressions {
			reasons[*result.RuleID] = *s.Justification
		}
	}
	if len(reasons) != 2 || !strings.Contains(reasons["javascript_network_module"], "CHG-1234") || !strings.Contains(reasons["javascript_network_fetch"], "our own API") {
		t.Errorf("got %v", reasons)
	}
}

func TestSARIFTellsHowTheRunWent(t *testing.T) {
	i := sarifOf(t, example(t), Options{}).Invocations[0]
	if *i.ExitCode != scanner.ExitIncomplete || *i.ExecutionSuccessful {
		t.Errorf("exit code %d, successful %t", *i.ExitCode, *i.ExecutionSuccessful)
	}
	var told []string
	for _, n := range i.ToolExecutionNotifications {
		told = append(told, n.Level+" "+*n.Message.Text)
	}
	for _, want := range []string{
		"error not looked at: opt/homebrew/lib/php/pecl/20230831/xdebug.so: permission denied", "note skipped 1 file: no code",
	} {
		if !slices.Contains(told, want) {
			t.Errorf("%q is not in %q", want, told)
		}
	}
}

func TestSARIFNamesTechniques(t *testing.T) {
	run := sarifOf(t, example(t), Options{})
	taxa := run.Taxonomies[0].Taxa
	for _, rule := range run.Tool.Driver.Rules {
		if len(rule.Relationships) != 1 {
			t.Fatalf("%s has %d relationships", *rule.ID, len(rule.Relationships))
		}
		target := rule.Relationships[0].Target
		if *taxa[target.Index].ID != *target.ID || target.ToolComponent.Index != 0 {
			t.Errorf("%s points to taxon %d, which is %s and not %s", *rule.ID, target.Index, *taxa[target.Index].ID, *target.ID)
		}
		if len(rule.Properties.Tags) > 10 || rule.Properties.Properties["security-severity"] == "" || *rule.Help.Text == "" {
			t.Errorf("%s: %v", *rule.ID, rule.Properties)
		}
	}
	for _, r := range builtinRules() {
		if techniques[r.Attack] == "" {
			t.Errorf("%s: technique %s has no name", r.Name, r.Attack)
		}
	}
}

func TestSARIFKeepsToGitHubsLimits(t *testing.T) {
	r := example(t)
	mild, worst := r.Plugins[0], r.Plugins[1]
	f := worst.Findings[0]
	mild.Findings = nil
	for n := range 6000 {
		f.Path = mild.Path + "/" + strings.Repeat("x", n%300)
		f.Description = strings.Repeat("y", 2000)
		mild.Findings = append(mild.Findings, f)
	}
	late := &mild.Findings[5999]
	late.Severity, late.Rule, late.Why = scanner.Critical, "late", make([]scanner.Why, 150)
	r.Plugins = []scanner.Plugin{mild}
	text := written(t, "sarif", r, Options{})
	log, err := sarif.FromBytes(text)
	if err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	zip.Write(text)
	zip.Close()
	if zipped.Len() > 10<<20 {
		t.Errorf("%d bytes, zipped", zipped.Len())
	}
	run := log.Runs[0]
	if n := len(run.Results); n != 5000 {
		t.Errorf("%d results", n)
	}
	if first := run.Results[0]; *first.RuleID != "late" || len(first.RelatedLocations) != 100 || len(*first.Message.Text) > 1100 {
		t.Errorf("first is %s with %d related locations", *first.RuleID, len(first.RelatedLocations))
	}
	last := run.Invocations[0].ToolExecutionNotifications
	if text := *last[len(last)-1].Message.Text; !strings.HasPrefix(text, "1001 milder results were left out") {
		t.Errorf("the last notification is %q", text)
	}
}

// Alerts on a forge are the same ones after a package was updated.
func TestFingerprintsSurviveAnUpgrade(t *testing.T) {
	prints := func(r *scanner.Report) []string {
		var prints []string
		for _, i := range issuesOf(r) {
			prints = append(prints, i.fingerprint)
		}
		return prints
	}
	before := example(t)
	text, err := os.ReadFile("testdata/report.json")
	if err != nil {
		t.Fatal(err)
	}
	after, err := ReadJSON(strings.NewReader(strings.NewReplacer(
		"nginx/1.27.3/", "nginx/1.29.0/", "node_modules/shop-notify", "node_modules/.pnpm/shop-notify@2.0.0/node_modules/shop-notify",
		`"version": "1.4.2"`, `"version": "2.0.0"`, `"line": 7`, `"line": 70`, `"offset": 162`, `"offset": 1162`, "/srv/shop", "/home/ci/shop", "20230831", "20240924",
	).Replace(string(text))))
	if err != nil {
		t.Fatal(err)
	}
	if reflect.DeepEqual(before, after) || len(prints(before)) < 10 {
		t.Fatal("the test compares nothing")
	}
	if a, b := prints(before), prints(after); !slices.Equal(a, b) {
		t.Errorf("%v\n%v", a, b)
	}
	before.Plugins[1].Findings[0].Rule = "another"
	if slices.Equal(prints(before), prints(after)) {
		t.Error("another rule has the same fingerprint")
	}
}

func TestPathsAreRelativeToTheRepository(t *testing.T) {
	for _, c := range []struct{ base, file, want, id, dir string }{
		{"", "a/b.js", "a/b.js", "%SRCROOT%", "file:///srv/shop/"},
		{"/srv", "a/b.js", "shop/a/b.js", "%SRCROOT%", "file:///srv/"},
		{"/srv/shop", "a/b.js", "a/b.js", "%SRCROOT%", "file:///srv/shop/"},
		{"/other", "a/b.js", "a/b.js", "%SRCROOT%", "file:///srv/shop/"},
		{"", "../../etc/passwd", "etc/passwd", "%SRCROOT%", "file:///srv/shop/"},
		{"", "javascript:alert(1)", "javascript%3Aalert%281%29", "%SRCROOT%", "file:///srv/shop/"},
		{"", "ä b#?%", "%C3%A4%20b%23%3F%25", "%SRCROOT%", "file:///srv/shop/"},
	} {
		r := &scanner.Report{Plugins: []scanner.Plugin{{Host: "node", Name: "x", Root: "/srv/shop", Path: c.file, Verdict: scanner.Modified, VerdictSeverity: scanner.High}}}
		run := sarifOf(t, r, Options{Base: c.base})
		at := run.Results[0].Locations[0].PhysicalLocation.ArtifactLocation
		if *at.URI != strings.ReplaceAll(strings.ReplaceAll(c.want, "(", "%28"), ")", "%29") || *at.URIBaseID != c.id || *run.OriginalUriBaseIds[c.id].URI != c.dir {
			t.Errorf("base %q: %s in %s, %v", c.base, *at.URI, *at.URIBaseID, *run.OriginalUriBaseIds[c.id].URI)
		}
	}
}

func TestJUnitHasACaseForEachPlugin(t *testing.T) {
	r := example(t)
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Suites   []struct {
			Cases []struct {
				Name    string    `xml:"name,attr"`
				Failure *struct{} `xml:"failure"`
				Error   *struct{} `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(written(t, "junit", r, Options{}), &got); err != nil {
		t.Fatal(err)
	}
	state := map[string]string{}
	for _, s := range got.Suites {
		for _, c := range s.Cases {
			state[c.Name] = "passed"
			if c.Failure != nil {
				state[c.Name] = "failed"
			}
			if c.Error != nil {
				state[c.Name] = "error"
			}
		}
	}
	want := map[string]string{
		"nginx": "passed", "ngx_http_brotli_filter_module": "failed", "ngx_http_geoip2_module": "passed",
		"ngx_http_image_filter_module": "passed", // medium, below the threshold
		"ngx_http_report_module":       "failed", "@acme/tools": "failed", "shop-cart": "passed", "shop-notify": "failed",
		"apcu": "failed", "imap": "failed", "xdebug": "error", "everything was looked at": "error",
	}
	if !reflect.DeepEqual(state, want) || got.Tests != len(want) || got.Failures != 6 || got.Errors != 2 {
		t.Errorf("%d tests, %d failures, %d errors: %v", got.Tests, got.Failures, got.Errors, state)
	}
}

func TestGitHubAnnotatesTheWorstTen(t *testing.T) {
	r := example(t)
	r.Summary.Exit = scanner.ExitViolations
	var f []scanner.Finding
	for range 20 {
		f = append(f, scanner.Finding{Rule: "r", Severity: scanner.Low, Path: "a", Offset: -1})
	}
	r.Plugins[0].Findings = f
	out := string(written(t, "github", r, Options{Base: "/srv"}))
	if n := strings.Count(out, "\n::") + 1; n != 10 {
		t.Errorf("%d annotations", n)
	}
	if !strings.HasPrefix(out, "::error file=shop/") || strings.Contains(out, "::notice") || !strings.Contains(out, "more in the step's summary") {
		t.Errorf("got\n%s", out)
	}
}

func TestOCSFSuppressesWhatSomebodyAnswersFor(t *testing.T) {
	suppressed := 0
	for line := range bytes.Lines(written(t, "ocsf", example(t), Options{})) {
		var event struct {
			Status  string
			Comment string
		}
		if err := json.Unmarshal(line, &event); err != nil {
			t.Fatal(err)
		}
		if event.Status == "Suppressed" && event.Comment != "" {
			suppressed++
		}
	}
	if suppressed != 2 {
		t.Errorf("%d are suppressed", suppressed)
	}
}
