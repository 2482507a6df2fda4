package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"plugvet/scanner"
)

var csvHeader = []string{
	"machine", "scanned", "plugin", "host", "version", "root", "path", "kind", "loaded", "loaded_by", "verdict", "severity",
	"capabilities", "undeclared", "approved_by", "approved_at", "ticket", "reason", "expires",
	"tree", "files", "bytes", "binaries", "findings", "worst_findings",
	"requested_by", "impact", "tested", "rollback", "emergency", "from", "source",
}

// writeCSV writes an inventory in RFC 4180's form: a row for each plugin, with
// the number of its findings and what the worst of them are. Lists within a
// field are separated by a blank, findings and binaries by "; ".
func writeCSV(w io.Writer, r *scanner.Report, _ Options) error {
	r = cleaned(r)
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(csvHeader); err != nil {
		return err
	}
	for n := range r.Plugins {
		row := csvRow(r, &r.Plugins[n])
		for i := range row {
			row[i] = noFormula(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvRow(r *scanner.Report, p *scanner.Plugin) []string {
	kind := "plugin"
	if p.Server {
		kind = "server"
	}
	var loadedBy, binaries, worst []string
	for _, by := range p.LoadedBy {
		loadedBy = append(loadedBy, reference(by.File, by.Line))
	}
	for _, b := range p.Binaries {
		binaries = append(binaries, b.Path+" "+b.SHA256)
	}
	findings := slices.DeleteFunc(worstFirst(p.Findings), func(f scanner.Finding) bool { return f.Declared || f.Noted })
	for _, f := range findings[:min(len(findings), maxPlaces)] {
		worst = append(worst, fmt.Sprintf("%s %s %s", f.Severity, f.Rule, reference(f.Path, f.Line)))
	}
	a, emergency, from, source := scanner.Approval{}, "", "", ""
	if p.Approval != nil {
		a, emergency = *p.Approval, strconv.FormatBool(p.Approval.Emergency)
	}
	if a.From != nil {
		from = a.From.String()
	}
	if p.Source != nil {
		source = p.Source.String()
	}
	return []string{
		r.Run.Machine.Name, r.Run.Finished.UTC().Format(time.RFC3339), p.Host + "/" + p.Name, p.Host, p.Version, p.Root, p.Path, kind, strconv.FormatBool(p.Loaded), strings.Join(loadedBy, " "),
		string(p.Verdict), string(p.Severity), strings.Join(p.Capabilities, " "), strings.Join(p.Undeclared, " "),
		a.By, a.At, a.Ticket, a.Reason, a.Expires,
		p.Tree, strconv.Itoa(p.Files), strconv.FormatInt(p.Bytes, 10), strings.Join(binaries, "; "),
		strconv.Itoa(len(findings)), strings.Join(worst, "; "),
		a.RequestedBy, a.Impact, a.Tested, a.Rollback, emergency, from, source,
	}
}

// noFormula keeps a spreadsheet from calculating a field: an apostrophe before
// what may begin a formula makes it text (OWASP, "CSV Injection"). Full-width
// forms count as well.
func noFormula(field string) string {
	if strings.IndexFunc(strings.TrimLeft(field, " "), func(r rune) bool { return strings.ContainsRune("=+-@\t\r＝＋－＠", r) }) == 0 {
		return "'" + field
	}
	return field
}
