package main

import (
	"context"
	"fmt"
	"time"

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
	if c.out.verbose {
		opts.Timings = new(scanner.Timings)
	}
	started := time.Now()
	report, err := c.scanWith(ctx, opts)
	if err != nil {
		return 0, err
	}
	end := opts.Timings.Begin(scanner.Write)
	err = c.writeReport(report)
	end()
	if c.out.verbose {
		fmt.Fprintln(c.stderr, opts.Timings.Line(report.Coverage, opts.Workers(), time.Since(started)))
	}
	return report.Summary.Exit, err
}

// scanWith scans, and shows how far it is.
func (c *call) scanWith(ctx context.Context, opts *scanner.Options) (*scanner.Report, error) {
	bar := c.progress("scanning")
	opts.Progress = bar
	report, err := scanner.Scan(ctx, *opts)
	bar.finish()
	if err == nil && c.distrust != nil {
		c.complain(c.distrust)
	}
	return report, err
}
