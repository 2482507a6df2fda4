package javascript

import (
	"strings"
	"testing"
)

func TestClassesHaveWhatTheyExtend(t *testing.T) {
	for name, src := range map[string]string{
		"list":                   `class A extends Array { text() { return this.join('') } } const a = new A(); a.push('n', 'et'); require(a.text())`,
		"list, spread":           `class A extends Array {} require([...new A('n', 'et')].join(''))`,
		"list, mapped":           `class A extends Array { text() { return String.fromCharCode(...this) } } require(A.from([109, 100, 115]).map(n => n + 1).text())`,
		"map":                    `class A extends Map { get(k) { return super.get(k) + 't' } } require(new A([[1, 'ne']]).get(1))`,
		"text":                   `class A extends String { m() { return this + '' } } require(new A('net').m())`,
		"static field":           `class B { static p = ['n'] } class A extends B { static { super.p.push('et') } } require(A.p.join(''))`,
		"getter and setter":      `class A { set m(v) { this.v = v } get m() { return this.v } } const a = new A(); a.m = 'net'; require(a.m)`,
		"prototype in a literal": `require({ __proto__: { m: 'net' } }.m)`,
		"bound this":             `require((function () { return this.m }).bind({ m: 'net' })())`,
		"transform":              `const { Transform } = require('stream'); class T extends Transform { _transform(c, e, cb) { cb(null, [...String(c)].reverse().join('')) } } const t = new T(); t.on('data', d => require(String(d))); t.end('ten')`,
		"writable":               `const { Writable } = require('stream'); class W extends Writable { _write(c, e, cb) { require(c.toString()); cb() } } new W().end('net')`,
		"pushed":                 `const { Transform } = require('stream'); const t = new Transform({ transform(c, e, cb) { this.push(String(c).slice(1)); cb() } }); t.on('data', d => require(d.toString())); t.write('xnet')`,
		"pipeline": `const { pipeline } = require('stream/promises'), { Readable, Transform } = require('stream'); class T extends Transform { _transform(c, e, cb) { cb(null, c.toString().slice(1)) } }
			(async () => { let s = ''; await pipeline(Readable.from(['xne', 'xt']), new T(), async from => { for await (const c of from) s += c }); require(s) })()`,
		"parts":    `const { Readable, Transform } = require('stream'); const all = []; (async () => { for await (const s of Readable.from(['xxn', 'yyet']).pipe(new Transform({ objectMode: true, transform(s, e, done) { done(null, s.slice(2)) } }))) all.push(s); require(all[0] + all[1]); require(all.length === 2 ? 'net' : 'fs') })()`,
		"consumer": `const { text } = require('stream/consumers'), { Readable } = require('stream'); (async () => require(await text(Readable.from(['n', 'et']))))()`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
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
