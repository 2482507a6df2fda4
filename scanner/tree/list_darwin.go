package tree

import (
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// list reads the directory. The os package asks by path for the types that the
// file system does not tell.
func (h *handle) list(d *dir) ([]fs.DirEntry, error) {
	fd, err := unix.Openat(h.fd, ".", unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0) // whose place no other reader moves
	if err != nil {
		return nil, err
	}
	f := os.NewFile(uintptr(fd), filepath.Join(d.root.Name(), h.name))
	defer f.Close()
	entries, err := f.ReadDir(-1)
	for i, e := range entries {
		entries[i] = &entry{dir: d, name: e.Name(), in: h.name, mode: e.Type()}
	}
	return entries, err
}
