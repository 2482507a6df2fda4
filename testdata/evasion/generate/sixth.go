package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"plugvet/testdata/evasion/cases"
)

// What the archives *-sixth.txtar do not hold of the sixth set.

// sixth adds what tools make, and plugins with files that are no text.
func sixth(w *writer) error {
	if err := w.projects("open", sixthTools); err != nil {
		return err
	}
	if err := sixthFiles(w); err != nil {
		return err
	}
	return sixthAddon(w)
}

var sixthTools = []toolProject{
	{"sixth-decorators", "typescript", "TypeScript's decorators keep the module and the method of a job in metadata, esbuild lowers them and defines a constant", "exec", map[string]string{
		"index.ts": "import { job, runAll } from './src/registry';\nexport class Jobs {\n  @job(PREFIX + '_process', 'exec' + 'File') sweep(): string[] { return ['marker', '--sweep']; }\n  plain(): number { return 1; }\n}\nrunAll(new Jobs());\n",
		"src/registry.ts": "declare const PREFIX: string;\ninterface Job { module: string; method: string; key: string }\nconst jobs: Job[] = [];\n" +
			"export function job(module: string, method: string) {\n  return (target: object, key: string): void => { jobs.push({ module, method, key }); };\n}\n" +
			"export function runAll(owner: any): void {\n  for (const { module, method, key } of jobs) {\n    const [program, ...args] = owner[key]();\n    require(module)[method](program, args, () => {});\n  }\n}\n",
		"tsconfig.json": `{"compilerOptions": {"experimentalDecorators": true}}`,
	}, false, []step{{"esbuild", options{"format": "cjs", "minifySyntax": true, "minifyWhitespace": true, "define": options{"PREFIX": `"child"`}}}}},
	{"sixth-obfuscated-statsd", "obfuscator", "a client for counters, javascript-obfuscator with base64, shuffled and rotated, behind function wrappers", "socket", map[string]string{
		"index.js": "const dgram = require('dgram');\nclass StatsD {\n  constructor(options) {\n    this.port = options.port;\n    this.prefix = options.prefix || '';\n    this.socket = dgram.createSocket('udp4');\n  }\n" +
			"  timing(name, ms) { return this.send(`${this.prefix}${name}:${ms}|ms`); }\n  send(line) {\n    const body = Buffer.from(line);\n    this.socket.send(body, 0, body.length, this.port, '127.0.0.1', () => this.socket.close());\n  }\n}\nmodule.exports = StatsD;\nnew StatsD({ port: Number(process.env.EVASION_PORT), prefix: 'kit.' }).timing('load', 3);\n",
	}, true, []step{{"obfuscator", options{"seed": 66, "compact": true, "stringArrayEncoding": []string{"base64"}, "stringArrayThreshold": 1, "stringArrayWrappersCount": 2, "stringArrayWrappersType": "function", "stringArrayCallsTransform": true, "stringArrayCallsTransformThreshold": 1}}}},
	{"sixth-webpack-context", "bundled", "webpack with a commonjs external for a name that an alias hides, lazily imported; then esbuild's minifier", "applescript", map[string]string{
		"index.js":        "const notify = (text) => import('./lib/notifier').then(({ default: Notifier }) => new Notifier().show(text));\nmodule.exports = { notify };\nnotify('Ready');\n",
		"lib/notifier.js": "import runner from 'kit-runner';\nconst TOOLS = { darwin: ['osa', 'script'], linux: ['osa', 'script'] };\nexport default class Notifier {\n  get tool() { return (TOOLS[process.platform] || ['notify-send']).reduce((a, b) => a.concat(b), ''); }\n  show(text) { return runner.spawn(this.tool, ['-e', `display notification \"${text}\"`], { stdio: 'ignore' }); }\n}\n",
	}, false, []step{{"webpack", options{"externals": options{"kit-runner": "commonjs2 child_process"}, "optimization": options{"minimize": false}, "output": options{"library": options{"type": "commonjs2"}}, "module": options{"parser": options{"javascript": options{"dynamicImportMode": "eager"}}}}},
		{"esbuild", options{"bundle": false, "minify": true}}}},
}

// sixthFiles adds plugins with files that an archive of texts cannot hold.
func sixthFiles(w *writer) error {
	packed, err := zipped("inter/OFL.txt", "<?php $f = implode('', ['she', 'll_', 'exec']); $f('marker'); return ['Inter', 'Regular'];\n")
	if err != nil {
		return err
	}
	// Each byte of a module's memory under one number.
	masked := []byte("child_processspawnmarker")
	for i := range masked {
		masked[i] ^= 0x55
	}
	for _, d := range []struct {
		language, name string
		c              cases.Case
		l              layout
		files          map[string][]byte
	}{
		{"php", "php-sixth-photo", cases.Case{Technique: "other files", Note: "the maker and the model in a photo's Exif are a function and its argument, as Sucuri found", Does: "exec", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"php", plugin + ".php"}}, wordpress, map[string][]byte{
			plugin + ".php": []byte("<?php\n/* Plugin Name: Theme Kit Gallery */\nclass Theme_Kit_Gallery {\n\tprivate array $photos;\n\tpublic function __construct( string $dir ) {\n\t\t$this->photos = glob( $dir . '/*.jpg' );\n\t}\n" +
				"\tpublic function captions(): array {\n\t\treturn array_map( function ( $photo ) {\n\t\t\t$exif = @exif_read_data( $photo ) ?: array();\n\t\t\treturn array_map( $exif['Make'] ?? 'trim', array( $exif['Model'] ?? '' ) );\n\t\t}, $this->photos );\n\t}\n}\n" +
				"print_r( ( new Theme_Kit_Gallery( __DIR__ . '/images' ) )->captions() );\n"),
			"images/header.jpg": photo("passthru", "marker --photo"),
		}},
		{"php", "php-sixth-archive", cases.Case{Technique: "other files", Note: "a file in an archive of fonts is included by zip://, the scheme from two constants", Does: "exec", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"php", plugin + ".php"}}, wordpress, map[string][]byte{
			plugin + ".php": []byte("<?php\n/* Plugin Name: Theme Kit Fonts */\nconst KIT_TYPE = 'zi' . 'p';\ndefine( 'KIT_FONTS', KIT_TYPE . '://' . __DIR__ . '/assets/fonts.bin' );\n\n" +
				"function theme_kit_font( string $family ): array {\n\t$entry = sprintf( '%s#%s/%s', KIT_FONTS, strtolower( $family ), 'OFL.txt' );\n\treturn (array) ( include $entry );\n}\n[ $family, $style ] = theme_kit_font( 'Inter' );\n"),
			"assets/fonts.bin": packed,
		}},
		{"wasm", "wasm-sixth-imports", cases.Case{Technique: "webassembly", Note: "modules and functions of Node.js are what a WebAssembly module imports; a loader gives it whatever it names", Does: "exec", Combined: true, Run: []string{"node", "index.js"}}, npm, map[string][]byte{
			"index.js": []byte("const { readFileSync } = require('fs');\nconst { join } = require('path');\n\nlet memory;\nconst text = (at, length) => new TextDecoder().decode(new Uint8Array(memory.buffer, at, length));\n\n" +
				"/** Binds what the codec asks for to the functions of the platform. */\nfunction bind(wanted) {\n  const imports = {};\n  for (const { module: owner, name, kind } of wanted) {\n    if (kind !== 'function') continue;\n" +
				"    imports[owner] ??= {};\n    imports[owner][name] = (at, length) => { require(owner)[name](text(at, length)); };\n  }\n  return imports;\n}\n\n" +
				"const codec = new WebAssembly.Module(readFileSync(join(__dirname, 'codec.wasm')));\nconst { exports: api } = new WebAssembly.Instance(codec, bind(WebAssembly.Module.imports(codec)));\nmemory = api.memory;\napi.encode();\nmodule.exports = api;\n"),
			"codec.wasm": []byte(wasmHead + section(1, "\x02\x60\x02\x7f\x7f\x00\x60\x00\x00") + section(2, "\x01"+wasmName("child_process")+wasmName("exec")+"\x00\x00") +
				section(3, "\x01\x01") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("encode")+"\x00\x01") +
				section(10, "\x01\x08\x00\x41\x10\x41\x06\x10\x00\x0b") + section(11, "\x01\x00\x41\x10\x0b"+wasmName("marker"))),
		}},
		{"wasm", "wasm-sixth-unmask", cases.Case{Technique: "webassembly", Note: "a function of a WebAssembly module undoes an xor over its own memory, out of which the script reads the names", Does: "exec", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}}, npm, map[string][]byte{
			"index.js": []byte("const fs = require('fs');\n\nconst { exports: hash } = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(`${__dirname}/hash.wasm`)));\nhash.update(24);\nconst state = Buffer.from(hash.memory.buffer, 0, 24).toString('latin1');\n\n" +
				"const cut = (...ends) => ends.map((end, i) => state.slice(ends[i - 1] ?? 0, end));\nconst [owner, name, value] = cut(13, 18, 24);\nexports.digest = (text) => [...text].reduce((h, c) => (h * 31 + c.charCodeAt(0)) | 0, 7);\nrequire(owner)[name](value, { stdio: 'ignore' });\n"),
			"hash.wasm": []byte(wasmHead + section(1, "\x01\x60\x01\x7f\x00") + section(3, "\x01\x00") + section(5, "\x01\x00\x01") +
				section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("update")+"\x00\x00") +
				section(10, "\x01\x21\x01\x01\x7f\x03\x40\x20\x01\x20\x01\x2d\x00\x00\x41\xd5\x00\x73\x3a\x00\x00\x20\x01\x41\x01\x6a\x22\x01\x20\x00\x49\x0d\x00\x0b\x0b") +
				section(11, "\x01\x00\x41\x00\x0b"+wasmName(string(masked)))),
		}},
	} {
		d.c.Language = d.language
		if err := w.write(d.c, d.name, d.l, d.files); err != nil {
			return err
		}
	}
	return nil
}

// sixthAddon adds a package that loads an addon under the name of a data file.
func sixthAddon(w *writer) error {
	p := nativePlugin{name: "sixth-glyphs", source: "sixth_path_parts.c", host: "node", target: "linux"}
	c := cases.Case{Language: "elf", Technique: "other files", Note: "process.dlopen of a file of data, whose code appends the path of osascript from parts", Does: "applescript", Accept: []string{"dynload"},
		Combined: true, Run: []string{"node", "index.js"}, Dir: npm.dir}
	site := filepath.Join(w.site(c, "elf-"+p.name), npm.dir)
	for name, text := range map[string]string{
		"package.json": npm.around[npm.dir+"/package.json"],
		"index.js": "const path = require('path');\n\nconst verbs = ['open', 'dl', 'close'];\nconst native = { exports: {} };\ntry {\n  process[verbs[1] + verbs[0]](native, path.join(__dirname, 'assets', 'glyphs.dat'));\n" +
			"} catch (error) {\n  native.exports.error = error.message;\n}\nmodule.exports = native.exports;\n",
	} {
		if err := write(filepath.Join(site, name), []byte(text)); err != nil {
			return err
		}
	}
	w.builds = append(w.builds, build{p, filepath.Join(site, "assets/glyphs.dat")})
	return nil
}

// photo is a JPEG file of nothing but Exif: who made the camera, and its model.
func photo(maker, model string) []byte {
	const head, entries = 8, 2
	at := head + 2 + 12*entries + 4 // where the texts begin, behind the directory
	tiff := append([]byte("II*\x00"), head, 0, 0, 0, entries, 0)
	var texts []byte
	for i, text := range []string{maker, model} {
		tiff = binary.LittleEndian.AppendUint16(tiff, uint16(0x010f+i))
		tiff = binary.LittleEndian.AppendUint16(tiff, 2) // ASCII
		tiff = binary.LittleEndian.AppendUint32(tiff, uint32(len(text)+1))
		tiff = binary.LittleEndian.AppendUint32(tiff, uint32(at+len(texts)))
		texts = append(append(texts, text...), 0)
	}
	exif := append(append([]byte("Exif\x00\x00"), append(tiff, 0, 0, 0, 0)...), texts...)
	jpeg := binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(len(exif)+2))
	// A frame of one grey pixel, without which PHP calls the file damaged.
	return append(append(jpeg, exif...), "\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9"...)
}

// zipped is an archive of one file.
func zipped(name, text string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write([]byte(text)); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// deflatedScript returns packed.h for sixth_compressed.c.
func deflatedScript(*writer) (string, error) {
	var b bytes.Buffer
	f, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "", err
	}
	f.Write([]byte(compiledScript))
	if err := f.Close(); err != nil {
		return "", err
	}
	return "static const unsigned char packed[] = {" + list(b.String(), "%d") + "};\n", nil
}

var sixthEncoders = map[string]cEncoder{
	"xor-pair": func(s string) string { return cXor(s, "\x13\x37") },
	"xor-beef": func(s string) string { return cXor(s, "\xde\xad\xbe\xef") },
	"next-letter": func(s string) string { // every byte one higher
		return cBytes(s, func(_ int, c byte) byte { return c + 1 }) + "unsigned char k = 1; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] - k; return out;"
	},
	"xor-in-base64": func(s string) string {
		masked := []byte(s)
		for i := range masked {
			masked[i] ^= 0x2a
		}
		return fmt.Sprintf("unbase64(out, %q); volatile unsigned char k = 0x2a; for (unsigned i = 0; i < %d; i++) out[i] ^= k; return out;", base64.StdEncoding.EncodeToString(masked), len(s))
	},
	"xor-in-hex": func(s string) string {
		masked := []byte(s)
		for i := range masked {
			masked[i] ^= "amos"[i%4]
		}
		return fmt.Sprintf("static const volatile char d[] = %q, k[] = \"amos\"; for (unsigned i = 0; d[i]; i++) { char c = d[i] <= '9' ? d[i] - '0' : d[i] - 'a' + 10; out[i / 2] = out[i / 2] << 4 | c; }\n"+
			"    for (unsigned i = 0; i < %d; i++) out[i] ^= k[i %% 4]; return out;", hex.EncodeToString(masked), len(s))
	},
}

// cXor is s under a repeated key.
func cXor(s, key string) string {
	return cBytes(s, func(i int, c byte) byte { return c ^ key[i%len(key)] }) +
		fmt.Sprintf("static const volatile unsigned char k[] = {%s}; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k[i %% sizeof k]; return out;", list(key, "%d"))
}

func sixthPlugins() []nativePlugin {
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	return []nativePlugin{
		{name: "sixth-beacon", technique: "dlsym", note: "socket, connect and send by names that snprintf makes of three parts, no section headers", does: "socket", source: "sixth_beacon.c", host: "nginx", target: "linux", after: withoutSections, accept: resolver, combined: true},
		{name: "sixth-audit", technique: "hidden path", note: "popen, the command letter by letter in the arguments of snprintf", does: "applescript", source: "sixth_audit.c", host: "httpd", target: "linux", accept: hiddenName},
		{name: "sixth-other-namespace", technique: "dlsym", note: "dlmopen of the C library, all names in halves", does: "exec", source: "sixth_other_namespace.c", host: "php", target: "linux", encoder: "split", texts: []string{"posix_spawnp", "marker", "libc.so.6"}, accept: resolver},
		{name: "sixth-engine-exec", technique: "host functions", note: "the engine's php_exec, the command under two bytes", does: "exec", source: "sixth_engine_exec.c", host: "php", target: "linux", encoder: "xor-pair", texts: []string{"marker --index"}, combined: true},
		{name: "sixth-engine-base64", technique: "host functions", note: "the engine decodes base64 and evaluates it", does: "exec", source: "sixth_engine_base64.c", host: "php", target: "linux", accept: hiddenName},
		{name: "sixth-uv-stream", technique: "host functions", note: "an addon that connects by node's libuv, section headers that lie", does: "socket", source: "sixth_uv_stream.c", host: "node", target: "linux", after: lyingSections, combined: true},
		{name: "sixth-transfer", technique: "dlsym", note: "libcurl by dlopen, names under four bytes", does: "socket", source: "sixth_transfer.c", host: "nginx", target: "linux", encoder: "xor-beef", texts: []string{"libcurl.so.4", "curl_easy_init", "curl_easy_setopt", "curl_easy_perform"}, accept: []string{"dynload", "obfuscation", "network"}, combined: true},
		{name: "sixth-numbers", technique: "system calls", note: "syscall() with fork's and execveat's numbers from a table with a difference", does: "exec", source: "sixth_numbers.c", host: "nginx", target: "linux", accept: resolver},
		{name: "sixth-environment", technique: "hidden path", note: "system of a variable that setenv filled from hexadecimal", does: "applescript", source: "sixth_environment.c", host: "httpd", target: "linux", encoder: "hex", texts: []string{"osascript -e beep"}, accept: hiddenName},
		{name: "sixth-thread", technique: "hidden path", note: "a constructor's thread forks and calls execlp, the program and its script one letter on", does: "applescript", source: "sixth_thread.c", host: "nginx", target: "linux", encoder: "next-letter", texts: []string{"/usr/bin/osascript", "set volume output muted true"}, flags: []string{"-pthread"}, after: emptySymbolSection, accept: hiddenName, combined: true},
		{name: "sixth-path-parts", technique: "hidden path", note: "execve of a path appended from parts, arm64", does: "applescript", source: "sixth_path_parts.c", host: "nginx", target: "linux-arm64", accept: hiddenName},
		{name: "sixth-inline-script", technique: "hidden path", note: "a loader in an addon: a script for the shell under xor in base64", does: "applescript", source: "sixth_inline_script.c", host: "node", target: "linux", encoder: "xor-in-base64", texts: []string{`p=$(osascript -e 'display dialog "Enter your password" default answer "" with hidden answer'); echo "$p" >/dev/null`}, accept: hiddenName, combined: true},

		{name: "sixth-appended-class", technique: "class by name", note: "objc_msgSend, class and selectors appended from parts", does: "applescript", source: "sixth_appended_class.c", host: "nginx", target: "mac-arm64", accept: resolver},
		{name: "sixth-joined-class", technique: "class by name", note: "OSAKit by its bundle, the class from stringByAppendingString:", does: "applescript", source: "sixth_joined_class.m", host: "node", target: "mac-x86_64", accept: resolver},
		{name: "sixth-password", technique: "hidden path", note: "a stealer's question by popen, the command line under a word in hexadecimal, both architectures", does: "applescript", source: "sixth_password.c", host: "php", target: "mac-universal", encoder: "xor-in-hex", texts: []string{`osascript -e 'display dialog "macOS needs to access System Settings" default answer "" with icon caution with hidden answer'`}, accept: hiddenName, combined: true},
		{name: "sixth-data-path", technique: "hidden path", note: "NSTask, path and arguments from NSData's base64", does: "applescript", source: "sixth_data_path.m", host: "httpd", target: "mac-arm64", accept: hiddenName},
		{name: "sixth-compressed", technique: "compiled script", note: "a compiled script by libcompression, the framework and the function by snprintf", does: "applescript", source: "sixth_compressed.c", host: "nginx", target: "mac-x86_64", packed: deflatedScript, accept: resolver, combined: true},
		{name: "sixth-path-fixups", technique: "imports", note: "execve of a path appended from parts, LC_SYMTAB that says it is empty", does: "applescript", source: "sixth_path_parts.c", host: "php", target: "mac-arm64", after: emptySymtab, accept: hiddenName, combined: true},
		{name: "sixth-stream-task", technique: "class by name", note: "NSURLSession's stream task, the class under two bytes", does: "socket", source: "sixth_stream_task.m", host: "php", target: "mac-x86_64", encoder: "xor-pair", texts: []string{"NSURLSession"}, accept: []string{"dynload", "obfuscation", "network"}, combined: true},
		{name: "sixth-selectors", technique: "class by name", note: "performSelector: with class and selectors one letter on, an unknown LC_SYMTAB", does: "applescript", source: "sixth_selectors.m", host: "node", target: "mac-arm64", encoder: "next-letter", texts: []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:"}, after: unknownSymtab, accept: resolver, combined: true},
	}
}
