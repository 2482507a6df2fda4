// Command hostile scans inputs that are made to hurt a scanner, each alone, and
// prints what each cost:
//
//	hostile PLUGVET DIRECTORY
//
// It fails where a scan crashes, takes longer than timeLimit or more memory than
// memoryLimit. The inputs are written to DIRECTORY one at a time and removed
// again, since together they are large.
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
	"syscall"
	"time"
)

const (
	timeLimit   = 60 * time.Second
	memoryLimit = 1 << 30 // bytes, the most that was resident
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: hostile PLUGVET DIRECTORY")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "hostile:", err)
		os.Exit(1)
	}
}

func run(plugvet, dir string) error {
	var problems []error
	fmt.Printf("%-34s %10s %8s %10s  %s\n", "hostile input", "size", "time", "memory", "result")
	for _, in := range inputs() {
		data := in.make()
		site := filepath.Join(dir, in.name)
		if err := os.RemoveAll(site); err != nil {
			return err
		}
		if err := write(site, in.file, data); err != nil {
			return err
		}
		r := scan(plugvet, site, in)
		fmt.Printf("%-34s %9.1fM %7.1fs %9.1fM  %s\n", in.name, float64(len(data))/1e6, r.took.Seconds(), float64(r.memory)/1e6, r.says)
		if r.err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", in.name, r.err))
		}
		if err := os.RemoveAll(site); err != nil {
			return err
		}
	}
	return errors.Join(problems...)
}

// write puts the input into an npm package or a WordPress plugin, by its suffix.
func write(site, file string, data []byte) error {
	dir := filepath.Join(site, "node_modules/theme-kit")
	if filepath.Ext(file) != ".js" {
		dir = filepath.Join(site, "wp-content/plugins/theme-kit")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	manifest := fmt.Sprintf(`{"name": "theme-kit", "version": "1.4.2", "main": %q}`, file)
	return errors.Join(
		os.WriteFile(filepath.Join(dir, file), data, 0o644),
		os.WriteFile(filepath.Join(dir, "package.json"), []byte(manifest), 0o644))
}

type result struct {
	took   time.Duration
	memory int64
	says   string
	err    error
}

func scan(plugvet, site string, in input) result {
	ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, plugvet, "scan", "--no-progress", "--format", "json", site)
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	start := time.Now()
	err := cmd.Run()
	r := result{took: time.Since(start)}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.memory = usage.Maxrss << 10 // Linux counts it in KiB
	}
	var report struct {
		Coverage struct {
			Skipped []struct{ Reason string }
			Errors  []struct{ Reason string }
		}
		Plugins []struct {
			Findings []struct{ Capability, Severity string }
		}
	}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		r.err = fmt.Errorf("still running after %v", timeLimit)
	case errors.As(err, &exit) && exit.ExitCode() == 3:
		// Incomplete is an honest answer to some of these, if it says why.
		r.says = "incomplete; "
	case err != nil && (exit == nil || exit.ExitCode() != 1):
		r.err = fmt.Errorf("%w: %.200s", err, problems.String())
	}
	if jsonErr := json.Unmarshal(out.Bytes(), &report); jsonErr != nil && r.err == nil {
		r.err = fmt.Errorf("report: %w", jsonErr)
	}
	if r.err == nil && r.memory > memoryLimit {
		r.err = fmt.Errorf("%d MB resident, wanted at most %d", r.memory>>20, memoryLimit>>20)
	}
	seen := map[string]bool{}
	for _, p := range report.Plugins {
		for _, f := range p.Findings {
			seen[f.Capability] = true
		}
	}
	for _, e := range append(report.Coverage.Skipped, report.Coverage.Errors...) {
		r.says += e.Reason + "; "
	}
	switch {
	case r.err != nil:
		r.says += "FAILED: " + r.err.Error()
	case in.holds == "":
		r.says += "survived"
	case seen[in.holds]:
		r.says += "survived, " + in.holds + " found"
	default:
		r.says += "survived, " + in.holds + " not found"
	}
	return r
}
