package javascript

import (
	"runtime"
	"strings"
	"testing"
)

// TestObjectsAreTurnedIntoWhatTheySay: a method of a text, a list's join and the like ask
// an object for its text or number, as templates do.
func TestObjectsAreTurnedIntoWhatTheySay(t *testing.T) {
	for _, src := range []string{
		`require(''.concat({ toString() { return 'net' } }))`,
		`class K { [Symbol.toPrimitive](hint) { return hint === 'string' ? 'net' : 1 } } require(''.concat(new K()))`,
		`function K() {} K.prototype.toString = function () { return 'net' }; require(''.concat(new K()))`,
		`require(['', { toString() { return 'net' } }].join(''))`,
		`require('n_t'.replace('_', { toString() { return 'e' } }))`,
		`require('nxexxt'.split({ toString() { return 'x' } }).join(''))`,
		`require(''.padStart({ valueOf() { return 3 } }, { toString() { return 'net' } }))`,
		`require('xnet'.slice({ valueOf() { return 1 } }))`,
		`require(String.fromCharCode({ valueOf() { return 110 } }, 101, 116))`,
		`require(String.raw({ raw: [{ toString() { return 'net' } }] }))`,
		`var t = ['ne', 't']; Object.defineProperty(t, 'raw', { value: ['ne', 't'] }); require(String.raw(t, ''))`,
		`require(String() + 'ne' + 't')`,
		`const f = () => 1; f.toString = () => 'net'; require(''.concat(f.toString()) && '' + f)`,
		`require('('.concat(function () { return 'net' }, ')').slice(23, 26))`,
		`const l = ['x']; l.toString = () => 'net'; require(''.concat(l))`,
		`const o = { __proto__: { toString() { return 'net' } } }; require('' + o)`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", src, got)
		}
	}
}

func TestExpressionsOfTheirConstructorGoOn(t *testing.T) {
	for _, made := range []string{`new RegExp('(\\d)', 'y')`, `RegExp('(\\d)', 'g')`, `new RegExp(/(\d)/, 'g')`, `new RegExp(/(\d)/g)`} {
		src := `const r = ` + made + `; let s = '', m; while ((m = r.exec('1n1e1t'))) { s += '1n1e1t'.substr(r.lastIndex, 1); r.lastIndex += 1 } require(s)`
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", made, got)
		}
	}
}

// TestPrototypesAreGivenAndAsked follows what compilers make of classes.
func TestPrototypesAreGivenAndAsked(t *testing.T) {
	const heir = `function A(v) { this.v = v } A.prototype.f = function () { return 'ne' }; function B() {} B.prototype = Object.create(A.prototype, { constructor: { value: B } }); `
	for _, src := range []string{
		`function A() {} A.p = ['n']; function B() {} Object.setPrototypeOf(B, A); require(B.p[0] + 'et')`,
		`class A { static f() { return 'net' } } function B() {} B.__proto__ = A; require(B.f())`,
		`function A() {} Object.defineProperty(A, 'id', { get() { return this.p.join('') } }); A.p = ['ne']; function B() {} Object.setPrototypeOf(B, A); A.p.push('t'); require(B.id)`,
		`class A {} class B extends A {} A.x = 'net'; require(Object.getPrototypeOf(B).x)`,
		heir + `B.prototype.f = function () { return Object.getPrototypeOf(B.prototype).f.call(this) + 't' }; require(new B().f())`,
		heir + `var get = Reflect.get.bind(); B.prototype.f = function () { return get(Object.getPrototypeOf(B.prototype), 'f', this).call(this) + 't' }; require(new B().f())`,
		heir + `Object.setPrototypeOf(B, A); require(Reflect.construct(Object.getPrototypeOf(B), ['net'], B).v)`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", src, got)
		}
	}
	// Functions that extend each other in a circle are no classes, and have an end.
	Read([]byte(`function A() {} function B() {} Object.setPrototypeOf(A, B); Object.setPrototypeOf(B, A); require(B.x + atob('bmV0')); new B() instanceof A`))
}

// TestFunctionsThatAreLookedAtAreNotCalled: who freezes a class does not call it with an
// instance of which nothing is known.
func TestFunctionsThatAreLookedAtAreNotCalled(t *testing.T) {
	for _, look := range []string{`Object.freeze(K)`, `Object.defineProperty(K, 'prototype', { writable: false })`, `Reflect.ownKeys(K)`, `Array.isArray(K)`, `String(K)`} {
		src := `function has(t, e) { if (t.has(e)) return e; throw 1 } var o = new WeakMap(); function K(l) { o.set(this, 1); o.set(has(o, this), l); this.q = o.get(this) } ` +
			look + `; new K(require).q('n' + 'et')`
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", look, got)
		}
	}
}

func TestFetchThatIsHandedOnIsFollowed(t *testing.T) {
	for _, fetch := range []string{`fetch`, `globalThis.fetch`} {
		src := `class R { constructor(to, { transport = ` + fetch + ` } = {}) { this.to = to; this.transport = transport } get(k) { const { transport } = this; return transport(new URL(k, this.to)) } } new R('http://a').get('b')`
		if got := uses(Read([]byte(src))); !strings.Contains(got, "call fetch") {
			t.Errorf("%s: %q", fetch, got)
		}
	}
}

// TestChainsOfPrototypesHaveAnEnd: each link costs little to make, and one look goes up all.
func TestChainsOfPrototypesHaveAnEnd(t *testing.T) {
	const start = `const s = atob('bmV0'); let r = () => 0, leaf = r; `
	for _, link := range []string{
		`const n = () => i; Object.setPrototypeOf(r, n); r = n`,
		`const n = function () {}; r.__proto__ = n; r = n`,
		`leaf = class extends leaf {}`,
	} {
		Read([]byte(start + `for (let i = 0; i < 300000; i++) { ` + link + ` } require(leaf.foo + leaf + s)`))
	}
}

// TestReplacingByOneOfSeveralIsNotQuadratic: no text is copied for every match.
func TestReplacingByOneOfSeveralIsNotQuadratic(t *testing.T) {
	const most = 1 << 30 // bytes; the copies of all texts are some 50 GB
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Read([]byte(`const u = unknown(), s = atob('YWI=').repeat(60000); require(s.replace(/a/g, m => u[2] ? 'xy' : 'zz'))`))
	if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > most {
		t.Errorf("%d bytes are allocated", after.TotalAlloc-before.TotalAlloc)
	}
	if got := uses(Read([]byte(`const u = unknown(); require('n-t'.replace(/-/g, m => u[2] ? 'e' : 'z'))`))); !strings.Contains(got, "module net") {
		t.Errorf("%q", got)
	}
}

// TestGettersThatAskForAnyItemHaveAnEnd: bundlers hand on what a module exports by getters
// that look it up, and where the name is not known each asks all.
func TestGettersThatAskForAnyItemHaveAnEnd(t *testing.T) {
	src := `const o = {}, s = atob('bmV0'); for (const k of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) ` +
		`Object.defineProperty(o, k, { get() { asked(); return o[unknown] } }); require(o[unknown] + s)`
	v := Read([]byte(src))
	if v.Limit != "" {
		t.Errorf("limit %q", v.Limit)
	}
}

// What Function.prototype.toString gives is the text of the function, whatever this says that
// it is: polyfills have another one call it, which would call itself without end.
func TestTheTextOfAFunctionIsNotWhatItSays(t *testing.T) {
	for name, src := range map[string]string{
		"its own": "function f() { net } f.toString = function () { return 'x' }; require(Function.toString.call(f).slice(15, 18))",
		"of all": "var T = Function.prototype.toString; Function.prototype.toString = function () { var s = T.call(this); return s + T.call(this).slice(0, 0) };" +
			"function f() { net } require(f.toString().slice(15, 18))",
	} {
		v := Read([]byte(src))
		if got := uses(v); !strings.Contains(got, "module net*") || v.Limit != "" {
			t.Errorf("%s: %s %s", name, got, v.Limit)
		}
	}
}
