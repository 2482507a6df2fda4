package scanner

import (
	"io/fs"
	"os/user"
	"strconv"
	"sync"

	"golang.org/x/sys/unix"
)

// ownerNames remembers who a user id is on this machine.
var ownerNames sync.Map

// ownerName is the name of a file's owner, or the number where this machine
// has no such user, or empty where the tree keeps no owners.
func ownerName(info fs.FileInfo) string {
	stat, ok := info.Sys().(*unix.Stat_t)
	if !ok {
		return ""
	}
	if name, ok := ownerNames.Load(stat.Uid); ok {
		return name.(string)
	}
	name := strconv.FormatUint(uint64(stat.Uid), 10)
	if u, err := user.LookupId(name); err == nil {
		name = u.Username
	}
	ownerNames.Store(stat.Uid, name)
	return name
}
