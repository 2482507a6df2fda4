package match

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
)

// names lists the rules of compiled units.
func names(t *testing.T, units []unit, prebuilt fs.FS) []string {
	t.Helper()
	rules, _, err := obtain(units, prebuilt)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range rules.GetRules() {
		names = append(names, r.Identifier())
	}
	return names
}

func TestPrebuiltSetsAreThoseThatWouldBeCompiled(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, "0123abcd")
	if err := os.WriteFile(stale, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Prebuild(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); err == nil {
		t.Error("what no set is called was left in the directory")
	}
	rules, err := CompileBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	elf := setKey{kind: "elf", view: "raw", extension: unnamed, filename: unnamed, interpreter: unnamed, noUses: true}
	units, _, _ := choose(rules.units, elf.known())
	if _, err := os.Stat(filepath.Join(dir, prebuiltName(units))); err != nil {
		t.Fatal("the rules about ELF files were not compiled: ", err)
	}
	compiled := names(t, units, fstest.MapFS{})
	if got := names(t, units, os.DirFS(dir)); len(got) < 20 || !slices.Equal(got, compiled) {
		t.Errorf("prebuilt are %q, compiled %q", got, compiled)
	}

	// A file that another program wrote in its place shows that it was read.
	javascript := setKey{kind: "javascript", view: "raw", extension: unnamed, filename: unnamed, interpreter: unnamed, noSymbols: true, noUses: true}
	others, _, _ := choose(rules.units, javascript.known())
	other, err := os.ReadFile(filepath.Join(dir, prebuiltName(others)))
	if err != nil {
		t.Fatal(err)
	}
	if got := names(t, units, fstest.MapFS{prebuiltName(units): {Data: other}}); slices.Equal(got, compiled) {
		t.Error("what was prebuilt is not used")
	}
	if got := names(t, units, fstest.MapFS{prebuiltName(units): {Data: []byte("no rules")}}); !slices.Equal(got, compiled) {
		t.Errorf("where the prebuilt set is broken there are %q, expected %q", got, compiled)
	}
}

func TestAPrebuiltSetIsCalledByAllThatItDependsOn(t *testing.T) {
	name := func(namespace, text string) string {
		return prebuiltName([]unit{{Source: &Source{Namespace: namespace, Text: []byte(text)}}})
	}
	base := name("a", "b")
	for _, other := range []string{name("ab", ""), name("a", "c"), name("c", "b"), prebuiltName(nil)} {
		if other == base {
			t.Error("two sets have one name")
		}
	}
}
