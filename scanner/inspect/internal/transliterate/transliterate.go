// Package transliterate does what ICU's transliterators make of a text, by their names or
// their rules: those that give Latin letters of others, and those that take marks off
// letters, name characters, write them by their numbers or change their case. PHP has them,
// Foundation and ICU itself; code that hides a name has been seen to keep it in other letters.
package transliterate

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"plugvet/scanner/inspect/script"
)

// A Transliterator makes one text of another; false where it is not known what.
type Transliterator func(s string) (string, bool)

// A growingStep is one of several transliterators that go one after another.
type growingStep struct {
	does   Transliterator
	growth int // how many times as long as its text what it makes may be
}

const maxTransliterators = 32 // in a row, each of which goes over the whole text

// scriptsByCode puts the names of scripts in the place of their codes. Names that begin with
// their code are put in their own place first, so that they stay as they are.
var scriptsByCode = strings.NewReplacer("georgian", "georgian", "hebrew", "hebrew",
	"armn", "armenian", "cyrl", "cyrillic", "geor", "georgian", "grek", "greek", "hebr", "hebrew", "latn", "latin")

// Of is the transliterator of a name, such as "Greek-Latin; Latin-ASCII;
// [:Nonspacing Mark:] Remove; Lower()"; nil for one that is not known.
func Of(b *script.Budget, id string) Transliterator {
	within, id, ok := filterOf(id) // of all that follows
	if !ok {
		return nil
	}
	var steps []growingStep
	for _, step := range splitSteps(id) {
		if step = strings.TrimSpace(step); step == "" {
			continue
		}
		t := stepOf(step)
		if t == nil || len(steps) == maxTransliterators {
			return nil
		}
		steps = append(steps, growingStep{t, growthOf(step)})
	}
	if len(steps) == 0 {
		return nil
	}
	return filteredBy(within, inSteps(b, steps))
}

// special are the ways back of transliterators that have other names.
var special = map[string]string{
	"nfc": "NFD", "nfd": "NFC", "nfkc": "NFKD", "nfkd": "NFKC", "lower": "Upper", "upper": "Lower", "title": "Lower", "null": "Null", "remove": "Null",
}

// Back is the name of the transliterator that goes the other way.
func Back(id string) string {
	steps := splitSteps(id)
	slices.Reverse(steps)
	for i, step := range steps {
		steps[i] = back(strings.TrimSpace(step))
	}
	return strings.Join(steps, ";")
}

// back is the other way of one step, which it may name in brackets.
func back(step string) string {
	name := strings.TrimSpace(step[strings.LastIndexByte(step, ']')+1:])
	within := step[:len(step)-len(name)]
	name, other, named := strings.Cut(name, "(")
	if other = strings.TrimSuffix(strings.TrimSpace(other), ")"); named {
		return within + cmp.Or(other, "Null")
	}
	name, variant, _ := strings.Cut(name, "/")
	name = strings.TrimSpace(strings.ReplaceAll(name, "_", "-"))
	from, to, both := strings.Cut(name, "-")
	if !both {
		from, to = "Any", name
	}
	if is := special[strings.ToLower(to)]; is != "" && strings.EqualFold(from, "any") {
		return within + is
	}
	if variant != "" {
		variant = "/" + variant
	}
	return within + to + "-" + from + variant
}

// growthOf is how many times as long what a transliterator makes may be.
func growthOf(step string) int {
	const decomposed, hex, other = 18, 6, 6
	switch step = strings.ToLower(step); {
	case strings.Contains(step, "nfk"):
		return decomposed
	case strings.Contains(step, "hex"):
		return hex
	}
	return other
}

// filterOf takes the set of characters away that stands before a name; false where it is
// not known what is in it.
func filterOf(id string) (within *regexp.Regexp, rest string, ok bool) {
	id = strings.TrimSpace(id)
	depth := 0
	for i, c := range []byte(id) {
		switch {
		case c == '[':
			depth++
		case i == 0:
			return nil, id, true
		case c == ']':
			if depth--; depth == 0 {
				within = setOf(id[:i+1])
				return within, id[i+1:], within != nil
			}
		}
	}
	return nil, id, id == ""
}

// filteredBy is a transliterator of nothing but runs of the characters of a set.
func filteredBy(within *regexp.Regexp, t Transliterator) Transliterator {
	if within == nil {
		return t
	}
	return func(s string) (string, bool) {
		known := true
		s = within.ReplaceAllStringFunc(s, func(run string) string {
			out, ok := t(run)
			known = known && ok
			return out
		})
		return s, known
	}
}

// inSteps is a transliterator that is several, one after another. What a step may make is
// asked before it goes: a rule can make gigabytes of a text that is not too long.
func inSteps(b *script.Budget, steps []growingStep) Transliterator {
	return func(s string) (string, bool) {
		for _, step := range steps {
			if len(s) > script.MaxConstant/step.growth || !b.Take(len(s)) {
				return "", false
			}
			var ok bool
			if s, ok = step.does(s); !ok || !b.Take(len(s)) {
				return "", false
			}
		}
		return s, true
	}
}

// splitSteps splits the name of a compound transliterator.
func splitSteps(id string) (steps []string) {
	from, depth := 0, 0
	for i, c := range []byte(id) {
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == ';' && depth <= 0:
			steps = append(steps, id[from:i])
			from = i + 1
		}
	}
	return append(steps, id[from:])
}

// stepOf is a transliterator of one name, with a filter before it.
func stepOf(step string) Transliterator {
	within, step, ok := filterOf(step)
	if !ok {
		return nil
	}
	name, _, _ := strings.Cut(step, "(") // what the way back is
	name = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "_", "-")
	t := namedTransliterator(strings.TrimPrefix(scriptsByCode.Replace(name), "any-"))
	if t == nil {
		return nil
	}
	return filteredBy(within, t)
}

// always is a transliterator that can make something of every text.
func always(f func(string) string) Transliterator {
	return func(s string) (string, bool) { return f(s), utf8.ValidString(s) }
}
