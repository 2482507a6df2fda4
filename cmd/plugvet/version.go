package main

import (
	"context"
	"fmt"

	"plugvet/scanner/match"
)

func versionVerb() *verb {
	return &verb{
		name: "version", summary: "print the version of plugvet and of its rule engine",
		run: func(_ context.Context, c *call) (int, error) {
			_, err := fmt.Fprintf(c.stdout, "plugvet %s, libyara %s\n", version, match.LibraryVersion())
			return 0, writing("stdout", err)
		},
	}
}
