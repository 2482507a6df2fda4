package main

import "fmt"

// moreNativePlugins are those that were the native part of the second held-out
// set, and what was written beside them.
func moreNativePlugins() []nativePlugin {
	const (
		carbon    = "/System/Library/Frameworks/Carbon.framework/Carbon"
		osascript = "/usr/bin/osascript"
	)
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	symbolHashes := []string{fmt.Sprintf("-DSOCKET=%du", djb2("_socket")), fmt.Sprintf("-DCONNECT=%du", djb2("_connect"))}
	socketHashes := []string{fmt.Sprintf("-DSOCKET=%du", djb2("socket")), fmt.Sprintf("-DCONNECT=%du", djb2("connect"))}
	return []nativePlugin{
		{name: "dlvsym-affine", technique: "dlsym", note: "dlvsym, names and version under an affine code", does: "socket", source: "resolved_versioned.c", host: "nginx", target: "linux", encoder: "affine", texts: []string{"socket", "connect", "GLIBC_2.2.5"}, accept: resolver},
		{name: "link-map", technique: "own resolver", note: "walks the list that a handle of dlopen is, names as differences", does: "socket", source: "link_map.c", host: "httpd", target: "linux", encoder: "delta", texts: []string{"socket", "connect"}, accept: resolver, combined: true},
		{name: "shebang", technique: "hidden path", note: "a script in memory, whose first line names osascript by places in an alphabet", does: "applescript", source: "shebang.c", host: "php", target: "linux", encoder: "alphabet", texts: []string{"#!/usr/bin/osascript\nbeep\n"}, accept: hiddenName, combined: true},
		{name: "syscall-exec", technique: "system calls", note: "fork and execve through syscall(), the path with neighbours swapped", does: "applescript", source: "syscall_exec.c", host: "nginx", target: "linux", encoder: "swapped", texts: []string{"/usr/bin/osascript"}, accept: hiddenName, combined: true},
		{name: "php-eval-affine", technique: "host's engine", note: "zend_eval_stringl_ex, the script under an affine code", does: "exec", source: "php_eval_length.c", host: "php", target: "linux", encoder: "affine", texts: []string{"shell_exec('marker');"}, accept: resolver, combined: true},
		{name: "table-no-sections", technique: "imports", note: "a table of addresses instead of calls, section headers removed", does: "socket", source: "socket_table.c", host: "node", target: "linux", after: withoutSections, combined: true},

		{name: "class-hash", technique: "class by name", note: "NSAppleScript by a number made of its name, among all classes", does: "applescript", source: "class_by_hash.m", host: "nginx", target: "mac-arm64", flags: []string{fmt.Sprintf("-DHASH=%du", djb2("NSAppleScript"))}, accept: resolver, combined: true},
		{name: "bundle-affine", technique: "class by name", note: "NSBundle's classNamed:, names under an affine code", does: "applescript", source: "class_by_bundle.m", host: "php", target: "mac-x86_64", encoder: "affine", texts: []string{"/System/Library/Frameworks/Foundation.framework", "NSAppleScript"}, accept: resolver, combined: true},
		{name: "legacy-lookup", technique: "dlsym", note: "NSLookupSymbolInImage, names as differences", does: "applescript", source: "legacy_lookup.c", host: "httpd", target: "mac-x86_64", encoder: "delta", texts: []string{carbon, "_OSACompileExecute"}, accept: resolver, combined: true},
		{name: "spawnp-alphabet", technique: "hidden path", note: "posix_spawnp, the name by places in an alphabet, both architectures", does: "applescript", source: "spawnp.c", host: "node", target: "mac-universal", encoder: "alphabet", texts: []string{"osascript"}, accept: hiddenName},
		{name: "system-alias", technique: "imports", note: "system under its symbol for callers that are not cancelled", does: "exec", source: "alias.c", host: "nginx", target: "mac-x86_64", encoder: "swapped", texts: []string{"marker --quiet"}, flags: []string{`-DSYMBOL="_system$NOCANCEL"`}},
		{name: "cfsocket", technique: "imports", note: "CFSocket, LC_SYMTAB that says it is empty", does: "socket", source: "cfsocket.c", host: "php", target: "mac-arm64", after: emptySymtab, combined: true},

		// by instructions, ciphers and tables
		{name: "execve-tea", technique: "hidden path", note: "vfork and execvp, the path under TEA", does: "applescript", source: "vfork_exec.c", host: "nginx", target: "linux", encoder: "tea", texts: []string{osascript}, accept: hiddenName},
		{name: "execve-rc4", technique: "hidden path", note: "execve, the path under RC4", does: "applescript", source: "execve.c", host: "php", target: "linux", encoder: "rc4", texts: []string{osascript}, accept: hiddenName},
		{name: "popen-generator", technique: "hidden path", note: "popen, the command under the numbers of a generator", does: "applescript", source: "popen.c", host: "httpd", target: "linux", encoder: "generator", texts: []string{"osascript -e beep"}, accept: hiddenName},
		{name: "execve-xor-long", technique: "hidden path", note: "execve, the path under xor with a header's name", does: "applescript", source: "execve.c", host: "node", target: "linux", encoder: "xor-long", texts: []string{osascript}, accept: hiddenName},
		{name: "popen-xor-pad", technique: "hidden path", note: "popen, a key of its own for every byte", does: "applescript", source: "popen.c", host: "nginx", target: "linux", encoder: "xor-pad", texts: []string{"osascript -e beep"}, accept: hiddenName},
		{name: "spawn-chained", technique: "hidden path", note: "posix_spawn, each byte under the one before", does: "applescript", source: "spawn.c", host: "php", target: "linux", encoder: "chained", texts: []string{osascript}, accept: hiddenName},
		{name: "popen-rotated", technique: "hidden path", note: "popen, the bits of each byte turned", does: "applescript", source: "popen.c", host: "httpd", target: "linux", encoder: "rotated", texts: []string{"osascript -e beep"}, accept: hiddenName},
		{name: "popen-base64-alphabet", technique: "hidden path", note: "popen, base64 of another alphabet", does: "applescript", source: "popen.c", host: "node", target: "linux", encoder: "base64-alphabet", texts: []string{"osascript -e beep"}, accept: hiddenName},
		{name: "execve-base32", technique: "hidden path", note: "execve, base32 in small letters", does: "applescript", source: "execve.c", host: "nginx", target: "linux", encoder: "base32", texts: []string{osascript}, accept: hiddenName},
		{name: "execve-stack-xor", technique: "hidden path", note: "execve, the path put on the stack under xor", does: "applescript", source: "execve.c", host: "php", target: "linux", encoder: "stack-xor", texts: []string{osascript}, accept: hiddenName},
		{name: "popen-stack-halves", technique: "hidden path", note: "popen, the command put on the stack from its end, four bytes at a time", does: "applescript", source: "popen.c", host: "nginx", target: "linux", encoder: "stack-halves", texts: []string{"osascript -e beep"}, accept: hiddenName},
		{name: "execve-stack-shuffled", technique: "hidden path", note: "execve, the path put on the stack in no order", does: "applescript", source: "execve.c", host: "httpd", target: "linux", encoder: "stack-shuffled", texts: []string{osascript}, accept: hiddenName},
		{name: "arm64-popen-stack-xor", technique: "hidden path", note: "popen, the command put on the stack under xor, arm64", does: "applescript", source: "popen.c", host: "node", target: "linux-arm64", encoder: "stack-xor", texts: []string{"osascript -e beep"}, accept: hiddenName},
		{name: "arm64-execve-shuffled", technique: "hidden path", note: "execve, the path put on the stack in no order, arm64", does: "applescript", source: "execve.c", host: "php", target: "linux-arm64", encoder: "stack-shuffled", texts: []string{osascript}, accept: hiddenName},
		{name: "carried-script", technique: "hidden path", note: "a script under a generator's numbers, piped to a hidden program", does: "applescript", source: "carried_script.c", host: "nginx", target: "linux", encoder: "summed", texts: []string{"osascript -", "display dialog \"Password\" default answer"}, accept: hiddenName, combined: true},
		{name: "ifunc", technique: "imports", note: "system by a resolver of the linker's", does: "exec", source: "ifunc_system.c", host: "nginx", target: "linux", encoder: "tea", texts: []string{"marker"}},
		{name: "symver", technique: "imports", note: "system by an old version and another name", does: "exec", source: "symver_system.c", host: "php", target: "linux", encoder: "rotated", texts: []string{"marker"}},
		{name: "debug-list", technique: "own resolver", note: "walks the linker's list for debuggers, names by numbers", does: "socket", source: "debug_list.c", host: "nginx", target: "linux", flags: socketHashes, accept: resolver},
		{name: "auxiliary", technique: "own resolver", note: "reaches that list from the program's headers", does: "socket", source: "auxiliary.c", host: "php", target: "linux", flags: socketHashes, accept: resolver},
		{name: "linkage-table", technique: "own resolver", note: "reaches that list from its own linkage table", does: "socket", source: "linkage_table.c", host: "httpd", target: "linux", flags: socketHashes, accept: resolver},
		{name: "link-map-hash", technique: "own resolver", note: "the list that a handle of dlopen is, names by numbers", does: "socket", source: "link_map_hash.c", host: "node", target: "linux", flags: socketHashes, accept: resolver},
		{name: "handle-info", technique: "own resolver", note: "the same from dlinfo", does: "socket", source: "handle_info.c", host: "nginx", target: "linux", flags: socketHashes, accept: resolver},
		{name: "memory-maps", technique: "own resolver", note: "finds the C library in the list of mappings, names by numbers", does: "socket", source: "memory_maps.c", host: "php", target: "linux", encoder: "plain", texts: []string{"/proc/self/maps"}, flags: socketHashes, accept: resolver},
		{name: "instruction-exec", technique: "system calls", note: "fork and execve by the instruction, numbers worked out, the path under a generator's", does: "applescript", source: "instruction_exec.c", host: "nginx", target: "linux", encoder: "generator", texts: []string{osascript}, flags: []string{"-DLESS=0"}, accept: resolver, combined: true},
		{name: "arm64-instruction-exec", technique: "system calls", note: "the same on arm64", does: "applescript", source: "instruction_exec.c", host: "php", target: "linux-arm64", encoder: "tea", texts: []string{osascript}, flags: []string{"-DLESS=0"}, accept: resolver, combined: true},
		{name: "arm64-ring", technique: "system calls", note: "socket and connect by io_uring", does: "socket", source: "ring.c", host: "nginx", target: "linux-arm64", accept: resolver},

		{name: "instruction-exec", technique: "system calls", note: "svc with numbers worked out, the path under TEA", does: "applescript", source: "instruction_exec.c", host: "nginx", target: "mac-arm64", encoder: "tea", texts: []string{osascript}, flags: []string{"-DLESS=0"}, accept: resolver, combined: true},
		{name: "spawn-syscall", technique: "system calls", note: "posix_spawn by its number, the path under xor with a header's name", does: "applescript", source: "spawn_syscall.c", host: "php", target: "mac-x86_64", encoder: "xor-long", texts: []string{osascript}, accept: hiddenName, combined: true},
		{name: "principal-class", technique: "class by name", note: "the principal class of a bundle with a hidden path", does: "applescript", source: "principal_class.m", host: "nginx", target: "mac-arm64", encoder: "generator", texts: []string{"/Library/Application Support/Theme.bundle"}, accept: resolver},
		{name: "perform-tea", technique: "class by name", note: "performSelector:, all names under TEA", does: "applescript", source: "perform.m", host: "node", target: "mac-x86_64", encoder: "tea", texts: []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:"}, accept: resolver, combined: true},
		{name: "bundle-function", technique: "dlsym", note: "CFBundleGetFunctionPointerForName, names under a generator's numbers", does: "applescript", source: "bundle_function.c", host: "httpd", target: "mac-arm64", encoder: "generator", texts: []string{"com.apple.openscripting", "OSACompileExecute"}, accept: resolver, combined: true},
		{name: "unix-task", technique: "class", note: "NSUserUnixTask", does: "exec", source: "unix_task.m", host: "nginx", target: "mac-arm64"},
		{name: "script-task", technique: "class", note: "NSUserScriptTask", does: "applescript", source: "script_task.m", host: "php", target: "mac-x86_64"},
		{name: "image-list", technique: "own resolver", note: "walks what dyld has loaded, system by a number", does: "exec", source: "image_list.c", host: "nginx", target: "mac-arm64", flags: []string{fmt.Sprintf("-DHASH=%du", djb2("_system"))}, accept: resolver},
		{name: "image-task", technique: "own resolver", note: "the same by task_info", does: "exec", source: "image_list.c", host: "php", target: "mac-x86_64", flags: []string{"-DTASK", fmt.Sprintf("-DHASH=%du", djb2("_system"))}, accept: resolver},
		{name: "messages-rotated", technique: "class by name", note: "NSTask by the runtime, names with their bits turned", does: "applescript", source: "messages_all.c", host: "node", target: "mac-arm64", encoder: "rotated", texts: []string{"NSTask", "new", osascript, "setLaunchPath:", "launch"}, accept: resolver, combined: true},
		{name: "getclass-stack-xor", technique: "class by name", note: "objc_getClass, the name put on the stack under xor", does: "applescript", source: "class_by_name.m", host: "nginx", target: "mac-x86_64", encoder: "stack-xor", texts: []string{"NSAppleScript"}, flags: []string{"-DLOOKUP=objc_getClass"}, accept: resolver, combined: true},
		{name: "spawn-summed", technique: "hidden path", note: "posix_spawn, two tables that add up to the path", does: "applescript", source: "spawn.c", host: "httpd", target: "mac-arm64", encoder: "summed", texts: []string{osascript}, accept: hiddenName},
		{name: "spawnp-rc4", technique: "hidden path", note: "posix_spawnp, the name under RC4", does: "applescript", source: "spawnp.c", host: "php", target: "mac-x86_64", encoder: "rc4", texts: []string{"osascript"}, accept: hiddenName},
		{name: "task-base64-alphabet", technique: "hidden path", note: "NSTask, the path in base64 of another alphabet", does: "applescript", source: "task.m", host: "nginx", target: "mac-arm64", encoder: "base64-alphabet", texts: []string{osascript}, accept: hiddenName},
		{name: "spawn-shuffled", technique: "hidden path", note: "posix_spawn, the path put on the stack in no order", does: "applescript", source: "spawn.c", host: "node", target: "mac-arm64", encoder: "stack-shuffled", texts: []string{osascript}, accept: hiddenName},
		{name: "popen-pad", technique: "hidden path", note: "popen, a key of its own for every byte", does: "applescript", source: "popen.c", host: "nginx", target: "mac-universal", encoder: "xor-pad", texts: []string{"osascript -e beep"}, accept: hiddenName},

		// through the host's engine, the desktop, and from where a library begins
		{name: "call-function", technique: "host's engine", note: "the engine calls shell_exec by its name", does: "exec", source: "call_function.c", host: "php", target: "linux", encoder: "plain", texts: []string{"shell_exec", "marker"}},
		{name: "call-function-tea", technique: "host's engine", note: "the same, the name under TEA", does: "exec", source: "call_function.c", host: "php", target: "linux", encoder: "tea", texts: []string{"shell_exec", "marker"}, accept: resolver, combined: true},
		{name: "arm64-prefix-tree", technique: "own resolver", note: "back from a function of the C library to its start, names by a tree of letters, arm64", does: "socket", source: "prefix_tree.c", host: "php", target: "linux-arm64", accept: resolver, combined: true},
		{name: "image-start", technique: "own resolver", note: "back from a function of the system to where its library begins", does: "socket", source: "image_start.c", host: "httpd", target: "mac-arm64", flags: symbolHashes, accept: resolver, combined: true},
		{name: "image-start-x86", technique: "own resolver", note: "the same for Intel", does: "socket", source: "image_start.c", host: "node", target: "mac-x86_64", flags: symbolHashes, accept: resolver, combined: true},
		{name: "open-file", technique: "desktop", note: "Launch Services open a script for the Terminal, the path under RC4", does: "exec", source: "open_file.c", host: "nginx", target: "mac-arm64", encoder: "rc4", texts: []string{"/Library/Caches/kit.command"}},
	}
}

// djb2 is a hash of names as malware that carries no names has it.
func djb2(s string) uint32 {
	h := uint32(5381)
	for i := range len(s) {
		h = h*33 ^ uint32(s[i])
	}
	return h
}
