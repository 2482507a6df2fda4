package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner"
)

// How much of one plugin a proposal quotes.
const (
	maxProposedFiles = 100
	maxProposedShows = 3 // rules for each capability
)

// propose writes the plan to a file, with the decisions that were made so far.
func (a *approving) propose(file string, decided func(subject string) manifests.Decision) (int, error) {
	if samePath(file, a.path) || samePath(manifests.SumsPath(file), a.path) {
		return 0, usageError("", "--propose %q is the manifest itself", file)
	}
	p := a.plan.Propose(&a.request, decided, func(c *manifests.Candidate) manifests.Detail {
		return detailOf(a.pluginOf(c), c)
	})
	if len(p.Plugins) == 0 {
		fmt.Fprintf(a.stderr, "nothing to decide on, so %s was not written\n", file)
		return scanner.ExitPass, nil
	}
	if a.grant.dryRun {
		_, err := a.stdout.Write(p.Encode())
		return scanner.ExitPass, writing("stdout", err)
	}
	if err := manifests.WriteProposal(file, p, &a.request); err != nil {
		return 0, &incompleteError{err: err}
	}
	fmt.Fprintf(a.stderr, "wrote %s and %s: %s to decide on\n", file, manifests.SumsPath(file), manifests.Count(len(p.Plugins), "change"))
	return scanner.ExitPass, nil
}

func samePath(a, b string) bool {
	a, errA := filepath.Abs(a)
	b, errB := filepath.Abs(b)
	return errA == nil && errB == nil && a == b
}

// pluginOf is the plugin of a candidate as the scan has it, in the first of its
// places; nil where it is gone.
func (a *approving) pluginOf(c *manifests.Candidate) *scanner.Plugin {
	e := c.Entry()
	i := slices.IndexFunc(a.found.Plugins, func(p scanner.Plugin) bool {
		return p.Observed != nil && p.Host == e.Host && p.Name == e.Name && p.Path == e.Path && p.Tree == e.Tree
	})
	if i < 0 {
		return nil
	}
	return &a.found.Plugins[i]
}

// detailOf is what a reviewer reads of a plugin: which files changed, and what
// shows the capabilities that it gains.
func detailOf(p *scanner.Plugin, c *manifests.Candidate) manifests.Detail {
	var d manifests.Detail
	if p == nil {
		return d
	}
	for _, capability := range c.Gains {
		for i, group := range groupsOf(p, func(f *scanner.Finding) bool { return f.Capability == capability && !f.Noted }) {
			if i == maxProposedShows {
				break
			}
			d.Shows = append(d.Shows, fmt.Sprintf("%s: %s, in %s%s", capability, group[0].Description,
				placeOfFinding(p, group[0]), more(len(group)-1, "place")))
		}
	}
	for i, change := range p.Changes {
		if i == maxProposedFiles {
			d.Changed = append(d.Changed, fmt.Sprintf("and %d more", len(p.Changes)-i))
			break
		}
		d.Changed = append(d.Changed, change.Change+" "+change.Path)
	}
	return d
}

// groupsOf puts together the findings of a plugin that one rule made, of those
// that are chosen, in the order of the report.
func groupsOf(p *scanner.Plugin, chosen func(*scanner.Finding) bool) [][]*scanner.Finding {
	var groups [][]*scanner.Finding
	at := map[string]int{}
	for i := range p.Findings {
		f := &p.Findings[i]
		if !chosen(f) {
			continue
		}
		key := f.Rule + "\x00" + f.Description
		n, known := at[key]
		if !known {
			n = len(groups)
			at[key], groups = n, append(groups, nil)
		}
		groups[n] = append(groups[n], f)
	}
	return groups
}

// placeOfFinding is where a finding is, as seen from its plugin.
func placeOfFinding(p *scanner.Plugin, f *scanner.Finding) string {
	name := f.Path
	if below, ok := strings.CutPrefix(name, p.Path+"/"); ok {
		name = below
	} else if name == p.Path {
		name = path.Base(name)
	}
	switch {
	case f.Line > 0:
		return fmt.Sprintf("%s:%d", name, f.Line)
	case f.Offset >= 0:
		return fmt.Sprintf("%s, byte %d", name, f.Offset)
	default:
		return name
	}
}

// readProposal reads the file of --apply and checks that it is for this manifest.
func (a *approving) readProposal() (*manifests.Proposal, error) {
	p, err := manifests.ReadProposal(a.grant.apply)
	if err != nil {
		return nil, usageError("", "proposal: %w", err)
	}
	id := manifests.DefaultID(a.path)
	if a.old != nil {
		id = a.old.ID
	}
	if p.Proposal != id {
		return nil, usageError("name the manifest that it was made for with --manifest",
			"proposal: %s is for the manifest %q, not for %q", a.grant.apply, p.Proposal, id)
	}
	return p, nil
}

// fillFrom takes from a proposal what the command line leaves open.
func (a *approving) fillFrom(p *manifests.Proposal) {
	r, from := &a.request, &p.Approval
	r.Prune, r.Keep, r.Renew, r.Rejection = p.Prune, p.Keep, p.Renew, p.Rejection
	for _, field := range []struct {
		here     *string
		proposed string
	}{
		{&r.Approval.Ticket, from.Ticket}, {&r.Approval.Reason, from.Reason}, {&r.Approval.Impact, from.Impact},
		{&r.Approval.Tested, from.Tested}, {&r.Approval.Rollback, from.Rollback}, {&r.Approval.RequestedBy, from.RequestedBy},
	} {
		if *field.here == "" {
			*field.here = field.proposed
		}
	}
	if r.Approval.Expires.IsZero() {
		r.Approval.Expires = from.Expires
	}
	r.Approval.Emergency = r.Approval.Emergency || from.Emergency
}

// checkUnmoved refuses a proposal where the disk is not what was decided on.
func (a *approving) checkUnmoved(p *manifests.Proposal) error {
	if p.Rules != a.request.Rules {
		return usageError("propose anew, with the rules of today",
			"proposal: %s was made under other rules (%s) than those in use (%s)", a.grant.apply, p.Rules, a.request.Rules)
	}
	sums, err := manifests.ReadSums(a.grant.apply)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usageError("remove it: then only native binaries are named", "proposal: %w", err)
	}
	moved := p.Moved(&a.request, a.plan, sums)
	if len(moved) == 0 {
		return nil
	}
	lines := make([]string, len(moved))
	for i, m := range moved {
		lines[i] = m.String()
	}
	return &failure{
		code: scanner.ExitViolations,
		err:  fmt.Errorf("nothing was approved, since the disk is not what was decided on:\n  %s", strings.Join(lines, "\n  ")),
		hint: "find out who changed it, and propose anew",
	}
}
