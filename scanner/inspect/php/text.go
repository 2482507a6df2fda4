package php

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A quoting tells what the escapes of a piece of text are.
type quoting struct {
	quote  byte // ', ", ` or, in a heredoc, 0; n of a nowdoc
	indent int  // bytes that are taken from the beginning of every line
	first  bool // the piece begins on a new line of a heredoc
	last   bool // the line end at its end is not part of the text
}

// pieces cuts text[from:to] into runs that stand for themselves and into escapes:
// emit is called with what each comes to, and with where it stands. It stops
// where emit returns false.
func (q quoting) pieces(text string, from, to int, emit func(value string, from, to int, copied bool) bool) {
	if q.last {
		switch {
		case strings.HasSuffix(text[from:to], "\r\n"):
			to -= 2
		case to > from && (text[to-1] == '\n' || text[to-1] == '\r'):
			to--
		}
	}
	at := from
	flush := func(end int) bool { return at == end || emit(text[at:end], at, end, true) }
	dedent := func(i int) int {
		n := i
		for n < to && n-i < q.indent && (text[n] == ' ' || text[n] == '\t') {
			n++
		}
		return n
	}
	if q.first && q.indent > 0 {
		at = dedent(at)
	}
	if q.indent == 0 && (q.quote == 'n' || strings.IndexByte(text[at:to], '\\') < 0) {
		flush(to)
		return
	}
	for i := at; i < to; {
		c := text[i]
		if c == '\n' && q.indent > 0 {
			i++
			if end := dedent(i); end > i {
				if !flush(i) {
					return
				}
				i, at = end, end
			}
			continue
		}
		if c != '\\' || q.quote == 'n' || i+1 >= to {
			i++
			continue
		}
		value, n := q.escape(text[i:to])
		if n == 0 {
			i += 2
			if text[i-1] == '\n' || text[i-1] == '\\' {
				i--
			}
			continue
		}
		if !flush(i) || !emit(value, i, i+n, false) {
			return
		}
		i += n
		at = i
	}
	if at < to {
		flush(to)
	}
}

// escape returns what the escape that s begins with stands for, and its length; 0
// where the backslash stands for itself.
func (q quoting) escape(s string) (string, int) {
	c := s[1]
	if c == '\\' {
		return `\`, 2
	}
	if q.quote == '\'' {
		if c == '\'' {
			return "'", 2
		}
		return "", 0
	}
	switch c {
	case 'n':
		return "\n", 2
	case 't':
		return "\t", 2
	case 'r':
		return "\r", 2
	case 'v':
		return "\v", 2
	case 'e':
		return "\x1b", 2
	case 'f':
		return "\f", 2
	case '$':
		return "$", 2
	case 'x', 'X':
		end := 2
		for end < len(s) && end < 4 && isHex(s[end]) {
			end++
		}
		if end > 2 {
			n, _ := strconv.ParseUint(s[2:end], 16, 8)
			return string([]byte{byte(n)}), end
		}
	case 'u':
		if len(s) > 3 && s[2] == '{' {
			end := 3
			for end < len(s) && end < 3+9 && isHex(s[end]) {
				end++
			}
			if n, err := strconv.ParseUint(s[3:end], 16, 32); err == nil && n <= utf8.MaxRune && end < len(s) && s[end] == '}' {
				return string(rune(n)), end + 1
			}
		}
	}
	if q.quote != 0 && c == q.quote {
		return string(c), 2
	}
	if '0' <= c && c <= '7' {
		end := 1
		for end < len(s) && end < 4 && '0' <= s[end] && s[end] <= '7' {
			end++
		}
		n, _ := strconv.ParseUint(s[1:end], 8, 16)
		return string([]byte{byte(n)}), end
	}
	return "", 0
}

func isHex(c byte) bool {
	c = lowerASCII(c)
	return isDigit(c) || 'a' <= c && c <= 'f'
}

// value returns what text[from:to] comes to, and whether it is what stands there.
func (q quoting) value(text string, from, to int) (value string, start int, same bool) {
	var b []byte
	n := 0
	q.pieces(text, from, to, func(piece string, from, _ int, copied bool) bool {
		if n == 0 && copied {
			value, start, same = piece, from, true
		} else {
			if n == 1 {
				b = append(b, value...)
			}
			b = append(b, piece...)
			same = false
		}
		n++
		return true
	})
	switch {
	case n == 0:
		return "", from, true
	case same:
		return value, start, true
	}
	return string(b), 0, false
}
