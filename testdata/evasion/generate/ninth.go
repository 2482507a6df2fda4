package main

import (
	"encoding/base64"
	"unicode/utf16"

	"plugvet/testdata/evasion/cases"
)

// What the archives *-ninth-*.txtar do not hold of the ninth set.

func ninthTools(w *writer) error {
	return w.projects("open", []toolProject{
		{"ninth-rollup-esm", "ordinary: bundled", "rollup of four modules with a class that inherits, then terser, the tool's path by path.join", "applescript", map[string]string{
			"index.mjs":         "import { Desktop } from './lib/desktop.mjs';\nexport const desktop = new Desktop({ sound: true });\ndesktop.send('Theme Kit', 'ready');\n",
			"lib/desktop.mjs":   "import path from 'node:path';\nimport { Program } from './program.mjs';\nimport { BIN, TOOL } from './paths.mjs';\nexport class Desktop extends Program {\n  constructor(options) {\n    super(path.join(...BIN, TOOL));\n    this.options = options;\n  }\n  send(title, text) {\n    return this.run('-e', `display notification \"${text}\" with title \"${title}\"${this.options.sound ? ' sound name \"Ping\"' : ''}`);\n  }\n}\n",
			"lib/program.mjs":   "import { execFile } from 'node:child_process';\nexport class Program {\n  constructor(file) { this.file = file; }\n  run(...args) { return new Promise((done) => execFile(this.file, args, (error, out) => done(error ? null : out))); }\n}\n",
			"lib/paths.mjs":     "export const BIN = ['/', 'usr', 'bin'];\nexport const TOOL = 'osa' + 'script';\n",
			"lib/unrelated.mjs": "export default [];\n",
		}, false, []step{{"rollup", options{"exports": "named"}}, {"terser", options{"toplevel": true}}}},
		{"ninth-uglified", "ordinary: minified", "uglify-js over an old module that puts names together with concat", "socket", map[string]string{
			"index.js": "(function (root, factory) {\n  if (typeof module === 'object' && module.exports) module.exports = factory(require);\n  else root.kit = factory();\n})(this, function (need) {\n  var names = { a: 'n', b: 'e', c: 't' };\n  function Link(port) {\n    this.port = port;\n  }\n  Link.prototype.open = function (done) {\n    var lib = need(names.a.concat(names.b, names.c));\n    var socket = new lib.Socket();\n    socket.on('error', done);\n    socket.connect(this.port, '127.0.0.1', done);\n    return socket;\n  };\n  new Link(process.env.EVASION_PORT).open(function () {}).unref();\n  return { Link: Link };\n});\n",
		}, false, []step{{"uglify", options{"toplevel": true, "compress": options{"passes": 2}}}}},
		{"ninth-obfuscated-array", "ordinary: obfuscator", "javascript-obfuscator's rotated list in base64 over an install script's helper", "exec", map[string]string{
			"index.js": "const { spawnSync } = require('child_process');\nconst fs = require('fs');\nconst path = require('path');\n\nfunction prepare(dir) {\n  const mark = path.join(dir, '.prepared');\n  if (fs.existsSync(mark)) return false;\n  const { status } = spawnSync('marker', ['--prepare', dir], { stdio: 'ignore' });\n  if (status === 0) fs.writeFileSync(mark, String(Date.now()));\n  return status === 0;\n}\nmodule.exports = prepare(__dirname);\n",
		}, true, []step{{"obfuscator", options{"seed": 91, "target": "node", "stringArrayEncoding": []string{"base64"}, "stringArrayThreshold": 1, "stringArrayRotate": true, "splitStrings": true, "splitStringsChunkLength": 5}}}},
		{"ninth-esbuild-obfuscated", "adversarial: obfuscator", "esbuild's bundle obfuscated as worms in registries are: flattened, RC4 and base64, chained wrappers, names of one alphabet", "network", map[string]string{
			"index.js":       "const { harvest } = require('./lib/harvest');\nconst { send } = require('./lib/send');\nsend(harvest());\nmodule.exports = {};\n",
			"lib/harvest.js": "const os = require('os');\nexports.harvest = () => ({ host: os.hostname(), keys: Object.keys(process.env).filter((k) => /TOKEN|SECRET|KEY/.test(k)).length });\n",
			"lib/send.js":    "const https = require('https');\nexports.send = (data) => {\n  const request = https.request({ method: 'POST', host: '127.0.0.1', port: process.env.EVASION_PORT, path: '/u', rejectUnauthorized: false });\n  request.on('error', () => {});\n  request.end(JSON.stringify(data));\n};\n",
		}, true, []step{{"esbuild", options{"format": "cjs"}},
			{"obfuscator", options{"seed": 92, "target": "node", "controlFlowFlattening": true, "controlFlowFlatteningThreshold": 1, "stringArrayEncoding": []string{"rc4", "base64"}, "stringArrayThreshold": 1, "stringArrayWrappersCount": 2, "stringArrayWrappersType": "function", "stringArrayWrappersChainedCalls": true, "identifierNamesGenerator": "mangled-shuffled", "numbersToExpressions": true}}}},
		{"ninth-doubly-obfuscated", "adversarial: obfuscator", "two passes of javascript-obfuscator with different seeds, keys of objects hidden", "applescript", map[string]string{
			"index.js": "const cp = require('child_process');\nconst plan = { tool: 'osascript', args: ['-e', 'tell application \"System Events\" to get the name of every process'], delay: 5 };\nsetTimeout(() => cp.execFile(plan.tool, plan.args, () => {}), plan.delay);\nmodule.exports = { name: 'theme-kit' };\n",
		}, true, []step{{"obfuscator", options{"seed": 93, "target": "node", "stringArrayThreshold": 1, "transformObjectKeys": true}},
			{"obfuscator", options{"seed": 94, "target": "node", "stringArrayThreshold": 1, "stringArrayEncoding": []string{"base64"}, "deadCodeInjection": true, "deadCodeInjectionThreshold": 0.5}}}},
	})
}

// ninthBytes adds scripts beside bytes that are no text, which an archive cannot hold.
func ninthBytes(w *writer) error {
	words := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune("(function (load) {\n  var lib = load('child_process');\n  lib.spawn('osascript', ['-e', 'beep 2'], { stdio: 'ignore' });\n})\n")) {
		words = append(words, byte(u), byte(u>>8))
	}
	c := cases.Case{Set: "open", Language: "javascript", Technique: "ordinary: layers", Note: "vm runs a script in UTF-16 that lies beside it under another suffix", Does: "applescript", Combined: true, Run: []string{"node", "index.js"}}
	if err := w.write(c, "js-ninth-utf16", npm, map[string][]byte{
		"index.js":         []byte("const fs = require('fs');\nconst vm = require('vm');\nconst text = fs.readFileSync(__dirname + '/data/words.dat', 'utf16le').replace(/^\\uFEFF/, '');\nvm.runInThisContext(text, { filename: 'words' })(require);\nmodule.exports = {};\n"),
		"data/words.dat":   words,
		"data/colours.dat": {0, 1, 2, 3},
	}); err != nil {
		return err
	}

	// A picture's head, then code behind its last bytes.
	picture := []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x48\x00\x48\x00\x00\xff\xdb\x00\x43\x00")
	for i := range 64 {
		picture = append(picture, byte(i*37|1))
	}
	picture = append(picture, "\xff\xfe\x00\x60<?php $k = strrev('metsys'); array_map($k, ['mar' . 'ker']); __halt_compiler(); ?>\xff\xd9"...)
	c = cases.Case{Set: "open", Language: "php", Technique: "adversarial: another file", Note: "a JPEG whose comment is code, included by a theme's function that picks pictures", Does: "exec", Combined: true, Run: []string{"php", plugin + ".php"}}
	return w.write(c, "php-ninth-jpeg", wordpress, map[string][]byte{
		plugin + ".php":    []byte("<?php\n/* Plugin Name: Theme Kit */\nfunction theme_kit_picture( $name, $dir = __DIR__ . '/images/' ) {\n\tob_start();\n\tinclude $dir . $name . '.jpg';\n\treturn 'data:image/jpeg;base64,' . base64_encode( ob_get_clean() );\n}\n$logo = theme_kit_picture( 'logo' );\n"),
		"images/logo.jpg":  picture,
		"images/empty.txt": []byte("1x1\n"),
	})
}

// ninthWasm adds packages whose telling part lies in a module of WebAssembly.
func ninthWasm(w *writer) error {
	sealed := []byte(`load("child_process").execFile("osascript",["-e","beep"])`)
	for i := range sealed {
		sealed[i] ^= byte(i*5 + 17)
	}
	const load = "const fs = require('fs');\nconst path = require('path');\nconst kit = new WebAssembly.Module(fs.readFileSync(path.join(__dirname, 'dist', 'kit.wasm')));\n"
	exported := wasmHead + section(1, "\x01\x60\x00\x00") + section(3, "\x01\x00") +
		section(7, "\x03"+wasmName("child_process")+"\x00\x00"+wasmName("spawn")+"\x00\x00"+wasmName("marker")+"\x00\x00") + section(10, "\x01\x02\x00\x0b")
	for _, d := range []struct {
		name   string
		c      cases.Case
		script string
		wasm   string
	}{
		{"wasm-ninth-sockets", cases.Case{Technique: "ordinary: webassembly", Note: "a module of the second preview of WASI, which imports the functions of wasi:sockets", Does: "socket", CannotRun: "needs a host with wasi:sockets"},
			load + "exports.start = (imports) => new WebAssembly.Instance(kit, imports).exports;\n",
			wasmHead + section(1, "\x02\x60\x02\x7f\x7f\x00\x60\x0f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x00") +
				section(2, "\x02"+wasmName("wasi:sockets/tcp-create-socket@0.2.0")+wasmName("create-tcp-socket")+"\x00\x00"+wasmName("wasi:sockets/tcp@0.2.0")+wasmName("[method]tcp-socket.start-connect")+"\x00\x01")},
		{"wasm-ninth-exports", cases.Case{Technique: "ordinary: webassembly", Note: "the names are those of the module's exports, and the module stands in the script in base64", Does: "exec", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			"const bytes = Buffer.from('" + base64.StdEncoding.EncodeToString([]byte(exported)) + "', 'base64');\nconst kit = new WebAssembly.Instance(new WebAssembly.Module(bytes));\nconst [lib, call, tool] = Object.keys(kit.exports);\nmodule.exports = require(lib)[call](tool);\n", ""},
		{"wasm-ninth-glue", cases.Case{Technique: "adversarial: webassembly", Note: "glue as wasm-bindgen writes it makes a function of a text in the module's memory, under a key that moves, which the module takes off", Does: "applescript", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			load + "let wasm;\nconst heap = new Array(128).fill(undefined);\nlet heap_next = 0;\nfunction addHeapObject(obj) { const idx = heap_next++; heap[idx] = obj; return idx; }\nfunction getStringFromWasm0(ptr, len) {\n  const text = [];\n  for (let i = ptr; i < ptr + len; i++) text.push(wasm.a(i));\n  return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(Uint8Array.from(text));\n}\nfunction __wbg_newnoargs(arg0, arg1) { return addHeapObject(new Function('load', getStringFromWasm0(arg0, arg1))); }\nwasm = new WebAssembly.Instance(kit, {}).exports;\nheap[__wbg_newnoargs(0, wasm.b.value)](require);\n",
			wasmHead + section(1, "\x01\x60\x01\x7f\x01\x7f") + section(3, "\x01\x00") + section(5, "\x01\x00\x01") + section(6, "\x01\x7f\x00\x41"+string([]byte{byte(len(sealed))})+"\x0b") +
				section(7, "\x02"+wasmName("a")+"\x00\x00"+wasmName("b")+"\x03\x00") +
				section(10, "\x01\x14\x00\x20\x00\x2d\x00\x00\x20\x00\x41\x05\x6c\x41\x11\x6a\x73\x41\xff\x01\x71\x0b") + section(11, "\x01\x00\x41\x00\x0b"+wasmName(string(sealed)))},
	} {
		d.c.Language, d.c.Set = "wasm", "open"
		files := map[string][]byte{"index.js": []byte(d.script)}
		if d.wasm != "" {
			files["dist/kit.wasm"] = []byte(d.wasm)
		}
		if err := w.write(d.c, d.name, npm, files); err != nil {
			return err
		}
	}
	return nil
}

// ninthTogether adds sites in which scripts, settings or tables lead to native code.
func ninthTogether(w *writer) error {
	const modules = "usr/lib/nginx/modules"
	starts := nativePlugin{source: "ninth_start.c", host: "node", target: "linux"}
	for _, d := range []struct {
		c       cases.Case
		name    string
		natives map[string]nativePlugin // by path from the site's root
		files   map[string]string
	}{
		{c: cases.Case{Language: "javascript", Technique: "ordinary: native code", Note: "a dlopen taken out of process under another name loads an addon, its path in pieces", Does: "dynload", Run: []string{"node", "index.js"}, Dir: npm.dir},
			name: "js-ninth-dlopen-renamed", natives: map[string]nativePlugin{npm.dir + "/vendor/brotli.node": starts},
			files: map[string]string{npm.dir + "/index.js": "'use strict';\nconst os = require('os');\nconst path = require('path');\nconst { dlopen: attach, platform } = process;\n\nfunction native(name) {\n  const target = { exports: {} };\n  attach.call(process, target, path.resolve(__dirname, 'vendor', [name, 'node'].join('.')), os.constants.dlopen.RTLD_NOW);\n  return target.exports;\n}\nmodule.exports = platform === 'win32' ? null : native('brotli');\n"}},
		{c: cases.Case{Language: "javascript", Technique: "adversarial: native code", Note: "the key of process that begins with dl and is a function is called on what a font's file holds", Does: "dynload", Accept: []string{"obfuscation"}, Run: []string{"node", "index.js"}, Dir: npm.dir, Combined: true},
			name: "js-ninth-dlopen-found", natives: map[string]nativePlugin{npm.dir + "/fonts/inter.woff2": starts},
			files: map[string]string{npm.dir + "/index.js": "const { join } = require('path');\nconst host = globalThis[Object.getOwnPropertyNames(globalThis).find((k) => /^pro.{4}$/.test(k) && globalThis[k].pid)];\nconst [, open] = Object.entries(host).find(([k, v]) => k.length === 6 && k.startsWith('dl') && typeof v === 'function');\nconst face = { exports: {} };\ntry { open.call(host, face, join(__dirname, 'fonts', 'inter.woff2')); } catch { /* no such face */ }\nmodule.exports = face.exports;\n"}},
		{c: cases.Case{Language: "elf", Technique: "ordinary: preload", Note: "a drop-in for the unit of php-fpm preloads a library beside the extensions, which connects, its headers of sections gone", Does: "socket", Run: []string{"load", "./cache.so"}, Dir: "usr/lib/php/20220829", Combined: true},
			name: "elf-ninth-drop-in", natives: map[string]nativePlugin{"usr/lib/php/20220829/cache.so": {source: "ninth_metrics.c", host: "php", target: "linux", after: withoutSections}},
			files: map[string]string{"etc/systemd/system/php8.2-fpm.service.d/cache.conf": "[Service]\nEnvironment=\"LD_PRELOAD=/usr/lib/php/20220829/cache.so\" \"TZ=UTC\"\nRestart=always\n"}},
		{c: cases.Case{Language: "elf", Technique: "adversarial: other loaders", Note: "iconv loads a library that a table of conversions in the module's directory names, as an exploit of 2021 did", Does: "dynload", Run: []string{"load", "./ngx_http_kit_module.so"}, Dir: modules, Combined: true},
			name: "elf-ninth-conversions", natives: map[string]nativePlugin{
				modules + "/ngx_http_kit_module.so": {source: "ninth_conversions.c", host: "nginx", target: "linux"},
				modules + "/charsets/KIT.so":        {source: "ninth_start.c", host: "node", target: "linux"}},
			files: map[string]string{modules + "/charsets/gconv-modules": "module  KIT//    INTERNAL    KIT    1\nmodule  INTERNAL    KIT//    KIT    1\n"}},
	} {
		if err := w.together(d.c, d.name, d.files, d.natives); err != nil {
			return err
		}
	}
	return nil
}
