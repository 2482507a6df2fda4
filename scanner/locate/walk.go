package locate

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"

	"github.com/bmatcuk/doublestar/v4"
)

// A mounter is a tree that knows where the kernel shows itself as files. That
// is so not only on this machine: the root of a container that runs has its
// own /proc and /sys.
type mounter interface {
	KernelMount(name string) bool
}

// kernels reports whether dir holds no files but the kernel's.
func (s *survey) kernels(dir string) bool {
	if s.opts.Machine && slices.Contains(kernelDirs, dir) {
		return true
	}
	m, ok := s.tree.(mounter)
	return ok && slices.Contains([]string{"dev", "proc", "sys"}, path.Base(dir)) && m.KernelMount(dir)
}

// kernelDirs are directories of a running machine that hold no files but the
// kernel's, or the same files again (macOS firmlinks).
var kernelDirs = []string{"dev", "proc", "sys", "System/Volumes"}

var errTooDeep = errors.New("directories nest too deep")

// maxDepth bounds how deep directories nest, so that a hostile tree cannot
// exhaust the stack. PATH_MAX allows 2048 names of one letter.
const maxDepth = 2048

// claim tells the sink of a plugin and of all files that belong to it, now,
// unless one of that path was told before. The plugin's path has no links in it.
func (s *survey) claim(p *Plugin) {
	if s.seen[p.Path] || s.ctx.Err() != nil {
		return
	}
	s.tell(p)
}

func (s *survey) tell(p *Plugin) {
	s.seen[p.Path] = true
	if s.excludedWithin(p.Path) {
		return
	}
	info, err := s.tree.Lstat(p.Path)
	if err != nil {
		s.sink.Fail(p.Path, err)
		return
	}
	p.Dir = info.IsDir()
	if dir, ok := s.writable(p.Path); ok && p.OnDemand { // others are judged by the name that loads them
		p.observe(Observation{Kind: WritablePath, Path: dir, Text: fmt.Sprintf(
			"it lies in or below %s, which every user may write to", tree.Printable(dir))})
	}
	s.preloadsWithin(p)
	slices.SortFunc(p.LoadedBy, compareReferences)
	s.sink.Plugin(p)
	if p.Dir {
		s.walk(p.Path, p)
	} else {
		s.file(p, p.Path, fs.FileInfoToDirEntry(info))
	}
	s.sink.Done(p)
}

func compareReferences(a, b Reference) int {
	if c := strings.Compare(a.File, b.File); c != 0 {
		return c
	}
	return a.Line - b.Line
}

// walk looks at everything below dir. Files belong to owner, or to nobody
// where owner is nil, which is most of a machine.
func (s *survey) walk(dir string, owner *Plugin) {
	if s.ctx.Err() != nil {
		return
	}
	if strings.Count(dir, "/") >= maxDepth {
		s.sink.Fail(dir, errTooDeep)
		return
	}
	if s.kernels(dir) {
		s.sink.Skip(dir, "not files: the kernel's")
		return
	}
	entries, err := s.entries(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && owner == nil:
		s.sink.Skip(dir, "gone before it could be read")
	case err != nil:
		s.sink.Fail(dir, err)
	}
	for _, h := range s.hosts {
		if w, ok := h.(walker); ok {
			w.enter(s, dir, entries)
		}
	}
	if s.seen[dir] && (owner == nil || owner.Path != dir) {
		return // a host claimed the directory itself, and with it what is in it
	}
	for _, entry := range entries {
		name := tree.Child(dir, entry.Name())
		if s.seen[name] || s.ctx.Err() != nil {
			continue
		}
		switch {
		case entry.IsDir():
			if s.excluded(name) {
				continue
			}
			below := owner
			if holdsPackages(name) {
				below = nil // the packages in it are plugins of their own
			}
			s.walk(name, below)
		case owner != nil && !s.excluded(name):
			s.belongs(owner, name, entry)
		}
	}
}

// entries reads a directory for the walk, unless it was read ahead.
func (s *survey) entries(dir string) ([]fs.DirEntry, error) {
	if entries, ok := s.ahead[dir]; ok {
		delete(s.ahead, dir)
		return entries, nil
	}
	return s.tree.ReadDir(dir)
}

// readAhead reads a directory that the walk comes to later.
func (s *survey) readAhead(dir string) ([]fs.DirEntry, error) {
	const most = 1 << 12 // directories that are kept
	entries, err := s.tree.ReadDir(dir)
	if err == nil && len(s.ahead) < most {
		s.ahead[dir] = entries
	}
	return entries, err
}

// belongs tells the sink of one thing inside a package that is no directory.
func (s *survey) belongs(owner *Plugin, name string, entry fs.DirEntry) {
	if entry.Type()&fs.ModeSymlink != 0 {
		target, err := s.tree.ReadLink(name)
		if err != nil {
			s.sink.Fail(name, err)
			return
		}
		s.sink.Link(owner, name, target)
		return
	}
	s.file(owner, name, entry)
}

func (s *survey) file(owner *Plugin, name string, entry fs.DirEntry) {
	if !entry.Type().IsRegular() {
		s.sink.Skip(name, tree.Describe(entry.Type()))
		return
	}
	s.sink.File(owner, name, entry)
}

// excluded tells the sink where a pattern leaves name out.
func (s *survey) excluded(name string) bool {
	pattern := s.exclusion(name)
	if pattern == "" {
		return false
	}
	s.sink.Skip(name, "excluded by "+pattern)
	return true
}

// exclusion is the pattern that leaves name out, or "".
func (s *survey) exclusion(name string) string {
	for _, pattern := range s.opts.Exclude {
		if doublestar.MatchUnvalidated(strings.TrimPrefix(pattern, "/"), name) {
			return pattern
		}
	}
	return ""
}

// excludedWithin is excluded for a name that the walk did not lead to, so that
// a directory above it may be what is left out.
func (s *survey) excludedWithin(name string) bool {
	if len(s.opts.Exclude) == 0 {
		return false
	}
	elements := strings.Split(name, "/")
	for i := range elements {
		if s.excluded(strings.Join(elements[:i+1], "/")) {
			return true
		}
	}
	return false
}

// owner returns the path of the plugin that name lies in, as far as plugins
// were told, or "".
func (s *survey) owner(name string) string {
	for name != "." {
		name = path.Dir(name)
		if holdsPackages(name) {
			return ""
		}
		if s.seen[name] {
			return name
		}
	}
	return ""
}

// below reports whether name is dir or lies below it.
func below(name, dir string) bool {
	return dir == "." || name == dir || strings.HasPrefix(name, dir+"/")
}

// hasEntry returns the entry of that name.
func hasEntry(entries []fs.DirEntry, name string) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
}

// lastTwo returns the last two elements of name, such as ".pnpm/lock.yaml".
func lastTwo(name string) string {
	return path.Join(path.Base(path.Dir(name)), path.Base(name))
}
