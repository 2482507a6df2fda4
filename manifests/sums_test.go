package manifests

import (
	"bytes"
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/dirhash"
)

// odd are names that a file system holds and that formats stumble over.
var odd = []string{"a", "b/c.js", "b-c", "é", "x y", `back\slash`, "\xff\xfe", "-n", "*star", " lead", "b/\\n", "cr\rx", "Z"}

func writeFiles(t *testing.T, root string, names []string) []FileSum {
	t.Helper()
	var sums []FileSum
	for _, name := range names {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("content of "+name), 0o644); err != nil {
			t.Fatal(err)
		}
		sums = append(sums, FileSum{name, sha256.Sum256([]byte("content of " + name))})
	}
	return sums
}

func TestTreeDigestIsDirhash(t *testing.T) {
	root := t.TempDir()
	sums := writeFiles(t, root, odd)
	got, err := TreeDigest(sums)
	if err != nil {
		t.Fatal(err)
	}
	want, err := dirhash.HashDir(root, "", dirhash.Hash1)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("got %s, dirhash has %s", got, want)
	}
	if _, err := TreeDigest([]FileSum{{Name: "a\nb"}}); err == nil {
		t.Error("a name with a newline has a tree digest")
	}
}

func TestSHA256SumAcceptsTheSums(t *testing.T) {
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("this machine has no sha256sum (macOS): its format is what is tested")
	}
	root := t.TempDir()
	names := append([]string{"new\nline", "dir/new\nline\\n"}, odd...)
	sums := newSums(writeFiles(t, root, names))
	list := filepath.Join(t.TempDir(), "NAME.sums")
	if err := os.WriteFile(list, sums.Encode(), 0o644); err != nil {
		t.Fatal(err)
	}
	check := func() ([]byte, error) {
		cmd := exec.Command(tool, "--check", "--strict", list)
		cmd.Dir = root
		return cmd.CombinedOutput()
	}
	if out, err := check(); err != nil || bytes.Count(out, []byte(": OK\n")) != len(names) {
		t.Errorf("%v\n%s", err, out)
	}
	if err := os.WriteFile(filepath.Join(root, "new\nline"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := check(); err == nil {
		t.Errorf("a changed file was accepted:\n%s", out)
	}
	again, err := ParseSums("NAME.sums", sums.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Encode(), sums.Encode()) || len(again.files) != len(names) {
		t.Error("the sums did not survive")
	}
}

func TestSumsThatAreWrongAreRefused(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	for name, in := range map[string]string{
		"no name":               hash + "  \n",
		"short digest":          hash[2:] + "  name\n",
		"no hex":                strings.Repeat("xy", 32) + "  name\n",
		"one space":             hash + " name\n",
		"an empty line":         hash + "  a\n\n",
		"absolute":              hash + "  /etc/passwd\n",
		"climbing":              hash + "  a/../../b\n",
		"twice":                 hash + "  a\n" + hash + "  a\n",
		"half an escape":        `\` + hash + "  a\\\n",
		"an escape that is not": `\` + hash + "  a\\t\n",
		"a long name":           hash + "  " + strings.Repeat("a", maxName+1) + "\n",
	} {
		if _, err := ParseSums("x.sums", []byte(in)); err == nil || !strings.HasPrefix(err.Error(), "x.sums:") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestANestedPackageKeepsItsOwnLines(t *testing.T) {
	outer := plugin(t, "node", "a", "1", "node_modules/a", map[string]string{"index.js": "1", "node_modules.js": "2"})
	inner := plugin(t, "node", "b", "1", "node_modules/a/node_modules/b", map[string]string{"index.js": "3"})
	odd := plugin(t, "node", "c", "1", "node_modules/\xff\\c", map[string]string{"x": "4"})
	out := approved(t, outer, inner, odd)
	if bad := withoutLines(out.Sums, out.Manifest); len(bad) > 0 {
		t.Errorf("sums do not hash to %v", bad)
	}
	if len(out.Sums.files) != 4 {
		t.Errorf("%d lines:\n%s", len(out.Sums.files), out.Sums.Encode())
	}
}

func FuzzSums(f *testing.F) {
	f.Add([]byte(strings.Repeat("ab", 32) + "  a/b\n\\" + strings.Repeat("cd", 32) + " *a\\nb\\\\\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseSums("f", data)
		if err != nil {
			return
		}
		again, err := ParseSums("f", s.Encode())
		if err != nil || !bytes.Equal(again.Encode(), s.Encode()) || len(again.files) != len(s.files) {
			t.Fatalf("%v: %q became %q", err, s.Encode(), again.Encode())
		}
	})
}

func TestLinesGoToTheNearestPluginAboveThem(t *testing.T) {
	m := &Manifest{Plugins: []Entry{{Path: "a/b"}, {Path: "a/b/n/c"}, {Path: "one.so"}}}
	long := "a/b/" + strings.Repeat("d/", 2000) + "x"
	var s Sums
	for _, name := range []string{"a/b/f", "a/b/n/c/d/f", "a/b/n/c/f", "a/bc/f", "a/f", long, "one.so", "one.so2"} {
		s.files = append(s.files, FileSum{Name: name})
	}
	got := map[string][]string{}
	for place, p := range s.byPlugin(m) {
		for _, f := range p.absolute() {
			got[place] = append(got[place], f.Name)
		}
	}
	want := map[string][]string{"a/b": {"a/b/f", long}, "a/b/n/c": {"a/b/n/c/d/f", "a/b/n/c/f"}, "one.so": {"one.so"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("lines by plugin are %v, want %v", got, want)
	}
}

func TestSumsTakeNoMoreMemoryThanTheirLinesCanNeed(t *testing.T) {
	data := bytes.Repeat([]byte("\n"), 1<<20)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := ParseSums("NAME.sums", data); err == nil {
		t.Fatal("lines without a sum are accepted")
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 8<<20 {
		t.Errorf("a MB of empty lines took %d bytes, want at most 8 MB", took)
	}
}
