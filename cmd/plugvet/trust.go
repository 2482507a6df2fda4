package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/settings"
	"plugvet/scanner/trust"

	"github.com/spf13/pflag"
)

// trustFlags say which manifests may be used.
type trustFlags struct {
	allowedSigners string
	requireSigned  int
	minSequence    int64
	state          string
	settings       settings.Trust // what holds where a flag is not given
}

func (t *trustFlags) register(flags *pflag.FlagSet) {
	t.registerSigners(flags, "trust no manifest but one that is signed by keys of this OpenSSH allowed_signers file")
	flags.Int64Var(&t.minSequence, "min-sequence", 0, "refuse a manifest whose sequence is lower")
}

func (t *trustFlags) registerSigners(flags *pflag.FlagSet, usage string) {
	flags.StringVar(&t.allowedSigners, "allowed-signers", "", usage)
	flags.IntVar(&t.requireSigned, "require-signed", 0, "how many people must have signed (default 1, with --allowed-signers)")
	flags.Lookup("require-signed").NoOptDefVal = "1"
}

func (t *trustFlags) registerState(flags *pflag.FlagSet) {
	flags.StringVar(&t.state, "state", "", "directory that remembers the manifests seen, so that none goes back, or off (default: the user's, with --allowed-signers)")
}

// A trustPolicy is what a manifest must be to be used.
type trustPolicy struct {
	allowed     *trust.AllowedSigners // nil: signatures are not looked at
	required    int                   // principals
	minSequence int64
	seen        *manifests.Seen // nil: nothing is remembered
}

// trustPolicy works out what flags and settings ask for, before anything is
// read that it is about.
func (c *call) trustPolicy() (*trustPolicy, error) {
	t := c.scan.trust
	p := &trustPolicy{minSequence: cmp.Or(t.minSequence, t.settings.MinSequence)}
	var err error
	if p.allowed, p.required, err = c.signers(); err != nil {
		return nil, err
	}
	switch {
	case t.minSequence < 0:
		return nil, usageError("", "--min-sequence: expected 1 or more")
	case c.scan.manifest == "" && (p.allowed != nil || p.minSequence > 0):
		return nil, usageError("name it with --manifest FILE", "a trusted manifest is demanded, and there is no manifest")
	}
	state := cmp.Or(t.state, t.settings.State)
	if state == "" && p.allowed != nil {
		if state, err = c.stateDir(); err != nil {
			return nil, err
		}
	}
	if state != "" && state != settings.StateOff {
		p.seen = &manifests.Seen{Dir: state}
	}
	return p, nil
}

// signers reads whose signatures count, nil where none are asked for, and of how
// many people there must be one.
func (c *call) signers() (*trust.AllowedSigners, int, error) {
	t := c.scan.trust
	path := cmp.Or(t.allowedSigners, t.settings.AllowedSigners)
	switch {
	case t.requireSigned < 0 || t.requireSigned == 0 && c.flags.Changed("require-signed"):
		return nil, 0, usageError("", "--require-signed: expected 1 or more")
	case path == "" && t.requireSigned > 0:
		return nil, 0, usageError("it says who may sign: lines of name, key type and key (ssh-keygen(1), ALLOWED SIGNERS)", "--require-signed needs --allowed-signers FILE")
	case path == "":
		return nil, 0, nil
	}
	var err error
	if c.allowed, err = trust.ReadAllowedSigners(path); err != nil {
		return nil, 0, usageError("its form is described in ssh-keygen(1), ALLOWED SIGNERS", "%w", err)
	}
	return c.allowed, cmp.Or(t.requireSigned, t.settings.RequireSigned, 1), nil
}

// stateDir is where programs keep their state for a user: on Linux by the XDG
// Base Directory Specification, on macOS below Application Support.
func (c *call) stateDir() (string, error) {
	if dir := c.getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "plugvet"), nil
	}
	home := c.getenv("HOME")
	switch {
	case !filepath.IsAbs(home):
		return "", usageError("name a directory that lasts with --state DIR; where none does, say --state off and --min-sequence N",
			"there is no home directory (HOME) to remember the manifests in that were seen")
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support", "plugvet"), nil
	}
	return filepath.Join(home, ".local", "state", "plugvet"), nil
}

// readApprovals reads the manifest at path and tells whether it may be used.
// It is read once: what is verified is what is parsed. Its sums file is opened
// when it is needed.
func (c *call) readApprovals(path string, policy *trustPolicy) (*scanner.Approvals, *scanner.Untrusted, error) {
	data, digest, err := load(path)
	if err != nil {
		return nil, nil, err
	}
	checked, err := policy.check(path, data, time.Now())
	var distrust *trust.Distrust
	switch {
	case errors.As(err, &distrust):
		c.distrust = notTrusted(path, err)
		return nil, &scanner.Untrusted{Path: path, SHA256: digest, Reason: distrust.Reason}, nil
	case err != nil:
		return nil, nil, err
	}
	return approvals(path, digest, checked), nil, nil
}

func load(path string) (data []byte, digest string, err error) {
	if data, err = manifests.Load(path); err != nil {
		hint := ""
		if errors.Is(err, fs.ErrNotExist) {
			hint = "plugvet approve --manifest " + path + " makes one"
		}
		return nil, "", usageError(hint, "%w", err)
	}
	return data, manifests.Digest(data), nil
}

func approvals(path, digest string, c checked) *scanner.Approvals {
	return &scanner.Approvals{
		Path: path, SHA256: digest, Manifest: c.manifest, Signers: c.signers,
		Sums: func() (*manifests.Sums, error) { return manifests.ReadSums(path) },
	}
}

// notTrusted names the manifest of a [trust.Distrust].
func notTrusted(path string, err error) error {
	return fmt.Errorf("%s is not trusted: %w", path, err)
}

// readToApprove reads the manifest that an approval changes. Signatures may be
// missing there, since people sign what comes out; but then all of it, and not
// the change alone, wants a review. Wrong ones end the run.
func (c *call) readToApprove(path string) (*scanner.Approvals, error) {
	c.scan.manifest, c.scan.trust.state = path, settings.StateOff // the gate remembers
	policy, err := c.trustPolicy()
	if err != nil {
		return nil, err
	}
	data, digest, err := load(path)
	if err != nil {
		return nil, err
	}
	checked, err := policy.check(path, data, time.Now())
	var distrust *trust.Distrust
	if errors.As(err, &distrust) && distrust.TooFew {
		fmt.Fprintf(c.stderr, "plugvet: %v\nhint: review all of it before anybody signs, and not only what changes now\n", notTrusted(path, err))
		checked, err = (&trustPolicy{minSequence: policy.minSequence}).check(path, data, time.Now())
	}
	switch {
	case errors.As(err, &distrust):
		return nil, notTrusted(path, err)
	case err != nil:
		return nil, err
	}
	return approvals(path, digest, checked), nil
}

// checked is what is known of a manifest once it was checked.
type checked struct {
	signatures []manifests.Signature
	signers    []string            // principals; of a trusted manifest only
	manifest   *manifests.Manifest // the same
}

// check parses a manifest whose bytes are trusted, and refuses others with a
// [trust.Distrust].
func (p *trustPolicy) check(path string, data []byte, now time.Time) (c checked, err error) {
	if p.allowed != nil {
		if c.signatures, err = manifests.VerifySignatures(path, data, p.allowed, now); err != nil {
			return c, usageError("", "%w", err)
		}
		if c.signers, err = manifests.CheckSigned(c.signatures, p.required); err != nil {
			return c, err
		}
	}
	scanner.CollectWhileReading(len(data))
	m, err := manifests.Parse(path, data)
	if err != nil {
		return c, usageError("", "manifest: %w", err)
	}
	if m.Sequence < p.minSequence {
		return c, &trust.Distrust{
			Reason: fmt.Sprintf("sequence %d is lower than %d, the least that is demanded", m.Sequence, p.minSequence),
			Hint:   "use the latest manifest",
		}
	}
	if p.seen != nil {
		var distrust *trust.Distrust
		err := p.seen.Accept(m, manifests.Digest(data), now)
		if err != nil && !errors.As(err, &distrust) {
			err = &incompleteError{err: err, hint: "name a directory that lasts with --state DIR; where none does, say --state off and --min-sequence N"}
		}
		if err != nil {
			return c, err
		}
	}
	c.manifest = m
	return c, nil
}
