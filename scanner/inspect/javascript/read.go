// Package javascript reads JavaScript, TypeScript and JSX to their decoded view
// and to what they load and call; see package script for both.
//
// They are read by the lexer of tdewolff/parse, with a scoper and an evaluator of
// ours over its tokens. Over the 2,136 scripts of make bench's npm tree that [Plain]
// leaves (136 MB, 2026-11) that takes some 7 s of processor time, a third of it in
// the lexer. Where the text does not show what is loaded or evaluated, a machine runs
// the script for it, where other files tell it together with those (see siblings.go).
//
// Three quarters of those bytes stand in functions without a sign that there is
// something to read, as [Plain] looks for them in whole scripts. In large scripts these
// are only copied (see notable.go), which takes a fifth off a whole cold scan.
//
// # How it is laid out
//
// In the order in which a script goes through it:
//
//   - plain.go, plain_signs.go: whether it need be read at all; notable.go: which of
//     its functions. likeness.go: whether a file by another name is a script
//   - lex.go, lexemes.go, literals.go, names.go: its tokens. scope.go, resolve.go,
//     patterns.go, imports.go: which declaration a name means
//   - read.go, read_strings.go: the reader, which goes over the tokens once, writes the
//     view and asks the evaluator for the constant that may begin at each
//   - eval.go, operators.go, operands.go, members.go, assign.go, methods.go and run.go:
//     the evaluator of constant expressions. value.go says what it computes with;
//     texts.go, lists.go, objects.go, symbols.go, integers.go, buffers.go, json.go,
//     crypto.go, dates.go and the like are what the language and Node.js do with such values, for the machine too
//   - calls.go, modules.go, programs.go, shell_tags.go, globals.go, native.go: what of Node.js
//     loads, evaluates, connects or starts programs. questions.go notes where the text does not
//     show what
//   - machine.go and machine_*.go: the machine, which answers those questions. compile*.go,
//     statements.go, loops.go, functions.go and classes.go make closures of the tokens;
//     calling.go calls them; promises.go, coroutines.go, events.go, threads.go, streams.go,
//     carriers.go and memory.go are what runs later or is shared. webassembly.go has modules
//     of WebAssembly followed by package wasm. doubt.go, holes.go and taint.go: what is
//     known of a value that is not known
//   - siblings.go, files.go, listings.go, shared.go: the other files of the plugin, and what they leave in
//     objects that all share. hooks.go: loaders of the script's own. inline.go, evaluated.go,
//     dropped.go, templates.go: scripts that it makes
//   - manifest.go, install.go: package.json, and the lines that npm runs at install.
//     build_files.go, shell.go: binding.gyp, makefiles and command lines
package javascript

import (
	"bytes"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// Read returns the decoded view of JavaScript, TypeScript or JSX, whether UTF-8 or
// UTF-16. It keeps no reference to src and does not change it.
func Read(src []byte) *script.View { return ReadFile(unnamed, src) }

// ReadFile is Read for a script that knows the name of its file, of which what
// stands before the last slash is not used.
func ReadFile(name string, src []byte) *script.View { return ReadWith(name, src, nil, nil) }

// ReadWith is ReadFile for a script that loads other files of its plugin, which show
// what it does with them. siblings may be nil. asked are the modules, without "node:",
// of which it matters that one is loaded; where it is nil, anything may matter, and
// what [Plain] knows to be without interest is read too.
func ReadWith(name string, src []byte, siblings *script.Siblings, asked map[string]bool) *script.View {
	own := map[string]value{"__filename": filename(name)}
	return script.Read(src, func(text []byte) *script.View {
		whole, places := bundled(text, siblings)
		v := readAssembly(assembly{src: whole, size: len(text), siblings: siblings, places: places, asked: asked}, script.NewBudget(len(whole), maxSteps), 0, own)
		v.Declares = Declared(text)
		return v
	})
}

// maxSteps is how many steps of evaluation each byte of a script may take.
const maxSteps = 4

// readScript reads a script that stands so many scripts deep in others.
// given are the values of its names that the script around it sets.
func readScript(src []byte, limit *script.Budget, depth int, given map[string]value) *script.View {
	return readAssembly(assembly{src: src, size: len(src)}, limit, depth, given)
}

// An assembly is a script and what stands behind it.
type assembly struct {
	src      []byte
	size     int              // of the script
	siblings *script.Siblings // that stand behind it; may be nil
	places   [][2]int         // of each of them: where it begins and ends
	rounds   int              // how often scripts that it evaluates were written into it
	threaded bool             // what it starts as threads stands behind it too
	asked    map[string]bool  // see ReadWith
}

func readAssembly(b assembly, limit *script.Budget, depth int, given map[string]value) *script.View {
	src := b.src
	l := lex(src)
	r := &reader{evaluator: evaluator{outside: 1<<20 + 16*len(src), scoper: l.declare(), Budget: limit, loaders: loadersIn(&l.names), nested: depth, outer: given}}
	r.builder = script.NewBuilder(b.size + b.size/16)
	r.size, r.behind = b.size, uint32(len(r.tokens)-1)
	if b.siblings != nil {
		// The semicolon ends a statement of the script.
		first := sort.Search(len(r.tokens), func(i int) bool { return int(r.tokens[i].start) >= b.size+len("\n;") })
		r.behind = min(r.behind, uint32(first))
		if len(src) > b.size && int(r.tokens[r.behind-1].start) != b.size+len("\n") {
			l.release()
			return readScript(src[:b.size:b.size], limit, depth, given) // it has no end of its own
		}
		r.linker = r.link(r.behind, b.siblings, b.places)
	}
	if b.asked != nil && b.size >= minNotable {
		r.notable, r.sparing = r.notableTokens(b.asked), true
	}
	r.read()
	if len(src) <= maxMachineScript {
		r.hints()
	}
	if (len(r.unsolved)+len(r.hinted) > 0 || b.siblings != nil) && len(src) <= maxMachineScript {
		r.solve(src)
		left := r.Spent
		r.again()
		r.Spent = left // what the machine finished, it knows
	}
	for _, c := range r.codes {
		r.readCode(c)
	}
	if len(r.threads) > 0 && !b.threaded && depth == 0 {
		r.readThreads(b)
	}
	if len(r.inlined) > 0 && b.rounds < maxInlined {
		r.readInlined(b)
	}
	v := r.builder.View(r.found(), l.problem)
	v.Limit = limit.Limit()
	if v.Open, v.Asks = r.openness, r.asks; len(r.unsolved) > 0 {
		v.Open |= script.OpenToPackages
	}
	l.release()
	return v
}

// A reader writes the decoded view of a script.
type reader struct {
	evaluator
	builder *script.Builder
	size    int // of the script
	copied  int // offset in the script up to which it is written
	open    []opened
	scripts []script.Use // uses of the scripts in this one
	inlined []inlined
	notable []uint32 // see notableTokens
	sparing bool     // functions that have none of those are not read
}

type useKey struct {
	name string
	kind script.UseKind
	at   uint32
}

// An opened bracket is one that the reader is in.
type opened struct {
	close    uint32
	role     role
	argument int
	// template is set in the holes of a template.
	template bool
}

func (r *reader) read() {
	notable := r.notable
	for i := uint32(1); i < r.behind; {
		if t := r.tokens[i]; r.sparing && t.flags&body != 0 {
			for len(notable) > 0 && notable[0] < i {
				notable = notable[1:]
			}
			if len(notable) == 0 || notable[0] > t.ref {
				for ; i < t.ref; i++ {
					if r.tokens[i].flags&afterComment != 0 {
						r.gap(i)
					}
				}
			}
		}
		i = r.token(i)
	}
	r.gap(r.behind)
	r.flush(r.size)
}

// again reads the script once more, with what a machine learned of it.
func (r *reader) again() {
	if len(r.results) == 0 && len(r.computed) == 0 && len(r.given) == 0 {
		return
	}
	for i := range r.tokens {
		r.tokens[i].flags &^= failed
	}
	for i := range r.declarations {
		r.declarations[i].state = evaluation{}
	}
	r.failures = nil
	r.builder.Truncate(0)
	r.copied, r.open, r.scripts, r.inlined = 0, nil, nil, nil
	r.notable = slices.AppendSeq(slices.AppendSeq(slices.AppendSeq(r.notable, maps.Keys(r.results)), maps.Keys(r.computed)), maps.Keys(r.given))
	slices.Sort(r.notable)
	r.read()
}

// gap writes what stands before a token, without the comments in it. Where there
// are none, it is copied with the token.
func (r *reader) gap(i uint32) {
	at := int(r.tokens[i-1].end)
	end := int(r.tokens[i].start)
	for at < end {
		next := at
		lines := false
		switch rest := r.src[at:end]; {
		case bytes.HasPrefix(rest, []byte("/*")):
			next = end
			if n := bytes.Index(rest[2:], []byte("*/")); n >= 0 {
				next = at + n + 4
			}
			lines = bytes.ContainsAny(r.src[at:next], "\n\r")
		case bytes.HasPrefix(rest, []byte("//")), bytes.HasPrefix(rest, []byte("<!--")),
			bytes.HasPrefix(rest, []byte("-->")), bytes.HasPrefix(rest, []byte("#!")):
			next = min(end, lineEnd(r.src, at))
		default:
			at++
			continue
		}
		r.flush(at)
		if lines {
			r.builder.Computed("\n", at, next)
		} else {
			r.builder.Computed(" ", at, next)
		}
		r.copied = next
		at = max(next, at+1)
	}
}

// flush copies the script up to an offset.
func (r *reader) flush(to int) {
	if to > r.copied {
		r.builder.Copied(r.src[r.copied:to], r.copied)
		r.copied = to
	}
}

// replace writes a text for the script's bytes [start, end).
func (r *reader) replace(text string, start, end int) {
	r.flush(start)
	r.builder.Computed(text, start, end)
	r.copied = max(r.copied, end)
}

// token writes one token, or the constant that begins with it, and returns the
// next one.
func (r *reader) token(i uint32) uint32 {
	t := r.tokens[i]
	if t.flags&afterComment != 0 {
		r.gap(i)
	}
	switch t.kind() {
	case js.CommaToken:
		if n := len(r.open); n > 0 {
			r.open[n-1].argument++
		}
		return i + 1
	case js.CloseParenToken, js.CloseBracketToken, js.CloseBraceToken:
		for len(r.open) > 0 && r.open[len(r.open)-1].close <= i {
			r.open = r.open[:len(r.open)-1]
		}
		return i + 1
	case js.TemplateMiddleToken, js.TemplateEndToken:
		return r.templatePart(i)
	case js.ImportToken, js.ExportToken:
		r.imports(i)
	case js.ErrorToken:
		return i + 1
	}
	if t.flags&types != 0 {
		return i + 1
	}
	if len(r.computed) > 0 && len(r.open) > 0 {
		if v, ok := r.computed[i]; ok {
			if end := r.next(i, r.open[len(r.open)-1].close); end > i {
				r.string(i, end, v)
				return end
			}
		}
	}
	if t.kind() == js.StringToken && r.literalAlone(i) {
		return i + 1
	}
	if t.flags&(binding|failed) == 0 || t.kind() == js.StringToken {
		if end := r.constant(i); end > i {
			return end
		}
	}
	switch t.kind() {
	case js.OpenParenToken, js.OpenBracketToken, js.OpenBraceToken:
		if t.ref > i {
			o := opened{close: t.ref}
			if t.kind() == js.OpenParenToken {
				o.role = r.roles[i]
				if n := len(r.open); o.role == plainRole && n > 0 && r.open[n-1].role == shownRole && r.operandMayFollow(int(i)-1) {
					o.role = shownRole // (a + b) in an argument
				}
			}
			r.open = append(r.open, o)
		}
	case js.StringToken:
		r.string(i, i+1, r.stringAt(i))
	case js.TemplateToken, js.TemplateStartToken:
		return r.templatePart(i)
	}
	if t.flags&escaped != 0 || js.IsIdentifierName(t.kind()) && t.ref == 0 && bytes.IndexByte(r.src[t.start:t.end], '\\') >= 0 {
		r.replace(decodeName(r.src[t.start:t.end]), int(t.start), int(t.end))
	}
	return i + 1
}

// constant writes the constant that begins at a token, if one does, and returns
// the token after it.
func (r *reader) constant(i uint32) uint32 {
	t := &r.tokens[i]
	k := t.kind()
	named := js.IsIdentifier(k)
	switch {
	case named && r.neverConstant(i), r.functionStatement(i):
		return i
	case k == js.StringToken, k == js.TemplateToken, k == js.TemplateStartToken, k == js.OpenParenToken, k == js.NewToken,
		k == js.FunctionToken, k == js.NotToken, k == js.ImportToken, named:
	case k == js.OpenBracketToken, k == js.OpenBraceToken && t.flags&object != 0:
		if t.ref == 0 {
			return i
		}
		if next := r.kind(t.ref + 1); next != js.DotToken && next != js.OpenBracketToken && next != js.AddToken && next != js.OptChainToken {
			return i
		}
	case js.IsNumeric(k), k == js.TrueToken, k == js.FalseToken:
		if level := precedence(r.kind(i + 1)); level == 0 && r.kind(i+1) != js.QuestionToken {
			return i
		}
	default:
		return i
	}
	if r.kind(i-1) == js.NewToken {
		return i // it is looked at with the keyword
	}
	switch k {
	case js.OpenParenToken, js.OpenBracketToken, js.OpenBraceToken, js.TemplateToken, js.TemplateStartToken, js.NotToken:
		if !r.operandMayFollow(int(i) - 1) {
			return i // arguments, an element, a tagged template
		}
	}
	if k == js.OpenParenToken {
		switch r.kind(i - 1) {
		case js.ImportToken, js.IfToken, js.WhileToken, js.SwitchToken, js.WithToken, js.ForToken, js.CatchToken, js.SuperToken:
			return i // its parentheses stay
		}
	}
	if r.property(int(i)) {
		return i
	}
	if (k == js.OpenParenToken || named) && r.declaresFunction(i) {
		return i
	}
	least := r.leastPrecedence(i)
	if k == js.StringToken && r.kind(i+1) == js.ColonToken {
		least = precedenceUnary // a key, or one side of a conditional
	}
	r.outside = max(r.outside, reserve)
	var v value
	var end uint32
	var ok bool
	if least == precedenceAdd { // x + 1 + 'a': only if the first is a text is the rest one
		if v, end, ok = r.expression(i, precedenceMultiply); ok && v.kind == text && r.complete(end, precedenceMultiply) {
			v, end, ok = r.binary(v, end, precedenceAdd)
		}
	} else {
		v, end, ok = r.expression(i, max(least, precedenceNullish))
	}
	if ok && least <= precedenceAssign && r.kind(end) == js.QuestionToken {
		if chosen, after, known := r.conditional(v, end); known && chosen.kind == text {
			v, end = chosen, after
		}
	}
	if !ok || v.kind != text || strings.Contains(v.str, dirname) || end <= i || r.kind(i) == js.NotToken && end == i+1 {
		return i
	}
	if named && end == i+1 && r.shorthand(i) {
		return i
	}
	r.string(i, end, v)
	return end
}

// functionStatement tells whether the declaration of a function begins at a token, or goes
// on there behind async: what stands in parentheses behind it are no arguments.
func (r *reader) functionStatement(i uint32) bool {
	switch {
	case r.kind(i) == js.AsyncToken && r.kind(i+1) == js.FunctionToken, r.kind(i) == js.FunctionToken && r.kind(i-1) != js.AsyncToken:
		return r.statementMayFollow(i - 1)
	case r.kind(i) == js.FunctionToken:
		return r.statementMayFollow(i - 2)
	}
	return false
}

// neverConstant tells at a glance of most names that they are no constants, such
// as parameters and variables that are assigned to.
func (r *reader) neverConstant(i uint32) bool {
	ref := r.tokens[i].ref
	if ref == 0 {
		return r.property(int(i))
	}
	if ref&global != 0 || r.kind(i+1) == js.OpenParenToken || r.kind(i+1) == js.ArrowToken {
		return false
	}
	d := &r.declarations[ref]
	return (d.state.stage == hopeless || d.kind == parameter || d.writes > 1) && !r.loaders[d.name]
}

// declaresFunction tells whether the parameters of a function begin at a token.
func (r *reader) declaresFunction(i uint32) bool {
	if r.kind(i) == js.OpenParenToken {
		return r.tokens[i].flags&binding != 0
	}
	return r.kind(i+1) == js.ArrowToken
}

// shorthand tells whether a name is a property and its value at once: {name}.
func (r *reader) shorthand(i uint32) bool {
	n := len(r.open)
	if n == 0 || r.kind(r.open[n-1].close) != js.CloseBraceToken || r.tokens[r.tokens[r.open[n-1].close].ref].flags&object == 0 {
		return false
	}
	prev, next := r.kind(i-1), r.kind(i+1)
	return (prev == js.OpenBraceToken || prev == js.CommaToken) && (next == js.CommaToken || next == js.CloseBraceToken)
}

// leastPrecedence is that of operators that may be evaluated behind an operand
// at a token, given the operator before it.
func (r *reader) leastPrecedence(i uint32) int {
	switch k := r.kind(i - 1); k {
	case js.NotToken, js.BitNotToken, js.TypeofToken, js.VoidToken, js.AwaitToken, js.DeleteToken, js.NewToken:
		return precedenceUnary
	case js.AddToken, js.SubToken:
		if r.operandMayFollow(int(i) - 2) { // a sign
			return precedenceUnary
		}
		if k == js.AddToken {
			return precedenceAdd
		}
		return precedenceMultiply
	default:
		if level := precedence(k); level > 0 {
			return level + 1
		}
	}
	return precedenceAssign
}

// found returns the uses in the order of the script, each once.
func (r *reader) found() []script.Use {
	static := map[useKey]bool{}
	for _, u := range r.uses {
		if !u.through {
			static[useKey{u.Name, u.Kind, u.at}] = true
		}
	}
	out := make([]script.Use, 0, len(r.uses)+len(r.scripts))
	for _, u := range r.uses {
		if !u.through || !static[useKey{u.Name, u.Kind, u.at}] {
			out = append(out, u.Use)
		}
	}
	out = append(out, r.scripts...)
	sort.SliceStable(out, func(a, b int) bool {
		x, y := out[a], out[b]
		if x.Start != y.Start {
			return x.Start < y.Start
		}
		if x.Kind != y.Kind {
			return x.Kind > y.Kind
		}
		return x.Name < y.Name
	})
	n := 0
	for i, u := range out {
		if i == 0 || u.Start != out[n-1].Start || u.Kind != out[n-1].Kind || u.Name != out[n-1].Name {
			out[n] = u
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return out[:n]
}
