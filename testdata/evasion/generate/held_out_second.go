package main

import (
	"fmt"
	"strings"
)

// The second held-out set, but for its JavaScript, which is open now: the archives
// held-out-*-second.txtar, and these.

var secondEncoders = map[string]cEncoder{
	"affine": func(s string) string { // 183 times 7 is 1, modulo 256
		return cBytes(s, func(_ int, c byte) byte { return c*7 + 19 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = (unsigned char)((d[i] - 19) * 183); return out;"
	},
	"delta": func(s string) string {
		before := byte(0x40)
		return cBytes(s, func(_ int, c byte) byte { d := c - before; before = c; return d }) +
			"unsigned char c = 0x40; for (unsigned i = 0; i < sizeof d; i++) out[i] = c += d[i]; return out;"
	},
	"alphabet": func(s string) string { // places in a text that has every character once
		const from = "qaz#wsx/edcrfv!tgb\nyhn ujmikolp_-.AOSNE:"
		return cBytes(s, func(_ int, c byte) byte { return byte(strings.IndexByte(from, c)) }) +
			fmt.Sprintf("static const volatile char a[] = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = a[d[i]]; return out;", from)
	},
	"swapped": func(s string) string { // neighbours change places, under xor
		b := []byte(s + strings.Repeat("\x00", len(s)%2))
		for i := 0; i < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return cBytes(string(b), func(_ int, c byte) byte { return c ^ 0x2d }) + "for (unsigned i = 0; i < sizeof d; i++) out[i ^ 1] = d[i] ^ 0x2d; return out;"
	},
}

func secondPlugins() []nativePlugin {
	const carbon = "/System/Library/Frameworks/Carbon.framework/Carbon"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	return []nativePlugin{
		{name: "second-dlvsym-affine", technique: "dlsym", note: "dlvsym, names and version under an affine code", does: "socket", source: "resolved_versioned.c", host: "nginx", target: "linux", encoder: "affine", texts: []string{"socket", "connect", "GLIBC_2.2.5"}, accept: resolver},
		{name: "second-link-map", technique: "own resolver", note: "walks the list that a handle of dlopen is, names as differences", does: "socket", source: "link_map.c", host: "httpd", target: "linux", encoder: "delta", texts: []string{"socket", "connect"}, accept: resolver, combined: true},
		{name: "second-shebang", technique: "hidden path", note: "a script in memory, whose first line names osascript by places in an alphabet", does: "applescript", source: "shebang.c", host: "php", target: "linux", encoder: "alphabet", texts: []string{"#!/usr/bin/osascript\nbeep\n"}, accept: hiddenName, combined: true},
		{name: "second-syscall-exec", technique: "system calls", note: "fork and execve through syscall(), the path with neighbours swapped", does: "applescript", source: "syscall_exec.c", host: "nginx", target: "linux", encoder: "swapped", texts: []string{"/usr/bin/osascript"}, accept: hiddenName, combined: true},
		{name: "second-php-eval-affine", technique: "host's engine", note: "zend_eval_stringl_ex, the script under an affine code", does: "exec", source: "php_eval_length.c", host: "php", target: "linux", encoder: "affine", texts: []string{"shell_exec('marker');"}, accept: resolver, combined: true},
		{name: "second-table-no-sections", technique: "imports", note: "a table of addresses instead of calls, section headers removed", does: "socket", source: "socket_table.c", host: "node", target: "linux", after: withoutSections, combined: true},

		{name: "second-class-hash", technique: "class by name", note: "NSAppleScript by a number made of its name, among all classes", does: "applescript", source: "class_by_hash.m", host: "nginx", target: "mac-arm64", flags: []string{fmt.Sprintf("-DHASH=%du", djb2("NSAppleScript"))}, accept: resolver, combined: true},
		{name: "second-bundle-affine", technique: "class by name", note: "NSBundle's classNamed:, names under an affine code", does: "applescript", source: "class_by_bundle.m", host: "php", target: "mac-x86_64", encoder: "affine", texts: []string{"/System/Library/Frameworks/Foundation.framework", "NSAppleScript"}, accept: resolver, combined: true},
		{name: "second-legacy-lookup", technique: "dlsym", note: "NSLookupSymbolInImage, names as differences", does: "applescript", source: "legacy_lookup.c", host: "httpd", target: "mac-x86_64", encoder: "delta", texts: []string{carbon, "_OSACompileExecute"}, accept: resolver, combined: true},
		{name: "second-spawnp-alphabet", technique: "hidden path", note: "posix_spawnp, the name by places in an alphabet, both architectures", does: "applescript", source: "spawnp.c", host: "node", target: "mac-universal", encoder: "alphabet", texts: []string{"osascript"}, accept: hiddenName},
		{name: "second-system-alias", technique: "imports", note: "system under its symbol for callers that are not cancelled", does: "exec", source: "alias.c", host: "nginx", target: "mac-x86_64", encoder: "swapped", texts: []string{"marker --quiet"}, flags: []string{`-DSYMBOL="_system$NOCANCEL"`}},
		{name: "second-cfsocket", technique: "imports", note: "CFSocket, LC_SYMTAB that says it is empty", does: "socket", source: "cfsocket.c", host: "php", target: "mac-arm64", after: emptySymtab, combined: true},
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
