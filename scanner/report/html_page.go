package report

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
)

// A page is what the templates in page/ show: the report, and what is worked
// out of it. It says nothing that the report does not.
type page struct {
	*scanner.Report
	Style  template.CSS
	Policy string // the page's Content-Security-Policy

	Outcome   answer
	Tally     []tally
	Decisions []*row // what somebody must decide on, the worst first
	InOrder   []*row // the others
	Since     since
	Columns   []string // of the matrix: capabilities
	Legend    []legend
	Charts    []chart

	Modified  []*row     // with the files that differ
	Arrived   []*row     // not approved at all
	Departed  []*row     // approved and missing
	Loud      []*row     // with findings that weigh something
	Quiet     []*row     // with findings that do not
	Meanings  []ruleNote // what the rules that matched mean
	Approvals []approvalGroup
	NoPaper   int // plugins without an approval
	Places    []uncovered
	Controls  []control
}

// rowsAtOnce is how many rows of one kind stand open; more are folded.
const rowsAtOnce = 40

func newPage(r *scanner.Report) *page {
	p := &page{Report: r, Outcome: outcomeOf(r)}
	p.Style, p.Policy = pageStyle()
	rows := rowsOf(r)
	for _, row := range rows {
		if len(row.Reasons) > 0 {
			p.Decisions = append(p.Decisions, row)
		} else {
			p.InOrder = append(p.InOrder, row)
		}
	}
	slices.SortStableFunc(p.Decisions, worseRow)
	p.Tally = tallyOf(p.Decisions)
	p.Since = sinceOf(r, rows)
	p.Columns = columnsOf(rows)
	for _, row := range rows {
		row.Marks = marksOf(row.Plugin, p.Columns)
	}
	p.Legend = legendOf(rows)
	p.Charts = chartsOf(r)
	for _, row := range append(slices.Clone(p.Decisions), p.InOrder...) {
		switch row.Verdict {
		case scanner.Modified:
			p.Modified = append(p.Modified, row)
		case scanner.Unapproved:
			p.Arrived = append(p.Arrived, row)
		case scanner.Missing:
			p.Departed = append(p.Departed, row)
		}
		switch {
		case len(row.Loud) > 0:
			p.Loud = append(p.Loud, row)
		case len(row.Quiet) > 0:
			p.Quiet = append(p.Quiet, row)
		}
	}
	p.Meanings = ruleNotes(r)
	p.Approvals, p.NoPaper = approvalsOf(rows, r.Run.Finished)
	p.Places = uncoveredOf(&r.Coverage)
	p.Controls = controlsOf(r)
	return p
}

// Fold says whether the rows are too many to stand open.
func (p *page) Fold(rows []*row) bool { return len(rows) > rowsAtOnce }

// Clear names the reasons that no plugin has, where a manifest could have told.
func (p *page) Clear() string {
	var labels []string
	for _, t := range p.Tally {
		if t.Count == 0 && p.Compared() {
			labels = append(labels, t.Label)
		}
	}
	return strings.Join(labels, ", ")
}

// A matrix is one table of plugins and capabilities.
type matrix struct {
	ID, Title string
	Columns   []string
	Rows      []*row
}

// Matrix is a table of some of the rows.
func (p *page) Matrix(id, title string, rows []*row) matrix {
	return matrix{id, title, p.Columns, rows}
}

// Compared says whether the plugins were held against a manifest.
func (p *page) Compared() bool { return compared(p.Report) }

// Uncompared says why they were not.
func (p *page) Uncompared() string { return uncompared(p.Report) }

func compared(r *scanner.Report) bool { return r.Manifest != nil && r.Manifest.Untrusted == "" }

func uncompared(r *scanner.Report) string {
	if r.Manifest == nil {
		return "no manifest was given"
	}
	return "the manifest is not trusted"
}

// Several says whether paths need their root beside them.
func (p *page) Several() bool { return len(p.Run.Roots) > 1 }

// At is a path, with its root where there are several.
func (p *page) At(root, path string) string {
	if p.Several() && root != "" {
		return root + ": " + path
	}
	return path
}

// Inventory are all plugins, in the report's order.
func (p *page) Inventory() []*row {
	return slices.SortedFunc(slices.Values(append(slices.Clone(p.Decisions), p.InOrder...)), func(a, b *row) int { return a.N - b.N })
}

// Unlooked are the hosts that were left out.
func (p *page) Unlooked() []string { return unlooked(p.Report) }

// Subject names what the report is about, for the title.
func (p *page) Subject() string {
	if p.Run.Machine.Name != "" {
		return p.Run.Machine.Name
	}
	return strings.Join(p.Run.Roots, ", ")
}

// An answer is the outcome in words.
type answer struct {
	Class string // pass, fail, incomplete or untrusted: what the page looks like
	Word  string
	Text  string
}

func outcomeOf(r *scanner.Report) answer {
	s := &r.Summary
	o := answer{Class: "incomplete", Word: s.Verdict}
	threshold := fmt.Sprintf("at or above %s", r.Run.FailOn)
	violations := "Nothing " + threshold
	switch {
	case r.Run.FailOn == scanner.None:
		violations = "No threshold was set"
	case s.Violations > 0:
		violations = manifests.Count(s.Violations, "violation") + " " + threshold
	}
	switch s.Exit {
	case scanner.ExitPass:
		o.Class, o.Word, o.Text = "pass", "Pass", violations+", and everything was looked at."
	case scanner.ExitViolations:
		o.Class, o.Word, o.Text = "fail", "Fail", violations+"."
	case scanner.ExitIncomplete:
		o.Class, o.Word, o.Text = "incomplete", "Incomplete", violations+"; not everything could be looked at, so this is no pass."
	case scanner.ExitTrust:
		o.Class, o.Word, o.Text = "untrusted", "Untrusted", "The manifest is not trusted, so what it approves counts for nothing. "+violations+"."
	}
	return o
}

// since is how the report compares with what was before.
type since struct {
	Title  string
	Lead   string
	Groups []driftGroup
}

type driftGroup struct {
	Label string
	Items []drift
	Open  bool
}

// A drift is one difference, with the number of the plugin's row, or 0.
type drift struct {
	scanner.Drift
	N int
}

// openDrifts is how many differences of a kind stand open on the first screen.
const openDrifts = 6

// sinceOf compares with the last sweep, and without one with the manifest.
func sinceOf(r *scanner.Report, rows []*row) since {
	if s := r.Sweep; s != nil {
		return sinceSweep(s, rows)
	}
	if !compared(r) {
		return since{Title: "What changed", Lead: "This report is no part of a ledger, and " + uncompared(r) + ", so there is nothing to compare with."}
	}
	out := since{
		Title: "What changed since the approval",
		Lead: fmt.Sprintf("This report is no part of a ledger, so it knows no last time. Held against the manifest %s, sequence %d:",
			r.Manifest.ID, r.Manifest.Sequence),
	}
	for _, kind := range []struct {
		label   string
		verdict scanner.Verdict
	}{{"new", scanner.Unapproved}, {"gone", scanner.Missing}, {"changed", scanner.Modified}} {
		group := driftGroup{Label: kind.label}
		for _, row := range rows {
			if row.Verdict != kind.verdict {
				continue
			}
			text := "is not approved"
			switch {
			case kind.verdict == scanner.Modified && len(row.Changes) > 0:
				text = manifests.Count(len(row.Changes), "file") + " differ"
				if len(row.Changes) == 1 {
					text += "s"
				}
			case kind.verdict == scanner.Modified:
				text = "differs from what was approved"
			case kind.verdict == scanner.Missing:
				text = "was approved and is not there"
			}
			group.Items = append(group.Items, drift{scanner.Drift{Host: row.Host, Name: row.Name, Root: row.Root, Path: row.Path, Text: text}, row.N})
		}
		group.Open = len(group.Items) <= openDrifts
		out.Groups = append(out.Groups, group)
	}
	return out
}

func sinceSweep(s *scanner.Sweep, rows []*row) since {
	out := since{Title: "What changed since the last sweep"}
	if s.PreviousAt == nil {
		out.Lead = fmt.Sprintf("This is the first entry of its ledger (sequence %d), so there is no last time.", s.Sequence)
	} else {
		out.Lead = fmt.Sprintf("Sweep %d, held against the one before it of %s.", s.Sequence, when(*s.PreviousAt))
	}
	if s.Every != "" {
		out.Lead += fmt.Sprintf(" A sweep is promised every %s.", s.Every)
	}
	type place struct{ host, name, path string }
	number := map[place]int{}
	for _, row := range rows {
		number[place{row.Host, row.Name, row.Path}] = row.N
	}
	for _, part := range driftParts(s) {
		shown := driftGroup{Label: part.label, Open: len(part.drifts) <= openDrifts}
		for _, d := range part.drifts {
			shown.Items = append(shown.Items, drift{d, number[place{d.Host, d.Name, d.Path}]})
		}
		out.Groups = append(out.Groups, shown)
	}
	return out
}

// when is a moment for people, in UTC; stamp is the same for machines.
func when(t time.Time) string  { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// took is how long something lasted.
func took(from, to time.Time) string {
	d := to.Sub(from)
	if d < time.Second {
		return d.Round(time.Millisecond).String()
	}
	return d.Round(100 * time.Millisecond).String()
}

// moment is a time that stands in a report as text.
func moment(text string) string {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return when(at)
	}
	return text
}

// classWords are what a page is styled by.
var classWords = []string{
	"critical", "high", "medium", "low", "info", "none",
	"approved", "modified", "unapproved", "missing", "expired", "revoked",
	"added", "removed",
}

// class is a class of the style sheet for a word of the report, which may have
// come from anywhere: what is no word of ours styles nothing.
func class(prefix string, word any) string {
	if text := fmt.Sprint(word); slices.Contains(classWords, text) {
		return prefix + text
	}
	return prefix + "other"
}

// steps cuts a path behind every slash, where a line may break.
func steps(path string) []string { return strings.SplitAfter(path, "/") }

// list joins words as a sentence does: "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
