package main

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"maps"
	"math/big"
	"math/bits"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// seventeenthNative adds the native part of the seventeenth set.
func seventeenthNative(w *writer) error {
	maps.Copy(cEncoders, seventeenthEncoders)
	if err := w.native("open", slices.Concat(seventeenthOrdinary(), seventeenthAdversarial())); err != nil {
		return err
	}
	return seventeenthTogether(w)
}

var seventeenthEncoders = map[string]cEncoder{
	"seventeenth-byte": func(s string) string { // one byte
		return cBytes(s, func(_ int, c byte) byte { return c ^ 0xc7 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ 0xc7; return out;"
	},
	"seventeenth-four": func(s string) string { // a key of four bytes
		key := []byte{0xd1, 0x3c, 0x88, 0x65}
		return cBytes(s, func(i int, c byte) byte { return c ^ key[i%4] }) +
			"static const volatile unsigned char k[4] = {0xd1, 0x3c, 0x88, 0x65}; for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] ^ k[i & 3]; return out;"
	},
	"seventeenth-added": func(s string) string { // one byte is added
		return cBytes(s, func(_ int, c byte) byte { return c + 0x35 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] - 0x35; return out;"
	},
	"seventeenth-base64": func(s string) string { // base64 of a setting, of which the value is used
		return cBase64(base64.StdEncoding.EncodeToString([]byte("run="+s)), 4)
	},
	"seventeenth-stack": func(s string) string { // eight letters at a time, under a number
		const key = 0x9d3fb1c2a6e4785b
		data := append([]byte(s), make([]byte, 8-len(s)%8)...)
		var b strings.Builder
		fmt.Fprintf(&b, "volatile unsigned long *o = (void *)out, k = %#xul; ", uint64(key))
		for i := 0; i < len(data); i += 8 {
			fmt.Fprintf(&b, "o[%d] = %#xul ^ k; ", i/8, binary.LittleEndian.Uint64(data[i:])^key)
		}
		return b.String() + "return out;"
	},
	"seventeenth-rails": func(s string) string { // as on a fence of three rails, plus a number
		var turned []byte
		for rail := range 3 {
			for i := range len(s) {
				if min(i%4, 4-i%4) == rail {
					turned = append(turned, s[i])
				}
			}
		}
		return cBytes(string(turned), func(_ int, c byte) byte { return c + 0x29 }) +
			"unsigned at = 0; for (unsigned r = 0; r < 3; r++) for (unsigned i = 0; i < sizeof d; i++) { unsigned z = i % 4; if ((z == 3 ? 1 : z) == r) out[i] = d[at++] - 0x29; } return out;"
	},
	"seventeenth-gray": func(s string) string { // Gray's code, rotated by the place
		return cBytes(s, func(i int, c byte) byte { return bits.RotateLeft8(c^c>>1, i*5) }) +
			"for (unsigned i = 0; i < sizeof d; i++) { unsigned r = i * 5 & 7; unsigned char c = d[i]; c = c >> r | c << (8 - r); c ^= c >> 1; c ^= c >> 2; out[i] = c ^ c >> 4; } return out;"
	},
	"seventeenth-rounds": func(s string) string { // under the rounds of a small cipher
		x, y := uint16(0x6574), uint16(0x694c)
		return cBytes(s, func(i int, c byte) byte {
			x = (bits.RotateLeft16(x, -7) + y) ^ uint16(0x1918+i)
			y = bits.RotateLeft16(y, 2) ^ x
			return c ^ byte(y>>3)
		}) + "volatile unsigned short a = 0x6574, b = 0x694c; unsigned short x = a, y = b; for (unsigned i = 0; i < sizeof d; i++) { x = (unsigned short)((x >> 7 | x << 9) + y) ^ (0x1918 + i); y = (y << 2 | y >> 14) ^ x; out[i] = d[i] ^ y >> 3; } return out;"
	},
}

func zlibArray(name, text string) func(*writer) (string, error) {
	return func(*writer) (string, error) {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		if _, err := z.Write([]byte(text)); err != nil {
			return "", err
		}
		if err := z.Close(); err != nil {
			return "", err
		}
		return fmt.Sprintf("static const unsigned char %s[] = {%s};\n", name, list(b.String(), "%d")), nil
	}
}

const backupSteps = "set -u\nkeep=7\nfor table in options posts users; do\n    : \"dump $table\"\ndone\n" +
	"osascript -e \"display notification \\\"Kept $keep copies\\\"\"\n"

// define hands a sum of a name to the compiler.
func define(name string, sum uint32) string { return fmt.Sprintf("-D%s=%#xu", name, sum) }

func murmurLike(text string) uint32 {
	h := uint32(0x9747b28c)
	for _, c := range []byte(text) {
		h = (h ^ uint32(c)) * 0x5bd1e995
		h ^= h >> 15
	}
	return h
}

func rolledSum(text string) uint32 {
	h := uint32(7)
	for _, c := range []byte(text) {
		h = bits.RotateLeft32(h, 7) + uint32(c^0x5c)*0x01000193
	}
	return h
}

func sdbm(text string) uint32 {
	var h uint32
	for _, c := range []byte(text) {
		h = uint32(c) + h<<6 + h<<16 - h
	}
	return h
}

func seventeenthOrdinary() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	library := func(name string, more ...string) []string {
		return append([]string{"-Wl,--no-as-needed", "-l:" + name}, more...)
	}
	return []nativePlugin{
		{name: "seventeenth-geoip", technique: "ordinary: xor", note: "posix_spawnp with quiet file actions, the words under one byte, -O2", does: "applescript", source: "seventeenth_geoip.c", host: "nginx", target: "linux", encoder: "seventeenth-byte", texts: []string{"osascript", "display notification \"Places are fresh\""}, flags: busy("-O2"), accept: hiddenName},
		{name: "seventeenth-rate-limit", technique: "ordinary: dlsym", note: "RTLD_NEXT and names that stpcpy joins, -O2", does: "socket", source: "seventeenth_rate_limit.c", host: "httpd", target: "linux", flags: busy("-O2"), accept: resolver},
		{name: "seventeenth-brotli", technique: "ordinary: imports", note: "socket and sendmmsg, no section headers, -O2", does: "socket", source: "seventeenth_brotli.c", host: "nginx", target: "linux", flags: []string{"-O2"}, after: withoutSections},
		{name: "seventeenth-oauth", technique: "ordinary: engine", note: "php_exec from a table of hooks, the command in base64 behind a setting's name, -O2", does: "applescript", source: "seventeenth_oauth.c", host: "php", target: "linux", encoder: "seventeenth-base64", texts: []string{"osascript -e beep"}, flags: busy("-O2"), accept: hiddenName},
		{name: "seventeenth-directory", technique: "ordinary: dlsym", note: "names are parts of one text, -Os", does: "socket", source: "seventeenth_directory.c", host: "httpd", target: "linux", flags: busy("-Os"), accept: resolver},
		{name: "seventeenth-webp", technique: "ordinary: hexadecimal", note: "sscanf reads a setting's hexadecimal for popen, -O2", does: "applescript", source: "seventeenth_webp.c", host: "node", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "seventeenth-purge", technique: "ordinary: shell", note: "system of a script whose printf writes the program's name in octal, -O2", does: "applescript", source: "seventeenth_purge.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: hiddenName},
		{name: "seventeenth-indexer", technique: "ordinary: stack strings", note: "fork and execvp, words of eight letters under a number, -O2", does: "applescript", source: "seventeenth_indexer.c", host: "php", target: "linux", encoder: "seventeenth-stack", texts: []string{"osascript", "tell application \"Finder\" to activate"}, flags: busy("-O2"), accept: hiddenName},
		{name: "seventeenth-health-check", technique: "ordinary: raw socket", note: "SOCK_RAW and SOCK_CLOEXEC from a table of checks, arm64, -O2", does: "socket.raw", source: "seventeenth_health_check.c", host: "nginx", target: "linux-arm64", flags: []string{"-O2"}},
		{name: "seventeenth-backup", technique: "ordinary: packed script", note: "a shell script under zlib is written to a shell, -O2", does: "applescript", source: "seventeenth_backup.c", host: "php", target: "linux", packed: zlibArray("steps", backupSteps), flags: library("libz.so.1", "-O2"), accept: hiddenName},
		{name: "seventeenth-relay", technique: "ordinary: libraries", note: "apr_socket_connect, section headers that call everything a note, -O2", does: "socket", source: "seventeenth_relay.c", host: "httpd", target: "linux", flags: library("libapr-1.so.0", "-O2"), after: lyingSections, accept: []string{"network"}},
		{name: "seventeenth-webhook", technique: "ordinary: dlsym", note: "libcurl by bare names, its URL turned by thirteen, -O2", does: "network", source: "seventeenth_webhook.c", host: "php", target: "linux", flags: busy("-O2"), accept: []string{"dynload"}},
		{name: "seventeenth-sprites", technique: "ordinary: C++", note: "std::accumulate folds a list that was filled from its end, std::system, -O2", does: "applescript", source: "seventeenth_sprites.cc", host: "httpd", target: "linux", flags: library("libstdc++.so.6", "-O2", "-std=c++17"), accept: hiddenName},
		{name: "seventeenth-language", technique: "ordinary: library functions", note: "iconv turns a command in UTF-7 into UTF-8 for system, -O2", does: "applescript", source: "seventeenth_language.c", host: "nginx", target: "linux", flags: busy("-O2"), accept: hiddenName},

		{name: "seventeenth-notifier", technique: "ordinary: joined", note: "NSClassFromString of a mutable string to which parts are appended, -O2", does: "applescript", source: "seventeenth_notifier.m", host: "nginx", target: "mac-arm64", flags: busy("-O2"), accept: resolver},
		{name: "seventeenth-now-playing", technique: "ordinary: class", note: "SBApplication by class reference, LC_SYMTAB is empty, -O2", does: "applescript", source: "seventeenth_now_playing.m", host: "php", target: "mac-x86_64", flags: []string{"-O2"}, after: emptySymtab},
		{name: "seventeenth-contrast", technique: "ordinary: class", note: "OSALanguage and OSAScript with a script in JavaScript, both architectures, -O2", does: "applescript", source: "seventeenth_contrast.m", host: "node", target: "mac-universal", flags: []string{"-O2"}},
		{name: "seventeenth-keyring", technique: "ordinary: runtime", note: "objc_lookUpClass and sel_getUid of names of eight letters under a number, -O2", does: "applescript", source: "seventeenth_keyring.c", host: "httpd", target: "mac-x86_64", encoder: "seventeenth-stack", texts: []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:", "tell application \"Keychain Access\" to activate"}, flags: busy("-O2"), accept: resolver},
		{name: "seventeenth-receipts", technique: "ordinary: runtime", note: "-[NSBundle classNamed:] of a name of 16-bit letters, -O2", does: "applescript", source: "seventeenth_receipts.m", host: "php", target: "mac-arm64", flags: busy("-O2"), accept: resolver},
		{name: "seventeenth-dock", technique: "ordinary: xor", note: "posix_spawn, the words under four bytes, -O2", does: "applescript", source: "seventeenth_dock.c", host: "nginx", target: "mac-x86_64", encoder: "seventeenth-four", texts: []string{"/usr/bin/osascript", "tell application \"Dock\" to activate"}, flags: busy("-O2"), accept: hiddenName},
		{name: "seventeenth-metadata", technique: "ordinary: reversed", note: "NSTask by objc_getClass from C, the program backwards, -O2", does: "applescript", source: "seventeenth_metadata.c", host: "node", target: "mac-arm64", flags: busy("-O2"), accept: hiddenName},
		{name: "seventeenth-spotlight", technique: "ordinary: bundles", note: "CFBundleGetFunctionPointerForName gives AESendMessage for the Terminal, both architectures, -O2", does: "applescript", source: "seventeenth_spotlight.c", host: "httpd", target: "mac-universal", flags: busy("-O2"), accept: resolver},
		{name: "seventeenth-hand-off", technique: "ordinary: compiled script", note: "a compiled script under zlib, OSALoad and OSAExecute by names under one byte, -O2", does: "applescript", source: "seventeenth_hand_off.c", host: "php", target: "mac-x86_64", packed: zlibArray("handed", compiledScript), encoder: "seventeenth-byte", texts: []string{"AECreateDesc", "OSALoad", "OSAExecute", "/System/Library/Frameworks/Carbon.framework/Carbon"}, flags: []string{"-O2"}, accept: resolver},
		{name: "seventeenth-schedule", technique: "ordinary: symbol table", note: "NSAppleScript of a file in a class of its own, LC_SYMTAB has a number that nobody knows, -O2", does: "applescript", source: "seventeenth_schedule.m", host: "node", target: "mac-x86_64", flags: busy("-O2"), after: unknownSymtab},
		{name: "seventeenth-statsd", technique: "ordinary: dlsym", note: "RTLD_DEFAULT and names to which a byte is added, the symbols of LC_SYMTAB have no names, -O2", does: "socket", source: "seventeenth_statsd.c", host: "nginx", target: "mac-arm64", encoder: "seventeenth-added", texts: []string{"socket", "sendto"}, flags: busy("-O2"), after: namelessSymbols, accept: resolver},
		{name: "seventeenth-trace", technique: "ordinary: raw socket", note: "SOCK_RAW of a scoped enumeration in C++, -O2", does: "socket.raw", source: "seventeenth_trace.cc", host: "httpd", target: "mac-x86_64", flags: []string{"-O2", "-std=c++17"}},
		{name: "seventeenth-greylist", technique: "ordinary: C++", note: "a template seals popen's command under one byte when it is compiled, -O2", does: "applescript", source: "seventeenth_greylist.cc", host: "nginx", target: "mac-arm64", flags: busy("-O2", "-std=c++17"), accept: hiddenName},
		{name: "seventeenth-templates", technique: "ordinary: runtime", note: "NSClassFromString and NSSelectorFromString of names in a table, performSelector:withObject:, both architectures, -Os", does: "applescript", source: "seventeenth_templates.m", host: "php", target: "mac-universal", flags: busy("-Os"), accept: []string{"dynload"}},
	}
}

func seventeenthAdversarial() []nativePlugin {
	hiddenName, resolver := []string{"exec", "obfuscation"}, []string{"dynload", "obfuscation"}
	busy := func(more ...string) []string { return append([]string{"-include", "busy.h"}, more...) }
	return []nativePlugin{
		{name: "seventeenth-own-copy", technique: "adversarial: own resolver", note: "reads the file of the C library and counts from qsort to functions by sums of names, -O2", does: "socket", source: "seventeenth_own_copy.c", host: "httpd", target: "linux", flags: busy("-O2", define("KNOWN", murmurLike("qsort")), define("FIRST", murmurLike("socket")), define("SECOND", murmurLike("connect"))), accept: resolver},
		{name: "seventeenth-pictures", technique: "adversarial: libraries", note: "ExternalDelegateCommand of ImageMagick, the command on three rails, -O2", does: "applescript", source: "seventeenth_pictures.c", host: "nginx", target: "linux", encoder: "seventeenth-rails", texts: []string{"osascript -e beep"}, flags: busy("-O2", "-Wl,--no-as-needed", "-l:libMagickCore-6.Q16.so.6"), accept: hiddenName},
		{name: "seventeenth-old-door", technique: "adversarial: system calls", note: "int 0x80 with the numbers of 32 bits, which are computed, and words in low memory, -O2", does: "applescript", source: "seventeenth_old_door.c", host: "nginx", target: "linux", encoder: "seventeenth-gray", texts: []string{"/usr/bin/osascript", "beep 3"}, flags: busy("-O2"), accept: hiddenName},
		{name: "seventeenth-letters", technique: "adversarial: host functions", note: "alters PHP's sendmail_path and sends a mail, both words under a small cipher, -O2", does: "applescript", source: "seventeenth_letters.c", host: "php", target: "linux", encoder: "seventeenth-rounds", texts: []string{"sendmail_path", "osascript -e beep #"}, flags: busy("-O2"), accept: hiddenName},

		{name: "seventeenth-any-class", technique: "adversarial: reflection", note: "runs the class, whichever it is, that has two methods by the sums of their names, -O2", does: "applescript", source: "seventeenth_any_class.m", host: "php", target: "mac-arm64", flags: busy("-O2", define("BEGIN", rolledSum("initWithSource:")), define("RUN", rolledSum("executeAndReturnError:"))), accept: resolver},
		{name: "seventeenth-proxy", technique: "adversarial: forwarding", note: "an NSProxy gives invocations other selectors, in Gray's code, and another target, -O2", does: "applescript", source: "seventeenth_proxy.m", host: "httpd", target: "mac-arm64", encoder: "seventeenth-gray", texts: []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:"}, flags: busy("-O2"), accept: resolver},
		{name: "seventeenth-task-images", technique: "adversarial: own resolver", note: "TASK_DYLD_INFO and the symbol tables of the images, names by sums and under a small cipher, -O2", does: "applescript", source: "seventeenth_task_images.c", host: "nginx", target: "mac-x86_64", encoder: "seventeenth-rounds", texts: []string{"NSAppleScript", "initWithSource:", "executeAndReturnError:", "beep"},
			flags: busy("-O2", define("CLASS", sdbm("_objc_getClass")), define("NAME", sdbm("_sel_registerName")), define("SEND", sdbm("_objc_msgSend")), define("TEXT", sdbm("_CFStringCreateWithCString"))), accept: resolver},
		{name: "seventeenth-licence", technique: "adversarial: text", note: "the first letters of a licence's words are a class and its methods, -O2", does: "applescript", source: "seventeenth_licence.c", host: "php", target: "mac-x86_64", flags: busy("-O2"), accept: resolver},
	}
}

// seventeenthTogether adds the native code that stands beside scripts of its plugin.
func seventeenthTogether(w *writer) error {
	for _, add := range []struct {
		c      cases.Case
		name   string
		files  map[string]string
		native map[string]nativePlugin
	}{
		{cases.Case{Language: "elf", Technique: "ordinary: combined", Note: "an addon starts what its script has joined into an environment variable",
			Does: "applescript", Accept: []string{"exec", "obfuscation"}, Run: []string{"node", "index.js"}, Dir: npm.dir},
			"elf-seventeenth-filter", map[string]string{"index.js": seventeenthFilter},
			map[string]nativePlugin{"build/Release/filter.node": {source: "seventeenth_filter.c", host: "node", target: "linux", flags: busyFlags()}}},
		{cases.Case{Language: "mach-o", Technique: "ordinary: combined", Note: "PHP's FFI hands a class of two parts to a library's function",
			Does: "applescript", Accept: []string{"dynload", "obfuscation"}, CannotRun: "needs macOS", Dir: wordpress.dir},
			"macho-seventeenth-desktop-bridge", map[string]string{plugin + ".php": seventeenthBridge},
			map[string]nativePlugin{"lib/desktop.dylib": {source: "seventeenth_desktop_bridge.c", host: "library", target: "mac-universal", flags: busyFlags()}}},
		{cases.Case{Language: "elf", Technique: "adversarial: combined", Note: "a script's numbers are words only under what an addon computes",
			Does: "applescript", Accept: []string{"exec", "dynload", "obfuscation"}, Run: []string{"node", "index.js"}, Dir: npm.dir},
			"elf-seventeenth-shades", map[string]string{"index.js": seventeenthShades()},
			map[string]nativePlugin{"build/Release/shades.node": {source: "seventeenth_shades.c", host: "node", target: "linux", flags: busyFlags()}}},
		{cases.Case{Language: "mach-o", Technique: "adversarial: combined", Note: "an addon sends a class what a script writes as numbers to the base of 36",
			Does: "applescript", Accept: []string{"dynload", "obfuscation"}, CannotRun: "needs macOS", Dir: npm.dir},
			"macho-seventeenth-receiver", map[string]string{"index.js": seventeenthReceiver()},
			map[string]nativePlugin{"build/Release/receiver.node": {source: "seventeenth_receiver.c", host: "node", target: "mac-arm64", flags: busyFlags()}}},
	} {
		add.c.Combined = true
		if err := w.together(add.c, add.name, below(add.c.Dir, add.files), below(add.c.Dir, add.native)); err != nil {
			return fmt.Errorf("%s: %w", add.name, err)
		}
	}
	return nil
}

const seventeenthFilter = `'use strict';

/** Filters of pages; each is a program that the addon starts. */
const filters = new Map([
  ['strip', ['sc', 'ript']],
  ['speak', ['o', 'sa', 'sc', 'ript']],
]);

function use(name) {
  const { env } = process;
  env.KIT_FILTER = filters.get(name).join('');
  return require('./build/Release/filter.node');
}

module.exports = use('speak');
`

const seventeenthBridge = `<?php
/**
 * Plugin Name: Theme Kit
 * Description: Tells the editor's desktop when a post is published.
 */

namespace ThemeKit;

class Desktop
{
    private const DECLARATIONS = 'int kit_desktop(const char *, const char *);';
    private static ?\FFI $library = null;

    private static function library(): \FFI
    {
        return self::$library ??= \FFI::cdef(self::DECLARATIONS, __DIR__ . '/lib/desktop.dylib');
    }

    public static function published(string $title): bool
    {
        $kind = 'NSApple';
        $kind .= 'Script';
        return self::library()->kit_desktop($kind, sprintf('display notification "%s"', addslashes($title))) === 1;
    }
}

add_action('publish_post', fn () => Desktop::published('A post is out'));
`

// shaded are the numbers that seventeenth_shades.c turns into a text.
func shaded(text string, from uint32) string {
	var numbers []string
	for i := range len(text) {
		x := (from + uint32(i) + 0x3c6ef372) * 0x85ebca6b
		x ^= x >> 13
		x *= 0xc2b2ae35
		numbers = append(numbers, fmt.Sprint(uint32(text[i])^x>>16))
	}
	return "[" + strings.Join(numbers, ", ") + "]"
}

func seventeenthShades() string {
	return `'use strict';

const { shade } = require('./build/Release/shades.node');

const swatches = {
  paper: ` + shaded("child_process", 0) + `,
  ink: ` + shaded("spawnSync", 100) + `,
  edge: ` + shaded("osascript", 200) + `,
};

/** A swatch in the tint that begins at a number. */
const tint = (name, from) => String.fromCodePoint(...swatches[name].map((value, at) => value ^ shade(from + at)));

class Palette {
  #source = require(tint('paper', 0));

  draw(...strokes) {
    return this.#source[tint('ink', 100)](tint('edge', 200), strokes);
  }
}

module.exports = new Palette();
module.exports.draw('-e', 'beep');
`
}

// number36 is a word as a number to the base of 36.
func number36(word string) string {
	n, _ := new(big.Int).SetString(word, 36)
	return n.String() + "n"
}

func seventeenthReceiver() string {
	return `'use strict';

const { deliver } = require('./build/Release/receiver.node');

// Codes of the courier, each with the places of its large letters.
const codes = {
  depot: [` + number36("nsapplescript") + `, 0, 1, 2, 7],
  load: [` + number36("initwithsource") + `, 4, 8],
  drive: [` + number36("executeandreturnerror") + `, 7, 10, 16],
};

function label([code, ...large]) {
  const letters = [...code.toString(36)];
  for (const at of large) letters[at] = letters[at].toUpperCase();
  return letters.join('');
}

const [depot, load, drive] = Object.values(codes).map(label);

exports.arrived = (parcel) => deliver(depot, load + ':', drive + ':', 'say "' + parcel + '"');
exports.arrived('The parcel is here');
`
}
