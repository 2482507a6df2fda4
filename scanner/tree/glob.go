package tree

import (
	"io/fs"

	"github.com/bmatcuk/doublestar/v4"
)

// Glob returns the names that match a doublestar pattern, sorted by directory.
// It follows symbolic links to directories only where the pattern names them
// literally or by a single "*", as the shell does, never below "**".
func Glob(t Tree, pattern string) ([]string, error) {
	return doublestar.Glob(globFS{t}, pattern, doublestar.WithNoFollow())
}

// globFS lends a Tree to doublestar. Only ReadDir and Stat are ever asked for.
type globFS struct{ tree Tree }

func (g globFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
}

func (g globFS) Stat(name string) (fs.FileInfo, error) {
	resolved, err := Resolve(g.tree, name)
	if err != nil {
		return nil, err
	}
	return g.tree.Lstat(resolved)
}

func (g globFS) ReadDir(name string) ([]fs.DirEntry, error) {
	resolved, err := Resolve(g.tree, name)
	if err != nil {
		return nil, err
	}
	return g.tree.ReadDir(resolved)
}
