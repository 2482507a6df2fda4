// Package shell tells which programs a command line starts, as a POSIX shell would
// read it: through quotes, variables, substitutions, pipes into another shell and
// the small tools by which a name is put together. Nothing is run. What depends on
// the machine is unknown, and of an if or a case all branches count.
//
// Lines are parsed and words expanded by mvdan.cc/sh; what the commands in them
// write is worked out here, for a few of them.
package shell

import (
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
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
	s := &state{variables: map[string]string{}, params: params, functions: map[string]*syntax.Stmt{}}
	for name, v := range environment {
		s.variables[name] = v
	}
	s.line(line)
	return s.commands
}

// Command returns the commands that one with these words comes to: itself, and what
// a shell or env in it is told to run.
func Command(words []string, environment map[string]string) [][]string {
	s := &state{variables: map[string]string{}, functions: map[string]*syntax.Stmt{}}
	for name, v := range environment {
		s.variables[name] = v
	}
	s.command(words, unknown)
	return s.commands
}

// CommandWithInput is Command for one that reads a text from its input.
func CommandWithInput(words []string, environment map[string]string, in string) [][]string {
	s := &state{variables: map[string]string{}, functions: map[string]*syntax.Stmt{}}
	for name, v := range environment {
		s.variables[name] = v
	}
	s.command(words, in)
	return s.commands
}

// Script returns the commands of a file that is a shell's script, those of functions
// that it does not call among them, since another that reads it may.
func Script(text string) [][]string {
	if len(text) > maxScript {
		return nil
	}
	s := &state{variables: map[string]string{}, functions: map[string]*syntax.Stmt{}, called: map[string]bool{}}
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
	if err != nil || sequence.MatchString(text) {
		return nil
	}
	s.statements(file.Stmts, unknown)
	for name, body := range s.functions {
		if !s.called[name] {
			s.statement(body, unknown)
		}
	}
	return s.commands
}

// Decodes tells whether a line gives an interpreter what a decoder writes.
func Decodes(line string) bool {
	s := &state{variables: map[string]string{}, functions: map[string]*syntax.Stmt{}}
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
		if fits, _ := path.Match(base, program); fits && len(strings.Trim(base, "?*[]")) > 2 {
			return true
		}
	}
	return false
}

type state struct {
	variables map[string]string
	params    []string
	functions map[string]*syntax.Stmt
	called    map[string]bool
	commands  [][]string
	decodes   bool // an interpreter reads what a decoder writes
	depth     int
	spent     int
}

var sequence = regexp.MustCompile(`\{[^{}]*\.\.`)

// line runs a text and returns what it writes.
func (s *state) line(text string) string {
	// A brace expansion may be larger than any memory.
	if len(text) > maxLine || s.depth >= maxDepth || strings.Count(text, "{") > 8 || sequence.MatchString(text) {
		return unknown
	}
	s.depth++
	defer func() { s.depth-- }()
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
	if err != nil {
		return unknown
	}
	return s.statements(file.Stmts, unknown)
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
	for _, r := range stmt.Redirs {
		switch {
		case r.Hdoc != nil:
			in = s.document(r.Hdoc)
		case r.Op == syntax.WordHdoc:
			in = s.word(r.Word) + "\n"
		}
	}
	switch c := stmt.Cmd.(type) {
	case *syntax.CallExpr:
		return s.call(c, in)
	case *syntax.BinaryCmd:
		left := s.statement(c.X, in)
		if c.Op == syntax.Pipe || c.Op == syntax.PipeAll {
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
		out := ""
		for ; c != nil; c = c.Else {
			out += s.statements(c.Cond, in) + s.statements(c.Then, in)
		}
		return out
	case *syntax.WhileClause:
		return s.statements(c.Cond, in) + s.statements(c.Do, in)
	case *syntax.CaseClause:
		out := ""
		for _, item := range c.Items {
			out += s.statements(item.Stmts, in)
		}
		return out
	case *syntax.ForClause:
		loop, ok := c.Loop.(*syntax.WordIter)
		if !ok {
			return s.statements(c.Do, in)
		}
		out := ""
		for _, item := range s.words(loop.Items) {
			s.set(loop.Name.Value, item)
			out += s.statements(c.Do, in)
		}
		return out
	case *syntax.TimeClause:
		return s.statement(c.Stmt, in)
	case *syntax.FuncDecl:
		s.functions[c.Name.Value] = c.Body
	case *syntax.DeclClause:
		for _, a := range c.Args {
			if a.Name != nil && a.Value != nil {
				s.set(a.Name.Value, s.word(a.Value))
			}
		}
	}
	return ""
}

func (s *state) set(name, v string) {
	if len(v) > maxLine {
		v = unknown
	}
	s.variables[name] = v
}

func (s *state) call(c *syntax.CallExpr, in string) string {
	for _, a := range c.Assigns {
		switch {
		case a.Name != nil && a.Value != nil:
			s.set(a.Name.Value, s.word(a.Value))
		case a.Name != nil && a.Array == nil:
			s.set(a.Name.Value, "")
		}
	}
	words := s.words(c.Args)
	if len(words) == 0 {
		return ""
	}
	if body := s.functions[words[0]]; body != nil && s.depth < maxDepth {
		if s.called != nil {
			s.called[words[0]] = true
		}
		s.depth++
		defer func(params []string) { s.params = params; s.depth-- }(s.params)
		s.params = words
		return s.statement(body, in)
	}
	return s.command(words, in)
}

// environ gives the words of a line their variables.
type environ struct{ *state }

func (e environ) Get(name string) expand.Variable {
	text := func(v string) expand.Variable { return expand.Variable{Set: true, Kind: expand.String, Str: v} }
	if v, ok := e.variables[name]; ok {
		return text(v)
	}
	switch name {
	case "IFS":
		return text(" \t\n")
	case "@", "*":
		return expand.Variable{Set: true, Kind: expand.Indexed, List: e.params[min(1, len(e.params)):]}
	}
	if len(name) == 1 && name[0] >= '0' && name[0] <= '9' && len(e.params) > 0 {
		if n := int(name[0] - '0'); n < len(e.params) {
			return text(e.params[n])
		}
		return text("")
	}
	return text(unknown)
}

func (e environ) Each(func(string, expand.Variable) bool) {}

var errTooLong = errors.New("what a command writes is too long")

func (s *state) config() *expand.Config {
	return &expand.Config{Env: environ{s}, CmdSubst: func(w io.Writer, c *syntax.CmdSubst) error {
		if s.depth >= maxDepth {
			return errTooLong
		}
		s.depth++
		defer func() { s.depth-- }()
		out := s.statements(c.Stmts, unknown)
		if len(out) > maxLine {
			return errTooLong
		}
		_, err := io.WriteString(w, out)
		return err
	}}
}

func (s *state) word(w *syntax.Word) string { return s.bounded(expand.Literal(s.config(), w)) }

// document expands what stands in a here document, where quotes are none.
func (s *state) document(w *syntax.Word) string { return s.bounded(expand.Document(s.config(), w)) }

func (s *state) bounded(v string, err error) string {
	if err != nil || len(v) > maxLine {
		return unknown
	}
	return v
}

func (s *state) words(list []*syntax.Word) []string {
	fields, err := expand.Fields(s.config(), list...)
	if err != nil {
		return nil
	}
	size := 0
	for i, f := range fields {
		if size += len(f); size > 4*maxLine || i > maxCommands {
			return fields[:i]
		}
	}
	return fields
}

// command notes a command, follows what it hands on, and returns what it writes.
func (s *state) command(words []string, in string) string {
	for n := 0; len(words) > 0 && n < maxDepth && len(s.commands) < maxCommands; n++ {
		s.commands = append(s.commands, words)
		args := words[1:]
		switch name := path.Base(words[0]); name {
		case "sh", "bash", "zsh", "dash", "ksh", "ash":
			return s.shell(words, in)
		case "eval":
			return s.line(strings.Join(args, " "))
		case "exec", "command", "builtin", "nohup", "sudo", "doas", "nice", "time", "env", "xargs", "setsid", "stdbuf", "timeout", "arch", "caffeinate":
			words = operands(name, args)
			continue
		case "find":
			for i, a := range args {
				if (a == "-exec" || a == "-execdir" || a == "-ok") && i+1 < len(args) {
					s.commands = append(s.commands, args[i+1:])
				}
			}
			return unknown
		case "perl", "python", "python2", "python3", "ruby", "php", "awk", "gawk", "mawk", "lua", "tclsh":
			return s.literals(name, args)
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
// arguments as the commands that they may be: as they stand, joined, turned around.
// awk's printf is taken for what it writes.
func (s *state) literals(name string, args []string) string {
	source := ""
	for i, a := range args {
		switch {
		case (a == "-e" || a == "-c" || a == "-r" || a == "-E") && i+1 < len(args):
			source = args[i+1]
		case strings.HasSuffix(name, "awk") && source == "" && !strings.HasPrefix(a, "-"):
			source = a
		}
	}
	if source == "" || len(source) > maxLine {
		return unknown
	}
	if strings.HasSuffix(name, "awk") {
		if _, rest, ok := strings.Cut(source, "printf "); ok {
			return formatted(rest)
		}
	}
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
	return unknown
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

// interprets tells whether a command reads a program from its input.
func interprets(words []string) bool {
	switch path.Base(words[0]) {
	case "sh", "bash", "zsh", "dash", "ksh", "node", "nodejs", "bun", "deno", "python", "python3", "perl", "ruby", "php", "osascript":
		return len(words) == 1 || len(words) == 2 && strings.HasPrefix(words[1], "-")
	}
	return false
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
	case "base64", "base32", "gunzip", "bunzip2", "unxz", "zcat", "bzcat", "xzcat", "rev", "tr", "uudecode", "openssl", "gpg":
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
	for i, w := range words[1:] {
		if strings.HasPrefix(w, "-") && strings.HasSuffix(w, "c") && i+2 < len(words) {
			defer func(params []string) { s.params = params }(s.params)
			s.params = words[i+3:]
			if len(s.params) == 0 {
				s.params = words[:1]
			}
			return s.line(words[i+2])
		}
		if w != "-s" && w != "-" && strings.HasPrefix(w, "-") {
			continue
		}
		break
	}
	if in != unknown {
		return s.line(in)
	}
	return unknown
}
