package javascript

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// An addon calls what the script names.
func TestNamesOfAppleScriptThatAnAddonIsGivenAreTold(t *testing.T) {
	const load = "const n = require('./build/Release/a.node'); "
	for src, want := range map[string]bool{
		load + "n.ask('NSApple' + 'Script', 'initWithSource:')":                                                       true,
		load + "n.ask('NSAppleScript')":                                                                               true,
		load + "class A { constructor(o) { this.h = new n.Class(o.c); } } new A({ c: atob('T1NBU2NyaXB0') })":         true,
		load + "for (const s of [{ c: ['OSA', 'Script'].join('') }]) n.send({ steps: [s] })":                          true,
		load + "const line = (app) => ['tell', 'application', `\"${app}\"`].join(' '); n.run(line('Finder'))":         true,
		load + "n.run(Buffer.from('6f7361736372697074', 'hex'), ['-e', 'beep'])":                                      true,
		"const n = require('bindings')('a'); n.ask(['NSUser', 'AppleScript', 'Task'].join(''))":                       true,
		"const n = require('node-gyp-build')(__dirname); n.ask('OSA' + 'Execute')":                                    true,
		"const m = { exports: {} }; process.dlopen(m, __dirname + '/a.node'); m.exports.ask('NS' + 'AppleScript')":    true,
		load + "n.open('NSString', { title: 'AppleScript editor' }); n.say('tell application support')":               false,
		"const n = require('./a.node.js'); n.ask('NSApple' + 'Script')":                                               false,
		"const n = require('./words'); n.has('NSApple' + 'Script'); console.log('NSAppleScript')":                     false,
		load + "n.open('x'); if (n.name === 'NSAppleScript') throw new Error('osascript')":                            false,
		"const n = require('./build/Release/a.node'); const names = ['NSAppleScript']; exports.names = names; n.go()": false,
	} {
		if got := strings.Contains(uses(Read([]byte(src))), "call addon:applescript"); got != want {
			t.Errorf("%s: told is %v", src, got)
		}
		if _, plain := Plain([]byte(src), askedModules); plain && want {
			t.Errorf("%s: plain", src)
		}
	}
	const told = "const n = require('./a.node'), { names } = require('./names.json'); n.ask(...names.map((s) => [...s].reverse().join('')))"
	const handed = "require('./load').call(String.fromCharCode(78, 83) + 'AppleScript')"
	for _, src := range []string{told, handed} {
		if v := Read([]byte(src)); v.Open&script.OpenToFiles == 0 {
			t.Errorf("%s: not open to files", src)
		}
	}
	const inEnvironment = "const { env } = process; const f = new Map([['speak', ['osa', 'sc', 'ript']]]); env.KIT = f.get('speak').join(''); module.exports = require('./a.node')"
	if got := uses(Read([]byte(inEnvironment))); !strings.Contains(got, "call addon:applescript") {
		t.Errorf("through the environment: %q", got)
	}
	if got := uses(Read([]byte(strings.Replace(inEnvironment, "'osa', ", "'de', ", 1)))); strings.Contains(got, "addon:") {
		t.Errorf("another name in the environment: %q", got)
	}
	if got := uses(readWith(told, loads{{"./names.json": 1}}, "names.json", `{"names": ["tpircSelppASN"]}`)); !strings.Contains(got, "call addon:applescript") {
		t.Errorf("names of a file: %q", got)
	}
	const wrapped = "require('./load').call(['NS', 'AppleScript'].join(''))"
	if got := uses(readWith(wrapped, loads{{"./load": 1}}, "load.js", "const n = require('./a.node'); exports.call = (c) => n.ask(c)")); !strings.Contains(got, "call addon:applescript") {
		t.Errorf("a wrapper in another file: %q", got)
	}
	if got := uses(readWith(handed, loads{{"./load": 1}}, "load.js", "module.exports = require('./a.node')")); !strings.Contains(got, "call addon:applescript") {
		t.Errorf("an addon of another file: %q", got)
	}
}
