package scanner

import "time"

// A Sweep says how a scan compares with the sweeps before it in the same ledger.
type Sweep struct {
	Sequence   int64      `json:"sequence"`        // of this entry; the first is 1
	Previous   string     `json:"previous"`        // digest of the entry before, "sha256:…"; empty for the first
	PreviousAt *time.Time `json:"previous_at"`     // nil for the first
	Every      string     `json:"every,omitempty"` // the interval that was promised, such as 7d
	New        []Drift    `json:"new"`             // plugins and findings that were not there
	Gone       []Drift    `json:"gone"`
	Changed    []Drift    `json:"changed"` // content, verdict or severity differ
	Fixed      []Drift    `json:"fixed"`   // was a violation and is none any more
	Expiring   []Drift    `json:"expiring"`
	// History is one point a sweep, oldest first, this one last; at most the
	// last 104 of them.
	History []SweepPoint `json:"history"`
}

// A Drift is one difference between two sweeps.
type Drift struct {
	Host string `json:"host"`
	Name string `json:"name"`
	Root string `json:"root,omitempty"` // where several roots were given
	Path string `json:"path"`
	Text string `json:"text"` // what differs, in words, such as "approved → modified"
}

// A SweepPoint is what one sweep of a ledger found, in numbers.
type SweepPoint struct {
	Sequence   int64            `json:"sequence"`
	At         time.Time        `json:"at"`
	Verdict    string           `json:"verdict"` // of the summary
	Plugins    int              `json:"plugins"`
	Violations int              `json:"violations"`
	ByVerdict  map[Verdict]int  `json:"by_verdict"`
	BySeverity map[Severity]int `json:"by_severity"`
	Drifted    int              `json:"drifted"` // new, gone and changed since the sweep before
}
