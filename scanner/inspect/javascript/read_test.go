package javascript

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// uses lists the uses of a script as "kind name", hidden ones with a star.
func uses(v *script.View) string {
	var parts []string
	for _, u := range v.Uses {
		s := string(u.Kind) + " " + u.Name
		if u.Hidden {
			s += "*"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

func TestJavaScriptConstantsAreFolded(t *testing.T) {
	for src, want := range map[string]string{
		`x = 'osa' + "script"`:                                      `x = "osascript"`,
		`f(x + 'osa' + 'script' + y)`:                               `f(x + "osascript" + y)`,
		`f(x + 1 + 2 + 'a')`:                                        `f(x + 1 + 2 + "a")`,
		`f(1 + 2 + 'a')`:                                            `f("3a")`,
		`f(x * 'a' + 'b')`:                                          `f(x * "a" + "b")`,
		`f('a' + 'b' * x)`:                                          `f("a" + "b" * x)`,
		"f(`osa${'script'} ${x}!`)":                                 `f("osascript " + x + "!")`,
		"f(`${x}`)":                                                 `f("" + x)`,
		`f(['o','sa','script'].join(''))`:                           `f("osascript")`,
		`f('tpircsaso'.split('').reverse().join(''))`:               `f("osascript")`,
		`f(String.fromCharCode(111, 0x73, 97))`:                     `f("osa")`,
		`f(String.fromCharCode(...[111, 115]))`:                     `f("os")`,
		`f(atob('b3Nh'))`:                                           `f("osa")`,
		`f(Buffer.from('6f7361','hex').toString())`:                 `f("osa")`,
		`f(Buffer.from([111,115,97]) + '')`:                         `f("osa")`,
		`f('\x6f\u0073\141\u{73}')`:                                 `f("osas")`,
		`f('say "hi"\n\\')`:                                         `f("say \"hi\"\n\\")`,
		`const a = 'osa'; f(a + 'script', {a}, {a: a})`:             `const a = "osa"; f("osascript", {a}, {a: "osa"})`,
		`const o = {a: 'x'}; o.a = g(); f(o.a)`:                     `const o = {a: "x"}; o.a = g(); f(o.a)`,
		`const a = ['x']; a.push(g()); f(a.join())`:                 `const a = ["x"]; a.push(g()); f(a.join())`,
		`if ('a' + 'b') import('a' + 'b')`:                          `if ("ab") import("ab")`,
		`let a = 'osa'; a = g(); f(a)`:                              `let a = "osa"; a = g(); f(a)`,
		`function f(a) { g(a) } const a = 'x'`:                      `function f(a) { g(a) } const a = "x"`,
		`const o = {a: {b: 'x'}}; f(o.a.b, o['a'].b)`:               `const o = {a: {b: "x"}}; f("x", "x")`,
		`const d = s => s.replace(/[^a-z]/g, ''); f(d('o-s_a'))`:    `const d = s => s.replace(/[^a-z]/g, ""); f("osa")`,
		`f([110,99].map(c => String.fromCharCode(c ^ 1)).join(''))`: `f("ob")`,
		`f(true ? 'a' : 'b', x ? 'a' : 'b')`:                        `f("a", x ? "a" : "b")`,
		`f(decodeURIComponent('%6fsa'), unescape('%u006fs'))`:       `f("osa", "os")`,
		`f(new TextDecoder().decode(new Uint8Array([111,115])))`:    `f("os")`,
		`f(JSON.parse('["a","b"]')[1])`:                             `f("b")`,
		`f('a'.repeat(3).concat('b').slice(1))`:                     `f("aab")`,
		`f(parseInt('z', 36) + '')`:                                 `f("35")`,
	} {
		if v := Read([]byte(src)); string(v.Text) != want {
			t.Errorf("%s\n got %s\nwant %s", src, v.Text, want)
		}
	}
}

func TestJavaScriptFunctionsOfObfuscatorsAreEvaluated(t *testing.T) {
	for name, src := range map[string]string{
		"loop": `function d(s, k) { let o = ''; for (let i = 0; i < s.length; i++) { o += String.fromCharCode(s.charCodeAt(i) ^ k); } return o }
			require(d('odu', 1))`,
		"table": `var t = ['a', 'net']; function g(i) { i = i - 0x10; var v = t[i]; return v } require(g('0x11'))`,
		"rotated": `function t() { const a = ['x', 'net', '12']; t = function () { return a }; return t() }
			function g(i) { i = i - 16; const u = t(); let v = u[i]; return v }
			(function (m, n) { const h = g, q = m(); while (!![]) { try { const z = -parseInt(h(16)) / 0x2;
				if (z === n) break; else q['push'](q['shift']()) } catch (e) { q['push'](q['shift']()) } } }(t, -6));
			require(g(18))`,
		"self-replacing": `function t() { const a = ['x', 'net']; t = function () { return a }; return t() }
			function g(i, k) { const a = t(); return g = function (i, k) { i = i - 16; let v = a[i]; return v }, g(i, k) } require(g(17))`,
		"object": `const o = { a: 'ne', b: function (x, y) { return x + y } }; require(o.b(o.a, 't'))`,
		"each":   `['net'].forEach(m => require(m))`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestJavaScriptModulesAreFound(t *testing.T) {
	for src, want := range map[string]string{
		`require('net')`:                   "module net",
		`const r = require; r("node:net")`: "module net",
		`require('n' + 'et')`:              "module net*",
		`require('\x6eet')`:                "module net*",
		`import n from 'node:net'`:         "module net",
		`import 'net'`:                     "module net",
		`import {a as b} from "net"`:       "module net",
		`import * as n from "net"`:         "module net",
		`export * from 'net'`:              "module net",
		`export {a} from 'net'`:            "module net",
		`await import('net')`:              "module net",
		`import type {a} from 'net'`:       "",
		`import {type a} from 'net'`:       "",
		`import {type a, b} from 'net'`:    "module net",
		`export type {a} from 'net'`:       "",
		`import n = require('net')`:        "module net",
		`require.call(null, 'net')`:        "module net",
		"const a = 1\nf = require('./a')\nrequire('net')\nrequire('os')":            "module ./a, module net, module os",
		`globalThis.require('net')`:                                                 "module net",
		`module.require('net')`:                                                     "module net",
		`process.mainModule.require('net')`:                                         "module net",
		`__require2("net")`:                                                         "module net",
		`__webpack_require__(12)`:                                                   "",
		`process['bind' + 'ing']('tcp_wrap')`:                                       "module binding:tcp_wrap*, call process.binding*",
		`process.getBuiltinModule('net')`:                                           "module net, call process.getBuiltinModule",
		`const g = process.getBuiltinModule ?? require; g('net')`:                   "module net, call process.getBuiltinModule",
		`const g = require || other; g('net')`:                                      "module net",
		`!function(require, m) { require("net") }`:                                  "module net",
		`(a, b) => { b.exports = require("net") }`:                                  "module net",
		`require(__dirname + '/../lib/send')`:                                       "module ../lib/send",
		`require(require('path').join(__dirname, '..', 'send'))`:                    "module ../send, module path, call path.join",
		`require(require('path').resolve(require('path').dirname(__dirname), 'a'))`: "module ../a, module path, call path.resolve, module path, call path.dirname",
		`require(__dirname + '/lib/send')`:                                          "module ./lib/send",
		`let x; x.require('net'); 'require("net")'`:                                 "",
		`// require('net')`:                                                         "",
		`class A { require(a) {} }`:                                                 "",
	} {
		if got := uses(Read([]byte(src))); got != want {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
}

func TestJavaScriptCallsAreFound(t *testing.T) {
	for src, want := range map[string]string{
		`require('child_process').exec(x)`:                   "module child_process, call child_process.exec",
		`const {exec: e} = require('child_process'); e(x)`:   "module child_process, call child_process.exec",
		`import {exec as e} from 'child_process'; e(x)`:      "module child_process, call child_process.exec",
		`import * as cp from 'child_process'; cp.exec(x)`:    "module child_process, call child_process.exec",
		`import cp from 'child_process'; cp['ex' + 'ec'](x)`: "module child_process, call child_process.exec*",
		`function __importStar(m) { for (var k in m) {} return m } var c = __importStar(require("child_process")); c.exec(x)`: "module child_process, call child_process.exec",
		`let i; var c = i(require("child_process")); (0, c.default.exec)(x)`:                                                  "module child_process, call child_process.exec",
		`fetch(x)`:                                            "call fetch",
		`globalThis.fetch(x)`:                                 "call fetch",
		`new WebSocket(x)`:                                    "call WebSocket",
		`const f = fetch; f(x)`:                               "call fetch",
		`typeof fetch; g(() => fetch)`:                        "call g",
		`function fetch() {} fetch(x)`:                        "",
		`{ let fetch = 1; fetch(x) } fetch(x)`:                "call fetch",
		`function g(fetch) { fetch(x) }`:                      "",
		`const g = fetch => fetch(x), h = fetch(y)`:           "call fetch",
		`class A { fetch(x) { return 1 } async fetch(y) {} }`: "",
		`({ fetch(x) { return 1 } })`:                         "",
		`let x; x.fetch(y)`:                                   "",
		`const o = {}; (o.fetch || fetch)(x)`:                 "call fetch",
		`interface A { fetch(x): void }`:                      "",
		`try {} catch (fetch) { fetch() }`:                    "",
		`import fetch from './f'; function g() { fetch() }`:   "module ./f, call ./f.default",
	} {
		if got := uses(Read([]byte(src))); got != want {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
}

func TestJavaScriptTextsForPeopleAreEmpty(t *testing.T) {
	for src, want := range map[string]string{
		`console.log('osascript ' + x, f('a'))`:  `console.log("" + x, f("a"))`,
		`throw new Error('osascript')`:           `throw new Error("")`,
		`throw 'osascript'`:                      `throw ""`,
		`logger.info('osascript')`:               `logger.info("osascript")`,
		`function console() {} console.log('a')`: `function console() {} console.log("a")`,
	} {
		if v := Read([]byte(src)); string(v.Text) != want {
			t.Errorf("%s\n got %s\nwant %s", src, v.Text, want)
		}
	}
}

func TestJavaScriptInJavaScriptIsRead(t *testing.T) {
	for src, want := range map[string]string{
		`eval("require('net')")`:                           "module net",
		`eval(atob('cmVxdWlyZSgibmV0Iik='))`:               "module net*",
		`new Function("a", "return require('net')")`:       "module net",
		`setTimeout("require('net')", 1)`:                  "module net",
		`x = atob('cmVxdWlyZSgibmV0Iik=')`:                 "module net*",
		`require('vm').runInThisContext("require('net')")`: "module net",
		`eval('require')('net')`:                           "module net",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
}

// Machines that run it know nothing of what was left unread before.
func TestScriptThatEvaluatesItselfIsTooDeep(t *testing.T) {
	if v := Read([]byte(`(function f(){eval('('+f+')()')})()`)); v.Limit != script.TooDeep {
		t.Errorf("limit %q", v.Limit)
	}
}

func TestJavaScriptRegularExpressionsAreToldFromDivisions(t *testing.T) {
	for src, want := range map[string]string{
		`a = /[/*]/.test(b) // c`:      `a = /[/*]/.test(b)  `,
		`a = b / 'c' / d // '`:         `a = b / "c" / d  `,
		`if (a) /'/.test(b); 'x'`:      `if (a) /'/.test(b); "x"`,
		`f(a) / 'x' / b`:               `f(a) / "x" / b`,
		"return /`/.test(a) + '\\x61'": "return /`/.test(a) + \"a\"",
		`a++ / 'x' / b`:                `a++ / "x" / b`,
		`w! / 'x' / h!`:                `w! / "x" / h!`,
		`w[0]! / 'x' / f(h)! / 'y'`:    `w[0]! / "x" / f(h)! / "y"`,
		"a\n!/'x'/.test(b)":            "a\n!/'x'/.test(b)",
		`if (a) !/'x'/.test(b)`:        `if (a) !/'x'/.test(b)`,
		`return !/'x'/.test(b)`:        `return !/'x'/.test(b)`,
		`await !/'x'/.test(b)`:         `await !/'x'/.test(b)`,
		`c = !/'x'/.test(b)`:           `c = !/'x'/.test(b)`,
		`x = {} / 'x' / 1`:             `x = {} / "x" / 1`,
		"{}\n/'/.test(a); 'x'":         "{}\n/'/.test(a); \"x\"",
		`<div>don't</div>; f('x')`:     `<div>don't</div>; f("x")`,
		`a ? {} / 'x' / 1 : /'/`:       `a ? {} / "x" / 1 : /'/`,
	} {
		if v := Read([]byte(src)); string(v.Text) != want {
			t.Errorf("%s\n got %s\nwant %s", src, v.Text, want)
		}
	}
}

// What stands in parentheses behind the declaration of a function is no call of it.
func TestParenthesesBehindAFunctionAreRead(t *testing.T) {
	for _, declared := range []string{
		"async function w() { return 'a' + 'b' }", "function w() { return 'a' + 'b' }", "export default async function () { return 'a' + 'b' }",
		"async function* w() { return 'a' + 'b' }", "f()\nasync function w() { return 'a' + 'b' }", "if (x) { async function w() { return 'a' + 'b' } }",
	} {
		if got := uses(Read([]byte(declared + "\n(async () => { require('net') })()"))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", declared, got)
		}
	}
}
