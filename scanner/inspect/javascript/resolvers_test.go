package javascript

import (
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// What a script loads is what its own resolver makes of the name.
func TestNamesThatResolversOfTheScriptGiveAreLoaded(t *testing.T) {
	const start = "const M = require('module'), names = require('./names.json'); "
	const names = `{"@kit/a": "child_process", "b": ["osa", "script"]}`
	for name, src := range map[string]string{
		"_resolveFilename":  start + "const was = M._resolveFilename; M._resolveFilename = (n, ...r) => names[n] ?? was(n, ...r); const a = require('@kit/a'); a['ex' + 'ecFile'](names.b.join(''))",
		"prototype.require": start + "const was = M.prototype.require; M.prototype.require = function (n) { return n === '@kit/a' ? { run: was.call(this, names[n]).execFile, tool: names.b.join('') } : was.apply(this, arguments); }; const { run, tool } = require('@kit/a'); run(tool)",
		"a defined one":     start + "Object.defineProperty(M, '_resolveFilename', { value: (n) => names[n] || n }); const a = require('@kit/a'); a.execFile(names.b.join(''))",
		"registerHooks":     start + "M.registerHooks({ resolve: (n, c, next) => next(names[n] ?? n, c) }); const a = require('@kit/a'); a['exec' + 'File'](names.b.join(''))",
		"an address":        start + "M.registerHooks({ resolve: (n, c, next) => names[n] ? { url: 'node:' + names[n], shortCircuit: true } : next(n, c) }); import('@kit/a').then((a) => a.default['exec' + 'File'](names.b.join('')))",
	} {
		if v := Read([]byte(src)); v.Open == 0 {
			t.Errorf("%s: open to nothing", name)
		}
		got := uses(readWith(src, loads{{"./names.json": 1}}, "names.json", names))
		for _, want := range []string{"module child_process", "call start:osascript"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
	const table = "const M = require('module'), path = require('path'), was = M._resolveFilename, { kit } = require('../package.json'); " +
		"M._resolveFilename = function (n, ...r) { const to = kit[n] || n; return was.call(this, to.startsWith('.') ? path.join(__dirname, '..', to) : to, ...r); };"
	for name, src := range map[string]string{
		"another file":         "require('./lib/table'); require('./lib/store')",
		"one that is an alias": "require('./lib/table'); const Store = require('@kit/store'); new Store().put()",
	} {
		to := loads{{"./lib/table": 1, "./lib/store": 3}, {"../package.json": 2}, {}, {}}
		got := uses(readWith(src, to, "lib/table.js", table, "package.json", `{"kit": {"@kit/store": "./lib/store.js", "b": "net"}}`,
			"lib/store.js", "const b = require('b'), fs = require('fs'); module.exports = class { put() { b.connect(1); } }"))
		if !strings.Contains(got, "module net*") || strings.Contains(got, "module fs") {
			t.Errorf("%s: %q", name, got)
		}
	}
	away := readWith("require('./lib/table'); const Store = require('@kit/store'); new Store().put()", loads{{"./lib/table": 1}, {"../package.json": 2}, {}},
		"lib/table.js", table, "package.json", `{"kit": {"@kit/store": "./lib/store.js"}}`)
	if !slices.Contains(away.Asks, "file lib/store.js") {
		t.Errorf("it asks for %q", away.Asks)
	}
	if v := Read([]byte("require('module')._resolveFilename = (n, ...r) => require('./x')(n)")); v.Open&(script.OpenToCallers|script.OpenToFiles) != script.OpenToCallers|script.OpenToFiles {
		t.Error("a resolver is not open to the files that load names")
	}
	const registers = "import { register } from 'module'; register('./hooks.mjs', import.meta.url); const { spawn } = await import('@kit/a'); spawn('x')"
	if v := Read([]byte(registers)); v.Open&script.OpenToFiles == 0 {
		t.Error("a script that registers hooks is not open to them")
	}
	if got := uses(readWith(registers, loads{{"./hooks.mjs": 1}}, "hooks.mjs", "export const resolve = (n, c, next) => next(n.replace('@kit/a', ['child', 'process'].join('_')), c)")); !strings.Contains(got, "module child_process*") {
		t.Errorf("registered: %q", got)
	}
	const honest = "const M = require('module'), was = M._resolveFilename; M._resolveFilename = (n, ...r) => was(n.replace('@/', './lib/'), ...r); require('fs'); require('@/a')"
	if got := uses(Read([]byte(honest))); strings.Contains(got, "module fs*") {
		t.Errorf("an honest one: %q", got)
	}
}

// A module of hooks is told what it is registered with, and gives addresses their texts.
func TestWhatHooksAreRegisteredWithIsKnown(t *testing.T) {
	const register = "import { register } from 'module'; register('./hooks.mjs', import.meta.url, { data: { kit: ['child', 'process'] } }); "
	const hooks = "let names; export const initialize = async (data) => { names = data; }; "
	for name, c := range map[string][2]string{
		"names":              {"const m = await import('a:kit');", "export const resolve = async (n, c, next) => next(n.startsWith('a:') ? names[n.slice(2)].join('_') : n, c);"},
		"names of an object": {"const m = await import('kit');", "export function resolve(n, c, next) { return names[n] ? { url: `node:${names[n].join('_')}`, shortCircuit: true } : next(n, c) }"},
		"texts":              {"const { a } = await import('a:kit'); import(a);", "export const load = (u, c, next) => u.startsWith('a:') ? { format: 'module', shortCircuit: true, source: `export const a = '${names.kit.join('_')}'` } : next(u, c);"},
		"names and texts":    {"const { a } = await import('kit'); import(a);", "export const resolve = (n, c, next) => n === 'kit' ? { url: 'a:' + n, shortCircuit: true } : next(n, c); export const load = (u, c, next) => u === 'a:kit' ? { format: 'module', shortCircuit: true, source: Buffer.from(`export const a = '${names.kit.join('_')}'`) } : next(u, c);"},
	} {
		v := readWith(register+c[0], loads{{"./hooks.mjs": 1}}, "hooks.mjs", hooks+c[1])
		if got := uses(v); !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: %s", name, got)
		}
	}
	inAddress := "import { register } from 'module'; register('data:text/javascript,' + encodeURIComponent('export const resolve = (n, c, next) => next(n.split(\":\").join(\"_\"), c)')); import('child:process')"
	if got := uses(Read([]byte(inAddress))); !strings.Contains(got, "module child_process*") {
		t.Errorf("hooks in an address: %s", got)
	}
	to := "import { register } from 'module'; register('./hooks.mjs', import.meta.url); const { a } = await import('kit:b'); import(a);"
	v := readWith(to, loads{{"./hooks.mjs": 1}}, "hooks.mjs", "export const resolve = (n, c, next) => ({ url: new URL(n.split(':').join('') + '.mjs', import.meta.url).href, shortCircuit: true })")
	if len(v.Asks) != 1 || v.Asks[0] != "file kitb.mjs" {
		t.Errorf("it asks for %q", v.Asks)
	}
}

// Names that the package module-alias is given are known in all files.
func TestAliasesOfModulesAreKnown(t *testing.T) {
	const start = "const aliases = require('module-alias'); "
	for name, src := range map[string]string{
		"one":          start + "aliases.addAlias('b', ['n', 'et'].join('')); require('b')",
		"the longest":  start + "aliases.addAliases({ '@': './src', '@/bus': 'net' }); require('@/bus').connect(1)",
		"several":      start + "aliases.addAliases({ '@': './src', b: 'net' }); require('b')",
		"of a module":  "import { addAlias } from 'module-alias'; addAlias('b', 'net'); require('b').connect(1)",
		"a directory":  start + "aliases.addAlias('b', 'node:'); aliases.addAlias('@kit', 'fs'); aliases.addAlias('c', () => 'net'); require('@kit/promises'); require('c')",
		"joined":       start + "aliases.addAlias('b', './kit/../net'); require('b')",
		"another file": start + "aliases.addAlias('b', 'net'); require('./store')",
	} {
		if got := uses(readWith(src, loads{{"./store": 1}, {}}, "store.js", "const b = require('b'); b.connect(1)")); !strings.Contains(got, "module net") {
			t.Errorf("%s: %q", name, got)
		}
	}
	if v := Read([]byte(start + "aliases.addAlias('b', 'net')")); v.Open&(script.OpenToCallers|script.OpenToFiles) != script.OpenToCallers|script.OpenToFiles {
		t.Error("aliases are not open to the files that load names")
	}
	if got := uses(Read([]byte(start + "aliases.addAliases({ '@': __dirname + '/src', net: './x' }); require('@/net'); require('nets')"))); strings.Contains(got, "module net*") {
		t.Errorf("honest ones: %q", got)
	}
}
