package php

import (
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// Names of files may be what a script calls: it lists a directory of its plugin. They are
// known where it is read together with others (see script.Siblings.Names); where it is
// not yet, it asks for them.

// directoryClasses are the classes of PHP that go over a directory.
var directoryClasses = map[string]bool{
	"directoryiterator": true, "filesystemiterator": true, "globiterator": true, "recursivedirectoryiterator": true,
}

// found are the files that a pattern of the plugin's directories stands for, in their order.
func (r *reader) found(pattern value) (names []string, known bool) {
	name := fileName(pattern)
	if !strings.HasPrefix(name, "./") {
		return nil, false
	}
	if r.trace.linker == nil || r.trace.linker.names == nil {
		if !slices.Contains(r.trace.included, script.AskedNames) && len(r.trace.included) < maxLinks {
			r.trace.included = append(r.trace.included, script.AskedNames)
		}
		return nil, false
	}
	name = "./" + strings.TrimPrefix(path.Clean(name), "./")
	for _, file := range r.trace.linker.names {
		if !r.budget.Take(len(file) + len(name)) {
			return nil, false
		}
		if fits, _ := path.Match(name, file); fits {
			names = append(names, file)
		}
	}
	return names, true
}

// entries are the files in a directory, in the order of their names.
func (r *reader) entries(dir value) (names []string, known bool) {
	if s, ok := dir.text(); ok {
		return r.found(stringValue(strings.TrimSuffix(s, "/") + "/*"))
	}
	return r.found(between(dir.prefix(), strings.TrimSuffix(dir.suffix(), "/")+"/*", 0))
}

// dirNames is what scandir and readdir give: the names of the files in a directory, and those of the
// directory itself and of the one above it.
func (r *reader) dirNames(dir value) (names []string, known bool) {
	files, known := r.entries(dir)
	names = []string{".", ".."}
	for _, file := range files {
		names = append(names, path.Base(file))
	}
	return names, known
}

// listing are the functions that list a directory, or what fits a pattern.
func (r *reader) listing(name string, arg func(int) value) (v value, done bool) {
	switch name {
	case "glob", "scandir":
		list := r.found
		if name == "scandir" {
			list = r.dirNames
		}
		names, known := list(arg(0))
		if !known {
			return marked(fromFile), true
		}
		if n, _ := arg(1).number(); name == "scandir" && n == 1 { // SCANDIR_SORT_DESCENDING
			slices.Reverse(names)
		}
		return listOf(r.budget, names), true
	case "opendir", "dir":
		names, known := r.dirNames(arg(0))
		o := &object{class: "directory", properties: map[string]value{}}
		if known {
			o.elements = listOf(r.budget, names).array
		}
		return objectValue(o), true
	case "readdir":
		if o := arg(0).object(); o != nil {
			return r.readDirectory(o), true
		}
	}
	return value{}, false
}

// readDirectory is the next name in a directory that is open.
func (r *reader) readDirectory(o *object) value {
	switch {
	case o.elements == nil:
		return marked(fromFile)
	case len(o.elements.values) == 0:
		return boolValue(false)
	}
	v := o.elements.values[0]
	o.elements = sliced(o.elements, 1, len(o.elements.values), false).array
	return v
}

// goOver gives an object that goes over a directory the files in it.
func (r *reader) goOver(o *object) {
	list := r.entries
	if o.class == "globiterator" {
		list = r.found
	}
	o.elements = newArray(1)
	add := func(file value) {
		o.elements.append(objectValue(&object{class: "splfileinfo", properties: map[string]value{}, args: []value{file}}))
	}
	files, known := list(o.args[0])
	if !known {
		add(marked(fromFile))
	}
	for _, file := range files {
		add(stringValue(file))
	}
}
