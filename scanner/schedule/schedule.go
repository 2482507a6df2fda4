// Package schedule writes the units that run plugvet at intervals: for systemd,
// launchd and cron. A unit gets the least that a sweep needs. It knows how each
// of them quotes words and nothing of what a sweep is.
package schedule

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Job is what to run and how often. All paths are absolute.
type Job struct {
	Name    string   // of the unit: lower case letters, digits and "-"
	Command []string // the program and its arguments
	Reads   []string // the trees that the program looks at
	Writes  []string // the directories that it writes to
	// Every is a whole number of days, or of hours that divide a day.
	Every time.Duration
	User  string // who runs it; empty: see the scheduler
}

// check finds what no unit can hold.
func (j *Job) check() error {
	if len(j.Command) == 0 || len(j.Writes) == 0 {
		return errors.New("a job needs a program, and a directory to write to")
	}
	for _, name := range slices.Concat(j.Command[:1], j.Reads, j.Writes) {
		if !path.IsAbs(name) {
			return fmt.Errorf("%q: expected an absolute path", name)
		}
	}
	for _, word := range slices.Concat(j.Command, j.Reads, j.Writes, []string{j.User}) {
		if !utf8.ValidString(word) || strings.ContainsFunc(word, func(r rune) bool { return unicode.IsControl(r) }) {
			return fmt.Errorf("%q: a unit cannot hold control characters, or what is not UTF-8", word)
		}
	}
	if strings.ContainsAny(j.User, " \t:=%$\"'\\/") || strings.HasPrefix(j.User, "-") {
		return fmt.Errorf("%q is no name of a user", j.User)
	}
	day := 24 * time.Hour
	if j.Every < time.Hour || j.Every%time.Hour != 0 || j.Every < day && day%j.Every != 0 || j.Every > day && j.Every%day != 0 {
		return fmt.Errorf("every %v: expected whole days, or hours that divide a day (1, 2, 3, 4, 6, 8, 12)", j.Every)
	}
	return nil
}

// Sweeps begin at this time of the day, or count hours from midnight on.
const (
	hour   = 3
	minute = 17
)

func shellWord(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

func shellWords(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = shellWord(word)
	}
	return strings.Join(quoted, " ")
}
