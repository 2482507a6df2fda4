package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"plugvet/scanner/atomicfile"
	"plugvet/testdata/evasion/cases"
)

// A nativePlugin is one disguise in native code.
type nativePlugin struct {
	name, technique, note string
	does                  string
	source                string // in native/
	host                  string // nginx, httpd, php or node
	target                string // linux, linux-arm64, linux-clang (for C++), mac-arm64, mac-x86_64, mac-universal
	encoder               string // of hidden.h; none where it is empty
	texts                 []string
	flags                 []string
	packed                func(w *writer) (string, error) // the text of packed.h
	after                 func([]byte) ([]byte, error)    // what is done to the file
	accept                []string
	combined              bool
}

// A build is a disguise that the compiler has still to make.
type build struct {
	nativePlugin
	out string
}

func nativeCode(w *writer) error {
	maps.Copy(cEncoders, thirdEncoders)
	maps.Copy(cEncoders, fifthEncoders)
	maps.Copy(cEncoders, sixthEncoders)
	maps.Copy(cEncoders, roundEncoders)
	return w.native("open", slices.Concat(nativePlugins(), moreNativePlugins(), thirdPlugins(), fourthPlugins(), fifthPlugins(), sixthPlugins(), roundPlugins()))
}

func (w *writer) native(set string, plugins []nativePlugin) error {
	for _, p := range plugins {
		c := cases.Case{Set: set, Language: "elf", Technique: p.technique, Note: p.note, Does: p.does, Accept: p.accept, Combined: p.combined}
		dir, file := place(p)
		c.Dir = dir
		prefix := "elf-"
		switch p.target {
		case "linux", "linux-clang":
			c.Run = []string{"load", "./" + filepath.Base(file)}
			switch p.host {
			case "node":
				c.Run = []string{"node", "index.js"}
			case "php":
				c.Run = []string{"php", "-d", "extension=./" + filepath.Base(file), "-r", "1;"}
			}
		case "linux-arm64":
			c.CannotRun = "code for another processor"
		default:
			c.Language, prefix, c.CannotRun = "mach-o", "macho-", "needs macOS"
		}
		site := w.site(c, prefix+p.name)
		if p.host == "node" {
			for name, text := range map[string]string{"package.json": npm.around[npm.dir+"/package.json"],
				"index.js": "module.exports = require('./build/Release/kit.node');\n"} {
				if err := write(filepath.Join(site, dir, name), []byte(text)); err != nil {
					return err
				}
			}
		}
		w.builds = append(w.builds, build{p, filepath.Join(site, dir, file)})
	}
	return nil
}

// place is where the host of a plugin finds it: the directory in its site in
// which it runs, and its file in there.
func place(p nativePlugin) (dir, file string) {
	mac := !strings.HasPrefix(p.target, "linux")
	switch {
	case p.host == "node":
		return npm.dir, "build/Release/kit.node"
	case p.host == "php" && mac:
		return "opt/homebrew/lib/php/pecl/20220829", "kit.so"
	case p.host == "php":
		return "usr/lib/php/20220829", "kit.so"
	case p.host == "httpd" && mac:
		return "opt/homebrew/lib/httpd/modules", "mod_kit.so"
	case p.host == "httpd":
		return "usr/lib/apache2/modules", "mod_kit.so"
	case mac:
		return "opt/homebrew/Cellar/nginx/1.27.3/modules", "ngx_http_kit_module.so"
	}
	return "usr/lib/nginx/modules", "ngx_http_kit_module.so"
}

// compile makes the loader and all builds, several at a time.
func compile(w *writer) error {
	if len(w.builds) == 0 {
		return nil
	}
	bin := filepath.Join(w.out, "bin")
	for _, dir := range []string{bin, filepath.Join(w.out, cache)} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	if err := command(w.out, "gcc", "-o", filepath.Join(bin, "load"), filepath.Join(w.source, "native/load.c"), "-ldl"); err != nil {
		return err
	}
	failures := make([]error, len(w.builds))
	limit := make(chan struct{}, runtime.NumCPU())
	var all sync.WaitGroup
	for i, b := range w.builds {
		all.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			if err := w.build(b); err != nil {
				failures[i] = fmt.Errorf("%s: %w", b.name, err)
			}
		})
	}
	all.Wait()
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}

// build compiles one plugin, strips it as released ones are, and lets its
// disguise change the file.
func (w *writer) build(b build) error {
	work, err := os.MkdirTemp("", "evasion-build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if b.encoder != "" {
		if err := write(filepath.Join(work, "hidden.h"), []byte(hidden(b.encoder, b.texts))); err != nil {
			return err
		}
	}
	if b.packed != nil {
		text, err := b.packed(w)
		if err != nil {
			return err
		}
		if err := write(filepath.Join(work, "packed.h"), []byte(text)); err != nil {
			return err
		}
	}
	var slices [][]byte
	for _, arch := range architectures[b.target] {
		data, err := w.object(b, work, arch)
		if err != nil {
			return err
		}
		slices = append(slices, data)
	}
	data := slices[0]
	if len(slices) > 1 {
		data = universal(slices...)
	}
	if b.after != nil {
		if data, err = b.after(data); err != nil {
			return err
		}
	}
	return write(b.out, data)
}

// architectures are the compiler's names for what a target is made of. The
// empty one is gcc's own.
var architectures = map[string][]string{
	"linux":         {""},
	"linux-arm64":   {"aarch64-linux-gnu.2.28"},
	"linux-clang":   {"x86_64-linux-gnu.2.28"},
	"mac-arm64":     {"aarch64-macos.12.0"},
	"mac-x86_64":    {"x86_64-macos.12.0"},
	"mac-universal": {"x86_64-macos.12.0", "aarch64-macos.12.0"},
}

// cache is where compiled plugins are kept, seen from the sites.
const cache = "../evasion-cache"

// object compiles one architecture of a plugin, or takes what the same sources
// and flags gave before.
func (w *writer) object(b build, work, arch string) ([]byte, error) {
	native := filepath.Join(w.source, "native")
	compiler := []string{filepath.Join(w.source, "../darwin/zig.sh"), "cc", "-target", arch}
	switch {
	case arch == "":
		compiler = []string{"gcc", "-s", "-Wl,-z,lazy", "-Wl,--build-id=none"}
	case strings.HasPrefix(b.target, "linux"):
		compiler = append(compiler, "-s", "-Wl,--allow-shlib-undefined")
	default:
		compiler = append(compiler, "-undefined", "dynamic_lookup", "-Wl,-x")
	}
	compiler = append(compiler, "-O1", "-w", "-fPIC", "-shared", "-fno-stack-protector", "-fno-builtin", "-DHOST_"+strings.ToUpper(b.host))
	compiler = append(compiler, b.flags...)

	key := sha256.New()
	fmt.Fprintln(key, compiler)
	for _, file := range []string{filepath.Join(native, "plugin.h"), filepath.Join(native, "objc.h"), filepath.Join(native, "busy.h"), filepath.Join(native, "walk.h"), filepath.Join(native, b.source),
		filepath.Join(work, "hidden.h"), filepath.Join(work, "packed.h")} {
		data, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		fmt.Fprintf(key, "%d\n%s", len(data), data)
	}
	cached := filepath.Join(w.out, cache, hex.EncodeToString(key.Sum(nil)))
	if data, err := os.ReadFile(cached); err == nil {
		return data, nil
	}
	out := filepath.Join(work, "kit"+arch)
	arguments := append(compiler[1:], "-I", work, "-I", native, "-o", out, filepath.Join(native, b.source))
	if err := command(work, compiler[0], arguments...); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	staged, err := atomicfile.Stage(cached, data)
	if err != nil {
		return nil, err
	}
	return data, staged.Commit()
}

func command(dir, program string, arguments ...string) error {
	cmd := exec.Command(program, arguments...)
	cmd.Dir = dir
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %v: %w\n%s", program, arguments, err, output.Bytes())
	}
	return nil
}

// together adds a site in which native code stands beside files that lead to it, each by
// its path from the site's root. An npm package that brings no package.json gets one.
func (w *writer) together(c cases.Case, name string, files map[string]string, natives map[string]nativePlugin) error {
	site := w.site(c, name)
	if manifest := npm.dir + "/package.json"; c.Dir == npm.dir && files[manifest] == "" {
		if err := write(filepath.Join(site, manifest), []byte(npm.around[manifest])); err != nil {
			return err
		}
	}
	for file, text := range files {
		if err := write(filepath.Join(site, file), []byte(text)); err != nil {
			return err
		}
	}
	for _, file := range slices.Sorted(maps.Keys(natives)) {
		p := natives[file]
		p.name = name
		w.builds = append(w.builds, build{p, filepath.Join(site, file)})
	}
	return nil
}

// below are files by their paths from where a directory lies that they are named from.
func below[T any](dir string, files map[string]T) map[string]T {
	all := map[string]T{}
	for file, is := range files {
		all[filepath.Join(dir, file)] = is
	}
	return all
}
