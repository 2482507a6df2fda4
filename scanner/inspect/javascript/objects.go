package javascript

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// Keys of objects that no text is: symbols, and the setters beside the values.
const (
	symbolKey = "\x00@"
	setterKey = "\x00="
	// ownSymbol begins the rest of the key of a symbol that is the script's own, a number.
	ownSymbol = "\x00"
)

// keyName is the name under which an object keeps a key.
func keyName(key value) (string, bool) {
	if key.kind == symbol && key.more != "" { // the description may be long
		return symbolKey + ownSymbol + key.more, true
	}
	if key.kind == symbol {
		return symbolKey + key.str, true
	}
	return key.string()
}

func newDictionary() value {
	made := new(struct { // one piece of memory
		keys  []string
		items []value
	})
	made.keys, made.items = []string{}, []value{}
	return value{kind: dictionary, keys: &made.keys, items: &made.items}
}

// entriesOf returns the keys that are texts and their values.
func (e *evaluator) entriesOf(v value) (keys []string, items []value, ok bool) {
	if m := e.machine; m != nil && !m.step(entrySteps*extent(v)) {
		return nil, nil, false
	}
	switch v.kind {
	case closure:
		if v.fn == nil {
			return nil, nil, false
		}
		own := v.fn.properties
		keys, listed := (*own.keys)[v.fn.hidden:], (*own.items)[v.fn.hidden:]
		return e.entriesOf(value{kind: dictionary, keys: &keys, items: &listed})
	case dictionary:
		if m := e.machine; v.self != nil && m != nil { // a Proxy
			target, _ := itemOf(v, proxyTarget)
			own, ok := itemOf(*v.self, "ownKeys")
			if !ok {
				return e.entriesOf(target)
			}
			list, ok := e.iterate(m.callFunctionOf(own, *v.self, asArguments([]value{target})))
			if !ok || len(list) > maxItems/16 {
				return nil, nil, false
			}
			for _, key := range list {
				if key.kind == text {
					keys, items = append(keys, key.str), append(items, m.get(v, key))
				}
			}
			return keys, items, true
		}
		all := *v.items // a getter may take some away
		for i, key := range *v.keys {
			if !strings.HasPrefix(key, "\x00") {
				item := all[i]
				if e.machine != nil {
					item = e.machine.got(item, v)
				}
				keys, items = append(keys, key), append(items, item)
			}
		}
		inOrder(keys, items)
		return keys, items, true
	case text, array, buffer:
		items, ok = iterate(v)
		for i := range items {
			keys = append(keys, numberText(float64(i)))
		}
		if m := e.machine; m != nil && len(m.named) > 0 && v.kind == array {
			if about, known := m.named[v.items]; known {
				names, others, _ := m.entriesOf(about)
				keys, items = append(keys, names...), append(items[:len(items):len(items)], others...)
			}
		}
		return keys, items, ok
	case globalName:
		if v.str == "require.cache" { // of which each is a module
			return []string{dirname}, []value{{kind: globalName, str: "module", plain: true}}, true
		}
		if v.str == "process.env" {
			return e.knownVariables()
		}
		fallthrough
	case module:
		names := builtins()[listedAs(v)]
		if v.kind == globalName && v.str == "" {
			names = slices.Concat(names, e.givenModules())
		}
		for _, key := range names {
			keys, items = append(keys, key), append(items, e.member(v, key))
		}
		return keys, items, len(keys) > 0
	}
	return nil, nil, false
}

// givenModules are the modules that a script in node's arguments has among its globals.
func (e *evaluator) givenModules() (names []string) {
	for name, v := range e.outer {
		if v.kind == module {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// extent is how many entries a value of the script has.
func extent(v value) int {
	switch v.kind {
	case dictionary:
		return len(*v.keys)
	case array:
		return len(*v.items)
	case text, buffer:
		return len(v.str)
	}
	return 0
}

// knownVariables are those of the environment that are known, if there are any.
func (e *evaluator) knownVariables() (names []string, items []value, ok bool) {
	known := map[string]value{}
	from := []map[string]value{e.outer}
	if e.machine != nil {
		from = append(from, e.machine.changed)
	}
	for _, all := range from {
		if !e.Take(len(all)) {
			return nil, nil, false
		}
		for name, v := range all {
			if name, ok := strings.CutPrefix(name, "process.env."); ok {
				known[name] = v
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		names, items = append(names, name), append(items, known[name])
	}
	return names, items, len(names) > 0
}

// listedAs is the name under which the properties of a global or of a part of a module
// are listed.
func listedAs(v value) string {
	switch {
	case v.kind == module && v.more != "":
		return v.str + "." + v.more
	case v.kind == module:
		return v.str
	case v.str == "":
		return "globalThis"
	case v.str == "module":
		return "module." + cmp.Or(v.more, "instance")
	}
	return v.str
}

// keysOf returns the keys that are texts. Getters are not asked.
func (e *evaluator) keysOf(v value) ([]string, bool) {
	if v.kind != dictionary || v.self != nil {
		keys, _, ok := e.entriesOf(v)
		return keys, ok
	}
	var keys []string
	for _, key := range *v.keys {
		if !strings.HasPrefix(key, "\x00") {
			keys = append(keys, key)
		}
	}
	inOrder(keys, make([]value, len(keys)))
	return keys, true
}

// hiddenToo are the keys of a value with those that are not listed elsewhere.
func (e *evaluator) hiddenToo(v value, keys []string) []string {
	_, prototype := itemOf(v, prototypeKey)
	switch {
	case v.kind == globalName:
		return slices.Concat(builtins()[listedAs(v)+" hidden"], keys)
	case v.kind == closure && v.fn != nil:
		all := []string{"length", "name"}
		if e.kind(v.at) == js.ClassToken || e.kind(v.fn.start) == js.FunctionToken {
			all = append(all, "prototype")
		}
		own, _ := e.keysOf(v.fn.properties)
		for _, key := range own {
			if !slices.Contains(all[:min(len(all), 3)], key) {
				all = append(all, key)
			}
		}
		return all
	case v.kind == array || v.kind == text:
		return append(keys, "length")
	case prototype:
		return append([]string{"constructor"}, keys...)
	}
	return keys
}

// inOrder puts the keys that are numbers first, by their size, as an object has them.
func inOrder(keys []string, items []value) {
	isIndex := func(key string) bool {
		return key != "" && key[0] >= '0' && key[0] <= '9' && (len(key) == 1 || key[0] != '0') && len(key) < 10 && strings.Trim(key, "0123456789") == ""
	}
	sorted := true
	for i, key := range keys {
		sorted = sorted && (!isIndex(key) || i > 0 && isIndex(keys[i-1]) && textNumber(keys[i-1]) < textNumber(key) || i == 0)
	}
	if sorted {
		return
	}
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		x, y := keys[order[a]], keys[order[b]]
		if isIndex(x) && isIndex(y) {
			return textNumber(x) < textNumber(y)
		}
		return isIndex(x) && !isIndex(y)
	})
	oldKeys, oldItems := append([]string{}, keys...), append([]value{}, items...)
	for i, from := range order {
		keys[i], items[i] = oldKeys[from], oldItems[from]
	}
}

// objectFunction evaluates the functions of Object and Reflect.
func (e *evaluator) objectFunction(name string, args []argument, start, end uint32) value {
	first, second, third := argumentOr(args, 0), argumentOr(args, 1), argumentOr(args, 2)
	switch name {
	case "keys", "ownKeys", "getOwnPropertyNames":
		keys, ok := e.keysOf(first)
		if name != "keys" {
			keys = e.hiddenToo(first, keys)
		}
		if !ok || !e.Take(16*len(keys)) {
			return value{}
		}
		list := texts(keys)
		if name == "ownKeys" { // symbols come last
			*list.items = append(*list.items, e.symbolsOf(first)...)
		}
		return list
	case "getOwnPropertySymbols":
		if first.kind == dictionary && first.self == nil || first.kind == closure && first.fn != nil {
			return arrayValue(e.symbolsOf(first))
		}
	case "values", "entries":
		keys, items, ok := e.entriesOf(first)
		if !ok || !e.Take(16*len(keys)) {
			return value{}
		}
		if name == "values" {
			return arrayValue(append([]value{}, items...))
		}
		for i, key := range keys {
			items[i] = pair(textValue(key), items[i])
		}
		return arrayValue(items)
	case "fromEntries":
		items, ok := e.iterate(first)
		if !ok || !e.Take(16*len(items)) {
			return value{}
		}
		v := newDictionary()
		for _, item := range items {
			key, ok := keyName(e.element(item, numberValue(0)))
			if !ok {
				return value{}
			}
			*v.keys, *v.items = append(*v.keys, key), append(*v.items, e.element(item, numberValue(1)))
		}
		return v
	case "assign":
		v := first
		if e.machine == nil {
			v = newDictionary()
			args = append([]argument{{value: newDictionary()}}, args...)
		}
		for _, a := range args[1:] {
			if e.machine != nil {
				e.machine.lay(v, a.value)
				continue
			}
			keys, items, ok := e.entriesOf(a.value)
			if !ok && a.kind != undefined && a.kind != null {
				return value{}
			}
			*v.keys, *v.items = append(*v.keys, keys...), append(*v.items, items...)
		}
		return v
	case "freeze", "seal", "preventExtensions":
		return first
	case "getPrototypeOf":
		if first.kind == text || first.kind == number {
			return first
		}
		if e.machine != nil {
			return e.machine.get(first, textValue("__proto__"))
		}
		return e.member(first, "__proto__")
	case "getOwnPropertyDescriptor":
		if name, ok := keyName(second); ok && (first.kind == globalName || first.kind == module || first.kind == dictionary) {
			return descriptor(e.member(first, name))
		}
	case "getOwnPropertyDescriptors":
		keys, items, ok := e.entriesOf(first)
		if m := e.machine; m != nil && first.kind == closure {
			keys, items = e.hiddenToo(first, keys), nil
			for _, key := range keys {
				items = append(items, m.get(first, textValue(key)))
			}
		}
		if !ok || !e.Take(32*len(keys)) {
			return value{}
		}
		v := newDictionary()
		for i, key := range keys {
			item := items[i]
			if own, ok := itemOf(first, key); ok && first.kind == dictionary { // a getter is not asked
				item = own
			}
			*v.keys, *v.items = append(*v.keys, key), append(*v.items, descriptor(item))
		}
		return v
	case "is":
		return booleanValue(same(first, second))
	case "hasOwn", "has":
		if name, ok := keyName(second); ok && first.kind == dictionary {
			_, found := itemOf(first, name)
			return booleanValue(found)
		}
	case "get":
		if e.machine == nil {
			return e.element(first, second)
		}
		if name, ok := keyName(second); ok && third.kind == dictionary {
			if item, ok := itemOf(first, name); ok {
				return e.machine.got(item, third)
			}
		}
		return e.machine.get(first, second)
	case "apply":
		if items, ok := e.iterate(third); ok {
			if first.kind == globalName && second.kind != undefined && second.kind != null { // a method of a prototype
				first = rebound(first, second)
			}
			if e.machine != nil && first.kind == closure {
				return e.machine.apply(first, second, asArguments(items))
			}
			return e.invoke(first, asArguments(items), start, end)
		}
	}
	m := e.machine
	if m == nil {
		return value{}
	}
	switch name {
	case "create":
		v := newDictionary()
		m.inherit(v, first)
		m.describe(v, second)
		return v
	case "set":
		m.put(first, second, third)
		return booleanValue(true)
	case "defineProperty":
		wrap := newDictionary()
		m.put(wrap, second, third)
		m.describe(first, wrap)
		return first
	case "defineProperties":
		m.describe(first, second)
		return first
	case "setPrototypeOf":
		m.setPrototype(first, second)
		return first
	case "construct":
		items, ok := e.iterate(second)
		if !ok {
			return value{}
		}
		if third.kind == closure && third.fn != nil && third.fn != first.fn { // whose methods the instance has
			this := objectOf(classKey, third)
			m.addFields(third, this, 0)
			if got := m.initialise(first, this, asArguments(items), start, 0, end); replacesThis(got) {
				return got
			}
			return this
		}
		return m.make(first, asArguments(items), start, 0, end)
	}
	return value{}
}

// describe gives an object properties by their descriptors.
func (m *machine) describe(v, descriptors value) {
	if descriptors.kind != dictionary || v.kind != dictionary && v.kind != array && v.kind != closure && v.kind != globalName && v.kind != module {
		return
	}
	all := *descriptors.items // a setter may take some away
	for i, key := range *descriptors.keys {
		how := all[i]
		if how.kind != dictionary {
			continue
		}
		name := textValue(key)
		if item, ok := itemOf(how, "value"); ok {
			m.put(v, name, item)
		} else if get, ok := itemOf(how, "get"); ok {
			get.more = "get"
			m.put(v, name, get)
		}
		if set, ok := itemOf(how, "set"); ok {
			m.put(v, textValue(setterKey+key), set)
		}
	}
}

// descriptor describes a property.
func descriptor(item value) value {
	v := newDictionary()
	if item.kind == closure && item.more == "get" {
		item.more = ""
		*v.keys, *v.items = append(*v.keys, "get"), append(*v.items, item)
		return v
	}
	*v.keys, *v.items = append(*v.keys, "value"), append(*v.items, item)
	return v
}
