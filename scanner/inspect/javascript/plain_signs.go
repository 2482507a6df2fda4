package javascript

import (
	"bytes"
	"slices"
)

// A sign tells whether a word at [start, end) makes a script one to be read.
type sign func(g *glance, start, end int) bool

// Lengths of the words that are signs.
const minSign, maxSign = 3, 20

var signs = map[string]sign{
	"require": (*glance).require,
	"import":  (*glance).importing,
	"from":    (*glance).from,

	"module":     asksFor("require", "constructor", "parent", "children", "paths"),
	"process":    asksFor("constructor"),
	"global":     asksFor(),
	"globalThis": asksFor(),
	"window":     asksFor(),
	"self":       asksFor(),

	"this": (*glance).returned,

	"WebAssembly": asksFor("Instance", "instantiate"),

	"eval":        (*glance).function,
	"Function":    (*glance).function,
	"constructor": (*glance).constructor,
	"with":        (*glance).with,
	"setTimeout":  (*glance).ofText,
	"setInterval": (*glance).ofText,
	"arguments":   (*glance).arguments,
	"caller":      (*glance).caller,
	"getFunction": (*glance).ofCallSite,

	"fetch": (*glance).function, "WebSocket": (*glance).class, "EventSource": (*glance).class, "XMLHttpRequest": (*glance).class,
	"Bun": always, "Deno": always, "ObjC": always, "Application": (*glance).ofText,

	"osascript": always, "tpircsaso": always, "createRequire": always, "getBuiltinModule": always, "mainModule": always,
	"internalBinding": always, "_load": always, "_compile": always, "_extensions": always, "_linkedBinding": always,
	"globalDispatcher": always, "shortCircuit": always, "reduce": (*glance).walks, "split": (*glance).walks,
	"dlopen": always, "execve": always, "binding": (*glance).binding,

	"atob": (*glance).decodes, "unescape": (*glance).decodes, "decodeURIComponent": (*glance).decodes,
	"join": (*glance).joins, "fromCharCode": (*glance).decodes, "fromCodePoint": (*glance).decodes,
}

// walks is the sign of dotted names that are followed from one value to the next, where
// the script reads files of its package that may say which: one leads to constructors.
func (g *glance) walks(start, end int) bool {
	if g.at(start-1) != '.' || g.at(end) != '(' {
		return false
	}
	if separator, close := g.literal(g.after(end + 1)); g.at(end-1) == 't' && (close == 0 || separator != ".") {
		return false
	}
	return g.own.is(func() bool { return readsOwn(g.src) })
}

// readsOwn tells whether a small script seems to read files of its package.
func readsOwn(src []byte) bool {
	return len(src) <= smallScript && bytes.Contains(src, []byte("readFile")) && (bytes.Contains(src, []byte("__dirname")) || bytes.Contains(src, []byte("import.meta")))
}

func always(*glance, int, int) bool { return true }

var wordBytes = func() (is [256]bool) {
	for c := range is {
		is[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$'
	}
	return is
}()

// signKey tells most words apart at once from those that are signs.
func signKey(word []byte) uint16 {
	last := len(word) - 1
	return uint16(word[0]) ^ uint16(word[1])<<3 ^ uint16(word[last])<<7 ^ uint16(last)<<12
}

var signKeys = func() (keys [1 << 16]bool) {
	for word := range signs {
		keys[signKey([]byte(word))] = true
	}
	return keys
}()

func (g *glance) require(start, end int) bool {
	next := g.after(end)
	if g.quoted(start, end) { // a name in a list of dependencies, or a property by its name
		return g.key(start, end)
	}
	if g.compared(start, end) {
		return false
	}
	switch g.at(next) {
	case '(':
		return g.loadsAt(start, next)
	case '.':
		name := g.word(next + 1)
		if name == "main" {
			return g.ofMain(start, g.after(next+1)+len(name))
		}
		return name != "resolve" && (name != "" || g.at(next+1) == '.')
	}
	return g.at(g.before(start)) == '.' && !g.named(start-1, end) || g.isValue(start, end)
}

// ofMain tells whether require.main at [start, end) is more than compared or asked where it
// is from: it is a module, which loads others.
func (g *glance) ofMain(start, end int) bool {
	if g.compared(start, end) || g.tested(end) && g.at(g.after(end)) != '[' {
		return false
	}
	if next := g.after(end); g.at(next) == '.' {
		switch g.word(next + 1) {
		case "filename", "path", "id", "exports", "loaded":
			return false
		}
		return true
	}
	switch g.at(g.after(end)) {
	case '[', ')', ',', ';', '}', ']', '|', ':', 0:
		return true
	}
	return g.newLine(end, g.after(end))
}

// quoted tells whether a word stands between quotes, or has "node:" before it.
func (g *glance) quoted(start, end int) bool {
	c := g.at(end)
	if c != '"' && c != '\'' && c != '`' {
		return false
	}
	return g.at(start-1) == c
}

func (g *glance) importing(start, end int) bool {
	next := g.after(end)
	if g.at(next) == '(' {
		return g.at(g.before(start)) != '.' && g.loadsAt(start, next)
	}
	if specifier, close := g.literal(next); close > 0 {
		return g.load(specifier, start, close)
	}
	return g.unread(next)
}

// from is that of an import or export, or Buffer's.
func (g *glance) from(start, end int) bool {
	next := g.after(end)
	if g.at(next) == '(' {
		return g.decodes(start, end)
	}
	if g.at(g.before(start)) == '.' {
		return false
	}
	if specifier, close := g.literal(next); close > 0 {
		return g.load(specifier, start, close)
	}
	return g.unread(next)
}

// asksFor is the sign of an object that is asked for one of some properties, or
// that is called by a name which is computed.
func asksFor(properties ...string) sign {
	return func(g *glance, start, end int) bool {
		if g.pattern(start) || g.renamed(start, end) || g.handed(start, end) {
			return true
		}
		switch next := g.chained(g.after(end)); {
		case g.named(start, end):
		case g.at(next) == '.':
			return slices.Contains(properties, g.word(next+1))
		case g.at(next) == '[':
			property, close, fixed := g.index(next)
			return fixed && slices.Contains(properties, property) || !fixed && (close == 0 || g.called(close) || g.isRead(next, close) || g.leadsOn(close))
		}
		return false
	}
}

// leadsOn tells whether of what ends before an offset the class is asked for.
func (g *glance) leadsOn(end int) bool {
	next := g.chained(g.after(end))
	return g.at(next) == '.' && g.word(next+1) == "constructor"
}

// chained returns where a property is asked for, which may be with a question mark: x?.y, x?.[y].
func (g *glance) chained(at int) int {
	if g.at(at) == '?' && g.at(at+1) == '.' {
		at++
	}
	if g.at(at) == '.' && g.at(at+1) == '[' {
		at++
	}
	return at
}

// longestIndex is how many bytes of what is computed between brackets are looked at.
const longestIndex = 80

// index returns the name between the bracket at an offset and its other, and the end behind
// that: 0 where it is too far. A name is fixed that is a string constant.
func (g *glance) index(open int) (name string, end int, fixed bool) {
	if name, close := g.literal(g.after(open + 1)); close > 0 && g.at(g.after(close)) == ']' {
		return name, g.after(close) + 1, true
	}
	for at, depth := open+1, 1; at < min(len(g.src), open+longestIndex); at++ {
		switch g.src[at] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return "", at + 1, false
			}
		}
	}
	return "", 0, false
}

// given tells whether a quoted word is a module to be known of that a function,
// which may be a bundler's own require, is called with.
func (g *glance) given(start, end int) bool {
	next := g.at(end + 1)
	if next != ')' && next != ',' {
		return false
	}
	at := start - 2
	if g.at(at) != '(' || !wordBytes[g.at(at-1)] {
		return false
	}
	word := string(g.src[start:end])
	return g.asks(word) && !g.named(at-len(g.lastWord(at)), at)
}

// function is the sign of a global function that is called or handed on.
func (g *glance) function(start, end int) bool {
	if g.quoted(start, end) {
		return g.key(start, end)
	}
	switch next := g.after(end); g.at(next) {
	case '(':
		return !g.named(start, end)
	case '.':
		return callers[g.word(next+1)] && !g.named(start, end)
	case '?':
		return (g.at(next+1) == '.' || g.at(next+1) == '?') && !g.named(start, end)
	case '`':
		return !g.named(start, end)
	case '[':
		return g.at(next+1) != ']' && !g.named(start, end)
	case '|':
		return g.at(next+1) == '|' && g.isValue(start, end)
	case ')', ',', ';', '}', ':', ']':
		return g.isValue(start, end)
	}
	return g.newLine(end, g.after(end)) && g.isValue(start, end)
}

// class is the sign of a global class that is read for whatever purpose.
func (g *glance) class(start, end int) bool {
	return g.key(start, end) || !g.quoted(start, end) && !g.named(start, end) && !g.compared(start, end)
}

// constructor is that of an object, which of a function makes others from text.
func (g *glance) constructor(start, end int) bool {
	if g.quoted(start, end) {
		previous := g.before(start - 1)
		return g.key(start, end) || g.at(previous) == '=' && g.at(previous-1) != '='
	}
	next := g.after(end)
	if g.at(next) == ':' || g.at(next) == '}' {
		return g.takenApart(end)
	}
	dot, object := g.dot(start)
	if dot < 0 {
		return false
	}
	if g.word(next+1) != "name" && g.leadsToSockets() {
		return true
	}
	switch g.at(next) {
	case '`':
		return true
	case '?':
		return g.at(next+1) == '.' && g.at(next+2) == '('
	case '(':
		return dot != start-1 || !wordBytes[g.at(object-1)] || g.ofText(start, end) || g.lastWord(object-len(g.lastWord(object))) != "new"
	case '[':
		return true
	case '.':
		return g.word(next+1) == "constructor"
	case ')':
		return g.at(g.after(next+1)) == '('
	}
	const near = 80 // bytes
	return g.at(object-1) == ')' && bytes.Contains(g.src[max(0, start-near):start], []byte("getPrototypeOf("))
}

// leadsToSockets tells whether the script has objects of which the class is one of sockets.
func (g *glance) leadsToSockets() bool {
	return g.sockets.is(func() bool { return leadsToSockets(g.src) })
}

// renamed tells whether process or module gets another name, by which it may be asked, or
// the global object one by which it is.
func (g *glance) renamed(start, end int) bool {
	switch string(g.src[start:end]) {
	case "process", "module":
		if g.quoted(start, end) || !g.isValue(start, end) {
			return false
		}
		equals := g.before(start)
		return g.at(equals) == '=' && g.at(g.before(equals)) != '}' || !g.tested(end) && (g.takes() || g.at(equals) == '(' && g.reflects(equals) || g.hasBinding())
	case "global", "globalThis", "window", "self":
		return !g.quoted(start, end) && g.reachesOn(start, end)
	}
	return false
}

func (g *glance) hasBinding() bool {
	return g.bindings.is(func() bool { return len(g.src) <= smallScript && bytes.Contains(g.src, []byte("binding")) })
}

// tested tells whether what ends at an offset is only asked whether it is there, or for
// a property.
func (g *glance) tested(end int) bool {
	next := g.after(end)
	switch g.at(next) {
	case '&', '[':
		return true
	case '?':
		return g.at(next+1) != '?'
	}
	return false
}

// handed tells whether module is given to a function, an object or a list: whoever gets it
// may load by it.
func (g *glance) handed(start, end int) bool {
	if end-start != len("module") || g.src[start] != 'm' {
		return false
	}
	switch g.at(g.before(start)) {
	case '(', ',', ':', '{', '[':
	default:
		return false
	}
	switch g.at(g.after(end)) {
	case ')', ',', '}', ']':
		return g.isValue(start, end)
	}
	return false
}

// takenApart tells whether a name before an offset stands in a pattern: {name: x} = y.
func (g *glance) takenApart(at int) bool {
	const longest = 80 // bytes
	for {
		n := bytes.IndexByte(g.src[at:min(len(g.src), at+longest)], '}')
		if n < 0 {
			return false
		}
		next := g.after(at + n + 1)
		if c := g.at(next); c != '}' {
			return c == '=' && g.at(next+1) != '='
		}
		at += n + 1
	}
}

// binding is a function of process, which may be handed on, or called by another.
func (g *glance) binding(start, end int) bool {
	if g.key(start, end) {
		return true
	}
	dot, object := g.dot(start)
	if dot < 0 {
		return false
	}
	next := g.after(end)
	switch g.at(next) {
	case '(':
		return true
	case '?':
		return g.at(next+1) == '.'
	case '.':
		return callers[g.word(next+1)]
	}
	return g.lastWord(object) == "process" && !g.compared(start, end)
}

// callers are the methods by which functions are called or made others of.
var callers = map[string]bool{"call": true, "apply": true, "bind": true}

func (g *glance) with(start, end int) bool {
	return g.at(g.after(end)) == '(' && !g.named(start, end)
}

// ofText is a call whose first argument is a text.
func (g *glance) ofText(start, end int) bool {
	next := g.after(end)
	quote := g.at(g.after(next + 1))
	return g.at(next) == '(' && (quote == '"' || quote == '\'' || quote == '`')
}

// arguments may hold a bundler's require, as in arguments[4]("net"), and those of a module
// hold its own.
func (g *glance) arguments(start, end int) bool {
	const longest = 8
	if len(g.src) <= smallScript && !g.quoted(start, end) && (g.isValue(start, end) || g.at(end) == '[' && !g.named(start, end)) && g.ofModule(start) {
		return true
	}
	if g.at(end) != '[' {
		return false
	}
	n := bytes.IndexByte(g.src[end:min(len(g.src), end+longest)], ']')
	return n > 0 && g.at(g.after(end+n+1)) == '('
}

// ofModule tells whether a place is in no function of the script that has arguments of its
// own, as far as brackets and what is quoted in one line show. Where that takes too many
// looks at a script, it may be.
func (g *glance) ofModule(at int) bool {
	const looks = 16 // for each byte of the script
	depth := 0
	for at--; at >= 0; at-- {
		if g.looked++; g.looked > looks*len(g.src) {
			return true
		}
		switch c := g.src[at]; c {
		case '}', ')', ']':
			depth++
		case '(', '[':
			depth = max(depth-1, 0)
		case '{':
			if depth > 0 {
				depth--
			} else if close := g.before(at); g.at(close) == ')' && !g.ofStatement(close) {
				return false
			}
		case '"', '\'', '`':
			from := max(0, at-longestQuoted)
			if open := bytes.LastIndexByte(g.src[from:at], c); open >= 0 && bytes.IndexByte(g.src[from+open:at], '\n') < 0 {
				at = from + open
			}
		}
	}
	return true
}

// longestQuoted is how many bytes in quotes are looked back for their beginning.
const longestQuoted = 200

// ofStatement tells whether the parenthesis that closes at an offset belongs to a statement
// and not to the parameters of a function.
func (g *glance) ofStatement(close int) bool {
	const longest = 200 // bytes of parameters
	depth := 0
	for at := close; at >= 0 && close-at < longest; at-- {
		switch g.src[at] {
		case ')':
			depth++
		case '(':
			if depth--; depth > 0 {
				continue
			}
			switch g.lastWord(at) {
			case "if", "for", "while", "switch", "catch", "with", "await":
				return true
			}
			return false
		}
	}
	return false
}

// caller is a function that called another, whose arguments may be a module's.
func (g *glance) caller(start, end int) bool {
	switch g.at(g.after(end)) {
	case '.', '[', ';', ')', ',', '?':
		dot, object := g.dot(start)
		return dot >= 0 && g.lastWord(object) != "this" || g.key(start, end)
	}
	return g.key(start, end)
}

// ofCallSite is a method of one function in a stack, which takes nothing.
func (g *glance) ofCallSite(start, end int) bool {
	open := g.after(end)
	return g.key(start, end) || g.at(open) == '(' && g.at(g.after(open+1)) == ')'
}
