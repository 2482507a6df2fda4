package javascript

import (
	"bytes"
	"slices"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// A token is one of JavaScript, without blanks and comments. The first and the
// last of a script are empty tokens of kind js.ErrorToken.
type token struct {
	start, end uint32 // in the script
	// ref is, of a bracket, the token that closes or opens it; of a part of a
	// template, the next part, and of the last part the first; of a name that
	// is no property's, its number, and later its declaration, or global. It is
	// 0 where there is none.
	ref   uint32
	code  uint16 // its kind
	flags tokenFlags
}

func (t token) kind() js.TokenType { return js.TokenType(t.code) }

type tokenFlags uint16

const (
	afterComment tokenFlags = 1 << iota // a comment stands before it
	afterLine                           // a line end stands before it
	escaped                             // a name that is written with escapes
	object                              // a brace of an object literal or pattern; a colon of a conditional
	class                               // a brace of a class body
	binding                             // a name that is declared, or a key: not read
	types                               // belongs to a type: no code
	failed                              // no constant begins here
	body                                // a brace that begins the body of a function
)

// global marks, in a token's ref, the number of a name that no scope declares.
const global = 1 << 31

// A lexer turns a script into tokens.
type lexer struct {
	src      []byte // followed by a NUL
	in       *parse.Input
	lex      *js.Lexer
	tokens   []token
	brackets []bracket // those that are open
	names    nameTable
	problem  string
	rescans  int // bytes that were read in vain
	kept     *spare
	module   bool
}

// A bracket is an open one: parenthesis, bracket, brace or "${" of a template.
type bracket struct {
	at        uint32
	questions int // conditional expressions directly in it that wait for a colon
}

func lex(src []byte) *lexer {
	kept := takeSpare()
	// The input puts a NUL behind the data, so it gets a copy with room for one.
	kept.text = append(slices.Grow(kept.text[:0], len(src)+1), src...)
	in := parse.NewInputBytes(kept.text)
	l := &lexer{src: in.Bytes(), in: in, lex: js.NewLexer(in), kept: kept}
	l.names.src = l.src
	l.tokens = append(kept.tokens[:0], token{})
	l.readAll()
	l.push(js.ErrorToken, len(src), len(src), l.tokenFlags())
	if len(l.brackets) > 0 {
		l.report("brackets are not closed")
	}
	return l
}

func (l *lexer) tokenFlags() tokenFlags { return afterLine | afterComment }

func (l *lexer) report(problem string) {
	if l.problem == "" {
		l.problem = problem
	}
}

// skipTo continues at an offset of the script.
func (l *lexer) skipTo(offset int) {
	l.in.Move(offset - l.in.Offset())
	l.in.Skip()
}

func lineEnd(src []byte, from int) int {
	if i := bytes.IndexAny(src[from:], "\n\r\u2028\u2029"); i >= 0 {
		return from + i
	}
	return len(src)
}

// readAll reads the script to its end, or to where the lexer gives up.
func (l *lexer) readAll() {
	defer func() {
		if recover() != nil {
			l.report("the lexer failed")
		}
	}()
	l.read()
}

func (l *lexer) read() {
	var flags tokenFlags
	if start := len(l.src) - len(bytes.TrimPrefix(l.src, []byte("\ufeff"))); bytes.HasPrefix(l.src[start:], []byte("#!")) {
		l.skipTo(lineEnd(l.src, start))
		flags = afterComment
	}
	for {
		start := l.in.Offset()
		if start >= len(l.src) {
			return
		}
		switch c := l.src[start]; c {
		case '<':
			if bytes.HasPrefix(l.src[start:], []byte("<!--")) {
				if l.htmlComment(start, flags) {
					flags |= afterComment
				} else {
					l.push(js.LtToken, start, start+1, flags)
					l.push(js.NotToken, start+1, start+2, 0)
					l.push(js.DecrToken, start+2, start+4, 0)
					l.skipTo(start + 4)
					flags = 0
				}
				continue
			}
		case '0': // 0777, which only scripts that are not strict have
			if end := l.octal(start); end > 0 {
				l.skipTo(end)
				l.push(js.IntegerToken, start, end, flags)
				flags = 0
				continue
			}
		case '\'', '"':
			kind, end := l.quoted(start)
			l.skipTo(end)
			l.push(kind, start, end, flags)
			flags = 0
			continue
		}
		if end := l.foreign(start); end > start {
			l.skipTo(end)
			l.push(js.ErrorToken, start, end, flags)
			flags = 0
			continue
		}
		if end := l.nameAtNumber(start); end > start {
			l.skipTo(end)
			l.push(js.IdentifierToken, start, end, flags)
			flags = 0
			continue
		}
		kind, _ := l.lex.Next()
		end := l.in.Offset()
		switch kind {
		case js.WhitespaceToken:
			continue
		case js.LineTerminatorToken:
			flags |= afterLine
			continue
		case js.CommentToken:
			flags |= afterComment
			continue
		case js.CommentLineTerminatorToken:
			flags |= afterComment | afterLine
			continue
		case js.DivToken, js.DivEqToken:
			if l.regexpMayFollow(start) {
				if after, ok := regexpEnd(l.src, start); ok {
					kind, end = js.RegExpToken, after
					l.skipTo(end)
				} else {
					l.rescans += after - start
					l.report("a regular expression does not end")
				}
			}
		case js.ErrorToken:
			if kind, end = l.resynchronise(start, end); end == start {
				return
			}
		}
		l.push(kind, start, end, flags)
		flags = 0
	}
}

// htmlComment skips a comment that begins with "<!--". Only scripts have such
// comments and modules do not, so code could hide behind one: it counts where a
// line begins with it, and in no module.
func (l *lexer) htmlComment(start int, flags tokenFlags) bool {
	if start > 0 && flags&afterLine == 0 && len(l.tokens) > 1 || l.module {
		return false
	}
	l.skipTo(lineEnd(l.src, start))
	return true
}

// resynchronise goes on after an error in [start, end) with a token of some kind.
// It returns an empty token if the script ends here.
func (l *lexer) resynchronise(start, end int) (js.TokenType, int) {
	end = min(end, len(l.src))
	l.skipTo(end)
	// The lexer has copied the script, to say in which line the error is. That is
	// quick: an eighth of it counts.
	if l.rescans += len(l.src) / 8; l.rescans > l.patience() {
		l.report("too many errors")
		l.skipTo(len(l.src))
		return js.ErrorToken, len(l.src)
	}
	switch c := l.src[start]; {
	case c == '/':
		l.report("a comment does not end")
		return js.ErrorToken, start
	case c == '`' || c == '}':
		l.report("a template does not end")
		l.skipTo(start + 1)
		l.lex = js.NewLexer(l.in) // which has forgotten the templates that are open
		if c == '}' {
			return js.CloseBraceToken, start + 1
		}
		return js.ErrorToken, start + 1
	}
	if end == start {
		end = start + 1
		l.skipTo(end)
	}
	l.report("an unexpected character")
	return js.ErrorToken, end
}

// patience is how many bytes may be read in vain.
func (l *lexer) patience() int { return 8*len(l.src) + 1<<16 }

func (l *lexer) last() token { return l.tokens[len(l.tokens)-1] }

// push appends a token and ties it to its partner.
func (l *lexer) push(kind js.TokenType, start, end int, flags tokenFlags) {
	at := uint32(len(l.tokens))
	t := token{start: uint32(start), end: uint32(end), code: uint16(kind), flags: flags}
	prev := l.last()
	switch kind {
	case js.OpenBraceToken:
		if l.objectMayFollow(prev) {
			t.flags |= object
		}
		l.brackets = append(l.brackets, bracket{at: at})
	case js.OpenParenToken, js.OpenBracketToken, js.TemplateStartToken:
		l.brackets = append(l.brackets, bracket{at: at})
	case js.CloseBraceToken, js.CloseParenToken, js.CloseBracketToken, js.TemplateMiddleToken, js.TemplateEndToken:
		if open := l.close(kind); open > 0 {
			l.tokens[open].ref = at
			t.ref = open
			if kind == js.TemplateMiddleToken {
				t.ref = 0
				l.brackets = append(l.brackets, bracket{at: at})
			}
		}
	case js.QuestionToken:
		if n := len(l.brackets); n > 0 {
			l.brackets[n-1].questions++
		}
	case js.ColonToken:
		if n := len(l.brackets); n > 0 && l.brackets[n-1].questions > 0 {
			l.brackets[n-1].questions--
			t.flags |= object
		}
	case js.ExportToken, js.ImportToken:
		if len(l.brackets) == 0 && prev.kind() != js.DotToken {
			l.module = true
		}
	default:
		if js.IsIdentifier(kind) && prev.kind() != js.DotToken && prev.kind() != js.OptChainToken {
			name := l.src[start:end]
			if bytes.IndexByte(name, '\\') >= 0 {
				t.flags |= escaped
				t.ref = l.names.add(decodeName(name))
			} else {
				t.ref = l.names.number(start, end)
			}
		}
	}
	if len(l.tokens) == cap(l.tokens) { // grow by what the rest will need
		need := int(float64(len(l.tokens))*float64(len(l.src))/float64(end+1)*1.1) + 1<<10
		grown := make([]token, len(l.tokens), max(need, len(l.tokens)+len(l.tokens)/4))
		copy(grown, l.tokens)
		l.tokens = grown
	}
	l.tokens = append(l.tokens, t)
}

// close returns the open bracket that one of a kind closes, and 0 if none does.
// Brackets inside of it that are open still are given up.
func (l *lexer) close(kind js.TokenType) uint32 {
	const depth = 16 // of brackets that are looked through
	for i := len(l.brackets) - 1; i >= max(0, len(l.brackets)-depth); i-- {
		open := l.brackets[i].at
		var ok bool
		switch l.tokens[open].kind() {
		case js.OpenBraceToken:
			ok = kind == js.CloseBraceToken
		case js.OpenParenToken:
			ok = kind == js.CloseParenToken
		case js.OpenBracketToken:
			ok = kind == js.CloseBracketToken
		default:
			ok = kind == js.TemplateMiddleToken || kind == js.TemplateEndToken
		}
		if ok {
			if i < len(l.brackets)-1 {
				l.report("brackets do not match")
			}
			l.brackets = l.brackets[:i]
			return open
		}
	}
	l.report("brackets do not match")
	return 0
}

// regexpMayFollow tells whether a slash at an offset begins a regular expression.
func (l *lexer) regexpMayFollow(start int) bool {
	if l.rescans > l.patience() {
		return false
	}
	last := l.last()
	switch last.kind() {
	case js.LtToken: // JSX: </div>
		return int(last.end) != start
	case js.CloseBraceToken: // JSX: <div {...a} />
		if l.src[start+1] == '>' {
			return false
		}
	}
	return l.operandMayFollow(len(l.tokens) - 1)
}

// operandMayFollow tells whether an operand, and not an operator, follows a token.
func (l *lexer) operandMayFollow(at int) bool {
	t := l.tokens[at]
	switch t.kind() {
	case js.StringToken, js.TemplateToken, js.TemplateEndToken, js.RegExpToken, js.PrivateIdentifierToken,
		js.CloseBracketToken, js.ThisToken, js.SuperToken, js.NullToken, js.TrueToken, js.FalseToken:
		return false
	case js.CloseParenToken:
		if t.ref == 0 {
			return false
		}
		switch before := l.tokens[t.ref-1]; before.kind() {
		case js.IfToken, js.WhileToken, js.ForToken, js.WithToken:
			return !l.property(int(t.ref) - 1)
		case js.AwaitToken:
			return l.tokens[t.ref-2].kind() == js.ForToken
		}
		return false
	case js.CloseBraceToken:
		return t.ref == 0 || l.tokens[t.ref].flags&object == 0
	case js.NotToken: // or TypeScript's for what is not null: width! / 2
		switch l.tokens[at-1].kind() {
		case js.AwaitToken, js.YieldToken, js.OfToken, js.NotToken, js.IncrToken, js.DecrToken:
			return true
		}
		return t.flags&afterLine != 0 || l.operandMayFollow(at-1)
	case js.IncrToken, js.DecrToken:
		return t.flags&afterLine != 0 || at == 0 || l.operandMayFollow(at-1)
	}
	if js.IsNumeric(t.kind()) || js.IsIdentifier(t.kind()) {
		return false
	}
	return !js.IsReservedWord(t.kind()) || !l.property(at)
}

// property tells whether a token is the name of a property, after a dot.
func (l *lexer) property(at int) bool {
	k := l.tokens[at-1].kind()
	return k == js.DotToken || k == js.OptChainToken
}

// objectMayFollow tells whether a brace after a token begins an object and no
// block.
func (l *lexer) objectMayFollow(prev token) bool {
	switch prev.kind() {
	case js.OpenParenToken, js.OpenBracketToken, js.CommaToken, js.QuestionToken, js.EllipsisToken,
		js.TemplateStartToken, js.TemplateMiddleToken,
		js.ReturnToken, js.TypeofToken, js.VoidToken, js.ThrowToken, js.InToken, js.InstanceofToken,
		js.DeleteToken, js.AwaitToken, js.YieldToken, js.DefaultToken, js.CaseToken, js.NewToken,
		js.ConstToken, js.LetToken, js.VarToken, js.ImportToken, js.ExportToken, js.OfToken:
		return true
	case js.ColonToken:
		if n := len(l.brackets); n > 0 && prev.flags&object == 0 {
			open := l.tokens[l.brackets[n-1].at]
			return open.kind() != js.OpenBraceToken || open.flags&object != 0
		}
		return prev.flags&object != 0
	}
	return js.IsOperator(prev.kind())
}
