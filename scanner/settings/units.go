package settings

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A Duration is written as time.ParseDuration has it: "90s", "5m".
type Duration time.Duration

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is not a duration, expected one such as 90s or 5m", text)
	}
	*d = Duration(parsed)
	return nil
}

// A Size is a number of bytes: "1048576", "64M", "64MiB", "1G".
type Size int64

var sizeUnits = []struct {
	suffix string
	bytes  int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30},
	{"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {"B", 1}, {"", 1},
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Size) UnmarshalText(text []byte) error {
	for _, unit := range sizeUnits {
		digits, ok := strings.CutSuffix(string(text), unit.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err != nil || n <= 0 || n > math.MaxInt64/unit.bytes {
			break
		}
		*s = Size(n * unit.bytes)
		return nil
	}
	return fmt.Errorf("%q is not a size, expected a number of bytes such as 1048576, 64M or 1GiB", text)
}

// String, Set and Type make a Size a flag.
func (s *Size) String() string { return strconv.FormatInt(int64(*s), 10) }

// Set parses the flag's value.
func (s *Size) Set(text string) error { return s.UnmarshalText([]byte(text)) }

// Type names the value in a help text.
func (s *Size) Type() string { return "size" }
