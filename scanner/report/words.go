package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
)

// advise says what a plugin's state asks of the reader; empty where nothing.
// manifest is the path of the one that it was held against, if any.
func advise(p *scanner.Plugin, manifest string) string {
	approve := "plugvet approve --manifest " + shellWord(manifest) + " --plugin " + shellWord(p.Host+"/"+p.Name)
	if awaitsReview(p) && p.Verdict == scanner.Approved {
		return "review what was approved in an emergency, and run " + approve
	}
	if p.Severity == scanner.None || !p.Severity.AtLeast(scanner.Low) && p.Verdict != scanner.Missing {
		return ""
	}
	switch p.Verdict {
	case scanner.Revoked:
		return "remove it: its approval was revoked"
	case scanner.Modified:
		if len(p.Undeclared) > 0 {
			return "find out who changed it and why it gained " + strings.Join(p.Undeclared, ", ") + "; reinstall the approved one, or review it and run " + approve
		}
		return "find out who changed it; reinstall the approved one, or review it and run " + approve
	case scanner.Unapproved:
		return "nobody approved it: remove it, or review it and run " + approve
	case scanner.Expired:
		return "its approval has run out: review it again and run " + approve
	case scanner.Missing:
		return "it was approved and is gone: reinstall it, or run plugvet approve --prune with --manifest " + shellWord(manifest)
	}
	findings := worstFirst(p.Findings)
	if len(findings) == 0 || !findings[0].Severity.AtLeast(scanner.Medium) {
		return ""
	}
	what := "review what it does"
	if f := findings[0]; f.Attack != "" && f.Capability != "rule" { // a rule of ours explains itself
		what += " (plugvet rules list " + f.Rule + " tells what to look for)"
	}
	return what + "; accept it in an approval, or by an [[ignore]] in plugvet.toml"
}

// awaitsReview reports whether the plugin's approval was given in an emergency.
func awaitsReview(p *scanner.Plugin) bool { return p.Approval != nil && p.Approval.Emergency }

// emergencies says how many approvals await review; empty where none does.
func emergencies(r *scanner.Report) string {
	n := 0
	for i := range r.Plugins {
		if awaitsReview(&r.Plugins[i]) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return countAre(n, "plugin") + " approved in an emergency, which awaits review"
}

// countAre is a number with its noun and verb: "1 plugin is", "2 plugins are".
func countAre(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return manifests.Count(n, noun) + " are"
}

// outcome says in a clause why the gate is open or shut.
func outcome(r *scanner.Report) string {
	why := fmt.Sprintf("nothing at or above %s", r.Run.FailOn)
	switch {
	case r.Run.FailOn == scanner.None:
		why = "no threshold is set"
	case r.Summary.Violations > 0:
		why = fmt.Sprintf("%s at or above %s", manifests.Count(r.Summary.Violations, "violation"), r.Run.FailOn)
	}
	switch r.Summary.Exit {
	case scanner.ExitTrust:
		why = "the manifest is not trusted; " + why
	case scanner.ExitIncomplete:
		why += "; not everything could be looked at"
	}
	return why
}

// A driftPart is the differences of one kind between two sweeps.
type driftPart struct {
	label  string
	drifts []scanner.Drift
}

func driftParts(s *scanner.Sweep) []driftPart {
	return []driftPart{{"new", s.New}, {"gone", s.Gone}, {"changed", s.Changed}, {"fixed", s.Fixed}, {"expiring", s.Expiring}}
}

// maxDrifts is how many differences of one kind a person gets to see without -v.
const maxDrifts = 20

// sinceLastSweep is the headline of what differs from the sweep before.
func sinceLastSweep(s *scanner.Sweep) string {
	if s.PreviousAt == nil {
		return "the first sweep of its ledger, so there is none to compare with"
	}
	var counts []string
	for _, part := range driftParts(s) {
		if len(part.drifts) > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", len(part.drifts), part.label))
		}
	}
	if counts == nil {
		counts = []string{"nothing differs"}
	}
	return fmt.Sprintf("since the last sweep (%d, %s): %s", s.Sequence-1, s.PreviousAt.UTC().Format(time.RFC3339), strings.Join(counts, ", "))
}

// worstFirst sorts findings, those of one rule together. What is new and
// dangerous together comes before everything else, and what is noted after its like.
func worstFirst(findings []scanner.Finding) []scanner.Finding {
	return slices.SortedStableFunc(slices.Values(findings), func(a, b scanner.Finding) int {
		return cmp.Or(newFirst(a.BothNew, b.BothNew), b.Severity.Compare(a.Severity), cmp.Compare(a.Rule, b.Rule), newFirst(b.Noted, a.Noted))
	})
}

// shellWord quotes a word for a shell: names come from whoever made the plugin.
func shellWord(word string) string {
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func approval(a *scanner.Approval) string {
	text := fmt.Sprintf("by %s on %s", a.By, a.At)
	if a.Ticket != "" {
		text += ", " + a.Ticket
	}
	if a.Reason != "" {
		text += ", " + a.Reason
	}
	if a.Expires != "" {
		text += ", until " + a.Expires
	}
	if a.Emergency {
		text += ", EMERGENCY: awaits review"
	}
	if a.From != nil {
		text += ", from " + a.From.ID
		if a.From.Unverified {
			text += " (not verified)"
		}
	}
	return text
}

// bytesText is a size in decimal units, as storage is sold.
func bytesText(n int64) string {
	units := []string{"kB", "MB", "GB", "TB", "PB", "EB"}
	if n < 1000 {
		return fmt.Sprintf("%d bytes", n)
	}
	value := float64(n)
	unit := ""
	for _, unit = range units {
		if value /= 1000; value < 1000 {
			break
		}
	}
	return fmt.Sprintf("%.1f %s", value, unit)
}

// reference is "file:line", or the file alone where it has no line.
func reference(file string, line int) string {
	if line == 0 {
		return file
	}
	return fmt.Sprintf("%s:%d", file, line)
}

func gapPath(g scanner.Gap) string {
	if g.Root != "" {
		return g.Root + ": " + g.Path
	}
	return g.Path
}

func ifFirst(i int, label string) string {
	if i > 0 {
		return ""
	}
	return label
}

func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// sortedKeys lists the keys of a tally, the largest first.
func sortedKeys(tally map[string]int) []string {
	return slices.SortedFunc(maps.Keys(tally), func(a, b string) int {
		return cmp.Or(tally[b]-tally[a], cmp.Compare(a, b))
	})
}
