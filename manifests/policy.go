package manifests

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Policy is what a site demands of every approval that is written. The zero
// Policy demands nothing but By and At.
type Policy struct {
	Require []string       // of PolicyFields
	Ticket  *regexp.Regexp // that all of a ticket must match; nil: anything
	// MaxValidity is how long an approval may last; 0: for ever.
	MaxValidity Span
	// Distinct demands that who approves is not who requested it.
	Distinct bool
	// EmergencyValidity is how long an emergency approval lasts at most; 0
	// means DefaultEmergencyValidity.
	EmergencyValidity Span
}

// DefaultEmergencyValidity is how long an emergency approval lasts.
const DefaultEmergencyValidity = Span(3 * 24 * time.Hour)

// PolicyFields are the keys of an approval that a policy may require.
var PolicyFields = []string{"ticket", "reason", "expires", "impact", "tested", "rollback", "requested_by"}

// A Fault is what an approval lacks, or has wrong, under a policy.
type Fault struct {
	Field string // of PolicyFields
	Text  string
}

// Faults lists what is wrong with an approval. The rollback is asked for by
// Approve, which knows what each plugin replaces.
//
// An emergency approval is excused from what is required, but for a reason, and
// from Distinct: its review is the approval that follows all of the policy.
func (p *Policy) Faults(a *Approval) []Fault {
	var faults []Fault
	fault := func(field, format string, args ...any) {
		faults = append(faults, Fault{field, fmt.Sprintf(format, args...)})
	}
	values := map[string]string{
		"ticket": a.Ticket, "reason": a.Reason, "expires": a.Expires.String(),
		"impact": a.Impact, "tested": a.Tested, "requested_by": a.RequestedBy,
	}
	required := p.Require
	if a.Emergency {
		required = []string{"reason"}
	}
	for _, field := range PolicyFields {
		if value, ok := values[field]; ok && slices.Contains(required, field) && strings.TrimSpace(value) == "" {
			fault(field, "%s is required", field)
		}
	}
	if p.Ticket != nil && a.Ticket != "" && !matchesAll(p.Ticket, a.Ticket) {
		fault("ticket", "ticket %q does not match %s", a.Ticket, p.Ticket)
	}
	if limit := p.validity(a.Emergency); limit > 0 {
		latest := LatestExpiry(a.At.Time, limit)
		switch {
		case a.Expires.IsZero():
			if !slices.Contains(required, "expires") {
				fault("expires", "expires is required, %s at the latest", latest)
			}
		case a.Expires.at.After(a.At.Add(time.Duration(limit))):
			fault("expires", "expires on %s, expected %s at the latest (%s)", a.Expires, latest, limit)
		}
	}
	if p.Distinct && !a.Emergency {
		switch {
		case strings.TrimSpace(a.RequestedBy) == "":
			if !slices.Contains(required, "requested_by") {
				fault("requested_by", "requested_by is required, and not who approves")
			}
		case samePerson(a.By, a.RequestedBy):
			fault("requested_by", "%s cannot approve what %s requested", a.By, a.RequestedBy)
		}
	}
	return faults
}

// matchesAll reports whether an expression matches text from end to end.
func matchesAll(expression *regexp.Regexp, text string) bool {
	longest := *expression
	longest.Longest()
	at := longest.FindStringIndex(text)
	return at != nil && at[0] == 0 && at[1] == len(text)
}

// validity is the longest that an approval may last; 0: for ever.
func (p *Policy) validity(emergency bool) Span {
	if !emergency {
		return p.MaxValidity
	}
	if p.EmergencyValidity > 0 {
		return p.EmergencyValidity
	}
	return DefaultEmergencyValidity
}

// EmergencyExpiry is when an emergency approval ends that begins at a time.
func (p *Policy) EmergencyExpiry(at time.Time) Expiry {
	return Expiry{at: NewTime(at.Add(time.Duration(p.validity(true)))).Time}
}

func (p *Policy) requires(field string, emergency bool) bool {
	return !emergency && slices.Contains(p.Require, field)
}

// samePerson holds two spellings of one name to be one person.
func samePerson(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
