package main

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// fourteenthNative adds the native part of the fourteenth set.
func fourteenthNative(w *writer) error {
	maps.Copy(cEncoders, fourteenthEncoders)
	if err := w.native("open", slices.Concat(fourteenthELF(), fourteenthMachO())); err != nil {
		return err
	}
	if err := fourteenthTogether(w); err != nil {
		return err
	}
	return fourteenthWasm(w)
}

var fourteenthEncoders = map[string]cEncoder{
	"fourteenth-xor": func(s string) string { // one byte, which a function takes off in place
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x91 }) +
			"char *o = out; for (const volatile unsigned char *p = d; p < d + sizeof d; p++) *o++ = (char)(*p ^ 0x91); *o = 0; return out;"
	},
	"fourteenth-ascending": func(s string) string { // each byte is more by three times its place
		return cBytes(s, func(i int, c byte) byte { return c + byte(3*i+9) }) +
			"unsigned char k = 9; for (unsigned i = 0; i < sizeof d; i++, k += 3) out[i] = (char)(d[i] - k); return out;"
	},
	"fourteenth-base64": func(s string) string { return cBase64(base64.StdEncoding.EncodeToString([]byte(s)), 0) },
	"fourteenth-collatz": func(s string) string { // under the low bytes of a sequence that halves and triples
		n := uint32(27)
		return cBytes(s, func(_ int, c byte) byte {
			c ^= byte(n)
			n = collatz(n)
			return c
		}) + "volatile unsigned n = 27; for (unsigned i = 0; i < sizeof d; i++) { out[i] = (char)(d[i] ^ n); n = n == 1 ? 97 : n % 2 ? 3 * n + 1 : n / 2; } return out;"
	},
	"fourteenth-decimals": func(s string) string { // differences of the places in a long number's digits
		return cBytes(s, func(i int, c byte) byte { return c - 31*pi[i%len(pi)] - 31*pi[(i+5)%len(pi)] }) +
			fmt.Sprintf("static const char pi[] = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = (char)(d[i] + 31 * pi[i %% %d] + 31 * pi[(i + 5) %% %d]); return out;", pi, len(pi), len(pi))
	},
}

const pi = "31415926535897932384626433832795028841971"

func collatz(n uint32) uint32 {
	switch {
	case n == 1:
		return 97
	case n%2 == 1:
		return 3*n + 1
	}
	return n / 2
}

// deflatedSetup is packed.h for fourteenth_setup.c.
func deflatedSetup(*writer) (string, error) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte("set -e\ntitle='Theme Kit'\nosascript -e \"display notification \\\"Ready\\\" with title \\\"$title\\\"\"\n"))
	if err := z.Close(); err != nil {
		return "", err
	}
	return fmt.Sprintf("static const unsigned char setup[] = {%s};\n", list(b.String(), "%d")), nil
}

// mailedScript is packed.h for fourteenth_stored_script.m.
func mailedScript(*writer) (string, error) {
	var b strings.Builder
	b.WriteString("static const char *const lines[] = {\n")
	for part := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString([]byte(compiledScript))), 44) {
		fmt.Fprintf(&b, "    %q,\n", part)
	}
	return b.String() + "    0,\n};\n", nil
}

// underOwnHead gives fourteenth_own_head.c its texts: the key is the head of an ELF file for x86_64.
func underOwnHead() string {
	const head, machine = "\x7fELF\x02\x01\x01", 0x3e
	text := []byte("posix_spawn\x00waitpid\x00/usr/bin/osascript\x00-e\x00tell me to activate\x00")
	for i := range text {
		text[i] ^= head[i%7] ^ byte(29*i+machine)
	}
	return "-DSEALED=" + list(string(text), "%d")
}

// toolSum is what fourteenth_inventory.c looks for.
func toolSum(name string) string {
	h := uint32(0x9dc5811c)
	for _, c := range []byte(name) {
		h = (h^uint32(c))*0x01000193 + h>>27
	}
	return fmt.Sprintf("-DTOOL=%#xu", h)
}

func fourteenthELF() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	image := base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\nosascript -l JavaScript -e 'Application(\"Mail\").activate()'"))
	return []nativePlugin{
		{name: "fourteenth-greet", technique: "ordinary: xor", note: "fork and execlp of words under one byte in a record, -O2", does: "applescript", source: "fourteenth_greet.c", host: "nginx", target: "linux", encoder: "fourteenth-xor", texts: []string{"osascript", "-e", "display notification \"worker started\""}, flags: []string{"-O2"}, accept: []string{"obfuscation"}},
		{name: "fourteenth-shipper", technique: "ordinary: stack strings", note: "socket, connect and write by dlsym with names written onto the stack", does: "socket", source: "fourteenth_shipper.c", host: "httpd", target: "linux", flags: busy(), accept: resolver},
		{name: "fourteenth-thumbnail", technique: "ordinary: base64", note: "popen of the rest of a data address, behind an image's signature, -O2", does: "applescript", source: "fourteenth_thumbnail.c", host: "php", target: "linux", flags: busy("-O2", "-DSKIP=8", fmt.Sprintf("-DIMAGE=%q", image)), accept: hiddenName},
		{name: "fourteenth-gauges", technique: "ordinary: C++", note: "a virtual function calls system with a string of shifted numbers", does: "exec", source: "fourteenth_gauges.cc", host: "node", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17")},
		{name: "fourteenth-accounts", technique: "ordinary: libraries", note: "connects by libpq, lying section headers, -O2", does: "socket", source: "fourteenth_accounts.c", host: "httpd", target: "linux", flags: library("libpq.so.5", "-O2"), after: lyingSections, accept: []string{"network"}},
		{name: "fourteenth-session-store", technique: "ordinary: dlsym", note: "GIO's client by dlopen and dlsym with names in base64, -O2", does: "socket", source: "fourteenth_session_store.c", host: "php", target: "linux", encoder: "fourteenth-base64", texts: []string{"libgio-2.0.so.0", "g_socket_client_new", "g_socket_client_connect_to_host", "g_object_unref"}, flags: []string{"-O2"}, accept: append([]string{"network"}, resolver...)},
		{name: "fourteenth-ping", technique: "ordinary: raw socket", note: "SOCK_RAW from a table of checks, with a flag, arm64, without section headers, -O2", does: "socket.raw", source: "fourteenth_ping.c", host: "nginx", target: "linux-arm64", flags: busy("-O2"), after: withoutSections},
		{name: "fourteenth-reminder", technique: "ordinary: joined", note: "posix_spawn of a path that snprintf writes of cut words, arm64, -O2", does: "applescript", source: "fourteenth_reminder.c", host: "php", target: "linux-arm64", flags: []string{"-O2"}, accept: hiddenName},
		{name: "fourteenth-setup", technique: "ordinary: embedded script", note: "a script under zlib goes to a shell through a pipe, -O2", does: "applescript", source: "fourteenth_setup.c", host: "node", target: "linux", packed: deflatedSetup, flags: library("libz.so.1", "-O2"), accept: hiddenName},
		{name: "fourteenth-sealed", technique: "ordinary: C++", note: "execvp of texts that constexpr templates keep under a byte each, arm64, -O2", does: "applescript", source: "fourteenth_sealed.cc", host: "httpd", target: "linux-arm64", flags: busy("-O2", "-std=c++17"), accept: []string{"obfuscation"}},

		{name: "fourteenth-own-head", technique: "adversarial: own bytes", note: "dlsym of names under the module's own ELF header as it is mapped, -O2", does: "applescript", source: "fourteenth_own_head.c", host: "nginx", target: "linux", flags: busy("-O2", underOwnHead()), accept: resolver},
		{name: "fourteenth-inventory", technique: "adversarial: search", note: "readdir and a sum find the program, fexecve runs it: it has no name, -O2", does: "applescript", source: "fourteenth_inventory.c", host: "php", target: "linux", flags: busy("-O2", toolSum("osascript")), accept: hiddenName},
		{name: "fourteenth-feed", technique: "adversarial: host functions", note: "libxml2 fetches the external subset of a document that is written at run time, -O2", does: "network", source: "fourteenth_feed.c", host: "httpd", target: "linux", flags: busy("-O2", "-Wl,--no-as-needed", "-l:libxml2.so.2"), accept: []string{"socket", "obfuscation"}},
	}
}

func fourteenthMachO() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	coded := func(define, text string) string {
		return fmt.Sprintf("-D%s=%q", define, base64.StdEncoding.EncodeToString([]byte(text)))
	}
	return []nativePlugin{
		{name: "fourteenth-volume", technique: "ordinary: symbol table", note: "NSAppleScript by class reference and performSelector:, LC_SYMTAB is empty, -O2", does: "applescript", source: "fourteenth_volume.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "fourteenth-runtime-calls", technique: "ordinary: xor", note: "objc_getClass and sel_registerName of names under one byte, -O2", does: "applescript", source: "fourteenth_runtime_calls.c", host: "httpd", target: "mac-x86_64", encoder: "fourteenth-xor", texts: []string{"NSAppleScript", "alloc", "initWithSource:", "executeAndReturnError:", "get current application", "NSString", "stringWithUTF8String:"}, flags: []string{"-O2"}, accept: resolver},
		{name: "fourteenth-dialect", technique: "ordinary: stack strings", note: "NSClassFromString of two names that one array on the stack holds in turn", does: "applescript", source: "fourteenth_dialect.m", host: "php", target: "mac-arm64", flags: []string{"-O1"}, accept: resolver},
		{name: "fourteenth-component", technique: "ordinary: dlsym", note: "OSACompileExecute by dlsym with the bare name and callbacks, both architectures, -O2", does: "applescript", source: "fourteenth_component.c", host: "node", target: "mac-universal", flags: busy("-O2")},
		{name: "fourteenth-news", technique: "ordinary: imports", note: "CFReadStreamCreateForHTTPRequest, whose address is less by one, symbols for debuggers, -Os", does: "network", source: "fourteenth_news.c", host: "php", target: "mac-x86_64", flags: busy("-Os"), after: debuggingSymbols},
		{name: "fourteenth-licence", technique: "ordinary: base64", note: "NSURLConnection by NSClassFromString of what NSData decodes, -O2", does: "network", source: "fourteenth_licence.m", host: "httpd", target: "mac-arm64", flags: []string{"-O2", coded("CLASS_URL", "NSURL"), coded("CLASS_REQUEST", "NSURLRequest"), coded("CLASS_CONNECTION", "NSURLConnection"), coded("ADDRESS", "http://127.0.0.1:9/licence")}, accept: resolver},
		{name: "fourteenth-hops", technique: "ordinary: raw socket", note: "socket by a constant pointer, with SOCK_RAW from an enumeration, both architectures, -O2", does: "socket.raw", source: "fourteenth_hops.c", host: "nginx", target: "mac-universal", flags: busy("-O2")},
		{name: "fourteenth-stored-script", technique: "ordinary: compiled script", note: "lines of base64 hold a compiled script for OSAScript, -O2", does: "applescript", source: "fourteenth_stored_script.m", host: "php", target: "mac-arm64", packed: mailedScript, flags: []string{"-O2"}},
		{name: "fourteenth-player", technique: "ordinary: joined", note: "componentsJoinedByString: makes SBApplication for NSClassFromString, -Os", does: "applescript", source: "fourteenth_player.m", host: "node", target: "mac-x86_64", flags: []string{"-Os"}, accept: resolver},
		{name: "fourteenth-helper", technique: "ordinary: counters", note: "posix_spawn with attributes, words under a counter, symbols without names, -O2", does: "applescript", source: "fourteenth_helper.c", host: "httpd", target: "mac-arm64", encoder: "fourteenth-ascending", texts: []string{"/usr/bin/osascript", "-e", "quit application \"Safari\""}, flags: busy("-O2"), after: namelessSymbols, accept: []string{"exec", "obfuscation"}},
		{name: "fourteenth-statistics", technique: "ordinary: tables of functions", note: "popen is only in a table of providers that the loader fills, LC_SYMTAB is no known command, -O2", does: "exec", source: "fourteenth_statistics.c", host: "nginx", target: "mac-x86_64", flags: []string{"-O2"}, after: unknownSymtab},

		{name: "fourteenth-trap", technique: "adversarial: system calls", note: "fork and execve by instructions with computed numbers, words under a sequence, -O2", does: "applescript", source: "fourteenth_trap.c", host: "nginx", target: "mac-arm64", encoder: "fourteenth-collatz", texts: []string{"/usr/bin/osascript", "-e", "delay 1"}, flags: busy("-O2"), accept: hiddenName, combined: true},
		{name: "fourteenth-finder", technique: "adversarial: programs", note: "find looks for the program by a pattern and runs it, both architectures, -Os", does: "applescript", source: "fourteenth_finder.c", host: "node", target: "mac-universal", flags: busy("-Os"), accept: hiddenName},
		{name: "fourteenth-share", technique: "adversarial: host functions", note: "NetFSMountURLSync mounts a share from another machine, -O2", does: "network", source: "fourteenth_share.c", host: "httpd", target: "mac-x86_64", flags: busy("-O2"), accept: []string{"socket", "obfuscation"}},
		{name: "fourteenth-capable", technique: "adversarial: reflection", note: "a class is taken by the selectors that it answers to, which digits hide, and called by its implementations, -O2", does: "applescript", source: "fourteenth_capable.c", host: "php", target: "mac-arm64", encoder: "fourteenth-decimals", texts: []string{"initWithSource:", "executeAndReturnError:"}, flags: busy("-O2"), accept: resolver, combined: true},
	}
}

// fourteenthTogether adds sites in which other files stand beside native code.
func fourteenthTogether(w *writer) error {
	modules, _ := place(nativePlugin{host: "nginx", target: "linux"})
	for _, d := range []struct {
		c       cases.Case
		name    string
		files   map[string]string // by path in the plugin's directory, as natives
		natives map[string]nativePlugin
	}{
		{cases.Case{Language: "elf", Technique: "ordinary: combined", Note: "a script unpacks an addon that is kept under gzip and loads it with a destructured dlopen",
			Does: "dynload", Run: []string{"node", "index.js"}, Dir: npm.dir},
			"elf-fourteenth-plugin-data", map[string]string{
				"package.json": `{"name": "theme-kit", "version": "1.4.2", "main": "lib/index.js"}` + "\n",
				"index.js":     "'use strict';\n\nmodule.exports = require('./lib/palette');\n",
				"lib/palette.js": `'use strict';

const { mkdtempSync, readFileSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const zlib = require('node:zlib');

const { dlopen: attach } = process;

/** Unpacks one of the assets and returns where it lies. */
function unpack(asset) {
  const target = path.join(mkdtempSync(path.join(tmpdir(), 'palette-')), 'colours');
  writeFileSync(target, zlib.gunzipSync(readFileSync(path.join(__dirname, '..', 'assets', asset))));
  return target;
}

const palette = { exports: {} };
attach.apply(process, [palette, unpack('palette.gz')]);

module.exports = palette.exports;
`,
			}, map[string]nativePlugin{"assets/palette.gz": {source: "fourteenth_plugin_data.c", host: "node", target: "linux", flags: []string{"-O2"},
				after: func(data []byte) ([]byte, error) { return gzipped(string(data)), nil }}}},
		{cases.Case{Language: "elf", Technique: "ordinary: combined", Note: "a script of PHP gives the program's name, reversed and joined, to a library through FFI",
			Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Run: []string{"php", plugin + ".php"}, Dir: wordpress.dir},
			"elf-fourteenth-image-filter", map[string]string{
				plugin + ".php": `<?php
/**
 * Plugin Name: Theme Kit
 * Description: Filters for the images of a theme.
 * Version: 1.4.2
 */

namespace ThemeKit;

require __DIR__ . '/includes/class-filters.php';

$filters = new Filters( __DIR__ . '/lib' );
$filters->apply( strrev( 'aso' ) . \strrev( 'tpircs' ), '-e', 'beep' );
`,
				"includes/class-filters.php": `<?php

namespace ThemeKit;

final class Filters {

	/** @var \FFI */
	private $library;

	public function __construct( string $directory ) {
		$this->library = \FFI::cdef(
			'int kit_version(void); int kit_filter(const char *, const char *, const char *);',
			$directory . '/filters.so.7'
		);
	}

	public function apply( string $filter, string ...$options ): int {
		return $this->library->kit_filter( $filter, ...$options );
	}
}
`,
			}, map[string]nativePlugin{"lib/filters.so.7": {source: "fourteenth_image_filter.c", host: "none", target: "linux", flags: []string{"-O2"}}}},
		{cases.Case{Language: "elf", Technique: "adversarial: host functions", Note: "a query of SQLite joins a name from numbers and loads a library that lies beside the module",
			Does: "dynload", Accept: []string{"obfuscation"}, Run: []string{"load", "./ngx_http_kit_module.so"}, Dir: modules},
			"elf-fourteenth-catalogue", nil, map[string]nativePlugin{
				"ngx_http_kit_module.so": {source: "fourteenth_catalogue.c", host: "nginx", target: "linux", flags: []string{"-O2", "-include", "busy.h", "-Wl,--no-as-needed", "-l:libsqlite3.so.0"}},
				"kit.rules":              {source: "fourteenth_rules.c", host: "none", target: "linux", flags: []string{"-O2"}},
			}},
		{cases.Case{Language: "mach-o", Technique: "ordinary: combined", Note: "a script loads the addon for this machine by process.dlopen; in it a replaced text is the program of an NSTask",
			Does: "applescript", Accept: []string{"dynload", "obfuscation"}, CannotRun: "needs macOS", Dir: npm.dir},
			"macho-fourteenth-tool", map[string]string{
				"package.json": `{"name": "theme-kit", "version": "1.4.2", "type": "module", "main": "index.mjs", "os": ["darwin"]}` + "\n",
				"index.mjs": `import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const file = new URL(` + "`./prebuilds/${process.platform}-${process.arch}/kit.bin`" + `, import.meta.url);
const addon = { exports: {} };
process['dlopen'](addon, fileURLToPath(file), constants.dlopen.RTLD_LAZY);

export default addon.exports;
`,
			}, map[string]nativePlugin{
				"prebuilds/darwin-arm64/kit.bin": {source: "fourteenth_tool.m", host: "node", target: "mac-arm64", flags: []string{"-O2"}},
				"prebuilds/darwin-x64/kit.bin":   {source: "fourteenth_tool.m", host: "node", target: "mac-x86_64", flags: []string{"-O2"}},
			}},
	} {
		d.c.Combined = true
		if err := w.together(d.c, d.name, below(d.c.Dir, d.files), below(d.c.Dir, d.natives)); err != nil {
			return err
		}
	}
	return nil
}

// fourteenthWasm adds packages with modules of WebAssembly that import sockets.
func fourteenthWasm(w *writer) error {
	const wasi = "wasi_snapshot_preview1"
	function := func(name string, kind byte) string {
		return wasmName(wasi) + wasmName(name) + "\x00" + string([]byte{kind})
	}
	code := func(body string) string { return section(10, "\x01"+wasmName("\x00"+body)) }
	exports := section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("_start")+"\x00\x03")
	server := wasmHead + section(1, "\x04\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x06\x7f\x7f\x7f\x7f\x7f\x7f\x01\x7f\x60\x05\x7f\x7f\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
		section(2, "\x03"+function("sock_accept", 0)+function("sock_recv", 1)+function("sock_send", 2)) +
		section(3, "\x01\x03") + section(5, "\x01\x00\x01") + exports +
		code("\x41\x03\x41\x04\x41\x00\x10\x00\x1a"+"\x41\x04\x41\x08\x41\x01\x41\x00\x41\x20\x41\x24\x10\x01\x1a"+"\x41\x04\x41\x08\x41\x01\x41\x00\x41\x20\x10\x02\x1a"+"\x0b")
	client := wasmHead + section(1, "\x03\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x05\x7f\x7f\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
		section(2, "\x03"+function("sock_open", 0)+function("sock_connect", 0)+function("sock_send", 1)) +
		section(3, "\x01\x02") + section(5, "\x01\x00\x01") + exports +
		code("\x41\x00\x41\x01\x41\x10\x10\x00\x1a"+"\x41\x10\x28\x02\x00\x41\x20\x41\xd0\x00\x10\x01\x1a"+"\x0b") +
		section(11, "\x01\x00\x41\x20\x0b\x08\x30\x00\x00\x00\x04\x00\x00\x00")
	text := base64.StdEncoding.EncodeToString([]byte(server))
	for _, d := range []struct {
		c     cases.Case
		name  string
		files map[string][]byte
	}{
		{cases.Case{Technique: "ordinary: webassembly", Note: "a module with WASI's sockets stands in the script in base64, in two pieces", CannotRun: "needs a host that hands over a socket"},
			"wasm-fourteenth-server", map[string][]byte{"index.js": []byte(`'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
exports.serve = void 0;
const node_wasi_1 = require('node:wasi');
const head = '` + text[:90] + `';
const tail = '` + text[90:] + `';
/** Serves previews of a theme from a socket that the host opened. */
async function serve() {
    const wasi = new node_wasi_1.WASI({ version: 'preview1', args: ['preview'] });
    const { instance } = await WebAssembly.instantiate(Buffer.from(head + tail, 'base64'), wasi.getImportObject());
    return wasi.start(instance);
}
exports.serve = serve;
`)}},
		{cases.Case{Technique: "ordinary: webassembly", Note: "a module that imports WasmEdge's sockets lies in a file that is not called so", CannotRun: "needs a host with WasmEdge's sockets"},
			"wasm-fourteenth-client", map[string][]byte{"assets/fonts.dat": []byte(client), "index.js": []byte(`const { readFile } = require('fs/promises');
const { join } = require('path');

class Fonts {
  constructor(host) {
    this.host = host;
  }

  async load(name = 'fonts.dat') {
    const code = await WebAssembly.compile(await readFile(join(__dirname, 'assets', name)));
    const { _start } = (await WebAssembly.instantiate(code, this.host.imports(code))).exports;
    return _start;
  }
}

module.exports = async (host) => (await new Fonts(host).load())();
`)}},
	} {
		d.c.Language, d.c.Does, d.c.Combined = "wasm", "socket", true
		if err := w.write(d.c, d.name, npm, d.files); err != nil {
			return err
		}
	}
	return nil
}
