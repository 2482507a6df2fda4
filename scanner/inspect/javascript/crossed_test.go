package javascript

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// letters writes each letter of a text by a function, with a text between them.
func letters(s, between string, write func(c rune) string) string {
	var all []string
	for _, c := range s {
		all = append(all, write(c))
	}
	return strings.Join(all, between)
}

func reversed(s string) string {
	var b strings.Builder
	for i := len(s) - 1; i >= 0; i-- {
		b.WriteByte(s[i])
	}
	return b.String()
}

// hidings write a text so that it does not stand in the script.
func hidings(s string) map[string]string {
	quoted := letters(s, ", ", func(c rune) string { return fmt.Sprintf("'%c'", c) })
	codes := letters(s, ", ", func(c rune) string { return fmt.Sprint(c) })
	percent := letters(s, "", func(c rune) string { return fmt.Sprintf("%%%02x", c) })
	encoded, digits := base64.StdEncoding.EncodeToString([]byte(s)), hex.EncodeToString([]byte(s))
	return map[string]string{
		"joined":         fmt.Sprintf("'%s' + '%s'", s[:2], s[2:]),
		"template":       fmt.Sprintf("`${'%s'}%s`", s[:2], s[2:]),
		"list":           "[" + quoted + "].join('')",
		"codes":          "String.fromCharCode(" + codes + ")",
		"spread codes":   "String.fromCharCode(...[" + codes + "])",
		"masked codes":   "[" + letters(s, ", ", func(c rune) string { return fmt.Sprint(c ^ 7) }) + "].map(c => String.fromCharCode(c ^ 7)).join('')",
		"atob":           "atob('" + encoded + "')",
		"base64":         "Buffer.from('" + encoded + "', 'base64').toString()",
		"hexadecimal":    "Buffer.from('" + digits + "', 'hex').toString('utf8')",
		"large integer":  "Buffer.from((0x" + digits + "n).toString(16), 'hex').toString()",
		"reversed":       "'" + reversed(s) + "'.split('').reverse().join('')",
		"escapes":        "'" + letters(s, "", func(c rune) string { return fmt.Sprintf("\\x%02x", c) }) + "'",
		"marks":          "'" + letters(s, "#", func(c rune) string { return string(c) }) + "'.replace(/#/g, '')",
		"every second":   "[...'" + letters(s, "", func(c rune) string { return string(c) + "z" }) + "'].filter((_, i) => i % 2 === 0).join('')",
		"reduced":        "[" + quoted + "].reduce((a, c) => a + c, '')",
		"percent":        "decodeURIComponent('" + percent + "')",
		"unescaped":      "unescape('" + percent + "')",
		"JSON":           `JSON.parse('["` + letters(s, `","`, func(c rune) string { return string(c) }) + `"]').join('')`,
		"bytes":          "new TextDecoder().decode(new Uint8Array([" + codes + "]))",
		"one less":       "Buffer.from(Uint8Array.of(" + letters(s, ", ", func(c rune) string { return fmt.Sprint(c + 1) }) + ").map(b => b - 1)).toString()",
		"matched":        "'" + letters(s, "", func(c rune) string { return "Q" + string(c) }) + "'.match(/Q./g).map(x => x.slice(-1)).join('')",
		"in an object":   "Object.values({ a: '" + s[:3] + "', b: '" + s[3:] + "' }).join('')",
		"padded":         "'" + s[:3] + "'.padEnd(" + fmt.Sprint(len(s)) + ", '" + s[3:] + "')",
		"query":          "new URLSearchParams('x=" + percent + "').get('x')",
		"texts in turn":  "''.concat(" + quoted + ")",
		"sorted letters": "[" + letters(reversed(s), ", ", func(c rune) string { return "'" + string(c) + "'" }) + "].map((c, i) => [-i, c]).sort((a, b) => a[0] - b[0]).map(p => p[1]).join('')",
	}
}

// ways take a text, TEXT, to where it is used, under the name in «».
var ways = map[string]string{
	"at once":             "«(TEXT)»",
	"constant":            "const v = TEXT;\n«v»",
	"settings":            "const cfg = { driver: { name: TEXT } };\n«cfg.driver.name»",
	"function":            "function name() { return TEXT; }\n«name()»",
	"arrow function":      "const pick = () => TEXT;\n«pick()»",
	"getter of a class":   "class Opt { constructor() { this.n = TEXT; } get name() { return this.n; } }\nconst o = new Opt();\n«o.name»",
	"private and static":  "class Opt { static #n = TEXT; static word() { return Opt.#n; } }\n«Opt.word()»",
	"map":                 "const m = new Map([['a', TEXT]]);\n«m.get('a')»",
	"pattern":             "const { a: [n] } = { a: [TEXT] };\n«n»",
	"default":             "function go(n = TEXT) { «n» }\ngo();",
	"closure":             "const make = (n) => ({ get: () => n });\nconst h = make(TEXT);\n«h.get()»",
	"generator":           "function* g() { yield TEXT; }\nconst n = g().next().value;\n«n»",
	"asynchronous":        "async function w() { return TEXT; }\n(async () => { const n = await w(); «n» })();",
	"promise":             "Promise.resolve(TEXT).then((n) => { «n» });",
	"timer":               "setTimeout((n) => { «n» }, 10, TEXT);",
	"event":               "const E = require('events'); const b = new E(); b.on('go', (n) => { «n» }); b.emit('go', TEXT);",
	"getter":              "const o = { get n() { return TEXT; } };\n«o.n»",
	"proxy":               "const o = new Proxy({}, { get: () => TEXT });\n«o.any»",
	"called at once":      "(function (n) { «n» })(TEXT);",
	"exported function":   "exports.run = function () { const n = TEXT; «n» };",
	"method":              "class S { start() { return this.go(TEXT); } go(n) { «n» } }\nnew S().start();",
	"method of others":    "class S { start() { return this.go(TEXT); } go(n) { «n» } }\nmodule.exports = S;",
	"loop":                "for (const n of [TEXT]) { «n» }",
	"condition":           "let n; if (process.env.X) { n = TEXT; } else { n = 'path'; }\n«n»",
	"the other condition": "let n; if (process.env.X) { n = 'path'; } else { n = TEXT; }\n«n»",
	"switch":              "function k(p) { switch (p) { case 1: return 'fs'; default: return TEXT; } }\n«k(process.argv.length)»",
	"error":               "try { throw new Error(TEXT); } catch (x) { «x.message» }",
	"symbol":              "const S = Symbol('x'); const o = { [S]: TEXT };\n«o[S]»",
	"bound":               "function go(n) { «n» }\nconst h = go.bind(null, TEXT); h();",
	"applied":             "function go(n) { «n» }\ngo.apply(null, [TEXT]);",
	"weak map":            "const k = {}; const w = new WeakMap(); w.set(k, TEXT);\n«w.get(k)»",
	"global":              "globalThis.__n = TEXT;\n«__n»",
	"if missing":          "const o = {}; o.x ??= TEXT;\n«o.x»",
	"frozen":              "const o = Object.freeze(Object.assign({}, { n: TEXT }));\n«o.n»",
	"arguments":           "function go() { const n = arguments[0]; «n» }\ngo(TEXT);",
	"rest":                "function go(...all) { const n = all[0]; «n» }\ngo(TEXT);",
	"tag":                 "const t = (p, n) => { «n» };\nt`a${TEXT}b`;",
}

// A usage does something with a text, $, and is noted so.
type usage struct{ text, code, noted string }

var usages = []usage{
	{"child_process", "require($).exec('ls');", "module child_process*"},
	{"child_process", "import($).then((m) => m.exec('ls'));", "module child_process*"},
	{"child_process", "process.getBuiltinModule($).spawn('ls');", "module child_process*"},
	{"net", "const { createRequire } = require('module'); createRequire(__filename)($).connect(80);", "module net*"},
	{"net", "require('module')._load($).createConnection(80);", "module net*"},
	{"tcp_wrap", "const { TCP } = process.binding($); new TCP(0);", "module binding:tcp_wrap*"},
	{"execFile", "const cp = require('child_' + 'process'); cp[$]('ls');", "call child_process.execFile"},
	{"osascript -e beep", "require('child_process').exec($);", "start:osascript*"},
	{"osascript", "require('child_process').spawn($, ['-e', 'beep']);", "start:osascript*"},
	{"osascript", "require('child_process').execFileSync('/usr/bin/env', [$, '-e', 'beep']);", "start:osascript*"},
}

// Every way to hide a text goes with every way to hand it on and with every use.
func TestHidingsWaysAndUsesGoTogether(t *testing.T) {
	for _, u := range usages {
		for hiding, text := range hidings(u.text) {
			for name, way := range ways {
				before, rest, _ := strings.Cut(way, "«")
				named, after, _ := strings.Cut(rest, "»")
				src := strings.ReplaceAll(before+strings.ReplaceAll(u.code, "$", named)+after, "TEXT", text)
				if got := uses(ReadWith("index.js", []byte(src), nil, askedModules)); !strings.Contains(got, u.noted) {
					t.Errorf("%s, %s: %s\n\tis %q, want %q", hiding, name, src, got, u.noted)
				}
			}
		}
	}
}
