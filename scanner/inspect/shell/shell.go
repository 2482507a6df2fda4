// Package shell tells which programs a command line starts, as a POSIX shell would
// read it: through quotes, variables, substitutions, pipes into another shell and
// the small tools by which a name is put together. Nothing is run. What depends on
// the machine is unknown, and of an if or a case all branches count.
//
// Lines are parsed and words expanded by mvdan.cc/sh; what the commands in them
// write is worked out here, for a few of them.
package shell

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Limits: of a line and of a variable in bytes, of the commands of one line, and
// of lines within lines.
const (
	maxLine     = 4 << 10
	maxScript   = 32 << 10 // bytes of a file
	maxCommands = 256
	maxDepth    = 6
)

// unknown stands in words for what is not known.
const unknown = "\uffff"

// Commands returns the commands that a line runs, each with its words. The first
// of params is $0; environment are the variables that are known.
func Commands(line string, params []string, environment map[string]string) [][]string {
	s := newState(environment)
	s.params = params
	s.line(line)
	return s.commands
}

// Around is what commands find around them: the variables that are known, a text on their
// input if it is known, and what is in files.
type Around struct {
	Environment map[string]string
	Input       string // empty where it is not known
	File        func(name string) (text string, ok bool)
}

func (a Around) state() (s *state, in string) {
	s = newState(a.Environment)
	s.read = a.File
	return s, cmp.Or(a.Input, unknown)
}

// Line returns the commands that a line runs.
func (a Around) Line(line string) [][]string {
	s, in := a.state()
	s.text(line, in, maxLine)
	return s.commands
}

// Command returns the commands that one with these words comes to.
func (a Around) Command(words []string) [][]string {
	s, in := a.state()
	s.command(words[:min(len(words), maxWords)], in)
	return s.commands
}

// maxWords bounds the words of a command.
const maxWords = 1 << 10

// Command returns the commands that one with these words comes to: itself, and what
// a shell or env in it is told to run.
func Command(words []string, environment map[string]string) [][]string {
	return Around{Environment: environment}.Command(words)
}

// Script returns the commands of a file that is a shell's script, those of functions
// that it does not call among them, since another that reads it may.
func Script(text string) [][]string { return readScript(text).commands }

func readScript(text string) *state {
	s := newState(nil)
	if len(text) > maxScript {
		return s
	}
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
	if err != nil || sequence.MatchString(text) {
		return s
	}
	s.declare(file)
	s.statements(file.Stmts, unknown)
	for range 2 { // what one of them sets, another uses, in whatever order they are called
		for _, name := range slices.Sorted(maps.Keys(s.functions)) {
			if !s.called[name] {
				s.statement(s.functions[name], unknown)
			}
		}
	}
	return s
}

// Program returns the commands that the strings of a program in Python, Perl, Ruby or
// the like may be, if it has a word by which such programs start others.
func Program(text string) [][]string {
	if len(text) > maxScript || !starts.MatchString(text) {
		return nil
	}
	s := newState(nil)
	s.strings(text)
	return s.commands
}

// starts finds calls that start programs, such as os.system or subprocess.run.
var starts = regexp.MustCompile(`\b(system|popen[0-9]?|Popen|subprocess|exec[lv]?[pe]{0,2}|spawn\w*|fork|Open3|qx)\b`)

// Decodes tells whether a line gives an interpreter what a decoder writes.
func Decodes(line string) bool {
	s := newState(nil)
	s.line(line)
	return s.decodes
}

// Runs tells whether one of the commands is a program of that name, in whatever
// directory, or a pattern that stands for it.
func Runs(commands [][]string, program string) bool {
	for _, words := range commands {
		base := path.Base(path.Clean(words[0]))
		if base == program {
			return true
		}
		if fits, _ := path.Match(strings.ReplaceAll(base, "[!", "[^"), program); fits && len(strings.Trim(base, "?*[]")) > 2 {
			return true
		}
	}
	return false
}

type state struct {
	variables map[string]string
	lists     map[string][]string // the variables that are arrays
	others    map[string][]string // values of variables that other branches gave them
	aliases   map[string]string
	assigned  map[string]bool // the variables that are given a value somewhere
	params    []string
	functions map[string]*syntax.Stmt
	called    map[string]bool
	commands  [][]string
	file      string // that is the input of what runs, where it is one by its name
	read      func(name string) (text string, ok bool)
	pipes     map[string]string // what is in the files that stand for <(…)
	decodes   bool              // an interpreter reads what a decoder writes
	reach     reaching
	depth     int
	spent     int
	unset     bool // what is not known is unset, see defaults
}

// newState is a shell with these variables.
func newState(environment map[string]string) *state {
	variables := map[string]string{}
	maps.Copy(variables, environment)
	return &state{variables: variables, functions: map[string]*syntax.Stmt{}, called: map[string]bool{}}
}

var sequence = regexp.MustCompile(`\{[^{}]*\.\.`)

// line runs a line and returns what it writes.
func (s *state) line(line string) string { return s.text(line, unknown, maxLine) }

// text runs a text of that many bytes at most, and returns what it writes.
func (s *state) text(text, in string, longest int) string {
	if len(text) > longest || s.depth >= maxDepth || sequence.MatchString(text) {
		return unknown
	}
	s.depth++
	defer func() { s.depth-- }()
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
	if err != nil {
		return unknown
	}
	s.declare(file)
	return s.statements(file.Stmts, in)
}

// content is what is in a file that is known; empty where that is not.
func (s *state) content(name string) string {
	if text, ok := s.pipes[name]; ok {
		return text
	}
	if s.read == nil || name == "" || strings.Contains(name, unknown) {
		return ""
	}
	text, _ := s.read(name)
	return text
}

func (s *state) statements(list []*syntax.Stmt, in string) string {
	var out strings.Builder
	for _, stmt := range list {
		if written := s.statement(stmt, in); out.Len() < maxLine {
			out.WriteString(written)
		}
	}
	return out.String()
}

func (s *state) statement(stmt *syntax.Stmt, in string) string {
	if s.spent++; s.spent > maxCommands || stmt == nil {
		return unknown
	}
	if len(stmt.Redirs) > 0 {
		defer s.redirects(stmt.Redirs, s.reach.fetches)
	}
	for _, r := range stmt.Redirs {
		switch {
		case r.Hdoc != nil:
			in = s.document(r.Hdoc)
		case r.Op == syntax.WordHdoc:
			in = s.word(r.Word) + "\n"
		case r.Op == syntax.RdrIn && r.Word != nil && len(r.Word.Parts) == 1:
			if from, ok := r.Word.Parts[0].(*syntax.ProcSubst); ok {
				in = s.statements(from.Stmts, unknown)
			} else if name := s.word(r.Word); name != "" && !strings.Contains(name, unknown) {
				defer func(was string) { s.file = was }(s.file)
				s.file, in = name, cmp.Or(s.content(name), unknown)
			}
		}
	}
	switch c := stmt.Cmd.(type) {
	case *syntax.CallExpr:
		return s.call(c, in)
	case *syntax.BinaryCmd:
		fetches := s.reach.fetches
		left := s.statement(c.X, in)
		if c.Op == syntax.Pipe || c.Op == syntax.PipeAll {
			defer func(was bool) { s.reach.piped = was }(s.reach.piped)
			s.reach.piped = s.reach.piped || s.reach.fetches > fetches
			before := s.commands
			written := s.statement(c.Y, left)
			if len(s.commands) > len(before) && len(before) > 0 {
				s.decodes = s.decodes || interprets(s.commands[len(before)]) && decoder(before[len(before)-1])
			}
			return written
		}
		return left + s.statement(c.Y, in)
	case *syntax.Subshell:
		return s.statements(c.Stmts, in)
	case *syntax.Block:
		return s.statements(c.Stmts, in)
	case *syntax.IfClause:
		out, branches := "", [][]*syntax.Stmt{}
		for ; c != nil; c = c.Else {
			out += s.statements(c.Cond, in)
			branches = append(branches, c.Then)
		}
		return out + s.branches(branches, in)
	case *syntax.WhileClause:
		return s.while(c, in)
	case *syntax.CaseClause:
		word, branches := s.word(c.Word), [][]*syntax.Stmt{}
		for _, item := range c.Items {
			if !strings.Contains(word, unknown) && s.fits(word, item.Patterns) {
				return s.statements(item.Stmts, in)
			}
			branches = append(branches, item.Stmts)
		}
		return s.branches(branches, in)
	case *syntax.ForClause:
		return s.loop(c, in)
	case *syntax.CoprocClause:
		return s.statement(c.Stmt, in)
	case *syntax.TimeClause:
		return s.statement(c.Stmt, in)
	case *syntax.FuncDecl:
		s.functions[c.Name.Value] = c.Body
	case *syntax.DeclClause:
		s.assign(c.Args)
	}
	return ""
}

// redirects notes the files that a statement was redirected to, of which so many commands
// fetched something before.
func (s *state) redirects(list []*syntax.Redirect, fetches int) {
	for _, r := range list {
		if r.Word != nil && r.Hdoc == nil {
			s.reach.followRedirection(r.Op, s.word(r.Word), s.reach.piped || s.reach.fetches > fetches)
		}
	}
}

func (s *state) call(c *syntax.CallExpr, in string) string {
	s.assign(c.Assigns)
	defer func(was bool) { s.reach.inWords = was }(s.reach.inWords)
	fetches := s.reach.fetches
	words := s.words(c.Args)
	s.reach.inWords = s.reach.inWords || s.reach.fetches > fetches
	if len(words) == 0 {
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(s.others)) { // what other branches gave a variable
		others := s.others[name]
		if !names(c.Args, name) {
			continue
		}
		was := s.variables[name]
		for _, other := range others {
			s.variables[name] = other
			if words := s.words(c.Args); len(words) > 0 {
				s.run(words, in)
			}
		}
		s.variables[name] = was
	}
	return s.run(words, in)
}

// run runs a command: a function, an alias, one of the shell's own or a program.
func (s *state) run(words []string, in string) string {
	if body := s.functions[words[0]]; body != nil && s.depth < maxDepth {
		s.called[words[0]] = true
		s.depth++
		defer func(params []string) { s.params = params; s.depth-- }(s.params)
		s.params = words
		return s.statement(body, in)
	}
	if text, ok := s.aliases[words[0]]; ok && s.spent < maxCommands {
		return s.line(text + " " + strings.Join(words[1:], " "))
	}
	if s.own(words, in) {
		return ""
	}
	return s.command(words, in)
}

// command notes a command, follows what it hands on, and returns what it writes.
func (s *state) command(words []string, in string) string {
	for n := 0; len(words) > 0 && n < maxDepth && len(s.commands) < maxCommands; n++ {
		s.commands = append(s.commands, words)
		s.reach.follow(words)
		args := words[1:]
		switch name := path.Base(words[0]); name {
		case "sh", "bash", "zsh", "dash", "ksh", "ash":
			return s.shell(words, in)
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

// quoted are the strings in a program of another language, with what joins those
// that are one text.
var (
	quoted = regexp.MustCompile(`"([^"\\]*)"|'([^'\\]*)'`)
	joined = regexp.MustCompile(`^\s*[.+]?\s*$`)
)

// literals notes the strings of a program that an interpreter is given in its
// arguments, or on its input, as the commands that they may be: as they stand, joined,
// turned around. awk's printf is taken for what it writes.
func (s *state) literals(name string, args []string, in string) string {
	source := ""
	for i, a := range args {
		switch {
		case (a == "-e" || a == "-c" || a == "-r" || a == "-E") && i+1 < len(args):
			source = args[i+1]
		case strings.HasSuffix(name, "awk") && source == "" && !strings.HasPrefix(a, "-"):
			source = a
		}
	}
	if source == "" && interprets(append([]string{name}, args...)) && len(in) <= maxScript && starts.MatchString(in) {
		s.strings(in)
	}
	if source == "" || len(source) > maxLine {
		return unknown
	}
	if strings.HasSuffix(name, "awk") {
		if _, rest, ok := strings.Cut(source, "printf "); ok {
			return formatted(rest)
		}
	}
	s.strings(source)
	return unknown
}

// strings notes the strings of a program: as they stand, joined, turned around.
func (s *state) strings(source string) {
	whole, last := "", 0
	for _, at := range quoted.FindAllStringSubmatchIndex(source, maxCommands/4) {
		word := source[at[0]+1 : at[1]-1]
		if whole != "" && joined.MatchString(source[last:at[0]]) {
			whole += word
		} else {
			s.literal(whole)
			whole = word
		}
		last = at[1]
	}
	s.literal(whole)
}

func (s *state) literal(text string) {
	if text == "" || len(s.commands) >= maxCommands {
		return
	}
	if words := strings.Fields(text); len(words) > 0 {
		s.commands = append(s.commands, words)
	}
	s.commands = append(s.commands, []string{reversed(text)})
}

// formatted is what the arguments of awk's printf come to.
func formatted(arguments string) string {
	var args []string
	for part := range strings.SplitSeq(strings.Trim(arguments, " }();\n"), ",") {
		part = strings.Trim(strings.TrimSpace(part), `"`)
		if n, err := strconv.Atoi(part); err == nil && n > 0 && n < 128 && len(args) > 0 {
			part = string(rune(n))
		}
		args = append(args, part)
	}
	if len(args) > 0 {
		args[0] = strings.ReplaceAll(args[0], "%c", "%s")
	}
	return printed(args)
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
		case strings.HasSuffix(arg, "c") || arg == "-e":
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
		if name == "env" && args[0] == "-S" && len(args) > 1 {
			return strings.Fields(args[1])
		}
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
