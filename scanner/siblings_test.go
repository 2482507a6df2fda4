package scanner

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"plugvet/manifests"
	"plugvet/scanner/tree"
)

// kit is a package of these files.
func kit(files map[string]string) map[string]string {
	all := map[string]string{"node_modules/kit/package.json": `{"name": "kit", "version": "1.0.0"}`}
	for name, content := range files {
		all["node_modules/kit/"+name] = content
	}
	return all
}

// loadedIn are the files, with lines, in which a plugin is found to start programs.
func loadedIn(p Plugin) (at []string) {
	for _, f := range p.Findings {
		if f.Capability == "exec" {
			at = append(at, fmt.Sprintf("%s:%d", path.Base(f.Path), f.Line))
		}
	}
	return at
}

const (
	asksNames  = "// what it shows\n\nconst names = require('./names');\nrequire(names.a + names.b).spawn('x');\n"
	givesNames = "exports.a = 'child_';\nexports.b = 'process';\n"
)

func TestANameThatAnotherFileExportsIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"exports":    {map[string]string{"index.js": asksNames, "names.js": givesNames}, "index.js:4"},
		"JSON":       {map[string]string{"index.js": asksNames, "names.json": `{"a": "child_", "b": "process"}`}, "index.js:4"},
		"a folder":   {map[string]string{"index.js": asksNames, "names/index.js": givesNames}, "index.js:4"},
		"a caller":   {map[string]string{"index.js": "const l = require('./load');\nl('process');", "load.js": "module.exports = n => require('child_' + n);"}, "index.js:2"},
		"a barrel":   {map[string]string{"a.js": "const { load } = require('./b');\nload('process');", "b.js": "exports.load = require('./c');", "c.js": "module.exports = n => require('child_' + n);"}, "a.js:2"},
		"a table":    {map[string]string{"lib/index.js": "const { join } = require('path');\nconst t = require('fs').readFileSync(join(__dirname, '..', 'data', 'a.csv'), 'utf8');\nrequire(t.trim().split(',').join('_'));", "data/a.csv": "child,process\n"}, "index.js:3"},
		"a suffix":   {map[string]string{"lib/a/hooks.mjs": "import { readFileSync } from 'fs';\nexport function load(url, _, next) {\n  if (!url.endsWith('.kit')) return next(url);\n  return { shortCircuit: true, source: readFileSync(new URL(url), 'utf8').trim().split(' ').join('') };\n}", "lib/b/x.kit": "require('child_ process')"}, "hooks.mjs:4"},
		"not there":  {map[string]string{"index.js": asksNames}, ""},
		"other name": {map[string]string{"index.js": asksNames, "names.js": "exports.a = 'child_'; exports.c = 'process'"}, ""},
	} {
		report := mustScan(t, builtinOptions(t, plant(t, kit(c.files))))
		at := loadedIn(report.Plugins[0])
		if got := strings.Join(at, " "); got != c.want {
			t.Errorf("%s: found in %q, expected %q", name, got, c.want)
		}
	}
}

// A file of settings names the program, another script starts it.
func TestAProgramOfSettingsThatAnotherScriptStartsIsFound(t *testing.T) {
	const settings = `{"all": [{"on": false, "p": "ls", "a": []}, {"on": true, "p": "\u006fsa\u0073cript", "a": ["-e", "beep"]}]}`
	const run = "const { spawn } = require('child_process');\nmodule.exports = (p, a) => new Promise((y, n) => { spawn(p, a, {}).on('error', n).on('exit', y); });"
	for src, start := range map[string]string{
		"module.exports = () => Promise.all(c.all.filter((x) => x.on).map((x) => run(x.p, x.a.map(String))));": run,
		"exports.go = async () => { for (const x of c.all) if (x.on) await run(x.p, x.a); };":                  run,
		"for (const [, { p, a }] of Object.entries(c.all)) run(p, a);":                                         run,
		"exports.go = () => run(c.all.find((x) => x.on));":                                                     "const { spawn } = require('child_process');\nmodule.exports = ({ p, a }) => spawn(p, a);",
		"exports.go = () => run(c.all[1].p)(c.all[1].a);":                                                      "const { spawn } = require('child_process');\nmodule.exports = (p) => (a) => spawn(p, a);",
		"new run(c.all[1].p).go();":                                                                            "const { spawn } = require('child_process');\nmodule.exports = class { #p; constructor(p) { this.#p = p; } go() { spawn(this.#p, ['-e', 'beep']); } };",
	} {
		files := map[string]string{"index.js": "const c = require('./c.json'), run = require('./run');\n" + src, "run.js": start, "c.json": settings}
		report := mustScan(t, builtinOptions(t, plant(t, kit(files))))
		if !slices.ContainsFunc(report.Plugins[0].Findings, func(f Finding) bool { return f.Capability == "applescript" && path.Base(f.Path) == "index.js" }) {
			t.Errorf("it is not: %s", src)
		}
	}
}

// However the names go from a file of data to what they say, the script is read with it.
func TestNamesFromDataThatAScriptOpensAreFound(t *testing.T) {
	const table = `{"call": "execFileSync", "tool": "\u006fsa\u0073cript", "module": "child_process"}`
	const open = "const cp = require('child_process'), fs = require('fs'), path = require('path');\n"
	const run = "\ncp[t('call')](t('tool'), ['-e', 'beep']);"
	for name, c := range map[string]struct {
		src, file string
		other     string
	}{
		"a map with a default":         {open + "class C { constructor(l) { this.all = new Map(Object.entries(JSON.parse(fs.readFileSync(path.join(__dirname, 'locales', `${l}.json`))))); } t(k) { let s = this.all.get(k) ?? k; if (s.startsWith('b64:')) s = atob(s.slice(4)); return s; } }\nconst c = new C('en'), t = (k) => c.t(k);" + run, "locales/en.json", ""},
		"what the environment may say": {open + "const all = JSON.parse(fs.readFileSync(path.join(__dirname, 'locales', `${process.env.KIT_LANG || 'en'}.json`))), t = (k) => all[k] || k;" + run, "locales/en.json", ""},
		"a loaded file of a choice":    {open + "const all = require(`./locales/${process.argv[2] ?? 'en'}.json`), t = (k) => all[k];" + run, "locales/en.json", ""},
		"a private table":              {"const all = require('./x.json');\nclass C { #all = new Map(); constructor() { for (const [k, v] of Object.entries(all)) this.#all.set(k, v); } t(k, d) { return this.#all.has(k) ? this.#all.get(k) : d; } }\nconst c = new C();\nrequire(c.t('module', 'path'))[c.t('call', 'join')](c.t('tool'), ['-e', 'beep']);", "x.json", ""},
		"a path of keys":               {open + "const all = { a: JSON.parse(fs.readFileSync(__dirname + '/x.json')) }, t = (k) => ['a', k].reduce((at, part) => at?.[part], all) ?? k;" + run, "x.json", ""},
		"a directory":                  {open + "const dir = path.join(__dirname, 'locales'), all = new Map(fs.readdirSync(dir).map((f) => [path.basename(f, '.json'), JSON.parse(fs.readFileSync(path.join(dir, f)))])), t = (k) => all.get('en')[k];" + run, "locales/en.json", ""},
		"a directory of directories":   {open + "let t = (k) => k;\nfor (const d of fs.readdirSync(__dirname + '/all')) { const all = JSON.parse(fs.readFileSync(`${__dirname}/all/${d}/x.json`)); t = (k) => all[k]; }" + run, "all/en/x.json", ""},
		"another file reads it":        {open + "const { t } = require('./lib/t');" + run, "locales/en.json", "const fs = require('fs'), path = require('path');\nexports.t = (k, l = 'en') => JSON.parse(fs.readFileSync(path.resolve(__dirname, '..', 'locales', l + '.json')))[k] ?? k;"},
		"another file's class":         {open + "const C = require('./lib/t'), c = new C(path.join(__dirname, 'locales')), t = (k) => c.t(k);" + run, "locales/en.json", "const fs = require('fs'), path = require('path');\nmodule.exports = class { constructor(dir) { this.all = JSON.parse(fs.readFileSync(path.join(dir, 'en.json'))); } t(k) { return this.all[k]; } };"},
	} {
		files := map[string]string{"index.js": c.src, c.file: table}
		if c.other != "" {
			files["lib/t.js"] = c.other
		}
		report := mustScan(t, builtinOptions(t, plant(t, kit(files))))
		if !slices.ContainsFunc(report.Plugins[0].Findings, func(f Finding) bool { return f.Capability == "applescript" && path.Base(f.Path) == "index.js" }) {
			t.Errorf("%s: not found", name)
		}
	}
}

func TestAScriptListsADirectoryBesideItsOwn(t *testing.T) {
	const lists = "const fs = require('fs'), path = require('path');\nrequire(fs.readdirSync(path.join(__dirname, '..', 'icons')).map((f) => f.split('.')[0]).join('_'));"
	report := mustScan(t, builtinOptions(t, plant(t, kit(map[string]string{"lib/index.js": lists, "icons/child.svg": "<svg/>", "icons/process.svg": "<svg/>"}))))
	if got := strings.Join(loadedIn(report.Plugins[0]), " "); got != "index.js:2" {
		t.Errorf("found in %q", got)
	}
}

func TestWhatNpmRunsAtInstallIsReadWithWhatItLoads(t *testing.T) {
	files := map[string]string{
		"package.json":   `{"name": "kit", "version": "1.0.0", "scripts": {"postinstall": "node tools/greet || true"}, "config": {"tool": "b3Nhc2NyaXB0"}}`,
		"tools/greet.js": "const { config } = require('../package.json');\nrequire('./start')(Buffer.from(config.tool, 'base64').toString());",
		"tools/start.js": "module.exports = (tool) => require('./run')(tool);", // greet is too far from what starts it
		"tools/run.js":   "module.exports = (tool) => require('./spawn')(tool);",
		"tools/spawn.js": "const cp = require('child_process');\nmodule.exports = (tool) => cp.spawn(tool, ['-e', 'beep']);",
	}
	for hook, want := range map[string]bool{"postinstall": true, "lint": false} {
		files["package.json"] = strings.Replace(files["package.json"], "postinstall", hook, 1)
		report := mustScan(t, builtinOptions(t, plant(t, kit(files))))
		got := slices.ContainsFunc(report.Plugins[0].Findings, func(f Finding) bool {
			return f.Capability == "applescript" && path.Base(f.Path) == "greet.js"
		})
		if got != want {
			t.Errorf("%s: found is %v", hook, got)
		}
		files["package.json"] = strings.Replace(files["package.json"], hook, "postinstall", 1)
	}
}

func TestLinesThatNpmRunsAtInstallAreReadWithFilesOfThePackage(t *testing.T) {
	for name, c := range map[string]struct{ line, file, text string }{
		"JSON":          {`node -e "const { a, b } = require('./hook.json'); require(a.join('_')).spawn(b)"`, "hook.json", `{"a": ["child", "process"], "b": "x"}`},
		"a table":       {`node -p 'const [a, b] = require("fs").readFileSync("data/a.csv", "utf8").trim().split(","); require(a + b).spawn("x")'`, "data/a.csv", "child_,process\n"},
		"a module":      {`node --eval "require('./lib/load')('ssecorp_dlihc').spawn('x')"`, "lib/load.js", "module.exports = (n) => require([...n].reverse().join(''))"},
		"itself":        {`node -e "const { config: { a, b } } = require('./package.json'); require(a + b).spawn('x')"`, "a.txt", ""},
		"its settings":  {`node -e "const { npm_package_config_a: a } = process.env; require(a + process.env.npm_package_config_b).spawn('x')"`, "a.txt", ""},
		"an assignment": {`A=child_ B='process' node -e "require(process.env.A + process.env.B).spawn('x')"`, "a.txt", ""},
		"a folder":      {`cd lib && node -e "const t = require('./t.json'); require(t[0] + t[1]).spawn('x')"`, "lib/t.json", `["child_", "process"]`},
		"a preload":     {`node -r ./lib/pre -e "boot('ssecorp_dlihc')"`, "lib/pre.js", "globalThis.boot = (n) => require([...n].reverse().join('')).spawn('x')"},
		"another line":  {`npm run -s later`, "t.json", `["child_", "process"]`},
		"words":         {`node lib/run.js child_process spawn x`, "lib/run.js", "const [, , m, f, ...a] = process.argv; require(m)[f](...a)"},
		"no such words": {`node lib/run.js --silent`, "lib/run.js", "const [, , m, f, ...a] = process.argv; require(m)[f](...a)"},
	} {
		for hook, want := range map[string]bool{"postinstall": name != "no such words", "lint": name == "its settings" || name == "an assignment"} {
			manifest, err := json.Marshal(map[string]any{"name": "kit", "version": "1.0.0", "config": map[string]string{"a": "child_", "b": "process"}, "scripts": map[string]string{hook: c.line, "later": "node -e \"const t = require('./t.json'); require(t[0] + t[1]).spawn('x')\""}})
			if err != nil {
				t.Fatal(err)
			}
			report := mustScan(t, builtinOptions(t, plant(t, kit(map[string]string{"package.json": string(manifest), c.file: c.text}))))
			got := slices.ContainsFunc(report.Plugins[0].Findings, func(f Finding) bool { return f.Capability == "exec" && path.Base(f.Path) == "package.json" })
			if got != want {
				t.Errorf("%s at %s: found is %v", name, hook, got)
			}
		}
	}
}

func TestWhatAnotherFileOfPHPDeclaresIsFound(t *testing.T) {
	const calls = "<?php\n$f = (new Kit\\Names)->of('c3lz', 'dGVt');\n$f('x');"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a class":      {map[string]string{"kit.php": calls, "src/names.php": "<?php namespace Kit; class Names extends Texts {}", "src/texts.php": "<?php namespace Kit; class Texts { function of(...$all) { return implode('', array_map('base64_decode', $all)); } }"}, "kit.php:3"},
		"settings":     {map[string]string{"kit.php": "<?php $c = include __DIR__ . '/c.php';\n($c['a'] . $c['b'])('x');", "c.php": "<?php return ['a' => 'sys', 'b' => 'tem'];"}, "kit.php:2"},
		"a constant":   {map[string]string{"kit.php": "<?php\n(KIT_A . 'tem')('x');", "c.php": "<?php define('KIT_A', 'sys');"}, "kit.php:2"},
		"INI":          {map[string]string{"kit.php": "<?php foreach (parse_ini_file(__DIR__ . '/kit.ini') as $k => $v) {\nini_set($k, $v);\n}\nunserialize('O:1:\"x\":0:{}');", "kit.ini": "unserialize_callback_func = system"}, "kit.php:2"},
		"a header":     {map[string]string{"kit.php": "<?php $h = file_get_contents(__DIR__ . '/kit.h'); $lib = FFI::cdef($h);\npreg_match('/(\\w+)\\(/', $h, $m);\n$lib->{$m[1]}('x');", "kit.h": "int system(const char *x);"}, "kit.php:3"},
		"names":        {map[string]string{"kit.php": "<?php\n$n = array_map(fn ($f) => pathinfo($f, PATHINFO_FILENAME), glob(__DIR__ . '/icons/*.svg')); sort($n);\n$f = explode('-', $n[1], 2)[1]; $f('x');", "icons/1-x.svg": "<svg/>", "icons/2-system.svg": "<svg/>"}, "kit.php:3"},
		"entries":      {map[string]string{"src/kit.php": "<?php\nforeach (new DirectoryIterator(__DIR__ . '/i') as $f) { $n = strrev($f->getBasename('.svg')); $n('x'); }", "src/i/metsys.svg": "<svg/>"}, "kit.php:2"},
		"no names":     {map[string]string{"src/kit.php": "<?php\nforeach (glob(__DIR__ . '/i/*') as $f) { $n = strrev(basename($f)); $n('x'); }", "i/metsys": "x"}, ""},
		"of main":      {map[string]string{"kit.php": "<?php\ndefine('KIT', 'ht' . 'tp'); require __DIR__ . '/inc/a.php';\nadd_action('init', [new A, 'go']);", "inc/a.php": "<?php class A { function go() { $f = \"sys\" . $this->end(); $f(KIT); } function end() { return KIT_END; } }", "inc/b.php": "<?php const KIT_END = 'te' . 'm';"}, "a.php:1 kit.php:3"},
		"an heir":      {map[string]string{"kit.php": "<?php\n(new Kit\\H)->go();", "src/h.php": "<?php namespace Kit; class H extends B { protected const V = 'exe' . N::T; }", "src/b.php": "<?php namespace Kit; abstract class B { protected const V = 'trim'; private function v() { return static::V; } function go() { \\call_user_func($this->v(), 'x'); } }", "src/n.php": "<?php namespace Kit; interface N { const T = 'c', H = 'exe'; }"}, "kit.php:2 h.php:1"},
		"heirs' own":   {map[string]string{"kit.php": "<?php\n(new Kit\\H)->go();", "src/h.php": "<?php namespace Kit; class H extends B { protected const V = N::H . N::T; }", "src/b.php": "<?php namespace Kit; abstract class B { protected const V = 'trim'; function go() { (static::V)('x'); } }", "src/n.php": "<?php namespace Kit; interface N { const T = 'c', H = 'exe'; }"}, "kit.php:2"},
		"a property":   {map[string]string{"kit.php": "<?php\n(new Kit\\H)->go();", "src/h.php": "<?php namespace Kit; class H extends B { protected $v = 'exe' . N::T; }", "src/b.php": "<?php namespace Kit; abstract class B { protected $v = 'trim'; function go() { ($this->v)('x'); } }", "src/n.php": "<?php namespace Kit; interface N { const T = 'c', H = 'exe'; }"}, "kit.php:2 h.php:1"},
		"a method":     {map[string]string{"kit.php": "<?php\n(new Kit\\H)->go();", "src/h.php": "<?php namespace Kit; class H extends B { protected function v() { return 'exe' . N::T; } }", "src/b.php": "<?php namespace Kit; abstract class B { protected function v() { return 'trim'; } function go() { $f = $this->v(); $f('x'); } }", "src/n.php": "<?php namespace Kit; interface N { const T = 'c', H = 'exe'; }"}, "kit.php:2 h.php:1"},
		"a path":       {map[string]string{"kit.php": "<?php\n$k = K::of(__DIR__ . '/etc/s.php');\n$k->go();", "inc/k.php": "<?php class K { private $s; static function of($f) { $k = new self; $k->s = include $f; return $k; } function go() { $f = hex2bin($this->s['f']); $f('x'); } }", "etc/s.php": "<?php return ['f' => '73797374656d'];"}, "kit.php:3"},
		"a base":       {map[string]string{"kit.php": "<?php\nrequire dirname(__FILE__) . '/inc/c.php';\n(new C)->go();", "inc/c.php": "<?php require plugin_dir_path(dirname(__FILE__)) . 'lib/b.php'; class C extends B { protected function name() { return strrev('met') . ''; } }", "lib/b.php": "<?php abstract class B { abstract protected function name(); function go() { $f = 'sys' . $this->name(); $f('x'); } }"}, "c.php:1 kit.php:3"},
		"closures":     {map[string]string{"kit.php": "<?php\n$k = new K; (require __DIR__ . '/s.php')($k);\n$f = $k->get('run'); $f('x');", "s.php": "<?php return static function (K $k) { $k->set('a', fn () => 'shell'); $k->set('run', fn (K $k) => implode('_', [$k->get('a'), 'exec'])); };", "k.php": "<?php class K { private array $f = []; private array $made = []; function set(string $n, callable $f) { $this->f[$n] = $f; } function get(string $n) { return $this->made[$n] ??= ($this->f[$n])($this); } }"}, "kit.php:3"},
		"a filter":     {map[string]string{"kit.php": "<?php\nrequire __DIR__ . '/f.php'; class K { static function go() { $f = apply_filters('k', 'strrev'); $f('x'); } } add_action('init', ['K', 'go']);", "f.php": "<?php add_filter('k', 'k_name'); function k_name($f) { return implode('_', ['shell', 'exec']); }"}, "kit.php:2"},
		"all settings": {map[string]string{"kit.php": "<?php\n(new A(__DIR__))->go();", "a.php": "<?php class A { private $c = []; function __construct(private string $d) { foreach (glob($this->d . '/c/*.php') as $f) $this->c[basename($f, '.php')] = require $f; } function go() { $f = $this->c['q']['run']; $f('x'); } }", "c/q.php": "<?php return ['run' => 'pass' . 'thru'];"}, "kit.php:2"},
		"no such file": {map[string]string{"kit.php": "<?php $c = include __DIR__ . '/c.php'; ($c['a'] . $c['b'])('x');"}, ""},
		"as it stands": {map[string]string{"kit.php": "<?php include __DIR__ . '/c.php'; (KIT_A . 'tem')('x'); kit();", "c.php": "<?php define('KIT_A', 'x'); function kit() { system('ls'); }"}, "c.php:1"},
	} {
		files := map[string]string{"wp-content/plugins/kit/kit.php": ""}
		for file, text := range c.files {
			files["wp-content/plugins/kit/"+file] = strings.Replace(text, "<?php", "<?php /* Plugin Name: Kit */", 1)
		}
		report := mustScan(t, builtinOptions(t, plant(t, files)))
		if len(report.Plugins) != 1 {
			t.Fatalf("%d plugins", len(report.Plugins))
		}
		if got := strings.Join(loadedIn(report.Plugins[0]), " "); got != c.want {
			t.Errorf("%s: found in %q, expected %q", name, got, c.want)
		}
		if len(report.Coverage.Errors) > 0 {
			t.Errorf("%s: %+v", name, report.Coverage.Errors)
		}
	}
}

func TestAScriptIsReadWithNothingOutsideOfItsPlugin(t *testing.T) {
	files := kit(map[string]string{"index.js": strings.ReplaceAll(asksNames, "./names", "../../names")})
	files["names.js"] = givesNames
	files["node_modules/names.js"] = givesNames
	report := mustScan(t, builtinOptions(t, plant(t, files)))
	for _, p := range report.Plugins {
		if at := loadedIn(p); at != nil {
			t.Errorf("%s: %v", p.Name, at)
		}
	}
}

// A changing tree has other content in one file from the second time on that it is opened.
type changing struct {
	tree.Tree
	name, content string
	opened        map[string]int
}

func (c *changing) OpenListed(name string) (tree.File, error) {
	f, err := c.Tree.OpenListed(name)
	if c.opened[name]++; err == nil && path.Base(name) == c.name && c.opened[name] > 1 {
		return &changed{f, strings.NewReader(c.content)}, nil
	}
	return f, err
}

// A changed file claims to be as it was.
type changed struct {
	tree.File
	content *strings.Reader
}

func (c *changed) Read(to []byte) (int, error) { return c.content.Read(to) }

func TestAFileThatChangedBeforeItWasReadAgainIsAnError(t *testing.T) {
	for _, name := range []string{"names.js", "index.js"} {
		files := kit(map[string]string{"index.js": asksNames, "names.js": givesNames})
		opts := builtinOptions(t, plant(t, files))
		opts.Jobs = 1
		opts.open = func(root string) (tree.Tree, error) {
			below, err := tree.OpenDir(root)
			was := files["node_modules/kit/"+name]
			return &changing{below, name, strings.Replace(was, "a", "c", 1), map[string]int{}}, err
		}
		report := mustScan(t, opts)
		errors := report.Coverage.Errors
		if len(errors) != 1 || path.Base(errors[0].Path) != "index.js" || !strings.Contains(errors[0].Reason, "changed while read") || report.Summary.Exit != ExitIncomplete {
			t.Errorf("%s: %+v, exit %d", name, errors, report.Summary.Exit)
		}
		if at := loadedIn(report.Plugins[0]); at != nil {
			t.Errorf("%s: found in %v by bytes that were not hashed", name, at)
		}
	}
}

func TestWhatAScriptIsReadWithIsBounded(t *testing.T) {
	chain := map[string]string{"index.js": asksNames, "names.js": "Object.assign(exports, require('./f0'));"}
	ring := map[string]string{}
	many := map[string]string{"load.js": "module.exports = n => require('child_' + n);" + strings.Repeat(" ", 100<<10)}
	for i := range 1000 {
		chain[fmt.Sprintf("f%d.js", i)] = fmt.Sprintf("module.exports = require('./f%d');", i+1)
		ring[fmt.Sprintf("r%d.js", i)] = fmt.Sprintf("const n = require('./r%d'); require(n.a + n.b); exports.a = n.a;", (i+1)%1000)
		many[fmt.Sprintf("m%d.js", i)] = "const l = require('./load'); l('process');"
	}
	for name, c := range map[string]struct {
		files map[string]string
		most  int
	}{
		"chain": {chain, 0},
		"ring":  {ring, 0},
		"many":  {many, maxRereadings / (100 << 10)},
		"huge":  {map[string]string{"index.js": asksNames, "names.js": givesNames + strings.Repeat(" ", maxSibling)}, 0},
		"JSON":  {map[string]string{"index.js": asksNames, "names.json": `{"a": "child_", "b": "process"` + strings.Repeat(" ", maxSibling) + "}"}, 0},
	} {
		report := mustScan(t, builtinOptions(t, plant(t, kit(c.files))))
		if got := len(loadedIn(report.Plugins[0])); got > c.most || len(report.Coverage.Errors) > 0 {
			t.Errorf("%s: found in %d files, errors %v", name, got, report.Coverage.Errors)
		}
	}
	filler := `{"x": 1` + strings.Repeat(" ", 100<<10) + "}"
	much := kit(map[string]string{"index.js": "require('./x'); require('./y'); require('./z');" + asksNames,
		"x.json": filler, "y.json": filler, "z.json": filler, "names.json": `{"a": "child_", "b": "process"` + strings.Repeat(" ", 100<<10) + "}"})
	if at := loadedIn(mustScan(t, builtinOptions(t, plant(t, much))).Plugins[0]); at != nil {
		t.Errorf("files of more than %d bytes were read with a script: found in %v", maxSiblingsSize, at)
	}
	g := graph{files: map[string]*fileReferences{}, names: map[string]bool{}}
	for name := range maps.Keys(chain) {
		g.names[name] = true
		g.files[name] = &fileReferences{isScript: true}
	}
	for i := range 1000 {
		g.files["index.js"].add(fmt.Sprintf("./f%d", i), 1)
	}
	if r := g.rereading("index.js", nil); len(r.siblings) != maxSiblings || len(r.loads) != maxSiblings+1 || slices.Contains(r.siblings, "index.js") {
		t.Errorf("it is read with %d files", len(r.siblings))
	}
}

func TestWhatPHPIsToldToRunIsReadAsPHP(t *testing.T) {
	for name, text := range map[string]string{
		"readme.txt": "=== Kit ===\n* faster\n<?php $kit = 'sys' . 'tem'; $kit('x');",
		"icon.gif":   "GIF89a\x20\x20\x00! <?=@('sys' . 'tem')('x')?> ,\x00D;",
		"icon.png":   "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR <? $f = 'sys' . 'tem'; $f('x') ?>",
		"kit.json":   `{"a": "<?= ('sys' . 'tem')('x') ?>"}`,
		"kit.js":     "/* <?= ('sys' . 'tem')('x') ?> */",
		"icon.so":    "\x7fELF\x02\x01\x01\x00<?=('sys' . 'tem')('x');",
		"font.woff2": "wOF2\x00\x01\x00\x00<\x00?\x00<?=('sys' . 'tem')('x');",
	} {
		file := "wp-content/plugins/kit/" + name
		for config, want := range map[[2]string]bool{
			{".htaccess", fmt.Sprintf("php_value auto_prepend_file %q\n", file)}:              true,
			{".user.ini", "auto_append_file = " + file}:                                       true,
			{"wp-content/plugins/kit/.user.ini", "auto_prepend_file = " + name}:               true,
			{"wp-content/plugins/kit/.htaccess", "php_value auto_append_file " + name + "\n"}: true,
			{"wp-content/plugins/kit/a/b/.user.ini", "auto_prepend_file = ../../" + name}:     true,
			{"wp-content/plugins/kit/a/.htaccess", "php_value auto_append_file ../" + name}:   true,
			{"wp-content/plugins/kit/.user.ini", "error_log = " + name}:                       false,
		} {
			report := mustScan(t, builtinOptions(t, plant(t, map[string]string{
				"index.php": "<?php", config[0]: config[1],
				"wp-content/plugins/kit/kit.php": "<?php /* Plugin Name: Kit */", file: text,
			})))
			found := false
			for _, p := range report.Plugins {
				found = found || slices.ContainsFunc(p.Findings, func(f Finding) bool { return f.Capability == "exec" && path.Base(f.Path) == name })
			}
			if found != want {
				t.Errorf("%s, with %q: %v", name, config, found)
			}
		}
	}
}

func TestAScriptIsToldTheNamesOfFilesFromItsDirectory(t *testing.T) {
	g := &graph{names: map[string]bool{"kit.php": true, "icons/b.svg": true, "icons/a.svg": true, "icons/more/c.svg": true, "icons2/d.svg": true}}
	for dir, want := range map[string][]string{
		".":          {"./icons/a.svg", "./icons/b.svg", "./icons/more/c.svg", "./icons2/d.svg", "./kit.php"},
		"icons":      {"./a.svg", "./b.svg", "./more/c.svg", "../icons2/d.svg", "../kit.php"},
		"icons/more": {"./c.svg", "../a.svg", "../b.svg", "../../icons2/d.svg", "../../kit.php"},
		"other":      {"../icons/a.svg", "../icons/b.svg", "../icons/more/c.svg", "../icons2/d.svg", "../kit.php"},
	} {
		if got := g.namesFrom(dir); !slices.Equal(got, want) {
			t.Errorf("from %s there are %q, want %q", dir, got, want)
		}
	}
	for i := range maxNames {
		g.names[fmt.Sprintf("many/%04d", i)] = true
	}
	g.sorted = nil
	if got := len(g.namesFrom(".")); got != maxNames {
		t.Errorf("%d names, want %d", got, maxNames)
	}
}

func TestFilesOfASuffixAreLookedForOnce(t *testing.T) {
	g := &graph{names: map[string]bool{}}
	for i := range 20_000 {
		g.names[fmt.Sprintf("%05d.js", i)] = true
	}
	g.names["b.kit"], g.names["a.kit"] = true, true
	start := time.Now()
	for range g.names {
		if got := g.withSuffix(".kit"); !slices.Equal(got, []string{"a.kit", "b.kit"}) {
			t.Fatalf("found %q", got)
		}
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestScriptsThatAreReadAgainMayEndInAnyOrder(t *testing.T) {
	want := 0
	for turn := range 2 {
		s := &pluginState{}
		one := job{s, "a.js", &rereading{file: "a.js", siblings: []string{"c.js"}}}
		two := job{s, "b.js", &rereading{file: "b.js", siblings: []string{"a.js"}, shown: true}}
		jobs := []job{one, two}
		if turn == 1 {
			slices.Reverse(jobs)
		}
		for _, j := range jobs {
			(&collector{}).retake(j, outcome{sum: &manifests.FileSum{Name: j.name}, findings: []Finding{{Rule: "x"}}})
		}
		if turn == 0 {
			want = len(s.findings)
		} else if len(s.findings) != want {
			t.Errorf("%d findings, and in the other order %d", want, len(s.findings))
		}
	}
}

// A package.json names modules and files otherwise than they are called.
func TestANameThatThePackageGivesAModuleIsFound(t *testing.T) {
	const load = "import { a, b } from '%s';\nawait import(a + b);"
	const parts = "export const a = 'child_', b = 'process';"
	for name, c := range map[string]struct {
		manifest string
		files    map[string]string
		want     string
	}{
		"a pattern":          {`"imports": {"#s/*": "*_process"}`, map[string]string{"index.mjs": "import * as s from '#s/child';\ns.spawn('x');"}, "index.mjs:1"},
		"import()":           {`"imports": {"#s/*": {"default": ["!", "*_process"]}}`, map[string]string{"lib/a.mjs": "const s = await import('#s/child');"}, "a.mjs:1"},
		"require":            {`"imports": {"#s-*": "child_*"}`, map[string]string{"index.js": "module.exports = require('#s-process');"}, "index.js:1"},
		"exports from":       {`"imports": {"#s/*": "*_process"}`, map[string]string{"index.mjs": "import { f } from './a.mjs';", "a.mjs": "export * from '#s/child';"}, "a.mjs:1"},
		"of a file in it":    {`"imports": {"#p": {"browser": "./no.mjs", "node": "./lib/p.mjs"}}`, map[string]string{"index.mjs": fmt.Sprintf(load, "#p"), "lib/p.mjs": parts}, "index.mjs:2"},
		"of files in it":     {`"imports": {"#p/*": "./*/p.mjs"}`, map[string]string{"index.mjs": fmt.Sprintf(load, "#p/lib"), "lib/p.mjs": parts}, "index.mjs:2"},
		"the package itself": {`"exports": {"./p": {"import": "./lib/p.mjs"}}`, map[string]string{"index.mjs": fmt.Sprintf(load, "theme-kit/p"), "lib/p.mjs": parts}, "index.mjs:2"},
		"another module":     {`"imports": {"#s/*": "*_cluster"}`, map[string]string{"index.mjs": "import * as s from '#s/child';"}, ""},
	} {
		c.files["package.json"] = `{"name": "theme-kit", "version": "1.0.0", ` + c.manifest + `}`
		report := mustScan(t, builtinOptions(t, plant(t, kit(c.files))))
		if got := strings.Join(loadedIn(report.Plugins[0]), " "); got != c.want {
			t.Errorf("%s: found in %q, expected %q", name, got, c.want)
		}
	}
}

// Of a name that leads to a module or, for another host, to a file, the module is loaded.
func TestAModuleIsLoadedInPlaceOfAFileForOtherHosts(t *testing.T) {
	const config = `"config": {"a": "osa", "b": "script", "call": "execFile"}`
	for name, c := range map[string]struct{ imports, index string }{
		"import()": {`{"#s": {"browser": "./b.js", "node": "child_process", "default": "./b.js"}}`, "const { config } = require('./package.json');\nasync function f() { (await import('#s'))[config.call](config.a + config.b); }\nf();"},
		"require":  {`{"#s": {"node": "node:child_process", "default": "./b.js"}}`, "const { config } = require('./package.json'), s = require('#s');\ns[config.call](config.a + config.b);"},
		"pattern":  {`{"#s-*": {"node": "child_*", "default": "./b.js"}}`, "const { config } = require('./package.json');\nrequire('#s-process')[config.call](config.a + config.b);"},
		"array":    {`{"#s": [{"deno": "./b.js"}, {"default": "child_process"}, "./b.js"]}`, "const { config } = require('./package.json');\nrequire('#s')[config.call](config.a + config.b);"},
	} {
		files := map[string]string{"package.json": `{"name": "theme-kit", "version": "1.0.0", "imports": ` + c.imports + `, ` + config + `}`, "index.js": c.index, "b.js": "exports.execFile = (voice, [, text]) => speak(text);"}
		report := mustScan(t, builtinOptions(t, plant(t, kit(files))))
		if !slices.ContainsFunc(report.Plugins[0].Findings, func(f Finding) bool { return f.Rule == "javascript_applescript_command" }) {
			t.Errorf("%s: %v", name, report.Plugins[0].Findings)
		}
	}
}

// One file leaves in an object that all share what another loads.
func TestANameThatAnotherFileSharesIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		gives, loads string
		found        bool
	}{
		"the global object": {"globalThis.kit = { names: ['child', 'process'] };", "const { names } = globalThis.kit;\nrequire(names.join('_'));", true},
		"a function of it":  {"global.kitName = () => ['child', 'process'].join('_');", "require(kitName());", true},
		"process":           {"process.kit = ['child', 'process'];", "require(process.kit.join('_'));", true},
		"the environment":   {"process.env.KIT_NAME = ['child', 'process'].join('_');", "require(process.env.KIT_NAME);", true},
		"what it runs":      {"globalThis.kit = ['child', 'process']; require('./index');", "require(kit.join('_'));", true},
		"another property":  {"globalThis.kit = ['child', 'process'];", "require(kits.join('_'));", false},
	} {
		report := mustScan(t, builtinOptions(t, plant(t, kit(map[string]string{"pre.js": c.gives, "index.js": c.loads}))))
		at := loadedIn(report.Plugins[0]) // what is joined shows by itself as well
		if got := slices.ContainsFunc(at, func(at string) bool { return strings.HasPrefix(at, "index.js:") }); got != c.found {
			t.Errorf("%s: found in %q", name, at)
		}
	}
}

// A name that Node.js takes for a path is none by which a package loads itself: what it
// exports would lead to itself without end.
func TestPackagesThatAreCalledLikePathsHaveAnEnd(t *testing.T) {
	for _, manifest := range []string{
		`{"name":".","version":"1.0.0","main":"index.js","exports":{"./index.js":"./index.js"}}`,
		`{"name":"./a","version":"1.0.0","main":"index.js","exports":{".":"./a"}}`,
		`{"name":"#a","version":"1.0.0","main":"index.js","imports":{"#a":"./a"},"exports":{".":"#a"}}`,
	} {
		mustScan(t, builtinOptions(t, plant(t, map[string]string{
			"node_modules/x/package.json": manifest,
			"node_modules/x/index.js":     `require("./index.js"); require("./a"); require("#a"); require("child_process").exec(x)`,
		})))
	}
}

// What a function of another file puts together from a text that stands there hides nothing,
// and is told once; a word that is only there for show is told itself.
func TestWhatStandsInAnotherFileIsNotHidden(t *testing.T) {
	const notify = "const { exec } = require('child_process');\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a line with a text": {map[string]string{
			"index.js":   notify + "exec('osascript -e beep');\nexports.tell = async ({ text }) => { const line = `osascript -e 'say \"${text}\"'`; return new Promise((done) => exec(line, done)); };",
			"example.js": "const { tell } = require('./index');\ntell({ text: 'hello' });"}, "index.js:2 medium"},
		"a table of systems": {map[string]string{
			"index.js": notify + "const mac = (text) => { let line = `say \"${text}\"`; return ['osascript', ['-e', line]]; };\nconst all = { darwin: mac, linux: (text) => ['notify-send', [text]] };\n" +
				"module.exports = (text) => { const how = all[process.platform]; const [command, args] = how(text); require('child_process').execFile(command, args); };"}, "index.js:1 medium"},
		"a word in comments": {map[string]string{
			"index.js": "// 'osascript' is nice\nrequire('child_process').execFile([112, 116, 98, 116, 100, 115, 106, 113, 117].map((c) => String.fromCharCode(c - 1)).join(''), ['-e', process.argv[2]]);"}, "index.js:2 high, index.js:2 high"},
		"a word for show": {map[string]string{
			"index.js": notify + "exports.name = 'osascript';\nexports.run = async ({ line }) => { const text = line.map((c) => String.fromCharCode(c + 1)).join(''); return exec(text); };",
			"load.js":  "const { run } = require('./index');\nrun({ line: [...'nr`rbqhos\\x1f,d\\x1fadwo'].map((c) => c.charCodeAt(0)) });"}, "index.js:2 medium"},
	} {
		report := mustScan(t, builtinOptions(t, plant(t, kit(c.files))))
		var at []string
		for _, f := range report.Plugins[0].Findings {
			if f.Capability == "applescript" || f.Severity == High {
				at = append(at, fmt.Sprintf("%s:%d %s", path.Base(f.Path), f.Line, f.Severity))
			}
		}
		if got := strings.Join(at, ", "); got != c.want {
			t.Errorf("%s: %q, expected %q", name, got, c.want)
		}
	}
}

// What npm runs at install by its path is a script of the package or a program, as its first
// line says, which only the whole package shows.
func TestProgramsThatAreRunAtInstallAreLookedAt(t *testing.T) {
	for name, c := range map[string]struct {
		files   map[string]string
		program bool // of which it is told that it is run
		does    string
	}{
		"a shell's":      {map[string]string{"bin/setup": "a=osa\n${a}script -e beep\n"}, false, "applescript install-hook obfuscation"},
		"one after it":   {map[string]string{"bin/setup": "#!/bin/sh\n. lib/next\n", "lib/next": "#!/bin/sh\nlib/last\n", "lib/last": "a=osa\n${a}script -e beep\n"}, false, "applescript install-hook obfuscation"},
		"Node's":         {map[string]string{"bin/setup": "#!/usr/bin/env node\nrequire(process.env.npm_package_config_a)\n"}, false, "exec install-hook obfuscation"},
		"an honest one":  {map[string]string{"bin/setup": "#!/bin/sh\nmkdir -p cache\n"}, false, "install-hook"},
		"Python's":       {map[string]string{"bin/setup": "#!/usr/bin/python3\nx = 1\n"}, true, "exec install-hook"},
		"not there yet":  {nil, true, "exec install-hook"},
		"more of others": {map[string]string{"bin/setup": "#!/bin/sh\nbuild/kit\n"}, true, "exec install-hook"},
	} {
		files := map[string]string{"package.json": packageJSON(`,"config":{"a":"child_process"},"scripts":{"install":"./bin/setup"}`)}
		maps.Copy(files, c.files)
		p := scanPackage(t, files)
		told := slices.ContainsFunc(p.Findings, func(f Finding) bool { return f.Rule == "javascript_exec_hook" })
		if does := strings.Join(p.Capabilities, " "); told != c.program || does != c.does {
			t.Errorf("%s: %t, capabilities %q", name, told, does)
		}
	}
}

// A library that PHP is told to run may be loaded all the same.
func TestALibraryThatPHPIsToldToRunIsReadAsBoth(t *testing.T) {
	library, err := os.ReadFile("../testdata/fixtures/scripts/native/pattern.so")
	if err != nil {
		t.Fatal(err)
	}
	report := mustScan(t, builtinOptions(t, plant(t, map[string]string{
		"index.php": "<?php", "wp-content/plugins/kit/.user.ini": "auto_prepend_file = a.so",
		"wp-content/plugins/kit/kit.php": "<?php /* Plugin Name: Kit */", "wp-content/plugins/kit/a.so": string(library) + "<?php stream_socket_client('tcp://x:1');",
	})))
	kit := report.Plugins[0]
	for _, rule := range []string{"native_exec", "php_socket_stream"} {
		if !slices.ContainsFunc(kit.Findings, func(f Finding) bool { return f.Rule == rule && path.Base(f.Path) == "a.so" }) {
			t.Errorf("%s is not found", rule)
		}
	}
	if len(kit.Binaries) != 1 {
		t.Errorf("there are %d binaries", len(kit.Binaries))
	}
}
