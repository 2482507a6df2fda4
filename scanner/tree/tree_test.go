package tree

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// sample is a root with the links that real hosts have, and some that nobody should.
func sample(t *testing.T) (Tree, string) {
	t.Helper()
	root := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.MkdirAll(filepath.Join(root, "usr/lib/nginx/modules"), 0o755))
	must(os.MkdirAll(filepath.Join(root, "usr/share/nginx"), 0o755))
	must(os.WriteFile(filepath.Join(root, "usr/lib/nginx/modules/a.so"), []byte("module"), 0o644))
	must(os.Symlink("/usr/lib/nginx/modules", filepath.Join(root, "usr/share/nginx/modules")))
	must(os.Symlink("../../../../etc/passwd", filepath.Join(root, "usr/share/nginx/out")))
	must(os.Symlink("loop-b", filepath.Join(root, "loop-a")))
	must(os.Symlink("loop-a", filepath.Join(root, "loop-b")))
	must(syscall.Mkfifo(filepath.Join(root, "pipe"), 0o600))
	tr, err := OpenDir(root)
	must(err)
	t.Cleanup(func() { tr.Close() })
	return tr, root
}

func TestResolveStaysBelowTheRoot(t *testing.T) {
	tr, _ := sample(t)
	for _, c := range []struct {
		name, want string
		err        error
	}{
		{"/usr/share/nginx/modules/a.so", "usr/lib/nginx/modules/a.so", nil},           // absolute target: from the root
		{"usr/share/nginx/modules/../modules/a.so", "usr/lib/nginx/modules/a.so", nil}, // ".." is where the link leads
		{"/../usr/lib/nginx/modules/a.so", "usr/lib/nginx/modules/a.so", nil},
		{"usr/share/nginx/out", "", ErrOutside},
		{"loop-a", "", ErrLoop},
		{"nothing", "", fs.ErrNotExist},
		{".", ".", nil},
		{"/", ".", nil},
	} {
		got, err := Resolve(tr, c.name)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("Resolve(%q) = %q, %v; want %q, %v", c.name, got, err, c.want, c.err)
		}
	}
}

func TestOpenTakesRegularFilesOnly(t *testing.T) {
	tr, _ := sample(t)
	for _, name := range []string{"pipe", "usr", "loop-a", "usr/share/nginx/out"} {
		if f, err := tr.Open(name); !errors.Is(err, ErrNotRegular) {
			t.Errorf("Open(%q) = %v, %v; want ErrNotRegular", name, f, err)
		}
	}
	f, err := tr.Open("usr/lib/nginx/modules/a.so")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); string(data) != "module" || err != nil {
		t.Errorf("read %q, %v", data, err)
	}
}

func TestReadFileHasALimit(t *testing.T) {
	tr, _ := sample(t)
	if _, err := ReadFile(tr, "usr/share/nginx/modules/a.so", 5); !errors.Is(err, ErrTooLarge) {
		t.Errorf("limit 5 on 6 bytes: %v", err)
	}
	if data, err := ReadFile(tr, "usr/share/nginx/modules/a.so", 6); string(data) != "module" || err != nil {
		t.Errorf("limit 6 on 6 bytes: %q, %v", data, err)
	}
}

func TestReadFileInFollowsOnlyTheFile(t *testing.T) {
	tr, root := sample(t)
	if err := os.Symlink("../lib/nginx/modules/a.so", filepath.Join(root, "usr/share/a.so")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dir, file, want string
		err             error
	}{
		{"usr/lib/nginx/modules", "a.so", "module", nil},
		{"usr/share", "a.so", "module", nil}, // a link
		{"usr/share/nginx", "out", "", ErrOutside},
		{".", "pipe", "", ErrNotRegular},
		{".", "nothing", "", fs.ErrNotExist},
	} {
		data, err := ReadFileIn(tr, c.dir, c.file, 6)
		if string(data) != c.want || !errors.Is(err, c.err) {
			t.Errorf("ReadFileIn(%q, %q) = %q, %v; want %q, %v", c.dir, c.file, data, err, c.want, c.err)
		}
	}
	if _, err := ReadFileIn(tr, "usr/lib/nginx/modules", "a.so", 5); !errors.Is(err, ErrTooLarge) {
		t.Errorf("limit 5 on 6 bytes: %v", err)
	}
}

func TestGlobFollowsNamedLinksButNeverBelowDoubleStar(t *testing.T) {
	tr, _ := sample(t)
	for pattern, want := range map[string][]string{
		"usr/share/nginx/modules/*.so":         {"usr/share/nginx/modules/a.so"},
		"usr/**/*.so":                          {"usr/lib/nginx/modules/a.so"},
		"{usr,opt}/lib/nginx/modules/[a-c].so": {"usr/lib/nginx/modules/a.so"},
	} {
		if got, err := Glob(tr, pattern, unexpected(t)); !slices.Equal(got, want) || err != nil {
			t.Errorf("Glob(%q) = %q, %v; want %q", pattern, got, err, want)
		}
	}
}

func TestPrintableKeepsNamesApart(t *testing.T) {
	for name, want := range map[string]string{
		"lib/ä b.so":    "lib/ä b.so",
		`a\x0a`:         `a\\x0a`,
		"a\n":           `a\x0a`,
		"a\\\n":         `a\\\x0a`,
		"\xff.so":       `\xff.so`,
		"\u0085\u202eb": `\xc2\x85\xe2\x80\xaeb`,
	} {
		if got := Printable(name); got != want {
			t.Errorf("Printable(%q) = %q, want %q", name, got, want)
		} else if again := Visible(got); again != got {
			t.Errorf("Visible(%q) = %q: it was visible already", got, again)
		}
	}
}

func unexpected(t *testing.T) func(string, error) {
	return func(name string, err error) { t.Errorf("%s: %v", name, err) }
}
