package scanner

import (
	"fmt"
	"slices"
)

// Severity is how bad something is; the words are those of --fail-on.
type Severity string

const (
	None     Severity = "none"
	Info     Severity = "info"
	Low      Severity = "low"
	Medium   Severity = "medium"
	High     Severity = "high"
	Critical Severity = "critical"
)

// severities are in order, the mildest first.
var severities = []Severity{None, Info, Low, Medium, High, Critical}

// ParseSeverity accepts the words of --fail-on and of the settings.
func ParseSeverity(word string) (Severity, error) {
	if s := Severity(word); slices.Contains(severities, s) {
		return s, nil
	}
	return "", fmt.Errorf("unknown severity %q, expected critical, high, medium, low, info or none", word)
}

// Compare is negative where s is milder than t, and positive where it is worse.
func (s Severity) Compare(t Severity) int {
	return slices.Index(severities, s) - slices.Index(severities, t)
}

// AtLeast reports whether s is as bad as t or worse.
func (s Severity) AtLeast(t Severity) bool { return s.Compare(t) >= 0 }

func worst(s ...Severity) Severity {
	return slices.MaxFunc(append(s, None), Severity.Compare)
}

// fails reports whether s breaks a gate with that threshold; nothing breaks
// one whose threshold is none.
func (s Severity) fails(threshold Severity) bool {
	return threshold != None && s.AtLeast(threshold)
}

// Verdict is what the manifest says of a plugin.
type Verdict string

const (
	Approved   Verdict = "approved"
	Modified   Verdict = "modified"
	Unapproved Verdict = "unapproved"
	Missing    Verdict = "missing"
	Expired    Verdict = "expired"
	Revoked    Verdict = "revoked"
)

// weighVerdict is the severity of a verdict. Being merely present is milder
// only where a config decides what is loaded; a package that running code
// loads by name, and the server itself, need no config.
func weighVerdict(v Verdict, loaded, onDemand, server bool) Severity {
	switch v {
	case Revoked:
		return Critical
	case Modified, Unapproved, Expired:
		if loaded || onDemand || server && v == Modified {
			return High
		}
		return Medium
	case Missing:
		return Medium
	}
	return None
}

// weighFindings gives every finding of a plugin the severity that it has in
// company (DOMAIN.md, "Severity"). judged says that the plugin has an approval
// to be measured against; a finding without a capability is about the place
// and no approval declares it.
func weighFindings(findings []Finding, undeclared []string, judged, server bool) {
	isNew := func(capabilities ...string) bool {
		return slices.ContainsFunc(capabilities, func(c string) bool { return slices.Contains(undeclared, c) })
	}
	acts := []string{"exec", "applescript"}
	talks := []string{"socket", "socket.raw", "network"}
	together := isNew(acts...) && isNew(talks...)
	for i := range findings {
		f := &findings[i]
		switch {
		case f.Capability == "":
		case judged && !slices.Contains(undeclared, f.Capability):
			f.Declared = true
			f.Severity = Info
		case server && f.Capability != "applescript":
			// A server is a program: sockets and processes are its trade.
			f.Severity = Info
		case judged:
			f.Severity = worst(f.Severity, Medium)
			if together && (slices.Contains(acts, f.Capability) || slices.Contains(talks, f.Capability)) {
				f.Severity = worst(f.Severity, High)
			}
		}
	}
}
