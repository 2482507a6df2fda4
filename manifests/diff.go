package manifests

import (
	"cmp"
	"slices"
)

// A Difference is what lies between two manifests, as a change record needs it.
type Difference struct {
	Old     Summary        `json:"old"`
	New     Summary        `json:"new"`
	Plugins []PluginChange `json:"plugins"` // those that gain capabilities first
	Revoked []Revocation   `json:"revoked,omitempty"`
	Revived []Revocation   `json:"revived,omitempty"` // revocations that are gone
}

// A Summary identifies one of the two manifests.
type Summary struct {
	ID       string `json:"id"`
	Sequence int64  `json:"sequence"`
	Previous string `json:"previous,omitempty"`
	Rules    string `json:"rules,omitempty"`
	Plugins  int    `json:"plugins"`
}

// A PluginChange is one entry that came, went or changed: Old is nil where it
// came, New where it went.
type PluginChange struct {
	Old *Entry `json:"old,omitempty"`
	New *Entry `json:"new,omitempty"`
	// Gains are the capabilities that New lists and Old does not; of a plugin
	// that came, all that it has. Loses is the reverse.
	Gains    []string `json:"gains,omitempty"`
	Loses    []string `json:"loses,omitempty"`
	Binaries []Change `json:"binaries,omitempty"` // paths relative to the plugin
	Links    []Change `json:"links,omitempty"`
}

// Diff compares two manifests. Entries are paired by host, name and path; what
// is left of one plugin (a directory that has the version in its name) is
// paired by content and then in the order of versions, so that an upgrade
// reads as one.
func Diff(old, new *Manifest) Difference {
	d := Difference{Old: summarize(old), New: summarize(new)}
	for _, p := range pair(old.Plugins, new.Plugins) {
		if change, differs := compareEntry(p[0], p[1]); differs {
			d.Plugins = append(d.Plugins, change)
		}
	}
	slices.SortStableFunc(d.Plugins, func(a, b PluginChange) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), compareEntries(*a.entry(), *b.entry()))
	})
	d.Revoked = without(new.Revoked, old.Revoked)
	d.Revived = without(old.Revoked, new.Revoked)
	return d
}

// Empty reports whether the manifests approve and revoke the same.
func (d Difference) Empty() bool { return len(d.Plugins)+len(d.Revoked)+len(d.Revived) == 0 }

func summarize(m *Manifest) Summary {
	return Summary{m.ID, m.Sequence, m.Previous, m.Rules, len(m.Plugins)}
}

// pair matches entries of old with their successors in new; either may be nil.
func pair(old, new []Entry) [][2]*Entry {
	var pairs [][2]*Entry
	paired := map[*Entry]bool{}
	keys := []func(*Entry) any{
		func(e *Entry) any { return e.identity() },
		func(e *Entry) any { return e.place() },
		func(e *Entry) any { return [3]string{e.Host, e.Name, e.Tree} },
		func(e *Entry) any { return [2]string{e.Host, e.Name} },
	}
	for _, key := range keys {
		open := map[any][]*Entry{}
		for i := range old {
			if e := &old[i]; !paired[e] {
				open[key(e)] = append(open[key(e)], e)
			}
		}
		// From the end: the highest of several versions is the one that was upgraded.
		for i := range slices.Backward(new) {
			e := &new[i]
			candidates := open[key(e)]
			if paired[e] || len(candidates) == 0 {
				continue
			}
			last := candidates[len(candidates)-1]
			open[key(e)] = candidates[:len(candidates)-1]
			pairs = append(pairs, [2]*Entry{last, e})
			paired[last], paired[e] = true, true
		}
	}
	for i := range old {
		if e := &old[i]; !paired[e] {
			pairs = append(pairs, [2]*Entry{e, nil})
		}
	}
	for i := range new {
		if e := &new[i]; !paired[e] {
			pairs = append(pairs, [2]*Entry{nil, e})
		}
	}
	return pairs
}

func compareEntry(old, new *Entry) (change PluginChange, differs bool) {
	change = PluginChange{Old: old, New: new}
	var before, after Entry
	if old != nil {
		before = *old
	}
	if new != nil {
		after = *new
	}
	change.Gains = without(after.Capabilities, before.Capabilities)
	if old == nil || new == nil {
		return change, true
	}
	change.Loses = without(before.Capabilities, after.Capabilities)
	change.Binaries = compare(before.Binaries, after.Binaries, func(name string) string { return name })
	change.Links = compare(before.Links, after.Links, func(name string) string { return name })
	differs = len(change.Gains)+len(change.Loses)+len(change.Binaries)+len(change.Links) > 0 ||
		before.identity() != after.identity() || before.Version != after.Version ||
		before.Files != after.Files || before.Pinned != after.Pinned || before.Approval != after.Approval
	return change, differs
}

// rank sorts what a reviewer must not overlook to the top.
func (c *PluginChange) rank() int {
	switch {
	case len(c.Gains) > 0 && c.Old != nil:
		return 0
	case len(c.Gains) > 0:
		return 1
	case c.Old != nil && c.New != nil && c.Old.Tree != c.New.Tree:
		return 2
	case c.Old == nil:
		return 3
	case c.New == nil:
		return 4
	default:
		return 5
	}
}

func (c *PluginChange) entry() *Entry {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// gained counts the plugins that gain each capability.
func (d Difference) gained() (plugins int, by map[string]int) {
	by = map[string]int{}
	for _, c := range d.Plugins {
		if len(c.Gains) > 0 {
			plugins++
		}
		for _, capability := range c.Gains {
			by[capability]++
		}
	}
	return plugins, by
}

// without is what is in a and not in b.
func without[T comparable](a, b []T) []T {
	var rest []T
	for _, v := range a {
		if !slices.Contains(b, v) {
			rest = append(rest, v)
		}
	}
	return rest
}
