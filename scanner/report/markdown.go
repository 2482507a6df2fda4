package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"plugvet/manifests"
	"plugvet/scanner"
)

const (
	maxComment = 65536 // bytes: GitHub takes so many characters; GitLab takes more
	maxWord    = 200   // characters of one name
	maxGaps    = 20    // paths that were not looked at
)

// writeMarkdown writes a comment for a pull request, in GitHub's dialect: the
// worst plugins as far as they fit, and how many did not.
func writeMarkdown(w io.Writer, r *scanner.Report, opts Options) error {
	r = cleaned(r)
	room := opts.MaxMarkdown
	if room == 0 {
		room = maxComment
	}
	head, tail := markdownHead(r)+markdownSweep(r.Sweep), markdownCoverage(r)
	room -= len(head) + len(tail) + 500 // for what tells that something does not fit
	plugins := slices.DeleteFunc(worstPluginsFirst(r.Plugins), isQuiet)
	var rows, details []string
	for _, p := range plugins {
		rows = append(rows, markdownRow(p))
		details = append(details, markdownPlugin(r, p))
	}
	var b strings.Builder
	b.WriteString(head)
	table, left := fit(rows, room/3)
	if table != "" {
		b.WriteString("| severity | plugin | verdict | undeclared |\n| --- | --- | --- | --- |\n" + table + "\n")
	}
	if left > 0 {
		fmt.Fprintf(&b, "And %s in which something is wrong.\n\n", manifests.Count(left, "more plugin"))
	}
	text, left := fit(details, room-len(table))
	b.WriteString(text)
	if left > 0 {
		fmt.Fprintf(&b, "What is wrong with %s does not fit here; the JSON report has it.\n\n", manifests.Count(left, "more plugin"))
	}
	if quiet := len(r.Plugins) - len(plugins); quiet > 0 {
		fmt.Fprintf(&b, "%s with nothing above info.\n\n", manifests.Count(quiet, "plugin"))
	}
	b.WriteString(tail)
	_, err := io.WriteString(w, b.String())
	return err
}

// fit joins the first parts that take at most room bytes together, and counts
// the others.
func fit(parts []string, room int) (text string, left int) {
	var b strings.Builder
	for i, part := range parts {
		if b.Len()+len(part) > room {
			return b.String(), len(parts) - i
		}
		b.WriteString(part)
	}
	return b.String(), 0
}

func markdownHead(r *scanner.Report) string {
	compared := "Without a manifest nothing is compared with what was approved."
	if m := r.Manifest; m != nil {
		compared = fmt.Sprintf("Compared with %s, sequence %d.", markdownCode(m.Path), m.Sequence)
	}
	if emergency := emergencies(r); emergency != "" {
		compared += " **" + capital(emergency) + ".**"
	}
	return fmt.Sprintf("### plugvet: %s\n\n%s (exit %d). %s\n\n",
		markdownText(strings.ToUpper(r.Summary.Verdict)), markdownText(capital(outcome(r))), r.Summary.Exit, compared)
}

func markdownSweep(s *scanner.Sweep) string {
	if s == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s.\n\n", markdownText(capital(sinceLastSweep(s))))
	for _, part := range driftParts(s) {
		for i, d := range part.drifts {
			if i == maxPlaces {
				fmt.Fprintf(&b, "- %s: %d more\n", part.label, len(part.drifts)-i)
				break
			}
			fmt.Fprintf(&b, "- %s: %s in %s: %s\n", part.label, markdownCode(d.Host+"/"+d.Name), markdownCode(d.Path), markdownText(d.Text))
		}
	}
	b.WriteString("\n")
	return b.String()
}

func markdownRow(p *scanner.Plugin) string {
	name := markdownCode(p.Host + "/" + p.Name)
	if p.Version != "" {
		name += " " + markdownCode(p.Version)
	}
	return fmt.Sprintf("| %s | %s | %s | %s |\n", markdownText(string(p.Severity)), name,
		markdownText(string(p.Verdict)), markdownText(strings.Join(p.Undeclared, ", ")))
}

// markdownPlugin is what there is to tell of one plugin, folded.
func markdownPlugin(r *scanner.Report, p *scanner.Plugin) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<details><summary>%s %s %s</summary>\n\n", markdownText(string(p.Severity)), markdownCode(p.Host+"/"+p.Name), markdownText(string(p.Verdict)))
	item := func(label, text string) { fmt.Fprintf(&b, "- %s: %s\n", label, text) }
	item("path", markdownCode(p.Path))
	for i, by := range p.LoadedBy {
		if i == maxReferences {
			item("loaded by", fmt.Sprintf("%d more", len(p.LoadedBy)-i))
			break
		}
		item("loaded by", markdownCode(reference(by.File, by.Line)))
	}
	if p.Approval != nil {
		item("approval", markdownText(approval(p.Approval)))
	}
	for i, c := range p.Changes {
		if i == maxPlaces {
			item("changes", fmt.Sprintf("%d more", len(p.Changes)-i))
			break
		}
		item(markdownText(c.Change), markdownCode(c.Path))
	}
	findings := slices.DeleteFunc(worstFirst(withoutTold(p.Findings)), func(f scanner.Finding) bool { return f.Declared || f.Noted })
	for i, f := range findings {
		if i == 4*maxPlaces {
			item("findings", fmt.Sprintf("%d more", len(findings)-i))
			break
		}
		text := fmt.Sprintf("%s (%s), %s", markdownText(f.Description), markdownCode(f.Rule), markdownCode(reference(f.Path, f.Line)))
		if f.Excerpt != "" {
			text += ": " + markdownCode(f.Excerpt)
		}
		item(markdownText(string(f.Severity)), text)
		for j, w := range f.Why {
			if j == 4*maxPlaces {
				break
			}
			b.WriteString("  ")
			item("why", markdownCode(reference(w.Path, w.Line))+" "+markdownText(w.Text))
		}
	}
	for i, note := range p.Notes {
		if i == maxPlaces {
			break
		}
		item("note", markdownText(note))
	}
	manifest := ""
	if r.Manifest != nil {
		manifest = r.Manifest.Path
	}
	if advice := advise(p, manifest); advice != "" {
		item("what to do", markdownText(advice))
	}
	b.WriteString("\n</details>\n\n")
	return b.String()
}

func markdownCoverage(r *scanner.Report) string {
	var b strings.Builder
	c := &r.Coverage
	fmt.Fprintf(&b, "Looked at %s in %s and %s: %d matched, %d carried, %d skipped, %d not readable.\n",
		manifests.Count(c.Files, "file"), manifests.Count(c.Plugins, "plugin"), manifests.Count(c.Locations, "location"), c.Matched, c.Carried, len(c.Skipped), len(c.Errors))
	for i, gap := range gapsOf(r) {
		if i == 0 {
			b.WriteString("\n")
		}
		if i == maxGaps {
			b.WriteString("- and more, in the JSON report\n")
			break
		}
		fmt.Fprintf(&b, "- **not looked at:** %s\n", markdownCode(gap))
	}
	return b.String()
}

// markdownCode is a name, path or excerpt as code, where GitHub makes no links,
// mentions or references of it.
func markdownCode(s string) string {
	return "<code>" + escapeMarkdown(shorten(s, maxWord), false) + "</code>"
}

// markdownText is words for people. What would mention somebody or refer to an
// issue stands as code.
func markdownText(s string) string { return escapeMarkdown(shorten(s, 4*maxWord), true) }

// escapeMarkdown writes punctuation as character references, which are text
// wherever they stand: they neither end a table's cell nor begin any markup
// (CommonMark 0.31, section 2.5).
func escapeMarkdown(s string, mentions bool) string {
	var b strings.Builder
	previous := ' '
	for _, r := range s {
		switch {
		case mentions && (r == '@' || r == '#'):
			fmt.Fprintf(&b, "<code>&#%d;</code>", r)
		case strings.ContainsRune("!#$%&()*+:;<=>?@[\\]^_`{|}~", r),
			r == '.' && (previous == 'w' || previous == 'W'), // www. is a link by itself
			r == '-' && previous == 'H':                      // GH-1 refers to an issue
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
		previous = r
	}
	return b.String()
}

func capital(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}
