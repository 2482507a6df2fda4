package manifests

import (
	"slices"

	"plugvet/scanner/tree"
)

// outcome is the manifest that follows from what was decided.
func (a *approver) outcome() *Outcome {
	next := &Manifest{
		Format: a.old.Format, ID: a.old.ID, Sequence: a.old.Sequence, Previous: a.old.Previous,
		Plugins: slices.Clone(a.added), Revoked: slices.Concat(a.revoked.Revoked, a.rejected),
	}
	untouched := map[identity]bool{}
	for i := range a.old.Plugins {
		if e := &a.old.Plugins[i]; !a.drop[e] {
			next.Plugins = append(next.Plugins, *e)
			untouched[e.identity()] = true
		}
	}
	next.sort()
	next.Rules = a.rules(next, untouched)
	slices.SortStableFunc(a.updates, func(x, y Update) int { return compareEntries(x.entry(), y.entry()) })

	out := &Outcome{Manifest: next, Sums: a.sums(next), Updates: a.updates}
	out.Revoked = without(next.Revoked, a.old.Revoked)
	// Where nothing was accepted, other rules alone are no change.
	all := a.request.Decide == nil && a.request.Other == nil
	out.Changed = len(a.added)+len(a.drop)+len(out.Revoked) > 0 || all && next.Rules != a.old.Rules
	if !out.Changed {
		out.Manifest = a.old
		return out
	}
	next.Sequence++
	next.Previous = a.request.Previous
	return out
}

// entry is the one by which an update is sorted.
func (u Update) entry() Entry {
	if u.New != nil {
		return *u.New
	}
	return *u.Old
}

// rules is the digest of the one rule set under which the capabilities of all
// entries of next were read, or empty, which is safe: then every plugin is
// matched again. An entry stands for this run's rules where the run found it
// with the capabilities that it lists, and for the old ones where it is
// untouched. One that this run found with others stands for neither, if both
// are the same: carrying it would hide what was found.
func (a *approver) rules(next *Manifest, untouched map[identity]bool) string {
	read, contradicted := map[identity]bool{}, map[identity]bool{}
	entries := newIndex(next)
	for i := range a.request.Plugins {
		o := &a.request.Plugins[i]
		for _, e := range entries.namedAs(o) {
			if !e.Approves(o) {
				continue
			}
			if slices.Equal(e.Capabilities, declarable(o.Capabilities)) {
				read[e.identity()] = true
			} else {
				contradicted[e.identity()] = true
			}
		}
	}
	all := func(rules string) bool {
		return !slices.ContainsFunc(next.Plugins, func(e Entry) bool {
			id := e.identity()
			now, before := rules == a.request.Rules, rules == a.old.Rules
			return now && contradicted[id] || !(now && read[id] || before && untouched[id])
		})
	}
	for _, rules := range []string{a.request.Rules, a.old.Rules} {
		if rules != "" && all(rules) {
			return rules
		}
	}
	return ""
}

// sums holds the files of every entry of next: as found now, or else the old
// lines, where they hash to the entry's digest. Of several entries for one
// path the latest that is known has its lines there, since a file can be in a
// sha256sum list only once.
func (a *approver) sums(next *Manifest) *Sums {
	type content struct{ path, tree string }
	known := map[content][]FileSum{}
	if a.request.OldSums != nil {
		for path, p := range a.request.OldSums.byPlugin(a.old) {
			if digest, err := TreeDigest(p.files); err == nil {
				known[content{path, digest}] = p.absolute()
			}
		}
	}
	for i := range a.request.Plugins {
		if o := &a.request.Plugins[i]; o.Sums != nil {
			p := pluginFiles{o.Path, o.Dir, o.Sums}
			known[content{tree.Printable(o.Path), o.Tree}] = p.absolute()
		}
	}
	latest := map[string]*Entry{}
	for i := range next.Plugins {
		e := &next.Plugins[i]
		if _, ok := known[content{e.Path, e.Tree}]; !ok {
			continue
		}
		if other := latest[e.Path]; other == nil || e.Approval.At.After(other.Approval.At.Time) {
			latest[e.Path] = e
		}
	}
	var files []FileSum
	for _, e := range latest {
		files = append(files, known[content{e.Path, e.Tree}]...)
	}
	return newSums(files)
}
