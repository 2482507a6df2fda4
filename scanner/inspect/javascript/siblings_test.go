package javascript

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
	"plugvet/scanner/inspect/script"
)

// loads says to which files the names lead that each file loads.
type loads = []map[string]int

// readWith reads a script with siblings, each a name and a text.
func readWith(src string, to loads, files ...string) *script.View {
	siblings := &script.Siblings{Loads: to}
	for i := 0; i < len(files); i += 2 {
		siblings.Files = append(siblings.Files, script.Sibling{Name: files[i], Data: []byte(files[i+1])})
	}
	return ReadWith("index.js", []byte(src), siblings, nil)
}

func TestNamesThatOtherFilesExportAreKnown(t *testing.T) {
	one := loads{{"./x": 1}}
	for name, v := range map[string]*script.View{
		"its module":          readWith("require('./x')", loads{{"./x": 1}, {"./y": 2}}, "a/child_process.js", "require('./y')(module)", "a/y.js", "module.exports = (m) => m.require(require('path').parse(m.filename).name)"),
		"its address":         readWith("import f from './x'; f()", loads{{"./x": 1}}, "child_process.mjs", "import { createRequire } from 'module'; import { parse } from 'path'; export default () => createRequire(import.meta.url)(parse(import.meta.url).name)"),
		"exports":             readWith("const n = require('./x'); require(n.a + n.b)", one, "x.js", "exports.a = 'child_'; exports.b = 'process'"),
		"module.exports":      readWith("require(require('./x').a.join('_'))", one, "x.js", "module.exports = { a: ['child', 'process'] }"),
		"a function":          readWith("const f = require('./x'); require(f())", one, "x.js", "module.exports = () => 'child_' + 'process'"),
		"JSON":                readWith("const { a } = require('./x'); require(a.join('_'))", one, "x.json", `{"a": ["child", "process"]}`),
		"a class":             readWith("const { K } = require('./x'); require(K.a + K.b())", one, "x.js", "class K { static a = 'child_'; static b() { return 'process' } } exports.K = K"),
		"a class of its name": readWith("const K = require('./x'); require(K.of().a)", one, "x.js", "module.exports = class K { constructor(a) { this.a = a } static of() { return new K('child_' + 'process') } }"),
		"import":              readWith("import { a as b } from './x'; const m = await import(b + 'process');", one, "x.mjs", "export const a = 'child_';"),
		"default":             readWith("import n from './x'; require(n.a + 'process')", one, "x.mjs", "export default { a: 'child_' };"),
		"default function":    readWith("import f from './x'; require(f() + 'process')", one, "x.mjs", "export default function f() { return 'child_'; }"),
		"namespace":           readWith("import * as n from './x'; require(n.a + 'process')", one, "x.mjs", "const c = 'child_'; export { c as a };"),
		"several":             readWith("import { a, b } from './x'; require(a + b)", one, "x.mjs", "export const { a, z: [b] } = { a: 'child_', z: ['process'] }, c = 1;"),
		"export from":         readWith("import { a, d } from './x'; require(a + d)", loads{{"./x": 1}, {"./y": 2}}, "x.mjs", "export { b as a, default as d } from './y';", "y.mjs", "export let b = 'child_'; export default 'process'"),
		"export star":         readWith("import { a } from './x'; require(a + 'process')", loads{{"./x": 1}, {"./y": 2}}, "x.mjs", "export * from './y';", "y.mjs", "export var a = 'child_';"),
		"of CommonJS":         readWith("import x, { b } from './x'; require(x.a + b)", one, "x.cjs", "exports.a = 'child_'; exports.b = 'process'"),
		"import()":            readWith("const { default: x } = await import('./x'); require(x.a + 'process')", one, "x.cjs", "exports.a = 'child_'"),
		"a ring":              readWith("exports.a = 'process'; require('./x').go('child_')", loads{{"./x": 1}, {"./index": 0}}, "x.js", "const i = require('./index'); exports.go = s => require(s + i.a)"),
		"a live binding":      readWith("import { a, add } from './x'; add('child_'); add('process'); require(a)", one, "x.mjs", "export let a = ''; export const add = s => { a += s; };"),
		"a loader":            readWith("require('./x')(['child', 'process'].join('_'))", one, "x.js", "module.exports = n => require(n)"),
		"a function of both":  readWith("const { f } = require('./x'); exports.go = () => f('process')", one, "x.js", "exports.f = s => require('child_' + s)"),
		"code":                readWith("require('./x')('require(\"child_\" + \"process\")')", one, "x.js", "module.exports = s => eval(s)"),
		"an interpreter":      readWith("const n = require('./x'); require(n.a + 'process')", one, "x.js", "#!/usr/bin/env node\nexports.a = 'child_'"),
		"UTF-16":              readWith("const n = require('./x'); require(n.a + 'process')", one, "x.js", "\xff\xfee\x00x\x00p\x00o\x00r\x00t\x00s\x00.\x00a\x00=\x00'\x00c\x00h\x00i\x00l\x00d\x00_\x00'\x00"),
	} {
		if got := uses(v); !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Babel calls what it takes properties of _require, as some bundlers call their loader.
func TestNamesThatBabelGivesAreNoLoaders(t *testing.T) {
	for _, src := range []string{
		`var _require = require('./x'), run = _require.tools.run; run('osascript')`,
		`var _require = require('./x'); _require.tools.run('osascript')`,
	} {
		view := readWith(src, loads{{"./x": 1}}, "x.js", "exports.tools = { run: require('child_process').spawn }")
		if got := uses(view); !strings.Contains(got, "start:osascript") {
			t.Errorf("%s: %s", src, got)
		}
	}
}

func TestWhatFilesOfDataHoldIsKnown(t *testing.T) {
	const load = "const fs = require('fs'), { join } = require('path'), at = join(__dirname, 'data', 'x'); "
	for name, src := range map[string]string{
		"lines":       load + "const [a, b] = fs.readFileSync(at, 'utf8').split('\\n')[1].split(','); require(a + b)",
		"bytes":       load + "require(fs.readFileSync(at).subarray(4).toString().trim().replace(',', ''))",
		"a callback":  load + "fs.readFile(at, { encoding: 'latin1' }, (e, t) => require(t.match(/c.*s$/m)[0].split(',').join('')))",
		"a promise":   load + "fs.promises.readFile(at, 'utf8').then((t) => require(t.slice(4).trim().replace(',', '')))",
		"an address":  "import { readFileSync } from 'fs'; const t = readFileSync(new URL('./data/x', import.meta.url), 'ascii'); import(t.slice(4).replace(/\\W/g, ''))",
		"a stream":    load + "const lines = []; require('readline').createInterface({ input: fs.createReadStream(at) }).on('line', (l) => lines.push(l)).on('close', () => require(lines[1].replace(',', '')))",
		"code":        load + "eval(`require('${fs.readFileSync(at, 'utf8').split(/\\W/).slice(2).join('')}')`)",
		"from a part": load + "const read = (name) => fs.readFileSync(join(__dirname, 'lib', '..', name), 'utf8'); require(read('data/x').substr(4).trim().replace(',', ''))",
	} {
		one := Read([]byte(src))
		if want := "file ./data/x"; len(one.Asks) != 1 || one.Asks[0] != want {
			t.Errorf("%s: it asks for %q, expected %q", name, one.Asks, want)
		}
		siblings := &script.Siblings{Loads: loads{{"./data/x": 1}}, Files: []script.Sibling{{Name: "data/x", Data: []byte("a,b\nchild_,process\n"), IsData: true}}}
		if got := uses(ReadWith("index.js", []byte(src), siblings, nil)); !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: %s", name, got)
		}
	}
	// Also where a table, a map or a function in between keeps it, or says what is reached.
	const parsed = "const m = JSON.parse(require('fs').readFileSync(__dirname + '/data/x', 'utf8')); "
	const walked = "const [way, code] = require('fs').readFileSync(__dirname + '/data/x', 'utf8').split('|'); "
	for src, data := range map[string]string{
		parsed + "eval(new Map([['a', m.c[1]]]).get('a'))":                                                          `{"c": ["", "require('child_' + 'process')"]}`,
		parsed + "const t = new Map(m.n.map((n, i) => [n, m.c[i]])); eval(t.get('b'))":                              `{"n": ["a", "b"], "c": ["", "require('child_' + 'process')"]}`,
		parsed + "const t = new Map(); m.n.forEach((n, i) => t.set(n, m.c[i])); eval(t.get('b'))":                   `{"n": ["a", "b"], "c": ["", "require('child_' + 'process')"]}`,
		parsed + "for (const c of new Set(m)) eval(c)":                                                              `["require('child_' + 'process')"]`,
		parsed + "new Map(Object.entries(m)).forEach(c => eval(c))":                                                 `{"a": "require('child_' + 'process')"}`,
		parsed + "eval(m.reduce((all, c) => { all[c.n] = c.v; return all }, {}).a)":                                 `[{"n": "a", "v": "require('child_' + 'process')"}]`,
		parsed + "const { c } = { ...m }; eval(c)":                                                                  `{"c": "require('child_' + 'process')"}`,
		"require('fs').readFileSync(__dirname + '/data/x', 'utf8').replace(/c: (.*)/, (_, c) => eval(c))":           "c: require('child_' + 'process')",
		walked + "way.split('.').reduce((v, k) => (v === null ? v : v[k]), { join: require('path').join })(code)()": "join.constructor|return require('child_' + 'process')",
		walked + "let v = { f() {} }; for (const k of way.split('.')) v = v[k]; v(code)()":                          "f.constructor|return require('child_' + 'process')",
	} {
		one := Read([]byte(src))
		siblings := &script.Siblings{Loads: loads{{"./data/x": 1}}, Files: []script.Sibling{{Name: "data/x", Data: []byte(data), IsData: true}}}
		got := uses(ReadWith("index.js", []byte(src), siblings, nil))
		if one.Open&script.OpenToFiles == 0 || !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: it is open to %b, and then there is %s", src, one.Open, got)
		}
		if _, plain := Plain([]byte(src), askedModules); plain {
			t.Errorf("%s is taken for plain", src)
		}
	}
	above := "const p = require('path'); eval(require('fs').readFileSync(p.resolve(__dirname, '..', 'x'), 'utf8'))"
	if v := Read([]byte(above)); len(v.Asks) != 1 || v.Asks[0] != "file ../x" || v.Open&script.OpenToFiles == 0 {
		t.Errorf("it asks for %q and is open to %b", v.Asks, v.Open)
	}
	// What is no script is not read as one.
	siblings := &script.Siblings{Loads: loads{{"./data/x": 1}}, Files: []script.Sibling{{Name: "data/x", Data: []byte("'`({ /*"), IsData: true}}}
	if v := ReadWith("index.js", []byte(load+"require(fs.readFileSync(at) + '')"), siblings, nil); v.Problem != "" {
		t.Error(v.Problem)
	}
}

func TestWhatASiblingShowsIsNotToldOfTheScript(t *testing.T) {
	for name, sibling := range map[string]string{
		"a module":          "const net = require('net'); exports.go = () => net.connect(1)",
		"a wrapped loader":  "const load = n => require(n); exports.go = () => load('net')",
		"a replaced loader": "const M = require('module'), load = M._load; M._load = function () { return load.apply(this, arguments) }; const net = require('net')",
		"a call":            "exports.go = () => fetch('http://x')",
		"code":              "exports.go = () => 1",
		"unclosed brackets": "exports.go = () => { require('net')",
		"a closed function": "}); require('net'); (function () {",
		"an open comment":   "exports.go = 1 /*",
	} {
		v := readWith("const x = require('./x');\nx.go(); // behind it", loads{{"./x": 1}}, "x.js", sibling)
		for _, u := range v.Uses {
			if !strings.HasPrefix(u.Name, "./x") {
				t.Errorf("%s: %v", name, u)
			}
		}
		if want := "const x = require(\"./x\");\nx.go();  "; string(v.Text) != want {
			t.Errorf("%s: the view is %q, expected %q", name, v.Text, want)
		}
	}
}

func TestAFindingOfASiblingStandsWhereTheScriptCallsIt(t *testing.T) {
	src := "const x = require('./x');\n\nx('process');\nx;"
	found := ""
	for _, u := range readWith(src, loads{{"./x": 1}}, "x.js", "\n\n\n\nmodule.exports = n => require('child_' + n)").Uses {
		if u.Name == "child_process" {
			found += src[u.Start:u.End]
		}
	}
	if found != "x('process')" {
		t.Errorf("it stands at %q", found)
	}
}

func TestAScriptSaysWhoKnowsWhatItLoads(t *testing.T) {
	for src, want := range map[string]script.Openness{
		"const n = require('./x'); require(n.a + n.b)":                                        script.OpenToFiles,
		"const n = require('./x'); require(n.a())":                                            script.OpenToFiles,
		"import { a } from './x'; import([a, 't'].join(''))":                                  script.OpenToFiles,
		"const { execSync } = require('child_process'), x = require('./x'); execSync(x.tool)": script.OpenToFiles,
		"require('./x.json').all.map(({ a }) => require(a))":                                  script.OpenToFiles,
		"require('./x.json').map((x) => require(x.a))":                                        script.OpenToFiles,
		"const p = require('path'); exports.f = n => require(p.parse(n).name)":                script.OpenToCallers,
		"exports.f = n => require(n)":                                                         script.OpenToCallers,
		"exports.f = n => eval(n.trim())":                                                     script.OpenToCallers,
		"const x = require('./x'); exports.f = n => require(n + '_' + x.a)":                   script.OpenToFiles | script.OpenToCallers,
		"const n = require('./x'); require('fs').readFileSync(n.a)":                           0,
		"require(process.argv[2])":                                                            0,
		"exports.f = c => require('child_process').exec(c)":                                   script.OpenToCallers,
		"exports.f = c => require(['child', 'process'].join('_')).exec('ls ' + c)":            script.OpenToCallers,
		"const c = require('child_process'); exports.f = c.execFile":                          script.OpenToCallers,
		"exports.K = class { constructor() { this.host = require('child_process'); } }":       script.OpenToCallers,
		"import { spawn } from 'child_process'; export { spawn as go }":                       script.OpenToCallers,
		"import { exec } from 'child_process'; export const go = exec":                        script.OpenToCallers,
		"const { Hook } = require('./x'); const h = new Hook(); require(h.call('a'))":         script.OpenToFiles,
		`const m = new Map(); for (const [, k, v] of require('fs').readFileSync(__dirname + '/x', 'utf8').matchAll(/(\w+),(\w+)/g)) m.set(k, (m.get(k) || '') + v); require(m.get('a'))`: script.OpenToFiles,
		"module.exports = require('child_process').spawn":                                                                  script.OpenToCallers,
		"const all = { 1: (m) => { m.exports = require('child_process'); } }, m = {}; all[1](m); require(process.argv[2])": 0,
		"export { execSync as go } from 'node:child_process'":                                                              script.OpenToCallers,
		"import { exec } from 'child_process'; export const go = (c) => exec(c), n = 1":                                    script.OpenToCallers,
		"const c = require('child_process'), r = {}; for (const k in c) r[k] = c[k]; r.default = c; exports.version = 1":   0,
	} {
		if got := Read([]byte(src)).Open &^ script.OpenToPackages; got != want {
			t.Errorf("%s: %d, expected %d", src, got, want)
		}
	}
}

// hostileSiblings are files that load one another without end.
func hostileSiblings() map[string]*script.Siblings {
	out := map[string]*script.Siblings{}
	chain := func(name string, n int, text func(i int) string) {
		s := &script.Siblings{Loads: loads{{"./x": 1}}}
		for i := range n {
			s.Files = append(s.Files, script.Sibling{Name: fmt.Sprintf("x%d.js", i), Data: []byte(text(i))})
			s.Loads = append(s.Loads, map[string]int{"./x": (i+1)%n + 1, "./self": i + 1, "./index": 0})
		}
		out[name] = s
	}
	chain("a ring of exports", 8, func(int) string {
		return "export * from './x'; export { a, b as c } from './x'; export * as d from './x';"
	})
	chain("a ring of calls", 8, func(int) string { return "const x = require('./x'); module.exports = n => x(n + n) + x(n);" })
	chain("itself", 1, func(int) string { return "module.exports = require('./self'); require('./self')(require('./index'))" })
	chain("a chain", 1000, func(i int) string { return fmt.Sprintf("exports.a%d = require('./x').a%d + 'a'", i, i+1) })
	chain("loops", 8, func(int) string { return "while (true) require('./x'); for (;;) ;" })
	chain("threads", 8, func(int) string {
		return "const { Worker, parentPort } = require('worker_threads'); for (let i = 0; i < 99; i++) { const w = new Worker(__dirname + '/x'); w.on('message', (m) => w.postMessage(m + m)); w.postMessage('a'); } parentPort.on('message', (m) => parentPort.postMessage(m + m)); require('./x')"
	})
	chain("processes", 8, func(int) string {
		return "const c = require('child_process').fork(__dirname + '/x', ['a'], { env: { a: 'a' } }); c.on('message', (m) => c.send(m)); process.on('message', (m) => { process.send(m); process.send(m); }); c.send({}); require('./x')"
	})
	chain("large", 4, func(int) string { return "exports.a = [" + strings.Repeat("'a' + 'b', ", 20_000) + "]" })
	chain("throws", 3, func(int) string { return "exports.a = 1; throw new Error('no')" })
	chain("brackets", 3, func(i int) string { return strings.Repeat([]string{"{[(", "`${", "})]"}[i], 10_000) })
	return out
}

func TestHostileSiblingsEnd(t *testing.T) {
	src := "import x, { a } from './x'; import * as n from './x'; const y = require('./x'); require(a + n.b + y(x.c) + n.d.d.d.a)"
	for name, siblings := range hostileSiblings() {
		before := cputime.Used()
		ReadWith("index.js", []byte(src), siblings, nil)
		if spent := cputime.Used() - before; spent > 5*time.Second {
			t.Errorf("%s: %v", name, spent)
		}
	}
}

// FuzzReadWith checks that a script is read, whatever its siblings are, and that what is
// said of it lies in it.
func FuzzReadWith(f *testing.F) {
	for _, siblings := range hostileSiblings() {
		f.Add("require(require('./x').a + require('./y').b)", string(siblings.Files[0].Data), string(siblings.Files[len(siblings.Files)-1].Data))
	}
	f.Add("import a, { b } from './x'; require(a + b)", "export { b } from './y'; export default 'n'", "export const b = 'et'")
	f.Add("A\xe5", "", "0") // whose last character goes on behind it
	f.Fuzz(func(t *testing.T, src, x, y string) {
		if len(src)+len(x)+len(y) > 1<<16 {
			return
		}
		to := map[string]int{"./x": 1, "./y": 2, "./z": 0}
		began := cputime.Used()
		v := readWith(src, loads{to, to, to}, "x.js", x, "y.json", y)
		if took := cputime.Used() - began; took > 5*time.Second {
			t.Fatalf("it took %v", took)
		}
		for _, u := range v.Uses {
			if u.Start < 0 || u.End < u.Start || u.End > len(src) {
				t.Fatalf("%v does not lie in %d bytes", u, len(src))
			}
		}
		if _, end := v.Origin(0, len(v.Text)); end > len(src) {
			t.Fatalf("the view comes from %d bytes of %d", end, len(src))
		}
	})
}

// Who gets a loader from another file loads with it, whatever it is named there.
func TestWhatALentLoaderLoadsIsKnown(t *testing.T) {
	const word = "['child', 'process'].join('_')"
	for _, c := range [][2]string{
		{"require('./x')(require)", "module.exports = get => get(" + word + ")"},
		{"require('./x')({ load: require }).go()", "module.exports = o => ({ go: () => o.load(" + word + ") })"},
		{"const X = require('./x'); new X(module).go()", "module.exports = class { constructor(host) { this.host = host; this.verb = 're' + 'quire'; } go() { this.host[this.verb](" + word + "); } }"},
		{"require('./x').go.call(module)", "exports.go = function () { const [, verb] = Object.keys(Object.getPrototypeOf(this)); this[verb](" + word + "); }"},
		{"const x = require('./x').from('2'); x.go({ host: module })", "class X { go({ host }) { host.require(" + word + "); } } exports.from = () => new X()"},
		{"import { createRequire } from 'module'; import { go } from './x'; go(createRequire(import.meta.url));", "export const go = get => get(" + word + ");"},
	} {
		one := Read([]byte(c[0]))
		got := uses(readWith(c[0], loads{{"./x": 1}}, "x.js", c[1]))
		if one.Open&script.OpenToFiles == 0 || !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: it is open to %b, and then there is %s", c[0], one.Open, got)
		}
		if _, plain := Plain([]byte(c[0]), askedModules); plain && !strings.HasPrefix(c[0], "import") {
			t.Errorf("%s is taken for plain", c[0])
		}
	}
}

func TestWhatAHookOfTheLoaderMakesOfFilesIsKnown(t *testing.T) {
	const data = ")'ssecorp_dlihc'(eriuqer\n"
	const turned = "[...text.trim()].reverse().join('')"
	for _, src := range []string{
		"import { readFile } from 'node:fs/promises'; export async function load(url, context, next) { if (!url.endsWith('.kit')) return next(url); const text = await readFile(new URL(url), 'utf8'); return { format: 'commonjs', shortCircuit: true, source: " + turned + " }; }",
		"import fs from 'fs'; import { fileURLToPath } from 'url'; const ours = /\\.kit$/; export const load = async (url, context, next) => { if (!ours.test(url)) return next(url); const text = fs.readFileSync(fileURLToPath(url), 'utf8'); return { shortCircuit: true, source: " + turned + " }; };",
		"const fs = require('fs'); require.extensions['.kit'] = (module, file) => { const text = fs.readFileSync(file, 'utf8'); module._compile(" + turned + ", file) }",
		"const fs = require('fs'); require('module').registerHooks({ load(url, context, next) { if (!url.endsWith('.kit')) return next(url); const text = fs.readFileSync(new URL(url), 'utf8'); return { shortCircuit: true, source: " + turned + " }; } });",
	} {
		one := Read([]byte(src))
		siblings := &script.Siblings{Loads: loads{{"../data/x.kit": 1}}, Files: []script.Sibling{{Name: "data/x.kit", Data: []byte(data), IsData: true}}}
		got := uses(ReadWith("index.mjs", []byte(src), siblings, nil))
		if one.Open&script.OpenToFiles == 0 || strings.Join(one.Asks, " ") != script.AskedSuffix+".kit" || !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: it is open to %b, asks for %q, and then there is %s", src, one.Open, one.Asks, got)
		}
	}
}

func TestTheFilesThatLoadersAskForAreTheSameEachTime(t *testing.T) {
	var src, want strings.Builder
	for i := range 20 {
		fmt.Fprintf(&src, "require.extensions['.k%02d'] = (m, f) => m._compile(read(f), f);\n", i)
		if i < maxAsked {
			fmt.Fprintf(&want, "%s.k%02d ", script.AskedSuffix, i)
		}
	}
	for range 5 {
		if got := strings.Join(Read([]byte(src.String())).Asks, " "); got != strings.TrimSpace(want.String()) {
			t.Fatalf("it asks for %s, want %s", got, &want)
		}
	}
}

// What is told of scripts that start programs, workers and streams is so too.
func TestSettingsOfAnotherFileOpenAScriptToIt(t *testing.T) {
	const settings = `{"execPath": null, "a": ["osa", "script"], "code": ["require('child_' + ", "'process')"]}`
	for src, want := range map[string]string{
		"const { fork } = require('child_process'), all = require('./x.json'), o = {}; for (const [k, v] of Object.entries(all)) o[k] = v ?? all.a.join(''); fork('./a.js', [], o)": "call start:osascript*",
		"const { fork } = require('child_process'), all = require('./x.json'); fork('./a.js', [], { execPath: all.a.join('') })":                                                    "call start:osascript*",
		"const { Worker } = require('worker_threads'), { code } = require('./x.json'); new Worker(code.join(''), { eval: true })":                                                   "module child_process*",
	} {
		one := Read([]byte(src))
		got := uses(readWith(src, loads{{"./x.json": 1}}, "x.json", settings))
		if one.Open&script.OpenToFiles == 0 || !strings.Contains(got, want) {
			t.Errorf("%s: it is open to %b, and then there is %s", src, one.Open, got)
		}
	}
	honest := "const { Worker } = require('worker_threads'), { file } = require('./x.json'); new Worker(file)"
	if v := Read([]byte(honest)); v.Open&script.OpenToFiles != 0 {
		t.Error("a worker of a file is open")
	}
}

func TestADecoderWithAKeyOfAnotherFileIsOpenToIt(t *testing.T) {
	const decode = `const { name } = require('./package.json'), at = (s, i) => s.charCodeAt(i % s.length); require(String.fromCharCode(...[1, 2, 3].map((b, i) => [b][at(name, i) & 0])))`
	if v := Read([]byte(decode)); v.Open&script.OpenToFiles == 0 {
		t.Error("it is not")
	}
	const honest = `const { name } = require('./package.json'); require('./' + process.argv[2]); console.log(name.length)`
	if v := Read([]byte(honest)); v.Open&script.OpenToFiles != 0 {
		t.Error("a script that decodes nothing is")
	}
}

// What another file makes of plain names is no more hidden than if it stood in the same file.
func TestANameThatAnotherFilePutsTogetherIsNotDecoded(t *testing.T) {
	for _, src := range []string{
		"const { join } = require('./x'); exports.version = (dir) => require(join(dir, 'package.json')).version",
		"const { resolve } = require('./x'); require(resolve('package.json'))",
		"require(require('./x').concat('./', 'config'))", "import { trim } from './x'; import(trim('webpack5 '))",
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "load:") {
			t.Errorf("%s alone: %s", src, got)
		}
		for _, makes := range []string{
			"path.join(...a).replace(/\\\\/g, '/')", "(a[0] + '/' + a[1]).trim()", "a[0].slice(0, -1) + '/' + a[1]", "(a[0] + a[1]).toLowerCase()",
			"process.cwd() + '/' + a[0]", "a.filter(Boolean).join('/')", "path.join(...a).split(path.sep).join('/')",
		} {
			other := "const path = require('path'); exports.join = exports.resolve = exports.concat = exports.trim = (...a) => " + makes
			if got := uses(readWith(src, loads{{"./x": 1}}, "x.js", other)); strings.Contains(got, "load:") {
				t.Errorf("%s with %s: %s", src, makes, got)
			}
		}
	}
}

func TestANameThatAnotherFileDecodesIsHiddenThoughItIsNotKnown(t *testing.T) {
	for _, load := range []string{"require(f('aabbccdd'))(1)", "import(f('aabbccdd'))", "process.getBuiltinModule(f('aabbccdd'))"} {
		src := "const { f } = require('./x'); " + load
		for _, decodes := range []string{
			"require('crypto').createDecipheriv('rc4', process.env.K, null).update(s, 'hex', 'utf8')", "atob(process.env[s])",
			"Buffer.from(process.env[s], 'hex').map((b, i) => b ^ i).toString()", "String.fromCharCode(...process.env[s].split(','))",
			"require('fs').readFileSync('/etc/' + s, 'utf8')",
		} {
			if got := uses(readWith(src, loads{{"./x": 1}}, "x.js", "exports.f = (s) => "+decodes)); !strings.Contains(got, "load:") {
				t.Errorf("%s with %s: %s", load, decodes, got)
			}
		}
	}
	// And where the other file is not there, but what it is given is a name that is encoded.
	for _, encoded := range []string{"Y2hpbGRfcHJvY2Vzcw==", "Y2hpbGRfcHJvY2Vzcw", "6368696c645f70726f63657373"} {
		if got := uses(Read([]byte("const { f } = require('./x'); require(f('" + encoded + "'))"))); !strings.Contains(got, "load:file") {
			t.Errorf("%s: %s", encoded, got)
		}
	}
}

// A script may hand on what loads modules, to files that do not say what they load.
func TestLoadersThatAScriptGivesAreKnown(t *testing.T) {
	for _, gives := range []string{
		"module.exports = require", "module.exports = require('module').createRequire(__filename)", "exports.load = require", "exports.load = require('module').createRequire(__filename)",
		"import { createRequire } from 'module'; export const load = createRequire(import.meta.url)",
		"import { createRequire } from 'module'; export default createRequire(import.meta.url)",
	} {
		if Read([]byte(gives)).Open&script.OpenToCallers == 0 {
			t.Errorf("%s is not open to those that load it", gives)
		}
	}
	for _, keeps := range []string{"const load = require; load('fs')", "module.exports = require('fs')", "exports.load = (name) => name"} {
		if Read([]byte(keeps)).Open&script.OpenToCallers != 0 {
			t.Errorf("%s is open to those that load it", keeps)
		}
	}
	got := uses(readWith("const load = require('./load'); load('ne' + 't').connect(1)", loads{{"./load": 1}, {}}, "load.js", "module.exports = require"))
	if !strings.Contains(got, "module net*") {
		t.Error(got)
	}
}
