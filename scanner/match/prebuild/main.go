// Command prebuild compiles the sets of rules that the program carries, for
// make build: see scanner/match/prebuilt.go.
package main

import (
	"fmt"
	"os"

	"plugvet/scanner/match"
)

func main() {
	if err := match.Prebuild("scanner/match/prebuilt"); err != nil {
		fmt.Fprintln(os.Stderr, "prebuild:", err)
		os.Exit(1)
	}
}
