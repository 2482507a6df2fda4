package javascript

// A spare is what one script leaves to the next to be used again: fresh memory costs
// more than to read what stands in it.
type spare struct {
	text   []byte
	tokens []token
}

// spares are kept whatever the garbage collector does, which empties a sync.Pool: as
// many as scripts that are read at once.
var spares = make(chan *spare, 8)

// maxSpared is the size, in bytes, of the largest script that uses spares. Others are
// few, and would leave too much.
const maxSpared = 4 << 20

func takeSpare(size int) *spare {
	if size <= maxSpared {
		select {
		case kept := <-spares:
			return kept
		default:
		}
	}
	return &spare{tokens: make([]token, 0, size/5+64)}
}

// release gives the text and the tokens back.
func (l *lexer) release() {
	if len(l.src) > maxSpared || cap(l.tokens) > maxSpared/2 {
		return
	}
	l.kept.tokens = l.tokens
	select {
	case spares <- l.kept:
	default:
	}
}
