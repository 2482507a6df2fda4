package scanner

import (
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// A Stage is one part of the line.
type Stage int

// The stages, in the order of the line. Walk has the time that the walk waits
// for workers too; Read is reading and hashing.
const (
	Walk Stage = iota
	Read
	Facts
	Decode
	Match
	Judge
	Write
	stages
)

var stageNames = [stages]string{"walk", "read and hash", "facts", "decode", "match", "judge", "report"}

// Timings are what the stages of a run took, over all workers: two that work for
// a second have spent two. The zero value is ready, and nil keeps no time. It may
// be used by several goroutines at once.
type Timings struct{ spent [stages]atomic.Int64 }

// Begin starts a clock. The function that it returns stops it.
func (t *Timings) Begin(s Stage) (end func()) {
	if t == nil {
		return func() {}
	}
	started := time.Now()
	return func() { t.add(s, time.Since(started)) }
}

func (t *Timings) add(s Stage, d time.Duration) {
	if t != nil {
		t.spent[s].Add(int64(d))
	}
}

// Spent is the time of one stage so far.
func (t *Timings) Spent(s Stage) time.Duration { return time.Duration(t.spent[s].Load()) }

// Line tells in one line what a run took that lasted so long, and how fast that was.
func (t *Timings) Line(cov Coverage, jobs int, took time.Duration) string {
	var parts []string
	for s := range stages {
		parts = append(parts, fmt.Sprintf("%s %.3f s", stageNames[s], t.Spent(s).Seconds()))
	}
	seconds := max(took.Seconds(), 1e-6)
	return fmt.Sprintf("%d files, %.1f MB in %.3f s with %d workers: %.0f files/s, %.1f MB/s; over all workers %s",
		cov.Files, float64(cov.Bytes)/1e6, took.Seconds(), jobs, float64(cov.Files)/seconds, float64(cov.Bytes)/1e6/seconds, strings.Join(parts, ", "))
}
