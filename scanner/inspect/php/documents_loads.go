package php

import (
	"html"
	"regexp"
	"strings"

	"plugvet/scanner/inspect/internal/charset"
	"plugvet/scanner/inspect/script"
)

// What a document has libxml load besides, by what it declares and includes.

// includesXML is the method that puts other documents into one.
const includesXML = "domdocument::xinclude"

// completesDocument are the options LIBXML_NOENT, LIBXML_DTDLOAD, LIBXML_DTDATTR and
// LIBXML_DTDVALID.
const completesDocument = 2 | 4 | 8 | 16

// documentText is the text of a document, or what of it is known.
func documentText(v value) string {
	if one := v.oneOf(); len(one) == 1 {
		v = one[0]
	}
	return v.withoutHole()
}

// loadsOthers notes the addresses from which PHP loads what a document declares, where
// the options of libxml say so.
func (r *reader) loadsOthers(text string, options value, open int) {
	const offline = 2048 // LIBXML_NONET
	flags, ok := options.number()
	loader := r.trace.entities
	calls := loader.known() || loader.guess != nil
	if !ok || flags&completesDocument == 0 || flags&offline != 0 && !calls || !r.budget.Take(4*len(text)) {
		return
	}
	if text == "" && len(r.trace.included) > 0 { // a file beside the script is it
		r.trace.open |= script.OpenToFiles | script.Assembles
	}
	if wide, ok := ofUTF16(text); ok {
		text = wide
	}
	_, declared, _ := strings.Cut(text, "<!DOCTYPE")
	declared = characterReference.ReplaceAllStringFunc(declared, html.UnescapeString) // those of an entity that declares another
	const most = 16
	for _, m := range externalID.FindAllStringSubmatch(declared, most) {
		public, system := stringValue(strings.Trim(m[1], "'\"")), stringValue(strings.Trim(m[2], "'\""))
		if calls {
			r.invokeValue(loader, []argument{{value: public, from: open + 1}, {value: system, from: open + 1}, {}}, open)
		}
		if flags&offline == 0 {
			r.sawAddress(includesXML, system, open)
		}
	}
}

// ofUTF16 is a document in UTF-16, as its mark or its first character tells, in UTF-8.
func ofUTF16(text string) (string, bool) {
	switch {
	case strings.HasPrefix(text, "\xfe\xff"), strings.HasPrefix(text, "\x00<"):
		return charset.Convert(text, "UTF-16BE", "UTF-8")
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "<\x00"):
		return charset.Convert(text, "UTF-16LE", "UTF-8")
	}
	return "", false
}

// includesOthers notes the addresses of other schemas and style sheets that one includes.
func (r *reader) includesOthers(document *node, open int) {
	for _, name := range []string{"include", "import", "redefine", "externalRef"} {
		for _, n := range document.descendants(r.budget, name) {
			for _, at := range []string{"href", "schemaLocation"} {
				r.sawAddress(includesXML, n.attributeValue(at), open)
			}
		}
	}
}

// bringsOthers tells a document, or its beginning, that may say what libxml is to load
// besides.
func bringsOthers(s string) bool {
	return strings.Contains(s, "<!DOCTYPE") || strings.Contains(s, "<!ENTITY") || strings.HasPrefix(s, "<?xml") || strings.Contains(s, "www.w3.org/2001/XInclude")
}

// externalID is where something of a document lies (XML 1.0, 4.2.2), and
// characterReference a character by its number (4.1).
var (
	externalID         = regexp.MustCompile(`\b(?:SYSTEM|PUBLIC\s+("[^"]*"|'[^']*'))\s*("[^"]*"|'[^']*')`)
	characterReference = regexp.MustCompile(`&#(?:\d+|x[0-9a-fA-F]+);`)
)
