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
		return m.listing(name, args, start, end)
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

// fileText is what stands in the file of a path: of one that may be several, in the first
// that is there.
func (m *machine) fileText(at value) (string, bool) {
	if at.kind == unknown && at.also != nil {
		for _, one := range *at.also {
			if content, ok := m.fileText(one); ok && one.kind != unknown {
				return content, true
			}
		}
	}
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
		m.asksFor(script.AskedFile + name)
		return "", false
	}
	// The path may have been made in another file than the one that opens it.
	from := []int{m.linker.fileAt(m.place[0]), 0}
	for _, file := range from {
		if n, ok := m.linker.textOf(name, file); ok {
			return string(m.linker.texts[n]), len(m.linker.texts[n]) <= maxFileText
		}
	}
	for _, file := range from {
		m.asksFor(script.AskedFile + path.Join(path.Dir(m.linker.names[file]), name))
	}
	return "", false
}

// textOf is the number of the text to which the name of a file leads from another.
func (l *linker) textOf(name string, from int) (int, bool) {
	if from < len(l.loads) {
		if n := l.loads[from][name]; n > 0 && n <= len(l.texts) {
			return n - 1, true
		}
	}
	n := slices.Index(l.names, path.Join(path.Dir(l.names[from]), name))
	return n - 1, n > 0
}

// asksFor asks for a file, or for names, that it is not read with yet.
func (m *machine) asksFor(ask string) {
	if len(m.asks) < maxAsked && !slices.Contains(m.asks, ask) {
		m.asks = append(m.asks, ask)
	}
}

// listed are the names in a directory of the plugin, in their order.
func (m *machine) listed(dir value) ([]value, bool) {
	name := pathText(dir)
	if dir.kind == text && name == dirname {
		name = "."
	}
	if name == "" || name == somewhere || strings.HasPrefix(name, "/") || len(name) > maxName {
		return nil, false
	}
	if m.linker == nil || m.linker.all == nil {
		m.asksFor(script.AskedNames)
		return nil, false
	}
	var names []value
	for _, file := range m.linker.all {
		below, ok := strings.CutPrefix(path.Clean(file), name+"/")
		if name == "." {
			below, ok = path.Clean(file), !strings.HasPrefix(file, "../")
		}
		below, _, _ = strings.Cut(below, "/")
		if item := textValue(below); ok && m.step(1) && (len(names) == 0 || !same(names[len(names)-1], item)) {
			names = append(names, item)
		}
	}
	return names, true
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
