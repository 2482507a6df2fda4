package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"plugvet/manifests"
	"plugvet/scanner"
)

// WriteInventoryText writes what discover found, a line for each location and
// each plugin.
func WriteInventoryText(w io.Writer, inv *scanner.Inventory, opts Options) error {
	t := &text{w: bufio.NewWriter(w), Options: opts, roots: len(inv.Run.Roots)}
	t.line("%s", t.style(bold, fmt.Sprintf("%s in %s", manifests.Count(len(inv.Locations), "location"), strings.Join(inv.Run.Roots, ", "))))
	tab := tabwriter.NewWriter(t.w, 0, 0, 2, ' ', 0)
	for _, l := range inv.Locations {
		how := l.How
		if l.By.File != "" {
			how += " " + reference(l.By.File, l.By.Line)
		}
		fmt.Fprintf(tab, "  %s\t%s\t%s\n", l.Host, t.place(l.Root, l.Path), strings.Join(nonEmpty(how, l.Detail), " "))
	}
	if err := tab.Flush(); err != nil {
		return err
	}
	t.line("")
	t.line("%s", t.style(bold, manifests.Count(len(inv.Plugins), "plugin")))
	for _, p := range inv.Plugins {
		state := "present"
		switch {
		case p.Server:
			state = "server"
		case p.Loaded:
			state = "loaded"
		}
		fmt.Fprintf(tab, "  %s\t%s\t%s\t%s\t%s", state, p.Host+"/"+p.Name, p.Version, t.place(p.Root, p.Path), manifests.Count(p.Files, "file"))
		if len(p.LoadedBy) > 0 {
			fmt.Fprintf(tab, "\t%s", reference(p.LoadedBy[0].File, p.LoadedBy[0].Line))
			if more := len(p.LoadedBy) - 1; more > 0 {
				fmt.Fprintf(tab, " and %d more", more)
			}
		}
		fmt.Fprintln(tab)
	}
	if err := tab.Flush(); err != nil {
		return err
	}
	for _, p := range inv.Plugins {
		for _, o := range p.Observations {
			t.line("  %s %s/%s: %s (%s)", t.severity(o.Severity), p.Host, p.Name, o.Description, o.Rule)
		}
	}
	t.gaps(&inv.Coverage)
	if len(inv.Plugins) == 0 {
		t.line("no plugin was found")
	}
	return t.w.Flush()
}

// place is a path, with its root where there are several.
func (t *text) place(root, path string) string {
	if t.roots > 1 && root != "" { // an approved plugin that is missing has none
		return root + ": " + path
	}
	return path
}
