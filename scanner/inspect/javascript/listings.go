package javascript

import (
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// What lists files of the plugin: the functions of fs, and the packages that find files by
// patterns. A directory that is opened stands for its entries.

// listing is what such a function gives.
func (m *machine) listing(name string, args []argument, start, end uint32) (value, bool) {
	var names []value
	var ok bool
	switch function := strings.TrimSuffix(strings.Replace(strings.Replace(name, "fs/promises.", "fs.", 1), "fs.promises.", "fs.", 1), "Sync"); {
	case function == "fs.readdir", function == "fs.opendir":
		dir := argumentOr(args, 0)
		names, ok = m.listed(dir)
		typed, _ := itemOf(argumentOr(args, 1), "withFileTypes")
		if is, _ := typed.truthy(); is || function == "fs.opendir" {
			for i, item := range names {
				names[i] = objectOf("name", item)
				*names[i].keys = append(*names[i].keys, "parentPath", "path")
				*names[i].items = append(*names[i].items, dir, dir)
			}
		}
	case function == "fs.glob", globs(name):
		names, ok = m.found(argumentOr(args, 0), args[min(1, len(args)):])
	default:
		return value{}, false
	}
	if by := argumentOr(args, len(args)-1); ok && by.kind >= closure && !strings.Contains(name, "Sync") {
		m.after(0, func() { m.invokeAt(by, value{}, asArguments([]value{{kind: null}, arrayValue(names)}), start, 0, end) })
		return value{kind: undefined}, true
	}
	return arrayValue(names), ok // a promise stands for what it comes to
}

// globs tells whether a function is one of the packages that find files by patterns.
func globs(name string) bool {
	module, function, _ := strings.Cut(name, ".")
	switch module {
	case "glob", "fast-glob", "globby", "tinyglobby":
		return slices.Contains([]string{"", "default", "sync", "glob", "globSync", "globby", "globbySync", "async"}, function)
	}
	return false
}

// found are the files of the plugin that patterns may mean: all below the directory in which
// they begin to be patterns, with the suffix that they end with.
func (m *machine) found(patterns value, options []argument) (names []value, ok bool) {
	how := argumentOr(options, 0)
	if list, given := itemOf(patterns, "patterns"); given {
		patterns, how = list, patterns
	}
	cwd, absolute := itemText(how, "cwd"), false
	if given, _ := itemOf(how, "absolute"); given.kind == boolean {
		absolute, _ = given.truthy()
	}
	if cwd == "" {
		cwd = dirname
	}
	all := []value{patterns}
	if patterns.kind == array {
		all = (*patterns.items)[:min(len(*patterns.items), maxSupposed)]
	}
	for _, pattern := range all {
		if pattern.kind != text || len(pattern.str) > maxName || strings.HasPrefix(pattern.str, "!") {
			continue
		}
		whole := strings.HasPrefix(pattern.str, dirname)
		at := pattern.str
		if !whole {
			at = cwd + "/" + at
		}
		if !strings.HasPrefix(cleanPath(at), dirname) {
			continue
		}
		if m.linker == nil || m.linker.all == nil {
			m.asksFor(script.AskedNames)
			return nil, false
		}
		before, _, _ := strings.Cut(cleanPath(at), "*")
		before, _, _ = strings.Cut(before, "{")
		below := path.Join(".", strings.TrimPrefix(before[:strings.LastIndexByte(before+"/", '/')], dirname))
		suffix := path.Ext(at)
		if strings.ContainsAny(suffix, "*{}?[]()/") {
			suffix = ""
		}
		for _, file := range m.linker.all {
			file = path.Clean(file)
			inside := below == "." && !strings.HasPrefix(file, "../") || strings.HasPrefix(file, strings.TrimPrefix(below, "/")+"/")
			if !m.step(1) || !inside || !strings.HasSuffix(file, suffix) {
				continue
			}
			item := dirname + "/" + file
			if !whole && !absolute {
				item = strings.TrimPrefix(item, cleanPath(cwd)+"/")
			}
			names = append(names, textValue(item))
		}
		ok = true
	}
	return names, ok
}
