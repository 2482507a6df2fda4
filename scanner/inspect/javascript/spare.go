package javascript

import "sync"

// A spare is what one script leaves to the next to be used again.
type spare struct {
	text   []byte
	tokens []token
}

var spares sync.Pool

// release gives the text and the tokens back, unless they are large.
func (l *lexer) release() {
	const most = 8 << 20 // bytes of text, and twice that of tokens
	l.kept.tokens = l.tokens
	if cap(l.kept.text) <= most && cap(l.tokens) <= most/8 {
		spares.Put(l.kept)
	}
}
