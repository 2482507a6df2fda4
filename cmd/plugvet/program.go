package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"plugvet/scanner"
	"plugvet/scanner/report"
	"plugvet/scanner/settings"
	"plugvet/scanner/trust"

	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// A program is plugvet with its streams and environment, so that a test can
// run the real command in its own process.
type program struct {
	stdin                                               *os.File
	stdout, stderr                                      io.Writer
	getenv                                              func(string) string
	stdinIsTerminal, stdoutIsTerminal, stderrIsTerminal bool
	columns                                             int // of the terminal that stdout is; 0 where it is none
}

// A verb is one word of the command line. Its run returns the exit code of an
// outcome, or an error where there is none; both where it could not be written.
type verb struct {
	name    string
	args    string // as in the usage line
	summary string // one line for the list of verbs
	hidden  bool   // from the list of verbs
	verbs   []*verb
	run     func(ctx context.Context, c *call) (int, error)
	flags   func(*pflag.FlagSet, *call)
}

// A call is one invocation of a verb.
type call struct {
	*program
	verb  string // with its parents: "manifest show"
	args  []string
	flags *pflag.FlagSet
	scan  scanFlags
	out   outputFlags
	grant approveFlags
	due   dueFlags

	settings *settings.File        // once they are read; nil where there are none
	allowed  *trust.AllowedSigners // once signers read them; nil where there are none
	distrust error                 // why the manifest is not used, once it is read; else nil

	evidence evidenceFlags
	schedule scheduleFlags

	key      string // what signs
	fixtures string // of rules test
	host     string // of rules externals
	view     string // of rules externals
}

// verbs lists every verb in the order of the help text.
func verbs() []*verb {
	return []*verb{
		discoverVerb(), scanVerb(), approveVerb(), manifestVerb(), evidenceVerb(), sweepVerb(), scheduleVerb(),
		rulesVerb(), reportVerb(), completionVerb(), versionVerb(), manualVerb(),
	}
}

// usageError is a command line that makes no sense.
func usageError(hint, format string, args ...any) error {
	return &scanner.UsageError{Err: fmt.Errorf(format, args...), Hint: hint}
}

// run carries out a command line and returns the exit code.
func (p *program) run(ctx context.Context, args []string) int {
	code, err := p.dispatch(ctx, verbs(), "plugvet", args)
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return scanner.ExitPass
	case ctx.Err() != nil, errors.Is(err, errInterrupted):
		fmt.Fprintln(p.stderr, "plugvet: interrupted")
		return scanner.ExitInterrupted
	case err != nil:
		p.complain(err)
		var incomplete *incompleteError
		var distrust *trust.Distrust
		var failed *failure
		switch {
		case code == scanner.ExitTrust, errors.As(err, &distrust): // no full disk hides what was found
			return scanner.ExitTrust
		case errors.As(err, &failed):
			return failed.code
		case errors.As(err, &incomplete):
			return scanner.ExitIncomplete
		}
		return scanner.ExitUsage
	}
	return code
}

// An incompleteError is a run that could not finish its work, through no
// fault of the command line.
type incompleteError struct {
	err  error
	hint string
}

func (e *incompleteError) Error() string { return e.err.Error() }
func (e *incompleteError) Unwrap() error { return e.err }

// A failure is an error with an exit code of its own.
type failure struct {
	code int
	err  error
	hint string
}

func (e *failure) Error() string { return e.err.Error() }
func (e *failure) Unwrap() error { return e.err }

// complain prints an error, and what to do about it on a line of its own.
func (p *program) complain(err error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "plugvet: %v\n", err)
	var usage *scanner.UsageError
	var incomplete *incompleteError
	var failed *failure
	var distrust *trust.Distrust
	switch {
	case errors.As(err, &distrust) && distrust.Hint != "":
		fmt.Fprintf(&b, "hint: %s\n", distrust.Hint)
	case errors.As(err, &failed) && failed.hint != "":
		fmt.Fprintf(&b, "hint: %s\n", failed.hint)
	case errors.As(err, &usage) && usage.Hint != "":
		fmt.Fprintf(&b, "hint: %s\n", usage.Hint)
	case errors.As(err, &incomplete) && incomplete.hint != "":
		fmt.Fprintf(&b, "hint: %s\n", incomplete.hint)
	}
	p.stderr.Write(report.WithoutCommands(b.Bytes()))
}

func (p *program) dispatch(ctx context.Context, verbs []*verb, path string, args []string) (int, error) {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		if len(args) == 0 {
			fmt.Fprint(p.stderr, usageOf(verbs, path))
			return 0, usageError("see "+path+" --help", "a verb is missing")
		}
		fmt.Fprint(p.stdout, usageOf(verbs, path))
		return 0, nil
	}
	if args[0] == "--version" && path == "plugvet" {
		args = []string{"version"}
	}
	for _, v := range verbs {
		if v.name != args[0] {
			continue
		}
		path += " " + v.name
		if v.verbs != nil {
			return p.dispatch(ctx, v.verbs, path, args[1:])
		}
		c, err := p.parse(v, path, args[1:])
		if err != nil {
			return 0, err
		}
		return v.run(ctx, c)
	}
	return 0, usageError("see "+path+" --help", "unknown verb %q", args[0])
}

func usageOf(verbs []*verb, path string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "usage: %s VERB [FLAGS] [ARGUMENTS]\n\n", path)
	for _, v := range verbs {
		if !v.hidden {
			fmt.Fprintf(&b, "  %-11s %s\n", v.name, v.summary)
		}
	}
	fmt.Fprintf(&b, "\n%s VERB --help tells more.\n", path)
	return b.String()
}

func (p *program) parse(v *verb, path string, args []string) (*call, error) {
	c := &call{program: p, verb: path}
	c.flags = v.flagSet(c)
	c.flags.Usage = func() {
		fmt.Fprintf(p.stdout, "usage: %s %s\n\n%s\n", path, v.args, v.summary)
		if usages := c.flags.FlagUsages(); usages != "" {
			fmt.Fprintf(p.stdout, "\n%s", usages)
		}
	}
	if err := c.flags.Parse(args); err != nil {
		if errors.Is(err, pflag.ErrHelp) {
			return nil, err
		}
		return nil, usageError("see "+path+" --help", "%w", err)
	}
	c.args = c.flags.Args()
	if len(c.args) > 0 && (v.args == "" || v.args == "[FLAGS]") {
		return nil, usageError("see "+path+" --help", "unexpected argument %q", c.args[0])
	}
	return c, nil
}

// flagSet is the set of flags that a verb takes, bound to c.
func (v *verb) flagSet(c *call) *pflag.FlagSet {
	flags := pflag.NewFlagSet(v.name, pflag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints errors
	flags.SortFlags = false
	if v.flags != nil {
		v.flags(flags, c)
	}
	return flags
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

func columns(f *os.File) int {
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
