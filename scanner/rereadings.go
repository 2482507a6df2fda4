package scanner

import (
	"cmp"
	"context"
	"crypto/sha256"
	"maps"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
	"plugvet/scanner/tree"
)

// Some scripts load or evaluate what only other files of their plugin tell: names.js
// exports the pieces, index.js puts them together; or load.js loads whatever its
// callers name; or a class of PHP decodes what the settings beside it hold. The first
// look at a script says so ([script.View.Open]), which few honest ones do; and what npm
// runs at install is taken for one. When all files of the plugin were seen, such scripts
// are read once more, together with the files that they load, and what is found then is
// added.

// Limits on the scripts that are read again.
const (
	maxCallerDepth = 2         // loads to a script that loads what its callers name
	maxRereadings  = 2 << 20   // bytes that are read again of one plugin,
	leastRereading = 8 << 10   // of which each takes as many at least;
	maxGiving      = 512 << 10 // and of those, for what scripts that are not open give to others
	maxAny         = 32 << 10  // and besides for those that anything may be told,
	maxAnyPlugin   = 256 << 10 // where the scripts are no more than this
)

// A rereading is a script that is to be read together with others.
type rereading struct {
	in       *graph   // of the plugin
	file     string   // relative to the plugin, as are
	siblings []string // those that it loads, or that these do
	data     []bool   // those of them that are read and are no scripts
	loads    []map[string]int
	names    []string // of the plugin's files, where the script asks for them
	imports  script.Subpaths
	size     int64 // of all, in bytes, as far as it is known
	// alone says that it is read by itself, as the script that others run it as.
	alone bool
	// shown says that nothing seems to be hidden in them. What is found in one of the
	// siblings is told of the file again only where something hides it.
	shown bool
}

// rereadings are the scripts of a complete plugin that load or evaluate what only
// other files of it may tell.
func (s *pluginState) rereadings() []rereading {
	var open []string // those that files tell first, then callers, the nearest first
	called, anything := map[string]bool{}, map[string]bool{}
	given, shared := s.given(), s.shared()
	size, assembles := int64(0), false
	for name, refs := range s.references {
		if slices.ContainsFunc(refs.links, func(l link) bool {
			return l.Gives == "" && (given[l.Name] || strings.HasPrefix(l.Name, script.AskedFile))
		}) {
			refs.open |= script.OpenToFiles
		}
		if s.renames(name, refs) || slices.ContainsFunc(refs.asks, func(name string) bool { return shared[name] }) {
			refs.open |= script.OpenToFiles | script.Assembles
		}
		if refs.open&script.OpenToFiles != 0 {
			open = append(open, name)
		}
		if refs.isScript {
			size += refs.size
			assembles = assembles || refs.open&script.Assembles != 0
		}
		if refs.size > maxSibling {
			continue
		}
		if refs.open&(script.OpenToFiles|script.OpenToCallers) != 0 {
			called[name] = true
		}
		if refs.open&script.OpenToAny != 0 {
			anything[name] = true
		}
	}
	if size > maxAnyPlugin || size > maxAny/2 && !assembles {
		anything = nil
	}
	hooks := s.hooks()
	if len(open)+len(called)+len(anything)+len(hooks) == 0 {
		return nil
	}
	g := s.graph(true)
	g.gather()
	g.inOrder()                    // which workers ask for at the same time
	atInstall := map[string]bool{} // which read little, and are worth it whatever they look like
	for _, file := range hooks {
		if name := g.resolve(".", file); name != "" && g.files[name] != nil && g.files[name].isScript && !atInstall[name] {
			atInstall[name] = true
			open = append(open, name)
		}
	}
	slices.Sort(open)
	if refs := s.references["package.json"]; refs != nil && refs.open&script.OpenToFiles != 0 {
		open = append([]string{"package.json"}, open...) // whatever else there is to read
	}
	wanted := maps.Clone(called)
	for _, callers := range g.callers(called) {
		open = append(open, callers...)
	}
	var all []rereading
	left, giving := int64(maxRereadings), int64(maxGiving)
	had := map[string]bool{}
	for _, name := range open {
		if had[name] {
			continue
		}
		r := g.rereading(name, wanted)
		cost := max(r.size, leastRereading)
		runsFiles := path.Base(name) == "package.json" // which need not be there
		if len(r.siblings)+len(r.names)+len(r.imports) == 0 && !runsFiles || cost > left && name != "package.json" {
			continue
		}
		if r.shown = !g.hides(r); r.shown && !atInstall[name] {
			continue
		}
		if g.files[name].open&^script.OpenToAny == 0 && !atInstall[name] {
			if cost > giving {
				continue
			}
			giving -= cost
		}
		left -= cost
		had[name] = true
		all = append(all, r)
	}
	return append(all, g.rereadingsOfAny(anything, had, size > maxAny/2)...)
}

// shared are the properties that scripts of JavaScript give the objects that all share.
func (s *pluginState) shared() map[string]bool {
	shared := map[string]bool{}
	for _, refs := range s.references {
		for _, name := range refs.declares {
			if strings.HasPrefix(name, script.AskedGlobal) {
				shared[name] = true
			}
		}
	}
	return shared
}

// renames tells whether a script of JavaScript loads something by a name that the plugin's
// package.json gives it: a module, or a file that its name does not show, where it is not
// known what the script loads.
func (s *pluginState) renames(file string, refs *fileReferences) bool {
	manifest := s.references["package.json"]
	if !refs.isScript || manifest == nil || path.Ext(file) == ".php" {
		return false
	}
	return slices.ContainsFunc(refs.loads, func(l reference) bool {
		if strings.HasPrefix(l.to, "#") {
			targets, _ := manifest.imports.Find(l.to)
			return slices.ContainsFunc(targets, func(to string) bool { return !strings.HasPrefix(to, "./") })
		}
		return refs.open&script.OpenToPackages != 0 && ofItself(l.to, s.plugin.Name)
	})
}

// callers are the files that load some, by how many loads lie between: the small ones
// first. They are added to the files.
func (g *graph) callers(of map[string]bool) (callers [maxCallerDepth][]string) {
	for depth := range callers {
		for name := range g.files {
			if of[name] {
				continue
			}
			for _, to := range g.leadsFrom(name) {
				if of[to] {
					callers[depth] = append(callers[depth], name)
					break
				}
			}
		}
		for _, name := range callers[depth] {
			of[name] = true
		}
		slices.SortFunc(callers[depth], g.smallest)
	}
	return callers
}

func (g *graph) smallest(a, b string) int {
	return cmp.Or(cmp.Compare(g.files[a].size, g.files[b].size), cmp.Compare(a, b))
}

// rereadingsOfAny are those of scripts that call what nothing is known of, without
// another sign. There are many such scripts, so it is done where it is cheap: from the
// farthest callers, with all that lies between, and each script but once. Of a large
// plugin only those are that have something hidden.
func (g *graph) rereadingsOfAny(anything, had map[string]bool, hidden bool) (all []rereading) {
	if len(anything) == 0 {
		return nil
	}
	wanted := maps.Clone(anything)
	from := g.callers(anything)
	roots := slices.SortedFunc(maps.Keys(wanted), g.smallest)
	for _, callers := range from {
		roots = append(callers, roots...)
	}
	left, tries := int64(maxAny), maxAny/leastRereading
	covered := map[string]bool{}
	for _, name := range roots {
		if had[name] || covered[name] || g.files[name].size > left {
			continue
		}
		if tries--; tries < 0 || left < leastRereading {
			break
		}
		r := g.rereading(name, wanted)
		cost := max(r.size, leastRereading)
		if len(r.siblings) == 0 || cost > left || hidden && !g.hides(r) {
			continue
		}
		for _, name := range r.siblings {
			covered[name] = true
		}
		left -= cost
		all = append(all, r)
	}
	return all
}

// maxRenamed is how many bytes of a plugin's files are read anew as the scripts that they are
// run as, and maxRenamedRounds how often such a file may lead to another.
const (
	maxRenamed       = 32 << 20
	maxRenamedRounds = 16
)

// byAnotherName are the files that scripts of a plugin load as scripts, though by their names
// or first words they are none, and that were not read as such: most declarations and READMEs
// read like scripts, and few are.
func (s *pluginState) byAnotherName() (all []rereading) {
	if s.rounds == maxRenamedRounds {
		return nil
	}
	s.rounds++
	g := s.graph(false)
	for to := range g.loadedByAnotherName(inspect.Scripts.AsJavaScript) {
		size := s.references[to].size
		if s.scripts[to] || s.renamed+size > maxRenamed {
			continue
		}
		s.renamed += size
		if s.scripts == nil {
			s.scripts = map[string]bool{}
		}
		s.scripts[to] = true
		all = append(all, rereading{file: to, alone: true})
	}
	return all
}

// alsoLoads adds to what a script loads what only shows when it is read together with
// others, as files that it lists.
func (s *pluginState) alsoLoads(o outcome) {
	refs := s.references[o.sum.Name]
	if refs == nil || o.references == nil {
		return
	}
	for _, load := range o.references.loads[:min(len(o.references.loads), maxNames)] {
		known := slices.ContainsFunc(refs.loads, func(l reference) bool { return l.to == load.to })
		if !known && s.loads < maxPluginLoads {
			refs.add(load.to, load.line)
			s.loads++
		}
	}
}

// hooks are the files that npm runs when the plugin is installed.
func (s *pluginState) hooks() (files []string) {
	if refs := s.references["package.json"]; refs != nil {
		for _, e := range refs.entries {
			if e.Hook != nil {
				files = append(files, e.Files...)
			}
		}
	}
	return files
}

// given are the names of what the files give to one another; see script.Link.
func (s *pluginState) given() map[string]bool {
	given := map[string]bool{}
	for _, refs := range s.references {
		for _, l := range refs.links {
			if l.Gives != "" {
				given[l.Name] = true
			}
		}
	}
	return given
}

// hides tells whether something may be hidden among scripts that are read together.
func (g *graph) hides(r rereading) bool {
	assembles := func(name string) bool { return g.files[name] != nil && g.files[name].open&script.Assembles != 0 }
	return assembles(r.file) || slices.ContainsFunc(r.siblings, assembles)
}

// reopen tells whether a plugin, all files of which were seen, has scripts that are to
// be read again before it is complete. The caller holds mu.
func (c *collector) reopen(s *pluginState) bool {
	if s.again || s.carried {
		return false
	}
	if s.rereads = s.byAnotherName(); len(s.rereads) == 0 && !s.complete {
		s.complete, s.rounds = true, 0
		s.rereads = s.rereadings()
	}
	if len(s.rereads) == 0 {
		return false
	}
	s.open, s.seen = len(s.rereads), len(s.findings)
	s.digests = make(map[string][sha256.Size]byte, len(s.sums))
	for _, f := range s.sums {
		s.digests[f.Name] = f.Sum
	}
	c.reopened = append(c.reopened, s)
	return true
}

// reread hands out the scripts that are read together with others.
func (c *collector) reread(ctx context.Context) error {
	c.mu.Lock()
	reopened := c.reopened
	c.reopened = nil // what is found may reopen a plugin once more
	c.mu.Unlock()
	for _, s := range reopened {
		c.opts.Progress.Found(len(s.rereads))
		for i := range s.rereads {
			c.submit(job{s, s.pathOf(s.rereads[i].file), &s.rereads[i]})
		}
	}
	return ctx.Err()
}

// retake adds what was found in a script that was read together with others. The
// caller holds mu.
func (c *collector) retake(j job, o outcome) {
	at := rootPath{j.state.root.path, j.name}
	if o.err != nil {
		if c.skipped[at] == "" && c.errors[at] == "" {
			j.state.tally.matched--
			j.state.tally.gaps++
		}
		also(c.errors, at, reasonOf(o.err))
		return
	}
	if j.with.alone {
		s := j.state
		if was := s.references[o.sum.Name]; o.references != nil {
			o.references.reads = was.reads
			s.keep(o.sum.Name, o.references)
		}
		for _, f := range o.findings {
			f.name = o.sum.Name
			s.findings = append(s.findings, f)
		}
		return
	}
	j.state.alsoLoads(o)
	type known struct{ own, inSibling bool }
	rules := map[string]known{}
	for _, f := range j.state.findings[:j.state.seen] {
		k := rules[f.Rule]
		rules[f.Rule] = known{k.own || f.name == o.sum.Name, k.inSibling || slices.Contains(j.with.siblings, f.name)}
	}
	for _, f := range o.findings {
		hidden := f.View == "decoded" && !j.with.shown
		if k := rules[f.Rule]; !k.own && (hidden || !k.inSibling) {
			f.name = o.sum.Name
			with := strings.Join(j.with.siblings, ", ")
			if with == "" {
				with = "the names of the plugin's files"
			}
			f.Why = append(f.Why, Why{f.Path, f.Line, "read together with " + tree.Printable(with)})
			j.state.findings = append(j.state.findings, f)
		}
	}
}
