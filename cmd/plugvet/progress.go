package main

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"
)

// A bar shows on a terminal how far a scan is. Elsewhere it is silent. The scan
// only counts; ten times a second the counts are drawn.
type bar struct {
	found, finished atomic.Int64
	done            chan struct{} // nil where nothing is drawn
	drawing         sync.WaitGroup
}

// progress starts a bar on stderr, if somebody is there to see it.
func (c *call) progress(what string) *bar {
	b := &bar{}
	if !c.stderrIsTerminal || c.out.noProgress || c.out.quiet || c.getenv("TERM") == "dumb" {
		return b
	}
	drawn := progressbar.NewOptions(0,
		progressbar.OptionSetWriter(c.stderr),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish(),
	)
	b.done = make(chan struct{})
	b.drawing.Go(func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				drawn.ChangeMax64(b.found.Load())
				_ = drawn.Set64(b.finished.Load()) // an error of the terminal is none of the scan
			case <-b.done:
				_ = drawn.Finish()
				return
			}
		}
	})
	return b
}

// Found implements scanner.Progress.
func (b *bar) Found(files int) { b.found.Add(int64(files)) }

// Finished implements scanner.Progress.
func (b *bar) Finished(files int, _ int64) { b.finished.Add(int64(files)) }

func (b *bar) finish() {
	if b.done != nil {
		close(b.done)
		b.drawing.Wait()
	}
}
