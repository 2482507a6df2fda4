// Package scanner is the whole line: it finds the plugins of a tree, reads and
// hashes each file once, matches the rules over the bytes it hashed, holds the
// result against the approved manifest and says what follows.
//
// The steps live in packages of their own, each of which knows nothing of the
// next: locate, inspect, match, and manifests for the verdict. The formats of
// the [Report] that comes out are in scanner/report.
//
// # Where the time goes
//
// A gate that finds what was approved reads and hashes, and does little else: no
// rule is used, no file is held in memory, and of native code only the head
// is looked at. Of its processor time over an npm tree of 44,500 files and 580 MB a
// quarter is SHA-256, a quarter opening and closing files, a fifth the copy out of
// the page cache, and a fifth walking (2026-11). Memory that is touched for the
// first time is dear on some machines, 0.2 s for 10,000 pages of 4 KB, so memory is used
// again, and the heap of a large run grows into huge pages. Before the first file comes
// the start of the process, 8 ms. The manifest takes 0.05 ms for a plugin, beside the
// first files (see approvals.go).
//
// A cold scan of the same tree takes some fifteen times as long. Half of that is
// decoding, though nine scripts of ten are told to be plain by a look at their words
// (see [inspect.Plain]): the others are the large bundles, six tenths of all bytes. They go
// through a lexer at some 50 MB/s, which takes a third of it; three quarters of them, the
// functions in which nothing shows, are not read any further. Those whose text does not
// show what they load or evaluate are run for what they come to, which takes a tenth
// of it. A tenth of the whole is matching, over scripts, markup and native code alone,
// since no rule is about other files (see [match.Rules]), with rules that were compiled
// when the program was built; reading and hashing are a seventh.
//
// Of a cold scan of native code alone, a Debian root with 179 modules and 40 MB, a quarter is
// matching, nearly all of it the search for names under xor and base64; a third is following
// code, and a fifth looking for names under other ciphers in each way to read a file, which is
// done 64 bytes at a time.
//
// make bench shows the share of each stage on this machine, and plugvet scan -v
// that of one run.
package scanner

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"time"

	"plugvet/scanner/locate"
	"plugvet/scanner/match"
	"plugvet/scanner/tree"

	"golang.org/x/sync/errgroup"
)

// Scan looks at every root and returns what it found. An error means that
// nothing was judged: wrong options, or ctx ended. Whatever is wrong with a
// file or a root is in the report's coverage.
func Scan(ctx context.Context, opts Options) (*Report, error) {
	opts.setDefaults()
	roots, missing, err := openRoots(&opts)
	if err != nil {
		return nil, err
	}
	defer closeRoots(roots)
	c := newCollector(ctx, &opts)
	var meanwhile []func() error
	if c.carries() {
		meanwhile = append(meanwhile, c.inform)
	} else if err := c.inform(); err != nil {
		return nil, err
	}

	// The files of plugins that no approval vouches for are read in the first
	// pass. Those that turn out not to be what was approved are read again in
	// the second, since what is matched must be what was hashed.
	if err := c.pass(ctx, func() error {
		for _, r := range roots {
			if err := c.walkInto(c.ctx, r, &sink{collector: c, root: r}); err != nil {
				return err
			}
		}
		return nil
	}, meanwhile...); err != nil {
		return nil, err
	}
	if err := c.pass(ctx, func() error { return c.again(ctx) }); err != nil {
		return nil, err
	}

	for len(c.reopened) > 0 {
		if err := c.pass(ctx, func() error { return c.reread(ctx) }); err != nil {
			return nil, err
		}
	}

	// What leads from one plugin to the tests of another is known when all were read.
	if err := c.hear(ctx, roots); err != nil {
		return nil, err
	}
	for _, n := range c.neighbours {
		n.settle()
	}
	if err := c.unaccounted(); err != nil {
		return nil, err
	}
	c.heap.clear()
	report := &Report{
		Schema:   Schema,
		Tool:     Tool{Name: "plugvet", Version: opts.Version, LibYARA: match.LibraryVersion()},
		Rules:    RuleSet{Digest: opts.Rules.Digest(), Count: opts.Rules.Count(), Sources: nonNil(opts.RuleSources)},
		Run:      describeRun(&opts, roots),
		Coverage: c.coverage(missing),
		Plugins:  c.plugins(),
	}
	end := opts.Timings.Begin(Judge)
	judge(report, &opts)
	if err := findSources(ctx, report, roots, &opts); err != nil {
		return nil, err
	}
	conclude(report, &opts, c.limited)
	end()
	report.Run.Finished = finished()
	return report, nil
}

// finished is the present, as precise as a report needs it.
func finished() time.Time { return time.Now().UTC().Truncate(time.Second) }

// pass runs the workers over whatever feed hands out, and what is to be done meanwhile.
func (c *collector) pass(parent context.Context, feed func() error, meanwhile ...func() error) error {
	c.jobs, c.batch = make(chan []job, 8), nil
	group, ctx := errgroup.WithContext(parent)
	c.ctx = ctx
	group.Go(func() error {
		defer close(c.jobs)
		err := feed()
		c.flush()
		return err
	})
	for _, task := range meanwhile {
		group.Go(task)
	}
	for range c.opts.Jobs {
		group.Go(func() error { return c.work(ctx) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return parent.Err()
}

// walkInto tells sink of every plugin below a root.
func (c *collector) walkInto(ctx context.Context, r root, sink locate.Sink) error {
	opts := c.opts.Locate
	opts.Machine = r.path == "/"
	defer c.opts.Timings.Begin(Walk)()
	return locate.Walk(ctx, r.tree, opts, sink)
}

// again hands out the files of plugins that were expected to be as approved
// and are not.
func (c *collector) again(ctx context.Context) error {
	for _, s := range c.suspects {
		if err := c.resubmit(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// A root is a tree with the name that the report has for it.
type root struct {
	path string // absolute
	tree tree.Tree
}

// openRoots opens the directories; those that are not there are returned apart.
func openRoots(opts *Options) (roots []root, missing []string, err error) {
	for _, path := range opts.Roots {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, nil, err
		}
		if info, err := os.Stat(abs); err == nil && !info.IsDir() {
			closeRoots(roots)
			return nil, nil, &UsageError{
				Err:  fmt.Errorf("%q is a %s, expected a directory", path, tree.Describe(info.Mode())),
				Hint: "name the directory that holds it",
			}
		}
		t, err := opts.open(abs)
		if err != nil {
			reason := abs
			if !errors.Is(err, fs.ErrNotExist) {
				reason = fmt.Sprintf("%s: %v", abs, rootCause(err))
			}
			missing = append(missing, reason)
			continue
		}
		roots = append(roots, root{abs, t})
	}
	return roots, missing, nil
}

func closeRoots(roots []root) {
	for _, r := range roots {
		r.tree.Close()
	}
}

// rootCause drops the path that a file system error repeats.
func rootCause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// A UsageError is a request that cannot be carried out as it stands.
type UsageError struct {
	Err  error
	Hint string
}

func (e *UsageError) Error() string { return e.Err.Error() }
func (e *UsageError) Unwrap() error { return e.Err }

func describeRun(opts *Options, roots []root) Run {
	run := Run{
		Started: opts.Now.UTC().Truncate(time.Second),
		Machine: Machine{OS: runtime.GOOS, Arch: runtime.GOARCH},
		Roots:   []string{},
		Config:  opts.Config,
		Exclude: nonNil(opts.Locate.Exclude),
		Hosts:   opts.Locate.Hosts,
		FailOn:  opts.FailOn,
		Limits:  &Limits{TimeoutSeconds: int64(opts.Timeout / time.Second), MaxFileSize: opts.MaxFileSize},
	}
	run.Machine.Name, _ = os.Hostname() // a machine without a name is a fact, not a fault
	if u, err := user.Current(); err == nil {
		run.User = u.Username
	}
	if len(run.Hosts) == 0 {
		run.Hosts = locate.Hosts()
	}
	for _, r := range roots {
		run.Roots = append(run.Roots, tree.Printable(r.path))
	}
	return run
}

// nonNil makes an absent list an empty one, which is what it is in JSON.
func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
