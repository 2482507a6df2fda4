package match_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
)

// stock is the yara command with our rules, which its own compiler has compiled.
type stock struct{ yara, compiled string }

func newStock(t *testing.T) stock {
	t.Helper()
	yara, err := exec.LookPath("yara")
	if err != nil {
		t.Fatal("no yara command to compare with: make test installs it")
	}
	files, err := filepath.Glob(filepath.Join(repository, "signatures", "*.yar"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	s := stock{yara, filepath.Join(t.TempDir(), "rules")}
	run(t, filepath.Join(filepath.Dir(yara), "yarac"), slices.Concat([]string{"--fail-on-warnings"}, defined(nil), files, []string{s.compiled})...)
	return s
}

// defined are the arguments that give externals their values.
func defined(vars match.Variables) []string {
	var args []string
	for _, e := range match.Externals() {
		value, ok := vars[e.Name]
		if !ok {
			value = e.Default
		}
		args = append(args, "-d", fmt.Sprintf("%s=%v", e.Name, value))
	}
	return args
}

// run returns what a command that has nothing to complain of prints.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	var stderr strings.Builder
	command := exec.Command(program, args...)
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("%s %q: %v\n%s", program, args[len(args)-1], err, stderr.String())
	}
	return string(out)
}

// matches are the names of the rules that match a file.
func (s stock) matches(t *testing.T, file string, vars match.Variables) []string {
	t.Helper()
	out := run(t, s.yara, append(defined(vars), "-C", s.compiled, file)...)
	var names []string
	for line := range strings.Lines(out) {
		name, _, _ := strings.Cut(line, " ")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestTheStockCommandAgrees(t *testing.T) {
	yara := newStock(t)
	rules := builtin(t)
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if names := yara.matches(t, empty, nil); len(names) != 0 {
		t.Errorf("an empty file with the defaults of all externals matches %q", names)
	}
	root := filepath.Join(repository, "testdata", "fixtures")
	compared, matched := 0, 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.Contains(name, "/src/") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		facts, view := inspect.Views(name, data)
		hosts := []string{"nginx"}
		if facts.Kind.Native() {
			hosts = append(hosts, "node") // a host that native rules ask for
		}
		for _, host := range hosts {
			vars := match.VariablesOf(facts, match.Subject{Host: host, Path: rel})
			compare := func(file string, data []byte, vars match.Variables) {
				var ours []string
				for _, m := range scan(t, rules, data, vars) {
					ours = append(ours, m.Rule.Name)
				}
				slices.Sort(ours)
				if theirs := yara.matches(t, file, vars); !slices.Equal(ours, theirs) {
					t.Errorf("%s (%s, %s view): ours %q, stock %q", rel, host, vars["view"], ours, theirs)
				}
				compared++
				matched += len(ours)
			}
			compare(name, data, vars)
			if view != nil {
				decoded := filepath.Join(t.TempDir(), "decoded")
				if err := os.WriteFile(decoded, view.Text, 0o644); err != nil {
					t.Fatal(err)
				}
				compare(decoded, view.Text, vars.Decoded(view))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if compared < 200 || matched < 100 {
		t.Errorf("only %d comparisons, %d matches", compared, matched)
	}
}
