package php

import (
	"strings"
	"unicode/utf8"

	"plugvet/scanner/inspect/internal/charset"
	"plugvet/scanner/inspect/script"
)

// foldMultibyteSubstr is mb_substr.
func foldMultibyteSubstr(b *script.Budget, a []value) value {
	if len(a) < 2 {
		return value{}
	}
	s, ok := a[0].text()
	if !ok || !b.Take(4*len(s)) {
		return value{}
	}
	runes := []rune(s)
	from, to, ok := offsets(a[1:min(len(a), 3)], int64(len(runes)))
	if !ok {
		return value{}
	}
	return stringValue(string(runes[from:to]))
}

// foldMultibyteChr is mb_chr.
func foldMultibyteChr(_ *script.Budget, a []value) value {
	return ofNumber(a, func(n int64) value {
		if n < 0 || n > utf8.MaxRune {
			return value{}
		}
		return stringValue(string(rune(n)))
	})
}

func foldMultibyteOrd(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || s[0] == "" {
		return value{}
	}
	c, _ := utf8.DecodeRuneInString(s[0])
	return integerValue(int64(c))
}

// foldMultibyteCase is mb_convert_case; its constants are not known by name.
func foldMultibyteCase(_ *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil {
		return value{}
	}
	if n, _ := a[1].number(); n == 0 {
		return stringValue(strings.ToUpper(s[0]))
	}
	return stringValue(strings.ToLower(s[0]))
}

// convertEncoding knows what PHP takes for a character set beside those.
func convertEncoding(b *script.Budget, s, from, to string) value {
	cost := 2 * len(s)
	if charset.Transliterates(to) {
		cost = 64 * len(s) // a character may become eighteen, each of which is looked up
	}
	if !b.Take(cost) {
		return value{}
	}
	switch charset.Name(from) {
	case "html", "htmlentities":
		return textCall("html_entity_decode", s)
	case "base64":
		return textCall("base64_decode", s)
	case "qprint", "quotedprintable":
		return textCall("quoted_printable_decode", s)
	case "uuencode":
		return textCall("convert_uudecode", s)
	}
	s, ok := charset.Convert(s, from, to)
	if !ok {
		return value{}
	}
	if charset.Name(to) == "base64" {
		return textCall("base64_encode", s)
	}
	v := stringValue(s)
	v.decoded = true
	return v
}

func foldIconv(b *script.Budget, a []value) value {
	s := texts(a, 3)
	if s == nil {
		return value{}
	}
	return convertEncoding(b, s[2], s[0], s[1])
}

func foldMultibyteConvert(b *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil {
		return value{}
	}
	from := "utf-8"
	if len(s) > 2 {
		from = s[2]
	}
	return convertEncoding(b, s[0], from, s[1])
}
