package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// A bar shows on a terminal how far a scan is. Elsewhere it is nil and silent.
type bar struct{ bar *progressbar.ProgressBar }

// progress starts a bar on stderr, if somebody is there to see it.
func (c *call) progress(what string) *bar {
	if !c.stderrIsTerminal || c.out.noProgress || c.out.quiet || c.getenv("TERM") == "dumb" {
		return &bar{}
	}
	return &bar{progressbar.NewOptions(0,
		progressbar.OptionSetWriter(c.stderr),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

// Found implements scanner.Progress.
func (b *bar) Found(files int) {
	if b.bar != nil {
		b.bar.AddMax(files)
	}
}

// Finished implements scanner.Progress. An error of the terminal is no error
// of the scan.
func (b *bar) Finished(files int, _ int64) {
	if b.bar != nil {
		_ = b.bar.Add(files)
	}
}

func (b *bar) finish() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}
