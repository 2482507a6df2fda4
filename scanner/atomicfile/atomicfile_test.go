package atomicfile

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func put(t *testing.T, path, text string) {
	t.Helper()
	f, err := Stage(path, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestFilesAreReplacedWhole(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("file", link); err != nil {
		t.Fatal(err)
	}
	staged, err := Stage(link, []byte("new"))
	if err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(path); string(data) != "old" {
		t.Errorf("before Commit the file holds %q", data)
	}
	if err := staged.Commit(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	info, statErr := os.Lstat(path)
	if string(data) != "new" || err != nil || statErr != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("after Commit: %q, %v, %v", data, err, info.Mode())
	}
	if target, err := os.Readlink(link); target != "file" || err != nil {
		t.Errorf("the link became %q, %v", target, err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("something was left behind: %v", entries)
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f, err := Stage(filepath.Join(dir, "file"), []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestPipesAreWrittenInto(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	got := make(chan string)
	go func() {
		f, err := os.Open(pipe)
		if err != nil {
			got <- err.Error()
			return
		}
		defer f.Close()
		data, _ := io.ReadAll(f)
		got <- string(data)
	}()
	put(t, pipe, "report")
	if text := <-got; text != "report" {
		t.Errorf("got %q", text)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode().IsRegular() {
		t.Errorf("the pipe became %v, %v", info.Mode(), err)
	}
}
