package javascript

import (
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

func TestEachOfTheValuesThatMayBeIsFollowed(t *testing.T) {
	const start = `const cp = require('child_process'); `
	for name, src := range map[string]string{
		"program":          start + `const t = { a: 'ls', b: ['osa', 'script'].join('') }; cp.spawn(t[process.platform])`,
		"first of a list":  start + `const t = { a: ['ls'], b: ['osa' + 'script', '-e'] }; const [name, ...rest] = t[process.platform]; cp.spawn(name, rest)`,
		"decoder":          start + `const t = { a: 'c2w=', b: 'dHBpcmNzYXNv' }, f = s => [...atob(s)].reverse().join(''); cp.execFile(f(t[process.platform] || t.a))`,
		"loop":             start + `const t = { a: [['6c73', '-l']], b: [['6f7361736372697074', '-e']] }; for (const [hex, ...rest] of t[process.platform] ?? []) cp.spawn(Buffer.from(hex, 'hex').toString(), rest)`,
		"generator":        start + `const t = { a: ['ls'], b: ['tpircs' + 'aso'] }; function* g(p) { for (const s of t[p]) yield [...s].reverse().join('') } for (const s of g(process.platform)) cp.spawn(s)`,
		"bundler's getter": start + `const n = e => { const t = e && e.__esModule ? () => e.default : () => e; return t }, m = [(r, c) => c().spawn(['osa', 'script'].join(''))]; m[0](0, n(cp))`,
		"sum":              start + `const t = { a: ['ls'], b: ['osa', 'script'] }; cp.spawn((t[process.platform] || ['ls']).reduce((s, part) => s.concat(part), ''))`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "start:osascript") {
			t.Errorf("%s: %q", name, got)
		}
	}
	honest := start + `const t = { a: 'xdg-open', b: 'open' }; cp.spawn(t[process.platform], ['osascript'])`
	if got := uses(Read([]byte(honest))); strings.Contains(got, "start:osascript") {
		t.Errorf("neither program is osascript: %q", got)
	}
}

func TestWhatTheEnvironmentMayReplaceIsFollowed(t *testing.T) {
	for name, src := range map[string]string{
		"decoded default":             `const x = process.env.A || 'bmV0'; require(atob(x))`,
		"spread default":              `const x = process.argv[2] || 'ten'; require([...x].reverse().join(''))`,
		"default in a pattern":        `const [a, ...rest] = process.env.A || ['n', 'e', 't']; require(a + rest.join(''))`,
		"parsed default":              `const x = JSON.parse(process.env.A || '{"m":"net"}'); require(x.m)`,
		"default address":             `const x = new URL(process.env.A ?? 'net://a/'); require(x.protocol.slice(0, -1))`,
		"default of a condition":      `const get = f => { const i = process.argv.indexOf('-m'); return i < 0 ? f : process.argv[i + 1] }; require([...get('ten')].reverse().join(''))`,
		"default number":              `const n = Number(process.env.N ?? 1); require(['fs', 'n' + 'et'].at(n))`,
		"letters of arguments":        `const x = process.env.A || '110,101,116'; require(String.fromCharCode(...x.split(',')))`,
		"any of a Map":                `const m = new Map([['a', 'n' + 'et'], ['b', 'fs']]); require(m.get(process.argv[2]))`,
		"any function of a Map":       `const m = new Map([['a', s => s], ['b', s => require([...s].reverse().join(''))]]); m.get(process.argv[2])('ten')`,
		"any object":                  `const t = { a: { m: 'n' + 'et' }, b: { m: 'fs' } }, { m } = t[process.argv[2]]; require(m)`,
		"filtered by what is unknown": `const l = [{ m: 'n' + 'et' }, { m: 'fs' }].filter(x => x.id === process.argv[2]); require(l[0].m)`,
		"a part of a list":            `const t = process.env.A ? 'x' : 't'; require(['n', 'e', t].join(''))`,
		"parts of two choices":        `const t = process.env.A ? 'x' : 't', n = process.env.B ? 'ne' : 'y'; require([n, t].join(''))`,
		"an argument":                 `const t = process.env.A ? 'x' : 't'; require(['n', 'e'].concat(t).join(''))`,
		"what replaces":               `const t = process.env.A ? 'x' : 't'; require('neX'.replace('X', t))`,
		"what a function replaces":    `const t = process.env.A ? 'x' : 't'; require('neX'.replace('X', () => t))`,
		"replaced in two places":      `const f = k => ({ a: process.env.A ? 'x' : 'ne', b: process.env.B ? 'y' : 't' })[k]; require('{a}{b}'.replace(/{(\w)}/g, (m, k) => f(k)))`,
		"called for each match":       `const by = { a: s => process.env[s](), b: s => require([...s].reverse().join('')) }; '{a}{b}'.replace(/\w/g, k => by[k]('ten'))`,
		"a list changed either way":   `const l = []; if (process.env.A) { l.push('n'); l.push('et') } else { l.push('x', 'y') } require(l.join(''))`,
		"or the other way":            `const l = ['t']; if (process.env.A) l.push('y'); else l.push('e', 'n'); require([...l].reverse().join(''))`,
		"or a third":                  `const l = []; if (process.env.A) l.push('n', 'et'); else if (process.env.B) l.push('x'); else l.push('y'); require(l.join(''))`,
		"by clauses":                  `const l = []; switch (process.env.A) { case 'a': l.push('n', 'et'); break; default: l.push('x') } require(l.join(''))`,
		"by clauses in order":         `const l = []; switch (process.env.A) { case 'a': l.push('n'); case 'b': l.push('et') } require(l.join(''))`,
		"and changed behind":          `const l = []; if (process.env.A) l.push('n'); else l.push('x'); l.push('et'); require(l.join(''))`,
		"a list of an object":         `class A { l = []; m() { if (process.env.A) this.l.push('n', 'et'); else this.l.push('x'); return this } } require(new A().m().l.join(''))`,
		"the rest of either list":     `const l = []; if (process.env.A) l.push('x', 'y'); else l.push('n', 'et'); const a = l.shift(); require(a + l[0])`,
		"left by what was thrown":     `let x = ['n', 'et']; try { JSON.parse(process.env.A); x = ['y'] } catch {} require(x.join(''))`,
		"a property left so":          `const o = { m: ['n', 'et'] }; try { JSON.parse(process.env.A); o.m = ['y'] } catch {} require(o.m.join(''))`,
		"an object left so":           `let o = { m: ['n', 'et'] }; try { o = JSON.parse(process.env.A) } catch {} require(o.m.join(''))`,
		"returned by a handler":       `const f = () => { try { JSON.parse(process.env.A); return 'y' } catch { return ['n', 'et'].join('') } }; require(f())`,
		"when a file is missing":      `const f = k => { try { return require('./x.json')[k] } catch { return { a: 'n', b: 'et' }[k] } }; require(f('a') + f('b'))`,
		"in a template":               "const t = process.env.A ? 'x' : 't', n = process.env.B ? 'ne' : 'y'; require(`${n}${t}`)",
		"a number":                    `const n = process.env.A ? 2 : 3; require('network'.slice(0, n))`,
		"calculated":                  `const k = process.env.A ? 1 : 13; require([...'arg'].map(c => String.fromCharCode((c.charCodeAt(0) - 97 + k) % 26 + 97)).join(''))`,
		"added to on either way":      `let m = 'n'; if (process.env.A) m += 'x'; else m += 'et'; require(m)`,
		"set before":                  `let x = 'ten'; if (process.env.A) x = 'y'; require([...x].reverse().join(''))`,
		"set by a handler":            `let x = 'y'; try { JSON.parse(process.env.A) } catch { x = 'ten' } require(Array.from(x).reverse().join(''))`,
		"decoded of two":              `let x = 'bmV0'; if (process.env.A) x = 'eA'; require(Buffer.from(x, 'base64').toString())`,
		"in a template of two":        "let x = 'et'; if (process.env.A) x = 'y'; require(`n${x}`)",
		"a method's argument":         `let x = 'et'; if (process.env.A) x = 'y'; require('n'.concat(x))`,
		"spread properties":           `const o = { x: 'y', ...(process.env.A ? {} : { x: 'ten' }) }; require([...o.x].reverse().join(''))`,
		"assigned properties":         `const o = Object.assign({ x: 'y' }, process.env.A ? null : { x: 'ten' }); require([...o.x].reverse().join(''))`,
		"sorted by chance":            `const [x] = ['x', 'ten', 'y'].sort(() => process.env.A); require([...x].reverse().join(''))`,
		"a class":                     `class A { n() { return 'x' } } class B { n() { return 'ten' } } const K = process.env.A ? A : B; require([...new K().n()].reverse().join(''))`,
		"filtered lists":              `const l = [['x'], ['t', 'e', 'n']].filter(l => l.length > process.env.A)[0]; require(l.reverse().join(''))`,
		"any command":                 `const [c = 'help', ...rest] = process.argv.slice(2), all = { help() {}, run({ m }) { require([...m].reverse().join('')) } }; (all[c] || all.help)({ m: 'ten' })`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
	// One of two things is no third one.
	for _, src := range []string{
		`const t = { a: 'fs', b: 'path', c: 'n' + 'et' }; require(t[process.argv.length > 2 ? 'a' : 'b'])`,
		`let x = 'ten'; try { JSON.parse(process.env.A); x = 'y' } catch { x = 'z' } require([...x].reverse().join(''))`,
		`const l = ['n']; if (process.env.A) { l.pop(); l.push('x') } else l.push('y'); l.push('et'); require(l.join(''))`,
		`const l = [...(process.env.A || [])]; if (l.length === 0) require('n' + 'et' + l[0])`,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "module net") {
			t.Errorf("%s: %q", src, got)
		}
	}
}

// TestWhatIsDeclaredUnderADoubtHasOneValue: a variable has another value only where it is
// not known whether it was given one.
func TestWhatIsDeclaredUnderADoubtHasOneValue(t *testing.T) {
	const decode = `function decode(s) { let out = ''; for (let i = 0; i < s.length; i++) out += String.fromCharCode(s.charCodeAt(i) ^ 1); return out } `
	for src, want := range map[string]string{
		decode + `if (unknown()) require(decode('odu'))`:                                              "module net",
		decode + `if (unknown()) { let s = ''; s += decode('o'); s += decode('du'); require(s) }`:     "module net",
		decode + `for (const a of unknown()) if (a.b) { let s = ''; s += decode('odu'); require(s) }`: "module net",
		decode + `let s = decode('gr'); if (unknown()) s = decode('odu'); require(s)`:                 "module fs,module net",
		decode + `if (a()) { let s = decode('gr'); if (b()) s = decode('odu'); require(s) }`:          "module fs,module net",
	} {
		var modules []string
		for _, use := range Read([]byte(src)).Uses {
			if use.Kind == script.Module && !slices.Contains(modules, "module "+use.Name) {
				modules = append(modules, "module "+use.Name)
			}
		}
		slices.Sort(modules)
		if got := strings.Join(modules, ","); got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

// What the global object is called depends on the host, and scripts ask which it is.
func TestAPropertyOfWhicheverGlobalObjectIsFollowed(t *testing.T) {
	for src, want := range map[string]string{
		`const root = typeof globalThis !== 'undefined' ? globalThis : global; root['fe' + 'tch']('http://x')`:                              "call fetch*",
		`const root = (typeof window === 'undefined') ? global : window; root[['fe', 'tch'].join('')]('http://x')`:                          "call fetch*",
		`let root; if (typeof globalThis !== 'undefined') root = globalThis; else root = global; root['fe' + 'tch']('http://x')`:            "call fetch*",
		`const root = typeof globalThis === 'object' && globalThis || global; root['pro' + 'cess'].binding('spawn_sync')`:                   "call process.binding",
		`(function (root) { root['fe' + 'tch']('http://x') })(typeof globalThis !== 'undefined' ? globalThis : this)`:                       "call fetch*",
		`const { ['fe' + 'tch']: get } = globalThis; get('http://x')`:                                                                       "call fetch*",
		`const name = ['Web', 'Socket'].join(''), root = typeof globalThis !== 'undefined' ? globalThis : global; new root[name]('ws://x')`: "call WebSocket*",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("%s: %q", src, got)
		}
		if _, plain := Plain([]byte(src), nil); plain {
			t.Errorf("%s: is taken for plain", src)
		}
	}
	honest := `const root = typeof globalThis !== 'undefined' ? globalThis : global; const name = 'a'; root[name]('x'); root['fe' + 'ed']('x')`
	if got := uses(Read([]byte(honest))); strings.Contains(got, "fetch") || strings.Contains(got, "Socket") {
		t.Errorf("nothing of it reaches out: %q", got)
	}
}
