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

// ParseSeverity accepts the words of the settings.
func ParseSeverity(word string) (Severity, error) {
	if s := Severity(word); slices.Contains(severities, s) {
		return s, nil
	}
	return "", fmt.Errorf("unknown severity %q, expected critical, high, medium, low, info or none", word)
}

// ParseThreshold accepts the words of --fail-on: every severity but info, which
// is no fault at all.
func ParseThreshold(word string) (Severity, error) {
	if s, err := ParseSeverity(word); err == nil && s != Info {
		return s, nil
	}
	return "", fmt.Errorf("unknown threshold %q, expected critical, high, medium, low or none", word)
}

// Compare is negative where s is milder than t, and positive where it is worse.
func (s Severity) Compare(t Severity) int {
	return slices.Index(severities, s) - slices.Index(severities, t)
}

// AtLeast reports whether s is as bad as t or worse.
func (s Severity) AtLeast(t Severity) bool { return s.Compare(t) >= 0 }

// up is the next worse severity; nothing is worse than critical.
func (s Severity) up() Severity {
	return severities[min(slices.Index(severities, s)+1, len(severities)-1)]
}

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

// What a server program does by trade: it opens sockets and starts processes.
var serverTrade = []string{"socket", "network", "exec", "dynload"}

// weighFindings gives every finding of a plugin the severity that it has in
// company (DOMAIN.md, "Severity"). judged says that the plugin has an approval
// to be measured against. No approval declares a finding without a capability,
// which is about the place, or one of a rule that states none: approving what
// one such rule found says nothing about another.
func weighFindings(findings []Finding, undeclared []string, judged, server bool) {
	has := func(list []string, capabilities ...string) bool {
		return slices.ContainsFunc(capabilities, func(c string) bool { return slices.Contains(list, c) })
	}
	acts := []string{"exec", "applescript"}
	talks := []string{"socket", "socket.raw", "network"}
	together := has(undeclared, acts...) && has(undeclared, talks...)
	hidden := has(capabilitiesOf(findings), "install-hook", "obfuscation")
	for i := range findings {
		f := &findings[i]
		switch {
		case f.Capability == "" || f.Capability == "rule":
		case judged && !slices.Contains(undeclared, f.Capability):
			f.Declared = true
			f.Severity = Info
		case server && slices.Contains(serverTrade, f.Capability):
			f.Severity = Info
		default:
			if f.Capability == "applescript" && hidden {
				f.Severity = worst(f.Severity, High) // run at install, or meant not to be seen
			}
			if !judged {
				continue
			}
			f.Severity = worst(f.Severity, Medium)
			if together && (slices.Contains(acts, f.Capability) || slices.Contains(talks, f.Capability)) {
				f.Severity = worst(f.Severity, High)
			}
		}
	}
}
