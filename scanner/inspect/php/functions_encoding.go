package php

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"plugvet/scanner/inspect/script"
)

func fromLatin1(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		b = utf8.AppendRune(b, rune(s[i]))
	}
	return string(b)
}

func toLatin1(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	for _, c := range s {
		if c > 0xff {
			c = '?'
		}
		b = append(b, byte(c))
	}
	return string(b), true
}

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

// decodings are the encodings that text is converted from.
func convertEncoding(b *script.Budget, s, from, to string) value {
	if !b.Take(2 * len(s)) {
		return value{}
	}
	from, to = encodingName(from), encodingName(to)
	unit, big := 0, false
	switch from {
	case "html", "htmlentities":
		return textCall("html_entity_decode", s)
	case "base64":
		return textCall("base64_decode", s)
	case "qprint", "quotedprintable":
		return textCall("quoted_printable_decode", s)
	case "uuencode":
		return textCall("convert_uudecode", s)
	case "utf7":
		text, ok := decodeUTF7(s)
		if !ok {
			return value{}
		}
		s = text
	case "utf16le", "ucs2le":
		unit = 2
	case "utf16be", "utf16", "ucs2", "ucs2be":
		unit, big = 2, true
	case "utf32le", "ucs4le":
		unit = 4
	case "utf32be", "utf32", "ucs4", "ucs4be":
		unit, big = 4, true
	case "iso88591", "latin1", "windows1252", "cp1252":
		s = fromLatin1(s)
	default:
		if c := characterSets[from]; c != nil {
			s, _ = c.NewDecoder().String(s)
		}
	}
	if unit > 0 {
		out := make([]byte, 0, len(s))
		for ; len(s) >= unit; s = s[unit:] {
			c := rune(0)
			for i := range unit {
				if big {
					c = c<<8 | rune(s[i])
				} else {
					c |= rune(s[i]) << (8 * i)
				}
			}
			out = utf8.AppendRune(out, c)
		}
		s = string(out)
	}
	switch to {
	case "base64":
		return textCall("base64_encode", s)
	case "utf16le", "ucs2le", "utf16be", "utf16", "ucs2", "ucs2be", "utf32le", "ucs4le", "utf32be", "utf32", "ucs4", "ucs4be":
		wide, bigger := 2, !strings.HasSuffix(to, "le")
		if strings.Contains(to, "32") || strings.Contains(to, "4") {
			wide = 4
		}
		out := make([]byte, 0, wide*len(s))
		for _, c := range s {
			for i := range wide {
				shift := 8 * i
				if bigger {
					shift = 8 * (wide - 1 - i)
				}
				out = append(out, byte(c>>shift))
			}
		}
		s = string(out)
	case "iso88591", "latin1", "windows1252", "cp1252":
		s, _ = toLatin1(s)
	default:
		if c := characterSets[to]; c != nil {
			text, err := c.NewEncoder().String(s)
			if err != nil {
				return value{}
			}
			s = text
		}
	}
	v := stringValue(s)
	v.decoded = true
	return v
}

// decodeUTF7 makes UTF-8 of UTF-7 (RFC 2152): between + and what is no base64 stands
// UTF-16, a minus at its end is left out, and +- is a plus.
func decodeUTF7(s string) (string, bool) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "+")
		out.WriteString(before)
		if !found {
			return out.String(), true
		}
		wide := strings.TrimLeft(rest, base64Letters)
		wide, s = rest[:len(rest)-len(wide)], strings.TrimPrefix(wide, "-")
		if wide == "" {
			out.WriteByte('+')
			continue
		}
		bytes, err := base64.RawStdEncoding.DecodeString(wide)
		units := make([]uint16, len(bytes)/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(bytes[2*i:])
		}
		if err != nil {
			return "", false
		}
		out.WriteString(string(utf16.Decode(units)))
	}
}

const base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// characterSets are those of one byte, such as those of mainframes, by encodingName.
var characterSets = func() map[string]*charmap.Charmap {
	sets := map[string]*charmap.Charmap{}
	for _, e := range charmap.All {
		c, ok := e.(*charmap.Charmap)
		if !ok {
			continue
		}
		name := strings.ReplaceAll(encodingName(c.String()), " ", "")
		if page, ok := strings.CutPrefix(name, "ibmcodepage"); ok {
			sets["cp"+page], name = c, "ibm"+page
		} else if page, ok := strings.CutPrefix(name, "windows"); ok {
			sets["cp"+page] = c
		}
		sets[name] = c
	}
	return sets
}()

// encodingName is the name of an encoding without what does not tell.
func encodingName(name string) string {
	name, _, _ = strings.Cut(lower(name), "//")
	return strings.NewReplacer("-", "", "_", "", ".", "").Replace(name)
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
