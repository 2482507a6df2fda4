package manifests

import (
	"fmt"
	"slices"

	"plugvet/scanner/boundedfile"
	"plugvet/scanner/strict"
)

// A Proposal is a plan of approvals for somebody to decide on: a TOML file with
// one entry a plugin and, beside it, the sums of every file that it is about.
// Nothing of it gets into a manifest but the decisions and the words of
// Approval: what is approved is read from the disk anew, and must be what the
// proposal says.
type Proposal struct {
	Format   int    `toml:"format"`
	Proposal string `toml:"proposal"` // the id of the manifest that it is for
	At       Time   `toml:"at"`
	Rules    string `toml:"rules"` // under which the capabilities were read
	// Prune, Keep and Renew are those of the Request.
	Prune bool `toml:"prune"`
	Keep  bool `toml:"keep"`
	Renew bool `toml:"renew"`
	// Rejection is the reason of every rejection; empty: DefaultRejection.
	Rejection string           `toml:"rejection"`
	Approval  ProposedApproval `toml:"approval"`
	Plugins   []Proposed       `toml:"plugin"`
}

// A ProposedApproval is what every accepted plugin gets, but for who approves
// it and when, which is not known before it is done.
type ProposedApproval struct {
	Ticket      string `toml:"ticket"`
	Reason      string `toml:"reason"`
	Expires     Expiry `toml:"expires"`
	Impact      string `toml:"impact"`
	Tested      string `toml:"tested"`
	Rollback    string `toml:"rollback"`
	RequestedBy string `toml:"requested_by"`
	Emergency   bool   `toml:"emergency"`
}

// A Proposed is one Candidate with the decision on it.
type Proposed struct {
	Decision Decision   `toml:"decision"`
	Change   UpdateKind `toml:"change"` // added, updated or removed
	Why      string     `toml:"why"`
	Host     string     `toml:"host"`
	Name     string     `toml:"name"`
	Version  string     `toml:"version"`
	Paths    []string   `toml:"paths"`
	Tree     string     `toml:"tree"`
	Files    int        `toml:"files"`
	// Was is the tree digest of what it is compared with, and WasVersion that
	// one's version.
	Was          string            `toml:"was"`
	WasVersion   string            `toml:"was_version"`
	Capabilities []string          `toml:"capabilities"`
	Gains        []string          `toml:"gains"`
	Shows        []string          `toml:"shows"`   // what the gains were told from
	Changed      []string          `toml:"changed"` // files, "modified index.js"
	Links        map[string]string `toml:"links"`
	Source       *Source           `toml:"source"`
}

// Detail is what a reviewer of a candidate gets to read besides.
type Detail struct{ Shows, Changed []string }

// Propose writes a plan down. decided gives the decision on a subject, or the
// empty one.
func (o *Outcome) Propose(request *Request, decided func(subject string) Decision, detail func(*Candidate) Detail) *Proposal {
	a := &request.Approval
	p := &Proposal{
		Format: Format, Proposal: o.Manifest.ID, At: a.At, Rules: request.Rules,
		Prune: request.Prune, Keep: request.Keep, Renew: request.Renew, Rejection: request.Rejection,
		Approval: ProposedApproval{
			Ticket: a.Ticket, Reason: a.Reason, Expires: a.Expires, Impact: a.Impact, Tested: a.Tested,
			Rollback: a.Rollback, RequestedBy: a.RequestedBy, Emergency: a.Emergency,
		},
	}
	for _, c := range o.Candidates() {
		e, d := c.Entry(), detail(&c)
		q := Proposed{
			Decision: decided(c.Subject()), Change: c.Kind(), Why: c.Why(),
			Host: e.Host, Name: e.Name, Version: e.Version, Paths: c.Paths(), Tree: e.Tree, Files: e.Files,
			Capabilities: e.Capabilities, Gains: c.Gains, Shows: d.Shows, Changed: d.Changed,
			Links: e.Links, Source: e.Source,
		}
		if q.Decision == "" {
			q.Decision = Skip
		}
		if b := c.Before(); b != nil {
			q.Was, q.WasVersion = b.Tree, b.Version
		}
		p.Plugins = append(p.Plugins, q)
	}
	return p
}

// ReadProposal reads the proposal at path and checks all of it.
func ReadProposal(path string) (*Proposal, error) {
	data, err := boundedfile.Read(path, strict.MaxSize)
	if err != nil {
		return nil, err
	}
	return ParseProposal(path, data)
}

// ParseProposal reads a proposal. Errors are [*strict.Error].
func ParseProposal(file string, data []byte) (*Proposal, error) {
	p := new(Proposal)
	if err := strict.Decode(file, data, p); err != nil {
		return nil, err
	}
	if f := p.validate(); f != nil {
		return nil, strict.At(file, data, f.text, f.at...)
	}
	return p, nil
}

func (p *Proposal) validate() *fault {
	switch {
	case p.Format != Format:
		return &fault{fmt.Sprintf("format is %d, expected %d", p.Format, Format), []any{"format"}}
	case p.Proposal == "":
		return &fault{"proposal is required: the id of the manifest", []any{"proposal"}}
	case p.At.IsZero():
		return &fault{"at is required", []any{"at"}}
	case !isSHA256(p.Rules):
		return &fault{"rules: " + wantSHA256, []any{"rules"}}
	}
	seen := map[string]bool{}
	for i := range p.Plugins {
		q := &p.Plugins[i]
		key, text := q.validate()
		if text == "" && seen[q.subject()] {
			key, text = "name", titled(q.Host, q.Name, q.Version)+" is here twice with the same content"
		}
		if text != "" {
			return &fault{text, []any{"plugin", i, key}}
		}
		seen[q.subject()] = true
	}
	return nil
}

func (q *Proposed) validate() (key, text string) {
	switch {
	case !slices.Contains(Decisions, q.Decision):
		return "decision", fmt.Sprintf("decision is %q, expected one of %s", q.Decision, joined(Decisions))
	case q.Change != Added && q.Change != Updated && q.Change != Removed:
		return "change", fmt.Sprintf("change is %q, expected %s, %s or %s", q.Change, Added, Updated, Removed)
	case q.Host == "":
		return "host", "host is required"
	case q.Name == "":
		return "name", "name is required"
	case !isTree(q.Tree):
		return "tree", "tree: " + wantTree
	case q.Was != "" && !isTree(q.Was):
		return "was", "was: " + wantTree
	case len(q.Paths) == 0:
		return "paths", "paths is required"
	}
	for _, path := range q.Paths {
		if !isClean(path) {
			return "paths", fmt.Sprintf("path %q: expected a relative path without \"..\", \".\" or a slash at its end", path)
		}
	}
	return q.Source.validate()
}

// entry is the plugin at one of its paths, approved there and nowhere else.
func (q *Proposed) entry(path string) Entry {
	e := Entry{
		Host: q.Host, Name: q.Name, Version: q.Version, Path: path, Tree: q.Tree, Files: q.Files,
		Capabilities: q.Capabilities, Links: q.Links, Pinned: true,
	}
	e.normalize()
	return e
}

func (q *Proposed) subject() string {
	e := q.entry(q.Paths[0])
	u := Update{Kind: q.Change, New: &e}
	return u.Subject()
}
