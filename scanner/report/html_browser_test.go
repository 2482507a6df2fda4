//go:build browser

package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"plugvet/scanner"
)

// TestPagesInABrowser opens pages in Chromium, by testdata/browser/check.mjs,
// and reads what it printed on paper. Run it by make browser-test.
func TestPagesInABrowser(t *testing.T) {
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(top, "build", "page")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	reports := pageReports(t)
	for name, r := range reports {
		if err := os.WriteFile(filepath.Join(dir, name+".html"), writePage(t, r), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	check := exec.Command("node", filepath.Join(top, "testdata", "browser", "check.mjs"), filepath.Join(top, "build", "browser"), dir)
	check.Stdout, check.Stderr = os.Stdout, os.Stderr
	if err := check.Run(); err != nil {
		t.Fatalf("check.mjs: %v", err)
	}
	for name, r := range reports {
		if name != "hostile" { // whose one long name is cut into lines
			paperTellsOf(t, filepath.Join(dir, name+".pdf"), r)
		}
	}
}

// paperTellsOf looks for what the page folds: all of it must be on paper.
func paperTellsOf(t *testing.T, path string, r *scanner.Report) {
	t.Helper()
	out, err := exec.Command("pdftotext", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext %s: %v", path, err)
	}
	paper := strings.Join(strings.Fields(string(out)), "") // lines break anywhere
	for _, p := range r.Plugins {
		texts := []string{p.Name, p.Tree}
		for _, f := range p.Findings {
			texts = append(texts, f.Rule, f.Excerpt)
		}
		for _, text := range texts {
			if !strings.Contains(paper, strings.Join(strings.Fields(text), "")) {
				t.Errorf("%s does not tell of %q", path, text)
			}
		}
	}
	for _, gap := range append(r.Coverage.Skipped, r.Coverage.Errors...) {
		if !strings.Contains(paper, gap.Path) {
			t.Errorf("%s does not tell of %q", path, gap.Path)
		}
	}
}
