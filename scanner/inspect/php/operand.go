package php

import (
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// operand reads an operand with all that is applied to it: offsets, members and
// calls.
func (r *reader) operand() value {
	from, mark := r.at, r.mark()
	t := r.tokens[from]
	var v value
	switch t.kind {
	case stringToken:
		v = r.stringLiteral()
	case textToken: // a string without an end
		r.take()
		return value{}
	case quoteToken, tickToken, heredocToken:
		v = r.interpolated()
	case numberToken:
		r.take()
		v = numberOf(r.text(from))
	case variableToken:
		var done bool
		if v, done = r.variableOperand(); done {
			return v
		}
	case '[':
		v = r.list()
	case '(':
		v = r.group(true)
	case '$':
		var name value
		if v, name = r.variableVariable(); r.trace != nil && name.kind == stringKind {
			r.target = func(v value) { r.assign("$"+name.s, v) }
		}
	case nameToken:
		v = r.named()
	case attributeToken:
		r.raw()
		return r.operandAfterAttribute(from)
	case yieldFromToken:
		r.take()
		of := r.expression(precAssign)
		if r.trace == nil {
			break
		}
		if r.yielded == nil {
			r.yielded = newArray(0)
		}
		if from := r.iterated(of); from != nil && r.budget.Take(elementCost*len(from.values)) {
			for _, v := range from.values {
				r.yielded.append(v)
			}
			r.yielded.addListed(from.more)
		}
		r.yielded.addListed(of.marks)
		if o := of.object(); o != nil {
			v = o.properties["return"]
		}
	default:
		return value{}
	}
	if r.at == from {
		return value{}
	}
	return r.suffixes(from, mark, v)
}

// operandAfterAttribute is operand after an attribute.
func (r *reader) operandAfterAttribute(from int) value {
	if r.at == from || !r.enter() {
		return value{}
	}
	defer func() { r.depth-- }()
	return r.operand()
}

// suffixes reads what is applied to an operand.
func (r *reader) suffixes(from, mark int, v value) value {
	if r.trace != nil {
		return r.tracedSuffixes(from, v)
	}
	var several []value // that a variable may be
	if r.tokens[from].kind == variableToken && r.at == from+1 && !v.known() && r.tokens[r.at].kind == '(' {
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
			if c := v.closure(); c != nil {
				v = r.callClosure(c, from, mark)
				several = nil
				continue
			}
			name, hidden := r.callable(v), v.hides()
			if !v.known() {
				v.marks |= r.traceMarks[at]
			}
			r.namesCall(v, from)
			several = append(append(several, v.oneOf()...), r.traces[at]...)
			v = r.call(name, hidden, from, mark)
			for i, c := range several {
				other := r.callable(c)
				seen := other == name || slices.ContainsFunc(several[:i], func(c value) bool { return r.callable(c) == other })
				if other != "" && !seen {
					r.use(script.Call, other, from, c.hides())
					r.revealedCallbacks(other, at, from)
				}
			}
			several = nil
		case arrowToken, nullArrowToken:
			member := ""
			r.take()
			switch r.tokens[r.at].kind {
			case varNameToken:
				member = r.text(r.at)
				r.take()
			case variableToken:
				r.take()
			case '{':
				r.braces()
			case '$':
				r.variableVariable()
			}
			switch {
			case r.tokens[r.at].kind == '(' && r.match[r.at] > 0:
				open := r.at
				args, _ := r.arguments("", open)
				for _, i := range callbackMethods[lower(member)] {
					if i < len(args) {
						r.callback(args[i], 0)
					}
				}
				for _, a := range args {
					if member == "" { // that calls what it is given, as a trace saw
						r.revealed(a.from, from)
					}
				}
				r.revealed(open, from)
				r.revealedTexts(open)
				if isInvoking(member) {
					r.namesCall(marked(r.traceMarks[open]&fromList), from)
				}
				v = value{}
			case member != "" && r.tokens[from].kind == variableToken && r.text(from) == "$this" && at == from+1 && !isAssignment(r.tokens[r.at].kind):
				v = r.member(member)
			default:
				v = value{}
			}
		case colonsToken:
			class := ""
			if v.kind == stringKind && isName(v.s) {
				class = strings.TrimPrefix(lower(v.s), `\`)
			}
			open := at + 2
			v = r.static(class, v.computed, from, mark)
			r.revealed(open, from)
		case incrementToken, decrementToken:
			r.take()
			if r.tokens[from].kind == variableToken && at == from+1 {
				old := v
				r.increment(t.kind, r.text(from))
				return old
			}
			return value{}
		default:
			return v
		}
		if r.at == at {
			return value{}
		}
	}
	return v
}

// isOffset tells the braces of the old $x{0} from those of a block.
func (r *reader) isOffset(at int) bool {
	if at == 0 || r.match[at] != int32(at)+2 {
		return false
	}
	switch r.tokens[at-1].kind {
	case variableToken, stringToken, ']', '}':
	default:
		return false
	}
	k := r.tokens[at+1].kind
	return k == numberToken || k == variableToken || k == stringToken
}

// static reads :: and what follows it.
func (r *reader) static(class string, hidden bool, from, mark int) value {
	if r.trace != nil {
		v, set := r.tracedStatic()(class)
		r.target = set
		return v
	}
	r.take()
	r.askForClass(class)
	at := r.at
	switch t := r.tokens[at]; t.kind {
	case nameToken, varNameToken:
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
			return r.spelledAt(from, class)
		}
		if r.tokens[from].word == wordStatic && r.survey.extended(class) { // it may be that of a class below
			return value{}
		}
		if c := r.survey.classNamed(class); c != nil && slices.Contains(c.cases, name) {
			return value{} // an object, which only a trace knows
		}
		v := r.fact(r.survey.classConstant(class, name))
		if v.kind == stringKind {
			r.fold(mark, from, v)
		}
		return v
	case variableToken:
		r.take()
		if isAssignment(r.tokens[r.at].kind) {
			return value{}
		}
		return r.fact(r.survey.members[r.text(at)])
	case '{':
		r.braces()
	case '$':
		r.variableVariable()
	}
	return value{}
}

// braces reads { expression }, and returns what it is.
func (r *reader) braces() value {
	open := r.at
	r.take()
	if r.match[open] < 0 {
		return value{}
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
func (r *reader) closing(open int) {
	if r.at == int(r.match[open]) {
		r.take()
	}
}

// until reads whatever stands before a token.
func (r *reader) until(end int) {
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
func (r *reader) group(keepShown bool) value {
	open := r.at
	if w := r.tokens[open+1].word; w == wordFunction || w == wordFn || w == wordStatic {
		r.giveTo(open)
	}
	r.take()
	if r.match[open] < 0 {
		return value{}
	}
	shown := r.shown
	r.shown = shown && keepShown
	v := r.expression(precLowest)
	r.shown = shown
	if r.at < int(r.match[open]) {
		v = value{}
	}
	r.until(int(r.match[open]))
	r.closing(open)
	return v
}

// maxElements is how long a constant array may be that stands in a script.
const maxElements = 1 << 17

// elements is about how many elements stand between two brackets.
func (r *reader) elements(open int) int {
	end := int(r.match[open])
	n := min(end-open-1, 1)
	for k := open + 1; k < end && n < maxElements; k++ {
		if m := int(r.match[k]); m > k {
			k = m
		} else if r.tokens[k].kind == ',' && k+1 < end {
			n++
		}
	}
	return n
}

// list reads an array, [...] or (...) after the word.
func (r *reader) list() value {
	open := r.at
	r.take()
	if r.match[open] < 0 {
		return value{}
	}
	end := int(r.match[open])
	shown, keep := r.shown, r.keep
	r.shown, r.keep = false, false
	defer func() { r.shown, r.keep = shown, keep }()
	array := newArray(r.elements(open))
	known := true
	for r.at < end && !r.failed {
		at := r.at
		spread := r.tokens[at].kind == ellipsisToken
		v := r.element()
		if r.tokens[r.at].kind == doubleArrowToken && r.at < end {
			r.take()
			k, ok := keyOf(v)
			v = r.element()
			if known = known && ok && len(array.values) < maxElements && r.budget.Take(64); known {
				array.set(k, v)
			}
		} else if in := elementsOf(v); spread && known && in != nil && r.budget.Take(elementCost*len(in.values)) {
			for i, e := range in.values {
				array.put(in.key(i), e)
			}
			array.open, array.more = array.open || in.open, array.more|in.more
		} else if spread && known && r.trace != nil && len(array.values) > 0 {
			if v := r.overlaid(array, v, true); v.kind == arrayKind {
				array = v.array
			}
		} else if r.at > at && !spread && known && len(array.values) < maxElements && r.budget.Take(64) {
			array.append(v)
		} else if r.at > at {
			known = false
			array.values = nil
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
		return value{}
	}
	v := array.value()
	v.computed = false
	return v
}

// element reads an element of an array, which a trace may find to stand for a place.
func (r *reader) element() value {
	if at := r.at; r.trace != nil && r.tokens[at].kind == '&' {
		if to, ok := r.placeAt(at + 1); ok {
			return r.refersTo(to)
		}
		r.at = at
	}
	return r.expression(precLowest)
}

// raw goes over an attribute, in which nothing is called until somebody asks.
func (r *reader) raw() {
	end := int(r.match[r.at])
	if end < 0 {
		r.take()
		return
	}
	for r.at <= end && !r.failed {
		if r.tokens[r.at].kind == stringToken {
			r.stringLiteral()
		} else {
			r.take()
		}
	}
}
