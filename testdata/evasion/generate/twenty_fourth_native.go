package main

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// twentyFourthNative adds the native part of the twenty-fourth set.
func twentyFourthNative(w *writer) error {
	maps.Copy(cEncoders, twentyFourthEncoders)
	return w.native("open", slices.Concat(twentyFourthOrdinary(), twentyFourthAttacker()))
}

var twentyFourthEncoders = map[string]cEncoder{
	"twenty-fourth-xor": func(s string) string { // a word as key
		const key = "rebuild"
		return cBytes(s, func(i int, c byte) byte { return c ^ key[i%len(key)] }) +
			fmt.Sprintf("static const volatile char k[] = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k[i %% %d]; return out;", key, len(key))
	},
	"twenty-fourth-two-xor": func(s string) string { // two bytes by turns
		return cBytes(s, func(i int, c byte) byte { return c ^ [2]byte{0x91, 0x2e}[i%2] }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (i & 1 ? 0x2e : 0x91); return out;"
	},
}

func twentyFourthZlib(text string) (string, error) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return b.String(), nil
}

// migrationSteps is packed.h for twenty-fourth_migrate.c: a shell script, deflated.
func migrationSteps(*writer) (string, error) {
	packed, err := twentyFourthZlib("#!/bin/sh\nset -u\nfrom=1.3 to=1.4\nfor table in pages users media; do\n    : \"alter $table\"\ndone\n" +
		"osascript -e \"display notification \\\"Migrated $from to $to\\\"\"\n")
	return fmt.Sprintf("static const unsigned char steps[] = {%s};\n", list(packed, "%d")), err
}

// packedMacro is packed.h for twenty-fourth_macro.m: a compiled script, deflated, in base64.
func packedMacro(*writer) (string, error) {
	packed, err := twentyFourthZlib(compiledScript)
	return fmt.Sprintf("static const char macro[] = %q;\n", base64.StdEncoding.EncodeToString([]byte(packed))), err
}

// releaseDates is packed.h for twenty-fourth_releases.c: each letter is a day of a year.
func releaseDates(*writer) (string, error) {
	var b strings.Builder
	b.WriteString("static const char *const releases[] = {\n")
	for i, c := range []byte("osascript -e beep") {
		day := time.Date(1996+i, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(c))
		fmt.Fprintf(&b, "    %q,\n", day.Format("2006-01-02"))
	}
	return b.String() + "    0};\n", nil
}

// captionWidths is packed.h for twenty-fourth_captions.c.
func captionWidths(*writer) (string, error) {
	return fmt.Sprintf("static const volatile unsigned char widths[] = {%s};\n", list("osascript -e 'display alert \"Captions\"'", "%d")), nil
}

// licenceNumbers is packed.h for twenty-fourth_licence.c: words as numbers that l64a writes.
func licenceNumbers(*writer) (string, error) {
	const digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	var words []string
	for _, word := range []string{"osascript", "e", "beep"} {
		var numbers []string
		for part := range slices.Chunk([]byte(word), 5) {
			n := 0
			for i, c := range part {
				n |= strings.IndexByte(digits, c) << (6 * i)
			}
			numbers = append(numbers, fmt.Sprint(n))
		}
		words = append(words, "{"+strings.Join(numbers, ", ")+"}")
	}
	return "static const volatile long licence[3][8] = {" + strings.Join(words, ", ") + "};\n", nil
}

// themeDust is packed.h for twenty-fourth_theme.c: a command under the numbers of lrand48.
func themeDust(*writer) (string, error) {
	state := uint64(192*100+64)<<16 | 0x330e
	return fmt.Sprintf("static const volatile unsigned char dust[] = {%s};\n", list(string(slices.Collect(func(yield func(byte) bool) {
		for _, c := range []byte("osascript -e 'display notification \"The theme is ready\"'") {
			state = (state*0x5deece66d + 0xb) & (1<<48 - 1)
			if !yield(c ^ byte(state>>17>>7)) {
				return
			}
		}
	})), "%d")), nil
}

func twentyFourthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	const jobs = `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>Label</key><string>kit.worker</string><key>ProgramArguments</key><array><string>/usr/bin/osascript</string><string>-e</string><string>beep</string></array></dict></plist>`
	return []nativePlugin{
		{name: "twenty-fourth-health", technique: "ordinary: section headers", note: "plain imports, no section headers, -O2", does: "socket", source: "twenty-fourth_health.c", host: "nginx", target: "linux", flags: []string{"-O2"}, after: withoutSections},
		{name: "twenty-fourth-posters", technique: "ordinary: joined", note: "popen of what snprintf joins from a table, -O2", does: "applescript", source: "twenty-fourth_posters.c", host: "php", target: "linux", flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-fourth-desktop", technique: "ordinary: xor", note: "posix_spawnp of words under a word, -O2", does: "applescript", source: "twenty-fourth_desktop.c", host: "node", target: "linux", encoder: "twenty-fourth-xor", texts: []string{"osascript", "-e", "display notification \"Bundle rebuilt\""}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-fourth-webhook", technique: "ordinary: base64", note: "dlopen of libcurl and dlsym of its functions, all in base64, -O2", does: "network", source: "twenty-fourth_webhook.c", host: "httpd", target: "linux", encoder: "base64", texts: []string{"libcurl.so.4", "curl_easy_init", "curl_easy_setopt", "curl_easy_perform", "curl_easy_cleanup"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-fourth-latency", technique: "ordinary: raw socket", note: "SOCK_RAW with a flag, out of a table of methods, arm64, -O2", does: "socket.raw", source: "twenty-fourth_latency.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}},
		{name: "twenty-fourth-counters", technique: "ordinary: system calls", note: "socket and sendto by one function with the instruction, -O2", does: "socket", source: "twenty-fourth_counters.c", host: "php", target: "linux", flags: []string{"-O2"}},
		{name: "twenty-fourth-speech", technique: "ordinary: C++", note: "a template seals execlp's words while it is compiled, -O2", does: "applescript", source: "twenty-fourth_speech.cc", host: "httpd", target: "linux-clang", flags: []string{"-O2", "-std=c++20"}, accept: hiddenName},
		{name: "twenty-fourth-rotate", technique: "ordinary: stack strings", note: "execve of words that are put down four letters at a time, arm64, -O2", does: "applescript", source: "twenty-fourth_rotate.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-fourth-directory", technique: "ordinary: reversed", note: "a table of reversed names for dlsym, arm64, no section headers, -O2", does: "socket", source: "twenty-fourth_directory.c", host: "httpd", target: "linux-arm64", flags: []string{"-O2"}, after: withoutSections, accept: resolver},
		{name: "twenty-fourth-migrate", technique: "ordinary: compressed", note: "system of a shell script that uncompress unpacks, -O2", does: "applescript", source: "twenty-fourth_migrate.c", host: "php", target: "linux", packed: migrationSteps, flags: []string{"-O2", "-Wl,--no-as-needed", "-l:libz.so.1"}, accept: hiddenName},
		{name: "twenty-fourth-tasks", technique: "ordinary: tables of functions", note: "system in a table of tasks, bound at once, without PLT, -Os", does: "exec", source: "twenty-fourth_tasks.c", host: "node", target: "linux", flags: []string{"-Os", "-fno-plt", "-Wl,-z,now,-z,relro"}, after: emptySymbolSection},

		{name: "twenty-fourth-welcome", technique: "ordinary: joined", note: "stringWithFormat: makes NSAppleScript for NSClassFromString, -O2", does: "applescript", source: "twenty-fourth_welcome.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-fourth-archiver", technique: "ordinary: joined", note: "an NSTask whose path is made by pathWithComponents:, -O2", does: "applescript", source: "twenty-fourth_archiver.m", host: "php", target: "mac-x86_64", flags: []string{"-O2"}, accept: hiddenName},
		{name: "twenty-fourth-session", technique: "ordinary: symbol table", note: "NSURLSession by class reference, LC_SYMTAB is empty, -O2", does: "network", source: "twenty-fourth_session.m", host: "httpd", target: "mac-arm64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "twenty-fourth-keys", technique: "ordinary: xor", note: "dlsym of system, its name and its command under two bytes, both architectures, -O2", does: "applescript", source: "twenty-fourth_keys.c", host: "node", target: "mac-universal", encoder: "twenty-fourth-two-xor", texts: []string{"system", "osascript -e 'display alert \"%s ends in %d days\"'"}, flags: []string{"-O2"}, accept: append([]string{"exec"}, resolver...)},
		{name: "twenty-fourth-uptime", technique: "ordinary: raw socket", note: "CFSocketCreate of SOCK_RAW out of a table, -O2", does: "socket.raw", source: "twenty-fourth_uptime.c", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "twenty-fourth-macro", technique: "ordinary: compiled script", note: "a compiled script, deflated and in base64, for OSAScript, -O2", does: "applescript", source: "twenty-fourth_macro.m", host: "php", target: "mac-arm64", packed: packedMacro, flags: []string{"-O2"}},
		{name: "twenty-fourth-headlines", technique: "ordinary: imports", note: "a stream of CFNetwork, the symbol table ends before the imports, -O2", does: "network", source: "twenty-fourth_headlines.c", host: "httpd", target: "mac-x86_64", flags: []string{"-O2"}, after: withoutUndefined},
		{name: "twenty-fourth-dock", technique: "ordinary: stack strings", note: "objc_getClass and sel_registerName of names in eight bytes at a time, -O2", does: "applescript", source: "twenty-fourth_dock.c", host: "node", target: "mac-arm64", encoder: "stack-words", texts: []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-fourth-labels", technique: "ordinary: base64", note: "dlsym of OSADoScript's older sister, names in base64, -O2", does: "applescript", source: "twenty-fourth_labels.c", host: "nginx", target: "mac-x86_64", encoder: "base64", texts: []string{"OpenDefaultComponent", "AECreateDesc", "OSACompileExecute"}, flags: []string{"-O2"}, accept: resolver},
		{name: "twenty-fourth-worker", technique: "ordinary: property list", note: "posix_spawn of words of a property list in base64, -O2", does: "applescript", source: "twenty-fourth_worker.m", host: "httpd", target: "mac-arm64", flags: []string{"-O2", sixtyFour("LIST", jobs)}, accept: hiddenName},
		{name: "twenty-fourth-build", technique: "ordinary: reversed", note: "objc_lookUpClass of NSTask reversed, both architectures, -O2", does: "exec", source: "twenty-fourth_build.m", host: "node", target: "mac-universal", flags: []string{"-O2"}, accept: resolver},
	}
}

func twentyFourthAttacker() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	return []nativePlugin{
		{name: "twenty-fourth-allowed", technique: "adversarial: addresses", note: "inet_pton of addresses makes the words of execvp, -O2", does: "applescript", source: "twenty-fourth_allowed.c", host: "httpd", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-fourth-releases", technique: "adversarial: dates", note: "the days of the year of a table of dates are popen's letters, -O2", does: "applescript", source: "twenty-fourth_releases.c", host: "nginx", target: "linux", packed: releaseDates, flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-fourth-outbox", technique: "adversarial: host functions", note: "PHP's sendmail_path is changed to a reversed program, and the host sends a mail, -O2", does: "applescript", source: "twenty-fourth_outbox.c", host: "php", target: "linux", flags: busy("-O2"), accept: hiddenName, combined: true},
		{name: "twenty-fourth-captions", technique: "adversarial: formats", note: "snprintf's %hhn writes system's letters, which are widths, -O2", does: "applescript", source: "twenty-fourth_captions.c", host: "node", target: "linux", packed: captionWidths, flags: busy("-O2"), accept: hiddenName},

		{name: "twenty-fourth-licence", technique: "adversarial: numbers", note: "l64a writes numbers as the words of posix_spawnp, -O2", does: "applescript", source: "twenty-fourth_licence.c", host: "nginx", target: "mac-arm64", packed: licenceNumbers, flags: busy("-O2"), accept: hiddenName},
		{name: "twenty-fourth-archive", technique: "adversarial: reflection", note: "names of classes and selectors are cut out of those of others, for an array to perform, -O2", does: "applescript", source: "twenty-fourth_archive.m", host: "httpd", target: "mac-x86_64", flags: busy("-O2"), accept: resolver},
		{name: "twenty-fourth-theme", technique: "adversarial: generators", note: "system of a command under the numbers of lrand48, both architectures, -O1", does: "applescript", source: "twenty-fourth_theme.c", host: "php", target: "mac-universal", packed: themeDust, flags: busy("-O1"), accept: hiddenName},
		{name: "twenty-fourth-services", technique: "adversarial: services", note: "NSPerformService of the script editor's service that runs a text, -O2", does: "applescript", source: "twenty-fourth_services.m", host: "node", target: "mac-arm64", flags: busy("-O2"), accept: hiddenName},
	}
}
