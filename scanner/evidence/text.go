package evidence

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"time"
)

// A page is text for a terminal. What files say may be anything, and reaches
// it as letters.
type page struct{ bytes.Buffer }

func (p *page) line(format string, args ...any) {
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = harmless(s)
		}
	}
	fmt.Fprintf(p, format+"\n", args...)
}

func (p *page) list(label string, texts []string) {
	for _, text := range texts {
		p.line("%-15s %s", label, text)
	}
}

// WriteText says what a bundle holds. Nothing is verified.
func WriteText(w io.Writer, b *Bundle) error {
	var p page
	x, r := b.Index, b.Report
	p.line("bundle %d of %s on %s: %s", x.Sequence, x.At.Format(time.RFC3339), r.Run.Machine.Name, x.Verdict)
	if x.Previous == "" {
		p.line("%-15s %s", "previous", "none, it is the first")
	} else {
		p.line("%-15s %s", "previous", x.Previous)
	}
	p.line("%-15s %s", indexFile, b.Digest())
	p.line("%-15s %s %s", "made by", x.MadeBy.Tool, x.MadeBy.Version)
	p.list("root", r.Run.Roots)
	if m := r.Manifest; m != nil {
		p.line("%-15s %s, sequence %d, %s", "manifest", m.ID, m.Sequence, m.SHA256)
	}
	p.line("%-15s %d, %s", "rules", r.Rules.Count, r.Rules.Digest)
	p.line("%-15s %d, violations %d", "plugins", len(r.Plugins), r.Summary.Violations)
	if len(x.Signers) == 0 {
		p.line("%-15s %s", "signed", "no")
	}
	p.list("signed with", x.Signers)
	p.list("irregular", x.Irregular)
	p.line("%-15s", "files")
	for _, name := range b.Files.names() {
		p.line("  %10d  %s", len(b.Files[name]), name)
	}
	_, err := w.Write(p.Bytes())
	return err
}

// WriteText says what was verified, what is wrong, and what follows from it.
func (v *Verification) WriteText(w io.Writer) error {
	var p page
	if b := v.Bundle; b != nil {
		p.line("bundle %d of %s on %s: %s", b.Index.Sequence, b.Index.At.Format(time.RFC3339), b.Report.Run.Machine.Name, b.Index.Verdict)
	}
	for _, s := range v.Signers {
		who := s.Principal
		if who == "" {
			who = "somebody"
		}
		p.line("%-15s %s (%s)", "signed by", who, s.Fingerprint)
	}
	p.list("note", v.Notes)
	p.list("FAULT", v.Faults)
	if v.OK() {
		p.list("proves", v.Proves())
		p.list("does not prove", v.DoesNotProve())
		p.line("VERIFIED: %s", v.Path)
	} else {
		p.line("NOT VERIFIED: %s: %s", v.Path, faults(len(v.Faults)))
	}
	_, err := w.Write(p.Bytes())
	return err
}

// WriteText says what was verified and what is wrong.
func (v *LedgerVerification) WriteText(w io.Writer) error {
	var p page
	p.line("ledger of %d entries", v.Entries)
	if !v.First.IsZero() {
		p.line("%-15s %s", "first sweep", v.First.Format(time.RFC3339))
		p.line("%-15s %s", "last sweep", v.Last.Format(time.RFC3339))
	}
	if v.Head != "" {
		p.line("%-15s %s", "head", v.Head)
	}
	p.list("note", v.Notes)
	p.list("FAULT", v.Faults)
	if v.OK() {
		p.line("%-15s %s", "proves", "No entry was altered, removed from within, or put elsewhere, and each is a bundle that holds.")
		if !v.headKept {
			p.line("%-15s %s", "does not prove", "That the last entries are all there. Keep the head elsewhere (evidence show --ledger DIR --head) and give it back with --head.")
		}
		p.line("%-15s %s", "does not prove", "What no bundle proves: see evidence verify of an entry.")
		p.line("VERIFIED: %s", v.Dir)
	} else {
		p.line("NOT VERIFIED: %s: %s", v.Dir, faults(len(v.Faults)))
	}
	_, err := w.Write(p.Bytes())
	return err
}

func faults(n int) string {
	if n == 1 {
		return "1 fault"
	}
	return fmt.Sprintf("%d faults", n)
}

// WriteLedgerText lists the entries of a ledger, a line each. Nothing is
// verified; an entry that cannot be read is an [*Error].
func WriteLedgerText(w io.Writer, dir string) error {
	sequences, err := entries(dir)
	if err != nil {
		return err
	}
	var p page
	for _, n := range sequences {
		b, err := Read(filepath.Join(dir, entryFile(n)))
		if err != nil {
			return err
		}
		drift := "first"
		if s := b.Report.Sweep; s != nil && s.Sequence > 1 {
			drift = fmt.Sprintf("%d new, %d gone, %d changed, %d fixed", len(s.New), len(s.Gone), len(s.Changed), len(s.Fixed))
		}
		p.line("%s  %s  %-10s  %d plugins, %d violations  %s", entryFile(n), b.Index.At.Format(time.RFC3339), b.Index.Verdict,
			len(b.Report.Plugins), b.Report.Summary.Violations, drift)
	}
	if head, err := Head(dir); err == nil {
		p.line("%s  %s", headFile, head)
	}
	_, err = w.Write(p.Bytes())
	return err
}
