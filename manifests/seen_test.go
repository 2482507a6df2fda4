package manifests

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAManifestDoesNotGoBack(t *testing.T) {
	seen := Seen{Dir: filepath.Join(t.TempDir(), "state")}
	hour := time.Hour
	for _, step := range []struct {
		id       string
		sequence int64
		bytes    string
		at       time.Duration
		want     string // of the refusal
	}{
		{"fleet", 3, "c", 0, ""},
		{"fleet", 3, "c", hour, ""},
		{"fleet", 3, "other", hour, "with other bytes"},
		{"fleet", 2, "b", hour, "sequence 2 of fleet went backwards: 3 was accepted"},
		{"../other/\x1b[2K", 1, "x", hour, ""}, // an id has its own sequence and may hold anything
		{"../other/\x1b[2K", 0, "x", hour, `of ../other/\x1b[2K went backwards`},
		{"fleet", 5, "e", 2 * hour, ""},
		{"fleet", 4, "d", 3 * hour, "went backwards"},
		{"fleet", 6, "f", 2*hour - clockSlack, ""},
		{"fleet", 6, "f", 2*hour - clockSlack - time.Second, "the clock went backwards"}, // the slack does not add up
		{"fleet", 6, "f", 2 * hour, ""},
	} {
		m := &Manifest{ID: step.id, Sequence: step.sequence}
		err := seen.Accept(m, Digest([]byte(step.bytes)), noon.Add(step.at))
		var distrust *Distrust
		if (step.want == "") != (err == nil) || err != nil && (!errors.As(err, &distrust) || !strings.Contains(distrust.Reason, step.want) || distrust.Hint == "") {
			t.Errorf("%+v: %v", step, err)
		}
	}
	info, err := os.Stat(seen.Dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("others may look into the directory: %v, %v", info.Mode(), err)
	}
	files, err := os.ReadDir(seen.Dir)
	if err != nil || len(files) != 3 {
		t.Errorf("expected a lock and two records: %v, %v", files, err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", file.Name(), info.Mode(), err)
		}
	}
}

// A run that comes while another one decides sees what that one remembers.
func TestRunsAtOnceTakeTurns(t *testing.T) {
	seen, other := Seen{Dir: t.TempDir()}, Seen{Dir: t.TempDir()}
	if err := other.Accept(&Manifest{ID: "fleet", Sequence: 20}, Digest(nil), noon); err != nil {
		t.Fatal(err)
	}
	unlock, err := lock(filepath.Join(seen.Dir, "lock"))
	if err != nil {
		t.Fatal(err)
	}
	refusal := make(chan error)
	go func() { refusal <- seen.Accept(&Manifest{ID: "fleet", Sequence: 19}, Digest(nil), noon) }()
	time.Sleep(100 * time.Millisecond) // without turns it would be accepted by now
	if err := os.Rename(other.path("fleet"), seen.path("fleet")); err != nil {
		t.Fatal(err)
	}
	unlock()
	if err := <-refusal; err == nil || !strings.Contains(err.Error(), "went backwards") {
		t.Error(err)
	}
}

func TestASpoiltRecordIsNotPassedOver(t *testing.T) {
	m := &Manifest{ID: "fleet", Sequence: 2}
	digest := Digest(nil)
	for name, data := range map[string]string{
		"empty": "", "no TOML": "\x00", "an unknown key": "id = \"fleet\"\nsequence = 1\nsha256 = \"" + digest + "\"\nat = 2026-11-23T12:00:00Z\nx = 1\n",
		"no sequence": "id = \"fleet\"\nsha256 = \"" + digest + "\"\nat = 2026-11-23T12:00:00Z\n",
		"no digest":   "id = \"fleet\"\nsequence = 1\nsha256 = \"x\"\nat = 2026-11-23T12:00:00Z\n",
		"no time":     "id = \"fleet\"\nsequence = 1\nsha256 = \"" + digest + "\"\n",
		"too large":   strings.Repeat("#", maxRecord+1),
	} {
		seen := Seen{Dir: t.TempDir()}
		if err := os.WriteFile(seen.path("fleet"), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		var distrust *Distrust
		if err := seen.Accept(m, digest, noon); !errors.As(err, &distrust) || !strings.Contains(distrust.Reason, "is not known") {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.ReadFile(seen.path("fleet")); err != nil || string(after) != data {
			t.Errorf("%s: the record was written over: %v", name, err)
		}
	}
}
