package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"

	"github.com/spf13/pflag"
)

// approveFlags say what is approved, by whom and why.
type approveFlags struct {
	plugins []string
	by      string
	ticket  string
	reason  string
	expires string
	prune   bool
	keep    bool
	renew   bool
	dryRun  bool
}

func approveVerb() *verb {
	return &verb{
		name: "approve", args: "--manifest FILE [FLAGS] [PATH…]",
		summary: "write approvals for what is on disk into the manifest",
		flags: func(flags *pflag.FlagSet, c *call) {
			c.scan.registerManifest(flags)
			flags.Lookup("manifest").Usage = "the manifest to write; one that does not exist is made"
			c.grant.register(flags)
			c.scan.trust.register(flags)
			c.scan.registerWhat(flags)
			c.scan.registerWhere(flags)
			c.out.registerLook(flags)
		},
		run: runApprove,
	}
}

func (a *approveFlags) register(flags *pflag.FlagSet) {
	flags.StringArrayVar(&a.plugins, "plugin", nil, "only plugins whose host/name matches this doublestar pattern; repeatable")
	flags.StringVar(&a.by, "by", "", "who approves (default: the current user at this machine)")
	flags.StringVar(&a.ticket, "ticket", "", "the change ticket")
	flags.StringVar(&a.reason, "reason", "", "why it is needed")
	flags.StringVar(&a.expires, "expires", "", "the last day of the approval, such as 2027-05-22, or an instant")
	flags.BoolVar(&a.prune, "prune", false, "drop approvals of plugins that are gone")
	flags.BoolVar(&a.keep, "keep", false, "keep what a modified plugin replaces as an alternative: another architecture, a rollout under way")
	flags.BoolVar(&a.renew, "renew", false, "approve anew also what is unchanged")
	flags.BoolVar(&a.dryRun, "dry-run", false, "show what would change and stop there")
}

func runApprove(ctx context.Context, c *call) (int, error) {
	if err := c.out.checkColor(); err != nil {
		return 0, err
	}
	path := c.scan.manifest
	if path == "" {
		return 0, usageError("such as --manifest approved.toml; one that does not exist is made", "--manifest is required")
	}
	request, err := c.grant.request(path)
	if err != nil {
		return 0, err
	}
	var old *manifests.Manifest
	opts, err := c.scanParameters()
	if err != nil {
		return 0, err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		if opts.Approved, err = c.readToApprove(path); err != nil {
			return 0, err
		}
	}
	if a := opts.Approved; a != nil {
		old = a.Manifest
		request.Previous = a.SHA256
		if request.OldSums, err = a.Sums(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, usageError("repair it, or remove it: it is made anew from what is on disk", "%w", err)
		}
	}
	opts.KeepFiles = true
	bar := c.progress("reading")
	opts.Progress = bar
	found, err := scanner.Scan(ctx, *opts)
	bar.finish()
	if err != nil {
		return 0, err
	}
	if err := request.take(found); err != nil {
		return 0, err
	}
	outcome, err := manifests.Approve(old, request.Request)
	if err != nil {
		return 0, usageError("plugvet discover lists what there is", "%w", err)
	}
	if !c.out.quiet {
		if err := c.showOutcome(old, outcome); err != nil {
			return 0, writing("stdout", err)
		}
	}
	code := scanner.ExitPass
	if slices.ContainsFunc(outcome.Updates, func(u manifests.Update) bool { return u.Kind == manifests.Refused }) {
		code = scanner.ExitViolations // somebody asked for what was revoked
	}
	switch {
	case !outcome.Changed:
		fmt.Fprintf(c.stderr, "nothing changes; %s stays as it is\n", path)
		return code, nil
	case c.grant.dryRun:
		fmt.Fprintf(c.stderr, "dry run: %s was not written\n", path)
		return code, nil
	}
	if err := manifests.Write(path, outcome.Manifest, outcome.Sums); err != nil {
		return 0, &incompleteError{err: err}
	}
	fmt.Fprintf(c.stderr, "wrote %s and %s\n", path, manifests.SumsPath(path))
	removed, err := manifests.RemoveSignatures(path)
	if err != nil {
		return 0, &incompleteError{err: err, hint: "remove it; it is over bytes that are no more"}
	}
	if len(removed) > 0 {
		fmt.Fprintf(c.stderr, "removed the signatures of the former manifest: %s\nhint: sign this one with plugvet manifest sign --key FILE %s\n", strings.Join(removed, ", "), path)
	}
	return code, nil
}

// showOutcome prints what an approval changes, and what it does not.
func (c *call) showOutcome(old *manifests.Manifest, outcome *manifests.Outcome) error {
	if old == nil {
		old = &manifests.Manifest{ID: outcome.Manifest.ID}
	}
	if outcome.Changed {
		if err := manifests.Diff(old, outcome.Manifest).WriteText(c.stdout); err != nil {
			return err
		}
	}
	unchanged := 0
	for _, u := range outcome.Updates {
		switch u.Kind {
		case manifests.Unchanged:
			unchanged++
		case manifests.Refused:
			if _, err := fmt.Fprintf(c.stdout, "\nREFUSED   %s/%s: %s\n", u.New.Host, u.New.Name, u.Why); err != nil {
				return err
			}
		}
	}
	if unchanged == 0 {
		return nil
	}
	_, err := fmt.Fprintf(c.stdout, "\nunchanged approvals: %d\n", unchanged)
	return err
}

// An approval is a request that is still without what was found.
type approval struct{ manifests.Request }

func (a *approveFlags) request(path string) (*approval, error) {
	by := a.by
	if by == "" {
		var err error
		if by, err = currentUser(); err != nil {
			return nil, usageError("name yourself with --by", "who approves is not known: %w", err)
		}
	}
	expires := manifests.Expiry{}
	if a.expires != "" {
		var err error
		if expires, err = manifests.ParseExpiry(a.expires); err != nil {
			return nil, usageError("", "--expires: %w", err)
		}
	}
	return &approval{manifests.Request{
		Approval: manifests.Approval{
			By: by, At: manifests.NewTime(time.Now()), Ticket: a.ticket, Reason: a.reason, Expires: expires,
		},
		Select: a.plugins, Prune: a.prune, Keep: a.keep, Renew: a.renew,
		ID: manifests.DefaultID(path),
	}}, nil
}

// take adds what a scan found. Something that could not be read cannot be
// approved, and then nothing is written at all.
func (a *approval) take(found *scanner.Report) error {
	var gaps []string
	for _, gap := range found.Coverage.Errors {
		gaps = append(gaps, fmt.Sprintf("%s: %s", gap.Path, gap.Reason))
	}
	for _, root := range found.Coverage.MissingRoots {
		gaps = append(gaps, root+": no such directory")
	}
	if len(gaps) > 0 {
		return &incompleteError{
			err:  fmt.Errorf("nothing was approved, since not everything could be read:\n  %s", strings.Join(gaps, "\n  ")),
			hint: "mend it, or leave it out with --exclude",
		}
	}
	for _, p := range found.Plugins {
		if p.Unmatched {
			return &incompleteError{
				err:  fmt.Errorf("nothing was approved, since %s/%s has a file too large to be matched: what it can do is not known", p.Host, p.Name),
				hint: "raise --max-file-size, or leave the file out with --exclude",
			}
		}
		if p.Observed != nil {
			a.Plugins = append(a.Plugins, *p.Observed)
		}
	}
	if len(a.Plugins) == 0 && !a.Prune {
		return &incompleteError{err: errors.New("no plugin was found, so there is nothing to approve"), hint: "plugvet discover tells where it looks"}
	}
	a.Rules = found.Rules.Digest
	a.Scope = found.Scope()
	return nil
}

// currentUser is "name@machine".
func currentUser() (string, error) {
	u, err := user.Current()
	if err != nil {
		return "", err
	}
	machine, err := os.Hostname()
	if err != nil {
		return "", err
	}
	return u.Username + "@" + machine, nil
}
