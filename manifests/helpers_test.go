package manifests

import (
	"crypto/sha256"
	"path"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// plugin is an observed package directory: names to contents.
func plugin(t testing.TB, host, name, version, place string, files map[string]string, capabilities ...string) Observed {
	t.Helper()
	return observe(t, Observed{Host: host, Name: name, Version: version, Path: place, Dir: true, Capabilities: capabilities}, files)
}

// module is an observed single file, which is a native binary.
func module(t testing.TB, host, name, place, content string, capabilities ...string) Observed {
	t.Helper()
	o := observe(t, Observed{Host: host, Name: name, Path: place, Capabilities: capabilities}, map[string]string{path.Base(place): content})
	o.Binaries = map[string]string{path.Base(place): Digest([]byte(content))}
	return o
}

func observe(t testing.TB, o Observed, files map[string]string) Observed {
	t.Helper()
	for name, content := range files {
		o.Sums = append(o.Sums, FileSum{name, sha256.Sum256([]byte(content))})
	}
	o.Files = len(files)
	digest, err := TreeDigest(o.Sums)
	if err != nil {
		t.Fatal(err)
	}
	o.Tree = digest
	return o
}

func alice(at time.Time) Approval {
	return Approval{By: "alice@example.com", At: NewTime(at), Ticket: "CHG-1"}
}

// approved is the outcome of approving plugins into nothing, at noon.
func approved(t *testing.T, plugins ...Observed) *Outcome {
	t.Helper()
	return approve(t, nil, Request{Approval: alice(noon), Plugins: plugins})
}

func approve(t *testing.T, old *Outcome, request Request) *Outcome {
	t.Helper()
	if request.Approval.By == "" {
		request.Approval = Approval{By: "bob@example.com", At: NewTime(noon.AddDate(0, 0, 1)), Ticket: "CHG-2"}
	}
	if request.Rules == "" {
		request.Rules = Digest([]byte("rules"))
	}
	var manifest *Manifest
	request.ID = "test"
	if old != nil {
		manifest, request.OldSums = old.Manifest, old.Sums
		request.Previous = Digest(manifest.Encode())
	}
	out, err := Approve(manifest, request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Parse("test.toml", out.Manifest.Encode()); err != nil {
		t.Fatalf("what Approve makes does not parse: %v\n%s", err, out.Manifest.Encode())
	}
	return out
}

func judgeAt(now time.Time, m *Outcome, observed ...Observed) Judgement {
	return m.Manifest.Judge(observed, JudgeOptions{Now: now, Sums: func() (*Sums, error) { return m.Sums, nil }})
}

// withoutLines is the entries whose tree digest the sums do not give: their
// lines are missing or others, or another entry of the same path has them.
func withoutLines(s *Sums, m *Manifest) []Entry {
	var bad []Entry
	files := s.byPlugin(m)
	for _, e := range m.Plugins {
		if digest, err := TreeDigest(files[e.Path].files); err != nil || digest != e.Tree {
			bad = append(bad, e)
		}
	}
	return bad
}
