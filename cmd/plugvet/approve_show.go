package main

import (
	"fmt"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/tree"
)

// ANSI escapes (ECMA-48, SGR).
const (
	bold   = "\x1b[1m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	reset  = "\x1b[0m"
)

func (r *review) style(code, text string) string {
	if !r.look().Color {
		return text
	}
	return code + text + reset
}

// show prints what there is to know of an item at a glance.
func (r *review) show(i int) {
	item := &r.items[i]
	e := item.Entry()
	if group := scopeOf(e) + "\x00" + rankTitles[item.Rank]; group != r.group {
		r.group = group
		kin := r.matching(func(other *reviewItem) bool {
			return other.Rank == item.Rank && scopeOf(other.Entry()) == scopeOf(e)
		})
		r.printf("\n%s\n", r.style(bold, fmt.Sprintf("== %s, %s: %s", scopeOf(e), rankTitles[item.Rank], manifests.Count(len(kin), "change"))))
	}
	title := item.Title()
	if b := item.Before(); b != nil && b.Version != e.Version {
		title += " (was " + orNone(tree.Visible(b.Version)) + ")"
	}
	word := strings.ToUpper(string(item.Kind()))
	if why := item.Why(); why != "" {
		title += ": " + tree.Visible(why)
	}
	r.printf("\n%s %s  %s\n", r.style(bold, fmt.Sprintf("%d/%d", i+1, len(r.items))), word, r.style(bold, title))
	if len(item.Gains) > 0 {
		text, color := strings.Join(item.Gains, ", "), yellow
		if item.Rank == manifests.RankDangerous {
			text, color = text+": dangerous together", red
		}
		r.field("GAINS", r.style(color, text))
		for _, shows := range detailOf(item.plugin, &item.Candidate).Shows {
			r.field("", tree.Visible(shows))
		}
	}
	if item.Before() != nil && len(e.Capabilities) > len(item.Gains) {
		r.field("has", strings.Join(e.Capabilities, ", "))
	}
	paths := item.Paths()
	r.field("path", tree.Visible(paths[0])+more(len(paths)-1, "place"))
	r.field("content", filesText(item))
	if e.Source != nil {
		r.field("source", e.Source.String())
	}
	p := item.plugin
	if p == nil {
		return
	}
	if len(p.LoadedBy) > 0 {
		by := p.LoadedBy[0]
		r.field("loaded by", fmt.Sprintf("%s:%d", by.File, by.Line)+more(len(p.LoadedBy)-1, "line"))
	}
	if n := item.alarms(); n > 0 {
		r.field("findings", r.style(red, fmt.Sprintf("%d of high severity or above (c lists them)", n)))
	}
}

// rankTitles head the groups of a review.
var rankTitles = map[manifests.Rank]string{
	manifests.RankDangerous: "capabilities that are new and dangerous together",
	manifests.RankGains:     "new capabilities",
	manifests.RankCapable:   "new plugins that have capabilities",
	manifests.RankModified:  "other content, no new capability",
	manifests.RankNew:       "new plugins without capabilities",
	manifests.RankRepeated:  "the same content again",
	manifests.RankRemoved:   "not on the disk any more",
}

func (r *review) field(label, text string) { r.printf("       %-10s %s\n", label, text) }

// more is " (and 3 more places)", or nothing.
func more(n int, noun string) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" (and %d more %s)", n, strings.TrimPrefix(manifests.Count(n, noun), fmt.Sprint(n, " ")))
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// filesText says how many files there are, and how many of them changed.
func filesText(item *reviewItem) string {
	text := manifests.Count(item.Entry().Files, "file")
	if item.plugin == nil {
		return text
	}
	tally := map[string]int{}
	for _, c := range item.plugin.Changes {
		tally[c.Change]++
	}
	var parts []string
	for _, word := range []string{"modified", "added", "removed"} {
		if tally[word] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", tally[word], word))
		}
	}
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ") + " (f lists them)"
	}
	return text
}

// maxLines is how many lines of a list are shown at a time.
const maxLines = 30

// showFiles lists the files that changed, of a new plugin all; some at a time.
func (r *review) showFiles(i int) {
	item := &r.items[i]
	var lines []string
	switch p := item.plugin; {
	case p == nil:
		r.printf("  it is gone from the disk\n")
		return
	case len(p.Changes) > 0:
		for _, c := range p.Changes {
			lines = append(lines, fmt.Sprintf("%-8s %s", c.Change, c.Path))
		}
	default:
		for _, f := range p.Observed.Sums {
			lines = append(lines, tree.Printable(f.Name))
		}
		slices.Sort(lines)
	}
	if item.files >= len(lines) {
		item.files = 0
	}
	for _, line := range lines[item.files:min(len(lines), item.files+maxLines)] {
		r.printf("  %s\n", tree.Visible(line))
	}
	item.files = min(len(lines), item.files+maxLines)
	if left := len(lines) - item.files; left > 0 {
		r.printf("  and %d more (f shows them)\n", left)
	}
}

// showCapabilities lists what shows the capabilities, the new ones first.
func (r *review) showCapabilities(i int) {
	item := &r.items[i]
	if item.plugin == nil || len(item.plugin.Findings) == 0 {
		r.printf("  %s\n", orNone(strings.Join(item.Entry().Capabilities, ", ")))
		return
	}
	p := item.plugin
	isNew := func(f *scanner.Finding) bool { return !f.Noted && slices.Contains(item.Gains, f.Capability) }
	for _, kind := range []struct {
		label, after string
		chosen       func(*scanner.Finding) bool
	}{
		{"NEW ", "", isNew},
		{"", "", func(f *scanner.Finding) bool { return !f.Noted && !isNew(f) }},
		{"", ", in its own tests", func(f *scanner.Finding) bool { return f.Noted }},
	} {
		for _, group := range groupsOf(p, kind.chosen) {
			f := group[0]
			r.printf("  %s%s%s (%s, %s): %s\n", kind.label, orNone(f.Capability), kind.after, f.Rule, f.Severity, tree.Visible(f.Description))
			for n, f := range group {
				if n == maxShownPlaces {
					r.printf("      and %d more\n", len(group)-n)
					break
				}
				place := placeOfFinding(p, f)
				if f.Excerpt != "" {
					place += ": " + f.Excerpt
				}
				r.printf("      %s\n", tree.Visible(place))
			}
		}
	}
}

// maxShownPlaces is how many places of one rule are listed.
const maxShownPlaces = 4

// gainsOf is " gains exec, network", or nothing.
func (r *review) gainsOf(item *reviewItem) string {
	if len(item.Gains) == 0 {
		return ""
	}
	return "  gains " + r.style(yellow, strings.Join(item.Gains, ", "))
}

// summarize prints what was decided, by name where it matters.
func (r *review) summarize() (accepted, rejected int) {
	by := map[manifests.Decision][]int{}
	for i, item := range r.items {
		by[item.decision] = append(by[item.decision], i)
	}
	left := len(by[manifests.Skip]) + len(by[""])
	r.printf("\n%s\n", r.style(bold, fmt.Sprintf("decided on %d of %d", len(r.items)-left, len(r.items))))
	r.printf("  accepted  %s\n", r.counted(by[manifests.Accept]))
	shown := 0
	for _, i := range by[manifests.Accept] {
		if item := &r.items[i]; len(item.Gains) > 0 {
			if shown++; shown > maxNamed {
				r.printf("      and more\n")
				break
			}
			r.printf("      %s%s\n", item.Title(), r.gainsOf(item))
		}
	}
	r.printf("  rejected  %s\n", manifests.Count(len(by[manifests.Reject]), "change"))
	for _, i := range by[manifests.Reject] {
		r.printf("      %s\n", r.items[i].Title())
	}
	r.printf("  left      %s, which stay undecided\n", manifests.Count(left, "change"))
	return len(by[manifests.Accept]), len(by[manifests.Reject])
}
