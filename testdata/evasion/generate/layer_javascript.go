package main

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// A layer wraps a whole script in one that runs it.
type layer struct {
	name, technique, note string
	wrap                  func(script string) string
	combined, opaque      bool
}

// javascriptLayers puts one payload under each layer in turn.
func javascriptLayers(w *writer) error {
	for i, l := range javascriptLayerList {
		p := javascriptPayloads[(i+1)%len(javascriptPayloads)]
		script := p.script(plain)
		if l.combined { // the payload's own strings are hidden as well
			script = p.script(javascriptEncoders[i%4].hide)
		}
		err := w.javascript(cases.Case{Does: p.does, Technique: l.technique, Note: l.note, Combined: l.combined, Accept: accepted(l.opaque)},
			"layer-"+l.name, l.wrap(script))
		if err != nil {
			return err
		}
	}
	return nil
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

var javascriptLayerList = []layer{
	{name: "eval-atob", technique: "eval layers", note: "eval(atob(…))", wrap: func(s string) string {
		return "eval(atob('" + b64(s) + "'));\n"
	}},
	{name: "eval-buffer", technique: "eval layers", note: "indirect eval with require made global", wrap: func(s string) string {
		return "globalThis.require = require;\n(0, eval)(Buffer.from('" + b64(s) + "', 'base64').toString());\n"
	}},
	{name: "new-function-hex", technique: "eval layers", note: "new Function of hexadecimal", wrap: func(s string) string {
		return "new Function('require', 'process', Buffer.from('" + hex.EncodeToString([]byte(s)) + "', 'hex').toString())(require, process);\n"
	}},
	{name: "eval-codes", technique: "eval layers", note: "eval(String.fromCharCode(…))", wrap: func(s string) string {
		return "eval(String.fromCharCode(" + list(s, "%d") + "));\n"
	}},
	{name: "eval-reversed", technique: "eval layers", note: "eval of reversed code", wrap: func(s string) string {
		return "eval(" + quote(reversed(s)) + ".split('').reverse().join(''));\n"
	}},
	{name: "eval-unescape", technique: "eval layers", note: "eval(unescape(…))", wrap: func(s string) string {
		return "eval(unescape('" + each(s, "%%%02x") + "'));\n"
	}},
	{name: "eval-escapes", technique: "eval layers", note: "eval of a literal that is all escapes", wrap: func(s string) string {
		return "eval('" + each(s, `\x%02x`) + "');\n"
	}},
	{name: "five-deep", technique: "eval layers", note: "base64 in eval, five deep", combined: true, wrap: func(s string) string {
		for range 5 {
			s = "eval(atob('" + b64(s) + "'))"
		}
		return s + ";\n"
	}},
	{name: "mixed-deep", technique: "eval layers", note: "character codes in hexadecimal in base64 in escapes", combined: true, wrap: func(s string) string {
		s = "eval(String.fromCharCode(" + list(s, "%d") + "))"
		s = "eval(Buffer.from('" + hex.EncodeToString([]byte(s)) + "','hex').toString())"
		s = "eval(atob('" + b64(s) + "'))"
		return "eval('" + each(s, `\u%04x`) + "');\n"
	}},
	{name: "vm-base64", technique: "eval layers", note: "vm.runInThisContext, wrapped as a module", wrap: func(s string) string {
		return "require('vm').runInThisContext('(function (require) {' + Buffer.from('" + b64(s) + "', 'base64') + '})')(require);\n"
	}},
	{name: "set-alias-eval", technique: "eval layers", note: "eval under another name, the code in a variable", wrap: func(s string) string {
		return "var theme = '" + b64(s) + "';\nvar paint = eval;\nglobalThis.require = require;\npaint(atob(theme));\n"
	}},
	{name: "gzip", technique: "compressed", note: "gunzipSync of base64", opaque: true, wrap: func(s string) string {
		return "eval(require('zlib').gunzipSync(Buffer.from('" + base64.StdEncoding.EncodeToString(gzipped(s)) + "', 'base64')).toString());\n"
	}},
	{name: "inflate", technique: "compressed", note: "inflateSync of hexadecimal", combined: true, opaque: true, wrap: func(s string) string {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		z.Write([]byte(s))
		z.Close()
		return "const { inflateSync: open } = require('zlib');\nnew Function('require', open(Buffer.from('" + hex.EncodeToString(b.Bytes()) + "', 'hex')) + '')(require);\n"
	}},
	{name: "xor-loop", technique: "xor", note: "a key of several bytes over base64", opaque: true, wrap: func(s string) string {
		key := []byte("s3cr3t")
		b := []byte(s)
		for i := range b {
			b[i] ^= key[i%len(key)]
		}
		return "const k = 's3cr3t', d = Buffer.from('" + base64.StdEncoding.EncodeToString(b) + "', 'base64');\n" +
			"let t = '';\nfor (let i = 0; i < d.length; i++) t += String.fromCharCode(d[i] ^ k.charCodeAt(i % k.length));\neval(t);\n"
	}},
	{name: "aes", technique: "encrypted", note: "AES with its key beside it", opaque: true, wrap: func(s string) string {
		key, iv := []byte("0123456789abcdef"), []byte("fedcba9876543210")
		block, _ := aes.NewCipher(key)
		b := []byte(s)
		cipher.NewCTR(block, iv).XORKeyStream(b, b)
		return "const { createDecipheriv: f } = require('crypto');\nconst d = f('aes-128-ctr', '0123456789abcdef', 'fedcba9876543210');\n" +
			"eval(d.update('" + hex.EncodeToString(b) + "', 'hex', 'utf8') + d.final('utf8'));\n"
	}},
	{name: "invisible", technique: "invisible characters", note: "variation selectors in what seems an empty template", opaque: true, wrap: func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteRune(0xe0100 + rune(c))
		}
		return "const s = v => [...v].map(c => String.fromCodePoint(c.codePointAt(0) - 0xe0100)).join('');\neval(s(`" + b.String() + "`));\n"
	}},
	{name: "blanks", technique: "invisible characters", note: "bits as blanks and tabs", opaque: true, wrap: func(s string) string {
		bits := strings.NewReplacer("0", " ", "1", "\t").Replace(each(s, "%08b"))
		return "const p = `" + bits + "`;\nlet t = '';\nfor (let i = 0; i < p.length; i += 8) t += String.fromCharCode(parseInt([...p.slice(i, i + 8)].map(c => +(c === '\\t')).join(''), 2));\nnew Function('require', t)(require);\n"
	}},
	{name: "temp-file", technique: "dropped file", note: "decoded into a file that is then required", opaque: true, wrap: func(s string) string {
		return "const f = require('path').join(require('os').tmpdir(), 'kit.js');\nrequire('fs').writeFileSync(f, '" + b64(s) + "', 'base64');\nrequire(f);\n"
	}},
	{name: "split-array-eval", technique: "eval layers", note: "pieces of base64 in a list, joined", wrap: func(s string) string {
		t, parts := b64(s), []string{}
		for len(t) > 0 {
			n := min(11, len(t))
			parts, t = append(parts, "'"+t[:n]+"'"), t[n:]
		}
		return "const parts = [" + strings.Join(parts, ",\n  ") + "];\neval(Buffer.from(parts.join(''), 'base64').toString('utf-8'));\n"
	}},
	{name: "shuffled", technique: "string array", note: "pieces in another order, put right by a list of numbers", opaque: true, wrap: func(s string) string {
		var parts, order []string
		for first := range 3 { // every third piece, from each of the first three
			for j := first; j*5 < len(s); j += 3 {
				parts = append(parts, quote(s[j*5:min(len(s), j*5+5)]))
				order = append(order, fmt.Sprint(j))
			}
		}
		return "const p = [" + strings.Join(parts, ", ") + "], o = [" + strings.Join(order, ", ") + "], r = [];\no.forEach((at, i) => { r[at] = p[i]; });\neval(r.join(''));\n"
	}},
	{name: "tagged", technique: "eval layers", note: "a tagged template as the caller of eval", wrap: func(s string) string {
		return "const run = (parts) => eval(Buffer.from(parts.raw[0], 'base64').toString());\nrun`" + b64(s) + "`;\n"
	}},
	{name: "catch", technique: "eval layers", note: "the code travels in an exception", wrap: func(s string) string {
		return "try { throw new Error('" + b64(s) + "'); } catch ({ message }) { eval(atob(message)); }\n"
	}},
}

// quote writes a literal that JavaScript reads as s.
func quote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`).Replace(s) + "'"
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.Bytes()
}
