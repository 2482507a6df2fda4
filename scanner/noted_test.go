package scanner

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/locate"
)

// Each of these runs test/run.js, or x.test.js, in a way that a reference with a
// constant name does not tell.
func TestWhatMayLeadToATestMakesItCount(t *testing.T) {
	hook := func(line string) map[string]string {
		return map[string]string{"package.json": packageJSON(fmt.Sprintf(`,"scripts":{"postinstall":%q}`, line))}
	}
	index := func(code string) map[string]string { return map[string]string{"index.js": code} }
	for name, files := range map[string]map[string]string{
		"a worker":              index(`new (require("worker_threads").Worker)(require("path").join(__dirname, "test/run.js"))`),
		"a fork":                index(`f.fork(__dirname + "/test/run.js")`),
		"evaluated":             index(`(0,eval)(require("fs").readFileSync(__dirname + "/test/run.js", "utf8"))`),
		"a name made up":        index(`const n = process.argv.length > 0 ? "run" : "x"; require("./test/" + n)`),
		"every file of it":      index(`for (const f of fs.readdirSync(dir("test"))) require(f)`),
		"in capitals":           index(`require("./Test/Run")`),
		"encoded":               index(`import "./t%65st/run.js?x"`),
		"a template":            index("spawn(`${here}/test/run.js`)"),
		"an import map":         {"index.js": `require("#test/run.js")`, "package.json": packageJSON(`,"imports":{"#*":"./*"}`)},
		"a file by its name":    {"index.js": `load("./x.test")`, "x.test.js": opensPort, "test/run.js": "x"},
		"main in capitals":      {"package.json": packageJSON(`,"main":"TEST/run.js"`)},
		"main with a slash":     {"package.json": packageJSON(`,"main":"/test/run.js"`)},
		"a pattern":             {"package.json": packageJSON(`,"exports":{"./t*":"./t*/run.js"}`)},
		"programs":              {"package.json": packageJSON(`,"directories":{"bin":"./test"}`)},
		"prepare":               {"package.json": packageJSON(`,"scripts":{"prepare":"x $(node test/run.js)"}`)},
		"a hook of a hook":      {"package.json": packageJSON(`,"scripts":{"postinstall":"npm run x","prex":"node test/run.js","x":"true"}`)},
		"a shell in the hook":   hook("echo `node test/run.js`"),
		"a hook of code":        hook("node -e 'x()'"),
		"an unknown program":    hook("make"),
		"a hook that is gone":   hook("node gone.js"),
		"a hook in Python":      {"package.json": hook("./go.py")["package.json"], "go.py": "import os\n"},
		"an opaque script":      {"package.json": hook("sh go.sh")["package.json"], "go.sh": "#!/bin/sh\neval $x\n"},
		"a shell script":        {"go.sh": "#!/bin/sh\n\"$PWD/test/run.js\"\n"},
		"a build description":   {"binding.gyp": "{'sources': ['<!(node test/run.js)']}"},
		"a test that counts":    {"index.js": `load("spec/a.js")`, "spec/a.js": `load("../test/run.js")`},
		"a file of PHP":         {"a.php": `<?php eval(file_get_contents(__DIR__ . '/test/run.js'));`},
		"too many entries":      {"package.json": packageJSON(`,"exports":[` + strings.Repeat(`"./a",`, 1_000) + `"./a"]`)},
		"compared, then loaded": index(`if (e === "test") load("test")`),
	} {
		for other, content := range map[string]string{"package.json": packageJSON(""), "index.js": "x = 1", "test/run.js": opensPort} {
			if files[other] == "" {
				files[other] = content
			}
		}
		if p := scanPackage(t, files); !slices.Contains(p.Capabilities, "socket") || slices.ContainsFunc(p.Findings, func(f Finding) bool { return f.Noted }) {
			t.Errorf("%s: capabilities %v", name, p.Capabilities)
		}
	}
}

// Every directory's name is found between every pair of edges.
func TestNamesOfTestsAreMentions(t *testing.T) {
	for _, dir := range testDirs {
		for text, between := range map[string]*edges{
			`"%s"`: inStrings, `'./%s/a'`: inStrings, `"\%s\a"`: inStrings, "`/%s`": inStrings, "cd %s": inCommands, "$D/%s/a": inCommands,
		} {
			for _, name := range []string{dir, strings.ToUpper(dir), "%" + fmt.Sprintf("%x", dir[0]) + dir[1:]} {
				var refs fileReferences
				if refs.mention([]byte(strings.ReplaceAll(text, "%s", name)), between); !slices.Equal(refs.mentions, []string{dir}) {
					t.Errorf("%s with %s: %q", text, name, refs.mentions)
				}
			}
		}
	}
}

func FuzzMentions(f *testing.F) {
	f.Add([]byte(`"test"=='spec'/e%32e/x.test.js\CartTest.php`))
	f.Add([]byte("%%test%2/%zz/a_test.PHP``\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, between := range []*edges{inStrings, inCommands} {
			var refs fileReferences
			refs.mention(data, between)
			if len(refs.mentions) > maxMentions || slices.Contains(refs.mentions, "") {
				t.Errorf("mentions %q", refs.mentions)
			}
			// What is told of a text is told of it in a longer one.
			var more fileReferences
			more.mention(append([]byte("\n\n"), data...), between)
			if strings.HasPrefix(string(data), "\"") && !slices.Equal(refs.mentions, more.mentions) {
				t.Errorf("%q, and further on %q", refs.mentions, more.mentions)
			}
		}
	})
}

func TestAWordThatLeadsNowhereLeavesTestsNoted(t *testing.T) {
	for _, code := range []string{
		`if (process.env.NODE_ENV === "test") x()`, `if ('test' !== y) x()`, `/x/.test("a")`, `z = "latest/tests2"`, `z = "contest"`,
	} {
		p := scanPackage(t, map[string]string{"package.json": packageJSON(""), "index.js": code, "test/run.js": opensPort})
		if len(p.Capabilities) != 0 {
			t.Errorf("%s: capabilities %v", code, p.Capabilities)
		}
	}
}

func TestALinkToATestMakesItCount(t *testing.T) {
	root := plant(t, map[string]string{
		"node_modules/x/package.json": packageJSON(""), "node_modules/x/index.js": `require("./lnk/run")`, "node_modules/x/test/run.js": opensPort,
	})
	if err := os.Symlink("test", filepath.Join(root, "node_modules/x/lnk")); err != nil {
		t.Fatal(err)
	}
	if p := mustScan(t, builtinOptions(t, root)).Plugins[0]; !slices.Contains(p.Capabilities, "socket") {
		t.Errorf("capabilities %v", p.Capabilities)
	}
}

// A web server runs whatever it is asked for, and WordPress what lies there.
func TestWordPressHasNoTests(t *testing.T) {
	const socket = "<?php\n/*\nPlugin Name: x\n*/\nfsockopen('x', 1);\n"
	files := map[string]string{
		"www/wp-config.php":                           "<?php\n",
		"www/wp-includes/version.php":                 "<?php\n$wp_version = '6.7';\n",
		"www/wp-content/mu-plugins/bootTest.php":      socket,
		"www/wp-content/plugins/singleTest.php":       socket,
		"www/wp-content/plugins/dirTest/dirTest.php":  socket,
		"www/wp-content/plugins/served/served.php":    "<?php\n/*\nPlugin Name: served\n*/\n",
		"www/wp-content/plugins/served/tests/run.php": socket,
	}
	n := 0
	for _, p := range mustScan(t, builtinOptions(t, plant(t, files))).Plugins {
		for _, f := range p.Findings {
			if n++; f.Noted {
				t.Errorf("%s is noted", f.Path)
			}
		}
	}
	if n < 4 {
		t.Errorf("%d findings", n)
	}
}

// An empty root of psr-4 lets the name of a class lead to any file.
func TestComposersAutoloadOfEverythingMakesTestsCount(t *testing.T) {
	for root, noted := range map[string]bool{"": false, ".": false, "./": false, "src": true} {
		report := mustScan(t, builtinOptions(t, plant(t, map[string]string{
			"vendor/composer/installed.json": `{"packages": [{"name": "a/b", "version": "1.0.0", "install-path": "../a/b"}]}`,
			"vendor/a/b/composer.json":       fmt.Sprintf(`{"autoload": {"psr-4": {"A\\": %q}}}`, root),
			"vendor/a/b/Tests/ATest.php":     "<?php\nfsockopen('x', 1);\n",
		})))
		for _, p := range report.Plugins {
			for _, f := range p.Findings {
				if f.name == "Tests/ATest.php" && f.Noted != noted {
					t.Errorf("%q: noted is %t", root, f.Noted)
				}
			}
		}
	}
}

// A host that runs a script does not mind a NUL in a comment, and its suffix tells
// nothing: it is read as the script that it is.
func TestAScriptWithControlCharactersShowsWhatItDoes(t *testing.T) {
	p := scanPackage(t, map[string]string{"package.json": packageJSON(""), "index.js": "require('./a.dat');\n", "a.dat": "/*\x00*/" + runsScript})
	if got := strings.Join(p.Capabilities, " "); got != "applescript exec" {
		t.Errorf("capabilities %q", got)
	}
}

func TestAScriptByAnotherNameIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		found   bool
	}{
		"README.md": {runsScript, true}, "a.txt": {runsScript, true}, "a.css": {runsScript, true}, "a.html": {"<!-- x\n" + runsScript, true},
		"a.d.ts": {runsScript, true}, "a.py": {runsScript, true}, "a.sh": {runsScript, true}, "run": {"#!/bin/sh\n" + runsScript, true},
		"a.inc": {"//<?php\n" + runsScript, true}, "a.json5": {runsScript, true}, "a.dat": {"\x01\xff\x00" + runsScript, true},
		"plain.js": {runsScript, false}, "a.vue": {"<script>\nimport x from 'y'\n</script>", false}, "b.css": {"a { color: red }", false},
		"a.json": {`{"a": "require(1)"}`, false}, "a.map": {`{"a": "require(1)"}`, false},
	} {
		p := scanPackage(t, map[string]string{"package.json": packageJSON(""), "index.js": "\nrequire('./" + name + "');\n", name: c.content})
		i := slices.IndexFunc(p.Findings, func(f Finding) bool { return f.Rule == scriptByAnotherName })
		if i >= 0 != c.found {
			t.Errorf("%s: found is %t", name, i >= 0)
			continue
		}
		if i < 0 {
			continue
		}
		if f := p.Findings[i]; f.Severity != High || f.Line != 2 || f.name != "index.js" || len(f.Why) == 0 || !strings.HasSuffix(f.Why[0].Path, "/"+name) {
			t.Errorf("%s: %+v", name, f)
		}
	}
	// What only says how it is used loads nothing.
	if p := scanPackage(t, map[string]string{"package.json": packageJSON(""), "README.md": runsScript}); len(p.Findings) != 0 {
		t.Errorf("findings %+v", p.Findings)
	}
}

// Such a file is read as the script that it is run as, with what it loads itself.
func TestAScriptByAnotherNameShowsWhatItDoes(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"a declaration":    {"index.js": "require(require('path').resolve(__dirname, 'a/index.d.ts'));\n", "a/index.d.ts": runsScript},
		"a thread":         {"index.js": "new (require('worker_threads').Worker)('./a.d.cts');\n", "a.d.cts": runsScript},
		"a style sheet":    {"index.js": "import('./a.css');\n", "a.css": runsScript},
		"Python by suffix": {"index.js": "require('./a.py');\n", "a.py": runsScript},
		"one after others": {"index.js": "require('./a.d.ts');\n", "a.d.ts": "require('./b.d.ts');\n", "b.d.ts": "require('./README.md');\n", "README.md": runsScript},
		"names in one":     {"index.js": "const n = require('./n.d.ts'); require(n.a + n.b).exec(n.c + 'script');\n", "n.d.ts": "exports.a = 'child_'; exports.b = 'process'; exports.c = 'osa';\n"},
		"a program":        {"index.js": "require('child_process').spawn(process.execPath, [require('path').join(__dirname, 'a.d.ts')]);\n", "a.d.ts": runsScript},
		"a fork":           {"index.js": "require('child_process').fork('a.txt');\n", "a.txt": runsScript},
		"a command":        {"index.js": "require('child_process').execSync('node --no-warnings -r ./b.js a.d.ts');\n", "a.d.ts": runsScript},
		"a listing":        {"index.js": "for (const f of require('fs').readdirSync(__dirname + '/types')) require('./types/' + f);\n", "types/a.d.ts": runsScript},
		"main":             {"package.json": packageJSON(`,"main":"types/index.d.ts"`), "types/index.d.ts": runsScript},
		"a part's main":    {"index.js": "require('./a')", "a/package.json": packageJSON(`,"main":"a.css"`), "a/a.css": runsScript},
		"main for another": {"package.json": packageJSON(`,"main":"run"`), "run": "#!/bin/sh\n" + runsScript},
		"no word of most":  {"package.json": packageJSON(`,"main":"README.txt"`), "README.txt": "const load = require;" + strings.Replace(runsScript, "require", "load", 1)},
		"no word at all":   {"index.js": "require('./a.dat');\n", "a.dat": "(function () { return this })()['pro' + 'cess'].mainModule['req' + 'uire']('child_process').execFile('osascript', ['-e', 'beep']);\n"},
		"instanceof":       {"package.json": packageJSON(`,"main":"README.txt"`), "README.txt": "import { execSync } from 'child_process'\n'osascript -e beep' instanceof { [Symbol.hasInstance]: execSync }\n"},
		"a shell's bin":    {"package.json": packageJSON(`,"bin":"run"`), "run": "#!/bin/sh\n':' //; exec node \"$0\"\n" + runsScript},
		"bin":              {"package.json": packageJSON(`,"bin":{"x":"LICENSE.txt"}`), "LICENSE.txt": "#!/usr/bin/env node\n" + runsScript},
		"exports":          {"package.json": packageJSON(`,"exports":{".":{"types":"./b.d.ts","default":"./a.d.ts"}}`), "a.d.ts": runsScript, "b.d.ts": "export const a: string;\n"},
	} {
		if files["package.json"] == "" {
			files["package.json"] = packageJSON("")
		}
		if got := strings.Join(scanPackage(t, files).Capabilities, " "); got != "applescript exec obfuscation" {
			t.Errorf("%s: capabilities %q", name, got)
		}
	}
	chain := map[string]string{"package.json": packageJSON(""), "index.js": "require('./00.d.ts');\n"}
	const most = maxRenamedRounds - 1 // the last that is read
	for i := range most + 3 {
		chain[fmt.Sprintf("%02d.d.ts", i)] = fmt.Sprintf("require('net'); require('./%02d.d.ts');\n", i+1)
	}
	last := map[string]string{} // of the files with findings of these rules
	for _, f := range scanPackage(t, chain).Findings {
		last[f.Rule] = max(last[f.Rule], filepath.Base(f.Path))
	}
	if want := fmt.Sprintf("%02d.d.ts", most); last["javascript_socket_module"] != want {
		t.Errorf("a chain is followed to %q, want %q", last["javascript_socket_module"], want)
	}
	if want := fmt.Sprintf("%02d.d.ts", most+1); last[undecoded] != want {
		t.Errorf("a chain is told to go on at %q, want %q", last[undecoded], want)
	}
	decoys := map[string]string{"package.json": packageJSON(""), "z.txt": runsScript + "//" + strings.Repeat(" ", maxSibling)}
	for i := range 100 {
		decoys[fmt.Sprintf("a%d.txt", i)] = "exports.a = require('fs');\n"
		decoys["index.js"] += fmt.Sprintf("require('./a%d.txt');\n", i)
	}
	decoys["index.js"] += "require('./z.txt');\n"
	if got := strings.Join(scanPackage(t, decoys).Capabilities, " "); got != "applescript exec obfuscation" {
		t.Errorf("behind others, and long: capabilities %q", got)
	}
	for name, honest := range map[string]map[string]string{
		"types":                     {"index.ts": "import './a.d.ts';\n", "a.d.ts": runsScript},
		"documentation":             {"index.js": "exports.page = () => import('./a.md');\n", "a.md": "`kit` is loaded with:\n\n```js\nconst kit = require('kit');\n```\n"},
		"data":                      {"index.js": "import data from './a.data';\n", "a.data": "localhost:5432:postgres\nrequire(x)\x00\x01"},
		"main is types":             {"package.json": packageJSON(`,"main":"index.d.ts"`), "index.d.ts": "import { a } from './a';\nexport const b: typeof a;\n"},
		"main only passes types on": {"package.json": packageJSON(`,"main":"index.d.ts"`), "index.d.ts": "import { a } from './a';\nexport * from './b';\nexport { a };\n"},
		"main is a style sheet":     {"package.json": packageJSON(`,"main":"a.css"`), "a.css": "/* require('child_process') */ a { color: red }\n"},
		"types beside code":         {"package.json": packageJSON(`,"exports":{"types":"./a.d.ts","default":"./index.js"}`), "index.js": "", "a.d.ts": runsScript},
		"Python's program":          {"package.json": packageJSON(`,"bin":"a.py"`), "a.py": "#!/usr/bin/env python3\nimport kit\nkit.main(require)\n"},
		"a shell's program":         {"package.json": packageJSON(`,"bin":"a.sh"`), "a.sh": "#!/bin/sh\nnode -e \"require('path')\"\n"},
	} {
		if honest["package.json"] == "" {
			honest["package.json"] = packageJSON("")
		}
		if p := scanPackage(t, honest); len(p.Findings) != 0 {
			t.Errorf("%s: findings %+v", name, p.Findings)
		}
	}
}

// What a directory lists is loaded: each file by its name, and with what it loads itself.
func TestFilesThatAreListedAreReadTogether(t *testing.T) {
	p := scanPackage(t, map[string]string{
		"package.json":       packageJSON(""),
		"index.js":           "const fs = require('fs'), path = require('path'), dir = path.join(__dirname, 'a');\nfor (const f of fs.readdirSync(dir).filter((f) => f !== 'wrap.js')) {\n  const { of, run } = require(path.join(dir, f));\n  of.exec(run);\n}\n",
		"a/child_process.js": "/* osascript */\nmodule.exports = require('./wrap')(module);\n",
		"a/wrap.js":          "const fs = require('fs'), path = require('path');\nmodule.exports = (m) => ({ of: m.require(path.parse(m.filename).name), run: /\\w+/.exec(fs.readFileSync(m.filename, 'utf8'))[0] });\n",
	})
	if got := strings.Join(p.Capabilities, " "); got != "applescript exec obfuscation" {
		t.Errorf("capabilities %q", got)
	}
}

// Of a plugin with too many references it must not matter which came first.
func TestTooManyReferencesAreTheSameInAnyOrder(t *testing.T) {
	outcomes := map[string]outcome{}
	for i := range 3 {
		refs := &fileReferences{loads: make([]reference, maxPluginLoads/2)}
		outcomes[fmt.Sprintf("%d.js", i)] = outcome{references: refs}
	}
	for _, first := range slices.Sorted(maps.Keys(outcomes)) {
		s := &pluginState{plugin: &locate.Plugin{Dir: true}, references: map[string]*fileReferences{}}
		order := append([]string{first}, slices.Sorted(maps.Keys(outcomes))...)
		for _, name := range slices.Compact(order) {
			if refs := *outcomes[name].references; s.references[name] == nil {
				s.keep(name, &refs)
			}
		}
		g := s.graph(true)
		for name, refs := range g.files {
			if len(refs.loads) != 0 || !refs.partial {
				t.Errorf("%s first: %s keeps %d", first, name, len(refs.loads))
			}
		}
	}
}

// A severity that the settings state is final.
func TestTheSettingsSeverityIsNotRaised(t *testing.T) {
	files := map[string]string{
		"node_modules/x/package.json": packageJSON(`,"scripts":{"install":"node run.js"}`),
		"node_modules/x/run.js":       runsScript + fetches + "require('n' + 'et').connect(1);\n",
	}
	opts := builtinOptions(t, plant(t, files))
	opts.Severities = map[string]Severity{}
	for _, capability := range []string{"applescript", "exec", "socket", "network", "install-hook", "obfuscation"} {
		opts.Severities[capability] = Low
	}
	if p := mustScan(t, opts).Plugins[0]; p.Severity != Low {
		t.Errorf("is %s: %+v", p.Severity, p.Findings)
	}
	for _, f := range weigh([]Finding{
		{Rule: "a", Capability: "applescript", Severity: Low, fixed: true}, {Rule: "s", Capability: "socket", Severity: Info, fixed: true},
	}, []string{"applescript", "socket"}, true, false) {
		if f.Severity.AtLeast(Medium) {
			t.Errorf("%s, new: is %s", f.Rule, f.Severity)
		}
	}
}
