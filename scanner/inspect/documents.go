package inspect

import (
	"regexp"
	"slices"
	"strings"

	"plugvet/scanner/inspect/internal/charset"
	"plugvet/scanner/inspect/internal/entities"
	"plugvet/scanner/inspect/machine"
)

// Documents that code brings as a text and has a library read, which fetches what they name:
// as libxml2 does it, and the classes of Foundation for XML.

// A textReader tells which arguments of a function are a document and, where they are not 0,
// its size in bytes, the address that others in it are relative to, and its encoding; or
// that it is a part of one, and others come before and after it.
type textReader struct {
	text, size, base, encoding int
	part                       bool
}

var (
	textReaders = map[string]textReader{"xmlReadMemory": {size: 1, base: 2, encoding: 3}, "xmlReadDoc": {base: 1, encoding: 2}, "xmlParseMemory": {size: 1}, "xmlParseDoc": {}, "xmlRecoverMemory": {size: 1},
		"xmlRecoverDoc": {}, "xmlSAXParseMemory": {text: 1, size: 2}, "xmlSAXParseMemoryWithData": {text: 1, size: 2}, "xmlSAXParseDoc": {text: 1}, "xmlSAXUserParseMemory": {text: 2, size: 3},
		"xmlCtxtReadMemory": {text: 1, size: 2, base: 3, encoding: 4}, "xmlCtxtReadDoc": {text: 1, base: 2, encoding: 3}, "xmlReaderForMemory": {size: 1, base: 2, encoding: 3}, "xmlReaderForDoc": {base: 1, encoding: 2},
		"xmlReaderNewMemory": {text: 1, size: 2, base: 3, encoding: 4}, "xmlReaderNewDoc": {text: 1, base: 2, encoding: 3}, "xmlCreateMemoryParserCtxt": {size: 1}, "xmlCreateDocParserCtxt": {},
		"xmlParseChunk": {text: 1, size: 2, part: true}, "xmlCreatePushParserCtxt": {text: 2, size: 3, base: 4, part: true}, "xmlParserInputBufferCreateMem": {size: 1}, "xmlParserInputBufferCreateStatic": {size: 1},
		"xmlSchemaNewMemParserCtxt": {size: 1}, "xmlRelaxNGNewMemParserCtxt": {size: 1}, "xmlSchematronNewMemParserCtxt": {size: 1}, "xmlNewStringInputStream": {text: 1},
		"xmlNewInputFromMemory": {text: 1, size: 2}, "xmlNewInputFromString": {text: 1}, "xmlParseInNodeContext": {text: 1, size: 2}, "xmlParseBalancedChunkMemory": {text: 4},
		"xmlParserInputBufferPush": {text: 2, size: 1, part: true}, "initWithXMLString:options:error:": {text: 2}}
	// What a document names for its reader to fetch, or an address that this is relative to,
	// and what it names so.
	naming      = `(?:\b(?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s*|<(?:[A-Za-z]+:)?(?:include|import|redefine|externalRef)\b[^>]*\b(?:href|schemaLocation)\s*=\s*)["']`
	namedByText = regexp.MustCompile(`(?:` + naming + `|<!ATTLIST\b[^>]*\bhref\s+CDATA\s+(?:#FIXED\s+)?["']|\bdocument\(\s*["'])((?:https?|ftp)://[^"']{3,})`)
	baseOfText  = regexp.MustCompile(`\bxml:base\s*=\s*["']((?:https?|ftp)://[^"']{3,})`)
	relative    = regexp.MustCompile(naming + `[^:"']+["']`)
	declaredSet = regexp.MustCompile(`^\s*<\?xml\b[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)`)
)

// Limits on what is read of the documents of a file.
const (
	maxDocuments = 64
	maxParts     = 128     // after which documents are looked at again
	partsKept    = 2 << 10 // bytes of them that are read together
)

func (r textReader) look(f *follower, at uint64, arguments [6]machine.Argument, _ int) {
	text, encoding, base := arguments[r.text].Source(), "", ""
	if size := arguments[r.size].Value & (1<<31 - 1); r.size > 0 && size > 0 {
		text = arguments[r.text].Bytes(size)
	}
	if r.encoding > 0 {
		encoding = arguments[r.encoding].Text()
	}
	if r.base > 0 {
		base = arguments[r.base].Text()
	}
	if r.part {
		f.part(at, text)
	}
	key := strings.Join([]string{base, encoding, text}, "\x00")
	if f.documents[key] || len(f.documents) == maxDocuments {
		return
	}
	if f.documents == nil {
		f.documents = map[string]bool{}
	}
	f.documents[key] = true
	f.fetches(at, text, base)
	if plain := plainDocument(text, encoding); plain != text {
		f.fetches(at, plain, base)
	}
}

// part puts what documents are handed over in together, and looks at them wherever something
// quoted ends.
func (f *follower) part(at uint64, text string) {
	f.joined += text
	f.joined = f.joined[max(0, len(f.joined)-partsKept):]
	if strings.ContainsAny(text, `"'`) && f.parts < maxParts {
		f.parts++
		f.fetches(at, f.joined, "")
	}
}

// fetches notes what a document has its reader fetch, or what lies beside its base.
func (f *follower) fetches(at uint64, text, base string) {
	text = entities.Included(text)
	addresses := namedByText.FindAllStringSubmatch(text, -1)
	if relative.MatchString(text) {
		addresses = append(addresses, baseOfText.FindAllStringSubmatch(text, -1)...)
		if readAddress.MatchString(base) {
			addresses = append(addresses, []string{"", base})
		}
	}
	if slices.ContainsFunc(addresses, func(found []string) bool { return !standards.MatchString(found[1]) }) {
		f.note(OwnDocument, at)
	}
}

// plainDocument gives a document in UTF-8, by the encoding that is said to be its own, by its
// first bytes, or by its declaration (XML 1.0, appendix F).
func plainDocument(text, encoding string) string {
	for _, head := range []struct{ bytes, set string }{
		{"\xfe\xff", "UTF-16BE"}, {"\xff\xfe", "UTF-16LE"}, {"\x00<\x00", "UTF-16BE"}, {"<\x00", "UTF-16LE"}, {"\x4c\x6f\xa7\x94", "CP037"},
	} {
		if encoding == "" && strings.HasPrefix(text, head.bytes) {
			encoding = head.set
		}
	}
	if m := declaredSet.FindStringSubmatch(text); encoding == "" && m != nil {
		encoding = m[1]
	}
	if plain, ok := charset.Convert(text, encoding, "UTF-8"); ok {
		return plain
	}
	return text
}
