package match

import "bytes"

// A tokenKind is one of the few that matter for reading what a rule refers to.
type tokenKind int

const (
	tokenEnd    tokenKind = iota
	tokenWord             // identifier, keyword, number, or a string's name with its $, #, @ or !
	tokenString           // text between double quotes, escapes as they stand
	tokenRegexp
	tokenMark // any other single byte
)

type token struct {
	kind       tokenKind
	text       string // of a string without its quotes
	start, end int    // byte offsets in the source
	line       int    // from 1
}

// A lexer splits YARA source into tokens. It is no judge of syntax: libyara is.
// It never fails; what it does not understand comes out as marks.
type lexer struct {
	src  []byte
	pos  int
	line int
	last token
}

func newLexer(src []byte) *lexer { return &lexer{src: src, line: 1} }

// next returns the next token; comments and blanks are skipped.
func (l *lexer) next() token {
	l.skip()
	start := l.pos
	t := token{start: start, line: l.line}
	switch {
	case start >= len(l.src):
		t.end = start
		return t
	case l.src[start] == '"':
		t.kind = tokenString
		t.text = l.delimited('"')
	case l.src[start] == '/' && l.regexpMayStart():
		t.kind = tokenRegexp
		t.text = l.delimited('/')
	case wordByte(l.src[start]):
		t.kind = tokenWord
		for l.pos < len(l.src) && wordByte(l.src[l.pos]) {
			l.pos++
		}
		t.text = string(l.src[start:l.pos])
	default:
		t.kind = tokenMark
		l.pos++
		t.text = string(l.src[start:l.pos])
	}
	t.end = l.pos
	l.last = t
	return t
}

// skip moves past blanks and comments. YARA knows no empty regular expression,
// so two slashes always begin a comment.
func (l *lexer) skip() {
	for l.pos < len(l.src) {
		rest := l.src[l.pos:]
		switch {
		case rest[0] == '\n':
			l.line++
			l.pos++
		case rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r':
			l.pos++
		case bytes.HasPrefix(rest, []byte("//")):
			end := bytes.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			l.pos += end
		case bytes.HasPrefix(rest, []byte("/*")):
			comment := rest
			if end := bytes.Index(rest[2:], []byte("*/")); end >= 0 {
				comment = rest[:2+end+2]
			}
			l.line += bytes.Count(comment, []byte("\n"))
			l.pos += len(comment)
		default:
			return
		}
	}
}

// regexpMayStart tells a regular expression from a division: only a value can
// be divided.
func (l *lexer) regexpMayStart() bool {
	switch l.last.kind {
	case tokenWord:
		return l.last.text == "matches" || l.last.text == "and" || l.last.text == "or" || l.last.text == "not"
	case tokenMark:
		return l.last.text != ")" && l.last.text != "]"
	default:
		return true
	}
}

// delimited reads up to the next unescaped quote, or to the end of the line,
// and returns what lies between.
func (l *lexer) delimited(quote byte) string {
	l.pos++
	start := l.pos
	for l.pos < len(l.src) && l.src[l.pos] != '\n' {
		switch l.src[l.pos] {
		case quote:
			text := string(l.src[start:l.pos])
			l.pos++
			return text
		case '\\':
			if l.pos+1 < len(l.src) && l.src[l.pos+1] != '\n' {
				l.pos++
			}
		}
		l.pos++
	}
	return string(l.src[start:l.pos])
}

func wordByte(b byte) bool {
	return b == '_' || b == '$' || b == '#' || b == '@' || b == '!' ||
		'0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}
