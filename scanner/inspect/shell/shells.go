package shell

import (
	"path"
	"strings"
)

// shells are the programs that run the scripts that this package reads, or ones so like these that
// a line may be either.
var shells = words("sh bash zsh dash ksh ash rbash yash posh mksh lksh oksh pdksh ksh93 osh fish tcsh csh")

// IsShell tells whether a program is a shell.
func IsShell(program string) bool { return shells[program] }

// A shellCall is what a shell is told to run.
type shellCall struct {
	lines  []string
	file   string // a script's; empty where there is none
	input  bool   // what it reads
	params []string
}

// fishValues are the options of fish that have a value.
var fishValues = words("c C d o D f command init-command debug debug-output features profile profile-startup")

// longOptions are those that bash also knows by a single dash, and with which it has a value.
var longOptions = map[string]bool{
	"rcfile": true, "init-file": true, "emulate": true, "norc": false, "noprofile": false, "posix": false, "login": false, "restricted": false,
	"noediting": false, "verbose": false, "debugger": false, "protected": false, "wordexp": false,
}

// shellCallOf reads the words of a shell. Its options are flags, -c among them; an o among them
// has the next word for its value. (POSIX, "sh"; the manuals of bash and zsh)
func shellCallOf(words []string) (call shellCall) {
	args, line := words[1:], false
	if path.Base(words[0]) == "fish" {
		args = options(args, fishValues, func(option, value string) {
			switch option {
			case "c", "C", "command", "init-command":
				call.lines, line = append(call.lines, value), line || option[0] == 'c'
			}
		})
		call.params = args
	} else {
		args, line, call.input = shellOptions(path.Base(words[0]), args)
		if call.params = args; line && len(args) > 0 {
			call.lines, call.params = args[:1], args[1:]
		}
	}
	switch {
	case line && len(call.params) > 0:
	case !line && !call.input && len(args) > 0:
		call.file = args[0]
	default:
		call.params, call.input = append([]string{words[0]}, call.params...), !line
	}
	return call
}

// shellOptions returns the words behind a shell's options, and which of two are among these: that
// the first is a line, and that the shell reads its input.
func shellOptions(name string, args []string) (operands []string, line, input bool) {
	attached := name == "zsh" || strings.Contains(name, "ksh") // a value may stand in the same word
	for len(args) > 0 && args[0] != "" && (args[0][0] == '-' || args[0][0] == '+') {
		option := args[0]
		args = args[1:]
		if option == "-" || option == "--" {
			break
		}
		valued, long := longOptions[strings.TrimLeft(option, "-")]
		if long || strings.HasPrefix(option, "--") {
			if valued {
				args = args[min(1, len(args)):]
			}
			continue
		}
		for i, letter := range option {
			line = line || letter == 'c' && option[0] == '-'
			input = input || letter == 's'
			if letter != 'o' && letter != 'O' {
				continue
			}
			if attached && i+1 < len(option) {
				break
			}
			args = args[min(1, len(args)):]
		}
	}
	return args, line, input
}

// shell runs what another shell is given, with -c, in a file or on its input.
func (s *state) shell(words []string, in string) (out string) {
	defer func(params []string) { s.params = params }(s.params)
	call := shellCallOf(words)
	s.params = call.params
	for _, line := range call.lines {
		out = s.text(line, in, MaxLine)
	}
	switch {
	case call.file != "":
		in = s.content(call.file)
	case !call.input:
		return out
	}
	if in == unknown || in == "" {
		return unknown
	}
	return s.text(in, unknown, maxScript)
}

// ScriptFile is the file that a shell with these words runs; empty where it runs none.
func ScriptFile(words []string) string { return shellCallOf(words).file }

// isInterpreter tells whether a program runs what it reads, and is no shell.
func isInterpreter(program string) bool {
	switch program {
	case "node", "nodejs", "bun", "deno", "osascript":
		return true
	}
	return languages[program]
}

// interprets tells whether a command reads a program from its input.
func interprets(words []string) bool {
	name, args := path.Base(words[0]), words[1:]
	switch {
	case len(args) > 0 && onlyAsks(args):
		return false
	case IsShell(name):
		return shellCallOf(words).input
	case !isInterpreter(name):
		return false
	}
	for _, arg := range args {
		switch {
		case arg == "-":
			return true
		case !strings.HasPrefix(arg, "-"), arg == "-e", strings.HasSuffix(arg, "c") && !strings.HasPrefix(arg, "--"):
			return false
		}
	}
	return true
}
