package scanner

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"plugvet/manifests"
)

// How much garbage the heap may have, in percent of what lives, and how large it may
// grow before that is collected whatever it comes to. A cold scan mostly has little that
// lives, and much of it where a large script is read: without a limit it would take a
// third more memory, or an eighth more processor time.
const (
	// Before the first collection, which comes at 16 MB then and not at 4 MB. A gate over
	// a small tree needs no collection at all.
	earlyGarbage = 400
	// After it, while it is not known what there is to scan. A manifest that takes so long
	// to read has thousands of plugins.
	readingGarbage = 50
	ownGarbage     = 100 // Go's own pace

	// With manyPlugins what lives is mostly what is known of each, and garbage beside it
	// is what takes memory. With few the same would cost a gate 7 % of its time.
	manyPlugins = 2000
	manyGarbage = 50

	coldGarbage = 200      // with manyPlugins ownGarbage
	coldHeap    = 60 << 20 // bytes, and for each worker
	workerHeap  = 25 << 20

	// While a large script is read, which takes twenty times its size, there is no limit.
	largeGarbage = 40
	hugeScript   = 16 << 20 // bytes
	hugeGarbage  = 10
)

// manyFiles is how many approved files make a gate worth preparing for, in files: over
// 44,500 of them it spares 11,000 faults, and costs 5 ms. With many plugins it would spare
// little, and cost the memory of huge pages that are touched in part.
const manyFiles = 5000

var (
	// pace is held by whoever sets the collector, until it is set for the others again.
	pace sync.Mutex
	// afterFirst is how much garbage there may be after the first collection, in percent.
	afterFirst = readingGarbage
)

// CollectLater puts off the first collection of garbage in this process, unless the
// environment says when to collect (GOGC).
func CollectLater() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(earlyGarbage)
	runtime.AddCleanup(new([16]byte), func(struct{}) {
		pace.Lock()
		defer pace.Unlock()
		if percent := debug.SetGCPercent(afterFirst); percent != earlyGarbage {
			debug.SetGCPercent(percent) // a cold scan has its own
		}
	}, struct{}{})
}

// largeManifest is how long a manifest is that has thousands of plugins, in bytes.
const largeManifest = 1 << 20

// CollectWhileReading has garbage collected from now on where a manifest of so many bytes is
// to be read. What CollectLater put off must not wait for the first collection to be told of:
// till then the heap has grown to 30 MB in one gate of six, and takes 17 else.
func CollectWhileReading(size int) {
	if size < largeManifest || os.Getenv("GOGC") != "" {
		return
	}
	pace.Lock()
	defer pace.Unlock()
	if percent := debug.SetGCPercent(readingGarbage); percent != earlyGarbage {
		debug.SetGCPercent(percent)
	}
}

// A heap is how the collector is set for a scan. The environment may have done that:
// GOGC, GOMEMLIMIT.
type heap struct{ limited, many bool }

// prepare has the heap grow as suits a scan against these approvals, nil for none.
func (h *heap) prepare(approved *Approvals, opts *Options) {
	cold := approved == nil || opts.Rematch
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		pace.Lock()
		switch {
		case cold:
			debug.SetGCPercent(coldGarbage)
			debug.SetMemoryLimit(coldHeap + int64(opts.Jobs)*workerHeap)
			h.limited = true
		case len(approved.Manifest.Plugins) >= manyPlugins:
			debug.SetGCPercent(manyGarbage)
			h.many = true
		default:
			afterFirst = ownGarbage
			if debug.SetGCPercent(ownGarbage) == earlyGarbage {
				debug.SetGCPercent(earlyGarbage) // the first is still to come
			}
		}
		pace.Unlock()
	}
	if cold || !h.many && filesOf(approved.Manifest) >= manyFiles {
		growInHugePages()
	}
}

// crowd is told how many plugins a scan has found, at each. A cold scan does not know how
// many there are until then; what is known of each takes the memory that garbage had. The
// walk does not wait for a large script that is being read: it asks again later.
func (h *heap) crowd(found int) {
	if found%manyPlugins != 0 || !pace.TryLock() {
		return
	}
	defer pace.Unlock()
	if h.limited {
		debug.SetGCPercent(ownGarbage)
	}
}

// clear collects what the walk left, where there are many plugins of which a report is to
// be put together: otherwise that would come on top.
func (h *heap) clear() {
	if h.many {
		runtime.GC()
	}
}

// tighten has little garbage lie beside a large script of so many bytes, until loosen is
// called. Another waits for that.
func (h *heap) tighten(size int) (loosen func()) {
	pace.Lock()
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
		debug.SetGCPercent(percent)
		pace.Unlock()
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
