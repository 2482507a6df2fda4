package scanner

import (
	"math"
	"os"
	"runtime/debug"
	"sync"

	"plugvet/manifests"
)

// How much garbage the heap may have, in percent of what lives, and how large it may
// grow before that is collected whatever it comes to. A cold scan mostly has little that
// lives, and much of it where a large script is read: without a limit it would take a
// third more memory, or an eighth more processor time.
const (
	coldGarbage = 200
	coldHeap    = 60 << 20 // bytes, and for each worker
	workerHeap  = 25 << 20

	// While a large script is read, which takes twenty times its size, there is no limit.
	largeGarbage = 40
	hugeScript   = 16 << 20 // bytes
	hugeGarbage  = 10
	// After it a gate is no short run any more, and has Go's own pace.
	warmGarbage = 100
)

// manyFiles is how many approved files make a gate worth preparing for: where that
// pays, it saves some 5 µs a file, and costs 5 ms.
const manyFiles = 5000

// A heap is how the collector of garbage is set. The environment may have done that:
// GOGC, GOMEMLIMIT.
type heap struct {
	tight   sync.Mutex // held while a large script is read
	own     bool       // the environment has not set the pace
	limited bool
}

// prepare has the heap grow as suits what is to come.
func (h *heap) prepare(opts *Options) {
	cold := opts.Approved == nil || opts.Rematch
	h.own = os.Getenv("GOGC") == ""
	if cold && h.own && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(coldGarbage)
		debug.SetMemoryLimit(coldHeap + int64(opts.Jobs)*workerHeap)
		h.limited = true
	}
	if cold || filesOf(opts.Approved.Manifest) >= manyFiles {
		growInHugePages()
	}
}

// tighten has little garbage lie beside a large script of so many bytes, until loosen is
// called. Another waits for that.
func (h *heap) tighten(size int) (loosen func()) {
	h.tight.Lock()
	percent, limit := largeGarbage, int64(math.MaxInt64)
	if size > hugeScript {
		percent = hugeGarbage
	}
	if !h.limited {
		limit = -1 // as it is
	}
	percent, limit = debug.SetGCPercent(percent), debug.SetMemoryLimit(limit)
	return func() {
		debug.SetMemoryLimit(limit)
		if h.own && !h.limited { // it may have been that of a short run
			percent = min(percent, warmGarbage)
		}
		debug.SetGCPercent(percent)
		h.tight.Unlock()
	}
}

// filesOf is how many files a manifest approves.
func filesOf(m *manifests.Manifest) int {
	files := 0
	for _, entry := range m.Plugins {
		files += entry.Files
	}
	return files
}
