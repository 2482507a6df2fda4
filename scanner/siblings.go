package scanner

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
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
//
// What a script is read with are files of the plugin's own list, by the references of
// the first look. Their bytes must be those that were hashed before.

// Limits on the files that a script is read with.
const (
	maxSiblings     = 8
	maxMoreSiblings = 4         // that are asked for besides, when it is read with those
	maxSibling      = 256 << 10 // bytes of one
	maxSiblingsSize = 256 << 10 // and of all
	maxSiblingDepth = 4         // loads from the script to the file
	maxNames        = 1 << 10   // of files that a script is told
	maxMoreTimes    = 2         // that more is asked for
	maxCallerDepth  = 2         // and to one that loads what its callers name
	maxRereadings   = 2 << 20   // bytes that are read again of one plugin,
	leastRereading  = 8 << 10   // of which each takes as many at least;
	maxGiving       = 512 << 10 // and of those, for what scripts that are not open give to others
	maxAny          = 32 << 10  // and besides for those that anything may be told,
	maxAnyPlugin    = 256 << 10 // where the scripts are no more than this
)

// A rereading is a script that is to be read together with others.
type rereading struct {
	in       *graph   // of the plugin
	file     string   // relative to the plugin, as are
	siblings []string // those that it loads, or that these do
	data     []bool   // those of them that are read and are no scripts
	loads    []map[string]int
	names    []string // of the plugin's files, where the script asks for them
	size     int64    // of all, in bytes, as far as it is known
	// shown says that nothing seems to be hidden in them: what is found in one of the
	// siblings is not told of the file again.
	shown bool
}

// rereadings are the scripts of a complete plugin that load or evaluate what only
// other files of it may tell.
func (s *pluginState) rereadings() []rereading {
	var open []string // those that files tell first, then callers, the nearest first
	called, anything := map[string]bool{}, map[string]bool{}
	given := s.given()
	size, assembles := int64(0), false
	for name, refs := range s.references {
		if slices.ContainsFunc(refs.links, func(l link) bool {
			return l.Gives == "" && (given[l.Name] || strings.HasPrefix(l.Name, script.AskedFile))
		}) {
			refs.open |= script.OpenToFiles
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
		if len(r.siblings)+len(r.names) == 0 || cost > left {
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

// rereading gathers what a script is read with: the nearest files first, and of those
// that one file loads first the wanted ones.
func (g *graph) rereading(file string, wanted map[string]bool) rereading {
	r := rereading{in: g, file: file, size: g.files[file].size}
	number, depth := map[string]int{file: 0}, []int{0}
	for i := 0; i < len(depth); i++ {
		from, to := file, map[string]int{}
		if i > 0 {
			from = r.siblings[i-1]
		}
		r.loads = append(r.loads, to)
		if g.files[from] == nil {
			continue
		}
		for _, first := range []bool{true, false} {
			for specifier, name := range g.leadsFrom(from) {
				n, known := number[name]
				if !known {
					if wanted[name] != first || !g.readable(name, specifier, from) || len(r.siblings) == maxSiblings || depth[i] == maxSiblingDepth {
						continue
					}
					if refs := g.files[name]; refs != nil {
						r.size += refs.size
					}
					r.siblings, depth = append(r.siblings, name), append(depth, depth[i]+1)
					r.data = append(r.data, g.isData(name, specifier, from))
					n = len(r.siblings)
					number[name] = n
				}
				to[specifier] = n
			}
		}
	}
	if slices.Contains(g.files[file].asks, script.AskedNames) {
		r.names = g.namesBelow(path.Dir(file))
	}
	return r
}

// also adds the files that a script, read with those that are known, asks for besides: one
// that a file of settings names, or a value that went through another file. They are
// named from the plugin's own directory; the names of its files are added as well. It is
// false where there are none, and where what is read is not small.
func (r *rereading) also(asks []string) bool {
	before := len(r.siblings)
	if r.size > maxAny {
		return false
	}
	names := r.names == nil && slices.Contains(asks, script.AskedNames)
	if names {
		r.names = r.in.namesBelow(path.Dir(r.file))
	}
	first := r.in.files[r.file].asks // which it could have been read with
	for _, name := range asks {
		if slices.Contains(first, name) {
			continue
		}
		specifier, isFile := strings.CutPrefix(name, script.AskedFile)
		to := r.in.declared[name]
		if isFile {
			to = path.Clean(specifier)
		}
		if to == r.file || !r.in.names[to] || slices.Contains(r.siblings, to) || len(r.siblings)-before == maxMoreSiblings {
			continue
		}
		refs := r.in.files[to]
		isScript := refs != nil && refs.isScript
		if !isScript && !isFile || isScript && refs.size > maxSibling {
			continue
		}
		r.siblings, r.data, r.loads = append(r.siblings, to), append(r.data, !isScript && path.Ext(to) != ".json"), append(r.loads, nil)
	}
	return names || len(r.siblings) > before
}

// namesBelow are the names of the files below a directory of the plugin, from it on, as
// scripts name them.
func (g *graph) namesBelow(dir string) (names []string) {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	sorted := g.inOrder()
	first, _ := slices.BinarySearch(sorted, prefix)
	for _, name := range sorted[first:] {
		below, ok := strings.CutPrefix(name, prefix)
		if !ok {
			break
		}
		if names = append(names, "./"+below); len(names) == maxNames {
			break
		}
	}
	return names
}

// inOrder are the names of all files.
func (g *graph) inOrder() []string {
	if g.sorted == nil {
		g.sorted = slices.Sorted(maps.Keys(g.names))
	}
	return g.sorted
}

// withSuffix are the first of the files with a suffix.
func (g *graph) withSuffix(suffix string) (names []string) {
	const most = maxSiblings / 2
	for _, name := range g.inOrder() {
		if path.Ext(name) == suffix {
			if names = append(names, name); len(names) == most {
				break
			}
		}
	}
	return names
}

// specifierOf is the name by which a script in a directory loads a file of its plugin.
func specifierOf(dir, file string) string {
	up := ""
	for dir != "." && !strings.HasPrefix(file, dir+"/") {
		dir, up = path.Dir(dir), up+"../"
	}
	if dir != "." {
		file = strings.TrimPrefix(file, dir+"/")
	}
	return cmp.Or(up, "./") + file
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

// leadsFrom goes over what a file loads, and over what it asks for that others declare:
// by which name, and the file that it leads to.
func (g *graph) leadsFrom(from string) iter.Seq2[string, string] {
	return func(yield func(specifier, to string) bool) {
		refs, dir := g.files[from], path.Dir(from)
		for _, load := range refs.loads {
			if to := g.resolve(dir, load.to); to != "" && !yield(load.to, to) {
				return
			}
		}
		for _, name := range refs.asks {
			if suffix, ok := strings.CutPrefix(name, script.AskedSuffix); ok {
				for _, to := range g.withSuffix(suffix) {
					if !yield(specifierOf(dir, to), to) {
						return
					}
				}
				continue
			}
			specifier, isFile := strings.CutPrefix(name, script.AskedFile)
			to := g.declared[name]
			if isFile {
				to = g.resolve(dir, specifier)
			}
			if to != "" && to != from && !yield(specifier, to) {
				return
			}
		}
	}
}

// gather notes which files declare what; of two of a name the first one counts.
func (g *graph) gather() {
	g.declared = map[string]string{}
	for _, file := range slices.Sorted(maps.Keys(g.files)) {
		for _, name := range g.files[file].declares {
			if g.declared[name] == "" {
				g.declared[name] = file
			}
		}
	}
}

// readable tells whether a file may be read with a script of the plugin, from which a
// specifier leads to it. Of data it is known as such, or the script opens it by name.
func (g *graph) readable(name, specifier, from string) bool {
	if refs := g.files[name]; refs != nil && refs.isScript {
		return refs.size <= maxSibling
	}
	// How large it is shows when it is read.
	return path.Ext(name) == ".json" || g.isData(name, specifier, from)
}

// isData tells whether a file, to which a specifier leads from a script, is read by it as
// data.
func (g *graph) isData(name, specifier, from string) bool {
	refs := g.files[name]
	asks := g.files[from].asks
	return (refs == nil || !refs.isScript) && path.Ext(name) != ".json" &&
		(slices.Contains(asks, script.AskedFile+specifier) || slices.Contains(asks, script.AskedSuffix+path.Ext(name)))
}

// reopen tells whether a plugin, all files of which were seen, has scripts that are to
// be read again before it is complete. The caller holds mu.
func (c *collector) reopen(s *pluginState) bool {
	if s.again || s.carried || s.complete {
		return false
	}
	s.complete = true
	if s.rereads = s.rereadings(); len(s.rereads) == 0 {
		return false
	}
	s.open = len(s.rereads)
	s.digests = make(map[string][sha256.Size]byte, len(s.sums))
	for _, f := range s.sums {
		s.digests[f.Name] = f.Sum
	}
	c.reopened = append(c.reopened, s)
	return true
}

// reread hands out the scripts that are read together with others.
func (c *collector) reread(ctx context.Context) error {
	for _, s := range c.reopened {
		c.opts.Progress.Found(len(s.rereads))
		for i := range s.rereads {
			c.submit(job{s, s.pathOf(s.rereads[i].file), &s.rereads[i]})
		}
	}
	return ctx.Err()
}

// siblings reads the files that a script is read with. The error is of one that is not
// what was hashed before.
func (w *worker) siblings(j job) (*script.Siblings, error) {
	out := &script.Siblings{Name: j.with.file, Loads: j.with.loads, Names: j.with.names, Files: make([]script.Sibling, len(j.with.siblings))}
	size := int64(0)
	for i, name := range j.with.siblings {
		file, err := w.reader.Read(w.ctx, j.state.root.tree, j.state.pathOf(name), maxSibling)
		if err != nil {
			return nil, fmt.Errorf("%s, which it loads: %w", name, err)
		}
		if file.SHA256 != j.state.digests[name] {
			return nil, fmt.Errorf("%s, which it loads: %w", name, inspect.ErrChanged)
		}
		if size += file.Size; !file.Oversize && size <= maxSiblingsSize {
			out.Files[i] = script.Sibling{Name: name, Data: slices.Clone(file.Data), IsData: j.with.data[i]}
		} else {
			size -= file.Size
		}
	}
	return out, nil
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
	known := map[string]bool{} // rules
	for _, f := range j.state.findings {
		if f.name == o.sum.Name || j.with.shown && slices.Contains(j.with.siblings, f.name) {
			known[f.Rule] = true
		}
	}
	for _, f := range o.findings {
		if f.name = o.sum.Name; !known[f.Rule] {
			with := strings.Join(j.with.siblings, ", ")
			if with == "" {
				with = "the names of the plugin's files"
			}
			f.Why = append(f.Why, Why{f.Path, f.Line, "read together with " + tree.Printable(with)})
			j.state.findings = append(j.state.findings, f)
		}
	}
}
