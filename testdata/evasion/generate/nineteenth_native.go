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

// nineteenthNative adds the native part of the nineteenth set.
func nineteenthNative(w *writer) error {
	maps.Copy(cEncoders, nineteenthEncoders)
	if err := w.native("open", slices.Concat(nineteenthOrdinary(), nineteenthAdversarial())); err != nil {
		return err
	}
	for _, add := range []func(*writer) error{nineteenthSetup, nineteenthPreloaded, nineteenthSearch, nineteenthSkin, nineteenthWasm} {
		if err := add(w); err != nil {
			return err
		}
	}
	return nil
}

var nineteenthEncoders = map[string]cEncoder{
	"nineteenth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x77 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0x77; return out;"
	},
	"nineteenth-places": func(s string) string { // three times its place is added to each byte
		return cBytes(s, func(i int, c byte) byte { return c - byte(3*i) - 11 }) + "unsigned char k = 11; for (unsigned i = 0; i < sizeof d; i++, k += 3) out[i] = d[i] + k; return out;"
	},
	"nineteenth-shifts": func(s string) string { // under a generator by shifts, whose seed is a hash of a version
		seed := uint32(2166136261)
		for _, c := range []byte("kit/1.4.2") {
			seed = (seed ^ uint32(c)) * 16777619
		}
		return cBytes(s, func(_ int, c byte) byte {
			seed ^= seed << 13
			seed ^= seed >> 17
			seed ^= seed << 5
			return c ^ byte(seed>>11)
		}) + `static const volatile char v[] = "kit/1.4.2"; unsigned r = 2166136261u; for (unsigned i = 0; v[i]; i++) r = (r ^ v[i]) * 16777619u;
    for (unsigned i = 0; i < sizeof d; i++) { r ^= r << 13; r ^= r >> 17; r ^= r << 5; out[i] = d[i] ^ (unsigned char)(r >> 11); } return out;`
	},
}

// withoutUndefined lets the table of symbols end before what is imported, which the
// fixups alone then name.
func withoutUndefined(data []byte) ([]byte, error) {
	var first uint32
	data, err := overLoadCommands(data, func(command uint32, body []byte) bool {
		if command != 11 { // LC_DYSYMTAB
			return false
		}
		first = binary.LittleEndian.Uint32(body[24:]) // iundefsym
		binary.LittleEndian.PutUint32(body[28:], 0)   // nundefsym
		return true
	})
	if err != nil {
		return nil, err
	}
	return overLoadCommands(data, func(command uint32, body []byte) bool {
		if command != 2 { // LC_SYMTAB
			return false
		}
		binary.LittleEndian.PutUint32(body[12:], first) // nsyms
		return true
	})
}

// journalPlaces is packed.h for nineteenth_journal.c.
func journalPlaces(*writer) (string, error) {
	messages := []string{"cannot open cache: no space left", "stale lock is removed", "re-reading the list of types", "journal is empty", "the backup process is busy", "bad option"}
	var b strings.Builder
	fmt.Fprintf(&b, "static const char *const volatile messages[] = {")
	for _, m := range messages {
		fmt.Fprintf(&b, "%q, ", m)
	}
	b.WriteString("};\n")
	for _, part := range [][2]string{{"NAME", "system"}, {"COMMAND", "osascript -e beep"}} {
		var places []byte
		for i := range len(part[1]) {
			found := false
			for n := range messages {
				m := (n + i) % len(messages)
				if at := strings.LastIndexByte(messages[m], part[1][i]); at >= 0 {
					places, found = append(places, '0'+byte(at), 'A'+byte(m)), true
					break
				}
			}
			if !found {
				return "", fmt.Errorf("no message has %q", part[1][i])
			}
		}
		fmt.Fprintf(&b, "#define %s %q\n", part[0], places)
	}
	return b.String(), nil
}

// cards is packed.h for nineteenth_cards.c.
func nineteenthCards(*writer) (string, error) {
	return fmt.Sprintf("static const char cards[] = %q;\n", base64.StdEncoding.EncodeToString(gzipped(compiledScript))), nil
}

func nineteenthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(names []string, more ...string) []string {
		flags := []string{"-Wl,--no-as-needed"}
		for _, name := range names {
			flags = append(flags, "-l:"+name)
		}
		return append(flags, more...)
	}
	text := func(define, value string) string { return fmt.Sprintf("-D%s=%q", define, value) }
	return []nativePlugin{
		{name: "nineteenth-geo", technique: "ordinary: stack strings", note: "popen of a command that is written in three words out of order, -O2", does: "applescript", source: "nineteenth_geo.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "nineteenth-peers", technique: "ordinary: dlsym", note: "socket and connect by dlsym with names under one byte, kept in a table", does: "socket", source: "nineteenth_peers.c", host: "php", target: "linux", encoder: "nineteenth-xor", texts: []string{"socket", "connect", "send"}, flags: busy("-O2"), accept: resolver},
		{name: "nineteenth-limits", technique: "ordinary: section headers", note: "counts are sent to a server, the section headers call everything a note", does: "socket", source: "nineteenth_limits.c", host: "nginx", target: "linux", flags: busy("-O2"), after: lyingSections},
		{name: "nineteenth-minify", technique: "ordinary: base64", note: "apr_proc_create of a program that apr_base64_decode gives", does: "applescript", source: "nineteenth_minify.c", host: "httpd", target: "linux", flags: library([]string{"libapr-1.so.0", "libaprutil-1.so.0"}, "-O2", text("PROGRAM", b64("osascript"))), accept: hiddenName},
		{name: "nineteenth-mailer", technique: "ordinary: host functions", note: "php_exec of a command that grows by its places", does: "applescript", source: "nineteenth_mailer.c", host: "php", target: "linux", encoder: "nineteenth-places", texts: []string{"osascript -e 'display notification \"Mail queue\"'"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "nineteenth-templates", technique: "ordinary: reversed", note: "napi_run_script of a script that stands backwards", does: "exec", source: "nineteenth_templates.c", host: "node", target: "linux", flags: []string{"-O2", text("SCRIPT", reversed("process.getBuiltinModule('child_process').execFileSync('marker', ['--helpers'])"))}, accept: resolver},
		{name: "nineteenth-directory", technique: "ordinary: libraries", note: "binds to a directory by the library for LDAP", does: "socket", source: "nineteenth_directory.c", host: "httpd", target: "linux", flags: library([]string{"libldap-2.5.so.0"}, "-O2"), accept: []string{"network"}},
		{name: "nineteenth-object-cache", technique: "ordinary: dlsym", note: "a client library by dlopen and dlsym, all names under one byte", does: "socket", source: "nineteenth_object_cache.c", host: "php", target: "linux", encoder: "nineteenth-xor", texts: []string{"libmemcached.so.11", "memcached_create", "memcached_server_add", "memcached_set"}, flags: []string{"-O2"}, accept: append(resolver, "network")},
		{name: "nineteenth-backup", technique: "ordinary: joined", note: "fexecve of a file whose path snprintf joins from a table", does: "applescript", source: "nineteenth_backup.c", host: "nginx", target: "linux", flags: []string{"-O2"}, accept: hiddenName},
		{name: "nineteenth-filters", technique: "ordinary: split", note: "posix_spawnp of words that strtok_r takes apart and strcat joins", does: "applescript", source: "nineteenth_filters.c", host: "httpd", target: "linux", flags: busy("-Os"), accept: hiddenName},
		{name: "nineteenth-assets", technique: "ordinary: C++", note: "std::system of a string that std::transform unmasks, in a map", does: "applescript", source: "nineteenth_assets.cc", host: "node", target: "linux", packed: eleventhBytes("sprites", "osascript -e 'beep 3'", 0x9c), flags: library([]string{"libstdc++.so.6"}, "-O2", "-std=c++17"), accept: hiddenName},
		{name: "nineteenth-licence", technique: "ordinary: base64", note: "popen of what EVP_DecodeBlock gives, arm64", does: "applescript", source: "nineteenth_licence.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2", text("LICENCE", b64("osascript -l AppleScript -"+" "))}, accept: hiddenName},
		{name: "nineteenth-ping", technique: "ordinary: raw socket", note: "SOCK_RAW from a table of probes, chosen by name, arm64", does: "socket.raw", source: "nineteenth_ping.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}},
		{name: "nineteenth-cluster", technique: "ordinary: section headers", note: "weak references to socket and connect in constant pointers, .dynsym is empty by its header", does: "socket", source: "nineteenth_cluster.c", host: "php", target: "linux", flags: []string{"-O2"}, after: emptySymbolSection},
		{name: "nineteenth-thumbnails", technique: "ordinary: hex", note: "vfork and execvp of words that sscanf reads from hex", does: "applescript", source: "nineteenth_thumbnails.c", host: "php", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "nineteenth-providers", technique: "ordinary: host functions", note: "apr_dso_load and apr_dso_sym of system, names that grow by their places", does: "applescript", source: "nineteenth_providers.c", host: "httpd", target: "linux", encoder: "nineteenth-places", texts: []string{"libc.so.6", "system", "osascript -e beep"}, flags: library([]string{"libapr-1.so.0"}, "-O2"), accept: []string{"exec", "dynload", "obfuscation"}},
		{name: "nineteenth-fonts", technique: "ordinary: host functions", note: "uv_dlopen and uv_dlsym of a name that snprintf joins from a table", does: "exec", source: "nineteenth_fonts.c", host: "node", target: "linux", flags: busy("-O2"), accept: resolver},

		{name: "nineteenth-previewer", technique: "ordinary: class look-ups", note: "objc_getClass and sel_registerName with bare names, in C, behind a helper", does: "applescript", source: "nineteenth_previewer.c", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "nineteenth-schedule", technique: "ordinary: class references", note: "OSAScript by reference, its selectors are joined", does: "applescript", source: "nineteenth_schedule.m", host: "httpd", target: "mac-x86_64", flags: []string{"-O2"}},
		{name: "nineteenth-messages", technique: "ordinary: base64", note: "NSClassFromString of a name that NSData reads from base64", does: "applescript", source: "nineteenth_messages.m", host: "php", target: "mac-arm64", flags: []string{"-O2", text("MESSAGE_CLASS", b64("NSAppleScript")), text("MESSAGE_SOURCE", b64("tell application \"Mail\" to check for new mail"))}, accept: resolver},
		{name: "nineteenth-sync", technique: "ordinary: symbol table", note: "socket and connect, the table of symbols ends before what is imported", does: "socket", source: "nineteenth_sync.c", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: withoutUndefined},
		{name: "nineteenth-exporter", technique: "ordinary: joined", note: "NSTask with a path that grows by appendString:", does: "applescript", source: "nineteenth_exporter.m", host: "node", target: "mac-arm64", flags: []string{"-O2"}, accept: hiddenName},
		{name: "nineteenth-reload", technique: "ordinary: xor", note: "posix_spawn of a path under one byte, both architectures", does: "applescript", source: "nineteenth_reload.c", host: "httpd", target: "mac-universal", encoder: "nineteenth-xor", texts: []string{"/usr/bin/osascript", "tell application \"Safari\" to do JavaScript \"location.reload()\" in document 1"}, flags: busy("-O2"), accept: hiddenName},
		{name: "nineteenth-cards", technique: "ordinary: compiled script", note: "a compiled script under gzip and base64, for OSALoad and OSAExecute", does: "applescript", source: "nineteenth_cards.c", host: "php", target: "mac-x86_64", packed: nineteenthCards, flags: []string{"-O2"}},
		{name: "nineteenth-feeds", technique: "ordinary: class look-ups", note: "NSURLConnection and its like by objc_lookUpClass with bare names", does: "network", source: "nineteenth_feeds.m", host: "node", target: "mac-x86_64", flags: []string{"-O2"}},
		{name: "nineteenth-trace", technique: "ordinary: raw socket", note: "two raw sockets by a name of its own for the type", does: "socket.raw", source: "nineteenth_trace.c", host: "httpd", target: "mac-arm64", flags: busy("-O2")},
	}
}

func nineteenthAdversarial() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	return []nativePlugin{
		{name: "nineteenth-upstream", technique: "adversarial: system calls", note: "socketcall by int 0x80, with its words in the low memory and a computed number", does: "socket", source: "nineteenth_upstream.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: []string{"obfuscation"}},
		{name: "nineteenth-variables", technique: "adversarial: names in memory", note: "an import that looks like the host's is renamed in .dynstr before it is bound", does: "applescript", source: "nineteenth_variables.c", host: "nginx", target: "linux", encoder: "nineteenth-shifts", texts: []string{"system", "osascript -e beep"}, flags: busy("-O2"), accept: hiddenName, combined: true},
		{name: "nineteenth-login", technique: "adversarial: libraries", note: "PAM with a directory of rules of its own, which start a program", does: "applescript", source: "nineteenth_login.c", host: "httpd", target: "linux", encoder: "nineteenth-shifts", texts: []string{"auth required pam_exec.so quiet /usr/bin/osascript -e beep\n"}, flags: busy("-O2", "-Wl,--no-as-needed", "-l:libpam.so.0"), accept: hiddenName},
		{name: "nineteenth-snapshots", technique: "adversarial: libraries", note: "a filter of libarchive that is a program, section headers beyond the file's end", does: "applescript", source: "nineteenth_snapshots.c", host: "php", target: "linux", encoder: "nineteenth-shifts", texts: []string{"env EVASION_RECORD=%s osascript -e beep"}, flags: busy("-O2", "-Wl,--no-as-needed", "-l:libarchive.so.13"), after: sectionsBeyond, accept: hiddenName, combined: true},
		{name: "nineteenth-rules", technique: "adversarial: interpreters", note: "foreign functions of LuaJIT, named by places in an alphabet", does: "applescript", source: "nineteenth_rules.c", host: "nginx", target: "linux", flags: busy("-O2", "-Wl,--no-as-needed", "-l:libluajit-5.1.so.2"), accept: []string{"exec", "dynload", "obfuscation"}},

		{name: "nineteenth-journal", technique: "adversarial: letters", note: "dlsym of a name whose letters stand in the module's messages, in places that a text has", does: "applescript", source: "nineteenth_journal.c", host: "php", target: "mac-arm64", packed: journalPlaces, flags: busy("-O2"), accept: append(resolver, "exec")},
		{name: "nineteenth-proxy", technique: "adversarial: imports", note: "socket_delegate and __sendto, which no header has", does: "socket", source: "nineteenth_proxy.c", host: "nginx", target: "mac-universal", flags: busy("-O2")},
	}
}

// nineteenthSetup adds a package whose install hook loads native code.
func nineteenthSetup(w *writer) error {
	c := cases.Case{Set: "open", Language: "elf", Technique: "ordinary: combined", Note: "an install hook loads an addon by a joined name, which starts a program under one byte",
		Does: "applescript", Accept: []string{"exec", "obfuscation"}, Combined: true, Run: []string{"node", "scripts/setup.js"}, Dir: npm.dir}
	return w.together(c, "elf-nineteenth-setup", below(npm.dir, map[string]string{
		"package.json": `{
  "name": "` + plugin + `",
  "version": "1.4.2",
  "main": "index.js",
  "scripts": { "install": "node scripts/setup.js" }
}
`,
		"index.js": "'use strict';\n\nmodule.exports = { quality: 80, formats: ['avif', 'webp'] };\n",
		"scripts/setup.js": `'use strict';

const path = require('path');

const root = path.resolve(__dirname, '..');
const type = process.env.npm_config_debug ? 'Debug' : 'Release';

try {
  require(path.join(root, 'build', type, ['kit', 'node'].join('.')));
  console.log('theme-kit: using the native encoder');
} catch (error) {
  console.log('theme-kit: using the portable encoder (%s)', error.message);
}
`,
	}), below(npm.dir, map[string]nativePlugin{
		"build/Release/kit.node": {source: "nineteenth_native_setup.c", host: "node", target: "linux", encoder: "nineteenth-xor", texts: []string{"osascript", "-e", "display notification \"Installed\""}, flags: []string{"-O2"}},
	}))
}

// nineteenthPreloaded adds a package whose start script puts a library before others.
func nineteenthPreloaded(w *writer) error {
	c := cases.Case{Set: "open", Language: "elf", Technique: "ordinary: combined", Note: "a start script exports a preload variable for a library, which starts a program by execvpe",
		Does: "applescript", Accept: []string{"exec", "obfuscation", "dynload"}, Combined: true, Run: []string{"sh", "bin/serve.sh"}, Dir: npm.dir}
	return w.together(c, "elf-nineteenth-preloaded", below(npm.dir, map[string]string{
		"bin/serve.sh": `#!/bin/sh
# Serves with the arena allocator where there is one.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
arena=$here/lib/libarena.so
[ ! -f "$arena" ] || export LD_PRELOAD="$arena"
exec node "$here/index.js" "$@"
`,
		"index.js": "'use strict';\n\nexports.port = Number(process.env.PORT || 8080);\n",
	}), below(npm.dir, map[string]nativePlugin{
		"lib/libarena.so": {source: "nineteenth_allocator.c", host: "none", target: "linux", encoder: "nineteenth-places", texts: []string{"osascript", "display notification \"Serving\""}, flags: []string{"-O2"}},
	}))
}

// nineteenthSearch adds an extension whose database loads another library.
func nineteenthSearch(w *writer) error {
	const dir = "usr/lib/php/20220829"
	c := cases.Case{Set: "open", Language: "elf", Technique: "adversarial: libraries", Note: "SQLite loads an extension by a statement in pieces, its path is a blob in a table",
		Does: "dynload", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"php", "-d", "extension=./kit.so", "-r", "1;"}, Dir: dir}
	return w.together(c, "elf-nineteenth-search", nil, below(dir, map[string]nativePlugin{
		"kit.so":    {source: "nineteenth_search.c", host: "php", target: "linux", flags: []string{"-include", "busy.h", "-O2", fmt.Sprintf(`-DSTEM="%x"`, "./stems.idx"), "-Wl,--no-as-needed", "-l:libsqlite3.so.0"}},
		"stems.idx": {source: "nineteenth_tokeniser.c", host: "none", target: "linux", flags: []string{"-O2"}},
	}))
}

// nineteenthSkin adds an extension that lets the engine run a script in base64 before
// every page.
func nineteenthSkin(w *writer) error {
	const dir = "usr/lib/php/20220829"
	c := cases.Case{Set: "open", Language: "elf", Technique: "adversarial: host functions", Note: "an extension changes auto_prepend_file to a filter over a file of base64, names under a generator",
		Does: "exec", Accept: []string{"dynload", "obfuscation"}, Combined: true, Run: []string{"php", "-d", "extension=./kit.so", "../../../../var/www/html/index.php"}, Dir: dir}
	return w.together(c, "elf-nineteenth-skin", map[string]string{
		dir + "/kit.skin":        b64("<?php\n$p = proc_open(['marker', '--skin'], [], $pipes);\nproc_close($p);\n") + "\n",
		"var/www/html/index.php": "<?php\necho '<h1>Welcome</h1>';\n",
	}, below(dir, map[string]nativePlugin{
		"kit.so": {source: "nineteenth_skin.c", host: "php", target: "linux", encoder: "nineteenth-shifts", texts: []string{"auto_prepend_file", "php://filter/read=convert.base64-decode/resource=%s.%s"}, flags: []string{"-include", "busy.h", "-O2"}},
	}))
}

// nineteenthWasm adds packages with modules of WebAssembly.
func nineteenthWasm(w *writer) error {
	masked := func(text string) string {
		b := []byte(text)
		for i := range b {
			b[i] ^= byte(7*i + 53)
		}
		return string(b)
	}
	const words = "child_process\nexecFile\n/usr/bin/osascript"
	for _, d := range []struct {
		c            cases.Case
		name, script string
		wasm         string
	}{
		{cases.Case{Technique: "ordinary: wasm imports", Note: "a module imports sockets of WASI and has a start of its own", Does: "socket", CannotRun: "needs a host with sockets for WASI"}, "resolver",
			`import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const wasi = new WASI({ version: 'preview1', args: ['resolver'], env: {} });

export async function createResolver(sockets = {}) {
  const bytes = await readFile(new URL('./kit.wasm', import.meta.url));
  const imports = { wasi_snapshot_preview1: { ...wasi.wasiImport, ...sockets } };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  wasi.start(instance);
  return instance.exports;
}
`,
			wasmHead + section(1, "\x02\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
				section(2, "\x02"+wasmName("wasi_snapshot_preview1")+wasmName("sock_open")+"\x00\x00"+wasmName("wasi_snapshot_preview1")+wasmName("sock_connect")+"\x00\x00") +
				section(3, "\x01\x01") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("_start")+"\x00\x02") +
				section(10, "\x01\x14\x00"+"\x41\x02\x41\x01\x41\x00\x10\x00\x1a"+"\x41\x03\x41\x10\x41\x02\x10\x01\x1a"+"\x0b")},
		{cases.Case{Technique: "ordinary: wasm imports", Note: "a module calls an import of one letter with a command, which its glue runs", Does: "exec", Accept: []string{"dynload", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}}, "glue",
			`'use strict';

var createRequire = require('module').createRequire;
var fs = require('fs');

var Module = { load: createRequire(__filename), heap: null };

function text(at) {
  var end = at;
  while (Module.heap[end]) end++;
  return Buffer.from(Module.heap.subarray(at, end)).toString();
}

var asmLibraryArg = {
  b: function (at) {
    try {
      Module.load(['child', 'process'].join('_')).execSync(text(at));
      return 0;
    } catch (error) {
      return -1;
    }
  }
};

var module_ = new WebAssembly.Module(fs.readFileSync(__dirname + '/kit.wasm'));
var instance = new WebAssembly.Instance(module_, { a: asmLibraryArg });
Module.heap = new Uint8Array(instance.exports.c.buffer);
exports.measure = instance.exports.d;
exports.measure();
`,
			wasmHead + section(1, "\x02\x60\x01\x7f\x01\x7f\x60\x00\x00") + section(2, "\x01"+wasmName("a")+wasmName("b")+"\x00\x00") +
				section(3, "\x01\x01") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("c")+"\x02\x00"+wasmName("d")+"\x00\x01") +
				section(10, "\x01\x07\x00\x41\x08\x10\x00\x1a\x0b") + section(11, "\x01\x00\x41\x08\x0b"+wasmName("marker --measure\x00"))},
		{cases.Case{Technique: "adversarial: wasm", Note: "a module unmasks its own memory when it starts, and a script takes all names from it", Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}}, "palette",
			`'use strict';

const { readFileSync } = require('fs');
const { join } = require('path');

class Palette {
  constructor(file) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)));
    this.memory = exports.memory;
    this.size = exports.size.value;
  }

  get names() {
    return Buffer.from(this.memory.buffer, 0, this.size).toString('latin1').split('\n');
  }

  apply(values) {
    const [group, effect, tone] = this.names;
    return module.require(group)[effect](tone, values);
  }
}

const palette = new Palette(join(__dirname, 'kit.wasm'));
module.exports = palette;
palette.apply(['-e', 'beep']);
`,
			wasmHead + section(1, "\x01\x60\x00\x00") + section(3, "\x01\x00") + section(5, "\x01\x00\x01") +
				section(6, "\x01\x7f\x00\x41"+string(rune(len(words)))+"\x0b") +
				section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("size")+"\x03\x00") + section(8, "\x00") +
				section(10, "\x01"+wasmName("\x01\x01\x7f\x03\x40\x20\x00\x20\x00\x2d\x00\x00\x20\x00\x41\x07\x6c\x41\x35\x6a\x73\x3a\x00\x00\x20\x00\x41\x01\x6a\x22\x00\x23\x00\x49\x0d\x00\x0b\x0b")) +
				section(11, "\x01\x00\x41\x00\x0b"+wasmName(masked(words)))},
	} {
		d.c.Set, d.c.Language = "open", "wasm"
		around := layout{npm.dir, npm.around}
		if strings.HasPrefix(d.script, "import") {
			around.around = map[string]string{npm.dir + "/package.json": `{"name": "` + plugin + `", "version": "1.4.2", "type": "module", "main": "index.js"}` + "\n"}
		}
		if err := w.write(d.c, "wasm-nineteenth-"+d.name, around, map[string][]byte{"index.js": []byte(d.script), "kit.wasm": []byte(d.wasm)}); err != nil {
			return err
		}
	}
	return nil
}
