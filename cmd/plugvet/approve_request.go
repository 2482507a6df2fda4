package main

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strings"
	"time"

	"plugvet/manifests"
)

const policyHint = "the settings' [approval] says what every approval needs"

// prepare makes the request out of flags, settings and, where there is one, the
// proposal; what was found comes later.
func (a *approving) prepare(proposal *manifests.Proposal) error {
	g := &a.grant
	now := time.Now()
	by := g.by
	if by != "" && strings.TrimSpace(by) == "" {
		return usageError("name who approves", "--by %q is empty", by)
	}
	if by == "" {
		var err error
		if by, err = currentUser(); err != nil {
			return usageError("name yourself with --by", "who approves is not known: %w", err)
		}
	}
	r := &a.request
	r.ID = manifests.DefaultID(a.path)
	r.Select, r.Prune, r.Keep, r.Renew = g.plugins, g.prune, g.keep, g.renew
	r.Approval = manifests.Approval{
		By: by, At: manifests.NewTime(now), Ticket: g.ticket, Reason: g.reason,
		Impact: g.impact, Tested: g.tested, Rollback: g.rollback, RequestedBy: g.requestedBy, Emergency: g.emergency,
	}
	if s := a.settings; s != nil {
		var err error
		if r.Policy, err = s.Approval.Policy(); err != nil {
			return usageError("", "settings: %w", err)
		}
	}
	if g.rollback != "" && g.rollback != manifests.RollbackNone && !manifests.IsTreeDigest(g.rollback) {
		return usageError("plugvet manifest show FILE lists the digests of trees", "--rollback %q: rollback: expected \"h1:\" and the base64 of 32 bytes, or none", g.rollback)
	}
	if g.expires != "" {
		var err error
		if r.Approval.Expires, err = parseExpires(g.expires, now); err != nil {
			return usageError("", "--expires: %w", err)
		}
		if r.Approval.Expires.Passed(now) {
			return usageError("give a later day, or a span from now on such as 90d", "--expires %s: the approval would end before it begins", g.expires)
		}
	}
	if proposal != nil {
		a.fillFrom(proposal)
	}
	if g.propose != "" && r.Approval.RequestedBy == "" {
		r.Approval.RequestedBy = by // who proposes asks for it
	}
	if r.Approval.Emergency && r.Approval.Expires.IsZero() {
		r.Approval.Expires = r.Policy.EmergencyExpiry(now)
	}
	if g.from != "" {
		return a.readOther(now)
	}
	return nil
}

// parseExpires reads a day, an instant, or a span from now on: one of whole days
// ends with a day, one of hours at an instant.
func parseExpires(text string, now time.Time) (manifests.Expiry, error) {
	if span, err := manifests.ParseSpan(text); err == nil {
		if length := time.Duration(span); length%(24*time.Hour) != 0 {
			return manifests.ParseExpiry(now.Add(length).UTC().Format(time.RFC3339))
		}
		return manifests.LatestExpiry(now, span), nil
	}
	return manifests.ParseExpiry(text)
}

// checkPolicy demands what the settings require, before anything is read.
func (a *approving) checkPolicy() error {
	faults := a.request.Policy.Faults(&a.request.Approval)
	if len(faults) == 0 {
		return nil
	}
	var texts, flags []string
	for _, f := range faults {
		texts = append(texts, f.Text)
		flags = append(flags, "--"+strings.ReplaceAll(f.Field, "_", "-"))
	}
	return usageError(policyHint+"; give "+strings.Join(flags, ", "), "approve: %s", strings.Join(texts, "; "))
}

// take adds what a scan found. Something that could not be read cannot be
// approved, and then nothing is written at all.
func (a *approving) take() error {
	found := a.found
	var gaps []string
	for _, gap := range found.Coverage.Errors {
		gaps = append(gaps, fmt.Sprintf("%s: %s", gap.Path, gap.Reason))
	}
	for _, root := range found.Coverage.MissingRoots {
		gaps = append(gaps, root+": no such directory")
	}
	if len(gaps) > 0 {
		return &incompleteError{
			err:  fmt.Errorf("nothing was approved, since not everything could be read:\n  %s", strings.Join(gaps, "\n  ")),
			hint: "mend it, or leave it out with --exclude",
		}
	}
	r := &a.request
	for _, p := range found.Plugins {
		if p.Unmatched {
			return &incompleteError{
				err:  fmt.Errorf("nothing was approved, since %s/%s has a file too large to be matched: what it can do is not known", p.Host, p.Name),
				hint: "raise --max-file-size, or leave the file out with --exclude",
			}
		}
		if p.Observed != nil {
			r.Plugins = append(r.Plugins, *p.Observed)
		}
	}
	if len(r.Plugins) == 0 && !r.Prune {
		return &incompleteError{err: errors.New("no plugin was found, so there is nothing to approve"), hint: "plugvet discover tells where it looks"}
	}
	r.Rules = found.Rules.Digest
	r.Scope = found.Scope()
	return nil
}

// currentUser is "name@machine".
func currentUser() (string, error) {
	u, err := user.Current()
	if err != nil {
		return "", err
	}
	machine, err := os.Hostname()
	if err != nil {
		return "", err
	}
	return u.Username + "@" + machine, nil
}
