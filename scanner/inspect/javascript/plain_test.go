package javascript

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"plugvet/scanner/inspect/internal/cputime"
	"plugvet/scanner/inspect/script"
)

var askedModules = map[string]bool{"axios": true, "execa": true, "net": true}

func TestPlainScriptsAreNotRead(t *testing.T) {
	for src, loads := range map[string]string{
		`const path = require('path'), own = require("./lib/own"); module.exports = path.join(own.a, 'net')`:                                                    "path ./lib/own",
		"import a, { b } from './a.mjs'\nexport * from \"b\"\nimport 'c'\nconst d = await import(`d`)":                                                          "./a.mjs b c d",
		`if (require.main === module && typeof process !== 'undefined') exports.version = process.versions.node`:                                                "",
		`!function (e, t) { "object" == typeof exports ? module.exports = t() : e.x = t() }(this, function () { })`:                                             "",
		`class A extends B { constructor(f) { super(f); this.copy = new this.constructor(f) } }`:                                                                "",
		"/**\n * @param {Function} f\n * @returns {string | Function}\n */\nclass A {\n\t/** One. */\n\tconstructor() {}\n}\nconst { env, platform } = process": "",
		`// Whoever likes may require this module, eval it (or fetch it) with a process of their own.`:                                                          "",
		`x.fetch(url); x.eval; const t = { fetch: 1, eval: 2 }; String.fromCharCode(0xe9) + "a" + "b" + f("net:1")`:                                             "",
		`const { test } = require('node:test'); test('one', () => {})`:                                                                                          "test",
		`if (![].concat(x).every(f) || ![y].length) z()`:                                                                                                        "",
		`/[\u00aa-\uffdc]/.test(s) && s.replace("\u2028", '')`:                                                                                                  "",
		`x.binding.kind = y.binding ? z.binding : this.binding; if (process.binding === undefined) f()`:                                                         "",
		`if (require.main === module && module == require.main) f(require.main.filename, require.main && 1)`:                                                    "",
		"/**\n * @param {Function[]} f all of them.\n */\nclass A {\n\t// What is made.\n\tconstructor (f) {}\n}":                                               "",
		`setTimeout(function () { done() }, 100); globalThis["name"] = window[t ? "scrollX" : "scrollY"]`:                                                       "",
	} {
		got, plain := Plain([]byte(src), askedModules)
		var names []string
		for _, u := range got {
			names = append(names, u.Name)
		}
		if !plain || strings.Join(names, " ") != loads {
			t.Errorf("%s\nis plain: %v; loads %q, want %q", src, plain, names, loads)
		}
	}
}

func TestScriptsThatMayDoMoreAreRead(t *testing.T) {
	for _, src := range []string{
		`require('net')`, `require("node:net")`, `import 'net'`, `import n from "node:net"`, "await import(`net`)", `require /**/ ('net')`,
		`require('execa')`, `import axios from 'axios'`, `r("child_process")`, `export { connect } from 'net'`,
		`require(name)`, `require(30341..toString(36))`, `require(30341 .toString(36))`, `require('ne' + 't')`, `const r = require; r(x)`, `f(require)`, `x = typeof require === 'function' ? require : y`, `x = ok?require:y`, `module.require(x)`, `require.call(null, x)`, `global.require(x)`,
		`import(name)`, `module[a + b](x)`, `module.constructor._load(x)`, `process.binding('tcp_wrap')`, `process[a.join('')](x)`, `process['bind' + 'ing'](x)`,
		`const { ['bind' + 'ing']: b } = process`, `x.getBuiltinModule(y)`, `globalThis[k](x)`, `globalThis['ev' + "al"]`,
		`eval(x)`, `(0, eval)(x)`, `const e = eval; e(x)`, `new Function(x)`, `Function.apply(null, x)`, `window.eval(x)`, `globalThis["eval"](x)`,
		`(() => {}).constructor(x)()`, `f["constructor"](x)`, `f.constructor.constructor(x)`, `const A = Object.getPrototypeOf(async () => {}).constructor; g(A)`, `new (f.constructor)(x)`, `new f.constructor("x")`, `with (x) { y() }`, `setTimeout("x()", 1)`,
		`fetch(url)`, "// start to fetch\nfetch(url)", "a()\nb = c\neval(d)", `window.fetch(url)`, `const get = fetch;`, `new WebSocket(url)`, `new window.XMLHttpRequest`, `Deno.run(x)`, `Bun.$(x)`, `import { $ as sh } from 'bun'`, `require("bun")`,
		"x[`${'bind'}ing`]", `const c = 'osascript'`, `const c = 'osa' + "script"`, `const c = 'o' + 's' + 'ascri' + 'pt'`, `const c = "\x6fsascript"`, `const c = '\u{6f}sascript'`, `const c = "\157sascript"`, `r\u0065quire(x)`,
		`String.fromCharCode(110, 101, 116)`, `String.fromCharCode(110) + String.fromCharCode(101)`, `atob("bmV0")`, `Buffer.from("6e6574", 'hex')`, `const f = t => Buffer.from(t, 'hex')`, `Buffer.from([110, 101, 116])`,
		"r\x00e\x00q\x00",
		"let r = require\nr('net')", "const r = require // x\nr('net')", `const o = { r: require }; o.r(x)`, `() => { return require }`, "import // x\n'net'", "require // x\n('net')",
		`const { binding } = process`, `const { require: r } = module`, `const { [k]: e } = globalThis`, `const { eval: e } = globalThis`, `const { stdout: { constructor: S } } = process`, `const { ...p } = process`,
		`process.binding.bind(process)`, `p.binding.call(p, x)`, `Reflect.apply(process.binding, process, x)`, `const get = process.binding`, `process?.binding?.(x)`,
		`const p = process; p[k]('tcp_wrap')`, `const m = module, k = 1`,
		`const { constructor: F } = () => {}`, `const { constructor } = f`, `f?.constructor?.(y)`, `f . constructor(y)`, `f./**/constructor(y)`, "f.constructor`y`",
		"eval`x`", `eval?.(x)`, "const e = eval\ne(x)", `o = { eval }`, "Function`x`()", `fetch?.(url)`, "const f = fetch\nf(url)", `const { fetch: f } = globalThis`, `import 'node:inspector'`, `require('repl')`,
		`f = '' + ![]; z[c][c](f[x])`, `t = ![ ]+z`,
		`const w = new WebAssembly.Instance(kit, { './glue.js': require('./glue.js') })`,
		`const heap = [module]; f((n, s) => heap[n][s])`,
		`const head = 'AGFzbQEAAAAB', tail = 'NvY2tf'; WebAssembly.compile(bytes(head + tail))`,
		`process. binding('tcp_wrap')`, "process/* x */./**/binding/**/('tcp_wrap')", "process.// x\nbinding('tcp_wrap')", "process.\u00a0binding('tcp_wrap')", "process[/**/'binding']('tcp_wrap')", "const {require: r}/**/=/**/module",
		"globalThis/* x */.fetch(url)", "globalThis// x\n\t.fetch(url)", "globalThis[/**/'fetch'](url)", "process.stdout/* x */.\nconstructor.prototype.connect.call(x)", `f.caller?.['arguments']`,
		`fetch.call (null, url)`, `fetch.bind?.(null)(url)`, `fetch['call'](null, url)`, `fetch[name](null, url)`, `(x ? fetch : 0)(url)`, `(fetch || 0)(url)`, `(fetch ?? 0)(url)`, `[fetch][0](url)`, `const o = { e: [eval] }`,
		`const m = require.main; m[name]('net')`, `require.main[name]('net')`, `f(require.main)`, `require.main.children`, `process['std' + 'out'].constructor.prototype`,
		`require('node:test').run({ files })`, "import { run } from 'node:test'\nrun({ files: [name] })",
	} {
		if _, plain := Plain([]byte(src), askedModules); plain {
			t.Errorf("%s\nis taken for plain", src)
		}
	}
}

// What reading finds in a disguise must not be passed by unread. Those across files
// are read once more, for what the files that they load tell.
func TestNoDisguiseIsPlain(t *testing.T) {
	for name, data := range disguises(t) {
		if _, plain := Plain(data, askedModules); plain && tells(Read(data)) {
			t.Errorf("%s is taken for plain:\n%s", name, data)
		}
	}
}

// disguises are the scripts of those that stand in one file each.
func disguises(t *testing.T) map[string][]byte {
	t.Helper()
	archives, err := filepath.Glob("../../../testdata/evasion/disguises/javascript*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal(archives, err)
	}
	found := map[string][]byte{}
	for _, name := range archives {
		if strings.HasSuffix(name, "-across.txtar") {
			continue
		}
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			switch filepath.Ext(f.Name) {
			case ".js", ".mjs", ".cjs", ".ts":
				found[filepath.Base(name)+": "+f.Name] = f.Data
			}
		}
	}
	return found
}

// tells tells whether a view has more than loads of the script's own files and of
// modules that do no harm.
func tells(v *script.View) bool {
	for _, u := range v.Uses {
		global, _, _ := strings.Cut(u.Name, ".")
		switch {
		case u.Kind == script.Module && (u.Hidden || reaching(u.Name) && u.Name != "fs" || askedModules[u.Name]):
			return true
		case u.Kind == script.Call && (strings.Contains(u.Name, ":") || global == "fetch" || global == "WebSocket" || global == "XMLHttpRequest" || global == "Bun" || global == "Deno"):
			return true
		}
	}
	return false
}

// The look takes no more than a few steps back and forth for each word.
func TestALookAtWordsIsLinear(t *testing.T) {
	for name, src := range map[string]string{
		"loads in one line": strings.Repeat("require('./a');", 200_000),
		"comments":          strings.Repeat("// require\n", 200_000),
		"open comments":     strings.Repeat("require/*", 200_000),
		"tests":             strings.Repeat("require('test');", 200_000),
		"empty texts":       strings.Repeat("''+", 1<<20),
		"comments behind":   strings.Repeat("/**/constructor.", 200_000),
		"lines behind":      strings.Repeat("//\nbinding.", 200_000),
		"braces":            "constructor" + strings.Repeat("}", 32<<20),
		"blanks":            strings.Repeat("f(require )", 10) + strings.Repeat(" ", 1<<20) + "require" + strings.Repeat(" ", 1<<20),
	} {
		before := cputime.Used()
		Plain([]byte(src), askedModules)
		if took := cputime.Used() - before; took > 2*time.Second {
			t.Errorf("%s: %v for %d bytes", name, took, len(src))
		}
	}
	if _, plain := Plain([]byte("require"+strings.Repeat("/**/", 20)+"('net')"), askedModules); plain {
		t.Error("comments hide what is loaded")
	}
}

func FuzzPlain(f *testing.F) {
	for _, src := range []string{`require('a').b["c"](x)`, `f(require, module)`, `"a" + 'b' + x.constructor.constructor`, `process[`, `import('`, `\u{`, `arguments[1](`, `from([1,2,3`, `from[A]`, `.constructor    `} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		loads, _ := Plain(src, askedModules)
		for _, u := range loads {
			if u.Start < 0 || u.End <= u.Start || u.End > len(src) {
				t.Errorf("%s stands in [%d, %d) of %d", u.Name, u.Start, u.End, len(src))
			}
		}
	})
}
