package sqlite

import (
	"strconv"
	"strings"
)

// SQLite knows no letters but those of ASCII where it compares names or changes their
// case, and takes every other byte for a part of a name.

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isLetter tells what a name may begin with.
func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c >= 0x80 }) < 0
}

func lower(s string) string { return changed(s, 'A', 'Z') }

func upper(s string) string { return changed(s, 'a', 'z') }

// changed has the letters between two in the other case.
func changed(s string, first, last byte) string {
	const other = 'a' - 'A' // a bit
	for i := 0; i < len(s); i++ {
		if s[i] < first || s[i] > last {
			continue
		}
		b := []byte(s)
		for ; i < len(b); i++ {
			if first <= b[i] && b[i] <= last {
				b[i] ^= other
			}
		}
		return string(b)
	}
	return s
}

// leadingInteger is the number that a text begins with.
func leadingInteger(s string) int64 {
	s = strings.TrimLeft(s, " \t\n\r\v\f")
	end := signEnd(s)
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	n, _ := strconv.ParseInt(s[:end], 10, 64)
	return n
}

// behind is where a text goes on after so many characters. A byte that begins one goes
// together with all that continue it; one that continues none is a character (utf.c of
// SQLite).
func behind(s string, n int) int {
	const first, mask, continues = 0xc0, 0xc0, 0x80
	at := 0
	for ; n > 0 && at < len(s); n-- {
		c := s[at]
		for at++; c >= first && at < len(s) && s[at]&mask == continues; at++ {
		}
	}
	return at
}

// characters is how many a text has.
func characters(s string) (n int) {
	for ; s != ""; n++ {
		s = s[behind(s, 1):]
	}
	return n
}
