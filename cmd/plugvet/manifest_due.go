package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/report"
	"plugvet/scanner/settings"
	"plugvet/scanner/tree"

	"github.com/spf13/pflag"
)

// dueFlags ask for what needs a decision, instead of all that is approved.
type dueFlags struct {
	expiring  string
	undecided bool
	report    string
}

func (d *dueFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&d.expiring, "expiring", "", "only what needs a decision: expired, to be reviewed after an emergency, and what expires within this span, such as 30d")
	flags.BoolVar(&d.undecided, "undecided", false, "only what needs a decision: expired, to be reviewed after an emergency, and what lies below PATH and nobody approved")
	flags.StringVar(&d.report, "report", "", "with --undecided: read that from this JSON report instead of PATH")
}

func (d *dueFlags) asked() bool { return d.expiring != "" || d.undecided || d.report != "" }

// A due is the answer in its JSON form.
type due struct {
	Manifest dueManifest `json:"manifest"`
	manifests.Due
	Undecided []undecided `json:"undecided"`
}

type dueManifest struct {
	ID       string `json:"id"`
	Sequence int64  `json:"sequence"`
	Plugins  int    `json:"plugins"`
}

// An undecided is a plugin on the disk that the manifest does not approve as it
// lies there.
type undecided struct {
	Host         string            `json:"host"`
	Name         string            `json:"name"`
	Version      string            `json:"version,omitempty"`
	Root         string            `json:"root"`
	Path         string            `json:"path"`
	Tree         string            `json:"tree"`
	Verdict      scanner.Verdict   `json:"verdict"`
	Loaded       bool              `json:"loaded"`
	Severity     scanner.Severity  `json:"severity"`
	Capabilities []string          `json:"capabilities"`
	Undeclared   []string          `json:"undeclared"`
	Source       *manifests.Source `json:"source,omitempty"`
}

func runManifestDue(ctx context.Context, c *call) (int, error) {
	if err := c.out.checkOneOf("text", "json"); err != nil {
		return 0, err
	}
	within, err := c.checkDue()
	if err != nil {
		return 0, err
	}
	m, data, err := manifests.Read(c.args[0])
	if err != nil {
		return 0, usageError("", "manifest: %w", err)
	}
	answer := due{
		Manifest: dueManifest{m.ID, m.Sequence, len(m.Plugins)}, Due: m.Due(time.Now(), within), Undecided: []undecided{},
	}
	code := scanner.ExitPass
	if c.due.undecided {
		found, err := c.lastReport(ctx, manifests.Digest(data))
		if err != nil {
			return 0, err
		}
		answer.Undecided = undecidedOf(found)
		if found.Summary.Exit == scanner.ExitIncomplete {
			code = scanner.ExitIncomplete
			fmt.Fprintln(c.stderr, "plugvet: not everything could be looked at: the list may lack something")
		}
	}
	if c.out.format == "json" {
		err = report.WriteJSON(c.stdout, answer)
	} else {
		err = answer.writeText(c)
	}
	return code, writing("stdout", err)
}

func (c *call) checkDue() (within manifests.Span, err error) {
	d := &c.due
	switch {
	case len(c.args) == 0:
		return 0, usageError("see "+c.verb+" --help", "expected a manifest")
	case d.report != "" && !d.undecided:
		return 0, usageError("", "--report is for --undecided")
	case !d.undecided && len(c.args) > 1:
		return 0, usageError("PATH is for --undecided", "unexpected argument %q", c.args[1])
	case len(c.args) > 1 && d.report != "":
		return 0, usageError("", "--undecided: expected either a PATH to look at or --report FILE.json")
	}
	if d.expiring != "" {
		if within, err = manifests.ParseSpan(d.expiring); err != nil {
			return 0, usageError("", "--expiring: %w", err)
		}
	}
	return within, nil
}

// lastReport scans, or reads a scan of before that was held against the very
// manifest: one that was held against another says nothing of this.
func (c *call) lastReport(ctx context.Context, digest string) (*scanner.Report, error) {
	if c.due.report == "" {
		c.scan.manifest, c.args = c.args[0], c.args[1:]
		c.scan.trust.state = settings.StateOff // the gate remembers
		opts, err := c.scanOptions()
		if err != nil {
			return nil, err
		}
		if opts.Approved, opts.Untrusted, err = opts.Approvals(); err != nil {
			return nil, err
		}
		opts.Approvals = nil
		if opts.Untrusted != nil { // nothing of it counts, so everything would be undecided
			return nil, c.distrust
		}
		return c.scanWith(ctx, opts)
	}
	f, err := os.Open(c.due.report)
	if err != nil {
		return nil, usageError("", "--report: %w", err)
	}
	defer f.Close()
	found, err := report.ReadJSON(f)
	if err != nil {
		return nil, usageError("", "--report %s: %w", c.due.report, err)
	}
	if found.Manifest == nil || found.Manifest.Untrusted != "" || found.Manifest.SHA256 != digest {
		return nil, usageError("scan anew with --manifest "+c.args[0], "--report %s was not made with this manifest as it is now", c.due.report)
	}
	return found, nil
}

func undecidedOf(found *scanner.Report) []undecided {
	list := []undecided{}
	for _, p := range found.Plugins {
		waits := p.Verdict == scanner.Unapproved || p.Verdict == scanner.Modified || len(p.Undeclared) > 0 && p.Verdict == scanner.Approved
		if !waits {
			continue
		}
		list = append(list, undecided{
			Host: p.Host, Name: p.Name, Version: p.Version, Root: p.Root, Path: p.Path, Tree: p.Tree,
			Verdict: p.Verdict, Loaded: p.Loaded, Severity: p.Severity,
			Capabilities: p.Capabilities, Undeclared: p.Undeclared, Source: p.Source,
		})
	}
	slices.SortStableFunc(list, func(a, b undecided) int { return b.Severity.Compare(a.Severity) })
	return list
}

func (d *due) writeText(c *call) error {
	var b strings.Builder
	fmt.Fprintf(&b, "manifest %s, sequence %d: %s; %s to decide on\n", tree.Visible(d.Manifest.ID), d.Manifest.Sequence,
		manifests.Count(d.Manifest.Plugins, "approved plugin"), manifests.Count(d.Count()+len(d.Undecided), "thing"))
	if err := d.WriteText(&b); err != nil {
		return err
	}
	if len(d.Undecided) > 0 {
		b.WriteString("\nundecided: on the disk, and not approved as it is\n")
	}
	for _, u := range d.Undecided {
		state := "present"
		if u.Loaded {
			state = "loaded"
		}
		title := strings.TrimSpace(u.Host + "/" + u.Name + " " + u.Version)
		fmt.Fprintf(&b, "  %-8s %s  %s, %s\n    path          %s\n", strings.ToUpper(string(u.Severity)), tree.Visible(title), u.Verdict, state, tree.Visible(u.Path))
		if len(u.Capabilities) > 0 {
			fmt.Fprintf(&b, "    capabilities  %s\n", strings.Join(u.Capabilities, ", "))
		}
		if len(u.Undeclared) > 0 {
			fmt.Fprintf(&b, "    undeclared    %s\n", strings.Join(u.Undeclared, ", "))
		}
		if u.Source != nil {
			fmt.Fprintf(&b, "    source        %s\n", u.Source)
		}
	}
	_, err := c.stdout.Write([]byte(b.String()))
	return err
}
