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
		doubt = "require(String.fromCharCode(x)); "
		most  = 3 * time.Second
	)
	for name, src := range map[string]string{
		"prototypes of prototypes": "var a = {}; for (var i = 0; i < 1e6; i++) a = {__proto__: a, ['x' + i]: 1}",
	} {
		begun := time.Now()
		Read([]byte(doubt + src))
		if took := time.Since(begun); took > most {
			t.Errorf("%s: %v", name, took)
		}
	}
}
