package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/tree"

	"github.com/spf13/pflag"
)

// approveFlags say what is approved, by whom, why and how it is decided.
type approveFlags struct {
	plugins []string
	prune   bool
	keep    bool
	renew   bool
	dryRun  bool

	by, ticket, reason, expires           string
	impact, tested, rollback, requestedBy string
	emergency                             bool
	yes, interactive                      bool
	propose, apply, from                  string
	allowUnverified                       bool
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
	flags.StringVar(&a.requestedBy, "requested-by", "", "who asked for it")
	flags.StringVar(&a.ticket, "ticket", "", "the change ticket")
	flags.StringVar(&a.reason, "reason", "", "why it is needed")
	flags.StringVar(&a.impact, "impact", "", "what it has an effect on")
	flags.StringVar(&a.tested, "tested", "", "how it was tested, or where the result is")
	flags.StringVar(&a.rollback, "rollback", "", "the tree digest to go back to, or none (default: of what it replaces)")
	flags.StringVar(&a.expires, "expires", "", "the last day of the approval, such as 2027-05-22, an instant, or a span such as 90d")
	flags.BoolVar(&a.emergency, "emergency", false, "approve for a short time what must be reviewed later; needs a reason, and no more of what the settings require")
	flags.BoolVarP(&a.yes, "yes", "y", false, "approve everything without asking, on a terminal too")
	flags.BoolVarP(&a.interactive, "interactive", "i", false, "ask for each change, also without a terminal: one answer a line")
	flags.StringVar(&a.propose, "propose", "", "write the changes to this TOML file for somebody to decide on, and approve nothing")
	flags.StringVar(&a.apply, "apply", "", "carry out the decisions in this file of --propose")
	flags.StringVar(&a.from, "from", "", "take over what this other manifest approves, and nothing else")
	flags.BoolVar(&a.allowUnverified, "allow-unverified", false, "with --from: also from a manifest whose signature was not verified, which is recorded")
	flags.BoolVar(&a.prune, "prune", false, "drop approvals of plugins that are gone")
	flags.BoolVar(&a.keep, "keep", false, "keep what a modified plugin replaces as an alternative: another architecture, a rollout under way")
	flags.BoolVar(&a.renew, "renew", false, "approve anew also what is unchanged")
	flags.BoolVar(&a.dryRun, "dry-run", false, "show what would change and stop there")
}

// check looks for flags that contradict each other.
func (a *approveFlags) check() error {
	modes := []struct {
		flag string
		set  bool
	}{
		{"--yes", a.yes}, {"--interactive", a.interactive}, {"--propose", a.propose != ""}, {"--apply", a.apply != ""},
	}
	for i, m := range modes {
		for _, other := range modes[i+1:] {
			if m.set && other.set {
				return usageError("each of them says who decides", "%s and %s exclude each other", m.flag, other.flag)
			}
		}
	}
	if a.apply != "" {
		switch {
		case len(a.plugins) > 0:
			return usageError("write skip into the file instead", "--apply and --plugin exclude each other")
		case a.from != "":
			return usageError("", "--apply and --from exclude each other")
		case a.prune || a.keep || a.renew:
			return usageError("give it to --propose", "--prune, --keep and --renew stand in the file of --apply")
		}
	}
	if a.propose != "" && !strings.HasSuffix(a.propose, ".toml") {
		return usageError("", "--propose %q: expected a name that ends in .toml", a.propose)
	}
	if a.allowUnverified && a.from == "" {
		return usageError("", "--allow-unverified is for --from")
	}
	return nil
}

// An approving is one run of the verb: what is asked for, and the manifest that
// it is asked of.
type approving struct {
	*call
	path    string              // of the manifest
	old     *manifests.Manifest // nil where there is none yet
	request manifests.Request
	found   *scanner.Report
	plan    *manifests.Outcome // what approving everything would do
}

func runApprove(ctx context.Context, c *call) (int, error) {
	if err := c.out.checkColor(); err != nil {
		return 0, err
	}
	if c.scan.manifest == "" {
		return 0, usageError("such as --manifest approved.toml; one that does not exist is made", "--manifest is required")
	}
	if err := c.grant.check(); err != nil {
		return 0, err
	}
	if err := c.checkAsked(); err != nil {
		return 0, err
	}
	a := &approving{call: c, path: c.scan.manifest}
	opts, err := a.options()
	if err != nil {
		return 0, err
	}
	var proposal *manifests.Proposal
	if c.grant.apply != "" {
		if proposal, err = a.readProposal(); err != nil {
			return 0, err
		}
	}
	if err := a.prepare(proposal); err != nil {
		return 0, err
	}
	asks := c.asks()
	if !asks && c.grant.propose == "" && c.grant.from == "" {
		if err := a.checkPolicy(); err != nil {
			return 0, err
		}
	}
	bar := c.progress("reading")
	opts.Progress = bar
	a.found, err = scanner.Scan(ctx, *opts)
	bar.finish()
	if err != nil {
		return 0, err
	}
	if err := a.take(); err != nil {
		return 0, err
	}
	if err := a.makePlan(); err != nil {
		return 0, err
	}
	switch {
	case c.grant.propose != "":
		return a.propose(c.grant.propose, func(string) manifests.Decision { return manifests.Skip })
	case proposal != nil:
		if err := a.checkUnmoved(proposal); err != nil {
			return 0, err
		}
		a.request.Decide, a.request.Rejected = proposal.Decide(), proposal.Rejected()
	case asks:
		return a.review(ctx)
	}
	return a.carryOut()
}

// asks reports whether somebody decides at the terminal. A pipeline may have one,
// and nobody there; most set CI.
func (c *call) asks() bool {
	g := &c.grant
	if g.interactive {
		return true
	}
	return c.stdinIsTerminal && c.stdoutIsTerminal && !c.inPipeline() && !g.yes && !g.dryRun && g.propose == "" && g.apply == ""
}

// checkAsked refuses to approve unasked what somebody at a terminal did not say
// shall be: the questions would go down a pipe.
func (c *call) checkAsked() error {
	g := &c.grant
	said := g.yes || g.interactive || g.dryRun || g.propose != "" || g.apply != "" || g.from != ""
	if said || !c.stdinIsTerminal || c.stdoutIsTerminal || c.inPipeline() {
		return nil
	}
	return usageError("say --yes to approve everything without asking", "stdout is no terminal, so nobody can be asked")
}

// inPipeline reports whether CI is set, and not to a word for no.
func (c *call) inPipeline() bool {
	switch strings.ToLower(c.getenv("CI")) {
	case "", "0", "false":
		return false
	}
	return true
}

// options reads settings, rules and the manifest, if there is one.
func (a *approving) options() (*scanner.Options, error) {
	opts, err := a.scanParameters()
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(a.path); !errors.Is(err, fs.ErrNotExist) {
		if opts.Approved, err = a.readToApprove(a.path); err != nil {
			return nil, err
		}
	}
	if approved := opts.Approved; approved != nil {
		a.old = approved.Manifest
		a.request.Previous = approved.SHA256
		if a.request.OldSums, err = approved.Sums(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, usageError("repair it, or remove it: it is made anew from what is on disk", "%w", err)
		}
	}
	opts.KeepFiles = true
	return opts, nil
}

// makePlan works out what there is to decide on. What the settings require is
// asked of what is written, not of the plan.
func (a *approving) makePlan() (err error) {
	request := a.request
	request.Policy = manifests.Policy{}
	if a.plan, err = manifests.Approve(a.old, request); err != nil {
		return usageError("plugvet discover lists what there is", "%w", err)
	}
	return nil
}

// carryOut writes the manifest, or shows what would be written.
func (a *approving) carryOut() (int, error) {
	outcome, err := manifests.Approve(a.old, a.request)
	if err != nil {
		return 0, usageError(policyHint, "%w", err)
	}
	if !a.out.quiet {
		if err := a.showOutcome(outcome); err != nil {
			return 0, writing("stdout", err)
		}
	}
	code := scanner.ExitPass
	if slices.ContainsFunc(outcome.Updates, func(u manifests.Update) bool { return u.Kind == manifests.Refused }) {
		code = scanner.ExitViolations // somebody asked for what was revoked
	}
	switch {
	case !outcome.Changed:
		fmt.Fprintf(a.stderr, "nothing changes; %s stays as it is\n", a.path)
		return code, nil
	case a.grant.dryRun:
		fmt.Fprintf(a.stderr, "dry run: %s was not written\n", a.path)
		return code, nil
	}
	if err := a.checkSame(); err != nil {
		return 0, err
	}
	if err := manifests.Write(a.path, outcome.Manifest, outcome.Sums); err != nil {
		return 0, &incompleteError{err: err}
	}
	fmt.Fprintf(a.stderr, "wrote %s and %s\n", a.path, manifests.SumsPath(a.path))
	removed, err := manifests.RemoveSignatures(a.path)
	if err != nil {
		return 0, &incompleteError{err: err, hint: "remove it; it is over bytes that are no more"}
	}
	if len(removed) > 0 {
		fmt.Fprintf(a.stderr, "removed the signatures of the former manifest: %s\nhint: sign this one with plugvet manifest sign --key FILE %s\n", strings.Join(removed, ", "), a.path)
	}
	return code, nil
}

// checkSame refuses to write over a manifest that somebody else wrote since it
// was read: what they approved or revoked would be lost.
func (a *approving) checkSame() error {
	digest := ""
	switch data, err := manifests.Load(a.path); {
	case err == nil:
		digest = manifests.Digest(data)
	case !errors.Is(err, fs.ErrNotExist):
		return &incompleteError{err: err}
	}
	if digest == a.request.Previous {
		return nil
	}
	return &incompleteError{
		err:  fmt.Errorf("%s was changed by somebody else since it was read, so it was not written", a.path),
		hint: "approve anew, over what it says now",
	}
}

// leftOut names what cannot be approved.
var leftOut = map[manifests.UpdateKind]string{manifests.Refused: "REFUSED", manifests.Uncovered: "LEFT OUT"}

// showOutcome prints what an approval changes, and what it does not.
func (a *approving) showOutcome(outcome *manifests.Outcome) error {
	old := a.old
	if old == nil {
		old = &manifests.Manifest{ID: outcome.Manifest.ID}
	}
	if outcome.Changed {
		if err := manifests.Diff(old, outcome.Manifest).WriteText(a.stdout); err != nil {
			return err
		}
	}
	unchanged := 0
	for _, u := range outcome.Updates {
		if u.Kind == manifests.Unchanged {
			unchanged++
		}
		if word := leftOut[u.Kind]; word != "" {
			if _, err := fmt.Fprintf(a.stdout, "\n%-8s  %s/%s: %s\n", word, u.New.Host, u.New.Name, tree.Visible(u.Why)); err != nil {
				return err
			}
		}
	}
	if unchanged == 0 {
		return nil
	}
	_, err := fmt.Fprintf(a.stdout, "\nunchanged approvals: %d\n", unchanged)
	return err
}
