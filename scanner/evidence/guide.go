package evidence

import (
	"bytes"
	"crypto"
	_ "embed"
	"fmt"
	"sync"
	"text/template"
	"time"

	"plugvet/scanner/trust"

	"golang.org/x/crypto/ssh"
)

//go:embed guide.md.tmpl
var guideText string

var guideTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New(guideFile).Parse(guideText))
})

// addKeys adds the public keys that openssl checks the envelope with, and
// returns them; a hardware key is none.
func addKeys(f Files, keys []*trust.Key) ([]ssh.PublicKey, error) {
	var public []ssh.PublicKey
	for _, key := range keys {
		if _, err := trust.RawHash(key.PublicKey()); err != nil {
			continue
		}
		public = append(public, key.PublicKey())
		data, err := trust.PEM(key.PublicKey())
		if err != nil {
			return nil, err
		}
		if err := f.add(keyFile(len(public)), data); err != nil {
			return nil, err
		}
	}
	return public, nil
}

// keyFile is what the key of the n-th signature in the envelope is called.
func keyFile(n int) string { return fmt.Sprintf("signer.%d.pem", n) }

// A sealedBy is how openssl checks one signature of the envelope.
type sealedBy struct {
	Number      int
	Fingerprint string
	Command     string
}

// guide is VERIFY.md: how to check the bundle with stock tools alone. The
// bundle has its content but for the guide itself.
func guide(b *Bundle, sealers []ssh.PublicKey) []byte {
	var commands []sealedBy
	for i, key := range sealers {
		commands = append(commands, sealedBy{i + 1, trust.Fingerprint(key), opensslVerify(key, i+1)})
	}
	manifestSignatures, noSignatures := b.Files.manifestSignatures()
	var signatures []string
	for i := range b.Index.Signers {
		signatures = append(signatures, checksumsSignature(i+1))
	}
	var page bytes.Buffer
	if err := guideTemplate().Execute(&page, map[string]any{
		"Index": b.Index, "At": b.Index.At.Format(time.RFC3339),
		"Manifest": b.Files[manifestFile] != nil, "Sums": b.Files[sumsFile] != nil,
		"ManifestSignatures": manifestSignatures, "NoSignatures": noSignatures, "Signatures": signatures, "Sealed": commands,
		"PayloadType": payloadType, "PayloadTypeLength": len(payloadType),
		"Proves": proves(b), "DoesNotProve": doesNotProve(b),
	}); err != nil {
		panic(err) // the template is ours and was tested
	}
	return page.Bytes()
}

// opensslVerify is the command of OpenSSL 3 for a raw signature in $work/sig
// over $work/pae.
func opensslVerify(key ssh.PublicKey, n int) string {
	hash, _ := trust.RawHash(key) // that it has one was asked before
	if hash == 0 {
		return fmt.Sprintf(`openssl pkeyutl -verify -pubin -inkey %s -rawin -in "$work/pae" -sigfile "$work/sig"`, keyFile(n))
	}
	name := map[crypto.Hash]string{crypto.SHA256: "sha256", crypto.SHA384: "sha384", crypto.SHA512: "sha512"}[hash]
	return fmt.Sprintf(`openssl dgst -%s -verify %s -signature "$work/sig" "$work/pae"`, name, keyFile(n))
}

// proves says what follows where every check holds.
func proves(b *Bundle) []string {
	list := []string{
		"No file was changed, added, removed or renamed since SHA256SUMS was written.",
		"The manifest, the settings and the rules are those that the report says it was made with.",
	}
	if len(b.Index.Signers) > 0 {
		list = append(list, "Whoever holds the key that signed SHA256SUMS stands for all of it; whose key that is says your allowed_signers file.")
	}
	return list
}

// doesNotProve says what does not follow, so that nobody takes it to.
func doesNotProve(b *Bundle) []string {
	list := []string{
		"That the machine told the truth. What scans a machine runs on it, and its time is the machine's own.",
		"That nothing lies beyond what was looked at: see roots, exclude and coverage in report.json.",
		"That no bundle was held back. The chain shows a gap between bundles, and the last one is known to be the last only by a head of the chain that you kept elsewhere.",
		"That plugins are harmless. Approval and rules say what was known when they were made.",
	}
	if len(b.Index.Signers) == 0 {
		list = append([]string{"Who made it. This bundle was made without a signature: anybody could have made all of it anew."}, list...)
	}
	return list
}
