package scanner

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
)

// What a script is read with, when it is read again, are files of the plugin's own list,
// by the references of the first look. Their bytes must be those that were hashed before.

// Limits on the files that a script is read with.
const (
	maxSiblings     = 8
	maxMoreSiblings = 4         // that are asked for besides, when it is read with those
	maxMoreTimes    = 2         // that more is asked for
	maxSibling      = 256 << 10 // bytes of one
	maxSiblingsSize = 256 << 10 // and of all
	maxSiblingDepth = 4         // loads from the script to the file
	maxNames        = 1 << 10   // of files that a script is told
)

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
	r.imports, _ = g.importsFor(path.Dir(file))
	if slices.Contains(g.files[file].asks, script.AskedNames) {
		r.names = g.namesFrom(path.Dir(file))
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
		r.names = r.in.namesFrom(path.Dir(r.file))
	}
	first := r.in.files[r.file].asks // which it could have been read with
	for _, name := range asks {
		if slices.Contains(first, name) {
			continue
		}
		specifier, isFile := strings.CutPrefix(name, script.AskedFile)
		to := r.in.declared[name]
		if isFile {
			if to = path.Clean(specifier); !r.in.names[to] {
				to = r.in.resolveFile(to)
			}
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

// namesFrom are the names of the plugin's files as scripts in a directory name them:
// first of those below it, then of the others.
func (g *graph) namesFrom(dir string) (names []string) {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	sorted := g.inOrder()
	first, _ := slices.BinarySearch(sorted, prefix)
	last := first
	for last < len(sorted) && strings.HasPrefix(sorted[last], prefix) {
		last++
	}
	for _, part := range [][]string{sorted[first:last], sorted[:first], sorted[last:]} {
		for _, name := range part[:min(len(part), maxNames-len(names))] {
			names = append(names, specifierOf(dir, name))
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
func (g *graph) withSuffix(suffix string) []string {
	const most = maxSiblings / 2
	if g.bySuffix == nil {
		g.bySuffix = map[string][]string{}
		for _, name := range g.inOrder() {
			if of := path.Ext(name); len(g.bySuffix[of]) < most {
				g.bySuffix[of] = append(g.bySuffix[of], name)
			}
		}
	}
	return g.bySuffix[suffix]
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

// siblings reads the files that a script is read with. The error is of one that is not
// what was hashed before.
func (w *worker) siblings(j job) (*script.Siblings, error) {
	out := &script.Siblings{Name: j.with.file, Loads: j.with.loads, Names: j.with.names, Imports: j.with.imports, Files: make([]script.Sibling, len(j.with.siblings))}
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
