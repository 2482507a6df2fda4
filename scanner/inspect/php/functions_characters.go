package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
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
		case isDigit(c):
			names[c] = "DIGIT " + digitNames[c-'0']
		case isUpper(c):
			names[c] = "LATIN CAPITAL LETTER " + string(rune(c))
		case isLower(c):
			names[c] = "LATIN SMALL LETTER " + string(rune(c-0x20))
		default:
			names[c], signs = signs[0], signs[1:]
		}
		byName[names[c]] = c
	}
	return names, byName
}()

// foldCharFromName is IntlChar::charFromName of ASCII.
func foldCharFromName(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	c, ok := charactersByName[strings.ToUpper(s[0])]
	if !ok {
		return value{}
	}
	return integerValue(int64(c))
}

// foldCharName is IntlChar::charName of ASCII.
func foldCharName(_ *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	n := a[0].n
	if a[0].kind == stringKind && len(a[0].s) == 1 {
		n = int64(a[0].s[0])
	} else if a[0].kind != intKind {
		return value{}
	}
	if n < 0 || n >= int64(len(characterNames)) {
		return value{}
	}
	return stringValue(characterNames[n])
}
