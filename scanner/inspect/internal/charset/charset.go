// Package charset converts texts from one character set to another, as iconv and its likes
// in the languages do. Code that hides a name has been seen to keep it in a set that a
// search does not read, such as those of mainframes or UTF-7.
package charset

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Convert gives a text, in the bytes of one set, in those of another. The sets have any of
// their usual names; one that is not known counts as UTF-8. It fails where the text cannot
// be in the first set, or be written in the second.
func Convert(text, from, to string) (string, bool) {
	fits := Transliterates(to)
	from, to = Name(from), Name(to)
	switch set := ofOneByte()[from]; {
	case from == "utf7":
		plain, ok := fromUTF7(text)
		if !ok {
			return "", false
		}
		text = plain
	case units[from].size > 0:
		text = units[from].decode(text)
	case latin(from):
		text = FromLatin1(text)
	case set != nil:
		text, _ = set.NewDecoder().String(text)
	}
	if fits {
		text = fitted(text, to)
	}
	switch set := ofOneByte()[to]; {
	case units[to].size > 0:
		return units[to].encode(text), true
	case latin(to):
		return ToLatin1(text), true
	case set != nil:
		written, err := set.NewEncoder().String(text)
		return written, err == nil
	}
	return text, true
}

// Transliterates tells whether the name of a set asks for other letters in the place of
// those that it lacks.
func Transliterates(to string) bool {
	_, how, _ := strings.Cut(strings.ToUpper(to), "//")
	return strings.Contains(how, "TRANSLIT")
}

// Name is the name of a set without what does not tell it from others.
func Name(name string) string {
	name, _, _ = strings.Cut(strings.ToLower(name), "//") // what iconv is to do with letters that the set lacks
	return strings.NewReplacer("-", "", "_", "", ".", "").Replace(name)
}

// fitted puts plain letters in the place of those that a set lacks.
func fitted(text, to string) string {
	has := func(rune) bool { return true }
	switch set := ofOneByte()[to]; {
	case to == "ascii" || to == "usascii":
		has = func(c rune) bool { return c <= unicode.MaxASCII }
	case latin(to):
		has = func(c rune) bool { return c <= unicode.MaxLatin1 }
	case set != nil:
		has = func(c rune) bool { _, ok := set.EncodeRune(c); return ok }
	}
	var out strings.Builder
	for _, c := range text {
		if has(c) {
			out.WriteRune(c)
			continue
		}
		for _, plain := range norm.NFKD.String(string(c)) {
			if !unicode.Is(unicode.Mn, plain) {
				out.WriteRune(plain)
			}
		}
	}
	return out.String()
}

func latin(name string) bool {
	return name == "iso88591" || name == "latin1" || name == "windows1252" || name == "cp1252"
}

// FromLatin1 makes UTF-8 of bytes that are characters each.
func FromLatin1(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		b = utf8.AppendRune(b, rune(s[i]))
	}
	return string(b)
}

// ToLatin1 makes bytes of characters; those that are none are question marks.
func ToLatin1(s string) string {
	b := make([]byte, 0, len(s))
	for _, c := range s {
		if c > 0xff {
			c = '?'
		}
		b = append(b, byte(c))
	}
	return string(b)
}

// fromUTF7 makes UTF-8 of UTF-7 (RFC 2152): between + and what is no base64 stands
// UTF-16, a minus at its end is left out, and +- is a plus.
func fromUTF7(s string) (string, bool) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "+")
		out.WriteString(before)
		if !found {
			return out.String(), true
		}
		wide := strings.TrimLeft(rest, letters)
		wide, s = rest[:len(rest)-len(wide)], strings.TrimPrefix(wide, "-")
		if wide == "" {
			out.WriteByte('+')
			continue
		}
		bytes, err := base64.RawStdEncoding.DecodeString(wide)
		if err != nil {
			return "", false
		}
		pairs := make([]uint16, len(bytes)/2)
		for i := range pairs {
			pairs[i] = binary.BigEndian.Uint16(bytes[2*i:])
		}
		out.WriteString(string(utf16.Decode(pairs)))
	}
}

// A unit is how a character is written in several bytes.
type unit struct {
	size int
	big  bool
}

var units = map[string]unit{
	"utf16le": {2, false}, "ucs2le": {2, false}, "utf32le": {4, false}, "ucs4le": {4, false},
	"utf16": {2, true}, "utf16be": {2, true}, "ucs2": {2, true}, "ucs2be": {2, true},
	"utf32": {4, true}, "utf32be": {4, true}, "ucs4": {4, true}, "ucs4be": {4, true},
}

func (u unit) shift(i int) int {
	if u.big {
		i = u.size - 1 - i
	}
	return 8 * i
}

func (u unit) decode(s string) string {
	out := make([]byte, 0, len(s))
	for ; len(s) >= u.size; s = s[u.size:] {
		c := rune(0)
		for i := range u.size {
			c |= rune(s[i]) << u.shift(i)
		}
		out = utf8.AppendRune(out, c)
	}
	return string(out)
}

func (u unit) encode(s string) string {
	out := make([]byte, 0, u.size*len(s))
	for _, c := range s {
		for i := range u.size {
			out = append(out, byte(c>>u.shift(i)))
		}
	}
	return string(out)
}

// ofOneByte are the sets of one byte a character, such as those of mainframes, by Name.
var ofOneByte = sync.OnceValue(func() map[string]*charmap.Charmap {
	sets := map[string]*charmap.Charmap{}
	for _, e := range charmap.All {
		c, ok := e.(*charmap.Charmap)
		if !ok {
			continue
		}
		name := strings.ReplaceAll(Name(c.String()), " ", "")
		if page, ok := strings.CutPrefix(name, "ibmcodepage"); ok {
			sets["cp"+page], name = c, "ibm"+page
		} else if page, ok := strings.CutPrefix(name, "windows"); ok {
			sets["cp"+page] = c
		}
		sets[name] = c
	}
	return sets
})
