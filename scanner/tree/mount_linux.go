package tree

import (
	"os"
	"slices"
	"syscall"

	"golang.org/x/sys/unix"
)

// KernelMount reports whether a directory lies on a file system in which the
// kernel shows itself: proc, sysfs, and the device file systems.
func (d *dir) KernelMount(name string) bool {
	f, err := d.root.OpenFile(name, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	var stat unix.Statfs_t
	if err := unix.Fstatfs(int(f.Fd()), &stat); err != nil {
		return false
	}
	return slices.Contains([]int64{unix.PROC_SUPER_MAGIC, unix.SYSFS_MAGIC, unix.DEVPTS_SUPER_MAGIC}, int64(stat.Type))
}
