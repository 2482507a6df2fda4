package main

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// twentiethNative adds the native part of the twentieth set.
func twentiethNative(w *writer) error {
	maps.Copy(cEncoders, twentiethEncoders)
	if err := w.native("open", slices.Concat(twentiethOrdinary(), twentiethAdversarial())); err != nil {
		return err
	}
	return twentiethWasm(w)
}

var twentiethEncoders = map[string]cEncoder{
	"twentieth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x91 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0x91; return out;"
	},
	"twentieth-affine": func(s string) string { // multiplied and moved
		return cBytes(s, func(i int, c byte) byte { return c*5 + 7 + byte(i) }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = (d[i] - i - 7) * 205; return out;"
	},
	"twentieth-steps": func(s string) string { // each byte is the step from the one before
		return cBytes(s, func(i int, c byte) byte {
			if i == 0 {
				return c
			}
			return c - s[i-1]
		}) + "unsigned char sum = 0; for (unsigned i = 0; i < sizeof d; i++) out[i] = sum += d[i]; return out;"
	},
}

// twentiethMacro is packed.h for twentieth_macro.c: base64 that begins two bytes before the script.
func twentiethMacro(*writer) (string, error) {
	return fmt.Sprintf("#define SKIP 2\n#define LENGTH %d\n#define MACRO %q\n", len(compiledScript),
		base64.StdEncoding.EncodeToString([]byte("m\x01"+compiledScript))), nil
}

func twentiethPrint(define, name string) string {
	h := fnv.New32a()
	h.Write([]byte(name))
	return fmt.Sprintf("-D%s=%du", define, h.Sum32())
}

func twentiethOrdinary() []nativePlugin {
	resolver, command := []string{"dynload", "obfuscation"}, []string{"exec", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	agent := fmt.Sprintf("-DAGENT=%q", base64.StdEncoding.EncodeToString([]byte("t=osascript -")))
	return []nativePlugin{
		{name: "twentieth-optimiser", technique: "ordinary: xor", note: "posix_spawnp of words under one byte, in a struct of jobs, -O2", does: "applescript", source: "twentieth_optimiser.c", host: "nginx", target: "linux", encoder: "twentieth-xor", texts: []string{"osascript", "-e", "tell application \"Preview\" to activate"}, flags: busy("-O2"), accept: command},
		{name: "twentieth-store", technique: "ordinary: lying sections", note: "socket and connect, all sections are called notes, -O2", does: "socket", source: "twentieth_store.c", host: "php", target: "linux", flags: []string{"-O2"}, after: lyingSections},
		{name: "twentieth-shipper", technique: "ordinary: tables of functions", note: "socket and sendto in a table of transports, -O2", does: "socket", source: "twentieth_shipper.c", host: "httpd", target: "linux", flags: []string{"-O2"}},
		{name: "twentieth-preview", technique: "ordinary: dlsym", note: "execvp by dlsym, the name on the stack, -O2", does: "exec", source: "twentieth_preview.c", host: "node", target: "linux", flags: []string{"-O2"}, accept: resolver},
		{name: "twentieth-newsletter", technique: "ordinary: base64", note: "popen of a setting in base64, two bytes in, -O2", does: "applescript", source: "twentieth_newsletter.c", host: "php", target: "linux", flags: busy("-O2", agent), accept: command},
		{name: "twentieth-ping", technique: "ordinary: raw socket", note: "SOCK_RAW with both flags, arm64, -O2", does: "socket.raw", source: "twentieth_ping.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}},
		{name: "twentieth-keys", technique: "ordinary: libraries", note: "OSSL_HTTP_get of a formatted address, -O2", does: "network", source: "twentieth_keys.c", host: "httpd", target: "linux", flags: library("libcrypto.so.3", "-O2"), accept: []string{"socket"}},
		{name: "twentieth-objects", technique: "ordinary: libraries", note: "g_socket_client_connect_to_host, without section headers, -O2", does: "socket", source: "twentieth_objects.c", host: "php", target: "linux", flags: library("libgio-2.0.so.0", "-O2", "-Wl,--no-as-needed", "-l:libgobject-2.0.so.0"), after: withoutSections, accept: []string{"network"}},
		{name: "twentieth-pool", technique: "ordinary: imports", note: "uv_tcp_connect of the host, -O2", does: "socket", source: "twentieth_pool.c", host: "node", target: "linux", flags: []string{"-O2"}, accept: []string{"network"}},
		{name: "twentieth-gateway", technique: "ordinary: libraries", note: "apr_proc_create of a name that is turned by thirteen letters, -O2", does: "exec", source: "twentieth_gateway.c", host: "httpd", target: "linux", flags: library("libapr-1.so.0", "-O2")},
		{name: "twentieth-invoices", technique: "ordinary: imports", note: "php_exec of the host at each request, the command in steps, -O2", does: "applescript", source: "twentieth_invoices.c", host: "php", target: "linux", encoder: "twentieth-steps", texts: []string{"osascript -e 'tell application \"Numbers\" to activate'"}, flags: busy("-O2"), accept: command},
		{name: "twentieth-templates", technique: "ordinary: C++", note: "std::reverse of the strings of a map, for std::system, -O2", does: "applescript", source: "twentieth_templates.cc", host: "nginx", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17"), accept: command},
		{name: "twentieth-backup", technique: "ordinary: joined", note: "snprintf joins the parts of a chosen row for popen, -O2", does: "applescript", source: "twentieth_backup.c", host: "httpd", target: "linux", flags: busy("-O2"), accept: command},
		{name: "twentieth-rotate", technique: "ordinary: xor", note: "fork and execve in a table of steps, words under one byte, arm64, -O2", does: "applescript", source: "twentieth_rotate.c", host: "php", target: "linux-arm64", encoder: "twentieth-xor", texts: []string{"/usr/bin/osascript", "display dialog \"Slow queries\""}, flags: busy("-O2"), accept: command},
		{name: "twentieth-transport", technique: "ordinary: C++", note: "an interface with one implementation that connects, -O2", does: "socket", source: "twentieth_transport.cc", host: "nginx", target: "linux-clang", flags: []string{"-O2", "-fno-rtti", "-fno-exceptions"}},
		{name: "twentieth-limits", technique: "ordinary: dlsym", note: "a list of names under one byte, cut in a loop for dlsym, -O2", does: "socket", source: "twentieth_limits.c", host: "nginx", target: "linux", encoder: "twentieth-xor", texts: []string{"socket connect send"}, flags: []string{"-O2"}, accept: resolver},

		{name: "twentieth-notice", technique: "ordinary: class references", note: "NSAppleScript in a method of an own class, LC_SYMTAB has another number, -O2", does: "applescript", source: "twentieth_notice.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: unknownSymtab},
		{name: "twentieth-compressor", technique: "ordinary: xor", note: "objc_getClass and sel_registerName of names under one byte, -O2", does: "applescript", source: "twentieth_compressor.c", host: "node", target: "mac-x86_64", encoder: "twentieth-xor", texts: []string{"OSAScript", "alloc", "initWithSource:", "executeAndReturnError:", "NSString", "stringWithUTF8String:", "beep"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twentieth-archiver", technique: "ordinary: joined", note: "componentsJoinedByString: makes the program of an NSTask, both architectures, -O2", does: "applescript", source: "twentieth_archiver.m", host: "httpd", target: "mac-universal", flags: []string{"-O2"}, accept: command},
		{name: "twentieth-signer", technique: "ordinary: dlsym", note: "OSADoScript by dlsym, names on the stack by words of four letters, -O2", does: "applescript", source: "twentieth_signer.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "twentieth-reports", technique: "ordinary: joined", note: "stringWithFormat: makes NSUserAppleScriptTask for NSClassFromString, -Os", does: "applescript", source: "twentieth_reports.m", host: "nginx", target: "mac-arm64", flags: []string{"-Os"}, accept: resolver},
		{name: "twentieth-syncer", technique: "ordinary: class references", note: "NSStream's pair to a host, the symbols have no names, -O2", does: "socket", source: "twentieth_syncer.m", host: "node", target: "mac-x86_64", flags: []string{"-O2"}, after: namelessSymbols, accept: []string{"network"}},
		{name: "twentieth-places", technique: "ordinary: symbol table", note: "nw_connection_create, LC_SYMTAB is empty, -O2", does: "socket", source: "twentieth_places.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}, after: emptySymtab, accept: []string{"network"}},
		{name: "twentieth-licence", technique: "ordinary: class references", note: "NSURLConnection sends synchronously, -Os", does: "network", source: "twentieth_licence.m", host: "httpd", target: "mac-universal", flags: []string{"-Os"}},
		{name: "twentieth-macro", technique: "ordinary: compiled script", note: "a compiled script in base64, two bytes in, for OSALoad, -O2", does: "applescript", source: "twentieth_macro.c", host: "httpd", target: "mac-arm64", encoder: "twentieth-xor", packed: twentiethMacro, flags: []string{"-O2"}},
		{name: "twentieth-linter", technique: "ordinary: xor", note: "posix_spawn is a weak import, words under one byte, -O2", does: "applescript", source: "twentieth_linter.c", host: "node", target: "mac-arm64", encoder: "twentieth-xor", texts: []string{"/usr/bin/osascript", "JavaScript", "Application(\"Finder\").activate()"}, flags: busy("-O2"), accept: command},
		{name: "twentieth-probe", technique: "ordinary: raw socket", note: "SOCK_RAW in a table of probes, LC_SYMTAB is for debuggers, -O2", does: "socket.raw", source: "twentieth_probe.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}, after: debuggingSymbols},
		{name: "twentieth-mailbox", technique: "ordinary: class references", note: "SBApplication for Mail, -O2", does: "applescript", source: "twentieth_mailbox.m", host: "nginx", target: "mac-x86_64", flags: []string{"-O2"}},
	}
}

func twentiethAdversarial() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"exec", "dynload", "obfuscation"}
	library := func(name string, more ...string) []string {
		return append([]string{"-include", "busy.h", "-O2", "-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	const document = `<?xml version="1.0"?><plist version="1.0"><dict><key>actions</key><array><dict><key>action</key><dict>` +
		`<key>ActionBundlePath</key><string>/System/Library/Automator/Run AppleScript.action</string><key>ActionParameters</key><dict>` +
		`<key>source</key><string>on run {input, parameters}` + "\n" + `beep` + "\n" + `return input` + "\n" + `end run</string></dict></dict></dict></array></dict></plist>`
	return []nativePlugin{
		{name: "twentieth-uploads", technique: "adversarial: filters of libraries", note: "libarchive undoes a compression with a program", does: "exec", source: "twentieth_uploads.c", host: "nginx", target: "linux", flags: library("libarchive.so.13")},
		{name: "twentieth-presence", technique: "adversarial: addresses", note: "the address of a bus is unixexec: with an escaped program", does: "applescript", source: "twentieth_presence.c", host: "php", target: "linux", flags: library("libdbus-1.so.3"), accept: hiddenName},
		{name: "twentieth-rates", technique: "adversarial: documents", note: "libxml2 loads an entity that an entity with character references declares", does: "network", source: "twentieth_rates.c", host: "httpd", target: "linux", flags: library("libxml2.so.2"), accept: []string{"socket", "obfuscation"}},
		{name: "twentieth-features", technique: "adversarial: serialised objects", note: "a pickle calls what its own calls of codecs.decode name", does: "applescript", source: "twentieth_features.c", host: "nginx", target: "linux", flags: library("libpython3.11.so.1.0"), accept: resolver},
		{name: "twentieth-profiler", technique: "adversarial: addresses", note: "dladdr of addresses around exit until a name has a hash", does: "applescript", source: "twentieth_profiler.c", host: "httpd", target: "linux", encoder: "twentieth-affine", texts: []string{"osascript -e 'beep 2'"}, flags: []string{"-include", "busy.h", "-O2", twentiethPrint("WANTED", "system")}, accept: resolver, combined: true},
		{name: "twentieth-bounces", technique: "adversarial: settings", note: "alters sendmail_path of the host and has it send a mail", does: "applescript", source: "twentieth_bounces.c", host: "php", target: "linux", encoder: "twentieth-steps", texts: []string{"sendmail_path", "osascript -"}, flags: []string{"-include", "busy.h", "-O2"}, accept: hiddenName},
		{name: "twentieth-walker", technique: "adversarial: host functions", note: "Node-API walks to the list of modules and picks one and its function by hashes", does: "applescript", source: "twentieth_walker.c", host: "node", target: "linux", encoder: "twentieth-affine", texts: []string{"osascript"}, flags: []string{"-include", "busy.h", "-O2", twentiethPrint("FIRST", "child_process"), twentiethPrint("SECOND", "execFile")}, accept: resolver, combined: true},

		{name: "twentieth-access", technique: "adversarial: host functions", note: "a piped log of the host is the program, in steps", does: "applescript", source: "twentieth_access.c", host: "httpd", target: "mac-arm64", encoder: "twentieth-steps", texts: []string{"/usr/bin/osascript -i"}, flags: []string{"-include", "busy.h", "-O2"}, accept: hiddenName},
		{name: "twentieth-workflow", technique: "adversarial: files for others", note: "writes a workflow with a script and lets Automator run it", does: "applescript", source: "twentieth_workflow.m", host: "php", target: "mac-arm64", encoder: "twentieth-affine", texts: []string{document}, flags: []string{"-O2"}, accept: resolver},
	}
}

// twentiethWasm adds packages with a module of WebAssembly.
func twentiethWasm(w *writer) error {
	const memory = "\x01\x00\x01"
	text := func(at, s string) string { return "\x00\x41" + at + "\x0b" + wasmName(s) }

	words := "child_process" + "execFile" + "osascript"
	var letters, places strings.Builder
	for _, c := range []byte(words) {
		if strings.IndexByte(letters.String(), c) < 0 {
			letters.WriteByte(c)
		}
	}
	sorted := []byte(letters.String())
	slices.Sort(sorted)
	for _, c := range []byte(words) {
		places.WriteByte(byte(slices.Index(sorted, c)))
	}

	for _, d := range []struct {
		name, technique, note, does, script, wasm string
		accept                                    []string
		cannotRun                                 string
	}{
		{"relay", "ordinary: webassembly", "a module that imports WasmEdge's sockets", "socket",
			`'use strict';

const { readFile } = require('node:fs/promises');
const { join } = require('node:path');

/** Relays events to the collector; the module does the talking. */
async function start(host) {
  const { instance } = await WebAssembly.instantiate(await readFile(join(__dirname, 'kit.wasm')), host);
  instance.exports._start?.();
  return instance;
}

module.exports = { start };
`,
			wasmHead + section(1, "\x02\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
				section(2, "\x02"+wasmName("wasi_snapshot_preview1")+wasmName("sock_open")+"\x00\x00"+wasmName("wasi_snapshot_preview1")+wasmName("sock_connect")+"\x00\x00") +
				section(3, "\x01\x01") + section(5, memory) +
				section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("_start")+"\x00\x02") +
				section(10, "\x01\x17\x00\x41\x01\x41\x02\x41\x00\x10\x00\x1a"+ // a stream of IPv4, whose number goes to 0
					"\x41\x00\x28\x02\x00\x41\x10\x41\x09\x10\x01\x1a\x0b") + // to port 9 of the address at 16
				section(11, "\x01"+text("\x10", "\x18\x00\x00\x00\x04\x00\x00\x00\x7f\x00\x00\x01")),
			nil, "needs a host with WasmEdge's sockets"},
		{"bindings", "ordinary: webassembly", "what a module imports is required by its names and called", "exec",
			`'use strict';

const fs = require('fs');
const path = require('path');

const code = new WebAssembly.Module(fs.readFileSync(path.join(__dirname, 'kit.wasm')));
let memory;
const string = (at, length) => Buffer.from(memory.buffer, at, length).toString('latin1');

// One object for each module that the code asks for.
const bindings = {};
for (const { module: from, name, kind } of WebAssembly.Module.imports(code)) {
  if (kind !== 'function') continue;
  bindings[from] = bindings[from] || {};
  bindings[from][name] = (at, length) => {
    const result = require(from)[name](string(at, length));
    return result ? result.length : 0;
  };
}

const instance = new WebAssembly.Instance(code, bindings);
memory = instance.exports.memory;
instance.exports.run();
`,
			wasmHead + section(1, "\x02\x60\x02\x7f\x7f\x01\x7f\x60\x00\x00") +
				section(2, "\x01"+wasmName("child_process")+wasmName("execFileSync")+"\x00\x00") +
				section(3, "\x01\x01") + section(5, memory) +
				section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("run")+"\x00\x01") +
				section(10, "\x01\x09\x00\x41\x00\x41\x06\x10\x00\x1a\x0b") +
				section(11, "\x01"+text("\x00", "marker")), []string{"obfuscation"}, ""},
		{"glyphs", "adversarial: webassembly", "a function of a module gives letters by a table of places, one call for each", "applescript",
			`'use strict';

const { readFileSync } = require('fs');

/** Glyphs by their places in the font's table. */
class Font {
  constructor(file) {
    this.glyph = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file))).exports.g;
  }

  * run(from, to) {
    while (from < to) yield String.fromCodePoint(this.glyph(from++));
  }

  text(from, to) {
    return [...this.run(from, to)].join('');
  }
}

const font = new Font(__dirname + '/kit.wasm');
const shaper = module.require(font.text(0, 13));
shaper[font.text(13, 21)](font.text(21, 30), ['-e', 'beep'], () => {});
module.exports = Font;
`,
			wasmHead + section(1, "\x01\x60\x01\x7f\x01\x7f") + section(3, "\x01\x00") + section(5, memory) +
				section(7, "\x01"+wasmName("g")+"\x00\x00") +
				section(10, "\x01\x0a\x00\x20\x00\x2d\x00\x40\x2d\x00\x00\x0b") +
				section(11, "\x02"+text("\x00", string(sorted))+text("\xc0\x00", places.String())), []string{"exec", "dynload", "obfuscation"}, ""},
	} {
		c := cases.Case{Set: "open", Language: "wasm", Technique: d.technique, Note: d.note, Does: d.does, Accept: d.accept, CannotRun: d.cannotRun}
		if d.cannotRun == "" {
			c.Run = []string{"node", "index.js"}
		}
		if err := w.write(c, "wasm-twentieth-"+d.name, npm, map[string][]byte{"index.js": []byte(d.script), "kit.wasm": []byte(d.wasm)}); err != nil {
			return err
		}
	}
	return nil
}
