package scanner

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
	"plugvet/scanner/tree"
)

// work takes files until there are no more: it reads, hashes and inspects each
// one and matches the rules over the bytes that were hashed.
func (c *collector) work(ctx context.Context) error {
	var reader inspect.Reader
	engine, err := c.opts.Rules.NewScanner()
	if err != nil {
		return fmt.Errorf("start the rule engine: %w", err)
	}
	defer engine.Close()
	engine.SetTimeout(c.opts.Timeout)
	for j := range c.jobs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		result := c.examine(ctx, j, &reader, engine)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.take(j, result)
	}
	return nil
}

// An outcome is what became of one file. Exactly one of matched, err and
// tooLarge is set, or none where the file was only hashed.
type outcome struct {
	sum      *manifests.FileSum // nil where the file could not be read
	size     int64
	binary   *Binary
	findings []Finding
	matched  bool
	tooLarge bool
	err      error
}

func (c *collector) examine(ctx context.Context, j job, reader *inspect.Reader, engine *match.Scanner) outcome {
	plugin := j.state.plugin
	file, err := reader.Read(ctx, j.state.root.tree, j.name, c.opts.MaxFileSize)
	if err != nil {
		return outcome{err: err}
	}
	result := outcome{size: file.Size, sum: &manifests.FileSum{Name: relative(plugin, j.name), Sum: file.SHA256}}
	if file.Oversize {
		result.tooLarge = true
		return result
	}
	path := tree.Printable(j.name)
	digest := "sha256:" + hex.EncodeToString(file.SHA256[:])
	facts := file.Facts
	if facts.Kind.Native() {
		result.binary = describeBinary(j.name, digest, file)
	}
	result.findings = nativeProblems(path, digest, facts)
	if j.state.trusted != nil {
		return result
	}
	matches, err := engine.Match(file.Data, match.VariablesOf(facts, match.Subject{
		Host: plugin.Host, Plugin: plugin.Name, Path: j.name, Owner: ownerName(file.Info), Server: plugin.Server,
	}))
	if err != nil {
		result.err = err
		return result
	}
	result.matched = true
	for _, m := range matches {
		if len(m.Rule.Hosts) == 0 || slices.Contains(m.Rule.Hosts, plugin.Host) {
			result.findings = append(result.findings, c.finding(path, digest, file, m))
		}
	}
	return result
}

// take adds the outcome of one file to its plugin.
func (c *collector) take(j job, o outcome) {
	c.opts.Progress.Finished(1, o.size)
	c.mu.Lock()
	defer c.mu.Unlock()
	s := j.state
	at := rootPath{s.root.path, j.name}
	if o.sum != nil {
		s.sums = append(s.sums, *o.sum)
		s.bytes += o.size
	}
	if o.binary != nil {
		s.binaries = append(s.binaries, *o.binary)
	}
	s.findings = append(s.findings, o.findings...)
	switch {
	case o.err != nil:
		c.errors[at] = reasonOf(o.err)
		s.failed = s.failed || o.sum == nil
	case s.trusted != nil:
		s.hashed++
	case o.tooLarge:
		c.skipped[at] = fmt.Sprintf("hashed but not matched: larger than the limit of %d bytes", c.opts.MaxFileSize)
		s.limited = true
	case o.matched:
		c.matched++
	}
	s.open--
	c.settle(s)
}

// finding is a match as the report has it. A match of several strings is told
// by the first of them.
func (c *collector) finding(path, digest string, file *inspect.File, m match.Match) Finding {
	f := Finding{
		Rule: m.Rule.Name, Capability: m.Rule.Capability, Severity: Severity(m.Rule.Severity),
		Confidence: m.Rule.Confidence, Attack: m.Rule.Attack, Description: m.Rule.Description,
		Path: path, SHA256: digest, Offset: -1, View: "raw",
	}
	if s, ok := c.opts.Severities[f.Rule]; ok {
		f.Severity = s
	} else if s, ok := c.opts.Severities[f.Capability]; ok {
		f.Severity = s
	}
	var shown []string
	for _, hit := range m.Hits {
		if f.Offset < 0 && hit.Offset >= 0 {
			f.Offset = hit.Offset
		}
		if len(shown) < maxShown && !slices.Contains(shown, hit.Text) {
			shown = append(shown, hit.Text)
		}
	}
	f.Excerpt = strings.Join(shown, ", ")
	if f.Offset >= 0 && file.Facts.Kind.Lines() {
		f.Line = 1 + bytes.Count(file.Data[:f.Offset], []byte("\n"))
	}
	return f
}

// maxShown is how many matched strings one finding quotes.
const maxShown = 6

// nativeProblems are findings for parts of a native file that do not parse:
// the host might load what we cannot read.
func nativeProblems(path, digest string, facts *inspect.Facts) []Finding {
	var findings []Finding
	if !facts.Kind.Native() {
		return nil
	}
	for _, p := range facts.Problems {
		f := Finding{
			Rule: "malformed-binary", Severity: Medium, Confidence: "high",
			Description: "A part of this binary does not parse, so what it imports is not fully known.",
			Path:        path, SHA256: digest, Offset: p.Offset, Excerpt: p.Text, View: "raw",
		}
		if p.Slice != "" {
			f.Excerpt = p.Slice + ": " + p.Text
		}
		findings = append(findings, f)
	}
	return findings
}

func describeBinary(name, digest string, file *inspect.File) *Binary {
	b := &Binary{name: name, Path: tree.Printable(name), SHA256: digest, Kind: string(file.Facts.Kind), Arch: []string{}}
	for _, slice := range file.Facts.Slices {
		b.Arch = append(b.Arch, slice.Arch)
	}
	if s := file.Facts.Signature; s != nil {
		b.Signature = &Signature{State: s.State, Identifier: s.Identifier, Team: s.Team, CDHashes: s.CDHashes}
	}
	return b
}
