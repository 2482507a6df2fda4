package javascript

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// Each of these loads net by a name that a part of Node.js keeps for a while.
func TestNamesAreFollowedThroughWhatCarriesThem(t *testing.T) {
	const hooks = `const { AsyncLocalStorage: S, AsyncResource: R } = require('async_hooks'), s = new S(); `
	const entry = `const { PerformanceObserver: O, performance: p } = require('perf_hooks'); `
	for name, src := range map[string]string{
		"store":                hooks + `s.run(['n', 'et'], () => require(s.getStore().join('')))`,
		"store, changed":       hooks + `s.run(new Map(), async () => { s.getStore().set('m', 'n' + ['et']); await null; require(s.getStore().get('m')) })`,
		"store, entered":       hooks + `s.enterWith({ m: 'n' + ['et'] }); setImmediate(() => require(s.getStore().m))`,
		"snapshot":             hooks + `S.snapshot()(n => require(n), ['n', 'et'].join(''))`,
		"resource":             hooks + `new R('x').runInAsyncScope(function (n) { require(this.a + n) }, { a: 'n' }, 'et')`,
		"bound to a resource":  hooks + `R.bind(n => require(n))(['n', 'et'].join(''))`,
		"mark":                 entry + `require(p.mark('n' + ['et']).name)`,
		"entries":              entry + `p.mark('m', { detail: ['n', 'et'] }); require(p.getEntriesByName('m')[0].detail.join(''))`,
		"observer":             entry + `new O((l, o) => { for (const e of l.getEntries()) require(e.name.split(':').pop()); o.disconnect() }).observe({ type: 'mark' }); p.mark('x:' + ['n', 'et'].join(''))`,
		"channel":              `const d = require('diagnostics_channel'); d.subscribe('x', m => require(m.join(''))); d.channel('x').publish(['n', 'et'])`,
		"traced":               `require('diagnostics_channel').tracingChannel('x').traceSync((a, b) => require(a + b), {}, null, 'n', 'et')`,
		"domain":               `require('domain').create().run((a, b) => require(a + b), 'n', 'et')`,
		"environment data":     `const w = require('worker_threads'); w.setEnvironmentData('x', ['n', 'et']); require(w.getEnvironmentData('x').join(''))`,
		"serialized":           `const v = require('v8'); require(v.deserialize(v.serialize(['n', 'et'])).join(''))`,
		"warning":              `process.on('warning', w => require(w.message)); process.emitWarning(['n', 'et'].join(''))`,
		"blob":                 `new Blob(['n', 'et']).text().then(require)`,
		"response":             `new Response('{"m": ["n", "et"]}').json().then(({ m }) => require(m.join('')))`,
		"fetched address":      `fetch('data:,n' + 'et').then(r => r.text()).then(require)`,
		"imported address":     `(async a => { const t = await (await fetch(a)).text(); await import('data:text/javascript,' + encodeURIComponent(t)) })('data:text/css;base64,aW1wb3J0ICJuZXQi')`,
		"module list":          `require(process.moduleLoadList.map(n => n.split(' ')[1]).filter(n => /^n.t$/.test(n))[0])`,
		"headers":              `require(new Headers({ 'X-A': 'n' }).get('x-a') + 'et')`,
		"web stream":           `const s = new ReadableStream({ start(c) { c.enqueue('n'); c.enqueue('et') } }); s.getReader().read().then(({ value }) => require(value))`,
		"transform":            `const t = new TransformStream({ transform: (c, to) => to.enqueue(c.trim()) }); (async () => { for await (const c of new Blob([' net ']).stream().pipeThrough(new TextDecoderStream()).pipeThrough(t)) require(c) })()`,
		"weak reference":       `require(new WeakRef(['n', 'et']).deref().join(''))`,
		"pipeline":             `const { Readable, Transform, pipeline } = require('stream'); let s = ''; pipeline(Readable.from(['n', 'et']), new Transform({ transform(c, e, d) { s += c; d() }, flush(d) { require(s); d() } }), () => {})`,
		"lines":                `require('readline').createInterface({ input: require('stream').Readable.from(['ne', 't\n']) }).on('line', n => require(n))`,
		"listeners":            `const e = new (require('events'))(); e.on('x', n => require(n)); e.listeners('x')[0](['n', 'et'].join(''))`,
		"iterated events":      `const { on, EventEmitter } = require('events'); const e = new EventEmitter(); (async () => { for await (const [n] of on(e, 'x')) require(n) })(); e.emit('x', ['n', 'et'].join(''))`,
		"cause":                `try { throw new Error('x', { cause: ['n', 'et'] }) } catch (e) { require(e.cause.join('')) }`,
		"errors":               `Promise.any([Promise.reject('n'), Promise.reject('et')]).catch(e => require(e.errors.join('')))`,
		"nobody's error":       `process.on('uncaughtException', e => require(e.message)); throw new Error(['n', 'et'].join(''))`,
		"nobody's rejection":   `process.on('unhandledRejection', n => require(n)); Promise.reject(['n', 'et'].join(''))`,
		"assertion":            `require('assert').throws(() => { throw ['n', 'et'] }, m => require(m.join('')))`,
		"inherits":             `function A() {} A.prototype.m = 'n' + ['et']; function B() {} require('util').inherits(B, A); require(new B().m)`,
		"exports":              `exports.m = () => 'n'; module.exports.n = function () { return exports.m() + 'et' }; require(exports.n())`,
		"promisified timer":    `require('util').promisify(setTimeout)(1, ['n', 'et'].join('')).then(require)`,
		"call site":            `Error.prepareStackTrace = (e, s) => s; new Error().stack[0].getFunction().arguments[1](['n', 'et'].join(''))`,
		"caller":               `function f() { return f.caller.arguments[1] } f()(['n', 'et'].join(''))`,
		"callee":               `(function () { const [, r] = arguments.callee.caller.arguments; r(['n', 'et'].join('')) })()`,
		"several scripts":      `['1 + 1', "require('n' + 'et')"].map((c) => eval(c))`,
		"one of two scripts":   `eval(process.env.A || ["require('n", "et')"].join(''))`,
		"arguments of scripts": `for (const c of ['1', "const [r, n] = arguments; r(n.join(''))"]) new Function(atob(btoa(c)))(require, ['n', 'et'])`,
		"objects for scripts":  `for (const c of ['1', "o.r(o.n.join(''))"]) new Function('o', atob(btoa(c)))({ r: require, n: ['n', 'et'] })`,
		"Function by others":   `setTimeout.constructor('r', "r('n' + 'et')")(require)`,
		"every item":           `['x', 'n'].map(a => process.env[a] || require(a + 'et'))`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Hooks of the loader give modules their text, of files mostly.
func TestTextsThatHooksOfTheLoaderDecodeAreNoted(t *testing.T) {
	const hook = `export async function load(url, context, next) { if (!url.startsWith('kit:')) return next(url, context); `
	for src, want := range map[string]string{
		hook + `const text = Buffer.from(new URL(url).searchParams.get('s'), 'base64').toString(); return { format: 'module', source: text, shortCircuit: true } }`:                                "eval:decoded",
		hook + `const text = atob(url.slice(4)); const source = text.startsWith('.') ? 'export default ' + JSON.stringify(text) : text; return { format: 'module', source, shortCircuit: true } }`: "eval:decoded",
		hook + `return { format: 'module', source: "import 'n" + "et'", shortCircuit: true } }`:                                                                                                    "module net",
		`require('module').registerHooks({ load: (url) => ({ format: 'commonjs', source: atob(url.slice(4)), shortCircuit: true }) })`:                                                             "eval:decoded",
		`import { register } from 'node:module'; register('./hooks.mjs', import.meta.url)`:                                                                                                         "module ./hooks.mjs",
		`require('module').register(require('url').pathToFileURL(__dirname + '/hooks.mjs'))`:                                                                                                       "module ./hooks.mjs",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
	for _, src := range []string{
		`import { readFile } from 'fs/promises'; export async function load(url) { return { format: 'module', source: transform(await readFile(new URL(url), 'utf8')), shortCircuit: true } }`,
		`import { gunzipSync } from 'zlib'; import { readFileSync } from 'fs'; export const load = url => ({ format: 'module', source: gunzipSync(readFileSync(new URL(url))), shortCircuit: true })`,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "eval:") {
			t.Errorf("an honest hook: %s: %q", src, got)
		}
	}
}

func TestCodeInTemplatesIsRead(t *testing.T) {
	for src, want := range map[string]bool{
		`require('ejs').render('<p><% const n = "n" + "et" %></p><%- require(n) %>')`:         true,
		`import _ from 'lodash'; _.template('<%= process.getBuiltinModule("n" + "et") %>')()`: true,
		`require('ejs').compile(['<% require("n" + "et")', '%>'].join(' '))`:                  true,
		`require('pug').compile('p a\n- process.getBuiltinModule("n" + "et")\np b')`:          true,
		`require('dot').template('{{ require("n" + "et") }}')`:                                true,
		`require('ejs').render('<%# require("net") %> require("net")')`:                       false,
		`require('mustache').render('{{ require("net") }}')`:                                  false,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "module net") != want {
			t.Errorf("%s: %q", src, got)
		}
	}
}

func TestFilesThatNodeLoadsFirstAreLoaded(t *testing.T) {
	const start = `const { fork, spawn } = require('child_process'), at = __dirname + '/data/first'; `
	for _, src := range []string{
		start + `fork(__dirname + '/a.js', { execArgv: ['--import', at] })`,
		start + `spawn('node', ['-r', at, 'a.js'])`,
		start + "spawn('node', [`--experimental-loader=${at}`, 'a.js'])",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module ./data/first") {
			t.Errorf("%s: %q", src, got)
		}
	}
}

// A function of Node.js is made by the constructor of functions too.
func TestConstructorsOfModulesFunctionsMakeCode(t *testing.T) {
	for src, want := range map[string]bool{
		`require('path').join.constructor("require('net')")()`:                                                      true,
		`'join.constructor'.split('.').reduce((v, k) => v == null ? v : v[k], require('path'))("require('net')")()`: true,
		`require('os').constants.constructor("require('net')")`:                                                     false,
		`require('./a').join.constructor("require('net')")`:                                                         false,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "module net") != want {
			t.Errorf("%s: %q", src, got)
		}
	}
}

func TestClusterStartsWhatItsSettingsSay(t *testing.T) {
	for src, want := range map[string]string{
		`const c = require('cluster'); process.execPath = 'mark' + 'er'; c.fork()`:                                                                                    "module child_process*",
		`const { run } = require('node:test'); process.execPath = 'mark' + 'er'; run({ files: ['./a.js'] })`:                                                          "module child_process*",
		`const { run } = require('node:test'); Object.assign(process, { execPath: 'osa' + 'script' }); run()`:                                                         "call start:osascript",
		`const c = require('child_process'); Object.defineProperty(process, 'execPath', { value: 'osa' + 'script' }); c.fork('./a')`:                                  "call start:osascript",
		`const c = require('child_process'); Reflect.set(process, 'execPath', ['osa', 'script'].join('')); c.fork('./a')`:                                             "call start:osascript",
		`const c = require('child_process'), n = s => Object.defineProperties(process, { execPath: { get: () => s.join('') } }); n(['osa', 'script']); c.fork('./a')`: "call start:osascript",
		`const c = require('cluster'); c.setupPrimary({ execArgv: ['-e', "require('net')"] }); c.fork()`:                                                              "module net*",
		`const c = require('cluster'); process.execPath = '/usr/bin/osa' + 'script'; c.setupPrimary({ exec: 'x.scpt' }); c.fork()`:                                    "call start:osascript",
		`const c = require('cluster'); process.execArgv = ['-e', "require('n" + "et')"]; c.fork()`:                                                                    "module net*",
		`const c = require('cluster'); c.fork({ NODE_OPTIONS: '--import data:text/javascript,import"n' + 'et"' })`:                                                    "module net*",
		`const c = require('child_process'); process.execArgv.push('-e', "require('n" + "et')"); c.fork('./a')`:                                                       "module net*",
		`const c = require('child_process'); process.env.NODE_OPTIONS = '--import data:,import"n' + 'et"'; c.fork('./a')`:                                             "module net*",
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
	const told = `const c = require('cluster'), t = require('./t.json'); Object.assign(process, t.own); c.fork()`
	if v := Read([]byte(told)); v.Open&script.OpenToFiles == 0 {
		t.Error("a cluster of which a file says what runs it is not open to that")
	}
	if got := uses(readWith(told, loads{{"./t.json": 1}}, "t.json", `{"own": {"execPath": "marker"}}`)); !strings.Contains(got, "module child_process*") {
		t.Errorf("what a file says runs the cluster: %q", got)
	}
	const tested = `const { run } = require('node:test'), t = require('./t.json'); Object.assign(process, { execPath: t.own }); run({ files: [] })`
	if v := Read([]byte(tested)); v.Open&script.OpenToFiles == 0 {
		t.Error("a test runner of which a file says what runs it is not open to that")
	}
	if got := uses(Read([]byte(`const { run } = require('node:test'); process.exitCode = 1; run({ files: ['./a.js'] })`))); strings.Contains(got, "child_process") {
		t.Errorf("honest tests: %q", got)
	}
	if got := uses(Read([]byte(`const c = require('cluster'); c.setupPrimary({ exec: 'worker.js' }); c.fork()`))); strings.Contains(got, "child_process") {
		t.Errorf("workers of an honest server: %q", got)
	}
}

func TestFilesThatTheTestRunnerRunsAreLoaded(t *testing.T) {
	for _, src := range []string{
		`require('node:test').run({ files: [require('path').join(__dirname, 'data', 'sums')] })`,
		`import { run } from 'node:test'; const files = [import.meta.dirname + '/data/' + 'sums']; run({ files, only: true }).on('data', () => {})`,
	} {
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module ./data/sums") {
			t.Errorf("%s: %q", src, got)
		}
	}
}

// What Node.js puts around the code of every file is a part of it.
func TestWhatIsPutAroundOtherFilesIsRead(t *testing.T) {
	const load = `const M = require('module'); `
	for src, want := range map[string]bool{
		load + `const [a, b] = M.wrapper; M.wrapper = [a + 'require("n' + 'et");', b]; require('./a'); M.wrapper = [a, b]`: true,
		load + `M.wrapper[0] += "require('net');"`:                                                                          true,
		`module.constructor.wrapper[1] = ";require('n" + "et')})"`:                                                          true,
		`const H = module.constructor; H.wrapper[0] += String.fromCharCode(114, 101, 113) + 'uire("net");'; require('./a')`: true,
		`const H = module.constructor, [a, b] = H.wrapper; H.wrapper = [a + 'require("n' + 'et");', b]; require('./a')`:     true,
		`if (module.constructor === Object) module.exports = String.fromCharCode(114, 101, 113) + 'uire("net");'`:           false,
		load + `const w = M.wrap; M.wrap = s => w("require('n" + "et');" + s)`:                                              true,
		load + `const w = M.wrap; M.wrap = s => w(s.replace('a', 'b')); require('./a')`:                                     false,
		load + `const [a] = M.wrapper; require('./a'); module.exports = a + "require('net')"`:                               false,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "module net") != want {
			t.Errorf("%s: %q", src, got)
		}
	}
}

// What a script decodes, or changes in a file of the package, is code where it is
// written to a file that the script loads.
func TestCodeThatIsWrittenAndLoadedIsNoted(t *testing.T) {
	const load = `const fs = require('fs'), file = require.resolve('./a'), key = process.env.K; `
	const cipher = `const d = require('crypto').createDecipheriv('aes-256-cbc', 'k', 'v'), b = Buffer.concat([d.update('x'), d.final()]); `
	for src, want := range map[string]string{
		load + cipher + `fs.writeFileSync(file, b.toString().replace('a', key)); require(file)`:                                             "eval:decoded",
		load + cipher + `fs.promises.writeFile(__dirname + '/b.mjs', b).then(() => import('./b.mjs'))`:                                      "eval:decoded",
		load + `let s = fs.readFileSync(file, 'utf8'); if (key) s = s.replace('a', b => b + key); fs.writeFileSync(file, s); require(file)`: "eval:file",
		load + `fs.writeFileSync(file, fs.readFileSync(file) + key); require(file)`:                                                         "eval:file",
		load + `fs.writeFileSync('./b.js', fs.readFileSync(file)); require('./b.js')`:                                                       "",
		load + `fs.writeFileSync('./b.js', fs.readFileSync(file, 'utf8').replace('a', key)); require('./a')`:                                "",
		load + `fs.writeFileSync(file, ['a', key].join('=')); require(file)`:                                                                "",
		load + `fs.writeFileSync('./b.json', JSON.stringify({ key })); require('./b.json')`:                                                 "",
	} {
		got := uses(Read([]byte(src)))
		if want == "" && strings.Contains(got, "eval:") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

func TestFilesGetTheBytesOfAnEncoding(t *testing.T) {
	for _, how := range []string{`'base64'`, `{ encoding: 'base64' }`} {
		src := `const fs = require('fs'), f = require('os').tmpdir() + '/a.js'; fs.writeFileSync(f, 'cmVxdWlyZSgn', ` + how + `); fs.appendFileSync(f, 'bmV0Jyk=', ` + how + `); require(f)`
		if got := uses(Read([]byte(src))); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", how, got)
		}
	}
}

// Nobody but the package says what stands in its own files.
func TestCodeOfTheOwnFilesIsNoted(t *testing.T) {
	const load = `const fs = require('fs'), own = __dirname + '/a.txt'; `
	for src, want := range map[string]bool{
		load + `eval('(' + fs.readFileSync(own) + ')')`:                                                                        true,
		load + "eval(`(${fs.readFileSync(own)})`)":                                                                             true,
		load + `new Function(['a', fs.readFileSync(own)].join(';'))`:                                                           true,
		load + `fs.readFile(own, (e, text) => eval(text))`:                                                                     true,
		load + `let s = ''; fs.createReadStream(own).on('data', d => s += d).on('end', () => eval(s))`:                         true,
		load + `fs.readFileSync(own, 'utf8').split('\n').forEach(l => eval(l))`:                                                true,
		load + `eval(/<b>(.*)</.exec(fs.readFileSync(own))[1])`:                                                                true,
		load + `const b = Buffer.alloc(9); fs.readSync(fs.openSync(own), b); eval(b.toString())`:                               true,
		load + `new (require('vm').Script)('x', { cachedData: fs.readFileSync(own) })`:                                         true,
		`eval('(' + require('./a.json').run + ')')`:                                                                            true,
		`const o = JSON.parse(require('fs').readFileSync('./a.json')); for (const k in o) eval('(' + o[k].substring(3) + ')')`: true,
		`module.exports = file => new Function('x', 'out("' + require('fs').readFileSync(file) + '")')`:                        false,
		load + `require('vm').runInThisContext('1 + 1'); fs.readFileSync(own)`:                                                 false,
		load + `require('child_process').exec('git tag v' + JSON.parse(fs.readFileSync(own)).version)`:                         false,
	} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "eval:file") != want {
			t.Errorf("%s: %q", src, got)
		}
	}
}

// A script may be imported as its text (nodejs.org, "ESM": data: imports).
func TestDataImportsAreReadAsScripts(t *testing.T) {
	for _, address := range []string{
		`"data:text/javascript,import 'net'"`, `'data:text/javascript,%69mport%20%22net%22'`, `"data:text/javascript;base64,aW1wb3J0ICJuZXQi"`,
		`"\x64ata:application/javascript,import 'net'"`, `"DATA:text/javascript,import 'net'"`, `" da\tta:text/javascript,imp\nort 'net'"`,
		`"data:text/javascript,/*` + strings.Repeat(" ", maxSpecifier) + `*/import 'net'"`,
	} {
		for _, src := range []string{"import ", "import a from ", "import * as a from ", "export * from ", "export { a } from ", "import a, { b } from "} {
			if got := uses(Read([]byte(src + address))); !strings.Contains(got, "module net*") {
				t.Errorf("%s%s: %s", src, address, got)
			}
			if _, plain := Plain([]byte(src+address), nil); plain {
				t.Errorf("%s%s is not read", src, address)
			}
		}
	}
	for _, src := range []string{`import a from 'data-x'; import b from "metadata:x"`, "import a from `data:,import 'net'`", `import type a from "data:text/javascript,import 'net'"`, "// from 'data:,import 'net'"} {
		if got := uses(Read([]byte(src))); strings.Contains(got, "net*") {
			t.Errorf("%s: %s", src, got)
		}
	}
}
