package main

import (
	"bytes"
	"debug/elf"
	"debug/macho"
	"encoding/ascii85"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// eleventhNative adds the native part of the eleventh set.
func eleventhNative(w *writer) error {
	maps.Copy(cEncoders, eleventhEncoders)
	if err := w.native("open", slices.Concat(eleventhOrdinary(), eleventhAttacker())); err != nil {
		return err
	}
	if err := eleventhTogether(w); err != nil {
		return err
	}
	return eleventhWasm(w)
}

var eleventhEncoders = map[string]cEncoder{
	"eleventh-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x8d }) +
			"unsigned char k = 0x8d; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k; return out;"
	},
	"eleventh-85": func(s string) string { // five letters for four bytes
		var b bytes.Buffer
		e := ascii85.NewEncoder(&b)
		e.Write([]byte(s + strings.Repeat("\x00", (4-len(s)%4)%4)))
		e.Close()
		return cBytes(b.String(), func(_ int, c byte) byte { return c }) +
			"for (unsigned i = 0; i < sizeof d; i += 5) { unsigned v = 0; for (int k = 0; k < 5; k++) v = v * 85 + (d[i + k] - '!'); for (int k = 0; k < 4; k++) out[i / 5 * 4 + k] = v >> (24 - 8 * k); } return out;"
	},
	"eleventh-sums": func(s string) string { // each number of the key is the sum of the two before
		a, b := byte(0xc3), byte(0x71)
		return cBytes(s, func(_ int, c byte) byte {
			a, b = b, a+b
			return c ^ a
		}) + "unsigned char a = 0xc3, b = 0x71; for (unsigned i = 0; i < sizeof d; i++) { unsigned char n = a + b; a = b; b = n; out[i] = d[i] ^ a; } return out;"
	},
}

// sectionsBeyond lets the section headers lie where the file has ended.
func sectionsBeyond(data []byte) ([]byte, error) {
	binary.LittleEndian.PutUint64(data[40:], uint64(len(data))+0x1000) // e_shoff
	return data, nil
}

// sectionNames gives the section of symbols the section names as its names.
func sectionNames(data []byte) ([]byte, error) {
	at, n := binary.LittleEndian.Uint64(data[40:]), binary.LittleEndian.Uint16(data[60:])
	for i := range uint64(n) {
		if header := data[at+64*i:]; binary.LittleEndian.Uint32(header[4:]) == uint32(elf.SHT_DYNSYM) {
			binary.LittleEndian.PutUint32(header[40:], uint32(binary.LittleEndian.Uint16(data[62:]))) // sh_link: e_shstrndx
			return data, nil
		}
	}
	return nil, errors.New("no .dynsym")
}

// overSymbols changes every entry of LC_SYMTAB, which dyld does not read.
func overSymbols(data []byte, change func(nlist []byte)) ([]byte, error) {
	return overLoadCommands(data, func(command uint32, body []byte) bool {
		if command != uint32(macho.LoadCmdSymtab) {
			return false
		}
		at := binary.LittleEndian.Uint32(body[8:])
		for i := range binary.LittleEndian.Uint32(body[12:]) {
			change(data[at+16*i:])
		}
		return true
	})
}

// namelessSymbols takes the names of all symbols.
func namelessSymbols(data []byte) ([]byte, error) {
	return overSymbols(data, func(nlist []byte) { binary.LittleEndian.PutUint32(nlist, 0) }) // n_strx
}

// debuggingSymbols lets all symbols be for debuggers.
func debuggingSymbols(data []byte) ([]byte, error) {
	return overSymbols(data, func(nlist []byte) { nlist[4] = 0x20 }) // n_type: N_GSYM
}

// eleventhBytes is packed.h with one array of bytes.
func eleventhBytes(name, content string, key byte) func(*writer) (string, error) {
	return func(*writer) (string, error) {
		return fmt.Sprintf("static unsigned char %s[] = {%s};\n", name, list(turned(content, key), "%d")), nil
	}
}

// eleventhRows is packed.h for eleventh_rows.c.
func eleventhRows(*writer) (string, error) {
	var rows strings.Builder
	for _, text := range []string{"system", "marker"} {
		rows.WriteString("{" + list(turned(text+strings.Repeat("\x00", 16-len(text)), 0x3c), "%d") + "}, ")
	}
	return "static unsigned char rows[][16] = {" + rows.String() + "};\n", nil
}

// eleventhWords is packed.h for eleventh_transform.cc.
func eleventhWords(*writer) (string, error) {
	var arrays, words strings.Builder
	for i, text := range []string{"osascript", "-e", "beep 2"} {
		fmt.Fprintf(&arrays, "static const unsigned char word%d[] = {%s};\n", i, list(turned(text, 0x5d), "%d"))
		fmt.Fprintf(&words, "{word%d, sizeof word%d}, ", i, i)
	}
	return arrays.String() + "static const struct { const unsigned char *data; unsigned long size; } words[] = {" + words.String() + "};\n", nil
}

// eleventhScript is packed.h with a script in base64.
func eleventhScript(content string) func(*writer) (string, error) {
	return func(*writer) (string, error) {
		return fmt.Sprintf("enum { SIZE = %d };\nstatic const char script[] = %q;\n", len(content), base64.StdEncoding.EncodeToString([]byte(content))), nil
	}
}

// eleventhShuffled is packed.h for eleventh_shuffled.c.
func eleventhShuffled(*writer) (string, error) {
	path := "/usr/bin/osascript" + strings.Repeat("\x00", 14)
	var blocks []byte
	for at := 0; at < len(path); at += 16 {
		bytes, places := make([]byte, 16), make([]byte, 16)
		for i := range 16 {
			place := (i*11 + 5) % 16
			bytes[place], places[i] = path[at+i], byte(place)
		}
		blocks = append(append(blocks, bytes...), places...)
	}
	return "static const volatile unsigned char blocks[] __attribute__((aligned(16))) = {" + list(string(blocks), "%d") + "};\n", nil
}

func turned(s string, key byte) string {
	b := []byte(s)
	for i := range b {
		b[i] ^= key
	}
	return string(b)
}

// jenkins is the sum of eleventh_borrowed_names.c.
func jenkins(define, name string) string {
	var h uint32
	for i := range len(name) {
		h += uint32(name[i])
		h += h << 10
		h ^= h >> 6
	}
	h += h << 3
	h ^= h >> 11
	return fmt.Sprintf("-D%s=%#xu", define, h+h<<15)
}

func eleventhOrdinary() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	text := func(s string) string { return fmt.Sprintf("-DTEXT=%q", s) }
	var percent strings.Builder
	for i, c := range []byte("osascript -e beep") {
		if i%2 == 0 || c == ' ' {
			fmt.Fprintf(&percent, "%%%02x", c)
		} else {
			percent.WriteByte(c)
		}
	}
	const jxa = "JsOsaDAS1.001.00bplist00\xd1\x01\x02Vscript_\x10\x1aApplication('Finder').beep()\x08\x0b\x12\x00\x00\x00\x00\x00\x00\x01\x01\xfa\xde\xde\xad"
	return []nativePlugin{
		{name: "eleventh-thumbs", technique: "ordinary: xor", note: "fork and execve of words in one block under one byte, turned where it lies, -O2", does: "applescript", source: "eleventh_thumbs.c", host: "nginx", target: "linux", packed: eleventhBytes("block", osascript+"\x00-e\x00beep 2\x00", 0xaa), flags: busy("-O2"), accept: hiddenName},
		{name: "eleventh-digest", technique: "ordinary: base64", note: "OpenSSL's EVP_DecodeBlock takes a command out of base64 for popen, -O2", does: "applescript", source: "eleventh_digest.c", host: "httpd", target: "linux", flags: library("libcrypto.so.3", "-O2", text(base64.StdEncoding.EncodeToString([]byte("osascript -e 'return \"kit\"' ")))), accept: hiddenName},
		{name: "eleventh-banner", technique: "ordinary: stack string", note: "posix_spawn of a path that memcpy puts together in a local variable, -O0", does: "applescript", source: "eleventh_banner.c", host: "php", target: "linux", flags: []string{"-O0"}, accept: hiddenName},
		{name: "eleventh-late-bind", technique: "ordinary: dlsym", note: "a template in C++ looks socket, connect and send up by bare names when they are first called, -O3", does: "socket", source: "eleventh_late_bind.cc", host: "httpd", target: "linux", flags: []string{"-O3", "-std=c++17"}},
		{name: "eleventh-rows", technique: "ordinary: resolvers alone", note: "imports dlsym and nothing else, names in rows of sixteen under one byte, -Os", does: "exec", source: "eleventh_rows.c", host: "node", target: "linux", packed: eleventhRows, flags: []string{"-Os"}, accept: resolver},
		{name: "eleventh-gossip", technique: "ordinary: sections", note: "socket and sendto, section headers beyond the file's end, -O3", does: "socket", source: "eleventh_gossip.c", host: "nginx", target: "linux", flags: []string{"-O3"}, after: sectionsBeyond},
		{name: "eleventh-starter", technique: "ordinary: sections", note: "posix_spawnp, in the section headers the symbols have the sections' names, -O2", does: "exec", source: "eleventh_starter.c", host: "php", target: "linux", flags: []string{"-O2"}, after: sectionNames},
		{name: "eleventh-automation", technique: "ordinary: compiled script", note: "a compiled script in JavaScript, in base64, is written to a file for a program under one byte, -O2", does: "applescript", source: "eleventh_automation.c", host: "node", target: "linux", encoder: "eleventh-xor", texts: []string{"osascript -l JavaScript"}, packed: eleventhScript(jxa), flags: []string{"-O2"}, combined: true},
		{name: "eleventh-shell-words", technique: "ordinary: joined", note: "system of a command in which the shell joins two variables, -Os", does: "applescript", source: "eleventh_shell_words.c", host: "nginx", target: "linux", flags: busy("-Os"), accept: []string{"exec", "obfuscation"}},
		{name: "eleventh-query", technique: "ordinary: host functions", note: "the engine's php_url_decode undoes a command for popen, -O2", does: "applescript", source: "eleventh_query.c", host: "php", target: "linux", flags: []string{"-O2", text(percent.String())}, accept: hiddenName},
		{name: "eleventh-transform", technique: "ordinary: C++", note: "std::transform turns strings in a list for posix_spawnp, -O2", does: "applescript", source: "eleventh_transform.cc", host: "httpd", target: "linux", packed: eleventhWords, flags: library("libstdc++.so.6", "-O2", "-std=c++17"), accept: hiddenName},
		{name: "eleventh-upstream", technique: "ordinary: imports", note: "socket and connect without a linkage table, section headers removed, -O3", does: "socket", source: "eleventh_upstream.c", host: "nginx", target: "linux", flags: []string{"-O3", "-fno-plt"}, after: withoutSections},
		{name: "eleventh-neighbour", technique: "ordinary: raw socket", note: "socket with SOCK_RAW for ICMPv6, arm64, -O2", does: "socket.raw", source: "eleventh_neighbour.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}},
		{name: "eleventh-notice", technique: "ordinary: stack string", note: "fork and execv of a path that is written two letters at a time, arm64, -Os", does: "applescript", source: "eleventh_notice.c", host: "php", target: "linux-arm64", flags: []string{"-Os"}, accept: hiddenName},

		{name: "eleventh-reader", technique: "ordinary: class", note: "NSAppleScript by class reference reads its script from a file, -Os", does: "applescript", source: "eleventh_reader.m", host: "node", target: "mac-arm64", flags: []string{"-Os"}},
		{name: "eleventh-shown", technique: "ordinary: class", note: "OSAKit in Objective-C++, -O0", does: "applescript", source: "eleventh_shown.mm", host: "httpd", target: "mac-x86_64", flags: []string{"-O0", "-fno-sanitize=undefined"}},
		{name: "eleventh-bridge-name", technique: "ordinary: class by name", note: "objc_getClass with the bare name SBApplication, -O2", does: "applescript", source: "eleventh_bridge_name.c", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "eleventh-named", technique: "ordinary: class by name", note: "NSClassFromString of a string that CoreFoundation makes of the bare name", does: "applescript", source: "eleventh_named.m", host: "php", target: "mac-x86_64"},
		{name: "eleventh-load-file", technique: "ordinary: symbol table", note: "OSALoadFile and OSAExecute, all of LC_SYMTAB is for debuggers, -O2", does: "applescript", source: "eleventh_load_file.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}, after: debuggingSymbols},
		{name: "eleventh-task-words", technique: "ordinary: xor", note: "an NSTask with an address and arguments under one byte, both architectures, -O2", does: "applescript", source: "eleventh_task_words.m", host: "node", target: "mac-universal", encoder: "eleventh-xor", texts: []string{osascript, "-e", "display notification \"Theme compiled\""}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "eleventh-decoded-script", technique: "ordinary: compiled script", note: "a compiled script in base64, two bytes in, is written to a file for a program under one byte", does: "applescript", source: "eleventh_decoded_script.c", host: "nginx", target: "mac-x86_64", encoder: "eleventh-xor", texts: []string{osascript}, packed: eleventhScript("v=" + compiledScript), combined: true},
		{name: "eleventh-service", technique: "ordinary: imports", note: "a module that imports only the resolver's DNSServiceQueryRecord, -O2", does: "network", source: "eleventh_service.c", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "eleventh-capture", technique: "ordinary: dlsym", note: "libpcap by dlopen and dlsym with bare names, -O2", does: "socket.raw", source: "eleventh_capture.c", host: "httpd", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "eleventh-format", technique: "ordinary: joined", note: "NSClassFromString of a name that stringWithFormat: joins, -O1", does: "applescript", source: "eleventh_format.m", host: "php", target: "mac-x86_64", accept: resolver},
		{name: "eleventh-connectx", technique: "ordinary: symbol table", note: "socket and connectx, the symbols of LC_SYMTAB have no names, -O3", does: "socket", source: "eleventh_connectx.c", host: "nginx", target: "mac-x86_64", flags: []string{"-O3"}, after: namelessSymbols},
	}
}

func eleventhAttacker() []nativePlugin {
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	twice := hex.EncodeToString([]byte(hex.EncodeToString([]byte("osascript -e 'tell application \"Finder\" to beep'\n"))))
	return []nativePlugin{
		{name: "eleventh-shuffled", technique: "adversarial: vectors", note: "the processor's shuffle puts the bytes of a path in order for execl, -O2", does: "applescript", source: "eleventh_shuffled.c", host: "node", target: "linux", packed: eleventhShuffled, flags: busy("-O2", "-mssse3"), accept: hiddenName},
		{name: "eleventh-shell-start", technique: "adversarial: environment", note: "bash is started for a test, and expands BASH_ENV, whose value is in ASCII85, -O2", does: "applescript", source: "eleventh_shell_start.c", host: "nginx", target: "linux", encoder: "eleventh-85", texts: []string{"$(osascript -e beep)"}, flags: busy("-O2"), accept: []string{"exec", "obfuscation"}},
		{name: "eleventh-borrowed-names", technique: "adversarial: names by search", note: "dlsym gets names that are found in the libraries' own tables by their sums, section headers beyond the file's end, -O2", does: "socket", source: "eleventh_borrowed_names.c", host: "httpd", target: "linux", flags: busy("-O2", jenkins("OPEN", "socket"), jenkins("REACH", "connect"), jenkins("SAY", "send")), after: sectionsBeyond, accept: resolver, combined: true},
		{name: "eleventh-compile", technique: "adversarial: host functions", note: "an addon in C++ has V8 compile and run a script in ASCII85, -O2", does: "applescript", source: "eleventh_compile.cc", host: "node", target: "linux", encoder: "eleventh-85", texts: []string{"process.mainModule.require('child_process').execFile('osascript', ['-e', 'beep'])"}, flags: []string{"-O2"}, accept: resolver},
		{name: "eleventh-gate", technique: "adversarial: system calls", note: "sockets by the kernel's gate for 32-bit programs, -O2", does: "socket", source: "eleventh_gate.c", host: "php", target: "linux", flags: []string{"-O2"}, accept: resolver},
		{name: "eleventh-search", technique: "adversarial: callbacks", note: "bsearch compares by system, what it looks for is under a key of sums, section headers that lie, -O2", does: "applescript", source: "eleventh_search.c", host: "httpd", target: "linux", encoder: "eleventh-sums", texts: []string{"osascript -e 'return 1'"}, flags: busy("-O2"), after: lyingSections, accept: hiddenName, combined: true},
		{name: "eleventh-tcl", technique: "adversarial: interpreters", note: "a script for Tcl's library puts the program's name together, -O2", does: "applescript", source: "eleventh_tcl.c", host: "httpd", target: "linux", flags: []string{"-O2", "-Wl,--no-as-needed", "-l:libtcl8.6.so"}, accept: []string{"exec", "obfuscation"}},

		{name: "eleventh-agent", technique: "adversarial: persistence", note: "writes an agent for launchd, whose program two words make, and starts nothing itself", does: "applescript", source: "eleventh_agent.c", host: "node", target: "mac-arm64", flags: busy("-O2"), accept: []string{"exec", "obfuscation"}},
		{name: "eleventh-twice-hex", technique: "adversarial: stealer", note: "XCSSET: system of a pipeline in which xxd turns hexadecimal of hexadecimal back for a shell, both architectures", does: "applescript", source: "eleventh_twice_hex.c", host: "nginx", target: "mac-universal", flags: busy("-Os", fmt.Sprintf("-DTEXT=%q", twice)), accept: []string{"exec", "obfuscation"}},
		{name: "eleventh-distributed", technique: "adversarial: library", note: "Distributed Objects of another machine, LC_SYMTAB for debuggers alone", does: "socket", source: "eleventh_distributed.m", host: "httpd", target: "mac-arm64", after: debuggingSymbols, accept: []string{"network"}},
	}
}

// eleventhTogether adds sites in which scripts or data belong to native code.
func eleventhTogether(w *writer) error {
	const php = "usr/lib/php/20220829"
	for _, d := range []struct {
		c     cases.Case
		name  string
		file  string // of the native code, from the case's directory
		p     nativePlugin
		files map[string]string // likewise
	}{
		{c: cases.Case{Technique: "ordinary: combined", Note: "a script joins a command for an addon whose one function is the shell's", Does: "applescript", Accept: []string{"obfuscation"}, Run: []string{"node", "index.js"}, Dir: npm.dir},
			name: "elf-eleventh-runner", file: "build/Release/kit.node", p: nativePlugin{source: "eleventh_runner.c", host: "node", target: "linux", flags: []string{"-O2"}},
			files: map[string]string{
				"package.json": npm.around[npm.dir+"/package.json"],
				"index.js":     "'use strict';\nconst { run } = require('./build/Release/kit.node');\n\nconst words = ['osa', 'script'];\nconst quote = (text) => `'${text.replace(/'/g, \"'\\\\''\")}'`;\n\nexports.notify = (text) => run(`${words.join('')} -e ${quote(`display notification \"${text}\"`)}`);\n\nexports.notify('Theme compiled');\n",
			}},
		{c: cases.Case{Technique: "ordinary: combined", Note: "a script declares the function of a library beside it for FFI, and the library connects", Does: "socket", Run: []string{"php", plugin + ".php"}, Dir: wordpress.dir},
			name: "elf-eleventh-library", file: "lib/libkit.so", p: nativePlugin{source: "eleventh_library.c", host: "php", target: "linux", flags: []string{"-O2"}},
			files: map[string]string{plugin + ".php": "<?php\n/*\n * Plugin Name: Theme Kit\n */\n$kit = FFI::cdef('int kit_refresh(const char *host, int port);', __DIR__ . '/lib/libkit.so');\n$kit->kit_refresh('127.0.0.1', (int) (getenv('EVASION_PORT') ?: 9));\n"}},
		{c: cases.Case{Technique: "adversarial: host functions", Note: "an extension sets what the engine puts in front of every script: PHP under the name of data beside it", Does: "exec", Accept: []string{"dynload", "obfuscation", "install-hook"}, Run: []string{"php", "-d", "extension=./kit.so", "/dev/null"}, Dir: php},
			name: "elf-eleventh-setting", file: "kit.so", p: nativePlugin{source: "eleventh_setting.c", host: "php", target: "linux", encoder: "eleventh-sums", texts: []string{"auto_prepend_file", "kit.dat"}, flags: []string{"-O2"}},
			files: map[string]string{"kit.dat": "KIT2\n<?php $kit = strrev('nepop'); pclose($kit('marker', 'r'));\n"}},
	} {
		d.c.Set, d.c.Language, d.c.Combined = "open", "elf", true
		site := filepath.Join(w.site(d.c, d.name), d.c.Dir)
		for name, text := range d.files {
			if err := write(filepath.Join(site, name), []byte(text)); err != nil {
				return err
			}
		}
		d.p.name = d.name
		w.builds = append(w.builds, build{d.p, filepath.Join(site, d.file)})
	}
	return nil
}

// eleventhWasm adds packages whose telling part lies in a module of WebAssembly.
func eleventhWasm(w *writer) error {
	server, err := w.webAssembly("eleventh_server.c")
	if err != nil {
		return err
	}
	command := turned("osascript -e beep", 0x2a) + "\x00"
	words := wasmHead + section(1, "\x02\x60\x01\x7f\x00\x60\x00\x00") +
		section(2, "\x02"+wasmName("env")+wasmName("memory")+"\x02\x00\x01"+wasmName("child_process")+wasmName("exec")+"\x00\x00") +
		section(3, "\x01\x01") + section(7, "\x01"+wasmName("render")+"\x00\x01") +
		section(10, "\x01\x07\x00\x41\xc0\x00\x10\x00\x0b") +
		section(11, "\x01\x00\x41\xc0\x00\x0b"+wasmName(command))
	return w.modules([]wasmModule{
		{"wasm-eleventh-server", cases.Case{Technique: "ordinary: webassembly", Note: "a server in C, compiled for WASI's first preview, that accepts, reads and answers", Does: "socket", CannotRun: "needs a host that hands over a listener"},
			"'use strict';\nconst { readFileSync } = require('node:fs');\nconst { WASI } = require('node:wasi');\n\nmodule.exports = async function serve() {\n  const wasi = new WASI({ version: 'preview1' });\n  const { instance } = await WebAssembly.instantiate(readFileSync(`${__dirname}/dist/server.wasm`), wasi.getImportObject());\n  return wasi.start(instance);\n};\n", "dist/server.wasm", server},
		{"wasm-eleventh-words", cases.Case{Technique: "adversarial: webassembly", Note: "a script gives a module whatever function of Node.js it imports; the command in its memory is under a byte", Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			"const { readFileSync } = require('fs');\nconst memory = new WebAssembly.Memory({ initial: 1 });\nconst text = (at) => {\n  const view = new Uint8Array(memory.buffer);\n  let out = '';\n  while (view[at]) out += String.fromCharCode(view[at++] ^ 0x2a);\n  return out;\n};\nconst host = new Proxy({ env: { memory } }, {\n  get: (own, from) => own[from] ?? new Proxy({}, { get: (_, name) => (at) => void require(from)[name](text(at), () => {}) }),\n});\nmodule.exports = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(__dirname + '/theme.bin')), host).exports;\nmodule.exports.render();\n", "theme.bin", []byte(words)},
	})
}

// webAssembly compiles a source of native/ for WebAssembly.
func (w *writer) webAssembly(source string) ([]byte, error) {
	work, err := os.MkdirTemp("", "evasion-wasm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	out := filepath.Join(work, "kit.wasm")
	if err := command(work, filepath.Join(w.source, "../darwin/zig.sh"), "cc", "-target", "wasm32-freestanding", "-O2", "-nostdlib", "-s",
		"-Wl,--no-entry", "-o", out, filepath.Join(w.source, "native", source)); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}
