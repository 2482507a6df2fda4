package javascript

import (
	"cmp"
	"slices"

	"github.com/tdewolff/parse/v2/js"
)

// resolve gives every name the declaration that it means where it stands.
func (s *scoper) resolve() {
	order := make([]int32, len(s.scopes))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := &s.scopes[a], &s.scopes[b]
		return cmp.Or(cmp.Compare(x.open, y.open), cmp.Compare(y.close, x.close), cmp.Compare(a, b))
	})
	bound := make([]int32, len(s.names.starts)+1) // by name: the declaration
	type shadow struct {
		name uint32
		was  int32
	}
	var shadows []shadow
	type active struct {
		close   uint32
		shadows int
	}
	var stack []active
	next := 0
	for i := range s.tokens {
		for len(stack) > 0 && stack[len(stack)-1].close < uint32(i) {
			top := stack[len(stack)-1]
			for len(shadows) > top.shadows {
				last := shadows[len(shadows)-1]
				bound[last.name] = last.was
				shadows = shadows[:len(shadows)-1]
			}
			stack = stack[:len(stack)-1]
		}
		for next < len(order) && s.scopes[order[next]].open <= uint32(i) {
			number := order[next]
			next++
			stack = append(stack, active{s.scopes[number].close, len(shadows)})
			for d := s.scopes[number].first; d > 0; d = s.declarations[d].next {
				name := s.declarations[d].name
				if name == 0 {
					continue
				}
				if was := bound[name]; was > 0 && s.declarations[was].scope == number {
					s.again(was, d)
					continue
				}
				shadows = append(shadows, shadow{name, bound[name]})
				bound[name] = d
			}
		}
		t := &s.tokens[i]
		if js.IsIdentifier(t.kind()) && t.ref > 0 {
			if d := bound[t.ref]; d > 0 {
				t.ref = uint32(d)
			} else {
				t.ref |= global
			}
		}
		s.written(uint32(i))
	}
}

// again joins two declarations of one name in one scope. A declaration without
// a value gives it none.
func (s *scoper) again(was, d int32) {
	a, b := &s.declarations[was], &s.declarations[d]
	if a.writes == 0 {
		name, next, scope := a.name, a.next, a.scope
		*a = *b
		a.name, a.next, a.scope = name, next, scope
		return
	}
	a.writes = uint8(min(int(a.writes)+int(b.writes), 2))
}

// written counts the assignments to the name at a token.
func (s *scoper) written(i uint32) {
	t := &s.tokens[i]
	if js.IsIdentifier(t.kind()) {
		if t.ref == 0 || t.ref&global != 0 || t.flags&binding != 0 {
			return
		}
		d := &s.declarations[t.ref]
		d.changed = d.changed || s.changedAt(i+1) || s.kind(i-1) == js.DeleteToken
		switch next := s.kind(i + 1); {
		case d.kind == function && s.within(i, d.init):
			// It replaces itself, as functions do that work something out once.
		case next == js.EqToken && d.writes == 0 && d.kind == variable:
			d.writes, d.init = 1, i+2
		case next >= js.EqToken && assigns(next),
			(next == js.IncrToken || next == js.DecrToken) && s.tokens[i+1].flags&afterLine == 0,
			s.kind(i-1) == js.IncrToken || s.kind(i-1) == js.DecrToken,
			(next == js.InToken || next == js.OfToken) && s.kind(i-1) == js.OpenParenToken && s.kind(i-2) == js.ForToken:
			d.writes = 2
		}
		return
	}
	// A pattern that is assigned to.
	if (t.kind() == js.CloseBraceToken || t.kind() == js.CloseBracketToken) && t.ref > 0 && t.flags&binding == 0 &&
		s.kind(i+1) == js.EqToken && s.tokens[i+1].flags&binding == 0 {
		if t.kind() == js.CloseBracketToken && !s.operandMayFollow(int(t.ref)-1) {
			return // an element
		}
		for at := t.ref; at < i; at++ {
			if x := s.tokens[at]; js.IsIdentifier(x.kind()) && x.ref > 0 && x.ref&global == 0 {
				s.declarations[x.ref].writes = 2
			}
		}
	}
}

// changedAt tells whether the property or element that begins at a token, behind
// a variable, is assigned to, or is a method that changes a list.
func (s *scoper) changedAt(i uint32) bool {
	switch s.kind(i) {
	case js.DotToken:
		if s.kind(i+2) != js.OpenParenToken {
			return assigns(s.kind(i + 2))
		}
		switch s.text(i + 1) {
		case "push", "unshift", "splice", "shift", "pop", "fill":
			return true
		}
	case js.OpenBracketToken:
		return s.tokens[i].ref > 0 && assigns(s.kind(s.tokens[i].ref+1))
	}
	return false
}

// within tells whether a token stands in the body of the function at another.
func (s *scoper) within(i, function uint32) bool {
	for at := function; at < i && at < function+4; at++ {
		if s.kind(at) == js.OpenParenToken {
			body := s.body(s.tokens[at].ref + 1)
			return i > body && i < s.tokens[body].ref
		}
	}
	return false
}

// assigns tells whether an operator gives its left side a value.
func assigns(k js.TokenType) bool {
	switch k {
	case js.EqToken, js.LtLtEqToken, js.GtGtEqToken, js.GtGtGtEqToken, js.AddEqToken, js.SubEqToken, js.MulEqToken,
		js.ExpEqToken, js.DivEqToken, js.ModEqToken, js.BitAndEqToken, js.BitOrEqToken, js.BitXorEqToken,
		js.AndEqToken, js.OrEqToken, js.NullishEqToken:
		return true
	}
	return false
}
