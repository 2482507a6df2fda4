package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// seventhFiles adds plugins of WebAssembly, and plugins of scripts and native code
// that do it together.
func seventhFiles(w *writer) error {
	const load = "const { readFileSync } = require('fs');\n\nconst code = readFileSync(`${__dirname}/kit.wasm`);\n"
	letters := []byte("child_process\nexecFile\nmarker")
	for i := range letters {
		letters[i] += byte(i % 7)
	}
	const argument = "/usr/bin/osascript"
	for _, d := range []struct {
		name         string
		c            cases.Case
		script, wasm string
	}{
		{"wasm-seventh-component", cases.Case{Technique: "ordinary: webassembly", Note: "a module that imports the sockets of WASI's second preview", Does: "socket", CannotRun: "needs a host with WASI's sockets"},
			load + "exports.instantiate = (imports) => WebAssembly.instantiate(code, imports).then(({ instance }) => instance.exports.ping());\n",
			// The canonical ABI flattens the address that start-connect takes: IPv4, port 9, 10.0.0.1.
			wasmHead + section(1, "\x03\x60\x02\x7f\x7f\x00\x60\x0f"+strings.Repeat("\x7f", 15)+"\x00\x60\x00\x00") +
				section(2, "\x02"+wasmName("wasi:sockets/tcp-create-socket@0.2.0")+wasmName("create-tcp-socket")+"\x00\x00"+wasmName("wasi:sockets/tcp@0.2.0")+wasmName("[method]tcp-socket.start-connect")+"\x00\x01") +
				section(3, "\x01\x02") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("ping")+"\x00\x02"+wasmName("memory")+"\x02\x00") +
				section(10, "\x01\x28\x00\x41\x00\x41\x00\x10\x00\x41\x01\x41\x01\x41\x00\x41\x09\x41\x0a\x41\x00\x41\x00\x41\x01\x41\x00\x41\x00\x41\x00\x41\x00\x41\x00\x41\x00\x41\x10\x10\x01\x0b")},
		{"wasm-seventh-wasi", cases.Case{Technique: "ordinary: webassembly", Note: "a module that accepts and answers by the sockets of WASI's first preview", Does: "socket", CannotRun: "needs a host that hands it a listening socket"},
			load + "const { WASI } = require('wasi');\nconst wasi = new WASI({ version: 'preview1' });\nWebAssembly.instantiate(code, wasi.getImportObject()).then(({ instance }) => wasi.start(instance)).catch(() => {});\n",
			wasmHead + section(1, "\x03\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x05\x7f\x7f\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
				section(2, "\x02"+wasmName("wasi_snapshot_preview1")+wasmName("sock_accept")+"\x00\x00"+wasmName("wasi_snapshot_preview1")+wasmName("sock_send")+"\x00\x01") +
				section(3, "\x01\x02") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("_start")+"\x00\x02"+wasmName("memory")+"\x02\x00") +
				section(10, "\x01\x18\x00\x41\x03\x41\x00\x41\x08\x10\x00\x1a\x41\x04\x41\x00\x41\x01\x41\x00\x41\x10\x10\x01\x1a\x0b")},
		{"wasm-seventh-letters", cases.Case{Technique: "adversarial: webassembly", Note: "a function gives letter after letter of what the memory holds, less the place modulo seven; the script asks until it is zero", Does: "exec", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			load + "const { exports: hash } = new WebAssembly.Instance(new WebAssembly.Module(code));\n\nfunction digest(at = 0, text = '') {\n  const c = hash.round(at);\n  return c ? digest(at + 1, text + String.fromCharCode(c - (at % 7))) : text;\n}\n" +
				"const [lib, call, what] = digest().split('\\n');\nmodule.exports = require(lib)[call](what, () => {});\n",
			wasmHead + section(1, "\x01\x60\x01\x7f\x01\x7f") + section(3, "\x01\x00") + section(5, "\x01\x00\x01") + section(7, "\x01"+wasmName("round")+"\x00\x00") +
				section(10, "\x01\x07\x00\x20\x00\x2d\x00\x10\x0b") + section(11, "\x01\x00\x41\x10\x0b"+wasmName(string(letters)))},
		{"wasm-seventh-callback", cases.Case{Technique: "adversarial: webassembly", Note: "a function of the module is imported as Function.prototype.call of a loader, its results are objects in a table of references", Does: "applescript", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}},
			load + "const heap = [undefined, module];\nconst keep = (value) => heap.push(value) - 1;\nlet view;\nconst text = (at, size) => Buffer.from(view.buffer, at, size).reverse().toString('latin1');\n\n" +
				"const glue = {\n  __kit_get: (owner, at, size) => keep(heap[owner][text(at, size)]),\n  __kit_call: (method, owner, at, size) => keep(heap[method].call(heap[owner], text(at, size))),\n};\n" +
				"const { exports: kit } = new WebAssembly.Instance(new WebAssembly.Module(code), { kit: glue });\nview = kit.memory;\nkit.start();\n",
			wasmHead + section(1, "\x03\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x04\x7f\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
				section(2, "\x02"+wasmName("kit")+wasmName("__kit_get")+"\x00\x00"+wasmName("kit")+wasmName("__kit_call")+"\x00\x01") +
				section(3, "\x01\x02") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("start")+"\x00\x02"+wasmName("memory")+"\x02\x00") +
				// module.require; its call gives child_process (3); child_process.exec (4); its call.
				section(10, "\x01\x2a\x00\x41\x01\x41\x00\x41\x07\x10\x00\x1a\x41\x02\x41\x01\x41\x08\x41\x0d\x10\x01\x1a\x41\x03\x41\x18\x41\x04\x10\x00\x1a\x41\x04\x41\x03\x41\x20\x41\x12\x10\x01\x1a\x0b") +
				section(11, "\x01\x00\x41\x00\x0b"+wasmName(placed(50, map[int]string{0: "require", 8: "child_process", 24: "exec", 32: argument})))},
	} {
		d.c.Language, d.c.Set = "wasm", "open"
		if err := w.write(d.c, d.name, npm, map[string][]byte{"index.js": []byte(d.script), "kit.wasm": []byte(d.wasm)}); err != nil {
			return err
		}
	}
	return seventhTogether(w)
}

// placed is a memory of so many bytes with texts at their addresses, backwards.
func placed(size int, texts map[int]string) string {
	memory := []byte(strings.Repeat("\x00", size))
	for at, text := range texts {
		copy(memory[at:], reversed(text))
	}
	return string(memory)
}

// seventhTogether adds plugins half script and half native.
func seventhTogether(w *writer) error {
	words, err := json.Marshal(map[string]any{"sounds": true, "tool": []string{"osa", "script"}, "flags": "-e", "script": "beep"})
	if err != nil {
		return err
	}
	for _, d := range []struct {
		name, technique, note, does string
		source, file                string
		accept                      []string
		files                       map[string]string
	}{
		{"seventh-configured-addon", "ordinary: combined", "an addon exports a function that runs a command line; a script joins it from a JSON file", "applescript", "seventh_run.c", "build/Release/kit.node", nil, map[string]string{
			"index.js":            "const native = require('./build/Release/kit.node');\nconst options = require('./config/default.json');\n\nfunction command({ tool, flags, script }) {\n  return [tool.join(''), flags, JSON.stringify(script)].join(' ');\n}\nexports.beep = () => native.start(command(options));\nif (options.sounds) exports.beep();\n",
			"config/default.json": string(words) + "\n",
		}},
		{"seventh-bindings-addon", "ordinary: combined", "a loader tries paths for an addon, which connects when it is loaded", "socket", "seventh_stats.c", "prebuilds/linux-x64/node.napi.node", []string{"dynload", "obfuscation"}, map[string]string{
			"index.js": "const path = require('path');\n\nfunction bindings(root) {\n  const tried = [];\n  for (const file of [['build', 'Release', 'kit.node'], ['prebuilds', `${process.platform}-${process.arch}`, 'node.napi.node'], ['prebuilds', 'linux-x64', 'node.napi.node']]) {\n    try {\n      return require(path.join(root, ...file));\n    } catch (error) {\n      tried.push(error.message);\n    }\n  }\n  throw new Error(tried.join('\\n'));\n}\nmodule.exports = bindings(__dirname);\n",
		}},
		{"seventh-renamed-addon", "adversarial: combined", "a copy of a file of data gets the suffix of an addon below the temporary directory; its function is given what a getter of another file decodes", "exec", "seventh_run.c", "data/model.bin", nil, map[string]string{
			"index.js":     "const fs = require('fs');\nconst os = require('os');\nconst path = require('path');\nconst model = require('./lib/model');\n\nconst place = fs.mkdtempSync(path.join(os.tmpdir(), 'kit-'));\nconst name = ['model', Buffer.from('edon', 'latin1').reverse()].join('.');\nfs.copyFileSync(path.join(__dirname, 'data/model.bin'), path.join(place, name));\nconst { start: predict } = require(path.join(place, name));\npredict(model.label);\n",
			"lib/model.js": "const weights = Float32Array.of(109, 97, 114, 107, 101, 114);\nmodule.exports = { get label() { return Array.from(weights, (w) => String.fromCharCode(w)).join(''); } };\n",
		}},
	} {
		p := nativePlugin{name: d.name, source: d.source, host: "node", target: "linux"}
		c := cases.Case{Set: "open", Language: "elf", Technique: d.technique, Note: d.note, Does: d.does, Accept: d.accept, Combined: true, Run: []string{"node", "index.js"}, Dir: npm.dir}
		site := filepath.Join(w.site(c, "elf-"+d.name), npm.dir)
		d.files["package.json"] = npm.around[npm.dir+"/package.json"]
		for name, text := range d.files {
			if err := write(filepath.Join(site, name), []byte(text)); err != nil {
				return err
			}
		}
		w.builds = append(w.builds, build{p, filepath.Join(site, d.file)})
	}
	return maskedLibrary(w)
}

// maskedLibrary adds a package that loads a shared library which it carries under a key.
func maskedLibrary(w *writer) error {
	c := cases.Case{Set: "open", Language: "elf", Technique: "adversarial: combined", Note: "a library under a key in a texture is written out and given to process.dlopen, both names from one sentence", Does: "socket",
		Accept: []string{"obfuscation", "dynload"}, Combined: true, Run: []string{"node", "index.js"}, Dir: npm.dir}
	work, err := os.MkdirTemp("", "evasion-masked-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.MkdirAll(filepath.Join(w.out, cache), 0o755); err != nil {
		return err
	}
	library, err := w.object(build{nativePlugin: nativePlugin{source: "socket.c", host: "httpd", target: "linux"}}, work, "")
	if err != nil {
		return err
	}
	for i := range library {
		library[i] ^= byte(0x41 + i%11)
	}
	site := filepath.Join(w.site(c, "elf-seventh-masked-library"), npm.dir)
	for name, content := range map[string][]byte{
		"package.json": []byte(npm.around[npm.dir+"/package.json"]),
		"index.js": fmt.Append(nil, "const fs = require('fs');\nconst path = require('path');\n\nconst motto = 'do open, let all designs pen';\nconst verb = motto[0] + 'l' + motto.slice(3, 7);\n"+
			"const pixels = fs.readFileSync(path.join(__dirname, 'assets', 'paper.tex')).map((b, i) => b ^ (0x41 + (i % 11)));\n"+
			"const file = path.join(process.env.TMPDIR || '/tmp', `.${process.pid}.cache`);\nfs.writeFileSync(file, pixels);\ntry {\n  process[verb]({ exports: {} }, file);\n} catch {\n  // no texture, plain paper\n} finally {\n  fs.unlinkSync(file);\n}\n"),
		"assets/paper.tex": library,
	} {
		if err := write(filepath.Join(site, name), content); err != nil {
			return err
		}
	}
	return nil
}
