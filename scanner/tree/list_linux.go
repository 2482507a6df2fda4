package tree

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// list reads the directory by getdents64(2), which tells types. The os package
// looks at every entry once more where a directory was opened below an os.Root.
func (h *handle) list(d *dir, name string) ([]fs.DirEntry, error) {
	f, err := h.Open(".") // a descriptor of its own, whose place no other reader moves
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var entries []fs.DirEntry
	buffer := make([]byte, 32<<10)
	for {
		n, err := retried(func() (int, error) { return unix.Getdents(int(f.Fd()), buffer) })
		if err != nil || n == 0 {
			if err != nil {
				err = &fs.PathError{Op: "readdir", Path: name, Err: err}
			}
			return entries, err
		}
		// struct linux_dirent64: inode, offset, length, type, name and a NUL.
		const lengthAt, typeAt, nameAt = 16, 18, 19
		for rest := buffer[:n]; len(rest) > nameAt; {
			length := int(binary.NativeEndian.Uint16(rest[lengthAt:]))
			if length <= nameAt || length > len(rest) {
				return entries, &fs.PathError{Op: "readdir", Path: name, Err: syscall.EINVAL}
			}
			base, _, _ := bytes.Cut(rest[nameAt:length], []byte{0})
			kind := rest[typeAt]
			rest = rest[length:]
			if string(base) == "." || string(base) == ".." {
				continue
			}
			e := &entry{dir: d, name: string(base), in: name}
			if kind == unix.DT_UNKNOWN { // some file systems do not say
				info, err := e.Info()
				if err != nil {
					return entries, err
				}
				e.mode = info.Mode().Type()
			} else {
				e.mode = typeOf(uint32(kind) << 12) // DTTOIF of dirent.h
			}
			entries = append(entries, e)
		}
	}
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

func modTime(stat *syscall.Stat_t) time.Time { return time.Unix(stat.Mtim.Unix()) }
