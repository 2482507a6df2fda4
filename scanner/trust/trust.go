// Package trust signs bytes with SSH keys and decides whose signatures count.
//
// Signatures are detached and armored SSHSIG files, as `ssh-keygen -Y sign`
// makes and `ssh-keygen -Y verify` checks them (PROTOCOL.sshsig of OpenSSH;
// the format itself is the business of github.com/hiddeco/sshsig). Who may
// sign, for what and when says an allowed_signers file, see ssh-keygen(1).
//
// The package knows nothing of what is signed. Certificates are not supported:
// a file with a cert-authority line is refused, so that nobody believes in it.
package trust

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// Namespaces keep a signature of one purpose from being taken for another.
const (
	NamespaceManifest = "plugvet-manifest"
	NamespaceEvidence = "plugvet-evidence"
)

// Reasons why a signature does not count, for errors.Is.
var (
	ErrMalformed   = errors.New("not an SSH signature")
	ErrNamespace   = errors.New("made for another purpose")
	ErrUnknownKey  = errors.New("by a key that is not allowed to sign")
	ErrMismatch    = errors.New("over other bytes")
	ErrNotYetValid = errors.New("by a key that is not valid yet")
	ErrExpired     = errors.New("by a key that is not valid any more")
)

// maxSignature bounds a signature file, in bytes; one by the largest RSA key
// has less than a tenth.
const maxSignature = 64 << 10

// Fingerprint is the fingerprint of a key as ssh-keygen -l prints it, "SHA256:…".
func Fingerprint(key ssh.PublicKey) string { return ssh.FingerprintSHA256(key) }

// SignedBy returns the key that a signature claims to be made by. Nothing is
// verified.
func SignedBy(armored []byte) (ssh.PublicKey, error) {
	sig, err := unarmor(armored)
	if err != nil {
		return nil, err
	}
	return sig.PublicKey, nil
}

// unarmor reads a signature and accepts one spelling of it alone, but for line
// ends: the library passes over text around the block, headers, loose bits of
// the base64 and the reserved field, where a flipped bit would go unnoticed.
func unarmor(armored []byte) (*sshsig.Signature, error) {
	malformed := func(format string, args ...any) (*sshsig.Signature, error) {
		return nil, fmt.Errorf("%w: "+format, append([]any{ErrMalformed}, args...)...)
	}
	if len(armored) > maxSignature {
		return malformed("%d bytes, expected at most %d", len(armored), maxSignature)
	}
	const begin, end = "-----BEGIN " + sshsig.PEMType + "-----", "-----END " + sshsig.PEMType + "-----"
	text := strings.NewReplacer("\r", "", "\n", "").Replace(string(armored))
	body, ok := strings.CutPrefix(text, begin)
	if !ok {
		return malformed("expected %s in the first line", begin)
	}
	if body, ok = strings.CutSuffix(body, end); !ok {
		return malformed("expected %s in the last line", end)
	}
	blob, err := base64.StdEncoding.Strict().DecodeString(body)
	if err != nil {
		return malformed("%w", err)
	}
	sig, err := sshsig.ParseSignature(blob)
	if err != nil {
		return malformed("%s", printable(err)) // it may quote the signature
	}
	if !bytes.Equal(sig.Marshal(), blob) {
		return malformed("it holds more than a signature")
	}
	if _, ok := sig.PublicKey.(*ssh.Certificate); ok {
		return malformed("it is by a certificate, which plugvet does not support")
	}
	// Only security keys add something (a flag and a counter) to a signature.
	if len(sig.Signature.Rest) > 0 && !strings.HasPrefix(sig.PublicKey.Type(), "sk-") {
		return malformed("it holds more than a signature")
	}
	return sig, nil
}

func printable(err error) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, err.Error())
}

// armor writes a signature in lines of 70 characters, as ssh-keygen does.
func armor(sig *sshsig.Signature) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "-----BEGIN %s-----\n", sshsig.PEMType)
	for text := base64.StdEncoding.EncodeToString(sig.Marshal()); text != ""; {
		line := text[:min(70, len(text))]
		text = text[len(line):]
		b.WriteString(line + "\n")
	}
	fmt.Fprintf(&b, "-----END %s-----\n", sshsig.PEMType)
	return b.Bytes()
}
