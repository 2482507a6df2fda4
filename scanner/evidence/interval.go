package evidence

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// An Interval is how often sweeps were promised, "7d", "12h", "30m" or "2w"; the
// zero Interval promises nothing.
type Interval struct {
	text   string
	length time.Duration
}

var intervalUnits = map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}

// ParseInterval reads a number and a unit.
func ParseInterval(text string) (Interval, error) {
	for suffix, unit := range intervalUnits {
		digits, ok := strings.CutSuffix(text, suffix)
		if !ok {
			continue
		}
		if n, err := strconv.ParseInt(digits, 10, 64); err == nil && n > 0 && n <= math.MaxInt64/int64(unit) && digits[0] != '+' {
			return Interval{text, time.Duration(n) * unit}, nil
		}
	}
	return Interval{}, fmt.Errorf("%q is not an interval, expected one such as 7d, 12h or 30m", text)
}

// grace is how much later than promised a sweep may start: schedulers wait for
// a minute, a machine for its boot.
func (i Interval) grace() time.Duration { return min(time.Hour, i.length/10) }

// missed reports whether too much time lies between two sweeps.
func (i Interval) missed(from, to time.Time) bool {
	return i.length > 0 && to.Sub(from) > i.length+i.grace()
}

// String, Set and Type make an Interval a flag.
func (i *Interval) String() string { return i.text }

// Set parses the flag's value.
func (i *Interval) Set(text string) (err error) {
	*i, err = ParseInterval(text)
	return err
}

// Type names the value in a help text.
func (i *Interval) Type() string { return "interval" }

// Length is how long the interval is.
func (i *Interval) Length() time.Duration { return i.length }
