package javascript

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/shell"
)

// A template that a shell's function is called with is a command line: $`ls ${dir}`. What
// is in its holes are words, or lists of them.

// isShellTag tells the functions of Bun and of packages that run a template as a command line.
func isShellTag(v value) bool {
	switch v.kind {
	case globalName:
		return v.str == "Bun.$"
	case module:
		return v.more == "$" && (v.str == "zx" || v.str == "execa")
	}
	return false
}

// tagStarts notes what a template starts that begins at a token, and returns the token
// after it.
func (e *evaluator) tagStarts(tag value, start, i uint32) uint32 {
	var parts []value
	var holes []argument
	asked := false
	for at := i; ; {
		part, _ := e.partAt(at, false)
		parts = append(parts, textValue(part))
		next := e.tokens[at].ref
		if k := e.kind(at); k == js.TemplateToken || k == js.TemplateEndToken || next <= at {
			e.startsTagged(tag, parts, holes, start, i, at+1)
			return at + 1
		}
		hole, end, ok := e.expression(at+1, precedenceAssign)
		if !ok || end != next {
			hole = value{}
			if !asked && e.machine == nil && e.env == nil && len(e.unsolved) < maxQuestions {
				e.unsolved, asked = append(e.unsolved, start), true
			}
		}
		holes = append(holes, argument{value: hole})
		at = next
	}
}

// To read a command line takes so many times as long as to compute a text, and one of a few
// bytes as long as one of these.
const lineCost, shortLine = 8, 32

// startsTagged notes what a template in tokens [i, end) starts, with a function that the
// tokens before it, from start on, are.
func (e *evaluator) startsTagged(tag value, parts []value, holes []argument, start, i, end uint32) {
	if tag.kind == globalName {
		e.met(script.Call, tag.str, start, i, !tag.plain)
	}
	var line strings.Builder
	for k, part := range parts {
		before := line.Len()
		line.WriteString(part.str)
		if k < len(holes) {
			line.WriteString(tagWords(holes[k].value))
		}
		if !e.Take(line.Len() - before) {
			return
		}
	}
	if !e.Take(lineCost * (shortLine + min(line.Len(), shell.MaxLine))) {
		return
	}
	e.runs(shell.Commands(line.String(), nil, nil), false, start, end)
}

// tagWords writes what is in a hole as words of a command line. Bun takes an object with
// the text raw for a piece of it.
func tagWords(v value) string {
	if raw, ok := itemOf(v, "raw"); ok {
		text, _ := raw.string()
		return text
	}
	words := []string{}
	if v.kind == array {
		words = wordsOf(v)
	} else if text, ok := v.string(); ok {
		words = append(words, text)
	}
	return shell.Quoted(words)
}
