package tree

import (
	"container/list"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// dir is a directory of this machine. It keeps the directories that were used
// last open: a file is opened relative to its own, which spares the system from
// looking up, and this package from checking, every directory above it.
//
// Directories are opened one below the other, and no link is followed on the way.
// Where one stands there, os.Root follows it, which never leaves the root.
type dir struct {
	root *os.Root
	self *os.File // the root as a file
	top  *handle

	mu   sync.Mutex
	open map[string]*handle // by name
	used *list.List         // of them, the one that was used last in front
}

// A handle is an open directory. It is closed when nobody uses it any more and
// it is not kept either.
type handle struct {
	name  string
	fd    int
	users int // of them the dir itself, while it keeps the handle
	place *list.Element

	listing sync.Mutex // whoever reads the entries
	listed  bool       // they were read before
}

// maxOpen is how many directories are kept open: more than are being walked and
// read at once, and far fewer than a process may have.
const maxOpen = 64

// OpenDir opens a directory of this machine as a tree.
func OpenDir(path string) (Tree, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	self, err := root.Open(".")
	if err != nil {
		root.Close()
		return nil, err
	}
	d := &dir{root: root, self: self, open: map[string]*handle{}, used: list.New()}
	d.top = &handle{name: ".", fd: int(self.Fd()), users: 1}
	return d, nil
}

func (d *dir) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name, h := range d.open {
		delete(d.open, name)
		d.drop(h)
	}
	return errors.Join(d.self.Close(), d.root.Close())
}

// in calls do with the open directory that name lies in and its name there.
func (d *dir) in(op, name string, do func(fd int, base string) error) error {
	parent, err := d.directory(path.Dir(name))
	if err == nil {
		err = do(parent.fd, path.Base(name))
		d.release(parent)
	}
	return failed(op, name, err)
}

// failed says what failed on what.
func failed(op, name string, err error) error {
	var at *fs.PathError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &at):
		err = at.Err
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

// directory opens a directory, or returns one that is kept open. The caller must
// release it.
func (d *dir) directory(name string) (*handle, error) {
	if h := d.kept(name); h != nil {
		return h, nil
	}
	parent, err := d.directory(path.Dir(name))
	if err != nil {
		return nil, err
	}
	fd, err := retried(func() (int, error) {
		return unix.Openat(parent.fd, path.Base(name), unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	})
	d.release(parent)
	if err == unix.ENOTDIR || err == unix.ELOOP {
		fd, err = d.followed(name)
	}
	if err != nil {
		return nil, err
	}
	h := &handle{name: name, fd: fd, users: 2}
	d.mu.Lock()
	defer d.mu.Unlock()
	if other := d.open[name]; other != nil { // somebody was faster
		other.users++
		h.close()
		return other, nil
	}
	if len(d.open) >= maxOpen {
		oldest := d.used.Remove(d.used.Back()).(*handle)
		delete(d.open, oldest.name)
		d.drop(oldest)
	}
	h.place = d.used.PushFront(h)
	d.open[name] = h
	return h, nil
}

// followed opens a directory that a link leads to.
func (d *dir) followed(name string) (fd int, err error) {
	f, err := d.root.OpenFile(name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NONBLOCK, 0)
	if err != nil {
		return -1, err
	}
	defer f.Close()
	return retried(func() (int, error) { return unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0) })
}

func (d *dir) kept(name string) *handle {
	d.mu.Lock()
	defer d.mu.Unlock()
	if name == "." {
		d.top.users++
		return d.top
	}
	h := d.open[name]
	if h != nil {
		d.used.MoveToFront(h.place)
		h.users++
	}
	return h
}

func (d *dir) release(h *handle) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drop(h)
}

// drop takes one user from a handle. The caller holds mu.
func (d *dir) drop(h *handle) {
	if h.users--; h.users == 0 {
		h.close()
	}
}

func (h *handle) close() { unix.Close(h.fd) } // nothing was written

func (d *dir) Lstat(name string) (fs.FileInfo, error) {
	i := &info{name: path.Base(name)}
	err := d.in("lstat", name, func(fd int, base string) error {
		_, err := retried(func() (int, error) { return 0, unix.Fstatat(fd, base, &i.stat, unix.AT_SYMLINK_NOFOLLOW) })
		return err
	})
	if err != nil {
		return nil, err
	}
	return i, nil
}

func (d *dir) ReadLink(name string) (target string, err error) {
	err = d.in("readlink", name, func(fd int, base string) error {
		for size := 256; ; size *= 2 {
			buffer := make([]byte, size)
			n, err := retried(func() (int, error) { return unix.Readlinkat(fd, base, buffer) })
			if err != nil {
				return err
			}
			if n < size {
				target = string(buffer[:n])
				return nil
			}
		}
	})
	return target, err
}

func (d *dir) ReadDir(name string) ([]fs.DirEntry, error) {
	h, err := d.directory(name)
	if err != nil {
		return nil, failed("readdir", name, err)
	}
	defer d.release(h)
	entries, err := h.list(d)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, failed("readdir", name, err)
}

// An entry is one of a directory.
type entry struct {
	dir      *dir
	name, in string
	mode     fs.FileMode
}

func (e *entry) Name() string               { return e.name }
func (e *entry) IsDir() bool                { return e.mode.IsDir() }
func (e *entry) Type() fs.FileMode          { return e.mode }
func (e *entry) Info() (fs.FileInfo, error) { return e.dir.Lstat(Join(e.in, e.name)) }

// Open looks first: that keeps it from touching a device.
func (d *dir) Open(name string) (File, error) {
	before, err := d.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !before.Mode().IsRegular() {
		return nil, notRegular(name, before.Mode())
	}
	return d.OpenListed(name)
}

func notRegular(name string, mode fs.FileMode) error {
	return &fs.PathError{Op: "open", Path: name, Err: fmt.Errorf("%w: %s", ErrNotRegular, Describe(mode))}
}

func (d *dir) OpenListed(name string) (File, error) {
	var f *file
	err := d.in("open", name, func(fd int, base string) (err error) {
		f, err = openAt(fd, base)
		return err
	})
	if err != nil {
		return nil, err
	}
	if mode := f.info.Mode(); !mode.IsRegular() {
		f.Close()
		return nil, notRegular(name, mode)
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
