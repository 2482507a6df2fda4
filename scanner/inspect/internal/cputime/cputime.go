// Package cputime tells tests what a reader costs, whatever else the machine does.
package cputime

import (
	"syscall"
	"time"
)

// Used is the processor time that this process has taken so far, of all its threads.
func Used() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
