package scanner

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"plugvet/manifests"
	"plugvet/scanner/match"
	"plugvet/scanner/tree"
)

var testNow = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// builtinOptions are those of a scan of root with our rules.
func builtinOptions(t *testing.T, root string) Options {
	t.Helper()
	sources, err := match.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := match.Compile(sources)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Version: "test", Roots: []string{root}, Rules: rules, RuleSources: []string{"builtin"}, Now: testNow}
}

func mustScan(t testing.TB, opts Options) *Report {
	t.Helper()
	report, err := Scan(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	if c := report.Coverage; c.Files != c.Matched+c.Carried+len(c.Skipped)+len(c.Errors) {
		t.Errorf("coverage does not add up: %+v", c)
	}
	return report
}

// site writes packages with files and returns their root. Each file's content
// is its own name.
func site(t testing.TB, files ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		content := "// " + name + "\n"
		if filepath.Base(name) == "package.json" {
			content = fmt.Sprintf(`{"name": %q, "version": "1.0.0"}`, filepath.Base(filepath.Dir(path)))
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// approvalsOf approves everything that a scan found.
func approvalsOf(t testing.TB, opts Options) *Approvals {
	t.Helper()
	opts.KeepFiles = true
	report := mustScan(t, opts)
	request := manifests.Request{
		Approval: manifests.Approval{By: "test", At: manifests.NewTime(testNow)},
		Rules:    report.Rules.Digest, ID: "test", Scope: report.Scope(),
	}
	for _, p := range report.Plugins {
		request.Plugins = append(request.Plugins, *p.Observed)
	}
	outcome, err := manifests.Approve(nil, request)
	if err != nil {
		t.Fatal(err)
	}
	return &Approvals{
		Path: "test.toml", SHA256: manifests.Digest(outcome.Manifest.Encode()), Manifest: outcome.Manifest,
		Sums: func() (*manifests.Sums, error) { return outcome.Sums, nil },
	}
}

func asJSON(t *testing.T, report *Report) []byte {
	t.Helper()
	stable := *report
	stable.Run.Finished = stable.Run.Started
	out, err := json.MarshalIndent(stable, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReportIsTheSameForAnyNumberOfJobs(t *testing.T) {
	for _, name := range []string{"homebrew", "debian", "docker", "pnpm", "openresty"} {
		opts := builtinOptions(t, filepath.Join("../testdata/sites", name))
		opts.Jobs = 1
		want := asJSON(t, mustScan(t, opts))
		for _, jobs := range []int{2, 7, 16} {
			opts.Jobs = jobs
			if got := asJSON(t, mustScan(t, opts)); !bytes.Equal(got, want) {
				t.Errorf("%s: the report with %d jobs differs from that with one", name, jobs)
			}
		}
	}
}

// Many problems at one offset of one file, in many files: nothing but their
// texts tells them apart.
func TestFindingsAreInOneOrder(t *testing.T) {
	broken, err := os.ReadFile("../testdata/fixtures/native/nasty/universal_thousand_slices.so")
	if err != nil {
		t.Fatal(err)
	}
	root := site(t, "node_modules/a/package.json")
	for i := range 20 {
		if err := os.WriteFile(filepath.Join(root, fmt.Sprintf("node_modules/a/%d.node", i)), broken, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	opts := builtinOptions(t, root)
	opts.Jobs = 1
	want := asJSON(t, mustScan(t, opts))
	opts.Jobs = 8
	for range 5 {
		if got := asJSON(t, mustScan(t, opts)); !bytes.Equal(got, want) {
			t.Fatal("two reports of the same tree differ")
		}
	}
}

func TestCarriedPluginsReportWhatMatchingWouldFind(t *testing.T) {
	withCapabilities := 0
	for _, site := range []string{"debian", "docker", "homebrew", "openresty", "pnpm"} {
		opts := builtinOptions(t, "../testdata/sites/"+site)
		cold := mustScan(t, opts)
		opts.Approved = approvalsOf(t, opts)
		carried := mustScan(t, opts)
		opts.Rematch = true
		matched := mustScan(t, opts)
		if carried.Coverage.Matched != 0 || carried.Coverage.Carried == 0 {
			t.Errorf("%s: nothing should be matched again: %+v", site, carried.Coverage)
		}
		if matched.Coverage.Carried != 0 {
			t.Errorf("%s: --rematch carries: %+v", site, matched.Coverage)
		}
		for i, p := range carried.Plugins {
			if len(p.Capabilities) > 0 {
				withCapabilities++
			}
			for _, q := range []Plugin{matched.Plugins[i], cold.Plugins[i]} {
				if p.Tree != q.Tree || fmt.Sprint(p.Capabilities) != fmt.Sprint(q.Capabilities) {
					t.Errorf("%s: carried %v, matched %v", p.Name, p.Capabilities, q.Capabilities)
				}
				if !reflect.DeepEqual(p.Binaries, q.Binaries) {
					t.Errorf("%s: binaries differ between carried and matched", p.Name)
				}
			}
			if p.Verdict != Approved || matched.Plugins[i].Verdict != Approved {
				t.Errorf("%s: carried %s, matched %s", p.Name, p.Verdict, matched.Plugins[i].Verdict)
			}
		}
	}
	if withCapabilities < 5 {
		t.Errorf("%d plugins have capabilities: not enough to tell", withCapabilities)
	}
}

func TestAPluginThatIsNotAsApprovedIsMatchedAfterAll(t *testing.T) {
	root := site(t, "node_modules/a/package.json", "node_modules/a/index.js", "node_modules/b/package.json", "node_modules/b/index.js")
	opts := builtinOptions(t, root)
	opts.Approved = approvalsOf(t, opts)
	hostile := []byte("require('net').connect(4444); require('child_process').exec('id')\n")
	if err := os.WriteFile(filepath.Join(root, "node_modules/a/index.js"), hostile, 0o644); err != nil {
		t.Fatal(err)
	}
	report := mustScan(t, opts)
	if c := report.Coverage; c.Matched != 2 || c.Carried != 2 {
		t.Errorf("want two files matched and two carried: %+v", c)
	}
	a := report.Plugins[0]
	if a.Verdict != Modified || fmt.Sprint(a.Undeclared) != "[exec socket]" || a.Severity != High {
		t.Errorf("a is %s, undeclared %v, %s", a.Verdict, a.Undeclared, a.Severity)
	}
	if len(a.Changes) != 1 || a.Changes[0].Path != "node_modules/a/index.js" || a.Changes[0].Change != "modified" {
		t.Errorf("changes: %+v", a.Changes)
	}
	for _, f := range a.Findings {
		if f.Severity != High {
			t.Errorf("exec and socket are both new, so %s should be high, not %s", f.Rule, f.Severity)
		}
	}
}

// A hookedTree runs a function before each read of an open file.
type hookedTree struct {
	tree.Tree
	before func(name string)
}

type hookedFile struct {
	tree.File
	before func()
}

func (h hookedTree) OpenListed(name string) (tree.File, error) {
	f, err := h.Tree.OpenListed(name)
	if err != nil {
		return nil, err
	}
	return &hookedFile{f, func() { h.before(name) }}, nil
}

func (f *hookedFile) Read(p []byte) (int, error) {
	f.before()
	return f.File.Read(p)
}

func TestFilesThatChangeWhileReadAreErrors(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"growing": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = io.WriteString(f, "more\n")
			return err
		},
		"truncated": func(path string) error { return os.Truncate(path, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			root := site(t, "node_modules/a/package.json", "node_modules/a/index.js")
			opts := builtinOptions(t, root)
			changed := false
			opts.open = func(path string) (tree.Tree, error) {
				inner, err := tree.OpenDir(path)
				return hookedTree{inner, func(name string) {
					if strings.HasSuffix(name, "index.js") && !changed {
						changed = true
						if err := change(filepath.Join(root, name)); err != nil {
							t.Error(err)
						}
					}
				}}, err
			}
			opts.Jobs = 1
			report := mustScan(t, opts)
			errs := report.Coverage.Errors
			if len(errs) != 1 || errs[0].Path != "node_modules/a/index.js" || !strings.Contains(errs[0].Reason, "changed while read") {
				t.Fatalf("errors: %+v", errs)
			}
			if report.Summary.Exit != ExitIncomplete || report.Plugins[0].Tree != "" {
				t.Errorf("exit %d, tree %q", report.Summary.Exit, report.Plugins[0].Tree)
			}
		})
	}
}

func TestInterruptedScanReturnsNoReport(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	root := site(t, "node_modules/a/package.json", "node_modules/a/index.js", "node_modules/b/package.json")
	opts := builtinOptions(t, root)
	opts.open = func(path string) (tree.Tree, error) {
		inner, err := tree.OpenDir(path)
		return hookedTree{inner, func(string) { cancel() }}, err
	}
	if report, err := Scan(ctx, opts); err == nil || report != nil {
		t.Errorf("got %v, %v", report, err)
	}
}

func TestSeveralRootsAreToldApart(t *testing.T) {
	one := site(t, "node_modules/a/package.json")
	two := site(t, "node_modules/a/package.json")
	opts := builtinOptions(t, one)
	opts.Roots = []string{one, two, filepath.Join(one, "absent")}
	report := mustScan(t, opts)
	if len(report.Plugins) != 2 || report.Plugins[0].Root == report.Plugins[1].Root {
		t.Errorf("plugins: %+v", report.Plugins)
	}
	if len(report.Coverage.MissingRoots) != 1 || report.Summary.Exit != ExitIncomplete {
		t.Errorf("missing roots %q, exit %d", report.Coverage.MissingRoots, report.Summary.Exit)
	}
}
