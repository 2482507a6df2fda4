package tree

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
)

// dir is a directory of this machine.
type dir struct{ root *os.Root }

// OpenDir opens a directory of this machine as a tree.
func OpenDir(path string) (Tree, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return &dir{root}, nil
}

func (d *dir) Close() error                           { return d.root.Close() }
func (d *dir) Lstat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }
func (d *dir) ReadLink(name string) (string, error)   { return d.root.Readlink(name) }

func (d *dir) ReadDir(name string) ([]fs.DirEntry, error) {
	f, err := d.root.OpenFile(name, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// Open looks before and after: Lstat keeps it from touching a device, and the
// comparison catches a name that became a link in between.
func (d *dir) Open(name string) (File, error) {
	before, err := d.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	notRegular := func(mode fs.FileMode) error {
		return &fs.PathError{Op: "open", Path: name, Err: fmt.Errorf("%w: %s", ErrNotRegular, Describe(mode))}
	}
	if !before.Mode().IsRegular() {
		return nil, notRegular(before.Mode())
	}
	f, err := d.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	after, err := f.Stat()
	if err == nil && !after.Mode().IsRegular() {
		err = notRegular(after.Mode())
	}
	if err == nil && !os.SameFile(before, after) {
		err = &fs.PathError{Op: "open", Path: name, Err: fmt.Errorf("%w: replaced while it was opened", ErrNotRegular)}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Describe names the type of a file for people: "named pipe", "symbolic link".
func Describe(mode fs.FileMode) string {
	switch mode.Type() {
	case 0:
		return "regular file"
	case fs.ModeDir:
		return "directory"
	case fs.ModeSymlink:
		return "symbolic link"
	case fs.ModeNamedPipe:
		return "named pipe"
	case fs.ModeSocket:
		return "socket"
	case fs.ModeDevice:
		return "block device"
	case fs.ModeDevice | fs.ModeCharDevice:
		return "character device"
	}
	return "irregular file"
}
