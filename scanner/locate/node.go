package locate

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"

	"github.com/bmatcuk/doublestar/v4"
)

// nodeModules is the directory that Node.js resolves package names in.
const nodeModules = "node_modules"

// node finds npm packages. Node.js has no config that says what it loads: a
// name given to require or import is looked up in each node_modules on the way
// to the root, and whatever lies there by that name is run. So everything in a
// node_modules is a plugin: directories with and without a package.json, loose
// files, and what symbolic links lead to. Directories inside a package are the
// package's own, a package.json in them or not; a node_modules at its root holds
// plugins again.
//
// Facts: nodejs.org/api/modules.html and npm's, pnpm's and yarn's layouts as
// their own list commands print them (node_hosts_test.go).
type node struct {
	// known are the directories that hold packages without being called
	// node_modules, and the pattern that names each.
	known map[string]string
	// projects enclose the directory that the walk is in, the innermost last.
	projects []*project
	// bundles are the packages whose tarball brought packages along.
	bundles map[string]bool
	// held are plugins that wait for the end of the walk: those that links lead
	// to, which may enclose others, and directories whose name begins with a dot.
	held map[string]*Plugin
}

// holdsPackages reports whether dir is a node_modules that packages were
// installed in. One deep inside a package came in the package's own tarball
// (resolve has some, to test itself with) and is part of it, as it is for npm;
// it counts where the package ends: at its root, below its scope, or in the
// directories of a store (node_modules/.pnpm/name@1.2.3/node_modules).
func holdsPackages(dir string) bool {
	if path.Base(dir) != nodeModules {
		return false
	}
	inside, first, depth := false, "", 0 // of what follows a node_modules
	for element := range strings.SplitSeq(dir, "/") {
		switch {
		case element != nodeModules:
			if depth == 0 {
				first = element
			}
			depth++
			continue
		case inside && depth == 2 && first[0] != '@' && first[0] != '.', inside && depth > 2:
			return false
		}
		inside, first, depth = true, "", 0
	}
	return true
}

func newNode() *node {
	return &node{known: map[string]string{}, bundles: map[string]bool{}, held: map[string]*Plugin{}}
}

func (*node) name() string { return "node" }

func (n *node) configured(s *survey) {
	for _, name := range s.glob("node", kindServer) {
		if info, err := s.tree.Lstat(name); err == nil && info.Mode().IsRegular() {
			s.server("node", name)
		}
	}
	if len(s.glob("node", kindServer)) > 0 {
		s.preloadsOfAll("node")
	}
	patterns := builtin()["node"].of(kindModule)
	for _, extra := range s.opts.Locations {
		if extra.Host == "node" {
			patterns = append(patterns, tree.Clean(extra.Glob))
		}
	}
	for _, pattern := range patterns {
		for _, dir := range s.globAll("node", []string{pattern}) {
			n.known[dir] = pattern
		}
	}
	for _, u := range s.units("node", nodePrograms...) {
		n.unit(s, u)
	}
}

func (n *node) enter(s *survey, dir string, entries []fs.DirEntry) {
	for len(n.projects) > 0 && !below(dir, n.projects[len(n.projects)-1].dir) {
		n.projects = n.projects[:len(n.projects)-1]
	}
	if pr := newProject(s, dir, entries, n.project()); pr != nil {
		n.projects = append(n.projects, pr)
	}
	if !inModules(dir) {
		plugAndPlay(s, dir, entries)
	}
	_, known := n.known[dir]
	if holdsPackages(dir) || known || dir == "." && installedHere(entries) {
		n.tellLocation(s, dir)
		n.modules(s, dir, dir, "", entries)
	}
	for _, entry := range entries {
		if entry.Name() != nodeModules || entry.Type()&fs.ModeSymlink == 0 {
			continue
		}
		if at := tree.Join(dir, nodeModules); holdsPackages(at) {
			n.linkedModules(s, at)
		}
	}
}

// project is the innermost one around the directory that was entered.
func (n *node) project() *project {
	if len(n.projects) == 0 {
		return nil
	}
	return n.projects[len(n.projects)-1]
}

// plugAndPlay tells of a project of yarn's that has no node_modules: its code
// lies in zip archives, and passing over it would be a silent pass.
func plugAndPlay(s *survey, dir string, entries []fs.DirEntry) {
	for _, file := range []string{".pnp.cjs", ".pnp.js"} {
		if hasEntry(entries, file) {
			s.sink.Fail(tree.Join(dir, file), errors.New("yarn Plug'n'Play: its packages lie in zip archives, "+
				`which cannot be inspected; install with "nodeLinker: node-modules" in .yarnrc.yml`))
			return
		}
	}
}

// installedHere reports whether the root is itself a node_modules: its own
// name is not known, but package managers leave their mark.
func installedHere(entries []fs.DirEntry) bool {
	return !hasEntry(entries, packageJSON) && slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return slices.ContainsFunc(managers, func(m manager) bool { return slices.Contains(m.markers, e.Name()) })
	})
}

// tellLocation tells of a directory of packages unless it lies inside another.
func (n *node) tellLocation(s *survey, dir string) {
	if inModules(path.Dir(dir)) {
		return
	}
	l := Location{Host: "node", Path: dir, How: Pattern, Detail: "**/" + nodeModules}
	if pattern, ok := n.known[dir]; ok {
		l.Detail = pattern
	} else if dir == "." {
		l.How, l.Detail = Argument, ""
	} else if pr := n.project(); pr != nil {
		l.How, l.By, l.Detail = Lockfile, Reference{File: pr.file}, ""
	}
	s.location(l)
}

// modules takes everything in dir, which is a node_modules or a scope in it
// ("@scope/"). at is where Node.js finds it, which differs from dir where links
// led there.
func (n *node) modules(s *survey, dir, at, scope string, entries []fs.DirEntry) {
	project := n.project() // claiming a package enters its own directories
	for _, entry := range entries {
		base := entry.Name()
		found := findable{
			name: tree.Join(dir, base), at: tree.Join(at, base),
			alias: scope + base, project: project, held: dir != at,
		}
		switch {
		case s.seen[found.name] || base == nodeModules || s.ctx.Err() != nil:
		case scope == "" && base == ".bin" && entry.IsDir():
			n.commands(s, found)
		case entry.Type()&fs.ModeSymlink != 0:
			n.link(s, found)
		case !entry.IsDir() && managersOwn(base):
			s.sink.Skip(found.name, "package manager's own record")
		case entry.IsDir() && strings.HasPrefix(base, "."):
			n.hold(&Plugin{Host: "node", Name: found.alias, Path: found.name, OnDemand: true})
		case !entry.IsDir() && !entry.Type().IsRegular():
			s.sink.Skip(found.name, tree.Describe(entry.Type()))
		case entry.IsDir() && scope == "" && strings.HasPrefix(base, "@"):
			n.scope(s, found)
		default:
			n.take(s, found, entry.IsDir())
		}
	}
}

// commands looks into a node_modules/.bin. Package managers put links and
// scripts there that start what lies in a package; anything else is code that
// "npm start" may run, and makes the directory a plugin.
func (n *node) commands(s *survey, found findable) {
	if s.excluded(found.name) {
		return
	}
	entries, err := s.tree.ReadDir(found.name)
	if err != nil {
		s.sink.Fail(found.name, err)
	}
	hides := err != nil
	reasons := map[string]string{}
	for _, entry := range entries {
		name := tree.Child(found.name, entry.Name())
		switch {
		case entry.Type()&fs.ModeSymlink != 0:
			reasons[name] = "package manager's link to a command"
		case entry.Type().IsRegular() && managersOwn(entry.Name()):
			reasons[name] = "package manager's own record"
		case entry.Type().IsRegular() && s.isShim(name):
			reasons[name] = "package manager's script that starts a command"
		default:
			hides = true
		}
	}
	if !hides {
		s.seen[found.name] = true
		s.sink.Skip(found.name, "package managers' links to commands")
		return
	}
	for name, reason := range reasons {
		s.seen[name] = true
		s.sink.Skip(name, reason)
	}
	n.hold(&Plugin{Host: "node", Name: found.alias, Path: found.name, OnDemand: true})
}

// maxShim bounds the scripts that package managers generate, in bytes; 3,000
// is the longest seen.
const maxShim = 4 << 10

// shims are the beginnings of the scripts that npm's cmd-shim and pnpm's
// @zkochan/cmd-shim generate, for sh, cmd.exe and PowerShell.
var shims = []string{
	"#!/bin/sh\nbasedir=$(dirname ",
	"#!/bin/sh\n# Resolve $0 through symlinks so basedir is the shim's real directory.\n",
	"@ECHO off\r\n", "@IF EXIST ", "@SETLOCAL\r\n",
	"#!/usr/bin/env pwsh\n",
}

// isShim reports whether a file in a .bin is one that a package manager
// generated. One that cannot be read is none: claiming it tells why.
func (s *survey) isShim(name string) bool {
	data, err := tree.ReadFile(s.tree, name, maxShim)
	return err == nil && slices.ContainsFunc(shims, func(start string) bool { return strings.HasPrefix(string(data), start) })
}

// findable is something that Node.js finds by the name alias at the path at
// and that lies at name, which has no links in it.
type findable struct {
	name, at, alias string
	project         *project
	held            bool // the walk may have passed it, or is yet to come to what it encloses
}

// scope takes the packages of one scope. Excluded ones are left to the walk to tell.
func (n *node) scope(s *survey, found findable) {
	if s.excluded(found.name) {
		return
	}
	entries, err := s.tree.ReadDir(found.name)
	if err != nil {
		s.sink.Fail(found.name, err)
	}
	n.modules(s, found.name, found.at, found.alias+"/", entries)
}

// take claims a package or a loose file, or holds it back.
func (n *node) take(s *survey, found findable, isDir bool) {
	p := &Plugin{Host: "node", Path: found.name, Name: found.alias, OnDemand: true}
	if s.excluded(p.Path) {
		return
	}
	if isDir {
		n.describeMetadata(s, p, found.alias)
		if slices.ContainsFunc(p.Observations, missingMetadata) && !n.holdsFiles(s, p.Path, 0) {
			return // npm leaves directories that hold nested packages only
		}
	}
	found.project.note(s, p, found.at, found.alias, n.bundled(found.name))
	if found.held {
		n.hold(p)
		return
	}
	s.claim(p)
}

// link follows a link in a node_modules, once: pnpm's lead to the packages in
// node_modules/.pnpm, those of workspaces to directories anywhere.
func (n *node) link(s *survey, found findable) {
	resolved, ok := n.resolve(s, found.name)
	if !ok {
		return
	}
	info, err := s.tree.Lstat(resolved)
	switch {
	case err != nil:
		s.sink.Fail(resolved, err)
	case !info.IsDir() && !info.Mode().IsRegular():
		s.sink.Skip(found.name, "link to a "+tree.Describe(info.Mode()))
	case n.walked(resolved):
		// The walk comes to it by itself.
	case found.project.hoists(s, found.name, resolved):
		s.sink.Skip(found.name, "pnpm's link to a project of the workspace")
	case info.IsDir() && below(found.name, resolved) && !n.hasPackageJSON(s, resolved):
		s.sink.Skip(found.name, "link to a directory that it lies in and that is no package")
	case info.IsDir() && strings.HasPrefix(found.alias, "@") && !strings.Contains(found.alias, "/") && !n.hasPackageJSON(s, resolved):
		found.name, found.held = resolved, true
		n.scope(s, found)
	default:
		found.name, found.held = resolved, true
		n.take(s, found, info.IsDir())
	}
}

// linkedModules takes what lies in a directory that a link called node_modules leads to.
func (n *node) linkedModules(s *survey, at string) {
	dir, ok := n.resolve(s, at)
	if !ok || holdsPackages(dir) {
		return // the walk comes to it by itself
	}
	entries, err := s.tree.ReadDir(dir)
	if err != nil {
		s.sink.Fail(dir, err)
	}
	n.tellLocation(s, dir)
	n.modules(s, dir, at, "", entries)
}

// resolve follows a link. One that cannot be followed is told to the sink: it
// hides code that Node.js would load, unless it leads nowhere for sure.
func (n *node) resolve(s *survey, name string) (string, bool) {
	resolved, err := tree.Resolve(s.tree, name)
	if err != nil {
		s.broken(name, err)
	}
	return resolved, err == nil
}

// walked reports whether the walk claims name without being led there: it lies
// directly in a node_modules or in a scope of one.
func (n *node) walked(name string) bool {
	dir := path.Dir(name)
	if strings.HasPrefix(path.Base(dir), "@") {
		dir = path.Dir(dir)
	}
	_, known := n.known[dir]
	return holdsPackages(dir) || known
}

func (n *node) hasPackageJSON(s *survey, dir string) bool {
	_, err := s.tree.Lstat(tree.Join(dir, packageJSON))
	return err == nil
}

// bundled reports whether a package lies in one that brought it along.
func (n *node) bundled(name string) bool {
	for len(n.bundles) > 0 && name != "." {
		if name = path.Dir(name); n.bundles[name] {
			return true
		}
	}
	return false
}

// hold keeps a plugin for finish; a second link to it adds what names it.
func (n *node) hold(p *Plugin) {
	first, ok := n.held[p.Path]
	if !ok {
		n.held[p.Path] = p
		return
	}
	for _, by := range p.LoadedBy {
		if !slices.Contains(first.LoadedBy, by) {
			first.LoadedBy = append(first.LoadedBy, by)
		}
	}
	for _, o := range p.Observations {
		first.observe(o)
	}
}

// finish claims what was held back, the innermost first, so that a file
// belongs to the package closest to it.
func (n *node) finish(s *survey) {
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(n.held))) {
		p := n.held[name]
		switch {
		case s.owner(name) != "":
			// The files are those of another plugin, told with it.
		case strings.HasPrefix(path.Base(name), ".") && !n.holdsFiles(s, name, 0):
			// A store of packages, or nothing at all.
		default:
			s.claim(p)
		}
	}
}

// holdsFiles reports whether anything lies below dir that is not in a nested
// node_modules, not a package manager's own and not claimed yet.
func (n *node) holdsFiles(s *survey, dir string, depth int) bool {
	entries, err := s.tree.ReadDir(dir)
	if err != nil || depth > maxDepth {
		return true // claiming it tells what is wrong
	}
	return slices.ContainsFunc(entries, func(entry fs.DirEntry) bool {
		name := tree.Child(dir, entry.Name())
		switch {
		case holdsPackages(name) || s.seen[name]:
			return false
		case entry.IsDir():
			return n.holdsFiles(s, name, depth+1)
		}
		return !managersOwn(entry.Name()) && lastTwo(name) != ".pnpm/lock.yaml"
	})
}

func missingMetadata(o Observation) bool { return o.Kind == BrokenMetadata }

// managersOwn reports whether a file in a node_modules is one that a package
// manager (or the Finder) writes for itself.
func managersOwn(base string) bool {
	return slices.Contains([]string{
		npmOwn, ".modules.yaml", ".yarn-integrity", ".yarn-state.yml", ".DS_Store",
	}, base) || doublestar.MatchUnvalidated(".pnpm-workspace-state*.json", base)
}
