package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// thirteenthNative adds the native part of the thirteenth set.
func thirteenthNative(w *writer) error {
	maps.Copy(cEncoders, thirteenthEncoders)
	if err := w.native("open", slices.Concat(thirteenthOrdinary(), thirteenthAttacker())); err != nil {
		return err
	}
	if err := thirteenthMailer(w); err != nil {
		return err
	}
	return thirteenthCharset(w)
}

var thirteenthEncoders = map[string]cEncoder{
	"thirteenth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x1d }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0x1d; return out;"
	},
	"thirteenth-fibonacci": func(s string) string { // each byte under the sum of the two keys before
		a, b := byte(3), byte(0x47)
		return cBytes(s, func(_ int, c byte) byte {
			a, b = b, a+b
			return c ^ a
		}) + "unsigned char a = 3, b = 0x47, t; for (unsigned i = 0; i < sizeof d; i++) { t = a + b; a = b; b = t; out[i] = d[i] ^ a; } return out;"
	},
}

// keyedRecords is packed.h for thirteenth_records.c.
func keyedRecords(*writer) (string, error) {
	var text strings.Builder
	text.WriteString("struct record { unsigned char length, key, text[62]; };\nstatic struct record records[] = {")
	for _, word := range []string{"osascript", "-e", "display notification \"Cache is full\""} {
		b := []byte(word)
		for i := range b {
			b[i] ^= 0x2d
		}
		fmt.Fprintf(&text, "{%d, 0x2d, {%s}}, ", len(word), list(string(b), "%d"))
	}
	return text.String() + "};\n", nil
}

// ownKeys is packed.h for thirteenth_own_keys.c.
func ownKeys(*writer) (string, error) {
	var b []byte
	for i, word := range []string{"/usr/bin/osascript", "-e", "set volume 0"} {
		key := byte(0x91 + 0x23*i)
		b = append(b, key)
		for _, c := range []byte(word + "\x00") {
			b = append(b, c^key)
		}
	}
	return fmt.Sprintf("static const volatile unsigned char words[] = {%s};\n", list(string(b), "%d")), nil
}

// clearTemplate is packed.h with a compiled script as a template.
func clearTemplate(*writer) (string, error) {
	return fmt.Sprintf("static const unsigned char template[] = {%s};\n", list(compiledScript, "%d")), nil
}

// letterHalves is packed.h for thirteenth_context.c: the upper halves in their order, the lower at every fifth place.
func letterHalves(*writer) (string, error) {
	text := "/usr/bin/osascript\x00-e\x00beep\x00"
	for len(text)%5 == 0 {
		text += "\x00"
	}
	high, low := make([]byte, len(text)), make([]byte, len(text))
	for i := range len(text) {
		high[i], low[i*5%len(text)] = text[i]>>4, text[i]&15
	}
	return fmt.Sprintf("static const volatile unsigned char high[] = {%s}, low[] = {%s};\n", list(string(high), "%d"), list(string(low), "%d")), nil
}

// sealedNames is packed.h for thirteenth_tea.c.
func sealedNames(*writer) (string, error) {
	key := [4]uint32{0x6b697421, 0x2e636163, 0x68652e76, 0x31333333}
	const script = "do shell script \"sw_vers\""
	var words, text strings.Builder
	at := 0
	for _, part := range [][2]string{{"LIBRARY", "/System/Library/Frameworks/Carbon.framework/Carbon"}, {"COMPONENT", "OpenDefaultComponent"},
		{"CREATE", "AECreateDesc"}, {"RUN", "OSADoScript"}, {"SCRIPT", script}} {
		letters := []byte(part[1] + strings.Repeat("\x00", 8-len(part[1])%8))
		fmt.Fprintf(&text, "#define %s %d, %d\n", part[0], at, len(letters)/8)
		at += len(letters) / 8
		for ; len(letters) > 0; letters = letters[8:] {
			v0, v1, sum := binary.LittleEndian.Uint32(letters), binary.LittleEndian.Uint32(letters[4:]), uint32(0)
			for range 32 {
				v0 += (v1<<4 ^ v1>>5) + v1 ^ (sum + key[sum&3])
				sum += 0x9e3779b9
				v1 += (v0<<4 ^ v0>>5) + v0 ^ (sum + key[sum>>11&3])
			}
			fmt.Fprintf(&words, "%#x, %#x, ", v0, v1)
		}
	}
	return fmt.Sprintf("%s#define SCRIPT_LENGTH %d\nstatic const volatile unsigned sealed[] = {%s};\n", text.String(), len(script), words.String()), nil
}

// palette is the text in hexadecimal, as colours of three channels.
func palette(text string) string {
	var b strings.Builder
	for part := range slices.Chunk([]byte(text), 3) {
		fmt.Fprintf(&b, "\"#%s\",", hex.EncodeToString(part))
	}
	return "-DPALETTE={" + b.String() + "}"
}

func thirteenthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"obfuscation"}, []string{"dynload", "obfuscation"}
	command := []string{"exec", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	token := fmt.Sprintf("-DTOKEN=%q", base64.RawURLEncoding.EncodeToString([]byte("osascript -e 'tell application \"Safari\" to quit' >/dev/null 2>&1")))
	setting := func(define, text string) string {
		return fmt.Sprintf("-D%s=%q", define, base64.StdEncoding.EncodeToString([]byte(text)))
	}
	return []nativePlugin{
		{name: "thirteenth-records", technique: "ordinary: xor", note: "fork and execvp of words in records with a length and a key, opened where they lie, -O2", does: "applescript", source: "thirteenth_records.c", host: "nginx", target: "linux", packed: keyedRecords, flags: []string{"-O2"}, accept: command},
		{name: "thirteenth-notifier", technique: "ordinary: C++", note: "a string stream writes the command for system from parts, -O2", does: "applescript", source: "thirteenth_notifier.cc", host: "httpd", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17"), accept: command},
		{name: "thirteenth-prefix", technique: "ordinary: dlsym", note: "socket and connect by dlsym, heads and tails of their names in two tables for strcat, -O2", does: "socket", source: "thirteenth_prefix.c", host: "php", target: "linux", flags: []string{"-O2"}, accept: resolver},
		{name: "thirteenth-url-alphabet", technique: "ordinary: base64", note: "a command in base64url for popen, -Os", does: "applescript", source: "thirteenth_url_alphabet.c", host: "node", target: "linux", flags: []string{"-Os", token}, accept: command},
		{name: "thirteenth-reporter", technique: "ordinary: sections", note: "socket and connect from a structure, without section headers, arm64, -O2", does: "socket", source: "thirteenth_reporter.c", host: "nginx", target: "linux-arm64", flags: busy("-O2"), after: withoutSections},
		{name: "thirteenth-own-keys", technique: "ordinary: xor", note: "fork and execl of words whose keys stand before them, arm64, -Os", does: "applescript", source: "thirteenth_own_keys.c", host: "php", target: "linux-arm64", packed: ownKeys, flags: []string{"-Os"}, accept: command},
		{name: "thirteenth-template-file", technique: "ordinary: compiled script", note: "a compiled script in clear goes to a file for a name on the stack, -O2", does: "applescript", source: "thirteenth_template_file.c", host: "nginx", target: "linux", packed: clearTemplate, flags: []string{"-O2"}, combined: true},
		{name: "thirteenth-one-import", technique: "ordinary: resolvers alone", note: "imports dlsym alone, four bare names in one text, -O2", does: "exec", source: "thirteenth_one_import.c", host: "httpd", target: "linux", flags: []string{"-O2"}, accept: []string{"dynload"}},
		{name: "thirteenth-optimizer", technique: "ordinary: sections", note: "posix_spawnp from a table of optimizers, headers of sections that lie, -O2", does: "exec", source: "thirteenth_optimizer.c", host: "php", target: "linux", flags: busy("-O2"), after: lyingSections},
		{name: "thirteenth-probe", technique: "ordinary: raw socket", note: "SOCK_RAW for TCP and ICMPv6 from a table of probes, headers of its own, arm64, -O2", does: "socket.raw", source: "thirteenth_probe.c", host: "httpd", target: "linux-arm64", flags: []string{"-O2"}},
		{name: "thirteenth-constant", technique: "ordinary: xor", note: "a template in C++ puts texts under a key as it is compiled, posix_spawn, -O2", does: "applescript", source: "thirteenth_constant.cc", host: "node", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++20"), accept: command},
		{name: "thirteenth-colours", technique: "ordinary: hexadecimal", note: "sscanf reads a command out of colours for execvp, -O2", does: "applescript", source: "thirteenth_colours.c", host: "httpd", target: "linux", flags: []string{"-O2", palette("osascript -e beep\x00")}, accept: command},

		{name: "thirteenth-runtime-table", technique: "ordinary: class by name", note: "objc_getClass and sel_registerName by a table of steps, in C, -O2", does: "applescript", source: "thirteenth_runtime_table.c", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "thirteenth-components", technique: "ordinary: joined", note: "componentsJoinedByString: makes NSAppleScript for NSClassFromString, -O2", does: "applescript", source: "thirteenth_components.m", host: "node", target: "mac-x86_64", flags: []string{"-O2"}, accept: resolver},
		{name: "thirteenth-task-record", technique: "ordinary: xor", note: "an NSTask with properties, its address and arguments under one byte, -O2", does: "applescript", source: "thirteenth_task_record.m", host: "php", target: "mac-arm64", encoder: "thirteenth-xor", texts: []string{"/usr/bin/osascript", "-e", "tell application \"Mail\" to check for new mail"}, flags: []string{"-O2"}, accept: command},
		{name: "thirteenth-menu", technique: "ordinary: base64", note: "posix_spawn of settings in base64, both architectures, -Os", does: "applescript", source: "thirteenth_menu.c", host: "httpd", target: "mac-universal", encoder: "plain", flags: []string{"-Os", setting("PROGRAM", "/usr/bin/osascript"), setting("TEXT", "activate application \"Terminal\"")}, accept: command},
		{name: "thirteenth-stored", technique: "ordinary: compiled script", note: "a compiled script in clear is stored, NSAppleScript by class reference reads it, -O2", does: "applescript", source: "thirteenth_stored.m", host: "httpd", target: "mac-arm64", packed: clearTemplate, flags: []string{"-O2"}},
		{name: "thirteenth-inflated", technique: "ordinary: compiled script", note: "a compiled script under gzip for posix_spawnp of a name on the stack, -O2", does: "applescript", source: "thirteenth_inflated.c", host: "nginx", target: "mac-x86_64", packed: packedScript("gzip"), flags: []string{"-O2"}, accept: hiddenName, combined: true},
		{name: "thirteenth-collector", technique: "ordinary: symbol table", note: "getaddrinfo, socket and connect, LC_SYMTAB that says it is empty, -O2", does: "socket", source: "thirteenth_collector.c", host: "httpd", target: "mac-arm64", flags: busy("-O2"), after: emptySymtab},
		{name: "thirteenth-old-connection", technique: "ordinary: class", note: "NSURLConnection and NSMutableURLRequest by class references, both architectures, -O2", does: "network", source: "thirteenth_old_connection.m", host: "nginx", target: "mac-universal", flags: []string{"-O2"}},
		{name: "thirteenth-contents", technique: "ordinary: class", note: "stringWithContentsOfURL:encoding:error: of an address under one byte, -O2", does: "network", source: "thirteenth_contents.m", host: "php", target: "mac-x86_64", encoder: "thirteenth-xor", texts: []string{"http://localhost:8080/blocked.txt"}, flags: []string{"-O2"}},
		{name: "thirteenth-routes", technique: "ordinary: raw socket", note: "PF_ROUTE and SOCK_RAW, LC_SYMTAB for debuggers, -O2", does: "socket.raw", source: "thirteenth_routes.c", host: "node", target: "mac-x86_64", flags: []string{"-O2"}, after: debuggingSymbols},
		{name: "thirteenth-scripting-parts", technique: "ordinary: dlsym", note: "OSACompile and OSAExecute by dlsym with bare names beside where they go, -O2", does: "applescript", source: "thirteenth_scripting_parts.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "thirteenth-stack-name", technique: "ordinary: stack string", note: "dlsym of system's name as two numbers, both architectures, -O2", does: "exec", source: "thirteenth_stack_name.c", host: "httpd", target: "mac-universal", flags: []string{"-O2"}, accept: resolver},
		{name: "thirteenth-user-script", technique: "ordinary: class", note: "NSUserAppleScriptTask by class reference, with a block, -Os", does: "applescript", source: "thirteenth_user_script.m", host: "node", target: "mac-arm64", flags: []string{"-Os"}},
		{name: "thirteenth-bundle", technique: "ordinary: class", note: "NSBundle loads a codec, an unknown LC_SYMTAB, -O2", does: "dynload", source: "thirteenth_bundle.m", host: "nginx", target: "mac-x86_64", flags: []string{"-O2"}, after: unknownSymtab},
	}
}

func thirteenthAttacker() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	return []nativePlugin{
		{name: "thirteenth-ring-requests", technique: "adversarial: system calls", note: "requests in io_uring make a socket and connect it, computed numbers, section headers beyond the file's end, -O2", does: "socket", source: "thirteenth_ring_requests.c", host: "nginx", target: "linux", flags: busy("-O2"), after: sectionsBeyond, accept: []string{"obfuscation"}, combined: true},
		{name: "thirteenth-context", technique: "adversarial: other callers", note: "makecontext gives syscall a computed number, and words from halves of letters, -O2", does: "applescript", source: "thirteenth_context.c", host: "httpd", target: "linux", packed: letterHalves, flags: busy("-O2"), accept: hiddenName, combined: true},
		{name: "thirteenth-python", technique: "adversarial: interpreters", note: "a script for Python's library picks a function of os by its letters and turns the program's, -O2", does: "applescript", source: "thirteenth_python.c", host: "httpd", target: "linux", flags: []string{"-O2", "-Wl,--no-as-needed", "-l:libpython3.11.so.1.0"}, accept: hiddenName},
		{name: "thirteenth-queue", technique: "adversarial: library", note: "ZeroMQ connects to an address that a format makes, -O2", does: "socket", source: "thirteenth_queue.c", host: "php", target: "linux", flags: busy("-O2", "-Wl,--no-as-needed", "-l:libzmq.so.5"), accept: []string{"network"}},

		{name: "thirteenth-ruby", technique: "adversarial: interpreters", note: "Ruby unpacks quoted-printable text for a call that it finds by a pattern, texts under Fibonacci's numbers, both architectures", does: "applescript", source: "thirteenth_ruby.c", host: "nginx", target: "mac-universal", encoder: "thirteenth-fibonacci", texts: []string{"/usr/bin/ruby", "-e", "m = Kernel.methods.grep(/\\Asys.em\\z/).first; Kernel.send(m, '=6F=73=61=73cript'.unpack1('M'), '-e', 'beep')"}, flags: busy("-O2"), accept: hiddenName, combined: true},
		{name: "thirteenth-selector-name", technique: "adversarial: reflection", note: "a method's own selector, without its colons, is the class's name", does: "applescript", source: "thirteenth_selector_name.m", host: "node", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "thirteenth-tea", technique: "adversarial: dlsym", note: "names and a script under XTEA for dlsym, an unknown LC_SYMTAB, -O2", does: "applescript", source: "thirteenth_tea.c", host: "httpd", target: "mac-x86_64", packed: sealedNames, flags: busy("-O2"), after: unknownSymtab, accept: resolver, combined: true},
		{name: "thirteenth-closing", technique: "adversarial: callbacks", note: "funopen closes a stream by system, its cookie is a command under Fibonacci's numbers", does: "applescript", source: "thirteenth_closing.c", host: "php", target: "mac-arm64", encoder: "thirteenth-fibonacci", texts: []string{"osascript -e 'get system info'"}, flags: busy("-O2"), accept: hiddenName},
	}
}

// thirteenthMailer adds a library of PHP that has a mailer's process load what lies beside it.
func thirteenthMailer(w *writer) error {
	c := cases.Case{Set: "open", Language: "elf", Technique: "ordinary: combined", Note: "a preload variable for the process of error_log's mail, its library has words under one byte",
		Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Combined: true, Run: []string{"php", "-d", "sendmail_path=/bin/true", "src/Alert.php"}, Dir: composer.dir}
	files := maps.Clone(composer.around)
	files[composer.dir+"/composer.json"] = `{"name": "acme/theme-kit", "version": "1.4.2", "type": "library", "autoload": {"files": ["src/Alert.php"]}}` + "\n"
	files[composer.dir+"/src/Alert.php"] = `<?php

declare(strict_types=1);

namespace Acme\ThemeKit;

/** Tells the site's owner by mail what went wrong. */
final class Alert
{
    private const ENVIRONMENT = ['LANG' => 'C', 'LD_' . 'PRELOAD' => '%s/resources/%s.bin'];

    public function __construct(private string $owner, private string $root)
    {
        foreach (self::ENVIRONMENT as $name => $value) {
            \putenv($name . '=' . \sprintf($value, $this->root, 'fonts'));
        }
    }

    public function send(string $message): bool
    {
        return \error_log($message, 1, $this->owner);
    }
}

(new Alert('owner@localhost', \dirname(__DIR__)))->send('Theme Kit was updated.');
`
	return w.together(c, "elf-thirteenth-mailer", files, map[string]nativePlugin{
		composer.dir + "/resources/fonts.bin": {source: "thirteenth_preload.c", host: "httpd", target: "linux", encoder: "thirteenth-xor",
			texts: []string{"/usr/bin/osascript", "-e", "display notification \"Update\""}, flags: []string{"-O2"}},
	})
}

// thirteenthCharset adds a package whose addon has the C library load a table of letters, which is code.
func thirteenthCharset(w *writer) error {
	c := cases.Case{Set: "open", Language: "elf", Technique: "adversarial: combined", Note: "a script tells the C library where conversions lie, its addon's iconv_open loads one",
		Does: "dynload", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"node", "index.js"}, Dir: npm.dir}
	files := map[string]string{
		npm.dir + "/package.json":           npm.around[npm.dir+"/package.json"],
		npm.dir + "/charsets/gconv-modules": "module KITMAC// INTERNAL mac 1\nmodule INTERNAL KITMAC// mac 1\n",
		npm.dir + "/index.js": `'use strict';

const path = require('path');

const defaults = {
  charsets: 'charsets',
  prefix: 'GCONV',
};

function configure({ charsets, prefix }) {
  // The C library wants to know of the older encodings of file names.
  process.env[[prefix, 'PATH'].join('_')] = path.resolve(__dirname, charsets);
  return require('./build/Release/kit.node');
}

module.exports = Object.assign(configure(defaults), { configure });
`,
	}
	return w.together(c, "elf-thirteenth-charset", files, map[string]nativePlugin{
		npm.dir + "/build/Release/kit.node": {source: "thirteenth_charset.c", host: "node", target: "linux", flags: []string{"-O2"}},
		npm.dir + "/charsets/mac.so":        {source: "thirteenth_charset_table.c", host: "node", target: "linux", flags: []string{"-O2"}},
	})
}
