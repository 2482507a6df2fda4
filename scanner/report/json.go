package report

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"sync"

	"plugvet/scanner"
)

// Schema is the JSON Schema (draft 2020-12) of the JSON format.
//
//go:embed report.schema.json
var Schema []byte

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

// ReadJSON reads a report that plugvet wrote; an unknown field or another
// schema is an error, since a part that is not understood would be lost.
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
	if err := checkKeys(data); err != nil {
		return nil, fmt.Errorf("not a plugvet report: %w", err)
	}
	return &report, nil
}

// checkKeys finds keys that other programs read otherwise than encoding/json,
// which takes a key in any case and the last of two. The data is JSON.
func checkKeys(data []byte) error {
	type level struct {
		keys map[string]bool // of an object; nil in an array
		key  bool            // that the next token is
	}
	var levels []*level
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var top *level
		if len(levels) > 0 {
			top = levels[len(levels)-1]
		}
		if name, ok := token.(string); ok && top != nil && top.key {
			spelling, known := fieldNames()[foldKey(name)]
			switch {
			case top.keys[name]:
				return fmt.Errorf("the key %q is there twice", name)
			case known && spelling != name:
				return fmt.Errorf("the key %q, expected %q", name, spelling)
			}
			top.keys[name], top.key = true, false
			continue
		}
		switch token {
		case json.Delim('{'):
			levels = append(levels, &level{keys: map[string]bool{}, key: true})
			continue
		case json.Delim('['):
			levels = append(levels, &level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			levels = levels[:len(levels)-1]
		}
		// A value is over, so that a key follows in the object around it.
		if n := len(levels); n > 0 && levels[n-1].keys != nil {
			levels[n-1].key = true
		}
	}
}

// fieldNames are the keys of a report, by what encoding/json takes for them.
var fieldNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(t reflect.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			visit(t.Elem())
		case reflect.Struct:
			for i := range t.NumField() {
				field := t.Field(i)
				if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" && name != "-" {
					names[foldKey(name)] = name
				}
				visit(field.Type)
			}
		}
	}
	visit(reflect.TypeFor[scanner.Report]())
	return names
})

// foldKey makes keys the same that encoding/json takes for the same: also the
// long s and the sign of kelvin are letters in another case.
func foldKey(key string) string { return strings.ToLower(strings.ToUpper(key)) }
