// Command plugvet decides whether the plugins of a web server are the ones
// that were approved, and whether any of them can run AppleScript or open
// sockets behind the server's back.
//
// Each verb is one file here. They parse flags, call the packages that do the
// work and write reports; main only maps the outcome to an exit code.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"

	_ "plugvet/cmd/plugvet/internal/earlyheap"
)

// version is set when the program is built (see the Makefile).
var version = "unreleased"

// patience is the pace of the collector until it first runs, in percent: a heap of
// 32 MB (the runtime's least of 4 MB at 100). Most runs over one plugin or a small
// server end before, and a collection costs them more than it gives.
const patience = 800

// collectLater sets the collector's pace, unless the environment did (GOGC).
func collectLater() {
	if os.Getenv("GOGC") != "" {
		return
	}
	usual := debug.SetGCPercent(patience)
	runtime.AddCleanup(new([16]byte), func(usual int) {
		if pace := debug.SetGCPercent(usual); pace != patience {
			debug.SetGCPercent(pace) // a scan's own
		}
	}, usual)
}

func main() {
	collectLater()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal ends the run at the next file; a second one ends it at once.
	context.AfterFunc(ctx, stop)
	p := &program{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv,
		stdinIsTerminal: isTerminal(os.Stdin), stdoutIsTerminal: isTerminal(os.Stdout), stderrIsTerminal: isTerminal(os.Stderr),
		columns: columns(os.Stdout),
	}
	os.Exit(p.run(ctx, os.Args[1:]))
}
