package scanner

import (
	"context"
	"io/fs"

	"plugvet/scanner/locate"
)

// carry takes a plugin that an approval vouches for, with its tree digest.
func (n *neighbours) carry(p *locate.Plugin, digest string) {
	if !p.Dir { // a module of native code leads to no tests
		return
	}
	if n.carried == nil {
		n.carried = map[string]string{}
	}
	n.carried[p.Path] = digest
}

// heard takes a carried plugin that was read for what it leads to. It counts as read
// where it is still what was carried.
func (n *neighbours) heard(t *teller, out *Plugin) {
	if out.Tree == n.carried[t.plugin.Path] {
		delete(n.carried, t.plugin.Path)
	}
	if !n.add(t, out) {
		t.finish(out)
	}
}

// asks reports whether it matters what carried plugins lead to: to some plugin's
// tests nothing else does.
func (n *neighbours) asks() bool {
	if n.unknown || len(n.carried) == 0 {
		return false
	}
	for _, w := range n.waiting {
		counts, known := w.counting(nil)
		for _, f := range w.findings {
			if known && inTests(f) && !counts[f.name] {
				return true
			}
		}
	}
	return false
}

// hear reads carried plugins for what they lead to, where that matters. A gate pays
// for it only where a plugin is not what was approved and has findings in its tests.
func (c *collector) hear(ctx context.Context, roots []root) error {
	var asking []root
	for _, r := range roots {
		if n := c.neighbours[r.path]; n != nil && n.asks() {
			asking = append(asking, r)
		}
	}
	if asking == nil {
		return nil
	}
	return c.pass(ctx, func() error {
		for _, r := range asking {
			h := &hearing{collector: c, root: r, states: map[*locate.Plugin]*pluginState{}}
			if err := c.walkInto(ctx, r, h); err != nil {
				return err
			}
		}
		return nil
	})
}

// A hearing is a sink that hands out the files of carried plugins once more. All else
// was told by the first walk.
type hearing struct {
	*collector
	root   root
	states map[*locate.Plugin]*pluginState
}

func (h *hearing) Plugin(p *locate.Plugin) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.around(h.root).carried[p.Path] != "" {
		h.states[p] = &pluginState{plugin: p, root: h.root, links: map[string]string{}, again: true}
	}
}

func (h *hearing) File(p *locate.Plugin, name string, _ fs.DirEntry) {
	state := h.states[p]
	if state == nil {
		return
	}
	h.mu.Lock()
	state.open++
	h.mu.Unlock()
	h.opts.Progress.Found(1)
	h.submit(job{state: state, name: name})
}

func (h *hearing) Link(p *locate.Plugin, name, target string) {
	if state := h.states[p]; state != nil {
		h.mu.Lock()
		defer h.mu.Unlock()
		state.links[relative(p, name)] = target
	}
}

func (h *hearing) Done(p *locate.Plugin) {
	state := h.states[p]
	delete(h.states, p)
	if state == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	state.walked = true
	h.settle(state)
}

func (h *hearing) Location(locate.Location) {}
func (h *hearing) Skip(_, _ string)         {}
func (h *hearing) Fail(string, error)       {}
