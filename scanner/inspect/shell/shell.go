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
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// MaxLine is how long a line may be that is read, and a variable, in bytes.
const MaxLine = 4 << 10

// Limits: of a script's file, of the commands of one line, and of lines within lines.
const (
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
	s.text(line, in, MaxLine)
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
	bytes     int  // that were read, see affords
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
func (s *state) line(line string) string { return s.text(line, unknown, MaxLine) }

// text runs a text of that many bytes at most, and returns what it writes.
func (s *state) text(text, in string, longest int) string {
	if len(text) > longest || s.depth >= maxDepth || !s.affords(len(text)) || sequence.MatchString(text) {
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
		if written := s.statement(stmt, in); out.Len() < MaxLine {
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
