package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
	"plugvet/scanner/locate"
	"plugvet/scanner/match"

	"github.com/spf13/pflag"
)

// What a rule gets to see of a file: its bytes, decoded where it is a script,
// and the external variables.

func viewVerb() *verb {
	return &verb{
		name: "view", args: "FILE", summary: "print the decoded view of a script, which rules match beside its bytes",
		run: runRulesView,
	}
}

func externalsVerb() *verb {
	return &verb{
		name: "externals", args: "[FLAGS] [FILE]", summary: "print the external variables of the rules, for yara -d: their defaults, or the values of a file",
		run: runRulesExternals,
		flags: func(f *pflag.FlagSet, c *call) {
			f.StringVar(&c.host, "host", "", "the host that would load the file")
			f.StringVar(&c.view, "view", "raw", "the view that is matched: raw or decoded")
			offer(f, "view", "raw", "decoded")
			offer(f, "host", locate.Hosts()...)
		},
	}
}

// readViews reads the one file that a call names.
func (c *call) readViews() (*inspect.Facts, *script.View, error) {
	if len(c.args) != 1 {
		return nil, nil, usageError("see "+c.verb+" --help", "expected one file, got %d arguments", len(c.args))
	}
	data, err := os.ReadFile(c.args[0])
	if err != nil {
		return nil, nil, usageError("name a file that can be read", "%w", err)
	}
	facts, view := inspect.Views(c.args[0], data)
	return facts, view, nil
}

// writeScanned writes what comes from a scanned file to stdout: as it is into a
// file or a pipe, and without anything that a terminal would obey into one.
func (c *call) writeScanned(text []byte) error {
	if c.stdoutIsTerminal {
		text = bytes.Map(func(r rune) rune {
			if unicode.In(r, unicode.Cc, unicode.Cf) && r != '\n' && r != '\t' {
				return unicode.ReplacementChar
			}
			return r
		}, text)
	}
	_, err := c.stdout.Write(text)
	return writing("stdout", err)
}

// errNoScript is about a file that has no decoded view.
func errNoScript(name string, facts *inspect.Facts) error {
	return usageError("only scripts have a decoded view", "%q is of kind %s, expected JavaScript or PHP", name, facts.Kind)
}

func runRulesView(_ context.Context, c *call) (int, error) {
	facts, view, err := c.readViews()
	if err != nil {
		return 0, err
	}
	if view == nil {
		return 0, errNoScript(c.args[0], facts)
	}
	if view.Problem != "" {
		fmt.Fprintf(c.stderr, "plugvet: %s: read tolerantly: %s\n", c.args[0], view.Problem)
	}
	if view.Limit != "" {
		fmt.Fprintf(c.stderr, "plugvet: %s: not decoded to the end: %s\n", c.args[0], view.Limit)
	}
	return 0, c.writeScanned(view.Text)
}

// runRulesExternals prints name=value lines, so that the stock yara command can
// run our rules on a file as plugvet does.
func runRulesExternals(_ context.Context, c *call) (int, error) {
	if c.view != "raw" && c.view != "decoded" {
		return 0, usageError("see "+c.verb+" --help", "unknown view %q, expected raw or decoded", c.view)
	}
	values := match.Variables{}
	if len(c.args) > 0 {
		facts, view, err := c.readViews()
		if err != nil {
			return 0, err
		}
		values = match.VariablesOf(facts, match.Subject{Host: c.host, Path: filepath.ToSlash(c.args[0])})
		if c.view == "decoded" {
			if view == nil {
				return 0, errNoScript(c.args[0], facts)
			}
			values = values.Decoded(view)
		}
	}
	var b strings.Builder
	for _, e := range match.Externals() {
		value, ok := values[e.Name]
		if !ok {
			value = e.Default
		}
		fmt.Fprintf(&b, "%s=%v\n", e.Name, value)
	}
	return 0, c.writeScanned([]byte(b.String()))
}
