package javascript

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// evaluated notes a script that no role will show: the call has no arguments of
// its own, as in Reflect.construct, or it evaluates a script each time.
func (m *machine) evaluated(name string, args []argument, start, open, end uint32) {
	if len(args) == 0 || len(m.codes) >= maxHints {
		return
	}
	source := args[0].value
	var given map[string]value
	switch name {
	case "Function":
		source = args[len(args)-1].value
	case "eval", "vm.runInThisContext", "vm.runInNewContext", "vm.runInContext", "vm.Script", "vm.compileFunction", "module._compile":
	case "import":
		if !isData(source.str) {
			return
		}
		m.setRole(open, codeRole)
	case "worker_threads.Worker", "Worker":
		if data, ok := itemOf(argumentOr(args, 1), "workerData"); ok {
			given = map[string]value{"workerData": copied(data, 0)}
			m.giveAll(open, given)
		}
		run, _ := itemOf(argumentOr(args, 1), "eval")
		if is, _ := run.truthy(); is && m.kind(args[0].at) == js.EllipsisToken { // of a list, where no role shows it
			break
		}
		fallthrough
	case "module.register":
		if !isData(source.str) {
			return
		}
		open = 0
	default:
		return
	}
	if source.kind == array && name == "Function" {
		source, _ = toText(source)
	}
	if source.also != nil && end > start {
		for _, one := range *source.also {
			if one.kind == text {
				m.addCode(one.str, start, end)
			}
		}
	}
	if source.kind != text || end <= start {
		return
	}
	at := args[0].at
	if name == "Function" {
		at = args[len(args)-1].at
	}
	if open > 0 && m.kind(at) != js.EllipsisToken { // where it is always the same, the reader writes it there
		if _, ok := m.computed[at]; ok {
			m.addCodeAt(codeText{text: source.str, start: start, end: end, open: open, at: at})
		}
		return
	}
	m.addCodeAt(codeText{text: source.str, start: start, end: end, given: given})
}

// interprets notes code that other parts of node evaluate.
func (m *machine) interprets(name string, args []argument, start, end uint32) {
	var source value
	switch name {
	case "inspector.Session.post", "inspector/promises.Session.post":
		source = m.inspectedCode(argumentOr(args, 1))
	default:
		m.templated(name, args, start, end)
		return
	}
	if m.linker == nil { // see suspect
		m.leans(source, true)
		m.suspectCode(origin(source), start, end)
	}
	if source.kind == text && end > start {
		m.addCode(source.str, start, end)
	}
}

// inspected begins what names an object in the debugger's protocol, before the expression
// that gives it: with those, a text says all that is called.
const inspected = "inspected:"

// inspectedCode is what the debugger is told to evaluate, or to call with what
// (chromedevtools.github.io/devtools-protocol, of the domain Runtime).
func (m *machine) inspectedCode(about value) value {
	if source, ok := itemOf(about, "expression"); ok {
		return source
	}
	source, _ := itemOf(about, "functionDeclaration")
	if source.kind != text {
		return source
	}
	this, _ := itemOf(about, "objectId")
	given, _ := itemOf(about, "arguments")
	items, _ := m.iterate(given)
	code := "(" + source.str + ").call(" + inspectedObject(this)
	for _, item := range items {
		one := "undefined"
		if id, ok := itemOf(item, "objectId"); ok {
			one = inspectedObject(id)
		} else if v, ok := itemOf(item, "value"); ok {
			if one, ok = m.toJSON(v, 0); !ok {
				return source
			}
		}
		if code += ", " + one; len(code) > script.MaxConstant || !m.step(8+len(one)/16) {
			return source
		}
	}
	return textValue(code + ")")
}

func inspectedObject(id value) string {
	if expression, ok := strings.CutPrefix(id.str, inspected); ok && id.kind == text {
		return "(" + expression + ")"
	}
	return "undefined"
}

// inspectedAnswer tells a script what the debugger answers, as far as it names the object.
func (m *machine) inspectedAnswer(args []argument) (value, bool) {
	source := m.inspectedCode(argumentOr(args, 1))
	if source.kind != text || len(source.str) > maxFileText {
		return value{}, false
	}
	answer := objectOf("result", objectOf("type", textValue("object"), "value", value{}, "objectId", textValue(inspected+source.str)))
	if last := argumentOr(args, len(args)-1); last.kind == closure {
		m.callFunctionOf(last, value{}, asArguments([]value{{kind: null}, answer}))
		return value{kind: undefined}, true
	}
	return answer, true
}

// hooked notes the text that a hook of the loader gives a module. Such hooks read files,
// but have no need to decode what they read, nor the names of modules.
func (m *machine) hooked(result value, start, end uint32) {
	source, _ := itemOf(result, "source")
	m.asksForHooked()
	for _, one := range alternatives(source) {
		if one.kind == text {
			m.addCode(one.str, start, end)
		}
	}
	if from := origin(source); from.decoded && !ofFile(from) {
		m.met(script.Call, "eval:decoded", start, end, false)
	}
}

// codeValue is a function that was made of a text. Its items are the names of its
// parameters, and at is where the text is given.
func (m *machine) codeValue(name string, args []argument, open uint32) value {
	var names []value
	list := args[:max(0, len(args)-1)]
	if name == "vm.compileFunction" {
		list = nil
		if names, _ := iterate(argumentOr(args, 1)); names != nil {
			list = asArguments(names)
		}
	}
	for _, a := range list {
		for part := range strings.SplitSeq(a.str, ",") {
			names = append(names, textValue(strings.TrimSpace(part)))
		}
	}
	source := argumentOr(args, len(args)-1)
	if name != "Function" {
		source = argumentOr(args, 0)
	}
	for i, c := range m.codes {
		if c.text == source.str && (open == 0 || c.open == 0) { // the text stands nowhere
			return value{kind: method, str: "code", self: &value{}, items: &names, num: float64(i + 1)}
		}
	}
	if open == 0 {
		return value{}
	}
	return value{kind: method, str: "code", self: &value{}, items: &names, at: open}
}
