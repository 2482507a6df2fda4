package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"plugvet/scanner"
	"plugvet/scanner/inspect"
	"plugvet/scanner/match"
	"plugvet/scanner/report"

	"github.com/spf13/pflag"
)

func rulesVerb() *verb {
	flags := func(flags *pflag.FlagSet, c *call) { c.scan.rules.register(flags) }
	return &verb{
		name: "rules", summary: "list, check and test the rules",
		verbs: []*verb{
			{name: "list", args: "[FLAGS] [NAME…]", summary: "print the rules, a line each; with the NAME of a rule or capability, or with -v, all that a finding means", run: runRulesList,
				flags: func(f *pflag.FlagSet, c *call) {
					flags(f, c)
					c.out.registerFormat(f, "text", "json")
					f.BoolVarP(&c.out.verbose, "verbose", "v", false, "why each rule matters, what benign code looks like it and what to do")
					c.out.registerColor(f)
				}},
			{name: "check", args: "[FLAGS]", summary: "compile the rules and print errors and warnings", flags: flags, run: runRulesCheck},
			{name: "test", args: "[FLAGS]", summary: "run every rule over its fixtures", run: runRulesTest,
				flags: func(f *pflag.FlagSet, c *call) {
					flags(f, c)
					f.StringVar(&c.fixtures, "fixtures", "signatures/fixtures.toml", "which files each rule must match and which not")
				}},
			viewVerb(), externalsVerb(),
		},
	}
}

func runRulesList(_ context.Context, c *call) (int, error) {
	if err := c.out.checkOneOf("text", "json"); err != nil {
		return 0, err
	}
	rules, sources, err := c.scan.rules.compile()
	if err != nil {
		return 0, err
	}
	names := func(word string) func(match.Rule) bool {
		return func(r match.Rule) bool { return r.Name == word || r.Capability == word }
	}
	for _, word := range c.args {
		if !slices.ContainsFunc(rules.List(), names(word)) {
			return 0, usageError("plugvet rules list prints them all", "%q is no rule and no capability of one", word)
		}
	}
	list := report.NewRuleList(rules, sources, func(r match.Rule) bool {
		return len(c.args) == 0 || slices.ContainsFunc(c.args, func(word string) bool { return names(word)(r) })
	})
	if c.out.format == "json" {
		return 0, writing("stdout", report.WriteJSON(c.stdout, list))
	}
	look := c.look()
	look.Verbose = look.Verbose || len(c.args) > 0
	return 0, writing("stdout", report.WriteRulesText(c.stdout, list, look))
}

func runRulesCheck(_ context.Context, c *call) (int, error) {
	rules, sources, err := c.scan.rules.compile()
	if err != nil {
		return 0, err
	}
	for _, warning := range rules.Warnings {
		fmt.Fprintf(c.stdout, "warning: %s\n", warning)
	}
	_, err = fmt.Fprintf(c.stdout, "%d rules from %s compile, %d warnings\ndigest %s\n",
		rules.Count(), strings.Join(sources, ", "), len(rules.Warnings), rules.Digest())
	return 0, writing("stdout", err)
}

func runRulesTest(_ context.Context, c *call) (int, error) {
	rules, _, err := c.scan.rules.compile()
	if err != nil {
		return 0, err
	}
	text, err := os.ReadFile(c.fixtures)
	if err != nil {
		return 0, usageError("name the file with --fixtures; plugvet's own is in its source, at signatures/fixtures.toml", "%w", err)
	}
	fixtures, err := match.ParseFixtures(text)
	if err != nil {
		return 0, usageError("", "%s: %w", c.fixtures, err)
	}
	files := os.DirFS(filepath.Join(filepath.Dir(c.fixtures), fixtures.Root))
	results, err := match.CheckFixtures(rules, fixtures, files, inspect.Views)
	if err != nil {
		return 0, usageError("", "%s: %w", c.fixtures, err)
	}
	code := scanner.ExitPass
	for _, r := range results {
		state := "ok  "
		if !r.OK() {
			state, code = "FAIL", scanner.ExitViolations
		}
		fmt.Fprintf(c.stdout, "%s  %s: %d matched, %d left alone\n", state, r.Rule, r.Matched, r.Passed)
		for _, fault := range r.Faults {
			fmt.Fprintf(c.stdout, "      %s\n", fault)
		}
	}
	return code, nil
}
