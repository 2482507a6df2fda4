package scanner

import (
	"path"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
)

// judge holds the report's plugins against the manifest, where there is one,
// works out every severity and drops ignored findings.
func judge(report *Report, opts *Options) {
	var judgement manifests.Judgement
	if a := opts.Approved; a != nil {
		report.Manifest = &Manifest{Path: a.Path, SHA256: a.SHA256, ID: a.Manifest.ID, Sequence: a.Manifest.Sequence, Signers: nonNil(a.Signers)}
		observed := make([]manifests.Observed, len(report.Plugins))
		for i, p := range report.Plugins {
			observed[i] = *p.Observed
		}
		judgement = a.Manifest.Judge(observed, manifests.JudgeOptions{
			Now: opts.Now, Scope: report.Scope(), Sums: a.Sums,
		})
	}
	if u := opts.Untrusted; u != nil {
		report.Manifest = &Manifest{Path: u.Path, SHA256: u.SHA256, Signers: []string{}, Untrusted: u.Reason}
	}
	ignores := newIgnoreList(opts.Ignores, opts.Now)
	for i := range report.Plugins {
		p := &report.Plugins[i]
		judged := false
		if opts.Approved != nil && p.Tree != "" {
			r := judgement.Plugins[i]
			p.Verdict = Verdict(r.Verdict)
			p.VerdictSeverity = weighVerdict(p.Verdict, p.Loaded, p.onDemand, p.Server)
			p.Changes = changesOf(r.Changes)
			p.Notes = append(p.Notes, r.Notes...)
			if r.Revocation != nil {
				p.Notes = append(p.Notes, describeRevocation(r.Revocation))
			}
			p.Undeclared = nonNil(r.Undeclared)
			if judged = r.Entry != nil; judged {
				p.Approval = approvalOf(r.Entry)
			}
			if r.Verdict == manifests.Approved {
				p.Source = r.Entry.Source
			}
		}
		weighFindings(p, judged)
		report.Ignored = append(report.Ignored, ignores.take(p)...)
		p.weigh()
	}
	report.Summary.Notes = ignores.notes()
	for _, entry := range judgement.Missing {
		report.Plugins = append(report.Plugins, missingPlugin(&entry, report.Run.Roots))
	}
	slices.SortStableFunc(report.Plugins, func(a, b Plugin) int { return comparePlugins(&a, &b) })
}

// excludedBy begins the reason of what somebody left out.
const excludedBy = "excluded by "

// Scope is where the run looked: at its hosts, and at every path above which
// nothing was excluded or unreadable.
func (r *Report) Scope() manifests.Scope {
	gaps := map[string]bool{}
	for _, gap := range r.Coverage.Errors {
		gaps[gap.Path] = true
	}
	for _, gap := range r.Coverage.Skipped {
		if strings.HasPrefix(gap.Reason, excludedBy) { // what else is skipped was looked at
			gaps[gap.Path] = true
		}
	}
	return manifests.Scope{
		Hosts: r.Run.Hosts,
		Looked: func(name string) bool {
			for ; name != "."; name = path.Dir(name) {
				if gaps[name] {
					return false
				}
			}
			return len(r.Run.Roots) > 0
		},
	}
}

// weigh sets the plugin's severity to the worst of what is known of it.
func (p *Plugin) weigh() {
	p.Severity = worst(p.VerdictSeverity)
	if p.VerdictSeverity == "" {
		p.VerdictSeverity = None
	}
	for _, f := range p.Findings {
		p.Severity = worst(p.Severity, f.Severity)
	}
}

func changesOf(changes []manifests.Change) []Change {
	out := []Change{}
	for _, c := range changes {
		out = append(out, Change{Path: c.Path, Change: string(c.Change), Was: c.Was, Is: c.Is})
	}
	return out
}

func approvalOf(e *manifests.Entry) *Approval {
	return &Approval{
		By: e.Approval.By, At: e.Approval.At.Format(time.RFC3339),
		Ticket: e.Approval.Ticket, Reason: e.Approval.Reason, Expires: e.Approval.Expires.String(),
		Impact: e.Approval.Impact, Tested: e.Approval.Tested, Rollback: e.Approval.Rollback,
		RequestedBy: e.Approval.RequestedBy, Emergency: e.Approval.Emergency, From: e.From,
	}
}

func describeRevocation(r *manifests.Revocation) string {
	text := "revoked: " + r.Reason
	for _, part := range []string{r.By, r.Ticket} {
		if part != "" {
			text += ", " + part
		}
	}
	return text
}

// missingPlugin stands in the report for an approved plugin that is not there.
func missingPlugin(e *manifests.Entry, roots []string) Plugin {
	p := Plugin{
		Host: e.Host, Name: e.Name, Version: e.Version, Path: e.Path, Tree: e.Tree, Files: e.Files,
		Verdict: Missing, VerdictSeverity: weighVerdict(Missing, false, false, false),
		LoadedBy: []Reference{}, Capabilities: nonNil(slices.Clone(e.Capabilities)), Undeclared: []string{},
		Approval: approvalOf(e), Binaries: []Binary{}, Changes: []Change{}, Findings: []Finding{},
	}
	if len(roots) == 1 {
		p.Root = roots[0]
	}
	p.weigh()
	return p
}
