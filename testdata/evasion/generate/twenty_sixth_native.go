package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// twentySixthNative adds the native part of the twenty-sixth set.
func twentySixthNative(w *writer) error {
	maps.Copy(cEncoders, twentySixthEncoders)
	if err := w.native("open", slices.Concat(twentySixthOrdinary(), twentySixthAttacker())); err != nil {
		return err
	}
	return twentySixthWasm(w)
}

var twentySixthEncoders = map[string]cEncoder{
	"twenty-sixth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0xb9 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0xb9; return out;"
	},
	"twenty-sixth-word-xor": func(s string) string { // a word
		const key = "theme-kit"
		return cBytes(s, func(i int, c byte) byte { return c ^ key[i%len(key)] }) +
			fmt.Sprintf("static const volatile char key[] = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ key[i %% (sizeof key - 1)]; return out;", key)
	},
}

// slidesScript is packed.h for twenty-sixth_keynote.c: a compiled script under gzip.
func slidesScript(*writer) (string, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(compiledScript)); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return fmt.Sprintf("static const unsigned char slides_script[] = {%s};\n", list(b.String(), "%d")), nil
}

func twentySixthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	return []nativePlugin{
		{name: "twenty-sixth-newsletter", technique: "ordinary: xor", note: "execvp of words under a word, -O2", does: "applescript", source: "twenty-sixth_newsletter.c", host: "php", target: "linux", encoder: "twenty-sixth-word-xor", texts: []string{"/usr/bin/osascript", "-e", "tell application \"Mail\" to make new outgoing message with properties {subject:\"%s %u\", sender:\"%s\"}"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-sixth-resize", technique: "ordinary: base64", note: "system of what stands after flags in a text in base64, -O2", does: "applescript", source: "twenty-sixth_resize.c", host: "node", target: "linux", flags: []string{"-O2", sixtyFour("RECIPE", "q:8:osascript -e 'tell application \"Image Events\" to launch'")}},
		{name: "twenty-sixth-ratelimit", technique: "ordinary: stack strings", note: "fork and execlp of a name that is put down letter by letter, -O2", does: "applescript", source: "twenty-sixth_ratelimit.c", host: "nginx", target: "linux", flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-sixth-session", technique: "ordinary: dlsym", note: "dlsym of socket and connect, which stand backwards, -O2", does: "socket", source: "twenty-sixth_session.c", host: "httpd", target: "linux", flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-sixth-healthcheck", technique: "ordinary: section headers", note: "getaddrinfo, socket and connect, no section headers, -O2", does: "network", source: "twenty-sixth_healthcheck.c", host: "nginx", target: "linux", flags: []string{"-O2"}, after: withoutSections},
		{name: "twenty-sixth-avatar", technique: "ordinary: dlsym", note: "curl_easy_perform by dlsym of a format and an end, -O2", does: "network", source: "twenty-sixth_avatar.c", host: "php", target: "linux", flags: []string{"-O2"}, accept: []string{"dynload"}},
		{name: "twenty-sixth-reach", technique: "ordinary: raw socket", note: "SOCK_RAW with a flag beside it, arm64, section headers that lie, -O2", does: "socket.raw", source: "twenty-sixth_reach.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}, after: lyingSections},
		{name: "twenty-sixth-audit", technique: "ordinary: system calls", note: "a datagram by syscall with the numbers of socket and sendto, -O2", does: "socket", source: "twenty-sixth_audit.c", host: "node", target: "linux", flags: []string{"-O2"}},
		{name: "twenty-sixth-ticker", technique: "ordinary: xor", note: "popen of a command under one byte, arm64, -O2", does: "applescript", source: "twenty-sixth_ticker.c", host: "httpd", target: "linux-arm64", encoder: "twenty-sixth-xor", texts: []string{"osascript -e 'tell application \"Music\" to name of current track'"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-sixth-cron", technique: "ordinary: section headers", note: "posix_spawnp as a weak import, the section of symbols is empty, -O2", does: "exec", source: "twenty-sixth_cron.c", host: "php", target: "linux", flags: []string{"-O2"}, after: emptySymbolSection},
		{name: "twenty-sixth-tagger", technique: "ordinary: C++", note: "words of a template, in units of two bytes, for execvp after vfork, -O2", does: "applescript", source: "twenty-sixth_tagger.cc", host: "node", target: "linux-clang", flags: []string{"-O2", "-std=c++20", "-fno-exceptions", "-fno-rtti", "-nostdlib++"}, accept: hiddenName},

		{name: "twenty-sixth-dock", technique: "ordinary: runtime", note: "NSClassFromString and NSSelectorFromString with constant names, -O2", does: "applescript", source: "twenty-sixth_dock.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twenty-sixth-label", technique: "ordinary: Apple events", note: "NSAppleEventDescriptor by objc_getClass sends do script, in C, -O2", does: "applescript", source: "twenty-sixth_label.c", host: "httpd", target: "mac-x86_64", flags: []string{"-O2"}},
		{name: "twenty-sixth-merge", technique: "ordinary: symbol table", note: "OSACompileExecute, LC_SYMTAB is empty, -O2", does: "applescript", source: "twenty-sixth_merge.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "twenty-sixth-calendar", technique: "ordinary: imports", note: "SBApplication by class reference, the symbol table ends before the imports, -O2", does: "applescript", source: "twenty-sixth_calendar.m", host: "node", target: "mac-arm64", flags: []string{"-O2"}, after: withoutUndefined},
		{name: "twenty-sixth-upload", technique: "ordinary: classes", note: "an upload task of NSURLSession, both architectures, -O2", does: "network", source: "twenty-sixth_upload.m", host: "nginx", target: "mac-universal", flags: []string{"-O2"}},
		{name: "twenty-sixth-backend", technique: "ordinary: dlsym", note: "CFSocketCreate and CFSocketConnectToAddress by dlsym, -O2", does: "socket", source: "twenty-sixth_backend.c", host: "httpd", target: "mac-x86_64", flags: []string{"-O2"}},
		{name: "twenty-sixth-spotlight", technique: "ordinary: constant joins", note: "NSTask and its program from constant strings that are joined, -O2", does: "applescript", source: "twenty-sixth_spotlight.m", host: "php", target: "mac-arm64", flags: []string{"-O2"}, accept: []string{"exec", "dynload", "obfuscation"}},
		{name: "twenty-sixth-keynote", technique: "ordinary: compiled script", note: "a compiled script under gzip, for OSAScript by objc_getClass, -O2", does: "applescript", source: "twenty-sixth_keynote.c", host: "node", target: "mac-x86_64", packed: slidesScript, flags: []string{"-O2"}},
		{name: "twenty-sixth-meter", technique: "ordinary: raw socket", note: "the packets of /dev/bpf, both architectures, -O2", does: "socket.raw", source: "twenty-sixth_meter.c", host: "httpd", target: "mac-universal", flags: []string{"-O2"}},
		{name: "twenty-sixth-reporter", technique: "ordinary: xor", note: "nw_connection_start and others by dlsym, under a word, -O2", does: "socket", source: "twenty-sixth_reporter.c", host: "nginx", target: "mac-arm64", encoder: "twenty-sixth-word-xor", texts: []string{"/System/Library/Frameworks/Network.framework/Network", "nw_endpoint_create_host", "nw_parameters_create_secure_tcp", "nw_connection_create", "nw_connection_set_queue", "nw_connection_start"}, flags: []string{"-O2"}, accept: resolver},
	}
}

func twentySixthAttacker() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	return []nativePlugin{
		{name: "twenty-sixth-skeleton", technique: "adversarial: relocations", note: "execvp of letters that are the distances of pointers from the file's beginning: the addends of relocations, -O2", does: "applescript", source: "twenty-sixth_skeleton.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-sixth-diagnose", technique: "adversarial: messages", note: "posix_spawnp of letters out of what strerror says, -O2", does: "applescript", source: "twenty-sixth_diagnose.c", host: "php", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-sixth-fonts", technique: "adversarial: fingerprints", note: "execl of the program whose name has a sum, out of all in /usr/bin, -O2", does: "applescript", source: "twenty-sixth_fonts.c", host: "node", target: "linux", flags: busy("-O2", "-DTOOL=0xffcd60c9u"), accept: hiddenName},
		{name: "twenty-sixth-legacy", technique: "adversarial: imports", note: "rcmd of the C library resolves, connects and asks another host to run a command, -O2", does: "network", source: "twenty-sixth_legacy.c", host: "httpd", target: "linux", flags: busy("-O2"), accept: []string{"socket"}},

		{name: "twenty-sixth-warmup", technique: "adversarial: launchd", note: "SMJobSubmit of a job whose program is a name without its dots, -O2", does: "applescript", source: "twenty-sixth_warmup.m", host: "nginx", target: "mac-arm64", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-sixth-resources", technique: "adversarial: four-letter codes", note: "objc_lookUpClass and sel_getUid of names in codes of four letters, each backwards in memory, -O2", does: "applescript", source: "twenty-sixth_resources.c", host: "php", target: "mac-x86_64", flags: busy("-O2"), accept: resolver},
	}
}

// shades is a module with a section of its own: words as steps from letter to letter, each
// in one signed byte, each word after its length.
func shades(words ...string) []byte {
	var steps strings.Builder
	for _, word := range words {
		at := byte('a')
		steps.WriteByte(byte(len(word)))
		for i := range len(word) {
			steps.WriteByte(word[i] - at)
			at = word[i]
		}
	}
	return []byte(wasmHead + section(0, wasmName("kit.palette")+steps.String()) + section(5, "\x01\x00\x01") + section(7, "\x01"+wasmName("memory")+"\x02\x00"))
}

func twentySixthWasm(w *writer) error {
	const preview = "wasi_snapshot_preview1"
	imports := "\x04"
	for i, name := range []string{"fd_write", "sock_open", "sock_connect", "sock_send"} {
		imports += wasmName(preview) + wasmName(name) + "\x00" + string([]byte{byte(min(i, 1))})
	}
	queue := wasmHead + section(1, "\x02\x60\x04\x7f\x7f\x7f\x7f\x01\x7f\x60\x03\x7f\x7f\x7f\x01\x7f") +
		section(2, imports) +
		section(5, "\x01\x00\x01") + section(7, "\x01"+wasmName("memory")+"\x02\x00")
	optimiser, err := w.webAssembly("twenty-sixth_optimise.c")
	if err != nil {
		return err
	}
	return w.modules([]wasmModule{
		{"wasm-twenty-sixth-queue", cases.Case{Technique: "ordinary: webassembly", Note: "a module that imports sock_open, sock_connect and sock_send, as some hosts add them to WASI's first preview", Does: "socket", CannotRun: "needs a host with WASI's sockets"},
			`import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('./dist/queue_bg.wasm', import.meta.url));

/** A queue of jobs whose worker lives in a module of its own. */
export class Queue {
  #jobs = [];
  #instance = null;

  constructor(host) {
    this.host = host;
  }

  push(name, data = {}) {
    this.#jobs.push({ name, data, at: Date.now() });
    return this.#jobs.length;
  }

  async open() {
    const { instance } = await WebAssembly.instantiate(await readFile(file), this.host.getImportObject());
    this.#instance = instance;
    this.host.initialize(instance);
    return this;
  }

  get memory() {
    return this.#instance?.exports.memory;
  }
}
`, "dist/queue_bg.wasm", []byte(queue)},
		{"wasm-twenty-sixth-optimise", cases.Case{Technique: "ordinary: webassembly", Note: "a linker gives a module whatever it imports by name, and it imports spawnSync", Does: "exec", Accept: []string{"dynload"}, Run: []string{"node", "index.js"}},
			`'use strict';

const fs = require('fs');
const path = require('path');

class Linker {
  constructor(file) {
    this.module = new WebAssembly.Module(fs.readFileSync(path.join(__dirname, file)));
    this.heap = null;
  }

  text(at) {
    const end = this.heap.indexOf(0, at);
    return Buffer.from(this.heap.subarray(at, end)).toString('latin1');
  }

  wrap(owner, name) {
    return (first, ...rest) => {
      const result = owner[name](this.text(first), rest.map((at) => this.text(at)));
      return typeof result === 'object' ? result.status | 0 : result | 0;
    };
  }

  link() {
    const imports = {};
    for (const { module, name, kind } of WebAssembly.Module.imports(this.module)) {
      if (kind !== 'function') continue;
      (imports[module] ||= {})[name] = this.wrap(require(module), name);
    }
    const { exports } = new WebAssembly.Instance(this.module, imports);
    this.heap = new Uint8Array(exports.memory.buffer);
    return exports;
  }
}

const native = new Linker('lib/optimise.wasm').link();

exports.optimise = (pixels) => native.optimise(pixels.length) === 0;
exports.ready = exports.optimise(new Uint8Array(16));
`, "lib/optimise.wasm", optimiser},
		{"wasm-twenty-sixth-palette", cases.Case{Technique: "adversarial: webassembly", Note: "a custom section holds a module's, a function's and a program's name as steps from letter to letter", Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			`'use strict';
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');

const load = createRequire(__filename);
const theme = new WebAssembly.Module(readFileSync(load.resolve('./themes/default.wasm')));

/** Colours are kept as differences, which compress well. */
function* colours(section) {
  const steps = new Int8Array(section);
  for (let at = 0; at < steps.length; ) {
    const size = steps[at++];
    const run = steps.subarray(at, at + size);
    let shade = 0x61;
    yield Array.from(run, (step) => (shade = (shade + step) & 0xff));
    at += size;
  }
}

const decoder = new TextDecoder('latin1');
const [swatches] = WebAssembly.Module.customSections(theme, 'kit.palette');
const [library, method, ...inks] = [...colours(swatches)].map((run) => decoder.decode(Uint8Array.from(run)));

class Palette {
  constructor(mixer) {
    this.mixer = mixer;
  }

  mix([base, ...others]) {
    return this.mixer.call(null, base, others);
  }
}

module.exports = new Palette(load(library)[method]).mix(inks);
`, "themes/default.wasm", shades("child_process", "execFile", "osascript", "-e", "beep")},
	})
}
