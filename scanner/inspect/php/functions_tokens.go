package php

import (
	"plugvet/scanner/inspect/script"
)

// foldTokens is token_get_all.
func foldTokens(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(4*len(s[0])) {
		return value{}
	}
	out := newArray(0)
	l := newLexer([]byte(s[0]), outsideState, false)
	for t := l.next(); t.kind != endToken; t = l.next() {
		if !b.Take(2 * elementCost) {
			return value{}
		}
		text := stringValue(s[0][t.start:t.end])
		if t.kind < 128 {
			out.append(text)
			continue
		}
		token := newArray(3)
		token.append(integerValue(int64(t.kind)))
		token.append(text)
		token.append(integerValue(1))
		out.append(token.value())
	}
	return out.value()
}
