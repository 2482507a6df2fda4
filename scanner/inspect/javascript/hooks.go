package javascript

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// Hooks of the loader give modules their texts (nodejs.org/api/module.html,
// "Customization Hooks"): what stands in a file of the package may become a script so.
// Such a script asks for the files by the suffixes that it tells apart, and its hook is
// called with the address of each.

// suffixes of files that are scripts by themselves.
var scriptSuffixes = []string{".js", ".mjs", ".cjs", ".json", ".node", ".wasm", ".ts", ".mts", ".cts", ".tsx", ".jsx"}

var suffixPattern = regexp.MustCompile(`^(?:['"]\.|/\\\.)([a-z0-9]{2,12})(?:['"]|\$/)$`)

// hookedSuffixes are those in strings and patterns of the script that may be what its
// hook is asked for.
func (m *machine) hookedSuffixes() (found []string) {
	const most = 4
	for i := uint32(1); i < m.behind && len(found) < most; i++ {
		if k := m.kind(i); k != js.StringToken && k != js.RegExpToken {
			continue
		}
		if parts := suffixPattern.FindStringSubmatch(m.text(i)); parts != nil {
			if suffix := "." + parts[1]; !slices.Contains(scriptSuffixes, suffix) && !slices.Contains(found, suffix) {
				found = append(found, suffix)
			}
		}
	}
	return found
}

// registers notes hooks of the loader: what resolves names, and what loads files.
func (m *machine) registers(resolve, load value) {
	if resolve.kind == closure && len(m.resolvers) < maxAlternatives {
		m.resolvers = append(m.resolvers, resolve)
		m.resolvesForAll()
	}
	if load.kind == closure && len(m.hooks) < maxAlternatives {
		m.hooks = append(m.hooks, load)
	}
}

// registersFile registers the hooks of a module, which has a function for the data that it
// is registered with.
func (m *machine) registersFile(specifier string, options []argument, start uint32) {
	n, ok := m.siblingOf(specifier, start)
	if isData(specifier) {
		n, ok = m.startedText(specifier)
	}
	if !ok {
		return
	}
	if f := m.exported(n, "initialize"); f.kind == closure {
		data := value{kind: undefined}
		for _, o := range options {
			if given, ok := itemOf(o.value, "data"); ok {
				data = given
			}
		}
		m.apply(f, value{}, []argument{{value: data}})
		m.thrown = false
	}
	m.registers(m.exported(n, "resolve"), m.exported(n, "load"))
}

// loadedByHooks is what is loaded by an address that is of no file and that the hooks of
// the script give a text.
func (m *machine) loadedByHooks(url value) (loaded value) {
	scheme, _, ok := strings.Cut(url.str, ":")
	if url.kind != text || !ok || scheme == "file" || scheme == "node" || scheme == "data" || len(url.str) > maxName {
		return value{}
	}
	was := m.loading
	m.loading = true
	next := value{kind: method, str: "return", self: &value{}}
	for _, hook := range m.hooks {
		got := m.apply(hook, value{}, asArguments([]value{url, newDictionary(), next}))
		if source, ok := itemOf(got, "source"); ok && (source.kind == text || source.kind == buffer) {
			if n, ok := m.startedText(source.str); ok {
				loaded = m.loaded(n, true)
			}
		}
	}
	m.loading = was
	return loaded
}

// siblingBelow is the number of a file that an address names in the directory of another,
// which is asked for where it is not there.
func (m *machine) siblingBelow(address string, file int) (int, bool) {
	name := moduleName(address)
	if !strings.HasPrefix(name, "./") && !strings.HasPrefix(name, "../") {
		return 0, false
	}
	name = path.Join(path.Dir(m.linker.names[file]), name)
	n := slices.Index(m.linker.names, name)
	if n < 0 {
		m.asksFor(script.AskedFile + name)
	}
	return n, n > 0 && m.linker.files[n] != nil
}

// asksForHooked asks for the files that a hook may make scripts of.
func (m *machine) asksForHooked() {
	if m.linker == nil {
		m.askForSuffixes(m.hookedSuffixes())
	}
}

// asksForLoaded asks for the files of which functions make modules that the script has
// set for their suffixes.
func (m *machine) asksForLoaded() {
	if m.linker != nil {
		return
	}
	var found []string
	for name, f := range m.changed {
		if suffix := path.Ext(name); f.kind == closure && suffixed(name) && !slices.Contains(scriptSuffixes, suffix) {
			found = append(found, suffix)
		}
	}
	slices.Sort(found)
	m.askForSuffixes(found)
}

func (m *machine) askForSuffixes(suffixes []string) {
	for _, suffix := range suffixes {
		if ask := script.AskedSuffix + suffix; len(m.asks) < maxAsked && !slices.Contains(m.asks, ask) {
			m.asks = append(m.asks, ask)
			m.openness |= script.OpenToFiles
		}
	}
}

// suffixed tells whether a property is the function by which modules of a suffix are loaded.
func suffixed(name string) bool {
	return slices.Contains(loadersBySuffix, strings.TrimSuffix(name, path.Ext(name)))
}

// callHooks calls the hooks of the script with the files that it asked for.
func (m *machine) callHooks(f *frame) {
	if len(m.linker.loads) == 0 {
		return
	}
	names := slices.Sorted(maps.Keys(m.linker.loads[0]))
	for _, name := range names {
		m.thrown = false
		m.loadBySuffix(name)
	}
	suffixes := m.hookedSuffixes()
	if len(suffixes) == 0 {
		return
	}
	hooks := m.hooks
	own := &linkedFile{from: 1, to: m.behind}
	m.exports(own)
	if x, ok := own.names["load"]; ok {
		if cell := f.lookup(x.variable); cell != nil {
			hooks = append(hooks, *cell)
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !slices.Contains(suffixes, path.Ext(name)) })
	for _, hook := range hooks {
		for _, name := range names {
			m.thrown = false
			m.invokeAt(hook, value{}, asArguments([]value{textValue("file://" + dirname + "/" + name), newDictionary(), {}}), 0, 0, 0)
		}
	}
}
