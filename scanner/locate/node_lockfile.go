package locate

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// What the package managers of Node.js write down about what they installed.
// npm names a package by its path below the project; pnpm, yarn and bun by its
// name, of which several versions can be there. All are compared by version
// only: the integrity that they hold is of the tarball and not of the files.

// lockEntries are the packages that a lockfile names.
type lockEntries struct {
	byPath map[string]lockEntry   // below the directory of the lockfile
	byName map[string][]lockEntry // name or alias
	// installs are the paths of packages with an install script; only npm's are read.
	installs map[string]bool
	// projects are the directories that were installed together, below the
	// lockfile's; only pnpm's are read.
	projects map[string]bool
}

// A lockEntry is one package in a lockfile. version is empty where the
// lockfile states none that a package.json could repeat: a link, a git commit.
type lockEntry struct {
	version string
	line    int
}

// maxVersions bounds the versions of one name, so that a hostile lockfile
// cannot make every look-up slow.
const maxVersions = 1000

// add notes a package by name, for the lockfiles that do.
func (e *lockEntries) add(name string, entry lockEntry) {
	if name == "" || len(e.byName[name]) == maxVersions {
		return
	}
	if e.byName == nil {
		e.byName = map[string][]lockEntry{}
	}
	e.byName[name] = append(e.byName[name], entry)
}

// A manager is a package manager by the file that it keeps in a project and
// the one that it leaves in node_modules, if any: where several lockfiles lie
// side by side, the latter tells who did the installing.
type manager struct {
	lockfile string
	markers  []string
	parse    func([]byte) (lockEntries, error)
}

// npmOwn is npm's record of what it installed, the lockfile of a tree without one.
const npmOwn = ".package-lock.json"

// managers in the order that decides where nothing else does. npm reads
// npm-shrinkwrap.json before package-lock.json.
var managers = []manager{
	{"npm-shrinkwrap.json", []string{npmOwn}, parseNpmLock},
	{"package-lock.json", []string{npmOwn}, parseNpmLock},
	{"pnpm-lock.yaml", []string{".modules.yaml"}, parsePnpmLock},
	{"yarn.lock", []string{".yarn-integrity", ".yarn-state.yml"}, parseYarnLock},
	{"bun.lock", nil, parseBunLock},
}

// A project is a directory whose node_modules somebody installed, and what
// names the packages in it and below.
type project struct {
	dir     string
	file    string // lockfile or package.json, by its name from the root
	locked  bool   // file is a lockfile
	parse   func([]byte) (lockEntries, error)
	entries *lockEntries // read when the first package asks
}

// newProject returns the project at dir, or nil where dir is none of its own
// and what encloses it, which may be nil, holds for it.
//
// A lockfile inside node_modules is part of a package and says nothing about
// what was installed, nor does one in a workspace that another directory was
// installed from; npm's own record is believed in both places.
func newProject(s *survey, dir string, entries []fs.DirEntry, enclosing *project) *project {
	enclosed := enclosing != nil && enclosing.locked
	installed := hasEntry(entries, nodeModules)
	marked := func(marker string) bool {
		_, err := s.tree.Lstat(tree.Join(dir, nodeModules, marker))
		return err == nil
	}
	if !inModules(dir) {
		present := slices.DeleteFunc(slices.Clone(managers), func(m manager) bool { return !hasEntry(entries, m.lockfile) })
		at := slices.IndexFunc(present, func(m manager) bool { return installed && slices.ContainsFunc(m.markers, marked) })
		if at < 0 && !enclosed && len(present) > 0 {
			at = 0
		}
		if at >= 0 {
			m := present[at]
			return &project{dir: dir, file: tree.Join(dir, m.lockfile), locked: true, parse: m.parse}
		}
	}
	switch {
	case installed && !(enclosed && inModules(dir)) && marked(npmOwn):
		return &project{dir: dir, file: tree.Join(dir, nodeModules, npmOwn), locked: true, parse: parseNpmLock}
	case installed && !enclosed && !inModules(dir) && hasEntry(entries, packageJSON):
		return &project{dir: dir, file: tree.Join(dir, packageJSON), parse: parseDependencies}
	}
	return nil
}

// read reads the lockfile, once.
func (pr *project) read(s *survey) {
	if pr.entries != nil {
		return
	}
	pr.entries = &lockEntries{}
	data, ok := s.read(pr.file)
	if !ok {
		return
	}
	entries, err := pr.parse(data)
	if err != nil {
		s.sink.Fail(pr.file, fmt.Errorf("lockfile: %w", err))
	}
	pr.entries = &entries
}

// hoists reports whether a link is one by which pnpm lets every package of a
// workspace find a project of it, asked for or not.
func (pr *project) hoists(s *survey, link, dir string) bool {
	if pr == nil || !strings.Contains("/"+link, "/"+nodeModules+"/.pnpm/"+nodeModules+"/") {
		return false
	}
	pr.read(s)
	return pr.entries.projects[strings.TrimPrefix(dir, pr.dir+"/")]
}

// note writes down who names p, which Node.js finds at the path at by the name
// alias, and where lockfile and disk disagree.
func (pr *project) note(s *survey, p *Plugin, at, alias string, bundled bool) {
	if pr == nil {
		return
	}
	pr.read(s)
	at = strings.TrimPrefix(at, pr.dir+"/")
	found := pr.entries.find(at, p.Name, alias)
	same := slices.IndexFunc(found, func(e lockEntry) bool {
		return e.version == "" || release(e.version) == release(p.Version)
	})
	switch {
	case len(found) == 0:
	case same >= 0:
		p.LoadedBy = append(p.LoadedBy, Reference{File: pr.file, Line: found[same].line})
	case bundled && pr.entries.byPath == nil:
		// It came inside another package's tarball, of which pnpm, yarn and bun
		// write nothing down; the name is a coincidence.
	default:
		p.LoadedBy = append(p.LoadedBy, Reference{File: pr.file, Line: found[0].line})
		o := mismatch(pr.file, found, p)
		if pr.entries.installs[at] && !p.installs && !s.exists(tree.Join(p.Path, "binding.gyp")) {
			o.Text += "; the locked one has an install script and this one has none, as after a dropper that removed its traces"
		}
		p.observe(o)
	}
}

// find returns the entries for a package at a path below the lockfile, or of
// one of the names.
func (e *lockEntries) find(at string, names ...string) []lockEntry {
	if entry, ok := e.byPath[at]; ok {
		return []lockEntry{entry}
	}
	for _, name := range names {
		if found := e.byName[name]; len(found) > 0 {
			return found
		}
	}
	return nil
}

// maxShown is how many versions a sentence lists.
const maxShown = 8

func mismatch(file string, found []lockEntry, p *Plugin) Observation {
	var versions []string
	for _, entry := range found {
		versions = append(versions, entry.version)
	}
	slices.Sort(versions)
	versions = slices.Compact(versions)
	if more := len(versions) - maxShown; more > 0 {
		versions = append(versions[:maxShown], fmt.Sprintf("%d others", more))
	}
	onDisk := "states no version"
	if p.Version != "" {
		onDisk = "is " + p.Version
	}
	return Observation{Kind: LockfileMismatch, Path: file, Line: found[0].line, Text: fmt.Sprintf(
		"%s:%d has %s %s, what is on disk %s", tree.Printable(file), found[0].line,
		p.Name, strings.Join(versions, ", "), onDisk)}
}

// release is a version as it is compared: registries drop a leading "v" or "="
// and build metadata, package.json may keep them.
func release(version string) string {
	version, _, _ = strings.Cut(strings.TrimLeft(version, "v= "), "+")
	return version
}

// stated returns v if it is a version and not a link, a range of the workspace
// or the address of a repository, else "".
func stated(v string) string {
	v = strings.TrimLeft(v, "v=")
	if v == "" || v[0] < '0' || v[0] > '9' || strings.ContainsAny(v, "/:@") || v == "0.0.0-use.local" {
		return ""
	}
	return v
}

// splitID splits "name@rest" and "@scope/name@rest"; ok tells whether both parts are there.
func splitID(id string) (name, rest string, ok bool) {
	if id == "" {
		return "", "", false
	}
	at := strings.IndexByte(id[1:], '@') + 1
	if at == 0 || at == len(id)-1 {
		return "", "", false
	}
	return id[:at], id[at+1:], true
}

// inModules reports whether dir is a node_modules or lies below one.
func inModules(dir string) bool {
	return strings.Contains("/"+dir+"/", "/"+nodeModules+"/")
}

// dependencyKeys are the objects of a package.json that name packages.
var dependencyKeys = []string{"dependencies", "devDependencies", "optionalDependencies", "peerDependencies"}

// parseDependencies reads what a package.json asks for, for a project without
// a lockfile: no versions, since it has ranges only.
func parseDependencies(data []byte) (lockEntries, error) {
	entries := lockEntries{byPath: map[string]lockEntry{}}
	err := walkJSON(data, func(keys []string, _ []byte, line int) {
		if len(keys) == 2 && slices.Contains(dependencyKeys, keys[0]) {
			entries.byPath[path.Join(nodeModules, keys[1])] = lockEntry{line: line}
		}
	})
	return entries, err
}
