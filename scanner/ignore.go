package scanner

import (
	"fmt"
	"slices"
	"time"

	"plugvet/manifests"

	"github.com/bmatcuk/doublestar/v4"
)

// An Ignore suppresses one finding in one file, for a time.
type Ignore struct {
	Rule    string // name of the rule or observation
	Path    string // doublestar pattern on the finding's path
	Digest  string // "sha256:…" of the file, or "h1:…" of the plugin
	Reason  string // why it is no danger here
	Expires manifests.Expiry
}

// An ignoreList applies the ignores of the settings and remembers which of
// them met a finding.
type ignoreList struct {
	ignores []Ignore
	now     time.Time
	used    []bool
}

func newIgnoreList(ignores []Ignore, now time.Time) *ignoreList {
	return &ignoreList{ignores, now, make([]bool, len(ignores))}
}

// take removes the ignored findings of a plugin and returns them.
func (l *ignoreList) take(p *Plugin) []Ignored {
	var ignored []Ignored
	p.Findings = slices.DeleteFunc(p.Findings, func(f Finding) bool {
		for i, ig := range l.ignores {
			if ig.Rule != f.Rule || !doublestar.MatchUnvalidated(ig.Path, f.Path) {
				continue
			}
			if ig.Digest != p.Tree && (ig.Digest != f.SHA256 || f.severalFiles()) {
				continue
			}
			l.used[i] = true
			if ig.Expires.Passed(l.now) {
				continue
			}
			ignored = append(ignored, Ignored{
				Host: p.Host, Name: p.Name, Root: p.Root, Finding: f,
				Reason: ig.Reason, Expires: ig.Expires.String(),
			})
			return true
		}
		return false
	})
	return ignored
}

// severalFiles reports whether the finding is what it is because of other files
// too. Then the digest of one file does not vouch for it.
func (f *Finding) severalFiles() bool {
	return f.Severity.AtLeast(High) && slices.ContainsFunc(f.Why, func(w Why) bool { return w.Path != f.Path })
}

// notes tells of ignores that no longer do anything.
func (l *ignoreList) notes() []string {
	var notes []string
	for i, ig := range l.ignores {
		switch {
		case ig.Expires.Passed(l.now):
			notes = append(notes, fmt.Sprintf("the ignore of %s in %s expired on %s and has no effect", ig.Rule, ig.Path, ig.Expires))
		case !l.used[i]:
			notes = append(notes, fmt.Sprintf("the ignore of %s in %s met no finding; remove it", ig.Rule, ig.Path))
		}
	}
	return notes
}
