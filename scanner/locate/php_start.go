package locate

import (
	"fmt"
	"path"
	"strings"

	"plugvet/scanner/tree"
)

// pool reads a php-fpm.conf or a file of its pool.d: include=, and directives
// of php_value[…], php_admin_value[…], php_flag[…], php_admin_flag[…], among
// them extension, which FPM loads with dl() in the order of the lines
// (fpm_php_apply_defines_ex in sapi/fpm/fpm/fpm_php.c).
func (h *php) pool(s *survey, file string) {
	if h.read[file] {
		return
	}
	h.read[file] = true
	base := phpBase(file)
	dirs, ok := h.dirs[base]
	if php, isThere := h.dirs[tree.Join(base, "php")]; !ok && isThere { // Docker: etc/php-fpm.conf, etc/php/php.ini
		dirs, ok = php, true
	}
	if !ok {
		dirs = h.guessDirs(s, base)
	}
	for _, d := range s.settings(file, map[string]phpSetting{}) {
		switch {
		case d.key == "include":
			h.include(s, d)
		case !strings.HasPrefix(d.key, "php_"):
		case d.index == "extension":
			d.key = "extension"
			h.extension(s, d, dirs)
		case d.index == "extension_dir":
			d.key = "extension_dir"
			dirs = h.extensionDir(s, d, dirs)
		default:
			d.key = d.index
			h.directive(s, d)
		}
	}
}

// include reads what a pool file includes. A relative name begins at the
// prefix that FPM was built with, two above php-fpm.conf in every build known.
func (h *php) include(s *survey, d phpSetting) {
	if d.unknown != "" {
		s.unknownValue(d)
		return
	}
	names := []string{d.value}
	if !path.IsAbs(d.value) {
		dir := path.Dir(d.by.File)
		names = []string{tree.Join(path.Dir(dir), d.value), tree.Join(dir, d.value)}
	}
	found := false
	for _, name := range names {
		for _, file := range s.configGlob(name) {
			found = true
			h.pool(s, file)
		}
	}
	if !found && !hasMagic(d.value) {
		s.sink.Fail(d.by.File, fmt.Errorf("line %d: include = %s: not there", d.by.Line, tree.Printable(d.value)))
	}
}

// unit reads how a service starts PHP: PHP_INI_SCAN_DIR and PHPRC, -c and -d,
// and FPM's -y. Libraries that it preloads run in PHP too.
func (h *php) unit(s *survey, u unit) {
	s.preloads(h.name(), u.env)
	for _, v := range u.env {
		switch v.name {
		case "PHP_INI_SCAN_DIR":
			for _, dir := range strings.Split(v.value, ":") {
				if dir != "" { // an empty one stands for the compiled directories
					h.applyFrom(s, s.configGlob(globLiteral(tree.Clean(dir))+"/*.ini"))
				}
			}
		case "PHPRC":
			h.ini(s, v.value, v.by)
		}
	}
	for _, c := range u.commands {
		h.command(s, c)
	}
}

// command reads the options of php, php-fpm and php-cgi that say what is loaded.
func (h *php) command(s *survey, c command) {
	words := c.words[1:]
	for i := 0; i < len(words); i++ {
		option, value := words[i], ""
		if !strings.HasPrefix(option, "-") || option == "--" {
			return // the script and what is for it
		}
		switch {
		case strings.HasPrefix(option, "--"):
			option, value, _ = strings.Cut(option, "=")
		case len(option) > 2:
			option, value = option[:2], option[2:]
		}
		long := map[string]string{"--php-ini": "-c", "--define": "-d", "--fpm-config": "-y", "--zend-extension": "-z"}
		if short, ok := long[option]; ok {
			option = short
		}
		if strings.Contains("-c -d -y -z -p -g", option) && value == "" && i+1 < len(words) {
			i++
			value = words[i]
		}
		switch option {
		case "-c":
			h.ini(s, value, c.by)
		case "-y":
			h.pool(s, tree.Clean(value))
		case "-z":
			h.extension(s, phpSetting{iniEntry{key: "zend_extension", value: value}, c.by}, h.guessDirs(s, c.words[0]))
		case "-d":
			h.define(s, value, c)
		}
	}
}

// define takes "-d name=value", which PHP reads as a line of an ini file.
func (h *php) define(s *survey, text string, c command) {
	entries, err := parseINI([]byte(text), func(string) (string, bool) { return "", false })
	if err != nil {
		s.sink.Fail(c.by.File, fmt.Errorf("line %d: -d %s: %w", c.by.Line, tree.Printable(text), err))
	}
	for _, e := range entries {
		d := phpSetting{e, c.by}
		switch d.key {
		case "extension", "zend_extension":
			h.extension(s, d, h.guessDirs(s, c.words[0]))
		case "extension_dir":
			h.extensionDir(s, d, nil)
		default:
			h.directive(s, d)
		}
	}
}

// ini takes a php.ini, or a directory with one, that a service names.
func (h *php) ini(s *survey, name string, by Reference) {
	file := tree.Clean(name)
	if s.isDir(file) {
		file = tree.Join(file, "php.ini")
	}
	if !s.exists(file) {
		s.sink.Fail(by.File, fmt.Errorf("line %d: the configuration %s is not there", by.Line, tree.Printable(file)))
		return
	}
	h.applyFrom(s, []string{file})
}

func (h *php) applyFrom(s *survey, files []string) {
	for _, file := range files {
		if !h.read[file] {
			base := phpBase(file)
			h.apply(s, base, []string{file}, h.guessDirs(s, base))
		}
	}
}
