package javascript

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
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
	m := &manifest{decoder: json.NewDecoder(bytes.NewReader(data)), budget: script.NewBudget(len(data), maxSteps), siblings: withManifest(siblings, data), alone: siblings == nil}
	m.settings = sync.OnceValue(func() value { return parseJSON(string(data)) })
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

// withManifest has a package.json among the files that its scripts may load.
func withManifest(siblings *script.Siblings, data []byte) *script.Siblings {
	own := script.Sibling{Name: "package.json", Data: data}
	if siblings == nil {
		return &script.Siblings{Loads: []map[string]int{{"./package.json": 1}}, Files: []script.Sibling{own}}
	}
	out := &script.Siblings{Loads: slices.Clone(siblings.Loads), Names: siblings.Names, Files: append(slices.Clone(siblings.Files), own)}
	for i, loads := range out.Loads {
		loads = maps.Clone(loads)
		for name, to := range loads {
			if to == 0 {
				loads[name] = len(out.Files)
			}
		}
		out.Loads[i] = loads
	}
	return out
}

// A manifest is a package.json that is being read.
type manifest struct {
	decoder  *json.Decoder
	budget   *script.Budget
	uses     []script.Use
	siblings *script.Siblings
	alone    bool         // it has no siblings but itself
	settings func() value // all that stands in it
	linked   int          // scripts that were read together with others
	followed int          // commands of the package that others run
	// What the other files of the package may tell of its scripts.
	open script.Openness
	asks []string
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
		case "preinstall", "install", "postinstall", "prepare":
			m.atInstall(s, start, end)
		}
	}
}

// command notes what a command line runs.
func (m *manifest) command(line string, start, end int) {
	if shell.Decodes(line) {
		m.uses = append(m.uses, script.Use{Kind: script.Call, Name: "eval:decoded", Start: start, End: end})
	}
	m.commands(shell.Commands(line, nil, m.variables(line)), line, start, end)
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

// maxLinked bounds the commands of a package.json that are read together with the files
// of the package.
const maxLinked = 8

// atInstall reads the scripts in a command that npm runs when the package is installed
// together with the files that they load. One that is a file is loaded with the words
// that it is given, and other commands of the package are followed to theirs.
func (m *manifest) atInstall(line string, start, end int) {
	m.atInstallIn(".", shell.Commands(line, nil, m.variables(line)), line, start, end)
}

// atInstallIn is atInstall for the commands of a line, or of a shell's script in a
// directory of the package.
func (m *manifest) atInstallIn(home string, commands [][]string, line string, start, end int) {
	dir := "."
	for _, words := range commands {
		if words[0] == "cd" && len(words) > 1 {
			if dir = path.Join(dir, words[1]); words[1] == "." || strings.Contains(dir, "\uffff") { // "$(dirname "$0")", mostly
				dir = home
			}
			continue
		}
		if file := shellScript(words); file != "" && m.followed < maxLinked {
			m.followed++
			file = "./" + path.Join(dir, file)
			if m.alone {
				m.asks, m.open = append(m.asks, script.AskedFile+file), m.open|script.OpenToFiles
			} else if n := loadedBy(m.siblings, file); n > 0 && m.budget.Take(len(m.siblings.Files[n-1].Data)) {
				text := string(m.siblings.Files[n-1].Data)
				m.atInstallIn(path.Dir(file), shell.Script(text), text, start, end)
			}
			continue
		}
		if next := m.named(words); next != "" && m.followed < maxLinked {
			m.followed++
			m.atInstall(next, start, end)
			continue
		}
		source := cmp.Or(nodeScript(words), startedWith(words))
		if source == "" || m.linked == maxLinked {
			continue
		}
		for _, name := range preloaded(words) {
			if strings.HasPrefix(name, ".") {
				source = fmt.Sprintf("require(%q);\n", name) + source
			}
		}
		m.linked++
		if m.alone {
			v := readScript([]byte(source), script.NewBudget(len(source), maxSteps), 1, m.given(line))
			m.tookBelow(dir, v, start, end)
			if len(v.Asks) > 0 || slices.ContainsFunc(v.Uses, func(u script.Use) bool { return u.Kind == script.Module && strings.HasPrefix(u.Name, ".") }) {
				m.open |= script.OpenToFiles
			}
			if !strings.Contains(source, "package.json") {
				continue
			}
		}
		siblings := seenFrom(dir, m.siblings)
		whole, places := bundled([]byte(source), siblings)
		b := assembly{src: whole, size: len(source), siblings: siblings, places: places}
		m.tookBelow(dir, readAssembly(b, script.NewBudget(len(whole), maxSteps), 1, m.given(line)), start, end)
	}
}

// loadedBy is the number of the file that a package.json leads to by a name; 0 where there
// is none.
func loadedBy(siblings *script.Siblings, name string) int {
	if len(siblings.Loads) == 0 {
		return 0
	}
	return siblings.Loads[0][name]
}

// shellScript is the file of the package that a command runs and that is a shell's script;
// empty where there is none.
func shellScript(words []string) string {
	file := words[0]
	switch path.Base(words[0]) {
	case "sh", "bash", "dash", "zsh", "ksh", ".", "source":
		at := 1
		for at < len(words) && strings.HasPrefix(words[at], "-") && !strings.HasSuffix(words[at], "c") {
			at++
		}
		if at == len(words) || strings.HasPrefix(words[at], "-") {
			return ""
		}
		file = words[at]
	default:
		if !strings.Contains(file, "/") || path.Ext(file) != ".sh" {
			return ""
		}
	}
	if path.IsAbs(file) || strings.Contains(file, "\uffff") {
		return ""
	}
	return file
}

// named is the command of the package that npm or one of its kind is told to run; empty
// where there is none.
func (m *manifest) named(words []string) string {
	switch words[0] {
	case "npm", "yarn", "pnpm", "bun":
	default:
		return ""
	}
	scripts, _ := itemOf(m.settings(), "scripts")
	for _, w := range words[1:] {
		switch {
		case w == "run" || w == "run-script" || strings.HasPrefix(w, "-"):
		default:
			return itemText(scripts, w)
		}
	}
	return ""
}

// seenFrom are the files as a script in a directory of the package names them.
func seenFrom(dir string, siblings *script.Siblings) *script.Siblings {
	if dir == "." || len(siblings.Loads) == 0 {
		return siblings
	}
	out := *siblings
	own := map[string]int{}
	for name, to := range siblings.Loads[0] {
		if below, ok := strings.CutPrefix(path.Clean(name), dir+"/"); ok {
			own["./"+below] = to
		} else {
			own[strings.Repeat("../", strings.Count(dir, "/")+1)+path.Clean(name)] = to
		}
	}
	out.Loads = append([]map[string]int{own}, siblings.Loads[1:]...)
	return &out
}

// tookBelow is took for a script that runs in a directory of the package.
func (m *manifest) tookBelow(dir string, v *script.View, start, end int) {
	from := func(name string) string {
		if name = path.Join(dir, name); strings.HasPrefix(name, "../") {
			return name
		}
		return "./" + name
	}
	for i, u := range v.Uses {
		if u.Kind == script.Module && strings.HasPrefix(u.Name, ".") {
			v.Uses[i].Name = from(u.Name)
		}
	}
	for i, ask := range v.Asks {
		if name, ok := strings.CutPrefix(ask, script.AskedFile); ok {
			v.Asks[i] = script.AskedFile + from(name)
		}
	}
	m.took(v, start, end)
}

// startedWith is a script that does what node does with a file of the package that it is
// given words for; empty where there are none.
func startedWith(words []string) string {
	if path.Base(words[0]) != "node" {
		return ""
	}
	file := 1
	for file < len(words) && strings.HasPrefix(words[file], "-") {
		file++
	}
	if file+1 >= len(words) || strings.HasPrefix(words[file], "/") {
		return ""
	}
	words[file] = "./" + path.Clean(words[file])
	list, err := json.Marshal(append([]string{"node"}, words[file:]...))
	if err != nil {
		return ""
	}
	return "process.argv = " + string(list) + "; require(process.argv[1])"
}

// npmSetting begins the names of the variables by which npm tells a script what stands in
// the package.json (docs.npmjs.com, "scripts": package.json vars).
const npmSetting = "npm_package_"

// setting is what stands in the package.json by the name of such a variable.
func (m *manifest) setting(name string) (value, bool) {
	rest, _ := strings.CutPrefix(name, npmSetting)
	if key, ok := strings.CutPrefix(rest, "config_"); ok {
		config, _ := itemOf(m.settings(), "config")
		return itemOf(config, key)
	}
	return itemOf(m.settings(), rest)
}

// variables are those of npm's that a text names, with their values.
func (m *manifest) variables(in string) map[string]string {
	if !strings.Contains(in, npmSetting) {
		return nil
	}
	var found map[string]string
	for _, name := range npmVariable.FindAllString(in, maxSupposed) {
		if v, ok := m.setting(name); ok && v.kind == text {
			if found == nil {
				found = map[string]string{}
			}
			found[name] = v.str
		}
	}
	return found
}

var npmVariable = regexp.MustCompile(npmSetting + `\w+`)

// given are the variables that a command line has set, and those of npm's that it names.
func (m *manifest) given(line string) map[string]value {
	given := evaluatedGlobals()
	for _, set := range assignment.FindAllStringSubmatch(line, maxSupposed) {
		given["process.env."+set[1]] = textValue(strings.Trim(set[2], `"'`))
	}
	for name, s := range m.variables(line) {
		given["process.env."+name] = textValue(s)
	}
	return given
}

var assignment = regexp.MustCompile(`(?:^|[\s;&|])([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s;&|"']+)`)

// ReadBuild returns what a file of gyp makes node-gyp run: while it reads it, as the
// commands in <!(...), and when it builds, as the lists of its actions. The text of
// the view is the file. It is nil where there is none.
func ReadBuild(data []byte) *script.View {
	const most = 1 << 18 // bytes
	if len(data) > most || !bytes.Contains(data, []byte("<!")) && !bytes.Contains(data, []byte("action")) {
		return nil
	}
	m := &manifest{budget: script.NewBudget(len(data), maxSteps), settings: newDictionary}
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
		m.commands(shell.Command(words, nil), string(data[start:close]), start, close)
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
	m := &manifest{budget: script.NewBudget(len(data), maxSteps), settings: newDictionary}
	m.commands(commands, string(data), 0, len(data))
	if len(m.uses) == 0 {
		return nil
	}
	b := script.NewBuilder(len(data))
	b.Copied(data, 0)
	return b.View(m.uses, "")
}
