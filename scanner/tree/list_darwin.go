package tree

import (
	"io/fs"
	"syscall"
	"time"
)

// list reads the directory.
func (h *handle) list(*dir, string) ([]fs.DirEntry, error) {
	f, err := h.Open(".") // a descriptor of its own, whose place no other reader moves
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

func modTime(stat *syscall.Stat_t) time.Time { return time.Unix(stat.Mtimespec.Unix()) }
