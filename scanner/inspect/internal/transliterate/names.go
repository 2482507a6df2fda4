package transliterate

import (
	"strings"
	"unicode"
)

// signNames are the names of what is neither a letter nor a digit in ASCII, from the
// space on, as Unicode has them.
var signNames = []string{
	"SPACE", "EXCLAMATION MARK", "QUOTATION MARK", "NUMBER SIGN", "DOLLAR SIGN", "PERCENT SIGN", "AMPERSAND", "APOSTROPHE",
	"LEFT PARENTHESIS", "RIGHT PARENTHESIS", "ASTERISK", "PLUS SIGN", "COMMA", "HYPHEN-MINUS", "FULL STOP", "SOLIDUS",
	"COLON", "SEMICOLON", "LESS-THAN SIGN", "EQUALS SIGN", "GREATER-THAN SIGN", "QUESTION MARK", "COMMERCIAL AT",
	"LEFT SQUARE BRACKET", "REVERSE SOLIDUS", "RIGHT SQUARE BRACKET", "CIRCUMFLEX ACCENT", "LOW LINE", "GRAVE ACCENT",
	"LEFT CURLY BRACKET", "VERTICAL LINE", "RIGHT CURLY BRACKET", "TILDE",
}

var digitNames = []string{"ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"}

// characterNames are the names of the characters of ASCII, and charactersByName the
// characters by these.
var characterNames, charactersByName = func() (names [128]string, byName map[string]byte) {
	byName = map[string]byte{}
	signs := signNames
	for c := byte(' '); c < 0x7f; c++ {
		switch {
		case c >= '0' && c <= '9':
			names[c] = "DIGIT " + digitNames[c-'0']
		case c >= 'A' && c <= 'Z':
			names[c] = "LATIN CAPITAL LETTER " + string(rune(c))
		case c >= 'a' && c <= 'z':
			names[c] = "LATIN SMALL LETTER " + string(rune(c-0x20))
		default:
			names[c], signs = signs[0], signs[1:]
		}
		byName[names[c]] = c
	}
	return names, byName
}()

// Character is the one that has a name, of those of ASCII and their like of full width.
func Character(name string) (rune, bool) {
	name, wide := strings.CutPrefix(strings.ToUpper(name), "FULLWIDTH ")
	c, ok := charactersByName[name]
	if wide {
		return rune(c) - '!' + fullWidth, ok
	}
	return rune(c), ok
}

// Name is that of a character of ASCII, empty for one that has none.
func Name(c rune) string {
	if c < 0 || c > unicode.MaxASCII {
		return ""
	}
	return characterNames[c]
}
