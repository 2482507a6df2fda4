package javascript

import (
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// A use is one that the evaluator met, by tokens.
type use struct {
	script.Use
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
	valueRole         // so it is, and the call gives what that comes to
	contextRole       // and its names are the properties of the second
	objectRole        // and what the call gives has methods that evaluate it
	lastCodeRole      // the last is a script
	commandRole       // the first is a command line
)

// An argument is one of a call; unknown if it is no constant.
type argument struct {
	value
	at uint32 // its first token
}

// arguments evaluates the first arguments of a call.
func (e *evaluator) arguments(open uint32, most int) []argument {
	close := e.tokens[open].ref
	if close <= open+1 {
		return nil
	}
	out := make([]argument, 0, min(most, e.count(open+1, close)))
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
			items, ok := e.iterate(v)
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
func (e *evaluator) met(kind script.UseKind, name string, start, end uint32, hidden bool) {
	if len(name) > maxName {
		return
	}
	if e.machine != nil {
		e.machine.step(metSteps + len(e.uses)>>10)
	}
	u := use{at: start}
	u.Kind, u.Name, u.Hidden = kind, name, hidden
	if e.site[1] > 0 {
		start, end, u.through = e.site[0], e.site[1], true
	}
	if start >= e.behind { // in a sibling
		if e.machine == nil || kind != script.Module && name != "start:"+appleScript && name != addonScript || name[0] == '.' {
			return
		}
		start, end = e.machine.home[0], e.machine.home[1]
		u.at = start
	}
	end = max(end, start+1) // what the language calls by itself stands nowhere
	u.Start, u.End = int(e.tokens[start].start), int(e.tokens[end-1].end)
	if m := e.machine; m != nil { // which comes to the same place again and again
		if m.noted[u] {
			return
		}
		m.noted[u] = true
	}
	e.uses = append(e.uses, u)
}

const maxName = 1 << 12 // bytes of the name of a module or a global

// load returns the module of a specifier.
func (e *evaluator) load(specifier value) value {
	name, _ := e.moduleOf(specifier.str)
	switch name {
	case "process":
		return value{kind: globalName, str: "process"}
	case "globalthis":
		return value{kind: globalName}
	case "bun": // which exports what its global object has
		return value{kind: globalName, str: "Bun", plain: true}
	}
	return value{kind: module, str: name, plain: true}
}

// internals are modules of Node.js that it does not document, and what they are a
// part of.
var internals = map[string]string{
	"_tls_wrap": "tls", "_tls_common": "tls", "_http_agent": "http", "_http_client": "http", "_http_server": "http",
	"_http_common": "http", "sys": "util",
}

// moduleName is what a use calls the module of a specifier.
func moduleName(specifier string) string {
	specifier = strings.TrimPrefix(specifier, "file://")
	if public, ok := internals[specifier]; ok {
		return public
	}
	if strings.HasPrefix(specifier, dirname) {
		switch below := strings.TrimPrefix(cleanPath(specifier), dirname); {
		case below == "":
			return "."
		case strings.HasPrefix(below, "/../") || below == "/..":
			return below[1:]
		default:
			return "." + below
		}
	}
	return strings.TrimPrefix(specifier, "node:")
}

// moduleOf is moduleName where the package.json gives modules other names. made says that
// it puts the name together.
func (e *evaluator) moduleOf(specifier string) (name string, made bool) {
	if e.linker == nil || !strings.HasPrefix(specifier, "#") {
		return moduleName(specifier), false
	}
	targets, made := e.linker.imports.Find(specifier)
	for _, to := range targets {
		if to = moduleName(to); !strings.HasPrefix(to, ".") && (reaching(to) || name == "") {
			name = to
		}
	}
	if name == "" {
		return specifier, false
	}
	return name, made
}

// require evaluates a call that loads a module.
func (e *evaluator) require(name argument, start, end uint32, plain bool) value {
	if name.also != nil {
		return anyOf(*name.also, func(one value) value { return e.require(argument{value: one}, start, end, plain) })
	}
	if name.kind == dictionary && name.more == "URL" {
		name.value, _ = toText(name.value)
	}
	if name.kind == unknown && e.machine != nil {
		e.machine.loadDropped(name.value, start, end)
	}
	if name.kind != text || isData(name.str) {
		return value{} // the reader reads it as the script that it is
	}
	if e.typeImport(start, end) {
		return value{}
	}
	if e.machine == nil || start < e.behind || !e.shows(name) || !e.showsLoad(name.at) {
		module, made := e.moduleOf(name.str)
		e.met(script.Module, module, start, end, made || !plain || !name.plain && !strings.Contains(name.str, dirname))
	}
	if e.machine != nil {
		e.machine.loadDropped(name.value, start, end)
		if loaded := e.machine.replacedLoader([]argument{name}, start, end); loaded.kind != unknown && loaded.kind != undefined {
			return loaded
		}
	}
	return e.load(name.value)
}

// supposed marks, as a number, a module that no loader gave: one that belongs to
// an object of another, or that an unknown function gave for its name. Whether it
// was loaded shows in what is done with it.
const supposed = 1

// confirm notes that something is done with a supposed module that can be done with one:
// settings of a name, say, have no functions of it.
func (e *evaluator) confirm(v value, start, end uint32) {
	member, _, _ := strings.Cut(v.more, ".")
	if listed := builtins()[v.str]; member != "" && member != "default" && len(listed) > 0 && !slices.Contains(listed, member) {
		return
	}
	if v.num == supposed && end > start {
		e.met(script.Module, v.str, start, end, true)
	}
}

// anyOf loads each of the modules that a name may be, and returns the one that
// reaches furthest.
func anyOf(names []value, load func(name value) value) (got value) {
	for _, name := range names {
		name.also = nil
		if loaded := load(name); got.kind == unknown || reaching(name.str) {
			got = loaded
		}
	}
	return got
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
		e.met(script.Call, name, start, open, !v.plain)
		e.confirm(v, start, open)
		e.question(name, open)
		got := e.callModule(name, start, open, end, v.plain)
		switch {
		case got.kind == unknown && v.more == "" && open+2 == end && reaching(v.str):
			got = v // it is no function, but what a bundler makes of it is: it gives the module
		case got.kind == unknown && e.givesShellTag(v, end):
			got = v
		case got.kind == unknown:
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
		if t := e.tokens[start]; got.kind == unknown && open == start+1 && js.IsIdentifier(t.kind()) && t.ref&global == 0 && e.loaders[e.declarations[t.ref].name] {
			if args := e.arguments(open, 1); len(args) == 1 { // a bundler's own require
				return e.require(args[0], start, end, true)
			}
		}
		return got
	case method:
		return e.callMethod(v, e.arguments(open, maxItems), start, end)
	}
	return value{}
}

func (e *evaluator) callClosure(f value, start, open, end uint32) value {
	most := maxItems
	if e.env == nil && e.failures[f.at] >= maxFailures {
		most = 1 // the others are the reader's to come to
	}
	args := e.arguments(open, most)
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
	if m := e.machine; m != nil && (v.kind == globalName || v.kind == module) {
		return m.invokeNamed(v, args, start, 0, end)
	}
	return e.perform(v, args, start, end)
}

// perform is invoke, where nothing more is to be noted of the call.
func (e *evaluator) perform(v value, args []argument, start, end uint32) value {
	switch v.kind {
	case globalName:
		if v.str == "require" || v.str == "import" {
			if len(args) == 0 {
				return value{}
			}
			got := e.require(args[0], start, end, v.plain)
			if e.machine != nil {
				for _, name := range alternatives(args[0].value) {
					if n, ok := e.machine.siblingOf(name.str, start); ok && name.kind == text {
						return e.machine.loaded(n, v.str == "import")
					}
				}
			}
			return got
		}
		if !pure(v.str) {
			e.met(script.Call, v.str, start, end, !v.plain)
			e.startedByRuntime(v.str, args, start, end)
		}
		if e.givesShellTag(v, end) {
			return v
		}
		return e.globalFunction(v.str, args, start, end, v.plain)
	case module:
		if v.more != "" {
			e.met(script.Call, v.str+"."+v.more, start, end, !v.plain)
			e.started(v.str+"."+v.more, args, start, end)
			if e.givesShellTag(v, end) {
				return v
			}
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
		e.question(name, open)
		args := e.arguments(open, 1)
		if len(args) == 0 {
			return value{}
		}
		if name == "import" && args[0].kind == text && isData(args[0].str) {
			e.setRole(open, codeRole)
		}
		return e.require(args[0], start, end, v.plain)
	case "eval":
		e.setRole(open, valueRole)
	case "setTimeout", "setInterval", "setImmediate", "execScript":
		e.setRole(open, codeRole)
	case "Function":
		e.setRole(open, lastCodeRole)
	}
	if name == "module._compile" {
		e.setRole(open, codeRole)
	}
	e.question(name, open)
	if strings.HasPrefix(name, "console.") || builtinError(name) {
		e.setRole(open, shownRole)
		return value{}
	}
	if e.nested > 0 && open == start+1 && !strings.Contains(name, ".") {
		// A name that the script around may give it, as new Function does.
		if args := e.arguments(open, 1); len(args) == 1 && args[0].kind == text && reaching(args[0].str) {
			return e.require(args[0], start, end, false)
		}
	}
	if !pure(name) && name != "" {
		e.met(script.Call, name, start, open, !v.plain)
		if strings.HasPrefix(name, "Bun.") || strings.HasPrefix(name, "Deno.") {
			e.startedByRuntime(name, e.arguments(open, 2), start, end)
		}
	}
	if e.givesShellTag(v, end) {
		return v
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
		if e.env != nil || v.kind == module || !isCollection(v.str) { // of which nothing is known without a machine
			args = e.arguments(at, maxItems)
		}
	}
	if v.kind == module {
		name := v.str + "." + v.more
		if v.more == "" {
			name += "default"
		}
		e.met(script.Call, name, i, at, !v.plain)
		e.confirm(v, i, at)
		if v.str == "module" && (v.more == "" || v.more == "Module") {
			return value{kind: globalName, str: "module"}, end, true
		}
		if end > at {
			e.moduleRole(name, at)
			e.question(name, at)
			if name == "worker_threads.Worker" {
				e.dataCode(args, i, end)
				source, ok := words(args, 0, "")
				if isData(source) {
					source = dataScript(source)
				}
				talks := strings.Contains(source, "workerData") || strings.Contains(source, "parentPort")
				if (talks || !ok || len(args) > 1) && e.machine == nil && e.env == nil && len(e.hinted) < maxHints {
					e.hinted = append(e.hinted, at) // a machine tells what the script is, or what it is given
				}
				e.ownScript(args, i, end)
			}
		}
		return value{}, i, false
	}
	if end > at {
		switch {
		case v.str == "Function":
			e.setRole(at, lastCodeRole)
			e.question(v.str, at)
		case v.str == "Worker":
			e.setRole(at, codeRole)
		case builtinError(v.str):
			e.setRole(at, shownRole)
		}
	}
	if !pure(v.str) {
		e.met(script.Call, v.str, i, at, !v.plain)
		e.startedByRuntime(v.str, args, i, end)
	}
	got := e.instance(v.str, args)
	return got, end, got.kind != unknown
}

// callModule evaluates the call of a member of a module.
func (e *evaluator) callModule(name string, start, open, end uint32, plain bool) value {
	e.moduleRole(name, open)
	if module, function, _ := strings.Cut(name, "."); starter(module, function) != startsNothing || name[0] == '.' {
		args := e.arguments(open, 4)
		e.started(name, args, start, end)
		if name[0] == '.' {
			e.handed(args, start, end)
			e.toNative(name, args, start, end)
		}
	}
	if name == "test.run" {
		files, _ := itemOf(argumentOr(e.arguments(open, 1), 0), "files")
		items, _ := iterate(files)
		for _, file := range items[:min(len(items), maxSupposed)] {
			e.ownScript([]argument{{value: file}}, start, end)
		}
	}
	if _, ok := templateMarks[name]; ok {
		e.templated(name, e.arguments(open, 1), start, end)
	}
	if (givesAliases(name) || name == "module."+makesLoader && len(e.src) <= smallScript) && e.machine == nil && e.env == nil && len(e.hinted) < maxHints {
		e.hinted = append(e.hinted, open) // a machine knows what is loaded by it, and where the loader goes
	}
	if name == "module.register" {
		e.openness |= script.OpenToFiles // a hook there may resolve the names that are loaded here
		args := e.arguments(open, 1)
		if e.dataCode(args, start, end); e.machine == nil && e.env == nil && len(e.unsolved) < maxQuestions && isData(argumentOr(args, 0).str) {
			e.unsolved = append(e.unsolved, open)
		}
		if len(args) > 0 && args[0].kind == text && strings.HasPrefix(args[0].str, ".") { // of import.meta.url, mostly
			e.met(script.Module, args[0].str, start, end, false)
		} else {
			e.ownScript(args, start, end)
		}
	}
	if !moduleFunctions[name] {
		return value{}
	}
	return e.moduleFunction(name, e.arguments(open, maxItems), start, end, plain)
}

// moduleRole notes where a module's function is given a script or a message.
func (e *evaluator) moduleRole(name string, open uint32) {
	switch name {
	case "vm.runInThisContext":
		e.setRole(open, valueRole)
	case "vm.runInNewContext", "vm.runInContext":
		e.setRole(open, contextRole)
	case "vm.Script":
		e.setRole(open, objectRole)
	case "vm.compileFunction",
		"vm.SourceTextModule", "worker_threads.Worker", "module.prototype._compile", "module._compile":
		e.setRole(open, codeRole)
	case "child_process.exec", "child_process.execSync":
		e.setRole(open, commandRole)
	case "console.log", "console.error":
		e.setRole(open, shownRole)
	}
}
