package evidence

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner"
	"plugvet/scanner/match"
	"plugvet/scanner/settings"

	attestation "github.com/in-toto/attestation/go/v1"
	"google.golang.org/protobuf/encoding/protojson"
)

func TestTheSameReportGivesTheSameBytes(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		same bool
	}{
		{"unsigned", nil, true},
		{"ed25519", []string{"-t", "ed25519"}, true},
		{"rsa", []string{"-t", "rsa", "-b", "2048"}, true},
		{"ecdsa", []string{"-t", "ecdsa"}, false},
	} {
		in := input(t, "homebrew", 23)
		if c.args != nil {
			key, _ := newKey(t, "alice@example.com", c.args...)
			in.Keys = append(in.Keys, key)
		}
		first, err := create(t, in).Tar()
		if err != nil {
			t.Fatal(err)
		}
		// What a JSON report says is enough to make it again.
		var page bytes.Buffer
		if err := json.NewEncoder(&page).Encode(in.Report); err != nil {
			t.Fatal(err)
		}
		in.Report = new(scanner.Report)
		if err := json.Unmarshal(page.Bytes(), in.Report); err != nil {
			t.Fatal(err)
		}
		again, err := create(t, in).Tar()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(first, again) != c.same {
			t.Errorf("%s: the same bytes: %v, expected %v", c.name, !c.same, c.same)
		}
	}
}

func TestADirectoryAndATarHoldTheSame(t *testing.T) {
	b := create(t, input(t, "homebrew", 23))
	dir, file := filepath.Join(t.TempDir(), "dir"), filepath.Join(t.TempDir(), "bundle.tar")
	if err := b.WriteDir(dir); err != nil {
		t.Fatal(err)
	}
	if err := b.WriteTar(file); err != nil {
		t.Fatal(err)
	}
	// The stock tar unpacks it into one directory.
	out := t.TempDir()
	stock(t, out, "tar", "-xf", file)
	unpacked := filepath.Join(out, "plugvet-evidence-1")
	stock(t, "", "diff", "-r", dir, unpacked)
	for _, path := range []string{dir, file, unpacked} {
		if v := Verify(path, Trust{}); !v.OK() {
			t.Errorf("%s: %v", path, v.Faults)
		}
	}
	if err := b.WriteDir(dir); err == nil {
		t.Error("a directory that holds something was written over")
	}
}

func TestABundleHoldsAllThatTheReportRestsOn(t *testing.T) {
	in := input(t, "homebrew", 23)
	b := create(t, in)
	want := []string{
		"SHA256SUMS", "VERIFY.md", "changes.json", "changes.txt", "index.json", "inventory.csv", "manifest.sums", "manifest.toml",
		"report.html", "report.json", "report.sarif", "rules.json", "rules.txt", "settings.original.toml", "settings.toml", "statement.json",
	}
	if got := slices.Sorted(maps.Keys(b.Files)); !slices.Equal(got, want) {
		t.Errorf("files %q, expected %q", got, want)
	}
	original, err := os.ReadFile(in.Report.Run.Config.Path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Files[configFile], original) {
		t.Error("the settings file is another one")
	}
	// The settings in effect are a settings file, and say what the file and the
	// command line said together.
	path := filepath.Join(t.TempDir(), "plugvet.toml")
	if err := os.WriteFile(path, b.Files[settingsFile], 0o600); err != nil {
		t.Fatal(err)
	}
	effective, err := settings.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(effective.Exclude, in.Report.Run.Exclude) || effective.Severity["socket"] != "low" ||
		effective.FailOn != "high" || int64(effective.Limits.MaxFileSize) != in.Report.Run.Limits.MaxFileSize {
		t.Errorf("settings in effect: %+v", effective.Settings)
	}
	var rules ruleSet
	if err := json.Unmarshal(b.Files[rulesFile], &rules); err != nil {
		t.Fatal(err)
	}
	sources, err := match.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		if !slices.ContainsFunc(rules.Files, func(f match.File) bool { return f.Name == source.Name && f.SHA256 == hexDigest(source.Text) }) {
			t.Errorf("%s: no digest of it", source.Name)
		}
	}
}

// The statement is read by in-toto's own library.
func TestTheStatementIsOneToInToto(t *testing.T) {
	in := input(t, "homebrew", 23)
	b := create(t, in)
	var s attestation.Statement
	if err := protojson.Unmarshal(b.Files[statementFile], &s); err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	if s.Subject[0].Name != indexFile || s.Subject[0].Digest["sha256"] != hexDigest(b.Files[indexFile]) {
		t.Errorf("first subject: %v", s.Subject[0])
	}
	if s.Subject[1].Name != manifestFile || "sha256:"+s.Subject[1].Digest["sha256"] != in.Report.Manifest.SHA256 {
		t.Errorf("second subject: %v", s.Subject[1])
	}
	// One subject is a directory: what the specification gives as the command for
	// dirHash must print its digest.
	for _, subject := range s.Subject {
		if !strings.HasPrefix(subject.Name, "node/shop-cart ") {
			continue
		}
		dir := strings.TrimPrefix(subject.Name, "node/shop-cart ")
		out := stock(t, dir, "sh", "-c", dirHashCommand(t))
		if got, _, _ := strings.Cut(string(out), " "); got != subject.Digest["dirHash"] {
			t.Errorf("dirHash %q, the command prints %q", subject.Digest["dirHash"], got)
		}
		return
	}
	t.Error("shop-cart is no subject")
}

// What is not the report's is no evidence of it.
func TestOtherFilesThanTheReportsAreRefused(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.toml")
	if err := os.WriteFile(other, []byte("fail_on = \"low\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what  string
		alter func(*Input)
	}{
		{"manifest", func(in *Input) { in.Manifest = other }},
		{"settings", func(in *Input) { in.Config = other }},
		{"rules", func(in *Input) { in.Report.Rules.Digest = digest(nil) }},
	} {
		in := input(t, "homebrew", 23)
		c.alter(&in)
		_, err := Create(in)
		var mismatch *MismatchError
		if !errors.As(err, &mismatch) || mismatch.What != c.what {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	in := input(t, "homebrew", 23)
	in.Report.Sweep = &scanner.Sweep{Sequence: 4, Previous: digest(nil)}
	if _, err := Create(in); err == nil || !strings.Contains(err.Error(), "sweep 4") {
		t.Errorf("a report of sweep 4 as the first bundle: %v", err)
	}
}

func TestABundleFollowsOnThePreviousOne(t *testing.T) {
	first := create(t, input(t, "homebrew", 16))
	in := input(t, "homebrew", 23)
	in.Previous = first
	second := create(t, in)
	if second.Index.Sequence != 2 || second.Index.Previous != first.Digest() || second.Index.Irregular != nil {
		t.Errorf("%+v", second.Index)
	}
	var c Changes
	if err := json.Unmarshal(second.Files[changesFile], &c); err != nil {
		t.Fatal(err)
	}
	if c.Previous.Index != first.Digest() || len(c.New)+len(c.Gone)+len(c.Changed)+len(c.Fixed) != 0 {
		t.Errorf("changes of the same tree: %+v", c)
	}
	if !bytes.Contains(second.Files[changesText], []byte("Nothing is new, gone, changed or fixed.")) {
		t.Errorf("%s", second.Files[changesText])
	}
	// A clock that went backwards is told.
	early := input(t, "homebrew", 9)
	early.Previous = second
	third := create(t, early)
	if len(third.Index.Irregular) != 1 || !strings.Contains(third.Index.Irregular[0], "backwards") {
		t.Errorf("a clock that went back two weeks: %v", third.Index.Irregular)
	}
	if !bytes.Contains(third.Files[guideFile], []byte("the clock went backwards")) {
		t.Error("VERIFY.md says nothing of it")
	}
}
