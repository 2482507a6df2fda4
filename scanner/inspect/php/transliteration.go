package php

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"plugvet/scanner/inspect/internal/transliterate"
	"plugvet/scanner/inspect/script"
)

// What PHP has of ICU: its transliterators, the forms of a text, and the names of characters.

// foldTransliterated is transliterator_transliterate.
func foldTransliterated(b *script.Budget, a []value) value {
	s := texts(a[:min(2, len(a))], 2)
	if s == nil || len(a) > 2 {
		return value{}
	}
	return transliterated(b, transliterate.Of, s[0], s[1])
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
	back := len(o.args) > 1 && o.args[1].n != 0
	made := transliterate.Of
	if o.properties[madeBy].s == byRules {
		made = transliterate.OfRules
	} else if back {
		id, back = transliterate.Back(id), false
	}
	if !ok1 || !ok2 || back {
		return out
	}
	if v := transliterated(r.budget, made, id, s); v.known() {
		return v
	}
	return out
}

// transliterated is what the transliterator of a name, or of rules, makes of a text.
func transliterated(b *script.Budget, made func(*script.Budget, string) transliterate.Transliterator, id, text string) value {
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

// foldCharFromName is IntlChar::charFromName of ASCII.
func foldCharFromName(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	c, ok := transliterate.Character(s[0])
	if !ok {
		return value{}
	}
	return integerValue(int64(c))
}

// foldCharName is IntlChar::charName of ASCII.
func foldCharName(_ *script.Budget, a []value) value {
	if len(a) == 0 {
		return value{}
	}
	n := a[0].n
	if a[0].kind == stringKind && len(a[0].s) == 1 {
		n = int64(a[0].s[0])
	} else if a[0].kind != intKind {
		return value{}
	}
	if n < 0 || n > unicode.MaxASCII {
		return value{}
	}
	return stringValue(transliterate.Name(rune(n)))
}
