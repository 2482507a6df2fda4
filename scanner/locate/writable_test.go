package locate

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestStickyDirectoriesProtectWhatIsThere(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"sticky/safe", "open/below", "plain"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for dir, mode := range map[string]os.FileMode{"sticky": 0o777 | os.ModeSticky, "open": 0o777} {
		if err := os.Chmod(filepath.Join(root, dir), mode); err != nil {
			t.Fatal(err)
		}
	}
	s := &survey{tree: openDir(t, root)}
	for _, name := range []string{"sticky/m.so", "sticky/safe/m.so", "open/below/m.so", "plain/m.so"} {
		if err := os.WriteFile(filepath.Join(root, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"sticky/m.so":      "sticky", // others may have made it first
		"sticky/safe/m.so": "",       // others cannot replace sticky/safe
		"open/below/m.so":  "open",   // others can replace open/below
		"plain/m.so":       "",
	} {
		if got, _ := s.writable(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestPackagesOfEveryKindAreObservedWhereOthersMayWrite(t *testing.T) {
	root := plant(t, map[string]string{
		"node_modules/a/a.js":            "",
		"node_modules/.hidden/h.js":      "",
		"wp-content/plugins/w/w.php":     "",
		"wp-content/plugins/safe/s.php":  "",
		"vendor/composer/installed.json": `{"packages": [{"name": "c/c", "version": "1", "install-path": "../c/c"}]}`,
		"vendor/c/c/c.php":               "",
	})
	want := []string{"node_modules/.hidden", "node_modules/a", "vendor/c/c", "wp-content/plugins/w"}
	for _, dir := range want {
		if err := os.Chmod(filepath.Join(root, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, p := range recordWalk(t, openDir(t, root), Options{}).plugins {
		for _, o := range p.Observations {
			if o.Kind == WritablePath && o.Path == p.Path {
				got = append(got, p.Path)
			}
		}
	}
	slices.Sort(got)
	checkList(t, "writable", got, want)
}
