package scanner

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"plugvet/manifests"
)

// paceNow is how the collector is set: its pace, in percent, and its limit, in bytes.
func paceNow() (percent int, limit int64) {
	percent = debug.SetGCPercent(100)
	debug.SetGCPercent(percent)
	return percent, debug.SetMemoryLimit(-1)
}

func hasPace(percent int) bool {
	is, _ := paceNow()
	return is == percent
}

// keepPace sets the collector back at the end of a test.
func keepPace(t *testing.T) {
	percent, limit := paceNow()
	t.Cleanup(func() {
		afterFirst = readingGarbage
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
}

func TestColdScansHaveALimitThatLargeScriptsLift(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	var h heap
	h.prepare(nil, &Options{Jobs: 2})
	const limit = coldHeap + 2*workerHeap
	if percent, at := paceNow(); percent != coldGarbage || at != limit {
		t.Errorf("a cold scan has %d %% and %d bytes, want %d and %d", percent, at, coldGarbage, limit)
	}
	for size, want := range map[int]int{largeScript + 1: largeGarbage, hugeScript + 1: hugeGarbage} {
		loosen := h.tighten(size)
		if percent, at := paceNow(); percent != want || at != math.MaxInt64 {
			t.Errorf("beside %d bytes there are %d %% and %d bytes, want %d and no limit", size, percent, at, want)
		}
		loosen()
		if percent, at := paceNow(); percent != coldGarbage || at != limit {
			t.Errorf("after %d bytes there are %d %% and %d bytes, want %d and %d", size, percent, at, coldGarbage, limit)
		}
	}
}

func TestAGateOverManyPluginsCollectsMore(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	for plugins, want := range map[int]int{manyPlugins: manyGarbage, manyPlugins - 1: ownGarbage} {
		debug.SetGCPercent(ownGarbage)
		var h heap
		h.prepare(&Approvals{Manifest: &manifests.Manifest{Plugins: make([]manifests.Entry, plugins)}}, &Options{Jobs: 2})
		if percent, _ := paceNow(); percent != want || h.limited {
			t.Errorf("over %d plugins the pace is %d %%, want %d; limited: %t", plugins, percent, want, h.limited)
		}
	}
}

func TestAColdScanOfManyPluginsCollectsMore(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	var h heap
	h.prepare(nil, &Options{Jobs: 2})
	if h.crowd(manyPlugins - 1); !hasPace(coldGarbage) {
		t.Errorf("with few plugins the pace is not %d %%", coldGarbage)
	}
	loosen := h.tighten(largeScript + 1)
	if h.crowd(manyPlugins); !hasPace(largeGarbage) {
		t.Errorf("beside a large script the pace is not %d %%", largeGarbage)
	}
	loosen()
	if h.crowd(2 * manyPlugins); !hasPace(ownGarbage) {
		t.Errorf("with many plugins the pace is not %d %%", ownGarbage)
	}
	debug.SetGCPercent(manyGarbage)
	if new(heap).crowd(manyPlugins); !hasPace(manyGarbage) {
		t.Errorf("in a gate over many plugins the pace is not %d %%", manyGarbage)
	}
}

func TestTheEnvironmentMaySetTheCollector(t *testing.T) {
	for name, value := range map[string]string{"GOGC": "70", "GOMEMLIMIT": "1GiB"} {
		t.Run(name, func(t *testing.T) {
			keepPace(t)
			t.Setenv("GOGC", "")
			t.Setenv("GOMEMLIMIT", "")
			t.Setenv(name, value)
			debug.SetMemoryLimit(1 << 30) // as the runtime does at the start
			var h heap
			h.prepare(nil, &Options{Jobs: 2})
			defer h.tighten(largeScript + 1)()
			if _, limit := paceNow(); limit != 1<<30 {
				t.Errorf("the limit is %d, want 1 GiB", limit)
			}
			if h.limited {
				t.Errorf("the heap is limited beside %s=%s", name, value)
			}
		})
	}
}

// waitForPace waits until the collector has a pace: what comes of a collection comes
// later. It returns the last that it had.
func waitForPace(want int) (percent int) {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if percent, _ = paceNow(); percent == want {
			break
		}
	}
	return percent
}

func TestOnlyTheFirstCollectionIsPutOff(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "")
	CollectLater()
	if percent, _ := paceNow(); percent != earlyGarbage {
		t.Errorf("before the first collection the pace is %d %%, want %d", percent, earlyGarbage)
	}
	runtime.GC()
	if percent := waitForPace(readingGarbage); percent != readingGarbage {
		t.Errorf("after it the pace is %d %%, want %d", percent, readingGarbage)
	}
	var h heap
	h.prepare(&Approvals{Manifest: &manifests.Manifest{}}, &Options{Jobs: 2})
	if percent, _ := paceNow(); percent != ownGarbage {
		t.Errorf("of a gate over few plugins it is %d %%, want %d", percent, ownGarbage)
	}
}

func TestTheFirstCollectionMayComeWithinAGate(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	CollectLater()
	var h heap
	h.prepare(&Approvals{Manifest: &manifests.Manifest{}}, &Options{Jobs: 2})
	if percent, _ := paceNow(); percent != earlyGarbage {
		t.Errorf("before the first collection the pace is %d %%, want %d", percent, earlyGarbage)
	}
	runtime.GC()
	if percent := waitForPace(ownGarbage); percent != ownGarbage {
		t.Errorf("after it the pace is %d %%, want %d", percent, ownGarbage)
	}
}

func TestTheFirstCollectionLeavesAColdScanItsPace(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	CollectLater()
	var h heap
	h.prepare(nil, &Options{Jobs: 2}) // which collects
	time.Sleep(50 * time.Millisecond)
	if percent := waitForPace(coldGarbage); percent != coldGarbage {
		t.Errorf("the pace is %d %%, want %d", percent, coldGarbage)
	}
}

func TestTheFirstCollectionMayComeBesideALargeScript(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "")
	CollectLater()
	var h heap // of a gate
	loosen := h.tighten(largeScript + 1)
	runtime.GC()
	time.Sleep(50 * time.Millisecond)
	if percent, _ := paceNow(); percent != largeGarbage {
		t.Errorf("beside the script the pace is %d %%, want %d", percent, largeGarbage)
	}
	loosen()
	if percent := waitForPace(readingGarbage); percent != readingGarbage {
		t.Errorf("after it the pace is %d %%, want %d", percent, readingGarbage)
	}
}

func TestTheEnvironmentSaysWhenToCollect(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "50")
	debug.SetGCPercent(50) // as the runtime does at the start
	CollectLater()
	if percent, _ := paceNow(); percent != 50 {
		t.Errorf("the pace is %d %%, want 50", percent)
	}
}

func TestALargeManifestIsNotReadBesideGarbage(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "")
	for _, c := range []struct{ size, was, want int }{
		{largeManifest, earlyGarbage, readingGarbage},
		{largeManifest - 1, earlyGarbage, earlyGarbage},
		{largeManifest, coldGarbage, coldGarbage}, // a cold scan has its own
	} {
		debug.SetGCPercent(c.was)
		CollectWhileReading(c.size)
		if percent, _ := paceNow(); percent != c.want {
			t.Errorf("%d bytes and %d %%: %d %%, want %d", c.size, c.was, percent, c.want)
		}
	}
	t.Setenv("GOGC", "300")
	debug.SetGCPercent(earlyGarbage)
	CollectWhileReading(largeManifest)
	if percent, _ := paceNow(); percent != earlyGarbage {
		t.Errorf("the environment says when to collect, and it is %d %%", percent)
	}
}
