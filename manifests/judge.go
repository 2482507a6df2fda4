package manifests

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"plugvet/scanner/tree"
)

// Observed is a plugin as it was found. Names are raw bytes, as the file
// system has them.
type Observed struct {
	Host, Name, Version string
	Root                string // the root that it was found in
	Path                string // relative to Root
	Dir                 bool   // a package directory, not a single file
	Loaded              bool
	Server              bool

	Tree  string            // TreeDigest of its files
	Files int               // how many
	Links map[string]string // name relative to the plugin, to target

	// Sums holds its files by name relative to the plugin. It may be nil where
	// the tree digest is approved; then revocations of single files are told
	// from Binaries alone, see [Manifest.RevokesDigest].
	Sums []FileSum
	// Binaries holds its native files, by name relative to the plugin, to "sha256:…".
	Binaries     map[string]string
	Capabilities []string
	Source       *Source // for an approval of it; no verdict asks for it
}

// Verdict is what a manifest says of a plugin.
type Verdict string

const (
	Approved   Verdict = "approved"
	Modified   Verdict = "modified"
	Unapproved Verdict = "unapproved"
	Missing    Verdict = "missing" // of entries, in Judgement.Missing
	Expired    Verdict = "expired"
	Revoked    Verdict = "revoked"
)

// JudgeOptions say what a manifest is held against.
type JudgeOptions struct {
	Now   time.Time
	Scope Scope
	// Sums reads NAME.sums. It is called at most once, and only where a plugin
	// is modified. Nil means that there are none.
	Sums func() (*Sums, error)
}

// A Scope is where a run looked: an entry outside is not missing.
type Scope struct {
	// Hosts are those that were looked for; empty means all.
	Hosts []string
	// Looked reports whether the run looked at the path of an entry: it did not
	// where the path is excluded or its root absent. Nil means everywhere.
	Looked func(path string) bool
}

func (s Scope) covers(e *Entry) bool {
	return (len(s.Hosts) == 0 || slices.Contains(s.Hosts, e.Host)) && (s.Looked == nil || s.Looked(e.Path))
}

// A Judgement is what a manifest says of a run.
type Judgement struct {
	Plugins []Judged // one for each Observed, in the same order
	Missing []Entry
}

// Judged is what a manifest says of one plugin.
type Judged struct {
	Verdict    Verdict
	Entry      *Entry      // by which it was judged; nil where it is unapproved
	Revocation *Revocation // set where it is revoked
	Changes    []Change    // where it is modified, sorted by path
	// Undeclared are the capabilities that were found and that Entry does not
	// list, sorted. "rule" is never among them, nor ever declared.
	Undeclared []string
	Notes      []string // what a reader must know of the verdict, a sentence each
}

// Judge gives the verdict on every plugin of a run, all of them at once: only
// then is it known what is missing.
func (m *Manifest) Judge(observed []Observed, opts JudgeOptions) Judgement {
	j := judge{manifest: m, opts: opts, index: *m.lookup()}
	result := Judgement{Plugins: make([]Judged, len(observed))}
	for i := range observed {
		result.Plugins[i] = j.plugin(&observed[i])
	}
	result.Missing = j.missing(observed, result.Plugins)
	return result
}

// Carried lists the entries that may vouch for a plugin's capabilities, so that
// its files need not be matched: one of these whose Tree and Links equal the
// plugin's does. rules is the digest of the rule set in use; there are none
// unless the manifest was read under the same.
func (m *Manifest) Carried(host, name, rules string) []*Entry {
	if m.Rules == "" || m.Rules != rules {
		return nil
	}
	return m.lookup().named(tree.Printable(host), tree.Printable(name))
}

// Knows reports whether an entry is about the plugin or about the place where
// it lies: one of that host and name, or of that host at that path, relative
// to its root. Such a plugin is judged modified where its content is not what
// was approved, and only then are the digests of its single files of use.
func (m *Manifest) Knows(host, name, path string) bool {
	x := m.lookup()
	host = tree.Printable(host)
	return len(x.named(host, tree.Printable(name))) > 0 ||
		slices.ContainsFunc(x.at(tree.Printable(path)), func(e *Entry) bool { return e.Host == host })
}

// RevokesDigest reports whether a digest, of a tree or of a file, is revoked.
func (m *Manifest) RevokesDigest(digest string) bool {
	return digest != "" && m.lookup().revoked[digest]
}

// revocation is the first that concerns o, or nil.
func (m *Manifest) revocation(o *Observed) *Revocation {
	has := map[string]bool{o.Tree: true}
	if len(m.Revoked) > 0 {
		for _, f := range o.Sums {
			has[f.Digest()] = true
		}
		for _, digest := range o.Binaries {
			has[digest] = true
		}
	}
	for i := range m.Revoked {
		r := &m.Revoked[i]
		if r.Digest != "" && has[r.Digest] {
			return r
		}
		if r.Digest == "" && r.Host == tree.Printable(o.Host) && r.Name == tree.Printable(o.Name) &&
			(r.Version == "" || r.Version == tree.Printable(o.Version)) {
			return r
		}
	}
	return nil
}

// Approves reports whether e is about the very content of o, in a place where
// it approves it. Whether it has expired is not asked.
func (e *Entry) Approves(o *Observed) bool {
	return e.holds(o) && e.Host == tree.Printable(o.Host) && e.Name == tree.Printable(o.Name) &&
		(!e.Pinned || e.Path == tree.Printable(o.Path))
}

// holds reports whether o is, byte for byte, what was approved.
func (e *Entry) holds(o *Observed) bool {
	return e.Tree == o.Tree && maps.Equal(e.Links, printable(o.Links))
}

// printable is m as it stands in an entry.
func printable(m map[string]string) map[string]string {
	clean := make(map[string]string, len(m))
	for name, value := range m {
		clean[tree.Printable(name)] = tree.Printable(value)
	}
	return clean
}

// A place is where a plugin lies: entries with one place are alternatives.
type place struct{ host, name, path string }

func (e *Entry) place() place { return place{e.Host, e.Name, e.Path} }

func placeOf(o *Observed) place {
	return place{tree.Printable(o.Host), tree.Printable(o.Name), tree.Printable(o.Path)}
}

type judge struct {
	manifest *Manifest
	opts     JudgeOptions
	index    index
	old      *oldFiles
}

func (j *judge) plugin(o *Observed) Judged {
	entry, valid := j.index.approving(o, j.opts.Now)
	verdict := Judged{Entry: entry, Verdict: Expired}
	switch {
	case valid:
		verdict.Verdict = Approved
	case entry == nil:
		if verdict.Entry = j.index.replaced(o); verdict.Entry != nil {
			verdict.Verdict = Modified
			j.explain(o, &verdict)
		} else {
			verdict.Verdict = Unapproved
			verdict.Notes = j.index.whyNot(o)
		}
	}
	if r := j.manifest.revocation(o); r != nil {
		verdict.Verdict, verdict.Revocation = Revoked, r
	}
	if verdict.Entry != nil {
		verdict.Undeclared = without(declarable(o.Capabilities), verdict.Entry.Capabilities)
	}
	return verdict
}

// missing lists the entries of which nothing was found: neither their content
// anywhere, nor their plugin in their place. Entries of one plugin for one path
// are alternatives, so one of them is enough.
func (j *judge) missing(observed []Observed, judged []Judged) []Entry {
	taken := map[place]bool{}
	for i := range observed {
		o := &observed[i]
		taken[placeOf(o)] = true
		if e := judged[i].Entry; e != nil && e.Path == tree.Printable(o.Path) {
			taken[e.place()] = true // also where the plugin there goes by another name now
		}
		for _, e := range j.index.namedAs(o) {
			if e.Approves(o) {
				taken[e.place()] = true
			}
		}
	}
	var missing []Entry
	for i := range j.manifest.Plugins {
		e := &j.manifest.Plugins[i]
		if !taken[e.place()] && j.opts.Scope.covers(e) {
			missing = append(missing, *e)
		}
	}
	return missing
}

// An index finds the entries that matter to a plugin, and what is revoked. Entries that
// are equal in what they are sorted by stand as they do in the manifest.
type index struct {
	byName  []*Entry        // sorted by host and name
	byPath  []*Entry        // sorted by path
	revoked map[string]bool // digests
}

// lookup is the index of m, built when first asked for: a scan asks for every
// plugin that it finds.
func (m *Manifest) lookup() *index {
	m.once.Do(func() { m.index = newIndex(m) })
	return &m.index
}

func newIndex(m *Manifest) index {
	x := index{byName: make([]*Entry, len(m.Plugins)), revoked: map[string]bool{}}
	for i := range m.Plugins {
		x.byName[i] = &m.Plugins[i]
	}
	x.byPath = slices.Clone(x.byName)
	slices.SortStableFunc(x.byName, func(a, b *Entry) int { return a.compareName(b.Host, b.Name) })
	slices.SortStableFunc(x.byPath, func(a, b *Entry) int { return cmp.Compare(a.Path, b.Path) })
	for _, r := range m.Revoked {
		x.revoked[r.Digest] = true // of a revocation by name it is empty
	}
	return x
}

// equal is the part of sorted entries that compare as equal.
func equal(sorted []*Entry, compare func(*Entry) int) []*Entry {
	start, _ := slices.BinarySearchFunc(sorted, 0, func(e *Entry, _ int) int { return compare(e) })
	end := start
	for end < len(sorted) && compare(sorted[end]) == 0 {
		end++
	}
	return sorted[start:end]
}

func (e *Entry) compareName(host, name string) int {
	return cmp.Or(cmp.Compare(e.Host, host), cmp.Compare(e.Name, name))
}

func (x index) named(host, name string) []*Entry {
	return equal(x.byName, func(e *Entry) int { return e.compareName(host, name) })
}

func (x index) namedAs(o *Observed) []*Entry {
	return x.named(tree.Printable(o.Host), tree.Printable(o.Name))
}

func (x index) at(path string) []*Entry {
	return equal(x.byPath, func(e *Entry) int { return cmp.Compare(e.Path, path) })
}

// approving is the entry that speaks for o, and whether it still holds: one
// that has not expired before one that has, then one of the same path, then
// the latest.
func (x index) approving(o *Observed, now time.Time) (entry *Entry, valid bool) {
	for _, e := range x.namedAs(o) {
		if !e.Approves(o) {
			continue
		}
		holds := !e.Approval.Expires.Passed(now)
		if entry == nil || holds && !valid || holds == valid && prefer(e, entry, o) {
			entry, valid = e, holds
		}
	}
	return entry, valid
}

// replaced is the entry that o was before it was modified: one of the same
// path, or else the latest of the same host and name with other content.
func (x index) replaced(o *Observed) *Entry {
	var best *Entry
	for _, e := range x.at(tree.Printable(o.Path)) {
		same := e.Host == tree.Printable(o.Host) && e.Name == tree.Printable(o.Name)
		bestSame := best != nil && best.Host == tree.Printable(o.Host) && best.Name == tree.Printable(o.Name)
		if best == nil || same && !bestSame || same == bestSame && prefer(e, best, o) {
			best = e
		}
	}
	if best != nil {
		return best
	}
	for _, e := range x.namedAs(o) {
		if !e.holds(o) && (best == nil || prefer(e, best, o)) {
			best = e
		}
	}
	return best
}

// prefer reports whether e speaks for o rather than other does.
func prefer(e, other *Entry, o *Observed) bool {
	path := tree.Printable(o.Path)
	if (e.Path == path) != (other.Path == path) {
		return e.Path == path
	}
	return e.Approval.At.After(other.Approval.At.Time)
}

// whyNot says what is near an unapproved plugin.
func (x index) whyNot(o *Observed) (notes []string) {
	for _, e := range x.namedAs(o) {
		if e.Pinned && e.holds(o) {
			notes = append(notes, fmt.Sprintf("the same content is approved, but pinned to %s", e.Path))
		}
	}
	return notes
}
