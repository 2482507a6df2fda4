package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Languages, in the order of the tables, and what is compared of each. A label
// of a capability that is not listed is an error.
var compared = []struct {
	language     string
	capabilities []string
}{
	{"native", []string{"socket", "exec", "applescript", "dynload", "network"}},
	{"javascript", []string{"socket", "network", "exec", "applescript"}},
	{"php", []string{"socket", "network", "exec", "applescript"}},
}

// A mark is why somebody holds that a file has a capability.
type mark struct {
	Line   int    `json:"line"` // from 1; 0 where there are no lines
	Reason string `json:"reason"`
}

// labels are what the labellers say: by language, path and capability. A file
// without any capability is there all the same.
type labels map[string]map[string]map[string]mark

func readLabels(dir string) (labels, error) {
	all := labels{}
	for _, c := range compared {
		files, err := readLabelFile(filepath.Join(dir, c.language+".tsv"), c.capabilities)
		if err != nil {
			return nil, err
		}
		if err := checkComplete(filepath.Join(dir, c.language+".list"), files); err != nil {
			return nil, err
		}
		all[c.language] = files
	}
	return all, nil
}

// readLabelFile reads lines of "path, -" (the file was looked at), "path, !"
// (it could not be) and "path, capability, line, reason", with tabs.
func readLabelFile(name string, capabilities []string) (map[string]map[string]mark, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	files := map[string]map[string]mark{}
	found := 0
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		fields := strings.SplitN(lines.Text(), "\t", 4)
		switch {
		case len(fields) == 2 && fields[1] == "-":
			files[fields[0]] = map[string]mark{}
			continue
		case len(fields) != 4 || files[fields[0]] == nil:
			return nil, fmt.Errorf("%s:%d: not a label: %q", name, n, lines.Text())
		case fields[1] == "!":
			return nil, fmt.Errorf("%s:%d: %s: %s", name, n, fields[0], fields[3])
		}
		if !slices.Contains(capabilities, fields[1]) {
			return nil, fmt.Errorf("%s:%d: unknown capability %q", name, n, fields[1])
		}
		line, err := strconv.Atoi(fields[2])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		files[fields[0]][fields[1]] = mark{Line: line, Reason: fields[3]}
		found++
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if found == 0 {
		return nil, errors.New(name + ": a labeller that labels nothing measures nothing")
	}
	return files, nil
}

// checkComplete fails where a labeller left out a file of its list.
func checkComplete(list string, files map[string]map[string]mark) error {
	data, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	for name := range strings.Lines(string(data)) {
		if name = strings.TrimSuffix(name, "\n"); files[name] == nil {
			return fmt.Errorf("%s: %s was not labelled\nhint: remove build/eval/labels and run make eval again", list, name)
		}
	}
	return nil
}

// countPackages counts the lines of the lists of packages, NAME VERSION each.
func countPackages(dir string) (int, error) {
	lists, err := filepath.Glob(filepath.Join(dir, "*.packages"))
	if err != nil {
		return 0, err
	}
	count := 0
	for _, list := range lists {
		data, err := os.ReadFile(list)
		if err != nil {
			return 0, err
		}
		count += strings.Count(string(data), "\n")
	}
	return count, nil
}
