package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"plugvet/scanner"
)

// An issue is one thing that a format for other tools tells of: the verdict on
// a plugin, where it is not approved, an approval that awaits review, or a finding.
type issue struct {
	plugin   *scanner.Plugin
	finding  *scanner.Finding // nil: the verdict, or the approval
	ignored  *scanner.Ignored // by the settings, else nil
	rule     string           // of a finding, or "plugin-" and the verdict, or [emergencyRule]
	severity scanner.Severity
	title    string // a line: whose it is, and what
	message  string // one sentence or more
	file     place

	// fingerprint is the same for the same issue in another version of the
	// plugin, on another line, below another root and in another run. Issues of
	// one report differ in it.
	fingerprint string
}

// A place is a line of a file.
type place struct {
	root string // absolute
	path string // relative to the root
	line int    // from 1; 0 where the file has no lines
}

// issuesOf lists every issue of a cleaned report, in its order.
func issuesOf(r *scanner.Report) []issue {
	var issues []issue
	prints := fingerprints{}
	add := func(i issue) {
		i.fingerprint = prints.of(i.plugin, i.rule, i.finding)
		issues = append(issues, i)
	}
	for n := range r.Plugins {
		p := &r.Plugins[n]
		if p.Verdict != "" && p.Verdict != scanner.Approved {
			add(verdictIssue(r, p))
		}
		if awaitsReview(p) {
			add(emergencyIssue(r, p))
		}
		for m := range p.Findings {
			add(findingIssue(p, &p.Findings[m]))
		}
	}
	for n := range r.Ignored {
		ig := &r.Ignored[n]
		i := findingIssue(ownerOf(r, ig), &ig.Finding)
		i.ignored = ig
		add(i)
	}
	return issues
}

// ownerOf finds the plugin of an ignored finding.
func ownerOf(r *scanner.Report, ig *scanner.Ignored) *scanner.Plugin {
	for n := range r.Plugins {
		if p := &r.Plugins[n]; p.Host == ig.Host && p.Name == ig.Name && p.Root == ig.Root {
			if _, ok := below(p.Path, ig.Finding.Path); ok {
				return p
			}
		}
	}
	return &scanner.Plugin{Host: ig.Host, Name: ig.Name, Root: ig.Root}
}

func findingIssue(p *scanner.Plugin, f *scanner.Finding) issue {
	i := issue{
		plugin: p, finding: f, rule: f.Rule, severity: f.Severity,
		title: p.Host + "/" + p.Name + ": " + cmp.Or(f.Capability, f.Rule), message: p.Host + "/" + p.Name + " " + f.Description,
		file: place{p.Root, f.Path, f.Line},
	}
	if f.Excerpt != "" {
		i.message += ": " + f.Excerpt
	}
	for _, w := range f.Why {
		i.message += "; " + reference(w.Path, w.Line) + " " + w.Text
	}
	return i
}

// verdictIssue stands at the line that loads the plugin, which is what a
// reviewer can change; else at the plugin.
func verdictIssue(r *scanner.Report, p *scanner.Plugin) issue {
	i := issue{
		plugin: p, rule: verdictRule(p.Verdict), severity: p.VerdictSeverity,
		title: fmt.Sprintf("%s/%s is %s", p.Host, p.Name, p.Verdict),
		file:  place{root: p.Root, path: p.Path},
	}
	if len(p.LoadedBy) > 0 {
		i.file.path, i.file.line = p.LoadedBy[0].File, p.LoadedBy[0].Line
	}
	said := []string{strings.TrimSpace(p.Host+"/"+p.Name+" "+p.Version) + " " + verdictText[p.Verdict]}
	if len(p.Changes) > 0 {
		said = append(said, changesText(p.Changes))
	}
	if len(p.Undeclared) > 0 {
		said = append(said, "gained "+strings.Join(p.Undeclared, ", "))
	}
	said = append(said, p.Notes...)
	manifest := ""
	if r.Manifest != nil {
		manifest = r.Manifest.Path
	}
	if advice := advise(p, manifest); advice != "" {
		said = append(said, "what to do: "+advice)
	}
	i.message = strings.Join(said, "; ")
	return i
}

// emergencyRule names what no gate fails for: an emergency approval is one, but
// somebody must look at it.
const emergencyRule = "approval-awaits-review"

// emergencyText says after a plugin's name what an emergency approval is.
const emergencyText = "was approved in an emergency, and the approval awaits review"

func emergencyIssue(r *scanner.Report, p *scanner.Plugin) issue {
	i := verdictIssue(r, p)
	i.rule, i.severity = emergencyRule, scanner.None
	i.title = fmt.Sprintf("%s/%s awaits review", p.Host, p.Name)
	i.message = strings.TrimSpace(p.Host+"/"+p.Name+" "+p.Version) + " " + emergencyText + ": " + approval(p.Approval)
	return i
}

func verdictRule(v scanner.Verdict) string { return "plugin-" + string(v) }

// verdictText says after a plugin's name what a verdict means.
var verdictText = map[scanner.Verdict]string{
	scanner.Modified:   "is not what was approved: its content differs",
	scanner.Unapproved: "was approved by nobody",
	scanner.Missing:    "was approved and is not on disk",
	scanner.Expired:    "has an approval that has run out",
	scanner.Revoked:    "has an approval that was revoked",
}

func changesText(changes []scanner.Change) string {
	var names []string
	for i, c := range changes {
		if i == maxPlaces {
			names = append(names, fmt.Sprintf("and %d more", len(changes)-i))
			break
		}
		names = append(names, c.Change+" "+c.Path)
	}
	return strings.Join(names, ", ")
}

// fingerprints counts the issues of a report that are alike.
type fingerprints map[string]int

// of returns what makes an issue the same one in another version of the plugin:
// whose it is, by which rule, and in which of the plugin's files. The plugin's
// own path is no part of it, since versions stand there. finding is nil for what
// is about the plugin as a whole.
func (f fingerprints) of(p *scanner.Plugin, rule string, finding *scanner.Finding) string {
	file := ""
	if finding != nil {
		var ok bool
		if file, ok = below(p.Path, finding.Path); !ok {
			file = "/" + finding.Path
		}
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{p.Host, p.Name, rule, file}, "\x00")))
	hash := hex.EncodeToString(sum[:16])
	f[hash]++
	return fmt.Sprintf("%s:%d", hash, f[hash])
}

// below returns file relative to dir, if it lies there or is dir.
func below(dir, file string) (string, bool) {
	if file == dir {
		return "", true
	}
	return strings.CutPrefix(file, dir+"/")
}

// accepted reports whether somebody answers for the issue.
func (i *issue) accepted() bool { return i.ignored != nil || i.finding != nil && i.finding.Declared }

// tells reports whether a reader who is short of time needs to know.
func (i *issue) tells() bool {
	return !i.accepted() && (i.severity.AtLeast(scanner.Low) || i.finding == nil)
}

// fails reports whether the issue breaks the gate of the report.
func (i *issue) fails(r *scanner.Report) bool {
	return !i.accepted() && r.Run.FailOn != scanner.None && i.severity.AtLeast(r.Run.FailOn)
}

// issuesThatTell are the issues that a reader needs, the worst first. A part of
// a story that another one tells is left out, as in text.
func issuesThatTell(r *scanner.Report) []issue {
	told := map[*scanner.Plugin]func(scanner.Finding) bool{}
	issues := slices.DeleteFunc(issuesOf(r), func(i issue) bool {
		if i.finding == nil || !i.tells() {
			return !i.tells()
		}
		if told[i.plugin] == nil {
			told[i.plugin] = toldElsewhere(i.plugin.Findings)
		}
		return told[i.plugin](*i.finding)
	})
	slices.SortStableFunc(issues, func(a, b issue) int {
		return cmp.Or(newFirst(a.isBothNew(), b.isBothNew()), b.severity.Compare(a.severity))
	})
	return issues
}

func (i *issue) isBothNew() bool { return i.finding != nil && i.finding.BothNew }

// relativeTo returns the file's path below base, which is where a pipeline's
// forge finds the repository; ok is false, and the path relative to its root,
// where it lies elsewhere. Whatever a report says, it leads nowhere else.
func (f place) relativeTo(base string) (name string, ok bool) {
	name = cmp.Or(strings.TrimPrefix(path.Clean("/"+f.path), "/"), ".")
	if base == "" || f.root == "" {
		return name, false
	}
	root, err := filepath.Rel(base, f.root)
	if err != nil || !filepath.IsLocal(root) {
		return name, false
	}
	return path.Join(filepath.ToSlash(root), name), true
}

// gapsOf says what could not be looked at; a report without gaps may be
// incomplete for the reason that its notes give.
func gapsOf(r *scanner.Report) []string {
	var gaps []string
	for _, root := range r.Coverage.MissingRoots {
		gaps = append(gaps, root+": no such directory")
	}
	for _, gap := range r.Coverage.Errors {
		gaps = append(gaps, gapPath(gap)+": "+gap.Reason)
	}
	if len(gaps) == 0 && r.Summary.Exit == scanner.ExitIncomplete {
		gaps = append(gaps, r.Summary.Notes...)
	}
	return gaps
}
