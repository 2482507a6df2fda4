package locate

import (
	"fmt"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// preloads notes the libraries that the dynamic linker puts into a host before
// anything else (ld.so(8), dyld(1)): code inside the server like any plugin,
// and named by no config of it.
func (s *survey) preloads(host string, env []variable) {
	for _, v := range env {
		if !slices.Contains([]string{"LD_PRELOAD", "LD_AUDIT", "DYLD_INSERT_LIBRARIES"}, v.name) {
			continue
		}
		for _, library := range strings.FieldsFunc(v.value, func(r rune) bool { return r == ':' || r == ' ' }) {
			s.preload(host, v.name, library, v.by)
		}
	}
}

// ldPreload is read by the dynamic linker of Linux for every program.
const ldPreload = "etc/ld.so.preload"

// preloadsOfAll notes what /etc/ld.so.preload puts into every program, hosts included.
func (s *survey) preloadsOfAll(host string) {
	if !s.exists(ldPreload) {
		return
	}
	data, ok := s.read(ldPreload)
	if !ok {
		return
	}
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		text, _, _ = strings.Cut(text, "#")
		for _, library := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(": \t\r\n", r) }) {
			s.preload(host, ldPreload, library, Reference{ldPreload, line})
		}
	}
}

// libraryDirs are where the dynamic linker looks for a name without a slash.
const libraryDirs = "{lib,lib64,usr/lib,usr/lib64,usr/local/lib}"

func (s *survey) preload(host, variable, library string, by Reference) {
	if strings.Contains(library, "/") {
		s.preloadFile(host, variable, library, by)
		return
	}
	matches := s.globAll(host, []string{libraryDirs + "/{,*/}" + globLiteral(library)})
	for _, match := range matches {
		s.preloadFile(host, variable, match, by)
	}
	if len(matches) == 0 {
		s.sink.Fail(by.File, fmt.Errorf("line %d: preloads %s, which is in no library directory", by.Line, tree.Printable(library)))
	}
}

// A preloaded file lies in a directory of plugins, and something has a host load
// it before anything else.
type preloaded struct {
	host, path  string
	observation Observation
	told        bool
}

// preloadFile notes a file, or a package, that a variable or option puts into a
// host. What lies in a directory of packages belongs to its package, which the
// walk is yet to find.
func (s *survey) preloadFile(host, variable, name string, by Reference) {
	name = cleanPath(name)
	resolved, err := tree.Resolve(s.tree, name)
	o := Observation{Kind: Preload, Path: by.File, Line: by.Line, Leads: resolved, Text: fmt.Sprintf(
		"%s of %s puts %s into %s before anything else", variable, tree.Printable(by.File), tree.Printable(name), host)}
	if err == nil && inModules(resolved) {
		s.preloadedFiles = append(s.preloadedFiles, &preloaded{host, resolved, o, false})
		return
	}
	s.load(host, name, by)
	if err == nil {
		s.preloadedModules[moduleKey{host, resolved}] = o
	}
}

// preloadsWithin adds to a plugin directory what preloads a file of it.
func (s *survey) preloadsWithin(p *Plugin) {
	for _, pre := range s.preloadedFiles {
		if !below(pre.path, p.Path) || inModules(strings.TrimPrefix(pre.path, p.Path)) {
			continue
		}
		pre.told = true
		p.LoadedBy = appendNew(p.LoadedBy, Reference{pre.observation.Path, pre.observation.Line})
		p.observe(pre.observation)
	}
}

// tellPreloads tells the sink of preloaded files that turned out to be no part
// of a package.
func (s *survey) tellPreloads() {
	for _, pre := range s.preloadedFiles {
		if !pre.told {
			by := Reference{pre.observation.Path, pre.observation.Line}
			s.claim(&Plugin{Host: pre.host, Name: moduleName(pre.path), Path: pre.path,
				LoadedBy: []Reference{by}, Observations: []Observation{pre.observation}})
		}
	}
}
