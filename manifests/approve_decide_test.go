package manifests

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// deciding gives one decision to the plugins of a name and accepts the others.
func deciding(name string, d Decision) func(Update) Decision {
	return func(u Update) Decision {
		if u.entry().Name == name {
			return d
		}
		return Accept
	}
}

func TestARejectedContentIsRevokedAndASkippedOneIsLeft(t *testing.T) {
	before := approved(t, module(t, "nginx", "a", "m/a.so", "1"), module(t, "nginx", "b", "m/b.so", "1"))
	found := []Observed{module(t, "nginx", "a", "m/a.so", "2"), module(t, "nginx", "b", "m/b.so", "2")}
	skipped := approve(t, before, Request{Plugins: found, Decide: deciding("a", Skip)})
	if e := skipped.Manifest.Plugins[0]; e.Tree != before.Manifest.Plugins[0].Tree || len(skipped.Manifest.Revoked) > 0 {
		t.Errorf("what was skipped became %+v", e)
	}
	rejected := approve(t, before, Request{Plugins: found, Decide: deciding("a", Reject), Rejection: "no"})
	if r := rejected.Revoked; len(r) != 1 || r[0].Digest != found[0].Tree || r[0].Reason != "nginx/a: no" || r[0].By != "bob@example.com" || r[0].At.IsZero() {
		t.Errorf("revoked is %+v", r)
	}
	if e := rejected.Manifest.Plugins; e[0].Tree != before.Manifest.Plugins[0].Tree || e[1].Tree != found[1].Tree {
		t.Errorf("a rejection changed what is approved: %+v", e)
	}
	again := approve(t, rejected, Request{Plugins: found})
	if again.Updates[0].Kind != Refused {
		t.Errorf("what was rejected became %s", again.Updates[0].Kind)
	}
}

func TestWhatWasRejectedIsRevokedThoughTheDiskMovedOn(t *testing.T) {
	v2, v3 := module(t, "nginx", "a", "m/a.so", "2"), module(t, "nginx", "a", "m/a.so", "3")
	before := approved(t, module(t, "nginx", "a", "m/a.so", "1"))
	p := &Proposal{Plugins: []Proposed{{Decision: Reject, Change: Updated, Host: "nginx", Name: "a", Paths: []string{"m/a.so"}, Tree: v2.Tree, Files: 1}}}
	request := Request{Plugins: []Observed{v3}, Decide: p.Decide(), Rejected: p.Rejected(), Rejection: "no"}
	out := approve(t, before, request)
	if r := out.Revoked; !out.Changed || len(r) != 1 || r[0].Digest != v2.Tree || r[0].Reason != "nginx/a: no" {
		t.Errorf("revoked is %+v", r)
	}
	if e := out.Manifest.Plugins; len(e) != 1 || e[0].Tree != before.Manifest.Plugins[0].Tree {
		t.Errorf("what was not decided on became %+v", e)
	}
	if again := approve(t, out, request); again.Changed {
		t.Errorf("it is revoked twice: %+v", again.Manifest.Revoked)
	}
}

func TestTheSameContentKeepsItsWayBack(t *testing.T) {
	v1, v2 := module(t, "php", "a", "a.so", "1"), module(t, "php", "a", "a.so", "2")
	emergency := alice(noon)
	emergency.Emergency, emergency.Reason = true, "site down"
	emergency.Expires, _ = ParseExpiry("2026-11-25")
	for name, first := range map[string]Request{
		"renewed":                     {Approval: alice(noon), Plugins: []Observed{v2}},
		"reviewed after an emergency": {Approval: emergency, Plugins: []Observed{v2}},
	} {
		before := approve(t, approved(t, v1), first)
		out := approve(t, before, Request{Plugins: []Observed{v2}, Renew: true})
		if got := out.Manifest.Plugins[0].Approval.Rollback; out.Updates[0].Why != name || got != v1.Tree {
			t.Errorf("%s: %s, rollback %q, want %s", name, out.Updates[0].Why, got, v1.Tree)
		}
		before.Manifest.Revoked = []Revocation{{Digest: v1.Tree, Reason: "hole"}}
		out = approve(t, before, Request{Plugins: []Observed{v2}, Renew: true})
		if got := out.Manifest.Plugins[0].Approval.Rollback; got != "" {
			t.Errorf("%s: it goes back to what is revoked, %s", name, got)
		}
	}
}

func TestARejectionOfAPluginWithoutFilesRevokesNoOther(t *testing.T) {
	empty := observe(t, Observed{Host: "node", Name: "links", Version: "1", Path: "n/links", Dir: true, Links: map[string]string{"a": "b"}}, nil)
	other := observe(t, Observed{Host: "node", Name: "other", Version: "1", Path: "n/other", Dir: true, Links: map[string]string{"a": "b"}}, nil)
	out := approve(t, nil, Request{Plugins: []Observed{empty, other}, Decide: deciding("links", Reject)})
	judged := judgeAt(noon, out, empty, other).Plugins
	if judged[0].Verdict != Revoked || judged[1].Verdict != Approved {
		t.Errorf("verdicts %s and %s", judged[0].Verdict, judged[1].Verdict)
	}
}

func TestWhatIsReplacedIsWhatOneGoesBackTo(t *testing.T) {
	before := approved(t, module(t, "nginx", "a", "m/a.so", "1"))
	old := before.Manifest.Plugins[0].Tree
	found := module(t, "nginx", "a", "m/a.so", "2")
	for _, stated := range []string{"", RollbackNone} {
		a := alice(noon)
		a.Rollback = stated
		out := approve(t, before, Request{Approval: a, Plugins: []Observed{found}})
		if got := out.Manifest.Plugins[0].Approval.Rollback; got != old {
			t.Errorf("rollback is %q, want %q", got, old)
		}
	}
	before.Manifest.Revoked = []Revocation{{Digest: old, Reason: "CVE"}}
	out, err := Approve(before.Manifest, Request{Approval: alice(noon), Plugins: []Observed{found}})
	if err != nil || out.Manifest.Plugins[0].Approval.Rollback != "" {
		t.Errorf("rollback to what is revoked: %+v, %v", out, err)
	}
	a := alice(noon)
	a.Rollback = old
	if _, err := Approve(before.Manifest, Request{Approval: a, Plugins: []Observed{found}}); err == nil || !strings.Contains(err.Error(), "is revoked") {
		t.Errorf("a rollback to revoked content gives %v", err)
	}
}

func TestTheMostTellingComesFirstAndEachContentOnce(t *testing.T) {
	before := approved(t,
		plugin(t, "node", "gains", "1", "n/gains", map[string]string{"package.json": "1"}),
		plugin(t, "node", "changed", "1", "n/changed", map[string]string{"package.json": "1"}),
		plugin(t, "node", "gone", "1", "n/gone", map[string]string{"package.json": "1"}),
		// Its version is in its path, so that an update lies elsewhere.
		plugin(t, "node", "bumped", "1", "n/bumped@1", map[string]string{"package.json": "1"}, "network"),
	)
	out := approve(t, before, Request{Prune: true, Plugins: []Observed{
		plugin(t, "node", "plain", "1", "n/plain", map[string]string{"package.json": "1"}),
		plugin(t, "node", "plain", "1", "z/plain", map[string]string{"package.json": "1"}),
		plugin(t, "node", "capable", "1", "n/capable", map[string]string{"package.json": "1"}, "exec"),
		plugin(t, "node", "gains", "2", "n/gains", map[string]string{"package.json": "2"}, "network"),
		plugin(t, "node", "changed", "2", "n/changed", map[string]string{"package.json": "2"}),
		plugin(t, "node", "bumped", "2", "n/bumped@2", map[string]string{"package.json": "2"}, "network"),
		plugin(t, "node", "worst", "1", "n/worst", map[string]string{"package.json": "2"}, "exec", "network"),
	}})
	var titles []string
	for _, c := range out.Candidates() {
		titles = append(titles, c.Title())
		if c.Title() == "node/plain 1" && !slices.Equal(c.Paths(), []string{"n/plain", "z/plain"}) {
			t.Errorf("paths are %v", c.Paths())
		}
		if c.Title() == "node/bumped 2" && len(c.Gains) > 0 {
			t.Errorf("an update in another place gains %v", c.Gains)
		}
	}
	want := "node/worst 1, node/gains 2, node/capable 1, node/bumped 2, node/changed 2, node/plain 1, node/bumped 1, node/gone 1"
	if got := strings.Join(titles, ", "); got != want {
		t.Errorf("order\n%s, want\n%s", got, want)
	}
}

func TestAnEmergencyIsOverOnceItIsReviewed(t *testing.T) {
	emergency := alice(noon)
	emergency.Emergency, emergency.Reason, emergency.Expires = true, "down", new(Policy).EmergencyExpiry(noon)
	o := module(t, "nginx", "a", "m/a.so", "1")
	before := approve(t, nil, Request{Approval: emergency, Plugins: []Observed{o}})
	after := approve(t, before, Request{Plugins: []Observed{o}})
	if u := after.Updates[0]; u.Kind != Updated || u.Why != "reviewed after an emergency" || after.Manifest.Plugins[0].Approval.Emergency {
		t.Errorf("%+v", u)
	}
	second := emergency
	second.At = NewTime(noon.Add(time.Hour))
	if u := approve(t, before, Request{Approval: second, Plugins: []Observed{o}}).Updates[0]; u.Kind != Unchanged {
		t.Errorf("a second emergency is %s", u.Kind)
	}
}

// FuzzProposal: what parses is written so that it reads back the same.
func FuzzProposal(f *testing.F) {
	o := module(f, "nginx", "a", "m/a.so", "1", "exec")
	request := Request{Approval: alice(noon), Plugins: []Observed{o}, Rules: Digest(nil)}
	out, err := Approve(nil, request)
	if err != nil {
		f.Fatal(err)
	}
	p := out.Propose(&request, func(string) Decision { return Accept }, func(*Candidate) Detail {
		return Detail{Shows: []string{"a", "b\x1b"}, Changed: []string{"modified x"}}
	})
	f.Add(p.Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ParseProposal("p.toml", data)
		if err != nil {
			return
		}
		encoded := p.Encode()
		again, err := ParseProposal("p.toml", encoded)
		if err != nil {
			t.Fatalf("%v\n%s", err, encoded)
		}
		if string(again.Encode()) != string(encoded) {
			t.Fatalf("%s became %s", encoded, again.Encode())
		}
	})
}
