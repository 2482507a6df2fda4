package main

import (
	"context"

	"plugvet/scanner"
	"plugvet/scanner/report"

	"github.com/spf13/pflag"
)

func discoverVerb() *verb {
	return &verb{
		name: "discover", args: "[FLAGS] [PATH…]",
		summary: "list locations and plugins, loaded or present; nothing is hashed",
		flags: func(flags *pflag.FlagSet, c *call) {
			c.scan.registerWhere(flags)
			c.out.registerFormat(flags, "text", "json")
			c.out.registerLook(flags)
		},
		run: runDiscover,
	}
}

func runDiscover(ctx context.Context, c *call) (int, error) {
	if err := c.out.checkOneOf("text", "json"); err != nil {
		return 0, err
	}
	opts := scanner.Options{Version: version, Roots: c.args}
	if err := c.where(&opts); err != nil {
		return 0, err
	}
	inv, err := scanner.Discover(ctx, opts)
	if err != nil {
		return 0, err
	}
	if c.out.format == "json" {
		err = report.WriteJSON(c.stdout, inv)
	} else {
		err = report.WriteInventoryText(c.stdout, inv, c.look())
	}
	return inv.Exit, writing("stdout", err)
}
