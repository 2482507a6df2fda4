package locate

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// A phpSetting is a directive with the line that sets it.
type phpSetting struct {
	iniEntry
	by Reference
}

// phpScripts are the directives that name a script which PHP runs unasked,
// and when it does.
var phpScripts = map[string]string{
	"auto_prepend_file": "before every request",
	"auto_append_file":  "after every request",
	"opcache.preload":   "at every start",
	"ffi.preload":       "at every start",
}

// apply reads the ini files of one program or SAPI in their order and takes
// what they load. Of a directive that is set twice the last one holds;
// extension and zend_extension add up. Extensions are loaded after the last
// file was read, so that extension_dir holds for all of them.
func (h *php) apply(s *survey, base string, files, dirs []string) {
	values := map[string]phpSetting{} // the last of each directive
	if len(dirs) > 0 {
		values["PHP_EXTENSION_DIR"] = phpSetting{iniEntry: iniEntry{value: "/" + dirs[0]}}
	}
	var extensions, conditional []phpSetting
	for _, file := range files {
		h.read[file] = true
		for _, d := range s.settings(file, values) {
			switch key := strings.ToLower(d.key); {
			case key == "extension" || key == "zend_extension":
				if d.section != "" { // php_ini_parser_cb keeps no extensions of a section
					s.sink.Skip(d.by.File, fmt.Sprintf("line %d: PHP ignores %s below [%s]", d.by.Line, key, tree.Printable(d.section)))
					continue
				}
				d.key = key
				extensions = append(extensions, d)
			case d.section != "":
				conditional = append(conditional, d)
			case d.unknown == "" || h.matters(d.key):
				values[d.key] = d
			}
		}
	}
	if dir, ok := values["extension_dir"]; ok {
		dirs = h.extensionDir(s, dir, dirs)
	}
	h.dirs[base] = dirs
	for _, d := range extensions {
		h.extension(s, d, dirs)
	}
	var keys []string
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		h.directive(s, values[key])
	}
	for _, d := range conditional {
		h.directive(s, d)
	}
}

// matters tells the directives whose value decides which code runs.
func (h *php) matters(key string) bool {
	return phpScripts[key] != "" || slices.Contains([]string{"extension_dir", "ffi.enable", "user_ini.filename"}, key)
}

// settings reads one config; ${NAME} in it may stand for what values has.
func (s *survey) settings(file string, values map[string]phpSetting) []phpSetting {
	if resolved, err := tree.Resolve(s.tree, file); err != nil {
		s.broken(file, err)
		return nil
	} else if !s.isFile(resolved) {
		s.sink.Skip(file, "not a regular file, so PHP reads nothing from it")
		return nil
	}
	data, ok := s.read(file)
	if !ok {
		return nil
	}
	entries, err := parseINI(data, func(name string) (string, bool) {
		v, ok := values[name]
		return v.value, ok && v.unknown == ""
	})
	if err != nil {
		s.sink.Fail(file, fmt.Errorf("%w; PHP reads no further", err))
	}
	var settings []phpSetting
	for _, e := range entries {
		settings = append(settings, phpSetting{e, Reference{file, e.line}})
	}
	return settings
}

// directive takes what a directive other than extension says.
func (h *php) directive(s *survey, d phpSetting) {
	switch {
	case !h.matters(d.key) || d.value == "" && d.unknown == "":
	case d.key == "extension_dir": // extensionDir told of it
	case d.unknown != "":
		s.unknownValue(d)
	case d.key == "user_ini.filename":
		h.userINI = appendNew(h.userINI, d.value)
	case d.key == "ffi.enable":
		s.location(Location{Host: h.name(), Path: d.by.File, How: Config, By: d.by, Detail: "ffi.enable = " + d.value})
	default:
		for _, file := range h.scriptFiles(d) {
			h.script(s, d, file)
		}
	}
}

// scriptFiles are the files that a directive names: ffi.preload takes a list.
func (h *php) scriptFiles(d phpSetting) []string {
	if d.key == "ffi.preload" {
		return strings.FieldsFunc(d.value, func(r rune) bool { return r == ':' })
	}
	return []string{d.value}
}

// unknownValue tells of code that PHP loads from where only its environment
// knows: it was not looked at, so the run is incomplete.
func (s *survey) unknownValue(d phpSetting) {
	s.sink.Fail(d.by.File, fmt.Errorf("line %d: %s depends on %s, which no file tells", d.by.Line, d.key, tree.Printable(d.unknown)))
}

// extensionDir takes the directory that extension_dir names.
func (h *php) extensionDir(s *survey, d phpSetting, dirs []string) []string {
	switch {
	case d.unknown != "":
		s.unknownValue(d)
		return dirs
	case !path.IsAbs(d.value):
		if d.value != "" {
			s.sink.Skip(d.by.File, fmt.Sprintf("line %d: extension_dir = %s begins at the working directory of the process, which no file tells",
				d.by.Line, tree.Printable(d.value)))
		}
		return dirs
	}
	dir := s.followed(d.value)
	s.location(Location{Host: h.name(), Path: dir, How: Config, By: d.by, Detail: "extension_dir = " + d.value})
	return []string{dir}
}

// extension finds the file that extension= or zend_extension= names, as
// php_load_extension (ext/standard/dl.c) and php_load_zend_extension_cb
// (main/php_ini.c) do: a path as it stands, with any suffix; a name in the
// extension directory, as it stands and then with ".so".
func (h *php) extension(s *survey, d phpSetting, dirs []string) {
	if d.unknown != "" {
		s.unknownValue(d)
		return
	}
	if d.value == "" {
		return
	}
	var names []string
	hasSlash := strings.Contains(d.value, "/")
	if path.IsAbs(d.value) {
		names = append(names, d.value)
	} else if hasSlash && d.key == "extension" {
		s.sink.Skip(d.by.File, fmt.Sprintf("line %d: PHP looks for %s in the working directory of the process first, which no file tells",
			d.by.Line, tree.Printable(d.value)))
	}
	for _, dir := range dirs {
		if path.IsAbs(d.value) && d.key == "zend_extension" {
			break
		}
		if !hasSlash || d.key == "zend_extension" {
			names = append(names, tree.Join(dir, d.value))
		}
		names = append(names, tree.Join(dir, d.value+".so"))
	}
	if len(names) == 0 {
		s.sink.Fail(d.by.File, fmt.Errorf("line %d: %s = %s: no extension directory is known", d.by.Line, d.key, tree.Printable(d.value)))
		return
	}
	why := fs.ErrNotExist
	for _, name := range names {
		resolved, err := tree.Resolve(s.tree, name)
		switch {
		case err == nil && s.isFile(resolved):
			s.load(h.name(), name, d.by)
			return
		case err == nil:
			why = tree.ErrNotRegular
		case !errors.Is(err, fs.ErrNotExist):
			why = err
		}
	}
	s.sink.Fail(tree.Clean(names[len(names)-1]), fmt.Errorf("loaded by %s:%d: %w", tree.Printable(d.by.File), d.by.Line, why))
}

var errNoFile = errors.New("runs code that is no file of this tree, which cannot be judged")

// script notes a file that PHP runs by a directive. One that a config names
// and that is not there breaks every request, so it is a failure.
func (h *php) script(s *survey, d phpSetting, value string) {
	by := fmt.Sprintf("line %d: %s = %s", d.by.Line, d.key, tree.Printable(value))
	switch {
	case strings.Contains(value, "://") || strings.HasPrefix(strings.ToLower(value), "data:"):
		s.sink.Fail(d.by.File, fmt.Errorf("%s: %w", by, errNoFile))
		return
	case !path.IsAbs(value):
		s.sink.Skip(d.by.File, by+" is looked for in the include path, which no file tells")
		return
	}
	if !h.runs(s, d, value) {
		s.sink.Fail(d.by.File, fmt.Errorf("%s: not there", by))
	}
}

// runs notes that a directive makes PHP run the file at name, if it is there.
func (h *php) runs(s *survey, d phpSetting, name string) bool {
	resolved, err := tree.Resolve(s.tree, name)
	if err != nil || !s.isFile(resolved) {
		return false
	}
	p := h.scripts[resolved]
	if p == nil {
		p = &Plugin{Host: h.name(), Name: path.Base(resolved), Path: resolved}
		h.scripts[resolved] = p
	}
	p.LoadedBy = appendNew(p.LoadedBy, d.by)
	p.observe(Observation{Kind: InstallHook, Path: d.by.File, Line: d.by.Line, Leads: resolved,
		Text: fmt.Sprintf("PHP runs %s %s: %s", tree.Printable(resolved), phpScripts[d.key], d.key)})
	if dir, ok := s.writable(tree.Clean(name), resolved); ok {
		p.observe(Observation{Kind: WritablePath, Path: dir, Text: fmt.Sprintf(
			"it is loaded through %s, which every user may write to", tree.Printable(dir))})
	}
	s.location(Location{Host: h.name(), Path: resolved, How: Config, By: d.by, Detail: d.key})
	return true
}
