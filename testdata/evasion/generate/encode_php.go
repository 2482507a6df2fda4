package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// phpStrings puts each payload's strings under each encoder in turn.
func phpStrings(w *writer) error {
	for i, e := range phpEncoders {
		p := phpPayloads[i%len(phpPayloads)]
		err := w.php(cases.Case{Does: p.does, Technique: e.technique, Note: e.note, Combined: e.combined, Accept: accepted(e.opaque)},
			e.name, e.helpers+p.script(e.hide))
		if err != nil {
			return err
		}
	}
	return nil
}

var phpEncoders = []encoder{
	{name: "hex-escapes", technique: "escapes", note: `"\x6f"`, hide: func(s string) string { return `"` + each(s, `\x%02x`) + `"` }},
	{name: "octal-escapes", technique: "escapes", note: `"\157"`, hide: func(s string) string { return `"` + each(s, `\%o`) + `"` }},
	{name: "unicode-escapes", technique: "escapes", note: `"\u{6f}"`, hide: func(s string) string { return `"` + each(s, `\u{%x}`) + `"` }},
	{name: "mixed-escapes", technique: "escapes", note: "plain, hexadecimal and octal by turns", hide: func(s string) string {
		var b strings.Builder
		for i := range len(s) {
			fmt.Fprintf(&b, []string{"%c", `\x%02X`, `\%03o`}[i%3], s[i])
		}
		return `"` + b.String() + `"`
	}},
	{name: "sum", technique: "split strings", note: "pieces joined by dots", hide: func(s string) string {
		return pieces(s, "'", "' . (\"", "\" . '", "')")
	}},
	{name: "implode", technique: "split strings", note: "implode of a list", hide: func(s string) string {
		return "implode('', array(" + list(s, "'%c'") + "))"
	}},
	{name: "str-replace", technique: "split strings", note: "filler taken out by str_replace", hide: func(s string) string {
		return "str_replace('zq', '', '" + strings.Join(strings.Split(s, ""), "zq") + "')"
	}},
	{name: "append", technique: "split strings", note: "a function whose variable grows by .=", hide: func(s string) string {
		return "(function () { $t = '" + s[:1] + "'; $t .= '" + s[1:2] + "'; return $t .= '" + s[2:] + "'; })()"
	}},
	{name: "interpolated", technique: "split strings", note: "constants in double quotes", helpers: "$e = 'e';\n$parts = ['s' => 's'];\n", hide: func(s string) string {
		return `"` + strings.NewReplacer("e", "{$e}", "s", "$parts[s]").Replace(s) + `"`
	}},
	{name: "substr", technique: "split strings", note: "substr of a longer text", hide: func(s string) string {
		return fmt.Sprintf("substr('kit%skit', 3, %d)", s, len(s))
	}},
	{name: "strrev", technique: "reversed", note: "strrev", hide: func(s string) string { return "strrev('" + reversed(s) + "')" }},
	{name: "chr", technique: "character codes", note: "a chain of chr", hide: func(s string) string {
		return strings.TrimSuffix(each(s, "chr(%d) . "), " . ")
	}},
	{name: "chr-sums", technique: "character codes", note: "chr of little sums, in hexadecimal and octal", hide: func(s string) string {
		return strings.TrimSuffix(each(s, "chr(0x%x + 010 - 8) . "), " . ")
	}},
	{name: "pack", technique: "character codes", note: "pack('C*', …)", hide: func(s string) string { return "pack('C*', " + list(s, "%d") + ")" }},
	{name: "pack-hex", technique: "hex", note: "pack('H*', …)", hide: func(s string) string {
		return "pack('H*', '" + hex.EncodeToString([]byte(s)) + "')"
	}},
	{name: "hex2bin", technique: "hex", note: "hex2bin", hide: func(s string) string { return "hex2bin('" + hex.EncodeToString([]byte(s)) + "')" }},
	{name: "base64", technique: "base64", note: "base64_decode, its name in mixed case", hide: func(s string) string {
		return "Base64_Decode('" + base64.StdEncoding.EncodeToString([]byte(s)) + "')"
	}},
	{name: "base64-rot13", technique: "base64", note: "base64_decode(str_rot13(…))", combined: true, hide: func(s string) string {
		return "base64_decode(str_rot13('" + rot13(base64.StdEncoding.EncodeToString([]byte(s))) + "'))"
	}},
	{name: "base64-reversed", technique: "base64", note: "base64_decode(strrev(…)) twice", combined: true, hide: func(s string) string {
		t := reversed(base64.StdEncoding.EncodeToString([]byte(s)))
		return "base64_decode(strrev(base64_decode(strrev('" + reversed(base64.StdEncoding.EncodeToString([]byte(t))) + "'))))"
	}},
	{name: "rot13", technique: "rot13", note: "str_rot13", hide: func(s string) string { return "str_rot13('" + rot13(s) + "')" }},
	{name: "xor-strings", technique: "xor", note: "two literals under ^", hide: func(s string) string {
		b := make([]byte, len(s))
		key := make([]byte, len(s))
		for i := range b {
			key[i] = "KITkit3"[i%7]
			b[i] = s[i] ^ key[i]
		}
		return `("` + each(string(b), `\x%02x`) + `" ^ '` + string(key) + "')"
	}},
	{name: "not-string", technique: "xor", note: "a literal under ~, as in webshells without letters", hide: func(s string) string {
		b := []byte(s)
		for i := range b {
			b[i] = ^b[i]
		}
		return `(~"` + each(string(b), `\x%02x`) + `")`
	}},
	{name: "strtr", technique: "substitution", note: "strtr with two alphabets", hide: func(s string) string {
		const from, to = "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"
		enc := strings.Map(func(r rune) rune {
			if i := strings.IndexRune(from, r); i >= 0 {
				return rune(to[i])
			}
			return r
		}, s)
		return "strtr('" + enc + "', '" + to + "', '" + from + "')"
	}},
	{name: "urldecode", technique: "percent", note: "urldecode", hide: func(s string) string { return "urldecode('" + each(s, "%%%02x") + "')" }},
	{name: "uudecode", technique: "substitution", note: "convert_uudecode", hide: func(s string) string {
		return "convert_uudecode('" + strings.ReplaceAll(strings.ReplaceAll(uuencoded(s), `\`, `\\`), "'", `\'`) + "')"
	}},
	{name: "alphabet", technique: "string array", note: "characters picked from a variable", helpers: "$k = '_/zyxwvutsrqponmlkjihgfedcba';\n", hide: func(s string) string {
		var parts []string
		for _, c := range s {
			parts = append(parts, fmt.Sprintf("$k[%d]", strings.IndexRune("_/zyxwvutsrqponmlkjihgfedcba", c)))
		}
		return strings.Join(parts, " . ")
	}},
	{name: "globals", technique: "string array", note: "elements of $GLOBALS, as PHP obfuscators write it",
		helpers: `$GLOBALS['q7'] = "\x5f\x2fabcdefghijkl\x6dnopqrstuvwxyz";` + "\n", hide: func(s string) string {
			var parts []string
			for _, c := range s {
				parts = append(parts, fmt.Sprintf("$GLOBALS['q7'][%d]", strings.IndexRune("_/abcdefghijklmnopqrstuvwxyz", c)))
			}
			return strings.Join(parts, ".")
		}},
	{name: "html-entities", technique: "escapes", note: "html_entity_decode", hide: func(s string) string {
		return "html_entity_decode('" + each(s, "&#%d;") + "')"
	}},
	{name: "xor-loop", technique: "xor", note: "a function that xors in a loop", opaque: true,
		helpers: "function kit($s, $k) { $r = ''; for ($i = 0; $i < strlen($s); $i++) $r .= chr(ord($s[$i]) ^ $k); return $r; }\n",
		hide: func(s string) string {
			b := []byte(s)
			for i := range b {
				b[i] ^= 0x2a
			}
			return "kit(hex2bin('" + hex.EncodeToString(b) + "'), 42)"
		}},
	{name: "array-map-chr", technique: "character codes", note: "implode(array_map('chr', …))", hide: func(s string) string {
		return "implode(array_map('chr', [" + list(s, "%d") + "]))"
	}},
	{name: "hex-sum", technique: "hex", note: "hex2bin of a sum of pieces", combined: true, hide: func(s string) string {
		h := fmt.Sprintf("%x", s)
		return "hex2bin('" + h[:4] + "' . '" + h[4:] + "')"
	}},
	{name: "vsprintf", technique: "string source", note: "vsprintf of character codes", hide: func(s string) string {
		return "vsprintf('" + strings.Repeat("%c", len(s)) + "', [" + list(s, "%d") + "])"
	}},
	{name: "str-split-reverse", technique: "reversed", note: "implode(array_reverse(str_split(…)))", hide: func(s string) string {
		return "implode('', array_reverse(str_split('" + reversed(s) + "')))"
	}},
	{name: "quoted-printable", technique: "escapes", note: "quoted_printable_decode", hide: func(s string) string {
		return "quoted_printable_decode('" + each(s, "=%02X") + "')"
	}},
	{name: "heredoc", technique: "escapes", note: "a heredoc with octal escapes", hide: func(s string) string {
		return "<<<K\n" + each(s, `\%03o`) + "\nK"
	}},
	{name: "stripcslashes", technique: "escapes", note: "stripcslashes", hide: func(s string) string {
		return "stripcslashes('" + each(s, `\x%02x`) + "')"
	}},
}

// uuencoded writes at most 45 bytes as PHP's convert_uuencode does.
func uuencoded(s string) string {
	b := []byte(s)
	out := []byte{byte(len(b)) + ' '}
	for len(b) > 0 {
		var t [3]byte
		b = b[copy(t[:], b):]
		for _, six := range []byte{t[0] >> 2, t[0]<<4&0x30 | t[1]>>4, t[1]<<2&0x3c | t[2]>>6, t[2] & 0x3f} {
			if six == 0 {
				six = '`' - ' '
			}
			out = append(out, six+' ')
		}
	}
	return string(out) + "\n`\n"
}
