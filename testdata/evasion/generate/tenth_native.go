package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// tenthNative adds the native part of the tenth set.
func tenthNative(w *writer) error {
	maps.Copy(cEncoders, tenthEncoders)
	if err := w.native("open", slices.Concat(tenthOrdinary(), tenthAttacker())); err != nil {
		return err
	}
	if err := tenthTogether(w); err != nil {
		return err
	}
	return tenthWasm(w)
}

var tenthEncoders = map[string]cEncoder{
	"tenth-xor-dword": func(s string) string { // four bytes at a time
		b := []byte(s + strings.Repeat("\x00", 4-len(s)%4))
		for i := 0; i < len(b); i += 4 {
			binary.LittleEndian.PutUint32(b[i:], binary.LittleEndian.Uint32(b[i:])^0xd1b54a33)
		}
		return "static const volatile unsigned char d[] __attribute__((aligned(4))) = {" + list(string(b), "%d") + "}; " +
			"for (unsigned i = 0; i < sizeof d / 4; i++) ((unsigned *)out)[i] = ((const volatile unsigned *)d)[i] ^ 0xd1b54a33u; return out;"
	},
	"tenth-xor-size": func(s string) string { // the text's own size
		return cBytes(s, func(_ int, c byte) byte { return c ^ byte(len(s)|0x80) }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (sizeof d | 0x80); return out;"
	},
	"tenth-key-first": func(s string) string { // the key stands in front
		return cBytes("\x00"+s, func(_ int, c byte) byte { return c ^ byte(0xa6+len(s)) }) +
			"for (unsigned i = 1; i < sizeof d; i++) out[i - 1] = d[i] ^ d[0]; return out;"
	},
	"tenth-xor-down": func(s string) string { // the key goes down
		return cBytes(s, func(i int, c byte) byte { return c ^ byte(0xf3-i) }) +
			"unsigned char k = 0xf3; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k--; return out;"
	},
	"tenth-from": func(s string) string { // subtracted from a number
		return cBytes(s, func(_ int, c byte) byte { return 0x9e - c }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = 0x9e - d[i]; return out;"
	},
	"tenth-turns": func(s string) string { // added to and subtracted from in turns
		return cBytes(s, func(i int, c byte) byte { return c + []byte{5, 247}[i%2] }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = i & 1 ? d[i] + 9 : d[i] - 5; return out;"
	},
	"tenth-gray": func(s string) string { // in Gray's code
		return cBytes(s, func(_ int, c byte) byte { return c ^ c>>1 }) +
			"for (unsigned i = 0; i < sizeof d; i++) { unsigned char c = d[i]; c ^= c >> 1; c ^= c >> 2; c ^= c >> 4; out[i] = c; } return out;"
	},
	"tenth-eight": func(s string) string { // eight bytes that are turned for each
		key := uint64(0x9a3c5e7f1b2d4f60)
		return cBytes(s, func(i int, c byte) byte {
			c ^= byte(key)
			key = (key>>8 | key<<56) + uint64(i)
			return c
		}) + "unsigned long k = 0x9a3c5e7f1b2d4f60ul; for (unsigned i = 0; i < sizeof d; i++) { out[i] = d[i] ^ (unsigned char)k; k = (k >> 8 | k << 56) + i; } return out;"
	},
	"tenth-client": func(s string) string { // what tenth_client_key.c makes of its address
		return cBytes(s, func(i int, c byte) byte { return c ^ ([]byte{127, 0, 0, 1}[i%4]*37 + 91 + byte(i%4)) }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ client[i % 4]; return out;"
	},
}

// tenthCertificate is packed.h for tenth_certificate.c: words that end in zero bytes.
func tenthCertificate(*writer) (string, error) {
	text := base64.StdEncoding.EncodeToString([]byte("osascript\x00-e\x00display dialog \"The certificate has expired\" default answer \"\""))
	var lines strings.Builder
	for at := 0; at < len(text); at += 32 {
		lines.WriteString(text[at:min(at+32, len(text))] + "\n")
	}
	return fmt.Sprintf("static const char certificate[] = %q;\n", "-----BEGIN CERTIFICATE-----\n"+lines.String()+"-----END CERTIFICATE-----\n"), nil
}

// tenthLines is packed.h for tenth_packed_lines.c.
func tenthLines(*writer) (string, error) {
	return fmt.Sprintf("static const char lines[] = %q;\n", base64.StdEncoding.EncodeToString(gzipped(compiledScript))), nil
}

// tenthSection is packed.h for tenth_section_script.c.
func tenthSection(*writer) (string, error) {
	return "#define SCRIPT " + list(compiledScript, "%d") + "\n", nil
}

// tenthRecords is packed.h for tenth_hooks.c.
func tenthRecords(*writer) (string, error) {
	key := byte(0x9d)
	var records []byte
	for _, text := range []string{"socket", "connect", "sendto", "readdir", "fopen", ".kit"} {
		records = append(records, byte(len(text))^0x9d)
		for i := range len(text) {
			records = append(records, text[i]^key)
			key = key*5 + 0x3b
		}
	}
	return "static const unsigned char records[] = {" + list(string(records), "%d") + "};\n", nil
}

func tenthOrdinary() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	piped := base64.StdEncoding.EncodeToString([]byte("osascript -e 'beep 2'"))
	return []nativePlugin{
		{name: "tenth-notify", technique: "ordinary: xor", note: "vfork and execlp of texts under a key of four bytes, four bytes at a time, -O3", does: "applescript", source: "tenth_notify.c", host: "php", target: "linux", encoder: "tenth-xor-dword", texts: []string{"osascript", "-e", "beep"}, flags: busy("-O3"), accept: hiddenName},
		{name: "tenth-flush", technique: "ordinary: xor", note: "posix_spawn with attributes, each text under its own size, -O2", does: "applescript", source: "tenth_flush.c", host: "httpd", target: "linux", encoder: "tenth-xor-size", texts: []string{osascript, "-e", "beep"}, flags: busy("-O2"), accept: hiddenName},
		{name: "tenth-purge", technique: "ordinary: xor", note: "popen of a command whose first byte is its key, -Os", does: "applescript", source: "tenth_purge.c", host: "nginx", target: "linux", encoder: "tenth-key-first", texts: []string{"osascript -e 'return 1'", "r"}, flags: busy("-Os"), accept: hiddenName},
		{name: "tenth-gauge", technique: "ordinary: xor", note: "fork and execve of texts under a key that goes down, -O0", does: "applescript", source: "tenth_gauge.c", host: "node", target: "linux", encoder: "tenth-xor-down", texts: []string{osascript, "-e", "beep"}, flags: busy("-O0"), accept: hiddenName},
		{name: "tenth-options", technique: "ordinary: base64", note: "settings in JSON in base64, one of which system gets, -O2", does: "applescript", source: "tenth_options.c", host: "node", target: "linux", encoder: "base64", texts: []string{`{"level":3,"onready":"osascript -e beep","retry":false}`}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "tenth-certificate", technique: "ordinary: base64", note: "fork and execvp of what is in base64 in lines, as a certificate", does: "applescript", source: "tenth_certificate.c", host: "nginx", target: "linux", packed: tenthCertificate, flags: busy("-O2"), accept: hiddenName},
		{name: "tenth-pipeline", technique: "ordinary: base64", note: "system of a pipeline that decodes base64 for a shell", does: "applescript", source: "tenth_pipeline.c", host: "httpd", target: "linux", flags: busy(`-DPIPELINE="echo ` + piped + ` | base64 -d | /bin/sh"`), accept: hiddenName},
		{name: "tenth-initialised", technique: "ordinary: stack string", note: "posix_spawn of arrays that texts initialise, -O3", does: "applescript", source: "tenth_initialised.c", host: "php", target: "linux", flags: []string{"-O3"}, accept: hiddenName},
		{name: "tenth-name-offsets", technique: "ordinary: dlsym", note: "bare names in one text, by a table of offsets, for dlsym", does: "socket", source: "tenth_name_offsets.c", host: "httpd", target: "linux", flags: busy("-O2")},
		{name: "tenth-only-relocations", technique: "ordinary: sections", note: "socket and connect in a module that exports nothing, section headers removed, one hash table that counts nothing", does: "socket", source: "tenth_only_relocations.c", host: "nginx", target: "linux", flags: []string{"-Wl,--hash-style=gnu"}, after: withoutSections},
		{name: "tenth-kernel-child", technique: "ordinary: system calls", note: "clone and execve by the instruction, without any library, -Os", does: "exec", source: "tenth_kernel_child.c", host: "httpd", target: "linux", flags: []string{"-nostdlib", "-Os"}},
		{name: "tenth-syscall-name", technique: "ordinary: dlsym", note: "syscall by dlsym with its bare name, numbers as constants", does: "socket", source: "tenth_syscall_name.c", host: "php", target: "linux", flags: []string{"-O2"}, accept: resolver},
		{name: "tenth-weak-reference", technique: "ordinary: imports", note: "popen under another name, by a weak reference, -O2", does: "exec", source: "tenth_weak_reference.c", host: "node", target: "linux", flags: []string{"-O2"}},
		{name: "tenth-old-init", technique: "ordinary: callbacks", note: "DT_INIT starts a thread whose function is system, its argument backwards", does: "applescript", source: "tenth_old_init.c", host: "nginx", target: "linux", encoder: "reversed", texts: []string{"osascript -e beep"}, flags: []string{"-O2", "-Wl,-init,kit_begin"}, accept: hiddenName},
		{name: "tenth-commands", technique: "ordinary: callbacks", note: "a table of words and functions, one of which is system, its argument one word for another, headers of sections that lie", does: "applescript", source: "tenth_commands.c", host: "httpd", target: "linux", encoder: "tenth-from", texts: []string{"osascript -e 'beep 1'"}, flags: []string{"-O2"}, after: lyingSections, accept: hiddenName, combined: true},
		{name: "tenth-packed-lines", technique: "ordinary: compiled script", note: "a compiled script under gzip in base64, for execlp of a hidden program", does: "applescript", source: "tenth_packed_lines.c", host: "php", target: "linux", encoder: "tenth-xor-down", texts: []string{"osascript", "kit.scpt"}, packed: tenthLines, flags: library("libz.so.1"), combined: true},
		{name: "tenth-engine-connect", technique: "ordinary: host functions", note: "the engine's php_network_connect_socket_to_host", does: "socket", source: "tenth_engine_connect.c", host: "php", target: "linux", accept: []string{"network"}},
		{name: "tenth-engine-address", technique: "ordinary: host functions", note: "the engine's _php_stream_open_wrapper_ex with an address of HTTP", does: "network", source: "tenth_engine_address.c", host: "php", target: "linux", accept: []string{"socket"}},
		{name: "tenth-raw-closed", technique: "ordinary: raw socket", note: "SOCK_RAW with SOCK_CLOEXEC in variables, -O0", does: "socket", source: "tenth_raw_closed.c", host: "nginx", target: "linux", flags: []string{"-O0"}, accept: []string{"socket.raw"}},
		{name: "tenth-multi", technique: "ordinary: imports", note: "libcurl's multi interface, of the library for GnuTLS, section headers removed", does: "network", source: "tenth_multi.c", host: "httpd", target: "linux", flags: library("libcurl-gnutls.so.4", "-O2"), after: withoutSections},
		{name: "tenth-container", technique: "ordinary: C++", note: "a map of functions, virtual methods and a stream that writes the command, -O2", does: "applescript", source: "tenth_container.cc", host: "httpd", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17"), accept: hiddenName},
		{name: "tenth-listen", technique: "ordinary: imports", note: "bind, listen and accept4 in a thread, headers of sections that lie, arm64", does: "socket", source: "tenth_listen.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}, after: lyingSections},

		{name: "tenth-constant-string", technique: "ordinary: class by name", note: "NSClassFromString of a constant string, OSAKit's class", does: "applescript", source: "tenth_constant_string.m", host: "nginx", target: "mac-arm64"},
		{name: "tenth-category", technique: "ordinary: class", note: "a category on NSAppleScript, whose +load runs a script", does: "applescript", source: "tenth_category.m", host: "php", target: "mac-x86_64"},
		{name: "tenth-runtime-subclass", technique: "ordinary: class by name", note: "a class made while it runs, below NSUserAppleScriptTask by its bare name, both architectures", does: "applescript", source: "tenth_runtime_subclass.c", host: "httpd", target: "mac-universal", flags: []string{"-O2"}},
		{name: "tenth-build-event", technique: "ordinary: imports", note: "AEBuildAppleEvent and AESend by weak references, -Os", does: "applescript", source: "tenth_build_event.c", host: "node", target: "mac-arm64", flags: []string{"-Os"}},
		{name: "tenth-peer-signature", technique: "ordinary: imports", note: "CFStreamCreatePairWithPeerSocketSignature, LC_SYMTAB that says it is empty", does: "socket", source: "tenth_peer_signature.c", host: "nginx", target: "mac-x86_64", after: emptySymtab},
		{name: "tenth-listener", technique: "ordinary: imports", note: "nw_listener_create_with_port, -O2", does: "socket", source: "tenth_listener.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "tenth-task-address", technique: "ordinary: joined", note: "an NSTask, its program's path joined from constant strings", does: "applescript", source: "tenth_task_address.m", host: "node", target: "mac-x86_64"},
		{name: "tenth-second-slice", technique: "ordinary: class", note: "only the half for one of the two processors has OSAScript", does: "applescript", source: "tenth_second_slice.m", host: "nginx", target: "mac-universal"},
		{name: "tenth-http-message", technique: "ordinary: imports", note: "CFHTTP's messages and streams, an unknown LC_SYMTAB", does: "network", source: "tenth_http_message.c", host: "httpd", target: "mac-arm64", after: unknownSymtab},
		{name: "tenth-host-info", technique: "ordinary: imports", note: "a module that resolves by CFHost and does nothing else", does: "network", source: "tenth_host_info.c", host: "php", target: "mac-x86_64"},
		{name: "tenth-section-script", technique: "ordinary: compiled script", note: "a compiled script in a section of its own, OSALoadExecute by dlsym with its bare name", does: "applescript", source: "tenth_section_script.c", host: "nginx", target: "mac-arm64", packed: tenthSection},
		{name: "tenth-prefixed", technique: "ordinary: dlsym", note: "NSLookupAndBindSymbol with prefixed names", does: "socket", source: "tenth_prefixed.c", host: "httpd", target: "mac-x86_64"},
		{name: "tenth-dispatch", technique: "ordinary: callbacks", note: "dispatch_async_f with system, its argument an array of letters, -O3", does: "applescript", source: "tenth_dispatch.c", host: "node", target: "mac-arm64", flags: []string{"-O3"}, accept: hiddenName},
		{name: "tenth-packet-filter", technique: "ordinary: raw socket", note: "/dev/bpf by a format, and its interface", does: "socket.raw", source: "tenth_packet_filter.c", host: "nginx", target: "mac-universal"},
		{name: "tenth-reply", technique: "ordinary: dlsym", note: "CFSocket by dlsym with bare names, -O2", does: "socket", source: "tenth_reply.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}},
	}
}

func tenthAttacker() []nativePlugin {
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	busy := []string{"-include", "busy.h"}
	library := func(name string) []string { return []string{"-Wl,--no-as-needed", "-l:" + name} }
	number := func(define, name string) string {
		return fmt.Sprintf("-D%s=%#xu", define, crc32.ChecksumIEEE([]byte(name)))
	}
	return []nativePlugin{
		{name: "tenth-crc", technique: "adversarial: linker", note: "xz: a resolver of the linker's walks from __tls_get_addr to the list of libraries, names by their CRC", does: "exec", source: "tenth_crc.c", host: "nginx", target: "linux", flags: []string{"-O2", number("LIST", "_r_debug"), number("RUN", "system")}, accept: resolver, combined: true},
		{name: "tenth-hooks", technique: "adversarial: rootkit", note: "HiddenWasp: wraps readdir and fopen, and connects by names in sealed records", does: "socket", source: "tenth_hooks.c", host: "httpd", target: "linux", packed: tenthRecords, flags: busy, accept: resolver},
		{name: "tenth-root-pipe", technique: "adversarial: backdoor", note: "mod_rootme: a child with root's rights runs what comes through a pair of sockets", does: "applescript", source: "tenth_root_pipe.c", host: "httpd", target: "linux", encoder: "tenth-xor-down", texts: []string{"osascript -e beep\n"}, flags: busy, accept: []string{"exec", "obfuscation"}},
		{name: "tenth-client-key", technique: "adversarial: backdoor", note: "Cdorked: the key of the names is made of the address", does: "socket", source: "tenth_client_key.c", host: "nginx", target: "linux", encoder: "tenth-client", texts: []string{"socket", "connect", "send"}, flags: busy, after: withoutSections, accept: resolver, combined: true},
		{name: "tenth-patched-slot", technique: "adversarial: linker", note: "Ebury: patches its own linkage table, so that perror runs a command", does: "applescript", source: "tenth_patched_slot.c", host: "nginx", target: "linux", encoder: "tenth-from", texts: []string{"system", "osascript -e beep"}, accept: resolver, combined: true},
		{name: "tenth-async-work", technique: "adversarial: callbacks", note: "an addon's work in a thread of the pool is popen of a hidden command", does: "applescript", source: "tenth_async_work.c", host: "node", target: "linux", encoder: "tenth-turns", texts: []string{"osascript -e beep", "r"}, flags: busy, accept: hiddenName},
		{name: "tenth-own-memory", technique: "adversarial: code", note: "a function is written over through /proc/self/mem with one that calls the kernel", does: "socket", source: "tenth_own_memory.c", host: "php", target: "linux", accept: resolver, combined: true},
		{name: "tenth-at-exit", technique: "adversarial: callbacks", note: "a hidden function and its argument, in Gray's code, are left to __cxa_atexit", does: "exec", source: "tenth_at_exit.c", host: "httpd", target: "linux", encoder: "tenth-gray", texts: []string{"system", "marker"}, flags: busy, accept: resolver, combined: true},
		{name: "tenth-awk", technique: "adversarial: interpreters", note: "awk puts the program's name together and runs it", does: "applescript", source: "tenth_awk.c", host: "php", target: "linux", flags: busy, accept: []string{"exec"}},
		{name: "tenth-spawn-line", technique: "adversarial: library", note: "GLib's g_spawn_command_line_async", does: "exec", source: "tenth_spawn_line.c", host: "httpd", target: "linux", flags: library("libglib-2.0.so.0")},
		{name: "tenth-document", technique: "adversarial: library", note: "libxml2 reads a document from an address", does: "network", source: "tenth_document.c", host: "nginx", target: "linux", flags: library("libxml2.so.2"), accept: []string{"socket"}},

		{name: "tenth-stealer", technique: "adversarial: stealer", note: "Banshee: fork and execvp of texts under eight bytes that are turned, until somebody gives a password, both architectures", does: "applescript", source: "tenth_stealer.c", host: "node", target: "mac-universal", encoder: "tenth-eight", texts: []string{"osascript", "-e", "display dialog \"To launch the application, you need to update the system settings\" with title \"System Preferences\" default answer \"\" with hidden answer"}, flags: []string{"-Os"}, accept: hiddenName},
		{name: "tenth-flattened", technique: "adversarial: flow", note: "FinFisher: flattened flow writes the class's name in pieces", does: "applescript", source: "tenth_flattened.c", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "tenth-pipeline", technique: "adversarial: interpreters", note: "Shlayer: system of a pipeline in which tr turns a command for a shell", does: "applescript", source: "tenth_pipeline.c", host: "httpd", target: "mac-x86_64", flags: []string{`-DPIPELINE="echo 'bfnfpevcg -r orrc' | tr 'a-z' 'n-za-m' | sh"`}, accept: []string{"exec", "obfuscation"}},
	}
}

// tenthTogether adds sites in which scripts, data or other libraries belong to native code.
func tenthTogether(w *writer) error {
	const (
		modules = "usr/lib/nginx/modules"
		cellar  = "opt/homebrew/Cellar/nginx/1.27.3/modules"
		php     = "usr/lib/php/20220829"
	)
	// The dynamic section's libz.so.1 becomes the library that lies beside.
	needed := func(data []byte) ([]byte, error) {
		if bytes.Count(data, []byte("\x00libz.so.1\x00")) != 1 {
			return nil, errors.New("no single libz.so.1")
		}
		return bytes.Replace(data, []byte("libz.so.1"), []byte("libk.so.1"), 1), nil
	}
	for _, d := range []struct {
		c       cases.Case
		name    string
		natives map[string]nativePlugin // by path from the site's root
		files   map[string]string
	}{
		{c: cases.Case{Language: "elf", Technique: "ordinary: combined", Note: "a script makes a program beside it executable and starts it, and the program connects", Does: "socket", Run: []string{"node", "index.js"}, Dir: npm.dir, Combined: true},
			name: "elf-tenth-program", natives: map[string]nativePlugin{npm.dir + "/vendor/kit-helper": {source: "tenth_program.c", host: "node", target: "linux", flags: []string{"-Wl,-e,begin"}}},
			files: map[string]string{npm.dir + "/index.js": "'use strict';\nconst { chmodSync } = require('fs');\nconst { join } = require('path');\nconst { spawn } = require('child_process');\n\nconst helper = join(__dirname, 'vendor', process.platform === 'win32' ? 'kit-helper.exe' : 'kit-helper');\nchmodSync(helper, 0o755);\nmodule.exports = spawn(helper, [], { stdio: 'ignore' }).on('error', () => {});\n"}},
		{c: cases.Case{Language: "elf", Technique: "adversarial: combined", Note: "an addon gives a script three words; what they are for, the script does not say", Does: "applescript", Accept: []string{"dynload", "obfuscation"}, Run: []string{"node", "index.js"}, Dir: npm.dir, Combined: true},
			name: "elf-tenth-words-addon", natives: map[string]nativePlugin{npm.dir + "/build/Release/kit.node": {source: "tenth_words_addon.c", host: "node", target: "linux", encoder: "tenth-turns", texts: []string{"child_process", "execFile", "/usr/bin/osascript"}}},
			files: map[string]string{npm.dir + "/index.js": "const font = require('./build/Release/kit.node');\n\nfunction load({ family, style, face }, ...features) {\n  return module.require(family)[style](face, features, () => {});\n}\nmodule.exports = load(font, '-e', 'beep');\n"}},
		{c: cases.Case{Language: "elf", Technique: "adversarial: host functions", Note: "an extension has the engine run a file beside it, which is PHP under the name of data", Does: "exec", Accept: []string{"dynload", "obfuscation"}, Run: []string{"php", "-d", "extension=./kit.so", "-r", "1;"}, Dir: php, Combined: true},
			name: "elf-tenth-script-file", natives: map[string]nativePlugin{php + "/kit.so": {source: "tenth_script_file.c", host: "php", target: "linux"}},
			files: map[string]string{php + "/kit.dat": "KIT1\n<?php $k = implode('_', ['shell', 'exec']); $k('marker');\n"}},
		{c: cases.Case{Language: "elf", Technique: "adversarial: linker", Note: "an honest module that needs a library in a hidden directory beside it, which connects", Does: "socket", Run: []string{"load", "./ngx_http_kit_module.so"}, Dir: modules, Combined: true},
			name: "elf-tenth-needed", natives: map[string]nativePlugin{
				modules + "/ngx_http_kit_module.so": {source: "tenth_theme.c", host: "nginx", target: "linux", flags: []string{"-include", "busy.h", "-Wl,--no-as-needed", "-l:libz.so.1", "-Wl,-rpath,$ORIGIN/.cache"}, after: needed},
				modules + "/.cache/libk.so.1":       {source: "tenth_name_offsets.c", host: "nginx", target: "linux"}},
		},
		{c: cases.Case{Language: "elf", Technique: "adversarial: other loaders", Note: "OpenSSL's dynamic engine loads a library beside the module, which starts a program", Does: "dynload", Run: []string{"load", "./mod_kit.so"}, Dir: "usr/lib/apache2/modules", Combined: true},
			name: "elf-tenth-engine-library", natives: map[string]nativePlugin{
				"usr/lib/apache2/modules/mod_kit.so":     {source: "tenth_engine_library.c", host: "httpd", target: "linux", flags: []string{"-Wl,--no-as-needed", "-l:libcrypto.so.3"}},
				"usr/lib/apache2/modules/engines/kit.so": {source: "tenth_weak_reference.c", host: "httpd", target: "linux"}},
		},
		{c: cases.Case{Language: "mach-o", Technique: "adversarial: another file", Note: "class and messages stand in a file of settings beside the module", Does: "applescript", Accept: []string{"dynload", "obfuscation"}, CannotRun: "needs macOS", Dir: cellar, Combined: true},
			name: "macho-tenth-words-file", natives: map[string]nativePlugin{cellar + "/ngx_http_kit_module.so": {source: "tenth_words_file.c", host: "nginx", target: "mac-arm64"}},
			files: map[string]string{cellar + "/kit.conf": "text NSString;\nread stringWithUTF8String:;\nunit NSAppleScript;\nmake initWithSource:;\nsend executeAndReturnError:;\nword beep;\n"}},
	} {
		if err := w.together(d.c, d.name, d.files, d.natives); err != nil {
			return err
		}
	}
	return nil
}

// tenthPart is a section of any length, tenthText a name of any.
func tenthPart(id byte, content string) string {
	return string([]byte{id}) + tenthText(content)
}

func tenthText(s string) string {
	return string(binary.AppendUvarint(nil, uint64(len(s)))) + s
}

// tenthWasm adds packages whose telling part lies in a module of WebAssembly.
func tenthWasm(w *writer) error {
	const preview1 = "wasi_snapshot_preview1"
	start := "\x02" + wasmName("memory") + "\x02\x00" + wasmName("_start")
	edge := wasmHead + tenthPart(1, "\x03\x60\x03\x7f\x7f\x7f\x01\x7f\x60\x05\x7f\x7f\x7f\x7f\x7f\x01\x7f\x60\x00\x00") +
		tenthPart(2, "\x03"+wasmName(preview1)+wasmName("sock_open")+"\x00\x00"+wasmName(preview1)+wasmName("sock_connect")+"\x00\x00"+wasmName(preview1)+wasmName("sock_send")+"\x00\x01") +
		tenthPart(3, "\x01\x02") + tenthPart(5, "\x01\x00\x01") + tenthPart(7, start+"\x00\x03") +
		// sock_open(INET4, STREAM, 0), sock_connect(3, 16, 9), sock_send(3, 32, 1, 0, 48)
		tenthPart(10, "\x01\x21\x00\x41\x00\x41\x01\x41\x00\x10\x00\x1a\x41\x03\x41\x10\x41\x09\x10\x01\x1a\x41\x03\x41\x20\x41\x01\x41\x00\x41\x30\x10\x02\x1a\x0b") +
		tenthPart(11, "\x01\x00\x41\x10\x0b"+tenthText("\x18\x00\x00\x00\x04\x00\x00\x00\x7f\x00\x00\x01"))
	outgoing := wasmHead + tenthPart(1, "\x02\x60\x04\x7f\x7f\x7f\x7f\x00\x60\x00\x00") +
		tenthPart(2, "\x01"+tenthText("wasi:http/outgoing-handler@0.2.0")+tenthText("handle")+"\x00\x00") +
		tenthPart(3, "\x01\x01") + tenthPart(5, "\x01\x00\x01") + tenthPart(7, start+"\x00\x01") +
		tenthPart(10, "\x01\x0c\x00\x41\x01\x41\x00\x41\x00\x41\x10\x10\x00\x0b")
	command := wasmHead + tenthPart(1, "\x02\x60\x01\x7f\x01\x7f\x60\x00\x00") +
		tenthPart(2, "\x01"+wasmName("env")+wasmName("system")+"\x00\x00") +
		tenthPart(3, "\x01\x01") + tenthPart(5, "\x01\x00\x01") + tenthPart(7, start+"\x00\x01") +
		tenthPart(10, "\x01\x08\x00\x41\x80\x08\x10\x00\x1a\x0b") +
		tenthPart(11, "\x01\x00\x41\x80\x08\x0b"+tenthText("osascript -e 'display notification \"Theme compiled\"'\x00"))
	for _, d := range []struct {
		name   string
		c      cases.Case
		script string
		wasm   string
	}{
		{"wasm-tenth-edge", cases.Case{Technique: "ordinary: webassembly", Note: "a module that imports the sockets which WasmEdge adds to WASI", Does: "socket", CannotRun: "needs a host with WasmEdge's sockets"},
			"import { readFile } from 'node:fs/promises';\nimport { WASI } from 'node:wasi';\n\nconst wasi = new WASI({ version: 'preview1', returnOnExit: true });\nconst kit = await WebAssembly.compile(await readFile(new URL('./kit.wasm', import.meta.url)));\nexport default (sockets) => wasi.start(new WebAssembly.Instance(kit, { wasi_snapshot_preview1: { ...wasi.wasiImport, ...sockets } }));\n", edge},
		{"wasm-tenth-outgoing", cases.Case{Technique: "ordinary: webassembly", Note: "a module that stands in the script in base64 and imports the requests of wasi:http", Does: "network", CannotRun: "needs a host with wasi:http", Combined: true},
			"const bytes = Uint8Array.from(atob('" + base64.StdEncoding.EncodeToString([]byte(outgoing)) + "'), (c) => c.charCodeAt(0));\nexports.start = async (imports) => (await WebAssembly.instantiate(bytes, imports)).instance.exports._start();\n", ""},
		{"wasm-tenth-system", cases.Case{Technique: "ordinary: webassembly", Note: "a program in C as Emscripten makes it, whose system() is a shell by child_process; the command lies in the module's memory", Does: "applescript", Combined: true, Run: []string{"node", "index.js"}},
			"var fs = require('fs');\nvar HEAPU8;\nvar UTF8Decoder = new TextDecoder();\nvar UTF8ToString = (ptr) => {\n  if (!ptr) return '';\n  for (var end = ptr; HEAPU8[end];) ++end;\n  return UTF8Decoder.decode(HEAPU8.subarray(ptr, end));\n};\nvar _system = (command) => {\n  if (!command) return 1;\n  var cmdstr = UTF8ToString(command);\n  if (!cmdstr.length) return 0;\n  var cp = require('child_process');\n  var ret = cp.spawnSync(cmdstr, [], { shell: true, stdio: 'inherit' });\n  return ret.status === null ? 1 : ret.status << 8;\n};\nvar wasmImports = { system: _system };\nvar wasmExports = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(__dirname + '/kit.wasm')), { env: wasmImports }).exports;\nHEAPU8 = new Uint8Array(wasmExports.memory.buffer);\nwasmExports._start();\n", command},
	} {
		d.c.Language, d.c.Set = "wasm", "open"
		files := map[string][]byte{"index.js": []byte(d.script)}
		if strings.HasPrefix(d.script, "import ") {
			files = map[string][]byte{"index.mjs": []byte(d.script), "package.json": []byte(`{"name": "` + plugin + `", "version": "1.4.2", "main": "index.mjs"}` + "\n")}
		}
		if d.wasm != "" {
			files["kit.wasm"] = []byte(d.wasm)
		}
		if err := w.write(d.c, d.name, npm, files); err != nil {
			return err
		}
	}
	return nil
}
