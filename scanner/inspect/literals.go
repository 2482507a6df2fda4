package inspect

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Source text that code makes for an interpreter may spell a name in the ways of its own
// language: with escapes, as numbers of characters, in pieces, backwards, or in what its
// library decodes.

var (
	// Letters as escapes of source texts, quoted-printable text, addresses and markup have them.
	hexEscape   = regexp.MustCompile(`(?:\\x\{?|\\u\{?0{0,4}|=|%|&#x|\\)([0-9a-fA-F]{2})[};]?`)
	octalEscape = regexp.MustCompile(`\\0?([01][0-7]{2})`)
	// Numbers of characters in a row.
	numbers = regexp.MustCompile(`(?:\b(?:0x[0-9a-fA-F]{2}|[0-9]{2,3})\b[^0-9a-zA-Z]{1,3}){4,}\b(?:0x[0-9a-fA-F]{2}|[0-9]{2,3})\b`)
	number  = regexp.MustCompile(`0x[0-9a-fA-F]{2}|[0-9]{2,3}`)
	// Letters one by one, as lists have them.
	alone = regexp.MustCompile(`(?:\b[A-Za-z]\b[^0-9A-Za-z]{1,6}){8,}[A-Za-z]\b`)
	// What lies between pieces: quotes, and what joins strings.
	between = regexp.MustCompile(`["'\x60]\s*(?:\.\.|[+.,~&]|<<)?\s*["'\x60]`)
	// What one of the decoders of a library takes.
	encodedRun = regexp.MustCompile(`[A-Za-z0-9+/_-]{12,}={0,2}`)

	// Interpreters of which nobody hides the name who has them run something honest.
	interpreters = regexp.MustCompile(`^(?:/(?:usr/)?(?:local/)?bin/)(?:ruby|perl|python[0-9.]*|php|node|tclsh|lua|awk|env|sh|bash|zsh|dash|ksh)$`)
)

// spells reports whether a source text spells a name of AppleScript in another way than in
// clear.
func spells(text string) bool {
	has := func(text string) bool {
		return slices.ContainsFunc(scriptTexts, func(part []byte) bool { return strings.Contains(text, string(part)) })
	}
	if has(text) {
		return false
	}
	unescaped := octalEscape.ReplaceAllStringFunc(text, func(s string) string {
		n, _ := strconv.ParseUint(strings.TrimLeft(s, `\`), 8, 8)
		return string(rune(n))
	})
	for _, reading := range []string{
		text, // whose letters may stand in reverse
		between.ReplaceAllString(text, ""),
		between.ReplaceAllString(unescaped, ""),
		hexEscape.ReplaceAllStringFunc(text, func(s string) string {
			return unhex(hexEscape.FindStringSubmatch(s)[1])
		}),
		numbers.ReplaceAllStringFunc(text, letters),
		strings.Map(rot13, text),
		alone.ReplaceAllStringFunc(text, onlyLetters),
	} {
		if has(reading) || has(reversed(reading)) {
			return true
		}
	}
	for _, run := range encodedRun.FindAllString(text, -1) {
		run = strings.TrimRight(run, "=")
		plain := strings.NewReplacer("-", "+", "_", "/").Replace(run)
		b64, _ := base64.RawStdEncoding.DecodeString(plain[:len(plain)&^3])
		b32, _ := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(run)[:len(run)&^7])
		for _, decoded := range []string{string(b64), string(b32), unhex(run[:len(run)&^1])} {
			if has(decoded) || has(reversed(decoded)) {
				return true
			}
		}
	}
	return false
}

func unhex(text string) string {
	decoded, _ := hex.DecodeString(text)
	return string(decoded)
}

// letters are what numbers of characters mean.
func letters(list string) string {
	return string(slices.Collect(func(yield func(byte) bool) {
		for _, s := range number.FindAllString(list, -1) {
			if n, err := strconv.ParseUint(s, 0, 8); err != nil || !yield(byte(n)) {
				return
			}
		}
	}))
}

func reversed(text string) string {
	b := []byte(text)
	slices.Reverse(b)
	return string(b)
}

func onlyLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if r|0x20 < 'a' || r|0x20 > 'z' {
			return -1
		}
		return r
	}, text)
}

func rot13(r rune) rune {
	switch lower := r | 0x20; {
	case lower >= 'a' && lower <= 'm':
		return r + 13
	case lower >= 'n' && lower <= 'z':
		return r - 13
	}
	return r
}

// sourceLetters is how many letters of texts of a file are read as source.
const sourceLetters = 128 << 10

// source looks at a text that code has made as an interpreter would.
func (f *follower) source(at uint64, text string) {
	if strings.HasPrefix(text, "/") && interpreters.MatchString(text) && !f.clear([]byte(text)) {
		f.note(ExecFunction, at)
	}
	if len(text) < 2*len(scriptCommand) || len(text) > maxListed || !strings.ContainsAny(text, "'\"\\`%=([") {
		return
	}
	if is, _ := f.sources.takes(text, sourceLetters); is && spells(text) && !bytes.Contains(f.data, []byte(text)) {
		f.note(MadeName, at)
	}
}
