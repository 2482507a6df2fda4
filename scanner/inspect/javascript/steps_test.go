package javascript

import (
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
)

// A step stands for time: whatever a loop without end does, its steps are spent in about
// the time that those of a loop take which only computes.
func TestAStepTakesAboutTheSameTimeWhateverItDoes(t *testing.T) {
	// It is too large for the most steps.
	const head = "const cp = require('child_process'); exports.f = (n) => cp.exec(atob(n)); let a = [], s = 1; for (let i = 0; i < 1e8; i++) "
	tail := "\n/*" + strings.Repeat(" ", smallScript) + "*/"
	took := func(body string) time.Duration {
		least := time.Hour
		for range 3 {
			before := cputime.Used()
			Read([]byte(head + body + tail))
			least = min(least, cputime.Used()-before)
		}
		return least
	}
	const most = 6 // times
	plain := took("s = (s * 31 + i) % 65521")
	for _, body := range []string{
		"if (x) a.push(1)", "{ if (x) s = i; else s = 'a' }", "s = x.y(s)", "'abc'.replace(/b/g, x)", "Buffer.from('' + i)",
	} {
		if got := took(body); got > most*plain {
			t.Errorf("%s takes %v, what only computes %v", body, got, plain)
		}
	}
}

// What may not be run, and what another file does when it is loaded, leaves steps for the rest.
func TestWhatMayNotMatterLeavesStepsForTheRest(t *testing.T) {
	const endless, load = "for (let i = 0; i < 1e8; i++) s = (s + i) % 7;", "require(w.join('_')).exec(atob('bHM='))"
	words := "let w = ['child']; w.push('process'); " + strings.Repeat("f(1); ", 16)
	for name, v := range map[string]string{
		"a doubt":   uses(Read([]byte("let s = 0; if (x) { " + endless + " } " + words + load))),
		"a sibling": uses(readWith("require('./x'); "+words+load, loads{{"./x": 1}}, "x.js", "let s = 0; "+endless)),
	} {
		if !strings.Contains(v, "module child_process*") {
			t.Errorf("%s: %s", name, v)
		}
	}
}
