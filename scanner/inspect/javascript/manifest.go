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
		commands := shell.Commands(s, nil, nil)
		if shell.Runs(commands, appleScript) {
			m.uses = append(m.uses, script.Use{Kind: script.Call, Name: "start:" + appleScript, Start: start, End: end, Hidden: !strings.Contains(s, appleScript)})
		}
		for _, words := range commands {
			source := nodeScript(words)
			if source == "" || !m.budget.Take(len(source)) {
				continue
			}
			for _, u := range readScript([]byte(source), m.budget, 1, nil).Uses {
				u.Start, u.End = start, end
				m.uses = append(m.uses, u)
			}
		}
	}
}
