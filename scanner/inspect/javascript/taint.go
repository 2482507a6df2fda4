package javascript

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// A value that is unknown still says where it comes from: decoded is set if a
// decoder gave it, and more is fromFile if it was read from a file, fromPackage if
// that is one of the package, which the script names, patched if some of that was
// replaced, withPackage if the text of such a file is a part of it, and fromDecoder if
// it is in no file that a decoder decoded.
const (
	fromFile    = "file"
	fromPackage = "file of the package"
	patched     = "file of the package, changed"
	withPackage = "with a file of the package"
	fromDecoder = "decoder"
)

// ofFile tells whether a value is what stands in a file.
func ofFile(v value) bool { return v.more == fromFile || ofPackage(v) }

// ofPackage tells whether a value is what stands in a file of the package.
func ofPackage(v value) bool { return v.more == fromPackage || v.more == patched }

// patch returns what a method makes of an unknown text, with where that comes from.
func patch(got, text value, method string) value {
	switch method {
	case "replace", "replaceAll", "concat":
		if got.kind == unknown && got.more == fromPackage && text.kind == unknown {
			got.more = patched
		}
	}
	return got
}

// fromOwnFile is what more is of an unknown value that a function of another file
// of the package makes of constants. What it makes of them shows when the files are read
// together.
const fromOwnFile = "own file"

// loadedModule is what more is of an unknown value that is a module, and
// loadedMember of a member of it whose name is unknown too.
const (
	loadedModule = "loaded"
	loadedMember = "loaded member"
)

// constants tells whether a call has arguments, and all are constants or come from files.
func constants(args []argument) bool {
	for _, a := range args {
		if a.kind == unknown && a.more == "" && !a.decoded || a.kind >= closure && !ownFile(a.value) {
			return false
		}
	}
	return len(args) > 0
}

// encodesName tells whether a text is base64 or hexadecimal digits of what may name a module.
func encodesName(v value) bool {
	const least = 8 // characters: fewer may be a word
	if v.kind != text || len(v.str) < least {
		return false
	}
	isName := func(s string) bool {
		return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_./:@-") == ""
	}
	if bytes := nodeHex(v.str); 2*len(bytes) == len(v.str) {
		return isName(bytes)
	}
	digits := strings.TrimRight(v.str, "=")
	bytes := nodeBase64(digits)
	return len(bytes) == len(digits)*3/4 && isName(bytes)
}

// What is unknown may be known to another file: its number says to which, as bits.
const (
	givenByCaller = 1 // to one that calls a function of this
	givenByFile   = 2 // to one that this loads
)

// givenBy is who may know a value.
func givenBy(v value) int {
	switch {
	case v.kind == unknown && v.fn == nil:
		return int(v.num)
	case ownFile(v):
		return givenByFile
	case v.kind == module && v.str == "worker_threads" && strings.HasPrefix(v.more, "workerData"):
		return givenByCaller
	}
	return 0
}

// leans notes that it is not known what is loaded, evaluated or started, and who may
// know it.
func (m *machine) leans(on value, called bool) {
	if on.kind == text {
		return
	}
	from := origin(on)
	by := givenBy(from)
	if by&givenByFile != 0 || from.decoded || from.more != "" {
		m.openness |= script.OpenToFiles
	}
	if by&givenByCaller != 0 && called {
		m.openness |= script.OpenToCallers
	}
}

// mayBeTold notes that a small script reads files of its package and starts programs or
// loads what its text does not name: those files may say which, however the names go from
// there.
func (m *machine) mayBeTold() {
	if len(m.src) > smallScript || !m.startsPrograms() && !m.handsOn && !m.loadsAddon() && len(m.resolvers) == 0 && !slices.ContainsFunc(m.unsolved, m.leavesPackage) &&
		(len(m.unsolved) == 0 || !slices.Contains(m.asks, script.AskedNames)) { // what is listed may be no script by its name
		return
	}
	if len(m.asks) > m.globalsAsked || slices.ContainsFunc(m.uses, func(u use) bool {
		return u.Kind == script.Module && strings.HasPrefix(u.Name, ".") && strings.HasSuffix(u.Name, ".json")
	}) {
		m.openness |= script.OpenToFiles
	}
}

// leavesPackage tells whether what is loaded behind a parenthesis may be no file of the
// package: it does not begin as the path of one.
func (e *evaluator) leavesPackage(open uint32) bool {
	first := e.tokens[open+1]
	return first.kind() != js.StringToken && first.kind() != js.TemplateStartToken || e.src[first.start+1] != '.'
}

// leansOnOptions is leans for the options of what is started, which may name another
// program for it.
func (m *machine) leansOnOptions(options value) {
	if options.kind == unknown {
		m.leans(options, false)
	}
	for _, name := range []string{"execPath", "shell", anyKey} {
		if program, ok := itemOf(options, name); ok {
			m.leans(program, false)
		}
	}
}

// gives notes that a property gets what starts programs or loads modules, by which other files
// may do so. None do so by what a bundler makes of a module: that with its members and a
// default, and what its own object of a module exports.
func (m *machine) gives(object, key, v value) {
	bundled := key.str == "default" || key.str == "exports" && object.kind != globalName
	if m.linker == nil && !bundled && (startsAny(v) || v.kind == globalName && v.str == "require") {
		m.openness |= script.OpenToCallers
	}
}

// startsAny tells whether a value is the module that starts programs, or a function of it
// that does.
func startsAny(v value) bool {
	return v.kind == module && v.str == "child_process" && (v.more == "" || starter(v.str, v.more) != startsNothing)
}

// exportsGive is gives for what a module of ECMAScript exports.
func (m *machine) exportsGive(f *frame) {
	own := &linkedFile{from: 1, to: m.behind}
	m.exports(own)
	for _, x := range own.names {
		var v value
		if cell := f.lookup(x.variable); x.from != "" {
			v = value{kind: module, str: moduleName(x.from), more: strings.TrimPrefix(x.name, "*")}
		} else if cell != nil {
			v = *cell
		} else if int(x.variable) < len(m.declarations) {
			if d := &m.declarations[x.variable]; d.kind == imported || d.source > 0 && m.declarations[d.source].kind == imported {
				v = m.importedName(x.variable)
			}
		}
		m.gives(value{}, value{}, v)
	}
}

// origin returns an unknown value that comes from where another does.
func origin(v value) value {
	if v.kind == collection && v.more == partial && v.self != nil {
		return *v.self
	}
	out := value{decoded: v.kind == unknown && v.decoded, num: float64(givenBy(v))}
	switch {
	case v.kind == unknown && (ofFile(v) || v.more == withPackage || v.more == fromDecoder || v.more == fromOwnFile):
		out.more = v.more
	case v.kind == module && strings.HasSuffix(v.str, ".json"):
		out.more = fromPackage
	case v.kind == module && v.str == "worker_threads" && strings.HasPrefix(v.more, "workerData"):
		out.more = fromFile
	}
	return out
}

// joined is the origin of what a sum or a template of two values is. What was read
// from any file and is made a part of a longer text is data there, not the code, as
// in the engines of templates. Of a file that belongs to the package nobody else
// says what stands in it.
func joined(a, b value) value {
	x, y := origin(a), origin(b)
	out := value{decoded: x.decoded || y.decoded, num: float64(givenBy(x) | givenBy(y))}
	switch {
	case ofPackage(x) && ofPackage(y):
		out.more = fromPackage
	case ofFile(x) && ofFile(y):
		out.more = fromFile
	case ofPackage(x), ofPackage(y), x.more == withPackage, y.more == withPackage:
		out.more = withPackage
	case x.more == fromDecoder, y.more == fromDecoder:
		out.more = fromDecoder
	}
	return out
}

// decodedFrom is what a decoder makes of a value.
func decodedFrom(v value) value {
	return value{decoded: true, more: cmp.Or(origin(v).more, fromDecoder), num: float64(givenBy(v))}
}

// obscure tells whether what a script writes to a file is code that it decodes, or
// that it makes of a file of the package.
func obscure(from value) bool {
	return from.more == patched || from.more == withPackage || from.more == fromDecoder || from.decoded && ofFile(from)
}

// outcomeOf returns the origin of what a call gives, where that is unknown.
func outcomeOf(name string, this value, args []argument) value {
	first := value{}
	if len(args) > 0 {
		first = args[0].value
	}
	switch name {
	case "fs.readFileSync", "fs.readFile", "fs.promises.readFile", "fs/promises.readFile", "fs.createReadStream", "fs.openSync":
		if first.kind == text && (strings.HasPrefix(first.str, ".") || strings.Contains(first.str, dirname)) {
			return value{more: fromPackage}
		}
		return value{more: fromFile}
	case "atob", "String.fromCharCode", "String.fromCodePoint", "zlib.gunzipSync", "zlib.inflateSync", "zlib.unzipSync",
		"zlib.inflateRawSync", "zlib.brotliDecompressSync", "crypto.createDecipheriv", "crypto.createDecipher", "unescape":
		return decodedFrom(first)
	case "Buffer.from", "Buffer":
		if len(args) > 1 && args[1].kind == text && (args[1].str == "base64" || args[1].str == "hex" || args[1].str == "base64url") {
			return decodedFrom(first)
		}
		return origin(first)
	case "Buffer.concat":
		if first.kind == array && len(*first.items) <= maxSupposed {
			from := value{decoded: true}
			for _, item := range *first.items {
				from = joined(from, item)
			}
			return from
		}
	case "readline.createInterface":
		in, _ := itemOf(first, "input")
		return origin(in)
	case "fs.readdirSync", "fs.readdir", "fs/promises.readdir", "fs.promises.readdir":
		return value{more: fromFile}
	case "String", "decodeURIComponent", "JSON.parse", "JSON.stringify", "path.basename", "path.parse", "url.fileURLToPath":
		return origin(first) // the name of a file may be that of a module
	}
	if ownFile(this) && slices.ContainsFunc(args, func(a argument) bool { return encodesName(a.value) }) {
		return value{more: fromFile}
	}
	if ownFile(this) && constants(args) { // the other file makes something of what stands here
		return value{more: fromOwnFile}
	}
	if _, method, ok := cutLast(this.more); ownFile(this) && ok { // of what another file exports
		switch method {
		case "join", "reverse", "split", "replace", "slice", "concat", "trim":
			return value{more: fromFile}
		}
	}
	if from := origin(this); from.decoded || from.more != "" {
		return from
	}
	if table(name) {
		return value{decoded: true}
	}
	if !computes(name) {
		return value{}
	}
	for _, a := range args {
		if from := origin(a.value); ofFile(from) || from.more == withPackage {
			return from
		}
	}
	return value{decoded: computed(name, args), num: float64(givenByAny(args))}
}

// givenByAny is who may know one of the arguments of a call.
func givenByAny(args []argument) (by int) {
	for _, a := range args {
		by |= givenBy(a.value)
	}
	return by
}

// table tells whether a call takes apart the names and texts that a module of Node.js
// has in a table: http.STATUS_CODES[406].slice.
func table(name string) bool {
	module, rest, _ := strings.Cut(name, ".")
	switch module {
	case "http", "https", "os", "constants", "zlib", "crypto", "util":
	default:
		return false
	}
	_, function, ok := cutLast(rest)
	return ok && (ownMembers()[text][function] || ownMembers()[array][function])
}

// computed tells whether what a call gives is known in principle, though not here:
// a function that reaches nothing outside is given what stands in the script.
func computed(name string, args []argument) bool {
	if !computes(name) {
		return false
	}
	for _, a := range args {
		if a.kind == unknown && !a.decoded {
			return false
		}
	}
	return len(args) > 0 || strings.HasPrefix(name, "Intl")
}

// computes tells whether a function reaches nothing outside.
func computes(name string) bool {
	object, function, _ := strings.Cut(name, ".")
	switch object {
	case "zlib", "v8", "crypto", "buffer", "querystring", "string_decoder", "punycode", "WebAssembly", "DecompressionStream", "Blob", "Response", "TextDecoder":
		return !strings.HasPrefix(name, "crypto.random") && !strings.HasPrefix(name, "v8.get")
	case "util":
		return function == "inspect" || function == "parseArgs" || function == "styleText" || function == "stripVTControlCharacters" || function == "toUSVString"
	}
	return pure(name) && name != "require" && !strings.HasPrefix(name, "Date") && name != "Math.random" && !strings.HasPrefix(name, "Promise") && !strings.HasPrefix(name, "console")
}

// suspect notes where a script evaluates what it decodes or reads from a file,
// and that is not known.
func (m *machine) suspect(name string, args []argument, start, end uint32) {
	if len(args) == 0 {
		return
	}
	code := args[0].value
	if m.linker != nil {
		// What a script gets from others looks decoded too soon, but for what a decoder gave.
		if from := origin(code); (globalLoaders[name] || name == "import") && (from.more == fromDecoder || ofFile(from)) {
			m.suspectName(code, start, end)
		}
		return
	}
	switch name {
	case "Function":
		code = args[len(args)-1].value
	case "eval", "vm.runInThisContext", "vm.runInNewContext", "vm.runInContext", "vm.Script", "vm.compileFunction",
		"vm.SourceTextModule", "module._compile", "module.prototype._compile", "import":
	case "require", "process.getBuiltinModule", "process.binding", "process._linkedBinding", "module._load":
		m.leans(code, true)
		m.suspectName(code, start, end)
		return
	case "worker_threads.Worker":
		if run, _ := itemOf(argumentOr(args, 1), "eval"); run.kind != boolean || run.num == 0 {
			return
		}
	default:
		module, function, _ := strings.Cut(name, ".")
		if how := starter(module, function); how == startsNothing || how == mayStart {
			return
		}
		m.leans(code, true)
		m.leansOnOptions(args[len(args)-1].value)
		if code.more != fromOwnFile {
			m.suspectName(code, start, end)
		}
		return
	}
	m.leans(code, true)
	if name == "import" {
		m.suspectName(code, start, end)
		return
	}
	from := origin(code)
	if data, ok := itemOf(argumentOr(args, 1), "cachedData"); ok && name == "vm.Script" && code.kind == text {
		from = origin(data) // what runs is that, the text only has to have its length
	}
	m.suspectCode(from, start, end)
}

// suspectCode notes where what is evaluated is decoded or comes from a file.
func (m *machine) suspectCode(from value, start, end uint32) {
	if from.decoded {
		m.met(script.Call, "eval:decoded", start, end, false)
	}
	if ofFile(from) || from.more == withPackage {
		m.met(script.Call, "eval:file", start, end, false)
	}
}

// suspectName notes where the name of what is loaded or started is decoded or comes
// from a file, and is not known.
func (m *machine) suspectName(name value, start, end uint32) {
	if name.kind == unknown && name.also != nil { // settings that have a default are read from files everywhere
		return
	}
	switch from := origin(name); {
	case from.decoded:
		m.met(script.Call, "load:decoded", start, end, false)
	case ofFile(from):
		m.met(script.Call, "load:file", start, end, false)
	}
}

// ownFile tells whether a module is a file of the package: its exports may be
// constants that only that file shows.
func ownFile(v value) bool {
	return v.kind == module && (strings.HasPrefix(v.str, ".") || strings.HasPrefix(v.str, "#"))
}
