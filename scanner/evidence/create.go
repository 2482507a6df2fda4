package evidence

import (
	"bytes"
	"fmt"

	"plugvet/scanner"
	"plugvet/scanner/match"
	"plugvet/scanner/report"
	"plugvet/scanner/trust"
)

// An Input is what a bundle is made from.
type Input struct {
	Report *scanner.Report
	// Manifest and Config are where the manifest and the settings file lie that
	// the report was made with; empty means where the report says.
	Manifest, Config string
	Rules            *match.Rules
	Previous         *Bundle // that was verified; nil: this is the first
	Keys             []*trust.Key
	Version          string // of plugvet

	irregular []string // what is odd about the files that were taken in
}

// Create makes a bundle. The same input gives the same bytes, but for
// signatures by ECDSA and hardware keys, which are never the same twice.
func Create(in Input) (*Bundle, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	f := Files{}
	for _, add := range []func(Files) error{in.report, in.manifest, in.settings, in.rules, in.changes} {
		if err := add(f); err != nil {
			return nil, err
		}
	}
	b := &Bundle{Files: f, Index: in.index(), Report: in.Report}
	public, err := addKeys(f, in.Keys)
	if err != nil {
		return nil, err
	}
	if err := f.add(guideFile, guide(b, public)); err != nil {
		return nil, err
	}
	if err := f.checkNames(); err != nil {
		return nil, err
	}
	b.Index.list(f)
	if f[indexFile], err = encode(b.Index); err != nil {
		return nil, err
	}
	if err := b.attest(in.Keys); err != nil {
		return nil, err
	}
	f[checksumsFile] = f.checksums()
	for i, key := range in.Keys {
		if f[checksumsSignature(i+1)], err = key.Sign(trust.NamespaceEvidence, f[checksumsFile]); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// report adds the report and its other forms.
func (in *Input) report(f Files) error {
	var page bytes.Buffer
	if err := report.WriteJSON(&page, in.Report); err != nil {
		return err
	}
	if err := f.add(reportFile, page.Bytes()); err != nil {
		return err
	}
	for _, form := range formats {
		if report.Check(form.format) != nil {
			continue
		}
		var page bytes.Buffer
		if err := report.Write(&page, form.format, in.Report, report.Options{Verbose: true}); err != nil {
			return err
		}
		if err := f.add(form.file, page.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// changes adds the change record.
func (in *Input) changes(f Files) error {
	c, err := changesSince(in.Previous, in.Report, f[manifestFile])
	if err != nil {
		return err
	}
	data, err := encode(c)
	if err != nil {
		return err
	}
	if err := f.add(changesFile, data); err != nil {
		return err
	}
	var text bytes.Buffer
	if err := c.writeText(&text); err != nil {
		return err
	}
	return f.add(changesText, text.Bytes())
}

// index is the index without its list of files.
func (in *Input) index() *Index {
	x := &Index{
		Schema: Schema, Sequence: 1, At: in.Report.Run.Finished, MadeBy: MadeBy{Tool: "plugvet", Version: in.Version},
		Verdict: in.Report.Summary.Verdict, Signers: []string{},
	}
	for _, key := range in.Keys {
		x.Signers = append(x.Signers, key.Fingerprint())
	}
	if in.Previous != nil {
		x.Sequence = in.Previous.Index.Sequence + 1
		x.Previous = in.Previous.Digest()
		if odd := backwards(x.At, in.Previous.Index.At); odd != "" {
			x.Irregular = append(x.Irregular, odd)
		}
	}
	x.Irregular = append(x.Irregular, in.irregular...)
	return x
}

// attest adds the in-toto statement, and the envelope of the keys that can
// seal one.
func (b *Bundle) attest(keys []*trust.Key) error {
	s, err := makeStatement(b.Files, b.Report)
	if err != nil {
		return err
	}
	if b.Files[statementFile], err = encode(s); err != nil {
		return err
	}
	var able []*trust.Key
	for _, key := range keys {
		if _, err := trust.RawHash(key.PublicKey()); err == nil {
			able = append(able, key)
		}
	}
	if able == nil {
		return nil
	}
	b.Files[envelopeFile], err = seal(b.Files[statementFile], able)
	return err
}

// checksumsSignature is what the signature of the n-th key is called.
func checksumsSignature(n int) string { return fmt.Sprintf("%s.%d.sig", checksumsFile, n) }
