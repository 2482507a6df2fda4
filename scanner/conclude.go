package scanner

import (
	"fmt"
	"maps"
)

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
	sum.count(report.Plugins, opts.FailOn)
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
	if opts.Untrusted != nil {
		note("nothing was compared with the manifest, since it is not trusted: %s", opts.Untrusted.Reason)
	}
	sum.decide(opts.Untrusted != nil, incomplete)
}

// count counts plugins and what fails in them.
func (sum *Summary) count(plugins []Plugin, failOn Severity) {
	sum.BySeverity, sum.ByVerdict = map[Severity]int{}, map[Verdict]int{}
	for _, p := range plugins {
		sum.BySeverity[p.Severity]++
		if p.Verdict != "" {
			sum.ByVerdict[p.Verdict]++
		}
		if p.VerdictSeverity.fails(failOn) {
			sum.Violations++
		}
		for _, f := range p.Findings {
			if f.Severity.fails(failOn) {
				sum.Violations++
			}
		}
	}
}

// decide makes the verdict and the exit code of what was counted.
func (sum *Summary) decide(untrusted, incomplete bool) {
	switch {
	case untrusted:
		sum.Verdict, sum.Exit = "untrusted", ExitTrust
	case incomplete:
		sum.Verdict, sum.Exit = "incomplete", ExitIncomplete
	case sum.Violations > 0:
		sum.Verdict, sum.Exit = "fail", ExitViolations
	default:
		sum.Verdict, sum.Exit = "pass", ExitPass
	}
}

// CheckSummary returns an error if the summary is not what the rest of the
// report leads to. That a file was too large to be matched is known to the
// scanner alone, so a report may call itself incomplete for no other reason.
func (r *Report) CheckSummary() error {
	cov := &r.Coverage
	incomplete := len(cov.Errors) > 0 || len(cov.MissingRoots) > 0 || cov.Plugins == 0 || cov.Matched+cov.Carried == 0 || r.Rules.Count == 0 ||
		r.Summary.Exit == ExitIncomplete
	var want Summary
	want.count(r.Plugins, r.Run.FailOn)
	want.decide(r.Manifest != nil && r.Manifest.Untrusted != "", incomplete)
	got := &r.Summary
	switch {
	case got.Violations != want.Violations:
		return fmt.Errorf("summary.violations is %d, but the plugins have %d", got.Violations, want.Violations)
	case !maps.Equal(got.BySeverity, want.BySeverity):
		return fmt.Errorf("summary.by_severity does not count the plugins: expected %v, got %v", want.BySeverity, got.BySeverity)
	case !maps.Equal(got.ByVerdict, want.ByVerdict):
		return fmt.Errorf("summary.by_verdict does not count the plugins: expected %v, got %v", want.ByVerdict, got.ByVerdict)
	case got.Verdict != want.Verdict || got.Exit != want.Exit:
		return fmt.Errorf("summary says %s (exit %d), but the report leads to %s (exit %d)", got.Verdict, got.Exit, want.Verdict, want.Exit)
	}
	return nil
}
