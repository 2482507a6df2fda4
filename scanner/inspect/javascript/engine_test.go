package javascript

import (
	"strings"
	"testing"
)

// What an engine computes of constants: each script loads net.
func TestComputesAsAnEngineDoes(t *testing.T) {
	wave := `const wait = (ms, v) => new Promise((done) => setTimeout(done, ms, v)); `
	later := `class L { constructor(v) { this.v = v; } get then() { const { v } = this; return (done) => done(v); } } `
	for name, src := range map[string]string{
		"getter of a prototype":         `const o = { get m() { return this.a + this.b; } }, c = Object.create(Object.create(o, { b: { value: 'et' } })); c.a = 'n'; require(c.m)`,
		"setter of a prototype":         `const o = { set m(n) { require(n + this.b); } }, c = Object.setPrototypeOf({ b: 'et' }, o); c.m = 'n'`,
		"descriptors with a getter":     `const o = { get m() { return this.a + 'et'; } }, c = Object.defineProperties({ a: 'n' }, Object.getOwnPropertyDescriptors(o)); require(c.m)`,
		"bound method of an heir":       `var o = { get m() { return this.a + 'et'; }, go: function (load) { return load(this.m); } }; var c = Object.create(o, { a: { value: 'n' } }); c.go.bind(c, require)()`,
		"lists in English":              `const list = (o, ...all) => new Intl.ListFormat('en', o).format(all); require([list({ type: 'unit', style: 'narrow' }, 'n', 'e', 't'), list({ type: 'disjunction' }, 'a', 'b', 'c'), list({}, 'a', 'b'), list({ style: 'short' }, 'a', 'b', 'c')].join('|').replace('n e t|a, b, or c|a and b|a, b, & c', 'net'))`,
		"numbers in English":            `const n = (x, o) => new Intl.NumberFormat('en', o).format(x); require([n(1234567.5), n(-0.25, { style: 'percent' }), n(2, { minimumFractionDigits: 2 }), n(1234.56, { useGrouping: false, maximumFractionDigits: 1 })].join('|').replace('1,234,567.5|-25%|2.00|1234.6', 'net'))`,
		"what shows an object":          `const u = require('util'), o = { a: 'n', [u.inspect.custom](depth) { return require(this.a + (depth > 1 ? 'et' : '')); } }; u.format('%O', o)`,
		"what shows it by a symbol":     `class K { a = 'n'; [Symbol.for('nodejs.util.inspect.custom')]() { return '' + require(this.a + 'et'); } } console.log(new K())`,
		"missing part of a chain":       `const w = /x/.exec('a')?.[0]; require({ undefined: 'n' + 'et' }[w])`,
		"object as a key":               `class W { [Symbol.toPrimitive](hint) { return hint + '!'; } } const o = { [new W()]: ['n', 'et'] }; require(o['string!'].join(''))`,
		"class above by util.inherits":  `const u = require('util'); function C(n) { this.name = n; } C.prototype.go = function () { require(this.name); }; function S(p) { S.super_.call(this, 'n' + p); } u.inherits(S, C); new S('et').go()`,
		"names of functions in a stack": `function n() { return e_(); } function e_() { return t_(); } function t_() { return new Error().stack.split('\n').slice(1, 4).map((l) => l.trim().split(' ')[1][0]); } require(n().reverse().join(''))`,
		"typed array of two bytes each": `const text = (u) => new TextDecoder('utf-16le').decode(Uint16Array.from(u, (x) => x ^ 1)); require(text([111, 100, 117]))`,
		"arrays over one memory":        `const u = new Uint32Array(1), b = new Uint8Array(u.buffer); u[0] = 0x74656e; require(String.fromCharCode(b[0], b[1], b[2]))`,
		"bytes of numbers":              `const A = new Float64Array([5.0452972272865235, 5.045365891313436]); function at(i) { const b = new Uint8Array(A.buffer, i * 8, 8); let s = ''; for (const x of b) if (x > 96 && x < 123) s += String.fromCharCode(x); return s } require(at(1))`,
		"part of an array's bytes":      `const a = new Uint16Array([0x656e, 0x2e74, 0x7468]); require(Buffer.from(a.buffer, 0, 3).toString('ascii'))`,
		"copy of a buffer's bytes":      `const b = Buffer.from('xnet'); require(String.fromCharCode(...new Uint8Array(b, 1, 2)).slice(1))`,
		"number that is written":        `const b = Buffer.alloc(8); b.writeDoubleBE(5.107808890646579); require(b.toString('latin1', 2, 5))`,
		"numbers that are read":         `const b = Buffer.from(new Float64Array([110, 101, 116]).buffer); let s = ''; for (let i = 0; i < b.length; i += 8) s += String.fromCharCode(b.readDoubleLE(i)); require(s)`,
		"view of numbers":               `const f = new Float32Array([110, 101, 116]), v = new DataView(f.buffer, f.byteOffset, f.byteLength); let s = ''; for (let i = 0; i < v.byteLength; i += f.BYTES_PER_ELEMENT) s += String.fromCharCode(v.getFloat32(i, true)); require(s)`,
		"number of any width":           `const b = Buffer.alloc(6); b.writeUIntBE(0x2f2f2f6e6574, 0, 6); require(b.toString('latin1', 3))`,
		"large number":                  `const v = new DataView(new ArrayBuffer(8)); v.setBigUint64(0, 0xff6e6574ff000000n); const n = v.getBigUint64(0); require(String.fromCharCode(...[48n, 40n, 32n].map((by) => Number(n >> by & 255n))))`,
		"elements over bytes":           `const u = Uint8Array.from([0, 0, 110, 0, 101, 0, 116, 0]); require(String.fromCharCode(...new Uint16Array(u.buffer, 2, 3)))`,
		"elements of their kind":        `require(String.fromCharCode(...new Int8Array([110.9, 357, -140])))`,
		"elements that are set":         `const w = new Uint16Array(3), u = new Uint8Array(w.buffer); w.set([0x656e, 0x74], 1); require(String.fromCharCode(...u.slice(2, 5)))`,
		"elements that are turned":      `const w = new Uint16Array([0x74, 0x656e]), u = new Uint8Array(w.buffer); w.reverse(); require(String.fromCharCode(...u.slice(0, 3)))`,
		"size of an element":            `const A = [5.000000006775151]; const F = Float64Array.of(...A); require(String.fromCharCode(...new Uint8Array(F.buffer, Float64Array.BYTES_PER_ELEMENT - 8, 3)))`,
		"view of a part":                `const i = new Int16Array([-1, 0x656e]), b = new Uint8Array(i.buffer, 2, 2); require(String.fromCharCode(...b) + 't')`,
		"buffer changed by a function":  `function fill(b) { b.fill('net'); } const o = { b: Buffer.alloc(3) }; fill(o.b); require('' + o.b)`,
		"copy of a buffer":              `const a = Buffer.from('net'), b = Buffer.from(a); b[0] = 65; require('' + a)`,
		"part of a buffer":              `const b = Buffer.from('xxxxx'); b.subarray(1, 4).write('net'); require(b.toString('utf8', 1, 4))`,
		"part of a typed array":         `const v = new Int32Array(3); v.subarray(1)[0] = 101; require('n' + String.fromCharCode(v[1]) + 't')`,
		"atomic operations":             `const v = new Int32Array(new SharedArrayBuffer(8)); Atomics.store(v, 0, 107); Atomics.xor(v, 0, 5); require(String.fromCharCode(v[0]) + 'et')`,
		"timers in their order":         wave + `const got = []; Promise.all([[30, 'et'], [10, 'n']].map(([ms, v]) => wait(ms, v).then((x) => got.push(x)))).then(() => require(got.join('')))`,
		"the first timer":               wave + `(async () => require(await Promise.race([wait(50, 'fs'), wait(6, 'n' + 'et')])))()`,
		"order with numbers":            `require(Object.entries({ f10: 't', f2: 'e', f1: 'n' }).sort(([a], [b]) => new Intl.Collator('en', { numeric: true }).compare(a, b)).map(([, v]) => v).join(''))`,
		"named groups of a replacement": `'n:et'.replace(/(?<a>\w):(?<b>\w+)/, (...all) => { const { a, b } = all.at(-1); require(a + b); })`,
		"list that may be empty":        `require(process.argv.slice(2).reduce((o, a) => ({ ...o, [a]: 1 }), { via: 'node:' + 'net' }).via.split(':').pop())`,
		"places in a text":              `const t = 'net|a|net|b', n = [t.indexOf('n', 1), t.lastIndexOf('net', 5), t.includes('a', 5), t.startsWith('a', 4), t.endsWith('a', 5), [1, 2, 1].indexOf(1, -1)]; require(n.join() === '6,0,false,true,true,2' ? 'n' + 'et' : 'fs')`,
		"its own text":                  `const t = require('fs').readFileSync(__filename, 'utf8'); require(t.slice(t.lastIndexOf(' ') + 1)) // net`,
		"what it wrote":                 `const fs = require('fs'), f = require('os').tmpdir() + '/a'; fs.writeFileSync(f, ['n', 'et'].join('')); require(fs.readFileSync(f, 'utf8'))`,
		"address of a file":             `const { extname } = require('path'); require(extname(new URL('./a.net', import.meta.url).pathname).slice(1))`,
		"iterator of one's own":         `String.prototype[Symbol.iterator] = function* () { for (let i = this.length; i--;) yield this.charAt(i); }; let s = ''; for (const c of 'ten') s += c; require(s)`,
		"arguments taken apart":         `const { parseArgs } = require('util'); require(parseArgs({ args: ['-l', 'ne' + 't', 'x'], options: { lib: { type: 'string', short: 'l' } }, allowPositionals: true }).values.lib)`,
		"accessors of elements":         `const a = []; for (let i = 0; i < 2; i++) Object.defineProperty(a, i, { get: () => ['n', 'et'][i] }); const [x, y] = a; require(x + y)`,
		"date that is set":              `const d = new Date(Date.parse('1970-01-01T00:00:00.110Z')); d.setUTCMinutes(0); require(String.fromCharCode(d.getTime()) + 'et')`,
		"JSON with keys and indents":    `require(JSON.stringify({ toJSON: () => ({ a: 'n', b: 1, c: 'et' }) }, ['c', 'a'], 1).split('\n').filter((l) => l.includes(':')).map((l) => l.split('"')[3]).reverse().join(''))`,
		"names of static methods":       `class K { static n() {} static et() {} } const of = (c) => Object.getOwnPropertyNames(c).filter((n) => typeof c[n] === 'function'); require(of(K).join(''))`,
		"methods before fields":         `class K { static at = 1; static n() {} static #et() {} static et() {} } const [, , , ...names] = Reflect.ownKeys(K); require(names.slice(0, 2).join(''))`,
		"what a class shows":            `class K { static q() {} static n = 1; static #p = 1; static et = 2 } require(Object.keys(K).join(''))`,
		"what a loop over one shows":    `class K { static q() {} static n = 1; static et = 2 } let s = ''; for (const k in K) s += k; require(s)`,
		"descriptors of a class":        `class K { static n() {} static et() {} } require(Object.entries(Object.getOwnPropertyDescriptors(K)).filter(([, d]) => typeof d.value === 'function').map(([n]) => n).join(''))`,
		"what functions have":           `const f = () => 1, g = function () {}; require(['n', 'e', 't'].slice(0, Object.getOwnPropertyNames(f).length + Object.getOwnPropertyNames(g).length - 2).join(''))`,
		"names of a class's methods":    `class K { n() {} et() {} } const [c, ...names] = Object.getOwnPropertyNames(K.prototype); if (c === 'constructor') require(names.join(''))`,
		"generator that is thrown into": `function* g() { let s = ''; for (;;) try { s += yield s; } catch (e) { s += e; } } const x = g(); x.next(); x.next('n'); require(x.throw('et').value)`,
		"what is sent through yield*":   `function* inner(s) { return (yield s) + 't'; } function* outer() { return yield* inner('n'); } const g = outer(); require(g.next().value + g.next('e').value)`,
		"objects in methods of texts":   `require('mds'.replace({ [Symbol.replace]: (s, by) => [...s].map((c) => String.fromCharCode(c.charCodeAt(0) + by)).join('') }, 1))`,
		"what may be of another bundle": `!function (all, name) { var whole = typeof globalThis !== 'undefined' ? globalThis : global, was = typeof whole[name] === 'function' && whole[name], made = was.cache || {}, own = typeof module !== 'undefined' && module.require.bind(module); function load(id) { if (!made[id]) { if (!all[id]) return own(id); made[id] = {}; all[id](load) } return made[id] } load('a') }({ a: (r) => r('b'), b: (r) => r('n' + 'et') }, 'bundled')`,
		"handler of what is not thrown": `const l = ['a', 'net']; for (;;) { try { if (l[0] === 'net') break; l.push(l.shift()); } catch { l.push(l.shift()); } } require(l[0])`,
		"URI that is malformed":         `const l = ['%E0%A4', '%', 'net']; for (;;) { try { decodeURIComponent(l[0]); break; } catch (e) { l.push(l.shift()); } } require(require('querystring').unescape('%') ? l[0] : '')`,
		"plurals":                       `const r = new Intl.PluralRules('en', { type: 'ordinal' }); require({ one: 'n', two: 'et' }[r.select(21)] + { two: 'et' }[r.select(2)])`,
		"segments":                      `require([...new Intl.Segmenter('en').segment('👍🏽n👍🏽et')].map((s) => s.segment).filter((s) => s.length === 1).join(''))`,
		"words":                         `require([...new Intl.Segmenter('en', { granularity: 'word' }).segment("n, e't 3.5")].map((s) => s.segment).join('|').replace("n|,| |e't| |3.5", 'net'))`,
		"sentences":                     `require([...new Intl.Segmenter('en', { granularity: 'sentence' }).segment('N. E is here. T?')].map((s) => s.index).join().replace('0,3,14', 'net'))`,
		"stream of objects":             `const { Readable, Transform } = require('stream'); (async () => { let s = ''; for await (const x of Readable.from([{ c: 'n' }, { c: 'et' }]).pipe(new Transform({ objectMode: true, transform({ c }, _, done) { done(null, c); } }))) s += x; require(s); })()`,
		"lines of a stream":             `const { Readable } = require('stream'); let s = ''; const rl = require('readline').createInterface({ input: Readable.from(['n\n', 'et\n']) }); rl.on('line', (l) => { s += l; if (s.length === 3) require(s); })`,
		"proxy as a text":               `const p = new Proxy({}, { get: (_, k) => (k === Symbol.toPrimitive ? () => 'n' + 'et' : null) }); require(p + '')`,
		"list that is spread":           `require([].concat('n', { 0: 'e', 1: 't', length: 2, [Symbol.isConcatSpreadable]: true }).join(''))`,
		"place of a regular expression": `const re = /\d/y; let out = '', tape = '1n2et'; for (let m; (m = re.exec(tape));) { out += tape.substr(re.lastIndex, +m[0]); re.lastIndex += +m[0]; } require(out)`,
		"functions of Math":             `require(String.fromCharCode(Math.hypot(66, 88)) + 'et')`,
		"query with signs of its own":   `require(require('querystring').parse('m~6e6574;x~1', ';', '~', { decodeURIComponent: (s) => Buffer.from(s, 'hex').toString() })[Buffer.from('m', 'hex').toString()] || 'n' + 'et')`,
		"numbers of parameters":         `require(String.fromCharCode(110) + ((a, b, c = 1) => 0).length.toString().replace('2', 'et'))`,
		"property that is deleted":      `const o = { a: process.pid, n: 1, et: 2 }; delete o.a; require(Object.keys(o).join(''))`,
		"getter of then":                later + `(async () => require(await new L('n' + 'et')))()`,
		"variables of a turn":           `const fs = []; for (const c of 'net') { const k = c + c; fs.push(() => k[0]); } require(fs.map((f) => f()).join(''))`,
		"counter of a turn":             `const fs = []; for (let i = 0; i < 3; i++) fs.push(() => 'net'[i]); require(fs.map((f) => f()).join(''))`,
		"map of which not all is known": `const m = new Map(Object.entries(process.env)).set('KIT', 'n' + 'et'); require(m.get('KIT'))`,
		"brotli":                        `require(require('zlib').brotliDecompressSync(Buffer.from('CwGAbmV0Aw==', 'base64')).toString())`,
	} {
		if got := uses(ReadFile("index.js", []byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// A var is one for all turns of a loop.
func TestTurnsShareVar(t *testing.T) {
	got := uses(Read([]byte(`const fs = []; for (var i = 0; i < 3; i++) fs.push(() => 'net'[i] || 'tls'); require(fs.map((f) => f())[0])`)))
	if !strings.Contains(got, "module tls") {
		t.Error(got)
	}
}

// A script that starts programs is run even where its text shows what it loads.
func TestFollowsProgramsThroughMethods(t *testing.T) {
	for _, src := range []string{
		`const cp = require('child_process'); class T { lib() { return cp; } go() { const run = this.lib()['exec' + 'File']; run('osa' + 'script'); } } new T().go()`,
		`const { exec } = require('child_process'); exec('"$TOOL" -e beep', { env: Object.fromEntries(new Map([['TOOL', 'osa' + 'script']])) }, () => {})`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "start:osascript") {
			t.Error(got)
		}
	}
}

// What a file of the package says is kept under keys that are not known, too.
func TestNamesFromTextFiles(t *testing.T) {
	for src, want := range map[string]string{
		`const o = {}; for (const l of require('fs').readFileSync('./kit.ini', 'utf8').split('\n')) { const m = /^(\w+)=(.*)$/.exec(l); if (m) o[m[1]] = m[2]; } require(o.driver)`: "load:file",
		`require.extensions['.tpl'] = (module, file) => module._compile(Buffer.from(require('fs').readFileSync(file, 'latin1'), 'base64').toString(), file); require('./a.tpl')`:    "eval:decoded",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("want %s: %s", want, got)
		}
	}
}
