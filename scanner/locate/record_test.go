package locate

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/tree"
)

// record is a sink that keeps everything that it is told, in order.
type record struct {
	locations []Location
	plugins   []*Plugin
	done      []*Plugin
	files     map[string][]string // by path of the plugin
	links     map[string][]string // "name -> target", by path of the plugin
	skips     []string            // "name: reason"
	fails     []string            // "name: error"
}

func newRecord() *record {
	return &record{files: map[string][]string{}, links: map[string][]string{}}
}

func (r *record) Location(l Location) { r.locations = append(r.locations, l) }
func (r *record) Plugin(p *Plugin)    { r.plugins = append(r.plugins, p) }
func (r *record) File(p *Plugin, name string, _ fs.DirEntry) {
	r.files[p.Path] = append(r.files[p.Path], name)
}
func (r *record) Link(p *Plugin, name, target string) {
	r.links[p.Path] = append(r.links[p.Path], name+" -> "+target)
}
func (r *record) Done(p *Plugin)              { r.done = append(r.done, p) }
func (r *record) Skip(name, reason string)    { r.skips = append(r.skips, name+": "+reason) }
func (r *record) Fail(name string, err error) { r.fails = append(r.fails, name+": "+err.Error()) }

// plugin returns the one at path, or nil.
func (r *record) plugin(path string) *Plugin {
	if i := slices.IndexFunc(r.plugins, func(p *Plugin) bool { return p.Path == path }); i >= 0 {
		return r.plugins[i]
	}
	return nil
}

// listed returns "path name@version" of every plugin of a host, sorted by path.
func (r *record) listed(host string) []string {
	var list []string
	for _, p := range r.plugins {
		if p.Host == host {
			list = append(list, fmt.Sprintf("%s %s@%s", p.Path, p.Name, p.Version))
		}
	}
	slices.Sort(list)
	return list
}

// recordWalk walks t and returns what the sink was told. It fails the test
// where a plugin is not done, or a file has two owners.
func recordWalk(t *testing.T, tr tree.Tree, opts Options) *record {
	t.Helper()
	r := newRecord()
	if err := Walk(context.Background(), tr, opts, r); err != nil {
		t.Fatal(err)
	}
	if len(r.done) != len(r.plugins) {
		t.Errorf("%d plugins, %d of them done", len(r.plugins), len(r.done))
	}
	owners := map[string]string{}
	for owner, files := range r.files {
		for _, file := range files {
			if other, ok := owners[file]; ok && other != owner { // the same path twice is a module of two hosts
				t.Errorf("%s belongs to %s and to %s", file, owner, other)
			}
			owners[file] = owner
		}
	}
	return r
}

// openDir opens a directory of this machine for a test.
func openDir(t *testing.T, dir string) tree.Tree {
	t.Helper()
	tr, err := tree.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	return tr
}

// plant makes files in a new directory and returns it: name to content, where
// "name -> target" is a symbolic link and a name that ends in "/" a directory.
func plant(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		name, target, isLink := strings.Cut(name, " -> ")
		full := filepath.Join(root, name)
		must(os.MkdirAll(filepath.Dir(full), 0o755))
		switch {
		case isLink:
			must(os.Symlink(target, full))
		case strings.HasSuffix(name, "/"):
			must(os.MkdirAll(full, 0o755))
		default:
			must(os.WriteFile(full, []byte(content), 0o644))
		}
	}
	return root
}
