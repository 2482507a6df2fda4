package shell

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// Makefile returns the commands that the recipes of a makefile may run, of all its
// targets and conditions, and those of its $(shell ...). Of make itself it knows
// variables and the functions of texts (gnu.org/software/make/manual, chapters 6
// and 8).
func Makefile(text string) [][]string {
	if len(text) > maxScript {
		return nil
	}
	m := &makefile{variables: map[string]string{}, shell: newState(nil)}
	text = strings.ReplaceAll(text, "\\\n", " ")
	var recipes []string
	define := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		words := strings.Fields(line)
		switch {
		case define != "" && len(words) == 1 && words[0] == "endef":
			define = ""
		case define != "":
			m.variables[define] = strings.TrimPrefix(m.variables[define]+"\n"+line, "\n")
		case len(words) > 1 && words[0] == "define":
			define = words[1]
			m.variables[define] = ""
		case strings.HasPrefix(line, "\t"):
			recipes = append(recipes, line)
		case !m.assign(line):
			if rule, recipe, ok := strings.Cut(line, ";"); ok && strings.Contains(rule, ":") {
				recipes = append(recipes, recipe)
			}
			m.expand(line, 0)
		}
	}
	for _, recipe := range recipes {
		for line := range strings.SplitSeq(m.expand(recipe, 0), "\n") {
			m.shell.line(strings.TrimLeft(line, "\t @+-"))
		}
	}
	return m.shell.commands
}

type makefile struct {
	variables map[string]string
	shell     *state // that runs the recipes
	spent     int    // expansions
}

const maxExpansions = 1000 // of one makefile

// assign takes a line that gives a variable a value, and tells whether it is one.
func (m *makefile) assign(line string) bool {
	name, v, ok := strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	operator := name[len(strings.TrimRight(name, ":?+!")):]
	name = strings.TrimSpace(strings.TrimSuffix(name, operator))
	for _, prefix := range []string{"export ", "override ", "private "} {
		name = strings.TrimSpace(strings.TrimPrefix(name, prefix))
	}
	if !ok || name == "" || strings.ContainsAny(name, " \t:#$(") {
		return false
	}
	v = strings.TrimLeft(v, " \t")
	switch operator {
	case ":", "::":
		v = m.expand(v, 0)
	case "+":
		v = m.variables[name] + " " + v
	case "!":
		v = m.output(m.expand(v, 0))
	}
	if len(v) <= MaxLine {
		m.variables[name] = v
	}
	return true
}

// output is what a command line writes, as one line.
func (m *makefile) output(line string) string {
	return strings.ReplaceAll(strings.TrimRight(m.shell.line(line), "\n"), "\n", " ")
}

// expand replaces what stands behind dollars in a text.
func (m *makefile) expand(text string, depth int) string {
	if m.spent++; m.spent > maxExpansions || depth > 4*maxDepth || len(text) > MaxLine {
		return unknown
	}
	var out strings.Builder
	for i := 0; i < len(text) && out.Len() <= MaxLine; i++ {
		if text[i] != '$' || i+1 == len(text) {
			out.WriteByte(text[i])
			continue
		}
		i++
		switch c := text[i]; c {
		case '$':
			out.WriteByte('$')
		case '(', '{':
			end := closing(text, i)
			if end < 0 {
				return unknown
			}
			out.WriteString(m.reference(text[i+1:end], depth+1))
			i = end
		default:
			out.WriteString(m.variable(string(c), depth+1))
		}
	}
	if out.Len() > MaxLine {
		return unknown
	}
	return out.String()
}

// closing returns where the bracket ends that opens at an offset, or -1.
func closing(text string, at int) int {
	open, close := text[at], byte(')')
	if open == '{' {
		close = '}'
	}
	depth := 0
	for i := at; i < len(text); i++ {
		switch text[i] {
		case open:
			depth++
		case close:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func (m *makefile) variable(name string, depth int) string {
	v, ok := m.variables[name]
	if !ok {
		return ""
	}
	return m.expand(v, depth)
}

// reference is what $(text) stands for: a function's call or a variable, the latter
// maybe with a replacement: $(name:from=to).
func (m *makefile) reference(text string, depth int) string {
	if name, rest, ok := strings.Cut(text, " "); ok {
		if v, known := m.call(name, arguments(strings.TrimLeft(rest, " \t")), depth); known {
			return v
		}
	}
	text = m.expand(text, depth)
	if name, by, ok := strings.Cut(text, ":"); ok {
		if from, to, ok := strings.Cut(by, "="); ok {
			if !strings.Contains(from, "%") {
				from, to = "%"+from, "%"+to
			}
			return patternReplaced(from, to, m.variable(name, depth))
		}
	}
	return m.variable(text, depth)
}

// arguments parts those of a function at commas that stand in no brackets.
func arguments(text string) []string {
	var all []string
	depth, start := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '{':
			depth++
		case ')', '}':
			depth--
		case ',':
			if depth == 0 {
				all = append(all, text[start:i])
				start = i + 1
			}
		}
	}
	return append(all, text[start:])
}

// call is what a function of make gives, and whether it is one that is known.
func (m *makefile) call(name string, raw []string, depth int) (string, bool) {
	argument := func(n int) string {
		if n >= len(raw) {
			return ""
		}
		return m.expand(raw[n], depth)
	}
	words := func(n int) []string { return strings.Fields(argument(n)) }
	each := func(n int, f func(string) string) (string, bool) {
		list := words(n)
		for i, w := range list {
			list[i] = f(w)
		}
		return strings.Join(list, " "), true
	}
	pick := func(list []string, n int) (string, bool) {
		if n < 0 || n >= len(list) {
			return "", true
		}
		return list[n], true
	}
	switch name {
	case "subst":
		if from := argument(0); from != "" {
			return bounded(strings.ReplaceAll(argument(2), from, argument(1))), true
		}
		return argument(2), true
	case "patsubst":
		return patternReplaced(argument(0), argument(1), argument(2)), true
	case "strip":
		return strings.Join(words(0), " "), true
	case "sort":
		list := words(0)
		slices.Sort(list)
		return strings.Join(slices.Compact(list), " "), true
	case "word":
		n, _ := strconv.Atoi(strings.TrimSpace(argument(0)))
		return pick(words(1), n-1)
	case "firstword":
		return pick(words(0), 0)
	case "lastword":
		list := words(0)
		return pick(list, len(list)-1)
	case "wordlist":
		from, _ := strconv.Atoi(strings.TrimSpace(argument(0)))
		to, _ := strconv.Atoi(strings.TrimSpace(argument(1)))
		list := words(2)
		from, to = max(0, from-1), min(to, len(list))
		return strings.Join(list[min(from, max(0, to)):max(0, to)], " "), true
	case "notdir":
		return each(0, path.Base)
	case "dir":
		return each(0, func(w string) string { return path.Dir(w) + "/" })
	case "suffix":
		return each(0, path.Ext)
	case "basename":
		return each(0, func(w string) string { return strings.TrimSuffix(w, path.Ext(w)) })
	case "addprefix":
		prefix := argument(0)
		return each(1, func(w string) string { return prefix + w })
	case "addsuffix":
		suffix := argument(0)
		return each(1, func(w string) string { return w + suffix })
	case "join":
		a, b := words(0), words(1)
		for i, w := range b {
			if i < len(a) {
				a[i] += w
			} else {
				a = append(a, w)
			}
		}
		return strings.Join(a, " "), true
	case "foreach", "call":
		return m.bind(name, raw, words, argument, depth), true
	case "if":
		if argument(0) != "" {
			return argument(1), true
		}
		return argument(2), true
	case "or":
		for n := range raw {
			if v := argument(n); v != "" {
				return v, true
			}
		}
		return "", true
	case "shell":
		return m.output(m.expand(strings.Join(raw, ","), depth)), true
	case "eval":
		for line := range strings.SplitSeq(m.expand(strings.Join(raw, ","), depth), "\n") {
			m.assign(line)
		}
		return "", true
	case "value":
		return m.variables[strings.TrimSpace(argument(0))], true
	}
	return "", false
}

// bind evaluates the functions that give variables values for a text.
func (m *makefile) bind(name string, raw []string, words func(int) []string, argument func(int) string, depth int) string {
	if name == "call" {
		for n := 1; n < len(raw) && n < 10; n++ {
			m.variables[strconv.Itoa(n)] = argument(n)
		}
		return m.variable(strings.TrimSpace(argument(0)), depth)
	}
	var out []string
	variable := strings.TrimSpace(argument(0))
	for _, w := range words(1) {
		if len(out) > maxTurns {
			break
		}
		m.variables[variable] = w
		out = append(out, argument(2))
	}
	return bounded(strings.Join(out, " "))
}

func bounded(text string) string {
	if len(text) > MaxLine {
		return unknown
	}
	return text
}

// patternReplaced replaces, of the words of a text, those that are like a pattern with
// a percent sign.
func patternReplaced(from, to, text string) string {
	before, after, any := strings.Cut(from, "%")
	list := strings.Fields(text)
	for i, w := range list {
		switch {
		case !any && w == from:
			list[i] = to
		case any && len(w) >= len(before)+len(after) && strings.HasPrefix(w, before) && strings.HasSuffix(w, after):
			list[i] = strings.Replace(to, "%", w[len(before):len(w)-len(after)], 1)
		}
	}
	return bounded(strings.Join(list, " "))
}
