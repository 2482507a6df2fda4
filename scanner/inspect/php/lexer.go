package php

import "bytes"

// A lexer cuts a script into the tokens that PHP's own token_get_all returns,
// with all keywords taken for names. It never fails, keeps its place in strings
// within strings on a stack of its own, and goes over every byte a fixed number
// of times at most.
type lexer struct {
	src   []byte
	at    int
	short bool // whether <? opens, as the setting short_open_tag says
	// sawShort says that a tag was passed over, or taken, that depends on it.
	sawShort bool
	unended  bool // a string in single quotes has no end

	state  lexerState
	stack  []lexerState
	labels []label // of the heredocs that are open

	halt int // 1 more than the tokens that __halt_compiler lacks; 0 is none
}

type lexerState uint8

const (
	outsideState lexerState = iota // of the tags
	codeState
	propertyState // after ->
	inDoubleQuotesState
	inTicksState
	inHeredocState
	inNowdocState
	atHeredocEndState
	inOffsetState // "$x[
	inNameState   // "${
)

type label struct{ start, end int }

func newLexer(src []byte, state lexerState, short bool) *lexer {
	return &lexer{src: src, state: state, short: short}
}

// next returns the next token; at the end, one of kind endToken.
func (l *lexer) next() token {
	if l.at >= len(l.src) {
		return token{start: uint32(len(l.src)), end: uint32(len(l.src))}
	}
	start := l.at
	if l.halt == 1 {
		l.at = len(l.src)
		return token{start: uint32(start), end: uint32(l.at), kind: htmlToken}
	}
	kind := l.scan()
	t := token{start: uint32(start), end: uint32(l.at), kind: kind}
	if kind == nameToken {
		t.word = wordOf(l.src[start:l.at])
	}
	switch {
	case l.halt > 0:
		if kind != spaceToken && kind != commentToken && kind != openTagToken {
			l.halt--
		}
	case t.word == wordHaltCompiler && kind == nameToken:
		l.halt = 4
	}
	return t
}

func (l *lexer) scan() tokenKind {
	for {
		switch l.state {
		case outsideState:
			return l.outside()
		case codeState:
			return l.code()
		case propertyState:
			if kind := l.property(); kind != endToken {
				return kind
			}
			l.pop()
		case inNameState:
			end := labelEnd(l.src, l.at)
			l.state = codeState
			if end > l.at && end < len(l.src) && (l.src[end] == '[' || l.src[end] == '}') {
				l.at = end
				return varNameToken
			}
		case inOffsetState:
			return l.offset()
		case atHeredocEndState:
			return l.heredocEnd()
		case inNowdocState:
			return l.nowdoc()
		default:
			return l.interpolated()
		}
	}
}

func (l *lexer) push(to lexerState) {
	l.stack = append(l.stack, l.state)
	l.state = to
}

func (l *lexer) pop() {
	if n := len(l.stack); n > 0 {
		l.state = l.stack[n-1]
		l.stack = l.stack[:n-1]
	}
}

// outside reads what stands before the next tag, or the tag.
func (l *lexer) outside() tokenKind {
	if n, kind := l.openTag(l.at); n > 0 {
		l.at += n
		l.state = codeState
		return kind
	}
	for from := l.at + 1; ; {
		i := bytes.Index(l.src[min(from, len(l.src)):], []byte("<?"))
		if i < 0 {
			l.at = len(l.src)
			return htmlToken
		}
		if n, _ := l.openTag(from + i); n > 0 {
			l.at = from + i
			return htmlToken
		}
		from += i + 2
	}
}

// openTag returns the length of the tag that stands at a place, 0 for none.
func (l *lexer) openTag(at int) (int, tokenKind) {
	s := l.src[at:]
	switch {
	case !bytes.HasPrefix(s, []byte("<?")):
		return 0, endToken
	case len(s) > 2 && s[2] == '=':
		return 3, openEchoToken
	case hasPrefixFold(s[2:], "php"):
		switch {
		case len(s) == 5:
			return 5, openTagToken
		case isSpace(s[5]):
			return 5 + max(1, lineEnd(s[5:])), openTagToken
		}
	}
	// PHP would open at <?xml too, and then find that this is no PHP.
	if hasPrefixFold(s[2:], "xml") {
		return 0, endToken
	}
	l.sawShort = true
	if l.short {
		return 2, openTagToken
	}
	return 0, endToken
}

// property reads a token after ->; endToken where what follows names no property.
func (l *lexer) property() tokenKind {
	rest := l.src[l.at:]
	switch {
	case isSpace(rest[0]):
		return l.space()
	case isLabelStart(rest[0]):
		l.at = labelEnd(l.src, l.at)
		l.pop()
		return varNameToken
	case rest[0] == '#', bytes.HasPrefix(rest, []byte("//")):
		return l.lineComment()
	case bytes.HasPrefix(rest, []byte("/*")):
		return l.blockComment()
	case bytes.HasPrefix(rest, []byte("->")):
		l.at += len("->")
		return arrowToken
	case bytes.HasPrefix(rest, []byte("?->")):
		l.at += len("?->")
		return nullArrowToken
	}
	return endToken
}

// code reads a token within the tags.
func (l *lexer) code() tokenKind {
	s, c := l.src, l.src[l.at]
	second := byte(0)
	if l.at+1 < len(s) {
		second = s[l.at+1]
	}
	switch {
	case isSpace(c):
		return l.space()
	case (c == 'b' || c == 'B') && (second == '\'' || second == '"' || second == '<'):
		if second != '<' {
			return l.quoted(l.at + 1)
		}
		if kind := l.heredoc(l.at + 1); kind != endToken {
			return kind
		}
		l.at++
		return nameToken
	case isLabelStart(c):
		if end := yieldFromEnd(s, l.at); end > 0 {
			l.at = end
			return yieldFromToken
		}
		l.at = qualifiedEnd(s, l.at)
		return nameToken
	case c == '\\' && isLabelStart(second):
		l.at = qualifiedEnd(s, l.at+1)
		return nameToken
	case c == '$' && isLabelStart(second):
		l.at = labelEnd(s, l.at+1)
		return variableToken
	case isDigit(c), c == '.' && isDigit(second):
		l.at = numberEnd(s, l.at)
		return numberToken
	case c == '\'' || c == '"':
		return l.quoted(l.at)
	case c == '`':
		l.at++
		// As in PHP, the state is replaced and not pushed: the } of "{$x}" is what
		// leads back.
		l.state = inTicksState
		return tickToken
	case c == '#' && second == '[':
		l.at += 2
		return attributeToken
	case c == '#', c == '/' && second == '/':
		return l.lineComment()
	case c == '/' && second == '*':
		return l.blockComment()
	case c == '?' && second == '>':
		l.at += 2
		l.at += lineEnd(s[l.at:])
		l.state = outsideState
		return closeTagToken
	case c == '{':
		l.at++
		l.push(codeState)
		return '{'
	case c == '}':
		l.at++
		l.pop()
		return '}'
	case c == '(':
		if end := castEnd(s, l.at); end > 0 {
			l.at = end
			return castToken
		}
	case c == '<' && second == '<':
		if kind := l.heredoc(l.at); kind != endToken {
			return kind
		}
	}
	for _, o := range operators[c] {
		if bytes.HasPrefix(s[l.at:], []byte(o.text)) {
			l.at += len(o.text)
			if o.kind == arrowToken || o.kind == nullArrowToken {
				l.push(propertyState)
			}
			return o.kind
		}
	}
	l.at++
	if bytes.IndexByte([]byte(";:,.|^&+-/*=%!~$<>?@()[]\\"), c) >= 0 {
		return tokenKind(c)
	}
	return badToken
}

func (l *lexer) space() tokenKind {
	for l.at < len(l.src) && isSpace(l.src[l.at]) {
		l.at++
	}
	return spaceToken
}

// lineComment goes to the end of the line or to a closing tag.
func (l *lexer) lineComment() tokenKind {
	for l.at < len(l.src) {
		switch l.src[l.at] {
		case '\n', '\r':
			return commentToken
		case '?':
			if l.at+1 < len(l.src) && l.src[l.at+1] == '>' {
				return commentToken
			}
		}
		l.at++
	}
	return commentToken
}

func (l *lexer) blockComment() tokenKind {
	if i := bytes.Index(l.src[l.at+2:], []byte("*/")); i >= 0 {
		l.at += i + 4
	} else {
		l.at = len(l.src)
	}
	return commentToken
}

// quoted reads a string whose quote stands at a place; b may be before it.
func (l *lexer) quoted(at int) tokenKind {
	s, quote := l.src, l.src[at]
	for i := at + 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == quote:
			l.at = i + 1
			return stringToken
		case c == '\\':
			i++
		case quote == '"' && startsVariable(s, i):
			l.at = at + 1
			l.state = inDoubleQuotesState
			return quoteToken
		}
	}
	if quote == '\'' {
		l.at = len(s)
		l.unended = true
		return textToken
	}
	l.at = at + 1
	l.state = inDoubleQuotesState
	return quoteToken
}

// startsVariable tells whether a variable begins at a place in a string.
func startsVariable(s []byte, at int) bool {
	if at+1 >= len(s) {
		return false
	}
	switch s[at] {
	case '$':
		return isLabelStart(s[at+1]) || s[at+1] == '{'
	case '{':
		return s[at+1] == '$'
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLabelStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

// labelEnd returns where the label ends that begins at a place; the place itself
// where none does.
func labelEnd(s []byte, at int) int {
	if at >= len(s) || !isLabelStart(s[at]) {
		return at
	}
	for at < len(s) && (isLabelStart(s[at]) || isDigit(s[at])) {
		at++
	}
	return at
}

// qualifiedEnd is labelEnd for a name with namespaces.
func qualifiedEnd(s []byte, at int) int {
	at = labelEnd(s, at)
	for at+1 < len(s) && s[at] == '\\' && isLabelStart(s[at+1]) {
		at = labelEnd(s, at+1)
	}
	return at
}

// yieldFromEnd returns where "yield from" ends, which is one token; 0 where
// something else begins at the place.
func yieldFromEnd(s []byte, at int) int {
	if !hasPrefixFold(s[at:], "yield") {
		return 0
	}
	at += len("yield")
	from := at
	for at < len(s) && isSpace(s[at]) {
		at++
	}
	if at == from || !hasPrefixFold(s[at:], "from") {
		return 0
	}
	end := at + len("from")
	if labelEnd(s, at) != end {
		return 0
	}
	return end
}

// lineEnd returns the length of the line end that s begins with.
func lineEnd(s []byte) int {
	switch {
	case bytes.HasPrefix(s, []byte("\r\n")):
		return 2
	case len(s) > 0 && (s[0] == '\n' || s[0] == '\r'):
		return 1
	}
	return 0
}

// hasPrefixFold is bytes.HasPrefix in any case of the letters of ASCII.
func hasPrefixFold(s []byte, prefix string) bool {
	return len(s) >= len(prefix) && bytes.EqualFold(s[:len(prefix)], []byte(prefix))
}

// numberEnd returns where the number ends that begins at a place.
func numberEnd(s []byte, at int) int {
	if s[at] == '0' && at+2 < len(s) {
		var digits string
		switch lowerASCII(s[at+1]) {
		case 'x':
			digits = "0123456789abcdef"
		case 'o':
			digits = "01234567"
		case 'b':
			digits = "01"
		}
		if end := digitsEnd(s, at+2, digits); end > at+2 {
			return end
		}
	}
	const decimal = "0123456789"
	end := digitsEnd(s, at, decimal)
	if end < len(s) && s[end] == '.' {
		if next := digitsEnd(s, end+1, decimal); next > end+1 || end > at {
			end = next
		}
	}
	if end < len(s) && lowerASCII(s[end]) == 'e' {
		from := end + 1
		if from < len(s) && (s[from] == '+' || s[from] == '-') {
			from++
		}
		if next := digitsEnd(s, from, decimal); next > from {
			end = next
		}
	}
	return end
}

// digitsEnd goes over digits with single low lines between them.
func digitsEnd(s []byte, at int, digits string) int {
	is := func(at int) bool { return at < len(s) && bytes.IndexByte([]byte(digits), lowerASCII(s[at])) >= 0 }
	if !is(at) {
		return at
	}
	for is(at) || at < len(s) && s[at] == '_' && is(at+1) {
		at++
	}
	return at
}

var casts = map[string]bool{
	"int": true, "integer": true, "bool": true, "boolean": true, "float": true, "double": true, "real": true,
	"string": true, "binary": true, "array": true, "object": true, "unset": true,
}

// castEnd returns where a cast ends that begins with the parenthesis at a place,
// 0 where there is none.
func castEnd(s []byte, at int) int {
	blank := func() {
		for at++; at < len(s) && (s[at] == ' ' || s[at] == '\t'); at++ {
		}
	}
	blank()
	end := at
	for end < len(s) && end-at < len("boolean") && isLabelStart(s[end]) {
		end++
	}
	if !casts[string(bytes.ToLower(s[at:end]))] {
		return 0
	}
	at = end - 1
	blank()
	if at < len(s) && s[at] == ')' {
		return at + 1
	}
	return 0
}
