package php

import (
	"maps"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// frame is a reader that computes the body of a function in the same trace.
func (r *reader) frame() *reader {
	if r.trace.fuel--; r.trace.fuel < 0 {
		r.failed = true
	}
	m := r.quiet()
	m.failed = r.failed
	m.trace = r.trace
	m.blocks = []openBlock{{open: -1}}
	m.local = map[string]value{}
	return m
}

// runMethod runs a method of a class for an object, nil where it is static.
func (r *reader) runMethod(d *declaration, class string, this *object, args []argument) value {
	if r.calls >= maxCalls || d.body == 0 {
		return value{}
	}
	called := ""
	if this != nil {
		called = this.class
	}
	return r.runCalled(d, class, called, this, args)
}

// runCalled is runMethod of a method that was called on a class, or on one that
// extends it.
func (r *reader) runCalled(d *declaration, class, called string, this *object, args []argument) value {
	if r.calls >= maxCalls || d.body == 0 {
		return value{}
	}
	m := r.inClass(class)
	m.this = this
	if r.survey.classNamed(class) != nil {
		m.called = called
	}
	r.trace.ranFor(heir{called, d})
	return r.runBody(m, d, args)
}

// runFunction runs a function of the script.
func (r *reader) runFunction(d *declaration, args []argument) value {
	if r.calls >= maxCalls || d.body == 0 {
		return value{}
	}
	return r.runBody(r.frame(), d, args)
}

func (r *reader) runBody(m *reader, d *declaration, args []argument) value {
	if r.trace.visited == nil {
		r.trace.visited = map[*declaration]bool{}
	}
	r.trace.visited[d] = true
	m.goInto(d.home)
	m.inNamespaceOf(d.params)
	m.running, m.caller = d, r
	m.bindTraced(d.params, args, r)
	return m.finish(d.body)
}

// finish runs a body to its end and returns what it comes to.
func (m *reader) finish(body int) value {
	m.failed = m.trace.fuel < 0
	var start *reader // of a generator
	if m.yields {
		start = m.snapshot()
	}
	outcome := m.runBlock(body)
	if m.yielded != nil && start != nil {
		o := &object{class: "generator", properties: map[string]value{}, elements: m.yielded}
		if outcome == returnedValue {
			o.properties["return"] = m.returned
		}
		var sent []value
		o.send = func(v value) value { // runs it again from its beginning to the yield behind
			const most = 64
			if len(sent) >= most {
				return value{}
			}
			sent = append(sent, v)
			again := start.snapshot()
			again.sent = sent
			outcome := again.runBlock(body)
			if again.yielded == nil || !again.suspended {
				if outcome == returnedValue {
					o.properties["return"] = again.returned
				}
				o.elements = newArray(0)
				return value{kind: nullKind}
			}
			o.elements = newArray(1)
			o.elements.append(again.yielded.values[len(sent)])
			return o.elements.values[0]
		}
		return objectValue(o)
	}
	v := value{}
	if outcome == returnedValue {
		v = m.returned
	}
	for _, other := range m.maybe {
		v = m.joined(v, other)
	}
	if v.known() {
		v.computed = true
	}
	return v
}

// backtrace are the functions that are running, the innermost first.
func (r *reader) backtrace() value {
	all := newArray(1)
	for m := r; m != nil && m.running != nil && len(all.values) < maxCalls; m = m.caller {
		frame := newArray(2)
		frame.set(arrayKey{s: "sfunction"}, m.magic("__function__"))
		if class := m.magic("__class__"); class.s != "" {
			frame.set(arrayKey{s: "sclass"}, class)
		}
		frame.set(arrayKey{s: "sargs"}, listed(m.passedIn))
		all.append(frame.value())
	}
	return all.value()
}

// snapshot is a reader in the same state with variables of its own.
func (r *reader) snapshot() *reader {
	c := *r
	c.local = maps.Clone(r.local)
	return &c
}

// invokeValue calls what a value is: a closure, a name, an object with a method.
func (r *reader) invokeValue(f value, args []argument, open int) value {
	if len(f.oneOf()) > 0 && (f.closure() != nil || f.object() != nil) {
		return r.each(f, func(one value) value { return r.invokeValue(one, args, open) })
	}
	if c := f.closure(); c != nil {
		return r.runClosure(c, args)
	}
	if o := f.object(); o != nil {
		if d, of := r.survey.method(o.class, "__invoke"); d != nil {
			return r.runMethod(d, of, o, args)
		}
		return value{}
	}
	if f.kind == arrayKind && len(f.array.values) == 2 {
		method, ok := f.array.values[1].text()
		if of := f.array.values[0]; of.object() != nil && ok {
			return r.each(of, func(one value) value {
				if o := one.object(); o != nil {
					return r.callMethod(o, method, args, open)
				}
				return value{}
			})
		}
	}
	name := r.callable(f)
	if class, _, ok := strings.Cut(name, "::"); ok && f.kind == arrayKind {
		return r.tracedMethod(class, f.array.values[1].s, args, open)
	}
	if name != "" {
		return r.tracedCall(name, args, open)
	}
	out := value{}
	for _, v := range f.oneOf() {
		out = r.joined(out, r.invokeValue(v, args, open))
	}
	return out
}

// runClosure runs a closure in the trace.
func (r *reader) runClosure(c *closure, args []argument) value {
	if r.calls >= maxCalls {
		return value{}
	}
	c.ran = true
	m := r.frame()
	m.goInto(c.home)
	m.inNamespaceOf(c.params)
	m.this, m.called, m.blocks[0].class, m.blocks[0].parent = c.this, c.called, c.class.class, c.class.parent
	for name, v := range c.captured {
		m.local[name] = v
	}
	for name, of := range c.references {
		m.refer(name, of)
	}
	m.bindTraced(c.params, args, r)
	if m.tokens[c.body].kind == '{' {
		return m.finish(c.body)
	}
	return m.valueAt(c.body)
}

// sawArguments notes what a function is given that it calls or runs.
func (r *reader) sawArguments(name string, args []argument, open int) {
	for _, at := range callbackArguments[name] {
		if a, ok := argumentAt(args, at); ok {
			r.saw(a.from, a.value)
			r.runsOther(a.value, a.from, false)
		}
	}
	if at, ok := codeArguments[name]; ok && at < len(args) {
		runs := name == "eval" || name == "assert" || name == "create_function"
		v, from := args[at].value, args[at].from
		switch {
		case name == "file_put_contents" || name == "fwrite" || name == "fputs":
			r.writes(v, from)
		case r.home.sibling == 0:
			r.saw(from, v)
		case runs:
			r.sawLinkedCode(from, v)
		}
		if runs {
			if !v.known() && v.marks&(fromFile|fromDecoder|fromCodes) != 0 && len(r.trace.included) > 0 { // which may hold it
				r.trace.open |= script.OpenToFiles | script.Assembles
			}
			r.runsOther(v, from, true)
		}
	}
	for _, at := range openedBy(name, args) {
		if prefix := args[at].value.prefix(); r.home.sibling == 0 && isAddress(prefix) {
			r.saw(args[at].from, stringValue(prefix))
		}
	}
	r.sawOpened(name, args, open)
	r.sawSessions(name, args, open)
	if commandFunctions[name] && len(args) > 0 {
		r.sawCommand(name, args)
	}
}

// sawCommand notes the command that a function, or backticks, are given.
func (r *reader) sawCommand(name string, args []argument) {
	if r.home.within > 0 {
		return
	}
	command := r.commandLine(args[0].value)
	if line := r.startedByShell(name, args); line != "" {
		command = stringValue(line)
	}
	if r.home.sibling > 0 {
		r.sawLinkedCommand(name, args[0].from, command)
	} else {
		r.saw(args[0].from, command)
	}
	whole := r.wholeCommand(args[0].value) // some of which is told by others
	switch r.leansOn(whole); whole.from() {
	case "":
		if !command.known() && command.prefix() == "" && len(command.oneOf()) == 0 && command.marks&fromInput == 0 { // which program, others may tell
			r.trace.open |= script.OpenToAny
		}
	case ofCallers:
		r.trace.open |= script.OpenToCallers
	default:
		r.trace.open |= script.OpenToFiles
	}
}

// commandLine is the command that a program and its arguments are, or what it is known
// to begin with, if that does not stand in the script anyway.
func (r *reader) commandLine(v value) value {
	v = r.wholeCommand(v)
	written := strings.TrimSuffix(v.prefix(), ".") // which __DIR__ may be
	if !v.known() && written != "" && r.budget.Take(len(r.src)/64) && !strings.Contains(r.src, written) {
		return stringValue(written)
	}
	return v
}

// wholeCommand is a command with its arguments in one text.
func (r *reader) wholeCommand(v value) value {
	if v.kind == arrayKind {
		return foldImplode(r.budget, []value{stringValue(" "), v}).alsoFrom(v.fromWithin())
	}
	return r.textOf(v)
}

// tracedMethod calls a static method by its name as it is written.
func (r *reader) tracedMethod(class, method string, args []argument, open int) value {
	name := lower(method)
	args = r.inPlaces(class+"::"+name, args)
	r.sawArguments(class+"::"+name, args, open)
	switch {
	case isFoldable(class + "::" + name):
		if v := foldCall(r.budget, class+"::"+name, valuesOf(args)); v.known() || !makesText[class+"::"+name] {
			return v
		}
		return marked(fromCodes)
	case class == "ffi":
		if len(args) > 0 && !args[0].value.known() && args[0].value.marks&fromFile != 0 { // what it declares, a file says
			r.trace.open |= script.OpenToFiles | script.Assembles
		}
		return objectValue(&object{class: "ffi", properties: map[string]value{}})
	case textClasses[class] && (strings.HasPrefix(name, "create") || class == "xmlreader"):
		v := objectValue(&object{class: class, properties: map[string]value{madeBy: stringValue(name)}, args: valuesOf(args)})
		if class == "xmlreader" {
			r.callMethod(v.object(), name, args, open)
		}
		return v
	case class == "phptoken" && name == "tokenize" && len(args) > 0:
		return r.phpTokens(args[0].value)
	case class == "weakreference" && name == "create" && len(args) > 0:
		return objectValue(&object{class: class, properties: map[string]value{}, args: valuesOf(args)})
	case class == "fiber" && name == "suspend":
		v := value{kind: nullKind}
		if len(args) > 0 {
			v = args[0].value
		}
		return r.suspend(v)
	case class == "closure" && name == "fromcallable" && len(args) > 0:
		return args[0].value
	case class == "closure" && name == "bind" && len(args) > 1:
		if c := args[0].value.closure(); c != nil {
			return boundClosure(c, args[1:])
		}
		return args[0].value
	case (class == "datetime" || class == "datetimeimmutable") && strings.HasPrefix(name, "createfrom"):
		return objectValue(&object{class: class, properties: map[string]value{}})
	}
	if v := r.callStatic(class, method, args); !makesText[class+"::"+name] {
		return v
	}
	return marked(fromCodes)
}

// tracedCall calls a function or a static method by its name.
func (r *reader) tracedCall(name string, args []argument, open int) value {
	if class, method, ok := strings.Cut(name, "::"); ok {
		return r.tracedMethod(class, method, args, open)
	}
	args = r.inPlaces(name, args)
	for i, a := range args { // given by its name
		if at := callbackArguments[name]; a.name == "callback" && len(at) > 0 && at[0] < len(args) && i != at[0] {
			args[at[0]], args[i] = args[i], args[at[0]]
			break
		}
	}
	r.sawArguments(name, args, open)
	if d := r.survey.functions[name]; d != nil {
		return r.runFunction(d, args)
	}
	for i := range args {
		if r.trace.linked {
			args[i].value = r.allThere(args[i].value)
		}
	}
	if text, ok := settled(args).text(); ok && name == "eval" {
		return r.runCode(text, codeState, open)
	}
	if name == "eval" && len(args) > 0 { // each that it may be
		out := value{}
		for _, v := range args[0].value.oneOf() {
			out = r.joined(out, r.runCode(v.s, codeState, open))
		}
		return out
	}
	if name == "get_defined_functions" || name == "get_extension_funcs" {
		return listedFunctions(name)
	}
	if v, done := r.stateful(name, args, open); done {
		return v
	}
	if v, done := r.withCallback(name, args, open); done {
		return v
	}
	if v, done := r.byReference(name, args); done {
		return v
	}
	for i := range args { // what stands for a list
		if in := r.iterated(args[i].value); in != nil && args[i].value.kind != arrayKind {
			args[i].value = in.value()
		}
		if o := args[i].value.object(); o != nil {
			args[i].value = r.textOf(args[i].value)
		} else if makesTexts[name] {
			args[i].value = r.textsOf(args[i].value)
		}
	}
	if v := r.ownText(name, args); v.known() || v.prefix() != "" {
		return v
	}
	if v := r.opensText(name, args); v.known() || v.object() != nil {
		return v
	}
	if v := r.remaining(name, args); v.known() {
		return v
	}
	if layer, ok := layers[name]; ok && slices.ContainsFunc(args, func(a argument) bool { return !a.value.known() }) {
		if v := r.laid(valuesOf(args), layer.union, layer.names); v.known() {
			return v
		}
	}
	partly := value{}
	if isFoldable(name) {
		partly = foldCall(r.budget, name, valuesOf(args))
		if partly.known() || len(partly.oneOf()) > 0 {
			for _, a := range args {
				partly = partly.alsoFrom(a.value.fromWithin())
				partly = r.alsoListed(partly, a.value)
			}
			return partly
		}
	}
	if v := r.ofBeginning(name, valuesOf(args)); v.known() {
		return v
	}
	if v := r.holed(name, args); len(v.oneOf()) > 0 {
		return v
	}
	if v := r.replacedWithin(name, args); v.prefix() != "" {
		return v
	}
	m := r.passed(name, args)
	out := between(partly.prefix(), partly.suffix(), m|partly.marks)
	if passingFunctions[name] || hidingDecoders[name] || parsingFunctions[name] {
		for _, a := range args {
			if from := a.value.fromWithin(); from != "" {
				out.guess = &guess{prefix: out.prefix(), suffix: out.suffix(), from: from, built: true}
				return out
			}
		}
	}
	if !isFoldable(name) {
		return elsewhere("function", name, m)
	}
	return out
}

// textOf is an object as a string.
func (r *reader) textOf(v value) value {
	if v.kind == arrayKind {
		return stringValue("Array")
	}
	o := v.object()
	switch {
	case o == nil:
		return v
	case len(v.oneOf()) > 0:
		return r.each(v, r.textOf)
	}
	if d, of := r.survey.method(o.class, "__tostring"); d != nil {
		return r.runMethod(d, of, o, nil)
	}
	if v, ok := r.builtinMethod(o, "__tostring", nil, 0); ok {
		return v
	}
	return v
}

// makesTexts are the functions that make texts of the elements of what they are given.
var makesTexts = map[string]bool{
	"implode": true, "join": true, "vsprintf": true, "strtr": true, "str_replace": true, "str_ireplace": true, "substr_replace": true,
	"preg_replace": true, "preg_filter": true,
}

// textsOf is an array with the objects in it as strings.
func (r *reader) textsOf(v value) value {
	isObject := func(e value) bool { return e.object() != nil }
	if !slices.ContainsFunc(valuesWithin(v), isObject) || !r.budget.Take(elementCost*len(v.array.values)) {
		return v
	}
	out := v.array.clone()
	for i, e := range out.values {
		if isObject(e) {
			out.values[i] = r.textOf(e)
		}
	}
	return out.value()
}

// settled is the first argument, or what it is where the request does not say
// something else.
func settled(args []argument) value {
	if len(args) == 0 {
		return value{}
	}
	v := args[0].value
	if one := v.oneOf(); len(one) == 1 {
		return one[0]
	}
	return v
}
