package report

import (
	"bytes"
	"fmt"
	"testing"

	"plugvet/scanner"
)

// BenchmarkReport measures the stage report: each format over five thousand plugins.
func BenchmarkReport(b *testing.B) {
	r := &scanner.Report{Schema: scanner.Schema}
	for i := range 5000 {
		name := fmt.Sprintf("package-%d", i)
		r.Plugins = append(r.Plugins, scanner.Plugin{
			Host: "node", Name: name, Version: "1.0.0", Path: "node_modules/" + name, Severity: scanner.Low,
			Capabilities: []string{"exec"}, Findings: []scanner.Finding{{
				Rule: "javascript_exec_child_process", Capability: "exec", Severity: scanner.Low, Confidence: "high",
				Description: "loads child_process", Path: "node_modules/" + name + "/index.js", Line: 1, View: "decoded", Excerpt: "child_process",
			}},
		})
	}
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var page bytes.Buffer
				if err := Write(&page, format, r, Options{}); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(page.Len()))
			}
		})
	}
}
