package evidence

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/match"
	"plugvet/scanner/settings"
	"plugvet/scanner/trust"
)

const sites = "../../testdata/sites"

// builtin are our rules, compiled once.
var builtin = sync.OnceValues(func() (*match.Rules, error) {
	sources, err := match.Builtin()
	if err != nil {
		return nil, err
	}
	return match.Compile(sources)
})

// input scans a site with the manifest of the sites and with settings, as of
// the day given.
func input(t testing.TB, site string, day int) Input {
	t.Helper()
	rules, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	manifest := filepath.Join(sites, "approved.toml")
	m, data, err := manifests.Read(manifest)
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "plugvet.toml")
	if err := os.WriteFile(config, []byte("exclude = [\"**/fixtures/**\"]\n[severity]\nsocket = \"low\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := settings.Read(config)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, day, 3, 0, 0, 0, time.UTC)
	opts := scanner.Options{
		Version: "test", Roots: []string{filepath.Join(sites, site)}, Rules: rules, RuleSources: []string{"builtin"}, Now: now,
		Approved: &scanner.Approvals{
			Path: manifest, SHA256: manifests.Digest(data), Manifest: m,
			Sums: func() (*manifests.Sums, error) { return manifests.ReadSums(manifest) },
		},
	}
	file.Apply(&opts)
	r, err := scanner.Scan(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	r.Run.Finished = now.Add(time.Minute)
	return Input{Report: r, Rules: rules, Version: "test"}
}

// newKey makes a key with ssh-keygen and returns it with a line for an
// allowed_signers file.
func newKey(t testing.TB, principal string, args ...string) (*trust.Key, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	stock(t, "", "ssh-keygen", append([]string{"-q", "-N", "", "-C", principal, "-f", file}, args...)...)
	key, err := trust.OpenKey(file, func(string) ([]byte, error) { return nil, errors.New("no passphrase") }, "")
	if err != nil {
		t.Fatal(err)
	}
	public, err := os.ReadFile(file + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	return key, principal + " " + string(public)
}

// allow writes an allowed_signers file.
func allow(t testing.TB, lines ...string) (path string, allowed *trust.AllowedSigners) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "allowed_signers")
	var text bytes.Buffer
	for _, line := range lines {
		text.WriteString(line)
	}
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	allowed, err := trust.ReadAllowedSigners(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, allowed
}

// stock runs a program that knows nothing of plugvet.
func stock(t testing.TB, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	return out
}

func create(t testing.TB, in Input) *Bundle {
	t.Helper()
	b, err := Create(in)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// verifyFiles verifies files that lie nowhere.
func verifyFiles(f Files, t Trust) *Verification {
	v := &Verification{trust: t}
	v.files(f)
	return v
}

func clone(f Files) Files {
	files := maps.Clone(f)
	for name, data := range files {
		files[name] = bytes.Clone(data)
	}
	return files
}
