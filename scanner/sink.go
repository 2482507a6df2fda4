package scanner

import (
	"io/fs"
	"strings"

	"plugvet/scanner/locate"
)

// A sink takes what the walk of one root finds and hands files to the workers.
type sink struct {
	*collector
	root   root
	states map[*locate.Plugin]*pluginState
}

func (s *sink) Location(locate.Location) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.locations++
}

func (s *sink) Plugin(p *locate.Plugin) {
	state := &pluginState{plugin: p, root: s.root, links: map[string]string{}}
	s.mu.Lock()
	state.carried = !s.informed || len(s.vouching(p.Host, p.Name)) > 0
	s.found++
	found := s.found
	s.mu.Unlock()
	s.heap.crowd(found)
	if s.states == nil {
		s.states = map[*locate.Plugin]*pluginState{}
	}
	s.states[p] = state
}

func (s *sink) File(p *locate.Plugin, name string, _ fs.DirEntry) {
	state := s.states[p]
	s.mu.Lock()
	s.announced++
	state.open++
	j := job{state: state, name: name}
	if state.carried {
		state.handed = append(state.handed, j)
	}
	waits := !s.informed && s.announced >= mostEarly
	s.mu.Unlock()
	s.opts.Progress.Found(1)
	s.submit(j)
	if waits {
		s.flush()
		select {
		case <-s.told:
		case <-s.ctx.Done():
		}
	}
}

// mostEarly is how many files are handed out while the manifest is read. All that is known
// of one is kept until it shows whether it is approved: a manifest of thousands of plugins
// takes long enough to read for that to be a third of the memory of a gate.
var mostEarly = 20_000

// batchSize is how many files are handed out at once: enough for the hand-over to
// cost nothing beside them.
const batchSize = 16

// submit hands out a file, once there are some more.
func (c *collector) submit(j job) {
	if c.batch = append(c.batch, j); len(c.batch) == batchSize {
		c.flush()
	}
}

// flush hands out what waits.
func (c *collector) flush() {
	if len(c.batch) == 0 {
		return
	}
	select {
	case c.jobs <- c.batch:
	case <-c.ctx.Done():
	}
	c.batch = nil
}

func (s *sink) Link(p *locate.Plugin, name, target string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.states[p].links[relative(p, name)] = target
	s.skipped[rootPath{s.root.path, name}] = "symbolic link, compared as it stands"
}

func (s *sink) Done(p *locate.Plugin) {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := s.states[p]
	delete(s.states, p)
	state.walked = true
	s.settle(state)
}

func (s *sink) Skip(name, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	also(s.skipped, rootPath{s.root.path, name}, reason)
}

// also adds a reason for a path, which may have several.
func also(gaps map[rootPath]string, at rootPath, reason string) {
	if had := gaps[at]; had != "" && had != reason {
		reason = had + "; " + reason
	}
	gaps[at] = reason
}

func (s *sink) Fail(name string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	also(s.errors, rootPath{s.root.path, name}, reasonOf(err))
	for p, state := range s.states {
		if p.Dir && (name == p.Path || strings.HasPrefix(name, p.Path+"/")) {
			state.failed = true
		}
	}
}
