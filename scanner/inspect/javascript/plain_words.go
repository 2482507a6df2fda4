package javascript

import (
	"bytes"
	"slices"
	"strconv"
)

// The signs of words that a script puts together or decodes, so that they do not stand in it.

// decodes is the sign of a decoder that is given a constant which may be words.
func (g *glance) decodes(start, end int) bool {
	next := g.after(end)
	if g.at(next) != '(' {
		return false
	}
	first := g.after(next + 1)
	switch c := g.at(first); {
	case c == '"' || c == '\'' || c == '`':
		if string(g.src[start:end]) != "from" {
			return g.at(first+1) != c
		}
		n := bytes.IndexByte(g.src[first+1:], c) // Buffer.from(text, encoding)
		return n > 0 && g.at(g.after(first+n+2)) == ','
	case c == '[':
		return g.letters(first + 1)
	case wordBytes[c] && len(g.src) <= smallScript: // a function that decodes may be called with a constant
		if comma := g.after(first + len(g.word(first))); string(g.src[start:end]) == "from" && g.at(comma) == ',' {
			switch encoding, _ := g.literal(g.after(comma + 1)); encoding {
			case "base64", "base64url", "hex":
				return true
			}
		}
	}
	return g.letters(first)
}

// letters tells whether numbers stand at an offset that may be the letters of a
// word: several with commas between, or one in a sum.
func (g *glance) letters(at int) bool {
	const few, many = 3, 8
	first, n := 0.0, 0
	for n < many {
		word := g.word(at)
		code := textNumber(word)
		if word == "" || code != code {
			return false
		}
		if n++; n == 1 {
			first = code
		}
		at = g.after(g.after(at) + len(word))
		if g.at(at) != ',' {
			break
		}
		at++
	}
	if n == many {
		return true
	}
	letter := first >= 'A' && first <= 'z'
	return letter && (n >= few || g.at(at) == ')' && g.at(g.after(at+1)) == '+')
}

// joinsWord tells whether a plus joins two strings, and these and those behind them
// a word that is worth hiding.
func (g *glance) joinsWord(plus int) bool {
	const longest = 32 // bytes of a word
	close := g.before(plus)
	quote := g.at(close)
	if quote != '"' && quote != '\'' && quote != '`' {
		return false
	}
	open := close - 1
	for ; open >= 0 && close-open < longest && g.src[open] != quote; open-- {
	}
	joined := append(make([]byte, 0, 2*longest), g.src[open+1:close]...)
	begin := len(joined)
	for texts := 0; g.at(plus) == '+' && len(joined) < begin+longest; texts++ {
		if texts == longest { // many of them are empty
			return true
		}
		text, end := g.literal(g.after(plus + 1))
		if end == 0 {
			break
		}
		joined = append(joined, text...)
		plus = g.after(end)
	}
	return len(joined) > begin && g.hides(joined)
}

// joins tells whether a list of strings is joined to such a word.
func (g *glance) joins(start, end int) bool {
	const longest = 100 // bytes of the list
	close := start - 2
	if g.at(close) != ']' || g.at(start-1) != '.' {
		return false
	}
	from := max(0, close-longest)
	open := bytes.LastIndexByte(g.src[from:close], '[')
	if open < 0 {
		return false
	}
	var joined []byte
	for at := g.after(from + open + 1); ; {
		text, next := g.literal(at)
		if next == 0 {
			break
		}
		joined = append(joined, text...)
		if at = g.after(next); g.at(at) != ',' {
			break
		}
		at = g.after(at + 1)
	}
	return g.hides(joined)
}

// hides tells whether a text that was put together has a word that is worth hiding.
func (g *glance) hides(joined []byte) bool {
	return g.asks(string(joined)) || slices.ContainsFunc(worthHiding, func(word []byte) bool { return bytes.Contains(joined, word) })
}

var worthHiding = [][]byte{
	[]byte("osascript"), []byte("child_process"), []byte("require"), []byte("process"), []byte("eval"), []byte("Function"),
	[]byte("constructor"), []byte("binding"), []byte("mainModule"), []byte("fetch"), []byte("import"), []byte("exec"), []byte("spawn"),
	[]byte("AppleScript"), []byte("do shell script"), []byte("getBuiltinModule"), []byte("createRequire"), []byte("dlopen"), []byte("_load"),
	[]byte("WebSocket"), []byte("EventSource"), []byte("XMLHttpRequest"),
}

// emptyList tells whether an empty list stands at an offset, of which nothing is asked.
func (g *glance) emptyList(at int) bool {
	if g.at(at) != '[' {
		return false
	}
	close := g.after(at + 1)
	return g.at(close) == ']' && g.at(g.after(close+1)) != '.'
}

// escapesLetter tells whether a letter is escaped at the start of a text: a name or
// a word that is written so is to be hidden.
func escapesLetter(text []byte) bool {
	if len(text) < 4 {
		return false
	}
	digits, base := text[2:4], 16
	switch c := text[1]; {
	case c == 'x':
	case c == 'u' && text[2] == '{':
		n := bytes.IndexByte(text[:min(len(text), 12)], '}')
		if n < 0 {
			return false
		}
		digits = text[3:n]
	case c == 'u' && len(text) >= 6:
		digits = text[2:6]
	case c >= '1' && c <= '7':
		digits, base = text[1:4], 8
	default:
		return false
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	return err == nil && (n >= 'A' && n <= 'Z' || n >= 'a' && n <= 'z' || n == '_')
}
