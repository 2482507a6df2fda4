package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// A finding is what the comparison needs of a finding in plugvet's report.
type finding struct {
	Rule       string `json:"rule"`
	Capability string `json:"capability"`
	Severity   string `json:"severity"`
	Path       string `json:"path"`
	Line       int    `json:"line"`
	View       string `json:"view"`
	Excerpt    string `json:"excerpt"`
}

// said is what plugvet says of the corpus.
type said struct {
	started  time.Time
	duration time.Duration
	rules    string // digest
	plugins  int
	files    int
	bytes    int64
	missed   map[string]string               // skipped or not readable, with the reason
	findings map[string]map[string][]finding // by path and capability
	alarms   []alarm                         // findings of high or critical
}

func readReport(name string) (*said, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	type gap struct{ Path, Reason string }
	var report struct {
		Schema string
		Rules  struct{ Digest string }
		Run    struct{ Started, Finished time.Time }
		// Every file of a plugin is in one of these counts.
		Coverage struct {
			Plugins, Files  int
			Bytes           int64
			Skipped, Errors []gap
		}
		Plugins []struct {
			Host, Name string
			Findings   []finding
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if report.Schema != "plugvet.report/1" {
		return nil, fmt.Errorf("%s: schema is %q, expected plugvet.report/1", name, report.Schema)
	}
	s := &said{
		started:  report.Run.Started,
		duration: report.Run.Finished.Sub(report.Run.Started),
		rules:    report.Rules.Digest,
		plugins:  report.Coverage.Plugins,
		files:    report.Coverage.Files,
		bytes:    report.Coverage.Bytes,
		missed:   map[string]string{},
		findings: map[string]map[string][]finding{},
	}
	for _, gaps := range [][]gap{report.Coverage.Skipped, report.Coverage.Errors} {
		for _, g := range gaps {
			s.missed[g.Path] = g.Reason
		}
	}
	for _, plugin := range report.Plugins {
		for _, f := range plugin.Findings {
			if s.findings[f.Path] == nil {
				s.findings[f.Path] = map[string][]finding{}
			}
			s.findings[f.Path][f.Capability] = append(s.findings[f.Path][f.Capability], f)
			if f.Severity == "high" || f.Severity == "critical" {
				s.alarms = append(s.alarms, alarm{Plugin: plugin.Host + "/" + plugin.Name, finding: f})
			}
		}
	}
	return s, nil
}
