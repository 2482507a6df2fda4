package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// javascriptStrings puts each payload's strings under each encoder in turn: one
// payload for an encoder, so that all of them meet all kinds.
func javascriptStrings(w *writer) error {
	for i, e := range javascriptEncoders {
		p := javascriptPayloads[i%len(javascriptPayloads)]
		err := w.javascript(cases.Case{Does: p.does, Technique: e.technique, Note: e.note, Combined: e.combined, Accept: accepted(e.opaque)},
			e.name, e.helpers+p.script(e.hide))
		if err != nil {
			return err
		}
	}
	return nil
}

var javascriptEncoders = []encoder{
	{name: "hex-escapes", technique: "escapes", note: `\x6f`, hide: func(s string) string {
		return "'" + each(s, `\x%02x`) + "'"
	}},
	{name: "unicode-escapes", technique: "escapes", note: `\u006f`, hide: func(s string) string {
		return `"` + each(s, `\u%04X`) + `"`
	}},
	{name: "braced-escapes", technique: "escapes", note: `\u{6f} in a template`, hide: func(s string) string {
		return "`" + each(s, `\u{00%x}`) + "`"
	}},
	{name: "octal-escapes", technique: "escapes", note: `\157`, hide: func(s string) string {
		return "'" + each(s, `\%03o`) + "'"
	}},
	{name: "needless-escapes", technique: "escapes", note: "backslashes that mean nothing, and continued lines", hide: func(s string) string {
		var b strings.Builder
		for i, c := range s {
			if strings.ContainsRune("acdeghijklmopqswyz/_", c) {
				b.WriteByte('\\')
			}
			b.WriteRune(c)
			if i%3 == 2 {
				b.WriteString("\\\n")
			}
		}
		return `"` + b.String() + `"`
	}},
	{name: "sum", technique: "split strings", note: "a sum of pieces in parentheses", hide: func(s string) string {
		return "(" + pieces(s, "'", "' + (`", "` + '", "')") + ")"
	}},
	{name: "template-parts", technique: "split strings", note: "a template with constants in it", hide: func(s string) string {
		return "`" + s[:2] + "${'" + s[2:3] + "'}" + "${`" + s[3:] + "`}`"
	}},
	{name: "concat", technique: "split strings", note: "''.concat", hide: func(s string) string {
		return "''.concat(" + list(s, "'%c'") + ")"
	}},
	{name: "join", technique: "split strings", note: "a joined list", hide: func(s string) string {
		return "[" + list(s, "'%c'") + "].join('')"
	}},
	{name: "split-join", technique: "split strings", note: "filler taken out by split and join", hide: func(s string) string {
		return "'" + strings.Join(strings.Split(s, ""), "Q~") + "'.split('Q~').join('')"
	}},
	{name: "replace", technique: "split strings", note: "filler taken out by a regular expression", hide: func(s string) string {
		return "'" + strings.Join(strings.Split(s, ""), "#") + "'.replace(/#/g, '')"
	}},
	{name: "reverse", technique: "reversed", note: "split, reverse, join", hide: func(s string) string {
		return "'" + reversed(s) + "'.split('').reverse().join('')"
	}},
	{name: "reverse-spread", technique: "reversed", note: "[...s].reverse()", hide: func(s string) string {
		return "[...'" + reversed(s) + "'].reverse().join``"
	}},
	{name: "reduce-right", technique: "reversed", note: "reduceRight", opaque: true, hide: func(s string) string {
		return "[...'" + reversed(s) + "'].reduceRight((a, b) => a + b)"
	}},
	{name: "from-char-code", technique: "character codes", note: "String.fromCharCode", hide: func(s string) string {
		return "String.fromCharCode(" + list(s, "%d") + ")"
	}},
	{name: "from-code-point-spread", technique: "character codes", note: "fromCodePoint of a spread list of hexadecimal numbers", hide: func(s string) string {
		return "String['fromCodePoint'](...[" + list(s, "0x%x") + "])"
	}},
	{name: "char-code-map", technique: "character codes", note: "a list mapped by an arrow function with an offset", opaque: true, hide: func(s string) string {
		return "[" + shifted(s, 7) + "].map(c => String.fromCharCode(c - 7)).join('')"
	}},
	{name: "char-code-apply", technique: "character codes", note: "String.fromCharCode.apply", hide: func(s string) string {
		return "String.fromCharCode.apply(null, [" + list(s, "%d") + "])"
	}},
	{name: "atob", technique: "base64", note: "atob", hide: func(s string) string {
		return "atob('" + base64.StdEncoding.EncodeToString([]byte(s)) + "')"
	}},
	{name: "buffer-base64", technique: "base64", note: "Buffer.from base64url, toString of the same name", hide: func(s string) string {
		return "Buffer.from('" + base64.RawURLEncoding.EncodeToString([]byte(s)) + "', 'base64url').toString('utf8')"
	}},
	{name: "base64-twice", technique: "base64", note: "base64 of base64, in pieces", combined: true, hide: func(s string) string {
		t := base64.StdEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString([]byte(s))))
		return "atob(atob('" + t[:3] + "' + '" + t[3:] + "'))"
	}},
	{name: "buffer-hex", technique: "hex", note: "Buffer.from hex", hide: func(s string) string {
		return "Buffer.from('" + hex.EncodeToString([]byte(s)) + "', 'hex') + ''"
	}},
	{name: "buffer-list", technique: "character codes", note: "Buffer.from a list", hide: func(s string) string {
		return "Buffer.from([" + list(s, "%d") + "]).toString()"
	}},
	{name: "hex-by-pairs", technique: "hex", note: "pairs matched and mapped by a helper", opaque: true,
		helpers: "const u = s => s.match(/../g).map(p => String.fromCharCode(parseInt(p, 16))).join('');\n",
		hide:    func(s string) string { return "u('" + hex.EncodeToString([]byte(s)) + "')" }},
	{name: "uri-component", technique: "percent", note: "decodeURIComponent", hide: func(s string) string {
		return "decodeURIComponent('" + each(s, "%%%02X") + "')"
	}},
	{name: "unescape", technique: "percent", note: "unescape with %u", hide: func(s string) string {
		return "unescape('" + each(s, "%%u%04x") + "')"
	}},
	{name: "xor-helper", technique: "xor", note: "a helper that xors with a key", opaque: true,
		helpers: "function k(a, n) { let r = ''; for (const c of a) r += String.fromCharCode(c ^ n); return r; }\n",
		hide:    func(s string) string { return "k([" + xored(s, 0x5a) + "], 0x5a)" }},
	{name: "rot13", technique: "rot13", note: "rot13 by a regular expression", opaque: true,
		helpers: "const z = s => s.replace(/[a-z]/g, c => String.fromCharCode((c.charCodeAt(0) - 84) % 26 + 97));\n",
		hide:    func(s string) string { return "z('" + rot13(s) + "')" }},
	{name: "alphabet", technique: "string array", note: "characters picked from an alphabet", hide: func(s string) string {
		const alphabet = "zyx_wvutsrqponmlkjihgfedcba/"
		var parts []string
		for _, c := range s {
			parts = append(parts, fmt.Sprintf("abc[%d]", strings.IndexRune(alphabet, c)))
		}
		return strings.Join(parts, " + ")
	}, helpers: "const abc = 'zyx_wvutsrqponmlkjihgfedcba/';\n"},
	{name: "base36", technique: "number", note: "numbers written in base 36", hide: func(s string) string {
		var parts []string
		for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '_' }) {
			if at := strings.Index(s, word); at > 0 {
				parts = append(parts, "'"+s[at-1:at]+"'")
			}
			for _, chunk := range base36(word) {
				parts = append(parts, fmt.Sprintf("(%s).toString(36)", chunk))
			}
		}
		return strings.Join(parts, " + ")
	}},
	{name: "regexp-source", technique: "string source", note: "the source of a regular expression", hide: func(s string) string {
		return "/" + strings.ReplaceAll(s, "/", "[/]") + "/.source.replace(/[[\\]]/g, '')"
	}},
	{name: "string-raw", technique: "string source", note: "String.raw with parts", hide: func(s string) string {
		return "String.raw`" + s[:1] + "${'" + s[1:] + "'}`"
	}},
	{name: "json-parse", technique: "string source", note: "JSON.parse of a text with escapes", hide: func(s string) string {
		return `JSON.parse('"` + each(s, `\\u%04x`) + `"')`
	}},
	{name: "text-decoder", technique: "character codes", note: "TextDecoder over Uint8Array.of", hide: func(s string) string {
		return "new TextDecoder().decode(Uint8Array.of(" + list(s, "%d") + "))"
	}},
	{name: "object-values", technique: "string source", note: "the values of an object, in order", hide: func(s string) string {
		return "Object.values({ a: '" + s[:1] + "', b: '" + s[1:2] + "', c: '" + s[2:] + "' }).join('')"
	}},
	{name: "slice", technique: "split strings", note: "slices of one long text", hide: func(s string) string {
		return fmt.Sprintf("'the%sway'.slice(3, %d)", s, 3+len(s))
	}},
	{name: "accumulate", technique: "split strings", note: "a variable that grows by +=", hide: func(s string) string {
		return "(() => { let t = '" + s[:1] + "'; t += '" + s[1:2] + "'; t += '" + s[2:] + "'; return t; })()"
	}},
	{name: "generator", technique: "split strings", note: "a generator that yields pieces", opaque: true, hide: func(s string) string {
		return "[...(function* () { yield '" + s[:2] + "'; yield '" + s[2:] + "'; })()].join('')"
	}},
}

// each writes every byte of s by format.
func each(s, format string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, format, s[i])
	}
	return b.String()
}

// list writes every byte of s by format, with commas between.
func list(s, format string) string {
	parts := make([]string, len(s))
	for i := range parts {
		parts[i] = fmt.Sprintf(format, s[i])
	}
	return strings.Join(parts, ", ")
}

// pieces writes s in two pieces: the first begins with begin, the second stands
// after middle and has again a piece after between; end ends it.
func pieces(s, begin, middle, between, end string) string {
	n := max(1, len(s)/3)
	return begin + s[:n] + middle + s[n:n+1] + between + s[n+1:] + end
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func shifted(s string, by byte) string {
	b := []byte(s)
	for i := range b {
		b[i] += by
	}
	return list(string(b), "%d")
}

func xored(s string, key byte) string {
	b := []byte(s)
	for i := range b {
		b[i] ^= key
	}
	return list(string(b), "%d")
}

func rot13(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return 'a' + (r-'a'+13)%26
		case 'A' <= r && r <= 'Z':
			return 'A' + (r-'A'+13)%26
		}
		return r
	}, s)
}

// base36 writes a word as numbers that toString(36) writes as the word again,
// each small enough to be exact.
func base36(word string) []string {
	var numbers []string
	for len(word) > 0 {
		n := min(9, len(word))
		v, _ := new(big.Int).SetString(word[:n], 36)
		numbers, word = append(numbers, v.String()), word[n:]
	}
	return numbers
}
