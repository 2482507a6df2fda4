package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// unreadable is a tree with one directory that nobody may list.
type unreadable struct {
	Tree
	dir string
}

func (u unreadable) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == u.dir {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.Tree.ReadDir(name)
}

func TestGlobTellsWhatKeptItFromLooking(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "lib/shut"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "file"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{"out": "../../x", "nowhere": "/gone", "loop": "loop"} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	for pattern, want := range map[string]struct {
		name string
		err  error
	}{
		"lib/{shut,none}/*.so":  {"lib/shut", fs.ErrPermission},
		"lib/*/*.so":            {"lib/shut", fs.ErrPermission},
		"lib/**/*.so":           {"lib/shut", fs.ErrPermission},
		"out/modules/*.so":      {"out", ErrOutside},
		"out":                   {"out", ErrOutside},
		"loop/*.so":             {"loop", ErrLoop},
		"{lib,out}/a/*.so":      {"out", ErrOutside},
		"{o,p}{,ut}/**/*.a":     {"out", ErrOutside},
		"nowhere/modules/*.so":  {"nowhere", fs.ErrNotExist},
		"{none,file/x,lib}/*.a": {},
		"file/*":                {},
	} {
		var told []string
		got, err := Glob(unreadable{dir, "lib/shut"}, pattern, func(name string, err error) {
			if !errors.Is(err, want.err) {
				t.Errorf("%s: %s: %v, want %v", pattern, name, err, want.err)
			}
			told = append(told, name)
		})
		if told = slices.Compact(told); len(got) > 0 || err != nil || fmt.Sprint(told) != fmt.Sprintf("[%s]", want.name) {
			t.Errorf("%s: %q, %v; told %q, want %q", pattern, got, err, told, want.name)
		}
	}
}

func TestGlobFollowsLinksThatAreNamedAfterAWildcard(t *testing.T) {
	tr, _ := sample(t)
	for _, pattern := range []string{"{usr,opt}/share/nginx/modules/*.so", "usr/*/nginx/modules/*.so", "{usr,opt}/share/nginx/modules/**/*.so"} {
		got, err := Glob(tr, pattern, unexpected(t))
		if !slices.Contains(got, "usr/share/nginx/modules/a.so") || err != nil {
			t.Errorf("Glob(%q) = %q, %v", pattern, got, err)
		}
	}
}
