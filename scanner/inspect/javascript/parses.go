package javascript

import (
	"bytes"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// maxParsed is how long a text is, in bytes, that need not be parsed to be taken for a script.
const maxParsed = 1 << 20

// Parses tells whether a text is JavaScript by the grammar, and neither TypeScript nor JSX.
// Prose mostly is refused at its first words. What the parser fails at may be a script.
func Parses(src []byte) (is bool) {
	defer func() { is = recover() != nil || is }()
	if len(src) > maxParsed {
		return bytes.IndexByte(src, 0) < 0
	}
	_, err := js.Parse(parse.NewInputBytes(src[:len(src):len(src)]), js.Options{})
	return err == nil
}
