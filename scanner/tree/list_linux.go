package tree

import (
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"

	"golang.org/x/sys/unix"
)

// list reads the directory by getdents64(2), which tells types. The os package
// looks at every entry once more where a directory was opened below an os.Root.
func (h *handle) list(d *dir) ([]fs.DirEntry, error) {
	h.listing.Lock()
	defer h.listing.Unlock()
	if h.listed {
		if _, err := unix.Seek(h.fd, 0, io.SeekStart); err != nil {
			return nil, err
		}
	}
	h.listed = true
	var entries []fs.DirEntry
	buffer := make([]byte, 32<<10)
	for {
		n, err := retried(func() (int, error) { return unix.Getdents(h.fd, buffer) })
		if err != nil || n == 0 {
			return entries, err
		}
		// struct linux_dirent64: inode, offset, length, type, name and a NUL.
		const lengthAt, typeAt, nameAt = 16, 18, 19
		for rest := buffer[:n]; len(rest) > nameAt; {
			length := int(binary.NativeEndian.Uint16(rest[lengthAt:]))
			if length <= nameAt || length > len(rest) {
				return entries, unix.EINVAL
			}
			base, _, _ := bytes.Cut(rest[nameAt:length], []byte{0})
			kind := rest[typeAt]
			rest = rest[length:]
			if string(base) == "." || string(base) == ".." {
				continue
			}
			e := &entry{dir: d, name: string(base), in: h.name}
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
