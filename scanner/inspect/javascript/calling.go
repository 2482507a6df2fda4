package javascript

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// apply calls a value with a this of its own.
func (m *machine) apply(v, this value, args []argument) value {
	if v.kind == closure && v.fn != nil {
		return m.run(v, this, args)
	}
	return m.invoke(v, args, m.place[0], m.place[1])
}

// callFunctionOf calls a method that an object has under a name of the language's.
func (m *machine) callFunctionOf(v, this value, args []argument) value {
	if v.kind == unknown || m.depth >= maxCalls {
		return value{}
	}
	return m.apply(v, this, args)
}

// primitiveOf asks an object, or a function or list with properties of its own, for the
// text or the number that it is turned into.
func (m *machine) primitiveOf(v value, hint string, names ...string) value {
	switch {
	case v.kind == dictionary && v.more == "":
	case v.kind == closure && v.fn != nil && v.fn.properties.kind == dictionary:
	case v.kind == array && len(m.named) > 0 && m.named[v.items].kind == dictionary:
	default:
		return v
	}
	keys := []value{{kind: symbol, str: "Symbol.toPrimitive"}}
	if v.self == nil { // a Proxy has what it is asked for first
		for _, name := range names {
			keys = append(keys, textValue(name))
		}
	}
	for _, key := range keys {
		if f := m.get(v, key); f.kind == closure {
			return m.callFunctionOf(f, v, []argument{{value: textValue(hint)}})
		}
	}
	return v
}

// numberOf is the number that a value is turned into.
func (e *evaluator) numberOf(v value) (float64, bool) {
	if e.machine != nil {
		v = e.machine.primitiveOf(v, "number", "valueOf", "toString")
	}
	return v.number()
}

// primitives are the arguments of a text's method, turned into the texts and numbers that
// it takes where they are objects which say what they are turned into.
func (e *evaluator) primitives(name string, args []argument) []argument {
	if e.machine == nil || !slices.ContainsFunc(args, func(a argument) bool { return a.kind == dictionary || a.kind == array }) {
		return args
	}
	out := slices.Clone(args)
	for i := range out {
		counts := i == 1
		switch name {
		case "at", "charAt", "charCodeAt", "codePointAt", "repeat", "slice", "substr", "substring":
			counts = true
		case "padStart", "padEnd":
			counts = i == 0
		case "concat", "replace", "replaceAll":
			counts = false
		}
		if counts {
			out[i].value = e.machine.primitiveOf(out[i].value, "number", "valueOf", "toString")
		} else {
			out[i].value = e.machine.primitiveOf(out[i].value, "string", "toString", "valueOf")
		}
	}
	return out
}

// textOf is the text that a value is turned into.
func (e *evaluator) textOf(v value) (string, bool) {
	if e.machine != nil {
		v = e.machine.primitiveOf(v, "string", "toString", "valueOf")
		if v.kind == closure && v.fn != nil {
			return e.machine.source(v), true
		}
		if tag, ok := itemOf(v, symbolKey+"Symbol.toStringTag"); ok && v.kind == dictionary {
			if tag = e.machine.got(tag, v); tag.kind == text {
				return "[object " + tag.str + "]", true
			}
		}
	}
	return v.string()
}

// argumentSteps is what it takes to hand on arguments, where there are more than calls
// mostly have.
func argumentSteps(args []argument) int {
	const few = 8
	return 8 * max(0, len(args)-few)
}

// invokeAt calls a value, with the tokens of the call.
func (m *machine) invokeAt(v, this value, args []argument, start, open, end uint32) value {
	got := m.invoked(v, this, args, start, open, end)
	if v.kind == closure {
		return got
	}
	switch got.kind {
	case module:
		if ownFile(got) { // which may not be there
			m.risks++
		}
	case unknown:
		m.risks++
	case array:
		m.step(listSteps + len(*got.items))
	case buffer:
		m.step(listSteps + len(got.str)/64)
	}
	return got
}

func (m *machine) invoked(v, this value, args []argument, start, open, end uint32) value {
	if m.thrown || !m.step(2) {
		return value{}
	}
	if end > start {
		if m.place = [2]uint32{start, end}; start < m.behind {
			m.home = m.place
		}
	}
	if v.kind != closure && !m.step(argumentSteps(args)) {
		return value{}
	}
	switch v.kind {
	case closure:
		if v.fn == nil {
			return value{}
		}
		got := m.run(v, this, args)
		if got.kind == unknown && got.also == nil {
			if any := m.forked(args, func(args []argument) value { return m.run(v, this, args) }); any.also != nil {
				got = any
			}
		}
		if open > 0 {
			learn(m.results, open, got)
		}
		return got
	case globalName, module:
		if !m.step(namedSteps) {
			return value{}
		}
		if f := rebound(v, this); f.kind == method { // of a prototype, which another object has
			return m.invokeAt(f, this, args, start, 0, end)
		}
		got := m.invokeNamed(v, args, start, open, end)
		if got.kind == unknown {
			m.step(unknownSteps)
		}
		return got
	case method:
		if !m.step(methodSteps) {
			return value{}
		}
		got := m.callMethod(v, args, start, end)
		if got.kind != unknown && v.self != nil && v.self.also != nil && v.self.kind == array && changesList(v.str) {
			got = m.changeOthers(got, v, args, start, end)
		} else if got.kind != unknown && v.self != nil {
			other := v
			got = m.besides(got, v.self, args, func(self *value, args []argument) value {
				other.self = self
				return m.callMethod(other, args, start, end)
			})
		}
		if got.kind == unknown && !m.step(unknownSteps) {
			return got
		}
		if got.kind == unknown && got.also == nil && v.self != nil {
			if one, ok := m.supposed(v, args, start, end); ok {
				return one
			}
			if one, ok := m.methodAcrossHoles(v, args, start, end); ok {
				return one
			}
		}
		if got.kind == unknown {
			from := value{}
			if v.self != nil {
				from = origin(*v.self)
			}
			if promiseOf(got) != nil { // they are called in time, or at the end of all
				m.after(math.Inf(1), func() { m.callBackWith(args, from, nil) })
				return got
			}
			m.callBackWith(args, from, nil)
			if v.self == nil || got.decoded || got.also != nil || origin(got).more != "" || givenBy(got) != 0 {
				return got
			}
			if v.self.kind == unknown || v.self.kind == collection && from.more != "" {
				return from
			}
			return m.lost(*v.self, v.str, args)
		}
		if v.self != nil && v.self.kind == closure && open > 0 {
			learn(m.results, open, got)
		}
		return got
	case dictionary: // a Proxy
		if base, ok := itemOf(v, baseKey); ok {
			return m.invokeAt(base, this, args, start, open, end)
		}
		if v.self != nil {
			target, _ := itemOf(v, proxyTarget)
			if trap, ok := itemOf(*v.self, "apply"); ok {
				list := make([]value, len(args))
				for i, a := range args {
					list[i] = a.value
				}
				return m.callFunctionOf(trap, *v.self, asArguments([]value{target, this, arrayValue(list)}))
			}
			return m.invokeAt(target, this, args, start, open, end)
		}
	case unknown:
		if v.more == loadedMember && len(args) > 0 && args[0].kind == unknown && end > start {
			m.met(script.Call, "load:any", start, end, false)
		}
		if v.also != nil {
			var results []value
			for _, f := range *v.also {
				results = append(results, m.invokeAt(f, this, args, start, open, end))
			}
			return others(results, origin(v), mayBeOther(v))
		}
		if len(args) == 1 && args[0].kind == text && reaching(args[0].str) && !m.looksUp(open, args[0].str) {
			if m.nested > 0 {
				return m.require(args[0], start, end, false)
			}
			return value{kind: module, str: moduleName(args[0].str), num: supposed}
		}
	}
	m.handed(args, start, end)
	if givenBy(v)&givenByFile != 0 {
		m.lends(args)
	}
	m.callBackWith(args, origin(v), nil)
	return origin(v)
}

// looksUp tells whether the method that is called behind a token is one by which settings
// are asked for, with a name that settings have, and of which the module's functions have
// names that those of settings have too: settings.get("http").get("port").
func (m *machine) looksUp(open uint32, name string) bool {
	switch moduleName(name) {
	case "http", "https", "http2":
	default:
		return false
	}
	if open < 2 || m.kind(open-2) != js.DotToken && m.kind(open-2) != js.OptChainToken {
		return false
	}
	switch m.text(open - 1) {
	case "get", "has", "getIn", "getItem":
		return true
	}
	return false
}

// handed notes where a name that the script puts together, and that is one of
// node's modules that reach out, is given to a function of which nothing is known:
// it is for a loader in another file.
func (e *evaluator) handed(args []argument, start, end uint32) {
	if e.linker != nil { // the other files are there
		return
	}
	for _, a := range args {
		if a.kind != text || a.plain {
			continue
		}
		switch name := moduleName(a.str); name {
		case "net", "tls":
			if k := e.kind(a.at); a.at > 0 && (k == js.StringToken || k == js.TemplateToken) {
				continue // a word
			}
			fallthrough
		case "dgram":
			if e.quotes(name) {
				continue // a word of a table, as of what is a core module
			}
			fallthrough
		case "child_process":
			e.met(script.Module, name, start, end, true)
		}
	}
}

// lends notes that a function of another file is given what loads modules, by itself or as
// a property of an object: which ones it loads, that file tells.
func (m *machine) lends(args []argument) {
	const most = 16 // properties
	for _, a := range args {
		all := []value{a.value}
		if a.kind == dictionary && a.self == nil {
			all = (*a.items)[:min(len(*a.items), most)]
		}
		for _, v := range all {
			if v.kind == globalName && (globalLoaders[v.str] || v.str == "module" || v.str == "process") {
				m.openness |= script.OpenToFiles
			}
		}
	}
}

// quotes tells whether a text without escapes stands in the script as a string.
func (e *evaluator) quotes(s string) bool {
	return bytes.Contains(e.src, []byte(`"`+s+`"`)) || bytes.Contains(e.src, []byte("'"+s+"'"))
}

// supposed calls a method with each of the values that what is not known may be.
func (m *machine) supposed(v value, args []argument, start, end uint32) (value, bool) {
	results, _ := m.callsOfEach(v.self, args, func(self *value, args []argument) value {
		if self.kind == unknown {
			return value{}
		}
		v.self = self
		return m.callMethod(v, args, start, end)
	})
	got := anyValue(append(results, value{}))
	return got, got.also != nil
}

// lost is what a method of a constant gives that is not computed. Where all that
// it is given is known too, it is part of a decoder.
func (m *machine) lost(self value, name string, args []argument) value {
	from := value{}
	switch {
	case self.kind == array && len(*self.items) <= maxSupposed && m.step(len(*self.items)):
		for _, item := range *self.items {
			from = joined(from, item)
		}
	case (self.kind == regularExpression || self.kind == method) && len(args) > 0: // of a TextDecoder
		from = origin(args[0].value)
	case self.kind == text:
		for _, a := range args {
			from = joined(from, a.value)
		}
	}
	if from.more != "" {
		return from
	}
	for _, a := range args {
		if a.kind == unknown && !a.decoded {
			return value{num: float64(givenByAny(args))}
		}
	}
	switch self.kind {
	case text, buffer, method:
		return value{decoded: true}
	case array:
		if name == "join" && separatesWords(args) {
			return value{decoded: from.decoded}
		}
		return value{decoded: name == "join" || name == "map" || name == "reduce" || name == "reverse" || name == "sort" || name == "toSorted" || name == "flat" || name == "flatMap"}
	}
	return value{}
}

// separatesWords tells whether a list is joined as lines, or as the words of a command:
// of its items no new word comes about, as it does of "osa\" and a line behind it.
func separatesWords(args []argument) bool {
	separator, ok := words(args, 0, ",")
	return ok && strings.ContainsAny(separator, " \n\t") && !strings.ContainsAny(separator, "\\\"'`")
}

// invokeNamed calls a global or a function of a module.
func (m *machine) invokeNamed(v value, args []argument, start, open, end uint32) value {
	name := v.str
	if v.kind == module {
		m.confirm(v, start, end)
		name += "." + v.more
	}
	for i := range args {
		args[i].value = addressText(args[i].value)
	}
	if v.kind == module || !pure(name) || name == "require" || name == "Function" {
		m.learnArguments(open, args)
		m.roleOf(v, name, open)
		if (name == "eval" || name == "import") && len(args) == 1 && args[0].kind == text {
			args[0].plain = false
		}
	}
	first := argumentOr(args, 0)
	switch name {
	case "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "process.nextTick", "timers.setTimeout", "timers.setImmediate":
		rest := args[min(1, len(args)):]
		if strings.HasSuffix(name, "setTimeout") || name == "setInterval" {
			rest = args[min(2, len(args)):]
		}
		if first.kind == number && len(args) > 1 { // made to give a promise
			return args[1].value
		}
		if first.kind != text && first.kind != unknown {
			wait := 0.0
			if ms := argumentOr(args, 1); ms.kind == number && len(rest) < len(args)-1 {
				wait = ms.num
			}
			m.after(wait, func() { m.invokeAt(first, value{kind: undefined}, rest, start, 0, end) })
			return value{}
		}
	case "timers/promises.setTimeout", "timers/promises.setImmediate":
		return argumentOr(args, min(1, max(0, len(args)-1)))
	case "events.once":
		if event := argumentOr(args, 1); event.kind == text {
			return m.once(first, event.str)
		}
	case "vm.createContext":
		return first
	case "vm.runInContext", "vm.runInNewContext":
		m.give(open, argumentOr(args, 1))
	case "vm.Script.runInContext", "vm.Script.runInNewContext":
		m.give(v.at, first)
	}
	if builtinError(name) {
		return m.errorOf(name, args)
	}
	if got, ok := m.promiseFunction(name, args); ok {
		return got
	}
	m.suspect(name, args, start, end)
	m.evaluated(name, args, start, open, end)
	m.drop(name, args)
	m.interprets(name, args, start, end)
	if got, ok := m.unpacked(name, args, start, end); ok {
		return got
	}
	if v.kind == module {
		m.toNative(v.str, args, start, end)
	}
	if ownFile(v) {
		m.handed(args, start, end)
		m.lends(args)
		if strings.HasSuffix(name, ".charCodeAt") && len(m.unsolved) > 0 { // a key
			m.openness |= script.OpenToFiles
		}
	}
	if got, ok := m.carried(v, name, args, start, end); ok {
		return got
	}
	m.starting = nil
	got := m.perform(v, args, start, end)
	if got.kind == unknown {
		got = m.addon(name, args)
	} else if pure(name) && name != "require" {
		got = m.besides(got, nil, args, func(_ *value, args []argument) value { return m.perform(v, args, start, end) })
	}
	if got.kind == unknown {
		if read, ok := m.reads(name, args, start, end); ok {
			return read
		}
		if made, ok := m.ofWebAssembly(name, args); ok {
			return made
		} else if name == "WebAssembly.instantiate" {
			m.callsBack(args)
		}
	}
	if got.kind == unknown && got.also == nil && globalLoaders[name] {
		got.more = loadedModule
	}
	if got.kind == unknown && len(m.starting) > 0 {
		to := stream{words: m.starting[0]}
		if name == "child_process.fork" {
			to.channel = m.starts(name, args, start, end)
		}
		got = m.newStream(to)
	} else if s := m.streamFor(name, args); got.kind == unknown && s.kind != unknown {
		got = s
	}
	if got.kind == unknown && got.also == nil {
		if one, ok := m.acrossHoles(name, args, func(args []argument) value { return m.perform(v, args, start, end) }); ok {
			got = one
		} else if pure(name) && name != "require" || moduleFunctions[name] && computes(name) || v.kind == module && isPath(v.str) {
			if got = m.forked(args, func(args []argument) value { return m.perform(v, args, start, end) }); got.also != nil {
				got = anyValueFrom(outcomeOf(name, v, args), []value{got})
			}
		}
	}
	if got.kind != unknown || got.also != nil || got.self != nil {
		if !callsNothing(name) {
			m.callBack(args)
		}
		return got
	}
	if callsNothing(name) {
		return outcomeOf(name, v, args)
	}
	from := outcomeOf(name, v, args)
	before := []value{{kind: null}} // no error
	if ownFile(v) {
		from.num = givenByFile
		if _, method, ok := cutLast(v.more); (ok || strings.HasSuffix(v.str, ".json")) && ownMembers()[array][method] { // of a list that the file exports
			before = nil
		}
	}
	m.callBackWith(args, from, before)
	if name == "Function" || name == "vm.compileFunction" {
		return m.codeValue(name, args, open)
	}
	if got.more == loadedModule {
		return got
	}
	return from
}

// callsNothing tells whether a function of the language only looks at the functions that
// it is given, or has them called by itself.
func callsNothing(name string) bool {
	object, function, _ := strings.Cut(name, ".")
	switch object {
	case "Object":
		return function != "groupBy"
	case "Reflect", "Boolean", "Number", "String", "Symbol":
		return true
	}
	return name == "Array.isArray"
}

// maxCalledBack bounds how often a function is run that is given to unknown ones: each
// time it may belong to another promise.
const maxCalledBack = 8

// callBack runs the functions that something unknown is given.
func (m *machine) callBack(args []argument) { m.callBackWith(args, value{}, nil) }

// callBackWith is callBack where more is known: what they get comes from where a value
// does, also behind a first argument, as of reduce and replace. Those of fs get it behind
// an error.
func (m *machine) callBackWith(args []argument, from value, before []value) {
	var given []argument
	if from.decoded || from.more != "" {
		given = asArguments(append(append([]value{}, before...), from, from, value{}))
	}
	for _, a := range args {
		if a.kind == closure && a.fn != nil && (!a.fn.ran || a.fn.called > 0 && a.fn.called < maxCalledBack && a.fn.outer.settles()) {
			a.fn.called++
			m.run(a.value, value{}, given)
		}
	}
}

// roleOf notes what becomes of the arguments of a call.
func (m *machine) roleOf(v value, name string, open uint32) {
	if open == 0 {
		return
	}
	switch {
	case v.kind == module:
		m.moduleRole(name, open)
	case name == "eval":
		m.setRole(open, valueRole)
	case name == "module._compile" || name == "setTimeout" || name == "setInterval":
		m.setRole(open, codeRole)
	case name == "Function":
		m.setRole(open, lastCodeRole)
	}
}

// learnArguments notes the texts that a call is given.
func (m *machine) learnArguments(open uint32, args []argument) {
	if open == 0 {
		return
	}
	for n, a := range args {
		if a.at == 0 || n > 0 && args[n-1].at == a.at || m.kind(a.at) == js.EllipsisToken {
			continue
		}
		if a.kind == text && strings.Contains(a.str, dirname) {
			continue // the evaluator knows it too
		}
		if k := m.kind(a.at + 1); m.kind(a.at) == js.StringToken && (k == js.CommaToken || k == js.CloseParenToken) {
			continue // as it stands
		}
		learn(m.computed, a.at, a.value)
	}
}
