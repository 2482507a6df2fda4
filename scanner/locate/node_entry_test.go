package locate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEntriesOfAPackageJSON(t *testing.T) {
	entries, whole := Entries([]byte(`{
  "main": "lib/index",
  "bin": {"x": "./cli.js", "y": "bin/y"},
  "browser": {"./a.js": "./b.js", "net": false, "fs": "browserify-fs"},
  "exports": {".": {"import": ["./m.mjs", "./c.cjs"]}, "./f/*": "./test/f/*.js", "./none": null},
  "imports": {"#dep": "other", "#own": "./own.js"},
  "scripts": {"test": "node test.js", "postinstall": "npm run build && node setup",
    "build": "cd scripts; sh -c \"node 'make it.js'\"; npm run build"}
}`))
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprintf("%s:%d %s", e.Key, e.Line, strings.Join(e.Files, " ")))
	}
	want := []string{
		"main:2 ./lib/index", "bin:3 ./cli.js", "bin:3 ./bin/y", "browser:4 ./b.js",
		"exports:5 ./m.mjs", "exports:5 ./c.cjs", "exports:5 ./test/f/*.js", "imports:6 ./own.js",
		"scripts.postinstall:7 ./scripts/make it.js ./setup",
	}
	if !slices.Equal(got, want) || !whole {
		t.Errorf("got %q, %t\nwant %q", got, whole, want)
	}
	if hook := entries[len(entries)-1].Hook; hook == nil || hook.Opaque {
		t.Errorf("the hook is fully known, and is %+v", hook)
	}
}

func TestCommandsLeadToFiles(t *testing.T) {
	for line, want := range map[string]Command{
		"node setup.js": {Files: []string{"./setup.js"}},
		"NODE_ENV=x cross-env A=1 node -r ./a b.js c": {Files: []string{"./a", "./b.js"}},
		"./install.sh --now":                          {Files: []string{"./install.sh"}},
		"sh tools/x.sh || true":                       {Files: []string{"./tools/x.sh"}},
		"node-gyp rebuild":                            {},
		"node -e \"require('./lib/x')\"":              {Files: []string{"./lib/x"}, Opaque: true},
		"curl -s x | sh":                              {Programs: []string{"curl"}, Opaque: true},
		"osascript -e 'display dialog \"; x\"'":       {Programs: []string{"osascript"}},
		"node ../elsewhere.js":                        {Opaque: true},
		"node $FILE":                                  {Opaque: true},
		"node < lib/x.txt && sh <y.txt":               {Files: []string{"./lib/x.txt", "./y.txt"}},
		"npm run absent":                              {Opaque: true},
		"unheard-of tool":                             {Opaque: true},
		"bash -c 'cd lib && node x.js'":               {Files: []string{"./lib/x.js"}},
		"":                                            {},
	} {
		got := ReadCommand(line)
		if !slices.Equal(got.Files, want.Files) || !slices.Equal(got.Programs, want.Programs) || got.Opaque != want.Opaque {
			t.Errorf("%s: got %+v, want %+v", line, got, want)
		}
	}
}

func TestALineThatGoesEverDeeperIsReadInTime(t *testing.T) {
	start := time.Now()
	got := ReadCommand(strings.Repeat("cd x; ", 60_000) + "node y.js")
	if took := time.Since(start); !got.Opaque || len(got.Files) > 0 || took > 5*time.Second {
		t.Errorf("it is opaque: %t, and leads to %d files, after %s", got.Opaque, len(got.Files), took)
	}
}

// Files stay inside the package, and their number and the time are bounded.
func FuzzEntries(f *testing.F) {
	f.Add([]byte(`{"main": "../x", "scripts": {"install": "npm run a; node ../../y", "a": "npm run a&&npm run b", "b": "sh -c 'sh -c x'"}}`))
	f.Add([]byte(`{"exports": [[["./a"]]], "bin": "/etc/passwd", "scripts": {"preinstall": "cd ..; ./x"}}`))
	f.Add([]byte(`{"bin": ["x"], "autoload": {"files": ["a.php", "../b"], "psr-4": {"A\\": ["src/", ""]}, "classmap": ["x.php"]}}`))
	f.Add([]byte("if [ -e x ]; then exec env A=1 sh -c 'node \"a b\".js' & cd y && ./z; fi"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ReadCommand(string(data))
		composer, _ := ComposerEntries(data)
		for _, e := range composer {
			if e.Line < 1 || len(e.Files) != 1 || !strings.HasPrefix(e.Files[0], "./") {
				t.Errorf("composer.json: %+v", e)
			}
		}
		entries, _ := Entries(data)
		if len(entries) > maxEntries+len(installScripts)+1 {
			t.Errorf("%d entries", len(entries))
		}
		for _, e := range entries {
			if e.Hook == nil {
				continue
			}
			for _, file := range e.Files {
				if !strings.HasPrefix(file, "./") || strings.HasPrefix(file, "./../") {
					t.Errorf("%s leads to %q", e.Key, file)
				}
			}
		}
	})
}
