package locate

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestLockfilesOfEveryKindNameTheirPackages(t *testing.T) {
	type byPath = map[string]lockEntry
	type byName = map[string][]lockEntry
	for _, c := range []struct {
		name, text string
		parse      func([]byte) (lockEntries, error)
		path       byPath
		byName     byName
	}{
		{name: "package-lock.json 3", parse: parseNpmLock, text: `{
"packages": {
  "": {"version": "9.9.9"},
  "node_modules/a": {
    "version": "1.0.0", "dependencies": {"version": "^1"}},
  "node_modules/a/node_modules/@s/b": {"name": "c", "version": "2.0.0-rc.1"},
  "node_modules/w": {"resolved": "packages/w", "link": true}
},
"dependencies": {"a": {"version": "0.0.1"}}}`,
			path: byPath{
				"node_modules/a": {"1.0.0", 4}, "node_modules/a/node_modules/@s/b": {"2.0.0-rc.1", 6},
				"node_modules/w": {"", 7}}},
		{name: "package-lock.json 1", parse: parseNpmLock, text: `{"dependencies": {
"a": {"version": "1.0.0", "requires": {"b": "^2"},
  "dependencies": {
    "b": {"version": "npm:@s/c@2.0.0"}}},
"g": {"version": "git+ssh://git@host/g.git#1234"}}}`,
			path: byPath{
				"node_modules/a": {"1.0.0", 2}, "node_modules/a/node_modules/b": {"2.0.0", 4},
				"node_modules/g": {"", 5}}},
		{name: "pnpm-lock.yaml 5", parse: parsePnpmLock, text: `lockfileVersion: 5.4
dependencies:
  w: link:../w
packages:

  /@s/v8-a/1.0.0_react@18.2.0:
    resolution: {integrity: sha512-x==}
  /under_score/2.0.0:
    dev: true
  github.com/u/g/0123:
    resolution: {tarball: https://host/0123}
    name: g
    version: 3.0.0
`,
			byName: byName{"@s/v8-a": {{"1.0.0", 6}}, "under_score": {{"2.0.0", 8}}, "g": {{"3.0.0", 10}}, "w": {{"", 3}}}},
		{name: "pnpm-lock.yaml 6", parse: parsePnpmLock, text: `lockfileVersion: '6.0'
packages:
  /@s/a@1.0.0(react@18.2.0)(@x/y@1.0.0):
    version: 1.0.0
  /b@1.0.0:
  /b@2.0.0(patch_hash=1/2):
`,
			byName: byName{"@s/a": {{"1.0.0", 3}}, "b": {{"1.0.0", 5}, {"2.0.0", 6}}}},
		{name: "pnpm-lock.yaml 9", parse: parsePnpmLock, text: `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      '@s/w':
        specifier: workspace:*
        version: link:packages/w
packages:
  '@bcoe/v8-coverage@0.2.3':
    resolution: {integrity: sha512-x==}
    engines: {node: '>=6'}
  f@file:../f:
    resolution: {directory: ../f, type: directory}
  t@https://host/t.tgz:
    version: 4.0.0
snapshots:
  other@1.0.0: {}
`,
			byName: byName{"@bcoe/v8-coverage": {{"0.2.3", 9}}, "f": {{"", 12}}, "t": {{"4.0.0", 14}}, "@s/w": {{"", 5}}}},
		{name: "yarn.lock classic", parse: parseYarnLock, text: `# yarn lockfile v1

"@s/a@^1.0.0", "@s/a@>=1 <2":
  version "1.2.3"
  dependencies:
    version "^9.0.0"

alias@npm:real@^3.0.0:
  version "3.1.0"
`,
			byName: byName{"@s/a": {{"1.2.3", 3}}, "alias": {{"3.1.0", 8}}, "real": {{"3.1.0", 8}}}},
		{name: "yarn.lock berry", parse: parseYarnLock, text: `__metadata:
  version: 8

"@s/a@npm:^1.0.0, @s/a@npm:^1.2.0":
  version: 1.2.3
  resolution: "@s/a@npm:1.2.3"

"alias@npm:@r/real@^3.0.0":
  version: 3.1.0

"p@patch:p@npm%3A1.0.0#./p.patch":
  version: 1.0.0

"w@workspace:packages/w":
  version: 0.0.0-use.local
`,
			byName: byName{
				"@s/a": {{"1.2.3", 4}}, "alias": {{"3.1.0", 8}}, "@r/real": {{"3.1.0", 8}},
				"p": {{"1.0.0", 11}}, "w": {{"", 14}}}},
		{name: "bun.lock", parse: parseBunLock, text: `{
  "workspaces": {"": {"dependencies": {"x": "1"}},},
  // made by hand
  "packages": {
    "alias": ["@s/real@1.0.0", "", {"bin": ["no@9.9.9"]}, "sha512-x"],
    "a/b": ["b@2.0.0", "", {}],
    "w": ["w@workspace:packages/w"],
  },
}`,
			byName: byName{"@s/real": {{"1.0.0", 5}}, "b": {{"2.0.0", 6}}, "w": {{"", 7}}}},
		{name: "package.json", parse: parseDependencies, text: `{
"name": "dependencies",
"dependencies": {"@s/a": "^1"},
"devDependencies": {
  "b": "*"}}`,
			path: byPath{"node_modules/@s/a": {"", 3}, "node_modules/b": {"", 5}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, text := range []string{c.text, strings.ReplaceAll(c.text, "\n", "\r\n")} {
				got, err := c.parse([]byte(text))
				if err != nil {
					t.Fatal(err)
				}
				if !maps.Equal(got.byPath, c.path) || !maps.EqualFunc(got.byName, c.byName, slices.Equal) {
					t.Errorf("got %v\nwant %v %v", got, c.path, c.byName)
				}
			}
		})
	}
}

// lockedTree is a project with one installed package of version 1.0.0 and the
// given files beside.
func lockedTree(t *testing.T, files map[string]string) *record {
	t.Helper()
	files["node_modules/a/package.json"] = `{"name": "a", "version": "1.0.0"}`
	return recordWalk(t, openDir(t, plant(t, files)), Options{Hosts: []string{"node"}})
}

const lockA1 = `{"packages": {"node_modules/a": {"version": "1.0.0"}}}`
const lockA2 = `{"packages": {
"node_modules/a": {"version": "2.0.0"}}}`

func TestTheLockfileOfWhoeverInstalledDecides(t *testing.T) {
	for _, c := range []struct {
		name     string
		files    map[string]string
		loadedBy []Reference
		mismatch string // part of its text
		location Reference
	}{
		{name: "equal", files: map[string]string{"package-lock.json": lockA1},
			loadedBy: []Reference{{"package-lock.json", 1}}},
		{name: "another version", files: map[string]string{"package-lock.json": lockA2},
			loadedBy: []Reference{{"package-lock.json", 2}}, mismatch: "package-lock.json:2 has a 2.0.0, what is on disk is 1.0.0"},
		{name: "the project's own before npm's record",
			files:    map[string]string{"package-lock.json": lockA2, "node_modules/.package-lock.json": lockA1},
			loadedBy: []Reference{{"package-lock.json", 2}}, mismatch: "2.0.0"},
		{name: "npm's record where there is no other", files: map[string]string{"node_modules/.package-lock.json": lockA1},
			loadedBy: []Reference{{"node_modules/.package-lock.json", 1}}},
		{name: "npm-shrinkwrap.json before package-lock.json",
			files:    map[string]string{"package-lock.json": lockA2, "npm-shrinkwrap.json": lockA1},
			loadedBy: []Reference{{"npm-shrinkwrap.json", 1}}},
		{name: "the manager that left its mark",
			files:    map[string]string{"package-lock.json": lockA2, "yarn.lock": "a@^1:\n  version \"1.0.0\"\n", "node_modules/.yarn-integrity": ""},
			loadedBy: []Reference{{"yarn.lock", 1}}},
		{name: "by name: one of several versions", files: map[string]string{"pnpm-lock.yaml": "packages:\n  a@2.0.0:\n  a@1.0.0:\n"},
			loadedBy: []Reference{{"pnpm-lock.yaml", 3}}},
		{name: "by name: none of them", files: map[string]string{"pnpm-lock.yaml": "packages:\n  a@2.0.0:\n  a@3.0.0:\n"},
			loadedBy: []Reference{{"pnpm-lock.yaml", 2}}, mismatch: "a 2.0.0, 3.0.0"},
		{name: "build metadata is dropped by registries", files: map[string]string{"yarn.lock": "a@^1:\n  version \"1.0.0+1\"\n"},
			loadedBy: []Reference{{"yarn.lock", 1}}},
		{name: "not in it", files: map[string]string{"package-lock.json": "{}"}},
		{name: "package.json where there is no lockfile", files: map[string]string{"package.json": "{\"dependencies\": {\n\"a\": \"^1\"}}"},
			loadedBy: []Reference{{"package.json", 2}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := lockedTree(t, c.files)
			p := r.plugin("node_modules/a")
			if p == nil || !slices.Equal(p.LoadedBy, c.loadedBy) {
				t.Fatalf("got %+v, want it loaded by %v", p, c.loadedBy)
			}
			i := slices.IndexFunc(p.Observations, func(o Observation) bool { return o.Kind == LockfileMismatch })
			if (i >= 0) != (c.mismatch != "") || i >= 0 && !strings.Contains(p.Observations[i].Text, c.mismatch) {
				t.Errorf("got %v, want a mismatch with %q", p.Observations, c.mismatch)
			}
			if len(r.fails) > 0 {
				t.Error(r.fails)
			}
		})
	}
}

func TestALockfileThatCannotBeReadMakesTheRunIncomplete(t *testing.T) {
	for name, text := range map[string]string{
		"package-lock.json": "{\n\"packages\": ",
		"bun.lock":          "[1,,]",
		"yarn.lock":         strings.Repeat("x", maxLockLine+1),
	} {
		r := lockedTree(t, map[string]string{name: text})
		if len(r.fails) != 1 || !strings.HasPrefix(r.fails[0], name+": lockfile: line ") || r.plugin("node_modules/a") == nil {
			t.Errorf("%s: got %v, %v", name, r.fails, r.listed("node"))
		}
	}
}

func TestLockfilesThatInstalledNothingAreNotBelieved(t *testing.T) {
	stale := "a@^9:\n  version \"9.0.0\"\nw@^9:\n  version \"9.0.0\"\n"
	r := recordWalk(t, openDir(t, plant(t, map[string]string{
		"package-lock.json": `{"packages": {"node_modules/w": {"version": "1.0.0"},
			"node_modules/w/node_modules/a": {"version": "1.0.0"},
			"apps/one/node_modules/a": {"version": "1.0.0"}}}`,
		"node_modules/w/package.json":                  `{"name": "w", "version": "1.0.0"}`,
		"node_modules/w/yarn.lock":                     stale, // shipped in a package
		"node_modules/w/node_modules/a/package.json":   `{"name": "a", "version": "1.0.0"}`,
		"apps/one/yarn.lock":                           stale, // left in a workspace
		"apps/one/node_modules/a/package.json":         `{"name": "a", "version": "1.0.0"}`,
		"apps/two/package-lock.json":                   lockA2, // installed on its own
		"apps/two/node_modules/.package-lock.json":     lockA2,
		"apps/two/node_modules/a/package.json":         `{"name": "a", "version": "2.0.0"}`,
		"apps/two/node_modules/a/package-lock.json":    lockA1,
		"apps/two/node_modules/a/npm-shrinkwrap.json":  lockA1,
		"apps/two/node_modules/a/pnpm-lock.yaml":       "packages:\n  a@9.0.0:\n",
		"apps/two/node_modules/a/.yarn/unrelated.json": "{}",
	})), Options{Hosts: []string{"node"}})
	for path, file := range map[string]string{
		"node_modules/w": "package-lock.json", "node_modules/w/node_modules/a": "package-lock.json",
		"apps/one/node_modules/a": "package-lock.json", "apps/two/node_modules/a": "apps/two/package-lock.json",
	} {
		p := r.plugin(path)
		if p == nil || len(p.LoadedBy) != 1 || p.LoadedBy[0].File != file || len(p.Observations) > 0 {
			t.Errorf("%s: got %+v, want it named by %s", path, p, file)
		}
	}
}

func TestBundledPackagesAreNotHeldAgainstLockfilesThatDoNotListThem(t *testing.T) {
	r := lockedTree(t, map[string]string{
		"yarn.lock":                     "semver@^6:\n  version \"6.0.0\"\nbig@^1:\n  version \"1.0.0\"\n",
		"node_modules/big/package.json": `{"name": "big", "version": "1.0.0", "bundleDependencies": ["semver"]}`,
		"node_modules/big/node_modules/semver/package.json": `{"name": "semver", "version": "7.0.0"}`,
		"node_modules/a/node_modules/semver/package.json":   `{"name": "semver", "version": "5.0.0"}`,
	})
	if p := r.plugin("node_modules/big/node_modules/semver"); p == nil || len(p.Observations)+len(p.LoadedBy) > 0 {
		t.Errorf("bundled: got %+v", p)
	}
	if p := r.plugin("node_modules/a/node_modules/semver"); p == nil || len(p.Observations) != 1 || p.Observations[0].Kind != LockfileMismatch {
		t.Errorf("not bundled: got %+v", p)
	}
}

func FuzzLockfiles(f *testing.F) {
	for _, seed := range []string{
		lockA1, lockA2, `{"dependencies":{"a":{"dependencies":{"b":{"version":"npm:@"}}}}}`,
		"packages:\n  /@a/b/1.0.0_x@1:\n  '@a/b@1':\n    version: 1\n  ? x\n  //:\n  @:\n",
		"\"a@npm:b@^1, c@^1\":\n  version \"1\"\n:\n@:\n  version:\n",
		`{"packages": {"a": ["a@1", {"#": []},], /* */ "b": [["c@1"]]}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := 1 + strings.Count(string(data), "\n")
		for _, m := range managers {
			entries, _ := m.parse(data)
			check := func(name string, e lockEntry) {
				if name == "" || e.line < 1 || e.line > lines {
					t.Errorf("%s: %q at line %d of %d", m.lockfile, name, e.line, lines)
				}
				if e.version != "" && (e.version[0] < '0' || e.version[0] > '9') {
					t.Errorf("%s: version %q", m.lockfile, e.version)
				}
			}
			for name, e := range entries.byPath {
				check(name, e)
			}
			for name, es := range entries.byName {
				for _, e := range es {
					check(name, e)
				}
			}
		}
	})
}

// A dropper that has done its work deletes its setup script and puts a clean
// package.json of another version in the place of its own.
func TestALockedInstallScriptThatIsGoneIsTold(t *testing.T) {
	const lock = `{"packages": {"node_modules/a": {"version": "4.2.1", "hasInstallScript": true}}}`
	for name, c := range map[string]struct {
		files map[string]string
		told  bool
	}{
		"gone":                     {map[string]string{"node_modules/a/package.json": `{"name": "a", "version": "4.2.0"}`}, true},
		"an empty one is none":     {map[string]string{"node_modules/a/package.json": `{"name": "a", "version": "4.2.0", "scripts": {"install": ""}}`}, true},
		"still there":              {map[string]string{"node_modules/a/package.json": `{"name": "a", "version": "4.2.0", "scripts": {"postinstall": "x"}}`}, false},
		"npm builds a binding.gyp": {map[string]string{"node_modules/a/package.json": `{"name": "a", "version": "4.2.0"}`, "node_modules/a/binding.gyp": "{}"}, false},
	} {
		c.files["package-lock.json"] = lock
		r := recordWalk(t, openDir(t, plant(t, c.files)), Options{Hosts: []string{"node"}})
		o := r.plugin("node_modules/a").Observations
		if len(o) != 1 || o[0].Kind != LockfileMismatch || strings.Contains(o[0].Text, "has an install script and this one has none") != c.told {
			t.Errorf("%s: got %+v", name, o)
		}
	}
}
