package tree

import (
	"io"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// A file is a descriptor without what an [os.File] has beside it: it is read by
// one goroutine, and never waits.
type file struct {
	fd   int
	info info // when it was opened
}

// openAt opens a name in an open directory and does not follow it where it is a
// link, which is ErrNotRegular.
func openAt(dir int, name string) (*file, error) {
	fd, err := retried(func() (int, error) {
		return unix.Openat(dir, name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	})
	if err == unix.ELOOP {
		return nil, ErrNotRegular
	}
	if err != nil {
		return nil, err
	}
	f := &file{fd: fd, info: info{name: name}}
	if err := f.stat(&f.info); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (f *file) Read(p []byte) (int, error) {
	n, err := retried(func() (int, error) { return unix.Read(f.fd, p) })
	switch {
	case err != nil:
		return 0, os.NewSyscallError("read", err)
	case n == 0 && len(p) > 0:
		return 0, io.EOF
	}
	return n, nil
}

func (f *file) Stat() (fs.FileInfo, error) {
	i := &info{name: f.info.name}
	if err := f.stat(i); err != nil {
		return nil, err
	}
	return i, nil
}

func (f *file) stat(i *info) error { return os.NewSyscallError("fstat", unix.Fstat(f.fd, &i.stat)) }

func (f *file) Opened() fs.FileInfo { return &f.info }
func (f *file) Close() error        { return unix.Close(f.fd) }

// retried calls do until no signal comes in between.
func retried(do func() (int, error)) (int, error) {
	for {
		n, err := do()
		if err != unix.EINTR {
			return n, err
		}
	}
}

// An info is what fstat(2) says of a file.
type info struct {
	name string
	stat unix.Stat_t
}

func (i *info) Name() string       { return i.name }
func (i *info) Size() int64        { return i.stat.Size }
func (i *info) IsDir() bool        { return i.Mode().IsDir() }
func (i *info) Sys() any           { return &i.stat }
func (i *info) ModTime() time.Time { return time.Unix(i.stat.Mtim.Unix()) }

func (i *info) Mode() fs.FileMode {
	mode := fs.FileMode(i.stat.Mode&0o777) | typeOf(uint32(i.stat.Mode))
	if i.stat.Mode&unix.S_ISUID != 0 {
		mode |= fs.ModeSetuid
	}
	if i.stat.Mode&unix.S_ISGID != 0 {
		mode |= fs.ModeSetgid
	}
	if i.stat.Mode&unix.S_ISVTX != 0 {
		mode |= fs.ModeSticky
	}
	return mode
}

// typeOf translates the type in st_mode.
func typeOf(mode uint32) fs.FileMode {
	switch mode & unix.S_IFMT {
	case unix.S_IFREG:
		return 0
	case unix.S_IFDIR:
		return fs.ModeDir
	case unix.S_IFLNK:
		return fs.ModeSymlink
	case unix.S_IFIFO:
		return fs.ModeNamedPipe
	case unix.S_IFSOCK:
		return fs.ModeSocket
	case unix.S_IFBLK:
		return fs.ModeDevice
	case unix.S_IFCHR:
		return fs.ModeDevice | fs.ModeCharDevice
	}
	return fs.ModeIrregular
}
