package inspect

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"
)

// Scripts says as what a file that is no script by its name would run.
type Scripts struct{ JavaScript, PHP bool }

// LooksLikeScript reads a file that is no script by its name, which Node.js or
// PHP would run all the same if they were told to load it. Of JSON, WebAssembly
// and add-ons Node.js takes the suffix at its word.
func LooksLikeScript(name string, data []byte) Scripts {
	byName := slices.Contains([]string{".json", ".node", ".wasm"}, path.Ext(name))
	start := bytes.TrimLeftFunc(bytes.TrimPrefix(data, utf8BOM), unicode.IsSpace)
	// A script may begin like HTML only with its comment (ECMA-262, B.1.1).
	markup := bytes.HasPrefix(start, []byte("<")) && !bytes.HasPrefix(start, []byte("<!--"))
	return Scripts{
		JavaScript: !byName && !markup && !isJSONObject(data) && looksLikeJavaScript(data),
		PHP:        holdsPHP(data),
	}
}

// By reports whether the script of that name runs the file when it loads it. The
// declarations that TypeScript imports are read by its compiler alone.
func (s Scripts) By(loader string) bool {
	switch ext := strings.ToLower(path.Ext(loader)); {
	case bySuffix(phpSuffixes, ext):
		return s.PHP
	case slices.Contains([]string{".ts", ".tsx", ".mts", ".cts"}, ext):
		return false
	}
	return s.JavaScript
}
