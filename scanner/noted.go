package scanner

import (
	"maps"
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
// say nothing about what the plugin does: unless something leads there, or may,
// be it a file outside them that has a word of them, the package.json, a config or
// another plugin. A name that code makes up at run time leads nowhere that could be known.
// counts are the files that are more than tests.
func (t *teller) note(counts map[string]bool) {
	for i := range t.findings {
		f := &t.findings[i]
		if !inTests(*f) || counts[f.name] {
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

// hooksKnown reports whether it is known what every install hook runs.
func (t *teller) hooksKnown() bool {
	var begins []string
	for _, e := range t.entries() {
		if e.Hook == nil {
			continue
		}
		files, whole := t.leadsTo(e)
		unread := slices.ContainsFunc(files, func(file string) bool { return t.files[file] == nil || !t.files[file].isScript })
		if !whole || e.Hook.Opaque || unread {
			return false
		}
		begins = append(begins, files...)
	}
	for _, f := range t.findings {
		switch {
		case f.Capability != "install-hook" || f.name != "": // told by the entries
		case f.leads == "":
			return false
		default:
			begins = append(begins, relative(t.plugin, f.leads))
		}
	}
	_, order := t.reach([][]string{begins})
	return !slices.ContainsFunc(order, func(file string) bool { return t.files[file] != nil && t.files[file].opaque })
}

// maxMentionRounds bounds how often what is mentioned is looked into for what it
// mentions itself.
const maxMentionRounds = 8

// counting returns the files that are more than tests. known says that it is
// known of all others that they are not. leads are paths within the plugin by which
// other plugins lead to tests.
func (t *teller) counting(leads []string) (counts map[string]bool, known bool) {
	if t.plugin.Served || t.partial() || !t.hooksKnown() {
		return nil, false
	}
	var tests []string
	counts = map[string]bool{}
	for name := range t.names {
		if isTestPath(name) {
			tests = append(tests, name)
		} else {
			counts[name] = true
		}
	}
	for _, f := range t.findings {
		if f.leads != "" {
			counts[relative(t.plugin, f.leads)] = true
		}
	}
	mentions := map[string]bool{}
	mention := func(names []string) {
		for _, name := range names {
			mentions[name] = true
		}
	}
	for _, e := range t.entries() {
		if strings.HasPrefix(e.Key, "autoload.") && path.Clean(e.Files[0]) == "*" {
			return nil, false // any class of the package
		}
		files, whole := t.leadsTo(e)
		for _, file := range files {
			counts[file] = true
		}
		if !whole {
			mention(mentionsOf(e.Files))
		}
	}
	for _, to := range leads {
		if path.Clean(to) == "*" {
			return nil, false
		}
		if file := t.resolve(".", "./"+to); file != "" {
			counts[file] = true
		} else {
			mention(mentionsOf([]string{to}))
		}
	}
	for _, target := range t.links {
		mention(mentionsOf([]string{target}))
	}
	delete(mentions, "")
	for range maxMentionRounds {
		_, order := t.reach([][]string{slices.Sorted(maps.Keys(counts))})
		for _, name := range order {
			counts[name] = true
			if refs := t.files[name]; refs != nil {
				mention(refs.mentions)
			}
		}
		before := len(counts)
		for _, name := range tests {
			if bears(name, mentions) {
				counts[name] = true
			}
		}
		if len(counts) == before {
			return counts, true
		}
	}
	return nil, false
}

// inTests reports whether a finding is in one of the plugin's own tests, examples
// or fixtures. Whether it counts depends on what the plugin's scripts load.
func inTests(f Finding) bool { return f.name != "" && isTestPath(f.name) }
