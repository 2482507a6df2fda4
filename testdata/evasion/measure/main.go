// Command measure scans the disguises with plugvet and reports which ones it
// finds:
//
//	measure PLUGVET DIRECTORY MISSED
//
// It writes DIRECTORY/results.txt and DIRECTORY/summary.md. It fails where fewer
// than 95 % of a set are found, where one is missed that MISSED does not list
// (and where one is listed that is found), and where a scan crashes, runs out of
// time or is incomplete.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"

	"plugvet/testdata/evasion/cases"
)

const (
	wanted    = 0.95
	timeLimit = time.Minute // for the scan of one disguise
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: measure PLUGVET DIRECTORY MISSED")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

// A result is what the scan of one disguise gave.
type result struct {
	cases.Case
	found  string // the rule and its capability; empty where it was missed
	other  []string
	broken string // a crash, a time limit, an incomplete scan
	took   time.Duration
}

func run(plugvet, dir, missedFile string) error {
	list, err := cases.Read(dir)
	if err != nil {
		return err
	}
	reasons, err := readMissed(missedFile)
	if err != nil {
		return err
	}
	results := make([]result, len(list))
	limit := make(chan struct{}, runtime.NumCPU())
	var all sync.WaitGroup
	for i, c := range list {
		all.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			results[i] = scan(plugvet, dir, c)
		})
	}
	all.Wait()

	if err := os.WriteFile(filepath.Join(dir, "results.txt"), table(results, reasons), 0o644); err != nil {
		return err
	}
	page := summary(results)
	if err := os.WriteFile(filepath.Join(dir, "summary.md"), page, 0o644); err != nil {
		return err
	}
	os.Stdout.Write(page)
	return judge(results, reasons)
}

// readMissed returns the reasons of the disguises that are known to be missed,
// by the name in their id, which stays when numbers change.
func readMissed(file string) (map[string]string, error) {
	var list map[string]string
	if _, err := toml.DecodeFile(file, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return list, nil
}

func name(c cases.Case) string {
	_, name, _ := strings.Cut(c.ID, "-")
	return name
}

// report is the part of plugvet.report/1 that counts here.
type report struct {
	Coverage struct {
		Plugins int
		Skipped []struct{ Path, Reason string }
		Errors  []struct{ Path, Reason string }
	}
	Plugins []struct {
		Name     string
		Findings []finding
	}
}

type finding struct{ Rule, Capability, Severity, View string }

func scan(plugvet, dir string, c cases.Case) result {
	r := result{Case: c}
	ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, plugvet, "scan", "--no-progress", "--jobs", "1", "--format", "json", filepath.Join(dir, c.ID))
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	start := time.Now()
	err := cmd.Run()
	r.took = time.Since(start)

	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		r.broken = fmt.Sprint("still running after ", timeLimit)
	case errors.As(err, &exit) && exit.ExitCode() != 1:
		r.broken = fmt.Sprintf("exit %d: %s", exit.ExitCode(), firstLine(problems.String()))
	case err != nil && exit == nil:
		r.broken = err.Error()
	}
	var rep report
	if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
		if r.broken == "" {
			r.broken = "report: " + err.Error()
		}
		return r
	}
	if r.broken == "" && rep.Coverage.Plugins == 0 {
		r.broken = "the scan saw no plugin" // an error of the generator
	}
	for _, e := range rep.Coverage.Errors {
		r.broken += "; " + e.Path + ": " + e.Reason
	}
	for _, p := range rep.Plugins {
		for _, f := range p.Findings {
			if r.found == "" && counts(c, f) {
				r.found = f.Capability + " (" + f.Rule + ", " + f.Severity + ")"
			}
			if other := f.Capability + " " + f.Severity; !slices.Contains(r.other, other) {
				r.other = append(r.other, other)
			}
		}
	}
	return r
}

// counts tells whether a finding says what the disguise does: its capability at
// any severity, or one that its entry accepts at medium or above.
func counts(c cases.Case, f finding) bool {
	return f.Capability == c.Does ||
		slices.Contains(c.Accept, f.Capability) && slices.Contains([]string{"medium", "high", "critical"}, f.Severity)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// judge says what makes the run fail.
func judge(results []result, reasons map[string]string) error {
	var problems []error
	unused := map[string]bool{}
	for name := range reasons {
		unused[name] = true
	}
	total, found := map[string]int{}, map[string]int{}
	for _, r := range results {
		total[r.Set]++
		if r.broken != "" {
			problems = append(problems, fmt.Errorf("%s: %s", r.ID, r.broken))
		}
		_, known := reasons[name(r.Case)]
		switch {
		case r.found != "":
			found[r.Set]++
		case known:
			delete(unused, name(r.Case))
		case r.Set == "open":
			problems = append(problems, fmt.Errorf("%s: missed: %s (%s)", r.ID, r.Does, r.Note))
		}
	}
	for name := range unused {
		problems = append(problems, fmt.Errorf("%s: listed as missed, and is found or does not exist", name))
	}
	for set, n := range total {
		if float64(found[set]) < wanted*float64(n) {
			problems = append(problems, fmt.Errorf("%s set: %d of %d found, wanted %.0f %%", set, found[set], n, 100*wanted))
		}
	}
	return errors.Join(problems...)
}
