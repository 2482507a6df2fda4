package php

import (
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// marks say where a value comes from that is not constant.
type marks uint16

const (
	fromInput   marks = 1 << iota // it is what the request says, as it stands
	withInput                     // the request says a part of it
	fromServer                    // it is $_SERVER
	fromDecoder                   // it came out of a decoder
	fromList                      // it is of what get_defined_functions returns
	ownFile                       // it is __FILE__
	ownHandle                     // it is this file, opened
	fromCodes                     // characters picked one by one, or made of numbers
	fromFile                      // it is what a file holds that is no script, or a piece of that
	withFile                      // such a file says a part of it
	ofClasses                     // it is a class of PHP's that was found among all that there are
)

// marked is a value of which no more is known than where it comes from.
func marked(m marks) value { return value{marks: m} }

// superglobal says which marks a variable has by its name alone.
func superglobal(name string) marks {
	switch name {
	case "$_GET", "$_POST", "$_REQUEST", "$_COOKIE", "$_FILES", "$HTTP_RAW_POST_DATA":
		return fromInput
	case "$_SERVER":
		return fromServer
	}
	return 0
}

// elementOf are the marks of an element of something marked.
func (m marks) elementOf(key value) marks {
	if m&fromServer != 0 && (strings.HasPrefix(key.s, "HTTP_") || key.s == "QUERY_STRING") {
		return fromInput
	}
	return m & (fromInput | withInput | fromDecoder | fromList | fromCodes | fromFile)
}

// partOf are the marks of a string that something marked is a part of.
func (m marks) partOf() marks {
	if m&fromInput != 0 {
		m |= withInput
	}
	if m&fromFile != 0 {
		m |= withFile
	}
	return m & (withInput | withFile | fromDecoder | fromCodes)
}

// either is a value that is one of two.
func either(a, b value) value {
	v := marked(a.marks | b.marks)
	g := guess{choices: merged(a, b)}
	if g.from, g.built = a.from(), a.guessed().built; g.from == "" {
		g.from, g.built = b.from(), b.guessed().built
	}
	if g.choices != nil || g.from != "" {
		v.guess = &g
	}
	return v
}

// hidingDecoders are the functions that make a script of what does not look like
// one. What merely unescapes, such as urldecode, is none.
var hidingDecoders = map[string]bool{
	"base64_decode": true, "hex2bin": true, "str_rot13": true, "strrev": true, "gzinflate": true, "gzuncompress": true, "gzdecode": true,
	"zlib_decode": true, "bzdecompress": true, "convert_uudecode": true, "openssl_decrypt": true, "mcrypt_decrypt": true, "sodium_crypto_secretbox_open": true, "lzf_decompress": true,
	"inflate_add": true, "sodium_hex2bin": true, "sodium_base642bin": true, "gmp_export": true, "openssl_private_decrypt": true, "openssl_public_decrypt": true,
	"yaml_parse": true, "msgpack_unpack": true, "igbinary_unserialize": true, "shmop_read": true,
}

// passingFunctions return what they are given, or a piece of it.
var passingFunctions = map[string]bool{
	"trim": true, "ltrim": true, "rtrim": true, "stripslashes": true, "urldecode": true, "rawurldecode": true, "chr": true, "strval": true,
	"str_replace": true, "substr": true, "implode": true, "join": true, "array_values": true, "array_filter": true, "array_merge": true,
	"sprintf": true, "vsprintf": true, "strtolower": true, "strtoupper": true, "lcfirst": true, "ucfirst": true, "strtr": true, "str_pad": true,
	"substr_replace": true, "preg_replace": true, "array_map": true, "array_reduce": true, "array_reverse": true, "str_split": true, "strrev": true,
	"base64_encode": true, "bin2hex": true, "gzdeflate": true, "gzcompress": true, "iconv": true, "mb_convert_encoding": true, "nl2br": true,
	"preg_replace_callback": true, "preg_filter": true, "ucwords": true, "mb_substr": true, "strstr": true, "strrchr": true, "stristr": true,
	"end": true, "reset": true, "current": true, "array_pop": true, "array_shift": true, "array_slice": true, "array_pad": true, "htmlspecialchars_decode": true,
	"stripcslashes": true, "html_entity_decode": true, "quoted_printable_decode": true, "strip_tags": true, "addslashes": true, "utf8_decode": true, "utf8_encode": true,
	"mb_strtolower": true, "mb_strtoupper": true, "mb_convert_case": true, "mb_strcut": true, "strtok": true, "chunk_split": true, "wordwrap": true,
	"str_ireplace": true, "chop": true, "mb_str_split": true, "array_column": true, "array_combine": true, "array_unique": true, "str_repeat": true,
}

// listFunctions return elements or keys of a list, and which of their arguments that is.
var listFunctions = map[string]int{
	"array_keys": 0, "array_flip": 0, "array_search": 1, "array_rand": 0, "array_key_first": 0, "array_key_last": 0, "array_diff": 0, "array_diff_key": 0,
	"array_intersect": 0, "array_intersect_key": 0, "array_chunk": 0, "array_splice": 0, "next": 0, "prev": 0, "key": 0, "preg_grep": 1, "iterator_to_array": 0,
}

// parsingFunctions take a text apart.
var parsingFunctions = map[string]bool{
	"json_decode": true, "unserialize": true, "simplexml_load_string": true, "parse_ini_string": true, "str_getcsv": true,
	"explode": true, "preg_split": true, "mb_split": true,
}

// characterFunctions make a character of a number.
var characterFunctions = map[string]bool{"chr": true, "mb_chr": true, "pack": true, "base_convert": true}

// makesText tells the functions of PHP that make another text of one and that are not
// computed here: nobody takes the name of a function from them who wants to be read.
var makesText = map[string]bool{
	"metaphone": true, "soundex": true, "idn_to_ascii": true, "idn_to_utf8": true, "normalizer_normalize": true, "transliterator_transliterate": true,
	"str_shuffle": true, "strftime": true, "gmstrftime": true, "addcslashes": true, "mb_convert_kana": true, "mb_strimwidth": true, "hebrev": true,
	"quoted_printable_encode": true, "convert_uuencode": true, "iconv_mime_encode": true, "mb_encode_mimeheader": true, "mb_encode_numericentity": true,
	"msgfmt_format_message": true, "tidy_repair_string": true, "mb_ereg_replace": true, "mb_eregi_replace": true, "mb_strrchr": true, "mb_stristr": true,
	"grapheme_substr": true, "grapheme_strstr": true, "grapheme_extract": true, "sodium_unpad": true, "locale_compose": true, "gmp_strval": true,
	"deflate_add": true, "zlib_encode": true, "crypt": true, "normalizer::normalize": true, "uconverter::transcode": true, "messageformatter::formatmessage": true,
}

// passed is the marks that a call gives to its result.
func (r *reader) passed(name string, args []argument) (m marks) {
	decodes := hidingDecoders[name]
	if d := r.survey.functions[name]; d != nil {
		decodes = r.decodes(d)
	}
	switch name {
	case "get_defined_functions", "get_extension_funcs":
		return fromList
	case "getenv":
		if len(args) > 0 {
			return fromServer.elementOf(args[0].value)
		}
	case "getallheaders", "apache_request_headers", "filter_input", "filter_input_array":
		return fromInput
	case "file_get_contents", "file", "fopen":
		if len(args) > 0 && isRequestBody(args[0].value) {
			return fromInput
		}
		if len(args) > 0 && args[0].value.marks&ownFile != 0 && name == "fopen" {
			return ownHandle
		}
		if len(args) > 0 {
			if m := r.unreadOf(args[0].value); m != 0 {
				return fromFile | m
			}
		}
		if len(args) > 0 && strings.HasSuffix(args[0].value.suffix(), ".php") {
			return 0
		}
		return fromFile
	case "md5_file", "yaml_parse_file", "yaml_parse_url", "sha1_file", "hash_file", "hash_hmac_file", "simplexml_load_file", "parse_ini_file", "exif_read_data", "getimagesize", "gzfile", "readgzfile", "gzopen", "bzopen", "iptcparse", "fgetcsv", "get_meta_tags", "fscanf":
		return fromFile
	case "basename", "pathinfo":
		if len(args) > 0 {
			return args[0].value.marks & fromFile
		}
	case "stream_get_contents", "fread", "fgets":
		if len(args) > 0 {
			return args[0].value.marks & (fromInput | fromFile)
		}
	}
	if parsingFunctions[name] && len(args) > 0 && r.trace != nil {
		at := 0
		if name == "explode" || name == "preg_split" {
			at = min(1, len(args)-1)
		}
		return args[at].value.marks & (fromFile | fromInput | fromDecoder)
	}
	if at, ok := listFunctions[name]; ok && at < len(args) {
		return args[at].value.marks & fromList
	}
	if characterFunctions[name] || makesText[name] {
		m |= fromCodes
	}
	if !decodes && !passingFunctions[name] {
		return m
	}
	for _, a := range args {
		m |= a.value.marks & (fromInput | withInput | fromDecoder | fromList | fromCodes | fromFile)
	}
	if n := len(args); name == "substr" && n == 3 && args[0].value.kind == stringKind && args[2].value.kind == intKind && args[2].value.n == 1 {
		m |= fromCodes
	}
	if decodes {
		m |= fromDecoder
	}
	return m
}

// decodes tells whether a function of the script calls a decoder, or has one
// written out with exclusive or.
func (r *reader) decodes(d *declaration) bool {
	if d.looked || d.body == 0 {
		return d.decodes
	}
	d.looked = true
	for k := d.body; k < int(r.match[d.body]) && r.step(); k++ {
		switch t := r.tokens[k]; {
		case t.kind == '^':
			d.decodes = true
		case t.kind == nameToken && r.tokens[k+1].kind == '(':
			d.decodes = d.decodes || hidingDecoders[strings.TrimPrefix(lower(r.text(k)), `\`)]
		}
	}
	return d.decodes
}

// evaluates notes that a value of which only the marks are known is run as code.
func (r *reader) evaluates(v value, from int) {
	if v.known() {
		return
	}
	if v.marks&(fromDecoder|fromCodes) != 0 {
		r.use(script.Call, "eval:decoded", from, false)
	}
	if v.marks&(fromInput|withInput) != 0 {
		r.use(script.Call, "eval:input", from, false)
	}
}

// namesCall notes that a value of which only the marks are known is called, or is the
// class of a new object.
func (r *reader) namesCall(v value, from int) {
	if v.known() {
		return
	}
	if v.marks&fromInput != 0 {
		r.use(script.Call, "call:input", from, false)
	}
	if v.marks&fromList != 0 {
		r.use(script.Call, "call:list", from, false)
	}
	if v.marks&fromFile != 0 {
		r.use(script.Call, "call:file", from, false)
	}
	if v.marks&(fromDecoder|fromCodes) != 0 {
		r.use(script.Call, "call:decoded", from, false)
	}
}

// maxChoices is how many constants a value may be one of.
const maxChoices = 16

// merged are the constants, texts and integers, that one of two values may be.
func merged(a, b value) (out []value) {
	for _, v := range []value{a, b} {
		if v.kind == stringKind || v.kind == intKind {
			out = append(out, v)
		}
		out = append(out, v.oneOf()...)
	}
	if len(out) > maxChoices {
		return nil
	}
	return out
}

// guessed is what is known of a value that is not known; nothing of one that is.
func (v value) guessed() guess {
	if v.known() || v.guess == nil {
		return guess{}
	}
	return *v.guess
}

// oneOf are the constants that a value may be; none where it is known itself.
func (v value) oneOf() []value {
	return v.guessed().choices
}

// mayBeText tells whether one of the constants that a value may be is a text.
func (v value) mayBeText() bool {
	return slices.ContainsFunc(v.oneOf(), func(one value) bool { return one.s != "" })
}

// prefix is what a value is known to begin with.
func (v value) prefix() string {
	if v.kind == stringKind {
		return v.s
	}
	return v.guessed().prefix
}

// beginning is a value of which no more is known than its marks and what it begins
// with.
func beginning(prefix string, m marks) value { return between(prefix, "", m) }

const longestEnd = 256 // bytes with which a value is known to begin or to end

// between is a value of which no more is known than its marks, what it begins with and
// what it ends with.
func between(prefix, suffix string, m marks) value {
	v := marked(m)
	if len(prefix) > longestEnd {
		prefix = ""
	}
	if len(suffix) > longestEnd {
		suffix = ""
	}
	if prefix != "" || suffix != "" {
		v.guess = &guess{prefix: prefix, suffix: suffix}
	}
	return v
}

// suffix is what a value is known to end with.
func (v value) suffix() string {
	if v.kind == stringKind {
		return v.s
	}
	return v.guessed().suffix
}

// withoutHole is what is known of a text: where something in it is not known, what
// stands before and behind that.
func (v value) withoutHole() string {
	if v.kind == stringKind {
		return v.s
	}
	return v.prefix() + v.suffix()
}

// among is a value that is not known, as one of some constants.
func (v value) among(choices []value) value {
	if len(choices) > 0 {
		v.guess = &guess{prefix: v.prefix(), suffix: v.suffix(), choices: choices}
	}
	return v
}

// closure is the closure that a value is, if it is one.
func (v value) closure() *closure {
	return v.guessed().closure
}
