package evidence

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"plugvet/scanner"
)

// reportOf is a report of these plugins, as of the 23rd of November.
func reportOf(plugins ...scanner.Plugin) *scanner.Report {
	r := &scanner.Report{Plugins: plugins}
	r.Run.FailOn, r.Run.Finished, r.Run.Roots = scanner.High, time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC), []string{"/"}
	return r
}

func plugin(name, path, tree string, v scanner.Verdict, s scanner.Severity) scanner.Plugin {
	return scanner.Plugin{Host: "node", Name: name, Path: path, Tree: tree, Verdict: v, Severity: s, Root: "/"}
}

func told(list []scanner.Drift) (lines []string) {
	for _, d := range list {
		lines = append(lines, d.Host+"/"+d.Name+" "+d.Path+": "+d.Text)
	}
	return lines
}

func TestWhatDiffersBetweenTwoScans(t *testing.T) {
	approved := plugin("a", "a", "h1:1", scanner.Approved, scanner.None)
	modified := plugin("a", "a", "h1:2", scanner.Modified, scanner.High)
	unapproved := plugin("a", "a", "h1:1", scanner.Unapproved, scanner.High)
	with := func(p scanner.Plugin, alter func(*scanner.Plugin)) scanner.Plugin {
		alter(&p)
		return p
	}
	finding := scanner.Finding{Rule: "r", Capability: "exec", Severity: scanner.Low, Path: "a/x.js"}
	missing := with(plugin("a", "a", "", scanner.Missing, scanner.Medium), func(p *scanner.Plugin) { p.Root = "" })
	for _, c := range []struct {
		name                      string
		was, is                   []scanner.Plugin
		added, gone, other, fixed []string
	}{
		{name: "nothing", was: []scanner.Plugin{modified}, is: []scanner.Plugin{modified}},
		{
			name: "a plugin more, a plugin less", was: []scanner.Plugin{approved}, is: []scanner.Plugin{plugin("b", "b", "h1:3", scanner.Unapproved, scanner.Medium)},
			added: []string{"node/b b: medium unapproved, present"}, gone: []string{"node/a a: none approved, present"},
		},
		{
			name: "a violation that was removed", was: []scanner.Plugin{modified},
			gone: []string{"node/a a: high modified, present"}, fixed: []string{"node/a a: high modified, present → gone"},
		},
		{
			name: "other content", was: []scanner.Plugin{approved}, is: []scanner.Plugin{modified},
			other: []string{"node/a a: approved → modified, other content, severity none → high"},
		},
		{
			name: "put back", was: []scanner.Plugin{modified}, is: []scanner.Plugin{approved},
			other: []string{"node/a a: modified → approved, other content, severity high → none"},
			fixed: []string{"node/a a: high modified → none approved"},
		},
		{
			name: "approved as it is", was: []scanner.Plugin{unapproved}, is: []scanner.Plugin{approved},
			fixed: []string{"node/a a: high unapproved → none approved"},
		},
		{
			name: "an upgrade that moves it", was: []scanner.Plugin{with(approved, func(p *scanner.Plugin) { p.Path, p.Version = "v1/a", "1" })},
			is:    []scanner.Plugin{with(approved, func(p *scanner.Plugin) { p.Path, p.Version, p.Tree = "v2/a", "2", "h1:9" })},
			other: []string{"node/a v2/a: version 1 → 2, moved v1/a → v2/a"},
		},
		{
			name: "gone from its place, and missed there", was: []scanner.Plugin{approved}, is: []scanner.Plugin{missing},
			other: []string{"node/a a: approved → missing, severity none → medium"},
		},
		{
			name: "of two copies one", was: []scanner.Plugin{approved, with(approved, func(p *scanner.Plugin) { p.Path = "z/a" })}, is: []scanner.Plugin{approved},
			gone: []string{"node/a z/a: none approved, present"},
		},
		{
			name: "capabilities and loading", was: []scanner.Plugin{with(modified, func(p *scanner.Plugin) { p.Capabilities = []string{"network"} })},
			is: []scanner.Plugin{with(modified, func(p *scanner.Plugin) {
				p.Tree, p.Loaded, p.Capabilities = "h1:4", true, []string{"exec"}
			})},
			other: []string{"node/a a: other content, gained exec, lost network, is loaded now"},
		},
		{
			name: "a finding that came with new files", was: []scanner.Plugin{modified},
			is:    []scanner.Plugin{with(modified, func(p *scanner.Plugin) { p.Tree, p.Findings = "h1:5", []scanner.Finding{finding} })},
			added: []string{"node/a a: finding: low exec (r) in a/x.js"}, other: []string{"node/a a: other content"},
		},
		{
			name: "an approval that vouches for the same files, so that they are not matched",
			was:  []scanner.Plugin{with(unapproved, func(p *scanner.Plugin) { p.Findings = []scanner.Finding{finding} })},
			is:   []scanner.Plugin{approved}, fixed: []string{"node/a a: high unapproved → none approved"},
		},
		{
			name: "the same files matched again", was: []scanner.Plugin{approved},
			is: []scanner.Plugin{with(approved, func(p *scanner.Plugin) {
				f := finding
				f.Declared = true
				p.Findings = []scanner.Finding{f}
			})},
		},
		{
			name: "new rules find more in the same files", was: []scanner.Plugin{modified},
			is:    []scanner.Plugin{with(modified, func(p *scanner.Plugin) { p.Findings = []scanner.Finding{finding} })},
			added: []string{"node/a a: finding: low exec (r) in a/x.js"},
		},
	} {
		s := compare(reportOf(c.was...), reportOf(c.is...))
		for _, list := range []struct {
			what      string
			got, want []string
		}{{"new", told(s.New), c.added}, {"gone", told(s.Gone), c.gone}, {"changed", told(s.Changed), c.other}, {"fixed", told(s.Fixed), c.fixed}} {
			if !slices.Equal(list.got, list.want) {
				t.Errorf("%s: %s is %q, expected %q", c.name, list.what, list.got, list.want)
			}
		}
	}
}

func TestWhatExpiresSoon(t *testing.T) {
	var plugins []scanner.Plugin
	for _, expires := range []string{"", "2026-11-01", "2026-12-22", "2026-12-23T04:00:00Z", "2027-05-22"} {
		p := plugin("p"+expires, "a", "h1:1", scanner.Approved, scanner.None)
		p.Approval = &scanner.Approval{Expires: expires}
		plugins = append(plugins, p)
	}
	r := reportOf(plugins...)
	r.Ignored = []scanner.Ignored{{Host: "php", Name: "x", Expires: "2026-11-30", Finding: scanner.Finding{Rule: "r", Path: "x.php"}}}
	want := []string{
		"node/p2026-11-01 a: approval until 2026-11-01", "node/p2026-12-22 a: approval until 2026-12-22", "php/x x.php: r is ignored until 2026-11-30",
	}
	if got := told(compare(nil, r).Expiring); !slices.Equal(got, want) {
		t.Errorf("%q, expected %q", got, want)
	}
}

func TestAHistoryHasItsLastPoints(t *testing.T) {
	last := &Bundle{Index: &Index{Sequence: 200}, Report: reportOf(), Files: Files{}}
	last.Report.Sweep = &scanner.Sweep{}
	for n := range int64(maxHistory) {
		last.Report.Sweep.History = append(last.Report.Sweep.History, scanner.SweepPoint{Sequence: 97 + n})
	}
	s := SinceLast(last, reportOf(plugin("a", "a", "h1:1", scanner.Approved, scanner.None)), Interval{})
	h := s.History
	if len(h) != maxHistory || h[0].Sequence != 98 || h[maxHistory-1].Sequence != 201 || h[maxHistory-1].Drifted != 1 {
		t.Errorf("%d points, from %+v to %+v", len(h), h[0], h[len(h)-1])
	}
}

// What a plugin calls itself reaches no terminal as more than letters.
func TestTheChangeRecordIsHarmless(t *testing.T) {
	c := &Changes{
		Previous: &PreviousBundle{Sequence: 1}, New: []scanner.Drift{{Host: "node", Name: "a\x1b[2J\nFIXED", Path: "p\r", Text: "t\x07"}},
		Parameters: []Parameter{{Name: "user", Was: "a\n\nGONE", Is: "b"}},
	}
	var text bytes.Buffer
	if err := c.writeText(&text); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(text.String(), "\x1b\r\x07") || strings.Contains(text.String(), "\nFIXED") || strings.Contains(text.String(), "\nGONE") {
		t.Errorf("%q", text.String())
	}
}

func TestTextForATerminalHoldsNoControls(t *testing.T) {
	for text, want := range map[string]string{
		"a\u009b2Jb": `a\xc2\x9b2Jb`, "a\u202eb": `a\xe2\x80\xaeb`, "a\x1bb": `a\x1bb`, `a\x1bb`: `a\x1bb`, "ä → b": "ä → b",
	} {
		var p page
		if p.line("%s", text); p.String() != want+"\n" {
			t.Errorf("%q becomes %q, expected %q", text, p.String(), want)
		}
	}
}
