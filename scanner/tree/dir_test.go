package tree

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Every directory is kept open for a while, and there are more than are kept.
func TestManyDirectoriesAreReadAtOnce(t *testing.T) {
	root := t.TempDir()
	var names []string
	for i := range 3 * maxOpen {
		dir := fmt.Sprintf("a/b%d/c%d", i%7, i)
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
		name := dir + "/file"
		if err := os.WriteFile(filepath.Join(root, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	tr, err := OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, name := range names {
				f, err := tr.OpenListed(name)
				if err != nil {
					t.Error(err)
					return
				}
				data, err := io.ReadAll(f)
				if string(data) != name || err != nil {
					t.Errorf("%s holds %q, %v", name, data, err)
				}
				f.Close()
			}
		})
	}
	group.Wait()
	d := tr.(*dir)
	if len(d.open) == 0 || len(d.open) > maxOpen {
		t.Errorf("%d directories are open, of %d at most", len(d.open), maxOpen)
	}
	for name, h := range d.open {
		if h.users != 1 {
			t.Errorf("%s has %d users when nobody uses it", name, h.users)
		}
	}
	if err := tr.Close(); err != nil || len(d.open) != 0 {
		t.Errorf("%d directories are open after Close, %v", len(d.open), err)
	}
}

func TestListingHasWhatTheSystemLists(t *testing.T) {
	tr, root := sample(t)
	for _, dir := range []string{".", "usr", "usr/share/nginx", "usr/lib/nginx/modules"} {
		got, err := tr.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadDir(filepath.Join(root, dir))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%s: %v, want %v", dir, got, want)
		}
		for i, e := range got {
			info, err := e.Info()
			if err != nil {
				t.Fatal(err)
			}
			if e.Name() != want[i].Name() || e.Type() != want[i].Type() || e.IsDir() != want[i].IsDir() || info.Mode().Type() != e.Type() {
				t.Errorf("%s: %v, want %v", dir, e, want[i])
			}
		}
	}
	if _, err := tr.ReadDir("nothing"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("listing nothing: %v", err)
	}
	// A link in the name is followed below the root, and no further.
	if err := os.Symlink("usr/lib", filepath.Join(root, "lib")); err != nil {
		t.Fatal(err)
	}
	if entries, err := tr.ReadDir("lib/nginx/modules"); err != nil || len(entries) != 1 {
		t.Errorf("through a link: %v, %v", entries, err)
	}
}

// What was listed as a file may be a link by the time it is opened.
func TestOpenListedFollowsNoLink(t *testing.T) {
	tr, root := sample(t)
	if err := os.Symlink("a.so", filepath.Join(root, "usr/lib/nginx/modules/b.so")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"usr/lib/nginx/modules/b.so", "usr/share/nginx/out", "usr/lib/nginx", "pipe", "loop-a"} {
		if f, err := tr.OpenListed(name); !errors.Is(err, ErrNotRegular) {
			t.Errorf("OpenListed(%q) = %v, %v; want ErrNotRegular", name, f, err)
		}
	}
	f, err := tr.OpenListed("usr/lib/nginx/modules/a.so")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := os.Lstat(filepath.Join(root, "usr/lib/nginx/modules/a.so"))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Opened(); got.Size() != want.Size() || got.Mode() != want.Mode() || !got.ModTime().Equal(want.ModTime()) {
		t.Errorf("it has size %d, mode %v, time %v; want %v", got.Size(), got.Mode(), got.ModTime(), want)
	}
}
