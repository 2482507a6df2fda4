package javascript

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/shell"
)

// ReadManifest returns what a package.json itself makes Node.js load or run: the
// modules that its "imports" give other names, and the scripts and programs in the
// commands of "scripts". The text of the view is the file. It is nil where there
// is neither. siblings are the files of the package that those scripts load; it may be
// nil.
func ReadManifest(data []byte, siblings *script.Siblings) *script.View {
	const most = 1 << 20 // bytes
	if len(data) > most || !bytes.Contains(data, []byte(`"imports"`)) && !bytes.Contains(data, []byte(`"scripts"`)) || !json.Valid(data) {
		return nil
	}
	m := newManifest(len(data), func() value { return parseJSON(string(data)) })
	m.decoder, m.siblings, m.alone = json.NewDecoder(bytes.NewReader(data)), withManifest(siblings, data), siblings == nil
	m.value(nil)
	if len(m.uses) == 0 && m.open == 0 {
		return nil
	}
	b := script.NewBuilder(len(data))
	b.Copied(data, 0)
	v := b.View(m.uses, "")
	v.Open, v.Asks = m.open, m.asks
	return v
}

// A manifest is a package.json that is being read.
type manifest struct {
	decoder  *json.Decoder
	budget   *script.Budget
	uses     []script.Use
	siblings *script.Siblings
	alone    bool                     // it has no siblings but itself
	settings func() value             // all that stands in it
	told     func() map[string]string // see variables
	prepares bool                     // it is at what is run for packages from git alone
	linked   int                      // scripts that were read together with others
	followed int                      // commands of the package that others run
	// What the other files of the package may tell of its scripts.
	open script.Openness
	asks []string
}

// newManifest is for a file of so many bytes.
func newManifest(size int, settings func() value) *manifest {
	m := &manifest{budget: script.NewBudget(size, maxSteps), settings: sync.OnceValue(settings)}
	m.told = sync.OnceValue(m.variables)
	return m
}

// value reads one value, which stands below keys of the whole.
func (m *manifest) value(keys []string) {
	start := int(m.decoder.InputOffset())
	token, err := m.decoder.Token()
	if err != nil || len(keys) > script.MaxNesting {
		return
	}
	switch t := token.(type) {
	case string:
		m.text(keys, t, start, int(m.decoder.InputOffset()))
	case json.Delim:
		for m.decoder.More() {
			name := ""
			if t == '{' {
				key, err := m.decoder.Token()
				var ok bool
				if name, ok = key.(string); err != nil || !ok {
					return
				}
			}
			m.value(append(keys, name))
		}
		m.decoder.Token()
	}
}

func (m *manifest) text(keys []string, s string, start, end int) {
	if len(keys) < 2 {
		return
	}
	switch keys[0] {
	case "imports":
		if module := moduleName(s); reaching(module) || strings.HasPrefix(s, "./") {
			m.uses = append(m.uses, script.Use{Kind: script.Module, Name: module, Start: start, End: end})
		}
	case "scripts":
		m.command(s, start, end)
		switch keys[1] {
		case "preinstall", "install", "postinstall":
			m.atInstall(s, start, end)
		case "prepare": // which npm runs for packages from git, and their authors for themselves
			m.prepares = true
			m.atInstall(s, start, end)
			m.prepares = false
		}
	}
}

// command notes what a command line runs.
func (m *manifest) command(line string, start, end int) {
	if shell.Decodes(line) {
		m.uses = append(m.uses, script.Use{Kind: script.Call, Name: "eval:decoded", Start: start, End: end})
	}
	m.commands(shell.Commands(line, nil, m.told()), line, start, end)
}

// commands notes what the commands in a text come to, with the interpreter of AppleScript
// by its name where that stands there.
func (m *manifest) commands(commands [][]string, text string, start, end int) {
	if shell.Runs(commands, appleScript) {
		hidden := !strings.Contains(text, appleScript)
		m.uses = append(m.uses, script.Use{Kind: script.Call, Name: "start:" + appleScript, Start: start, End: end, Hidden: hidden})
	}
	var given map[string]value
	for _, words := range commands {
		source := nodeScript(words)
		if source == "" || !m.budget.Take(len(source)) {
			continue
		}
		if given == nil {
			given = m.given(text)
		}
		v := readScript([]byte(source), m.budget, 1, given)
		m.took(v, start, end)
	}
}

// took notes what a script in a command comes to.
func (m *manifest) took(v *script.View, start, end int) {
	of := len(m.uses) // the first that stands there
	for of > 0 && m.uses[of-1].Start == start {
		of--
	}
	for _, u := range v.Uses {
		u.Start, u.End = start, end
		if !slices.Contains(m.uses[of:], u) {
			m.uses = append(m.uses, u)
		}
	}
	for _, ask := range v.Asks {
		if len(m.asks) < maxAsked && !slices.Contains(m.asks, ask) {
			m.asks = append(m.asks, ask)
		}
	}
}
