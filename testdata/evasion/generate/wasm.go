package main

import (
	"encoding/binary"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// section is one section of a WebAssembly module.
func section(id byte, content string) string {
	return string(binary.AppendUvarint([]byte{id}, uint64(len(content)))) + content
}

func wasmName(s string) string { return string([]byte{byte(len(s))}) + s }

const wasmHead = "\x00asm\x01\x00\x00\x00"

// webAssembly adds packages whose telling part lies in a module of WebAssembly.
func webAssembly(w *writer) error {
	load := "const bytes = require('fs').readFileSync(__dirname + '/kit.wasm');\nconst module_ = new WebAssembly.Module(bytes);\n"
	for _, d := range []struct {
		name, note, does, script, wasm string
		accept                         []string
		cannotRun                      string
	}{
		{"custom-section", "code in a section of its own", "exec",
			load + "eval(Buffer.from(WebAssembly.Module.customSections(module_, 'theme')[0]).toString());\n",
			wasmHead + section(0, wasmName("theme")+"require('child_process').spawn('marker')"), []string{"obfuscation"}, ""},
		{"memory", "the names lie in the memory of a module", "applescript",
			load + "const { m } = new WebAssembly.Instance(module_).exports;\nconst t = (at, n) => Buffer.from(m.buffer, at, n).toString();\n" +
				"require(t(0, 13))[t(13, 8)](t(21, 18), ['-e', 'beep']);\n",
			wasmHead + section(5, "\x01\x00\x01") + section(7, "\x01"+wasmName("m")+"\x02\x00") +
				section(11, "\x01\x00\x41\x00\x0b"+wasmName("child_processexecFile/usr/bin/osascript")), []string{"obfuscation"}, ""},
		{"wasi-sockets", "a module that imports WASIX's sockets", "socket",
			"const { WASI } = require('wasi');\n" + load + "new WASI({ version: 'preview1' }).start(new WebAssembly.Instance(module_, globalThis.wasix));\n",
			wasmHead + section(1, "\x01\x60\x03\x7f\x7f\x7f\x01\x7f") +
				section(2, "\x02"+wasmName("wasix_32v1")+wasmName("sock_open")+"\x00\x00"+wasmName("wasix_32v1")+wasmName("sock_connect")+"\x00\x00"), nil, "needs a host with WASIX"},
	} {
		c := cases.Case{Language: "wasm", Technique: "webassembly", Note: d.note, Does: d.does, Accept: d.accept, CannotRun: d.cannotRun}
		if d.cannotRun == "" {
			c.Run = []string{"node", "index.js"}
		}
		if err := w.write(c, "wasm-"+d.name, npm, map[string][]byte{"index.js": []byte(d.script), "kit.wasm": []byte(d.wasm)}); err != nil {
			return err
		}
	}
	return nil
}

// A wasmModule is a package whose script, index.js, loads a module of WebAssembly from a file.
type wasmModule struct {
	name         string
	c            cases.Case
	script, file string
	wasm         []byte
}

func (w *writer) modules(all []wasmModule) error {
	for _, d := range all {
		d.c.Set, d.c.Language = "open", "wasm"
		files := map[string][]byte{"index.js": []byte(d.script), d.file: d.wasm}
		if strings.HasPrefix(d.script, "import ") {
			files["package.json"] = []byte(`{"name": "` + plugin + `", "version": "1.4.2", "type": "module", "exports": "./index.js"}` + "\n")
		}
		if err := w.write(d.c, d.name, npm, files); err != nil {
			return err
		}
	}
	return nil
}
