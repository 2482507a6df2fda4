package script

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"
)

// A backtracker is a regular expression with what Go's have not. It may take time
// without end, so its texts have a limit of length; and the first match that takes
// a time which honest ones are far from, on a busy machine too, is the last of its
// script, as is the one with which all together take that.
type backtracker struct {
	*regexp2.Regexp
	limit *Budget
}

const (
	maxBacktracked  = 1 << 14     // bytes of a text
	backtrackedTime = time.Second // of one match, and of those of a script together
)

var errTooLong = errors.New("a regular expression takes too long to match")

// An Expression is a regular expression that was compiled: one of Go's, or one that
// goes back over its text.
type Expression interface {
	FindStringSubmatchIndex(s string) []int
	FindAllStringSubmatchIndex(s string, most int) [][]int
	SubexpNames() []string
}

// Backtracking compiles a regular expression of JavaScript, or else of PHP, with the
// flags i, m, s, u and y; nil where it cannot.
func Backtracking(source, flags string, javaScript bool, limit *Budget) Expression {
	options := []regexp2.CompileOption{regexp2.OptionMaxBacktrackingStackSize(1 << 14)}
	if javaScript {
		options = append(options, regexp2.ECMAScript)
	}
	for flag, option := range map[string]regexp2.CompileOption{"i": regexp2.IgnoreCase, "m": regexp2.Multiline, "s": regexp2.Singleline, "u": regexp2.Unicode} {
		if strings.Contains(flags, flag) {
			options = append(options, option)
		}
	}
	if strings.Contains(flags, "y") {
		source = `^(?:` + source + `)`
	}
	r, err := regexp2.Compile(source, options...)
	if err != nil {
		return nil
	}
	r.MatchTimeout = backtrackedTime
	return &backtracker{r, limit}
}

// SubexpNames are the names of the groups; of those without one, the empty text.
func (b *backtracker) SubexpNames() []string {
	names := b.GetGroupNames()
	for i, name := range names {
		if name != "" && name[0] >= '0' && name[0] <= '9' {
			names[i] = ""
		}
	}
	return names
}

// FindStringSubmatchIndex is regexp.Regexp.FindStringSubmatchIndex.
func (b *backtracker) FindStringSubmatchIndex(s string) []int {
	if all := b.FindAllStringSubmatchIndex(s, 1); len(all) > 0 {
		return all[0]
	}
	return nil
}

// FindAllStringSubmatchIndex is regexp.Regexp.FindAllStringSubmatchIndex; none where a
// match takes too long.
func (b *backtracker) FindAllStringSubmatchIndex(s string, most int) [][]int {
	if len(s) > maxBacktracked || !utf8.ValidString(s) {
		return nil
	}
	offsets := make([]int, 0, len(s)+1) // of the runes
	for i := range s {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(s))
	var all [][]int
	started := time.Now()
	defer func() { b.limit.backtracked += time.Since(started) }()
	m, err := b.FindStringMatch(s)
	for ; m != nil && err == nil && len(all) < most; m, err = b.FindNextMatch(m) {
		if b.limit.backtracked+time.Since(started) > backtrackedTime {
			err = errTooLong
			break
		}
		var at []int
		for _, g := range m.Groups() {
			if len(g.Captures) == 0 {
				at = append(at, -1, -1)
				continue
			}
			at = append(at, offsets[g.RuneIndex], offsets[g.RuneIndex+g.RuneLength])
		}
		all = append(all, at)
	}
	if err != nil {
		b.limit.Exhaust(errTooLong.Error())
		return nil
	}
	return all
}
