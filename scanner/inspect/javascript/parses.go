package javascript

import (
	"bytes"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// maxParsed is how much of a text is parsed, in bytes, to tell whether it is a script.
const maxParsed = 1 << 20

// Parses tells whether a text is JavaScript by the grammar, and neither TypeScript nor JSX,
// and whether it does something: it calls or sets something, and does not declare alone.
// Prose mostly is refused at its first words. What the parser fails at may be a script.
func Parses(src []byte) (is, acts bool) {
	defer func() {
		if recover() != nil {
			is, acts = true, true
		}
	}()
	part := src[:min(len(src), maxParsed):min(len(src), maxParsed)]
	ast, err := js.Parse(parse.NewInputBytes(part), js.Options{})
	if fault, ok := err.(*parse.Error); ok && len(part) < len(src) && fault.Line > bytes.Count(part, []byte("\n")) {
		return true, true // up to where it was cut
	}
	if err != nil {
		return false, false
	}
	js.Walk(&doer{acts: &acts}, ast)
	return true, acts
}

// A doer looks for what does something.
type doer struct {
	acts  *bool
	depth int
}

func (d *doer) Enter(n js.INode) js.IVisitor {
	switch n := n.(type) {
	case *js.CallExpr, *js.NewExpr:
		*d.acts = true
	case *js.TemplateExpr:
		*d.acts = *d.acts || n.Tag != nil
	case *js.BinaryExpr:
		*d.acts = *d.acts || assigns(js.TokenType(n.Op))
	}
	const deepest = 1 << 10
	if d.depth++; d.depth > deepest {
		*d.acts = true
	}
	if *d.acts {
		return nil
	}
	return d
}

func (d *doer) Exit(js.INode) { d.depth-- }
