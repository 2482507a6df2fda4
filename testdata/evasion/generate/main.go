// Command generate writes the disguises of make eval-evasion below a directory:
//
//	generate DIRECTORY
//
// Each is a small site with one plugin in the place where its host would load
// it, and an entry in cases.json. They come from three sources: the archives in
// disguises/ (written by hand), payloads under encoders (encode_*.go, layer_*.go
// and the tools of tools/transform.mjs), and C and Objective-C in native/.
// All payloads are harmless: they start a program that leaves a mark, or connect
// to a port of the loopback that the environment names.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"plugvet/testdata/evasion/cases"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate DIRECTORY")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(out, "[0-9]*-*"))
	if err != nil {
		return err
	}
	for _, dir := range old {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	_, self, _, _ := runtime.Caller(0)
	w := &writer{source: filepath.Join(filepath.Dir(self), ".."), out: out}
	for _, add := range sources {
		if err := add(w); err != nil {
			return err
		}
	}
	if err := transform(w); err != nil {
		return err
	}
	if err := compile(w); err != nil {
		return err
	}
	fmt.Printf("%d disguises in %s\n", len(w.list), out)
	return cases.Write(out, w.list)
}

// sources are what adds disguises, in the order of their numbers.
var sources = []func(*writer) error{
	handWritten("open", "javascript-*.txtar", "php-*.txtar"),
	javascriptStrings, javascriptLayers, javascriptTools,
	phpStrings, phpLayers,
	webAssembly, nativeCode,
	moreLayers, moreJavaScriptTools, fifth, sixth, seventh,
	eighthTools, eighthWasm, eighthTogether, eighthNative,
	ninthTools, ninthBytes, ninthWasm, ninthTogether, ninthNative,
	tenthTools, tenthNative,
	eleventhTools, eleventhNative,
	twelfthNative,
	thirteenthNative,
	fourteenthNative,
	fifteenthNative,
	sixteenthNative,
	seventeenthNative,
	eighteenthNative,
	nineteenthNative,
	twentiethNative,
	twentyFirstNative,
	twentySecondNative,
	twentyThirdNative,
	twentyFourthNative,
	twentyFifthNative,
	twentySixthNative,
	twentySeventhNative,
	twentyEighthNative,
	heldOut,
}

// A writer numbers the disguises and writes their sites.
type writer struct {
	source, out string // testdata/evasion; the directory of the sites
	list        []cases.Case
	jobs        []job   // for the tools of Node.js
	builds      []build // for the compiler
}

// site numbers a disguise and returns the directory of its site.
func (w *writer) site(c cases.Case, name string) string {
	c.ID = fmt.Sprintf("%03d-%s", len(w.list)+1, name)
	if c.Set == "" {
		c.Set = "open"
	}
	w.list = append(w.list, c)
	return filepath.Join(w.out, c.ID)
}

// write adds a disguise of files, relative to the plugin, whose place the layout
// of its language gives.
func (w *writer) write(c cases.Case, name string, l layout, files map[string][]byte) error {
	c.Dir = l.dir
	dir := w.site(c, name)
	for file, content := range l.around {
		if err := write(filepath.Join(dir, file), []byte(content)); err != nil {
			return err
		}
	}
	for file, content := range files {
		if err := write(filepath.Join(dir, l.dir, file), content); err != nil {
			return err
		}
	}
	return nil
}

func write(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, content, 0o644)
}

// A layout is where a plugin lies in its site, and what lies around it.
type layout struct {
	dir    string            // of the plugin
	around map[string]string // by path in the site
}

// plugin is the name of every disguised plugin: rules must not go by it.
const plugin = "theme-kit"

var (
	npm = layout{"node_modules/" + plugin, map[string]string{
		"node_modules/" + plugin + "/package.json": `{"name": "` + plugin + `", "version": "1.4.2", "main": "index.js"}` + "\n",
	}}
	wordpress = layout{"wp-content/plugins/" + plugin, nil}
	composer  = layout{"vendor/acme/" + plugin, map[string]string{
		"vendor/composer/installed.json": `{"packages": [{"name": "acme/` + plugin + `", "version": "1.4.2",` +
			` "type": "library", "install-path": "../acme/` + plugin + `"}]}` + "\n",
	}}
)

// javascript adds a disguise of one script.
func (w *writer) javascript(c cases.Case, name, script string) error {
	c.Language, c.Run = "javascript", []string{"node", "index.js"}
	return w.write(c, "js-"+name, npm, map[string][]byte{"index.js": []byte(script)})
}

// php adds a disguise of one script.
func (w *writer) php(c cases.Case, name, script string) error {
	c.Language, c.Run = "php", []string{"php", plugin + ".php"}
	if !strings.HasPrefix(script, "<?") {
		script = "<?php\n/* Plugin Name: Theme Kit */\n" + script
	}
	return w.write(c, "php-"+name, wordpress, map[string][]byte{plugin + ".php": []byte(script)})
}
