// Package settings reads plugvet.toml: where else plugins lie, what to leave
// out, how severe things are, limits, and findings to ignore for a time.
//
// Settings come from whoever runs plugvet and never from the tree that is
// scanned. An unknown key is an error, since a misspelt exclusion or ignore
// must not look like one that holds.
package settings

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/locate"
	"plugvet/scanner/strict"

	"github.com/bmatcuk/doublestar/v4"
)

// maxSize bounds the settings file, in bytes.
const maxSize = 1 << 20

// Settings are the contents of a settings file.
type Settings struct {
	FailOn  string   `toml:"fail_on"` // as --fail-on
	Hosts   []string `toml:"hosts"`   // as --host
	Exclude []string `toml:"exclude"` // as --exclude

	Trust    Trust             `toml:"trust"`
	Location []Location        `toml:"location"`
	Limits   Limits            `toml:"limits"`
	Severity map[string]string `toml:"severity"` // by name of a rule, an observation or a capability
	Ignore   []Ignore          `toml:"ignore"`
	Approval Approval          `toml:"approval"`
}

// Trust says which manifests may be used. Paths are relative to the directory
// of the settings file.
type Trust struct {
	AllowedSigners string `toml:"allowed_signers"` // as --allowed-signers
	RequireSigned  int    `toml:"require_signed"`  // as --require-signed
	MinSequence    int64  `toml:"min_sequence"`    // as --min-sequence
	State          string `toml:"state"`           // as --state
}

// A Location is a place where a host keeps modules at this site.
type Location struct {
	Host string `toml:"host"`
	Path string `toml:"path"` // doublestar pattern relative to the root
}

// Limits bound the work; zero means the default.
type Limits struct {
	Jobs        int      `toml:"jobs"`
	Timeout     Duration `toml:"timeout"`       // for one file
	MaxFileSize Size     `toml:"max_file_size"` // larger files are hashed and not matched
}

// An Ignore is a finding that somebody looked at and accepted. Every field is
// required.
type Ignore struct {
	Rule    string           `toml:"rule"`
	Path    string           `toml:"path"`
	Digest  string           `toml:"digest"`
	Reason  string           `toml:"reason"`
	Expires manifests.Expiry `toml:"expires"`
}

// A File is a settings file with what a report says of it.
type File struct {
	Settings
	Path   string
	SHA256 string // of its bytes, "sha256:…"
}

// Read reads and checks a settings file. Errors name the file, and the line
// and column where there is one.
func Read(path string) (*File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxSize || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: expected a regular file of at most %d bytes", path, maxSize)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f := &File{Path: path}
	sum := sha256.Sum256(data)
	f.SHA256 = "sha256:" + hex.EncodeToString(sum[:])
	if err := strict.Decode(path, data, &f.Settings); err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f.Trust.AllowedSigners = beside(path, f.Trust.AllowedSigners)
	if f.Trust.State != StateOff {
		f.Trust.State = beside(path, f.Trust.State)
	}
	return f, nil
}

// StateOff is the state directory that is none: nothing is remembered.
const StateOff = "off"

// beside resolves a path of the settings file.
func beside(file, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(file), path)
}

var digestForm = regexp.MustCompile(`^(sha256:[0-9a-f]{64}|h1:[A-Za-z0-9+/]{43}=)$`)

func (s *Settings) check() error {
	if s.FailOn != "" {
		if _, err := scanner.ParseThreshold(s.FailOn); err != nil {
			return fmt.Errorf("fail_on: %w", err)
		}
	}
	for _, host := range s.Hosts {
		if err := checkHost(host); err != nil {
			return fmt.Errorf("hosts: %w", err)
		}
	}
	for _, pattern := range s.Exclude {
		if !doublestar.ValidatePattern(pattern) {
			return fmt.Errorf("exclude: %q is not a valid pattern", pattern)
		}
	}
	switch t := s.Trust; {
	case t.RequireSigned < 0 || t.MinSequence < 0:
		return fmt.Errorf("[trust]: require_signed and min_sequence cannot be negative")
	case t.RequireSigned > 0 && t.AllowedSigners == "":
		return fmt.Errorf("[trust]: require_signed needs allowed_signers, a file that says who may sign")
	}
	for i, l := range s.Location {
		if err := checkHost(l.Host); err != nil {
			return fmt.Errorf("[[location]] %d: %w", i+1, err)
		}
		if l.Path == "" || !doublestar.ValidatePattern(l.Path) {
			return fmt.Errorf("[[location]] %d: path %q is not a valid pattern", i+1, l.Path)
		}
	}
	for name, word := range s.Severity {
		if _, err := scanner.ParseSeverity(word); err != nil {
			return fmt.Errorf("[severity] %q: %w", name, err)
		}
	}
	for i, ig := range s.Ignore {
		if err := ig.check(); err != nil {
			return fmt.Errorf("[[ignore]] %d: %w", i+1, err)
		}
	}
	if s.Limits.Jobs < 0 || s.Limits.Timeout < 0 || s.Limits.MaxFileSize < 0 {
		return fmt.Errorf("[limits]: a limit cannot be negative")
	}
	if t := time.Duration(s.Limits.Timeout); t > 0 && t < time.Second {
		return fmt.Errorf("[limits]: timeout %v is too short: the rule engine counts in seconds", t)
	}
	if _, err := s.Approval.Policy(); err != nil {
		return fmt.Errorf("[approval]: %w", err)
	}
	return nil
}

func checkHost(host string) error {
	if !slices.Contains(locate.Hosts(), host) {
		return fmt.Errorf("unknown host %q, expected one of %s", host, strings.Join(locate.Hosts(), ", "))
	}
	return nil
}

func (ig *Ignore) check() error {
	for _, field := range []struct{ name, value string }{
		{"rule", ig.Rule}, {"path", ig.Path}, {"digest", ig.Digest}, {"reason", strings.TrimSpace(ig.Reason)},
	} {
		if field.value == "" {
			return fmt.Errorf("%s is required", field.name)
		}
	}
	switch {
	case ig.Expires.IsZero():
		return fmt.Errorf("expires is required, a date such as 2027-05-22")
	case !doublestar.ValidatePattern(ig.Path):
		return fmt.Errorf("path %q is not a valid pattern", ig.Path)
	case !digestForm.MatchString(ig.Digest):
		return fmt.Errorf(`digest %q: expected "sha256:" with 64 hexadecimal digits of the file, or the plugin's tree digest "h1:…"`, ig.Digest)
	}
	return nil
}

// Apply puts the settings into opts where the command line left them open.
// Locations, exclusions, severities and ignores add up.
func (f *File) Apply(opts *scanner.Options) {
	opts.Config = &scanner.Config{Path: f.Path, SHA256: f.SHA256}
	if opts.FailOn == "" {
		opts.FailOn = scanner.Severity(f.FailOn)
	}
	if len(opts.Locate.Hosts) == 0 {
		opts.Locate.Hosts = f.Hosts
	}
	opts.Locate.Exclude = append(opts.Locate.Exclude, f.Exclude...)
	for _, l := range f.Location {
		opts.Locate.Locations = append(opts.Locate.Locations, locate.ExtraLocation{Host: l.Host, Glob: l.Path})
	}
	if opts.Jobs == 0 {
		opts.Jobs = f.Limits.Jobs
	}
	if opts.Timeout == 0 {
		opts.Timeout = time.Duration(f.Limits.Timeout)
	}
	if opts.MaxFileSize == 0 {
		opts.MaxFileSize = int64(f.Limits.MaxFileSize)
	}
	opts.Severities = map[string]scanner.Severity{}
	for name, word := range f.Severity {
		opts.Severities[name] = scanner.Severity(word)
	}
	for _, ig := range f.Ignore {
		opts.Ignores = append(opts.Ignores, scanner.Ignore{
			Rule: ig.Rule, Path: ig.Path, Digest: ig.Digest, Reason: ig.Reason, Expires: ig.Expires,
		})
	}
}
