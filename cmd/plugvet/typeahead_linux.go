package main

import "golang.org/x/sys/unix"

// dropTypeahead discards what was typed on a terminal and not read yet.
func dropTypeahead(fd int) { _ = unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH) }
