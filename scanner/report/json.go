package report

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"plugvet/scanner"
)

// Schema is the JSON Schema (draft 2020-12) of the JSON format.
//
//go:embed report.schema.json
var Schema []byte

// maxJSON bounds a report that is read back, in bytes.
const maxJSON = 1 << 30

func writeJSON(w io.Writer, r *scanner.Report, _ Options) error { return WriteJSON(w, r) }

// WriteJSON writes a value as JSON looks throughout plugvet: indented, and
// with "<" as it stands.
func WriteJSON(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

// ReadJSON reads a report that plugvet wrote; an unknown field or another
// schema is an error, since a part that is not understood would be lost.
func ReadJSON(r io.Reader) (*scanner.Report, error) {
	dec := json.NewDecoder(io.LimitReader(r, maxJSON))
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
	return &report, nil
}
