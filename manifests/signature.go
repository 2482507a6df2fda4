package manifests

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"plugvet/scanner/atomicfile"
	"plugvet/scanner/boundedfile"
	"plugvet/scanner/tree"
	"plugvet/scanner/trust"
)

// Limits of the signatures beside a manifest: how many, and bytes in each.
const (
	maxSignatures = 100
	maxSignature  = 64 << 10
)

// A Signature is a file beside a manifest, and whether it counts.
type Signature struct {
	File string `json:"file"`
	trust.Signer
	// Fault says why the signature does not count; empty where it does.
	Fault string `json:"fault,omitempty"`
}

// SignaturePath is where the signature by a key lies: beside the manifest, as
// NAME.toml.FINGERPRINT.sig, with the fingerprint ("SHA256:…") in the alphabet
// that RFC 4648 has for file names. Stock ssh-keygen writes NAME.toml.sig,
// which counts too.
func SignaturePath(manifest, fingerprint string) string {
	name := strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimPrefix(fingerprint, "SHA256:"))
	return manifest + "." + name + ".sig"
}

// SignatureFiles lists the signatures beside a manifest, NAME.toml.sig and
// NAME.toml.*.sig, sorted.
func SignatureFiles(manifest string) ([]string, error) {
	dir, base := filepath.Split(manifest)
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil {
		return nil, fmt.Errorf("signatures: %w", err)
	}
	var files []string
	for _, entry := range entries {
		middle, ok := strings.CutPrefix(entry.Name(), base)
		if middle, cut := strings.CutSuffix(middle, ".sig"); ok && cut && (middle == "" || middle[0] == '.') {
			files = append(files, dir+entry.Name())
		}
	}
	if len(files) > maxSignatures {
		return nil, fmt.Errorf("signatures: %d files %s.*.sig, expected at most %d", len(files), manifest, maxSignatures)
	}
	return files, nil
}

// Sign signs data, which are the bytes of the manifest at path, and writes the
// signature beside it. It returns the signature's path. The same key replaces
// its own signature.
func Sign(path string, data []byte, key *trust.Key) (string, error) {
	armored, err := key.Sign(trust.NamespaceManifest, data)
	if err != nil {
		return "", err
	}
	file := SignaturePath(path, key.Fingerprint())
	staged, err := atomicfile.Stage(file, armored)
	if err != nil {
		return "", fmt.Errorf("write signature: %w", err)
	}
	defer staged.Discard()
	if err := staged.Commit(); err != nil {
		return "", fmt.Errorf("write signature: %w", err)
	}
	return file, nil
}

// VerifySignatures verifies every signature beside the manifest at path over
// data, its bytes. A signature that does not count is no error; CheckSigned
// decides what follows.
func VerifySignatures(path string, data []byte, allowed *trust.AllowedSigners, at time.Time) ([]Signature, error) {
	files, err := SignatureFiles(path)
	if err != nil {
		return nil, err
	}
	signatures := []Signature{}
	for _, file := range files {
		s := Signature{File: tree.Printable(file)}
		armored, err := boundedfile.Read(file, maxSignature)
		if err == nil {
			s.Signer, err = allowed.Verify(trust.NamespaceManifest, data, armored, at)
		}
		if err != nil {
			s.Fault = tree.Visible(err.Error())
		}
		signatures = append(signatures, s)
	}
	return signatures, nil
}

// CheckSigned demands signatures of so many principals and returns who signed.
// Every signature must count: one that does not says that somebody signed
// other bytes, or that somebody signs who should not, and no number of good
// ones explains it. The error is a [*trust.Distrust].
func CheckSigned(signatures []Signature, required int) (principals []string, err error) {
	var signers []trust.Signer
	for _, s := range signatures {
		if s.Fault != "" {
			return nil, &trust.Distrust{
				Reason: fmt.Sprintf("signature %s: %s", s.File, s.Fault),
				Hint:   "find out how it came there; if it is only left over, remove it, and have its signer sign again",
			}
		}
		signers = append(signers, s.Signer)
		principals = append(principals, s.Principal)
	}
	if n := trust.CountPrincipals(signers); n < required {
		reason := "it is not signed"
		if n > 0 {
			reason = fmt.Sprintf("signed by %s (%s), %d required", Count(n, "principal"), strings.Join(principals, "; "), required)
		}
		return nil, &trust.Distrust{Reason: reason, Hint: "review it, then plugvet manifest sign --key FILE MANIFEST", TooFew: true}
	}
	return principals, nil
}

// RemoveSignatures removes the signatures beside a manifest that has changed,
// since they are over bytes that are no more, and returns their paths.
func RemoveSignatures(manifest string) (removed []string, err error) {
	files, err := SignatureFiles(manifest)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if err := os.Remove(file); err != nil {
			return removed, fmt.Errorf("remove the signature of the former manifest: %w", err)
		}
		removed = append(removed, file)
	}
	return removed, nil
}
