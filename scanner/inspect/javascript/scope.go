package javascript

import (
	"github.com/tdewolff/parse/v2/js"
)

// A declaration is a name in a scope.
type declaration struct {
	name  uint32
	next  int32  // in the same scope; 0 ends the list
	scope int32  // 0 is that of the script
	init  uint32 // the token that its value begins at; 0 if it has none
	// source is the declaration whose value this one takes a property of, in a
	// pattern or an import; key is the token that names the property, or 0 if
	// it is the whole. An element of an array pattern has its index in element.
	source  int32
	key     uint32
	element int32 // negative if it is none
	kind    declarationKind
	// writes counts the values that it is given, the first included.
	writes uint8
	// changed says that properties or elements of its value are assigned to.
	changed bool
	state   evaluation
}

type declarationKind uint8

const (
	variable declarationKind = iota
	parameter
	function
	classDeclaration
	imported // a name from a module; of the source, init is the specifier's string
)

// A scope is a range of tokens in which names are declared.
type scope struct {
	open, close uint32
	first       int32 // declaration
}

// An entry is what the scoper is in: a bracket, a function, or the expression
// that is the body of an arrow function.
type entry struct {
	open, close uint32
	kind        entryKind
	scope       int32 // -1 while nothing is declared in it
	// declares is the kind of declaration whose list goes on in this bracket,
	// after const, let or var.
	declares js.TokenType
}

type entryKind uint8

const (
	bracketEntry entryKind = iota
	functionEntry
	arrowEntry   // without braces: ends with the expression
	headEntry    // of a for loop or a catch clause: parentheses and body
	shortForHead // of a for loop without braces: ends with the statement
)

// A scoper finds out what is declared where.
type scoper struct {
	*lexer
	scopes       []scope
	declarations []declaration
	entries      []entry
}

// declare ties the names of the script to their declarations.
func (l *lexer) declare() *scoper {
	s := &scoper{lexer: l}
	s.declarations = make([]declaration, 1, len(l.tokens)/16+16)
	last := uint32(len(l.tokens) - 1)
	s.scopes = append(s.scopes, scope{open: 0, close: last})
	s.entries = append(s.entries, entry{open: 0, close: last, kind: functionEntry})
	for i := 1; i < int(last); i++ {
		s.token(uint32(i))
	}
	for len(s.entries) > 1 {
		s.pop(last)
	}
	s.resolve()
	return s
}

func (s *scoper) top() *entry { return &s.entries[len(s.entries)-1] }

func (s *scoper) enter(kind entryKind, open, close uint32) {
	s.entries = append(s.entries, entry{open: open, close: close, kind: kind, scope: -1})
}

// enterFunction enters one whose parameters and body begin at two tokens.
func (s *scoper) enterFunction(open, brace uint32) {
	s.tokens[brace].flags |= body
	s.enter(functionEntry, open, s.tokens[brace].ref)
}

// pop leaves the innermost entry, at a token.
func (s *scoper) pop(at uint32) {
	top := s.top()
	if top.scope > 0 {
		s.scopes[top.scope].close = at
	}
	s.entries = s.entries[:len(s.entries)-1]
}

// endExpressions leaves the arrow functions without braces that end at a token.
func (s *scoper) endExpressions(at uint32, statement bool) {
	for k := s.top().kind; k == arrowEntry || k == shortForHead && statement; k = s.top().kind {
		s.pop(at)
	}
}

// add declares the name of a token: in the innermost scope, or in the function's.
func (s *scoper) add(at uint32, d declaration, hoisted bool) int32 {
	i := len(s.entries) - 1
	if hoisted {
		for s.entries[i].kind != functionEntry && s.entries[i].kind != arrowEntry {
			i--
		}
	} else {
		for s.entries[i].kind == bracketEntry && s.tokens[s.entries[i].open].kind() != js.OpenBraceToken {
			i-- // parentheses and brackets are no scopes
		}
	}
	return s.addTo(&s.entries[i], at, d)
}

func (s *scoper) addTo(e *entry, at uint32, d declaration) int32 {
	if e.scope < 0 {
		e.scope = int32(len(s.scopes))
		s.scopes = append(s.scopes, scope{open: e.open, close: e.close})
	}
	n := int32(len(s.declarations))
	if at > 0 {
		s.tokens[at].flags |= binding
		d.name = s.tokens[at].ref
	}
	d.scope = e.scope
	d.next = s.scopes[e.scope].first
	s.scopes[e.scope].first = n
	s.declarations = append(s.declarations, d)
	return n
}

func (s *scoper) kind(at uint32) js.TokenType {
	if int(at) >= len(s.tokens) {
		return js.ErrorToken
	}
	return s.tokens[at].kind()
}

func (s *scoper) text(at uint32) string {
	t := s.tokens[at]
	return string(s.src[t.start:t.end])
}

// name tells whether a token is a name that can be declared.
func (s *scoper) name(at uint32) bool { return js.IsIdentifier(s.kind(at)) }

// token looks at one token for what it declares and what scopes it opens.
func (s *scoper) token(i uint32) {
	t := &s.tokens[i]
	if t.flags&afterLine != 0 && (s.top().kind == arrowEntry || s.top().kind == shortForHead) &&
		!s.operandMayFollow(int(i)-1) && startsStatement(t.kind()) {
		s.endExpressions(i, true)
	}
	if t.flags&types != 0 { // declares nothing at run time
		switch t.kind() {
		case js.OpenParenToken, js.OpenBraceToken, js.OpenBracketToken, js.TemplateStartToken:
			if t.ref > i {
				s.enter(bracketEntry, i, t.ref)
			}
		case js.TemplateMiddleToken, js.TemplateEndToken, js.CloseParenToken, js.CloseBraceToken, js.CloseBracketToken:
			s.closing(i)
		}
		return
	}
	switch t.kind() {
	case js.OpenParenToken:
		s.parenthesis(i)
	case js.OpenBraceToken, js.OpenBracketToken, js.TemplateStartToken:
		if t.ref > 0 {
			s.enter(bracketEntry, i, t.ref)
		}
	case js.TemplateMiddleToken, js.TemplateEndToken, js.CloseParenToken, js.CloseBraceToken, js.CloseBracketToken:
		s.closing(i)
	case js.CommaToken:
		s.endExpressions(i, false)
		if top := s.top(); top.declares != 0 && s.declaratorAt(i+1) {
			s.declarator(i+1, top.declares)
		}
	case js.SemicolonToken:
		s.endExpressions(i, true)
		s.top().declares = 0
	case js.FunctionToken:
		s.function(i)
	case js.ClassToken:
		s.class(i)
	case js.ConstToken, js.LetToken, js.VarToken:
		if !s.property(int(i)) && t.flags&binding == 0 && s.declaratorAt(i+1) {
			s.declarator(i+1, t.kind())
			if s.top().kind != arrowEntry {
				s.top().declares = t.kind()
			}
		}
	case js.ImportToken:
		if !s.property(int(i)) {
			s.importing(i)
		}
	case js.ExportToken:
		if !s.property(int(i)) {
			s.exporting(i)
		}
	case js.InterfaceToken:
		s.skipType(i)
	default:
		if js.IsIdentifier(t.kind()) {
			s.identifier(i)
		}
	}
}

// startsStatement tells whether a token at the start of a line, after a complete
// expression, begins a statement.
func startsStatement(k js.TokenType) bool {
	return js.IsIdentifierName(k) && k != js.InToken && k != js.InstanceofToken || js.IsNumeric(k) ||
		k == js.StringToken || k == js.OpenBraceToken || k == js.PrivateIdentifierToken
}

func (s *scoper) closing(i uint32) {
	open := s.tokens[i].ref
	if s.tokens[i].kind() != js.TemplateMiddleToken && open == 0 {
		return
	}
	s.endExpressions(i, true)
	if len(s.entries) > 1 && s.top().close <= i {
		s.pop(i)
	}
	for k := s.top().kind; len(s.entries) > 1 && s.top().close <= i && (k == functionEntry || k == headEntry); k = s.top().kind {
		s.pop(i)
	}
	if s.tokens[i].kind() == js.TemplateMiddleToken && open > 0 {
		s.enter(bracketEntry, i, open)
	}
}

// parenthesis opens the scope of a function's parameters and body, of a catch
// clause or of a for loop, where this is its parenthesis.
func (s *scoper) parenthesis(i uint32) {
	close := s.tokens[i].ref
	if close == 0 {
		return
	}
	prev := s.kind(i - 1)
	switch {
	case s.tokens[i].flags&binding != 0: // a function's, which is open already
	case s.kind(close+1) == js.ArrowToken:
		s.parameters(i, close, close+2)
	case prev == js.CatchToken && !s.property(int(i)-1) && s.kind(close+1) == js.OpenBraceToken:
		s.enter(headEntry, i, s.tokens[close+1].ref)
		s.list(i+1, close, parameter)
	case (prev == js.ForToken || prev == js.AwaitToken && s.kind(i-2) == js.ForToken) && !s.property(int(i)-1):
		if s.kind(close+1) == js.OpenBraceToken && s.tokens[close+1].ref > 0 {
			s.enter(headEntry, i, s.tokens[close+1].ref)
		} else {
			s.enter(shortForHead, i, s.top().close)
		}
	case s.methodAt(i, close):
		s.tokens[i-1].flags |= binding
		body := s.body(close + 1)
		s.parameters(i, close, body)
	case s.signatureAt(i, close):
		s.tokens[i-1].flags |= types
	default:
		if s.kind(close+1) == js.ColonToken && s.tokens[close+1].flags&object == 0 { // a type, in TypeScript
			if arrow := s.typeEnd(close + 2); s.kind(arrow) == js.ArrowToken && prev != js.CaseToken {
				s.parameters(i, close, arrow+1)
			}
		}
	}
	s.enter(bracketEntry, i, close)
}

// methodAt tells whether a parenthesis has the parameters of a method.
func (s *scoper) methodAt(i, close uint32) bool {
	top := s.top()
	if top.kind != bracketEntry || s.tokens[top.open].flags&(object|class) == 0 || s.kind(top.open) != js.OpenBraceToken {
		return false
	}
	switch prev := s.kind(i - 1); {
	case s.property(int(i)-1) || s.kind(i-2) == js.NewToken:
		return false
	case prev == js.CloseBracketToken, prev == js.StringToken, prev == js.PrivateIdentifierToken,
		js.IsIdentifierName(prev) && prev != js.FunctionToken, js.IsNumeric(prev):
		return s.body(close+1) > 0
	}
	return false
}

// signatureAt tells whether a parenthesis in the body of a class has the parameters of a
// method without a body, as TypeScript has them. No call can stand there.
func (s *scoper) signatureAt(i, close uint32) bool {
	top, end := s.top(), s.kind(close+1)
	if top.kind != bracketEntry || s.tokens[top.open].flags&class == 0 || !js.IsIdentifier(s.kind(i-1)) || end != js.ColonToken && end != js.SemicolonToken {
		return false
	}
	switch s.kind(i - 2) {
	case js.OpenBraceToken, js.CloseBraceToken, js.SemicolonToken:
		return true
	}
	switch s.text(i - 2) {
	case "public", "protected", "private", "abstract", "static", "override":
		return true
	}
	return false
}

// body returns the brace that begins a function's body, at a token or after the
// type that stands there; 0 if there is none.
func (s *scoper) body(i uint32) uint32 {
	if s.kind(i) == js.ColonToken {
		if i = s.typeEnd(i + 1); s.kind(i) == js.OpenBraceToken {
			s.tokens[i].flags &^= object // the lexer took "<T> {" and "void {" for one
		}
	}
	if s.kind(i) == js.OpenBraceToken && s.tokens[i].ref > 0 {
		return i
	}
	return 0
}

// parameters opens the scope of a function whose parameters stand in the
// parentheses [open, close] and whose body begins at a token, and declares them.
func (s *scoper) parameters(open, close, body uint32) {
	if s.kind(body) == js.OpenBraceToken && s.tokens[body].ref > 0 {
		s.enterFunction(open, body)
	} else {
		s.enter(arrowEntry, open, s.top().close)
	}
	s.list(open+1, close, parameter)
}

func (s *scoper) function(i uint32) {
	if s.property(int(i)) || s.kind(i+1) == js.ColonToken {
		return
	}
	at := i + 1
	if s.kind(at) == js.MulToken {
		at++
	}
	name := uint32(0)
	if s.name(at) {
		name = at
		at++
	}
	if s.kind(at) == js.LtToken { // type parameters
		for n := 0; n < 64 && s.kind(at) != js.OpenParenToken && s.kind(at) != js.ErrorToken; n++ {
			at++
		}
	}
	if s.kind(at) != js.OpenParenToken || s.tokens[at].ref == 0 {
		return
	}
	close := s.tokens[at].ref
	before := i - 1
	if s.kind(before) == js.AsyncToken {
		before--
	}
	d := declaration{kind: function, init: i, writes: 1, element: -1}
	statement := s.statementMayFollow(before)
	if name > 0 && statement {
		s.add(name, d, false)
	}
	body := s.body(close + 1)
	if body == 0 {
		return // an overload
	}
	s.enterFunction(at, body)
	if name > 0 && !statement {
		s.tokens[name].flags |= binding
		s.add(name, d, false)
	}
	s.list(at+1, close, parameter)
	s.tokens[at].flags |= binding // its parenthesis is looked at
}

// statementMayFollow tells whether what stands after a token is a statement.
func (s *scoper) statementMayFollow(at uint32) bool {
	switch t := s.tokens[at]; t.kind() {
	case js.SemicolonToken, js.ErrorToken, js.ExportToken, js.ElseToken, js.DoToken:
		return true
	case js.DefaultToken:
		return true
	case js.OpenBraceToken:
		return t.flags&object == 0
	case js.ColonToken:
		return t.flags&object == 0 && !s.inObject()
	case js.CloseBraceToken, js.CloseParenToken:
		return true
	default:
		return s.tokens[at+1].flags&afterLine != 0 && !s.operandMayFollow(int(at))
	}
}

func (s *scoper) inObject() bool {
	top := s.top()
	return top.kind == bracketEntry && (s.kind(top.open) != js.OpenBraceToken || s.tokens[top.open].flags&object != 0)
}

func (s *scoper) class(i uint32) {
	if s.property(int(i)) || s.kind(i+1) == js.ColonToken {
		return
	}
	if s.name(i+1) && s.statementMayFollow(i-1) {
		s.add(i+1, declaration{kind: classDeclaration, init: i, writes: 1, element: -1}, false)
	} else if s.name(i + 1) {
		s.tokens[i+1].flags |= binding
	}
	const most = 64 // tokens before the body
	for at, n := i+1, 0; n < most; at, n = at+1, n+1 {
		switch k := s.kind(at); {
		case k == js.OpenBraceToken && s.kind(at-1) != js.ExtendsToken:
			s.tokens[at].flags = s.tokens[at].flags&^object | class
			return
		case opens(k) && s.tokens[at].ref > at:
			at = s.tokens[at].ref
		case k == js.SemicolonToken, k == js.ErrorToken && int(at) == len(s.tokens)-1:
			return
		}
	}
}

// identifier looks at a name: the parameter of an arrow function, a field of a
// class, a key, or the beginning of what only types are.
func (s *scoper) identifier(i uint32) {
	t := &s.tokens[i]
	if t.flags&binding != 0 || s.property(int(i)) {
		return
	}
	next := s.kind(i + 1)
	if next == js.ArrowToken {
		s.parameters1(i)
		return
	}
	if top := s.top(); top.kind == bracketEntry && s.kind(top.open) == js.OpenBraceToken {
		flags := s.tokens[top.open].flags
		prev := s.kind(i - 1)
		switch {
		case flags&object != 0 && next == js.ColonToken && (prev == js.OpenBraceToken || prev == js.CommaToken):
			t.flags |= binding
		case flags&class != 0 && (next == js.EqToken || next == js.SemicolonToken || next == js.ColonToken || next == js.NotToken):
			if t.flags&afterLine != 0 || prev == js.SemicolonToken || prev == js.OpenBraceToken || prev == js.CloseBraceToken || js.IsIdentifier(prev) {
				t.flags |= binding
			}
		}
	}
	if js.IsIdentifier(next) || next == js.ConstToken || next == js.VarToken || next == js.ClassToken || next == js.FunctionToken {
		if text := s.text(i); text == "declare" || text == "type" && (s.kind(i+2) == js.EqToken || s.kind(i+2) == js.LtToken) {
			s.skipType(i)
		}
	}
}

// parameters1 opens the scope of an arrow function with one bare parameter.
func (s *scoper) parameters1(i uint32) {
	if body := i + 2; s.kind(body) == js.OpenBraceToken && s.tokens[body].ref > 0 {
		s.enterFunction(i, body)
	} else {
		s.enter(arrowEntry, i, s.top().close)
	}
	s.add(i, declaration{kind: parameter, writes: 2, element: -1}, false)
}

// skipType marks what a declaration of types holds: an interface, a type alias,
// or whatever is declared to be elsewhere. It is no code.
func (s *scoper) skipType(i uint32) {
	if !s.statementMayFollow(i-1) && s.kind(i-1) != js.ExportToken || !js.IsIdentifierName(s.kind(i+1)) || s.tokens[i+1].flags&afterLine != 0 {
		return
	}
	const most = 256 // tokens, brackets being one
	block := s.kind(i) == js.InterfaceToken
	if s.text(i) == "declare" {
		switch s.text(i + 1) {
		case "namespace", "module", "global", "class", "abstract", "interface", "enum":
			block = true
		}
	}
	at := i + 1
	for n := 0; n < most; n++ {
		k := s.kind(at)
		if k == js.SemicolonToken || k == js.CloseBraceToken || int(at) >= len(s.tokens)-1 ||
			n > 1 && s.tokens[at].flags&afterLine != 0 && startsStatement(k) && (s.kind(at-1) == js.CloseBraceToken || !s.operandMayFollow(int(at)-1)) {
			break
		}
		if opens(k) && s.tokens[at].ref > at {
			at = s.tokens[at].ref
			if k == js.OpenBraceToken && block {
				at++
				break
			}
		}
		at++
	}
	for ; i < at; i++ {
		s.tokens[i].flags |= types
	}
}
