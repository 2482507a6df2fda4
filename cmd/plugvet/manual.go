package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"plugvet/scanner"

	"github.com/spf13/pflag"
)

// manualVerb prints the manual page; make man and make install call it.
func manualVerb() *verb {
	return &verb{
		name: "manual", hidden: true,
		summary: "print the manual page, in mdoc(7)",
		run: func(_ context.Context, c *call) (int, error) {
			_, err := io.WriteString(c.stdout, manual())
			return 0, writing("stdout", err)
		},
	}
}

// exitCodes are those of the README, in the words of the manual.
var exitCodes = []struct {
	code    int
	meaning string
}{
	{scanner.ExitPass, "nothing at or above the threshold, and everything was looked at"},
	{scanner.ExitViolations, "violations: a plugin that is not the approved one, or does what it should not"},
	{scanner.ExitUsage, "a usage, settings, manifest or rule error: nothing was judged"},
	{scanner.ExitIncomplete, "incomplete: something could not be read, changed while it was read, or was not there; nothing was found to scan"},
	{scanner.ExitTrust, "trust: a signature is absent, wrong, expired or revoked"},
	{scanner.ExitInterrupted, "interrupted"},
}

var environment = []struct{ name, meaning string }{
	{"PLUGVET_CONFIG", "the settings file, where --config names none"},
	{"NO_COLOR, TERM", "no colours if NO_COLOR is set, or TERM is dumb"},
	{"GITHUB_WORKSPACE, CI_PROJECT_DIR", "the checkout of a pipeline; formats for forges tell paths relative to it"},
	{"GITHUB_STEP_SUMMARY", "a file that --format github appends the report to, as markdown"},
}

// manual is made from the verbs and their flags, so that it never differs from
// the program.
func manual() string {
	var b strings.Builder
	b.WriteString(`.Dd November 25, 2026
.Dt PLUGVET 1
.Os
.Sh NAME
.Nm plugvet
.Nd hold a web server's plugins against what was approved
.Sh SYNOPSIS
.Nm
.Ar verb
.Op Ar flags
.Op Ar arguments
.Sh DESCRIPTION
.Nm
decides whether every plugin that a web server loads is the one that was
approved, and whether any of them does what a plugin should not:
run AppleScript, open sockets, start processes.
It reads the modules of nginx and Apache, the extensions and packages of PHP and
the packages of Node, hashes them against an approved manifest, and applies YARA
rules.
Nothing that it reads is executed.
.Pp
A
.Ar PATH
is a tree to inspect: a checkout, an unpacked image, a mounted disk, or
.Pa / ,
which is this machine and the default.
.Pp
The verbs are:
`)
	manualVerbs(&b, verbs(), "")
	b.WriteString(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n")
	for _, e := range environment {
		fmt.Fprintf(&b, ".It Ev %s\n%s\n", e.name, mdoc(capitalized(e.meaning)))
	}
	b.WriteString(`.El
.Sh FILES
.Bl -tag -width Ds
.It Pa plugvet.toml
Settings, where neither a flag nor the environment names a file.
.It Pa NAME.toml , NAME.sums
An approved manifest, and the digest of every file in the form of
.Xr sha256sum 1 .
.El
.Sh EXIT STATUS
.Bl -tag -width 130
`)
	for _, e := range exitCodes {
		fmt.Fprintf(&b, ".It %d\n%s\n", e.code, mdoc(capitalized(e.meaning)))
	}
	b.WriteString(`.El
.Sh EXAMPLES
Approve what lies in a reviewed checkout, then hold what is deployed against it:
.Bd -literal -offset indent
plugvet approve \-\-manifest approved.toml \-\-ticket CHG\-1234 .
plugvet scan \-\-manifest approved.toml .
.Ed
.Sh SEE ALSO
.Xr sha256sum 1 ,
.Xr ssh-keygen 1 ,
.Xr yara 1
`)
	return b.String()
}

// manualVerbs describes each verb, and the flags below it.
func manualVerbs(b *strings.Builder, verbs []*verb, path string) {
	for _, v := range verbs {
		inner := strings.TrimSpace(path + " " + v.name)
		switch {
		case v.hidden:
			continue
		case v.verbs != nil:
			manualVerbs(b, v.verbs, inner)
			continue
		}
		fmt.Fprintf(b, ".Ss %s\n%s\n.Pp\n.Dl plugvet %s\n", inner, mdoc(capitalized(v.summary)), mdoc(strings.TrimSpace(inner+" "+v.args)))
		list := false
		v.flagSet(&call{}).VisitAll(func(f *pflag.Flag) {
			if !list {
				list = true
				b.WriteString(".Bl -tag -width Ds\n")
			}
			b.WriteString(".It ")
			if f.Shorthand != "" {
				fmt.Fprintf(b, "Fl %s , ", f.Shorthand)
			}
			fmt.Fprintf(b, "Fl \\-%s", mdoc(f.Name))
			switch value, _ := pflag.UnquoteUsage(f); value {
			case "":
			case "string", "stringArray":
				b.WriteString(" Ar value")
			default:
				b.WriteString(" Ar " + value)
			}
			fmt.Fprintf(b, "\n%s\n", mdoc(capitalized(f.Usage)))
		})
		if list {
			b.WriteString(".El\n")
		}
	}
}

// mdoc escapes text for roff, in plain ASCII and in short lines.
func mdoc(s string) string {
	const width = 72
	var b strings.Builder
	column := 0
	for word := range strings.FieldsSeq(strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", "...").Replace(s)) {
		switch {
		case column > 0 && column+len(word) > width:
			b.WriteString("\n")
			column = 0
		case column > 0:
			b.WriteString(" ")
		}
		if column == 0 && (word[0] == '.' || word[0] == '\'') { // no request
			b.WriteString(`\&`)
		}
		b.WriteString(word)
		column += len(word) + 1
	}
	return b.String()
}

// capitalized makes a sentence of a summary.
func capitalized(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }
