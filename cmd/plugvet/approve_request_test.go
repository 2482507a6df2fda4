package main

import (
	"testing"
	"time"
)

func TestASpanOfHoursEndsAtAnInstantAndOneOfDaysWithADay(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{"1h": "2026-11-23T13:00:00Z", "36h": "2026-11-25T00:00:00Z", "48h": "2026-11-25", "2d": "2026-11-25"} {
		if got, err := parseExpires(text, now); err != nil || got.String() != want {
			t.Errorf("%s: %s, %v, want %s", text, got, err, want)
		}
	}
}
