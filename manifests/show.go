package manifests

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"plugvet/scanner/tree"
)

// WriteText shows the manifest to a person: what is approved, by whom, what it
// may do, and which approvals have ended at now.
func (m *Manifest) WriteText(w io.Writer, now time.Time) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "manifest %s, sequence %d: %s, %d revoked\n", tree.Visible(m.ID), m.Sequence,
		Count(len(m.Plugins), "approved plugin"), len(m.Revoked))
	if m.Previous != "" {
		fmt.Fprintf(&b, "supersedes %s\n", m.Previous)
	}
	if m.Rules != "" {
		fmt.Fprintf(&b, "capabilities read with rules %s\n", m.Rules)
	} else {
		b.WriteString("capabilities read with several rule sets: every plugin is matched again\n")
	}
	host := ""
	for i := range m.Plugins {
		e := &m.Plugins[i]
		if e.Host != host {
			host = e.Host
			fmt.Fprintf(&b, "\n%s\n", tree.Visible(host))
		}
		e.writeText(&b, now)
	}
	if len(m.Revoked) > 0 {
		b.WriteString("\nrevoked\n")
	}
	for _, r := range m.Revoked {
		fmt.Fprintf(&b, "  %s\n", r)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (e *Entry) writeText(b *bytes.Buffer, now time.Time) {
	fmt.Fprintf(b, "  %s\n", strings.TrimSpace(tree.Visible(e.Name+" "+e.Version)))
	where := tree.Visible(e.Path)
	if e.Pinned {
		where += " (pinned: approved only there)"
	}
	fmt.Fprintf(b, "    path          %s\n", where)
	fmt.Fprintf(b, "    content       %s, %s\n", e.Tree, Count(e.Files, "file"))
	if len(e.Capabilities) > 0 {
		fmt.Fprintf(b, "    capabilities  %s\n", strings.Join(e.Capabilities, ", "))
	}
	for _, name := range slices.Sorted(maps.Keys(e.Binaries)) {
		fmt.Fprintf(b, "    binary        %s %s\n", e.Binaries[name], tree.Visible(name))
	}
	for _, name := range slices.Sorted(maps.Keys(e.Links)) {
		fmt.Fprintf(b, "    link          %s -> %s\n", tree.Visible(name), tree.Visible(e.Links[name]))
	}
	fmt.Fprintf(b, "    approved      %s\n", e.Approval)
	for _, detail := range []struct{ label, text string }{
		{"impact", e.Approval.Impact}, {"tested", e.Approval.Tested}, {"rollback", e.Approval.Rollback},
	} {
		if detail.text != "" {
			fmt.Fprintf(b, "    %-12s  %s\n", detail.label, tree.Visible(detail.text))
		}
	}
	if e.From != nil {
		fmt.Fprintf(b, "    taken from    %s\n", e.From)
	}
	if e.Source != nil {
		fmt.Fprintf(b, "    source        %s\n", e.Source)
	}
	if e.Approval.Expires.Passed(now) {
		b.WriteString("    EXPIRED       an approval that has ended approves nothing\n")
	}
}

// String is a revocation in one line.
func (r Revocation) String() string {
	what := r.Digest
	if what == "" {
		what = titled(r.Host, r.Name, r.Version)
	}
	text := what + ": " + tree.Visible(r.Reason)
	if r.By != "" {
		text += ", by " + tree.Visible(r.By)
	}
	if !r.At.IsZero() {
		text += " on " + r.At.UTC().Format(time.DateOnly)
	}
	if r.Ticket != "" {
		text += ", " + tree.Visible(r.Ticket)
	}
	return text
}

// titled is how an entry is named to people: "nginx/ngx_http_geoip2_module 3.4".
func titled(host, name, version string) string {
	title := host + "/" + name
	if version != "" {
		title += " " + version
	}
	return tree.Visible(title)
}

// Count is a number with its noun: "1 plugin", "2 plugins".
func Count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
