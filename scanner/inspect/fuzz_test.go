package inspect

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
)

// FuzzIdentify holds for any bytes: it returns, soon, with names that can be
// printed and lists that are sorted and free of duplicates.
func FuzzIdentify(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join(fixtures, "*/*"))
	if err != nil || len(paths) == 0 {
		f.Fatalf("no fixtures: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Base(path), data)
	}
	for _, data := range wasmSamples() {
		f.Add("a.wasm", slices.Concat(data, deflated(f, "FasdUAS 1.101.10", 9), zipped(f, "x", gzip.Header{Name: "y"}), []byte("H4sIAAAAAAAC")))
	}
	f.Add("a.js", []byte("#!/usr/bin/env node\n"))
	f.Add("a.js.map", []byte(`{"version":3}`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		start := cputime.Used()
		facts := Identify(name, data)
		if took := cputime.Used() - start; took > time.Second+time.Duration(len(data))*10*time.Microsecond {
			t.Errorf("%d bytes took %v", len(data), took)
		}
		if facts.Kind == "" || (facts.Kind == Empty) != (len(data) == 0) {
			t.Errorf("kind %q of %d bytes", facts.Kind, len(data))
		}
		if len(facts.Problems) > maxProblems {
			t.Errorf("%d problems", len(facts.Problems))
		}
		for _, p := range facts.Problems {
			if strings.ContainsFunc(p.Text, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Errorf("problem %q", p.Text)
			}
			if strings.Contains(p.Text, "does not parse") {
				t.Errorf("a parser panicked: %s", p.Text)
			}
		}
		for _, list := range [][]string{facts.Imports, facts.Exports, facts.Classes, facts.Selectors, facts.Libraries} {
			if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
				t.Errorf("not sorted or not unique: %q", list)
			}
			for _, name := range list {
				if name == "" || len(name) > maxName || slices.ContainsFunc([]byte(name), notPrintable) {
					t.Errorf("name %q", name)
				}
			}
		}
		for _, e := range facts.Embedded {
			if e.Offset < 0 || e.Offset >= int64(len(data)) || strings.ContainsAny(e.Name, " @") {
				t.Errorf("embedded %v in %d bytes", e, len(data))
			}
		}
		if s := facts.Signature; s != nil && (!slices.Contains(states, s.State) || slices.ContainsFunc([]byte(s.Identifier+s.Team), notPrintable)) {
			t.Errorf("signature %+v", s)
		}
	})
}
