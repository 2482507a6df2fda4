//go:build hosts

package locate

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The trees come from testdata/hosts/install.sh; those that it does not make
// are installed here, from npm's registry.
const hostsDir = "../../build/hosts"

// hostsTree returns the absolute path of a tree that install.sh made.
func hostsTree(t *testing.T, name string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join(hostsDir, name))
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		t.Fatalf("%v; testdata/hosts/install.sh makes it", err)
	}
	return dir
}

// output runs a command in dir and returns what it prints. The list commands
// leave with an error where they find a tree untidy, so only silence is one.
func output(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CI=true", "NO_COLOR=1")
	out, err := cmd.Output()
	if len(out) == 0 {
		t.Fatalf("%s %s: no output, %v", name, strings.Join(args, " "), err)
	}
	return string(out)
}

// installed makes a project of the given files and installs it by npm.
func installed(t *testing.T, files map[string]string, args ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(plant(t, files))
	if err != nil {
		t.Fatal(err)
	}
	output(t, dir, "npm", append([]string{"install", "--ignore-scripts", "--no-audit", "--no-fund"}, args...)...)
	return dir
}

// npmList is what npm ls says of a project: real path to name@version.
func npmList(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	for line := range strings.Lines(output(t, dir, "npm", "ls", "--all", "--parseable", "--long")) {
		path, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		if path == dir {
			continue // the project itself
		}
		if _, real, ok := strings.Cut(rest, "@npm:"); ok {
			rest = real // an alias
		}
		id, rest, _ := strings.Cut(rest, ":")
		if strings.HasPrefix(rest, "/") {
			path, _, _ = strings.Cut(rest, ":") // a link, and where it leads
		}
		list[strings.TrimPrefix(path, dir+"/")] = id
	}
	return list
}

// pnpmPackage is one package in what pnpm ls prints.
type pnpmPackage struct {
	From, Version, Path string
	pnpmDependencies
}

type pnpmDependencies struct {
	Dependencies, DevDependencies, OptionalDependencies, UnsavedDependencies map[string]pnpmPackage
}

// pnpmList is what pnpm ls says of all projects of a workspace: real path to
// name@version. It lists optional packages of other platforms, which are not
// on disk, and cuts a package that it showed before to its path.
func pnpmList(t *testing.T, dir string) map[string]string {
	t.Helper()
	var projects []pnpmDependencies
	out := output(t, dir, filepath.Join(hostsTree(t, "bin"), "pnpm"), "ls", "-r", "--depth", "Infinity", "--json")
	if err := json.Unmarshal([]byte(out), &projects); err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	var add func(pnpmDependencies)
	add = func(d pnpmDependencies) {
		for _, packages := range []map[string]pnpmPackage{d.Dependencies, d.DevDependencies, d.OptionalDependencies, d.UnsavedDependencies} {
			for _, p := range packages {
				if _, err := os.Lstat(p.Path); err != nil {
					continue
				}
				if strings.HasPrefix(p.Version, "link:") { // shown before, or a workspace's own
					p.Version = versionOf(t, p.Path)
				}
				list[strings.TrimPrefix(p.Path, dir+"/")] = p.From + "@" + p.Version
				add(p.pnpmDependencies)
			}
		}
	}
	for _, project := range projects {
		add(project)
	}
	return list
}

func versionOf(t *testing.T, dir string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, packageJSON))
	var stated struct{ Version string }
	if err == nil {
		err = json.Unmarshal(data, &stated)
	}
	if err != nil {
		t.Fatal(err)
	}
	return stated.Version
}

// located is what the walk finds in dir: path to name@version.
func located(t *testing.T, dir string) (map[string]string, *record) {
	t.Helper()
	r := recordWalk(t, openDir(t, dir), Options{Hosts: []string{"node"}})
	checkList(t, "fails", r.fails, nil)
	list := map[string]string{}
	for _, p := range r.plugins {
		list[p.Path] = p.Name + "@" + p.Version
	}
	return list, r
}

func compare(t *testing.T, got, want map[string]string) {
	t.Helper()
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if got[path] != want[path] {
			t.Errorf("%s: located %q, listed %q", path, got[path], want[path])
		}
	}
	for _, path := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[path]; !ok {
			t.Errorf("%s: located %q, not listed", path, got[path])
		}
	}
	t.Logf("%d packages", len(want))
}

// quiet checks what a fresh installation must show: the lockfile names every
// package but those that others bundle, and nothing is odd about any.
func quiet(t *testing.T, r *record, lockfile string) {
	t.Helper()
	for _, p := range r.plugins {
		for _, o := range p.Observations {
			if o.Kind != WritablePath {
				t.Errorf("%s: %s", p.Path, o.Text)
			}
		}
		if len(p.LoadedBy) != 1 || p.LoadedBy[0].File != lockfile || p.LoadedBy[0].Line == 0 {
			t.Errorf("%s: named by %v", p.Path, p.LoadedBy)
		}
	}
}

func TestHostsNpmListsTheSamePackages(t *testing.T) {
	for name, dir := range map[string]func(*testing.T) string{
		"install.sh's": func(t *testing.T) string { return hostsTree(t, "npm") },
		"large": func(t *testing.T) string {
			return installed(t, map[string]string{"package.json": `{"name": "large", "version": "1.0.0", "dependencies": {
				"express": "4.21.2", "webpack": "5.97.1", "eslint": "8.57.1", "jest": "29.7.0", "@babel/core": "7.26.0",
				"react-scripts": "5.0.1", "npm": "10.9.2", "old": "npm:lodash@3.10.1", "is-odd": "3.0.1"}}`})
		},
		"workspace": func(t *testing.T) string {
			return installed(t, map[string]string{
				"package.json":            `{"name": "root", "version": "1.0.0", "workspaces": ["packages/*", "apps/*"], "dependencies": {"debug": "2.6.9"}}`,
				"packages/a/package.json": `{"name": "@me/a", "version": "1.0.0", "dependencies": {"debug": "4.4.0", "@me/b": "^2.0.0"}}`,
				"packages/b/package.json": `{"name": "@me/b", "version": "2.0.0", "peerDependencies": {"react": "18.3.1"}}`,
				"apps/c/package.json":     `{"name": "c", "version": "3.0.0", "dependencies": {"ms": "1.0.0", "@me/a": "*"}, "optionalDependencies": {"fsevents": "2.3.3"}}`,
			})
		},
		"legacy lockfile": func(t *testing.T) string {
			return installed(t, map[string]string{"package.json": `{"name": "legacy", "version": "1.0.0", "dependencies": {
				"eslint": "8.57.1", "express": "4.21.2", "old": "npm:lodash@3.10.1"}}`}, "--lockfile-version=1")
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := dir(t)
			got, r := located(t, dir)
			compare(t, got, npmList(t, dir))
			quiet(t, r, "package-lock.json")
		})
	}
}

func TestHostsPnpmListsTheSamePackages(t *testing.T) {
	dir := hostsTree(t, "pnpm")
	got, r := located(t, dir)
	want := pnpmList(t, dir)
	compare(t, got, want)
	quiet(t, r, "pnpm-lock.yaml")
}

func TestHostsAChangedPackageIsAMismatch(t *testing.T) {
	dir := installed(t, map[string]string{"package.json": `{"name": "x", "version": "1.0.0", "dependencies": {"is-odd": "3.0.1"}}`})
	metadata := filepath.Join(dir, "node_modules/is-number/package.json")
	data, err := os.ReadFile(metadata)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(data), `"version": "6.0.0"`, `"version": "6.0.1"`, 1)
	if err := os.WriteFile(metadata, []byte(changed), 0o644); err != nil || changed == string(data) {
		t.Fatalf("changed %v, %v", changed != string(data), err)
	}
	_, r := located(t, dir)
	for _, p := range r.plugins {
		if mismatched := slices.ContainsFunc(p.Observations, func(o Observation) bool { return o.Kind == LockfileMismatch }); mismatched != (p.Name == "is-number") {
			t.Errorf("%s: %v", p.Name, p.Observations)
		}
	}
}
