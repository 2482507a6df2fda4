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
	fmt.Fprintf(&b, "manifest %s, sequence %d: %s, %d revoked\n", shown(m.ID), m.Sequence,
		count(len(m.Plugins), "approved plugin"), len(m.Revoked))
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
			fmt.Fprintf(&b, "\n%s\n", shown(host))
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
	fmt.Fprintf(b, "  %s\n", strings.TrimSpace(shown(e.Name+" "+e.Version)))
	where := shown(e.Path)
	if e.Pinned {
		where += " (pinned: approved only there)"
	}
	fmt.Fprintf(b, "    path          %s\n", where)
	fmt.Fprintf(b, "    content       %s, %s\n", e.Tree, count(e.Files, "file"))
	if len(e.Capabilities) > 0 {
		fmt.Fprintf(b, "    capabilities  %s\n", strings.Join(e.Capabilities, ", "))
	}
	for _, name := range slices.Sorted(maps.Keys(e.Binaries)) {
		fmt.Fprintf(b, "    binary        %s %s\n", e.Binaries[name], shown(name))
	}
	for _, name := range slices.Sorted(maps.Keys(e.Links)) {
		fmt.Fprintf(b, "    link          %s -> %s\n", shown(name), shown(e.Links[name]))
	}
	fmt.Fprintf(b, "    approved      %s\n", e.Approval)
	if e.Approval.Expires.Passed(now) {
		b.WriteString("    EXPIRED       an approval that has ended approves nothing\n")
	}
}

// String is an approval in one line.
func (a Approval) String() string {
	text := fmt.Sprintf("by %s on %s", shown(a.By), a.At.UTC().Format(time.DateOnly))
	if a.Ticket != "" {
		text += ", " + shown(a.Ticket)
	}
	if a.Reason != "" {
		text += ": " + shown(a.Reason)
	}
	if !a.Expires.IsZero() {
		text += " (until " + a.Expires.String() + ")"
	}
	return text
}

// String is a revocation in one line.
func (r Revocation) String() string {
	what := r.Digest
	if what == "" {
		what = titled(r.Host, r.Name, r.Version)
	}
	text := what + ": " + shown(r.Reason)
	if r.By != "" {
		text += ", by " + shown(r.By)
	}
	if r.Ticket != "" {
		text += ", " + shown(r.Ticket)
	}
	return text
}

// shown is text from a manifest without control characters and the like, which
// whoever edits the file could put there. Names are printable already, so
// their backslashes stay.
func shown(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r == '\\' {
			b.WriteRune(r)
		} else {
			b.WriteString(tree.Printable(string(r)))
		}
	}
	return b.String()
}

// titled is how an entry is named to people: "nginx/ngx_http_geoip2_module 3.4".
func titled(host, name, version string) string {
	title := host + "/" + name
	if version != "" {
		title += " " + version
	}
	return shown(title)
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
