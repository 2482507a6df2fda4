package javascript

import (
	"bytes"
	"strings"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/shell"
)

// Files beside scripts that say what is run: those of gyp and make, and programs in
// other languages.

// ReadBuild returns what a file of gyp makes node-gyp run: while it reads it, as the
// commands in <!(...), and when it builds, as the lists of its actions. The text of
// the view is the file. It is nil where there is none.
func ReadBuild(data []byte) *script.View {
	const most = 1 << 18 // bytes
	if len(data) > most || !bytes.Contains(data, []byte("<!")) && !bytes.Contains(data, []byte("action")) {
		return nil
	}
	m := newManifest(len(data), newDictionary)
	const commands = 256
	for at, n := 0, 0; at < len(data) && n < commands; {
		start, text, end := nextString(data, at)
		if end == 0 {
			break
		}
		at = end
		if line, ok := substitution(text); ok {
			m.command(line, start, end)
			m.builds(shell.ReachOf(line, nil), start, end)
			n++
		}
		rest := bytes.TrimLeft(data[end:], " \t\r\n")
		list, ok := bytes.CutPrefix(rest, []byte(":"))
		if list = bytes.TrimLeft(list, " \t\r\n"); !ok || text != "action" || !bytes.HasPrefix(list, []byte("[")) {
			continue
		}
		n++
		words, close := stringList(data, len(data)-len(list)+1)
		m.commands(shell.Command(words, nil), string(data[start:close]), start, close)
		m.builds(shell.ReachOfCommand(words), start, close)
	}
	if len(m.uses) == 0 {
		return nil
	}
	b := script.NewBuilder(len(data))
	b.Copied(data, 0)
	return b.View(m.uses, "")
}

// builds is reaches for a build, where other programs are at home.
func (m *manifest) builds(r shell.Reach, start, end int) {
	r.RunsOther = false
	m.reaches(r, start, end)
}

// substitution is the command in <!(command) or <!@(command).
func substitution(text string) (string, bool) {
	text, ok := strings.CutPrefix(text, "<!")
	text = strings.TrimPrefix(text, "@")
	if !ok || !strings.HasPrefix(text, "(") || !strings.HasSuffix(text, ")") {
		return "", false
	}
	return text[1 : len(text)-1], true
}

// nextString returns the next string constant of Python from an offset on, of which
// those that stand beside one another are one; end is 0 where there is none.
func nextString(data []byte, at int) (start int, text string, end int) {
	var whole strings.Builder
	defer func() { text = whole.String() }()
	for at < len(data) {
		switch c := data[at]; c {
		case '#':
			n := bytes.IndexByte(data[at:], '\n')
			if n < 0 {
				return start, "", end
			}
			at += n
		case '"', '\'':
			if end == 0 {
				start = at
			}
			from := at + 1
			for at++; at < len(data) && data[at] != c; at++ {
				if data[at] == '\\' {
					at++
				}
			}
			if at >= len(data) {
				return start, "", end
			}
			part, _ := decodeEscapes(string(data[from:at]))
			whole.WriteString(part)
			end = at + 1
		case ' ', '\t', '\r', '\n':
		default:
			if end > 0 {
				return start, "", end
			}
		}
		at++
	}
	return start, "", end
}

// stringList are the string constants from an offset on up to a closing bracket, and
// where that is.
func stringList(data []byte, at int) (words []string, close int) {
	const most = 64
	for len(words) < most {
		start, text, end := nextString(data, at)
		bracket := bytes.IndexByte(data[at:], ']')
		if end == 0 || bracket >= 0 && at+bracket < start {
			return words, at + max(bracket, 0)
		}
		words, at = append(words, text), end
	}
	return words, at
}

// ReadShell returns what a shell's script starts that matters. The text of the view
// is the file. It is nil where there is nothing.
func ReadShell(data []byte) *script.View { return starting(data, shell.Script(string(data))) }

// ReadProgram is ReadShell for a program of another language that starts programs, as
// far as its strings show.
func ReadProgram(data []byte) *script.View { return starting(data, shell.Program(string(data))) }

// ReadMakefile is ReadShell for a makefile.
func ReadMakefile(data []byte) *script.View { return starting(data, shell.Makefile(string(data))) }

// starting is the view of a file that starts commands.
func starting(data []byte, commands [][]string) *script.View {
	m := newManifest(len(data), newDictionary)
	m.commands(commands, string(data), 0, len(data))
	if len(m.uses) == 0 {
		return nil
	}
	b := script.NewBuilder(len(data))
	b.Copied(data, 0)
	return b.View(m.uses, "")
}
