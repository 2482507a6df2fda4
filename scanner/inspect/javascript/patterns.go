package javascript

import (
	"github.com/tdewolff/parse/v2/js"

	"plugvet/scanner/inspect/script"
)

// typeEnd returns the token after a type of TypeScript that begins at a token.
func (s *scoper) typeEnd(i uint32) uint32 {
	const most = 64 // tokens
	operand := true
	for n := 0; n < most; n++ {
		switch k := s.kind(i); k {
		case js.OpenBraceToken, js.OpenBracketToken, js.OpenParenToken:
			if !operand && k != js.OpenBracketToken || s.tokens[i].ref == 0 {
				return i
			}
			i = s.tokens[i].ref
			operand = false
		case js.BitOrToken, js.BitAndToken, js.DotToken, js.LtToken, js.QuestionToken, js.ColonToken, js.ExtendsToken, js.TypeofToken:
			operand = true
		case js.GtToken, js.GtGtToken, js.StringToken, js.NullToken, js.VoidToken, js.ThisToken, js.TrueToken, js.FalseToken:
			operand = false
		default:
			if !js.IsIdentifier(k) && !js.IsNumeric(k) {
				return i
			}
			operand = false
		}
		i++
	}
	return i
}

// list declares the patterns of a list that ends at a token.
func (s *scoper) list(i, end uint32, kind declarationKind) {
	for i < end {
		if s.kind(i) == js.EllipsisToken {
			i++
		}
		switch {
		case s.name(i):
			// TypeScript: constructor(private readonly name: type)
			for s.name(i+1) && i+1 < end {
				i++
			}
			if s.kind(i) != js.ErrorToken {
				s.add(i, declaration{kind: kind, writes: 2, element: -1}, false)
			}
		case s.kind(i) == js.OpenBraceToken, s.kind(i) == js.OpenBracketToken:
			source := s.add(0, declaration{kind: kind, writes: 2, element: -1}, false)
			s.pattern(i, source, kind, false, 0)
		}
		i = s.next(i, end) + 1
	}
}

// next returns the comma after a token in a list, or the list's end.
func (s *scoper) next(i, end uint32) uint32 {
	for i < end && s.kind(i) != js.CommaToken {
		if ref := s.tokens[i].ref; opens(s.kind(i)) && ref > i && ref < end {
			i = ref
		}
		i++
	}
	return min(i, end)
}

// count returns how many parts of a list with commas begin in [i, end).
func (s *scoper) count(i, end uint32) (n int) {
	for ; i < end; i = s.next(i, end) + 1 {
		n++
	}
	return n
}

func opens(k js.TokenType) bool {
	return k == js.OpenParenToken || k == js.OpenBraceToken || k == js.OpenBracketToken ||
		k == js.TemplateStartToken || k == js.TemplateMiddleToken
}

func closes(k js.TokenType) bool {
	return k == js.CloseParenToken || k == js.CloseBracketToken || k == js.CloseBraceToken
}

// pattern declares the names of a pattern that takes a value apart.
func (s *scoper) pattern(open uint32, source int32, kind declarationKind, hoisted bool, depth int) {
	close := s.tokens[open].ref
	if close == 0 || depth > script.MaxNesting {
		return
	}
	array := s.kind(open) == js.OpenBracketToken
	if array {
		s.tokens[open].flags |= binding
		s.tokens[close].flags |= binding
	} else {
		s.tokens[open].flags |= object | binding
		s.tokens[close].flags |= binding
	}
	writes := uint8(1)
	if kind == parameter {
		writes = 2
	}
	for i, n := open+1, int32(0); i < close; i, n = s.next(i, close)+1, n+1 {
		d := declaration{kind: kind, source: source, element: -1, writes: writes}
		at := i
		if s.kind(i) == js.EllipsisToken {
			at++
			d.source, d.writes = 0, 2 // what is left
		} else if array {
			d.element = n
		} else {
			d.key = i
			if s.kind(i) == js.OpenBracketToken && s.tokens[i].ref > 0 {
				d.key = i + 1
				at = s.tokens[i].ref
			}
			if s.kind(at+1) == js.ColonToken {
				s.tokens[i].flags |= binding
				at += 2
			}
		}
		switch {
		case s.name(at):
			s.add(at, d, hoisted)
		case s.kind(at) == js.OpenBraceToken, s.kind(at) == js.OpenBracketToken:
			s.pattern(at, s.add(0, d, hoisted), kind, hoisted, depth+1)
		}
	}
}

// declaratorAt tells whether a declaration's name or pattern stands at a token.
func (s *scoper) declaratorAt(i uint32) bool {
	switch k := s.kind(i); {
	case k == js.OpenBraceToken:
		return s.tokens[i].ref > 0
	case k == js.OpenBracketToken:
		return s.tokens[i].ref > 0
	case js.IsIdentifier(k):
		switch next := s.kind(i + 1); next {
		case js.EqToken, js.CommaToken, js.SemicolonToken, js.InToken, js.OfToken, js.ColonToken,
			js.CloseParenToken, js.CloseBraceToken, js.ErrorToken, js.NotToken:
			return true
		default:
			return int(i+1) < len(s.tokens) && s.tokens[i+1].flags&afterLine != 0
		}
	}
	return false
}

// declarator declares what a variable declaration names at a token.
func (s *scoper) declarator(i uint32, keyword js.TokenType) {
	hoisted := keyword == js.VarToken
	d := declaration{kind: variable, element: -1}
	after := i + 1
	if !s.name(i) {
		after = s.tokens[i].ref + 1
	}
	if s.kind(after) == js.NotToken {
		after++
	}
	if s.kind(after) == js.ColonToken {
		after = s.typeEnd(after + 1)
	}
	switch s.kind(after) {
	case js.EqToken:
		d.init, d.writes = after+1, 1
		s.tokens[after].flags |= binding
	case js.InToken, js.OfToken:
		d.writes = 2
	}
	if s.name(i) {
		s.add(i, d, hoisted)
		return
	}
	s.pattern(i, s.add(0, d, hoisted), variable, hoisted, 0)
}
