package javascript

// A spare is what one script leaves to the next to be used again: fresh memory costs
// more than to read what stands in it.
type spare struct {
	text   []byte
	tokens []token
}

// spares are kept whatever the garbage collector does, which empties a sync.Pool. There
// are as many as scripts that are read at once, each for a script of some size.
var spares = make(chan *spare, 8)

func takeSpare(size int) *spare {
	select {
	case kept := <-spares:
		return kept
	default:
		return &spare{tokens: make([]token, 0, size/8+64)}
	}
}

// release gives the text and the tokens back, unless they are large.
func (l *lexer) release() {
	const most = 4 << 20 // bytes of text, and five times that of tokens
	l.kept.tokens = l.tokens
	if cap(l.kept.text) > most || cap(l.tokens) > most/4 {
		return
	}
	select {
	case spares <- l.kept:
	default:
	}
}
