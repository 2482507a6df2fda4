package trust

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// AllowedSigners are the keys that may sign, from an allowed_signers file.
type AllowedSigners struct{ lines []allowed }

// allowed is one line: who may sign with which key, for what and when.
type allowed struct {
	principals string // pattern list
	namespaces string // pattern list; empty: any
	after      time.Time
	before     time.Time // through this instant
	blob       string    // the key in SSH wire format
}

// A Signer made a signature that counts.
type Signer struct {
	// Principal is the principals field of the key's line, patterns apart by
	// commas; ssh-keygen -Y find-principals prints one a line. Where several
	// lines allow the key it holds all of theirs.
	Principal   string `json:"principal"`
	Fingerprint string `json:"fingerprint"` // "SHA256:…"
	KeyType     string `json:"key_type"`    // such as "ssh-ed25519"
}

// Verify checks a signature over message, made for namespace, at a time. Errors
// wrap one of the reasons above; then the Signer holds what the signature says
// of its key, if that much can be read, and no principal.
//
// It accepts what `ssh-keygen -Y verify` accepts. The time is the one of the
// check and not one that the signature names: an SSHSIG holds none, and one
// beside it could be put back.
func (a *AllowedSigners) Verify(namespace string, message, armored []byte, at time.Time) (Signer, error) {
	sig, err := unarmor(armored)
	if err != nil {
		return Signer{}, err
	}
	signer := Signer{Fingerprint: Fingerprint(sig.PublicKey), KeyType: sig.PublicKey.Type()}
	if sig.Namespace != namespace {
		return signer, fmt.Errorf("%w: its namespace is %q, expected %q", ErrNamespace, sig.Namespace, namespace)
	}
	blob := string(sig.PublicKey.Marshal())
	var lines []*allowed
	for i := range a.lines {
		if a.lines[i].blob == blob {
			lines = append(lines, &a.lines[i])
		}
	}
	if len(lines) == 0 {
		return signer, fmt.Errorf("%w: %s", ErrUnknownKey, signer.Fingerprint)
	}
	if err := sshsig.Verify(bytes.NewReader(message), sig, sig.PublicKey, sig.HashAlgorithm, namespace); err != nil {
		return signer, fmt.Errorf("%w: %s of %s", ErrMismatch, signer.Fingerprint, lines[0].principals)
	}
	var principals []string
	for _, line := range lines {
		if lineErr := line.permits(namespace, at); lineErr != nil {
			if err == nil {
				err = lineErr
			}
		} else {
			for principal := range strings.SplitSeq(line.principals, ",") {
				if !slices.Contains(principals, principal) {
					principals = append(principals, principal)
				}
			}
		}
	}
	if len(principals) == 0 {
		return signer, err
	}
	signer.Principal = strings.Join(principals, ",")
	return signer, nil
}

// Allows reports whether somebody may sign with a key at a time.
func (a *AllowedSigners) Allows(namespace string, key ssh.PublicKey, at time.Time) bool {
	blob := string(key.Marshal())
	return slices.ContainsFunc(a.lines, func(l allowed) bool { return l.blob == blob && l.permits(namespace, at) == nil })
}

// permits says why the line does not let its key sign, or nil.
func (l *allowed) permits(namespace string, at time.Time) error {
	switch {
	case l.namespaces != "" && !matchList(l.namespaces, namespace):
		return fmt.Errorf("%w: %s may sign for %q only, not for %q", ErrNamespace, l.principals, l.namespaces, namespace)
	case !l.after.IsZero() && at.Before(l.after):
		return fmt.Errorf("%w: %s signs from %s on, and it is %s", ErrNotYetValid, l.principals, instant(l.after), instant(at))
	case !l.before.IsZero() && at.Truncate(time.Second).After(l.before):
		return fmt.Errorf("%w: %s signs until %s, and it is %s", ErrExpired, l.principals, instant(l.before), instant(at))
	}
	return nil
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }
