package manifests

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"plugvet/scanner/tree"
)

// An Approval says who let a plugin in. By and At are required here; what else
// a site demands stands in its [Policy].
type Approval struct {
	By      string `toml:"by" json:"by"`
	At      Time   `toml:"at" json:"at"`
	Ticket  string `toml:"ticket" json:"ticket,omitempty"`
	Reason  string `toml:"reason" json:"reason,omitempty"`
	Expires Expiry `toml:"expires" json:"expires,omitzero"`

	Impact string `toml:"impact" json:"impact,omitempty"` // on what, and how badly
	Tested string `toml:"tested" json:"tested,omitempty"` // how, or where the result is
	// Rollback is the tree digest ("h1:…") of the content to go back to, or
	// [RollbackNone].
	Rollback    string `toml:"rollback" json:"rollback,omitempty"`
	RequestedBy string `toml:"requested_by" json:"requested_by,omitempty"`
	// Emergency says that the policy was not followed and that somebody must
	// review the approval; to approve it anew without it is the review.
	Emergency bool `toml:"emergency" json:"emergency,omitempty"`
}

// RollbackNone says that there is nothing to go back to: the plugin is new, and
// to remove it is the way back.
const RollbackNone = "none"

// An Origin is the other manifest from which an approval was taken over, and
// who had given it there.
type Origin struct {
	ID       string `toml:"id" json:"id"`
	Sequence int64  `toml:"sequence" json:"sequence"`
	SHA256   string `toml:"sha256" json:"sha256"` // of its bytes
	// Signers are the principals whose signatures over those bytes were
	// verified, sorted. Unverified says that there are none.
	Signers    []string `toml:"signers" json:"signers,omitempty"`
	Unverified bool     `toml:"unverified" json:"unverified,omitempty"`
	By         string   `toml:"by" json:"by"`
	At         Time     `toml:"at" json:"at"`
}

// A Source is what the records of a package manager say of where a plugin comes
// from. It corroborates an approval and never is one: whoever may write the
// plugin may write the record. Package provenance finds it.
type Source struct {
	Kind    string `toml:"kind" json:"kind,omitempty"`       // dpkg, apk, homebrew, npm …; empty: no record names it
	Package string `toml:"package" json:"package,omitempty"` // as that manager names it
	Version string `toml:"version" json:"version,omitempty"`
	Grade   Grade  `toml:"grade" json:"grade"`
	Note    string `toml:"note" json:"note,omitempty"` // what the grade rests on, or what is wrong
}

// A Grade is how well a record covers the very bytes of a plugin. Package
// provenance defines each.
type Grade string

const (
	Signed  Grade = "signed"
	Strong  Grade = "strong"
	Weak    Grade = "weak"
	Claimed Grade = "claimed"
	Local   Grade = "local"
	NoGrade Grade = "none"
)

// Grades lists them, the best first.
var Grades = []Grade{Signed, Strong, Weak, Claimed, Local, NoGrade}

func (a *Approval) validate() (key, text string) {
	switch {
	case a.By == "":
		return "by", "by is required"
	case a.At.IsZero():
		return "at", "at is required"
	case a.Rollback != "" && a.Rollback != RollbackNone && !isTree(a.Rollback):
		return "rollback", fmt.Sprintf("rollback: %s, or %q", wantTree, RollbackNone)
	}
	return "", ""
}

func (o *Origin) validate() (key, text string) {
	switch {
	case o == nil:
		return "", ""
	case o.ID == "":
		return "id", "id is required"
	case o.Sequence < 1:
		return "sequence", fmt.Sprintf("sequence is %d, expected 1 or more", o.Sequence)
	case !isSHA256(o.SHA256):
		return "sha256", "sha256: " + wantSHA256
	case o.Unverified == (len(o.Signers) > 0):
		return "signers", "signers: expected the verified signers, or else unverified = true"
	case o.By == "":
		return "by", "by is required"
	case o.At.IsZero():
		return "at", "at is required"
	}
	return "", ""
}

func (s *Source) validate() (key, text string) {
	switch {
	case s == nil:
		return "", ""
	case !slices.Contains(Grades, s.Grade):
		return "grade", fmt.Sprintf("grade is %q, expected one of %s", s.Grade, joined(Grades))
	case s.Kind == "" && s.Grade != NoGrade:
		return "kind", "kind is required where there is a grade"
	}
	return "", ""
}

// String is an approval in one line.
func (a Approval) String() string {
	text := fmt.Sprintf("by %s on %s", tree.Visible(a.By), a.At.UTC().Format(time.DateOnly))
	if a.RequestedBy != "" {
		text += " for " + tree.Visible(a.RequestedBy)
	}
	if a.Ticket != "" {
		text += ", " + tree.Visible(a.Ticket)
	}
	if a.Reason != "" {
		text += ": " + tree.Visible(a.Reason)
	}
	if !a.Expires.IsZero() {
		text += " (until " + a.Expires.String() + ")"
	}
	if a.Emergency {
		text += ", EMERGENCY, awaits review"
	}
	return text
}

// String is a source in one line: "weak: dpkg libnginx-mod-http-geoip2 1:3.4".
func (s Source) String() string {
	if s.Kind == "" && s.Note == "" {
		return string(s.Grade) + ": no record of a package manager names it"
	}
	words := []string{string(s.Grade) + ":"}
	for _, word := range []string{s.Kind, s.Package, s.Version} {
		if word != "" {
			words = append(words, tree.Visible(word))
		}
	}
	if s.Note != "" {
		words = append(words, "("+tree.Visible(s.Note)+")")
	}
	return strings.Join(words, " ")
}

// String is an origin in one line.
func (o Origin) String() string {
	text := fmt.Sprintf("%s, sequence %d (%s), approved there by %s on %s", tree.Visible(o.ID), o.Sequence, o.SHA256,
		tree.Visible(o.By), o.At.UTC().Format(time.DateOnly))
	if o.Unverified {
		return text + ", NOT VERIFIED"
	}
	return text + ", signed by " + tree.Visible(strings.Join(o.Signers, ", "))
}

func joined[T ~string](words []T) string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = string(word)
	}
	return strings.Join(list, ", ")
}
