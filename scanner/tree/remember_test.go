package tree_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"plugvet/scanner/tree"
)

// counting is a tree that counts how often each name is looked up.
type counting struct {
	tree.Tree
	asked map[string]int
}

func (c counting) Lstat(name string) (fs.FileInfo, error) {
	c.asked[name]++
	return c.Tree.Lstat(name)
}

func TestDirectoriesAndWhatIsNotThereAreLookedUpOnce(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "usr/lib"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "usr/lib/kit.so"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("usr/lib", filepath.Join(dir, "lib")); err != nil {
		t.Fatal(err)
	}
	below, err := tree.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer below.Close()
	c := counting{below, map[string]int{}}
	remembering := tree.Remember(c)
	for range 3 {
		if got, err := tree.Resolve(remembering, "lib/kit.so"); err != nil || got != "usr/lib/kit.so" {
			t.Fatalf("lib/kit.so is %q, %v", got, err)
		}
		if _, err := tree.Resolve(remembering, "opt/kit.so"); !os.IsNotExist(err) {
			t.Fatalf("opt/kit.so: %v, want that it does not exist", err)
		}
	}
	for name, want := range map[string]int{"usr": 1, "usr/lib": 1, "opt": 1, "lib": 3, "usr/lib/kit.so": 3} {
		if c.asked[name] != want {
			t.Errorf("%s was looked up %d times, want %d", name, c.asked[name], want)
		}
	}
}
