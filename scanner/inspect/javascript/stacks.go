package javascript

import "strings"

// The functions that are under way, as a script sees them: by the stack of an error,
// by the caller of a function, by the arguments of a call. The outermost is the one
// that a module is, whose arguments are its loaders.

// outermost is that outermost function.
func (m *machine) outermost() value {
	return objectOf("arguments", arrayValue(m.moduleArguments), "name", textValue(""), "caller", value{kind: null})
}

// callSites is what Error.prepareStackTrace is given. Which functions of the script
// are under way is not told: each may be the module's.
func (m *machine) callSites() value {
	const shown = 8
	name := m.globalNamed("__filename")
	site := objectOf("getFunction", giving(m.outermost()), "getThis", giving(m.moduleArguments[0]), "getFunctionName", giving(value{kind: null}),
		"getTypeName", giving(textValue("Object")), "getMethodName", giving(value{kind: null}), "getFileName", giving(name),
		"getScriptNameOrSourceURL", giving(name), "getLineNumber", giving(numberValue(1)), "getColumnNumber", giving(numberValue(1)),
		"isToplevel", giving(booleanValue(true)), "isNative", giving(booleanValue(false)), "isEval", giving(booleanValue(false)),
		"isConstructor", giving(booleanValue(false)), "toString", giving(textValue("Object.<anonymous> ("+name.str+":1:1)")))
	sites := make([]value, shown)
	for i := range sites {
		sites[i] = site
	}
	return arrayValue(sites)
}

// maxPrepared bounds the stacks that a script prepares by itself: to hide a loader
// takes one, while honest scripts do it for every error.
const maxPrepared = 4

// stack is what the property of an error is.
func (m *machine) stack(of value) value {
	if prepare, ok := m.changed["Error.prepareStackTrace"]; ok && prepare.kind == closure && m.depth < maxCalls && m.prepared < maxPrepared {
		m.prepared++
		return m.apply(prepare, value{kind: globalName, str: "Error", plain: true}, asArguments([]value{of, m.callSites()}))
	}
	s, _ := errorText(of)
	trace, ok := itemOf(of, traceKey)
	if !ok {
		trace = m.trace()
	}
	return textValue(s + trace.str)
}

// traceKey is the key under which an error keeps the calls in which it was made.
const traceKey = "\x00trace"

// trace is what the stack of an error says of the calls that are under way: their
// functions by name, the innermost first.
func (m *machine) trace() value {
	const shown = 10
	var b strings.Builder
	file := m.globalNamed("__filename").str
	for i := len(m.calls) - 1; i >= max(0, len(m.calls)-shown); i-- {
		if name := m.nameOf(value{kind: closure, at: m.calls[i].at, fn: m.calls[i]}); name != "" {
			b.WriteString("\n    at " + name + " (" + file + ":1:1)")
		} else {
			b.WriteString("\n    at " + file + ":1:1")
		}
	}
	if len(m.calls) < shown {
		b.WriteString("\n    at Object.<anonymous> (" + file + ":1:1)")
	}
	return textValue(b.String())
}

// argumentsOf are those of the call of a function that is under way, with the
// function itself: arguments and arguments.callee.
func (m *machine) argumentsOf(f *frame) value {
	for f.outer != nil && f.outer.fn == f.fn && f.fn != nil { // of a block, of an arrow function
		f = f.outer
	}
	if f.list != nil {
		for k, name := range f.fn.names { // which may have been given other values
			if cell := f.lookup(name); cell != nil && k < min(len(f.args), len(*f.list.items)) {
				(*f.list.items)[k] = *cell
			}
		}
		return *f.list
	}
	items := make([]value, len(f.args))
	for k, a := range f.args {
		items[k] = a.value
	}
	list := arrayValue(items)
	if f.fn == nil {
		list.self = ptr(objectOf("callee", m.outermost()))
		return list
	}
	if f.fn.names == nil {
		f.fn.names = m.aliases(f.fn.at)
	}
	list.self = ptr(objectOf("callee", value{kind: closure, at: f.fn.at, fn: f.fn}))
	list.self.fn = &callable{routine: f.fn.routine, outer: f}
	f.list = &list
	return m.argumentsOf(f)
}

// alias gives the parameter that an element of arguments is the value that the element
// was given.
func (m *machine) alias(list value, n int, v value) {
	if list.self == nil || list.self.fn == nil {
		return
	}
	if f, names := list.self.fn.outer, list.self.fn.names; n < min(len(names), len(f.args)) {
		m.assignTo(f, names[n], v)
	}
}

// errorOf is an error of a class of the language's.
func (m *machine) errorOf(name string, args []argument) value {
	v := newDictionary()
	*v.keys, *v.items = append(*v.keys, errorKey), append(*v.items, textValue(name))
	message, options := argumentOr(args, 0), argumentOr(args, 1)
	if name == "AggregateError" {
		m.put(v, textValue("errors"), message)
		message, options = options, argumentOr(args, 2)
	}
	if len(args) == 0 {
		message = textValue("")
	}
	m.put(v, textValue("message"), message)
	if len(m.calls) > 0 && m.step(8) {
		define(v, traceKey, m.trace())
	}
	if cause, ok := itemOf(options, "cause"); ok {
		m.put(v, textValue("cause"), cause)
	}
	return v
}
