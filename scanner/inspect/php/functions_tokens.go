package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// docCommentType is the type of a comment that begins with /**.
const docCommentType = 388

// tokenTypes are what PHP 8.2 numbers the kinds of tokens by; those of keywords and
// operators have none here.
var tokenTypes = map[tokenKind]int64{
	htmlToken: 267, openTagToken: 389, openEchoToken: 390, closeTagToken: 391, spaceToken: 392, commentToken: 387, nameToken: 262, variableToken: 266,
	numberToken: 260, stringToken: 269, textToken: 268, heredocToken: 393, heredocEndToken: 394, curlyToken: 396, dollarCurlyToken: 395,
	varNameToken: 270, offsetToken: 271,
}

// foldTokens is token_get_all.
func foldTokens(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(4*len(s[0])) {
		return value{}
	}
	out := newArray(0)
	l := newLexer([]byte(s[0]), outsideState, false)
	line := int64(1)
	for t := l.next(); t.kind != endToken; t = l.next() {
		if !b.Take(2 * elementCost) {
			return value{}
		}
		text := s[0][t.start:t.end]
		if t.kind < 128 {
			out.append(stringValue(text))
			continue
		}
		of := tokenTypes[t.kind]
		switch {
		case t.word != wordNone:
			of = 0
		case t.kind == commentToken && strings.HasPrefix(text, "/**"):
			of = docCommentType
		}
		token := newArray(3)
		token.append(integerValue(of))
		token.append(stringValue(text))
		token.append(integerValue(line))
		out.append(token.value())
		line += int64(strings.Count(text, "\n"))
	}
	return out.value()
}

// phpTokens is PhpToken::tokenize.
func (r *reader) phpTokens(code value) value {
	all := foldTokens(r.budget, []value{code})
	if !all.known() {
		return all
	}
	return relisted(all.array, func(_ arrayKey, t value) value {
		o := &object{class: "phptoken", properties: map[string]value{"$text": t}}
		if t.kind == arrayKind {
			for i, name := range []string{"$id", "$text", "$line"} {
				o.properties[name] = t.array.values[i]
			}
		} else {
			o.properties["$id"] = integerValue(int64(t.s[0]))
		}
		return objectValue(o)
	})
}

// phpToken is a method of a PhpToken.
func (r *reader) phpToken(o *object, name string, arg value) value {
	id, text := o.properties["$id"], o.properties["$text"]
	switch name {
	case "__tostring":
		return text
	case "gettokenname":
		return marked(fromCodes)
	case "isignorable":
		for _, kind := range []tokenKind{spaceToken, commentToken, openTagToken} {
			if id.n == tokenTypes[kind] {
				return boolValue(true)
			}
		}
		return boolValue(id.n == docCommentType)
	case "is":
		known := true
		kinds := valuesWithin(arg)
		if arg.kind != arrayKind {
			kinds = []value{arg}
		}
		for _, kind := range kinds {
			if kind.kind == stringKind && kind.s == text.s || kind.kind == intKind && kind.n == id.n {
				return boolValue(true)
			}
			known = known && kind.known()
		}
		if known {
			return boolValue(false)
		}
	}
	return value{}
}
