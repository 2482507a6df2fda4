package php

import "plugvet/scanner/inspect/script"

// statement reads a keyword, an expression or, where neither stands, any token. It
// always takes one at least, and none beyond end but with its bracket.
func (r *reader) statement(end int) {
	r.settle()
	at := r.at
	t := r.tokens[at]
	switch t.kind {
	case openEchoToken:
		r.take()
		r.showList(end)
	case attributeToken:
		r.raw()
	case nameToken:
		r.keyword(end)
	case ';', '}', ')', ']', ',', htmlToken, openTagToken, closeTagToken:
		r.take()
		return
	case '{':
		r.take()
		return
	default:
		r.expression(precLowest)
	}
	if r.at == at {
		r.take()
	}
}

// showList reads the operands of echo.
func (r *reader) showList(end int) {
	for r.at < end && !r.failed {
		at := r.at
		r.show(func() { r.expression(precLowest) })
		if r.tokens[r.at].kind != ',' || r.at == at {
			return
		}
		r.take()
	}
}

// keyword reads what begins with a name.
func (r *reader) keyword(end int) {
	at := r.at
	word := r.tokens[at].word
	next := r.tokens[at+1]
	if next.kind == colonsToken && word != wordCase {
		r.expression(precLowest)
		return
	}
	switch word {
	case wordEcho:
		r.take()
		r.showList(end)
	case wordIf, wordElseIf, wordWhile, wordFor, wordForeach, wordSwitch, wordCatch, wordDeclare:
		r.header(word)
	case wordElse, wordDo:
		if word == wordDo && r.out != nil {
			r.runLoop(at)
		}
		r.take()
		r.body(word == wordDo)
	case wordNamespace:
		if next.kind == nameToken || next.kind == '{' {
			r.names = names{}
			if next.kind == nameToken {
				r.names = inNamespace(r.text(at + 1))
				r.take()
			}
		}
		r.take()
	case wordUse:
		if r.block().body != classBlock && next.kind != '(' {
			r.names.use(r.source, at)
			for r.at < end && r.tokens[r.at].kind != ';' && r.tokens[r.at].kind != closeTagToken {
				r.take()
			}
			return
		}
		r.take()
		for r.block().body == classBlock && r.at < end && (r.tokens[r.at].kind == nameToken || r.tokens[r.at].kind == ',') {
			if r.tokens[r.at].kind == nameToken {
				r.askForClass(r.class(r.text(r.at)))
			}
			r.take()
		}
	case wordFunction:
		r.declaration()
	case wordClass, wordInterface, wordTrait:
		r.take()
		r.parents(word == wordClass)
	case wordEnum:
		if next.kind != nameToken {
			r.expression(precLowest)
			return
		}
		r.take()
		r.take()
	case wordConst:
		r.take()
		for r.tokens[r.at].kind == nameToken && r.at < end {
			r.take()
		}
		if name := r.at - 1; r.tokens[r.at].kind == '=' && r.at < end {
			r.take()
			r.gives("constant "+r.text(name), r.expression(precAssign))
		}
	case wordGlobal, wordStatic, wordVar, wordModifier:
		if word == wordStatic && (next.kind == nameToken || next.kind == '(') {
			if next.word == wordFunction && r.block().body == classBlock {
				r.take()
				return
			}
			if next.word == wordFunction || next.word == wordFn {
				r.expression(precLowest)
				return
			}
		}
		r.take()
		for word == wordGlobal && r.tokens[r.at].kind == variableToken {
			r.assignGlobal()
		}
	case wordReturn:
		r.take()
		r.returns(r.expression(precLowest))
	case wordCase, wordDefault, wordBreak, wordContinue, wordGoto, wordTry, wordFinally, wordEndBlock,
		wordAs, wordExtends, wordImplements, wordInstanceof, wordAnd, wordOr, wordXor:
		r.take()
	default:
		r.expression(precLowest)
	}
}

// assignGlobal reads a name of "global $a, $b".
func (r *reader) assignGlobal() {
	delete(r.flow, variable{r.block().scope, r.text(r.at)})
	r.take()
	if r.tokens[r.at].kind == ',' {
		r.take()
	}
}

// parents reads what a class or an interface is made of, up to its body. An instance
// of a class is one of that which it extends.
func (r *reader) parents(class bool) {
	for ; !r.failed; r.take() {
		switch t := r.tokens[r.at]; t.kind {
		case '{', '}', '(', ';', closeTagToken, endToken:
			return
		case nameToken:
			before := r.tokens[r.at-1].word
			if before != wordExtends && before != wordImplements {
				continue
			}
			name := r.class(r.text(r.at))
			r.askForClass(name)
			if class && before == wordExtends && r.survey.classes[name] == nil {
				r.use(script.Call, name+"::__construct", r.at, false)
			}
		}
	}
}

// header reads the parentheses of if, for and the like.
func (r *reader) header(word word) {
	r.take()
	open := r.at
	if r.tokens[open].kind != '(' || r.match[open] < 0 {
		return
	}
	loop := word == wordWhile || word == wordFor || word == wordForeach
	end := int(r.match[open])
	if loop && r.out != nil {
		r.runLoop(open - 1)
	}
	if word == wordForeach {
		for k := open; k < end && r.step(); k++ {
			if r.tokens[k].word != wordAs {
				continue
			}
			for k++; k < end && r.step(); k++ {
				if r.tokens[k].kind == variableToken {
					r.assign(r.text(k), value{})
				}
			}
		}
	}
	r.inFor = word == wordFor
	r.take()
	if word == wordForeach {
		r.eachOf(end)
	}
	r.until(end)
	r.inFor = false
	r.closing(open)
	if word != wordDeclare {
		r.body(loop)
	}
}

// eachOf reads what foreach goes over. The variables that it sets have its marks.
func (r *reader) eachOf(end int) {
	m := r.expression(precLowest).marks.elementOf(value{})
	if m == 0 || r.tokens[r.at].word != wordAs {
		return
	}
	for k := r.at + 1; k < end && r.step(); k++ {
		if r.tokens[k].kind == variableToken {
			r.assign(r.text(k), marked(m))
		}
	}
}

// body notes that what follows depends on a condition.
func (r *reader) body(loop bool) {
	switch r.tokens[r.at].kind {
	case '{':
		r.loopAhead = loop
	case ':', ';':
	default:
		r.loose = true
	}
}

// declaration reads the head of a function, whose body are statements.
func (r *reader) declaration() {
	r.take()
	if r.tokens[r.at].kind == '&' {
		r.take()
	}
	switch r.tokens[r.at].kind {
	case nameToken, varNameToken:
		r.take()
	case '(':
	default:
		return
	}
	if r.tokens[r.at].kind == '(' && r.match[r.at] > 0 {
		r.unchanged()
	}
}
