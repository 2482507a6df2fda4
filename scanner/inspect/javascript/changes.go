package javascript

import (
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// What a script gives properties of globals, of prototypes and of modules is kept
// by the whole name: String.prototype.load, module._load, process.env.KIT.

// maxChanged bounds those that are kept.
const maxChanged = 256

// propertyName is the whole name of a property of a global or of a module.
func propertyName(v value, name string) string {
	switch {
	case v.kind == module && v.more != "":
		return v.str + "." + v.more + "." + name
	case v.str == "":
		return name
	}
	return v.str + "." + name
}

// change gives a property another value.
func (m *machine) change(name string, v value) {
	if m.changed == nil {
		m.changed = map[string]value{}
	}
	was, ok := m.changed[name]
	if !ok && len(m.changed) >= maxChanged || len(name) > maxName {
		return
	}
	if ok {
		v = m.doubt.joined(was, v)
	}
	m.changed[name] = v
	if v.kind == closure && slices.Contains(replaceableLoaders, name) {
		m.resolvesForAll()
	}
	m.extended = m.extended || strings.Contains(name, ".prototype.")
}

// resolvesForAll notes that the script says what is loaded by the names that the files have
// which it loads, or which load it.
func (m *machine) resolvesForAll() {
	m.openness |= script.OpenToFiles | script.OpenToCallers
}

// changedProperty is what the script has given a property, of the value itself or
// of the prototypes that it has.
func (m *machine) changedProperty(v, key value) (value, bool) {
	if v.kind < globalName && !m.extended {
		return value{}, false
	}
	name, ok := keyName(key)
	if !ok {
		return value{}, false
	}
	switch v.kind {
	case unknown, undefined, null:
		return value{}, false
	case globalName, module:
		if got, ok := m.changed[propertyName(v, name)]; ok {
			return m.got(got, v), true
		}
	case dictionary, closure:
		own := v
		if v.kind == closure {
			if v.fn == nil {
				return value{}, false
			}
			own = v.fn.properties
		}
		if _, ok := itemOf(own, name); ok {
			return value{}, false
		}
	}
	if !m.extended {
		return value{}, false
	}
	of := prototypeOf(v, "__proto__")
	for _, prototype := range []string{of, "Object.prototype"} {
		if got, ok := m.changed[prototype+"."+name]; ok {
			return m.got(got, v), true
		}
	}
	return value{}, false
}

// loaders of modules that a script may replace by its own, the first that it has.
var replaceableLoaders = []string{"module.prototype.require", "module.require", "module._load", "module._resolveFilename"}

// replacedLoader calls the loader that a script has put in place of node's, which
// mostly hands on to node's with another name, and returns what that gives.
func (m *machine) replacedLoader(args []argument, start, end uint32) (loaded value) {
	if m.loading || len(m.changed)+len(m.resolvers)+len(m.hooks) == 0 && m.renamed.kind == unknown {
		return value{}
	}
	m.wraps(start, end)
	if file := argumentOr(args, 0).str; strings.HasPrefix(file, ".") {
		m.loadBySuffix(file)
	}
	for _, name := range replaceableLoaders {
		if f, ok := m.changed[name]; ok && f.kind == closure {
			m.loading = true // also for what it gives, which would be resolved again
			got := m.apply(f, value{kind: globalName, str: "module", plain: true}, args[:1])
			if name == "module._resolveFilename" {
				got = m.resolved(args[0].value, got, f, start, end)
			}
			loaded = got
			m.loading = false
		}
	}
	address := argumentOr(args, 0)
	m.loading = true
	if to, ok := m.aliased(address); ok {
		loaded = m.resolved(address, to, value{}, start, end)
	}
	m.loading = false
	for _, f := range m.resolvers {
		m.loading = true
		next := value{kind: globalName, str: "require", plain: true}
		got := m.apply(f, value{}, []argument{args[0], {value: newDictionary()}, {value: next}})
		if url, ok := itemOf(got, "url"); ok {
			address = url
			got = m.resolved(args[0].value, url, f, start, end)
		}
		if got.kind == module || got.kind == dictionary {
			loaded = got
		}
		m.loading = false
	}
	if got := m.loadedByHooks(address); got.kind != unknown {
		loaded = got
	}
	return loaded
}

// resolved is what is loaded by a name that a function of the script has made of another,
// which may be a path from the file of either.
func (m *machine) resolved(asked, name, by value, start, end uint32) value {
	if name.kind != text {
		return value{}
	}
	n, ok := m.siblingOf(name.str, start)
	if !ok && m.linker != nil {
		n, ok = m.siblingBelow(name.str, m.linker.fileAt(by.at))
	}
	if ok {
		return m.loaded(n, m.kind(start) == js.ImportToken)
	}
	if name.str != asked.str && start >= m.behind { // which the file that loads it does not show
		m.met(script.Module, moduleName(name.str), start, end, true)
	}
	return m.require(argument{value: name}, start, end, false)
}

// loadersBySuffix are what has, by suffixes, the functions that load files.
var loadersBySuffix = []string{"module.", "require.extensions.", "module._extensions."}

// loadBySuffix calls the function that a script has set for the suffix of a file.
func (m *machine) loadBySuffix(file string) {
	for _, of := range loadersBySuffix {
		if f, ok := m.changed[of+path.Ext(file)]; ok && f.kind == closure {
			m.loading = true
			m.apply(f, value{}, asArguments([]value{{kind: globalName, str: "module", plain: true}, textValue(dirname + "/" + file)}))
			m.loading = false
		}
	}
}

// wrapper is Module.wrapper, whose elements a script may change.
func (m *machine) wrapper() value {
	v := texts(moduleWrapper)
	m.change("module.wrapper", v)
	return v
}

// ownArguments is process.execArgv, a list that a script may add to: node starts scripts
// with the same.
func (m *machine) ownArguments() value {
	v := arrayValue([]value{{}})
	m.change("process.execArgv", v)
	return v
}

// wraps reads what the script has by now put around the code of every file that is
// loaded, by Module.wrapper or a Module.wrap of its own.
func (m *machine) wraps(start, end uint32) {
	list, named := m.changed["module.wrapper"]
	f, made := m.changed["module.wrap"]
	if end <= start || !named && !made {
		return
	}
	around := list
	if list.kind == array && len(*list.items) == len(moduleWrapper) {
		head, tail := (*list.items)[0], (*list.items)[1]
		around = joined(head, tail)
		if head.kind == text && tail.kind == text {
			around = textValue(head.str + tail.str)
		}
	}
	if made && f.kind == closure {
		around = m.apply(f, value{}, []argument{{value: textValue("")}})
	}
	m.suspect("eval", []argument{{value: around}}, start, end)
	if around.kind == text && around.str != strings.Join(moduleWrapper, "") {
		m.addCode(around.str, start, end)
	}
}

// environmentSet are the variables of the environment that the script has set.
func (m *machine) environmentSet() map[string]string {
	set := map[string]string{}
	for name, v := range m.changed {
		if variable, ok := strings.CutPrefix(name, "process.env."); ok && v.kind == text {
			set[variable] = v.str
		}
	}
	return set
}
