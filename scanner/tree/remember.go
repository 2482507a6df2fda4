package tree

import (
	"errors"
	"io/fs"
)

// maxRemembered bounds what a tree remembers, in names.
const maxRemembered = 1 << 14

// Remember returns a view of t for one goroutine that looks up hundreds of patterns and
// paths, all of which begin with the same few directories: which names are directories,
// and which are not there, it asks for once. Files and links it asks for each time.
func Remember(t Tree) Tree { return &remembering{t, map[string]looked{}} }

type remembering struct {
	Tree
	known map[string]looked
}

// A looked is what a look at a name came to.
type looked struct {
	info fs.FileInfo
	err  error
}

func (r *remembering) Lstat(name string) (fs.FileInfo, error) {
	if l, ok := r.known[name]; ok {
		return l.info, l.err
	}
	info, err := r.Tree.Lstat(name)
	if len(r.known) < maxRemembered && (err == nil && info.IsDir() || errors.Is(err, fs.ErrNotExist)) {
		r.known[name] = looked{info, err}
	}
	return info, err
}
