package scanner

import (
	"path"
	"slices"
	"strings"
)

// testDirs are the directories in which a package keeps what tests it, shows
// how it is used or feeds its tests, in lower case. Not among them is "docs":
// a package that builds its pages has programs there, and one that ships them
// can say so with an approval.
var testDirs = []string{
	"test", "tests", "__tests__", "spec", "specs", "testing", "e2e",
	"example", "examples", "demo", "demos",
	"fixture", "fixtures", "__fixtures__", "__mocks__", "testdata",
	"benchmark", "benchmarks", "bench",
}

// isTestPath reports whether a file, by its name relative to the plugin, is one
// of the plugin's own tests, examples or fixtures: by a directory above it, or by
// a name that test runners look for (cart.test.js, cart_test.php, CartTest.php).
func isTestPath(name string) bool {
	dir, base := path.Split(name)
	for element := range strings.SplitSeq(dir, "/") {
		if slices.Contains(testDirs, strings.ToLower(element)) {
			return true
		}
	}
	stem := strings.TrimSuffix(base, path.Ext(base))
	switch path.Ext(base) {
	case ".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx":
		return strings.HasSuffix(stem, ".test") || strings.HasSuffix(stem, ".spec")
	case ".php":
		return strings.HasSuffix(stem, "_test") || len(stem) > 4 && strings.HasSuffix(stem, "Test")
	}
	return false
}

// note marks the findings in a plugin's own tests, examples and fixtures, which
// say nothing about what the plugin does: unless something leads there, be it a
// file outside them, the package.json or a config. A name that code makes up at run time
// leads nowhere that could be known.
func (t *teller) note() {
	findings := t.findings
	if !slices.ContainsFunc(findings, inTests) || t.partial() {
		return
	}
	var begins []string
	for name := range t.files {
		if !isTestPath(name) {
			begins = append(begins, name)
		}
	}
	slices.Sort(begins)
	for _, f := range findings {
		if f.leads != "" {
			begins = append(begins, relative(t.plugin, f.leads))
		}
	}
	for _, e := range t.entries() {
		files, _ := t.leadsTo(e)
		begins = append(begins, files...)
	}
	steps, _ := t.reach([][]string{begins})
	for i := range findings {
		f := &findings[i]
		if _, reached := steps[f.name]; reached || !inTests(*f) {
			continue
		}
		f.Noted = true
		if f.Severity == Critical { // in another place it would be the worst there is: worth a look
			f.Severity = Low
		} else {
			f.Severity = Info
		}
	}
}

// inTests reports whether a finding is in one of the plugin's own tests, examples
// or fixtures. Whether it counts depends on what the plugin's scripts load.
func inTests(f Finding) bool { return f.name != "" && isTestPath(f.name) }
