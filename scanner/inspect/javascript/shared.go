package javascript

import (
	"bytes"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// Files of a package share the global object, process and the environment: one leaves
// there what another starts or loads. What a file gives them is declared, where it is no
// constant that stands there; what another one has of them, it asks for.

const maxShared = 4 // names of one script

var sharedObjects = []string{"globalThis.", "global.", "process."}

// Declared are the properties of its own that a script gives the objects that all share.
func Declared(src []byte) (names []string) {
	for _, object := range sharedObjects {
		for at := 0; len(names) < maxShared; {
			n := bytes.Index(src[at:], []byte(object))
			if n < 0 {
				break
			}
			start := at + n
			at = start + len(object)
			if start > 0 && (wordBytes[src[start-1]] || src[start-1] == '.') {
				continue
			}
			if object == "process." && bytes.HasPrefix(src[at:], []byte("env.")) {
				at += len("env.")
			}
			end := at
			for end < len(src) && wordBytes[src[end]] {
				end++
			}
			if name := string(src[start:end]); end > at && computedAt(src[end:]) {
				if name = strings.TrimPrefix(strings.TrimPrefix(name, "globalThis."), "global."); ownShared(name) && !slices.Contains(names, script.AskedGlobal+name) {
					names = append(names, script.AskedGlobal+name)
				}
			}
		}
	}
	return names
}

// computedAt tells whether what follows gives a property what is no simple constant.
func computedAt(rest []byte) bool {
	const far = 200 // bytes
	rest = bytes.TrimLeft(rest[:min(len(rest), far)], " \t")
	if len(rest) < 2 || rest[0] != '=' || rest[1] == '=' || rest[1] == '>' {
		return false
	}
	rest = bytes.TrimLeft(rest[1:], " \t")
	if len(rest) == 0 {
		return false
	}
	switch quote := rest[0]; quote {
	case '"', '\'':
		if end := bytes.IndexByte(rest[1:], quote); end >= 0 {
			after := bytes.TrimLeft(rest[end+2:], " \t")
			return len(after) > 0 && bytes.IndexByte([]byte(";,\r\n)}"), after[0]) < 0
		}
	case '!', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return false
	}
	return !bytes.HasPrefix(rest, []byte("true")) && !bytes.HasPrefix(rest, []byte("false"))
}

// ownShared tells whether a property of those objects is one that Node.js does not have,
// by its whole name.
func ownShared(name string) bool {
	if variable, ok := strings.CutPrefix(name, "process.env."); ok {
		return variable != "NODE_ENV" && variable != "PATH" && !strings.Contains(variable, ".")
	}
	if property, ok := strings.CutPrefix(name, "process."); ok {
		return property != "env" && !strings.Contains(property, ".") && !slices.Contains(builtins()["process"], property)
	}
	return name != "" && !strings.Contains(name, ".") && !slices.Contains(builtins()["globalThis"], name) && !loader(name)
}

// asksForShared asks for what another file may have given to an object that all share.
func (m *machine) asksForShared(v value) {
	if m.linker != nil || m.globalsAsked == maxShared || len(m.asks) == maxAsked || v.kind != globalName || len(v.str) > maxName {
		return
	}
	if ask := script.AskedGlobal + v.str; !slices.Contains(m.asks, ask) {
		m.globalsAsked++
		m.asksFor(ask)
	}
}

// loadShared runs the files that give what the script asks for.
func (m *machine) loadShared() {
	if m.linker == nil || len(m.linker.loads) == 0 {
		return
	}
	var files []int
	for name, n := range m.linker.loads[0] {
		if strings.HasPrefix(name, script.AskedGlobal) && n > 0 && n < len(m.linker.files) && m.linker.files[n] != nil {
			files = append(files, n)
		}
	}
	slices.Sort(files)
	for _, n := range slices.Compact(files) {
		m.begun(n)
	}
}
