package provenance

import (
	"path"
	"sync"

	"plugvet/scanner/tree"
)

// places tells to which plugin a file belongs: the one whose path is the nearest
// above it.
type places struct {
	paths map[string]bool
	mu    *sync.Mutex
	dirs  map[string]string // of directories that were asked for; empty: none
}

func newPlaces(paths []string) places {
	p := places{map[string]bool{}, new(sync.Mutex), map[string]string{}}
	for _, name := range paths {
		p.paths[name] = true
	}
	return p
}

// of is the path of the plugin that a file belongs to, or empty.
func (p *places) of(name string) string {
	if p.paths[name] {
		return name
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.above(path.Dir(name), 0)
}

// maxDepth is how deep a directory may lie to be asked about.
const maxDepth = 128

func (p *places) above(dir string, depth int) string {
	if p.paths[dir] {
		return dir
	}
	if dir == "." || dir == "/" || depth > maxDepth {
		return ""
	}
	owner, known := p.dirs[dir]
	if !known {
		owner = p.above(path.Dir(dir), depth+1)
		if len(p.dirs) < maxDirs {
			p.dirs[dir] = owner
		}
	}
	return owner
}

// maxDirs bounds what is remembered: a hostile list has any number of them.
const maxDirs = 1 << 18

// aliases are the directories at the root of a tree that lead into usr
// (file-hierarchy(7), "usr-merge"): databases name files by either path, and
// plugins have one.
type aliases map[string]string

func readAliases(t tree.Tree) aliases {
	a := aliases{}
	for _, name := range []string{"bin", "sbin", "lib", "lib32", "lib64", "libx32"} {
		info, err := t.Lstat(name)
		if err != nil || info.IsDir() {
			continue
		}
		if target, err := tree.Resolve(t, name); err == nil {
			a[name] = target
		}
	}
	return a
}

// name is the path of a database as the tree has it.
func (a aliases) name(file string) string {
	file = tree.Clean(file)
	for i := range len(file) {
		if file[i] != '/' {
			continue
		}
		if target, ok := a[file[:i]]; ok {
			return tree.Clean(target + file[i:])
		}
		break
	}
	return file
}
