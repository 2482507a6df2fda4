package inspect

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"plugvet/scanner/tree"
)

// write makes a tree with one file and returns the tree and its path.
func write(t *testing.T, data []byte) (tree.Tree, string) {
	t.Helper()
	root := t.TempDir()
	name := filepath.Join(root, "file.js")
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	tr, err := tree.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	return tr, name
}

func TestReadHashesTheBytesThatItReturns(t *testing.T) {
	var r Reader // one for all, so that a buffer is used again
	for _, size := range []int{3*chunkSize + 1, 0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 100} {
		want := bytes.Repeat([]byte("a line of a script\n"), size/19+1)[:size]
		tr, _ := write(t, want)
		for _, limit := range []int64{0, int64(size), int64(size) + 1} {
			f, err := r.Read(t.Context(), tr, "file.js", limit)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(f.Data, want) || f.SHA256 != sha256.Sum256(want) || f.Size != int64(size) || f.Oversize || f.Facts == nil {
				t.Errorf("%d bytes, limit %d: %d bytes, oversize %v, facts %v", size, limit, len(f.Data), f.Oversize, f.Facts)
			}
		}
	}
}

func TestReadOnlyHashesWhatIsBeyondTheLimit(t *testing.T) {
	data := bytes.Repeat([]byte("x"), 2*chunkSize+5)
	tr, _ := write(t, data)
	f, err := new(Reader).Read(t.Context(), tr, "file.js", int64(len(data)-1))
	if err != nil {
		t.Fatal(err)
	}
	if !f.Oversize || f.Data != nil || f.Facts != nil || f.SHA256 != sha256.Sum256(data) || f.Size != int64(len(data)) {
		t.Errorf("oversize %v, data %v, facts %v, size %d", f.Oversize, f.Data != nil, f.Facts, f.Size)
	}
}

// A sparse file claims gigabytes that it does not have on disk. 256 MiB here;
// the time of 5 GB is that of SHA-256 alone.
func TestReadHashesASparseFileInLittleMemory(t *testing.T) {
	const size = 256 << 20
	tr, path := write(t, nil)
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := new(Reader).Read(t.Context(), tr, "file.js", 1<<20)
	runtime.ReadMemStats(&after)
	if err != nil || !f.Oversize || f.Size != size {
		t.Fatalf("%+v, %v", f, err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
		t.Errorf("hashing %d bytes allocated %d", size, used)
	}
}

func TestReaderDropsALargeBuffer(t *testing.T) {
	r := Reader{buffer: make([]byte, 0, keepSize+1)}
	tr, _ := write(t, []byte("small"))
	if _, err := r.Read(t.Context(), tr, "file.js", 0); err != nil {
		t.Fatal(err)
	}
	if cap(r.buffer) > keepSize {
		t.Errorf("it keeps a buffer of %d bytes", cap(r.buffer))
	}
}

// meddler is a tree whose files suffer something just before the read that
// meets their end.
type meddler struct {
	tree.Tree
	do func()
}

func (m meddler) OpenListed(name string) (tree.File, error) {
	f, err := m.Tree.OpenListed(name)
	return &meddledFile{f, m.do}, err
}

type meddledFile struct {
	tree.File
	do func()
}

func (f *meddledFile) Read(p []byte) (int, error) {
	if f.do != nil {
		f.do()
		f.do = nil
	}
	return f.File.Read(p)
}

func TestReadNoticesWhatChangesMeanwhile(t *testing.T) {
	data := bytes.Repeat([]byte("x"), chunkSize+10)
	for name, meddle := range map[string]func(path string) error{
		"it grows":    func(path string) error { return os.WriteFile(path, append(data, data...), 0o644) },
		"it shrinks":  func(path string) error { return os.Truncate(path, 7) },
		"it vanishes": func(path string) error { return os.Remove(path) }, // the change time shows it
		"it is written over, and the time set back": func(path string) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			time.Sleep(20 * time.Millisecond) // longer than a tick of the file system's clock
			return errors.Join(os.WriteFile(path, bytes.ToUpper(data), 0o644), os.Chtimes(path, info.ModTime(), info.ModTime()))
		},
	} {
		for kind, limit := range map[string]int64{"kept": 0, "oversize": 10} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				tr, path := write(t, data)
				time.Sleep(20 * time.Millisecond)
				m := meddler{tr, func() {
					if err := meddle(path); err != nil {
						t.Fatal(err)
					}
				}}
				if f, err := new(Reader).Read(t.Context(), m, "file.js", limit); !errors.Is(err, ErrChanged) {
					t.Errorf("got %v, %v; want ErrChanged", f, err)
				}
			})
		}
	}
}

// endless is a file that grows as fast as it is read.
type endless struct{ tree.File }

func (endless) Read(p []byte) (int, error) { return len(p), nil }

type endlessTree struct{ tree.Tree }

func (e endlessTree) OpenListed(name string) (tree.File, error) {
	f, err := e.Tree.OpenListed(name)
	return endless{f}, err
}

func TestReadEndsOnAFileThatGrowsForEver(t *testing.T) {
	tr, _ := write(t, []byte("some bytes"))
	for _, limit := range []int64{0, 5} {
		if _, err := new(Reader).Read(t.Context(), endlessTree{tr}, "file.js", limit); !errors.Is(err, ErrChanged) {
			t.Errorf("limit %d: %v; want ErrChanged", limit, err)
		}
	}
}

func TestReadEndsWithItsContext(t *testing.T) {
	tr, _ := write(t, bytes.Repeat([]byte("x"), 4*chunkSize))
	for _, limit := range []int64{0, 10} {
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := new(Reader).Read(ctx, meddler{tr, cancel}, "file.js", limit); !errors.Is(err, context.Canceled) {
			t.Errorf("limit %d: %v; want context.Canceled", limit, err)
		}
	}
}

func TestReadTakesRegularFilesOnly(t *testing.T) {
	tr, path := write(t, []byte("text"))
	dir := filepath.Dir(path)
	if err := errors.Join(os.Symlink("file.js", filepath.Join(dir, "link")), syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link", "pipe", "."} {
		if _, err := new(Reader).Read(t.Context(), tr, name, 0); !errors.Is(err, tree.ErrNotRegular) {
			t.Errorf("Read(%q): %v", name, err)
		}
	}
	if _, err := new(Reader).Read(t.Context(), tr, "nothing", 0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Read of nothing: %v", err)
	}
}

// failing is a file on a bad disk.
type failing struct{ tree.File }

func (failing) Read(p []byte) (int, error) { return 0, io.ErrUnexpectedEOF }

type failingTree struct{ tree.Tree }

func (e failingTree) OpenListed(name string) (tree.File, error) {
	f, err := e.Tree.OpenListed(name)
	return failing{f}, err
}

func TestReadPassesOnWhatTheDiskSays(t *testing.T) {
	tr, _ := write(t, []byte("text"))
	var path *fs.PathError
	if _, err := new(Reader).Read(t.Context(), failingTree{tr}, "file.js", 0); !errors.Is(err, io.ErrUnexpectedEOF) || !errors.As(err, &path) || path.Path != "file.js" {
		t.Errorf("got %v", err)
	}
}
