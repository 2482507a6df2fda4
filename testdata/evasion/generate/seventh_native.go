package main

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
)

// seventhNative adds the native part of the seventh set. What is built upon Apache's
// library needs that library in place of httpd.
func seventhNative(w *writer) error {
	maps.Copy(cEncoders, seventhEncoders)
	if err := w.native("open", slices.Concat(ordinaryPlugins(), adversarialPlugins())); err != nil {
		return err
	}
	for i := range w.list {
		if c := &w.list[i]; strings.HasSuffix(c.ID, "-elf-seventh-apr") {
			c.Run, c.CannotRun = nil, "needs httpd, whose library the module calls"
		}
	}
	return nil
}

var seventhEncoders = map[string]cEncoder{
	"xor-57":    func(s string) string { return cXor(s, "\x57") },
	"xor-words": func(s string) string { return cXor(s, "kit/1.4") },
	"rc4-index": func(s string) string { // RC4, and the place added
		sealed := encryptRC4("ngx_kit", s)
		return cBytes(string(sealed), func(i int, c byte) byte { return c + byte(3*i) }) +
			`unsigned char s[256], j = 0, t, i = 0; for (int n = 0; n < 256; n++) s[n] = n;
    for (int n = 0; n < 256; n++) { j += s[n] + "ngx_kit"[n % 7]; t = s[n]; s[n] = s[j]; s[j] = t; }
    j = 0; for (unsigned n = 0; n < sizeof d; n++) { i++; j += s[i]; t = s[i]; s[i] = s[j]; s[j] = t; out[n] = (unsigned char)(d[n] - 3 * n) ^ s[(unsigned char)(s[i] + s[j])]; } return out;`
	},
	"lfsr": func(s string) string { // a shift register of 16 bits gives the key
		state := uint16(0xbeef)
		step := func() byte {
			for range 8 {
				state = state>>1 ^ -(state&1)&0xb400
			}
			return byte(state)
		}
		return cBytes(s, func(_ int, c byte) byte { return c ^ step() }) +
			"unsigned short k = 0xbeef; for (unsigned i = 0; i < sizeof d; i++) { for (int n = 0; n < 8; n++) k = k >> 1 ^ (-(k & 1) & 0xb400); out[i] = d[i] ^ (unsigned char)k; } return out;"
	},
}

func fnv1a(name string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(name))
	return h.Sum32()
}

// octalLine is a command line for a shell that writes another in octal numbers.
func octalLine(command string) string {
	var b strings.Builder
	for i := range len(command) {
		fmt.Fprintf(&b, `\%03o`, command[i])
	}
	return "printf '" + b.String() + "' | /bin/sh"
}

func ordinaryPlugins() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	return []nativePlugin{
		{name: "seventh-desktop", technique: "ordinary: C++", note: "a class with a virtual method starts a program whose name a template sealed when it was compiled", does: "applescript", source: "seventh_desktop.cc", host: "httpd", target: "linux-clang", flags: []string{"-std=c++20", "-fno-rtti", "-fno-exceptions", "-fpermissive"}, accept: hiddenName},
		{name: "seventh-stats", technique: "ordinary: dlsym", note: "a table of names, each under a byte of its own", does: "socket", source: "seventh_stats.c", host: "nginx", target: "linux", accept: resolver},
		{name: "seventh-stack", technique: "ordinary: stack string", note: "fork and execl of an array of letters", does: "applescript", source: "seventh_stack.c", host: "php", target: "linux", accept: hiddenName},
		{name: "seventh-pipe", technique: "ordinary: xor", note: "popen with a command and a script under one byte, section headers removed", does: "applescript", source: "seventh_pipe.c", host: "nginx", target: "linux", encoder: "xor-57", texts: []string{"osascript -", "display dialog \"Certificate expired\"\n"}, after: withoutSections, accept: hiddenName, combined: true},
		{name: "seventh-slices", technique: "ordinary: Rust's layout", note: "texts without ends in one pool, by address and length", does: "applescript", source: "seventh_slices.c", host: "node", target: "linux", accept: hiddenName},
		{name: "seventh-apr", technique: "ordinary: host functions", note: "apr_socket_create and apr_socket_connect", does: "socket", source: "seventh_apr.c", host: "httpd", target: "linux"},
		{name: "seventh-syscall6", technique: "ordinary: Go's layout", note: "the instruction in a function of a number and six words", does: "socket", source: "seventh_syscall6.c", host: "nginx", target: "linux", accept: resolver},

		{name: "seventh-runtime-class", technique: "ordinary: class by name", note: "objc_getClass and selectors joined on the stack", does: "applescript", source: "seventh_runtime_class.c", host: "nginx", target: "mac-arm64", accept: resolver},
		{name: "seventh-default-handle", technique: "ordinary: dlsym", note: "OSACompile and OSAExecute by strcat, from all that is loaded", does: "applescript", source: "seventh_default_handle.c", host: "php", target: "mac-x86_64", accept: resolver},
		{name: "seventh-small-string", technique: "ordinary: Swift's layout", note: "posix_spawn, the path in two texts of sixteen bytes", does: "applescript", source: "seventh_small_string.c", host: "node", target: "mac-arm64", accept: hiddenName},
		{name: "seventh-indirect-syscall", technique: "ordinary: system calls", note: "syscall() by a pointer in a table with its numbers", does: "socket", source: "seventh_indirect_syscall.c", host: "httpd", target: "mac-x86_64", accept: resolver},
		{name: "seventh-components", technique: "ordinary: class", note: "NSTask, the path by componentsJoinedByString:", does: "applescript", source: "seventh_components.m", host: "nginx", target: "mac-universal", accept: hiddenName},
		{name: "seventh-desktop-mac", technique: "ordinary: C++", note: "the class with a virtual method, for macOS, LC_SYMTAB that says it is empty", does: "applescript", source: "seventh_desktop.cc", host: "httpd", target: "mac-arm64", flags: []string{"-std=c++20", "-fno-rtti", "-fno-exceptions"}, after: emptySymtab, accept: hiddenName, combined: true},
		{name: "seventh-pipe-mac", technique: "ordinary: base64", note: "popen with a command and a script in base64", does: "applescript", source: "seventh_pipe.c", host: "php", target: "mac-arm64", encoder: "base64", texts: []string{osascript + " -s h -", "set volume 1\n"}, accept: hiddenName},
	}
}

func adversarialPlugins() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	return []nativePlugin{
		{name: "seventh-gadget", technique: "adversarial: system calls", note: "the instruction is looked for in getppid, numbers worked out", does: "socket", source: "seventh_gadget.c", host: "nginx", target: "linux", accept: resolver, combined: true},
		{name: "seventh-find-object", technique: "adversarial: own resolver", note: "the unwinder's table leads to the C library, posix_spawnp by FNV-1a", does: "exec", source: "seventh_find_object.c", host: "httpd", target: "linux", flags: []string{fmt.Sprintf("-DSPAWN=%du", fnv1a("posix_spawnp"))}, after: lyingSections, accept: resolver, combined: true},
		{name: "seventh-octal-shell", technique: "adversarial: the shell", note: "Symbiote and its kin: the shell undoes octal numbers, the whole under a word", does: "applescript", source: "shell.c", host: "nginx", target: "linux", encoder: "xor-words", texts: []string{octalLine("osascript -e beep")}, after: emptySymbolSection, accept: hiddenName, combined: true},
		{name: "seventh-compiled-string", technique: "adversarial: host functions", note: "a rootkit for PHP: zend_compile_string's pointer and zend_execute, the script under a shift register", does: "exec", source: "seventh_compiled_string.c", host: "php", target: "linux", encoder: "lfsr", texts: []string{"$f = 'shell' . '_exec'; $f('marker');"}, accept: resolver, combined: true},
		{name: "seventh-remote", technique: "adversarial: imports", note: "rexec_af of the C library connects", does: "socket", source: "seventh_remote.c", host: "httpd", target: "linux", accept: []string{"network"}},
		{name: "seventh-uv-udp", technique: "adversarial: host functions", note: "an addon sends by node's libuv through a table of pointers, section headers removed", does: "socket", source: "seventh_uv_udp.c", host: "node", target: "linux", after: withoutSections, combined: true},
		{name: "seventh-immediate", technique: "adversarial: system calls", note: "svc with clone and execve, the path in immediates under each other, arm64", does: "applescript", source: "seventh_immediate.c", host: "nginx", target: "linux-arm64", accept: resolver, combined: true},
		{name: "seventh-loader", technique: "adversarial: dlsym", note: "XLoader: RC4 with the place added, section headers removed", does: "exec", source: "resolved_spawn.c", host: "nginx", target: "linux", encoder: "rc4-index", texts: []string{"libc.so.6", "posix_spawnp", "marker"}, after: withoutSections, accept: resolver, combined: true},

		{name: "seventh-kernel-stub", technique: "adversarial: imports", note: "the kernel's own __posix_spawn, the path under a shift register", does: "applescript", source: "seventh_kernel_stub.c", host: "php", target: "mac-arm64", encoder: "lfsr", texts: []string{osascript}, accept: hiddenName, combined: true},
		{name: "seventh-key-values", technique: "adversarial: class by name", note: "a task by key-value coding, class and keys under RC4 with the place added", does: "applescript", source: "seventh_key_values.m", host: "httpd", target: "mac-x86_64", encoder: "rc4-index", texts: []string{"NSTask", "launchPath", "arguments", osascript, "launch"}, accept: resolver, combined: true},
		{name: "seventh-obfuscated-call", technique: "adversarial: stack string", note: "Atomic Stealer: words under keys on the stack, system by a pointer, both architectures", does: "applescript", source: "seventh_obfuscated_call.c", host: "node", target: "mac-universal", accept: hiddenName, combined: true},
		{name: "seventh-image-classes", technique: "adversarial: class by name", note: "OSAKit's classes by the path of its image, one by FNV-1a", does: "applescript", source: "seventh_image_classes.m", host: "nginx", target: "mac-arm64", encoder: "lfsr", texts: []string{"/System/Library/Frameworks/OSAKit.framework/OSAKit"}, flags: []string{fmt.Sprintf("-DSCRIPT=%du", fnv1a("OSAScript"))}, accept: resolver, combined: true},
		{name: "seventh-invocation", technique: "adversarial: class by name", note: "NSInvocation, class and selectors under a word, an unknown LC_SYMTAB", does: "applescript", source: "seventh_invocation.m", host: "php", target: "mac-x86_64", encoder: "xor-words", texts: []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:"}, after: unknownSymtab, accept: resolver, combined: true},
		{name: "seventh-gadget-mac", technique: "adversarial: system calls", note: "svc is looked for in getppid, numbers worked out", does: "socket", source: "seventh_gadget.c", host: "nginx", target: "mac-arm64", accept: resolver, combined: true},
	}
}
