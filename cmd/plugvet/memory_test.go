package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestOnlyTheFirstCollectionIsPutOff(t *testing.T) {
	t.Setenv("GOGC", "")
	was := debug.SetGCPercent(100)
	defer debug.SetGCPercent(was)
	for first, later := range map[int]int{earlyGarbage: laterGarbage, 70: 70} {
		collectLater()
		if first != earlyGarbage { // somebody sets another pace before the first collection
			debug.SetGCPercent(first)
		}
		runtime.GC()
		percent := 0
		for deadline := time.Now().Add(10 * time.Second); percent != later && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
			percent = debug.SetGCPercent(later)
			debug.SetGCPercent(percent)
		}
		if percent != later {
			t.Errorf("after the first collection at %d %% the pace is %d %%, want %d", first, percent, later)
		}
	}
}

func TestTheEnvironmentSaysWhenToCollect(t *testing.T) {
	t.Setenv("GOGC", "50")
	was := debug.SetGCPercent(50)
	defer debug.SetGCPercent(was)
	collectLater()
	if percent := debug.SetGCPercent(50); percent != 50 {
		t.Errorf("the pace is %d %%, want 50", percent)
	}
}
