package inspect

import (
	"strings"
	"testing"
)

func TestKindIsByContentFirst(t *testing.T) {
	pe := "MZ" + strings.Repeat("\x00", 58) + "\x40\x00\x00\x00PE\x00\x00"
	for _, c := range []struct {
		about, name, data string
		want              Kind
	}{
		{"nothing", "a.js", "", Empty},
		{"machine code under the name of a script", "a.js", "\x7fELF\x02\x01\x01", ELF},
		{"machine code under the name of a picture", "logo.png", "\xcf\xfa\xed\xfe\x0c\x00\x00\x01", MachO},
		{"32-bit big-endian Mach-O", "a", "\xfe\xed\xfa\xce", MachO},
		{"universal", "a", "\xca\xfe\xba\xbe\x00\x00\x00\x02\x01\x00\x00\x07", MachO},
		{"class file", "a", "\xca\xfe\xba\xbe\x00\x00\x00\x3d\x00\x05\x07\x00\x02\x01", Java},
		{"class file of Java 1.1", "a", "\xca\xfe\xba\xbe\x00\x03\x00\x2d\x00\x05\x07\x00\x02\x01", Java},
		{"Windows program", "a.node", pe, PE},
		{"script that begins like a Windows program", "a.js", "MZ=1;require('net')", JavaScript},
		{"WebAssembly", "a", "\x00asm\x01\x00\x00\x00", Wasm},
		{"compiled AppleScript under another name", "a.txt", "FasdUAS 1.101.10\x0e", AppleScript},
		{"compiled JXA", "a", "JsOsaDAS1.001.00bplist00", AppleScript},
		{"zip", "a.whl", "PK\x03\x04rest", Archive},
		{"script that begins like bzip2", "a.js", "BZh9=1", JavaScript},
		{"PHP behind the head of a picture", "a.php", "GIF89a\x00\x00<?php system($_GET[0]);", PHP},
		{"PHP archive", "a.phar", "<?php __HALT_COMPILER();\x00\x01\x02", PHP},
		{"picture", "a.gif", "GIF89a\x00\x00", Data},
		{"a zero byte makes no data of a script", "a.js", "/*\x00*/require('net')", JavaScript},
		{"a zero byte in an ini", "a.ini", "x\x00", Data},

		{"suffix", "dist/A.MJS", "export default 1", JavaScript},
		{"TypeScript", "a.ts", "let a: number", JavaScript},
		{"declaration", "a.d.mts", "export {}", Declaration},
		{"source map", "a.js.map", ` {"version":3}`, SourceMap},
		{"script under the name of a source map", "a.js.map", `{require("net")}`, JavaScript},
		{"JSON", "package.json", "{}", JSON},
		{"README with PHP in it", "README.md", "# PHP\n<?php echo 1;", Text},
		{"shebang does not outrank a host's suffix", "a.js", "#!/bin/sh\nrequire('net')", JavaScript},
		{"shebang", "cli", "#!/usr/bin/env node\n", JavaScript},
		{"shebang with flags", "cli", "#!/usr/bin/env -S A=1 deno run\n", JavaScript},
		{"shebang with version", "cli", "#!/usr/local/bin/python3.11\n", Python},
		{"shell", "configure", "#! /bin/sh -e\n", Shell},
		{"AppleScript source", "run", "#!/usr/bin/osascript\n", AppleScript},
		{"PHP in a file without suffix", "index", "\xef\xbb\xbf\n<?PHP echo 1;", PHP},
		{"PHP behind a shebang that says nothing", "x", "#!/opt/x\n<?php", PHP},
		{"short tag", "x.tpl", "<?= 1 ?>", PHP},
		{"XML", "x", "<?xml version='1.0'?>", Markup},
		{"UTF-16", "x", "\xff\xfea\x00b\x00", Text},
		{"PHP in UTF-16", "de.inc", "\xff\xfe<\x00?\x00p\x00h\x00p\x00 \x00", PHP},
		{"PHP in UTF-16, the high byte first", "de.lang", "\xfe\xff\x00<\x00?\x00p\x00h\x00p\x00 ", PHP},
		{"PHP's tag in letters that are no UTF-16", "de.dat", "\x00<\x00?\x00p\x00h\x00p\x00 ", Data},
		{"prose", "LICENSE", "Permission is hereby granted", Text},
		{"JSON without suffix", ".babelrc", "{\n \"presets\" : []}", JSON},
		{"Lua bytecode", "a.lua", "\x1bLJ\x02", Lua},
		{"PHP under the name of a text", "x.txt", "hello\n<?php system($x);", PHP},
		{"PHP under the name of a picture", "y.png", "hello <?PHP system($x);", PHP},
		{"PHP behind a picture", "y.png", "\x89PNG\r\n\x1a\n\x00\x00<?php system($x);", PHP},
		{"short tag in a picture", "y.png", "\x89PNG\r\n\x1a\n\x00\x00<?=$x?>", Data},
		{"short tag in other bytes", "y", "\x01\x00\xff<?=`id`?>", Data},
		{"script with control characters", "lib.dat", "x='\x00\x01\x02\x03';require('net')", JavaScript},
		{"script with control characters and no UTF-8 in a comment", "lib", "/*\x00\xff\x01*/require('net')", JavaScript},
		{"shell script with bytes behind it", "install", "#!/bin/sh\nexit\n\x00\x00\xff", Shell},
		{"words of a script in binary data", "lib.dat", "\x00\xff\xfe require('net')", Data},
		{"words of a script in a text with zero bytes", "notes.txt", "\x00 require('net')", Data},
		{"PHP in a file without suffix, further down", "x", "hello\n<?\n<?php system($x);", PHP},
		{"PHP in a page", "x.html", "<html><?php system($x);", PHP},
		{"PHP in a README without suffix", "README", "say <?php echo 1;", Text},
		{"PHP in JSON", "x.json", `{"a": "<?php"}`, JSON},
		{"PHP in a declaration", "x.d.ts", "declare const a: '<?php'", Declaration},
		{"PHP in a source map", "x.js.map", `{"a": "<?php"}`, SourceMap},
		{"PHP in the words of a highlighter", "x.js", "a = '<?php'", JavaScript},
		{"script without suffix", "lib", "var n=require('net')", JavaScript},
		{"script of an unknown suffix", "lib.dat", "// x\nmodule.exports = 1", JavaScript},
		{"module of an unknown suffix", "lib.dat", "\n import net from 'net'", JavaScript},
		{"module behind a comment", "lib", "// x\nimport net from 'net'", JavaScript},
		{"script in a README", "README", "call require('x')", Text},
		{"script in Markdown", "USAGE.md", "call require('x')", Text},
		{"script in a text", "notes.txt", "call require('x')", Text},
		{"random bytes", "x", "\x01\x02\x03\x04\x05\x06", Data},
	} {
		if got := Identify(c.name, []byte(c.data)).Kind; got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.about, c.name, got, c.want)
		}
	}
}

func TestTheInterpreterOfAShebangLineIsTold(t *testing.T) {
	for data, want := range map[string]string{
		"#!/usr/bin/env -S python3.11 -u\n": "python", "\xef\xbb\xbf#! /bin/sh": "sh", "#!\n": "", "#!/usr/bin/env A=1": "", "/bin/sh": "", "": "",
	} {
		if got := Identify("a.js", []byte(data)).Interpreter; got != want {
			t.Errorf("%q: %q, want %q", data, got, want)
		}
	}
}

func TestWhatOnlySeemsToBeAScriptIsMarked(t *testing.T) {
	for name, want := range map[string]bool{"lib": true, "a.yml": true, "a.js": false, "a.TS": false} {
		if facts := Identify(name, []byte("var n=require('net')")); facts.Kind != JavaScript || facts.Guessed != want {
			t.Errorf("%s: kind %s, guessed %t", name, facts.Kind, facts.Guessed)
		}
	}
	if facts := Identify("cli", []byte("#!/usr/bin/env node\nrequire('net')")); facts.Guessed {
		t.Error("a shebang is no guess")
	}
}
