package scanner

import (
	"time"

	"plugvet/manifests"
)

// Schema names the version of the JSON form of a Report.
const Schema = "plugvet.report/1"

// A Report is everything that one run found out. Its JSON form is the record
// that every other format is made from; scanner/report publishes its schema.
// Paths are relative to their root, with "/", in the form of tree.Printable.
type Report struct {
	Schema   string    `json:"schema"`
	Tool     Tool      `json:"tool"`
	Rules    RuleSet   `json:"rules"`
	Run      Run       `json:"run"`
	Manifest *Manifest `json:"manifest"` // nil where nothing was compared
	Coverage Coverage  `json:"coverage"`
	Plugins  []Plugin  `json:"plugins"` // sorted by root, host, name, version, path
	Ignored  []Ignored `json:"ignored,omitempty"`
	Sweep    *Sweep    `json:"sweep,omitempty"` // nil unless a sweep made the report
	Summary  Summary   `json:"summary"`
}

// Tool is the program that made the report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	LibYARA string `json:"libyara"`
}

// RuleSet is what was matched.
type RuleSet struct {
	Digest  string   `json:"digest"`
	Count   int      `json:"count"`
	Sources []string `json:"sources"` // "builtin", and the paths of -r
}

// Run is when, where and with what parameters.
type Run struct {
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished"`
	Machine  Machine   `json:"machine"`
	User     string    `json:"user"`
	Roots    []string  `json:"roots"` // absolute
	Config   *Config   `json:"config"`
	Exclude  []string  `json:"exclude"`
	Hosts    []string  `json:"hosts"` // the hosts that were looked for
	FailOn   Severity  `json:"fail_on"`
	Limits   *Limits   `json:"limits,omitempty"` // nil in reports of before there were any
}

// Limits bound the work on one file. What they left out stands in the coverage.
type Limits struct {
	TimeoutSeconds int64 `json:"timeout_seconds"` // for matching it
	MaxFileSize    int64 `json:"max_file_size"`   // in bytes; a larger one is hashed and not matched
}

// Machine is where plugvet ran, which need not be where the tree comes from.
type Machine struct {
	Name string `json:"name"`
	OS   string `json:"os"`
	Arch string `json:"arch"`
}

// Config is the settings file that was obeyed.
type Config struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// Manifest is the approved manifest that was compared with.
type Manifest struct {
	Path     string   `json:"path"`
	SHA256   string   `json:"sha256"`
	ID       string   `json:"id"`
	Sequence int64    `json:"sequence"`
	Signers  []string `json:"signers"` // principals whose signatures were verified
	// Untrusted says why the manifest must not be used. Then nothing was compared
	// with it, and only Path and SHA256 are known.
	Untrusted string `json:"untrusted,omitempty"`
}

// Coverage says what was looked at and what was not. Every file has one
// status: Files = Matched + Carried + len(Skipped) + len(Errors).
type Coverage struct {
	Locations    int      `json:"locations"`
	Plugins      int      `json:"plugins"`
	Files        int      `json:"files"`
	Bytes        int64    `json:"bytes"` // that were hashed
	Matched      int      `json:"matched"`
	Carried      int      `json:"carried"`
	Skipped      []Gap    `json:"skipped"`
	Errors       []Gap    `json:"errors"`
	MissingRoots []string `json:"missing_roots"`
	// Tolerated are scripts that do not keep to their grammar, or go beyond a
	// limit of ours, and native files of which the code does, so that it was not
	// followed. They were read as far as could be and matched, so they are among
	// Matched.
	Tolerated []Gap `json:"tolerated,omitempty"`
}

// A Gap is a path that was not looked at, and why.
type Gap struct {
	Root   string `json:"root,omitempty"` // where several roots were given
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// A Plugin is one plugin and all that is known of it.
type Plugin struct {
	Host         string      `json:"host"`
	Name         string      `json:"name"`
	Version      string      `json:"version"`
	Root         string      `json:"root"`
	Path         string      `json:"path"`
	Server       bool        `json:"server,omitempty"` // the program that loads plugins
	Verdict      Verdict     `json:"verdict"`          // empty where there is no manifest
	Loaded       bool        `json:"loaded"`
	LoadedBy     []Reference `json:"loaded_by"`
	Tree         string      `json:"tree"`
	Files        int         `json:"files"`
	Bytes        int64       `json:"bytes"`
	Capabilities []string    `json:"capabilities"`
	Undeclared   []string    `json:"undeclared"`
	Severity     Severity    `json:"severity"` // the worst of the verdict and of the findings
	Approval     *Approval   `json:"approval"` // nil where there is none
	// Source is what package managers' records say, see package provenance; nil
	// where it is approved and the approval records none.
	Source   *manifests.Source `json:"source,omitempty"`
	Binaries []Binary          `json:"binaries"`
	Changes  []Change          `json:"changes"`
	Findings []Finding         `json:"findings"`
	Notes    []string          `json:"notes,omitempty"` // what a reader must know to understand the above

	// VerdictSeverity is what the verdict alone weighs.
	VerdictSeverity Severity `json:"verdict_severity"`
	// Observed is what a manifest judges and approves, with names as the file
	// system has them; nil for a plugin that is missing. It is no part of the
	// record.
	Observed *manifests.Observed `json:"-"`
	// Unmatched says that a file was too large to be matched, so that its
	// capabilities are not known.
	Unmatched bool `json:"-"`
	// onDemand: running code loads it by name, no config needs to.
	onDemand bool
	stories  []story
}

// Reference is a line of a config that names a plugin.
type Reference struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// Approval is who let a plugin in.
type Approval struct {
	By      string `json:"by"`
	At      string `json:"at"`
	Ticket  string `json:"ticket"`
	Reason  string `json:"reason"`
	Expires string `json:"expires"` // a day, through which it holds, or an instant; empty: never

	Impact      string `json:"impact,omitempty"`
	Tested      string `json:"tested,omitempty"`
	Rollback    string `json:"rollback,omitempty"` // tree digest to go back to, or none
	RequestedBy string `json:"requested_by,omitempty"`
	Emergency   bool   `json:"emergency,omitempty"` // given without all that is required; awaits review
	// From is the other manifest that it was taken over from; nil: none.
	From *manifests.Origin `json:"from,omitempty"`
}

// Binary is one native file of a plugin.
type Binary struct {
	Path      string     `json:"path"`
	SHA256    string     `json:"sha256"`
	Kind      string     `json:"kind"`
	Arch      []string   `json:"arch"`
	Signature *Signature `json:"signature"` // nil where it is no Mach-O

	name string // Path as the file system has it
}

// Signature is the state of a Mach-O code signature as the file states it.
type Signature struct {
	State      string   `json:"state"`
	Identifier string   `json:"identifier,omitempty"`
	Team       string   `json:"team,omitempty"`
	CDHashes   []string `json:"cdhashes,omitempty"`
}

// Change is a file of a modified plugin that differs from the approved one.
type Change struct {
	Path   string `json:"path"`
	Change string `json:"change"` // added, removed or modified
	Was    string `json:"was,omitempty"`
	Is     string `json:"is,omitempty"`
}

// A Finding is one rule that matched one file.
type Finding struct {
	Rule        string   `json:"rule"`
	Capability  string   `json:"capability"`
	Severity    Severity `json:"severity"`
	Confidence  string   `json:"confidence"`
	Attack      string   `json:"attack"`
	Description string   `json:"description"`
	Path        string   `json:"path"`
	SHA256      string   `json:"sha256,omitempty"` // of the file, where it is one of the plugin's
	Offset      int64    `json:"offset"`           // in bytes from the start of the file; -1: the file as a whole
	Line        int      `json:"line"`             // from 1; 0 where the file has no lines
	Excerpt     string   `json:"excerpt"`
	View        string   `json:"view"` // raw or decoded
	Declared    bool     `json:"declared"`
	// Noted says that the file is one of the plugin's own tests, examples or
	// fixtures and that nothing leads there: it shows no capability of the plugin.
	Noted bool `json:"noted,omitempty"`
	// BothNew says that the capability and another one are new since the
	// approval and dangerous together. Such a finding is listed before all others.
	BothNew bool `json:"both_new,omitempty"`
	// Why lists the parts that together make the finding what it is, from what
	// begins it on; empty where the finding stands for itself.
	Why []Why `json:"why,omitempty"`

	name  string  // of the file, relative to the plugin, as the file system has it; empty: no file of the plugin
	leads string  // the file that an observation is about, relative to the root; else empty
	fixed bool    // the settings state the severity
	at    []int64 // where the thing is done, as offsets; see doesIt
}

// Why is one part of what makes a finding.
type Why struct {
	Path string `json:"path"`
	Line int    `json:"line"` // from 1; 0 where the file has no lines
	Text string `json:"text"`
}

// Ignored is a finding that the settings suppress, with the reason they give.
type Ignored struct {
	Host    string  `json:"host"`
	Name    string  `json:"name"`
	Root    string  `json:"root"`
	Finding Finding `json:"finding"`
	Reason  string  `json:"reason"`
	Expires string  `json:"expires"`
}

// Summary is the answer.
type Summary struct {
	Verdict    string           `json:"verdict"` // pass, fail, incomplete or untrusted
	Violations int              `json:"violations"`
	BySeverity map[Severity]int `json:"by_severity"` // plugins by their severity
	ByVerdict  map[Verdict]int  `json:"by_verdict"`
	Exit       int              `json:"exit"`
	Notes      []string         `json:"notes,omitempty"` // expired or unused ignores, no manifest
}
