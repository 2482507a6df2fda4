package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A command is a program to be measured. Its output goes nowhere.
type command struct {
	name  string
	args  []string
	fails bool // exit code 1 is what it should end with, or may
}

// A result is what the runs of a command took.
type result struct {
	wall time.Duration // median
	cpu  time.Duration // median, of all processors
	peak int64         // bytes of memory, median
}

// runAll runs the commands in turn, so many rounds, after one that warms up.
func runAll(commands []command, rounds int) (map[string]result, error) {
	runs := map[string][]result{}
	for round := range rounds + 1 {
		for _, c := range commands {
			r, err := c.run()
			if err != nil {
				return nil, err
			}
			if round > 0 {
				runs[c.name] = append(runs[c.name], r)
			}
			fmt.Fprintf(os.Stderr, "%d/%d %-8s %.3f s, %.3f s of processors, %d MB\n", round, rounds, c.name, r.wall.Seconds(), r.cpu.Seconds(), r.peak>>20)
		}
	}
	results := map[string]result{}
	for name, all := range runs {
		results[name] = result{
			wall: median(all, func(r result) time.Duration { return r.wall }),
			cpu:  median(all, func(r result) time.Duration { return r.cpu }),
			peak: median(all, func(r result) int64 { return r.peak }),
		}
	}
	return results, nil
}

func median[T cmp.Ordered](all []result, of func(result) T) T {
	var values []T
	for _, r := range all {
		values = append(values, of(r))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func (c command) run() (result, error) {
	cmd := exec.Command(c.args[0], c.args[1:]...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	started := time.Now()
	err := cmd.Run()
	wall := time.Since(started)
	if err != nil && !(c.fails && cmd.ProcessState.ExitCode() == 1) {
		return result{}, fmt.Errorf("%s: %w\n%s", strings.Join(c.args, " "), err, complaint.Bytes())
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	peak := usage.Maxrss
	if runtime.GOOS == "linux" {
		peak <<= 10 // getrusage(2): kilobytes there, bytes on macOS
	}
	return result{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak}, nil
}

// overTree are the commands that are compared over a tree, after they were
// given what they ask for: an approved manifest, a database.
func (b *bench) overTree(tree string) ([]command, error) {
	if err := b.approve(tree); err != nil {
		return nil, err
	}
	aide, err := b.aide(tree)
	if err != nil {
		return nil, err
	}
	yara, err := b.yara(tree)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(b.trees, tree)
	return []command{
		{name: "bare", args: []string{b.bare, path}},
		b.scan(tree, tree),
		{name: "sums", args: []string{"sh", "-c", `find "$1" -type f -print0 | xargs -0 -P"$(nproc)" sha256sum`, "sh", path}},
		aide, yara, b.scan(tree, ""),
	}, nil
}

// scan is the gate over a tree with the manifest of another, or a cold scan
// where that is empty.
func (b *bench) scan(tree, approved string) command {
	c := command{name: "cold", args: []string{b.plugvet, "scan", "--quiet", "--no-progress"}, fails: true}
	if approved != "" {
		c.name, c.fails = "gate", false
		c.args = append(c.args, "--manifest", b.manifest(approved))
	}
	c.args = append(c.args, filepath.Join(b.trees, tree))
	return c
}

func (b *bench) manifest(tree string) string { return filepath.Join(b.trees, tree+".toml") }

// approve makes the manifest of a tree anew, since rules may have changed.
func (b *bench) approve(tree string) error {
	manifest := b.manifest(tree)
	for _, old := range []string{manifest, strings.TrimSuffix(manifest, ".toml") + ".sums"} {
		if err := os.Remove(old); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	fmt.Fprintln(os.Stderr, "approving", tree)
	_, err := command{args: []string{b.plugvet, "approve", "--manifest", manifest, "--by", "bench@example.com",
		"--ticket", "BENCH-1", "--reason", "a tree to measure", "--no-progress", filepath.Join(b.trees, tree)}}.run()
	return err
}

// aide makes the database that aide --check compares with.
func (b *bench) aide(tree string) (command, error) {
	base := filepath.Join(b.trees, tree+".aide")
	config := fmt.Sprintf("database_in=file:%[1]s.db\ndatabase_out=file:%[1]s.db\ngzip_dbout=no\nlog_level=error\n%[2]s/ sha256\n", base, filepath.Join(b.trees, tree))
	if err := os.WriteFile(base+".conf", []byte(config), 0o644); err != nil {
		return command{}, err
	}
	fmt.Fprintln(os.Stderr, "aide --init over", tree)
	if _, err := (command{args: []string{"aide", "--config", base + ".conf", "--init"}}).run(); err != nil {
		return command{}, err
	}
	return command{name: "aide", args: []string{"aide", "--config", base + ".conf", "--check"}}, nil
}

// yara applies our rules with the defaults of our externals.
func (b *bench) yara(tree string) (command, error) {
	externals, err := exec.Command(b.plugvet, "rules", "externals").Output()
	if err != nil {
		return command{}, err
	}
	args := []string{"yara", "-r", "-p", strconv.Itoa(runtime.NumCPU())}
	for line := range strings.Lines(string(externals)) {
		args = append(args, "-d", strings.TrimSuffix(line, "\n"))
	}
	files, err := filepath.Glob(filepath.Join(b.rules, "*.yar"))
	if err != nil {
		return command{}, err
	}
	return command{name: "yara", args: append(append(args, files...), filepath.Join(b.trees, tree))}, nil
}

// largestFiles is the size in bytes of the n largest files of a tree together.
func largestFiles(tree string, n int) (int64, error) {
	var sizes []int64
	err := filepath.WalkDir(tree, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			sizes = append(sizes, info.Size())
		}
		return err
	})
	slices.Sort(sizes)
	var sum int64
	for _, size := range sizes[max(0, len(sizes)-n):] {
		sum += size
	}
	return sum, err
}
