package scanner

import (
	"cmp"
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

// Capabilities that are dangerous together: to act on the machine, and to talk
// to others.
var (
	acts  = []string{"exec", "applescript"}
	talks = []string{"socket", "socket.raw", "network"}
)

// weighFindings gives every finding of a plugin the severity that it has in
// company. The rows of DOMAIN.md's table, "Severity", that depend on more than
// the rule that matched:
//
//	noted: in the plugin's own tests, examples or fixtures      info; low where the rule is critical
//	about the place, or by a rule that states no capability      as the rule or observation says
//	declared by the approval                                     info
//	what a server program does by trade                          info
//	found only in the decoded view                               one level up
//	undeclared                                                   medium at least
//	undeclared exec and undeclared socket or network             high at least
//	undeclared applescript and undeclared socket or network      critical, and high the other
//	a story that raises: applescript beside an install hook,
//	a decoder or a download                                      high, the one finding that tells it
//
// A prompt for a password (hidden answer, administrator privileges) is a rule of
// its own, which is high by itself. What is new and dangerous together is marked
// BothNew, and listed before everything else.
//
// A severity that the settings state is none of these but the first, the declared
// and the trade's: nothing makes it worse.
//
// judged says that the plugin has an approval to be measured against. No approval
// declares a finding without a capability, which is about the place, or one of a
// rule that states none: approving what one such rule found says nothing about
// another.
func weighFindings(p *Plugin, judged bool) {
	isNew := func(f *Finding) bool { return judged && slices.Contains(p.Undeclared, f.Capability) }
	byTrade := func(f *Finding) bool { return p.Server && slices.Contains(serverTrade, f.Capability) }
	for i := range p.Findings {
		f := &p.Findings[i]
		switch {
		case f.Noted:
		case f.Capability == "" || f.Capability == "rule":
			f.Severity = raised(f)
		case judged && !isNew(f):
			f.Declared = true
			f.Severity = Info
		case byTrade(f):
			f.Severity = Info
		default:
			if f.Severity = raised(f); judged && !f.fixed {
				f.Severity = worst(f.Severity, Medium)
			}
		}
	}
	for _, s := range p.stories {
		if f := s.teller(p.Findings); f != nil {
			s.tell(f)
			if s.raises && !f.fixed {
				f.Severity = worst(f.Severity, High)
			}
		}
	}
	if s := newTogether(p.Findings, func(f *Finding) bool { return isNew(f) && !byTrade(f) }); s != nil {
		for _, i := range s.parts {
			f := &p.Findings[i]
			if f.fixed {
				continue
			}
			f.Severity = worst(f.Severity, High)
			if f.Capability == "applescript" {
				f.Severity = Critical
			}
		}
		f := s.teller(p.Findings)
		f.BothNew = true
		s.tell(f)
	}
}

// raised is the severity of a finding by itself.
func raised(f *Finding) Severity {
	if f.View == "decoded" && !f.fixed && f.Severity != None {
		return f.Severity.up() // somebody hid it
	}
	return f.Severity
}

// newTogether is the story of capabilities that are new since the approval, and
// dangerous together; nil where there is none.
func newTogether(findings []Finding, isNew func(*Finding) bool) *story {
	s := &story{}
	act, talk := false, false
	for i := range findings {
		f := &findings[i]
		acting, talking := slices.Contains(acts, f.Capability), slices.Contains(talks, f.Capability)
		if f.Noted || !isNew(f) || !acting && !talking {
			continue
		}
		act, talk = act || acting, talk || talking
		s.parts = append(s.parts, i)
		s.lines = append(s.lines, f.asPart())
	}
	if !act || !talk {
		return nil
	}
	return s
}

// tellers are the capabilities in the order in which their findings tell a story.
var tellers = []string{"applescript", "exec", "obfuscation", "socket.raw", "socket", "network", "dynload", "install-hook"}

// teller returns the finding that tells the story, or nil: the weightiest of
// those that are not declared.
func (s *story) teller(findings []Finding) *Finding {
	var best *Finding
	for _, i := range s.parts {
		f := &findings[i]
		if f.Declared || f.Noted {
			continue
		}
		if best == nil || cmp.Or(slices.Index(tellers, f.Capability)-slices.Index(tellers, best.Capability), best.Severity.Compare(f.Severity)) < 0 {
			best = f
		}
	}
	return best
}
