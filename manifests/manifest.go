// Package manifests is the approved manifest: the file that says which plugins
// were let in, by whom, when, why and until when, and with which capabilities.
// It reads and checks that file, judges what was found against it, writes
// approvals into it, and shows it and its history to people.
//
// An approval is for content. What identifies a plugin's content is its tree
// digest ([TreeDigest]) and, since links are no part of that, its symbolic
// links; where the plugin lies matters only where an entry is pinned. Beside
// NAME.toml lies NAME.sums, a sha256sum list of every file of every plugin
// ([Sums]). It is believed only as far as it hashes to the tree digests, and
// read only to say which file of a modified plugin changed.
//
// Signatures cover the bytes that [Manifest.Encode] returns and [Write] writes;
// they are detached files beside it ([Sign], [VerifySignatures]), and [Seen]
// keeps an older manifest from coming back. How bad a verdict is, is decided
// elsewhere.
package manifests

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"plugvet/scanner/tree"
)

// Format is the version of the file format that this package reads and writes.
const Format = 1

// A Manifest is the content of NAME.toml. Plugins and Revoked are sorted by
// Parse and by Approve; nothing here changes a Manifest that exists, and nobody
// may add to the lists of one that was asked about a plugin.
type Manifest struct {
	Format   int    `toml:"format" json:"format"`
	ID       string `toml:"id" json:"id"`
	Sequence int64  `toml:"sequence" json:"sequence"` // from 1, one more with each change
	// Previous is the digest of the file that this one supersedes, "sha256:…";
	// empty in the first.
	Previous string `toml:"previous" json:"previous,omitempty"`
	// Rules is the digest of the rule set under which the capabilities of all
	// entries were read, "sha256:…". It is empty where they were read under
	// several, and then no entry's capabilities are carried: every plugin is
	// matched again.
	Rules   string       `toml:"rules" json:"rules,omitempty"`
	Plugins []Entry      `toml:"plugin" json:"plugins"`
	Revoked []Revocation `toml:"revoked" json:"revoked,omitempty"`

	once  sync.Once // guards index, see lookup
	index index
}

// An Entry is one approved plugin: one content, and the place where it lay when
// it was approved. Names of files are as tree.Printable gives them, since TOML
// holds UTF-8 only.
type Entry struct {
	Host    string `toml:"host" json:"host"`
	Name    string `toml:"name" json:"name"`
	Path    string `toml:"path" json:"path"` // relative to the root
	Version string `toml:"version" json:"version,omitempty"`
	Tree    string `toml:"tree" json:"tree"` // "h1:…"
	Files   int    `toml:"files" json:"files"`
	// Pinned approves the content only at Path.
	Pinned       bool              `toml:"pinned" json:"pinned,omitempty"`
	Capabilities []string          `toml:"capabilities" json:"capabilities"`
	Binaries     map[string]string `toml:"binaries" json:"binaries,omitempty"` // name below Path (of a single file: its base name) to "sha256:…"
	Links        map[string]string `toml:"links" json:"links,omitempty"`       // name below Path to target
	Approval     Approval          `toml:"approval" json:"approval"`
	Source       *Source           `toml:"source" json:"source,omitempty"` // nil where none was looked for
	From         *Origin           `toml:"from" json:"from,omitempty"`     // nil where it was approved here
}

// A Revocation withdraws approval from content, by Digest (of a tree, "h1:…",
// or of any file, "sha256:…"), or from a plugin by Host and Name and perhaps
// Version. It wins over every entry. Reason is required.
type Revocation struct {
	Digest  string `toml:"digest" json:"digest,omitempty"`
	Host    string `toml:"host" json:"host,omitempty"`
	Name    string `toml:"name" json:"name,omitempty"`
	Version string `toml:"version" json:"version,omitempty"`
	Reason  string `toml:"reason" json:"reason"`
	By      string `toml:"by" json:"by,omitempty"`
	At      Time   `toml:"at" json:"at,omitzero"`
	Ticket  string `toml:"ticket" json:"ticket,omitempty"`
}

// Capabilities are the names that an entry may declare, sorted.
var Capabilities = []string{
	"applescript", "dynload", "exec", "install-hook", "network", "obfuscation", "socket", "socket.raw",
}

// ruleCapability is what findings of rules that state no capability have, as
// those of public rule sets. No entry declares it, since to approve what one
// such rule found would be to approve what any of them may find. Old files
// list it: there it is read and means nothing.
const ruleCapability = "rule"

// declarable is what of the capabilities an entry declares, sorted, each once.
func declarable(capabilities []string) []string {
	list := slices.DeleteFunc(slices.Clone(capabilities), func(c string) bool { return c == ruleCapability })
	slices.Sort(list)
	return slices.Compact(list)
}

// Digest is the digest of a file's bytes as manifests write it: "sha256:" and
// 64 hexadecimal digits.
func Digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// DefaultID is the id of a new manifest at path: its file name without suffix.
func DefaultID(path string) string {
	base := filepath.Base(path)
	if id := strings.TrimSuffix(base, filepath.Ext(base)); id != "" {
		return tree.Printable(id)
	}
	return "plugins"
}

// sort brings the lists into the one order that files have.
func (m *Manifest) sort() {
	slices.SortStableFunc(m.Plugins, compareEntries)
	slices.SortStableFunc(m.Revoked, compareRevocations)
}

func compareEntries(a, b Entry) int {
	return cmp.Or(
		strings.Compare(a.Host, b.Host),
		strings.Compare(a.Name, b.Name),
		strings.Compare(a.Version, b.Version),
		strings.Compare(a.Path, b.Path),
		strings.Compare(a.Tree, b.Tree),
	)
}

func compareRevocations(a, b Revocation) int {
	return cmp.Or(
		strings.Compare(a.Digest, b.Digest),
		strings.Compare(a.Host, b.Host),
		strings.Compare(a.Name, b.Name),
		strings.Compare(a.Version, b.Version),
		strings.Compare(a.Reason, b.Reason),
	)
}
