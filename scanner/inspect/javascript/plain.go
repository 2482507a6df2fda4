package javascript

import (
	"bytes"
	"iter"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// Plain tells whether the text of a script shows, word for word, all that it loads
// and does, so that reading it would tell nothing more; and if so, what it loads.
// asked are the modules, without "node:", of which it matters that one is loaded.
//
// Most scripts of an npm tree are plain: a cold scan takes 15.7 s of processor time with
// this and 19.8 s without, 0.7 s of that for looking (44,500 files, 2026-11). The other way
// round nothing follows: a script that is not plain is read, and mostly turns out to be
// honest. A script is not plain where it
//
//   - loads a module that is asked for, or one whose name is no plain string, or
//     hands require on
//   - asks module, process or the global object, under this name or another, for
//     what loads or evaluates, or for what is computed
//   - evaluates text, or may: eval, Function, constructors of functions, with
//   - calls a global function that reaches beyond the script, such as fetch
//   - names osascript, or puts such words together from pieces, escapes, numbers
//     or base64, or letters from what the language says of an empty list
//   - is small, and takes something of what leads further by a name that it does not say,
//     or has what such a name may be made of (see plain_small.go)
//   - makes an instance of a module of WebAssembly, or holds such a module in base64,
//     which may be in pieces
//
// Words are taken for what they look like, also in comments and strings, where
// they mean nothing: a load that is told of may be one that a comment speaks of.
func Plain(src []byte, asked map[string]bool) (loads []script.Use, plain bool) {
	g := &glance{src: src, asked: asked}
	for range g.signs() {
		return nil, false
	}
	return g.loads, true
}

// signs are the places in the script of what it must be read for.
func (g *glance) signs() iter.Seq[int] {
	return func(yield func(int) bool) {
		src := g.src
		for i := 0; i < len(src); {
			start, found := i, false
			switch c := src[i]; {
			case c == 0: // UTF-16, or no script at all
				found = true
				i++
			case wordBytes[c]:
				for i++; i < len(src) && wordBytes[src[i]]; i++ {
				}
				found = g.quoted(start, i) && g.given(start, i)
				if n := i - start; n >= minSign && n <= maxSign && signKeys[signKey(src[start:i])] {
					if sign := signs[string(src[start:i])]; sign != nil {
						found = sign(g, start, i) || found
					}
				}
				found = found || c == moduleHead[0] && bytes.HasPrefix(src[start:i], moduleHead)
			case c == '+':
				found = g.joinsWord(i)
				i++
			case c == '!':
				found = g.emptyList(i + 1)
				i++
			case c == '{' && i > 0 && src[i-1] == '$': // a constant in a template
				q := g.at(g.after(i + 1))
				found = q == '"' || q == '\'' || q == '`'
				i++
			case c == '\\':
				found = escapesLetter(src[i:])
				i += 2
			default:
				i++
			}
			if (found || g.lost) && !yield(start) {
				return
			}
			g.lost = false
		}
		if at := g.inSmall(); at >= 0 {
			yield(at)
		}
	}
}

// moduleHead is how a module of WebAssembly begins in base64.
var moduleHead = []byte("AGFzbQ")

// A glance is a look at the words of a script.
type glance struct {
	src   []byte
	asked map[string]bool
	loads []script.Use
	// loading are the places where modules are loaded, in comments too.
	loading  []int
	files    answer // whether the script has the word
	own      answer // whether it reads files of its package
	sockets  answer // see leadsToSockets
	computed answer // see callsComputed
	taking   answer // see takes
	reaching answer // see reaches
	bindings answer // see hasBinding
	// aliases are names of the global object, and whether more is asked by them than shows.
	aliases map[string]bool
	looked  int  // bytes that ofModule has looked at
	lost    bool // there were more comments behind a word than are looked past
}

// after returns the first place from an offset on that is no blank and no comment.
// What is not ASCII may be a blank.
func (g *glance) after(at int) int {
	const most, longest = 8, 4 << 10 // comments, and bytes of one
	for comments := 0; at < len(g.src); {
		switch c := g.src[at]; {
		case c <= ' ' || c >= 0x80:
			at++
		case c == '/':
			n, end := -1, "\n"
			switch g.at(at + 1) {
			case '*':
				end = "*/"
				fallthrough
			case '/':
				n = bytes.Index(g.src[at+2:min(len(g.src), at+2+longest)], []byte(end))
				g.lost = g.lost || n < 0 || comments == most
			}
			if n < 0 || comments == most {
				return at
			}
			comments++
			at += 2 + n + len(end)
		default:
			return at
		}
	}
	return at
}

// before returns the last place before an offset that is no blank, or -1.
func (g *glance) before(at int) int {
	for at = min(at, len(g.src)) - 1; at >= 0 && (g.src[at] == ' ' || g.src[at] == '\n' || g.src[at] == '\t' || g.src[at] == '\r'); at-- {
	}
	return at
}

// back is before that passes comments and blanks that are not ASCII too, as after does.
func (g *glance) back(at int) int {
	const most, longest = 8, 400 // comments, and bytes of one
	at = min(at, len(g.src))
	for comments := 0; ; comments++ {
		line := at
		for at--; at >= 0 && (g.src[at] <= ' ' || g.src[at] >= 0x80); at-- {
		}
		if at < 0 || comments == most {
			return at
		}
		from := max(0, at-longest)
		open := -1
		if g.src[at] == '/' && g.at(at-1) == '*' {
			open = bytes.LastIndex(g.src[from:at-1], []byte("/*"))
		} else if bytes.IndexByte(g.src[at:line], '\n') >= 0 {
			start := bytes.LastIndexByte(g.src[from:at], '\n') + 1
			if open = bytes.Index(g.src[from+start:at], []byte("//")); open >= 0 {
				open += start
			}
			if open > 0 && g.src[from+open-1] == ':' { // an address
				open = -1
			}
		}
		if open < 0 {
			return at
		}
		at = from + open
	}
}

// dot returns the place of the dot behind which a word stands as a property, or -1, and the
// end of what has that property.
func (g *glance) dot(start int) (at, object int) {
	if g.at(start-1) != '.' {
		switch c := g.at(start - 1); {
		case c <= ' ', c >= 0x80, c == '/':
		default:
			return -1, 0
		}
	}
	at = g.back(start)
	if g.at(at) != '.' || g.at(at-1) == '.' {
		return -1, 0
	}
	object = at
	if g.at(at-1) == '?' {
		object--
	}
	return at, g.back(object) + 1
}

// at returns the byte at an offset, 0 where there is none.
func (g *glance) at(i int) byte {
	if i < 0 || i >= len(g.src) {
		return 0
	}
	return g.src[i]
}

// word returns the word that begins at an offset, behind blanks.
func (g *glance) word(at int) string {
	at = min(g.after(at), len(g.src))
	end := at
	for end < len(g.src) && wordBytes[g.src[end]] {
		end++
	}
	return string(g.src[at:end])
}

// lastWord returns the word that ends before an offset, with blanks between.
func (g *glance) lastWord(at int) string {
	end := max(g.before(at)+1, 0)
	start := end
	for start > 0 && wordBytes[g.src[start-1]] {
		start--
	}
	return string(g.src[start:end])
}

const maxSpecifier = 1 << 10 // bytes, with a quote

// literal returns the string constant that begins at an offset and what follows
// it, if it is one without escapes and holes.
func (g *glance) literal(at int) (text string, end int) {
	quote := g.at(at)
	if quote != '"' && quote != '\'' && quote != '`' {
		return "", 0
	}
	rest := g.src[at+1 : min(len(g.src), at+maxSpecifier)]
	n := bytes.IndexByte(rest, quote)
	if n < 0 || bytes.ContainsAny(rest[:n], "\\\n") || quote == '`' && bytes.Contains(rest[:n], []byte("${")) {
		return "", 0
	}
	return string(rest[:n]), at + n + 2
}

// unread tells whether a string constant begins at an offset that has an escape, or is too long for literal.
func (g *glance) unread(at int) bool {
	quote := g.at(at)
	if quote != '"' && quote != '\'' {
		return false
	}
	rest := g.src[at+1 : min(len(g.src), at+maxSpecifier)]
	n := bytes.IndexAny(rest, string(quote)+"\\\n")
	return n < 0 || rest[n] == '\\'
}

// load notes a module, and tells whether it is asked for. In what looks like a
// comment it may be none, and is not noted: that is to be found out.
func (g *glance) load(specifier string, start, end int) bool {
	g.loading = append(g.loading, start)
	name := moduleName(specifier)
	if name == "test" && g.hasFiles() { // which it may run
		return true
	}
	if g.mayBeComment(start) {
		return g.asks(name) || strings.HasPrefix(name, ".")
	}
	g.loads = append(g.loads, script.Use{Kind: script.Module, Name: name, Start: start, End: end})
	return g.asks(name) || isData(name) || name == "module"
}

func (g *glance) hasFiles() bool {
	return g.files.is(func() bool { return bytes.Contains(g.src, []byte("files")) })
}

// mayBeComment tells whether the line of an offset looks like a part of a comment.
func (g *glance) mayBeComment(at int) bool {
	const longest = 400 // bytes of a line that are looked at
	line := g.src[max(0, at-longest):at]
	line = bytes.TrimSpace(line[bytes.LastIndexByte(line, '\n')+1:])
	return bytes.HasPrefix(line, []byte("*")) || bytes.HasPrefix(line, []byte("/")) || bytes.Contains(line, []byte("//")) || bytes.Contains(line, []byte("/*"))
}

// asks tells whether it must be known that a module is loaded. Of fs it need not:
// what comes from a file goes to another function then.
func (g *glance) asks(name string) bool {
	switch name {
	case "tty", "inspector", "inspector/promises", "repl", "bun", "zx/globals", "module-alias":
		return true
	}
	return shellTags[packageOf(name)] != nil || g.asked[name] || reaching(name) && name != "fs" || loadsNative(name)
}

// loadsAt tells whether the call whose parenthesis stands at an offset loads what
// must be known of.
func (g *glance) loadsAt(start, open int) bool {
	specifier, end := g.literal(g.after(open + 1))
	if end == 0 {
		first := g.after(open + 1)
		if next := g.at(first); next >= '0' && next <= '9' { // a bundler's, or one of which letters are made
			return g.at(g.after(first+len(g.word(first)))) != ')'
		}
		return g.at(first) != ')' // import() in a comment
	}
	if next := g.at(g.after(end)); next != ')' && next != ',' {
		return true
	}
	return g.load(specifier, start, end)
}

// named tells whether a word is a property of something, a key, or a part of a
// sentence, and so not the thing that it may be the name of.
func (g *glance) named(start, end int) bool {
	previous := g.before(start)
	if dot, object := g.dot(start); dot >= 0 {
		switch g.lastWord(object) {
		case "window", "self", "global", "globalThis":
			return false
		}
		return true
	}
	if g.at(end) == ':' && g.at(previous) != '?' {
		return true
	}
	if !wordBytes[g.at(previous)] {
		return false
	}
	if bytes.IndexByte(g.src[previous:start], '\n') >= 0 && !g.mayBeComment(start) {
		return false // the word before may end a comment, or a statement
	}
	switch g.lastWord(start) {
	case "return", "typeof", "void", "await", "yield", "in", "of", "case", "new", "default", "delete", "throw", "else", "do", "extends", "instanceof":
		return false
	}
	return true
}

// compared tells whether a word is only asked what it is.
func (g *glance) compared(start, end int) bool {
	next := g.after(end)
	if g.at(next) == '=' && g.at(next+1) == '=' || g.at(next) == '!' && g.at(next+1) == '=' {
		return true
	}
	previous := g.before(start)
	return g.at(previous) == '=' && g.at(previous-1) == '=' || g.lastWord(start) == "typeof" || g.lastWord(start) == "instanceof"
}

// parameter tells whether a word is one of a function's parameters: names alone
// stand between parentheses, and a body follows.
func (g *glance) parameter(start, end int) bool {
	const longest = 200 // bytes
	open := start - 1
	for ; open >= 0 && start-open < longest && (wordBytes[g.src[open]] || g.src[open] == ',' || g.src[open] == ' '); open-- {
	}
	close := end
	for ; close < len(g.src) && close-end < longest && (wordBytes[g.src[close]] || g.src[close] == ',' || g.src[close] == ' '); close++ {
	}
	if g.at(open) != '(' || g.at(close) != ')' {
		return false
	}
	body := g.after(close + 1)
	if g.at(body) == '=' && g.at(body+1) == '>' {
		return true
	}
	if g.at(body) != '{' {
		return false
	}
	switch g.lastWord(open) {
	case "if", "while", "for", "switch", "catch", "with":
		return false
	}
	return true
}

// isValue tells whether a word stands as a value, to be handed on.
func (g *glance) isValue(start, end int) bool {
	next := g.after(end)
	switch g.at(next) {
	case ')', ',', ';', '[', '?', ']', '|', '&', 0:
	case ':':
		if g.at(g.before(start)) != '?' {
			return false
		}
	case '}':
		if g.isType(start) {
			return false
		}
	default:
		if !g.newLine(end, next) {
			return false
		}
	}
	return !g.compared(start, end) && !g.named(start, end) && !g.parameter(start, end)
}

// isType tells whether a word is the type that a comment gives after a tag: @param {Function}.
func (g *glance) isType(start int) bool {
	open := start - 1
	for ; wordBytes[g.at(open)] || g.at(open) == '|' || g.at(open) == '?' || g.at(open) == '!' || g.at(open) == ' '; open-- {
	}
	if g.at(open) != '{' {
		return false
	}
	tag := g.before(open)
	for ; wordBytes[g.at(tag)]; tag-- {
	}
	return g.at(tag) == '@'
}

// newLine tells whether a line ends between two places, the first of which is
// assigned or handed over: a value ends there without a semicolon.
func (g *glance) newLine(end, next int) bool {
	if bytes.IndexByte(g.src[end:next], '\n') < 0 {
		return false
	}
	start := end - 1
	for ; wordBytes[g.at(start)]; start-- {
	}
	switch previous := g.before(start + 1); g.at(previous) {
	case '=', ':', '?', ',', '(', '[', '{', '|', '&', '>':
		return true
	}
	switch g.lastWord(start + 1) {
	case "return", "default", "await", "yield":
		return true
	}
	return false
}

// pattern tells whether what stands before an object takes it apart into what reaches further:
// const { binding } = process.
func (g *glance) pattern(start int) bool {
	const longest = 200 // bytes of a pattern
	equals := g.back(start)
	if g.at(equals) != '=' {
		return false
	}
	close := g.back(equals)
	if g.at(close) != '}' {
		return false
	}
	open := bytes.LastIndexAny(g.src[max(0, close-longest):close], "{;")
	if open < 0 {
		return true
	}
	names := g.src[max(0, close-longest)+open : close]
	return bytes.ContainsAny(names, "[}\\") || bytes.Contains(names, []byte("...")) ||
		slices.ContainsFunc(worthHiding, func(word []byte) bool { return bytes.Contains(names, word) })
}

// key tells whether a word is a property that is asked for by its name in quotes.
func (g *glance) key(start, end int) bool {
	return g.quoted(start, end) && g.at(g.after(end+1)) == ']' && g.at(g.back(start-1)) == '['
}
