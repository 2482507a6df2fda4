package javascript

import (
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// What a script reads of itself, of what it wrote before or of another file of its
// plugin is known: of such a file, once the script is read together with it.

const (
	maxFileText = 1 << 18 // bytes of a file that is read as data
	maxAsked    = 8       // files that a script asks for
)

// reads is what a function of fs gives that reads a file as a whole.
func (m *machine) reads(name string, args []argument, start, end uint32) (value, bool) {
	switch name {
	case "fs.readFileSync", "fs.readFile", "fs.promises.readFile", "fs/promises.readFile", "fs.createReadStream":
	default:
		return value{}, false
	}
	content, ok := m.fileText(argumentOr(args, 0))
	if !ok || !m.step(8+len(content)/64) {
		return value{}, false
	}
	if name == "fs.createReadStream" {
		return m.streamFor("stream.Readable.from", []argument{{value: value{kind: buffer, str: content}}}), true
	}
	v := value{kind: buffer, str: content}
	how := argumentOr(args, 1)
	if encoding, ok := itemOf(how, "encoding"); ok {
		how = encoding
	}
	if how.kind == text {
		s, ok := bytesToText(content, how.str)
		if !ok {
			return value{}, false
		}
		v = textValue(s)
	}
	if by := argumentOr(args, len(args)-1); len(args) > 1 && by.kind >= closure && name == "fs.readFile" {
		m.after(0, func() { m.invokeAt(by, value{}, asArguments([]value{{kind: null}, v}), start, 0, end) })
		return value{kind: undefined}, true
	}
	return v, true // a promise stands for what it comes to
}

// fileText is what stands in the file of a path.
func (m *machine) fileText(at value) (string, bool) {
	name := pathText(at)
	if content, ok := m.dropped[name]; ok {
		return content, true
	}
	if name == "" || name == somewhere || strings.HasPrefix(name, "/") || len(name) > maxName {
		return "", false
	}
	if own, ok := m.outer["__filename"]; ok && name == pathText(own) && name != unnamed {
		whole := m.src
		if m.linker != nil {
			whole = whole[:m.tokens[m.behind].start]
		}
		return string(whole), len(whole) <= maxFileText
	}
	if !strings.HasPrefix(name, "../") {
		name = "./" + name
	}
	if m.linker == nil {
		if ask := script.AskedFile + name; len(m.asks) < maxAsked && !slices.Contains(m.asks, ask) {
			m.asks = append(m.asks, ask)
		}
		return "", false
	}
	file := m.linker.fileAt(m.place[0])
	if file >= len(m.linker.loads) {
		return "", false
	}
	n := m.linker.loads[file][name]
	if n == 0 || n > len(m.linker.texts) || len(m.linker.texts[n-1]) > maxFileText {
		return "", false
	}
	return string(m.linker.texts[n-1]), true
}

// cleanPath is path.Clean for a path that may begin with the script's directory, of
// which it is not known what is above.
func cleanPath(name string) string {
	below, ok := strings.CutPrefix(name, dirname)
	if !ok {
		return path.Clean(name)
	}
	if below = path.Clean("./" + below); below == "." {
		return dirname
	}
	return dirname + "/" + below
}
