package javascript

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestCompiledScriptsAreFollowed reads asynchronous generators, classes that extend those of
// the language, and named groups as a compiler to older JavaScript writes them.
func TestCompiledScriptsAreFollowed(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/babel.txtar")
	if err != nil || len(archive.Files) == 0 {
		t.Fatalf("%d scripts, %v", len(archive.Files), err)
	}
	for _, f := range archive.Files {
		if got := uses(Read(f.Data)); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", f.Name, got)
		}
	}
}

// TestHelpersOfCompilersAreRun reads what compilers to older JavaScript write in place of
// destructuring, spreading, for … of, tagged templates and async functions.
func TestHelpersOfCompilersAreRun(t *testing.T) {
	const (
		read = `var __read = (this && this.__read) || function (o, n) { var m = typeof Symbol === "function" && o[Symbol.iterator]; if (!m) return o; ` +
			`var i = m.call(o), r, ar = [], e; try { while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value); } ` +
			`catch (error) { e = { error: error }; } finally { try { if (r && !r.done && (m = i["return"])) m.call(i); } finally { if (e) throw e.error; } } return ar; }; `
		spread = `var __spreadArray = function (to, from, pack) { if (pack || arguments.length === 2) for (var i = 0, l = from.length, ar; i < l; i++) ` +
			`{ if (ar || !(i in from)) { if (!ar) ar = Array.prototype.slice.call(from, 0, i); ar[i] = from[i]; } } return to.concat(ar || Array.prototype.slice.call(from)); }; `
	)
	for name, src := range map[string]string{
		"error that is kept":         `var s = '', e; try { s += 'ne'; } catch (x) { e = { error: x }; } finally { if (e) throw e.error; } require(s + 't')`,
		"error that is kept, deeper": `function f(s) { var e, m; try { s += 'e'; } catch (x) { e = { x }; } finally { try { if (m) m(); } finally { if (e) throw e.x; } } return s; } require(f('n') + 't')`,
		"destructured":               read + `var _a = __read('n|et'.split('|'), 2), a = _a[0], b = _a[1]; require(a + b)`,
		"spread matches":             read + spread + `require(__spreadArray([], __read('xnxet'.matchAll(/x(e?.)/g)), false).map(function (m) { return m[1]; }).join(''))`,
		"matches, as iterator":       `var i = 'xnxet'.matchAll(/x(e?.)/g)[Symbol.iterator](), r, s = ''; while (!(r = i.next()).done) s += r.value[1]; require(s)`,
		"values, as iterator":        `var i = new Set(['n', 'et']).values()[Symbol.iterator](), r, s = ''; while (!(r = i.next()).done) s += r.value; require(s)`,
		"generator, as iterator":     `var i = (function* () { yield 'n'; yield 'et'; })()[Symbol.iterator](), r, s = ''; while (!(r = i.next()).done) s += r.value; require(s)`,
		"template's parts":           `var parts = Object.freeze(Object.defineProperties(['n', 'et'], { raw: { value: Object.freeze(['n', 'et']) } })); require(parts.raw.join(''))`,
		"name of a list":             `var a = ['n'], b = a; b.rest = 'et'; require(a[0] + a.rest)`,
		"names of a list":            `var a = [], s = ''; a.x = 'n'; a.y = 'et'; for (var k in a) s += a[k]; require(s)`,
		"values of a list":           `var a = ['n']; a.y = 'et'; require(Object.values(a).join(''))`,
		"list with an own method":    `var a = ['et']; a.toName = function () { return 'n' + this[0]; }; require(a.toName())`,
		"own apply":                  `function U() {} var C = function () { return { n: 'n', e: arguments[0] }; }; Object.setPrototypeOf(C, U); var o = C.apply(null, ['et']); require(o.n + o.e)`,
		"parent's own call":          `class A { static call(a) { return 'n' + a; } } class B extends A { static go(s) { return this.call(s); } } require(B.go('et'))`,
		"a module is no mark":        `var stop = {}, s = ''; function f(x) { if (x !== stop) { s = 'n'; return; } s = 'dgram'; } f(require('path')); require(s + 'et')`,
		"elements that are there":    `var a = [/n/, /et/], b; if (0 in a && !(2 in a)) b = a; else b = []; require([].concat(b).map(function (r) { return r.source; }).join(''))`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestWhatIsMissingIsKnown: what is compared with null decides what helpers do.
func TestWhatIsMissingIsKnown(t *testing.T) {
	for _, missing := range []string{`var u; u == null`, `null == void 0`, `var n, a = ['x']; null == (n = a[Symbol.asyncIterator])`, `!(null == ['x'][Symbol.iterator])`} {
		at := strings.LastIndex(missing, ";") + 1
		src := missing[:at] + `var s = ` + missing[at:] + ` ? 'n' : 'dgram'; require(s + (s === 'n' ? 'et' : ''))`
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") || strings.Contains(got, "dgram") {
			t.Errorf("%s: %q", missing, got)
		}
	}
}

// TestErrorsOfFinallyAreThrown: what finally throws of its own ends what runs, where nothing
// is only supposed to have been thrown.
func TestErrorsOfFinallyAreThrown(t *testing.T) {
	src := `function f() { try { var n = 'ne'; } finally { if (n) throw n + 't'; } return 'fs'; } try { f(); } catch (m) { require(m); }`
	if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
		t.Errorf("%q", got)
	}
}

// TestFunctionsOfTheLanguageAreThere: helpers that ask for one first do not do without it.
func TestFunctionsOfTheLanguageAreThere(t *testing.T) {
	for _, asked := range []string{`typeof Symbol === 'function'`, `typeof Symbol !== 'undefined' && 'symbol' == typeof Symbol.iterator`, `Object.setPrototypeOf`} {
		src := asked + ` ? s = 'n' : s = 'dgram'; require(s + (s === 'n' ? 'et' : ''))`
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") || strings.Contains(got, "dgram") {
			t.Errorf("%s: %q", asked, got)
		}
	}
}
