package scanner

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"plugvet/manifests"
	"plugvet/scanner/inspect"
	"plugvet/scanner/locate"
	"plugvet/scanner/tree"
)

// A collector gathers what the walk and the workers find. It keeps the digests
// of a plugin's files only until the plugin is complete, so that memory grows
// with plugins and not with files.
type collector struct {
	opts  *Options
	ctx   context.Context // of the pass
	jobs  chan []job
	batch []job         // that the feeder of the pass has still to send
	large chan struct{} // holds one while a large file is in memory
	heap  heap

	mu        sync.Mutex
	locations int
	done      []*Plugin
	suspects  []*pluginState
	reopened  []*pluginState // see reread
	skipped   map[rootPath]string
	errors    map[rootPath]string
	tolerated map[rootPath]string // scripts that do not keep to their grammar, and code that is not followed
	bytes     int64
	found     int // plugins that the walk found
	announced int // files that the walk handed out
	settled   tally
	// limited says that a limit of ours left a file out that no approval vouches for.
	limited bool
	// foreign says that rules are in use which state no capability. An approval
	// does not say what those find, so it cannot stand for matching them.
	foreign bool
	// modules are those that rules ask for by name; nil where rules of others are in
	// use, which may ask for anything.
	modules map[string]bool
	// informed says that the options hold the approvals; see inform. Till then plugins
	// that are complete are early.
	informed bool
	told     chan struct{} // closed once they do
	early    []*pluginState
	// approvedTrees are the tree digests that the manifest knows.
	approvedTrees map[string]bool
	// neighbours are the plugins of each root, by its path.
	neighbours map[string]*neighbours
}

type rootPath struct{ root, path string }

// A tally counts what became of files: each file is in exactly one number.
type tally struct{ matched, carried, gaps int }

func (t *tally) add(u tally) {
	t.matched += u.matched
	t.carried += u.carried
	t.gaps += u.gaps
}

func (t tally) total() int { return t.matched + t.carried + t.gaps }

// A job is one file of one plugin.
type job struct {
	state *pluginState
	name  string     // relative to the root
	with  *rereading // of a script that is read again, together with others; else nil
}

// A pluginState is a plugin whose files are still being read.
type pluginState struct {
	plugin *locate.Plugin
	root   root
	// carried says that an approval may vouch for the plugin's capabilities if its
	// tree digest is as approved: its files are hashed and not matched.
	carried bool

	handed   []job                        // kept only where it is carried
	again    bool                         // read for its references, after it was carried
	open     int                          // handed out and not finished
	complete bool                         // all files were looked at once
	rereads  []rereading                  // scripts that are read again, with others
	scripts  map[string]bool              // files that are read as scripts, see byAnotherName
	renamed  int64                        // bytes of those
	rounds   int                          // how often such files were looked for
	digests  map[string][sha256.Size]byte // of all files by name; only where there are such scripts
	walked   bool                         // no more files will come
	sums     []manifests.FileSum
	links    map[string]string
	binaries []Binary
	findings []Finding
	seen     int // how many of those the first look found, before scripts were read again
	// references are what its scripts load, by file relative to the plugin.
	references map[string]*fileReferences
	loads      int // how many those are
	outward    int // how many paths of theirs lead to tests of other plugins
	bytes      int64
	tally      tally // of a carried plugin: so until the tree digest says otherwise
	limited    bool  // a file was too large to match
	failed     bool  // a file could not be read: there is no tree digest
}

func newCollector(ctx context.Context, opts *Options) *collector {
	c := &collector{
		opts: opts, ctx: ctx, large: make(chan struct{}, 1), told: make(chan struct{}),
		skipped:       map[rootPath]string{},
		errors:        map[rootPath]string{},
		tolerated:     map[rootPath]string{},
		approvedTrees: map[string]bool{},
		neighbours:    map[string]*neighbours{},
	}
	if opts.Rules != nil {
		c.foreign = opts.Rules.Foreign()
		if opts.Rules.Ours() {
			c.modules = opts.Rules.Modules()
		}
	}
	return c
}

// relative names a file of a plugin as its tree digest does.
func relative(p *locate.Plugin, name string) string {
	if !p.Dir {
		return path.Base(name)
	}
	return strings.TrimPrefix(name, p.Path+"/")
}

// settle completes a plugin once its last file is finished. The caller holds mu.
func (c *collector) settle(s *pluginState) {
	if !s.walked || s.open > 0 {
		return
	}
	if s.carried && !c.informed {
		c.early = append(c.early, s)
		return
	}
	if c.reopen(s) {
		return
	}
	digest := ""
	if !s.failed {
		var err error
		if digest, err = manifests.TreeDigest(s.sums); err != nil {
			also(c.errors, rootPath{s.root.path, s.plugin.Path}, err.Error())
		}
	}
	plugin, tell := c.describe(s, digest)
	if s.again {
		c.around(s.root).heard(tell, plugin)
		return
	}
	if s.carried {
		entry := c.vouchedFor(plugin.Observed)
		if entry == nil {
			c.suspects = append(c.suspects, s)
			return
		}
		tell.finish(plugin)
		plugin.Capabilities = nonNil(slices.Clone(entry.Capabilities))
		plugin.Observed.Capabilities = plugin.Capabilities
		c.around(s.root).carry(s.plugin, digest)
	} else {
		if s.limited {
			c.limited, plugin.Unmatched = true, true
		}
		if !c.around(s.root).add(tell, plugin) {
			tell.finish(plugin)
		}
	}
	c.settled.add(s.tally)
	c.bytes += s.bytes
	plugin.Observed.Sums = c.wantedFiles(s, plugin)
	c.done = append(c.done, plugin)
}

// vouchedFor returns the approval of this very content, or nil.
func (c *collector) vouchedFor(o *manifests.Observed) *manifests.Entry {
	for _, entry := range c.vouching(o.Host, o.Name) {
		if o.Tree != "" && entry.Approves(o) {
			return entry
		}
	}
	return nil
}

// wantedFiles are the files of a complete plugin whose digests are still of
// use: all of them where somebody approves the plugin or asks which of them
// changed, and those that are revoked. Other plugins' are let go, so that
// memory does not grow with files.
func (c *collector) wantedFiles(s *pluginState, p *Plugin) []manifests.FileSum {
	if c.opts.KeepFiles {
		return s.sums
	}
	if c.opts.Approved == nil {
		return nil
	}
	m := c.opts.Approved.Manifest
	if !c.approvedTrees[p.Tree] && m.Knows(s.plugin.Host, s.plugin.Name, s.plugin.Path) {
		return s.sums
	}
	if len(m.Revoked) == 0 {
		return nil
	}
	var revoked []manifests.FileSum
	for _, f := range s.sums {
		if m.RevokesDigest(f.Digest()) {
			revoked = append(revoked, f)
		}
	}
	return revoked
}

// resubmit hands out the files of a plugin again, to be matched this time.
func (c *collector) resubmit(ctx context.Context, s *pluginState) error {
	again := s.handed
	c.mu.Lock()
	for _, j := range again {
		delete(c.errors, rootPath{s.root.path, j.name}) // it is looked at anew
	}
	*s = pluginState{plugin: s.plugin, root: s.root, links: s.links, failed: s.failed, open: len(again), walked: true}
	c.mu.Unlock()
	for _, j := range again {
		c.submit(j)
	}
	if len(again) == 0 {
		c.mu.Lock()
		c.settle(s)
		c.mu.Unlock()
	}
	return ctx.Err()
}

// describe is the plugin as the report has it, still without a verdict and what its
// findings come to, which the teller is to finish it with.
func (c *collector) describe(s *pluginState, digest string) (*Plugin, *teller) {
	p := s.plugin
	out := &Plugin{
		Host: p.Host, Name: tree.Printable(p.Name), Version: tree.Printable(p.Version),
		Root: tree.Printable(s.root.path), Path: tree.Printable(p.Path), Server: p.Server,
		Loaded: len(p.LoadedBy) > 0, LoadedBy: []Reference{},
		Tree: digest, Files: len(s.sums), Bytes: s.bytes,
		Undeclared: []string{}, Changes: []Change{},
		Binaries: nonNil(s.binaries), Findings: nonNil(s.findings),
		onDemand: p.OnDemand,
	}
	for _, by := range p.LoadedBy {
		out.LoadedBy = append(out.LoadedBy, Reference{tree.Printable(by.File), by.Line})
	}
	for _, o := range p.Observations {
		out.Findings = append(out.Findings, c.weighed(observed(o)))
	}
	for _, note := range p.Notes {
		out.Notes = append(out.Notes, tree.Printable(note))
	}
	if s.failed {
		out.Notes = append(out.Notes, "not every file could be read, so there is no digest to judge by")
	}
	slices.SortFunc(out.Binaries, func(a, b Binary) int { return cmp.Compare(a.Path, b.Path) })
	g := s.graph(len(out.Findings) > 0)
	out.Findings = append(out.Findings, c.renamed(s, &g)...)
	out.Findings = append(out.Findings, c.elsewhere(s, &g)...)
	slices.SortFunc(out.Findings, compareFindings)
	out.Observed = &manifests.Observed{
		Host: p.Host, Name: p.Name, Version: p.Version, Root: s.root.path, Path: p.Path,
		Dir: p.Dir, Loaded: out.Loaded, Server: p.Server,
		Tree: digest, Files: len(s.sums), Links: s.links,
		Binaries: map[string]string{},
	}
	for _, b := range s.binaries {
		out.Observed.Binaries[relative(p, b.name)] = b.SHA256
	}
	return out, &teller{graph: g, plugin: p, findings: out.Findings, links: s.links}
}

// keep takes the references of one file.
func (s *pluginState) keep(name string, refs *fileReferences) {
	if s.references == nil {
		s.references = map[string]*fileReferences{}
	}
	if s.loads += len(refs.loads) + len(refs.mentions); s.loads > maxPluginLoads {
		refs.drop()
	}
	if s.outward += len(refs.outward); s.outward > maxOutward {
		refs.outward, refs.outwardLost = nil, true
	}
	s.references[name] = refs
}

// graph is what the files of a complete plugin lead to. It is of no use where
// there is no finding and nothing that could make one.
func (s *pluginState) graph(useful bool) graph {
	g := graph{self: s.plugin.Name, files: s.references, names: map[string]bool{}}
	if g.lost = s.loads > maxPluginLoads; g.lost {
		for _, refs := range s.references {
			refs.drop()
		}
	}
	for _, refs := range s.references {
		useful = useful || refs.reads != inspect.Scripts{} || len(refs.links) > 0 || refs.outward != nil
	}
	if useful {
		for _, f := range s.sums {
			g.names[f.Name] = true
		}
	}
	return g
}

// pathOf names a file of the plugin as the report does.
func (s *pluginState) pathOf(name string) string {
	if !s.plugin.Dir {
		return s.plugin.Path
	}
	return path.Join(s.plugin.Path, name)
}

// compareFindings orders findings by all that tells two of them apart, since
// workers add them in any order.
func compareFindings(a, b Finding) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Offset, b.Offset),
		cmp.Compare(a.Line, b.Line), cmp.Compare(a.Excerpt, b.Excerpt), cmp.Compare(a.Description, b.Description))
}

// capabilitiesOf lists what the findings show of the plugin itself, sorted.
func capabilitiesOf(findings []Finding) []string {
	out := []string{}
	for _, f := range findings {
		if !f.Noted && f.Capability != "" && !slices.Contains(out, f.Capability) {
			out = append(out, f.Capability)
		}
	}
	slices.Sort(out)
	return out
}

// plugins returns the completed plugins in the order of the report.
func (c *collector) plugins() []Plugin {
	slices.SortFunc(c.done, comparePlugins)
	out := make([]Plugin, 0, len(c.done))
	for i, p := range c.done {
		out = append(out, *p)
		c.done[i] = nil // there may be thousands, and they are large
	}
	return out
}

func comparePlugins(a, b *Plugin) int {
	return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Host, b.Host), cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Version, b.Version), cmp.Compare(a.Path, b.Path))
}

// coverage states what was looked at. A path that failed counts as that, also
// where something else was said of it.
func (c *collector) coverage(missing []string) Coverage {
	for at := range c.errors {
		delete(c.skipped, at)
	}
	cov := Coverage{
		Locations: c.locations, Plugins: len(c.done), Bytes: c.bytes,
		Matched: c.settled.matched, Carried: c.settled.carried,
		Skipped: c.gaps(c.skipped), Errors: c.gaps(c.errors), Tolerated: c.gaps(c.tolerated),
		MissingRoots: nonNil(missing),
	}
	cov.Files = cov.Matched + cov.Carried + len(cov.Skipped) + len(cov.Errors)
	return cov
}

func (c *collector) gaps(from map[rootPath]string) []Gap {
	gaps := make([]Gap, 0, len(from))
	for at, reason := range from {
		gap := Gap{Path: tree.Printable(at.path), Reason: reason}
		if len(c.opts.Roots) > 1 {
			gap.Root = tree.Printable(at.root)
		}
		gaps = append(gaps, gap)
	}
	slices.SortFunc(gaps, func(a, b Gap) int { return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Path, b.Path)) })
	return gaps
}

// unaccounted returns an error where a file that the walk handed out came to
// no end: a fault of ours that must not look like a complete report.
func (c *collector) unaccounted() error {
	if got := c.settled.total(); got != c.announced {
		return fmt.Errorf("internal fault: %d files were found and %d accounted for", c.announced, got)
	}
	return nil
}

// reasonOf is an error as a reason: without the path that stands beside it.
func reasonOf(err error) string {
	var inner *fs.PathError
	if errors.As(err, &inner) {
		return strings.Replace(err.Error(), inner.Error(), inner.Err.Error(), 1)
	}
	return err.Error()
}
