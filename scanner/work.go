package scanner

import (
	"bytes"
	"cmp"
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

// An outcome is what became of one file.
type outcome struct {
	sum        *manifests.FileSum // nil where the file could not be read
	size       int64
	binary     *Binary
	findings   []Finding
	references *fileReferences
	tolerated  string // why a script was not read to its grammar; else empty
	limit      string // what a limit of ours left out; else empty
	err        error  // it could not be read, or not be matched
}

func (c *collector) examine(ctx context.Context, j job, reader *inspect.Reader, engine *match.Scanner) outcome {
	plugin := j.state.plugin
	if j.size > largeFile || j.size > largeScript && inspect.NamedScript(j.name) {
		// One worker at a time holds a large file, so that memory does not
		// depend on how many of them there are.
		select {
		case c.large <- struct{}{}:
			defer func() { <-c.large }()
		case <-ctx.Done():
			return outcome{err: ctx.Err()}
		}
	}
	file, err := reader.Read(ctx, j.state.root.tree, j.name, c.opts.MaxFileSize)
	if err != nil {
		return outcome{err: err}
	}
	result := outcome{size: file.Size, sum: &manifests.FileSum{Name: relative(plugin, j.name), Sum: file.SHA256}}
	if file.Oversize {
		result.limit = fmt.Sprintf("hashed but not matched: larger than the limit of %d bytes", c.opts.MaxFileSize)
		return result
	}
	path := tree.Printable(j.name)
	digest := "sha256:" + hex.EncodeToString(file.SHA256[:])
	facts := file.Facts
	if facts.Kind.Native() {
		result.binary = describeBinary(j.name, digest, file)
	}
	result.findings = c.nativeProblems(path, digest, facts)
	if j.state.trusted != nil {
		return result
	}
	view, err := inspect.Decode(j.name, facts.Kind, file.Data)
	if err != nil {
		result.limit = "matched only as it stands: " + err.Error()
	}
	if view != nil {
		if !facts.Guessed { // what only seems to be a script need not read as one
			result.tolerated = view.Problem
		}
		if view.Limit != "" {
			result.findings = append(result.findings, c.beyond(view.Limit, path, digest))
		}
	}
	result.references = referencesOf(plugin.Name, result.sum.Name, facts.Kind, file.Data, view)
	matches, err := engine.MatchViews(file.Data, view, match.VariablesOf(facts, match.Subject{
		Host: plugin.Host, Plugin: plugin.Name, Path: j.name, Owner: ownerName(file.Info), Server: plugin.Server,
	}))
	if err != nil {
		result.err = err
		return result
	}
	result.findings = append(result.findings, c.findings(plugin.Host, path, digest, file, matches)...)
	if refs := result.references; refs != nil && refs.reads.JavaScript && facts.Kind == inspect.Text {
		script := *facts
		script.Kind = inspect.JavaScript
		view, err := inspect.Decode(j.name, script.Kind, file.Data)
		if err != nil {
			return result
		}
		matches, err := engine.MatchViews(file.Data, view, match.VariablesOf(&script, match.Subject{
			Host: plugin.Host, Plugin: plugin.Name, Path: j.name, Owner: ownerName(file.Info), Server: plugin.Server,
		}))
		if err != nil {
			result.err = err
			return result
		}
		refs.asScript = c.findings(plugin.Host, path, digest, file, matches)
	}
	return result
}

// findings are the matches of the rules for a host, each with what it hides.
func (c *collector) findings(host, path, digest string, file *inspect.File, matches []match.Match) []Finding {
	var findings []Finding
	for _, m := range matches {
		if len(m.Rule.Hosts) > 0 && !slices.Contains(m.Rule.Hosts, host) {
			continue
		}
		f := c.finding(path, digest, file, m)
		findings = append(findings, f)
		if m.Hidden && f.Capability != "obfuscation" {
			findings = append(findings, c.hiding(f))
		}
	}
	return findings
}

// largeFile is the size, in bytes, from which files are read one at a time, and
// largeScript that of scripts, which take several times their size.
const (
	largeFile   = 32 << 20
	largeScript = 4 << 20
)

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
	for _, f := range o.findings {
		f.name = o.sum.Name
		s.findings = append(s.findings, f)
	}
	if o.tolerated != "" {
		c.tolerated[at] = o.tolerated
	}
	if o.references != nil {
		s.keep(o.sum.Name, o.references)
	}
	switch {
	case o.err != nil:
		also(c.errors, at, reasonOf(o.err))
		s.failed = s.failed || o.sum == nil
		s.tally.gaps++
	case s.trusted != nil:
		s.tally.carried++
	case o.limit != "":
		also(c.skipped, at, o.limit)
		s.limited = true
		s.tally.gaps++
	default:
		s.tally.matched++
	}
	s.open--
	c.settle(s)
}

// finding is a match as the report has it. A match of several strings is told by
// the most telling of them.
func (c *collector) finding(path, digest string, file *inspect.File, m match.Match) Finding {
	f := Finding{
		Rule: m.Rule.Name, Capability: m.Rule.Capability, Severity: Severity(m.Rule.Severity),
		Confidence: m.Rule.Confidence, Attack: m.Rule.Attack, Description: m.Rule.Seen(),
		Path: path, SHA256: digest, Offset: -1, View: "raw",
	}
	if m.Hidden {
		f.View = "decoded"
	}
	f = c.weighed(f)
	var shown []string
	for _, hit := range tellingFirst(m.Hits) {
		if f.Offset < 0 && hit.Offset >= 0 {
			f.Offset = hit.Offset
		}
		if hit.Offset >= 0 && doesIt(f.Capability, hit.Text) {
			f.at = append(f.at, hit.Offset)
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

// tellingFirst puts first what says most of a finding: what was hidden, and of a
// rule that asks for a text beside a capability to use it, the text.
func tellingFirst(hits []match.Hit) []match.Hit {
	weight := func(h match.Hit) int {
		weight := 0
		if h.Hidden {
			weight -= 2
		}
		if strings.HasPrefix(h.Name, "$") {
			weight--
		}
		return weight
	}
	return slices.SortedStableFunc(slices.Values(hits), func(a, b match.Hit) int { return cmp.Compare(weight(a), weight(b)) })
}

// maxShown is how many matched strings one finding quotes.
const maxShown = 6

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
