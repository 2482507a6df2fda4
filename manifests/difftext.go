package manifests

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// WriteText writes the difference as a change record. A gained capability has
// a line of its own, in capitals, above everything else.
func (d Difference) WriteText(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "manifest %s, sequence %d -> %d: %s -> %d\n",
		change(d.Old.ID, d.New.ID), d.Old.Sequence, d.New.Sequence, Count(d.Old.Plugins, "plugin"), d.New.Plugins)
	if d.New.Sequence <= d.Old.Sequence && !d.Empty() {
		b.WriteString("SEQUENCE DOES NOT RISE: a gate that knows the old manifest refuses the new one\n")
	}
	if plugins, by := d.gained(); plugins > 0 {
		fmt.Fprintf(&b, "CAPABILITIES GAINED by %s: %s\n", Count(plugins, "plugin"), counted(by))
	}
	if d.Old.Rules != d.New.Rules {
		fmt.Fprintf(&b, "rules %s\n", change(d.Old.Rules, d.New.Rules))
	}
	if d.Empty() {
		b.WriteString("no plugin differs\n")
	}
	for i := range d.Plugins {
		b.WriteByte('\n')
		d.Plugins[i].writeText(&b)
	}
	for _, r := range d.Revoked {
		fmt.Fprintf(&b, "\nREVOKED   %s\n", r)
	}
	for _, r := range d.Revived {
		fmt.Fprintf(&b, "\nREVOCATION LIFTED   %s\n", r)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (c *PluginChange) writeText(b *bytes.Buffer) {
	switch {
	case c.Old == nil:
		fmt.Fprintf(b, "added     %s\n", titled(c.New.Host, c.New.Name, c.New.Version))
	case c.New == nil:
		fmt.Fprintf(b, "removed   %s\n", titled(c.Old.Host, c.Old.Name, c.Old.Version))
	case c.Old.Version != c.New.Version:
		fmt.Fprintf(b, "changed   %s %s\n", titled(c.New.Host, c.New.Name, ""), change(c.Old.Version, c.New.Version))
	default:
		fmt.Fprintf(b, "changed   %s\n", titled(c.New.Host, c.New.Name, c.New.Version))
	}
	for _, capability := range c.Gains {
		fmt.Fprintf(b, "  GAINS %s\n", capability)
	}
	for _, capability := range c.Loses {
		fmt.Fprintf(b, "  loses %s\n", capability)
	}
	if c.Old == nil || c.New == nil {
		e := c.entry()
		fmt.Fprintf(b, "  path      %s\n", tree.Visible(e.Path))
		fmt.Fprintf(b, "  content   %s, %s\n", e.Tree, Count(e.Files, "file"))
		for _, name := range slices.Sorted(maps.Keys(e.Binaries)) {
			fmt.Fprintf(b, "  binary    %s %s\n", tree.Visible(name), e.Binaries[name])
		}
		fmt.Fprintf(b, "  approval  %s\n", e.Approval)
		writeOrigins(b, e)
		return
	}
	if c.Old.Path != c.New.Path {
		fmt.Fprintf(b, "  path      %s\n", change(c.Old.Path, c.New.Path))
	}
	if c.Old.Tree != c.New.Tree {
		fmt.Fprintf(b, "  content   %s, %s -> %s\n", change(c.Old.Tree, c.New.Tree), Count(c.Old.Files, "file"), Count(c.New.Files, "file"))
	}
	if c.Old.Pinned != c.New.Pinned {
		fmt.Fprintf(b, "  pinned    %t -> %t\n", c.Old.Pinned, c.New.Pinned)
	}
	writeChanges(b, "binary", c.Binaries)
	writeChanges(b, "link", c.Links)
	switch {
	case c.Old.Approval != c.New.Approval:
		fmt.Fprintf(b, "  approval  %s\n  was       %s\n", c.New.Approval, c.Old.Approval)
		writeOrigins(b, c.New)
	case c.Old.Tree != c.New.Tree || len(c.Gains) > 0:
		b.WriteString("  NO NEW APPROVAL: what changed stands under the old one\n")
		fmt.Fprintf(b, "  approval  %s\n", c.New.Approval)
	}
}

func writeOrigins(b *bytes.Buffer, e *Entry) {
	if e.From != nil {
		fmt.Fprintf(b, "  from      %s\n", e.From)
	}
	if e.Source != nil {
		fmt.Fprintf(b, "  source    %s\n", e.Source)
	}
}

func writeChanges(b *bytes.Buffer, noun string, changes []Change) {
	for _, c := range changes {
		fmt.Fprintf(b, "  %-8s  %s %s: %s\n", noun, c.Change, tree.Visible(c.Path), change(c.Was, c.Is))
	}
}

// change is "old -> new", or the one where both are the same.
func change(old, new string) string {
	if old == new {
		return tree.Visible(new)
	}
	return orNone(tree.Visible(old)) + " -> " + orNone(tree.Visible(new))
}

// counted is "exec (2), network (1)".
func counted(counts map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%s (%d)", name, counts[name]))
	}
	return strings.Join(parts, ", ")
}
