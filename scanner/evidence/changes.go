package evidence

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/tree"
)

// Changes is changes.json, the change record of a bundle against the one
// before it.
type Changes struct {
	Previous   *PreviousBundle       `json:"previous"`   // nil for the first bundle
	Parameters []Parameter           `json:"parameters"` // those that differ
	Manifest   *manifests.Difference `json:"manifest"`   // nil where it is the same, or one of the two is absent
	New        []scanner.Drift       `json:"new"`
	Gone       []scanner.Drift       `json:"gone"`
	Changed    []scanner.Drift       `json:"changed"`
	Fixed      []scanner.Drift       `json:"fixed"`
	Expiring   []scanner.Drift       `json:"expiring"`
}

// A PreviousBundle is the bundle that was compared with.
type PreviousBundle struct {
	Sequence int64     `json:"sequence"`
	Index    string    `json:"index"` // digest of its index.json, "sha256:…"
	At       time.Time `json:"at"`
}

// A Parameter of a scan is one that makes two scans differ though nothing on
// disk does.
type Parameter struct {
	Name string `json:"name"`
	Was  string `json:"was"`
	Is   string `json:"is"`
}

// changesSince makes the change record of a report, of which manifest is the
// approved manifest in bytes, against a bundle that was verified, or nil.
func changesSince(previous *Bundle, now *scanner.Report, manifest []byte) (*Changes, error) {
	var old *scanner.Report
	c := &Changes{Parameters: []Parameter{}}
	if previous != nil {
		old = previous.Report
		c.Previous = &PreviousBundle{Sequence: previous.Index.Sequence, Index: previous.Digest(), At: previous.Index.At}
		c.Parameters = parametersThatDiffer(old, now)
		if before := previous.Files[manifestFile]; trusted(old) && trusted(now) && !bytes.Equal(before, manifest) {
			parsed := make([]*manifests.Manifest, 2)
			for i, data := range [][]byte{before, manifest} {
				var err error
				if parsed[i], err = manifests.Parse(manifestFile, data); err != nil {
					return nil, err
				}
			}
			difference := manifests.Diff(parsed[0], parsed[1])
			c.Manifest = &difference
		}
	}
	s := compare(old, now)
	c.New, c.Gone, c.Changed, c.Fixed, c.Expiring = s.New, s.Gone, s.Changed, s.Fixed, s.Expiring
	return c, nil
}

// trusted reports whether there is a manifest that may be parsed.
func trusted(r *scanner.Report) bool { return r.Manifest != nil && r.Manifest.Untrusted == "" }

func parametersThatDiffer(old, now *scanner.Report) []Parameter {
	list := []Parameter{}
	was, is := parameters(old), parameters(now)
	for i := range was {
		if was[i].Is != is[i].Is {
			list = append(list, Parameter{Name: is[i].Name, Was: was[i].Is, Is: is[i].Is})
		}
	}
	return list
}

// parameters lists what a scan was made with, always the same ones in the same
// order, as Is.
func parameters(r *scanner.Report) []Parameter {
	manifest, config := "none", "none"
	if m := r.Manifest; m != nil {
		manifest = fmt.Sprintf("%s, sequence %d, %s", m.ID, m.Sequence, m.SHA256)
	}
	if r.Run.Config != nil {
		config = r.Run.Config.SHA256
	}
	list := []Parameter{
		{Name: "plugvet", Is: r.Tool.Version},
		{Name: "libyara", Is: r.Tool.LibYARA},
		{Name: "rules", Is: fmt.Sprintf("%d, %s", r.Rules.Count, r.Rules.Digest)},
		{Name: "manifest", Is: manifest},
		{Name: "settings", Is: config},
		{Name: "machine", Is: strings.Join([]string{r.Run.Machine.Name, r.Run.Machine.OS, r.Run.Machine.Arch}, " ")},
		{Name: "user", Is: r.Run.User},
		{Name: "roots", Is: strings.Join(r.Run.Roots, ", ")},
		{Name: "missing roots", Is: strings.Join(r.Coverage.MissingRoots, ", ")},
		{Name: "hosts", Is: strings.Join(r.Run.Hosts, ", ")},
		{Name: "exclude", Is: strings.Join(r.Run.Exclude, ", ")},
		{Name: "fail on", Is: string(r.Run.FailOn)},
	}
	for i := range list {
		list[i].Is = cmp.Or(list[i].Is, "none")
	}
	return list
}

// writeText writes the record for people.
func (c *Changes) writeText(w io.Writer) error {
	var b page
	line := b.line
	if c.Previous == nil {
		line("The first bundle: there is nothing to compare with.")
	} else {
		line("Changes since bundle %d of %s (%s).", c.Previous.Sequence, c.Previous.At.Format(time.RFC3339), c.Previous.Index)
	}
	for _, section := range []struct {
		title string
		list  []scanner.Drift
	}{{"NEW", c.New}, {"GONE", c.Gone}, {"CHANGED", c.Changed}, {"FIXED", c.Fixed}, {"EXPIRES SOON", c.Expiring}} {
		if len(section.list) == 0 {
			continue
		}
		line("\n%s", section.title)
		for _, d := range section.list {
			place := d.Path
			if d.Root != "" {
				place = d.Root + ": " + d.Path
			}
			line("  %s/%s: %s", d.Host, d.Name, d.Text)
			line("    %s", place)
		}
	}
	if c.Previous != nil && len(c.New)+len(c.Gone)+len(c.Changed)+len(c.Fixed) == 0 {
		line("\nNothing is new, gone, changed or fixed.")
	}
	if len(c.Parameters) > 0 {
		line("\nThe scans were made with different")
		for _, p := range c.Parameters {
			line("  %s: %s → %s", p.Name, p.Was, p.Is)
		}
	}
	if c.Manifest != nil {
		line("\nTHE APPROVED MANIFEST")
		if err := c.Manifest.WriteText(&b); err != nil {
			return err
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// harmless keeps control characters from a terminal, and those that change the
// direction of text. Names and paths of a report are printable already; what a
// config file said may be anything.
func harmless(s string) string { return tree.Visible(s) }
