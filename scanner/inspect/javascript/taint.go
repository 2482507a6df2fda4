package javascript

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// A value that is unknown still says where it comes from: decoded is set if a
// decoder gave it, and more is fromFile if it was read from a file.
const fromFile = "file"

// origin returns an unknown value that comes from where another does.
func origin(v value) value {
	out := value{decoded: v.kind == unknown && v.decoded}
	if v.kind == unknown && v.more == fromFile || v.kind == module && strings.HasSuffix(v.str, ".json") {
		out.more = fromFile
	}
	return out
}

// joined is the origin of what a sum or a template of two values is. What was read
// from a file and is made a part of a longer text is data there, not the code.
func joined(a, b value) value {
	return value{decoded: origin(a).decoded || origin(b).decoded}
}

// outcomeOf returns the origin of what a call gives, where that is unknown.
func outcomeOf(name string, this value, args []argument) value {
	first := value{}
	if len(args) > 0 {
		first = args[0].value
	}
	switch name {
	case "fs.readFileSync", "fs.readFile", "fs.promises.readFile", "fs/promises.readFile":
		return value{more: fromFile}
	case "atob", "String.fromCharCode", "String.fromCodePoint", "zlib.gunzipSync", "zlib.inflateSync", "zlib.unzipSync",
		"zlib.inflateRawSync", "zlib.brotliDecompressSync", "crypto.createDecipheriv", "crypto.createDecipher", "unescape":
		return value{decoded: true, more: origin(first).more}
	case "Buffer.from", "Buffer":
		if len(args) > 1 && args[1].kind == text && (args[1].str == "base64" || args[1].str == "hex" || args[1].str == "base64url") {
			return value{decoded: true, more: origin(first).more}
		}
		return origin(first)
	case "String", "decodeURIComponent":
		return origin(first)
	}
	if ownFile(this) { // text methods of what another file exports
		switch this.more[strings.LastIndexByte(this.more, '.')+1:] {
		case "join", "reverse", "split", "replace", "slice", "concat", "trim":
			return value{more: fromFile}
		}
	}
	return origin(this)
}

// suspect notes where a script evaluates what it decodes or reads from a file,
// and that is not known.
func (m *machine) suspect(name string, args []argument, start, end uint32) {
	if len(args) == 0 {
		return
	}
	code := args[0].value
	switch name {
	case "Function":
		code = args[len(args)-1].value
	case "eval", "vm.runInThisContext", "vm.runInNewContext", "vm.runInContext", "vm.Script", "vm.compileFunction",
		"vm.SourceTextModule", "module._compile", "module.prototype._compile", "import":
	case "require", "process.getBuiltinModule", "process.binding", "process._linkedBinding", "module._load":
		m.suspectName(code, start, end)
		return
	default:
		if module, function, _ := strings.Cut(name, "."); starter(module, function) != startsNothing && module[0] != '.' {
			m.suspectName(code, start, end)
		}
		return
	}
	if name == "import" {
		m.suspectName(code, start, end)
		return
	}
	from := origin(code)
	if from.decoded {
		m.met(script.Call, "eval:decoded", start, end, false)
	}
	if from.more == fromFile {
		m.met(script.Call, "eval:file", start, end, false)
	}
}

// suspectName notes where the name of what is loaded or started is decoded or comes
// from a file, and is not known.
func (m *machine) suspectName(name value, start, end uint32) {
	switch from := origin(name); {
	case from.decoded:
		m.met(script.Call, "load:decoded", start, end, false)
	case from.more == fromFile:
		m.met(script.Call, "load:file", start, end, false)
	}
}

// ownFile tells whether a module is a file of the package: its exports may be
// constants that only that file shows.
func ownFile(v value) bool { return v.kind == module && strings.HasPrefix(v.str, ".") }
