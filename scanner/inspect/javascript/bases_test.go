package javascript

import (
	"strings"
	"testing"
)

func TestClassesHaveWhatTheyExtend(t *testing.T) {
	for name, src := range map[string]string{
		"list":                       `class A extends Array { text() { return this.join('') } } const a = new A(); a.push('n', 'et'); require(a.text())`,
		"list, spread":               `class A extends Array {} require([...new A('n', 'et')].join(''))`,
		"list, mapped":               `class A extends Array { text() { return String.fromCharCode(...this) } } require(A.from([109, 100, 115]).map(n => n + 1).text())`,
		"map":                        `class A extends Map { get(k) { return super.get(k) + 't' } } require(new A([[1, 'ne']]).get(1))`,
		"text":                       `class A extends String { m() { return this + '' } } require(new A('net').m())`,
		"static field":               `class B { static p = ['n'] } class A extends B { static { super.p.push('et') } } require(A.p.join(''))`,
		"getter and setter":          `class A { set m(v) { this.v = v } get m() { return this.v } } const a = new A(); a.m = 'net'; require(a.m)`,
		"prototype in a literal":     `require({ __proto__: { m: 'net' } }.m)`,
		"method of a prototype":      `function A() { return Reflect.construct(Array, arguments, A) } A.prototype = Object.create(Array.prototype); A.prototype.text = function () { return this.join('') }; require(new A('n', 'et').text())`,
		"own method of a list":       `const o = { join: Array.prototype.join, length: 2, 0: 'n', 1: 'et' }; require(o.join(''))`,
		"matched by its own":         `class A extends RegExp { exec(s) { const m = super.exec(s); if (m) m.n = m[1] + 'et'; return m } } require('xn'.match(new A('x(n)')).n)`,
		"name of an expression":      `const r = /x/; r.n = 'et'; require('n' + r.n)`,
		"what a constructor returns": `function A() { return { n: 'net' } } class B {} require(Reflect.construct(A, [], B).n)`,
		"bound this":                 `require((function () { return this.m }).bind({ m: 'net' })())`,
		"transform":                  `const { Transform } = require('stream'); class T extends Transform { _transform(c, e, cb) { cb(null, [...String(c)].reverse().join('')) } } const t = new T(); t.on('data', d => require(String(d))); t.end('ten')`,
		"writable":                   `const { Writable } = require('stream'); class W extends Writable { _write(c, e, cb) { require(c.toString()); cb() } } new W().end('net')`,
		"pushed":                     `const { Transform } = require('stream'); const t = new Transform({ transform(c, e, cb) { this.push(String(c).slice(1)); cb() } }); t.on('data', d => require(d.toString())); t.write('xnet')`,
		"pipeline": `const { pipeline } = require('stream/promises'), { Readable, Transform } = require('stream'); class T extends Transform { _transform(c, e, cb) { cb(null, c.toString().slice(1)) } }
			(async () => { let s = ''; await pipeline(Readable.from(['xne', 'xt']), new T(), async from => { for await (const c of from) s += c }); require(s) })()`,
		"callback behind a generator": `const { pipeline, Readable, Transform } = require('stream'); let s = ''
			pipeline(Readable.from(['xn', 'xet']), new Transform({ transform(c, e, cb) { cb(null, String(c).slice(1)) } }), async function* (from) { for await (const c of from) { s += c; yield c } }, () => require(s))`,
		"parts":    `const { Readable, Transform } = require('stream'); const all = []; (async () => { for await (const s of Readable.from(['xxn', 'yyet']).pipe(new Transform({ objectMode: true, transform(s, e, done) { done(null, s.slice(2)) } }))) all.push(s); require(all[0] + all[1]); require(all.length === 2 ? 'net' : 'fs') })()`,
		"consumer": `const { text } = require('stream/consumers'), { Readable } = require('stream'); (async () => require(await text(Readable.from(['n', 'et']))))()`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// What an instance of a class of Node.js has, it has by whatever name the script calls
// the class, and however its own extends that.
func TestClassesOfNodeAreExtended(t *testing.T) {
	const code = `['require("n', 'et")'].join('')`
	const session = `const { Session } = require('inspector'); `
	for name, src := range map[string]string{
		"session":            session + `class A extends Session { constructor() { super(); this.connect() } go(expression) { this.post(['Runtime', 'evaluate'].join('.'), { expression }) } } new A().go(` + code + `)`,
		"method of super":    session + `class A extends Session { post(m, p) { super.post('Runtime.' + m, p) } } new A().post('evaluate', { expression: ` + code + ` })`,
		"key of super":       session + `class A extends Session { go(m, p) { super[m]('Runtime.evaluate', p) } } class B extends (0, A) {} new B().go('post', { expression: ` + code + ` })`,
		"mixin":              session + `const mix = B => class extends B { go(expression) { this.post('Runtime.evaluate', { expression }) } }; class A extends mix(Session) {} new A().go(` + code + `)`,
		"base of a table":    `const all = { a: require('inspector').Session }; class A extends all['a'] {} new A().post('Runtime.evaluate', { expression: ` + code + ` })`,
		"added to":           session + `class A extends Session {} Object.assign(A.prototype, { go(expression) { this.post('Runtime.evaluate', { expression }) } }); new A().go(` + code + `)`,
		"prototype's method": session + `Session.prototype.post.call(new Session(), 'Runtime.evaluate', { expression: ` + code + ` })`,
		"heir of an object":  session + `Object.create(new Session()).post('Runtime.evaluate', { expression: ` + code + ` })`,
		"constructed":        session + `class A extends Session { go(expression) { this.post('Runtime.evaluate', { expression }) } } Reflect.construct(Session, [], A).go(` + code + `)`,
		"worker":             `class A extends require('worker_threads').Worker { constructor(t) { super(t, { eval: true }) } } new A(` + code + `)`,
		"worker of TypeScript": `import { Worker } from 'worker_threads'; class A<T extends string> extends Worker { private readonly n: number = 1; constructor(t: T) { super(t, { eval: true }) } }
			new A(` + code + `)`,
		"worker of a list":       `class A extends require('worker_threads').Worker { constructor(...a) { super(...a) } } new A(` + code + `, { eval: true })`,
		"worker as it is":        `const { Worker } = require('worker_threads'); class A extends Worker {} new A(` + code + `, { eval: true })`,
		"script":                 `const vm = require('vm'); class A extends vm.Script { go() { return this.runInThisContext() } } new A(` + code + `).go()`,
		"module":                 `const Module = require('module'); class A extends Module { go(t) { this._compile(t, 'x') } } new A().go(` + code + `)`,
		"module's loader":        `const Module = require('module'); class A extends Module { static _load(n) { return super._load([...n].reverse().join('')) } } A._load('ten')`,
		"inherited as before":    `const Module = require('module'); function A() { Module.call(this, 'x') } require('util').inherits(A, Module); A.prototype.go = function (t) { this._compile(t, 'x') }; new A().go(` + code + `)`,
		"inherited after ES5":    `var A = (function (_super) { Object.setPrototypeOf(A.prototype, _super.prototype); function A() { var _this = _super !== null && _super.apply(this, arguments) || this; return _this } A.prototype.go = function (t) { this._compile(t, 'x') }; return A })(require('module').Module); new A().go(` + code + `)`,
		"function":               `class A extends Function { constructor(...a) { super(...a) } } new A('r', ['return r("n', 'et")'].join(''))(require)`,
		"function of a list":     `const make = (...a) => new Function(...a); make('r', ['return r("n', 'et")'].join(''))(require)`,
		"address":                `class A extends URL { get m() { return this.hostname.split('.')[0] } } require(new A('http://net.example/').m)`,
		"promise":                `class A extends Promise { go() { return this.then(n => require(n)) } } new A(r => r(['n', 'et'].join(''))).go()`,
		"session of promises":    `const { Session } = require('node:inspector/promises'); class A extends Session { async ['e' + 'v'](expression) { return this.post('Runtime.evaluate', { expression }) } } new A().ev(` + code + `)`,
		"store":                  `class A extends require('async_hooks').AsyncLocalStorage { with(v, f) { return this.run({ v }, f) } } const a = new A(); a.with(['n', 'et'].join(''), () => require(a.getStore().v))`,
		"shell":                  `class A extends require('repl').REPLServer { take(n) { return this.context[n] } } new A().take(['n', 'et'].join('')).connect(80)`,
		"shell's modules":        `const { context } = require('repl').start(''); context[Object.getOwnPropertyNames(context).find(n => n.length === 3 && n.endsWith('et'))].connect(80)`,
		"shell that evaluates":   `const s = require('repl').start(''); s.eval(` + code + `, s.context, 'x', () => {})`,
		"shell that is typed to": `require('repl').start('').write(` + code + ` + '\n')`,
		"readable":               `class A extends require('stream').Readable { p = ['n', 'et']; _read() { this.push(this.p.shift() ?? null) } } let s = ''; new A().on('data', c => { s += c }).on('end', () => require(s))`,
		"readable, iterated":     `const p = ['n', 'et'], r = new (require('stream').Readable)({ read() { this.push(p.length ? p.shift() : null) } }); (async () => { let s = ''; for await (const c of r) s += c; require(s) })()`,
		"readable, asked":        `const { Readable } = require('stream'), r = new Readable({ read() {} }); r.push('n'); r.push('et'); r.push(null); let s = ''; r.on('readable', () => { for (let c; (c = r.read()) !== null;) s += c }).on('end', () => require(s))`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestClassesThatConnectAreExtended(t *testing.T) {
	const src = `class A extends globalThis[['Web', 'Socket'].join('')] { constructor(u) { super(u) } } new A('wss://x')`
	if got := uses(Read([]byte(src))); !strings.Contains(got, "call WebSocket") {
		t.Errorf("%q", got)
	}
}

func TestOwnSpawnStartsPrograms(t *testing.T) {
	const src = `class A extends require('child_process').ChildProcess { go(...args) { const file = ['osa', 'script'].join(''); this.spawn({ file, args: [file, ...args] }) } } new A().go('-e', 'beep')`
	if got := uses(Read([]byte(src))); !strings.Contains(got, "start:osascript") {
		t.Errorf("%q", got)
	}
}

// The parameters of a function and its arguments are one, but in a strict one.
func TestArgumentsAreTheParameters(t *testing.T) {
	for src, want := range map[string]string{
		`function f(a, b) { arguments[0] = 'n'; arguments[1] += 't'; return a + b } require(f('x', 'e'))`:                      "net",
		`function f(a) { a = 'n' + a; return arguments[0] } require(f('et'))`:                                                  "net",
		`function g(all) { all[0] = 'n' + 'et' } function f(a) { { g(arguments) } return a } require(f('x'))`:                  "net",
		`function f(a, b) { [arguments[0], arguments[1]] = [arguments[1], arguments[0]]; return a + b } require(f('et', 'n'))`: "net",
		`function f(a) { 'use strict'; arguments[0] = 'fs'; return a } require(f(['n', 'et'].join('')))`:                       "net",
		`function f(a = 1) { arguments[0] = 'fs'; return a } require(f(['n', 'et'].join('')))`:                                 "net",
		`function f(a) { const g = () => { arguments[0] += 't' }; g(); return a } require(f('ne'))`:                            "net",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module "+want) {
			t.Errorf("%s: %q", src, got)
		}
	}
}

func TestPureFunctionsAreComputed(t *testing.T) {
	for _, expression := range []string{
		`['n', 'e', 't'].reduce((s, c, i, all) => s + all[i], '')`,
		`[['n', ['e']], 't'].flat(Infinity).join('')`,
		`'net'[Symbol.iterator]().next().value + 'et'`,
		`(() => { const it = ['n', 'et'][Symbol.iterator](); let s = '', r; while (!(r = it.next()).done) s += r.value; return s })()`,
		`Buffer.from('xnetx').utf8Slice(1, 4)`,
		`Buffer.from({ type: 'Buffer', data: [110, 101, 116] }).toString()`,
		`Object('net').toString()`,
		`Reflect.apply(String.prototype.slice, 'xnet', [1])`,
		`(() => { const a = new Uint16Array(3); [...'net'].forEach((c, i) => { a[i] = c.charCodeAt() }); return String.fromCharCode.apply(null, a) })()`,
		`['n', 'et'].join(require('path').sep).replace(require('path').sep, '')`,
		`['n', 'et'].join(require('os').EOL).trim().split('\n').join('')`,
		`require('util').inspect('net').slice(1, -1)`,
		`require('util').stripVTControlCharacters('\x1b[31mnet\x1b[0m')`,
		`require('querystring').stringify({ net: '' }).slice(0, 3)`,
		`require('url').format({ pathname: 'net' })`,
		`require('url').resolve('/a/b', 'net').slice(3)`,
	} {
		if got := uses(Read([]byte("require(" + expression + ")"))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", expression, got)
		}
	}
}

func TestPromisedFunctionsAnswer(t *testing.T) {
	for _, src := range []string{
		`const { promisify } = require('util'); (async () => require(await promisify((x, done) => done(null, x + 't'))('ne')))()`,
		`const { callbackify } = require('util'); callbackify(async () => 'net')((error, name) => require(name))`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", src, got)
		}
	}
}
