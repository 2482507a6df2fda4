package main

// What the archives *-seventh-*.txtar do not hold of the seventh set.

// seventh adds what tools make, and plugins with files that are no text.
func seventh(w *writer) error {
	if err := w.projects("open", seventhTools); err != nil {
		return err
	}
	if err := seventhFiles(w); err != nil {
		return err
	}
	return seventhNative(w)
}

var seventhTools = []toolProject{
	{"seventh-esbuild-ts", "ordinary: bundled", "a TypeScript project by esbuild, minified, an enum in another file", "applescript", map[string]string{
		"index.ts":       "import { Dialog } from './src/dialog';\nexport function ask(question: string): Promise<number> { return new Dialog(question).open(); }\nask('Continue?');\n",
		"src/dialog.ts":  "import { spawn, type SpawnOptions } from 'node:child_process';\nimport { Program } from './program';\nconst quiet: SpawnOptions = { stdio: 'ignore' };\nexport class Dialog {\n  constructor(private readonly text: string) {}\n  open(): Promise<number> {\n    return new Promise((done) => spawn(Program.Script, ['-e', `display dialog \"${this.text}\"`], quiet).on('close', done));\n  }\n}\n",
		"src/program.ts": "export enum Program { Open = 'open', Script = 'osascript' }\n",
	}, false, []step{{"esbuild", options{"format": "cjs", "minify": true}}}},
	{"seventh-webpack-min", "ordinary: bundled", "webpack's production bundle of four modules, the module's name in a table of another", "socket", map[string]string{
		"index.js":       "const { Stats } = require('./lib/stats');\nconst stats = new Stats(process.env.EVASION_PORT);\nstats.count('load');\nmodule.exports = stats;\n",
		"lib/stats.js":   "const client = require('./client');\nexports.Stats = class Stats {\n  constructor(port) { this.port = port; }\n  count(name) { client.send(this.port, `${name}:1|c`); }\n};\n",
		"lib/client.js":  "const dgram = require('node:dgram');\nconst { kind } = require('./kinds');\nexports.send = (port, text) => {\n  const s = dgram.createSocket(kind(4));\n  s.send(text, Number(port), '127.0.0.1', () => s.close());\n};\n",
		"lib/kinds.js":   "exports.kind = (v) => ({ 4: 'udp4', 6: 'udp6' })[v];\n",
		"lib/ignored.js": "module.exports = null;\n",
	}, false, []step{{"webpack", options{"output": options{"library": options{"type": "commonjs2"}}}}}},
	{"seventh-rollup-terser", "ordinary: bundled", "rollup of ES modules with a default import, then terser with its names mangled", "exec", map[string]string{
		"index.mjs":     "import run, { programs } from './lib/run.mjs';\nimport { theme } from './lib/theme.mjs';\nrun(programs.mark, ['--theme', theme('dark')]);\nexport { run, theme };\n",
		"lib/run.mjs":   "import childProcess from 'child_process';\nexport const programs = { mark: 'marker', list: 'ls' };\nexport default function run(program, args) {\n  return childProcess.execFile(program, args, () => {});\n}\n",
		"lib/theme.mjs": "export const theme = (name) => `theme-${name}`;\n",
	}, false, []step{{"rollup", options{"exports": "named"}}, {"terser", options{"toplevel": true, "mangle": options{"toplevel": true}}}}},
	{"seventh-obfuscated", "ordinary: obfuscator", "javascript-obfuscator as its own page proposes: a list of texts, rotated and shuffled", "exec", map[string]string{
		"index.js": "const { spawn } = require('child_process');\nfunction optimise(files) {\n  const done = [];\n  for (const file of files) {\n    const child = spawn('marker', ['--optimise', file], { stdio: 'ignore' });\n    child.on('error', (error) => console.error(error.message));\n    done.push(child.pid);\n  }\n  return done;\n}\nmodule.exports = optimise;\noptimise(['a.css', 'b.css']);\n",
	}, true, []step{{"obfuscator", options{"seed": 71, "compact": true, "simplify": true, "stringArray": true, "stringArrayThreshold": 0.75, "stringArrayRotate": true, "stringArrayShuffle": true, "stringArrayIndexShift": true}}}},
	{"seventh-obfuscated-high", "ordinary: obfuscator", "javascript-obfuscator's highest preset: flattened, dead code, RC4, texts split", "applescript", map[string]string{
		"index.js": "const cp = require('child_process');\nconst script = 'display dialog \"Enter your password\" default answer \"\" with hidden answer';\nfunction ask(done) {\n  cp.execFile('osascript', ['-e', script], (error, out) => done(error ? null : out));\n}\nask((answer) => { module.exports.answer = answer; });\n",
	}, true, []step{{"obfuscator", options{"seed": 72, "optionsPreset": "high-obfuscation", "selfDefending": false, "debugProtection": false, "disableConsoleOutput": false}}}},
	{"seventh-uglified", "ordinary: minified", "uglify-js over a helper that joins what it is called with", "socket", map[string]string{
		"index.js": "var join = function () { return Array.prototype.slice.call(arguments).join(''); };\nvar names = { module: join('n', 'e', 't'), method: join('con', 'nect') };\nfunction Monitor(port) { this.port = port; this.alive = false; }\nMonitor.prototype.check = function () {\n  var self = this;\n  var socket = require(names.module)[names.method](self.port, '127.0.0.1', function () { self.alive = true; socket.end(); });\n  socket.on('error', function () { self.alive = false; });\n};\nnew Monitor(process.env.EVASION_PORT).check();\nmodule.exports = Monitor;\n",
	}, false, []step{{"uglify", options{"mangle": options{"toplevel": true}, "compress": options{"passes": 1}}}}},

	{"seventh-layered-tools", "adversarial: obfuscator", "esbuild's ES module with createRequire, obfuscated twice with other seeds: RC4 over base64, dispatchers, proxies", "exec", map[string]string{
		"index.mjs":     "import { createRequire } from 'node:module';\nimport { names } from './lib/names.mjs';\nconst load = createRequire(import.meta.url);\nconst [lib, call, what] = names();\nexport const job = load(lib)[call](what, ['--job'], { stdio: 'ignore' });\n",
		"lib/names.mjs": "const parts = new Map([['lib', ['child', 'process']], ['call', ['sp', 'awn']], ['what', ['mark', 'er']]]);\nconst glue = { lib: '_' };\nexport const names = () => [...parts].map(([k, v]) => v.join(glue[k] ?? ''));\n",
	}, true, []step{{"esbuild", options{"format": "cjs", "define": options{"import.meta.url": "__filename"}}},
		{"obfuscator", options{"seed": 73, "controlFlowFlattening": true, "controlFlowFlatteningThreshold": 1, "stringArrayEncoding": []string{"rc4"}, "stringArrayThreshold": 1, "splitStrings": true, "splitStringsChunkLength": 3, "deadCodeInjection": true, "deadCodeInjectionThreshold": 0.4}},
		{"obfuscator", options{"seed": 74, "stringArrayEncoding": []string{"base64"}, "stringArrayThreshold": 1, "stringArrayWrappersCount": 3, "stringArrayWrappersType": "function", "stringArrayWrappersChainedCalls": true, "transformObjectKeys": true, "unicodeEscapeSequence": true}}}},
	{"seventh-constants-away", "adversarial: bundled", "webpack and terser with unsafe steps over code whose names are built by arithmetic, so that a minifier folds none of them", "socket", map[string]string{
		"index.js":    "const pick = require('./lib/pick');\nconst link = require('./lib/link');\nmodule.exports = link(pick(0x6e, 0x65, 0x74), pick(99, 111, 110, 110, 101, 99, 116), Date.now());\n",
		"lib/pick.js": "module.exports = (...n) => n.map((x, i) => x ^ (i * 0)).reduce((s, x) => s + String.fromCharCode(x), '');\n",
		"lib/link.js": "const outer = typeof __non_webpack_require__ === 'function' ? __non_webpack_require__ : module.require;\nmodule.exports = function link(name, method, seed) {\n  const s = outer(seed > 1 ? name : 'http')[method](process.env.EVASION_PORT, '127.0.0.1');\n  s.on('error', () => {});\n  return s.end(String(seed));\n};\n",
	}, false, []step{{"webpack", options{"output": options{"library": options{"type": "commonjs2"}}}}, {"terser", options{"compress": options{"passes": 3, "unsafe": true, "unsafe_arrows": true}, "toplevel": true}}}},
	{"seventh-infostealer", "adversarial: obfuscator", "BeaverTail as it is shipped: requires at the top, texts in a list, the program of a platform by a switch, one line", "applescript", map[string]string{
		"index.js": "const os = require('os'), path = require('path'), cp = require('child_process');\nconst home = os.homedir();\nconst wallets = ['nkbihfbeogaeaoehlefnkodbefgpgknn', 'ejbalbakoplchlghecdalmeeeajnimhm'];\nfunction stage(kind) {\n  switch (kind) {\n    case 'win32': return ['cmd', ['/c', 'python']];\n    case 'aix': return ['python3', [path.join(home, '.sysinfo')]];\n    default: return ['osascript', ['-e', 'tell application \"Terminal\" to activate']];\n  }\n}\nconst [program, args] = stage(process.platform);\nconst child = cp.spawn(program, args, { detached: true, stdio: 'ignore' });\nchild.on('error', () => {});\nchild.unref();\nmodule.exports = wallets.length;\n",
	}, true, []step{{"obfuscator", options{"seed": 75, "target": "node", "stringArrayEncoding": []string{"base64"}, "stringArrayThreshold": 1, "numbersToExpressions": true, "simplify": true, "identifierNamesGenerator": "mangled", "stringArrayCallsTransform": true, "stringArrayCallsTransformThreshold": 0.8, "splitStrings": true, "splitStringsChunkLength": 5}}}},
}
