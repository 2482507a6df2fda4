package javascript

import (
	"unicode"
	"unicode/utf8"

	"github.com/tdewolff/parse/v2/js"
)

// What the library's lexer refuses, or reads in another way than Node.js does where a
// script does not keep to the grammar, is read here.

// quoted returns the end of the string that begins at an offset. A string that
// does not end stops at its line's end, and is none.
func (l *lexer) quoted(start int) (js.TokenType, int) {
	if last := l.last(); last.kind() == js.IdentifierToken && int(last.end) == start {
		return js.ErrorToken, start + 1 // JSX: an apostrophe inside a word. No string follows a name
	}
	end, ok := stringEnd(l.src, start)
	if !ok {
		l.report("a string does not end")
		return js.ErrorToken, end
	}
	return js.StringToken, end
}

// stringEnd returns the end of the string that begins at an offset; ok is false where it
// ends with its line or the script.
func stringEnd(src []byte, start int) (end int, ok bool) {
	quote := src[start]
	for at := start + 1; at < len(src); at++ {
		switch c := src[at]; c {
		case quote:
			return at + 1, true
		case '\\':
			if at++; at+1 < len(src) && src[at] == '\r' && src[at+1] == '\n' {
				at++
			}
		case '\n', '\r':
			return at, false
		}
	}
	return len(src), false
}

// regexpEnd returns the end of the regular expression that begins at an offset; ok is false
// where it ends with its line or the script.
func regexpEnd(src []byte, start int) (end int, ok bool) {
	set := false // of characters
	at := start + 1
loop:
	for ; ; at++ {
		if at >= len(src) {
			return len(src), false
		}
		switch c := src[at]; c {
		case '/':
			if !set {
				break loop
			}
		case '[':
			set = true
		case ']':
			set = false
		case '\\':
			if at++; at < len(src) && (src[at] == '\n' || src[at] == '\r') {
				return at, false
			}
		case '\n', '\r':
			return at, false
		}
	}
	for at++; at < len(src) && (src[at] >= 'a' && src[at] <= 'z' || src[at] >= 'A' && src[at] <= 'Z'); at++ {
	}
	return at, true
}

// foreign returns the end of what begins no token, such as the at sign of a
// decorator, and the start if a token may begin there. The lexer would take time
// to say where each stands.
func (l *lexer) foreign(start int) int {
	c := l.src[start]
	switch {
	case c >= utf8.RuneSelf:
		r, size := utf8.DecodeRune(l.src[start:])
		if r == utf8.RuneError || !unicode.In(r, unicode.L, unicode.Nl, unicode.Other_ID_Start, unicode.Zs) &&
			r != '\ufeff' && r != '\u2028' && r != '\u2029' {
			l.report("an unexpected character")
			return start + size
		}
	case c == '@':
		return start + 1
	case c == '#' && !js.IsIdentifierStart(l.src[start+1:]),
		c == '\\' && !(start+2 < len(l.src) && l.src[start+1] == 'u'),
		c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\v' && c != '\f', c == 0x7f:
		l.report("an unexpected character")
		return start + 1
	}
	return start
}

// nameAtNumber returns the end of a name right behind a number, as in the text of
// JSX: 3px. It is the start where there is none.
func (l *lexer) nameAtNumber(start int) int {
	end := start
	if last := l.last(); int(last.end) == start && js.IsNumeric(last.kind()) && js.IsIdentifierStart(l.src[start:]) {
		for end < len(l.src) && l.src[end] != '\\' && js.IsIdentifierContinue(l.src[end:]) {
			_, size := utf8.DecodeRune(l.src[end:])
			end += size
		}
		l.report("an unexpected character")
	}
	return end
}

// octal returns the end of an integer that begins with a zero and a digit, and 0
// if there is none.
func (l *lexer) octal(start int) int {
	end := start + 1
	for end < len(l.src) && l.src[end] >= '0' && l.src[end] <= '9' {
		end++
	}
	if end == start+1 {
		return 0
	}
	return end
}
