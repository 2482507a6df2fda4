package match_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plugvet/scanner/match"
)

// write makes a directory with files and returns its path.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestADirectoryIsReadInOrder(t *testing.T) {
	dir := write(t, map[string]string{
		"b.yar": "rule b { condition: true }", "a/x.yara": "rule x { condition: true }", "c.YAR": "rule c { condition: true }",
		".git/y.yar": "nonsense", "readme.md": "nonsense",
	})
	sources, err := match.LoadPath(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range sources {
		names = append(names, s.Namespace)
		if s.Name != filepath.Join(dir, filepath.FromSlash(s.Namespace)) {
			t.Errorf("source %q of namespace %q", s.Name, s.Namespace)
		}
	}
	if got := strings.Join(names, " "); got != "a/x.yara b.yar c.YAR" {
		t.Errorf("sources %q", got)
	}
	if _, err := match.Compile(sources); err != nil {
		t.Error(err)
	}
}

func TestIncludesAreResolved(t *testing.T) {
	dir := write(t, map[string]string{
		"index.yar":      "// include \"none.yar\"\ninclude \"sub/a.yar\" rule after { strings: $a = \"include\" condition: $a }\n\nrule last { condition: missing }",
		"sub/a.yar":      "include \"./deep/b.yar\"\ninclude \"../top.yar\"\nrule a { condition: b and top }",
		"sub/deep/b.yar": "rule b { condition: true }",
		"top.yar":        "rule top { condition: true }",
	})
	sources, err := match.LoadPath(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) != 1 || sources[0].Namespace != "index.yar" {
		t.Fatalf("included files are sources of their own: %d", len(sources))
	}
	_, err = match.Compile(sources)
	if want := filepath.Join(dir, "index.yar") + ":4: "; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v, want it at %s", err, want)
	}
	if err := os.WriteFile(filepath.Join(dir, "sub/a.yar"), []byte("include \"deep/b.yar\"\n\nrule a { condition: absent }"), 0o644); err != nil {
		t.Fatal(err)
	}
	sources, err = match.LoadPath(filepath.Join(dir, "index.yar"), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = match.Compile(sources)
	if want := filepath.Join(dir, "sub", "a.yar") + ":3: "; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v, want it at %s", err, want)
	}
}

func TestWrongIncludesNameFileAndLine(t *testing.T) {
	outside := write(t, map[string]string{"x.yar": "rule x { condition: true }"})
	tests := []struct{ name, text, want string }{
		{"absent", "\ninclude \"none.yar\"", "a.yar:2: include \"none.yar\": no such file"},
		{"absolute", "include \"" + filepath.Join(outside, "x.yar") + "\"", "an absolute path"},
		{"outside", "include \"../x.yar\"", "a.yar:1: include \"../x.yar\": outside of"},
		{"through a link", "include \"link.yar\"", "a.yar:1: include \"link.yar\": "},
		{"itself", "include \"a.yar\"", "a cycle: a.yar includes a.yar"},
		{"cycle", "include \"cycle.yar\"", "a.yar includes cycle.yar includes a.yar"},
		{"directory", "include \"sub\"", "not a regular file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := write(t, map[string]string{"a.yar": test.text, "cycle.yar": "include \"a.yar\"", "sub/x": ""})
			if err := os.Symlink(filepath.Join(outside, "x.yar"), filepath.Join(dir, "link.yar")); err != nil {
				t.Fatal(err)
			}
			_, err := match.LoadPath(filepath.Join(dir, "a.yar"), nil)
			var sourceError *match.SourceError
			if err == nil || !strings.Contains(err.Error(), test.want) || !errors.As(err, &sourceError) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

func TestManyIncludesEnd(t *testing.T) {
	files := map[string]string{"z.yar": strings.Repeat(" ", 1<<20)}
	last := "z.yar"
	for _, name := range strings.Split("yxwvutsrq", "") {
		files[name+".yar"] = strings.Repeat("include \""+last+"\"\n", 10)
		last = name + ".yar"
	}
	_, err := match.LoadPath(filepath.Join(write(t, files), last), nil)
	if err == nil || !strings.Contains(err.Error(), "bytes of rules in all") {
		t.Errorf("error %v", err)
	}
}

// Whatever an include says, nothing from outside of the directory is read.
func FuzzIncludesStayBelowTheDirectory(f *testing.F) {
	for _, target := range []string{"../out.yar", "b.yar", "./sub/../../out.yar", "rules/b.yar", "rules/../../out.yar", "/out.yar", "sub//../link", "", "."} {
		f.Add(target)
	}
	top := f.TempDir()
	dir := filepath.Join(top, "rules")
	if err := os.Mkdir(dir, 0o755); err != nil {
		f.Fatal(err)
	}
	for name, text := range map[string]string{filepath.Join(top, "out.yar"): "rule outside { condition: true }", filepath.Join(dir, "b.yar"): "rule inside { condition: true }"} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			f.Fatal(err)
		}
	}
	if err := os.Symlink("../out.yar", filepath.Join(dir, "link")); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, target string) {
		if err := os.WriteFile(filepath.Join(dir, "a.yar"), []byte("include \""+target+"\"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		sources, err := match.LoadPath(dir, nil)
		if err != nil {
			return
		}
		for _, s := range sources {
			if strings.Contains(string(s.Text), "rule outside") {
				t.Errorf("include %q reads what lies outside", target)
			}
		}
	})
}

func TestPathsWithoutRulesAreErrors(t *testing.T) {
	if _, err := match.LoadPath(filepath.Join(t.TempDir(), "absent"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("absent path: %v", err)
	}
	if _, err := match.LoadPath(t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "hint:") {
		t.Errorf("empty directory: %v", err)
	}
}
