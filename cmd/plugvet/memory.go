package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// How much garbage the heap may have, in percent of what lives: before the first
// collection, which comes at 16 MB then and not at 4 MB, and afterwards, which is Go's own
// pace. A gate over a small tree needs no collection at all.
const (
	earlyGarbage = 400
	laterGarbage = 100
)

// collectLater puts off the first collection of garbage, unless the environment says when
// to collect (GOGC).
func collectLater() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(earlyGarbage)
	runtime.AddCleanup(new([16]byte), func(struct{}) {
		if percent := debug.SetGCPercent(laterGarbage); percent != earlyGarbage {
			debug.SetGCPercent(percent) // a scan has its own
		}
	}, struct{}{})
}
