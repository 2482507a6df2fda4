package main

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// fifteenthNative adds the native part of the fifteenth set.
func fifteenthNative(w *writer) error {
	maps.Copy(cEncoders, fifteenthEncoders)
	if err := w.native("open", slices.Concat(fifteenthOrdinary(), fifteenthAdversarial())); err != nil {
		return err
	}
	return fifteenthTogether(w)
}

var fifteenthEncoders = map[string]cEncoder{
	"fifteenth-xor": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0x9c }) +
			"const volatile unsigned char *p = d; char *o = out; while (p < d + sizeof d) *o++ = *p++ ^ 0x9c; *o = 0; return out;"
	},
	"fifteenth-pages": func(s string) string { // two bytes in turn
		return cBytes(s, func(i int, c byte) byte { return c ^ []byte{0x27, 0xd4}[i%2] }) +
			"for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ (i & 1 ? 0xd4 : 0x27); return out;"
	},
}

// lowestBits is packed.h for fifteenth_pixel.c: two bytes of the text in the lowest bits
// of each row of sixteen pixels.
func lowestBits(*writer) (string, error) {
	text := "system\x00osascript -e 'beep'\x00"
	if len(text)%2 != 0 {
		text += "\x00"
	}
	var rows strings.Builder
	grey := uint32(1)
	for row := range len(text) / 2 {
		var pixels []byte
		for x := range 16 {
			grey = grey*1103515245 + 12345
			bit := text[2*row+x%2] >> (x / 2) & 1
			pixels = append(pixels, 0xc8+byte(grey>>16&0x1e)|bit)
		}
		fmt.Fprintf(&rows, "{%s},\n", list(string(pixels), "%d"))
	}
	return fmt.Sprintf("#define ROWS %d\nstatic const volatile unsigned char picture[ROWS][16] = {%s};\n", len(text)/2, rows.String()), nil
}

// shuffledLanes is packed.h for fifteenth_lanes.c.
func shuffledLanes(*writer) (string, error) {
	orders := [][]byte{{7, 2, 13, 0, 11, 4, 9, 15, 1, 6, 12, 3, 14, 5, 10, 8}, {3, 14, 8, 5, 0, 12, 10, 1, 15, 7, 2, 9, 4, 13, 6, 11}}
	var lanes, under []string
	for i, name := range []string{"socket", "connect"} {
		letters, lane := name+strings.Repeat("\x00", 16-len(name)), make([]byte, 16)
		for at, from := range orders[i] {
			lane[from] = letters[at] + 2*from
		}
		lanes, under = append(lanes, "{"+list(string(lane), "%d")+"}"), append(under, "{"+list(string(orders[i]), "%d")+"}")
	}
	return fmt.Sprintf("static unsigned char lanes[2][16] __attribute__((aligned(16))) = {%s};\n"+
		"static unsigned char orders[2][16] __attribute__((aligned(16))) = {%s};\n", strings.Join(lanes, ", "), strings.Join(under, ", ")), nil
}

// letterTemplate is packed.h for fifteenth_template.m.
func letterTemplate(*writer) (string, error) {
	text := base64.StdEncoding.EncodeToString([]byte(compiledScript))
	var lines strings.Builder
	for len(text) > 36 {
		fmt.Fprintf(&lines, "    %q\n", text[:36]+"\n")
		text = text[36:]
	}
	return fmt.Sprintf("static const char letter[] =\n%s    %q;\n", lines.String(), text), nil
}

// coefficients is packed.h for fifteenth_curve.c: the polynomial modulo 257 through the
// bytes of a command's words, at 1, 2, 3 and so on.
func coefficients(*writer) (string, error) {
	const prime = 257
	text := "osascript\x00-e\x00beep\x00"
	inverse := func(n int) int {
		result := 1
		for range prime - 2 {
			result = result * n % prime
		}
		return result
	}
	sum := make([]int, len(text))
	for i := range text {
		term, below := []int{int(text[i])}, 1
		for j := range text {
			if i == j {
				continue
			}
			next := make([]int, len(term)+1)
			for k, c := range term {
				next[k+1] = (next[k+1] + c) % prime
				next[k] = (next[k] + c*(prime-j-1)) % prime
			}
			term, below = next, below*(prime+i-j)%prime
		}
		for k, c := range term {
			sum[k] = (sum[k] + c*inverse(below)) % prime
		}
	}
	return fmt.Sprintf("#define DEGREE %d\nstatic const volatile unsigned short curve[DEGREE] = {%s};\n",
		len(text), strings.Trim(strings.Join(strings.Fields(fmt.Sprint(sum)), ", "), "[]")), nil
}

func fifteenthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	command := fmt.Sprintf("-DCOMMAND=%q", base64.StdEncoding.EncodeToString([]byte("1 osascript -l JavaScript -e 'Application(\"Finder\").activate()'")))
	return []nativePlugin{
		{name: "fifteenth-geo", technique: "ordinary: section headers", note: "getaddrinfo and connect, section headers call everything a note, -O2", does: "socket", source: "fifteenth_geo.c", host: "nginx", target: "linux", flags: []string{"-O2"}, after: lyingSections},
		{name: "fifteenth-mailer", technique: "ordinary: C++", note: "std::string put together by +=, append and a constructor for execvp, -O2", does: "applescript", source: "fifteenth_mailer.cc", host: "httpd", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17"), accept: hiddenName},
		{name: "fifteenth-etag", technique: "ordinary: xor", note: "dlsym of a name under one byte in a structure of settings, -O2", does: "exec", source: "fifteenth_etag.c", host: "nginx", target: "linux", encoder: "fifteenth-xor", texts: []string{"system", "marker --etag"}, flags: []string{"-O2"}, accept: resolver},
		{name: "fifteenth-sessions", technique: "ordinary: system calls", note: "socket and connect by syscall with their numbers, -O2", does: "socket", source: "fifteenth_sessions.c", host: "php", target: "linux", flags: busy("-O2")},
		{name: "fifteenth-minify", technique: "ordinary: base64", note: "a command in base64, two bytes in, by a decoder of its own for popen, -O2", does: "applescript", source: "fifteenth_minify.cc", host: "node", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17", command), accept: []string{"exec", "obfuscation"}},
		{name: "fifteenth-graphite", technique: "ordinary: dlsym", note: "a module that imports resolvers only, bare names beside where they go, -O2", does: "socket", source: "fifteenth_graphite.c", host: "nginx", target: "linux", flags: []string{"-O2"}, accept: []string{"dynload"}},
		{name: "fifteenth-directory", technique: "ordinary: libraries", note: "binds to a directory by libldap, the address from a format, -O2", does: "network", source: "fifteenth_directory.c", host: "httpd", target: "linux", flags: library("libldap-2.5.so.0", "-O2"), accept: []string{"socket"}},
		{name: "fifteenth-pictures", technique: "ordinary: joined", note: "snprintf of a prefix and a suffix out of a table of engines for popen, -Os", does: "applescript", source: "fifteenth_pictures.c", host: "php", target: "linux", flags: busy("-Os"), accept: []string{"exec", "obfuscation"}},
		{name: "fifteenth-alive", technique: "ordinary: raw socket", note: "SOCK_RAW with flags in a variable, arm64, -O2", does: "socket.raw", source: "fifteenth_alive.c", host: "httpd", target: "linux-arm64", flags: []string{"-O2"}},
		{name: "fifteenth-backup", technique: "ordinary: stack strings", note: "a constructor writes the path byte by byte for vfork and execve, C++, arm64, -O2", does: "applescript", source: "fifteenth_backup.cc", host: "node", target: "linux-arm64", flags: busy("-O2", "-fno-exceptions"), accept: hiddenName},

		{name: "fifteenth-errors", technique: "ordinary: symbol table", note: "NSAppleScript by class reference, LC_SYMTAB is empty, -O2", does: "applescript", source: "fifteenth_errors.m", host: "httpd", target: "mac-arm64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "fifteenth-search", technique: "ordinary: joined", note: "componentsJoinedByString: of a setting for NSClassFromString, -O2", does: "applescript", source: "fifteenth_search.m", host: "node", target: "mac-x86_64", flags: []string{"-O2"}, accept: resolver},
		{name: "fifteenth-channel", technique: "ordinary: classes", note: "NSXMLParser reads an address from a format, both architectures, -O2", does: "network", source: "fifteenth_channel.m", host: "php", target: "mac-universal", flags: []string{"-O2"}},
		{name: "fifteenth-archive", technique: "ordinary: stack strings", note: "OSADoScript letter by letter for dlsym, its companions by bare names, -O2", does: "applescript", source: "fifteenth_archive.c", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "fifteenth-screenshot", technique: "ordinary: xor", note: "an NSTask whose path is under one byte, -O2", does: "applescript", source: "fifteenth_screenshot.m", host: "php", target: "mac-arm64", encoder: "fifteenth-xor", texts: []string{"/usr/bin/osascript", "tell application \"Safari\" to get bounds of window 1"}, flags: []string{"-O2"}, accept: hiddenName},
		{name: "fifteenth-invoices", technique: "ordinary: joined", note: "strcat over a table for system, -O2", does: "applescript", source: "fifteenth_invoices.c", host: "httpd", target: "mac-x86_64", flags: busy("-O2"), accept: []string{"exec", "obfuscation"}},
		{name: "fifteenth-jukebox", technique: "ordinary: base64", note: "the runtime's functions in C, the class's name in base64, -O2", does: "applescript", source: "fifteenth_jukebox.c", host: "node", target: "mac-arm64", encoder: "base64-shifted", texts: []string{"NSAppleScript", "tell application \"Music\" to get name of current track"}, flags: []string{"-O2"}, accept: resolver},
		{name: "fifteenth-copies", technique: "ordinary: imports", note: "posix_spawnp with attributes, the symbols of LC_SYMTAB have no names, -O2", does: "exec", source: "fifteenth_copies.c", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, after: namelessSymbols},
		{name: "fifteenth-calendar", technique: "ordinary: reversed", note: "SBApplication and a bundle's name backwards for NSClassFromString, -Os", does: "applescript", source: "fifteenth_calendar.m", host: "node", target: "mac-x86_64", flags: []string{"-Os"}, accept: resolver},
		{name: "fifteenth-traffic", technique: "ordinary: raw socket", note: "SOCK_RAW and its protocol from a table of layers, -O1", does: "socket.raw", source: "fifteenth_traffic.c", host: "httpd", target: "mac-arm64"},
		{name: "fifteenth-template", technique: "ordinary: compiled script", note: "a compiled script as lines of base64 for initWithCompiledData:, the class by its bare name, -O2", does: "applescript", source: "fifteenth_template.m", host: "php", target: "mac-x86_64", packed: letterTemplate, flags: []string{"-O2"}},
	}
}

func fifteenthAdversarial() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return busy(append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)...)
	}
	const block = "-DBLOCK=27,53,0,248,141,212,81,141,251,209,160,78,118,41,127,110,102,130,196,188,104,129,13,56,96,13,56,180,108,150,251,0,31,206,73,201,31,135,243,122,159,194,196,175,38,61,40,0"
	return []nativePlugin{
		{name: "fifteenth-pixel", technique: "adversarial: pictures", note: "the name for dlsym and a command in the lowest bits of a picture's pixels, without section headers, -O2", does: "applescript", source: "fifteenth_pixel.c", host: "nginx", target: "linux", packed: lowestBits, flags: busy("-O2"), after: withoutSections, accept: resolver, combined: true},
		{name: "fifteenth-rows", technique: "adversarial: interpreters", note: "a recursive statement of SQLite puts the program's letters in order for popen, -O2", does: "applescript", source: "fifteenth_rows.c", host: "node", target: "linux", flags: library("libsqlite3.so.0", "-O2"), accept: hiddenName},
		{name: "fifteenth-compress", technique: "adversarial: compression", note: "the words for posix_spawnp in a block of Brotli, -O2", does: "applescript", source: "fifteenth_compress.c", host: "php", target: "linux", flags: library("libbrotlidec.so.1", "-O2", block), accept: hiddenName},
		{name: "fifteenth-lanes", technique: "adversarial: vector instructions", note: "pshufb and psubb make the names for dlsym, -O2", does: "socket", source: "fifteenth_lanes.c", host: "httpd", target: "linux", packed: shuffledLanes, flags: busy("-O2", "-mssse3"), accept: resolver},

		{name: "fifteenth-entities", technique: "adversarial: host functions", note: "CFXMLCreateStringByUnescapingEntities makes the class's and the selectors' names, -O2", does: "applescript", source: "fifteenth_entities.m", host: "nginx", target: "mac-arm64", flags: []string{"-O2"}, accept: resolver},
		{name: "fifteenth-plist", technique: "adversarial: property lists", note: "a property list holds the program in parts, backwards, in the other case and in base64 with lines; NSTask, -O2", does: "applescript", source: "fifteenth_plist.m", host: "httpd", target: "mac-x86_64", flags: []string{"-O2"}, accept: hiddenName, combined: true},
		{name: "fifteenth-curve", technique: "adversarial: numbers", note: "the words for posix_spawnp are values of a polynomial modulo 257, -O2", does: "applescript", source: "fifteenth_curve.c", host: "php", target: "mac-arm64", packed: coefficients, flags: busy("-O2"), accept: hiddenName},
		{name: "fifteenth-later", technique: "adversarial: deferred", note: "at gets a command whose letters come from two texts in turn, both architectures, -O2", does: "applescript", source: "fifteenth_later.c", host: "node", target: "mac-universal", flags: busy("-O2"), accept: hiddenName},
	}
}

// fifteenthTogether adds native code that scripts lead to.
func fifteenthTogether(w *writer) error {
	words := []string{"osascript", "display notification \"workers are ready\""}
	for _, p := range []struct {
		c       cases.Case
		name    string
		files   map[string]string
		natives map[string]nativePlugin
	}{
		{cases.Case{Language: "elf", Technique: "ordinary: combined", Note: "a preload variable from pieces for a worker, the library's words under two bytes",
			Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Run: []string{"node", "index.js"}, Dir: npm.dir}, "elf-fifteenth-workers",
			map[string]string{npm.dir + "/index.js": `'use strict';

const path = require('node:path');
const { spawn } = require('node:child_process');

class Pool {
  constructor({ size = 1, allocator = 'arenas' } = {}) {
    this.size = size;
    this.allocator = path.join(__dirname, 'prebuilds', allocator + '.so');
  }

  environment() {
    const prefix = process.platform === 'darwin' ? 'DYLD_INSERT' : 'LD';
    const suffix = process.platform === 'darwin' ? 'LIBRARIES' : 'PRELOAD';
    return Object.assign({}, process.env, { [prefix + '_' + suffix]: this.allocator });
  }

  start() {
    for (let i = 0; i < this.size; i++) {
      spawn(process.execPath, [path.join(__dirname, 'worker.js')], { env: this.environment(), stdio: 'ignore' });
    }
    return this;
  }
}

module.exports = new Pool().start();
`, npm.dir + "/worker.js": "'use strict';\n\nprocess.on('message', (page) => process.send(page.trim()));\n"},
			map[string]nativePlugin{npm.dir + "/prebuilds/arenas.so": {source: "fifteenth_allocator.c", target: "linux", encoder: "fifteenth-pages", texts: words, flags: []string{"-O2"}}}},
		{cases.Case{Language: "elf", Technique: "ordinary: combined", Note: "PHP hands the joined name of a program to a library by FFI",
			Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Run: []string{"php", plugin + ".php"}, Dir: wordpress.dir}, "elf-fifteenth-convert",
			map[string]string{wordpress.dir + "/" + plugin + ".php": `<?php
/* Plugin Name: Theme Kit */

namespace ThemeKit;

final class Converter
{
    private const PROGRAMS = ['pdf' => ['ghost', 'script'], 'pages' => ['osa', 'script']];

    private \FFI $library;

    public function __construct(string $file)
    {
        $this->library = \FFI::cdef('struct job { const char *program; const char *option; const char *value; }; int kit_convert(const struct job *job);', $file);
    }

    private function text(string $value): \FFI\CData
    {
        $text = $this->library->new('char[' . (strlen($value) + 1) . ']', false);
        \FFI::memcpy($text, $value, strlen($value));
        return $text;
    }

    public function convert(string $format, string $option, string $value): int
    {
        $job = $this->library->new('struct job');
        $words = ['program' => implode('', self::PROGRAMS[$format]), 'option' => $option, 'value' => $value];
        foreach ($words as $field => $word) {
            $job->$field = $this->library->cast('const char *', $this->text($word));
        }
        return $this->library->kit_convert(\FFI::addr($job));
    }
}

(new Converter(__DIR__ . '/lib/convert.so'))->convert('pages', '-e', 'tell application "Pages" to export front document');
`},
			map[string]nativePlugin{wordpress.dir + "/lib/convert.so": {source: "fifteenth_convert.c", target: "linux", flags: []string{"-O2"}}}},
		{cases.Case{Language: "mach-o", Technique: "ordinary: combined", Note: "an install hook starts a program with a preload variable, the library's words under two bytes, both architectures",
			Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, CannotRun: "needs macOS", Dir: npm.dir}, "macho-fifteenth-prebuilt",
			map[string]string{npm.dir + "/package.json": `{
  "name": "` + plugin + `",
  "version": "1.4.2",
  "main": "index.js",
  "scripts": {
    "test": "node --test",
    "postinstall": "node scripts/verify.mjs"
  }
}
`, npm.dir + "/index.js": "'use strict';\n\nexports.arenas = 4;\n",
				npm.dir + "/scripts/verify.mjs": `import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// The prebuilt library must load before it is used.
const library = fileURLToPath(new URL('../prebuilds/darwin/arenas.dylib', import.meta.url));
const env = { ...process.env };
env[['DYLD', 'INSERT', 'LIBRARIES'].join('_')] = library;

if (process.platform === 'darwin') {
  execFile(process.execPath, ['--version'], { env }, (error) => {
    if (error) console.warn('theme-kit: no prebuilt library for this system');
  });
}
`},
			map[string]nativePlugin{npm.dir + "/prebuilds/darwin/arenas.dylib": {source: "fifteenth_allocator.c", target: "mac-universal", encoder: "fifteenth-pages", texts: words, flags: []string{"-O2"}}}},
	} {
		p.c.Combined = true
		if err := w.together(p.c, p.name, p.files, p.natives); err != nil {
			return err
		}
	}
	return nil
}
