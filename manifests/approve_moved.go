package manifests

import (
	"fmt"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// A Moved is a plugin that is not any more what the proposal says of it.
type Moved struct {
	Title   string
	Path    string
	Text    string   // what is different
	Changes []Change // the files, where they are known
}

func (m Moved) String() string {
	text := fmt.Sprintf("%s at %s: %s", m.Title, tree.Visible(m.Path), m.Text)
	for _, c := range m.Changes {
		text += fmt.Sprintf("\n    %s %s", c.Change, tree.Visible(c.Path))
	}
	return text
}

// Moved compares what was accepted with what is on the disk and with what an
// approval of it would do now (the Outcome of the same request without
// decisions). sums are those beside the proposal; they may be nil.
func (p *Proposal) Moved(request *Request, now *Outcome, sums *Sums) []Moved {
	proposed := &Manifest{}
	for i := range p.Plugins {
		if q := &p.Plugins[i]; q.Decision == Accept && q.Change != Removed {
			for _, path := range q.Paths {
				proposed.Plugins = append(proposed.Plugins, q.entry(path))
			}
		}
	}
	found := map[place][]*Observed{} // several, where roots have a path in common
	for i := range request.Plugins {
		o := &request.Plugins[i]
		found[placeOf(o)] = append(found[placeOf(o)], o)
	}
	judge := judge{manifest: proposed, index: *proposed.lookup(), opts: JudgeOptions{Sums: func() (*Sums, error) { return sums, nil }}}
	updates := map[identity]*Update{}
	for i := range now.Updates {
		u := &now.Updates[i]
		e := u.entry()
		updates[e.identity()] = u
	}
	var moved []Moved
	for i := range p.Plugins {
		q := &p.Plugins[i]
		if q.Decision != Accept {
			continue
		}
		for _, path := range q.Paths {
			e := q.entry(path)
			m := Moved{Title: titled(q.Host, q.Name, q.Version), Path: path}
			if m.Text, m.Changes = q.moved(&e, nearest(&e, found[e.place()]), updates[e.identity()], &judge); m.Text != "" {
				moved = append(moved, m)
			}
		}
	}
	return moved
}

// nearest is the plugin that e is about, or else the one in its place; nil where
// that is empty.
func nearest(e *Entry, found []*Observed) *Observed {
	for _, o := range found {
		if e.holds(o) {
			return o
		}
	}
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

func (q *Proposed) moved(e *Entry, o *Observed, u *Update, j *judge) (string, []Change) {
	switch {
	case q.Change == Removed && o != nil:
		return "it is on the disk again", nil
	case q.Change == Removed && (u == nil || u.Kind != Removed):
		return "it is not approved any more", nil
	case q.Change == Removed:
		return "", nil
	case o == nil:
		return "it is gone from the disk", nil
	case !e.holds(o):
		verdict := Judged{Entry: e}
		j.explain(o, &verdict)
		return "it has other content than was proposed", verdict.Changes
	case !slices.Equal(e.Capabilities, declarable(o.Capabilities)):
		return fmt.Sprintf("it shows other capabilities (%s) than was proposed (%s)",
			orNone(strings.Join(declarable(o.Capabilities), ", ")), orNone(strings.Join(e.Capabilities, ", "))), nil
	case u == nil || u.Kind == Unchanged:
		return "", nil // approved in the meantime
	}
	if more := without(u.Gains(), q.Gains); len(more) > 0 {
		return fmt.Sprintf("the manifest is another one: over what it approves now, this gains %s", strings.Join(more, ", ")), nil
	}
	return "", nil
}

// Rejected lists the contents that were rejected. They are known by what they
// are, so it does not matter that the disk holds something else by now.
func (p *Proposal) Rejected() []Entry {
	var entries []Entry
	for i := range p.Plugins {
		if q := &p.Plugins[i]; q.Decision == Reject && q.Change != Removed {
			entries = append(entries, q.entry(q.Paths[0]))
		}
	}
	return entries
}

// Decide is the decision on an update, for Request.Decide.
func (p *Proposal) Decide() func(Update) Decision {
	decisions := map[string]Decision{}
	for i := range p.Plugins {
		decisions[p.Plugins[i].subject()] = p.Plugins[i].Decision
	}
	return func(u Update) Decision {
		if d, ok := decisions[u.Subject()]; ok {
			return d
		}
		return Skip
	}
}
