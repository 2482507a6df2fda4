package inspect

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"

	"plugvet/scanner/inspect/javascript"
)

// Scripts says as what a file would run that by its kind is another thing.
type Scripts struct {
	JavaScript, PHP bool
	// Reads says that it reads like JavaScript throughout, as prose with examples does not, and
	// Acts that it does something, as declarations do not.
	Reads, Acts bool
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
		JavaScript: kind != JavaScript && !byName && !markup && !isJSONObject(data) &&
			(looksLikeJavaScript(data) || kind == Declaration && bytes.Contains(data, []byte("exports"))),
		PHP: kind != PHP && (holdsPHP(data) || (kind == Text || kind == Markup || kind == Data) && bytes.Contains(data, []byte("<?="))),
	}
	if scripts.JavaScript {
		scripts.Reads, scripts.Acts = javascript.IsScript(data)
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
