package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"maps"
	"path"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// sixteenthNative adds the native part of the sixteenth set.
func sixteenthNative(w *writer) error {
	maps.Copy(cEncoders, sixteenthEncoders)
	if err := w.native("open", slices.Concat(sixteenthOrdinary(), sixteenthAdversarial())); err != nil {
		return err
	}
	return sixteenthTogether(w)
}

var sixteenthEncoders = map[string]cEncoder{
	"sixteenth-byte": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x2b }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0x2b; return out;"
	},
	"sixteenth-steps": func(s string) string { // a byte that goes on by eleven
		return cBytes(s, func(i int, c byte) byte { return c ^ byte(0x21+11*i) }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (0x21 + 11 * i); return out;"
	},
	"sixteenth-base64": func(s string) string { // base64 that begins two letters before
		return cBase64(base64.StdEncoding.EncodeToString([]byte("k="+s)), 2)
	},
	"sixteenth-stack": func(s string) string { // four letters at a time
		var b strings.Builder
		b.WriteString("volatile unsigned *o = (void *)out; ")
		for i := 0; i < len(s); i += 4 {
			var word uint32
			for j := i; j < min(i+4, len(s)); j++ {
				word |= uint32(s[j]) << (8 * (j - i))
			}
			fmt.Fprintf(&b, "o[%d] = %#xu; ", i/4, word)
		}
		return b.String() + "return out;"
	},
	"sixteenth-shifts": func(s string) string { // under a word that is shifted and folded into itself
		x := uint32(0x2545f491)
		return cBytes(s, func(_ int, c byte) byte {
			x ^= x << 13
			x ^= x >> 17
			x ^= x << 5
			return c ^ byte(x>>9)
		}) + "volatile unsigned seed = 0x2545f491; unsigned x = seed; for (unsigned i = 0; i < sizeof d; i++) { x ^= x << 13; x ^= x >> 17; x ^= x << 5; out[i] = d[i] ^ x >> 9; } return out;"
	},
	"sixteenth-columns": func(s string) string { // read in five columns, plus a number
		s += strings.Repeat("\x00", (5-len(s)%5)%5)
		rows := len(s) / 5
		return cBytes(s, func(i int, _ byte) byte { return s[i%rows*5+i/rows] + 0x47 }) +
			"const unsigned rows = sizeof d / 5; for (unsigned i = 0; i < sizeof d; i++) out[i % rows * 5 + i / rows] = d[i] - 0x47; return out;"
	},
}

// nightlyJob is packed.h for sixteenth_nightly.c.
func nightlyJob(*writer) (string, error) {
	const job = "#!/bin/sh\n# Runs once a night.\nset -u\nfor cache in pages fragments feeds; do\n    : \"$cache\"\ndone\n" +
		"osascript -e 'display notification \"The nightly jobs are done\"'\n"
	return fmt.Sprintf("#define JOB_SIZE %d\nstatic const unsigned char job[] = {%s};\n", len(job), list(string(gzipped(job)), "%d")), nil
}

// recordedMacro is packed.h for sixteenth_stored_macro.m.
func recordedMacro(*writer) (string, error) {
	return fmt.Sprintf("#define MACRO %q\n", base64.StdEncoding.EncodeToString([]byte(compiledScript))), nil
}

// rewriteRules is packed.h for sixteenth_machine.c.
func rewriteRules(*writer) (string, error) {
	var rules []byte
	var a byte
	step := func(do, with byte) { rules = append(rules, do+with, with) }
	set := func(to byte) {
		by := to - a
		if by == 0xcf { // would end the rules
			step(0x31, 1)
			by--
		}
		step(0x31, by)
		a = to
	}
	for i, word := range []string{"/usr/bin/osascript", "-e", "beep"} {
		for j := 0; j < len(word); j++ {
			set(word[j])
			step(0x52, byte(33+30*i))
		}
		step(0x73, byte(7*i+3))
	}
	for i, number := range []byte{57, 59} { // fork, execve
		set(number + 0x1d)
		step(0x94, 0x1d)
		step(0xb5, byte(0x40+i))
	}
	return fmt.Sprintf("static const unsigned char rules[] = {%s, 0};\n", list(string(rules), "%d")), nil
}

func fowler32(define, text string) string {
	h := fnv.New32a()
	h.Write([]byte(text))
	return fmt.Sprintf("-D%s=%#xu", define, h.Sum32())
}

func fowler64(define, text string) string {
	h := fnv.New64a()
	h.Write([]byte(text))
	return fmt.Sprintf("-D%s=%#xul", define, h.Sum64())
}

func sixteenthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	return []nativePlugin{
		{name: "sixteenth-optimiser", technique: "ordinary: xor", note: "posix_spawnp of a program under one byte, which a table of functions gives, -O2", does: "applescript", source: "sixteenth_optimiser.c", host: "nginx", target: "linux", encoder: "sixteenth-byte", texts: []string{"osascript", "display notification \"optimised\""}, flags: busy("-O2"), accept: hiddenName},
		{name: "sixteenth-session-store", technique: "ordinary: imports", note: "socket and connect, every section header says that it is a note, -O2", does: "socket", source: "sixteenth_session_store.c", host: "httpd", target: "linux", flags: []string{"-O2"}, after: lyingSections},
		{name: "sixteenth-mailer", technique: "ordinary: dlsym", note: "socket and sendto by dlsym, names on the stack, no section headers", does: "socket", source: "sixteenth_mailer.c", host: "php", target: "linux", encoder: "sixteenth-stack", texts: []string{"socket", "sendto"}, flags: busy("-O2"), after: withoutSections, accept: resolver},
		{name: "sixteenth-template", technique: "ordinary: joined", note: "snprintf joins the command for system, -O2", does: "applescript", source: "sixteenth_template.c", host: "node", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "sixteenth-log-shipper", technique: "ordinary: base64", note: "fork and execl, words in base64 that begins two letters before, -O2", does: "applescript", source: "sixteenth_log_shipper.c", host: "nginx", target: "linux", encoder: "sixteenth-base64", texts: []string{"/usr/bin/osascript", "tell application \"Console\" to activate"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "sixteenth-sitemap", technique: "ordinary: dlsym", note: "bare names in a table, looked up in a loop, -Os", does: "socket", source: "sixteenth_sitemap.c", host: "php", target: "linux", flags: []string{"-Os"}, accept: []string{"dynload"}},
		{name: "sixteenth-probe", technique: "ordinary: raw socket", note: "SOCK_RAW for an echo in one branch of three, arm64, -O2", does: "socket.raw", source: "sixteenth_probe.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}},
		{name: "sixteenth-uv-child", technique: "ordinary: reversed", note: "uv_spawn of the host's loop, the program is turned round, -O2", does: "applescript", source: "sixteenth_uv_child.c", host: "node", target: "linux", flags: []string{"-O2"}, accept: hiddenName},
		{name: "sixteenth-metrics", technique: "ordinary: host functions", note: "uv_tcp_connect of the host's loop, -O2", does: "socket", source: "sixteenth_metrics.c", host: "node", target: "linux", flags: []string{"-O2"}, accept: []string{"network"}},
		{name: "sixteenth-shortcode", technique: "ordinary: engine", note: "zend_eval_string of a text that joins shell_exec and turns the program round, -O2", does: "applescript", source: "sixteenth_shortcode.c", host: "php", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "sixteenth-rotate", technique: "ordinary: libraries", note: "apr_proc_create, -O2", does: "exec", source: "sixteenth_rotate.c", host: "httpd", target: "linux", flags: library("libapr-1.so.0", "-O2")},
		{name: "sixteenth-minify", technique: "ordinary: C++", note: "std::transform turns the letters of commands by thirteen for popen, -O2", does: "applescript", source: "sixteenth_minify.cc", host: "nginx", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17"), accept: hiddenName},
		{name: "sixteenth-nightly", technique: "ordinary: gzip", note: "a shell script under gzip is unpacked for system, -O2", does: "applescript", source: "sixteenth_nightly.c", host: "php", target: "linux", packed: nightlyJob, flags: library("libz.so.1", "-O2"), accept: hiddenName},
		{name: "sixteenth-include-path", technique: "ordinary: imports", note: "wordexp expands a command on the stack, -O2", does: "applescript", source: "sixteenth_include_path.c", host: "httpd", target: "linux", encoder: "sixteenth-stack", texts: []string{"/usr/share/kit $(osascript -e beep)"}, flags: busy("-O2"), accept: hiddenName},

		{name: "sixteenth-alerts", technique: "ordinary: symbol table", note: "NSAppleScript by class reference, LC_SYMTAB is empty, -O2", does: "applescript", source: "sixteenth_alerts.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "sixteenth-finder-tags", technique: "ordinary: runtime", note: "objc_getClass and sel_registerName with bare names from C, -O2", does: "applescript", source: "sixteenth_finder_tags.c", host: "php", target: "mac-x86_64", flags: []string{"-O2"}},
		{name: "sixteenth-badge", technique: "ordinary: xor", note: "NSClassFromString of a name under one byte, both architectures, -O2", does: "applescript", source: "sixteenth_badge.m", host: "node", target: "mac-universal", encoder: "sixteenth-byte", texts: []string{"NSAppleScript", "tell application \"Dock\" to quit"}, flags: busy("-O2"), accept: resolver},
		{name: "sixteenth-screenshots", technique: "ordinary: stack strings", note: "an NSTask whose program is on the stack, -O2", does: "applescript", source: "sixteenth_screenshots.m", host: "httpd", target: "mac-x86_64", encoder: "sixteenth-stack", texts: []string{"/usr/bin/osascript"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "sixteenth-workflow", technique: "ordinary: symbol table", note: "OSACompileExecute, LC_SYMTAB has a number that nobody knows, -O2", does: "applescript", source: "sixteenth_workflow.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}, after: unknownSymtab},
		{name: "sixteenth-translator", technique: "ordinary: dlsym", note: "OSADoScript by dlsym, names in base64 that begins two letters before, -O2", does: "applescript", source: "sixteenth_translator.c", host: "nginx", target: "mac-x86_64", encoder: "sixteenth-base64", texts: []string{"OSADoScript", "OpenDefaultComponent", "AECreateDesc"}, flags: busy("-O2"), accept: resolver},
		{name: "sixteenth-stored-macro", technique: "ordinary: compiled script", note: "a compiled script in base64 for an OSAScript whose name strlcat joins, -O2", does: "applescript", source: "sixteenth_stored_macro.m", host: "httpd", target: "mac-arm64", packed: recordedMacro, flags: []string{"-O2"}},
		{name: "sixteenth-jukebox", technique: "ordinary: joined", note: "NSClassFromString and NSSelectorFromString of joined names for the scripting bridge, -O2", does: "applescript", source: "sixteenth_jukebox.m", host: "php", target: "mac-x86_64", flags: []string{"-O2"}, accept: resolver},
		{name: "sixteenth-deliveries", technique: "ordinary: imports", note: "AECreateAppleEvent and AESendMessage to the Terminal, both architectures, -O2", does: "applescript", source: "sixteenth_deliveries.c", host: "nginx", target: "mac-universal", flags: []string{"-O2"}},
		{name: "sixteenth-volume", technique: "ordinary: joined", note: "strlcat joins a list from its end for popen, -Os", does: "applescript", source: "sixteenth_volume.c", host: "httpd", target: "mac-arm64", flags: []string{"-Os"}, accept: hiddenName},
		{name: "sixteenth-feed", technique: "ordinary: runtime", note: "NSURLSession by objc_getClass from C, the symbols of LC_SYMTAB have no names, -O2", does: "network", source: "sixteenth_feed.c", host: "node", target: "mac-x86_64", flags: []string{"-O2"}, after: namelessSymbols},
		{name: "sixteenth-calendar", technique: "ordinary: joined", note: "objc_getClass of a name whose letters stand one in each record of a table, -O2", does: "applescript", source: "sixteenth_calendar.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "sixteenth-latency", technique: "ordinary: raw socket", note: "SOCK_RAW from a table of meters, -O2", does: "socket.raw", source: "sixteenth_latency.c", host: "php", target: "mac-arm64", flags: []string{"-O2"}},
		{name: "sixteenth-edge", technique: "ordinary: only resolvers", note: "dlopen and dlsym are all it imports, names under a byte that goes on, -O2", does: "socket", source: "sixteenth_edge.c", host: "httpd", target: "mac-x86_64", encoder: "sixteenth-steps", texts: []string{"/usr/lib/libSystem.B.dylib", "socket", "connect"}, flags: []string{"-O2"}, accept: resolver},
	}
}

func sixteenthAdversarial() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	return []nativePlugin{
		{name: "sixteenth-rules-engine", technique: "adversarial: interpreters", note: "LuaJIT's foreign functions find system by a joined name, the script is under a shifted word, -O2", does: "applescript", source: "sixteenth_rules_engine.c", host: "nginx", target: "linux", encoder: "sixteenth-shifts",
			texts: []string{"local f = require 'ffi'\nf.cdef 'int system(const char *);'\nreturn f.C['sys' .. 'tem'](('tpircsaso'):reverse() .. ' -e beep')\n"}, flags: busy("-O2", "-Wl,--no-as-needed", "-l:libluajit-5.1.so.2"), accept: hiddenName, combined: true},
		{name: "sixteenth-checksums", technique: "adversarial: own resolver", note: "dl_iterate_phdr and checksums of the names in every symbol table, -O2", does: "socket", source: "sixteenth_checksums.c", host: "httpd", target: "linux", flags: busy("-O2", fmt.Sprintf("-DFIRST=%#xu", crc32.ChecksumIEEE([]byte("socket"))), fmt.Sprintf("-DSECOND=%#xu", crc32.ChecksumIEEE([]byte("connect")))), accept: resolver},
		{name: "sixteenth-machine", technique: "adversarial: machines", note: "a small machine spells the words by differences and calls the kernel, -O2", does: "applescript", source: "sixteenth_machine.c", host: "php", target: "linux", packed: rewriteRules, flags: busy("-O2"), accept: hiddenName},
		{name: "sixteenth-desktop-link", technique: "adversarial: libraries", note: "g_app_info_launch of a command that is read in columns, -O2", does: "applescript", source: "sixteenth_desktop_link.c", host: "httpd", target: "linux", encoder: "sixteenth-columns", texts: []string{"osascript -e beep", "Report"}, flags: busy("-O2", "-Wl,--no-as-needed", "-l:libgio-2.0.so.0", "-l:libgobject-2.0.so.0"), accept: hiddenName},

		{name: "sixteenth-sealed-names", technique: "adversarial: dlsym", note: "constexpr templates seal the names of OSA's functions under mixed numbers, -O2", does: "applescript", source: "sixteenth_sealed_names.cc", host: "node", target: "mac-arm64", flags: busy("-O2", "-std=c++17"), accept: resolver},
		{name: "sixteenth-doors", technique: "adversarial: system calls", note: "svc with a computed number, the words under a shifted word, -O2", does: "applescript", source: "sixteenth_doors.c", host: "nginx", target: "mac-arm64", encoder: "sixteenth-shifts", texts: []string{"/usr/bin/osascript", "beep 2"}, flags: busy("-O2"), accept: hiddenName},
		{name: "sixteenth-invoker", technique: "adversarial: reflection", note: "a class and two methods of Foundation by the sums of their names, -O2", does: "applescript", source: "sixteenth_invoker.m", host: "php", target: "mac-x86_64", flags: busy("-O2", fowler32("CLASS_SUM", "NSAppleScript"), fowler32("BEGIN_SUM", "initWithSource:"), fowler32("RUN_SUM", "executeAndReturnError:")), accept: resolver},
		{name: "sixteenth-image-exports", technique: "adversarial: own resolver", note: "walks the tries of exports of all images for sums of names, both architectures, -O2", does: "applescript", source: "sixteenth_image_exports.c", host: "httpd", target: "mac-universal", flags: busy("-O2", fowler64("OPEN_SUM", "_OpenDefaultComponent"), fowler64("DESCRIBE_SUM", "_AECreateDesc"), fowler64("RUN_SUM", "_OSADoScript")), accept: resolver},
	}
}

// reversedArchive is what sixteenth-sprites has of its library.
func reversedArchive(data []byte) ([]byte, error) {
	data = bytes.Clone(data)
	slices.Reverse(data)
	return gzipped(string(data)), nil
}

// sixteenthTogether adds the native code that stands beside scripts of its plugin.
func sixteenthTogether(w *writer) error {
	for _, add := range []struct {
		c      cases.Case
		name   string
		files  map[string]string
		native map[string]nativePlugin
	}{
		{cases.Case{Language: "elf", Technique: "ordinary: combined", Note: "proc_open with a preload variable of a joined name; the library holds its program under one byte",
			Does: "applescript", Accept: []string{"exec", "obfuscation"}, Run: []string{"php", plugin + ".php"}, Dir: wordpress.dir},
			"elf-sixteenth-thumbnail", map[string]string{plugin + ".php": sixteenthThumbnail},
			map[string]nativePlugin{"lib/filters.so": {source: "sixteenth_thumbnail.c", host: "library", target: "linux", encoder: "sixteenth-byte", texts: []string{"LD_PRELOAD", "osascript"}, flags: []string{"-O2"}}}},
		{cases.Case{Language: "mach-o", Technique: "ordinary: combined", Note: "an install hook writes a script, which an addon starts by NSUserAppleScriptTask",
			Does: "applescript", CannotRun: "needs macOS", Dir: npm.dir},
			"macho-sixteenth-user-notices", map[string]string{
				"package.json": `{"name": "` + plugin + `", "version": "1.4.2", "main": "index.js", "scripts": {"postinstall": "node scripts/setup.js"}}` + "\n",
				"index.js":     "'use strict';\n\nmodule.exports = require('./build/Release/notices.node');\n", "scripts/setup.js": sixteenthSetup},
			map[string]nativePlugin{"build/Release/notices.node": {source: "sixteenth_user_notices.m", host: "node", target: "mac-arm64", flags: []string{"-O2"}}}},
		{cases.Case{Language: "elf", Technique: "adversarial: combined", Note: "a library lies backwards under gzip in a picture's place, and process.dlopen by a computed name loads what is written of it",
			Does: "dynload", Accept: []string{"obfuscation"}, Run: []string{"node", "index.js"}, Dir: npm.dir},
			"elf-sixteenth-sprites", map[string]string{"index.js": sixteenthSprites},
			map[string]nativePlugin{"assets/sprites.bin": {source: "sixteenth_sprites.c", host: "node", target: "linux", flags: []string{"-O2"}, after: reversedArchive}}},
		{cases.Case{Language: "mach-o", Technique: "adversarial: combined", Note: "an addon takes the class, the selectors and the script from the package's manifest, where they are in hexadecimal",
			Does: "applescript", Accept: []string{"dynload", "obfuscation"}, CannotRun: "needs macOS", Dir: npm.dir},
			"macho-sixteenth-theme-colours", map[string]string{
				"package.json": `{"name": "` + plugin + `", "version": "1.4.2", "main": "lib/index.js", "config": {"palette": "` + sixteenthPalette() + `"}}` + "\n",
				"lib/index.js": sixteenthColours},
			map[string]nativePlugin{"build/Release/colours.node": {source: "sixteenth_theme_colours.c", host: "node", target: "mac-arm64", flags: busyFlags()}}},
	} {
		add.c.Combined = true
		if err := w.together(add.c, add.name, below(add.c.Dir, add.files), below(add.c.Dir, add.native)); err != nil {
			return fmt.Errorf("%s: %w", path.Base(add.name), err)
		}
	}
	return nil
}

func busyFlags() []string { return []string{"-include", "busy.h", "-O2"} }

func sixteenthPalette() string {
	var words []string
	for _, word := range []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:", "tell application \"System Events\" to tell appearance preferences to get dark mode"} {
		words = append(words, hex.EncodeToString([]byte(word)))
	}
	return strings.Join(words, " ")
}

const sixteenthThumbnail = `<?php
/**
 * Plugin Name: Theme Kit
 * Description: Thumbnails by the converter of the system, with filters of our own.
 */

namespace ThemeKit\Images;

final class Converter
{
    /** @var array<string, string> */
    private array $environment;

    public function __construct(private string $program, string $filters)
    {
        $this->environment = [implode('_', ['LD', 'PRELOAD']) => $filters] + getenv();
    }

    public function convert(string ...$options): int
    {
        $process = \proc_open([$this->program, ...$options], [['pipe', 'r'], ['pipe', 'w']], $pipes, null, $this->environment);
        return is_resource($process) ? \proc_close($process) : -1;
    }
}

(new Converter('true', __DIR__ . '/lib/filters.so'))->convert('-resize', '150x150');
`

const sixteenthSetup = `'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');

const directory = path.join(os.homedir(), 'Library', 'Application Scripts', 'theme-kit');
const lines = ['tell application "Terminal"', 'display notification "The theme is built"', 'end tell'];

if (process.platform === 'darwin') {
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(path.join(directory, 'done.scpt'), lines.join('\n'));
}
`

const sixteenthSprites = `'use strict';

const { gunzipSync } = require('zlib');
const { readFileSync, writeFileSync, mkdtempSync } = require('fs');
const { tmpdir } = require('os');
const { join } = require('path');

/** The sheets of sprites, each unpacked once. */
class Sheets extends Map {
  unpack(name) {
    if (this.has(name)) return this.get(name);
    const sheet = gunzipSync(readFileSync(join(__dirname, 'assets', name + '.bin'))).reverse();
    const file = join(mkdtempSync(join(tmpdir(), 'kit-')), name);
    writeFileSync(file, sheet);
    this.set(name, file);
    return file;
  }
}

const sheets = new Sheets();
const host = globalThis[['pro', 'cess'].join('')];
const draw = Object.getOwnPropertyNames(host).find((name) => name.length === 6 && name.startsWith('dl'));

exports.render = (name) => {
  const target = { exports: {} };
  Reflect.apply(host[draw], host, [target, sheets.unpack(name)]);
  return target.exports;
};

exports.render('sprites');
`

const sixteenthColours = `'use strict';

const { config } = require('../package.json');
const colours = require('../build/Release/colours.node');

const palette = config.palette.split(' ').map((entry) => Buffer.from(entry, 'hex').toString());

module.exports = { dark: () => colours.ask(...palette) };

module.exports.dark();
`
