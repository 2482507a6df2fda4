package javascript

import (
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
)

// Small scripts in which no single word tells that they are to be read.
func TestSmallScriptsThatTakeWhatTheyDoNotNameAreRead(t *testing.T) {
	for _, src := range []string{
		// process and module as values, in whatever holds them
		`const n = 'bin'.concat('ding'); const o = { r: process }; o.r[n]('tcp_wrap')`,
		`const n = f(); (r => r[n]('tcp_wrap'))(process)`,
		`const n = f(); const [r] = [process]; r[n]('tcp_wrap')`,
		`const n = f(); const g = () => process; g()[n]('tcp_wrap')`,
		`const n = f(); const r = x ? process : null; r[n]('tcp_wrap')`,
		`const n = f(); const r = null ?? process; r[n]('tcp_wrap')`,
		`const n = f(); (0, process)[n]('tcp_wrap')`,
		`const n = f(); let r; try { throw process } catch (e) { r = e } r[n]('tcp_wrap')`,
		`const n = f(); const r = { ...process }; r[n]('tcp_wrap')`,
		`const n = f(); const r = new Proxy(process, {}); r[n]('tcp_wrap')`,
		`const n = f(); Reflect.get(process, n)('tcp_wrap')`,
		`const n = f(), get = Reflect.get; get(process, n)('tcp_wrap')`,
		`Object.entries(process).find(([k]) => k == 'bind' + x)[1]('tcp_wrap')`,
		`const q = (({ binding: q }) => q)(process); q('tcp_wrap')`,
		`const n = f(); const q = (({ [n]: q }) => q)(process); q('tcp_wrap')`,
		`const n = f(); function* g() { yield module } g().next().value[n]('net')`,
		`const n = f(); const r = x ? module : null; r[n]('net')`,
		// the global object, by reading and not by calling
		`const n = f(); function g(r) { return r[n] } g(globalThis)(url)`,
		`const n = f(); new (((r) => r[n])(globalThis))(url)`,
		`const n = f(); [n].reduce((o, k) => o[k], globalThis)(url)`,
		`const n = f(), G = Reflect.get; G(globalThis, n)(url)`,
		`const { r: { [n]: q } } = { r: globalThis }; q(url)`,
		`const { r: { WebSocket: q } } = { r: globalThis }; new q(url)`,
		`(({ fetch: q }) => q)(globalThis)(url)`,
		`globalThis?.fetch(url)`,
		// what gives functions of text is called, and what that gives
		`const n = f(); (() => {})[n](text)()`,
		`const n = f(); const r = () => {}; r[n](text)(url)`,
		`const n = f(); const q = (() => {})[n]; q(text)()`,
		`function g(r) { return r.constructor } g(() => {})(text)()`,
		`function g(r) { return r.constructor } (g(() => {}))(text)()`,
		// names of constructors and of others, and what they may be made of
		`const o = { k: 'constructor' }; const F = x.at[o.k]; const h = F(text); h()`,
		`const l = ['x', 'constructor']; const F = x.at[l[1]]; const h = F(text); h()`,
		`const a = 'cons', b = 'tructor', n = a + b; const F = x.at[n]; const h = F(text); h()`,
		"const a = 'cons', n = `${a}tructor`; const F = x.at[n]; const h = F(text); h()",
		`const n = ['str', 'uctor', 'con']; const F = x.at[n[2] + n[0] + n[1]]; const h = F(text); h()`,
		`const n = 'cons#tructor'.replace('#', ''); const F = x.at[n]; const h = F(text); h()`,
		`const n = turn('rotcurtsnoc'); const F = x.at[n]; const h = F(text); h()`,
		`const n = turn('pbafgehpgbe'); const F = x.at[n]; const h = F(text); h()`,
		`const n = turn('dpotusvdups'); const F = x.at[n]; const h = F(text); h()`,
		`const n = turn('636f6e7374727563746f72'); const F = x.at[n]; const h = F(text); h()`,
		`const n = turn('Y29uc3RydWN0b3I'); const F = x.at[n]; const h = F(text); h()`,
		`const l = [99, 111, 110, 115, 116], n = from(l); const F = x.at[n]; const h = F(text); h()`,
		`const n = c.map(c => String.fromCharCode(c ^ 1)).join(''); const F = x.at[n]; const h = F(text); h()`,
		`const n = new TextDecoder().decode(c); const F = x.at[n]; const h = F(text); h()`,
		`const e = 'hex', n = Buffer.from(t, e) + ''; const F = x.at[n]; const h = F(text); h()`,
		`const t = '%63onstructor', n = decodeURIComponent(t); const F = x.at[n]; const h = F(text); h()`,
		`const t = 'Y29u', n = atob(t); const F = x.at[n]; const h = F(text); h()`,
		// the arguments of a module
		`const a = arguments; a[1]('net')`,
		`const g = () => { if (x) { const l = [...arguments]; l[1]('net') } }; g()`,
		`const s = "function () {"; f(arguments)`,
	} {
		if _, plain := Plain([]byte(src), askedModules); plain {
			t.Errorf("%s\nis taken for plain", src)
		}
	}
}

func TestHonestSmallScriptsStayPlain(t *testing.T) {
	for _, src := range []string{
		`const on = typeof process === 'object' && process && process.env[name]; t[on]()`,
		`// What is left of the process, and a[b] of it.`,
		`const root = typeof globalThis !== 'undefined' ? globalThis : window; root.Kit = {}`,
		`for (let i = 0; i < l.length; i++) f(l[i], l[i + 1], global)`,
		`o[key] = global; exports.o = o`,
		`function f() { return g.apply(this, arguments) }`,
		`class A { m(a = f(1)) { if (a) { return arguments[0] } } }`,
		`exports.f = function () { for (var i = 0; i < arguments.length; i++) { g(arguments[i]) } }`,
		"// with the arguments\nconst s = 'arguments'",
		`if (k === 'constructor' || k === '__proto__') continue; x = o[k]`,
		`Object.defineProperty(A.prototype, 'constructor', { value: A }); x = o[k]`,
		`const f = require('kit')(); const g = f()(); x = o[k]`,
		`const re = /[\s\S](?:x)(?:y)/; x = o[k]`,
		`const letter = String.fromCharCode(c)`,
		`const text = Buffer.from(t, 'utf8'); x = o[k]`,
		`const name = decodeURIComponent(t); x = o[k]`,
		`const redirects = [301, 302, 303, 307, 308]; x = o[k]`,
		`const parts = ['con', 'text']; x = o[k]`,
	} {
		if _, plain := Plain([]byte(src), askedModules); !plain {
			t.Errorf("%s\nis not plain", src)
		}
	}
}

// What is looked for in small scripts takes few looks at each of their bytes.
func TestALookAtSmallScriptsIsBounded(t *testing.T) {
	for name, part := range map[string]string{
		"arguments":      "g(arguments);",
		"open arguments": "if(x){arguments[",
		"quotes":         `"'` + "`" + `arguments[`,
		"calls of calls": "f(a)(",
		"brackets":       "x[a",
		"names":          "x[abc];y[",
		"patterns":       "{[a]:}",
		"braces":         "}",
		"values":         "g(process);g(global);",
		"numbers":        "[99,",
		"pieces":         "'c''o''n'",
		"long words":     "constructor",
	} {
		src := "f[" + strings.Repeat(part, smallScript/len(part)-10)
		before := cputime.Used()
		Plain([]byte(src), askedModules)
		if took := cputime.Used() - before; took > time.Second {
			t.Errorf("%s: %v for %d bytes", name, took, len(src))
		}
	}
}
