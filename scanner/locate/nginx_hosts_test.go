//go:build hosts

package locate

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// run runs a program of this machine and returns what it prints, errors included.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// realPath is the path of a file of this machine as the walk names it.
func realPath(t *testing.T, name string) string {
	t.Helper()
	resolved, err := filepath.EvalSymlinks(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(resolved, "/")
}

func recordMachine(t *testing.T, host string) *record {
	t.Helper()
	r := recordWalk(t, openDir(t, "/"), Options{Hosts: []string{host}, Machine: true})
	for _, fail := range r.fails {
		t.Errorf("incomplete: %s", fail)
	}
	return r
}

// loaded returns the paths of the plugins that a config loads, sorted.
func (r *record) loaded(host string) []string {
	var list []string
	for _, p := range r.plugins {
		if p.Host == host && len(p.LoadedBy) > 0 {
			list = append(list, p.Path)
		}
	}
	slices.Sort(list)
	return list
}

// nginx -T prints the configuration that it read; -V the prefix of its names.
func TestNginxAgreesWithNginx(t *testing.T) {
	prefix := regexp.MustCompile(`--prefix=(\S+)`).FindStringSubmatch(run(t, "nginx", "-V"))[1]
	var want []string
	for _, m := range regexp.MustCompile(`(?m)^\s*load_module\s+"?([^";]+)"?;`).FindAllStringSubmatch(run(t, "nginx", "-T"), -1) {
		name := m[1]
		if !filepath.IsAbs(name) {
			name = filepath.Join(prefix, name)
		}
		want = append(want, realPath(t, name))
	}
	if len(want) < 25 {
		t.Fatalf("nginx loads %d modules, want at least 25: install all of libnginx-mod-*", len(want))
	}
	r := recordMachine(t, "nginx")
	equal(t, "loaded", r.loaded("nginx"), want)
	equal(t, "servers", r.servers("nginx"), []string{realPath(t, "/usr/sbin/nginx")})
	equal(t, "unknown locations", r.observed(UnknownLocation), nil)
	equal(t, "only present", r.presentOnly("nginx"), nil)
}

func TestNginxModulesShowTheirMark(t *testing.T) {
	r := recordWalk(t, openDir(t, "/usr/lib/nginx/modules"), Options{Hosts: []string{"nginx"}})
	entries, err := os.ReadDir("/usr/lib/nginx/modules")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, entry := range entries {
		want = append(want, entry.Name())
	}
	equal(t, "modules", r.presentOnly("nginx"), want)
}
