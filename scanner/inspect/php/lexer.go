package php

import "bytes"

// A phpLexer cuts a script into the tokens that PHP's own token_get_all returns,
// with all keywords taken for names. It never fails, keeps its place in strings
// within strings on a stack of its own, and goes over every byte a fixed number
// of times at most.
type phpLexer struct {
	src   []byte
	at    int
	short bool // whether <? opens, as the setting short_open_tag says
	// sawShort says that a tag was passed over, or taken, that depends on it.
	sawShort bool
	unended  bool // a string in single quotes has no end

	state  phpState
	stack  []phpState
	labels []phpLabel // of the heredocs that are open

	halt int // 1 more than the tokens that __halt_compiler lacks; 0 is none
}

type phpState uint8

const (
	phpOutside phpState = iota // of the tags
	phpCode
	phpProperty // after ->
	phpInDoubleQuotes
	phpInTicks
	phpInHeredoc
	phpInNowdoc
	phpAtHeredocEnd
	phpInOffset // "$x[
	phpInName   // "${
)

type phpLabel struct{ start, end int }

func newPHPLexer(src []byte, state phpState, short bool) *phpLexer {
	return &phpLexer{src: src, state: state, short: short}
}

// next returns the next token; at the end, one of kind phpEnd.
func (l *phpLexer) next() phpToken {
	if l.at >= len(l.src) {
		return phpToken{start: uint32(len(l.src)), end: uint32(len(l.src))}
	}
	start := l.at
	if l.halt == 1 {
		l.at = len(l.src)
		return phpToken{start: uint32(start), end: uint32(l.at), kind: phpHTML}
	}
	kind := l.scan()
	t := phpToken{start: uint32(start), end: uint32(l.at), kind: kind}
	if kind == phpName {
		t.word = phpWordOf(l.src[start:l.at])
	}
	switch {
	case l.halt > 0:
		if kind != phpSpace && kind != phpComment && kind != phpOpenTag {
			l.halt--
		}
	case t.word == wordHaltCompiler && kind == phpName:
		l.halt = 4
	}
	return t
}

func (l *phpLexer) scan() phpKind {
	for {
		switch l.state {
		case phpOutside:
			return l.outside()
		case phpCode:
			return l.code()
		case phpProperty:
			if kind := l.property(); kind != phpEnd {
				return kind
			}
			l.pop()
		case phpInName:
			end := labelEnd(l.src, l.at)
			l.state = phpCode
			if end > l.at && end < len(l.src) && (l.src[end] == '[' || l.src[end] == '}') {
				l.at = end
				return phpVarName
			}
		case phpInOffset:
			return l.offset()
		case phpAtHeredocEnd:
			return l.heredocEnd()
		case phpInNowdoc:
			return l.nowdoc()
		default:
			return l.interpolated()
		}
	}
}

func (l *phpLexer) push(to phpState) {
	l.stack = append(l.stack, l.state)
	l.state = to
}

func (l *phpLexer) pop() {
	if n := len(l.stack); n > 0 {
		l.state = l.stack[n-1]
		l.stack = l.stack[:n-1]
	}
}

// outside reads what stands before the next tag, or the tag.
func (l *phpLexer) outside() phpKind {
	if n, kind := l.openTag(l.at); n > 0 {
		l.at += n
		l.state = phpCode
		return kind
	}
	for from := l.at + 1; ; {
		i := bytes.Index(l.src[min(from, len(l.src)):], []byte("<?"))
		if i < 0 {
			l.at = len(l.src)
			return phpHTML
		}
		if n, _ := l.openTag(from + i); n > 0 {
			l.at = from + i
			return phpHTML
		}
		from += i + 2
	}
}

// openTag returns the length of the tag that stands at a place, 0 for none.
func (l *phpLexer) openTag(at int) (int, phpKind) {
	s := l.src[at:]
	switch {
	case !bytes.HasPrefix(s, []byte("<?")):
		return 0, phpEnd
	case len(s) > 2 && s[2] == '=':
		return 3, phpOpenEcho
	case hasPrefixFold(s[2:], "php"):
		switch {
		case len(s) == 5:
			return 5, phpOpenTag
		case isPHPSpace(s[5]):
			return 5 + max(1, lineEnd(s[5:])), phpOpenTag
		}
	}
	// PHP would open at <?xml too, and then find that this is no PHP.
	if hasPrefixFold(s[2:], "xml") {
		return 0, phpEnd
	}
	l.sawShort = true
	if l.short {
		return 2, phpOpenTag
	}
	return 0, phpEnd
}

// property reads a token after ->; phpEnd where what follows names no property.
func (l *phpLexer) property() phpKind {
	rest := l.src[l.at:]
	switch {
	case isPHPSpace(rest[0]):
		return l.space()
	case isLabelStart(rest[0]):
		l.at = labelEnd(l.src, l.at)
		l.pop()
		return phpVarName
	case rest[0] == '#', bytes.HasPrefix(rest, []byte("//")):
		return l.lineComment()
	case bytes.HasPrefix(rest, []byte("/*")):
		return l.blockComment()
	case bytes.HasPrefix(rest, []byte("->")):
		l.at += len("->")
		return phpArrow
	case bytes.HasPrefix(rest, []byte("?->")):
		l.at += len("?->")
		return phpNullArrow
	}
	return phpEnd
}

// code reads a token within the tags.
func (l *phpLexer) code() phpKind {
	s, c := l.src, l.src[l.at]
	second := byte(0)
	if l.at+1 < len(s) {
		second = s[l.at+1]
	}
	switch {
	case isPHPSpace(c):
		return l.space()
	case (c == 'b' || c == 'B') && (second == '\'' || second == '"' || second == '<'):
		if second != '<' {
			return l.quoted(l.at + 1)
		}
		if kind := l.heredoc(l.at + 1); kind != phpEnd {
			return kind
		}
		l.at++
		return phpName
	case isLabelStart(c):
		if end := yieldFromEnd(s, l.at); end > 0 {
			l.at = end
			return phpYieldFrom
		}
		l.at = qualifiedEnd(s, l.at)
		return phpName
	case c == '\\' && isLabelStart(second):
		l.at = qualifiedEnd(s, l.at+1)
		return phpName
	case c == '$' && isLabelStart(second):
		l.at = labelEnd(s, l.at+1)
		return phpVariable
	case isDigit(c), c == '.' && isDigit(second):
		l.at = numberEnd(s, l.at)
		return phpNumber
	case c == '\'' || c == '"':
		return l.quoted(l.at)
	case c == '`':
		l.at++
		// As in PHP, the state is replaced and not pushed: the } of "{$x}" is what
		// leads back.
		l.state = phpInTicks
		return phpTick
	case c == '#' && second == '[':
		l.at += 2
		return phpAttribute
	case c == '#', c == '/' && second == '/':
		return l.lineComment()
	case c == '/' && second == '*':
		return l.blockComment()
	case c == '?' && second == '>':
		l.at += 2
		l.at += lineEnd(s[l.at:])
		l.state = phpOutside
		return phpCloseTag
	case c == '{':
		l.at++
		l.push(phpCode)
		return '{'
	case c == '}':
		l.at++
		l.pop()
		return '}'
	case c == '(':
		if end := castEnd(s, l.at); end > 0 {
			l.at = end
			return phpCast
		}
	case c == '<' && second == '<':
		if kind := l.heredoc(l.at); kind != phpEnd {
			return kind
		}
	}
	for _, o := range phpOperators[c] {
		if bytes.HasPrefix(s[l.at:], []byte(o.text)) {
			l.at += len(o.text)
			if o.kind == phpArrow || o.kind == phpNullArrow {
				l.push(phpProperty)
			}
			return o.kind
		}
	}
	l.at++
	if bytes.IndexByte([]byte(";:,.|^&+-/*=%!~$<>?@()[]\\"), c) >= 0 {
		return phpKind(c)
	}
	return phpBad
}

func (l *phpLexer) space() phpKind {
	for l.at < len(l.src) && isPHPSpace(l.src[l.at]) {
		l.at++
	}
	return phpSpace
}

// lineComment goes to the end of the line or to a closing tag.
func (l *phpLexer) lineComment() phpKind {
	for l.at < len(l.src) {
		switch l.src[l.at] {
		case '\n', '\r':
			return phpComment
		case '?':
			if l.at+1 < len(l.src) && l.src[l.at+1] == '>' {
				return phpComment
			}
		}
		l.at++
	}
	return phpComment
}

func (l *phpLexer) blockComment() phpKind {
	if i := bytes.Index(l.src[l.at+2:], []byte("*/")); i >= 0 {
		l.at += i + 4
	} else {
		l.at = len(l.src)
	}
	return phpComment
}

// quoted reads a string whose quote stands at a place; b may be before it.
func (l *phpLexer) quoted(at int) phpKind {
	s, quote := l.src, l.src[at]
	for i := at + 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == quote:
			l.at = i + 1
			return phpString
		case c == '\\':
			i++
		case quote == '"' && startsVariable(s, i):
			l.at = at + 1
			l.state = phpInDoubleQuotes
			return phpQuote
		}
	}
	if quote == '\'' {
		l.at = len(s)
		l.unended = true
		return phpText
	}
	l.at = at + 1
	l.state = phpInDoubleQuotes
	return phpQuote
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

func isPHPSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

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
	for at < len(s) && isPHPSpace(s[at]) {
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

var phpCasts = map[string]bool{
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
	if !phpCasts[string(bytes.ToLower(s[at:end]))] {
		return 0
	}
	at = end - 1
	blank()
	if at < len(s) && s[at] == ')' {
		return at + 1
	}
	return 0
}
