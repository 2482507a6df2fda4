package settings

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"plugvet/manifests"
)

// Approval is what every approval must have that plugvet approve writes.
type Approval struct {
	Require           []string       `toml:"require"` // of manifests.PolicyFields
	Ticket            string         `toml:"ticket"`  // RE2 expression for all of a ticket
	MaxValidity       manifests.Span `toml:"max_validity"`
	Distinct          bool           `toml:"distinct"` // who approves is not who requested it
	EmergencyValidity manifests.Span `toml:"emergency_validity"`
}

// Policy is the settings in the form that approvals are checked by.
func (a *Approval) Policy() (manifests.Policy, error) {
	policy := manifests.Policy{
		Require: a.Require, MaxValidity: a.MaxValidity, Distinct: a.Distinct, EmergencyValidity: a.EmergencyValidity,
	}
	for _, field := range a.Require {
		if !slices.Contains(manifests.PolicyFields, field) {
			return policy, fmt.Errorf("require: unknown field %q, expected some of %s", field, strings.Join(manifests.PolicyFields, ", "))
		}
	}
	if a.Ticket != "" {
		var err error
		if policy.Ticket, err = regexp.Compile(a.Ticket); err != nil {
			return policy, fmt.Errorf("ticket: %w", err)
		}
	}
	return policy, nil
}
