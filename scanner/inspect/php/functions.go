package php

import (
	"encoding/base64"
	"encoding/hex"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A foldFunction computes what a function of PHP returns for constants, as PHP
// does; the result is unknown where it cannot.
type foldFunction func(b *script.Budget, args []value) value

// decoders are those whose result may be a script.
var decoders = map[string]bool{
	"base64_decode": true, "hex2bin": true, "str_rot13": true, "gzinflate": true, "gzuncompress": true,
	"gzdecode": true, "zlib_decode": true, "convert_uudecode": true, "strrev": true, "urldecode": true, "rawurldecode": true, "pack": true,
}

// textFunctions take one string and return one.
var textFunctions = map[string]func(string) (string, bool){
	"base64_decode":           plain(script.DecodeBase64),
	"hex2bin":                 decodeHex,
	"convert_uudecode":        decodeUU,
	"str_rot13":               plain(rot13),
	"strrev":                  plain(reversed),
	"urldecode":               plain(func(s string) string { return script.DecodePercent(strings.ReplaceAll(s, "+", " ")) }),
	"rawurldecode":            plain(script.DecodePercent),
	"quoted_printable_decode": plain(decodeQuotedPrintable),
	"html_entity_decode":      plain(html.UnescapeString),
	"htmlspecialchars_decode": plain(html.UnescapeString),
	"strtolower":              plain(lower),
	"strtoupper":              plain(func(s string) string { return mapBytes(s, upperASCII) }),
	"ucfirst":                 plain(func(s string) string { return withFirst(s, upperASCII) }),
	"lcfirst":                 plain(func(s string) string { return withFirst(s, lowerASCII) }),
	"stripslashes":            plain(stripSlashes),
	"strval":                  plain(func(s string) string { return s }),
	"bin2hex":                 plain(func(s string) string { return hexOf(s) }),
	"base64_encode":           plain(func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }),
}

// foldFunctions are the others.
var foldFunctions = map[string]foldFunction{
	"chr": func(_ *script.Budget, a []value) value {
		return ofNumber(a, func(n int64) value { return stringValue(string([]byte{byte(n)})) })
	},
	"ord":           foldOrd,
	"intval":        foldIntval,
	"hexdec":        func(_ *script.Budget, a []value) value { return inBase(a, 16) },
	"octdec":        func(_ *script.Budget, a []value) value { return inBase(a, 8) },
	"bindec":        func(_ *script.Budget, a []value) value { return inBase(a, 2) },
	"strlen":        foldStrlen,
	"count":         foldCount,
	"sizeof":        foldCount,
	"implode":       foldImplode,
	"join":          foldImplode,
	"explode":       foldExplode,
	"str_split":     foldStrSplit,
	"array_reverse": foldArrayReverse,
	"array_merge":   foldArrayMerge,
	"range":         foldRange,
	"pack":          foldPack,
	"gzinflate":     func(b *script.Budget, a []value) value { return foldInflate(b, a, script.Deflate) },
	"gzuncompress":  func(b *script.Budget, a []value) value { return foldInflate(b, a, script.Zlib) },
	"gzdecode":      func(b *script.Budget, a []value) value { return foldInflate(b, a, script.Gzip) },
	"zlib_decode":   foldZlibDecode,
	"str_replace":   foldStrReplace,
	"strtr":         foldStrtr,
	"substr":        foldSubstr,
	"trim":          func(_ *script.Budget, a []value) value { return foldTrim(a, strings.Trim) },
	"ltrim":         func(_ *script.Budget, a []value) value { return foldTrim(a, strings.TrimLeft) },
	"rtrim":         func(_ *script.Budget, a []value) value { return foldTrim(a, strings.TrimRight) },
	"chop":          func(_ *script.Budget, a []value) value { return foldTrim(a, strings.TrimRight) },
	"sprintf":       func(b *script.Budget, a []value) value { return foldSprintf(b, a) },
	"vsprintf":      foldVsprintf,
	"str_repeat":    foldStrRepeat,
}

func plain(f func(string) string) func(string) (string, bool) {
	return func(s string) (string, bool) { return f(s), true }
}

// foldCall computes a function of PHP for constant arguments. The name is in lower
// case; the result is unknown where it cannot be computed.
func foldCall(b *script.Budget, name string, args []value) value {
	for _, a := range args {
		if !a.known() {
			return value{}
		}
	}
	var v value
	if f := textFunctions[name]; f != nil {
		if len(args) == 0 {
			return value{}
		}
		s, ok := args[0].text()
		if !ok || !b.Take(len(s)) {
			return value{}
		}
		if s, ok = f(s); !ok {
			return value{}
		}
		v = stringValue(s)
	} else if f := foldFunctions[name]; f != nil {
		v = f(b, args)
	}
	v.computed = true
	for _, a := range args {
		v.decoded = v.decoded || a.decoded
	}
	v.decoded = v.decoded || decoders[name]
	return v
}

// isFoldable tells whether foldCall knows a function.
func isFoldable(name string) bool { return textFunctions[name] != nil || foldFunctions[name] != nil }

func reversed(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return mapBytes(s, lowerASCII)
		}
	}
	return s
}

func upperASCII(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

func withFirst(s string, change func(byte) byte) string {
	if s == "" {
		return s
	}
	return string([]byte{change(s[0])}) + s[1:]
}

func hexOf(s string) string { return hex.EncodeToString([]byte(s)) }

func stripSlashes(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b = append(b, s[i])
	}
	return string(b)
}

// ofNumber applies f to the first argument.
func ofNumber(a []value, f func(int64) value) value {
	if len(a) == 0 {
		return value{}
	}
	n, ok := a[0].number()
	if !ok {
		return value{}
	}
	return f(n)
}

// texts are the arguments as strings, none of them an array.
func texts(a []value, least int) []string {
	if len(a) < least {
		return nil
	}
	out := make([]string, len(a))
	for i, v := range a {
		s, ok := v.text()
		if !ok {
			return nil
		}
		out[i] = s
	}
	return out
}

func foldOrd(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	if s[0] == "" {
		return integerValue(0)
	}
	return integerValue(int64(s[0][0]))
}

func foldIntval(_ *script.Budget, a []value) value {
	if len(a) == 2 {
		base, _ := a[1].number()
		s, ok := a[0].text()
		if n, err := strconv.ParseInt(s, int(max(0, min(base, 36))), 64); ok && base != 1 && err == nil {
			return integerValue(n)
		}
		return value{}
	}
	return ofNumber(a, integerValue)
}

// inBase is hexdec and the like: what is no digit is passed over.
func inBase(a []value, base int64) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	var n int64
	for _, c := range []byte(s[0]) {
		d := int64(strings.IndexByte("0123456789abcdef", lowerASCII(c)))
		if d < 0 || d >= base {
			continue
		}
		if n > (math.MaxInt64-d)/base {
			return value{}
		}
		n = n*base + d
	}
	return integerValue(n)
}

func foldStrlen(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	return integerValue(int64(len(s[0])))
}

func foldSubstr(_ *script.Budget, a []value) value {
	if len(a) < 2 {
		return value{}
	}
	s, ok := a[0].text()
	from, known := a[1].number()
	if !ok || !known {
		return value{}
	}
	size := int64(len(s))
	if from < 0 {
		from = max(0, size+max(from, -size))
	}
	from = min(from, size)
	to := size
	if len(a) > 2 && a[2].kind != nullKind {
		n, known := a[2].number()
		if !known {
			return value{}
		}
		if n < 0 {
			to = max(from, size+max(n, -size))
		} else {
			to = from + min(n, size-from)
		}
	}
	return stringValue(s[from:to])
}

func foldTrim(a []value, trim func(s, cut string) string) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	cut := " \n\r\t\v\x00"
	if len(s) > 1 {
		cut = s[1]
		if strings.Contains(cut, "..") || !isASCII(cut) {
			return value{}
		}
	}
	return stringValue(trim(s[0], cut))
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func foldStrRepeat(b *script.Budget, a []value) value {
	if len(a) != 2 {
		return value{}
	}
	s, ok := a[0].text()
	n, known := a[1].number()
	if !ok || !known || n < 0 || n > script.MaxConstant || !b.Take(len(s)*int(n)) {
		return value{}
	}
	return stringValue(strings.Repeat(s, int(n)))
}

// foldPack knows the formats H*, C*, A and a.
func foldPack(_ *script.Budget, a []value) value {
	if len(a) < 2 {
		return value{}
	}
	format, _ := a[0].text()
	switch {
	case strings.HasPrefix(format, "H"):
		s, ok := a[1].text()
		if !ok || len(format) > 1 && format != "H*" && format[1:] != strconv.Itoa(len(s)) {
			return value{}
		}
		if out, ok := decodeHex(s); ok {
			return stringValue(out)
		}
	case strings.Trim(format, "cC*") == "":
		var out []byte
		for _, v := range a[1:] {
			n, ok := v.number()
			if !ok {
				return value{}
			}
			out = append(out, byte(n))
		}
		return stringValue(string(out))
	case format == "A*" || format == "a*":
		if s, ok := a[1].text(); ok {
			return stringValue(s)
		}
	}
	return value{}
}

func foldInflate(b *script.Budget, a []value, how script.Compression) value {
	if len(a) == 0 {
		return value{}
	}
	s, ok := a[0].text()
	if !ok {
		return value{}
	}
	out, ok := script.Unpack(how, s, b)
	if !ok {
		return value{}
	}
	return stringValue(out)
}

func foldZlibDecode(b *script.Budget, a []value) value {
	for _, how := range []script.Compression{script.Gzip, script.Zlib, script.Deflate} {
		if v := foldInflate(b, a, how); v.known() {
			return v
		}
	}
	return value{}
}
