package locate

import (
	"strings"
	"testing"
)

const composer2 = `{
    "packages": [
        {
            "name": "acme/tool",
            "version": "v1.2.0",
            "type": "library",
            "install-path": "../acme/tool"
        },
        {"name": "acme/meta", "version": "1.0.0", "type": "metapackage", "install-path": null},
        {"name": "acme/gone", "version": "1.0.0", "install-path": "../acme/gone"},
        {"name": "acme/plugin", "version": "2.0", "type": "composer-plugin",
            "extra": {"class": ["Acme\\One", "Acme\\Two"]}, "install-path": "../acme/plugin"},
        {"name": "acme/linked", "version": "dev-main", "install-path": "../acme/linked"}
    ],
    "dev": true,
    "dev-package-names": []
}
`

func TestComposerPackagesAreInstalledJSONs(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"app/vendor/composer/installed.json":              composer2,
		"app/vendor/composer/autoload_real.php":           "",
		"app/vendor/autoload.php":                         "",
		"app/vendor/stray.php":                            "",
		"app/vendor/acme/tool/src/a.php":                  "",
		"app/vendor/acme/plugin/p.php":                    "",
		"app/vendor/acme/linked -> ../../packages/linked": "",
		"app/packages/linked/l.php":                       "",
		"app/packages/other/o.php":                        "",
		"app/composer.lock": `{"packages": [
			{"name": "acme/tool", "version": "v1.1.0"},
			{"name": "acme/missing", "version": "1"},
			{"name": "acme/plugin", "version": "2.0"}],
			"packages-dev": [{"name": "Acme/Linked", "version": "dev-main"}, {"name": "acme/dev", "version": "1"}]}`,
	})
	expect(t, "plugins", r.listed("php"), []string{
		"app/packages/linked acme/linked@dev-main",
		"app/vendor vendor@",
		"app/vendor/acme/plugin acme/plugin@2.0",
		"app/vendor/acme/tool acme/tool@v1.2.0",
	})
	expect(t, "what belongs to no package", r.files["app/vendor"], []string{
		"app/vendor/autoload.php", "app/vendor/composer/autoload_real.php", "app/vendor/composer/installed.json", "app/vendor/stray.php",
	})
	expect(t, "skips", r.skips, []string{
		"app/vendor/acme/gone: package acme/gone of app/vendor/composer/installed.json is not installed there",
		"app/composer.lock: line 3: package acme/missing is not installed",
	})
	expect(t, "failures", r.fails, nil)
	tool, plugin := r.plugin("app/vendor/acme/tool"), r.plugin("app/vendor/acme/plugin")
	if by := tool.LoadedBy; !tool.OnDemand || !tool.Dir || len(by) != 1 || by[0] != (Reference{"app/vendor/composer/installed.json", 3}) {
		t.Errorf("acme/tool: %+v", tool)
	}
	if o := tool.Observations; len(o) != 1 || o[0].Kind != LockfileMismatch || o[0].Text != "v1.2.0 is installed, but app/composer.lock:2 has v1.1.0" {
		t.Errorf("acme/tool: %+v", o)
	}
	if o := plugin.Observations; len(o) != 1 || o[0].Kind != InstallHook || o[0].Line != 11 || !strings.HasSuffix(o[0].Text, "Acme/One, Acme/Two") {
		t.Errorf("acme/plugin: %+v", o)
	}
}

func TestComposerOnesListHasNoPaths(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"vendor/composer/installed.json": `[{"name": "acme/tool", "version": "1.0"}, {"name": "acme/meta", "version": "1", "type": "metapackage"}]`,
		"vendor/acme/tool/a.php":         "",
	})
	expect(t, "plugins", r.listed("php"), []string{"vendor vendor@", "vendor/acme/tool acme/tool@1.0"})
	expect(t, "skips and failures", append(r.skips, r.fails...), nil)
}

func TestNastyComposerFilesAreTold(t *testing.T) {
	for name, c := range map[string]struct{ json, told string }{
		"cut off":             {`{"packages": [{"name": "a/b", "version": "1"}`, "line 1: not as Composer writes it"},
		"no json":             {"\n\n<?php", "line 3"},
		"a number":            {"7", "expected a list or an object"},
		"packages no list":    {`{"packages": {}}`, "expected a list"},
		"a package no object": {`[7]`, "not as Composer writes it"},
		"deep":                {`{"x":` + strings.Repeat("[", 100_000), "not as Composer writes it"},
		"no name":             {`[{"version": "1"}]`, "no name"},
		"a path no string":    {`[{"name": "a/b", "install-path": 7}]`, "install-path"},
		"itself":              {`[{"name": "a/b", "install-path": ".."}]`, "which it lies in"},
		"the root":            {`[{"name": "a/b", "install-path": "../../../../.."}]`, "which it lies in"},
		"a file":              {`[{"name": "a/b", "install-path": "installed.json"}]`, "not installed there"},
		"a loop":              {`[{"name": "a/b", "install-path": "../loop"}]`, "not installed there"},
	} {
		r := walkPHP(t, map[string]string{"vendor/composer/installed.json": c.json, "vendor/loop -> loop": "", "vendor/a/b/x.php": ""})
		if told := strings.Join(append(r.skips, r.fails...), "\n"); !strings.Contains(told, c.told) {
			t.Errorf("%s: told %q, want %q", name, told, c.told)
		}
		if r.plugin("vendor") == nil {
			t.Errorf("%s: what Composer made of it is not looked at", name)
		}
	}
}

func TestAPackageInsideAnotherPluginThatWasToldStaysThere(t *testing.T) {
	r := walkPHP(t, map[string]string{
		"a/wp-content/plugins/shop/lib/x.php":                      "",
		"a/wp-content/plugins/shop/vendor/composer/installed.json": `[{"name": "in/side", "version": "1"}]`,
		"a/wp-content/plugins/shop/vendor/in/side/y.php":           "",
		"b/vendor/composer/installed.json":                         `[{"name": "out/side", "version": "1", "install-path": "../../../a/wp-content/plugins/shop/lib"}]`,
	})
	expect(t, "plugins", r.listed("php"), []string{
		"a/wp-content/plugins/shop shop@",
		"a/wp-content/plugins/shop/vendor vendor@",
		"a/wp-content/plugins/shop/vendor/in/side in/side@1",
		"b/vendor vendor@",
	})
	expect(t, "skips", r.skips, []string{"a/wp-content/plugins/shop/lib: package out/side is part of a/wp-content/plugins/shop"})
}

func TestAVendorDirectoryThatIsTheRoot(t *testing.T) {
	r := walkPHP(t, map[string]string{"composer/installed.json": `[{"name": "a/b", "version": "1"}]`, "a/b/x.php": "", "autoload.php": ""})
	expect(t, "plugins", r.listed("php"), []string{". vendor@", "a/b a/b@1"})
	expect(t, "files", r.files["."], []string{"autoload.php", "composer/installed.json"})
}

func FuzzParseComposer(f *testing.F) {
	for _, seed := range []string{composer2, "[]", `[{"name":"a/b"}]`, `{"packages":[null],"packages-dev":[]}`, `{"packages":`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lists, _ := parseComposer(data)
		lines := 1 + strings.Count(string(data), "\n")
		for _, list := range lists {
			for _, c := range list {
				if c.line < 1 || c.line > lines {
					t.Errorf("line %d of %d", c.line, lines)
				}
				if place, err := c.place("v"); err == nil && (strings.HasPrefix(place, "/") || strings.HasPrefix(place, "..")) {
					t.Errorf("place %q", place)
				}
			}
		}
	})
}
