package shell

import (
	"regexp"
	"strconv"
	"strings"
)

// Programs in other languages are not followed: of what they start no more is known than
// that it is among their strings.

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
	if source == "" || len(source) > MaxLine {
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
