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
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/shell"
)

// The lines of a package.json that npm runs when the package is installed are read as the
// scripts that they are, together with the files of the package.

// withManifest has a package.json among the files that its scripts may load.
func withManifest(siblings *script.Siblings, data []byte) *script.Siblings {
	own := script.Sibling{Name: "package.json", Data: data}
	if siblings == nil || len(siblings.Loads) == 0 {
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

// maxLinked bounds the commands of a package.json that are read together with the files
// of the package.
const maxLinked = 8

// atInstall reads the scripts in a command that npm runs when the package is installed
// together with the files that they load. One that is a file is loaded with the words
// that it is given, and other commands of the package are followed to theirs.
func (m *manifest) atInstall(line string, start, end int) {
	m.atInstallIn(".", shell.Commands(line, nil, m.told()), shell.ReachOf(line, m.told()), line, start, end)
}

// atInstallIn is atInstall for the commands of a line, or of a shell's script in a
// directory of the package, that reach so far.
func (m *manifest) atInstallIn(home string, commands [][]string, reach shell.Reach, line string, start, end int) {
	dir := "."
	for _, words := range commands {
		if words[0] == "cd" && len(words) > 1 {
			if dir = path.Join(dir, words[1]); words[1] == "." || strings.Contains(dir, "\uffff") { // "$(dirname "$0")", mostly
				dir = home
			}
			continue
		}
		if slices.Contains(reach.ByPath, words[0]) {
			words = m.interpreted(dir, words)
			reach.RunsOther = reach.RunsOther || words == nil
		}
		if words == nil {
			continue
		}
		if file := shellScript(words); file != "" && m.followed < maxLinked {
			m.followed++
			file = "./" + path.Join(dir, file)
			if data := m.fileOf(file); m.budget.Take(len(data)) {
				text := string(data)
				inScript := shell.Script(text)
				if path.Ext(file) != ".sh" && !shell.IsShell(script.Interpreter(data)) { // else what it runs is told of it
					m.commands(inScript, text, start, end)
				}
				m.atInstallIn(path.Dir(file), inScript, shell.ReachOfScript(text), text, start, end)
			}
			continue
		}
		if next := m.named(words); next != "" && m.followed < maxLinked {
			m.followed++
			m.atInstall(next, start, end)
			continue
		}
		source := cmp.Or(nodeScript(words), startedWith(words, m.configured()))
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
	m.reaches(reach, start, end)
}

// interpreted are the words of a command that is a file of the package, behind the program
// that reads the file: a shell, where the file does not say (POSIX, "execvp"). None are
// where it is another program. Of a file that is not there yet nothing is told.
func (m *manifest) interpreted(dir string, words []string) []string {
	if path.IsAbs(words[0]) || m.followed == maxLinked {
		return nil
	}
	data := m.fileOf("./" + path.Join(dir, words[0]))
	program := script.Interpreter(data)
	switch {
	case m.alone:
		return []string{"true"}
	case interpretsJavaScript[program]:
		return append([]string{"node"}, words...)
	case program != "" && !shell.IsShell(program), len(shell.Script(string(data))) == 0, bytes.IndexByte(data, 0) >= 0:
		return nil
	}
	return append([]string{"sh"}, words...)
}

// fileOf is what stands in a file of the package. Of one that is not there yet it says that
// the file tells what a command runs.
func (m *manifest) fileOf(name string) []byte {
	files := m.siblings.Files
	n := m.siblings.Loads[0][name] - 1
	if n < 0 {
		n = slices.IndexFunc(files, func(s script.Sibling) bool { return s.Name == path.Clean(name) })
	}
	if n >= 0 {
		return files[n].Data
	}
	m.open |= script.OpenToFiles
	if len(m.asks) < maxAsked {
		m.asks = append(m.asks, script.AskedFile+name)
	}
	return nil
}

// interpretsJavaScript are the programs that read scripts of JavaScript.
var interpretsJavaScript = map[string]bool{"node": true, "nodejs": true, "bun": true, "deno": true, "tsx": true, "ts-node": true}

// reaches notes how far commands reach that npm runs. Of what is run for packages from git
// alone only the worst is: there most fetch their tests, or build.
func (m *manifest) reaches(r shell.Reach, start, end int) {
	for _, spec := range r.Takes {
		r.Fetches = r.Fetches || !m.dependsOn(spec)
	}
	for _, use := range []struct {
		name string
		does bool
	}{
		{"install:fetch", r.Fetches && (!m.prepares || r.RunsFetched)},
		{"install:connect", r.Connects},
		{"install:run-fetched", r.RunsFetched},
		{"install:run-other", r.RunsOther && !m.prepares},
	} {
		if use.does {
			m.uses = append(m.uses, script.Use{Kind: script.Call, Name: use.name, Start: start, End: end})
		}
	}
}

// dependsOn tells whether the package has npm install another, of which no certain version is meant.
func (m *manifest) dependsOn(name string) bool {
	for _, kind := range []string{"dependencies", "devDependencies", "optionalDependencies", "peerDependencies"} {
		list, _ := itemOf(m.settings(), kind)
		if _, ok := itemOf(list, name); ok {
			return true
		}
	}
	return false
}

// shellScript is the file of the package that a command runs and that is a shell's script;
// empty where there is none.
func shellScript(words []string) string {
	file := words[0]
	switch program := path.Base(words[0]); {
	case shell.IsShell(program):
		file = shell.ScriptFile(words)
	case program == ".", program == "source":
		if len(words) == 1 {
			return ""
		}
		file = words[1]
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
	if dir == "." {
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
// given words for; empty where there are none, unless the environment tells it something.
func startedWith(words []string, told bool) string {
	if path.Base(words[0]) != "node" {
		return ""
	}
	file := 1
	for file < len(words) && strings.HasPrefix(words[file], "-") {
		file++
	}
	if file >= len(words) || file+1 == len(words) && !told || strings.HasPrefix(words[file], "/") {
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

// maxVariables bounds those that are known.
const maxVariables = 512

// variables are those of npm's, with their values.
func (m *manifest) variables() map[string]string {
	all := map[string]string{}
	var add func(name string, v value, depth int)
	add = func(name string, v value, depth int) {
		switch v.kind {
		case array, dictionary:
			for i, item := range (*v.items)[:min(len(*v.items), maxVariables)] {
				key := strconv.Itoa(i)
				if v.kind == dictionary {
					key = (*v.keys)[i]
				}
				if depth < script.MaxNesting {
					add(name+"_"+key, item, depth+1)
				}
			}
		default:
			if s, ok := v.string(); ok && len(all) < maxVariables && len(name)+len(s) < maxName {
				all[name] = s
			}
		}
	}
	if whole := m.settings(); whole.kind == dictionary {
		for i, key := range *whole.keys {
			switch item := (*whole.items)[i]; {
			case key == "config", key == "engines", key == "bin", item.kind == text: // older ones told of all texts
				add(npmSetting+key, item, 0)
			}
		}
	}
	return all
}

// configured tells whether the package.json has settings that npm hands on.
func (m *manifest) configured() bool {
	config, _ := itemOf(m.settings(), "config")
	return config.kind == dictionary && len(*config.items) > 0
}

// given are the variables that a command line has set, and those of npm's.
func (m *manifest) given(line string) map[string]value {
	given := evaluatedGlobals()
	for _, set := range assignment.FindAllStringSubmatch(line, maxSupposed) {
		given["process.env."+set[1]] = textValue(strings.Trim(set[2], `"'`))
	}
	for name, s := range m.told() {
		given["process.env."+name] = textValue(s)
	}
	return given
}

var assignment = regexp.MustCompile(`(?:^|[\s;&|])([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s;&|"']+)`)
