package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"plugvet/scanner"
	"plugvet/scanner/locate"
	"plugvet/scanner/match"
	"plugvet/scanner/settings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/spf13/pflag"
)

// scanFlags are the flags of every verb that looks at trees.
type scanFlags struct {
	config  string
	hosts   []string
	exclude []string

	manifest    string
	trust       trustFlags
	rules       ruleFlags
	failOn      string
	jobs        int
	timeout     time.Duration
	maxFileSize settings.Size
	rematch     bool
}

func scanFlagSet(flags *pflag.FlagSet, c *call) {
	judgeFlagSet(flags, c)
	c.out.registerReport(flags)
	c.out.registerLook(flags)
}

// judgeFlagSet adds what bears on the result of a scan.
func judgeFlagSet(flags *pflag.FlagSet, c *call) {
	c.scan.registerManifest(flags)
	c.scan.trust.register(flags)
	c.scan.trust.registerState(flags)
	flags.StringVar(&c.scan.failOn, "fail-on", "", "fail at this severity or above: critical, high (default), medium, low or none")
	offer(flags, "fail-on", "critical", "high", "medium", "low", "none")
	c.scan.registerWhat(flags)
	c.scan.registerWhere(flags)
}

func (s *scanFlags) registerManifest(flags *pflag.FlagSet) {
	flags.StringVarP(&s.manifest, "manifest", "m", "", "the approved manifest; without one nothing is compared")
}

// registerWhat adds the flags that say what is done with each file.
func (s *scanFlags) registerWhat(flags *pflag.FlagSet) {
	s.rules.register(flags)
	flags.IntVarP(&s.jobs, "jobs", "j", 0, "files read at a time (default: one a processor)")
	flags.DurationVar(&s.timeout, "timeout", 0, fmt.Sprintf("how long one file may be matched (default %v)", scanner.DefaultTimeout))
	flags.Var(&s.maxFileSize, "max-file-size", fmt.Sprintf("larger files are hashed and not matched, such as 64MiB (default %dMiB)", scanner.DefaultMaxFileSize>>20))
	flags.Lookup("max-file-size").DefValue = "0" // the text names the default
	flags.BoolVar(&s.rematch, "rematch", false, "match every file again even where an approval vouches for it")
}

// registerWhere adds the flags that say where to look.
func (s *scanFlags) registerWhere(flags *pflag.FlagSet) {
	s.registerConfig(flags)
	flags.StringArrayVar(&s.hosts, "host", nil, "only this host ("+strings.Join(locate.Hosts(), ", ")+"); repeatable")
	offer(flags, "host", locate.Hosts()...)
	flags.StringArrayVar(&s.exclude, "exclude", nil, "doublestar pattern of paths to leave out; repeatable")
}

func (s *scanFlags) registerConfig(flags *pflag.FlagSet) {
	flags.StringVarP(&s.config, "config", "c", "", "settings file (default: $PLUGVET_CONFIG, then plugvet.toml here)")
}

// scanOptions turns flags, settings and rules into options. Every fault of theirs comes
// up here, before anything is scanned; those of the manifest while that begins.
func (c *call) scanOptions() (*scanner.Options, error) {
	opts, err := c.scanParameters()
	if err != nil {
		return nil, err
	}
	policy, err := c.trustPolicy()
	if err != nil {
		return nil, err
	}
	if c.scan.manifest != "" {
		opts.Approvals = func() (*scanner.Approvals, *scanner.Untrusted, error) {
			return c.readApprovals(c.scan.manifest, policy)
		}
	}
	return opts, nil
}

// scanParameters are the options without the manifest.
func (c *call) scanParameters() (*scanner.Options, error) {
	s := &c.scan
	opts := &scanner.Options{
		Version: version, Roots: c.args,
		Jobs: s.jobs, Timeout: s.timeout, MaxFileSize: int64(s.maxFileSize), Rematch: s.rematch,
	}
	if s.jobs < 0 {
		return nil, usageError("", "--jobs %d: expected a positive number", s.jobs)
	}
	if s.timeout != 0 && s.timeout < time.Second {
		return nil, usageError("the rule engine counts in seconds", "--timeout %v: expected at least 1s", s.timeout)
	}
	if s.failOn != "" {
		threshold, err := scanner.ParseThreshold(s.failOn)
		if err != nil {
			return nil, usageError("", "--fail-on: %w", err)
		}
		opts.FailOn = threshold
	}
	if err := c.where(opts); err != nil {
		return nil, err
	}
	var err error
	if opts.Rules, opts.RuleSources, err = s.rules.compile(); err != nil {
		return nil, err
	}
	for name := range opts.Severities {
		if !knownSeverityName(name, opts.Rules) {
			return nil, usageError("plugvet rules list prints the rules and their capabilities",
				"settings: [severity] %q is no rule, capability or observation", name)
		}
	}
	return opts, nil
}

// knownSeverityName reports whether the settings may give a severity to name.
func knownSeverityName(name string, rules *match.Rules) bool {
	return name == "rule" || slices.Contains(match.Capabilities, name) || slices.Contains(scanner.ObservedRules(), name) ||
		slices.ContainsFunc(rules.List(), func(r match.Rule) bool { return r.Name == name })
}

// where fills in where to look: hosts, exclusions and settings.
func (c *call) where(opts *scanner.Options) error {
	for _, pattern := range c.scan.exclude {
		if !doublestar.ValidatePattern(pattern) {
			return usageError("** crosses directories, as in '**/test/**'", "--exclude %q: not a valid pattern", pattern)
		}
	}
	for _, host := range c.scan.hosts {
		if !slices.Contains(locate.Hosts(), host) {
			return usageError("", "--host %q: expected one of %s", host, strings.Join(locate.Hosts(), ", "))
		}
	}
	opts.Locate.Hosts = c.scan.hosts
	opts.Locate.Exclude = c.scan.exclude
	file, err := c.readSettings()
	if err != nil || file == nil {
		return err
	}
	file.Apply(opts)
	c.settings = file
	return nil
}

// readSettings reads the settings file; nil where there is none.
func (c *call) readSettings() (*settings.File, error) {
	path, err := c.settingsPath()
	if err != nil || path == "" {
		return nil, err
	}
	file, err := settings.Read(path)
	if err != nil {
		return nil, usageError("", "settings: %w", err)
	}
	c.scan.trust.settings = file.Trust
	return file, nil
}

// settingsPath finds the settings file, or returns "" where there is none.
func (c *call) settingsPath() (string, error) {
	if c.scan.config != "" {
		return c.scan.config, nil
	}
	if path := c.getenv("PLUGVET_CONFIG"); path != "" {
		return path, nil
	}
	const local = "plugvet.toml"
	if _, err := os.Stat(local); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return "", nil
		}
		return "", err
	}
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if here, err = filepath.EvalSymlinks(here); err != nil {
		return "", err
	}
	if insidePlugin(filepath.ToSlash(here)) {
		return "", usageError("run plugvet from elsewhere, or name your settings with --config",
			"%s lies inside a plugin, and a plugin must not set how it is judged", filepath.Join(here, local))
	}
	return local, nil
}

// insidePlugin reports whether a directory lies where packages are installed.
func insidePlugin(dir string) bool {
	return slices.ContainsFunc([]string{"node_modules", "vendor", "wp-content"}, func(parent string) bool {
		return slices.Contains(strings.Split(dir, "/"), parent)
	})
}
