package php

import (
	"encoding/base64"
	"hash/crc32"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"plugvet/scanner/inspect/internal/charset"
	"plugvet/scanner/inspect/script"
)

// A foldFunction computes what a function of PHP returns for constants, as PHP
// does; the result is unknown where it cannot.
type foldFunction func(b *script.Budget, args []value) value

// decoders are those whose result may be a script.
var decoders = map[string]bool{
	"base64_decode": true, "hex2bin": true, "str_rot13": true, "gzinflate": true, "gzuncompress": true,
	"gzdecode": true, "zlib_decode": true, "bzdecompress": true, "convert_uudecode": true, "strrev": true, "urldecode": true, "rawurldecode": true, "pack": true,
	"gmp_export": true,
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
	"bin2hex":                 plain(hexOf),
	"base64_encode":           plain(func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }),
	"stripcslashes":           plain(stripCSlashes),
	"addslashes":              plain(func(s string) string { return slashesFor.Replace(s) }),
	"quotemeta":               plain(func(s string) string { return withSlashes(s, `.\+*?[^]$()`) }),
	"preg_quote":              plain(func(s string) string { return withSlashes(s, `.\+*?[^]$(){}=!<>|:-#/`) }),
	"escapeshellcmd":          plain(func(s string) string { return s }),
	"escapeshellarg":          plain(func(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }),
	"nl2br":                   plain(func(s string) string { return strings.ReplaceAll(s, "\n", "<br />\n") }),
	"strip_tags":              plain(stripTags),
	"mb_strtolower":           plain(strings.ToLower),
	"mb_strtoupper":           plain(strings.ToUpper),
	"utf8_encode":             plain(charset.FromLatin1),
	"utf8_decode":             plain(charset.ToLatin1),
	"iconv_mime_decode":       decodeMIME,
	"mb_decode_mimeheader":    decodeMIME,
	"mb_decode_numericentity": plain(html.UnescapeString),
	"inet_pton":               packedAddress,
	"sodium_hex2bin":          decodeHex,
	"sodium_base642bin":       decodeSodiumBase64,
	"sodium_bin2hex":          plain(hexOf),
	"highlight_string":        plain(highlighted),
	"urlencode":               plain(func(s string) string { return strings.ReplaceAll(encodePercent(s, "-_. "), " ", "+") }),
	"rawurlencode":            plain(func(s string) string { return encodePercent(s, "-_.~") }),
	"wordwrap":                plain(func(s string) string { return s }), // where a line is short
}

// foldFunctions are the others.
var foldFunctions = map[string]foldFunction{
	"chr": func(_ *script.Budget, a []value) value {
		return ofNumber(a, func(n int64) value { return stringValue(string([]byte{byte(n)})) })
	},
	"crc32": func(b *script.Budget, a []value) value {
		s := texts(a, 1)
		if s == nil || !b.Take(len(s[0])) {
			return value{}
		}
		return integerValue(int64(crc32.ChecksumIEEE([]byte(s[0]))))
	},
	"md5": foldSum("md5"), "sha1": foldSum("sha1"), "hash": foldHash(false), "hash_hmac": foldHash(true), "hash_pbkdf2": foldDeriveKey,
	"sodium_crypto_secretbox_open": foldSecretBox, "sodium_crypto_generichash": foldGenericHash,
	"sodium_crypto_aead_chacha20poly1305_ietf_decrypt": foldSealed(chacha20poly1305.New), "sodium_crypto_aead_xchacha20poly1305_ietf_decrypt": foldSealed(chacha20poly1305.NewX),
	"openssl_decrypt": foldOpensslDecrypt, "openssl_cipher_iv_length": foldVectorLength,
	"openssl_digest": func(b *script.Budget, a []value) value {
		if len(a) < 2 {
			return value{}
		}
		return foldHash(false)(b, append([]value{a[1], a[0]}, a[2:]...))
	},
	"ucwords": foldCapitalised, "mb_strimwidth": foldTrimmedWidth, "soundex": foldSoundex, "levenshtein": foldLevenshtein, "pow": foldPower, "fmod": foldModulo,
	"convert_uuencode": func(b *script.Budget, a []value) value {
		s := texts(a, 1)
		if s == nil || !b.Take(2*len(s[0])+8) {
			return value{}
		}
		return stringValue(encodeUU(s[0]))
	},
	"quoted_printable_encode": func(_ *script.Budget, a []value) value {
		if s := texts(a, 1); s != nil && len(s[0]) < 70 && isASCII(s[0]) && !strings.ContainsAny(s[0], "=\r\n") {
			return stringValue(s[0])
		}
		return value{}
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
	"bzdecompress":  func(b *script.Budget, a []value) value { return foldInflate(b, a, script.Bzip2) },
	"str_replace":   overList(2, foldStrReplace),
	"strtr":         foldStrtr,
	"substr":        foldSubstr,
	"trim":          func(_ *script.Budget, a []value) value { return foldTrim(a, strings.Trim) },
	"ltrim":         func(_ *script.Budget, a []value) value { return foldTrim(a, strings.TrimLeft) },
	"rtrim":         func(_ *script.Budget, a []value) value { return foldTrim(a, strings.TrimRight) },
	"chop":          func(_ *script.Budget, a []value) value { return foldTrim(a, strings.TrimRight) },
	"sprintf":       func(b *script.Budget, a []value) value { return foldSprintf(b, a) },
	"vsprintf":      foldVsprintf,
	"str_repeat":    foldStrRepeat,

	"substr_replace": foldSubstrReplaces, "mb_substr": foldMultibyteSubstr, "iconv_substr": foldMultibyteSubstr, "mb_strcut": foldSubstr,
	"strstr": foldPart(strings.Index), "strchr": foldPart(strings.Index), "stristr": foldPart(indexFold), "mb_strstr": foldPart(strings.Index),
	"strrchr": foldPart(func(s, of string) int { return strings.LastIndexByte(s, (of + "\x00")[0]) }),
	"strpbrk": foldPart(strings.IndexAny),
	"strpos":  foldPlace(strings.Index), "stripos": foldPlace(indexFold), "strrpos": foldPlace(strings.LastIndex), "mb_strpos": foldPlace(strings.Index),
	"mb_strrpos": foldPlace(strings.LastIndex), "iconv_strpos": foldPlace(strings.Index), "iconv_strrpos": foldPlace(strings.LastIndex), "mb_stripos": foldPlace(indexFold),
	"strripos": foldPlace(lastIndexFold), "mb_strripos": foldPlace(lastIndexFold), "mb_stristr": foldPart(indexFold), "mb_strrchr": foldPart(strings.LastIndex),
	"mb_strrichr": foldPart(lastIndexFold), "grapheme_strpos": foldPlace(strings.Index), "grapheme_substr": foldMultibyteSubstr, "grapheme_strstr": foldPart(strings.Index),
	"strcspn": foldPlace(func(s, of string) int {
		if i := strings.IndexAny(s, of); i >= 0 {
			return i
		}
		return len(s)
	}),
	"strncmp": foldCompareFirst(false), "strncasecmp": foldCompareFirst(true), "strnatcasecmp": foldCompare(natural, true), "number_format": foldNumberFormat,
	"mb_encode_numericentity": func(_ *script.Budget, a []value) value {
		if s := texts(a[:min(1, len(a))], 1); s != nil && len(a) > 1 && a[1].kind == arrayKind && isASCII(s[0]) && a[1].element(integerValue(0)).n > 0x7f {
			return stringValue(s[0])
		}
		return value{}
	},
	"htmlspecialchars": foldHTML(false), "htmlentities": foldHTML(true), "get_html_translation_table": foldEntities,
	"strspn":          foldPlace(func(s, of string) int { return len(s) - len(strings.TrimLeft(s, of)) }),
	"str_contains":    foldTest(strings.Contains),
	"str_starts_with": foldTest(strings.HasPrefix),
	"str_ends_with":   foldTest(strings.HasSuffix),
	"strcmp":          foldCompare(strings.Compare, false), "strcasecmp": foldCompare(strings.Compare, true), "strnatcmp": foldCompare(natural, false), "strcoll": foldCompare(strings.Compare, false),
	"version_compare": foldVersions,
	"str_pad":         foldStrPad, "chunk_split": foldChunkSplit, "str_word_count": foldWords, "base_convert": foldBaseConvert,
	"dechex": toBase(16), "decbin": toBase(2), "decoct": toBase(8), "mb_chr": foldMultibyteChr, "intlchar::chr": foldMultibyteChr, "intlchar::charname": foldCharName, "intlchar::charfromname": foldCharFromName,
	"transliterator_transliterate": foldTransliterated, "normalizer_normalize": foldNormalized, "normalizer::normalize": foldNormalized,
	"messageformatter::formatmessage": foldMessage, "msgfmt_format_message": foldMessage, "mb_ord": foldMultibyteOrd,
	"mb_convert_case": foldMultibyteCase, "iconv": foldIconv, "mb_convert_encoding": foldMultibyteConvert,
	"count_chars": foldCountChars, "date": foldDate, "gmdate": foldDate, "str_ireplace": overList(2, foldStrIreplace), "filter_var": foldFiltered,
	"substr_count": foldSubstrCount,
	"iconv_strlen": foldRuneCount, "mb_strwidth": foldRuneCount, "mb_substr_count": foldSubstrCount, "mb_strlen": foldRuneCount,
	"mb_str_split": func(b *script.Budget, a []value) value {
		s := texts(a, 1)
		if s == nil || len(s) > 1 || !b.Take(len(s[0])) {
			return value{}
		}
		return listOf(b, strings.Split(s[0], ""))
	},
	"basename": func(_ *script.Budget, a []value) value {
		s := texts(a, 1)
		if s == nil {
			return value{}
		}
		base := baseName(s[0])
		if len(s) > 1 && base != s[1] {
			base = strings.TrimSuffix(base, s[1])
		}
		return stringValue(base)
	},
	"dirname": func(_ *script.Budget, a []value) value {
		levels, ok := dirLevels(a)
		if !ok || a[0].kind != stringKind {
			return value{}
		}
		return stringValue(dirAt(a[0].s, levels, dirName))
	},
	"intdiv": func(_ *script.Budget, a []value) value {
		if len(a) != 2 || a[1].n == 0 || a[0].kind != intKind || a[1].kind != intKind {
			return value{}
		}
		return integerValue(a[0].n / a[1].n)
	},
	"abs": func(_ *script.Budget, a []value) value {
		return ofNumber(a, func(n int64) value { return integerValue(max(n, -n)) })
	},
	"floor": foldRounded(math.Floor), "ceil": foldRounded(math.Ceil), "round": foldRounded(math.Round), "sqrt": foldRounded(math.Sqrt),
	"gzdeflate": foldDeflated(script.Deflate), "gzcompress": foldDeflated(script.Zlib), "gzencode": foldDeflated(script.Gzip),

	"json_decode": foldJSON, "json_encode": foldJSONText, "unserialize": foldUnserialize, "serialize": foldSerialize, "parse_url": foldParseURL, "pathinfo": foldPathinfo,
	"unpack": foldUnpack, "str_getcsv": foldCSV, "parse_ini_string": func(b *script.Budget, a []value) value { return parsedINI(b, a, nil) }, "http_build_query": foldQuery, "var_export": foldExport,
	"sscanf": foldSscanf, "long2ip": foldLongToIP, "inet_ntop": foldInet, "ip2long": foldIPToLong, "print_r": foldPrinted,
	"mb_split": foldEregSplit, "preg_replace": overList(2, foldPregReplace), "preg_split": foldPregSplit, "preg_grep": foldPregGrep,
	"ctype_lower": foldClass(isLower), "ctype_upper": foldClass(isUpper), "ctype_digit": foldClass(isDigit),
	"ctype_alpha":               foldClass(func(c byte) bool { return isLower(c) || isUpper(c) }),
	"ctype_alnum":               foldClass(func(c byte) bool { return isLower(c) || isUpper(c) || isDigit(c) }),
	"ctype_space":               foldClass(func(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }),
	"ctype_xdigit":              foldClass(func(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }),
	"ctype_punct":               foldClass(func(c byte) bool { return '!' <= c && c <= '~' && !isLower(c) && !isUpper(c) && !isDigit(c) }),
	"iconv_mime_decode_headers": foldMIMEHeaders, "preg_filter": overList(2, foldPregReplace),
	"strtok": foldStrtok, "token_get_all": foldTokens, "simplexml_load_string": foldXML,

	"array_keys": foldArrayKeys, "array_values": foldArrayValues, "array_flip": foldArrayFlip, "array_slice": foldArraySlice,
	"array_column": foldArrayColumn, "array_combine": foldArrayCombine, "array_fill": foldArrayFill, "array_fill_keys": foldArrayFillKeys,
	"array_pad": foldArrayPad, "array_unique": foldArrayUnique, "array_chunk": foldArrayChunk, "array_replace": foldArrayReplace,
	"array_diff": foldArrayDiff(false), "array_intersect": foldArrayDiff(true), "array_diff_key": foldArrayDiffKey(false),
	"array_intersect_key": foldArrayDiffKey(true), "array_change_key_case": foldArrayKeyCase, "array_search": foldArraySearch,
	"in_array": foldInArray, "array_key_exists": foldKeyExists, "key_exists": foldKeyExists, "array_sum": foldArraySum, "array_product": foldArrayProduct,
	"array_key_first": foldFirst(true, 0), "array_key_last": foldFirst(true, -1), "key": foldFirst(true, ofPlace), "array_rand": foldFirst(true, 0),
	"current": foldFirst(false, ofPlace), "pos": foldFirst(false, ofPlace), "reset": foldFirst(false, 0), "end": foldFirst(false, -1), "next": foldFirst(false, 1),
	"array_shift": foldFirst(false, 0), "array_pop": foldFirst(false, -1), "array_first": foldFirst(false, 0), "array_last": foldFirst(false, -1),
	"array_count_values": foldCounted,
	"max":                foldExtreme(1), "min": foldExtreme(-1), "iterator_to_array": foldIterated,
	"array_merge_recursive": foldArrayMerge, "array_replace_recursive": foldArrayReplace, "array_splice": foldArraySlice,
}

func plain(f func(string) string) func(string) (string, bool) {
	return func(s string) (string, bool) { return f(s), true }
}

// foldCall computes a function of PHP for constant arguments. The name is in lower
// case; the result is unknown where it cannot be computed.
func foldCall(b *script.Budget, name string, args []value) value {
	if textFunctions[name] != nil && len(args) > 1 && args[0].known() {
		args = args[:1] // what follows are flags
	}
	for i, a := range args {
		if !a.known() {
			v := foldEach(b, name, args, i)
			if v.known() || len(v.oneOf()) > 0 {
				return v
			}
			if i == 0 || name != "sprintf" {
				return foldBeginning(b, name, args, i)
			}
			break // what begins and ends the text is known all the same
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
		if v.kind == arrayKind && a.kind == arrayKind && a.array.partial {
			v.array.partial = true
		}
	}
	v.decoded = v.decoded || decoders[name]
	return v
}

// foldEach computes a function where an argument, and perhaps others behind it, is one of
// some constants.
func foldEach(b *script.Budget, name string, args []value, at int) (v value) {
	choices := args[at].oneOf()
	ways := 1
	for _, a := range args[at:] {
		ways *= len(perhapsOne(a))
	}
	if ways == 0 || ways > maxChoices {
		return value{}
	}
	m := args[at].marks & (fromFile | fromInput | fromDecoder)
	args = slices.Clone(args)
	if parsingFunctions[name] {
		var arrays []*array
		for _, c := range choices {
			args[at] = c
			if one := foldCall(b, name, args); one.kind == arrayKind {
				arrays = append(arrays, one.array)
			}
		}
		if len(arrays) > 0 {
			return perhaps(b, m, arrays...)
		}
	}
	for _, c := range choices {
		args[at] = c
		v = either(v, foldCall(b, name, args))
	}
	if len(v.oneOf()) == 0 {
		return value{}
	}
	return v
}

// goesAlong are the functions that make a text of a text from its beginning to its end,
// and which of their arguments that is: what they make of a beginning, the whole begins
// with.
var goesAlong = map[string]int{
	"strtolower": 0, "strtoupper": 0, "mb_strtolower": 0, "mb_strtoupper": 0, "ucfirst": 0, "lcfirst": 0, "ucwords": 0, "mb_convert_case": 0, "strval": 0,
	"trim": 0, "ltrim": 0, "rtrim": 0, "chop": 0, "nl2br": 0, "strip_tags": 0, "escapeshellcmd": 0,
	"rawurldecode": 0, "urldecode": 0, "str_rot13": 0, "base64_decode": 0, "hex2bin": 0, "quoted_printable_decode": 0, "html_entity_decode": 0,
	"htmlspecialchars_decode": 0, "htmlspecialchars": 0, "stripcslashes": 0, "stripslashes": 0, "addslashes": 0, "utf8_encode": 0, "utf8_decode": 0, "iconv": 2, "mb_convert_encoding": 0,
	"substr": 0, "mb_substr": 0, "str_replace": 2, "str_ireplace": 2, "strtr": 0, "preg_replace": 2, "preg_filter": 2,
}

// foldBeginning is what is known of a function's result where of one argument only the
// beginning is.
func foldBeginning(b *script.Budget, name string, args []value, at int) value {
	text := args[at].prefix()
	if name == "strrev" && at == 0 { // what it begins with is behind
		return between(reversed(args[0].suffix()), reversed(text), 0)
	}
	along, ok := goesAlong[name]
	if !ok || along != at || text == "" || slices.ContainsFunc(args[at+1:], func(a value) bool { return !a.known() }) {
		return value{}
	}
	switch name { // several characters of which make one
	case "base64_decode":
		text = text[:len(text)&^3]
	case "hex2bin":
		text = text[:len(text)&^1]
	case "substr", "mb_substr":
		for _, a := range args[1:] {
			if n, ok := a.number(); !ok || n < 0 { // from the end
				return value{}
			}
		}
	}
	args = slices.Clone(args)
	end := ""
	if endsAlike[name] {
		args[at] = stringValue(args[at].suffix())
		end = foldCall(b, name, args).s
	}
	args[at] = stringValue(text)
	return between(foldCall(b, name, args).s, end, 0)
}

// endsAlike are those of them that make of an end what the whole ends with.
var endsAlike = map[string]bool{
	"strtolower": true, "strtoupper": true, "mb_strtolower": true, "mb_strtoupper": true, "strval": true, "rtrim": true, "chop": true,
	"str_rot13": true, "strtr": true, "str_replace": true, "str_ireplace": true, "stripslashes": true,
}

// isFoldable tells whether foldCall knows a function.
func isFoldable(name string) bool { return textFunctions[name] != nil || foldFunctions[name] != nil }

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
		cut = withRanges(s[1])
		if !isASCII(cut) {
			return value{}
		}
	}
	return stringValue(trim(s[0], cut))
}

// withRanges is a list of characters in which a..z stands for all between.
func withRanges(s string) string {
	var b []byte
	for i := 0; i < len(s); i++ {
		if i+3 < len(s) && s[i+1] == '.' && s[i+2] == '.' && s[i] <= s[i+3] {
			for c := int(s[i]); c <= int(s[i+3]); c++ {
				b = append(b, byte(c))
			}
			i += 3
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
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
