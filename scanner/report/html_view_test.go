package report

import (
	"maps"
	"strings"
	"testing"

	"plugvet/scanner"
)

// A megabyte is what a mail system or a ticket takes without a thought.
func TestPageOfAThousandPluginsIsSmall(t *testing.T) {
	if n := len(writePage(t, thousand())); n > 1_000_000 {
		t.Errorf("%d bytes", n)
	} else {
		t.Logf("%d bytes", n)
	}
}

func TestPageFoldsWhatIsInOrder(t *testing.T) {
	document := parsePage(t, thousand())
	for _, c := range []struct {
		id     string
		folded bool
	}{{"p1", true}, {"p8", false}} { // package-000 is approved, package-007 modified
		folded := false
		for n := byID(t, document, c.id); n != nil; n = n.Parent {
			folded = folded || n.Data == "details"
		}
		if folded != c.folded {
			t.Errorf("#%s: folded is %t", c.id, folded)
		}
	}
}

func TestMatrixMarksWhatIsDeclaredAndWhatIsNot(t *testing.T) {
	approval := approvalUntil("")
	for _, c := range []struct {
		why    string
		plugin scanner.Plugin
		want   string
	}{
		{"in the approval", scanner.Plugin{Verdict: scanner.Approved, Approval: approval, Capabilities: []string{"exec"}}, "declared"},
		{"not in it", scanner.Plugin{Verdict: scanner.Modified, Approval: approval, Capabilities: []string{"exec"}, Undeclared: []string{"exec"}}, "undeclared"},
		{"no approval", scanner.Plugin{Verdict: scanner.Unapproved, Capabilities: []string{"exec"}}, "found"},
		{"no manifest", scanner.Plugin{Capabilities: []string{"exec"}}, "found"},
		{"in a test", scanner.Plugin{Verdict: scanner.Approved, Approval: approval, Findings: []scanner.Finding{{Capability: "exec", Noted: true}}}, "noted"},
		{"not on disk", scanner.Plugin{Verdict: scanner.Missing, Approval: approval, Capabilities: []string{"exec"}}, "approved, gone"},
		{"not there", scanner.Plugin{Verdict: scanner.Approved, Approval: approval, Capabilities: []string{"socket"}}, ""},
	} {
		if got := marksOf(&c.plugin, []string{"exec"})[0].Word; got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
	// No two marks look alike.
	classes := map[string]bool{}
	for _, l := range marks {
		classes[l.Class] = true
	}
	if len(classes) != len(marks) {
		t.Error("two marks have one shape")
	}
}

func TestPageSaysWhatNeedsADecision(t *testing.T) {
	document := parsePage(t, everything())
	text := textOf(byID(t, document, "decisions"))
	for _, want := range []string{
		"1 new and dangerous together", "1 modified", "1 unapproved", "1 undeclared capabilities", "1 expired", "1 about to expire", "1 missing", "1 not judged", "None: revoked.",
		"gained exec and network, which are dangerous together", "modified: 3 files", "undeclared: exec, network", "approved until 2026-12-10 only",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there:\n%s", want, text)
		}
	}
	// What is new and dangerous together comes before everything else, and what
	// is in order does not come at all.
	first := strings.Index(text, "node/@shop/cart")
	for _, other := range []string{"node/run-applescript", "node/left-pad", "php/imap", "php/broken"} {
		if at := strings.Index(text, other); at < first {
			t.Errorf("%s stands at %d, before what is new and dangerous at %d", other, at, first)
		}
	}
	if strings.Contains(text, "php/ok") {
		t.Error("a plugin that is in order needs no decision")
	}
}

func TestNothingIsInOrderWithoutAManifest(t *testing.T) {
	r := everything()
	r.Manifest, r.Sweep = nil, nil
	nothingCompared(t, r, "no manifest was given")
	r.Manifest = &scanner.Manifest{Path: "approved.toml", SHA256: digest(3), Untrusted: "no signature"}
	nothingCompared(t, r, "the manifest is not trusted")
}

func nothingCompared(t *testing.T, r *scanner.Report, why string) {
	t.Helper()
	for i := range r.Plugins {
		r.Plugins[i].Verdict, r.Plugins[i].Approval, r.Plugins[i].Undeclared, r.Plugins[i].Findings = "", nil, nil, nil
	}
	document := parsePage(t, r)
	for _, id := range []string{"decisions", "since", "changes"} {
		text := textOf(byID(t, document, id))
		if !strings.Contains(text, why) || strings.Contains(text, "None: ") {
			t.Errorf("#%s says: %s", id, text)
		}
	}
}

func TestControlsClaimNoMoreThanTheReportShows(t *testing.T) {
	standings := func(change func(*scanner.Report)) map[string]standing {
		r := everything()
		r.Coverage.Errors, r.Coverage.MissingRoots, r.Run.Exclude, r.Run.Hosts = nil, nil, nil, []string{"httpd", "nginx", "node", "php"}
		r.Summary.Exit = scanner.ExitViolations
		if change != nil {
			change(r)
		}
		out := map[string]standing{}
		for _, c := range controlsOf(r) {
			out[c.ID] = c.Standing
		}
		return out
	}
	best := standings(nil)
	want := map[string]standing{"11.5.2": supports, "6.5.1": partly, "CM-3": partly, "CM-5(1)": partly, "CM-8(3)": supports, "CM-14": partly, "SI-7": supports, "AU-10": partly, "CC8.1": partly, "2.6": partly}
	if !maps.Equal(best, want) {
		t.Errorf("got %v, want %v", best, want)
	}
	for _, c := range []struct {
		why    string
		change func(*scanner.Report)
		want   map[string]standing
	}{
		{"no manifest", func(r *scanner.Report) { r.Manifest = nil }, map[string]standing{"11.5.2": silent, "CM-8(3)": silent, "CM-14": silent, "SI-7": silent, "2.6": silent}},
		{"refused", func(r *scanner.Report) { r.Manifest.Untrusted = "went backwards" }, map[string]standing{"CM-8(3)": silent, "CM-14": silent, "AU-10": silent}},
		{"no signature", func(r *scanner.Report) { r.Manifest.Signers = nil }, map[string]standing{"CM-14": silent, "AU-10": silent, "SI-7": supports}},
		{"not trusted", func(r *scanner.Report) { r.Summary.Exit = scanner.ExitTrust }, map[string]standing{"CM-14": silent, "SI-7": silent, "CC8.1": silent}},
		{"incomplete", func(r *scanner.Report) { r.Summary.Exit = scanner.ExitIncomplete }, map[string]standing{"SI-7": partly, "11.5.2": partly}},
		{"an exclusion", func(r *scanner.Report) { r.Run.Exclude = []string{"**"} }, map[string]standing{"SI-7": partly}},
		{"a host left out", func(r *scanner.Report) { r.Run.Hosts = []string{"php"} }, map[string]standing{"SI-7": partly}},
		{"no sweep", func(r *scanner.Report) { r.Sweep = nil }, map[string]standing{"11.5.2": partly}},
		{"a sweep too late", func(r *scanner.Report) { at := r.Run.Started.Add(-week - 1); r.Sweep.PreviousAt = &at }, map[string]standing{"11.5.2": partly}},
		{"no approval", func(r *scanner.Report) {
			for i := range r.Plugins {
				r.Plugins[i].Approval = nil
			}
		}, map[string]standing{"6.5.1": silent, "CM-3": silent, "CC8.1": silent}},
	} {
		got := standings(c.change)
		for id, want := range c.want {
			if got[id] != want {
				t.Errorf("%s: %s is %q, want %q", c.why, id, got[id], want)
			}
		}
	}
}

func TestChartsDrawTheReportsNumbers(t *testing.T) {
	r := everything()
	charts := chartsOf(r)
	if len(charts) != 3 {
		t.Fatalf("%d charts", len(charts))
	}
	if want := "2 approved, 1 modified, 1 unapproved, 1 missing, 1 expired, 1 not judged."; charts[0].Text != want {
		t.Errorf("got %q, want %q", charts[0].Text, want)
	}
	// left-pad's dynload counts for nothing: it is not on disk.
	if want := "node: 1 with applescript; nginx: 1 with exec; node: 1 with exec; node: 1 with network; nginx: 1 with socket."; charts[1].Text != want {
		t.Errorf("got %q, want %q", charts[1].Text, want)
	}
	for _, c := range charts {
		for _, b := range c.Bars {
			if b.X < 0 || b.Y < 0 || b.W < 1 || b.H < 1 || b.X+b.W > c.Width() || b.Y+b.H > c.Height {
				t.Errorf("%s: a bar lies outside: %+v", c.ID, b)
			}
		}
	}
	r.Sweep.History = nil
	if charts := chartsOf(r); len(charts) != 2 {
		t.Error("drift is drawn without a history")
	}
	r.Sweep.History = []scanner.SweepPoint{{Sequence: 1, At: pageTime, Violations: -3, Drifted: -1}} // by whoever made the file
	writePage(t, r)
}
