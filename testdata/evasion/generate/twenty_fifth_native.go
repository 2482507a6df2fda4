package main

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// twentyFifthNative adds the native part of the twenty-fifth set.
func twentyFifthNative(w *writer) error {
	maps.Copy(cEncoders, twentyFifthEncoders)
	if err := w.native("open", slices.Concat(twentyFifthOrdinary(), twentyFifthAttacker())); err != nil {
		return err
	}
	return twentyFifthWasm(w)
}

var twentyFifthEncoders = map[string]cEncoder{
	"twenty-fifth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0xe6 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0xe6; return out;"
	},
	"twenty-fifth-four-xor": func(s string) string { // the bytes of a number
		return cBytes(s, func(i int, c byte) byte { return c ^ byte(uint32(0x8d1f63a4)>>(8*(i%4))) }) +
			"volatile unsigned key = 0x8d1f63a4u; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (unsigned char)(key >> 8 * (i & 3)); return out;"
	},
}

// quitScript is packed.h for twenty-fifth_backup.c: a compiled script in lines of base64.
func quitScript(*writer) (string, error) {
	var b strings.Builder
	b.WriteString("static const char *const quitter[] = {\n")
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString([]byte(compiledScript))), 60) {
		fmt.Fprintf(&b, "    %q,\n", line)
	}
	return b.String() + "};\n", nil
}

// albumScript is packed.h for twenty-fifth_album.m: a compiled script, deflated, without a head.
func albumScript(*writer) (string, error) {
	var b bytes.Buffer
	f, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := f.Write([]byte(compiledScript)); err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	return fmt.Sprintf("static const unsigned char album_script[] = {%s};\n", list(b.String(), "%d")), nil
}

// jobCard is packed.h for twenty-fifth_host.c: a command as a mainframe writes it.
func jobCard(*writer) (string, error) {
	others := map[byte]byte{' ': 0x40, '-': 0x60, '\'': 0x7d, '"': 0x7f}
	return fmt.Sprintf("static const volatile unsigned char card[] = {%s};\n", list(string(slices.Collect(func(yield func(byte) bool) {
		for _, c := range []byte("osascript -e 'display alert \"Job sent\"'") {
			e, small := others[c], c|32
			switch {
			case e != 0:
			case small <= 'i':
				e = 0x81 + small - 'a'
			case small <= 'r':
				e = 0x91 + small - 'j'
			default:
				e = 0xa2 + small - 's'
			}
			if 'A' <= c && c <= 'Z' {
				e += 0x40
			}
			if !yield(e) {
				return
			}
		}
	})), "%d")), nil
}

// schemeColours is packed.h for twenty-fifth_scheme.c: a script with its first line, as colours.
func schemeColours(*writer) (string, error) {
	var b strings.Builder
	b.WriteString("static const char *const colours[] = {")
	for three := range slices.Chunk([]byte("#!/usr/bin/osascript\nbeep 1\n\n\n"), 3) {
		fmt.Fprintf(&b, "\"#%x\", ", three)
	}
	return b.String() + "0};\n", nil
}

// characterNames is packed.h for twenty-fifth_accents.m: a command by the names of its characters.
func characterNames(*writer) (string, error) {
	others := map[rune]string{' ': "SPACE", '-': "HYPHEN-MINUS", '\'': "APOSTROPHE", '"': "QUOTATION MARK"}
	var b strings.Builder
	for _, c := range "osascript -e 'display alert \"rebuilt\"'" {
		name, ok := others[c]
		if !ok {
			name = "LATIN SMALL LETTER " + strings.ToUpper(string(c))
		}
		b.WriteString(`\\N{` + name + "}")
	}
	return fmt.Sprintf("static const char character_names[] = \"%s\";\n", b.String()), nil
}

func twentyFifthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	const settings = `{"channel": "stable", "notifier": "osascript", "option": "-e", "entries": 20}`
	return []nativePlugin{
		{name: "twenty-fifth-geo", technique: "ordinary: dlsym", note: "a table of bare names for dlsym: socket, connect, send, -O2", does: "socket", source: "twenty-fifth_geo.c", host: "nginx", target: "linux", flags: []string{"-O2"}},
		{name: "twenty-fifth-thumbs", technique: "ordinary: xor", note: "popen of a format under one byte, -O2", does: "applescript", source: "twenty-fifth_thumbs.c", host: "php", target: "linux", encoder: "twenty-fifth-xor", texts: []string{"osascript -e 'tell application \"Image Events\"' -e 'scale to %u by %u' -e 'end tell'", "r"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-fifth-changelog", technique: "ordinary: base64", note: "execlp of what settings in base64 name, in the middle of them, -O2", does: "applescript", source: "twenty-fifth_changelog.c", host: "node", target: "linux", flags: []string{"-O2", sixtyFour("SETTINGS", settings)}, accept: hiddenName},
		{name: "twenty-fifth-tls", technique: "ordinary: imports", note: "BIO_new_connect of libcrypto, which is linked, -O2", does: "socket", source: "twenty-fifth_tls.c", host: "httpd", target: "linux", flags: []string{"-O2", "-Wl,--no-as-needed", "-l:libcrypto.so.3"}},
		{name: "twenty-fifth-only", technique: "ordinary: resolvers only", note: "imports dlopen and dlsym and nothing else; the names are letters in instructions, -O1", does: "exec", source: "twenty-fifth_only.c", host: "nginx", target: "linux", accept: resolver},
		{name: "twenty-fifth-export", technique: "ordinary: stack strings", note: "fork and execvp of a name that is put down two letters at a time, arm64, -O2", does: "applescript", source: "twenty-fifth_export.c", host: "httpd", target: "linux-arm64", flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-fifth-backup", technique: "ordinary: compiled script", note: "a compiled script in lines of base64 is unpacked by a command and run by another, -O2", does: "applescript", source: "twenty-fifth_backup.c", host: "php", target: "linux", packed: quitScript, flags: []string{"-O2"}},
		{name: "twenty-fifth-lint", technique: "ordinary: C++", note: "literals of a suffix of their own, sealed while it is compiled, for posix_spawnp, -O2", does: "applescript", source: "twenty-fifth_lint.cc", host: "node", target: "linux-clang", flags: []string{"-O2", "-std=c++20", "-fno-exceptions", "-fno-rtti", "-nostdlib++"}, accept: hiddenName},
		{name: "twenty-fifth-sniffer", technique: "ordinary: raw socket", note: "a packet socket of SOCK_RAW, arm64, no section headers, -O2", does: "socket.raw", source: "twenty-fifth_sniffer.c", host: "httpd", target: "linux-arm64", flags: []string{"-O2"}, after: withoutSections},
		{name: "twenty-fifth-mirror", technique: "ordinary: section headers", note: "socket and connect as weak imports, section headers that lie, -O2", does: "socket", source: "twenty-fifth_mirror.c", host: "node", target: "linux", flags: []string{"-O2"}, after: lyingSections},

		{name: "twenty-fifth-toast", technique: "ordinary: imports", note: "NSAppleScript by class reference, the symbol table ends before the imports, -O2", does: "applescript", source: "twenty-fifth_toast.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: withoutUndefined},
		{name: "twenty-fifth-runner", technique: "ordinary: runtime", note: "NSTask by objc_getClass and sel_registerName, in C, -O2", does: "exec", source: "twenty-fifth_runner.c", host: "php", target: "mac-x86_64", flags: []string{"-O2"}},
		{name: "twenty-fifth-palette", technique: "ordinary: base64", note: "NSClassFromString of what NSData decodes, -O2", does: "applescript", source: "twenty-fifth_palette.m", host: "httpd", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-fifth-album", technique: "ordinary: compiled script", note: "a compiled script, deflated without a head, for OSAScript, -O2", does: "applescript", source: "twenty-fifth_album.m", host: "node", target: "mac-arm64", packed: albumScript, flags: []string{"-O2"}},
		{name: "twenty-fifth-print", technique: "ordinary: xor", note: "OpenDefaultComponent, AECreateDesc and OSADoScript by dlsym, under the bytes of a number, -O2", does: "applescript", source: "twenty-fifth_print.c", host: "nginx", target: "mac-x86_64", encoder: "twenty-fifth-four-xor", texts: []string{"/System/Library/Frameworks/Carbon.framework/Carbon", "OpenDefaultComponent", "AECreateDesc", "OSADoScript", "tell application \"Preview\" to print POSIX file \""}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-fifth-probe", technique: "ordinary: symbol table", note: "nw_connection_start of Network.framework, LC_SYMTAB is empty, -O2", does: "socket", source: "twenty-fifth_probe.c", host: "httpd", target: "mac-x86_64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "twenty-fifth-hooks", technique: "ordinary: classes", note: "NSUserAppleScriptTask by class reference, both architectures, -O2", does: "applescript", source: "twenty-fifth_hooks.m", host: "php", target: "mac-universal", flags: []string{"-O2"}},
		{name: "twenty-fifth-terminal", technique: "ordinary: Apple events", note: "AESendMessage of do script to Terminal, whose script starts osascript, -O2", does: "applescript", source: "twenty-fifth_terminal.c", host: "node", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twenty-fifth-render", technique: "ordinary: stack strings", note: "posix_spawn of words in four bytes at a time, -O2", does: "applescript", source: "twenty-fifth_render.c", host: "nginx", target: "mac-x86_64", encoder: "stack-halves", texts: []string{"/usr/bin/osascript", "-l", "JavaScript"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-fifth-ping", technique: "ordinary: raw socket", note: "an echo request by SOCK_RAW, both architectures, -O2", does: "socket.raw", source: "twenty-fifth_ping.c", host: "httpd", target: "mac-universal", flags: []string{"-O2"}},
	}
}

func twentyFifthAttacker() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	number := func(define, name string) string {
		h := fnv.New32a()
		h.Write([]byte(name))
		return fmt.Sprintf("-D%s=%#xu", define, h.Sum32())
	}
	return []nativePlugin{
		{name: "twenty-fifth-handlers", technique: "adversarial: own symbols", note: "execlp of the first letters of its own functions' names, which dladdr tells, -O2", does: "applescript", source: "twenty-fifth_handlers.c", host: "nginx", target: "linux", flags: busy("-O2", "-ldl"), accept: hiddenName},
		{name: "twenty-fifth-host", technique: "adversarial: character sets", note: "popen of a command in EBCDIC that iconv reads, -O2", does: "applescript", source: "twenty-fifth_host.c", host: "php", target: "linux", packed: jobCard, flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-fifth-includes", technique: "adversarial: wordexp", note: "wordexp of a path with a command in it, whose program is a pattern, -O2", does: "applescript", source: "twenty-fifth_includes.c", host: "httpd", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-fifth-scheme", technique: "adversarial: first lines", note: "fexecve of a script in memory, whose first line names the program; its bytes are colours, -O2", does: "applescript", source: "twenty-fifth_scheme.c", host: "node", target: "linux", packed: schemeColours, flags: busy("-O2"), accept: hiddenName},

		{name: "twenty-fifth-catalogue", technique: "adversarial: reflection", note: "a class and its methods by the sums of their names, out of all that the runtime lists, -O2", does: "applescript", source: "twenty-fifth_catalogue.m", host: "nginx", target: "mac-arm64", flags: busy("-O2", number("CLASS", "NSAppleScript"), number("FIRST", "initWithSource:"), number("SECOND", "executeAndReturnError:")), accept: resolver},
		{name: "twenty-fifth-formula", technique: "adversarial: formulas", note: "NSExpression's FUNCTION and CAST call NSAppleScript out of a text that is mended first, -O2", does: "applescript", source: "twenty-fifth_formula.m", host: "php", target: "mac-x86_64", flags: busy("-O2"), accept: resolver},
		{name: "twenty-fifth-accents", technique: "adversarial: transforms", note: "system of what ICU makes of the names of characters, -O2", does: "applescript", source: "twenty-fifth_accents.m", host: "httpd", target: "mac-arm64", packed: characterNames, flags: busy("-O2"), accept: hiddenName},
	}
}

// unsignedLEB is a number as modules of WebAssembly hold it.
func unsignedLEB(n int) string {
	var b []byte
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return string(append(b, byte(n)))
}

// signedLEB is a constant as instructions of WebAssembly hold it.
func signedLEB(n int) string {
	var b []byte
	for ; n < -64 || n > 63; n >>= 7 {
		b = append(b, byte(n)&0x7f|0x80)
	}
	return string(append(b, byte(n)&0x7f))
}

// atlas is a module of constants only: each holds a place in a sheet, and a letter.
func atlas(words ...string) string {
	var globals, exports strings.Builder
	n := 0
	for row, word := range words {
		for column := range len(word) {
			globals.WriteString("\x7f\x00\x41" + signedLEB((row+1)<<20|column<<12|int(word[column])<<2|n&3) + "\x0b")
			exports.WriteString(wasmName(fmt.Sprintf("tile_%d_%d", row, column)) + "\x03" + unsignedLEB(n))
			n++
		}
	}
	return wasmHead + section(6, unsignedLEB(n)+globals.String()) + section(7, unsignedLEB(n)+exports.String())
}

func twentyFifthWasm(w *writer) error {
	const tcp, create, network = "wasi:sockets/tcp@0.2.3", "wasi:sockets/tcp-create-socket@0.2.3", "wasi:sockets/instance-network@0.2.3"
	sockets := wasmHead + section(1, "\x03\x60\x00\x01\x7f\x60\x02\x7f\x7f\x00\x60\x0f"+strings.Repeat("\x7f", 15)+"\x00") +
		section(2, "\x04"+wasmName(network)+wasmName("instance-network")+"\x00\x00"+wasmName(create)+wasmName("create-tcp-socket")+"\x00\x01"+
			wasmName(tcp)+wasmName("[method]tcp-socket.start-connect")+"\x00\x02"+wasmName(tcp)+wasmName("[method]tcp-socket.finish-connect")+"\x00\x01")
	printer, err := w.webAssembly("twenty-fifth_pdf.c")
	if err != nil {
		return err
	}
	return w.modules([]wasmModule{
		{"wasm-twenty-fifth-metrics", cases.Case{Technique: "ordinary: webassembly", Note: "a module that imports the sockets of WASI's second preview, with the imports that a caller gives", Does: "socket", CannotRun: "needs a host with WASI's sockets"},
			`'use strict';

const fs = require('fs');
const path = require('path');

/** Sends the counters of a process to where the host lets it. */
class Metrics {
  constructor(imports, options = {}) {
    this.imports = imports;
    this.interval = options.interval || 10000;
    this.counters = new Map();
  }

  count(name, by = 1) {
    this.counters.set(name, (this.counters.get(name) || 0) + by);
  }

  async start() {
    const code = await fs.promises.readFile(path.join(__dirname, 'lib', 'metrics.core.wasm'));
    const { instance } = await WebAssembly.instantiate(code, this.imports);
    this.instance = instance;
    return this;
  }
}

module.exports = { Metrics };
`, "lib/metrics.core.wasm", []byte(sockets)},
		{"wasm-twenty-fifth-pdf", cases.Case{Technique: "ordinary: webassembly", Note: "compiled C calls system, which the glue gives it; the command in its memory is under one byte", Does: "applescript", Accept: []string{"exec", "obfuscation"}, Run: []string{"node", "index.js"}},
			`'use strict';
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

let HEAPU8;
const statuses = [];

function UTF8ToString(at) {
  let end = at;
  while (HEAPU8[end]) end++;
  return new TextDecoder().decode(HEAPU8.subarray(at, end));
}

const env = {
  system(at) {
    if (!at) return 1;
    const { status } = spawnSync(UTF8ToString(at), { shell: true, stdio: 'ignore' });
    return status ?? -1;
  },
  log(status) {
    statuses.push(status);
  },
};

const { exports: wasm } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(join(__dirname, 'kit-pdf.wasm'))), { env });
HEAPU8 = new Uint8Array(wasm.memory.buffer);

exports.convert = (pages = 1) => wasm.convert(pages) === 0;
exports.statuses = statuses;
exports.available = exports.convert();
`, "kit-pdf.wasm", printer},
		{"wasm-twenty-fifth-atlas", cases.Case{Technique: "adversarial: webassembly", Note: "the letters of a module's, a function's and a program's name are bits of constants that a module exports", Does: "exec", Accept: []string{"dynload", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			`import { readFile } from 'node:fs/promises';

const code = await readFile(new URL('./assets/atlas.wasm', import.meta.url));
const { instance } = await WebAssembly.instantiate(code);

// A tile is one number: the row and the column in the sheet, the glyph, and how it is turned.
const unpack = ({ value }) => ({ row: value >>> 20, column: (value >>> 12) & 0xff, glyph: (value >>> 2) & 0x3ff, turned: value & 3 });

export function rows(exports) {
  const sheet = [];
  for (const tile of Object.values(exports).map(unpack)) {
    (sheet[tile.row - 1] ??= [])[tile.column] = tile.glyph;
  }
  return sheet.map((row) => String.fromCodePoint(...row));
}

const [source, draw, ...layers] = rows(instance.exports);
const canvas = process.getBuiltinModule(source);
export const atlas = Reflect.apply(canvas[draw], canvas, layers);
`, "assets/atlas.wasm", []byte(atlas("child_process", "spawn", "marker"))},
	})
}
