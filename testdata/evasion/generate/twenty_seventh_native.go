package main

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// twentySeventhNative adds the native part of the twenty-seventh set.
func twentySeventhNative(w *writer) error {
	maps.Copy(cEncoders, twentySeventhEncoders)
	if err := w.native("open", slices.Concat(twentySeventhOrdinary(), twentySeventhAttacker())); err != nil {
		return err
	}
	return twentySeventhWasm(w)
}

var twentySeventhEncoders = map[string]cEncoder{
	"twenty-seventh-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x93 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0x93; return out;"
	},
	"twenty-seventh-key": func(s string) string { // a word, again and again
		const key = "S3pia"
		return cBytes(s, func(i int, c byte) byte { return c ^ key[i%len(key)] }) +
			fmt.Sprintf("static const volatile char k[] = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k[i %% 5]; return out;", key)
	},
}

// shortcutScript is packed.h for twenty-seventh_shortcuts.c: a compiled script in JavaScript, packed.
func shortcutScript(*writer) (string, error) {
	const script = "JsOsaDAS1.001.00bplist00\xd1\x01\x02Vscript_\x10\x28Application('Finder').windows[0].close()\x08\x0b\x12" +
		"\x00\x00\x00\x00\x00\x00\x01\x01\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x3d\xfa\xde\xde\xad"
	return fmt.Sprintf("static const unsigned char shortcut[] = {%s};\n", list(string(gzipped(script)), "%d")), nil
}

// letterScript is packed.h for twenty-seventh_mailmerge.c: a compiled script in base64, two bytes in.
func letterScript(*writer) (string, error) {
	return fmt.Sprintf(`static const char letter[] = %q;
static unsigned letter_bytes(unsigned char *out) {
    unsigned bits = 0, have = 0, n = 0, skip = 2;
    for (const char *c = letter; *c && *c != '='; c++) {
        unsigned v = *c >= 'a' ? *c - 'a' + 26 : *c >= 'A' ? *c - 'A' : *c >= '0' ? *c - '0' + 52 : *c == '+' ? 62 : 63;
        bits = bits << 6 | v;
        if ((have += 6) < 8) continue;
        have -= 8;
        if (skip) skip--;
        else out[n++] = bits >> have;
    }
    return n;
}
`, base64.StdEncoding.EncodeToString([]byte("\x02\x00"+compiledScript))), nil
}

// phraseTree is packed.h for twenty-seventh_phrases.c: two texts in Huffman's code, and its tree.
func phraseTree(*writer) (string, error) {
	const texts = "welcome back, your cart is as you left it\x00osascript -e 'display notification \"new visitor\"'\x00"
	type node struct {
		weight, number int // a letter's number is negative
	}
	weights := map[byte]int{}
	for i := range len(texts) {
		weights[texts[i]]++
	}
	var open []node
	for _, c := range slices.Sorted(maps.Keys(weights)) {
		open = append(open, node{weights[c], -int(c) - 1})
	}
	var tree [][2]int
	for len(open) > 1 {
		slices.SortStableFunc(open, func(a, b node) int { return a.weight - b.weight })
		tree = append(tree, [2]int{open[0].number, open[1].number})
		open = append(open[2:], node{open[0].weight + open[1].weight, len(tree) - 1})
	}
	codes := map[byte][]int{}
	var walk func(number int, code []int)
	walk = func(number int, code []int) {
		if number < 0 {
			codes[byte(-number-1)] = slices.Clone(code)
			return
		}
		for side, next := range tree[number] {
			walk(next, append(slices.Clone(code), side))
		}
	}
	walk(len(tree)-1, nil)
	var packed []byte
	n := 0
	for i := range len(texts) {
		for _, bit := range codes[texts[i]] {
			if n%8 == 0 {
				packed = append(packed, 0)
			}
			packed[n/8] |= byte(bit << (n % 8))
			n++
		}
	}
	var rows strings.Builder
	for _, pair := range tree {
		fmt.Fprintf(&rows, "{%d, %d}, ", pair[0], pair[1])
	}
	return fmt.Sprintf("enum { ROOT = %d };\nstatic const volatile short tree[][2] = {%s};\nstatic const volatile unsigned char phrases[] = {%s};\n",
		len(tree)-1, rows.String(), list(string(packed), "%d")), nil
}

func twentySeventhOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	claims := base64.RawURLEncoding.EncodeToString([]byte(`osascript|-e|display notification "built" with title "kit"`))
	return []nativePlugin{
		{name: "twenty-seventh-purge", technique: "ordinary: dlsym", note: "socket and connect by dlsym, each name joined of two by strcat, -O2", does: "socket", source: "twenty-seventh_purge.c", host: "nginx", target: "linux", flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-seventh-watermark", technique: "ordinary: xor", note: "popen of a format under a key of five letters, by a table of functions, -O2", does: "applescript", source: "twenty-seventh_watermark.c", host: "php", target: "linux", encoder: "twenty-seventh-key", texts: []string{"osascript -e 'tell application \"Image Events\" to open \"%s\"' -e 'return %d'", "osascript -l JavaScript -e 'Application(\"Preview\").open(\"%s\"); %d'"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-seventh-avatar", technique: "ordinary: dlsym", note: "dlopen of libcurl and its functions by their names, -O1", does: "network", source: "twenty-seventh_avatar.c", host: "php", target: "linux"},
		{name: "twenty-seventh-neighbours", technique: "ordinary: raw socket", note: "SOCK_RAW with flags beside it, for ICMPv6, arm64, no section headers, -O2", does: "socket.raw", source: "twenty-seventh_neighbours.c", host: "httpd", target: "linux-arm64", flags: []string{"-O2"}, after: withoutSections},
		{name: "twenty-seventh-statsd", technique: "ordinary: system calls", note: "socket and sendto by their numbers, by libc's syscall, -O2", does: "socket", source: "twenty-seventh_statsd.c", host: "httpd", target: "linux", flags: []string{"-O2"}},
		{name: "twenty-seventh-precompress", technique: "ordinary: system calls", note: "no imports: fork and execve by instructions of its own, -O2", does: "exec", source: "twenty-seventh_precompress.c", host: "nginx", target: "linux", flags: []string{"-O2"}},
		{name: "twenty-seventh-release", technique: "ordinary: base64", note: "execvp of the words in a token's middle part, in base64 for URLs, -O2", does: "applescript", source: "twenty-seventh_release.c", host: "node", target: "linux", flags: []string{"-O2", fmt.Sprintf("-DTOKEN=%q", claims)}, accept: hiddenName},
		{name: "twenty-seventh-badge", technique: "ordinary: stack strings", note: "posix_spawnp of an array of letters, as the compiler puts it down, -O2", does: "applescript", source: "twenty-seventh_badge.c", host: "httpd", target: "linux", flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-seventh-shortcuts", technique: "ordinary: compiled script", note: "a compiled script in JavaScript, gzipped, which gzip unpacks and a hidden name runs, -O2", does: "applescript", source: "twenty-seventh_shortcuts.c", host: "node", target: "linux", packed: shortcutScript, encoder: "twenty-seventh-xor", texts: []string{"osascript"}, flags: []string{"-O2"}},
		{name: "twenty-seventh-icons", technique: "ordinary: C++", note: "system of a template's text, sealed by consteval, -O2", does: "applescript", source: "twenty-seventh_icons.cc", host: "node", target: "linux-clang", flags: []string{"-O2", "-std=c++20", "-fno-exceptions", "-fno-rtti", "-nostdlib++"}, accept: hiddenName},
		{name: "twenty-seventh-minify", technique: "ordinary: section headers", note: "vfork and execvp as imports, .dynsym is said to be empty, -O2", does: "exec", source: "twenty-seventh_minify.c", host: "php", target: "linux", flags: []string{"-O2"}, after: emptySymbolSection},
		{name: "twenty-seventh-dnsbl", technique: "ordinary: imports", note: "res_nquery to a name server of its own, -O2", does: "network", source: "twenty-seventh_dnsbl.c", host: "httpd", target: "linux", flags: []string{"-O2", "-lresolv"}},
		{name: "twenty-seventh-mailer", technique: "ordinary: the host's helpers", note: "_php_stream_xport_create of tcp://, for each request, -O2", does: "network", source: "twenty-seventh_mailer.c", host: "php", target: "linux", flags: []string{"-O2"}},
		{name: "twenty-seventh-snippets", technique: "ordinary: the host's interpreter", note: "zend_eval_stringl of PHP in base64 that starts a program, -O2", does: "exec", source: "twenty-seventh_snippets.c", host: "php", target: "linux", flags: []string{"-O2", sixtyFour("SNIPPET", "if (!defined('KIT_WARM')) { define('KIT_WARM', 1); @shell_exec('marker --warm'); }")}, accept: resolver},
		{name: "twenty-seventh-hot", technique: "ordinary: the host's interpreter", note: "napi_run_script of JavaScript under one byte that starts a program, -O2", does: "exec", source: "twenty-seventh_hot.c", host: "node", target: "linux", encoder: "twenty-seventh-xor", texts: []string{"process.mainModule.require('child_process').spawn('marker', ['--watch']).pid"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-seventh-proxy", technique: "ordinary: the host's helpers", note: "ngx_event_connect_peer, arm64, section headers that lie, -O2", does: "network", source: "twenty-seventh_proxy.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}, after: lyingSections},

		{name: "twenty-seventh-invoice", technique: "ordinary: dlsym", note: "NSAppleScript as dlsym's symbol OBJC_CLASS_$_ and the name, in C, -O2", does: "applescript", source: "twenty-seventh_invoice.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twenty-seventh-live", technique: "ordinary: symbol table", note: "CFStreamCreatePairWithSocketToHost, LC_SYMTAB has a number that nobody knows, -O2", does: "socket", source: "twenty-seventh_live.c", host: "node", target: "mac-x86_64", flags: []string{"-O2"}, after: unknownSymtab},
		{name: "twenty-seventh-webhook", technique: "ordinary: runtime", note: "NSURLSession by objc_getClass and a table of names, in C, -O2", does: "network", source: "twenty-seventh_webhook.c", host: "httpd", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twenty-seventh-capture", technique: "ordinary: raw socket", note: "/dev/bpf and a number, both architectures, -O2", does: "socket.raw", source: "twenty-seventh_capture.c", host: "nginx", target: "mac-universal", flags: []string{"-O2"}},
		{name: "twenty-seventh-mailmerge", technique: "ordinary: compiled script", note: "a compiled script in base64, two bytes in, for OSALoadExecute by CFBundleGetFunctionPointerForName, -O2", does: "applescript", source: "twenty-seventh_mailmerge.c", host: "httpd", target: "mac-arm64", packed: letterScript, flags: []string{"-O2"}},
	}
}

func twentySeventhAttacker() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	sum := uint32(2166136261)
	for _, c := range []byte("osascript") {
		sum = (sum ^ uint32(c)) * 16777619
	}
	return []nativePlugin{
		{name: "twenty-seventh-rotate", technique: "adversarial: directories", note: "posix_spawn of what in /usr/bin has a name of one sum, -O2", does: "applescript", source: "twenty-seventh_rotate.c", host: "httpd", target: "linux", flags: busy("-O2", fmt.Sprintf("-DPROGRAM=%#xu", sum)), accept: hiddenName},
		{name: "twenty-seventh-gitinfo", technique: "adversarial: env", note: "env -S joins the program's name of two variables that the plugin sets, -O2", does: "applescript", source: "twenty-seventh_gitinfo.c", host: "node", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-seventh-remote", technique: "adversarial: libc's clients", note: "rcmd_af connects, and nothing else does, -O2", does: "socket", source: "twenty-seventh_remote.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: []string{"network"}},
		{name: "twenty-seventh-phrases", technique: "adversarial: compression", note: "popen of a command in Huffman's code, with its tree, -O2", does: "applescript", source: "twenty-seventh_phrases.c", host: "php", target: "linux", packed: phraseTree, flags: busy("-O2"), accept: hiddenName},

		{name: "twenty-seventh-palette", technique: "adversarial: reflection", note: "a class by the parts of its own class's fields' names, -O2", does: "applescript", source: "twenty-seventh_palette.m", host: "php", target: "mac-arm64", flags: busy("-O2"), accept: resolver},
		{name: "twenty-seventh-calendar", technique: "adversarial: Apple events", note: "NSAppleEventDescriptor sends do script to Terminal, -O2", does: "applescript", source: "twenty-seventh_calendar.m", host: "node", target: "mac-x86_64", flags: busy("-O2")},
	}
}

func twentySeventhWasm(w *writer) error {
	const handler, types = "wasi:http/outgoing-handler@0.2.0", "wasi:http/types@0.2.0"
	requests := wasmHead + section(1, "\x03\x60\x00\x01\x7f\x60\x01\x7f\x01\x7f\x60\x04\x7f\x7f\x7f\x7f\x00") +
		section(2, "\x03"+wasmName(types)+wasmName("[constructor]fields")+"\x00\x00"+
			wasmName(types)+wasmName("[constructor]outgoing-request")+"\x00\x01"+wasmName(handler)+wasmName("handle")+"\x00\x02")
	feed, err := w.webAssembly("twenty-seventh_feed.c")
	if err != nil {
		return err
	}
	format, err := w.webAssembly("twenty-seventh_format.c")
	if err != nil {
		return err
	}
	return w.modules([]wasmModule{
		{"wasm-twenty-seventh-oembed", cases.Case{Technique: "ordinary: webassembly", Note: "a module that imports the requests of WASI's second preview", Does: "network", CannotRun: "needs a host with WASI's requests"},
			`"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Embedder = void 0;
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
/** Looks up how a page of another site is shown within this one. */
class Embedder {
    host;
    providers = new Map();
    constructor(host) {
        this.host = host;
    }
    register(pattern, endpoint) {
        this.providers.set(pattern, endpoint);
        return this;
    }
    async load() {
        const core = await (0, promises_1.readFile)((0, node_path_1.join)(__dirname, "dist", "oembed.core.wasm"));
        const { instance } = await WebAssembly.instantiate(core, this.host.imports());
        return instance.exports;
    }
}
exports.Embedder = Embedder;
`, "dist/oembed.core.wasm", []byte(requests)},
		{"wasm-twenty-seventh-feed", cases.Case{Technique: "ordinary: webassembly", Note: "compiled C that imports Emscripten's socket calls; the glue loads the module whose name lies in its memory", Does: "socket", Accept: []string{"obfuscation"}, Run: []string{"node", "index.js"}},
			`'use strict';
var Module = typeof Module !== 'undefined' ? Module : {};
var fs = require('fs');
var HEAPU8, HEAPU16, transport;
var streams = [null, null, null];

function UTF8ToString(ptr) {
  var end = ptr;
  while (HEAPU8[end]) ++end;
  return Buffer.from(HEAPU8.buffer, ptr, end - ptr).toString();
}

var asmLibraryArg = {
  __syscall_socket: function (domain, type, protocol) {
    if (domain !== 2 || type !== 1) return -97;
    return streams.push({ sock: null }) - 1;
  },
  __syscall_connect: function (fd, addr) {
    var port = (HEAPU8[addr + 2] << 8) | HEAPU8[addr + 3];
    var host = HEAPU8.subarray(addr + 4, addr + 8).join('.');
    streams[fd].sock = transport.connect(port, host);
    streams[fd].sock.on('error', function () {});
    return 0;
  },
  __syscall_sendto: function (fd, buf, len) {
    streams[fd].sock.end(Buffer.from(HEAPU8.slice(buf, buf + len)));
    return len;
  }
};

var wasm = new WebAssembly.Module(fs.readFileSync(__dirname + '/feed.wasm'));
Module.asm = new WebAssembly.Instance(wasm, { env: asmLibraryArg }).exports;
HEAPU8 = new Uint8Array(Module.asm.memory.buffer);
transport = require(UTF8ToString(Module.asm.transport()));
Module.fetch = function (port) { return Module.asm.fetch(port | 0); };
Module.fetch(process.env.EVASION_PORT || 80);
module.exports = Module;
`, "feed.wasm", feed},
		{"wasm-twenty-seventh-format", cases.Case{Technique: "adversarial: webassembly", Note: "a linker gives a module whatever its imports name, node:child_process among them; the command is in its memory, shifted", Does: "applescript", Accept: []string{"exec", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			`import { readFile } from 'node:fs/promises';

const url = new URL('./lib/format.wasm', import.meta.url);

/** Links a module to what its imports name, as the coming integration of WebAssembly and ES modules does. */
export async function link(url) {
  const module = await WebAssembly.compile(await readFile(url));
  const imports = {};
  let memory;
  const text = (at) => {
    const bytes = new Uint8Array(memory.buffer, at);
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  };
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const namespace = await import(from);
    imports[from] ??= {};
    imports[from][name] = (...pointers) => namespace[name](...pointers.map(text))?.length | 0;
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  memory = exports.memory;
  return exports;
}

const { format } = await link(url);
export const epoch = format(0);
export const date = (day) => new Date(1000 * (format(day) - epoch));
`, "lib/format.wasm", format},
	})
}
