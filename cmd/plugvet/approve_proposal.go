package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner"
)

// How much of one plugin a proposal quotes.
const (
	maxProposedFiles = 100
	maxProposedShows = 3 // of each capability
)

// propose writes the plan to a file, with the decisions that were made so far.
func (a *approving) propose(path string, decided func(subject string) manifests.Decision) (int, error) {
	if samePath(path, a.path) || samePath(manifests.SumsPath(path), a.path) {
		return 0, usageError("", "--propose %q is the manifest itself", path)
	}
	p := a.plan.Propose(&a.request, decided, func(c *manifests.Candidate) manifests.Detail {
		return detailOf(a.pluginOf(c), c)
	})
	if len(p.Plugins) == 0 {
		fmt.Fprintf(a.stderr, "nothing to decide on, so %s was not written\n", path)
		return scanner.ExitPass, nil
	}
	if a.grant.dryRun {
		_, err := a.stdout.Write(p.Encode())
		return scanner.ExitPass, writing("stdout", err)
	}
	if err := manifests.WriteProposal(path, p, &a.request); err != nil {
		return 0, &incompleteError{err: err}
	}
	fmt.Fprintf(a.stderr, "wrote %s and %s: %d changes to decide on\n", path, manifests.SumsPath(path), len(p.Plugins))
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
		shown := 0
		for _, f := range p.Findings {
			if f.Capability != capability || f.Noted || shown == maxProposedShows {
				continue
			}
			shown++
			d.Shows = append(d.Shows, fmt.Sprintf("%s: %s (%s)", capability, f.Description, placeOfFinding(&f)))
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

func placeOfFinding(f *scanner.Finding) string {
	switch {
	case f.Line > 0:
		return fmt.Sprintf("%s:%d", f.Path, f.Line)
	case f.Offset >= 0:
		return fmt.Sprintf("%s, byte %d", f.Path, f.Offset)
	default:
		return f.Path
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
func (a *approving) fillFrom(p *manifests.Proposal) error {
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
	return nil
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
