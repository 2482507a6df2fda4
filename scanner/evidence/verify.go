package evidence

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"plugvet/scanner/trust"

	"golang.org/x/crypto/ssh"
)

// Trust says whose signatures count.
type Trust struct {
	Allowed  *trust.AllowedSigners // nil: signatures are checked and nobody is trusted
	Required int                   // signatures by so many different principals; at least 1 with Allowed
	At       time.Time             // when a key must be valid; zero: when the bundle says that it was made
}

// required is how many people must have signed: whoever says whom to trust
// does not mean nobody.
func (t Trust) required() int {
	if t.Allowed != nil {
		return max(t.Required, 1)
	}
	return t.Required
}

// A Verification is what came out of checking a bundle.
type Verification struct {
	Path   string
	Bundle *Bundle  // nil where it cannot be read
	Faults []string // each begins with the file at fault; none means that all holds
	Notes  []string // what is no fault, and a reader should know
	// Signers are those whose signatures over SHA256SUMS hold. Without allowed
	// signers they have no principal.
	Signers []trust.Signer

	sums  witness         // SHA256SUMS
	keys  []ssh.PublicKey // of the signatures over it that hold, trusted or not
	trust Trust
}

func (v *Verification) fault(format string, args ...any) {
	v.Faults = append(v.Faults, fmt.Sprintf(format, args...))
}

func (v *Verification) note(format string, args ...any) {
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}

// Verify checks a bundle, a directory or a tar, offline and as far as it goes
// without the machine that it is about.
func Verify(path string, t Trust) *Verification {
	v := &Verification{Path: path, trust: t}
	files, err := readFiles(path)
	if err != nil {
		v.fault("%v", err)
		return v
	}
	v.files(files)
	return v
}

// files checks digests and demanded signatures first: what fails there may be
// anything, and is not read further.
func (v *Verification) files(f Files) {
	v.digests(f)
	damaged := !v.OK()
	x, err := parseIndex(f[indexFile])
	if err == nil && v.trust.At.IsZero() {
		v.trust.At = x.At
	}
	v.signatures(f)
	if err == nil {
		v.signersOf(x)
	}
	switch {
	case damaged:
		v.holdAgainst(f, statementFile, v.sums)
		return
	case !v.OK() && v.trust.required() > 0:
		return
	}
	b, err := parse(f)
	if err != nil {
		v.fault("%v", err)
		return
	}
	v.Bundle = b
	v.sizes(b)
	v.report(b)
	v.signers(b)
	v.statement(b)
	v.manifestSignatures(b)
}

// signatures checks the signatures over SHA256SUMS.
func (v *Verification) signatures(f Files) {
	for _, name := range f.signatures() {
		if _, err := trust.Check(trust.NamespaceEvidence, f[checksumsFile], f[name]); err == nil {
			if key, err := trust.SignedBy(f[name]); err == nil {
				v.keys = append(v.keys, key)
			}
		}
		signer, err := v.verify(trust.NamespaceEvidence, f[checksumsFile], f[name])
		if err != nil {
			v.fault("%s: signature %v", name, err)
			continue
		}
		v.Signers = append(v.Signers, signer)
	}
	if got, required := trust.CountPrincipals(v.Signers), v.trust.required(); required > 0 && got < required {
		v.fault("%s: signed by %d of the %d principals that are required", checksumsFile, got, required)
	}
}

func (v *Verification) verify(namespace string, message, signature []byte) (trust.Signer, error) {
	if v.trust.Allowed == nil {
		return trust.Check(namespace, message, signature)
	}
	return v.trust.Allowed.Verify(namespace, message, signature, v.trust.At)
}

// sizes holds the sizes and the order of the index against the files.
func (v *Verification) sizes(b *Bundle) {
	for i, file := range b.Index.Files {
		if data, there := b.Files[file.Name]; there && !v.blamed(file.Name) && file.Size != int64(len(data)) {
			v.fault("%s: does not have the size of %q", indexFile, file.Name)
		}
		if i > 0 && file.Name <= b.Index.Files[i-1].Name {
			v.fault("%s: does not list %q in its place", indexFile, file.Name)
		}
	}
}

// report holds the report against the index and against the files that it
// names by digest.
func (v *Verification) report(b *Bundle) {
	r, f := b.Report, b.Files
	if (!b.Index.At.Equal(r.Run.Finished) || b.Index.Verdict != r.Summary.Verdict) && !v.blamed(reportFile) {
		v.fault("%s: its time or verdict is not that of %s", indexFile, reportFile)
	}
	same := func(name, named string) {
		if v.blamed(name) || v.blamed(reportFile) {
			return
		}
		switch data := f[name]; {
		case named == "" && data != nil:
			v.fault("%s: the report was made without one", name)
		case named != "" && data == nil:
			v.fault("%s: is not there, and the report was made with one", name)
		case named != "" && digest(data) != named:
			v.fault("%s: is not the one that the report was made with", name)
		}
	}
	manifest, config := "", ""
	if r.Manifest != nil {
		manifest = r.Manifest.SHA256
	}
	if r.Run.Config != nil {
		config = r.Run.Config.SHA256
	}
	same(manifestFile, manifest)
	same(configFile, config)
	same(ruleSetFile, r.Rules.Digest)
	var rules ruleSet
	if err := decode(rulesFile, f[rulesFile], &rules); err != nil {
		v.fault("%v", err)
	} else if !v.blamed(ruleSetFile) && !v.blamed(rulesFile) && !v.blamed(reportFile) && !rules.fits(f[ruleSetFile], r.Rules.Digest) {
		v.fault("%s: its files are not those of %s", rulesFile, ruleSetFile)
	}
	for _, name := range []string{settingsFile, changesFile, changesText, guideFile} {
		if f[name] == nil {
			v.fault("%s: is not there", name)
		}
	}
}

// fits reports whether the files are those that the listing has.
func (s *ruleSet) fits(listing []byte, digest string) bool {
	var lines []string
	for _, file := range s.Files {
		lines = append(lines, fmt.Sprintf("%q %s\n", file.Namespace, file.SHA256))
	}
	slices.Sort(lines)
	return s.Digest == digest && bytes.HasSuffix(listing, []byte(strings.Join(lines, "")))
}

// signersOf holds the signatures against what the index says of them, so that
// none can be stripped. One that is not trusted is there all the same.
func (v *Verification) signersOf(x *Index) {
	for _, fingerprint := range x.Signers {
		if !slices.ContainsFunc(v.keys, func(k ssh.PublicKey) bool { return trust.Fingerprint(k) == fingerprint }) {
			v.fault("%s: has no valid signature by %s, who signed it according to %s", checksumsFile, fingerprint, indexFile)
		}
	}
}

// signers says what is to be known of who signed.
func (v *Verification) signers(b *Bundle) {
	switch {
	case len(v.Signers) == 0 && len(b.Index.Signers) == 0:
		v.note("it was made without a signature, so nothing says who made it")
	case v.trust.Allowed == nil:
		v.note("without --allowed-signers nothing says whose the keys are")
	}
	for _, odd := range b.Index.Irregular {
		v.note("%s", odd)
	}
}

// statement makes the in-toto statement again, and checks its envelope.
func (v *Verification) statement(b *Bundle) {
	f := b.Files
	s, err := makeStatement(f, b.Report)
	if err != nil {
		v.fault("%v", err)
		return
	}
	want, err := encode(s)
	if err != nil {
		v.fault("%s: %v", statementFile, err)
		return
	}
	switch follows := bytes.Equal(f[statementFile], want); {
	case follows && v.sums.digests[statementFile] != hexDigest(want):
		v.fault("%s: does not have the digest of %q", checksumsFile, statementFile)
	case !follows && !v.blamed(indexFile) && !v.blamed(reportFile):
		v.fault("%s: does not say what follows from %s and %s", statementFile, indexFile, reportFile)
	case !follows:
		v.holdAgainst(f, statementFile, v.sums)
	}
	var sealers []ssh.PublicKey
	for _, key := range v.keys {
		if _, err := trust.RawHash(key); err == nil && slices.Contains(b.Index.Signers, trust.Fingerprint(key)) {
			sealers = append(sealers, key)
		}
	}
	switch {
	case f[envelopeFile] != nil:
		if err := checkEnvelope(f[envelopeFile], f[statementFile], sealers); err != nil {
			v.fault("%v", err)
		}
	case sealers != nil:
		v.fault("%s: is not there", envelopeFile)
	}
	v.keyFiles(f, sealers)
}

// keyFiles checks that the keys for openssl are those of the signatures.
func (v *Verification) keyFiles(f Files, keys []ssh.PublicKey) {
	var want [][]byte
	for _, key := range keys {
		data, err := trust.PEM(key)
		if err != nil {
			v.fault("%s: %v", checksumsFile, err)
			return
		}
		want = append(want, data)
	}
	found := 0
	for _, name := range f.content() {
		if !strings.HasPrefix(name, "signer.") {
			continue
		}
		found++
		if !slices.ContainsFunc(want, func(data []byte) bool { return bytes.Equal(data, f[name]) }) {
			v.fault("%s: is not the key of a signature over %s", name, checksumsFile)
		}
	}
	if found < len(want) {
		v.fault("%s: the key of a signature is not there", keyFile(found+1))
	}
}

// manifestSignatures says who signed the manifest. That it had to be signed is
// for the scan to demand, so neither a signer whom nobody knows here nor a
// signature that does not hold is a fault: the latter is evidence of it.
func (v *Verification) manifestSignatures(b *Bundle) {
	good, bad := b.Files.manifestSignatures()
	for _, name := range good {
		signer, err := trust.Check(trust.NamespaceManifest, b.Files[manifestFile], b.Files[name])
		if err != nil {
			continue // it did hold
		}
		who := signer.Fingerprint
		if v.trust.Allowed != nil {
			known, err := v.verify(trust.NamespaceManifest, b.Files[manifestFile], b.Files[name])
			if err != nil {
				who += " (" + err.Error() + ")"
			} else {
				who = known.Principal + " " + who
			}
		}
		v.note("%s: the manifest is signed by %s", name, who)
	}
	for _, name := range bad {
		v.note("%s: is no signature of this manifest that holds", name)
	}
	if text := signersMissing(b.Files, b.Report); text != "" && !slices.Contains(b.Index.Irregular, text) {
		v.fault("%s: %s", manifestFile, text)
	}
}

// OK reports whether everything holds.
func (v *Verification) OK() bool { return len(v.Faults) == 0 }

// Proves says what follows from a verification that is OK.
func (v *Verification) Proves() []string { return proves(v.Bundle) }

// DoesNotProve says what does not follow.
func (v *Verification) DoesNotProve() []string { return doesNotProve(v.Bundle) }
