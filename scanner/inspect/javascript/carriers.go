package javascript

import (
	"strings"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/shell"
)

// Parts of Node.js that keep what a script gives them and hand it on elsewhere: the
// stores of asynchronous contexts, the entries of performance, channels of
// diagnostics, environment data of workers, bodies of requests.

// carriers are what was given to them.
type carriers struct {
	stores    map[uint32]value // of AsyncLocalStorages, by where they are made
	entries   []value          // of performance
	observers []value
	shared    value   // of workers
	workers   value   // the settings of a cluster
	posted    []event // messages that nobody has heard yet
	sent      int     // how many there were
	channels  int     // of messages
	thread    int     // the channel of the one that runs
	repls     []*repl
}

const maxEntries = 64 // of performance

// nativeFunction is a function of Node.js with some arguments given beforehand.
func nativeFunction(of, name string, args ...value) value {
	f := value{kind: module, str: of, more: name, plain: true}
	if len(args) == 0 {
		return f
	}
	return value{kind: method, str: "bound", self: &f, items: &args}
}

// giving is a function that gives a value.
func giving(v value) value { return value{kind: method, str: "return", self: &v} }

// objectOf is an object with these properties: names and their values in turn.
func objectOf(properties ...any) value {
	v := newDictionary()
	for i := 0; i+1 < len(properties); i += 2 {
		*v.keys, *v.items = append(*v.keys, properties[i].(string)), append(*v.items, properties[i+1].(value))
	}
	return v
}

// carried calls a function of what hands values on, and tells whether it is one.
func (m *machine) carried(v value, name string, args []argument, start, end uint32) (value, bool) {
	first, second := argumentOr(args, 0), argumentOr(args, 1)
	from := func(n int) []argument { return args[min(n, len(args)):] }
	module, function, _ := strings.Cut(name, ".")
	switch module {
	case "async_hooks":
		switch function {
		case "AsyncLocalStorage.run", "AsyncLocalStorage.enterWith":
			if m.stores == nil {
				m.stores = map[uint32]value{}
			}
			m.stores[v.at] = first
			if function == "AsyncLocalStorage.enterWith" {
				return value{kind: undefined}, true
			}
			return m.invokeAt(second, value{}, from(2), start, 0, end), true
		case "AsyncLocalStorage.getStore":
			store, ok := m.stores[v.at]
			return store, ok
		case "AsyncLocalStorage.exit":
			return m.invokeAt(first, value{}, from(1), start, 0, end), true
		case "AsyncLocalStorage.snapshot":
			return nativeFunction("async_hooks", "AsyncLocalStorage.exit"), true
		case "AsyncResource.runInAsyncScope":
			return m.applyAt(first, second, from(2), start, end), true
		case "AsyncLocalStorage.bind", "AsyncResource.bind":
			return first, true
		}
	case "domain":
		switch function {
		case "create", "createDomain":
			return nativeFunction("domain", "Domain"), true
		case "Domain.run":
			return m.invokeAt(first, value{}, from(1), start, 0, end), true
		case "Domain.bind", "Domain.intercept":
			return first, true
		}
	case "perf_hooks", "performance":
		return m.performance(strings.TrimPrefix(function, "performance."), args)
	case "diagnostics_channel":
		return m.channel(function, args, start, end)
	case "worker_threads":
		switch function {
		case "setEnvironmentData":
			if m.shared.kind == unknown {
				m.shared = newDictionary()
			}
			m.put(m.shared, first, second)
			return value{kind: undefined}, true
		case "getEnvironmentData":
			if m.shared.kind == unknown {
				return value{num: givenByCaller}, true
			}
			return m.get(m.shared, first), true
		case "receiveMessageOnPort":
			return m.taken(first), true
		case "postMessageToThread":
			m.afterwards(func() { m.emit("workerMessage", event{args: []argument{{value: second}}}) })
			return value{}, true
		}
	case "v8":
		if function == "serialize" {
			return value{kind: method, str: "serialized", self: &first}, true
		}
		if function == "deserialize" && first.kind == method && first.str == "serialized" {
			return *first.self, true
		}
	case "fetch": // which asks nobody for what stands in the address
		if first.kind == text && isData(first.str) {
			if content := dataScript(first.str); len(content) <= maxDroppedSize && m.step(8+len(content)/16) {
				return m.bodyOf(content, nil), true
			}
		}
	case "AbortSignal":
		if function == "abort" {
			return objectOf("reason", first, "aborted", booleanValue(true)), true
		}
	case "Atomics":
		return m.atomic(function, first, second, argumentOr(args, 2), argumentOr(args, 3))
	case "console":
		m.inspects(args)
	case "repl":
		if function == "start" || function == "REPLServer" {
			m.perform(v, args, start, end)
			return m.shell(args, start, end), true
		}
		return m.shellFunction(function, first, second, argumentOr(args, 2))
	case "util":
		if function == "inspect" || function == "format" {
			m.inspects(args)
		}
		if function == "parseArgs" {
			return m.parsedArguments(first)
		}
		if function == "inherits" {
			prototype := textValue("prototype")
			m.objectFunction("setPrototypeOf", asArguments([]value{m.get(first, prototype), m.get(second, prototype)}), start, end)
			m.put(first, textValue("super_"), second)
			return value{kind: undefined}, true
		}
	case "assert":
		if function != "throws" && function != "rejects" && function != "doesNotThrow" || first.kind != closure || m.thrown {
			break
		}
		m.invokeAt(first, value{}, nil, start, 0, end)
		if m.thrown {
			m.thrown = false
			m.invokeAt(second, value{}, asArguments([]value{m.exception}), start, 0, end)
		}
		return value{kind: undefined}, true
	case "events":
		if function == "on" {
			return arrayValue([]value{m.once(first, second.str)}), second.kind == text
		}
		if function == "getEventListeners" {
			return arrayValue(m.heardBy[second.str]), true
		}
		if _, method, _ := cutLast(function); method == "listeners" || method == "rawListeners" {
			return arrayValue(m.heardBy[first.str]), true
		}
	case "inspector", "inspector/promises":
		if function == "Session.post" {
			return m.inspectedAnswer(args)
		}
	case "module-alias":
		return m.addsAliases(function, first, second)
	case "module":
		if function == "registerHooks" {
			m.registers(m.get(first, textValue("resolve")), m.get(first, textValue("load")))
			return newDictionary(), true
		}
		if function == "register" && first.kind == text {
			m.registersFile(first.str, args[1:], start)
		}
		if function == "_preloadModules" {
			names, _ := m.iterate(first)
			for _, name := range names[:min(len(names), maxSupposed)] {
				m.require(argument{value: name}, start, end, false)
			}
			return value{kind: undefined}, true
		}
	case "readline":
		in, _ := itemOf(first, "input")
		if s := m.streamOf(in); function == "createInterface" && s != nil {
			lines := strings.Split(strings.TrimSuffix(s.content, "\n"), "\n")
			items := make([]value, 0, maxSupposed)
			for _, line := range lines[:min(len(lines), maxSupposed)] {
				m.afterwards(func() { m.emit("line", event{args: asArguments([]value{textValue(line)})}) })
				items = append(items, textValue(line))
			}
			m.afterwards(func() { m.emit("close", event{}) })
			return arrayValue(items), true
		}
	case "stream/consumers":
		return m.consumed(function, first)
	case "stream", "stream/promises":
		if function == "pipeline" && m.depth < maxCalls {
			m.pipeline(args, module == "stream", start, end)
		}
	case "process":
		if function == "_getActiveHandles" {
			return arrayValue([]value{{kind: globalName, str: "process.stdout", plain: true}}), true
		}
		if function == "send" {
			m.post(value{kind: globalName, str: "process"}, first)
		}
		if function == "emitWarning" {
			warning := first
			if first.kind == text {
				warning = m.errorOf("Warning", args[:1])
				if second.kind == text {
					m.put(warning, textValue("name"), second)
				}
			}
			m.emit("warning", event{args: []argument{{value: warning}}})
			return value{kind: undefined}, true
		}
	case "crypto":
		return m.cryptography(function, args)
	case "test":
		if _, set := m.changed[ownProgram]; set && function == "run" {
			m.startsItself([]string{"--test"}, m.environmentOf(first), start, end)
		}
	case "cluster":
		switch function {
		case "setupPrimary", "setupMaster":
			m.workers = first
		case "fork":
			m.forks(first, start, end)
			return nativeFunction("cluster", "Worker"), true
		case "Worker.send", "worker.send":
			v.more = strings.TrimSuffix(v.more, ".send")
			m.post(v, first)
		}
	}
	return value{}, false
}

// applyAt is invokeAt for a function that has a this of its own.
func (m *machine) applyAt(f, this value, args []argument, start, end uint32) value {
	if f.kind == closure {
		return m.apply(f, this, args)
	}
	return m.invokeAt(rebound(f, this), this, args, start, 0, end)
}

// performance evaluates the functions of performance and of what observes it.
func (m *machine) performance(function string, args []argument) (value, bool) {
	first := argumentOr(args, 0)
	switch function {
	case "mark", "measure", "PerformanceMark":
		entry := objectOf("name", first, "entryType", textValue(strings.ToLower(strings.TrimPrefix(function, "Performance"))),
			"startTime", numberValue(0), "duration", numberValue(0), "detail", value{kind: null})
		if options := argumentOr(args, 1); options.kind == dictionary {
			m.put(entry, textValue("detail"), m.get(options, textValue("detail")))
		}
		if len(m.entries) < maxEntries {
			m.entries = append(m.entries, entry)
		}
		for _, o := range m.observers {
			m.observe(o)
		}
		return entry, true
	case "getEntries", "getEntriesByName", "getEntriesByType":
		key := map[string]string{"getEntriesByName": "name", "getEntriesByType": "entryType"}[function]
		list := []value{}
		for _, entry := range m.entries {
			if key == "" || itemText(entry, key) == first.str {
				list = append(list, entry)
			}
		}
		return arrayValue(list), true
	case "PerformanceObserver":
		if len(m.observers) < maxAlternatives {
			m.observers = append(m.observers, first)
			if len(m.entries) > 0 {
				m.observe(first)
			}
		}
		return nativeFunction("perf_hooks", function), true
	case "timerify":
		return first, true
	}
	return value{}, false
}

// observe tells an observer what was measured.
func (m *machine) observe(by value) {
	m.afterwards(func() {
		list := newDictionary()
		for _, name := range []string{"getEntries", "getEntriesByName", "getEntriesByType"} {
			m.put(list, textValue(name), nativeFunction("perf_hooks", name))
		}
		m.invokeAt(by, value{}, asArguments([]value{list, nativeFunction("perf_hooks", "PerformanceObserver")}), 0, 0, 0)
	})
}

// channel evaluates the functions of diagnostics_channel, of which those of a
// channel have its name as their first argument.
func (m *machine) channel(function string, args []argument, start, end uint32) (value, bool) {
	name, second := argumentOr(args, 0), argumentOr(args, 1)
	own := func(function string) value { return nativeFunction("diagnostics_channel", function, name) }
	topic := "channel:" + name.str
	switch function {
	case "channel", "Channel":
		return objectOf("name", name, "hasSubscribers", booleanValue(true), "publish", own("publish"), "subscribe", own("subscribe"),
			"unsubscribe", own("unsubscribe"), "runStores", own("runStores"), "bindStore", own("bindStore")), true
	case "tracingChannel":
		return objectOf("traceSync", own("trace"), "tracePromise", own("trace"), "traceCallback", own("trace"), "subscribe", own("traced")), true
	case "subscribe":
		m.listen(value{}, topic, second, false, false)
		return value{kind: undefined}, true
	case "publish":
		m.emit(topic, event{args: asArguments([]value{second, name})})
		return value{kind: undefined}, true
	case "bindStore":
		if m.stores == nil {
			m.stores = map[uint32]value{}
		}
		m.listen(value{}, topic, value{kind: method, str: "bound", self: ptr(value{kind: module, str: "async_hooks", more: "AsyncLocalStorage.enterWith", at: second.at}), items: &[]value{}}, false, false)
		return value{kind: undefined}, true
	case "runStores":
		m.emit(topic, event{args: asArguments([]value{second, name})})
		return m.applyAt(argumentOr(args, 2), argumentOr(args, 3), args[min(4, len(args)):], start, end), true
	case "traced":
		for _, f := range valuesOf(second) {
			m.listen(value{}, topic, f, false, false)
		}
		return value{kind: undefined}, true
	case "trace": // name, function, context, this, arguments
		m.emit(topic, event{args: asArguments([]value{argumentOr(args, 2)})})
		return m.applyAt(second, argumentOr(args, 3), args[min(4, len(args)):], start, end), true
	}
	return value{}, false
}

func valuesOf(v value) []value {
	if v.kind != dictionary {
		return nil
	}
	return *v.items
}

// pipeline hands what the first of some streams, lists or functions has through the
// others.
func (m *machine) pipeline(args []argument, callback bool, start, end uint32) {
	m.depth++
	defer func() { m.depth-- }()
	from := argumentOr(args, 0)
	if ofPackage(origin(from)) { // what becomes of it shows once the file is read
		m.openness |= script.OpenToFiles
	}
	for i, a := range args {
		to := m.streamOf(streamIn(a.value))
		switch {
		case a.kind == closure && a.fn != nil && callback && i == len(args)-1:
			m.iterate(from) // what a generator gives is taken
			m.apply(a.value, value{}, []argument{{value: value{kind: null}}})
		case a.kind == closure && i == 0:
			from = m.apply(a.value, value{}, nil)
		case a.kind == closure:
			from = m.apply(a.value, value{}, []argument{{value: from}})
		case to != nil && i > 0:
			if !m.flowFrom(to, from) {
				return
			}
			m.endStream(to, nil, start, end)
			from = a.value
		}
	}
	if !callback {
		m.iterate(from)
	}
}

// streamIn is the stream that an instance of a class of the script's own is made of.
func streamIn(v value) value {
	if base, ok := itemOf(v, baseKey); ok {
		return base
	}
	return v
}

// forks notes what cluster.fork starts, with the settings and the environment that the
// script gave. Files of the package may say both.
func (m *machine) forks(env value, start, end uint32) {
	m.openness |= script.OpenToFiles
	words := m.nodeArguments(m.workers)
	if exec, ok := itemOf(m.workers, "exec"); ok {
		words = append(words, wordsOf(arrayValue([]value{exec}))...)
	}
	m.startsItself(words, m.environmentOf(objectOf("env", env)), start, end)
}

// startsItself notes what node starts with some words for the script, without a call that
// names a program.
func (m *machine) startsItself(words []string, environment map[string]string, start, end uint32) {
	if _, set := m.changed[ownProgram]; set {
		m.met(script.Module, "child_process", start, end, true) // whatever that is
	}
	for _, program := range m.interpreters() {
		commands := shell.Command(append([]string{program}, words...), environment)
		m.runs(withNodeOptions(commands, environment), false, start, end)
	}
}

const ownProgram = "process.execPath"

// interpreters are the programs that process.execPath may be, which the script may have
// set: with it, node starts other processes.
func (e *evaluator) interpreters() (programs []string) {
	if m := e.machine; m != nil {
		set := m.got(m.changed[ownProgram], value{kind: globalName, str: "process"})
		m.leans(set, true)
		for _, one := range alternatives(set) {
			if one.kind == text {
				programs = append(programs, one.str)
			}
		}
	}
	if len(programs) == 0 {
		return []string{"node"}
	}
	return programs
}

// body is what a request, a response or a blob is made of: a text or bytes.
func (m *machine) body(v value) (string, bool) {
	switch v.kind {
	case text, buffer:
		return v.str, true
	case collection:
		return v.string()
	case dictionary:
		if s := m.streamOf(v); s != nil {
			return s.content, true
		}
		if content, ok := itemOf(v, bodyKey); ok {
			return content.str, true
		}
	case undefined, null:
		return "", true
	}
	return "", false
}

// bodyKey is the key under which a body keeps its bytes.
const bodyKey = "\x00body"

// newBody evaluates "new Blob(...)" and its like.
func (m *machine) newBody(class string, args []argument) value {
	whole, ok := "", true
	switch class {
	case "Blob", "File":
		parts, known := m.iterate(argumentOr(args, 0))
		ok = known && len(parts) <= maxItems/16
		for i := 0; ok && i < len(parts); i++ {
			var part string
			part, ok = m.body(parts[i])
			ok = ok && m.step(1+(len(whole)+len(part))/16)
			whole += part
		}
	case "Request":
		body, _ := itemOf(argumentOr(args, 1), "body")
		whole, ok = m.body(body)
	default:
		whole, ok = m.body(argumentOr(args, 0))
	}
	if !ok || !m.step(8) {
		return value{}
	}
	return m.bodyOf(whole, args)
}

func (m *machine) bodyOf(whole string, args []argument) value {
	content := value{kind: buffer, str: whole, decoded: true}
	read, _ := toText(content)
	v := objectOf(bodyKey, content, "size", numberValue(float64(len(whole))), "text", giving(read), "arrayBuffer", giving(content),
		"bytes", giving(content), "blob", giving(content))
	if s := m.newStream(stream{content: whole}); s.kind == dictionary {
		m.put(v, textValue("stream"), giving(s))
		m.put(v, textValue("body"), s)
	}
	if len(whole) > 0 && len(whole) <= maxDroppedSize && strings.ContainsAny(whole[:1], "{[\"") {
		m.put(v, textValue("json"), giving(parseJSON(read.str)))
	}
	for _, a := range args {
		if headers, ok := itemOf(a.value, "headers"); ok {
			m.put(v, textValue("headers"), m.newHeaders(headers))
		}
		if a.kind == dictionary {
			for _, name := range []string{"type", "statusText", "method"} {
				if item, ok := itemOf(a.value, name); ok {
					m.put(v, textValue(name), item)
				}
			}
		}
		if a.kind == text {
			m.put(v, textValue("name"), a.value)
			m.put(v, textValue("url"), a.value)
		}
	}
	return v
}

// newHeaders evaluates "new Headers(...)", whose names are in lower case.
func (m *machine) newHeaders(of value) value {
	v := value{kind: collection, str: "Headers", items: &[]value{}}
	if keys, items, ok := m.entriesOf(of); ok {
		for i, key := range keys {
			put(v, textValue(strings.ToLower(key)), items[i])
		}
	} else if items, ok := m.iterate(of); ok {
		for _, item := range items {
			if key := m.element(item, numberValue(0)); key.kind == text {
				put(v, textValue(strings.ToLower(key.str)), m.element(item, numberValue(1)))
			}
		}
	}
	return v
}

// newCarrier evaluates "new" of a class of what hands values on.
func (m *machine) newCarrier(class string, args []argument, open uint32) value {
	switch class {
	case "Blob", "File", "Response", "Request", "buffer.Blob", "buffer.File":
		return m.newBody(strings.TrimPrefix(class, "buffer."), args)
	case "DOMException":
		return m.errorOf("Error", args)
	case "Headers":
		return m.newHeaders(argumentOr(args, 0))
	case "FormData":
		return value{kind: collection, str: "FormData", items: &[]value{}}
	case "WeakRef":
		return objectOf("deref", giving(argumentOr(args, 0)))
	case "perf_hooks.PerformanceObserver", "PerformanceObserver", "PerformanceMark":
		v, _ := m.performance(strings.TrimPrefix(class, "perf_hooks."), args)
		return v
	case "BroadcastChannel", "worker_threads.BroadcastChannel":
		return endOf(broadcasts)
	case "MessageChannel", "worker_threads.MessageChannel":
		channel := m.newChannel()
		return objectOf("port1", endOf(channel), "port2", endOf(channel))
	case "util.MIMEType":
		kind, subtype, ok := strings.Cut(argumentOr(args, 0).str, "/")
		if !ok {
			return value{}
		}
		subtype, _, _ = strings.Cut(subtype, ";")
		return objectOf("type", textValue(strings.ToLower(kind)), "subtype", textValue(strings.ToLower(strings.TrimSpace(subtype))), "essence", textValue(strings.ToLower(kind+"/"+subtype)))
	}
	return value{}
}

// inspectSymbol is the name of the symbol under which an object has what shows it to
// people: Symbol.for(util.inspect.custom.description).
const inspectSymbol = "nodejs.util.inspect.custom"

// inspects calls what objects have to be shown by.
func (m *machine) inspects(args []argument) {
	const depth = 2 // that of util.inspect
	for _, a := range args {
		if a.kind != dictionary {
			continue
		}
		if show := m.get(a.value, value{kind: symbol, str: inspectSymbol}); show.kind == closure {
			inspect := value{kind: module, str: "util", more: "inspect", plain: true}
			m.callFunctionOf(show, a.value, asArguments([]value{numberValue(depth), newDictionary(), inspect}))
		}
	}
}
