package manifests

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Decision is what somebody makes of one update.
type Decision string

const (
	Accept Decision = "accept"
	// Reject revokes the content, so that no later approval lets it in by
	// accident; of a removal it keeps the entry.
	Reject Decision = "reject"
	Skip   Decision = "skip" // leave undecided, and the manifest as it is
)

// Decisions lists them.
var Decisions = []Decision{Accept, Reject, Skip}

// DefaultRejection is the reason of a rejection where none is given.
const DefaultRejection = "rejected in review"

// Subject is what an update is decided by: the plugin and its content, in
// whatever places it lies. Updates with one subject get one decision.
func (u *Update) Subject() string {
	e := u.entry()
	words := []string{e.Host, e.Name, e.Tree, string(u.Kind)}
	if u.Kind != Removed {
		words[3] = ""
	}
	for _, name := range slices.Sorted(maps.Keys(e.Links)) {
		words = append(words, name, e.Links[name])
	}
	return strings.Join(words, "\x00")
}

// Gains are the capabilities that the plugin did not have when it was last
// approved; of a new one, all of them.
func (u *Update) Gains() []string {
	switch {
	case u.New == nil:
		return nil
	case u.Before == nil:
		return u.New.Capabilities
	default:
		return without(u.New.Capabilities, u.Before.Capabilities)
	}
}

func (a *approver) decide(u Update) Decision {
	if a.request.Decide == nil {
		return Accept
	}
	return a.request.Decide(u)
}

// fault says why an accepted entry cannot be written as it stands, or nothing.
func (a *approver) fault(e *Entry) string {
	if _, text := e.validate(); text != "" {
		return text
	}
	policy := &a.request.Policy
	var texts []string
	for _, f := range policy.Faults(&e.Approval) {
		texts = append(texts, f.Text)
	}
	if policy.requires("rollback", e.Approval.Emergency) && e.Approval.Rollback == "" {
		texts = append(texts, fmt.Sprintf("rollback is required; nothing was approved in its place before, so say %q or name a digest", RollbackNone))
	}
	if digest := e.Approval.Rollback; digest != RollbackNone && a.revoked.RevokesDigest(digest) {
		texts = append(texts, "rollback "+digest+" is revoked")
	}
	return strings.Join(texts, "; ")
}

// checkRollback demands that a digest to go back to is given for one plugin: it
// cannot be that of several.
func (a *approver) checkRollback() error {
	if digest := a.request.Approval.Rollback; digest == "" || digest == RollbackNone {
		return nil
	}
	for i := range a.added {
		if a.added[i].Name != a.added[0].Name || a.added[i].Host != a.added[0].Host {
			return errors.New("approve: a digest to roll back to belongs to one plugin, and several are approved")
		}
	}
	return nil
}

// reject revokes the content of e. A digest says nothing to people, so the
// reason names the plugin.
func (a *approver) reject(e *Entry) {
	approval := &a.request.Approval
	r := Revocation{
		Digest: e.Tree, Reason: titled(e.Host, e.Name, e.Version) + ": " + a.request.rejection(), By: approval.By, At: approval.At, Ticket: approval.Ticket,
	}
	if e.Files == 0 { // all plugins without files have one tree digest
		r.Digest, r.Host, r.Name, r.Version = "", e.Host, e.Name, e.Version
	}
	same := func(old Revocation) bool {
		return old.Digest == r.Digest && old.Host == r.Host && old.Name == r.Name && old.Version == r.Version
	}
	if !slices.ContainsFunc(a.rejected, same) && !slices.ContainsFunc(a.revoked.Revoked, same) {
		a.rejected = append(a.rejected, r)
	}
}

func (r *Request) rejection() string {
	if r.Rejection == "" {
		return DefaultRejection
	}
	return r.Rejection
}
