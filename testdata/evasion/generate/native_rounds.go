package main

import (
	"bytes"
	"compress/zlib"
	"debug/elf"
	"fmt"
	"slices"
)

// roundPlugins are disguises that were written, scanned and learned from in turns. Most
// import as much as honest plugins do (busy.h).
func roundPlugins() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	symbolHashes := []string{fmt.Sprintf("-DSOCKET=%du", djb2("_socket")), fmt.Sprintf("-DCONNECT=%du", djb2("_connect"))}
	_ = symbolHashes
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
	}
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

func roundModules(w *writer) error { return nil }
