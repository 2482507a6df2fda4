package javascript

import (
	"strings"
	"testing"
)

// TestObjectsHaveWhatTheirPrototypesHave asks objects of the script for what an object of
// Node.js has that is their prototype.
func TestObjectsHaveWhatTheirPrototypesHave(t *testing.T) {
	for src, want := range map[string]string{
		`const o = { __proto__: globalThis }; o[['fe', 'tch'].join('')]('http://x')`:                                                       "call fetch",
		`const { [['fet', 'ch'].join('')]: get } = { __proto__: globalThis }; get('http://x')`:                                             "call fetch",
		`const o = { __proto__: globalThis, go() { return super[['fet', 'ch'].join('')]('http://x') } }; o.go()`:                           "call fetch",
		`const o = {}; Object.setPrototypeOf(o, globalThis); new o['Web' + 'Socket']('ws://x')`:                                            "call WebSocket",
		`const o = Object.setPrototypeOf({ name: 'fet' }, globalThis); Reflect.get(o, o.name + 'ch')('http://x')`:                          "call fetch",
		`class A {} Object.setPrototypeOf(A.prototype, globalThis); const k = ['WebS', 'ocket'].join(''); new (new A())[k]('ws://x')`:      "call WebSocket",
		`function F() {} F.prototype = globalThis; const f = new F(); f[['fet', 'ch'].join('')]('http://x')`:                               "call fetch",
		`const o = {}; o.__proto__ = process; o['bind' + 'ing']('tcp_wrap')`:                                                               "binding:tcp_wrap",
		`const o = { __proto__: require('child_process') }; o[['ex', 'ec'].join('')](['osa', 'script'].join(''))`:                          "start:osascript",
		`const o = Object.create(require('child_process')); for (const k in o) if (/^ex.c$/.test(k)) o[k](['osa', 'script'].join(''))`:     "start:osascript",
		`const o = { __proto__: new Proxy({}, { get: (t, k) => globalThis[k] }) }; o[['fet', 'ch'].join('')]('http://x')`:                  "call fetch",
		`for (const k of Object.getOwnPropertyNames(globalThis)) if (/^Web.*et$/.test(k)) new globalThis[k]('ws://x')`:                     "call WebSocket",
		`const o = { __proto__: { get m() { return this.n + 'et' } }, n: 'n' }; require(o.m)`:                                              "module net",
		`const above = {}, o = { __proto__: above }; above.m = ['n', 'et'].join(''); require(o.m)`:                                         "module net",
		`class A {} class B extends A {} const b = new B(); require(Object.getPrototypeOf(b) === B.prototype ? ['n', 'et'].join('') : '')`: "module net",
		`const a = {}; a['__proto__'] = a['__proto__'] || {}; a['__proto__'].m = ['n', 'et'].join(''); require({}.m)`:                      "module net",
		`const { inherits } = require('util'), E = require('events'); function A() {} inherits(A, E);
function net() { this.m = ['n', 'et'].includes('n') ? this.constructor.name : ''; } inherits(net, A); require(new net().m)`: "module net",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("%s\nhas %s, but: %q", src, want, got)
		}
	}
	for _, src := range []string{
		`const o = { __proto__: globalThis, fetch() {} }; o[['fet', 'ch'].join('')]('http://x')`,
		`const o = { __proto__: require('path') }; o[['fet', 'ch'].join('')]('http://x')`,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "fetch") {
			t.Errorf("%s\ncalls no fetch of the host: %q", src, got)
		}
	}
}

func TestSymbolsAreKeys(t *testing.T) {
	for _, src := range []string{
		`const a = Symbol(), b = Symbol(), t = { [a]: 'n', [b]: 'et' }; require(t[a] + t[b])`,
		`const t = { [Symbol('x')]: 'n', [Symbol('x')]: 'et' }; require(Object.getOwnPropertySymbols(t).map(s => t[s]).join(''))`,
		`const t = { [Symbol()]: 'n', [Symbol()]: 'et' }, { q, ...r } = t; require(Reflect.ownKeys(r).map(s => r[s]).join(''))`,
		`const c = { ...{ [Symbol.for('q')]: ['n', 'et'].join('') } }; require(c[Symbol.for('q')])`,
		`const t = { [Symbol('x')]: 1, [Symbol('net')]: 2 }; require(Object.getOwnPropertySymbols(t)[1].description)`,
		`class A { static [Symbol('x')] = ['n', 'et'] } require(A[Object.getOwnPropertySymbols(A)[0]].join(''))`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", src, got)
		}
	}
}
