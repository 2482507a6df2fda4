package scanner

import (
	"math"
	"runtime/debug"
	"testing"
)

// paceNow is how the collector is set: its pace, in percent, and its limit, in bytes.
func paceNow() (percent int, limit int64) {
	percent = debug.SetGCPercent(100)
	debug.SetGCPercent(percent)
	return percent, debug.SetMemoryLimit(-1)
}

// keepPace sets the collector back at the end of a test.
func keepPace(t *testing.T) {
	percent, limit := paceNow()
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
}

func TestColdScansHaveALimitThatLargeScriptsLift(t *testing.T) {
	keepPace(t)
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	var h heap
	h.prepare(&Options{Jobs: 2})
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

func TestTheEnvironmentMaySetTheCollector(t *testing.T) {
	for name, value := range map[string]string{"GOGC": "70", "GOMEMLIMIT": "1GiB"} {
		t.Run(name, func(t *testing.T) {
			keepPace(t)
			t.Setenv("GOGC", "")
			t.Setenv("GOMEMLIMIT", "")
			t.Setenv(name, value)
			debug.SetMemoryLimit(1 << 30) // as the runtime does at the start
			var h heap
			h.prepare(&Options{Jobs: 2})
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
