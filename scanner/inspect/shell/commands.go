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
		s.commands = append(s.commands, words)
		s.reach.follow(words)
		args := words[1:]
		name := path.Base(words[0])
		if IsShell(name) {
			return s.shell(words, in)
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
			if name != "command" || len(args) > 0 && (args[0] == "-v" || args[0] == "-V") {
				return strings.Join(operands(name, args), "\n") // where it lies, which is as good as its name
			}
			words = operands(name, args)
			continue
		case "xargs":
			words = given(operands(name, args), args, in)
			continue
		case "su", "runuser", "script":
			for i, a := range args {
				if a == "-c" && i+1 < len(args) {
					return s.line(args[i+1])
				}
			}
			if name != "script" {
				return unknown
			}
			words = args[min(len(args), 1+slices.IndexFunc(args, func(a string) bool { return !strings.HasPrefix(a, "-") })):]
			continue
		case "vim", "vi", "nvim", "ex", "view", "ed":
			for _, a := range args {
				if _, line, ok := strings.Cut(a, "!"); ok {
					s.line(line)
				}
			}
			return unknown
		case "launchctl", "chroot", "flock", "taskset", "watch", "unshare", "nsenter", "ionice", "chrt", "strace", "busybox":
			// each takes some words of its own: what may be the command is one
			if name == "busybox" && len(args) > 0 {
				s.reach.follow(args)
			}
			for i := range args {
				s.commands = append(s.commands, args[i:])
				if i == maxDepth || len(s.commands) >= maxCommands {
					break
				}
			}
			return unknown
		case "exec", "builtin", "nohup", "sudo", "doas", "nice", "time", "env", "setsid", "stdbuf", "timeout", "arch", "caffeinate":
			if name == "env" {
				args = s.splitByEnv(args)
			}
			words = operands(name, args)
			if name == "exec" && len(args) > 2 && args[0] == "-a" {
				words = args[2:]
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
					for k, w := range run {
						if w == "{}" {
							run[k] = found
						}
					}
					s.commands = append(s.commands, run)
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

// IsShell tells the programs that run the scripts that this package reads.
func IsShell(program string) bool {
	switch program {
	case "sh", "bash", "zsh", "dash", "ksh", "ash":
		return true
	}
	return false
}

// interpreters are the programs that run what they read.
var interpreters = map[string]bool{
	"sh": true, "bash": true, "zsh": true, "dash": true, "ksh": true, "ash": true, "fish": true, "node": true, "nodejs": true, "bun": true, "deno": true,
	"python": true, "python3": true, "perl": true, "ruby": true, "php": true, "osascript": true,
}

// interprets tells whether a command reads a program from its input.
func interprets(words []string) bool {
	args := words[1:]
	if !interpreters[path.Base(words[0])] || len(args) > 0 && onlyAsks(args) {
		return false
	}
	for i, arg := range args {
		switch {
		case arg == "-s", arg == "-", strings.HasPrefix(arg, "-") && strings.HasSuffix(arg, "s") && !strings.HasPrefix(arg, "--"):
			return true
		case !strings.HasPrefix(arg, "-") && (i == 0 || !strings.HasSuffix(args[i-1], "o")): // the value of -o pipefail
			return false
		case arg == "-e", strings.HasSuffix(arg, "c") && !strings.HasPrefix(arg, "--"):
			return false
		}
	}
	return true
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

// operands are the words behind a command's options and variables.
func operands(name string, args []string) []string {
	for len(args) > 0 && (strings.HasPrefix(args[0], "-") || name == "env" && strings.Contains(args[0], "=") || name == "timeout" && args[0] != "" && args[0][0] <= '9') {
		if (args[0] == "-u" || args[0] == "-n" || args[0] == "-I" || args[0] == "-L") && name != "env" && len(args) > 1 {
			args = args[1:]
		}
		args = args[1:]
	}
	return args
}

// shell runs what another shell is given, with -c or on its input.
func (s *state) shell(words []string, in string) string {
	defer func(params []string) { s.params = params }(s.params)
	given, ofInput := words[1:], false
	for len(given) > 0 && (strings.HasPrefix(given[0], "-") || strings.HasPrefix(given[0], "+")) {
		option := given[0]
		given = given[1:]
		if strings.HasSuffix(option, "c") && len(given) > 0 {
			s.params = given[1:]
			if len(s.params) == 0 {
				s.params = words[:1]
			}
			return s.line(given[0])
		}
		if ofInput = ofInput || strings.HasSuffix(option, "s"); option == "-" || option == "--" {
			break
		}
		if strings.HasSuffix(option, "o") && len(given) > 0 { // -o pipefail
			given = given[1:]
		}
	}
	s.params = append([]string{words[0]}, given...)
	if len(given) > 0 && !ofInput {
		s.params, in = given, s.content(given[0])
	}
	if in == unknown || in == "" {
		return unknown
	}
	return s.text(in, unknown, maxScript)
}
