package evidence

import (
	"bytes"
	"cmp"
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
	Required int                   // signatures by so many different principals
	At       time.Time             // when a key must be valid
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

	keys  []ssh.PublicKey // of Signers
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

func (v *Verification) files(f Files) {
	v.checksums(f)
	v.signatures(f)
	b, err := parse(f)
	if err != nil {
		v.fault("%v", err)
		return
	}
	v.Bundle = b
	v.index(b)
	v.report(b)
	v.signers(b)
	v.statement(b)
	v.manifestSignatures(b)
}

// checksums holds SHA256SUMS against the files.
func (v *Verification) checksums(f Files) {
	listed, want := f[checksumsFile], f.checksums()
	if listed == nil {
		v.fault("%s: is not there", checksumsFile)
		return
	}
	if bytes.Equal(listed, want) {
		return
	}
	before := len(v.Faults)
	sums := map[string]string{}
	for line := range strings.Lines(string(listed)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok || len(sum) != 64 || sums[name] != "" {
			v.fault("%s: the line %q is not as sha256sum writes it", checksumsFile, line)
			continue
		}
		sums[name] = sum
		switch data, there := f[name]; {
		case !there || name == checksumsFile || isSignature(name):
			v.fault("%s: is listed in %s and is not there", name, checksumsFile)
		case hexDigest(data) != sum:
			v.fault("%s: differs from what %s says of it", name, checksumsFile)
		}
	}
	for _, name := range f.names() {
		if name != checksumsFile && !isSignature(name) && sums[name] == "" {
			v.fault("%s: is not listed in %s", name, checksumsFile)
		}
	}
	if len(v.Faults) == before {
		v.fault("%s: is not written as plugvet writes it, from byte %d on", checksumsFile, firstDifference(want, listed))
	}
}

// signatures checks the signatures over SHA256SUMS.
func (v *Verification) signatures(f Files) {
	for _, name := range f.signatures() {
		signer, err := v.verify(trust.NamespaceEvidence, f[checksumsFile], f[name])
		if err != nil {
			v.fault("%s: signature %v", name, err)
			continue
		}
		key, err := trust.SignedBy(f[name])
		if err != nil {
			v.fault("%s: %v", name, err)
			continue
		}
		v.Signers = append(v.Signers, signer)
		v.keys = append(v.keys, key)
	}
	if v.trust.Required == 0 {
		return
	}
	if got := trust.CountPrincipals(v.Signers); got < v.trust.Required {
		v.fault("%s: signed by %d of the %d principals that are required", checksumsFile, got, v.trust.Required)
	}
}

func (v *Verification) verify(namespace string, message, signature []byte) (trust.Signer, error) {
	if v.trust.Allowed == nil {
		return trust.Check(namespace, message, signature)
	}
	return v.trust.Allowed.Verify(namespace, message, signature, v.trust.At)
}

// index holds the index against the files.
func (v *Verification) index(b *Bundle) {
	var want Index
	want.list(b.Files)
	listed := map[string]File{}
	for _, file := range b.Index.Files {
		if _, twice := listed[file.Name]; twice {
			v.fault("%s: lists %q twice", indexFile, file.Name)
		}
		listed[file.Name] = file
	}
	for _, file := range want.Files {
		switch is, ok := listed[file.Name]; {
		case !ok:
			v.fault("%s: is not listed in %s", file.Name, indexFile)
		case is != file:
			v.fault("%s: differs from what %s says of it", file.Name, indexFile)
		}
		delete(listed, file.Name)
	}
	for name := range listed {
		v.fault("%s: is listed in %s and is not there", name, indexFile)
	}
	if !slices.IsSortedFunc(b.Index.Files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) }) {
		v.fault("%s: files are not sorted", indexFile)
	}
}

// report holds the report against the index and against the files that it
// names by digest.
func (v *Verification) report(b *Bundle) {
	r, f := b.Report, b.Files
	if !b.Index.At.Equal(r.Run.Finished) || b.Index.Verdict != r.Summary.Verdict {
		v.fault("%s: its time or verdict is not that of %s", indexFile, reportFile)
	}
	same := func(name, named string) {
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
	} else if !rules.fits(f[ruleSetFile], r.Rules.Digest) {
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

// signers holds the signatures against what the index says of them, so that
// none can be stripped.
func (v *Verification) signers(b *Bundle) {
	for _, fingerprint := range b.Index.Signers {
		if !slices.ContainsFunc(v.Signers, func(s trust.Signer) bool { return s.Fingerprint == fingerprint }) {
			v.fault("%s: has no valid signature by %s, who signed it according to %s", checksumsFile, fingerprint, indexFile)
		}
	}
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
	if !bytes.Equal(f[statementFile], want) {
		v.fault("%s: does not say what follows from %s and %s", statementFile, indexFile, reportFile)
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
// for the scan to demand, so a signer whom nobody knows here is no fault.
func (v *Verification) manifestSignatures(b *Bundle) {
	for _, name := range b.Files.content() {
		if !strings.HasPrefix(name, manifestFile+".") {
			continue
		}
		signer, err := trust.Check(trust.NamespaceManifest, b.Files[manifestFile], b.Files[name])
		if err != nil {
			v.fault("%s: signature %v", name, err)
			continue
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
}

// OK reports whether everything holds.
func (v *Verification) OK() bool { return len(v.Faults) == 0 }

// Proves says what follows from a verification that is OK.
func (v *Verification) Proves() []string { return proves(v.Bundle) }

// DoesNotProve says what does not follow.
func (v *Verification) DoesNotProve() []string { return doesNotProve(v.Bundle) }
