package javascript

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// A repl is an interactive shell of node's, which evaluates the lines that its input has
// and that its own methods are given. The lines have the properties of its context as
// globals: node's modules, its loader, and what the script adds.
type repl struct {
	at        [2]uint32 // the call that starts it
	input     value
	typed     string
	lost      value // where that comes from which is typed and is not known
	context   value
	evaluates value // a function of the script's own that is given the lines
	commands  value // of the script's own, by their names
}

const maxRepls = 16 // of one script

// shell starts one: its options stand in an object, or one behind the other.
func (m *machine) shell(args []argument, start, end uint32) value {
	if len(m.repls) >= maxRepls || end <= start {
		return value{}
	}
	// Other files may have its lines, as plain text, or say which file has.
	m.openness |= script.OpenToFiles | script.OpenToCallers | script.Assembles
	s := &repl{at: [2]uint32{start, end}, input: argumentOr(args, 1), evaluates: argumentOr(args, 2), context: newDictionary(), commands: newDictionary()}
	if options := argumentOr(args, 0); options.kind == dictionary {
		s.input, _ = itemOf(options, "input")
		s.evaluates, _ = itemOf(options, "eval")
	}
	for _, name := range []string{"require", "process", "module", "globalThis", "global", "eval", "Function", "fetch", "Buffer", "console"} {
		define(s.context, name, m.globalNamed(name))
	}
	for _, name := range builtins()["module.builtinModules"] {
		if name[0] != '_' && !strings.Contains(name, "/") && name != "process" {
			define(s.context, name, value{kind: module, str: name, num: supposed})
		}
	}
	own := func(function string) value {
		return nativeFunction("repl", function, numberValue(float64(len(m.repls))))
	}
	made := objectOf("context", s.context, "eval", nativeFunction("vm", "runInContext"), "write", own("write"),
		"defineCommand", own("defineCommand"), "commands", objectOf("load", objectOf("action", own("load"))))
	if s.evaluates.kind == closure {
		define(made, "eval", s.evaluates)
	}
	m.listen(value{}, "line", own("line"), false, false)
	m.repls = append(m.repls, s)
	return made
}

// shellFunction calls a method of the shell of a number.
func (m *machine) shellFunction(function string, of, first, second value) (value, bool) {
	if of.kind != number || !(of.num >= 0 && of.num < float64(len(m.repls))) { // a script may give any
		return value{}, false
	}
	s := m.repls[int(of.num)]
	switch function {
	case "defineCommand":
		if action, ok := itemOf(second, "action"); ok {
			second = action
		}
		m.put(s.commands, first, second)
	case "load":
		m.types(s, textValue(".load "))
		fallthrough
	case "line":
		m.types(s, first)
		m.types(s, textValue("\n"))
	case "write":
		m.types(s, first)
	default:
		return value{}, false
	}
	return value{kind: undefined}, true
}

// types gives a shell what stands behind the lines that it has.
func (m *machine) types(s *repl, data value) {
	part, ok := data.string()
	switch {
	case data.kind != text && data.kind != buffer || !ok:
		s.lost = joined(s.lost, data)
	case len(s.typed)+len(part) <= maxDroppedSize && m.step(8+len(part)/16):
		s.typed += part
	}
}

// interact has the shells evaluate their lines, once all of these are there.
func (m *machine) interact() {
	for _, s := range m.repls {
		m.thrown, m.steps = false, max(m.steps, visitSteps)
		m.place = s.at
		m.evaluateLines(s)
	}
}

func (m *machine) evaluateLines(s *repl) {
	start, end := s.at[0], s.at[1]
	from := origin(s.input)
	if in := m.streamOf(streamIn(s.input)); in != nil {
		m.types(s, textValue(in.content))
		from = in.lost
	}
	m.suspect("vm.runInContext", []argument{{value: joined(from, s.lost)}}, start, end)
	var code strings.Builder
	for line := range strings.SplitSeq(s.typed, "\n") {
		if word, rest, _ := strings.Cut(strings.TrimSpace(line), " "); strings.HasPrefix(word, ".") && m.commands(s, word[1:], strings.TrimSpace(rest), &code) {
			continue
		}
		if code.WriteString(line + "\n"); s.evaluates.kind == closure && m.step(8) {
			m.callFunctionOf(s.evaluates, value{}, asArguments([]value{textValue(line + "\n"), s.context, textValue("REPL1"), {}}))
		}
	}
	if s.evaluates.kind == closure || strings.TrimSpace(code.String()) == "" {
		return
	}
	given := map[string]value{}
	for i, name := range *s.context.keys {
		given[name] = copied((*s.context.items)[i], 0)
	}
	m.addCodeAt(codeText{text: code.String(), start: start, end: end, given: given})
}

// commands does what a line tells a shell to do itself, and tells whether it does.
func (m *machine) commands(s *repl, name, rest string, code *strings.Builder) bool {
	if action, ok := itemOf(s.commands, name); ok {
		m.callFunctionOf(action, value{}, []argument{{value: textValue(rest)}})
		return true
	}
	switch name {
	case "load":
		if content, ok := m.fileText(textValue(rest)); ok && code.Len()+len(content) <= maxFileText && m.step(8+len(content)/64) {
			code.WriteString(content + "\n")
		}
		return true
	case "break", "clear", "editor", "exit", "help", "save":
		return true
	}
	return false
}
