package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
)

// A row is one plugin on the page.
type row struct {
	*scanner.Plugin
	N       int      // its place in the report, from 1: what its links are made of
	Reasons []reason // why somebody must decide on it; empty where it is in order
	Advice  string
	Marks   []mark
	Loud    []findingGroup // findings that weigh something, by rule
	Quiet   []findingGroup // those that are declared, noted or of no weight
}

// State says whether and how the plugin comes to run.
func (r *row) State() string {
	switch {
	case r.Server:
		return "server program"
	case r.Verdict == scanner.Missing:
		return "not on disk"
	case r.Loaded:
		return "loaded"
	}
	return "present"
}

// Judged is the verdict in words, also where there is none.
func (r *row) Judged() string { return cmp.Or(string(r.Verdict), notJudged) }

const notJudged = "not judged"

// A reason is why a plugin needs a decision.
type reason struct {
	Kind string // one of the tally's
	Text string
}

// A tally counts the plugins that need a decision for one kind of reason.
type tally struct {
	Kind  string
	Label string
	Count int
}

// The kinds of reasons, the gravest first.
var reasonKinds = []tally{
	{Kind: "both-new", Label: "new and dangerous together"},
	{Kind: "revoked", Label: "revoked"},
	{Kind: "modified", Label: "modified"},
	{Kind: "unapproved", Label: "unapproved"},
	{Kind: "undeclared", Label: "undeclared capabilities"},
	{Kind: "expired", Label: "expired"},
	{Kind: "emergency", Label: "approved in an emergency"},
	{Kind: "expiring", Label: "about to expire"},
	{Kind: "missing", Label: "missing"},
	{Kind: "unjudged", Label: "not judged"},
	{Kind: "found", Label: "other findings"},
}

// soon is how long before its end an approval counts as about to expire.
const soon = 30 * 24 * time.Hour

func rowsOf(r *scanner.Report) []*row {
	manifest := ""
	if r.Manifest != nil {
		manifest = r.Manifest.Path
	}
	rows := make([]*row, len(r.Plugins))
	for i := range r.Plugins {
		p := &r.Plugins[i]
		rows[i] = &row{Plugin: p, N: i + 1, Reasons: reasonsOf(p, r), Advice: advise(p, manifest)}
		rows[i].Loud, rows[i].Quiet = groupFindings(p.Findings)
	}
	return rows
}

func reasonsOf(p *scanner.Plugin, r *scanner.Report) []reason {
	var reasons []reason
	add := func(kind, format string, args ...any) {
		reasons = append(reasons, reason{kind, fmt.Sprintf(format, args...)})
	}
	if i := slices.IndexFunc(p.Findings, isBothNew); i >= 0 {
		add("both-new", "gained %s, which are dangerous together", list(newTogether(p, &p.Findings[i])))
	}
	switch {
	case p.Verdict == scanner.Modified && len(p.Changes) > 0:
		add("modified", "modified: %s", manifests.Count(len(p.Changes), "file"))
	case p.Verdict != "" && p.Verdict != scanner.Approved:
		add(string(p.Verdict), "%s", p.Verdict)
	case p.Verdict == "" && compared(r):
		add("unjudged", "not judged: a file could not be read")
	}
	if len(p.Undeclared) > 0 {
		add("undeclared", "undeclared: %s", strings.Join(p.Undeclared, ", "))
	}
	if awaitsReview(p) {
		add("emergency", "approved in an emergency: awaits review")
	}
	if p.Approval != nil && p.Verdict != scanner.Expired && p.Verdict != scanner.Missing {
		if ending(p.Approval.Expires, r.Run.Finished) == "soon" {
			add("expiring", "approved until %s only", p.Approval.Expires)
		}
	}
	threshold := scanner.Medium
	if r.Run.FailOn == scanner.Low {
		threshold = scanner.Low
	}
	if found := weightiest(p.Findings); len(p.Undeclared) == 0 && found.AtLeast(threshold) {
		add("found", "a %s finding", found)
	}
	return reasons
}

// weightiest is the worst severity of the findings.
func weightiest(findings []scanner.Finding) scanner.Severity {
	found := scanner.None
	for _, f := range findings {
		if f.Severity.AtLeast(found) {
			found = f.Severity
		}
	}
	return found
}

// ending says how near the end of an approval is at now: "passed", "soon",
// "later", or empty where it has none, or states none that can be read.
func ending(expires string, now time.Time) string {
	end, err := manifests.ParseExpiry(expires)
	switch {
	case err != nil || end.IsZero():
		return ""
	case end.Passed(now):
		return "passed"
	case end.Passed(now.Add(soon)):
		return "soon"
	}
	return "later"
}

func worseRow(a, b *row) int {
	bothNew := func(r *row) bool { return r.Reasons[0].Kind == "both-new" }
	return cmp.Or(newFirst(bothNew(a), bothNew(b)), b.Severity.Compare(a.Severity), a.N-b.N)
}

func tallyOf(decisions []*row) []tally {
	out := slices.Clone(reasonKinds)
	for _, row := range decisions {
		for _, reason := range row.Reasons {
			if i := slices.IndexFunc(out, func(t tally) bool { return t.Kind == reason.Kind }); i >= 0 {
				out[i].Count++
			}
		}
	}
	return out
}

// A mark is what stands in one cell of the matrix; empty where nothing was found.
type mark struct {
	Class string
	Word  string // what a screen reader says
}

type legend struct {
	mark
	Text string
}

// Every mark has a shape of its own, so that colour is never needed to read it.
var marks = []legend{
	{mark{"md", "declared"}, "declared: found, and in the approval"},
	{mark{"mu", "undeclared"}, "undeclared: found, and not in the approval"},
	{mark{"mf", "found"}, "found: there is no approval to hold it against"},
	{mark{"mn", "noted"}, "noted: only in the plugin’s own tests or examples"},
	{mark{"mg", "approved, gone"}, "in the approval of a plugin that is not on disk"},
}

func marksOf(p *scanner.Plugin, columns []string) []mark {
	out := make([]mark, len(columns))
	for i, capability := range columns {
		noted := func(f scanner.Finding) bool { return f.Noted && f.Capability == capability }
		switch {
		case slices.Contains(p.Undeclared, capability):
			out[i] = marks[1].mark
		case p.Verdict == scanner.Missing && slices.Contains(p.Capabilities, capability):
			out[i] = marks[4].mark
		case slices.Contains(p.Capabilities, capability) && p.Approval != nil && capability != "rule":
			out[i] = marks[0].mark
		case slices.Contains(p.Capabilities, capability):
			out[i] = marks[2].mark
		case slices.ContainsFunc(p.Findings, noted):
			out[i] = marks[3].mark
		}
	}
	return out
}

// columnsOf are the capabilities that a manifest knows, and with them those of
// others' rules where there are any.
func columnsOf(rows []*row) []string {
	columns := slices.Clone(manifests.Capabilities)
	for _, row := range rows {
		for _, capability := range row.Capabilities {
			if !slices.Contains(columns, capability) {
				columns = append(columns, capability)
			}
		}
	}
	slices.Sort(columns[len(manifests.Capabilities):])
	return columns
}

// legendOf are the marks that occur.
func legendOf(rows []*row) []legend {
	return slices.DeleteFunc(slices.Clone(marks), func(l legend) bool {
		return !slices.ContainsFunc(rows, func(r *row) bool { return slices.Contains(r.Marks, l.mark) })
	})
}

// A findingGroup is what one rule found in one plugin, with one weight.
type findingGroup struct {
	scanner.Finding                   // the first: rule, capability, severity and what they share
	Places          []scanner.Finding // all of them
}

// Flags say in words what sets the finding apart.
func (g findingGroup) Flags() []string {
	var flags []string
	for _, flag := range []struct {
		set  bool
		word string
	}{{g.BothNew, "new and dangerous together"}, {g.Declared, "declared"}, {g.Noted, ownTests}, {g.View == "decoded", "hidden: seen only after decoding"}} {
		if flag.set {
			flags = append(flags, flag.word)
		}
	}
	return flags
}

// groupFindings sorts findings, the worst first, and puts together those of one
// rule that weigh the same.
func groupFindings(findings []scanner.Finding) (loud, quiet []findingGroup) {
	var groups []findingGroup
	for _, f := range worstFirst(findings) {
		if n := len(groups); n > 0 {
			last := &groups[n-1]
			if f.Rule == last.Rule && f.Capability == last.Capability && f.Severity == last.Severity && f.Description == last.Description && f.Attack == last.Attack &&
				f.Confidence == last.Confidence && f.Declared == last.Declared && f.Noted == last.Noted && f.BothNew == last.BothNew && f.View == last.View {
				last.Places = append(last.Places, f)
				continue
			}
		}
		groups = append(groups, findingGroup{f, []scanner.Finding{f}})
	}
	for _, g := range groups {
		if g.Severity.AtLeast(scanner.Low) {
			loud = append(loud, g)
		} else {
			quiet = append(quiet, g)
		}
	}
	return loud, quiet
}

// Place is where a finding lies in its file.
func (findingGroup) Place(f scanner.Finding) string {
	if f.Line == 0 && f.Offset >= 0 {
		return fmt.Sprintf("%s, byte %d", f.Path, f.Offset)
	}
	return reference(f.Path, f.Line)
}

// A ruleNote says once what a rule means.
type ruleNote struct {
	Rule, Capability, Attack, Description string
	Plugins, Places                       int
}

func ruleNotes(r *scanner.Report) []ruleNote {
	type key struct{ rule, capability, attack, description string }
	notes := map[key]*ruleNote{}
	var order []key
	for _, p := range r.Plugins {
		here := map[key]bool{}
		for _, f := range p.Findings {
			k := key{f.Rule, f.Capability, f.Attack, f.Description}
			if notes[k] == nil {
				notes[k] = &ruleNote{Rule: f.Rule, Capability: f.Capability, Attack: f.Attack, Description: f.Description}
				order = append(order, k)
			}
			notes[k].Places++
			if !here[k] {
				here[k] = true
				notes[k].Plugins++
			}
		}
	}
	slices.SortFunc(order, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.capability, b.capability), cmp.Compare(a.rule, b.rule), cmp.Compare(a.attack, b.attack), cmp.Compare(a.description, b.description))
	})
	out := make([]ruleNote, len(order))
	for i, k := range order {
		out[i] = *notes[k]
	}
	return out
}

// An approvalGroup is one approval with the plugins that it let in.
type approvalGroup struct {
	scanner.Approval
	State string // when it ends, in words
	Class string // see ending
	Rows  []*row
}

// approvalsOf groups plugins by their approval, the one that ends first before
// the others, and counts those that have none.
func approvalsOf(rows []*row, now time.Time) (groups []approvalGroup, without int) {
	index := map[string]int{} // by the approval as JSON, which has all of it
	for _, row := range rows {
		if row.Approval == nil {
			without++
			continue
		}
		record, _ := json.Marshal(row.Approval)
		i, ok := index[string(record)]
		if !ok {
			i = len(groups)
			index[string(record)] = i
			g := approvalGroup{Approval: *row.Approval, Class: ending(row.Approval.Expires, now)}
			g.State = map[string]string{"passed": "has passed", "soon": "within 30 days"}[g.Class]
			groups = append(groups, g)
		}
		groups[i].Rows = append(groups[i].Rows, row)
	}
	slices.SortStableFunc(groups, func(a, b approvalGroup) int {
		return cmp.Or(newFirst(a.Expires != "", b.Expires != ""), cmp.Compare(a.Expires, b.Expires), cmp.Compare(a.Ticket, b.Ticket), cmp.Compare(a.At, b.At))
	})
	return groups, without
}
