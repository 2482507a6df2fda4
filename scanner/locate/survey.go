package locate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/tree"

	"github.com/bmatcuk/doublestar/v4"
)

// maxConfig bounds every config, lockfile and manifest that is read whole, in
// bytes. The largest seen in the wild are lockfiles of some 10 MB.
const maxConfig = 64 << 20

// A survey is one walk over one tree: what the hosts have found so far, and
// what was already told to the sink.
type survey struct {
	ctx   context.Context
	tree  tree.Tree
	opts  Options
	sink  Sink
	hosts []host

	// modules are single-file plugins by host and path, held back until every
	// config was read, since several may name the same one.
	modules map[moduleKey]*Plugin
	// scripts are those modules that are source code: they lie wherever the
	// directive says that names them.
	scripts map[moduleKey]bool
	// compiled are module directories that a server binary names, by host.
	compiled map[string][]string
	// seen are the paths of plugins that were told to the sink; a directory
	// walk leaves them alone.
	seen      map[string]bool
	locations map[Location]bool
	// ahead are the entries of directories that were read before the walk comes there.
	ahead map[string][]fs.DirEntry
	// preloadedFiles lie in packages; preloadedModules are among modules.
	preloadedFiles   []*preloaded
	preloadedModules map[moduleKey]Observation
}

type moduleKey struct{ host, path string }

// Walk finds every plugin of t and tells sink. It returns an error for wrong
// options and when ctx ends; whatever is wrong with the tree goes to the sink.
func Walk(ctx context.Context, t tree.Tree, opts Options, sink Sink) error {
	hosts, err := chosenHosts(opts.Hosts)
	if err != nil {
		return err
	}
	for _, pattern := range opts.Exclude {
		if !doublestar.ValidatePattern(pattern) {
			return fmt.Errorf("exclude %q: not a valid pattern", pattern)
		}
	}
	s := &survey{
		ctx: ctx, tree: t, opts: opts, sink: newOnce(sink), hosts: hosts,
		modules:   map[moduleKey]*Plugin{},
		scripts:   map[moduleKey]bool{},
		compiled:  map[string][]string{},
		seen:      map[string]bool{},
		ahead:     map[string][]fs.DirEntry{},
		locations: map[Location]bool{},

		preloadedModules: map[moduleKey]Observation{},
	}
	s.tree = tree.Remember(t)
	for _, h := range hosts {
		h.configured(s)
		s.present(h)
	}
	s.argument()
	s.tellModules()
	s.tree = t // the walk takes its time
	if slices.ContainsFunc(hosts, isWalker) {
		s.walk(".", nil)
	}
	for _, h := range hosts {
		if f, ok := h.(finisher); ok {
			f.finish(s)
		}
	}
	s.tellPreloads()
	return ctx.Err()
}

func isWalker(h host) bool {
	_, ok := h.(walker)
	return ok
}

// location tells the sink of a location, once.
func (s *survey) location(l Location) {
	if !s.locations[l] {
		s.locations[l] = true
		s.sink.Location(l)
	}
}

// glob returns the names that a host's patterns of a kind lead to, links
// resolved, each once.
func (s *survey) glob(host, kind string) []string {
	return s.globAll(host, builtin()[host].of(kind))
}

func (s *survey) globAll(host string, patterns []string) []string {
	var names []string
	for _, pattern := range patterns {
		matches, err := tree.Glob(s.tree, pattern, s.broken)
		if err != nil {
			s.sink.Fail(pattern, err)
		}
		for _, match := range matches {
			resolved, err := tree.Resolve(s.tree, match)
			if err != nil {
				s.broken(match, err)
				continue
			}
			names = append(names, resolved)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// broken tells of a name that cannot be followed. What leaves the root or is
// not readable hides something from us. A link that leads nowhere can load
// nothing, but an absolute one in a tree that is no whole machine may well lead
// somewhere on the machine that the tree is for.
func (s *survey) broken(name string, err error) {
	if errors.Is(err, fs.ErrNotExist) {
		target, absolute := s.absoluteTarget(name)
		if !absolute || s.opts.Machine {
			s.sink.Skip(name, "link to nothing")
			return
		}
		err = fmt.Errorf("link to %s, which is not below the root that is inspected", tree.Printable(target))
	}
	s.sink.Fail(name, err)
}

// absoluteTarget returns the first absolute target in the chain of links that
// begins at name. /dev/null is none: by it systemd's units are masked.
func (s *survey) absoluteTarget(name string) (string, bool) {
	seen := map[string]bool{}
	for !seen[name] {
		seen[name] = true
		name = s.inRealDir(name)
		target, err := s.tree.ReadLink(name)
		if err != nil {
			return "", false
		}
		if path.IsAbs(target) {
			return target, target != "/dev/null"
		}
		name = tree.Join(path.Dir(name), target)
	}
	return "", false
}

// read reads a config; one that cannot be read is told to the sink.
func (s *survey) read(name string) ([]byte, bool) {
	data, err := tree.ReadFile(s.tree, name, maxConfig)
	if err != nil {
		s.sink.Fail(name, err)
		return nil, false
	}
	return data, true
}

// server notes a program that loads plugins.
func (s *survey) server(host, name string) {
	s.module(host, name).Server = true
}

// note adds a sentence about a program, which is no gap in the coverage: the
// program itself is looked at.
func (s *survey) note(host, name, sentence string) {
	p := s.module(host, name)
	p.Notes = appendNew(p.Notes, sentence)
}

// load notes that a config line names the module at name, a path that may
// hold links. One that is not there cannot be judged, so the run is incomplete.
func (s *survey) load(host, name string, by Reference) {
	name = cleanPath(name)
	resolved, err := tree.Resolve(s.tree, name)
	if err != nil {
		s.sink.Fail(name, fmt.Errorf("loaded by %s:%d: %w", tree.Printable(by.File), by.Line, err))
		return
	}
	p := s.module(host, resolved)
	if !slices.Contains(p.LoadedBy, by) {
		p.LoadedBy = append(p.LoadedBy, by)
	}
	s.location(Location{Host: host, Path: resolved, How: Config, By: by})
	if dir, ok := s.writable(name, resolved); ok {
		p.observe(Observation{Kind: WritablePath, Path: dir, Text: fmt.Sprintf(
			"it is loaded through %s, which every user may write to", tree.Printable(dir))})
	}
}

// loadScript is load for source code, which has no place where it should lie.
func (s *survey) loadScript(host, name string, by Reference) {
	if resolved, err := tree.Resolve(s.tree, name); err == nil {
		s.scripts[moduleKey{host, resolved}] = true
	}
	s.load(host, name, by)
}

// observe adds an observation, once.
func (p *Plugin) observe(o Observation) {
	if !slices.Contains(p.Observations, o) {
		p.Observations = append(p.Observations, o)
	}
}

// module returns the single-file plugin of a host at a resolved path.
func (s *survey) module(host, resolved string) *Plugin {
	key := moduleKey{host, resolved}
	if s.modules[key] == nil {
		s.modules[key] = &Plugin{Host: host, Name: moduleName(resolved), Path: resolved}
	}
	return s.modules[key]
}

// moduleFile is the name of a loadable object, with or without the version of
// an ABI behind its suffix: Debian's mod_wsgi.so-3.11, or libphp.so.1.
var moduleFile = regexp.MustCompile(`^(.+?)\.(?:so|dylib|bundle)(?:[-.][0-9.]+)?$`)

// moduleName is the file's name without the suffix of a loadable object.
func moduleName(name string) string {
	base := path.Base(name)
	if m := moduleFile.FindStringSubmatch(base); m != nil {
		return m[1]
	}
	return base
}

// moduleDir notes a directory of modules that a server binary was compiled with.
func (s *survey) moduleDir(host, dir string) {
	dir = tree.Clean(dir)
	if !slices.Contains(s.compiled[host], dir) {
		s.compiled[host] = append(s.compiled[host], dir)
	}
}

// present adds the modules that lie where the patterns, the settings and the
// server binaries say, and marks those that a config loads from elsewhere.
func (s *survey) present(h host) {
	patterns := builtin()[h.name()].of(kindModule)
	for _, extra := range s.opts.Locations {
		if extra.Host == h.name() {
			patterns = append(patterns, tree.Clean(extra.Glob))
		}
	}
	known := map[string]bool{}
	for _, pattern := range patterns {
		for _, name := range s.globAll(h.name(), []string{pattern}) {
			if info, err := s.tree.Lstat(name); err != nil || info.IsDir() {
				continue
			}
			known[name] = true
			s.module(h.name(), name)
			s.location(Location{Host: h.name(), Path: path.Dir(name), How: Pattern, Detail: pattern})
		}
	}
	for _, dir := range s.compiled[h.name()] {
		for _, name := range s.globAll(h.name(), []string{globLiteral(dir) + "/*.{so,dylib,bundle}"}) {
			known[name] = true
			s.module(h.name(), name)
			s.location(Location{Host: h.name(), Path: path.Dir(name), How: Compiled, Detail: dir})
		}
	}
	for key, o := range s.preloadedModules {
		if key.host == h.name() && known[key.path] {
			s.modules[key].observe(o)
		}
	}
	for key, p := range s.modules {
		if key.host != h.name() || len(p.LoadedBy) == 0 || p.Server || s.scripts[key] || known[key.path] {
			continue
		}
		by := p.LoadedBy[0]
		p.observe(Observation{Kind: UnknownLocation, Path: by.File, Line: by.Line, Text: fmt.Sprintf(
			"%s loads it from a place where %s keeps no modules", tree.Printable(by.File), h.name())})
	}
}

// globLiteral escapes what a pattern would take for more than itself.
func globLiteral(name string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `{`, `\{`).Replace(name)
}

// argument adds modules that lie in the root itself: somebody pointed at the
// directory of modules and not at a tree that holds one.
func (s *survey) argument() {
	entries, err := s.tree.ReadDir(".")
	if err != nil {
		return // walk tells of it
	}
	for _, entry := range entries {
		name := entry.Name()
		if !entry.Type().IsRegular() || !slices.Contains([]string{".so", ".dylib", ".bundle"}, path.Ext(name)) {
			continue
		}
		for _, h := range s.hosts {
			sniffer, ok := h.(sniffer)
			if ok && s.holdsAny(name, sniffer.marks()) {
				s.module(h.name(), name)
				s.location(Location{Host: h.name(), Path: ".", How: Argument})
			}
		}
	}
}

// holdsAny reports whether the file holds one of the marks, in bounded memory.
func (s *survey) holdsAny(name string, marks [][]byte) bool {
	f, err := s.tree.Open(name)
	if err != nil {
		s.sink.Fail(name, err)
		return false
	}
	defer f.Close()
	longest := 0
	for _, mark := range marks {
		longest = max(longest, len(mark))
	}
	buf := make([]byte, 1<<20)
	kept := 0
	for s.ctx.Err() == nil {
		n, err := io.ReadFull(f, buf[kept:])
		window := buf[:kept+n]
		for _, mark := range marks {
			if bytes.Contains(window, mark) {
				return true
			}
		}
		if err != nil {
			return false
		}
		kept = copy(buf, window[len(window)-longest+1:])
	}
	return false
}

// writable returns the first directory or file on the way to a module, by the
// name that loads it or by its resolved name, that has mode o+w. With the
// sticky bit, as /tmp has it, others cannot replace what is there, only create
// what is not: that counts in the directory of the module itself.
func (s *survey) writable(names ...string) (string, bool) {
	for _, name := range names {
		elements := strings.Split(name, "/")
		for i := range elements {
			prefix := strings.Join(elements[:i+1], "/")
			info, err := s.tree.Lstat(prefix)
			if err != nil || info.Mode()&fs.ModeSymlink != 0 || info.Mode().Perm()&0o002 == 0 {
				continue
			}
			if info.Mode()&fs.ModeSticky != 0 && i < len(elements)-2 {
				continue
			}
			return prefix, true
		}
	}
	return "", false
}

// tellModules tells the sink of every single-file plugin, sorted by path. One
// that several hosts load is a plugin of each, with an approval of its own.
func (s *survey) tellModules() {
	keys := slices.SortedFunc(maps.Keys(s.modules), func(a, b moduleKey) int {
		return strings.Compare(a.path+"\x00"+a.host, b.path+"\x00"+b.host)
	})
	for _, key := range keys {
		if s.ctx.Err() != nil {
			return
		}
		s.tell(s.modules[key])
	}
}
