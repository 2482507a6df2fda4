package main

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// eighteenthNative adds the native part of the eighteenth set.
func eighteenthNative(w *writer) error {
	maps.Copy(cEncoders, eighteenthEncoders)
	if err := w.native("open", slices.Concat(eighteenthOrdinaryELF(), eighteenthAdversarialELF(), eighteenthOrdinaryMachO(), eighteenthAdversarialMachO())); err != nil {
		return err
	}
	if err := eighteenthTogether(w); err != nil {
		return err
	}
	return eighteenthWasm(w)
}

var eighteenthEncoders = map[string]cEncoder{
	"eighteenth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x4e }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0x4e; return out;"
	},
	"eighteenth-key": func(s string) string { // a word
		const key = "gzip_static"
		return cBytes(s, func(i int, c byte) byte { return c ^ key[i%len(key)] }) +
			fmt.Sprintf("static const volatile char k[] = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k[i %% (sizeof k - 1)]; return out;", key)
	},
	"eighteenth-steps": func(s string) string { // a byte that goes on by five
		return cBytes(s, func(i int, c byte) byte { return c ^ byte(0x91+5*i) }) +
			"unsigned char k = 0x91; for (unsigned i = 0; i < sizeof d; i++, k += 5) out[i] = d[i] ^ k; return out;"
	},
}

// eighteenthQuery is the query of eighteenth_catalogue.c.
func eighteenthQuery() string {
	const text = "$(osascript -e beep)"
	numbers := make([]string, len(text))
	for i := range text {
		numbers[i] = fmt.Sprintf("(%d,%d)", len(text)-i, int(text[i])*3+len(text)-i)
	}
	slices.Sort(numbers)
	return "with kept(place, price) as (values " + strings.Join(numbers, ",") + ") select group_concat(char((price - place) / 3), '') from (select * from kept order by place desc)"
}

// eighteenthSums is packed.h for eighteenth_preimage.c.
func eighteenthSums(*writer) (string, error) {
	var b strings.Builder
	for _, part := range [][2]string{{"PROGRAM", "/usr/bin/osascript"}, {"OPTION", "-e"}, {"TEXT", "say \"hello\""}} {
		text := part[1] + strings.Repeat("\x00", 2-len(part[1])%2)
		fmt.Fprintf(&b, "#define %s ", part[0])
		for i := 0; i < len(text); i += 2 {
			v := uint32(text[i]) + uint32(text[i+1])<<8 + uint32(i/2)*0x9e37
			v *= 0x85ebca6b
			v ^= v >> 13
			v *= 0xc2b2ae35
			fmt.Fprintf(&b, "0x%x, ", v^v>>16)
		}
		b.WriteString("\n")
	}
	return b.String(), nil
}

func eighteenthBusy(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }

func eighteenthOrdinaryELF() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := eighteenthBusy
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	client := []string{"libcurl.so.4", "curl_easy_init", "curl_easy_setopt", "curl_easy_perform", "http://127.0.0.1/v1/usage"}
	return []nativePlugin{
		{name: "eighteenth-thumbnails", technique: "ordinary: stack strings", note: "fork and execvp of words that are put together letter by letter in a struct, -O1", does: "applescript", source: "eighteenth_thumbnails.c", host: "nginx", target: "linux", flags: busy(), accept: hiddenName},
		{name: "eighteenth-geo", technique: "ordinary: lying headers", note: "getaddrinfo, socket and connect in a table of functions; the section headers call all a note, -O2", does: "socket", source: "eighteenth_geo.c", host: "php", target: "linux", flags: []string{"-O2"}, after: lyingSections},
		{name: "eighteenth-sessions", technique: "ordinary: base64", note: "dlsym of names in base64 behind one more letter, with a decoder of its own, -O2", does: "socket", source: "eighteenth_sessions.c", host: "php", target: "linux", flags: busy("-O2"), accept: resolver},
		{name: "eighteenth-mailer", technique: "ordinary: imports", note: "vfork and execvpe for each of a list, without section headers, -O2", does: "exec", source: "eighteenth_mailer.c", host: "httpd", target: "linux", flags: busy("-O2"), after: withoutSections},
		{name: "eighteenth-shipper", technique: "ordinary: imports", note: "sendmmsg from a thread, -O2", does: "socket", source: "eighteenth_shipper.c", host: "nginx", target: "linux", flags: []string{"-O2"}},
		{name: "eighteenth-usage", technique: "ordinary: resolvers", note: "libcurl by apr_dso_load and apr_dso_sym, names under one byte, -O2", does: "network", source: "eighteenth_usage.c", host: "httpd", target: "linux", encoder: "eighteenth-xor", texts: client, flags: library("libapr-1.so.0", "-O2"), accept: resolver},
		{name: "eighteenth-quality", technique: "ordinary: xor", note: "system of a command under one byte, by a function in a table, -O2", does: "applescript", source: "eighteenth_quality.c", host: "node", target: "linux", encoder: "eighteenth-xor", texts: []string{"osascript -l JavaScript -e 'Application(\"Mail\").activate()'"}, flags: busy("-O2"), accept: hiddenName},
		{name: "eighteenth-sitemap", technique: "ordinary: libraries", note: "xmlNanoHTTPFetch of an address from parts, -O2", does: "network", source: "eighteenth_sitemap.c", host: "php", target: "linux", flags: library("libxml2.so.2", "-O2"), accept: []string{"socket"}},
		{name: "eighteenth-carts", technique: "ordinary: dlsym", note: "PQconnectdb by dlsym, names under a word, -O2", does: "network", source: "eighteenth_carts.c", host: "php", target: "linux", encoder: "eighteenth-key", texts: []string{"libpq.so.5", "PQconnectdb", "PQfinish"}, flags: busy("-O2"), accept: append([]string{"socket"}, resolver...)},
		{name: "eighteenth-health", technique: "ordinary: raw socket", note: "SOCK_RAW for ICMP where the user is root, arm64, -O1", does: "socket.raw", source: "eighteenth_health.c", host: "nginx", target: "linux-arm64", flags: busy("-fno-inline")},
		{name: "eighteenth-upstream", technique: "ordinary: libraries", note: "g_socket_client_connect_to_host of GIO, -O2", does: "socket", source: "eighteenth_upstream.c", host: "nginx", target: "linux", flags: library("libgio-2.0.so.0", "-O2", "-Wl,--no-as-needed", "-l:libgobject-2.0.so.0"), accept: []string{"network"}},
		{name: "eighteenth-sealed", technique: "ordinary: C++", note: "constexpr templates seal the words of posix_spawnp, -O2", does: "applescript", source: "eighteenth_sealed.cc", host: "httpd", target: "linux", flags: busy("-O2", "-std=c++17"), accept: hiddenName},
	}
}

func eighteenthAdversarialELF() []nativePlugin {
	hiddenName := []string{"exec", "obfuscation"}
	busy := eighteenthBusy
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	return []nativePlugin{
		{name: "eighteenth-templates", technique: "adversarial: interpreters", note: "a script for Tcl's library turns a list of letters round and makes the name of its command, -O2", does: "applescript", source: "eighteenth_templates.c", host: "nginx", target: "linux", flags: library("libtcl8.6.so.0", "-O2"), accept: hiddenName},
		{name: "eighteenth-catalogue", technique: "adversarial: queries", note: "SQLite joins letters from a table of numbers for wordexp, -O2", does: "applescript", source: "eighteenth_catalogue.c", host: "php", target: "linux", flags: busy("-O2", "-Wl,--no-as-needed", "-l:libsqlite3.so.0", fmt.Sprintf("-DQUERY=%q", eighteenthQuery())), accept: hiddenName, combined: true},
		{name: "eighteenth-kernel", technique: "adversarial: system calls", note: "the instruction itself, with numbers from the lengths of headers' names, without section headers, -O1", does: "socket", source: "eighteenth_kernel.c", host: "httpd", target: "linux", flags: busy("-O1"), after: withoutSections, accept: []string{"obfuscation"}, combined: true},
		{name: "eighteenth-preimage", technique: "adversarial: hashes", note: "the words of posix_spawn are found by trying which pairs of letters have a sum, -O2", does: "applescript", source: "eighteenth_preimage.c", host: "node", target: "linux", packed: eighteenthSums, flags: busy("-O2"), accept: hiddenName},
	}
}

// eighteenthTogether adds native code that other files lead to.
func eighteenthTogether(w *writer) error {
	c := cases.Case{Set: "open", Language: "elf", Technique: "ordinary: combined", Note: "an install hook's script loads native code, which starts a program under steps of five",
		Does: "applescript", Accept: []string{"exec", "obfuscation"}, Combined: true, Run: []string{"node", "tools/after-install.js"}, Dir: npm.dir}
	if err := w.together(c, "elf-eighteenth-setup", below(npm.dir, map[string]string{
		"package.json":           `{"name": "theme-kit", "version": "1.4.2", "main": "index.js", "scripts": {"postinstall": "node tools/after-install.js"}}` + "\n",
		"index.js":               "'use strict';\nmodule.exports = { colours: ['#fff', '#222'], font: 'serif' };\n",
		"tools/after-install.js": "'use strict';\nconst path = require('path');\nconst abi = `${process.platform}-${process.arch}`;\ntry {\n  require(path.resolve(__dirname, '..', 'prebuilds', abi, 'kit.node'));\n} catch (error) {\n  console.warn('theme-kit: no native code for ' + abi);\n}\n",
	}), below(npm.dir, map[string]nativePlugin{
		"prebuilds/linux-x64/kit.node": {source: "eighteenth_setup.c", host: "node", target: "linux", encoder: "eighteenth-steps", texts: []string{"osascript", "-e", "tell application \"System Events\" to sleep"}, flags: eighteenthBusy("-O2")},
	})); err != nil {
		return err
	}
	c = cases.Case{Set: "open", Language: "elf", Technique: "ordinary: preload", Note: "putenv of LD_PRELOAD before mail(): the library starts a program under one byte",
		Does: "exec", Accept: []string{"dynload", "obfuscation"}, Combined: true, Run: []string{"php", plugin + ".php"}, Dir: wordpress.dir}
	if err := w.together(c, "elf-eighteenth-preloaded", below(wordpress.dir, map[string]string{
		plugin + ".php": `<?php
/* Plugin Name: Theme Kit */

final class Theme_Kit_Mail {
	private string $library;

	public function __construct( string $dir ) {
		$this->library = $dir . '/lib/sender.so';
	}

	public function send( string $to, string $subject, string $text ): bool {
		$name = implode( '_', array( 'LD', 'PRELOAD' ) );
		putenv( "{$name}={$this->library}" );
		$sent = @mail( $to, $subject, $text );
		putenv( $name );
		return $sent;
	}
}

( new Theme_Kit_Mail( __DIR__ ) )->send( 'root@localhost', 'Theme Kit', 'is ready' );
`,
	}), below(wordpress.dir, map[string]nativePlugin{
		"lib/sender.so": {source: "eighteenth_preloaded.c", host: "library", target: "linux", encoder: "eighteenth-xor", texts: []string{"marker"}, flags: []string{"-O2"}},
	})); err != nil {
		return err
	}
	c = cases.Case{Set: "open", Language: "mach-o", Technique: "ordinary: preload", Note: "spawn of the same Node.js under DYLD_INSERT_LIBRARIES: the library starts a program under a word",
		Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Combined: true, CannotRun: "needs macOS", Dir: npm.dir}
	if err := w.together(c, "macho-eighteenth-inserted", below(npm.dir, map[string]string{
		"index.js": `'use strict';

const { fork } = require('child_process');
const path = require('path');

/** Renders in a process of its own, with the faster allocator of this package. */
function renderer() {
  const env = Object.assign({}, process.env);
  env[['DYLD', 'INSERT', 'LIBRARIES'].join('_')] = path.join(__dirname, 'native', 'liballoc.dylib');
  return fork(path.join(__dirname, 'render.js'), [], { env, silent: true });
}

module.exports = { renderer };
renderer();
`,
		"render.js": "'use strict';\nprocess.once('message', ({ template, values }) => {\n  process.send(template.replace(/{(\\w+)}/g, (_, name) => values[name] ?? ''));\n});\n",
	}), below(npm.dir, map[string]nativePlugin{
		"native/liballoc.dylib": {source: "eighteenth_inserted.c", host: "library", target: "mac-arm64", encoder: "eighteenth-key", texts: []string{"/usr/bin/osascript", "-e", "tell application \"Music\" to pause"}, flags: []string{"-O2"}},
	})); err != nil {
		return err
	}
	c = cases.Case{Set: "open", Language: "elf", Technique: "adversarial: libraries", Note: "iconv_open loads a set of characters from a directory that GCONV_PATH names",
		Does: "dynload", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"load", "./mod_kit.so"}, Dir: "usr/lib/apache2/modules"}
	return w.together(c, "elf-eighteenth-charset", below(c.Dir, map[string]string{
		"charsets/gconv-modules": "module  KIT-8//  INTERNAL  KIT-8  1\nmodule  INTERNAL  KIT-8//  KIT-8  1\n",
	}), below(c.Dir, map[string]nativePlugin{
		"mod_kit.so":        {source: "eighteenth_charset.c", host: "httpd", target: "linux", flags: []string{"-O2"}},
		"charsets/KIT-8.so": {source: "eighteenth_converter.c", host: "library", target: "linux", flags: []string{"-O2"}},
	}))
}

// eighteenthSkin is packed.h for eighteenth_skins.c.
func eighteenthSkin(*writer) (string, error) {
	return fmt.Sprintf("static const char skin[] = %q;\n", base64.StdEncoding.EncodeToString([]byte(compiledScript))), nil
}

// eighteenthDefaults is packed.h for eighteenth_squeezed.c.
func eighteenthDefaults(*writer) (string, error) {
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "", err
	}
	z.Write([]byte("/usr/bin/osascript\x00-l\x00AppleScript\x00-e\x00say \"done\"\x00"))
	if err := z.Close(); err != nil {
		return "", err
	}
	squeezed, before := b.Bytes(), byte(0x33)
	for i := range squeezed {
		squeezed[i] += before
		before = before*5 + 1
	}
	return fmt.Sprintf("static const volatile unsigned char defaults[] = {%s};\n", list(string(squeezed), "%d")), nil
}

// eighteenthTurned are the arguments of the template in eighteenth_letters.cc.
func eighteenthTurned(text string) string {
	turned := make([]string, len(text))
	for i := range text {
		turned[i] = fmt.Sprint(text[i] ^ byte(0x80|i*3))
	}
	return "-DTURNED=" + strings.Join(turned, ",")
}

func eighteenthOrdinaryMachO() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := eighteenthBusy
	return []nativePlugin{
		{name: "eighteenth-messages", technique: "ordinary: resolvers", note: "objc_getClass, sel_registerName and objc_msgSend with names under steps of five, -O2", does: "applescript", source: "eighteenth_messages.c", host: "nginx", target: "mac-arm64", encoder: "eighteenth-steps", texts: []string{"NSAppleScript", "alloc", "initWithSource:", "executeAndReturnError:", "display alert \"nginx\" giving up after 5", "NSString", "stringWithUTF8String:"}, flags: busy("-O2"), accept: resolver},
		{name: "eighteenth-warmer", technique: "ordinary: symbol table", note: "NSAppleScript by class reference and selectors, LC_SYMTAB says that it is empty, -O2", does: "applescript", source: "eighteenth_warmer.m", host: "httpd", target: "mac-x86_64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "eighteenth-previews", technique: "ordinary: joined", note: "OSAScript and OSALanguage by NSClassFromString of joined parts, both architectures, -O2", does: "applescript", source: "eighteenth_previews.m", host: "php", target: "mac-universal", flags: []string{"-O2"}, accept: resolver},
		{name: "eighteenth-minifier", technique: "ordinary: base64", note: "an NSTask whose program and words are in base64 for NSData, -O2", does: "applescript", source: "eighteenth_minifier.m", host: "node", target: "mac-arm64", flags: busy("-O2"), accept: hiddenName},
		{name: "eighteenth-counter", technique: "ordinary: stack strings", note: "posix_spawnp of words put down as numbers, -O2", does: "applescript", source: "eighteenth_counter.c", host: "php", target: "mac-arm64", flags: busy("-O2"), accept: hiddenName},
		{name: "eighteenth-skins", technique: "ordinary: compiled script", note: "a compiled script in base64 for OSALoad and OSAExecute, which dlsym finds by bare names, -O2", does: "applescript", source: "eighteenth_skins.c", host: "nginx", target: "mac-x86_64", packed: eighteenthSkin, flags: []string{"-O2"}},
		{name: "eighteenth-feed", technique: "ordinary: classes", note: "getStreamsToHostWithName: of NSStream, LC_SYMTAB is of an unknown kind, -O2", does: "socket", source: "eighteenth_feed.m", host: "node", target: "mac-arm64", flags: []string{"-O2"}, after: unknownSymtab, accept: []string{"network"}},
		{name: "eighteenth-licence", technique: "ordinary: classes", note: "dataWithContentsOfURL: of NSData, symbols without names, -O2", does: "network", source: "eighteenth_licence.m", host: "httpd", target: "mac-arm64", flags: busy("-O2"), after: namelessSymbols},
		{name: "eighteenth-route", technique: "ordinary: raw socket", note: "SOCK_RAW from a table of probes, symbols for debuggers, -O1", does: "socket.raw", source: "eighteenth_route.c", host: "nginx", target: "mac-x86_64", flags: busy("-fno-unroll-loops"), after: debuggingSymbols},
		{name: "eighteenth-limits", technique: "ordinary: dlsym", note: "socket and connect by dlsym with names under a word, when they are first called, -Os", does: "socket", source: "eighteenth_limits.c", host: "httpd", target: "mac-universal", encoder: "eighteenth-key", texts: []string{"socket", "connect", "write"}, flags: busy("-Os"), accept: resolver},
		{name: "eighteenth-userscripts", technique: "ordinary: classes", note: "NSUserAppleScriptTask by class reference, symbols without names, -O2", does: "applescript", source: "eighteenth_userscripts.m", host: "php", target: "mac-arm64", flags: []string{"-O2"}, after: namelessSymbols},
		{name: "eighteenth-letters", technique: "ordinary: C++", note: "popen of letters that are arguments of a template, turned by their places, -O2", does: "applescript", source: "eighteenth_letters.cc", host: "node", target: "mac-x86_64", flags: busy("-O2", "-std=c++17", "-fno-exceptions", eighteenthTurned("osascript -s h")), accept: hiddenName},
	}
}

func eighteenthAdversarialMachO() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	number, err := strconv.ParseInt("osascript", 36, 64)
	if err != nil {
		panic(err)
	}
	busy := eighteenthBusy
	return []nativePlugin{
		{name: "eighteenth-formula", technique: "adversarial: reflection", note: "NSExpression joins the name of a class, casts it to one and sends its messages, -O2", does: "applescript", source: "eighteenth_formula.m", host: "php", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "eighteenth-pages", technique: "adversarial: interpreters", note: "JavaScriptCore writes numbers to the base of 36 for posix_spawnp, -O2", does: "applescript", source: "eighteenth_pages.c", host: "nginx", target: "mac-x86_64", flags: busy("-O2", fmt.Sprintf("-DNUMBER=%q", fmt.Sprint(number))), accept: hiddenName},
		{name: "eighteenth-widths", technique: "adversarial: Unicode", note: "CFStringTransform makes wide letters narrow for NSClassFromString and NSSelectorFromString, -O2", does: "applescript", source: "eighteenth_widths.c", host: "httpd", target: "mac-arm64", flags: busy("-O2"), accept: resolver},
		{name: "eighteenth-squeezed", technique: "adversarial: compression", note: "raw deflate below a generator's numbers, unpacked by libcompression for posix_spawn, -O2", does: "applescript", source: "eighteenth_squeezed.c", host: "node", target: "mac-universal", packed: eighteenthDefaults, flags: busy("-O2"), accept: hiddenName, combined: true},
	}
}

// eighteenthData is a text at the address 0 of a module's memory.
func eighteenthData(text string) string {
	return section(11, "\x01\x00\x41\x00\x0b"+string(binary.AppendUvarint(nil, uint64(len(text))))+text)
}

// eighteenthGlobals is a module whose start multiplies what it exports as $0, $1, …: eight
// letters of the text each.
func eighteenthGlobals(text string) string {
	const factor = uint64(0x6a09e667f3bcc909)
	signed := func(v uint64) string { // LEB128, signed
		var b []byte
		for n := int64(v); ; {
			c := byte(n & 0x7f)
			n >>= 7
			if n == 0 && c&0x40 == 0 || n == -1 && c&0x40 != 0 {
				return string(append(b, c))
			}
			b = append(b, c|0x80)
		}
	}
	undo := uint64(1) // the inverse of an odd factor, by Newton's steps
	for range 6 {
		undo *= 2 - factor*undo
	}
	text += strings.Repeat("\x00", 7-(len(text)+7)%8)
	n := byte(len(text) / 8)
	globals, exports, body := string([]byte{n}), string([]byte{n}), "\x00"
	for i := range n {
		globals += "\x7e\x01\x42" + signed(binary.LittleEndian.Uint64([]byte(text[8*i:]))*undo) + "\x0b"
		exports += wasmName("$"+fmt.Sprint(i)) + "\x03" + string([]byte{i})
		body += "\x23" + string([]byte{i}) + "\x42" + signed(factor) + "\x7e\x24" + string([]byte{i})
	}
	body += "\x0b"
	return wasmHead + section(1, "\x01\x60\x00\x00") + section(3, "\x01\x00") + section(6, globals) + section(7, exports) +
		section(8, "\x00") + section(10, "\x01"+string(binary.AppendUvarint(nil, uint64(len(body))))+body)
}

// eighteenthBody is the only function of a module.
func eighteenthBody(code string) string {
	return section(10, "\x01"+wasmName("\x00"+code+"\x0b"))
}

// eighteenthWasm adds packages whose telling part is a module of WebAssembly.
func eighteenthWasm(w *writer) error {
	const preview1 = "wasi_snapshot_preview1"
	imported := func(from, name, kind string) string { return wasmName(from) + wasmName(name) + "\x00" + kind }
	start := section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("_start")+"\x00\x02")
	for _, d := range []struct {
		name   string
		c      cases.Case
		file   string // of the module; none where the script holds it
		script string
		wasm   string
	}{
		{"wasm-eighteenth-edge", cases.Case{Technique: "ordinary: webassembly", Note: "sock_open and sock_connect of WasmEdge, the module stands in the script in base64", Does: "socket", CannotRun: "needs a host with WasmEdge's sockets"}, "",
			"\"use strict\";\nObject.defineProperty(exports, \"__esModule\", { value: true });\nexports.EdgeCache = void 0;\nconst code = \"%s\";\nclass EdgeCache {\n    constructor(host) {\n        this.host = host;\n    }\n    async open() {\n        const { instance } = await WebAssembly.instantiate(Buffer.from(code, \"base64\"), this.host.imports());\n        this.host.start(instance);\n        return this;\n    }\n}\nexports.EdgeCache = EdgeCache;\nif (globalThis.edge)\n    new EdgeCache(globalThis.edge).open();\n",
			wasmHead + section(1, "\x02\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
				section(2, "\x02"+imported(preview1, "sock_open", "\x00")+imported(preview1, "sock_connect", "\x00")) +
				section(3, "\x01\x01") + section(5, "\x01\x00\x01") + start +
				eighteenthBody("\x41\x00\x41\x01\x41\x08\x10\x00\x1a"+"\x41\x08\x28\x02\x00\x41\x10\x41\xd0\x00\x10\x01\x1a") +
				section(11, "\x01\x00\x41\x10\x0b"+wasmName("\x18\x00\x00\x00\x04\x00\x00\x00\x7f\x00\x00\x01"))},
		{"wasm-eighteenth-answers", cases.Case{Technique: "ordinary: webassembly", Note: "a module of WASI's first preview takes connections by sock_accept and answers by sock_send", Does: "socket", CannotRun: "needs a host that hands it a socket"}, "lib/answers.wasm",
			"'use strict';\nconst { readFile } = require('node:fs/promises');\nconst { join } = require('node:path');\nconst { WASI } = require('node:wasi');\n\nmodule.exports = async function answers(preopens = {}) {\n  const wasi = new WASI({ version: 'preview1', args: ['answers'], preopens });\n  const compiled = await WebAssembly.compile(await readFile(join(__dirname, 'lib', 'answers.wasm')));\n  return wasi.start(await WebAssembly.instantiate(compiled, wasi.getImportObject()));\n};\n",
			wasmHead + section(1, "\x03\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x05\x7f\x7f\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
				section(2, "\x02"+imported(preview1, "sock_accept", "\x00")+imported(preview1, "sock_send", "\x01")) +
				section(3, "\x01\x02") + section(5, "\x01\x00\x01") + start +
				eighteenthBody("\x41\x03\x41\x00\x41\x08\x10\x00\x1a"+"\x41\x08\x28\x02\x00\x41\x10\x41\x01\x41\x00\x41\x0c\x10\x01\x1a") +
				section(11, "\x01\x00\x41\x10\x0b"+wasmName("\x20\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00204 No\r\n"))},
		{"wasm-eighteenth-run-script", cases.Case{Technique: "ordinary: webassembly", Note: "a module hands a script in its memory to emscripten_run_script of its glue", Does: "exec", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}}, "resize.wasm",
			"var Module = typeof Module != 'undefined' ? Module : {};\nvar fs = require('fs');\nvar HEAPU8;\nfunction UTF8ToString(ptr) {\n  var end = ptr;\n  while (HEAPU8[end]) ++end;\n  return new TextDecoder('utf8').decode(HEAPU8.subarray(ptr, end));\n}\nvar wasmImports = {\n  emscripten_run_script: (ptr) => { eval(UTF8ToString(ptr)); },\n};\nvar wasmBinary = fs.readFileSync(__dirname + '/resize.wasm');\nvar wasmExports = new WebAssembly.Instance(new WebAssembly.Module(wasmBinary), { env: wasmImports }).exports;\nHEAPU8 = new Uint8Array(wasmExports['memory'].buffer);\nwasmExports['main']();\nmodule.exports = Module;\n",
			wasmHead + section(1, "\x02\x60\x01\x7f\x00\x60\x00\x00") + section(2, "\x01"+imported("env", "emscripten_run_script", "\x00")) +
				section(3, "\x01\x01") + section(5, "\x01\x00\x01") + section(7, "\x02"+wasmName("memory")+"\x02\x00"+wasmName("main")+"\x00\x01") +
				eighteenthBody("\x41\x00\x10\x00") + eighteenthData("require('child_process').execFileSync('marker', ['--quiet'])\x00")},
		{"wasm-eighteenth-globals", cases.Case{Technique: "adversarial: webassembly", Note: "names are in exported globals, eight letters in each, which the module multiplies when it starts", Does: "applescript", Accept: []string{"exec", "obfuscation"}, Combined: true, Run: []string{"node", "index.js"}}, "lib/rates.wasm",
			"'use strict';\n\nconst fs = require('fs');\nconst rates = fs.readFileSync(`${__dirname}/lib/rates.wasm`);\nconst { exports: table } = new WebAssembly.Instance(new WebAssembly.Module(rates));\n\nfunction row(rate) {\n  const bytes = Buffer.alloc(8);\n  bytes.writeBigInt64LE(rate.value);\n  return bytes.toString('latin1');\n}\n\nconst [kind, method, ...rest] = Object.values(table).map(row).join('').split('\\0').filter(Boolean);\nconst provider = module.require(kind);\nmodule.exports = provider[method](rest.shift(), rest);\n",
			eighteenthGlobals("child_process\x00spawn\x00osascript\x00-e\x00beep\x00")},
	} {
		d.c.Language, d.c.Set = "wasm", "open"
		files := map[string][]byte{"index.js": []byte(d.script)}
		if d.file != "" {
			files[d.file] = []byte(d.wasm)
		} else {
			files["index.js"] = fmt.Appendf(nil, d.script, base64.StdEncoding.EncodeToString([]byte(d.wasm)))
		}
		if err := w.write(d.c, d.name, npm, files); err != nil {
			return err
		}
	}
	return nil
}
