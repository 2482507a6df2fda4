package javascript

import (
	"math"
	"path"
	"slices"
	"strings"
)

// dirname stands in texts for the directory of the script, which is not known.
const dirname = "\U000f0000"

// unnamed stands for the name of the script's file where that is not known.
const unnamed = "__filename"

// loader tells whether a function of a name loads modules, whoever made it: node
// and the bundlers that hand a require of their own to each module.
func loader(name string) bool {
	for _, l := range loaderNames {
		if l == name {
			return true
		}
	}
	return false
}

var loaderNames = [...]string{
	"require", "__require", "__require2", "__require3", "__non_webpack_require__", "__nccwpck_require__",
	"__webpack_require__", "__nested_webpack_require__", "nativeRequire", "nodeRequire", "_require", "_dereq_",
	"require_", "requireFunc", "__dynamic_require__", "__rollup_require__",
}

// loadersIn returns the numbers of the names of a script that load modules.
func loadersIn(names *nameTable) map[uint32]bool {
	found := map[uint32]bool{}
	for _, name := range loaderNames {
		if n := names.find(name); n > 0 {
			found[n] = true
		}
	}
	return found
}

// pure tells whether a global is one of the language that reaches nothing
// outside of the script.
func pure(name string) bool {
	if dot := strings.IndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	switch name {
	case "Object", "Array", "Math", "JSON", "String", "Number", "Symbol", "Boolean", "Date", "RegExp", "Map", "Set",
		"WeakMap", "WeakSet", "WeakRef", "Promise", "Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError",
		"EvalError", "URIError", "AggregateError", "parseInt", "parseFloat", "isNaN", "isFinite", "console", "BigInt",
		"Intl", "encodeURIComponent", "encodeURI", "decodeURIComponent", "decodeURI", "escape", "unescape", "atob", "btoa",
		"Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "Float32Array",
		"Float64Array", "BigInt64Array", "BigUint64Array", "Uint8ClampedArray", "ArrayBuffer", "DataView", "Buffer",
		"Proxy", "super", "require", "exports", "arguments":
		return true
	}
	return false
}

// globalAt returns the global that a name means.
func (e *evaluator) globalAt(i uint32) value {
	number := e.tokens[i].ref &^ global
	v, ok := e.globals[number]
	if !ok {
		v = e.globalNamed(e.names.text(number))
		if e.globals == nil {
			e.globals = map[uint32]value{}
		}
		e.globals[number] = v
	}
	v.plain = e.tokens[i].flags&escaped == 0
	return v
}

func (e *evaluator) globalNamed(name string) value {
	if v, ok := e.outer[name]; ok {
		return v
	}
	switch name {
	case "undefined":
		return value{kind: undefined}
	case "NaN":
		return numberValue(math.NaN())
	case "Infinity":
		return numberValue(math.Inf(1))
	case "globalThis", "window", "global", "self", "GLOBAL":
		return value{kind: globalName, plain: true}
	case "__dirname":
		return textValue(dirname)
	case "__filename":
		return filename(unnamed)
	case "arguments", "exports":
		return value{}
	}
	if loader(name) {
		name = "require"
	}
	return value{kind: globalName, str: name}
}

// filename is the path of a file in the directory of the script.
func filename(name string) value { return textValue(dirname + "/" + path.Base(name)) }

// filename is the path of the file that a module or import.meta belongs to: num is which of
// those that are read together.
func (e *evaluator) filename(of value) value {
	if of.num > 0 {
		return filename(e.linker.files[int(of.num)].name)
	}
	return e.globalNamed("__filename")
}

// member returns a property of a value.
func (e *evaluator) member(v value, name string) value {
	switch v.kind {
	case globalName:
		return e.globalMember(v, name)
	case module:
		return e.moduleMember(v, name)
	case dictionary:
		if item, ok := itemOf(v, name); ok {
			return item
		}
		if name == "constructor" || name == "__proto__" {
			return value{kind: globalName, str: prototypeOf(v, name), plain: true}
		}
		return value{}
	case text:
		if name == "length" {
			return numberValue(float64(length(v.str)))
		}
	case array:
		if name == "length" {
			return numberValue(float64(len(*v.items)))
		}
		if v.self != nil {
			if item, ok := itemOf(*v.self, name); ok {
				return item
			}
		}
		if v.num == 0 {
			break
		}
		switch name {
		case "BYTES_PER_ELEMENT":
			return numberValue(v.num)
		case "byteLength":
			return numberValue(v.num * float64(len(*v.items)))
		case "byteOffset":
			if e.machine == nil || e.machine.overlays[v.items] == nil {
				return numberValue(0)
			}
			return numberValue(float64(e.machine.overlays[v.items].offset))
		case "buffer":
			if e.machine != nil {
				return e.machine.whole(v)
			}
			return value{} // others may write to it
		}
	case buffer:
		switch name {
		case "length", "byteLength":
			return numberValue(float64(len(v.str)))
		case "buffer":
			if e.machine != nil {
				return e.machine.whole(v)
			}
			v.more = arrayBuffer
			return v
		case "byteOffset":
			return numberValue(v.num)
		case "BYTES_PER_ELEMENT":
			return numberValue(1)
		}
	case regularExpression:
		switch name {
		case "source":
			return textValue(v.str)
		case "flags":
			return textValue(v.more)
		case "global":
			return booleanValue(strings.Contains(v.more, "g"))
		case "lastIndex":
			if place := lastIndex(v); place != nil {
				return *place
			}
		}
	case symbol:
		if name == "description" {
			return value{kind: text, str: v.str, plain: v.plain}
		}
	case collection:
		if name == "size" {
			return numberValue(float64(len(*v.items)))
		}
	case bigInteger, iterator:
	case closure, method:
		switch name {
		case "call", "apply", "bind", "toString", "constructor", "decode", "encode", "__proto__":
		case "name":
			if v.kind == method && v.str != "bound" && v.str != "boundTo" {
				return textValue(v.str)
			}
			return value{}
		case "write", "end": // of a StringDecoder
			if v.kind != method || v.str != "TextDecoder" {
				return value{}
			}
			name = "decode"
		default:
			return value{}
		}
		if v.kind == method && v.str == "bind" {
			return value{}
		}
	case number, boolean:
	default:
		return value{}
	}
	if name == "constructor" || name == "__proto__" {
		return value{kind: globalName, str: prototypeOf(v, name)}
	}
	switch v.kind {
	case array:
		if e.machine == nil && !ownMembers()[array][name] && !strings.HasPrefix(name, symbolKey) { // another name of the list may have been used to give it
			return value{}
		}
		fallthrough
	case text, number, boolean:
		if !ownMembers()[v.kind][name] && !(name == "subarray" && v.num > 0) && !strings.HasPrefix(name, symbolKey) {
			return value{kind: undefined}
		}
	}
	self := v
	return value{kind: method, str: name, self: &self}
}

// prototypeOf is the global that the constructor of a value is, or its prototype.
func prototypeOf(v value, name string) string {
	class := constructors[v.kind]
	if v.kind == collection {
		class = v.str
	}
	if name == "constructor" {
		return class
	}
	return class + ".prototype"
}

// constructors are the names of those of values.
var constructors = [...]string{text: "String", array: "Array", number: "Number", closure: "Function", boolean: "Boolean",
	method: "Function", regularExpression: "RegExp", buffer: "Buffer", bigInteger: "BigInt", symbol: "Symbol", dictionary: "Object",
	iterator: "Iterator"}

func (e *evaluator) globalMember(v value, name string) value {
	got := e.globalProperty(v, name)
	if got.kind == globalName || got.kind == module {
		got.plain = v.plain || v.str == ""
	}
	return got
}

func (e *evaluator) globalProperty(v value, name string) value {
	if v.str == "" {
		return e.globalNamed(name)
	}
	if v.str == "Bun" && name == "default" {
		return v
	}
	if of, ok := strings.CutSuffix(v.str, ".prototype"); ok && name == "constructor" {
		return value{kind: globalName, str: of}
	}
	if standardStreams[v.str] {
		switch name {
		case "constructor":
			return socketClass
		case "__proto__":
			class := socketClass
			class.more += ".prototype"
			return class
		}
	}
	if width := widthOf(v.str); width > 0 && name == "BYTES_PER_ELEMENT" {
		return numberValue(float64(width))
	}
	if v.str == "require.cache" || v.str == "module.children" {
		return value{kind: globalName, str: "module"}
	}
	if name == "__proto__" {
		if pure(v.str) && v.str != "require" {
			return value{kind: globalName, str: "Function.prototype"}
		}
		name = "prototype"
	}
	if name == "call" || name == "apply" || name == "bind" {
		if v.str == "Reflect" {
			return value{kind: globalName, str: "Reflect." + name}
		}
		self := v
		return value{kind: method, str: name, self: &self}
	}
	switch full := v.str + "." + name; full {
	case "module.require", "require.main.require", "import.meta.require":
		return value{kind: globalName, str: "require"}
	case "process.mainModule", "require.main", "module.parent":
		return value{kind: globalName, str: "module"}
	case "module.constructor":
		return value{kind: module, str: "module"}
	case "module.prototype":
		return modulePrototype
	case "Symbol.iterator", "Symbol.asyncIterator", "Symbol.toPrimitive", "Symbol.toStringTag", "Symbol.hasInstance", "Symbol.replace", "Symbol.split",
		"Symbol.match", "Symbol.matchAll", "Symbol.search", "Symbol.unscopables", "Symbol.species", "Symbol.isConcatSpreadable":
		return value{kind: symbol, str: full}
	case "process.title":
		if e.machine == nil {
			return value{} // it may be set
		}
		fallthrough
	case "process.execPath", "process.argv0":
		return value{kind: text, str: nodeProgram, plain: true}
	case "process.execArgv":
		if e.machine != nil {
			return e.machine.ownArguments()
		}
		return value{kind: globalName, str: full}
	case "process.moduleLoadList":
		return loadedModules()
	case "module.exports":
		return value{}
	case "import.meta.dirname", "module.path":
		return textValue(dirname)
	case "import.meta.filename", "module.filename", "module.id":
		return e.filename(v)
	case "import.meta.url":
		return textValue("file://" + e.filename(v).str)
	default:
		if len(full) > 256 {
			return value{}
		}
		if v.str == "process.env" {
			if given, ok := e.outer[full]; ok {
				return given
			}
		}
		switch is := pure(v.str) || isFunction(v.str) || platformFunctions[v.str]; {
		case name == "constructor" && is:
			full = "Function"
		case name == "toString" && isFunction(v.str):
			full = "Function.prototype.toString"
		}
		return value{kind: globalName, str: full}
	}
}

// standardStreams may be sockets, and are where they lead to a pipe.
var standardStreams = map[string]bool{"process.stdin": true, "process.stdout": true, "process.stderr": true}

// socketClass is the class of a socket that no loader gave.
var socketClass = value{kind: module, str: "net", more: "Socket", num: supposed}

// socketName is the property of requests that is a socket, and what listeners of servers
// call the one that they are given.
const socketName = "socket"

// isMemberFunction tells whether a member of a module of Node.js is a function, as most
// are.
func isMemberFunction(v value) bool {
	switch v.more {
	case "constants", "promises", "posix", "win32", "webcrypto", "subtle", "types", "performance", "globalAgent", "default",
		"prototype", "env", "metrics", "codes", "signals", "errno", "sys", "parentPort", "workerData":
		return false
	}
	return !strings.Contains(v.more, ".") && slices.Contains(builtins()["module.builtinModules"], v.str)
}

func (e *evaluator) moduleMember(v value, name string) value {
	if v.more == "" {
		if name == "then" || name == "catch" || name == "finally" {
			self := v
			return value{kind: method, str: name, self: &self}
		}
		switch v.str + " " + name {
		case "module Module", v.str + " default":
			return v
		case "module builtinModules":
			return texts(builtins()["module.builtinModules"])
		case "path sep", "path/posix sep":
			return textValue("/")
		case "worker_threads workerData":
			if given, ok := e.outer["workerData"]; ok {
				return given
			}
		case "cluster workers":
			if e.machine != nil {
				return objectOf("1", nativeFunction("cluster", "Worker"))
			}
		case "path delimiter", "path/posix delimiter":
			return textValue(":")
		case "os EOL":
			return textValue("\n")
		case "module wrapper":
			if e.machine != nil {
				return e.machine.wrapper()
			}
		case "module _extensions":
			return value{kind: globalName, str: "module"}
		case "module prototype":
			return modulePrototype
		case "buffer Buffer", "util TextDecoder", "util TextEncoder", "buffer atob", "buffer btoa":
			return value{kind: globalName, str: name}
		}
		if name == "__proto__" {
			return v
		}
		if (name == "call" || name == "apply" || name == "bind") && (v.str == "module" || v.str == "events" || v.str == "stream") { // which are classes
			self := v
			return value{kind: method, str: name, self: &self}
		}
		v.more = name
		return v
	}
	if n, ok := signals[name]; ok && (v.str == "os" && v.more == "constants.signals" || v.str == "constants") {
		return numberValue(n)
	}
	if v.str == "util" && v.more == "inspect" && name == "custom" {
		return value{kind: symbol, str: inspectSymbol}
	}
	class, ofPrototype := strings.CutSuffix(v.more, ".prototype")
	if name == "constructor" || name == "__proto__" {
		if of, ok := instanceOf(v); ok {
			if name == "__proto__" {
				of.more += ".prototype"
			}
			return of
		}
	}
	if parent, ok := parents[v.str+"."+class]; ok && name == "__proto__" {
		v.str, v.more, _ = strings.Cut(parent, ".")
		if v.num = supposed; ofPrototype {
			v.more += ".prototype"
		}
		return v
	}
	switch {
	case name == "name" && v.num == supposed:
		return textValue(v.more)
	case name == "constructor" && ofPrototype:
		v.more = class
		return v
	case name == "constructor" && isMemberFunction(v):
		return value{kind: globalName, str: "Function", plain: true}
	case name == "bind" && (v.str == "async_hooks" || v.str == "domain"): // one of their own
	case name == "call" || name == "apply" || name == "bind":
		self := v
		return value{kind: method, str: name, self: &self}
	}
	if len(v.more) > 256 {
		return value{}
	}
	if hasBuiltin(v.str+"."+v.more, name) { // of a prototype: what an instance has
		v.more = class
	}
	v.more += "." + name
	return v
}

// instanceOf is the class of an instance of a class of Node.js: of one that the script has
// made, or of the agents that are there.
func instanceOf(v value) (value, bool) {
	switch {
	case v.more == "globalAgent":
		v.more = "Agent"
	case v.at == 0 || !hasMethods(v):
		return value{}, false
	}
	v.at = 0
	return v, true
}

// platformFunctions are globals that are functions and no part of the language, or no
// pure one.
var platformFunctions = map[string]bool{
	"Function": true, "eval": true, "fetch": true, "queueMicrotask": true, "setTimeout": true, "setInterval": true, "setImmediate": true,
	"clearTimeout": true, "clearInterval": true, "clearImmediate": true, "structuredClone": true,
}

// modulePrototype is what modules have in common. It is told apart from a module of
// which it is only by its names.
var modulePrototype = value{kind: globalName, str: "module", more: "prototype"}

// nodeProgram stands for the path of the program that runs the script.
const nodeProgram = dirname + "/node"

// signals are those that have the same number on all systems.
var signals = map[string]float64{
	"SIGHUP": 1, "SIGINT": 2, "SIGQUIT": 3, "SIGILL": 4, "SIGTRAP": 5, "SIGABRT": 6, "SIGFPE": 8, "SIGKILL": 9, "SIGSEGV": 11, "SIGPIPE": 13, "SIGALRM": 14, "SIGTERM": 15,
}

// parents are the classes of which classes of other modules are made.
var parents = map[string]string{
	"http.Server": "net.Server", "https.Server": "tls.Server", "tls.Server": "net.Server", "tls.TLSSocket": "net.Socket",
	"tty.ReadStream": "net.Socket", "tty.WriteStream": "net.Socket", "https.Agent": "http.Agent", "inspector/promises.Session": "inspector.Session",
}

// element returns what stands in brackets behind a value.
func (e *evaluator) element(v, key value) value {
	if key.kind == number {
		n := int(key.num)
		if float64(n) != key.num {
			return value{}
		}
		switch v.kind {
		case array:
			if n >= 0 && n < len(*v.items) {
				return (*v.items)[n]
			}
			return value{kind: undefined}
		case text:
			if n >= 0 && n < length(v.str) {
				return value{kind: text, str: cut(v.str, n, n+1), decoded: v.decoded}
			}
			return value{kind: undefined}
		case buffer:
			if n >= 0 && n < len(v.str) {
				return numberValue(float64(v.str[n]))
			}
			return value{kind: undefined}
		}
	}
	name, ok := keyName(key)
	if !ok {
		return value{}
	}
	if v.kind == array || v.kind == text || v.kind == buffer {
		if n := textNumber(name); (key.kind == text || key.kind == bigInteger) && name != "" && numberText(n) == name {
			return e.element(v, numberValue(n))
		}
	}
	got := e.member(v, name)
	if got.kind == globalName || got.kind == module {
		got.plain = got.plain && key.plain
	}
	return got
}
