package main

// The second held-out set: the archives held-out-*-second.txtar, and these. Its
// native part is open since readers were mended by it.

var secondTools = []toolDisguise{
	{"second-obfuscator-split", "obfuscator", "strings in pieces of four within a list, its places as strings, numbers as sums", single, true, []step{{"obfuscator", options{"splitStrings": true, "splitStringsChunkLength": 4,
		"stringArrayThreshold": 1, "stringArrayIndexesType": []string{"hexadecimal-numeric-string"}, "stringArrayIndexShift": true, "numbersToExpressions": true, "compact": false}}}},
	{"second-typescript-webpack", "bundled", "TypeScript by esbuild, then webpack, then uglify-js", typed, false, []step{{"esbuild", options{"format": "cjs", "target": "es2017"}}, {"webpack", options{}}, {"uglify", options{"toplevel": true}}}},
}

// typed is the payload i as TypeScript of several files.
func typed(i int) (does string, files map[string]string) {
	return "applescript", map[string]string{
		"index.ts": "import { Dialog } from './lib/dialog';\nimport type { Options } from './lib/options';\nconst options: Options = { text: 'Session expired', hidden: true };\n" +
			"export const dialog = new Dialog(options);\ndialog.show();\n",
		"lib/options.ts": "export interface Options { text: string; hidden?: boolean }\nexport const enum Tool { Head = '/usr/bin/osa', Tail = 'script' }\n",
		"lib/dialog.ts": "import * as host from 'node:child_process';\nimport { Tool, type Options } from './options';\nexport class Dialog {\n  private readonly tool: string = Tool.Head + Tool.Tail;\n" +
			"  constructor(private options: Options) {}\n  async show(): Promise<void> {\n    host.execFile(this.tool, ['-e', `display dialog \"${this.options.text}\"${this.options.hidden ? ' with hidden answer' : ''}`]);\n  }\n}\n",
	}
}
