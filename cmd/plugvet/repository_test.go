package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plugvet/scanner"
)

// order is the line that data flows along; a package imports nothing to its
// right. Those that are not in it serve all of it.
var order = []string{
	"plugvet/scanner/locate", "plugvet/scanner/inspect", "plugvet/scanner/match", "plugvet/manifests",
	"plugvet/scanner/provenance", "plugvet/scanner", "plugvet/scanner/settings", "plugvet/scanner/report", "plugvet/scanner/evidence", "plugvet/cmd/plugvet",
}

func TestImportsFollowTheLine(t *testing.T) {
	list := exec.Command("go", "list", "-json=ImportPath,Imports", "plugvet/...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); packages++ {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		for _, imported := range p.Imports {
			if strings.Contains(imported, "hillu/go-yara") && p.ImportPath != "plugvet/scanner/match" {
				t.Errorf("%s imports %s: scanner/match alone may", p.ImportPath, imported)
			}
			from, to := slices.Index(order, p.ImportPath), slices.Index(order, imported)
			if from >= 0 && to >= from {
				t.Errorf("%s imports %s, which stands to its right", p.ImportPath, imported)
			}
		}
	}
	if packages < len(order) {
		t.Errorf("only %d packages were looked at", packages)
	}
}

func TestREADMEHasTheExitCodes(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var told []int
	for _, row := range regexp.MustCompile(`(?m)^\| (\d+) \| `).FindAllStringSubmatch(string(readme), -1) {
		code, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, code)
	}
	want := []int{
		scanner.ExitPass, scanner.ExitViolations, scanner.ExitUsage, scanner.ExitIncomplete, scanner.ExitTrust, scanner.ExitInterrupted,
	}
	if !slices.Equal(told, want) {
		t.Errorf("the README tells of exit codes %v, the program has %v", told, want)
	}
}
