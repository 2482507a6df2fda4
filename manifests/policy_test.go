package manifests

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestAPolicyNamesEverythingThatIsMissing(t *testing.T) {
	full := Approval{
		By: "alice", At: NewTime(noon), Ticket: "CHG-1", Reason: "r", Impact: "i", Tested: "t", RequestedBy: "bob",
		Expires: LatestExpiry(noon, Span(30*24*time.Hour)),
	}
	strict := Policy{
		Require: PolicyFields, Ticket: regexp.MustCompile(`CHG-\d|CHG-\d+x`), MaxValidity: Span(30 * 24 * time.Hour), Distinct: true,
	}
	tests := []struct {
		name   string
		change func(*Approval)
		want   string // fields of the faults
	}{
		{"nothing", func(*Approval) {}, ""},
		{"ticket", func(a *Approval) { a.Ticket = " " }, "ticket ticket"},
		{"ticket with more behind", func(a *Approval) { a.Ticket = "CHG-1y" }, "ticket"},
		{"ticket with a line before", func(a *Approval) { a.Ticket = "x\nCHG-1" }, "ticket"},
		{"ticket by the longer alternative", func(a *Approval) { a.Ticket = "CHG-12x" }, ""},
		{"reason", func(a *Approval) { a.Reason = "" }, "reason"},
		{"impact and tested", func(a *Approval) { a.Impact, a.Tested = "", "" }, "impact tested"},
		{"no end", func(a *Approval) { a.Expires = Expiry{} }, "expires"},
		{"a day too long", func(a *Approval) { a.Expires = LatestExpiry(noon, Span(31*24*time.Hour)) }, "expires"},
		{"requested by nobody", func(a *Approval) { a.RequestedBy = "" }, "requested_by"},
		{"requested by the approver", func(a *Approval) { a.RequestedBy = " ALICE " }, "requested_by"},
		{"emergency", func(a *Approval) {
			*a = Approval{By: "alice", At: a.At, Reason: "down", Emergency: true, Expires: strict.EmergencyExpiry(noon)}
		}, ""},
		{"emergency without reason or end", func(a *Approval) { *a = Approval{By: "alice", At: a.At, Emergency: true} }, "reason expires"},
		{"emergency that lasts", func(a *Approval) { a.Emergency = true }, "expires"},
	}
	for _, test := range tests {
		a := full
		test.change(&a)
		var got []string
		for _, f := range strict.Faults(&a) {
			got = append(got, f.Field)
		}
		// A blank ticket is missing and, by itself, none that the pattern knows.
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: faults of %v, want %q", test.name, strict.Faults(&a), test.want)
		}
	}
	if faults := new(Policy).Faults(&Approval{By: "alice", At: NewTime(noon)}); len(faults) > 0 {
		t.Errorf("no policy demands %v", faults)
	}
}

func TestSpans(t *testing.T) {
	for text, want := range map[string]time.Duration{"30d": 720 * time.Hour, "2w": 336 * time.Hour, "90m": 90 * time.Minute, "36500d": 876000 * time.Hour} {
		if got, err := ParseSpan(text); err != nil || time.Duration(got) != want {
			t.Errorf("%s is %v, %v", text, time.Duration(got), err)
		}
	}
	for _, text := range []string{"", "d", "0d", "-1d", "1.5d", "36501d", "99999999999999999999d", "5300w", "1y", "0s", "-3h", "9999999h"} {
		if got, err := ParseSpan(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}
