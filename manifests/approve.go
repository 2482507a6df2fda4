package manifests

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"plugvet/scanner/tree"
)

// A Request asks to approve plugins that were found.
type Request struct {
	// Approval is what everything that is added or updated gets. A Rollback that
	// names no content becomes the content that is replaced, where there is some,
	// or what the former approval of the same content names.
	Approval Approval
	Policy   Policy
	// Plugins is everything that was found, chosen or not, with the Sums,
	// Binaries and Capabilities of each.
	Plugins []Observed
	// Select holds doublestar patterns on "host/name"; empty chooses all.
	Select []string
	// Rules is the digest of the rule set under which Plugins were matched.
	Rules string
	// Prune drops entries in whose place nothing of that name was found, among
	// those that Scope and Select cover.
	Prune bool
	Scope Scope
	// Keep leaves the entry that a modified plugin replaces, as an alternative
	// for the same path: two architectures, a rollout that is not complete.
	Keep bool
	// Renew writes the new approval also where nothing changed.
	Renew bool
	// Decide says what becomes of each addition, update and removal. Nil
	// accepts them all.
	Decide func(Update) Decision
	// Rejected are contents that are rejected wherever they lie, found or not.
	Rejected []Entry
	// Rejection is why something is rejected; empty: DefaultRejection.
	Rejection string
	// Other is a manifest from which approvals are taken over: nothing but what
	// it approves is added or updated. Nil: everything is.
	Other *Other

	ID       string // of a new manifest, see DefaultID
	Previous string // Digest of the old manifest's bytes
	OldSums  *Sums  // beside the old manifest; nil where there are none
}

// An Update is what an approval does to one plugin in one place.
type Update struct {
	Kind UpdateKind
	Old  *Entry
	New  *Entry
	Why  string // of all but Added and Unchanged: a few words
	// Before is what New is compared with: Old, or else the latest entry of the
	// same host and name; nil where the plugin is new.
	Before *Entry
}

// UpdateKind tells what happens to an entry.
type UpdateKind string

const (
	Added     UpdateKind = "added"
	Updated   UpdateKind = "updated" // Old is replaced by New
	Unchanged UpdateKind = "unchanged"
	Removed   UpdateKind = "removed"
	Refused   UpdateKind = "refused" // revoked: an approval would have no effect
	// Uncovered is not approved by the manifest that is taken over from.
	Uncovered UpdateKind = "uncovered"
)

// An Outcome is the manifest that Approve proposes. Where Changed is false
// Manifest is the old one, and there is nothing to write.
type Outcome struct {
	Manifest *Manifest
	Sums     *Sums
	Updates  []Update     // sorted as the manifest is
	Revoked  []Revocation // those that Manifest has and the old one has not
	Changed  bool
}

// Approve makes the manifest that follows old, which may be nil and is not
// changed. What was approved and is as it was keeps its approval, capabilities
// included; a plugin with other content, other capabilities or an expired
// approval gets the new one. A pattern of Select that chooses no plugin and,
// with Prune, no entry is an error.
func Approve(old *Manifest, request Request) (*Outcome, error) {
	if old == nil {
		old = &Manifest{Format: Format, ID: cmp.Or(request.ID, DefaultID(""))}
	}
	if err := request.check(old); err != nil {
		return nil, err
	}
	a := approver{
		request: &request, old: old, index: newIndex(old), revoked: request.revocations(old),
		seen: map[identity]bool{}, unchanged: map[*Entry]bool{}, drop: map[*Entry]bool{}, superseded: map[*Entry]bool{},
	}
	for i := range request.Plugins {
		if o := &request.Plugins[i]; request.selects(o.Host, o.Name) {
			if err := a.plugin(o); err != nil {
				return nil, err
			}
		}
	}
	for i := range request.Rejected {
		a.reject(&request.Rejected[i])
	}
	if err := a.checkRollback(); err != nil {
		return nil, err
	}
	if request.Prune {
		a.prune()
	}
	a.settle()
	return a.outcome(), nil
}

func (r *Request) check(old *Manifest) error {
	if r.Approval.By == "" || r.Approval.At.IsZero() {
		return errors.New("approve: who approves, and when, is required")
	}
	if r.Approval.Expires.Passed(r.Approval.At.Time) {
		return fmt.Errorf("approve: the approval would end on %s, before it begins", r.Approval.Expires)
	}
	for _, pattern := range r.Select {
		if !doublestar.ValidatePattern(pattern) {
			return fmt.Errorf("approve: malformed pattern %q", pattern)
		}
		chosen := slices.ContainsFunc(r.Plugins, func(o Observed) bool { return matches(pattern, o.Host, o.Name) }) ||
			r.Prune && slices.ContainsFunc(old.Plugins, func(e Entry) bool { return matches(pattern, e.Host, e.Name) })
		if !chosen {
			return fmt.Errorf("approve: no plugin matches %q, expected host/name such as nginx/* or node/@scope/**", pattern)
		}
	}
	return nil
}

func (r *Request) selects(host, name string) bool {
	return len(r.Select) == 0 || slices.ContainsFunc(r.Select, func(pattern string) bool { return matches(pattern, host, name) })
}

func matches(pattern, host, name string) bool {
	return doublestar.MatchUnvalidated(pattern, tree.Printable(host)+"/"+tree.Printable(name))
}

type approver struct {
	request *Request
	old     *Manifest
	index   index     // of old
	revoked *Manifest // that holds every revocation, and nothing else
	added   []Entry
	seen    map[identity]bool // of what was decided on
	updates []Update
	// rejected are the revocations that Reject leads to.
	rejected []Revocation
	// What happens to old entries. superseded ones go unless they are found
	// unchanged too; the value is whether another update tells of it.
	unchanged, drop, superseded map[*Entry]bool
}

// plugin decides on one chosen plugin.
func (a *approver) plugin(o *Observed) error {
	entry := entryOf(o, a.request.Approval)
	if r := a.revoked.revocation(o); r != nil {
		a.updates = append(a.updates, Update{Kind: Refused, New: &entry, Why: "revoked: " + r.Reason})
		return nil
	}
	if a.seen[entry.identity()] {
		return nil // the same, found in a second root
	}
	a.seen[entry.identity()] = true
	update, replaced := a.update(&entry)
	if update.Kind == Unchanged {
		a.unchanged[update.Old] = true
		a.updates = append(a.updates, update)
		return nil
	}
	decision := a.decide(update)
	if decision == Accept && a.request.Other != nil {
		if why := a.request.Other.take(o, &entry); why != "" {
			update.Kind, update.Why, decision = Uncovered, why, Skip
		}
	}
	if decision == Accept {
		if text := a.fault(&entry); text != "" {
			return fmt.Errorf("approve: %s at %q: %s", titled(entry.Host, entry.Name, entry.Version), tree.Visible(entry.Path), text)
		}
		a.added = append(a.added, entry)
	} else if update.Old != nil && update.Old.Tree == entry.Tree {
		a.unchanged[update.Old] = true
	}
	if decision == Reject {
		a.reject(&entry)
	}
	if decision != Accept && update.Kind != Uncovered {
		return nil
	}
	a.updates = append(a.updates, update)
	if decision != Accept {
		return nil
	}
	for _, e := range replaced {
		if e.Tree == entry.Tree {
			a.drop[e] = true
		} else {
			a.superseded[e] = a.superseded[e] || e == update.Old
		}
	}
	return nil
}

// update is what the approval of entry would do, and the old entries that it
// would replace.
func (a *approver) update(entry *Entry) (u Update, replaced []*Entry) {
	current, others := a.inPlace(entry)
	if current != nil {
		entry.Pinned = current.Pinned
		a.inheritRollback(entry, current.Approval.Rollback)
		u = Update{Kind: Updated, Old: current, New: entry, Before: current, Why: a.whyAgain(current, entry)}
		if u.Why == "" {
			return Update{Kind: Unchanged, Old: current, New: current, Before: current}, nil
		}
		return u, []*Entry{current}
	}
	if len(others) == 0 {
		return Update{Kind: Added, New: entry, Before: latest(a.index.named(entry.Host, entry.Name))}, nil
	}
	before := latest(others)
	entry.Pinned = before.Pinned
	a.inheritRollback(entry, before.Tree)
	if a.request.Keep {
		return Update{Kind: Added, New: entry, Before: before}, nil
	}
	return Update{Kind: Updated, Old: before, New: entry, Before: before, Why: "other content"}, others
}

// inheritRollback makes digest what entry goes back to, where the request names
// no content and nothing forbids it.
func (a *approver) inheritRollback(entry *Entry, digest string) {
	if r := entry.Approval.Rollback; (r == "" || r == RollbackNone) && digest != "" && !a.revoked.RevokesDigest(digest) {
		entry.Approval.Rollback = digest
	}
}

// latest is the entry that was approved last, or nil.
func latest(entries []*Entry) *Entry {
	var latest *Entry
	for _, e := range entries {
		if latest == nil || e.Approval.At.After(latest.Approval.At.Time) {
			latest = e
		}
	}
	return latest
}

// inPlace finds the old entry for the same content in the same place, and
// those for other content of the plugin there.
func (a *approver) inPlace(entry *Entry) (current *Entry, others []*Entry) {
	for _, e := range a.index.named(entry.Host, entry.Name) {
		switch {
		case e.Path != entry.Path:
		case e.Tree == entry.Tree:
			current = e // its links may differ: then it is approved again
		default:
			others = append(others, e)
		}
	}
	return current, others
}

// whyAgain says why an entry for the same content needs a new approval, or nothing.
func (a *approver) whyAgain(old, new *Entry) string {
	switch {
	case !maps.Equal(old.Links, new.Links):
		return "other links"
	case !slices.Equal(old.Capabilities, new.Capabilities):
		return "other capabilities"
	case old.Approval.Emergency && !a.request.Approval.Emergency:
		return "reviewed after an emergency"
	case old.Approval.Expires.Passed(a.request.Approval.At.Time):
		return "approval had expired"
	case a.request.Renew:
		return "renewed"
	}
	return ""
}

// prune marks the entries whose place is empty.
func (a *approver) prune() {
	taken := map[place]bool{}
	for i := range a.request.Plugins {
		taken[placeOf(&a.request.Plugins[i])] = true
	}
	for i := range a.old.Plugins {
		e := &a.old.Plugins[i]
		if taken[e.place()] || !a.request.selects(e.Host, e.Name) || !a.request.Scope.covers(e) {
			continue
		}
		if a.decide(Update{Kind: Removed, Old: e, Why: notFound}) == Accept {
			a.superseded[e] = false
		}
	}
}

// settle drops what is superseded, except where the same path of another root
// still holds it.
func (a *approver) settle() {
	for i := range a.old.Plugins {
		e := &a.old.Plugins[i]
		told, goes := a.superseded[e]
		if !goes || a.unchanged[e] {
			continue
		}
		a.drop[e] = true
		if !told {
			a.updates = append(a.updates, Update{Kind: Removed, Old: e, Why: a.whyGone(e)})
		}
	}
}

func (a *approver) whyGone(e *Entry) string {
	for i := range a.added {
		if a.added[i].place() == e.place() {
			return "superseded"
		}
	}
	return notFound
}

const notFound = "not found any more"

// entryOf is the entry that approves o as it was found.
func entryOf(o *Observed, approval Approval) Entry {
	e := Entry{
		Host: tree.Printable(o.Host), Name: tree.Printable(o.Name), Version: tree.Printable(o.Version),
		Path: tree.Printable(o.Path), Tree: o.Tree, Files: o.Files,
		Capabilities: o.Capabilities,
		Binaries:     printable(o.Binaries), Links: printable(o.Links),
		Approval: approval, Source: o.Source,
	}
	e.normalize()
	return e
}
