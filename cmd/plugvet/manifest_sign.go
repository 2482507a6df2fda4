package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/report"
	"plugvet/scanner/settings"
	"plugvet/scanner/tree"
	"plugvet/scanner/trust"

	"github.com/spf13/pflag"
)

func manifestSignVerb() *verb {
	return &verb{
		name: "sign", args: "--key FILE MANIFEST", summary: "sign a manifest with an SSH key",
		flags: func(flags *pflag.FlagSet, c *call) {
			c.registerTheManifest(flags)
			c.registerKey(flags)
		},
		run: runManifestSign,
	}
}

func (c *call) registerKey(flags *pflag.FlagSet) {
	flags.StringVar(&c.key, "key", "", "SSH key that signs: a private key, or a public one whose private half ssh-agent holds")
}

// openKey opens the key that --key names.
func (c *call) openKey(ctx context.Context) (*trust.Key, error) {
	if c.key == "" {
		return nil, usageError("ssh-keygen -t ed25519 -f FILE makes a key", "--key FILE is required")
	}
	ask := func(prompt string) ([]byte, error) { return c.askPassphrase(ctx, prompt) }
	key, err := trust.OpenKey(c.key, ask, c.getenv("SSH_AUTH_SOCK"))
	var keyErr *trust.KeyError
	if errors.As(err, &keyErr) {
		return nil, usageError(keyErr.Hint, "%w", err)
	}
	return key, err
}

func runManifestSign(ctx context.Context, c *call) (int, error) {
	path, err := c.manifestArgument()
	if err != nil {
		return 0, err
	}
	data, _, err := load(path)
	if err != nil {
		return 0, err
	}
	m, err := manifests.Parse(path, data)
	if err != nil {
		return 0, usageError("a manifest that nobody can use is not signed", "manifest: %w", err)
	}
	key, err := c.openKey(ctx)
	if err != nil {
		return 0, err
	}
	file, err := manifests.Sign(path, data, key)
	if err != nil {
		return 0, &incompleteError{err: err}
	}
	fmt.Fprintf(c.stderr, "signed %s (%s, sequence %d) with %s: wrote %s\n", path, tree.Printable(m.ID), m.Sequence, key.Fingerprint(), file)
	return scanner.ExitPass, nil
}

func (c *call) manifestArgument() (string, error) {
	c.takeTheManifest()
	if len(c.args) != 1 {
		return "", usageError("see "+c.verb+" --help", "expected one manifest, got %d arguments", len(c.args))
	}
	return c.args[0], nil
}

func manifestVerifyVerb() *verb {
	return &verb{
		name: "verify", args: "--allowed-signers FILE [FLAGS] MANIFEST", summary: "check who signed a manifest",
		flags: func(flags *pflag.FlagSet, c *call) {
			c.registerTheManifest(flags)
			c.scan.trust.register(flags)
			c.scan.registerConfig(flags)
			c.out.registerFormat(flags, "text", "json")
		},
		run: runManifestVerify,
	}
}

// A verification is what manifest verify found out.
type verification struct {
	Path       string                `json:"path"`
	SHA256     string                `json:"sha256"`
	ID         string                `json:"id,omitempty"`       // of a trusted manifest only
	Sequence   int64                 `json:"sequence,omitempty"` // the same
	Trusted    bool                  `json:"trusted"`
	Reason     string                `json:"reason,omitempty"` // why it is not
	Required   int                   `json:"required"`         // principals
	Signatures []manifests.Signature `json:"signatures"`

	distrust *trust.Distrust
}

func runManifestVerify(_ context.Context, c *call) (int, error) {
	if err := c.out.checkOneOf("text", "json"); err != nil {
		return 0, err
	}
	path, err := c.manifestArgument()
	if err != nil {
		return 0, err
	}
	if _, err := c.readSettings(); err != nil {
		return 0, err
	}
	c.scan.manifest = path
	c.scan.trust.state = settings.StateOff // to ask changes nothing
	policy, err := c.trustPolicy()
	if err != nil {
		return 0, err
	}
	if policy.allowed == nil {
		return 0, usageError("", "--allowed-signers FILE is required")
	}
	v, err := policy.verify(path)
	if err != nil {
		return 0, err
	}
	if c.out.format == "json" {
		err = report.WriteJSON(c.stdout, v)
	} else {
		err = v.writeText(c.stdout)
	}
	err = writing("stdout", err)
	if v.Trusted {
		return scanner.ExitPass, err
	}
	return scanner.ExitTrust, errors.Join(notTrusted(path, v.distrust), err)
}

func (p *trustPolicy) verify(path string) (*verification, error) {
	data, digest, err := load(path)
	if err != nil {
		return nil, err
	}
	checked, err := p.check(path, data, time.Now())
	v := &verification{Path: path, SHA256: digest, Required: p.required, Signatures: checked.signatures}
	switch {
	case errors.As(err, &v.distrust):
		v.Reason = v.distrust.Reason
	case err != nil:
		return nil, err
	default:
		v.Trusted, v.ID, v.Sequence = true, checked.manifest.ID, checked.manifest.Sequence
	}
	return v, nil
}

func (v *verification) writeText(w io.Writer) error {
	for _, s := range v.Signatures {
		var err error
		if s.Fault == "" {
			_, err = fmt.Fprintf(w, "good  %s  %s %s  %s\n", s.Principal, s.KeyType, s.Fingerprint, s.File)
		} else {
			_, err = fmt.Fprintf(w, "BAD   %s: %s\n", s.File, s.Fault)
		}
		if err != nil {
			return err
		}
	}
	if !v.Trusted {
		return nil
	}
	_, err := fmt.Fprintf(w, "trusted: %s is %s, sequence %d, %s\n", v.Path, tree.Printable(v.ID), v.Sequence, v.SHA256)
	return err
}
