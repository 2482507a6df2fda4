package manifests

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// story is the updates in short: "updated node/a: other content".
func story(updates []Update) string {
	var lines []string
	for _, u := range updates {
		e := u.entry()
		line := string(u.Kind) + " " + titled(e.Host, e.Name, e.Version)
		if u.Why != "" {
			line += ": " + u.Why
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

func TestApprove(t *testing.T) {
	a := plugin(t, "node", "a", "1", "node_modules/a", map[string]string{"x": "1"}, "network")
	a2 := plugin(t, "node", "a", "2", "node_modules/a", map[string]string{"x": "2"}, "network", "exec")
	a3 := plugin(t, "node", "a", "3", "node_modules/a", map[string]string{"x": "3"})
	capable := plugin(t, "node", "a", "1", "node_modules/a", map[string]string{"x": "1"}, "network", "exec")
	linked := a
	linked.Links = map[string]string{"l": "x"}
	nested := a
	nested.Path = "node_modules/z/node_modules/a"
	b := module(t, "php", "b", "b.so", "1")
	c := module(t, "php", "c", "c.so", "1")
	otherRoot := a2
	otherRoot.Root = "second"

	tests := []struct {
		name    string
		before  []Observed
		request Request
		want    string
		plugins int
	}{
		{"into nothing", nil, Request{Plugins: []Observed{b, a}}, "added node/a 1; added php/b", 2},
		{"nothing new", []Observed{a, b}, Request{Plugins: []Observed{a, b}}, "unchanged node/a 1; unchanged php/b", 2},
		{"a new version in place", []Observed{a, b}, Request{Plugins: []Observed{a2, b}}, "updated node/a 2: other content; unchanged php/b", 2},
		{"a new version as an alternative", []Observed{a}, Request{Plugins: []Observed{a2}, Keep: true}, "added node/a 2", 2},
		{"a new version while the old is used elsewhere", []Observed{a}, Request{Plugins: []Observed{a2, nested}, Select: []string{"node/a"}},
			"added node/a 1; updated node/a 2: other content", 2},
		{"a new version replaces all alternatives", []Observed{a, a3}, Request{Plugins: []Observed{a2}}, "updated node/a 2: other content; removed node/a 3: superseded", 1},
		{"a chosen one", []Observed{a}, Request{Plugins: []Observed{a2, b, c}, Select: []string{"php/b"}}, "added php/b", 2},
		{"a pattern", nil, Request{Plugins: []Observed{a, b, c}, Select: []string{"php/*"}}, "added php/b; added php/c", 2},
		{"new capabilities of the same content", []Observed{a}, Request{Plugins: []Observed{capable}}, "updated node/a 1: other capabilities", 1},
		{"new links of the same content", []Observed{a}, Request{Plugins: []Observed{linked}}, "updated node/a 1: other links", 1},
		{"renewed", []Observed{a}, Request{Plugins: []Observed{a}, Renew: true}, "updated node/a 1: renewed", 1},
		{"gone, without prune", []Observed{a, b}, Request{Plugins: []Observed{a}}, "unchanged node/a 1", 2},
		{"gone, with prune", []Observed{a, b}, Request{Plugins: []Observed{a}, Prune: true}, "unchanged node/a 1; removed php/b: not found any more", 1},
		{"gone, but not looked for", []Observed{a, b}, Request{Plugins: []Observed{a}, Prune: true, Scope: Scope{Hosts: []string{"node"}}}, "unchanged node/a 1", 2},
		{"gone, but not chosen", []Observed{a, b}, Request{Plugins: []Observed{a}, Prune: true, Select: []string{"node/*"}}, "unchanged node/a 1", 2},
		{"gone and chosen", []Observed{a, b}, Request{Plugins: []Observed{a}, Prune: true, Select: []string{"php/b"}}, "removed php/b: not found any more", 1},
		{"moved, with prune", []Observed{a}, Request{Plugins: []Observed{nested}, Prune: true}, "removed node/a 1: not found any more; added node/a 1", 1},
		{"in two roots alike", nil, Request{Plugins: []Observed{b, b}}, "added php/b", 1},
		{"in two roots, modified in one", []Observed{a}, Request{Plugins: []Observed{a, otherRoot}}, "unchanged node/a 1; updated node/a 2: other content", 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var before *Outcome
			var bytesBefore []byte
			if test.before != nil {
				before = approved(t, test.before...)
				bytesBefore = before.Manifest.Encode()
			}
			out := approve(t, before, test.request)
			if got := story(out.Updates); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if len(out.Manifest.Plugins) != test.plugins {
				t.Errorf("%d plugins, want %d:\n%s", len(out.Manifest.Plugins), test.plugins, out.Manifest.Encode())
			}
			if before == nil {
				return
			}
			if !bytes.Equal(before.Manifest.Encode(), bytesBefore) {
				t.Error("the old manifest was changed")
			}
			if out.Changed == bytes.Equal(out.Manifest.Encode(), bytesBefore) {
				t.Errorf("changed is %t", out.Changed)
			}
			if out.Changed && (out.Manifest.Sequence != 2 || out.Manifest.Previous != Digest(bytesBefore)) {
				t.Errorf("sequence %d, previous %s", out.Manifest.Sequence, out.Manifest.Previous)
			}
			// What was judged approved before and was found stays approved; all that was chosen is.
			for i, j := range judgeAt(noon, out, test.request.Plugins...).Plugins {
				if o := test.request.Plugins[i]; test.request.selects(o.Host, o.Name) && j.Verdict != Approved {
					t.Errorf("%s at %s is %s afterwards", o.Name, o.Path, j.Verdict)
				}
			}
		})
	}
}

func TestUnchangedPluginsKeepTheirApproval(t *testing.T) {
	a, b := module(t, "php", "a", "a.so", "1"), module(t, "php", "b", "b.so", "1")
	out := approve(t, approved(t, a), Request{Plugins: []Observed{a, b}})
	if by := out.Manifest.Plugins[0].Approval.By; by != "alice@example.com" {
		t.Errorf("a is approved by %s", by)
	}
	if by := out.Manifest.Plugins[1].Approval.By; by != "bob@example.com" {
		t.Errorf("b is approved by %s", by)
	}
}

func TestAnExpiredApprovalIsRenewed(t *testing.T) {
	a := module(t, "php", "a", "a.so", "1")
	before := approved(t, a)
	before.Manifest.Plugins[0].Approval.Expires, _ = ParseExpiry("2026-11-23")
	if got := story(approve(t, before, Request{Plugins: []Observed{a}}).Updates); got != "updated php/a: approval had expired" {
		t.Error(got)
	}
}

func TestARevokedPluginIsRefused(t *testing.T) {
	a := module(t, "php", "a", "a.so", "1")
	before := approved(t, module(t, "php", "b", "b.so", "1"))
	before.Manifest.Revoked = []Revocation{{Host: "php", Name: "a", Reason: "trojan"}}
	out := approve(t, before, Request{Plugins: []Observed{a}})
	if got := story(out.Updates); got != "refused php/a: revoked: trojan" || out.Changed {
		t.Errorf("%s, changed %t", got, out.Changed)
	}
}

func TestAPinStaysWithThePath(t *testing.T) {
	before := approved(t, module(t, "php", "a", "a.so", "1"))
	before.Manifest.Plugins[0].Pinned = true
	out := approve(t, before, Request{Plugins: []Observed{module(t, "php", "a", "a.so", "2")}})
	if !out.Manifest.Plugins[0].Pinned {
		t.Error("the pin is lost")
	}
}

func TestRulesStandForEveryEntryOrForNone(t *testing.T) {
	one, two := Digest([]byte("one")), Digest([]byte("two"))
	a, b := module(t, "php", "a", "a.so", "1"), module(t, "php", "b", "b.so", "1")
	b2 := module(t, "php", "b", "b.so", "2")
	capable := module(t, "php", "a", "a.so", "1", "exec")
	tests := []struct {
		name    string
		request Request
		want    string
	}{
		{"all read again under others", Request{Plugins: []Observed{a, b}, Rules: two}, two},
		{"one read under others, nothing changes", Request{Plugins: []Observed{a}, Rules: two}, one},
		{"one approved under others", Request{Plugins: []Observed{b2}, Rules: two}, ""},
		{"one approved under the same", Request{Plugins: []Observed{b2}, Rules: one}, one},
		{"one approved, another shows more and was not chosen", Request{Plugins: []Observed{capable, b2}, Rules: one, Select: []string{"php/b"}}, ""},
		{"another shows more under other rules and nothing changes", Request{Plugins: []Observed{capable, b}, Rules: two, Select: []string{"php/b"}}, one},
		{"all approved under others", Request{Plugins: []Observed{capable, b2}, Rules: two}, two},
	}
	for _, test := range tests {
		before := approve(t, nil, Request{Plugins: []Observed{a, b}, Rules: one})
		if got := approve(t, before, test.request).Manifest.Rules; got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestSumsOfPluginsThatAreNotThereStay(t *testing.T) {
	a := plugin(t, "node", "a", "1", "node_modules/a", map[string]string{"x": "1", "y/z": "2"})
	b := module(t, "php", "b", "b.so", "1")
	unread := a
	unread.Sums = nil // its digest is approved, so the scan need not keep them
	for name, found := range map[string][]Observed{"absent": {b}, "not listed": {unread, b}} {
		out := approve(t, approved(t, a), Request{Plugins: found})
		if bad := withoutLines(out.Sums, out.Manifest); len(bad) > 0 || len(out.Sums.files) != 3 {
			t.Errorf("%s: %v\n%s", name, bad, out.Sums.Encode())
		}
	}
	out := approve(t, approved(t, a, b), Request{Plugins: []Observed{b}, Prune: true})
	if len(out.Sums.files) != 1 {
		t.Errorf("pruned lines stay:\n%s", out.Sums.Encode())
	}
}

func TestAlternativesForOnePathHaveTheLatestLines(t *testing.T) {
	one, two := module(t, "php", "a", "a.so", "1"), module(t, "php", "a", "a.so", "2")
	out := approve(t, approved(t, one), Request{Plugins: []Observed{two}, Keep: true})
	bad := withoutLines(out.Sums, out.Manifest)
	if len(out.Sums.files) != 1 || len(bad) != 1 || bad[0].Tree != one.Tree {
		t.Errorf("%v\n%s", bad, out.Sums.Encode())
	}
}

func TestRequestsThatMakeNoSenseAreRefused(t *testing.T) {
	a := module(t, "php", "a", "a.so", "1")
	past, _ := ParseExpiry("2020-01-01")
	outside := a
	outside.Path = "../a.so"
	for want, request := range map[string]Request{
		"who approves":                     {Plugins: []Observed{a}},
		"before it begins":                 {Approval: Approval{By: "x", At: NewTime(noon), Expires: past}, Plugins: []Observed{a}},
		"malformed pattern \"php/[\"":      {Approval: alice(noon), Plugins: []Observed{a}, Select: []string{"php/["}},
		"no plugin matches \"node/*\"":     {Approval: alice(noon), Plugins: []Observed{a}, Select: []string{"php/*", "node/*"}},
		"expected a relative path without": {Approval: alice(noon), Plugins: []Observed{outside}},
	} {
		if _, err := Approve(nil, request); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Judging is linear in the plugins: were it not, this would not end.
func TestThousandsOfPluginsApprovedTwiceStayTheSame(t *testing.T) {
	var plugins []Observed
	for i := range 5000 {
		plugins = append(plugins, plugin(t, "node", fmt.Sprint("p", i%500), fmt.Sprint(i/500), fmt.Sprint("node_modules/x", i), map[string]string{"x": fmt.Sprint(i)}))
	}
	out := approve(t, approved(t, plugins...), Request{Plugins: plugins})
	judgement := judgeAt(noon, out, plugins...)
	if out.Changed || len(judgement.Missing) > 0 {
		t.Error("something changed")
	}
}

func TestNoEntryDeclaresThePublicRules(t *testing.T) {
	clean := module(t, "php", "a", "a.so", "1", "exec")
	matched := module(t, "php", "a", "a.so", "1", "rule", "exec", "rule")
	out := approved(t, matched)
	if got := fmt.Sprint(out.Manifest.Plugins[0].Capabilities); got != "[exec]" {
		t.Errorf("approved with %s", got)
	}
	if out.Manifest.Rules == "" {
		t.Error("the entry does not stand for the rules that it was read under")
	}
	if got := judgeAt(noon, out, matched).Plugins[0]; got.Verdict != Approved || len(got.Undeclared) > 0 {
		t.Errorf("%s, undeclared %q", got.Verdict, got.Undeclared)
	}
	for _, found := range []Observed{clean, matched} {
		if again := approve(t, out, Request{Plugins: []Observed{found}}); again.Changed || story(again.Updates) != "unchanged php/a" {
			t.Errorf("%q: %s", found.Capabilities, story(again.Updates))
		}
	}
}

func TestAnOldFileMayListThePublicRules(t *testing.T) {
	encoded := string(approved(t, module(t, "php", "a", "a.so", "1", "exec")).Manifest.Encode())
	old := strings.Replace(encoded, `["exec"]`, `["exec", "rule"]`, 1)
	m, err := Parse("old.toml", []byte(old))
	if err != nil || old == encoded {
		t.Fatal(err)
	}
	if string(m.Encode()) != encoded {
		t.Errorf("the capability is written again:\n%s", m.Encode())
	}
	if got := m.Carried("php", "a", m.Rules); len(got) != 1 || fmt.Sprint(got[0].Capabilities) != "[exec]" {
		t.Errorf("carried %v", got)
	}
}
