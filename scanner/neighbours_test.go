package scanner

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/manifests"
	"plugvet/scanner/locate"
)

// notedIn returns for each file with findings whether all of them are noted.
func notedIn(report *Report) map[string]bool {
	noted := map[string]bool{}
	for _, p := range report.Plugins {
		for _, f := range p.Findings {
			if f.name != "" {
				had, known := noted[f.Path]
				noted[f.Path] = f.Noted && (had || !known)
			}
		}
	}
	return noted
}

// Each of these runs node_modules/x/test/run.js from another package.
func TestAnotherPackageThatLoadsATestMakesItCount(t *testing.T) {
	for name, c := range map[string]struct{ file, content string }{
		"require":           {"y/index.js", `require('x/test/run')`},
		"import":            {"y/index.mjs", `import 'x/test/run.js';`},
		"a worker":          {"y/index.js", `new Worker(require.resolve("x/test/run.js"))`},
		"a template":        {"y/index.js", "fork(`${modules}/x/test/run.js`)"},
		"beside":            {"y/index.js", `require("../x/test/run.js")`},
		"beside, deeper":    {"y/lib/a.js", `require("../../x/test/run.js")`},
		"its directory":     {"y/index.js", `require("path").join(__dirname, "/../x/test")`},
		"in capitals":       {"y/index.js", `require("X/Test/run.js")`},
		"joined":            {"y/index.js", `require("x/te" + "st/run.js")`},
		"a scope's":         {"@s/y/index.js", `require("x/test/run.js")`},
		"an install script": {"y/package.json", packageJSON(`,"scripts":{"postinstall":"node ../x/test/run.js"}`)},
		"a shell script":    {"y/go.sh", "#!/bin/sh\nnode \"$PWD/node_modules/x/test/run.js\"\n"},
		"a command":         {"y/index.js", `exec("node node_modules/x/test/run.js")`},
		"nested":            {"y/node_modules/z/index.js", `require("x/test/run.js")`},
		"PHP":               {"y/a.php", `<?php system('node ' . __DIR__ . '/../x/test/run.js');`},
	} {
		files := map[string]string{
			"node_modules/x/package.json": packageJSON(""), "node_modules/x/index.js": "x = 1", "node_modules/x/test/run.js": opensPort,
			"node_modules/x/test/other.js": opensPort, "node_modules/x/fixtures/a.js": opensPort, "node_modules/y/package.json": packageJSON(""),
			"node_modules/" + c.file: c.content,
		}
		noted := notedIn(mustScan(t, builtinOptions(t, plant(t, files))))
		if noted["node_modules/x/test/run.js"] {
			t.Errorf("%s: the test is noted", name)
		}
		if !noted["node_modules/x/fixtures/a.js"] {
			t.Errorf("%s: what it does not lead to counts", name)
		}
	}
}

// What does not run of another package leads nowhere, nor does what is meant for
// other packages.
func TestWhatLeadsElsewhereLeavesTestsNoted(t *testing.T) {
	for name, c := range map[string]struct{ file, content string }{
		"a test":            {"y/test/a.js", `require("x/test/run.js")`},
		"its own":           {"y/index.js", `require("./x/test/run.js")`},
		"another package's": {"y/index.js", `require("z/test/run.js"); require("@x/z/test/run.js"); require("z/x/test/run.js")`},
		"an address":        {"y/index.js", `open("https://example.com/x/test/run.js")`},
		"a comment":         {"y/index.js", "// see x/test/run.js\n/* as x/test/run.js does */"},
		"compared":          {"y/index.js", `if (name === "x" && env === "test") go()`},
		"a README":          {"y/README.md", "`x/test/run.js`"},
		"within":            {"y/index.js", `require("x/node_modules/z/test/run.js")`},
		"not a test":        {"y/index.js", `require("x/index.js")`},
		"its own name":      {"y/node_modules/x/test/a.js", `require("x/test/run.js")`},
	} {
		files := map[string]string{
			"node_modules/x/package.json": packageJSON(""), "node_modules/x/index.js": "x = 1", "node_modules/x/test/run.js": opensPort,
			"node_modules/y/package.json": packageJSON(""), "node_modules/" + c.file: c.content,
		}
		if noted := notedIn(mustScan(t, builtinOptions(t, plant(t, files)))); !noted["node_modules/x/test/run.js"] {
			t.Errorf("%s: the test counts", name)
		}
	}
}

// A test that counts may lead to those of a third package, and so on; where that
// has no end in sight, all count.
func TestATestThatCountsLeadsOn(t *testing.T) {
	for _, length := range []int{2, maxMentionRounds + 2} {
		files := map[string]string{
			"node_modules/y/package.json": packageJSON(""), "node_modules/y/index.js": `require("x0/test/run.js")`,
			"node_modules/apart/package.json": packageJSON(""), "node_modules/apart/test/run.js": opensPort,
		}
		for i := range length {
			dir := fmt.Sprintf("node_modules/x%d/", i)
			files[dir+"package.json"] = packageJSON("")
			files[dir+"test/run.js"] = fmt.Sprintf("%s\nrequire('x%d/test/run.js')\n", opensPort, i+1)
		}
		noted := notedIn(mustScan(t, builtinOptions(t, plant(t, files))))
		for i := range length {
			if noted[fmt.Sprintf("node_modules/x%d/test/run.js", i)] {
				t.Errorf("%d of %d is noted", i, length)
			}
		}
		if got, want := noted["node_modules/apart/test/run.js"], length < maxMentionRounds; got != want {
			t.Errorf("length %d: what nobody leads to is noted: %t, want %t", length, got, want)
		}
	}
}

// Composer's autoloader runs what its own files say, whatever the package's say.
func TestComposersAutoloaderLeadsToTests(t *testing.T) {
	const (
		socket    = "<?php\nfsockopen('x', 1);\n"
		installed = `{"packages": [{"name": "a/b", "version": "1.0.0", "install-path": "../a/b"%s}]}`
	)
	for name, c := range map[string]struct {
		file, content string
		counts        []string
	}{
		"files":               {"autoload_files.php", `'1' => $vendorDir . '/a/b/tests/boot.php'`, []string{"tests/boot.php"}},
		"class map":           {"autoload_classmap.php", `'A\\C' => $vendorDir . '/a/b/src/CTest.php'`, []string{"src/CTest.php"}},
		"psr-4":               {"autoload_psr4.php", `'A\\T\\' => array($vendorDir . '/a/b/tests')`, []string{"tests/boot.php", "tests/more/run.php"}},
		"static":              {"autoload_static.php", `'1' => __DIR__ . '/..' . '/a/b/tests/boot.php'`, []string{"tests/boot.php"}},
		"from the base":       {"autoload_files.php", `'1' => $baseDir . '/vendor/a/b/tests/boot.php'`, []string{"tests/boot.php"}},
		"elsewhere":           {"autoload_files.php", `'1' => $vendorDir . '/c/b/tests/boot.php'`, nil},
		"no test":             {"autoload_files.php", `'1' => $vendorDir . '/a/b/src/boot.php'`, nil},
		"another package":     {"../c/d/index.php", `1); require (__DIR__ . '/../../a/b/tests/boot.php'`, []string{"tests/boot.php"}},
		"record's files":      {"", `, "autoload": {"files": ["tests/boot.php"]}`, []string{"tests/boot.php"}},
		"record's psr-4":      {"", `, "autoload": {"psr-4": {"A\\T\\": ["lib/", "tests/"]}}`, []string{"tests/boot.php", "tests/more/run.php"}},
		"record's everything": {"", `, "autoload": {"psr-4": {"A\\": ""}}`, []string{"tests/boot.php", "tests/more/run.php", "src/CTest.php"}},
		"record's sources":    {"", `, "autoload": {"psr-4": {"A\\": "src/"}}, "autoload-dev": {"files": ["tests/boot.php"]}`, nil},
	} {
		files := map[string]string{
			"vendor/composer/installed.json": fmt.Sprintf(installed, ""), "vendor/a/b/composer.json": "{}",
			"vendor/a/b/tests/boot.php": socket, "vendor/a/b/tests/more/run.php": socket, "vendor/a/b/src/CTest.php": socket,
		}
		if c.file != "" {
			files["vendor/composer/"+c.file] = "<?php\nreturn array(" + c.content + ");\n"
		} else {
			files["vendor/composer/installed.json"] = fmt.Sprintf(installed, c.content)
		}
		var counts []string
		for file, noted := range notedIn(mustScan(t, builtinOptions(t, plant(t, files)))) {
			if !noted {
				counts = append(counts, strings.TrimPrefix(file, "vendor/a/b/"))
			}
		}
		slices.Sort(counts)
		slices.Sort(c.counts)
		if !slices.Equal(counts, c.counts) {
			t.Errorf("%s: %v count, expected %v", name, counts, c.counts)
		}
	}
}

// A gate tells of a package that is not as approved what matching everything again
// would tell: what is approved beside it may lead to its tests.
func TestCarriedPackagesLeadToTestsAsOthersDo(t *testing.T) {
	for name, c := range map[string]struct {
		y, inTests, z string
		noted         bool
	}{
		"nothing":        {"y = 1", "y = 1", "z = 1", true},
		"a package":      {`require("x/test/run.js")`, "y = 1", "z = 1", false},
		"a joined name":  {`require("x/te" + "st/run.js")`, "y = 1", "z = 1", false},
		"a test":         {"y = 1", `require("x/test/run.js")`, "z = 1", true},
		"a test, led to": {"y = 1", `require("x/test/run.js")`, `require("y/test/run.js")`, false},
	} {
		root := plant(t, map[string]string{
			"node_modules/x/package.json": packageJSON(""), "node_modules/x/index.js": "x = 1", "node_modules/x/test/run.js": opensPort,
			"node_modules/y/package.json": packageJSON(""), "node_modules/y/index.js": c.y, "node_modules/y/test/run.js": c.inTests,
			"node_modules/z/package.json": packageJSON(""), "node_modules/z/index.js": c.z,
		})
		opts := builtinOptions(t, root)
		opts.Approved = approvalsOf(t, opts)
		if err := os.WriteFile(filepath.Join(root, "node_modules/x/index.js"), []byte("x = 2"), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, opts.Rematch = range []bool{false, true} {
			report := mustScan(t, opts)
			if noted := notedIn(report)["node_modules/x/test/run.js"]; noted != c.noted {
				t.Errorf("%s, rematch %t: noted is %t", name, opts.Rematch, noted)
			}
			if !opts.Rematch && (report.Coverage.Matched != 3 || report.Coverage.Carried != 5) {
				t.Errorf("%s: want three files matched and five carried: %+v", name, report.Coverage)
			}
		}
	}
}

// Where it is not known what leads to tests, they count.
func TestTestsCountWhereLeadsAreNotKnown(t *testing.T) {
	plugin := func(name string) *locate.Plugin {
		return &locate.Plugin{Name: name, Path: "node_modules/" + name, Dir: true}
	}
	for name, c := range map[string]struct {
		prepare func(*neighbours)
		noted   bool
	}{
		"all is known":      {func(*neighbours) {}, true},
		"carried, not read": {func(n *neighbours) { n.carry(plugin("y"), "h1:a") }, false},
		"read, the same": {func(n *neighbours) {
			n.carry(plugin("y"), "h1:a")
			n.heard(&teller{plugin: plugin("y")}, &Plugin{Tree: "h1:a", Observed: &manifests.Observed{}})
		}, true},
		"read, and changed": {func(n *neighbours) {
			n.carry(plugin("y"), "h1:a")
			n.heard(&teller{plugin: plugin("y")}, &Plugin{Tree: "h1:b", Observed: &manifests.Observed{}})
		}, false},
		"more than is kept": {func(n *neighbours) {
			g := graph{files: map[string]*fileReferences{"a.js": {outwardLost: true}}}
			n.add(&teller{plugin: plugin("y"), graph: g}, nil)
		}, false},
	} {
		out := &Plugin{Findings: []Finding{{name: "test/a.js", Severity: High}}, Observed: &manifests.Observed{}}
		var n neighbours
		if !n.add(&teller{plugin: plugin("x"), findings: out.Findings}, out) {
			t.Fatal("does not wait")
		}
		c.prepare(&n)
		n.settle()
		if got := out.Findings[0].Noted; got != c.noted {
			t.Errorf("%s: noted is %t", name, got)
		}
	}
}

// Of too many leads it must not matter which came first, and a name that is told
// again and again is one.
func TestTooManyLeadsAreLost(t *testing.T) {
	for distinct, lost := range map[int]bool{1: false, maxOutward / 2: false, maxOutward + 1: true} {
		var code strings.Builder
		for i := range 3 * maxOutward {
			fmt.Fprintf(&code, "'x%d/test'\n", i%distinct)
		}
		var refs fileReferences
		if refs.mention([]byte(code.String()), inStrings); refs.outwardLost != lost || len(refs.outward) > maxOutward {
			t.Errorf("%d: lost is %t, %d are kept", distinct, refs.outwardLost, len(refs.outward))
		}
	}
	s := &pluginState{plugin: &locate.Plugin{Dir: true}}
	for i := range 3 {
		s.keep(fmt.Sprint(i), &fileReferences{outward: make([]string, maxOutward/2)})
	}
	var n neighbours
	if n.add(&teller{plugin: s.plugin, graph: s.graph(false)}, nil); !n.unknown {
		t.Error("all leads of a plugin with too many are taken to be known")
	}
}

// Whatever a file holds, what is kept of it is bounded, and leads to tests.
func FuzzLeads(f *testing.F) {
	f.Add([]byte(`"x/test/run.js" '../../@s/y/test' "node_modules/a/node_modules/b/spec/../x.test.js"`))
	f.Add([]byte("`${a}/b/c/tests/y.php` $D/node_modules/x/test \"//x/../../test\" '/test' './test/test/test'"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, between := range []*edges{inStrings, inCommands} {
			for _, p := range []*locate.Plugin{{Host: "node", Path: "node_modules/x", Dir: true}, {Host: "php", Path: "vendor", Dir: true}} {
				var refs fileReferences
				refs.mention(data, between)
				refs.leadOut(origin{p, p.Path + "/lib/a.js"})
				for _, to := range refs.outward {
					if !namesTests(to) && !strings.Contains(to, "*") || strings.HasPrefix(to, "/") || slices.Contains(strings.Split(to, "/"), "..") {
						t.Errorf("%q of %q", to, data)
					}
					eachCalling(to, func(key, rest string) {
						if key == "" || rest == "" || !strings.HasSuffix(to, key+"/"+rest) {
							t.Errorf("%q: %q and %q", to, key, rest)
						}
					})
				}
			}
		}
	})
}
