package inspect

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"

	"plugvet/scanner/inspect/javascript"
	"plugvet/scanner/inspect/script"
)

// Scripts says as what a file would run that by its kind is another thing.
type Scripts struct {
	JavaScript, PHP bool
	// Reads says that it reads like JavaScript throughout, as prose with examples does not, and
	// Acts that it does something, as declarations do not.
	Reads, Acts bool
	// Others says that its first line names a program that runs another language. A shell may
	// give it back to Node.js.
	Others bool
}

// LooksLikeScript says as what a file might run other than its kind, if Node.js
// or PHP were told to load it. Of JSON, WebAssembly and add-ons Node.js takes the
// suffix at its word.
func LooksLikeScript(name string, kind Kind, data []byte) Scripts {
	if kind.Native() || kind == Wasm || kind == Empty {
		return Scripts{}
	}
	byName := slices.Contains([]string{".json", ".node", ".wasm"}, path.Ext(name))
	start := bytes.TrimLeftFunc(bytes.TrimPrefix(data, utf8BOM), unicode.IsSpace)
	// A script may begin like HTML only with its comment (ECMA-262, B.1.1).
	markup := bytes.HasPrefix(start, []byte("<")) && !bytes.HasPrefix(start, []byte("<!--"))
	scripts := Scripts{
		PHP: kind != PHP && (holdsPHP(data) || (kind == Text || kind == Markup || kind == Data) && bytes.Contains(data, []byte("<?="))),
	}
	if kind == JavaScript || byName || markup || isJSONObject(data) {
		return scripts
	}
	// What style sheets have may be in the grammar as well.
	style := slices.Contains([]string{".css", ".scss", ".sass", ".less", ".styl", ".pcss"}, strings.ToLower(path.Ext(name)))
	if program := script.Interpreter(beginning(data)); program != "" {
		by := interpretedKind(program)
		scripts.Others = by != JavaScript && by != Shell
	}
	reads, acts := javascript.IsScript(data, kind == Declaration)
	if reachesModules(data) || acts && (!style || mayReachModules(data)) || kind == Declaration && bytes.Contains(data, []byte("exports")) {
		scripts.JavaScript, scripts.Reads, scripts.Acts = true, reads, acts
	}
	return scripts
}

// RunsAsPHP tells whether there is something in a file that PHP runs where its settings
// name it: whatever stands there behind a tag, which may be the short one. PHP does not care
// what the file is otherwise.
func RunsAsPHP(data []byte) bool {
	return bytes.Contains(data, []byte("<?")) || holdsPHP(data)
}

// AsJavaScript is what it would run as JavaScript alone.
func (s Scripts) AsJavaScript() Scripts {
	s.PHP = false
	return s
}

// Begun reports whether it is a script that does something where a package.json leads to it, maybe
// as to a program: the operating system runs that, as its first line says.
func (s Scripts) Begun(program bool) bool { return s.Acts && !(program && s.Others) }

// By reports whether the script named loader runs the file, named name, when it
// loads it. Declarations that TypeScript imports are read by its compiler alone; one that
// loads another is run.
func (s Scripts) By(loader, name string) bool {
	ext := strings.ToLower(path.Ext(loader))
	switch {
	case bySuffix(phpSuffixes, ext):
		return s.PHP
	case slices.Contains([]string{".sh", ".bash", ".zsh", ".ksh", ".command"}, ext):
		return false // what a shell runs is for the first line of the file to say
	case slices.Contains([]string{".ts", ".tsx", ".mts", ".cts"}, ext) && !bySuffix(declarations, loader) && bySuffix(declarations, name):
		return false
	}
	return s.JavaScript
}
