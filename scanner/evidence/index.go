package evidence

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"
)

// An Index is index.json: what a bundle is, and every file of its content.
type Index struct {
	Schema   string `json:"schema"`
	Sequence int64  `json:"sequence"` // the first bundle is 1
	// Previous is the digest of the index.json of the bundle before this one,
	// "sha256:…"; empty in the first.
	Previous string    `json:"previous"`
	At       time.Time `json:"at"` // when the scan was finished
	MadeBy   MadeBy    `json:"made_by"`
	Verdict  string    `json:"verdict"` // of the report's summary
	// Signers are the fingerprints of the keys that sign, "SHA256:…"; none means
	// that the bundle was made without a signature.
	Signers []string `json:"signers"`
	// Irregular says what is odd about this bundle: a clock that went backwards,
	// a file that had to be left out.
	Irregular []string `json:"irregular,omitempty"`
	Files     []File   `json:"files"` // sorted by name
}

// MadeBy is the program that made a bundle. The one that made the report is in
// the report.
type MadeBy struct {
	Tool    string `json:"tool"`
	Version string `json:"version"`
}

// A File is one file of the content.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // 64 hexadecimal digits
	Size   int64  `json:"size"`   // in bytes
}

// encode writes a value as it stands in a bundle.
func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(value)
	return b.Bytes(), err
}

// decode reads what encode wrote. Any other spelling of the same is an error:
// there is one only.
func decode(name string, data []byte, value any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(value); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: something follows", name)
	}
	again, err := encode(value)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if !bytes.Equal(again, data) {
		return fmt.Errorf("%s: is not written as plugvet writes it, from byte %d on", name, firstDifference(again, data))
	}
	return nil
}

// list fills in the files of the content.
func (x *Index) list(f Files) {
	x.Files = []File{}
	for _, name := range f.content() {
		x.Files = append(x.Files, File{Name: name, SHA256: hexDigest(f[name]), Size: int64(len(f[name]))})
	}
}

var digestForm = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// parseIndex reads an index and checks it by itself.
func parseIndex(data []byte) (*Index, error) {
	var x Index
	if err := decode(indexFile, data, &x); err != nil {
		return nil, err
	}
	fail := func(format string, args ...any) (*Index, error) {
		return nil, fmt.Errorf("%s: %w", indexFile, fmt.Errorf(format, args...))
	}
	switch {
	case x.Schema != Schema:
		return fail("schema is %q, expected %q", x.Schema, Schema)
	case x.Sequence < 1:
		return fail("sequence is %d, expected 1 or more", x.Sequence)
	case x.Sequence == 1 && x.Previous != "":
		return fail("the first bundle names one before it")
	case x.Sequence > 1 && !digestForm.MatchString(x.Previous):
		return fail("previous is %q, expected sha256: and 64 hexadecimal digits", x.Previous)
	case x.Files == nil || x.Signers == nil:
		return fail("files and signers must be lists")
	}
	return &x, nil
}

// backwards says that the clock stood before the time of the bundle before.
func backwards(at, previous time.Time) string {
	if !at.Before(previous) {
		return ""
	}
	return fmt.Sprintf("the clock went backwards: this scan ended at %s, the one before it at %s",
		at.Format(time.RFC3339), previous.Format(time.RFC3339))
}
