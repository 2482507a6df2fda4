package manifests

import (
	"cmp"
	"slices"
	"strings"
)

// A Candidate is one content of one plugin that awaits a decision, with every
// place where it lies: the updates are of one kind and differ in their paths.
type Candidate struct {
	Updates []Update // at least one, sorted by path
	Gains   []string // capabilities that are new, sorted
	Rank    Rank
}

// A Rank is how much a candidate asks of a reviewer, the most first.
type Rank int

const (
	// RankDangerous gains capabilities that are dangerous together: one that
	// runs programs or AppleScript, and one that reaches the network.
	RankDangerous Rank = iota
	RankGains          // an approved plugin gains a capability
	RankCapable        // a new plugin has capabilities
	RankModified       // other content
	RankNew
	RankRepeated // the same content: expired, reviewed, renewed
	RankRemoved
)

// Entry is what is proposed, in the first of its places; of a removal, what goes.
func (c *Candidate) Entry() *Entry {
	e := c.Updates[0].entry()
	return &e
}

// Before is what Entry is compared with; nil where the plugin is new or goes.
func (c *Candidate) Before() *Entry { return c.Updates[0].Before }

// Kind is what happens to the plugin.
func (c *Candidate) Kind() UpdateKind { return c.Updates[0].Kind }

// Why says why, in a few words; empty for what is added.
func (c *Candidate) Why() string { return c.Updates[0].Why }

// Subject is what the decision is for, see Update.Subject.
func (c *Candidate) Subject() string { return c.Updates[0].Subject() }

// Title is how the plugin is named to people, "node/ms 2.1.3".
func (c *Candidate) Title() string {
	e := c.Entry()
	return titled(e.Host, e.Name, e.Version)
}

// Paths lists its places.
func (c *Candidate) Paths() []string {
	var paths []string
	for i := range c.Updates {
		paths = append(paths, c.Updates[i].entry().Path)
	}
	return paths
}

// Candidates lists what there is to decide on, the most telling first and then
// by host, name and version, so that packages of one scope stand together.
func (o *Outcome) Candidates() []Candidate {
	var list []*Candidate
	bySubject := map[string]*Candidate{}
	for _, u := range o.Updates {
		if u.Kind != Added && u.Kind != Updated && u.Kind != Removed {
			continue
		}
		subject := u.Subject()
		c := bySubject[subject]
		if c == nil {
			c = &Candidate{Rank: RankRemoved}
			bySubject[subject], list = c, append(list, c)
		}
		c.Updates = append(c.Updates, u)
		for _, gained := range u.Gains() {
			if !slices.Contains(c.Gains, gained) {
				c.Gains = append(c.Gains, gained)
			}
		}
		c.Rank = min(c.Rank, u.rank())
	}
	candidates := make([]Candidate, 0, len(list))
	for _, c := range list {
		slices.Sort(c.Gains)
		// The place that tells most speaks for all.
		slices.SortStableFunc(c.Updates, func(a, b Update) int {
			return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(a.entry().Path, b.entry().Path))
		})
		candidates = append(candidates, *c)
	}
	slices.SortStableFunc(candidates, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), compareEntries(*a.Entry(), *b.Entry()))
	})
	return candidates
}

func (u *Update) rank() Rank {
	gains := u.Gains()
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(gains, name) })
	}
	switch {
	case u.Kind == Removed:
		return RankRemoved
	case has("exec", "applescript") && has("socket", "socket.raw", "network"):
		return RankDangerous
	case len(gains) > 0 && u.Before != nil:
		return RankGains
	case len(gains) > 0:
		return RankCapable
	case u.Before != nil && u.Before.Tree != u.New.Tree:
		return RankModified
	case u.Before == nil:
		return RankNew
	default:
		return RankRepeated
	}
}
