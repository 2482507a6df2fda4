package main

import (
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// moreLayers and moreTools were held out once, until the readers were mended
// by them.
func moreLayers(w *writer) error {
	for i, l := range []layer{
		{name: "base32", technique: "substitution", note: "a base32 decoder written out", opaque: true, wrap: func(s string) string {
			return "const a = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';\nlet bits = '', out = '';\nfor (const c of '" +
				strings.TrimRight(base32.StdEncoding.EncodeToString([]byte(s)), "=") + "') bits += a.indexOf(c).toString(2).padStart(5, '0');\n" +
				"for (let i = 0; i + 8 <= bits.length; i += 8) out += String.fromCharCode(parseInt(bits.slice(i, i + 8), 2));\neval(out);\n"
		}},
		{name: "numbers-delta", technique: "number", note: "differences between character codes", opaque: true, wrap: func(s string) string {
			var parts []string
			for i := range len(s) {
				before := byte(0)
				if i > 0 {
					before = s[i-1]
				}
				parts = append(parts, fmt.Sprint(int(s[i])-int(before)))
			}
			return "let at = 0;\nnew Function('require', [" + strings.Join(parts, ",") + "].map(d => String.fromCharCode(at += d)).join(''))(require);\n"
		}},
		{name: "words", technique: "substitution", note: "a word for each character", opaque: true, wrap: func(s string) string {
			var b strings.Builder
			for i := range len(s) {
				b.WriteString([]string{"red", "tan", "sky", "fog"}[s[i]>>6] + []string{"ma", "no", "pi", "qu"}[s[i]>>4&3] + string('a'+rune(s[i]&15)) + " ")
			}
			return "const h = ['red', 'tan', 'sky', 'fog'], m = ['ma', 'no', 'pi', 'qu'];\nconst code = '" + strings.TrimSpace(b.String()) +
				"'.split(' ').map(w => String.fromCharCode(h.indexOf(w.slice(0, 3)) << 6 | m.indexOf(w.slice(3, 5)) << 4 | w.charCodeAt(5) - 97)).join('');\neval(code);\n"
		}},
		{name: "chunks-object", technique: "eval layers", note: "base64 in the values of an object, joined", wrap: func(s string) string {
			t := b64(s)
			n := len(t) / 3
			return fmt.Sprintf("const theme = { a: '%s', b: '%s', c: '%s' };\neval(Buffer.from(Object.values(theme).join(''), 'base64').toString('latin1'));\n", t[:n], t[n:2*n], t[2*n:])
		}},
		{name: "double-function", technique: "eval layers", note: "Function in Function, escapes in the outer one", combined: true, wrap: func(s string) string {
			return "Function('r', `" + each("Function('require', atob('"+b64(s)+"'))(r)", `\x%02x`) + "`)(require);\n"
		}},
		{name: "json-table", technique: "string array", note: "JSON.parse of a table that is in base64", combined: true, wrap: func(s string) string {
			return "const t = JSON.parse(atob('" + base64.StdEncoding.EncodeToString([]byte(`["`+b64(s)+`", "base64"]`)) + "'));\neval(Buffer.from(t[0], t[1]).toString());\n"
		}},
	} {
		p := javascriptPayloads[i%len(javascriptPayloads)]
		if err := w.javascript(cases.Case{Does: p.does, Technique: l.technique, Note: l.note, Combined: l.combined, Accept: accepted(l.opaque)},
			"new-layer-"+l.name, l.wrap(p.script(plain))); err != nil {
			return err
		}
	}
	return nil
}

// A toolDisguise is one that the tools of tools/transform.mjs make.
type toolDisguise struct {
	name, technique, note string
	payload               func(int) (string, map[string]string)
	opaque                bool
	steps                 []step
}

var moreTools = []toolDisguise{
	{"new-obfuscator-calls", "obfuscator", "calls transformed, two encodings, shuffled names", single, true, []step{{"obfuscator", options{"stringArrayThreshold": 1,
		"stringArrayCallsTransform": true, "stringArrayCallsTransformThreshold": 1, "stringArrayEncoding": []string{"base64", "rc4"}, "identifierNamesGenerator": "mangled-shuffled"}}}},
	{"new-rollup-module", "bundled", "rollup, a module", project, false, []step{{"rollup", options{"format": "es"}}, {"esbuild", options{"bundle": false, "minify": true, "format": "cjs"}}}},
	{"new-webpack-library", "bundled", "webpack, as a library, in UMD", project, false, []step{{"webpack", options{"output": options{"library": options{"name": "kit", "type": "umd"}, "globalObject": "this"}}}}},
	{"new-esbuild-charset", "bundled", "esbuild, old syntax, then uglify-js", project, false, []step{{"esbuild", options{"format": "cjs", "target": "es2015"}}, {"uglify", options{"toplevel": true}}}},
	{"new-obfuscator-twice", "obfuscator", "javascript-obfuscator over its own output", single, true, []step{{"obfuscator", options{"optionsPreset": "low-obfuscation"}}, {"obfuscator", options{"seed": 11, "stringArrayThreshold": 1}}}},
}

// secondTools were the second held-out set's.
var secondTools = []toolDisguise{
	{"second-obfuscator-split", "obfuscator", "strings in pieces of four within a list, its places as strings, numbers as sums", single, true, []step{{"obfuscator", options{"splitStrings": true, "splitStringsChunkLength": 4,
		"stringArrayThreshold": 1, "stringArrayIndexesType": []string{"hexadecimal-numeric-string"}, "stringArrayIndexShift": true, "numbersToExpressions": true, "compact": false}}}},
	{"second-typescript-webpack", "bundled", "TypeScript by esbuild, then webpack, then uglify-js", typed, false, []step{{"esbuild", options{"format": "cjs", "target": "es2017"}}, {"webpack", options{}}, {"uglify", options{"toplevel": true}}}},
}

// typed is the payload i as TypeScript of several files.
func typed(i int) (does string, files map[string]string) {
	return "applescript", map[string]string{
		"index.ts": "import { Dialog } from './lib/dialog';\nimport type { Options } from './lib/options';\nconst options: Options = { text: 'Session expired', hidden: true };\n" +
			"export const dialog = new Dialog(options);\ndialog.show();\n",
		"lib/options.ts": "export interface Options { text: string; hidden?: boolean }\nexport const enum Tool { Head = '/usr/bin/osa', Tail = 'script' }\n",
		"lib/dialog.ts": "import * as host from 'node:child_process';\nimport { Tool, type Options } from './options';\nexport class Dialog {\n  private readonly tool: string = Tool.Head + Tool.Tail;\n" +
			"  constructor(private options: Options) {}\n  async show(): Promise<void> {\n    host.execFile(this.tool, ['-e', `display dialog \"${this.options.text}\"${this.options.hidden ? ' with hidden answer' : ''}`]);\n  }\n}\n",
	}
}

func moreJavaScriptTools(w *writer) error {
	for _, list := range [][]toolDisguise{moreTools, secondTools, thirdTools} {
		if err := w.tools("open", list); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) tools(set string, list []toolDisguise) error {
	for i, d := range list {
		does, files := d.payload(i)
		if err := w.tool(cases.Case{Set: set, Technique: d.technique, Note: d.note, Does: does, Combined: len(d.steps) > 1, Accept: accepted(d.opaque)},
			d.name, d.steps, files); err != nil {
			return err
		}
	}
	return nil
}

// A toolProject is a project of its own and what is done to it.
type toolProject struct {
	name, technique, note string
	does                  string
	files                 map[string]string
	opaque                bool
	steps                 []step
}

// projects adds what tools make of projects.
func (w *writer) projects(set string, list []toolProject) error {
	for _, d := range list {
		c := cases.Case{Set: set, Technique: d.technique, Note: d.note, Does: d.does, Accept: accepted(d.opaque), Combined: len(d.steps) > 1}
		if err := w.tool(c, d.name, d.steps, d.files); err != nil {
			return err
		}
	}
	return nil
}
