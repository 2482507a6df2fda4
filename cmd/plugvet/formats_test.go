package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plugvet/scanner"
	"plugvet/scanner/report"
)

// inProcess runs a command line with an environment of its own.
func inProcess(t *testing.T, env map[string]string, args ...string) (stdout string, code int) {
	t.Helper()
	var out, complaints bytes.Buffer
	p := &program{stdout: &out, stderr: &complaints, getenv: func(name string) string { return env[name] }}
	code = p.run(context.Background(), args)
	if code == scanner.ExitUsage {
		t.Fatalf("%s: %s", args, complaints.String())
	}
	return out.String(), code
}

func TestReportWritesWhatScanWrites(t *testing.T) {
	record := filepath.Join(t.TempDir(), "report.json")
	manifest, err := filepath.Abs("../../testdata/sites/approved.toml")
	if err != nil {
		t.Fatal(err)
	}
	scan := []string{"scan", "--manifest", manifest, "--output", "json=" + record, "--format", "github"}
	file := func(format string) string { return filepath.Join(filepath.Dir(record), format) }
	for _, format := range report.Formats() {
		scan = append(scan, "--output", format+"="+file(format))
	}
	stdout, code := inProcess(t, nil, append(scan, "../../testdata/sites/homebrew")...)
	for _, format := range report.Formats() {
		want, err := os.ReadFile(file(format))
		if err != nil {
			t.Fatal(err)
		}
		got, again := inProcess(t, nil, "report", "--format", format, record)
		if got == "" || got != string(want) || again != code {
			t.Errorf("%s (exit codes %d, %d):\n%s\n%s", format, code, again, want, got)
		}
		if format == "github" && stdout != got {
			t.Errorf("stdout differs from the file:\n%s\n%s", stdout, got)
		}
	}
}

func TestGitHubStepGetsASummary(t *testing.T) {
	summary := filepath.Join(t.TempDir(), "summary.md")
	env := map[string]string{"GITHUB_STEP_SUMMARY": summary}
	size := func() int {
		page, err := os.ReadFile(summary)
		if err != nil {
			return 0
		}
		return len(page)
	}
	if err := os.WriteFile(summary, []byte("# The step before\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	const example = "../../scanner/report/testdata/report.json"
	inProcess(t, env, "report", "--format", "text", example)
	if page, _ := os.ReadFile(summary); string(page) != "# The step before\n" {
		t.Errorf("text writes a summary: %s", page)
	}
	inProcess(t, env, "report", "--format", "github", example)
	page, err := os.ReadFile(summary)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(page), "# The step before\n") || !strings.Contains(string(page), "### plugvet: INCOMPLETE") {
		t.Errorf("got %s", page)
	}

	// GitHub drops a summary of more than a mebibyte as a whole.
	if err := os.WriteFile(summary, bytes.Repeat([]byte("x"), maxStepSummary-5000), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		inProcess(t, env, "report", "--format", "github", example)
	}
	if n := size(); n > maxStepSummary || n <= maxStepSummary-5000 {
		t.Errorf("the summary has %d bytes", n)
	}

	env["GITHUB_STEP_SUMMARY"] = filepath.Join(summary, "absent")
	if _, code := inProcess(t, env, "report", "--format", "github", example); code != scanner.ExitIncomplete {
		t.Errorf("exit code %d where the summary cannot be written", code)
	}
}

func TestAnnotationsNameFilesOfTheRepository(t *testing.T) {
	for _, env := range []map[string]string{{"GITHUB_WORKSPACE": "/srv"}, {"CI_PROJECT_DIR": "/srv"}} {
		out, _ := inProcess(t, env, "report", "--format", "github", "../../scanner/report/testdata/report.json")
		if !strings.Contains(out, "::error file=shop/opt/homebrew/etc/nginx/nginx.conf,line=3,") {
			t.Errorf("%v: %s", env, out)
		}
	}
}
