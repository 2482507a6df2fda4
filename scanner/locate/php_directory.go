package locate

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

const htaccessName = ".htaccess"

// isSettings tells whether a file of a name has settings for the scripts beside and below it.
func (h *php) isSettings(name string) bool {
	return name == htaccessName || slices.Contains(h.userINI, name)
}

// settingsWithin reads the settings in the directories of a package before it is told, for
// they may name a file of it.
func (h *php) settingsWithin(s *survey, dir string) {
	if s.seen[dir] || s.ctx.Err() != nil || strings.Count(dir, "/") >= maxDepth {
		return
	}
	entries, err := s.readAhead(dir)
	if err != nil {
		return // which the walk tells
	}
	for _, entry := range entries {
		switch name := tree.Child(dir, entry.Name()); {
		case !entry.IsDir() && h.isSettings(entry.Name()):
			h.directorySettings(s, name)
		case entry.IsDir() && !holdsPackages(name) && s.exclusion(name) == "":
			h.settingsWithin(s, name)
		}
	}
}

// directorySettings reads a file of settings that lies in a directory of scripts, once.
func (h *php) directorySettings(s *survey, file string) {
	switch {
	case h.read[file]:
		return
	case path.Base(file) == htaccessName:
		h.htaccess(s, file)
	default:
		h.userDirectives(s, file)
	}
	h.read[file] = true
}

// userDirectives reads a .user.ini, which holds for the scripts in its
// directory and below (main/fastcgi, user_ini.filename). Only directives that a
// user may set count there; extensions are not among them.
func (h *php) userDirectives(s *survey, file string) {
	for _, d := range s.settings(file, map[string]phpSetting{}) {
		switch key := strings.ToLower(d.key); {
		case key == "extension" || key == "zend_extension" || h.matters(key) && phpScripts[key] == "",
			key == "opcache.preload", key == "ffi.preload":
			s.sink.Skip(file, fmt.Sprintf("line %d: PHP ignores %s here", d.line, key))
		case phpScripts[d.key] != "":
			h.directoryScript(s, d)
		}
	}
}

// htaccess reads php_value and php_admin_value of an Apache .htaccess, the
// other way in which a directory makes PHP run a file.
func (h *php) htaccess(s *survey, file string) {
	if !s.isFile(file) {
		return // a link or a pipe; Apache follows the link, and the walk reads its target
	}
	data, ok := s.read(file)
	if !ok {
		return
	}
	for line, text := range continuedLines(data) {
		words := splitWords(text)
		if len(words) != 3 || phpScripts[words[1]] == "" {
			continue
		}
		if name := strings.ToLower(words[0]); name == "php_value" || name == "php_admin_value" {
			h.directoryScript(s, phpSetting{iniEntry{key: words[1], value: words[2], line: line}, Reference{file, line}})
		}
	}
}

// directoryScript notes a file that PHP runs for the scripts of a directory.
// A checkout names files of the host that it is meant for, so one that is not
// there is no failure.
func (h *php) directoryScript(s *survey, d phpSetting) {
	switch name := d.value; {
	case d.unknown != "":
		s.unknownValue(d)
	case name == "" || strings.EqualFold(name, "none"):
	case strings.Contains(name, "://") || strings.HasPrefix(strings.ToLower(name), "data:"):
		s.sink.Fail(d.by.File, fmt.Errorf("line %d: %s = %s: %w", d.by.Line, d.key, tree.Printable(name), errNoFile))
	case path.IsAbs(name) && h.runs(s, d, name):
	case !path.IsAbs(name) && h.runs(s, d, tree.Join(path.Dir(d.by.File), name)):
	default:
		s.sink.Skip(d.by.File, fmt.Sprintf("line %d: %s = %s: not in this tree", d.by.Line, d.key, tree.Printable(name)))
	}
}
