package scanner

import "fmt"

// Exit codes of the program, the same for every format (DESIGN.md). Where
// several hold, usage goes before trust, trust before incomplete, and that
// before violations.
const (
	ExitPass        = 0
	ExitViolations  = 1
	ExitUsage       = 2
	ExitIncomplete  = 3
	ExitTrust       = 4
	ExitInterrupted = 130
)

// conclude counts and decides the exit code.
func conclude(report *Report, opts *Options, limited bool) {
	sum := &report.Summary
	sum.BySeverity, sum.ByVerdict = map[Severity]int{}, map[Verdict]int{}
	for _, p := range report.Plugins {
		sum.BySeverity[p.Severity]++
		if p.Verdict != "" {
			sum.ByVerdict[p.Verdict]++
		}
		if p.VerdictSeverity.fails(opts.FailOn) {
			sum.Violations++
		}
		for _, f := range p.Findings {
			if f.Severity.fails(opts.FailOn) {
				sum.Violations++
			}
		}
	}
	note := func(format string, args ...any) { sum.Notes = append(sum.Notes, fmt.Sprintf(format, args...)) }
	if report.Manifest == nil {
		note("no manifest was given, so nothing was compared with what was approved")
	}
	cov := report.Coverage
	incomplete := len(cov.Errors) > 0 || len(cov.MissingRoots) > 0
	if limited {
		note("a file was too large to be matched; raise --max-file-size")
		incomplete = true
	}
	switch {
	case cov.Plugins == 0:
		note("no plugin was found, so nothing was scanned")
		incomplete = true
	case cov.Matched+cov.Carried == 0:
		note("no file of any plugin was looked at")
		incomplete = true
	}
	if report.Rules.Count == 0 {
		note("there are no rules, so nothing was matched")
		incomplete = true
	}
	switch {
	case opts.Untrusted != nil:
		note("nothing was compared with the manifest, since it is not trusted: %s", opts.Untrusted.Reason)
		sum.Verdict, sum.Exit = "untrusted", ExitTrust
	case incomplete:
		sum.Verdict, sum.Exit = "incomplete", ExitIncomplete
	case sum.Violations > 0:
		sum.Verdict, sum.Exit = "fail", ExitViolations
	default:
		sum.Verdict, sum.Exit = "pass", ExitPass
	}
}
