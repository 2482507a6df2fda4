package javascript

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// question notes a call that loads, evaluates or starts something, where that is
// no constant.
func (e *evaluator) question(name string, open uint32) {
	if e.machine != nil || e.env != nil || len(e.unsolved) >= maxQuestions {
		return
	}
	switch module, _, _ := strings.Cut(name, "."); {
	case name == "require", name == "import", name == "eval", name == "Function", name == "process.getBuiltinModule",
		name == "process.binding", module == "child_process", module == "vm", module == "module":
	default:
		return
	}
	close := e.tokens[open].ref
	last := open + 1
	if name == "Function" {
		for at := e.next(last, close); at < close; at = e.next(last, close) {
			last = at + 1
		}
	}
	if last >= close {
		return
	}
	if name == "vm.Script" && e.kind(last+1) == js.CommaToken { // its options may have the code
		e.unsolved = append(e.unsolved, open)
		return
	}
	if k := e.kind(last + 1); js.IsNumeric(e.kind(last)) || e.kind(last) == js.StringToken && (k == js.CommaToken || k == js.CloseParenToken) {
		return
	}
	v, end, ok := e.expression(last, precedenceAssign)
	if ok && v.kind == text && (end == close || e.kind(end) == js.CommaToken) && (name != "require" || specifier(v.str)) && !e.redefines() {
		return
	}
	e.unsolved = append(e.unsolved, open)
}

// specifier tells whether a text may be the name of a module. Where it may not, the
// script has changed what it was taken for.
func specifier(s string) bool {
	for _, c := range s {
		if c < ' ' || c > '~' && c != []rune(dirname)[0] || strings.ContainsRune("\"`^<>|{}\\", c) {
			return false
		}
	}
	return s != ""
}

// redefines tells whether the script gives texts or lists methods of its own in place
// of the language's: then constants are not what they look like.
func (e *evaluator) redefines() bool {
	return e.redefined.is(func() bool {
		prototype := bytes.Contains(e.src, []byte(".prototype"))
		for i := uint32(3); prototype && i+1 < e.behind; i++ {
			if e.kind(i) == js.CommaToken && e.definesOn(i-3) {
				return true
			}
			if e.kind(i) != js.EqToken || e.tokens[i].flags&binding != 0 {
				continue
			}
			at := i - 1 // the name, or the bracket behind it
			if ref := e.tokens[at].ref; e.kind(at) == js.CloseBracketToken && ref > 2 && ref < at {
				at = ref + 1
			}
			class := at - 4
			if e.kind(at-1) == js.OpenBracketToken && e.text(at) == "Symbol" {
				at += 2
			}
			if name := strings.Trim(e.text(at), "'\"`"); e.text(class+2) == "prototype" && (name == "iterator" || e.text(class) == "String" && ownMembers()[text][name] || e.text(class) == "Array" && ownMembers()[array][name]) {
				return true
			}
		}
		return false
	})
}

// definesOn tells whether a function that gives an object properties is called with the
// prototype of texts or lists that stands at a token.
func (e *evaluator) definesOn(i uint32) bool {
	if class := e.text(i); class != "String" && class != "Array" || e.text(i+2) != "prototype" || i < 2 || e.kind(i-1) != js.OpenParenToken {
		return false
	}
	switch e.text(i - 2) {
	case "defineProperty", "defineProperties", "assign", "set":
		return true
	}
	return false
}

// An answer is one that is looked for when it is first asked for.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

// is gives the answer, which find gives the first time.
func (a *answer) is(find func() bool) bool {
	if *a == unasked {
		*a = no
		if find() {
			*a = yes
		}
	}
	return *a == yes
}

// hintAnswers are what hints asks of the whole script at one token after the other.
type hintAnswers struct {
	sockets  answer // see leadsToSockets
	requests answer // see requests
	programs answer // see startsPrograms
	own      answer // see readsOwn
	constant answer // see beginsWithAppleScript
	runs     answer // see runsFiles,
	lastOwn  int    // and where it loads a file of its own last
}

// hints notes where a loader is handed on or reached in a way that no call shows:
// a machine follows it.
func (e *evaluator) hints() {
	find := func(name string) uint32 { return e.names.find(name) | global }
	require, process, module, arguments := find("require"), find("process"), find("module"), find("arguments")
	whole, node, modules := find("globalThis"), find("global"), find("WebAssembly")
	evaluates, function, fetches := find("eval"), find("Function"), find("fetch")
	connects := []uint32{find("WebSocket"), find("EventSource"), find("XMLHttpRequest")}
	last, chosen := e.behind, uint32(0)
	for i := uint32(1); e.nested > 0 && i < min(last, maxHints); i++ { // the script may be a function that is called
		if e.kind(i) == js.OpenBraceToken && e.tokens[i].flags&object == 0 {
			e.hinted = append(e.hinted, i+1)
			break
		}
	}
	if len(e.src) <= smallScript && (e.startsPrograms() || e.loadsAddon() || e.hasAgents()) { // what it starts, or calls there, may go a long way
		e.hinted = append(e.hinted, 1)
	}
	for i := uint32(1); i < last && len(e.hinted) < maxHints; i++ {
		t := &e.tokens[i]
		hint := false
		switch {
		case t.kind() == js.StringToken:
			if n := t.end - t.start; n >= 5 && n <= 25 && e.kind(i+1) != js.ColonToken {
				switch before := e.kind(i - 1); {
				case comparison(before) || comparison(e.kind(i+1)):
				case before == js.FromToken || before == js.ImportToken || e.kind(i-2) == js.ImportToken:
				case before == js.OpenParenToken && js.IsIdentifier(e.kind(i-2)) && e.tokens[i-2].ref == require:
				default:
					hint = reaching(string(e.src[t.start+1 : t.end-1]))
				}
				hint = hint || e.namespace(i) || e.kind(i-1) == js.OpenBracketToken && e.literalKey(i-1) && string(e.src[t.start+1:t.end-1]) == ofClass && e.leadsToSockets()
			}
		case t.kind() == js.ExtendsToken:
			hint = e.extendsEvaluator(i)
		case t.kind() == js.NotToken: // of an empty list: letters are made of what the language says of it
			hint = e.kind(i+1) == js.OpenBracketToken && e.kind(i+2) == js.CloseBracketToken && e.kind(i+3) != js.DotToken
		case t.kind() == js.OpenParenToken:
			hint = len(e.src) <= smallScript && e.callsMade(i)
		case t.kind() == js.ThisToken: // which may be the global object
			if len(e.src) <= smallScript && e.kind(i-1) == js.ReturnToken && i > 4 && e.returnsThis(i-4) {
				chosen = i
			}
		case e.kind(i+1) == js.ColonToken && int(t.end-t.start) == len(hookDone) && e.text(i) == hookDone:
			hint = true // a hook of the loader gives a module its text
		case e.kind(i+1) == js.ColonToken && int(t.end-t.start) == len(ofClass) && e.text(i) == ofClass:
			hint = e.leadsToSockets() // which may be taken from one
		case t.kind() != js.IdentifierToken || t.flags&binding != 0:
		case t.ref == 0: // a property
			hint = e.property(int(i)) && (e.reaches(i) || e.walks(i))
		case t.ref&global == 0 || t.ref == global:
		case t.ref == require || t.ref == process || t.ref == module:
			hint = e.handedOn(i)
			e.handsOn = e.handsOn || hint && t.ref == require
			hint = hint || t.ref == require && e.exportsPrograms(i)
		case t.ref == evaluates || t.ref == function:
			hint = e.handedOn(i) && e.kind(i-1) != js.InstanceofToken && e.kind(i+1) != js.DotToken || e.kind(i+1) == js.DotToken && e.binds(i+2) ||
				e.kind(i+1) == js.TemplateToken || e.kind(i+1) == js.TemplateStartToken
		case t.ref == modules: // what it gives them, another file may need
			hint = len(e.src) <= smallScript && e.kind(i+1) == js.DotToken && e.kind(i+3) == js.OpenParenToken
		case t.ref == whole || t.ref == node:
			hint = e.kind(i+1) == js.OpenBracketToken && !e.literalKey(i+1) || len(e.src) <= smallScript && e.givenWith(i) ||
				e.kind(i+1) == js.DotToken && e.text(i+2) == "fetch" && e.handedOn(i+2) || e.reflected(i)
			if len(e.src) <= smallScript && e.chosen(i) {
				chosen = i
			}
		case t.ref == fetches:
			hint = e.handedOn(i)
		case slices.Contains(connects, t.ref):
			hint = len(e.src) <= smallScript && e.handedOn(i) && e.kind(i-1) != js.InstanceofToken
		case t.ref == arguments:
			hint = e.kind(i+1) == js.OpenBracketToken && e.kind(i+4) == js.OpenParenToken || e.ofWrapper(i)
		}
		if hint {
			e.hinted = append(e.hinted, i)
		}
	}
	if chosen > 0 { // by another name, the global object may be asked for what they are
		if keys := append(e.madeKeys(), e.reachedNames()...); len(keys) > 0 {
			e.hinted = append(append(e.hinted, chosen), keys...)
		}
	}
}

// extendsEvaluator tells whether a class extends one of Node.js that evaluates a script or
// starts a program: what it is given, the constructor or a method of the class tells.
func (e *evaluator) extendsEvaluator(i uint32) bool {
	if e.kind(i+1) != js.IdentifierToken {
		return false
	}
	v, end, ok := e.expression(i+1, precedenceUnary)
	if !ok || v.kind != module || e.kind(end) != js.OpenBraceToken {
		return false
	}
	switch v.str + "." + v.more {
	case "vm.Script", "vm.SourceTextModule", "worker_threads.Worker", "module.", "module.Module", "child_process.ChildProcess":
		return true
	}
	return false
}

// hookDone is the name of what hooks of the loader give that they do not leave to the next.
const hookDone = "shortCircuit"

// ofClass is the property of an object that is its class.
const ofClass = "constructor"

// makesLoader is the function that makes a require for modules of ECMAScript.
const makesLoader = "createRequire"

// walks tells whether a property is the method of lists by which names are followed from
// one value to the next, in a script that reads files of its package, which may say where.
func (e *evaluator) walks(i uint32) bool {
	if name := e.text(i); name != "reduce" && name != "split" || e.kind(i+1) != js.OpenParenToken || !e.answers.own.is(func() bool { return readsOwn(e.src) }) {
		return false
	}
	const most = 64 // tokens of what is done with each name
	for at := i + 2; at < min(i+most, e.behind-3); at++ {
		if js.IsIdentifier(e.kind(at)) && e.kind(at+1) == js.OpenBracketToken && js.IsIdentifier(e.kind(at+2)) && e.kind(at+3) == js.CloseBracketToken {
			return true
		}
	}
	return false
}

// handedOn tells whether require, process or module stands at a token as a value,
// and not to be called or asked for a property by name.
func (e *evaluator) handedOn(i uint32) bool {
	if e.kind(i-1) == js.TypeofToken || comparison(e.kind(i-1)) || comparison(e.kind(i+1)) {
		return false
	}
	switch e.kind(i + 1) {
	case js.DotToken, js.OptChainToken:
		name := e.text(i + 2)
		return name == "call" || name == "apply" || name == "bind" || name == "cache" && e.kind(i+3) == js.OpenBracketToken
	case js.OpenBracketToken:
		return !e.literalKey(i + 1)
	case js.OpenParenToken, js.ColonToken, js.AndToken, js.EqToken:
		return false
	}
	return true
}

// chosen tells whether what stands at a token is a value, which mostly is one of two: what
// the global object is called depends on the host.
func (e *evaluator) chosen(i uint32) bool {
	switch e.kind(i + 1) {
	case js.DotToken, js.OptChainToken, js.OpenBracketToken, js.OpenParenToken, js.EqToken:
		return false
	}
	return e.kind(i-1) != js.TypeofToken && !comparison(e.kind(i-1)) && !comparison(e.kind(i+1))
}

// reachedNames returns where something is asked by its name for what the global object has
// and that leads further.
func (e *evaluator) reachedNames() (names []uint32) {
	for i := uint32(1); i < e.behind && len(names) < maxHints; i++ {
		if e.namesReach(i) {
			names = append(names, i)
		}
	}
	return names
}

// namesReach tells whether what stands at a token is the name of a property that the global
// object has and that leads further: behind a dot, in brackets or before what takes it.
func (e *evaluator) namesReach(i uint32) bool {
	switch k := e.kind(i); {
	case k == js.StringToken:
		if e.kind(i-1) != js.OpenBracketToken || !e.literalKey(i-1) {
			return false
		}
	case !js.IsIdentifier(k), e.kind(i+1) != js.ColonToken && !e.property(int(i)):
		return false
	}
	name := strings.Trim(e.text(i), "'\"")
	return name == "process" || slices.Contains(globalReach, name)
}

// callsMade tells whether a function is called at a parenthesis that a call has made of
// something, as constructors of functions do: f(text)(), x[name](text)().
func (e *evaluator) callsMade(i uint32) bool {
	if i < 3 || e.kind(i-1) != js.CloseParenToken {
		return false
	}
	open := e.tokens[i-1].ref
	if open < 2 || open >= i-2 { // it has no arguments
		return false
	}
	switch callee := open - 1; {
	case e.kind(callee) == js.CloseBracketToken:
		return true
	case e.kind(callee) == js.CloseParenToken:
		return e.kind(i+1) == js.CloseParenToken || e.kind(callee-1) == js.CloseBracketToken
	default:
		t := e.tokens[callee]
		return e.kind(i+1) == js.CloseParenToken && t.kind() == js.IdentifierToken && t.ref > 0 && t.ref&global == 0 && t.flags&binding == 0
	}
}

// madeKeys returns the brackets in which the script puts the name of a property together,
// or with a name that it does not say, where it does not set what that is of.
func (e *evaluator) madeKeys() (opens []uint32) {
	for i := uint32(2); i+3 < e.behind && len(opens) < maxHints; i++ {
		if e.kind(i) != js.OpenBracketToken {
			continue
		}
		if e.kind(i+1) == js.StringToken {
			if e.kind(i+2) == js.AddToken || e.kind(i+2) == js.DotToken {
				opens = append(opens, i)
			}
			continue
		}
		close := e.tokens[i].ref
		if close > i && !js.IsNumeric(e.kind(i+1)) && !e.operandMayFollow(int(i)-1) && e.kind(close+1) != js.EqToken {
			opens = append(opens, i)
		}
	}
	return opens
}

// givenWith tells whether what stands at a token is given, with more behind it, to a function
// of the script: which property that takes of it, the others may say.
func (e *evaluator) givenWith(i uint32) bool {
	if e.kind(i+1) != js.CommaToken || e.kind(i-1) != js.OpenParenToken {
		return false
	}
	callee := e.tokens[i-2]
	return js.IsIdentifier(callee.kind()) && callee.ref > 0 && callee.ref&global == 0
}

// reflected tells whether Object or Reflect is asked for what the value at a token has, or a
// loop goes over that.
func (e *evaluator) reflected(i uint32) bool {
	if e.kind(i-1) == js.InToken && e.kind(i+1) == js.CloseParenToken && e.kind(e.tokens[i+1].ref-1) == js.ForToken || e.becomesPrototype(i) {
		return true
	}
	if i < 4 || e.kind(i-1) != js.OpenParenToken || e.kind(i-3) != js.DotToken {
		return false
	}
	switch e.text(i - 4) {
	case "Object", "Reflect":
		method := e.text(i - 2)
		return method != "defineProperty" && method != "assign" && method != "freeze"
	}
	return false
}

// becomesPrototype tells whether the value at a token becomes what objects have their
// properties of.
func (e *evaluator) becomesPrototype(i uint32) bool {
	switch e.kind(i - 1) {
	case js.ColonToken, js.EqToken:
		name := strings.Trim(e.text(i-2), `'"`)
		return name == prototypeName || name == "prototype"
	case js.CommaToken:
		open := e.tokens[i+1].ref
		return e.kind(i+1) == js.CloseParenToken && open > 0 && e.text(open-1) == "setPrototypeOf"
	}
	return false
}

// literalKey tells whether all that stands in a bracket is a string.
func (e *evaluator) literalKey(open uint32) bool {
	return e.kind(open+1) == js.StringToken && e.kind(open+2) == js.CloseBracketToken
}

// ofWrapper tells whether what stands at a token belongs to the function that a module
// is, and to none of the script's own: the arguments of that are its loader too.
func (e *evaluator) ofWrapper(i uint32) bool {
	const most = 4096 // tokens
	for at, left := i-1, most; at > 0; at, left = at-1, left-1 {
		t := &e.tokens[at]
		switch k := t.kind(); {
		case left == 0:
			return false
		case closes(k) && t.ref > 0 && t.ref < at:
			at = t.ref
		case k == js.OpenBraceToken && t.flags&object == 0 && e.kind(at-1) == js.CloseParenToken && !e.ofStatement(e.tokens[at-1].ref):
			return false
		}
	}
	return true
}

// ofStatement tells whether the parenthesis at a token is part of a statement, and holds
// no parameters of a function.
func (e *evaluator) ofStatement(open uint32) bool {
	if open == 0 {
		return false
	}
	switch e.kind(open - 1) {
	case js.IfToken, js.ForToken, js.AwaitToken, js.WhileToken, js.SwitchToken, js.WithToken, js.CatchToken:
		return true
	}
	return false
}

// exportsPrograms tells whether require is called at a token for what starts programs,
// to be all that a module of a bundle exports: another module of it starts them.
func (e *evaluator) exportsPrograms(i uint32) bool {
	return e.kind(i-1) == js.EqToken && e.text(i-2) == "exports" && e.kind(i+1) == js.OpenParenToken && e.kind(i+2) == js.StringToken &&
		moduleName(e.stringAt(i+2).str) == "child_process"
}

// ofOwnModule tells whether a property is one of the script's own module, whose class has all
// that loads others.
func (e *evaluator) ofOwnModule(i uint32) bool {
	return e.kind(i-1) == js.DotToken && e.text(i-2) == "module" && e.kind(i-3) != js.DotToken && !comparison(e.kind(i+1))
}

// comparison tells whether an operator asks if two things are the same.
func comparison(k js.TokenType) bool {
	return k == js.EqEqEqToken || k == js.EqEqToken || k == js.NotEqEqToken || k == js.NotEqToken
}

// reaches tells whether a property is a way to a loader or to code.
func (e *evaluator) reaches(i uint32) bool {
	switch next := e.kind(i + 1); e.text(i) {
	case ofClass:
		return next == js.OpenParenToken || next == js.OpenBracketToken || e.leadsToSockets() || e.ofOwnModule(i) ||
			next == js.CloseParenToken && e.kind(i+2) == js.OpenParenToken || next == js.DotToken && slices.Contains([]string{"constructor", "_load", "wrap", "wrapper"}, e.text(i+2))
	case "_load", "_resolveFilename", "_findPath", "binding", "_linkedBinding", "getBuiltinModule":
		return next != js.OpenParenToken && next != js.DotToken
	case "mainModule":
		return next != js.OpenParenToken && next != js.DotToken || e.text(i-2) != "process"
	case "require", "wrap", "_compile":
		return next == js.EqToken
	case "extensions", "_extensions":
		return next == js.OpenBracketToken && e.kind(e.tokens[i+1].ref+1) == js.EqToken
	case "stdin":
		return next == js.DotToken && e.text(i-2) != "process"
	case "spawn", "spawnSync", "execFile", "execFileSync", "execSync": // of what a bundler makes of the module
		return next == js.OpenParenToken && e.kind(i-2) == js.CloseParenToken && e.answers.programs.is(e.startsPrograms)
	case "workerData", "setupPrimary", "setupMaster":
		return true
	case "execPath":
		return next == js.EqToken
	case "getFunction":
		return next == js.OpenParenToken && e.kind(i+2) == js.CloseParenToken
	case "createConnection": // of an agent, and not what Node.js asks one for, handed on
		if first := e.tokens[i+2]; e.kind(i-2) == js.SuperToken && js.IsIdentifier(first.kind()) && first.ref > 0 && first.ref&global == 0 && e.declarations[first.ref].kind == parameter {
			return false
		}
		return next == js.OpenParenToken && e.requests()
	case "caller":
		return next != js.ColonToken && e.text(i-2) != "this"
	case "tmpdir":
		return e.runsFiles(i)
	case "writeFile", "writeFileSync", "appendFile", "appendFileSync", "createWriteStream", "openSync", "mkdtemp", "mkdtempSync", "copyFileSync":
		return next == js.OpenParenToken && e.runsFiles(i)
	case "children":
		return next == js.OpenBracketToken && e.ofModule(i-2)
	case "construct", "getOwnPropertyDescriptor":
		return next == js.OpenParenToken && e.text(i-2) == "Reflect"
	}
	return false
}

// leadsToSockets tells whether a small script has objects of which the class is one of
// sockets: the standard streams, and what requests and servers have.
func leadsToSockets(src []byte) bool {
	return len(src) <= smallScript && socketWords.Match(src)
}

var socketWords = regexp.MustCompile(`\b(?:stdin|stdout|stderr|socket|_getActiveHandles)\b`)

func (e *evaluator) leadsToSockets() bool {
	return e.answers.sockets.is(func() bool { return leadsToSockets(e.src) })
}

// requests tells whether the script loads http or https.
func (e *evaluator) requests() bool {
	return e.answers.requests.is(func() bool {
		return slices.ContainsFunc(e.uses, func(u use) bool { return u.Kind == script.Module && (u.Name == "http" || u.Name == "https") })
	})
}

// hasAgents tells whether the script has agents of http, of which the methods open sockets.
func (e *evaluator) hasAgents() bool { return e.requests() && agentWords.Match(e.src) }

var agentWords = regexp.MustCompile(`(?:^|[^-\w])(?:Agent|globalAgent)\b`) // no User-Agent

// binds tells whether a property is one that calls a function or makes another of it.
func (e *evaluator) binds(i uint32) bool {
	switch e.text(i) {
	case "apply", "bind", "call":
		return true
	}
	return false
}

// namespace tells whether a string is the specifier of an import or a require of
// the module that has the loaders.
func (e *evaluator) namespace(i uint32) bool {
	t := e.tokens[i]
	switch moduleName(string(e.src[t.start+1 : t.end-1])) {
	case "inspector", "repl", "inspector/promises":
		return e.kind(i-1) == js.FromToken || e.kind(i-1) == js.OpenParenToken
	case "module":
	default:
		return false
	}
	return e.kind(i-1) == js.FromToken && e.kind(i-2) != js.CloseBraceToken || e.kind(i-1) == js.OpenParenToken
}

// startsPrograms tells whether the script loads what starts programs, or node's shell.
func (e *evaluator) startsPrograms() bool {
	return slices.ContainsFunc(e.uses, func(u use) bool {
		return u.Kind == script.Module && (u.Name == "child_process" || u.Name == "cluster" || u.Name == "repl")
	})
}

// runsFiles tells whether the script runs programs, or loads files that lie where it
// may have written them, as it does at a token: what it writes counts then.
func (e *evaluator) runsFiles(i uint32) bool {
	runs := e.answers.runs.is(func() (runs bool) {
		for _, u := range e.uses {
			switch {
			case u.Kind != script.Module:
			case u.Name == "child_process" || u.Name == "worker_threads" || strings.HasPrefix(u.Name, "/"):
				runs = true
			case strings.HasPrefix(u.Name, "."):
				e.answers.lastOwn = max(e.answers.lastOwn, u.Start)
			}
		}
		return runs
	})
	return runs || e.answers.lastOwn > int(e.tokens[i].start) || len(e.unsolved) > 0
}

// ofModule tells whether a token ends what may be a module, as module.children and
// require.main.children have it; trees of other things have children too.
func (e *evaluator) ofModule(i uint32) bool {
	switch e.text(i) {
	case "module", "main", "mainModule", "parent", "]", ")":
		return true
	}
	return false
}

// maxHints bounds the hints that are followed in one script.
const maxHints = 32

// reaching tells whether a module of node reaches beyond the script: what is
// called with its name loads it.
func reaching(specifier string) bool {
	switch moduleName(specifier) {
	case "child_process", "net", "dgram", "tls", "http", "https", "http2", "dns", "dns/promises", "fs", "vm", "worker_threads", "cluster":
		return true
	}
	return false
}

// maxQuestions bounds the places that a machine is asked for.
const maxQuestions = 64
