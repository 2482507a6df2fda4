package javascript

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Maps, sets and iterators are computed by a machine alone: what they hold
// changes, and the order in which a script is read is not that in which it runs.

// searchParameters is the kind of collection that a query string makes.
const searchParameters = "URLSearchParams"

func pair(key, v value) value { return arrayValue([]value{key, v}) }

func iteratorValue(items []value) value {
	items = append([]value{}, items...)
	return value{kind: iterator, items: &items}
}

// iterate returns what a value gives item by item, by its own iterator if it has one.
func (e *evaluator) iterate(v value) ([]value, bool) {
	m := e.machine
	if m == nil {
		return iterate(v)
	}
	if c := coroutineOf(v); c != nil {
		const most = 1 << 12 // of one that may have no end
		return m.drained(c, most)
	}
	if v.kind != dictionary {
		if m.extended {
			if own, ok := m.changedProperty(v, value{kind: symbol, str: "Symbol.iterator"}); ok && own.kind == closure && m.depth < maxCalls {
				if made := m.apply(own, v, nil); coroutineOf(made) != nil {
					return e.iterate(made)
				}
			}
		}
		return iterate(v)
	}
	if s := m.streamOf(v); s != nil {
		if m.pullAll(s); len(s.parts) > 0 {
			return s.parts, true
		}
		if s.content != "" {
			return []value{s.chunk()}, true
		}
	}
	make, ok := itemOf(v, symbolKey+"Symbol.iterator")
	if base, extends := itemOf(v, baseKey); extends && !ok {
		return e.iterate(base)
	}
	if !ok {
		make, ok = itemOf(v, symbolKey+"Symbol.asyncIterator")
	}
	if !ok || make.kind != closure {
		return nil, false
	}
	made := m.callFunctionOf(make, v, nil)
	if made.kind != dictionary {
		return e.iterate(made)
	}
	next := m.get(made, textValue("next"))
	var items []value
	for len(items) < maxItems && next.kind == closure && m.step(8) {
		got := m.callFunctionOf(next, made, nil)
		done, ok := m.get(got, textValue("done")).truthy()
		if done || !ok {
			return items, ok
		}
		items = append(items, m.get(got, textValue("value")))
	}
	return nil, false
}

// partial is what more is of a collection that has more than is known. Where that comes
// from, if it is known, is its self.
const partial = "partial"

// isCollection tells whether newCollection makes an instance of a class.
func isCollection(class string) bool {
	return class == "Map" || class == "Set" || class == "WeakMap" || class == "WeakSet"
}

// newCollection evaluates "new Map(...)" and its like.
func (e *evaluator) newCollection(name string, args []argument) value {
	if e.machine == nil {
		return value{}
	}
	v := value{kind: collection, str: name, items: &[]value{}}
	if len(args) == 0 || args[0].kind == undefined || args[0].kind == null {
		return v
	}
	items, ok := e.iterate(args[0].value)
	if !ok && args[0].kind == unknown {
		v.more = partial
		if from := origin(args[0].value); ofPackage(from) {
			v.self = &value{more: from.more, decoded: from.decoded}
		}
	} else if !ok || !e.Take(len(items)) {
		return value{}
	}
	for _, item := range items {
		if v.str == "Set" {
			put(v, item, item)
		} else {
			put(v, e.element(item, numberValue(0)), e.element(item, numberValue(1)))
		}
	}
	return v
}

// put gives a key of a collection a value.
func put(v, key, item value) {
	if v.str == "Set" {
		if find := indexOf(v, key); find < 0 {
			*v.items = append(*v.items, key)
		}
		return
	}
	if at := indexOf(v, key); at >= 0 {
		(*v.items)[at] = pair(key, item)
		return
	}
	*v.items = append(*v.items, pair(key, item))
}

// entries are the items of a collection, with pairs of their own: the script may
// shorten those that it is given.
func entries(v value) []value {
	items := slices.Clone(*v.items)
	if v.str != "Set" {
		for i, item := range items {
			items[i] = pair((*item.items)[0], (*item.items)[1])
		}
	}
	return items
}

func indexOf(v, key value) int {
	for i, item := range *v.items {
		if v.str != "Set" {
			item = (*item.items)[0]
		}
		if same(item, key) {
			return i
		}
	}
	return -1
}

// same compares two values as a Map does its keys: objects by what they are.
func same(a, b value) bool {
	if a.kind != b.kind {
		return false
	}
	switch a.kind {
	case dictionary, array, collection, iterator:
		return a.items == b.items
	case regularExpression:
		return a.items == b.items && a.items != nil
	case closure:
		return a.fn == b.fn && a.at == b.at
	case globalName, module, symbol, bigInteger:
		return a.str == b.str && a.more == b.more
	}
	equal, ok := equal(a, b)
	return ok && equal
}

func (e *evaluator) collectionMethod(self value, name string, args []argument, start, end uint32) value {
	if !e.Take(len(*self.items)) || !e.Step() {
		return value{}
	}
	key := argumentOr(args, 0)
	at := -1
	if name == "get" || name == "has" || name == "delete" || name == "getAll" {
		at = indexOf(self, key)
	}
	if at < 0 && self.more == partial && (name == "get" || name == "has" || name == "forEach") {
		return origin(self)
	}
	if e.machine != nil && name == "get" && self.str == "Map" && (key.kind == unknown || key.kind == globalName && !languageFunction(key)) {
		var all []value
		for _, item := range *self.items {
			all = append(all, (*item.items)[1])
		}
		if any := oneOf(all); any.also != nil {
			return any
		}
	}
	switch name {
	case "get":
		if self.str == "Set" {
			return value{kind: undefined}
		}
		if at < 0 {
			for _, item := range *self.items { // it may be the one whose key is not known
				if p := *item.items; p[0].kind == unknown && (ofPackage(origin(p[1])) || origin(p[1]).more == withPackage) {
					return origin(p[1])
				}
			}
			return value{kind: undefined}
		}
		return (*(*self.items)[at].items)[1]
	case "getAll":
		out := []value{}
		for _, item := range *self.items {
			if same((*item.items)[0], key) {
				out = append(out, (*item.items)[1])
			}
		}
		return arrayValue(out)
	case "has":
		return booleanValue(at >= 0)
	case "delete":
		if at >= 0 {
			*self.items = append((*self.items)[:at:at], (*self.items)[at+1:]...)
		}
		return booleanValue(at >= 0)
	case "clear":
		*self.items = nil
	case "sort":
		slices.SortStableFunc(*self.items, func(a, b value) int { return strings.Compare((*a.items)[0].str, (*b.items)[0].str) })
		return value{kind: undefined}
	case "set", "add", "append":
		if len(*self.items) > maxItems/64 {
			return value{}
		}
		if name == "append" {
			*self.items = append(*self.items, pair(key, argumentOr(args, 1)))
		} else {
			put(self, key, argumentOr(args, 1))
		}
		return self
	case "forEach":
		if len(args) == 0 {
			return value{}
		}
		for _, item := range append([]value{}, *self.items...) {
			k, v := item, item
			if self.str != "Set" {
				k, v = (*item.items)[0], (*item.items)[1]
			}
			e.invoke(args[0].value, asArguments([]value{v, k, self}), start, end)
		}
		return value{kind: undefined}
	case "entries", "keys", "values":
		out := []value{}
		for _, item := range entries(self) {
			switch {
			case self.str == "Set" && name == "entries":
				item = pair(item, item)
			case self.str != "Set" && name == "keys":
				item = (*item.items)[0]
			case self.str != "Set" && name == "values":
				item = (*item.items)[1]
			}
			out = append(out, item)
		}
		return iteratorValue(out)
	case "toString":
		if s, ok := self.string(); ok {
			return textValue(s)
		}
	}
	return value{}
}

// iteratorMethod evaluates what iterators have, of which most comes from lists.
func (e *evaluator) iteratorMethod(self value, name string, args []argument, start, end uint32) value {
	if c := coroutineOf(self); c != nil && e.machine != nil {
		if got, ok := e.machine.generatorMethod(c, name, args); ok {
			return got
		}
		most := maxItems / 8
		if n, ok := integer(args, 0, 0); ok && name == "take" {
			most = n
		}
		items, _ := e.machine.drained(c, most)
		self = iteratorValue(items)
	}
	switch name {
	case "next":
		got := newDictionary()
		next, done := value{kind: undefined}, len(*self.items) == 0
		if !done {
			next = (*self.items)[0]
			*self.items = (*self.items)[1:]
		}
		*got.keys = append(*got.keys, "value", "done")
		*got.items = append(*got.items, next, booleanValue(done))
		return got
	case "toArray":
		items, _ := iterate(self)
		return arrayValue(items)
	case "take", "drop":
		n, ok := integer(args, 0, 0)
		n = max(0, min(n, len(*self.items)))
		if !ok {
			return value{}
		}
		if name == "drop" {
			*self.items = (*self.items)[n:]
			return self
		}
		out := iteratorValue((*self.items)[:n])
		*self.items = (*self.items)[n:]
		return out
	case "map", "filter", "flatMap":
		items, _ := iterate(self)
		if got := e.arrayMethod(&items, name, args, start, end); got.kind == array {
			return iteratorValue(*got.items)
		}
	case "forEach", "reduce", "find", "some", "every":
		items, _ := iterate(self)
		return e.arrayMethod(&items, name, args, start, end)
	}
	return value{}
}

// query makes the pairs of a query string.
func query(s string) []value {
	var pairs []value
	for part := range strings.SplitSeq(strings.TrimPrefix(s, "?"), "&") {
		if part == "" || len(pairs) > maxItems {
			continue
		}
		key, v, _ := strings.Cut(part, "=")
		pairs = append(pairs, pair(textValue(unplus(key)), textValue(unplus(v))))
	}
	return pairs
}

func unplus(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

func parametersText(v value) string {
	var parts []string
	for _, item := range *v.items {
		key, _ := (*item.items)[0].string()
		text, _ := (*item.items)[1].string()
		parts = append(parts, url.QueryEscape(key)+"="+url.QueryEscape(text))
	}
	return strings.Join(parts, "&")
}

// newParameters evaluates "new URLSearchParams(...)".
func (e *evaluator) newParameters(args []argument) value {
	if e.machine == nil {
		return value{}
	}
	v := value{kind: collection, str: searchParameters, items: &[]value{}}
	if len(args) == 0 {
		return v
	}
	switch first := args[0].value; first.kind {
	case text:
		if !e.Take(len(first.str)) {
			return value{}
		}
		*v.items = query(first.str)
		return v
	case dictionary:
		for i, key := range *first.keys {
			*v.items = append(*v.items, pair(textValue(key), (*first.items)[i]))
		}
		return v
	}
	return e.newCollection(searchParameters, args)
}

// urlOf takes an address apart. Of one that is relative to this script, only the
// place is of use.
func (e *evaluator) urlOf(args []argument) value {
	s, ok := words(args, 0, "")
	if !ok || len(s) > 1<<16 || !e.Take(len(s)) {
		return value{}
	}
	u, err := url.Parse(s)
	if len(args) > 1 && err == nil {
		base, ok := words(args, 1, "")
		b, err2 := url.Parse(base)
		if !ok || err2 != nil || len(base) > 1<<16 {
			return value{}
		}
		u = b.ResolveReference(u)
	}
	if err != nil && !strings.HasPrefix(s, "data:") {
		return value{}
	}
	v := value{kind: dictionary, more: "URL", keys: &[]string{}, items: &[]value{}}
	set := func(name string, item value) { *v.keys, *v.items = append(*v.keys, name), append(*v.items, item) }
	if err != nil || u.Scheme == "data" {
		set("href", textValue(s))
		set("protocol", textValue("data:"))
		set("pathname", textValue(strings.TrimPrefix(s, "data:")))
		return v
	}
	prefixed := func(before, s string) value {
		if s == "" {
			return textValue("")
		}
		return textValue(before + s)
	}
	special := u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "ws" || u.Scheme == "wss" || u.Scheme == "ftp"
	if special {
		u.Host = strings.ToLower(norm.NFKC.String(u.Host))
		if u.Path == "" {
			u.Path = "/"
		}
	}
	path := u.EscapedPath()
	if u.Opaque != "" {
		path = u.Opaque
	}
	password, _ := u.User.Password()
	set("href", textValue(u.String()))
	set("protocol", textValue(u.Scheme+":"))
	set("origin", textValue(u.Scheme+"://"+u.Host))
	set("username", textValue(u.User.Username()))
	set("password", textValue(password))
	set("host", textValue(u.Host))
	set("hostname", textValue(u.Hostname()))
	set("port", textValue(u.Port()))
	set("pathname", textValue(path))
	set("search", prefixed("?", u.RawQuery))
	set("hash", prefixed("#", u.EscapedFragment()))
	if e.machine != nil {
		set("searchParams", e.newParameters([]argument{{value: textValue(u.RawQuery)}}))
	}
	return v
}

// addressText is the text of an address, which stands for it where a call takes both.
func addressText(v value) value {
	if v.kind != dictionary || v.more != "URL" {
		return v
	}
	href, _ := itemOf(v, "href")
	return href
}

func itemText(v value, name string) string {
	item, _ := itemOf(v, name)
	return item.str
}

// parsedQuery evaluates querystring.parse, with signs and a decoder of the script's own.
func (e *evaluator) parsedQuery(args []argument, start, end uint32) value {
	and, equals := argumentOr(args, 1), argumentOr(args, 2)
	decode, own := itemOf(argumentOr(args, 3), "decodeURIComponent")
	if !own && and.kind != text && equals.kind != text {
		return queryObject(args[0].str)
	}
	sign := func(v value, usual string) string {
		if v.kind == text && v.str != "" {
			return v.str
		}
		return usual
	}
	v := newDictionary()
	for part := range strings.SplitSeq(args[0].str, sign(and, "&")) {
		if len(*v.keys) > maxItems/64 || !e.Step() {
			break
		}
		pieces := []value{}
		key, item, _ := strings.Cut(part, sign(equals, "="))
		for _, piece := range []string{key, item} {
			if own {
				pieces = append(pieces, e.invoke(decode, asArguments([]value{textValue(piece)}), start, end))
			} else {
				pieces = append(pieces, textValue(unplus(piece)))
			}
		}
		name, _ := pieces[0].string()
		*v.keys, *v.items = append(*v.keys, name), append(*v.items, pieces[1])
	}
	return v
}

// queryObject is what querystring.parse and url.parse make of a query string.
func queryObject(s string) value {
	v := newDictionary()
	for _, p := range query(s) {
		*v.keys, *v.items = append(*v.keys, (*p.items)[0].str), append(*v.items, (*p.items)[1])
	}
	return v
}
