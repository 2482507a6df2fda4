package sqlite

import (
	"encoding/hex"
	"strings"
)

// A token is one of a text, where it stands.
type token struct {
	kind       byte // i: a word, q: a quoted name, s: a string, n: a number, b: a blob, p: a parameter, o: an operator, 0: the end
	text       string
	start, end int
}

// is tells whether a token is a word, or an operator.
func (t token) is(word string) bool {
	return (t.kind == 'i' || t.kind == 'o') && strings.EqualFold(t.text, word)
}

// tokenize cuts SQL into tokens; ok is false where it has what is none.
func tokenize(src string) (all []token, ok bool) {
	for at := 0; at < len(src); {
		start := at
		emit := func(kind byte, end int, text string) {
			all = append(all, token{kind, text, start, end})
			at = end
		}
		c := src[at]
		switch {
		case strings.IndexByte(" \t\n\r\f", c) >= 0:
			at++
		case strings.HasPrefix(src[at:], "--"):
			if n := strings.IndexByte(src[at:], '\n'); n >= 0 {
				at += n
			} else {
				at = len(src)
			}
		case strings.HasPrefix(src[at:], "/*"):
			if n := strings.Index(src[at+2:], "*/"); n >= 0 {
				at += n + 4
			} else {
				at = len(src)
			}
		case c == '\'' || c == '"' || c == '`' || c == '[':
			text, end := unquoted(src, at)
			if end < 0 {
				return nil, false
			}
			kind := byte('q')
			if c == '\'' {
				kind = 's'
			}
			emit(kind, end, text)
		case (c == 'x' || c == 'X') && at+1 < len(src) && src[at+1] == '\'':
			text, end := unquoted(src, at+1)
			bytes, err := hex.DecodeString(text)
			if end < 0 || err != nil {
				return nil, false
			}
			emit('b', end, string(bytes))
		case isDigit(c) || c == '.' && at+1 < len(src) && isDigit(src[at+1]):
			end := numberEnd(src, at)
			if end < len(src) && isLetter(src[end]) {
				return nil, false
			}
			emit('n', end, src[at:end])
		case isLetter(c):
			end := at
			for end < len(src) && (isLetter(src[end]) || isDigit(src[end]) || src[end] == '$') {
				end++
			}
			emit('i', end, src[at:end])
		case c == '?' || c == ':' || c == '@' || c == '$':
			end := at + 1
			for end < len(src) && (isLetter(src[end]) && c != '?' || isDigit(src[end])) {
				end++
			}
			emit('p', end, src[at:end])
		default:
			n := 1
			for _, op := range []string{"->>", "||", "->", "<=", ">=", "<>", "!=", "==", "<<", ">>"} {
				if strings.HasPrefix(src[at:], op) {
					n = len(op)
					break
				}
			}
			if n == 1 && strings.IndexByte("+-*/%&|~<>=(),.;", c) < 0 {
				return nil, false
			}
			emit('o', at+n, src[at:at+n])
		}
	}
	return all, true
}

// unquoted is what stands in quotes, and where it ends; -1 where it does not.
func unquoted(src string, at int) (string, int) {
	quote := src[at]
	if quote == '[' {
		n := strings.IndexByte(src[at:], ']')
		if n < 0 {
			return "", -1
		}
		return src[at+1 : at+n], at + n + 1
	}
	for end := at + 1; end < len(src); end++ {
		if src[end] != quote {
			continue
		}
		if end+1 < len(src) && src[end+1] == quote {
			end++
			continue
		}
		return strings.ReplaceAll(src[at+1:end], string([]byte{quote, quote}), string([]byte{quote})), end + 1
	}
	return "", -1
}

// numberEnd returns where a number ends that may begin at a place.
func numberEnd(src string, at int) int {
	digits := func() {
		for at < len(src) && isDigit(src[at]) {
			at++
		}
	}
	if strings.HasPrefix(src[at:], "0x") || strings.HasPrefix(src[at:], "0X") {
		for at += 2; at < len(src) && strings.IndexByte("0123456789abcdefABCDEF", src[at]) >= 0; at++ {
		}
		return at
	}
	digits()
	if at < len(src) && src[at] == '.' {
		at++
		digits()
	}
	if at < len(src) && src[at]|0x20 == 'e' {
		exponent := at
		if at++; at < len(src) && (src[at] == '+' || src[at] == '-') {
			at++
		}
		if at == len(src) || !isDigit(src[at]) {
			return exponent
		}
		digits()
	}
	return at
}
