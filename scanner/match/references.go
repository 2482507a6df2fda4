package match

import "strings"

// A reference is a literal that a rule's condition looks for in one of the
// externals that list names: `imports contains " socket "`.
type reference struct{ external, literal string }

// A pattern is a regular expression that a condition matches such an external
// with: `imports matches / (socket|connect) /`.
type pattern struct{ external, text, flags string }

// A declaration is what the source of a rule says that libyara does not keep.
type declaration struct {
	line       int // of the rule's name, from 1
	start, end int // of the rule in the source, modifiers included, in bytes
	private    bool
	references []reference
	patterns   []pattern // what it matches list externals with, in order
	condition  condition
}

// listExternals are the externals that hold names between single blanks.
var listExternals = map[string]bool{
	"imports": true, "exports": true, "classes": true, "selectors": true, "dylibs": true, "searchpaths": true,
	"modules": true, "calls": true, "embedded": true,
}

// declarations reads the rules of a source by name. A rule that uses an earlier
// rule in its condition refers to what that one refers to. The source need not
// be valid.
func declarations(src []byte) map[string]declaration {
	found := map[string]declaration{}
	lex := newLexer(src)
	var name string
	var current declaration
	var tokens []token // of the condition
	conditions := map[string]condition{}
	depth, inCondition := 0, false
	var previous, before token // the two tokens before t
	for t := lex.next(); t.kind != tokenEnd; before, previous, t = previous, t, lex.next() {
		if inCondition && !(t.kind == tokenMark && t.text == "}") {
			tokens = append(tokens, t)
		}
		switch {
		case depth == 0 && t.kind == tokenWord && previous.kind == tokenWord && previous.text == "rule":
			name, current, tokens = t.text, declaration{line: t.line, start: previous.start}, nil
			if before.kind == tokenWord && before.text == "private" {
				current.private, current.start = true, before.start
			}
		case t.kind == tokenMark && t.text == "{":
			depth++
		case t.kind == tokenMark && t.text == "}":
			depth = max(depth-1, 0)
			if depth == 0 && name != "" {
				current.end = t.end
				current.condition = parseCondition(tokens, conditions)
				found[name], conditions[name] = current, current.condition
				name, inCondition = "", false
			}
		case depth == 1 && t.kind == tokenMark && t.text == ":" && previous.text == "condition":
			inCondition = true
		case !inCondition:
		case t.kind == tokenString && previous.text == "contains" && listExternals[before.text]:
			current.references = append(current.references, reference{before.text, t.text})
		case t.kind == tokenRegexp && previous.text == "matches" && listExternals[before.text]:
			current.patterns = append(current.patterns, pattern{external: before.text, text: t.text})
		case previous.kind == tokenRegexp && t.kind == tokenWord && t.start == previous.end:
			if last := len(current.patterns) - 1; last >= 0 && current.patterns[last].text == previous.text {
				current.patterns[last].flags = t.text
			}
		case t.kind == tokenWord:
			current.references = append(current.references, found[t.text].references...)
		}
	}
	return found
}

// names returns the names in value, a list external, for which the reference
// holds: those that make it true by themselves.
func (r reference) names(value string) []string {
	if !strings.Contains(value, r.literal) {
		return nil
	}
	var names []string
	for name := range strings.FieldsSeq(value) {
		if strings.Contains(" "+name+" ", r.literal) {
			names = append(names, name)
		}
	}
	return names
}
