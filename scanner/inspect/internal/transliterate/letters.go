package transliterate

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// transliterationsText are the letters of the transliterators that go letter by letter, as
// ICU 72 tells them, each in a line behind its name. A blank stands for itself as U+2420.
// Of those of the BGN they are the small letters alone.
//
//go:embed letters.txt
var transliterationsText string

// transliterations are those transliterators by their names.
var transliterations = sync.OnceValue(func() map[string]*strings.Replacer {
	all := map[string]*strings.Replacer{}
	for line := range strings.Lines(transliterationsText) {
		name, letters, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		var pairs []string
		for pair := range strings.SplitSeq(letters, " ") {
			_, first := utf8.DecodeRuneInString(pair)
			if from, to, ok := strings.Cut(pair[first:], "="); ok {
				pairs = append(pairs, pair[:first]+from, strings.ReplaceAll(to, "␠", " "))
			}
		}
		all[name] = strings.NewReplacer(pairs...)
	}
	return all
})

// scripts are the alphabets that become Latin, and their transliterators.
var scripts = []struct {
	run  *regexp.Regexp
	name string
}{
	{regexp.MustCompile(`[\p{Cyrillic}\p{Mn}]+`), "cyrillic-latin"}, {regexp.MustCompile(`[\p{Greek}\p{Mn}]+`), "greek-latin"},
	{regexp.MustCompile(`[\p{Armenian}\p{Mn}]+`), "armenian-latin"}, {regexp.MustCompile(`[\p{Georgian}\p{Mn}]+`), "georgian-latin"},
	{regexp.MustCompile(`[\p{Hebrew}\p{Mn}]+`), "hebrew-latin"},
}

// namedTransliterator is the one of a name in lower case without "any-".
func namedTransliterator(name string) Transliterator {
	switch name {
	case "null":
		return always(func(s string) string { return s })
	case "remove":
		return always(func(string) string { return "" })
	case "lower":
		return always(strings.ToLower)
	case "upper":
		return always(func(s string) string { return strings.ToUpper(severalCapitals.Replace(s)) })
	case "title":
		return always(titled)
	case "nfc":
		return always(norm.NFC.String)
	case "nfd":
		return always(norm.NFD.String)
	case "nfkc":
		return always(norm.NFKC.String)
	case "nfkd":
		return always(norm.NFKD.String)
	case "hex", "hex/java":
		return always(inHex)
	case "fullwidth-halfwidth":
		return always(func(s string) string { return strings.Map(halfWidth, s) })
	case "greek-latin":
		return romanGreek
	case "latin-ascii":
		by := transliterations()[name]
		return always(func(s string) string {
			return by.Replace(norm.NFC.String(marksOnLatin.ReplaceAllString(norm.NFD.String(s), "$1")))
		})
	case "latin":
		return romanised
	case "name-any":
		return always(func(s string) string { return namedCharacter.ReplaceAllStringFunc(s, ofCharacterName) })
	case "hex-any", "hex-any/java", "hex-any/unicode", "hex-any/xml", "hex-any/xml10", "hex-any/c", "hex-any/perl":
		return always(func(s string) string { return hexCharacter.ReplaceAllStringFunc(s, ofHex) })
	}
	if code, _, ok := strings.Cut(name, "-"); ok && languages[code] != "" { // sr-sr_Latn/BGN
		name = strings.Replace(name, code+"-"+code, languages[code], 1)
	}
	if by := transliterations()[name]; by != nil && strings.HasSuffix(name, "/bgn") {
		return func(s string) (string, bool) { return romanCyrillic(by, s) }
	} else if by != nil {
		return always(func(s string) string { return norm.NFC.String(by.Replace(norm.NFC.String(s))) })
	}
	return nil
}

// romanised is Any-Latin: each alphabet becomes Latin in its own way.
func romanised(s string) (string, bool) {
	known := true
	for _, of := range scripts {
		s = of.run.ReplaceAllStringFunc(s, func(run string) string {
			out, ok := namedTransliterator(of.name)(run)
			known = known && ok
			return out
		})
	}
	other := func(c rune) bool {
		return unicode.IsLetter(c) && !unicode.Is(unicode.Latin, c) && !unicode.Is(unicode.Lm, c)
	}
	return s, known && !strings.ContainsFunc(s, other)
}

// languages are those of the transliterators of the BGN by their codes.
var languages = map[string]string{
	"be": "belarusian", "bg": "bulgarian", "kk": "kazakh", "ky": "kirghiz", "mk": "macedonian", "sr": "serbian", "uk": "ukrainian",
}

// romanCyrillic is a transliterator of small letters, with the capitals: of one that
// becomes several only the first is large before a small letter. Where two letters are
// something else together, large ones are not known.
func romanCyrillic(letters *strings.Replacer, s string) (string, bool) {
	in := []rune(norm.NFC.String(s))
	var out strings.Builder
	for i := 0; i < len(in); i++ {
		from := i
		for i < len(in) && !unicode.IsUpper(in[i]) {
			i++
		}
		out.WriteString(letters.Replace(string(in[from:i])))
		if i == len(in) {
			break
		}
		small := string(unicode.ToLower(in[i]))
		roman, next := letters.Replace(small), ' '
		if i+1 < len(in) {
			next = in[i+1]
		}
		switch after := string(unicode.ToLower(next)); {
		case letters.Replace(small+after) != roman+letters.Replace(after), i > 0 && unicode.Is(unicode.Cyrillic, in[i-1]) && letters.Replace(string(unicode.ToLower(in[i-1]))+small) != letters.Replace(string(unicode.ToLower(in[i-1])))+roman:
			return "", false
		case unicode.IsLower(next):
			first, size := utf8.DecodeRuneInString(roman)
			roman = string(unicode.ToUpper(first)) + roman[size:]
		default:
			roman = strings.ToUpper(roman)
		}
		out.WriteString(roman)
	}
	return norm.NFC.String(out.String()), utf8.ValidString(s)
}

// romanGreek is Greek-Latin for letters with no other marks than the accent and the
// diaeresis of modern Greek.
func romanGreek(s string) (string, bool) {
	const acute, diaeresis, low = '\u0301', '\u0308', '\u0331'
	in := []rune(norm.NFD.String(s))
	at := func(i int) rune {
		if i < 0 || i >= len(in) {
			return ' '
		}
		return in[i]
	}
	letters := transliterations()["greek-latin"]
	var out strings.Builder
	for i, c := range in {
		roman := letters.Replace(string(c))
		behind := unicode.ToLower(at(i + 1))
		before := at(i - 1)
		after, final := unicode.IsLetter(before) || unicode.Is(unicode.Mn, before), !unicode.IsLetter(behind)
		switch l := unicode.ToLower(c); {
		case c >= 0x300 && c < 0x370 && c != acute && c != diaeresis && unicode.Is(unicode.Greek, before):
			return "", false
		case unicode.Is(unicode.Greek, c) && roman == string(c):
			return "", false
		case l == 'υ' && strings.ContainsRune("αειουaeiouy", unicode.ToLower(before)):
			roman = map[bool]string{true: "U", false: "u"}[c == 'Υ']
		case l == 'γ' && strings.ContainsRune("γκξχ", behind):
			roman = map[bool]string{true: "N", false: "n"}[c == 'Γ']
		case l == 'π' && (behind == 'σ' || behind == 'ς'), l == 'ν' && strings.ContainsRune("γκξχ", behind):
			roman += "'"
		case c == 'σ' && after && final, c == 'ς' && !(after && final):
			roman = "s" + string(low)
		case c == 'σ', c == 'ς':
			roman = "s"
		case len(roman) == 2 && unicode.IsUpper(c) && unicode.IsLower(at(i+1)): // TH of Θ
			roman = roman[:1] + strings.ToLower(roman[1:])
		}
		out.WriteString(roman)
	}
	return norm.NFC.String(out.String()), utf8.ValidString(s)
}

// severalCapitals are letters of which the capital is several.
var severalCapitals = strings.NewReplacer("ß", "SS", "ﬀ", "FF", "ﬁ", "FI", "ﬂ", "FL", "ﬃ", "FFI", "ﬄ", "FFL", "ﬅ", "ST", "ﬆ", "ST", "ŉ", "ʼN", "ǰ", "J̌")

// titled is a text with a capital at the beginning of each word.
func titled(s string) string {
	within := false
	return strings.Map(func(c rune) rune {
		was := within
		within = unicode.IsLetter(c) || unicode.Is(unicode.Mn, c) || was && (c == '\'' || c == '.')
		if was {
			return unicode.ToLower(c)
		}
		return unicode.ToTitle(c)
	}, s)
}

const fullWidth = 0xff01 // an exclamation mark

// halfWidth is what a character of full width is.
func halfWidth(c rune) rune {
	switch {
	case c >= fullWidth && c <= 0xff5e:
		return c - fullWidth + '!'
	case c == 0x3000:
		return ' '
	}
	return c
}

// inHex writes every character by its number in UTF-16.
func inHex(s string) string {
	var out strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&out, `\u%04X`, unit)
	}
	return out.String()
}
