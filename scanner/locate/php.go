package locate

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// php loads the extensions that its ini files name (php_config.go) and runs
// the scripts that some directives name. Scripts are its node_modules: what
// Composer installed (composer.go) and WordPress's plugins (wordpress.go) are
// found in the walk. Which ini files count, and where extensions lie that are
// named without a directory, is read from the strings of each program
// (php_build.go); without one, the tables say.
type php struct {
	builds []phpBuild
	// dirs are the extension directories that a base (a directory of ini
	// files, such as etc/php/8.2/fpm) was found to use.
	dirs map[string][]string
	// read are the configs that were applied.
	read map[string]bool
	// userINI are the names of the ini files that PHP looks for beside each script.
	userINI []string
	// scripts are what directives make PHP run, by path; told at the end,
	// unless they belong to a package.
	scripts map[string]*Plugin
	// vendors are the Composer directories that were seen.
	vendors map[string]bool
}

func newPHP() *php {
	return &php{
		dirs:    map[string][]string{},
		read:    map[string]bool{},
		userINI: []string{".user.ini"},
		scripts: map[string]*Plugin{},
		vendors: map[string]bool{},
	}
}

func (*php) name() string { return "php" }

// marks: the symbols that PHP looks up in an extension (ext/standard/dl.c) and
// in a Zend extension (Zend/zend_extensions.c).
func (*php) marks() [][]byte {
	return [][]byte{[]byte("get_module"), []byte("zend_extension_entry")}
}

func (h *php) configured(s *survey) {
	for _, name := range s.glob(h.name(), kindServer) {
		if s.isFile(name) {
			h.server(s, name)
		}
	}
	if len(h.builds) > 0 {
		s.preloadsOfAll(h.name())
	}
	for _, b := range h.builds {
		base := path.Dir(b.main)
		if b.main == "" && len(b.scanDirs) > 0 {
			base = phpBase(b.scanDirs[0] + "/x.ini")
		}
		var files []string
		if b.main != "" {
			files = append(files, b.main)
		}
		for _, dir := range b.scanDirs {
			files = append(files, s.configGlob(globLiteral(dir)+"/*.ini")...)
		}
		h.apply(s, base, files, b.extensionDirs)
	}
	h.applyRest(s)
	for _, u := range s.units(h.name(), phpPrograms()...) {
		h.unit(s, u)
	}
}

// server notes a program and the configs and directories it was built with.
func (h *php) server(s *survey, name string) {
	b := s.phpBuild(name)
	s.server(h.name(), name)
	s.module(h.name(), name).Version = b.version
	for _, dir := range b.extensionDirs {
		s.moduleDir(h.name(), dir)
	}
	h.builds = append(h.builds, b)
}

// applyRest reads the configs that lie where the tables say and that no
// program of this tree was found to read: those of Apache's libphp, of an
// image without programs, of a program that is not where it usually is.
func (h *php) applyRest(s *survey) {
	type group struct{ mains, scanned []string }
	groups := map[string]*group{}
	var bases, pools []string
	for _, name := range s.configs(h.name()) {
		if path.Ext(name) == ".conf" {
			pools = append(pools, name)
			continue
		}
		base := phpBase(name)
		if groups[base] == nil {
			groups[base] = &group{}
			bases = append(bases, base)
		}
		if g := groups[base]; path.Dir(name) == base && strings.HasPrefix(path.Base(name), "php") {
			g.mains = append(g.mains, name)
		} else {
			g.scanned = append(g.scanned, name)
		}
	}
	for _, base := range bases {
		g := groups[base]
		if !slices.ContainsFunc(append(g.mains, g.scanned...), func(f string) bool { return !h.read[f] }) {
			continue
		}
		dirs := h.guessDirs(s, base)
		if len(g.mains) == 0 {
			h.apply(s, base, g.scanned, dirs)
		}
		for _, main := range g.mains { // php-<sapi>.ini replaces php.ini
			h.apply(s, base, append([]string{main}, g.scanned...), dirs)
		}
	}
	for _, b := range h.builds {
		pools = appendNew(pools, b.pools...)
	}
	for _, pool := range pools {
		h.pool(s, pool)
	}
}

// phpBase is the directory that configs belong together by: that of php.ini,
// beside which the scan directory lies.
func phpBase(file string) string {
	dir := path.Dir(file)
	if strings.HasSuffix(dir, ".d") {
		return path.Dir(dir)
	}
	return dir
}

func (h *php) enter(s *survey, dir string, entries []fs.DirEntry) {
	if hasEntry(entries, "composer") {
		h.vendor(s, dir)
	}
	if path.Base(dir) == wpContent {
		h.content(s, dir, entries)
	}
	for _, entry := range entries {
		switch name := entry.Name(); {
		case entry.IsDir():
		case entry.Type()&fs.ModeSymlink != 0 && slices.Contains([]string{"vendor", "composer", wpContent}, name):
			h.linked(s, tree.Child(dir, name))
		case h.isSettings(name):
			h.directorySettings(s, tree.Child(dir, name))
		}
	}
}

// take claims a package that dir names, unless what dir names cannot be one:
// it lies in another plugin that was told already, or dir lies in it.
func (h *php) take(s *survey, dir string, p *Plugin) {
	if below(dir, p.Path) {
		s.sink.Skip(dir, "names "+tree.Printable(p.Path)+", which it lies in, as the package "+tree.Printable(p.Name))
		return
	}
	if owner := s.owner(p.Path); owner != "" && !s.seen[p.Path] && !below(p.Path, dir) {
		s.sink.Skip(p.Path, "package "+tree.Printable(p.Name)+" is part of "+tree.Printable(owner))
		return
	}
	h.settingsWithin(s, p.Path)
	for name, script := range h.scripts {
		if !below(name, p.Path) {
			continue
		}
		p.LoadedBy = appendNew(p.LoadedBy, script.LoadedBy...)
		for _, o := range script.Observations {
			p.observe(o)
		}
	}
	slices.SortFunc(p.Observations, compareObservations)
	s.claim(p)
}

func compareObservations(a, b Observation) int {
	if c := strings.Compare(a.Path, b.Path); c != 0 {
		return c
	}
	if a.Line != b.Line {
		return a.Line - b.Line
	}
	return strings.Compare(a.Text, b.Text)
}

// finish tells of the scripts that directives name and that are part of no package.
func (h *php) finish(s *survey) {
	var names []string
	for name := range h.scripts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if s.owner(name) == "" {
			s.claim(h.scripts[name])
		}
	}
}
