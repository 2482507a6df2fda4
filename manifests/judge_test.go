package manifests

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestVerdicts(t *testing.T) {
	const so = "usr/lib/nginx/modules/geo.so"
	geo := module(t, "nginx", "geo", so, "good", "network")
	evil := module(t, "nginx", "geo", so, "evil", "network", "exec")
	moved := module(t, "nginx", "geo", "opt/geo.so", "good", "network")
	movedEvil := module(t, "nginx", "geo", "opt/geo.so", "evil")
	renamed := module(t, "nginx", "other", so, "good")
	stranger := module(t, "nginx", "stranger", "opt/stranger.so", "x", "exec")
	otherHost := module(t, "php", "geo", "opt/geo.so", "good")

	linked := plugin(t, "node", "l", "1", "node_modules/l", map[string]string{"a": "1"})
	linked.Links = map[string]string{"bin/x": "../a"}
	relinked := linked
	relinked.Links = map[string]string{"bin/x": "/etc/passwd"}

	expire := func(o *Outcome) { o.Manifest.Plugins[0].Approval.Expires, _ = ParseExpiry("2026-11-22") }
	pin := func(o *Outcome) { o.Manifest.Plugins[0].Pinned = true }
	revoke := func(r Revocation) func(*Outcome) {
		return func(o *Outcome) { o.Manifest.Revoked = []Revocation{r} }
	}
	tests := []struct {
		name       string
		approved   []Observed
		edit       func(*Outcome)
		found      Observed
		want       Verdict
		undeclared string
		notes      string
	}{
		{"the approved content in its place", []Observed{geo}, nil, geo, Approved, "", ""},
		{"the approved content elsewhere", []Observed{geo}, nil, moved, Approved, "", ""},
		{"a pinned one in its place", []Observed{geo}, pin, geo, Approved, "", ""},
		{"a pinned one elsewhere", []Observed{geo}, pin, moved, Unapproved, "", "the same content is approved, but pinned to " + so},
		{"other content in its place", []Observed{geo}, nil, evil, Modified, "exec", ""},
		{"other content under its name", []Observed{geo}, nil, movedEvil, Modified, "", ""},
		{"its place under another name", []Observed{geo}, nil, renamed, Modified, "", "its path is approved for nginx/geo"},
		{"nothing that was approved", []Observed{geo}, nil, stranger, Unapproved, "", ""},
		{"the same content for another host", []Observed{geo}, nil, otherHost, Unapproved, "", ""},
		{"several entries, the first", []Observed{geo, movedEvil}, nil, geo, Approved, "", ""},
		{"several entries, the content of the second", []Observed{geo, movedEvil}, nil, evil, Approved, "exec,network", ""},
		{"same links", []Observed{linked}, nil, linked, Approved, "", ""},
		{"another link", []Observed{linked}, nil, relinked, Modified, "", ""},
		{"expired", []Observed{geo}, expire, geo, Expired, "", ""},
		{"expired, but another entry holds", []Observed{geo, moved}, expire, geo, Approved, "", ""},
		{"expired and modified", []Observed{geo}, expire, evil, Modified, "exec", ""},
		{"revoked by tree digest", []Observed{geo}, revoke(Revocation{Digest: geo.Tree}), geo, Revoked, "", ""},
		{"revoked by a binary's digest", []Observed{geo}, revoke(Revocation{Digest: Digest([]byte("good"))}), geo, Revoked, "", ""},
		{"revoked by a file's digest", []Observed{linked}, revoke(Revocation{Digest: Digest([]byte("1"))}), linked, Revoked, "", ""},
		{"revoked by name", []Observed{geo}, revoke(Revocation{Host: "nginx", Name: "geo"}), geo, Revoked, "", ""},
		{"revoked by name and never approved", nil, revoke(Revocation{Host: "nginx", Name: "geo"}), geo, Revoked, "", ""},
		{"revoked in its version", []Observed{linked}, revoke(Revocation{Host: "node", Name: "l", Version: "1"}), linked, Revoked, "", ""},
		{"revoked in another version", []Observed{linked}, revoke(Revocation{Host: "node", Name: "l", Version: "2"}), linked, Approved, "", ""},
		{"revoked by another digest", []Observed{geo}, revoke(Revocation{Digest: evil.Tree}), geo, Approved, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := approved(t, test.approved...)
			if test.edit != nil {
				test.edit(m)
			}
			got := judgeAt(noon, m, test.found).Plugins[0]
			if got.Verdict != test.want {
				t.Errorf("got %s, want %s", got.Verdict, test.want)
			}
			if undeclared := strings.Join(got.Undeclared, ","); undeclared != test.undeclared {
				t.Errorf("undeclared %q, want %q", undeclared, test.undeclared)
			}
			if notes := strings.Join(got.Notes, "; "); notes != test.notes {
				t.Errorf("notes %q, want %q", notes, test.notes)
			}
			if (got.Entry == nil) != (test.want == Unapproved || len(test.approved) == 0) {
				t.Errorf("entry %v", got.Entry)
			}
			if (got.Revocation != nil) != (test.want == Revoked) {
				t.Errorf("revocation %v", got.Revocation)
			}
		})
	}
}

func TestExpiryAtTheEdge(t *testing.T) {
	geo := module(t, "nginx", "geo", "geo.so", "good")
	m := approved(t, geo)
	m.Manifest.Plugins[0].Approval.Expires, _ = ParseExpiry("2026-11-23")
	midnight := noon.AddDate(0, 0, 1).Truncate(24 * 3600e9)
	if got := judgeAt(midnight.Add(-1), m, geo).Plugins[0].Verdict; got != Approved {
		t.Errorf("before midnight: %s", got)
	}
	if got := judgeAt(midnight, m, geo).Plugins[0].Verdict; got != Expired {
		t.Errorf("at midnight: %s", got)
	}
}

func TestAModifiedPluginNamesItsFiles(t *testing.T) {
	before := plugin(t, "node", "p", "1", "node_modules/p", map[string]string{"same": "1", "changed": "2", "gone": "3"})
	before.Links = map[string]string{"l": "same"}
	after := plugin(t, "node", "p", "2", "node_modules/p", map[string]string{"same": "1", "changed": "x", "new": "4"})
	m := approved(t, before)
	got := judgeAt(noon, m, after).Plugins[0]
	want := []Change{
		{"node_modules/p/changed", FileModified, Digest([]byte("2")), Digest([]byte("x"))},
		{"node_modules/p/gone", FileRemoved, Digest([]byte("3")), ""},
		{"node_modules/p/l", FileRemoved, "link to same", ""},
		{"node_modules/p/new", FileAdded, "", Digest([]byte("4"))},
	}
	if !reflect.DeepEqual(got.Changes, want) {
		t.Errorf("got  %v\nwant %v", got.Changes, want)
	}
	if notes := strings.Join(got.Notes, "; "); notes != "version 1 is approved, 2 was found" {
		t.Errorf("notes %q", notes)
	}
}

func TestWithoutUsableSumsTheBinariesAreCompared(t *testing.T) {
	before := plugin(t, "node", "p", "1", "node_modules/p", map[string]string{"a.node": "1", "b.js": "1"})
	before.Binaries = map[string]string{"a.node": Digest([]byte("1"))}
	after := plugin(t, "node", "p", "1", "node_modules/p", map[string]string{"a.node": "2", "b.js": "2"})
	after.Binaries = map[string]string{"a.node": Digest([]byte("2"))}
	m := approved(t, before)
	other := approved(t, after)
	for name, test := range map[string]struct {
		sums func() (*Sums, error)
		note string
	}{
		"none":        {nil, "there are no sums"},
		"absent":      {func() (*Sums, error) { return nil, fs.ErrNotExist }, "there are no sums beside the manifest"},
		"unreadable":  {func() (*Sums, error) { return nil, errors.New("boom") }, "the sums cannot be read: boom"},
		"of others":   {func() (*Sums, error) { return new(Sums), nil }, "the sums have no lines for the approved version"},
		"manipulated": {func() (*Sums, error) { return other.Sums, nil }, "the sums' lines do not hash to the approved tree digest"},
	} {
		got := m.Manifest.Judge([]Observed{after}, JudgeOptions{Now: noon, Sums: test.sums}).Plugins[0]
		want := []Change{{"node_modules/p/a.node", FileModified, Digest([]byte("1")), Digest([]byte("2"))}}
		if got.Verdict != Modified || !reflect.DeepEqual(got.Changes, want) {
			t.Errorf("%s: %s %v", name, got.Verdict, got.Changes)
		}
		if len(got.Notes) != 1 || got.Notes[0] != "only native binaries were compared: "+test.note {
			t.Errorf("%s: notes %q", name, got.Notes)
		}
	}
}

func TestSumsAreReadOnceAndOnlyForModifiedPlugins(t *testing.T) {
	a := module(t, "php", "a", "a.so", "1")
	b := module(t, "php", "b", "b.so", "1")
	c := plugin(t, "php", "c", "1", "c", map[string]string{"x": "1"})
	m := approved(t, a, b, c)
	c.Links = map[string]string{"l": "x"}
	reads := 0
	options := JudgeOptions{Now: noon, Sums: func() (*Sums, error) { reads++; return m.Sums, nil }}
	m.Manifest.Judge([]Observed{a, b, c, module(t, "php", "d", "d.so", "1")}, options)
	if reads != 0 {
		t.Errorf("read %d times though no file is modified", reads)
	}
	m.Manifest.Judge([]Observed{module(t, "php", "a", "a.so", "2"), module(t, "php", "b", "b.so", "2")}, options)
	if reads != 1 {
		t.Errorf("read %d times", reads)
	}
}

func TestTheOldEntryOfTheSamePathIsPreferred(t *testing.T) {
	first := plugin(t, "node", "p", "1", "a/p", map[string]string{"x": "1"})
	second := plugin(t, "node", "p", "2", "b/p", map[string]string{"x": "2"})
	m := approve(t, approved(t, first), Request{Plugins: []Observed{first, second}})
	if got := judgeAt(noon, m, plugin(t, "node", "p", "3", "a/p", map[string]string{"x": "3"})).Plugins[0].Entry; got.Version != "1" {
		t.Errorf("same path: judged by %s", got.Version)
	}
	if got := judgeAt(noon, m, plugin(t, "node", "p", "3", "c/p", map[string]string{"x": "3"})).Plugins[0].Entry; got.Version != "2" {
		t.Errorf("another path: judged by %s, want the latest approval", got.Version)
	}
}

func TestMissing(t *testing.T) {
	a := plugin(t, "node", "a", "1", "node_modules/a", map[string]string{"x": "1"})
	a2 := plugin(t, "node", "a", "2", "node_modules/a", map[string]string{"x": "2"})
	copied := a
	copied.Path = "elsewhere/a"
	modified := plugin(t, "node", "a", "1", "node_modules/a", map[string]string{"x": "9"})
	renamed := plugin(t, "node", "z", "1", "node_modules/a", map[string]string{"x": "1"})
	php := module(t, "php", "b", "b.so", "1")
	tests := []struct {
		name     string
		approved []Observed
		found    []Observed
		options  JudgeOptions
		want     int
	}{
		{"all there", []Observed{a, php}, []Observed{a, php}, JudgeOptions{}, 0},
		{"gone", []Observed{a, php}, []Observed{php}, JudgeOptions{}, 1},
		{"nothing there", []Observed{a, php}, nil, JudgeOptions{}, 2},
		{"its content elsewhere", []Observed{a}, []Observed{copied}, JudgeOptions{}, 0},
		{"modified is not missing", []Observed{a}, []Observed{modified}, JudgeOptions{}, 0},
		{"renamed is not missing", []Observed{a}, []Observed{renamed}, JudgeOptions{}, 0},
		{"alternatives for one path", []Observed{a, a2}, []Observed{a2}, JudgeOptions{}, 0},
		{"alternatives for one path, both gone", []Observed{a, a2}, nil, JudgeOptions{}, 2},
		{"a host left out", []Observed{a, php}, nil, JudgeOptions{Scope: Scope{Hosts: []string{"node"}}}, 1},
		{"a path that was not looked at", []Observed{a, php}, nil, JudgeOptions{Scope: Scope{Looked: func(p string) bool { return p != "b.so" }}}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := approved(t, test.approved...)
			test.options.Now = noon
			if got := m.Manifest.Judge(test.found, test.options).Missing; len(got) != test.want {
				t.Errorf("missing %v, want %d", got, test.want)
			}
		})
	}
}

func TestAPinnedEntryIsMissingThoughItsContentLiesElsewhere(t *testing.T) {
	a := module(t, "php", "a", "a.so", "1")
	m := approved(t, a)
	m.Manifest.Plugins[0].Pinned = true
	a.Path = "b.so"
	if got := judgeAt(noon, m, a).Missing; len(got) != 1 {
		t.Errorf("missing %v", got)
	}
}

func TestCarriedNeedsTheSameRules(t *testing.T) {
	m := approved(t, module(t, "php", "a", "a.so", "1"), module(t, "php", "b", "b.so", "1"))
	rules := m.Manifest.Rules
	if got := m.Manifest.Carried("php", "a", rules); len(got) != 1 || got[0].Name != "a" {
		t.Errorf("got %v", got)
	}
	if got := m.Manifest.Carried("php", "a", Digest(nil)); got != nil {
		t.Errorf("carried under other rules: %v", got)
	}
	m.Manifest.Rules = ""
	if got := m.Manifest.Carried("php", "a", ""); got != nil {
		t.Errorf("carried without rules: %v", got)
	}
}

func TestCarriedDoesNotReadEveryEntry(t *testing.T) {
	const plugins = 20_000 // a scan of every entry for each of them takes many seconds
	m := &Manifest{Rules: Digest(nil)}
	for i := range plugins {
		m.Plugins = append(m.Plugins, Entry{Host: "node", Name: fmt.Sprint("p", i/2)})
	}
	start := time.Now()
	for i := range plugins {
		if got := m.Carried("node", fmt.Sprint("p", i/2), m.Rules); len(got) != 2 || got[1].Name != fmt.Sprint("p", i/2) {
			t.Fatalf("p%d: %v", i/2, got)
		}
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestKnows(t *testing.T) {
	m := approved(t, module(t, "php", "a", "x/a.so", "1"), plugin(t, "node", "\xff", "1", "node_modules/\xff", map[string]string{"x": "1"})).Manifest
	for _, test := range []struct {
		host, name, path string
		want             bool
	}{
		{"php", "a", "x/a.so", true},
		{"php", "a", "elsewhere/a.so", true},
		{"php", "b", "x/a.so", true},
		{"php", "b", "x/b.so", false},
		{"nginx", "a", "x/b.so", false},
		{"nginx", "a", "x/a.so", false},
		{"node", "\xff", "elsewhere", true},
		{"node", "other", "node_modules/\xff", true},
		{"php", "", "", false},
	} {
		if got := m.Knows(test.host, test.name, test.path); got != test.want {
			t.Errorf("%s/%s at %q: %t", test.host, test.name, test.path, got)
		}
	}
}

func TestRevokedDigestsAreFoundAtOnce(t *testing.T) {
	const files = 40_000 // a scan of every revocation for each of them takes many seconds
	m := &Manifest{Revoked: []Revocation{{Host: "node", Name: "n"}}}
	for i := range files {
		m.Revoked = append(m.Revoked, Revocation{Digest: Digest([]byte(fmt.Sprint(i)))})
	}
	start := time.Now()
	for i := range files {
		if !m.RevokesDigest(m.Revoked[1+i].Digest) || m.RevokesDigest(Digest([]byte(fmt.Sprint("x", i)))) {
			t.Fatal(i)
		}
	}
	if m.RevokesDigest("") {
		t.Error("no digest is revoked")
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
}
