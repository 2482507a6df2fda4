package php

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"plugvet/scanner/inspect/script"
)

// What ICU's transliterators make of a text: those that give Latin letters of others, and
// those that take marks off letters, name characters or change their case.

// A transliterator makes one text of another; false where it is not known what.
type transliterator func(s string) (string, bool)

// A growingStep is one of several transliterators that go one after another.
type growingStep struct {
	does   transliterator
	growth int // how many times as long as its text what it makes may be
}

const maxTransliterators = 32 // in a row, each of which goes over the whole text

// shortScripts are other names of scripts.
var shortScripts = strings.NewReplacer("georgian", "georgian", "hebrew", "hebrew", "cyrl", "cyrillic", "grek", "greek", "armn", "armenian", "geor", "georgian", "hebr", "hebrew", "latn", "latin")

// transliteratorOf is the transliterator of a name, such as "Greek-Latin; Latin-ASCII;
// [:Nonspacing Mark:] Remove; Lower()"; nil for one that is not known.
func transliteratorOf(b *script.Budget, id string) transliterator {
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

// growthOf is how many times as long what a transliterator makes may be.
func growthOf(step string) int {
	const decomposed, hex, other = 18, 6, 6
	switch step = lower(step); {
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
func filteredBy(within *regexp.Regexp, t transliterator) transliterator {
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
func inSteps(b *script.Budget, steps []growingStep) transliterator {
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
func stepOf(step string) transliterator {
	within, step, ok := filterOf(step)
	if !ok {
		return nil
	}
	name, _, _ := strings.Cut(step, "(") // what the way back is
	name = strings.ReplaceAll(lower(strings.TrimSpace(name)), "_", "-")
	t := namedTransliterator(strings.TrimPrefix(shortScripts.Replace(name), "any-"))
	if t == nil {
		return nil
	}
	return filteredBy(within, t)
}

// always is a transliterator that can make something of every text.
func always(f func(string) string) transliterator {
	return func(s string) (string, bool) { return f(s), utf8.ValidString(s) }
}

// foldTransliterated is transliterator_transliterate.
func foldTransliterated(b *script.Budget, a []value) value {
	s := texts(a[:min(2, len(a))], 2)
	if s == nil || len(a) > 2 {
		return value{}
	}
	return transliterated(b, transliteratorOf, s[0], s[1])
}

// transliterates is a method of a Transliterator, which is made of a name or of rules, and
// may go the other way.
func (r *reader) transliterates(o *object, name string, text value) value {
	const byRules = "createfromrules"
	out := marked(fromCodes)
	if len(o.args) == 0 || name != "transliterate" {
		return out
	}
	id, ok1 := o.args[0].text()
	s, ok2 := text.text()
	if !ok1 || !ok2 || len(o.args) > 1 && o.args[1].n != 0 {
		return out
	}
	made := transliteratorOf
	if o.properties[madeBy].s == byRules {
		made = ofRules
	}
	if v := transliterated(r.budget, made, id, s); v.known() {
		return v
	}
	return out
}

// transliterated is what the transliterator of a name, or of rules, makes of a text.
func transliterated(b *script.Budget, made func(*script.Budget, string) transliterator, id, text string) value {
	const (
		longest  = 1 << 13
		compiled = 1 << 13 // what it takes to make an expression of a set of characters
	)
	if len(id) > longest || !b.Take(len(id)+8*len(text)+compiled*strings.Count(id, "[")) {
		return value{}
	}
	t := made(b, id)
	if t == nil {
		return value{}
	}
	out, ok := t(text)
	if !ok {
		return value{}
	}
	v := stringValue(out)
	v.decoded = true
	return v
}

// foldNormalized is Normalizer::normalize.
func foldNormalized(b *script.Budget, a []value) value {
	form := int64(16)
	if len(a) > 1 {
		form, _ = a[1].number()
	}
	if s := texts(a[:min(1, len(a))], 1); s != nil && b.Take(4*len(s[0])) && utf8.ValidString(s[0]) {
		switch form { // FORM_D, FORM_KD, FORM_C and FORM_KC
		case 4:
			return stringValue(norm.NFD.String(s[0]))
		case 8:
			return stringValue(norm.NFKD.String(s[0]))
		case 16:
			return stringValue(norm.NFC.String(s[0]))
		case 32:
			return stringValue(norm.NFKC.String(s[0]))
		}
	}
	return value{}
}
