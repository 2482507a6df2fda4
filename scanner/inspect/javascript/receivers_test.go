package javascript

import (
	"strings"
	"testing"
)

// What methods that nobody here calls hand to one another is followed: whoever loads the
// file calls one of them.
func TestMethodsThatNobodyCallsHandOn(t *testing.T) {
	for _, src := range []string{
		`class S { start() { return this.go('ne' + 't'); } go(n) { require(n); } } module.exports = S;`,
		`class S { start() { return this.go('ne' + 't'); } go(n) { require(n); } } exports.s = new S();`,
		`module.exports = { start() { return this.go('ne' + 't'); }, go(n) { require(n); } }`,
		`module.exports = { start: function () { return this.go('ne' + 't'); }, go: function (n) { require(n); } }`,
		`class S { constructor() { this.k = 'ne'; } start() { return this.go(this.k + 't'); } async go(n) { require(n); } } module.exports = { S };`,
		`class S { #k = 'ne'; start() { return this.#go(this.#k + 't'); } #go(n) { require(n); } } module.exports = S;`,
		`class S { start() { this.next('ne'); } next(x) { this.go(x + 't'); } go(n) { require(n); } } module.exports = S;`,
		`class B { go(n) { require(n); } } class S extends B { start() { return this.go('ne' + 't'); } } module.exports = S;`,
		`function S() { this.k = 'ne'; } S.prototype.start = function () { this.go(this.k + 't'); }; S.prototype.go = function (n) { require(n); }; module.exports = S;`,
	} {
		if got := uses(ReadWith("index.js", []byte(src), nil, askedModules)); !strings.Contains(got, "module net*") {
			t.Errorf("%s: %q", src, got)
		}
	}
	// Methods that call one another end.
	src := `class S { ` + strings.Repeat("a() { this.a(); this.b(); } b() { this.a(); this.b(); require(x); } ", 200) + `} module.exports = S;`
	check(t, []byte(src), Read)
}

// A program, a part of Node.js or a word of a program that is one of some is each of them.
func TestWhatIsOneOfSomeIsEachOfThem(t *testing.T) {
	const choice = "let n; if (process.env.X) { n = 'path'; } else if (process.env.Y) { n = ['osa', 'script'].join(''); } else { n = 'tcp_' + 'wrap'; } "
	for src, want := range map[string]string{
		"process.binding(n)": "module binding:tcp_wrap*",
		"require('child_process').spawn(n, ['-e', 'beep'])":          "call start:osascript*",
		"require('child_process').spawn('env', ['-S', n])":           "call start:osascript*",
		"require('child_process').execFile('nice', [n, 'a'])":        "call start:osascript*",
		"require('child_process').spawn('nohup', ['x', n].slice(1))": "call start:osascript*",
	} {
		if got := uses(Read([]byte(choice + src))); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}
