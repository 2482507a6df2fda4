package main

import (
	"context"
	"errors"
	"fmt"

	"plugvet/scanner"
	"plugvet/scanner/evidence"
	"plugvet/scanner/tree"
	"plugvet/scanner/trust"

	"github.com/spf13/pflag"
)

func sweepVerb() *verb {
	return &verb{
		name: "sweep", args: "--ledger DIR [FLAGS] [PATH…]",
		summary: "scan, tell what differs from the last sweep, and append to the ledger; the exit code is the scan's",
		flags: func(flags *pflag.FlagSet, c *call) {
			c.evidence.registerLedger(flags)
			c.evidence.registerEvery(flags)
			c.registerKey(flags)
			scanFlagSet(flags, c)
		},
		run: runSweep,
	}
}

func runSweep(ctx context.Context, c *call) (int, error) {
	e := &c.evidence
	if e.ledger == "" {
		return 0, usageError("a directory that lasts; the first sweep makes it", "--ledger DIR is required")
	}
	if err := c.out.check(); err != nil {
		return 0, err
	}
	keys, err := c.signingKeys(ctx)
	if err != nil {
		return 0, err
	}
	opts, err := c.scanOptions()
	if err != nil {
		return 0, err
	}
	ledger, err := evidence.OpenLedger(e.ledger)
	if err != nil {
		return 0, ledgerError(e.ledger, err)
	}
	defer ledger.Close()
	last, err := ledger.Last(c.trustInPrevious(keys))
	if err != nil {
		return 0, ledgerError(e.ledger, err)
	}
	if last != nil && len(last.Index.Signers) > 0 && keys == nil {
		return 0, usageError("sign with --key FILE", "the entries of %s are signed, and this one would not be", e.ledger)
	}
	r, err := c.scanWith(ctx, opts)
	if err != nil {
		return 0, err
	}
	r.Sweep = evidence.SinceLast(last, r, e.every)
	r.Summary.Notes = append(r.Summary.Notes, evidence.Irregular(last, r, e.every)...)
	entry, err := evidence.Create(evidence.Input{Report: r, Rules: opts.Rules, Previous: last, Keys: keys, Version: version})
	if err != nil {
		err = &incompleteError{err: err, hint: "nothing was appended to " + e.ledger + "; if manifest, settings or rules changed meanwhile, sweep again"}
	} else if err = ledger.Append(entry, keys); err != nil {
		err = ledgerError(e.ledger, err)
	}
	// What was found is told also where it cannot be kept, but as no pass.
	if sum := &r.Summary; err != nil && sum.Exit < scanner.ExitIncomplete {
		sum.Verdict, sum.Exit = "incomplete", scanner.ExitIncomplete
		sum.Notes = append(sum.Notes, "the ledger has no entry of this sweep: "+tree.Visible(err.Error()))
	}
	return r.Summary.Exit, errors.Join(err, c.writeReport(r))
}

// ledgerError says what to do about a ledger that takes no entry.
func ledgerError(dir string, err error) error {
	var broken *evidence.BrokenError
	switch {
	case errors.As(err, &broken):
		return &trust.Distrust{
			Reason: err.Error(),
			Hint:   "a chain is not continued from a broken link: plugvet evidence verify --ledger " + dir + " tells more; keep it as it is, and begin another",
		}
	case errors.Is(err, evidence.ErrBusy):
		return &incompleteError{err: err, hint: "nothing was appended; sweep again when it is over"}
	}
	return &incompleteError{
		err:  fmt.Errorf("ledger: %w", err),
		hint: "nothing was appended to " + dir + "; it must be on a disk that can be written to and has room",
	}
}
