package javascript

import (
	"bytes"
	"encoding/json"
	"regexp"
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
	use := func(kind script.UseKind, name string, hidden bool) {
		m.uses = append(m.uses, script.Use{Kind: kind, Name: name, Start: start, End: end, Hidden: hidden})
	}
	commands := shell.Commands(line, nil, nil)
	if shell.Runs(commands, appleScript) {
		use(script.Call, "start:"+appleScript, !strings.Contains(line, appleScript))
	}
	if shell.Decodes(line) {
		use(script.Call, "eval:decoded", false)
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

// substitution finds the commands that gyp runs while it reads a file.
var substitution = regexp.MustCompile(`["']<!@?\(((?:[^"'\\]|\\.|'[^'"]*'|"[^'"]*")*)\)["']`)

// ReadBuild returns what a binding.gyp makes node-gyp run while it reads it, as the
// commands in <!(...). The text of the view is the file. It is nil where there is
// none.
func ReadBuild(data []byte) *script.View {
	const most = 1 << 18 // bytes
	if len(data) > most || !bytes.Contains(data, []byte("<!")) {
		return nil
	}
	m := &manifest{budget: script.NewBudget(len(data), maxSteps)}
	const commands = 64
	for _, at := range substitution.FindAllSubmatchIndex(data, commands) {
		line, _ := decodeEscapes(string(data[at[2]:at[3]]))
		m.command(line, at[0], at[1])
	}
	if len(m.uses) == 0 {
		return nil
	}
	b := script.NewBuilder(len(data))
	b.Copied(data, 0)
	return b.View(m.uses, "")
}

// ReadShell returns what a shell's script starts that matters. The text of the view
// is the file. It is nil where there is nothing.
func ReadShell(data []byte) *script.View { return starting(data, shell.Script(string(data))) }

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
