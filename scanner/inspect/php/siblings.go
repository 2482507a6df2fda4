package php

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// A script is read together with its siblings as PHP would load them: a trace knows
// what they declare from the beginning, and runs one where the script includes it. Of
// the siblings nothing is written to the view. Of what they do only counts what follows
// from what the script gives them: what they call by themselves is told of them. That
// is written behind the script, as the calls that they come to.

// A linker knows the files that a script is read together with.
type linker struct {
	files []*linkedFile  // the first is the script itself; nil are those that are no PHP
	texts []string       // of all of them
	paths []string       // relative to the plugin
	named map[string]int // the files by those
	loads []map[string]int
	calls []linkedCall
	names []string // of the plugin's files, see script.Siblings
}

// A linkedFile is one of them.
type linkedFile struct {
	*code
	alone map[int][]value // what it calls by itself, by the tokens; see reader.traces
	read  bool            // alone is known
}

// A linkedCall is a call that a sibling makes of what the script gives it.
type linkedCall struct {
	at   int // the statement of the script
	code string
	uses string // what is called, if that is not known; see script.Call
}

const maxLinkedCalls = 64

// link prepares the files that a script is read with; nil is returned for none.
func link(siblings *script.Siblings) *linker {
	if siblings == nil {
		return nil
	}
	l := &linker{files: make([]*linkedFile, 1), texts: make([]string, 1), loads: siblings.Loads, names: siblings.Names}
	l.paths, l.named = []string{cmp.Or(siblings.Name, "index.php")}, map[string]int{}
	if dir := path.Dir(l.paths[0]); dir != "." { // see place
		l.names = slices.Clone(l.names)
		for i, name := range l.names {
			l.names[i] = "./" + path.Join(dir, name)
		}
	}
	for n, file := range siblings.Files {
		l.paths, l.named[file.Name] = append(l.paths, file.Name), n+1
		data := script.UTF8(file.Data)
		l.texts = append(l.texts, string(data))
		if !strings.Contains(string(data), "<?") {
			l.files = append(l.files, nil)
			continue
		}
		p := tokenize(data, string(data), outsideState, false)
		if p.short {
			p = tokenize(data, string(data), outsideState, true)
		}
		p.steps = 4*len(p.src) + 1<<20
		p.blocksOfWords()
		l.files = append(l.files, &linkedFile{code: &code{source: p, names: p.namesAt(), sibling: n + 1}})
	}
	return l
}

// size is how many bytes the files have.
func (l *linker) size() (n int) {
	if l != nil {
		for _, f := range l.files {
			if f != nil {
				n += len(f.src)
			}
		}
	}
	return n
}

// namesAt are the namespace of a file, of which nearly all have one at most, and what
// "use" says in it.
func (p *source) namesAt() *names {
	n := &names{}
	for i := 0; i < p.length; i++ {
		switch t := p.tokens[i]; {
		case t.word == wordNamespace && n.namespace == "" && p.tokens[i+1].kind == nameToken:
			n.namespace, n.spelled = lower(p.text(i+1))+`\`, p.text(i+1)+`\`
		case t.word == wordUse && (i == 0 || p.tokens[i-1].kind == ';' || p.tokens[i-1].kind == openTagToken):
			n.use(p, i)
		case t.kind == '{' && p.match[i] > 0 && p.tokens[i-1].word != wordNamespace:
			i = int(p.match[i])
		}
	}
	return n
}

// enlink lets a trace know what the files declare.
func (r *reader) enlink(l *linker) {
	r.trace.linker = l
	r.survey.ownMaps()
	r.home.names = r.namesAt()
	for _, f := range l.files {
		if f != nil {
			f.survey = newSurvey(f.source)
			f.declare(r.survey)
		}
	}
}

// siblingNumber is the number of the file that a name leads to from the code that is
// run; 0 for none.
func (r *reader) siblingNumber(address value) int {
	l := r.trace.linker
	name := fileName(address)
	if l == nil || name == "" || r.home.sibling >= len(l.loads) {
		return 0
	}
	// A name that a script has put together leads from the directory of the plugin,
	// see place; one that stands there from where PHP looks for it.
	n := l.named[path.Clean(name)]
	if n == 0 {
		n = cmp.Or(l.loads[r.home.sibling][name], l.named[path.Join(path.Dir(l.paths[0]), name)])
	}
	if n < len(l.files) {
		return n
	}
	return 0
}

// linkedPath is where the file lies, below the plugin, that is run together with
// others; empty for one that is read alone.
func (r *reader) linkedPath() string {
	if r.trace == nil || r.trace.linker == nil {
		return ""
	}
	return "./" + r.trace.linker.paths[r.home.sibling]
}

// sibling is the script that a name leads to; nil for none.
func (r *reader) sibling(address value) *linkedFile {
	if n := r.siblingNumber(address); n > 0 {
		return r.trace.linker.files[n]
	}
	return nil
}

// siblingText is the text of the file that a name leads to. Where there is none yet, it
// is noted that the script reads it.
func (r *reader) siblingText(address value) (string, bool) {
	if n := r.siblingNumber(address); n > 0 && r.budget.Take(len(r.trace.linker.texts[n])) {
		return r.trace.linker.texts[n], true
	}
	r.includes(fileName(address))
	return "", false
}

// includeSibling runs a file and returns what it returns.
func (r *reader) includeSibling(f *linkedFile) value {
	if r.trace.fuel -= 8; r.trace.fuel < 0 || r.calls >= maxCalls {
		return value{}
	}
	return r.runIn(f.code)
}

// includeAny runs those files that a name may lead to which is one of several.
func (r *reader) includeAny(name value) (out value, done bool) {
	var run []func() outcome
	for _, one := range name.oneOf() {
		if f := r.sibling(one); f != nil {
			run = append(run, func() outcome {
				out = r.joined(out, r.includeSibling(f))
				return wentOn
			})
		}
	}
	if len(run) > 0 {
		r.branches(run...)
	}
	return out, len(run) > 0
}

// byItself tells whether a file shows a value at a token when it is read alone.
func (r *reader) byItself(at int, v value) bool {
	l := r.trace.linker
	f := l.files[r.home.sibling]
	if !f.read {
		f.read = true
		alone := newReader(f.source, script.NewBudget(len(f.src), traceSteps), 0)
		alone.traceAll()
		f.alone = alone.traces
	}
	return slices.ContainsFunc(f.alone[r.noted(at)], func(other value) bool { return other.s == v.s })
}

// sawLinked notes what a sibling calls, at one of its tokens.
func (r *reader) sawLinked(at int, v value, args ...argument) {
	for _, one := range append(v.oneOf(), v) {
		name := r.callable(one)
		if name == "" || r.byItself(at, one) || isDeclared(r, name) {
			continue
		}
		var call strings.Builder
		call.WriteString(name + "(")
		for i, a := range args {
			if i > 0 {
				call.WriteString(", ")
			}
			text, ok := a.value.text()
			if !ok || !r.budget.Take(len(text)) {
				text = a.value.prefix()
			}
			call.WriteString(quoted(text))
		}
		r.linkedCall(linkedCall{code: call.String() + ");"})
	}
	r.sawLinkedMarks(v)
}

// sawLinkedMarks notes that a sibling calls, or makes something of, what a request says or
// a decoder gives.
func (r *reader) sawLinkedMarks(v value) {
	switch of := ""; {
	case v.known(), r.trace.byHost:
	case v.marks&fromInput != 0:
		of = "call:input"
		fallthrough
	case v.marks&fromDecoder != 0:
		if of == "" {
			of = "call:decoded"
		}
		r.linkedCall(linkedCall{uses: of})
	}
}

// sawLinkedCode notes the code that a sibling evaluates.
func (r *reader) sawLinkedCode(at int, v value) {
	if text, ok := v.text(); ok && !r.byItself(at, v) && r.budget.Take(len(text)) {
		r.linkedCall(linkedCall{code: "eval(" + quoted(text) + ");"})
	}
	if !v.known() && v.marks&fromInput != 0 && !r.trace.byHost {
		r.linkedCall(linkedCall{uses: "eval:input"})
	}
}

// sawLinkedCommand notes the command that a sibling runs, where it is one that its own
// text does not show.
func (r *reader) sawLinkedCommand(name string, at int, v value) {
	for _, one := range append(v.oneOf(), v) {
		if text := one.prefix(); strings.Contains(text, "osascript") && !strings.Contains(r.src, text) && !r.byItself(at, one) {
			r.linkedCall(linkedCall{code: name + "(" + quoted(text) + ");"})
		}
	}
}

// sawLinkedAddress notes the address that a sibling opens, where its own text does not
// show it.
func (r *reader) sawLinkedAddress(name, address string, at int) {
	if !strings.Contains(name, "::") && r.budget.Take(len(r.src)/64) && !strings.Contains(r.src, address) && !r.byItself(at, stringValue(urlOpened)) {
		r.linkedCall(linkedCall{code: name + "(" + quoted(address) + ");"})
	}
}

func (r *reader) linkedCall(c linkedCall) {
	l := r.trace.linker
	c.at = r.trace.here
	if len(l.calls) < maxLinkedCalls && !slices.Contains(l.calls, c) {
		l.calls = append(l.calls, c)
	}
}

// isDeclared tells a function, or a method, of the files: what it does is seen in it.
func isDeclared(r *reader, name string) bool {
	class, _, isMethod := strings.Cut(name, "::")
	if isMethod {
		return r.survey.classNamed(class) != nil
	}
	return r.survey.functions[name] != nil
}

// quoted is a text as a literal of PHP.
func quoted(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

// writeLinked writes what the siblings call behind the script.
func (r *reader) writeLinked() {
	if r.linker == nil {
		return
	}
	for _, c := range r.linker.calls {
		start, end := int(r.tokens[c.at].start), int(r.tokens[c.at].end)
		if c.uses != "" {
			r.uses = append(r.uses, script.Use{Kind: script.Call, Name: c.uses, Start: start, End: end})
			continue
		}
		r.out.Computed("\n", start, end)
		r.nest(stringValue(c.code), true, start, end)
	}
	r.linker.calls = nil
}

// ask notes something that other files of the plugin may declare.
func (r *reader) ask(name string) {
	const most, longest = 256, 128
	if r.out == nil || r.level > 0 || len(r.asks) >= most || len(name) > longest {
		return
	}
	if r.asks == nil {
		r.asks = map[string]bool{}
	}
	if !r.asks[name] {
		r.asks[strings.Clone(name)] = true
	}
}

// askForCall notes the function, or the class, of a call.
func (r *reader) askForCall(name string) {
	switch class, _, isMethod := strings.Cut(name, "::"); {
	case name == "" || r.out == nil:
	case isMethod:
		r.askForClass(class)
	case r.survey.functions[name] == nil && name != "define" && !isFoldable(name) && !commandFunctions[name] && callbackArguments[name] == nil && !passingFunctions[name]:
		r.ask("function " + name)
		if r.names.namespace != "" && !strings.Contains(name, `\`) {
			r.ask("function " + r.names.namespace + name)
		}
	}
}

func (r *reader) askForClass(class string) {
	if class != "" && class != "parent" && r.survey.classes[class] == nil {
		r.ask("class " + class)
	}
}

func (r *reader) asked() []string {
	var all []string
	for name := range r.asks {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// declared are the names of what a script declares for others.
func (r *reader) declared() (all []string) {
	const most = 256
	add := func(kind, name string) {
		if len(all) < most && !strings.Contains(name, "@") {
			all = append(all, kind+" "+name)
		}
	}
	for name := range r.survey.classes {
		add("class", name)
	}
	for name := range r.survey.functions {
		add("function", name)
	}
	for name := range r.survey.constants {
		if !strings.Contains(name, "::") {
			add("constant", name)
		}
	}
	slices.Sort(all)
	return all
}
