package evidence

import (
	"archive/tar"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tarOf writes headers, each with as many bytes as it says or, if those are
// more than a few, with none.
func tarOf(t *testing.T, headers ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		h.Mode, h.ModTime = 0o644, time.Unix(0, 0)
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 && h.Size < 1<<20 {
			if _, err := w.Write(make([]byte, h.Size)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Flush(); err == nil {
		w.Close()
	}
	return b.Bytes()
}

func TestAHostileTarIsNoBundle(t *testing.T) {
	file := func(name string) tar.Header {
		return tar.Header{Typeflag: tar.TypeReg, Name: name, Size: 5, Format: tar.FormatUSTAR}
	}
	good := file("dir/a.txt")
	link := func(kind byte, target string) tar.Header {
		return tar.Header{Typeflag: kind, Name: "dir/b.txt", Linkname: target, Format: tar.FormatUSTAR}
	}
	pax := file("dir/b.txt")
	pax.Format, pax.PAXRecords = tar.FormatPAX, map[string]string{"VENDOR.x": "y"}
	for name, data := range map[string][]byte{
		"a path upwards":       tarOf(t, good, file("../evil.txt")),
		"a path upwards below": tarOf(t, good, file("dir/../../evil.txt")),
		"an absolute path":     tarOf(t, good, file("/etc/evil.txt")),
		"a path in a path":     tarOf(t, good, file("dir/sub/b.txt")),
		"two directories":      tarOf(t, good, file("other/b.txt")),
		"no directory":         tarOf(t, file("b.txt")),
		"a file twice":         tarOf(t, good, good),
		"a symbolic link":      tarOf(t, good, link(tar.TypeSymlink, "/etc/passwd")),
		"a hard link":          tarOf(t, good, link(tar.TypeLink, "dir/a.txt")),
		"a device":             tarOf(t, good, link(tar.TypeChar, "")),
		"a pipe":               tarOf(t, good, link(tar.TypeFifo, "")),
		"a directory entry":    tarOf(t, tar.Header{Typeflag: tar.TypeDir, Name: "dir/", Format: tar.FormatUSTAR}, good),
		"an extended header":   tarOf(t, good, pax),
		"a name with an escape": tarOf(t, good, tar.Header{
			Typeflag: tar.TypeReg, Name: "dir/\x1b[2J", Size: 5, Format: tar.FormatUSTAR}),
		"more than there is": tarOf(t, tar.Header{Typeflag: tar.TypeReg, Name: "dir/a.txt", Size: 1 << 32, Format: tar.FormatUSTAR}),
		"a sparse file":      sparse(t),
		"nothing":            {},
		"no tar":             []byte("hello"),
		"zeros":              make([]byte, 1<<16),
		"not the same order": tarOf(t, file("dir/b.txt"), file("dir/a.txt")),
		"compressed":         append([]byte{0x1f, 0x8b, 8, 0}, make([]byte, 600)...),
	} {
		path := filepath.Join(t.TempDir(), "bundle.tar")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil {
			t.Errorf("%s: is read", name)
		} else if strings.ContainsRune(err.Error(), '\x1b') {
			t.Errorf("%s: an escape reaches the message: %q", name, err)
		}
	}
}

// sparse is a tar of some hundred bytes whose one file has a terabyte.
func sparse(t *testing.T) []byte {
	t.Helper()
	h := tar.Header{Typeflag: tar.TypeReg, Name: "dir/a.txt", Size: 0, Format: tar.FormatPAX, PAXRecords: map[string]string{
		"XYZ.sparse.size": "1099511627776", "XYZ.sparse.numblocks": "1", "XYZ.sparse.map": "0,0",
	}}
	// The writer refuses the records of GNU, which have names as long.
	return bytes.ReplaceAll(tarOf(t, h), []byte("XYZ.sparse."), []byte("GNU.sparse."))
}

// A file that is larger than any bundle is not read at all.
func TestAHugeFileIsNotRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bundle.tar")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(1 << 40); err != nil { // it takes no room
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); err == nil || !strings.Contains(err.Error(), "more than a bundle may have") {
		t.Error(err)
	}
}

// Whatever decodes is what encodeTar writes, to the byte.
func FuzzDecodeTar(f *testing.F) {
	at := time.Date(2026, 11, 23, 3, 1, 0, 0, time.UTC)
	for _, files := range []Files{{"a.txt": []byte("one")}, {"index.json": []byte("{}\n"), "b": nil}} {
		data, err := encodeTar(files, "plugvet-evidence-1", at)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := decodeTar(data)
		if err != nil {
			return
		}
		h, err := tar.NewReader(bytes.NewReader(data)).Next()
		if err != nil {
			t.Fatal(err)
		}
		dir, _, _ := strings.Cut(h.Name, "/")
		again, err := encodeTar(files, dir, h.ModTime)
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("another tar of the same files: %v", err)
		}
	})
}

// Whatever files come: no panic, and no bundle that holds without all it needs.
func FuzzVerify(f *testing.F) {
	b := create(f, input(f, "debian", 23))
	f.Add(b.Files[indexFile], b.Files[checksumsFile], b.Files[statementFile], b.Files[reportFile])
	f.Fuzz(func(t *testing.T, index, checksums, statement, report []byte) {
		files := clone(b.Files)
		files[indexFile], files[checksumsFile], files[statementFile], files[reportFile] = index, checksums, statement, report
		v := verifyFiles(files, Trust{})
		if v.OK() && !bytes.Equal(checksums, files.checksums()) {
			t.Error("SHA256SUMS does not list what is there")
		}
		if err := v.WriteText(new(bytes.Buffer)); err != nil {
			t.Error(err)
		}
	})
}
