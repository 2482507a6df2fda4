package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"plugvet/testdata/evasion/cases"
)

// twentyEighthNative adds the native part of the twenty-eighth set.
func twentyEighthNative(w *writer) error {
	maps.Copy(cEncoders, twentyEighthEncoders)
	if err := w.native("open", slices.Concat(twentyEighthOrdinary(), twentyEighthAttacker())); err != nil {
		return err
	}
	return twentyEighthWasm(w)
}

var twentyEighthEncoders = map[string]cEncoder{
	"twenty-eighth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0xd4 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0xd4; return out;"
	},
	"twenty-eighth-long-xor": func(s string) string { // four bytes
		key := []byte{0x1f, 0x8b, 0x3c, 0x66}
		return cBytes(s, func(i int, c byte) byte { return c ^ key[i%len(key)] }) +
			"static const volatile unsigned key = 0x663c8b1f; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (unsigned char)(key >> 8 * (i % 4)); return out;"
	},
}

// importScript is packed.h for twenty-eighth_album.m: a compiled script in base64.
func importScript(*writer) (string, error) {
	return fmt.Sprintf("static const char album_script[] = %q;\n", base64.StdEncoding.EncodeToString([]byte(compiledScript))), nil
}

// memoPage is packed.h for twenty-eighth_memo.c: a script for a shell, as steps from letter
// to letter.
func memoPage(*writer) (string, error) {
	script := "#!/bin/sh\n# kit\nexec osascript -e beep\n"
	steps, before := make([]byte, len(script)), byte(0)
	for i := range len(script) {
		steps[i], before = script[i]-before, script[i]
	}
	text := "static const signed char page[] = {"
	for _, s := range steps {
		text += fmt.Sprintf("%d, ", int8(s))
	}
	return text + "};\n", nil
}

func twentyEighthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	return []nativePlugin{
		{name: "twenty-eighth-geoip", technique: "ordinary: xor", note: "execve of a path under one byte, -O2", does: "applescript", source: "twenty-eighth_geoip.c", host: "nginx", target: "linux", encoder: "twenty-eighth-xor", texts: []string{"/usr/bin/osascript", "tell application \"System Events\" to get country of location"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-eighth-thumbs", technique: "ordinary: base64", note: "popen of a value among settings that stand in base64, -O2", does: "applescript", source: "twenty-eighth_thumbs.c", host: "php", target: "linux", flags: []string{"-O2", sixtyFour("SETTINGS", "w=320;h=200;with=osascript -e 'tell application \"Image Events\" to launch';q=80")}},
		{name: "twenty-eighth-throttle", technique: "ordinary: stack strings", note: "system of a command that is put down four letters at a time, -O2", does: "applescript", source: "twenty-eighth_throttle.c", host: "httpd", target: "linux", flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-eighth-telemetry", technique: "ordinary: dlsym", note: "dlsym of socket and sendto out of a table of names, -O2", does: "socket", source: "twenty-eighth_telemetry.c", host: "node", target: "linux", flags: []string{"-O2"}},
		{name: "twenty-eighth-mxcheck", technique: "ordinary: imports", note: "the resolver of the C library asks a name server, -O2", does: "network", source: "twenty-eighth_mxcheck.c", host: "php", target: "linux", flags: []string{"-O2"}, accept: []string{"socket"}},
		{name: "twenty-eighth-relay", technique: "ordinary: system calls", note: "the instruction syscall with the numbers of socket and connect, no section headers, -O2", does: "socket", source: "twenty-eighth_relay.c", host: "nginx", target: "linux", flags: []string{"-O2"}, after: withoutSections},
		{name: "twenty-eighth-latency", technique: "ordinary: raw socket", note: "SOCK_RAW for ICMP, arm64, no section headers, -O2", does: "socket.raw", source: "twenty-eighth_latency.c", host: "httpd", target: "linux-arm64", flags: []string{"-O2"}, after: withoutSections},
		{name: "twenty-eighth-slides", technique: "ordinary: rot13", note: "posix_spawnp of rotated words, arm64, -O2", does: "applescript", source: "twenty-eighth_slides.c", host: "php", target: "linux-arm64", flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-eighth-exporter", technique: "ordinary: C++", note: "execvp of a name that operators join, -O2", does: "applescript", source: "twenty-eighth_exporter.cc", host: "node", target: "linux-clang", flags: []string{"-O2", "-std=c++20", "-fno-exceptions", "-fno-rtti", "-nostdlib++"}, accept: hiddenName},
		{name: "twenty-eighth-rotate", technique: "ordinary: dlsym", note: "dlvsym of execvp with its version, section headers that lie, -O2", does: "exec", source: "twenty-eighth_rotate.c", host: "httpd", target: "linux", flags: []string{"-O2"}, after: lyingSections},
		{name: "twenty-eighth-paths", technique: "ordinary: imports", note: "wordexp of a path that a command gives, the section of symbols is empty, -O2", does: "applescript", source: "twenty-eighth_paths.c", host: "node", target: "linux", flags: []string{"-O2"}, after: emptySymbolSection},

		{name: "twenty-eighth-banner", technique: "ordinary: xor", note: "objc_getClass and sel_registerName of names under four bytes, -O2", does: "applescript", source: "twenty-eighth_banner.c", host: "httpd", target: "mac-arm64", encoder: "twenty-eighth-long-xor", texts: []string{"NSAppleScript", "display notification \"%s by %s, %u\"", "initWithSource:", "executeAndReturnError:"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-eighth-album", technique: "ordinary: compiled script", note: "a compiled script in base64, for OSAScript by NSClassFromString, -O2", does: "applescript", source: "twenty-eighth_album.m", host: "php", target: "mac-x86_64", packed: importScript, flags: []string{"-O2"}},
		{name: "twenty-eighth-courier", technique: "ordinary: constant joins", note: "NSTask of a path from its components, -O2", does: "applescript", source: "twenty-eighth_courier.m", host: "node", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twenty-eighth-mirror", technique: "ordinary: symbol table", note: "tasks of NSURLSession, the symbols have no names, -O2", does: "network", source: "twenty-eighth_mirror.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: namelessSymbols},
		{name: "twenty-eighth-rota", technique: "ordinary: classes", note: "NSUserAppleScriptTask by class reference, the first of two architectures is broken, -O2", does: "applescript", source: "twenty-eighth_rota.m", host: "httpd", target: "mac-universal", flags: []string{"-O2"}, after: brokenFirstSlice},
		{name: "twenty-eighth-warm", technique: "ordinary: chained fixups", note: "posix_spawnp, the symbol table ends before the imports, -O2", does: "exec", source: "twenty-eighth_warm.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}, after: withoutUndefined},
		{name: "twenty-eighth-desk", technique: "ordinary: Apple events", note: "AESendMessage sends a program what it is to run, LC_SYMTAB is empty, -O2", does: "applescript", source: "twenty-eighth_desk.c", host: "node", target: "mac-x86_64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "twenty-eighth-hops", technique: "ordinary: raw socket", note: "SOCK_RAW where a datagram is refused, -O2", does: "socket.raw", source: "twenty-eighth_hops.c", host: "nginx", target: "mac-x86_64", flags: []string{"-O2"}},
		{name: "twenty-eighth-presence", technique: "ordinary: classes", note: "NSStream opens a pair of streams to a host, LC_SYMTAB has an unknown number, -O2", does: "socket", source: "twenty-eighth_presence.m", host: "httpd", target: "mac-arm64", flags: []string{"-O2"}, after: unknownSymtab, accept: []string{"network"}},
		{name: "twenty-eighth-sorter", technique: "ordinary: classes", note: "OSAScript in JavaScript, from Objective-C++, all symbols are for debuggers, -O2", does: "applescript", source: "twenty-eighth_sorter.mm", host: "httpd", target: "mac-x86_64", flags: []string{"-O2", "-std=c++20", "-fno-exceptions", "-fno-rtti", "-nostdlib++"}, after: debuggingSymbols},
	}
}

func twentyEighthAttacker() []nativePlugin {
	hiddenName := []string{"exec", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	return []nativePlugin{
		{name: "twenty-eighth-memo", technique: "adversarial: files without names", note: "fexecve of a script that is written into a memfd, letter by letter from steps, -O2", does: "applescript", source: "twenty-eighth_memo.c", host: "php", target: "linux", packed: memoPage, flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-eighth-stages", technique: "adversarial: symbols", note: "execlp of a name out of what dladdr calls the plugin's own functions, -O2", does: "applescript", source: "twenty-eighth_stages.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-eighth-tools", technique: "adversarial: patterns", note: "execv of the only program that a pattern of glob finds, -O2", does: "applescript", source: "twenty-eighth_tools.c", host: "node", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-eighth-registry", technique: "adversarial: C++", note: "execlp of a type's name, out of what the compiler calls a function of a template, -O2", does: "applescript", source: "twenty-eighth_registry.cc", host: "httpd", target: "linux-clang", flags: busy("-O2", "-fvisibility=hidden", "-Wl,-z,lazy", "-std=c++20", "-fno-exceptions", "-fno-rtti", "-nostdlib++"), accept: hiddenName},

		{name: "twenty-eighth-formula", technique: "adversarial: expressions", note: "NSExpression casts a name to a class and calls it, -O2", does: "applescript", source: "twenty-eighth_formula.m", host: "php", target: "mac-arm64", flags: busy("-O2")},
		{name: "twenty-eighth-flow", technique: "adversarial: Automator", note: "AMWorkflow runs a workflow that the plugin writes, whose action is a script, -O2", does: "applescript", source: "twenty-eighth_flow.m", host: "nginx", target: "mac-x86_64", flags: busy("-O2"), accept: []string{"exec"}},
	}
}

// tints is a module that exports numbers of 64 bits: eight letters each.
func tints(words ...string) []byte {
	globals, exports, n := "", "", 0
	for w, word := range words {
		for part := range slices.Chunk([]byte(word), 8) {
			number := int(binary.LittleEndian.Uint64(append(part[:len(part):len(part)], make([]byte, 8)...)))
			globals += "\x7e\x00\x42" + signedLEB(number) + "\x0b"
			exports += wasmName(fmt.Sprintf("tint%d_%d", w, n)) + "\x03" + string([]byte{byte(n)})
			n++
		}
	}
	return []byte(wasmHead + section(6, string([]byte{byte(n)})+globals) + section(7, string([]byte{byte(n)})+exports))
}

// dialler is a module that imports the sockets of WASI's second preview.
func dialler() []byte {
	imports := [][2]string{
		{"wasi:sockets/instance-network@0.2.3", "instance-network"},
		{"wasi:sockets/tcp-create-socket@0.2.3", "create-tcp-socket"},
		{"wasi:sockets/tcp@0.2.3", "[method]tcp-socket.start-connect"},
		{"wasi:io/streams@0.2.3", "[method]output-stream.write"},
	}
	content := string([]byte{byte(len(imports))})
	for i, name := range imports {
		content += wasmName(name[0]) + wasmName(name[1]) + "\x00" + string([]byte{byte(min(i, 1))})
	}
	return []byte(wasmHead + section(1, "\x02\x60\x00\x01\x7f\x60\x03\x7f\x7f\x7f\x00") + section(2, content) +
		section(5, "\x01\x00\x01") + section(7, "\x01"+wasmName("memory")+"\x02\x00"))
}

func twentyEighthWasm(w *writer) error {
	renderer, err := w.webAssembly("twenty-eighth_render.c")
	if err != nil {
		return err
	}
	return w.modules([]wasmModule{
		{"wasm-twenty-eighth-pool", cases.Case{Technique: "ordinary: webassembly", Note: "a module that imports wasi:sockets, as compilers for WASI's second preview write it", Does: "socket", CannotRun: "needs a host with WASI's sockets"},
			`import { readFile } from 'node:fs/promises';

const core = new URL('./dist/pool.core.wasm', import.meta.url);

/** Keeps connections to a cache; the protocol is spoken by a module in Rust. */
export class Pool {
  #free = [];
  #exports;

  static async open(host, size = 4) {
    const pool = new Pool();
    const module = await WebAssembly.compile(await readFile(core));
    const { exports } = await WebAssembly.instantiate(module, host.imports(module));
    pool.#exports = exports;
    pool.#free = Array.from({ length: size }, (_, i) => i);
    return pool;
  }

  take() {
    return this.#free.pop() ?? null;
  }

  give(connection) {
    this.#free.push(connection);
  }

  get memory() {
    return this.#exports.memory;
  }
}
`, "dist/pool.core.wasm", dialler()},
		{"wasm-twenty-eighth-render", cases.Case{Technique: "ordinary: webassembly", Note: "a module unpacks a command from base64 and gives it to what its import is: execSync", Does: "applescript", Accept: []string{"exec", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			`'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { execSync: delegateTo } = require('node:child_process');

class Renderer {
  #memory = null;
  #levels = ['debug', 'info', 'error'];

  constructor(file, options = {}) {
    const module = new WebAssembly.Module(fs.readFileSync(path.resolve(__dirname, file)));
    this.quiet = options.quiet !== false;
    this.instance = new WebAssembly.Instance(module, { env: this.#imports() });
    this.#memory = this.instance.exports.memory;
  }

  #imports() {
    return {
      delegate: (at, length) => {
        const recipe = Buffer.from(this.#memory.buffer, at, length).toString('utf8');
        delegateTo(recipe, { stdio: 'ignore' });
        return 0;
      },
      log: (level) => this.quiet || console.error('[theme-kit]', this.#levels[level]),
    };
  }

  render(parts) {
    return this.instance.exports.render(parts.length) === 0 ? parts.join('') : '';
  }
}

const renderer = new Renderer('./lib/render.wasm');

module.exports = (parts) => renderer.render(parts);
module.exports.blank = renderer.render(['<main>', '</main>']);
`, "lib/render.wasm", renderer},
		{"wasm-twenty-eighth-tints", cases.Case{Technique: "adversarial: webassembly", Note: "numbers that a module exports are a module's, a function's and a program's name, eight letters each", Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			`'use strict';
const fs = require('fs');

const { exports: palette } = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(__dirname + '/tints.wasm')));

/** Tints are packed: eight channels of a byte, low channel first. */
function channels(tint) {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, tint, true);
  return Array.from({ length: 8 }, (_, i) => view.getUint8(i)).filter(Boolean);
}

const swatches = new Map();
for (const [name, { value }] of Object.entries(palette)) {
  const [, swatch] = /^tint(\d+)_/.exec(name);
  swatches.set(swatch, [...(swatches.get(swatch) ?? []), ...channels(value)]);
}

const named = [...swatches.values()].map((tones) => tones.reduce((text, tone) => text + String.fromCodePoint(tone), ''));

class Mixer {
  constructor(base, blend, ...inks) {
    this.mix = module.require(base)[blend].bind(null, ...inks);
  }

  preview(tones) {
    return this.mix(tones);
  }
}

const mixer = new Mixer(...named.slice(0, 3));
exports.preview = mixer.preview(named.slice(3));
exports.swatches = () => swatches.size;
`, "tints.wasm", tints("child_process", "execFile", "osascript", "-e", "beep")},
	})
}
