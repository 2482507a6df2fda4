package javascript

import (
	"bytes"
	"encoding/json"
	"strings"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/shell"
)

// ReadManifest returns what a package.json itself makes Node.js load or run: the
// modules that its "imports" give other names, and the scripts and programs in the
// commands of "scripts". The text of the view is the file. It is nil where there
// is neither.
func ReadManifest(data []byte) *script.View {
	const most = 1 << 20 // bytes
	if len(data) > most || !bytes.Contains(data, []byte(`"imports"`)) && !bytes.Contains(data, []byte(`"scripts"`)) || !json.Valid(data) {
		return nil
	}
	m := &manifest{decoder: json.NewDecoder(bytes.NewReader(data)), budget: script.NewBudget(len(data), maxSteps)}
	m.value("", 0)
	if len(m.uses) == 0 {
		return nil
	}
	b := script.NewBuilder(len(data))
	b.Copied(data, 0)
	return b.View(m.uses, "")
}

// A manifest is a package.json that is being read.
type manifest struct {
	decoder *json.Decoder
	budget  *script.Budget
	uses    []script.Use
}

// value reads one value, which stands below a key of the whole.
func (m *manifest) value(top string, depth int) {
	start := int(m.decoder.InputOffset())
	token, err := m.decoder.Token()
	if err != nil || depth > script.MaxNesting {
		return
	}
	switch t := token.(type) {
	case string:
		m.text(top, t, start, int(m.decoder.InputOffset()))
	case json.Delim:
		for m.decoder.More() {
			below := top
			if t == '{' {
				key, err := m.decoder.Token()
				name, ok := key.(string)
				if err != nil || !ok {
					return
				}
				if depth == 0 {
					below = name
				}
			}
			m.value(below, depth+1)
		}
		m.decoder.Token()
	}
}

func (m *manifest) text(top, s string, start, end int) {
	switch top {
	case "imports":
		if module := moduleName(s); reaching(module) || strings.HasPrefix(s, "./") {
			m.uses = append(m.uses, script.Use{Kind: script.Module, Name: module, Start: start, End: end})
		}
	case "scripts":
		m.command(s, start, end)
	}
}

// command notes what a command line runs.
func (m *manifest) command(line string, start, end int) {
	if shell.Decodes(line) {
		m.uses = append(m.uses, script.Use{Kind: script.Call, Name: "eval:decoded", Start: start, End: end})
	}
	m.commands(shell.Commands(line, nil, nil), start, end, strings.Contains(line, appleScript))
}

// commands notes what commands come to, with the interpreter of AppleScript by its
// name where that stands there.
func (m *manifest) commands(commands [][]string, start, end int, named bool) {
	use := func(kind script.UseKind, name string, hidden bool) {
		m.uses = append(m.uses, script.Use{Kind: kind, Name: name, Start: start, End: end, Hidden: hidden})
	}
	if shell.Runs(commands, appleScript) {
		use(script.Call, "start:"+appleScript, !named)
	}
	for _, words := range commands {
		source := nodeScript(words)
		if source == "" || !m.budget.Take(len(source)) {
			continue
		}
		for _, u := range readScript([]byte(source), m.budget, 1, nil).Uses {
			use(u.Kind, u.Name, u.Hidden)
		}
	}
}

// ReadBuild returns what a file of gyp makes node-gyp run: while it reads it, as the
// commands in <!(...), and when it builds, as the lists of its actions. The text of
// the view is the file. It is nil where there is none.
func ReadBuild(data []byte) *script.View {
	const most = 1 << 18 // bytes
	if len(data) > most || !bytes.Contains(data, []byte("<!")) && !bytes.Contains(data, []byte("action")) {
		return nil
	}
	m := &manifest{budget: script.NewBudget(len(data), maxSteps)}
	const commands = 256
	for at, n := 0, 0; at < len(data) && n < commands; {
		start, text, end := nextString(data, at)
		if end == 0 {
			break
		}
		at = end
		if line, ok := substitution(text); ok {
			m.command(line, start, end)
			n++
		}
		rest := bytes.TrimLeft(data[end:], " \t\r\n")
		list, ok := bytes.CutPrefix(rest, []byte(":"))
		if list = bytes.TrimLeft(list, " \t\r\n"); !ok || text != "action" || !bytes.HasPrefix(list, []byte("[")) {
			continue
		}
		n++
		words, close := stringList(data, len(data)-len(list)+1)
		m.commands(shell.Command(words, nil), start, close, bytes.Contains(data[start:close], []byte(appleScript)))
	}
	if len(m.uses) == 0 {
		return nil
	}
	b := script.NewBuilder(len(data))
	b.Copied(data, 0)
	return b.View(m.uses, "")
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
	if !shell.Runs(commands, appleScript) {
		return nil
	}
	b := script.NewBuilder(len(data))
	b.Copied(data, 0)
	hidden := !bytes.Contains(data, []byte(appleScript))
	return b.View([]script.Use{{Kind: script.Call, Name: "start:" + appleScript, Start: 0, End: len(data), Hidden: hidden}}, "")
}
