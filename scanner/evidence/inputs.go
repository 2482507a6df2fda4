package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/boundedfile"
	"plugvet/scanner/match"
	"plugvet/scanner/tree"
	"plugvet/scanner/trust"

	"github.com/BurntSushi/toml"
)

// A MismatchError says that a file is not the one that the report was made
// with, so that it would be no evidence of it.
type MismatchError struct {
	What, Path string
	Is, Was    string // digests, "sha256:…"
}

func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s %q: is %s, and the report was made with %s", e.What, e.Path, e.Is, e.Was)
}

// Limits in bytes: of a manifest, its sums and a settings file, and of a
// signature.
const (
	maxInput     = 1 << 28
	maxSignature = 64 << 10
)

// manifest adds the approved manifest that the report was made with, its
// signatures and its sums.
func (in *Input) manifest(f Files) error {
	m := in.Report.Manifest
	if m == nil {
		return nil
	}
	path := in.Manifest
	if path == "" {
		path = m.Path
	}
	data, err := boundedfile.Read(path, maxInput)
	if err != nil {
		return fmt.Errorf("manifest of the report: %w", err)
	}
	if is := digest(data); is != m.SHA256 {
		return &MismatchError{What: "manifest", Path: path, Is: is, Was: m.SHA256}
	}
	if err := f.add(manifestFile, data); err != nil {
		return err
	}
	// What follows vouches for nothing by itself, so none of it can keep a
	// bundle from being made: it is taken as it is, or left out and told.
	switch sums, err := boundedfile.Read(manifests.SumsPath(path), maxInput); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		in.leaveOut("the sums of the manifest", err)
	default:
		if err := f.add(sumsFile, sums); err != nil {
			return err
		}
	}
	signatures, err := manifests.SignatureFiles(path)
	if err != nil {
		in.leaveOut("the signatures of the manifest", err)
	}
	for i, name := range signatures {
		data, err := boundedfile.Read(name, maxSignature)
		if err != nil {
			in.leaveOut("a signature of the manifest", err)
			continue
		}
		if err := f.add(manifestSignature(i+1), data); err != nil {
			return err
		}
	}
	if text := signersMissing(f, in.Report); text != "" {
		in.irregular = append(in.irregular, text)
	}
	return nil
}

// leaveOut tells of a file that the bundle does without.
func (in *Input) leaveOut(what string, err error) {
	in.irregular = append(in.irregular, "left out: "+what+": "+tree.Printable(err.Error()))
}

// manifestSignatures are the names of the signatures of the manifest, apart by
// whether they hold, whoever made them.
func (f Files) manifestSignatures() (good, bad []string) {
	for _, name := range f.content() {
		if !strings.HasPrefix(name, manifestFile+".") {
			continue
		}
		if _, err := trust.Check(trust.NamespaceManifest, f[manifestFile], f[name]); err == nil {
			good = append(good, name)
		} else {
			bad = append(bad, name)
		}
	}
	return good, bad
}

// signersMissing says that the report names more signers of the manifest than
// signatures are here that hold. It is empty where there are enough.
func signersMissing(f Files, r *scanner.Report) string {
	if r.Manifest == nil {
		return ""
	}
	good, _ := f.manifestSignatures()
	if len(good) >= len(r.Manifest.Signers) {
		return ""
	}
	return fmt.Sprintf("the report names %d signers of the manifest, and %d signatures of it are here that hold", len(r.Manifest.Signers), len(good))
}

// manifestSignature is what the n-th signature of the manifest is called in a
// bundle, since the name that it had may be anything.
func manifestSignature(n int) string { return fmt.Sprintf("%s.%d.sig", manifestFile, n) }

// settings adds the settings file that the report was made with, and the
// settings as they were in effect: those of the file, and over them what the
// report says of itself. The latter are a settings file too.
func (in *Input) settings(f Files) error {
	run := &in.Report.Run
	effective := map[string]any{}
	if run.Config != nil {
		path := in.Config
		if path == "" {
			path = run.Config.Path
		}
		data, err := boundedfile.Read(path, maxInput)
		if err != nil {
			return fmt.Errorf("settings of the report: %w", err)
		}
		if is := digest(data); is != run.Config.SHA256 {
			return &MismatchError{What: "settings", Path: path, Is: is, Was: run.Config.SHA256}
		}
		if err := toml.Unmarshal(data, &effective); err != nil {
			return fmt.Errorf("settings %q: %w", path, err)
		}
		if err := f.add(configFile, data); err != nil {
			return err
		}
	}
	effective["fail_on"] = string(run.FailOn)
	effective["hosts"] = run.Hosts
	effective["exclude"] = run.Exclude
	if run.Limits != nil {
		limits, ok := effective["limits"].(map[string]any)
		if !ok {
			limits = map[string]any{}
		}
		limits["timeout"] = fmt.Sprintf("%ds", run.Limits.TimeoutSeconds)
		limits["max_file_size"] = fmt.Sprint(run.Limits.MaxFileSize)
		effective["limits"] = limits
	}
	var b bytes.Buffer
	b.WriteString("# The settings in effect: the settings file and the command line together.\n")
	enc := toml.NewEncoder(&b)
	enc.Indent = ""
	if err := enc.Encode(effective); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	return f.add(settingsFile, b.Bytes())
}

// A ruleSet is rules.json: each file of the rule set. What its digest is the
// digest of is rules.txt.
type ruleSet struct {
	Digest  string       `json:"digest"`
	Count   int          `json:"count"`
	Sources []string     `json:"sources"`
	Files   []match.File `json:"files"`
}

// rules adds what the report was matched with.
func (in *Input) rules(f Files) error {
	r := &in.Report.Rules
	if is := in.Rules.Digest(); is != r.Digest {
		return &MismatchError{What: "rules", Path: fmt.Sprint(r.Sources), Is: is, Was: r.Digest}
	}
	data, err := encode(ruleSet{Digest: r.Digest, Count: r.Count, Sources: r.Sources, Files: in.Rules.Files()})
	if err != nil {
		return err
	}
	if err := f.add(rulesFile, data); err != nil {
		return err
	}
	return f.add(ruleSetFile, in.Rules.Listing())
}

// formats are the forms of the report that a bundle has beside its JSON.
var formats = []struct{ file, format string }{
	{"report.html", "html"}, {"report.sarif", "sarif"}, {inventoryFile, "csv"},
}

// check finds what no bundle can be made of.
func (in *Input) check() error {
	if in.Report.Schema != scanner.Schema {
		return fmt.Errorf("the report's schema is %q, expected %q", in.Report.Schema, scanner.Schema)
	}
	sequence, previous := int64(1), ""
	if in.Previous != nil {
		sequence, previous = in.Previous.Index.Sequence+1, in.Previous.Digest()
	}
	if s := in.Report.Sweep; s != nil && (s.Sequence != sequence || s.Previous != previous) {
		return &SequenceError{Sweep: s.Sequence, Bundle: sequence}
	}
	return nil
}

// A SequenceError says that a report compares itself with another bundle than
// the one before.
type SequenceError struct{ Sweep, Bundle int64 }

func (e *SequenceError) Error() string {
	return fmt.Sprintf("the report is that of sweep %d, and would be in bundle %d or follow on another one", e.Sweep, e.Bundle)
}
