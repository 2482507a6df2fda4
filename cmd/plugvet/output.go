package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"plugvet/scanner"
	"plugvet/scanner/atomicfile"
	"plugvet/scanner/report"

	"github.com/spf13/pflag"
)

// outputFlags say what is written, where, and how it looks.
type outputFlags struct {
	format     string
	files      []string // NAME=FILE
	quiet      bool
	verbose    bool
	noProgress bool
	color      string
}

// registerFormat adds the format of stdout; text is the default.
func (o *outputFlags) registerFormat(flags *pflag.FlagSet, formats ...string) {
	flags.StringVarP(&o.format, "format", "f", "text", "what stdout gets: "+strings.Join(formats, ", "))
	offer(flags, "format", formats...)
}

func (o *outputFlags) registerReport(flags *pflag.FlagSet) {
	o.registerFormat(flags, report.Formats()...)
	flags.StringArrayVarP(&o.files, "output", "o", nil, "write a format to a file as well, as NAME=FILE; repeatable")
	var names []string
	for _, format := range report.Formats() {
		names = append(names, format+"=")
	}
	offer(flags, "output", names...)
}

func (o *outputFlags) registerLook(flags *pflag.FlagSet) {
	flags.BoolVarP(&o.quiet, "quiet", "q", false, "the outcome alone, and no progress")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "everything, also what is in order")
	flags.BoolVar(&o.noProgress, "no-progress", false, "no progress bar on a terminal")
	o.registerColor(flags)
}

func (o *outputFlags) registerColor(flags *pflag.FlagSet) {
	flags.StringVar(&o.color, "color", "auto", "auto, always or never")
	offer(flags, "color", "auto", "always", "never")
}

// check looks for faults before any work is done.
func (o *outputFlags) check() error {
	if err := report.Check(o.format); err != nil {
		return usageError("", "--format: %w", err)
	}
	for _, output := range o.files {
		name, file, ok := strings.Cut(output, "=")
		if !ok || file == "" {
			return usageError("", "--output %q: expected NAME=FILE, such as json=report.json", output)
		}
		if err := report.Check(name); err != nil {
			return usageError("", "--output %q: %w", output, err)
		}
		if info, err := os.Stat(filepath.Dir(file)); err != nil || !info.IsDir() {
			return usageError("make the directory first", "--output %q: %q is not a directory", output, filepath.Dir(file))
		}
	}
	return o.checkColor()
}

func (o *outputFlags) checkColor() error {
	if !slices.Contains([]string{"", "auto", "always", "never"}, o.color) {
		return usageError("", "--color %q: expected auto, always or never", o.color)
	}
	return nil
}

func (o *outputFlags) checkOneOf(formats ...string) error {
	if !slices.Contains(formats, o.format) {
		return usageError("", "--format %q: expected one of %s", o.format, strings.Join(formats, ", "))
	}
	return o.checkColor()
}

// look is how text on stdout looks (NO_COLOR: no-color.org).
func (c *call) look() report.Options {
	color := c.stdoutIsTerminal && c.getenv("NO_COLOR") == "" && c.getenv("TERM") != "dumb"
	switch c.out.color {
	case "always":
		color = true
	case "never":
		color = false
	}
	return report.Options{Color: color, Verbose: c.out.verbose, Quiet: c.out.quiet, Columns: c.columns, Base: c.repository()}
}

// repository is where the pipeline that plugvet runs in has its checkout; empty
// where there is none. GitHub and GitLab know files below it.
func (c *call) repository() string {
	return cmp.Or(c.getenv("GITHUB_WORKSPACE"), c.getenv("CI_PROJECT_DIR"))
}

// writeReport writes every format that was asked for. Files are complete
// before the first of them appears under its name.
func (c *call) writeReport(r *scanner.Report) error {
	var staged []*atomicfile.File
	defer func() {
		for _, f := range staged {
			f.Discard()
		}
	}()
	for _, output := range c.out.files {
		name, file, _ := strings.Cut(output, "=")
		var page bytes.Buffer
		if err := report.Write(&page, name, r, report.Options{Verbose: c.out.verbose, Base: c.repository()}); err != nil {
			return writing(file, err)
		}
		f, err := atomicfile.Stage(file, page.Bytes())
		if err != nil {
			return writing(file, err)
		}
		staged = append(staged, f)
	}
	var page bytes.Buffer
	if err := report.Write(&page, c.out.format, r, c.look()); err != nil {
		return writing("stdout", err)
	}
	for _, f := range staged {
		if err := f.Commit(); err != nil {
			return writing("--output", err)
		}
	}
	if _, err := c.stdout.Write(page.Bytes()); err != nil {
		return writing("stdout", err)
	}
	if c.out.format == "github" {
		return c.writeStepSummary(r)
	}
	return nil
}

// maxStepSummary is how many bytes GitHub takes as the summary of a step.
const maxStepSummary = 1 << 20

// writeStepSummary appends the report as markdown to the summary of the step,
// where a runner of GitHub's offers one and it still has room.
func (c *call) writeStepSummary(r *scanner.Report) error {
	name := c.getenv("GITHUB_STEP_SUMMARY")
	if name == "" {
		return nil
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return writing("the step summary", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return writing("the step summary", err)
	}
	room := maxStepSummary - int(info.Size())
	if room < 4096 { // no sentence is worth the failure of the step
		return nil
	}
	var page bytes.Buffer
	if err := report.Write(&page, "markdown", r, report.Options{MaxMarkdown: room}); err != nil {
		return writing("the step summary", err)
	}
	if _, err := f.Write(page.Bytes()); err != nil {
		return writing("the step summary", err)
	}
	return writing("the step summary", f.Close())
}

// writing says that an output could not be written, which leaves the run
// incomplete whatever it found.
func writing(name string, err error) error {
	if err == nil {
		return nil
	}
	return &incompleteError{err: fmt.Errorf("write %s: %w", name, err)}
}
