package match

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	yara "github.com/hillu/go-yara/v4"
)

const (
	// noTryCatch (SCAN_FLAGS_NO_TRYCATCH of yara/types.h) keeps libyara from
	// installing signal handlers, which are not safe beside Go's threads. We
	// match memory that we own, so there is no bus error to catch.
	noTryCatch yara.ScanFlags = 4

	// maxHits is how many hits of one string, and of one list of names, are kept.
	maxHits = 16

	// maxExcerpt is the length of an excerpt, in runes.
	maxExcerpt = 80

	// The numbers that libyara's error.h gives to these outcomes.
	errScanTimeout    = yara.Error(26)
	errTooManyMatches = yara.Error(30)
)

// ErrTimeout says that a file took longer than the scanner's timeout.
var ErrTimeout = errors.New("matching took too long")

// A Match is one rule that matched.
type Match struct {
	Rule *Rule
	Hits []Hit // sorted by offset, those without one last; may be empty
	// Hidden says that the rule matches the decoded view of a script, and that
	// what it found there does not stand in the file as it is.
	Hidden bool
}

// A Hit is one piece of evidence.
type Hit struct {
	Offset int64  // in bytes from the start of the file, whatever the view; -1 where it stands nowhere by itself
	Length int    // in bytes of the file; of a string in the raw view at most 512, which is what libyara keeps
	Name   string // the string's name, "$command", or the external's, "imports"
	Text   string // what was found, printable and at most 80 runes
	// Hidden says that Text was put together or decoded (see [Match]).
	Hidden bool
}

// A Scanner matches one file after another. It belongs to one goroutine; several
// may share a rule set.
type Scanner struct {
	rules   *Rules
	timeout time.Duration
	engines map[*set]*yara.Scanner
}

// NewScanner returns a scanner without a timeout. Close must be called.
func (rules *Rules) NewScanner() *Scanner {
	return &Scanner{rules: rules, engines: map[*set]*yara.Scanner{}}
}

// SetTimeout limits the time that one file may take. libyara counts whole
// seconds: anything below one second means no limit.
func (s *Scanner) SetTimeout(d time.Duration) {
	s.timeout = d
	for _, engine := range s.engines {
		engine.SetTimeout(d)
	}
}

// Close frees the scanner.
func (s *Scanner) Close() {
	for _, engine := range s.engines {
		engine.Destroy()
	}
}

// engine returns libyara's scanner for a set.
func (s *Scanner) engine(of *set) (*yara.Scanner, error) {
	if engine := s.engines[of]; engine != nil {
		return engine, nil
	}
	engine, err := yara.NewScanner(of.compiled)
	if err != nil {
		return nil, fmt.Errorf("start a scanner: %w", err)
	}
	engine.SetFlags(noTryCatch)
	engine.SetTimeout(s.timeout)
	s.engines[of] = engine
	return engine, nil
}

// Match applies every rule to data. The matches are sorted by namespace and name
// of their rules; the same data and variables always give the same result. Where
// the time is up, the error is [ErrTimeout] and what was found is lost.
func (s *Scanner) Match(data []byte, vars Variables) ([]Match, error) {
	matches, err := s.match(data, vars)
	if err != nil {
		return nil, err
	}
	finder := newFinder(data, vars)
	for i := range matches {
		finder.add(&matches[i])
	}
	return matches, nil
}

// match runs libyara over data, unless the externals rule out that any rule
// matches. The hits are of strings alone, their offsets those in data.
func (s *Scanner) match(data []byte, vars Variables) ([]Match, error) {
	of, err := s.rules.setFor(vars)
	if err != nil {
		return nil, err
	}
	vars = vars.complete()
	if !of.can(vars) {
		return nil, nil
	}
	engine, err := s.engine(of)
	if err != nil {
		return nil, err
	}
	for name, value := range vars {
		if text, ok := value.(string); ok {
			value = s.rules.inReach(name, text)
		}
		if err := engine.DefineVariable(name, value); err != nil {
			return nil, fmt.Errorf("set external %s: %w", name, err)
		}
	}
	// A callback object of its own for each scan: go-yara keeps the last one.
	c := &collector{rules: of.rules}
	engine.SetCallback(c)
	err = engine.ScanMem(data)
	switch {
	case errors.Is(err, errScanTimeout):
		return nil, ErrTimeout
	case err != nil && !errors.Is(err, errTooManyMatches): // too many only means that not all hits are known
		return nil, fmt.Errorf("match: %w", err)
	}
	slices.SortFunc(c.matches, compareMatches)
	return c.matches, nil
}

func compareMatches(a, b Match) int {
	return cmp.Or(cmp.Compare(a.Rule.Namespace, b.Rule.Namespace), cmp.Compare(a.Rule.Name, b.Rule.Name))
}

func compareHits(a, b Hit) int {
	// Seen as unsigned, -1 is the largest offset of all.
	return cmp.Or(
		cmp.Compare(uint64(a.Offset), uint64(b.Offset)),
		cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Text, b.Text))
}

// A collector keeps what libyara reports during one scan. It copies everything:
// nothing of libyara's may be touched after the callback.
type collector struct {
	rules   map[ruleName]*Rule
	matches []Match
}

// RuleMatching is called by go-yara for each public rule that matches.
func (c *collector) RuleMatching(ctx *yara.ScanContext, r *yara.Rule) (abort bool, err error) {
	rule := c.rules[ruleName{r.Namespace(), r.Identifier()}]
	if rule == nil {
		return true, fmt.Errorf("rule %q of namespace %q is not known", r.Identifier(), r.Namespace())
	}
	var excluded []span
	var shown []yara.String
	for _, str := range r.Strings() {
		if !rule.OurMetadata || !strings.HasPrefix(str.Identifier(), "$not") {
			shown = append(shown, str)
			continue
		}
		for _, m := range str.Matches(ctx) {
			excluded = append(excluded, span{m.Offset(), m.Offset() + int64(len(m.Data()))})
		}
	}
	slices.SortFunc(excluded, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	match := Match{Rule: rule}
	for _, str := range shown {
		kept := 0
		for _, m := range str.Matches(ctx) {
			offset := m.Base() + m.Offset()
			if covered(excluded, offset) {
				continue
			}
			if kept == maxHits {
				break
			}
			kept++
			data := m.Data()
			match.Hits = append(match.Hits, Hit{Offset: offset, Length: len(data), Name: str.Identifier(), Text: excerpt(data)})
		}
	}
	c.matches = append(c.matches, match)
	return false, nil
}

// A span is a range of the file.
type span struct{ start, end int64 }

// covered tells whether one of the spans, sorted by their starts, holds offset.
// It looks at the few that begin last before it: spans of one rule do not nest
// deeply.
func covered(spans []span, offset int64) bool {
	i, found := slices.BinarySearchFunc(spans, offset, func(s span, o int64) int { return cmp.Compare(s.start, o) })
	if found {
		return true
	}
	for _, s := range spans[max(0, i-4):i] {
		if offset < s.end {
			return true
		}
	}
	return false
}

// excerpt makes matched bytes fit to be shown: NULs go (UTF-16), control
// characters and invalid bytes become dots, blanks around it go.
func excerpt(data []byte) string {
	var b strings.Builder
	runes := 0
	for len(data) > 0 && runes < maxExcerpt {
		r, size := utf8.DecodeRune(data)
		data = data[size:]
		switch {
		case r == 0:
			continue
		case r == '\n' || r == '\t' || r == '\r':
			r = ' '
		case r == utf8.RuneError || !unicode.IsPrint(r):
			r = '.'
		}
		b.WriteRune(r)
		runes++
	}
	return strings.TrimSpace(b.String())
}
