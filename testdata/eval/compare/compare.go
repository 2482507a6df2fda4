package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
)

// A score counts the files of one language by one capability.
type score struct {
	Language       string `json:"language"`
	Capability     string `json:"capability"`
	TruePositives  int    `json:"true_positives"`
	FalsePositives int    `json:"false_positives"`
	FalseNegatives int    `json:"false_negatives"`
	TrueNegatives  int    `json:"true_negatives"`
	Excepted       int    `json:"excepted"` // disagreements in which plugvet is right, counted as agreements
}

// ratio is one where there is nothing to be wrong about.
func ratio(right, wrong int) float64 {
	if right+wrong == 0 {
		return 1
	}
	return float64(right) / float64(right+wrong)
}

func (s score) recall() float64    { return ratio(s.TruePositives, s.FalseNegatives) }
func (s score) precision() float64 { return ratio(s.TruePositives, s.FalsePositives) }

// bound returns the least recall and precision that a score must have. Native
// network has none: hosts' own helpers are a matter of names alone.
func (s score) bound() (recall, precision float64) {
	switch {
	case s.Language != "native":
		return 0.995, 0.99
	case s.Capability == "network":
		return 0, 0
	}
	return 1, 1
}

// missed says which bounds the score misses.
func (s score) missed() error {
	recall, precision := s.bound()
	if s.recall() >= recall && s.precision() >= precision {
		return nil
	}
	return fmt.Errorf("%s %s: recall %.4f and precision %.4f, expected at least %.3f and %.3f",
		s.Language, s.Capability, s.recall(), s.precision(), recall, precision)
}

// A disagreement is a file of which one side holds that it has a capability.
type disagreement struct {
	Language   string    `json:"language"`
	Capability string    `json:"capability"`
	Path       string    `json:"path"`
	Label      *mark     `json:"label,omitempty"`     // plugvet says nothing
	Findings   []finding `json:"findings,omitempty"`  // the labeller says nothing
	Uncovered  string    `json:"uncovered,omitempty"` // why plugvet did not look at the file
	Exception  string    `json:"exception,omitempty"` // who is right, and why
}

type results struct {
	Date           time.Time      `json:"date"`
	Rules          string         `json:"rules"`
	ScanSeconds    float64        `json:"scan_seconds"`
	Packages       int            `json:"packages"`
	Plugins        int            `json:"plugins"`
	Files          int            `json:"files"`
	Bytes          int64          `json:"bytes"`
	Labelled       map[string]int `json:"labelled"` // files by language
	Scores         []score        `json:"scores"`
	Disagreements  []disagreement `json:"disagreements"`
	Unreviewed     []string       `json:"unreviewed_alarms"`
	ReviewedAlarms int            `json:"reviewed_alarms"`
	exceptions     []*exception
	alarms         []*reviewedAlarm
}

func compare(labels labels, said *said, exceptions []*exception, alarms []*reviewedAlarm) *results {
	r := &results{
		Date: said.started, Rules: said.rules, ScanSeconds: said.duration.Seconds(),
		Plugins: said.plugins, Files: said.files, Bytes: said.bytes,
		Labelled: map[string]int{}, exceptions: exceptions, alarms: alarms,
	}
	for _, c := range compared {
		files := labels[c.language]
		r.Labelled[c.language] = len(files)
		for _, capability := range c.capabilities {
			r.score(score{Language: c.language, Capability: capability}, files, said)
		}
	}
	r.review(said.alarms)
	return r
}

// score compares every file of a language by one capability.
func (r *results) score(s score, files map[string]map[string]mark, said *said) {
	for _, path := range sortedKeys(files) {
		label, labelled := files[path][s.Capability]
		findings := said.findings[path][s.Capability]
		if labelled == (len(findings) > 0) {
			if labelled {
				s.TruePositives++
			} else {
				s.TrueNegatives++
			}
			continue
		}
		d := disagreement{Language: s.Language, Capability: s.Capability, Path: path, Findings: findings, Uncovered: said.missed[path]}
		if labelled {
			d.Label = &label
		}
		except := r.except(d)
		if except != nil {
			d.Exception = except.Right + " is right: " + except.Why
		}
		switch right := except != nil && except.Right == "plugvet"; {
		case right && labelled:
			s.TrueNegatives++
			s.Excepted++
		case right:
			s.TruePositives++
			s.Excepted++
		case labelled:
			s.FalseNegatives++
		default:
			s.FalsePositives++
		}
		r.Disagreements = append(r.Disagreements, d)
	}
	r.Scores = append(r.Scores, s)
}

func (r *results) except(d disagreement) *exception {
	for _, e := range r.exceptions {
		if e.Capability == d.Capability && doublestar.MatchUnvalidated(e.File, d.Path) {
			e.Used++
			return e
		}
	}
	return nil
}

// review holds the alarms against the reviewed ones.
func (r *results) review(alarms []alarm) {
	for _, a := range alarms {
		i := slices.IndexFunc(r.alarms, func(known *reviewedAlarm) bool {
			return doublestar.MatchUnvalidated(known.Rule, a.Rule) && doublestar.MatchUnvalidated(known.Plugin, a.Plugin)
		})
		if i >= 0 {
			r.alarms[i].Used++
			r.ReviewedAlarms++
			continue
		}
		r.Unreviewed = append(r.Unreviewed, fmt.Sprintf("%s %s %s:%d %s", a.Plugin, a.Rule, a.Path, a.Line, strings.ToUpper(a.Severity)))
	}
	slices.Sort(r.Unreviewed)
}

// faults are the reasons for which the comparison fails.
func (r *results) faults() []error {
	var faults []error
	for _, s := range r.Scores {
		if err := s.missed(); err != nil {
			faults = append(faults, err)
		}
	}
	for _, e := range r.exceptions {
		if e.Used == 0 {
			faults = append(faults, fmt.Errorf("exceptions.toml: %s %s explains no disagreement: remove it", e.File, e.Capability))
		}
	}
	for _, a := range r.alarms {
		if a.Used == 0 {
			faults = append(faults, fmt.Errorf("alarms.toml: %s %s is no alarm any more: remove it", a.Plugin, a.Rule))
		}
	}
	if len(r.Unreviewed) > 0 {
		faults = append(faults, fmt.Errorf("%d findings of high or critical are not in alarms.toml", len(r.Unreviewed)))
	}
	return faults
}
