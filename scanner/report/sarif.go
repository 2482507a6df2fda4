package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// What GitHub takes of one run (docs.github.com, "SARIF support for code
// scanning", validating limits): of more results the worst 5,000 are shown, and
// of more than 100 locations a result the first; a description is cut at 1,024
// characters.
const (
	maxResults     = 5000
	maxRelated     = 100
	maxDescription = 1024
)

const informationURI = "https://attack.mitre.org/detectionstrategies/DET0547/"

// writeSARIF writes one run of SARIF 2.1.0, for code scanning. What an approval
// declares or the settings ignore is there as suppressed.
func writeSARIF(w io.Writer, r *scanner.Report, opts Options) error {
	r = cleaned(r)
	s := &sarifRun{Options: opts, report: r, issues: issuesOf(r), run: sarif.NewRun(), rules: map[string]int{}, bases: map[string]string{}}
	s.run.NewlineSequences = nil // the default
	s.results()
	s.run.WithTool(sarif.NewTool().WithDriver(s.driver())).
		WithTaxonomies([]*sarif.ToolComponent{s.taxonomy}).
		WithInvocations([]*sarif.Invocation{s.invocation()}).
		WithAutomationDetails(sarif.NewRunAutomationDetails().WithID("plugvet/")).
		WithColumnKind("utf16CodeUnits").
		WithOriginalUriBaseIds(s.originalURIBaseIDs())
	log := sarif.NewReport()
	log.Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	log.AddRun(s.run)
	return writeWithoutDefaults(w, log)
}

// writeWithoutDefaults leaves out what the library states though it is the
// schema's default, such as an index of -1: more than half of the file.
func writeWithoutDefaults(w io.Writer, log *sarif.Report) error {
	text, err := json.Marshal(log)
	if err != nil {
		return err
	}
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		return err
	}
	return WriteJSON(w, withoutDefaults(document))
}

func withoutDefaults(value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = withoutDefaults(v[i])
		}
	case map[string]any:
		for key, inner := range v {
			empty := false
			switch inner := withoutDefaults(inner).(type) {
			case nil:
				empty = true
			case []any:
				empty = len(inner) == 0 && key != "results" && key != "rules" // which GitHub asks for
			case map[string]any:
				empty = len(inner) == 0
			case float64:
				empty = inner == -1
			}
			if empty {
				delete(v, key)
			}
		}
	}
	return value
}

type sarifRun struct {
	Options
	report   *scanner.Report
	issues   []issue // unsuppressed and worst first
	run      *sarif.Run
	rules    map[string]int    // index by ID
	bases    map[string]string // name of each URI base, by its directory
	taxonomy *sarif.ToolComponent
	left     int // results beyond GitHub's limit
}

// results adds the results, the worst of them where there are too many.
func (s *sarifRun) results() {
	slices.SortStableFunc(s.issues, func(a, b issue) int {
		return cmp.Or(newFirst(!a.accepted(), !b.accepted()), newFirst(a.isBothNew(), b.isBothNew()), b.severity.Compare(a.severity))
	})
	s.left = max(0, len(s.issues)-maxResults)
	for _, i := range s.issues[:len(s.issues)-s.left] {
		s.run.AddResult(s.result(&i))
	}
}

func (s *sarifRun) result(i *issue) *sarif.Result {
	if _, ok := s.rules[i.rule]; !ok {
		s.rules[i.rule] = len(s.rules)
	}
	offset := int64(-1)
	if i.finding != nil {
		offset = i.finding.Offset
	}
	location := s.location(i.file, offset)
	location.WithLogicalLocations([]*sarif.LogicalLocation{
		sarif.NewLogicalLocation().WithFullyQualifiedName(i.plugin.Host + "/" + i.plugin.Name).WithName(i.plugin.Name).WithKind("module"),
	})
	result := sarif.NewRuleResult(i.rule).WithRuleIndex(s.rules[i.rule]).
		WithLevel(sarifLevel(i.severity)).
		WithMessage(sarifMessage(i.message)).
		WithLocations([]*sarif.Location{location}).
		WithPartialFingerprints(map[string]string{"primaryLocationLineHash": i.fingerprint})
	result.Properties = sarif.NewPropertyBag().
		Add("severity", i.severity).Add("host", i.plugin.Host).Add("plugin", i.plugin.Name).
		Add("version", i.plugin.Version).Add("verdict", i.plugin.Verdict).Add("loaded", i.plugin.Loaded)
	if f := i.finding; f != nil {
		result.Properties.Add("capability", f.Capability).Add("confidence", f.Confidence).Add("view", f.View)
		if f.Excerpt != "" {
			location.PhysicalLocation.Region.WithSnippet(sarif.NewArtifactContent().WithText(f.Excerpt))
		}
		for n, w := range f.Why[:min(len(f.Why), maxRelated)] {
			part := s.location(place{i.plugin.Root, w.Path, w.Line}, -1).WithMessage(sarifMessage(w.Text)).WithID(n)
			result.RelatedLocations = append(result.RelatedLocations, part)
		}
	}
	if why := justification(i); why != "" {
		result.WithSuppressions([]*sarif.Suppression{
			sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(why),
		})
	}
	return result
}

// sarifMessage is a message in which nothing is a link, [text](target), or a
// placeholder, {0} (SARIF 2.1.0, sections 3.11.5 and 3.11.6).
func sarifMessage(text string) *sarif.Message {
	text = strings.ReplaceAll(text, "](", "] (")
	return sarif.NewTextMessage(shorten(placeholder.ReplaceAllString(text, "{ $1"), maxDescription))
}

var placeholder = regexp.MustCompile(`\{([0-9])`)

// justification says who answers for an issue; empty where nobody does.
func justification(i *issue) string {
	switch {
	case i.ignored != nil:
		return i.ignored.Reason + " (ignored until " + i.ignored.Expires + ")"
	case i.accepted() && i.plugin.Approval != nil:
		return "declared in the approval " + approval(i.plugin.Approval)
	case i.accepted():
		return "declared in the approval"
	}
	return ""
}

// location is a line, or the first line where the file has none: GitHub asks for
// one. offset is in bytes, or -1.
func (s *sarifRun) location(f place, offset int64) *sarif.Location {
	base := s.Base
	name, inside := f.relativeTo(base)
	if !inside {
		base = f.root
	}
	region := sarif.NewRegion().WithStartLine(max(f.line, 1))
	if offset >= 0 {
		region.WithByteOffset(int(offset))
	}
	at := sarif.NewArtifactLocation().WithURI(uriPath(name))
	if base != "" {
		at.WithURIBaseID(s.base(base))
	}
	return sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(at).WithRegion(region))
}

// base names a directory that URIs are relative to.
func (s *sarifRun) base(dir string) string {
	if _, ok := s.bases[dir]; !ok {
		s.bases[dir] = "%SRCROOT%" // what GitHub and others take for the repository
		if n := len(s.bases); n > 1 {
			s.bases[dir] = fmt.Sprintf("ROOT%d", n)
		}
	}
	return s.bases[dir]
}

func (s *sarifRun) originalURIBaseIDs() map[string]sarif.ArtifactLocation {
	ids := map[string]sarif.ArtifactLocation{}
	for dir, id := range s.bases {
		ids[id] = *sarif.NewArtifactLocation().WithURI("file:///" + strings.TrimPrefix(uriPath(strings.TrimSuffix(dir, "/")+"/"), "/"))
	}
	return ids
}

// uriPath is a path as a relative reference (RFC 3986) that names no scheme.
func uriPath(name string) string {
	parts := strings.Split(name, "/")
	for i := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(parts[i]), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

func sarifLevel(s scanner.Severity) string {
	switch {
	case s.AtLeast(scanner.High):
		return "error"
	case s.AtLeast(scanner.Medium):
		return "warning"
	}
	return "note"
}

// invocation says how the run went, and what it could not look at.
func (s *sarifRun) invocation() *sarif.Invocation {
	r := s.report
	var notifications []*sarif.Notification
	notify := func(level, format string, args ...any) {
		notifications = append(notifications, sarif.NewNotification().WithLevel(level).WithMessage(sarifMessage(fmt.Sprintf(format, args...))))
	}
	for i, gap := range gapsOf(r) {
		if i == maxResults {
			notify("error", "more could not be looked at; the JSON report lists it")
			break
		}
		notify("error", "not looked at: %s", gap)
	}
	skipped := map[string]int{}
	for _, gap := range r.Coverage.Skipped {
		skipped[gap.Reason]++
	}
	for _, reason := range sortedKeys(skipped) {
		notify("note", "skipped %s: %s", manifests.Count(skipped[reason], "file"), reason)
	}
	for _, note := range r.Summary.Notes {
		notify("note", "%s", note)
	}
	if s.left > 0 {
		notify("warning", "%d milder results were left out; the JSON report lists them", s.left)
	}
	return sarif.NewInvocation().
		WithExecutionSuccessful(r.Summary.Exit != scanner.ExitIncomplete).
		WithExitCode(r.Summary.Exit).WithExitCodeDescription(r.Summary.Verdict).
		WithStartTimeUtc(r.Run.Started.UTC().Format(time.RFC3339)).WithEndTimeUtc(r.Run.Finished.UTC().Format(time.RFC3339)).
		WithMachine(r.Run.Machine.Name).WithAccount(r.Run.User).
		WithToolExecutionNotifications(notifications)
}
