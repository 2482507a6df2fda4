package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"plugvet/scanner"
	"plugvet/scanner/evidence"
	"plugvet/scanner/trust"

	"github.com/spf13/pflag"
)

// evidenceFlags are the flags of the evidence verbs and of sweep.
type evidenceFlags struct {
	report, dir, tar, previous string // of create

	ledger   string
	every    evidence.Interval
	head     string // of verify
	at       string // of verify
	onlyHead bool   // of show
}

func evidenceVerb() *verb {
	return &verb{
		name: "evidence", summary: "turn a scan into a bundle that stands alone, and verify one",
		verbs: []*verb{
			{
				name: "create", args: "--dir DIR | --tar FILE [FLAGS] [PATH…]",
				summary: "scan, or take a report, and bundle it with all that it rests on; the exit code is the report's",
				flags: func(flags *pflag.FlagSet, c *call) {
					flags.StringVar(&c.evidence.dir, "dir", "", "write the bundle as this directory")
					flags.StringVar(&c.evidence.tar, "tar", "", "write the bundle as this tar")
					flags.StringVar(&c.evidence.report, "report", "", "bundle this JSON report instead of scanning")
					flags.StringVar(&c.evidence.previous, "previous", "", "the bundle before this one, to compare with and to link to")
					c.registerKey(flags)
					judgeFlagSet(flags, c)
					c.out.registerLook(flags)
				},
				run: runEvidenceCreate,
			},
			{
				name: "verify", args: "[FLAGS] BUNDLE | [FLAGS] --ledger DIR",
				summary: "check a bundle or a ledger offline",
				flags: func(flags *pflag.FlagSet, c *call) {
					c.evidence.registerLedger(flags)
					c.evidence.registerEvery(flags)
					flags.StringVar(&c.evidence.head, "head", "", "a head of the ledger that was kept elsewhere: it must be in the chain")
					flags.StringVar(&c.evidence.at, "at", "", "when keys must be valid, such as 2026-11-23T10:00:00Z (default: now)")
					c.scan.trust.registerSigners(flags, "demand a signature, by keys of this OpenSSH allowed_signers file alone")
				},
				run: runEvidenceVerify,
			},
			{
				name: "show", args: "[FLAGS] BUNDLE | [FLAGS] --ledger DIR",
				summary: "print what a bundle or a ledger holds, and verify nothing",
				flags: func(flags *pflag.FlagSet, c *call) {
					c.evidence.registerLedger(flags)
					flags.BoolVar(&c.evidence.onlyHead, "head", false, "of a ledger the head alone, to keep in git, a ticket or a log")
				},
				run: runEvidenceShow,
			},
		},
	}
}

func (e *evidenceFlags) registerLedger(flags *pflag.FlagSet) {
	flags.StringVar(&e.ledger, "ledger", "", "the directory of the ledger")
}

func (e *evidenceFlags) registerEvery(flags *pflag.FlagSet) {
	flags.Var(&e.every, "every", "how often a sweep was promised, such as 7d or 12h; one that was missed is told")
}

func runEvidenceCreate(ctx context.Context, c *call) (int, error) {
	e := &c.evidence
	if e.dir == "" && e.tar == "" {
		return 0, usageError("--dir DIR makes a directory, --tar FILE one file", "where to write the bundle is missing")
	}
	if err := c.out.checkColor(); err != nil {
		return 0, err
	}
	in := evidence.Input{Version: version, Manifest: c.scan.manifest, Config: c.scan.config}
	var err error
	if in.Keys, err = c.signingKeys(ctx); err != nil {
		return 0, err
	}
	if e.report != "" {
		err = c.takeReport(&in)
	} else {
		err = c.scanForBundle(ctx, &in)
	}
	if err != nil {
		return 0, err
	}
	bundle, err := evidence.Create(in)
	if err != nil {
		return 0, bundleError(err)
	}
	if err := e.writeBundle(bundle); err != nil {
		return in.Report.Summary.Exit, err
	}
	if !c.out.quiet {
		err = evidence.WriteText(c.stdout, bundle)
	}
	return in.Report.Summary.Exit, writing("stdout", err)
}

// writeBundle writes the directory and the tar, or neither where one has no room.
func (e *evidenceFlags) writeBundle(b *evidence.Bundle) error {
	if e.tar == "" {
		return writing(e.dir, b.WriteDir(e.dir))
	}
	staged, err := b.StageTar(e.tar)
	if err != nil {
		return writing(e.tar, err)
	}
	defer staged.Discard()
	if e.dir != "" {
		if err := b.WriteDir(e.dir); err != nil {
			return writing(e.dir, err)
		}
	}
	return writing(e.tar, staged.Commit())
}

// scanForBundle scans as the verb scan does. What changed since the previous
// bundle goes into the report.
func (c *call) scanForBundle(ctx context.Context, in *evidence.Input) error {
	opts, err := c.scanOptions()
	if err != nil {
		return err
	}
	if in.Previous, err = c.previousBundle(in.Keys); err != nil {
		return err
	}
	if in.Report, err = c.scanWith(ctx, opts); err != nil {
		return err
	}
	in.Rules = opts.Rules
	if in.Previous != nil {
		in.Report.Sweep = evidence.SinceLast(in.Previous, in.Report, evidence.Interval{})
	}
	return nil
}

// takeReport reads a report that was made before. Whatever bears on the result
// stands in it, so flags for that would be lies.
func (c *call) takeReport(in *evidence.Input) error {
	if len(c.args) > 0 {
		return usageError("leave one of the two out", "--report names what was scanned, and so does %q", c.args[0])
	}
	for _, name := range []string{"host", "exclude", "fail-on", "jobs", "timeout", "max-file-size", "rematch", "allowed-signers", "require-signed", "min-sequence", "state"} {
		if c.flags.Changed(name) {
			return usageError("leave one of the two out", "--%s is for a scan, and --report takes one that is over", name)
		}
	}
	var err error
	if in.Previous, err = c.previousBundle(in.Keys); err != nil {
		return err
	}
	if in.Report, err = readReport(c.evidence.report); err != nil {
		return err
	}
	in.Rules, _, err = c.scan.rules.compile()
	return err
}

// bundleError gives the hint that belongs to a bundle which cannot be made.
func bundleError(err error) error {
	var mismatch *evidence.MismatchError
	var sequence *evidence.SequenceError
	switch {
	case errors.As(err, &sequence):
		return usageError("name the bundle that the report compares itself with by --previous", "%w", err)
	case errors.As(err, &mismatch):
		hint := "give the file that the report was made with, or scan anew"
		if mismatch.What == "rules" {
			hint = "give the rules that the report was made with, by --rules, --exclude-rules and --no-builtin-rules, or scan anew"
		}
		return usageError(hint, "%w", err)
	case errors.Is(err, fs.ErrNotExist):
		return usageError("name it with --manifest or --config", "%w", err)
	}
	return usageError("", "%w", err)
}

// signingKeys is the key of --key, if one was given.
func (c *call) signingKeys(ctx context.Context) ([]*trust.Key, error) {
	if c.key == "" {
		return nil, nil
	}
	key, err := c.openKey(ctx)
	if err != nil {
		return nil, err
	}
	return []*trust.Key{key}, nil
}

// previousBundle reads the bundle of --previous, if one was given, and verifies
// it.
func (c *call) previousBundle(keys []*trust.Key) (*evidence.Bundle, error) {
	path := c.evidence.previous
	if path == "" {
		return nil, nil
	}
	if err := isThere(path); err != nil {
		return nil, err
	}
	v := evidence.Verify(path, c.trustInPrevious(keys))
	if !v.OK() {
		return nil, &trust.Distrust{
			Reason: fmt.Sprintf("%s: %s", path, v.Faults[0]),
			Hint:   "plugvet evidence verify " + path + " tells all that is wrong with it",
		}
	}
	return v.Bundle, nil
}

// trustInPrevious says whose signatures count on the bundle that one signed by
// keys shall follow on. Who signs manifests need not be who signs evidence, so
// the allowed signers are asked only where they know a key that signs now. Keys
// come and go: one must have been valid when the bundle was made.
func (c *call) trustInPrevious(keys []*trust.Key) evidence.Trust {
	if c.allowed != nil && slices.ContainsFunc(keys, func(k *trust.Key) bool {
		return c.allowed.Allows(trust.NamespaceEvidence, k.PublicKey(), time.Now())
	}) {
		return evidence.Trust{Allowed: c.allowed}
	}
	return evidence.Trust{}
}

// isThere tells a bundle that is misspelt from one that was tampered with.
func isThere(path string) error {
	if _, err := os.Stat(path); err != nil {
		return usageError("", "%w", err)
	}
	return nil
}

func runEvidenceVerify(_ context.Context, c *call) (int, error) {
	e := &c.evidence
	t, err := c.evidenceTrust()
	if err != nil {
		return 0, err
	}
	path, err := c.bundleOrLedger()
	if err != nil {
		return 0, err
	}
	if e.ledger == "" {
		if e.head != "" || e.every != (evidence.Interval{}) {
			return 0, usageError("name the ledger with --ledger", "--head and --every are for a ledger")
		}
		v := evidence.Verify(path, t)
		return trustExit(v.OK()), writing("stdout", v.WriteText(c.stdout))
	}
	v, err := evidence.VerifyLedger(path, evidence.LedgerTrust{Trust: t, Head: e.head, Every: e.every})
	if err != nil {
		return 0, usageError("plugvet evidence show --ledger DIR --head prints the head", "%w", err)
	}
	return trustExit(v.OK()), writing("stdout", v.WriteText(c.stdout))
}

func trustExit(ok bool) int {
	if ok {
		return scanner.ExitPass
	}
	return scanner.ExitTrust
}

// evidenceTrust says whose signatures count, and when they must be valid.
func (c *call) evidenceTrust() (evidence.Trust, error) {
	t := evidence.Trust{At: time.Now()}
	var err error
	if t.Allowed, t.Required, err = c.signers(); err != nil {
		return t, err
	}
	if at := c.evidence.at; at != "" {
		if t.At, err = time.Parse(time.RFC3339, at); err != nil {
			return t, usageError("", "--at %q: expected an instant such as 2026-11-23T10:00:00Z", at)
		}
	}
	return t, nil
}

// bundleOrLedger is the one path that the command line names.
func (c *call) bundleOrLedger() (string, error) {
	paths := c.args
	if c.evidence.ledger != "" {
		paths = append([]string{c.evidence.ledger}, paths...)
	}
	if len(paths) != 1 {
		return "", usageError("see "+c.verb+" --help", "expected one bundle, or a ledger with --ledger, got %d", len(paths))
	}
	return paths[0], isThere(paths[0])
}

func runEvidenceShow(_ context.Context, c *call) (int, error) {
	path, err := c.bundleOrLedger()
	if err != nil {
		return 0, err
	}
	switch {
	case c.evidence.ledger == "" && c.evidence.onlyHead:
		return 0, usageError("name the ledger with --ledger", "--head is for a ledger")
	case c.evidence.onlyHead:
		head, err := evidence.Head(path)
		if err != nil {
			return 0, &trust.Distrust{Reason: err.Error(), Hint: "plugvet evidence verify --ledger " + path + " tells what is wrong"}
		}
		_, err = fmt.Fprintln(c.stdout, head)
		return scanner.ExitPass, writing("stdout", err)
	case c.evidence.ledger != "":
		return scanner.ExitPass, c.showLedger(path)
	}
	bundle, err := evidence.Read(path)
	if err != nil {
		return 0, &trust.Distrust{Reason: err.Error(), Hint: "plugvet evidence verify " + path + " tells all that is wrong with it"}
	}
	return scanner.ExitPass, writing("stdout", evidence.WriteText(c.stdout, bundle))
}

func (c *call) showLedger(path string) error {
	err := evidence.WriteLedgerText(c.stdout, path)
	var broken *evidence.Error
	if errors.As(err, &broken) {
		return &trust.Distrust{Reason: err.Error(), Hint: "plugvet evidence verify --ledger " + path + " tells all that is wrong with it"}
	}
	return writing("stdout", err)
}
