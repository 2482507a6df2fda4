package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// eighteenthNative adds the native part of the eighteenth set.
func eighteenthNative(w *writer) error {
	maps.Copy(cEncoders, eighteenthEncoders)
	if err := w.native("held-out", slices.Concat(eighteenthOrdinaryELF(), eighteenthAdversarialELF())); err != nil {
		return err
	}
	return eighteenthTogether(w)
}

var eighteenthEncoders = map[string]cEncoder{
	"eighteenth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x4e }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0x4e; return out;"
	},
	"eighteenth-key": func(s string) string { // a word
		const key = "gzip_static"
		return cBytes(s, func(i int, c byte) byte { return c ^ key[i%len(key)] }) +
			fmt.Sprintf("static const volatile char k[] = %q; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k[i %% (sizeof k - 1)]; return out;", key)
	},
	"eighteenth-steps": func(s string) string { // a byte that goes on by five
		return cBytes(s, func(i int, c byte) byte { return c ^ byte(0x91+5*i) }) +
			"unsigned char k = 0x91; for (unsigned i = 0; i < sizeof d; i++, k += 5) out[i] = d[i] ^ k; return out;"
	},
}

// eighteenthQuery is the query of eighteenth_catalogue.c.
func eighteenthQuery() string {
	const text = "$(osascript -e beep)"
	numbers := make([]string, len(text))
	for i := range text {
		numbers[i] = fmt.Sprintf("(%d,%d)", len(text)-i, int(text[i])*3+len(text)-i)
	}
	slices.Sort(numbers)
	return "with kept(place, price) as (values " + strings.Join(numbers, ",") + ") select group_concat(char((price - place) / 3), '') from (select * from kept order by place desc)"
}

// eighteenthSums is packed.h for eighteenth_preimage.c.
func eighteenthSums(*writer) (string, error) {
	var b strings.Builder
	for _, part := range [][2]string{{"PROGRAM", "/usr/bin/osascript"}, {"OPTION", "-e"}, {"TEXT", "say \"hello\""}} {
		text := part[1] + strings.Repeat("\x00", 2-len(part[1])%2)
		fmt.Fprintf(&b, "#define %s ", part[0])
		for i := 0; i < len(text); i += 2 {
			v := uint32(text[i]) + uint32(text[i+1])<<8 + uint32(i/2)*0x9e37
			v *= 0x85ebca6b
			v ^= v >> 13
			v *= 0xc2b2ae35
			fmt.Fprintf(&b, "0x%x, ", v^v>>16)
		}
		b.WriteString("\n")
	}
	return b.String(), nil
}

func eighteenthBusy(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }

func eighteenthOrdinaryELF() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := eighteenthBusy
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	client := []string{"libcurl.so.4", "curl_easy_init", "curl_easy_setopt", "curl_easy_perform", "http://127.0.0.1/v1/usage"}
	return []nativePlugin{
		{name: "eighteenth-thumbnails", technique: "ordinary: stack strings", note: "fork and execvp of words that are put together letter by letter in a struct, -O1", does: "applescript", source: "eighteenth_thumbnails.c", host: "nginx", target: "linux", flags: busy(), accept: hiddenName},
		{name: "eighteenth-geo", technique: "ordinary: lying headers", note: "getaddrinfo, socket and connect in a table of functions; the section headers call all a note, -O2", does: "socket", source: "eighteenth_geo.c", host: "php", target: "linux", flags: []string{"-O2"}, after: lyingSections},
		{name: "eighteenth-sessions", technique: "ordinary: base64", note: "dlsym of names in base64 behind one more letter, with a decoder of its own, -O2", does: "socket", source: "eighteenth_sessions.c", host: "php", target: "linux", flags: busy("-O2"), accept: resolver},
		{name: "eighteenth-mailer", technique: "ordinary: imports", note: "vfork and execvpe for each of a list, without section headers, -O2", does: "exec", source: "eighteenth_mailer.c", host: "httpd", target: "linux", flags: busy("-O2"), after: withoutSections},
		{name: "eighteenth-shipper", technique: "ordinary: imports", note: "sendmmsg from a thread, -O2", does: "socket", source: "eighteenth_shipper.c", host: "nginx", target: "linux", flags: []string{"-O2"}},
		{name: "eighteenth-usage", technique: "ordinary: resolvers", note: "libcurl by apr_dso_load and apr_dso_sym, names under one byte, -O2", does: "network", source: "eighteenth_usage.c", host: "httpd", target: "linux", encoder: "eighteenth-xor", texts: client, flags: library("libapr-1.so.0", "-O2"), accept: resolver},
		{name: "eighteenth-quality", technique: "ordinary: xor", note: "system of a command under one byte, by a function in a table, -O2", does: "applescript", source: "eighteenth_quality.c", host: "node", target: "linux", encoder: "eighteenth-xor", texts: []string{"osascript -l JavaScript -e 'Application(\"Mail\").activate()'"}, flags: busy("-O2"), accept: hiddenName},
		{name: "eighteenth-sitemap", technique: "ordinary: libraries", note: "xmlNanoHTTPFetch of an address from parts, -O2", does: "network", source: "eighteenth_sitemap.c", host: "php", target: "linux", flags: library("libxml2.so.2", "-O2"), accept: []string{"socket"}},
		{name: "eighteenth-carts", technique: "ordinary: dlsym", note: "PQconnectdb by dlsym, names under a word, -O2", does: "network", source: "eighteenth_carts.c", host: "php", target: "linux", encoder: "eighteenth-key", texts: []string{"libpq.so.5", "PQconnectdb", "PQfinish"}, flags: busy("-O2"), accept: append([]string{"socket"}, resolver...)},
		{name: "eighteenth-health", technique: "ordinary: raw socket", note: "SOCK_RAW for ICMP where the user is root, arm64, -O1", does: "socket.raw", source: "eighteenth_health.c", host: "nginx", target: "linux-arm64", flags: busy("-fno-inline")},
		{name: "eighteenth-upstream", technique: "ordinary: libraries", note: "g_socket_client_connect_to_host of GIO, -O2", does: "socket", source: "eighteenth_upstream.c", host: "nginx", target: "linux", flags: library("libgio-2.0.so.0", "-O2", "-Wl,--no-as-needed", "-l:libgobject-2.0.so.0"), accept: []string{"network"}},
		{name: "eighteenth-sealed", technique: "ordinary: C++", note: "constexpr templates seal the words of posix_spawnp, -O2", does: "applescript", source: "eighteenth_sealed.cc", host: "httpd", target: "linux", flags: busy("-O2", "-std=c++17"), accept: hiddenName},
	}
}

func eighteenthAdversarialELF() []nativePlugin {
	hiddenName := []string{"exec", "obfuscation"}
	busy := eighteenthBusy
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	return []nativePlugin{
		{name: "eighteenth-templates", technique: "adversarial: interpreters", note: "a script for Tcl's library turns a list of letters round and makes the name of its command, -O2", does: "applescript", source: "eighteenth_templates.c", host: "nginx", target: "linux", flags: library("libtcl8.6.so.0", "-O2"), accept: hiddenName},
		{name: "eighteenth-catalogue", technique: "adversarial: queries", note: "SQLite joins letters from a table of numbers for wordexp, -O2", does: "applescript", source: "eighteenth_catalogue.c", host: "php", target: "linux", flags: busy("-O2", "-Wl,--no-as-needed", "-l:libsqlite3.so.0", fmt.Sprintf("-DQUERY=%q", eighteenthQuery())), accept: hiddenName, combined: true},
		{name: "eighteenth-kernel", technique: "adversarial: system calls", note: "the instruction itself, with numbers from the lengths of headers' names, without section headers, -O1", does: "socket", source: "eighteenth_kernel.c", host: "httpd", target: "linux", flags: busy("-O1"), after: withoutSections, accept: []string{"obfuscation"}, combined: true},
		{name: "eighteenth-preimage", technique: "adversarial: hashes", note: "the words of posix_spawn are found by trying which pairs of letters have a sum, -O2", does: "applescript", source: "eighteenth_preimage.c", host: "node", target: "linux", packed: eighteenthSums, flags: busy("-O2"), accept: hiddenName},
	}
}

// eighteenthTogether adds native code that other files lead to.
func eighteenthTogether(w *writer) error {
	c := cases.Case{Set: "held-out", Language: "elf", Technique: "ordinary: combined", Note: "an install hook's script loads native code, which starts a program under steps of five",
		Does: "applescript", Accept: []string{"exec", "obfuscation"}, Combined: true, Run: []string{"node", "tools/after-install.js"}, Dir: npm.dir}
	if err := w.together(c, "elf-eighteenth-setup", below(npm.dir, map[string]string{
		"package.json":           `{"name": "theme-kit", "version": "1.4.2", "main": "index.js", "scripts": {"postinstall": "node tools/after-install.js"}}` + "\n",
		"index.js":               "'use strict';\nmodule.exports = { colours: ['#fff', '#222'], font: 'serif' };\n",
		"tools/after-install.js": "'use strict';\nconst path = require('path');\nconst abi = `${process.platform}-${process.arch}`;\ntry {\n  require(path.resolve(__dirname, '..', 'prebuilds', abi, 'kit.node'));\n} catch (error) {\n  console.warn('theme-kit: no native code for ' + abi);\n}\n",
	}), below(npm.dir, map[string]nativePlugin{
		"prebuilds/linux-x64/kit.node": {source: "eighteenth_setup.c", host: "node", target: "linux", encoder: "eighteenth-steps", texts: []string{"osascript", "-e", "tell application \"System Events\" to sleep"}, flags: eighteenthBusy("-O2")},
	})); err != nil {
		return err
	}
	c = cases.Case{Set: "held-out", Language: "elf", Technique: "ordinary: preload", Note: "putenv of LD_PRELOAD before mail(): the library starts a program under one byte",
		Does: "exec", Accept: []string{"dynload", "obfuscation"}, Combined: true, Run: []string{"php", plugin + ".php"}, Dir: wordpress.dir}
	if err := w.together(c, "elf-eighteenth-preloaded", below(wordpress.dir, map[string]string{
		plugin + ".php": `<?php
/* Plugin Name: Theme Kit */

final class Theme_Kit_Mail {
	private string $library;

	public function __construct( string $dir ) {
		$this->library = $dir . '/lib/sender.so';
	}

	public function send( string $to, string $subject, string $text ): bool {
		$name = implode( '_', array( 'LD', 'PRELOAD' ) );
		putenv( "{$name}={$this->library}" );
		$sent = @mail( $to, $subject, $text );
		putenv( $name );
		return $sent;
	}
}

( new Theme_Kit_Mail( __DIR__ ) )->send( 'root@localhost', 'Theme Kit', 'is ready' );
`,
	}), below(wordpress.dir, map[string]nativePlugin{
		"lib/sender.so": {source: "eighteenth_preloaded.c", host: "library", target: "linux", encoder: "eighteenth-xor", texts: []string{"marker"}, flags: []string{"-O2"}},
	})); err != nil {
		return err
	}
	c = cases.Case{Set: "held-out", Language: "elf", Technique: "adversarial: libraries", Note: "iconv_open loads a set of characters from a directory that GCONV_PATH names",
		Does: "dynload", Accept: []string{"obfuscation"}, Combined: true, Run: []string{"load", "./mod_kit.so"}, Dir: "usr/lib/apache2/modules"}
	return w.together(c, "elf-eighteenth-charset", below(c.Dir, map[string]string{
		"charsets/gconv-modules": "module  KIT-8//  INTERNAL  KIT-8  1\nmodule  INTERNAL  KIT-8//  KIT-8  1\n",
	}), below(c.Dir, map[string]nativePlugin{
		"mod_kit.so":        {source: "eighteenth_charset.c", host: "httpd", target: "linux", flags: []string{"-O2"}},
		"charsets/KIT-8.so": {source: "eighteenth_converter.c", host: "library", target: "linux", flags: []string{"-O2"}},
	}))
}
