package javascript

import (
	"encoding/json"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// A script is read together with its siblings as a bundler would put them together:
// each becomes a function behind the script, in one text, with the names of its own.
// The machine runs such a function when the script loads the file. Of the siblings
// nothing is written to the view, and of what they do only counts what follows from
// what the script gives them: what they show by themselves is told of them.

// siblingWrapper is what stands around a sibling.
var siblingWrapper = []string{"\n;(function (exports, require, module, __filename, __dirname) {\n", "\n})"}

// bundled returns a script with its siblings behind it, and where the functions begin
// and their braces close; 0 of one that is left out.
func bundled(src []byte, siblings *script.Siblings) (text []byte, places [][2]int) {
	if siblings == nil {
		return src, nil
	}
	text = append(text, src...)
	for _, file := range siblings.Files {
		data := script.UTF8(file.Data)
		before := siblingWrapper[0]
		switch ext := path.Ext(file.Name); {
		case ext == ".json" && json.Valid(data):
			before += "module.exports = "
		case ext == ".json" || len(data) == 0 || file.IsData:
			places = append(places, [2]int{})
			continue
		}
		start := len(text) + strings.IndexByte(before, '(')
		text = append(text, before...)
		at := len(text)
		text = append(text, data...)
		if strings.HasPrefix(string(data[:min(2, len(data))]), "#!") {
			copy(text[at:], "//")
		}
		text = append(text, siblingWrapper[1]...)
		places = append(places, [2]int{start, len(text) - 2})
	}
	return text, places
}

// A linker knows the files that a script is read together with.
type linker struct {
	files []*linkedFile // the first is the script itself; nil are those that cannot be read
	loads []map[string]int
	texts [][]byte // of the files but the first
	names []string // of all, relative to the plugin
	all   []string // see script.Siblings.Names
	// imports are the names that the package.json gives to what they load.
	imports script.Subpaths
}

// A linkedFile is one of them.
type linkedFile struct {
	name       string
	from, to   uint32 // its tokens
	parameters uint32 // of its function; 0 of the script itself
	begun      bool
	starts     int // of threads and processes with it
	frame      *frame
	module     value // a dictionary, as in CommonJS
	// names are what a module of ECMAScript exports, and stars the files of which it
	// exports all; nil of others.
	names map[string]exportedName
	stars []string
}

// An exportedName is a variable of the file, or a name of another: "*" is all of that.
type exportedName struct {
	variable   uint32
	from, name string
}

// defaultName is the variable that has the value of a default export.
const defaultName = global - 1

// link finds the files in the tokens.
func (e *evaluator) link(own uint32, siblings *script.Siblings, places [][2]int) *linker {
	l := &linker{files: []*linkedFile{{name: unnamed, from: 1, to: own}}, loads: siblings.Loads, names: []string{siblings.Name}, all: siblings.Names, imports: siblings.Imports}
	at := func(offset int) uint32 {
		return uint32(sort.Search(len(e.tokens), func(i int) bool { return int(e.tokens[i].start) >= offset && i > 0 }))
	}
	for n, place := range places {
		l.texts, l.names = append(l.texts, siblings.Files[n].Data), append(l.names, siblings.Files[n].Name)
		var file *linkedFile
		if place[0] > 0 {
			open := at(place[0])
			last := uint32(len(e.tokens) - 1)
			if open+3 < last && e.kind(open+1) == js.FunctionToken && e.kind(open+2) == js.OpenParenToken {
				brace := e.tokens[open+2].ref + 1
				if close := e.tokens[min(brace, last)].ref; e.kind(brace) == js.OpenBraceToken && int(e.tokens[close].start) == place[1] {
					file = &linkedFile{name: siblings.Files[n].Name, from: brace + 1, to: close, parameters: open + 2}
				}
			}
		}
		l.files = append(l.files, file)
	}
	for _, file := range l.files {
		if file != nil {
			e.exports(file)
		}
	}
	return l
}

// exports notes the names that a file exporte.
func (e *evaluator) exports(file *linkedFile) {
	export := func(name string, x exportedName) {
		if file.names == nil {
			file.names = map[string]exportedName{}
		}
		file.names[name] = x
	}
	for i := file.from; i < file.to; i++ {
		if ref := e.tokens[i].ref; opens(e.kind(i)) && ref > i {
			i = ref
			continue
		}
		if e.kind(i) != js.ExportToken || e.property(int(i)) {
			continue
		}
		at := i + 1
		switch k := e.kind(at); {
		case k == js.DefaultToken:
			x := exportedName{variable: defaultName}
			if name := e.declaredName(at + 1); name > 0 {
				x.variable = e.tokens[name].ref
			}
			export("default", x)
		case k == js.MulToken:
			from, _ := e.clause(at)
			if from == 0 {
				break
			}
			specifier := e.stringAt(from).str
			if e.kind(at+1) == js.AsToken {
				export(e.exportName(at+2), exportedName{from: specifier, name: "*"})
			} else {
				file.stars = append(file.stars, specifier)
				export("", exportedName{})
			}
		case k == js.OpenBraceToken:
			specifier := ""
			if from, _ := e.clause(at); from > 0 {
				specifier = e.stringAt(from).str
			}
			close := e.tokens[at].ref
			for part := at + 1; part < close; part = e.next(part, close) + 1 {
				name := part
				if e.kind(part+1) == js.AsToken {
					name = part + 2
				}
				x := exportedName{variable: e.tokens[part].ref}
				if specifier != "" {
					x = exportedName{from: specifier, name: e.exportName(part)}
				}
				export(e.exportName(name), x)
			}
		case k == js.VarToken || k == js.LetToken || k == js.ConstToken:
			for more := true; more; {
				after := at + 1
				if at++; e.name(at) {
					export(e.nameAt(at), exportedName{variable: e.tokens[at].ref})
				} else {
					after = e.tokens[at].ref
					for ; at < after; at++ {
						if t := e.tokens[at]; js.IsIdentifier(t.kind()) && t.ref > 0 && t.ref&global == 0 && e.kind(at+1) != js.ColonToken {
							export(e.nameAt(at), exportedName{variable: t.ref})
						}
					}
				}
				if at = e.until(after+1, js.CommaToken); e.kind(at) == js.ColonToken { // a type
					at = e.until(at+1, js.CommaToken)
				}
				more = e.kind(at) == js.CommaToken
			}
		default:
			if name := e.declaredName(at); name > 0 {
				export(e.nameAt(name), exportedName{variable: e.tokens[name].ref})
			}
		}
	}
}

// declaredName is the name that the function or class at a token declares; 0 if none.
func (e *evaluator) declaredName(i uint32) uint32 {
	if e.kind(i) == js.AsyncToken {
		i++
	}
	if k := e.kind(i); k != js.FunctionToken && k != js.ClassToken && e.text(i) != "enum" {
		return 0
	}
	if i++; e.kind(i) == js.MulToken {
		i++
	}
	if !e.name(i) || e.kind(i) == js.ExtendsToken {
		return 0
	}
	return i
}

// exportName is a name of an export list, which may be a string.
func (e *evaluator) exportName(i uint32) string {
	if e.kind(i) == js.StringToken {
		return e.stringAt(i).str
	}
	return e.nameAt(i)
}

// fileAt is the file that a token stands in.
func (l *linker) fileAt(i uint32) int {
	for n, file := range l.files {
		if file != nil && i >= file.from && i < file.to {
			return n
		}
	}
	return 0
}

// siblingOf is the number of the file that a name leads to from a token.
func (m *machine) siblingOf(specifier string, at uint32) (int, bool) {
	if m.linker == nil {
		return 0, false
	}
	return m.siblingFrom(specifier, m.linker.fileAt(at))
}

func (m *machine) siblingFrom(specifier string, file int) (int, bool) {
	if file >= len(m.linker.loads) {
		return 0, false
	}
	name, _ := m.evaluator.moduleOf(specifier)
	if name != moduleName(specifier) && reaching(name) { // the file is for another host
		return 0, false
	}
	n, ok := m.linker.loads[file][moduleName(specifier)]
	if !ok && m.linker.all != nil && strings.HasPrefix(moduleName(specifier), ".") { // which a listing may have told
		at := path.Join(path.Dir(m.linker.names[file]), moduleName(specifier))
		n = slices.IndexFunc(m.linker.names, func(name string) bool { return name == at || strings.TrimSuffix(name, path.Ext(name)) == at })
		if ok = n > 0; !ok {
			m.asksFor(script.AskedFile + at)
		}
	}
	return n, ok && n < len(m.linker.files) && m.linker.files[n] != nil
}

// begun runs a file when it is first loaded.
func (m *machine) begun(n int) *linkedFile {
	file := m.linker.files[n]
	if !file.begun {
		m.runFile(file)
	}
	return file
}

func (m *machine) runFile(file *linkedFile) {
	if m.depth >= maxCalls || !m.step(64) {
		return
	}
	file.begun = true
	exports := newDictionary()
	file.module = newDictionary()
	require := value{kind: globalName, str: "require", plain: true}
	own, directory := filename(file.name), textValue(dirname)
	*file.module.keys = append(*file.module.keys, "exports", "require", "filename", "id", "path")
	*file.module.items = append(*file.module.items, exports, require, own, own, directory)
	fn := m.functionCode(file.parameters)
	fn.ran = true
	m.prepare(fn)
	file.frame = &frame{this: exports}
	file.frame.args = asArguments([]value{exports, require, file.module, own, directory})
	for _, p := range fn.parameters {
		p(file.frame, file.frame.args)
	}
	was := m.loading
	m.loading = false // what it loads is resolved as what the script does
	m.depth++
	m.sparing(func() {
		m.asynchronous(file.frame, func(f *frame) (value, bool) { return m.completed(fn.body(f), f) })
	})
	m.depth--
	m.loading = was
	m.thrown = false // it may have been misunderstood
}

// loaded is what the loading of a file gives: what it exports.
func (m *machine) loaded(n int, imported bool) value {
	file := m.begun(n)
	switch {
	case file.names != nil:
		return value{kind: module, str: "./" + path.Base(file.name), at: uint32(n) + 1, plain: true}
	case imported:
		exports := m.commonExports(n)
		all := newDictionary()
		if exports.kind == dictionary && exports.self == nil {
			*all.keys = append(*all.keys, *exports.keys...)
			*all.items = append(*all.items, *exports.items...)
		}
		*all.keys, *all.items = append(*all.keys, "default"), append(*all.items, exports)
		return all
	}
	return m.commonExports(n)
}

// commonExports is module.exports of a file.
func (m *machine) commonExports(n int) value {
	if n == 0 {
		return m.changed["module.exports"]
	}
	exports, _ := itemOf(m.begun(n).module, "exports")
	return exports
}

// exported is what a file exports under a name.
func (m *machine) exported(n int, name string) value {
	file := m.begun(n)
	if m.depth >= maxCalls || !m.step(4) {
		return value{}
	}
	if file.names == nil {
		exports := m.commonExports(n)
		if name == "default" {
			return exports
		}
		return m.get(exports, textValue(name))
	}
	m.depth++
	defer func() { m.depth-- }()
	x, ok := file.names[name]
	switch {
	case ok && x.from != "":
		return m.exportedFrom(x.from, x.name, n)
	case ok:
		if file.frame == nil {
			return value{}
		}
		if cell := file.frame.lookup(x.variable); cell != nil {
			return *cell
		}
		if x.variable > 0 && int(x.variable) < len(m.declarations) {
			if d := &m.declarations[x.variable]; d.kind == imported || d.source > 0 && m.declarations[d.source].kind == imported {
				return m.importedName(x.variable)
			}
		}
		return value{}
	case name == "default":
		return value{}
	}
	for _, from := range file.stars {
		if got := m.exportedFrom(from, name, n); got.kind != unknown && got.kind != undefined {
			return got
		}
	}
	return value{}
}

// exportedFrom is what the file that a name leads to from another exports.
func (m *machine) exportedFrom(specifier, name string, from int) value {
	to, ok := m.siblingFrom(specifier, from)
	switch {
	case !ok && !strings.HasPrefix(specifier, "."):
		v := m.load(textValue(specifier))
		if name != "*" {
			v = m.member(v, name)
		}
		return v
	case !ok:
		return value{}
	case name == "*":
		return m.loaded(to, true)
	}
	return m.exported(to, name)
}

// importedSibling is what an import of a sibling declares.
func (m *machine) importedSibling(ref uint32) (value, bool) {
	d := &m.declarations[ref]
	source := ref
	if d.source > 0 {
		source = uint32(d.source)
	}
	from := m.declarations[source].init
	if m.linker == nil || from == 0 {
		return value{}, false
	}
	n, ok := m.siblingOf(m.stringAt(from).str, from)
	if !ok {
		return value{}, false
	}
	if m.home[1] == 0 {
		m.home = [2]uint32{from, from + 1}
	}
	switch {
	case d.element == namespace:
		return m.loaded(n, true), true
	case d.key > 0:
		return m.exported(n, m.exportName(d.key)), true
	}
	return m.exported(n, "default"), true
}

// shows tells whether a name that is loaded in a sibling stands there, or is a constant
// there: then that is told of the sibling.
func (e *evaluator) shows(name argument) bool {
	at := name.at
	if at == 0 || name.plain && name.value.at >= e.behind {
		return true
	}
	for variable := range e.outer { // it may be made of one, which the file alone does not have
		if strings.HasPrefix(variable, "process.env.") {
			return false
		}
	}
	machine, env := e.machine, e.env
	e.machine, e.env = nil, nil
	v, end, ok := e.expression(at, precedenceAssign)
	e.machine, e.env = machine, env
	return ok && v.kind == text && e.complete(end, precedenceAssign)
}

// showsLoad tells whether it stands in a sibling that what a call is given, at a token, is
// loaded. It does not where the loader came from another file.
func (e *evaluator) showsLoad(at uint32) bool {
	open := at - 1
	if at < 4 || e.kind(open) != js.OpenParenToken || e.kind(open-1) == js.ImportToken {
		return true
	}
	if loader(e.text(open-1)) && (e.kind(open-2) != js.DotToken || e.text(open-3) == "module" || e.text(open-3) == "main") {
		return true
	}
	start := open - 1
	for js.IsIdentifierName(e.kind(start)) && e.kind(start-1) == js.DotToken {
		start -= 2
	}
	if !js.IsIdentifierName(e.kind(start)) {
		return false
	}
	machine, env := e.machine, e.env
	e.machine, e.env = nil, nil
	callee, end, ok := e.primary(start)
	for last := start; ok && end > last && end < open; {
		last = end
		callee, end, ok = e.postfix(callee, start, end)
	}
	e.machine, e.env = machine, env
	return ok && end == open && callee.kind != unknown
}

// visitUses runs the functions of the script that nobody called and that use what
// siblings export.
func (m *machine) visitUses(f *frame) {
	const most = 64 // functions
	for i, left := uint32(1), most; i < m.behind && left > 0 && m.steps > 0; i++ {
		t := m.tokens[i]
		if !js.IsIdentifier(t.kind()) || t.ref == 0 || t.ref&global != 0 || t.flags&binding != 0 {
			continue
		}
		env := m.env
		m.env = nil
		v := m.evaluator.variable(t.ref)
		m.env = env
		if ownFile(v) {
			m.visit(i, f)
			left--
		}
	}
}
