package boundedfile

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestOnlyARegularFileWithinTheLimitIsRead(t *testing.T) {
	dir := t.TempDir()
	file, pipe := filepath.Join(dir, "file"), filepath.Join(dir, "pipe")
	if err := os.WriteFile(file, []byte("1234"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := Read(file, 4); err != nil || string(data) != "1234" {
		t.Errorf("%q, %v", data, err)
	}
	for path, want := range map[string]string{file: "more than 3 bytes", pipe: "not a regular file", dir: "not a regular file", dir + "/x": "no such file"} {
		if _, err := Read(path, 3); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}
