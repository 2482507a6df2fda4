package evidence

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"plugvet/scanner"
	"plugvet/scanner/trust"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"golang.org/x/crypto/ssh"
)

// Types of the in-toto Attestation Framework (its spec/v1 and
// spec/predicates/test-result.md), and of the DSSE payload that it asks for.
const (
	statementType = "https://in-toto.io/Statement/v1"
	predicateType = "https://in-toto.io/attestation/test-result/v0.1"
	payloadType   = "application/vnd.in-toto+json"
)

// A statement is an in-toto Statement about the bundle: the plugins as they
// were found passed or failed, with this manifest, these settings and rules.
type statement struct {
	Type          string     `json:"_type"`
	Subject       []resource `json:"subject"`
	PredicateType string     `json:"predicateType"`
	Predicate     testResult `json:"predicate"`
}

// A resource is an in-toto ResourceDescriptor. Its digest is "sha256", or of a
// plugin "dirHash": its tree digest without "h1:" and in hexadecimal
// (spec/v1/digest_set.md).
type resource struct {
	Name   string            `json:"name"`
	Digest map[string]string `json:"digest"`
}

type testResult struct {
	Result        string     `json:"result"` // PASSED, WARNED or FAILED
	Configuration []resource `json:"configuration"`
	PassedTests   []string   `json:"passedTests"`
	WarnedTests   []string   `json:"warnedTests"`
	FailedTests   []string   `json:"failedTests"`
}

// makeStatement makes the statement of a bundle whose index is complete.
func makeStatement(f Files, r *scanner.Report) (*statement, error) {
	file := func(name string) resource {
		return resource{Name: name, Digest: map[string]string{"sha256": hexDigest(f[name])}}
	}
	s := &statement{
		Type: statementType, PredicateType: predicateType,
		Subject: []resource{file(indexFile)},
		Predicate: testResult{
			Result: result(r), Configuration: []resource{},
			PassedTests: []string{}, WarnedTests: []string{}, FailedTests: []string{},
		},
	}
	if f[manifestFile] != nil {
		s.Subject = append(s.Subject, file(manifestFile))
	}
	for _, name := range []string{manifestFile, settingsFile, configFile, ruleSetFile} {
		if f[name] != nil {
			s.Predicate.Configuration = append(s.Predicate.Configuration, file(name))
		}
	}
	for i := range r.Plugins {
		p := &r.Plugins[i]
		name := pluginName(p)
		if tree, ok := strings.CutPrefix(p.Tree, "h1:"); ok {
			sum, err := base64.StdEncoding.DecodeString(tree)
			if err != nil {
				return nil, fmt.Errorf("%s: tree digest of %s: %w", reportFile, name, err)
			}
			s.Subject = append(s.Subject, resource{Name: name, Digest: map[string]string{"dirHash": hex.EncodeToString(sum)}})
		}
		tests := &s.Predicate.PassedTests
		switch {
		case violates(p, r):
			tests = &s.Predicate.FailedTests
		case p.Severity.AtLeast(scanner.Low):
			tests = &s.Predicate.WarnedTests
		}
		*tests = append(*tests, name)
	}
	return s, nil
}

// pluginName tells a plugin from all others of its report.
func pluginName(p *scanner.Plugin) string {
	root := ""
	if p.Root != "" {
		root = strings.TrimSuffix(p.Root, "/") + "/"
	}
	return p.Host + "/" + p.Name + " " + root + p.Path
}

// result is a report's verdict in in-toto's words: what is not complete has not
// passed.
func result(r *scanner.Report) string {
	switch {
	case r.Summary.Exit != scanner.ExitPass:
		return "FAILED"
	case slices.ContainsFunc(r.Plugins, func(p scanner.Plugin) bool { return p.Severity.AtLeast(scanner.Low) }):
		return "WARNED"
	}
	return "PASSED"
}

// seal puts a statement into a DSSE envelope signed by the keys. The signatures
// are raw ones, since that is what tools for DSSE check.
func seal(payload []byte, keys []*trust.Key) ([]byte, error) {
	var signers []dsse.Signer
	for _, k := range keys {
		signers = append(signers, rawSigner{k})
	}
	sealer, err := dsse.NewEnvelopeSigner(signers...)
	if err != nil {
		return nil, err
	}
	envelope, err := sealer.SignPayload(context.Background(), payloadType, payload)
	if err != nil {
		return nil, err
	}
	return encode(envelope)
}

type rawSigner struct{ key *trust.Key }

func (s rawSigner) Sign(_ context.Context, data []byte) ([]byte, error) { return s.key.SignRaw(data) }
func (s rawSigner) KeyID() (string, error)                              { return s.key.Fingerprint(), nil }

// checkEnvelope checks that an envelope holds the statement and that each of
// its signatures is by one of the keys.
func checkEnvelope(data, statement []byte, keys []ssh.PublicKey) error {
	var envelope dsse.Envelope
	if err := decode(envelopeFile, data, &envelope); err != nil {
		return err
	}
	payload, err := base64.StdEncoding.Strict().DecodeString(envelope.Payload)
	switch {
	case err != nil:
		return fmt.Errorf("%s: payload: %w", envelopeFile, err)
	case envelope.PayloadType != payloadType:
		return fmt.Errorf("%s: payload type %q, expected %q", envelopeFile, envelope.PayloadType, payloadType)
	case !bytes.Equal(payload, statement):
		return fmt.Errorf("%s: its payload is not %s", envelopeFile, statementFile)
	case len(envelope.Signatures) == 0:
		return fmt.Errorf("%s: has no signature", envelopeFile)
	}
	for _, signature := range envelope.Signatures {
		i := slices.IndexFunc(keys, func(k ssh.PublicKey) bool { return trust.Fingerprint(k) == signature.KeyID })
		if i < 0 {
			return fmt.Errorf("%s: is signed by %s, who did not sign %s", envelopeFile, signature.KeyID, checksumsFile)
		}
		raw, err := base64.StdEncoding.Strict().DecodeString(signature.Sig)
		if err != nil {
			return fmt.Errorf("%s: signature: %w", envelopeFile, err)
		}
		if err := trust.VerifyRaw(keys[i], dsse.PAE(payloadType, payload), raw); err != nil {
			return fmt.Errorf("%s: signature: %w", envelopeFile, err)
		}
	}
	return nil
}
