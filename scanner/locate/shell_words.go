package locate

import (
	"regexp"
	"slices"
	"strings"
)

// splitWords splits a command line at blanks as sh does: quotes group and a
// backslash takes the next character as it is. It knows nothing of variables
// and ends an open quote at the end of the text.
func splitWords(text string) []string { return slices.Concat(splitAt(text, "")...) }

// splitCommands is splitWords for a line of several commands ("a && b; c"): it
// returns the words of each.
func splitCommands(text string) [][]string { return splitAt(text, "&|;()\n") }

// splitAt splits a text into words, and begins a new list of them at each of
// the operators that stands outside quotes.
func splitAt(text, operators string) (commands [][]string) {
	var words []string
	var word strings.Builder
	inWord := false
	endWord := func() {
		if inWord {
			words = append(words, word.String())
			word.Reset()
			inWord = false
		}
	}
	endCommand := func() {
		if endWord(); words != nil {
			commands = append(commands, words)
			words = nil
		}
	}
	var quote byte
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && quote != '\'' && i+1 < len(text):
			i++
			if quote == '"' && !strings.ContainsRune("\"\\$`", rune(text[i])) {
				word.WriteByte('\\')
			}
			word.WriteByte(text[i])
			inWord = true
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote, inWord = c, true
		case quote == 0 && strings.IndexByte(operators, c) >= 0:
			endCommand()
		case quote == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r'):
			endWord()
		default:
			word.WriteByte(c)
			inWord = true
		}
	}
	endCommand()
	return commands
}

// A variable is one assignment of a shell fragment, unit or plist.
type variable struct {
	name, value string
	by          Reference
}

var assignment = regexp.MustCompile(`^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$`)

// readAssignments reads NAME=value and export NAME=value lines, as in
// /etc/default/nginx or /etc/apache2/envvars. Whatever else the script does is
// not looked at; variables in values are expanded from the lines before, and
// are empty where nothing sets them, as in sh.
func readAssignments(file string, data []byte) []variable {
	var found []variable
	values := map[string]string{}
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		m := assignment.FindStringSubmatch(strings.TrimRight(text, "\r\n"))
		if m == nil {
			continue
		}
		value := ""
		if words := splitWords(m[2]); len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			value = words[0]
		}
		if !strings.HasPrefix(strings.TrimSpace(m[2]), "'") {
			value = expandVariables(value, values)
		}
		values[m[1]] = value
		found = append(found, variable{m[1], value, Reference{file, line}})
	}
	return found
}

var shellVariable = regexp.MustCompile(`\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))`)

// expandVariables puts values in the place of $NAME and ${NAME}.
func expandVariables(text string, values map[string]string) string {
	return replaceBounded(shellVariable, text, func(ref string) string { return values[strings.Trim(ref, "${}")] })
}

// maxExpanded bounds a value after expansion, in bytes: lines that double the
// one before must not fill the memory. No path is that long.
const maxExpanded = 64 << 10

// replaceBounded replaces every match of pattern, and cuts the result off at
// maxExpanded.
func replaceBounded(pattern *regexp.Regexp, text string, value func(match string) string) string {
	text = text[:min(len(text), maxExpanded)]
	var b strings.Builder
	end := 0
	for _, at := range pattern.FindAllStringIndex(text, -1) {
		b.WriteString(text[end:at[0]])
		b.WriteString(value(text[at[0]:at[1]]))
		end = at[1]
		if b.Len() > maxExpanded {
			return b.String()[:maxExpanded]
		}
	}
	b.WriteString(text[end:])
	return b.String()[:min(b.Len(), maxExpanded)]
}
