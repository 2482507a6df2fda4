package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// A row holds one measure of plugvet against another.
type row struct {
	what, against string
	ours, theirs  float64 // in the unit; of a million files' time, seconds for all of them
	most          float64 // of ours to theirs
	unit          string
}

func timed(what string, ours result, against string, theirs result, most float64) row {
	return row{what, against, ours.wall.Seconds(), theirs.wall.Seconds(), most, "s"}
}

func megabytes(bytes int64) float64 { return float64(bytes) / (1 << 20) }

func (r row) ratio() float64 { return r.ours / r.theirs }
func (r row) kept() bool     { return r.ratio() <= r.most }

func (r row) value(v float64) string {
	switch r.unit {
	case "MB", "µs":
		return fmt.Sprintf("%.0f %s", v, r.unit)
	default:
		return fmt.Sprintf("%.3f %s", v, r.unit)
	}
}

// tableOf writes the rows as Markdown.
func tableOf(rows []row) string {
	var b strings.Builder
	fmt.Fprintln(&b, "| case | against | ours | theirs | ratio | at most | |")
	fmt.Fprintln(&b, "|---|---|--:|--:|--:|--:|---|")
	for _, r := range rows {
		outcome := "kept"
		if !r.kept() {
			outcome = "**missed**"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %.2f | %g | %s |\n", r.what, r.against, r.value(r.ours), r.value(r.theirs), r.ratio(), r.most, outcome)
	}
	return b.String()
}

// about says when, where and with which versions the table came about.
func (b *bench) about() string {
	kernel, _ := exec.Command("uname", "-sr").Output()
	version := func(args ...string) string {
		out, _ := exec.Command(args[0], args[1:]...).CombinedOutput()
		line, _, _ := strings.Cut(string(out), "\n")
		return strings.TrimSpace(line)
	}
	return fmt.Sprintf("%s, %d processors (%s), %s, %s; %s; yara %s; %s; medians of %d interleaved runs, files in the page cache.\n",
		time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), processor(), bytes.TrimSpace(kernel), runtime.Version(),
		version(b.plugvet, "version"), version("yara", "--version"), version("aide", "--version"), b.rounds)
}

// processor is the model that Linux states, or the architecture.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
