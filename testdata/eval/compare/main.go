// Command compare measures what plugvet says of the corpus against the labels:
//
//	compare -labels DIR -report FILE -reviewed DIR -out DIR
//
// It knows plugvet only by its JSON report and no rule at all. It writes
// results.txt, results.md and results.json, and fails where a bound is missed,
// where a finding of high or critical is not reviewed, and where a reviewed
// entry is not needed any more. README.md beside it says how to read the results.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	labels := flag.String("labels", "", "directory with LANGUAGE.list and LANGUAGE.tsv")
	report := flag.String("report", "", "JSON report of a scan of the same corpus")
	reviewed := flag.String("reviewed", "", "directory with exceptions.toml and alarms.toml")
	out := flag.String("out", "", "directory for the results, which holds *.packages")
	flag.Parse()
	if err := run(*labels, *report, *reviewed, *out); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(labelDir, reportFile, reviewedDir, out string) error {
	labels, err := readLabels(labelDir)
	if err != nil {
		return err
	}
	said, err := readReport(reportFile)
	if err != nil {
		return err
	}
	exceptions, err := readExceptions(filepath.Join(reviewedDir, "exceptions.toml"))
	if err != nil {
		return err
	}
	alarms, err := readAlarms(filepath.Join(reviewedDir, "alarms.toml"))
	if err != nil {
		return err
	}
	packages, err := countPackages(out)
	if err != nil {
		return err
	}
	results := compare(labels, said, exceptions, alarms)
	results.Packages = packages
	if err := results.write(out); err != nil {
		return err
	}
	fmt.Print(results.markdown())
	return errors.Join(results.faults()...)
}
