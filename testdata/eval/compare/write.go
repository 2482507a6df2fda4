package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// write puts the results into dir as results.md, the table for a README,
// results.txt, with every disagreement, and results.json, with all of it.
func (r *results) write(dir string) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	for name, text := range map[string]string{
		"results.md":   r.markdown(),
		"results.txt":  r.markdown() + r.lists(),
		"results.json": string(data) + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (r *results) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s: %d packages, %d plugins, %d files, %.2f GB; labelled: ",
		r.Date.Format("2006-01-02"), r.Packages, r.Plugins, r.Files, float64(r.Bytes)/1e9)
	for i, language := range sortedKeys(r.Labelled) {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%d %s", r.Labelled[language], language)
	}
	fmt.Fprintf(&b, ". The scan took %.0f s.\n\n", r.ScanSeconds)
	b.WriteString("| language | capability | true + | false + | false − | true − | excepted | precision | recall |\n")
	b.WriteString("|---|---|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, s := range r.Scores {
		note := ""
		if s.missed() != nil {
			note = " (missed)"
		}
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %d | %d | %.4f | %.4f%s |\n", s.Language, s.Capability,
			s.TruePositives, s.FalsePositives, s.FalseNegatives, s.TrueNegatives, s.Excepted, s.precision(), s.recall(), note)
	}
	fmt.Fprintf(&b, "\nFindings of high or critical: %d reviewed, %d not.\n", r.ReviewedAlarms, len(r.Unreviewed))
	return b.String()
}

// lists prints every disagreement with both sides' reasons, and the alarms.
func (r *results) lists() string {
	var b strings.Builder
	heading := ""
	for _, d := range r.Disagreements {
		if h := d.Language + " " + d.Capability; h != heading {
			heading = h
			fmt.Fprintf(&b, "\n== %s\n", h)
		}
		if d.Label != nil {
			fmt.Fprintf(&b, "false -  %s:%d  labeller: %s\n", d.Path, d.Label.Line, d.Label.Reason)
		}
		for i, f := range d.Findings {
			if i == 3 {
				fmt.Fprintf(&b, "         and %d more\n", len(d.Findings)-i)
				break
			}
			fmt.Fprintf(&b, "false +  %s:%d  %s (%s): %.120s\n", d.Path, f.Line, f.Rule, f.View, f.Excerpt)
		}
		if d.Uncovered != "" {
			fmt.Fprintf(&b, "         not looked at: %s\n", d.Uncovered)
		}
		if d.Exception != "" {
			fmt.Fprintf(&b, "         %s\n", d.Exception)
		}
	}
	fmt.Fprintf(&b, "\n== exceptions: %d\n", len(r.exceptions))
	for _, e := range r.exceptions {
		fmt.Fprintf(&b, "%4d  %s %s: %s is right: %s\n", e.Used, e.File, e.Capability, e.Right, e.Why)
	}
	fmt.Fprintf(&b, "\n== findings of high or critical that nobody reviewed: %d\n", len(r.Unreviewed))
	for _, line := range r.Unreviewed {
		fmt.Fprintln(&b, line)
	}
	fmt.Fprintf(&b, "\n== reviewed findings of high or critical: %d\n", r.ReviewedAlarms)
	for _, a := range r.alarms {
		fmt.Fprintf(&b, "%4d  %s %s: %s\n", a.Used, a.Plugin, a.Rule, a.Reason)
	}
	return b.String()
}
