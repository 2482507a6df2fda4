package scanner

import (
	"runtime"
	"time"

	"plugvet/manifests"
	"plugvet/scanner/locate"
	"plugvet/scanner/match"
	"plugvet/scanner/tree"
)

// DefaultMaxFileSize is the largest file that is matched unless an option says
// otherwise, in bytes; the largest plugin seen, a compiler for Node.js, has 150 MB.
const DefaultMaxFileSize = 512 << 20

// DefaultTimeout is how long one file may be matched.
const DefaultTimeout = 2 * time.Minute

// Options are the parameters of a run. Those that bear on the result stand in
// the report.
type Options struct {
	Version string   // of plugvet
	Roots   []string // directories; none means this machine, "/"
	Locate  locate.Options

	Rules       *match.Rules
	RuleSources []string // where the rules come from, for the report

	Approved *Approvals // nil: nothing is compared
	// Untrusted is a manifest that was given and must not be used. Then Approved
	// is nil: nothing of it counts, not even what it is called.
	Untrusted *Untrusted
	// Approvals finds the two above, if they take a while to find: the scan begins
	// meanwhile. Its error ends the run, and nothing was judged. May be nil.
	Approvals func() (*Approvals, *Untrusted, error)
	FailOn    Severity
	// Rematch matches every file, also where an approval vouches for it.
	Rematch bool

	Config     *Config // settings file, for the report
	Severities map[string]Severity
	Ignores    []Ignore

	Jobs        int           // files at a time; 0: one a processor
	Timeout     time.Duration // for matching one file; 0: DefaultTimeout
	MaxFileSize int64         // bytes; 0: DefaultMaxFileSize

	// KeepFiles keeps the digest of every file in the report's plugins, for
	// approving them.
	KeepFiles bool
	Progress  Progress
	// Timings, if they are given, are told what each stage takes.
	Timings *Timings
	Now     time.Time // when the run starts; the zero time means now

	open func(path string) (tree.Tree, error) // tree.OpenDir, except in tests
}

// Approvals are the manifest to compare with.
type Approvals struct {
	Path     string
	SHA256   string
	Manifest *manifests.Manifest
	// Sums opens the list of every approved file. It is called only where a
	// plugin is modified.
	Sums func() (*manifests.Sums, error)
	// Signers are the principals whose signatures were verified.
	Signers []string
}

// Untrusted is a manifest that was not parsed, or not used, and why.
type Untrusted struct {
	Path   string
	SHA256 string
	Reason string
}

// Progress is told how far a scan is. Calls come from many goroutines.
type Progress interface {
	Found(files int)
	Finished(files int, bytes int64)
}

func (o *Options) setDefaults() {
	if len(o.Roots) == 0 {
		o.Roots = []string{"/"}
	}
	o.Jobs = o.Workers()
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.MaxFileSize <= 0 {
		o.MaxFileSize = DefaultMaxFileSize
	}
	if o.FailOn == "" {
		o.FailOn = High
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	if o.open == nil {
		o.open = tree.OpenDir
	}
	if o.Progress == nil {
		o.Progress = noProgress{}
	}
}

// Workers is how many files are looked at a time.
func (o *Options) Workers() int {
	if o.Jobs > 0 {
		return o.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

type noProgress struct{}

func (noProgress) Found(int)           {}
func (noProgress) Finished(int, int64) {}
