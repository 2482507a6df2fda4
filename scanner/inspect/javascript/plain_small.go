package javascript

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"slices"
)

// What only small scripts are looked at for: a disguise is short, and in large scripts there
// is all of this. Of 80 MB of plain scripts in an npm tree 2 are read for it (2026-11), 0.9
// of them for what names may be made of.

// tinyScript is the size, in bytes, of a script that is looked at most closely.
const tinyScript = 16 << 10

// inSmall are the signs of small scripts, by where they stand: -1 for none.
func (g *glance) inSmall() int {
	if len(g.src) > smallScript {
		return -1
	}
	if at := g.callsMade(); at >= 0 {
		return at
	}
	if !g.takes() {
		return -1
	}
	return g.namesMade()
}

// takes tells whether a small script takes something of an object by a name that it does
// not say, to use and not to set it. Counters are no names.
func (g *glance) takes() bool {
	return g.taking.is(func() bool {
		if len(g.src) > smallScript {
			return false
		}
		for _, word := range reflecting {
			if bytes.Contains(g.src, word) {
				return true
			}
		}
		counters := map[string]bool{}
		for at := 0; ; at++ {
			n := bytes.IndexByte(g.src[at:], '[')
			if n < 0 {
				return false
			}
			at += n
			first := g.after(at + 1)
			_, close, fixed := g.index(at)
			if c := g.at(first); fixed || close == 0 || c >= '0' && c <= '9' || c == ']' {
				continue
			}
			next := g.after(close)
			switch c := g.at(at - 1); {
			case wordBytes[c], c == ')', c == ']', c == '.':
				if g.at(next) == '=' && g.at(next+1) != '=' {
					continue
				}
			case g.at(next) == ':': // {[name]: x} = y
				if !g.takenApart(next) && !g.parameterApart(next) {
					continue
				}
			default:
				continue
			}
			name := g.word(first)
			rest := g.src[min(first+len(name), close):close]
			if name != "" && len(bytes.Trim(rest, " +-0123456789]")) == 0 && g.counts(name, counters) {
				continue
			}
			return true
		}
	})
}

// reflecting are ways to take what an object has without brackets.
var reflecting = [][]byte{[]byte("Reflect"), []byte("getOwnPropertyDescriptor")}

// parameterApart tells whether the pattern that an offset is in is a parameter: ({[name]: x}) => x.
func (g *glance) parameterApart(at int) bool {
	const longest = 80 // bytes
	n := bytes.IndexByte(g.src[at:min(len(g.src), at+longest)], '}')
	if n < 0 {
		return false
	}
	close := g.after(at + n + 1)
	body := g.after(close + 1)
	return g.at(close) == ')' && (g.at(body) == '{' || g.at(body) == '=' && g.at(body+1) == '>')
}

// counts tells whether a name is one that the script counts up or down. Of many it is not
// found out.
func (g *glance) counts(name string, known map[string]bool) bool {
	const most = 16
	is, ok := known[name]
	if !ok && len(known) < most {
		for _, counting := range []string{name + "++", "++" + name, name + "--", "--" + name, name + " += 1", name + "+=1"} {
			is = is || bytes.Contains(g.src, []byte(counting))
		}
		known[name] = is
	}
	return is
}

// callsMade returns where a function is called that a call has made of something, f(text)(),
// as constructors of functions do, or -1.
func (g *glance) callsMade() int {
	const longest = 160 // bytes of the arguments
	for at := 0; ; at += len(")(") {
		n := bytes.Index(g.src[at:], []byte(")("))
		if n < 0 {
			return -1
		}
		at += n
		open, depth := at-1, 1
		for ; open >= 0 && at-open < longest && depth > 0; open-- {
			switch g.src[open] {
			case ')':
				depth++
			case '(':
				depth--
			}
		}
		if depth > 0 || open+2 == at || open < 0 || g.src[open+2] == '?' { // the last is a group of a pattern
			continue
		}
		switch c := g.src[open]; {
		case c == ']' || c == ')' && g.at(open-1) == ']':
			from := max(0, open-longestIndex)
			bracket := from + bytes.LastIndexByte(g.src[from:open], '[')
			_, close, fixed := g.index(max(bracket, 0))
			if bracket >= from && close > 0 && !fixed && bytes.IndexByte(g.src[bracket:close], '\\') < 0 {
				return at
			}
		case c == ')' && g.at(at+2) == ')':
			return at
		case wordBytes[c] && g.at(at+2) == ')':
			name := g.lastWord(open + 1)
			if name != "require" && g.at(open-len(name)) != '.' {
				return at
			}
		}
	}
}

func backwards(b []byte) []byte {
	b = slices.Clone(b)
	slices.Reverse(b)
	return b
}

// namesMade returns where the script, which takes something by a name that it does not say,
// has what such a name may be made of, or -1.
func (g *glance) namesMade() int {
	tiny := len(g.src) <= tinyScript
	made := pieces{}
	for i := 0; i < len(g.src); {
		if !wordBytes[g.src[i]] {
			i++
			continue
		}
		start := i
		for ; i < len(g.src) && wordBytes[g.src[i]]; i++ {
		}
		word := g.src[start:i]
		if tiny && g.makesText(start, i) || string(word) == "constructor" && g.quoted(start, i) && g.namesConstructor(start, i) {
			return start
		}
		before, after := quotes[g.at(start-1)] || g.at(start-1) == '}', quotes[g.at(i)] || g.at(i) == '$'
		if before && after && codedWords[string(word)] || tiny && (before || after) && made.add(word) {
			return start
		}
		if word[0] >= '0' && word[0] <= '9' && g.at(g.before(start)) == '[' && g.listOfLetters(start) && bytes.Contains(g.src, []byte("from")) {
			return start
		}
	}
	return -1
}

var quotes = [256]bool{'"': true, '\'': true, '`': true}

// makesText tells whether a word is what makes text of numbers or of other text.
func (g *glance) makesText(start, end int) bool {
	switch string(g.src[start:end]) {
	case "fromCharCode", "fromCodePoint", "TextDecoder", "atob":
		return true
	case "unescape", "decodeURIComponent":
		return bytes.Contains(g.src, []byte("%6")) || bytes.Contains(g.src, []byte("%7")) // small letters
	case "from": // Buffer.from(text, encoding)
		if g.lastWord(start-1) != "Buffer" || g.at(end) != '(' {
			return false
		}
		first := g.after(end + 1)
		comma := g.after(first + len(g.word(first)))
		encoding, close := g.literal(g.after(comma + 1))
		return g.at(comma) == ',' && (close == 0 || encoding == "base64" || encoding == "base64url" || encoding == "hex")
	}
	return false
}

// namesConstructor tells whether a constant that is the name of constructors stands as a
// value, and not to be compared or defined: it may be the name by which something is taken.
func (g *glance) namesConstructor(start, end int) bool {
	if g.compared(start-1, end+1) || g.lastWord(start-1) == "case" {
		return false
	}
	next := g.after(end + 1)
	return g.at(next) != ':' && !(g.at(next) == ',' && g.at(g.after(next+1)) == '{')
}

// listOfLetters tells whether numbers that stand at an offset may be a word, in whatever code.
func (g *glance) listOfLetters(at int) bool {
	const few = 4
	for n := 1; ; n++ {
		word := g.word(at)
		if code := textNumber(word); word == "" || code != code || code < 10 || code > 999 {
			return false
		}
		if at = g.after(g.after(at) + len(word)); n == few {
			return true
		}
		if g.at(at) != ',' {
			return false
		}
		at++
	}
}

// hiddenWords are those that lead to a loader or to code, and are no part of others.
var hiddenWords = []string{
	"osascript", "child_process", "constructor", "binding", "mainModule", "getBuiltinModule", "createRequire", "dlopen", "_load",
	"process", "require", "Function", "fetch", "WebSocket", "EventSource", "XMLHttpRequest", "eval", "spawn", "execFile",
}

// codedWords are these in simple codes: backwards, with other letters for each, in hex and base64.
var codedWords = func() map[string]bool {
	coded := map[string]bool{}
	for _, word := range hiddenWords {
		coded[string(backwards([]byte(word)))] = true
		coded[hex.EncodeToString([]byte(word))] = true
		coded[base64.RawStdEncoding.EncodeToString([]byte(word))] = true
		for shift := byte(1); shift < 26; shift++ {
			coded[shifted(word, shift)] = true
		}
	}
	return coded
}()

// shifted is a word with each letter so many places on in the alphabet.
func shifted(word string, shift byte) string {
	letters := []byte(word)
	for i, c := range letters {
		switch {
		case c >= 'a' && c <= 'z':
			letters[i] = (c-'a'+shift)%26 + 'a'
		case c >= 'A' && c <= 'Z':
			letters[i] = (c-'A'+shift)%26 + 'A'
		}
	}
	return string(letters)
}

// pieces are the parts of hidden words that were seen: of each word, from every letter on,
// which lengths.
type pieces map[int][]uint32

// A piece is where a text stands in a hidden word.
type piece struct{ word, from int }

var parts = func() map[string][]piece {
	parts := map[string][]piece{}
	for n, word := range hiddenWords {
		for from := range word {
			for to := from + 1; to <= len(word); to++ {
				if to-from < len(word) {
					parts[word[from:to]] = append(parts[word[from:to]], piece{n, from})
				}
			}
		}
	}
	return parts
}()

// add notes a text, and tells whether a word can be put together of those that were seen.
func (p pieces) add(text []byte) (whole bool) {
	for _, part := range parts[string(text)] {
		seen := p[part.word]
		if seen == nil {
			seen = make([]uint32, len(hiddenWords[part.word]))
			p[part.word] = seen
		}
		length := uint32(1) << len(text)
		if seen[part.from]&length != 0 {
			continue
		}
		seen[part.from] |= length
		reached := uint32(1)
		for from, lengths := range seen {
			if reached>>from&1 != 0 {
				reached |= lengths << from
			}
		}
		whole = whole || reached>>len(seen)&1 != 0
	}
	return whole
}
