package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// twelfthNative adds the native part of the twelfth set.
func twelfthNative(w *writer) error {
	maps.Copy(cEncoders, twelfthEncoders)
	if err := w.native("open", slices.Concat(twelfthOrdinary(), twelfthAttacker())); err != nil {
		return err
	}
	return twelfthCodec(w)
}

var twelfthEncoders = map[string]cEncoder{
	"twelfth-counter": func(s string) string { // each byte under its place, counted from the end
		return cBytes(s, func(i int, c byte) byte { return c ^ byte(0x60+len(s)-i) }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (0x60 + sizeof d - i); return out;"
	},
	"twelfth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0xb3 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0xb3; return out;"
	},
	"twelfth-register": func(s string) string { // sixteen bits, shifted with feedback, eight times a byte
		state := uint16(0xace1)
		return cBytes(s, func(_ int, c byte) byte {
			for range 8 {
				low := state & 1
				state >>= 1
				if low != 0 {
					state ^= 0xb400
				}
			}
			return c ^ byte(state)
		}) + "unsigned short r = 0xace1; for (unsigned i = 0; i < sizeof d; i++) { for (int k = 0; k < 8; k++) r = r >> 1 ^ (-(r & 1) & 0xb400); out[i] = d[i] ^ (unsigned char)r; } return out;"
	},
}

// bitPlanes is packed.h for twelfth_transposed.c.
func bitPlanes(*writer) (string, error) {
	var planes []byte
	var text strings.Builder
	for _, part := range [][2]string{{"NAME", "system"}, {"VERSION", "GLIBC_2.2.5"}, {"COMMAND", "osascript -e 'return 2'"}} {
		fmt.Fprintf(&text, "#define %s %d\n", part[0], len(planes)/8)
		letters := part[1] + strings.Repeat("\x00", 8-len(part[1])%8)
		for at := 0; at < len(letters); at += 8 {
			for bit := range 8 {
				var plane byte
				for i := range 8 {
					plane |= letters[at+i] >> bit & 1 << i
				}
				planes = append(planes, plane)
			}
		}
	}
	fmt.Fprintf(&text, "#define BLOCKS %d\nstatic const volatile unsigned char planes[] = {%s};\n", len(planes)/8, list(string(planes), "%d"))
	return text.String(), nil
}

// gzippedScript is packed.h for twelfth_unzipped.c.
func gzippedScript(*writer) (string, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(compiledScript))
	if err := z.Close(); err != nil {
		return "", err
	}
	return fmt.Sprintf("static const unsigned char archive[] = {%s};\n", list(b.String(), "%d")), nil
}

// radix64 is the number that l64a writes as the text.
func radix64(define, text string) string {
	const digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	n := 0
	for i := len(text) - 1; i >= 0; i-- {
		n = n<<6 | strings.IndexByte(digits, text[i])
	}
	return fmt.Sprintf("-D%s=%d", define, n)
}

func twelfthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	command := fmt.Sprintf("-DTEXT=%q", base64.StdEncoding.EncodeToString([]byte("osascript -e 'display notification \"Hello\"'")))
	client := []string{"libcurl.so.4", "curl_easy_init", "curl_easy_setopt", "curl_easy_perform", "curl_easy_cleanup", "http://127.0.0.1/latest"}
	return []nativePlugin{
		{name: "twelfth-chain", technique: "ordinary: joined", note: "stpcpy joins parts of two tables, which a helper chooses, for system, -O2", does: "applescript", source: "twelfth_chain.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: []string{"exec", "obfuscation"}},
		{name: "twelfth-operations", technique: "ordinary: tables of functions", note: "popen is only in a table of operations that the linker fills, -O2", does: "exec", source: "twelfth_operations.c", host: "php", target: "linux", flags: []string{"-O2"}},
		{name: "twelfth-backwards", technique: "ordinary: C++", note: "strings from reverse iterators in a vector for posix_spawn, -O2", does: "applescript", source: "twelfth_backwards.cc", host: "node", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17"), accept: hiddenName},
		{name: "twelfth-late-client", technique: "ordinary: dlsym", note: "libcurl by dlopen and dlsym with names under a counter, -O2", does: "network", source: "twelfth_late_client.c", host: "php", target: "linux", encoder: "twelfth-counter", texts: client, flags: []string{"-O2"}, accept: resolver},
		{name: "twelfth-buffered", technique: "ordinary: libraries", note: "connects by libevent's buffered events, -O2", does: "socket", source: "twelfth_buffered.c", host: "httpd", target: "linux", flags: library("libevent-2.1.so.7", "-O2"), accept: []string{"network"}},
		{name: "twelfth-main-loop", technique: "ordinary: base64", note: "g_base64_decode for g_spawn_command_line_sync, out of a table of settings, -O2", does: "applescript", source: "twelfth_main_loop.c", host: "httpd", target: "linux", flags: library("libglib-2.0.so.0", "-O2", command), accept: []string{"exec", "obfuscation"}},
		{name: "twelfth-farewell", technique: "ordinary: xor", note: "fork and execvp in a destructor, words under one byte, without section headers, -O2", does: "applescript", source: "twelfth_farewell.c", host: "nginx", target: "linux", encoder: "twelfth-xor", texts: []string{"osascript", "display notification \"nginx has stopped\""}, flags: []string{"-O2"}, after: withoutSections, accept: hiddenName},
		{name: "twelfth-piped-script", technique: "ordinary: counters", note: "popen of a command under a counter, arm64, -O2", does: "applescript", source: "twelfth_piped_script.c", host: "php", target: "linux-arm64", encoder: "twelfth-counter", texts: []string{"osascript -l JavaScript -"}, flags: busy("-O2"), accept: []string{"exec", "obfuscation"}},
		{name: "twelfth-arp", technique: "ordinary: raw socket", note: "AF_PACKET and SOCK_RAW with a flag, from a table of listeners, arm64, -O2", does: "socket.raw", source: "twelfth_arp.c", host: "httpd", target: "linux-arm64", flags: []string{"-O2"}},

		{name: "twelfth-appended", technique: "ordinary: joined", note: "appendString: in a loop makes OSAScript for NSClassFromString, -O2", does: "applescript", source: "twelfth_appended.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "twelfth-hyphens", technique: "ordinary: joined", note: "NSClassFromString of a name whose hyphens a method takes out, -Os", does: "applescript", source: "twelfth_hyphens.m", host: "node", target: "mac-x86_64", flags: []string{"-Os"}, accept: resolver},
		{name: "twelfth-event-library", technique: "ordinary: dlsym", note: "AESendMessage and its like by dlsym with bare names in a table, -O2", does: "applescript", source: "twelfth_event_library.c", host: "httpd", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twelfth-stream-host", technique: "ordinary: imports", note: "CFStreamCreatePairWithSocketToHost, the symbols of LC_SYMTAB have no names, -O2", does: "socket", source: "twelfth_stream_host.c", host: "php", target: "mac-x86_64", encoder: "twelfth-xor", texts: []string{"localhost"}, flags: []string{"-O2"}, after: namelessSymbols},
		{name: "twelfth-path-monitor", technique: "ordinary: dlsym", note: "nw_connection_create by dlsym with bare names beside where they go, -O2", does: "socket", source: "twelfth_path_monitor.c", host: "node", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twelfth-mirror", technique: "ordinary: reversed", note: "an NSTask whose program is turned round in a loop, both architectures, -O2", does: "applescript", source: "twelfth_mirror.m", host: "httpd", target: "mac-universal", flags: []string{"-O2"}, accept: hiddenName},
		{name: "twelfth-unzipped", technique: "ordinary: compiled script", note: "a compiled script under gzip, unpacked for OSALoadExecute, -O2", does: "applescript", source: "twelfth_unzipped.c", host: "php", target: "mac-arm64", packed: gzippedScript, flags: []string{"-O2"}},
		{name: "twelfth-session-task", technique: "ordinary: symbol table", note: "NSURLSession by class reference, LC_SYMTAB is for debuggers, -O2", does: "network", source: "twelfth_session_task.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: debuggingSymbols},
	}
}

func twelfthAttacker() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	return []nativePlugin{
		{name: "twelfth-lua", technique: "adversarial: interpreters", note: "a script for Lua's library finds a function of os by a pattern and joins the program, -O2", does: "applescript", source: "twelfth_lua.c", host: "nginx", target: "linux", flags: []string{"-O2", "-Wl,--no-as-needed", "-l:liblua5.3.so.0"}, accept: hiddenName},
		{name: "twelfth-register", technique: "adversarial: system calls", note: "syscall with a computed number, a shifted register gives the key, section headers beyond the file's end, -O2", does: "applescript", source: "twelfth_register.c", host: "httpd", target: "linux", encoder: "twelfth-register", texts: []string{"/usr/bin/osascript", "beep 2"}, flags: busy("-O2"), after: sectionsBeyond, accept: hiddenName, combined: true},
		{name: "twelfth-transposed", technique: "adversarial: bit planes", note: "dlvsym of a name, a version and a command in planes of bits, -O2", does: "applescript", source: "twelfth_transposed.c", host: "node", target: "linux", packed: bitPlanes, flags: busy("-O2"), accept: resolver, combined: true},
		{name: "twelfth-long-text", technique: "adversarial: numbers", note: "l64a of two numbers is the program of execlp, -O2", does: "applescript", source: "twelfth_long_text.c", host: "php", target: "linux", flags: busy("-O2", radix64("FIRST", "osasc"), radix64("SECOND", "ript")), accept: hiddenName},

		{name: "twelfth-desktop-service", technique: "adversarial: host functions", note: "NSPerformService hands a text to the Script Editor's service, names by a shifted register", does: "applescript", source: "twelfth_desktop_service.m", host: "httpd", target: "mac-arm64", encoder: "twelfth-register", texts: []string{"Script Editor/Get Result of AppleScript", "do shell script \"id\""}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twelfth-shell-flags", technique: "adversarial: shells", note: "zsh turns a list round and joins it by flags of an expansion, -Os", does: "applescript", source: "twelfth_shell_flags.c", host: "node", target: "mac-universal", flags: busy("-Os"), accept: hiddenName},
		{name: "twelfth-properties", technique: "adversarial: reflection", note: "objc_getClass of the joined names of a class's own properties", does: "applescript", source: "twelfth_properties.m", host: "php", target: "mac-x86_64", flags: []string{"-O1"}, accept: resolver},
	}
}

// twelfthCodec adds a package whose script loads native code by process.dlopen.
func twelfthCodec(w *writer) error {
	c := cases.Case{Set: "open", Language: "elf", Technique: "ordinary: combined", Note: "process.dlopen of a file that is called as data, its path and the function's name from pieces",
		Does: "dynload", Combined: true, Run: []string{"node", "index.js"}, Dir: npm.dir}
	site := filepath.Join(w.site(c, "elf-twelfth-codec"), c.Dir)
	for name, text := range map[string]string{
		"package.json": npm.around[npm.dir+"/package.json"],
		"index.js": `'use strict';

const { join } = require('path');
const { constants } = require('os');

/** Codecs by format; those that are not built in lie in data/. */
class Codecs {
  #loaded = new Map();

  constructor(directory) {
    this.directory = directory;
  }

  file(format) {
    return join(this.directory, [format, 'codec', 'dat'].join('.'));
  }

  get(format) {
    if (!this.#loaded.has(format)) {
      const target = { exports: {} };
      const open = process['dl' + 'open'];
      open.call(process, target, this.file(format), constants.dlopen.RTLD_NOW);
      this.#loaded.set(format, target.exports);
    }
    return this.#loaded.get(format);
  }
}

const codecs = new Codecs(join(__dirname, 'data'));
module.exports = codecs;
codecs.get('webp');
`,
	} {
		if err := write(filepath.Join(site, name), []byte(text)); err != nil {
			return err
		}
	}
	w.builds = append(w.builds, build{nativePlugin{name: "twelfth-codec", source: "twelfth_codec.c", host: "node", target: "linux", flags: []string{"-O2"}},
		filepath.Join(site, "data/webp.codec.dat")})
	return nil
}
