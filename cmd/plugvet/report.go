package main

import (
	"context"
	"os"

	"plugvet/scanner"
	"plugvet/scanner/report"

	"github.com/spf13/pflag"
)

func reportVerb() *verb {
	return &verb{
		name: "report", args: "[FLAGS] FILE.json",
		summary: "turn a JSON report into another format; the exit code is the report's",
		flags: func(flags *pflag.FlagSet, c *call) {
			c.out.registerReport(flags)
			c.out.registerLook(flags)
		},
		run: runReport,
	}
}

func runReport(_ context.Context, c *call) (int, error) {
	if err := c.out.check(); err != nil {
		return 0, err
	}
	if len(c.args) != 1 {
		return 0, usageError("plugvet scan --output json=report.json writes one", "expected one report, got %d arguments", len(c.args))
	}
	r, err := readReport(c.args[0])
	if err != nil {
		return 0, err
	}
	return r.Summary.Exit, c.writeReport(r)
}

// readReport reads a JSON report.
func readReport(path string) (*scanner.Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usageError("", "%w", err)
	}
	defer f.Close()
	r, err := report.ReadJSON(f)
	if err != nil {
		return nil, usageError("make the report anew (plugvet scan --output json=FILE); one that was changed is not believed", "%s: %w", path, err)
	}
	return r, nil
}
