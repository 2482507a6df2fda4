package javascript

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

const startsRepl = `const repl = require('repl'), fs = require('fs'), path = require('path'), { PassThrough, Readable, Duplex } = require('stream'), input = new PassThrough(); `

// What a shell of node's is typed by any way is a script, but for its own commands.
func TestWhatIsTypedToAShellIsEvaluated(t *testing.T) {
	const start, code = "const shell = repl.start({ prompt: '', input }); ", `"require(['t','e','n'].reverse().join(''))"`
	for name, src := range map[string]string{
		"behind commands":  start + `input.write("const n = ['t','e','n'].reverse().join('')\n.break\nrequire(n)\n.exit\n")`,
		"in the editor":    start + `input.write('.editor\n' + ` + code + ` + '\n\x04')`,
		"options in turn":  `repl.start('', input); input.write(` + code + `)`,
		"an event":         start + `shell.emit('line', ` + code + `)`,
		"written":          start + `shell.write(` + code + ` + '\n')`,
		"what it reads":    `const lines = [` + code + `, null]; class In extends Readable { _read() { this.push(lines.shift()); } } new repl.REPLServer({ input: new In() })`,
		"what it is given": `const d = new Duplex({ read() {} }); repl.start({ input: d }); d.push(` + code + `)`,
		"an evaluator":     `repl.start({ input, eval: (line, context, file, done) => done(null, require([...line.trim()].reverse().join(''))) }); input.write('ten\n')`,
		"a command":        start + `shell.defineCommand('use', { help: '', action(name) { require([...name].reverse().join('')); } }); input.write('.use ten\n')`,
		"a plain command":  start + `shell.defineCommand('use', (name) => require([...name].reverse().join(''))); input.write('.use ten\n')`,
		"a written file":   start + `const file = path.join(require('os').tmpdir(), 'a.txt'); fs.writeFileSync(file, ` + code + `); input.write('.load ' + file + '\n')`,
		"not called":       `exports.go = () => { ` + start + `input.write(` + code + `); }`,
	} {
		if got := uses(Read([]byte(startsRepl + src))); !strings.Contains(got, "module net*") {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, src := range map[string]string{
		"commands alone":      start + `input.write('.help net\n.save net\n.exit\n')`,
		"words":               start + `input.write('1 + 1\n')`,
		"an honest evaluator": `repl.start({ input, eval: (line, context, file, done) => done(null, line) }); input.write("require('n' + 'et')\n")`,
	} {
		if got := uses(Read([]byte(startsRepl + src))); strings.Contains(got, "module net") || strings.Contains(got, "eval:") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhatAShellLoadsIsEvaluated(t *testing.T) {
	const start = "const shell = repl.start({ prompt: '', input }), file = path.join(__dirname, 'data', 'x.txt'); "
	const line = "require(['child', 'process'].join('_'))"
	for name, src := range map[string]string{
		"a command":        start + "input.end(`.load ${file}\\n.exit\\n`)",
		"written":          start + "shell.write('.load ' + file + '\\n')",
		"the action of it": start + "shell.commands.load.action.call(shell, file)",
		"an instance":      "class Shell extends repl.REPLServer { run(file) { input.write(`.load ${file}\\n`); } } new Shell({ input }).run(path.resolve(__dirname, 'data/x.txt'))",
		"a stream":         "repl.start({ input: fs.createReadStream(path.join(__dirname, 'data', 'x.txt')) })",
		"a pipe":           start + "fs.createReadStream(file).pipe(input)",
		"lines":            "repl.start({ input: Readable.from(fs.readFileSync(path.join(__dirname, 'data', 'x.txt'), 'utf8').split('\\n')) })",
	} {
		one := Read([]byte(startsRepl + src))
		if want := "file ./data/x.txt"; len(one.Asks) != 1 || one.Asks[0] != want || one.Open&script.OpenToFiles == 0 {
			t.Errorf("%s: it asks for %q, expected %q", name, one.Asks, want)
		}
		siblings := &script.Siblings{Loads: loads{{"./data/x.txt": 1}}, Files: []script.Sibling{{Name: "data/x.txt", Data: []byte("var a = 1\n" + line + "\n"), IsData: true}}}
		if got := uses(ReadWith("index.js", []byte(startsRepl+src), siblings, nil)); !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: %s", name, got)
		}
	}
	const library = "const repl = require('repl'), { PassThrough } = require('stream'); exports.Shell = class { constructor() { this.input = new PassThrough(); repl.start({ input: this.input }); } run(line) { this.input.write(line + '\\n'); } };"
	const caller = "const { Shell } = require('./x'); new Shell().run(\"" + line + "\")"
	if v := Read([]byte(library)); v.Open&script.OpenToCallers == 0 || v.Open&script.Assembles == 0 {
		t.Errorf("a shell in a file of its own is open to %b", v.Open)
	}
	if got := uses(readWith(caller, loads{{"./x": 1}}, "x.js", library)); !strings.Contains(got, "module child_process*") {
		t.Errorf("%s: %s", caller, got)
	}
	hidden := startsRepl + "repl.start({ input }); input.write(Buffer.from(require('./x').lines, 'base64'))"
	if got := uses(Read([]byte(hidden))); !strings.Contains(got, "eval:decoded") {
		t.Errorf("%s: %s", hidden, got)
	}
}

// Numbers of shells that there are not are none.
func TestShellsThatThereAreNot(t *testing.T) {
	for _, call := range []string{"r.line(-1, 'x')", "r.write(NaN, 'x')", "r.load(1e99)", "r.start({}); r.write(-1, 'x')", "r.start({}); r.line(0 / 0, 'x')"} {
		v := Read([]byte("const r = require('repl'); " + call + "; require('child_process').exec(['osa', 'script -e 1'].join(''))"))
		if got := uses(v); v.Problem != "" || !strings.Contains(got, "start:osascript*") {
			t.Errorf("%s: %q, %s", call, got, v.Problem)
		}
	}
}
