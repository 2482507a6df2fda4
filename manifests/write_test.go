package manifests

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestWriteAndReadAgain(t *testing.T) {
	out := approved(t, module(t, "php", "a", "a.so", "1"))
	dir := t.TempDir()
	path := filepath.Join(dir, "fleet.toml")
	if err := Write(path, out.Manifest, out.Sums); err != nil {
		t.Fatal(err)
	}
	m, data, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	sums, err := ReadSums(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(m, out.Manifest) || string(data) != string(out.Manifest.Encode()) || !reflect.DeepEqual(sums, out.Sums) {
		t.Errorf("read %+v and %+v", m, sums)
	}
	if got := names(t, dir); got != "fleet.sums fleet.toml" {
		t.Errorf("left behind: %s", got)
	}
}

func TestWriteKeepsModeAndLink(t *testing.T) {
	out := approved(t, module(t, "php", "a", "a.so", "1"))
	real, dir := t.TempDir(), t.TempDir()
	target := filepath.Join(real, "m.toml")
	if err := os.WriteFile(target, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "m.toml")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, out.Manifest, out.Sums); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info, err)
	}
	info, err := os.Stat(target)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("%v %v", info, err)
	}
}

func TestAFailedWriteLeavesEverythingAsItWas(t *testing.T) {
	out := approved(t, module(t, "php", "a", "a.so", "1"))
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "d.sums"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "d.toml"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(dir, "absent", "m.toml"), out.Manifest, out.Sums); err == nil {
		t.Error("wrote into a directory that is not there")
	}
	if err := Write(filepath.Join(dir, "d.toml"), out.Manifest, out.Sums); err == nil {
		t.Error("wrote over a directory")
	}
	if old, err := os.ReadFile(filepath.Join(dir, "d.sums")); err != nil || string(old) != "old" {
		t.Errorf("sums are %q, %v", old, err)
	}
	if got := names(t, dir); strings.Contains(got, ".tmp") {
		t.Errorf("left behind: %s", got)
	}
}

func TestTheIDOfANewManifestIsItsFileName(t *testing.T) {
	for path, want := range map[string]string{"a/web-fleet.toml": "web-fleet", "plugins": "plugins", ".toml": "plugins", "": "plugins", "a.b.toml": "a.b"} {
		if got := DefaultID(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return strings.Join(list, " ")
}
