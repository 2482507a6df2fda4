package manifests

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// A Time is an instant in UTC. In TOML it must be a datetime with an offset,
// so that it means the same on every machine.
type Time struct{ time.Time }

// NewTime is t as manifests keep it: in UTC, in whole seconds.
func NewTime(t time.Time) Time { return Time{t.UTC().Truncate(time.Second)} }

// UnmarshalTOML takes what the parser made of the value.
func (t *Time) UnmarshalTOML(value any) error {
	v, ok := value.(time.Time)
	if !ok || localKind(v) != "" {
		return errors.New("expected a datetime with an offset, such as 2026-11-23T10:00:00Z")
	}
	*t = NewTime(v)
	return checkYear(t.Time)
}

// An Expiry is when an approval ends: a day, through which (in UTC) it still
// holds, or an instant. The zero Expiry never comes.
type Expiry struct {
	at  time.Time // UTC; of a day, its midnight
	day bool
}

// ParseExpiry reads "2027-05-22" or "2027-05-22T10:00:00Z".
func ParseExpiry(text string) (Expiry, error) {
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return Expiry{at, true}, checkYear(at)
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return Expiry{}, fmt.Errorf("expected a day such as 2027-05-22 or a datetime such as 2027-05-22T10:00:00Z, not %q", text)
	}
	return Expiry{at: NewTime(at).Time}, checkYear(at.UTC())
}

// UnmarshalTOML takes what the parser made of the value.
func (e *Expiry) UnmarshalTOML(value any) error {
	v, ok := value.(time.Time)
	kind := localKind(v)
	switch {
	case ok && kind == "date-local":
		*e = Expiry{time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC), true}
	case ok && kind == "":
		*e = Expiry{at: NewTime(v).Time}
	default:
		return errors.New("expected a date such as 2027-05-22 or a datetime with an offset")
	}
	return checkYear(e.at)
}

// MarshalText writes what ParseExpiry reads.
func (e Expiry) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText is ParseExpiry, for JSON.
func (e *Expiry) UnmarshalText(text []byte) (err error) {
	*e, err = ParseExpiry(string(text))
	return err
}

func (e Expiry) String() string {
	switch {
	case e.IsZero():
		return ""
	case e.day:
		return e.at.Format(time.DateOnly)
	default:
		return e.at.Format(time.RFC3339)
	}
}

// IsZero reports whether there is no end.
func (e Expiry) IsZero() bool { return e.at.IsZero() }

// Passed reports whether the approval has ended at now.
func (e Expiry) Passed(now time.Time) bool {
	return !e.IsZero() && !now.Before(e.end())
}

// end is the first instant at which the approval does not hold.
func (e Expiry) end() time.Time {
	if e.day {
		return e.at.AddDate(0, 0, 1)
	}
	return e.at
}

// localKind is the name that BurntSushi/toml gives to the zone of a value
// without an offset ("datetime-local", "date-local", "time-local"), or "".
func localKind(t time.Time) string {
	switch name := t.Location().String(); name {
	case "datetime-local", "date-local", "time-local":
		return name
	}
	return ""
}

// checkYear keeps out the zero time, which would mean "never", and years that
// TOML cannot write.
func checkYear(t time.Time) error {
	if y := t.Year(); y < 1970 || y > 9999 {
		return fmt.Errorf("year %d, expected 1970 to 9999", y)
	}
	return nil
}

// LatestExpiry is the last day that lies a span after at, or before.
func LatestExpiry(at time.Time, span Span) Expiry {
	end := at.UTC().Add(time.Duration(span))
	return Expiry{time.Date(end.Year(), end.Month(), end.Day(), 0, 0, 0, 0, time.UTC), true}
}

// A Span is a length of time as people write it: "30d", "2w", "72h", "90m". A
// day is 24 hours.
type Span time.Duration

// maxSpan is a hundred years.
const maxSpan = Span(100 * 365 * 24 * time.Hour)

// ParseSpan reads a positive span of up to a hundred years.
func ParseSpan(text string) (Span, error) {
	const want = "expected a span such as 30d, 2w or 72h"
	days := map[string]int{"d": 1, "w": 7}[text[max(0, len(text)-1):]]
	if days > 0 {
		n, err := strconv.Atoi(text[:len(text)-1])
		if err != nil || n <= 0 || n > 36500/days {
			return 0, fmt.Errorf("%s, not %q", want, text)
		}
		return Span(time.Duration(n*days) * 24 * time.Hour), nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || Span(d) > maxSpan {
		return 0, fmt.Errorf("%s, not %q", want, text)
	}
	return Span(d), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Span) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSpan(string(text))
	return err
}

func (s Span) String() string {
	if day := Span(24 * time.Hour); s%day == 0 {
		return fmt.Sprintf("%dd", s/day)
	}
	return time.Duration(s).String()
}
