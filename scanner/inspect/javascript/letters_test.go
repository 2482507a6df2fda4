package javascript

import (
	"strings"
	"testing"
)

// Each of these is the text 'net', made of what the language has anyway.
func TestNamesAreMadeOfWhatTheLanguageHas(t *testing.T) {
	for name, expression := range map[string]string{
		"text of a native function": `(s => s[8] && s.charAt(s.indexOf('n')) + s.charAt(s.indexOf('e')) + s.charAt(s.indexOf('t')))(Function.prototype.toString.call([].entries))`,
		"tags":                      `['Null', 'Number', 'Date'].map((w, i) => Object.prototype.toString.call([null, 0, new Date()][i]).slice(8, -1)).map((w, i) => w[[0, 4, 2][i]]).join('').toLowerCase()`,
		"tag of its own":            "`${{ [Symbol.toStringTag]: 'net' }}`.slice(8, -1)",
		"date":                      `new Date(Date.UTC(2021, 10, 1)).toUTCString().slice(8, 9).toLowerCase() + new Date(5 * 864e5).toLocaleDateString('en-US', { weekday: 'long' })[4].replace('d', 'et')`,
		"month":                     `new Intl.DateTimeFormat('en-US', { month: 'long' }).format(new Date(Date.UTC(2020, 10, 2)))[0].toLowerCase() + 'et'`,
		"stack":                     `new Error('net').stack.split('\n')[0].split(': ')[1]`,
		"error":                     `String(new (class net extends Error { constructor(m) { super(m); this.name = new.target.name } })('x')).split(':')[0]`,
		"fraction":                  `(parseInt('net', 36) / 46656).toString(36).slice(2)`,
		"floats":                    `Buffer.from(new Float64Array([3.768803e-317]).buffer).toString('latin1').slice(0, 3)`,
		"bytes of a float":          `(v => (v.setFloat32(0, 1.775307566104083e+28), String.fromCharCode(v.getUint8(0), v.getUint8(1), v.getUint8(2))))(new DataView(new ArrayBuffer(4)))`,
		"digits of a big integer":   `(n => { let s = ''; for (; n; n /= 27n) s = '_abcdefghijklmnopqrstuvwxyz'[n % 27n] + s; return s })(10361n)`,
		"NFKC":                      `'ｎｅｔ'.normalize('NFKC')`,
		"NFD":                       `'ñêţ'.normalize('NFD').replace(/[\u0300-\u036f]/g, '')`,
		"host":                      `new URL('http://Ｎｅｔ/').hostname`,
		"named groups":              `'t-ne'.replace(/(?<a>.)-(?<b>..)/u, '$<b>$<a>')`,
		"look-around":               `'n1e2t'.replace(/(?<=[a-z])\d(?=[a-z])/g, '')`,
		"reference back":            `'nnneeettt'.replace(/(.)\1\1/g, '$1')`,
		"sticky":                    `(r => { let m, s = ''; while ((m = r.exec('n1e2t3'))) s += m[1]; return s })(/(\w)(\d)/y)`,
		"Symbol.replace":            `/[#%]/g[Symbol.replace]('#n%e#t', '')`,
		"RegExp.$1":                 `(/<(\w+)>/.test('x<net>'), RegExp.$1)`,
		"place of a match":          `'nt'.replace(/./g, (c, i) => c + ['e', ''][i])`,
		"like a list":               `Array.prototype.join.call({ length: 2, 1: 'et', 0: 'n' }, '')`,
		"text like a list":          `Array.prototype.filter.call('nxext', (c, i) => i % 2 === 0).join('')`,
		"keys that are numbers":     `Object.values({ 7: 't', 2: 'n', 3: 'e' }).join('')`,
		"counter":                   `(o => [1, 2, 3].map(() => 'xnet'.charAt(+o + 1)).join(''))((n => ({ valueOf: () => n++ }))(0))`,
		"hint":                      "(o => `${o}`.slice(0, +o))({ [Symbol.toPrimitive]: h => h === 'number' ? 3 : 'netx' })",
		"String.raw":                `String.raw({ raw: 'nt' }, 'e')`,
		"replacer":                  `JSON.stringify({ a: 1 }, (k, v) => v === 1 ? 'net' : v).slice(6, 9)`,
		"names of methods":          `(n => n[1] + n[0] + n[2])(Object.getOwnPropertyNames(Array.prototype).find(n => /^ent/.test(n)))`,
		"names of modules":          `require('module').builtinModules.find(m => /^n.t$/.test(m))`,
		"undefined and true":        `([][[]] + '')[1] + (!![] + '')[3] + (!![] + '')[0]`,
	} {
		src := "const x = " + expression + "; require(x)"
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
}
