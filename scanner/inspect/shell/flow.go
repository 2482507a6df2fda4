package shell

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// maxTurns bounds the turns of a loop.
const maxTurns = 64

// branches runs all that an if or a case may, each with the variables of before. What
// they give a variable is kept.
func (s *state) branches(all [][]*syntax.Stmt, in string) string {
	before, out := maps.Clone(s.variables), ""
	given := map[string][]string{}
	for _, list := range all {
		s.variables = maps.Clone(before)
		out += s.statements(list, in)
		for name, v := range s.variables {
			if was, ok := before[name]; (!ok || was != v) && len(given[name]) < maxDepth {
				given[name] = append(given[name], v)
			}
		}
	}
	for name, values := range given {
		s.set(name, values[len(values)-1])
		if len(values) == 1 {
			continue
		}
		if s.others == nil {
			s.others = map[string][]string{}
		}
		s.others[name] = values[:len(values)-1]
	}
	return out
}

// fits tells whether a word is one of the patterns of a case.
func (s *state) fits(word string, patterns []*syntax.Word) bool {
	for _, p := range patterns {
		pattern, err := attempt(func() (string, error) { return expand.Pattern(s.config(), p) })
		if fits, _ := path.Match(pattern, word); err == nil && fits {
			return true
		}
	}
	return false
}

// loop runs a for loop: over words, over the parameters where there are none, or for
// as long as an expression holds.
func (s *state) loop(c *syntax.ForClause, in string) string {
	out := ""
	switch loop := c.Loop.(type) {
	case *syntax.WordIter:
		items := s.words(loop.Items)
		if !loop.InPos.IsValid() {
			items = s.params[min(1, len(s.params)):]
		}
		for _, item := range items {
			s.set(loop.Name.Value, item)
			out += s.statements(c.Do, in)
		}
	case *syntax.CStyleLoop:
		holds := func(e syntax.ArithmExpr) bool {
			if e == nil {
				return true
			}
			n, err := s.number(e)
			return err == nil && n != 0
		}
		for holds(loop.Init); len(out) <= MaxLine; holds(loop.Post) {
			if s.spent += 1 + maxCommands/maxTurns/4; s.spent > maxCommands || !holds(loop.Cond) {
				break
			}
			out += s.statements(c.Do, in)
		}
	}
	return out
}

// while runs a loop for as long as its condition is known to hold, and once where
// that is not known.
func (s *state) while(c *syntax.WhileClause, in string) string {
	out := ""
	for turn := 0; turn < maxTurns && s.spent <= maxCommands && len(out) <= MaxLine; turn++ {
		holds, known := s.holds(c.Cond)
		if known && holds == c.Until {
			return out
		}
		out += s.statements(c.Cond, in) + s.statements(c.Do, in)
		if !known {
			return out
		}
	}
	return out
}

// holds works out a condition, if it is a comparison of words.
func (s *state) holds(list []*syntax.Stmt) (holds, known bool) {
	if len(list) != 1 {
		return false, false
	}
	switch c := list[0].Cmd.(type) {
	case *syntax.ArithmCmd:
		n, err := s.number(c.X)
		return n != 0, err == nil
	case *syntax.CallExpr:
		words := s.words(c.Args)
		if len(words) > 1 && words[0] == "[" && words[len(words)-1] == "]" {
			words = words[:len(words)-1]
		} else if len(words) == 0 || words[0] != "test" {
			return false, false
		}
		return compares(words[1:])
	}
	return false, false
}

// compares works out what test is asked.
func compares(words []string) (holds, known bool) {
	if strings.Contains(strings.Join(words, ""), unknown) {
		return false, false
	}
	switch len(words) {
	case 1:
		return words[0] != "", true
	case 2:
		switch words[0] {
		case "-n":
			return words[1] != "", true
		case "-z":
			return words[1] == "", true
		}
	case 3:
		switch words[1] {
		case "=", "==":
			return words[0] == words[2], true
		case "!=":
			return words[0] != words[2], true
		}
		a, err1 := strconv.Atoi(words[0])
		b, err2 := strconv.Atoi(words[2])
		order, ok := map[string]bool{"-lt": a < b, "-le": a <= b, "-gt": a > b, "-ge": a >= b, "-eq": a == b, "-ne": a != b}[words[1]]
		return order, ok && err1 == nil && err2 == nil
	}
	return false, false
}

// own runs a command of the shell's own that sets variables, and tells whether it is
// one.
func (s *state) own(words []string, in string) bool {
	args := words[1:]
	switch words[0] {
	case "set":
		for len(args) > 0 && args[0] != "--" && (strings.HasPrefix(args[0], "-") || strings.HasPrefix(args[0], "+")) {
			args = args[1:]
		}
		if len(args) > 0 {
			if args[0] == "--" {
				args = args[1:]
			}
			zero := "sh"
			if len(s.params) > 0 {
				zero = s.params[0]
			}
			s.params = append([]string{zero}, args...)
		}
	case "shift":
		n := 1
		if len(args) > 0 {
			n, _ = strconv.Atoi(args[0])
		}
		if n > 0 && n < len(s.params) {
			s.params = append([]string{s.params[0]}, s.params[n+1:]...)
		}
	case "read":
		line, _, _ := strings.Cut(in, "\n")
		fields := strings.Fields(line)
		for len(args) > 0 && strings.HasPrefix(args[0], "-") {
			args = args[1:]
		}
		for i, name := range args {
			switch {
			case in == unknown:
				s.set(name, unknown)
			case i < len(fields) && i == len(args)-1:
				s.set(name, strings.Join(fields[i:], " "))
			case i < len(fields):
				s.set(name, fields[i])
			default:
				s.set(name, "")
			}
		}
	case "printf":
		if len(args) < 3 || args[0] != "-v" {
			return false
		}
		s.set(args[1], printed(args[2:]))
	case "mapfile", "readarray":
		if len(args) > 0 && in != unknown {
			s.setList(args[len(args)-1], strings.Split(strings.TrimSuffix(in, "\n"), "\n"))
		}
	case "alias":
		for _, a := range args {
			if name, text, ok := strings.Cut(a, "="); ok {
				if s.aliases == nil {
					s.aliases = map[string]string{}
				}
				s.aliases[name] = text
			}
		}
	case "trap":
		if args = operands(args); len(args) > 1 {
			s.line(args[0])
		}
	default:
		return false
	}
	return true
}

// given are the words of the command that xargs starts, with those of its input in place of a
// mark, or at the end where it is empty.
func given(words []string, mark, in string) []string {
	if in == unknown || len(in) > MaxLine {
		return words
	}
	if mark == "" {
		return append(slices.Clone(words), strings.Fields(in)...)
	}
	in = strings.TrimSpace(in)
	filled, left := slices.Clone(words), 4*MaxLine
	for k, w := range words {
		if longer := strings.Count(w, mark) * len(in); longer <= min(left, MaxLine) {
			filled[k] = strings.ReplaceAll(w, mark, in)
			left -= longer
		}
	}
	return filled
}
