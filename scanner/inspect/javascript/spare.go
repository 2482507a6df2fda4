package javascript

// A spare is what one script leaves to the next to be used again: fresh memory costs
// more than to read what stands in it.
type spare struct {
	text   []byte
	tokens []token
}

// Limits of a spare. What a larger script needs beyond them is made for it alone.
const (
	maxSpareText   = 1 << 20 // bytes
	maxSpareTokens = 1 << 18
)

// spares are kept whatever the garbage collector does, which empties a sync.Pool: as
// many as scripts that are read at once.
var spares = make(chan *spare, 8)

func takeSpare() *spare {
	select {
	case kept := <-spares:
		return kept
	default:
		return &spare{tokens: make([]token, 0, 1<<10)}
	}
}

// release gives the text and the tokens back.
func (l *lexer) release() {
	if cap(l.kept.text) > maxSpareText {
		l.kept.text = nil
	}
	if cap(l.tokens) <= maxSpareTokens {
		l.kept.tokens = l.tokens
	}
	select {
	case spares <- l.kept:
	default:
	}
}
