package manifests

import (
	"testing"
	"time"
)

func TestAnApprovalHoldsThroughItsLastDayInUTC(t *testing.T) {
	tests := []struct {
		expires, now string
		passed       bool
	}{
		{"2027-05-22", "2027-05-22T23:59:59Z", false},
		{"2027-05-22", "2027-05-23T00:00:00Z", true},
		{"2027-05-22", "2027-05-23T01:59:59+02:00", false},
		{"2027-05-22", "2027-05-22T19:00:00-05:00", true},
		{"2027-05-22T10:00:00Z", "2027-05-22T09:59:59Z", false},
		{"2027-05-22T10:00:00Z", "2027-05-22T10:00:00Z", true},
		{"2027-05-22T10:00:00+02:00", "2027-05-22T08:00:00Z", true},
	}
	for _, test := range tests {
		e, err := ParseExpiry(test.expires)
		if err != nil {
			t.Fatal(err)
		}
		now, err := time.Parse(time.RFC3339, test.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Passed(now); got != test.passed {
			t.Errorf("until %s, at %s: passed %t", test.expires, test.now, got)
		}
	}
	if (Expiry{}).Passed(noon) {
		t.Error("no expiry passed")
	}
}

func TestParseExpiryRefusesWhatIsNoDay(t *testing.T) {
	for _, text := range []string{"", "tomorrow", "2027-13-01", "2027-02-30", "0001-01-01", "22.5.2027"} {
		if e, err := ParseExpiry(text); err == nil {
			t.Errorf("%q became %v", text, e)
		}
	}
}
