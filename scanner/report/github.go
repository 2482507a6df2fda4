package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"plugvet/scanner"
)

// maxAnnotations is how many annotations of one kind GitHub shows for a step.
const maxAnnotations = 10

// writeGitHub writes workflow commands that make annotations of what could not
// be looked at and of the worst ten issues, and the outcome in words. The rest
// is for the step's summary, which takes markdown.
func writeGitHub(w io.Writer, r *scanner.Report, opts Options) error {
	r = cleaned(r)
	b := bufio.NewWriter(w)
	if r.Summary.Exit == scanner.ExitIncomplete {
		annotate(b, "error", "", 0, "plugvet: not everything could be looked at", strings.Join(gapsOf(r), "\n"))
	}
	issues := issuesThatTell(r)
	for n, i := range issues {
		if n == maxAnnotations {
			break
		}
		level := "notice"
		switch {
		case i.fails(r):
			level = "error"
		case i.severity.AtLeast(scanner.Medium):
			level = "warning"
		}
		name, _ := i.file.relativeTo(opts.Base)
		annotate(b, level, name, i.file.line, i.title, string(i.severity)+": "+i.message)
	}
	if more := len(issues) - maxAnnotations; more > 0 {
		fmt.Fprintf(b, "plugvet: %d more in the step's summary and the other formats\n", more)
	}
	// No line but the above may begin with a command.
	fmt.Fprintf(b, "plugvet: %s: %s (exit %d)\n", strings.ToUpper(r.Summary.Verdict), outcome(r), r.Summary.Exit)
	return b.Flush()
}

// annotate writes one workflow command. The runner undoes the escapes (its
// ActionCommand.cs), so a message has the lines that we give it.
func annotate(w io.Writer, level, file string, line int, title, message string) {
	properties := ""
	if file != "" {
		properties = fmt.Sprintf("file=%s,line=%d,", escapeProperty.Replace(file), max(line, 1))
	}
	fmt.Fprintf(w, "::%s %stitle=%s::%s\n", level, properties, escapeProperty.Replace(shorten(title, 250)), escapeData.Replace(shorten(message, 4*maxDescription)))
}

var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
