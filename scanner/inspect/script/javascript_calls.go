package script

import (
	"path"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// A use is one that the evaluator met, by tokens.
type use struct {
	Use
	at uint32 // the token that it was met at; that of the code, not of the call
	// through says that it was met in the evaluation of a function's call: what
	// the function's text shows by itself is found there.
	through bool
}

// A role is what becomes of the arguments of a call.
type role uint8

const (
	plainRole    role = iota
	shownRole         // shown to people
	codeRole          // the first is a script
	lastCodeRole      // the last is a script
)

// dirname stands in texts for the directory of the script, which is not known.
const dirname = "\U000f0000"

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
	switch name {
	case "undefined":
		return value{kind: undefined}
	case "NaN", "Infinity":
		return numberValue(textNumber(name))
	case "globalThis", "window", "global", "self", "GLOBAL":
		return value{kind: globalName, plain: true}
	case "__dirname":
		return textValue(dirname)
	case "__filename":
		return textValue(dirname + "/__filename")
	case "arguments", "exports":
		return value{}
	}
	if loader(name) {
		name = "require"
	}
	return value{kind: globalName, str: name}
}

// member returns a property of a value.
func (e *evaluator) member(v value, name string) value {
	if !e.take(len(v.str) & 0xff) {
		return value{}
	}
	switch v.kind {
	case globalName:
		return e.globalMember(v, name)
	case module:
		return e.moduleMember(v, name)
	case dictionary:
		for i := len(*v.keys) - 1; i >= 0; i-- {
			if (*v.keys)[i] == name {
				return (*v.items)[i]
			}
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
	case buffer:
		if name == "length" {
			return numberValue(float64(len(v.str)))
		}
	case regularExpression:
		if name == "source" {
			return textValue(v.str)
		}
	case closure, method:
		switch name {
		case "call", "apply", "bind", "toString", "constructor", "decode", "encode":
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
	if name == "constructor" {
		constructors := map[valueKind]string{text: "String", array: "Array", number: "Number", closure: "Function", boolean: "Boolean",
			method: "Function", regularExpression: "RegExp", buffer: "Buffer"}
		return value{kind: globalName, str: constructors[v.kind]}
	}
	self := v
	return value{kind: method, str: name, self: &self}
}

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
	if name == "call" || name == "apply" || name == "bind" {
		if v.str == "Function" { // Function.prototype's, for whatever function
			return value{}
		}
		if v.str == "Reflect" {
			return value{kind: globalName, str: "Reflect." + name}
		}
		self := v
		return value{kind: method, str: name, self: &self}
	}
	switch full := v.str + "." + name; full {
	case "module.require", "require.main.require", "import.meta.require":
		return value{kind: globalName, str: "require"}
	case "process.mainModule", "require.main", "module.parent", "require.cache":
		return value{kind: globalName, str: "module"}
	case "module.constructor":
		return value{kind: module, str: "module"}
	case "module.exports":
		return value{}
	case "import.meta.dirname":
		return textValue(dirname)
	case "import.meta.filename":
		return textValue(dirname + "/__filename")
	case "import.meta.url":
		return textValue("file://" + dirname + "/__filename")
	default:
		if len(full) > 256 {
			return value{}
		}
		if name == "constructor" && pure(v.str) {
			full = "Function"
		}
		return value{kind: globalName, str: full}
	}
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
		case "module _extensions", "module prototype":
			return value{kind: globalName, str: "module"}
		case "buffer Buffer", "util TextDecoder", "util TextEncoder", "buffer atob", "buffer btoa":
			return value{kind: globalName, str: name}
		}
		v.more = name
		return v
	}
	switch name {
	case "call", "apply", "bind":
		self := v
		return value{kind: method, str: name, self: &self}
	}
	if len(v.more) > 256 {
		return value{}
	}
	v.more += "." + name
	return v
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
	name, ok := key.string()
	if !ok {
		return value{}
	}
	if v.kind == array || v.kind == text {
		if n := textNumber(name); key.kind == text && name != "" && numberText(n) == name {
			return e.element(v, numberValue(n))
		}
	}
	got := e.member(v, name)
	if got.kind == globalName || got.kind == module {
		got.plain = got.plain && key.plain
	}
	return got
}

// An argument is one of a call; unknown if it is no constant.
type argument struct {
	value
	at uint32 // its first token
}

// arguments evaluates the first arguments of a call.
func (e *evaluator) arguments(open uint32, most int) []argument {
	var out []argument
	close := e.tokens[open].ref
	for at := open + 1; at < close && len(out) < most; at++ {
		spread := e.kind(at) == js.EllipsisToken
		if spread {
			at++
		}
		v, end, ok := e.expression(at, precedenceAssign)
		if !ok || e.kind(end) != js.CommaToken && end != close {
			v, end = value{}, e.next(at, close)
		}
		if !spread {
			out = append(out, argument{v, at})
		} else {
			items, ok := iterate(v)
			if !ok || len(items) > maxItems {
				return append(out, argument{at: at})
			}
			for _, item := range items {
				out = append(out, argument{item, at})
			}
		}
		at = end
	}
	return out
}

// met notes a use in tokens [start, end).
func (e *evaluator) met(kind UseKind, name string, start, end uint32, hidden bool) {
	if len(name) > maxName {
		return
	}
	u := use{at: start}
	u.Kind, u.Name, u.Hidden = kind, name, hidden
	if e.site[1] > 0 {
		start, end, u.through = e.site[0], e.site[1], true
	}
	u.Start, u.End = int(e.tokens[start].start), int(e.tokens[end-1].end)
	e.uses = append(e.uses, u)
}

const maxName = 1 << 12 // bytes of the name of a module or a global

// load returns the module of a specifier.
func (e *evaluator) load(specifier value) value {
	name := moduleName(specifier.str)
	switch name {
	case "process":
		return value{kind: globalName, str: "process"}
	case "globalthis":
		return value{kind: globalName}
	}
	return value{kind: module, str: name, plain: true}
}

// moduleName is what a use calls the module of a specifier.
func moduleName(specifier string) string {
	specifier = strings.TrimPrefix(specifier, "file://")
	if rest, ok := strings.CutPrefix(specifier, dirname); ok {
		if rest = path.Clean("/" + rest); rest == "/" {
			return "."
		}
		return "." + rest
	}
	return strings.TrimPrefix(specifier, "node:")
}

// require evaluates a call that loads a module.
func (e *evaluator) require(name argument, start, end uint32, plain bool) value {
	if name.kind != text || strings.HasPrefix(name.str, "data:") {
		return value{}
	}
	e.met(Module, moduleName(name.str), start, end, !plain || !name.plain && !strings.Contains(name.str, dirname))
	return e.load(name.value)
}

// call evaluates the call of a value whose expression begins at start, with the
// arguments behind an open parenthesis.
func (e *evaluator) call(v value, start, open uint32) value {
	end := e.tokens[open].ref + 1
	switch v.kind {
	case globalName:
		return e.callGlobal(v, start, open, end)
	case module:
		name := v.str + "." + v.more
		if v.more == "" {
			name += "default"
		}
		e.met(Call, name, start, open, !v.plain)
		got := e.callModule(name, start, open, end, v.plain)
		if got.kind == unknown {
			got = e.wrapped(open)
		}
		return got
	case closure:
		if e.env != nil {
			return e.callClosure(v, start, open, end)
		}
		// Once, since the function may change a list.
		got, done := e.results[open]
		if !done {
			got = e.callClosure(v, start, open, end)
			if e.results == nil {
				e.results = map[uint32]value{}
			}
			e.results[open] = got
		}
		return got
	case method:
		return e.callMethod(v, e.arguments(open, maxItems), start, end)
	}
	return value{}
}

func (e *evaluator) callClosure(f value, start, open, end uint32) value {
	args := e.arguments(open, maxItems)
	if e.promising(f, args) {
		if got := e.callFunction(f, args, start, end); got.kind != unknown {
			got.plain = got.plain && got.kind != text // what a function gives is hidden in it
			return got
		}
		e.disappoint(f)
	}
	if len(args) > 0 && args[0].kind == module {
		return args[0].value
	}
	return value{}
}

// wrapped returns the module that a call gets from require, if it does. Such
// calls make a namespace of it or promises of its callbacks.
func (e *evaluator) wrapped(open uint32) value {
	if at := open + 1; js.IsIdentifier(e.kind(at)) || e.kind(at) == js.AwaitToken || e.kind(at) == js.ImportToken {
		if v, end, ok := e.expression(at, precedenceAssign); ok && v.kind == module &&
			(e.kind(end) == js.CommaToken || e.kind(end) == js.CloseParenToken) {
			return v
		}
	}
	return value{}
}

// invoke calls a value that is known with arguments that are known, as
// Reflect.apply and Function.prototype.call do.
func (e *evaluator) invoke(v value, args []argument, start, end uint32) value {
	switch v.kind {
	case globalName:
		if v.str == "require" || v.str == "import" {
			if len(args) > 0 {
				return e.require(args[0], start, end, v.plain)
			}
			return value{}
		}
		if !pure(v.str) {
			e.met(Call, v.str, start, end, !v.plain)
		}
		return e.globalFunction(v.str, args, start, end, v.plain)
	case module:
		if v.more != "" {
			e.met(Call, v.str+"."+v.more, start, end, !v.plain)
			return e.moduleFunction(v.str+"."+v.more, args, start, end, v.plain)
		}
	case closure:
		return e.callFunction(v, args, start, end)
	case method:
		return e.callMethod(v, args, start, end)
	}
	return value{}
}

func (e *evaluator) callGlobal(v value, start, open, end uint32) value {
	name := v.str
	switch name {
	case "require", "import":
		args := e.arguments(open, 1)
		if len(args) == 0 {
			return value{}
		}
		if name == "import" && args[0].kind == text && strings.HasPrefix(args[0].str, "data:") {
			e.setRole(open, codeRole)
		}
		return e.require(args[0], start, end, v.plain)
	case "eval", "setTimeout", "setInterval", "setImmediate", "execScript":
		e.setRole(open, codeRole)
	case "Function":
		e.setRole(open, lastCodeRole)
	}
	if strings.HasPrefix(name, "console.") || builtinError(name) {
		e.setRole(open, shownRole)
		return value{}
	}
	if !pure(name) && name != "" {
		e.met(Call, name, start, open, !v.plain)
	}
	if _, ok := globalFunctions[name]; !ok {
		return e.wrapped(open)
	}
	return e.globalFunction(name, e.arguments(open, maxItems), start, end, v.plain)
}

func (e *evaluator) setRole(open uint32, r role) {
	if e.roles == nil {
		e.roles = map[uint32]role{}
	}
	e.roles[open] = r
}

func builtinError(name string) bool {
	switch name {
	case "Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError", "AggregateError":
		return true
	}
	return false
}

// construct evaluates "new".
func (e *evaluator) construct(i uint32) (value, uint32, bool) {
	v, at, ok := e.primary(i + 1)
	for ok && (e.kind(at) == js.DotToken || e.kind(at) == js.OpenBracketToken) {
		v, at, ok = e.postfix(v, i, at)
		ok = ok && v.kind != unknown
	}
	if !ok || v.kind != globalName && v.kind != module {
		return value{}, i, false
	}
	end := at
	var args []argument
	if e.kind(at) == js.OpenParenToken && e.tokens[at].ref > 0 {
		end = e.tokens[at].ref + 1
		args = e.arguments(at, 2)
	}
	if v.kind == module {
		name := v.str + "." + v.more
		if v.more == "" {
			name += "default"
		}
		e.met(Call, name, i, at, !v.plain)
		if end > at {
			e.moduleRole(name, at)
		}
		return value{}, i, false
	}
	if end > at {
		switch {
		case v.str == "Function":
			e.setRole(at, lastCodeRole)
			args = e.arguments(at, maxItems)
		case v.str == "Worker":
			e.setRole(at, codeRole)
		case builtinError(v.str):
			e.setRole(at, shownRole)
		}
	}
	if !pure(v.str) {
		e.met(Call, v.str, i, at, !v.plain)
	}
	got := e.instance(v.str, args)
	return got, end, got.kind != unknown
}

// instance returns an instance of a global class.
func (e *evaluator) instance(name string, args []argument) value {
	switch name {
	case "Function":
		return e.functionOf(args)
	case "TextDecoder", "util.TextDecoder", "TextEncoder":
		encoding := "utf8"
		if len(args) > 0 && args[0].kind == text {
			encoding = args[0].str
		}
		return value{kind: method, str: name, self: &value{kind: text, str: encoding}}
	case "Array":
		return e.globalFunction("Array.of", args, 0, 0, true)
	case "String":
		return e.globalFunction("String", args, 0, 0, true)
	case "Uint8Array", "Buffer", "Int8Array", "Uint8ClampedArray":
		return e.globalFunction("Buffer.from", args, 0, 0, true)
	case "Uint16Array", "Int32Array", "Uint32Array":
		if len(args) == 1 && args[0].kind == array {
			return args[0].value
		}
	case "RegExp":
		if len(args) > 0 && args[0].kind == text {
			flags := ""
			if len(args) > 1 {
				flags = args[1].str
			}
			return value{kind: regularExpression, str: args[0].str, more: flags}
		}
	case "URL":
		if len(args) == 2 && args[0].kind == text && args[1].kind == text && strings.HasPrefix(args[1].str, "file://"+dirname) && strings.HasPrefix(args[0].str, ".") {
			return textValue("file://" + path.Join(dirname, args[0].str))
		}
	}
	return value{}
}

// functionOf returns the function that "new Function" makes, where its body only
// gives a global by name or a constant.
func (e *evaluator) functionOf(args []argument) value {
	if len(args) != 1 || args[0].kind != text {
		return value{}
	}
	body, ok := strings.CutPrefix(strings.TrimSpace(args[0].str), "return")
	if body = strings.Trim(body, " \t\r\n;()"); !ok || body == "" || len(body) > 256 {
		return value{}
	}
	return value{kind: method, str: "return", self: e.dotted(body)}
}

// dotted returns the global that a text of names with dots means; nil if the
// text is no such thing.
func (e *evaluator) dotted(s string) *value {
	v := value{kind: globalName}
	for i, name := range strings.Split(s, ".") {
		if name == "" || !js.IsIdentifierStart([]byte(name)) || strings.ContainsAny(name, " ()[]{};,+-*/'\"`=<>!?:&|\n") {
			return nil
		}
		if i == 0 && name == "this" {
			continue
		}
		v = e.member(v, name)
	}
	return &v
}

// callModule evaluates the call of a member of a module.
func (e *evaluator) callModule(name string, start, open, end uint32, plain bool) value {
	e.moduleRole(name, open)
	if !moduleFunctions[name] {
		return value{}
	}
	return e.moduleFunction(name, e.arguments(open, maxItems), start, end, plain)
}

// moduleRole notes where a module's function is given a script or a message.
func (e *evaluator) moduleRole(name string, open uint32) {
	switch name {
	case "vm.runInThisContext", "vm.runInNewContext", "vm.runInContext", "vm.Script", "vm.compileFunction",
		"vm.SourceTextModule", "worker_threads.Worker", "module.prototype._compile", "module._compile":
		e.setRole(open, codeRole)
	case "console.log", "console.error":
		e.setRole(open, shownRole)
	}
}

// moduleFunctions are those of node's modules that can be computed, or that hand
// on what they are given.
var moduleFunctions = map[string]bool{
	"module._load": true, "module.createRequire": true, "module.createRequireFromPath": true,
	"path.join": true, "path.resolve": true, "path.posix.join": true, "path.dirname": true, "path.normalize": true,
	"url.fileURLToPath": true, "url.pathToFileURL": true, "util.promisify": true,
	"zlib.gunzipSync": true, "zlib.inflateSync": true, "zlib.unzipSync": true, "zlib.inflateRawSync": true,
	"querystring.unescape": true,
}

func (e *evaluator) moduleFunction(name string, args []argument, start, end uint32, plain bool) value {
	if len(args) == 0 {
		return value{}
	}
	first := args[0].value
	switch name {
	case "module._load":
		return e.require(args[0], start, end, plain)
	case "module.createRequire", "module.createRequireFromPath":
		return value{kind: globalName, str: "require", plain: true}
	case "path.join", "path.resolve", "path.posix.join", "path.normalize":
		parts := make([]string, len(args))
		for i, a := range args {
			if a.kind != text {
				return value{}
			}
			parts[i] = a.str
		}
		return textValue(path.Join(parts...))
	case "path.dirname":
		if first.kind == text {
			return textValue(path.Dir(first.str))
		}
	case "url.fileURLToPath", "url.pathToFileURL":
		if first.kind == text {
			return textValue(strings.TrimPrefix(first.str, "file://"))
		}
	case "util.promisify":
		if first.kind == module || first.kind == globalName {
			// The function that it gives is called later, but it is this one.
			if first.kind == module && first.more != "" {
				e.met(Call, first.str+"."+first.more, start, end, !first.plain)
			}
			return first
		}
	case "querystring.unescape":
		return e.globalFunction("decodeURIComponent", args, start, end, plain)
	default:
		hows := map[string]compression{"zlib.gunzipSync": gzipped, "zlib.inflateSync": zlibbed, "zlib.unzipSync": compressed, "zlib.inflateRawSync": deflated}
		if how, ok := hows[name]; ok && (first.kind == buffer || first.kind == text) {
			if out, ok := unpack(how, first.str, e.budget); ok {
				return value{kind: buffer, str: out, decoded: true}
			}
		}
	}
	return value{}
}
