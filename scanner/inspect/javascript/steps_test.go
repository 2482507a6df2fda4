package javascript

import (
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/script"
)

// What may not be run, and what another file does when it is loaded, leaves steps for the rest.
func TestWhatMayNotMatterLeavesStepsForTheRest(t *testing.T) {
	const endless, load = "for (let i = 0; i < 1e8; i++) s = (s + i) % 7;", "require(w.join('_')).exec(atob('bHM='))"
	words := "let w = ['child']; w.push('process'); " + strings.Repeat("f(1); ", 16)
	for name, v := range map[string]*script.View{
		"a doubt":   Read([]byte("let s = 0; if (x) { " + endless + " } " + words + load)),
		"a sibling": readWith("require('./x'); "+words+load, loads{{"./x": 1}}, "x.js", "let s = 0; "+endless),
	} {
		if got := uses(v); !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: %s", name, got)
		}
		if v.Limit == "" {
			t.Errorf("%s: it is not told that something was left", name)
		}
	}
}

// What a script has done over and over again costs it steps by what there is to do.
func TestLongWorkEnds(t *testing.T) {
	const (
		doubt   = "require(String.fromCharCode(x)); "
		list    = "function A() { this.x = [].slice.call(arguments) } var l = []; for (var i = 0; i < 5000; i++) l.push(i); "
		numbers = "var a = new Float64Array(3000), u = new Uint8Array(a.buffer), l = []; for (var i = 0; i < 3000; i++) l.push(1e300); "
		bigs    = "var a = new BigUint64Array(60000), u = new Uint8Array(a.buffer); "
		most    = 40 // times what an empty loop takes
	)
	timeOf := func(src string) time.Duration {
		begun := time.Now()
		Read([]byte(doubt + src))
		return time.Since(begun)
	}
	empty := timeOf("for (;;);")
	for name, src := range map[string]string{
		"prototypes of prototypes":       "var a = {}; for (var i = 0; i < 1e6; i++) a = {__proto__: a, ['x' + i]: 1}",
		"the keys of the global object":  "var a = Object.create(globalThis); for (var i = 0; i < 1e6; i++) for (var k in a) break",
		"keys that are not gone through": "var a = {}; for (var i = 0; i < 4000; i++) a[i] = i; for (var i = 0; i < 1e6; i++) for (var k in a) break",
		"long descriptions":              "var d = 'a'.repeat(60000), o = {}; for (var i = 0; i < 1e6; i++) o[Symbol(d)] = d",
		"long keys":                      "var d = 'a'.repeat(60000), o = {}; for (var i = 0; i < 1e6; i++) o[d + i] = d",
		"long keys that are asked for":   "var d = 'a'.repeat(60000), o = {}; for (var i = 0; i < 1e3; i++) o[d + i] = d; for (var i = 0; i < 1e6; i++) o[d + 'x']",
		"a long symbol":                  "var d = Symbol.for('a'.repeat(60000)), o = {}; for (var i = 0; i < 1e6; i++) o[d]",
		"a long list for a class":        list + "for (var i = 0; i < 1e6; i++) Reflect.construct(A, l, A)",
		"a long list for a function":     list + "for (var i = 0; i < 1e6; i++) Reflect.apply(A, null, l)",
		"a long list of arguments":       list + "for (var i = 0; i < 1e6; i++) A.apply(null, l)",
		"a list that is spread":          list + "for (var i = 0; i < 1e6; i++) A(...l)",
		"a list that is spread by new":   list + "for (var i = 0; i < 1e6; i++) new A(...l)",
		"a list that is bound":           list + "var b = A.bind(...l); for (var i = 0; i < 1e6; i++) b()",
		"a list for typed arrays":        numbers + "for (var i = 0; i < 1e6; i++) new Float64Array(l)",
		"a long typed array":             bigs + "for (var i = 0; i < 1e6; i++) { a[i % 60000] = 1n; u[i] = 3; a.sort(); new Uint32Array(Array.from(a)).buffer }",
		"a list for a Proxy":             list + "var p = new Proxy(A, {}); for (var i = 0; i < 1e6; i++) p(...l)",
	} {
		t.Run(name, func(t *testing.T) {
			if took := timeOf(src); took > most*empty {
				t.Errorf("%v, and the loop with nothing in it %v", took, empty)
			}
		})
	}
}
