package scanner

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"plugvet/manifests"
	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
	"plugvet/scanner/locate"
	"plugvet/scanner/match"
	"plugvet/scanner/tree"
)

// A worker reads, hashes and inspects one file after the other and matches the
// rules over the bytes that were hashed.
type worker struct {
	*collector
	ctx    context.Context
	reader inspect.Reader
	engine *match.Scanner // nil until something is to be matched
	holds  bool           // a large file
	waits  bool           // for its turn to hold one
}

// work takes files until there are no more.
func (c *collector) work(ctx context.Context) error {
	w := &worker{collector: c, ctx: ctx}
	w.reader.Admit = w.admit
	defer func() {
		if w.engine != nil {
			w.engine.Close()
		}
	}()
	var later []job
	for batch := range c.jobs {
		for _, j := range batch {
			if err := w.do(j); err == errLater {
				later = append(later, j)
			} else if err != nil {
				return err
			}
		}
	}
	w.waits = true
	for _, j := range later {
		if err := w.do(j); err != nil {
			return err
		}
	}
	return nil
}

// do examines one file. An error ends the work, errLater apart.
func (w *worker) do(j job) error {
	if w.ctx.Err() != nil {
		return w.ctx.Err()
	}
	if !j.state.carried && !j.state.again && w.engine == nil {
		w.engine = w.opts.Rules.NewScanner()
		w.engine.SetTimeout(w.opts.Timeout)
	}
	result := w.examine(j)
	if w.holds {
		<-w.large
		w.holds = false
	}
	if w.ctx.Err() != nil {
		return w.ctx.Err()
	}
	if result.err == errLater {
		return errLater
	}
	w.take(j, result)
	return nil
}

// largeFile is the size, in bytes, from which files are held in memory one at a
// time, and largeScript that of scripts, which take several times their size.
const (
	largeFile   = 32 << 20
	largeScript = 4 << 20
)

// errLater says that another worker holds a large file. This one goes on with
// others first.
var errLater = errors.New("another large file is in memory")

// admit lets one worker at a time hold a large file, so that memory does not
// depend on how many of them there are.
func (w *worker) admit(name string, size int64) error {
	if size <= largeScript || size <= largeFile && !inspect.NamedScript(name) {
		return nil
	}
	if !w.waits {
		select {
		case w.large <- struct{}{}:
			w.holds = true
			return nil
		default:
			return errLater
		}
	}
	select {
	case w.large <- struct{}{}:
		w.holds = true
		return nil
	case <-w.ctx.Done():
		return w.ctx.Err()
	}
}

// An outcome is what became of one file.
type outcome struct {
	sum        *manifests.FileSum // nil where the file could not be read
	size       int64
	binary     *Binary
	findings   []Finding
	references *fileReferences
	tolerated  string // why a script was not read to its grammar, or code not followed; else empty
	limit      string // what a limit of ours left out; else empty
	err        error  // it could not be read, or not be matched
}

func (w *worker) examine(j job) outcome {
	plugin := j.state.plugin
	var siblings *script.Siblings
	if j.with != nil && !j.with.alone {
		var err error
		if siblings, err = w.siblings(j); err != nil {
			return outcome{err: err}
		}
	}
	read := w.reader.Read
	if j.state.carried {
		read = w.reader.Hash
	}
	end, identified := w.opts.Timings.Begin(Read), w.reader.Identifying
	file, err := read(w.ctx, j.state.root.tree, j.name, w.opts.MaxFileSize)
	end()
	w.opts.Timings.add(Facts, w.reader.Identifying-identified)
	w.opts.Timings.add(Read, identified-w.reader.Identifying)
	if err != nil {
		return outcome{err: err}
	}
	result := outcome{size: file.Size, sum: &manifests.FileSum{Name: relative(plugin, j.name), Sum: file.SHA256}}
	if j.with != nil && file.SHA256 != j.state.digests[j.with.file] {
		return outcome{err: inspect.ErrChanged}
	}
	if file.Oversize {
		result.limit = fmt.Sprintf("hashed but not matched: larger than the limit of %d bytes", w.opts.MaxFileSize)
		return result
	}
	facts := file.Facts
	if facts == nil { // it is only listed
		return result
	}
	if runsUnasked(plugin, j.name) && inspect.RunsAsPHP(file.Data) {
		named := *facts
		named.Kind, facts = inspect.PHP, &named
	}
	if j.state.scripts[result.sum.Name] { // which it need not be, by its name
		named := *facts
		named.Kind, named.Guessed, facts = inspect.JavaScript, true, &named
	}
	path := tree.Printable(j.name)
	digest := "sha256:" + hex.EncodeToString(file.SHA256[:])
	if file.Facts.Kind.Native() {
		result.binary = describeBinary(j.name, digest, file)
	}
	if j.state.carried {
		return result
	}
	result.findings = w.nativeProblems(path, digest, file.Facts)
	if !plugin.Server { // which may reach anything
		result.tolerated = facts.Unfollowed
	}
	end = w.opts.Timings.Begin(Decode)
	view, err := w.decode(j.name, facts.Kind, file.Data, siblings)
	for more := 0; more < maxMoreTimes && view != nil && siblings != nil && j.with.also(view.Asks); more++ {
		file.Data = slices.Clone(file.Data) // the reader has room for one file
		if siblings, err = w.siblings(j); err != nil {
			return outcome{err: err}
		}
		view, err = w.decode(j.name, facts.Kind, file.Data, siblings)
	}
	if err != nil {
		result.limit = "matched only as it stands: " + err.Error()
	}
	if view != nil {
		if !facts.Guessed { // what only seems to be a script need not read as one
			result.tolerated = view.Problem
		}
		if view.Limit != "" && j.with == nil { // the first look has told what the script alone comes to
			result.findings = append(result.findings, w.beyond(view.Limit, path, digest))
		}
	}
	result.references = referencesOf(origin{plugin, j.name}, facts.Kind, file.Data, view)
	end()
	if j.state.again {
		return result
	}
	result.findings, result.err = w.match(result.findings, j, digest, file, facts, view)
	if own := file.Facts; result.err == nil && facts.Kind != own.Kind && (own.Kind.Native() || own.Kind == inspect.Wasm) { // and may be loaded as what it is
		result.findings, result.err = w.match(result.findings, j, digest, file, own, nil)
	}
	return result
}

// runsUnasked tells whether PHP's settings have it run a file, whatever that is called.
func runsUnasked(plugin *locate.Plugin, file string) bool {
	return plugin.Host == "php" && slices.ContainsFunc(plugin.Observations, func(o locate.Observation) bool {
		return o.Kind == locate.InstallHook && o.Leads == file
	})
}

// decode returns the view of a script. Rules of others may ask for anything in it;
// for ours, most scripts need not be read.
func (w *worker) decode(name string, kind inspect.Kind, data []byte, siblings *script.Siblings) (*script.View, error) {
	if w.modules != nil && siblings == nil {
		if view := inspect.Plain(kind, data, w.modules); view != nil {
			return view, nil
		}
	}
	if len(data) > largeScript {
		defer w.heap.tighten(len(data))()
	}
	return inspect.DecodeWith(name, kind, data, siblings, w.modules)
}

// match appends what the rules of a file's host find in it, each with what it hides.
func (w *worker) match(findings []Finding, j job, digest string, file *inspect.File, facts *inspect.Facts, view *script.View) ([]Finding, error) {
	plugin := j.state.plugin
	end := w.opts.Timings.Begin(Match)
	matches, err := w.engine.MatchViews(file.Data, view, match.VariablesOf(facts, match.Subject{
		Host: plugin.Host, Plugin: plugin.Name, Path: j.name, Owner: ownerName(file.Info), Server: plugin.Server,
	}))
	end()
	if err != nil {
		return findings, err
	}
	path := tree.Printable(j.name)
	for _, m := range matches {
		if len(m.Rule.Hosts) > 0 && !slices.Contains(m.Rule.Hosts, plugin.Host) {
			continue
		}
		f := w.finding(path, digest, file, m)
		if slices.ContainsFunc(findings, func(other Finding) bool {
			return other.Rule == f.Rule && other.Offset == f.Offset && other.View == f.View
		}) {
			continue // of a file that is matched as two things
		}
		findings = append(findings, f)
		if m.Hidden && f.Capability != "obfuscation" {
			findings = append(findings, w.hiding(f))
		}
	}
	return findings, nil
}

// take adds the outcome of one file to its plugin.
func (c *collector) take(j job, o outcome) {
	c.opts.Progress.Finished(1, o.size)
	c.mu.Lock()
	defer c.mu.Unlock()
	s := j.state
	if j.with != nil {
		c.retake(j, o)
		s.open--
		c.settle(s)
		return
	}
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
	if o.tolerated != "" && !s.again {
		c.tolerated[at] = o.tolerated
	}
	if o.references != nil {
		s.keep(o.sum.Name, o.references)
	}
	switch {
	case s.again: // its files were accounted for
		s.failed = s.failed || o.sum == nil
	case o.err != nil:
		also(c.errors, at, reasonOf(o.err))
		s.failed = s.failed || o.sum == nil
		s.tally.gaps++
	case s.carried:
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
	lines := file.Facts.Kind.Lines()
	for _, hit := range tellingFirst(m.Hits) {
		if f.Offset < 0 && hit.Offset >= 0 {
			if f.Offset = hit.Offset; lines {
				f.Offset += leadingLines(file.Data, hit)
			}
		}
		if hit.Offset >= 0 && doesIt(f.Capability, hit.Text) {
			f.at = append(f.at, hit.Offset)
		}
		shown = quote(shown, hit.Text)
	}
	f.Excerpt = strings.Join(shown, ", ")
	if f.Offset >= 0 && lines {
		f.Line = 1 + bytes.Count(file.Data[:f.Offset], []byte("\n"))
	}
	return f
}

// leadingLines is how many ends of lines a match begins with, which the text of a hit does
// not have: what stands before a word may be one, as `(^|[^\w])` has it, and the word is on
// the line after.
func leadingLines(data []byte, hit match.Hit) int64 {
	rest := data[min(hit.Offset, int64(len(data))):]
	return int64(len(rest) - len(bytes.TrimLeft(rest, "\r\n")))
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

// quote adds a text to those that are shown, unless one of them says it already;
// what it says itself, and more, it takes the place of.
func quote(shown []string, text string) []string {
	for i, other := range shown {
		switch {
		case strings.Contains(other, text):
			return shown
		case strings.Contains(text, other):
			rest := slices.DeleteFunc(slices.Clone(shown[i+1:]), func(s string) bool { return strings.Contains(text, s) })
			return append(append(shown[:i:i], text), rest...)
		}
	}
	if len(shown) == maxShown {
		return shown
	}
	return append(shown, text)
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
