package match_test

import (
	"bytes"
	"strings"
	"testing"

	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
)

// BenchmarkMatch measures throughput on what is large in practice: bundled
// JavaScript, and native code.
func BenchmarkMatch(b *testing.B) {
	const size = 10 << 20
	typical := strings.Repeat("function step(state, action) {\n  if (action.kind === 'add') return {...state, items: state.items.map(x => x.id)};\n  return state;\n}\n", 8) +
		"const path = require('path');\n"
	// Every line holds words that the rules' regular expressions begin with.
	dense := "var e=require(\"fs\"),t=require(\"./x\");// import from here\nfunction f(a){return a.exec(fetchAll(a))||{system:1}}\n * (see exec)\n"
	var names []string
	for _, prefix := range []string{"a", "b", "socket", "nw_connection_", "exec"} {
		for i := range 400 {
			names = append(names, prefix+strings.Repeat("x", i%30+1))
		}
	}
	machine := make([]byte, size)
	for i, state := 0, uint32(1); i < size; i++ {
		state = state*1664525 + 1013904223
		machine[i] = byte(state >> 24)
	}
	for _, bench := range []struct {
		name  string
		data  []byte
		facts inspect.Facts
	}{
		{"JavaScript", bytes.Repeat([]byte(typical), size/len(typical)), inspect.Facts{Kind: inspect.JavaScript}},
		{"JavaScriptDense", bytes.Repeat([]byte(dense), size/len(dense)), inspect.Facts{Kind: inspect.JavaScript}},
		{"PHP", bytes.Repeat([]byte(typical), size/len(typical)), inspect.Facts{Kind: inspect.PHP}},
		{"Native", machine, inspect.Facts{Kind: inspect.ELF, Imports: names}},
		{"Zeros", make([]byte, size), inspect.Facts{Kind: inspect.Data}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			scanner := builtin(b).NewScanner()
			defer scanner.Close()
			vars := match.VariablesOf(&bench.facts, match.Subject{})
			b.SetBytes(int64(len(bench.data)))
			for b.Loop() {
				if _, err := scanner.Match(bench.data, vars); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
