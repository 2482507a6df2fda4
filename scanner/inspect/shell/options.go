package shell

import (
	"maps"
	"strings"
)

// A wordSet are names of options, or of commands.
type wordSet map[string]bool

func words(list string) wordSet {
	all := wordSet{}
	for w := range strings.FieldsSeq(list) {
		all[w] = true
	}
	return all
}

// without are they but for some, which are not taken for the beginnings of others either.
func without(s wordSet, names ...string) wordSet {
	s = maps.Clone(s)
	for _, name := range names {
		s[name] = false
	}
	return s
}

// has tells whether a long option is one of these, or the beginning of one.
func (s wordSet) has(name string) bool {
	if is, known := s[name]; known || len(name) < 3 {
		return is
	}
	for w, is := range s {
		if is && strings.HasPrefix(w, name) {
			return true
		}
	}
	return false
}

// options returns the words behind a program's options, which it reads as getopt does (POSIX,
// 12.2): letters together, and long names. Those among values have the rest of their word for
// a value, or the next; letters with a question mark there the rest alone. each is told all
// options.
func options(args []string, values wordSet, each func(option, value string)) []string {
	next := func() (value string) {
		if len(args) > 0 {
			value, args = args[0], args[1:]
		}
		return value
	}
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		option := next()[1:]
		long := option[0] == '-'
		if option == "-" {
			break
		}
		if name, value, given := strings.Cut(strings.TrimPrefix(option, "-"), "="); long || len(name) > 1 && values[name] { // arch -arch i386
			if !given && values.has(name) {
				value = next()
			}
			each(name, value)
			continue
		}
		for i := range len(option) {
			letter, value := option[i:i+1], ""
			rest := values[letter] || values[letter+"?"]
			if rest {
				value = option[i+1:]
			}
			if values[letter] && value == "" {
				value = next()
			}
			if each(letter, value); rest {
				break
			}
		}
	}
	return args
}

// operands are the words behind the options of a program that none of which has a value.
func operands(args []string) []string { return options(args, nil, func(string, string) {}) }

// Quoted writes words as they stand in a line.
func Quoted(words []string) string {
	var line strings.Builder
	for i, w := range words {
		if i > 0 {
			line.WriteByte(' ')
		}
		line.WriteString("'" + strings.ReplaceAll(w, "'", `'\''`) + "'")
	}
	return line.String()
}
