// Package report writes a scan's result in the formats that people and
// machines read, one file a format. Every format is made from the same
// [scanner.Report]; none adds a judgement of its own.
package report

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner"
)

// Options are how a format looks, never what it says.
type Options struct {
	Color   bool // ANSI colours in text
	Verbose bool // plugins in which nothing is wrong, and every gap in the coverage
	Quiet   bool // in text the summary alone
	Columns int  // that wrapped text may take; 0 means 100

	// Base is the directory, absolute, that a forge knows files below: paths are
	// relative to it where they lie there. Empty: relative to their root.
	Base string
	// MaxMarkdown is how many bytes markdown may take; 0 means as many as fit a
	// comment on GitHub.
	MaxMarkdown int
}

type writer func(io.Writer, *scanner.Report, Options) error

var formats = map[string]writer{
	"csv":      writeCSV,
	"github":   writeGitHub,
	"gitlab":   writeGitLab,
	"html":     writeHTML,
	"json":     writeJSON,
	"junit":    writeJUnit,
	"markdown": writeMarkdown,
	"ocsf":     writeOCSF,
	"sarif":    writeSARIF,
	"text":     writeText,
}

// Formats lists the names of the formats, sorted.
func Formats() []string { return slices.Sorted(maps.Keys(formats)) }

// Check returns an error unless name is a format.
func Check(name string) error {
	if formats[name] == nil {
		return fmt.Errorf("unknown format %q, expected one of %s", name, strings.Join(Formats(), ", "))
	}
	return nil
}

// Write writes the report in the format of that name.
func Write(w io.Writer, name string, r *scanner.Report, opts Options) error {
	if err := Check(name); err != nil {
		return err
	}
	if name != "text" {
		return formats[name](w, r, opts)
	}
	var page bytes.Buffer
	if err := writeText(&page, r, opts); err != nil {
		return err
	}
	_, err := w.Write(WithoutCommands(page.Bytes()))
	return err
}

// workflowCommands are what a pipeline's runner obeys in the output of a step:
// "::name" at the start of a line, and "##[name" and "##vso[" anywhere in it.
var workflowCommands = regexp.MustCompile(`(?m)^([ \t]*:):|(#)#(\[|vso\[)`)

// WithoutCommands writes out a sign of each workflow command that a name in the
// text would give. Text is what most pipelines print.
func WithoutCommands(text []byte) []byte {
	return workflowCommands.ReplaceAllFunc(text, func(command []byte) []byte {
		if i := bytes.IndexByte(command, '#'); i >= 0 {
			return []byte(`#\x23` + string(command[i+2:]))
		}
		return append(command[:len(command)-1:len(command)-1], `\x3a`...)
	})
}
