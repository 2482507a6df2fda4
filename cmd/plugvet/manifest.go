package main

import (
	"context"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/report"

	"github.com/spf13/pflag"
)

func manifestVerb() *verb {
	format := func(flags *pflag.FlagSet, c *call) { c.out.registerFormat(flags, "text", "json") }
	return &verb{
		name: "manifest", summary: "show an approved manifest, compare two, sign one, check who signed",
		verbs: []*verb{
			{
				name: "show", args: "[FLAGS] FILE.toml [PATH…]", summary: "print what is approved, by whom and until when, or what needs a decision",
				flags: func(flags *pflag.FlagSet, c *call) {
					format(flags, c)
					c.registerTheManifest(flags)
					c.due.register(flags)
					c.scan.registerWhat(flags)
					c.scan.registerWhere(flags)
				},
				run: runManifestShow,
			},
			{name: "diff", args: "[FLAGS] OLD.toml NEW.toml", summary: "print what a change of the manifest lets in", flags: format, run: runManifestDiff},
			manifestSignVerb(), manifestVerifyVerb(),
		},
	}
}

// registerTheManifest lets -m name the manifest, as it does elsewhere, in place
// of the first argument.
func (c *call) registerTheManifest(flags *pflag.FlagSet) {
	c.scan.registerManifest(flags)
	flags.Lookup("manifest").Usage = "the manifest, in place of the first argument"
}

func (c *call) takeTheManifest() {
	if c.scan.manifest != "" {
		c.args = append([]string{c.scan.manifest}, c.args...)
	}
}

func runManifestShow(ctx context.Context, c *call) (int, error) {
	c.takeTheManifest()
	if c.due.asked() {
		return runManifestDue(ctx, c)
	}
	read, err := c.readManifests(1)
	if err != nil {
		return 0, err
	}
	if c.out.format == "json" {
		err = report.WriteJSON(c.stdout, read[0])
	} else {
		err = read[0].WriteText(c.stdout, time.Now())
	}
	return scanner.ExitPass, writing("stdout", err)
}

func runManifestDiff(_ context.Context, c *call) (int, error) {
	read, err := c.readManifests(2)
	if err != nil {
		return 0, err
	}
	difference := manifests.Diff(read[0], read[1])
	if c.out.format == "json" {
		err = report.WriteJSON(c.stdout, difference)
	} else {
		err = difference.WriteText(c.stdout)
	}
	return scanner.ExitPass, writing("stdout", err)
}

// readManifests reads the manifests that the arguments name, n of them.
func (c *call) readManifests(n int) ([]*manifests.Manifest, error) {
	if err := c.out.checkOneOf("text", "json"); err != nil {
		return nil, err
	}
	if len(c.args) != n {
		return nil, usageError("see "+c.verb+" --help", "expected %d manifests, got %d arguments", n, len(c.args))
	}
	var read []*manifests.Manifest
	for _, path := range c.args {
		m, _, err := manifests.Read(path)
		if err != nil {
			return nil, usageError("", "manifest: %w", err)
		}
		read = append(read, m)
	}
	return read, nil
}
