package main

import (
	"context"

	"plugvet/scanner"
)

func scanVerb() *verb {
	return &verb{
		name: "scan", args: "[FLAGS] [PATH…]",
		summary: "hash, match and judge every plugin: the gate",
		flags:   scanFlagSet,
		run:     runScan,
	}
}

func runScan(ctx context.Context, c *call) (int, error) {
	if err := c.out.check(); err != nil {
		return 0, err
	}
	opts, err := c.scanOptions()
	if err != nil {
		return 0, err
	}
	report, err := c.scanWith(ctx, opts)
	if err != nil {
		return 0, err
	}
	return report.Summary.Exit, c.writeReport(report)
}

// scanWith scans, and shows how far it is.
func (c *call) scanWith(ctx context.Context, opts *scanner.Options) (*scanner.Report, error) {
	bar := c.progress("scanning")
	opts.Progress = bar
	report, err := scanner.Scan(ctx, *opts)
	bar.finish()
	return report, err
}
