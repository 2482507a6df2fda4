package locate

import (
	"path"
	"slices"
	"strings"

	"plugvet/scanner/tree"
)

// A unit is a service definition that starts a host: a systemd unit with its
// drop-ins, a launchd plist, or the settings of an init script.
type unit struct {
	name     string
	commands []command
	env      []variable
	envFiles []variable // EnvironmentFile= lines, still to be read
	dir      string     // in which it runs; empty where no file tells
}

// A command is one command line of a unit, from the host's program on.
type command struct {
	key   string // ExecStart, ProgramArguments, or the variable that holds it
	words []string
	by    Reference
}

// units returns the units of a host: those that start one of its programs.
// Most units of a machine start something else and are left alone.
func (s *survey) units(host string, programs ...string) []unit {
	byName := map[string][]string{}
	for _, file := range s.unitFiles(host) {
		name := unitName(file)
		if !isDropIn(file) && slices.ContainsFunc(byName[name], func(other string) bool { return !isDropIn(other) }) {
			continue // a directory before this one holds the unit that counts
		}
		byName[name] = append(byName[name], file)
	}
	var found []unit
	for name, files := range byName {
		slices.SortStableFunc(files, dropInsLast)
		u := unit{name: name}
		for _, file := range files {
			s.readUnit(&u, file, programs)
		}
		if u.commands = startsOf(u, programs); len(u.commands) == 0 {
			continue
		}
		for _, v := range u.envFiles {
			s.readEnvironmentFile(&u, v.value, v.by)
		}
		u.expand()
		found = append(found, u)
	}
	slices.SortFunc(found, func(a, b unit) int { return strings.Compare(a.name, b.name) })
	return found
}

// unitDirs are the directories of systemd's units, in the order in which they
// win (systemd.unit(5)).
var unitDirs = []string{"etc/", "run/", "usr/local/lib/", "usr/lib/", "lib/"}

// unitFiles returns the names of unit files, those first that win.
func (s *survey) unitFiles(host string) []string {
	var files []string
	for _, pattern := range builtin()[host].of(kindUnit) {
		matches, err := tree.Glob(s.tree, pattern, s.broken)
		if err != nil {
			s.sink.Fail(pattern, err)
		}
		files = appendNew(files, matches...)
	}
	rank := func(file string) int {
		return slices.IndexFunc(unitDirs, func(dir string) bool { return strings.HasPrefix(file, dir) })
	}
	slices.SortFunc(files, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return files
}

func isDropIn(file string) bool {
	return strings.HasSuffix(path.Dir(file), ".d") && path.Ext(file) == ".conf"
}

// dropInsLast puts drop-ins behind the unit that they amend, by their own name.
func dropInsLast(a, b string) int {
	switch {
	case isDropIn(a) != isDropIn(b):
		if isDropIn(a) {
			return 1
		}
		return -1
	case isDropIn(a):
		return strings.Compare(path.Base(a), path.Base(b))
	}
	return 0
}

// unitName is the name by which the files of one unit belong together. Files
// that are no systemd units stand alone, but /etc/default/nginx and
// /etc/init.d/nginx are one.
func unitName(file string) string {
	if isDropIn(file) {
		return strings.TrimSuffix(path.Base(path.Dir(file)), ".d")
	}
	if path.Ext(file) == ".plist" {
		return file
	}
	return path.Base(file)
}

func (s *survey) readUnit(u *unit, file string, programs []string) {
	resolved, err := tree.Resolve(s.tree, file)
	if err != nil {
		s.broken(file, err)
		return
	}
	if info, err := s.tree.Lstat(resolved); err == nil && !info.Mode().IsRegular() {
		return // masked: a link to /dev/null
	}
	data, ok := s.read(file)
	if !ok {
		return
	}
	switch path.Ext(file) {
	case ".service", ".conf":
		s.readSystemd(u, file, data)
	case ".plist":
		s.readLaunchd(u, file, data)
	default:
		u.env = append(u.env, readAssignments(file, data)...)
		for _, v := range u.env {
			if v.by.File == file && holdsArguments(v.name) {
				u.commands = append(u.commands, command{v.name, append([]string{programs[0]}, splitWords(v.value)...), v.by})
			}
		}
	}
}

// holdsArguments tells variables such as DAEMON_OPTS, OPTIONS, NGINX_ARGS and
// command_args (OpenRC), whose value an init script gives to the program.
func holdsArguments(name string) bool {
	name = strings.ToUpper(name)
	return strings.HasSuffix(name, "OPTS") || strings.HasSuffix(name, "OPTIONS") || strings.HasSuffix(name, "ARGS")
}

// readSystemd reads a unit or drop-in: "Exec…=" lines, Environment= and
// EnvironmentFile= (systemd.exec(5)). An empty assignment clears the ones before.
func (s *survey) readSystemd(u *unit, file string, data []byte) {
	for line, text := range continuedLines(data) {
		key, value, ok := strings.Cut(text, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		by := Reference{file, line}
		switch {
		case !ok || strings.HasPrefix(key, "#") || strings.HasPrefix(key, ";"):
		case strings.HasPrefix(key, "Exec") && value == "":
			u.commands = slices.DeleteFunc(u.commands, func(c command) bool { return c.key == key })
		case strings.HasPrefix(key, "Exec"):
			u.commands = append(u.commands, command{key, splitWords(strings.TrimLeft(value, "@-:+!|")), by})
		case key == "Environment" && value == "":
			u.env = nil
		case key == "Environment":
			for _, word := range splitWords(value) {
				if name, value, ok := strings.Cut(word, "="); ok {
					u.env = append(u.env, variable{name, value, by})
				}
			}
		case key == "WorkingDirectory":
			u.dir = strings.TrimPrefix(value, "-")
		case key == "EnvironmentFile":
			u.envFiles = append(u.envFiles, variable{key, value, by})
		}
	}
}

func (s *survey) readEnvironmentFile(u *unit, value string, by Reference) {
	name, optional := strings.CutPrefix(value, "-")
	if value == "" {
		return
	}
	if strings.Contains(name, "%") {
		s.sink.Skip(by.File, "EnvironmentFile="+tree.Printable(value)+": only a running systemd knows what that is")
		return
	}
	for _, file := range s.configGlob(name) {
		if data, ok := s.read(file); ok {
			u.env = append(u.env, readAssignments(file, data)...)
		}
	}
	if !optional && !hasMagic(name) && !s.exists(name) {
		s.sink.Skip(tree.Clean(name), "EnvironmentFile of "+tree.Printable(by.File)+", not there")
	}
}

// startsOf returns the commands of u that start one of the programs, cut to
// begin with it.
func startsOf(u unit, programs []string) []command {
	var starts []command
	for _, c := range u.commands {
		words := c.words
		if len(words) > 2 && words[1] == "-c" && slices.Contains([]string{"sh", "bash", "dash", "zsh"}, path.Base(words[0])) {
			words = splitWords(words[2])
		}
		at := slices.IndexFunc(words, func(word string) bool { return slices.Contains(programs, path.Base(word)) })
		if at >= 0 {
			starts = append(starts, command{c.key, words[at:], c.by})
		}
	}
	return starts
}

// expand puts the unit's variables into its command lines.
func (u *unit) expand() {
	values := map[string]string{}
	for _, v := range u.env {
		values[v.name] = v.value
	}
	for i := range u.commands {
		u.commands[i].words = expandWords(u.commands[i].words, values)
	}
}

// expandWords expands variables as systemd does: a word that is one variable
// becomes any number of words. One that nothing sets is empty.
func expandWords(words []string, values map[string]string) []string {
	var expanded []string
	for _, word := range words {
		switch name, alone := strings.CutPrefix(word, "$"); {
		case alone && !strings.HasPrefix(name, "{"):
			expanded = append(expanded, splitWords(values[name])...)
		default:
			expanded = append(expanded, expandVariables(word, values))
		}
	}
	return expanded
}

// continuedLines yields each line with the number of its first one, where a
// backslash at the end of a line takes in the next.
func continuedLines(data []byte) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		var whole strings.Builder
		number, first := 0, 0
		for text := range strings.Lines(string(data)) {
			number++
			if first == 0 {
				first = number
			}
			text = strings.TrimRight(text, "\r\n")
			if before, ok := strings.CutSuffix(text, `\`); ok {
				whole.WriteString(before)
				continue
			}
			whole.WriteString(text)
			if !yield(first, whole.String()) {
				return
			}
			whole.Reset()
			first = 0
		}
		if first != 0 {
			yield(first, whole.String())
		}
	}
}
