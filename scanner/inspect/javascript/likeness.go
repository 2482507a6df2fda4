package javascript

import (
	"bytes"
	"io"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// maxLikeness is how much of a text is looked at, in bytes, to tell whether it is a script.
const maxLikeness = 1 << 20

// IsScript tells whether a text reads like JavaScript that Node.js runs, which is neither
// prose, data, TypeScript nor JSX, and whether it does something: whether it calls or sets
// something, and does not only declare. Where no script has two words side by side, prose has
// them on its first line.
func IsScript(src []byte) (is, acts bool) {
	part := bytes.TrimPrefix(src[:min(len(src), maxLikeness)], []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(part, []byte("#!")) {
		part = part[max(0, bytes.IndexByte(part, '\n')):]
	}
	l := likeness{lexer: js.NewLexer(parse.NewInputBytes(part[:len(part):len(part)]))}
	for l.next() {
		if l.sideBySide() {
			return false, false
		}
		l.look()
	}
	if err := l.lexer.Err(); err != io.EOF && len(src) <= maxLikeness {
		return false, false
	}
	return true, l.acts || l.ended
}

// A likeness is how far a text was looked at.
type likeness struct {
	lexer *js.Lexer
	// The last tokens, blanks and comments apart, the newest first.
	last  [3]js.TokenType
	line  bool   // a line ends before the newest
	apart bool   // something stands between the newest two, which 010 are not
	calls []bool // of each parenthesis that is open: what stands before it may be called
	ended bool   // such a parenthesis has just been closed
	acts  bool
}

func (l *likeness) next() bool {
	l.line, l.apart = false, false
	for {
		switch t, _ := l.lexer.Next(); t {
		case js.ErrorToken:
			return false
		case js.WhitespaceToken, js.CommentToken:
			l.apart = true
		case js.LineTerminatorToken, js.CommentLineTerminatorToken:
			l.line = true
		case js.DivToken, js.DivEqToken:
			if !endsOperand(l.last[0]) {
				if t, _ = l.lexer.RegExp(); t == js.ErrorToken {
					return false
				}
			}
			l.push(t)
			return true
		default:
			l.push(t)
			return true
		}
	}
}

func (l *likeness) push(t js.TokenType) { l.last[2], l.last[1], l.last[0] = l.last[1], l.last[0], t }

// endsOperand tells whether a slash after a token divides.
func endsOperand(t js.TokenType) bool {
	switch t {
	case js.CloseParenToken, js.CloseBracketToken, js.CloseBraceToken, js.StringToken, js.TemplateToken, js.TemplateEndToken,
		js.RegExpToken, js.ThisToken, js.SuperToken, js.NullToken, js.TrueToken, js.FalseToken, js.IncrToken, js.DecrToken:
		return true
	}
	return js.IsNumeric(t) || js.IsIdentifier(t)
}

// sideBySide tells whether the newest token may not stand behind the one before it.
func (l *likeness) sideBySide() bool {
	before, t := l.last[1], l.last[0]
	if l.line || !l.apart {
		return false
	}
	word := func(t js.TokenType) bool { return t == js.IdentifierToken || t == js.StringToken || js.IsNumeric(t) }
	switch {
	case before == js.InterfaceToken || before == js.EnumToken:
		return t == js.IdentifierToken
	case before == js.IdentifierToken:
		switch t {
		case js.ConstToken, js.VarToken, js.FunctionToken, js.ClassToken, js.EnumToken, js.InterfaceToken:
			return true
		}
	case before == js.TemplateToken || before == js.TemplateEndToken:
		return word(t)
	}
	return word(before) && word(t)
}

// look notes what the newest token does.
func (l *likeness) look() {
	before, t := l.last[1], l.last[0]
	if l.ended && t != js.OpenBraceToken && t != js.ColonToken && t != js.ArrowToken {
		l.acts = true
	}
	l.ended = false
	switch t {
	case js.NewToken, js.IncrToken, js.DecrToken:
		l.acts = true
	case js.EqToken:
		l.acts = l.acts || before == js.CloseBracketToken || l.last[2] == js.DotToken
	case js.TemplateToken, js.TemplateStartToken:
		l.acts = l.acts || js.IsIdentifier(before)
	case js.OpenParenToken:
		named := js.IsIdentifier(before) && l.last[2] != js.FunctionToken && l.last[2] != js.MulToken
		l.calls = append(l.calls, named || before == js.CloseParenToken || before == js.CloseBracketToken || before == js.ImportToken)
	case js.CloseParenToken:
		if n := len(l.calls); n > 0 {
			l.ended, l.calls = l.calls[n-1], l.calls[:n-1]
		}
	}
}
