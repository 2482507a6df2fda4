package javascript

import (
	"bytes"
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

var askedOfBundles = map[string]bool{"net": true, "child_process": true, "axios": true}

// readSparing reads a script as a scan does whose rules ask for some modules alone.
func readSparing(src []byte) *script.View { return ReadWith(unnamed, src, nil, askedOfBundles) }

// honest is code that shows no sign, as much of it as makes a script a large one.
var honest = func() string {
	var b strings.Builder
	for b.Len() < minNotable {
		b.WriteString("function add(list, item) { const last = list[list.length - 1]; return last == 'a' + 'b' ? list : list.concat(item) }\n")
	}
	return b.String()
}()

// In a large script a function without a sign is not read, but one that is hidden in
// it is told of as in a small one.
func TestDisguisesInLargeScriptsAreFound(t *testing.T) {
	const start, load = "start:osascript", "module net*"
	for src, want := range map[string]string{
		`const cp = require('child_process'); function f() { cp.exec('osaXscript'.replace('X', '')) }`:                                                                                            start,
		`import * as cp from 'child_process'; export function f() { cp.exec('osaXscript'.replace('X', '')) }`:                                                                                     start,
		`import { execFile as g } from 'child_process'; class A { m() { g('osaXscript'.replace('X', '')) } }`:                                                                                     start,
		`const cp = require('child_process'), { exec: g } = cp; const f = () => { g('osaXscript'.replace('X', '')) }`:                                                                             start,
		`const a = { b: require('child_process') }; const o = { f() { a.b.exec('osaXscript'.replace('X', '')) } }`:                                                                                start,
		`let cp; cp = require('child_process'); function f() { function g() { cp.exec('osaXscript'.replace('X', '')) } }`:                                                                         start,
		`const cp = require('child_process'); const a = 'osa', b = 'script'; function f() { cp.exec(a + b) }`:                                                                                     start,
		`const cp = require('child_process'); function run(c) { return cp.execSync(c) } function f() { run(name()) } function name() { return 'osa' + 'script' }`:                                 start,
		`const load = require; function f() { load(name('s')) } function name(s) { return ['n', 'e', 't'][0] + 'et' } f()`:                                                                        load,
		`function get(n) { return require(n) } function f() { get('ten'.split('').reverse().join('')) }`:                                                                                          load,
		`var k; function set() { k = ['t', 'e', 'n'].reverse().join('') } set(); require(k)`:                                                                                                      load,
		`const o = {}; o.d = function (s) { return s.replace('_', '') }; function f() { return module.require(o.d('n_et')) } f()`:                                                                 load,
		`class D { get(s) { return s.split('').map(c => String.fromCharCode(c.charCodeAt(0) - 1)).join('') } } require(new D().get('ofu'))`:                                                       load,
		`function f() { return require(table()[1]) } function table() { return ['x', 'n' + tail()] } function tail() { return 'et' } f()`:                                                         load,
		`const e = { 1: (m, x, r) => { m.exports = r(2)(x, 'n') }, 2: (m) => { m.exports = (x, s) => require(s + 'et') } }; function r(n) { const m = {}; e[n](m, m, r); return m.exports } r(1)`: load,
		`const text = () => { return "require('n' + 'et')" }; eval(text())`:                                                                                                                       load,
	} {
		for name, whole := range map[string]string{"before": src + "\n" + honest, "behind": honest + src, "within": "(function () {\n" + honest + src + "\n" + honest + "})()"} {
			if strings.HasPrefix(src, "import") && name == "within" {
				continue
			}
			if got := uses(Read([]byte(whole))); !strings.Contains(got, want) {
				t.Errorf("%s\n%s: %q, want %s, though all is read", src, name, got, want)
				continue
			}
			if got := uses(readSparing([]byte(whole))); !strings.Contains(got, want) {
				t.Errorf("%s\n%s: %q, want %s", src, name, got, want)
			}
		}
	}
}

// So are those that are measured.
func TestKnownDisguisesInLargeScriptsAreFound(t *testing.T) {
	read := func(src []byte) *script.View { return ReadWith(unnamed, src, nil, askedModules) }
	for name, data := range disguises(t) {
		whole := append(bytes.Clone(data), "\n"+honest...)
		if tells(Read(whole)) && !tells(read(whole)) {
			t.Errorf("%s is found only where all is read:\n%s", name, data)
		}
	}
}

// What is not read is copied, and its comments go.
func TestFunctionsWithoutASignAreOnlyCopied(t *testing.T) {
	src := "f('a' + 'b'); /* one */ const cp = require('child_process')\n" + honest + "// two\nfunction g() { /* three */ return 'c' + 'd' } cp.exec('e' + 'f')"
	v := readSparing([]byte(src))
	for text, want := range map[string]bool{`f("ab");`: true, `return 'c' + 'd'`: true, `"ef"`: true, "one": false, "two": false, "three": false} {
		if strings.Contains(string(v.Text), text) != want {
			t.Errorf("that %q stands in the view is not %v", text, want)
		}
	}
	at := strings.Index(string(v.Text), "'c'")
	if start, end := v.Origin(at, at+3); src[start:end] != "'c'" {
		t.Errorf("%q comes from %q", "'c'", src[start:end])
	}
	small := strings.Replace(src, honest, "", 1)
	if v := readSparing([]byte(small)); !strings.Contains(string(v.Text), `return "cd"`) {
		t.Error("a function of a small script is not read")
	}
	if v := Read([]byte(src)); !strings.Contains(string(v.Text), `return "cd"`) {
		t.Error("a function is not read though anything is asked for")
	}
}
