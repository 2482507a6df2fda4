package main

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"plugvet/testdata/evasion/cases"
)

// twentySecondNative adds the native part of the twenty-second set.
func twentySecondNative(w *writer) error {
	maps.Copy(cEncoders, twentySecondEncoders)
	if err := w.native("open", slices.Concat(twentySecondOrdinary(), twentySecondAttacker())); err != nil {
		return err
	}
	return twentySecondWasm(w)
}

var twentySecondEncoders = map[string]cEncoder{
	"twenty-second-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0xd4 }) + "char *o = out; for (unsigned i = 0; i != sizeof d; i++) *o++ = d[i] ^ 0xd4; return out;"
	},
	"twenty-second-pair": func(s string) string { // two bytes in turn
		return cBytes(s, func(i int, c byte) byte { return c ^ "\x91\x2e"[i%2] }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (i & 1 ? 0x2e : 0x91); return out;"
	},
}

// twentySecondWorkflow is packed.h for twenty-second_workflow.c.
func twentySecondWorkflow(*writer) (string, error) {
	return fmt.Sprintf("static const char workflow[] = %q;\n", base64.StdEncoding.EncodeToString([]byte(compiledScript))), nil
}

// twentySecondChecksum defines a name as what its checksum is.
func twentySecondChecksum(define, name string) string {
	h := fnv.New32a()
	h.Write([]byte(name))
	return fmt.Sprintf("-D%s=%#xu", define, h.Sum32())
}

func twentySecondOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	notify := fmt.Sprintf("-DNOTIFY=%q", base64.StdEncoding.EncodeToString([]byte("v1:osascript -e 'display notification \"One digest was sent\"'")))
	hex := func(define, text string) string { return fmt.Sprintf("-D%s=\"%x\"", define, text) }
	return []nativePlugin{
		{name: "twenty-second-thumbs", technique: "ordinary: xor", note: "the last of a list of steps, which are pointers, calls posix_spawnp with words under one byte, -O2", does: "applescript", source: "twenty-second_thumbs.c", host: "php", target: "linux", encoder: "twenty-second-xor", texts: []string{"osascript", "display notification \"The pictures are ready\""}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-second-digest", technique: "ordinary: base64", note: "system of a template in base64, three letters in, among others in a table, -O2", does: "applescript", source: "twenty-second_digest.c", host: "httpd", target: "linux", flags: []string{"-O2", notify}, accept: hiddenName},
		{name: "twenty-second-warm", technique: "ordinary: stack strings", note: "execlp in a child, of letters put onto the stack one after another, -O1", does: "applescript", source: "twenty-second_warm.c", host: "nginx", target: "linux", accept: hiddenName},
		{name: "twenty-second-places", technique: "ordinary: dlsym", note: "socket, connect and send by dlsym from the process, a table says where they go, -O2", does: "socket", source: "twenty-second_places.c", host: "php", target: "linux", flags: busy("-O2")},
		{name: "twenty-second-shipper", technique: "ordinary: libraries", note: "posts lines of a log by libcurl, sections are all notes, -O2", does: "network", source: "twenty-second_shipper.c", host: "node", target: "linux", flags: library("libcurl.so.4", "-O2"), after: lyingSections},
		{name: "twenty-second-sessions", technique: "ordinary: libraries", note: "keeps sessions by libmemcached, -O2", does: "network", source: "twenty-second_sessions.c", host: "php", target: "linux", flags: library("libmemcached.so.11", "-O2"), accept: []string{"socket"}},
		{name: "twenty-second-filters", technique: "ordinary: resolvers only", note: "imports only dlopen, dlsym and dlclose; system and its argument are under two bytes, -Os", does: "exec", source: "twenty-second_filters.c", host: "nginx", target: "linux", encoder: "twenty-second-pair", texts: []string{"system", "marker"}, flags: []string{"-Os"}, accept: resolver},
		{name: "twenty-second-backup", technique: "ordinary: shells", note: "popen of a shell that reads a script with a here-document for osascript, -O2", does: "applescript", source: "twenty-second_backup.c", host: "node", target: "linux", flags: busy("-O2"), accept: []string{"exec"}},
		{name: "twenty-second-smtp", technique: "ordinary: section headers", note: "speaks SMTP, the section headers say that .dynsym is empty, -O2", does: "socket", source: "twenty-second_smtp.c", host: "httpd", target: "linux", flags: []string{"-O2"}, after: emptySymbolSection},
		{name: "twenty-second-template", technique: "ordinary: library functions", note: "wordexp of a value with a command in it, -O2", does: "applescript", source: "twenty-second_template.c", host: "php", target: "linux", flags: []string{"-O2"}, accept: []string{"exec"}},
		{name: "twenty-second-tokens", technique: "ordinary: C++", note: "std::stoi of pairs of hexadecimal digits in a class makes the words of execvp, -O2", does: "applescript", source: "twenty-second_tokens.cc", host: "nginx", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17", hex("PROGRAM", "osascript"), hex("SCRIPT", "get system info")), accept: hiddenName},
		{name: "twenty-second-assets", technique: "ordinary: joined", note: "asprintf of a directory and three parts from a table, for execve after vfork, without section headers, -O2", does: "applescript", source: "twenty-second_assets.c", host: "node", target: "linux", flags: []string{"-O2"}, after: withoutSections, accept: []string{"exec", "obfuscation"}},
		{name: "twenty-second-probe", technique: "ordinary: raw socket", note: "an echo by ICMP with SOCK_RAW, arm64, -O2", does: "socket.raw", source: "twenty-second_probe.c", host: "httpd", target: "linux-arm64", flags: busy("-O2")},
		{name: "twenty-second-currency", technique: "ordinary: base64", note: "dlopen and dlsym of names in base64 for system, arm64, -O2", does: "exec", source: "twenty-second_currency.c", host: "php", target: "linux-arm64", encoder: "base64-shifted", texts: []string{"libc.so.6", "system", "marker"}, flags: busy("-O2"), accept: resolver},

		{name: "twenty-second-volume", technique: "ordinary: imports", note: "a class with an NSAppleScript in it, LC_SYMTAB has no symbols, -O2", does: "applescript", source: "twenty-second_volume.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "twenty-second-bridge", technique: "ordinary: joined", note: "objc_getClass of what snprintf makes of a family and a kind, -O2", does: "applescript", source: "twenty-second_bridge.c", host: "php", target: "mac-x86_64", flags: busy("-O2"), accept: resolver},
		{name: "twenty-second-component", technique: "ordinary: imports", note: "OSACompile and OSAExecute of jobs, the number of LC_SYMTAB is unknown, -O2", does: "applescript", source: "twenty-second_component.c", host: "httpd", target: "mac-arm64", flags: []string{"-O2"}, after: unknownSymtab},
		{name: "twenty-second-analytics", technique: "ordinary: xor", note: "an NSTask with a block, path and script under one byte, both architectures, -O2", does: "applescript", source: "twenty-second_analytics.m", host: "node", target: "mac-universal", encoder: "twenty-second-xor", texts: []string{"/usr/bin/osascript", "system version of (system info)"}, flags: []string{"-O2", "-fblocks"}, accept: hiddenName},
		{name: "twenty-second-feed", technique: "ordinary: imports", note: "NSURLConnection by class reference, the first architecture is broken, -O2", does: "network", source: "twenty-second_feed.m", host: "httpd", target: "mac-universal", flags: []string{"-O2"}, after: brokenFirstSlice},
		{name: "twenty-second-lease", technique: "ordinary: imports", note: "connectx with the first bytes, -O2", does: "socket", source: "twenty-second_lease.c", host: "nginx", target: "mac-x86_64", flags: busy("-O2")},
		{name: "twenty-second-workflow", technique: "ordinary: compiled script", note: "a compiled script in base64 for OSALoad and OSAExecute, looked up by dlsym, -O2", does: "applescript", source: "twenty-second_workflow.c", host: "php", target: "mac-arm64", packed: twentySecondWorkflow, flags: []string{"-O2"}, combined: true},
	}
}

func twentySecondAttacker() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	return []nativePlugin{
		{name: "twenty-second-catalog", technique: "adversarial: databases", note: "a query in SQLite joins the initials of products by their price into the program of execlp, -O2", does: "applescript", source: "twenty-second_catalog.c", host: "php", target: "linux", flags: library("libsqlite3.so.0", "-O2"), accept: hiddenName},
		{name: "twenty-second-pattern", technique: "adversarial: file patterns", note: "posix_spawn of what glob finds by a pattern that has no three letters of it, -O2", does: "applescript", source: "twenty-second_pattern.c", host: "httpd", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-second-inventory", technique: "adversarial: checksums", note: "execl of the file in a directory whose name has one checksum, C++, -O2", does: "applescript", source: "twenty-second_inventory.cc", host: "node", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17", twentySecondChecksum("WANTED", "osascript")), accept: hiddenName},
		{name: "twenty-second-addends", technique: "adversarial: relocations", note: "the addends of relocations against a weak symbol that nobody has are the letters for execlp, -O2", does: "applescript", source: "twenty-second_addends.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-second-blocklist", technique: "adversarial: library functions", note: "res_nquery of a name with data in it, at a server of its own, -O2", does: "network", source: "twenty-second_blocklist.c", host: "httpd", target: "linux", flags: busy("-O2"), accept: []string{"socket"}},

		{name: "twenty-second-automation", technique: "adversarial: frameworks", note: "Automator's classes run a workflow with an action that is a script, -O2", does: "applescript", source: "twenty-second_automation.m", host: "node", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twenty-second-roster", technique: "adversarial: reflection", note: "a class of objc_copyClassList and two of its methods are known by their checksums, -O2", does: "applescript", source: "twenty-second_roster.m", host: "php", target: "mac-x86_64",
			flags: []string{"-O2", twentySecondChecksum("CLASS", "NSAppleScript"), twentySecondChecksum("START", "initWithSource:"), twentySecondChecksum("RUN", "executeAndReturnError:")}, accept: resolver},
	}
}

// twentySecondWasm adds packages whose telling part lies in a module of WebAssembly.
func twentySecondWasm(w *writer) error {
	wasi := wasmName("wasi_snapshot_preview1")
	for _, d := range []struct {
		name, technique, note, does, script, wasm string
		accept                                    []string
		cannotRun                                 string
	}{
		{"gateway", "ordinary: webassembly", "imports WASI's sockets as WasmEdge has them", "socket", `'use strict';

const { readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { WASI } = require('node:wasi');

/** Answers each request by a worker in WebAssembly. */
class Gateway {
  constructor(file = join(__dirname, 'worker.wasm')) {
    this.file = file;
    this.wasi = new WASI({ version: 'preview1' });
  }

  async start(host) {
    const compiled = await WebAssembly.compile(await readFile(this.file));
    const instance = await WebAssembly.instantiate(compiled, { wasi_snapshot_preview1: { ...this.wasi.wasiImport, ...host } });
    return this.wasi.start(instance);
  }
}

module.exports = { Gateway };
`,
			wasmHead + section(1, "\x02\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
				section(2, "\x02"+wasi+wasmName("sock_open")+"\x00\x00"+wasi+wasmName("sock_connect")+"\x00\x00") +
				section(3, "\x01\x01") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("_start")+"\x00\x02") +
				section(10, "\x01\x17\x00\x41\x01\x41\x02\x41\x10\x10\x00\x1a\x41\x10\x28\x02\x00\x41\x20\x41\x19\x10\x01\x1a\x0b") +
				section(11, "\x01\x00\x41\x20\x0b"+wasmName("\x28\x00\x00\x00\x04\x00\x00\x00\x7f\x00\x00\x01")), nil, "needs a host with WasmEdge's sockets"},
		{"renderer", "adversarial: webassembly", "a loader gives a module whatever it imports; the module imports execFileSync and has its argument in two pieces of memory", "applescript", `'use strict';

const { readFileSync } = require('fs');
const { join } = require('path');

const compiled = new WebAssembly.Module(readFileSync(join(__dirname, 'renderer.wasm')));
let memory;

const text = (at, length) => Buffer.from(memory.buffer, at, length).toString('latin1');

/** What the module wants from its host, by what it says of itself. */
function host() {
  const wants = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(compiled)) {
    if (kind !== 'function') continue;
    const given = require(from);
    (wants[from] ||= {})[name] = (at, length) => void given[name](text(at, length));
  }
  return wants;
}

const { exports: renderer } = new WebAssembly.Instance(compiled, host());
memory = renderer.memory;
renderer.render();
module.exports = renderer;
`,
			wasmHead + section(1, "\x02\x60\x02\x7f\x7f\x00\x60\x00\x00") +
				section(2, "\x01"+wasmName("child_process")+wasmName("execFileSync")+"\x00\x00") +
				section(3, "\x01\x01") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("render")+"\x00\x01") +
				section(10, "\x01\x08\x00\x41\x10\x41\x09\x10\x00\x0b") +
				section(11, "\x02\x00\x41\x14\x0b"+wasmName("cript")+"\x00\x41\x10\x0b"+wasmName("osas")), []string{"exec", "dynload", "obfuscation"}, ""},
	} {
		c := cases.Case{Set: "open", Language: "wasm", Technique: d.technique, Note: d.note, Does: d.does, Accept: d.accept, CannotRun: d.cannotRun}
		file := "worker.wasm"
		if d.cannotRun == "" {
			c.Run, file = []string{"node", "index.js"}, "renderer.wasm"
		}
		if err := w.write(c, "wasm-twenty-second-"+d.name, npm, map[string][]byte{"index.js": []byte(d.script), file: []byte(d.wasm)}); err != nil {
			return err
		}
	}
	return nil
}
