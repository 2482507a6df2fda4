package signatures

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestFilesAreTheRuleFiles(t *testing.T) {
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
		text, err := os.ReadFile(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(text, f.Text) {
			t.Errorf("%s differs from its packed form: run go generate ./signatures", f.Name)
		}
	}
	want, err := filepath.Glob("*.yar")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(names, want) {
		t.Errorf("packed are %q, want %q", names, want)
	}
}

func TestNoAnchorStandsReadableInTheArchive(t *testing.T) {
	for _, anchor := range []string{"NSAppleScript", "osascript", "OSADoScript", "FasdUAS", "do shell script", "administrator privileges", "rule ", "condition"} {
		if bytes.Contains(archive, []byte(anchor)) {
			t.Errorf("%q stands readable in rules.zip", anchor)
		}
	}
}

func TestADamagedArchiveIsAnError(t *testing.T) {
	for _, packed := range [][]byte{nil, archive[:len(archive)/2], bytes.Replace(archive, archive[200:210], make([]byte, 10), 1)} {
		if _, err := unpack(packed); err == nil {
			t.Error("a damaged archive was unpacked")
		}
	}
}
