package main

import (
	"encoding/base64"
	"maps"
	"slices"
)

// ninthNative adds the native part of the ninth set.
func ninthNative(w *writer) error {
	maps.Copy(cEncoders, ninthEncoders)
	return w.native("open", slices.Concat(ninthOrdinary(), ninthAttacker()))
}

var ninthEncoders = map[string]cEncoder{
	"ninth-xor-77": func(s string) string { return cXor(s, "\x77") },
	// The text begins two bytes in, so that no base64 of the bare name is in it.
	"ninth-base64-two": func(s string) string {
		return cBase64(base64.StdEncoding.EncodeToString([]byte("::"+s)), 2)
	},
	"ninth-squares": func(s string) string { // the key is the square of the place
		return cBytes(s, func(i int, c byte) byte { return c ^ byte(i*i+0x2b) }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (unsigned char)(i * i + 0x2b); return out;"
	},
}

func ninthOrdinary() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	hiddenName := []string{"obfuscation"}
	busy := []string{"-include", "busy.h"}
	return []nativePlugin{
		{name: "ninth-helper", technique: "ordinary: xor", note: "posix_spawnp of a name under one byte, among honest imports", does: "applescript", source: "ninth_helper.c", host: "httpd", target: "linux", encoder: "ninth-xor-77", texts: []string{"osascript", "-e", "beep"}, flags: busy, accept: hiddenName},
		{name: "ninth-report", technique: "ordinary: base64", note: "system of a command in base64, two bytes in", does: "applescript", source: "ninth_report.c", host: "php", target: "linux", encoder: "ninth-base64-two", texts: []string{osascript + " -e 'beep 2'"}, accept: hiddenName},
		{name: "ninth-letters", technique: "ordinary: stack string", note: "fork and execl of a path written letter by letter from its end", does: "applescript", source: "ninth_letters.c", host: "nginx", target: "linux", accept: hiddenName},
		{name: "ninth-table", technique: "ordinary: dlsym", note: "a table of bare names filled by dlsym, headers of sections that lie", does: "socket", source: "ninth_table.c", host: "php", target: "linux", after: lyingSections, combined: true},
		{name: "ninth-metrics", technique: "ordinary: sections", note: "socket and sendto among honest imports, .dynsym said to be empty", does: "socket", source: "ninth_metrics.c", host: "httpd", target: "linux", flags: busy, after: emptySymbolSection},
		{name: "ninth-fetch", technique: "ordinary: imports", note: "libcurl, linked, headers of sections that lie", does: "network", source: "ninth_fetch.c", host: "nginx", target: "linux", flags: []string{"-Wl,--no-as-needed", "-l:libcurl.so.4"}, after: lyingSections},
		{name: "ninth-packed-script", technique: "ordinary: compiled script", note: "a compiled script under gzip, its program reversed", does: "applescript", source: "ninth_packed_script.c", host: "nginx", target: "linux", encoder: "reversed", texts: []string{"osascript"}, packed: packedScript("gzip"), flags: []string{"-Wl,--no-as-needed", "-l:libz.so.1"}, combined: true},
		{name: "ninth-raw-packet", technique: "ordinary: raw socket", note: "a datagram with headers of its own through SOCK_RAW", does: "socket", source: "ninth_raw_packet.c", host: "php", target: "linux", flags: busy},
		{name: "ninth-raw-capture", technique: "ordinary: raw socket", note: "AF_PACKET and SOCK_RAW, arm64", does: "socket", source: "ninth_raw_capture.c", host: "nginx", target: "linux-arm64"},
		{name: "ninth-report-reversed", technique: "ordinary: reversed", note: "an addon gives the shell a command written backwards", does: "applescript", source: "ninth_report.c", host: "node", target: "linux", encoder: "reversed", texts: []string{"osascript -e beep"}, accept: hiddenName},
		{name: "ninth-open-library", technique: "ordinary: dlsym", note: "fork and execvp by dlsym with bare names, from libc.so.6", does: "exec", source: "ninth_open_library.c", host: "httpd", target: "linux"},
		{name: "ninth-join", technique: "ordinary: joined", note: "snprintf joins four parts of a list", does: "applescript", source: "ninth_join.c", host: "php", target: "linux", flags: busy, accept: hiddenName},
		{name: "ninth-virtual", technique: "ordinary: C++", note: "a virtual method connects, headers of sections gone", does: "socket", source: "ninth_virtual.cc", host: "nginx", target: "linux-clang", flags: []string{"-fno-rtti", "-fno-exceptions"}, after: withoutSections},
		{name: "ninth-child", technique: "ordinary: rotated", note: "vfork and execve of a path whose bytes are rotated by three bits", does: "applescript", source: "ninth_child.c", host: "nginx", target: "linux", encoder: "rotated", texts: []string{osascript, "-e", "beep"}, accept: hiddenName},

		{name: "ninth-helper", technique: "ordinary: xor", note: "posix_spawnp of a name under one byte", does: "applescript", source: "ninth_helper.c", host: "php", target: "mac-x86_64", encoder: "ninth-xor-77", texts: []string{"osascript", "-e", "display dialog \"Keychain\" default answer \"\" with hidden answer"}, accept: hiddenName},
		{name: "ninth-class", technique: "ordinary: class by name", note: "objc_getClass with the bare name in C, both architectures", does: "applescript", source: "ninth_class.c", host: "nginx", target: "mac-universal"},
		{name: "ninth-language", technique: "ordinary: class", note: "OSAKit's language and script by class reference, LC_SYMTAB that says it is empty", does: "applescript", source: "ninth_language.m", host: "httpd", target: "mac-arm64", after: emptySymtab},
		{name: "ninth-report", technique: "ordinary: base64", note: "system of a command in base64, two bytes in, both architectures", does: "applescript", source: "ninth_report.c", host: "node", target: "mac-universal", encoder: "ninth-base64-two", texts: []string{osascript + " -e beep"}, accept: hiddenName},
		{name: "ninth-letters", technique: "ordinary: stack string", note: "fork and execl of a path written letter by letter from its end", does: "applescript", source: "ninth_letters.c", host: "nginx", target: "mac-arm64", accept: hiddenName},
		{name: "ninth-stream-pair", technique: "ordinary: dlsym", note: "CoreFoundation's streams to a host by dlsym with bare names", does: "socket", source: "ninth_stream_pair.c", host: "php", target: "mac-x86_64"},
		{name: "ninth-send-event", technique: "ordinary: imports", note: "Apple events by imported functions, an unknown LC_SYMTAB", does: "applescript", source: "ninth_send_event.c", host: "httpd", target: "mac-x86_64", after: unknownSymtab},
		{name: "ninth-session", technique: "ordinary: class", note: "NSURLSession by class reference", does: "network", source: "ninth_session.m", host: "node", target: "mac-arm64"},
		{name: "ninth-flow", technique: "ordinary: imports", note: "Network.framework by imports, LC_SYMTAB that says it is empty", does: "socket", source: "ninth_flow.c", host: "nginx", target: "mac-arm64", after: emptySymtab},
		{name: "ninth-load-execute", technique: "ordinary: compiled script", note: "a compiled script under gzip for the imported OSALoadExecute, an unknown LC_SYMTAB", does: "applescript", source: "ninth_load_execute.c", host: "php", target: "mac-arm64", packed: packedScript("gzip"), after: unknownSymtab, combined: true},
	}
}

func ninthAttacker() []nativePlugin {
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	busy := []string{"-include", "busy.h"}
	return []nativePlugin{
		{name: "ninth-tunnel", technique: "adversarial: dlsym", note: "dlvsym with names and a version under RC4, headers of sections that lie", does: "socket", source: "ninth_tunnel.c", host: "httpd", target: "linux", encoder: "rc4", texts: []string{"GLIBC_2.2.5", "socket", "connect", "send"}, flags: busy, after: lyingSections, accept: resolver, combined: true},
		{name: "ninth-bash-device", technique: "adversarial: interpreters", note: "bash opens /dev/tcp, the command under a header's name", does: "socket", source: "ninth_bash_device.c", host: "nginx", target: "linux", encoder: "xor-long", texts: []string{"/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$EVASION_PORT; echo kit >&3"}, accept: []string{"exec", "obfuscation"}, combined: true},
		{name: "ninth-glob", technique: "adversarial: names by search", note: "a pattern of glob finds the program", does: "applescript", source: "ninth_glob.c", host: "nginx", target: "linux", flags: busy, accept: []string{"exec"}},
		{name: "ninth-perl", technique: "adversarial: interpreters", note: "Perl reads a script from a pipe, under a key that is the square of the place; it joins the program's name", does: "applescript", source: "ninth_perl.c", host: "php", target: "linux", encoder: "ninth-squares", texts: []string{"/usr/bin/perl -", "w", "my @p = ('ript', 'osasc');\nexec join('', reverse @p), '-e', 'beep';\n"}, accept: []string{"exec", "obfuscation"}, combined: true},
		{name: "ninth-remote-shell", technique: "adversarial: library", note: "rexec_af of the C library connects", does: "socket", source: "ninth_remote_shell.c", host: "httpd", target: "linux", flags: busy, accept: []string{"network"}},
		{name: "ninth-terminal-child", technique: "adversarial: other callers", note: "forkpty and execvpe, the program under a pad", does: "exec", source: "ninth_terminal_child.c", host: "node", target: "linux", encoder: "xor-pad", texts: []string{"marker"}, flags: busy},

		{name: "ninth-launch", technique: "adversarial: class by name", note: "a task whose class and messages are under a pad, env finds the program, LC_SYMTAB that says it is empty", does: "applescript", source: "ninth_launch.c", host: "nginx", target: "mac-arm64", encoder: "xor-pad", texts: []string{"NSTask", "launchedTaskWithLaunchPath:arguments:", "/usr/bin/env", "osascript", "NSString", "stringWithUTF8String:", "NSArray", "arrayWithObject:"}, after: emptySymtab, accept: resolver, combined: true},
		{name: "ninth-bundle-scripts", technique: "adversarial: other callers", note: "AppleScriptObjC loads the scripts of a bundle", does: "applescript", source: "ninth_bundle_scripts.m", host: "httpd", target: "mac-x86_64"},
		{name: "ninth-predicate", technique: "adversarial: other callers", note: "a predicate's FUNCTION() makes a script and runs it, its text under a key that is the square of the place", does: "applescript", source: "ninth_predicate.m", host: "php", target: "mac-arm64", encoder: "ninth-squares", texts: []string{"FUNCTION(FUNCTION(FUNCTION(CAST('NSAppleScript','Class'),'alloc'),'initWithSource:','beep'),'executeAndReturnError:',nil) != nil"}, accept: hiddenName, combined: true},
		{name: "ninth-class-symbol", technique: "adversarial: dlsym", note: "the class as a symbol, found by dlsym under a name of differences, both architectures", does: "applescript", source: "ninth_class_symbol.c", host: "node", target: "mac-universal", encoder: "delta", texts: []string{"OBJC_CLASS_$_NSAppleScript", "OBJC_CLASS_$_NSString", "alloc", "initWithSource:", "executeAndReturnError:", "stringWithUTF8String:", "beep"}, accept: resolver, combined: true},
	}
}
