package main

import (
	"encoding/base64"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// twentyThirdNative adds the native part of the twenty-third set.
func twentyThirdNative(w *writer) error {
	maps.Copy(cEncoders, twentyThirdEncoders)
	if err := w.native("open", slices.Concat(twentyThirdOrdinary(), twentyThirdAttacker())); err != nil {
		return err
	}
	return twentyThirdTogether(w)
}

var twentyThirdEncoders = map[string]cEncoder{
	"twenty-third-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0xd6 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0xd6; return out;"
	},
	"twenty-third-steps": func(s string) string { // each byte under thrice its place
		return cBytes(s, func(i int, c byte) byte { return c ^ byte(0x45+3*i) }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (0x45 + 3 * i); return out;"
	},
}

// sixtyFour defines a name as the text in base64.
func sixtyFour(define, text string) string {
	return fmt.Sprintf("-D%s=%q", define, base64.StdEncoding.EncodeToString([]byte(text)))
}

// linesOfScript is packed.h for twenty-third_booklet.m: a compiled script in base64, in lines.
func linesOfScript(*writer) (string, error) {
	var text strings.Builder
	text.WriteString("static const char *const lines[] = {\n")
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString([]byte(compiledScript))), 48) {
		fmt.Fprintf(&text, "    %q,\n", line)
	}
	return text.String() + "};\n", nil
}

// knightsBoard is packed.h for twenty-third_captcha.c: a knight that goes where it has
// the fewest ways on reads the text.
func knightsBoard(*writer) (string, error) {
	const text = "osascript.-e.beep 2"
	steps := [8][2]int{{1, 2}, {2, 1}, {2, -1}, {1, -2}, {-1, -2}, {-2, -1}, {-2, 1}, {-1, 2}}
	var board [64]byte
	free := func(x, y int) bool { return x >= 0 && y >= 0 && x < 8 && y < 8 && board[y*8+x] == 0 }
	var moves strings.Builder
	x, y := 0, 0
	for i := range len(text) {
		board[y*8+x] = text[i]
		if i == len(text)-1 {
			break
		}
		best, fewest := -1, 9
		for k, s := range steps {
			ways := 0
			for _, t := range steps {
				if free(x+s[0]+t[0], y+s[1]+t[1]) {
					ways++
				}
			}
			if free(x+s[0], y+s[1]) && ways < fewest {
				best, fewest = k, ways
			}
		}
		if best < 0 {
			return "", fmt.Errorf("knightsBoard: no way on after %d letters", i)
		}
		moves.WriteByte(byte(best))
		x, y = x+steps[best][0], y+steps[best][1]
	}
	for i, c := range board {
		if c == 0 {
			board[i] = "etaoinshrdlu"[i*7%12]
		}
	}
	return fmt.Sprintf("static const volatile unsigned char board[] = {%s}, moves[] = {%s};\n", list(string(board[:]), "%d"), list(moves.String(), "%d")), nil
}

// treeOfLetters is packed.h for twenty-third_dictionary.c: a script under a code of Huffman's.
func treeOfLetters(*writer) (string, error) {
	const text = "process.mainModule.require('child_process').execFileSync('osascript', ['-e', 'display dialog \"Words\"'])"
	type part struct{ weight, node int }
	count := map[byte]int{}
	for i := range len(text) {
		count[text[i]]++
	}
	var parts []part
	for _, c := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, part{count[c], ^int(c)})
	}
	var tree [][2]int
	for len(parts) > 1 {
		slices.SortStableFunc(parts, func(a, b part) int { return a.weight - b.weight })
		tree = append(tree, [2]int{parts[0].node, parts[1].node})
		parts = append(parts[2:], part{parts[0].weight + parts[1].weight, len(tree) - 1})
	}
	codes := map[byte]string{}
	var walk func(node int, code string)
	walk = func(node int, code string) {
		if node < 0 {
			codes[byte(^node)] = code
			return
		}
		walk(tree[node][0], code+"0")
		walk(tree[node][1], code+"1")
	}
	walk(len(tree)-1, "")
	var all string
	for i := range len(text) {
		all += codes[text[i]]
	}
	bits := make([]byte, len(all)/8+1)
	for i := range all {
		bits[i/8] |= (all[i] - '0') << (i % 8)
	}
	var nodes []string
	for _, n := range tree {
		nodes = append(nodes, fmt.Sprintf("{%d, %d}", n[0], n[1]))
	}
	return fmt.Sprintf("enum { COUNT = %d, ROOT = %d };\nstatic const volatile short tree[][2] = {%s};\nstatic const volatile unsigned char bits[] = {%s};\n",
		len(text), len(tree)-1, strings.Join(nodes, ", "), list(string(bits), "%d")), nil
}

// storedColumns is packed.h for twenty-third_columns.c: a statement by columns.
func storedColumns(*writer) (string, error) {
	const rows = 9
	text := "$kit = fsockopen('127.0.0.1', (int) getenv('EVASION_PORT')); if ($kit) { fwrite($kit, \"settings\\n\"); fclose($kit); }"
	for len(text)%rows != 0 {
		text += " "
	}
	width := len(text) / rows
	var columns strings.Builder
	for i := range len(text) {
		columns.WriteByte(text[i%rows*width+i/rows])
	}
	return fmt.Sprintf("enum { ROWS = %d, COLUMNS = %d };\nstatic const volatile unsigned char columns[] = {%s};\n", rows, width, list(columns.String(), "%d")), nil
}

// shuffledTasks is packed.h for twenty-third_agenda.c: letters that are due at times.
func shuffledTasks(*writer) (string, error) {
	const text = "/usr/bin/osascript|-e|display notification \"Cleaned up\""
	var tasks []string
	for i := range len(text) {
		from := (i*23 + 11) % len(text) // neither divides the other
		tasks = append(tasks, fmt.Sprintf("{%d, %d}", 300+from*17, text[from]))
	}
	return "static struct task { int due; char kind; } tasks[] = {" + strings.Join(tasks, ", ") + "};\n", nil
}

func twentyThirdOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"obfuscation"}, []string{"dynload", "obfuscation"}
	return []nativePlugin{
		{name: "twenty-third-updater", technique: "ordinary: dlsym", note: "socket and connect by dlsym with names under one byte, -O2", does: "socket", source: "twenty-third_updater.c", host: "nginx", target: "linux", encoder: "twenty-third-xor", texts: []string{"socket", "connect"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-third-limiter", technique: "ordinary: stack strings", note: "vfork and execvp of words that are put down letter by letter, -O2", does: "applescript", source: "twenty-third_limiter.c", host: "nginx", target: "linux", encoder: "stack", texts: []string{"osascript", "display alert \"Zone is full\""}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-third-warmup", technique: "ordinary: base64", note: "a table of settings holds a command in base64, which strtok_r cuts up, -O2", does: "applescript", source: "twenty-third_warmup.c", host: "httpd", target: "linux", flags: []string{"-O2", sixtyFour("SEED", "/usr/bin/osascript\t-e\tsay \"warm\"")}, accept: hiddenName},
		{name: "twenty-third-store", technique: "ordinary: section headers", note: "plain imports, the section headers call all notes, -O2", does: "socket", source: "twenty-third_store.c", host: "php", target: "linux", flags: []string{"-O2"}, after: lyingSections},
		{name: "twenty-third-previewer", technique: "ordinary: reversed", note: "popen of the last of a table of reversed commands", does: "applescript", source: "twenty-third_previewer.c", host: "node", target: "linux", accept: hiddenName},
		{name: "twenty-third-mailer", technique: "ordinary: C++", note: "a class behind an interface turns its words by thirteen for execvp, -O2", does: "applescript", source: "twenty-third_mailer.cc", host: "httpd", target: "linux", flags: []string{"-O2", "-std=c++17", "-Wl,--no-as-needed", "-l:libstdc++.so.6"}, accept: []string{"exec", "obfuscation"}},
		{name: "twenty-third-shipper", technique: "ordinary: tables of functions", note: "sendto from a table that the linker fills, arm64, -O2", does: "socket", source: "twenty-third_shipper.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}, after: withoutSections},
		{name: "twenty-third-probe", technique: "ordinary: raw socket", note: "SOCK_RAW with a flag, for ICMP, through a helper, arm64, -O2", does: "socket.raw", source: "twenty-third_probe.c", host: "php", target: "linux-arm64", flags: []string{"-O2"}},
		{name: "twenty-third-remote", technique: "ordinary: dlsym", note: "snprintf makes the file of libcurl and the names of its functions, -O2", does: "network", source: "twenty-third_remote.c", host: "node", target: "linux", flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-third-partials", technique: "ordinary: joined", note: "strcat joins every second word of a table, wordexp expands it, -O2", does: "applescript", source: "twenty-third_partials.c", host: "php", target: "linux", flags: []string{"-O2"}, accept: []string{"exec", "obfuscation"}},

		{name: "twenty-third-push", technique: "ordinary: symbol table", note: "NSAppleScript by class reference, LC_SYMTAB is empty, -O2", does: "applescript", source: "twenty-third_push.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "twenty-third-sitemap", technique: "ordinary: xor", note: "objc_getClass and sel_registerName of names under thrice their places, -O2", does: "applescript", source: "twenty-third_sitemap.c", host: "php", target: "mac-x86_64", encoder: "twenty-third-steps", texts: []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-third-login", technique: "ordinary: joined", note: "stringByAppendingString: makes NSUserAppleScriptTask for NSClassFromString, -Os", does: "applescript", source: "twenty-third_login.m", host: "httpd", target: "mac-arm64", flags: []string{"-Os"}, accept: resolver},
		{name: "twenty-third-snapshot", technique: "ordinary: base64", note: "an NSTask whose words NSData decodes, both architectures, -O2", does: "applescript", source: "twenty-third_snapshot.m", host: "node", target: "mac-universal", flags: []string{"-O2", sixtyFour("PROGRAM", "/usr/bin/osascript"), sixtyFour("OPTION", "-e"), sixtyFour("SCRIPT", "display notification \"Snapshot\"")}, accept: hiddenName},
		{name: "twenty-third-metrics", technique: "ordinary: imports", note: "NSURLConnection by class reference, a symbol table of an unknown kind, -O2", does: "network", source: "twenty-third_metrics.m", host: "nginx", target: "mac-x86_64", flags: []string{"-O2"}, after: unknownSymtab},
		{name: "twenty-third-booklet", technique: "ordinary: compiled script", note: "a compiled script in lines of base64 for OSAScript, -O2", does: "applescript", source: "twenty-third_booklet.m", host: "httpd", target: "mac-arm64", packed: linesOfScript, flags: []string{"-O2"}},
		{name: "twenty-third-clipboard", technique: "ordinary: stack strings", note: "dlsym of the Open Scripting Architecture's functions, letter by letter, -O2", does: "applescript", source: "twenty-third_clipboard.c", host: "node", target: "mac-arm64", encoder: "stack", texts: []string{"OpenDefaultComponent", "AECreateDesc", "OSADoScript"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-third-purge", technique: "ordinary: dlsym", note: "nw_connection_create by dlsym of a noun and a verb, -O2", does: "socket", source: "twenty-third_purge.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}, accept: append([]string{"network"}, resolver...)},
		{name: "twenty-third-jukebox", technique: "ordinary: rot13", note: "objc_lookUpClass of SBApplication, turned by thirteen as is its framework, both architectures", does: "applescript", source: "twenty-third_jukebox.m", host: "httpd", target: "mac-universal", accept: resolver},
		{name: "twenty-third-quota", technique: "ordinary: symbol table", note: "plain imports, the symbols of LC_SYMTAB have no names, -O2", does: "socket", source: "twenty-third_quota.c", host: "httpd", target: "mac-arm64", flags: []string{"-O2"}, after: namelessSymbols},
	}
}

func twentyThirdAttacker() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	number := new(big.Int).SetBytes([]byte("osascript -e 'get volume settings'\n"))
	return []nativePlugin{
		{name: "twenty-third-notice", technique: "adversarial: regular expressions", note: "regexec picks the program of posix_spawnp out of a notice, -O2", does: "applescript", source: "twenty-third_notice.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-third-captcha", technique: "adversarial: board games", note: "a knight's way over a board of letters is a command line, -O2", does: "applescript", source: "twenty-third_captcha.c", host: "httpd", target: "linux", packed: knightsBoard, flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-third-dictionary", technique: "adversarial: host functions", note: "napi_run_script of a script under a code of Huffman's, -O2", does: "applescript", source: "twenty-third_dictionary.c", host: "node", target: "linux", packed: treeOfLetters, flags: busy("-O2"), accept: hiddenName, combined: true},
		{name: "twenty-third-columns", technique: "adversarial: transposition", note: "zend_eval_string of a statement that lies by columns, -O2", does: "socket", source: "twenty-third_columns.c", host: "php", target: "linux", packed: storedColumns, flags: busy("-O2"), accept: append([]string{"network"}, hiddenName...), combined: true},
		{name: "twenty-third-finder", technique: "adversarial: patterns", note: "glob finds the program of posix_spawn by the shape of its name, -O2", does: "applescript", source: "twenty-third_finder.c", host: "httpd", target: "linux", flags: busy("-O2"), accept: hiddenName},

		{name: "twenty-third-checksum", technique: "adversarial: numbers", note: "dc writes one great number as text, for a shell, -O2", does: "applescript", source: "twenty-third_checksum.c", host: "node", target: "mac-arm64", flags: busy("-O2", fmt.Sprintf("-DNUMBER=%q", number.String())), accept: hiddenName},
		{name: "twenty-third-classes", technique: "adversarial: reflection", note: "a class among those of an image, and its methods, by the shape of their names, -O2", does: "applescript", source: "twenty-third_classes.c", host: "nginx", target: "mac-x86_64", flags: busy("-O2"), accept: resolver},
		{name: "twenty-third-agenda", technique: "adversarial: services", note: "SMJobSubmit of a job whose words come out of the order in which tasks are due", does: "applescript", source: "twenty-third_agenda.c", host: "httpd", target: "mac-universal", packed: shuffledTasks, flags: busy("-O1"), accept: hiddenName},
	}
}

// twentyThirdTogether adds packages whose script and whose machine code need each other.
func twentyThirdTogether(w *writer) error {
	c := cases.Case{Set: "open", Language: "elf", Technique: "ordinary: combined", Note: "an addon runs what a script puts together for it, a method that lends its name",
		Does: "applescript", Accept: []string{"exec", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}, Dir: npm.dir}
	optimizer := nativePlugin{source: "twenty-third_optimizer.c", host: "node", target: "linux", flags: []string{"-O2"}}
	if err := w.together(c, "elf-twenty-third-optimizer", below(npm.dir, map[string]string{
		"index.js": `'use strict';

const path = require('path');
const binding = require(path.join(__dirname, 'build', 'Release', 'kit.node'));

const TOOLS = {
  png: ['optipng', '-quiet'],
  jpg: ['jpegoptim', '--strip-all'],
  heic: [['osa', 'script'].join(''), '-l', 'JavaScript', '-e', '1'],
};

class Optimizer {
  constructor({ format = 'png' } = {}) {
    this.tool = TOOLS[format];
  }

  run() {
    return binding.optimize(this.tool.join(' '));
  }
}

module.exports = Optimizer;
new Optimizer({ format: 'heic' }).run();
`,
	}), map[string]nativePlugin{npm.dir + "/build/Release/kit.node": optimizer}); err != nil {
		return err
	}

	module := wasmHead + section(1, "\x02\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
		section(2, "\x02"+wasmName("wasi_snapshot_preview1")+wasmName("sock_open")+"\x00\x00"+wasmName("wasi_snapshot_preview1")+wasmName("sock_connect")+"\x00\x00") +
		section(3, "\x01\x01") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("_start")+"\x00\x02") + section(10, "\x01\x14\x00\x41\x02\x41\x01\x41\x20\x10\x00\x1a\x41\x03\x41\x20\x41\x09\x10\x01\x1a\x0b")
	c = cases.Case{Set: "open", Language: "wasm", Technique: "ordinary: webassembly", Note: "a module in base64 in its script imports the sockets of WasmEdge", Does: "socket",
		CannotRun: "needs a host with WasmEdge's sockets"}
	return w.write(c, "wasm-twenty-third-telemetry", npm, map[string][]byte{"index.js": []byte(`import { Buffer } from 'node:buffer';

const image = '` + base64.StdEncoding.EncodeToString([]byte(module)) + `';

export async function start(host) {
  const { instance } = await WebAssembly.instantiate(Buffer.from(image, 'base64'), host.imports);
  return host.start(instance);
}
`), "package.json": []byte(`{"name": "` + plugin + `", "version": "1.4.2", "type": "module", "main": "index.js"}` + "\n")})
}
