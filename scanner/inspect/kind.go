package inspect

import (
	"bytes"
	"encoding/binary"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"plugvet/scanner/inspect/javascript"
	"plugvet/scanner/inspect/script"
)

// kindOf tells what a file is. A magic that no script could begin with comes
// first; then the suffix by which a host would load it, whatever lies in it, so
// that a zero byte does not turn a script into data; then shebang and first words.
func kindOf(name string, data []byte) Kind {
	if len(data) == 0 {
		return Empty
	}
	name = strings.ToLower(path.Base(name))
	magic := magicKind(data)
	if magic.Native() {
		return magic
	}
	if bySuffix(phpSuffixes, name) && bytes.Contains(data, []byte("<?")) {
		return PHP // PHP prints whatever stands before its first tag, be it the head of an image
	}
	if magic != "" {
		return magic
	}
	text := isText(data)
	for _, s := range suffixes {
		if !bySuffix(s.suffixes, name) || !text && !s.kind.script() {
			continue
		}
		if s.kind == SourceMap && !isJSONObject(data) {
			return JavaScript // what Node takes any unknown suffix for
		}
		if (s.kind == Text || s.kind == Markup) && !isDocument(name) && holdsPHP(data) {
			return PHP
		}
		return s.kind
	}
	if !isDocument(name) && holdsPHP(data) {
		return PHP // an include runs a file of any name, be it the tail of a picture
	}
	if !text {
		if isTar(data) {
			return Archive
		}
		return controlledKind(name, data)
	}
	kind := textKind(data)
	if kind == Text && !isDocument(name) && looksLikeJavaScript(data) {
		return JavaScript // Node runs a file of any unknown suffix, or of none, as JavaScript
	}
	return kind
}

// controlledKind finds the scripts among what is no text: a host that runs one does
// not mind control characters in a comment or a string. Formats of binary data are
// hardly ever valid UTF-8, and none begins with a comment.
func controlledKind(name string, data []byte) Kind {
	start := bytes.TrimLeftFunc(bytes.TrimPrefix(data, utf8BOM), unicode.IsSpace)
	begins := func(prefix string) bool { return bytes.HasPrefix(start, []byte(prefix)) }
	if kind := textKind(data); begins("#!") && kind.script() {
		return kind
	}
	known := slices.ContainsFunc(suffixes, func(s suffixKind) bool { return bySuffix(s.suffixes, name) })
	if !known && (begins("/*") || begins("//") || begins("#!") || utf8.Valid(data)) && looksLikeJavaScript(data) {
		return JavaScript
	}
	return Data
}

// isDocument holds for what quotes code and is not run: Markdown and READMEs.
func isDocument(name string) bool {
	return strings.HasPrefix(name, "readme") || bySuffix([]string{".md", ".markdown", ".rst"}, name)
}

// isMakefile tells whether make takes a file for its own by the name (gnu.org/software/
// make/manual, 3.2), or people do.
func isMakefile(name string) bool {
	name = strings.ToLower(path.Base(name))
	return name == "makefile" || name == "gnumakefile" || strings.HasPrefix(name, "makefile.") || strings.HasSuffix(name, ".mk") || strings.HasSuffix(name, ".mak")
}

// holdsPHP looks for PHP's long opening tag, which PHP takes in any case. A file in
// UTF-16 is code to an include through php://filter, or with zend.multibyte.
func holdsPHP(data []byte) bool {
	if isUTF16(data) {
		return bytes.Contains(data, []byte("<\x00?\x00p\x00h\x00p")) // in either order
	}
	for {
		i := bytes.Index(data, []byte("<?"))
		if i < 0 {
			return false
		}
		data = data[i+2:]
		if len(data) >= 3 && bytes.EqualFold(data[:3], []byte("php")) {
			return true
		}
	}
}

// looksLikeJavaScript looks for the words by which a script reaches other modules: as most
// write them; or, in what is a script throughout, alone.
func looksLikeJavaScript(data []byte) bool {
	switch {
	case reachesModules(data):
		return true
	case !mayReachModules(data):
		return false
	}
	_, acts := javascript.IsScript(data, false)
	return acts
}

// reachesModules looks for the ways in which most scripts reach other modules.
func reachesModules(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeftFunc(bytes.TrimPrefix(data, utf8BOM), unicode.IsSpace), []byte("import ")) ||
		slices.ContainsFunc([]string{"require(", "module.exports", "import(", "\nimport ", "getBuiltinModule(", "process.binding("},
			func(word string) bool { return bytes.Contains(data, []byte(word)) })
}

// mayReachModules looks for a word without which no script reaches one.
func mayReachModules(data []byte) bool {
	return slices.ContainsFunc(strings.Fields("require import export exports module eval Function process globalThis global arguments constructor"),
		func(word string) bool { return hasWord(data, word) })
}

// hasWord looks for a word that is no part of another, or of a name in a style sheet.
func hasWord(data []byte, word string) bool {
	is := func(c byte, also string) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(also, c) >= 0
	}
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte(word))
		if i < 0 {
			return false
		}
		start := at + i
		at = start + len(word)
		if (start == 0 || !is(data[start-1], "_$-#.")) && (at == len(data) || !is(data[at], "_$-")) {
			return true
		}
	}
}

// guessed reports whether nothing but some words in it makes a file JavaScript:
// Markdown without a suffix, a build description in Python. Most are no scripts.
func guessed(name string, data []byte) bool {
	return !NamedScript(name) && textKind(data) != JavaScript
}

// NamedScript reports whether a file has a suffix of JavaScript or PHP, by which
// it would be decoded.
func NamedScript(name string) bool {
	name = strings.ToLower(path.Base(name))
	return slices.ContainsFunc(suffixes, func(s suffixKind) bool {
		return (s.kind == JavaScript || s.kind == PHP) && bySuffix(s.suffixes, name)
	})
}

// script reports whether a host or interpreter would run the file.
func (k Kind) script() bool {
	return slices.Contains([]Kind{JavaScript, PHP, Shell, Python, Perl, Lua}, k)
}

var phpSuffixes = []string{".php", ".phtml", ".php3", ".php4", ".php5", ".php7", ".php8", ".phps", ".phar", ".inc"}

var declarations = []string{".d.ts", ".d.mts", ".d.cts"}

type suffixKind struct {
	kind     Kind
	suffixes []string
}

// suffixes decides between kinds of text; the first that fits wins.
var suffixes = []suffixKind{
	{Declaration, declarations},
	{JavaScript, []string{".js", ".cjs", ".mjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"}},
	{PHP, phpSuffixes[:len(phpSuffixes)-1]},
	{SourceMap, []string{".js.map", ".mjs.map", ".cjs.map", ".css.map", ".ts.map", ".mts.map", ".cts.map", ".map"}},
	{JSON, []string{".json", ".json5", ".jsonc", ".webmanifest", ".gyp", ".gypi"}},
	{Shell, []string{".sh", ".bash", ".zsh", ".ksh", ".command"}},
	{Python, []string{".py", ".pyw"}},
	{Perl, []string{".pl", ".pm"}},
	{Lua, []string{".lua"}},
	{AppleScript, []string{".applescript"}},
	{Markup, []string{".html", ".htm", ".xhtml", ".xml", ".xsl", ".xslt", ".svg", ".vue", ".svelte", ".plist"}},
	{Text, []string{".md", ".markdown", ".txt", ".rst", ".css", ".c", ".h", ".cc", ".cpp", ".hpp", ".m", ".mm", ".swift", ".rs", ".go"}},
}

func bySuffix(suffixes []string, name string) bool {
	return slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.HasSuffix(name, suffix) })
}

// magicKind knows the formats whose first bytes no JavaScript could have. It
// returns the empty kind where it knows nothing.
func magicKind(data []byte) Kind {
	has := func(magic string) bool { return bytes.HasPrefix(data, []byte(magic)) }
	switch {
	case has("\x7fELF"):
		return ELF
	case isThin(data):
		return MachO
	case has("\xca\xfe\xba\xbe"), has("\xca\xfe\xba\xbf"):
		if isJavaClass(data) {
			return Java
		}
		return MachO
	case has("MZ") && isPE(data):
		return PE
	case has("\x00asm"):
		return Wasm
	case has("FasdUAS "), has("JsOsaDAS"):
		return AppleScript
	case has("\x1bLua"), has("\x1bLJ"):
		return Lua
	case has("PK\x03\x04"), has("PK\x05\x06"), has("\x1f\x8b"), has("\xfd7zXZ\x00"), has("\x28\xb5\x2f\xfd"),
		has("7z\xbc\xaf\x27\x1c"), has("Rar!\x1a\x07"), has("!<arch>\n"),
		has("BZh") && len(data) > 9 && string(data[4:10]) == "1AY&SY":
		return Archive
	}
	return ""
}

// isPE looks for the second header, since "MZ" alone may begin a script.
func isPE(data []byte) bool {
	if len(data) < 64 {
		return false
	}
	at := int64(binary.LittleEndian.Uint32(data[60:]))
	return at+4 <= int64(len(data)) && string(data[at:at+4]) == "PE\x00\x00"
}

func isTar(data []byte) bool { return len(data) > 262 && string(data[257:262]) == "ustar" }

var (
	utf8BOM    = []byte("\xef\xbb\xbf")
	utf16Marks = [][]byte{[]byte("\xff\xfe"), []byte("\xfe\xff")}
)

func isUTF16(data []byte) bool {
	return slices.ContainsFunc(utf16Marks, func(mark []byte) bool { return bytes.HasPrefix(data, mark) })
}

// isText looks at the first 8 KiB: no zero byte and few control characters,
// or a byte order mark of UTF-16.
func isText(data []byte) bool {
	if isUTF16(data) {
		return true
	}
	head := data[:min(len(data), 8<<10)]
	control := 0
	for _, c := range head {
		switch {
		case c == 0:
			return false
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b:
			control++
		}
	}
	return control*32 <= len(head)
}

// textKind looks at the first words of a text whose suffix says nothing.
func textKind(data []byte) Kind {
	if kind := interpretedKind(script.Interpreter(beginning(data))); kind != "" {
		return kind
	}
	head := beginning(data)
	if bytes.HasPrefix(head, []byte("#!")) {
		_, after, _ := bytes.Cut(head, []byte("\n"))
		head = bytes.TrimLeftFunc(after, unicode.IsSpace)
	}
	lower := bytes.ToLower(head[:min(len(head), 64)])
	has := func(prefix string) bool { return bytes.HasPrefix(lower, []byte(prefix)) }
	switch {
	case has("<?php"), has("<?="):
		return PHP
	case has("<!doctype"), has("<html"), has("<?xml"), has("<svg"), has("<xsl:"):
		return Markup
	case isJSONObject(head):
		return JSON
	}
	return Text
}

// beginning is the first 4 KiB from the first word on.
func beginning(data []byte) []byte {
	return bytes.TrimLeftFunc(bytes.TrimPrefix(data[:min(len(data), 4<<10)], utf8BOM), unicode.IsSpace)
}

// interpretedKind is what a script is that a program of this name runs.
func interpretedKind(name string) Kind {
	switch name {
	case "node", "nodejs", "bun", "deno", "tsx", "ts-node":
		return JavaScript
	case "php":
		return PHP
	case "sh", "bash", "zsh", "dash", "ksh", "ash":
		return Shell
	case "python", "pypy":
		return Python
	case "perl":
		return Perl
	case "lua", "luajit", "resty":
		return Lua
	case "osascript":
		return AppleScript
	}
	return ""
}

// isJSONObject reports whether data begins like {"key": or {}, with which no
// JavaScript can begin: a label is never a string.
func isJSONObject(data []byte) bool {
	rest, ok := bytes.CutPrefix(beginning(data), []byte("{"))
	if !ok {
		return false
	}
	rest = bytes.TrimLeftFunc(rest, unicode.IsSpace)
	if rest, ok = bytes.CutPrefix(rest, []byte(`"`)); !ok {
		return len(rest) > 0 && rest[0] == '}' && len(bytes.TrimSpace(rest[1:])) == 0
	}
	end := bytes.IndexAny(rest, "\"\\\n")
	if end < 0 || rest[end] != '"' {
		return false
	}
	return bytes.HasPrefix(bytes.TrimLeftFunc(rest[end+1:], unicode.IsSpace), []byte(":"))
}
