package php

import (
	"maps"
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
	return r.startedWith(function, args, "")
}

// startedWith is startedByShell of a program that reads a text.
func (r *reader) startedWith(function string, args []argument, input string) string {
	const longest = 4 << 10
	if len(args) == 0 || !r.budget.Take(8*len(input)) {
		return ""
	}
	around := shell.Around{Environment: r.environment(function, args), Input: input}
	special := "'\"\\$`?*[{|<"
	if r.trace != nil {
		around.File = func(name string) (string, bool) {
			text, ok := r.trace.files[name]
			return text, ok && r.budget.Take(8*len(text))
		}
		if len(r.trace.files) > 0 { // "sh kit.sh"
			special += " "
		}
	}
	var commands [][]string
	switch v := args[0].value; {
	case function == "pcntl_exec":
		if program, ok := v.text(); ok && len(args) > 1 && r.budget.Take(len(program)) {
			commands = around.Command(append([]string{program}, wordsOf(args[1].value)...))
		}
	case v.kind == arrayKind:
		if words := wordsOf(v); len(words) > 0 && r.budget.Take(longest) {
			commands = around.Command(words)
		}
	default:
		lines := []string{v.s}
		if !v.known() {
			lines[0] = v.withHole()
			if first, _, more := strings.Cut(v.prefix(), " "); more { // what follows may end within quotes
				lines = append(lines, first)
			}
		}
		for _, line := range lines {
			if len(commands) == 0 && len(line) <= longest && (input != "" || strings.ContainsAny(line, special)) && r.budget.Take(8*len(line)) {
				commands = around.Line(line)
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

// withHole is a text in which package shell takes for unknown what is.
func (v value) withHole() string {
	if text, ok := v.text(); ok {
		return text
	}
	const hole = "\uffff"
	return v.prefix() + hole + v.suffix()
}

// A program is one that the script starts and whose input it writes.
type program struct {
	input *object
	// starts is the command by which it comes to start AppleScript's interpreter with a
	// text on its input, and noted where that is to be told.
	starts func(input string) string
	noted  func(line string)
}

// pipesTo starts a program for popen or proc_open, of which the script gets the input.
func (r *reader) pipesTo(name string, args []argument) value {
	const most = 16
	input := &object{class: fileObject, properties: map[string]value{"pipe": boolValue(true)}}
	if len(args) > 0 && len(r.trace.programs) < most {
		r.trace.programs = append(r.trace.programs, &program{
			input:  input,
			starts: func(text string) string { return r.startedWith(name, args, text) },
			noted: func(line string) {
				if r.home.sibling > 0 {
					r.sawLinkedCommand(name, args[0].from, stringValue(line))
				} else {
					r.saw(args[0].from, stringValue(line))
				}
			},
		})
	}
	return objectValue(input)
}

// opensProcess is proc_open: it starts a program whose input is a pipe, a file or what the
// script has opened, and sets the variable of the pipes.
func (r *reader) opensProcess(args []argument) {
	pipes := value{}
	if in := elementsOf(args[1].value); in != nil {
		all := newArray(0)
		for i, how := range in.values {
			const toRead = 0
			kind, _ := how.element(integerValue(0)).text()
			v := value{}
			if in.key(i) == (arrayKey{n: toRead}) {
				v = r.pipesTo("proc_open", args)
				switch {
				case how.object() != nil:
					v.object().properties["text"] = how.object().properties["text"]
				case kind == "file":
					if text, ok := r.held(how.element(integerValue(1))); ok {
						v.object().properties["text"] = stringValue(text)
					}
				}
			}
			if kind == "pipe" && len(all.values) < maxChoices {
				all.set(in.key(i), v)
			}
		}
		pipes = all.value()
	}
	r.setArgument(args[2], pipes)
}

// runPrograms notes what the programs do that the script has written the input of.
func (r *reader) runPrograms() {
	for _, p := range r.trace.programs {
		if text := p.input.properties["text"]; text.s != "" {
			if line := p.starts(text.s); line != "" {
				p.noted(line)
			}
		}
	}
}

// tracedStart is the command by which a trace saw a program come to start AppleScript's
// interpreter, of one whose line stands at a token and does not say so.
func (r *reader) tracedStart(at int) string {
	for _, v := range r.traces[at] {
		if strings.HasPrefix(v.s, appleScript+" ") {
			return v.s
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

// environmentArguments are the places of the arguments that are the variables of a program.
var environmentArguments = map[string]int{"proc_open": 4, "pcntl_exec": 2}

// environment are the variables that the script has set for a program that a call starts.
func (r *reader) environment(function string, args []argument) map[string]string {
	all := map[string]string{}
	maps.Copy(all, r.environ)
	if at, ok := environmentArguments[function]; ok && at < len(args) {
		if in := elementsOf(args[at].value); in != nil && r.budget.Take(elementCost*len(in.values)) {
			for i, v := range in.values {
				if name, _ := in.key(i).value().text(); v.known() {
					all[name], _ = v.text()
				}
			}
		}
	}
	if r.trace == nil {
		return all
	}
	for key, v := range r.trace.settings {
		if name, ok := strings.CutPrefix(key, "$"); ok && v.known() {
			all[name], _ = v.text()
		}
	}
	return all
}
