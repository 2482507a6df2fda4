package scanner

import (
	"bytes"
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

// A finish is a progress that knows when so many files are finished.
type finish struct {
	left atomic.Int64
	all  chan struct{}
}

func finishOf(files int) *finish {
	f := &finish{all: make(chan struct{})}
	f.left.Store(int64(files))
	return f
}

func (*finish) Found(int) {}

func (f *finish) Finished(files int, _ int64) {
	if f.left.Add(-int64(files)) == 0 {
		close(f.all)
	}
}

// Whether a manifest is read before the scan, or comes when every file was hashed, the
// report is the same.
func TestApprovalsMayComeLate(t *testing.T) {
	for _, site := range []string{"debian", "homebrew", "pnpm"} {
		for _, test := range []struct {
			name   string
			change func(*Options)
		}{
			{"approved", func(*Options) {}},
			{"one plugin is not", func(o *Options) { o.Approved.Manifest.Plugins = o.Approved.Manifest.Plugins[1:] }},
			{"one has other content", func(o *Options) { o.Approved.Manifest.Plugins[0].Tree = "h1:" }},
			{"not trusted", func(o *Options) {
				o.Approved, o.Untrusted = nil, &Untrusted{Path: "m.toml", SHA256: o.Approved.SHA256, Reason: "it is not signed"}
			}},
		} {
			opts := builtinOptions(t, "../testdata/sites/"+site)
			opts.Approved = approvalsOf(t, opts)
			test.change(&opts)
			report := mustScan(t, opts)
			want := asJSON(t, report)

			approved, untrusted := opts.Approved, opts.Untrusted
			opts.Approved, opts.Untrusted = nil, nil
			hashed := finishOf(report.Coverage.Files)
			opts.Progress = hashed
			opts.Approvals = func() (*Approvals, *Untrusted, error) {
				select {
				case <-hashed.all:
				case <-time.After(time.Minute):
					t.Error("files wait for the manifest")
				}
				return approved, untrusted, nil
			}
			if got := asJSON(t, mustScan(t, opts)); !bytes.Equal(got, want) {
				t.Errorf("%s, %s: another report where the manifest comes late:\n%s", site, test.name, got)
			}
		}
	}
}

// What is known of files that wait for the manifest is bounded.
func TestTheWalkWaitsForAManifestThatComesLate(t *testing.T) {
	early(t, 3)
	opts := builtinOptions(t, "../testdata/sites/pnpm")
	opts.Approved = approvalsOf(t, opts)
	want := asJSON(t, mustScan(t, opts))
	approved, found := opts.Approved, &found{finish: finishOf(mostEarly)}
	opts.Approved, opts.Progress = nil, found
	opts.Approvals = func() (*Approvals, *Untrusted, error) {
		<-found.all
		time.Sleep(20 * time.Millisecond)
		if n := found.files.Load(); n != int64(mostEarly) {
			t.Errorf("%d files were found before the manifest was read, want %d", n, mostEarly)
		}
		return approved, nil, nil
	}
	if got := asJSON(t, mustScan(t, opts)); !bytes.Equal(got, want) {
		t.Errorf("another report where the walk waited:\n%s", got)
	}
}

// A found counts the files that were found as well.
type found struct {
	*finish
	files atomic.Int64
}

func (f *found) Found(files int) { f.files.Add(int64(files)) }

// early has the walk wait for the manifest after so many files.
func early(t *testing.T, files int) {
	was := mostEarly
	mostEarly = files
	t.Cleanup(func() { mostEarly = was })
}

func TestAManifestThatCannotBeReadEndsTheScan(t *testing.T) {
	early(t, 1)
	opts := builtinOptions(t, "../testdata/sites/debian")
	broken := errors.New("not a manifest")
	opts.Approvals = func() (*Approvals, *Untrusted, error) { return nil, nil, broken }
	for _, rematch := range []bool{false, true} {
		opts.Rematch = rematch
		if report, err := Scan(t.Context(), opts); err != broken || report != nil {
			t.Errorf("%v, %v", report, err)
		}
	}
}
