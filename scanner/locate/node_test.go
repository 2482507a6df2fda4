package locate

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func nodeRecord(t *testing.T, files map[string]string) *record {
	t.Helper()
	return recordWalk(t, openDir(t, plant(t, files)), Options{Hosts: []string{"node"}})
}

func checkList(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func TestEverythingInNodeModulesIsAPlugin(t *testing.T) {
	r := nodeRecord(t, map[string]string{
		"node_modules/a/package.json":                       `{"name": "a", "version": "1.0.0"}`,
		"node_modules/a/dist/esm/package.json":              `{"name": "inner", "version": "9.0.0"}`,
		"node_modules/a/test/node_modules/fixture/index.js": "", // came in a's tarball
		"node_modules/a/node_modules/b/package.json":        `{"name": "b", "version": "2.0.0"}`,
		"node_modules/a/node_modules/@s/b/package.json":     `{"name": "@s/b", "version": "2.1.0"}`,
		"node_modules/@s/c/package.json":                    `{"name": "@s/c", "version": "3.0.0"}`,
		"node_modules/@s/c/node_modules/d/package.json":     `{"name": "d", "version": "3.1.0"}`,
		"node_modules/@s/loose.js":                          "",
		"node_modules/alias/package.json":                   `{"name": "real", "version": "4.0.0"}`,
		"node_modules/bare/index.js":                        "",
		"node_modules/empty/":                               "",
		"node_modules/left/node_modules/e/package.json":     `{"name": "e", "version": "5.0.0"}`,
		"node_modules/loose.node":                           "",
		"node_modules/.cache/x/hidden.js":                   "",
		"node_modules/.vite/":                               "",
		"node_modules/.bin/tool -> ../a/tool.js":            "",
		"node_modules/.package-lock.json":                   "{}",
		"node_modules/.pnpm-workspace-state-v1.json":        "{}",
		"not_modules/z/package.json":                        `{"name": "z", "version": "1.0.0"}`,
	})
	checkList(t, "plugins", r.listed("node"), []string{
		"node_modules/.cache .cache@",
		"node_modules/@s/c @s/c@3.0.0",
		"node_modules/@s/c/node_modules/d d@3.1.0",
		"node_modules/@s/loose.js @s/loose.js@",
		"node_modules/a a@1.0.0",
		"node_modules/a/node_modules/@s/b @s/b@2.1.0",
		"node_modules/a/node_modules/b b@2.0.0",
		"node_modules/alias real@4.0.0",
		"node_modules/bare bare@",
		"node_modules/left/node_modules/e e@5.0.0",
		"node_modules/loose.node loose.node@",
	})
	checkList(t, "files of a", r.files["node_modules/a"], []string{
		"node_modules/a/dist/esm/package.json", "node_modules/a/package.json",
		"node_modules/a/test/node_modules/fixture/index.js",
	})
	checkList(t, "skips", r.skips, []string{
		"node_modules/.bin: package managers' links to commands",
		"node_modules/.package-lock.json: package manager's own record",
		"node_modules/.pnpm-workspace-state-v1.json: package manager's own record",
	})
	checkList(t, "fails", r.fails, nil)
	for _, p := range r.plugins {
		if isFile := strings.Contains(p.Name, "loose"); !p.OnDemand || p.Dir == isFile {
			t.Errorf("%s: on demand %v, directory %v", p.Path, p.OnDemand, p.Dir)
		}
	}
}

func TestBrokenPackageJSONIsObserved(t *testing.T) {
	for text, want := range map[string]struct{ listed, why string }{
		`{"name": "a", "version": "1"}`:                          {"a@1", ""},
		`{"Name": "x", "name": "a", "VERSION": "2"}`:             {"a@", ""},
		`{"name": "x", "name": "a", "nested": {"version": "3"}}`: {"a@", ""},
		`{"name": "a",`:          {"dir@", "line 1"},
		`{"version": "1"}`:       {"dir@1", "no name"},
		`{"name": ["a"]}`:        {"dir@", "no name"},
		`{"name": "a\n\u202eb"}`: {"dir@", "name is none that npm allows"},
		`{"name": "a", "version": "` + strings.Repeat("1", 300) + `"}`: {"a@", "version is none that npm allows"},
		strings.Repeat("[", 1<<20):                                     {"dir@", "depth"},
		strings.Repeat(" ", maxPackageJSON+1):                          {"dir@", "file too large"},
	} {
		r := nodeRecord(t, map[string]string{"node_modules/dir/package.json": text})
		checkList(t, text[:min(len(text), 40)], r.listed("node"), []string{"node_modules/dir " + want.listed})
		observed := r.plugins[0].Observations
		if want.why == "" && len(observed) > 0 || want.why != "" && (len(observed) != 1 ||
			observed[0].Kind != BrokenMetadata || !strings.Contains(observed[0].Text, want.why)) {
			t.Errorf("%.40q: observed %v, want %q", text, observed, want.why)
		}
	}
}

func TestPnpmPackagesAreClaimedOnceWhereTheyLie(t *testing.T) {
	const store = "node_modules/.pnpm/"
	files := map[string]string{
		"pnpm-lock.yaml":                              "packages:\n  a@1.0.0:\n  b@2.0.0:\n",
		"node_modules/.modules.yaml":                  "",
		store + "lock.yaml":                           "",
		store + "a@1.0.0/node_modules/a/package.json": `{"name": "a", "version": "1.0.0"}`,
		store + "a@1.0.0/node_modules/b -> ../../b@2.0.0/node_modules/b": "",
		store + "b@2.0.0/node_modules/b/package.json":                    `{"name": "b", "version": "2.0.0"}`,
		store + "node_modules/b -> ../b@2.0.0/node_modules/b":            "",
		"node_modules/a -> .pnpm/a@1.0.0/node_modules/a":                 "",
		"node_modules/alias -> .pnpm/b@2.0.0/node_modules/b":             "",
	}
	r := nodeRecord(t, files)
	want := []string{store + "a@1.0.0/node_modules/a a@1.0.0", store + "b@2.0.0/node_modules/b b@2.0.0"}
	checkList(t, "plugins", r.listed("node"), want)
	checkList(t, "named by", references(r), []string{"pnpm-lock.yaml:2", "pnpm-lock.yaml:3"})

	files[store+"b@2.0.0/evil.js"] = ""
	r = nodeRecord(t, files)
	checkList(t, "a file hidden in the store", r.listed("node"), append([]string{"node_modules/.pnpm .pnpm@"}, want...))
	checkList(t, "files of the store", r.files["node_modules/.pnpm"], []string{store + "b@2.0.0/evil.js", store + "lock.yaml"})
}

func TestPnpmProjectsArePackagesWhereAnotherAsksForThem(t *testing.T) {
	r := nodeRecord(t, map[string]string{
		"pnpm-lock.yaml":             "importers:\n  packages/a:\n    dependencies:\n      b:\n        version: link:../b\n  packages/b: {}\npackages:\n",
		"node_modules/.modules.yaml": "",
		"node_modules/.pnpm/node_modules/a -> ../../../packages/a":  "",
		"node_modules/.pnpm/node_modules/b -> ../../../packages/b":  "",
		"node_modules/.pnpm/node_modules/evil -> ../../../src/evil": "",
		"packages/a/package.json":                                   `{"name": "a", "version": "1.0.0"}`,
		"packages/a/node_modules/b -> ../../b":                      "",
		"packages/b/package.json":                                   `{"name": "b", "version": "2.0.0"}`,
		"src/evil/index.js":                                         "",
	})
	checkList(t, "plugins", r.listed("node"), []string{"packages/b b@2.0.0", "src/evil evil@"})
	checkList(t, "named by", references(r), []string{"pnpm-lock.yaml:4"})
	if !slices.Contains(r.skips, "node_modules/.pnpm/node_modules/a: pnpm's link to a project of the workspace") {
		t.Errorf("skips %q", r.skips)
	}
}

func references(r *record) []string {
	var list []string
	for _, p := range r.plugins {
		for _, by := range p.LoadedBy {
			list = append(list, by.File+":"+string(rune('0'+by.Line)))
		}
	}
	slices.Sort(list)
	return list
}

func TestLinksToWorkspacesAreFollowed(t *testing.T) {
	r := nodeRecord(t, map[string]string{
		"package.json":                                      `{"name": "app", "version": "1.0.0"}`,
		"package-lock.json":                                 "{\"packages\": {\n\"node_modules/@me/a\": {\"link\": true},\n\"node_modules/z\": {\"link\": true}}}",
		"apps/z/package.json":                               `{"name": "z", "version": "1.0.0"}`,
		"apps/z/lib/index.js":                               "",
		"apps/z/node_modules/y/package.json":                `{"name": "y", "version": "1.0.0"}`,
		"apps/z/node_modules/.bin/y -> ../y/y.js":           "",
		"node_modules/@me/a -> ../../packages/a":            "",
		"node_modules/z -> ../apps/z":                       "",
		"node_modules/self -> ..":                           "",
		"node_modules/util.js -> ../util.js":                "",
		"node_modules/part -> x/part":                       "", // told with x
		"node_modules/x/package.json":                       `{"name": "x", "version": "1.0.0"}`,
		"node_modules/x/part/index.js":                      "",
		"packages/a/package.json":                           `{"name": "@me/a", "version": "2.0.0"}`,
		"packages/a/node_modules/z -> ../../../apps/z":      "",
		"packages/a/examples/e/node_modules/q/package.json": `{"name": "q", "version": "1.0.0"}`,
		"util.js": "",
	})
	checkList(t, "plugins", r.listed("node"), []string{
		". app@1.0.0",
		"apps/z z@1.0.0",
		"apps/z/node_modules/y y@1.0.0",
		"node_modules/x x@1.0.0",
		"packages/a @me/a@2.0.0",
		"packages/a/examples/e/node_modules/q q@1.0.0",
		"util.js util.js@",
	})
	checkList(t, "files of z", r.files["apps/z"], []string{"apps/z/lib/index.js", "apps/z/package.json"})
	checkList(t, "files of the root", r.files["."], []string{"package-lock.json", "package.json"})
	checkList(t, "named by", references(r), []string{"package-lock.json:2", "package-lock.json:3"})
	checkList(t, "skips", r.skips, []string{
		"apps/z/node_modules/.bin: package managers' links to commands",
	})
}

func TestLinksThatCannotBeFollowedAreTold(t *testing.T) {
	files := map[string]string{
		"app/node_modules/gone -> ../gone":         "",
		"app/node_modules/out -> ../../../etc":     "",
		"app/node_modules/abs -> /opt/elsewhere":   "",
		"app/node_modules/loop -> loop":            "",
		"app/node_modules/up -> ..":                "",
		"app/node_modules/null -> ../fifo/../pipe": "",
		"lib/node_modules -> /srv/node_modules":    "",
		"out/node_modules -> ../../node_modules":   "",
	}
	r := nodeRecord(t, files)
	checkList(t, "plugins", r.listed("node"), nil)
	checkList(t, "skips", r.skips, []string{
		"app/node_modules/gone: link to nothing",
		"app/node_modules/null: link to nothing",
		"app/node_modules/up: link to a directory that it lies in and that is no package",
	})
	var failed []string
	for _, fail := range r.fails {
		name, _, _ := strings.Cut(fail, ":")
		failed = append(failed, name)
	}
	checkList(t, "fails", failed, []string{
		"app/node_modules/abs", "app/node_modules/loop", "app/node_modules/out", "lib/node_modules", "out/node_modules",
	})

	r = recordWalk(t, openDir(t, plant(t, files)), Options{Hosts: []string{"node"}, Machine: true})
	if !slices.Contains(r.skips, "app/node_modules/abs: link to nothing") {
		t.Errorf("on a whole machine an absolute link that leads nowhere loads nothing: %q", r.skips)
	}
}

func TestNodeModulesThatAreALinkAreFollowed(t *testing.T) {
	r := nodeRecord(t, map[string]string{
		"app/package-lock.json":                   `{"packages": {"node_modules/a": {"version": "1.0.0"}}}`,
		"app/node_modules -> ../deps":             "",
		"deps/a/package.json":                     `{"name": "a", "version": "1.0.0"}`,
		"deps/@s/b/package.json":                  `{"name": "@s/b", "version": "1.0.0"}`,
		"web/node_modules -> ../app/node_modules": "",
	})
	checkList(t, "plugins", r.listed("node"), []string{"deps/@s/b @s/b@1.0.0", "deps/a a@1.0.0"})
	if p := r.plugin("deps/a"); p != nil && !slices.Equal(p.LoadedBy, []Reference{{"app/package-lock.json", 1}}) {
		t.Errorf("loaded by %v", p.LoadedBy)
	}
}

func TestLocationsAreLabelled(t *testing.T) {
	r := recordWalk(t, openDir(t, plant(t, map[string]string{
		"usr/bin/node": "#!", "usr/bin/nodejs -> node": "",
		"usr/lib/node_modules/npm/package.json":                  `{"name": "npm", "version": "10.0.0"}`,
		"usr/lib/node_modules/npm/node_modules/a/package.json":   `{"name": "a", "version": "1.0.0"}`,
		"usr/share/nodejs/semver/package.json":                   `{"name": "semver", "version": "7.0.0"}`,
		"usr/share/nodejs/@types/node/package.json":              `{"name": "@types/node", "version": "18.0.0"}`,
		"home/me/.nvm/versions/node/v20/lib/node_modules/x/a.js": "",
		"srv/app/node_modules/b/package.json":                    `{"name": "b", "version": "1.0.0"}`,
		"srv/app/yarn.lock":                                      "",
		"srv/old/node_modules/c/package.json":                    `{"name": "c", "version": "1.0.0"}`,
		"srv/plugins/d/package.json":                             `{"name": "d", "version": "1.0.0"}`,
	})), Options{Hosts: []string{"node"}, Locations: []ExtraLocation{{"node", "/srv/plug*"}}})
	checkList(t, "plugins", r.listed("node"), []string{
		"home/me/.nvm/versions/node/v20/lib/node_modules/x x@",
		"srv/app/node_modules/b b@1.0.0",
		"srv/old/node_modules/c c@1.0.0",
		"srv/plugins/d d@1.0.0",
		"usr/bin/node node@",
		"usr/lib/node_modules/npm npm@10.0.0",
		"usr/lib/node_modules/npm/node_modules/a a@1.0.0",
		"usr/share/nodejs/@types/node @types/node@18.0.0",
		"usr/share/nodejs/semver semver@7.0.0",
	})
	if p := r.plugin("usr/bin/node"); p == nil || !p.Server {
		t.Errorf("got %+v, want a server", p)
	}
	want := map[Location]bool{
		{Host: "node", Path: "home/me/.nvm/versions/node/v20/lib/node_modules", How: Pattern, Detail: "{root,home/*}/.nvm/versions/node/*/lib/node_modules"}: true,
		{Host: "node", Path: "srv/app/node_modules", How: Lockfile, By: Reference{File: "srv/app/yarn.lock"}}:                                                true,
		{Host: "node", Path: "srv/old/node_modules", How: Pattern, Detail: "**/node_modules"}:                                                                true,
		{Host: "node", Path: "srv/plugins", How: Pattern, Detail: "srv/plug*"}:                                                                               true,
		{Host: "node", Path: "usr/lib/node_modules", How: Pattern, Detail: "usr/lib/node_modules"}:                                                           true,
		{Host: "node", Path: "usr/share/nodejs", How: Pattern, Detail: "usr/share/nodejs"}:                                                                   true,
	}
	for _, l := range r.locations {
		if !want[l] {
			t.Errorf("unexpected %+v", l)
		}
		delete(want, l)
	}
	for l := range want {
		t.Errorf("missing %+v", l)
	}
}

func TestTheRootMayBeANodeModulesItself(t *testing.T) {
	r := nodeRecord(t, map[string]string{".package-lock.json": "{}", "a/package.json": `{"name": "a", "version": "1.0.0"}`})
	checkList(t, "plugins", r.listed("node"), []string{"a a@1.0.0"})
}

func TestPlugAndPlayIsNeverASilentPass(t *testing.T) {
	r := nodeRecord(t, map[string]string{
		"app/.pnp.cjs":                    "",
		"app/.yarn/cache/a-npm-1.0.0.zip": "PK",
		"app/node_modules/a/.pnp.cjs":     "", // a package may ship one
		"app/node_modules/a/package.json": `{"name": "a", "version": "1.0.0"}`,
	})
	if len(r.fails) != 1 || !strings.HasPrefix(r.fails[0], "app/.pnp.cjs: yarn Plug'n'Play") {
		t.Errorf("got %q", r.fails)
	}
}

func TestPackagesThatEveryUserMayWriteAreObserved(t *testing.T) {
	root := plant(t, map[string]string{
		"node_modules/a/package.json": `{"name": "a", "version": "1.0.0"}`,
		"node_modules/b/package.json": `{"name": "b", "version": "1.0.0"}`,
	})
	if err := os.Chmod(filepath.Join(root, "node_modules/a"), 0o777); err != nil {
		t.Fatal(err)
	}
	r := recordWalk(t, openDir(t, root), Options{})
	a, b := r.plugin("node_modules/a"), r.plugin("node_modules/b")
	if len(a.Observations) != 1 || a.Observations[0].Kind != WritablePath || len(b.Observations) > 0 {
		t.Errorf("a: %v, b: %v", a.Observations, b.Observations)
	}
}

func TestExcludedPackagesAreToldAndLeftOut(t *testing.T) {
	root := plant(t, map[string]string{
		"node_modules/a/package.json":     `{"name": "a", "version": "1.0.0"}`,
		"node_modules/@s/b/package.json":  `{"name": "@s/b", "version": "1.0.0"}`,
		"node_modules/w -> ../packages/w": "",
		"packages/w/package.json":         `{"name": "w", "version": "1.0.0"}`,
		"node_modules/c/package.json":     `{"name": "c", "version": "1.0.0"}`,
		"node_modules/c/test/x.js":        "",
	})
	r := recordWalk(t, openDir(t, root), Options{Hosts: []string{"node"},
		Exclude: []string{"node_modules/a", "**/@s", "packages", "/node_modules/*/test"}})
	checkList(t, "plugins", r.listed("node"), []string{"node_modules/c c@1.0.0"})
	slices.Sort(r.skips)
	checkList(t, "skips", r.skips, []string{
		"node_modules/@s: excluded by **/@s",
		"node_modules/a: excluded by node_modules/a",
		"node_modules/c/test: excluded by /node_modules/*/test",
		"packages: excluded by packages",
	})
}

func TestHoldsPackagesFollowsNpm(t *testing.T) {
	for dir, want := range map[string]bool{
		"node_modules":                                   true,
		"a/b/c/node_modules":                             true,
		"node_modules/a/node_modules":                    true,
		"node_modules/@s/a/node_modules":                 true,
		"node_modules/.pnpm/node_modules":                true,
		"node_modules/.pnpm/a@1/node_modules":            true,
		"node_modules/node_modules":                      true,
		"x/node_modules/a/node_modules/b/node_modules":   true,
		"node_modules/a/lib":                             false,
		"node_modules/a/lib/node_modules":                false,
		"node_modules/@s/a/lib/node_modules":             false,
		"node_modules/a/lib/node_modules/b/node_modules": false,
		"my_node_modules":                                false,
	} {
		if got := holdsPackages(dir); got != want {
			t.Errorf("holdsPackages(%q) = %v", dir, got)
		}
	}
}

func TestCodeInTheDirectoryOfCommandsIsAPlugin(t *testing.T) {
	const shim = "#!/bin/sh\nbasedir=$(dirname \"$(echo \"$0\")\")\nexec node x.js\n"
	files := map[string]string{
		"node_modules/a/package.json":                   `{"name": "a", "version": "1.0.0"}`,
		"node_modules/.bin/a -> ../a/a.js":              "",
		"node_modules/.bin/sh":                          shim,
		"node_modules/.bin/sh.cmd":                      "@ECHO off\r\nGOTO start\r\n",
		"node_modules/.bin/sh.ps1":                      "#!/usr/bin/env pwsh\n$basedir=1",
		"node_modules/a/node_modules/.bin/b -> ../b.js": "",
	}
	r := nodeRecord(t, files)
	checkList(t, "plugins", r.listed("node"), []string{"node_modules/a a@1.0.0"})
	checkList(t, "skips", r.skips, []string{
		"node_modules/.bin: package managers' links to commands",
		"node_modules/a/node_modules/.bin: package managers' links to commands",
	})

	files["node_modules/.bin/evil"] = "#!/usr/bin/env node\n"
	files["node_modules/.bin/long"] = shim + strings.Repeat("#", maxShim)
	files["node_modules/.bin/deep/evil.js"] = ""
	r = nodeRecord(t, files)
	checkList(t, "plugins", r.listed("node"), []string{"node_modules/.bin .bin@", "node_modules/a a@1.0.0"})
	checkList(t, "files", r.files["node_modules/.bin"], []string{
		"node_modules/.bin/deep/evil.js", "node_modules/.bin/evil", "node_modules/.bin/long",
	})
	checkList(t, "links", r.links["node_modules/.bin"], nil)
	slices.Sort(r.skips)
	checkList(t, "skips", r.skips, []string{
		"node_modules/.bin/a: package manager's link to a command",
		"node_modules/.bin/sh.cmd: package manager's script that starts a command",
		"node_modules/.bin/sh.ps1: package manager's script that starts a command",
		"node_modules/.bin/sh: package manager's script that starts a command",
		"node_modules/a/node_modules/.bin: package managers' links to commands",
	})
	if p := r.plugin("node_modules/.bin"); p == nil || !p.Dir || !p.OnDemand {
		t.Errorf("got %+v", p)
	}
}
