// Command hostile scans inputs that are made to hurt a scanner, each alone, and
// prints what each cost:
//
//	hostile PLUGVET DIRECTORY
//
// It fails where a scan crashes, takes longer than timeLimit or more memory than
// memoryLimit. The inputs are written to DIRECTORY one at a time and removed
// again, since together they are large. Another process writes them, because the
// kernel counts the most memory that this one had into that of its children.
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
	do := run
	if os.Getenv(writer) != "" {
		do = writeInput
	}
	if err := do(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "hostile:", err)
		os.Exit(1)
	}
}

const writer = "HOSTILE_WRITER" // set for the process that writes an input

func run(plugvet, dir string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var problems []error
	fmt.Printf("%-34s %10s %8s %10s  %s\n", "hostile input", "size", "time", "memory", "result")
	for _, in := range inputs() {
		site := filepath.Join(dir, in.name)
		if err := os.RemoveAll(site); err != nil {
			return err
		}
		cmd := exec.Command(self, in.name, site)
		cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), writer+"=1"), os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("write %s: %w", in.name, err)
		}
		info, err := os.Stat(in.path(site))
		if err != nil {
			return err
		}
		r := scan(plugvet, site, in)
		fmt.Printf("%-34s %9.1fM %7.1fs %9.1fM  %s\n", in.name, float64(info.Size())/1e6, r.took.Seconds(), float64(r.memory)/1e6, r.says)
		if r.err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", in.name, r.err))
		}
		if err := os.RemoveAll(site); err != nil {
			return err
		}
	}
	return errors.Join(problems...)
}

// path is where an input lies in its site: in an npm package or a WordPress
// plugin.
func (in input) path(site string) string {
	if filepath.Ext(in.file) == ".js" {
		return filepath.Join(site, "node_modules/theme-kit", in.file)
	}
	return filepath.Join(site, "wp-content/plugins/theme-kit", in.file)
}

// writeInput writes the input of that name.
func writeInput(name, site string) error {
	for _, in := range inputs() {
		if in.name != name {
			continue
		}
		path := in.path(site)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		manifest := fmt.Sprintf(`{"name": "theme-kit", "version": "1.4.2", "main": %q}`, in.file)
		return errors.Join(
			os.WriteFile(path, in.make(), 0o644),
			os.WriteFile(filepath.Join(filepath.Dir(path), "package.json"), []byte(manifest), 0o644))
	}
	return fmt.Errorf("no input %q", name)
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
