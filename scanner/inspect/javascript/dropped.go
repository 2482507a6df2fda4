package javascript

import (
	"path"
	"strings"

	"plugvet/scanner/inspect/shell"
)

// Files that a script writes and then loads or runs are read for what they do, by
// the paths that it gives them.

// temporary stands for the directory of temporary files.
const temporary = "/\U000f0001"

const (
	maxDropped     = 16      // files that are kept
	maxDroppedSize = 1 << 16 // bytes of each
)

// drop notes what a function of fs writes, and where.
func (m *machine) drop(name string, args []argument) {
	function, ok := strings.CutPrefix(name, "fs.")
	if !ok {
		if function, ok = strings.CutPrefix(name, "fs/promises."); !ok {
			return
		}
	}
	at, what := argumentOr(args, 0), argumentOr(args, 1)
	switch strings.TrimSuffix(strings.TrimPrefix(function, "promises."), "Sync") {
	case "writeFile":
		m.keepFile(at, asWritten(what, argumentOr(args, 2)), false)
	case "appendFile":
		m.keepFile(at, asWritten(what, argumentOr(args, 2)), true)
	case "write":
		m.keepFile(at, what, true)
	case "copyFile", "rename", "link", "cp":
		m.keepFile(what, textValue(m.dropped[pathText(at)]), false)
	}
}

// asWritten is what a file gets of a text in the encoding that options name.
func asWritten(what, options value) value {
	if options.kind == dictionary {
		options, _ = itemOf(options, "encoding")
	}
	if what.kind != text || options.kind != text {
		return what
	}
	bytes, ok := textToBytes(what.str, options.str)
	if !ok {
		return what
	}
	return value{kind: buffer, str: bytes, decoded: true}
}

// somewhere stands for a path that is not known: what a script writes there, it may load
// from there.
const somewhere = "?"

func pathText(v value) string {
	if v.kind == dictionary && v.more == "URL" {
		v, _ = toText(v)
	}
	if v.kind == unknown {
		return somewhere
	}
	if v.kind != text || v.str == "" {
		return ""
	}
	return path.Clean(strings.TrimPrefix(strings.TrimPrefix(v.str, "file://"), dirname+"/"))
}

func (m *machine) keepFile(at, what value, more bool) {
	name := pathText(at)
	if from := origin(what); name != "" && name != somewhere && obscure(from) && len(m.obscure) < maxDropped {
		if m.obscure == nil {
			m.obscure = map[string]value{}
		}
		m.obscure[name] = from
	}
	content, ok := what.string()
	if name == "" || !ok || what.kind != text && what.kind != buffer || content == "" {
		return
	}
	if more {
		content = m.dropped[name] + content
	}
	if m.dropped == nil {
		m.dropped = map[string]string{}
	}
	if _, had := m.dropped[name]; (had || len(m.dropped) < maxDropped) && len(content) <= maxDroppedSize && m.step(len(content)/16) {
		m.dropped[name] = content
	}
}

// loadDropped reads a file as code that the script wrote before it loads it.
func (m *machine) loadDropped(at value, start, end uint32) {
	if from, ok := m.obscure[pathText(at)]; ok {
		m.suspect("eval", []argument{{value: from}}, start, end)
	}
	if content := m.dropped[pathText(at)]; content != "" && end > start {
		m.addCode(content, start, end)
	}
}

// runDropped returns the commands in the files among words that the script wrote.
func (e *evaluator) runDropped(commands [][]string, environment map[string]string) (more [][]string) {
	if e.machine == nil || len(e.machine.dropped) == 0 {
		return nil
	}
	for _, words := range commands {
		for i, w := range words {
			content := e.machine.dropped[pathText(textValue(w))]
			if content == "" {
				continue
			}
			if line, _, _ := strings.Cut(content, "\n"); i == 0 && strings.HasPrefix(line, "#!") {
				more = append(more, shell.Command(append(strings.Fields(line[2:]), w), environment)...)
			}
			more = append(more, shell.Commands(content, words[i:], environment)...)
		}
	}
	return more
}
