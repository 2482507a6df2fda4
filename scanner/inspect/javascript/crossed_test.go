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

// ways take a text, TEXT, to where it is used: to USE(how it is called there).
var ways = map[string]string{
	"at once":             "USE((TEXT))",
	"constant":            "const v = TEXT;\nUSE(v)",
	"settings":            "const cfg = { driver: { name: TEXT } };\nUSE(cfg.driver.name)",
	"function":            "function name() { return TEXT; }\nUSE(name())",
	"arrow function":      "const pick = () => TEXT;\nUSE(pick())",
	"getter of a class":   "class Opt { constructor() { this.n = TEXT; } get name() { return this.n; } }\nconst o = new Opt();\nUSE(o.name)",
	"private and static":  "class Opt { static #n = TEXT; static word() { return Opt.#n; } }\nUSE(Opt.word())",
	"map":                 "const m = new Map([['a', TEXT]]);\nUSE(m.get('a'))",
	"pattern":             "const { a: [n] } = { a: [TEXT] };\nUSE(n)",
	"default":             "function go(n = TEXT) { USE(n) }\ngo();",
	"closure":             "const make = (n) => ({ get: () => n });\nconst h = make(TEXT);\nUSE(h.get())",
	"generator":           "function* g() { yield TEXT; }\nconst n = g().next().value;\nUSE(n)",
	"asynchronous":        "async function w() { return TEXT; }\n(async () => { const n = await w(); USE(n) })();",
	"promise":             "Promise.resolve(TEXT).then((n) => { USE(n) });",
	"timer":               "setTimeout((n) => { USE(n) }, 10, TEXT);",
	"event":               "const E = require('events'); const b = new E(); b.on('go', (n) => { USE(n) }); b.emit('go', TEXT);",
	"getter":              "const o = { get n() { return TEXT; } };\nUSE(o.n)",
	"proxy":               "const o = new Proxy({}, { get: () => TEXT });\nUSE(o.any)",
	"called at once":      "(function (n) { USE(n) })(TEXT);",
	"exported function":   "exports.run = function () { const n = TEXT; USE(n) };",
	"method":              "class S { start() { return this.go(TEXT); } go(n) { USE(n) } }\nnew S().start();",
	"method of others":    "class S { start() { return this.go(TEXT); } go(n) { USE(n) } }\nmodule.exports = S;",
	"loop":                "for (const n of [TEXT]) { USE(n) }",
	"condition":           "let n; if (process.env.X) { n = TEXT; } else { n = 'path'; }\nUSE(n)",
	"the other condition": "let n; if (process.env.X) { n = 'path'; } else { n = TEXT; }\nUSE(n)",
	"switch":              "function k(p) { switch (p) { case 1: return 'fs'; default: return TEXT; } }\nUSE(k(process.argv.length))",
	"error":               "try { throw new Error(TEXT); } catch (x) { USE(x.message) }",
	"symbol":              "const S = Symbol('x'); const o = { [S]: TEXT };\nUSE(o[S])",
	"bound":               "function go(n) { USE(n) }\nconst h = go.bind(null, TEXT); h();",
	"applied":             "function go(n) { USE(n) }\ngo.apply(null, [TEXT]);",
	"weak map":            "const k = {}; const w = new WeakMap(); w.set(k, TEXT);\nUSE(w.get(k))",
	"global":              "globalThis.__n = TEXT;\nUSE(__n)",
	"if missing":          "const o = {}; o.x ??= TEXT;\nUSE(o.x)",
	"frozen":              "const o = Object.freeze(Object.assign({}, { n: TEXT }));\nUSE(o.n)",
	"arguments":           "function go() { const n = arguments[0]; USE(n) }\ngo(TEXT);",
	"rest":                "function go(...all) { const n = all[0]; USE(n) }\ngo(TEXT);",
	"tag":                 "const t = (p, n) => { USE(n) };\nt`a${TEXT}b`;",
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
	try := func(hiding, way string, u usage) {
		text, ok := hidings(u.text)[hiding]
		if !ok {
			t.Fatal(hiding)
		}
		before, use, _ := strings.Cut(ways[way], "USE(")
		end, depth := 0, 1
		for ; depth > 0; end++ {
			switch use[end] {
			case '(':
				depth++
			case ')':
				depth--
			}
		}
		src := before + strings.ReplaceAll(u.code, "$", use[:end-1]) + use[end:]
		src = strings.ReplaceAll(src, "TEXT", text)
		if got := uses(ReadWith("index.js", []byte(src), nil, askedModules)); !strings.Contains(got, u.noted) {
			t.Errorf("%s, %s: %s\n\tis %q, want %q", hiding, way, src, got, u.noted)
		}
	}
	for hiding := range hidings("osascript") {
		for way := range ways {
			for _, u := range usages {
				try(hiding, way, u)
			}
		}
	}
}
