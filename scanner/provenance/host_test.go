package provenance

import (
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"plugvet/manifests"
	"plugvet/scanner/tree"
)

// A host is a root on the disk, for the stock tools to install into.
type host struct {
	t   *testing.T
	dir string
}

func (h *host) write(name, content string) {
	h.t.Helper()
	at := filepath.Join(h.dir, name)
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
		h.t.Fatal(err)
	}
}

func (h *host) run(name string, args ...string) string {
	h.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C")
	out, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		h.t.Fatalf("%s %v: %v", name, args, err)
	}
	return string(out)
}

// of is the source of a plugin as it lies on the disk.
func (h *host) of(p Plugin, others ...string) *manifests.Source {
	h.t.Helper()
	t, err := tree.OpenDir(h.dir)
	if err != nil {
		h.t.Fatal(err)
	}
	defer t.Close()
	p.Tree = digestOf(h.t, h.dir, p)
	source, err := Open(t, append(others, p.Path)).Of(h.t.Context(), p)
	if err != nil {
		h.t.Fatal(err)
	}
	return source
}

// digestOf is the tree digest of what lies at a path now.
func digestOf(t *testing.T, root string, p Plugin) string {
	t.Helper()
	var files []manifests.FileSum
	at := filepath.Join(root, p.Path)
	err := filepath.WalkDir(at, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if err == nil && name != at && entry.Name() == "node_modules" {
				return filepath.SkipDir
			}
			return err
		}
		data, err := os.ReadFile(name)
		relative := strings.TrimPrefix(name, at+"/")
		if !p.Dir {
			relative = filepath.Base(name)
		}
		files = append(files, manifests.FileSum{Name: relative, Sum: sha256.Sum256(data)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	digest, err := manifests.TreeDigest(files)
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func wants(t *testing.T, got *manifests.Source, want manifests.Source) {
	t.Helper()
	note := want.Note
	want.Note = ""
	given := *got
	given.Note = ""
	if given != want || !strings.Contains(got.Note, note) {
		t.Errorf("source is %+v, want %+v with %q in the note", *got, want, note)
	}
}

// needAsRoot asks for programs of Debian that install below a root, which they do
// for its owner alone. make test installs them where there is Debian's archive.
func needAsRoot(t *testing.T, programs ...string) {
	t.Helper()
	if _, err := exec.LookPath("apt-get"); err != nil {
		t.Skip("no Debian: its archive has what these tests install with")
	}
	if os.Geteuid() != 0 {
		t.Skip("packages are installed below a root as root only")
	}
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("no %s to install with: make test installs it", program)
		}
	}
}
