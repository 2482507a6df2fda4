package main

import (
	"fmt"
	"maps"
	"slices"
)

// eighthNative adds the native part of the eighth set.
func eighthNative(w *writer) error {
	maps.Copy(cEncoders, eighthEncoders)
	return w.native("open", slices.Concat(eighthOrdinary(), eighthAttacker()))
}

var eighthEncoders = map[string]cEncoder{
	"eighth-xor-c3":   func(s string) string { return cXor(s, "\xc3") },
	"eighth-xor-1f":   func(s string) string { return cXor(s, "\x1f") },
	"eighth-xor-word": func(s string) string { return cXor(s, "cache-control") },
	"eighth-grows": func(s string) string { // the key grows by three and the place is subtracted
		return cBytes(s, func(i int, c byte) byte { return (c ^ byte(0x5b+3*i)) + byte(i) }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = (unsigned char)(d[i] - i) ^ (unsigned char)(0x5b + 3 * i); return out;"
	},
	"eighth-vigenere": func(s string) string { // the difference to a sentence
		const sentence = "Served by Theme Kit, with gzip and brotli."
		return cBytes(s, func(i int, c byte) byte { return c - sentence[i%len(sentence)] }) +
			fmt.Sprintf("static const char *volatile k = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] + k[i %% %d]; return out;", sentence, len(sentence))
	},
}

// eighthSum and eighthMixed are the sums of eighth_superclass.m and eighth_environ_path.c.
func eighthSum(s string) uint32 {
	n := uint32(7)
	for i := range len(s) {
		n = n*131 + uint32(s[i])
	}
	return n
}

func eighthMixed(s string) uint32 {
	n := uint32(0x1505)
	for i := range len(s) {
		n = (n<<5 + n) ^ uint32(s[i])
	}
	return n
}

func eighthOrdinary() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	return []nativePlugin{
		{name: "eighth-popen", technique: "ordinary: xor", note: "popen with a command under one byte", does: "applescript", source: "eighth_popen.c", host: "nginx", target: "linux", encoder: "eighth-xor-c3", texts: []string{"osascript -e 'beep 1'", "r"}, accept: hiddenName},
		{name: "eighth-base64", technique: "ordinary: base64", note: "fork and execvp of a command line in base64, cut at spaces", does: "applescript", source: "eighth_run_child.c", host: "php", target: "linux", encoder: "base64", texts: []string{osascript + " -e beep"}, accept: hiddenName},
		{name: "eighth-words", technique: "ordinary: stack string", note: "posix_spawn of a path in numbers of eight bytes", does: "applescript", source: "eighth_words.c", host: "httpd", target: "linux", accept: hiddenName},
		{name: "eighth-bare-names", technique: "ordinary: dlsym", note: "socket, connect and send by dlsym with bare names", does: "socket", source: "eighth_bare_names.c", host: "nginx", target: "linux"},
		{name: "eighth-library-handle", technique: "ordinary: dlsym", note: "system by dlsym with its bare name, from the C library by dlopen", does: "exec", source: "eighth_library_handle.c", host: "node", target: "linux"},
		{name: "eighth-resolver", technique: "ordinary: imports", note: "a module that imports only the resolver's res_nquery", does: "network", source: "eighth_resolver.c", host: "nginx", target: "linux"},
		{name: "eighth-kernel-calls", technique: "ordinary: system calls", note: "socket and connect by the instruction, numbers as constants", does: "socket", source: "eighth_kernel_calls.c", host: "httpd", target: "linux", accept: resolver},
		{name: "eighth-libc-syscall", technique: "ordinary: system calls", note: "syscall() of the C library with the numbers of socket and sendto", does: "socket", source: "eighth_libc_syscall.c", host: "php", target: "linux"},
		{name: "eighth-no-sections", technique: "ordinary: sections", note: "socket and connect among honest code, section headers removed", does: "socket", source: "eighth_status_page.c", host: "nginx", target: "linux", after: withoutSections},
		{name: "eighth-lying-sections", technique: "ordinary: sections", note: "popen of a command under a word, section headers that lie", does: "exec", source: "eighth_popen.c", host: "httpd", target: "linux", encoder: "eighth-xor-word", texts: []string{"marker --page", "r"}, after: lyingSections, combined: true},
		{name: "eighth-compiled-file", technique: "ordinary: compiled script", note: "a compiled script in base64 is written to a file and run by system, the command reversed", does: "applescript", source: "eighth_compiled_file.c", host: "nginx", target: "linux", encoder: "reversed", texts: []string{"osascript %s"}, combined: true},
		{name: "eighth-wide-path", technique: "ordinary: wide letters", note: "vfork and execve of a path in letters of four bytes", does: "applescript", source: "eighth_wide_path.c", host: "node", target: "linux", accept: hiddenName},
		{name: "eighth-request", technique: "ordinary: joined", note: "strcat puts a command together when a request begins", does: "applescript", source: "eighth_request.c", host: "php", target: "linux", accept: hiddenName},
		{name: "eighth-curl-handle", technique: "ordinary: dlsym", note: "libcurl by dlopen and dlsym with bare names", does: "network", source: "eighth_curl_handle.c", host: "nginx", target: "linux"},
		{name: "eighth-kernel-calls-arm64", technique: "ordinary: system calls", note: "svc with socket's and connect's numbers, arm64", does: "socket", source: "eighth_kernel_calls.c", host: "nginx", target: "linux-arm64", accept: resolver},

		{name: "eighth-look-up-class", technique: "ordinary: class by name", note: "objc_lookUpClass with the bare name OSAScript", does: "applescript", source: "eighth_look_up_class.c", host: "nginx", target: "mac-arm64"},
		{name: "eighth-bare-events", technique: "ordinary: dlsym", note: "Apple events by dlsym with bare names", does: "applescript", source: "eighth_bare_events.c", host: "php", target: "mac-x86_64"},
		{name: "eighth-task", technique: "ordinary: xor", note: "an NSTask by class reference, path and script under one byte", does: "applescript", source: "eighth_task.m", host: "node", target: "mac-universal", encoder: "eighth-xor-1f", texts: []string{osascript, "display dialog \"Password\" default answer \"\" with hidden answer"}, accept: hiddenName},
		{name: "eighth-compiled-data", technique: "ordinary: compiled script", note: "a compiled script in clear for OSAKit's class by its bare name", does: "applescript", source: "eighth_compiled_data.m", host: "httpd", target: "mac-arm64"},
		{name: "eighth-fixups", technique: "ordinary: symbol table", note: "socket and connect among honest code, LC_SYMTAB that says it is empty", does: "socket", source: "eighth_status_page.c", host: "nginx", target: "mac-arm64", after: emptySymtab},
		{name: "eighth-raw", technique: "ordinary: imports", note: "a raw socket of ICMP, both architectures", does: "socket", source: "eighth_raw.c", host: "php", target: "mac-universal"},
		{name: "eighth-connection", technique: "ordinary: dlsym", note: "Network.framework by dlsym with bare names", does: "socket", source: "eighth_connection.c", host: "nginx", target: "mac-arm64"},
		{name: "eighth-only-names", technique: "ordinary: imports", note: "a module that imports only getaddrinfo, an unknown LC_SYMTAB", does: "network", source: "eighth_only_names.c", host: "httpd", target: "mac-x86_64", after: unknownSymtab, combined: true},
		{name: "eighth-base64-mac", technique: "ordinary: base64", note: "fork and execvp of a command line in base64, one byte in", does: "applescript", source: "eighth_run_child.c", host: "nginx", target: "mac-x86_64", encoder: "base64-shifted", texts: []string{osascript + " -e beep"}, accept: hiddenName},
	}
}

func eighthAttacker() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	jxa := "JsOsaDAS1.001.00bplist00\xd1\x01\x02TcodeX" + "Application('Finder').activate()" + "\x08\x0b\x10"
	return []nativePlugin{
		{name: "eighth-bio", technique: "adversarial: library", note: "OpenSSL's BIO_new_connect, which servers link anyhow", does: "socket", source: "eighth_bio.c", host: "nginx", target: "linux", flags: []string{"-Wl,--no-as-needed", "-l:libcrypto.so.3"}, accept: []string{"network"}},
		{name: "eighth-memory-script", technique: "adversarial: memory file", note: "memfd_create and fexecve of a script under a key that grows, section headers removed", does: "applescript", source: "eighth_memory_script.c", host: "nginx", target: "linux", encoder: "eighth-grows", texts: []string{"#!/bin/sh\nexec osascript -e 'display dialog \"Renew\"'\n", "kit"}, after: withoutSections, accept: hiddenName, combined: true},
		{name: "eighth-by-loader", technique: "adversarial: loader", note: "the dynamic loader is told to run the shell, all of it as differences to a sentence", does: "applescript", source: "eighth_by_loader.c", host: "httpd", target: "linux", encoder: "eighth-vigenere", texts: []string{"/lib64/ld-linux-x86-64.so.2", "/bin/sh", "-c", "osascript -e beep"}, accept: hiddenName, combined: true},
		{name: "eighth-engine-call", technique: "adversarial: host functions", note: "the engine's _call_user_function_impl with a function's name under a word", does: "exec", source: "eighth_engine_call.c", host: "php", target: "linux", encoder: "eighth-xor-word", texts: []string{"shell_exec", "marker"}, accept: resolver, combined: true},
		{name: "eighth-vtable", technique: "adversarial: dlsym", note: "an early constructor fills a table from one text of names under a key that grows, section headers that lie", does: "socket", source: "eighth_vtable.c", host: "nginx", target: "linux", encoder: "eighth-grows", texts: []string{"socket/connect/send/"}, after: lyingSections, accept: resolver, combined: true},
		{name: "eighth-environ-path", technique: "adversarial: names by search", note: "the program is the one in a directory whose name's hash is a number", does: "applescript", source: "eighth_environ_path.c", host: "node", target: "linux", flags: []string{fmt.Sprintf("-DPROGRAM=%du", eighthMixed("osascript"))}, accept: []string{"exec"}},

		{name: "eighth-bridge-class", technique: "adversarial: class by name", note: "ScriptingBridge's class as differences to a sentence", does: "applescript", source: "eighth_bridge_class.m", host: "nginx", target: "mac-arm64", encoder: "eighth-vigenere", texts: []string{"/System/Library/Frameworks/ScriptingBridge.framework/ScriptingBridge", "SBApplication", "com.apple.finder"}, accept: resolver, combined: true},
		{name: "eighth-workspace", technique: "adversarial: other callers", note: "the workspace opens a file that Terminal runs, its text under a key that grows", does: "applescript", source: "eighth_workspace.m", host: "httpd", target: "mac-x86_64", encoder: "eighth-grows", texts: []string{"/private/tmp/.kit.command", "#!/bin/sh\nexec " + osascript + " -e 'beep'\n"}, accept: []string{"exec", "dynload", "obfuscation"}, combined: true},
		{name: "eighth-jxa-load", technique: "adversarial: compiled script", note: "a compiled script in JavaScript under a word, loaded by names under it, LC_SYMTAB that says it is empty", does: "applescript", source: "eighth_jxa_load.c", host: "php", target: "mac-arm64", encoder: "eighth-xor-word", texts: []string{"/System/Library/Frameworks/Carbon.framework/Carbon", "OSALoad", "OSAExecute", "OpenDefaultComponent", "AECreateDesc", jxa}, after: emptySymtab, accept: resolver, combined: true},
		{name: "eighth-script-task", technique: "adversarial: class", note: "NSUserScriptTask, whose initialiser makes one of AppleScript where the file is one, the path as differences to a sentence", does: "applescript", source: "eighth_script_task.m", host: "node", target: "mac-arm64", encoder: "eighth-vigenere", texts: []string{"/Library/Application Scripts/kit/open.scpt"}, accept: []string{"exec"}},
		{name: "eighth-open-address", technique: "adversarial: other callers", note: "LaunchServices by hidden names opens an applescript: address", does: "applescript", source: "eighth_open_address.c", host: "httpd", target: "mac-x86_64", encoder: "eighth-grows", texts: []string{"/System/Library/Frameworks/CoreServices.framework/CoreServices", "CFURLCreateWithBytes", "LSOpenCFURLRef", "applescript://com.apple.scripteditor?action=new&script=beep"}, after: unknownSymtab, accept: resolver, combined: true},
		{name: "eighth-superclass", technique: "adversarial: class by name", note: "a class by the sum of its name, methods by their implementations, both architectures", does: "applescript", source: "eighth_superclass.m", host: "nginx", target: "mac-universal", encoder: "eighth-grows", texts: []string{"initWithSource:", "executeAndReturnError:", "beep"}, flags: []string{fmt.Sprintf("-DCLASS=%du", eighthSum("NSAppleScript"))}, accept: resolver, combined: true},
	}
}
