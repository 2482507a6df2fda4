package report

import (
	"slices"

	"plugvet/scanner"
	"plugvet/scanner/locate"
)

// An uncovered is one way in which something was not looked at.
type uncovered struct {
	Title   string
	Text    string // what it means
	Class   string // bad where it makes a run incomplete
	Count   int
	Reasons []gapReason
}

// A gapReason is a reason with the paths that it left out.
type gapReason struct {
	Reason string
	Gaps   []scanner.Gap
}

// uncoveredOf lists every way, also those that left nothing out.
func uncoveredOf(c *scanner.Coverage) []uncovered {
	missing := make([]scanner.Gap, len(c.MissingRoots))
	for i, root := range c.MissingRoots {
		missing[i] = scanner.Gap{Path: root}
	}
	out := []uncovered{
		{Title: "Missing roots", Text: "were asked for and are not there; the run is incomplete", Class: "bad", Reasons: byReason(missing)},
		{Title: "Errors", Text: "could not be read or matched to the end; the run is incomplete", Class: "bad", Reasons: byReason(c.Errors)},
		{Title: "Skipped", Text: "were left out for the reason given", Reasons: byReason(c.Skipped)},
		{Title: "Read tolerantly", Text: "do not keep to their grammar, or go beyond a limit of what is decoded or followed; they were matched as far as they could be read", Reasons: byReason(c.Tolerated)},
	}
	for i := range out {
		for _, reason := range out[i].Reasons {
			out[i].Count += len(reason.Gaps)
		}
	}
	return out
}

// byReason puts the gaps of one reason together, the most frequent first.
func byReason(gaps []scanner.Gap) []gapReason {
	tally := map[string]int{}
	paths := map[string][]scanner.Gap{}
	for _, gap := range gaps {
		tally[gap.Reason]++
		paths[gap.Reason] = append(paths[gap.Reason], gap)
	}
	var out []gapReason
	for _, reason := range sortedKeys(tally) {
		out = append(out, gapReason{reason, paths[reason]})
	}
	return out
}

// unlooked are the hosts that plugvet knows and the run did not look for.
func unlooked(r *scanner.Report) []string {
	return slices.DeleteFunc(locate.Hosts(), func(host string) bool { return slices.Contains(r.Run.Hosts, host) })
}

// wholeView says that nothing was left out by choice or by fault: what was
// asked for was there, and every file of it was looked at.
func wholeView(r *scanner.Report) bool {
	c := &r.Coverage
	return len(c.Errors) == 0 && len(c.MissingRoots) == 0 && len(r.Run.Exclude) == 0 && len(unlooked(r)) == 0 && r.Summary.Exit != scanner.ExitIncomplete
}
