// Command measure runs plugvet beside other programs over the trees of make
// bench and holds their times and memory against the bounds that plugvet keeps.
//
// The commands of a group run in turn, round after round, so that a machine
// that is busy for a while is busy for all of them; what counts are medians.
// That is why this is not hyperfine, which runs one command after the other.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// A bench is what the command line says.
type bench struct {
	plugvet, bare, rules, trees, out string
	rounds                           int
	small                            bool
}

func main() {
	b := &bench{}
	flag.StringVar(&b.plugvet, "plugvet", "", "the program")
	flag.StringVar(&b.bare, "bare", "", "the loop that only reads and hashes")
	flag.StringVar(&b.rules, "rules", "", "directory of our rules")
	flag.StringVar(&b.trees, "trees", "", "directory of the trees")
	flag.StringVar(&b.out, "out", "", "file that the table is written to")
	flag.IntVar(&b.rounds, "rounds", 7, "runs of each command")
	flag.BoolVar(&b.small, "small", false, "leave out the tree of a million files")
	flag.Parse()
	kept, err := b.run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(2)
	}
	if !kept {
		fmt.Fprintln(os.Stderr, "measure: a bound is missed")
		os.Exit(1)
	}
}

func (b *bench) run() (kept bool, err error) {
	for _, path := range []*string{&b.plugvet, &b.bare, &b.rules, &b.trees, &b.out} {
		if *path, err = filepath.Abs(*path); err != nil {
			return false, err
		}
	}
	var rows []row
	for _, group := range []func() ([]row, error){b.npm, b.debian, b.module, b.million} {
		more, err := group()
		if err != nil {
			return false, err
		}
		rows = append(rows, more...)
	}
	table := b.about() + "\n" + tableOf(rows)
	fmt.Print(table)
	if err := os.WriteFile(b.out, []byte(table), 0o644); err != nil {
		return false, err
	}
	kept = true
	for _, r := range rows {
		kept = kept && r.kept()
	}
	return kept, nil
}

// Bounds, from what is asked of plugvet.
const (
	gateToBare    = 1.25
	gateToSums    = 0.6
	gateToAide    = 0.1
	coldToBare    = 5
	coldToYara    = 0.8
	changedToGate = 1.2
	moduleToYara  = 1.5
	millionToTen  = 1.5 // peak memory
	eachOfMillion = 1.2 // time for one file
	overFiles     = 150 // MB of memory over that of the largest files
)

// npm compares over a tree of npm packages, in which one has changed at last.
func (b *bench) npm() ([]row, error) {
	commands, err := b.overTree("npm")
	if err != nil {
		return nil, err
	}
	changed := b.scan("changed", "npm")
	changed.name, changed.fails = "changed", true
	results, err := runAll(append(commands, changed), b.rounds)
	if err != nil {
		return nil, err
	}
	largest, err := largestFiles(filepath.Join(b.trees, "npm"), runtime.NumCPU())
	if err != nil {
		return nil, err
	}
	memory := func(what string, r result) row {
		return row{"npm tree: peak memory, " + what, "the largest files that are open at once, MB, plus 150", megabytes(r.peak), float64(largest>>20) + overFiles, 1, "MB"}
	}
	return append(b.treeRows("npm tree", results),
		timed("npm tree: gate after one package changed", results["changed"], "gate on the unchanged tree", results["gate"], changedToGate),
		memory("gate", results["gate"]), memory("cold scan", results["cold"])), nil
}

func (b *bench) debian() ([]row, error) {
	commands, err := b.overTree("debian")
	if err != nil {
		return nil, err
	}
	results, err := runAll(commands, b.rounds)
	if err != nil {
		return nil, err
	}
	return b.treeRows("Debian root", results), nil
}

func (b *bench) treeRows(tree string, r map[string]result) []row {
	gate := tree + ": gate, approved and unchanged"
	cold := tree + ": cold scan, all rules, facts and views"
	return []row{
		timed(gate, r["gate"], "bare walk, read and hash", r["bare"], gateToBare),
		timed(gate, r["gate"], "find, xargs -P, sha256sum", r["sums"], gateToSums),
		timed(gate, r["gate"], "aide --check", r["aide"], gateToAide),
		timed(cold, r["cold"], "bare walk, read and hash", r["bare"], coldToBare),
		timed(cold, r["cold"], "yara -r -p, our rules", r["yara"], coldToYara),
	}
}

// module compares one nginx module, start to exit.
func (b *bench) module() ([]row, error) {
	yara, err := b.yara("module")
	if err != nil {
		return nil, err
	}
	cold := b.scan("module", "")
	results, err := runAll([]command{cold, yara}, 3*b.rounds)
	if err != nil {
		return nil, err
	}
	return []row{timed("one nginx module, start to exit", results["cold"], "yara, our rules", results["yara"], moduleToYara)}, nil
}

// million compares a tree of a million small files with one of ten thousand.
func (b *bench) million() ([]row, error) {
	if b.small {
		return nil, nil
	}
	var rows []row
	results := map[string]result{}
	for _, tree := range []string{"10k", "1m"} {
		rounds := 1 // a million is a mean by itself
		if tree == "10k" {
			rounds = b.rounds
		}
		if err := b.approve(tree); err != nil {
			return nil, err
		}
		of, err := runAll([]command{b.scan(tree, ""), b.scan(tree, tree)}, rounds)
		if err != nil {
			return nil, err
		}
		for name, r := range of {
			results[tree+" "+name] = r
		}
	}
	for _, what := range []string{"gate", "cold"} {
		many, few := results["1m "+what], results["10k "+what]
		rows = append(rows,
			row{"a million files: peak memory, " + what, "ten thousand files", megabytes(many.peak), megabytes(few.peak), millionToTen, "MB"},
			row{"a million files: time for one, " + what, "of ten thousand", many.wall.Seconds(), few.wall.Seconds() * 100, eachOfMillion, "µs"})
	}
	return rows, nil
}
