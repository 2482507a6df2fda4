package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// operand reads an operand with all that is applied to it: offsets, members and
// calls.
func (r *phpReader) operand() phpValue {
	from, mark := r.at, r.mark()
	t := r.tokens[from]
	var v phpValue
	switch t.kind {
	case phpString:
		v = r.stringLiteral()
	case phpText: // a string without an end
		r.take()
		return phpValue{}
	case phpQuote, phpTick, phpHeredoc:
		v = r.interpolated()
	case phpNumber:
		r.take()
		v = phpNumberOf(r.text(from))
	case phpVariable:
		var done bool
		if v, done = r.variableOperand(); done {
			return v
		}
	case '[':
		v = r.list()
	case '(':
		v = r.group(true)
	case '$':
		v = r.variableVariable()
	case phpName:
		v = r.named()
	case phpAttribute:
		r.raw()
		return r.operandAfterAttribute(from)
	case phpYieldFrom:
		r.take()
		r.expression(precAssign)
	default:
		return phpValue{}
	}
	if r.at == from {
		return phpValue{}
	}
	return r.suffixes(from, mark, v)
}

// operandAfterAttribute is operand after an attribute.
func (r *phpReader) operandAfterAttribute(from int) phpValue {
	if r.at == from || !r.enter() {
		return phpValue{}
	}
	defer func() { r.depth-- }()
	return r.operand()
}

// suffixes reads what is applied to an operand.
func (r *phpReader) suffixes(from, mark int, v phpValue) phpValue {
	var several []phpValue // that a variable may be
	if r.tokens[from].kind == phpVariable && r.at == from+1 && !v.known() && r.tokens[r.at].kind == '(' {
		several = r.candidates(r.text(from))
	}
	for !r.failed {
		at := r.at
		switch t := r.tokens[at]; t.kind {
		case '[', '{':
			if r.match[at] < 0 || t.kind == '{' && !r.isOffset(at) {
				return v
			}
			r.take()
			shown, keep := r.shown, r.keep
			r.shown, r.keep = false, false
			key := r.expression(precLowest)
			r.shown, r.keep = shown, keep
			r.until(int(r.match[at]))
			r.closing(at)
			v = v.element(key)
			if r.at == int(r.match[at])+1 && v.scalar() && !isAssignment(r.tokens[r.at].kind) {
				r.fold(mark, from, v)
			}
		case '(':
			if r.match[at] < 0 {
				return v
			}
			name, hidden := r.callable(v), v.computed
			v = r.call(name, hidden, from, mark)
			for _, c := range several {
				if other := r.callable(c); other != "" {
					r.use(script.Call, other, from, c.computed)
				}
			}
			several = nil
		case phpArrow, phpNullArrow:
			member := ""
			r.take()
			switch r.tokens[r.at].kind {
			case phpVarName:
				member = r.text(r.at)
				r.take()
			case phpVariable:
				r.take()
			case '{':
				r.braces()
			case '$':
				r.variableVariable()
			}
			switch {
			case r.tokens[r.at].kind == '(' && r.match[r.at] > 0:
				r.call("", false, from, mark)
				v = phpValue{}
			case member != "" && r.tokens[from].kind == phpVariable && r.text(from) == "$this" && at == from+1 && !isAssignment(r.tokens[r.at].kind):
				v = r.fact(r.survey.members["$"+member])
			default:
				v = phpValue{}
			}
		case phpColons:
			class := ""
			if v.kind == phpStr && isPHPName(v.s) {
				class = strings.TrimPrefix(lower(v.s), `\`)
			}
			v = r.static(class, v.computed, from, mark)
		case phpIncrement, phpDecrement:
			r.take()
			if r.tokens[from].kind == phpVariable && at == from+1 {
				old := v
				r.increment(t.kind, r.text(from))
				return old
			}
			return phpValue{}
		default:
			return v
		}
		if r.at == at {
			return phpValue{}
		}
	}
	return v
}

// isOffset tells the braces of the old $x{0} from those of a block.
func (r *phpReader) isOffset(at int) bool {
	if at == 0 || r.match[at] != int32(at)+2 {
		return false
	}
	switch r.tokens[at-1].kind {
	case phpVariable, phpString, ']', '}':
	default:
		return false
	}
	k := r.tokens[at+1].kind
	return k == phpNumber || k == phpVariable || k == phpString
}

// static reads :: and what follows it.
func (r *phpReader) static(class string, hidden bool, from, mark int) phpValue {
	r.take()
	at := r.at
	switch t := r.tokens[at]; t.kind {
	case phpName, phpVarName:
		r.take()
		name := r.text(at)
		switch {
		case r.tokens[r.at].kind == '(' && r.match[r.at] > 0:
			method := ""
			if class != "" {
				method = class + "::" + lower(name)
			}
			return r.call(method, hidden, from, mark)
		case t.word == wordClass && class != "":
			v := phpValue{kind: phpStr, s: class}
			return v
		}
		v := r.fact(r.survey.constants[class+"::"+name])
		if v.kind == phpStr {
			r.fold(mark, from, v)
		}
		return v
	case phpVariable:
		r.take()
		if isAssignment(r.tokens[r.at].kind) {
			return phpValue{}
		}
		return r.fact(r.survey.members[r.text(at)])
	case '{':
		r.braces()
	case '$':
		r.variableVariable()
	}
	return phpValue{}
}

// braces reads { expression }, and returns what it is.
func (r *phpReader) braces() phpValue {
	open := r.at
	r.take()
	if r.match[open] < 0 {
		return phpValue{}
	}
	shown, keep := r.shown, r.keep
	r.shown, r.keep = false, false
	v := r.expression(precLowest)
	r.shown, r.keep = shown, keep
	r.until(int(r.match[open]))
	r.closing(open)
	return v
}

// closing takes the bracket that closes an open one, if that is next.
func (r *phpReader) closing(open int) {
	if r.at == int(r.match[open]) {
		r.take()
	}
}

// until reads whatever stands before a token.
func (r *phpReader) until(end int) {
	if r.at >= end || !r.enter() {
		return
	}
	for r.at < end && !r.failed {
		r.statement(end)
	}
	r.depth--
}

// group reads ( expression ) with all that may stand between parentheses, and
// returns the value if there is just one expression.
func (r *phpReader) group(keepShown bool) phpValue {
	open := r.at
	r.take()
	if r.match[open] < 0 {
		return phpValue{}
	}
	shown := r.shown
	r.shown = shown && keepShown
	v := r.expression(precLowest)
	r.shown = shown
	if r.at < int(r.match[open]) {
		v = phpValue{}
	}
	r.until(int(r.match[open]))
	r.closing(open)
	return v
}

// list reads an array, [...] or (...) after the word.
func (r *phpReader) list() phpValue {
	open := r.at
	r.take()
	if r.match[open] < 0 {
		return phpValue{}
	}
	end := int(r.match[open])
	shown, keep := r.shown, r.keep
	r.shown, r.keep = false, false
	defer func() { r.shown, r.keep = shown, keep }()
	array := newPHPArray(0)
	known := true
	for r.at < end && !r.failed {
		at := r.at
		spread := r.tokens[at].kind == phpEllipsis
		v := r.expression(precLowest)
		if r.tokens[r.at].kind == phpDoubleArrow && r.at < end {
			r.take()
			k, ok := keyOf(v)
			v = r.expression(precLowest)
			if known = known && ok && r.budget.Take(64); known {
				array.set(k, v)
			}
		} else if r.at > at && !spread && known && r.budget.Take(64) {
			array.append(v)
		} else if r.at > at {
			known = false
		}
		if r.at == at || r.tokens[r.at].kind == ',' && r.at < end {
			if r.at == at && r.tokens[r.at].kind != ',' {
				break
			}
			r.take()
			continue
		}
		if r.at < end {
			break
		}
	}
	if r.at < end {
		known = false
		r.until(end)
	}
	r.closing(open)
	if !known || r.at != end+1 {
		return phpValue{}
	}
	v := array.value()
	v.computed = false
	return v
}

// raw goes over an attribute, in which nothing is called until somebody asks.
func (r *phpReader) raw() {
	end := int(r.match[r.at])
	if end < 0 {
		r.take()
		return
	}
	for r.at <= end && !r.failed {
		if r.tokens[r.at].kind == phpString {
			r.stringLiteral()
		} else {
			r.take()
		}
	}
}
