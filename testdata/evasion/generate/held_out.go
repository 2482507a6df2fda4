package main

import (
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// The held-out set shows how well detection serves disguises that nobody saw who
// wrote it: these were added when the rules and the readers were done.

func heldOut(w *writer) error {
	if err := handWritten("held-out", "held-out-*.txtar")(w); err != nil {
		return err
	}
	if err := heldOutScripts(w); err != nil {
		return err
	}
	if err := heldOutTools(w); err != nil {
		return err
	}
	for _, encoders := range []map[string]cEncoder{heldOutEncoders, secondEncoders} {
		maps.Copy(cEncoders, encoders)
	}
	return w.native("held-out", slices.Concat(heldOutPlugins(), secondPlugins()))
}

func heldOutScripts(w *writer) error {
	for i, l := range []layer{
		{name: "base32", technique: "substitution", note: "a base32 decoder written out", opaque: true, wrap: func(s string) string {
			return "const a = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';\nlet bits = '', out = '';\nfor (const c of '" +
				strings.TrimRight(base32.StdEncoding.EncodeToString([]byte(s)), "=") + "') bits += a.indexOf(c).toString(2).padStart(5, '0');\n" +
				"for (let i = 0; i + 8 <= bits.length; i += 8) out += String.fromCharCode(parseInt(bits.slice(i, i + 8), 2));\neval(out);\n"
		}},
		{name: "numbers-delta", technique: "number", note: "differences between character codes", opaque: true, wrap: func(s string) string {
			var parts []string
			for i := range len(s) {
				before := byte(0)
				if i > 0 {
					before = s[i-1]
				}
				parts = append(parts, fmt.Sprint(int(s[i])-int(before)))
			}
			return "let at = 0;\nnew Function('require', [" + strings.Join(parts, ",") + "].map(d => String.fromCharCode(at += d)).join(''))(require);\n"
		}},
		{name: "words", technique: "substitution", note: "a word for each character", opaque: true, wrap: func(s string) string {
			var b strings.Builder
			for i := range len(s) {
				b.WriteString([]string{"red", "tan", "sky", "fog"}[s[i]>>6] + []string{"ma", "no", "pi", "qu"}[s[i]>>4&3] + string('a'+rune(s[i]&15)) + " ")
			}
			return "const h = ['red', 'tan', 'sky', 'fog'], m = ['ma', 'no', 'pi', 'qu'];\nconst code = '" + strings.TrimSpace(b.String()) +
				"'.split(' ').map(w => String.fromCharCode(h.indexOf(w.slice(0, 3)) << 6 | m.indexOf(w.slice(3, 5)) << 4 | w.charCodeAt(5) - 97)).join('');\neval(code);\n"
		}},
		{name: "chunks-object", technique: "eval layers", note: "base64 in the values of an object, joined", wrap: func(s string) string {
			t := b64(s)
			n := len(t) / 3
			return fmt.Sprintf("const theme = { a: '%s', b: '%s', c: '%s' };\neval(Buffer.from(Object.values(theme).join(''), 'base64').toString('latin1'));\n", t[:n], t[n:2*n], t[2*n:])
		}},
		{name: "double-function", technique: "eval layers", note: "Function in Function, escapes in the outer one", combined: true, wrap: func(s string) string {
			return "Function('r', `" + each("Function('require', atob('"+b64(s)+"'))(r)", `\x%02x`) + "`)(require);\n"
		}},
		{name: "json-table", technique: "string array", note: "JSON.parse of a table that is in base64", combined: true, wrap: func(s string) string {
			return "const t = JSON.parse(atob('" + base64.StdEncoding.EncodeToString([]byte(`["`+b64(s)+`", "base64"]`)) + "'));\neval(Buffer.from(t[0], t[1]).toString());\n"
		}},
	} {
		p := javascriptPayloads[i%len(javascriptPayloads)]
		if err := w.javascript(cases.Case{Set: "held-out", Does: p.does, Technique: l.technique, Note: l.note, Combined: l.combined, Accept: accepted(l.opaque)},
			"new-layer-"+l.name, l.wrap(p.script(plain))); err != nil {
			return err
		}
	}
	for i, e := range []encoder{
		{name: "hex-sum", technique: "hex", note: "hex2bin of a sum of pieces", combined: true, hide: func(s string) string {
			h := fmt.Sprintf("%x", s)
			return "hex2bin('" + h[:4] + "' . '" + h[4:] + "')"
		}},
		{name: "vsprintf", technique: "string source", note: "vsprintf of character codes", hide: func(s string) string {
			return "vsprintf('" + strings.Repeat("%c", len(s)) + "', [" + list(s, "%d") + "])"
		}},
		{name: "str-split-reverse", technique: "reversed", note: "implode(array_reverse(str_split(…)))", hide: func(s string) string {
			return "implode('', array_reverse(str_split('" + reversed(s) + "')))"
		}},
		{name: "quoted-printable", technique: "escapes", note: "quoted_printable_decode", hide: func(s string) string {
			return "quoted_printable_decode('" + each(s, "=%02X") + "')"
		}},
		{name: "heredoc", technique: "escapes", note: "a heredoc with octal escapes", hide: func(s string) string {
			return "<<<K\n" + each(s, `\%03o`) + "\nK"
		}},
		{name: "stripcslashes", technique: "escapes", note: "stripcslashes", hide: func(s string) string {
			return "stripcslashes('" + each(s, `\x%02x`) + "')"
		}},
	} {
		p := phpPayloads[i%len(phpPayloads)]
		if err := w.php(cases.Case{Set: "held-out", Does: p.does, Technique: e.technique, Note: e.note, Combined: e.combined}, "new-"+e.name, p.script(e.hide)); err != nil {
			return err
		}
	}
	return nil
}

// A toolDisguise is one that the tools of tools/transform.mjs make.
type toolDisguise struct {
	name, technique, note string
	payload               func(int) (string, map[string]string)
	opaque                bool
	steps                 []step
}

var firstTools = []toolDisguise{
	{"new-obfuscator-calls", "obfuscator", "calls transformed, two encodings, shuffled names", single, true, []step{{"obfuscator", options{"stringArrayThreshold": 1,
		"stringArrayCallsTransform": true, "stringArrayCallsTransformThreshold": 1, "stringArrayEncoding": []string{"base64", "rc4"}, "identifierNamesGenerator": "mangled-shuffled"}}}},
	{"new-rollup-module", "bundled", "rollup, a module", project, false, []step{{"rollup", options{"format": "es"}}, {"esbuild", options{"bundle": false, "minify": true, "format": "cjs"}}}},
	{"new-webpack-library", "bundled", "webpack, as a library, in UMD", project, false, []step{{"webpack", options{"output": options{"library": options{"name": "kit", "type": "umd"}, "globalObject": "this"}}}}},
	{"new-esbuild-charset", "bundled", "esbuild, old syntax, then uglify-js", project, false, []step{{"esbuild", options{"format": "cjs", "target": "es2015"}}, {"uglify", options{"toplevel": true}}}},
	{"new-obfuscator-twice", "obfuscator", "javascript-obfuscator over its own output", single, true, []step{{"obfuscator", options{"optionsPreset": "low-obfuscation"}}, {"obfuscator", options{"seed": 11, "stringArrayThreshold": 1}}}},
}

func heldOutTools(w *writer) error {
	for i, d := range slices.Concat(firstTools, secondTools) {
		does, files := d.payload(i)
		if err := w.tool(cases.Case{Set: "held-out", Technique: d.technique, Note: d.note, Does: does, Combined: len(d.steps) > 1, Accept: accepted(d.opaque)},
			d.name, d.steps, files); err != nil {
			return err
		}
	}
	return nil
}

// heldOutEncoders are more of cEncoders.
var heldOutEncoders = map[string]cEncoder{
	"index-add": func(s string) string {
		return cBytes(s, func(i int, c byte) byte { return c + byte(i) + 1 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[i] - i - 1; return out;"
	},
	"nibbles": func(s string) string { // the halves of each byte in two tables
		var high, low []string
		for i := range len(s) {
			high, low = append(high, fmt.Sprint(s[i]>>4)), append(low, fmt.Sprint(s[i]&15))
		}
		return fmt.Sprintf("static const volatile unsigned char h[] = {%s}, l[] = {%s}; for (unsigned i = 0; i < sizeof h; i++) out[i] = h[i] << 4 | l[i]; return out;",
			strings.Join(high, ","), strings.Join(low, ","))
	},
	"doubles": func(s string) string {
		return fmt.Sprintf("static const volatile double d[] = {%s}; for (unsigned i = 0; i < sizeof d / sizeof *d; i++) out[i] = d[i]; return out;", list(s, "%d"))
	},
	"base64-twice": func(s string) string {
		return fmt.Sprintf("static char middle[256]; return unbase64(out, unbase64(middle, %q));", b64(b64(s)))
	},
	"reversed-xor": func(s string) string {
		return cBytes(reversed(s), func(_ int, c byte) byte { return c ^ 0x11 }) + "for (unsigned i = 0; i < sizeof d; i++) out[i] = d[sizeof d - 1 - i] ^ 0x11; return out;"
	},
}

func heldOutPlugins() []nativePlugin {
	const osascript = "/usr/bin/osascript"
	resolver, hiddenName := []string{"dynload", "obfuscation"}, []string{"obfuscation"}
	return []nativePlugin{
		{name: "new-dlsym-nibbles", technique: "dlsym", note: "names in two tables of halves", does: "socket", source: "resolved_socket.c", host: "httpd", target: "linux", encoder: "nibbles", texts: []string{"socket", "connect"}, accept: resolver},
		{name: "new-dlsym-doubles", technique: "dlsym", note: "names as floating point numbers", does: "exec", source: "resolved_system.c", host: "php", target: "linux", encoder: "doubles", texts: []string{"system", "marker"}, accept: resolver},
		{name: "new-execve-twice", technique: "hidden path", note: "execve, the path in base64 twice", does: "applescript", source: "execve.c", host: "node", target: "linux", encoder: "base64-twice", texts: []string{osascript}, accept: hiddenName},
		{name: "new-no-sections-datagram", technique: "headers", note: "sendmsg, section headers removed", does: "socket", source: "datagram.c", host: "nginx", target: "linux", after: withoutSections},
		{name: "new-popen-hex-arm64", technique: "hidden path", note: "popen, the command in hexadecimal, arm64", does: "applescript", source: "popen.c", host: "nginx", target: "linux-arm64", encoder: "hex", texts: []string{"osascript -e beep"}, accept: hiddenName},
		{name: "new-php-eval-base64", technique: "host's engine", note: "an extension that evals PHP, the script in base64", does: "exec", source: "php_eval.c", host: "php", target: "linux", encoder: "base64", texts: []string{"passthru('marker');"}, accept: resolver, combined: true},
		{name: "new-getclass-xor-reversed", technique: "class by name", note: "objc_getClass, the name backwards under xor", does: "applescript", source: "class_by_name.m", host: "httpd", target: "mac-x86_64", encoder: "reversed-xor", texts: []string{"NSAppleScript"}, flags: []string{"-DLOOKUP=objc_getClass"}, accept: resolver, combined: true},
		{name: "new-fromstring-osakit", technique: "class by name", note: "NSClassFromString of OSAScript in UTF-16", does: "applescript", source: "class_from_string.m", host: "nginx", target: "mac-arm64", encoder: "utf16", texts: []string{"OSAScript"}, accept: resolver, combined: true},
		{name: "new-osakit-empty-symtab", technique: "headers", note: "OSAScript, LC_SYMTAB that says it is empty", does: "applescript", source: "osakit_class.m", host: "nginx", target: "mac-arm64", after: emptySymtab, combined: true},
		{name: "new-spawn-index", technique: "hidden path", note: "posix_spawn, each byte moved by its place", does: "applescript", source: "spawn.c", host: "php", target: "mac-arm64", encoder: "index-add", texts: []string{osascript}, accept: hiddenName},
		{name: "new-task-base64", technique: "hidden path", note: "NSTask, the path in base64", does: "applescript", source: "task.m", host: "node", target: "mac-universal", encoder: "base64", texts: []string{osascript}, accept: hiddenName},
		{name: "new-cf-weak-universal", technique: "imports", note: "weak references, the first slice broken", does: "socket", source: "socket_weak.c", host: "php", target: "mac-universal", after: brokenFirstSlice, combined: true},
	}
}
