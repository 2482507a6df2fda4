package javascript

import "strings"

// The package module-alias (npmjs.com/package/module-alias) gives what is loaded other
// names, in all files: its functions are given a name and what it stands for, which is also
// said of what begins with it, as of a directory, by path.join. A function may say what that is.

// givesAliases tells whether a function is one of these.
func givesAliases(name string) bool {
	return name == "module-alias.addAlias" || name == "module-alias.addAliases"
}

// addsAliases notes what such a function is given.
func (m *machine) addsAliases(function string, first, second value) (value, bool) {
	if function != "addAlias" && function != "addAliases" {
		return value{}, false
	}
	if m.renamed.kind == unknown {
		m.renamed = newDictionary()
	}
	m.resolvesForAll()
	if function == "addAlias" {
		m.put(m.renamed, first, second)
		return value{kind: undefined}, true
	}
	keys, items, _ := m.entriesOf(first)
	for i, key := range keys {
		if !m.step(1) {
			break
		}
		m.put(m.renamed, textValue(key), items[i])
	}
	return value{kind: undefined}, true
}

// aliased is what a name stands for by the longest alias that it begins with.
func (m *machine) aliased(name value) (value, bool) {
	if m.renamed.kind != dictionary || name.kind != text {
		return value{}, false
	}
	alias, to := "", value{}
	for i, key := range *m.renamed.keys {
		rest, ok := strings.CutPrefix(name.str, key)
		if !m.step(1) {
			return value{}, false
		}
		if ok && (rest == "" || rest[0] == '/') && len(key) >= len(alias) {
			alias, to = key, (*m.renamed.items)[i]
		}
	}
	if to.kind == closure {
		to = m.apply(to, value{}, asArguments([]value{textValue(dirname + "/" + unnamed), name, textValue(alias)}))
	}
	rest := name.str[len(alias):]
	if to.kind != text || len(to.str)+len(rest) > maxName {
		return value{}, false
	}
	return textValue(joinedPath([]string{to.str, rest})), true
}
