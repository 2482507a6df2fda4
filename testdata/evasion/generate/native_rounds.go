package main

import (
	"bytes"
	"compress/zlib"
	"crypto/aes"
	"debug/elf"
	"fmt"
	"slices"
	"strings"
)

// roundPlugins are disguises that were written, scanned and learned from in turns. Most
// import as much as honest plugins do (busy.h).
func roundPlugins() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	symbolHashes := []string{fmt.Sprintf("-DSOCKET=%du", djb2("_socket")), fmt.Sprintf("-DCONNECT=%du", djb2("_connect"))}
	socketHashes := []string{fmt.Sprintf("-DSOCKET=%du", djb2("socket")), fmt.Sprintf("-DCONNECT=%du", djb2("connect"))}
	gnuHashes := []string{fmt.Sprintf("-DSOCKET=%du", gnuHash("socket")), fmt.Sprintf("-DCONNECT=%du", gnuHash("connect"))}
	busy := func(flags ...string) []string { return append([]string{"-include", "busy.h"}, flags...) }
	return []nativePlugin{
		{name: "busy-dlsym-generator", technique: "dlsym", note: "names under a generator's numbers, in a plugin that imports much", does: "socket", source: "resolved_socket.c", host: "nginx", target: "linux", encoder: "generator", texts: []string{"socket", "connect"}, flags: busy(), accept: resolver},
		{name: "busy-dlsym-shuffled", technique: "dlsym", note: "names put on the stack in no order, likewise", does: "socket", source: "resolved_socket.c", host: "php", target: "linux", encoder: "stack-shuffled", texts: []string{"socket", "connect"}, flags: busy(), accept: resolver},
		{name: "busy-dlsym-tea", technique: "dlsym", note: "system and the command under TEA, likewise", does: "applescript", source: "resolved_system.c", host: "httpd", target: "linux", encoder: "tea", texts: []string{"system", "osascript -e beep"}, flags: busy(), accept: resolver, combined: true},
		{name: "busy-link-map-hash", technique: "own resolver", note: "walks the linker's list, names by numbers, likewise", does: "socket", source: "link_map_hash.c", host: "node", target: "linux", flags: busy(socketHashes...), accept: resolver},
		{name: "busy-gnu-hash", technique: "own resolver", note: "the hash tables of the loaded libraries have the numbers of the names", does: "socket", source: "gnu_hash.c", host: "httpd", target: "linux", flags: busy(gnuHashes...), accept: resolver},
		{name: "busy-instruction-exec", technique: "system calls", note: "fork and execve by the instruction, the path under RC4, likewise", does: "applescript", source: "instruction_exec.c", host: "nginx", target: "linux", encoder: "rc4", texts: []string{osascript}, flags: busy("-DLESS=0"), accept: resolver, combined: true},
		{name: "busy-numbers", technique: "system calls", note: "syscall() with numbers from a table with a difference, likewise", does: "exec", source: "sixth_numbers.c", host: "nginx", target: "linux", flags: busy(), accept: resolver},
		{name: "busy-gadget", technique: "system calls", note: "jumps to the instruction in the C library", does: "socket", source: "gadget.c", host: "php", target: "linux", flags: busy(), accept: resolver},
		{name: "busy-distance", technique: "own resolver", note: "system by its distance from puts", does: "exec", source: "distance.c", host: "nginx", target: "linux", encoder: "xor", texts: []string{"marker"}, packed: distanceToSystem, flags: busy(), accept: resolver},
		{name: "busy-unpacked", technique: "packed", note: "a library under zlib's compression backwards, loaded from memory", does: "socket", source: "unpacked.c", host: "httpd", target: "linux", packed: turnedLibrary, flags: busy("-Wl,--no-as-needed,-l:libz.so.1"), accept: resolver, combined: true},
		{name: "busy-popen-rc4", technique: "hidden path", note: "popen, the command under RC4, in a plugin that imports much", does: "applescript", source: "popen.c", host: "node", target: "linux", encoder: "rc4", texts: []string{"osascript -e beep"}, flags: busy(), accept: hiddenName},
		{name: "busy-call-function", technique: "host's engine", note: "the engine calls shell_exec by a name under TEA, likewise", does: "exec", source: "call_function.c", host: "php", target: "linux", encoder: "tea", texts: []string{"shell_exec", "marker"}, flags: busy(), accept: resolver, combined: true},
		{name: "busy-eval-rc4", technique: "host's engine", note: "the engine evaluates a script under RC4, likewise", does: "exec", source: "php_eval.c", host: "php", target: "linux", encoder: "rc4", texts: []string{"system('marker');"}, flags: busy(), accept: resolver, combined: true},
		{name: "busy-node-script", technique: "host's engine", note: "an addon runs JavaScript with a key for every byte, likewise", does: "exec", source: "node_script.c", host: "node", target: "linux", encoder: "xor-pad", texts: []string{"process.mainModule.require('child_process').spawn('marker')"}, flags: busy(), accept: resolver, combined: true},
		{name: "busy-arm64-execve", technique: "hidden path", note: "execve, the path under RC4, likewise, arm64", does: "applescript", source: "execve.c", host: "nginx", target: "linux-arm64", encoder: "rc4", texts: []string{osascript}, flags: busy(), accept: hiddenName},
		{name: "busy-arm64-instruction", technique: "system calls", note: "fork and execve by svc, numbers worked out, likewise, arm64", does: "applescript", source: "instruction_exec.c", host: "httpd", target: "linux-arm64", encoder: "generator", texts: []string{osascript}, flags: busy("-DLESS=0"), accept: resolver, combined: true},
		{name: "busy-dlsym-osa", technique: "dlsym", note: "OSACompileExecute under RC4, likewise", does: "applescript", source: "resolved_osa.c", host: "nginx", target: "mac-arm64", encoder: "rc4", texts: []string{"/System/Library/Frameworks/Carbon.framework/Carbon", "OSACompileExecute"}, flags: busy(), accept: resolver, combined: true},
		{name: "busy-getclass", technique: "class by name", note: "objc_getClass, the name under RC4, likewise", does: "applescript", source: "class_by_name.m", host: "php", target: "mac-x86_64", encoder: "rc4", texts: []string{"NSAppleScript"}, flags: busy("-DLOOKUP=objc_getClass"), accept: resolver, combined: true},
		{name: "busy-image-list", technique: "own resolver", note: "walks what dyld has loaded, system by a number, likewise", does: "exec", source: "image_list.c", host: "httpd", target: "mac-arm64", flags: busy(fmt.Sprintf("-DHASH=%du", djb2("_system"))), accept: resolver},
		{name: "busy-instruction-exec", technique: "system calls", note: "svc with numbers worked out, the path under TEA, likewise", does: "applescript", source: "instruction_exec.c", host: "node", target: "mac-arm64", encoder: "tea", texts: []string{osascript}, flags: busy("-DLESS=0"), accept: resolver, combined: true},

		// what keeps a reader from following
		{name: "one-machine", technique: "hidden path", note: "on one machine alone, a handler of a signal gives popen what RC4 hides", does: "applescript", source: "on_one_machine.c", host: "nginx", target: "linux", encoder: "rc4", texts: []string{"osascript -e beep", "web-prod-7"}, flags: busy(), accept: hiddenName},
		{name: "slow-key", technique: "dlsym", note: "three million rounds make the key of the names", does: "socket", source: "slow_key.c", host: "httpd", target: "linux", packed: slowNames, flags: busy(), accept: resolver},
		{name: "cplusplus", technique: "hidden path", note: "strings of C++ appended and turned around", does: "applescript", source: "cplusplus.cc", host: "nginx", target: "linux", flags: busy("-x", "c++", "-Wl,--no-as-needed", "-lstdc++"), accept: hiddenName},
		{name: "scanned", technique: "dlsym", note: "sscanf reads the names from hexadecimal", does: "socket", source: "scanned.c", host: "php", target: "linux", flags: busy(), accept: resolver},
		{name: "library-cipher", technique: "dlsym", note: "OpenSSL decrypts the name of system and the command", does: "exec", source: "by_library_cipher.c", host: "httpd", target: "linux", packed: underAES, flags: busy("-Wl,--no-as-needed,-l:libcrypto.so.3"), accept: resolver},
		{name: "frobbed", technique: "hidden path", note: "popen, memfrob and swab undo the command", does: "applescript", source: "frobbed.c", host: "node", target: "linux", flags: busy(), accept: hiddenName},
		{name: "errors", technique: "dlsym", note: "letters of strerror make the names", does: "socket", source: "errors.c", host: "nginx", target: "linux", flags: busy(), accept: resolver},
		{name: "little-machine", technique: "hidden path", note: "a machine of its own makes the command", does: "applescript", source: "little_machine.c", host: "php", target: "linux", flags: busy(), accept: hiddenName},
		{name: "engine-table", technique: "host's engine", note: "a function out of the engine's table, by a name under TEA", does: "exec", source: "function_table_php.c", host: "php", target: "linux", encoder: "tea", texts: []string{"shell_exec", "marker"}, flags: busy(), accept: resolver},
		{name: "code-key", technique: "hidden path", note: "posix_spawn, the path under a generator's numbers and its own arithmetic", does: "applescript", source: "code_key.c", host: "httpd", target: "linux", encoder: "generator", texts: []string{osascript}, flags: busy("-O2"), accept: hiddenName},
		{name: "arm64-little-machine", technique: "hidden path", note: "a machine of its own makes the command, arm64", does: "applescript", source: "little_machine.c", host: "node", target: "linux-arm64", flags: busy("-O2"), accept: hiddenName},
		{name: "arm64-dlsym-vector", technique: "dlsym", note: "names under a pad, undone by vectors, arm64", does: "socket", source: "resolved_socket.c", host: "httpd", target: "linux-arm64", encoder: "vector", texts: []string{"socket\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "connect\x00\x00\x00\x00\x00\x00\x00\x00\x00"}, flags: busy(), accept: resolver},
		{name: "dlsym-vector", technique: "dlsym", note: "the same on Intel", does: "socket", source: "resolved_socket.c", host: "php", target: "linux", encoder: "vector", texts: []string{"socket\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "connect\x00\x00\x00\x00\x00\x00\x00\x00\x00"}, flags: busy(), accept: resolver},
		{name: "wide-class", technique: "class by name", note: "the class by characters of two bytes, run by NSInvocation", does: "applescript", source: "wide_class.m", host: "nginx", target: "mac-arm64", encoder: "tea", texts: []string{"NSAppleScript", "executeAndReturnError:"}, flags: busy(), accept: resolver},
		{name: "formatted-osa", technique: "dlsym", note: "OSADoScript formatted letter by letter", does: "applescript", source: "formatted_osa.c", host: "httpd", target: "mac-arm64", flags: busy(), accept: resolver},
		{name: "formatted-osa-x86", technique: "dlsym", note: "the same on Intel", does: "applescript", source: "formatted_osa.c", host: "nginx", target: "mac-x86_64", flags: busy(), accept: resolver},
		{name: "launch-job", technique: "desktop", note: "launchd starts a hidden program", does: "exec", source: "launch_job.m", host: "php", target: "mac-arm64", encoder: "rc4", texts: []string{"/Library/Caches/kit"}, flags: busy()},
		{name: "workflow", technique: "class", note: "Automator runs a workflow", does: "applescript", source: "workflow.m", host: "nginx", target: "mac-x86_64", encoder: "rc4", texts: []string{"/Library/Caches/kit.workflow"}, flags: busy(), accept: []string{"exec"}},
		{name: "little-machine", technique: "hidden path", note: "a machine of its own makes the command", does: "applescript", source: "little_machine.c", host: "node", target: "mac-universal", flags: busy("-O2"), accept: hiddenName},
		{name: "one-machine", technique: "hidden path", note: "on one machine alone, a handler of a signal", does: "applescript", source: "on_one_machine.c", host: "httpd", target: "mac-arm64", encoder: "tea", texts: []string{"osascript -e beep", "web-prod-7"}, flags: busy(), accept: hiddenName},

		// what was found by its few imports alone, in a plugin that imports much
		{name: "busy-debug-list", technique: "own resolver", note: "walks the linker's list for debuggers, in a plugin that imports much", does: "socket", source: "debug_list.c", host: "nginx", target: "linux", flags: busy(socketHashes...), accept: resolver},
		{name: "busy-auxiliary", technique: "own resolver", note: "reaches that list from the program's headers, likewise", does: "socket", source: "auxiliary.c", host: "php", target: "linux", flags: busy(socketHashes...), accept: resolver},
		{name: "busy-linkage-table", technique: "own resolver", note: "reaches that list from its own linkage table, likewise", does: "socket", source: "linkage_table.c", host: "httpd", target: "linux", flags: busy(socketHashes...), accept: resolver},
		{name: "busy-handle-info", technique: "own resolver", note: "the list from dlinfo, likewise", does: "socket", source: "handle_info.c", host: "node", target: "linux", flags: busy(socketHashes...), accept: resolver},
		{name: "busy-iterate-headers", technique: "own resolver", note: "the headers of each library, names under TEA, likewise", does: "socket", source: "iterate_headers.c", host: "nginx", target: "linux", encoder: "tea", texts: []string{"socket", "connect"}, flags: busy(), accept: resolver},
		{name: "busy-memory-maps", technique: "own resolver", note: "the C library from the list of mappings, likewise", does: "socket", source: "memory_maps.c", host: "php", target: "linux", encoder: "tea", texts: []string{"/proc/self/maps"}, flags: busy(socketHashes...), accept: resolver},
		{name: "busy-vfork", technique: "hidden path", note: "vfork and execvp, the path under TEA, likewise", does: "applescript", source: "vfork_exec.c", host: "node", target: "linux", encoder: "tea", texts: []string{osascript}, flags: busy("-O2"), accept: hiddenName},
		{name: "busy-transposed", technique: "hidden path", note: "popen, the command written by rows and read by columns, likewise", does: "applescript", source: "popen.c", host: "httpd", target: "linux", encoder: "transposed", texts: []string{"osascript -e beep"}, flags: busy("-O2"), accept: hiddenName},
		{name: "busy-versioned", technique: "dlsym", note: "dlvsym, names under RC4, likewise", does: "socket", source: "resolved_versioned.c", host: "nginx", target: "linux", encoder: "rc4", texts: []string{"socket", "connect", "GLIBC_2.2.5"}, flags: busy("-O2"), accept: resolver},
		{name: "busy-syscall-exec", technique: "system calls", note: "fork and execve through syscall(), the path under RC4, likewise", does: "applescript", source: "syscall_exec.c", host: "php", target: "linux", encoder: "rc4", texts: []string{osascript}, flags: busy(), accept: hiddenName},
		{name: "busy-instruction", technique: "system calls", note: "socket and connect by the instruction, likewise", does: "socket", source: "instruction.c", host: "httpd", target: "linux", flags: busy("-O2"), accept: resolver},
		{name: "busy-arm64-link-map", technique: "own resolver", note: "the list that a handle of dlopen is, likewise, arm64", does: "socket", source: "link_map_hash.c", host: "nginx", target: "linux-arm64", flags: busy(socketHashes...), accept: resolver},
		{name: "busy-arm64-prefix-tree", technique: "own resolver", note: "back from a function of the C library, likewise, arm64", does: "socket", source: "prefix_tree.c", host: "php", target: "linux-arm64", flags: busy(), accept: resolver},
		{name: "busy-arm64-ring", technique: "system calls", note: "socket and connect by io_uring, likewise, arm64", does: "socket", source: "ring.c", host: "httpd", target: "linux-arm64", flags: busy("-O2"), accept: resolver},
		{name: "busy-bundle-function", technique: "dlsym", note: "CFBundleGetFunctionPointerForName, names under TEA, likewise", does: "applescript", source: "bundle_function.c", host: "nginx", target: "mac-arm64", encoder: "tea", texts: []string{"com.apple.openscripting", "OSACompileExecute"}, flags: busy("-O2"), accept: resolver},
		{name: "busy-perform", technique: "class by name", note: "performSelector:, names under RC4, likewise", does: "applescript", source: "perform.m", host: "php", target: "mac-x86_64", encoder: "rc4", texts: []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:"}, flags: busy("-O2"), accept: resolver},
		{name: "busy-legacy-lookup", technique: "dlsym", note: "NSLookupSymbolInImage, names under RC4, likewise", does: "applescript", source: "legacy_lookup.c", host: "httpd", target: "mac-x86_64", encoder: "rc4", texts: []string{"/System/Library/Frameworks/Carbon.framework/Carbon", "_OSACompileExecute"}, flags: busy("-O2"), accept: resolver},
		{name: "busy-class-hash", technique: "class by name", note: "NSAppleScript by a number made of its name, likewise", does: "applescript", source: "class_by_hash.m", host: "node", target: "mac-arm64", flags: busy(fmt.Sprintf("-DHASH=%du", djb2("NSAppleScript"))), accept: resolver},
		{name: "busy-image-start", technique: "own resolver", note: "back from a function of the system to where its library begins, likewise", does: "socket", source: "image_start.c", host: "nginx", target: "mac-x86_64", flags: busy(symbolHashes...), accept: resolver},
		{name: "busy-messages", technique: "class by name", note: "NSTask by the runtime, names under TEA, likewise", does: "applescript", source: "messages_all.c", host: "php", target: "mac-universal", encoder: "tea", texts: []string{"NSTask", "new", osascript, "setLaunchPath:", "launch"}, flags: busy("-O2"), accept: resolver},
	}
}

// roundEncoders are those of the rounds.
var roundEncoders = map[string]cEncoder{
	"vector": func(s string) string { // sixteen bytes at once
		pad := encryptRC4("vector", strings.Repeat("\x00", len(s)))
		return cBytes(s, func(i int, c byte) byte { return c - pad[i] ^ 0x4d }) +
			fmt.Sprintf("typedef unsigned char lanes __attribute__((vector_size(16), aligned(1))); static const volatile unsigned char h[] = {%s}; *(lanes *)out = (*(lanes *)d ^ 0x4d) + *(lanes *)h; return out;", list(string(pad), "%d"))
	},
}

// slowNames returns packed.h for slow_key.c.
func slowNames(*writer) (string, error) {
	g := uint32(1)
	next := func() byte { g = g*1664525 + 1013904223; return byte(g >> 24) }
	for range 3_000_000 {
		next()
	}
	text := []byte("socket\x00\x00connect\x00")
	for i := range text {
		text[i] ^= next()
	}
	return "static const volatile unsigned char packed[] = {" + list(string(text), "%d") + "};\n", nil
}

// underAES returns packed.h for by_library_cipher.c.
func underAES(*writer) (string, error) {
	key := []byte("theme-kit-assets")
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", err
	}
	out := []byte("system\x00\x00marker\x00\x00")
	block.Encrypt(out, out)
	return "static const unsigned char packed[] = {" + list(string(out), "%d") + "}, key[] = {" + list(string(key), "%d") + "};\n", nil
}

// gnuHash is the number that DT_GNU_HASH has of a name.
func gnuHash(s string) uint32 {
	h := uint32(5381)
	for i := range len(s) {
		h = h*33 + uint32(s[i])
	}
	return h
}

// distanceToSystem returns packed.h for distance.c: how far from puts system lies in the
// C library of this machine.
func distanceToSystem(*writer) (string, error) {
	f, err := elf.Open("/lib/x86_64-linux-gnu/libc.so.6")
	if err != nil {
		return "", err
	}
	defer f.Close()
	symbols, err := f.DynamicSymbols()
	if err != nil {
		return "", err
	}
	at := map[string]uint64{}
	for _, s := range symbols {
		at[s.Name] = s.Value
	}
	return fmt.Sprintf("enum { DISTANCE = %d };\n", int64(at["system"]-at["puts"])), nil
}

// turnedLibrary returns packed.h for unpacked.c.
func turnedLibrary(w *writer) (string, error) {
	data, err := w.library("linux", "")
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(data)
	if err := z.Close(); err != nil {
		return "", err
	}
	out := b.Bytes()
	slices.Reverse(out)
	return fmt.Sprintf("enum { SIZE = %d };\nstatic const unsigned char packed[] = {%s};\n", len(data), list(string(out), "%d")), nil
}
