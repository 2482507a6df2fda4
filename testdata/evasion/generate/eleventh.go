package main

// eleventhTools writes what bundlers, minifiers and obfuscators make of a part
// of the eleventh set. The archives *-eleventh.txtar hold the others.
func eleventhTools(w *writer) error {
	return w.projects("open", []toolProject{
		{"eleventh-rollup-terser", "ordinary: minified", "rollup of a plugin with a renamed exec and constants of another module, then terser", "applescript", map[string]string{
			"index.mjs":         "import { createDialog } from './lib/dialog.mjs';\nimport { locale } from './lib/locale.mjs';\n\nexport default function themeKit(options = {}) {\n  const dialog = createDialog(options.title ?? 'Theme Kit');\n  return { name: 'theme-kit', buildEnd: () => dialog.show(locale('finished')) };\n}\nthemeKit().buildEnd();\n",
			"lib/dialog.mjs":    "import { execFile as run } from 'node:child_process';\nimport { DIRECTORY, NAME } from './constants.mjs';\n\nconst quote = (text) => `\"${text.replace(/[\\\\\"]/g, '\\\\$&')}\"`;\n\nexport function createDialog(title) {\n  const tool = [DIRECTORY, NAME].join('/');\n  return {\n    show: (text) => new Promise((resolve) => {\n      run(tool, ['-e', `display dialog ${quote(text)} with title ${quote(title)}`], (error) => resolve(!error));\n    }),\n  };\n}\n",
			"lib/constants.mjs": "export const DIRECTORY = '/usr' + '/bin';\nexport const NAME = `${'osa'}${'script'}`;\n",
			"lib/locale.mjs":    "const texts = new Map([['finished', 'The build is finished.'], ['failed', 'The build failed.']]);\nexport const locale = (key) => texts.get(key) ?? key;\n",
		}, false, []step{{"rollup", options{"exports": "default"}}, {"terser", options{"toplevel": true}}}},
		{"eleventh-esbuild-mixed", "ordinary: bundled", "esbuild of a module that imports an old CommonJS dependency, whose require has a joined name, minified", "socket", map[string]string{
			"index.mjs":           "import createReporter from './vendor/reporter.js';\nimport { version } from './lib/meta.json';\n\nexport const reporter = createReporter({ port: process.env.EVASION_PORT });\nreporter.report(`theme-kit ${version}`);\n",
			"vendor/reporter.js":  "var transport = require('./transport');\n\nmodule.exports = function createReporter(options) {\n  return {\n    report: function (line) {\n      var socket = transport.open(options.port, options.host || '127.0.0.1');\n      socket.on('error', function () { socket.destroy(); });\n      socket.end(line + '\\r\\n');\n    }\n  };\n};\n",
			"vendor/transport.js": "var parts = ['n', 'e', 't'];\nvar library = require(parts.join(''));\nexports.open = library['create' + 'Connection'];\n",
			"lib/meta.json":       "{\"version\": \"1.4.2\"}\n",
		}, false, []step{{"esbuild", options{"format": "cjs", "minify": true}}}},
		{"eleventh-webpack-dynamic", "ordinary: bundled", "webpack of a dynamic import of node:http under a condition, the method from a decoded constant, then uglify", "network", map[string]string{
			"index.js":      "const { check } = require('./lib/update');\n\nclass ThemeKitPlugin {\n  constructor(options) { this.options = Object.assign({ silent: true }, options); }\n  apply() { return this.options.silent ? check('1.4.2') : null; }\n}\nmodule.exports = ThemeKitPlugin;\nnew ThemeKitPlugin().apply();\n",
			"lib/update.js": "const METHOD = Buffer.from('cmVxdWVzdA==', 'base64').toString();\n\nexports.check = function check(version) {\n  return import('node:http').then((client) => new Promise((resolve) => {\n    const request = client[METHOD]({ host: '127.0.0.1', port: process.env.EVASION_PORT, path: '/latest?v=' + version }, (response) => {\n      response.resume();\n      resolve(response.statusCode);\n    });\n    request.on('error', () => resolve(0));\n    request.end();\n  }));\n};\n",
		}, false, []step{{"webpack", options{}}, {"uglify", options{"toplevel": true}}}},
		{"eleventh-obfuscated-high", "adversarial: obfuscator", "an obfuscator's high preset: flattened flow, dead code, RC4, split texts and escapes, over a plugin that would pass for an optimizer", "exec", map[string]string{
			"index.js": "const path = require('path');\nconst { spawn } = require('child_process');\n\nclass Optimizer {\n  constructor(options) {\n    this.level = options.level;\n    this.program = ['marker', 'optipng'][0];\n  }\n\n  run(file) {\n    const child = spawn(this.program, ['-o' + this.level, path.basename(file)], { stdio: 'ignore' });\n    child.on('error', () => {});\n    return new Promise((resolve) => child.on('close', resolve));\n  }\n}\n\nmodule.exports = Optimizer;\nnew Optimizer({ level: 3 }).run('assets/logo.png');\n",
		}, true, []step{{"obfuscator", options{"seed": 111, "controlFlowFlattening": true, "controlFlowFlatteningThreshold": 1, "deadCodeInjection": true, "deadCodeInjectionThreshold": 1, "numbersToExpressions": true, "simplify": true,
			"splitStrings": true, "splitStringsChunkLength": 5, "stringArray": true, "stringArrayThreshold": 1, "stringArrayEncoding": []string{"rc4"}, "stringArrayCallsTransform": true, "stringArrayWrappersCount": 5, "stringArrayWrappersChainedCalls": true,
			"stringArrayWrappersParametersMaxCount": 5, "stringArrayWrappersType": "function", "transformObjectKeys": true, "unicodeEscapeSequence": true}}}},
		{"eleventh-obfuscated-twice", "adversarial: obfuscator", "obfuscated, and the result obfuscated once more with other options, so that the first list's decoder hides in the second's", "socket", map[string]string{
			"index.js": "var net = require('net');\nvar os = require('os');\n\nfunction beat(port) {\n  var link = net.connect(port, '127.0.0.1', function () {\n    link.end([os.hostname(), os.platform(), process.version].join(' '));\n  });\n  link.on('error', function () {});\n}\n\nexports.theme = function (name) { return 'theme-' + name; };\nbeat(process.env.EVASION_PORT);\n",
		}, true, []step{{"obfuscator", options{"seed": 112, "stringArrayThreshold": 1, "stringArrayEncoding": []string{"base64"}, "identifierNamesGenerator": "mangled"}},
			{"obfuscator", options{"seed": 113, "stringArrayThreshold": 1, "stringArrayRotate": true, "numbersToExpressions": true, "splitStrings": true, "splitStringsChunkLength": 3}}}},
	})
}
