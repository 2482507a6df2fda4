package javascript

import (
	"strings"
	"testing"
)

func TestEvaluatedScriptsHaveTheVariablesAroundThem(t *testing.T) {
	for name, src := range map[string]string{
		"variables":            `const n = 'ne'; let k = 't'; eval("require(n + k)")`,
		"parameters":           `function f(q) { eval('require(q + "et")') } f('n')`,
		"a helper":             `const turn = s => [...s].reverse().join(''); function f() { return eval("require(turn('ten'))") } f()`,
		"value":                `require(eval('"n" + "et"'))`,
		"value behind others":  `require(eval('var a = "ne"; a + "t"'))`,
		"list":                 `require(eval('[110, 101, 116]').map(c => String.fromCharCode(c)).join(''))`,
		"function":             `require(eval('(function () { return "net" })')())`,
		"declaration":          `eval('var m = "net"'); require(m)`,
		"another name of eval": `var e = eval; e('var m = "net"'); require(m)`,
		"indirect":             `require((0, eval)('"net"'))`,
		"Function":             `require(Function('s', 'return s.split("").reverse().join("")')('ten'))`,
		"new Function":         `require(new Function('{a}', 'return a')({ a: 'net' }))`,
		"constructor":          `require((() => {}).constructor('return "net"')())`,
		"vm":                   `require(require('vm').runInThisContext('"net"'))`,
		"vm, context":          `require(require('vm').runInNewContext('a + "et"', { a: 'n' }))`,
		"vm, script":           `const vm = require('vm'); require(new vm.Script('"net"').runInThisContext())`,
		"layers":               `const n = 'net'; eval('eval("require(n)")')`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net*") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhatAnEvaluatedScriptDoesStandsAtItsCall(t *testing.T) {
	src := `const n = 'net'; /* ------ */ eval("require(n)"); const late = 1`
	for _, u := range Read([]byte(src)).Uses {
		if at := strings.Index(src, "eval"); u.Name == "net" && u.Start != at {
			t.Errorf("at %d, want %d", u.Start, at)
		}
	}
}
