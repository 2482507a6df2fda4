package javascript

import "strings"

// parsedArguments evaluates util.parseArgs of a list that the script itself has, as
// nodejs.org/api/util.html says it is taken apart.
func (m *machine) parsedArguments(config value) (value, bool) {
	list, _ := itemOf(config, "args")
	items, ok := m.iterate(list)
	if list.kind != array || !ok || len(items) > maxSupposed {
		return value{}, false
	}
	options, _ := itemOf(config, "options")
	values, positionals := newDictionary(), []value{}
	names, about, _ := m.entriesOf(options)
	short := map[string]string{}
	for i, name := range names {
		short[itemText(about[i], "short")] = name
		if given, ok := itemOf(about[i], "default"); ok {
			define(values, name, given)
		}
	}
	set := func(name string, v value) {
		option, _ := itemOf(options, name)
		if many, _ := itemOf(option, "multiple"); many.num != 0 {
			was, _ := itemOf(values, name)
			all := []value{v}
			if was.kind == array {
				all = append(append([]value{}, *was.items...), v)
			}
			v = arrayValue(all)
		}
		define(values, name, v)
	}
	for i := 0; i < len(items); i++ {
		word := items[i].str
		name, given, has := strings.Cut(strings.TrimLeft(word, "-"), "=")
		switch {
		case word == "--":
			positionals = append(positionals, items[i+1:]...)
			i = len(items)
			continue
		case !strings.HasPrefix(word, "-") || word == "-":
			positionals = append(positionals, items[i])
			continue
		case !strings.HasPrefix(word, "--") && len(name) > 0:
			name, given, has = short[name[:1]], name[1:], len(name) > 1
		}
		option, _ := itemOf(options, name)
		switch {
		case itemText(option, "type") != "string":
			set(name, booleanValue(true))
		case has:
			set(name, textValue(given))
		case i+1 < len(items):
			i++
			set(name, items[i])
		}
	}
	return objectOf("values", values, "positionals", arrayValue(positionals)), true
}
