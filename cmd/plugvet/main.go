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
	"syscall"

	"plugvet/scanner"
)

// version is set when the program is built (see the Makefile).
var version = "unreleased"

func main() {
	scanner.CollectLater()
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
