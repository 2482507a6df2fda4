package shell

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// command notes a command, follows what it hands on, and returns what it writes.
func (s *state) command(words []string, in string) string {
	for n := 0; len(words) > 0 && n < maxDepth && len(s.commands) < maxCommands; n++ {
		if strings.HasPrefix(words[0], "-") { // time's, which shells take for a word of their own
			if words = options(words, starters["time"].values, func(string, string) {}); len(words) == 0 {
				break
			}
		}
		s.commands = append(s.commands, words)
		s.reach.agrees = agrees(s.variables)
		s.reach.follow(words)
		args := words[1:]
		name := path.Base(words[0])
		if IsShell(name) {
			return s.shell(words, in)
		}
		if call, ok := runnerCallOf(name, args); ok && len(call.lines)+len(call.command) > 0 {
			for _, line := range call.lines {
				s.text(line, in, MaxLine)
			}
			words = call.command
			continue
		}
		if starts, ok := starterOf(name); ok && !asksWhere(name, args) {
			started, restored := s.started(starts, args, in)
			defer restored()
			if words = started; name == "xargs" || name == "gxargs" {
				if len(words) == 0 {
					words = []string{"echo"}
				}
				words = given(words, xargsMark(args), in)
			}
			continue
		}
		switch name {
		case "at", "batch": // give it to a shell, when it is time
			if in == unknown {
				return unknown
			}
			return s.text(in, unknown, maxScript)
		case "eval":
			return s.line(strings.Join(args, " "))
		case ".", "source":
			if len(args) == 0 {
				return unknown
			}
			return s.text(s.content(args[0]), in, maxScript)
		case "command", "type", "which", "hash":
			return strings.Join(operands(args), "\n") // where it lies, which is as good as its name
		case "vim", "vi", "nvim", "ex", "view", "ed":
			for _, a := range args {
				if _, line, ok := strings.Cut(a, "!"); ok {
					s.line(line)
				}
			}
			return unknown
		case "launchctl":
			if len(args) < 3 {
				return unknown
			}
			words = args[2:]
			if args[0] == "submit" {
				program := ""
				words = options(args[1:], launchValues, func(option, value string) {
					if option == "p" {
						program = value
					}
				})
				if program != "" { // whatever it is called
					words = append([]string{program}, words[min(1, len(words)):]...)
				}
			}
			continue
		case "cat":
			if text := s.content(strings.Join(args, " ")); text != "" {
				return text
			}
			return output(name, args, in)
		case "find":
			found := unknown // a pattern is as good as the name
			for i, a := range args[:max(len(args)-1, 0)] {
				switch a {
				case "-name", "-iname", "-path", "-wholename":
					found = args[i+1]
				case "-exec", "-execdir", "-ok":
					if len(s.commands) >= maxCommands {
						return found
					}
					run := slices.Clone(args[i+1:])
					if end := slices.IndexFunc(run, func(w string) bool { return w == ";" || w == "+" }); end >= 0 {
						run = run[:end]
					}
					for k, w := range run {
						if w == "{}" {
							run[k] = found
						}
					}
					s.command(run, unknown)
				}
			}
			return found
		case "node", "nodejs", "bun", "deno": // a script on its input is as good as one in its arguments
			if len(args) > 0 && args[len(args)-1] != "-" || len(s.commands) >= maxCommands {
				return output(name, args, in)
			}
			if s.file != "" {
				s.commands = append(s.commands, []string{name, "-e", fmt.Sprintf("require(%q)", "./"+path.Clean(s.file))})
			} else if in != unknown && strings.TrimSpace(in) != "" {
				s.commands = append(s.commands, []string{name, "-e", in})
			}
			return output(name, args, in)
		case "perl", "python", "python2", "python3", "ruby", "php", "awk", "gawk", "mawk", "lua", "tclsh":
			return s.literals(name, args, in)
		default:
			return output(name, args, in)
		}
	}
	return unknown
}

// decoder tells whether a command writes another text than it reads.
func decoder(words []string) bool {
	has := func(options ...string) bool {
		for _, w := range words[1:] {
			for _, o := range options {
				if w == o || strings.HasPrefix(w, o) && len(o) == 2 && !strings.HasPrefix(w, "--") {
					return true
				}
			}
		}
		return false
	}
	switch path.Base(words[0]) {
	case "base64", "base32", "gunzip", "bunzip2", "unxz", "zcat", "bzcat", "xzcat", "rev", "tr", "uudecode", "openssl", "gpg", "dc":
		return words[0] != "base64" || has("-d", "-D", "--decode")
	case "xxd":
		return has("-r")
	case "gzip", "xz", "bzip2", "brotli", "zstd":
		return has("-d", "--decompress")
	}
	return false
}
