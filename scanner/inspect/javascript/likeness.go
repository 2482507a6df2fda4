package javascript

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLikeness is how much of a text is looked at, in bytes, to tell whether it is a script;
// maxWays, in how many ways it is at once, and likenessCost, how often all of it.
const (
	maxLikeness  = 1 << 20
	maxWays      = 64
	likenessCost = 4
)

// IsScript tells whether Node.js may run a text as JavaScript, in which then nothing is
// certainly against the grammar, and whether that does something: calls or sets something,
// and does not only declare. Prose, data, TypeScript and JSX soon have what no script has,
// such as two words side by side. Where a slash may divide or begin a regular expression, the
// text is read both ways. A text that is in doubt is a script that does something. Where it may
// be declarations of types, to import and hand on does nothing, for these do so.
func IsScript(src []byte, types bool) (is, acts bool) {
	text := src[:min(len(src), maxLikeness)]
	first := reading{brackets: []bracketLike{{}}, types: types}
	if rest := bytes.TrimPrefix(text, []byte("\ufeff")); bytes.HasPrefix(rest, []byte("#!")) {
		first.at = lineEnd(text, len(text)-len(rest))
	}
	l := likeness{src: text, ways: []reading{first}, left: likenessCost*len(text) + 1<<10, cut: len(text) < len(src)}
	for len(l.ways) > 0 {
		r := l.ways[len(l.ways)-1]
		l.ways = l.ways[:len(l.ways)-1]
		switch l.read(&r) {
		case inDoubt:
			return true, true
		case fits:
			if is = true; r.acts {
				return true, true
			}
		}
	}
	return is, false
}

type verdict int

const (
	goesOn verdict = iota
	fits           // all of it may be a script
	refused
	inDoubt
)

// A likeness is a text in which what may be a script is looked for.
type likeness struct {
	src  []byte
	ways []reading // those that are yet to be gone
	left int       // bytes that may yet be read
	cut  bool      // the text goes on
}

// A reading is how far a text was read in one way.
type reading struct {
	at       int
	last     [3]lexeme // the newest first
	line     bool      // a line ends before the newest
	brackets []bracketLike
	ended    bool // the parenthesis of what may be a call has just been closed
	acts     bool
	types    bool // to import does nothing
}

// A bracketLike is a bracket that is open. The first is around all.
type bracketLike struct {
	kind  byte // or ` of a template's hole
	calls bool // what stands before it may be called
	asks  bool // what may be behind a colon in it is no type: it stands behind ? or case
	heirs bool // what stands before a brace in it is no method: it stands behind extends
}

// A lexeme is a sign, or one of these.
type lexeme byte

const (
	aWord       lexeme = 'w' // that is an operand
	aContextual lexeme = 'c' // that may be one, or stand beside one: let a, a of b, import a from "b"
	anOperator  lexeme = 'o' // a reserved word behind which an operand stands, and that may stand behind one
	aBeginning  lexeme = 'b' // a reserved word that does not
	aCase       lexeme = 'k'
	aFunction   lexeme = 'f'
	anHeir      lexeme = 'x'
	anImport    lexeme = 'm'
	anInstance  lexeme = 'v' // instanceof, which may call a method of what stands behind it
	aNew        lexeme = 'n'
	aNumber     lexeme = '0'
	aString     lexeme = 's'
	aTemplate   lexeme = 't' // one that ends
	aHole       lexeme = 'h' // a template up to ${
	aRegExp     lexeme = 'r'
	aCount      lexeme = 'i' // ++ or --
	anArrow     lexeme = 'a'
	aComparison lexeme = 'e'
	aSpread     lexeme = 'd'
)

// wordLexemes are the words that are no operands, or not only. (ECMA-262, 12.7.2)
var wordLexemes = func() map[string]lexeme {
	all := map[string]lexeme{}
	for t, list := range map[lexeme]string{
		aFunction: "function", anImport: "import", aNew: "new", aCase: "case", anHeir: "extends", anInstance: "instanceof",
		anOperator: "in with",
		aBeginning: `break catch class const continue debugger default delete do else enum export finally for if return
			switch throw try typeof var void while`,
		aContextual: "accessor as assert async await defer from get let of set source static using yield",
	} {
		for w := range strings.FieldsSeq(list) {
			all[w] = t
		}
	}
	return all
}()

// read goes one way to its end.
func (l *likeness) read(r *reading) verdict {
	for {
		start := r.at
		v := l.next(r)
		switch l.left -= r.at - start; {
		case v == goesOn && l.left < 0, v == refused && l.cut && r.at > len(l.src)-utf8.UTFMax: // what does not end may do so later on
			return inDoubt
		}
		if v != goesOn {
			return v
		}
	}
}

// also has another way gone: there the text goes on at an offset, behind a lexeme.
func (l *likeness) also(r *reading, at int, t lexeme) verdict {
	if len(l.ways) == maxWays {
		return inDoubt
	}
	other := *r
	other.brackets, other.at = slices.Clone(r.brackets), at
	l.left -= len(r.brackets)
	if other.push(t) == goesOn {
		l.ways = append(l.ways, other)
	}
	return goesOn
}

// next reads a lexeme, with the blanks and comments before it.
func (l *likeness) next(r *reading) verdict {
	src := l.src
	for r.at < len(src) {
		start := r.at
		rest := src[start:]
		switch c := src[start]; {
		case c == '\n' || c == '\r':
			r.line = true
			r.at++
		case c == ' ' || c == '\t' || c == '\v' || c == '\f':
			r.at++
		case bytes.HasPrefix(rest, []byte("//")):
			r.at = lineEnd(src, start)
		case bytes.HasPrefix(rest, []byte("/*")):
			end := bytes.Index(rest[2:], []byte("*/"))
			if end < 0 {
				r.at = len(src)
				return refused
			}
			r.at += 2 + end + 2
			r.line = r.line || lineEnd(src[:r.at], start) < r.at
		case bytes.HasPrefix(rest, []byte("<!--")): // a comment, in what is no module (ECMA-262, B.1.1)
			if v := l.also(r, start+1, '<'); v != goesOn {
				return v
			}
			r.at = lineEnd(src, start)
		case (r.line || r.last[0] == 0) && bytes.HasPrefix(rest, []byte("-->")):
			if v := l.also(r, start+2, aCount); v != goesOn {
				return v
			}
			r.at = lineEnd(src, start)
		case c >= utf8.RuneSelf:
			switch letter, size := utf8.DecodeRune(rest); {
			case letter == '\u2028' || letter == '\u2029':
				r.line = true
				r.at += size
			case letter == '\ufeff' || unicode.Is(unicode.Zs, letter):
				r.at += size
			default:
				return l.word(r)
			}
		default:
			return l.lexeme(r)
		}
	}
	switch {
	case l.cut:
		return inDoubt
	case len(r.brackets) > 1:
		return refused
	}
	r.acts = r.acts || r.ended
	return fits
}

// lexeme reads one that begins with no blank and ends.
func (l *likeness) lexeme(r *reading) verdict {
	src, start := l.src, r.at
	following := func(i int) byte {
		if start+i < len(src) {
			return src[start+i]
		}
		return 0
	}
	r.at++
	switch c := src[start]; c {
	case '\'', '"':
		end, ok := stringEnd(src, start)
		if r.at = end; !ok {
			return refused
		}
		// A script may be imported as its text; a name is told by what imports it.
		if before := r.last[0]; before == anImport || before == aContextual {
			r.acts = r.acts || !r.types || isData(string(src[start+1:end-1]))
		}
		return r.push(aString)
	case '`':
		return l.template(r)
	case '/':
		return l.slash(r)
	case '}':
		if r.brackets[len(r.brackets)-1].kind == '`' {
			r.brackets = r.brackets[:len(r.brackets)-1]
			r.acts, r.ended, r.last[0] = r.acts || r.ended, false, aHole
			return l.template(r)
		}
	case '.':
		switch {
		case following(1) == '.' && following(2) == '.':
			r.at += 2
			return r.push(aSpread)
		case following(1) >= '0' && following(1) <= '9':
			r.at = wordEnd(src, r.at)
			return r.push(aNumber)
		}
	case '+', '-':
		if following(1) == c {
			r.at++
			return r.push(aCount)
		}
	case '=', '!', '<', '>':
		if c == '=' && following(1) == '>' {
			r.at++
			return r.push(anArrow)
		}
		if following(1) == '=' {
			for r.at < len(src) && src[r.at] == '=' {
				r.at++
			}
			return r.push(aComparison)
		}
	case '(', ')', '[', ']', '{', ',', ';', ':', '?', '*', '%', '&', '|', '^', '~':
	case '#':
		if r.at = wordEnd(src, r.at); r.at == start+1 || following(1) <= '9' && following(1) != '$' {
			return refused
		}
		return r.push(aWord)
	default:
		r.at--
		return l.word(r)
	}
	return r.push(lexeme(src[start]))
}

// word reads a word or a number.
func (l *likeness) word(r *reading) verdict {
	src, start := l.src, r.at
	if r.at = wordEnd(src, start); r.at == start {
		return refused
	}
	name := string(src[start:min(r.at, start+len("instanceof")+1)])
	switch {
	case name[0] >= '0' && name[0] <= '9':
		if r.at < len(src) && src[r.at] == '.' {
			r.at = wordEnd(src, r.at+1)
		}
		return r.push(aNumber)
	case r.last[0] == '.': // a property
		return r.push(aWord)
	case wordLexemes[name] != 0:
		return r.push(wordLexemes[name])
	}
	return r.push(aWord)
}

// wordEnd is the end of the letters and digits from an offset on.
func wordEnd(src []byte, at int) int {
	for at < len(src) {
		switch c := src[at]; {
		case c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			at++
		case c == '\\' && at+1 < len(src) && src[at+1] == 'u': // \u{61}
			at += 2
			if at < len(src) && src[at] == '{' {
				at += 1 + bytes.IndexByte(src[at:min(len(src), at+maxEscape)], '}')
			}
		case c >= utf8.RuneSelf:
			letter, size := utf8.DecodeRune(src[at:])
			if letter == utf8.RuneError || unicode.In(letter, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co) && !unicode.In(letter, inNames...) {
				return at
			}
			at += size
		default:
			return at
		}
	}
	return at
}

// inNames are those that names have beside letters and the like. What Unicode tells of no letter may
// be one by a later version.
var inNames = []*unicode.RangeTable{
	unicode.Other_ID_Start, unicode.Other_ID_Continue, unicode.Pc,
	{R16: []unicode.Range16{{0x200c, 0x200d, 1}, {0x30fb, 0x30fb, 1}, {0xff65, 0xff65, 1}}},
}

// maxEscape is how long an escape in a name may be.
const maxEscape = 64

// slash reads a division, a regular expression, or both ways.
func (l *likeness) slash(r *reading) verdict {
	var divides, either bool
	switch r.last[0] {
	case aNumber, aTemplate, aRegExp, ']':
		divides = true
	case aWord, aString: // but var a⏎/b/.c
		divides, either = !r.line, r.line
	case ')', '}', aCount, aContextual:
		either = true
	}
	if divides {
		return r.push('/')
	}
	end, ok := regexpEnd(l.src, r.at-1)
	l.left -= end - r.at
	if either {
		if ok {
			if v := l.also(r, end, aRegExp); v != goesOn {
				return v
			}
		}
		return r.push('/')
	}
	if r.at = end; !ok {
		return refused
	}
	return r.push(aRegExp)
}

// template reads on in a template, to its end or a hole in it.
func (l *likeness) template(r *reading) verdict {
	for src := l.src; r.at < len(src); r.at++ {
		switch c := src[r.at]; {
		case c == '\\':
			r.at++
		case c == '`':
			r.at++
			return r.push(aTemplate)
		case c == '$' && r.at+1 < len(src) && src[r.at+1] == '{':
			r.at += 2
			return r.push(aHole)
		}
	}
	r.at = len(l.src)
	return refused
}

func (t lexeme) operand() bool { return t == aWord || t == aNumber || t == aString }

// push goes on behind a lexeme, unless it may not stand there.
func (r *reading) push(t lexeme) verdict {
	before := r.last[0]
	if !r.line && (before.operand() || before == aTemplate || before == aRegExp || before == ']') {
		switch t {
		case aWord, aNumber, aString, aBeginning, aCase, aFunction, anImport, aNew:
			return refused
		}
	}
	inner := &r.brackets[len(r.brackets)-1]
	r.look(t, inner)
	r.ended = false
	switch t {
	case '(':
		named := before == aWord || before == aContextual || before == aNumber
		calls := named && r.last[1] != aFunction && r.last[1] != '*' || before == ')' || before == ']' || before == '.' || before == anImport
		r.brackets = append(r.brackets, bracketLike{kind: '(', calls: calls})
	case '[', '{':
		r.brackets = append(r.brackets, bracketLike{kind: byte(t)})
	case aHole:
		r.brackets = append(r.brackets, bracketLike{kind: '`'})
	case ')', ']', '}':
		if n := len(r.brackets) - 1; n > 0 { // once Node.js put scripts in a function by writing that around
			if inner.kind != "([{"[strings.IndexByte(")]}", byte(t))] {
				return refused
			}
			r.ended = t == ')' && inner.calls
			r.brackets = r.brackets[:n]
		}
	}
	r.last[2], r.last[1], r.last[0] = r.last[1], before, t
	r.line = false
	return goesOn
}

// look notes what a lexeme does in a bracket.
func (r *reading) look(t lexeme, inner *bracketLike) {
	before := r.last[0]
	inner.asks = inner.asks || t == aCase || before == '?' && strings.IndexByte(":.,;)", byte(t)) < 0
	switch t {
	case '{':
		r.acts = r.acts || r.ended && (r.line || inner.heirs)
		inner.heirs = false
	case ':': // the type of a function, or what is behind a conditional's or case's
		r.acts = r.acts || r.ended && inner.asks
	case anArrow:
	default:
		r.acts = r.acts || r.ended
	}
	switch t {
	case aNew, aCount, anInstance:
		r.acts = true
	case anHeir:
		inner.heirs = true
	case '=': // of several, or of what is in parentheses, too
		r.acts = r.acts || r.last[1] == '.' || strings.IndexByte("])}+-*/%&|^?", byte(before)) >= 0
	case aComparison: // <<= and >>=
		r.acts = r.acts || before == '<' || before == '>'
	case aContextual, anOperator: // for (a.b of c)
		r.acts = r.acts || inner.kind == '(' && (before == ']' || r.last[1] == '.')
	case aTemplate, aHole:
		r.acts = r.acts || before == aWord || before == aContextual || before == ')' || before == ']'
	}
}
