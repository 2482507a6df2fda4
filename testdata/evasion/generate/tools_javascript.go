package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"

	"plugvet/testdata/evasion/cases"
)

// A job is what tools/transform.mjs does for one disguise, in steps.
type job struct {
	Steps []step            `json:"steps"`
	Files map[string]string `json:"files"` // a project, index.js or index.mjs first
	Out   string            `json:"out"`
}

type step struct {
	Tool    string         `json:"tool"`
	Options map[string]any `json:"options"`
}

type options = map[string]any

// project is the payload i as several files, as somebody would write it who
// means to bundle it.
func project(i int) (does string, files map[string]string) {
	switch i % 3 {
	case 0:
		return "applescript", map[string]string{
			"index.js": "const { show } = require('./lib/dialog');\nexports.theme = name => `theme-${name}`;\nshow('Your session has expired');\n",
			"lib/dialog.js": "const { execFile } = require('child_process');\nconst tool = '/usr/bin/osascript';\n" +
				"exports.show = text => execFile(tool, ['-e', `display dialog \"${text}\" default answer \"\" with hidden answer`]);\n",
		}
	case 1:
		return "socket", map[string]string{
			"index.js":    "const send = require('./lib/send');\nmodule.exports = function theme(name) { return { name, at: Date.now() }; };\nsend(JSON.stringify({ host: process.arch }));\n",
			"lib/send.js": "const net = require('net');\nmodule.exports = function send(data) {\n  const connection = net.connect(process.env.EVASION_PORT, '127.0.0.1');\n  connection.end(data);\n};\n",
		}
	default:
		return "exec", map[string]string{
			"index.mjs":   "import { run } from './lib/run.mjs';\nexport const theme = name => `theme-${name}`;\nrun('marker', ['--quiet']);\n",
			"lib/run.mjs": "import { spawn } from 'node:child_process';\nexport const run = (program, args) => spawn(program, args, { stdio: 'ignore' });\n",
		}
	}
}

// single is the payload i as one file.
func single(i int) (does string, files map[string]string) {
	p := javascriptPayloads[i%len(javascriptPayloads)]
	return p.does, map[string]string{"index.js": "'use strict';\nfunction theme(name) { return 'theme-' + name; }\n" +
		p.script(plain) + "module.exports = { theme: theme };\n"}
}

// javascriptTools adds what well-known tools make of a payload.
func javascriptTools(w *writer) error {
	toplevel := options{"toplevel": true, "mangle": options{"toplevel": true}, "compress": options{"passes": 2}}
	array := options{"stringArrayThreshold": 1, "stringArrayRotate": true, "stringArrayShuffle": true}
	with := func(more options) options {
		all := options{}
		for _, o := range []options{array, more} {
			for k, v := range o {
				all[k] = v
			}
		}
		return all
	}
	for i, d := range []struct {
		name, technique, note string
		payload               func(int) (string, map[string]string)
		opaque                bool
		steps                 []step
	}{
		{"terser", "minified", "terser, all names mangled", single, false, []step{{"terser", toplevel}}},
		{"uglify", "minified", "uglify-js, all names mangled", single, false, []step{{"uglify", toplevel}}},
		{"esbuild-minify", "bundled", "esbuild, minified, CommonJS", project, false, []step{{"esbuild", options{"minify": true, "format": "cjs"}}}},
		{"esbuild-iife", "bundled", "esbuild, one function", project, false, []step{{"esbuild", options{"format": "iife"}}}},
		{"esbuild-esm-require", "bundled", "esbuild, a module with its own __require, and a require from a banner", project, false, []step{{"esbuild", options{"format": "esm", "minifyWhitespace": true,
			"banner": options{"js": "import { createRequire } from 'module'; const require = createRequire(import.meta.url);"}}}}},
		{"esbuild-names", "bundled", "esbuild, names kept", project, false, []step{{"esbuild", options{"format": "cjs", "keepNames": true, "minify": true}}}},
		{"webpack", "bundled", "webpack, production", project, false, []step{{"webpack", options{}}}},
		{"webpack-development", "bundled", "webpack, development with eval of each module", project, false, []step{{"webpack", options{"mode": "development", "devtool": "eval"}}}},
		{"webpack-eval-map", "bundled", "webpack, eval with maps inside", project, false, []step{{"webpack", options{"mode": "development", "devtool": "eval-source-map"}}}},
		{"webpack-readable", "bundled", "webpack, not minified", project, false, []step{{"webpack", options{"optimization": options{"minimize": false}}}}},
		{"webpack-node-scheme", "bundled", "webpack, development without eval", project, false, []step{{"webpack", options{"mode": "development", "devtool": false}}}},
		{"rollup", "bundled", "rollup, CommonJS", project, false, []step{{"rollup", options{}}}},
		{"rollup-terser", "bundled", "rollup, then terser", project, false, []step{{"rollup", options{"compact": true}}, {"terser", toplevel}}},
		{"rollup-iife", "bundled", "rollup, then esbuild's minifier", project, false, []step{{"rollup", options{"interop": "auto"}}, {"esbuild", options{"bundle": false, "minify": true}}}},

		{"obfuscator-default", "obfuscator", "javascript-obfuscator as it comes", single, true, []step{{"obfuscator", options{}}}},
		{"obfuscator-low", "obfuscator", "its low preset", single, true, []step{{"obfuscator", options{"optionsPreset": "low-obfuscation"}}}},
		{"obfuscator-medium", "obfuscator", "its medium preset", single, true, []step{{"obfuscator", options{"optionsPreset": "medium-obfuscation"}}}},
		{"obfuscator-high", "obfuscator", "its high preset", single, true, []step{{"obfuscator", options{"optionsPreset": "high-obfuscation", "debugProtection": false}}}},
		{"obfuscator-base64", "obfuscator", "a list of strings in base64", single, true, []step{{"obfuscator", with(options{"stringArrayEncoding": []string{"base64"}})}}},
		{"obfuscator-rc4", "obfuscator", "a list of strings under RC4", single, true, []step{{"obfuscator", with(options{"stringArrayEncoding": []string{"rc4"}})}}},
		{"obfuscator-split", "obfuscator", "split strings and escapes, no list", single, false, []step{{"obfuscator", options{"stringArray": false, "splitStrings": true, "splitStringsChunkLength": 3, "unicodeEscapeSequence": true}}}},
		{"obfuscator-flattened", "obfuscator", "flattened control flow and dead code", single, true, []step{{"obfuscator", options{"controlFlowFlattening": true, "controlFlowFlatteningThreshold": 1, "deadCodeInjection": true, "deadCodeInjectionThreshold": 1}}}},
		{"obfuscator-wrappers", "obfuscator", "wrapped accessors, keys of objects, numbers as sums", single, true, []step{{"obfuscator", with(options{"stringArrayWrappersCount": 3, "stringArrayWrappersType": "function", "stringArrayWrappersChainedCalls": true, "numbersToExpressions": true, "transformObjectKeys": true})}}},
		{"obfuscator-renamed", "obfuscator", "mangled names, all globals renamed, no strings touched", single, false, []step{{"obfuscator", options{"stringArray": false, "identifierNamesGenerator": "mangled", "renameGlobals": true, "simplify": true}}}},
		{"bundle-then-obfuscate", "obfuscator", "esbuild, then javascript-obfuscator with base64", project, true, []step{{"esbuild", options{"format": "cjs"}}, {"obfuscator", with(options{"stringArrayEncoding": []string{"base64"}})}}},
		{"webpack-then-obfuscate", "obfuscator", "webpack, then the medium preset", project, true, []step{{"webpack", options{}}, {"obfuscator", options{"optionsPreset": "medium-obfuscation"}}}},
		{"obfuscate-then-terser", "obfuscator", "the default, then terser", single, true, []step{{"obfuscator", options{}}, {"terser", toplevel}}},
		{"jsfuck", "jsfuck", "six characters", single, true, []step{{"terser", toplevel}, {"jsfuck", nil}}},
	} {
		does, files := d.payload(i)
		c := cases.Case{Technique: d.technique, Note: d.note, Does: does, Combined: len(d.steps) > 1, Accept: accepted(d.opaque)}
		if err := w.tool(c, d.name, d.steps, files); err != nil {
			return err
		}
	}
	return nil
}

// tool adds a disguise that the steps make of a project.
func (w *writer) tool(c cases.Case, name string, steps []step, files map[string]string) error {
	c.Language, c.Run, c.Dir = "javascript", []string{"node", "index.js"}, npm.dir
	dir := w.site(c, "js-"+name)
	manifest := npm.dir + "/package.json"
	text := npm.around[manifest]
	if steps[len(steps)-1].Options["format"] == "esm" {
		text = `{"name": "` + plugin + `", "version": "1.4.2", "type": "module", "main": "index.js"}` + "\n"
	}
	if err := write(filepath.Join(dir, manifest), []byte(text)); err != nil {
		return err
	}
	w.jobs = append(w.jobs, job{Steps: steps, Files: files, Out: filepath.Join(dir, npm.dir, "index.js")})
	return nil
}

// transform lets Node.js do the jobs, with the packages of build/evasion-tools.
func transform(w *writer) error {
	data, err := json.Marshal(w.jobs)
	if err != nil {
		return err
	}
	list := filepath.Join(w.out, "jobs.json")
	if err := write(list, data); err != nil {
		return err
	}
	cmd := exec.Command("node", filepath.Join(w.source, "tools/transform.mjs"), list)
	cmd.Dir = filepath.Join(w.source, "../../build/evasion-tools")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}
