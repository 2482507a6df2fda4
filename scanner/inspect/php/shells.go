package php

import (
	"strings"

	"plugvet/scanner/inspect/shell"
)

// A command line may spell a program as only a shell reads it: by quotes within a word,
// variables, patterns, what other commands print.

// appleScript is the program that is looked for in what a shell makes of a line.
const appleScript = "osascript"

// startedByShell is the command by which a line, or a list of words, comes to start
// AppleScript's interpreter where a shell reads it; empty where it does not, or where the
// line says so as it stands.
func (r *reader) startedByShell(function string, args []argument) string {
	const longest = 4 << 10
	if len(args) == 0 {
		return ""
	}
	var commands [][]string
	switch v := args[0].value; {
	case function == "pcntl_exec":
		if program, ok := v.text(); ok && len(args) > 1 && r.budget.Take(len(program)) {
			commands = shell.Command(append([]string{program}, wordsOf(args[1].value)...), r.environment())
		}
	case v.kind == arrayKind:
		if words := wordsOf(v); len(words) > 0 && r.budget.Take(longest) {
			commands = shell.Command(words, r.environment())
		}
	default:
		lines := []string{v.s}
		if !v.known() {
			const hole = "\uffff" // as package shell has it
			lines[0] = v.prefix() + hole + v.suffix()
			if first, _, more := strings.Cut(v.prefix(), " "); more { // what follows may end within quotes
				lines = append(lines, first)
			}
		}
		for _, line := range lines {
			if len(commands) == 0 && len(line) <= longest && strings.ContainsAny(line, "'\"\\$`?*[{|<") && r.budget.Take(8*len(line)) {
				commands = shell.Commands(line, nil, r.environment())
			}
		}
	}
	for _, words := range commands {
		if shell.Runs([][]string{words}, appleScript) {
			line := appleScript + " " + strings.Join(words[1:], " ")
			if !strings.Contains(args[0].value.prefix(), line) {
				return line
			}
		}
	}
	return ""
}

// wordsOf are the elements of an array as texts, up to the first that is not known.
func wordsOf(v value) (words []string) {
	const most = 64
	for _, e := range valuesWithin(v) {
		word, ok := e.text()
		if !ok || len(words) == most {
			break
		}
		words = append(words, word)
	}
	return words
}

// putenv notes a variable that the script sets for the programs that it starts.
func (r *reader) putenv(setting string) {
	const most = 64
	name, text, ok := strings.Cut(setting, "=")
	if !ok || len(r.environ) >= most {
		return
	}
	if r.environ == nil {
		r.environ = map[string]string{}
	}
	r.environ[name] = text
}

// environment are the variables that the script has set for the programs that it starts.
func (r *reader) environment() map[string]string {
	if r.trace == nil {
		return r.environ
	}
	all := map[string]string{}
	for key, v := range r.trace.settings {
		if name, ok := strings.CutPrefix(key, "$"); ok && v.known() {
			all[name], _ = v.text()
		}
	}
	return all
}
