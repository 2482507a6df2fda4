package main

import (
	"plugvet/testdata/evasion/cases"
)

// What the archives *-eighth-*.txtar do not hold of the eighth set.

func eighthTools(w *writer) error {
	return w.projects("open", []toolProject{
		{"eighth-obfuscated", "ordinary: obfuscator", "javascript-obfuscator's low preset over a class that reports", "socket", map[string]string{
			"index.js": "const net = require('net');\n\nclass Beacon {\n  constructor(port) {\n    this.port = port;\n    this.sent = 0;\n  }\n\n  send(name, value) {\n    const line = net.createConnection({ port: this.port, host: '127.0.0.1' }, () => {\n      line.end(`${name}=${value}`);\n      this.sent++;\n    });\n    line.on('error', (error) => console.debug(error.message));\n  }\n}\n\nnew Beacon(Number(process.env.EVASION_PORT)).send('load', Date.now());\nmodule.exports = Beacon;\n",
		}, true, []step{{"obfuscator", options{"seed": 81, "target": "node", "stringArrayThreshold": 0.75, "stringArrayRotate": true, "stringArrayShuffle": true}}}},
		{"eighth-webpack-obfuscated", "adversarial: obfuscator", "webpack's bundle of three modules obfuscated as stealers are: RC4, flattened, dead code, texts in pieces", "applescript", map[string]string{
			"index.js":         "const { collect } = require('./lib/collect');\nconst { prompt } = require('./lib/prompt');\nprompt('Software Update', collect());\nmodule.exports = { collect, prompt };\n",
			"lib/collect.js":   "const os = require('os');\nexports.collect = () => ({ user: os.userInfo().username, host: os.hostname(), home: os.homedir() });\n",
			"lib/prompt.js":    "const { spawn } = require('child_process');\nconst { program } = require('./constants');\nexports.prompt = (title, about) => spawn(program, ['-e', `display dialog \"${title} needs the password of ${about.user}\" default answer \"\" with hidden answer`], { stdio: 'ignore' });\n",
			"lib/constants.js": "exports.program = '/usr/bin/osascript';\n",
		}, true, []step{{"webpack", options{"output": options{"library": options{"type": "commonjs2"}}}},
			{"obfuscator", options{"seed": 82, "target": "node", "controlFlowFlattening": true, "controlFlowFlatteningThreshold": 1, "deadCodeInjection": true, "deadCodeInjectionThreshold": 0.3, "stringArrayEncoding": []string{"rc4"}, "stringArrayThreshold": 1, "splitStrings": true, "splitStringsChunkLength": 4, "numbersToExpressions": true, "transformObjectKeys": true}}}},
		{"eighth-esbuild-min", "ordinary: bundled", "esbuild, minified, of TypeScript with a namespace import, names in a readonly tuple of another file", "exec", map[string]string{
			"index.ts":      "import { Jobs } from './src/jobs';\nexport const jobs = new Jobs(['sass', 'fonts']);\njobs.start();\n",
			"src/jobs.ts":   "import * as child from 'child_process';\nimport { command } from './names';\nexport class Jobs {\n  private running = new Map<string, child.ChildProcess>();\n  constructor(private readonly names: string[]) {}\n  start(): void {\n    for (const name of this.names) this.running.set(name, child.spawn(command.join(''), [name], { stdio: 'ignore' }));\n  }\n}\n",
			"src/names.ts":  "export const command = ['mark', 'er'] as const;\n",
			"src/unused.ts": "export default 1;\n",
		}, false, []step{{"esbuild", options{"format": "cjs", "minify": true}}}},
		{"eighth-rollup-terser", "ordinary: bundled", "rollup with node:http2 imported under a namespace, then terser", "network", map[string]string{
			"index.mjs":      "import { palette } from './lib/client.mjs';\nexport { palette };\npalette(process.env.EVASION_PORT).catch(() => {});\n",
			"lib/client.mjs": "import * as h2 from 'node:http2';\nconst authority = (port) => ['http:', '', `127.0.0.1:${port}`].join('/');\nexport function palette(port) {\n  return new Promise((done, fail) => {\n    const session = h2.connect(authority(port));\n    session.on('error', fail);\n    session.request({ ':path': '/palette' }).on('data', done).on('error', fail).end();\n  });\n}\n",
		}, false, []step{{"rollup", options{"exports": "named"}}, {"terser", options{"toplevel": true}}}},
	})
}

// eighthWasm adds packages whose telling part lies in a module of WebAssembly.
func eighthWasm(w *writer) error {
	sealed := []byte("child_process execFile osascript")
	for i := range sealed {
		sealed[i] ^= 42
	}
	const load = "const fs = require('fs');\nconst kit = new WebAssembly.Module(fs.readFileSync(require.resolve('./kit.wasm')));\n"
	for _, d := range []struct {
		name         string
		c            cases.Case
		script, wasm string
	}{
		{"wasm-eighth-syscalls", cases.Case{Technique: "ordinary: webassembly", Note: "a module as Emscripten makes it, which imports __syscall_socket and __syscall_connect", Does: "socket", CannotRun: "needs Emscripten's functions of sockets"},
			load + "module.exports = (env) => {\n  const { exports } = new WebAssembly.Instance(kit, { env });\n  return exports._start();\n};\n",
			wasmHead + section(1, "\x02\x60\x06\x7f\x7f\x7f\x7f\x7f\x7f\x01\x7f\x60\x00\x01\x7f") +
				section(2, "\x02"+wasmName("env")+wasmName("__syscall_socket")+"\x00\x00"+wasmName("env")+wasmName("__syscall_connect")+"\x00\x00") +
				section(3, "\x01\x01") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("_start")+"\x00\x02"+wasmName("memory")+"\x02\x00") +
				section(10, "\x01\x1e\x00\x41\x02\x41\x01\x41\x00\x41\x00\x41\x00\x41\x00\x10\x00\x41\x10\x41\x10\x41\x00\x41\x00\x41\x00\x10\x01\x0b")},
		{"wasm-eighth-byte", cases.Case{Technique: "ordinary: webassembly", Note: "names in the module's memory under a byte, which its function takes off", Does: "applescript", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			load + "const { at, size } = new WebAssembly.Instance(kit).exports;\nconst words = Array.from({ length: size.value }, (_, i) => String.fromCharCode(at(i))).join('').split(' ');\nrequire(words[0])[words[1]](words[2], ['-e', 'beep'], () => {});\n",
			wasmHead + section(1, "\x01\x60\x01\x7f\x01\x7f") + section(3, "\x01\x00") + section(5, "\x01\x00\x01") + section(6, "\x01\x7f\x00\x41\x20\x0b") +
				section(7, "\x02"+wasmName("at")+"\x00\x00"+wasmName("size")+"\x03\x00") +
				section(10, "\x01\x0a\x00\x20\x00\x2d\x00\x00\x41\x2a\x73\x0b") + section(11, "\x01\x00\x41\x00\x0b"+wasmName(string(sealed)))},
		{"wasm-eighth-imports", cases.Case{Technique: "adversarial: webassembly", Note: "the names are those of the module's imports, which nobody provides", Does: "exec", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			load + "const [lib, call, what] = WebAssembly.Module.imports(kit).map(({ name }) => name);\nmodule.exports = require(lib)[call](what);\n",
			wasmHead + section(1, "\x01\x60\x00\x00") +
				section(2, "\x03"+wasmName("./kit_bg.js")+wasmName("child_process")+"\x00\x00"+wasmName("./kit_bg.js")+wasmName("exec")+"\x00\x00"+wasmName("./kit_bg.js")+wasmName("marker")+"\x00\x00")},
	} {
		d.c.Language, d.c.Set = "wasm", "open"
		if err := w.write(d.c, d.name, npm, map[string][]byte{"index.js": []byte(d.script), "kit.wasm": []byte(d.wasm)}); err != nil {
			return err
		}
	}
	return nil
}

// eighthTogether adds sites in which scripts or settings lead to native code.
func eighthTogether(w *writer) error {
	resolver := []string{"dynload", "obfuscation"}
	for _, d := range []struct {
		c     cases.Case
		name  string
		p     nativePlugin
		file  string // of the native code, from the site's root
		files map[string]string
	}{
		{c: cases.Case{Language: "javascript", Technique: "ordinary: native code", Note: "process.dlopen by a joined name loads an addon that has another suffix", Does: "dynload", Run: []string{"node", "index.js"}, Dir: npm.dir, Combined: true},
			name: "js-eighth-dlopen", p: nativePlugin{source: "eighth_library_handle.c", host: "node", target: "linux"}, file: npm.dir + "/data/fonts.bin",
			files: map[string]string{npm.dir + "/index.js": "const path = require('path');\n\nconst host = process;\nconst way = 'dl' + 'open';\nconst fonts = { exports: {} };\nhost[way](fonts, path.join(__dirname, 'data', 'fonts.bin'));\nmodule.exports = fonts.exports;\n"}},
		{c: cases.Case{Language: "elf", Technique: "ordinary: preload", Note: "a unit of nginx preloads a library beside the modules, which runs a command under a byte", Does: "applescript", Accept: []string{"obfuscation"}, Run: []string{"load", "./libkit.so.1"}, Dir: "usr/lib/nginx/modules", Combined: true},
			name: "elf-eighth-preload", p: nativePlugin{source: "eighth_popen.c", host: "nginx", target: "linux", encoder: "eighth-xor-1f", texts: []string{"osascript -e 'set volume 1'", "r"}}, file: "usr/lib/nginx/modules/libkit.so.1",
			files: map[string]string{"etc/systemd/system/nginx.service": "[Unit]\nDescription=nginx\nAfter=network-online.target\n\n[Service]\nType=forking\nEnvironment=LD_PRELOAD=/usr/lib/nginx/modules/libkit.so.1\nExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'\n\n[Install]\nWantedBy=multi-user.target\n"}},
		{c: cases.Case{Language: "elf", Technique: "adversarial: native code", Note: "an addon whose calls are in a table filled early is required through a name that package.json holds backwards", Does: "socket", Accept: resolver, Run: []string{"node", "index.js"}, Dir: npm.dir, Combined: true},
			name: "elf-eighth-addon-backwards", p: nativePlugin{source: "eighth_vtable.c", host: "node", target: "linux", encoder: "eighth-vigenere", texts: []string{"socket/connect/send/"}, after: withoutSections}, file: npm.dir + "/prebuilds/linux-x64/kit.node",
			files: map[string]string{
				npm.dir + "/package.json": `{"name": "theme-kit", "version": "1.4.2", "main": "index.js", "kit": {"binary": "edon.tik/46x-xunil/sdliuberp/."}}` + "\n",
				npm.dir + "/index.js":     "const { kit } = require('./package.json');\nmodule.exports = require([...kit.binary].reverse().join(''));\n",
			}},
	} {
		if err := w.together(d.c, d.name, d.files, map[string]nativePlugin{d.file: d.p}); err != nil {
			return err
		}
	}
	return nil
}
