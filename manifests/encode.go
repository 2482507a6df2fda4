package manifests

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Encode writes the manifest as people review it: one entry a plugin, sorted,
// one key a line, empty ones left out. The same manifest gives the same bytes,
// and Parse reads them back to an equal one.
func (m *Manifest) Encode() []byte {
	sorted := Manifest{Plugins: slices.Clone(m.Plugins), Revoked: slices.Clone(m.Revoked)}
	sorted.sort()

	var e encoder
	e.number("format", int64(m.Format))
	e.text("id", m.ID)
	e.number("sequence", m.Sequence)
	e.optional("previous", m.Previous)
	e.optional("rules", m.Rules)
	for i := range sorted.Plugins {
		e.entry(&sorted.Plugins[i])
	}
	for i := range sorted.Revoked {
		e.revocation(&sorted.Revoked[i])
	}
	return e.Bytes()
}

// An encoder writes the subset of TOML that manifests use. The encoder of the
// toml module cannot leave sub-tables unindented, nor keep dates without time.
type encoder struct{ bytes.Buffer }

func (e *encoder) entry(p *Entry) {
	e.WriteString("\n[[plugin]]\n")
	e.text("host", p.Host)
	e.text("name", p.Name)
	e.text("path", p.Path)
	e.optional("version", p.Version)
	e.text("tree", p.Tree)
	e.number("files", int64(p.Files))
	e.flag("pinned", p.Pinned)
	e.list("capabilities", p.Capabilities)
	e.table("plugin.binaries", p.Binaries)
	e.table("plugin.links", p.Links)
	e.approval(&p.Approval)
	e.source(p.Source)
	e.origin(p.From)
}

func (e *encoder) approval(a *Approval) {
	e.WriteString("[plugin.approval]\n")
	e.text("by", a.By)
	e.instant("at", a.At)
	e.optional("ticket", a.Ticket)
	e.optional("reason", a.Reason)
	e.expiry(a.Expires)
	e.optional("impact", a.Impact)
	e.optional("tested", a.Tested)
	e.optional("rollback", a.Rollback)
	e.optional("requested_by", a.RequestedBy)
	e.flag("emergency", a.Emergency)
}

func (e *encoder) source(s *Source) {
	if s == nil {
		return
	}
	e.WriteString("[plugin.source]\n")
	e.optional("kind", s.Kind)
	e.optional("package", s.Package)
	e.optional("version", s.Version)
	e.text("grade", string(s.Grade))
	e.optional("note", s.Note)
}

func (e *encoder) origin(o *Origin) {
	if o == nil {
		return
	}
	e.WriteString("[plugin.from]\n")
	e.text("id", o.ID)
	e.number("sequence", o.Sequence)
	e.text("sha256", o.SHA256)
	if len(o.Signers) > 0 {
		e.list("signers", o.Signers)
	}
	e.flag("unverified", o.Unverified)
	e.text("by", o.By)
	e.instant("at", o.At)
}

func (e *encoder) revocation(r *Revocation) {
	e.WriteString("\n[[revoked]]\n")
	e.optional("digest", r.Digest)
	e.optional("host", r.Host)
	e.optional("name", r.Name)
	e.optional("version", r.Version)
	e.text("reason", r.Reason)
	e.optional("by", r.By)
	if !r.At.IsZero() {
		e.instant("at", r.At)
	}
	e.optional("ticket", r.Ticket)
}

func (e *encoder) table(name string, entries map[string]string) {
	if len(entries) == 0 {
		return
	}
	e.WriteString("[" + name + "]\n")
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		e.text(quote(key), entries[key])
	}
}

func (e *encoder) raw(key, value string)          { fmt.Fprintf(e, "%s = %s\n", key, value) }
func (e *encoder) text(key, value string)         { e.raw(key, quote(value)) }
func (e *encoder) number(key string, value int64) { e.raw(key, strconv.FormatInt(value, 10)) }

func (e *encoder) instant(key string, at Time) { e.raw(key, at.UTC().Format(time.RFC3339)) }

// list writes the words sorted.
func (e *encoder) list(key string, words []string) {
	quoted := make([]string, len(words))
	for i, word := range slices.Sorted(slices.Values(words)) {
		quoted[i] = quote(word)
	}
	e.raw(key, "["+strings.Join(quoted, ", ")+"]")
}

func (e *encoder) flag(key string, set bool) {
	if set {
		e.raw(key, "true")
	}
}

func (e *encoder) expiry(at Expiry) {
	if !at.IsZero() {
		e.raw("expires", at.String())
	}
}

func (e *encoder) optional(key, value string) {
	if value != "" {
		e.text(key, value)
	}
}

// quote writes a basic string of TOML (https://toml.io/en/v1.0.0#string).
// Invisible characters are escaped, so that a reviewer sees them.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08X`, r)
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
