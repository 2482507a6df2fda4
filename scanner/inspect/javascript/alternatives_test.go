package javascript

import (
	"strings"
	"testing"
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
