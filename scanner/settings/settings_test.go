package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"plugvet/scanner"
)

func write(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plugvet.toml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSettingsReachTheOptions(t *testing.T) {
	f, err := Read(write(t, `
fail_on = "medium"
hosts = ["nginx"]
exclude = ["**/cache/**"]

[[location]]
host = "php"
path = "opt/ext/*.so"

[severity]
"socket.raw" = "critical"

[limits]
jobs = 3
timeout = "90s"
max_file_size = "64MiB"

[[ignore]]
rule = "native_exec"
path = "**"
digest = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
reason = "known"
expires = 2027-05-22
`))
	if err != nil {
		t.Fatal(err)
	}
	opts := scanner.Options{Jobs: 1} // the command line wins
	opts.Locate.Exclude = []string{"tmp"}
	f.Apply(&opts)
	if opts.FailOn != scanner.Medium || opts.Jobs != 1 || opts.Timeout != 90*time.Second || opts.MaxFileSize != 64<<20 {
		t.Errorf("limits: %+v", opts)
	}
	if strings.Join(opts.Locate.Exclude, " ") != "tmp **/cache/**" || opts.Locate.Hosts[0] != "nginx" || opts.Locate.Locations[0].Glob != "opt/ext/*.so" {
		t.Errorf("where to look: %+v", opts.Locate)
	}
	if opts.Severities["socket.raw"] != scanner.Critical || len(opts.Ignores) != 1 {
		t.Errorf("severities %v, ignores %v", opts.Severities, opts.Ignores)
	}
	lastDay := time.Date(2027, 5, 22, 23, 59, 59, 0, time.UTC)
	if e := opts.Ignores[0].Expires; e.Passed(lastDay) || !e.Passed(lastDay.Add(time.Second)) {
		t.Errorf("an ignore holds through its last day, not until %v", e)
	}
	if !strings.HasPrefix(opts.Config.SHA256, "sha256:") {
		t.Errorf("config: %+v", opts.Config)
	}
}

func TestPathsOfTrustAreRelativeToTheFile(t *testing.T) {
	path := write(t, "[trust]\nallowed_signers = \"signers\"\nrequire_signed = 2\nmin_sequence = 7\nstate = \"/var/lib/plugvet\"\n")
	f, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Trust{filepath.Join(filepath.Dir(path), "signers"), 2, 7, "/var/lib/plugvet"}); f.Trust != want {
		t.Errorf("%+v, want %+v", f.Trust, want)
	}
	if f, err = Read(write(t, "[trust]\nstate = \"off\"\n")); err != nil || f.Trust.State != StateOff {
		t.Errorf("%+v, %v", f.Trust, err)
	}
}

func TestFaultsAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"nonsense = 1":                       `:1:1: unknown key "nonsense"`,
		"fail_on = \"awful\"":                `fail_on: unknown threshold "awful"`,
		"fail_on = \"info\"":                 `fail_on: unknown threshold "info"`,
		"hosts = [\"iis\"]":                  `hosts: unknown host "iis"`,
		"exclude = [\"[\"]":                  `exclude: "[" is not a valid pattern`,
		"[trust]\nrequire_signed = 1":        "require_signed needs allowed_signers",
		"[trust]\nmin_sequence = -1":         "cannot be negative",
		"[limits]\njobs = -1":                "a limit cannot be negative",
		"[limits]\ntimeout = \"5ms\"":        "too short",
		"[limits]\ntimeout = \"soon\"":       `"soon" is not a duration`,
		"[limits]\nmax_file_size = \"tall\"": `"tall" is not a size`,
		"[severity]\nx = \"grave\"":          `[severity] "x": unknown severity "grave"`,
		"[[location]]\nhost = \"nginx\"":     `[[location]] 1: path "" is not a valid pattern`,
		"[[ignore]]\nrule = \"r\"":           "[[ignore]] 1: path is required",
		"[[ignore]]\nrule = \"r\"\npath = \"p\"\ndigest = \"md5:1\"\nreason = \"y\"\nexpires = 2027-01-01": `digest "md5:1"`,
	} {
		if _, err := Read(write(t, text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]int64{"1": 1, "10B": 10, "4K": 4096, "4KiB": 4096, "2 MiB": 2 << 20, "1G": 1 << 30} {
		var s Size
		if err := s.Set(text); err != nil || int64(s) != want {
			t.Errorf("%q: got %d, %v; want %d", text, s, err, want)
		}
	}
	for _, text := range []string{"", "0", "-1", "1.5M", "9999999999G", "MiB"} {
		var s Size
		if err := s.Set(text); err == nil {
			t.Errorf("%q: got %d, want an error", text, s)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("exclude = [\"a\"]\n[limits]\nmax_file_size = \"1G\"\n")
	f.Add("[[ignore]]\nexpires = 2027-05-22\n")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Read(write(t, text))
		if err == nil {
			file.Apply(new(scanner.Options))
		}
	})
}
