package shell

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

func (s *state) set(name, v string) {
	if len(v) > MaxLine {
		v = unknown
	}
	delete(s.lists, name)
	delete(s.others, name)
	s.variables[name] = v
}

// declare notes the variables that a script gives values: before, they are empty.
func (s *state) declare(file *syntax.File) {
	if s.assigned == nil {
		s.assigned = map[string]bool{}
	}
	syntax.Walk(file, func(n syntax.Node) bool {
		if a, ok := n.(*syntax.Assign); ok && a.Name != nil {
			s.assigned[a.Name.Value] = true
		}
		return true
	})
}

// setList makes a variable an array.
func (s *state) setList(name string, list []string) {
	if s.lists == nil {
		s.lists = map[string][]string{}
	}
	if len(list) > maxCommands {
		list = list[:maxCommands]
	}
	s.lists[name] = list
}

// assign gives variables values: a=b, a+=b, a=(b c), a[1]=b.
func (s *state) assign(all []*syntax.Assign) {
	for _, a := range all {
		if a.Name == nil {
			continue
		}
		name, v := a.Name.Value, ""
		if a.Array != nil {
			var list []string
			if a.Append {
				list = slices.Clone(s.lists[name])
			}
			for _, e := range a.Array.Elems {
				if e.Value != nil {
					list = append(list, s.words([]*syntax.Word{e.Value})...)
				}
			}
			s.setList(name, list)
			continue
		}
		if a.Value != nil {
			v = s.word(a.Value)
		}
		if a.Index != nil {
			n, err := s.number(a.Index)
			if list := slices.Clone(s.lists[name]); err == nil && n >= 0 && n < maxCommands {
				for len(list) <= n {
					list = append(list, "")
				}
				list[n] = v
				s.setList(name, list)
			}
			continue
		}
		if a.Append {
			v = s.variables[name] + v
		}
		s.set(name, v)
	}
}

// names tells whether a variable stands in one of the words.
func names(words []*syntax.Word, variable string) bool {
	found := false
	for _, w := range words {
		syntax.Walk(w, func(n syntax.Node) bool {
			if p, ok := n.(*syntax.ParamExp); ok && p.Param != nil && p.Param.Value == variable {
				found = true
			}
			return !found
		})
	}
	return found
}

// environ gives the words of a line their variables.
type environ struct{ *state }

func (e environ) Get(name string) expand.Variable {
	text := func(v string) expand.Variable { return expand.Variable{Set: true, Kind: expand.String, Str: v} }
	if list, ok := e.lists[name]; ok {
		return expand.Variable{Set: true, Kind: expand.Indexed, List: list}
	}
	if v, ok := e.variables[name]; ok {
		return text(v)
	}
	switch name {
	case "#":
		return text(strconv.Itoa(max(0, len(e.params)-1)))
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
	if e.unset {
		return expand.Variable{}
	}
	if e.assigned[name] { // not yet
		return text("")
	}
	return text(unknown)
}

// Set takes what an expansion such as ${a:=b} or $((a++)) gives a variable.
func (e environ) Set(name string, v expand.Variable) error {
	e.set(name, v.Str)
	return nil
}

func (e environ) Each(func(string, expand.Variable) bool) {}

var errTooLong = errors.New("what a command writes is too long")

func (s *state) config() *expand.Config {
	return &expand.Config{Env: environ{s}, CmdSubst: func(w io.Writer, c *syntax.CmdSubst) error {
		out, ok := s.substituted(c.Stmts)
		if !ok || len(out) > MaxLine {
			return errTooLong
		}
		_, err := io.WriteString(w, out)
		return err
	}, ProcSubst: func(p *syntax.ProcSubst) (string, error) { return s.pipe(p), nil }}
}

// substituted runs the commands of a substitution and returns what they write; ok is false
// where it lies within too many others.
func (s *state) substituted(list []*syntax.Stmt) (out string, ok bool) {
	if s.depth >= maxDepth {
		return "", false
	}
	s.depth++
	defer func() { s.depth-- }()
	fetches := s.reach.fetches
	out = s.statements(list, unknown)
	s.reach.captured = s.reach.captured || s.reach.fetches > fetches
	return out, true
}

// pipe runs the commands of <(…) and returns the name of the file that stands for what
// they write, as Bash gives it.
func (s *state) pipe(p *syntax.ProcSubst) string {
	const first, most = 63, 32 // as Bash numbers them
	out, ok := s.substituted(p.Stmts)
	if !ok || len(s.pipes) == most || p.Op != syntax.CmdIn || strings.Contains(out, unknown) {
		return unknown
	}
	if s.pipes == nil {
		s.pipes = map[string]string{}
	}
	name := fmt.Sprintf("/dev/fd/%d", first-len(s.pipes))
	s.pipes[name] = out
	return name
}

// attempt has the library expand something. It panics where it does not know an
// expansion.
func attempt[T any](expansion func() (T, error)) (v T, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("not expanded: %v", fault)
		}
	}()
	return expansion()
}

// number is what an arithmetic expression comes to.
func (s *state) number(x syntax.ArithmExpr) (int, error) {
	return attempt(func() (int, error) { return expand.Arithm(s.config(), x) })
}

func (s *state) word(w *syntax.Word) string {
	if !s.affords(s.size(w.Parts)) {
		return unknown
	}
	defer s.defaults(w)()
	return s.bounded(attempt(func() (string, error) { return expand.Literal(s.config(), w) }))
}

// defaults has a variable that is not known be unset where an expansion says what is
// taken then: ${a:-b}. The function that it returns ends that.
func (s *state) defaults(words ...*syntax.Word) func() {
	for _, w := range words {
		syntax.Walk(w, func(n syntax.Node) bool {
			if p, ok := n.(*syntax.ParamExp); ok && p.Exp != nil {
				switch p.Exp.Op {
				case syntax.DefaultUnset, syntax.DefaultUnsetOrNull, syntax.AssignUnset, syntax.AssignUnsetOrNull:
					s.unset = true
				}
			}
			return true
		})
	}
	return func() { s.unset = false }
}

// document expands what stands in a here document, where quotes are none.
func (s *state) document(w *syntax.Word) string {
	if !s.affords(s.size(w.Parts)) {
		return unknown
	}
	return s.bounded(attempt(func() (string, error) { return expand.Document(s.config(), w) }))
}

func (s *state) bounded(v string, err error) string {
	if err != nil {
		return unknown
	}
	return bounded(v)
}

func (s *state) words(list []*syntax.Word) []string {
	list = s.affordable(list)
	defer s.defaults(list...)()
	fields, err := attempt(func() ([]string, error) { return expand.Fields(s.config(), list...) })
	if err != nil && len(list) == 1 {
		return []string{unknown}
	}
	if err != nil { // all but the word that it lies with is still known
		for _, w := range list {
			fields = append(fields, s.words([]*syntax.Word{w})...)
		}
	}
	size := 0
	for i, f := range fields {
		if size += len(f); size > 4*MaxLine || i > maxCommands {
			return fields[:i]
		}
	}
	return fields
}
