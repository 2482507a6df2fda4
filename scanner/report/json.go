package report

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"plugvet/scanner"
	"plugvet/scanner/tree"

	"github.com/google/jsonschema-go/jsonschema"
)

// Schema is the JSON Schema (draft 2020-12) of the JSON format.
//
//go:embed report.schema.json
var Schema []byte

// schemaID is the name that Schema gives itself.
const schemaID = "urn:plugvet:report:1"

// maxJSON bounds a report that is read back, in bytes.
const maxJSON = 256 << 20

func writeJSON(w io.Writer, r *scanner.Report, _ Options) error { return WriteJSON(w, r) }

// WriteJSON writes a value as JSON looks throughout plugvet: indented, and
// with "<" as it stands.
func WriteJSON(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

// resolved is Schema, ready to validate with. The library is one that does nothing
// at start-up, which every run pays for.
var resolved = sync.OnceValues(func() (*jsonschema.Resolved, error) {
	var schema jsonschema.Schema
	if err := json.Unmarshal(Schema, &schema); err != nil {
		return nil, err
	}
	return schema.Resolve(nil)
})

// ReadJSON reads a report that plugvet wrote. An unknown field or another
// schema is an error, since a part that is not understood would be lost, and so
// is a summary that the plugins contradict: the exit code rests on it.
func ReadJSON(r io.Reader) (*scanner.Report, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxJSON+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxJSON:
		return nil, fmt.Errorf("not a plugvet report: more than %d bytes", maxJSON)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var report scanner.Report
	if err := dec.Decode(&report); err != nil {
		return nil, fmt.Errorf("not a plugvet report: %w", err)
	}
	if report.Schema != scanner.Schema {
		return nil, fmt.Errorf("schema is %q, expected %q", report.Schema, scanner.Schema)
	}
	if exit := report.Summary.Exit; exit < scanner.ExitPass || exit > scanner.ExitTrust || exit == scanner.ExitUsage {
		return nil, fmt.Errorf("summary.exit is %d, which no report has", exit)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("not a plugvet report: something follows the report")
	}
	if err := distinctKeys(json.NewDecoder(bytes.NewReader(data))); err != nil {
		return nil, fmt.Errorf("not a plugvet report: %w", err)
	}
	schema, err := resolved()
	if err != nil {
		return nil, err
	}
	var document any
	if err := json.Unmarshal(data, &document); err != nil {
		return nil, fmt.Errorf("not a plugvet report: %w", err)
	}
	if err := schema.Validate(document); err != nil {
		return nil, fmt.Errorf("not a plugvet report: %s", fault(err))
	}
	if err := report.CheckSummary(); err != nil {
		return nil, err
	}
	return &report, nil
}

// fault is how a report breaks the schema, in one line. The library wraps the fault
// in every part of the schema on the way, of which the last is kept unless it is the
// whole, and quotes what stands there, which may be long.
func fault(err error) string {
	const most = 500 // bytes
	for inner := errors.Unwrap(err); inner != nil && errors.Unwrap(inner) != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	text := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "validating "), schemaID+": ")
	if len(text) > most {
		text = text[:most] + "…"
	}
	return tree.Visible(strings.ToValidUTF8(text, "�"))
}

// distinctKeys returns an error if an object has a key twice: readers differ in
// which of the two they believe. The schema refuses keys in another case.
func distinctKeys(dec *json.Decoder) error {
	var open []map[string]bool // of each object around; nil for an array
	isKey := false
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'):
			open = append(open, map[string]bool{})
		case json.Delim('['):
			open = append(open, nil)
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		default:
			if isKey {
				key, keys := token.(string), open[len(open)-1]
				if keys[key] {
					return fmt.Errorf("%q stands twice in one object", key)
				}
				keys[key] = true
				isKey = false
				continue
			}
		}
		// Where an object goes on, a key comes next; "}" is no key.
		isKey = len(open) > 0 && open[len(open)-1] != nil
	}
}
