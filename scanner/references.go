package scanner

import (
	"bytes"
	"cmp"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect"
	"plugvet/scanner/inspect/script"
	"plugvet/scanner/locate"
)

// fileReferences are what one file of a plugin says of others. They are kept,
// like the digests, until the plugin is complete.
type fileReferences struct {
	size    int64
	loads   []reference    // modules with a constant name, and what a shell script runs
	fetches []int64        // where it calls something that fetches, as offsets
	serves  bool           // it makes a server of HTTP
	entries []locate.Entry // of a package.json or composer.json
	// mentions are the names of tests that it has a word of; see mentionsIn.
	mentions []string
	// outward are paths that lead to tests of other plugins; see lead. There are
	// more than is kept where they are lost.
	outward     []string
	outwardLost bool
	// isScript says that it is JavaScript, PHP or a shell script, and was read as that.
	isScript bool
	// open says what other files of the plugin may tell of the script.
	open script.Openness
	// opaque says that a shell script may run more than is kept.
	opaque bool
	// reads says as what the file would run, though by its kind it is another thing.
	reads inspect.Scripts
	// imports and exports are those of a package.json.
	imports, exports script.Subpaths
	// links are what it shares with other scripts of the plugin.
	links []link
	// declares and asks are names that it declares and uses, see script.View.
	declares, asks []string
	// partial says that there was more than is kept.
	partial bool
}

// A reference is one place where a file loads another.
type reference struct {
	to   string // the specifier as it stands
	line int    // from 1
	// program says that a package.json names it as one, which is run as its first line says.
	program bool
}

// maxLoads bounds the references of one file, of which the largest bundle seen
// has some 300; maxPluginLoads those of one plugin. Beyond them nothing is known
// to be a test only, and of a plugin none are kept: which ones came first says
// nothing.
const (
	maxLoads       = 10_000
	maxPluginLoads = 200_000
)

// referencesOf reads what a file leads to, or returns nil where that is nothing.
func referencesOf(from origin, kind inspect.Kind, data []byte, view *script.View) *fileReferences {
	name := relative(from.plugin, from.name)
	refs := &fileReferences{
		size: int64(len(data)), reads: inspect.LooksLikeScript(name, kind, data),
		isScript: kind == inspect.JavaScript || kind == inspect.PHP || kind == inspect.Shell,
	}
	switch {
	case path.Base(name) == "package.json":
		entries, whole := locate.Entries(data)
		refs.entries, refs.partial = entries, !whole
		refs.subpaths(data)
		for i := range entries {
			refs.mention([]byte(entries[i].Text), inCommands)
			entries[i].Text = ""
		}
		if view != nil { // of what npm runs at install
			refs.asks = view.Asks
			if refs.open = view.Open; refs.open != 0 {
				refs.open |= script.Assembles
				refs.script(from.plugin.Name, kind, view.Uses, data)
			}
		}
	case name == "composer.json":
		entries, whole := locate.ComposerEntries(data)
		refs.entries, refs.partial = entries, !whole
	case strings.HasSuffix(from.name, "composer/installed.json"):
		refs.installed(data)
	case kind == inspect.Shell:
		refs.shell(data)
	case path.Base(name) == "binding.gyp": // npm builds by it where no script says otherwise
		refs.mention(data, inCommands)
	case kind == inspect.JavaScript || kind == inspect.PHP:
		text := data
		if view != nil {
			if !view.Plain {
				text = view.Text
			}
			refs.script(from.plugin.Name, kind, view.Uses, data)
			refs.modules(view.Uses)
			refs.links, refs.open = linksOf(data, view), view.Open
			if kind == inspect.JavaScript && refs.open&^script.OpenToPackages != 0 {
				refs.open |= script.Assembles
			}
			refs.declares, refs.asks = view.Declares, view.Asks
		}
		refs.mention(text, inStrings)
	}
	refs.leadOut(from)
	if refs.isEmpty() {
		return nil
	}
	return refs
}

// isEmpty reports whether nothing is known but the size of what is no script.
func (r *fileReferences) isEmpty() bool {
	return !r.isScript && r.entries == nil && r.mentions == nil && r.outward == nil && r.reads == (inspect.Scripts{}) &&
		r.imports == nil && r.exports == nil && !r.partial && !r.outwardLost
}

// subpaths reads the names that a package.json gives to what is loaded.
func (r *fileReferences) subpaths(data []byte) {
	var names struct{ Imports, Exports json.RawMessage }
	if !bytes.Contains(data, []byte(`"imports"`)) && !bytes.Contains(data, []byte(`"exports"`)) || json.Unmarshal(data, &names) != nil {
		return
	}
	r.imports, r.exports = script.SubpathsIn(names.Imports), script.SubpathsIn(names.Exports)
}

func (r *fileReferences) add(to string, line int) {
	if len(r.loads) == maxLoads {
		r.partial = true
		return
	}
	r.loads = append(r.loads, reference{to: strings.Clone(to), line: line})
}

// drop lets go of the references, of which there are too many in the plugin.
func (r *fileReferences) drop() { r.loads, r.mentions, r.partial = nil, nil, true }

// maxShell bounds the shell scripts that are looked into, in bytes; larger ones
// carry an archive.
const maxShell = 1 << 20

func (r *fileReferences) shell(data []byte) {
	r.mention(data, inCommands)
	if len(data) > maxShell {
		r.partial = true
		return
	}
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		command := locate.ReadCommand(text)
		r.opaque = r.opaque || command.Opaque
		for _, file := range command.Files {
			r.add(file, line)
		}
	}
}

// fetchers are calls that fetch something; those that end in a dot are all
// functions of a module.
var fetchers = []string{
	"fetch", "http.get", "http.request", "https.get", "https.request", "undici.", "axios.", "axios", "got.", "got",
	"node-fetch", "needle.", "needle", "request.", "request", "superagent.", "curl_exec", "curl_init", "wp_remote_get",
}

// servers are calls that make a server of HTTP.
var servers = []string{"http.createServer", "https.createServer", "http2.createServer", "http2.createSecureServer"}

func isFetcher(call string) bool {
	return slices.ContainsFunc(fetchers, func(f string) bool {
		return call == f || strings.HasSuffix(f, ".") && strings.HasPrefix(call, f)
	})
}

// script keeps the modules that may be files of the plugin itself, and the calls
// that fetch. self is the plugin's name, by which a package may load its own files.
func (r *fileReferences) script(self string, kind inspect.Kind, uses []script.Use, data []byte) {
	for _, u := range uses {
		if u.Kind == script.Call && isFetcher(u.Name) && len(r.fetches) < maxLoads {
			r.fetches = append(r.fetches, int64(u.Start))
		}
		r.serves = r.serves || u.Kind == script.Call && slices.Contains(servers, u.Name)
	}
	uses = slices.DeleteFunc(slices.Clone(uses), func(u script.Use) bool {
		return u.Kind != script.Module || !isOwn(u.Name, self) && kind != inspect.PHP
	})
	slices.SortFunc(uses, func(a, b script.Use) int { return cmp.Compare(a.Start, b.Start) })
	line, counted := 1, 0
	for _, u := range uses {
		start := min(max(u.Start, counted), len(data))
		line += bytes.Count(data[counted:start], []byte("\n"))
		counted = start
		r.add(u.Name, line)
	}
}

// isOwn tells whether a specifier leads to a file of the plugin of a name, or may by its
// package.json.
func isOwn(specifier, self string) bool {
	return strings.HasPrefix(specifier, ".") || strings.HasPrefix(specifier, "#") || ofItself(specifier, self)
}

// ofItself tells whether a specifier begins with the plugin's own name, which is none of
// those that Node.js takes for a path.
func ofItself(specifier, self string) bool {
	own, ok := strings.CutPrefix(specifier, self)
	return ok && self != "" && strings.IndexByte("./#", self[0]) < 0 && (own == "" || own[0] == '/')
}

// A graph is the files of one plugin and what leads from one to another.
type graph struct {
	self   string // the plugin's name
	files  map[string]*fileReferences
	names  map[string]bool   // of all files, relative to the plugin
	sorted []string          // those, once somebody asked
	lost   bool              // there were more references than are kept
	found  map[string]string // what resolve found, by what it looked for
	// bySuffix are the first files with each suffix, once somebody asked.
	bySuffix map[string][]string
	// declared are the files that declare what others ask for, by its name.
	declared map[string]string
}

// jsSuffixes are what Node.js, bundlers and TypeScript add to a name.
var jsSuffixes = append(slices.Clone(locate.ModuleSuffixes), ".ts", ".tsx", ".mts", ".cts", ".jsx")

// resolve finds the file of the plugin that a specifier in the directory dir
// leads to; "" where there is none.
func (g *graph) resolve(dir, specifier string) string {
	name := path.Join(dir, specifier)
	switch {
	case strings.HasPrefix(specifier, "#"):
		imports, home := g.importsFor(dir)
		return g.resolveSubpath(imports, home, specifier)
	case ofItself(specifier, g.self):
		own := "." + strings.TrimPrefix(specifier, g.self)
		if refs := g.files["package.json"]; refs != nil {
			if file := g.resolveSubpath(refs.exports, ".", own); file != "" {
				return file
			}
		}
		name = path.Clean(own)
	}
	return g.relative(name, strings.HasSuffix(specifier, "/"))
}

// relative finds the file that a path within the plugin leads to.
func (g *graph) relative(name string, isDir bool) string {
	if path.IsAbs(name) || name == ".." || strings.HasPrefix(name, "../") {
		return ""
	}
	asked := name
	if isDir {
		asked += "/"
	}
	file, known := g.found[asked]
	if known {
		return file
	}
	if !isDir {
		file = g.resolveFile(name)
	}
	if file == "" {
		file = g.resolveDir(name, true)
	}
	if g.found == nil {
		g.found = map[string]string{}
	}
	g.found[asked] = file
	return file
}

// importsFor are the names that the nearest package.json gives to what a script in a
// directory loads, and the directory of that.
func (g *graph) importsFor(dir string) (imports script.Subpaths, home string) {
	for ; ; dir = path.Dir(dir) {
		refs := g.files[path.Join(dir, "package.json")]
		if refs != nil && refs.imports != nil || dir == "." || dir == "/" {
			if refs != nil {
				imports = refs.imports
			}
			return imports, dir
		}
	}
}

// resolveSubpath finds the file that a name of a package.json in a directory leads to.
func (g *graph) resolveSubpath(names script.Subpaths, home, name string) string {
	targets, _ := names.Find(name)
	for _, to := range targets {
		if strings.HasPrefix(to, "./") {
			if file := g.relative(path.Join(home, to), strings.HasSuffix(to, "/")); file != "" {
				return file
			}
		}
	}
	return ""
}

func (g *graph) resolveFile(name string) string {
	for _, suffix := range jsSuffixes {
		if g.names[name+suffix] {
			return name + suffix
		}
	}
	// TypeScript names the file that it will compile to.
	if stem, ok := strings.CutSuffix(name, "js"); ok {
		for _, suffix := range []string{"ts", "tsx", "jsx"} {
			if g.names[stem+suffix] {
				return stem + suffix
			}
		}
	}
	return ""
}

// resolveDir finds what a directory is loaded by: main of its package.json, or index.
func (g *graph) resolveDir(dir string, readMain bool) string {
	if refs := g.files[path.Join(dir, "package.json")]; refs != nil && readMain {
		for _, e := range refs.entries {
			if e.Key != "main" {
				continue
			}
			name := path.Join(dir, e.Files[0])
			if file := cmp.Or(g.resolveFile(name), g.resolveDir(name, false)); file != "" {
				return file
			}
			break // main is one name
		}
	}
	return g.resolveFile(path.Join(dir, "index"))
}

// entries are those of the plugin's own package.json or composer.json.
func (g *graph) entries() (entries []located) {
	for _, file := range []string{"package.json", "composer.json"} {
		if refs := g.files[file]; refs != nil {
			for _, e := range refs.entries {
				entries = append(entries, located{e, file})
			}
		}
	}
	return entries
}

// A located entry knows the file that it stands in.
type located struct {
	locate.Entry
	file string
}

// leadsTo returns the files that an entry leads to; whole says that each of the
// names in it leads to one. A pattern leads to whatever it may mean, see mentionsOf.
func (g *graph) leadsTo(e located) (files []string, whole bool) {
	whole = true
	for _, specifier := range e.Files {
		if file := g.resolve(".", specifier); file != "" {
			files = append(files, file)
		} else {
			whole = false
		}
	}
	return files, whole
}

// A step is how a file was reached: from a file by a reference, or, where from
// is empty, by what the walk began with.
type step struct {
	from  string
	line  int
	begin int // which beginning led there
}

// reach follows the references from where begins lead to, each file once, the
// nearest first, and returns how each was reached. order has them in that order.
func (g *graph) reach(begins [][]string) (steps map[string]step, order []string) {
	steps = map[string]step{}
	for i, files := range begins {
		for _, file := range files {
			if _, ok := steps[file]; !ok {
				steps[file] = step{begin: i}
				order = append(order, file)
			}
		}
	}
	for i := 0; i < len(order); i++ {
		from := order[i]
		refs := g.files[from]
		if refs == nil {
			continue
		}
		for _, load := range refs.loads {
			to := g.resolve(path.Dir(from), load.to)
			if to == "" && g.names[path.Clean(load.to)] {
				to = path.Clean(load.to) // PHP looks in the working directory too
			}
			if _, ok := steps[to]; to == "" || ok {
				continue
			}
			steps[to] = step{from, load.line, steps[from].begin}
			order = append(order, to)
		}
	}
	return steps, order
}

// partial reports whether some reference of the plugin is not known.
func (g *graph) partial() bool {
	for _, refs := range g.files {
		if refs.partial {
			return true
		}
	}
	return false
}
