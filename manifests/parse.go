package manifests

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/boundedfile"
	"plugvet/scanner/strict"
)

// Read reads the manifest at path. It returns its bytes too, whose [Digest] a
// report and the next manifest name.
func Read(path string) (*Manifest, []byte, error) {
	data, err := Load(path)
	if err != nil {
		return nil, nil, err
	}
	m, err := Parse(path, data)
	return m, data, err
}

// Load returns the bytes of the manifest at path as they stand.
func Load(path string) ([]byte, error) {
	data, err := boundedfile.Read(path, strict.MaxSize)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return data, nil
}

// Parse reads a manifest and checks all of it. Errors are [*strict.Error] and
// name file, line and column.
func Parse(file string, data []byte) (*Manifest, error) {
	m := new(Manifest)
	if err := strict.Decode(file, data, m); err != nil {
		return nil, err
	}
	if f := m.validate(); f != nil {
		return nil, strict.At(file, data, f.text, f.at...)
	}
	for i := range m.Plugins {
		m.Plugins[i].normalize()
	}
	m.sort()
	return m, nil
}

// normalize makes equal what means the same.
func (e *Entry) normalize() {
	if e.Capabilities = declarable(e.Capabilities); e.Capabilities == nil {
		e.Capabilities = []string{}
	}
	if len(e.Binaries) == 0 {
		e.Binaries = nil
	}
	if len(e.Links) == 0 {
		e.Links = nil
	}
	if e.From != nil {
		slices.Sort(e.From.Signers)
		if len(e.From.Signers) == 0 {
			e.From.Signers = nil
		}
	}
}

// A fault is what is wrong with a manifest, and at which key.
type fault struct {
	text string
	at   []any
}

// An identity is what no two entries share.
type identity struct{ host, name, path, tree string }

func (e *Entry) identity() identity { return identity{e.Host, e.Name, e.Path, e.Tree} }

func (m *Manifest) validate() *fault {
	switch {
	case m.Format != Format:
		return &fault{fmt.Sprintf("format is %d, expected %d", m.Format, Format), []any{"format"}}
	case m.ID == "":
		return &fault{"id is required", []any{"id"}}
	case m.Sequence < 1:
		return &fault{fmt.Sprintf("sequence is %d, expected 1 or more", m.Sequence), []any{"sequence"}}
	case m.Previous != "" && !isSHA256(m.Previous):
		return &fault{"previous: " + wantSHA256, []any{"previous"}}
	case m.Rules != "" && !isSHA256(m.Rules):
		return &fault{"rules: " + wantSHA256, []any{"rules"}}
	}
	seen := map[identity]bool{}
	for i, e := range m.Plugins {
		if key, text := e.validate(); text != "" {
			return &fault{text, append([]any{"plugin", i}, key...)}
		}
		id := e.identity()
		if seen[id] {
			return &fault{fmt.Sprintf("%s is here twice with the same path and tree", titled(e.Host, e.Name, "")), []any{"plugin", i}}
		}
		seen[id] = true
	}
	for i, r := range m.Revoked {
		if key, text := r.validate(); text != "" {
			return &fault{text, []any{"revoked", i, key}}
		}
	}
	return nil
}

// validate returns the key that is wrong, below the entry, and why.
func (e *Entry) validate() (key []any, text string) {
	for _, required := range []struct{ name, value string }{
		{"host", e.Host}, {"name", e.Name}, {"path", e.Path}, {"tree", e.Tree},
	} {
		if required.value == "" {
			return []any{required.name}, required.name + " is required"
		}
	}
	switch {
	case !isClean(e.Path):
		return []any{"path"}, fmt.Sprintf("path %q: expected a relative path without \"..\", \".\" or a slash at its end", e.Path)
	case !isTree(e.Tree):
		return []any{"tree"}, "tree: " + wantTree
	case e.Files < 1 && len(e.Links) == 0:
		return []any{"files"}, fmt.Sprintf("files is %d, expected 1 or more", e.Files)
	case e.Files < 0:
		return []any{"files"}, fmt.Sprintf("files is %d, expected 0 or more", e.Files)
	}
	if key, text := e.Approval.validate(); text != "" {
		return []any{"approval", key}, "approval." + text
	}
	if e.Approval.Rollback == e.Tree {
		return []any{"approval", "rollback"}, "approval.rollback is the content that is approved, expected what to go back to"
	}
	if key, text := e.Source.validate(); text != "" {
		return []any{"source", key}, "source." + text
	}
	if key, text := e.From.validate(); text != "" {
		return []any{"from", key}, "from." + text
	}
	for i, c := range e.Capabilities {
		if c != ruleCapability && !slices.Contains(Capabilities, c) {
			return []any{"capabilities"}, fmt.Sprintf("unknown capability %q, expected one of: %s", c, strings.Join(Capabilities, ", "))
		}
		if slices.Contains(e.Capabilities[:i], c) {
			return []any{"capabilities"}, fmt.Sprintf("capability %q stands here twice", c)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.Binaries)) {
		if !isClean(name) {
			return []any{"binaries", name}, fmt.Sprintf("binary %q: expected a path relative to the plugin", name)
		}
		if !isSHA256(e.Binaries[name]) {
			return []any{"binaries", name}, fmt.Sprintf("binary %q: %s", name, wantSHA256)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.Links)) {
		if !isClean(name) {
			return []any{"links", name}, fmt.Sprintf("link %q: expected a path relative to the plugin", name)
		}
	}
	return nil, ""
}

func (r *Revocation) validate() (key, text string) {
	switch {
	case r.Reason == "":
		return "reason", "reason is required"
	case r.Digest == "" && (r.Host == "" || r.Name == ""):
		return "digest", "expected a digest, or host and name"
	case r.Digest != "" && (r.Host != "" || r.Name != "" || r.Version != ""):
		return "digest", "expected either a digest, or host and name, not both"
	case r.Digest != "" && !isTree(r.Digest) && !isSHA256(r.Digest):
		return "digest", fmt.Sprintf("digest: %s, or %s", wantTree, wantSHA256)
	}
	return "", ""
}

const (
	wantTree   = `expected "h1:" and the base64 of 32 bytes`
	wantSHA256 = `expected "sha256:" and 64 lower-case hexadecimal digits`
)

// IsTreeDigest reports whether s has the form of a tree digest, "h1:" and base64.
func IsTreeDigest(s string) bool { return isTree(s) }

func isTree(s string) bool {
	text, ok := strings.CutPrefix(s, "h1:")
	sum, err := base64.StdEncoding.Strict().DecodeString(text)
	// The decoder passes over newlines; the digest is compared as text.
	return ok && err == nil && len(sum) == 32 && !strings.ContainsAny(text, "\r\n")
}

func isSHA256(s string) bool {
	text, ok := strings.CutPrefix(s, "sha256:")
	sum, err := hex.DecodeString(text)
	return ok && err == nil && len(sum) == 32 && text == strings.ToLower(text)
}

// isClean reports whether name is relative, stays below where it starts, and
// has one spelling.
func isClean(name string) bool {
	return name != "" && path.Clean(name) == name && !path.IsAbs(name) && name != ".." && !strings.HasPrefix(name, "../")
}
