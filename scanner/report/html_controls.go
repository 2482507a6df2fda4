package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
)

// A control is a requirement of a standard, what this very report has to say
// for it, and what nobody may read into it. Sources: PCI DSS 4.0.1, NIST SP
// 800-53 revision 5, AICPA trust services criteria 2017, CIS Controls 8.1.
type control struct {
	Standard, ID, Name string
	Standing           standing
	Shows              []string
	Not                string
}

// standing is how far a report supports a control.
type standing string

const (
	supports standing = "supports"
	partly   standing = "in part"
	silent   standing = "says nothing"
)

// Class is the mark that the standing is drawn with.
func (s standing) Class() string {
	return map[standing]string{supports: "md", partly: "mf", silent: "mn"}[s]
}

// reassess is how often CIS 2.6 wants the allow list looked at again.
const reassess = 183 * 24 * time.Hour

// week is the interval of PCI DSS 11.5.2.
const week = 7 * 24 * time.Hour

// facts are what the controls are measured by.
type facts struct {
	compared   bool // with a manifest that was not refused
	whole      bool
	signers    []string
	undecided  int // plugins that nobody has decided on
	stated     stated
	oldest     time.Time // of the approvals
	oldestRead bool
	weekly     bool // the sweep before is not older than a week
}

// stated counts plugins that have an approval, and what their approvals state.
type stated struct {
	approvals, tickets, reasons, ends, impacts, tests, rollbacks int
}

func (s *stated) add(a *scanner.Approval) {
	s.approvals++
	for n, text := range map[*int]string{&s.tickets: a.Ticket, &s.reasons: a.Reason, &s.impacts: a.Impact, &s.tests: a.Tested, &s.rollbacks: a.Rollback} {
		if strings.TrimSpace(text) != "" {
			*n++
		}
	}
	if end, err := manifests.ParseExpiry(a.Expires); err == nil && !end.IsZero() {
		s.ends++
	}
}

func factsOf(r *scanner.Report) facts {
	f := facts{compared: compared(r) && r.Summary.Exit != scanner.ExitTrust, whole: wholeView(r)}
	if r.Manifest != nil {
		f.signers = r.Manifest.Signers
	}
	for _, p := range r.Plugins {
		if p.Verdict != scanner.Approved {
			f.undecided++
		}
		if p.Approval == nil {
			continue
		}
		f.stated.add(p.Approval)
		if at, err := time.Parse(time.RFC3339, p.Approval.At); err == nil && (!f.oldestRead || at.Before(f.oldest)) {
			f.oldest, f.oldestRead = at, true
		}
	}
	f.weekly = r.Sweep != nil && r.Sweep.PreviousAt != nil && r.Run.Started.Sub(*r.Sweep.PreviousAt) <= week
	return f
}

// atBest is the standing that a control can have, lowered by what the report lacks.
func (f *facts) atBest(best standing) standing {
	switch {
	case !f.compared:
		return silent
	case !f.whole:
		return partly
	}
	return best
}

func controlsOf(r *scanner.Report) []control {
	f := factsOf(r)
	comparison := fmt.Sprintf("%s of %s (%s) hashed; %s.", manifests.Count(r.Coverage.Files, "file"), manifests.Count(r.Coverage.Plugins, "plugin"), bytesText(r.Coverage.Bytes), f.against(r))
	missing := ""
	if !f.whole {
		missing = "Not everything was looked at: see the coverage."
	}
	s := f.stated
	records := fmt.Sprintf("%d of %s have an approval on record: %d with a ticket, %d with a reason, %d with an end.",
		s.approvals, manifests.Count(len(r.Plugins), "plugin"), s.tickets, s.reasons, s.ends)
	procedure := fmt.Sprintf("Approvals that state an impact: %d; a test: %d; a way back: %d.", s.impacts, s.tests, s.rollbacks)
	emergency := emergencies(r)
	if emergency != "" {
		emergency += "."
	}
	undecided := "No plugin waits for a decision."
	if f.undecided > 0 {
		undecided = fmt.Sprintf("%s undecided: not approved, or not what was approved.", countAre(f.undecided, "plugin"))
	}
	signed := "No signature on the manifest was verified in this run."
	if len(f.signers) > 0 {
		signed = fmt.Sprintf("The manifest's signature was verified: %s.", strings.Join(f.signers, ", "))
	}
	gate := fmt.Sprintf("The gate's decision is recorded: %s, exit code %d, threshold %s.", r.Summary.Verdict, r.Summary.Exit, r.Run.FailOn)

	controls := []control{
		{"PCI DSS", "11.5.2", "Change detection on critical files", f.interval(), []string{comparison, f.schedule(r), missing},
			"That it runs every week (the ledger shows that, one report does not), that anybody is alerted, or that files other than plugins are watched."},
		{"PCI DSS", "6.5.1", "Changes follow a procedure", f.onRecord(), []string{records, procedure, emergency, undecided},
			"That what an approval states of impact, tests and back-out is true, or what a ticket says of them: plugvet does not read tickets."},
		{"NIST 800-53", "CM-3", "Configuration change control", f.onRecord(), []string{records, procedure, emergency, undecided},
			"That the change was reviewed for its effect on security; it shows who let it in."},
		{"NIST 800-53", "CM-5(1)", "Access enforcement and audit records", f.atBest(partly), []string{gate, f.by(r)},
			"That access to the machine is enforced: part (a) is the machine's, and only the record of part (b) is here."},
		{"NIST 800-53", "CM-8(3)", "Unauthorized component detection", f.atBest(supports), []string{comparison, undecided, missing},
			"That anything was isolated or anybody told: the report detects, it does not act."},
		{"NIST 800-53", "CM-14", "Signed components", f.signed(partly), []string{signed},
			"That a plugin carries its vendor's signature, or that an installation was prevented: what is signed is the list of what may be installed."},
		{"NIST 800-53", "SI-7", "Software and information integrity", f.atBest(supports), []string{comparison, f.differing(r), missing},
			"Integrity in memory, of the operating system, or between two runs."},
		{"NIST 800-53", "AU-10", "Non-repudiation", f.signed(partly), []string{signed},
			"That this page is what was written: it is not signed itself. The signature is on the evidence bundle that holds it."},
		{"SOC 2", "CC8.1", "Changes are authorised and approved", f.onRecord(), []string{records, procedure, emergency, undecided},
			"That the tests were made, or that the approver is not the author; the change's ticket must show both."},
		{"CIS Controls", "2.6", "Allow-list of libraries", f.atBest(partly), []string{undecided, f.age(r)},
			"That a library which is not allowed cannot load: plugvet finds it, it does not block it."},
	}
	for i := range controls {
		controls[i].Shows = slices.DeleteFunc(controls[i].Shows, func(s string) bool { return s == "" })
	}
	return controls
}

// interval: a comparison alone says nothing about the next or the last one.
func (f *facts) interval() standing {
	if f.weekly {
		return f.atBest(supports)
	}
	return f.atBest(partly)
}

// onRecord: approvals show a decision where all of them name a ticket or a
// reason and nothing is undecided. The procedure around them lies elsewhere.
func (f *facts) onRecord() standing {
	if f.stated.approvals == 0 {
		return silent
	}
	return f.atBest(partly)
}

func (f *facts) signed(best standing) standing {
	if len(f.signers) == 0 {
		return silent
	}
	return f.atBest(best)
}

func (f *facts) against(r *scanner.Report) string {
	if !f.compared {
		return "compared with nothing, as " + uncompared(r)
	}
	return fmt.Sprintf("compared with the manifest %s, sequence %d", r.Manifest.ID, r.Manifest.Sequence)
}

func (f *facts) schedule(r *scanner.Report) string {
	switch s := r.Sweep; {
	case s == nil:
		return "A single scan: it is part of no ledger."
	case s.PreviousAt == nil:
		return fmt.Sprintf("Sweep %d, the first of its ledger.", s.Sequence)
	default:
		return fmt.Sprintf("Sweep %d; the one before it was of %s.", s.Sequence, when(*s.PreviousAt))
	}
}

func (f *facts) by(r *scanner.Report) string {
	if r.Run.User == "" {
		return ""
	}
	return fmt.Sprintf("Run by %s on %s at %s.", r.Run.User, r.Run.Machine.Name, when(r.Run.Finished))
}

func (f *facts) differing(r *scanner.Report) string {
	if !f.compared {
		return ""
	}
	return fmt.Sprintf("%s modified, %d missing.", manifests.Count(r.Summary.ByVerdict[scanner.Modified], "plugin"), r.Summary.ByVerdict[scanner.Missing])
}

func (f *facts) age(r *scanner.Report) string {
	if !f.oldestRead {
		return ""
	}
	text := fmt.Sprintf("The oldest approval is of %s", f.oldest.UTC().Format(time.DateOnly))
	if r.Run.Finished.Sub(f.oldest) > reassess {
		return text + ", more than half a year ago: it is due to be looked at again."
	}
	return text + ", less than half a year ago."
}
