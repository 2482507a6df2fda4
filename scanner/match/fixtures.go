package match

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
)

// Fixtures say which files each rule must match and which it must not. They are
// read from TOML:
//
//	[[rule]]
//	name = "native_socket"
//	host = "nginx"                          # the external, where the rule asks for it
//	match = ["native/linux-x86_64/*.so"]    # patterns of path.Match below the root
//	no-match = ["scripts/readme.md"]
//
// A rule may have several entries.
type Fixtures struct {
	Root string    `toml:"root"` // directory of the files, relative to the TOML file; "" is its own
	Rule []Fixture `toml:"rule"`
}

// A Fixture is one entry of [Fixtures].
type Fixture struct {
	Name    string   `toml:"name"`
	Host    string   `toml:"host"`
	Match   []string `toml:"match"`
	NoMatch []string `toml:"no-match"`
}

// ParseFixtures reads the TOML form. Unknown keys are errors.
func ParseFixtures(text []byte) (*Fixtures, error) {
	var f Fixtures
	meta, err := toml.Decode(string(text), &f)
	if err != nil {
		return nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("unknown key %s", unknown[0])
	}
	return &f, nil
}

// A FixtureResult says how a rule did on its fixtures.
type FixtureResult struct {
	Rule    string
	Matched int      // files that it had to match, and did
	Passed  int      // files that it must not match, and did not
	Faults  []string // one sentence each; none means that the rule is fine
}

// OK tells whether the rule has no fault.
func (r FixtureResult) OK() bool { return len(r.Faults) == 0 }

// ViewsOf reads a file's facts and, of a script, its decoded view;
// inspect.Views is one.
type ViewsOf func(name string, data []byte) (*inspect.Facts, *script.View)

// CheckFixtures applies the rules to their fixtures below fsys. It returns one
// result for each rule, sorted as List is. A rule
// without a file of each sort has a fault. The error is about the fixtures as a
// whole: an entry for a rule that is not there, a file that cannot be read.
func CheckFixtures(rules *Rules, fixtures *Fixtures, fsys fs.FS, views ViewsOf) ([]FixtureResult, error) {
	scanner := rules.NewScanner()
	defer scanner.Close()
	list := rules.List()
	var unknown []error
	for _, f := range fixtures.Rule {
		if !slices.ContainsFunc(list, func(r Rule) bool { return r.Name == f.Name }) {
			unknown = append(unknown, fmt.Errorf("fixtures name rule %q, which is not there", f.Name))
		}
	}
	if unknown != nil {
		return nil, errors.Join(unknown...)
	}
	var results []FixtureResult
	for _, rule := range list {
		c := &fixtureCheck{rule: rule, scanner: scanner, fsys: fsys, views: views}
		c.result.Rule = rule.Name
		for _, f := range fixtures.Rule {
			if f.Name != rule.Name {
				continue
			}
			if err := errors.Join(c.check(f.Match, f.Host, true), c.check(f.NoMatch, f.Host, false)); err != nil {
				return nil, err
			}
		}
		results = append(results, c.finish())
	}
	return results, nil
}

// A fixtureCheck is the check of one rule.
type fixtureCheck struct {
	rule      Rule
	scanner   *Scanner
	fsys      fs.FS
	views     ViewsOf
	must, not int // files of each sort
	result    FixtureResult
}

// check applies the rule to the files that patterns name.
func (c *fixtureCheck) check(patterns []string, host string, want bool) error {
	for _, pattern := range patterns {
		names, err := fs.Glob(c.fsys, pattern)
		if err != nil {
			return fmt.Errorf("fixtures of rule %q: pattern %q: %w", c.rule.Name, pattern, err)
		}
		if len(names) == 0 {
			c.fault("no file is named %s", pattern)
		}
		for _, name := range names {
			data, err := fs.ReadFile(c.fsys, name)
			if err != nil {
				return fmt.Errorf("fixtures of rule %q: %w", c.rule.Name, err)
			}
			facts, view := c.views(name, data)
			vars := VariablesOf(facts, Subject{Host: host, Path: name})
			matches, err := c.scanner.MatchViews(data, view, vars)
			if err != nil {
				return fmt.Errorf("fixtures of rule %q: %s: %w", c.rule.Name, name, err)
			}
			got := slices.ContainsFunc(matches, func(m Match) bool {
				return m.Rule.Name == c.rule.Name && m.Rule.Namespace == c.rule.Namespace
			})
			c.count(name, got, want)
		}
	}
	return nil
}

func (c *fixtureCheck) count(name string, got, want bool) {
	if want {
		c.must++
	} else {
		c.not++
	}
	switch {
	case got && want:
		c.result.Matched++
	case !got && !want:
		c.result.Passed++
	case want:
		c.fault("does not match %s", name)
	default:
		c.fault("matches %s, and must not", name)
	}
}

func (c *fixtureCheck) finish() FixtureResult {
	if c.must == 0 {
		c.fault("no fixture that it must match")
	}
	if c.not == 0 {
		c.fault("no fixture that it must not match")
	}
	return c.result
}

func (c *fixtureCheck) fault(format string, args ...any) {
	c.result.Faults = append(c.result.Faults, strings.TrimSpace(fmt.Sprintf(format, args...)))
}
