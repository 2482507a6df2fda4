package tree

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"syscall"

	"github.com/bmatcuk/doublestar/v4"
)

// Glob returns the names that a doublestar pattern matches, in no certain order.
// It follows symbolic links to directories where the pattern names them, in
// letters or by "*", as the shell does, but never at or below "**". fail hears
// of each name that kept it from looking, also of a link to nothing
// (fs.ErrNotExist); what is simply not there is no failure.
func Glob(t Tree, pattern string, fail func(name string, err error)) ([]string, error) {
	fsys := globFS{t, fail}
	if !doublestar.ValidatePattern(pattern) {
		return nil, doublestar.ErrBadPattern
	}
	double := strings.Index(pattern, "**")
	if double < 0 {
		return doublestar.Glob(fsys, pattern)
	}
	slash := strings.LastIndex(pattern[:double], "/")
	if slash < 0 || !doublestar.ValidatePattern(pattern[:slash]) { // within braces
		return doublestar.Glob(fsys, pattern, doublestar.WithNoFollow())
	}
	dirs, err := doublestar.Glob(fsys, pattern[:slash])
	if err != nil {
		return nil, err
	}
	var names []string
	for _, dir := range dirs {
		below, err := doublestar.Glob(fsys, literal.Replace(dir)+pattern[slash:], doublestar.WithNoFollow())
		if err != nil {
			return nil, err
		}
		names = append(names, below...)
	}
	return names, nil
}

// literal escapes what a pattern would take for more than itself.
var literal = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `{`, `\{`, `}`, `\}`)

// globFS lends a Tree to doublestar, which swallows errors: they are told here.
// Only ReadDir and Stat are ever asked for.
type globFS struct {
	tree Tree
	fail func(name string, err error)
}

func (g globFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
}

func (g globFS) Stat(name string) (fs.FileInfo, error) {
	resolved, err := g.resolve(name)
	if err != nil {
		return nil, err
	}
	return g.tree.Lstat(resolved)
}

func (g globFS) ReadDir(name string) ([]fs.DirEntry, error) {
	resolved, err := g.resolve(name)
	if err != nil {
		return nil, err
	}
	entries, err := g.tree.ReadDir(resolved)
	if err != nil && !absent(err) {
		g.fail(name, err)
		return entries, nil // those that a listing gave before it broke
	}
	return entries, err
}

// resolve is Resolve, and tells of the first link that cannot be followed or
// the first directory that cannot be searched.
func (g globFS) resolve(name string) (string, error) {
	resolved, err := Resolve(g.tree, name)
	if err == nil {
		return resolved, nil
	}
	dir, elements := ".", strings.Split(name, "/")
	for i, element := range elements {
		prefix := strings.Join(elements[:i+1], "/")
		next, nextErr := Resolve(g.tree, prefix)
		if nextErr == nil {
			dir = next
			continue
		}
		info, lstatErr := g.tree.Lstat(path.Join(dir, element))
		switch {
		case lstatErr == nil && info.Mode()&fs.ModeSymlink != 0:
			g.fail(prefix, nextErr)
		case lstatErr != nil && !absent(lstatErr):
			g.fail(dir, lstatErr)
		}
		break
	}
	return "", err
}

// absent reports whether err says that nothing is there, or a file where a
// directory would have to be.
func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) }
