package javascript

import (
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// postfixed compiles a primary expression with what follows it.
func (m *machine) postfixed(i uint32) (node, uint32) {
	start := i
	var n node
	switch m.kind(i) {
	case js.NewToken:
		n, i = m.newAt(i)
	case js.SuperToken:
		n, i = m.superAt(i)
	default:
		n, i = m.primaryAt(i)
	}
	optional := false
	for count := 0; count < maxOperands; count++ {
		k := m.kind(i)
		if k == js.OptChainToken {
			optional = true
			i++
			if k = m.kind(i); k != js.OpenParenToken && k != js.OpenBracketToken {
				i--
				k = js.DotToken
			}
		}
		switch k {
		case js.DotToken, js.OpenBracketToken:
			n, i = m.propertyAt(n, i, optional)
		case js.OpenParenToken:
			n, i = m.callAt(n, start, i, optional)
		case js.TemplateToken, js.TemplateStartToken:
			n, i = m.tagged(n, start, i)
		default:
			return n, i
		}
	}
	refuse()
	return n, i
}

// missing tells whether a value is what "?." asks for.
func missing(v value) bool { return v.kind == undefined || v.kind == null }

// propertyAt compiles a property. What is optional stands behind "?." in a chain, and
// is undefined where that is missing of which it is one.
func (m *machine) propertyAt(n node, i uint32, optional bool) (node, uint32) {
	object := n.eval
	var key expr
	end, ofSocket := i+2, false
	if m.kind(i) == js.OpenBracketToken {
		var close uint32
		if key, close = m.comma(i + 1); close != m.tokens[i].ref {
			refuse()
		}
		end = close + 1
	} else {
		if !js.IsIdentifierName(m.kind(i+1)) && m.kind(i+1) != js.PrivateIdentifierToken {
			refuse()
		}
		key = constantly(value{kind: text, str: m.propertyNameAt(i + 1), plain: true})
		ofSocket = m.text(i+1) == ofClass && m.text(i-1) == socketName
	}
	return node{object: object, key: key, owner: n.variable, eval: func(f *frame) value {
		of := object(f)
		if optional && missing(of) {
			return value{kind: undefined}
		}
		if ofSocket && of.kind == unknown && of.also == nil {
			return socketClass
		}
		return m.current(m.get(of, key(f)))
	}}, end
}

// An element is one of an array literal, or one argument of a call.
type element struct {
	eval   expr
	at     uint32
	spread bool
}

// elementsAt compiles what stands, with commas between, behind an open bracket or
// parenthesis. Of an array some may be left out.
func (m *machine) elementsAt(open uint32) (all []element, after uint32) {
	close := m.tokens[open].ref
	if close == 0 {
		refuse()
	}
	i := open + 1
	for i < close {
		e := element{at: i}
		if m.kind(i) == js.CommaToken {
			e.eval = constantly(value{kind: undefined})
			all = append(all, e)
			i++
			continue
		}
		if m.kind(i) == js.EllipsisToken {
			e.spread = true
			i++
		}
		var n node
		n, i = m.assignment(i)
		e.eval = n.eval
		all = append(all, e)
		if i < close {
			i = m.expect(i, js.CommaToken)
		}
	}
	if i != close {
		refuse()
	}
	return all, close + 1
}

// argumentsAt compiles the arguments behind an open parenthesis.
func (m *machine) argumentsAt(open uint32) (func(f *frame) []argument, uint32) {
	all, after := m.elementsAt(open)
	return func(f *frame) []argument {
		out := make([]argument, 0, len(all))
		for _, a := range all {
			v := a.eval(f)
			if !a.spread {
				out = append(out, argument{v, a.at})
				continue
			}
			items, ok := m.iterate(v)
			if all := m.supposedItems(v); !ok && len(all) > 0 {
				items, ok = all[0], true
			}
			if !ok {
				return append(out, argument{origin(v), a.at})
			}
			out = slices.Grow(out, len(items))
			for _, item := range items {
				out = append(out, argument{item, a.at})
			}
		}
		if m.assembled != nil { // a later one may have changed the memory under an earlier one
			for i := range out {
				out[i].value = m.current(out[i].value)
			}
		}
		return out
	}, after
}

func (m *machine) callAt(n node, start, open uint32, optional bool) (node, uint32) {
	args, end := m.argumentsAt(open)
	if n.object != nil {
		return node{eval: func(f *frame) value {
			this := n.object(f)
			if optional && missing(this) {
				return value{kind: undefined}
			}
			key := n.key(f)
			v := m.get(this, key)
			if optional && missing(v) {
				return value{kind: undefined}
			}
			list := args(f)
			if this.kind == buffer && key.kind == text && changesBuffer(key.str) && (n.owner > 0 || this.self != nil) {
				if changed, result, ok := bufferChanged(this.str, key.str, list); ok && m.step(1+len(changed)/8) {
					keep(this, changed)
					this.str = changed
					m.assignTo(f, n.owner, this)
					if result.kind == undefined {
						return this
					}
					return result
				}
			}
			if this.kind == array && this.num > 0 && key.str == "set" {
				m.setElements(this, list)
				return value{kind: undefined}
			}
			if this.kind == dictionary && this.more == "Date" && n.owner > 0 && strings.HasPrefix(key.str, "set") {
				if ms, ok := setDate(this, key.str, list); ok {
					this.num = ms
					m.assignTo(f, n.owner, this)
					return numberValue(ms)
				}
			}
			if this.kind == buffer && key.str == "copy" && len(list) > 0 && list[0].kind == buffer && (m.name(list[0].at) || list[0].self != nil) {
				at, _ := integer(list, 1, 0)
				from, to, _ := bounds(list[min(2, len(list)):], len(this.str))
				whole := []byte(list[0].str)
				if at >= 0 && at <= len(whole) {
					copy(whole[at:], this.str[from:to])
				}
				if keep(list[0].value, string(whole)); list[0].self == nil {
					m.assignTo(f, m.tokens[list[0].at].ref, value{kind: buffer, str: string(whole), decoded: true})
				}
			}
			if key.kind == text && len(list) > 0 && m.heard(this, key.str, list) && v.kind != closure {
				if from := origin(this); from.more != "" || from.decoded {
					m.callBackWith(list, from, nil)
				}
				return this
			}
			if key.str == "readSync" && len(list) > 1 && m.name(list[1].at) {
				m.assignTo(f, m.tokens[list[1].at].ref, origin(list[0].value))
			}
			reduces := this.kind == unknown && len(list) > 1 && strings.HasPrefix(key.str, "reduce") && list[1].kind != unknown
			if reduces {
				m.callBackWith(list, origin(this), []value{list[1].value})
			}
			got := shared(patch(m.invokeAt(v, this, list, start, open, end), this, key.str))
			if this.kind == array && this.num > 0 && changesList(key.str) {
				m.write(this, 0, *this.items)
			}
			if reduces && got.kind == unknown && got.also == nil {
				got.also, got.plain = &[]value{list[1].value}, true // the list may be empty
			}
			return got
		}}, end
	}
	return node{eval: func(f *frame) value {
		v := n.eval(f)
		if optional && missing(v) {
			return value{kind: undefined}
		}
		this := value{}
		if v.kind == closure && v.fn != nil && m.returnsThis(v.fn.at) {
			this.kind = undefined
		}
		return shared(m.invokeAt(v, this, args(f), start, open, end))
	}}, end
}

func (m *machine) newAt(i uint32) (node, uint32) {
	if m.kind(i+1) == js.DotToken { // new.target
		return node{eval: func(f *frame) value {
			class, ok := itemOf(f.this, classKey)
			if !ok {
				return value{}
			}
			return class
		}}, i + 3
	}
	var n node
	at := i + 1
	if m.compiling++; m.compiling > maxCompiled {
		refuse()
	}
	if m.kind(at) == js.NewToken {
		n, at = m.newAt(at)
	} else {
		n, at = m.primaryAt(at)
	}
	m.compiling--
	for m.kind(at) == js.DotToken || m.kind(at) == js.OpenBracketToken {
		n, at = m.propertyAt(n, at, false)
	}
	callee := at
	args := func(*frame) []argument { return nil }
	open := uint32(0)
	if m.kind(at) == js.OpenParenToken {
		open = at
		args, at = m.argumentsAt(at)
	}
	return node{eval: func(f *frame) value {
		v := n.eval(f)
		return m.make(v, args(f), i, open, callee)
	}}, at
}
