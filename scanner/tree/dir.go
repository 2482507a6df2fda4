package tree

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// dir is a directory of this machine. It keeps the directories that were used
// last open: a file is opened relative to its own, which spares the system from
// looking up, and this package from checking, every directory above it.
type dir struct {
	root *os.Root

	mu   sync.Mutex
	open map[string]*handle // by name
	tick uint64             // counts uses
}

// A handle is an open directory. It is closed when nobody uses it any more and
// it is not kept either.
type handle struct {
	*os.Root
	self  *os.File // the same, as a file
	users int      // of them the dir itself, while it keeps the handle
	last  uint64   // when it was used last
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
	return &dir{root: root, open: map[string]*handle{}}, nil
}

func (d *dir) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name, h := range d.open {
		delete(d.open, name)
		d.drop(h)
	}
	return d.root.Close()
}

// in calls do with the open directory that name lies in and its name there.
// Where that directory cannot be opened by itself, because a link in its name
// leads elsewhere below the root, it is the root and the whole name.
func (d *dir) in(name string, do func(*os.Root, string) error) error {
	slash := strings.LastIndexByte(name, '/')
	if slash < 0 {
		return do(d.root, name)
	}
	h := d.directory(name[:slash])
	if h == nil {
		return do(d.root, name)
	}
	err := do(h.Root, name[slash+1:])
	d.release(h)
	return whole(err, name)
}

// whole gives an error the whole name of what it is about.
func whole(err error, name string) error {
	if at, ok := err.(*fs.PathError); ok {
		at.Path = name
	}
	return err
}

// directory opens a directory, or returns one that is kept open. It is nil where
// that failed. The caller must release it.
func (d *dir) directory(name string) *handle {
	if h := d.kept(name); h != nil {
		return h
	}
	var opened *os.Root
	err := d.in(name, func(parent *os.Root, base string) (err error) {
		opened, err = parent.OpenRoot(base)
		return err
	})
	if err != nil {
		return nil
	}
	self, err := opened.Open(".")
	if err != nil {
		opened.Close()
		return nil
	}
	h := &handle{Root: opened, self: self, users: 2}
	d.mu.Lock()
	defer d.mu.Unlock()
	if other := d.open[name]; other != nil { // somebody was faster
		other.users++
		h.close()
		return other
	}
	if len(d.open) >= maxOpen {
		d.closeOldest()
	}
	d.tick++
	h.last = d.tick
	d.open[name] = h
	return h
}

func (d *dir) kept(name string) *handle {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.open[name]
	if h != nil {
		d.tick++
		h.last = d.tick
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

func (h *handle) close() {
	h.self.Close() // nothing was written
	h.Root.Close()
}

// closeOldest lets go of the directory that was not used for longest. The caller
// holds mu.
func (d *dir) closeOldest() {
	var oldest string
	for name, h := range d.open {
		if o := d.open[oldest]; o == nil || h.last < o.last {
			oldest = name
		}
	}
	h := d.open[oldest]
	delete(d.open, oldest)
	d.drop(h)
}

func (d *dir) Lstat(name string) (info fs.FileInfo, err error) {
	err = d.in(name, func(parent *os.Root, base string) (err error) {
		info, err = parent.Lstat(base)
		return err
	})
	return info, err
}

func (d *dir) ReadLink(name string) (target string, err error) {
	err = d.in(name, func(parent *os.Root, base string) (err error) {
		target, err = parent.Readlink(base)
		return err
	})
	return target, err
}

func (d *dir) ReadDir(name string) ([]fs.DirEntry, error) {
	var entries []fs.DirEntry
	var err error
	if h := d.directory(name); h != nil {
		entries, err = h.list(d, name)
		d.release(h)
	} else {
		entries, err = d.listByName(name)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, whole(err, name)
}

// listByName lists a directory that a link in its name leads to.
func (d *dir) listByName(name string) ([]fs.DirEntry, error) {
	f, err := d.root.OpenFile(name, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

func (d *dir) Open(name string) (file File, err error) {
	err = d.in(name, func(parent *os.Root, base string) error {
		f, err := openRegular(parent, base)
		if err == nil {
			file = f
		}
		return err
	})
	return file, err
}

// openRegular looks before and after: Lstat keeps it from touching a device, and
// the comparison catches a name that became a link in between.
func openRegular(parent *os.Root, base string) (*opened, error) {
	before, err := parent.Lstat(base)
	if err != nil {
		return nil, err
	}
	notRegular := func(mode fs.FileMode) error {
		return &fs.PathError{Op: "open", Path: base, Err: fmt.Errorf("%w: %s", ErrNotRegular, Describe(mode))}
	}
	if !before.Mode().IsRegular() {
		return nil, notRegular(before.Mode())
	}
	f, err := parent.OpenFile(base, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	after, err := f.Stat()
	if err == nil && !after.Mode().IsRegular() {
		err = notRegular(after.Mode())
	}
	if err == nil && !os.SameFile(before, after) {
		err = &fs.PathError{Op: "open", Path: base, Err: fmt.Errorf("%w: replaced while it was opened", ErrNotRegular)}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &opened{f, after}, nil
}

// opened is an open file with what was known of it when it was opened.
type opened struct {
	*os.File
	info fs.FileInfo
}

func (o *opened) Opened() fs.FileInfo { return o.info }

func (d *dir) OpenListed(name string) (File, error) {
	slash := strings.LastIndexByte(name, '/')
	if slash < 0 {
		return d.Open(name)
	}
	h := d.directory(name[:slash])
	if h == nil {
		return d.Open(name)
	}
	defer d.release(h)
	f, err := openAt(int(h.self.Fd()), name[slash+1:])
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if mode := f.info.Mode(); !mode.IsRegular() {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: fmt.Errorf("%w: %s", ErrNotRegular, Describe(mode))}
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
