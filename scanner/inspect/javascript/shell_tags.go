package javascript

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
	"plugvet/scanner/inspect/shell"
)

// A template that a shell's function is called with is a command line: $`ls ${dir}`. What
// is in its holes are words, or lists of them.

// shellTags are what packages export that runs a template as a command line, "" for whatever it
// is. What their members and calls with options give does so too: $.sync, $({cwd}).
var shellTags = map[string][]string{
	"zx": {"$"}, "zx/core": {"$"}, "execa": {"$", "execa", "execaSync"}, "dax": {""}, "dax-sh": {""}, "@david/dax": {""},
}

// isShellTag tells the functions of Bun and of packages that run a template as a command line.
// A tag $ that is global is one, too: zx/globals sets it.
func isShellTag(v value) bool {
	switch v.kind {
	case globalName:
		of := strings.TrimPrefix(v.str, "Bun.")
		return of == "$" || strings.HasPrefix(of, "$.")
	case module:
		name, _, _ := strings.Cut(v.more, ".")
		tags := shellTags[packageOf(v.str)]
		return slices.Contains(tags, name) || slices.Contains(tags, "")
	}
	return false
}

// givesShellTag tells whether a call of a function, which ends before a token, gives such a
// function. $ alone has other uses in browsers, where no template is behind its calls.
func (e *evaluator) givesShellTag(v value, end uint32) bool {
	if v.kind == globalName && !strings.HasPrefix(v.str, "Bun.") && e.kind(end) != js.TemplateToken && e.kind(end) != js.TemplateStartToken {
		return false
	}
	return isShellTag(v)
}

// packageOf is the package that a specifier of Deno means, without its version: npm:zx@8,
// https://deno.land/x/dax@0.39.2/mod.ts. Another specifier is left as it is.
func packageOf(specifier string) string {
	if found := denoSpecifier.FindStringSubmatch(specifier); found != nil {
		return found[1]
	}
	return specifier
}

var denoSpecifier = regexp.MustCompile(`^(?:(?:npm|jsr):/?|https://(?:deno\.land/x|esm\.sh|jsr\.io)/)((?:@[\w.-]+/)?[\w.-]+)`)

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
	if strings.HasPrefix(tag.str, "Bun.") {
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
