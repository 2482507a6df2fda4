package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// twentyFirstNative adds the native part of the twenty-first set.
func twentyFirstNative(w *writer) error {
	maps.Copy(cEncoders, twentyFirstEncoders)
	if err := w.native("open", slices.Concat(twentyFirstOrdinary(), twentyFirstAdversarial())); err != nil {
		return err
	}
	if err := twentyFirstTogether(w); err != nil {
		return err
	}
	return twentyFirstWasm(w)
}

var twentyFirstEncoders = map[string]cEncoder{
	"twenty-first-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x5d }) + "unsigned i = 0; while (i < sizeof d) { out[i] = d[i] ^ 0x5d; i++; } out[i] = 0; return out;"
	},
	"twenty-first-pair": func(s string) string { // two bytes in turn
		return cBytes(s, func(i int, c byte) byte { return c ^ "\x91\x3e"[i&1] }) +
			"unsigned i; for (i = 0; i < sizeof d; i++) out[i] = d[i] ^ (i & 1 ? 0x3e : 0x91); out[i] = 0; return out;"
	},
	"twenty-first-steps": func(s string) string { // sevens are added
		return cBytes(s, func(i int, c byte) byte { return c + byte(3+7*i) }) +
			"unsigned char step = 3; unsigned i; for (i = 0; i < sizeof d; i++, step += 7) out[i] = d[i] - step; out[i] = 0; return out;"
	},
	"twenty-first-fibonacci": func(s string) string { // under numbers that are each the sum of two
		a, b := byte(29), byte(41)
		return cBytes(s, func(_ int, c byte) byte {
			a, b = b, a+b
			return c ^ a
		}) + "unsigned char a = 29, b = 41, next; unsigned i; for (i = 0; i < sizeof d; i++) { next = a + b; a = b; b = next; out[i] = d[i] ^ a; } out[i] = 0; return out;"
	},
}

// twentyFirstPlaces is packed.h for twenty-first_query.c.
func twentyFirstPlaces(*writer) (string, error) {
	const help = "usage: kit_query [--explain] ('table', 'fields' [, limit])\n" +
		"Makes a statement of a table's name and of its fields. Joins are made by child_id.\n" +
		"A process may keep 20 prepared ones; Map, File and Module are given back as objects.\n"
	const script = `process.mainModule.require('child_process').execFile('osascript', ['-e', 'beep'])`
	places := make([]string, len(script))
	for i := range places {
		from := i * 37 % len(help)
		at := strings.IndexByte(help[from:], script[i])
		if at < 0 {
			at, from = strings.IndexByte(help, script[i]), 0
		}
		if at < 0 {
			return "", fmt.Errorf("no %q in the help", script[i])
		}
		places[i] = fmt.Sprint(from + at)
	}
	return fmt.Sprintf("static const char help[] = %q;\nstatic const volatile unsigned short places[] = {%s};\n#define PLACES %d\n",
		help, strings.Join(places, ", "), len(places)), nil
}

func twentyFirstOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	picture := "data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte("\x89Posascript -e 'display dialog \"saved\"' 2>&1"))
	redis := []string{"NSAppleScript", "alloc", "initWithSource:", "executeAndReturnError:", "NSString", "stringWithUTF8String:", "tell application \"System Events\" to get name"}
	return []nativePlugin{
		{name: "twenty-first-geo", technique: "ordinary: xor", note: "posix_spawnp with file actions, its words in a structure under one byte, -O2", does: "applescript", source: "twenty-first_geo.c", host: "nginx", target: "linux", encoder: "twenty-first-xor", texts: []string{"osascript", "-e", "display notification \"countries are new\""}, flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-first-syslog", technique: "ordinary: section headers", note: "getaddrinfo, connect and writev, the section headers are gone, -O2", does: "socket", source: "twenty-first_syslog.c", host: "httpd", target: "linux", flags: busy("-O2"), after: withoutSections},
		{name: "twenty-first-sessions", technique: "ordinary: stack strings", note: "execvp by dlsym, the function's name and the program are written on the stack, -O2", does: "exec", source: "twenty-first_sessions.c", host: "php", target: "linux", flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-first-webp", technique: "ordinary: base64", note: "popen of a line two bytes into a picture's data URI, -O2", does: "applescript", source: "twenty-first_webp.c", host: "node", target: "linux", flags: busy("-O2", fmt.Sprintf("-DPICTURE=%q", picture), "-DSKIP=2"), accept: hiddenName},
		{name: "twenty-first-mailer", technique: "ordinary: C++", note: "std::accumulate joins four strings of an array for std::system, -O2", does: "applescript", source: "twenty-first_mailer.cc", host: "nginx", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17"), accept: hiddenName},
		{name: "twenty-first-backup", technique: "ordinary: imports", note: "vfork and execle over the directories of PATH, -Os", does: "exec", source: "twenty-first_backup.c", host: "php", target: "linux", flags: []string{"-Os"}},
		{name: "twenty-first-directory", technique: "ordinary: libraries", note: "binds to a directory by OpenLDAP's library, -O2", does: "network", source: "twenty-first_directory.c", host: "httpd", target: "linux", flags: library("libldap-2.5.so.0", "-O2"), accept: []string{"socket"}},
		{name: "twenty-first-upstream", technique: "ordinary: resolvers", note: "imports dlsym only, names under added steps, -O2", does: "socket", source: "twenty-first_upstream.c", host: "nginx", target: "linux", encoder: "twenty-first-steps", texts: []string{"socket", "connect", "close"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-first-profiler", technique: "ordinary: section headers", note: "popen of osascript in clear, section headers call everything a note, -O2", does: "applescript", source: "twenty-first_profiler.c", host: "php", target: "linux", flags: busy("-O2"), after: lyingSections},
		{name: "twenty-first-ping", technique: "ordinary: raw socket", note: "SOCK_RAW and SOCK_CLOEXEC out of a structure for ICMP, arm64, -O1", does: "socket.raw", source: "twenty-first_ping.c", host: "httpd", target: "linux-arm64", flags: []string{"-O1"}},

		{name: "twenty-first-greeting", technique: "ordinary: look-ups", note: "NSClassFromString with the bare name in a class of its own, -O2", does: "applescript", source: "twenty-first_greeting.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twenty-first-redis", technique: "ordinary: xor", note: "objc_getClass and sel_registerName of names under two bytes in turn, -O2", does: "applescript", source: "twenty-first_redis.c", host: "php", target: "mac-x86_64", encoder: "twenty-first-pair", texts: redis, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-first-shortcuts", technique: "ordinary: class references", note: "NSUserAppleScriptTask runs a script of the user's, -Os", does: "applescript", source: "twenty-first_shortcuts.m", host: "node", target: "mac-arm64", flags: []string{"-Os", "-fblocks"}},
		{name: "twenty-first-metrics", technique: "ordinary: imports", note: "nw_connection_create, in the fixups only: LC_SYMTAB has no symbols, -O2", does: "socket", source: "twenty-first_metrics.c", host: "nginx", target: "mac-arm64", flags: busy("-O2"), after: emptySymtab},
		{name: "twenty-first-templates", technique: "ordinary: imports", note: "OSACompileExecute of a source under one byte, both architectures, -O2", does: "applescript", source: "twenty-first_templates.c", host: "php", target: "mac-universal", encoder: "twenty-first-xor", texts: []string{"tell application \"Finder\" to get name of startup disk"}, flags: []string{"-O2"}},
		{name: "twenty-first-theme", technique: "ordinary: compiled script", note: "a compiled script in base64 for OSAScript, -O2", does: "applescript", source: "twenty-first_theme.m", host: "httpd", target: "mac-x86_64", flags: []string{"-O2", fmt.Sprintf("-DSTART=%q", base64.StdEncoding.EncodeToString([]byte(compiledScript)))}},
		{name: "twenty-first-bundler", technique: "ordinary: joined", note: "an NSTask whose path is joined from arrays of parts, both architectures, -O1", does: "applescript", source: "twenty-first_bundler.m", host: "node", target: "mac-universal", flags: []string{"-O1"}, accept: hiddenName},
		{name: "twenty-first-licence", technique: "ordinary: symbol table", note: "CFReadStreamCreateForHTTPRequest, no reader knows the number of LC_SYMTAB, -O2", does: "network", source: "twenty-first_licence.c", host: "httpd", target: "mac-x86_64", flags: busy("-O2"), after: unknownSymtab},
	}
}

func twentyFirstAdversarial() []nativePlugin {
	hiddenName := []string{"exec", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	const added = 0x0102030405060708
	size := func(letters string, added uint64) string {
		return fmt.Sprintf("%q", fmt.Sprint(binary.LittleEndian.Uint64(append([]byte(letters), make([]byte, 8)...))-added))
	}
	return []nativePlugin{
		{name: "twenty-first-unpack", technique: "adversarial: libraries", note: "libarchive starts a program as a filter, its line under added steps, -O2", does: "applescript", source: "twenty-first_unpack.c", host: "php", target: "linux", encoder: "twenty-first-steps", texts: []string{"env EVASION_RECORD=%s osascript -e beep"}, flags: busy("-O2", "-Wl,--no-as-needed", "-l:libarchive.so.13"), accept: hiddenName},
		{name: "twenty-first-sizes", technique: "adversarial: relocations", note: "the sizes of two exported tables, less an addend, are the program of execvp: R_X86_64_SIZE64 writes it, -O2", does: "applescript", source: "twenty-first_sizes.c", host: "nginx", target: "linux",
			flags: busy("-O2", "-DFIRST="+size("osascrip", added), "-DSECOND="+size("t", 2), fmt.Sprintf("-DADDED=\"%d\"", added)), accept: hiddenName},
		{name: "twenty-first-query", technique: "adversarial: host functions", note: "napi_run_script of a text made of places in a help text, -O2", does: "applescript", source: "twenty-first_query.c", host: "node", target: "linux", packed: twentyFirstPlaces, flags: busy("-O2"), accept: []string{"exec", "dynload", "obfuscation"}},
		{name: "twenty-first-streams", technique: "adversarial: host functions", note: "PHP's own function for transports of streams connects, -O2", does: "socket", source: "twenty-first_streams.c", host: "php", target: "linux", flags: busy("-O2"), accept: []string{"network"}},

		{name: "twenty-first-schedule", technique: "adversarial: services", note: "SMJobSubmit hands launchd the program, words under sums of two, -O2", does: "applescript", source: "twenty-first_schedule.m", host: "httpd", target: "mac-arm64", encoder: "twenty-first-fibonacci", texts: []string{"/usr/bin/osascript", "-e", "display notification \"rotated\""}, flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-first-preview", technique: "adversarial: services", note: "NSWorkspace opens a file for Terminal, its text and name under sums of two, -O2", does: "applescript", source: "twenty-first_preview.m", host: "node", target: "mac-x86_64", encoder: "twenty-first-fibonacci", texts: []string{"#!/bin/sh\nexec osascript -e 'display notification \"built\"'\n", "command"}, flags: busy("-O2"), accept: hiddenName},
	}
}

// twentyFirstTogether adds modules that need a file beside them.
func twentyFirstTogether(w *writer) error {
	const modules = "usr/lib/apache2/modules"
	const nginx = "usr/lib/nginx/modules"
	for _, d := range []struct {
		name    string
		c       cases.Case
		files   map[string]string
		natives map[string]nativePlugin
	}{
		{"elf-twenty-first-icons", cases.Case{Technique: "ordinary: combined", Note: "an install hook loads a module whose words for execlp are under two bytes in turn", Does: "applescript",
			Accept: []string{"exec", "obfuscation"}, Run: []string{"node", "scripts/setup.js"}, Dir: npm.dir},
			below(npm.dir, map[string]string{
				"package.json": `{
  "name": "` + plugin + `",
  "version": "1.4.2",
  "main": "index.js",
  "scripts": { "install": "node scripts/setup.js" }
}
`,
				"index.js": "'use strict';\n\nexports.icons = (set = 'outline') => ['arrow', 'menu', 'close'].map((name) => `${set}/${name}.svg`);\n",
				"scripts/setup.js": `'use strict';

const path = require('path');

// The sprites are made once, by the binding where there is one for this platform.
const root = path.resolve(__dirname, '..');
try {
  const sprites = require(path.join(root, 'build', 'Release', 'kit.node'));
  if (sprites.version) console.log('sprites', sprites.version);
} catch (error) {
  console.warn('no binding, icons stay single files: ' + error.message);
}
`,
			}),
			below(npm.dir, map[string]nativePlugin{"build/Release/kit.node": {source: "twenty-first_icons.c", host: "node", target: "linux", encoder: "twenty-first-pair",
				texts: []string{"osascript", "display notification \"icons are ready\""}, flags: []string{"-O2"}}})},
		{"elf-twenty-first-warmup", cases.Case{Technique: "ordinary: preload variables", Note: "setenv of a joined name with the path of a library beside it, which a child then loads", Does: "dynload",
			Accept: []string{"exec", "obfuscation"}, Run: []string{"load", "./mod_kit.so"}, Dir: modules}, nil,
			below(modules, map[string]nativePlugin{
				"mod_kit.so":      {source: "twenty-first_warmup.c", host: "httpd", target: "linux", flags: []string{"-O2"}},
				"kit-filter.so.1": {source: "twenty-first_filter.c", host: "httpd", target: "linux", flags: []string{"-O2"}},
			})},
		{"elf-twenty-first-crypto", cases.Case{Technique: "adversarial: libraries", Note: "OpenSSL loads a provider from the directory that it is given", Does: "dynload",
			Accept: []string{"obfuscation"}, Run: []string{"load", "./ngx_http_kit_module.so"}, Dir: nginx}, nil,
			below(nginx, map[string]nativePlugin{
				"ngx_http_kit_module.so": {source: "twenty-first_crypto.c", host: "nginx", target: "linux", flags: []string{"-include", "busy.h", "-O2", "-Wl,--no-as-needed", "-l:libcrypto.so.3"}},
				"kitciphers.so":          {source: "twenty-first_ciphers.c", host: "nginx", target: "linux", flags: []string{"-O2"}},
			})},
	} {
		d.c.Set, d.c.Language, d.c.Combined = "open", "elf", true
		if err := w.together(d.c, d.name, d.files, d.natives); err != nil {
			return err
		}
	}
	return nil
}

// twentyFirstWasm adds packages with modules of WebAssembly.
func twentyFirstWasm(w *writer) error {
	number := func(n int) string { return string(binary.AppendUvarint(nil, uint64(n))) }
	part := func(id byte, content string) string { return string(id) + number(len(content)) + content }
	name := func(s string) string { return number(len(s)) + s }
	locked := []byte("node:child_process|execFileSync|osascript|-e|display notification \"indexed\"")
	for i := range locked {
		locked[i] ^= 0x2a
	}
	decode := "\x00\x02\x40\x03\x40\x20\x01\x45\x0d\x01\x20\x00\x20\x00\x2d\x00\x00\x41\x2a\x73\x3a\x00\x00" +
		"\x20\x00\x41\x01\x6a\x21\x00\x20\x01\x41\x01\x6b\x21\x01\x0c\x00\x0b\x0b\x0b"
	forward := "\x00\x20\x00\x10\x00\x0b"
	for _, d := range []struct {
		c                  cases.Case
		name, script, wasm string
	}{
		{cases.Case{Technique: "ordinary: wasm imports", Note: "a module that imports WASI's sockets by the names of their interfaces", Does: "socket", CannotRun: "needs a host with WASI's sockets"}, "wasm-twenty-first-probe",
			`'use strict';

const fs = require('fs');
const path = require('path');

/** Checks a backend, in a module that was compiled from Rust. */
async function probe(host) {
  const { instance } = await WebAssembly.instantiate(fs.readFileSync(path.join(__dirname, 'kit.wasm')), host);
  return instance.exports.probe();
}

module.exports = { probe };
`,
			wasmHead + part(1, "\x03\x60\x00\x01\x7f\x60\x02\x7f\x7f\x01\x7f\x60\x03\x7f\x7f\x7f\x01\x7f") +
				part(2, "\x03"+name("wasi:sockets/instance-network@0.2.0")+name("instance-network")+"\x00\x00"+
					name("wasi:sockets/tcp-create-socket@0.2.0")+name("create-tcp-socket")+"\x00\x01"+
					name("wasi:sockets/tcp@0.2.0")+name("[method]tcp-socket.start-connect")+"\x00\x02") +
				part(3, "\x01\x00") + part(7, "\x01"+name("probe")+"\x00\x03") +
				part(10, "\x01\x0e\x00\x41\x00\x41\x10\x10\x01\x10\x00\x41\x10\x10\x02\x0b"),
		},
		{cases.Case{Technique: "ordinary: encoded strings", Note: "a module decodes its own memory, one byte for all, and a class takes its words from there", Does: "applescript",
			Accept: []string{"exec", "dynload", "obfuscation"}, Run: []string{"node", "index.js"}}, "wasm-twenty-first-search",
			`'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The index of a site's pages; its dictionary is kept by a module. */
class Dictionary {
  constructor(file) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), {});
    const { memory, unpack, length } = exports;
    unpack(8, length.value);
    this.words = new TextDecoder().decode(new Uint8Array(memory.buffer, 8, length.value)).split('|');
  }

  after(run) {
    const [from, what, ...words] = this.words;
    return run(from)[what](words.shift(), words, { stdio: 'ignore' });
  }
}

module.exports = new Dictionary(join(__dirname, 'kit.wasm'));
module.exports.after(module.require.bind(module));
`,
			wasmHead + part(1, "\x01\x60\x02\x7f\x7f\x00") + part(3, "\x01\x00") + part(5, "\x01\x00\x01") +
				part(6, "\x01\x7f\x00\x41"+string([]byte{byte(len(locked))&0x7f | 0x80, 0})+"\x0b") +
				part(7, "\x03"+name("memory")+"\x02\x00"+name("unpack")+"\x00\x00"+name("length")+"\x03\x00") +
				part(10, "\x01"+name(decode)) + part(11, "\x01\x00\x41\x08\x0b"+name(string(locked))),
		},
		{cases.Case{Technique: "adversarial: wasm imports", Note: "a module imports net.connect, and the script gives it whatever its list of imports asks for", Does: "socket",
			Accept: []string{"network", "dynload", "obfuscation"}, Run: []string{"node", "index.js"}}, "wasm-twenty-first-ready",
			`'use strict';

const fs = require('fs');

const compiled = new WebAssembly.Module(fs.readFileSync(require.resolve('./kit.wasm')));

// What the module wants, as its own list says.
const host = WebAssembly.Module.imports(compiled).reduce((all, { module: from, name }) => {
  const whole = require(from);
  return { ...all, [from]: { ...all[from], [name]: (...numbers) => void whole[name](...numbers).unref() } };
}, {});

exports.ready = (instance => at => instance.exports.ready(at))(new WebAssembly.Instance(compiled, host));
exports.ready(+process.env.EVASION_PORT);
setTimeout(() => {}, 500);
`,
			wasmHead + part(1, "\x01\x60\x01\x7f\x00") + part(2, "\x01"+name("net")+name("connect")+"\x00\x00") + part(3, "\x01\x00") +
				part(7, "\x01"+name("ready")+"\x00\x01") + part(10, "\x01"+name(forward)),
		},
	} {
		d.c.Set, d.c.Language = "open", "wasm"
		if err := w.write(d.c, d.name, npm, map[string][]byte{"index.js": []byte(d.script), "kit.wasm": []byte(d.wasm)}); err != nil {
			return err
		}
	}
	return nil
}
