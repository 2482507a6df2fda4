package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/tree"
)

// writeText writes the report for a person at a terminal: the worst plugin
// first, what it means and what to do about it, and last what was looked at.
func writeText(w io.Writer, r *scanner.Report, opts Options) error {
	t := &text{w: bufio.NewWriter(w), Options: opts, roots: len(r.Run.Roots)}
	if r.Manifest != nil && r.Manifest.Untrusted == "" {
		t.manifest = r.Manifest.Path
	}
	if !opts.Quiet {
		t.header(r)
		// A sweep tells what differs from the one before it, and the rest only
		// to those who ask.
		if s := r.Sweep; s == nil || s.PreviousAt == nil || t.Verbose {
			t.plugins(r)
			t.ignored(r.Ignored)
		}
		t.sweep(r.Sweep)
		t.coverage(&r.Coverage)
	}
	t.summary(r)
	return t.w.Flush() // bufio keeps the first error
}

type text struct {
	w *bufio.Writer
	Options
	roots    int
	manifest string // path of the one that was compared with
}

// line writes one line. Whatever a scanned file put into a text, it reaches the
// terminal as letters: no escape sequence but our own, and no line of its own.
func (t *text) line(format string, args ...any) {
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = t.harmless(s)
		}
	}
	fmt.Fprintf(t.w, format+"\n", args...)
}

func (t *text) harmless(s string) string {
	if !t.Color {
		return tree.Visible(s)
	}
	var b strings.Builder
	end := 0
	for _, at := range ansi.FindAllStringIndex(s, -1) {
		b.WriteString(tree.Visible(s[end:at[0]]) + s[at[0]:at[1]])
		end = at[1]
	}
	b.WriteString(tree.Visible(s[end:]))
	return b.String()
}

// ansi matches the colours that style writes, which do no harm in other hands.
var ansi = regexp.MustCompile(`\x1b\[(?:1|31|32|33|0)m`)

func (t *text) header(r *scanner.Report) {
	t.line("%s", t.style(bold, "plugvet "+r.Tool.Version)+" on "+strings.Join(r.Run.Roots, ", "))
	switch m := r.Manifest; {
	case m == nil:
		t.line("manifest  none: nothing is compared with what was approved")
	case m.Untrusted != "":
		t.line("manifest  %s: %s, nothing is compared with it", m.Path, t.style(bold+red, "NOT TRUSTED"))
	default:
		t.line("manifest  %s: %s, sequence %d", m.Path, m.ID, m.Sequence)
	}
	if m := r.Manifest; m != nil && len(m.Signers) > 0 {
		t.line("signed by %s", strings.Join(m.Signers, "; "))
	}
	t.line("rules     %d from %s", r.Rules.Count, strings.Join(r.Rules.Sources, ", "))
	if c := r.Run.Config; c != nil {
		t.line("settings  %s, %s", c.Path, c.SHA256)
	}
	for _, pattern := range r.Run.Exclude {
		t.line("exclude   %s", pattern)
	}
	t.line("")
}

func (t *text) plugins(r *scanner.Report) {
	plugins := worstPluginsFirst(r.Plugins)
	quiet := 0
	var noted []string
	for _, p := range plugins {
		if !t.Verbose && isQuiet(p) {
			quiet++
			noted = append(noted, notedAppleScript(p)...)
			continue
		}
		t.plugin(p)
	}
	switch {
	case quiet == 0:
	case quiet == len(plugins):
		t.line("%s, nothing above info in any of them (-v lists them)", manifests.Count(quiet, "plugin"))
		t.line("")
	default:
		t.line("%s with nothing above info (-v lists them)", manifests.Count(quiet, "more plugin"))
		t.line("")
	}
	for _, place := range noted {
		t.line("noted     %s", place)
	}
	if noted != nil {
		t.line("")
	}
}

// worstPluginsFirst sorts plugins; what is new and dangerous together comes
// before everything else.
func worstPluginsFirst(plugins []scanner.Plugin) []*scanner.Plugin {
	sorted := make([]*scanner.Plugin, len(plugins)) // there may be thousands, and they are large
	for i := range plugins {
		sorted[i] = &plugins[i]
	}
	slices.SortStableFunc(sorted, func(a, b *scanner.Plugin) int {
		return cmp.Or(newFirst(slices.ContainsFunc(a.Findings, isBothNew), slices.ContainsFunc(b.Findings, isBothNew)),
			b.Severity.Compare(a.Severity))
	})
	return sorted
}

// isQuiet reports whether there is nothing to tell of a plugin.
func isQuiet(p *scanner.Plugin) bool {
	return !p.Severity.AtLeast(scanner.Low) && p.Verdict != scanner.Missing && !awaitsReview(p)
}

func isBothNew(f scanner.Finding) bool { return f.BothNew }

// newTogether are the undeclared capabilities that a finding tells of.
func newTogether(p *scanner.Plugin, f *scanner.Finding) []string {
	return slices.DeleteFunc(slices.Clone(p.Undeclared), func(capability string) bool {
		return !slices.ContainsFunc(f.Why, func(w scanner.Why) bool { return strings.HasPrefix(w.Text, capability+": ") })
	})
}

// newFirst orders what is both new and dangerous before everything else.
func newFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// notedAppleScript tells of AppleScript in a plugin's own tests even where the
// plugin has nothing else to tell.
func notedAppleScript(p *scanner.Plugin) []string {
	var places []string
	for _, f := range p.Findings {
		if f.Noted && f.Capability == "applescript" && len(places) < maxPlaces {
			places = append(places, fmt.Sprintf("%s/%s: applescript in %s, %s", p.Host, p.Name, reference(f.Path, f.Line), ownTests))
		}
	}
	return places
}

const ownTests = "in its own tests or examples"

func (t *text) plugin(p *scanner.Plugin) {
	name := p.Host + "/" + p.Name
	if p.Version != "" {
		name += " " + p.Version
	}
	state := "present"
	switch {
	case p.Server:
		state = "server program"
	case p.Loaded:
		state = "loaded"
	case p.Verdict == scanner.Missing:
		state = "not on disk"
	}
	t.line("%s %s  %s", t.severity(p.Severity), t.style(bold, name), strings.Join(nonEmpty(string(p.Verdict), state), ", "))
	if i := slices.IndexFunc(p.Findings, isBothNew); i >= 0 {
		t.field("both new", t.style(bold, strings.Join(newTogether(p, &p.Findings[i]), ", "))+": gained since the approval, and dangerous together")
	}
	t.field("path", t.place(p.Root, p.Path))
	for i, by := range p.LoadedBy {
		if i == maxReferences && !t.Verbose {
			t.field("", fmt.Sprintf("and %d more", len(p.LoadedBy)-i))
			break
		}
		t.field(ifFirst(i, "loaded by"), reference(by.File, by.Line))
	}
	if p.Approval != nil {
		t.field("approval", approval(p.Approval))
	}
	if p.Source != nil && t.Verbose {
		t.field("source", p.Source.String())
	}
	for i, c := range p.Changes {
		t.field(ifFirst(i, "changes"), c.Change+" "+c.Path)
	}
	if len(p.Undeclared) > 0 {
		t.field("undeclared", t.style(bold, strings.Join(p.Undeclared, ", "))+" (found, and not in the approval)")
	}
	t.findings(p.Findings)
	for i, note := range p.Notes {
		t.field(ifFirst(i, "note"), note)
	}
	if advice := advise(p, t.manifest); advice != "" {
		t.field("what to do", advice)
	}
	t.line("")
}

// findings lists a plugin's findings, the worst first, those of one rule together.
func (t *text) findings(findings []scanner.Finding) {
	if !t.Verbose {
		findings = withoutTold(findings)
	}
	findings = worstFirst(findings)
	shown := 0
	for i, f := range findings {
		if i == 0 || findings[i-1].Rule != f.Rule || findings[i-1].Severity != f.Severity || findings[i-1].Noted != f.Noted {
			shown = 0
			label := string(f.Severity)
			what := f.Rule
			if f.Capability != "" {
				what = f.Capability + " (" + f.Rule + ")"
			}
			if f.Declared {
				what += ", declared"
			}
			if f.Noted {
				label = "noted"
				what += ", " + ownTests
			}
			t.field(label, what+": "+f.Description)
		}
		if shown++; shown > maxPlaces && !t.Verbose {
			if rest := sameRule(findings[i:]); shown == maxPlaces+1 {
				t.field("", fmt.Sprintf("  and in %d more", rest))
			}
			continue
		}
		where := reference(f.Path, f.Line)
		if f.Line == 0 && f.Offset >= 0 {
			where = fmt.Sprintf("%s, byte %d", f.Path, f.Offset)
		}
		if f.Excerpt != "" {
			where += ": " + f.Excerpt
		}
		t.field("", "  "+where)
		for _, w := range f.Why {
			t.field("", "  why: "+reference(w.Path, w.Line)+" "+w.Text)
		}
	}
}

// withoutTold leaves out the findings that another one tells.
func withoutTold(findings []scanner.Finding) []scanner.Finding {
	return slices.DeleteFunc(slices.Clone(findings), toldElsewhere(findings))
}

// toldElsewhere reports of a finding whether another one, no milder, tells it as
// a part of its story.
func toldElsewhere(findings []scanner.Finding) func(scanner.Finding) bool {
	type part struct{ path, rule string }
	told := map[part]scanner.Severity{}
	for _, f := range findings {
		for _, w := range f.Why {
			at := part{w.Path, w.Rule()}
			if had, ok := told[at]; !ok || f.Severity.AtLeast(had) {
				told[at] = f.Severity
			}
		}
	}
	return func(f scanner.Finding) bool {
		by, ok := told[part{f.Path, f.Rule}]
		return ok && f.Why == nil && by.AtLeast(f.Severity)
	}
}

// How much of one plugin a person gets to see without -v.
const (
	maxPlaces     = 5 // files for one rule
	maxReferences = 3 // config lines
)

// sameRule counts how many findings at the start are of one rule.
func sameRule(findings []scanner.Finding) int {
	n := 0
	for n < len(findings) && findings[n].Rule == findings[0].Rule {
		n++
	}
	return n
}

func (t *text) ignored(ignored []scanner.Ignored) {
	if len(ignored) == 0 {
		return
	}
	t.line("%s by the settings:", manifests.Count(len(ignored), "finding")+" ignored")
	for _, i := range ignored {
		t.line("  %s/%s %s in %s until %s: %s", i.Host, i.Name, i.Finding.Rule, i.Finding.Path, i.Expires, i.Reason)
	}
	t.line("")
}

// sweep lists what differs from the sweep before.
func (t *text) sweep(s *scanner.Sweep) {
	if s == nil {
		return
	}
	t.line("%s", sinceLastSweep(s))
	for _, part := range driftParts(s) {
		for i, d := range part.drifts {
			if i == maxDrifts && !t.Verbose {
				t.line("  %-8s  %d more (-v lists them)", part.label, len(part.drifts)-i)
				break
			}
			t.line("  %-8s  %s/%s in %s: %s", part.label, d.Host, d.Name, t.place(d.Root, d.Path), d.Text)
		}
	}
	t.line("")
}

func (t *text) coverage(c *scanner.Coverage) {
	t.line("%s %s, %s, %s (%s): %d matched, %d carried, %d skipped, %d not readable", t.style(bold, "coverage"),
		manifests.Count(c.Locations, "location"), manifests.Count(c.Plugins, "plugin"), manifests.Count(c.Files, "file"), bytesText(c.Bytes),
		c.Matched, c.Carried, len(c.Skipped), len(c.Errors))
	t.gaps(c)
}

// gaps lists what was not looked at.
func (t *text) gaps(c *scanner.Coverage) {
	for _, root := range c.MissingRoots {
		t.line("  %s %s", t.style(red, "missing root"), root)
	}
	for _, gap := range c.Errors {
		t.line("  %s %s: %s", t.style(red, "not read"), gapPath(gap), gap.Reason)
	}
	t.tolerated(c.Tolerated)
	byReason := map[string]int{}
	for _, gap := range c.Skipped {
		if t.Verbose {
			t.line("  skipped %s: %s", gapPath(gap), gap.Reason)
		}
		byReason[gap.Reason]++
	}
	if !t.Verbose {
		for _, reason := range sortedKeys(byReason) {
			t.line("  skipped %d: %s", byReason[reason], reason)
		}
	}
}

// tolerated lists what was not read to its end; of a reason that many files share, how
// many they are.
func (t *text) tolerated(gaps []scanner.Gap) {
	byReason := map[string]int{}
	for _, gap := range gaps {
		byReason[gap.Reason]++
	}
	few := 0 // that are listed, or would be
	for _, gap := range gaps {
		if byReason[gap.Reason] > maxPlaces && !t.Verbose {
			continue
		}
		if few++; few <= maxPlaces || t.Verbose {
			t.line("  read tolerantly %s: %s", gapPath(gap), gap.Reason)
		}
	}
	for _, reason := range sortedKeys(byReason) {
		if n := byReason[reason]; n > maxPlaces && !t.Verbose {
			t.line("  read tolerantly %d: %s (-v lists them)", n, reason)
		}
	}
	if few > maxPlaces && !t.Verbose {
		t.line("  read tolerantly: %d more files (-v lists them)", few-maxPlaces)
	}
}

func (t *text) summary(r *scanner.Report) {
	s := &r.Summary
	for _, note := range s.Notes {
		t.line("note      %s", note)
	}
	if emergency := emergencies(r); emergency != "" {
		t.line("note      %s", emergency)
	}
	color := red
	if s.Exit == scanner.ExitPass {
		color = green
	}
	t.line("%s %s (exit %d)", t.style(bold+color, strings.ToUpper(s.Verdict)+":"), outcome(r), s.Exit)
}

func (t *text) field(label, value string) { t.line("         %-10s  %s", label, value) }

func (t *text) severity(s scanner.Severity) string {
	word := fmt.Sprintf("%-8s", strings.ToUpper(string(s)))
	switch s {
	case scanner.None:
		return t.style(green, fmt.Sprintf("%-8s", "OK"))
	case scanner.Critical, scanner.High:
		return t.style(bold+red, word)
	case scanner.Medium:
		return t.style(yellow, word)
	}
	return word
}

// ANSI escapes (ECMA-48, SGR).
const (
	bold   = "\x1b[1m"
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	reset  = "\x1b[0m"
)

func (t *text) style(code, s string) string {
	if !t.Color {
		return s
	}
	return code + s + reset
}
